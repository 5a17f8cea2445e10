#include "dial-store-private.h"

#include "config.h"

#include <glib/gi18n.h>

/* Text messages. Each step of one is a row that is looked at and changed in one transaction: of two who want to send
 * the same text one finds that it has moved on. */

#define TEXT_COLUMNS \
  "candidate_id, number, own_number, body, state, told, reference, error, created_at, sent_at, revision"

static void
bind_text (DialStatement   *statement,
           DialTextMessage *message)
{
  dial_statement_bind_int64 (statement, message->candidate_id);
  dial_statement_bind_text (statement, message->number);
  dial_statement_bind_text (statement, message->own_number);
  dial_statement_bind_text (statement, message->body);
  dial_store_bind_enum (statement, DIAL_TYPE_TEXT_STATE, message->state);
  dial_statement_bind_int64 (statement, message->told);
  dial_statement_bind_text (statement, message->reference);
  dial_statement_bind_text (statement, message->error);
  dial_statement_bind_int64 (statement, message->created_at);
  dial_statement_bind_int64 (statement, message->sent_at);
  dial_statement_bind_int64 (statement, message->revision);
}

/* From a row of the id and the columns. */
static DialTextMessage *
read_text (DialStatement *statement)
{
  DialTextMessage *message = dial_text_message_new (dial_statement_read_int64 (statement, 1),
                                                    dial_statement_read_text (statement, 2),
                                                    dial_statement_read_text (statement, 3),
                                                    dial_statement_read_text (statement, 4));

  message->id = dial_statement_read_int64 (statement, 0);
  message->state = dial_store_read_enum (statement, 5, DIAL_TYPE_TEXT_STATE);
  message->told = dial_statement_read_int64 (statement, 6) != 0;
  message->reference = dial_statement_dup_text (statement, 7);
  message->error = dial_statement_dup_text (statement, 8);
  message->created_at = dial_statement_read_int64 (statement, 9);
  message->sent_at = dial_statement_read_int64 (statement, 10);
  message->revision = dial_statement_read_int64 (statement, 11);
  return message;
}

static DialTextMessage *
read_one (DialConnection *connection,
          gint64          id)
{
  DialTextMessage *message = NULL;
  DialStatement *statement =
    dial_connection_prepare (connection, "SELECT id, " TEXT_COLUMNS " FROM texts WHERE id = ?");

  dial_statement_bind_int64 (statement, id);
  if (dial_statement_next (statement))
    message = read_text (statement);
  dial_statement_reset (statement);
  return message;
}

static void
fail_moved_on (DialConnection *connection)
{
  dial_connection_fail (connection,
                        g_error_new_literal (DIAL_STORE_ERROR, DIAL_STORE_ERROR_OUTDATED,
                                             _("The text message has just moved on: look how it stands now, then "
                                               "try again.")));
}

/* Writes @message if it is still in the revision that is meant and in one of the states of @states, SQL. Returns it as
 * it stands then. */
static DialTextMessage *
change_text (DialConnection  *connection,
             DialTextMessage *message,
             const char      *states,
             DialChanges     *changes)
{
  g_autoptr (DialTextMessage) changed = dial_text_message_copy (message);
  g_autofree char *sql = g_strdup_printf ("UPDATE texts SET (" TEXT_COLUMNS ") = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                                          "WHERE id = ? AND revision = ? AND state IN (%s)", states);
  DialStatement *statement = dial_connection_prepare (connection, sql);

  changed->revision++;
  bind_text (statement, changed);
  dial_statement_bind_int64 (statement, message->id);
  dial_statement_bind_int64 (statement, message->revision);
  dial_statement_run (statement);
  if (!dial_connection_has_failed (connection) && dial_connection_get_changes (connection) == 0)
    fail_moved_on (connection);

  dial_changes_add (changes->texts, changed->candidate_id);
  return g_steal_pointer (&changed);
}

static DialTextMessage *
add_text (DialConnection  *connection,
          DialTextMessage *message,
          DialChanges     *changes)
{
  DialTextMessage *added = dial_text_message_copy (message);
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "INSERT INTO texts (" TEXT_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

  bind_text (statement, added);
  dial_statement_run (statement);
  added->id = dial_connection_get_last_id (connection);
  dial_changes_add (changes->texts, added->candidate_id);
  return added;
}

/* Writing */

static gpointer
keep_text (DialConnection *connection,
           gpointer        data,
           DialChanges    *changes)
{
  g_autoptr (DialTextMessage) draft = dial_text_message_copy (data);
  DialStatement *statement;

  draft->state = DIAL_TEXT_STATE_DRAFT;
  dial_set_str (&draft->error, NULL);
  if (draft->id == 0)
    return draft->body[0] != '\0' ? add_text (connection, draft, changes) : g_steal_pointer (&draft);
  if (draft->body[0] != '\0')
    return change_text (connection, draft, "'draft', 'refused'", changes);

  statement = dial_connection_prepare (connection,
                                       "DELETE FROM texts WHERE id = ? AND revision = ? "
                                       "AND state IN ('draft', 'refused')");
  dial_statement_bind_int64 (statement, draft->id);
  dial_statement_bind_int64 (statement, draft->revision);
  dial_statement_run (statement);
  if (!dial_connection_has_failed (connection) && dial_connection_get_changes (connection) == 0)
    fail_moved_on (connection);
  dial_changes_add (changes->texts, draft->candidate_id);
  draft->id = 0;
  draft->revision = 0;
  return g_steal_pointer (&draft);
}

/**
 * dial_store_keep_text_async:
 * @self: a store
 * @message: what is written so far; one without an id is new, one without a body is let go
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Keeps a text message that is being written, or that did not go out and is written anew.
 */
void
dial_store_keep_text_async (DialStore           *self,
                            DialTextMessage     *message,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  DialRequest request = { .func = keep_text, .free_data = g_object_unref, .free_result = g_object_unref };

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (DIAL_IS_TEXT_MESSAGE (message));

  request.data = g_object_ref (message);
  dial_store_write (self, dial_store_keep_text_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_keep_text_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error; %DIAL_STORE_ERROR_OUTDATED if it was sent or changed meanwhile
 *
 * Returns: (transfer full): the text as it is kept, without an id if it is not; %NULL with @error set
 */
DialTextMessage *
dial_store_keep_text_finish (DialStore     *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return dial_store_finish (self, result, dial_store_keep_text_async, error);
}

/* Sending */

static void
claim (DialConnection *connection,
       DialChanges    *changes)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "UPDATE texts SET state = 'unknown', error = ?, revision = revision + 1 "
                             "WHERE state = 'sending' RETURNING candidate_id");

  dial_statement_bind_text (statement, _("Dialhouse was stopped while this text was on its way."));
  while (dial_statement_next (statement))
    dial_changes_add (changes->texts, dial_statement_read_int64 (statement, 0));
}

static gpointer
begin_text (DialConnection *connection,
            gpointer        data,
            DialChanges    *changes)
{
  g_autoptr (DialTextMessage) message = dial_text_message_copy (data);

  if (dial_store_is_opted_out (connection, message->number)) {
    dial_connection_fail (connection,
                          g_error_new_literal (DIAL_STORE_ERROR, DIAL_STORE_ERROR_OPTED_OUT,
                                               _("Whoever has this number asked not to get text messages.")));
    return NULL;
  }

  claim (connection, changes);
  message->state = DIAL_TEXT_STATE_SENDING;
  message->sent_at = g_get_real_time ();
  dial_set_str (&message->error, NULL);
  if (message->id == 0)
    return add_text (connection, message, changes);

  return change_text (connection, message, "'draft', 'refused'", changes);
}

/**
 * dial_store_begin_text_async:
 * @self: a store whose %DIAL_STORE_LOCK_TEXTS is held
 * @message: what is to go out; one without an id is new
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Writes down that @message goes out now. Whoever gets an answer without an error hands it to the carrier, once. One
 * that may have gone out does not go out again before a person has said that it did not.
 */
void
dial_store_begin_text_async (DialStore           *self,
                             DialTextMessage     *message,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  DialRequest request = { .func = begin_text, .free_data = g_object_unref, .free_result = g_object_unref };

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (DIAL_IS_TEXT_MESSAGE (message));

  request.data = g_object_ref (message);
  dial_store_write (self, dial_store_begin_text_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_begin_text_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error; %DIAL_STORE_ERROR_OPTED_OUT if nobody with that number wants texts,
 *   %DIAL_STORE_ERROR_OUTDATED if it is sent or changed already
 *
 * Returns: (transfer full): the text, on its way; %NULL with @error set, then it is not to be sent
 */
DialTextMessage *
dial_store_begin_text_finish (DialStore     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return dial_store_finish (self, result, dial_store_begin_text_async, error);
}

typedef struct {
  DialTextMessage *message;
  DialOutboxItem  *item;            /* the note that tells of it; NULL where none does */
} Ending;

static void
ending_free (gpointer data)
{
  Ending *ending = data;

  g_object_unref (ending->message);
  g_clear_object (&ending->item);
  g_free (ending);
}

static gpointer
end_text (DialConnection *connection,
          gpointer        data,
          DialChanges    *changes)
{
  const Ending *ending = data;
  DialTextMessage *message = ending->message;
  g_autoptr (DialTextMessage) ended = change_text (connection, message, "'sending', 'unknown'", changes);

  if (message->state == DIAL_TEXT_STATE_HANDED) {
    if (ending->item != NULL)
      dial_store_add_note (connection, ending->item, changes);
    dial_sync_note_contact (connection, message->candidate_id, message->sent_at, changes);
  }
  return g_steal_pointer (&ended);
}

/**
 * dial_store_end_text_async:
 * @self: a store
 * @message: a text that was on its way, or of which nobody knew, in the state it has now
 * @item: (nullable): the note that tells of it, where it was handed over
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Writes down what became of a text, and puts its note into the outbox: both or neither, and once.
 */
void
dial_store_end_text_async (DialStore           *self,
                           DialTextMessage     *message,
                           DialOutboxItem      *item,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  DialRequest request = { .func = end_text, .free_data = ending_free, .free_result = g_object_unref };
  Ending *ending;

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (DIAL_IS_TEXT_MESSAGE (message));
  g_return_if_fail (item == NULL || message->state == DIAL_TEXT_STATE_HANDED);

  ending = g_new0 (Ending, 1);
  ending->message = g_object_ref (message);
  g_set_object (&ending->item, item);
  request.data = ending;
  dial_store_write (self, dial_store_end_text_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_end_text_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error; %DIAL_STORE_ERROR_OUTDATED if it has moved on meanwhile
 *
 * Returns: (transfer full): the text as it stands, or %NULL with @error set
 */
DialTextMessage *
dial_store_end_text_finish (DialStore     *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return dial_store_finish (self, result, dial_store_end_text_async, error);
}

static gpointer
claim_texts (DialConnection *connection,
             gpointer        data,
             DialChanges    *changes)
{
  claim (connection, changes);
  return NULL;
}

/**
 * dial_store_claim_texts_async:
 * @self: a store whose %DIAL_STORE_LOCK_TEXTS is held
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Of the texts that were on their way when their program was killed nobody knows whether they went out.
 */
void
dial_store_claim_texts_async (DialStore           *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  DialRequest request = { .func = claim_texts };

  g_return_if_fail (DIAL_IS_STORE (self));

  dial_store_write (self, dial_store_claim_texts_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_claim_texts_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is written down
 */
gboolean
dial_store_claim_texts_finish (DialStore     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return dial_store_finish_boolean (self, result, dial_store_claim_texts_async, error);
}

static gpointer
discard_text (DialConnection *connection,
              gpointer        data,
              DialChanges    *changes)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "DELETE FROM texts WHERE id = ? AND state IN ('draft', 'refused', 'unknown') "
                             "RETURNING candidate_id");
  gboolean found = FALSE;

  dial_statement_bind_int64 (statement, *(gint64 *) data);
  while (dial_statement_next (statement)) {
    found = TRUE;
    dial_changes_add (changes->texts, dial_statement_read_int64 (statement, 0));
  }
  if (!found && !dial_connection_has_failed (connection))
    fail_moved_on (connection);
  return NULL;
}

/**
 * dial_store_discard_text_async:
 * @self: a store
 * @text_id: a text message
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is gone
 * @user_data: for @callback
 *
 * Forgets a text that is not known to have gone out.
 */
void
dial_store_discard_text_async (DialStore           *self,
                               gint64               text_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  DialRequest request = { .func = discard_text, .free_data = g_free };

  g_return_if_fail (DIAL_IS_STORE (self));

  request.data = dial_store_id_new (text_id);
  dial_store_write (self, dial_store_discard_text_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_discard_text_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error; %DIAL_STORE_ERROR_OUTDATED if it is on its way, handed over or gone
 *
 * Returns: whether it is gone
 */
gboolean
dial_store_discard_text_finish (DialStore     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return dial_store_finish_boolean (self, result, dial_store_discard_text_async, error);
}

/* Reading */

static gpointer
load_text (DialConnection *connection,
           gpointer        data,
           DialChanges    *changes)
{
  return read_one (connection, *(gint64 *) data);
}

/**
 * dial_store_load_text_async:
 * @self: a store
 * @text_id: a text message
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Looks how one text stands.
 */
void
dial_store_load_text_async (DialStore           *self,
                            gint64               text_id,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  DialRequest request = { .func = load_text, .free_data = g_free, .free_result = g_object_unref };

  g_return_if_fail (DIAL_IS_STORE (self));

  request.data = dial_store_id_new (text_id);
  dial_store_read (self, dial_store_load_text_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_load_text_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error; %DIAL_STORE_ERROR_NOT_FOUND if it was let go
 *
 * Returns: (transfer full): the text, or %NULL with @error set
 */
DialTextMessage *
dial_store_load_text_finish (DialStore     *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  GError *problem = NULL;
  DialTextMessage *message = dial_store_finish (self, result, dial_store_load_text_async, &problem);

  if (message == NULL && problem == NULL)
    problem = g_error_new_literal (DIAL_STORE_ERROR, DIAL_STORE_ERROR_NOT_FOUND,
                                   _("This text message is not here any more."));
  if (problem != NULL)
    g_propagate_error (error, problem);
  return message;
}

static gpointer
list_texts (DialConnection *connection,
            gpointer        data,
            DialChanges    *changes)
{
  gint64 candidate_id = *(gint64 *) data;
  GPtrArray *messages = g_ptr_array_new_with_free_func (g_object_unref);
  DialStatement *statement =
    dial_connection_prepare (connection,
                             candidate_id != 0
                               ? "SELECT id, " TEXT_COLUMNS " FROM texts WHERE candidate_id = ? ORDER BY id DESC"
                               : "SELECT id, " TEXT_COLUMNS " FROM texts ORDER BY id DESC");

  if (candidate_id != 0)
    dial_statement_bind_int64 (statement, candidate_id);
  while (dial_statement_next (statement))
    g_ptr_array_add (messages, read_text (statement));
  return messages;
}

/**
 * dial_store_list_texts_async:
 * @self: a store
 * @candidate_id: to whom, 0 for everybody
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Lists text messages, those that are being written included.
 */
void
dial_store_list_texts_async (DialStore           *self,
                             gint64               candidate_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  DialRequest request = {
    .func = list_texts,
    .free_data = g_free,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
  };

  g_return_if_fail (DIAL_IS_STORE (self));

  request.data = dial_store_id_new (candidate_id);
  dial_store_read (self, dial_store_list_texts_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_list_texts_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialTextMessage): the texts, newest first, or %NULL with @error set
 */
GPtrArray *
dial_store_list_texts_finish (DialStore     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return dial_store_finish (self, result, dial_store_list_texts_async, error);
}
