/* floor HARVEST-URL FILE < TOKEN: the least a first sync can cost. One connection, one page after the other, a fast
 * parser, libphonenumber for every number, and the program's own tables and indexes; but no objects, no threads, no
 * second thoughts: nothing is looked up that may be there already, nothing waits, nothing is told to anybody.
 * The last line of output says how many candidates and requests it took. */
#include <arpa/inet.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench.h"
#include "dial-fold.h"
#include "floor.h"

/* As dial-place.c has it: whose last activity nobody knows stand by id, before all others. */
#define PLACES_A_MS 4
#define UNKNOWN_PLACES (G_GINT64_CONSTANT (1) << 40)

typedef struct {
  sqlite3_stmt *candidate, *phone, *email, *tag, *texts, *application, *job, *stage, *user, *work;
} Statements;

static sqlite3 *db;
static Statements sql;
static int connection;
static char *token;
static char *buffer;
static size_t buffer_size, body_at, body_length;
static char next_path[4096];
static guint n_requests;
static gint64 n_candidates;

static void
fail (const char *what)
{
  fprintf (stderr, "floor: %s%s%s\n", what, db != NULL ? ": " : "", db != NULL ? sqlite3_errmsg (db) : "");
  exit (1);
}

/* Download */

static void
connect_to (const char *url)
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  unsigned port;

  if (sscanf (url, "http://127.0.0.1:%u", &port) != 1)
    fail ("only a sandbox on 127.0.0.1 will do");

  address.sin_port = htons ((guint16) port);
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  connection = socket (AF_INET, SOCK_STREAM, 0);
  if (connect (connection, (struct sockaddr *) &address, sizeof address) != 0)
    fail ("no sandbox there");
}

static size_t
receive (size_t have)
{
  ssize_t got;

  if (buffer_size < have + 65536 + FLOOR_PADDING) {
    buffer_size = 2 * (have + 65536 + FLOOR_PADDING);
    buffer = realloc (buffer, buffer_size);
  }
  got = read (connection, buffer + have, buffer_size - have - FLOOR_PADDING - 1);
  if (got <= 0)
    fail ("the connection broke");
  buffer[have + (size_t) got] = '\0';
  return have + (size_t) got;
}

/* The path of the next page, from the header Link; "" at the end. */
static void
find_next (const char *headers)
{
  const char *link = strcasestr (headers, "\nlink: <http://127.0.0.1:");
  const char *start = link != NULL ? strchr (link + 25, '/') : NULL;
  const char *end = start != NULL ? strchr (start, '>') : NULL;

  next_path[0] = '\0';
  if (end != NULL)
    snprintf (next_path, sizeof next_path, "%.*s", (int) (end - start), start);
}

static void
get (const char *path)
{
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n\r\n",
                                              path, token);
  size_t have = 0;
  const char *end, *length;

  if (write (connection, request, strlen (request)) < 0)
    fail ("the connection broke");
  do {
    have = receive (have);
    end = strstr (buffer, "\r\n\r\n");
  } while (end == NULL);

  if (strncmp (buffer, "HTTP/1.1 200", 12) != 0)
    fail ("the sandbox refused");
  body_at = (size_t) (end - buffer) + 4;
  buffer[body_at - 1] = '\0';
  length = strcasestr (buffer, "\ncontent-length: ");
  body_length = strtoul (length + 17, NULL, 10);
  find_next (buffer);
  while (have < body_at + body_length)
    have = receive (have);
  n_requests++;
}

/* Storing */

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

static void
open_file (const char *path)
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
  sql.texts = prepare ("INSERT INTO candidate_texts (id, name_start, name, other, work, phone, phone_end) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?)");
  sql.application = prepare ("INSERT INTO applications (id, candidate_id, job_id, stage_id, prospect, recruiter_id, "
                             "coordinator_id, created_at, updated_at, last_activity_at, rejected_at, seen_run, "
                             "stage_name, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  sql.job = prepare ("INSERT INTO jobs (id, updated_at, seen_run, name, status) VALUES (?, ?, ?, ?, ?)");
  sql.stage = prepare ("INSERT INTO stages (id, job_id, sort_order, active, seen_run, name) VALUES (?, ?, ?, ?, ?, ?)");
  sql.user = prepare ("INSERT INTO users (id, updated_at, deactivated, site_admin, seen_run, name, primary_email, "
                      "emails) VALUES (?, ?, ?, ?, ?, ?, ?, '')");
  sql.work = prepare ("SELECT jobs.name, stage_name FROM applications LEFT JOIN jobs ON jobs.id = job_id "
                      "WHERE candidate_id = ? ORDER BY applications.status, applications.last_activity_at DESC LIMIT 1");
}

static void
append_folded (GString   *to,
               FloorText  text)
{
  g_autofree char *plain = NULL;
  g_autofree char *folded = NULL;

  if (text.text == NULL)
    return;

  plain = g_strndup (text.text, (gsize) text.length);
  folded = dial_fold_text (plain);
  if (to->len > 0)
    g_string_append_c (to, ' ');
  g_string_append (to, folded);
}

static void
bind_words (int      column,
            GString *words)
{
  sqlite3_bind_text (sql.texts, column, words->str, (int) words->len, SQLITE_STATIC);
}

static void
save_texts (const FloorCandidate *row,
            FloorText             job,
            FloorText             stage)
{
  static GString *words[6];

  for (int i = 0; i < 6; i++) {
    if (words[i] == NULL)
      words[i] = g_string_new (NULL);
    g_string_truncate (words[i], 0);
  }

  append_folded (words[0], row->first.text != NULL ? row->first : row->last);
  append_folded (words[1], row->first);
  append_folded (words[1], row->last);
  append_folded (words[1], row->preferred);
  append_folded (words[2], row->company);
  append_folded (words[2], row->title);
  for (int i = 0; i < row->n_tags; i++)
    append_folded (words[2], row->tags[i]);
  for (int i = 0; i < row->n_emails; i++)
    append_folded (words[2], row->emails[i].value);
  append_folded (words[3], job);
  append_folded (words[3], stage);
  for (int i = 0; i < row->n_phones; i++) {
    const char *digits = row->phones[i].e164;

    append_folded (words[4], row->phones[i].value);
    if (digits[0] != '\0') {
      g_autofree char *backwards = g_strreverse (g_strdup (digits + 1));

      g_string_append_printf (words[4], " %s", digits + 1);
      g_string_append_printf (words[5], " %s", backwards);
    }
  }

  sqlite3_bind_int64 (sql.texts, 1, row->id);
  for (int i = 0; i < 6; i++)
    bind_words (i + 2, words[i]);
  insert (sql.texts);
}

static FloorText
read_column (int column)
{
  FloorText text = { (const char *) sqlite3_column_text (sql.work, column), sqlite3_column_bytes (sql.work, column) };

  return text;
}

/* Two who were active in the same moment stand side by side. */
static void
insert_at_free_place (gint64 place)
{
  for (sqlite3_bind_int64 (sql.candidate, 7, place); step (sql.candidate) != SQLITE_DONE;
       sqlite3_bind_int64 (sql.candidate, 7, ++place))
    if (sqlite3_errcode (db) != SQLITE_CONSTRAINT)
      fail ("candidates");
}

static void
save_candidate (const FloorCandidate *row)
{
  const gint64 numbers[] = { row->id, row->created_at, row->updated_at, row->active_at, row->is_private, 1 };
  const FloorText texts[] = { row->first, row->last, row->preferred, row->company, row->title, row->zone };
  FloorText job = { 0 }, stage = { 0 };

  sqlite3_bind_int64 (sql.work, 1, row->id);
  if (step (sql.work) == SQLITE_ROW) {
    job = read_column (0);
    stage = read_column (1);
  }

  bind_ids (sql.candidate, 1, G_N_ELEMENTS (numbers), numbers);
  for (int i = 0; i < (int) G_N_ELEMENTS (texts); i++)
    bind_text (sql.candidate, 8 + i, texts[i]);
  bind_text (sql.candidate, 14, job);
  bind_text (sql.candidate, 15, stage);
  insert_at_free_place (row->active_at > 0 ? row->active_at / 1000 * PLACES_A_MS : row->id % UNKNOWN_PLACES);

  for (int i = 0; i < row->n_phones; i++) {
    const FloorContact *phone = &row->phones[i];
    const gint64 ids[] = { row->id, i };

    bind_ids (sql.phone, 1, 2, ids);
    bind_text (sql.phone, 3, phone->value);
    bind_text (sql.phone, 4, phone->kind);
    sqlite3_bind_text (sql.phone, 5, phone->e164[0] != '\0' ? phone->e164 : NULL, -1, SQLITE_STATIC);
    sqlite3_bind_text (sql.phone, 6, phone->region[0] != '\0' ? phone->region : NULL, -1, SQLITE_STATIC);
    insert (sql.phone);
  }
  for (int i = 0; i < row->n_emails; i++) {
    const gint64 ids[] = { row->id, i };

    bind_ids (sql.email, 1, 2, ids);
    bind_text (sql.email, 3, row->emails[i].value);
    bind_text (sql.email, 4, row->emails[i].kind);
    insert (sql.email);
  }
  for (int i = 0; i < row->n_tags; i++) {
    const gint64 ids[] = { row->id, i };

    bind_ids (sql.tag, 1, 2, ids);
    bind_text (sql.tag, 3, row->tags[i]);
    insert (sql.tag);
  }
  save_texts (row, job, stage);
  sqlite3_reset (sql.work);
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

static void
save_candidates (const char *json,
                 size_t      length)
{
  const FloorCandidate *rows;
  size_t n = floor_read_candidates (json, length, &rows);

  for (size_t i = 0; i < n; i++)
    save_candidate (&rows[i]);
  n_candidates += (gint64) n;
}

static void
save_applications (const char *json,
                   size_t      length)
{
  const FloorApplication *rows;
  size_t n = floor_read_applications (json, length, &rows);

  for (size_t i = 0; i < n; i++)
    save_application (&rows[i]);
}

static void
save_jobs (const char *json,
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

static void
save_stages (const char *json,
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

static void
save_users (const char *json,
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

/* A transaction a page: wherever it is cut short, it could go on. */
static void
walk (const char *list,
      void      (*save) (const char *json,
                         size_t      length))
{
  g_autofree char *first = g_strdup_printf ("/v3/%s?per_page=500", list);

  g_strlcpy (next_path, first, sizeof next_path);
  while (next_path[0] != '\0') {
    g_autofree char *path = g_strdup (next_path);

    get (path);
    run ("BEGIN");
    save (buffer + body_at, body_length);
    run ("COMMIT");
  }
}

int
main (int    argc,
      char **argv)
{
  static char line[4096];

  if (argc != 3 || fgets (line, sizeof line, stdin) == NULL)
    fail ("usage: floor HARVEST-URL FILE < TOKEN");

  token = g_strstrip (line);
  connect_to (argv[1]);
  open_file (argv[2]);

  walk ("users", save_users);
  walk ("jobs", save_jobs);
  walk ("job_interview_stages", save_stages);
  /* Before the candidates, who then come into the index with their jobs at once. */
  walk ("applications", save_applications);
  walk ("candidates", save_candidates);

  printf ("{\"candidates\": %" G_GINT64_FORMAT ", \"requests\": %u}\n", n_candidates, n_requests);
  return 0;
}
