#include "dial-cloudtalk-private.h"

#include "dial-cloudtalk-parser-private.h"
#include "dial-contact-writer-private.h"

typedef struct {
  guint n_pages;
} List;

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  List *list = g_task_get_task_data (task);
  GError *error = NULL;
  GPtrArray *contacts;

  contacts = dial_cloudtalk_read_finish (DIAL_CLOUDTALK (object), result, &list->n_pages, &error);
  if (contacts != NULL)
    g_task_return_pointer (task, contacts, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * dial_cloudtalk_list_contacts_async:
 * @self: a CloudTalk
 * @tag_id: those with this tag, 0 for all
 * @keyword: (nullable): those this is found in; a number in E.164 too (seen in use, not documented)
 * @page: which page, from 1
 * @limit: rows of it, 1000 at most
 * @urgency: who waits for it
 * @cancellable: (nullable): a cancellable
 * @callback: called with a page of contacts
 * @user_data: for @callback
 *
 * Lists contacts. A list tells no titles, tags and links, and perhaps but one number and address each.
 */
void
dial_cloudtalk_list_contacts_async (DialCloudtalk        *self,
                                    gint64                tag_id,
                                    const char           *keyword,
                                    guint                 page,
                                    guint                 limit,
                                    DialCloudtalkUrgency  urgency,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data)
{
  g_autoptr (GString) path = g_string_new ("/contacts/index.json");
  const char *private[] = { keyword, NULL };
  GTask *task;

  g_return_if_fail (DIAL_IS_CLOUDTALK (self));

  if (tag_id != 0)
    dial_cloudtalk_path_add_id (path, "tag_id", tag_id);
  if (keyword != NULL)
    dial_cloudtalk_path_add (path, "keyword", keyword);
  dial_cloudtalk_path_add_id (path, "limit", CLAMP (limit, 1, 1000));
  dial_cloudtalk_path_add_id (path, "page", MAX (page, 1));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_cloudtalk_list_contacts_async);
  g_task_set_task_data (task, g_new0 (List, 1), g_free);
  dial_cloudtalk_read_async (self, &dial_cloudtalk_contacts, path->str, urgency, private, cancellable,
                             listed_cb, task);
}

/**
 * dial_cloudtalk_list_contacts_finish:
 * @self: a CloudTalk
 * @result: the result
 * @n_pages: (out) (optional): how many pages there are
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialCloudtalkContact): one page of contacts
 */
GPtrArray *
dial_cloudtalk_list_contacts_finish (DialCloudtalk  *self,
                                     GAsyncResult   *result,
                                     guint          *n_pages,
                                     GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (n_pages != NULL)
    *n_pages = ((List *) g_task_get_task_data (G_TASK (result)))->n_pages;

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
shown_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (DialReply) reply = NULL;
  DialCloudtalkContact *contact = NULL;
  GError *error = NULL;

  reply = dial_cloudtalk_request_finish (DIAL_CLOUDTALK (object), result, &error);
  if (reply != NULL)
    contact = dial_cloudtalk_parse_contact (reply->body, &error);

  if (contact != NULL)
    g_task_return_pointer (task, contact, (GDestroyNotify) dial_cloudtalk_contact_free);
  else
    g_task_return_error (task, error);
}

/**
 * dial_cloudtalk_show_contact_async:
 * @self: a CloudTalk
 * @contact_id: whom
 * @urgency: who waits for it
 * @cancellable: (nullable): a cancellable
 * @callback: called with the contact
 * @user_data: for @callback
 *
 * Reads all there is of a contact.
 */
void
dial_cloudtalk_show_contact_async (DialCloudtalk        *self,
                                   gint64                contact_id,
                                   DialCloudtalkUrgency  urgency,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data)
{
  g_autofree char *path = NULL;
  GTask *task;
  DialCloudtalkAsk ask = {
    .task = DIAL_CLOUDTALK_TASK_SHOW,
    .method = "GET",
    .urgency = urgency,
  };

  g_return_if_fail (DIAL_IS_CLOUDTALK (self));

  path = g_strdup_printf ("/contacts/show/%" G_GINT64_FORMAT ".json", contact_id);
  ask.path = path;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_cloudtalk_show_contact_async);
  dial_cloudtalk_request_async (self, &ask, cancellable, shown_cb, task);
}

/**
 * dial_cloudtalk_show_contact_finish:
 * @self: a CloudTalk
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): the contact; %DIAL_CLOUDTALK_ERROR_NOT_FOUND if there is none
 */
DialCloudtalkContact *
dial_cloudtalk_show_contact_finish (DialCloudtalk  *self,
                                    GAsyncResult   *result,
                                    GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
changed_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GPtrArray *changes = g_task_get_task_data (task);
  g_autoptr (DialReply) reply = NULL;
  GError *error = NULL;

  reply = dial_cloudtalk_request_finish (DIAL_CLOUDTALK (object), result, &error);
  if (reply != NULL)
    g_task_return_pointer (task, dial_cloudtalk_parse_results (reply->body, changes),
                           (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

/**
 * dial_cloudtalk_change_contacts_async:
 * @self: a CloudTalk
 * @changes: (element-type DialContactChange): what to do, %DIAL_CONTACT_MAX_CHANGES at most; not to be
 *   changed until @callback is called
 * @cancellable: (nullable): a cancellable; what began is not called back by it
 * @callback: called when CloudTalk answered
 * @user_data: for @callback
 *
 * Changes contacts, all in one request.
 */
void
dial_cloudtalk_change_contacts_async (DialCloudtalk       *self,
                                      GPtrArray           *changes,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_autoptr (GBytes) body = NULL;
  GTask *task;
  DialCloudtalkAsk ask = {
    .task = DIAL_CLOUDTALK_TASK_CHANGE,
    .method = "POST",
    .path = "/bulk/contacts.json",
    .urgency = DIAL_CLOUDTALK_URGENCY_CONTACTS,
  };

  g_return_if_fail (DIAL_IS_CLOUDTALK (self));
  g_return_if_fail (changes->len > 0 && changes->len <= DIAL_CONTACT_MAX_CHANGES);

  body = dial_contact_write_changes (changes);
  ask.body = body;
  ask.n_changes = (int) changes->len;

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_cloudtalk_change_contacts_async);
  g_task_set_task_data (task, g_ptr_array_ref (changes), (GDestroyNotify) g_ptr_array_unref);
  g_task_set_check_cancellable (task, FALSE);
  dial_cloudtalk_request_async (self, &ask, cancellable, changed_cb, task);
}

/**
 * dial_cloudtalk_change_contacts_finish:
 * @self: a CloudTalk
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialContactResult): one for each change, in their order; %NULL
 *   if the request itself failed, after %DIAL_CLOUDTALK_ERROR_UNCLEAR all, some or none may be done
 */
GPtrArray *
dial_cloudtalk_change_contacts_finish (DialCloudtalk  *self,
                                       GAsyncResult   *result,
                                       GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
tagged_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (DialReply) reply = NULL;
  GError *error = NULL;

  reply = dial_cloudtalk_request_finish (DIAL_CLOUDTALK (object), result, &error);
  if (reply != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Takes the task. */
static void
change_tags (GTask             *task,
             const char        *method,
             const char        *verb,
             gint64             contact_id,
             const char *const *tags)
{
  g_autoptr (GBytes) body = dial_contact_write_tags (tags);
  g_autofree char *path = NULL;
  DialCloudtalkAsk ask = {
    .task = DIAL_CLOUDTALK_TASK_CHANGE,
    .method = method,
    .body = body,
    .urgency = DIAL_CLOUDTALK_URGENCY_CONTACTS,
  };

  path = g_strdup_printf ("/contacts/%s/%" G_GINT64_FORMAT ".json", verb, contact_id);
  ask.path = path;
  g_task_set_check_cancellable (task, FALSE);
  dial_cloudtalk_request_async (DIAL_CLOUDTALK (g_task_get_source_object (task)), &ask,
                                g_task_get_cancellable (task), tagged_cb, task);
}

/**
 * dial_cloudtalk_tag_contact_async:
 * @self: a CloudTalk
 * @contact_id: whom
 * @tags: (array zero-terminated=1): names of tags
 * @cancellable: (nullable): a cancellable; what began is not called back by it
 * @callback: called when it has them
 * @user_data: for @callback
 *
 * Adds tags to those a contact has.
 */
void
dial_cloudtalk_tag_contact_async (DialCloudtalk       *self,
                                  gint64               contact_id,
                                  const char *const   *tags,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DIAL_IS_CLOUDTALK (self));
  g_return_if_fail (tags != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_cloudtalk_tag_contact_async);
  change_tags (task, "PUT", "addTags", contact_id, tags);
}

/**
 * dial_cloudtalk_tag_contact_finish:
 * @self: a CloudTalk
 * @result: the result
 * @error: return location for an error
 *
 * Returns: whether the contact has them. After %DIAL_CLOUDTALK_ERROR_UNCLEAR it does no harm to try again.
 */
gboolean
dial_cloudtalk_tag_contact_finish (DialCloudtalk  *self,
                                   GAsyncResult   *result,
                                   GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dial_cloudtalk_untag_contact_async:
 * @self: a CloudTalk
 * @contact_id: whom
 * @tags: (array zero-terminated=1): names of tags
 * @cancellable: (nullable): a cancellable; what began is not called back by it
 * @callback: called when it has them no more
 * @user_data: for @callback
 *
 * Takes tags from those a contact has.
 */
void
dial_cloudtalk_untag_contact_async (DialCloudtalk       *self,
                                    gint64               contact_id,
                                    const char *const   *tags,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DIAL_IS_CLOUDTALK (self));
  g_return_if_fail (tags != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_cloudtalk_untag_contact_async);
  change_tags (task, "DELETE", "removeTags", contact_id, tags);
}

/**
 * dial_cloudtalk_untag_contact_finish:
 * @self: a CloudTalk
 * @result: the result
 * @error: return location for an error
 *
 * Returns: whether they are gone. After %DIAL_CLOUDTALK_ERROR_UNCLEAR it does no harm to try again.
 */
gboolean
dial_cloudtalk_untag_contact_finish (DialCloudtalk  *self,
                                     GAsyncResult   *result,
                                     GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
