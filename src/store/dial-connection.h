#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One open SQLite connection. It belongs to one thread, and it remembers its first failure: every
 * statement after that does nothing, and the end of the transaction rolls back and hands the
 * failure out. So the code between the two reads straight on, and no result goes unchecked. */
typedef struct _DialConnection DialConnection;
typedef struct _DialStatement  DialStatement;

/* How sure a commit must be: a synced page can be fetched again, what a person typed cannot. */
typedef enum {
  DIAL_DURABILITY_FULL,
  DIAL_DURABILITY_NORMAL,
} DialDurability;

DialConnection *dial_connection_open            (const char      *path,
                                                 GError         **error);
const char     *dial_connection_get_path        (DialConnection  *self);
void            dial_connection_close           (DialConnection  *self);
void            dial_connection_adopt           (DialConnection  *self);
void            dial_connection_set_read_only   (DialConnection  *self);
void            dial_connection_set_durability  (DialConnection  *self,
                                                 DialDurability   durability);
void            dial_connection_set_cancellable (DialConnection  *self,
                                                 GCancellable    *cancellable);
void            dial_connection_set_time        (DialConnection  *self,
                                                 gint64           duration);
gboolean        dial_connection_has_timed_out   (DialConnection  *self);
void            dial_connection_begin           (DialConnection  *self,
                                                 const char      *kind);
gboolean        dial_connection_end             (DialConnection  *self,
                                                 GError         **error);
void            dial_connection_wipe_log        (DialConnection  *self);
int             dial_connection_get_cache_size  (DialConnection  *self);
void            dial_connection_release_memory  (DialConnection  *self);
void            dial_connection_execute         (DialConnection  *self,
                                                 const char      *sql);
DialStatement  *dial_connection_prepare         (DialConnection  *self,
                                                 const char      *sql);
gint64          dial_connection_query_int64     (DialConnection  *self,
                                                 const char      *sql);
int             dial_connection_get_changes     (DialConnection  *self);
int             dial_connection_get_total_changes (DialConnection *self);
gint64          dial_connection_get_last_id     (DialConnection  *self);
gboolean        dial_connection_has_failed      (DialConnection  *self);
void            dial_connection_fail            (DialConnection  *self,
                                                 GError          *error);
gboolean        dial_connection_take_error      (DialConnection  *self,
                                                 GError         **error);

/* For dial-statement.c */
gboolean        dial_connection_check           (DialConnection  *self,
                                                 int              status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialConnection, dial_connection_close)

G_END_DECLS
