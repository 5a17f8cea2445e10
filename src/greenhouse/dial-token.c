#include "dial-token-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-errand-private.h"
#include "dial-json.h"
#include "dial-greenhouse-queue-private.h"
#include "dial-secret.h"
#include "dial-wait.h"

/* Harvest v3 tokens live for an hour. */
#define USUAL_LIFE     3600

/* Renewed so many seconds before the end, or after three quarters of a shorter life. */
#define RENEW_EARLY    90

/* The token service counts in windows of a minute. */
#define LONGEST_WAIT   (65 * G_USEC_PER_SEC)

/* At 60 tokens a minute a few hundred desks get theirs before one of them gives up. */
#define MAX_REFUSALS   6

#define FORM  "application/x-www-form-urlencoded"
#define GRANT "grant_type=client_credentials"

typedef struct _Mint Mint;

struct _DialToken
{
  GObject   parent_instance;

  DialHttp *http;
  char     *mint_url;
  char     *introspect_url;
  char     *basic;
  gint64    sub;        /* whom to act as, 0 for the service user */

  char     *bearer;
  gint64    renew_at;   /* monotonic */
  guint     serial;

  GQueue    waiting;    /* of GTask */
  Mint     *mint;       /* the one in flight */
};

/* One mint, with its repetitions. It outlives nobody's interest: see waiter_cancelled_cb. */
struct _Mint
{
  DialToken    *token;
  GCancellable *cancellable;
  guint         n_failed;
  guint         n_refused; /* for being one of too many */
};

static void dial_token_pass_init (DialPassInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DialToken, dial_token, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DIAL_TYPE_PASS, dial_token_pass_init))

static void mint_send (Mint *mint);

static void
mint_free (Mint *mint)
{
  if (mint->token->mint == mint)
    mint->token->mint = NULL;
  g_object_unref (mint->token);
  g_object_unref (mint->cancellable);
  g_free (mint);
}

static void
clear_source (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

static void
answer_all (DialToken    *self,
            const GError *error)
{
  GQueue waiting = self->waiting;
  GTask *next;

  g_queue_init (&self->waiting);
  while ((next = g_queue_pop_head (&waiting)) != NULL) {
    g_autoptr (GTask) task = next;

    if (error != NULL)
      g_task_return_error (task, g_error_copy (error));
    else
      g_task_return_boolean (task, TRUE);
  }
}

static void
mint_fail (Mint   *mint,
           GError *error)
{
  g_autoptr (DialToken) self = g_object_ref (mint->token);
  g_autoptr (GError) owned = error;
  gboolean current = self->mint == mint;

  mint_free (mint);
  if (current)
    answer_all (self, owned);
}

static void
waited_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Mint *mint = user_data;

  if (dial_wait_finish (result, NULL))
    mint_send (mint);
  else
    mint_free (mint);
}

static void
mint_again (Mint  *mint,
            guint  milliseconds)
{
  dial_wait_async (milliseconds, mint->cancellable, waited_cb, mint);
}

/* An instant (ISO 8601, or seconds since 1970) or a number of seconds from now; 0 if it is
 * neither. */
static gint64
read_life (DialJsonValue value,
           gint64        now)
{
  gint64 number = dial_json_get_id (value);
  gint64 instant;

  if (number > 1000000000000)
    number /= 1000;
  if (number > 1000000000)
    return number - now / G_USEC_PER_SEC;
  if (number > 0)
    return number;

  instant = dial_json_get_instant (value);
  return instant != DIAL_INSTANT_UNKNOWN ? (instant - now) / G_USEC_PER_SEC : 0;
}

/* `expires_at` is on the wire, `expires_in` in the description, `expires` at the service for old
 * keys. */
static gint64
get_life (DialJsonValue    object,
          const DialReply *reply)
{
  static const char *const members[] = { "expires_at", "expires_in", "expires" };
  gint64 now = reply->date != DIAL_INSTANT_UNKNOWN ? reply->date : g_get_real_time ();

  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    gint64 life = read_life (dial_json_get (object, members[i]), now);

    if (life > 0)
      return MIN (life, 7 * 24 * 3600);
  }

  return USUAL_LIFE;
}

static gboolean
looks_like_token (const char *text)
{
  if (text == NULL || strlen (text) > 16 * 1024)
    return FALSE;

  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at))
      return FALSE;

  return *text != '\0';
}

/* The answer is ours alone, and held the token. */
static void
wipe (GBytes *body)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (body, &size);

  explicit_bzero ((gpointer) data, size);
}

/* How long before its end it is renewed: desks that began together do not come back together. */
static gint64
get_margin (gint64 life)
{
  return MIN (RENEW_EARLY + g_random_int_range (0, RENEW_EARLY), life / 4);
}

static gboolean
take_token (DialToken       *self,
            const DialReply *reply)
{
  g_autoptr (DialJson) json = dial_json_load_small (reply->body);
  DialJsonValue object = dial_json_get_root (json);
  char *bearer = dial_json_dup_text (dial_json_get (object, "access_token"));
  gint64 life;

  if (!looks_like_token (bearer)) {
    dial_secret_clear (&bearer);
    return FALSE;
  }

  wipe (reply->body);
  life = get_life (object, reply);
  dial_secret_clear (&self->bearer);
  self->bearer = bearer;
  self->serial++;
  self->renew_at = g_get_monotonic_time () + (life - get_margin (life)) * G_USEC_PER_SEC;
  return TRUE;
}

/* Greenhouse's words about a bad id hold the id: they are read, never shown. */
static char *
explain_bad_request (DialToken       *self,
                     const DialReply *reply)
{
  if (dial_reply_mentions (reply, "client_id") || dial_reply_mentions (reply, "client ID"))
    return g_strdup (_("This is not a client ID as Greenhouse gives them out: copy it again from "
                       "Configure > Dev Center > API Credential Management."));

  if (self->sub != 0 || dial_reply_mentions (reply, "user"))
    return g_strdup (_("Greenhouse gives no access token for the user the credential acts as, who "
                       "may have been deactivated: choose another acting user, or none, in the "
                       "settings of the integration."));

  return g_strdup (_("Greenhouse did not accept the client ID and secret: check both under "
                     "Configure > Dev Center > API Credential Management."));
}

static char *
explain_refusal (DialToken       *self,
                 const DialReply *reply,
                 int             *code)
{
  if (reply->status == 400) {
    *code = DIAL_GREENHOUSE_ERROR_CREDENTIALS;
    return explain_bad_request (self, reply);
  }

  if (reply->status == 401) {
    *code = DIAL_GREENHOUSE_ERROR_CREDENTIALS;
    return dial_errand_blame_clock (
      g_strdup (_("Greenhouse does not accept this client ID and secret, mistyped or no longer "
                  "valid: copy both again from Configure > Dev Center > API Credential "
                  "Management. A secret that was replaced there works for a week at most.")),
      reply);
  }

  if (reply->status == 403) {
    *code = DIAL_GREENHOUSE_ERROR_FORBIDDEN;
    return g_strdup (_("Greenhouse refused this computer an access token: if the credential is "
                       "restricted to IP addresses, this network's address must be on its list."));
  }

  if (reply->status == 429) {
    *code = DIAL_GREENHOUSE_ERROR_BUSY;
    return g_strdup (_("Greenhouse was asked for too many access tokens: try again in a few "
                       "minutes."));
  }

  if (reply->status >= 500 || reply->status == 408) {
    *code = DIAL_GREENHOUSE_ERROR_UNAVAILABLE;
    return g_strdup (_("Greenhouse's sign-in service has trouble: try again in a few minutes."));
  }

  if (reply->status >= 400) {
    *code = DIAL_GREENHOUSE_ERROR_INVALID;
    return g_strdup (_("This is not Greenhouse's sign-in service: check the address of the "
                       "integration."));
  }

  *code = DIAL_GREENHOUSE_ERROR_BAD_ANSWER;
  return g_strdup (_("Greenhouse's sign-in service gave no access token: check the address of the "
                     "integration, and try again later."));
}

/* What stands in between; %NULL if the service itself has spoken. */
static GError *
explain_network (const DialReply *reply)
{
  if (reply->status == 407)
    return dial_errand_proxy ();

  if (dial_reply_is_portal (reply))
    return dial_errand_portal (reply);

  if (reply->status >= 300 && reply->status < 400 && reply->location != NULL)
    return dial_errand_redirect (reply);

  return NULL;
}

static GError *
explain (DialToken       *self,
         const DialReply *reply)
{
  g_autofree char *sentence = NULL;
  GError *error = explain_network (reply);
  int code;

  if (error != NULL)
    return error;

  sentence = explain_refusal (self, reply, &code);
  return dial_error_with_id (code, reply->request_id, sentence);
}

/* How long the service asks to wait. */
static gint64
get_pause (const DialReply *reply)
{
  gint64 until_reset;

  if (reply->retry_after >= 0)
    return reply->retry_after;

  until_reset = dial_greenhouse_queue_read_news (reply).until_reset;
  return until_reset >= 0 ? until_reset : LONGEST_WAIT;
}

/* In milliseconds, and never quite the same: many desks may have been refused together. */
static guint
spread (gint64 wait)
{
  guint milliseconds = (guint) (wait / 1000);

  return milliseconds + g_random_int_range (0, CLAMP (milliseconds / 4, 1, 10000));
}

static void
mint_answered (Mint      *mint,
               DialReply *reply)
{
  g_autoptr (DialToken) self = g_object_ref (mint->token);

  if (reply->status >= 200 && reply->status < 300 && take_token (self, reply)) {
    mint_free (mint);
    answer_all (self, NULL);
    return;
  }

  if (reply->status == 429 && ++mint->n_refused <= MAX_REFUSALS &&
      get_pause (reply) <= LONGEST_WAIT) {
    mint_again (mint, spread (get_pause (reply)));
    return;
  }

  if ((reply->status >= 500 || reply->status == 408) && ++mint->n_failed <= DIAL_MAX_RETRIES) {
    mint_again (mint, dial_wait_before_retry (mint->n_failed));
    return;
  }

  mint_fail (mint, explain (self, reply));
}

static void
mint_sent_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  Mint *mint = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialReply) reply = NULL;

  reply = dial_http_send_finish (DIAL_HTTP (object), result, NULL, &error);
  if (mint->token->mint != mint)
    mint_free (mint);
  else if (reply != NULL)
    mint_answered (mint, reply);
  else if (error->domain != G_TLS_ERROR && ++mint->n_failed <= DIAL_MAX_RETRIES)
    mint_again (mint, dial_wait_before_retry (mint->n_failed));
  else
    mint_fail (mint, dial_errand_unreachable (error, mint->token->mint_url));
}

static void
post (DialToken           *self,
      const char          *url,
      GBytes              *body,
      GCancellable        *cancellable,
      GAsyncReadyCallback  callback,
      gpointer             user_data)
{
  DialHttpRequest request = {
    .method = "POST",
    .url = url,
    .authorization = self->basic,
    .content_type = FORM,
    .body = body,
  };

  dial_http_send_async (self->http, &request, cancellable, callback, user_data);
}

static void
mint_send (Mint *mint)
{
  DialToken *self = mint->token;
  g_autoptr (GBytes) body = NULL;
  char *form;

  form = self->sub != 0 ? g_strdup_printf (GRANT "&sub=%" G_GINT64_FORMAT, self->sub)
                        : g_strdup (GRANT);
  body = g_bytes_new_take (form, strlen (form));

  post (self, self->mint_url, body, mint->cancellable, mint_sent_cb, mint);
}

static void
mint_start (DialToken *self)
{
  Mint *mint = g_new0 (Mint, 1);

  mint->token = g_object_ref (self);
  mint->cancellable = g_cancellable_new ();
  self->mint = mint;
  mint_send (mint);
}

/* Once nobody waits any more the mint is given up. */
static gboolean
waiter_cancelled_cb (GCancellable *cancellable,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = g_object_ref (G_TASK (user_data));
  DialToken *self = DIAL_TOKEN (g_task_get_source_object (task));

  if (g_queue_remove (&self->waiting, task)) {
    if (g_queue_is_empty (&self->waiting) && self->mint != NULL) {
      g_cancellable_cancel (self->mint->cancellable);
      self->mint = NULL;
    }
    g_task_return_error_if_cancelled (task);
    g_object_unref (task);
  }

  return G_SOURCE_REMOVE;
}

/* However many wait, one is asked for. */
static void
dial_token_ensure_async (DialPass            *pass,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  DialToken *self = DIAL_TOKEN (pass);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  GSource *cancelled;

  g_task_set_source_tag (task, dial_token_ensure_async);

  if (self->bearer != NULL && g_get_monotonic_time () < self->renew_at) {
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
    return;
  }

  cancelled = dial_watch_cancelled (cancellable, waiter_cancelled_cb, task);
  if (cancelled != NULL)
    g_task_set_task_data (task, cancelled, (GDestroyNotify) clear_source);
  g_queue_push_tail (&self->waiting, task);
  if (self->mint == NULL)
    mint_start (self);
}

static gboolean
dial_token_ensure_finish (DialPass      *pass,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, pass), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static char *
dial_token_dup_authorization (DialPass *pass)
{
  DialToken *self = DIAL_TOKEN (pass);

  return self->bearer != NULL ? g_strconcat ("Bearer ", self->bearer, NULL) : NULL;
}

static guint
dial_token_get_serial (DialPass *pass)
{
  return DIAL_TOKEN (pass)->serial;
}

static gboolean
dial_token_reject (DialPass *pass,
                   guint     serial)
{
  DialToken *self = DIAL_TOKEN (pass);

  if (serial == self->serial)
    dial_secret_clear (&self->bearer);

  return TRUE;
}

static void
dial_token_finalize (GObject *object)
{
  DialToken *self = DIAL_TOKEN (object);

  g_clear_object (&self->http);
  g_free (self->mint_url);
  g_free (self->introspect_url);
  dial_secret_clear (&self->basic);
  dial_secret_clear (&self->bearer);

  G_OBJECT_CLASS (dial_token_parent_class)->finalize (object);
}

static void
dial_token_class_init (DialTokenClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dial_token_finalize;
}

static void
dial_token_pass_init (DialPassInterface *iface)
{
  iface->ensure_async = dial_token_ensure_async;
  iface->ensure_finish = dial_token_ensure_finish;
  iface->dup_authorization = dial_token_dup_authorization;
  iface->get_serial = dial_token_get_serial;
  iface->reject = dial_token_reject;
}

static void
dial_token_init (DialToken *self)
{
  g_queue_init (&self->waiting);
}

/**
 * dial_token_new:
 * @http: what carries the requests
 * @base: the token service's base address
 * @client_id: the credential's id
 * @secret: its secret
 *
 * Holds the access token, in memory alone, and asks for a new one when it is due.
 *
 * Returns: (transfer full): a holder without a token
 */
DialToken *
dial_token_new (DialHttp   *http,
                const char *base,
                const char *client_id,
                const char *secret)
{
  DialToken *self = g_object_new (DIAL_TYPE_TOKEN, NULL);

  self->http = g_object_ref (http);
  self->mint_url = g_strconcat (base, "/token", NULL);
  self->introspect_url = g_strconcat (base, "/introspect", NULL);
  self->basic = dial_secret_dup_basic (client_id, secret);
  return self;
}

/**
 * dial_token_set_sub:
 * @self: a token
 * @user_id: the Greenhouse user the next token acts as, 0 for the credential's service user
 */
void
dial_token_set_sub (DialToken *self,
                    gint64     user_id)
{
  self->sub = user_id;
}

void
dial_introspection_free (DialIntrospection *self)
{
  g_strfreev (self->scopes);
  g_free (self->sub);
  g_free (self->organization);
  g_free (self->role);
  g_free (self);
}

/* The claims stand under a name that is an address; another gateway may leave them at the top. */
static DialJsonValue
get_claims (DialJsonValue object)
{
  DialJsonValue claims = dial_json_get (object, "https://auth.greenhouse.io/claims");

  return dial_json_is_object (claims) ? claims : object;
}

static DialIntrospection *
read_introspection (const DialReply *reply)
{
  g_autoptr (DialJson) json = dial_json_load_small (reply->body);
  DialJsonValue object = dial_json_get_root (json);
  DialIntrospection *introspection = g_new0 (DialIntrospection, 1);
  g_autofree char *scope = NULL;
  DialJsonValue organization;

  if (reply->status != 200 || !dial_json_get_flag (dial_json_get (object, "active")))
    return introspection;

  scope = dial_json_dup_text (dial_json_get (object, "scope"));
  if (scope != NULL)
    introspection->scopes = g_strsplit_set (scope, " ,", -1);
  introspection->sub = dial_json_dup_text (dial_json_get (object, "sub"));
  introspection->role = dial_json_dup_text (dial_json_get (get_claims (object), "user_role"));

  organization = dial_json_get (get_claims (object), "organization");
  if (dial_json_is_object (organization))
    organization = dial_json_get (organization, "name");
  introspection->organization = dial_json_dup_text (organization);

  return introspection;
}

/* The token stands in it. */
static void
form_free (gpointer form)
{
  char *text = form;

  dial_secret_clear (&text);
}

static void
introspected_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (DialReply) reply = NULL;
  GError *error = NULL;

  reply = dial_http_send_finish (DIAL_HTTP (object), result, NULL, &error);
  if (reply != NULL)
    error = explain_network (reply);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, read_introspection (reply),
                           (GDestroyNotify) dial_introspection_free);
}

/**
 * dial_token_introspect_async:
 * @self: a token that was just ensured
 * @cancellable: (nullable): a cancellable
 * @callback: called with what the service tells
 * @user_data: for @callback
 *
 * Asks the token service what the token may do and for whom it acts.
 */
void
dial_token_introspect_async (DialToken           *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GBytes) body = NULL;
  char *escaped;
  char *form;

  g_task_set_source_tag (task, dial_token_introspect_async);

  escaped = g_uri_escape_string (self->bearer != NULL ? self->bearer : "", NULL, FALSE);
  form = g_strconcat ("token=", escaped, "&token_type_hint=access_token", NULL);
  body = g_bytes_new_with_free_func (form, strlen (form), form_free, form);
  dial_secret_clear (&escaped);
  post (self, self->introspect_url, body, cancellable, introspected_cb, task);
}

/**
 * dial_token_introspect_finish:
 * @self: a token
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): what the service tells, empty where it tells nothing
 */
DialIntrospection *
dial_token_introspect_finish (DialToken     *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
