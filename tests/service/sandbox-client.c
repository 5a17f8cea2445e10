#include "sandbox-client.h"

void
reply_free (Reply *reply)
{
  g_clear_object (&reply->message);
  g_clear_pointer (&reply->json, json_node_unref);
  g_free (reply->text);
  g_free (reply);
}

typedef struct {
  DialSandbox *sandbox;
  GError      *error;
  gboolean     done;
} Started;

static void
on_started (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Started *started = user_data;

  started->sandbox = dial_sandbox_start_finish (result, &started->error);
  started->done = TRUE;
}

DialSandbox *
start (const DialSandboxOptions  *options,
       GCancellable              *cancellable,
       GError                   **error)
{
  Started started = { NULL, };

  dial_sandbox_start_async (options, cancellable, on_started, &started);
  while (!started.done)
    g_main_context_iteration (NULL, TRUE);

  g_assert_true ((started.sandbox == NULL) == (started.error != NULL));
  if (started.error != NULL)
    g_propagate_error (error, started.error);
  return started.sandbox;
}

/* Sends one request on a connection of its own. @authorization, @behalf: NULL for none. A ' in
 * @body stands for a ", which keeps JSON readable in C. */
Reply *
ask_for (const char *url,
         const char *method,
         const char *target,
         const char *authorization,
         const char *behalf,
         const char *type,
         const char *body)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *address = g_strconcat (url, target, NULL);
  Reply *reply = g_new0 (Reply, 1);

  reply->message = soup_message_new (method, address);
  soup_message_add_flags (reply->message, SOUP_MESSAGE_NO_REDIRECT);
  if (authorization != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (reply->message),
                                  "Authorization", authorization);
  if (behalf != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (reply->message), "On-Behalf-Of",
                                  behalf);
  if (body != NULL) {
    g_autofree char *json = g_strdelimit (g_strdup (body), "'", '"');
    g_autoptr (GBytes) sent = g_bytes_new (json, strlen (json));

    soup_message_set_request_body_from_bytes (reply->message, type, sent);
  }

  bytes = soup_session_send_and_read (session, reply->message, NULL, NULL);
  if (bytes == NULL)
    return reply;

  reply->status = soup_message_get_status (reply->message);
  reply->text = g_strndup (g_bytes_get_size (bytes) > 0 ? g_bytes_get_data (bytes, NULL) : "",
                           g_bytes_get_size (bytes));
  reply->json = json_from_string (reply->text, NULL);
  return reply;
}

Reply *
ask (const char *url,
     const char *method,
     const char *target,
     const char *authorization,
     const char *type,
     const char *body)
{
  return ask_for (url, method, target, authorization, NULL, type, body);
}

Reply *
get (Fixture    *fixture,
     const char *target)
{
  return ask (fixture->url, "GET", target, fixture->bearer, NULL, NULL);
}

Reply *
post (Fixture    *fixture,
      const char *target,
      const char *body)
{
  return ask (fixture->url, "POST", target, fixture->bearer, "application/json", body);
}

const char *
header (Reply      *reply,
        const char *name)
{
  return soup_message_headers_get_one (soup_message_get_response_headers (reply->message), name);
}

JsonArray *
rows (Reply *reply)
{
  g_assert_cmpuint (reply->status, ==, 200);
  g_assert_true (reply->json != NULL && JSON_NODE_HOLDS_ARRAY (reply->json));
  return json_node_get_array (reply->json);
}

guint
n_rows (Fixture    *fixture,
        const char *target)
{
  g_autoptr (Reply) reply = get (fixture, target);

  return json_array_get_length (rows (reply));
}

JsonObject *
row (Reply *reply,
     guint  i)
{
  return json_array_get_object_element (rows (reply), i);
}

JsonObject *
object (Reply *reply)
{
  g_assert_true (reply->json != NULL && JSON_NODE_HOLDS_OBJECT (reply->json));
  return json_node_get_object (reply->json);
}

void
assert_contains (const char *text,
                 const char *fragment)
{
  if (text == NULL || strstr (text, fragment) == NULL)
    g_error ("“%s” is not in: %s", fragment, text != NULL ? text : "(nothing)");
}

void
do_control (Fixture    *fixture,
            const char *target,
            const char *wish)
{
  g_autoptr (Reply) reply = post (fixture, target, wish);

  g_assert_cmpuint (reply->status, ==, 200);
}

char *
basic (const char *id,
       const char *secret)
{
  g_autofree char *pair = g_strconcat (id, ":", secret, NULL);
  g_autofree char *encoded = g_base64_encode ((const guchar *) pair, strlen (pair));

  return g_strconcat ("Basic ", encoded, NULL);
}

Reply *
ask_token (Fixture    *fixture,
           const char *target,
           const char *form)
{
  g_autofree char *authorization = basic (dial_sandbox_get_client_id (fixture->sandbox),
                                          dial_sandbox_get_secret (fixture->sandbox));

  return ask (fixture->url, "POST", target, authorization, "application/x-www-form-urlencoded",
              form);
}

char *
mint (Fixture    *fixture,
      const char *sub)
{
  g_autofree char *form = g_strconcat ("grant_type=client_credentials",
                                       sub != NULL ? "&sub=" : NULL, sub, NULL);
  g_autoptr (Reply) reply = ask_token (fixture, "/token", form);

  g_assert_cmpuint (reply->status, ==, 200);
  return g_strconcat ("Bearer ", json_object_get_string_member (object (reply), "access_token"),
                      NULL);
}

void
set_up_with (Fixture                  *fixture,
             const DialSandboxOptions *options)
{
  g_autoptr (GError) error = NULL;

  fixture->sandbox = start (options, NULL, &error);
  g_assert_no_error (error);
  fixture->url = dial_sandbox_get_harvest_url (fixture->sandbox);
  fixture->bearer = mint (fixture, NULL);
}

void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;

  options.allowance = 0;
  options.may_inject_faults = TRUE;
  set_up_with (fixture, &options);
}

void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  dial_sandbox_stop (fixture->sandbox);
  g_assert_finalize_object (fixture->sandbox);
  g_free (fixture->bearer);
}

/* Walks a list by Link alone. Returns how many rows there were. */
guint
walk (Fixture    *fixture,
      const char *target,
      guint       per_page,
      gboolean    ends_with_empty_link)
{
  g_autofree char *next = g_strdup (target);
  gint64 last = G_MAXINT64;
  guint n_walked = 0;

  while (next != NULL) {
    g_autoptr (Reply) reply = get (fixture, next);
    const char *link = header (reply, "Link");
    guint length = json_array_get_length (rows (reply));

    for (guint i = 0; i < length; i++) {
      gint64 id = json_object_get_int_member (row (reply, i), "id");

      g_assert_cmpint (id, <, last);
      g_assert_cmpint (id, >, G_MAXINT32);
      last = id;
    }
    n_walked += length;

    g_clear_pointer (&next, g_free);
    if (link != NULL && *link != '\0') {
      g_autofree char *start_of_link = g_strconcat ("<", fixture->url, NULL);

      g_assert_cmpuint (length, ==, per_page);
      g_assert_true (g_str_has_prefix (link, start_of_link));
      g_assert_true (g_str_has_suffix (link, ">; rel=\"next\""));
      g_assert_null (strstr (link, "per_page"));
      g_assert_null (strchr (link, ','));
      next = g_strndup (link + strlen (start_of_link), strcspn (link + strlen (start_of_link),
                                                                ">"));
    } else {
      g_assert_true ((link != NULL) == ends_with_empty_link);
    }
  }
  return n_walked;
}
