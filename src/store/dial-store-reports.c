#include "dial-store-private.h"

/* What a phone system tells of calls: kept with them, and under its own name for a call no call stands twice. */

/* A call that was made here begins with the click; the phone system's clock may differ, and where the recruiter
 * answers first, its call begins later. */
#define EARLIER (60 * G_TIME_SPAN_SECOND)
#define LATER   (120 * G_TIME_SPAN_SECOND)

/* Who tells of a call by hand knows the time by the clock on the wall. */
#define BY_HAND (5 * G_TIME_SPAN_MINUTE)

void
dial_store_bind_report (DialStatement  *statement,
                        DialCallReport *report)
{
  dial_statement_bind_text (statement, report != NULL ? report->remote_id : NULL);
  dial_statement_bind_text (statement, report != NULL ? report->own_name : NULL);
  dial_statement_bind_text (statement, report != NULL ? report->agent : NULL);
  dial_statement_bind_int64 (statement, report != NULL ? report->waiting : -1);
  dial_statement_bind_int64 (statement, report != NULL ? report->wrap_up : -1);
  dial_statement_bind_text (statement, report != NULL ? report->recording_url : NULL);
}

/* From the columns that begin at @column; the rest stands in @call already. */
void
dial_store_read_report (DialStatement  *statement,
                        int             column,
                        DialCallRecord *call)
{
  const char *remote_id = dial_statement_read_text (statement, column);
  DialCallReport *report;

  if (remote_id == NULL)
    return;

  report = dial_call_report_new (remote_id);
  report->own_name = dial_statement_dup_text (statement, column + 1);
  report->agent = dial_statement_dup_text (statement, column + 2);
  report->waiting = dial_statement_read_int64 (statement, column + 3);
  report->wrap_up = dial_statement_read_int64 (statement, column + 4);
  report->recording_url = dial_statement_dup_text (statement, column + 5);
  report->direction = call->direction;
  report->has_ended = call->state == DIAL_CALL_STATE_ENDED;
  report->outcome = call->outcome;
  report->number = g_strdup (call->e164);
  report->own_number = g_strdup (call->own_number);
  report->started_at = call->started_at;
  report->answered_at = call->answered_at;
  report->ended_at = call->ended_at;
  report->talking = call->duration;
  call->report = report;
}

static void
write_kind (DialConnection *connection,
            const char     *uid,
            const char     *kind,
            GStrv           texts)
{
  for (guint i = 0; texts[i] != NULL; i++) {
    DialStatement *statement =
      dial_connection_prepare (connection,
                               "INSERT INTO call_remarks (call_uid, kind, position, text) VALUES (?, ?, ?, ?)");

    dial_statement_bind_text (statement, uid);
    dial_statement_bind_text (statement, kind);
    dial_statement_bind_int64 (statement, i);
    dial_statement_bind_text (statement, texts[i]);
    dial_statement_run (statement);
  }
}

void
dial_store_write_remarks (DialConnection *connection,
                          DialCallRecord *call)
{
  DialStatement *statement;

  if (call->report == NULL)
    return;

  statement = dial_connection_prepare (connection, "DELETE FROM call_remarks WHERE call_uid = ?");
  dial_statement_bind_text (statement, call->uid);
  dial_statement_run (statement);
  write_kind (connection, call->uid, "tag", call->report->tags);
  write_kind (connection, call->uid, "note", call->report->notes);
}

static void
read_kind (DialConnection *connection,
           const char     *uid,
           const char     *kind,
           GStrv          *texts)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT text FROM call_remarks WHERE call_uid = ? AND kind = ? ORDER BY position");

  dial_statement_bind_text (statement, uid);
  dial_statement_bind_text (statement, kind);
  while (dial_statement_next (statement))
    g_strv_builder_add (builder, dial_statement_read_text (statement, 0));
  g_strfreev (*texts);
  *texts = g_strv_builder_end (builder);
}

void
dial_store_read_remarks (DialConnection *connection,
                         DialCallRecord *call)
{
  if (call->report == NULL)
    return;

  read_kind (connection, call->uid, "tag", &call->report->tags);
  read_kind (connection, call->uid, "note", &call->report->notes);
}

/* Whether a note tells of what the phone system knows by the same name as @call. */
gboolean
dial_store_is_told (DialConnection *connection,
                    DialCallRecord *call)
{
  DialStatement *statement;
  gboolean told;

  if (call->report == NULL)
    return FALSE;

  statement = dial_connection_prepare (connection,
                                       "SELECT 1 FROM outbox WHERE call_uid = ? OR call_uid IN "
                                       "(SELECT uid FROM calls WHERE remote_id = ?) LIMIT 1");
  dial_statement_bind_text (statement, call->uid);
  dial_statement_bind_text (statement, call->report->remote_id);
  told = dial_statement_next (statement);
  dial_statement_reset (statement);
  return told;
}

static void
give_way (DialConnection *connection,
          const char     *uid,
          const char     *to,
          gboolean        outside)
{
  DialStatement *statement;

  if (!outside) {
    statement = dial_connection_prepare (connection, "UPDATE calls SET remote_id = NULL WHERE uid = ?");
    dial_statement_bind_text (statement, uid);
    dial_statement_run (statement);
    return;
  }

  /* A note of that one is a note of this one. */
  statement = dial_connection_prepare (connection, "UPDATE outbox SET call_uid = ? WHERE call_uid = ?");
  dial_statement_bind_text (statement, to);
  dial_statement_bind_text (statement, uid);
  dial_statement_run (statement);
  statement = dial_connection_prepare (connection, "DELETE FROM calls WHERE uid = ?");
  dial_statement_bind_text (statement, uid);
  dial_statement_run (statement);
}

/* Before @call is written: another one that bears the same name gives way to it, be it because it was taken for one
 * made outside, or because two with one number followed each other and were mistaken. */
void
dial_store_claim_report (DialConnection *connection,
                         DialCallRecord *call,
                         DialChanges    *changes)
{
  g_autofree char *uid = NULL;
  DialStatement *statement;
  gint64 candidate_id = 0;
  gboolean outside = FALSE;

  if (call->report == NULL)
    return;

  statement = dial_connection_prepare (connection,
                                       "SELECT uid, candidate_id, outside FROM calls "
                                       "WHERE remote_id = ? AND uid <> ?");
  dial_statement_bind_text (statement, call->report->remote_id);
  dial_statement_bind_text (statement, call->uid);
  if (dial_statement_next (statement)) {
    uid = dial_statement_dup_text (statement, 0);
    candidate_id = dial_statement_read_int64 (statement, 1);
    outside = dial_statement_read_int64 (statement, 2) != 0;
  }
  dial_statement_reset (statement);
  if (uid == NULL)
    return;

  give_way (connection, uid, call->uid, outside);
  dial_changes_add (changes->calls, candidate_id);
}

/* Taking reports */

typedef struct {
  DialCallRecord *call;
  gboolean        add;
} TakeReport;

typedef struct {
  DialCallRecord *call;
  gboolean        is_new;
} TakenReport;

static void
take_report_free (gpointer data)
{
  TakeReport *take = data;

  g_object_unref (take->call);
  g_free (take);
}

static void
taken_report_free (gpointer data)
{
  TakenReport *taken = data;

  g_clear_object (&taken->call);
  g_free (taken);
}

static DialCallRecord *
read_first (DialConnection *connection,
            DialStatement  *statement)
{
  g_autoptr (GPtrArray) calls = dial_store_read_calls (connection, statement);

  return calls->len > 0 ? g_object_ref (g_ptr_array_index (calls, 0)) : NULL;
}

static DialCallRecord *
find_by_name (DialConnection *connection,
              DialCallReport *report)
{
  DialStatement *statement =
    dial_connection_prepare (connection, "SELECT " DIAL_CALL_COLUMNS " FROM calls WHERE remote_id = ?");

  dial_statement_bind_text (statement, report->remote_id);
  return read_first (connection, statement);
}

/* A call that was made or told of here, and that is the same: in the same direction, with the same number (told of
 * by hand, with the same person), about the same time. */
static DialCallRecord *
find_by_time (DialConnection *connection,
              DialCallRecord *call)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT " DIAL_CALL_COLUMNS " FROM calls "
                             "WHERE remote_id IS NULL AND direction = ?1 AND started_at BETWEEN ?2 AND ?3 "
                             "AND ((e164 = ?4 AND started_at BETWEEN ?5 AND ?6) OR "
                             "(by_hand AND (e164 = ?4 OR (candidate_id <> 0 AND candidate_id = ?7)))) "
                             "ORDER BY by_hand, abs (started_at - ?8) LIMIT 1");
  gint64 started_at = call->report->started_at;

  dial_store_bind_enum (statement, DIAL_TYPE_DIRECTION, call->direction);
  dial_statement_bind_int64 (statement, started_at - BY_HAND);
  dial_statement_bind_int64 (statement, started_at + BY_HAND);
  dial_statement_bind_text (statement, call->e164);
  dial_statement_bind_int64 (statement, started_at - LATER);
  dial_statement_bind_int64 (statement, started_at + EARLIER);
  dial_statement_bind_int64 (statement, call->candidate_id);
  dial_statement_bind_int64 (statement, started_at);
  return read_first (connection, statement);
}

/* What the recruiter said of it already stands; all else is as the phone system tells it, be it that a call which seemed
 * never to have come about did. */
static DialCallRecord *
complete (DialCallRecord *known,
          DialCallReport *report)
{
  DialCallRecord *call = dial_call_record_copy (known);

  g_set_object (&call->report, report);
  if (report->own_number != NULL)
    dial_set_str (&call->own_number, report->own_number);
  if (!report->has_ended)
    return call;

  call->answered_at = report->answered_at;
  call->ended_at = report->ended_at;
  if (report->talking >= 0 && !call->by_hand)
    call->duration = report->talking > 0 ? report->talking : -1;
  if (call->state != DIAL_CALL_STATE_ENDED || call->outside || !call->wrapped_up ||
      call->outcome == DIAL_OUTCOME_FAILED)
    call->outcome = report->outcome;
  call->state = DIAL_CALL_STATE_ENDED;
  return call;
}

static gpointer
take_report (DialConnection *connection,
             gpointer        data,
             DialChanges    *changes)
{
  TakeReport *take = data;
  TakenReport *taken = g_new0 (TakenReport, 1);
  g_autoptr (DialCallRecord) known = find_by_name (connection, take->call->report);

  if (known == NULL)
    known = find_by_time (connection, take->call);
  if (known != NULL) {
    taken->call = complete (known, take->call->report);
  } else if (take->add) {
    taken->call = g_object_ref (take->call);
    taken->is_new = TRUE;
  }

  if (taken->call != NULL)
    dial_store_write_call (connection, taken->call, taken->call->wrapped_up, changes);
  return taken;
}

/**
 * dial_store_take_report_async:
 * @self: a store
 * @call: a call with a report, as it is to stand in the call log where it is not known
 * @add: whether it is written there if it is not known
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Takes what the phone system tells of a call: of one that is known by that name; or of one that was made, or
 * told of by hand, here about that time with that number; or else of one that was made outside.
 */
void
dial_store_take_report_async (DialStore           *self,
                              DialCallRecord      *call,
                              gboolean             add,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  DialRequest request = {
    .func = take_report,
    .free_data = take_report_free,
    .free_result = taken_report_free,
  };
  TakeReport *take;

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (DIAL_IS_CALL_RECORD (call));
  g_return_if_fail (DIAL_IS_CALL_REPORT (call->report));

  take = g_new0 (TakeReport, 1);
  take->call = g_object_ref (call);
  take->add = add;
  request.data = take;
  dial_store_write (self, dial_store_take_report_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_take_report_finish:
 * @self: a store
 * @result: what the callback was given
 * @call: (out) (transfer full) (nullable): the call as the call log has it now, %NULL if it does not have it
 * @is_new: (out): whether it did not have it before
 * @error: return location for an error
 *
 * Returns: whether it could be looked up and written
 */
gboolean
dial_store_take_report_finish (DialStore       *self,
                               GAsyncResult    *result,
                               DialCallRecord **call,
                               gboolean        *is_new,
                               GError         **error)
{
  TakenReport *taken = dial_store_finish (self, result, dial_store_take_report_async, error);

  *call = NULL;
  *is_new = FALSE;
  if (taken == NULL)
    return FALSE;

  *call = g_steal_pointer (&taken->call);
  *is_new = taken->is_new;
  taken_report_free (taken);
  return TRUE;
}

static gpointer
list_reported (DialConnection *connection,
               gpointer        data,
               DialChanges    *changes)
{
  return dial_store_read_calls (connection,
                                dial_connection_prepare (connection,
                                                         "SELECT " DIAL_CALL_COLUMNS " FROM calls "
                                                         "WHERE remote_id IS NOT NULL AND candidate_id <> 0 "
                                                         "AND " DIAL_CALL_NOT_LOGGED " ORDER BY started_at"));
}

/**
 * dial_store_list_reported_calls_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Lists the calls with candidates of which the phone system tells, but no note.
 */
void
dial_store_list_reported_calls_async (DialStore           *self,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  DialRequest request = { .func = list_reported, .free_result = (GDestroyNotify) g_ptr_array_unref };

  g_return_if_fail (DIAL_IS_STORE (self));

  dial_store_read (self, dial_store_list_reported_calls_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_list_reported_calls_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialCallRecord): the calls, oldest first, or %NULL with @error set
 */
GPtrArray *
dial_store_list_reported_calls_finish (DialStore     *self,
                                       GAsyncResult  *result,
                                       GError       **error)
{
  return dial_store_finish (self, result, dial_store_list_reported_calls_async, error);
}
