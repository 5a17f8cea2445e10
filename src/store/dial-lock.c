#include "dial-lock.h"

#include "dial-store.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <unistd.h>

/* Open file description locks: unlike the older kind they exclude two openers in one process, and
 * closing some other descriptor of the file does not drop them. */
struct _DialLock
{
  int   fd;
  guint held;   /* a bit a byte: the description would grant its own lock twice */
};

static void
set_error (int      code,
           GError **error)
{
  g_set_error (error, DIAL_STORE_ERROR, code,
               _("The lock file beside this integration’s candidates cannot be used (%s). Check "
                 "the permissions of its folder."), g_strerror (errno));
}

/* Opens the lock file at @path, making it with mode 0600 if need be. */
DialLock *
dial_lock_open (const char  *path,
                GError     **error)
{
  DialLock *self;
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0) {
    set_error (DIAL_STORE_ERROR_READ_ONLY, error);
    return NULL;
  }

  self = g_new0 (DialLock, 1);
  self->fd = fd;
  return self;
}

/* Closes the file and with it gives back all locks. */
void
dial_lock_close (DialLock *self)
{
  if (self == NULL)
    return;

  close (self->fd);
  g_free (self);
}

static int
set_lock (DialLock *self,
          guint     byte,
          int       type)
{
  struct flock lock = {
    .l_type = type,
    .l_whence = SEEK_SET,
    .l_start = byte,
    .l_len = 1,
  };

  return fcntl (self->fd, F_OFD_SETLK, &lock);
}

/* Tries to take the lock on @byte without waiting; @taken says whether it is ours now. */
gboolean
dial_lock_try (DialLock  *self,
               guint      byte,
               gboolean  *taken,
               GError   **error)
{
  g_return_val_if_fail (byte < 32, FALSE);

  *taken = FALSE;
  if ((self->held & (1u << byte)) != 0)
    return TRUE;

  if (set_lock (self, byte, F_WRLCK) == 0) {
    self->held |= 1u << byte;
    *taken = TRUE;
    return TRUE;
  }

  if (errno == EAGAIN || errno == EACCES)
    return TRUE;

  set_error (DIAL_STORE_ERROR_FAILED, error);
  return FALSE;
}

/* Shares the lock on @byte, which may be ours alone until now; waits while it is somebody else's alone. */
void
dial_lock_share (DialLock *self,
                 guint     byte)
{
  struct flock lock = {
    .l_type = F_RDLCK,
    .l_whence = SEEK_SET,
    .l_start = byte,
    .l_len = 1,
  };

  g_return_if_fail (byte < 32);

  self->held &= ~(1u << byte);
  while (fcntl (self->fd, F_OFD_SETLKW, &lock) != 0 && errno == EINTR)
    ;
}

void
dial_lock_release (DialLock *self,
                   guint     byte)
{
  g_return_if_fail (byte < 32);

  self->held &= ~(1u << byte);
  (void) set_lock (self, byte, F_UNLCK);
}
