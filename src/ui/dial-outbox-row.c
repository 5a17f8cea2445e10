#include "config.h"

#include <glib/gi18n.h>

#include "dial-company-mark.h"
#include "dial-outbox-row.h"
#include "dial-outbox-words.h"
#include "dial-template.h"
#include "dial-words.h"
#include "dial-wrap-layout.h"

struct _DialOutboxRow
{
  GtkWidget        parent_instance;

  GtkLabel        *name;
  DialCompanyMark *company;
  GtkLabel        *beginning;
  GtkWidget       *state_box;
  GtkImage        *state_icon;
  GtkLabel        *state;
  GtkLabel        *reason;
  GtkLabel        *tries;
  GtkWidget       *buttons;          /* NULL until the row is selected first */

  DialOutboxEntry *entry;
  GSignalGroup    *entry_signals;
  GSignalGroup    *integration_signals;
  char            *description;
  const char      *style;
  guint            selected : 1;
};

enum {
  PROP_0,
  PROP_SELECTED,
  PROP_DESCRIPTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DialOutboxRow, dial_outbox_row, GTK_TYPE_WIDGET)

/* What can be done */

typedef struct {
  DialOutboxActions action;       /* 0: always */
  const char       *label;
  const char       *name;
} Offer;

static const Offer offers[] = {
  { DIAL_OUTBOX_CONFIRM, N_("It Is There"), "outbox.confirm" },
  { DIAL_OUTBOX_REPEAT, N_("Send Again"), "outbox.repeat" },
  { DIAL_OUTBOX_SEND, N_("Send Now"), "outbox.send" },
  { DIAL_OUTBOX_EDIT, N_("Edit…"), "outbox.edit" },
  { 0, N_("Open in Greenhouse"), "outbox.open-web" },
  { DIAL_OUTBOX_DISCARD, N_("Discard…"), "outbox.discard" },
};

/* Without mnemonics, which GTK 4.8 reads out. */
static void
make_buttons (DialOutboxRow *self)
{
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->buttons, dial_wrap_layout_new (6));
  gtk_widget_set_margin_top (self->buttons, 6);

  for (guint i = 0; i < G_N_ELEMENTS (offers); i++) {
    GtkWidget *button = gtk_button_new_with_label (_(offers[i].label));

    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), offers[i].name);
    gtk_box_append (GTK_BOX (self->buttons), button);
  }
  gtk_widget_insert_before (self->buttons, GTK_WIDGET (self), NULL);
}

/* A note that is looked for is not sent by that. */
static void
name_send_button (DialOutboxRow *self,
                  GtkWidget     *button)
{
  gboolean looking = dial_outbox_entry_get_item (self->entry)->state == DIAL_OUTBOX_STATE_UNCERTAIN;

  gtk_button_set_label (GTK_BUTTON (button), looking ? _("Look Now") : _("Send Now"));
}

static void
show_buttons (DialOutboxRow *self)
{
  DialOutboxActions actions;
  GtkWidget *button;

  if (self->buttons == NULL && self->selected)
    make_buttons (self);
  if (self->buttons == NULL)
    return;

  gtk_widget_set_visible (self->buttons, self->selected);
  if (self->entry == NULL)
    return;

  actions = dial_outbox_entry_get_actions (self->entry);
  button = gtk_widget_get_first_child (self->buttons);
  for (guint i = 0; i < G_N_ELEMENTS (offers); i++) {
    gtk_widget_set_visible (button, offers[i].action == 0 || (actions & offers[i].action) != 0);
    if (offers[i].action == DIAL_OUTBOX_SEND)
      name_send_button (self, button);
    button = gtk_widget_get_next_sibling (button);
  }
}

/* What it says */

static void
say (GtkLabel   *label,
     const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && text[0] != '\0');
}

/* As a person would read the row out. */
static void
describe (DialOutboxRow *self)
{
  const char *parts[] = {
    gtk_label_get_label (self->name), dial_company_mark_get_text (self->company),
    gtk_label_get_label (self->beginning), gtk_label_get_label (self->state),
    gtk_label_get_label (self->reason), gtk_label_get_label (self->tries),
  };
  GString *description = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (parts[i] == NULL || parts[i][0] == '\0')
      continue;
    g_string_append_printf (description, "%s%s", description->len > 0 ? ", " : "", parts[i]);
  }

  if (dial_set_str (&self->description, description->str))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCRIPTION]);
  g_string_free (description, TRUE);
}

static void
show_state (DialOutboxRow *self)
{
  DialOutboxItem *item = dial_outbox_entry_get_item (self->entry);

  if (self->style != NULL)
    gtk_widget_remove_css_class (self->state_box, self->style);
  self->style = dial_words_note_style (item);
  gtk_widget_add_css_class (self->state_box, self->style);
  gtk_image_set_from_icon_name (self->state_icon, dial_words_note_icon (item));
  gtk_label_set_label (self->state, dial_words_note_state (item));
}

static void
update (DialOutboxRow *self)
{
  g_autofree char *name = NULL;
  g_autofree char *beginning = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *tries = NULL;

  if (self->entry == NULL)
    return;

  name = dial_outbox_entry_dup_name (self->entry);
  beginning = dial_outbox_words_beginning (self->entry);
  reason = dial_outbox_words_reason (self->entry);
  tries = dial_outbox_words_tries (self->entry);
  gtk_label_set_label (self->name, name);
  say (self->beginning, beginning);
  say (self->reason, reason);
  say (self->tries, tries);
  show_state (self);
  show_buttons (self);
  describe (self);
}

static void
dial_outbox_row_dispose (GObject *object)
{
  DialOutboxRow *self = DIAL_OUTBOX_ROW (object);

  g_clear_object (&self->entry_signals);
  g_clear_object (&self->integration_signals);
  g_clear_object (&self->entry);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_OUTBOX_ROW);

  G_OBJECT_CLASS (dial_outbox_row_parent_class)->dispose (object);
}

static void
dial_outbox_row_finalize (GObject *object)
{
  g_free (DIAL_OUTBOX_ROW (object)->description);

  G_OBJECT_CLASS (dial_outbox_row_parent_class)->finalize (object);
}

static void
dial_outbox_row_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  DialOutboxRow *self = DIAL_OUTBOX_ROW (object);

  switch (prop_id) {
  case PROP_SELECTED:
    g_value_set_boolean (value, self->selected);
    break;
  case PROP_DESCRIPTION:
    g_value_set_string (value, self->description);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_outbox_row_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  DialOutboxRow *self = DIAL_OUTBOX_ROW (object);

  switch (prop_id) {
  case PROP_SELECTED:
    self->selected = g_value_get_boolean (value);
    show_buttons (self);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_outbox_row_class_init (DialOutboxRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_outbox_row_dispose;
  object_class->finalize = dial_outbox_row_finalize;
  object_class->get_property = dial_outbox_row_get_property;
  object_class->set_property = dial_outbox_row_set_property;

  properties[PROP_SELECTED] =
    g_param_spec_boolean ("selected", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_DESCRIPTION] =
    g_param_spec_string ("description", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (DIAL_TYPE_COMPANY_MARK);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-outbox-row.ui");
  gtk_widget_class_set_css_name (widget_class, "dial-outbox-row");
  gtk_widget_class_bind_template_child (widget_class, DialOutboxRow, name);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxRow, company);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxRow, beginning);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxRow, state_box);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxRow, state_icon);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxRow, state);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxRow, reason);
  gtk_widget_class_bind_template_child (widget_class, DialOutboxRow, tries);
}

static void
dial_outbox_row_init (DialOutboxRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->entry_signals = g_signal_group_new (DIAL_TYPE_OUTBOX_ENTRY);
  g_signal_group_connect_swapped (self->entry_signals, "notify", G_CALLBACK (update), self);
  self->integration_signals = g_signal_group_new (DIAL_TYPE_INTEGRATION);
  g_signal_group_connect_swapped (self->integration_signals, "notify::active", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->integration_signals, "notify::problem", G_CALLBACK (update), self);
}

/**
 * dial_outbox_row_new:
 *
 * Returns: (transfer floating): a row that says nothing yet
 */
GtkWidget *
dial_outbox_row_new (void)
{
  return g_object_new (DIAL_TYPE_OUTBOX_ROW, NULL);
}

/**
 * dial_outbox_row_get_entry:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what it shows
 */
DialOutboxEntry *
dial_outbox_row_get_entry (DialOutboxRow *self)
{
  g_return_val_if_fail (DIAL_IS_OUTBOX_ROW (self), NULL);

  return self->entry;
}

/**
 * dial_outbox_row_show:
 * @self: a row
 * @companies: (nullable): among which companies; %NULL where it is clear which
 * @entry: (nullable): a note; followed as long as it is shown
 */
void
dial_outbox_row_show (DialOutboxRow   *self,
                      DialCompanies   *companies,
                      DialOutboxEntry *entry)
{
  DialIntegration *integration = entry != NULL ? dial_outbox_entry_get_integration (entry) : NULL;

  g_return_if_fail (DIAL_IS_OUTBOX_ROW (self));

  g_set_object (&self->entry, entry);
  g_signal_group_set_target (self->entry_signals, entry);
  g_signal_group_set_target (self->integration_signals, integration);
  dial_company_mark_show (self->company, companies, integration);
  update (self);
}
