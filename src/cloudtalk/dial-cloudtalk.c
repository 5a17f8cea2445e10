#include "dial-cloudtalk-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-secret.h"
#include "dial-url.h"

/* CloudTalk's own address. */
#define CLOUDTALK_URL "https://my.cloudtalk.io/api"

enum {
  ALLOWANCE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialCloudtalk, dial_cloudtalk, G_TYPE_OBJECT)

static void
dial_cloudtalk_dispose (GObject *object)
{
  DialCloudtalk *self = DIAL_CLOUDTALK (object);

  g_clear_object (&self->queue);
  g_clear_object (&self->http);

  G_OBJECT_CLASS (dial_cloudtalk_parent_class)->dispose (object);
}

static void
dial_cloudtalk_finalize (GObject *object)
{
  DialCloudtalk *self = DIAL_CLOUDTALK (object);

  g_free (self->base);
  dial_secret_clear (&self->key_id);
  dial_secret_clear (&self->secret);

  G_OBJECT_CLASS (dial_cloudtalk_parent_class)->finalize (object);
}

static void
dial_cloudtalk_class_init (DialCloudtalkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dial_cloudtalk_dispose;
  object_class->finalize = dial_cloudtalk_finalize;

  /**
   * DialCloudtalk::allowance-changed:
   *
   * What [method@Cloudtalk.get_allowance] tells changed; at most four times a second.
   */
  signals[ALLOWANCE_CHANGED] =
    g_signal_new ("allowance-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
}

static void
on_allowance_changed (DialCloudtalk *self)
{
  g_signal_emit (self, signals[ALLOWANCE_CHANGED], 0);
}

static void
dial_cloudtalk_init (DialCloudtalk *self)
{
  self->http = dial_http_new ();
  self->queue = dial_cloudtalk_queue_new ();
  g_signal_connect_object (self->queue, "changed", G_CALLBACK (on_allowance_changed), self,
                           G_CONNECT_SWAPPED);
}

static char *
normalise (const char  *url,
           GError     **error)
{
  static const char *const endings[] = { NULL };
  g_autoptr (GError) refused = NULL;
  char *base = dial_url_normalise (url, endings, CLOUDTALK_URL, &refused);

  if (base == NULL)
    g_set_error_literal (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_INVALID, refused->message);
  return base;
}

/**
 * dial_cloudtalk_check_url:
 * @url: a base address as typed
 * @error: return location for an error
 *
 * Returns: whether [ctor@Cloudtalk.new] would take it; if not, the error says what is wrong
 */
gboolean
dial_cloudtalk_check_url (const char  *url,
                          GError     **error)
{
  g_autofree char *base = NULL;

  g_return_val_if_fail (url != NULL, FALSE);

  base = normalise (url, error);
  return base != NULL;
}

/* Keys are pasted, often with the line's end. */
static char *
dup_pasted (const char *text)
{
  return g_strstrip (g_strdup (text != NULL ? text : ""));
}

/**
 * dial_cloudtalk_new:
 * @key_id: the Access Key ID
 * @secret: the Access Key Secret
 * @url: (nullable): base address of the API, %NULL for CloudTalk's own; https, or http to loopback
 * @error: return location for an error
 *
 * Makes a door to CloudTalk. Nothing is sent yet.
 *
 * Returns: (transfer full): a CloudTalk, or %NULL with %DIAL_CLOUDTALK_ERROR_INVALID for an address
 *   that must not be used and %DIAL_CLOUDTALK_ERROR_KEYS for missing keys
 */
DialCloudtalk *
dial_cloudtalk_new (const char  *key_id,
                    const char  *secret,
                    const char  *url,
                    GError     **error)
{
  g_autoptr (DialCloudtalk) self = NULL;
  g_autofree char *base = NULL;

  base = normalise (url != NULL ? url : CLOUDTALK_URL, error);
  if (base == NULL)
    return NULL;

  self = g_object_new (DIAL_TYPE_CLOUDTALK, NULL);
  self->base = g_steal_pointer (&base);
  self->key_id = dup_pasted (key_id);
  self->secret = dup_pasted (secret);
  if (*self->key_id == '\0' || *self->secret == '\0') {
    g_set_error_literal (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_KEYS,
                         _("Enter the Access Key ID and the Access Key Secret: a CloudTalk administrator "
                           "finds them under Account > Settings > API keys in CloudTalk's dashboard."));
    return NULL;
  }

  if (strchr (self->key_id, ':') != NULL) {
    g_set_error_literal (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_KEYS,
                         _("An Access Key ID holds no colon: enter the ID and the Secret separately."));
    return NULL;
  }

  return g_steal_pointer (&self);
}

/**
 * dial_cloudtalk_get_allowance:
 * @self: a CloudTalk
 * @allowance: (out caller-allocates): what is known of it
 */
void
dial_cloudtalk_get_allowance (DialCloudtalk          *self,
                              DialCloudtalkAllowance *allowance)
{
  g_return_if_fail (DIAL_IS_CLOUDTALK (self));

  dial_cloudtalk_queue_describe (self->queue, allowance);
}

/**
 * dial_cloudtalk_get_n_requests:
 * @self: a CloudTalk
 *
 * Returns: how many were sent
 */
guint64
dial_cloudtalk_get_n_requests (DialCloudtalk *self)
{
  g_return_val_if_fail (DIAL_IS_CLOUDTALK (self), 0);

  return self->n_requests;
}

/**
 * dial_cloudtalk_get_n_refused:
 * @self: a CloudTalk
 *
 * Returns: how many of them were refused because there were too many (429)
 */
guint64
dial_cloudtalk_get_n_refused (DialCloudtalk *self)
{
  g_return_val_if_fail (DIAL_IS_CLOUDTALK (self), 0);

  return self->n_refused;
}

/**
 * dial_cloudtalk_path_add:
 * @path: a path, with or without a query
 * @name: of a parameter
 * @value: what it says
 *
 * Adds to the query.
 */
void
dial_cloudtalk_path_add (GString    *path,
                         const char *name,
                         const char *value)
{
  g_string_append_c (path, strchr (path->str, '?') != NULL ? '&' : '?');
  g_string_append (path, name);
  g_string_append_c (path, '=');
  g_string_append_uri_escaped (path, value, NULL, FALSE);
}

void
dial_cloudtalk_path_add_id (GString    *path,
                            const char *name,
                            gint64      value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  dial_cloudtalk_path_add (path, name, text);
}

/* Whether it is a plus and digits, as E.164 has it. */
gboolean
dial_cloudtalk_is_e164 (const char *number)
{
  return number != NULL && number[0] == '+' && number[1] >= '1' && number[1] <= '9' &&
         strlen (number) >= 8 && strlen (number) <= 16 &&
         strspn (number + 1, "0123456789") == strlen (number + 1);
}
