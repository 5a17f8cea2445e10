#include "dial-indexer.h"

#include "dial-filters.h"
#include "dial-place.h"
#include "dial-store-private.h"
#include "dial-terms.h"

/* So many at once: enough to be cheap, few enough to be done in a moment and to take little memory. */
#define BATCH 1000

/* So many different jobs, stages and statuses are remembered with what they are found by. */
#define MAX_WORKS 20000

struct _DialIndexer
{
  GHashTable  *waiting;     /* id → Waiting */
  GArray      *unmarked;    /* those of @waiting that the file does not know of yet */
  GArray      *gone;        /* of DialMove: the forgotten */
  DialFilters *filters;
  GHashTable  *works;       /* what an application is called by → Work */
  gint64       version;     /* of the file, as other processes change it */
  guint        marked : 1;  /* the file may know of some that wait */
  guint        more : 1;    /* and of more than @waiting has */
};

/* One who is to be indexed. */
typedef struct {
  char     *own;       /* words, NULL where they are to be read or are as they were */
  gint64    wanted;
  gboolean  is_new;    /* there is nothing of them in the index, and @own is here */
} Waiting;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_free (waiting->own);
  g_free (waiting);
}

/* One candidate on its way into the index. */
typedef struct {
  gint64  id;
  gint64  was;         /* its place so far, 0 if it has none */
  gint64  wanted;      /* the place it would have, were it free */
  char   *own;         /* words of its own, */
  char   *work;        /* and of what it applied for */
  char   *old_own;     /* the same as the index has them, NULL if it has none */
  char   *old_work;
  char   *job;         /* what is shown, */
  char   *stage;
  char   *old_job;     /* and was so far */
  char   *old_stage;
  gboolean moved;
} Entry;

/* One write to the index: terms, or all terms of these words, which are many and made when it is their turn.
 * FTS5 takes them cheaply only in rising order of place, and only with no other statement in between that
 * could be undone by itself, for then it writes to the file what it has gathered. */
typedef struct {
  gint64    place;
  gboolean  insert;
  char     *terms;     /* NULL for those of the words */
  char     *own;
  char     *work;
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
  g_free (entry->old_job);
  g_free (entry->old_stage);
}

static void
step_clear (gpointer data)
{
  Step *step = data;

  g_free (step->terms);
  g_free (step->own);
  g_free (step->work);
}

/* What applications for one job, at one stage, of one status say of their candidates. */
typedef struct {
  char *job;
  char *stage;
  char *words;      /* of job and stage */
  char *filters;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->job);
  g_free (work->stage);
  g_free (work->words);
  g_free (work->filters);
  g_free (work);
}

DialIndexer *
dial_indexer_new (void)
{
  DialIndexer *self = g_new0 (DialIndexer, 1);

  self->waiting = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, waiting_free);
  self->unmarked = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->gone = g_array_new (FALSE, FALSE, sizeof (DialMove));
  self->filters = dial_filters_new ();
  self->works = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, work_free);
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
  g_hash_table_unref (self->works);
  g_free (self);
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
      g_hash_table_insert (self->waiting, g_memdup2 (&id, sizeof id), g_new0 (Waiting, 1));
  }
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
  g_hash_table_remove_all (self->works);
  self->marked = TRUE;
  self->more = TRUE;
}

/* The filters that an application's job, stage and status make, alone and together. */
static void
append_application_filters (DialIndexer    *self,
                            DialConnection *connection,
                            GString        *words,
                            const Work     *work,
                            const char     *status)
{
  const char *kinds[] = { DIAL_FILTER_JOB, DIAL_FILTER_STAGE, DIAL_FILTER_STATUS };
  const char *values[] = { work->job, work->stage, status };

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

static char *
read_name (DialConnection *connection,
           const char     *sql,
           gint64          id)
{
  DialStatement *statement = dial_connection_prepare (connection, sql);
  char *name = NULL;

  dial_statement_bind_int64 (statement, id);
  if (dial_statement_next (statement))
    name = dial_statement_dup_text (statement, 0);
  dial_statement_reset (statement);
  return name;
}

/* Thousands apply for the same job. */
static const Work *
get_work (DialIndexer    *self,
          DialConnection *connection,
          gint64          job_id,
          gint64          stage_id,
          const char     *stage_name,
          const char     *status)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s" DIAL_FILTER_GLUE
                                          "%s", job_id, stage_id, stage_name != NULL ? stage_name : "",
                                          status != NULL ? status : "");
  Work *work = g_hash_table_lookup (self->works, key);
  g_autoptr (GString) words = NULL;
  g_autoptr (GString) filters = NULL;

  if (work != NULL)
    return work;

  if (g_hash_table_size (self->works) >= MAX_WORKS)
    g_hash_table_remove_all (self->works);
  work = g_new0 (Work, 1);
  work->job = read_name (connection, "SELECT name FROM jobs WHERE id = ?", job_id);
  /* An application is not sent again when its stage gets another name. */
  work->stage = read_name (connection, "SELECT name FROM stages WHERE id = ?", stage_id);
  if (work->stage == NULL && stage_name != NULL && stage_name[0] != '\0')
    work->stage = g_strdup (stage_name);

  words = g_string_new (NULL);
  dial_terms_append_text (words, work->job);
  dial_terms_append_text (words, work->stage);
  filters = g_string_new (NULL);
  append_application_filters (self, connection, filters, work, status);
  work->words = g_strdup (words->str);
  work->filters = g_strdup (filters->str);
  g_hash_table_insert (self->works, g_steal_pointer (&key), work);
  return work;
}

static void
append_user (DialIndexer    *self,
             DialConnection *connection,
             GString        *words,
             gint64          user_id)
{
  char value[32];

  if (user_id == 0)
    return;

  g_snprintf (value, sizeof value, "%" G_GINT64_FORMAT, user_id);
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
                             "SELECT job_id, stage_id, stage_name, status, recruiter_id, "
                             "coordinator_id FROM applications "
                             "WHERE candidate_id = ? ORDER BY " DIAL_APPLICATIONS_ORDER);

  dial_statement_bind_int64 (statement, entry->id);
  while (dial_statement_next (statement)) {
    const Work *work = get_work (self, connection, dial_statement_read_int64 (statement, 0),
                                 dial_statement_read_int64 (statement, 1),
                                 dial_statement_read_text (statement, 2),
                                 dial_statement_read_text (statement, 3));

    if (first) {
      entry->job = g_strdup (work->job);
      entry->stage = g_strdup (work->stage);
      g_string_append (words, work->words);
    }
    first = FALSE;
    g_string_append (words, work->filters);
    append_user (self, connection, words, dial_statement_read_int64 (statement, 4));
    append_user (self, connection, words, dial_statement_read_int64 (statement, 5));
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

/* Another process may have changed what this one knows. */
static void
look_round (DialIndexer    *self,
            DialConnection *connection)
{
  gint64 version = dial_connection_query_int64 (connection, "PRAGMA data_version");
  GHashTableIter iter;
  gpointer waiting;

  if (version == self->version)
    return;

  self->version = version;
  dial_filters_reset (self->filters);
  g_hash_table_remove_all (self->works);
  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, NULL, &waiting)) {
    g_clear_pointer (&((Waiting *) waiting)->own, g_free);
    ((Waiting *) waiting)->is_new = FALSE;
  }
}

static Waiting *
get_waiting (DialIndexer *self,
             gint64       id)
{
  Waiting *waiting = g_hash_table_lookup (self->waiting, &id);

  if (waiting == NULL) {
    waiting = g_new0 (Waiting, 1);
    g_hash_table_insert (self->waiting, g_memdup2 (&id, sizeof id), waiting);
    g_array_append_val (self->unmarked, id);
  }
  return waiting;
}

/* Takes over what the transaction, which is not over, left to be indexed. Of a candidate who is at hand only the
 * words are kept: thousands may wait. */
void
dial_indexer_take (DialIndexer    *self,
                   DialConnection *connection,
                   DialChanges    *changes)
{
  GHashTableIter iter;
  gpointer id, value;

  look_round (self, connection);
  if (changes->office)
    g_hash_table_remove_all (self->works);

  g_hash_table_iter_init (&iter, changes->stale);
  while (g_hash_table_iter_next (&iter, &id, &value)) {
    DialStale *stale = value;
    Waiting *waiting = get_waiting (self, *(gint64 *) id);

    if (stale->candidate == NULL)
      continue;

    g_free (waiting->own);
    waiting->own = make_own (self, connection, stale->candidate);
    waiting->wanted = dial_place_want (*(gint64 *) id, stale->candidate->last_activity_at);
    waiting->is_new |= stale->is_new;
  }
  if (changes->gone->len > 0)
    g_array_append_vals (self->gone, changes->gone->data, changes->gone->len);
  g_hash_table_remove_all (changes->stale);
  g_array_set_size (changes->gone, 0);
}

/* What the index says now; FALSE if there is no such candidate. */
static gboolean
read_old (DialConnection *connection,
          Entry          *entry)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT place, last_activity_at, job, stage, wanted, own, work "
                             "FROM candidates LEFT JOIN candidate_words "
                             "ON candidate_words.id = candidates.id WHERE candidates.id = ?");

  dial_statement_bind_int64 (statement, entry->id);
  if (!dial_statement_next (statement))
    return FALSE;

  entry->was = dial_statement_read_int64 (statement, 0);
  entry->wanted = dial_place_want (entry->id, dial_statement_read_int64 (statement, 1));
  entry->old_job = dial_statement_dup_text (statement, 2);
  entry->old_stage = dial_statement_dup_text (statement, 3);
  entry->moved = dial_statement_read_int64 (statement, 4) != entry->wanted;
  entry->old_own = dial_statement_dup_text (statement, 5);
  entry->old_work = dial_statement_dup_text (statement, 6);
  dial_statement_reset (statement);
  return TRUE;
}

/* Reads what the index should say of @id, and what it says now; FALSE if there is no such candidate. */
static gboolean
read_entry (DialIndexer    *self,
            DialConnection *connection,
            gint64          id,
            Waiting        *waiting,
            Entry          *entry)
{
  *entry = (Entry) { .id = id };
  if (waiting->is_new)
    entry->wanted = waiting->wanted;
  else if (!read_old (connection, entry))
    return FALSE;

  entry->own = g_steal_pointer (&waiting->own);
  if (entry->own == NULL && entry->old_own != NULL) {
    entry->own = g_strdup (entry->old_own);
  } else if (entry->own == NULL) {
    g_autoptr (DialCandidate) candidate = dial_store_read_candidate (connection, id);

    entry->own = candidate != NULL ? make_own (self, connection, candidate) : NULL;
  }
  read_work (self, connection, entry);
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

/* Takes the words. */
static void
add_step (GArray  *steps,
          gint64   place,
          gboolean insert,
          char    *own,
          char    *work)
{
  Step step = { .place = place, .insert = insert, .own = own, .work = work };

  g_array_append_val (steps, step);
}

/* Takes @terms. */
static void
add_terms (GArray  *steps,
           gint64   place,
           gboolean insert,
           char    *terms)
{
  Step step = { .place = place, .insert = insert, .terms = terms };

  g_array_append_val (steps, step);
}

/* What stays in place changes only by the terms that differ. Both steps are made even if one is empty: FTS5
 * counts a row for each. */
static void
add_difference (GArray *steps,
                Entry  *entry)
{
  char *removed, *added;

  dial_terms_compare (entry->old_own, entry->old_work, entry->own, entry->work, &removed, &added);
  add_terms (steps, entry->was, FALSE, removed);
  add_terms (steps, entry->was, TRUE, added);
}

static void
save_words (DialConnection *connection,
            Entry          *entry)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "INSERT OR REPLACE INTO candidate_words (id, wanted, own, work) "
                             "VALUES (?, ?, ?, ?)");

  dial_statement_bind_int64 (statement, entry->id);
  dial_statement_bind_int64 (statement, entry->wanted);
  dial_statement_bind_lasting_text (statement, entry->own);
  dial_statement_bind_lasting_text (statement, entry->work);
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
  dial_statement_bind_lasting_text (statement, entry->job);
  dial_statement_bind_lasting_text (statement, entry->stage);
  dial_statement_bind_int64 (statement, entry->id);
  dial_statement_run (statement);
}

static void
index_entry (DialConnection *connection,
             Entry          *entry,
             GArray         *steps,
             DialChanges    *changes)
{
  gboolean shown = g_strcmp0 (entry->job, entry->old_job) == 0 &&
                   g_strcmp0 (entry->stage, entry->old_stage) == 0;
  gint64 is = entry->was;

  if (entry->old_own != NULL && !entry->moved) {
    if (!g_str_equal (entry->own, entry->old_own) || !g_str_equal (entry->work, entry->old_work)) {
      add_difference (steps, entry);
      save_words (connection, entry);
    }
  } else {
    is = dial_place_find (connection, entry->wanted);
    if (entry->old_own != NULL)
      add_step (steps, entry->was, FALSE, g_steal_pointer (&entry->old_own),
                g_steal_pointer (&entry->old_work));
    save_words (connection, entry);
    add_step (steps, is, TRUE, g_steal_pointer (&entry->own), g_steal_pointer (&entry->work));
  }

  if (is != entry->was || !shown)
    save_shown (connection, entry, is);
  dial_changes_add_candidate (changes, entry->id, entry->was, is);
}

static void
remove_words (DialConnection *connection,
              const DialMove *move,
              GArray         *steps)
{
  DialStatement *statement =
    dial_connection_prepare (connection, "SELECT own, work FROM candidate_words WHERE id = ?");

  dial_statement_bind_int64 (statement, move->id);
  if (dial_statement_next (statement))
    add_step (steps, move->was, FALSE, dial_statement_dup_text (statement, 0),
              dial_statement_dup_text (statement, 1));
  dial_statement_reset (statement);
  run_for_id (connection, "DELETE FROM candidate_words WHERE id = ?", move->id);
}

static void
do_step (DialIndexer    *self,
         DialConnection *connection,
         const Step     *step)
{
  g_autofree char *expanded = step->terms == NULL ? dial_terms_expand (step->own, step->work) : NULL;
  const char *terms = step->terms != NULL ? step->terms : expanded;
  DialStatement *statement =
    dial_connection_prepare (connection,
                             step->insert
                               ? "INSERT INTO candidate_search (rowid, terms) VALUES (?, ?)"
                               : "INSERT INTO candidate_search (candidate_search, rowid, terms) "
                             "VALUES ('delete', ?, ?)");

  dial_statement_bind_int64 (statement, step->place);
  dial_statement_bind_lasting_text (statement, terms);
  dial_statement_run (statement);
  dial_filters_count_terms (self->filters, terms, step->insert ? 1 : -1);
}

static GArray *
read_entries (DialIndexer    *self,
              DialConnection *connection)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  GHashTableIter iter;
  gpointer id, waiting;

  g_array_set_clear_func (entries, entry_clear);
  g_hash_table_iter_init (&iter, self->waiting);
  while (!dial_connection_has_failed (connection) && g_hash_table_iter_next (&iter, &id, &waiting)) {
    Entry entry;

    if (read_entry (self, connection, *(gint64 *) id, waiting, &entry))
      g_array_append_val (entries, entry);
    else
      entry_clear (&entry);
    if (self->marked)
      run_for_id (connection, "DELETE FROM unindexed WHERE id = ?", *(gint64 *) id);
  }
  g_array_sort (entries, compare_entries);
  return entries;
}

/* Brings the index up to date with all who wait, and says how many they were. Within a transaction; if that
 * fails, call dial_indexer_reset(). */
guint
dial_indexer_run (DialIndexer    *self,
                  DialConnection *connection,
                  DialChanges    *changes)
{
  g_autoptr (GArray) entries = NULL;
  g_autoptr (GArray) steps = NULL;

  entries = read_entries (self, connection);
  steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_array_set_clear_func (steps, step_clear);

  for (guint i = 0; i < self->gone->len; i++)
    remove_words (connection, &g_array_index (self->gone, DialMove, i), steps);
  for (guint i = 0; i < entries->len && !dial_connection_has_failed (connection); i++)
    index_entry (connection, &g_array_index (entries, Entry, i), steps, changes);
  g_array_sort (steps, compare_steps);
  for (guint i = 0; i < steps->len && !dial_connection_has_failed (connection); i++)
    do_step (self, connection, &g_array_index (steps, Step, i));
  if (dial_filters_save (self->filters, connection))
    g_hash_table_remove_all (self->works);

  g_hash_table_remove_all (self->waiting);
  g_array_set_size (self->unmarked, 0);
  g_array_set_size (self->gone, 0);
  self->marked = self->more;
  return entries->len;
}
