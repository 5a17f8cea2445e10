#include "dial-places.h"

#define FIRST_BYTES 256

/**
 * dial_places_new:
 *
 * Returns: (transfer full): no places
 */
DialPlaces *
dial_places_new (void)
{
  return g_new0 (DialPlaces, 1);
}

/**
 * dial_places_free:
 * @self: (transfer full) (nullable): places
 *
 * Frees the places.
 */
void
dial_places_free (DialPlaces *self)
{
  if (self == NULL)
    return;

  g_free (self->bytes);
  g_free (self);
}

static void
set_room (DialPlaces *self,
          gsize       n_bytes)
{
  self->bytes = g_realloc (self->bytes, n_bytes);
  self->n_bytes = n_bytes;
}

/**
 * dial_places_reserve:
 * @self: places
 * @n: how many more will come
 *
 * Makes room, so that what is known to be large need not grow.
 */
void
dial_places_reserve (DialPlaces *self,
                     guint       n)
{
  gsize n_bytes = ((gsize) self->len + n) * DIAL_PLACE_BYTES;

  if (n_bytes > self->n_bytes)
    set_room (self, n_bytes);
}

/**
 * dial_places_squeeze:
 * @self: places
 *
 * Gives back what was set aside for more to come.
 */
void
dial_places_squeeze (DialPlaces *self)
{
  set_room (self, (gsize) self->len * DIAL_PLACE_BYTES);
}

static guint8 *
append (DialPlaces *self,
        guint       n)
{
  gsize end = (gsize) self->len * DIAL_PLACE_BYTES, needed = end + (gsize) n * DIAL_PLACE_BYTES;

  if (needed > self->n_bytes)
    set_room (self, MAX (MAX (needed, self->n_bytes + self->n_bytes / 2), FIRST_BYTES));
  self->len += n;
  return self->bytes + end;
}

/**
 * dial_places_add:
 * @self: places
 * @place: from 0 to %DIAL_PLACE_MAX
 *
 * Adds a place at the end.
 */
void
dial_places_add (DialPlaces *self,
                 gint64      place)
{
  guint32 low = (guint32) place;
  guint8 *bytes = append (self, 1);

  g_assert (place >= 0 && place <= DIAL_PLACE_MAX);

  memcpy (bytes, &low, sizeof low);
  bytes[sizeof low] = (guint8) (place >> 32);
}

/**
 * dial_places_copy:
 * @self: places
 * @from: others
 * @start: the first one of them
 * @end: behind the last one
 *
 * Adds a stretch of others.
 */
void
dial_places_copy (DialPlaces       *self,
                  const DialPlaces *from,
                  guint             start,
                  guint             end)
{
  if (end > start)
    memcpy (append (self, end - start), from->bytes + (gsize) start * DIAL_PLACE_BYTES,
            (gsize) (end - start) * DIAL_PLACE_BYTES);
}

/**
 * dial_places_find:
 * @self: places
 * @start: where a stretch begins that descends
 * @end: behind its last one
 * @place: a place
 *
 * Returns: where in the stretch the place stands, or would
 */
guint
dial_places_find (const DialPlaces *self,
                  guint             start,
                  guint             end,
                  gint64            place)
{
  while (start < end) {
    guint middle = start + (end - start) / 2;

    if (dial_places_get (self, middle) > place)
      start = middle + 1;
    else
      end = middle;
  }
  return start;
}

/**
 * dial_places_list:
 * @self: places
 * @n: how many at most
 *
 * Returns: (transfer full) (element-type gint64): the first of them, in an array for dial_store_load_candidates_async()
 */
GArray *
dial_places_list (const DialPlaces *self,
                  guint             n)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < MIN (n, self->len); i++) {
    gint64 place = dial_places_get (self, i);

    g_array_append_val (places, place);
  }
  return places;
}
