/* floor HARVEST-URL FILE < TOKEN: the least a first sync can cost. One connection, one page after the other, a fast
 * parser, libphonenumber for every number, and the program's own tables and indexes; but no objects, no threads, no
 * second thoughts: nothing is looked up that may be there already, nothing waits, nothing is told to anybody.
 * The last line of output says how many candidates and requests it took. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <glib.h>

#include "floor.h"

static int connection;
static char *token;
static char *buffer;
static size_t buffer_size, body_at, body_length;
static char next_path[4096];
static guint n_requests;

static void
fail (const char *what)
{
  fprintf (stderr, "floor: %s\n", what);
  exit (1);
}

/* Download */

static void
connect_to (const char *url)
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  unsigned port;

  if (sscanf (url, "http://127.0.0.1:%u", &port) != 1)
    fail ("only a sandbox on 127.0.0.1 will do");

  address.sin_port = htons ((guint16) port);
  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  connection = socket (AF_INET, SOCK_STREAM, 0);
  if (connect (connection, (struct sockaddr *) &address, sizeof address) != 0)
    fail ("no sandbox there");
}

static size_t
receive (size_t have)
{
  ssize_t got;

  if (buffer_size < have + 65536 + FLOOR_PADDING) {
    buffer_size = 2 * (have + 65536 + FLOOR_PADDING);
    buffer = realloc (buffer, buffer_size);
  }
  got = read (connection, buffer + have, buffer_size - have - FLOOR_PADDING - 1);
  if (got <= 0)
    fail ("the connection broke");
  buffer[have + (size_t) got] = '\0';
  return have + (size_t) got;
}

/* The path of the next page, from the header Link; "" at the end. */
static void
find_next (const char *headers)
{
  const char *link = strcasestr (headers, "\nlink: <http://127.0.0.1:");
  const char *start = link != NULL ? strchr (link + 25, '/') : NULL;
  const char *end = start != NULL ? strchr (start, '>') : NULL;

  next_path[0] = '\0';
  if (end != NULL)
    snprintf (next_path, sizeof next_path, "%.*s", (int) (end - start), start);
}

static void
get (const char *path)
{
  g_autofree char *request = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n\r\n",
                                              path, token);
  size_t have = 0;
  const char *end, *length;

  if (write (connection, request, strlen (request)) < 0)
    fail ("the connection broke");
  do {
    have = receive (have);
    end = strstr (buffer, "\r\n\r\n");
  } while (end == NULL);

  if (strncmp (buffer, "HTTP/1.1 200", 12) != 0)
    fail ("the sandbox refused");
  body_at = (size_t) (end - buffer) + 4;
  buffer[body_at - 1] = '\0';
  length = strcasestr (buffer, "\ncontent-length: ");
  body_length = strtoul (length + 17, NULL, 10);
  find_next (buffer);
  while (have < body_at + body_length)
    have = receive (have);
  n_requests++;
}

/* A transaction a page: wherever it is cut short, it could go on. */
static void
walk (const char *list,
      void      (*save) (const char *json,
                         size_t      length))
{
  g_autofree char *first = g_strdup_printf ("/v3/%s?per_page=500", list);

  g_strlcpy (next_path, first, sizeof next_path);
  while (next_path[0] != '\0') {
    g_autofree char *path = g_strdup (next_path);

    get (path);
    floor_begin ();
    save (buffer + body_at, body_length);
    floor_commit (next_path[0] == '\0');
  }
}

int
main (int    argc,
      char **argv)
{
  static char line[4096];

  if (argc != 3 || fgets (line, sizeof line, stdin) == NULL)
    fail ("usage: floor HARVEST-URL FILE < TOKEN");

  token = g_strstrip (line);
  connect_to (argv[1]);
  floor_open (argv[2]);

  walk ("users", floor_save_users);
  walk ("jobs", floor_save_jobs);
  walk ("job_interview_stages", floor_save_stages);
  /* Before the candidates, who then come into the index with their jobs at once. */
  walk ("applications", floor_save_applications);
  walk ("candidates", floor_save_candidates);
  floor_close ();

  printf ("{\"candidates\": %" G_GINT64_FORMAT ", \"requests\": %u}\n", floor_get_n_candidates (), n_requests);
  return 0;
}
