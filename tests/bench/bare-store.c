/* The least that SQLite takes to store what the program stores. */
#include "bare-store.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <time.h>

#include "dial-terms.h"

/* As dial-indexer.c has it. */
#define BATCH 8000

static const char terms_sql[] = "SELECT place, own, work FROM candidates JOIN candidate_words USING (id) "
                                "WHERE id >= ?1 AND id < ?2 ORDER BY place";

/* What there is to say of the candidates from one id to another. */
static const struct {
  const char *name;
  const char *where;
} tables[] = {
  { "applications", "candidate_id >= ?1 AND candidate_id < ?2" },
  { "candidates", "id >= ?1 AND id < ?2" },
  { "candidate_phones", "candidate_id >= ?1 AND candidate_id < ?2" },
  { "candidate_emails", "candidate_id >= ?1 AND candidate_id < ?2" },
  { "candidate_tags", "candidate_id >= ?1 AND candidate_id < ?2" },
  { "candidate_words", "id >= ?1 AND id < ?2" },
};

/* Rows of one table, held in memory: @n_columns values each, one row after the other. */
typedef struct {
  sqlite3_stmt *insert;
  GPtrArray    *values;
  int           n_columns;
} Rows;

static void
check (sqlite3 *db,
       int      status)
{
  if (status != SQLITE_OK && status != SQLITE_ROW && status != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (db));
}

static sqlite3 *
open_file (const char *path)
{
  sqlite3 *db;

  check (NULL, sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL));
  check (db, sqlite3_busy_timeout (db, 10000));
  check (db, sqlite3_exec (db, "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; "
                           "PRAGMA cache_size = -8000; PRAGMA wal_autocheckpoint = 12000; "
                           "PRAGMA synchronous = NORMAL", NULL, NULL, NULL));
  return db;
}

static sqlite3_stmt *
prepare (sqlite3    *db,
         const char *sql)
{
  sqlite3_stmt *statement;

  check (db, sqlite3_prepare_v3 (db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL));
  return statement;
}

static sqlite3_stmt *
prepare_insert (sqlite3    *db,
                const char *table,
                int         n_columns)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  g_string_printf (sql, "INSERT INTO %s VALUES (?", table);
  for (int i = 1; i < n_columns; i++)
    g_string_append (sql, ", ?");
  g_string_append_c (sql, ')');
  return prepare (db, sql->str);
}

static sqlite3_stmt *
ask_between (sqlite3    *db,
             const char *sql,
             gint64      first,
             gint64      end)
{
  sqlite3_stmt *statement = prepare (db, sql);

  sqlite3_bind_int64 (statement, 1, first);
  sqlite3_bind_int64 (statement, 2, end);
  return statement;
}

static void
read_rows (sqlite3      *db,
           sqlite3_stmt *select,
           GPtrArray    *values)
{
  while (sqlite3_step (select) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count (select); i++)
      g_ptr_array_add (values, sqlite3_value_dup (sqlite3_column_value (select, i)));
  }
  check (db, sqlite3_finalize (select));
}

/* Places in turn with the terms that belong there. */
static void
read_terms (sqlite3   *db,
            gint64     first,
            gint64     end,
            GArray    *places,
            GPtrArray *terms)
{
  sqlite3_stmt *select = ask_between (db, terms_sql, first, end);

  while (sqlite3_step (select) == SQLITE_ROW) {
    gint64 place = sqlite3_column_int64 (select, 0);

    g_array_append_val (places, place);
    g_ptr_array_add (terms, dial_terms_expand ((const char *) sqlite3_column_text (select, 1),
                                               (const char *) sqlite3_column_text (select, 2)));
  }
  check (db, sqlite3_finalize (select));
}

static void
write_rows (sqlite3    *db,
            const Rows *rows)
{
  for (guint i = 0; i < rows->values->len; i += rows->n_columns) {
    for (int j = 0; j < rows->n_columns; j++)
      sqlite3_bind_value (rows->insert, j + 1, rows->values->pdata[i + j]);
    check (db, sqlite3_step (rows->insert));
    sqlite3_reset (rows->insert);
  }
}

static void
write_terms (sqlite3      *db,
             sqlite3_stmt *insert,
             GArray       *places,
             GPtrArray    *terms)
{
  for (guint i = 0; i < terms->len; i++) {
    sqlite3_bind_int64 (insert, 1, g_array_index (places, gint64, i));
    sqlite3_bind_text (insert, 2, terms->pdata[i], -1, SQLITE_STATIC);
    check (db, sqlite3_step (insert));
    sqlite3_reset (insert);
  }
}

static double
get_processor_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

/* One transaction. Returns: the seconds it took */
static double
write_batch (sqlite3      *from,
             sqlite3      *to,
             sqlite3_stmt *index,
             Rows         *rows,
             gint64        first,
             gint64        end)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) terms = g_ptr_array_new_with_free_func (g_free);
  double began;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s WHERE %s", tables[i].name, tables[i].where);
    sqlite3_stmt *select = ask_between (from, sql, first, end);

    rows[i].n_columns = sqlite3_column_count (select);
    rows[i].values = g_ptr_array_new_with_free_func ((GDestroyNotify) sqlite3_value_free);
    read_rows (from, select, rows[i].values);
    if (rows[i].insert == NULL)
      rows[i].insert = prepare_insert (to, tables[i].name, rows[i].n_columns);
  }
  read_terms (from, first, end, places, terms);

  began = get_processor_time ();
  check (to, sqlite3_exec (to, "BEGIN IMMEDIATE", NULL, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    write_rows (to, &rows[i]);
  write_terms (to, index, places, terms);
  check (to, sqlite3_exec (to, "COMMIT", NULL, NULL, NULL));
  began = get_processor_time () - began;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    g_ptr_array_unref (rows[i].values);
  return began;
}

/* The ids at which a batch begins, and one behind the last. */
static GArray *
read_bounds (sqlite3 *db)
{
  GArray *bounds = g_array_new (FALSE, FALSE, sizeof (gint64));
  sqlite3_stmt *select = prepare (db, "SELECT id FROM candidates ORDER BY id");
  gint64 id = 0;

  for (guint i = 0; sqlite3_step (select) == SQLITE_ROW; i++) {
    id = sqlite3_column_int64 (select, 0);
    if (i % BATCH == 0)
      g_array_append_val (bounds, id);
  }
  id++;
  g_array_append_val (bounds, id);
  check (db, sqlite3_finalize (select));
  return bounds;
}

double
bare_store_write (const char *from_path,
                  const char *to_path)
{
  sqlite3 *from = open_file (from_path), *to = open_file (to_path);
  sqlite3_stmt *index = prepare (to, "INSERT INTO candidate_search (rowid, terms) VALUES (?, ?)");
  g_autoptr (GArray) bounds = read_bounds (from);
  Rows rows[G_N_ELEMENTS (tables)] = { { NULL } };
  double seconds = 0;

  for (guint i = 0; i + 1 < bounds->len; i++)
    seconds += write_batch (from, to, index, rows, g_array_index (bounds, gint64, i),
                            g_array_index (bounds, gint64, i + 1));

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    sqlite3_finalize (rows[i].insert);
  sqlite3_finalize (index);
  check (from, sqlite3_close (from));
  check (to, sqlite3_close (to));
  return seconds;
}
