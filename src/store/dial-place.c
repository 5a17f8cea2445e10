#include "dial-place.h"

#include "dial-statement.h"

/* Places in a millisecond, the grain of Greenhouse's clock. Few: numbers close to one another make a
 * small index. When more were active at once they spill into the next milliseconds. */
#define PLACES_A_MS 4

/* Whose last activity nobody knows stand by id, before all others. */
#define UNKNOWN_PLACES (G_GINT64_CONSTANT (1) << 40)

static gint64
get_first_wanted (gint64 id,
                  gint64 last_activity_at)
{
  if (last_activity_at <= 0)
    return ABS (id % UNKNOWN_PLACES);

  return last_activity_at / 1000 * PLACES_A_MS;
}

/* The last place that is taken from @first up to @first + @width, 0 if none is. */
static gint64
find_last_taken (DialConnection *connection,
                 gint64          first,
                 gint64          width)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT coalesce (max (place), 0) FROM candidates "
                             "WHERE place >= ? AND place < ?");
  gint64 taken = 0;

  dial_statement_bind_int64 (statement, first);
  dial_statement_bind_int64 (statement, first + width);
  if (dial_statement_next (statement))
    taken = dial_statement_read_int64 (statement, 0);
  dial_statement_reset (statement);
  return taken;
}

/* A free place for @id. Of several who were active in the same millisecond the later found stands
 * before the earlier. */
gint64
dial_place_find (DialConnection *connection,
                 gint64          id,
                 gint64          last_activity_at)
{
  gint64 wanted = MAX (get_first_wanted (id, last_activity_at), 1);

  for (gint64 width = 1;; width *= PLACES_A_MS) {
    gint64 taken = find_last_taken (connection, wanted, width);

    if (taken == 0)
      return wanted;
    if (taken + 1 < wanted + width)
      return taken + 1;
  }
}

gint64
dial_place_get (DialConnection *connection,
                gint64          id)
{
  DialStatement *statement = dial_connection_prepare (connection,
                                                      "SELECT place FROM candidates WHERE id = ?");
  gint64 place = 0;

  dial_statement_bind_int64 (statement, id);
  if (dial_statement_next (statement))
    place = dial_statement_read_int64 (statement, 0);
  dial_statement_reset (statement);
  return place;
}
