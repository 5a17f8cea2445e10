#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "dial-late-menu.h"
#include "dial-off-page.h"
#include "dial-template.h"
#include "dial-words.h"

struct _DialOffPage
{
  GtkWidget      parent_instance;

  GtkMenuButton *menu_button;
  AdwStatusPage *status;
  GtkWidget     *switch_on;
  GtkWidget     *settings;
};

G_DEFINE_FINAL_TYPE (DialOffPage, dial_off_page, GTK_TYPE_WIDGET)

static void
dial_off_page_dispose (GObject *object)
{
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_OFF_PAGE);

  G_OBJECT_CLASS (dial_off_page_parent_class)->dispose (object);
}

/* Not to the menu, which stands first. */
static gboolean
dial_off_page_grab_focus (GtkWidget *widget)
{
  DialOffPage *self = DIAL_OFF_PAGE (widget);

  return gtk_widget_grab_focus (gtk_widget_get_visible (self->switch_on) ? self->switch_on : self->settings);
}

static void
dial_off_page_class_init (DialOffPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dial_off_page_dispose;
  widget_class->grab_focus = dial_off_page_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-off-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DialOffPage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, DialOffPage, status);
  gtk_widget_class_bind_template_child (widget_class, DialOffPage, switch_on);
  gtk_widget_class_bind_template_child (widget_class, DialOffPage, settings);
}

static void
dial_off_page_init (DialOffPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_off_page_new:
 * @menu: the window's menu
 *
 * Returns: (transfer floating): a page that waits for [method@OffPage.show]
 */
GtkWidget *
dial_off_page_new (GMenuModel *menu)
{
  DialOffPage *self = g_object_new (DIAL_TYPE_OFF_PAGE, NULL);

  dial_late_menu_set (self->menu_button, menu);
  return GTK_WIDGET (self);
}

static char *
dup_title (DialIntegration *sole,
           gboolean         broken)
{
  g_autofree char *name = NULL;

  if (sole == NULL)
    return g_strdup (_("All Companies Are Switched Off"));

  name = dial_words_isolate (dial_integration_get_name (sole));
  if (broken)
    /* Translators: %s is the name of a connection to Greenhouse */
    return g_strdup_printf (_("%s Does Not Work"), name);
  return g_strdup_printf (_("%s Is Switched Off"), name);
}

static void
lead_to_settings (DialOffPage     *self,
                  DialIntegration *sole)
{
  GtkActionable *settings = GTK_ACTIONABLE (self->settings);

  /* The name last: between name and target GTK would complain that they do not match. */
  gtk_actionable_set_action_name (settings, NULL);
  gtk_actionable_set_action_target_value (settings,
                                          sole != NULL ? g_variant_new_string (dial_integration_get_id (sole)) : NULL);
  gtk_actionable_set_action_name (settings, sole != NULL ? "win.show-integration" : "win.settings");
}

/**
 * dial_off_page_show:
 * @self: a page
 * @companies: whose candidates would be listed; none of those that are looked at works
 *
 * Says what is off, or does not work.
 */
void
dial_off_page_show (DialOffPage   *self,
                    DialCompanies *companies)
{
  g_autoptr (GPtrArray) looked_at = NULL;
  DialIntegration *sole;
  gboolean broken;
  g_autofree char *plain_title = NULL;
  g_autofree char *title = NULL;
  g_autofree char *sentence = NULL;

  g_return_if_fail (DIAL_IS_OFF_PAGE (self));
  g_return_if_fail (DIAL_IS_COMPANIES (companies));

  looked_at = dial_companies_list (companies);
  sole = looked_at->len == 1 ? g_ptr_array_index (looked_at, 0) : NULL;
  broken = sole != NULL && dial_integration_get_health (sole) == DIAL_HEALTH_BROKEN &&
           dial_integration_get_problem (sole) != NULL;

  plain_title = dup_title (sole, broken);
  title = g_markup_escape_text (plain_title, -1);
  sentence = g_markup_escape_text (broken ? dial_integration_get_problem (sole)
                                          : _("While it is off, candidates do not come in and notes do not go out. "
                                              "Everything that is here stays here."), -1);
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, sentence);
  adw_status_page_set_icon_name (self->status, broken ? "dialog-error-symbolic" : "system-shutdown-symbolic");
  gtk_widget_set_visible (self->switch_on, sole != NULL && !broken);
  lead_to_settings (self, sole);
}
