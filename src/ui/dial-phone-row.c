#include "config.h"

#include <glib/gi18n.h>

#include "dial-phone-row.h"
#include "dial-say-name.h"
#include "dial-words.h"

struct _DialPhoneRow
{
  AdwActionRow     parent_instance;

  GtkStack        *stack;
  GtkButton       *button;
  GtkButton       *text_button;
  GtkButton       *country_button;
  GtkButton       *copy_button;

  DialPhoneNumber *number;
  DialCandidate   *candidate;
  guint            suggested : 1;
};

G_DEFINE_FINAL_TYPE (DialPhoneRow, dial_phone_row, ADW_TYPE_ACTION_ROW)

static const char *
describe_flaw (DialNumberFlaw flaw)
{
  switch (flaw) {
  case DIAL_NUMBER_FLAW_SKYPE:
    return _("A Skype name, which a phone cannot dial");
  case DIAL_NUMBER_FLAW_NO_COUNTRY:
    return _("does not say its country");
  case DIAL_NUMBER_FLAW_WRONG_COUNTRY:
    return _("no country has this code; correct it in Greenhouse");
  case DIAL_NUMBER_FLAW_SHORT:
    return _("digits are missing; correct it in Greenhouse");
  case DIAL_NUMBER_FLAW_LONG:
    return _("too many digits; correct it in Greenhouse");
  case DIAL_NUMBER_FLAW_NOT_IN_USE:
    return _("its country has no such numbers; correct it in Greenhouse");
  case DIAL_NUMBER_FLAW_NONE:
  case DIAL_NUMBER_FLAW_NO_NUMBER:
  default:
    return _("no phone number; correct it in Greenhouse");
  }
}

static char *
describe_number (DialPhoneRow *self)
{
  const char *kind = dial_phone_number_get_kind (self->number);
  g_autofree char *kind_words = dial_words_phone_kind (kind);
  g_autoptr (DialLocalTime) local = NULL;
  g_autofree char *time = NULL;

  if (!dial_phone_number_can_call (self->number)) {
    DialNumberFlaw flaw = dial_phone_number_get_flaw (self->number);

    return dial_words_join (2, flaw != DIAL_NUMBER_FLAW_SKYPE ? kind_words : NULL, describe_flaw (flaw));
  }

  local = dial_local_time_at (self->candidate, self->number, g_get_real_time ());
  time = dial_words_local_time (local);
  return dial_words_join (2, kind_words, time);
}

/* No AdwButtonContent: a newer one names its button by its own label, whatever name that has. */
static GtkWidget *
new_call_content (void)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("call-start-symbolic"));
  gtk_box_append (GTK_BOX (content), gtk_label_new (_("Call")));
  return content;
}

static void
dress_button (DialPhoneRow *self,
              gboolean      suggested)
{
  g_autofree char *number = dial_phone_number_format (self->number);
  g_autofree char *kind = dial_words_phone_kind (dial_phone_number_get_kind (self->number));
  g_autofree char *label = NULL;

  if (kind != NULL)
    /* Translators: a phone number and its kind, such as mobile */
    label = g_strdup_printf (_("Call %s, %s"), number, kind);
  else
    label = g_strdup_printf (_("Call %s"), number);

  if (suggested) {
    gtk_button_set_child (self->button, new_call_content ());
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "image-text-button");
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "suggested-action");
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "call");
  } else {
    gtk_button_set_icon_name (self->button, "call-start-symbolic");
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "circular");
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _("Call"));
  }

  dial_say_name (self->button, label);
}

static void
dress_text_button (DialPhoneRow *self,
                   guint         index)
{
  g_autofree char *number = dial_phone_number_format (self->number);
  /* Translators: a phone number */
  g_autofree char *label = g_strdup_printf (_("Text %s"), number);

  dial_say_name (self->text_button, label);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->text_button), "u", index);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->text_button), "candidate.text");
}

static void
offer_countries (DialPhoneRow *self,
                 guint         index)
{
  /* Translators: a phone number as somebody typed it */
  g_autofree char *label = g_strdup_printf (_("Choose the country of %s, and call"),
                                            dial_phone_number_get_typed (self->number));

  dial_say_name (self->country_button, label);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->country_button), "u", index);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->country_button), "candidate.call");
  gtk_widget_set_visible (GTK_WIDGET (self->country_button), TRUE);
}

static void
on_copy_clicked_cb (DialPhoneRow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "candidate.copy", "s",
                              dial_phone_number_get_typed (self->number));
}

static void
dial_phone_row_dispose (GObject *object)
{
  DialPhoneRow *self = DIAL_PHONE_ROW (object);

  g_clear_object (&self->number);
  g_clear_object (&self->candidate);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_PHONE_ROW);

  G_OBJECT_CLASS (dial_phone_row_parent_class)->dispose (object);
}

static void
dial_phone_row_class_init (DialPhoneRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_phone_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-phone-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DialPhoneRow, stack);
  gtk_widget_class_bind_template_child (widget_class, DialPhoneRow, button);
  gtk_widget_class_bind_template_child (widget_class, DialPhoneRow, text_button);
  gtk_widget_class_bind_template_child (widget_class, DialPhoneRow, country_button);
  gtk_widget_class_bind_template_child (widget_class, DialPhoneRow, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked_cb);
}

static void
dial_phone_row_init (DialPhoneRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_phone_row_new:
 * @candidate: whose number
 * @number: a number
 * @index: the number's place among the candidate's, the target of `candidate.call`
 * @suggested: this is the one to call if nothing is said
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
dial_phone_row_new (DialCandidate   *candidate,
                    DialPhoneNumber *number,
                    guint            index,
                    gboolean         suggested)
{
  DialPhoneRow *self;
  g_autofree char *title = NULL;

  g_return_val_if_fail (DIAL_IS_PHONE_NUMBER (number), NULL);

  self = g_object_new (DIAL_TYPE_PHONE_ROW, NULL);
  self->number = g_object_ref (number);
  self->candidate = g_object_ref (candidate);

  title = dial_words_number (number);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  dial_phone_row_tell_time (self);

  if (dial_phone_number_can_call (number)) {
    self->suggested = suggested;
    dress_button (self, suggested);
    dress_text_button (self, index);
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "u", index);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "candidate.call");
    gtk_stack_set_visible_child_name (self->stack, "call");
  } else {
    g_autofree char *label = g_strdup_printf (_("Copy %s"), dial_phone_number_get_typed (number));

    dial_say_name (self->copy_button, label);
    gtk_stack_set_visible_child_name (self->stack, "copy");
    if (dial_phone_number_get_flaw (number) == DIAL_NUMBER_FLAW_NO_COUNTRY)
      offer_countries (self, index);
  }

  return GTK_WIDGET (self);
}

/**
 * dial_phone_row_get_number:
 * @self: a row
 *
 * Returns: (transfer none): its number
 */
DialPhoneNumber *
dial_phone_row_get_number (DialPhoneRow *self)
{
  g_return_val_if_fail (DIAL_IS_PHONE_ROW (self), NULL);

  return self->number;
}

/**
 * dial_phone_row_set_on_line:
 * @self: a row
 * @on_line: a call to this very number goes on
 */
void
dial_phone_row_set_on_line (DialPhoneRow *self,
                            gboolean      on_line)
{
  g_return_if_fail (DIAL_IS_PHONE_ROW (self));

  if (dial_phone_number_can_call (self->number))
    gtk_stack_set_visible_child_name (self->stack, on_line ? "on-line" : "call");
}

/**
 * dial_phone_row_set_can_text:
 * @self: a row
 * @can_text: there is a phone system that could send text messages
 */
void
dial_phone_row_set_can_text (DialPhoneRow *self,
                             gboolean      can_text)
{
  g_return_if_fail (DIAL_IS_PHONE_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->text_button), can_text && dial_phone_number_can_call (self->number) &&
                          dial_phone_number_get_e164 (self->number) != NULL);
}

/**
 * dial_phone_row_set_quiet:
 * @self: a row
 * @quiet: something else is to be done next
 *
 * Takes the colour from the button of the suggested number, and gives it back.
 */
void
dial_phone_row_set_quiet (DialPhoneRow *self,
                          gboolean      quiet)
{
  g_return_if_fail (DIAL_IS_PHONE_ROW (self));

  if (self->suggested && !quiet)
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "suggested-action");
}

/**
 * dial_phone_row_tell_time:
 * @self: a row
 *
 * Looks at the clock again.
 */
void
dial_phone_row_tell_time (DialPhoneRow *self)
{
  g_autofree char *description = NULL;

  g_return_if_fail (DIAL_IS_PHONE_ROW (self));

  description = describe_number (self);
  if (g_strcmp0 (description, adw_action_row_get_subtitle (ADW_ACTION_ROW (self))) != 0)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), description);
}
