#include "dial-place.h"
#include "dial-search.h"
#include "dial-store-private.h"

/* More than so many would keep a keystroke waiting, such as those of a sync. */
#define MAX_MATCHED_AT_ONCE 200

/* What is asked for; each request uses what it needs. */
typedef struct {
  DialQuery *query;
  GArray    *ids;
  guint      limit;
  DialFacet  facet;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_pointer (&question->query, dial_query_free);
  g_clear_pointer (&question->ids, g_array_unref);
  g_free (question);
}

static Question *
question_new (const DialQuery *query,
              GArray          *ids)
{
  Question *question = g_new0 (Question, 1);

  question->query = query != NULL ? dial_query_copy (query) : NULL;
  question->ids = ids != NULL ? dial_store_copy_ids (ids) : NULL;
  return question;
}

static gpointer
search (DialConnection *connection,
        gpointer        data,
        DialChanges    *changes)
{
  Question *question = data;

  return dial_search_find (connection, question->query, question->limit);
}

/**
 * dial_store_search_async:
 * @self: a store
 * @query: what to look for
 * @limit: how many at most, which are found at once, or as many of them as are; 0 asks for all, which
 *   takes its time and lets nothing else wait
 * @cancellable: (nullable): a cancellable, which stops a search that runs
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Searches names, e-mail addresses, phone numbers, company, title, job, stage and tags.
 */
void
dial_store_search_async (DialStore           *self,
                         const DialQuery     *query,
                         guint                limit,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  DialRequest request = {
    .func = search,
    .free_data = question_free,
    .free_result = (GDestroyNotify) dial_findings_unref,
  };
  Question *question;

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (query != NULL);

  question = question_new (query, NULL);
  question->limit = limit;
  request.data = question;
  if (limit == 0)
    dial_store_read_patiently (self, dial_store_search_async, &request, cancellable, callback,
                               user_data);
  else
    dial_store_read (self, dial_store_search_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_search_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): who was found, or %NULL with @error set
 */
DialFindings *
dial_store_search_finish (DialStore     *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return dial_store_finish (self, result, dial_store_search_async, error);
}

static gpointer
match (DialConnection *connection,
       gpointer        data,
       DialChanges    *changes)
{
  Question *question = data;

  return dial_search_match (connection, question->query, question->ids);
}

/**
 * dial_store_match_async:
 * @self: a store
 * @query: what is looked for
 * @ids: (element-type gint64): candidates
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finds out where single candidates stand in the answer to @query, without searching anew.
 */
void
dial_store_match_async (DialStore           *self,
                        const DialQuery     *query,
                        GArray              *ids,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  DialRequest request = {
    .func = match,
    .free_data = question_free,
    .free_result = (GDestroyNotify) g_array_unref,
  };

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (query != NULL && ids != NULL);

  request.data = question_new (query, ids);
  if (ids->len > MAX_MATCHED_AT_ONCE)
    dial_store_read_patiently (self, dial_store_match_async, &request, cancellable, callback,
                               user_data);
  else
    dial_store_read (self, dial_store_match_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_match_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialMatch): one for each id in their order, or %NULL with
 *   @error set
 */
GArray *
dial_store_match_finish (DialStore     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  return dial_store_finish (self, result, dial_store_match_async, error);
}

static gpointer
find_places (DialConnection *connection,
             gpointer        data,
             DialChanges    *changes)
{
  Question *question = data;
  GArray *matches = g_array_new (FALSE, FALSE, sizeof (DialMatch));

  for (guint i = 0; i < question->ids->len; i++) {
    DialMatch found = { .id = g_array_index (question->ids, gint64, i), .tier = -1 };

    found.place = dial_place_get (connection, found.id);
    g_array_append_val (matches, found);
  }
  return matches;
}

/**
 * dial_store_find_places_async:
 * @self: a store
 * @ids: (element-type gint64): candidates
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finds the places of candidates.
 */
void
dial_store_find_places_async (DialStore           *self,
                              GArray              *ids,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  DialRequest request = {
    .func = find_places,
    .free_data = question_free,
    .free_result = (GDestroyNotify) g_array_unref,
  };

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (ids != NULL);

  request.data = question_new (NULL, ids);
  dial_store_read (self, dial_store_find_places_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_find_places_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialMatch): one for each id in their order, whose tier tells
 *   nothing, or %NULL with @error set
 */
GArray *
dial_store_find_places_finish (DialStore     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return dial_store_finish (self, result, dial_store_find_places_async, error);
}

static gpointer
count_choices (DialConnection *connection,
               gpointer        data,
               DialChanges    *changes)
{
  Question *question = data;

  return dial_search_count_choices (connection, question->query, question->facet);
}

/**
 * dial_store_count_choices_async:
 * @self: a store
 * @query: what is looked for
 * @facet: what to choose from
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Counts how many candidates each choice of @facet would leave, beside the rest of @query: what
 * @query has chosen of @facet itself does not count, but for tags, of which all are asked for.
 */
void
dial_store_count_choices_async (DialStore           *self,
                                const DialQuery     *query,
                                DialFacet            facet,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  DialRequest request = {
    .func = count_choices,
    .free_data = question_free,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
  };
  Question *question;

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (query != NULL);

  question = question_new (query, NULL);
  question->facet = facet;
  request.data = question;
  dial_store_read_patiently (self, dial_store_count_choices_async, &request, cancellable, callback,
                             user_data);
}

/**
 * dial_store_count_choices_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialChoice): the choices, most first, those of
 *   %DIAL_FACET_OTHER in the order they are named there, `mine` only where @query names a user, as
 *   %DIAL_FACET_MINE; or
 *   %NULL with @error set
 */
GPtrArray *
dial_store_count_choices_finish (DialStore     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return dial_store_finish (self, result, dial_store_count_choices_async, error);
}

static gpointer
find_by_phone (DialConnection *connection,
               gpointer        data,
               DialChanges    *changes)
{
  return dial_search_find_phone (connection, data);
}

/**
 * dial_store_find_by_phone_async:
 * @self: a store
 * @e164: a number in E.164
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finds the candidates who can be called by that number.
 */
void
dial_store_find_by_phone_async (DialStore           *self,
                                const char          *e164,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  DialRequest request = {
    .func = find_by_phone,
    .free_data = g_free,
    .free_result = (GDestroyNotify) g_array_unref,
  };

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (e164 != NULL);

  request.data = g_strdup (e164);
  dial_store_read (self, dial_store_find_by_phone_async, &request, cancellable, callback,
                   user_data);
}

/**
 * dial_store_find_by_phone_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type gint64): candidates' ids, who was active last first, or
 *   %NULL with @error set
 */
GArray *
dial_store_find_by_phone_finish (DialStore     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return dial_store_finish (self, result, dial_store_find_by_phone_async, error);
}
