#include "config.h"

#include <glib/gi18n.h>

#include "dial-connect-window.h"
#include "dial-settings-window.h"
#include "dial-window-private.h"

/* Telling */

static void
say_action (GtkWidget  *widget,
            const char *name,
            GVariant   *sentence)
{
  dial_banner_say (DIAL_WINDOW (widget)->banner, g_variant_get_string (sentence, NULL));
}

static void
toast_action (GtkWidget  *widget,
              const char *name,
              GVariant   *words)
{
  AdwToast *toast = adw_toast_new (g_variant_get_string (words, NULL));

  adw_toast_set_timeout (toast, 2);
  adw_toast_overlay_add_toast (DIAL_WINDOW (widget)->toasts, toast);
}

/* Going about */

static void
back_action (GtkWidget  *widget,
             const char *name,
             GVariant   *nothing)
{
  _dial_window_go_back (DIAL_WINDOW (widget));
}

static void
search_action (GtkWidget  *widget,
               const char *name,
               GVariant   *nothing)
{
  DialWindow *self = DIAL_WINDOW (widget);

  _dial_window_show_list (self);
  dial_sidebar_focus_search (self->sidebar);
}

static void
filters_action (GtkWidget  *widget,
                const char *name,
                GVariant   *nothing)
{
  DialWindow *self = DIAL_WINDOW (widget);

  _dial_window_show_list (self);
  dial_sidebar_popup_filters (self->sidebar);
}

static void
saved_searches_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *nothing)
{
  DialWindow *self = DIAL_WINDOW (widget);

  _dial_window_show_list (self);
  dial_saved_button_popup (self->saved_button);
}

static void
note_action (GtkWidget  *widget,
             const char *name,
             GVariant   *nothing)
{
  DialWindow *self = DIAL_WINDOW (widget);

  _dial_window_show_note (self);
  dial_note_pane_focus (self->note_pane);
}

/* By the integration's id and the candidate's. */
static void
show_candidate_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *target)
{
  DialWindow *self = DIAL_WINDOW (widget);
  DialIntegration *integration;
  const char *id;
  gint64 candidate_id;

  g_variant_get (target, "(&sx)", &id, &candidate_id);
  integration = dial_desk_find_integration (self->desk, id);
  if (integration == NULL)
    return;

  _dial_window_open_candidate (self, integration, candidate_id);
  if (g_str_equal (name, "win.call-candidate"))
    dial_candidate_page_call_when_loaded (self->candidate_page);
  gtk_window_present (GTK_WINDOW (self));
}

static void
templates_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *nothing)
{
  DialWindow *self = DIAL_WINDOW (widget);
  gboolean script = g_str_equal (name, "win.script");

  if (!script && dial_candidate_page_popup_templates (self->candidate_page))
    return;

  _dial_window_show_note (self);
  dial_note_pane_popup_templates (self->note_pane, script ? DIAL_TEMPLATE_SCRIPT : DIAL_TEMPLATE_NOTE);
}

static void
pin_time_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *nothing)
{
  gtk_widget_activate_action (GTK_WIDGET (DIAL_WINDOW (widget)->note_pane), "note.pin-time", NULL);
}

static void
tag_action (GtkWidget  *widget,
            const char *name,
            GVariant   *number)
{
  dial_note_pane_toggle_tag (DIAL_WINDOW (widget)->note_pane, g_variant_get_uint32 (number));
}

static void
next_action (GtkWidget  *widget,
             const char *name,
             GVariant   *nothing)
{
  DialWindow *self = DIAL_WINDOW (widget);

  if (!dial_sidebar_open_next (self->sidebar))
    gtk_widget_activate_action (widget, "win.toast", "s", _("That was the last one in the list"));
}

/* The call */

static void
call_action (GtkWidget  *widget,
             const char *name,
             GVariant   *nothing)
{
  dial_candidate_page_call (DIAL_WINDOW (widget)->candidate_page);
}

static void
text_action (GtkWidget  *widget,
             const char *name,
             GVariant   *nothing)
{
  DialWindow *self = DIAL_WINDOW (widget);

  _dial_window_show_candidate (self);
  if (dial_candidate_page_can_text (self->candidate_page))
    dial_candidate_page_text (self->candidate_page);
  else
    dial_banner_say (self->banner, _("No phone that can send text messages is connected: add one in the settings."));
}

static void
end_call_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *nothing)
{
  dial_desk_end_call (DIAL_WINDOW (widget)->desk);
}

/* Back from whoever was looked at meanwhile. */
static void
show_call_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *nothing)
{
  gtk_widget_activate_action (GTK_WIDGET (DIAL_WINDOW (widget)->note_pane), "note.show-call", NULL);
}

/* They call and are answered; or they are called, have answered, and the phone does not see it. */
static void
answer_call_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *nothing)
{
  DialDesk *desk = DIAL_WINDOW (widget)->desk;

  if (dial_desk_can_answer_call (desk))
    dial_desk_answer_call (desk);
  else
    dial_desk_tell_answered (desk);
}

static void
name_caller_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *nothing)
{
  _dial_window_ask_who (DIAL_WINDOW (widget));
}

static void
open_web_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *nothing)
{
  dial_candidate_page_open_web (DIAL_WINDOW (widget)->candidate_page);
}

/* Companies */

/* By its place in the list, as the keys name it; 0 is all of them. */
static void
company_action (GtkWidget  *widget,
                const char *name,
                GVariant   *number)
{
  DialWindow *self = DIAL_WINDOW (widget);
  guint place = g_variant_get_uint32 (number);
  g_autoptr (DialIntegration) integration = NULL;

  if (place > 0)
    integration = g_list_model_get_item (dial_desk_get_integrations (self->desk), place - 1);
  if (place == 0 || integration != NULL) {
    _dial_window_show_list (self);
    dial_companies_choose (self->companies, integration);
  }
}

static void
tell_error (DialWindow      *self,
            DialIntegration *integration,
            const GError    *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    _dial_window_say (self, integration, error->message);
}

static void
on_synced_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DialWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dial_integration_sync_finish (DIAL_INTEGRATION (object), result, NULL, &error))
    tell_error (self, DIAL_INTEGRATION (object), error);
}

static void
sync_action (GtkWidget  *widget,
             const char *name,
             GVariant   *nothing)
{
  DialWindow *self = DIAL_WINDOW (widget);
  g_autoptr (GPtrArray) active = dial_companies_list_active (self->companies);

  dial_banner_say (self->banner, NULL);
  for (guint i = 0; i < active->len; i++) {
    DialIntegration *integration = g_ptr_array_index (active, i);

    /* Who asks for a sync wants no pause any more. */
    if (dial_integration_is_sync_paused (integration))
      dial_integration_set_sync_paused (integration, FALSE);
    else if (!dial_integration_is_syncing (integration))
      dial_integration_sync_async (integration, FALSE, self->cancellable, on_synced_cb, g_object_ref (self));
  }
}

/* The only one that is looked at, if it is only one. */
static DialIntegration *
dup_sole (DialWindow *self)
{
  g_autoptr (GPtrArray) companies = NULL;

  if (self->companies == NULL)
    return NULL;

  companies = dial_companies_list (self->companies);
  return companies->len == 1 ? g_object_ref (g_ptr_array_index (companies, 0)) : NULL;
}

static void
on_switched_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (DialWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dial_integration_set_finish (DIAL_INTEGRATION (object), result, &error))
    tell_error (self, DIAL_INTEGRATION (object), error);
  else
    dial_banner_say (self->banner, NULL);
}

static void
switch_action (GtkWidget  *widget,
               const char *name,
               GVariant   *nothing)
{
  DialWindow *self = DIAL_WINDOW (widget);
  g_autoptr (DialIntegration) sole = dup_sole (self);
  const char *status = g_str_equal (name, "win.switch-on") ? "active" : "inactive";

  if (sole != NULL)
    dial_integration_set_async (sole, "status", status, self->cancellable, on_switched_cb, g_object_ref (self));
}

/* Settings */

static void
connect_action (GtkWidget  *widget,
                const char *name,
                GVariant   *nothing)
{
  gtk_window_present (dial_connect_window_new (GTK_WINDOW (widget), DIAL_WINDOW (widget)->desk));
}

static DialSettingsWindow *
show_settings (DialWindow *self)
{
  if (self->settings_window == NULL)
    g_set_weak_pointer (&self->settings_window, dial_settings_window_new (GTK_WINDOW (self), self->desk));

  gtk_window_present (self->settings_window);
  return DIAL_SETTINGS_WINDOW (self->settings_window);
}

static void
settings_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *nothing)
{
  show_settings (DIAL_WINDOW (widget));
}

static void
show_integration_action (GtkWidget  *widget,
                         const char *name,
                         GVariant   *id)
{
  DialWindow *self = DIAL_WINDOW (widget);
  DialIntegration *integration = dial_desk_find_integration (self->desk, g_variant_get_string (id, NULL));

  if (integration != NULL)
    dial_settings_window_show_integration (show_settings (self), integration);
}

/* Under the name that GTK would give it, which makes the overlay with every window. */
static void
help_action (GtkWidget  *widget,
             const char *name,
             GVariant   *nothing)
{
  GtkApplicationWindow *window = GTK_APPLICATION_WINDOW (widget);

  if (gtk_application_window_get_help_overlay (window) == NULL) {
    g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/org/dialhouse/Dialhouse/help-overlay.ui");

    gtk_application_window_set_help_overlay (window,
                                             GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "help_overlay")));
  }

  gtk_window_present (GTK_WINDOW (gtk_application_window_get_help_overlay (window)));
}

static void
edit_templates_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *id)
{
  DialWindow *self = DIAL_WINDOW (widget);
  DialIntegration *integration = dial_desk_find_integration (self->desk, g_variant_get_string (id, NULL));

  if (integration != NULL)
    dial_settings_window_show_templates (show_settings (self), integration);
}

void
_dial_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.say", "s", say_action);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_action);

  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.filters", NULL, filters_action);
  gtk_widget_class_install_action (widget_class, "win.saved-searches", NULL, saved_searches_action);
  gtk_widget_class_install_action (widget_class, "win.note", NULL, note_action);
  gtk_widget_class_install_action (widget_class, "win.template", NULL, templates_action);
  gtk_widget_class_install_action (widget_class, "win.script", NULL, templates_action);
  gtk_widget_class_install_action (widget_class, "win.pin-time", NULL, pin_time_action);
  gtk_widget_class_install_action (widget_class, "win.tag", "u", tag_action);
  gtk_widget_class_install_action (widget_class, "win.next", NULL, next_action);

  gtk_widget_class_install_action (widget_class, "win.show-candidate", "(sx)", show_candidate_action);
  gtk_widget_class_install_action (widget_class, "win.call-candidate", "(sx)", show_candidate_action);
  gtk_widget_class_install_action (widget_class, "win.call", NULL, call_action);
  gtk_widget_class_install_action (widget_class, "win.text", NULL, text_action);
  gtk_widget_class_install_action (widget_class, "win.end-call", NULL, end_call_action);
  gtk_widget_class_install_action (widget_class, "win.answer-call", NULL, answer_call_action);
  gtk_widget_class_install_action (widget_class, "win.name-caller", NULL, name_caller_action);
  gtk_widget_class_install_action (widget_class, "win.show-call", NULL, show_call_action);
  gtk_widget_class_install_action (widget_class, "win.open-web", NULL, open_web_action);

  _dial_window_install_call_actions (widget_class);

  gtk_widget_class_install_action (widget_class, "win.company", "u", company_action);
  gtk_widget_class_install_action (widget_class, "win.sync", NULL, sync_action);
  gtk_widget_class_install_action (widget_class, "win.switch-on", NULL, switch_action);
  gtk_widget_class_install_action (widget_class, "win.switch-off", NULL, switch_action);

  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL, help_action);

  gtk_widget_class_install_action (widget_class, "win.connect", NULL, connect_action);
  gtk_widget_class_install_action (widget_class, "win.settings", NULL, settings_action);
  gtk_widget_class_install_action (widget_class, "win.show-integration", "s", show_integration_action);
  gtk_widget_class_install_action (widget_class, "win.templates", "s", edit_templates_action);
}

static gboolean
can_sync (DialWindow *self)
{
  g_autoptr (GPtrArray) active = NULL;

  if (self->companies == NULL)
    return FALSE;

  active = dial_companies_list_active (self->companies);
  for (guint i = 0; i < active->len; i++)
    if (!dial_integration_is_syncing (g_ptr_array_index (active, i)))
      return TRUE;

  return FALSE;
}

void
_dial_window_update_actions (DialWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (DialIntegration) sole = dup_sole (self);
  gboolean open = self->phase == DIAL_WINDOW_OPEN;
  gboolean connected = self->desk != NULL && g_list_model_get_n_items (dial_desk_get_integrations (self->desk)) > 0;
  DialIntegration *integration = dial_candidate_page_get_integration (self->candidate_page);
  gboolean chosen = dial_candidate_page_get_candidate (self->candidate_page) != NULL;
  DialCall *call = self->desk != NULL ? dial_desk_get_call (self->desk) : NULL;
  gboolean calling = call != NULL && dial_call_get_state (call) != DIAL_CALL_STATE_ENDED;

  gtk_widget_action_set_enabled (widget, "win.call",
                                 chosen && dial_integration_is_active (integration));
  gtk_widget_action_set_enabled (widget, "win.text", chosen && dial_integration_is_active (integration));
  gtk_widget_action_set_enabled (widget, "win.end-call", calling);
  gtk_widget_action_set_enabled (widget, "win.answer-call",
                                 calling && (dial_desk_can_answer_call (self->desk) || !dial_call_is_watched (call)));
  gtk_widget_action_set_enabled (widget, "win.name-caller", call != NULL);
  gtk_widget_action_set_enabled (widget, "win.show-call", call != NULL);
  gtk_widget_action_set_enabled (widget, "win.open-web", chosen);
  gtk_widget_action_set_enabled (widget, "win.note", connected);
  gtk_widget_action_set_enabled (widget, "win.template", chosen);
  gtk_widget_action_set_enabled (widget, "win.script", chosen);
  gtk_widget_action_set_enabled (widget, "win.next", connected && open);
  gtk_widget_action_set_enabled (widget, "win.search", connected && open);
  gtk_widget_action_set_enabled (widget, "win.filters", connected && open);
  gtk_widget_action_set_enabled (widget, "win.saved-searches", connected && open);

  _dial_window_update_call_actions (self);

  gtk_widget_action_set_enabled (widget, "win.company",
                                 self->companies != NULL && dial_companies_are_several (self->companies));
  gtk_widget_action_set_enabled (widget, "win.sync", can_sync (self));
  gtk_widget_action_set_enabled (widget, "win.switch-on", sole != NULL && !dial_integration_is_active (sole));
  gtk_widget_action_set_enabled (widget, "win.switch-off", sole != NULL && dial_integration_is_active (sole));

  gtk_widget_action_set_enabled (widget, "win.connect", open && !self->sandbox);
  gtk_widget_action_set_enabled (widget, "win.settings", open);
}
