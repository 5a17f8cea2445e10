#include "config.h"

#include <glib/gi18n.h>

#include "dial-company-button.h"
#include "dial-company-mark.h"
#include "dial-say-name.h"
#include "dial-template.h"
#include "dial-words.h"

/* A longer name ends in dots. */
#define MAX_WIDTH_CHARS 32

/* As many as there are keys: Ctrl+1 to Ctrl+9. */
#define MAX_KEYS 9

struct _DialCompanyButton
{
  GtkWidget        parent_instance;

  GtkMenuButton   *button;
  GtkWidget       *all;
  DialCompanyMark *mark;
  GtkPopover      *popover;
  GtkListBox      *list_box;

  DialCompanies   *companies;
  GSignalGroup    *companies_signals;
};

G_DEFINE_FINAL_TYPE (DialCompanyButton, dial_company_button, GTK_TYPE_WIDGET)

static void
update (DialCompanyButton *self)
{
  gboolean several = self->companies != NULL && dial_companies_are_several (self->companies);
  DialIntegration *chosen = several ? dial_companies_get_chosen (self->companies) : NULL;
  g_autofree char *label = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), several);
  gtk_widget_set_visible (self->all, chosen == NULL);
  dial_company_mark_show (self->mark, self->companies, chosen);

  /* Translators: for screen readers; %s is the name of a company */
  label = g_strdup_printf (_("Company: %s"),
                           chosen != NULL ? dial_integration_get_name (chosen) : _("All Companies"));
  dial_say_name (self->button, label);
}

/* The list */

static GtkWidget *
new_label (const char *text,
           gboolean    quiet)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_WIDTH_CHARS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (quiet) {
    gtk_widget_add_css_class (label, "caption");
    gtk_widget_add_css_class (label, "dim-label");
  }

  return label;
}

/* Caption, and whether it is switched off. */
static char *
describe (DialIntegration *integration)
{
  return dial_words_join (2, dial_integration_get_caption (integration),
                          dial_integration_is_active (integration) ? NULL : _("Switched off"));
}

static GtkWidget *
new_title (DialCompanyButton *self,
           DialIntegration   *integration)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *words = integration != NULL ? describe (integration) : NULL;

  if (integration != NULL) {
    GtkWidget *mark = dial_company_mark_new ();

    g_object_set (mark, "max-width-chars", MAX_WIDTH_CHARS, NULL);
    dial_company_mark_show (DIAL_COMPANY_MARK (mark), self->companies, integration);
    gtk_box_append (GTK_BOX (box), mark);
  } else {
    gtk_box_append (GTK_BOX (box), new_label (_("All Companies"), FALSE));
  }
  if (words != NULL && words[0] != '\0')
    gtk_box_append (GTK_BOX (box), new_label (words, TRUE));

  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static void
tell_row (GtkWidget       *row,
          DialIntegration *integration)
{
  g_autofree char *words = integration != NULL ? describe (integration) : NULL;
  g_autofree char *label = NULL;

  if (integration != NULL)
    label = dial_words_join (2, dial_integration_get_name (integration), words);
  else
    label = g_strdup (_("All Companies"));
  dial_say_name (row, label);
}

static void
add_row (DialCompanyButton *self,
         DialIntegration   *integration,
         guint              number)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);

  gtk_box_append (GTK_BOX (box), new_title (self, integration));
  if (number <= MAX_KEYS) {
    g_autofree char *key = gtk_accelerator_get_label (GDK_KEY_0 + number, GDK_CONTROL_MASK);

    gtk_box_append (GTK_BOX (box), new_label (key, TRUE));
  }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  tell_row (row, integration);
  g_object_set_data_full (G_OBJECT (row), "integration",
                          integration != NULL ? g_object_ref (integration) : NULL, g_object_unref);

  gtk_list_box_append (self->list_box, row);
  if (integration == dial_companies_get_chosen (self->companies))
    gtk_list_box_select_row (self->list_box, GTK_LIST_BOX_ROW (row));
}

/* Filled when it opens, and left alone while it is read. */
static void
fill (GtkMenuButton *button,
      gpointer       user_data)
{
  DialCompanyButton *self = user_data;
  GListModel *integrations;
  GtkListBoxRow *row;

  if (self->companies == NULL)
    return;

  while ((row = gtk_list_box_get_row_at_index (self->list_box, 0)) != NULL)
    gtk_list_box_remove (self->list_box, GTK_WIDGET (row));

  add_row (self, NULL, 0);
  integrations = dial_desk_get_integrations (dial_companies_get_desk (self->companies));
  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);

    add_row (self, integration, i + 1);
  }
}

static void
on_opened_cb (DialCompanyButton *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list_box);

  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
on_row_activated_cb (DialCompanyButton *self,
                     GtkListBoxRow     *row)
{
  DialIntegration *integration = g_object_get_data (G_OBJECT (row), "integration");

  /* It may have been removed while the list was open. */
  if (integration == NULL || dial_companies_have (self->companies, integration))
    dial_companies_choose (self->companies, integration);
  gtk_popover_popdown (self->popover);
}

static void
dial_company_button_dispose (GObject *object)
{
  DialCompanyButton *self = DIAL_COMPANY_BUTTON (object);

  g_clear_object (&self->companies_signals);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_COMPANY_BUTTON);
  g_clear_object (&self->companies);

  G_OBJECT_CLASS (dial_company_button_parent_class)->dispose (object);
}

static void
dial_company_button_class_init (DialCompanyButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_company_button_dispose;

  g_type_ensure (DIAL_TYPE_COMPANY_MARK);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-company-button.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "dial-company-button");
  gtk_widget_class_bind_template_child (widget_class, DialCompanyButton, button);
  gtk_widget_class_bind_template_child (widget_class, DialCompanyButton, all);
  gtk_widget_class_bind_template_child (widget_class, DialCompanyButton, mark);
  gtk_widget_class_bind_template_child (widget_class, DialCompanyButton, popover);
  gtk_widget_class_bind_template_child (widget_class, DialCompanyButton, list_box);
  gtk_widget_class_bind_template_callback (widget_class, on_opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
}

static void
dial_company_button_init (DialCompanyButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->companies_signals = g_signal_group_new (DIAL_TYPE_COMPANIES);
  g_signal_group_connect_swapped (self->companies_signals, "changed", G_CALLBACK (update), self);
  gtk_menu_button_set_create_popup_func (self->button, fill, self, NULL);
}

/**
 * dial_company_button_set_companies:
 * @self: a button
 * @companies: (nullable): among which to choose
 */
void
dial_company_button_set_companies (DialCompanyButton *self,
                                   DialCompanies     *companies)
{
  g_return_if_fail (DIAL_IS_COMPANY_BUTTON (self));

  if (!g_set_object (&self->companies, companies))
    return;

  g_signal_group_set_target (self->companies_signals, companies);
  update (self);
}
