#include "dial-store-private.h"

#include <glib/gi18n.h>

static void
write_tags (DialConnection *connection,
            DialCallRecord *call)
{
  DialStatement *statement =
    dial_connection_prepare (connection, "DELETE FROM call_tags WHERE call_uid = ?");

  dial_statement_bind_text (statement, call->uid);
  dial_statement_run (statement);

  for (guint i = 0; call->tags != NULL && call->tags[i] != NULL; i++) {
    statement = dial_connection_prepare (connection,
                                         "INSERT INTO call_tags (call_uid, position, name) "
                                         "VALUES (?, ?, ?)");
    dial_statement_bind_text (statement, call->uid);
    dial_statement_bind_int64 (statement, i);
    dial_statement_bind_text (statement, call->tags[i]);
    dial_statement_run (statement);
  }
}

/* What is told after the wrap-up by somebody who does not know of it. */
#define LATE "wrapped_up AND NOT excluded.wrapped_up"

/* The recruiter's last word stands, and what the phone system told stays told, whoever writes the call without
 * knowing of it. */
static const char write_call_sql[] =
  "INSERT INTO calls (" DIAL_CALL_COLUMNS ") "
  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
  "ON CONFLICT (uid) DO UPDATE SET "
  "candidate_id = excluded.candidate_id, direction = excluded.direction, number = excluded.number, "
  "e164 = excluded.e164, own_number = coalesce (excluded.own_number, own_number), "
  "phone_id = excluded.phone_id, state = excluded.state, "
  "outcome = iif (" LATE ", outcome, excluded.outcome), "
  "started_at = excluded.started_at, answered_at = excluded.answered_at, ended_at = excluded.ended_at, "
  "duration = iif (excluded.remote_id IS NULL AND remote_id IS NOT NULL, duration, excluded.duration), "
  "time_zone = excluded.time_zone, text = iif (" LATE ", text, excluded.text), "
  "call_again_on = iif (" LATE ", call_again_on, excluded.call_again_on), "
  "by_hand = excluded.by_hand, dropped = max (dropped, excluded.dropped), "
  "wrapped_up = max (wrapped_up, excluded.wrapped_up), outside = max (outside, excluded.outside), "
  "waiting = iif (excluded.remote_id IS NULL, waiting, excluded.waiting), "
  "wrap_up = iif (excluded.remote_id IS NULL, wrap_up, excluded.wrap_up), "
  "recording_url = coalesce (excluded.recording_url, recording_url), "
  "agent = coalesce (excluded.agent, agent), own_name = coalesce (excluded.own_name, own_name), "
  "remote_id = coalesce (excluded.remote_id, remote_id)";

static gboolean
is_wrapped_up (DialConnection *connection,
               const char     *uid)
{
  DialStatement *statement =
    dial_connection_prepare (connection, "SELECT 1 FROM calls WHERE uid = ? AND wrapped_up");
  gboolean found;

  dial_statement_bind_text (statement, uid);
  found = dial_statement_next (statement);
  dial_statement_reset (statement);
  return found;
}

/* Writes @call as it is, but as wrapped up if @wrapped_up says so. What was wrapped up stays so: a
 * late state of the phone must not open it again. */
void
dial_store_write_call (DialConnection *connection,
                       DialCallRecord *call,
                       gboolean        wrapped_up,
                       DialChanges    *changes)
{
  gboolean late = !wrapped_up && is_wrapped_up (connection, call->uid);
  DialStatement *statement;

  dial_store_claim_report (connection, call, changes);
  statement = dial_connection_prepare (connection, write_call_sql);
  dial_statement_bind_text (statement, call->uid);
  dial_statement_bind_int64 (statement, call->candidate_id);
  dial_store_bind_enum (statement, DIAL_TYPE_DIRECTION, call->direction);
  dial_statement_bind_text (statement, call->number != NULL ? call->number : "");
  dial_statement_bind_text (statement, call->e164);
  dial_statement_bind_text (statement, call->own_number);
  dial_statement_bind_text (statement, call->phone_id);
  dial_store_bind_enum (statement, DIAL_TYPE_CALL_STATE, call->state);
  dial_store_bind_enum (statement, DIAL_TYPE_OUTCOME, call->outcome);
  dial_statement_bind_int64 (statement, call->started_at);
  dial_statement_bind_int64 (statement, call->answered_at);
  dial_statement_bind_int64 (statement, call->ended_at);
  dial_statement_bind_int64 (statement, call->duration);
  dial_statement_bind_text (statement, call->time_zone);
  dial_statement_bind_text (statement, call->text);
  dial_statement_bind_int64 (statement, wrapped_up);
  dial_statement_bind_text (statement, call->call_again_on);
  dial_statement_bind_int64 (statement, call->by_hand);
  dial_statement_bind_int64 (statement, call->dropped);
  dial_statement_bind_int64 (statement, call->outside);
  dial_store_bind_report (statement, call->report);
  dial_statement_run (statement);

  if (!late)
    write_tags (connection, call);
  dial_store_write_remarks (connection, call);
  dial_changes_add (changes->calls, call->candidate_id);
  if (call->state == DIAL_CALL_STATE_ENDED && call->outcome != DIAL_OUTCOME_CANCELLED &&
      call->outcome != DIAL_OUTCOME_FAILED)
    dial_sync_note_contact (connection, call->candidate_id, call->started_at, changes);
}

static GStrv
read_tags (DialConnection *connection,
           const char     *uid)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT name FROM call_tags WHERE call_uid = ? ORDER BY position");

  dial_statement_bind_text (statement, uid);
  while (dial_statement_next (statement))
    g_strv_builder_add (builder, dial_statement_read_text (statement, 0));
  return g_strv_builder_end (builder);
}

static DialCallRecord *
read_call (DialStatement *statement)
{
  DialCallRecord *call = dial_call_record_new (dial_statement_read_text (statement, 0));

  call->candidate_id = dial_statement_read_int64 (statement, 1);
  call->direction = dial_store_read_enum (statement, 2, DIAL_TYPE_DIRECTION);
  g_free (call->number);
  call->number = dial_store_dup_nonnull (statement, 3);
  call->e164 = dial_statement_dup_text (statement, 4);
  call->own_number = dial_statement_dup_text (statement, 5);
  call->phone_id = dial_statement_dup_text (statement, 6);
  call->state = dial_store_read_enum (statement, 7, DIAL_TYPE_CALL_STATE);
  call->outcome = dial_store_read_enum (statement, 8, DIAL_TYPE_OUTCOME);
  call->started_at = dial_statement_read_int64 (statement, 9);
  call->answered_at = dial_statement_read_int64 (statement, 10);
  call->ended_at = dial_statement_read_int64 (statement, 11);
  call->duration = dial_statement_read_int64 (statement, 12);
  call->time_zone = dial_statement_dup_text (statement, 13);
  call->text = dial_statement_dup_text (statement, 14);
  call->wrapped_up = dial_statement_read_int64 (statement, 15) != 0;
  call->call_again_on = dial_statement_dup_text (statement, 16);
  call->by_hand = dial_statement_read_int64 (statement, 17) != 0;
  call->dropped = dial_statement_read_int64 (statement, 18) != 0;
  call->outside = dial_statement_read_int64 (statement, 19) != 0;
  dial_store_read_report (statement, 20, call);
  return call;
}

/* All calls @statement answers. */
GPtrArray *
dial_store_read_calls (DialConnection *connection,
                       DialStatement  *statement)
{
  GPtrArray *calls = g_ptr_array_new_with_free_func (g_object_unref);

  while (dial_statement_next (statement))
    g_ptr_array_add (calls, read_call (statement));

  for (guint i = 0; i < calls->len; i++) {
    DialCallRecord *call = g_ptr_array_index (calls, i);

    g_strfreev (call->tags);
    call->tags = read_tags (connection, call->uid);
    dial_store_read_remarks (connection, call);
  }
  return calls;
}

/* NULL if there is none. */
DialCallRecord *
dial_store_read_call (DialConnection *connection,
                      const char     *uid)
{
  g_autoptr (GPtrArray) calls = NULL;
  DialStatement *statement =
    dial_connection_prepare (connection, "SELECT " DIAL_CALL_COLUMNS " FROM calls WHERE uid = ?");

  dial_statement_bind_text (statement, uid);
  calls = dial_store_read_calls (connection, statement);
  return calls->len > 0 ? g_object_ref (g_ptr_array_index (calls, 0)) : NULL;
}

static gpointer
save_call (DialConnection *connection,
           gpointer        data,
           DialChanges    *changes)
{
  DialCallRecord *call = data;

  dial_store_write_call (connection, call, call->wrapped_up, changes);
  return NULL;
}

/**
 * dial_store_save_call_async:
 * @self: a store
 * @call: a call, named by its uid
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Writes @call into the call log, in place of what was known of it.
 */
void
dial_store_save_call_async (DialStore           *self,
                            DialCallRecord      *call,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  DialRequest request = { .func = save_call, .free_data = g_object_unref };

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (DIAL_IS_CALL_RECORD (call));

  request.data = g_object_ref (call);
  dial_store_write (self, dial_store_save_call_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_save_call_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is saved
 */
gboolean
dial_store_save_call_finish (DialStore     *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return dial_store_finish_boolean (self, result, dial_store_save_call_async, error);
}

static gpointer
list_calls (DialConnection *connection,
            gpointer        data,
            DialChanges    *changes)
{
  gint64 candidate_id = *(gint64 *) data;
  DialStatement *statement =
    dial_connection_prepare (connection,
                             candidate_id != 0
                               ? "SELECT " DIAL_CALL_COLUMNS " FROM calls WHERE candidate_id = ? "
                             "ORDER BY started_at DESC, uid DESC"
                               : "SELECT " DIAL_CALL_COLUMNS " FROM calls "
                             "ORDER BY started_at DESC, uid DESC");

  if (candidate_id != 0)
    dial_statement_bind_int64 (statement, candidate_id);
  return dial_store_read_calls (connection, statement);
}

/**
 * dial_store_list_calls_async:
 * @self: a store
 * @candidate_id: with whom, 0 for everybody
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Lists the calls with one candidate, or all.
 */
void
dial_store_list_calls_async (DialStore           *self,
                             gint64               candidate_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  DialRequest request = {
    .func = list_calls,
    .free_data = g_free,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
  };

  g_return_if_fail (DIAL_IS_STORE (self));

  request.data = dial_store_id_new (candidate_id);
  dial_store_read (self, dial_store_list_calls_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_list_calls_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialCallRecord): the calls, newest first, or %NULL with
 *   @error set
 */
GPtrArray *
dial_store_list_calls_finish (DialStore     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return dial_store_finish (self, result, dial_store_list_calls_async, error);
}

static gpointer
load_call (DialConnection *connection,
           gpointer        data,
           DialChanges    *changes)
{
  return dial_store_read_call (connection, data);
}

/**
 * dial_store_load_call_async:
 * @self: a store
 * @uid: a call's
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads one call.
 */
void
dial_store_load_call_async (DialStore           *self,
                            const char          *uid,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  DialRequest request = {
    .func = load_call,
    .free_data = g_free,
    .free_result = g_object_unref,
  };

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (uid != NULL);

  request.data = g_strdup (uid);
  dial_store_read (self, dial_store_load_call_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_load_call_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): the call, or %NULL with @error set: %DIAL_STORE_ERROR_NOT_FOUND if there
 *   is none
 */
DialCallRecord *
dial_store_load_call_finish (DialStore     *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  GError *problem = NULL;
  DialCallRecord *call = dial_store_finish (self, result, dial_store_load_call_async, &problem);

  if (call == NULL && problem == NULL)
    problem = g_error_new (DIAL_STORE_ERROR, DIAL_STORE_ERROR_NOT_FOUND,
                           _("This call is not in the call log any more."));
  if (problem != NULL)
    g_propagate_error (error, problem);
  return call;
}

static gpointer
forget_call (DialConnection *connection,
             gpointer        data,
             DialChanges    *changes)
{
  DialCallRecord *call = data;
  DialStatement *statement =
    dial_connection_prepare (connection, "DELETE FROM call_tags WHERE call_uid = ?");

  dial_statement_bind_text (statement, call->uid);
  dial_statement_run (statement);
  statement = dial_connection_prepare (connection, "DELETE FROM calls WHERE uid = ?");
  dial_statement_bind_text (statement, call->uid);
  dial_statement_run (statement);
  dial_changes_add (changes->calls, call->candidate_id);
  return NULL;
}

/**
 * dial_store_forget_call_async:
 * @self: a store
 * @call: a call, named by its uid
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is gone
 * @user_data: for @callback
 *
 * Takes @call out of this call log, because it belongs into another one.
 */
void
dial_store_forget_call_async (DialStore           *self,
                              DialCallRecord      *call,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  DialRequest request = { .func = forget_call, .free_data = g_object_unref };

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (DIAL_IS_CALL_RECORD (call));

  request.data = g_object_ref (call);
  dial_store_write (self, dial_store_forget_call_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_forget_call_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is gone
 */
gboolean
dial_store_forget_call_finish (DialStore     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return dial_store_finish_boolean (self, result, dial_store_forget_call_async, error);
}

static gpointer
list_open_calls (DialConnection *connection,
                 gpointer        data,
                 DialChanges    *changes)
{
  return dial_store_read_calls (connection,
                                dial_connection_prepare (connection,
                                                         "SELECT " DIAL_CALL_COLUMNS " FROM calls "
                                                         "WHERE state <> 'ended' OR NOT wrapped_up "
                                                         "ORDER BY started_at DESC, uid DESC"));
}

/**
 * dial_store_list_open_calls_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Lists the calls that have not ended or that the recruiter has not finished with.
 */
void
dial_store_list_open_calls_async (DialStore           *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  DialRequest request = {
    .func = list_open_calls,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
  };

  g_return_if_fail (DIAL_IS_STORE (self));

  dial_store_read (self, dial_store_list_open_calls_async, &request, cancellable, callback,
                   user_data);
}

/**
 * dial_store_list_open_calls_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialCallRecord): the calls, newest first, or %NULL with
 *   @error set
 */
GPtrArray *
dial_store_list_open_calls_finish (DialStore     *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  return dial_store_finish (self, result, dial_store_list_open_calls_async, error);
}
