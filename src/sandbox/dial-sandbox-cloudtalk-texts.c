#include "dial-sandbox-cloudtalk.h"

#include <string.h>

/* POST /sms/send.json. What the carrier does not take comes back under a 200, and nobody can read texts afterwards. */

#define MAX_LENGTH 1600 /* characters; not documented, but what others stop at */

void
dial_sandbox_ct_text_free (gpointer data)
{
  DialSandboxCtText *text = data;

  g_free (text->sender);
  g_free (text->recipient);
  g_free (text->message);
  g_free (text->refusal);
  g_free (text);
}

/* Returns: (nullable): what the carrier says, if it does not take the text. */
static const char *
ask_carrier (DialSandboxCt             *self,
             const DialSandboxCtNumber *sender)
{
  if (sender == NULL || sender->is_free)
    return "Unknown number";
  if (!sender->may_text)
    return "Bad number configuration";

  return self->refusal;
}

static void
keep (DialSandboxServer *server,
      JsonObject        *body,
      const char        *refusal)
{
  DialSandboxCtText *text = g_new0 (DialSandboxCtText, 1);

  text->at = dial_sandbox_world_get_now (server->world);
  text->sender = g_strdup (json_object_get_string_member (body, "sender"));
  text->recipient = g_strdup (json_object_get_string_member (body, "recipient"));
  text->message = g_strdup (json_object_get_string_member (body, "message"));
  text->refusal = g_strdup (refusal);
  g_ptr_array_add (server->cloudtalk->texts, text);
}

/* The description has the flag as a boolean, its example as a word. */
static void
answer (DialSandboxRequest *request,
        JsonObject         *sent,
        const char         *refusal)
{
  gboolean as_word = request->server->cloudtalk->texts->len % 2 == 0;
  GString *body = g_string_new (NULL);
  DialSandboxRecord record, data;

  dial_sandbox_record_begin (&record, body, NULL, NULL);
  if (as_word)
    dial_sandbox_record_string (&record, "success", refusal == NULL ? "true" : "false");
  else
    dial_sandbox_record_boolean (&record, "success", refusal == NULL);
  if (refusal != NULL) {
    dial_sandbox_record_string (&record, "data", refusal);
  } else if (dial_sandbox_record_member (&record, "data")) {
    dial_sandbox_record_begin (&data, body, NULL, NULL);
    dial_sandbox_record_string (&data, "recipient", json_object_get_string_member (sent, "recipient"));
    dial_sandbox_record_string (&data, "sender", json_object_get_string_member (sent, "sender"));
    dial_sandbox_record_string (&data, "message", json_object_get_string_member (sent, "message"));
    dial_sandbox_record_end (&data);
  }
  dial_sandbox_record_end (&record);
  dial_sandbox_ct_answer (request, 200, body);
}

static gboolean
are_strings (JsonNode *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    if (json_node_get_value_type (json_array_get_element (array, i)) != G_TYPE_STRING)
      return FALSE;
  }

  return array != NULL;
}

static gboolean
is_sound (JsonObject *body)
{
  static const char * const pictures[] = { "images_by_url", "images" };
  g_autoptr (GString) errors = g_string_new (NULL);
  const char *sender = dial_sandbox_ct_take_string (body, "sender", TRUE, 0, errors);
  const char *recipient = dial_sandbox_ct_take_string (body, "recipient", TRUE, 0, errors);

  dial_sandbox_ct_take_string (body, "message", TRUE, MAX_LENGTH, errors);
  dial_sandbox_ct_take_string (body, "country_code", FALSE, 0, errors);
  dial_sandbox_ct_take_string (body, "file_by_url", FALSE, 0, errors);
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++) {
    if (json_object_has_member (body, pictures[i]) && !are_strings (json_object_get_member (body, pictures[i])))
      return FALSE;
  }
  return errors->len == 0 && dial_sandbox_ct_is_e164 (sender) && dial_sandbox_ct_is_e164 (recipient);
}

/**
 * dial_sandbox_ct_send_text:
 * @request: a `POST /sms/send.json`
 * @id: nothing
 *
 * Hands a text to the carrier.
 */
void
dial_sandbox_ct_send_text (DialSandboxRequest *request,
                           gint64              id)
{
  DialSandboxCt *self = request->server->cloudtalk;
  g_autoptr (JsonNode) node = dial_sandbox_ct_read_body (request);
  g_autofree char *refusal = NULL;
  JsonObject *body;

  if (node == NULL)
    return;
  if (!JSON_NODE_HOLDS_OBJECT (node) || !is_sound (json_node_get_object (node))) {
    dial_sandbox_ct_refuse (request, 400, "Bad request", NULL);
    return;
  }
  if (self->no_credit) {
    dial_sandbox_ct_refuse (request, 403, "Insufficient Funds", NULL);
    return;
  }

  body = json_node_get_object (node);
  refusal = g_strdup (ask_carrier (self, dial_sandbox_ct_find_number (
                                     request->server, json_object_get_string_member (body, "sender"))));
  if (refusal != NULL && g_strcmp0 (refusal, self->refusal) == 0 && self->n_refusals > 0 &&
      --self->n_refusals == 0)
    g_clear_pointer (&self->refusal, g_free);
  keep (request->server, body, refusal);
  answer (request, body, refusal);
}
