#include "dial-pass-private.h"

G_DEFINE_INTERFACE (DialPass, dial_pass, G_TYPE_OBJECT)

static void
dial_pass_default_init (DialPassInterface *iface)
{
}

/**
 * dial_pass_ensure_async:
 * @self: a pass
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is good to go
 * @user_data: for @callback
 *
 * Sees to it that the pass can be shown.
 */
void
dial_pass_ensure_async (DialPass            *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  DIAL_PASS_GET_IFACE (self)->ensure_async (self, cancellable, callback, user_data);
}

/**
 * dial_pass_ensure_finish:
 * @self: a pass
 * @result: the result
 * @error: return location for an error
 *
 * Returns: whether it can be shown
 */
gboolean
dial_pass_ensure_finish (DialPass      *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  return DIAL_PASS_GET_IFACE (self)->ensure_finish (self, result, error);
}

/**
 * dial_pass_dup_authorization:
 * @self: a pass
 *
 * Returns: (transfer full) (nullable): the `Authorization` header, to be wiped after use; %NULL if
 *   the pass was rejected just now
 */
char *
dial_pass_dup_authorization (DialPass *self)
{
  return DIAL_PASS_GET_IFACE (self)->dup_authorization (self);
}

/* Which pass it is, to name it when it is rejected. */
guint
dial_pass_get_serial (DialPass *self)
{
  return DIAL_PASS_GET_IFACE (self)->get_serial (self);
}

/**
 * dial_pass_reject:
 * @self: a pass
 * @serial: which one Greenhouse did not accept
 *
 * Forgets that one, unless it was replaced meanwhile.
 *
 * Returns: whether another one can be had
 */
gboolean
dial_pass_reject (DialPass *self,
                  guint     serial)
{
  return DIAL_PASS_GET_IFACE (self)->reject (self, serial);
}
