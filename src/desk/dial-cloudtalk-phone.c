#include "dial-cloudtalk-phone.h"

#include <glib/gi18n.h>

#include "dial-cloudtalk-account-private.h"
#include "dial-cloudtalk-line.h"

/* CloudTalk as a phone. It rings the recruiter first, and then the other end. Where another number than the agent's
 * own is to be shown, or where CloudTalk Phone is closed, the number goes to that program by a link instead. */

/* What CloudTalk Phone opens. (CloudTalk's help, and seen in use) */
#define LINK_SCHEME "ct+tel"

struct _DialCloudtalkPhone
{
  GObject               parent_instance;

  DialCloudtalkAccount *account;
  GPtrArray            *lines;         /* of DialCloudtalkLine */
  GHashTable           *followed;      /* remote ids of calls, from the start on */
  gint64                last_click;    /* an instant */
};

/* A call on its way to CloudTalk. */
typedef struct {
  DialCall           *call;
  GAppInfo           *handler;         /* of links; NULL where nobody opens them */
  DialCloudtalkRoute  route;
  DialAgentState      agent_state;
} Placing;

static void dial_cloudtalk_phone_iface_init (DialPhoneInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DialCloudtalkPhone, dial_cloudtalk_phone, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DIAL_TYPE_PHONE, dial_cloudtalk_phone_iface_init))

static void
placing_free (Placing *placing)
{
  g_object_unref (placing->call);
  g_clear_object (&placing->handler);
  g_free (placing);
}

static void
free_line (gpointer line)
{
  dial_cloudtalk_line_free (line);
}

static const char *
get_closed_sentence (DialAgentState state)
{
  if (state == DIAL_AGENT_STATE_PAUSED)
    return _("CloudTalk does not ring you while you are paused: set yourself online in CloudTalk Phone, and call again.");

  return _("CloudTalk is closed: open CloudTalk Phone, wait until it shows you online, and call again.");
}

/* Following what was placed */

static void
on_line_over (DialCloudtalkLine *line,
              gpointer           user_data)
{
  DialCloudtalkPhone *self = user_data;

  g_ptr_array_remove (self->lines, line);
}

/* Of two calls with one number, what began before the middle between the clicks is the first. */
static void
follow (DialCloudtalkPhone *self,
        Placing            *placing)
{
  gint64 click = dial_call_get_started_at (placing->call);
  gint64 not_before = self->last_click != 0 ? self->last_click + (click - self->last_click) / 2 : 0;

  self->last_click = click;
  dial_call_set_watched (placing->call, TRUE);
  g_ptr_array_add (self->lines, dial_cloudtalk_line_new (self->account, placing->call, placing->route, not_before,
                                                         self->followed, _dial_cloudtalk_account_get_haste (self->account),
                                                         on_line_over, self));
}

/* The last step: nothing after it may be tried again. */

static void
return_error (GTask  *task,
              GError *error)
{
  g_task_return_new_error (task, DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_FAILED, "%s", error->message);
  g_error_free (error);
}

static void open_link (GTask *task);

static void
on_call_created (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCloudtalkPhone *self = g_task_get_source_object (task);
  Placing *placing = g_task_get_task_data (task);
  GError *error = NULL;

  dial_cloudtalk_create_call_finish (DIAL_CLOUDTALK (source), result, &error);
  dial_cloudtalk_account_heed (self->account, error);
  if (g_error_matches (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_UNCLEAR)) {
    placing->route = DIAL_CLOUDTALK_ROUTE_UNCLEAR;
    g_clear_error (&error);
  }

  /* A clear no, because the agent has just gone: the link is another way, not another try. */
  if (g_error_matches (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_AGENT_AWAY)) {
    g_clear_error (&error);
    if (placing->handler != NULL)
      open_link (task);
    else
      g_task_return_new_error (task, DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_FAILED, "%s",
                               get_closed_sentence (placing->agent_state));
    return;
  }

  if (error != NULL) {
    return_error (task, error);
    return;
  }

  follow (self, placing);
  g_task_return_boolean (task, TRUE);
}

static void
create_call (GTask                    *task,
             const DialCloudtalkAgent *agent)
{
  DialCloudtalkPhone *self = g_task_get_source_object (task);
  Placing *placing = g_task_get_task_data (task);

  /* Not cancellable: whether it rang would not be known. */
  placing->route = DIAL_CLOUDTALK_ROUTE_RING;
  dial_cloudtalk_create_call_async (dial_cloudtalk_account_get_cloudtalk (self->account), agent->id,
                                    dial_phone_number_get_e164 (dial_call_get_number (placing->call)), NULL,
                                    on_call_created, g_object_ref (task));
}

static void
on_link_opened (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCloudtalkPhone *self = g_task_get_source_object (task);
  Placing *placing = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  /* Not GIO's own words: they may hold the link, and with it the number. */
  if (!g_app_info_launch_default_for_uri_finish (result, &error)) {
    g_debug ("CloudTalk Phone did not start: %s %d", g_quark_to_string (error->domain), error->code);
    g_task_return_new_error (task, DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_FAILED,
                             /* Translators: %s is the name of a program */
                             _("%s could not be started. Start it by hand to see what it lacks."),
                             g_app_info_get_display_name (placing->handler));
    return;
  }

  follow (self, placing);
  g_task_return_boolean (task, TRUE);
}

/* A plus in the part after the question mark could be read as a space. */
static char *
make_link (DialCall *call)
{
  const char *number = dial_phone_number_get_e164 (dial_call_get_number (call));
  const char *from = dial_call_get_own_number (call);

  return from != NULL && *from == '+' ? g_strdup_printf (LINK_SCHEME ":%s?from=%%2B%s", number, from + 1)
                                      : g_strdup_printf (LINK_SCHEME ":%s", number);
}

static void
open_link (GTask *task)
{
  Placing *placing = g_task_get_task_data (task);
  g_autofree char *uri = make_link (placing->call);

  placing->route = DIAL_CLOUDTALK_ROUTE_LINK;
  g_app_info_launch_default_for_uri_async (uri, NULL, NULL, on_link_opened, g_object_ref (task));
}

/* Which way it goes */

static gboolean
may_use (const DialCloudtalkAgent *agent,
         const char               *number)
{
  return number != NULL &&
         (g_strcmp0 (agent->default_number, number) == 0 || g_strv_contains ((const char * const *) agent->numbers, number));
}

static gboolean
check_agent (const DialCloudtalkAgent  *agent,
             GError                   **error)
{
  if (agent == NULL)
    g_set_error_literal (error, DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_FAILED,
                         _("It is not known which CloudTalk agent you are: choose it in the settings under Phones."));
  else if (!agent->may_call_out)
    g_set_error_literal (error, DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_FAILED,
                         _("CloudTalk does not let you call out: an administrator can switch outbound calls on for you "
                           "in CloudTalk's dashboard under Users."));
  else if (!agent->within_daily_limit)
    g_set_error_literal (error, DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_FAILED,
                         _("CloudTalk's daily limit for your calls is used up: an administrator can raise it in "
                           "CloudTalk's dashboard, or wait until tomorrow."));
  else if (agent->state == DIAL_AGENT_STATE_CALLING)
    g_set_error_literal (error, DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_FAILED,
                         _("You are in a call in CloudTalk: end it there first."));
  else
    return TRUE;

  return FALSE;
}

static gboolean
check_numbers (const DialCloudtalkAgent  *agent,
               DialCall                  *call,
               GAppInfo                  *handler,
               GError                   **error)
{
  gboolean strictly;
  const char * const *numbers = dial_call_get_own_numbers (call, &strictly);
  const char *wanted = numbers != NULL && strictly ? numbers[0] : NULL;

  if (wanted == NULL || g_strcmp0 (wanted, agent->default_number) == 0)
    return TRUE;

  if (!may_use (agent, wanted)) {
    g_set_error (error, DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_FAILED,
                 /* Translators: %s is a phone number */
                 _("Your CloudTalk agent may not use %s: an administrator can add it in CloudTalk's dashboard under "
                   "Numbers."), wanted);
    return FALSE;
  }
  if (handler == NULL) {
    g_set_error (error, DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_NO_HANDLER,
                 /* Translators: %s is a phone number */
                 _("Only CloudTalk Phone on this computer can call from %s, and no program here opens its links "
                   "(ct+tel). Install it, or make that number your default in CloudTalk."), wanted);
    return FALSE;
  }

  return TRUE;
}

/* Of those that are asked for or ticked: the agent's own, which needs no link, or else the first the agent may use. */
static const char *
pick_number (const DialCloudtalkAgent *agent,
             DialCall                 *call)
{
  gboolean strictly;
  const char * const *numbers = dial_call_get_own_numbers (call, &strictly);

  if (numbers == NULL || (agent->default_number != NULL && g_strv_contains (numbers, agent->default_number)))
    return agent->default_number;

  for (guint i = 0; numbers[i] != NULL; i++)
    if (may_use (agent, numbers[i]))
      return numbers[i];

  return agent->default_number;
}

/* A number that was ticked but cannot be shown gives way to the agent's own; one that was asked for does not. */
static void
choose_route (GTask                    *task,
              const DialCloudtalkAgent *agent)
{
  Placing *placing = g_task_get_task_data (task);
  const char *number;
  gboolean other;
  GError *error = NULL;

  if (!check_agent (agent, &error) || !check_numbers (agent, placing->call, placing->handler, &error)) {
    g_task_return_error (task, error);
    return;
  }

  placing->agent_state = agent->state;
  number = pick_number (agent, placing->call);
  other = placing->handler != NULL && g_strcmp0 (number, agent->default_number) != 0;
  dial_call_set_own_number (placing->call, other ? number : agent->default_number);
  if (other || (agent->state == DIAL_AGENT_STATE_OFFLINE && placing->handler != NULL))
    open_link (task);
  else if (agent->state == DIAL_AGENT_STATE_OFFLINE)
    g_task_return_new_error (task, DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_FAILED, "%s",
                             get_closed_sentence (agent->state));
  else
    create_call (task, agent);
}

static void
on_agent_refreshed (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCloudtalkPhone *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;

  if (dial_cloudtalk_account_refresh_agent_finish (DIAL_CLOUDTALK_ACCOUNT (source), result, &error))
    choose_route (task, dial_cloudtalk_account_get_agent (self->account));
  else
    return_error (task, error);
}

static void
on_handler_found (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCloudtalkPhone *self = g_task_get_source_object (task);
  Placing *placing = g_task_get_task_data (task);

  placing->handler = g_app_info_get_default_for_uri_scheme_finish (result, NULL);
  dial_cloudtalk_account_refresh_agent_async (self->account, DIAL_CLOUDTALK_URGENCY_NOW,
                                              g_task_get_cancellable (task), on_agent_refreshed, g_object_ref (task));
}

/* DialPhone */

static const char *
dial_cloudtalk_phone_get_id (DialPhone *phone)
{
  return dial_cloudtalk_account_get_id (DIAL_CLOUDTALK_PHONE (phone)->account);
}

static char *
dial_cloudtalk_phone_dup_title (DialPhone *phone)
{
  return dial_cloudtalk_account_dup_title (DIAL_CLOUDTALK_PHONE (phone)->account);
}

static char *
dial_cloudtalk_phone_dup_problem (DialPhone *phone)
{
  return g_strdup (dial_cloudtalk_account_get_problem (DIAL_CLOUDTALK_PHONE (phone)->account));
}

static void
dial_cloudtalk_phone_place_async (DialPhone           *phone,
                                  DialCall            *call,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (phone, cancellable, callback, user_data);
  Placing *placing = g_new0 (Placing, 1);

  placing->call = g_object_ref (call);
  g_task_set_source_tag (task, dial_cloudtalk_phone_place_async);
  g_task_set_task_data (task, placing, (GDestroyNotify) placing_free);

  if (dial_phone_number_get_e164 (dial_call_get_number (call)) == NULL)
    g_task_return_new_error (task, DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_NUMBER, "%s",
                             _("CloudTalk needs the whole number, with the country code. Correct it in Greenhouse, such "
                               "as +1 202 555 0143."));
  else
    g_app_info_get_default_for_uri_scheme_async (LINK_SCHEME, cancellable, on_handler_found, g_object_ref (task));
}

static gboolean
dial_cloudtalk_phone_place_finish (DialPhone     *phone,
                                   GAsyncResult  *result,
                                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, phone), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
dial_cloudtalk_phone_hang_up (DialPhone *phone,
                              DialCall  *call)
{
  DialCloudtalkPhone *self = DIAL_CLOUDTALK_PHONE (phone);

  for (guint i = 0; i < self->lines->len; i++)
    if (dial_cloudtalk_line_get_call (g_ptr_array_index (self->lines, i)) == call)
      dial_cloudtalk_line_ask_to_end (g_ptr_array_index (self->lines, i));
}

static gboolean
dial_cloudtalk_phone_can_choose_number (DialPhone *phone)
{
  return TRUE;
}

static void
dial_cloudtalk_phone_dispose (GObject *object)
{
  DialCloudtalkPhone *self = DIAL_CLOUDTALK_PHONE (object);

  g_ptr_array_set_size (self->lines, 0);
  g_clear_object (&self->account);

  G_OBJECT_CLASS (dial_cloudtalk_phone_parent_class)->dispose (object);
}

static void
dial_cloudtalk_phone_finalize (GObject *object)
{
  g_ptr_array_unref (DIAL_CLOUDTALK_PHONE (object)->lines);
  g_hash_table_unref (DIAL_CLOUDTALK_PHONE (object)->followed);

  G_OBJECT_CLASS (dial_cloudtalk_phone_parent_class)->finalize (object);
}

static void
dial_cloudtalk_phone_iface_init (DialPhoneInterface *iface)
{
  iface->get_id = dial_cloudtalk_phone_get_id;
  iface->dup_title = dial_cloudtalk_phone_dup_title;
  iface->dup_problem = dial_cloudtalk_phone_dup_problem;
  iface->place_async = dial_cloudtalk_phone_place_async;
  iface->place_finish = dial_cloudtalk_phone_place_finish;
  iface->hang_up = dial_cloudtalk_phone_hang_up;
  iface->can_choose_number = dial_cloudtalk_phone_can_choose_number;
}

static void
dial_cloudtalk_phone_class_init (DialCloudtalkPhoneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dial_cloudtalk_phone_dispose;
  object_class->finalize = dial_cloudtalk_phone_finalize;
}

static void
dial_cloudtalk_phone_init (DialCloudtalkPhone *self)
{
  self->lines = g_ptr_array_new_with_free_func (free_line);
  self->followed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * dial_cloudtalk_phone_new:
 * @account: a CloudTalk account
 *
 * Returns: (transfer full): a phone that calls by it
 */
DialPhone *
dial_cloudtalk_phone_new (DialCloudtalkAccount *account)
{
  DialCloudtalkPhone *self;

  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (account), NULL);

  self = g_object_new (DIAL_TYPE_CLOUDTALK_PHONE, NULL);
  self->account = g_object_ref (account);
  return DIAL_PHONE (self);
}

/**
 * dial_cloudtalk_phone_get_account:
 * @self: a phone
 *
 * Returns: (transfer none): the account it calls by
 */
DialCloudtalkAccount *
dial_cloudtalk_phone_get_account (DialCloudtalkPhone *self)
{
  g_return_val_if_fail (DIAL_IS_CLOUDTALK_PHONE (self), NULL);

  return self->account;
}

/**
 * dial_cloudtalk_phone_hurry:
 * @self: a phone
 *
 * The computer woke up: what happened to the calls meanwhile is looked at at once.
 */
void
dial_cloudtalk_phone_hurry (DialCloudtalkPhone *self)
{
  g_return_if_fail (DIAL_IS_CLOUDTALK_PHONE (self));

  for (guint i = 0; i < self->lines->len; i++)
    dial_cloudtalk_line_hurry (g_ptr_array_index (self->lines, i));
}
