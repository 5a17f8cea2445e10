#include "dial-sandbox-cloudtalk.h"

#include <string.h>

#define LIMIT  60 /* operations a minute, for the whole company */
#define WINDOW 60 /* seconds */

typedef struct {
  const char *method;
  const char *path; /* # is an id */
  void      (*handler) (DialSandboxRequest *request,
                        gint64              id);
} Route;

static const Route routes[] = {
  { "GET", "/agents/index.json", dial_sandbox_ct_list_agents },
  { "GET", "/numbers/index.json", dial_sandbox_ct_list_numbers },
  { "GET", "/tags/index.json", dial_sandbox_ct_list_tags },
  { "PUT", "/tags/add.json", dial_sandbox_ct_add_tag },
  { "POST", "/tags/edit/#.json", dial_sandbox_ct_edit_tag },
  { "DELETE", "/tags/delete/#.json", dial_sandbox_ct_delete_tag },
  { "GET", "/calls/index.json", dial_sandbox_ct_list_calls },
  { "POST", "/calls/create.json", dial_sandbox_ct_create_call },
  { "GET", "/calls/recording/#.json", dial_sandbox_ct_send_recording },
  { "POST", "/sms/send.json", dial_sandbox_ct_send_text },
  { "GET", "/contacts/index.json", dial_sandbox_ct_list_contacts },
  { "GET", "/contacts/show/#.json", dial_sandbox_ct_show_contact },
  { "PUT", "/contacts/add.json", dial_sandbox_ct_put_contact },
  { "POST", "/contacts/edit/#.json", dial_sandbox_ct_post_contact },
  { "DELETE", "/contacts/delete/#.json", dial_sandbox_ct_delete_contact },
  { "PUT", "/contacts/addTags/#.json", dial_sandbox_ct_add_tags },
  { "DELETE", "/contacts/removeTags/#.json", dial_sandbox_ct_remove_tags },
  { "POST", "/bulk/contacts.json", dial_sandbox_ct_change_contacts },
};

/* CloudTalk draws its secrets from more than letters, so that nobody gets away with leaving them as they are. */
static char *
draw (const char *alphabet,
      guint       length)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < length; i++)
    g_string_append_c (text, alphabet[g_random_int_range (0, (gint32) strlen (alphabet))]);
  return g_string_free (text, FALSE);
}

/**
 * dial_sandbox_ct_init:
 * @server: a server
 * @options: what its user wants
 *
 * Draws the pair of keys and invents the house. CloudTalk has an allowance where v3 has one.
 */
void
dial_sandbox_ct_init (DialSandboxServer        *server,
                      const DialSandboxOptions *options)
{
  static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  g_autofree char *first = draw (letters, 12);
  g_autofree char *second = draw ("abcdefghijklmnopqrstuvwxyz:%&=+/\"", 12);
  DialSandboxCt *self = g_new0 (DialSandboxCt, 1);

  self->key_id = draw (letters, 19);
  self->secret = g_strconcat (first, ":ß%\"", second, NULL);
  self->allowance.limit = options->allowance > 0 ? LIMIT : 0;
  self->agents = g_array_new (FALSE, FALSE, sizeof (DialSandboxCtAgent));
  self->numbers = g_array_new (FALSE, FALSE, sizeof (DialSandboxCtNumber));
  self->plans = g_array_new (FALSE, FALSE, sizeof (DialSandboxCtPlan));
  self->tags = g_ptr_array_new_with_free_func (dial_sandbox_ct_tag_free);
  self->calls = g_ptr_array_new_with_free_func (dial_sandbox_ct_call_free);
  self->texts = g_ptr_array_new_with_free_func (dial_sandbox_ct_text_free);
  self->contacts = g_ptr_array_new_with_free_func (dial_sandbox_ct_contact_free);
  server->cloudtalk = self;
  dial_sandbox_ct_reset (server);
}

void
dial_sandbox_ct_free (DialSandboxServer *server)
{
  DialSandboxCt *self = g_steal_pointer (&server->cloudtalk);

  if (self == NULL)
    return;

  g_array_unref (self->agents);
  g_array_unref (self->numbers);
  g_array_unref (self->plans);
  g_ptr_array_unref (self->tags);
  g_ptr_array_unref (self->calls);
  g_ptr_array_unref (self->texts);
  g_ptr_array_unref (self->contacts);
  g_free (self->refusal);
  g_free (self->key_id);
  g_free (self->secret);
  g_free (self);
}

/**
 * dial_sandbox_ct_reset:
 * @server: a server
 *
 * All is as it was at the start, but for the keys and how much is allowed.
 */
void
dial_sandbox_ct_reset (DialSandboxServer *server)
{
  DialSandboxCt *self = server->cloudtalk;

  self->keys = 0;
  self->allowance.seconds = WINDOW;
  self->allowance.unaligned = TRUE;
  self->allowance.ends_at = 0;
  self->others = 0;
  self->tells_always = TRUE;
  self->bulk_counts_each = FALSE;
  self->status_in_body = FALSE;
  self->paused_refuses = TRUE;
  self->listed = 1;
  self->lag_ms = 0;
  self->agent_ring_ms = 20000;
  self->recording_ms = 3000;
  self->recordings = 1;
  self->link_comes_late = FALSE;
  self->merge = DIAL_SANDBOX_CT_MERGE_NONE;
  self->merge_tells_old_id = TRUE;
  self->rows_show_all = FALSE;
  self->no_credit = FALSE;
  self->n_refusals = 0;
  g_clear_pointer (&self->refusal, g_free);
  g_array_set_size (self->plans, 0);
  g_ptr_array_set_size (self->texts, 0);
  dial_sandbox_ct_office_reset (server);
  dial_sandbox_ct_calls_reset (server);
  dial_sandbox_ct_contacts_reset (server);
}

/* The allowance */

static void
tell (DialSandboxRequest *request,
      const char         *name,
      gint64              number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  soup_message_headers_replace (soup_server_message_get_response_headers (request->message), name,
                                text);
}

static void
enter_window (DialSandboxCt *self,
              gint64         now)
{
  DialSandboxAllowance *window = &self->allowance;
  gint64 length = window->seconds * G_USEC_PER_SEC;

  /* A test may have set the clock back. */
  if (now < window->ends_at && now >= window->ends_at - length)
    return;

  window->ends_at = window->unaligned ? now + length : (now / length + 1) * length;
  window->n_used = self->others;
}

/**
 * dial_sandbox_ct_spend:
 * @request: a request
 * @n_operations: as how many it counts
 *
 * Counts a request against what the company has in a minute.
 *
 * Returns: whether it may go on; it is answered with 429 if not
 */
gboolean
dial_sandbox_ct_spend (DialSandboxRequest *request,
                       guint               n_operations)
{
  DialSandboxCt *self = request->server->cloudtalk;
  DialSandboxAllowance *window = &self->allowance;
  gboolean fits;

  if (window->limit == 0)
    return TRUE;

  enter_window (self, dial_sandbox_world_get_now (request->server->world));
  fits = window->n_used + n_operations <= window->limit;
  if (fits)
    window->n_used += n_operations;

  if (!fits || self->tells_always) {
    tell (request, "X-CloudTalkAPI-Limit", window->limit);
    tell (request, "X-CloudTalkAPI-Remaining",
          fits && window->limit > window->n_used ? window->limit - window->n_used : 0);
    tell (request, "X-CloudTalkAPI-ResetTime",
          (window->ends_at + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  }
  if (!fits)
    dial_sandbox_ct_refuse (request, 429, "Too Many Requests", NULL);
  return fits;
}

/* The way in */

static const char blocked[] =
  "<html>\r\n<head><title>403 Forbidden</title></head>\r\n"
  "<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n</body>\r\n</html>\r\n";

static const char *
get_header (DialSandboxRequest *request,
            const char         *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (request->message),
                                       name);
}

static gboolean
has_keys (DialSandboxRequest *request)
{
  DialSandboxCt *self = request->server->cloudtalk;
  const char *authorization = get_header (request, "Authorization");
  g_autofree char *expected = g_strconcat (self->key_id, ":", self->secret, NULL);
  g_autofree guchar *sent = NULL;
  gsize length;

  if (self->keys != 0 || authorization == NULL ||
      g_ascii_strncasecmp (authorization, "Basic ", 6) != 0)
    return FALSE;

  sent = g_base64_decode (authorization + 6, &length);
  return length == strlen (expected) && memcmp (sent, expected, length) == 0;
}

/* What is asked for is JSON, sound aside. */
static gboolean
accepts_answer (DialSandboxRequest *request)
{
  const char *accept = get_header (request, "Accept");

  if (strcmp (soup_server_message_get_method (request->message), "GET") != 0)
    return TRUE;

  return accept != NULL &&
         (strstr (accept, "application/json") != NULL || strstr (accept, "*/*") != NULL ||
          strstr (accept, "audio/") != NULL);
}

static gboolean
path_matches (const char *path,
              const char *pattern,
              gint64     *id)
{
  const char *mark = strchr (pattern, '#');
  g_autofree char *digits = NULL;
  gsize n_digits;

  if (mark == NULL)
    return strcmp (path, pattern) == 0;
  if (strncmp (path, pattern, (gsize) (mark - pattern)) != 0)
    return FALSE;

  path += mark - pattern;
  n_digits = strspn (path, "0123456789");
  digits = g_strndup (path, n_digits);
  return strcmp (path + n_digits, mark + 1) == 0 &&
         g_ascii_string_to_signed (digits, 10, 0, G_MAXINT64, id, NULL);
}

static const Route *
find_route (DialSandboxRequest *request,
            gint64             *id)
{
  const char *method = soup_server_message_get_method (request->message);
  const char *path = request->path + strlen (DIAL_SANDBOX_CT_PATH);

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++) {
    if (strcmp (routes[i].method, method) == 0 && path_matches (path, routes[i].path, id))
      return &routes[i];
  }

  return NULL;
}

/**
 * dial_sandbox_ct_dispatch:
 * @request: a request to CloudTalk
 *
 * Carries a request out. The edge looks first, and knows nothing of keys; only who has them uses up
 * the company's allowance.
 */
void
dial_sandbox_ct_dispatch (DialSandboxRequest *request)
{
  const char *agent = get_header (request, "User-Agent");
  const Route *route;
  gint64 id = 0;

  if (agent == NULL || agent[0] == '\0') {
    dial_sandbox_answer (request->message, 403, "text/html", g_string_new (blocked));
    return;
  }
  if (!has_keys (request)) {
    dial_sandbox_ct_refuse (request, 401, "Unauthorized action", NULL);
    return;
  }

  route = find_route (request, &id);
  if (!dial_sandbox_ct_spend (request, 1))
    return;

  if (route == NULL)
    dial_sandbox_ct_refuse (request, 404, "Not found.", NULL);
  else if (!accepts_answer (request))
    /* One or the other, the description says. */
    dial_sandbox_ct_refuse (request, strchr (route->path, '#') != NULL ? 404 : 406,
                            "Not acceptable.", NULL);
  else
    route->handler (request, id);
}
