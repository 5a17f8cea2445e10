#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* A million of these are held for as long as a list shows them, so each takes five bytes and not eight. */
#define DIAL_PLACE_BYTES 5

/**
 * DIAL_PLACE_MAX:
 *
 * No place is larger: four a second until the year 10,000, and room for many who share their last moment.
 */
#define DIAL_PLACE_MAX ((G_GINT64_CONSTANT (1) << (8 * DIAL_PLACE_BYTES)) - 1)

/**
 * DialPlaces:
 * @len: how many there are
 *
 * Numbers of where candidates stand (see #DialFindings), in a row that grows at its end.
 */
typedef struct {
  guint8 *bytes;      /* low ones and then the high one, see dial_places_get() */
  gsize   n_bytes;    /* that there is room for */
  guint   len;
} DialPlaces;

DialPlaces *dial_places_new     (void);
void        dial_places_free    (DialPlaces       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialPlaces, dial_places_free)

void        dial_places_reserve (DialPlaces       *self,
                                 guint             n);
void        dial_places_squeeze (DialPlaces       *self);
void        dial_places_add     (DialPlaces       *self,
                                 gint64            place);
void        dial_places_copy    (DialPlaces       *self,
                                 const DialPlaces *from,
                                 guint             start,
                                 guint             end);
guint       dial_places_find    (const DialPlaces *self,
                                 guint             start,
                                 guint             end,
                                 gint64            place);
GArray     *dial_places_list    (const DialPlaces *self,
                                 guint             n);

/**
 * dial_places_get:
 * @self: places
 * @position: which one, below @len
 *
 * Returns: the place
 */
static inline gint64
dial_places_get (const DialPlaces *self,
                 guint             position)
{
  const guint8 *bytes = self->bytes + (gsize) position * DIAL_PLACE_BYTES;
  guint32 low;

  memcpy (&low, bytes, sizeof low);
  return (gint64) bytes[sizeof low] << 32 | low;
}

G_END_DECLS
