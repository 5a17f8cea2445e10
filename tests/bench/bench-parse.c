/* A page of 500 candidates as the sandbox sends it: from bytes to records, telephone numbers
 * normalised, beside the bare reading of the same bytes. */
#include <libsoup/soup.h>
#include <string.h>
#include <time.h>

#include "bare-parse.h"
#include "bench.h"
#include "dial-sandbox.h"
#include "dial-v1-parser-private.h"
#include "dial-v3-parser-private.h"

#define N_ROUNDS 40

static GBytes *
ask (const char *method,
     const char *url,
     const char *user,
     const char *password,
     const char *bearer)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;
  GBytes *body;

  if (bearer != NULL)
    value = g_strconcat ("Bearer ", bearer, NULL);
  else {
    g_autofree char *pair = g_strconcat (user, ":", password, NULL);
    g_autofree char *encoded = g_base64_encode ((const guchar *) pair, strlen (pair));

    value = g_strconcat ("Basic ", encoded, NULL);
  }
  soup_message_headers_append (headers, "Authorization", value);

  if (strcmp (method, "POST") == 0) {
    g_autoptr (GBytes) form = g_bytes_new_static ("grant_type=client_credentials", 29);

    soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded", form);
  }

  BENCH_WAIT (result, soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL,
                                                        bench_keep, &result));
  body = soup_session_send_and_read_finish (session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  return body;
}

static char *
dup_token (DialSandbox *sandbox)
{
  g_autofree char *url = g_strconcat (dial_sandbox_get_auth_url (sandbox), "/token", NULL);
  g_autoptr (GBytes) body = ask ("POST", url, dial_sandbox_get_client_id (sandbox),
                                 dial_sandbox_get_secret (sandbox), NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  char *token = strstr (text, "\"access_token\":\"");

  g_assert_nonnull (token);
  token += strlen ("\"access_token\":\"");
  return g_strndup (token, strcspn (token, "\""));
}

/* In milliseconds of this thread: what else the machine does is left out. */
static double
get_time (void)
{
  struct timespec spent;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &spent);
  return spent.tv_sec * 1e3 + spent.tv_nsec / 1e6;
}

static double
measure_bare (GBytes *page)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  gsize length = g_bytes_get_size (page);
  g_autofree char *text = g_malloc0 (length + bare_parse_padding ());

  memcpy (text, g_bytes_get_data (page, NULL), length);
  for (guint i = 0; i < N_ROUNDS; i++) {
    double began = get_time ();
    double time;

    g_assert_true (bare_parse (text, length));
    time = get_time () - began;
    g_array_append_val (times, time);
  }

  return bench_percentile (times, 0.5);
}

static double
measure (GBytes  *page,
         DialApi  api)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < N_ROUNDS; i++) {
    g_autoptr (DialGreenhousePage) records = NULL;
    g_autoptr (GError) error = NULL;
    double began = get_time ();
    double time;

    records = api == DIAL_API_V1 ? dial_v1_parse (DIAL_RESOURCE_CANDIDATES, page, &error)
                                 : dial_v3_parse_list (DIAL_RESOURCE_CANDIDATES, page, &error);
    time = get_time () - began;
    g_assert_no_error (error);
    g_assert_cmpuint (records->records->len, ==, 500);
    g_array_append_val (times, time);
  }

  return bench_percentile (times, 0.5);
}

static void
print (GBytes     *page,
       DialApi     api,
       const char *figure)
{
  BenchFigure line = {
    .figure = figure,
    .unit = "ms",
    .value = measure (page, api),
    .limit_name = "simdjson alone",
    .limit = measure_bare (page),
  };

  g_printerr ("%s: %" G_GSIZE_FORMAT " bytes\n", figure, g_bytes_get_size (page));
  bench_print (&line);
}

int
main (int    argc,
      char **argv)
{
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;
  g_autoptr (DialSandbox) sandbox = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) v3 = NULL;
  g_autoptr (GBytes) v1 = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  g_autofree char *v3_url = NULL;
  g_autofree char *v1_url = NULL;

  bench_begin (&argc, &argv);
  options.n_candidates = 500;
  options.allowance = 0;
  BENCH_WAIT (result, dial_sandbox_start_async (&options, NULL, bench_keep, &result));
  sandbox = dial_sandbox_start_finish (result, &error);
  g_assert_no_error (error);

  token = dup_token (sandbox);
  v3_url = g_strconcat (dial_sandbox_get_harvest_url (sandbox), "/v3/candidates?per_page=500", NULL);
  v1_url = g_strconcat (dial_sandbox_get_harvest_url (sandbox), "/v1/candidates?per_page=500", NULL);
  v3 = ask ("GET", v3_url, NULL, NULL, token);
  v1 = ask ("GET", v1_url, dial_sandbox_get_api_key (sandbox), "", NULL);
  print (v3, DIAL_API_V3, "page of v3");
  print (v1, DIAL_API_V1, "page of v1");
  dial_sandbox_stop (sandbox);
  return 0;
}
