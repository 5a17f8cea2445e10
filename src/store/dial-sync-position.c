#include "dial-sync-position.h"

G_DEFINE_BOXED_TYPE (DialSyncPosition, dial_sync_position, dial_sync_position_copy,
                     dial_sync_position_free)

/**
 * dial_sync_window_new:
 * @from: where it begins
 * @until: where it ends
 *
 * Returns: (transfer full): a window nobody walked through yet
 */
DialSyncWindow *
dial_sync_window_new (gint64 from,
                      gint64 until)
{
  DialSyncWindow *self = g_new0 (DialSyncWindow, 1);

  self->from = from;
  self->until = until;
  self->reached = until;
  return self;
}

static DialSyncWindow *
window_copy (const DialSyncWindow *self)
{
  DialSyncWindow *copy = g_memdup2 (self, sizeof *self);

  copy->next = g_strdup (self->next);
  return copy;
}

/**
 * dial_sync_window_free:
 * @self: (nullable): a window
 *
 * Frees a window.
 */
void
dial_sync_window_free (DialSyncWindow *self)
{
  if (self == NULL)
    return;

  g_free (self->next);
  g_free (self);
}

/**
 * dial_sync_position_new:
 *
 * Returns: (transfer full): the position before the first walk
 */
DialSyncPosition *
dial_sync_position_new (void)
{
  DialSyncPosition *self = g_new0 (DialSyncPosition, 1);

  self->windows = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_sync_window_free);
  return self;
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
  copy->windows = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_sync_window_free);
  for (guint i = 0; self->windows != NULL && i < self->windows->len; i++)
    g_ptr_array_add (copy->windows, window_copy (g_ptr_array_index (self->windows, i)));
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

  g_clear_pointer (&self->windows, g_ptr_array_unref);
  g_free (self);
}
