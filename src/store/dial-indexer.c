#include "dial-indexer.h"

#include "dial-filters.h"
#include "dial-place.h"
#include "dial-store-private.h"
#include "dial-terms.h"

/* So many at once: enough to be cheap, few enough to be done in a moment. */
#define BATCH 4000

/* Pages of the index that one step of a wipe writes. */
#define WIPE_PAGES 1000

struct _DialIndexer
{
  GHashTable  *waiting;     /* id → DialCandidate, or NULL where it is to be read */
  GArray      *unmarked;    /* those of @waiting that the file does not know of yet */
  GArray      *gone;        /* places of the forgotten */
  DialFilters *filters;
  gint64       version;     /* of the file, as other processes change it */
  guint        marked : 1;  /* the file may know of some that wait */
  guint        more : 1;    /* and of more than @waiting has */
  guint        wipe : 1;
  guint        wiping : 1;  /* the first step is done */
};

/* One candidate on its way into the index. */
typedef struct {
  gint64  id;
  gint64  was;         /* its place so far, 0 if it has none */
  gint64  wanted;      /* the place it would have, were it free */
  gint64  activity;
  char   *own;         /* words of its own, */
  char   *work;        /* and of what it applied for */
  char   *old_own;     /* the same as the index has them, NULL if it has none */
  char   *old_work;
  char   *job;
  char   *stage;
  gboolean shown;      /* job and stage are as they should be */
} Entry;

/* One write to the index. FTS5 takes them cheaply only in rising order of place. */
typedef struct {
  gint64    place;
  gboolean  insert;
  char     *terms;
} Step;

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_free (entry->own);
  g_free (entry->work);
  g_free (entry->old_own);
  g_free (entry->old_work);
  g_free (entry->job);
  g_free (entry->stage);
}

static void
step_clear (gpointer data)
{
  g_free (((Step *) data)->terms);
}

static void
candidate_unref (gpointer data)
{
  if (data != NULL)
    g_object_unref (data);
}

DialIndexer *
dial_indexer_new (void)
{
  DialIndexer *self = g_new0 (DialIndexer, 1);

  self->waiting = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, candidate_unref);
  self->unmarked = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->filters = dial_filters_new ();
  self->marked = TRUE;
  self->more = TRUE;
  return self;
}

void
dial_indexer_free (DialIndexer *self)
{
  g_hash_table_unref (self->waiting);
  g_array_unref (self->unmarked);
  g_array_unref (self->gone);
  dial_filters_free (self->filters);
  g_free (self);
}

/* What the transaction left to be indexed. */
void
dial_indexer_take (DialIndexer *self,
                   DialChanges *changes)
{
  GHashTableIter iter;
  gpointer id, candidate;

  g_hash_table_iter_init (&iter, changes->stale);
  while (g_hash_table_iter_next (&iter, &id, &candidate)) {
    if (!g_hash_table_contains (self->waiting, id))
      g_array_append_val (self->unmarked, *(gint64 *) id);
    else if (candidate == NULL)
      continue;
    g_hash_table_insert (self->waiting, g_memdup2 (id, sizeof (gint64)),
                         candidate != NULL ? g_object_ref (candidate) : NULL);
  }
  if (changes->gone->len > 0)
    g_array_append_vals (self->gone, changes->gone->data, changes->gone->len);
  self->wipe |= changes->wipe;
}

/* Takes up what an earlier run of the program, or another process, has left. */
void
dial_indexer_recall (DialIndexer    *self,
                     DialConnection *connection)
{
  DialStatement *statement;

  if (!self->more)
    return;

  statement = dial_connection_prepare (connection, "SELECT id FROM unindexed LIMIT ?");
  dial_statement_bind_int64 (statement, BATCH);
  self->more = FALSE;
  while (dial_statement_next (statement)) {
    gint64 id = dial_statement_read_int64 (statement, 0);

    self->more = TRUE;
    self->marked = TRUE;
    if (!g_hash_table_contains (self->waiting, &id))
      g_hash_table_insert (self->waiting, g_memdup2 (&id, sizeof id), NULL);
  }
  self->wipe |= dial_connection_query_int64 (connection, "SELECT count(*) FROM chores "
                                             "WHERE name = 'wipe'") > 0;
}

guint
dial_indexer_get_n_waiting (DialIndexer *self)
{
  return g_hash_table_size (self->waiting);
}

gboolean
dial_indexer_has_work (DialIndexer *self)
{
  return self->gone->len > 0 || g_hash_table_size (self->waiting) > 0;
}

/* Whether the file knows of more than what waits here. */
gboolean
dial_indexer_has_more (DialIndexer *self)
{
  return self->more;
}

/* Whether it cannot be put off: too many wait, or somebody is to be forgotten. */
gboolean
dial_indexer_must_run (DialIndexer *self)
{
  return self->gone->len > 0 || g_hash_table_size (self->waiting) >= BATCH;
}

static void
run_for_id (DialConnection *connection,
            const char     *sql,
            gint64          id)
{
  DialStatement *statement = dial_connection_prepare (connection, sql);

  dial_statement_bind_int64 (statement, id);
  dial_statement_run (statement);
}

/* Leaves them for later, and notes it in the file in case there is no later in this process. */
void
dial_indexer_put_off (DialIndexer    *self,
                      DialConnection *connection)
{
  for (guint i = 0; i < self->unmarked->len; i++)
    run_for_id (connection, "INSERT OR IGNORE INTO unindexed (id) VALUES (?)",
                g_array_index (self->unmarked, gint64, i));
  self->marked |= self->unmarked->len > 0;
  g_array_set_size (self->unmarked, 0);
}

/* The transaction did not happen. */
void
dial_indexer_reset (DialIndexer *self)
{
  g_hash_table_remove_all (self->waiting);
  g_array_set_size (self->unmarked, 0);
  g_array_set_size (self->gone, 0);
  dial_filters_reset (self->filters);
  self->marked = TRUE;
  self->more = TRUE;
}

/* The kinds and values that an application's job, stage and status make, alone and together. */
static void
append_application_filters (DialIndexer    *self,
                            DialConnection *connection,
                            GString        *words,
                            const char     *job,
                            const char     *stage,
                            const char     *status)
{
  const char *kinds[] = { DIAL_FILTER_JOB, DIAL_FILTER_STAGE, DIAL_FILTER_STATUS };
  const char *values[] = { job, stage, status };

  for (guint parts = 1; parts < 1 << G_N_ELEMENTS (values); parts++) {
    g_autoptr (GString) kind = g_string_new (NULL);
    g_autoptr (GString) value = g_string_new (NULL);
    gboolean complete = TRUE;

    for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
      if ((parts & 1 << i) == 0)
        continue;
      complete &= values[i] != NULL && values[i][0] != '\0';
      g_string_append_printf (kind, "%s%s", kind->len > 0 ? DIAL_FILTER_AND : "", kinds[i]);
      g_string_append_printf (value, "%s%s", value->len > 0 ? DIAL_FILTER_GLUE : "",
                              values[i] != NULL ? values[i] : "");
    }
    if (complete)
      dial_terms_append_filter (words, dial_filters_get_number (self->filters, connection,
                                                                kind->str, value->str));
  }
}

static void
append_user (DialIndexer    *self,
             DialConnection *connection,
             GString        *words,
             gint64          user_id)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, user_id);

  if (user_id != 0)
    dial_terms_append_filter (words, dial_filters_get_number (self->filters, connection,
                                                              DIAL_FILTER_USER, value));
}

/* The job and stage to show: of the application in process, else of the one that led somewhere, else of a
 * rejected one; among equals the one with the latest activity. By its words the candidate is found too, and
 * by all applications filtered. */
static void
read_work (DialIndexer    *self,
           DialConnection *connection,
           Entry          *entry)
{
  GString *words = g_string_new (NULL);
  gboolean first = TRUE;
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT jobs.name, coalesce (nullif (stage_name, ''), stages.name), "
                             "applications.status, recruiter_id, coordinator_id "
                             "FROM applications LEFT JOIN jobs ON jobs.id = applications.job_id "
                             "LEFT JOIN stages ON stages.id = stage_id "
                             "WHERE candidate_id = ? ORDER BY " DIAL_APPLICATIONS_ORDER);

  dial_statement_bind_int64 (statement, entry->id);
  while (dial_statement_next (statement)) {
    const char *job = dial_statement_read_text (statement, 0);
    const char *stage = dial_statement_read_text (statement, 1);

    if (first) {
      entry->job = g_strdup (job);
      entry->stage = g_strdup (stage);
      dial_terms_append_text (words, job);
      dial_terms_append_text (words, stage);
    }
    first = FALSE;
    append_application_filters (self, connection, words, job, stage,
                                dial_statement_read_text (statement, 2));
    append_user (self, connection, words, dial_statement_read_int64 (statement, 3));
    append_user (self, connection, words, dial_statement_read_int64 (statement, 4));
  }
  entry->work = g_string_free (words, FALSE);
}

static gboolean
has_phone (DialCandidate *candidate)
{
  for (guint i = 0; i < candidate->phones->len; i++) {
    if (dial_phone_number_can_call (g_ptr_array_index (candidate->phones, i)))
      return TRUE;
  }
  return FALSE;
}

static char *
make_own (DialIndexer    *self,
          DialConnection *connection,
          DialCandidate  *candidate)
{
  GString *words = g_string_new (NULL);

  dial_terms_append_candidate (words, candidate);
  for (guint i = 0; candidate->tags != NULL && candidate->tags[i] != NULL; i++)
    dial_terms_append_filter (words, dial_filters_get_number (self->filters, connection,
                                                              DIAL_FILTER_TAG, candidate->tags[i]));
  if (has_phone (candidate))
    dial_terms_append_filter (words, dial_filters_get_number (self->filters, connection,
                                                              DIAL_FILTER_PHONE, ""));
  if (candidate->is_private)
    dial_terms_append_filter (words, dial_filters_get_number (self->filters, connection,
                                                              DIAL_FILTER_PRIVATE, ""));
  return g_string_free (words, FALSE);
}

/* Reads what the index should say of @id, and what it says now; FALSE if there is no such candidate. */
static gboolean
read_entry (DialIndexer    *self,
            DialConnection *connection,
            gint64          id,
            DialCandidate  *candidate,
            Entry          *entry)
{
  g_autoptr (DialCandidate) read = NULL;
  g_autofree char *old_job = NULL;
  g_autofree char *old_stage = NULL;
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT candidates.place, last_activity_at, job, stage, own, work "
                             "FROM candidates LEFT JOIN candidate_index "
                             "ON candidate_index.place = candidates.place "
                             "WHERE candidates.id = ?");

  *entry = (Entry) { .id = id };
  dial_statement_bind_int64 (statement, id);
  if (!dial_statement_next (statement))
    return FALSE;

  entry->was = dial_statement_read_int64 (statement, 0);
  entry->activity = dial_statement_read_int64 (statement, 1);
  old_job = dial_statement_dup_text (statement, 2);
  old_stage = dial_statement_dup_text (statement, 3);
  entry->old_own = dial_statement_dup_text (statement, 4);
  entry->old_work = dial_statement_dup_text (statement, 5);
  dial_statement_reset (statement);

  entry->wanted = dial_place_want (id, entry->activity);
  if (candidate == NULL && entry->old_own != NULL)
    entry->own = g_strdup (entry->old_own);
  else if (candidate == NULL)
    candidate = read = dial_store_read_candidate (connection, id);
  if (candidate != NULL)
    entry->own = make_own (self, connection, candidate);
  read_work (self, connection, entry);
  entry->shown = g_strcmp0 (entry->job, old_job) == 0 && g_strcmp0 (entry->stage, old_stage) == 0;
  return entry->own != NULL;
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *left = a, *right = b;

  if (left->wanted != right->wanted)
    return left->wanted < right->wanted ? -1 : 1;
  return left->id < right->id ? -1 : left->id > right->id;
}

static int
compare_steps (gconstpointer a,
               gconstpointer b)
{
  const Step *left = a, *right = b;

  if (left->place != right->place)
    return left->place < right->place ? -1 : 1;
  return left->insert - right->insert;
}

/* Takes @terms. */
static void
add_step (DialIndexer *self,
          GArray      *steps,
          gint64       place,
          gboolean     insert,
          char        *terms)
{
  Step step = { place, insert, terms };

  dial_filters_count_terms (self->filters, terms, insert ? 1 : -1);
  g_array_append_val (steps, step);
}

/* What stays in place changes only by the terms that differ. Both steps are made even if one is empty: FTS5
 * counts a row for each. */
static void
add_difference (DialIndexer *self,
                GArray      *steps,
                Entry       *entry)
{
  g_autofree char *old = dial_terms_expand (entry->old_own, entry->old_work);
  g_autofree char *new = dial_terms_expand (entry->own, entry->work);

  add_step (self, steps, entry->was, FALSE, dial_terms_subtract (old, new));
  add_step (self, steps, entry->was, TRUE, dial_terms_subtract (new, old));
}

static void
save_row (DialConnection *connection,
          Entry          *entry,
          gint64          place)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "INSERT OR REPLACE INTO candidate_index (place, id, wanted, own, work) "
                             "VALUES (?, ?, ?, ?, ?)");

  dial_statement_bind_int64 (statement, place);
  dial_statement_bind_int64 (statement, entry->id);
  dial_statement_bind_int64 (statement, entry->wanted);
  dial_statement_bind_text (statement, entry->own);
  dial_statement_bind_text (statement, entry->work);
  dial_statement_run (statement);
}

static void
save_shown (DialConnection *connection,
            Entry          *entry,
            gint64          place)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "UPDATE candidates SET place = ?, job = ?, stage = ? WHERE id = ?");

  dial_statement_bind_int64 (statement, place);
  dial_statement_bind_text (statement, entry->job);
  dial_statement_bind_text (statement, entry->stage);
  dial_statement_bind_int64 (statement, entry->id);
  dial_statement_run (statement);
}

static gint64
get_former_wish (DialConnection *connection,
                 gint64          place)
{
  DialStatement *statement =
    dial_connection_prepare (connection, "SELECT wanted FROM candidate_index WHERE place = ?");
  gint64 wanted = -1;

  dial_statement_bind_int64 (statement, place);
  if (dial_statement_next (statement))
    wanted = dial_statement_read_int64 (statement, 0);
  dial_statement_reset (statement);
  return wanted;
}

static void
index_entry (DialIndexer    *self,
             DialConnection *connection,
             Entry          *entry,
             GArray         *steps,
             DialChanges    *changes)
{
  gint64 is = entry->was;

  if (entry->old_own != NULL && get_former_wish (connection, entry->was) == entry->wanted) {
    if (!g_str_equal (entry->own, entry->old_own) || !g_str_equal (entry->work, entry->old_work)) {
      add_difference (self, steps, entry);
      save_row (connection, entry, is);
    }
  } else {
    is = dial_place_find (connection, entry->wanted);
    if (entry->old_own != NULL) {
      add_step (self, steps, entry->was, FALSE, dial_terms_expand (entry->old_own, entry->old_work));
      run_for_id (connection, "DELETE FROM candidate_index WHERE place = ?", entry->was);
    }
    add_step (self, steps, is, TRUE, dial_terms_expand (entry->own, entry->work));
    save_row (connection, entry, is);
  }

  if (is != entry->was || !entry->shown)
    save_shown (connection, entry, is);
  dial_changes_add_candidate (changes, entry->id, entry->was, is);
}

static void
remove_place (DialIndexer    *self,
              DialConnection *connection,
              gint64          place,
              GArray         *steps)
{
  DialStatement *statement =
    dial_connection_prepare (connection, "SELECT own, work FROM candidate_index WHERE place = ?");

  dial_statement_bind_int64 (statement, place);
  if (dial_statement_next (statement))
    add_step (self, steps, place, FALSE,
              dial_terms_expand (dial_statement_read_text (statement, 0),
                                 dial_statement_read_text (statement, 1)));
  dial_statement_reset (statement);
  run_for_id (connection, "DELETE FROM candidate_index WHERE place = ?", place);
}

static void
do_step (DialConnection *connection,
         const Step     *step)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             step->insert
                               ? "INSERT INTO candidate_search (rowid, terms) VALUES (?, ?)"
                               : "INSERT INTO candidate_search (candidate_search, rowid, terms) "
                             "VALUES ('delete', ?, ?)");

  dial_statement_bind_int64 (statement, step->place);
  dial_statement_bind_text (statement, step->terms);
  dial_statement_run (statement);
}

static GArray *
read_entries (DialIndexer    *self,
              DialConnection *connection)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  GHashTableIter iter;
  gpointer id, candidate;

  g_array_set_clear_func (entries, entry_clear);
  g_hash_table_iter_init (&iter, self->waiting);
  while (!dial_connection_has_failed (connection) && g_hash_table_iter_next (&iter, &id, &candidate)) {
    Entry entry;

    if (read_entry (self, connection, *(gint64 *) id, candidate, &entry))
      g_array_append_val (entries, entry);
    else
      entry_clear (&entry);
    if (self->marked)
      run_for_id (connection, "DELETE FROM unindexed WHERE id = ?", *(gint64 *) id);
  }
  g_array_sort (entries, compare_entries);
  return entries;
}

/* Another process may have changed what this one knows. */
static void
look_round (DialIndexer    *self,
            DialConnection *connection)
{
  gint64 version = dial_connection_query_int64 (connection, "PRAGMA data_version");

  if (version != self->version)
    dial_filters_reset (self->filters);
  self->version = version;
}

/* Brings the index up to date with all who wait. Within a transaction; if that fails, call
 * dial_indexer_reset(). */
void
dial_indexer_run (DialIndexer    *self,
                  DialConnection *connection,
                  DialChanges    *changes)
{
  g_autoptr (GArray) entries = NULL;
  g_autoptr (GArray) steps = NULL;

  look_round (self, connection);
  entries = read_entries (self, connection);
  steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_array_set_clear_func (steps, step_clear);

  for (guint i = 0; i < self->gone->len; i++)
    remove_place (self, connection, g_array_index (self->gone, gint64, i), steps);
  for (guint i = 0; i < entries->len && !dial_connection_has_failed (connection); i++)
    index_entry (self, connection, &g_array_index (entries, Entry, i), steps, changes);
  g_array_sort (steps, compare_steps);
  for (guint i = 0; i < steps->len && !dial_connection_has_failed (connection); i++)
    do_step (connection, &g_array_index (steps, Step, i));
  dial_filters_save (self->filters, connection);

  g_hash_table_remove_all (self->waiting);
  g_array_set_size (self->unmarked, 0);
  g_array_set_size (self->gone, 0);
  self->marked = self->more;
}

/* Whether words of the forgotten may still lie in the index. */
gboolean
dial_indexer_has_to_wipe (DialIndexer *self)
{
  return self->wipe;
}

/* The index only marks terms as deleted; merged into one, it holds nothing of the forgotten. That takes as
 * long as the index is large, so it goes step by step, and the file remembers that it is not done. Whether it
 * is done; then the log is to be wiped too. */
gboolean
dial_indexer_wipe (DialIndexer    *self,
                   DialConnection *connection)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "INSERT INTO candidate_search (candidate_search, rank) "
                             "VALUES ('merge', ?)");
  int before = dial_connection_get_total_changes (connection);

  dial_statement_bind_int64 (statement, self->wiping ? WIPE_PAGES : -WIPE_PAGES);
  dial_statement_run (statement);
  self->wiping = TRUE;

  /* FTS5's own sign that there is nothing left to merge. */
  if (dial_connection_get_total_changes (connection) - before < 2) {
    self->wipe = FALSE;
    self->wiping = FALSE;
    dial_connection_execute (connection, "DELETE FROM chores WHERE name = 'wipe'");
  } else {
    dial_connection_execute (connection, "INSERT OR IGNORE INTO chores (name) VALUES ('wipe')");
  }
  return !self->wipe;
}
