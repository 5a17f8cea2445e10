#include "config.h"

#include "dial-problem-row.h"
#include "dial-setting-row.h"

/* Who holds settings, and how. */
typedef struct {
  char     *(*dup_setting) (GObject              *owner,
                            const char           *key);
  void      (*set_async)   (GObject              *owner,
                            const char           *key,
                            const char           *value,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data);
  gboolean  (*set_finish)  (GObject              *owner,
                            GAsyncResult         *result,
                            GError              **error);
} Keeping;

struct _DialSettingRow
{
  AdwEntryRow      parent_instance;

  char            *key;
  GObject         *owner;
  const Keeping   *keeping;            /* how the owner does it */
  GSignalGroup    *owner_signals;
  GCancellable    *cancellable;
  char            *kept;               /* what the owner holds, as it was last shown */
  guint            showing : 1;        /* it is us who change the text */
};

enum {
  PROP_0,
  PROP_KEY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DialSettingRow, dial_setting_row, ADW_TYPE_ENTRY_ROW)

/* The owners */

static char *
dup_of_integration (GObject    *owner,
                    const char *key)
{
  return dial_integration_dup_setting (DIAL_INTEGRATION (owner), key);
}

static void
set_of_integration (GObject             *owner,
                    const char          *key,
                    const char          *value,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  dial_integration_set_async (DIAL_INTEGRATION (owner), key, value, cancellable, callback, user_data);
}

static gboolean
set_of_integration_finish (GObject       *owner,
                           GAsyncResult  *result,
                           GError       **error)
{
  return dial_integration_set_finish (DIAL_INTEGRATION (owner), result, error);
}

static char *
dup_of_account (GObject    *owner,
                const char *key)
{
  return dial_cloudtalk_account_dup_setting (DIAL_CLOUDTALK_ACCOUNT (owner), key);
}

static void
set_of_account (GObject             *owner,
                const char          *key,
                const char          *value,
                GCancellable        *cancellable,
                GAsyncReadyCallback  callback,
                gpointer             user_data)
{
  dial_cloudtalk_account_set_async (DIAL_CLOUDTALK_ACCOUNT (owner), key, value, cancellable, callback, user_data);
}

static gboolean
set_of_account_finish (GObject       *owner,
                       GAsyncResult  *result,
                       GError       **error)
{
  return dial_cloudtalk_account_set_finish (DIAL_CLOUDTALK_ACCOUNT (owner), result, error);
}

static const Keeping of_integration = { dup_of_integration, set_of_integration, set_of_integration_finish };
static const Keeping of_account = { dup_of_account, set_of_account, set_of_account_finish };

/* The text */

static const char *
get_typed (DialSettingRow *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self));
}

static gboolean
is_changed (DialSettingRow *self)
{
  return g_strcmp0 (get_typed (self), self->kept) != 0;
}

static void
show_kept (DialSettingRow *self)
{
  self->showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self), self->kept);
  /* There is nothing to apply in what was shown, and no other way to tell the row. */
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self), FALSE);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self), TRUE);
  self->showing = FALSE;
}

/* What somebody is typing is left alone. */
static void
show_setting (DialSettingRow *self)
{
  g_autofree char *value = self->keeping->dup_setting (self->owner, self->key);
  gboolean changed = is_changed (self);

  if (g_strcmp0 (value, self->kept) == 0)
    return;

  g_free (self->kept);
  self->kept = value != NULL ? g_steal_pointer (&value) : g_strdup ("");
  if (!changed || g_str_equal (get_typed (self), self->kept))
    show_kept (self);
}

static void
on_set_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DialSettingRow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean set = self->keeping->set_finish (source, result, &error);

  if (self->cancellable == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (!set) {
    dial_problem_row_tell (GTK_LIST_BOX_ROW (self), error->message);
    return;
  }

  /* What was typed may have been tidied: a subdomain out of an address. */
  g_free (self->kept);
  self->kept = self->keeping->dup_setting (self->owner, self->key);
  if (self->kept == NULL)
    self->kept = g_strdup ("");
  show_kept (self);
}

static void
on_apply_cb (DialSettingRow *self)
{
  if (self->owner == NULL || self->cancellable != NULL || !is_changed (self))
    return;

  dial_problem_row_tell (GTK_LIST_BOX_ROW (self), NULL);
  self->cancellable = g_cancellable_new ();
  self->keeping->set_async (self->owner, self->key, get_typed (self), self->cancellable, on_set_cb,
                            g_object_ref (self));
}

static void
on_changed_cb (DialSettingRow *self)
{
  if (!self->showing && GTK_IS_LIST_BOX (gtk_widget_get_parent (GTK_WIDGET (self))))
    dial_problem_row_tell (GTK_LIST_BOX_ROW (self), NULL);
}

static gboolean
on_escape_cb (GtkWidget *widget,
              GVariant  *nothing,
              gpointer   user_data)
{
  DialSettingRow *self = DIAL_SETTING_ROW (widget);

  if (!is_changed (self))
    return FALSE;

  dial_problem_row_tell (GTK_LIST_BOX_ROW (self), NULL);
  show_kept (self);
  return TRUE;
}

static void
dial_setting_row_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  DialSettingRow *self = DIAL_SETTING_ROW (object);

  switch (prop_id) {
  case PROP_KEY:
    g_value_set_string (value, self->key);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_setting_row_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  DialSettingRow *self = DIAL_SETTING_ROW (object);

  switch (prop_id) {
  case PROP_KEY:
    self->key = g_value_dup_string (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_setting_row_dispose (GObject *object)
{
  DialSettingRow *self = DIAL_SETTING_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->owner_signals);
  g_clear_object (&self->owner);

  G_OBJECT_CLASS (dial_setting_row_parent_class)->dispose (object);
}

static void
dial_setting_row_finalize (GObject *object)
{
  DialSettingRow *self = DIAL_SETTING_ROW (object);

  g_free (self->key);
  g_free (self->kept);

  G_OBJECT_CLASS (dial_setting_row_parent_class)->finalize (object);
}

static void
dial_setting_row_class_init (DialSettingRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dial_setting_row_get_property;
  object_class->set_property = dial_setting_row_set_property;
  object_class->dispose = dial_setting_row_dispose;
  object_class->finalize = dial_setting_row_finalize;

  properties[PROP_KEY] =
    g_param_spec_string ("key", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape_cb, NULL);
}

static void
dial_setting_row_init (DialSettingRow *self)
{
  self->kept = g_strdup ("");
  self->owner_signals = g_signal_group_new (G_TYPE_OBJECT);
  g_signal_group_connect_swapped (self->owner_signals, "notify", G_CALLBACK (show_setting), self);

  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self), TRUE);
  g_signal_connect (self, "apply", G_CALLBACK (on_apply_cb), NULL);
  /* Enter once more after a refusal. */
  g_signal_connect (self, "entry-activated", G_CALLBACK (on_apply_cb), NULL);
  g_signal_connect (self, "changed", G_CALLBACK (on_changed_cb), NULL);
}

static void
set_owner (DialSettingRow *self,
           GObject        *owner,
           const Keeping  *keeping)
{
  if (!g_set_object (&self->owner, owner))
    return;

  self->keeping = keeping;
  g_signal_group_set_target (self->owner_signals, owner);
  show_setting (self);
}

/**
 * dial_setting_row_set_integration:
 * @self: a setting row
 * @integration: whose setting
 *
 * Shows the setting of an integration.
 */
void
dial_setting_row_set_integration (DialSettingRow  *self,
                                  DialIntegration *integration)
{
  g_return_if_fail (DIAL_IS_SETTING_ROW (self));

  g_return_if_fail (DIAL_IS_INTEGRATION (integration));

  set_owner (self, G_OBJECT (integration), &of_integration);
}

/**
 * dial_setting_row_set_account:
 * @self: a setting row
 * @account: whose setting
 *
 * Shows the setting of an account.
 */
void
dial_setting_row_set_account (DialSettingRow       *self,
                              DialCloudtalkAccount *account)
{
  g_return_if_fail (DIAL_IS_SETTING_ROW (self));
  g_return_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (account));

  set_owner (self, G_OBJECT (account), &of_account);
}
