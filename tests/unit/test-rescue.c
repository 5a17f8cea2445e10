/* A damaged file: what is found out, set aside, and saved. */
#include "store-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define N_NOTES 200

/* What becomes of a file, and what may be expected of it. */
typedef struct {
  const char *name;
  gboolean    all_notes;    /* none is lost */
  gboolean    at_a_glance;  /* the next start finds out by itself */
} Damage;

static const Damage damages[] = {
  { "head", TRUE, TRUE },
  { "cut", FALSE, TRUE },
  { "empty", FALSE, TRUE },
  { "garbage", FALSE, TRUE },
  { "middle", TRUE, FALSE },
};

static void
save_settings (DialStore  *store,
               const char *key,
               const char *value)
{
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_hash_table_insert (settings, (char *) key, (char *) value);
  WAIT (result, dial_store_save_settings_async (store, settings, NULL, keep, &result));
  g_assert_true (dial_store_save_settings_finish (store, result, &error));
  g_assert_no_error (error);
}

static char *
load_setting (DialStore  *store,
              const char *key)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GHashTable) settings = NULL;

  WAIT (result, dial_store_load_settings_async (store, NULL, keep, &result));
  settings = dial_store_load_settings_finish (store, result, NULL);
  g_assert_nonnull (settings);
  return g_strdup (g_hash_table_lookup (settings, key));
}

/* One that is on its way, and somebody who wants none. */
static void
fill_texts (DialStore *store)
{
  g_autoptr (DialTextMessage) message = dial_text_message_new (1, "+447400123456", "+442079460100", "Thursday?");
  g_autoptr (DialTextMessage) begun = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  WAIT (result, dial_store_begin_text_async (store, message, NULL, keep, &result));
  begun = dial_store_begin_text_finish (store, result, NULL);
  g_assert_nonnull (begun);
  WAIT (result, dial_store_set_opt_out_async (store, "+447400123457", TRUE, NULL, keep, &result));
  g_assert_true (dial_store_set_opt_out_finish (store, result, NULL));
}

/* Notes first, candidates behind them: a file that is cut loses candidates. */
static void
fill (StoreFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);

  save_settings (fixture->store, "name", "Alder Works");
  for (int i = 1; i <= N_NOTES; i++) {
    g_autofree char *text = g_strdup_printf ("Note %d\n\nDialhouse bcdfghjk%02d", i, i % 100);
    g_autofree char *uid = g_strdup_printf ("call-%03d", i);
    g_autoptr (DialOutboxItem) item = make_note (i, text);
    g_autoptr (DialCallRecord) call = make_call (uid, i, i * G_USEC_PER_SEC);

    WAIT (result, dial_store_queue_note_async (fixture->store, item, call, FALSE, NULL, keep, &result));
    g_assert_cmpint (dial_store_queue_note_finish (fixture->store, result, NULL), ==, i);
  }
  fill_texts (fixture->store);
  for (int i = 1; i <= 3000; i++)
    g_ptr_array_add (page, make_candidate (i, "Ada", "Lovelace"));
  save_page (fixture->store, DIAL_RESOURCE_CANDIDATES, page, 0, NULL, NULL);
}

static void
overwrite (const char *path,
           goffset     from,
           gsize       length)
{
  g_autofree char *garbage = g_strnfill (length, 'G');
  int fd = open (path, O_RDWR | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, garbage, length, from), ==, length);
  close (fd);
}

static void
inflict (const char *path,
         const char *name)
{
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  if (g_str_equal (name, "head"))
    overwrite (path, 0, 100);
  else if (g_str_equal (name, "cut"))
    g_assert_cmpint (truncate (path, status.st_size / 2), ==, 0);
  else if (g_str_equal (name, "empty"))
    g_assert_cmpint (truncate (path, 0), ==, 0);
  else if (g_str_equal (name, "garbage"))
    overwrite (path, 0, status.st_size);
  else
    overwrite (path, status.st_size / 2 / 4096 * 4096, status.st_size / 2 / 4096 * 4096);
}

/* Goes through the store until it meets the damage. */
static void
stumble (StoreFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialCandidate) candidate = NULL;

  for (gint64 id = 3000; id > 0 && error == NULL; id--) {
    g_clear_object (&candidate);
    WAIT (result, dial_store_load_candidate_async (fixture->store, id, NULL, keep, &result));
    candidate = dial_store_load_candidate_finish (fixture->store, result, &error);
  }
  g_assert_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_DAMAGED);
}

static void
test_damage (StoreFixture  *fixture,
             gconstpointer  data)
{
  const Damage *damage = data;
  g_autofree char *name = NULL;
  g_autofree char *n_candidates = NULL;
  g_autofree char *n_notes = NULL;
  g_autofree char *n_blind = NULL;
  g_autofree char *sound = NULL;
  const char *aside;
  GStatBuf status;
  gboolean whole;
  guint n_saved;

  fill (fixture);
  close_store (g_steal_pointer (&fixture->store));
  inflict (fixture->path, damage->name);

  if (!damage->at_a_glance) {
    fixture->store = open_store (fixture->path, NULL);
    g_assert_nonnull (fixture->store);
    g_assert_null (dial_store_get_rescue (fixture->store, &n_saved, &whole));
    stumble (fixture);
    close_store (g_steal_pointer (&fixture->store));
  }

  fixture->store = open_store (fixture->path, NULL);
  g_assert_nonnull (fixture->store);
  aside = dial_store_get_rescue (fixture->store, &n_saved, &whole);
  g_assert_nonnull (aside);
  g_assert_cmpint (g_stat (aside, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0600);

  /* The new one is sound, empty of candidates, and knows whose they are. */
  name = load_setting (fixture->store, "name");
  g_assert_cmpstr (name, ==, "Alder Works");
  sound = store_fixture_sql (fixture, "PRAGMA integrity_check");
  g_assert_cmpstr (sound, ==, "ok");
  n_candidates = store_fixture_sql (fixture, "SELECT count(*) FROM candidates");
  g_assert_cmpstr (n_candidates, ==, "0");

  /* What was waiting is looked for before it goes out: the file may be older than what was done. */
  n_notes = store_fixture_sql (fixture, "SELECT count(*) FROM outbox");
  g_assert_cmpint (atoi (n_notes), ==, n_saved);
  n_blind = store_fixture_sql (fixture, "SELECT count(*) FROM outbox WHERE state = 'waiting' OR attempts = 0");
  g_assert_cmpstr (n_blind, ==, "0");
  if (damage->all_notes) {
    g_autofree char *n_same = store_fixture_sql (fixture, "SELECT count(*) FROM outbox JOIN calls "
                                                 "ON uid = printf ('call-%03d', id) "
                                                 "WHERE body LIKE printf ('Note %d', id) || char (10) || '%'");

    g_autofree char *texts = store_fixture_sql (fixture, "SELECT state || ' ' || (SELECT group_concat (e164) "
                                                "FROM opt_outs) FROM texts");

    g_assert_cmpint (n_saved, ==, N_NOTES);
    g_assert_cmpint (atoi (n_same), ==, N_NOTES);
    /* Whether a text went out a person has to say. */
    g_assert_cmpstr (texts, ==, "unknown +447400123457");
    g_assert_true (whole);
  }

  /* It is over: the next start finds a sound file. */
  store_fixture_reopen (fixture);
  g_assert_null (dial_store_get_rescue (fixture->store, &n_saved, &whole));
}

/* What does not tell whose it is stays as it was found, and is refused. */
static void
test_unknown (StoreFixture  *fixture,
              gconstpointer  data)
{
  g_autofree char *settings = g_strconcat (fixture->path, ".settings", NULL);
  g_autofree char *garbage = g_strnfill (8192, 'G');
  g_autofree char *left = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  close_store (g_steal_pointer (&fixture->store));
  (void) g_unlink (settings);
  g_assert_true (g_file_set_contents (fixture->path, garbage, -1, NULL));
  g_assert_null (open_store (fixture->path, &error));
  g_assert_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_DAMAGED);
  g_assert_true (g_file_get_contents (fixture->path, &left, &length, NULL));
  g_assert_cmpmem (left, length, garbage, 8192);
}

/* While somebody else has the file open it is not taken away from them. */
static void
test_in_use (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autofree char *mark = g_strconcat (fixture->path, ".is-damaged", NULL);
  g_autoptr (DialStore) other = NULL;
  gboolean whole;
  guint n_saved;

  save_settings (fixture->store, "name", "Alder Works");
  g_assert_true (g_file_set_contents (mark, "", 0, NULL));
  other = open_store (fixture->path, NULL);
  g_assert_nonnull (other);
  g_assert_null (dial_store_get_rescue (other, &n_saved, &whole));
  close_store (g_steal_pointer (&other));

  store_fixture_reopen (fixture);
  g_assert_nonnull (dial_store_get_rescue (fixture->store, &n_saved, &whole));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++) {
    g_autofree char *path = g_strconcat ("/rescue/", damages[i].name, NULL);

    g_test_add (path, StoreFixture, &damages[i], store_fixture_set_up, test_damage, store_fixture_tear_down);
  }
  STORE_TEST ("/rescue/unknown", test_unknown);
  STORE_TEST ("/rescue/in-use", test_in_use);
  return g_test_run ();
}
