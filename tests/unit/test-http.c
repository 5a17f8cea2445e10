#include "dial-http.h"

#include <string.h>
#include <sys/socket.h>

/* What becomes of requests and of connections, against a server that behaves as each request asks it to. */

#define KEEP          1        /* seconds */
#define SIDE_BY_SIDE  24
#define ROUGH         600      /* requests */

typedef struct {
  GSocketService *service;
  char           *url;
  int             n_opened;    /* connections, changed in any thread */
  int             n_open;

  DialHttp       *http;
  guint           n_under_way;
  guint           n_answered;
  guint           n_failed;
  gint64          answered_at;
} Fixture;

static gboolean
say (GSocketConnection *connection,
     const char        *text)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), text, strlen (text),
                                    NULL, NULL, NULL);
}

/* So that the other end hears of a reset, not of an end. */
static void
reset (GSocketConnection *connection)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  setsockopt (g_socket_get_fd (g_socket_connection_get_socket (connection)), SOL_SOCKET, SO_LINGER, &linger,
              sizeof linger);
}

static gboolean
asks (const char *request,
      const char *how)
{
  return strstr (request, how) != NULL;
}

/* Returns: whether the connection goes on */
static gboolean
answer (GSocketConnection *connection,
        const char        *request)
{
  if (asks (request, "/silent"))
    return TRUE;
  if (asks (request, "/gone"))
    return FALSE;
  if (asks (request, "/reset")) {
    reset (connection);
    return FALSE;
  }
  if (asks (request, "/half-head"))
    return say (connection, "HTTP/1.1 200 OK\r\nContent-Le") && FALSE;
  if (asks (request, "/half-body"))
    return say (connection, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"a\":") && FALSE;
  if (asks (request, "/pieces"))
    return say (connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n") &&
           say (connection, "1\r\n}\r\n0\r\n\r\n");

  if (!say (connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"))
    return FALSE;

  if (asks (request, "/fine-then-reset"))
    reset (connection);
  return !asks (request, "/fine-then");
}

static gboolean
on_run (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source,
        Fixture                *fixture)
{
  g_autoptr (GDataInputStream) lines =
    g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_autofree char *request = NULL;

  g_atomic_int_inc (&fixture->n_opened);
  g_atomic_int_inc (&fixture->n_open);
  g_data_input_stream_set_newline_type (lines, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);

  while (TRUE) {
    g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);

    if (line == NULL)
      break;
    if (request == NULL) {
      request = g_steal_pointer (&line);
    } else if (*line == '\0') {
      if (!answer (connection, request))
        break;
      g_clear_pointer (&request, g_free);
    }
  }

  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  g_atomic_int_add (&fixture->n_open, -1);
  g_main_context_wakeup (NULL);
  return TRUE;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  guint16 port;

  fixture->service = g_threaded_socket_service_new (100);
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (fixture->service), 100);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (fixture->service), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (fixture->service, "run", G_CALLBACK (on_run), fixture);
  fixture->url = g_strdup_printf ("http://127.0.0.1:%d", port);

  fixture->http = dial_http_new ();
  dial_http_set_keep (fixture->http, KEEP);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->http);
  while (g_atomic_int_get (&fixture->n_open) > 0)
    g_main_context_iteration (NULL, TRUE);

  g_signal_handlers_disconnect_by_data (fixture->service, fixture);
  g_socket_service_stop (fixture->service);
  g_clear_object (&fixture->service);
  g_free (fixture->url);
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialReply) reply = dial_http_send_finish (DIAL_HTTP (source), result, NULL, &error);

  fixture->n_under_way--;
  if (reply != NULL) {
    g_assert_cmpuint (reply->status, ==, 200);
    g_assert_cmpmem (g_bytes_get_data (reply->body, NULL), g_bytes_get_size (reply->body), "{}", 2);
    fixture->n_answered++;
    fixture->answered_at = g_get_monotonic_time ();
  } else {
    g_assert_nonnull (error);
    fixture->n_failed++;
  }
}

static void
ask (Fixture      *fixture,
     DialHttp     *http,
     const char   *method,
     const char   *how,
     GCancellable *cancellable)
{
  g_autofree char *url = g_strconcat (fixture->url, how, NULL);
  const DialHttpRequest request = { .method = method, .url = url, .authorization = "Basic eDp5" };

  fixture->n_under_way++;
  dial_http_send_async (http, &request, cancellable, on_sent, fixture);
}

static void
wait_for_all (Fixture *fixture)
{
  while (fixture->n_under_way > 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_kept (Fixture       *fixture,
           gconstpointer  data)
{
  for (guint i = 0; i < 3; i++) {
    ask (fixture, fixture->http, "GET", "/fine", NULL);
    wait_for_all (fixture);
  }
  g_assert_cmpuint (fixture->n_answered, ==, 3);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_opened), ==, 1);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_open), ==, 1);

  /* And in the end let go. */
  while (g_atomic_int_get (&fixture->n_open) > 0)
    g_main_context_iteration (NULL, TRUE);

  ask (fixture, fixture->http, "GET", "/fine", NULL);
  wait_for_all (fixture);
  g_assert_cmpuint (fixture->n_answered, ==, 4);
  g_assert_cmpint (g_atomic_int_get (&fixture->n_opened), ==, 2);
}

static gboolean
on_almost_let_go (gpointer user_data)
{
  DialHttp **carriers = user_data;
  Fixture *fixture = g_object_get_data (G_OBJECT (carriers[0]), "fixture");

  for (guint i = 0; i < SIDE_BY_SIDE; i++)
    ask (fixture, carriers[i], "GET", "/fine", NULL);

  /* The loop is busy with something else, as a window is that draws, until the time of the connections is up. */
  while (g_get_monotonic_time () < fixture->answered_at + KEEP * G_USEC_PER_SEC + 100000)
    g_usleep (10000);

  return G_SOURCE_REMOVE;
}

/* The time of an unused connection is up in the very turn in which it is used again. */
static void
test_let_go_as_asked (Fixture       *fixture,
                      gconstpointer  data)
{
  DialHttp *carriers[SIDE_BY_SIDE];

  for (guint i = 0; i < SIDE_BY_SIDE; i++) {
    carriers[i] = dial_http_new ();
    dial_http_set_keep (carriers[i], KEEP);
    ask (fixture, carriers[i], "GET", "/fine", NULL);
  }
  wait_for_all (fixture);
  g_assert_cmpuint (fixture->n_answered, ==, SIDE_BY_SIDE);

  g_object_set_data (G_OBJECT (carriers[0]), "fixture", fixture);
  g_timeout_add (KEEP * 1000 * 9 / 10, on_almost_let_go, carriers);
  while (fixture->n_answered < 2 * SIDE_BY_SIDE)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->n_failed, ==, 0);

  for (guint i = 0; i < SIDE_BY_SIDE; i++)
    g_object_unref (carriers[i]);
}

static gboolean
on_enough (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
ask_roughly (Fixture *fixture)
{
  static const char *const ways[] = {
    "/fine", "/fine", "/fine", "/fine-then-gone", "/fine-then-reset", "/pieces", "/gone", "/reset", "/half-head",
    "/half-body", "/silent",
  };
  const char *way = ways[g_test_rand_int_range (0, G_N_ELEMENTS (ways))];
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  ask (fixture, fixture->http, g_test_rand_int_range (0, 4) > 0 ? "GET" : "POST", way, cancellable);

  /* Somebody thinks better of it, at once or in the middle. */
  if (strcmp (way, "/silent") == 0 || g_test_rand_int_range (0, 3) == 0)
    g_timeout_add_full (G_PRIORITY_DEFAULT, (guint) g_test_rand_int_range (0, 15), on_enough,
                        g_steal_pointer (&cancellable), g_object_unref);
}

/* Whatever the other end does and whenever somebody thinks better of it: each request ends, once. */
static void
test_rough (Fixture       *fixture,
            gconstpointer  data)
{
  guint n_asked = 0;

  while (n_asked < ROUGH || fixture->n_under_way > 0) {
    while (n_asked < ROUGH && fixture->n_under_way < SIDE_BY_SIDE + 4) {
      ask_roughly (fixture);
      n_asked++;
    }
    g_main_context_iteration (NULL, TRUE);
  }

  g_assert_cmpuint (fixture->n_answered + fixture->n_failed, ==, ROUGH);
  g_assert_cmpuint (fixture->n_answered, >, ROUGH / 10);
  g_assert_cmpuint (fixture->n_failed, >, ROUGH / 10);

  ask (fixture, fixture->http, "GET", "/fine", NULL);
  fixture->n_failed = 0;
  wait_for_all (fixture);
  g_assert_cmpuint (fixture->n_failed, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/http/connections/kept", Fixture, NULL, set_up, test_kept, tear_down);
  g_test_add ("/http/connections/let-go-as-asked", Fixture, NULL, set_up, test_let_go_as_asked, tear_down);
  g_test_add ("/http/rough", Fixture, NULL, set_up, test_rough, tear_down);

  return g_test_run ();
}
