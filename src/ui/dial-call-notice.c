#include "config.h"

#include <glib/gi18n.h>

#include "dial-call-notice.h"
#include "dial-words.h"

struct _DialCallNotice
{
  GObject       parent_instance;

  GApplication *application;
  DialDesk     *desk;
  GHashTable   *told;        /* by the call's uid */
};

/* A call the desktop was told of. */
typedef struct {
  DialCallNotice  *notice;
  DialCall        *call;
  DialIntegration *integration;
  guint            n_owners;
  gulong           state_handler;
  gulong           name_handler;
} Told;

enum {
  SHOW,
  WAITING,
  MISSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialCallNotice, dial_call_notice, G_TYPE_OBJECT)

static char *
dup_notification_id (DialCall *call)
{
  return g_strconcat ("call-", dial_call_get_uid (call), NULL);
}

static void
told_free (gpointer data)
{
  Told *told = data;

  g_clear_signal_handler (&told->state_handler, told->call);
  g_clear_signal_handler (&told->name_handler, told->call);
  g_object_unref (told->call);
  g_object_unref (told->integration);
  g_free (told);
}

/* What is known beside the name. */
static char *
dup_body (Told *told)
{
  DialPhoneNumber *number = dial_call_get_number (told->call);
  g_autofree char *text = dial_words_caller (number);
  g_autofree char *owners = NULL;

  if (dial_call_get_candidate_name (told->call) != NULL)
    return dial_words_join (2, text, dial_integration_get_name (told->integration));

  if (told->n_owners > 1)
    owners = g_strdup_printf (ngettext ("%u candidate has this number", "%u candidates have this number",
                                        told->n_owners), told->n_owners);
  else if (dial_phone_number_get_e164 (number) != NULL)
    owners = g_strdup (_("No candidate has this number"));
  return owners != NULL ? g_steal_pointer (&owners) : g_strdup ("");
}

static char *
dup_title (Told *told)
{
  gboolean missed = dial_call_get_state (told->call) == DIAL_CALL_STATE_ENDED;
  const char *name = dial_call_get_candidate_name (told->call);
  g_autofree char *who = name != NULL ? dial_words_isolate (name)
                                      : dial_words_caller (dial_call_get_number (told->call));

  /* Translators: %s is a person's name or a phone number */
  return g_strdup_printf (missed ? _("Missed call from %s") : _("%s is calling"), who);
}

static void
send (Told *told)
{
  DialDesk *desk = told->notice->desk;
  gboolean missed = dial_call_get_state (told->call) == DIAL_CALL_STATE_ENDED;
  const char *uid = dial_call_get_uid (told->call);
  g_autofree char *title = dup_title (told);
  g_autofree char *body = dup_body (told);
  g_autofree char *id = dup_notification_id (told->call);
  g_autoptr (GNotification) notification = g_notification_new (title);
  g_autoptr (GIcon) icon = g_themed_icon_new (missed ? "call-missed-symbolic" : "call-start-symbolic");

  g_notification_set_body (notification, body);
  g_notification_set_icon (notification, icon);
  g_notification_set_priority (notification, missed ? G_NOTIFICATION_PRIORITY_NORMAL
                                                    : G_NOTIFICATION_PRIORITY_URGENT);
  g_notification_set_default_action_and_target (notification, "app.show-call", "s", uid);
  if (!missed && dial_desk_get_call (desk) == told->call && dial_desk_can_answer_call (desk))
    g_notification_add_button_with_target (notification, _("Answer"), "app.answer-call", "s", uid);
  g_application_send_notification (told->notice->application, id, notification);
}

static void
withdraw (Told *told)
{
  g_autofree char *id = dup_notification_id (told->call);

  g_application_withdraw_notification (told->notice->application, id);
}

static void
on_state_changed_cb (DialCall   *call,
                     GParamSpec *pspec,
                     Told       *told)
{
  switch (dial_call_get_state (call)) {
  case DIAL_CALL_STATE_ENDED:
    if (dial_call_get_outcome (call) == DIAL_OUTCOME_MISSED) {
      send (told);
      g_signal_emit (told->notice, signals[MISSED], 0, call);
    } else {
      withdraw (told);
    }
    break;
  case DIAL_CALL_STATE_ACTIVE:
    withdraw (told);
    break;
  case DIAL_CALL_STATE_DIALLING:
  case DIAL_CALL_STATE_RINGING:
  case DIAL_CALL_STATE_HELD:
  default:
    break;
  }
}

/* Named while it rings, or after it was missed: the notification says so. */
static void
on_name_changed_cb (DialCall   *call,
                    GParamSpec *pspec,
                    Told       *told)
{
  DialIntegration *integration = dial_desk_get_call_integration (told->notice->desk);

  if (dial_desk_get_call (told->notice->desk) == call && integration != NULL)
    g_set_object (&told->integration, integration);
  if (dial_call_get_state (call) == DIAL_CALL_STATE_RINGING)
    send (told);
}

static void
on_incoming_cb (DialCallNotice  *self,
                DialCall        *call,
                DialIntegration *integration,
                GPtrArray       *owners)
{
  Told *told = g_new0 (Told, 1);

  told->notice = self;
  told->call = g_object_ref (call);
  told->integration = g_object_ref (integration);
  told->n_owners = owners->len;
  told->state_handler = g_signal_connect (call, "notify::state", G_CALLBACK (on_state_changed_cb), told);
  told->name_handler = g_signal_connect (call, "notify::candidate-name", G_CALLBACK (on_name_changed_cb),
                                         told);
  g_hash_table_replace (self->told, g_strdup (dial_call_get_uid (call)), told);

  send (told);
  if (dial_call_get_state (call) != DIAL_CALL_STATE_ENDED && dial_desk_get_call (self->desk) != call)
    g_signal_emit (self, signals[WAITING], 0, call);
}

static void
dial_call_notice_dispose (GObject *object)
{
  DialCallNotice *self = DIAL_CALL_NOTICE (object);

  g_hash_table_remove_all (self->told);
  g_clear_object (&self->desk);
  g_clear_object (&self->application);

  G_OBJECT_CLASS (dial_call_notice_parent_class)->dispose (object);
}

static void
dial_call_notice_finalize (GObject *object)
{
  g_hash_table_unref (DIAL_CALL_NOTICE (object)->told);

  G_OBJECT_CLASS (dial_call_notice_parent_class)->finalize (object);
}

static void
dial_call_notice_class_init (DialCallNoticeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dial_call_notice_dispose;
  object_class->finalize = dial_call_notice_finalize;

  signals[SHOW] = g_signal_new ("show", DIAL_TYPE_CALL_NOTICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, DIAL_TYPE_CALL, DIAL_TYPE_INTEGRATION);
  signals[WAITING] = g_signal_new ("waiting", DIAL_TYPE_CALL_NOTICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, DIAL_TYPE_CALL);
  signals[MISSED] = g_signal_new ("missed", DIAL_TYPE_CALL_NOTICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, DIAL_TYPE_CALL);
}

static void
dial_call_notice_init (DialCallNotice *self)
{
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, told_free);
}

/**
 * dial_call_notice_new:
 * @application: the program
 * @desk: whose calls
 *
 * Returns: (transfer full): a notice
 */
DialCallNotice *
dial_call_notice_new (GApplication *application,
                      DialDesk     *desk)
{
  DialCallNotice *self = g_object_new (DIAL_TYPE_CALL_NOTICE, NULL);

  self->application = g_object_ref (application);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "incoming", G_CALLBACK (on_incoming_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * dial_call_notice_show:
 * @self: a notice
 * @uid: a call's
 *
 * The recruiter chose the call's notification.
 *
 * Returns: whether it is a call of this desk
 */
gboolean
dial_call_notice_show (DialCallNotice *self,
                       const char     *uid)
{
  Told *told;

  g_return_val_if_fail (DIAL_IS_CALL_NOTICE (self), FALSE);

  told = g_hash_table_lookup (self->told, uid);
  if (told == NULL)
    return FALSE;

  g_signal_emit (self, signals[SHOW], 0, told->call, told->integration);
  return TRUE;
}

/**
 * dial_call_notice_answer:
 * @self: a notice
 * @uid: a call's
 *
 * The recruiter chose to answer in the call's notification.
 *
 * Returns: whether it is a call of this desk
 */
gboolean
dial_call_notice_answer (DialCallNotice *self,
                         const char     *uid)
{
  g_return_val_if_fail (DIAL_IS_CALL_NOTICE (self), FALSE);

  if (!dial_call_notice_show (self, uid))
    return FALSE;

  if (dial_desk_get_call (self->desk) != NULL &&
      g_str_equal (dial_call_get_uid (dial_desk_get_call (self->desk)), uid))
    dial_desk_answer_call (self->desk);
  return TRUE;
}
