/* Storing what the floor has read, as the program does, but for the first time and without a second look. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "dial-filters.h"
#include "dial-fold.h"
#include "dial-terms.h"
#include "floor.h"

/* As dial-place.c has it: whose last activity nobody knows stand by id, before all others. */
#define PLACES_A_SECOND 4
#define UNKNOWN_PLACES  (G_GINT64_CONSTANT (1) << 30)

/* As dial-indexer.c has it. */
#define BATCH 2000

typedef struct {
  sqlite3_stmt *candidate, *phone, *email, *tag, *words, *index, *application, *job, *stage, *user, *work, *filter;
} Statements;

/* One row of the index. */
typedef struct {
  gint64  place;
  char   *terms;
} Row;

static sqlite3 *db;
static Statements sql;
static GArray *batch;
static GHashTable *filters;   /* kind and value → number */
static gint64 n_candidates;

static void
fail (const char *what)
{
  fprintf (stderr, "floor: %s: %s\n", what, db != NULL ? sqlite3_errmsg (db) : "");
  exit (1);
}

static sqlite3_stmt *
prepare (const char *text)
{
  sqlite3_stmt *statement;

  if (sqlite3_prepare_v3 (db, text, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
    fail (text);
  return statement;
}

static void
run (const char *text)
{
  if (sqlite3_exec (db, text, NULL, NULL, NULL) != SQLITE_OK)
    fail (text);
}

static int
step (sqlite3_stmt *statement)
{
  int status = sqlite3_step (statement);

  if (status == SQLITE_ROW)
    return status;
  sqlite3_reset (statement);
  return status;
}

static void
insert (sqlite3_stmt *statement)
{
  if (step (statement) != SQLITE_DONE)
    fail (sqlite3_sql (statement));
}

static void
bind_text (sqlite3_stmt *statement,
           int           column,
           FloorText     text)
{
  if (text.text != NULL)
    sqlite3_bind_text (statement, column, text.text, text.length, SQLITE_STATIC);
  else
    sqlite3_bind_null (statement, column);
}

static void
bind_ids (sqlite3_stmt *statement,
          int           column,
          int           n,
          const gint64 *values)
{
  for (int i = 0; i < n; i++)
    sqlite3_bind_int64 (statement, column + i, values[i]);
}

/* The store itself makes the file, so that it has the program's tables and indexes. */
static void
make_file (const char *path)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DialStore *store;

  BENCH_WAIT (result, dial_store_open_async (path, NULL, bench_keep, &result));
  store = dial_store_open_finish (result, &error);
  if (store == NULL)
    fail (error->message);
  BENCH_WAIT (result, dial_store_close_async (store, NULL, bench_keep, &result));
  g_object_unref (store);
}

void
floor_open (const char *path)
{
  make_file (path);
  if (sqlite3_open (path, &db) != SQLITE_OK)
    fail (path);
  run ("PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8000; "
       "PRAGMA wal_autocheckpoint = 4000");

  sql.candidate = prepare ("INSERT INTO candidates (id, created_at, updated_at, last_activity_at, is_private, "
                           "seen_run, place, first_name, last_name, preferred_name, company, title, time_zone, "
                           "job, stage) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  sql.phone = prepare ("INSERT INTO candidate_phones (candidate_id, position, typed, kind, e164, region) "
                       "VALUES (?, ?, ?, ?, ?, ?)");
  sql.email = prepare ("INSERT INTO candidate_emails (candidate_id, position, address, kind) VALUES (?, ?, ?, ?)");
  sql.tag = prepare ("INSERT INTO candidate_tags (candidate_id, position, name) VALUES (?, ?, ?)");
  sql.words = prepare ("INSERT INTO candidate_words (id, wanted, own, work) VALUES (?, ?, ?, ?)");
  sql.index = prepare ("INSERT INTO candidate_search (rowid, terms) VALUES (?, ?)");
  sql.filter = prepare ("INSERT INTO filters (number, kind, value, n_candidates) VALUES (?, ?, ?, 1)");
  sql.application = prepare ("INSERT INTO applications (id, candidate_id, job_id, stage_id, prospect, recruiter_id, "
                             "coordinator_id, created_at, updated_at, last_activity_at, rejected_at, seen_run, "
                             "stage_name, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  sql.job = prepare ("INSERT INTO jobs (id, updated_at, seen_run, name, status) VALUES (?, ?, ?, ?, ?)");
  sql.stage = prepare ("INSERT INTO stages (id, job_id, sort_order, active, seen_run, name) VALUES (?, ?, ?, ?, ?, ?)");
  sql.user = prepare ("INSERT INTO users (id, updated_at, deactivated, site_admin, seen_run, name, primary_email, "
                      "emails) VALUES (?, ?, ?, ?, ?, ?, ?, '')");
  sql.work = prepare ("SELECT jobs.name, stage_name, applications.status, recruiter_id, coordinator_id "
                      "FROM applications LEFT JOIN jobs ON jobs.id = job_id WHERE candidate_id = ? "
                      "ORDER BY applications.status, applications.last_activity_at DESC");
  batch = g_array_new (FALSE, FALSE, sizeof (Row));
  filters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* The index */

static char *
dup_text (FloorText text)
{
  return g_strndup (text.text != NULL ? text.text : "", (gsize) text.length);
}

static void
append_text (GString   *words,
             FloorText  text)
{
  g_autofree char *plain = dup_text (text);

  dial_terms_append_text (words, plain);
}

static void
append_name (GString    *words,
             FloorText   name,
             const char *start)
{
  g_autofree char *plain = dup_text (name);
  g_autofree char *folded = dial_fold_text (plain);
  char *rest = folded;

  for (char *word = strsep (&rest, " "); word != NULL; word = strsep (&rest, " "))
    if (word[0] != '\0')
      g_string_append_printf (words, " %c%s", strcmp (word, start) == 0 ? DIAL_TERM_NAME_START : DIAL_TERM_NAME, word);
}

static void
append_names (GString              *words,
              const FloorCandidate *row)
{
  g_autofree char *first = dup_text (row->first.text != NULL ? row->first : row->last);
  g_autofree char *last = dup_text (row->last);
  g_autofree char *start = dial_fold_first_word (first);
  g_autofree char *name = g_strconcat (first, " ", last, NULL);
  g_autofree char *key = dial_fold_key (name);

  append_name (words, row->first, start);
  append_name (words, row->last, start);
  append_name (words, row->preferred, start);
  g_string_append_printf (words, " %c%s", DIAL_TERM_NAME_KEY, key);
}

static void
append_filter (GString    *words,
               const char *kind,
               const char *value)
{
  g_autofree char *key = g_strconcat (kind, DIAL_FILTER_GLUE, value, NULL);
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (filters, key));

  if (number == 0) {
    number = g_hash_table_size (filters) + 1;
    sqlite3_bind_int64 (sql.filter, 1, number);
    sqlite3_bind_text (sql.filter, 2, kind, -1, SQLITE_STATIC);
    sqlite3_bind_text (sql.filter, 3, value, -1, SQLITE_STATIC);
    insert (sql.filter);
    g_hash_table_insert (filters, g_steal_pointer (&key), GUINT_TO_POINTER (number));
  }
  dial_terms_append_filter (words, number);
}

static void
append_phone (GString            *words,
              const FloorContact *phone)
{
  const char *digits = phone->e164 + 1;
  g_autofree char *backwards = NULL;
  guint n;

  if (phone->e164[0] == '\0') {
    append_text (words, phone->value);
    return;
  }

  n = dial_terms_count_country_digits (digits);
  backwards = g_strreverse (g_strdup (digits));
  g_string_append_printf (words, " %c%s %c%.*s %c%s", DIAL_TERM_PHONE, digits + n, DIAL_TERM_COUNTRY, (int) n, digits,
                          DIAL_TERM_PHONE_END, backwards);
}

static void
append_own (GString              *words,
            const FloorCandidate *row)
{
  g_string_append_c (words, DIAL_TERM_EVERYBODY);
  append_names (words, row);
  append_text (words, row->company);
  append_text (words, row->title);
  for (int i = 0; i < row->n_tags; i++) {
    g_autofree char *tag = dup_text (row->tags[i]);

    dial_terms_append_text (words, tag);
    append_filter (words, DIAL_FILTER_TAG, tag);
  }
  for (int i = 0; i < row->n_emails; i++)
    append_text (words, row->emails[i].value);
  for (int i = 0; i < row->n_phones; i++)
    append_phone (words, &row->phones[i]);
  if (row->n_phones > 0)
    append_filter (words, DIAL_FILTER_PHONE, "");
  if (row->is_private)
    append_filter (words, DIAL_FILTER_PRIVATE, "");
}

/* Job, stage and status, and all that these make together. */
static void
append_application (GString    *words,
                    const char *parts[3])
{
  for (guint mask = 1; mask < 8; mask++) {
    g_autoptr (GString) value = g_string_new (NULL);
    char kind[] = { (char) ('0' + mask), '\0' };
    gboolean complete = TRUE;

    for (guint i = 0; i < 3; i++) {
      if ((mask & 1 << i) == 0)
        continue;
      complete &= parts[i] != NULL;
      g_string_append_printf (value, "%s" DIAL_FILTER_GLUE, parts[i] != NULL ? parts[i] : "");
    }
    if (complete)
      append_filter (words, kind, value->str);
  }
}

static void
append_work (GString               *words,
             const FloorCandidate  *row,
             char                 **job,
             char                 **stage)
{
  sqlite3_bind_int64 (sql.work, 1, row->id);
  while (step (sql.work) == SQLITE_ROW) {
    const char *parts[3];

    for (int i = 0; i < 3; i++)
      parts[i] = (const char *) sqlite3_column_text (sql.work, i);
    if (*job == NULL && *stage == NULL) {
      *job = g_strdup (parts[0]);
      *stage = g_strdup (parts[1]);
      dial_terms_append_text (words, *job);
      dial_terms_append_text (words, *stage);
    }
    append_application (words, parts);
    for (int i = 3; i < 5; i++)
      if (sqlite3_column_int64 (sql.work, i) != 0)
        append_filter (words, DIAL_FILTER_USER, (const char *) sqlite3_column_text (sql.work, i));
  }
}

static gint64
get_wanted_place (const FloorCandidate *row)
{
  return row->active_at > 0 ? row->active_at / G_USEC_PER_SEC * PLACES_A_SECOND : row->id % UNKNOWN_PLACES;
}

static void
save_words (const FloorCandidate *row,
            const char           *own,
            const char           *work)
{
  bind_ids (sql.words, 1, 2, (gint64[]) { row->id, get_wanted_place (row) });
  sqlite3_bind_text (sql.words, 3, own, -1, SQLITE_STATIC);
  sqlite3_bind_text (sql.words, 4, work, -1, SQLITE_STATIC);
  insert (sql.words);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  gint64 left = ((const Row *) a)->place, right = ((const Row *) b)->place;

  return left < right ? -1 : left > right;
}

/* Many at once, in rising order, and nothing in between: so FTS5 takes them cheaply. */
static void
save_batch (void)
{
  g_array_sort (batch, compare_rows);
  for (guint i = 0; i < batch->len; i++) {
    Row *row = &g_array_index (batch, Row, i);

    sqlite3_bind_int64 (sql.index, 1, row->place);
    sqlite3_bind_text (sql.index, 2, row->terms, -1, SQLITE_STATIC);
    insert (sql.index);
    g_free (row->terms);
  }
  g_array_set_size (batch, 0);
}

/* The tables */

static void
save_contacts (sqlite3_stmt       *statement,
               gint64              id,
               const FloorContact *contacts,
               int                 n,
               gboolean            phones)
{
  for (int i = 0; i < n; i++) {
    const FloorContact *contact = &contacts[i];

    bind_ids (statement, 1, 2, (gint64[]) { id, i });
    bind_text (statement, 3, contact->value);
    bind_text (statement, 4, contact->kind);
    if (phones) {
      sqlite3_bind_text (statement, 5, contact->e164[0] != '\0' ? contact->e164 : NULL, -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, 6, contact->region[0] != '\0' ? contact->region : NULL, -1, SQLITE_STATIC);
    }
    insert (statement);
  }
}

/* Two who were active in the same moment stand side by side. Returns: where */
static gint64
insert_at_free_place (gint64 place)
{
  for (sqlite3_bind_int64 (sql.candidate, 7, place); step (sql.candidate) != SQLITE_DONE;
       sqlite3_bind_int64 (sql.candidate, 7, ++place))
    if (sqlite3_errcode (db) != SQLITE_CONSTRAINT)
      fail ("candidates");
  return place;
}

static void
save_candidate (const FloorCandidate *row)
{
  const FloorText texts[] = { row->first, row->last, row->preferred, row->company, row->title, row->zone };
  g_autoptr (GString) own = g_string_new (NULL);
  g_autoptr (GString) work = g_string_new (NULL);
  g_autofree char *job = NULL;
  g_autofree char *stage = NULL;
  Row indexed;

  append_own (own, row);
  append_work (work, row, &job, &stage);
  save_words (row, own->str, work->str);

  bind_ids (sql.candidate, 1, 6, (gint64[]) { row->id, row->created_at, row->updated_at, row->active_at, row->is_private,
                                              1 });
  for (int i = 0; i < (int) G_N_ELEMENTS (texts); i++)
    bind_text (sql.candidate, 8 + i, texts[i]);
  sqlite3_bind_text (sql.candidate, 14, job, -1, SQLITE_STATIC);
  sqlite3_bind_text (sql.candidate, 15, stage, -1, SQLITE_STATIC);
  indexed.place = insert_at_free_place (get_wanted_place (row));
  indexed.terms = dial_terms_expand (own->str, work->str);
  g_array_append_val (batch, indexed);

  save_contacts (sql.phone, row->id, row->phones, row->n_phones, TRUE);
  save_contacts (sql.email, row->id, row->emails, row->n_emails, FALSE);
  for (int i = 0; i < row->n_tags; i++) {
    bind_ids (sql.tag, 1, 2, (gint64[]) { row->id, i });
    bind_text (sql.tag, 3, row->tags[i]);
    insert (sql.tag);
  }
}

static void
save_application (const FloorApplication *row)
{
  const gint64 numbers[] = { row->id, row->candidate_id, row->job_id, row->stage_id, row->prospect,
                             row->recruiter_id, row->coordinator_id, row->created_at, row->updated_at,
                             row->active_at, row->rejected_at, 1 };

  bind_ids (sql.application, 1, G_N_ELEMENTS (numbers), numbers);
  bind_text (sql.application, 13, row->stage_name);
  bind_text (sql.application, 14, row->status);
  insert (sql.application);
}

/* The lists */

void
floor_save_candidates (const char *json,
                       size_t      length)
{
  const FloorCandidate *rows;
  size_t n = floor_read_candidates (json, length, &rows);

  for (size_t i = 0; i < n; i++)
    save_candidate (&rows[i]);
  n_candidates += (gint64) n;
}

void
floor_save_applications (const char *json,
                         size_t      length)
{
  const FloorApplication *rows;
  size_t n = floor_read_applications (json, length, &rows);

  for (size_t i = 0; i < n; i++)
    save_application (&rows[i]);
}

void
floor_save_jobs (const char *json,
                 size_t      length)
{
  const FloorOther *rows;
  size_t n = floor_read_others (json, length, &rows);

  for (size_t i = 0; i < n; i++) {
    bind_ids (sql.job, 1, 3, (gint64[]) { rows[i].id, rows[i].updated_at, 1 });
    bind_text (sql.job, 4, rows[i].name);
    bind_text (sql.job, 5, rows[i].status);
    insert (sql.job);
  }
}

void
floor_save_stages (const char *json,
                   size_t      length)
{
  const FloorOther *rows;
  size_t n = floor_read_others (json, length, &rows);

  for (size_t i = 0; i < n; i++) {
    bind_ids (sql.stage, 1, 5, (gint64[]) { rows[i].id, rows[i].job_id, rows[i].sort_order, rows[i].active, 1 });
    bind_text (sql.stage, 6, rows[i].name);
    insert (sql.stage);
  }
}

void
floor_save_users (const char *json,
                  size_t      length)
{
  const FloorOther *rows;
  size_t n = floor_read_others (json, length, &rows);

  for (size_t i = 0; i < n; i++) {
    bind_ids (sql.user, 1, 5, (gint64[]) { rows[i].id, rows[i].updated_at, 0, 0, 1 });
    bind_text (sql.user, 6, rows[i].name);
    bind_text (sql.user, 7, rows[i].email);
    insert (sql.user);
  }
}

void
floor_begin (void)
{
  run ("BEGIN");
}

void
floor_commit (int last)
{
  if (batch->len >= BATCH || last)
    save_batch ();
  run ("COMMIT");
}

void
floor_close (void)
{
  for (sqlite3_stmt **statement = (sqlite3_stmt **) &sql; statement < (sqlite3_stmt **) (&sql + 1); statement++)
    sqlite3_finalize (*statement);
  if (sqlite3_close (db) != SQLITE_OK)
    fail ("close");
}

int64_t
floor_get_n_candidates (void)
{
  return n_candidates;
}
