#include "dial-spare.h"
#include "dial-store-private.h"

typedef struct {
  gint64  candidate_id;
  char   *text;
} Draft;

static void
draft_free (gpointer data)
{
  Draft *draft = data;

  g_free (draft->text);
  g_free (draft);
}

static gpointer
save_draft (DialConnection *connection,
            gpointer        data,
            DialChanges    *changes)
{
  Draft *draft = data;
  DialStatement *statement;

  if (draft->text[0] == '\0') {
    statement = dial_connection_prepare (connection, "DELETE FROM drafts WHERE candidate_id = ?");
    dial_statement_bind_int64 (statement, draft->candidate_id);
  } else {
    statement = dial_connection_prepare (connection,
                                         "INSERT OR REPLACE INTO drafts (candidate_id, text) "
                                         "VALUES (?, ?)");
    dial_statement_bind_int64 (statement, draft->candidate_id);
    dial_statement_bind_text (statement, draft->text);
  }
  dial_statement_run (statement);
  return NULL;
}

/* What cannot be written where it belongs is kept elsewhere: it was typed once. */
static void
draft_ended (DialConnection *connection,
             gpointer        data,
             gboolean        done)
{
  Draft *draft = data;
  const char *path = dial_connection_get_path (connection);

  if (done)
    dial_spare_drop (path, draft->candidate_id);
  else
    dial_spare_keep (path, draft->candidate_id, draft->text);
}

/**
 * dial_store_save_draft_async:
 * @self: a store
 * @candidate_id: whom the recruiter writes about
 * @text: all that is typed so far; "" removes the draft
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Keeps what the recruiter is typing. Where the file cannot be written, that is an error, and the text is
 * kept in memory outside of it, until it can be or the computer is restarted.
 */
void
dial_store_save_draft_async (DialStore           *self,
                             gint64               candidate_id,
                             const char          *text,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  DialRequest request = { .func = save_draft, .ended = draft_ended, .free_data = draft_free };
  Draft *draft;

  g_return_if_fail (DIAL_IS_STORE (self));

  draft = g_new0 (Draft, 1);
  draft->candidate_id = candidate_id;
  draft->text = g_strdup (text != NULL ? text : "");

  request.data = draft;
  dial_store_write (self, dial_store_save_draft_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_save_draft_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is saved
 */
gboolean
dial_store_save_draft_finish (DialStore     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return dial_store_finish_boolean (self, result, dial_store_save_draft_async, error);
}

static gpointer
load_draft (DialConnection *connection,
            gpointer        data,
            DialChanges    *changes)
{
  gint64 candidate_id = *(gint64 *) data;
  char *text = dial_spare_read (dial_connection_get_path (connection), candidate_id);
  DialStatement *statement;

  if (text != NULL)
    return text;

  statement = dial_connection_prepare (connection, "SELECT text FROM drafts WHERE candidate_id = ?");
  dial_statement_bind_int64 (statement, candidate_id);
  if (dial_statement_next (statement))
    text = dial_statement_dup_text (statement, 0);
  dial_statement_reset (statement);
  return text != NULL ? text : g_strdup ("");
}

/**
 * dial_store_load_draft_async:
 * @self: a store
 * @candidate_id: whom the recruiter writes about
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Loads what the recruiter was typing.
 */
void
dial_store_load_draft_async (DialStore           *self,
                             gint64               candidate_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  DialRequest request = { .func = load_draft, .free_data = g_free, .free_result = g_free };

  g_return_if_fail (DIAL_IS_STORE (self));

  request.data = dial_store_id_new (candidate_id);
  dial_store_read (self, dial_store_load_draft_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_load_draft_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): the text, "" if there is no draft, or %NULL with @error set
 */
char *
dial_store_load_draft_finish (DialStore     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return dial_store_finish (self, result, dial_store_load_draft_async, error);
}

typedef struct {
  gint64     candidate_id;
  GPtrArray *notes;
} NotePage;

static void
note_page_free (gpointer data)
{
  NotePage *page = data;

  g_ptr_array_unref (page->notes);
  g_free (page);
}

/* A note that was cached under another candidate (a merge) moves here: its id is Greenhouse's. */
static void
write_note (DialConnection *connection,
            gint64          candidate_id,
            DialNote       *note)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "INSERT OR REPLACE INTO notes (id, candidate_id, application_id, "
                             "user_id, "
                             "type, subject, body, visibility, created_at, seen_run) "
                             "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, "
                             "coalesce ((SELECT run FROM sync_positions WHERE resource = 'notes'), "
                             "0))");

  dial_statement_bind_int64 (statement, note->id);
  dial_statement_bind_int64 (statement, candidate_id);
  dial_statement_bind_int64 (statement, note->application_id);
  dial_statement_bind_int64 (statement, note->user_id);
  dial_statement_bind_text (statement, note->type);
  dial_statement_bind_text (statement, note->subject);
  dial_statement_bind_text (statement, note->body != NULL ? note->body : "");
  dial_store_bind_enum (statement, DIAL_TYPE_VISIBILITY, note->visibility);
  dial_statement_bind_int64 (statement, note->created_at);
  dial_statement_run (statement);
}

static gpointer
save_notes (DialConnection *connection,
            gpointer        data,
            DialChanges    *changes)
{
  NotePage *page = data;
  DialStatement *statement =
    dial_connection_prepare (connection, "DELETE FROM notes WHERE candidate_id = ?");

  dial_statement_bind_int64 (statement, page->candidate_id);
  dial_statement_run (statement);

  for (guint i = 0; i < page->notes->len; i++)
    write_note (connection, page->candidate_id, g_ptr_array_index (page->notes, i));
  for (guint i = 0; i < page->notes->len; i++)
    dial_sync_note_written (connection, page->candidate_id, g_ptr_array_index (page->notes, i),
                            changes);
  dial_changes_add (changes->notes, page->candidate_id);
  return NULL;
}

/**
 * dial_store_save_notes_async:
 * @self: a store
 * @candidate_id: whose activity feed
 * @notes: (element-type DialNote): all that Greenhouse lists for them
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are saved
 * @user_data: for @callback
 *
 * Replaces what was known of the candidate's notes in Greenhouse by @notes.
 */
void
dial_store_save_notes_async (DialStore           *self,
                             gint64               candidate_id,
                             GPtrArray           *notes,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  DialRequest request = {
    .func = save_notes,
    .free_data = note_page_free,
    .durability = DIAL_DURABILITY_NORMAL,
  };
  NotePage *page;

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (notes != NULL);

  page = g_new0 (NotePage, 1);
  page->candidate_id = candidate_id;
  page->notes = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < notes->len; i++)
    g_ptr_array_add (page->notes, g_object_ref (g_ptr_array_index (notes, i)));

  request.data = page;
  dial_store_write (self, dial_store_save_notes_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_save_notes_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether they are saved
 */
gboolean
dial_store_save_notes_finish (DialStore     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return dial_store_finish_boolean (self, result, dial_store_save_notes_async, error);
}

static DialNote *
read_note (DialStatement *statement)
{
  DialNote *note = dial_note_new (dial_statement_read_int64 (statement, 0));

  note->candidate_id = dial_statement_read_int64 (statement, 1);
  note->application_id = dial_statement_read_int64 (statement, 2);
  note->user_id = dial_statement_read_int64 (statement, 3);
  note->user_name = dial_statement_dup_text (statement, 4);
  note->type = dial_statement_dup_text (statement, 5);
  note->subject = dial_statement_dup_text (statement, 6);
  g_free (note->body);
  note->body = dial_store_dup_nonnull (statement, 7);
  note->visibility = dial_store_read_enum (statement, 8, DIAL_TYPE_VISIBILITY);
  note->created_at = dial_statement_read_int64 (statement, 9);
  return note;
}

static gpointer
list_notes (DialConnection *connection,
            gpointer        data,
            DialChanges    *changes)
{
  GPtrArray *notes = g_ptr_array_new_with_free_func (g_object_unref);
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT notes.id, candidate_id, application_id, user_id, users.name, "
                             "type, "
                             "subject, body, visibility, created_at FROM notes "
                             "LEFT JOIN users ON users.id = user_id WHERE candidate_id = ? "
                             "ORDER BY created_at DESC, notes.id DESC");

  dial_statement_bind_int64 (statement, *(gint64 *) data);
  while (dial_statement_next (statement))
    g_ptr_array_add (notes, read_note (statement));
  return notes;
}

/**
 * dial_store_list_notes_async:
 * @self: a store
 * @candidate_id: whose activity feed
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Lists the candidate's notes in Greenhouse, as last seen.
 */
void
dial_store_list_notes_async (DialStore           *self,
                             gint64               candidate_id,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  DialRequest request = {
    .func = list_notes,
    .free_data = g_free,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
  };

  g_return_if_fail (DIAL_IS_STORE (self));

  request.data = dial_store_id_new (candidate_id);
  dial_store_read (self, dial_store_list_notes_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_list_notes_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialNote): the notes, newest first, or %NULL
 *   with @error set
 */
GPtrArray *
dial_store_list_notes_finish (DialStore     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return dial_store_finish (self, result, dial_store_list_notes_async, error);
}
