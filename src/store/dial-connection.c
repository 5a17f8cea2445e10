#include "dial-connection.h"

#include "dial-rescue.h"
#include "dial-statement.h"
#include "dial-store.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* The window and the command-line tool may share one file; a page of sync takes milliseconds, so
 * whoever waits longer than this waits for something that hangs. */
#define BUSY_TIMEOUT_MS 10000

/* Virtual machine steps between two looks at the cancellable and the clock: a millisecond or two, also
 * within FTS5, which takes a few steps for each page of its index. */
#define PROGRESS_STEPS 100

/* So many statements are found again by where their text stands, without reading all of it for a hash. */
#define N_AT_HAND 256

struct _DialConnection
{
  sqlite3        *handle;
  GThread        *owner;
  GHashTable     *statements;   /* SQL → DialStatement */
  DialStatement  *at_hand[N_AT_HAND];   /* some of these, not held */
  GCancellable   *cancellable;
  gint64          deadline;     /* of this thread's processor time, 0 for none */
  gboolean        timed_out;
  GError         *error;        /* the first failure since the transaction began */
  DialDurability  durability;
  guint           in_transaction : 1;
};

static GError *
make_error (int status)
{
  /* The index of the log could not grow. */
  if (status == SQLITE_IOERR_SHMSIZE)
    status = SQLITE_FULL;

  switch (status & 0xff) {
  case SQLITE_INTERRUPT:
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The operation was cancelled"));
  case SQLITE_NOTADB:
  case SQLITE_CORRUPT:
    return g_error_new_literal (DIAL_STORE_ERROR, DIAL_STORE_ERROR_DAMAGED,
                                _("The file that holds this integration’s candidates is damaged. "
                                  "Close every Dialhouse and start it again: it sets the file aside, "
                                  "saves the notes, and fetches the candidates anew."));
  case SQLITE_FULL:
    return g_error_new_literal (DIAL_STORE_ERROR, DIAL_STORE_ERROR_FULL,
                                _("The disk is full. Free some space and try again."));
  case SQLITE_READONLY:
  case SQLITE_PERM:
    return g_error_new_literal (DIAL_STORE_ERROR, DIAL_STORE_ERROR_READ_ONLY,
                                _("The file that holds this integration’s candidates cannot be "
                                  "written. Check the permissions of its folder."));
  case SQLITE_CANTOPEN:
    return g_error_new_literal (DIAL_STORE_ERROR, DIAL_STORE_ERROR_READ_ONLY,
                                _("The file that holds this integration’s candidates cannot be "
                                  "opened. Check that its folder exists and is yours."));
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return g_error_new_literal (DIAL_STORE_ERROR, DIAL_STORE_ERROR_BUSY,
                                _("Another Dialhouse is using this integration’s candidates. "
                                  "Close it, or try again in a moment."));
  case SQLITE_IOERR:
    return g_error_new (DIAL_STORE_ERROR, DIAL_STORE_ERROR_FAILED,
                        _("The disk failed to read or write this integration’s candidates "
                          "(SQLite %d). Check the disk, then start Dialhouse again."), status);
  default:
    /* SQLite's own words may quote what was searched for, so only the number is told. */
    return g_error_new (DIAL_STORE_ERROR, DIAL_STORE_ERROR_FAILED,
                        _("This integration’s candidates could not be read or written "
                          "(SQLite %d). Start Dialhouse again; if it stays so, "
                          "report it."), status);
  }
}

/* Remembers the first failure. Takes @error. */
void
dial_connection_fail (DialConnection *self,
                      GError         *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
}

gboolean
dial_connection_has_failed (DialConnection *self)
{
  g_assert (self->owner == g_thread_self ());

  return self->error != NULL;
}

/* Notes @status; whether it is a success. */
gboolean
dial_connection_check (DialConnection *self,
                       int             status)
{
  if (status == SQLITE_OK)
    return TRUE;

  /* Damage in the middle of a file does not show at a glance: the next start shall know of it. */
  if ((status & 0xff) == SQLITE_CORRUPT)
    dial_rescue_mark (dial_connection_get_path (self));
  dial_connection_fail (self, make_error (status));
  return FALSE;
}

/* Hands out the failure, if there was one, and forgets it; whether all went well. */
gboolean
dial_connection_take_error (DialConnection  *self,
                            GError         **error)
{
  if (self->error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

/* What this thread has had of the processor, in µs: a busy machine makes no question harder. */
static gint64
get_processor_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static int
on_progress (gpointer user_data)
{
  DialConnection *self = user_data;

  if (self->deadline != 0 && get_processor_time () >= self->deadline)
    self->timed_out = TRUE;
  return self->timed_out || g_cancellable_is_cancelled (self->cancellable);
}

static void
watch_progress (DialConnection *self)
{
  gboolean watched = self->cancellable != NULL || self->deadline != 0;

  sqlite3_progress_handler (self->handle, PROGRESS_STEPS, watched ? on_progress : NULL, self);
}

/* Makes the file with mode 0600 before SQLite can make it with another; SQLite gives its -wal and
 * -shm the same. An existing file is never opened here: closing it again would drop the locks that
 * another connection of this process holds on it. */
static void
make_private (const char *path)
{
  struct stat status;
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd >= 0)
    close (fd);
  else if (errno == EEXIST && g_stat (path, &status) == 0 && S_ISREG (status.st_mode) &&
           (status.st_mode & 0077) != 0)
    (void) g_chmod (path, 0600);
}

/* SQLite counts its memory for nobody, under a lock. */
static void
set_up_sqlite (void)
{
  static gsize done;

  if (g_once_init_enter (&done)) {
    (void) sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
    g_once_init_leave (&done, 1);
  }
}

/* Opens the file at @path, making it if need be. The caller's thread owns the connection until
 * another adopts it. */
DialConnection *
dial_connection_open (const char  *path,
                      GError     **error)
{
  g_autoptr (DialConnection) self = g_new0 (DialConnection, 1);

  self->owner = g_thread_self ();
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) dial_statement_free);
  make_private (path);
  set_up_sqlite ();

  dial_connection_check (self, sqlite3_open_v2 (path, &self->handle,
                                                SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL));
  if (!dial_connection_take_error (self, error))
    return NULL;

  sqlite3_extended_result_codes (self->handle, TRUE);
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);

  /* Sorting in a temporary file would leave candidates lying about, and so would free pages. */
  dial_connection_execute (self, "PRAGMA temp_store = MEMORY");
  dial_connection_execute (self, "PRAGMA secure_delete = ON");
  dial_connection_execute (self, "PRAGMA foreign_keys = ON");
  /* What it lets go of lies in the kernel's cache: more costs memory and saves hardly any time, less has a sync
   * read it back several times. */
  dial_connection_execute (self, "PRAGMA cache_size = -2000");
  /* A checkpoint for each page of a sync would wait for the disk more than it writes. */
  dial_connection_execute (self, "PRAGMA wal_autocheckpoint = 12000");
  dial_connection_execute (self, "PRAGMA journal_size_limit = 67108864");
  dial_connection_execute (self, "PRAGMA synchronous = FULL");
  if (!dial_connection_take_error (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/* The file's name as SQLite has it: absolute. */
const char *
dial_connection_get_path (DialConnection *self)
{
  return sqlite3_db_filename (self->handle, "main");
}

void
dial_connection_close (DialConnection *self)
{
  if (self == NULL)
    return;

  g_assert (self->owner == g_thread_self ());
  g_assert (!self->in_transaction);

  g_clear_pointer (&self->statements, g_hash_table_unref);
  if (sqlite3_close (self->handle) != SQLITE_OK)
    g_critical ("A statement outlived its connection");
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_free (self);
}

/* From here on the connection belongs to the calling thread. */
void
dial_connection_adopt (DialConnection *self)
{
  self->owner = g_thread_self ();
}

void
dial_connection_set_read_only (DialConnection *self)
{
  dial_connection_execute (self, "PRAGMA query_only = ON");
  dial_connection_execute (self, "PRAGMA cache_size = -1000");
}

/* Between transactions only. */
void
dial_connection_set_durability (DialConnection *self,
                                DialDurability  durability)
{
  if (self->durability == durability)
    return;

  dial_connection_execute (self, durability == DIAL_DURABILITY_FULL
                                   ? "PRAGMA synchronous = FULL"
                                   : "PRAGMA synchronous = NORMAL");
  self->durability = durability;
}

/* While @cancellable is set, cancelling it stops the statement that runs. */
void
dial_connection_set_cancellable (DialConnection *self,
                                 GCancellable   *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
  watch_progress (self);
}

/* From here on statements stop once they have taken @duration of the processor's time, in µs; 0 lets them
 * take what they need. */
void
dial_connection_set_time (DialConnection *self,
                          gint64          duration)
{
  self->deadline = duration > 0 ? get_processor_time () + duration : 0;
  self->timed_out = FALSE;
  watch_progress (self);
}

/* Whether a statement was stopped so; that is no failure, and the next one may take its time. */
gboolean
dial_connection_has_timed_out (DialConnection *self)
{
  gboolean timed_out = self->timed_out && !g_cancellable_is_cancelled (self->cancellable);

  if (timed_out)
    g_clear_error (&self->error);
  dial_connection_set_time (self, 0);
  return timed_out;
}

/* Begins a transaction; @kind is DEFERRED, IMMEDIATE or EXCLUSIVE. */
void
dial_connection_begin (DialConnection *self,
                       const char     *kind)
{
  g_autofree char *sql = g_strconcat ("BEGIN ", kind, NULL);

  g_assert (!self->in_transaction && self->error == NULL);

  dial_connection_execute (self, sql);
  self->in_transaction = self->error == NULL;
}

/* Commits if all went well since the transaction began, else rolls back and says what failed. */
gboolean
dial_connection_end (DialConnection  *self,
                     GError         **error)
{
  if (self->in_transaction && self->error == NULL)
    dial_connection_execute (self, "COMMIT");

  /* SQLite ends a transaction by itself after some failures (a full disk), not after all. */
  if (self->error != NULL) {
    /* A statement that stopped half-way would keep its snapshot alive. */
    memset (self->at_hand, 0, sizeof self->at_hand);
    g_hash_table_remove_all (self->statements);
    sqlite3_progress_handler (self->handle, 0, NULL, NULL);
    if (sqlite3_get_autocommit (self->handle) == 0)
      (void) sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
  }

  self->in_transaction = FALSE;
  return dial_connection_take_error (self, error);
}

/* Moves the write-ahead log into the file and empties it. If another process reads just now it is
 * left to the next time, or to whoever closes the file last. */
void
dial_connection_wipe_log (DialConnection *self)
{
  g_assert (!self->in_transaction);

  (void) sqlite3_wal_checkpoint_v2 (self->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}

/* How many bytes of the file it keeps in memory. */
int
dial_connection_get_cache_size (DialConnection *self)
{
  int bytes = 0, highest;

  (void) sqlite3_db_status (self->handle, SQLITE_DBSTATUS_CACHE_USED, &bytes, &highest, FALSE);
  return bytes;
}

/* Lets go of what it keeps of the file, and FTS5 of it, to be quick. */
void
dial_connection_release_memory (DialConnection *self)
{
  g_assert (!self->in_transaction);

  (void) sqlite3_db_release_memory (self->handle);
}

/* Runs statements that need no parameters and whose rows nobody reads. */
void
dial_connection_execute (DialConnection *self,
                         const char     *sql)
{
  if (!dial_connection_has_failed (self))
    dial_connection_check (self, sqlite3_exec (self->handle, sql, NULL, NULL, NULL));
}

/* The statement for @sql, ready to be bound; it belongs to the connection. */
DialStatement *
dial_connection_prepare (DialConnection *self,
                         const char     *sql)
{
  DialStatement **at_hand = &self->at_hand[g_direct_hash (sql) / sizeof (void *) % N_AT_HAND];
  DialStatement *statement = *at_hand;

  g_assert (self->owner == g_thread_self ());

  if (statement == NULL || g_strcmp0 (dial_statement_get_sql (statement), sql) != 0)
    statement = *at_hand = g_hash_table_lookup (self->statements, sql);
  if (statement != NULL) {
    dial_statement_reset (statement);
    return statement;
  }

  statement = *at_hand = dial_statement_new (self, self->handle, sql);
  g_hash_table_insert (self->statements, g_strdup (sql), statement);
  return statement;
}

/* The first column of the first row, 0 if there is none. */
gint64
dial_connection_query_int64 (DialConnection *self,
                             const char     *sql)
{
  DialStatement *statement = dial_connection_prepare (self, sql);
  gint64 value = 0;

  if (dial_statement_next (statement))
    value = dial_statement_read_int64 (statement, 0);
  dial_statement_reset (statement);
  return value;
}

int
dial_connection_get_changes (DialConnection *self)
{
  return self->error == NULL ? sqlite3_changes (self->handle) : 0;
}

int
dial_connection_get_total_changes (DialConnection *self)
{
  return sqlite3_total_changes (self->handle);
}

gint64
dial_connection_get_last_id (DialConnection *self)
{
  return sqlite3_last_insert_rowid (self->handle);
}
