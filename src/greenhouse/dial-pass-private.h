#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DialPass:
 *
 * What lets requests in: a token that must be renewed, or a key that is what it is.
 */
#define DIAL_TYPE_PASS (dial_pass_get_type ())
G_DECLARE_INTERFACE (DialPass, dial_pass, DIAL, PASS, GObject)

struct _DialPassInterface
{
  GTypeInterface parent_interface;

  void      (*ensure_async)      (DialPass             *self,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
  gboolean  (*ensure_finish)     (DialPass             *self,
                                  GAsyncResult         *result,
                                  GError              **error);
  char     *(*dup_authorization) (DialPass             *self);
  guint     (*get_serial)        (DialPass             *self);
  gboolean  (*reject)            (DialPass             *self,
                                  guint                 serial);
};

void      dial_pass_ensure_async      (DialPass             *self,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gboolean  dial_pass_ensure_finish     (DialPass             *self,
                                       GAsyncResult         *result,
                                       GError              **error);
char     *dial_pass_dup_authorization (DialPass             *self);
guint     dial_pass_get_serial        (DialPass             *self);
gboolean  dial_pass_reject            (DialPass             *self,
                                       guint                 serial);

G_END_DECLS
