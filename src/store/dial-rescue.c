/* A damaged file: told, set aside under another name, and read for what Greenhouse does not have. The
 * candidates come again by a sync; what the recruiter did comes from here, as far as it can be read. */
#include "dial-rescue.h"

#include "dial-store.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define HEADER_SIZE 100
#define MAGIC       "SQLite format 3"

#define SETTINGS_GROUP "Settings"

/* All that Greenhouse could not give back, in an order in which it may be written, and the columns that
 * name a row. */
static const struct {
  const char *name;
  const char *key;
} tables[] = {
  { "settings", "key" },
  { "calls", "uid" },
  { "call_tags", "call_uid, position" },
  { "call_remarks", "call_uid, kind, position" },
  { "drafts", "candidate_id" },
  { "outbox", "id" },
  { "number_ties", "e164" },
  { "contact_links", "candidate_id, account" },
  { "templates", "id" },
  { "texts", "id" },
  { "opt_outs", "e164" },
  { "saved_searches", "id" },
};

void
dial_rescue_free (DialRescue *self)
{
  g_clear_pointer (&self->head, g_bytes_unref);
  g_free (self->aside);
  g_free (self);
}

/* Finding out */

static char *
get_mark (const char *path)
{
  return g_strconcat (path, ".is-damaged", NULL);
}

static guint
read_big_endian (const guint8 *bytes,
                 int           n)
{
  guint number = 0;

  for (int i = 0; i < n; i++)
    number = number << 8 | bytes[i];

  return number;
}

/* The size of a page, as the header has it; 0 where it cannot be. */
static guint
read_page_size (const guint8 *header)
{
  guint size = read_big_endian (header + 16, 2);

  if (size == 1)
    return 65536;
  return size >= 512 && (size & (size - 1)) == 0 ? size : 0;
}

/* Not shorter than its own header says. */
static gboolean
is_whole (const guint8 *header,
          goffset       length)
{
  guint page_size = read_page_size (header);
  guint n_pages = read_big_endian (header + 28, 4);
  gboolean counted = read_big_endian (header + 24, 4) == read_big_endian (header + 92, 4);

  return page_size != 0 && (!counted || length >= (goffset) n_pages * page_size);
}

/* A new file is made empty, and filled in one transaction: one that is empty although its settings were kept
 * before has lost what it had. */
static gboolean
was_filled (const char *path)
{
  g_autofree char *settings = g_strconcat (path, ".settings", NULL);

  return g_file_test (settings, G_FILE_TEST_EXISTS);
}

/* Whether the file at @path must be set aside: somebody met damage, or it shows at a glance. Does not read the
 * whole file. */
gboolean
dial_rescue_is_needed (const char *path)
{
  g_autofree char *mark = get_mark (path);
  guint8 header[HEADER_SIZE];
  GStatBuf status;
  ssize_t n_read;
  int fd;

  if (g_file_test (mark, G_FILE_TEST_EXISTS))
    return TRUE;
  if (g_stat (path, &status) != 0 || !S_ISREG (status.st_mode))
    return FALSE;
  if (status.st_size == 0)
    return was_filled (path);

  fd = open (path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return FALSE;
  n_read = read (fd, header, sizeof header);
  close (fd);
  if (n_read < 0)
    return FALSE;

  return n_read < HEADER_SIZE || memcmp (header, MAGIC, sizeof MAGIC) != 0 || !is_whole (header, status.st_size);
}

/* Whoever meets damage in an open file leaves a mark: the next start sets the file aside. */
void
dial_rescue_mark (const char *path)
{
  g_autofree char *mark = get_mark (path);
  int fd = open (mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0)
    close (fd);
}

/* Setting aside */

static gboolean
move (const char  *path,
      const char  *aside,
      const char  *suffix,
      GError     **error)
{
  g_autofree char *from = g_strconcat (path, suffix, NULL);
  g_autofree char *to = g_strconcat (aside, suffix, NULL);

  if (g_rename (from, to) == 0 || errno == ENOENT)
    return TRUE;

  g_set_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_READ_ONLY,
               _("The file that holds this integration’s candidates is damaged, and could not be set aside: %s. "
                 "Check the permissions of its folder, then start Dialhouse again."), g_strerror (errno));
  return FALSE;
}

/* Gives the damaged file at @path, with its log, another name, so that a new one can take its place. No other
 * process may have it open. */
DialRescue *
dial_rescue_set_aside (const char  *path,
                       GError     **error)
{
  g_autoptr (DialRescue) self = g_new0 (DialRescue, 1);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *mark = get_mark (path);

  self->aside = g_strdup_printf ("%s.damaged-%s", path, time);

  /* The log first: without it the file would be older than it is, and look sound. */
  if (!move (path, self->aside, "-wal", error) || !move (path, self->aside, "", error))
    return NULL;

  (void) move (path, self->aside, "-shm", NULL);
  (void) g_unlink (mark);
  return g_steal_pointer (&self);
}

/* Reading what is left */

/* Where only the head of the file is destroyed, that of a sound one of the same shape opens it. */
static void
mend_header (DialRescue *self,
             const char *sound)
{
  guint8 header[HEADER_SIZE] = { 0 };
  guint8 mended[HEADER_SIZE] = { 0 };
  int from = open (sound, O_RDONLY | O_CLOEXEC);
  int to = open (self->aside, O_RDWR | O_CLOEXEC);

  if (from >= 0 && to >= 0 &&
      pread (to, header, sizeof header, 0) > 0 && memcmp (header, MAGIC, sizeof MAGIC) != 0 &&
      pread (from, mended, sizeof mended, 0) == HEADER_SIZE) {
    goffset length = lseek (to, 0, SEEK_END);
    guint n_pages = (guint) (length / MAX (read_page_size (mended), 1));

    /* The file's own length counts, and no page is known to be free. */
    for (int i = 0; i < 4; i++)
      mended[28 + i] = (guint8) (n_pages >> (24 - 8 * i));
    memset (mended + 32, 0, 8);
    self->head = g_bytes_new (header, sizeof header);
    if (pwrite (to, mended, sizeof mended, 0) == HEADER_SIZE)
      (void) fsync (to);
  }

  if (from >= 0)
    close (from);
  if (to >= 0)
    close (to);
}

static sqlite3 *
open_aside (const char *path)
{
  sqlite3 *handle = NULL;

  if (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
    sqlite3_close (handle);
    return NULL;
  }

  /* Whatever can be read is wanted, in whichever state. */
  sqlite3_exec (handle, "PRAGMA writable_schema = ON; PRAGMA cell_size_check = ON", NULL, NULL, NULL);
  return handle;
}

/* The columns that both have, as they stand in a statement. */
static char *
list_columns (sqlite3    *from,
              sqlite3    *to,
              const char *table)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *sql = g_strdup_printf ("SELECT name FROM pragma_table_info ('%s')", table);
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (from, sql, -1, &statement, NULL) != SQLITE_OK)
    return NULL;

  while (sqlite3_step (statement) == SQLITE_ROW) {
    const char *name = (const char *) sqlite3_column_text (statement, 0);

    if (sqlite3_table_column_metadata (to, NULL, table, name, NULL, NULL, NULL, NULL, NULL) == SQLITE_OK)
      g_ptr_array_add (columns, g_strdup (name));
  }
  sqlite3_finalize (statement);
  if (columns->len == 0)
    return NULL;

  g_ptr_array_add (columns, NULL);
  return g_strjoinv (", ", (char **) columns->pdata);
}

static char *
make_insert (const char *table,
             const char *columns)
{
  GString *sql = g_string_new (NULL);
  gboolean first = TRUE;

  g_string_printf (sql, "INSERT OR IGNORE INTO %s (%s) VALUES (", table, columns);
  for (const char *p = columns; p != NULL; p = strchr (p + 1, ',')) {
    g_string_append (sql, first ? "?" : ", ?");
    first = FALSE;
  }
  g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}

/* Copies rows until there are no more, or one cannot be read; whether all were. A row that the new table does
 * not want is none. */
static gboolean
copy_rows (sqlite3      *from,
           const char   *select,
           sqlite3_stmt *insert)
{
  sqlite3_stmt *statement = NULL;
  int status = sqlite3_prepare_v2 (from, select, -1, &statement, NULL);

  while (status == SQLITE_OK || status == SQLITE_ROW) {
    status = sqlite3_step (statement);
    if (status != SQLITE_ROW)
      break;

    for (int i = 0; i < sqlite3_column_count (statement); i++)
      sqlite3_bind_value (insert, i + 1, sqlite3_column_value (statement, i));
    sqlite3_step (insert);
    sqlite3_reset (insert);
  }

  sqlite3_finalize (statement);
  return status == SQLITE_DONE;
}

/* From both ends: what cannot be read stands between. */
static gboolean
copy_table (sqlite3    *from,
            sqlite3    *to,
            const char *table,
            const char *key)
{
  g_autofree char *columns = list_columns (from, to, table);
  g_auto (GStrv) keys = g_strsplit (key, ", ", -1);
  g_autofree char *backwards = g_strjoinv (" DESC, ", keys);
  g_autofree char *insert_sql = NULL;
  g_autofree char *up = NULL;
  g_autofree char *down = NULL;
  sqlite3_stmt *insert = NULL;
  gboolean whole;

  if (columns == NULL)
    return FALSE;

  insert_sql = make_insert (table, columns);
  if (sqlite3_prepare_v2 (to, insert_sql, -1, &insert, NULL) != SQLITE_OK)
    return FALSE;

  up = g_strdup_printf ("SELECT %s FROM %s ORDER BY %s", columns, table, key);
  down = g_strdup_printf ("SELECT %s FROM %s ORDER BY %s DESC", columns, table, backwards);
  whole = copy_rows (from, up, insert) || copy_rows (from, down, insert);
  sqlite3_finalize (insert);
  return whole;
}

/* The settings as they were kept beside the file, where it has lost its own. */
static void
copy_kept_settings (const char *path,
                    sqlite3    *to)
{
  g_autofree char *name = g_strconcat (path, ".settings", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) keys = NULL;
  sqlite3_stmt *insert = NULL;

  if (!g_key_file_load_from_file (file, name, G_KEY_FILE_NONE, NULL) ||
      sqlite3_prepare_v2 (to, "INSERT OR IGNORE INTO settings (key, value) VALUES (?, ?)", -1, &insert,
                          NULL) != SQLITE_OK)
    return;

  keys = g_key_file_get_keys (file, SETTINGS_GROUP, NULL, NULL);
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++) {
    g_autofree char *value = g_key_file_get_string (file, SETTINGS_GROUP, keys[i], NULL);

    if (value == NULL)
      continue;
    sqlite3_bind_text (insert, 1, keys[i], -1, SQLITE_TRANSIENT);
    sqlite3_bind_text (insert, 2, value, -1, SQLITE_TRANSIENT);
    sqlite3_step (insert);
    sqlite3_reset (insert);
  }
  sqlite3_finalize (insert);
}

static guint
count (sqlite3    *handle,
       const char *sql)
{
  sqlite3_stmt *statement = NULL;
  guint n = 0;

  if (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    n = (guint) sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return n;
}

/* Fills the new store at @path, which has its tables already, in one transaction. */
gboolean
dial_rescue_bring_back (DialRescue  *self,
                        const char  *path,
                        GError     **error)
{
  sqlite3 *from, *to = NULL;
  gboolean done, known = FALSE;

  if (sqlite3_open_v2 (path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    goto out;

  sqlite3_exec (to, "PRAGMA synchronous = FULL; BEGIN IMMEDIATE", NULL, NULL, NULL);
  mend_header (self, path);
  from = open_aside (self->aside);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    if (from == NULL || !copy_table (from, to, tables[i].name, tables[i].key))
      self->n_lost++;
  sqlite3_close (from);
  copy_kept_settings (path, to);

  /* What is read may be older than what was done: each note is looked for before it goes out, and of a text a person
   * must say whether it did. */
  sqlite3_exec (to,
                "UPDATE outbox SET state = 'uncertain', next_try_at = 0, attempts = max (attempts, 1), "
                "first_sent_at = max (first_sent_at, created_at), last_sent_at = max (last_sent_at, created_at) "
                "WHERE state IN ('waiting', 'sending');"
                "UPDATE texts SET state = 'unknown' WHERE state <> 'handed';"
                "DELETE FROM settings WHERE key = 'home'", NULL, NULL, NULL);
  self->n_notes = count (to, "SELECT count(*) FROM outbox WHERE state <> 'sent'");
  known = count (to, "SELECT count(*) FROM settings WHERE key = 'name'") > 0;

out:
  done = sqlite3_exec (to, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
  sqlite3_close (to);
  if (!done)
    g_set_error_literal (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_FAILED,
                         _("The file that holds this integration’s candidates is damaged, and what was saved from it "
                           "could not be written. Make room on the disk, then start Dialhouse again."));
  else if (!known)
    g_set_error_literal (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_DAMAGED,
                         _("The file that holds this integration’s candidates is damaged, and does not even tell "
                           "whose they are. Restore it from a backup, or remove the integration and connect it "
                           "again."));
  return done && known;
}

/* Gives the damaged file its place back: there is nothing in it to go on with. */
void
dial_rescue_undo (DialRescue *self,
                  const char *path)
{
  static const char * const suffixes[] = { "-wal", "-shm", "" };
  int fd = self->head != NULL ? open (self->aside, O_WRONLY | O_CLOEXEC) : -1;

  if (fd >= 0) {
    if (pwrite (fd, g_bytes_get_data (self->head, NULL), g_bytes_get_size (self->head), 0) > 0)
      (void) fsync (fd);
    close (fd);
  }

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

    (void) g_unlink (file);
    (void) move (self->aside, path, suffixes[i], NULL);
  }

  /* Not all damage shows at a glance. */
  dial_rescue_mark (path);
}

/* Keeps a copy of the settings beside the store: without them nobody would know whose candidates to fetch. */
void
dial_rescue_keep_settings (const char *path,
                           GHashTable *settings)
{
  g_autofree char *name = g_strconcat (path, ".settings", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;
  GHashTableIter iter;
  gpointer key, value;
  gsize length;

  g_hash_table_iter_init (&iter, settings);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_key_file_set_string (file, SETTINGS_GROUP, key, value);

  text = g_key_file_to_data (file, &length, NULL);
  (void) g_file_set_contents_full (name, text, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}
