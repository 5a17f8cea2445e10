#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Locks on the bytes of one file, each held by one opener at a time, or shared by several, and let go
 * of by the kernel when their process dies. */
typedef struct _DialLock DialLock;

DialLock *dial_lock_open    (const char  *path,
                             GError     **error);
void      dial_lock_close   (DialLock    *self);
gboolean  dial_lock_try     (DialLock    *self,
                             guint        byte,
                             gboolean    *taken,
                             GError     **error);
void      dial_lock_share   (DialLock    *self,
                             guint        byte);
void      dial_lock_release (DialLock    *self,
                             guint        byte);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialLock, dial_lock_close)

G_END_DECLS
