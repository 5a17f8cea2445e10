#include "config.h"

#include <glib/gi18n.h>

#include "dial-call-look.h"
#include "dial-calls-row.h"
#include "dial-company-mark.h"
#include "dial-say-name.h"
#include "dial-template.h"
#include "dial-words.h"

struct _DialCallsRow
{
  GtkWidget        parent_instance;

  GtkImage        *icon;
  GtkLabel        *name;
  GtkLabel        *when;
  GtkLabel        *details;
  DialCompanyMark *company;
  GtkLabel        *state;
  GtkButton       *act;
  GtkWidget       *settle;

  DialCallLogRow  *row;
  GSignalGroup    *row_signals;
  DialCompanies   *companies;
  DialCallFilter   filter;
  const char      *state_class;
  char            *description;
};

enum {
  PROP_0,
  PROP_ROW,
  PROP_DESCRIPTION,
  N_PROPS
};

enum {
  ACT,
  SETTLED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialCallsRow, dial_calls_row, GTK_TYPE_WIDGET)

static char *
dup_number (DialCallRecord *call)
{
  g_autoptr (DialPhoneNumber) number = NULL;

  if (call->number[0] == '\0' && call->e164 == NULL)
    return NULL;

  number = dial_phone_number_new_stored (call->number, NULL, call->e164, NULL, NULL);
  return dial_words_number (number);
}

/* Whoever is in the store no more keeps the number that was called. */
static char *
dup_name (DialLoggedCall *logged)
{
  char *number;

  if (logged->candidate != NULL)
    return dial_candidate_dup_name (logged->candidate);

  number = dup_number (logged->call);
  return number != NULL ? number : g_strdup (_("Unknown"));
}

static char *
dup_again (DialCallRecord *call)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *text = call->call_again_on != NULL ? g_strconcat (call->call_again_on, "T12:00:00", NULL) : NULL;
  g_autoptr (GDateTime) noon = text != NULL ? g_date_time_new_from_iso8601 (text, zone) : NULL;
  g_autofree char *day = noon != NULL ? dial_words_day (g_date_time_to_unix (noon) * G_USEC_PER_SEC) : NULL;

  /* Translators: %s is a day, such as Today or 20 Nov */
  return day != NULL ? g_strdup_printf (_("call again: %s"), day) : NULL;
}

static void
show_state (DialCallsRow *self,
            const char   *words,
            const char   *css_class)
{
  if (self->state_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), self->state_class);
  self->state_class = css_class;
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), css_class);
  gtk_label_set_label (self->state, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->state), words != NULL);
}

static void
show_note (DialCallsRow   *self,
           DialLoggedCall *logged)
{
  g_autofree char *id = NULL;
  g_autofree char *tooltip = NULL;

  if (logged->item != NULL) {
    show_state (self, dial_words_note_state (logged->item), dial_words_note_style (logged->item));
    if (logged->item->note_id != 0)
      id = g_strdup_printf ("%" G_GINT64_FORMAT, logged->item->note_id);
    if (id != NULL)
      /* Translators: %s is Greenhouse's number of the note */
      tooltip = g_strdup_printf (_("Note %s"), id);
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->state), logged->item->error != NULL ? logged->item->error : tooltip);
    return;
  }

  gtk_widget_set_tooltip_text (GTK_WIDGET (self->state), NULL);
  if (dial_logged_call_is_unlogged (logged))
    show_state (self, _("no note"), "warning");
  else
    show_state (self, logged->call->dropped ? _("no note, as you chose") : NULL, "dim-label");
}

static void
tell_button (GtkWidget  *button,
             const char *words,
             const char *name)
{
  g_autofree char *label = NULL;
  g_autofree char *isolated = dial_words_isolate (name);

  /* Translators: for screen readers: what a button does, and to whose call */
  label = g_strdup_printf (_("%s: %s"), words, isolated);
  dial_say_name (button, label);
}

static void
show_buttons (DialCallsRow   *self,
              DialLoggedCall *logged,
              const char     *name)
{
  gboolean again = self->filter == DIAL_CALL_FILTER_CALL_AGAIN;
  gboolean shown = again || (logged != NULL && dial_logged_call_is_unlogged (logged));
  const char *act = again ? _("Call") : _("Log It");
  const char *settle = again ? _("Not to be called again") : _("No note is needed");

  gtk_widget_set_visible (GTK_WIDGET (self->act), shown && logged != NULL && (!again || logged->candidate != NULL));
  gtk_widget_set_visible (self->settle, shown && logged != NULL);
  if (!shown || logged == NULL)
    return;

  gtk_button_set_label (self->act, act);
  tell_button (GTK_WIDGET (self->act), act, name);
  gtk_widget_set_tooltip_text (self->settle, settle);
  tell_button (self->settle, settle, name);
}

static void
describe (DialCallsRow *self)
{
  const char *company = dial_company_mark_get_text (self->company);
  g_autofree char *description =
    g_strdup_printf ("%s, %s, %s%s%s%s%s",
                     gtk_label_get_label (self->name), gtk_label_get_label (self->details),
                     gtk_label_get_label (self->when),
                     gtk_label_get_label (self->state)[0] != '\0' ? ", " : "", gtk_label_get_label (self->state),
                     company != NULL ? ", " : "", company != NULL ? company : "");

  if (dial_set_str (&self->description, description))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCRIPTION]);
}

static void
show_call (DialCallsRow   *self,
           DialLoggedCall *logged)
{
  DialCallRecord *call = logged->call;
  g_autofree char *name = dup_name (logged);
  g_autofree char *number = logged->candidate != NULL ? dup_number (call) : NULL;
  g_autofree char *length = call->duration > 0 ? dial_words_duration (call->duration) : NULL;
  g_autofree char *again = dup_again (call);
  g_autofree char *tags = g_strjoinv (", ", call->tags);
  g_autofree char *details = NULL;

  details = dial_words_join (6, dial_call_look_words (call), length, again, number, tags,
                             call->by_hand ? _("logged by hand") : call->outside ? _("made elsewhere") : NULL);
  gtk_image_set_from_icon_name (self->icon, dial_call_look_icon (call));
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->details, details);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->details), details);
  show_note (self, logged);
  show_buttons (self, logged, name);
}

/* Until it is loaded, a row has a time and no more. */
static void
update (DialCallsRow *self)
{
  DialLoggedCall *logged = self->row != NULL ? dial_call_log_row_get_logged (self->row) : NULL;
  g_autofree char *when = NULL;

  if (self->row == NULL)
    return;

  when = dial_words_when (dial_call_log_row_get_started_at (self->row));
  gtk_label_set_label (self->when, when != NULL ? when : "");
  dial_company_mark_show (self->company, self->companies, dial_call_log_row_get_integration (self->row));
  if (logged != NULL) {
    show_call (self, logged);
  } else {
    gtk_image_clear (self->icon);
    gtk_label_set_label (self->name, "");
    gtk_label_set_label (self->details, "");
    show_state (self, NULL, NULL);
    show_buttons (self, NULL, "");
  }
  describe (self);
}

static void
on_act_clicked_cb (DialCallsRow *self)
{
  g_signal_emit (self, signals[ACT], 0);
}

static void
on_settle_clicked_cb (DialCallsRow *self)
{
  g_signal_emit (self, signals[SETTLED], 0);
}

static void
dial_calls_row_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  DialCallsRow *self = DIAL_CALLS_ROW (object);

  switch (prop_id) {
  case PROP_ROW:
    g_value_set_object (value, self->row);
    break;
  case PROP_DESCRIPTION:
    g_value_set_string (value, self->description);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_calls_row_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (prop_id) {
  case PROP_ROW:
    dial_calls_row_set_row (DIAL_CALLS_ROW (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_calls_row_dispose (GObject *object)
{
  DialCallsRow *self = DIAL_CALLS_ROW (object);

  g_clear_object (&self->row_signals);
  g_clear_object (&self->row);
  g_clear_object (&self->companies);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_CALLS_ROW);

  G_OBJECT_CLASS (dial_calls_row_parent_class)->dispose (object);
}

static void
dial_calls_row_finalize (GObject *object)
{
  g_free (DIAL_CALLS_ROW (object)->description);

  G_OBJECT_CLASS (dial_calls_row_parent_class)->finalize (object);
}

static void
dial_calls_row_class_init (DialCallsRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = dial_calls_row_dispose;
  object_class->finalize = dial_calls_row_finalize;
  object_class->get_property = dial_calls_row_get_property;
  object_class->set_property = dial_calls_row_set_property;

  properties[PROP_ROW] =
    g_param_spec_object ("row", NULL, NULL, DIAL_TYPE_CALL_LOG_ROW, G_PARAM_READWRITE | flags);
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, G_PARAM_READABLE | flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ACT] =
    g_signal_new ("act", DIAL_TYPE_CALLS_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SETTLED] =
    g_signal_new ("settled", DIAL_TYPE_CALLS_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (DIAL_TYPE_COMPANY_MARK);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-calls-row.ui");
  gtk_widget_class_set_css_name (widget_class, "dial-calls-row");
  gtk_widget_class_bind_template_child (widget_class, DialCallsRow, icon);
  gtk_widget_class_bind_template_child (widget_class, DialCallsRow, name);
  gtk_widget_class_bind_template_child (widget_class, DialCallsRow, when);
  gtk_widget_class_bind_template_child (widget_class, DialCallsRow, details);
  gtk_widget_class_bind_template_child (widget_class, DialCallsRow, company);
  gtk_widget_class_bind_template_child (widget_class, DialCallsRow, state);
  gtk_widget_class_bind_template_child (widget_class, DialCallsRow, act);
  gtk_widget_class_bind_template_child (widget_class, DialCallsRow, settle);
  gtk_widget_class_bind_template_callback (widget_class, on_act_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_settle_clicked_cb);
}

static void
dial_calls_row_init (DialCallsRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->row_signals = g_signal_group_new (DIAL_TYPE_CALL_LOG_ROW);
  g_signal_group_connect_swapped (self->row_signals, "notify::logged", G_CALLBACK (update), self);
}

/**
 * dial_calls_row_get_row:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the call it shows
 */
DialCallLogRow *
dial_calls_row_get_row (DialCallsRow *self)
{
  g_return_val_if_fail (DIAL_IS_CALLS_ROW (self), NULL);

  return self->row;
}

/**
 * dial_calls_row_set_row:
 * @self: a row
 * @row: (nullable): the call it is to show
 */
void
dial_calls_row_set_row (DialCallsRow   *self,
                        DialCallLogRow *row)
{
  g_return_if_fail (DIAL_IS_CALLS_ROW (self));

  if (!g_set_object (&self->row, row))
    return;

  g_signal_group_set_target (self->row_signals, row);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROW]);
}

/**
 * dial_calls_row_set_companies:
 * @self: a row
 * @companies: among which to tell whose call it is
 */
void
dial_calls_row_set_companies (DialCallsRow  *self,
                              DialCompanies *companies)
{
  g_return_if_fail (DIAL_IS_CALLS_ROW (self));

  g_set_object (&self->companies, companies);
}

/**
 * dial_calls_row_set_filter:
 * @self: a row
 * @filter: in which list it stands, which tells what is to be done
 */
void
dial_calls_row_set_filter (DialCallsRow   *self,
                           DialCallFilter  filter)
{
  g_return_if_fail (DIAL_IS_CALLS_ROW (self));

  if (self->filter == filter)
    return;

  self->filter = filter;
  update (self);
}
