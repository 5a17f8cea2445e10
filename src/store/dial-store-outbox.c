#include "dial-spare.h"
#include "dial-store-private.h"

#include "config.h"

#include <glib/gi18n.h>

static void
bind_item (DialStatement  *statement,
           DialOutboxItem *item)
{
  dial_statement_bind_int64 (statement, item->candidate_id);
  dial_statement_bind_text (statement, item->call_uid);
  dial_statement_bind_text (statement, item->reference != NULL ? item->reference : "");
  dial_statement_bind_text (statement, item->body != NULL ? item->body : "");
  dial_store_bind_enum (statement, DIAL_TYPE_VISIBILITY, item->visibility);
  dial_statement_bind_int64 (statement, item->author_id);
  dial_store_bind_enum (statement, DIAL_TYPE_OUTBOX_STATE, item->state);
  dial_statement_bind_int64 (statement, item->attempts);
  dial_statement_bind_int64 (statement, item->first_sent_at);
  dial_statement_bind_int64 (statement, item->next_try_at);
  dial_statement_bind_int64 (statement, item->note_id);
  dial_statement_bind_text (statement, item->error);
  dial_statement_bind_int64 (statement, item->created_at);
  dial_store_bind_enum (statement, DIAL_TYPE_PROOF, item->proof);
  dial_statement_bind_int64 (statement, item->seen_at);
  dial_statement_bind_text (statement, item->author_email);
  dial_statement_bind_int64 (statement, item->author_refused);
  dial_statement_bind_int64 (statement, item->last_sent_at);
  dial_statement_bind_int64 (statement, item->failures);
  dial_statement_bind_int64 (statement, item->held_until);
  dial_statement_bind_int64 (statement, item->elsewhere);
  dial_statement_bind_int64 (statement, item->revision + 1);
}

/* From a row of the id and the columns. */
DialOutboxItem *
dial_store_read_outbox_item (DialStatement *statement)
{
  DialOutboxItem *item = dial_outbox_item_new (dial_statement_read_int64 (statement, 0));

  item->candidate_id = dial_statement_read_int64 (statement, 1);
  item->call_uid = dial_statement_dup_text (statement, 2);
  g_free (item->reference);
  item->reference = dial_store_dup_nonnull (statement, 3);
  g_free (item->body);
  item->body = dial_store_dup_nonnull (statement, 4);
  item->visibility = dial_store_read_enum (statement, 5, DIAL_TYPE_VISIBILITY);
  item->author_id = dial_statement_read_int64 (statement, 6);
  item->state = dial_store_read_enum (statement, 7, DIAL_TYPE_OUTBOX_STATE);
  item->attempts = dial_statement_read_int64 (statement, 8);
  item->first_sent_at = dial_statement_read_int64 (statement, 9);
  item->next_try_at = dial_statement_read_int64 (statement, 10);
  item->note_id = dial_statement_read_int64 (statement, 11);
  item->error = dial_statement_dup_text (statement, 12);
  item->created_at = dial_statement_read_int64 (statement, 13);
  item->proof = dial_store_read_enum (statement, 14, DIAL_TYPE_PROOF);
  item->seen_at = dial_statement_read_int64 (statement, 15);
  item->author_email = dial_statement_dup_text (statement, 16);
  item->author_refused = dial_statement_read_int64 (statement, 17) != 0;
  item->last_sent_at = dial_statement_read_int64 (statement, 18);
  item->failures = dial_statement_read_int64 (statement, 19);
  item->held_until = dial_statement_read_int64 (statement, 20);
  item->elsewhere = dial_statement_read_int64 (statement, 21) != 0;
  item->revision = dial_statement_read_int64 (statement, 22);
  return item;
}

/* The last note that tells of a call; NULL if none does. */
DialOutboxItem *
dial_store_read_note_of_call (DialConnection *connection,
                              const char     *call_uid)
{
  DialOutboxItem *item = NULL;
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT id, " DIAL_OUTBOX_COLUMNS " FROM outbox WHERE call_uid = ? "
                             "ORDER BY id DESC LIMIT 1");

  dial_statement_bind_text (statement, call_uid);
  if (dial_statement_next (statement))
    item = dial_store_read_outbox_item (statement);
  dial_statement_reset (statement);
  return item;
}

static GError *
new_not_found (void)
{
  return g_error_new_literal (DIAL_STORE_ERROR, DIAL_STORE_ERROR_NOT_FOUND,
                              _("There is no such note in the outbox; list the outbox to see what is "
                                "there."));
}

static void
fail_not_saved (DialConnection *connection,
                gint64          id)
{
  DialStatement *statement = dial_connection_prepare (connection,
                                                      "SELECT 1 FROM outbox WHERE id = ?");
  gboolean found;

  dial_statement_bind_int64 (statement, id);
  found = dial_statement_next (statement);
  dial_statement_reset (statement);

  if (found)
    dial_connection_fail (connection,
                          g_error_new_literal (DIAL_STORE_ERROR, DIAL_STORE_ERROR_OUTDATED,
                                               _("The note has just moved on: look how it stands "
                                                 "now, then try again.")));
  else
    dial_connection_fail (connection, new_not_found ());
}

typedef struct {
  DialOutboxItem *item;
  DialCallRecord *call;   /* NULL for a note without a call */
  gboolean        clear_draft;
} QueuedNote;

static void
queued_note_free (gpointer data)
{
  QueuedNote *note = data;

  g_object_unref (note->item);
  g_clear_object (&note->call);
  g_free (note);
}

/* Whoever is hidden from most people in Greenhouse has no note that all of them may read, wherever it came
 * from. */
static gboolean
is_private (DialConnection *connection,
            gint64          candidate_id)
{
  DialStatement *statement =
    dial_connection_prepare (connection, "SELECT 1 FROM candidates WHERE id = ? AND is_private <> 0");
  gboolean found = FALSE;

  dial_statement_bind_int64 (statement, candidate_id);
  while (dial_statement_next (statement))
    found = TRUE;
  return found;
}

/* Puts a note into the outbox; one about a private candidate is never public. */
gint64
dial_store_add_note (DialConnection *connection,
                     DialOutboxItem *note,
                     DialChanges    *changes)
{
  g_autoptr (DialOutboxItem) item = dial_outbox_item_copy (note);
  DialStatement *statement;
  gint64 id;

  if (item->visibility == DIAL_VISIBILITY_PUBLIC && is_private (connection, item->candidate_id))
    item->visibility = DIAL_VISIBILITY_PRIVATE;

  statement = dial_connection_prepare (connection,
                                       "INSERT INTO outbox (" DIAL_OUTBOX_COLUMNS ") "
                                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  bind_item (statement, item);
  dial_statement_run (statement);
  id = dial_connection_get_last_id (connection);
  dial_changes_add (changes->outbox, id);
  dial_store_settle (connection);
  return id;
}

static gpointer
queue_note (DialConnection *connection,
            gpointer        data,
            DialChanges    *changes)
{
  QueuedNote *note = data;
  DialStatement *statement;
  gint64 id;

  if (note->call != NULL && dial_store_is_told (connection, note->call)) {
    dial_connection_fail (connection,
                          g_error_new_literal (DIAL_STORE_ERROR, DIAL_STORE_ERROR_TOLD,
                                               _("A note tells of this call already: look for it in the "
                                                 "candidate's history.")));
    return NULL;
  }

  id = dial_store_add_note (connection, note->item, changes);
  if (note->call != NULL)
    dial_store_write_call (connection, note->call, TRUE, changes);

  if (note->clear_draft) {
    statement = dial_connection_prepare (connection, "DELETE FROM drafts WHERE candidate_id = ?");
    dial_statement_bind_int64 (statement, note->item->candidate_id);
    dial_statement_run (statement);
  }
  return dial_store_id_new (id);
}

/* A draft that was kept elsewhere has become this note, too. */
static void
note_ended (DialConnection *connection,
            gpointer        data,
            gboolean        done)
{
  QueuedNote *note = data;

  if (done && note->clear_draft)
    dial_spare_drop (dial_connection_get_path (connection), note->item->candidate_id);
}

/**
 * dial_store_queue_note_async:
 * @self: a store
 * @item: a note; its id is not looked at
 * @call: (nullable): the call it tells of, which is wrapped up by it
 * @clear_draft: whether the candidate's draft became this note
 * @cancellable: (nullable): a cancellable
 * @callback: called when all of it is on disk
 * @user_data: for @callback
 *
 * Puts a note into the outbox, its call into the call log, and removes the draft: all or nothing,
 * and on the disk, not in a cache, before @callback is called. A note about a private candidate is never public.
 */
void
dial_store_queue_note_async (DialStore           *self,
                             DialOutboxItem      *item,
                             DialCallRecord      *call,
                             gboolean             clear_draft,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  DialRequest request = {
    .func = queue_note,
    .ended = note_ended,
    .free_data = queued_note_free,
    .free_result = g_free,
  };
  QueuedNote *note;

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (DIAL_IS_OUTBOX_ITEM (item));
  g_return_if_fail (call == NULL || DIAL_IS_CALL_RECORD (call));

  note = g_new0 (QueuedNote, 1);
  note->item = g_object_ref (item);
  g_set_object (&note->call, call);
  note->clear_draft = clear_draft;

  request.data = note;
  dial_store_write (self, dial_store_queue_note_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_queue_note_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: the note's id in the outbox, or 0 with @error set
 */
gint64
dial_store_queue_note_finish (DialStore     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_autofree gint64 *id = dial_store_finish (self, result, dial_store_queue_note_async, error);

  return id != NULL ? *id : 0;
}

typedef enum {
  LIST_EVERYTHING,
  LIST_CANDIDATE,   /* key: whose */
  LIST_UNSENT,
  LIST_SENT,        /* key: sent since that instant */
  LIST_ONE,         /* key: its id */
} ListWhich;

typedef struct {
  ListWhich which;
  gint64    key;
} OutboxList;

static const char * const list_queries[] = {
  [LIST_EVERYTHING] = "SELECT id, " DIAL_OUTBOX_COLUMNS " FROM outbox ORDER BY id",
  [LIST_CANDIDATE] = "SELECT id, " DIAL_OUTBOX_COLUMNS " FROM outbox WHERE candidate_id = ? ORDER BY id",
  [LIST_UNSENT] = "SELECT id, " DIAL_OUTBOX_COLUMNS " FROM outbox WHERE state <> 'sent' ORDER BY id",
  [LIST_SENT] = "SELECT id, " DIAL_OUTBOX_COLUMNS " FROM outbox WHERE state = 'sent' AND last_sent_at >= ? "
                "ORDER BY id",
  [LIST_ONE] = "SELECT id, " DIAL_OUTBOX_COLUMNS " FROM outbox WHERE id = ?",
};

static gpointer
list_outbox (DialConnection *connection,
             gpointer        data,
             DialChanges    *changes)
{
  const OutboxList *list = data;
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  DialStatement *statement = dial_connection_prepare (connection, list_queries[list->which]);

  if (list->which != LIST_EVERYTHING && list->which != LIST_UNSENT)
    dial_statement_bind_int64 (statement, list->key);
  while (dial_statement_next (statement))
    g_ptr_array_add (items, dial_store_read_outbox_item (statement));
  return items;
}

static void
read_outbox (DialStore           *self,
             ListWhich            which,
             gint64               key,
             gpointer             tag,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  OutboxList list = { which, key };
  DialRequest request = {
    .func = list_outbox,
    .data = g_memdup2 (&list, sizeof list),
    .free_data = g_free,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
  };

  dial_store_read (self, tag, &request, cancellable, callback, user_data);
}

/**
 * dial_store_list_outbox_async:
 * @self: a store
 * @candidate_id: for whom, 0 for everybody
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Lists the notes that were saved here, those that have arrived included.
 */
void
dial_store_list_outbox_async (DialStore           *self,
                              gint64               candidate_id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (DIAL_IS_STORE (self));

  read_outbox (self, candidate_id != 0 ? LIST_CANDIDATE : LIST_EVERYTHING, candidate_id,
               dial_store_list_outbox_async, cancellable, callback, user_data);
}

/**
 * dial_store_list_unsent_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer, which [method@Store.list_outbox_finish] takes
 * @user_data: for @callback
 *
 * Lists the notes of which it is not certain that they stand in Greenhouse.
 */
void
dial_store_list_unsent_async (DialStore           *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (DIAL_IS_STORE (self));

  read_outbox (self, LIST_UNSENT, 0, dial_store_list_outbox_async, cancellable, callback, user_data);
}

/**
 * dial_store_list_sent_async:
 * @self: a store
 * @since: an instant
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer, which [method@Store.list_outbox_finish] takes
 * @user_data: for @callback
 *
 * Lists the notes that stand in Greenhouse and were sent since then.
 */
void
dial_store_list_sent_async (DialStore           *self,
                            gint64               since,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (DIAL_IS_STORE (self));

  read_outbox (self, LIST_SENT, since, dial_store_list_outbox_async, cancellable, callback,
               user_data);
}

/**
 * dial_store_list_outbox_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialOutboxItem): the notes, oldest first, or %NULL with
 *   @error set
 */
GPtrArray *
dial_store_list_outbox_finish (DialStore     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return dial_store_finish (self, result, dial_store_list_outbox_async, error);
}

/**
 * dial_store_load_outbox_item_async:
 * @self: a store
 * @outbox_id: a note of the outbox
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Looks how one note stands.
 */
void
dial_store_load_outbox_item_async (DialStore           *self,
                                   gint64               outbox_id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_return_if_fail (DIAL_IS_STORE (self));

  read_outbox (self, LIST_ONE, outbox_id, dial_store_load_outbox_item_async, cancellable, callback,
               user_data);
}

/**
 * dial_store_load_outbox_item_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error; %DIAL_STORE_ERROR_NOT_FOUND if there is no such note
 *
 * Returns: (transfer full): the note, or %NULL with @error set
 */
DialOutboxItem *
dial_store_load_outbox_item_finish (DialStore     *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  g_autoptr (GPtrArray) items =
    dial_store_finish (self, result, dial_store_load_outbox_item_async, error);

  if (items == NULL)
    return NULL;
  if (items->len > 0)
    return g_object_ref (items->pdata[0]);

  g_propagate_error (error, new_not_found ());
  return NULL;
}

static gpointer
save_outbox_item (DialConnection *connection,
                  gpointer        data,
                  DialChanges    *changes)
{
  DialOutboxItem *item = data;
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "UPDATE outbox SET (" DIAL_OUTBOX_COLUMNS ") = "
                             "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                             "WHERE id = ? AND revision = ?");

  bind_item (statement, item);
  dial_statement_bind_int64 (statement, item->id);
  dial_statement_bind_int64 (statement, item->revision);
  dial_statement_run (statement);

  if (!dial_connection_has_failed (connection) && dial_connection_get_changes (connection) == 0)
    fail_not_saved (connection, item->id);
  dial_changes_add (changes->outbox, item->id);
  return NULL;
}

/**
 * dial_store_save_outbox_item_async:
 * @self: a store
 * @item: a note of the outbox, named by its id
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Writes down where a note is now, if nobody else has changed it since @item was read: its revision says so,
 * and is one more afterwards.
 */
void
dial_store_save_outbox_item_async (DialStore           *self,
                                   DialOutboxItem      *item,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  DialRequest request = { .func = save_outbox_item, .free_data = g_object_unref };

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (DIAL_IS_OUTBOX_ITEM (item));

  request.data = g_object_ref (item);
  dial_store_write (self, dial_store_save_outbox_item_async, &request, cancellable, callback,
                    user_data);
}

/**
 * dial_store_save_outbox_item_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error; %DIAL_STORE_ERROR_NOT_FOUND if it was discarded meanwhile,
 *   %DIAL_STORE_ERROR_OUTDATED if it was changed
 *
 * Returns: whether it is saved
 */
gboolean
dial_store_save_outbox_item_finish (DialStore     *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  return dial_store_finish_boolean (self, result, dial_store_save_outbox_item_async, error);
}

typedef struct {
  GArray *ids;
  gint64  seen_at;
} Sighting;

static void
sighting_free (gpointer data)
{
  Sighting *sighting = data;

  g_array_unref (sighting->ids);
  g_free (sighting);
}

static gpointer
saw_notes (DialConnection *connection,
           gpointer        data,
           DialChanges    *changes)
{
  const Sighting *sighting = data;

  for (guint i = 0; i < sighting->ids->len; i++) {
    DialStatement *statement =
      dial_connection_prepare (connection,
                               "UPDATE outbox SET seen_at = ?, proof = 'read-back', "
                               "revision = revision + 1 WHERE id = ? AND state = 'sent'");

    dial_statement_bind_int64 (statement, sighting->seen_at);
    dial_statement_bind_int64 (statement, g_array_index (sighting->ids, gint64, i));
    dial_statement_run (statement);
  }
  return NULL;
}

/**
 * dial_store_saw_notes_async:
 * @self: a store
 * @ids: (element-type gint64): notes of the outbox
 * @seen_at: an instant
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * These notes still stand in Greenhouse, as they were sent.
 */
void
dial_store_saw_notes_async (DialStore           *self,
                            GArray              *ids,
                            gint64               seen_at,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  DialRequest request = { .func = saw_notes, .free_data = sighting_free };
  Sighting *sighting;

  g_return_if_fail (DIAL_IS_STORE (self));

  sighting = g_new0 (Sighting, 1);
  sighting->ids = g_array_ref (ids);
  sighting->seen_at = seen_at;
  request.data = sighting;
  dial_store_write (self, dial_store_saw_notes_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_saw_notes_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is written down
 */
gboolean
dial_store_saw_notes_finish (DialStore     *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return dial_store_finish_boolean (self, result, dial_store_saw_notes_async, error);
}

typedef struct {
  gint64  until;
  char   *reason;
} Postponement;

static void
postponement_free (gpointer data)
{
  Postponement *postponement = data;

  g_free (postponement->reason);
  g_free (postponement);
}

static gpointer
postpone_notes (DialConnection *connection,
                gpointer        data,
                DialChanges    *changes)
{
  const Postponement *postponement = data;
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "UPDATE outbox SET next_try_at = ?, error = ?, revision = revision + 1 "
                             "WHERE state = 'waiting' AND author_refused = 0 AND next_try_at < ? "
                             "RETURNING id");

  dial_statement_bind_int64 (statement, postponement->until);
  dial_statement_bind_text (statement, postponement->reason);
  dial_statement_bind_int64 (statement, postponement->until);
  while (dial_statement_next (statement))
    dial_changes_add (changes->outbox, dial_statement_read_int64 (statement, 0));
  return NULL;
}

/**
 * dial_store_postpone_notes_async:
 * @self: a store
 * @until: an instant
 * @reason: why, a sentence
 * @cancellable: (nullable): a cancellable
 * @callback: (nullable): called when it is on disk
 * @user_data: for @callback
 *
 * What keeps one note from getting through keeps them all: those that wait are not tried before @until.
 */
void
dial_store_postpone_notes_async (DialStore           *self,
                                 gint64               until,
                                 const char          *reason,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  DialRequest request = { .func = postpone_notes, .free_data = postponement_free };
  Postponement *postponement = g_new0 (Postponement, 1);

  g_return_if_fail (DIAL_IS_STORE (self));

  postponement->until = until;
  postponement->reason = g_strdup (reason);
  request.data = postponement;
  dial_store_write (self, dial_store_postpone_notes_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_postpone_notes_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is written down
 */
gboolean
dial_store_postpone_notes_finish (DialStore     *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return dial_store_finish_boolean (self, result, dial_store_postpone_notes_async, error);
}

static gpointer
discard_note (DialConnection *connection,
              gpointer        data,
              DialChanges    *changes)
{
  gint64 id = *(gint64 *) data;
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT state IN ('sent', 'sending') FROM outbox WHERE id = ?");
  gboolean found, gone_out = FALSE;

  dial_statement_bind_int64 (statement, id);
  found = dial_statement_next (statement);
  if (found)
    gone_out = dial_statement_read_int64 (statement, 0) != 0;
  dial_statement_reset (statement);

  if (!found) {
    dial_connection_fail (connection, new_not_found ());
  } else if (gone_out) {
    dial_connection_fail (connection,
                          g_error_new_literal (DIAL_STORE_ERROR, DIAL_STORE_ERROR_FAILED,
                                               _("This note is on its way to Greenhouse or there "
                                                 "already, so it cannot be discarded.")));
  } else {
    statement = dial_connection_prepare (connection, "DELETE FROM outbox WHERE id = ?");
    dial_statement_bind_int64 (statement, id);
    dial_statement_run (statement);
    dial_changes_add (changes->outbox, id);
  }
  return NULL;
}

/**
 * dial_store_discard_note_async:
 * @self: a store
 * @outbox_id: a note of the outbox
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is gone
 * @user_data: for @callback
 *
 * Removes a note that has not gone out.
 */
void
dial_store_discard_note_async (DialStore           *self,
                               gint64               outbox_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  DialRequest request = { .func = discard_note, .free_data = g_free };

  g_return_if_fail (DIAL_IS_STORE (self));

  request.data = dial_store_id_new (outbox_id);
  dial_store_write (self, dial_store_discard_note_async, &request, cancellable, callback,
                    user_data);
}

/**
 * dial_store_discard_note_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error; %DIAL_STORE_ERROR_NOT_FOUND if there is no such note,
 *   %DIAL_STORE_ERROR_FAILED if it is sent or being sent
 *
 * Returns: whether it is gone
 */
gboolean
dial_store_discard_note_finish (DialStore     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return dial_store_finish_boolean (self, result, dial_store_discard_note_async, error);
}
