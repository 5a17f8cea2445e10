#include "config.h"

#include <glib/gi18n.h>

#include "dial-sandbox.h"
#include "dial-session.h"

/* A window that shows itself before its people would be drawn three times; for so long nobody misses it. */
#define PATIENCE_MS 300

struct _DialSession
{
  GObject         parent_instance;

  GtkApplication *application;
  DialDesk       *desk;
  DialWindow     *window;
  DialSandbox    *sandbox;
  GSettings      *settings;
  GCancellable   *cancellable;
  GtkWindow      *question;       /* whether to close, while it is asked */
  guint           patience_source;
  guint           is_sandbox : 1;
  guint           closing : 1;
};

enum {
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialSession, dial_session, G_TYPE_OBJECT)

/* Opening */

static void
show (DialSession *self)
{
  g_clear_handle_id (&self->patience_source, g_source_remove);
  if (!self->closing)
    gtk_window_present (GTK_WINDOW (self->window));
}

static gboolean
on_patience_over_cb (gpointer user_data)
{
  DialSession *self = user_data;

  self->patience_source = 0;
  show (self);
  return G_SOURCE_REMOVE;
}

static void
on_ready_cb (DialSession *self)
{
  if (self->patience_source != 0)
    show (self);
}

static void
opened (DialSession  *self,
        const GError *error)
{
  if (!self->closing && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dial_window_opened (self->window, error);
}

/* So that a text can be tried out at once. What somebody chose otherwise stays. */
static void
choose_sandbox_number (DialSession *self)
{
  g_autoptr (DialIntegration) integration = g_list_model_get_item (dial_desk_get_integrations (self->desk), 0);
  g_autofree char *chosen = NULL;

  if (integration == NULL)
    return;

  chosen = dial_integration_dup_setting (integration, "sms-numbers");
  if (chosen[0] == '\0')
    dial_integration_set_async (integration, "sms-numbers", dial_sandbox_get_cloudtalk_number (self->sandbox), NULL,
                                NULL, NULL);
}

static void
on_sandbox_account_connected_cb (GObject      *object,
                                 GAsyncResult *result,
                                 gpointer      user_data)
{
  g_autoptr (DialSession) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialCloudtalkAccount) account = dial_desk_add_account_finish (DIAL_DESK (object), result, &error);

  if (account != NULL)
    choose_sandbox_number (self);
  opened (self, account != NULL ? NULL : error);
}

static void
on_sandbox_connected_cb (GObject      *object,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr (DialSession) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialIntegration) integration = dial_desk_connect_sandbox_finish (DIAL_DESK (object), result, &error);
  DialNewAccount form = { 0 };

  if (integration == NULL || self->closing) {
    opened (self, error);
    return;
  }

  form.key_id = dial_sandbox_get_cloudtalk_key_id (self->sandbox);
  form.secret = dial_sandbox_get_cloudtalk_secret (self->sandbox);
  form.caption = _("Sandbox");
  form.email = dial_sandbox_get_recruiter (self->sandbox);
  form.url = dial_sandbox_get_cloudtalk_url (self->sandbox);
  dial_desk_connect_sandbox_account_async (self->desk, &form, self->cancellable,
                                           on_sandbox_account_connected_cb, g_object_ref (self));
}

static void
on_sandbox_started_cb (GObject      *object,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (DialSession) self = user_data;
  g_autoptr (GError) error = NULL;
  DialNewIntegration form = { 0 };

  self->sandbox = dial_sandbox_start_finish (result, &error);
  if (self->sandbox == NULL) {
    opened (self, error);
    return;
  }
  if (self->closing) {
    dial_sandbox_stop (self->sandbox);
    return;
  }

  form.name = _("Sandbox");
  form.api = DIAL_API_V3;
  form.subdomain = "sandbox";
  form.client_id = dial_sandbox_get_client_id (self->sandbox);
  form.secret = dial_sandbox_get_secret (self->sandbox);
  form.recruiter_email = dial_sandbox_get_recruiter (self->sandbox);
  form.harvest_url = dial_sandbox_get_harvest_url (self->sandbox);
  form.auth_url = dial_sandbox_get_auth_url (self->sandbox);
  dial_desk_connect_sandbox_async (self->desk, &form, self->cancellable,
                                   on_sandbox_connected_cb, g_object_ref (self));
}

static void
start_sandbox (DialSession *self)
{
  g_autofree char *notes_path = g_build_filename (dial_desk_get_profile (self->desk), "sandbox-notes.json", NULL);
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;

  options.notes_path = notes_path;
  dial_sandbox_start_async (&options, self->cancellable, on_sandbox_started_cb, g_object_ref (self));
}

static void
on_desk_opened_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (DialSession) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dial_desk_open_finish (DIAL_DESK (object), result, &error))
    opened (self, error);
  else if (self->is_sandbox && !self->closing)
    start_sandbox (self);
  else
    opened (self, NULL);
}

/* Closing */

static void
on_desk_closed_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (DialSession) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dial_desk_close_finish (DIAL_DESK (object), result, &error))
    g_warning ("Closing the desk: %s", error->message);

  if (self->sandbox != NULL)
    dial_sandbox_stop (self->sandbox);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_object (&self->window);
  g_signal_emit (self, signals[CLOSED], 0);
  g_application_release (G_APPLICATION (self->application));
}

static guint
count_unsent (DialSession *self)
{
  GListModel *integrations = dial_desk_get_integrations (self->desk);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);

    n += dial_integration_get_n_unsent (integration);
  }

  return n;
}

static void
ask_about_unsent (DialSession *self,
                  guint        n_unsent)
{
  g_autofree char *heading = g_strdup_printf (ngettext ("%u Note Is Not in Greenhouse Yet",
                                                        "%u Notes Are Not in Greenhouse Yet", n_unsent), n_unsent);
  const char *body = ngettext ("It is kept on this computer and goes out when Dialhouse is started again.",
                               "They are kept on this computer and go out when Dialhouse is started again.",
                               n_unsent);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self->window), heading, body));

  adw_message_dialog_add_responses (dialog, "keep", _("_Keep Open"), "close", _("_Close"), NULL);
  adw_message_dialog_set_default_response (dialog, "keep");
  adw_message_dialog_set_close_response (dialog, "keep");
  g_signal_connect_object (dialog, "response::close", G_CALLBACK (dial_session_close), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->question, GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
on_close_request_cb (DialSession *self)
{
  dial_session_ask_to_close (self);
  return GDK_EVENT_STOP;
}

static void
dial_session_dispose (GObject *object)
{
  DialSession *self = DIAL_SESSION (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->patience_source, g_source_remove);
  g_clear_weak_pointer (&self->question);
  g_clear_object (&self->window);
  g_clear_object (&self->sandbox);
  g_clear_object (&self->desk);
  g_clear_object (&self->settings);
  g_clear_object (&self->application);

  G_OBJECT_CLASS (dial_session_parent_class)->dispose (object);
}

static void
dial_session_finalize (GObject *object)
{
  g_clear_object (&DIAL_SESSION (object)->cancellable);

  G_OBJECT_CLASS (dial_session_parent_class)->finalize (object);
}

static void
dial_session_class_init (DialSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dial_session_dispose;
  object_class->finalize = dial_session_finalize;

  signals[CLOSED] =
    g_signal_new ("closed", DIAL_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dial_session_init (DialSession *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * dial_session_new:
 * @application: the program
 * @profile: where the desk keeps its files
 * @settings: (nullable): where the window keeps its size
 * @sandbox: bring a Greenhouse along, with invented people
 *
 * Opens the desk and shows a window, as soon as there is something to see in it.
 *
 * Returns: (transfer full): the session
 */
DialSession *
dial_session_new (GtkApplication *application,
                  const char     *profile,
                  GSettings      *settings,
                  gboolean        sandbox)
{
  DialSession *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);

  self = g_object_new (DIAL_TYPE_SESSION, NULL);
  self->application = g_object_ref (application);
  self->settings = settings != NULL ? g_object_ref (settings) : NULL;
  self->is_sandbox = sandbox;
  self->desk = dial_desk_new (profile, sandbox ? DIAL_DESK_SANDBOX : DIAL_DESK_DEFAULT);
  /* Files are opened while the window is made. */
  dial_desk_open_async (self->desk, self->cancellable, on_desk_opened_cb, g_object_ref (self));
  self->window = g_object_ref (dial_window_new (application, self->desk, settings, sandbox));
  g_signal_connect_object (self->window, "close-request", G_CALLBACK (on_close_request_cb), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (self->window, "ready", G_CALLBACK (on_ready_cb), self, G_CONNECT_SWAPPED);
  self->patience_source = g_timeout_add (PATIENCE_MS, on_patience_over_cb, self);
  return self;
}

/**
 * dial_session_present:
 * @self: a session
 *
 * Brings its window to the front.
 */
void
dial_session_present (DialSession *self)
{
  g_return_if_fail (DIAL_IS_SESSION (self));

  show (self);
}

/**
 * dial_session_show_call:
 * @self: a session
 * @uid: a call's
 * @answer: the recruiter wants to take it
 *
 * Shows whom a call is with.
 *
 * Returns: whether it is one of this session's
 */
gboolean
dial_session_show_call (DialSession *self,
                        const char  *uid,
                        gboolean     answer)
{
  g_return_val_if_fail (DIAL_IS_SESSION (self), FALSE);

  return !self->closing && dial_window_show_call (self->window, uid, answer);
}

/**
 * dial_session_show_outbox:
 * @self: a session
 *
 * Shows what is not yet in Greenhouse.
 */
void
dial_session_show_outbox (DialSession *self)
{
  g_return_if_fail (DIAL_IS_SESSION (self));

  show (self);
  if (!self->closing)
    gtk_widget_activate_action (GTK_WIDGET (self->window), "win.outbox", NULL);
}

/**
 * dial_session_ask_to_close:
 * @self: a session
 *
 * Closes, unless there are notes that are not in Greenhouse yet: says so first, and leaves it to the person.
 */
void
dial_session_ask_to_close (DialSession *self)
{
  guint n_unsent;

  g_return_if_fail (DIAL_IS_SESSION (self));

  n_unsent = count_unsent (self);
  if (self->closing || n_unsent == 0)
    dial_session_close (self);
  else if (self->question != NULL)
    gtk_window_present (self->question);
  else
    ask_about_unsent (self, n_unsent);
}

/**
 * dial_session_close:
 * @self: a session
 *
 * Takes the window away at once, and ends when all that is pending is written.
 */
void
dial_session_close (DialSession *self)
{
  g_return_if_fail (DIAL_IS_SESSION (self));

  if (self->closing)
    return;

  self->closing = TRUE;
  g_clear_handle_id (&self->patience_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->settings != NULL)
    g_settings_apply (self->settings);
  g_application_hold (G_APPLICATION (self->application));
  gtk_widget_set_visible (GTK_WIDGET (self->window), FALSE);
  dial_desk_close_async (self->desk, NULL, on_desk_closed_cb, g_object_ref (self));
}
