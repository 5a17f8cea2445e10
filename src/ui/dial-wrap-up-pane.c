#include "config.h"

#include <glib/gi18n.h>

#include "dial-author-hint.h"
#include "dial-company-mark.h"
#include "dial-visibility-button.h"
#include "dial-words.h"
#include "dial-wrap-layout.h"
#include "dial-wrap-up-pane.h"

struct _DialWrapUpPane
{
  GtkWidget             parent_instance;

  GtkWidget            *box;
  DialCompanyMark      *company;
  GtkWidget            *outcomes;
  GtkMenuButton        *more_outcomes;
  GtkWidget            *tags;
  GtkMenuButton        *add_tag;
  GtkPopover           *tag_popover;
  GtkEntry             *tag_entry;
  GtkTextView          *text;
  DialVisibilityButton *visibility;
  GtkLabel             *preview;
  DialAuthorHint       *author_hint;
  GtkRevealer          *problem_revealer;
  GtkLabel             *problem;
  GtkStack             *footer;
  GtkWidget            *save;
  GtkWidget            *keep;

  DialDesk             *desk;
  DialDraft            *draft;
  GSignalGroup         *draft_signals;
  char                 *call_uid;
  DialOutcome           outcome;
  guint                 saving : 1;
};

/* A wrap-up on its way to the outbox. */
typedef struct {
  DialWrapUpPane *pane;
  DialDraft      *draft;
  char           *call_uid;
} Saving;

enum {
  PROP_0,
  PROP_OUTCOME,
  N_PROPS
};

enum {
  SAVED,
  DROPPED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialWrapUpPane, dial_wrap_up_pane, GTK_TYPE_WIDGET)

/* Outcomes behind the menu: rarer than those that have a button. */
static const DialOutcome rare_outcomes[] = {
  DIAL_OUTCOME_MISSED,
  DIAL_OUTCOME_CANCELLED,
  DIAL_OUTCOME_FAILED,
};

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->pane);
  g_object_unref (saving->draft);
  g_free (saving->call_uid);
  g_free (saving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static void
say_problem (DialWrapUpPane *self,
             const char     *sentence)
{
  if (sentence != NULL)
    gtk_label_set_label (self->problem, sentence);
  gtk_revealer_set_reveal_child (self->problem_revealer, sentence != NULL);
}

/* The call this pane is about, as long as it is the desk's. */
static DialCall *
get_call (DialWrapUpPane *self)
{
  DialCall *call = self->desk != NULL ? dial_desk_get_call (self->desk) : NULL;

  if (call == NULL ||
      dial_call_get_state (call) != DIAL_CALL_STATE_ENDED ||
      g_strcmp0 (dial_call_get_uid (call), self->call_uid) != 0)
    return NULL;
  return call;
}

static GStrv
dup_tags (DialWrapUpPane *self)
{
  g_autoptr (GStrvBuilder) chosen = g_strv_builder_new ();

  for (GtkWidget *child = gtk_widget_get_first_child (self->tags);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_TOGGLE_BUTTON (child) && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (child)))
      g_strv_builder_add (chosen, gtk_button_get_label (GTK_BUTTON (child)));

  return g_strv_builder_end (chosen);
}

static void
update_preview (DialWrapUpPane *self)
{
  g_auto (GStrv) tags = NULL;
  g_autofree char *text = NULL;
  g_autofree char *note = NULL;
  DialWrapUp wrap_up = { 0 };

  if (self->draft == NULL || get_call (self) == NULL)
    return;

  tags = dup_tags (self);
  text = dial_draft_dup_text (self->draft);
  wrap_up.outcome = self->outcome;
  wrap_up.tags = (const char * const *) tags;
  wrap_up.text = text;
  wrap_up.visibility = dial_visibility_button_get_visibility (self->visibility);

  note = dial_desk_preview_note (self->desk, &wrap_up);
  gtk_label_set_label (self->preview, note != NULL ? note : "");
}

static void
update_actions (DialWrapUpPane *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "wrap-up.save", !self->saving);
  gtk_widget_action_set_enabled (widget, "wrap-up.ask-drop", !self->saving);
  gtk_text_view_set_editable (self->text, !self->saving);
}

static gboolean
is_rare (DialOutcome outcome)
{
  for (guint i = 0; i < G_N_ELEMENTS (rare_outcomes); i++)
    if (rare_outcomes[i] == outcome)
      return TRUE;
  return FALSE;
}

static void
say_rare_outcome (DialWrapUpPane *self)
{
  gboolean rare = is_rare (self->outcome);
  const char *label = rare ? dial_words_outcome (self->outcome) : _("Other");

  gtk_menu_button_set_label (self->more_outcomes, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more_outcomes),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, rare ? label : _("Other outcomes"),
                                  -1);
  if (rare)
    gtk_widget_add_css_class (GTK_WIDGET (self->more_outcomes), "chosen");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->more_outcomes), "chosen");
}

static void
set_outcome (DialWrapUpPane *self,
             DialOutcome     outcome)
{
  if (self->outcome == outcome)
    return;

  self->outcome = outcome;
  say_rare_outcome (self);
  update_preview (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OUTCOME]);
}

static void
offer_rare_outcomes (DialWrapUpPane *self,
                     DialDirection   direction)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rare_outcomes); i++) {
    g_autoptr (GMenuItem) item = NULL;

    if (rare_outcomes[i] == DIAL_OUTCOME_MISSED && direction == DIAL_DIRECTION_OUTGOING)
      continue;
    item = g_menu_item_new (dial_words_outcome (rare_outcomes[i]), NULL);
    g_menu_item_set_action_and_target (item, "wrap-up.outcome", "s",
                                       dial_enum_to_nick (DIAL_TYPE_OUTCOME, rare_outcomes[i]));
    g_menu_append_item (menu, item);
  }
  gtk_menu_button_set_menu_model (self->more_outcomes, G_MENU_MODEL (menu));
}

static GtkWidget *
find_outcome_button (DialWrapUpPane *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->outcomes);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_TOGGLE_BUTTON (child) && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (child)))
      return child;
  return GTK_WIDGET (self->more_outcomes);
}

/* Enter on an outcome confirms it, and the next Enter saves. Space and the pointer only choose. */
static gboolean
on_outcome_key_pressed_cb (DialWrapUpPane *self,
                           guint           keyval,
                           guint           keycode,
                           GdkModifierType modifiers)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter && keyval != GDK_KEY_ISO_Enter)
    return GDK_EVENT_PROPAGATE;
  if ((modifiers & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  if (focus == NULL || gtk_widget_get_parent (focus) != self->outcomes)
    return GDK_EVENT_PROPAGATE;

  gtk_widget_activate_action_variant (focus, "wrap-up.outcome",
                                      gtk_actionable_get_action_target_value (GTK_ACTIONABLE (focus)));
  gtk_widget_grab_focus (self->save);
  return GDK_EVENT_STOP;
}

static GtkToggleButton *
find_tag (DialWrapUpPane *self,
          const char     *tag)
{
  g_autofree char *folded = g_utf8_casefold (tag, -1);

  for (GtkWidget *child = gtk_widget_get_first_child (self->tags);
       child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    g_autofree char *other = NULL;

    if (!GTK_IS_TOGGLE_BUTTON (child))
      continue;
    other = g_utf8_casefold (gtk_button_get_label (GTK_BUTTON (child)), -1);
    if (g_str_equal (folded, other))
      return GTK_TOGGLE_BUTTON (child);
  }
  return NULL;
}

static GtkToggleButton *
offer_tag (DialWrapUpPane *self,
           const char     *tag)
{
  GtkWidget *toggle = gtk_toggle_button_new_with_label (tag);
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (toggle));

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (toggle, "tag-toggle");
  g_signal_connect_object (toggle, "toggled", G_CALLBACK (update_preview), self, G_CONNECT_SWAPPED);
  gtk_widget_insert_before (toggle, self->tags, GTK_WIDGET (self->add_tag));
  return GTK_TOGGLE_BUTTON (toggle);
}

static void
on_tag_entered_cb (DialWrapUpPane *self)
{
  g_autofree char *tag = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->tag_entry)));
  GtkToggleButton *toggle;

  g_strstrip (tag);
  if (tag[0] != '\0') {
    toggle = find_tag (self, tag);
    if (toggle == NULL)
      toggle = offer_tag (self, tag);
    gtk_toggle_button_set_active (toggle, TRUE);
  }
  gtk_editable_set_text (GTK_EDITABLE (self->tag_entry), "");
  gtk_popover_popdown (self->tag_popover);
}

static void
on_wrapped_up_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (Saving) saving = user_data;
  g_autoptr (GError) error = NULL;
  DialWrapUpPane *self = saving->pane;

  if (dial_desk_wrap_up_finish (DIAL_DESK (source), result, &error) > 0)
    dial_draft_clear (saving->draft);

  /* Another call may have ended meanwhile; what became of this one is no news to it. */
  if (self->desk == NULL || g_strcmp0 (saving->call_uid, self->call_uid) != 0)
    return;

  self->saving = FALSE;
  update_actions (self);
  say_problem (self, error != NULL ? error->message : NULL);
  if (error == NULL)
    g_signal_emit (self, signals[SAVED], 0);
}

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  DialWrapUpPane *self = DIAL_WRAP_UP_PANE (widget);
  g_auto (GStrv) tags = NULL;
  g_autofree char *text = NULL;
  DialWrapUp wrap_up = { 0 };
  Saving *saving;

  if (self->saving || self->draft == NULL || get_call (self) == NULL)
    return;

  tags = dup_tags (self);
  text = dial_draft_dup_text (self->draft);
  wrap_up.outcome = self->outcome;
  wrap_up.tags = (const char * const *) tags;
  wrap_up.text = text;
  wrap_up.visibility = dial_visibility_button_get_visibility (self->visibility);

  saving = g_new0 (Saving, 1);
  saving->pane = g_object_ref (self);
  saving->draft = g_object_ref (self->draft);
  saving->call_uid = g_strdup (self->call_uid);

  self->saving = TRUE;
  update_actions (self);
  say_problem (self, NULL);
  /* Not cancellable: what was saved is saved, whatever becomes of the window. */
  dial_desk_wrap_up_async (self->desk, &wrap_up, NULL, on_wrapped_up_cb, saving);
}

static void
ask_drop_action (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  DialWrapUpPane *self = DIAL_WRAP_UP_PANE (widget);

  gtk_stack_set_visible_child_name (self->footer, "drop");
  gtk_widget_grab_focus (self->keep);
}

static void
keep_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  DialWrapUpPane *self = DIAL_WRAP_UP_PANE (widget);

  gtk_stack_set_visible_child_name (self->footer, "save");
  gtk_widget_grab_focus (self->save);
}

static void
drop_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  DialWrapUpPane *self = DIAL_WRAP_UP_PANE (widget);

  gtk_stack_set_visible_child_name (self->footer, "save");
  if (get_call (self) == NULL)
    return;

  dial_desk_drop_call (self->desk);
  g_signal_emit (self, signals[DROPPED], 0);
}

static void
dial_wrap_up_pane_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  DialWrapUpPane *self = DIAL_WRAP_UP_PANE (object);

  switch (prop_id) {
  case PROP_OUTCOME:
    g_value_set_enum (value, self->outcome);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_wrap_up_pane_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  DialWrapUpPane *self = DIAL_WRAP_UP_PANE (object);

  switch (prop_id) {
  case PROP_OUTCOME:
    set_outcome (self, g_value_get_enum (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_wrap_up_pane_dispose (GObject *object)
{
  DialWrapUpPane *self = DIAL_WRAP_UP_PANE (object);

  g_clear_object (&self->draft_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIAL_TYPE_WRAP_UP_PANE);
  g_clear_object (&self->draft);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (dial_wrap_up_pane_parent_class)->dispose (object);
}

static void
dial_wrap_up_pane_finalize (GObject *object)
{
  DialWrapUpPane *self = DIAL_WRAP_UP_PANE (object);

  g_free (self->call_uid);

  G_OBJECT_CLASS (dial_wrap_up_pane_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (DIAL_TYPE_AUTHOR_HINT);
  g_type_ensure (DIAL_TYPE_COMPANY_MARK);
  g_type_ensure (DIAL_TYPE_VISIBILITY_BUTTON);
  g_type_ensure (DIAL_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-wrap-up-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, box);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, company);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, outcomes);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, more_outcomes);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, tags);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, add_tag);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, tag_popover);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, tag_entry);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, text);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, visibility);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, preview);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, author_hint);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, problem_revealer);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, problem);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, footer);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, save);
  gtk_widget_class_bind_template_child (widget_class, DialWrapUpPane, keep);
  gtk_widget_class_bind_template_callback (widget_class, on_outcome_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_tag_entered_cb);
}

static void
dial_wrap_up_pane_class_init (DialWrapUpPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dial_wrap_up_pane_get_property;
  object_class->set_property = dial_wrap_up_pane_set_property;
  object_class->dispose = dial_wrap_up_pane_dispose;
  object_class->finalize = dial_wrap_up_pane_finalize;

  /**
   * DialWrapUpPane:outcome:
   *
   * How the call ended, as it stands chosen; also the state of the action `wrap-up.outcome`.
   */
  properties[PROP_OUTCOME] =
    g_param_spec_enum ("outcome", NULL, NULL, DIAL_TYPE_OUTCOME, DIAL_OUTCOME_UNKNOWN,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SAVED] =
    g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DROPPED] =
    g_signal_new ("dropped", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_property_action (widget_class, "wrap-up.outcome", "outcome");
  gtk_widget_class_install_action (widget_class, "wrap-up.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "wrap-up.ask-drop", NULL, ask_drop_action);
  gtk_widget_class_install_action (widget_class, "wrap-up.keep", NULL, keep_action);
  gtk_widget_class_install_action (widget_class, "wrap-up.drop", NULL, drop_action);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
dial_wrap_up_pane_init (DialWrapUpPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  offer_tag (self, _("Interested"));
  offer_tag (self, _("Call again"));
  offer_tag (self, _("Not now"));

  self->draft_signals = g_signal_group_new (DIAL_TYPE_DRAFT);
  g_signal_group_connect_swapped (self->draft_signals, "changed", G_CALLBACK (update_preview), self);
}

static void
start_over (DialWrapUpPane  *self,
            DialCall        *call,
            DialIntegration *integration,
            DialCandidate   *candidate)
{
  DialOutcome guess = dial_call_get_outcome (call);

  dial_set_str (&self->call_uid, dial_call_get_uid (call));
  self->saving = FALSE;
  for (GtkWidget *child = gtk_widget_get_first_child (self->tags);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_TOGGLE_BUTTON (child))
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (child), FALSE);

  offer_rare_outcomes (self, dial_call_get_direction (call));
  set_outcome (self, guess != DIAL_OUTCOME_UNKNOWN ? guess : DIAL_OUTCOME_NO_ANSWER);
  dial_visibility_button_set_may_be_public (self->visibility, !candidate->is_private);
  dial_visibility_button_set_visibility (self->visibility, dial_integration_get_visibility (integration));
  gtk_stack_set_visible_child_name (self->footer, "save");
  say_problem (self, NULL);
  update_actions (self);
}

/**
 * dial_wrap_up_pane_begin:
 * @self: a wrap-up pane
 * @companies: whose desk's call has ended
 * @candidate: whom the call was with
 * @draft: what was typed about that candidate
 *
 * Asks about the desk's call. Asked again about the same call, it goes on where it was.
 */
void
dial_wrap_up_pane_begin (DialWrapUpPane *self,
                         DialCompanies  *companies,
                         DialCandidate  *candidate,
                         DialDraft      *draft)
{
  DialDesk *desk;
  DialIntegration *integration;
  DialCall *call;

  g_return_if_fail (DIAL_IS_WRAP_UP_PANE (self));
  g_return_if_fail (DIAL_IS_COMPANIES (companies));
  g_return_if_fail (DIAL_IS_CANDIDATE (candidate));
  g_return_if_fail (DIAL_IS_DRAFT (draft));

  desk = dial_companies_get_desk (companies);
  call = dial_desk_get_call (desk);
  g_return_if_fail (call != NULL && dial_call_get_state (call) == DIAL_CALL_STATE_ENDED);

  integration = dial_desk_get_call_integration (desk);
  g_set_object (&self->desk, desk);
  dial_company_mark_show (self->company, companies, integration);
  dial_author_hint_set_integration (self->author_hint, integration);
  if (g_set_object (&self->draft, draft)) {
    g_signal_group_set_target (self->draft_signals, draft);
    gtk_text_view_set_buffer (self->text, GTK_TEXT_BUFFER (draft));
  }
  if (g_strcmp0 (dial_call_get_uid (call), self->call_uid) != 0)
    start_over (self, call, integration, candidate);
  update_preview (self);
}

/**
 * dial_wrap_up_pane_focus:
 * @self: a wrap-up pane
 * @typing: the recruiter is in the middle of a word
 *
 * Moves the keyboard to the outcome, from where Enter and Enter again save; but leaves it in the
 * text where the recruiter is typing.
 */
void
dial_wrap_up_pane_focus (DialWrapUpPane *self,
                         gboolean        typing)
{
  g_return_if_fail (DIAL_IS_WRAP_UP_PANE (self));

  gtk_widget_grab_focus (typing ? GTK_WIDGET (self->text) : find_outcome_button (self));
}
