#include "dial-store.h"

G_DEFINE_BOXED_TYPE (DialSyncPosition, dial_sync_position, dial_sync_position_copy,
                     dial_sync_position_free)

/**
 * dial_sync_position_new:
 *
 * Returns: (transfer full): the position before the first walk
 */
DialSyncPosition *
dial_sync_position_new (void)
{
  return g_new0 (DialSyncPosition, 1);
}

/**
 * dial_sync_position_copy:
 * @self: a position
 *
 * Returns: (transfer full): a copy
 */
DialSyncPosition *
dial_sync_position_copy (const DialSyncPosition *self)
{
  DialSyncPosition *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->next = g_strdup (self->next);
  return copy;
}

/**
 * dial_sync_position_free:
 * @self: (nullable): a position
 *
 * Frees a position.
 */
void
dial_sync_position_free (DialSyncPosition *self)
{
  if (self == NULL)
    return;

  g_free (self->next);
  g_free (self);
}
