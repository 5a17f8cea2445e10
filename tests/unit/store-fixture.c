#include "store-fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

void
store_fixture_set_up (StoreFixture  *fixture,
                      gconstpointer  data)
{
  GError *error = NULL;

  fixture->folder = g_dir_make_tmp ("dialhouse-store-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "alder.sqlite", NULL);
  fixture->store = open_store (fixture->path, &error);
  g_assert_no_error (error);
}

void
store_fixture_tear_down (StoreFixture  *fixture,
                         gconstpointer  data)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  if (fixture->store != NULL)
    close_store (fixture->store);

  folder = g_dir_open (fixture->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

void
store_fixture_reopen (StoreFixture *fixture)
{
  GError *error = NULL;

  close_store (fixture->store);
  fixture->store = open_store (fixture->path, &error);
  g_assert_no_error (error);
}

/* Asks the file directly: the first column of the first row, as the sqlite3 shell would show it. */
char *
store_fixture_sql (StoreFixture *fixture,
                   const char   *sql)
{
  sqlite3 *handle;
  sqlite3_stmt *statement;
  char *answer = NULL;

  g_assert_cmpint (sqlite3_open (fixture->path, &handle), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    answer = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return answer;
}

void
keep (GObject      *object,
      GAsyncResult *result,
      gpointer      user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

DialStore *
open_store (const char  *path,
            GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  WAIT (result, dial_store_open_async (path, NULL, keep, &result));
  return dial_store_open_finish (result, error);
}

/* Closes @store and sees that nobody keeps it; takes it. */
void
close_store (DialStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  WAIT (result, dial_store_close_async (store, NULL, keep, &result));
  (void) dial_store_close_finish (store, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);

  /* What was still to be told holds the store, and a thread lets go of it after its answer. */
  g_object_add_weak_pointer (G_OBJECT (store), (gpointer *) &store);
  g_object_unref (store);
  while (g_atomic_pointer_get (&store) != NULL) {
    if (!g_main_context_iteration (NULL, FALSE))
      g_thread_yield ();
  }
}

void
save_page (DialStore    *store,
           DialResource  resource,
           GPtrArray    *records,
           gint64        run,
           guint        *created,
           guint        *updated)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialSyncPosition) position = dial_sync_position_new ();
  GError *error = NULL;

  position->run = run;
  WAIT (result,
        dial_store_save_page_async (store, resource, records, position, NULL, keep, &result));
  (void) dial_store_save_page_finish (store, result, created, updated, &error);
  g_assert_no_error (error);
}

/* Saves one record outside any walk; takes it. */
void
save_record (DialStore    *store,
             DialResource  resource,
             gpointer      record)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  g_ptr_array_add (records, record);
  WAIT (result, dial_store_save_page_async (store, resource, records, NULL, NULL, keep, &result));
  (void) dial_store_save_page_finish (store, result, NULL, NULL, &error);
  g_assert_no_error (error);
}

guint
forget (DialStore    *store,
        DialResource  resource,
        gint64        run)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  guint n_forgotten;

  WAIT (result, dial_store_forget_unseen_async (store, resource, run, NULL, keep, &result));
  (void) dial_store_forget_unseen_finish (store, result, &n_forgotten, &error);
  g_assert_no_error (error);
  return n_forgotten;
}

/* Who answers @query: the candidates' ids in their order. */
GArray *
find (DialStore       *store,
      const DialQuery *query,
      guint            limit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialFindings) findings = NULL;
  g_autoptr (GArray) places = NULL;
  g_autoptr (GPtrArray) candidates = NULL;
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GError *error = NULL;

  WAIT (result, dial_store_search_async (store, query, limit, NULL, keep, &result));
  findings = dial_store_search_finish (store, result, &error);
  g_assert_no_error (error);
  places = dial_places_list (findings->places, G_MAXUINT);
  WAIT (result, dial_store_load_candidates_async (store, places, NULL, keep, &result));
  candidates = dial_store_load_candidates_finish (store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (candidates->len, ==, findings->places->len);
  for (guint i = 0; i < candidates->len; i++)
    g_array_append_val (ids, DIAL_CANDIDATE (g_ptr_array_index (candidates, i))->id);
  return ids;
}

GArray *
search (DialStore  *store,
        const char *text,
        guint       limit)
{
  g_autoptr (DialQuery) query = dial_query_new (text);

  return find (store, query, limit);
}

/* The answer in a form to compare: "3 1 2". */
char *
find_ids (DialStore       *store,
          const DialQuery *query)
{
  g_autoptr (GArray) ids = find (store, query, 0);
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (list, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            g_array_index (ids, gint64, i));
  return g_string_free (list, FALSE);
}

char *
search_ids (DialStore  *store,
            const char *text)
{
  g_autoptr (DialQuery) query = dial_query_new (text);

  return find_ids (store, query);
}

DialCandidate *
load (DialStore *store,
      gint64     id)
{
  g_autoptr (GAsyncResult) result = NULL;
  DialCandidate *candidate;
  GError *error = NULL;

  WAIT (result, dial_store_load_candidate_async (store, id, NULL, keep, &result));
  candidate = dial_store_load_candidate_finish (store, result, &error);
  g_assert_no_error (error);
  return candidate;
}

DialCandidate *
make_candidate (gint64      id,
                const char *first_name,
                const char *last_name)
{
  DialCandidate *candidate = dial_candidate_new (id);

  candidate->first_name = g_strdup (first_name);
  candidate->last_name = g_strdup (last_name);
  return candidate;
}

DialApplication *
make_application (gint64      id,
                  gint64      candidate_id,
                  gint64      job_id,
                  const char *status,
                  const char *stage_name)
{
  DialApplication *application = dial_application_new (id);

  application->candidate_id = candidate_id;
  application->job_id = job_id;
  application->status = g_strdup (status);
  application->stage_name = g_strdup (stage_name);
  return application;
}

DialJob *
make_job (gint64      id,
          const char *name)
{
  DialJob *job = dial_job_new (id);

  job->name = g_strdup (name);
  return job;
}

DialOutboxItem *
make_note (gint64      candidate_id,
           const char *body)
{
  DialOutboxItem *item = dial_outbox_item_new (0);

  item->candidate_id = candidate_id;
  dial_set_str (&item->body, body);
  dial_set_str (&item->reference, "ref-1");
  item->visibility = DIAL_VISIBILITY_PRIVATE;
  item->created_at = 1700000000000000;
  return item;
}

DialCallRecord *
make_call (const char *uid,
           gint64      candidate_id,
           gint64      started_at)
{
  DialCallRecord *call = dial_call_record_new (uid);

  call->candidate_id = candidate_id;
  call->started_at = started_at;
  dial_set_str (&call->number, "020 7946 0958");
  return call;
}
