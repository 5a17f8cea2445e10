#include "config.h"

#include <glib/gi18n.h>

#include "dial-who-window.h"
#include "dial-window-private.h"
#include "dial-words.h"

/* Calls that come in, and those nobody knows whom with. */

static char *
dup_caller (DialCall *call)
{
  const char *name = dial_call_get_candidate_name (call);

  return name != NULL ? dial_words_isolate (name) : dial_words_caller (dial_call_get_number (call));
}

static void
ask_who (DialWindow *self,
         DialCall   *call)
{
  /* Asked about another call, the window is another one. */
  if (self->who_window != NULL &&
      dial_who_window_get_call (DIAL_WHO_WINDOW (self->who_window)) != call)
    gtk_window_close (self->who_window);
  if (self->who_window == NULL)
    g_set_weak_pointer (&self->who_window, dial_who_window_new (GTK_WINDOW (self), self->companies, call));
  gtk_window_present (self->who_window);
}

void
_dial_window_ask_who (DialWindow *self)
{
  DialCall *call = dial_desk_get_call (self->desk);

  if (call != NULL)
    ask_who (self, call);
}

static void
on_show_cb (DialWindow      *self,
            DialCall        *call,
            DialIntegration *integration)
{
  gint64 candidate_id = dial_call_get_candidate_id (call);

  gtk_window_present (GTK_WINDOW (self));
  if (candidate_id != 0)
    _dial_window_open_candidate (self, integration, candidate_id);
  else
    ask_who (self, call);
}

static void
toast (DialWindow *self,
       const char *text)
{
  g_autofree char *title = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (title));
}

static void
on_waiting_cb (DialWindow *self,
               DialCall   *call)
{
  g_autofree char *who = dup_caller (call);
  /* Translators: %s is a person's name or a phone number */
  g_autofree char *text = g_strdup_printf (_("%s is calling"), who);

  toast (self, text);
}

static void
on_missed_cb (DialWindow *self,
              DialCall   *call)
{
  g_autofree char *who = dup_caller (call);
  /* Translators: %s is a person's name or a phone number */
  g_autofree char *text = g_strdup_printf (_("Missed call from %s"), who);

  toast (self, text);
}

/* Not missed by whoever looks elsewhere: it is what became of the click. */
static void
on_call_failed_cb (DialWindow *self,
                   DialCall   *call,
                   const char *sentence)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.say", "s", sentence);
}

/* However many there are, they are told of once. */
static void
on_call_found_cb (DialWindow      *self,
                  DialIntegration *integration,
                  DialCallRecord  *call)
{
  g_autofree char *by_itself = dial_integration_dup_setting (integration, "log-by-itself");
  AdwToast *toast;

  if (self->found_toast != NULL || g_str_equal (by_itself, "yes"))
    return;

  toast = adw_toast_new (_("A call made elsewhere has no note yet"));
  adw_toast_set_button_label (toast, _("_Show"));
  adw_toast_set_action_name (toast, "win.calls-to-log");
  g_set_weak_pointer (&self->found_toast, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
_dial_window_mind_calls (DialWindow   *self,
                         GApplication *application)
{
  self->call_notice = dial_call_notice_new (application, self->desk);
  g_signal_connect_object (self->call_notice, "show", G_CALLBACK (on_show_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->call_notice, "waiting", G_CALLBACK (on_waiting_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->call_notice, "missed", G_CALLBACK (on_missed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "call-failed", G_CALLBACK (on_call_failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "call-found", G_CALLBACK (on_call_found_cb), self, G_CONNECT_SWAPPED);
}

/**
 * dial_window_show_call:
 * @self: a window
 * @uid: a call's
 * @answer: the recruiter wants to take it
 *
 * Shows whom an incoming call is with, or asks for it.
 *
 * Returns: whether it is a call of this window's desk
 */
gboolean
dial_window_show_call (DialWindow *self,
                       const char *uid,
                       gboolean    answer)
{
  g_return_val_if_fail (DIAL_IS_WINDOW (self), FALSE);
  g_return_val_if_fail (uid != NULL, FALSE);

  return answer ? dial_call_notice_answer (self->call_notice, uid)
                : dial_call_notice_show (self->call_notice, uid);
}
