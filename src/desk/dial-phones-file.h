#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DIAL_TYPE_PHONES_FILE (dial_phones_file_get_type ())
G_DECLARE_FINAL_TYPE (DialPhonesFile, dial_phones_file, DIAL, PHONES_FILE, GObject)

/* The file that remembers the phones of a profile, a group a phone. It holds no secret.
 *
 * Signal: `changed`: somebody wrote it, this process or another; only while it is followed. */
DialPhonesFile *dial_phones_file_new           (const char           *path);
void            dial_phones_file_follow        (DialPhonesFile       *self);
void            dial_phones_file_read_async    (DialPhonesFile       *self,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
GKeyFile       *dial_phones_file_read_finish   (DialPhonesFile       *self,
                                                GAsyncResult         *result,
                                                GError              **error);
void            dial_phones_file_add_async     (DialPhonesFile       *self,
                                                const char           *id,
                                                GHashTable           *values,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
void            dial_phones_file_change_async  (DialPhonesFile       *self,
                                                const char           *id,
                                                GHashTable           *values,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
void            dial_phones_file_remove_async  (DialPhonesFile       *self,
                                                const char           *id,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean        dial_phones_file_write_finish  (DialPhonesFile       *self,
                                                GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS
