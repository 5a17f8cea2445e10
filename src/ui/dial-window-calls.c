#include "config.h"

#include <glib/gi18n.h>

#include "dial-call-log.h"
#include "dial-calls-window.h"
#include "dial-log-call-window.h"
#include "dial-window-private.h"

/* All calls, those made elsewhere, and whom to call again. */

static DialCallsWindow *
show_calls (DialWindow *self)
{
  if (self->calls_window == NULL)
    g_set_weak_pointer (&self->calls_window, dial_calls_window_new (GTK_WINDOW (self), self->companies));

  gtk_window_present (self->calls_window);
  return DIAL_CALLS_WINDOW (self->calls_window);
}

static void
calls_action (GtkWidget  *widget,
              const char *name,
              GVariant   *nothing)
{
  show_calls (DIAL_WINDOW (widget));
}

static void
calls_to_repeat_action (GtkWidget  *widget,
                        const char *name,
                        GVariant   *nothing)
{
  dial_calls_window_set_filter (show_calls (DIAL_WINDOW (widget)), DIAL_CALL_FILTER_CALL_AGAIN);
}

static void
calls_to_log_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *nothing)
{
  dial_calls_window_set_filter (show_calls (DIAL_WINDOW (widget)), DIAL_CALL_FILTER_UNLOGGED);
}

/* With whoever is shown, if anybody is. */
static void
log_call_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *nothing)
{
  DialWindow *self = DIAL_WINDOW (widget);

  gtk_window_present (dial_log_call_window_new (GTK_WINDOW (self), self->companies,
                                                dial_candidate_page_get_integration (self->candidate_page),
                                                dial_candidate_page_get_candidate (self->candidate_page)));
}

/* The next one to be called again */

typedef struct {
  DialWindow  *window;
  DialCallLog *log;
} Search;

static void
search_free (Search *search)
{
  g_signal_handlers_disconnect_by_data (search->log, search);
  g_object_unref (search->window);
  g_object_unref (search->log);
  g_free (search);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Search, search_free)

static void
on_next_found_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (Search) search = user_data;
  g_autoptr (DialIntegration) integration = NULL;
  g_autoptr (GError) error = NULL;
  DialWindow *self = search->window;
  gint64 candidate_id;

  if (!dial_call_log_find_next_finish (search->log, result, &integration, &candidate_id, &error)) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", error->message);
  } else if (integration == NULL) {
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", _("Nobody to call again today"));
  } else {
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-candidate", "(sx)",
                                dial_integration_get_id (integration), candidate_id);
  }
}

static void
find_next (Search *search)
{
  DialWindow *self = search->window;
  DialCandidate *candidate = dial_candidate_page_get_candidate (self->candidate_page);

  if (!dial_call_log_is_complete (search->log))
    return;

  g_signal_handlers_disconnect_by_data (search->log, search);
  dial_call_log_find_next_async (search->log, dial_candidate_page_get_integration (self->candidate_page),
                                 candidate != NULL ? candidate->id : 0, self->cancellable, on_next_found_cb, search);
}

static void
next_to_call_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *nothing)
{
  DialWindow *self = DIAL_WINDOW (widget);
  Search *search = g_new0 (Search, 1);

  search->window = g_object_ref (self);
  search->log = dial_call_log_new (self->desk);
  dial_call_log_set_filter (search->log, DIAL_CALL_FILTER_CALL_AGAIN);
  g_signal_connect_swapped (search->log, "notify::complete", G_CALLBACK (find_next), search);
  find_next (search);
}

void
_dial_window_install_call_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.calls", NULL, calls_action);
  gtk_widget_class_install_action (widget_class, "win.calls-to-repeat", NULL, calls_to_repeat_action);
  gtk_widget_class_install_action (widget_class, "win.calls-to-log", NULL, calls_to_log_action);
  gtk_widget_class_install_action (widget_class, "win.log-call", NULL, log_call_action);
  gtk_widget_class_install_action (widget_class, "win.next-to-call", NULL, next_to_call_action);
}

void
_dial_window_update_call_actions (DialWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean connected = self->phase == DIAL_WINDOW_OPEN && self->companies != NULL &&
                       g_list_model_get_n_items (dial_desk_get_integrations (self->desk)) > 0;

  gtk_widget_action_set_enabled (widget, "win.calls", connected);
  gtk_widget_action_set_enabled (widget, "win.calls-to-repeat", connected);
  gtk_widget_action_set_enabled (widget, "win.calls-to-log", connected);
  gtk_widget_action_set_enabled (widget, "win.log-call", connected);
  gtk_widget_action_set_enabled (widget, "win.next-to-call", connected);
}
