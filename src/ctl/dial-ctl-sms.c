#include "dial-ctl.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "dial-desk-texts.h"
#include "dial-text-size.h"

static char *opt_from;
static char *opt_integration;

static const GOptionEntry sms_options[] = {
  { "from", 0, 0, G_OPTION_ARG_FILENAME, &opt_from,
    N_("Which of the numbers for SMS it comes from; the first if left out"), N_("NUMBER") },
  { "integration", 0, 0, G_OPTION_ARG_FILENAME, &opt_integration,
    N_("Look in this integration alone"), N_("ID") },
  { NULL },
};

static const GOptionEntry integration_options[] = {
  { "integration", 0, 0, G_OPTION_ARG_FILENAME, &opt_integration,
    N_("Look in this integration alone"), N_("ID") },
  { NULL },
};

static void
print_text (DialTextMessage *message)
{
  g_autoptr (JsonBuilder) json = dial_ctl_json_begin ();
  DialTextSize size;

  dial_text_size_measure (message->body, &size);
  dial_ctl_json_int (json, "text", message->id);
  dial_ctl_json_id (json, "candidate", message->candidate_id);
  dial_ctl_json_string (json, "number", message->number);
  dial_ctl_json_string (json, "from", message->own_number);
  dial_ctl_json_int (json, "messages", size.n_parts);
  dial_ctl_json_string (json, "state", dial_enum_to_nick (DIAL_TYPE_TEXT_STATE, (int) message->state));
  dial_ctl_json_instant (json, "sent_at", message->sent_at);
  dial_ctl_json_string (json, "error", message->error);
  dial_ctl_json_print (json);
}

/* Sending */

/* The text must have one activity feed to stand in, or none. */
static gboolean
check_target (DialCtlTarget  *target,
              GError        **error)
{
  if (dial_phone_number_get_e164 (target->number) == NULL)
    g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                         _("This number cannot get a text message as it stands in Greenhouse; give the number itself, "
                           "with + and the country code."));
  else if (target->n_owners > 1)
    g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                         _("Several candidates have this number; give the id of the one who is meant, so that the note "
                           "stands in the right activity feed."));
  else
    return TRUE;

  return FALSE;
}

/* The number as it is ticked in the settings. */
static char *
pick_sender (DialCtl          *ctl,
             DialIntegration  *integration,
             GError          **error)
{
  g_autoptr (GPtrArray) senders = dial_desk_list_text_senders (ctl->desk, integration, error);
  g_autoptr (DialPhoneNumber) number = NULL;
  g_autoptr (GString) known = g_string_new (NULL);

  if (senders == NULL)
    return NULL;
  if (opt_from == NULL)
    return g_strdup (((DialTextSender *) senders->pdata[0])->e164);

  number = dial_phone_number_new (opt_from, NULL, NULL);
  for (guint i = 0; i < senders->len; i++) {
    const char *e164 = ((DialTextSender *) senders->pdata[i])->e164;

    if (g_strcmp0 (e164, dial_phone_number_get_e164 (number)) == 0)
      return g_strdup (e164);
    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", e164);
  }

  g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
               /* Translators: what was typed, then numbers */
               _("“%s” is none of the numbers for SMS, which are %s; “dialhousectl integration set ID sms-numbers” "
                 "changes them."), opt_from, known->str);
  return NULL;
}

static gboolean
tell_outcome (DialTextMessage  *message,
              GError          **error)
{
  print_text (message);
  switch (message->state) {
  case DIAL_TEXT_STATE_HANDED:
    if (isatty (STDIN_FILENO) && message->candidate_id != 0)
      dial_ctl_say (_("Handed to the carrier. “dialhousectl outbox flush” sends its note."));
    return TRUE;

  case DIAL_TEXT_STATE_UNKNOWN:
    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                 /* Translators: why, a sentence; then the number of a text message, twice */
                 _("It is not known whether the text went out: %s Look at the conversation, then say so with "
                   "“dialhousectl sms settle %" G_GINT64_FORMAT " sent” or “… unsent”."),
                 message->error != NULL ? message->error : "", message->id);
    return FALSE;

  case DIAL_TEXT_STATE_DRAFT:
  case DIAL_TEXT_STATE_SENDING:
  case DIAL_TEXT_STATE_REFUSED:
  default:
    g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                         message->error != NULL ? message->error : _("The text did not go out."));
    return FALSE;
  }
}

static gboolean
run_sms (DialCtl  *ctl,
         char    **arguments,
         GError  **error)
{
  g_auto (DialCtlTarget) target = { NULL };
  g_autofree char *sender = NULL;
  g_autofree char *body = NULL;
  g_autoptr (DialTextMessage) message = NULL;
  g_autoptr (DialTextMessage) sent = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  if (!dial_ctl_find_target (ctl, opt_integration, arguments[0], &target, error) || !check_target (&target, error))
    return FALSE;
  sender = pick_sender (ctl, target.integration, error);
  if (sender == NULL)
    return FALSE;
  body = dial_ctl_read_text (ctl, _("Text message"), error);
  if (body == NULL)
    return FALSE;

  message = dial_text_message_new (target.candidate != NULL ? target.candidate->id : 0,
                                   dial_phone_number_get_e164 (target.number), sender, body);
  dial_desk_send_text_async (ctl->desk, target.integration, message, ctl->cancellable, dial_ctl_got, &result);
  sent = dial_desk_send_text_finish (ctl->desk, dial_ctl_wait (&result), error);
  return sent != NULL && tell_outcome (sent, error);
}

/* What became of them */

static gboolean
run_list (DialCtl  *ctl,
          char    **arguments,
          GError  **error)
{
  g_autoptr (GPtrArray) integrations = dial_ctl_pick_active (ctl, opt_integration, error);

  for (guint i = 0; integrations != NULL && i < integrations->len; i++) {
    DialStore *store = dial_integration_get_store (integrations->pdata[i]);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GPtrArray) messages = NULL;

    dial_store_list_texts_async (store, 0, ctl->cancellable, dial_ctl_got, &result);
    messages = dial_store_list_texts_finish (store, dial_ctl_wait (&result), error);
    if (messages == NULL)
      return FALSE;
    for (guint j = 0; j < messages->len; j++)
      print_text (messages->pdata[j]);
  }

  return integrations != NULL;
}

static gboolean
run_settle (DialCtl  *ctl,
            char    **arguments,
            GError  **error)
{
  g_autoptr (DialIntegration) integration = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gboolean sent = g_str_equal (arguments[1], "sent");
  gint64 id;

  if (!dial_ctl_parse_id (arguments[0], _("text message"), &id, error))
    return FALSE;
  if (!sent && !g_str_equal (arguments[1], "unsent")) {
    g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
                         _("What became of the text is sent or unsent."));
    return FALSE;
  }

  integration = dial_ctl_pick_integration (ctl, opt_integration, error);
  if (integration == NULL)
    return FALSE;

  dial_desk_settle_text_async (ctl->desk, integration, id, sent, ctl->cancellable, dial_ctl_got, &result);
  return dial_desk_settle_text_finish (ctl->desk, dial_ctl_wait (&result), error);
}

/* Who wants none */

static gboolean
set_opt_out (DialCtl     *ctl,
             const char  *typed,
             gboolean     opted_out,
             GError     **error)
{
  g_autoptr (DialIntegration) integration = dial_ctl_pick_integration (ctl, opt_integration, error);
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new (typed, NULL, NULL);
  const char *e164 = dial_phone_number_get_e164 (number);
  g_autoptr (GAsyncResult) result = NULL;
  DialStore *store;

  if (integration == NULL)
    return FALSE;
  if (e164 == NULL) {
    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                 _("“%s” is no phone number; write it with + and the country code."), typed);
    return FALSE;
  }

  store = dial_integration_get_store (integration);
  dial_store_set_opt_out_async (store, e164, opted_out, ctl->cancellable, dial_ctl_got, &result);
  return dial_store_set_opt_out_finish (store, dial_ctl_wait (&result), error);
}

static gboolean
run_opt_out (DialCtl  *ctl,
             char    **arguments,
             GError  **error)
{
  return set_opt_out (ctl, arguments[0], TRUE, error);
}

static gboolean
run_opt_in (DialCtl  *ctl,
            char    **arguments,
            GError  **error)
{
  return set_opt_out (ctl, arguments[0], FALSE, error);
}

const DialCtlCommand dial_ctl_sms_commands[] = {
  { "sms", "CANDIDATE|NUMBER [--from NUMBER]",
    N_("Send a text message, read from standard input, and write its note"),
    sms_options, 1, 1, TRUE, run_sms },
  { "sms list", "", N_("List the text messages, the newest first, a JSON object a line"),
    integration_options, 0, 0, TRUE, run_list },
  { "sms settle", "TEXT sent|unsent", N_("Say whether a text went out of which nobody knows"),
    integration_options, 2, 2, TRUE, run_settle },
  { "sms opt-out", "NUMBER", N_("Send no texts to this number any more"),
    integration_options, 1, 1, TRUE, run_opt_out },
  { "sms opt-in", "NUMBER", N_("Send texts to this number again"),
    integration_options, 1, 1, TRUE, run_opt_in },
  { NULL },
};
