#include "dial-place.h"

#include "dial-places.h"
#include "dial-statement.h"

/* Places in a second. Few: numbers close to one another make a small index. When more were active at
 * once, such as by a bulk action, they spill into the next seconds. */
#define PLACES_A_SECOND 4

/* Whose last activity nobody knows stand by id, before all others. */
#define UNKNOWN_PLACES (G_GINT64_CONSTANT (1) << 30)

/* Whoever was last active in a year that nobody lives to see stands first, and as many beside them as there are. */
#define LAST_WANTED (DIAL_PLACE_MAX - G_MAXUINT32)

/* The place that @id would have, were it free. */
gint64
dial_place_want (gint64 id,
                 gint64 last_activity_at)
{
  gint64 wanted = last_activity_at > 0 ? last_activity_at / G_USEC_PER_SEC * PLACES_A_SECOND
                                       : ABS (id % UNKNOWN_PLACES);

  return CLAMP (wanted, 1, LAST_WANTED);
}

static gint64
query (DialConnection *connection,
       const char     *sql,
       gint64          first,
       gint64          second)
{
  DialStatement *statement = dial_connection_prepare (connection, sql);
  gint64 answer = 0;

  dial_statement_bind_int64 (statement, first);
  if (second != 0)
    dial_statement_bind_int64 (statement, second);
  if (dial_statement_next (statement))
    answer = dial_statement_read_int64 (statement, 0);
  dial_statement_reset (statement);
  return answer;
}

/* The first free place from @wanted on, or one that is easier to find when many want the same. */
gint64
dial_place_find (DialConnection *connection,
                 gint64          wanted)
{
  if (query (connection, "SELECT 1 FROM candidates WHERE place = ? AND place > 0", wanted, 0) == 0)
    return wanted;

  for (gint64 width = PLACES_A_SECOND;; width *= 2) {
    gint64 taken = query (connection, "SELECT max (place) FROM candidates "
                          "WHERE place >= ? AND place < ? AND place > 0", wanted, wanted + width);

    if (taken + 1 < wanted + width)
      return taken + 1;
  }
}

/* Where the candidate stands, 0 if it is not here or has no place yet. */
gint64
dial_place_get (DialConnection *connection,
                gint64          id)
{
  return query (connection, "SELECT place FROM candidates WHERE id = ?", id, 0);
}

/* Who stands there, 0 if nobody does. */
gint64
dial_place_get_id (DialConnection *connection,
                   gint64          place)
{
  return query (connection, "SELECT id FROM candidates WHERE place = ? AND place > 0", place, 0);
}
