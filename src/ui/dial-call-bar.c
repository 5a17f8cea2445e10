#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "dial-call-bar.h"
#include "dial-company-mark.h"
#include "dial-say-name.h"
#include "dial-words.h"

struct _DialCallBar
{
  GtkWidget        parent_instance;

  GtkRevealer     *revealer;
  GtkWidget       *person;
  AdwAvatar       *avatar;
  GtkLabel        *name;
  DialCompanyMark *company;
  GtkLabel        *number;
  GtkLabel        *state;
  GtkLabel        *hint;
  GtkLabel        *clock;
  GtkWidget       *answer;
  GtkWidget       *answered;
  GtkWidget       *who;
  GtkWidget       *put_away;
  GtkWidget       *end;
  AdwButtonContent *end_content;
  GtkWidget       *wrap_up;

  DialCompanies   *companies;
  DialDesk        *desk;
  GSignalGroup    *desk_signals;
  GSignalGroup    *call_signals;
  guint            tick_id;
};

enum {
  SHOW_CANDIDATE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialCallBar, dial_call_bar, GTK_TYPE_WIDGET)

static DialCall *
get_call (DialCallBar *self)
{
  return self->desk != NULL ? dial_desk_get_call (self->desk) : NULL;
}

static const char *
to_words (DialCall *call)
{
  switch (dial_call_get_state (call)) {
  case DIAL_CALL_STATE_DIALLING:
    return _("calling");
  case DIAL_CALL_STATE_RINGING:
    return dial_call_get_direction (call) == DIAL_DIRECTION_INCOMING ? _("calls you") : _("ringing");
  case DIAL_CALL_STATE_ACTIVE:
    return _("talking");
  case DIAL_CALL_STATE_HELD:
    return _("on hold");
  case DIAL_CALL_STATE_ENDED:
  default:
    return _("ended");
  }
}

static void
say_clock (DialCallBar *self,
           DialCall    *call)
{
  int seconds = dial_call_get_duration (call);
  int left = dial_call_get_hint_seconds (call);
  g_autofree char *clock = NULL;

  if (left >= 0)
    clock = g_strdup_printf ("%d", left);
  else if (seconds < 0)
    clock = g_strdup ("");
  else if (seconds < 3600)
    clock = g_strdup_printf ("%02d:%02d", seconds / 60, seconds % 60);
  else
    clock = dial_words_duration (seconds);
  gtk_label_set_label (self->clock, clock);
}

static gboolean
on_tick_cb (gpointer user_data)
{
  DialCallBar *self = DIAL_CALL_BAR (user_data);

  say_clock (self, get_call (self));
  return G_SOURCE_CONTINUE;
}

/* The clock runs while somebody talks, or has a few seconds to answer; nothing wakes the processor otherwise. */
static void
update_clock (DialCallBar *self,
              DialCall    *call)
{
  DialCallState state = dial_call_get_state (call);
  gboolean runs = state == DIAL_CALL_STATE_ACTIVE || state == DIAL_CALL_STATE_HELD ||
                  dial_call_get_hint_seconds (call) > 0;

  say_clock (self, call);
  if (runs && self->tick_id == 0) {
    self->tick_id = g_timeout_add_seconds (1, on_tick_cb, self);
    g_source_set_name_by_id (self->tick_id, "call clock");
  } else if (!runs) {
    g_clear_handle_id (&self->tick_id, g_source_remove);
  }
}

static void
say_person (DialCallBar *self,
            DialCall    *call)
{
  const char *name = dial_call_get_candidate_name (call);
  g_autofree char *number = dial_words_caller (dial_call_get_number (call));
  g_autofree char *label = NULL;
  g_autofree char *where = NULL;

  dial_company_mark_show (self->company, self->companies, dial_desk_get_call_integration (self->desk));
  where = dial_words_join (2, name != NULL ? name : number, dial_company_mark_get_text (self->company));

  adw_avatar_set_text (self->avatar, name != NULL ? name : "");
  adw_avatar_set_show_initials (self->avatar, name != NULL);
  gtk_label_set_label (self->name, name != NULL ? name : number);
  gtk_label_set_label (self->number, number);
  gtk_widget_set_tooltip_text (self->person, where);

  /* Translators: for screen readers; %s is a person's name or a phone number */
  label = g_strdup_printf (_("Call with %s"), where);
  dial_say_name (self->person, label);
}

/* Who is being called declines; a call that was begun is ended. */
static void
say_how_to_end (DialCallBar *self,
                DialCall    *call)
{
  gboolean declines = dial_call_get_direction (call) == DIAL_DIRECTION_INCOMING &&
                      dial_call_get_state (call) == DIAL_CALL_STATE_RINGING;
  const char *label = declines ? _("Decline") : _("End");

  adw_button_content_set_label (self->end_content, label);
  gtk_widget_set_tooltip_text (self->end, declines ? _("Decline the call") : _("End the call"));
  dial_say_name (self->end, label);
}

/* What the phone asks for just now. */
static void
say_hint (DialCallBar *self,
          DialCall    *call)
{
  const char *hint = dial_call_get_hint (call);

  if (hint != NULL)
    gtk_label_set_label (self->hint, hint);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), hint != NULL);
}

static void
update_call (DialCallBar *self)
{
  DialCall *call = get_call (self);
  DialCallState state;
  gboolean waiting;
  gboolean known;

  gtk_revealer_set_reveal_child (self->revealer, call != NULL);
  if (call == NULL) {
    /* What slides away keeps its text, but nothing runs any more. */
    g_clear_handle_id (&self->tick_id, g_source_remove);
    return;
  }

  state = dial_call_get_state (call);
  waiting = state == DIAL_CALL_STATE_DIALLING || state == DIAL_CALL_STATE_RINGING;
  say_person (self, call);
  gtk_label_set_label (self->state, to_words (call));
  say_hint (self, call);
  update_clock (self, call);

  known = dial_call_get_candidate_id (call) != 0;
  gtk_widget_set_visible (self->answer, dial_desk_can_answer_call (self->desk));
  gtk_widget_set_visible (self->answered, waiting && !dial_call_is_watched (call));
  gtk_widget_set_visible (self->who, !known);
  gtk_widget_set_visible (self->end, state != DIAL_CALL_STATE_ENDED);
  say_how_to_end (self, call);
  gtk_widget_set_visible (self->put_away, !known && state == DIAL_CALL_STATE_ENDED);
  gtk_widget_set_visible (self->wrap_up, known && state == DIAL_CALL_STATE_ENDED);
}

static void
on_call_changed_cb (DialCallBar *self)
{
  g_signal_group_set_target (self->call_signals, get_call (self));
  update_call (self);
}

static void
answered_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  DialCallBar *self = DIAL_CALL_BAR (widget);

  if (get_call (self) != NULL)
    dial_desk_tell_answered (self->desk);
}

static void
end_action (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  DialCallBar *self = DIAL_CALL_BAR (widget);

  if (get_call (self) != NULL)
    dial_desk_end_call (self->desk);
}

/* A call with nobody known has no activity feed to write to. */
static void
put_away_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  DialCallBar *self = DIAL_CALL_BAR (widget);

  if (get_call (self) != NULL)
    dial_desk_drop_call (self->desk);
}

static void
show_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  DialCall *call = get_call (DIAL_CALL_BAR (widget));

  if (call != NULL && dial_call_get_candidate_id (call) == 0)
    gtk_widget_activate_action (widget, "win.name-caller", NULL);
  else if (call != NULL)
    g_signal_emit (widget, signals[SHOW_CANDIDATE], 0, dial_call_get_candidate_id (call));
}

static void
dial_call_bar_dispose (GObject *object)
{
  DialCallBar *self = DIAL_CALL_BAR (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_object (&self->desk_signals);
  g_clear_object (&self->call_signals);
  g_clear_object (&self->desk);
  g_clear_object (&self->companies);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIAL_TYPE_CALL_BAR);

  G_OBJECT_CLASS (dial_call_bar_parent_class)->dispose (object);
}

static void
dial_call_bar_class_init (DialCallBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_call_bar_dispose;

  /**
   * DialCallBar::show-candidate:
   * @self: a call bar
   * @candidate_id: whom the call is with
   *
   * The recruiter wants to see whom the call is with.
   */
  signals[SHOW_CANDIDATE] =
    g_signal_new ("show-candidate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  g_type_ensure (DIAL_TYPE_COMPANY_MARK);

  gtk_widget_class_install_action (widget_class, "call.answered", NULL, answered_action);
  gtk_widget_class_install_action (widget_class, "call.end", NULL, end_action);
  gtk_widget_class_install_action (widget_class, "call.put-away", NULL, put_away_action);
  gtk_widget_class_install_action (widget_class, "call.show", NULL, show_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "dial-call-bar");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-call-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, DialCallBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, DialCallBar, person);
  gtk_widget_class_bind_template_child (widget_class, DialCallBar, avatar);
  gtk_widget_class_bind_template_child (widget_class, DialCallBar, name);
  gtk_widget_class_bind_template_child (widget_class, DialCallBar, company);
  gtk_widget_class_bind_template_child (widget_class, DialCallBar, number);
  gtk_widget_class_bind_template_child (widget_class, DialCallBar, state);
  gtk_widget_class_bind_template_child (widget_class, DialCallBar, hint);
  gtk_widget_class_bind_template_child (widget_class, DialCallBar, clock);
  gtk_widget_class_bind_template_child (widget_class, DialCallBar, answer);
  gtk_widget_class_bind_template_child (widget_class, DialCallBar, answered);
  gtk_widget_class_bind_template_child (widget_class, DialCallBar, put_away);
  gtk_widget_class_bind_template_child (widget_class, DialCallBar, who);
  gtk_widget_class_bind_template_child (widget_class, DialCallBar, end);
  gtk_widget_class_bind_template_child (widget_class, DialCallBar, end_content);
  gtk_widget_class_bind_template_child (widget_class, DialCallBar, wrap_up);
}

static void
dial_call_bar_init (DialCallBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->desk_signals = g_signal_group_new (DIAL_TYPE_DESK);
  g_signal_group_connect_swapped (self->desk_signals, "notify::call",
                                  G_CALLBACK (on_call_changed_cb), self);
  self->call_signals = g_signal_group_new (DIAL_TYPE_CALL);
  g_signal_group_connect_swapped (self->call_signals, "notify::state", G_CALLBACK (update_call), self);
  g_signal_group_connect_swapped (self->call_signals, "notify::watched", G_CALLBACK (update_call), self);
  g_signal_group_connect_swapped (self->call_signals, "notify::hint", G_CALLBACK (update_call), self);
  g_signal_group_connect_swapped (self->call_signals, "notify::report", G_CALLBACK (update_call), self);
}

/**
 * dial_call_bar_set_companies:
 * @self: a call bar
 * @companies: whose desk's call to show, and among which to tell whose candidate it is with
 */
void
dial_call_bar_set_companies (DialCallBar   *self,
                             DialCompanies *companies)
{
  g_return_if_fail (DIAL_IS_CALL_BAR (self));
  g_return_if_fail (DIAL_IS_COMPANIES (companies));

  if (!g_set_object (&self->companies, companies))
    return;

  g_set_object (&self->desk, dial_companies_get_desk (companies));
  g_signal_group_set_target (self->desk_signals, self->desk);
  on_call_changed_cb (self);
}
