#include "dial-key-private.h"

#include "dial-secret.h"

struct _DialKey
{
  GObject  parent_instance;

  char    *basic;
};

static void dial_key_pass_init (DialPassInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DialKey, dial_key, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DIAL_TYPE_PASS, dial_key_pass_init))

static void
dial_key_ensure_async (DialPass            *pass,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (pass, cancellable, callback, user_data);

  g_task_set_source_tag (task, dial_key_ensure_async);
  g_task_return_boolean (task, TRUE);
}

static gboolean
dial_key_ensure_finish (DialPass      *pass,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, pass), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static char *
dial_key_dup_authorization (DialPass *pass)
{
  return g_strdup (DIAL_KEY (pass)->basic);
}

static guint
dial_key_get_serial (DialPass *pass)
{
  return 0;
}

static gboolean
dial_key_reject (DialPass *pass,
                 guint     serial)
{
  return FALSE;
}

static void
dial_key_finalize (GObject *object)
{
  dial_secret_clear (&DIAL_KEY (object)->basic);

  G_OBJECT_CLASS (dial_key_parent_class)->finalize (object);
}

static void
dial_key_class_init (DialKeyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dial_key_finalize;
}

static void
dial_key_pass_init (DialPassInterface *iface)
{
  iface->ensure_async = dial_key_ensure_async;
  iface->ensure_finish = dial_key_ensure_finish;
  iface->dup_authorization = dial_key_dup_authorization;
  iface->get_serial = dial_key_get_serial;
  iface->reject = dial_key_reject;
}

static void
dial_key_init (DialKey *self)
{
}

/**
 * dial_key_new:
 * @key: an API key of Harvest v1
 *
 * A key is good until it is ended. It is sent as the user name, without a password.
 *
 * Returns: (transfer full): a pass
 */
DialPass *
dial_key_new (const char *key)
{
  DialKey *self = g_object_new (DIAL_TYPE_KEY, NULL);

  self->basic = dial_secret_dup_basic (key, "");
  return DIAL_PASS (self);
}
