#include "dial-seek.h"

struct _DialSeek
{
  DialStore    *store;
  GCancellable *cancellable;
  DialSeekFunc  func;
  gpointer      data;
  gint64        id;         /* 0 for nobody */
  gint64        place;      /* 0 while it is not known */
};

DialSeek *
dial_seek_new (DialStore    *store,
               DialSeekFunc  func,
               gpointer      data)
{
  DialSeek *self = g_new0 (DialSeek, 1);

  self->store = g_object_ref (store);
  self->cancellable = g_cancellable_new ();
  self->func = func;
  self->data = data;
  return self;
}

void
dial_seek_free (DialSeek *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_object_unref (self->store);
  g_free (self);
}

static void
on_found (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  DialSeek *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) matches = dial_store_find_places_finish (DIAL_STORE (object), result, &error);
  const DialMatch *match;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (matches == NULL || matches->len == 0) {
    g_debug ("Could not find a place: %s", error != NULL ? error->message : "not stored");
    return;
  }

  /* By now another one may be sought, or a move was faster. */
  match = &g_array_index (matches, DialMatch, 0);
  if (match->id != self->id || self->place != 0 || match->place == 0)
    return;
  self->place = match->place;
  self->func (self->id, self->place, self->data);
}

/* Where @id stands, 0 if the store must be asked for that. */
gint64
dial_seek_find (DialSeek *self,
                gint64    id)
{
  g_autoptr (GArray) ids = NULL;

  if (id == self->id)
    return self->place;

  self->id = id;
  self->place = 0;
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (ids, id);
  dial_store_find_places_async (self->store, ids, self->cancellable, on_found, self);
  return 0;
}

/* After @moves (of DialMove); if there are none, anything may have moved. */
void
dial_seek_follow (DialSeek *self,
                  GArray   *moves)
{
  if (moves->len == 0)
    self->id = 0;
  for (guint i = 0; i < moves->len; i++) {
    const DialMove *move = &g_array_index (moves, DialMove, i);

    if (move->id == self->id)
      self->place = move->is;
  }
}
