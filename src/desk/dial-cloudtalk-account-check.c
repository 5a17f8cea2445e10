#include "dial-cloudtalk-account-private.h"

#include <glib/gi18n.h>

/* Asking CloudTalk, one question after the other, whether calls can be placed like this. Nothing is written
 * there. Where in CloudTalk's dashboard something is set is told in its own words (CloudTalk's help pages). */

#define LINK_SCHEME "ct+tel"

typedef struct {
  GStrv             tags;
  DialCloudtalk    *cloudtalk;
  DialAccountCheck *check;
} Checking;

static void
checking_free (Checking *checking)
{
  g_strfreev (checking->tags);
  g_clear_object (&checking->cloudtalk);
  g_clear_pointer (&checking->check, dial_account_check_unref);
  g_free (checking);
}

static void
notify (DialCloudtalkAccount *self,
        guint                 property_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), dial_cloudtalk_account_properties[property_id]);
}

/* Keeping */

void
_dial_cloudtalk_account_show_check (DialCloudtalkAccount *self,
                                    DialAccountCheck     *check)
{
  g_clear_pointer (&self->check, dial_account_check_unref);
  self->check = check != NULL ? dial_account_check_ref (check) : NULL;
  notify (self, ACCOUNT_PROP_CHECK);
  notify (self, ACCOUNT_PROP_PROBLEM);
  _dial_cloudtalk_account_update_health (self);
}

void
_dial_cloudtalk_account_take_check (DialCloudtalkAccount *self,
                                    DialAccountCheck     *check)
{
  g_autofree char *text = check != NULL ? dial_account_check_to_text (check) : g_strdup ("");

  if (check == NULL && self->check == NULL)
    return;

  _dial_cloudtalk_account_keep (self, "check", text);
  _dial_cloudtalk_account_show_check (self, check);
}

/**
 * dial_cloudtalk_account_get_check:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): what the last check found, kept over restarts
 */
DialAccountCheck *
dial_cloudtalk_account_get_check (DialCloudtalkAccount *self)
{
  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self), NULL);

  return self->check;
}

/**
 * dial_cloudtalk_account_is_checking:
 * @self: an account
 *
 * Returns: whether a check is under way
 */
gboolean
dial_cloudtalk_account_is_checking (DialCloudtalkAccount *self)
{
  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self), FALSE);

  return self->n_checking > 0;
}

/* Ending */

static void
end (GTask  *task,
     GError *error)
{
  DialCloudtalkAccount *self = g_task_get_source_object (task);
  Checking *checking = g_task_get_task_data (task);

  self->n_checking--;
  if (checking->cloudtalk != NULL && checking->cloudtalk != self->cloudtalk) {
    /* Found at an address, or with keys, that count no more. */
  } else if (error == NULL) {
    _dial_cloudtalk_account_set_problem (self, NULL);
    _dial_cloudtalk_account_take_check (self, checking->check);
  } else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    _dial_cloudtalk_account_set_problem (self, error->message);
  }
  if (self->n_checking == 0)
    notify (self, ACCOUNT_PROP_CHECKING);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, dial_account_check_ref (checking->check),
                           (GDestroyNotify) dial_account_check_unref);
}

static void
add (GTask           *task,
     DialAccountStep  step,
     DialStepState    state,
     const char      *text)
{
  Checking *checking = g_task_get_task_data (task);

  dial_account_check_add (checking->check, step, state, text);
}

/* A question CloudTalk answered with no is a finding; what kept it from answering ends the check. */
static gboolean
is_an_answer (const GError *error)
{
  return error->domain == DIAL_CLOUDTALK_ERROR &&
         error->code != DIAL_CLOUDTALK_ERROR_KEYS &&
         error->code != DIAL_CLOUDTALK_ERROR_BLOCKED &&
         error->code != DIAL_CLOUDTALK_ERROR_LIMIT &&
         error->code != DIAL_CLOUDTALK_ERROR_UNREACHABLE;
}

/* The link */

static void
on_handler_found (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GAppInfo) handler = g_app_info_get_default_for_uri_scheme_finish (result, NULL);
  g_autofree char *text = NULL;

  if (handler != NULL) {
    /* Translators: %s is the name of a program */
    text = g_strdup_printf (_("%s opens CloudTalk's links: a call can go out by any of your numbers."),
                            g_app_info_get_display_name (handler));
    add (task, DIAL_ACCOUNT_STEP_LINK, DIAL_STEP_GOOD, text);
  } else {
    add (task, DIAL_ACCOUNT_STEP_LINK, DIAL_STEP_ADVICE,
         _("No program on this computer opens CloudTalk's links: calls go out by your default number alone. "
           "CloudTalk Phone for Linux may bring one."));
  }

  end (task, NULL);
}

static void
look_for_handler (GTask *task)
{
  g_app_info_get_default_for_uri_scheme_async (LINK_SCHEME, g_task_get_cancellable (task), on_handler_found,
                                               g_object_ref (task));
}

/* The tags */

static gboolean
has_tag (GPtrArray  *tags,
         const char *name)
{
  for (guint i = 0; i < tags->len; i++)
    if (g_strcmp0 (((DialCloudtalkTag *) tags->pdata[i])->name, name) == 0)
      return TRUE;

  return FALSE;
}

static void
add_tags (GTask     *task,
          GPtrArray *tags)
{
  Checking *checking = g_task_get_task_data (task);

  for (guint i = 0; checking->tags != NULL && checking->tags[i] != NULL; i++) {
    g_autofree char *text = NULL;

    if (has_tag (tags, checking->tags[i]))
      /* Translators: %s is a tag of contacts */
      text = g_strdup_printf (_("CloudTalk has the contact tag “%s”."), checking->tags[i]);
    else
      text = g_strdup_printf (_("CloudTalk does not have the contact tag “%s” yet: it is made when the first "
                                "contact gets it."), checking->tags[i]);
    add (task, DIAL_ACCOUNT_STEP_TAG, DIAL_STEP_GOOD, text);
  }
}

static void
on_tags_listed (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) tags =
    dial_cloudtalk_list_tags_finish (DIAL_CLOUDTALK (source), result, &error);

  if (tags == NULL && !is_an_answer (error)) {
    end (task, error);
    return;
  }

  if (tags != NULL)
    add_tags (task, tags);
  else
    add (task, DIAL_ACCOUNT_STEP_TAG, DIAL_STEP_ADVICE, error->message);
  g_clear_error (&error);
  look_for_handler (task);
}

/* The history */

static void
on_calls_listed (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Checking *checking = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) calls =
    dial_cloudtalk_list_calls_finish (DIAL_CLOUDTALK (source), result, NULL, &error);

  if (calls == NULL && !is_an_answer (error)) {
    end (task, error);
    return;
  }

  if (calls != NULL)
    add (task, DIAL_ACCOUNT_STEP_HISTORY, DIAL_STEP_GOOD,
         _("The call history can be read: calls are followed and logged by it."));
  else
    add (task, DIAL_ACCOUNT_STEP_HISTORY, DIAL_STEP_BAD, error->message);
  g_clear_error (&error);
  dial_cloudtalk_list_tags_async (checking->cloudtalk, DIAL_CLOUDTALK_URGENCY_NOW,
                                  g_task_get_cancellable (task), on_tags_listed, g_object_ref (task));
}

static void
look_at_history (GTask *task)
{
  DialCloudtalkAccount *self = g_task_get_source_object (task);
  Checking *checking = g_task_get_task_data (task);
  DialCloudtalkCallQuery query = { .direction = -1, .limit = 1, .page = 1 };

  query.agent_id = self->agent != NULL ? self->agent->id : 0;
  dial_cloudtalk_list_calls_async (checking->cloudtalk, &query, DIAL_CLOUDTALK_URGENCY_NOW,
                                   g_task_get_cancellable (task), on_calls_listed, g_object_ref (task));
}

/* The numbers */

static char *
describe_number (DialCloudtalkAccount *self,
                 const char           *e164)
{
  const DialCloudtalkNumber *number = dial_cloudtalk_account_find_number (self, e164);

  if (number == NULL || number->name == NULL || *number->name == '\0')
    return g_strdup (e164);

  return g_strdup_printf ("%s (%s)", e164, number->name);
}

static void
add_numbers (GTask *task)
{
  DialCloudtalkAccount *self = g_task_get_source_object (task);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  g_autofree char *list = NULL;
  g_autofree char *text = NULL;

  if (self->agent == NULL)
    return;
  if (self->agent->default_number == NULL && self->agent->numbers[0] == NULL) {
    add (task, DIAL_ACCOUNT_STEP_NUMBERS, DIAL_STEP_BAD,
         _("No number is assigned to you: an administrator assigns one in CloudTalk's dashboard under Users, "
           "with your name."));
    return;
  }

  for (guint i = 0; self->agent->numbers[i] != NULL; i++) {
    g_autofree char *described = describe_number (self, self->agent->numbers[i]);

    g_strv_builder_add (builder, described);
  }
  words = g_strv_builder_end (builder);
  list = g_strjoinv (", ", words);

  if (self->agent->default_number == NULL) {
    text = g_strdup_printf (_("Your numbers are %s, but none is your default outgoing number: choose it in "
                              "CloudTalk's dashboard under Users, with your name."), list);
    add (task, DIAL_ACCOUNT_STEP_NUMBERS, DIAL_STEP_ADVICE, text);
  } else {
    g_autofree char *first = describe_number (self, self->agent->default_number);

    text = words[0] != NULL && words[1] != NULL
           /* Translators: phone numbers with their names; the second is a list of them */
             ? g_strdup_printf (_("Calls go out by %s; your numbers are %s."), first, list)
           /* Translators: a phone number with its name */
             : g_strdup_printf (_("Calls go out by %s."), first);
    add (task, DIAL_ACCOUNT_STEP_NUMBERS, DIAL_STEP_GOOD, text);
  }
}

static void
on_numbers_listed (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCloudtalkAccount *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) numbers =
    dial_cloudtalk_list_numbers_finish (DIAL_CLOUDTALK (source), result, &error);

  if (numbers == NULL && !is_an_answer (error)) {
    end (task, error);
    return;
  }

  if (numbers != NULL) {
    _dial_cloudtalk_account_take_numbers (self, numbers);
    add_numbers (task);
  } else {
    add (task, DIAL_ACCOUNT_STEP_NUMBERS, DIAL_STEP_ADVICE, error->message);
  }
  g_clear_error (&error);
  look_at_history (task);
}

/* The agent */

static void
add_missing_agent (GTask *task)
{
  DialCloudtalkAccount *self = g_task_get_source_object (task);
  const char *email = dial_cloudtalk_account_get_email (self);
  guint n = self->agents->len;
  g_autofree char *text = NULL;

  if (*email == '\0')
    text = g_strdup (_("Say who you are in CloudTalk: choose yourself among its agents, or enter the e-mail "
                       "address you sign in to CloudTalk with."));
  else
    text = g_strdup_printf (ngettext (
                              /* Translators: a number of people, and an e-mail address */
                              "CloudTalk's %u agent does not have the e-mail address %s: choose yourself among its "
                              "agents, or have an administrator add you in CloudTalk's dashboard under Users.",
                              "None of CloudTalk's %u agents has the e-mail address %s: choose yourself among its "
                              "agents, or have an administrator add you in CloudTalk's dashboard under Users.", n),
                            n, email);
  add (task, DIAL_ACCOUNT_STEP_AGENT, DIAL_STEP_BAD, text);
}

static void
add_state (GTask                    *task,
           const DialCloudtalkAgent *agent)
{
  switch (agent->state) {
  case DIAL_AGENT_STATE_ONLINE:
    add (task, DIAL_ACCOUNT_STEP_STATE, DIAL_STEP_GOOD,
         _("You are online: CloudTalk rings you when you call somebody. With “Automatically pick up dialed calls” "
           "in its settings you need not answer."));
    break;
  case DIAL_AGENT_STATE_CALLING:
    add (task, DIAL_ACCOUNT_STEP_STATE, DIAL_STEP_GOOD, _("You are on a call just now."));
    break;
  case DIAL_AGENT_STATE_OFFLINE:
    add (task, DIAL_ACCOUNT_STEP_STATE, DIAL_STEP_ADVICE,
         _("You are offline: open CloudTalk Phone, the program or phone.cloudtalk.io, before you call somebody."));
    break;
  case DIAL_AGENT_STATE_PAUSED:
    add (task, DIAL_ACCOUNT_STEP_STATE, DIAL_STEP_ADVICE,
         _("You are paused: go online in CloudTalk Phone before you call somebody."));
    break;
  case DIAL_AGENT_STATE_UNKNOWN:
  default:
    add (task, DIAL_ACCOUNT_STEP_STATE, DIAL_STEP_UNKNOWN, _("CloudTalk does not say whether you are online."));
    break;
  }
}

static void
add_agent (GTask                    *task,
           const DialCloudtalkAgent *agent)
{
  const char *name = agent->name != NULL ? agent->name : agent->email;
  g_autofree char *text = NULL;

  /* Translators: a person's name, and an e-mail address or an empty string */
  text = g_strdup_printf (_("You are %s in CloudTalk (%s)."), name != NULL ? name : _("somebody"),
                          agent->email != NULL ? agent->email : _("no e-mail address"));
  add (task, DIAL_ACCOUNT_STEP_AGENT, DIAL_STEP_GOOD, text);

  if (agent->may_call_out)
    add (task, DIAL_ACCOUNT_STEP_CALLING, DIAL_STEP_GOOD, _("You may call out."));
  else
    add (task, DIAL_ACCOUNT_STEP_CALLING, DIAL_STEP_BAD,
         _("You may not call out: an administrator allows outbound calls in CloudTalk's dashboard under Users, "
           "with your name."));

  if (agent->within_daily_limit)
    add (task, DIAL_ACCOUNT_STEP_LIMIT, DIAL_STEP_GOOD, _("The daily spending limit is not reached."));
  else
    add (task, DIAL_ACCOUNT_STEP_LIMIT, DIAL_STEP_ADVICE,
         _("The daily spending limit is reached: CloudTalk places no call until tomorrow, or until an administrator "
           "raises the limit in its dashboard under Account."));

  add_state (task, agent);
}

static void
on_agents_listed (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCloudtalkAccount *self = g_task_get_source_object (task);
  Checking *checking = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) agents =
    dial_cloudtalk_list_agents_finish (DIAL_CLOUDTALK (source), result, &error);
  g_autofree char *text = NULL;

  if (agents == NULL && g_error_matches (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_KEYS)) {
    add (task, DIAL_ACCOUNT_STEP_KEYS, DIAL_STEP_BAD, error->message);
    g_error_free (error);
    end (task, NULL);
    return;
  }
  if (agents == NULL) {
    end (task, error);
    return;
  }

  _dial_cloudtalk_account_take_agents (self, agents);
  text = g_strdup_printf (ngettext ("CloudTalk took the keys; the company has %u agent.",
                                    "CloudTalk took the keys; the company has %u agents.", agents->len),
                          agents->len);
  add (task, DIAL_ACCOUNT_STEP_KEYS, DIAL_STEP_GOOD, text);
  if (self->agent != NULL)
    add_agent (task, self->agent);
  else
    add_missing_agent (task);

  dial_cloudtalk_list_numbers_async (checking->cloudtalk, DIAL_CLOUDTALK_URGENCY_NOW,
                                     g_task_get_cancellable (task), on_numbers_listed, g_object_ref (task));
}

static void
on_connected (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Checking *checking = g_task_get_task_data (task);
  GError *error = NULL;

  checking->cloudtalk =
    dial_cloudtalk_account_connect_finish (DIAL_CLOUDTALK_ACCOUNT (source), result, &error);
  if (checking->cloudtalk == NULL)
    end (task, error);
  else
    dial_cloudtalk_list_agents_async (checking->cloudtalk, DIAL_CLOUDTALK_URGENCY_NOW,
                                      g_task_get_cancellable (task), on_agents_listed, g_object_ref (task));
}

/**
 * dial_cloudtalk_account_check_async:
 * @self: an account
 * @tags: (nullable) (array zero-terminated=1): the contact tags that integrations use
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks CloudTalk whether calls can be placed as things stand. Nothing is written there; what was found is kept.
 */
void
dial_cloudtalk_account_check_async (DialCloudtalkAccount *self,
                                    const char * const   *tags,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data)
{
  g_autoptr (GTask) task = NULL;
  Checking *checking = g_new0 (Checking, 1);

  g_return_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self));

  checking->tags = g_strdupv ((GStrv) tags);
  checking->check = dial_account_check_new (g_get_real_time ());
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_cloudtalk_account_check_async);
  g_task_set_task_data (task, checking, (GDestroyNotify) checking_free);

  self->n_checking++;
  if (self->n_checking == 1)
    notify (self, ACCOUNT_PROP_CHECKING);
  dial_cloudtalk_account_connect_async (self, cancellable, on_connected, g_object_ref (task));
}

/**
 * dial_cloudtalk_account_check_finish:
 * @self: an account
 * @result: what the callback was given
 * @error: return location: why CloudTalk could not be asked
 *
 * Returns: (transfer full) (nullable): what was found
 */
DialAccountCheck *
dial_cloudtalk_account_check_finish (DialCloudtalkAccount  *self,
                                     GAsyncResult          *result,
                                     GError               **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
