#include "dial-ctl.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "dial-caution.h"

static char *opt_phone;
static char *opt_from;
static char *opt_integration;

static const GOptionEntry call_options[] = {
  { "phone", 0, 0, G_OPTION_ARG_FILENAME, &opt_phone,
    N_("Which phone places the call; the integration’s if left out"), N_("ID") },
  { "from", 0, 0, G_OPTION_ARG_FILENAME, &opt_from,
    N_("Which of your own numbers to show, where the phone has several"), N_("NUMBER") },
  { "integration", 0, 0, G_OPTION_ARG_FILENAME, &opt_integration,
    N_("Look in this integration alone"), N_("ID") },
  { NULL },
};

static DialPhone *
pick_phone (DialCtl          *ctl,
            DialIntegration  *integration,
            GError          **error)
{
  DialPhone *phone = opt_phone != NULL ? dial_desk_find_phone (ctl->desk, opt_phone)
                                       : dial_desk_pick_phone (ctl->desk, integration);

  if (phone == NULL) {
    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                 _("There is no phone “%s”; “dialhousectl phone list” shows them."), opt_phone);
    return NULL;
  }
  if (opt_from != NULL && !dial_phone_can_choose_number (phone)) {
    g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                         _("This phone cannot choose the number it shows; leave --from out."));
    return NULL;
  }

  return g_object_ref (phone);
}

/* Returns: (transfer full): the number of --from in E.164, %NULL without one or if it is none */
static char *
dup_from (GError **error)
{
  g_autoptr (DialPhoneNumber) number = opt_from != NULL ? dial_phone_number_new (opt_from, NULL, NULL) : NULL;
  const char *e164 = number != NULL ? dial_phone_number_get_e164 (number) : NULL;

  if (number != NULL && e164 == NULL)
    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                 _("“%s” is no number; write the number of --from with + and the country code."), opt_from);
  return g_strdup (e164);
}

static void
print_call (DialCall *call,
            gint64    outbox_id)
{
  g_autoptr (JsonBuilder) json = dial_ctl_json_begin ();
  DialPhoneNumber *number = dial_call_get_number (call);
  const char *e164 = dial_phone_number_get_e164 (number);

  dial_ctl_json_string (json, "call", dial_call_get_uid (call));
  dial_ctl_json_id (json, "candidate", dial_call_get_candidate_id (call));
  dial_ctl_json_string (json, "number", e164 != NULL ? e164 : dial_phone_number_get_typed (number));
  dial_ctl_json_string (json, "from", dial_call_get_own_number (call));
  dial_ctl_json_string (json, "phone", dial_call_get_phone_id (call));
  dial_ctl_json_string (json, "hint", dial_call_get_hint (call));
  dial_ctl_json_string (json, "state",
                        dial_enum_to_nick (DIAL_TYPE_CALL_STATE, (int) dial_call_get_state (call)));
  dial_ctl_json_string (json, "outcome",
                        dial_enum_to_nick (DIAL_TYPE_OUTCOME, (int) dial_call_get_outcome (call)));
  dial_ctl_json_id (json, "outbox", outbox_id);
  dial_ctl_json_print (json);
}

/* A conversation about the call, for whoever sits at a terminal. */
typedef struct {
  DialCtl          *ctl;
  DialCall         *call;
  GDataInputStream *input;
  DialOutcome       outcome;      /* unknown: as the states of the call tell it */
  gboolean          closed;
} Talk;

static void
talk_clear (Talk *talk)
{
  g_clear_object (&talk->input);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Talk, talk_clear)

static void
cancel_other (GCancellable *cancellable,
              GCancellable *other)
{
  g_cancellable_cancel (other);
}

/* Waits for a line from the terminal, or until the call leaves @state by itself; %NULL then, and at
 * the end of input. */
static char *
wait_for_line (Talk          *talk,
               DialCallState  state)
{
  g_autoptr (GCancellable) reading = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *line = NULL;
  gulong handler;

  if (talk->closed)
    return NULL;

  handler = g_cancellable_connect (talk->ctl->cancellable, G_CALLBACK (cancel_other), reading,
                                   NULL);
  g_data_input_stream_read_line_async (talk->input, G_PRIORITY_DEFAULT, reading, dial_ctl_got,
                                       &result);
  while (result == NULL) {
    if (dial_call_get_state (talk->call) != state)
      g_cancellable_cancel (reading);
    g_main_context_iteration (NULL, TRUE);
  }
  g_cancellable_disconnect (talk->ctl->cancellable, handler);

  line = g_data_input_stream_read_line_finish_utf8 (talk->input, result, NULL, NULL);
  if (line == NULL && !g_cancellable_is_cancelled (reading))
    talk->closed = TRUE;
  return g_steal_pointer (&line);
}

/* One letter for each way a call goes unanswered. */
static gboolean
outcome_from_letter (const char  *line,
                     DialOutcome *outcome)
{
  switch (g_ascii_tolower (*line)) {
  case 'n':
    *outcome = DIAL_OUTCOME_NO_ANSWER;
    return TRUE;
  case 'b':
    *outcome = DIAL_OUTCOME_BUSY;
    return TRUE;
  case 'v':
    *outcome = DIAL_OUTCOME_VOICEMAIL;
    return TRUE;
  case 'x':
    *outcome = DIAL_OUTCOME_CANCELLED;
    return TRUE;
  default:
    return FALSE;
  }
}

static void
follow_ringing (Talk *talk)
{
  DialDesk *desk = talk->ctl->desk;
  DialCallState state = dial_call_get_state (talk->call);
  const char *hint = dial_call_get_hint (talk->call);
  g_autofree char *line = NULL;

  if (hint != NULL) {
    g_autofree char *printable = dial_ctl_make_printable (hint);

    dial_ctl_say ("%s", printable);
  }
  dial_ctl_say (_("Enter: they answer · n and Enter: no answer · b: busy · v: voicemail · "
                  "x: never mind"));
  line = wait_for_line (talk, state);

  if (dial_call_get_state (talk->call) != state)
    return;
  if (line == NULL) {
    dial_desk_end_call (desk);
  } else if (outcome_from_letter (line, &talk->outcome)) {
    dial_desk_end_call (desk);
  } else {
    dial_desk_tell_answered (desk);
  }
}

static void
follow_talking (Talk *talk)
{
  DialCallState state = dial_call_get_state (talk->call);
  g_autofree char *line = NULL;

  dial_ctl_say (_("Talking. Enter: it is over"));
  line = wait_for_line (talk, state);
  if (dial_call_get_state (talk->call) == state)
    dial_desk_end_call (talk->ctl->desk);
}

/* Until the call has ended, however it does. */
static void
follow_call (Talk *talk)
{
  DialCallState before = DIAL_CALL_STATE_ENDED;

  while (dial_call_get_state (talk->call) != DIAL_CALL_STATE_ENDED && talk->ctl->signal == 0) {
    DialCallState state = dial_call_get_state (talk->call);

    /* A phone that is watched takes its time to hang up. */
    if (state == before) {
      g_main_context_iteration (NULL, TRUE);
      continue;
    }
    before = state;
    if (state == DIAL_CALL_STATE_ACTIVE || state == DIAL_CALL_STATE_HELD)
      follow_talking (talk);
    else
      follow_ringing (talk);
  }
}

static char *
ask_note (Talk *talk)
{
  g_autoptr (GString) text = g_string_new (NULL);

  dial_ctl_say (_("Note (an empty line ends it):"));
  for (;;) {
    g_autofree char *line = wait_for_line (talk, DIAL_CALL_STATE_ENDED);

    if (line == NULL || *g_strchomp (line) == '\0')
      break;
    g_string_append_printf (text, "%s\n", line);
  }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
talk_about (DialCtl          *ctl,
            DialIntegration  *integration,
            DialCall         *call,
            GError          **error)
{
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_auto (Talk) talk = { ctl, call, g_data_input_stream_new (stream), DIAL_OUTCOME_UNKNOWN, FALSE };
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) problem = NULL;
  DialWrapUp wrap_up = { DIAL_OUTCOME_UNKNOWN };
  gint64 outbox_id;

  follow_call (&talk);
  if (g_cancellable_set_error_if_cancelled (ctl->cancellable, error))
    return FALSE;

  if (talk.outcome == DIAL_OUTCOME_CANCELLED) {
    dial_desk_drop_call (ctl->desk);
    print_call (call, 0);
    return TRUE;
  }

  /* A call with nobody we know has no activity feed to write to. */
  if (dial_call_get_candidate_id (call) != 0)
    text = ask_note (&talk);
  if (g_cancellable_set_error_if_cancelled (ctl->cancellable, error))
    return FALSE;

  wrap_up.outcome = talk.outcome != DIAL_OUTCOME_UNKNOWN ? talk.outcome
                                                         : dial_call_get_outcome (call);
  wrap_up.text = text;
  wrap_up.visibility = dial_integration_get_visibility (integration);
  dial_desk_wrap_up_async (ctl->desk, &wrap_up, ctl->cancellable, dial_ctl_got, &result);
  outbox_id = dial_desk_wrap_up_finish (ctl->desk, dial_ctl_wait (&result), &problem);
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }

  if (outbox_id != 0)
    dial_ctl_say (_("Written down. “dialhousectl outbox flush” sends it."));
  print_call (call, outbox_id);
  return TRUE;
}

/* Who typed this command has decided, but may not know. */
static void
warn (DialCtlTarget *target)
{
  g_auto (GStrv) cautions = NULL;

  if (target->candidate == NULL || !isatty (STDIN_FILENO))
    return;

  cautions = dial_caution_list (target->integration, target->candidate, target->number, g_get_real_time ());
  for (guint i = 0; cautions[i] != NULL; i++)
    g_printerr ("%s\n", cautions[i]);
}

static gboolean
run_call (DialCtl  *ctl,
          char    **arguments,
          GError  **error)
{
  g_auto (DialCtlTarget) target = { NULL };
  g_autoptr (DialPhone) phone = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialCall) call = NULL;
  g_autofree char *from = NULL;
  g_autofree char *name = NULL;
  g_autofree char *number = NULL;
  g_autofree char *title = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *line = NULL;

  if (!dial_ctl_find_target (ctl, opt_integration, arguments[0], &target, error))
    return FALSE;
  phone = pick_phone (ctl, target.integration, error);
  if (phone == NULL)
    return FALSE;
  from = dup_from (error);
  if (from == NULL && opt_from != NULL)
    return FALSE;

  warn (&target);

  dial_desk_call_from_async (ctl->desk, target.integration,
                             target.candidate != NULL ? target.candidate->id : 0, target.number, phone, from,
                             ctl->cancellable, dial_ctl_got, &result);
  call = dial_desk_call_finish (ctl->desk, dial_ctl_wait (&result), error);
  if (call == NULL)
    return FALSE;

  /* Nobody is there to tell how it goes on: the call log keeps a call whose length is not known. */
  if (!isatty (STDIN_FILENO)) {
    print_call (call, 0);
    return TRUE;
  }

  name = target.candidate != NULL ? dial_candidate_dup_name (target.candidate) : NULL;
  number = dial_phone_number_format (target.number);
  title = dial_phone_dup_title (phone);
  if (name != NULL)
    sentence = g_strdup_printf (_("Calling %s at %s by %s."), name, number, title);
  else
    sentence = g_strdup_printf (_("Calling %s by %s."), number, title);
  line = dial_ctl_make_printable (sentence);
  dial_ctl_say ("%s", line);
  return talk_about (ctl, target.integration, call, error);
}

const DialCtlCommand dial_ctl_call_commands[] = {
  { "call", "CANDIDATE|NUMBER [--phone ID] [--from NUMBER]",
    N_("Place a call; on a terminal, follow it and write its note"),
    call_options, 1, 1, TRUE, run_call },
  { NULL },
};
