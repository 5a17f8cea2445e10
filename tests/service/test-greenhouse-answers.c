/* Answers a well-behaved Greenhouse never gives, from a server that says what the test tells it
 * to. */
#include <libsoup/soup.h>
#include <string.h>

#include "dial-greenhouse.h"

typedef struct {
  guint  status;
  char  *body;
  char  *raw;      /* instead: these bytes, then the end of the connection */
  char  *headers;  /* "Name: value\nName: value" */
} Answer;

typedef struct {
  SoupServer     *server;
  char           *url;
  DialGreenhouse *greenhouse;
  GQueue          script;       /* of Answer, for /v3 */
  GQueue          token_script; /* of Answer, for /token */
  GPtrArray      *asked;        /* "GET /v3/users?per_page=500" */
  GPtrArray      *bodies;
  GPtrArray      *bearers;
  guint           n_minted;
  guint           max_minting;
} Fixture;

static void
answer_free (Answer *answer)
{
  g_free (answer->body);
  g_free (answer->raw);
  g_free (answer->headers);
  g_free (answer);
}

static void
say (Fixture    *fixture,
     guint       status,
     const char *body,
     const char *headers)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->status = status;
  answer->body = g_strdup (body);
  answer->headers = g_strdup (headers);
  g_queue_push_tail (&fixture->script, answer);
}

static void
say_raw (Fixture    *fixture,
         const char *raw)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->raw = g_strdup (raw);
  g_queue_push_tail (&fixture->script, answer);
}

static void
say_token (Fixture    *fixture,
           guint       status,
           const char *body,
           const char *headers)
{
  say (fixture, status, body, headers);
  g_queue_push_tail (&fixture->token_script, g_queue_pop_tail (&fixture->script));
}

static void
give (SoupServerMessage *message,
      Answer            *answer)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  if (answer->raw != NULL) {
    g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

    g_output_stream_write_all (g_io_stream_get_output_stream (stream), answer->raw,
                               strlen (answer->raw), NULL, NULL, NULL);
    g_io_stream_close (stream, NULL, NULL);
    return;
  }

  if (answer->headers != NULL) {
    g_auto (GStrv) lines = g_strsplit (answer->headers, "\n", -1);

    for (guint i = 0; lines[i] != NULL; i++) {
      g_auto (GStrv) pair = g_strsplit (lines[i], ": ", 2);

      soup_message_headers_append (headers, pair[0], pair[1]);
    }
  }

  soup_server_message_set_status (message, answer->status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY,
                                    answer->body, strlen (answer->body));
}

static void
token_cb (SoupServer        *server,
          SoupServerMessage *message,
          const char        *path,
          GHashTable        *query,
          gpointer           user_data)
{
  Fixture *fixture = user_data;
  Answer *answer = g_queue_pop_head (&fixture->token_script);
  g_autofree char *body = NULL;

  fixture->n_minted++;
  if (answer != NULL) {
    give (message, answer);
    answer_free (answer);
    return;
  }

  body = g_strdup_printf ("{\"token_type\":\"Bearer\",\"access_token\":\"token-%u\"}",
                          fixture->n_minted);
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body, strlen
                                      (body));
}

static void
api_cb (SoupServer        *server,
        SoupServerMessage *message,
        const char        *path,
        GHashTable        *query,
        gpointer           user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  Answer *answer = g_queue_pop_head (&fixture->script);
  GUri *uri = soup_server_message_get_uri (message);
  const char *asked = g_uri_get_query (uri);

  g_ptr_array_add (fixture->asked, g_strconcat (soup_server_message_get_method (message), " ", path,
                                                asked != NULL ? "?" : NULL, asked, NULL));
  g_ptr_array_add (fixture->bodies, g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body)));
  g_ptr_array_add (fixture->bearers,
                   g_strdup (soup_message_headers_get_one (
                               soup_server_message_get_request_headers (message), "Authorization")));

  g_assert_nonnull (answer);
  give (message, answer);
  answer_free (answer);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, "/token", token_cb, fixture, NULL);
  soup_server_add_handler (fixture->server, "/v3", api_cb, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (fixture->server);
  fixture->url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  g_queue_init (&fixture->script);
  g_queue_init (&fixture->token_script);
  fixture->asked = g_ptr_array_new_with_free_func (g_free);
  fixture->bodies = g_ptr_array_new_with_free_func (g_free);
  fixture->bearers = g_ptr_array_new_with_free_func (g_free);
  fixture->greenhouse = dial_greenhouse_new (DIAL_API_V3, fixture->url, fixture->url,
                                             "the-client-id", "the-secret", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_true (g_queue_is_empty (&fixture->script));
  g_assert_true (g_queue_is_empty (&fixture->token_script));
  g_assert_finalize_object (fixture->greenhouse);
  soup_server_disconnect (fixture->server);
  g_object_unref (fixture->server);
  g_ptr_array_unref (fixture->asked);
  g_ptr_array_unref (fixture->bodies);
  g_ptr_array_unref (fixture->bearers);
  g_free (fixture->url);
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

static GAsyncResult *
wait_for (GAsyncResult **done)
{
  while (*done == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *done;
}

static DialGreenhousePage *
list (Fixture       *fixture,
      DialResource   resource,
      gint64         since,
      GError       **error)
{
  DialStretch stretch = { .resource = resource, .updated_since = since };
  g_autoptr (GAsyncResult) done = NULL;

  dial_greenhouse_list_async (fixture->greenhouse, &stretch, DIAL_URGENCY_NOW, NULL, done_cb,
                              &done);
  return dial_greenhouse_list_finish (fixture->greenhouse, wait_for (&done), error);
}

static DialNote *
post (Fixture  *fixture,
      GError  **error)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (DialNote) note = dial_note_new (0);

  note->candidate_id = 6409000001;
  note->user_id = 5400012002;
  note->visibility = DIAL_VISIBILITY_PRIVATE;
  dial_set_str (&note->body, "Spoke by phone.\nFree from 5 January.");
  dial_greenhouse_create_note_async (fixture->greenhouse, note, NULL, done_cb, &done);
  return dial_greenhouse_create_note_finish (fixture->greenhouse, wait_for (&done), error);
}

static const DialStretch jobs = { .resource = DIAL_RESOURCE_JOBS };
static const DialStretch users = { .resource = DIAL_RESOURCE_USERS };

#define assert_asked(fixture, i, what) \
  g_assert_cmpstr (g_ptr_array_index ((fixture)->asked, i), ==, what)

/* Nobody's secrets and nobody's data stand in an error. */
static void
assert_discreet (const GError *error)
{
  g_assert_null (strstr (error->message, "the-client-id"));
  g_assert_null (strstr (error->message, "the-secret"));
  g_assert_null (strstr (error->message, "token-"));
  g_assert_null (strstr (error->message, "Spoke by phone"));
  g_assert_null (strstr (error->message, "January"));
}

static void
test_half_a_body (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DialGreenhousePage) page = NULL;

  say_raw (fixture, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{\"id\":1");
  say (fixture, 200, "[{\"id\":7}]", NULL);
  page = list (fixture, DIAL_RESOURCE_CANDIDATES, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->records->len, ==, 1);
  g_clear_pointer (&page, dial_greenhouse_page_free);

  say_raw (fixture, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{\"id\":1");
  say_raw (fixture, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{\"id\":1");
  page = list (fixture, DIAL_RESOURCE_CANDIDATES, 0, &error);
  g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_BAD_ANSWER);
  g_assert_null (page);
}

static void
test_not_json (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  DialGreenhousePage *page;

  say (fixture, 200, "<html>Welcome to the hotel</html>", NULL);
  say (fixture, 200, "{\"candidates\":[]}", "X-Request-Id: req-42");
  page = list (fixture, DIAL_RESOURCE_CANDIDATES, 0, &error);
  g_assert_null (page);
  g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_BAD_ANSWER);
  g_assert_nonnull (strstr (error->message, "req-42"));
}

static void
test_trouble_passes (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DialGreenhousePage) page = NULL;

  say (fixture, 502, "<html>Bad gateway</html>", NULL);
  say_raw (fixture, "");
  say (fixture, 503, "", NULL);
  say (fixture, 200, "[]", "Link: ");
  page = list (fixture, DIAL_RESOURCE_USERS, 0, &error);
  g_assert_no_error (error);
  g_assert_null (page->next);
  g_assert_cmpuint (fixture->asked->len, ==, 4);
}

static void
test_trouble_stays (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 4; i++)
    say (fixture, 500, "", "X-Request-Id: abc");
  g_assert_null (list (fixture, DIAL_RESOURCE_USERS, 0, &error));
  g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_UNAVAILABLE);
  g_assert_nonnull (strstr (error->message, "(request abc)"));
}

static void
test_foreign_places (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) done = NULL;

  say (fixture, 302, "", "Location: https://evil.example.com/v3/users");
  g_assert_null (list (fixture, DIAL_RESOURCE_USERS, 0, &error));
  g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FOREIGN_HOST);
  g_clear_error (&error);

  say (fixture, 200, "[]", "Link: <https://evil.example.com/v3/users?cursor=1>; rel=\"next\"");
  g_assert_null (list (fixture, DIAL_RESOURCE_USERS, 0, &error));
  g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FOREIGN_HOST);
  g_clear_error (&error);

  dial_greenhouse_list_next_async (fixture->greenhouse, &users,
                                   "https://evil.example.com/v3/users?cursor=1", DIAL_URGENCY_NOW,
                                   NULL, done_cb, &done);
  g_assert_null (dial_greenhouse_list_finish (fixture->greenhouse, wait_for (&done), &error));
  g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FOREIGN_HOST);
}

static void
test_old_dates (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DialGreenhousePage) page = NULL;
  gint64 since = dial_instant_parse ("2026-11-01T00:00:00Z");

  say (fixture, 422, "{\"message\":\"Unprocessable Content\",\"errors\":[\"updated_at\"]}", NULL);
  say (fixture, 200, "[]", NULL);
  page = list (fixture, DIAL_RESOURCE_JOBS, since, &error);
  g_assert_no_error (error);
  assert_asked (fixture, 0, "GET /v3/jobs?per_page=500&updated_at=gte%7C2026-11-01T00:00:00.000Z");
  assert_asked (fixture, 1, "GET "
                "/v3/jobs?per_page=500&updated_at%5Bgte%5D=2026-11-01T00:00:00.000Z");
}

static DialGreenhousePage *
list_stretch (Fixture           *fixture,
              const DialStretch *stretch)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;
  DialGreenhousePage *page;

  dial_greenhouse_list_async (fixture->greenhouse, stretch, DIAL_URGENCY_SYNC, NULL, done_cb,
                              &done);
  page = dial_greenhouse_list_finish (fixture->greenhouse, wait_for (&done), &error);
  g_assert_no_error (error);
  return page;
}

/* Both ends of a stretch, in both forms; and the form that was taken once is kept. */
static void
test_stretch (Fixture       *fixture,
              gconstpointer  data)
{
  DialStretch stretch = {
    .resource = DIAL_RESOURCE_CANDIDATES,
    .created_from = dial_instant_parse ("2026-10-01T08:30:00.25Z"),
    .created_until = dial_instant_parse ("2026-11-01T00:00:00Z"),
    .ids_only = TRUE,
  };
  g_autoptr (DialGreenhousePage) page = NULL;
  g_autoptr (DialGreenhousePage) older = NULL;
  g_autoptr (DialGreenhousePage) newer = NULL;

  say (fixture, 422, "{\"message\":\"Unprocessable Content\",\"errors\":[\"created_at\"]}", NULL);
  say (fixture, 200, "[{\"id\":6409000002,\"created_at\":\"2026-10-20T00:00:00.000Z\"},"
       "{\"id\":\"17\",\"created_at\":\"2026-10-02T00:00:00.000Z\"},{\"x\":1}]", NULL);
  page = list_stretch (fixture, &stretch);
  g_assert_cmpuint (page->records->len, ==, 0);
  g_assert_cmpuint (page->ids->len, ==, 2);
  g_assert_cmpint (g_array_index (page->ids, gint64, 0), ==, 6409000002);
  g_assert_cmpint (g_array_index (page->ids, gint64, 1), ==, 17);
  g_assert_cmpuint (page->skipped, ==, 1);
  g_assert_cmpint (page->oldest, ==, dial_instant_parse ("2026-10-02T00:00:00Z"));
  g_assert_cmpint (page->created_at, ==, dial_instant_parse ("2026-10-20T00:00:00Z"));

  say (fixture, 200, "[]", NULL);
  older = list_stretch (fixture, &(DialStretch) { .created_until = stretch.created_from });
  g_assert_null (older->ids);

  say (fixture, 200, "[]", NULL);
  newer = list_stretch (fixture, &(DialStretch) { .created_from = stretch.created_until });

  assert_asked (fixture, 0, "GET /v3/candidates?per_page=500&fields=id,created_at&created_at="
                "gte%7C2026-10-01T08:30:00.250Z%7Clt%7C2026-11-01T00:00:00.000Z");
  assert_asked (fixture, 1, "GET /v3/candidates?per_page=500&fields=id,created_at&"
                "created_at%5Bgte%5D=2026-10-01T08:30:00.250Z&"
                "created_at%5Blt%5D=2026-11-01T00:00:00.000Z");
  assert_asked (fixture, 2, "GET /v3/candidates?per_page=500&"
                "created_at%5Blt%5D=2026-10-01T08:30:00.250Z");
  assert_asked (fixture, 3, "GET /v3/candidates?per_page=500&"
                "created_at%5Bgte%5D=2026-11-01T00:00:00.000Z");
}

static void
test_new_token_once (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DialGreenhousePage) page = NULL;

  say (fixture, 401, "{\"message\":\"Unauthorized\"}", NULL);
  say (fixture, 200, "[]", NULL);
  page = list (fixture, DIAL_RESOURCE_JOBS, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_ptr_array_index (fixture->bearers, 0), ==, "Bearer token-1");
  g_assert_cmpstr (g_ptr_array_index (fixture->bearers, 1), ==, "Bearer token-2");

  say (fixture, 401, "", NULL);
  say (fixture, 401, "", NULL);
  g_assert_null (list (fixture, DIAL_RESOURCE_JOBS, 0, &error));
  g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_CREDENTIALS);
  g_assert_cmpuint (fixture->n_minted, ==, 3);
}

static void
test_credentials (Fixture       *fixture,
                  gconstpointer  data)
{
  static const struct {
    guint       status;
    const char *body;
    int         code;
  } cases[] = {
    { 400, "{\"message\":\"client_id=the-client-id does not contain a valid client ID suffix\"}",
      DIAL_GREENHOUSE_ERROR_CREDENTIALS },
    { 401, "{\"error\":\"invalid_client\"}", DIAL_GREENHOUSE_ERROR_CREDENTIALS },
    { 403, "", DIAL_GREENHOUSE_ERROR_FORBIDDEN },
    { 404, "nothing here", DIAL_GREENHOUSE_ERROR_INVALID },
    { 200, "<!doctype html><title>Hotel</title>", DIAL_GREENHOUSE_ERROR_BAD_ANSWER },
    { 200, "{\"access_token\":\"two words\"}", DIAL_GREENHOUSE_ERROR_BAD_ANSWER },
    { 200, "{\"access_token\":null}", DIAL_GREENHOUSE_ERROR_BAD_ANSWER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    say_token (fixture, cases[i].status, cases[i].body, NULL);
    g_assert_null (list (fixture, DIAL_RESOURCE_JOBS, 0, &error));
    g_assert_error (error, DIAL_GREENHOUSE_ERROR, cases[i].code);
    assert_discreet (error);
  }
  g_assert_cmpuint (fixture->asked->len, ==, 0);
}

/* A fleet that begins at once asks for more tokens than are given in a minute. */
static void
test_token_refused (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (DialGreenhousePage) page = NULL;
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  say_token (fixture, 429, "Retry later", "Retry-After: 0");
  say_token (fixture, 429, "Retry later", "Retry-After: 0");
  say (fixture, 200, "[]", NULL);
  page = list (fixture, DIAL_RESOURCE_JOBS, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->n_minted, ==, 3);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 2 * G_USEC_PER_SEC);
  g_assert_cmpuint (dial_greenhouse_get_n_requests (fixture->greenhouse), ==, 1);
}

static void
test_one_mint (Fixture       *fixture,
               gconstpointer  data)
{
  GAsyncResult *done[5] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (done); i++) {
    say (fixture, 200, "[]", NULL);
    dial_greenhouse_list_async (fixture->greenhouse, &jobs, DIAL_URGENCY_NOW, NULL,
                                done_cb, &done[i]);
  }

  for (guint i = 0; i < G_N_ELEMENTS (done); i++) {
    g_autoptr (GError) error = NULL;

    dial_greenhouse_page_free (dial_greenhouse_list_finish (fixture->greenhouse, wait_for (&done[i]),
                                                            &error));
    g_assert_no_error (error);
    g_object_unref (done[i]);
  }
  g_assert_cmpuint (fixture->n_minted, ==, 1);
}

static void
test_note_written (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DialNote) note = NULL;

  say (fixture, 401, "", NULL);
  say (fixture, 429, "Retry later", "Retry-After: 0");
  say (fixture, 201,
       "{\"id\":8800004410,\"candidate_id\":6409000001,\"visibility\":\"privately_visible\",\"body\":\"x\"}",
       NULL);
  note = post (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpint (note->id, ==, 8800004410);
  g_assert_cmpint (note->visibility, ==, DIAL_VISIBILITY_PRIVATE);
  assert_asked (fixture, 2, "POST /v3/notes");
  g_assert_cmpstr (g_ptr_array_index (fixture->bodies, 2), ==,
                   "{\"candidate_id\":6409000001,\"note_type\":\"NOTE\",\"visibility\":\"private\","
                   "\"body\":\"Spoke by phone.\\nFree from 5 January.\",\"user_id\":5400012002}");
  g_assert_cmpuint (dial_greenhouse_get_n_refused (fixture->greenhouse), ==, 1);
}

/* Whatever happens after the note may have been written, it goes out once. */
static void
test_note_unclear (Fixture       *fixture,
                   gconstpointer  data)
{
  static const struct {
    guint       status;
    const char *body;
    const char *headers;
    const char *raw;
  } cases[] = {
    { 500, "", NULL, NULL },
    { 502, "<html>", NULL, NULL },
    { 503, "", "Retry-After: 1", NULL },
    { 302, "", "Location: /v3/elsewhere", NULL },
    { 201, "", NULL, NULL },
    { 201, "<html>", NULL, NULL },
    { 201, "{\"message\":\"queued\"}", NULL, NULL },
    { 0, NULL, NULL, "" },
    { 0, NULL, NULL, "HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"id\":1" },
    { 0, NULL, NULL, "garbage" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    if (cases[i].raw != NULL)
      say_raw (fixture, cases[i].raw);
    else
      say (fixture, cases[i].status, cases[i].body, cases[i].headers);
    g_assert_null (post (fixture, &error));
    g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_UNCLEAR);
    assert_discreet (error);
  }
  g_assert_cmpuint (fixture->asked->len, ==, G_N_ELEMENTS (cases));
}

static void
test_note_refused (Fixture       *fixture,
                   gconstpointer  data)
{
  static const struct {
    guint       status;
    const char *body;
    int         code;
    const char *words;
  } cases[] = {
    { 403, "", DIAL_GREENHOUSE_ERROR_FORBIDDEN, "“Create notes” (harvest:notes:create)" },
    { 404, "{\"message\":\"Resource not found\",\"errors\":\"Application not found\"}",
      DIAL_GREENHOUSE_ERROR_INVALID, "Application not found" },
    { 422, "{\"message\":\"Unprocessable Content\",\"errors\":[{\"visibility\":\"is not "
      "included\"}]}",
      DIAL_GREENHOUSE_ERROR_INVALID, "visibility: is not included" },
    { 422, "{\"errors\":[{\"message\":\"Missing required field\",\"field\":\"body\"}]}",
      DIAL_GREENHOUSE_ERROR_INVALID, "Missing required field, body" },
    { 422, "{\"errors\":[\"too long: Spoke by phone. Free from 5 January.\"]}",
      DIAL_GREENHOUSE_ERROR_INVALID, "422" },
    { 400, "no json", DIAL_GREENHOUSE_ERROR_INVALID, "400" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    say (fixture, cases[i].status, cases[i].body, NULL);
    g_assert_null (post (fixture, &error));
    g_assert_error (error, DIAL_GREENHOUSE_ERROR, cases[i].code);
    g_assert_nonnull (strstr (error->message, cases[i].words));
    assert_discreet (error);
  }
  g_assert_cmpuint (fixture->asked->len, ==, G_N_ELEMENTS (cases));
}

static void
test_nobody_there (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autofree char *url = NULL;
  Fixture fixture = { NULL };
  GSList *uris;

  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  uris = soup_server_get_uris (server);
  url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  soup_server_disconnect (server);

  fixture.greenhouse = dial_greenhouse_new (DIAL_API_V3, url, url, "the-client-id", "the-secret",
                                            &error);
  g_assert_null (post (&fixture, &error));
  g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_NETWORK);
  g_assert_nonnull (strstr (error->message, "127.0.0.1"));
  g_assert_finalize_object (fixture.greenhouse);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GAsyncResult) other = NULL;
  g_autoptr (DialGreenhousePage) page = NULL;

  /* While it waits for its turn behind a refusal. */
  say (fixture, 429, "", "Retry-After: 1");
  dial_greenhouse_list_async (fixture->greenhouse, &jobs, DIAL_URGENCY_NOW, NULL,
                              done_cb, &other);
  while (dial_greenhouse_get_n_refused (fixture->greenhouse) == 0)
    g_main_context_iteration (NULL, TRUE);

  dial_greenhouse_list_async (fixture->greenhouse, &jobs, DIAL_URGENCY_NOW,
                              cancellable, done_cb, &done);
  g_cancellable_cancel (cancellable);
  g_assert_null (dial_greenhouse_list_finish (fixture->greenhouse, wait_for (&done), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  say (fixture, 200, "[]", NULL);
  page = dial_greenhouse_list_finish (fixture->greenhouse, wait_for (&other), &error);
  g_assert_no_error (error);
}

#define add(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/greenhouse/answers/half-a-body", test_half_a_body);
  add ("/greenhouse/answers/not-json", test_not_json);
  add ("/greenhouse/answers/trouble-passes", test_trouble_passes);
  add ("/greenhouse/answers/trouble-stays", test_trouble_stays);
  add ("/greenhouse/answers/foreign-places", test_foreign_places);
  add ("/greenhouse/answers/old-dates", test_old_dates);
  add ("/greenhouse/answers/stretch", test_stretch);
  add ("/greenhouse/answers/new-token-once", test_new_token_once);
  add ("/greenhouse/answers/credentials", test_credentials);
  add ("/greenhouse/answers/token-refused", test_token_refused);
  add ("/greenhouse/answers/one-mint", test_one_mint);
  add ("/greenhouse/answers/note-written", test_note_written);
  add ("/greenhouse/answers/note-unclear", test_note_unclear);
  add ("/greenhouse/answers/note-refused", test_note_refused);
  add ("/greenhouse/answers/cancel", test_cancel);
  g_test_add_func ("/greenhouse/answers/nobody-there", test_nobody_there);

  return g_test_run ();
}
