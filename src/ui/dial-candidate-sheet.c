#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "dial-candidate-sheet.h"
#include "dial-caution.h"
#include "dial-company-mark.h"
#include "dial-local-time.h"
#include "dial-phone-row.h"
#include "dial-say-name.h"
#include "dial-template.h"
#include "dial-words.h"
#include "dial-wrap-layout.h"

/* How often the clocks of the candidates are looked at. */
#define CLOCK_SECONDS 10

struct _DialCandidateSheet
{
  GtkWidget            parent_instance;

  AdwAvatar           *avatar;
  GtkLabel            *name;
  GtkLabel            *subtitle;
  DialCompanyMark     *company;
  GtkBox              *chips;
  AdwPreferencesGroup *phone_group;
  AdwPreferencesGroup *email_group;
  AdwPreferencesGroup *application_group;

  DialCandidate       *candidate;
  DialCall            *call;
  gboolean             call_is_ours;
  gboolean             can_text;
  char                *shape;
  GPtrArray           *phone_rows;
  GPtrArray           *rows;
  DialHistoryEntry    *contact;
  GtkLabel            *contact_label;
  guint                clock_source;
};

G_DEFINE_FINAL_TYPE (DialCandidateSheet, dial_candidate_sheet, GTK_TYPE_WIDGET)

static GtkLabel *
add_chip (DialCandidateSheet *self,
          const char         *text,
          const char         *icon_name)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (chip, "chip");
  if (icon_name != NULL) {
    GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE,
                                    "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                    "icon-name", icon_name,
                                    NULL);

    gtk_box_append (GTK_BOX (chip), icon);
  }
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (self->chips, chip);
  return GTK_LABEL (label);
}

static void
show_chips (DialCandidateSheet *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->chips),
                          gtk_widget_get_first_child (GTK_WIDGET (self->chips)) != NULL);
}

/* The last of the chips, in words that age. */
static void
tell_contact (DialCandidateSheet *self)
{
  g_autofree char *words = self->contact != NULL ? dial_words_contact (self->contact) : NULL;

  if (words != NULL && self->contact_label == NULL) {
    self->contact_label = add_chip (self, words, NULL);
  } else if (words != NULL) {
    gtk_label_set_label (self->contact_label, words);
  } else if (self->contact_label != NULL) {
    gtk_box_remove (self->chips, gtk_widget_get_parent (GTK_WIDGET (self->contact_label)));
    self->contact_label = NULL;
  }

  if (self->contact_label != NULL) {
    GtkWidget *chip = gtk_widget_get_parent (GTK_WIDGET (self->contact_label));

    if (dial_caution_is_recent (self->contact, g_get_real_time ()))
      gtk_widget_add_css_class (chip, "recent");
    else
      gtk_widget_remove_css_class (chip, "recent");
  }

  show_chips (self);
}

static void
fill_head (DialCandidateSheet *self)
{
  g_autofree char *name = dial_candidate_dup_name (self->candidate);
  g_autofree char *subtitle = dial_candidate_dup_subtitle (self->candidate);
  GtkWidget *chip;

  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->subtitle, subtitle != NULL ? subtitle : "");
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), subtitle != NULL && subtitle[0] != '\0');

  while ((chip = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    gtk_box_remove (self->chips, chip);
  if (self->candidate->is_private)
    add_chip (self, _("Private"), "changes-prevent-symbolic");
  for (guint i = 0; self->candidate->tags[i] != NULL; i++)
    add_chip (self, self->candidate->tags[i], NULL);
  self->contact_label = NULL;
  tell_contact (self);
}

static void
add_row (DialCandidateSheet  *self,
         AdwPreferencesGroup *group,
         GtkWidget           *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (self->rows, g_object_ref (row));
}

/* While an object is made its properties are told in reverse: told together, a title would be read
 * as markup before the row knows that it is none. */
static GtkWidget *
new_row (const char *title,
         const char *subtitle)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title != NULL ? title : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  return row;
}

static void
fill_phones (DialCandidateSheet *self)
{
  gboolean suggested = FALSE;

  for (guint i = 0; i < self->candidate->phones->len; i++) {
    DialPhoneNumber *number = g_ptr_array_index (self->candidate->phones, i);
    gboolean first = !suggested && dial_phone_number_can_call (number);
    GtkWidget *row = dial_phone_row_new (self->candidate, number, i, first);

    suggested |= first;
    add_row (self, self->phone_group, row);
    g_ptr_array_add (self->phone_rows, row);
  }

  if (self->candidate->phones->len == 0)
    add_row (self, self->phone_group, new_row (_("No phone number in Greenhouse"), NULL));
}

static void
add_email_button (GtkWidget  *row,
                  const char *icon_name,
                  const char *tooltip,
                  const char *label_format,
                  const char *action,
                  const char *address)
{
  g_autofree char *label = NULL;
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  label = g_strdup_printf (label_format, address);
#pragma GCC diagnostic pop
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  dial_say_name (button, label);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", address);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
fill_emails (DialCandidateSheet *self)
{
  for (guint i = 0; i < self->candidate->emails->len; i++) {
    DialEmailAddress *email = g_ptr_array_index (self->candidate->emails, i);
    g_autofree char *kind = dial_words_phone_kind (email->kind);
    GtkWidget *row = new_row (email->address, kind);

    adw_action_row_set_icon_name (ADW_ACTION_ROW (row), "mail-unread-symbolic");
    add_email_button (row, "edit-copy-symbolic", _("Copy"), _("Copy %s"), "candidate.copy", email->address);
    add_email_button (row, "mail-message-new-symbolic", _("Write"), _("Write to %s"), "candidate.write", email->address);
    add_row (self, self->email_group, row);
  }

  gtk_widget_set_visible (GTK_WIDGET (self->email_group), self->candidate->emails->len > 0);
}

static void
fill_applications (DialCandidateSheet *self)
{
  GPtrArray *applications = self->candidate->applications;

  for (guint i = 0; applications != NULL && i < applications->len; i++) {
    DialApplication *application = g_ptr_array_index (applications, i);
    g_autofree char *state = dial_words_application (application);
    g_autofree char *subtitle = dial_words_join (2, state, application->recruiter_name);
    const char *title = application->job_name;

    if (title == NULL || title[0] == '\0')
      title = application->job_id == 0 ? _("No job yet") : _("A job that is not visible to you");
    add_row (self, self->application_group, new_row (title, subtitle));
  }

  gtk_widget_set_visible (GTK_WIDGET (self->application_group), applications != NULL && applications->len > 0);
}

static AdwPreferencesGroup *
group_of_row (GtkWidget *row)
{
  return ADW_PREFERENCES_GROUP (gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP));
}

static void
clear_rows (DialCandidateSheet *self)
{
  for (guint i = 0; i < self->rows->len; i++) {
    GtkWidget *row = g_ptr_array_index (self->rows, i);

    adw_preferences_group_remove (group_of_row (row), row);
  }
  g_ptr_array_set_size (self->phone_rows, 0);
  g_ptr_array_set_size (self->rows, 0);
}

/* All that the page shows of a candidate, so that a change of something else moves nothing. */
static char *
describe_shape (DialCandidate *candidate)
{
  GString *shape = g_string_new (NULL);
  g_autofree char *name = dial_candidate_dup_name (candidate);
  g_autofree char *subtitle = dial_candidate_dup_subtitle (candidate);
  g_autofree char *tags = g_strjoinv ("\n", candidate->tags);

  g_string_printf (shape, "%" G_GINT64_FORMAT "\n%s\n%s\n%d\n%s\n%s\n", candidate->id, name, subtitle,
                   candidate->is_private, candidate->time_zone, tags);
  for (guint i = 0; i < candidate->phones->len; i++) {
    DialPhoneNumber *number = g_ptr_array_index (candidate->phones, i);

    g_string_append_printf (shape, "%s\t%s\n", dial_phone_number_get_typed (number),
                            dial_phone_number_get_kind (number));
  }
  for (guint i = 0; i < candidate->emails->len; i++) {
    DialEmailAddress *email = g_ptr_array_index (candidate->emails, i);

    g_string_append_printf (shape, "%s\t%s\n", email->address, email->kind);
  }
  for (guint i = 0; candidate->applications != NULL && i < candidate->applications->len; i++) {
    DialApplication *application = g_ptr_array_index (candidate->applications, i);
    g_autofree char *state = dial_words_application (application);

    g_string_append_printf (shape, "%s\t%s\t%s\n", application->job_name, state, application->recruiter_name);
  }

  return g_string_free (shape, FALSE);
}

static gboolean
is_call_theirs (DialCandidateSheet *self)
{
  return self->call != NULL && self->call_is_ours &&
         dial_call_get_candidate_id (self->call) == self->candidate->id;
}

/* A call to another number of the same person leaves this row alone. */
static gboolean
is_on_line (DialCandidateSheet *self,
            DialPhoneNumber    *number)
{
  if (!is_call_theirs (self) || dial_call_get_state (self->call) == DIAL_CALL_STATE_ENDED)
    return FALSE;

  return g_strcmp0 (dial_phone_number_get_typed (dial_call_get_number (self->call)),
                    dial_phone_number_get_typed (number)) == 0;
}

/* A call that goes on, or this one's that waits for its wrap-up, comes before another call. */
static gboolean
is_busy (DialCandidateSheet *self)
{
  if (self->call == NULL || self->candidate == NULL)
    return FALSE;

  return dial_call_get_state (self->call) != DIAL_CALL_STATE_ENDED || is_call_theirs (self);
}

static void
show_call (DialCandidateSheet *self)
{
  gboolean busy = is_busy (self);

  for (guint i = 0; i < self->phone_rows->len; i++) {
    DialPhoneRow *row = g_ptr_array_index (self->phone_rows, i);

    dial_phone_row_set_on_line (row, is_on_line (self, dial_phone_row_get_number (row)));
    dial_phone_row_set_quiet (row, busy);
    dial_phone_row_set_can_text (row, self->can_text);
  }
}

static gboolean
on_clock_cb (gpointer user_data)
{
  DialCandidateSheet *self = user_data;

  for (guint i = 0; i < self->phone_rows->len; i++)
    dial_phone_row_tell_time (g_ptr_array_index (self->phone_rows, i));
  tell_contact (self);

  return G_SOURCE_CONTINUE;
}

static void
dial_candidate_sheet_dispose (GObject *object)
{
  DialCandidateSheet *self = DIAL_CANDIDATE_SHEET (object);

  g_clear_handle_id (&self->clock_source, g_source_remove);
  g_clear_pointer (&self->phone_rows, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_CANDIDATE_SHEET);
  g_clear_object (&self->candidate);
  g_clear_object (&self->contact);
  g_clear_object (&self->call);

  G_OBJECT_CLASS (dial_candidate_sheet_parent_class)->dispose (object);
}

static void
dial_candidate_sheet_finalize (GObject *object)
{
  g_clear_pointer (&DIAL_CANDIDATE_SHEET (object)->shape, g_free);

  G_OBJECT_CLASS (dial_candidate_sheet_parent_class)->finalize (object);
}

static void
dial_candidate_sheet_class_init (DialCandidateSheetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_candidate_sheet_dispose;
  object_class->finalize = dial_candidate_sheet_finalize;

  g_type_ensure (DIAL_TYPE_COMPANY_MARK);
  g_type_ensure (DIAL_TYPE_WRAP_LAYOUT);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-candidate-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, DialCandidateSheet, avatar);
  gtk_widget_class_bind_template_child (widget_class, DialCandidateSheet, name);
  gtk_widget_class_bind_template_child (widget_class, DialCandidateSheet, subtitle);
  gtk_widget_class_bind_template_child (widget_class, DialCandidateSheet, company);
  gtk_widget_class_bind_template_child (widget_class, DialCandidateSheet, chips);
  gtk_widget_class_bind_template_child (widget_class, DialCandidateSheet, phone_group);
  gtk_widget_class_bind_template_child (widget_class, DialCandidateSheet, email_group);
  gtk_widget_class_bind_template_child (widget_class, DialCandidateSheet, application_group);
}

static void
dial_candidate_sheet_init (DialCandidateSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->phone_rows = g_ptr_array_new ();
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  self->clock_source = g_timeout_add_seconds (CLOCK_SECONDS, on_clock_cb, self);
}

/**
 * dial_candidate_sheet_set_candidate:
 * @self: a sheet
 * @candidate: whom to show
 *
 * Builds the sheet anew, unless it would look as it does.
 */
void
dial_candidate_sheet_set_candidate (DialCandidateSheet *self,
                                    DialCandidate      *candidate)
{
  g_autofree char *shape = NULL;

  g_return_if_fail (DIAL_IS_CANDIDATE_SHEET (self));
  g_return_if_fail (DIAL_IS_CANDIDATE (candidate));

  g_set_object (&self->candidate, candidate);
  shape = describe_shape (candidate);
  if (!dial_set_str (&self->shape, shape))
    return;

  clear_rows (self);
  fill_head (self);
  fill_phones (self);
  fill_emails (self);
  fill_applications (self);
  show_call (self);
}

/**
 * dial_candidate_sheet_set_call:
 * @self: a sheet
 * @call: (nullable): the desk's call, of whomever
 * @ours: the call is of the company whose candidate is shown
 *
 * Shows which number is on the line. To be told again when the call moves.
 */
void
dial_candidate_sheet_set_call (DialCandidateSheet *self,
                               DialCall           *call,
                               gboolean            ours)
{
  g_return_if_fail (DIAL_IS_CANDIDATE_SHEET (self));

  g_set_object (&self->call, call);
  self->call_is_ours = ours;
  show_call (self);
}

/**
 * dial_candidate_sheet_set_can_text:
 * @self: a sheet
 * @can_text: there is a phone system that could send text messages
 */
void
dial_candidate_sheet_set_can_text (DialCandidateSheet *self,
                                   gboolean            can_text)
{
  g_return_if_fail (DIAL_IS_CANDIDATE_SHEET (self));

  self->can_text = can_text;
  show_call (self);
}

/**
 * dial_candidate_sheet_set_company:
 * @self: a sheet
 * @companies: (nullable): among which to tell the company
 * @integration: (nullable): whose candidate is shown
 */
void
dial_candidate_sheet_set_company (DialCandidateSheet *self,
                                  DialCompanies      *companies,
                                  DialIntegration    *integration)
{
  g_return_if_fail (DIAL_IS_CANDIDATE_SHEET (self));

  dial_company_mark_show (self->company, companies, integration);
}

/**
 * dial_candidate_sheet_set_contact:
 * @self: a sheet
 * @contact: (nullable): when somebody was last in touch with the candidate
 */
void
dial_candidate_sheet_set_contact (DialCandidateSheet *self,
                                  DialHistoryEntry   *contact)
{
  g_return_if_fail (DIAL_IS_CANDIDATE_SHEET (self));

  g_set_object (&self->contact, contact);
  tell_contact (self);
}
