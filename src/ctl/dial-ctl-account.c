#include "dial-ctl.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* What CloudTalk says of an account: the check, its agents, its numbers. */

static const char *
state_to_word (DialStepState state)
{
  switch (state) {
  case DIAL_STEP_GOOD:
    return _("ok");
  case DIAL_STEP_ADVICE:
    return _("note");
  case DIAL_STEP_BAD:
    return _("FAILED");
  case DIAL_STEP_UNKNOWN:
  default:
    return _("not known");
  }
}

static const char *
agent_state_to_nick (DialAgentState state)
{
  switch (state) {
  case DIAL_AGENT_STATE_ONLINE:
    return "online";
  case DIAL_AGENT_STATE_OFFLINE:
    return "offline";
  case DIAL_AGENT_STATE_PAUSED:
    return "paused";
  case DIAL_AGENT_STATE_CALLING:
    return "calling";
  case DIAL_AGENT_STATE_UNKNOWN:
  default:
    return NULL;
  }
}

static void
add_agent (JsonBuilder              *json,
           const DialCloudtalkAgent *agent)
{
  dial_ctl_json_int (json, "id", agent->id);
  dial_ctl_json_string (json, "name", agent->name);
  dial_ctl_json_string (json, "email", agent->email);
  dial_ctl_json_string (json, "extension", agent->extension);
  dial_ctl_json_string (json, "state", agent_state_to_nick (agent->state));
  dial_ctl_json_bool (json, "may_call_out", agent->may_call_out);
  dial_ctl_json_string (json, "default_number", agent->default_number);
  dial_ctl_json_strv (json, "numbers", (const char * const *) agent->numbers);
}

/* Waiting in silence looks like hanging. */
static void
on_allowance (DialCloudtalkAccount *account,
              GParamSpec           *pspec,
              gint64               *told)
{
  gint64 until = dial_cloudtalk_account_get_waits_until (account);
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *clock = NULL;

  if (until <= *told + G_USEC_PER_SEC)
    return;

  *told = until;
  time = g_date_time_new_from_unix_local (until / G_USEC_PER_SEC + 1);
  clock = g_date_time_format (time, "%H:%M:%S");
  dial_ctl_say (_("The company’s requests to CloudTalk are used up for this minute; it goes on at %s."), clock);
}

/* The check */

static void
add_steps (JsonBuilder      *json,
           DialAccountCheck *check)
{
  json_builder_set_member_name (json, "steps");
  json_builder_begin_array (json);
  for (guint i = 0; check != NULL && i < check->findings->len; i++) {
    DialAccountFinding *finding = check->findings->pdata[i];

    json_builder_begin_object (json);
    dial_ctl_json_string (json, "name", dial_enum_to_nick (DIAL_TYPE_ACCOUNT_STEP, (int) finding->step));
    dial_ctl_json_string (json, "state", dial_enum_to_nick (DIAL_TYPE_STEP_STATE, (int) finding->state));
    dial_ctl_json_string (json, "text", finding->text);
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
}

static void
print_json (DialCloudtalkAccount *account,
            DialAccountCheck     *check,
            const char           *problem)
{
  g_autoptr (JsonBuilder) json = dial_ctl_json_begin ();
  const DialCloudtalkAgent *agent = check != NULL ? dial_cloudtalk_account_get_agent (account) : NULL;

  dial_ctl_json_bool (json, "ok", check != NULL && dial_account_check_is_ok (check));
  add_steps (json, check);
  json_builder_set_member_name (json, "agent");
  if (agent != NULL) {
    json_builder_begin_object (json);
    add_agent (json, agent);
    json_builder_end_object (json);
  } else {
    json_builder_add_null_value (json);
  }
  if (problem != NULL)
    dial_ctl_json_string (json, "error", problem);
  dial_ctl_json_print (json);
}

static void
print_words (DialAccountCheck *check)
{
  int width = 0;

  for (guint i = 0; i < check->findings->len; i++) {
    DialAccountFinding *finding = check->findings->pdata[i];

    width = MAX (width, (int) g_utf8_strlen (state_to_word (finding->state), -1));
  }
  for (guint i = 0; i < check->findings->len; i++) {
    DialAccountFinding *finding = check->findings->pdata[i];
    const char *word = state_to_word (finding->state);
    g_autofree char *line = dial_ctl_make_printable (finding->text);

    printf ("%s%*s  %s\n", word, width - (int) g_utf8_strlen (word, -1), "", line);
  }
}

/**
 * dial_ctl_check_account:
 * @ctl: what the command works with
 * @account: what to check
 * @as_json: whether the answer is for a program
 * @error: what keeps calls from being placed, or why nothing could be found out
 *
 * Asks CloudTalk whether calls can be placed, and prints the answer.
 *
 * Returns: whether they can
 */
gboolean
dial_ctl_check_account (DialCtl               *ctl,
                        DialCloudtalkAccount  *account,
                        gboolean               as_json,
                        GError               **error)
{
  g_auto (GStrv) tags = dial_desk_dup_contact_tags (ctl->desk, account);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialAccountCheck) check = NULL;
  g_autoptr (GError) problem = NULL;
  gint64 told = DIAL_INSTANT_UNKNOWN;
  gulong handler = g_signal_connect (account, "notify::allowance", G_CALLBACK (on_allowance), &told);

  dial_cloudtalk_account_check_async (account, (const char * const *) tags, ctl->cancellable, dial_ctl_got,
                                      &result);
  check = dial_cloudtalk_account_check_finish (account, dial_ctl_wait (&result), &problem);
  g_signal_handler_disconnect (account, handler);
  if (check == NULL) {
    if (as_json && ctl->signal == 0)
      print_json (account, NULL, problem->message);
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }

  if (as_json)
    print_json (account, check, NULL);
  else
    print_words (check);

  if (dial_account_check_is_ok (check))
    return TRUE;

  g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                       dial_account_check_find (check, DIAL_STEP_BAD)->text);
  return FALSE;
}

/**
 * dial_ctl_list_agents:
 * @ctl: what the command works with
 * @account: whose
 * @error: why not
 *
 * Asks CloudTalk for the agents of an account and prints them, a JSON object a line.
 *
 * Returns: whether it could be found out
 */
gboolean
dial_ctl_list_agents (DialCtl               *ctl,
                      DialCloudtalkAccount  *account,
                      GError               **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *agents;

  dial_cloudtalk_account_refresh_agent_async (account, DIAL_CLOUDTALK_URGENCY_NOW, ctl->cancellable,
                                              dial_ctl_got, &result);
  if (!dial_cloudtalk_account_refresh_agent_finish (account, dial_ctl_wait (&result), error))
    return FALSE;

  agents = dial_cloudtalk_account_get_agents (account);
  for (guint i = 0; i < agents->len; i++) {
    g_autoptr (JsonBuilder) json = dial_ctl_json_begin ();

    add_agent (json, agents->pdata[i]);
    dial_ctl_json_bool (json, "me", agents->pdata[i] == dial_cloudtalk_account_get_agent (account));
    dial_ctl_json_print (json);
  }

  return TRUE;
}

/**
 * dial_ctl_list_numbers:
 * @ctl: what the command works with
 * @account: whose
 * @error: why not
 *
 * Asks CloudTalk for the numbers of an account and prints those of use, a JSON object a line.
 *
 * Returns: whether it could be found out
 */
gboolean
dial_ctl_list_numbers (DialCtl               *ctl,
                       DialCloudtalkAccount  *account,
                       GError               **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) agent_result = NULL;
  const DialCloudtalkAgent *agent;
  GPtrArray *numbers;

  dial_cloudtalk_account_refresh_agent_async (account, DIAL_CLOUDTALK_URGENCY_NOW, ctl->cancellable,
                                              dial_ctl_got, &agent_result);
  if (!dial_cloudtalk_account_refresh_agent_finish (account, dial_ctl_wait (&agent_result), error))
    return FALSE;
  dial_cloudtalk_account_refresh_numbers_async (account, DIAL_CLOUDTALK_URGENCY_NOW, ctl->cancellable,
                                                dial_ctl_got, &result);
  if (!dial_cloudtalk_account_refresh_numbers_finish (account, dial_ctl_wait (&result), error))
    return FALSE;

  agent = dial_cloudtalk_account_get_agent (account);
  numbers = dial_cloudtalk_account_get_numbers (account);
  for (guint i = 0; i < numbers->len; i++) {
    const DialCloudtalkNumber *number = numbers->pdata[i];
    g_autoptr (JsonBuilder) json = dial_ctl_json_begin ();

    dial_ctl_json_string (json, "number", number->e164);
    dial_ctl_json_string (json, "name", number->name);
    dial_ctl_json_bool (json, "mine", agent != NULL &&
                        g_strv_contains ((const char * const *) agent->numbers, number->e164));
    dial_ctl_json_bool (json, "default", agent != NULL &&
                        g_strcmp0 (agent->default_number, number->e164) == 0);
    dial_ctl_json_bool (json, "can_text", dial_cloudtalk_account_can_text (account, number->e164));
    dial_ctl_json_print (json);
  }

  return TRUE;
}
