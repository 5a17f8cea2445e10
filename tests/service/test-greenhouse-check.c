/* What may stand between the check and Greenhouse: networks that ask to sign in, proxies, ways to
 * other hosts. A second listener stands for the other host and must hear of no credential. */
#include <libsoup/soup.h>
#include <string.h>

#include "dial-greenhouse.h"

#define SECRET "the-secret-of-the-test"
#define TOKEN  "the-token-of-the-test"

/* How one path answers. */
typedef struct {
  const char *path;
  guint       status;
  const char *body;
  const char *header; /* `Location` or `Link`; %s is the other host */
} Odd;

typedef struct {
  SoupServer *server;
  SoupServer *other;
  char       *url;
  char       *other_url;
  const Odd  *odd;
  guint       n_strays;   /* requests the other host got */
} Fixture;

static void
answer (SoupServerMessage *message,
        guint              status,
        const char        *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body,
                                    strlen (body));
}

static void
server_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  Fixture *fixture = user_data;

  if (fixture->odd != NULL && g_str_has_prefix (path, fixture->odd->path)) {
    SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

    if (fixture->odd->header != NULL && fixture->odd->status < 300) {
      g_autofree char *link = g_strdup_printf ("<%s%s>; rel=\"next\"", fixture->other_url, path);

      soup_message_headers_append (headers, fixture->odd->header, link);
    } else if (fixture->odd->header != NULL) {
      g_autofree char *place = g_strconcat (fixture->other_url, path, NULL);

      soup_message_headers_append (headers, fixture->odd->header, place);
    }
    answer (message, fixture->odd->status, fixture->odd->body);
  } else if (strcmp (path, "/token") == 0)
    answer (message, 200, "{\"access_token\":\"" TOKEN "\"}");
  else if (strcmp (path, "/introspect") == 0)
    answer (message, 200, "{\"active\":true}");
  else
    answer (message, 200, "[]");
}

static void
other_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  ((Fixture *) user_data)->n_strays++;
  answer (message, 200, "[]");
}

static char *
listen (SoupServer *server)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;
  char *url;

  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  url[strlen (url) - 1] = '\0';
  return url;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->server = soup_server_new (NULL, NULL);
  fixture->other = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, NULL, server_cb, fixture, NULL);
  soup_server_add_handler (fixture->other, NULL, other_cb, fixture, NULL);
  fixture->url = listen (fixture->server);
  fixture->other_url = listen (fixture->other);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_cmpuint (fixture->n_strays, ==, 0);
  soup_server_disconnect (fixture->server);
  soup_server_disconnect (fixture->other);
  g_object_unref (fixture->server);
  g_object_unref (fixture->other);
  g_free (fixture->url);
  g_free (fixture->other_url);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
done_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GAsyncResult **done = user_data;

  *done = g_object_ref (result);
}

static GError *
fail_check (Fixture    *fixture,
            DialApi     api,
            const char *harvest,
            const Odd  *odd)
{
  g_autoptr (DialGreenhouse) greenhouse = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (DialGreenhouseCheck) outcome = NULL;
  GError *error = NULL;

  fixture->odd = odd;
  greenhouse = dial_greenhouse_new (api, harvest, fixture->url,
                                    api == DIAL_API_V3 ? "the-client-id" : NULL, SECRET, &error);
  g_assert_no_error (error);
  dial_greenhouse_check_async (greenhouse, NULL, done_cb, &done);
  while (done == NULL)
    g_main_context_iteration (NULL, TRUE);
  outcome = dial_greenhouse_check_finish (greenhouse, done, &error);
  g_assert_null (outcome);
  g_assert_nonnull (error);
  g_assert_null (strstr (error->message, SECRET));
  g_assert_null (strstr (error->message, TOKEN));
  g_assert_null (strstr (error->message, "the-client-id"));
  return error;
}

/* Each its own sentence. */
static void
test_sentences (Fixture       *fixture,
                gconstpointer  data)
{
  static const char page[] = "<html><title>Hotel</title></html>";
  static const struct {
    Odd         odd;
    int         code;
    const char *says;
  } cases[] = {
    { { "/token", 200, page }, DIAL_GREENHOUSE_ERROR_BAD_ANSWER, "asks you to sign in" },
    { { "/introspect", 200, page }, DIAL_GREENHOUSE_ERROR_BAD_ANSWER, "asks you to sign in" },
    { { "/v3", 200, page }, DIAL_GREENHOUSE_ERROR_BAD_ANSWER, "asks you to sign in" },
    { { "/token", 407, "" }, DIAL_GREENHOUSE_ERROR_NETWORK, "proxy" },
    { { "/v3", 407, "" }, DIAL_GREENHOUSE_ERROR_NETWORK, "proxy" },
    { { "/token", 400, "{\"message\":\"client_id=the-client-id does not contain a valid suffix\"}" },
      DIAL_GREENHOUSE_ERROR_CREDENTIALS, "not a client ID" },
    { { "/token", 401, "{\"error\":\"invalid_client\"}" },
      DIAL_GREENHOUSE_ERROR_CREDENTIALS, "a week at most" },
    { { "/v3", 403, "{\"message\":\"Forbidden\",\"errors\":[\"IP address is not allowed\"]}" },
      DIAL_GREENHOUSE_ERROR_FORBIDDEN, "restricted to IP addresses" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = fail_check (fixture, DIAL_API_V3, fixture->url, &cases[i].odd);

    g_assert_error (error, DIAL_GREENHOUSE_ERROR, cases[i].code);
    g_assert_nonnull (strstr (error->message, cases[i].says));
  }
}

/* Redirects and page links to another host, of every kind of path. */
static void
test_other_hosts (Fixture       *fixture,
                  gconstpointer  data)
{
  static const guint statuses[] = { 200, 302, 307, 308 };
  static const struct {
    DialApi     api;
    const char *path;
  } places[] = {
    { DIAL_API_V3, "/token" },
    { DIAL_API_V3, "/introspect" },
    { DIAL_API_V3, "/v3" },
    { DIAL_API_V1, "/v1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    for (guint k = 0; k < G_N_ELEMENTS (statuses); k++) {
      Odd odd = { places[i].path, statuses[k], "[]", statuses[k] == 200 ? "Link" : "Location" };
      g_autoptr (GError) error = NULL;

      if (statuses[k] == 200 && places[i].path[1] != 'v')
        continue;

      error = fail_check (fixture, places[i].api, fixture->url, &odd);
      g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FOREIGN_HOST);
      g_assert_cmpuint (fixture->n_strays, ==, 0);
    }
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/greenhouse/check/sentences", Fixture, NULL, set_up, test_sentences, tear_down);
  g_test_add ("/greenhouse/check/other-hosts", Fixture, NULL, set_up, test_other_hosts, tear_down);
  return g_test_run ();
}
