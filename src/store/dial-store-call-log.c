#include "dial-search-words.h"
#include "dial-store-private.h"

#include "config.h"

#include <glib/gi18n.h>

#include "dial-fold.h"

/* The call log as a whole: which calls answer a query, and a few of them with all that is known of them. */

/* The last call with a person, or with a number where nobody is known. */
#define NONE_LATER \
  "NOT EXISTS (SELECT 1 FROM calls AS later WHERE later.candidate_id = calls.candidate_id " \
  "AND (later.started_at, later.uid) > (calls.started_at, calls.uid) " \
  "AND (calls.candidate_id <> 0 OR later.e164 IS calls.e164))"

/* The sooner somebody was to be called, the more it is due. */
#define DUE "99999999 - CAST (replace (call_again_on, '-', '') AS INTEGER)"

#define NEWEST_FIRST "ORDER BY started_at DESC, uid DESC"

typedef struct {
  DialCallQuery *query;
  guint          limit;
} FindCalls;

static void
find_calls_free (gpointer data)
{
  FindCalls *find = data;

  dial_call_query_free (find->query);
  g_free (find);
}

/* Columns: what a key is made of, and, if anybody is looked for, who it was with. */
static DialStatement *
prepare_find (DialConnection      *connection,
              const DialCallQuery *query,
              gboolean             with_people)
{
  const char *columns = with_people ? ", candidate_id, e164, number" : "";
  g_autofree char *sql = NULL;
  DialStatement *statement;

  switch (query->filter) {
  case DIAL_CALL_FILTER_TODAY:
    sql = g_strdup_printf ("SELECT 0, started_at, uid%s FROM calls WHERE started_at >= ? " NEWEST_FIRST, columns);
    break;
  case DIAL_CALL_FILTER_UNLOGGED:
    sql = g_strdup_printf ("SELECT 0, started_at, uid%s FROM calls WHERE " DIAL_CALL_NOT_LOGGED " " NEWEST_FIRST, columns);
    break;
  case DIAL_CALL_FILTER_MISSED:
    sql = g_strdup_printf ("SELECT 0, started_at, uid%s FROM calls "
                           "WHERE direction = 'incoming' AND outcome = 'missed' " NEWEST_FIRST, columns);
    break;
  case DIAL_CALL_FILTER_CALL_AGAIN:
    sql = g_strdup_printf ("SELECT " DUE ", started_at, uid%s FROM calls "
                           "WHERE call_again_on IS NOT NULL AND call_again_on <= ? AND " NONE_LATER " "
                           "ORDER BY call_again_on, started_at DESC, uid DESC", columns);
    break;
  case DIAL_CALL_FILTER_ALL:
  default:
    sql = g_strdup_printf ("SELECT 0, started_at, uid%s FROM calls " NEWEST_FIRST, columns);
  }

  statement = dial_connection_prepare (connection, sql);
  if (query->filter == DIAL_CALL_FILTER_TODAY)
    dial_statement_bind_int64 (statement, query->day_begins);
  else if (query->filter == DIAL_CALL_FILTER_CALL_AGAIN)
    dial_statement_bind_text (statement, query->day);
  return statement;
}

/* Whom and what a text finds; each person is looked at once. */
typedef struct {
  DialConnection  *connection;
  DialSearchWords *words;
  GHashTable      *people;    /* candidate's id → whether they are meant */
} Matcher;

static gboolean
is_meant (Matcher *matcher,
          gint64   candidate_id)
{
  gpointer known;
  DialStatement *statement;
  gboolean meant = FALSE;

  if (g_hash_table_lookup_extended (matcher->people, &candidate_id, NULL, &known))
    return GPOINTER_TO_INT (known);

  statement = dial_connection_prepare (matcher->connection, "SELECT own, work FROM candidate_words WHERE id = ?");
  dial_statement_bind_int64 (statement, candidate_id);
  if (dial_statement_next (statement))
    meant = dial_search_words_match (matcher->words, dial_statement_read_text (statement, 0),
                                     dial_statement_read_text (statement, 1)) > 0;
  dial_statement_reset (statement);

  g_hash_table_insert (matcher->people, dial_store_id_new (candidate_id), GINT_TO_POINTER (meant));
  return meant;
}

static gboolean
has_number (Matcher    *matcher,
            const char *number)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  if (number == NULL || matcher->words->number == NULL)
    return FALSE;

  dial_fold_digits (number, digits);
  return strstr (digits->str, matcher->words->number) != NULL;
}

static gpointer
find_calls (DialConnection *connection,
            gpointer        data,
            DialChanges    *changes)
{
  FindCalls *find = data;
  DialCallFindings *findings = dial_call_findings_new ();
  gboolean with_people = find->query->text[0] != '\0';
  g_autoptr (DialSearchWords) words = dial_search_words_new (find->query->text);
  g_autoptr (GHashTable) people = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Matcher matcher = { connection, words, people };
  DialStatement *statement = prepare_find (connection, find->query, with_people);

  findings->complete = TRUE;
  while (dial_statement_next (statement)) {
    if (with_people && !is_meant (&matcher, dial_statement_read_int64 (statement, 3)) &&
        !has_number (&matcher, dial_statement_read_text (statement, 4)) &&
        !has_number (&matcher, dial_statement_read_text (statement, 5)))
      continue;
    if (find->limit > 0 && findings->keys->len == find->limit) {
      findings->complete = FALSE;
      break;
    }
    dial_call_findings_add (findings, dial_statement_read_int64 (statement, 0),
                            dial_statement_read_int64 (statement, 1), dial_statement_read_text (statement, 2));
  }
  dial_statement_reset (statement);
  return findings;
}

/**
 * dial_store_find_calls_async:
 * @self: a store
 * @query: what to look for
 * @limit: the first so many; 0 for all, which may take a moment and hinders nobody
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finds calls of the call log.
 */
void
dial_store_find_calls_async (DialStore           *self,
                             const DialCallQuery *query,
                             guint                limit,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  DialRequest request = {
    .func = find_calls,
    .free_data = find_calls_free,
    .free_result = (GDestroyNotify) dial_call_findings_unref,
  };
  FindCalls *find;

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (query != NULL);

  find = g_new0 (FindCalls, 1);
  find->query = dial_call_query_copy (query);
  find->limit = limit;
  request.data = find;
  if (limit > 0)
    dial_store_read (self, dial_store_find_calls_async, &request, cancellable, callback, user_data);
  else
    dial_store_read_patiently (self, dial_store_find_calls_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_find_calls_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): the calls, or %NULL with @error set
 */
DialCallFindings *
dial_store_find_calls_finish (DialStore     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return dial_store_finish (self, result, dial_store_find_calls_async, error);
}

static gpointer
load_calls (DialConnection *connection,
            gpointer        data,
            DialChanges    *changes)
{
  GStrv uids = data;
  GPtrArray *calls = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; uids[i] != NULL; i++) {
    g_autoptr (DialCallRecord) call = dial_store_read_call (connection, uids[i]);
    DialLoggedCall *logged;

    if (call == NULL)
      continue;
    logged = dial_logged_call_new (call);
    logged->item = dial_store_read_note_of_call (connection, call->uid);
    if (call->candidate_id != 0)
      logged->candidate = dial_store_read_candidate (connection, call->candidate_id);
    g_ptr_array_add (calls, logged);
  }
  return calls;
}

/**
 * dial_store_load_calls_async:
 * @self: a store
 * @uids: (array zero-terminated=1): which calls
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Loads calls with what is known of them.
 */
void
dial_store_load_calls_async (DialStore           *self,
                             const char * const  *uids,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  DialRequest request = {
    .func = load_calls,
    .free_data = (GDestroyNotify) g_strfreev,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
  };

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (uids != NULL);

  request.data = g_strdupv ((char **) uids);
  dial_store_read (self, dial_store_load_calls_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_load_calls_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialLoggedCall): those that are there, in the order asked for, or %NULL
 *   with @error set
 */
GPtrArray *
dial_store_load_calls_finish (DialStore     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return dial_store_finish (self, result, dial_store_load_calls_async, error);
}

typedef struct {
  char     *uid;
  gboolean  dropped;
  char     *call_again_on;
} SettleCall;

static void
settle_call_free (gpointer data)
{
  SettleCall *settle = data;

  g_free (settle->uid);
  g_free (settle->call_again_on);
  g_free (settle);
}

static gpointer
settle_call (DialConnection *connection,
             gpointer        data,
             DialChanges    *changes)
{
  SettleCall *settle = data;
  g_autoptr (DialCallRecord) call = dial_store_read_call (connection, settle->uid);
  DialStatement *statement;

  if (call == NULL) {
    dial_connection_fail (connection,
                          g_error_new_literal (DIAL_STORE_ERROR, DIAL_STORE_ERROR_NOT_FOUND,
                                               _("There is no such call any more.")));
    return NULL;
  }

  statement = dial_connection_prepare (connection, "UPDATE calls SET dropped = ?, call_again_on = ? WHERE uid = ?");
  dial_statement_bind_int64 (statement, settle->dropped);
  dial_statement_bind_text (statement, settle->call_again_on);
  dial_statement_bind_text (statement, settle->uid);
  dial_statement_run (statement);
  dial_changes_add (changes->calls, call->candidate_id);
  return NULL;
}

/**
 * dial_store_settle_call_async:
 * @self: a store
 * @uid: a call
 * @dropped: whether it is decided that no note tells of it
 * @call_again_on: (nullable): the day to call the person again, %NULL for none
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Writes down what there is still to be done about a call that is over.
 */
void
dial_store_settle_call_async (DialStore           *self,
                              const char          *uid,
                              gboolean             dropped,
                              const char          *call_again_on,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  DialRequest request = { .func = settle_call, .free_data = settle_call_free };
  SettleCall *settle;

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (uid != NULL);

  settle = g_new0 (SettleCall, 1);
  settle->uid = g_strdup (uid);
  settle->dropped = dropped;
  settle->call_again_on = g_strdup (call_again_on);
  request.data = settle;
  dial_store_write (self, dial_store_settle_call_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_settle_call_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is written
 */
gboolean
dial_store_settle_call_finish (DialStore     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return dial_store_finish_boolean (self, result, dial_store_settle_call_async, error);
}
