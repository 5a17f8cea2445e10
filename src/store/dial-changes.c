#include "dial-changes.h"

/* More than this many rows are told as "anything may have changed". */
#define MAX_NAMED 5000

static void
stale_free (gpointer data)
{
  DialStale *stale = data;

  g_clear_object (&stale->candidate);
  g_free (stale);
}

/* Notes @id in a table of such; @candidate, if it is at hand, spares reading it. */
void
dial_stale_set (GHashTable    *table,
                gint64         id,
                DialCandidate *candidate,
                gboolean       is_new)
{
  DialStale *stale = g_hash_table_lookup (table, &id);

  if (stale == NULL) {
    stale = g_new0 (DialStale, 1);
    stale->is_new = is_new;
    g_hash_table_insert (table, g_memdup2 (&id, sizeof id), stale);
  }
  if (candidate != NULL)
    g_set_object (&stale->candidate, candidate);
}

DialChanges *
dial_changes_new (void)
{
  DialChanges *self = g_new0 (DialChanges, 1);

  self->candidates = g_array_new (FALSE, FALSE, sizeof (DialMove));
  self->calls = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->outbox = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->notes = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->texts = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->stale = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, stale_free);
  self->gone = g_array_new (FALSE, FALSE, sizeof (DialMove));
  return self;
}

void
dial_changes_free (DialChanges *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->candidates);
  g_array_unref (self->calls);
  g_array_unref (self->outbox);
  g_array_unref (self->notes);
  g_array_unref (self->texts);
  g_hash_table_unref (self->stale);
  g_array_unref (self->gone);
  g_free (self);
}

void
dial_changes_add (GArray *ids,
                  gint64  id)
{
  g_array_append_val (ids, id);
}

/* The candidate stood at place @was, 0 if it is new, and stands at @is, 0 if it is forgotten. */
void
dial_changes_add_candidate (DialChanges *self,
                            gint64       id,
                            gint64       was,
                            gint64       is)
{
  DialMove move = { id, was, is };

  if (self->candidates->len < MAX_NAMED)
    g_array_append_val (self->candidates, move);
  else
    self->any_candidate = TRUE;
}

/* The index is behind what the file says of @id. */
void
dial_changes_add_stale (DialChanges   *self,
                        gint64         id,
                        DialCandidate *candidate,
                        gboolean       is_new)
{
  dial_stale_set (self->stale, id, candidate, is_new);
}

/* The candidate, who stood at @was, is forgotten. */
void
dial_changes_add_gone (DialChanges *self,
                       gint64       id,
                       gint64       was)
{
  DialMove move = { id, was, 0 };

  g_array_append_val (self->gone, move);
  dial_changes_add_candidate (self, id, was, 0);
}

static void
append_all (GArray       *ids,
            const GArray *more)
{
  if (more->len > 0)
    g_array_append_vals (ids, more->data, more->len);
}

void
dial_changes_merge (DialChanges       *self,
                    const DialChanges *other)
{
  append_all (self->candidates, other->candidates);
  append_all (self->calls, other->calls);
  append_all (self->outbox, other->outbox);
  append_all (self->notes, other->notes);
  append_all (self->texts, other->texts);
  self->any_candidate |= other->any_candidate || self->candidates->len > MAX_NAMED;
  self->searches |= other->searches;
  self->templates |= other->templates;
  self->opt_outs |= other->opt_outs;
}

gboolean
dial_changes_is_empty (const DialChanges *self)
{
  return !self->any_candidate && self->candidates->len == 0 && self->calls->len == 0 &&
         self->outbox->len == 0 && self->notes->len == 0 && self->texts->len == 0 && !self->searches &&
         !self->templates && !self->opt_outs;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

/* Sorts @ids and leaves each once. */
static void
sort_ids (GArray *ids)
{
  guint n_kept = 0;

  g_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++) {
    gint64 id = g_array_index (ids, gint64, i);

    if (n_kept == 0 || g_array_index (ids, gint64, n_kept - 1) != id)
      g_array_index (ids, gint64, n_kept++) = id;
  }
  g_array_set_size (ids, n_kept);
}

static int
compare_moves (gconstpointer a,
               gconstpointer b)
{
  gint64 left = ((const DialMove *) a)->id, right = ((const DialMove *) b)->id;

  return left < right ? -1 : left > right;
}

/* Sorts @moves and makes one of each candidate's. The sorting keeps their order in time. */
static void
join_moves (GArray *moves)
{
  guint n_kept = 0;

  g_array_sort (moves, compare_moves);
  for (guint i = 0; i < moves->len;) {
    DialMove move = g_array_index (moves, DialMove, i);

    while (++i < moves->len && g_array_index (moves, DialMove, i).id == move.id)
      move.is = g_array_index (moves, DialMove, i).is;
    if (move.was != 0 || move.is != 0)
      g_array_index (moves, DialMove, n_kept++) = move;
  }
  g_array_set_size (moves, n_kept);
}

/* Brings every list into order, each id once. */
void
dial_changes_sort (DialChanges *self)
{
  join_moves (self->candidates);
  sort_ids (self->calls);
  sort_ids (self->outbox);
  sort_ids (self->notes);
  sort_ids (self->texts);
}
