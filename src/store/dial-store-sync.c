#include "dial-store-private.h"

typedef struct {
  DialStore        *store;
  DialResource      resource;
  GPtrArray        *records;
  GArray           *ids;          /* nothing but these, of those who are there; else NULL */
  GPtrArray        *applications; /* all the candidates have; NULL where nobody told */
  GPtrArray        *jobs;         /* NULL likewise */
  DialSyncPosition *position;     /* NULL leaves the one in the file alone */
} Page;

static Page *
page_new (DialStore              *store,
          DialResource            resource,
          const DialSyncPosition *position)
{
  Page *page = g_new0 (Page, 1);

  page->store = g_object_ref (store);
  page->resource = resource;
  page->position = position != NULL ? dial_sync_position_copy (position) : NULL;
  dial_store_page_waits (store);
  return page;
}

/* As soon as it is written. */
static void
page_free (gpointer data)
{
  Page *page = data;

  g_clear_pointer (&page->records, g_ptr_array_unref);
  g_clear_pointer (&page->ids, g_array_unref);
  g_clear_pointer (&page->applications, g_ptr_array_unref);
  g_clear_pointer (&page->jobs, g_ptr_array_unref);
  dial_sync_position_free (page->position);
  dial_store_page_is_gone (page->store);
  g_object_unref (page->store);
  g_free (page);
}

static gint64
get_record_id (gpointer     record,
               DialResource resource)
{
  switch (resource) {
  case DIAL_RESOURCE_CANDIDATES:
    return ((DialCandidate *) record)->id;
  case DIAL_RESOURCE_APPLICATIONS:
    return ((DialApplication *) record)->id;
  case DIAL_RESOURCE_JOBS:
    return ((DialJob *) record)->id;
  case DIAL_RESOURCE_STAGES:
    return ((DialStage *) record)->id;
  case DIAL_RESOURCE_USERS:
    return ((DialUser *) record)->id;
  case DIAL_RESOURCE_NOTES:
    return ((DialNote *) record)->id;
  default:
    g_assert_not_reached ();
  }
}

static int
compare_records (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  DialResource resource = GPOINTER_TO_INT (user_data);
  gint64 left = get_record_id (*(gpointer *) a, resource);
  gint64 right = get_record_id (*(gpointer *) b, resource);

  return left < right ? -1 : left > right;
}

/* Saves what came along with a page: its rows count as seen by the last walk of their own kind, if
 * there ever was one. */
static void
save_along (DialConnection *connection,
            DialResource    resource,
            GPtrArray      *records,
            DialChanges    *changes)
{
  gint64 run = dial_sync_get_run (connection, resource);
  DialSaveCounts counts = { 0 };

  for (guint i = 0; i < records->len && !dial_connection_has_failed (connection); i++)
    dial_sync_save_record (connection, resource, g_ptr_array_index (records, i), run, &counts,
                           changes);
}

/* The applications of a candidate that are not among @kept go. */
static void
drop_applications (DialConnection *connection,
                   gint64          candidate_id,
                   GHashTable     *kept,
                   DialChanges    *changes)
{
  g_autoptr (GArray) gone = g_array_new (FALSE, FALSE, sizeof (gint64));
  DialStatement *statement =
    dial_connection_prepare (connection, "SELECT id FROM applications WHERE candidate_id = ?");

  dial_statement_bind_int64 (statement, candidate_id);
  while (dial_statement_next (statement)) {
    gint64 id = dial_statement_read_int64 (statement, 0);

    if (!g_hash_table_contains (kept, &id))
      g_array_append_val (gone, id);
  }

  for (guint i = 0; i < gone->len; i++) {
    statement = dial_connection_prepare (connection, "DELETE FROM applications WHERE id = ?");
    dial_statement_bind_int64 (statement, g_array_index (gone, gint64, i));
    dial_statement_run (statement);
  }
  if (gone->len > 0)
    dial_changes_add_stale (changes, candidate_id, NULL, FALSE);
}

static void
save_applications (DialConnection *connection,
                   Page           *page,
                   DialChanges    *changes)
{
  g_autoptr (GHashTable) kept = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < page->applications->len; i++)
    g_hash_table_add (kept, &DIAL_APPLICATION (g_ptr_array_index (page->applications, i))->id);

  for (guint i = 0; i < page->records->len && !dial_connection_has_failed (connection); i++)
    drop_applications (connection, get_record_id (g_ptr_array_index (page->records, i),
                                                  DIAL_RESOURCE_CANDIDATES), kept, changes);

  save_along (connection, DIAL_RESOURCE_APPLICATIONS, page->applications, changes);
}

static void
tally (DialConnection *connection,
       gint64          n_more)
{
  DialStatement *statement;

  if (n_more == 0)
    return;

  statement = dial_connection_prepare (connection,
                                       "UPDATE tallies SET n = n + ? WHERE name = 'candidates'");
  dial_statement_bind_int64 (statement, n_more);
  dial_statement_run (statement);
}

/* Numbered pages leave out who came when the walk began or later: that it did not meet them says nothing. */
static void
spare_newcomers (DialConnection         *connection,
                 const DialSyncPosition *position)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "UPDATE candidates SET seen_run = ?1 "
                             "WHERE created_at >= ?2 AND seen_run < ?1");

  dial_statement_bind_int64 (statement, position->run);
  dial_statement_bind_int64 (statement, position->started_at);
  dial_statement_run (statement);
}

static gpointer
save_page (DialConnection *connection,
           gpointer        data,
           DialChanges    *changes)
{
  Page *page = data;
  DialSaveCounts *counts = g_new0 (DialSaveCounts, 1);
  gint64 run;

  if (page->position != NULL)
    dial_sync_write_position (connection, page->resource, page->position);
  /* Seen just now, so no other walk that is under way may take it for gone. */
  run = dial_sync_get_run (connection, page->resource);

  /* Pages come in descending order; ascending, each lands beside the last. */
  g_ptr_array_sort_with_data (page->records, compare_records, GINT_TO_POINTER (page->resource));
  for (guint i = 0; i < page->records->len && !dial_connection_has_failed (connection); i++) {
    gpointer record = g_ptr_array_index (page->records, i);

    if (page->resource == DIAL_RESOURCE_CANDIDATES)
      dial_sync_save_candidate (connection, record, run, counts, changes);
    else
      dial_sync_save_record (connection, page->resource, record, run, counts, changes);
  }

  if (page->jobs != NULL)
    save_along (connection, DIAL_RESOURCE_JOBS, page->jobs, changes);
  if (page->applications != NULL)
    save_applications (connection, page, changes);
  if (page->resource == DIAL_RESOURCE_CANDIDATES) {
    tally (connection, counts->created);
    if (page->position != NULL && page->position->by_pages && !page->position->walking)
      spare_newcomers (connection, page->position);
  }
  return counts;
}

static GPtrArray *
copy_records (GPtrArray *records)
{
  GPtrArray *copy = g_ptr_array_new_full (records->len, g_object_unref);

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (copy, g_object_ref (g_ptr_array_index (records, i)));
  return copy;
}

/**
 * dial_store_save_page_async:
 * @self: a store
 * @resource: what @records are
 * @records: (element-type GObject): records of the type @resource names
 * @position: (nullable): how far the walk is with this page; %NULL where no walk is meant, such as
 *   one candidate read again, and the stored position stays
 * @cancellable: (nullable): a cancellable
 * @callback: called when the page is saved
 * @user_data: for @callback
 *
 * Saves one page and the position behind it in one transaction. The page counts as seen by the
 * walk `position->run`.
 */
void
dial_store_save_page_async (DialStore              *self,
                            DialResource            resource,
                            GPtrArray              *records,
                            const DialSyncPosition *position,
                            GCancellable           *cancellable,
                            GAsyncReadyCallback     callback,
                            gpointer                user_data)
{
  DialRequest request = {
    .func = save_page,
    .free_data = page_free,
    .free_result = g_free,
    .durability = DIAL_DURABILITY_NORMAL,
  };
  Page *page;

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (records != NULL);

  page = page_new (self, resource, position);
  page->records = copy_records (records);

  request.joins = TRUE;
  request.may_wait = position != NULL && position->walking;
  request.data = page;
  dial_store_write (self, dial_store_save_page_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_save_people_async:
 * @self: a store
 * @candidates: (element-type DialCandidate): one page of them
 * @applications: (element-type DialApplication): all that these have
 * @jobs: (element-type DialJob): what they are for
 * @position: (nullable): how far the walk through the candidates is
 * @cancellable: (nullable): a cancellable
 * @callback: called when the page is saved
 * @user_data: for @callback
 *
 * Saves a page of candidates who bring their applications along, in one transaction with the
 * position behind it. Applications they have no more are deleted.
 *
 * The result is for [method@Store.save_page_finish].
 */
void
dial_store_save_people_async (DialStore              *self,
                              GPtrArray              *candidates,
                              GPtrArray              *applications,
                              GPtrArray              *jobs,
                              const DialSyncPosition *position,
                              GCancellable           *cancellable,
                              GAsyncReadyCallback     callback,
                              gpointer                user_data)
{
  DialRequest request = {
    .func = save_page,
    .free_data = page_free,
    .free_result = g_free,
    .durability = DIAL_DURABILITY_NORMAL,
  };
  Page *page;

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (candidates != NULL && applications != NULL && jobs != NULL);

  page = page_new (self, DIAL_RESOURCE_CANDIDATES, position);
  page->records = copy_records (candidates);
  page->applications = copy_records (applications);
  page->jobs = copy_records (jobs);

  request.joins = TRUE;
  request.may_wait = position != NULL && position->walking;
  request.data = page;
  dial_store_write (self, dial_store_save_page_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_save_page_finish:
 * @self: a store
 * @result: what the callback of either was given
 * @created: (out) (optional): how many were new
 * @updated: (out) (optional): how many had changed
 * @error: return location for an error
 *
 * Returns: whether the page and the position are saved
 */
gboolean
dial_store_save_page_finish (DialStore     *self,
                             GAsyncResult  *result,
                             guint         *created,
                             guint         *updated,
                             GError       **error)
{
  g_autofree DialSaveCounts *counts = dial_store_finish (self, result, dial_store_save_page_async,
                                                         error);

  if (created != NULL)
    *created = counts != NULL ? counts->created : 0;
  if (updated != NULL)
    *updated = counts != NULL ? counts->updated : 0;
  return counts != NULL;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

static gpointer
save_ids (DialConnection *connection,
          gpointer        data,
          DialChanges    *changes)
{
  Page *page = data;
  GArray *unknown = g_array_new (FALSE, FALSE, sizeof (gint64));

  dial_sync_write_position (connection, DIAL_RESOURCE_CANDIDATES, page->position);

  g_array_sort (page->ids, compare_ids);
  for (guint i = 0; i < page->ids->len && !dial_connection_has_failed (connection); i++) {
    gint64 id = g_array_index (page->ids, gint64, i);
    DialStatement *statement =
      dial_connection_prepare (connection,
                               "UPDATE candidates SET seen_run = max (seen_run, ?1) WHERE id = ?2");

    dial_statement_bind_int64 (statement, page->position->run);
    dial_statement_bind_int64 (statement, id);
    dial_statement_run (statement);
    if (dial_connection_get_changes (connection) == 0)
      g_array_append_val (unknown, id);
  }

  return unknown;
}

/**
 * dial_store_save_ids_async:
 * @self: a store
 * @ids: (element-type gint64): candidates who are there
 * @position: how far the walk is with this page
 * @cancellable: (nullable): a cancellable
 * @callback: called when that is saved
 * @user_data: for @callback
 *
 * Saves that the walk `position->run` saw these candidates, and the position behind it, in one transaction.
 */
void
dial_store_save_ids_async (DialStore              *self,
                           GArray                 *ids,
                           const DialSyncPosition *position,
                           GCancellable           *cancellable,
                           GAsyncReadyCallback     callback,
                           gpointer                user_data)
{
  DialRequest request = {
    .func = save_ids,
    .free_data = page_free,
    .free_result = (GDestroyNotify) g_array_unref,
    .durability = DIAL_DURABILITY_NORMAL,
  };
  Page *page;

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (ids != NULL && position != NULL);

  page = page_new (self, DIAL_RESOURCE_CANDIDATES, position);
  page->ids = g_array_copy (ids);

  request.data = page;
  dial_store_write (self, dial_store_save_ids_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_save_ids_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type gint64): those of them who are not stored, or %NULL with @error set
 */
GArray *
dial_store_save_ids_finish (DialStore     *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return dial_store_finish (self, result, dial_store_save_ids_async, error);
}

typedef struct {
  DialResource resource;
  gint64       run;
} Unseen;

static const char * const counters[DIAL_N_RESOURCES] = {
  [DIAL_RESOURCE_CANDIDATES] = "SELECT count(*), total (seen_run < ?) FROM candidates",
  [DIAL_RESOURCE_APPLICATIONS] = "SELECT count(*), total (seen_run < ?) FROM applications",
  [DIAL_RESOURCE_JOBS] = "SELECT count(*), total (seen_run < ?) FROM jobs",
  [DIAL_RESOURCE_STAGES] = "SELECT count(*), total (seen_run < ?) FROM stages",
  [DIAL_RESOURCE_USERS] = "SELECT count(*), total (seen_run < ?) FROM users",
  [DIAL_RESOURCE_NOTES] = "SELECT count(*), total (seen_run < ?) FROM notes",
};

static gpointer
count_unseen (DialConnection *connection,
              gpointer        data,
              DialChanges    *changes)
{
  Unseen *unseen = data;
  DialStatement *statement = dial_connection_prepare (connection, counters[unseen->resource]);
  guint *counts = g_new0 (guint, 2);

  dial_statement_bind_int64 (statement, unseen->run);
  if (dial_statement_next (statement)) {
    counts[0] = (guint) dial_statement_read_int64 (statement, 0);
    counts[1] = (guint) dial_statement_read_int64 (statement, 1);
  }
  dial_statement_reset (statement);
  return counts;
}

/**
 * dial_store_count_unseen_async:
 * @self: a store
 * @resource: what was walked
 * @run: a walk through all of it that came to its end
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Counts whom dial_store_forget_unseen_async() would forget. It looks at every row, so it is left to the
 * writer: nobody who types waits for that.
 */
void
dial_store_count_unseen_async (DialStore           *self,
                               DialResource         resource,
                               gint64               run,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  Unseen unseen = { resource, run };
  DialRequest request = { .func = count_unseen, .free_data = g_free, .free_result = g_free };

  g_return_if_fail (DIAL_IS_STORE (self));

  request.data = g_memdup2 (&unseen, sizeof unseen);
  dial_store_write (self, dial_store_count_unseen_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_count_unseen_finish:
 * @self: a store
 * @result: what the callback was given
 * @n_stored: (out): how many rows there are
 * @n_unseen: (out): how many of them that walk did not see
 * @error: return location for an error
 *
 * Returns: whether they were counted
 */
gboolean
dial_store_count_unseen_finish (DialStore     *self,
                                GAsyncResult  *result,
                                guint         *n_stored,
                                guint         *n_unseen,
                                GError       **error)
{
  g_autofree guint *counts = dial_store_finish (self, result, dial_store_count_unseen_async, error);

  *n_stored = counts != NULL ? counts[0] : 0;
  *n_unseen = counts != NULL ? counts[1] : 0;
  return counts != NULL;
}

static gpointer
forget_unseen (DialConnection *connection,
               gpointer        data,
               DialChanges    *changes)
{
  Unseen *unseen = data;
  guint n_forgotten;

  if (unseen->resource == DIAL_RESOURCE_CANDIDATES)
    n_forgotten = dial_sync_forget_candidates (connection, unseen->run, changes);
  else
    n_forgotten = dial_sync_forget_records (connection, unseen->resource, unseen->run, changes);
  if (unseen->resource == DIAL_RESOURCE_CANDIDATES)
    tally (connection, -(gint64) n_forgotten);
  return g_memdup2 (&n_forgotten, sizeof n_forgotten);
}

/**
 * dial_store_forget_unseen_async:
 * @self: a store
 * @resource: what was walked
 * @run: a walk through all of it that came to its end
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are gone
 * @user_data: for @callback
 *
 * Deletes every row that was last seen before walk @run, with all that belongs to it. The calls,
 * drafts and outbox of a forgotten candidate stay.
 */
void
dial_store_forget_unseen_async (DialStore           *self,
                                DialResource         resource,
                                gint64               run,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  Unseen unseen = { resource, run };
  DialRequest request = {
    .func = forget_unseen,
    .free_data = g_free,
    .free_result = g_free,
    .wipe = TRUE,
  };

  g_return_if_fail (DIAL_IS_STORE (self));

  request.data = g_memdup2 (&unseen, sizeof unseen);
  dial_store_write (self, dial_store_forget_unseen_async, &request, cancellable, callback,
                    user_data);
}

/**
 * dial_store_forget_unseen_finish:
 * @self: a store
 * @result: what the callback was given
 * @forgotten: (out) (optional): how many rows went
 * @error: return location for an error
 *
 * Returns: whether they are gone
 */
gboolean
dial_store_forget_unseen_finish (DialStore     *self,
                                 GAsyncResult  *result,
                                 guint         *forgotten,
                                 GError       **error)
{
  g_autofree guint *n_forgotten = dial_store_finish (self, result, dial_store_forget_unseen_async,
                                                     error);

  if (forgotten != NULL)
    *forgotten = n_forgotten != NULL ? *n_forgotten : 0;
  return n_forgotten != NULL;
}
