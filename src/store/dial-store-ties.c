#include "dial-search.h"
#include "dial-store-private.h"

/* Who a number stands for. */

/* A company's switchboard stands under hundreds of people; nobody looks through more than these. */
#define MOST_OWNERS 50

typedef struct {
  char   *e164;
  gint64  candidate_id;
} Tie;

typedef struct {
  GPtrArray *candidates;
  gboolean   tied;
} Owners;

static void
tie_free (gpointer data)
{
  Tie *tie = data;

  g_free (tie->e164);
  g_free (tie);
}

static void
owners_free (gpointer data)
{
  Owners *owners = data;

  g_clear_pointer (&owners->candidates, g_ptr_array_unref);
  g_free (owners);
}

static gpointer
tie_number (DialConnection *connection,
            gpointer        data,
            DialChanges    *changes)
{
  Tie *tie = data;
  DialStatement *statement =
    dial_connection_prepare (connection,
                             tie->candidate_id != 0
                               ? "INSERT INTO number_ties (e164, candidate_id) VALUES (?, ?) "
                             "ON CONFLICT (e164) DO UPDATE SET candidate_id = excluded.candidate_id"
                               : "DELETE FROM number_ties WHERE e164 = ?");

  dial_statement_bind_text (statement, tie->e164);
  if (tie->candidate_id != 0)
    dial_statement_bind_int64 (statement, tie->candidate_id);
  dial_statement_run (statement);
  return NULL;
}

/**
 * dial_store_tie_number_async:
 * @self: a store
 * @e164: a number in E.164
 * @candidate_id: whom it stands for, 0 for nobody in particular
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Remembers the recruiter's word on who calls by that number, which counts more than what Greenhouse
 * says. It is forgotten together with the candidate.
 */
void
dial_store_tie_number_async (DialStore           *self,
                             const char          *e164,
                             gint64               candidate_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  DialRequest request = { .func = tie_number, .free_data = tie_free };
  Tie *tie;

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (e164 != NULL);

  tie = g_new0 (Tie, 1);
  tie->e164 = g_strdup (e164);
  tie->candidate_id = candidate_id;
  request.data = tie;
  dial_store_write (self, dial_store_tie_number_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_tie_number_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is remembered
 */
gboolean
dial_store_tie_number_finish (DialStore     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return dial_store_finish_boolean (self, result, dial_store_tie_number_async, error);
}

static DialCandidate *
read_tied (DialConnection *connection,
           const char     *e164)
{
  gint64 id = 0;
  DialStatement *statement =
    dial_connection_prepare (connection, "SELECT candidate_id FROM number_ties WHERE e164 = ?");

  dial_statement_bind_text (statement, e164);
  if (dial_statement_next (statement))
    id = dial_statement_read_int64 (statement, 0);
  dial_statement_reset (statement);
  return id != 0 ? dial_store_read_candidate (connection, id) : NULL;
}

static gpointer
find_owners (DialConnection *connection,
             gpointer        data,
             DialChanges    *changes)
{
  Owners *owners = g_new0 (Owners, 1);
  DialCandidate *tied = read_tied (connection, data);
  g_autoptr (GArray) ids = NULL;

  owners->candidates = g_ptr_array_new_with_free_func (g_object_unref);
  if (tied != NULL) {
    g_ptr_array_add (owners->candidates, tied);
    owners->tied = TRUE;
    return owners;
  }

  ids = dial_search_find_phone (connection, data);
  for (guint i = 0; i < MIN (ids->len, MOST_OWNERS); i++) {
    DialCandidate *candidate =
      dial_store_read_candidate (connection, g_array_index (ids, gint64, i));

    if (candidate != NULL)
      g_ptr_array_add (owners->candidates, candidate);
  }
  return owners;
}

/**
 * dial_store_find_owners_async:
 * @self: a store
 * @e164: a number in E.164
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Finds out whose number it is: the one it was tied to, or else those who have it in Greenhouse.
 */
void
dial_store_find_owners_async (DialStore           *self,
                              const char          *e164,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  DialRequest request = {
    .func = find_owners,
    .free_data = g_free,
    .free_result = owners_free,
  };

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (e164 != NULL);

  request.data = g_strdup (e164);
  dial_store_read (self, dial_store_find_owners_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_find_owners_finish:
 * @self: a store
 * @result: what the callback was given
 * @tied: (out) (optional): whether the recruiter said so
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialCandidate): the candidates without their applications,
 *   who was active last first, at most 50; %NULL with @error set
 */
GPtrArray *
dial_store_find_owners_finish (DialStore     *self,
                               GAsyncResult  *result,
                               gboolean      *tied,
                               GError       **error)
{
  Owners *owners = dial_store_finish (self, result, dial_store_find_owners_async, error);
  GPtrArray *candidates = NULL;

  if (owners != NULL) {
    candidates = g_steal_pointer (&owners->candidates);
    if (tied != NULL)
      *tied = owners->tied;
    owners_free (owners);
  }
  return candidates;
}
