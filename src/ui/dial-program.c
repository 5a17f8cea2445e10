#define G_SETTINGS_ENABLE_BACKEND

#include "config.h"

#include <gio/gsettingsbackend.h>
#include <glib-unix.h>
#include <glib/gi18n.h>

#include "dial-head-start.h"
#include "dial-program.h"
#include "dial-session.h"

#define RESOURCE_PATH "/org/dialhouse/Dialhouse"

struct _DialProgram
{
  AdwApplication  parent_instance;

  char           *profile;
  gboolean        sandbox;
  DialSession    *own_session;
  DialSession    *sandbox_session;
  guint           signal_sources[2];
};

G_DEFINE_FINAL_TYPE (DialProgram, dial_program, ADW_TYPE_APPLICATION)

/* Settings lie beside the profile wherever a profile was named, so that two never meet. Without
 * the schema, as when the program runs where it was never installed, the window forgets its size. */
static GSettings *
open_settings (const char *directory)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsBackend) backend = NULL;
  GSettings *settings;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, DIAL_APPLICATION_ID, TRUE);
  if (schema == NULL)
    return NULL;

  if (directory != NULL) {
    g_autofree char *path = g_build_filename (directory, "settings.ini", NULL);

    backend = g_keyfile_settings_backend_new (path, RESOURCE_PATH "/", "window");
  }

  settings = g_settings_new_full (schema, backend, NULL);
  /* Written once, when the window closes, not at every pixel. */
  g_settings_delay (settings);
  return settings;
}

/* Sessions */

static void
on_session_closed_cb (DialProgram *self,
                      DialSession *session)
{
  if (session == self->own_session)
    g_clear_object (&self->own_session);
  else if (session == self->sandbox_session)
    g_clear_object (&self->sandbox_session);
}

static DialSession *
start_session (DialProgram *self,
               const char  *profile,
               GSettings   *settings,
               gboolean     sandbox)
{
  DialSession *session = dial_session_new (GTK_APPLICATION (self), profile, settings, sandbox);

  g_signal_connect_object (session, "closed", G_CALLBACK (on_session_closed_cb), self, G_CONNECT_SWAPPED);
  return session;
}

static void
show_own (DialProgram *self)
{
  g_autofree char *profile = NULL;
  g_autoptr (GSettings) settings = NULL;

  if (self->own_session != NULL) {
    dial_session_present (self->own_session);
    return;
  }

  if (self->profile != NULL)
    profile = g_strdup (self->profile);
  else
    profile = g_build_filename (g_get_user_data_dir (), "dialhouse", NULL);

  settings = open_settings (self->profile);
  self->own_session = start_session (self, profile, settings, FALSE);
}

static void
show_sandbox (DialProgram *self)
{
  g_autofree char *profile = NULL;
  g_autoptr (GSettings) settings = NULL;

  if (self->sandbox_session != NULL) {
    dial_session_present (self->sandbox_session);
    return;
  }

  if (self->profile == NULL)
    profile = g_build_filename (g_get_user_data_dir (), "dialhouse-sandbox", NULL);
  else if (self->sandbox)
    profile = g_strdup (self->profile);
  else
    profile = g_build_filename (self->profile, "sandbox", NULL);

  settings = open_settings (profile);
  self->sandbox_session = start_session (self, profile, settings, TRUE);
}

/* Actions */

static void
on_try_out_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  show_sandbox (user_data);
}

/* From a notification, which may be older than the program. */
static void
on_show_outbox_cb (GSimpleAction *action,
                   GVariant      *sandbox,
                   gpointer       user_data)
{
  DialProgram *self = user_data;

  if (g_variant_get_boolean (sandbox))
    show_sandbox (self);
  else
    show_own (self);
  dial_session_show_outbox (g_variant_get_boolean (sandbox) ? self->sandbox_session : self->own_session);
}

/* What is pending is written before the last window's session lets the program go. */
static void
on_quit_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  DialProgram *self = user_data;

  if (self->own_session != NULL)
    dial_session_ask_to_close (self->own_session);
  if (self->sandbox_session != NULL)
    dial_session_ask_to_close (self->sandbox_session);
}

/* Nobody is there to be asked. */
static gboolean
on_signal_cb (gpointer user_data)
{
  DialProgram *self = user_data;

  if (self->own_session != NULL)
    dial_session_close (self->own_session);
  if (self->sandbox_session != NULL)
    dial_session_close (self->sandbox_session);
  return G_SOURCE_CONTINUE;
}

/* Chosen on the desktop, maybe of a call before the last start. */
static void
on_call_chosen_cb (GSimpleAction *action,
                   GVariant      *uid,
                   gpointer       user_data)
{
  DialProgram *self = DIAL_PROGRAM (user_data);
  gboolean answer = g_str_equal (g_action_get_name (G_ACTION (action)), "answer-call");
  const char *text = g_variant_get_string (uid, NULL);

  if ((self->own_session == NULL || !dial_session_show_call (self->own_session, text, answer)) &&
      (self->sandbox_session == NULL || !dial_session_show_call (self->sandbox_session, text, answer)))
    g_application_activate (G_APPLICATION (self));
}

static void
on_about_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  adw_show_about_window (gtk_application_get_active_window (GTK_APPLICATION (user_data)),
                         "application-name", "Dialhouse",
                         "application-icon", DIAL_APPLICATION_ID,
                         "version", DIAL_VERSION,
                         "comments", _("Calls your candidates, and writes the call into Greenhouse."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "developer-name", _("The Dialhouse Developers"),
                         /* Translators: put your names here, one a line */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

static void
add_accelerators (GtkApplication *application)
{
  static const struct {
    const char *action;
    const char *keys[3];
  } accelerators[] = {
    { "app.quit", { "<Control>q" } },
    { "window.close", { "<Control>w" } },
    { "win.show-help-overlay", { "<Control>question" } },
    { "win.search", { "<Control>f" } },
    { "win.filters", { "<Control><Shift>f" } },
    { "win.saved-searches", { "<Control><Shift>s" } },
    { "win.call", { "<Control>d" } },
    { "win.text", { "<Control>m" } },
    { "win.end-call", { "<Control>e" } },
    { "win.answer-call", { "<Control><Shift>a" } },
    { "win.show-call", { "<Control><Shift>d" } },
    { "win.note", { "<Control>n" } },
    { "win.template", { "<Control>t" } },
    { "win.script", { "<Control><Shift>t" } },
    { "win.pin-time", { "<Control>period" } },
    { "win.next", { "<Control>Page_Down" } },
    { "win.calls", { "<Control><Shift>l" } },
    { "win.log-call", { "<Control>l" } },
    { "win.next-to-call", { "<Control>j" } },
    { "win.open-web", { "<Control>o" } },
    { "win.outbox", { "<Control><Shift>o" } },
    { "win.settings", { "<Control>comma" } },
    { "win.sync", { "<Control>r", "F5" } },
    { "win.back", { "<Alt>Left" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (application, accelerators[i].action,
                                           (const char * const *) accelerators[i].keys);

  /* The tags of a call. */
  for (guint i = 1; i <= 9; i++) {
    g_autofree char *action = g_strdup_printf ("win.tag(uint32 %u)", i - 1);
    g_autofree char *key = g_strdup_printf ("<Alt>%u", i);
    g_autofree char *keypad_key = g_strdup_printf ("<Alt>KP_%u", i);
    const char *keys[] = { key, keypad_key, NULL };

    gtk_application_set_accels_for_action (application, action, keys);
  }

  /* All companies, and each of the first nine. */
  for (guint i = 0; i <= 9; i++) {
    g_autofree char *action = g_strdup_printf ("win.company(uint32 %u)", i);
    g_autofree char *key = g_strdup_printf ("<Control>%u", i);
    g_autofree char *keypad_key = g_strdup_printf ("<Control>KP_%u", i);
    const char *keys[] = { key, keypad_key, NULL };

    gtk_application_set_accels_for_action (application, action, keys);
  }
}

/* GApplication */

static int
dial_program_handle_local_options (GApplication *application,
                                   GVariantDict *options)
{
  DialProgram *self = DIAL_PROGRAM (application);
  g_autofree char *profile = NULL;

  if (g_variant_dict_contains (options, "version")) {
    g_print ("Dialhouse %s\n", DIAL_VERSION);
    return 0;
  }

  g_variant_dict_lookup (options, "sandbox", "b", &self->sandbox);
  if (g_variant_dict_lookup (options, "profile", "^ay", &profile)) {
    self->profile = g_canonicalize_filename (profile, NULL);
    /* Each profile is a desk of its own, and no other window answers for it. */
    g_application_set_flags (application, G_APPLICATION_NON_UNIQUE);
  }
  if (self->sandbox)
    g_application_set_application_id (application, DIAL_APPLICATION_ID ".Sandbox");

  return -1;
}

static void
dial_program_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { .name = "about", .activate = on_about_cb },
    { .name = "answer-call", .activate = on_call_chosen_cb, .parameter_type = "s" },
    { .name = "show-call", .activate = on_call_chosen_cb, .parameter_type = "s" },
    { .name = "quit", .activate = on_quit_cb },
    { .name = "show-outbox", .activate = on_show_outbox_cb, .parameter_type = "b" },
    { .name = "try-out", .activate = on_try_out_cb },
  };
  DialProgram *self = DIAL_PROGRAM (application);

  dial_head_start_begin ();
  G_APPLICATION_CLASS (dial_program_parent_class)->startup (application);
  dial_head_start_icons ();

  gtk_window_set_default_icon_name (DIAL_APPLICATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  if (self->sandbox)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "try-out")), FALSE);
  add_accelerators (GTK_APPLICATION (self));

  self->signal_sources[0] = g_unix_signal_add (SIGTERM, on_signal_cb, self);
  self->signal_sources[1] = g_unix_signal_add (SIGINT, on_signal_cb, self);
}

static void
dial_program_activate (GApplication *application)
{
  DialProgram *self = DIAL_PROGRAM (application);

  if (self->sandbox)
    show_sandbox (self);
  else
    show_own (self);
}

static void
dial_program_dispose (GObject *object)
{
  DialProgram *self = DIAL_PROGRAM (object);

  g_clear_handle_id (&self->signal_sources[0], g_source_remove);
  g_clear_handle_id (&self->signal_sources[1], g_source_remove);
  g_clear_object (&self->own_session);
  g_clear_object (&self->sandbox_session);
  g_clear_pointer (&self->profile, g_free);

  G_OBJECT_CLASS (dial_program_parent_class)->dispose (object);
}

static void
dial_program_class_init (DialProgramClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = dial_program_dispose;

  application_class->activate = dial_program_activate;
  application_class->handle_local_options = dial_program_handle_local_options;
  application_class->startup = dial_program_startup;
}

static void
dial_program_init (DialProgram *self)
{
  static const GOptionEntry options[] = {
    { "sandbox", 0, 0, G_OPTION_ARG_NONE, NULL,
      N_("Try everything out on invented candidates on this computer"), NULL },
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, NULL,
      N_("Keep candidates, notes and settings in this directory"), N_("DIR") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * dial_program_new:
 *
 * Returns: (transfer full): the program
 */
DialProgram *
dial_program_new (void)
{
  dial_head_start_prepare ();
  return g_object_new (DIAL_TYPE_PROGRAM,
                       "application-id", DIAL_APPLICATION_ID,
                       "resource-base-path", RESOURCE_PATH,
                       NULL);
}
