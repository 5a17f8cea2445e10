#include "dial-call-log-row.h"

struct _DialCallLogRow
{
  GObject          parent_instance;

  DialIntegration *integration;
  char            *uid;
  gint64           started_at;
  DialLoggedCall  *logged;
};

enum {
  PROP_0,
  PROP_LOGGED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DialCallLogRow, dial_call_log_row, G_TYPE_OBJECT)

static void
dial_call_log_row_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (property_id) {
  case PROP_LOGGED:
    g_value_set_object (value, DIAL_CALL_LOG_ROW (object)->logged);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dial_call_log_row_finalize (GObject *object)
{
  DialCallLogRow *self = DIAL_CALL_LOG_ROW (object);

  g_clear_object (&self->integration);
  g_clear_object (&self->logged);
  g_free (self->uid);

  G_OBJECT_CLASS (dial_call_log_row_parent_class)->finalize (object);
}

static void
dial_call_log_row_class_init (DialCallLogRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = dial_call_log_row_finalize;
  object_class->get_property = dial_call_log_row_get_property;

  /**
   * DialCallLogRow:logged:
   *
   * The call and what is known of it; %NULL until it is loaded.
   */
  properties[PROP_LOGGED] =
    g_param_spec_object ("logged", NULL, NULL, DIAL_TYPE_LOGGED_CALL,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dial_call_log_row_init (DialCallLogRow *self)
{
}

DialCallLogRow *
_dial_call_log_row_new (DialIntegration *integration,
                        const char      *uid,
                        gint64           started_at)
{
  DialCallLogRow *self = g_object_new (DIAL_TYPE_CALL_LOG_ROW, NULL);

  self->integration = g_object_ref (integration);
  self->uid = g_strdup (uid);
  self->started_at = started_at;
  return self;
}

void
_dial_call_log_row_set_logged (DialCallLogRow *self,
                               DialLoggedCall *logged)
{
  if (g_set_object (&self->logged, logged))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOGGED]);
}

/**
 * dial_call_log_row_get_integration:
 * @self: a row
 *
 * Returns: (transfer none): whose call it is
 */
DialIntegration *
dial_call_log_row_get_integration (DialCallLogRow *self)
{
  g_return_val_if_fail (DIAL_IS_CALL_LOG_ROW (self), NULL);

  return self->integration;
}

/**
 * dial_call_log_row_get_uid:
 * @self: a row
 *
 * Returns: which call it is
 */
const char *
dial_call_log_row_get_uid (DialCallLogRow *self)
{
  g_return_val_if_fail (DIAL_IS_CALL_LOG_ROW (self), NULL);

  return self->uid;
}

/**
 * dial_call_log_row_get_started_at:
 * @self: a row
 *
 * Returns: when the call began, an instant
 */
gint64
dial_call_log_row_get_started_at (DialCallLogRow *self)
{
  g_return_val_if_fail (DIAL_IS_CALL_LOG_ROW (self), DIAL_INSTANT_UNKNOWN);

  return self->started_at;
}

/**
 * dial_call_log_row_get_logged:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the call and what is known of it; %NULL until it is loaded
 */
DialLoggedCall *
dial_call_log_row_get_logged (DialCallLogRow *self)
{
  g_return_val_if_fail (DIAL_IS_CALL_LOG_ROW (self), NULL);

  return self->logged;
}
