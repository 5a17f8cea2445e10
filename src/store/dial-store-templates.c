#include "dial-store-private.h"

static gpointer
list_templates (DialConnection *connection,
                gpointer        data,
                DialChanges    *changes)
{
  GPtrArray *templates = g_ptr_array_new_with_free_func (g_object_unref);
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT id, kind, name, job, stage, text FROM templates ORDER BY id");

  while (dial_statement_next (statement)) {
    int kind = DIAL_TEMPLATE_NOTE;

    dial_enum_from_nick (DIAL_TYPE_TEMPLATE_KIND, dial_statement_read_text (statement, 1), &kind);
    g_ptr_array_add (templates, dial_note_template_new (dial_statement_read_int64 (statement, 0), kind,
                                                        dial_statement_read_text (statement, 2),
                                                        dial_statement_read_text (statement, 3),
                                                        dial_statement_read_text (statement, 4),
                                                        dial_statement_read_text (statement, 5)));
  }
  return templates;
}

/**
 * dial_store_list_templates_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Lists the templates and scripts.
 */
void
dial_store_list_templates_async (DialStore           *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  DialRequest request = {
    .func = list_templates,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
  };

  g_return_if_fail (DIAL_IS_STORE (self));

  dial_store_read (self, dial_store_list_templates_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_list_templates_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialNoteTemplate): the templates, the oldest first, or %NULL
 *   with @error set
 */
GPtrArray *
dial_store_list_templates_finish (DialStore     *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return dial_store_finish (self, result, dial_store_list_templates_async, error);
}

static gpointer
save_template (DialConnection *connection,
               gpointer        data,
               DialChanges    *changes)
{
  DialNoteTemplate *template = data;
  gint64 id = 0;
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "INSERT INTO templates (id, kind, name, job, stage, text) "
                             "VALUES (NULLIF (?, 0), ?, ?, ?, ?, ?) "
                             "ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name = excluded.name, "
                             "job = excluded.job, stage = excluded.stage, text = excluded.text "
                             "RETURNING id");

  dial_statement_bind_int64 (statement, template->id);
  dial_statement_bind_text (statement, dial_enum_to_nick (DIAL_TYPE_TEMPLATE_KIND, template->kind));
  dial_statement_bind_text (statement, template->name);
  dial_statement_bind_text (statement, template->job);
  dial_statement_bind_text (statement, template->stage);
  dial_statement_bind_text (statement, template->text);
  while (dial_statement_next (statement))
    id = dial_statement_read_int64 (statement, 0);
  changes->templates = TRUE;
  return dial_store_id_new (id);
}

/**
 * dial_store_save_template_async:
 * @self: a store
 * @template: what to keep
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Keeps a template: a new one where its id is 0, otherwise in the place of the one with its id. One that
 * was deleted comes back under its id.
 */
void
dial_store_save_template_async (DialStore           *self,
                                DialNoteTemplate    *template,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  DialRequest request = {
    .func = save_template,
    .free_data = g_object_unref,
    .free_result = g_free,
  };

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (DIAL_IS_NOTE_TEMPLATE (template));

  request.data = g_object_ref (template);
  dial_store_write (self, dial_store_save_template_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_save_template_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: the template's id, 0 with @error set
 */
gint64
dial_store_save_template_finish (DialStore     *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_autofree gint64 *id = dial_store_finish (self, result, dial_store_save_template_async, error);

  return id != NULL ? *id : 0;
}

static gpointer
delete_template (DialConnection *connection,
                 gpointer        data,
                 DialChanges    *changes)
{
  DialStatement *statement = dial_connection_prepare (connection, "DELETE FROM templates WHERE id = ?");

  dial_statement_bind_int64 (statement, *(gint64 *) data);
  dial_statement_run (statement);
  changes->templates = dial_connection_get_changes (connection) > 0;
  return NULL;
}

/**
 * dial_store_delete_template_async:
 * @self: a store
 * @template_id: a template
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is gone
 * @user_data: for @callback
 *
 * Deletes a template, if it is still there.
 */
void
dial_store_delete_template_async (DialStore           *self,
                                  gint64               template_id,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  DialRequest request = { .func = delete_template, .free_data = g_free };

  g_return_if_fail (DIAL_IS_STORE (self));

  request.data = dial_store_id_new (template_id);
  dial_store_write (self, dial_store_delete_template_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_delete_template_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether it is gone
 */
gboolean
dial_store_delete_template_finish (DialStore     *self,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  return dial_store_finish_boolean (self, result, dial_store_delete_template_async, error);
}
