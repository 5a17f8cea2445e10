#include "dial-place.h"
#include "dial-search.h"
#include "dial-store-private.h"

#include "config.h"

#include <glib/gi18n.h>

static void
read_phones (DialConnection *connection,
             DialCandidate  *candidate)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT typed, kind, e164, extension, region FROM candidate_phones "
                             "WHERE candidate_id = ? ORDER BY position");

  dial_statement_bind_int64 (statement, candidate->id);
  while (dial_statement_next (statement))
    g_ptr_array_add (candidate->phones,
                     dial_phone_number_new_stored (dial_statement_read_text (statement, 0),
                                                   dial_statement_read_text (statement, 1),
                                                   dial_statement_read_text (statement, 2),
                                                   dial_statement_read_text (statement, 3),
                                                   dial_statement_read_text (statement, 4)));
}

static void
read_emails (DialConnection *connection,
             DialCandidate  *candidate)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT address, kind FROM candidate_emails "
                             "WHERE candidate_id = ? ORDER BY position");

  dial_statement_bind_int64 (statement, candidate->id);
  while (dial_statement_next (statement))
    g_ptr_array_add (candidate->emails,
                     dial_email_address_new (dial_statement_read_text (statement, 0),
                                             dial_statement_read_text (statement, 1)));
}

static void
read_tags (DialConnection *connection,
           DialCandidate  *candidate)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT name FROM candidate_tags WHERE candidate_id = ? ORDER BY "
                             "position");

  dial_statement_bind_int64 (statement, candidate->id);
  while (dial_statement_next (statement))
    g_strv_builder_add (builder, dial_statement_read_text (statement, 0));

  g_strfreev (candidate->tags);
  candidate->tags = g_strv_builder_end (builder);
}

static DialApplication *
read_application (DialStatement *statement)
{
  DialApplication *application = dial_application_new (dial_statement_read_int64 (statement, 0));

  application->candidate_id = dial_statement_read_int64 (statement, 1);
  application->job_id = dial_statement_read_int64 (statement, 2);
  application->stage_id = dial_statement_read_int64 (statement, 3);
  application->stage_name = dial_statement_dup_text (statement, 4);
  application->status = dial_statement_dup_text (statement, 5);
  application->prospect = dial_statement_read_int64 (statement, 6) != 0;
  application->recruiter_id = dial_statement_read_int64 (statement, 7);
  application->coordinator_id = dial_statement_read_int64 (statement, 8);
  application->created_at = dial_statement_read_int64 (statement, 9);
  application->updated_at = dial_statement_read_int64 (statement, 10);
  application->last_activity_at = dial_statement_read_int64 (statement, 11);
  application->rejected_at = dial_statement_read_int64 (statement, 12);
  application->job_name = dial_statement_dup_text (statement, 13);
  application->recruiter_name = dial_statement_dup_text (statement, 14);
  return application;
}

void
dial_store_read_applications (DialConnection *connection,
                              DialCandidate  *candidate)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT applications.id, candidate_id, applications.job_id, stage_id, "
                             "coalesce (stages.name, nullif (stage_name, '')), "
                             "applications.status, "
                             "prospect, recruiter_id, coordinator_id, created_at, "
                             "applications.updated_at, last_activity_at, rejected_at, jobs.name, "
                             "users.name FROM applications "
                             "LEFT JOIN jobs ON jobs.id = applications.job_id "
                             "LEFT JOIN stages ON stages.id = stage_id "
                             "LEFT JOIN users ON users.id = recruiter_id "
                             "WHERE candidate_id = ? ORDER BY " DIAL_APPLICATIONS_ORDER);

  candidate->applications = g_ptr_array_new_with_free_func (g_object_unref);
  dial_statement_bind_int64 (statement, candidate->id);
  while (dial_statement_next (statement))
    g_ptr_array_add (candidate->applications, read_application (statement));
}

DialCandidate *
dial_store_read_candidate (DialConnection *connection,
                           gint64          id)
{
  DialCandidate *candidate;
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT first_name, last_name, preferred_name, company, title, "
                             "time_zone, "
                             "is_private, created_at, updated_at, last_activity_at, job, stage, "
                             "place, last_contact_at FROM candidates WHERE id = ?");

  dial_statement_bind_int64 (statement, id);
  if (!dial_statement_next (statement))
    return NULL;

  candidate = dial_candidate_new (id);
  candidate->first_name = dial_statement_dup_text (statement, 0);
  candidate->last_name = dial_statement_dup_text (statement, 1);
  candidate->preferred_name = dial_statement_dup_text (statement, 2);
  candidate->company = dial_statement_dup_text (statement, 3);
  candidate->title = dial_statement_dup_text (statement, 4);
  candidate->time_zone = dial_statement_dup_text (statement, 5);
  candidate->is_private = dial_statement_read_int64 (statement, 6) != 0;
  candidate->created_at = dial_statement_read_int64 (statement, 7);
  candidate->updated_at = dial_statement_read_int64 (statement, 8);
  candidate->last_activity_at = dial_statement_read_int64 (statement, 9);
  candidate->job = dial_statement_dup_text (statement, 10);
  candidate->stage = dial_statement_dup_text (statement, 11);
  candidate->place = dial_statement_read_int64 (statement, 12);
  candidate->last_contact_at = dial_statement_read_int64 (statement, 13);
  dial_statement_reset (statement);

  read_phones (connection, candidate);
  read_emails (connection, candidate);
  read_tags (connection, candidate);
  return candidate;
}

static gpointer
load_candidates (DialConnection *connection,
                 gpointer        data,
                 DialChanges    *changes)
{
  GArray *places = data;
  GPtrArray *candidates = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < places->len && !dial_connection_has_failed (connection); i++) {
    gint64 id = dial_place_get_id (connection, g_array_index (places, gint64, i));
    DialCandidate *candidate = id != 0 ? dial_store_read_candidate (connection, id) : NULL;

    if (candidate != NULL)
      g_ptr_array_add (candidates, candidate);
  }
  return candidates;
}

/**
 * dial_store_load_candidates_async:
 * @self: a store
 * @places: (element-type gint64): where the candidates stand
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Loads candidates without their applications.
 */
void
dial_store_load_candidates_async (DialStore           *self,
                                  GArray              *places,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  DialRequest request = {
    .func = load_candidates,
    .free_data = (GDestroyNotify) g_array_unref,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
  };

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (places != NULL);

  request.data = dial_store_copy_ids (places);
  dial_store_read (self, dial_store_load_candidates_async, &request, cancellable, callback,
                   user_data);
}

/**
 * dial_store_load_candidates_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialCandidate): the candidates in the order they were
 *   asked for, without those that are not there any more; or %NULL with @error set
 */
GPtrArray *
dial_store_load_candidates_finish (DialStore     *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  return dial_store_finish (self, result, dial_store_load_candidates_async, error);
}

static gpointer
load_candidate (DialConnection *connection,
                gpointer        data,
                DialChanges    *changes)
{
  DialCandidate *candidate = dial_store_read_candidate (connection, *(gint64 *) data);

  if (candidate != NULL)
    dial_store_read_applications (connection, candidate);
  else
    dial_connection_fail (connection,
                          g_error_new_literal (DIAL_STORE_ERROR, DIAL_STORE_ERROR_NOT_FOUND,
                                               _("This candidate is not here: deleted or merged in "
                                                 "Greenhouse, or not visible to you.")));
  return candidate;
}

/**
 * dial_store_load_candidate_async:
 * @self: a store
 * @id: a candidate
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Loads one candidate with its applications.
 */
void
dial_store_load_candidate_async (DialStore           *self,
                                 gint64               id,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  DialRequest request = {
    .func = load_candidate,
    .free_data = g_free,
    .free_result = g_object_unref,
  };

  g_return_if_fail (DIAL_IS_STORE (self));

  request.data = dial_store_id_new (id);
  dial_store_read (self, dial_store_load_candidate_async, &request, cancellable, callback,
                   user_data);
}

/**
 * dial_store_load_candidate_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error; %DIAL_STORE_ERROR_NOT_FOUND if there is no such candidate
 *
 * Returns: (transfer full): the candidate, or %NULL with @error set
 */
DialCandidate *
dial_store_load_candidate_finish (DialStore     *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return dial_store_finish (self, result, dial_store_load_candidate_async, error);
}

static gpointer
count_candidates (DialConnection *connection,
                  gpointer        data,
                  DialChanges    *changes)
{
  return dial_store_id_new (dial_connection_query_int64 (connection,
                                                         "SELECT n FROM tallies WHERE name = 'candidates'"));
}

/**
 * dial_store_count_candidates_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Counts the candidates.
 */
void
dial_store_count_candidates_async (DialStore           *self,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  DialRequest request = { .func = count_candidates, .free_result = g_free };

  g_return_if_fail (DIAL_IS_STORE (self));

  dial_store_read (self, dial_store_count_candidates_async, &request, cancellable, callback,
                   user_data);
}

/**
 * dial_store_count_candidates_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: how many there are, or -1 with @error set
 */
gint64
dial_store_count_candidates_finish (DialStore     *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_autofree gint64 *count = dial_store_finish (self, result, dial_store_count_candidates_async,
                                                error);

  return count != NULL ? *count : -1;
}
