#include "dial-errand-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-json-private.h"
#include "dial-url-private.h"

/* Greenhouse's own words are quoted up to this length. */
#define MAX_QUOTE 200

static const struct {
  const char *name;  /* as Greenhouse's screen has it */
  const char *scope;
  const char *path;
  const char *doing; /* “Greenhouse refused to …” */
} errands[] = {
  [DIAL_RESOURCE_CANDIDATES] = {
    "List candidates", "harvest:candidates:list", "candidates", N_("list candidates")
  },
  [DIAL_RESOURCE_APPLICATIONS] = {
    "List applications", "harvest:applications:list", "applications", N_("list applications")
  },
  [DIAL_RESOURCE_JOBS] = {
    "List jobs", "harvest:jobs:list", "jobs", N_("list jobs")
  },
  [DIAL_RESOURCE_STAGES] = {
    "List job interview stages", "harvest:job_interview_stages:list", "job_interview_stages",
    N_("list the stages of jobs")
  },
  [DIAL_RESOURCE_USERS] = {
    "List users", "harvest:users:list", "users", N_("list users")
  },
  [DIAL_RESOURCE_NOTES] = {
    "List notes", "harvest:notes:list", "notes", N_("list notes")
  },
  [DIAL_V3_USER_EMAILS] = {
    "List user emails", "harvest:user_emails:list", "user_emails",
    N_("list the addresses of users")
  },
  [DIAL_ERRAND_CREATE_NOTE] = {
    "Create notes", "harvest:notes:create", "notes", N_("add a note")
  },
};

/* The permission's name on Greenhouse's screen. */
const char *
dial_errand_get_name (DialErrand errand)
{
  return errands[errand].name;
}

const char *
dial_errand_get_scope (DialErrand errand)
{
  return errands[errand].scope;
}

/* The path below `/v3/`. */
const char *
dial_errand_get_path (DialErrand errand)
{
  return errands[errand].path;
}

/**
 * dial_error_with_id:
 * @code: a [error@GreenhouseError]
 * @request_id: (nullable): Greenhouse's name for the request
 * @sentence: what to do
 *
 * Returns: (transfer full): an error that names the request for Greenhouse's support
 */
GError *
dial_error_with_id (int         code,
                    const char *request_id,
                    const char *sentence)
{
  if (request_id == NULL)
    return g_error_new_literal (DIAL_GREENHOUSE_ERROR, code, sentence);

  /* Translators: a sentence, and the number Greenhouse's support asks for. */
  return g_error_new (DIAL_GREENHOUSE_ERROR, code, _("%s (request %s)"), sentence, request_id);
}

/**
 * dial_reply_is_html:
 * @reply: an answer
 *
 * Returns: whether it is a web page: then a gateway or a sign-in page of the network spoke, not
 * the API
 */
gboolean
dial_reply_is_html (const DialReply *reply)
{
  gsize size = 0;
  const char *data = reply->body != NULL ? g_bytes_get_data (reply->body, &size) : NULL;

  while (size > 0 && g_ascii_isspace (*data)) {
    data++;
    size--;
  }

  return size > 0 && *data == '<';
}

static void
append_words (GString  *words,
              JsonNode *node,
              int       depth);

static void
append_member (JsonObject *object,
               const char *name,
               JsonNode   *node,
               gpointer    user_data)
{
  GString *words = user_data;

  if (words->len > 0)
    g_string_append (words, ", ");
  if (strcmp (name, "message") != 0 && strcmp (name, "field") != 0)
    g_string_append_printf (words, "%s: ", name);
  append_words (words, node, 1);
}

/* `errors` is a text, a list of texts, of `{field: text}` or of `{message, field}`: all become one
 * line. */
static void
append_words (GString  *words,
              JsonNode *node,
              int       depth)
{
  if (node == NULL || depth > 3 || words->len > MAX_QUOTE)
    return;

  if (JSON_NODE_HOLDS_OBJECT (node))
    json_object_foreach_member (json_node_get_object (node), append_member, words);
  else if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < MIN (json_array_get_length (array), 5); i++) {
      if (words->len > 0 && !g_str_has_suffix (words->str, ": "))
        g_string_append (words, ", ");
      append_words (words, json_array_get_element (array, i), depth + 1);
    }
  } else {
    g_autofree char *text = dial_json_dup_text (node);

    if (text != NULL)
      g_string_append (words, text);
  }
}

/* Whether a line of what was sent stands in what came back. */
static gboolean
repeats (const char *words,
         const char *secret)
{
  g_auto (GStrv) lines = NULL;

  if (secret == NULL)
    return FALSE;

  lines = g_strsplit (secret, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (strlen (g_strstrip (lines[i])) >= 4 && strstr (words, lines[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* What Greenhouse says, on one line; NULL if it says nothing or repeats what must not be shown. */
static char *
dup_words (const DialReply *reply,
           const char      *secret)
{
  g_autoptr (JsonObject) object = dial_json_load_object (reply->body);
  g_autoptr (GString) words = g_string_new (NULL);

  if (object == NULL)
    return NULL;

  append_words (words, dial_json_get (object, "errors"), 0);
  if (words->len == 0)
    append_words (words, dial_json_get (object, "message"), 0);
  if (words->len == 0)
    append_words (words, dial_json_get (object, "error"), 0);

  for (gsize i = 0; i < words->len; i++)
    if (g_ascii_iscntrl (words->str[i]))
      words->str[i] = ' ';

  if (words->len == 0 || repeats (words->str, secret))
    return NULL;

  if (g_utf8_strlen (words->str, -1) > MAX_QUOTE) {
    g_string_truncate (words, g_utf8_offset_to_pointer (words->str, MAX_QUOTE) - words->str);
    g_string_append (words, "…");
  }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
say_forbidden (DialErrand errand)
{
  /* Translators: what was refused; the permission's name on Greenhouse's screen; its scope. */
  return g_strdup_printf (_("Greenhouse refused to %s: tick “%s” (%s) on the credential, and let "
                            "it act as a Site Admin or nobody in particular."),
                          _(errands[errand].doing), errands[errand].name, errands[errand].scope);
}

static char *
say_invalid (DialErrand       errand,
             const DialReply *reply,
             const char      *secret)
{
  g_autofree char *words = dup_words (reply, secret);

  if (words != NULL)
    /* Translators: what was asked, and Greenhouse's own words. */
    return g_strdup_printf (_("Greenhouse does not accept the request to %s: %s"),
                            _(errands[errand].doing), words);

  return g_strdup_printf (_("Greenhouse does not accept the request to %s (status %u): check the "
                            "address of the integration"),
                          _(errands[errand].doing), reply->status);
}

/**
 * dial_errand_refuse:
 * @errand: what was asked
 * @reply: an answer that is no success
 * @secret: (nullable): text that must not be quoted even if Greenhouse repeats it
 *
 * Returns: (transfer full): what the answer means, as of section “Errors” of Harvest v3
 */
GError *
dial_errand_refuse (DialErrand       errand,
                    const DialReply *reply,
                    const char      *secret)
{
  g_autofree char *sentence = NULL;
  int code;

  if (reply->status == 401) {
    code = DIAL_GREENHOUSE_ERROR_CREDENTIALS;
    sentence = g_strdup (_("Greenhouse did not accept its own access token: check the credential "
                           "under Configure > Dev Center > API Credential Management, and this "
                           "computer's clock."));
  } else if (reply->status == 403) {
    code = DIAL_GREENHOUSE_ERROR_FORBIDDEN;
    sentence = say_forbidden (errand);
  } else if (reply->status == 407) {
    code = DIAL_GREENHOUSE_ERROR_NETWORK;
    sentence = g_strdup (_("The network's proxy asks for a password: sign in to the proxy and try "
                           "again."));
  } else if (reply->status == 408 || reply->status >= 500) {
    code = DIAL_GREENHOUSE_ERROR_UNAVAILABLE;
    sentence = g_strdup_printf (_("Greenhouse has trouble (status %u): try again in a few "
                                  "minutes."),
                                reply->status);
  } else if (reply->status == 429) {
    code = DIAL_GREENHOUSE_ERROR_BUSY;
    sentence = g_strdup (_("Greenhouse takes no more requests for now, other programs share the "
                           "same allowance: try again in a few minutes."));
  } else if (reply->status >= 400) {
    code = DIAL_GREENHOUSE_ERROR_INVALID;
    sentence = say_invalid (errand, reply, secret);
  } else if (reply->location != NULL) {
    code = DIAL_GREENHOUSE_ERROR_FOREIGN_HOST;
    sentence = g_strdup (_("Greenhouse's address leads on to another page, which was not "
                           "followed: sign in to this network, or check the address of the "
                           "integration."));
  } else {
    code = DIAL_GREENHOUSE_ERROR_BAD_ANSWER;
    sentence = g_strdup_printf (_("Greenhouse answered in an unknown way (status %u): try again "
                                  "later."),
                                reply->status);
  }

  return dial_error_with_id (code, reply->request_id, sentence);
}

/**
 * dial_errand_unclear:
 * @reply: (nullable): the answer, if one came
 *
 * Returns: (transfer full): the error of a note that may be there or not
 */
GError *
dial_errand_unclear (const DialReply *reply)
{
  return dial_error_with_id (DIAL_GREENHOUSE_ERROR_UNCLEAR,
                             reply != NULL ? reply->request_id : NULL,
                             _("Greenhouse did not say whether it took the note: look into the "
                               "candidate's activity feed before you send it again."));
}

/**
 * dial_errand_half:
 * @reply: (nullable): the answer, as far as it came
 *
 * Returns: (transfer full): the error of an answer that broke off or never ended
 */
GError *
dial_errand_half (const DialReply *reply)
{
  return dial_error_with_id (DIAL_GREENHOUSE_ERROR_BAD_ANSWER,
                             reply != NULL ? reply->request_id : NULL,
                             _("Greenhouse's answer broke off or was too long: check whether a "
                               "proxy stands in between, and try again."));
}

/**
 * dial_errand_unreachable:
 * @error: why no answer came, an error of GIO's
 * @url: what was asked
 *
 * Returns: (transfer full): %DIAL_GREENHOUSE_ERROR_NETWORK with a sentence a person can act on
 */
GError *
dial_errand_unreachable (const GError *error,
                         const char   *url)
{
  g_autofree char *host = dial_url_dup_host (url);
  const char *format;

  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    format = _("The certificate of %s is not trusted: check this computer's date and time, and "
               "whether a proxy reads the traffic.");
  else if (error->domain == G_TLS_ERROR)
    format = _("No secure connection to %s: check whether a proxy or firewall stands in between.");
  else if (error->domain == G_RESOLVER_ERROR)
    format = _("%s could not be found: check the network connection.");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    format = _("%s refuses connections: check the address and the firewall.");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE))
    format = _("%s cannot be reached: check the network connection.");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    format = _("%s did not answer in time: check the network connection and try again.");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_FAILED) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_AUTH_FAILED) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NEED_AUTH) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NOT_ALLOWED))
    format = _("The network's proxy does not let through to %s: check the proxy settings.");
  else
    format = _("The connection to %s broke: check the network connection and try again.");

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_error_new (DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_NETWORK, format, host);
#pragma GCC diagnostic pop
}
