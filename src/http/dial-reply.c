#include "dial-reply-private.h"

#include <string.h>

/* No count and no instant in seconds is larger. */
#define MAX_NUMBER  G_GINT64_CONSTANT (4000000000)

void
dial_reply_free (DialReply *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_free (self->request_id);
  g_free (self->location);
  g_free (self);
}

static gint64
read_number (SoupMessageHeaders *headers,
             const char         *name)
{
  const char *text = soup_message_headers_get_one (headers, name);
  gint64 number;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 0, MAX_NUMBER, &number, NULL))
    return -1;

  return number;
}

static gint64
read_date (SoupMessageHeaders *headers,
           const char         *name)
{
  const char *text = soup_message_headers_get_one (headers, name);
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) * G_USEC_PER_SEC : DIAL_INSTANT_UNKNOWN;
}

/* Seconds, or a date. One second is added: both are rounded. */
static gint64
read_retry_after (SoupMessageHeaders *headers,
                  gint64              date)
{
  gint64 seconds = read_number (headers, "Retry-After");
  gint64 until;

  if (seconds >= 0)
    return (MIN (seconds, G_MAXINT32) + 1) * G_USEC_PER_SEC;

  until = read_date (headers, "Retry-After");
  if (until == DIAL_INSTANT_UNKNOWN)
    return -1;

  if (date == DIAL_INSTANT_UNKNOWN)
    date = g_get_real_time ();

  return MAX (until - date, 0) + G_USEC_PER_SEC;
}

/* It is shown to people, so it had better look like one. */
static char *
read_request_id (SoupMessageHeaders *headers)
{
  const char *text = soup_message_headers_get_one (headers, "X-Request-Id");

  if (text == NULL || *text == '\0' || strlen (text) > 100 ||
      text[strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._:-")] != '\0')
    return NULL;

  return g_strdup (text);
}

/**
 * dial_reply_new:
 * @message: a message whose answer is in
 * @body: (transfer full): the whole body
 *
 * Returns: (transfer full): the answer
 */
DialReply *
dial_reply_new (SoupMessage *message,
                GBytes      *body)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  DialReply *self = g_new0 (DialReply, 1);

  self->status = soup_message_get_status (message);
  self->body = body;
  self->headers = soup_message_headers_ref (headers);
  self->request_id = read_request_id (headers);
  self->location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  self->date = read_date (headers, "Date");
  self->retry_after = read_retry_after (headers, self->date);
  return self;
}

/**
 * dial_reply_get_header:
 * @self: an answer
 * @name: a header
 *
 * Returns: (nullable): what it says, all of it if it came several times
 */
const char *
dial_reply_get_header (const DialReply *self,
                       const char      *name)
{
  return soup_message_headers_get_list (self->headers, name);
}

/**
 * dial_reply_get_number:
 * @self: an answer
 * @name: a header
 *
 * Returns: the number it holds, a count or an instant in seconds; -1 if it holds none
 */
gint64
dial_reply_get_number (const DialReply *self,
                       const char      *name)
{
  return read_number (self->headers, name);
}

/**
 * dial_reply_get_until:
 * @self: an answer
 * @name: a header that names an instant in whole seconds by the service's clock, or, where it is
 *   small, seconds from now
 *
 * Returns: how long it is until then in microseconds, rounded up; -1 if it does not say
 */
gint64
dial_reply_get_until (const DialReply *self,
                      const char      *name)
{
  gint64 until = read_number (self->headers, name);

  if (until < 0)
    return -1;

  until *= G_USEC_PER_SEC;
  if (until > 24 * G_TIME_SPAN_HOUR)
    until -= self->date != DIAL_INSTANT_UNKNOWN ? self->date : g_get_real_time ();

  return MAX (until, 0) + G_USEC_PER_SEC;
}

/**
 * dial_reply_get_skew:
 * @self: an answer that came just now
 *
 * Returns: the service's clock minus ours in seconds, 0 where it does not tell
 */
int
dial_reply_get_skew (const DialReply *self)
{
  gint64 skew;

  if (self->date == DIAL_INSTANT_UNKNOWN)
    return 0;

  skew = (self->date - g_get_real_time ()) / G_USEC_PER_SEC;
  return (int) CLAMP (skew, -G_MAXINT, G_MAXINT);
}

/**
 * dial_reply_is_html:
 * @self: an answer
 *
 * Returns: whether it is a web page: then a gateway or a sign-in page of the network spoke, not
 * the API
 */
gboolean
dial_reply_is_html (const DialReply *self)
{
  gsize size = 0;
  const char *data = self->body != NULL ? g_bytes_get_data (self->body, &size) : NULL;

  while (size > 0 && g_ascii_isspace (*data)) {
    data++;
    size--;
  }

  return size > 0 && *data == '<';
}

/**
 * dial_reply_is_portal:
 * @self: an answer
 *
 * Returns: whether the network answered itself, to have somebody sign in: a web page where there
 *   should be data, or a way to one
 */
gboolean
dial_reply_is_portal (const DialReply *self)
{
  return self->status == 511 || (self->status >= 200 && self->status < 300 &&
                                 dial_reply_is_html (self));
}
