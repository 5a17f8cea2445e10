#include "dial-sandbox-server.h"

/* How often a client may ask. Windows are fixed ones, aligned to the clock unless somebody wants them
 * to begin with their first request. A request counts when it arrives, however long its answer
 * takes. */

#define V1_WINDOW    10 /* seconds */
#define V1_LIMIT     50 /* requests a window */
#define TOKEN_WINDOW 60
#define TOKEN_LIMIT  60
#define NO_ALLOWANCE 1000000 /* what a client is told where there is no limit */

/**
 * dial_sandbox_allowance_init:
 * @server: a server
 * @options: what its user wants
 *
 * v1 has its own allowance where v3 has one, or none either.
 */
void
dial_sandbox_allowance_init (DialSandboxServer        *server,
                             const DialSandboxOptions *options)
{
  server->allowance = (DialSandboxAllowance) {
    .limit = options->allowance, .seconds = MAX (options->window, 1),
    .unaligned = options->unaligned
  };
  server->v1_allowance = (DialSandboxAllowance) {
    .limit = options->allowance > 0 ? V1_LIMIT : 0, .seconds = V1_WINDOW,
    .unaligned = options->unaligned, .is_v1 = TRUE
  };
  server->token_allowance = (DialSandboxAllowance) {
    .limit = TOKEN_LIMIT, .seconds = TOKEN_WINDOW
  };
}

static DialSandboxAllowance *
find_allowance (DialSandboxServer *server,
                const char        *api)
{
  if (g_str_equal (api, "v3"))
    return &server->allowance;
  if (g_str_equal (api, "v1"))
    return &server->v1_allowance;

  return g_str_equal (api, "token") ? &server->token_allowance : NULL;
}

/**
 * dial_sandbox_allowance_change:
 * @server: a server
 * @wish: what it shall be, as told in dial-sandbox-control.c
 *
 * Changes the allowance; the window begins anew.
 *
 * Returns: whether there can be such an allowance
 */
gboolean
dial_sandbox_allowance_change (DialSandboxServer *server,
                               JsonObject        *wish)
{
  const char *api = json_object_get_string_member_with_default (wish, "api", "v3");
  DialSandboxAllowance *self = find_allowance (server, api);
  gint64 limit = json_object_get_int_member_with_default (wish, "allowance", 0);
  gint64 seconds;

  if (self == NULL)
    return FALSE;

  seconds = json_object_get_int_member_with_default (wish, "seconds", self->seconds);
  if (limit < 0 || limit > G_MAXINT || seconds < 1 || seconds > 86400)
    return FALSE;

  self->limit = (guint) limit;
  self->seconds = (guint) seconds;
  self->unaligned = !json_object_get_boolean_member_with_default (wish, "aligned",
                                                                  !self->unaligned);
  self->ends_at = 0;
  return TRUE;
}

static void
enter_window (DialSandboxAllowance *self,
              gint64                now)
{
  gint64 length = self->seconds * G_USEC_PER_SEC;

  /* A test may have set the clock back. */
  if (now < self->ends_at && now >= self->ends_at - length)
    return;

  self->ends_at = self->unaligned ? now + length : (now / length + 1) * length;
  self->n_used = 0;
}

static void
tell (SoupServerMessage *message,
      const char        *name,
      gint64             number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);

  soup_message_headers_replace (soup_server_message_get_response_headers (message), name, text);
}

/**
 * dial_sandbox_spend:
 * @request: a request
 * @allowance: (inout): what it is counted against
 *
 * Counts a request and tells the client how many are left. v3 tells of the reset with every answer,
 * as a whole window away; v1 only when it refuses, and truly.
 *
 * Returns: whether the request may go on; it is answered with 429 if not
 */
gboolean
dial_sandbox_spend (DialSandboxRequest   *request,
                    DialSandboxAllowance *allowance)
{
  SoupServerMessage *message = request->message;
  guint told = allowance->limit > 0 ? allowance->limit : NO_ALLOWANCE;
  gint64 now = dial_sandbox_world_get_now (request->server->world);
  gint64 seconds = now / G_USEC_PER_SEC;
  gint64 wait;

  enter_window (allowance, now);
  wait = (allowance->ends_at - now + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;

  allowance->n_used++;
  tell (message, "X-Ratelimit-Limit", told);
  tell (message, "X-Ratelimit-Remaining",
        told > allowance->n_used ? told - allowance->n_used : 0);
  if (!allowance->is_v1)
    tell (message, "X-Ratelimit-Reset", seconds + allowance->seconds);
  if (allowance->limit == 0 || allowance->n_used <= allowance->limit)
    return TRUE;

  if (allowance->is_v1)
    tell (message, "X-Ratelimit-Reset", seconds + wait);
  tell (message, "Retry-After", wait);
  dial_sandbox_answer (message, 429, "text/plain", g_string_new ("Retry later\n"));
  return FALSE;
}
