#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "dial-caller.h"
#include "dial-caution.h"
#include "dial-words.h"

/* Who is to be called. */
typedef struct {
  DialIntegration  *integration;
  DialCandidate    *candidate;
  DialPhoneNumber  *number;
  DialHistoryEntry *contact;
} Target;

struct _DialCaller
{
  GObject       parent_instance;

  GtkWidget    *widget;         /* whose window asks and tells; it outlives this */
  DialDesk     *desk;
  Target       *next;           /* once the call at the desk is wrapped up */
  GtkWindow    *question;
  GCancellable *cancellable;
};

enum {
  CALLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialCaller, dial_caller, G_TYPE_OBJECT)

static void
target_free (Target *target)
{
  g_object_unref (target->integration);
  g_object_unref (target->candidate);
  g_object_unref (target->number);
  g_clear_object (&target->contact);
  g_free (target);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Target, target_free)

/* A question about a call that is to be made. */
typedef struct {
  DialCaller *caller;
  Target     *target;
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->caller);
  g_clear_pointer (&question->target, target_free);
  g_free (question);
}

static void
show (DialCaller      *self,
      DialIntegration *integration,
      gint64           candidate_id)
{
  gtk_widget_activate_action (self->widget, "win.show-candidate", "(sx)",
                              dial_integration_get_id (integration), candidate_id);
}

/* Calling */

static void
on_called_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DialCaller) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialCall) call = dial_desk_call_finish (DIAL_DESK (object), result, &error);

  if (call != NULL)
    g_signal_emit (self, signals[CALLED], 0);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_activate_action (self->widget, "win.say", "s", error->message);
}

static void
call (DialCaller *self,
      Target     *target)
{
  dial_desk_call_async (self->desk, target->integration, target->candidate->id, target->number, NULL,
                        self->cancellable, on_called_cb, g_object_ref (self));
}

/* Asking */

static void
ask (DialCaller *self,
     Target     *target,
     const char *heading,
     const char *body,
     const char *stay,
     const char *go_on,
     GCallback   on_go_on)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (self->widget)), heading, body);
  Question *question = g_new0 (Question, 1);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "stay", stay, "go-on", go_on, NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "stay");

  question->caller = g_object_ref (self);
  question->target = target;
  g_signal_connect_data (dialog, "response::go-on", on_go_on, question, question_free, 0);
  g_set_weak_pointer (&self->question, GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_call_anyway_cb (AdwMessageDialog *dialog,
                   const char       *response,
                   Question         *question)
{
  call (question->caller, question->target);
}

static char *
tell_contact (Target *target)
{
  if (!dial_caution_is_recent (target->contact, g_get_real_time ()))
    return NULL;

  return dial_words_contact (target->contact);
}

/* Takes @target. */
static void
weigh (DialCaller *self,
       Target     *target)
{
  g_auto (GStrv) cautions = dial_caution_list (target->integration, target->candidate, target->number,
                                               g_get_real_time ());
  g_autofree char *contact = tell_contact (target);
  g_autofree char *sentences = g_strjoinv ("\n", cautions);
  g_autofree char *body = NULL;
  g_autofree char *name = NULL;
  g_autofree char *heading = NULL;

  if (cautions[0] == NULL && contact == NULL) {
    call (self, target);
    target_free (target);
    return;
  }

  if (contact != NULL)
    /* Translators: words such as "Oskar Venn called 20 minutes ago", made into a sentence */
    body = g_strdup_printf (_("%s."), contact);
  if (cautions[0] != NULL) {
    g_autofree char *rest = g_steal_pointer (&body);

    body = rest != NULL ? g_strconcat (sentences, "\n", rest, NULL) : g_strdup (sentences);
  }

  name = dial_candidate_dup_name (target->candidate);
  /* Translators: %s is a person's name */
  heading = g_strdup_printf (_("Call %s?"), name);
  ask (self, target, heading, body, _("_Cancel"), _("Call _Anyway"), G_CALLBACK (on_call_anyway_cb));
}

/* One call at a time */

static void
on_next_cb (AdwMessageDialog *dialog,
            const char       *response,
            Question         *question)
{
  DialCaller *self = question->caller;
  DialCall *current = dial_desk_get_call (self->desk);
  DialIntegration *integration = dial_desk_get_call_integration (self->desk);

  if (current == NULL) {
    weigh (self, g_steal_pointer (&question->target));
    return;
  }

  g_clear_pointer (&self->next, target_free);
  self->next = g_steal_pointer (&question->target);
  show (self, integration, dial_call_get_candidate_id (current));
  dial_desk_end_call (self->desk);
}

/* Takes @target. */
static void
ask_for_desk (DialCaller *self,
              Target     *target,
              DialCall   *current)
{
  const char *name = dial_call_get_candidate_name (current);
  g_autofree char *next = dial_candidate_dup_name (target->candidate);
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;

  if (name == NULL)
    name = dial_phone_number_get_typed (dial_call_get_number (current));

  if (dial_call_get_state (current) != DIAL_CALL_STATE_ENDED) {
    /* Translators: %s is a person's name */
    heading = g_strdup_printf (_("You Are on a Call with %s"), name);
    /* Translators: %s is a person's name */
    body = g_strdup_printf (_("Only one call at a time. %s is called once this call is ended and wrapped up."), next);
    ask (self, target, heading, body, _("_Stay on the Call"), _("_End It First"), G_CALLBACK (on_next_cb));
  } else {
    /* Translators: %s is a person's name */
    heading = g_strdup_printf (_("The Call with %s Is Not Wrapped Up"), name);
    /* Translators: %s is a person's name */
    body = g_strdup_printf (_("%s is called once its note is saved, or the call is dropped."), next);
    ask (self, target, heading, body, _("_Cancel"), _("_Wrap It Up First"), G_CALLBACK (on_next_cb));
  }
}

static void
on_call_changed_cb (DialCaller *self)
{
  Target *target;

  if (self->next == NULL || dial_desk_get_call (self->desk) != NULL)
    return;

  target = g_steal_pointer (&self->next);
  show (self, target->integration, target->candidate->id);
  weigh (self, target);
}

/* GObject */

static void
dial_caller_dispose (GObject *object)
{
  DialCaller *self = DIAL_CALLER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->next, target_free);
  g_clear_weak_pointer (&self->question);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (dial_caller_parent_class)->dispose (object);
}

static void
dial_caller_finalize (GObject *object)
{
  g_clear_object (&DIAL_CALLER (object)->cancellable);

  G_OBJECT_CLASS (dial_caller_parent_class)->finalize (object);
}

static void
dial_caller_class_init (DialCallerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dial_caller_dispose;
  object_class->finalize = dial_caller_finalize;

  signals[CALLED] =
    g_signal_new ("called", DIAL_TYPE_CALLER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dial_caller_init (DialCaller *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * dial_caller_new:
 * @widget: whose window asks and tells; must outlive this
 * @desk: whose phone calls
 *
 * Returns: (transfer full): a caller
 */
DialCaller *
dial_caller_new (GtkWidget *widget,
                 DialDesk  *desk)
{
  DialCaller *self = g_object_new (DIAL_TYPE_CALLER, NULL);

  self->widget = widget;
  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "notify::call", G_CALLBACK (on_call_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * dial_caller_call:
 * @self: a caller
 * @integration: whose candidate is called
 * @candidate: who is called
 * @number: at which number
 * @contact: (nullable): when somebody was last in touch with them, as far as known
 *
 * Calls somebody, or asks first: on a call, about tags, at night, or shortly after a colleague.
 */
void
dial_caller_call (DialCaller       *self,
                  DialIntegration  *integration,
                  DialCandidate    *candidate,
                  DialPhoneNumber  *number,
                  DialHistoryEntry *contact)
{
  DialCall *current;
  Target *target;

  g_return_if_fail (DIAL_IS_CALLER (self));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));
  g_return_if_fail (DIAL_IS_CANDIDATE (candidate));
  g_return_if_fail (DIAL_IS_PHONE_NUMBER (number));

  /* A second click meets the question that stands already. */
  if (self->question != NULL) {
    gtk_window_present (self->question);
    return;
  }

  target = g_new0 (Target, 1);
  target->integration = g_object_ref (integration);
  target->candidate = g_object_ref (candidate);
  target->number = g_object_ref (number);
  g_set_object (&target->contact, contact);

  current = dial_desk_get_call (self->desk);
  if (current != NULL)
    ask_for_desk (self, target, current);
  else
    weigh (self, target);
}
