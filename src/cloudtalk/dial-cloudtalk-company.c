/* What a company has: agents, numbers, tags. */
#include "dial-cloudtalk-private.h"

#include <glib/gi18n.h>

#include "dial-cloudtalk-parser-private.h"
#include "dial-json-writer.h"

/* Takes over from a walk whose records are the answer. */
static void
walked_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  GPtrArray *rows = dial_cloudtalk_walk_finish (DIAL_CLOUDTALK (object), result, &error);

  if (rows != NULL)
    g_task_return_pointer (task, rows, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static GPtrArray *
finish (DialCloudtalk  *self,
        GAsyncResult   *result,
        gpointer        tag,
        GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dial_cloudtalk_list_agents_async:
 * @self: a CloudTalk
 * @urgency: who waits for it
 * @cancellable: (nullable): a cancellable
 * @callback: called with all agents
 * @user_data: for @callback
 *
 * Lists the company's agents.
 */
void
dial_cloudtalk_list_agents_async (DialCloudtalk        *self,
                                  DialCloudtalkUrgency  urgency,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data)
{
  GTask *task;

  g_return_if_fail (DIAL_IS_CLOUDTALK (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_cloudtalk_list_agents_async);
  dial_cloudtalk_walk_async (self, &dial_cloudtalk_agents, "/agents/index.json", urgency, cancellable,
                             walked_cb, task);
}

/**
 * dial_cloudtalk_list_agents_finish:
 * @self: a CloudTalk
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialCloudtalkAgent): all agents
 */
GPtrArray *
dial_cloudtalk_list_agents_finish (DialCloudtalk  *self,
                                   GAsyncResult   *result,
                                   GError        **error)
{
  return finish (self, result, dial_cloudtalk_list_agents_async, error);
}

/**
 * dial_cloudtalk_list_numbers_async:
 * @self: a CloudTalk
 * @urgency: who waits for it
 * @cancellable: (nullable): a cancellable
 * @callback: called with all numbers
 * @user_data: for @callback
 *
 * Lists the numbers the company has, those of faxes too. Rows do not tell which ones nobody has: they are
 * not asked for.
 */
void
dial_cloudtalk_list_numbers_async (DialCloudtalk        *self,
                                   DialCloudtalkUrgency  urgency,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data)
{
  GTask *task;

  g_return_if_fail (DIAL_IS_CLOUDTALK (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_cloudtalk_list_numbers_async);
  dial_cloudtalk_walk_async (self, &dial_cloudtalk_numbers, "/numbers/index.json?is_free=0", urgency, cancellable,
                             walked_cb, task);
}

/**
 * dial_cloudtalk_list_numbers_finish:
 * @self: a CloudTalk
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialCloudtalkNumber): all numbers
 */
GPtrArray *
dial_cloudtalk_list_numbers_finish (DialCloudtalk  *self,
                                    GAsyncResult   *result,
                                    GError        **error)
{
  return finish (self, result, dial_cloudtalk_list_numbers_async, error);
}

/**
 * dial_cloudtalk_list_tags_async:
 * @self: a CloudTalk
 * @urgency: who waits for it
 * @cancellable: (nullable): a cancellable
 * @callback: called with all tags
 * @user_data: for @callback
 *
 * Lists the company's tags.
 */
void
dial_cloudtalk_list_tags_async (DialCloudtalk        *self,
                                DialCloudtalkUrgency  urgency,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data)
{
  GTask *task;

  g_return_if_fail (DIAL_IS_CLOUDTALK (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_cloudtalk_list_tags_async);
  dial_cloudtalk_walk_async (self, &dial_cloudtalk_tags, "/tags/index.json", urgency, cancellable,
                             walked_cb, task);
}

/**
 * dial_cloudtalk_list_tags_finish:
 * @self: a CloudTalk
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialCloudtalkTag): all tags
 */
GPtrArray *
dial_cloudtalk_list_tags_finish (DialCloudtalk  *self,
                                 GAsyncResult   *result,
                                 GError        **error)
{
  return finish (self, result, dial_cloudtalk_list_tags_async, error);
}

typedef struct {
  char   *name;
  GError *error; /* of the attempt to add it */
} AddTag;

static void
add_tag_free (AddTag *add)
{
  g_free (add->name);
  g_clear_error (&add->error);
  g_free (add);
}

static gboolean
is_called (const DialCloudtalkTag *tag,
           const char             *name)
{
  g_autofree char *a = g_utf8_casefold (tag->name, -1);
  g_autofree char *b = g_utf8_casefold (name, -1);

  return g_str_equal (a, b);
}

static void
looked_for_tag_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  AddTag *add = g_task_get_task_data (task);
  g_autoptr (GPtrArray) tags = NULL;
  GError *error = NULL;

  tags = dial_cloudtalk_walk_finish (DIAL_CLOUDTALK (object), result, &error);
  if (tags == NULL) {
    g_task_return_error (task, error);
    return;
  }

  for (guint i = 0; i < tags->len; i++) {
    DialCloudtalkTag *tag = g_ptr_array_index (tags, i);

    if (is_called (tag, add->name)) {
      g_task_return_int (task, tag->id);
      return;
    }
  }

  g_task_return_error (task, add->error != NULL ? g_steal_pointer (&add->error)
                                                : dial_cloudtalk_garbled ());
}

/* Takes the task. A name that is taken is refused (CloudTalk's API description), and after an unclear end
 * it may be there: the list tells. */
static void
look_for_tag (GTask *task)
{
  dial_cloudtalk_walk_async (DIAL_CLOUDTALK (g_task_get_source_object (task)), &dial_cloudtalk_tags,
                             "/tags/index.json", DIAL_CLOUDTALK_URGENCY_NOW,
                             g_task_get_cancellable (task), looked_for_tag_cb, task);
}

static void
added_tag_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  AddTag *add = g_task_get_task_data (task);
  g_autoptr (DialReply) reply = NULL;
  gint64 id;

  reply = dial_cloudtalk_request_finish (DIAL_CLOUDTALK (object), result, &add->error);
  id = reply != NULL ? dial_cloudtalk_parse_id (reply->body) : 0;

  if (id != 0)
    g_task_return_int (task, id);
  else if (reply != NULL ||
           g_error_matches (add->error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_REFUSED) ||
           g_error_matches (add->error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_UNCLEAR))
    look_for_tag (g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&add->error));
}

/**
 * dial_cloudtalk_add_tag_async:
 * @self: a CloudTalk
 * @name: its name
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is there
 * @user_data: for @callback
 *
 * Adds a tag, or finds the one of that name.
 */
void
dial_cloudtalk_add_tag_async (DialCloudtalk       *self,
                              const char          *name,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GBytes) body = NULL;
  GTask *task;
  AddTag *add;
  DialCloudtalkAsk ask = {
    .task = DIAL_CLOUDTALK_TASK_CHANGE,
    .method = "PUT",
    .path = "/tags/add.json",
    .urgency = DIAL_CLOUDTALK_URGENCY_NOW,
  };

  g_return_if_fail (DIAL_IS_CLOUDTALK (self));
  g_return_if_fail (name != NULL);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, name);
  json_builder_end_object (builder);
  body = dial_json_builder_to_bytes (builder);
  ask.body = body;

  add = g_new0 (AddTag, 1);
  add->name = g_strdup (name);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_cloudtalk_add_tag_async);
  g_task_set_task_data (task, add, (GDestroyNotify) add_tag_free);
  dial_cloudtalk_request_async (self, &ask, cancellable, added_tag_cb, task);
}

/**
 * dial_cloudtalk_add_tag_finish:
 * @self: a CloudTalk
 * @result: the result
 * @error: return location for an error
 *
 * Returns: the tag's id, or -1 with an error
 */
gint64
dial_cloudtalk_add_tag_finish (DialCloudtalk  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
