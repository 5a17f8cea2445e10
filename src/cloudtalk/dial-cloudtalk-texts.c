#include "dial-cloudtalk-private.h"

#include <glib/gi18n.h>

#include "dial-cloudtalk-parser-private.h"
#include "dial-json-writer.h"

typedef struct {
  GStrv private; /* what no error may repeat */
} Text;

static void
text_free (Text *text)
{
  g_strfreev (text->private);
  g_free (text);
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Text *text = g_task_get_task_data (task);
  g_autoptr (DialReply) reply = NULL;
  g_autofree char *words = NULL;
  GError *error = NULL;

  reply = dial_cloudtalk_request_finish (DIAL_CLOUDTALK (object), result, &error);
  if (reply == NULL) {
    g_task_return_error (task, error);
    return;
  }

  switch (dial_cloudtalk_parse_text (reply->body, (const char *const *) text->private, &words)) {
  case DIAL_CLOUDTALK_TEXT_TAKEN:
    g_task_return_boolean (task, TRUE);
    break;
  case DIAL_CLOUDTALK_TEXT_REFUSED:
    g_task_return_error (task, dial_cloudtalk_refuse_text (words));
    break;
  case DIAL_CLOUDTALK_TEXT_UNKNOWN:
  default:
    g_task_return_error (task, dial_cloudtalk_unclear (DIAL_CLOUDTALK_TASK_TEXT));
    break;
  }
}

static void
add_member (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static GBytes *
write_text (const char *from_e164,
            const char *to_e164,
            const char *message)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_member (builder, "recipient", to_e164);
  add_member (builder, "sender", from_e164);
  add_member (builder, "message", message);
  json_builder_end_object (builder);
  return dial_json_builder_to_bytes (builder);
}

/**
 * dial_cloudtalk_send_text_async:
 * @self: a CloudTalk
 * @from_e164: a number of the company
 * @to_e164: whom
 * @message: what to say
 * @cancellable: (nullable): a cancellable; what began is not called back by it
 * @callback: called when CloudTalk took it
 * @user_data: for @callback
 *
 * Hands a text to the carrier. Whether it arrives nobody tells. It goes out once, whatever happens.
 */
void
dial_cloudtalk_send_text_async (DialCloudtalk       *self,
                                const char          *from_e164,
                                const char          *to_e164,
                                const char          *message,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  const char *private[] = { to_e164, from_e164, message, NULL };
  g_autoptr (GBytes) body = NULL;
  GTask *task;
  Text *text;
  DialCloudtalkAsk ask = {
    .task = DIAL_CLOUDTALK_TASK_TEXT,
    .method = "POST",
    .path = "/sms/send.json",
    .urgency = DIAL_CLOUDTALK_URGENCY_NOW,
    .private = private,
  };

  g_return_if_fail (DIAL_IS_CLOUDTALK (self));
  g_return_if_fail (message != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_cloudtalk_send_text_async);
  g_task_set_check_cancellable (task, FALSE);
  if (!dial_cloudtalk_is_e164 (from_e164) || !dial_cloudtalk_is_e164 (to_e164) || *message == '\0') {
    g_task_return_new_error (task, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_INVALID, "%s",
                             _("A text needs a sender and a recipient with their country, and words: "
                               "complete it."));
    g_object_unref (task);
    return;
  }

  text = g_new0 (Text, 1);
  text->private = g_strdupv ((GStrv) private);
  g_task_set_task_data (task, text, (GDestroyNotify) text_free);
  body = write_text (from_e164, to_e164, message);
  ask.body = body;
  dial_cloudtalk_request_async (self, &ask, cancellable, sent_cb, task);
}

/**
 * dial_cloudtalk_send_text_finish:
 * @self: a CloudTalk
 * @result: the result
 * @error: return location for an error
 *
 * Returns: whether CloudTalk took it. After %DIAL_CLOUDTALK_ERROR_UNCLEAR it may have gone out.
 */
gboolean
dial_cloudtalk_send_text_finish (DialCloudtalk  *self,
                                 GAsyncResult   *result,
                                 GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
