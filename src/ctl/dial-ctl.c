#include "dial-ctl.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "config.h"

#define PROGRAM "dialhousectl"

enum {
  EXIT_DONE = 0,
  EXIT_FAILED = 1,
  EXIT_USAGE = 2,
  EXIT_BY_SIGNAL = 128,
};

static const DialCtlCommand *tables[] = {
  dial_ctl_connect_commands,
  dial_ctl_integration_commands,
  dial_ctl_sync_commands,
  dial_ctl_search_commands,
  dial_ctl_call_commands,
  dial_ctl_calls_commands,
  dial_ctl_outbox_commands,
  dial_ctl_phone_commands,
  dial_ctl_sms_commands,
  dial_ctl_contacts_commands,
  dial_ctl_sandbox_commands,
  dial_ctl_tour_commands,
};

G_DEFINE_QUARK (DialCtlError, dial_ctl_error)

/* Waiting: a command reads from top to bottom, and the main context turns meanwhile. */

/**
 * dial_ctl_got:
 * @source: (nullable): unused
 * @result: what arrived
 * @user_data: a `GAsyncResult **`
 *
 * The callback to give to an asynchronous function whose end [func@dial_ctl_wait] waits for.
 */
void
dial_ctl_got (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  GAsyncResult **slot = user_data;

  g_set_object (slot, result);
}

/**
 * dial_ctl_wait:
 * @result: (inout): where [func@dial_ctl_got] puts it
 *
 * Turns the main context until the asynchronous function that was begun with @result has ended.
 *
 * Returns: (transfer none): the result, to be finished
 */
GAsyncResult *
dial_ctl_wait (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

static gboolean
on_signal (DialCtl *ctl,
           int      signal)
{
  /* Asked twice: whoever asks does not want to wait for the clean end. */
  if (ctl->signal != 0)
    _exit (EXIT_BY_SIGNAL + signal);

  ctl->signal = signal;
  g_cancellable_cancel (ctl->cancellable);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_sigint (gpointer user_data)
{
  return on_signal (user_data, SIGINT);
}

static gboolean
on_sigterm (gpointer user_data)
{
  return on_signal (user_data, SIGTERM);
}

/* Not the end of any command, but nobody must miss it. */
static void
tell_rescues (DialDesk *desk)
{
  GListModel *integrations = dial_desk_get_integrations (desk);

  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);
    g_autofree char *sentences = dial_integration_dup_rescue (integration);

    if (sentences != NULL)
      g_printerr ("%s\n", sentences);
  }
}

/**
 * dial_ctl_open_desk:
 * @ctl: what the command works with
 * @flags: which desk; %DIAL_DESK_BY_HAND is added
 * @error: why not
 *
 * Opens the desk of the profile, by hand: nothing happens that the command does not ask for.
 *
 * Returns: whether it is open
 */
gboolean
dial_ctl_open_desk (DialCtl        *ctl,
                    DialDeskFlags   flags,
                    GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_return_val_if_fail (ctl->desk == NULL, FALSE);

  /* GIO would load its modules in a thread, perhaps while a short command ends already; what libraries set up
   * would then be set up once more. */
  g_vfs_get_default ();

  ctl->desk = dial_desk_new (ctl->profile, flags | DIAL_DESK_BY_HAND);
  dial_desk_open_async (ctl->desk, ctl->cancellable, dial_ctl_got, &result);
  if (!dial_desk_open_finish (ctl->desk, dial_ctl_wait (&result), error))
    return FALSE;

  tell_rescues (ctl->desk);
  return TRUE;
}

/**
 * dial_ctl_close_desk:
 * @ctl: what the command works with
 * @error: why not
 *
 * Closes the desk if it is open. Not cancellable: what was written down must reach the disk however
 * the command ended.
 *
 * Returns: whether all went well
 */
gboolean
dial_ctl_close_desk (DialCtl  *ctl,
                     GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gboolean closed;

  if (ctl->desk == NULL)
    return TRUE;

  dial_desk_close_async (ctl->desk, NULL, dial_ctl_got, &result);
  closed = dial_desk_close_finish (ctl->desk, dial_ctl_wait (&result), error);
  g_clear_object (&ctl->desk);
  return closed;
}

/* Help */

static void
print_commands (const char *group)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++) {
    for (const DialCtlCommand *command = tables[i]; command->name != NULL; command++) {
      if (command->summary == NULL)
        continue;
      if (group != NULL && !g_str_has_prefix (command->name, group))
        continue;

      printf ("  %s%s%s\n      %s\n",
              command->name, *command->arguments != '\0' ? " " : "", command->arguments,
              _(command->summary));
    }
  }
}

static void
print_help (const char *group)
{
  printf ("%s\n  %s [--profile DIR] %s\n\n%s\n",
          _("Usage:"), PROGRAM, _("COMMAND"), _("Commands:"));
  print_commands (group);
  printf ("\n%s\n  --profile DIR\n      %s\n  --version\n      %s\n  --help\n      %s\n",
          _("Options:"),
          _("keep store and settings in DIR"),
          _("print the version and end"),
          _("print this; after a command, what that command understands"));
  printf ("\n%s\n", _("Secrets and notes are read from standard input. "
                      "Exit status: 0 done, 1 refused or failed, 2 wrong usage."));
}

/* Finding the command */

static const DialCtlCommand *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++) {
    for (const DialCtlCommand *command = tables[i]; command->name != NULL; command++) {
      if (g_str_equal (command->name, name))
        return command;
    }
  }

  return NULL;
}

static gboolean
is_group (const char *word)
{
  g_autofree char *prefix = g_strconcat (word, " ", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++) {
    for (const DialCtlCommand *command = tables[i]; command->name != NULL; command++) {
      if (g_str_has_prefix (command->name, prefix))
        return TRUE;
    }
  }

  return FALSE;
}

static const DialCtlCommand *
pick_command (char   **words,
              guint   *n_used,
              GError **error)
{
  const DialCtlCommand *command = NULL;

  if (words[0] == NULL) {
    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
                 _("Say what to do; “%s --help” lists the commands."), PROGRAM);
    return NULL;
  }

  if (words[1] != NULL) {
    g_autofree char *two = g_strconcat (words[0], " ", words[1], NULL);

    command = find_command (two);
    *n_used = 2;
  }
  if (command == NULL) {
    command = find_command (words[0]);
    *n_used = 1;
  }
  if (command != NULL)
    return command;

  if (is_group (words[0]) && words[1] == NULL)
    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
                 _("“%s” wants one more word; “%s %s --help” lists them."),
                 words[0], PROGRAM, words[0]);
  else
    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
                 _("There is no command “%s%s%s”; “%s --help” lists the commands."),
                 words[0], is_group (words[0]) ? " " : "", is_group (words[0]) ? words[1] : "",
                 PROGRAM);
  return NULL;
}

/* Command lines are text in UTF-8 here, whatever the locale says: names from Greenhouse are, and
 * scripts run with LC_ALL=C. Hence options of the type "filename", which GLib does not touch. */
static GStrv
decode_arguments (char   **argv,
                  GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (; *argv != NULL; argv++) {
    g_autofree char *text = NULL;

    if (g_utf8_validate (*argv, -1, NULL))
      text = g_strdup (*argv);
    else
      text = g_locale_to_utf8 (*argv, -1, NULL, NULL, NULL);

    if (text == NULL) {
      g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
                           _("The command line is not text in UTF-8."));
      return NULL;
    }
    g_strv_builder_add (builder, text);
  }

  return g_strv_builder_end (builder);
}

static gboolean
parse_global (DialCtl   *ctl,
              GStrv     *argv,
              gboolean  *show_help,
              gboolean  *show_version,
              GError   **error)
{
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &ctl->profile, NULL, NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, show_help, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, show_version, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) problem = NULL;

  /* Options after the command belong to the command. */
  g_option_context_set_strict_posix (context, TRUE);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse_strv (context, argv, &problem))
    return TRUE;

  g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
               _("%s; “%s --help” lists what there is."), problem->message, PROGRAM);
  return FALSE;
}

/* Parses what follows the command; a %NULL return without an error means that help was wanted. */
static GStrv
parse_command (DialCtl               *ctl,
               const DialCtlCommand  *command,
               char                 **words,
               GError               **error)
{
  g_auto (GStrv) arguments = NULL;
  gboolean show_help = FALSE;
  const GOptionEntry common[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, &ctl->profile, N_("Keep store and settings in DIR"),
      N_("DIR") },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &show_help, N_("Print this"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *invocation = g_strdup_printf ("%s %s", PROGRAM, command->name);
  g_autoptr (GError) problem = NULL;
  g_auto (GStrv) argv = NULL;
  guint n_arguments;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, command->summary);
  if (command->options != NULL)
    g_option_context_add_main_entries (context, command->options, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);

  g_strv_builder_add (builder, invocation);
  g_strv_builder_addv (builder, (const char **) words);
  argv = g_strv_builder_end (builder);
  if (!g_option_context_parse_strv (context, &argv, &problem)) {
    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
                 _("%s; “%s --help” lists what there is."), problem->message, invocation);
    return NULL;
  }

  if (show_help) {
    g_autofree char *help = NULL;

    /* GOption begins its help with the program's name. */
    g_set_prgname (invocation);
    help = g_option_context_get_help (context, FALSE, NULL);
    fputs (help, stdout);
    return NULL;
  }

  n_arguments = arguments != NULL ? g_strv_length (arguments) : 0;
  if (n_arguments < command->min_arguments || n_arguments > command->max_arguments) {
    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
                 n_arguments < command->min_arguments
                   ? _("Something is missing; usage: %s%s%s")
                   : _("That is a word too many; usage: %s%s%s"),
                 invocation, *command->arguments != '\0' ? " " : "", command->arguments);
    return NULL;
  }

  return arguments != NULL ? g_steal_pointer (&arguments) : g_new0 (char *, 1);
}

static gboolean
run_command (DialCtl               *ctl,
             const DialCtlCommand  *command,
             char                 **words,
             GError               **error)
{
  g_auto (GStrv) arguments = NULL;
  g_autofree char *given = NULL;
  g_autoptr (GError) problem = NULL;

  arguments = parse_command (ctl, command, words, &problem);
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (arguments == NULL)
    return TRUE;

  given = g_steal_pointer (&ctl->profile);
  ctl->profile = given != NULL ? g_canonicalize_filename (given, NULL)
                               : g_build_filename (g_get_user_data_dir (), "dialhouse", NULL);

  if (!command->needs_desk || dial_ctl_open_desk (ctl, DIAL_DESK_DEFAULT, &problem))
    command->run (ctl, arguments, &problem);

  dial_ctl_close_desk (ctl, problem == NULL ? &problem : NULL);
  if (problem == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
run (DialCtl  *ctl,
     char    **argv,
     GError  **error)
{
  g_auto (GStrv) words = decode_arguments (argv, error);
  const DialCtlCommand *command;
  gboolean show_help = FALSE;
  gboolean show_version = FALSE;
  guint n_used = 0;

  if (words == NULL || !parse_global (ctl, &words, &show_help, &show_version, error))
    return FALSE;

  if (show_version) {
    printf ("%s %s\n", PROGRAM, DIAL_VERSION);
    return TRUE;
  }
  if (show_help) {
    print_help (NULL);
    return TRUE;
  }
  if (words[1] != NULL && words[2] != NULL && is_group (words[1]) && find_command (words[1]) == NULL &&
      (g_str_equal (words[2], "--help") || g_str_equal (words[2], "-h"))) {
    print_help (words[1]);
    return TRUE;
  }

  command = pick_command (words + 1, &n_used, error);
  return command != NULL && run_command (ctl, command, words + 1 + n_used, error);
}

/* A script that reads our output must learn when it did not get all of it. */
static gboolean
flush_output (GError **error)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;

  g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                       _("Not all of the output could be written."));
  return FALSE;
}

static int
tell_end (DialCtl      *ctl,
          const GError *error)
{
  g_autofree char *sentence = NULL;

  if (error == NULL)
    return EXIT_DONE;

  if (ctl->signal != 0) {
    dial_ctl_say ("%s: %s", PROGRAM, _("Stopped."));
    return EXIT_BY_SIGNAL + ctl->signal;
  }

  sentence = dial_ctl_make_printable (error->message);
  dial_ctl_say ("%s: %s", PROGRAM, sentence);
  return g_error_matches (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE) ? EXIT_USAGE : EXIT_FAILED;
}

/**
 * dial_ctl_main:
 * @argv: (array zero-terminated=1): the command line
 *
 * The whole program.
 *
 * Returns: the exit status
 */
int
dial_ctl_main (char **argv)
{
  DialCtl ctl = { NULL };
  g_autoptr (GError) error = NULL;
  guint on_int;
  guint on_term;
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, DIAL_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname (PROGRAM);
  /* Standard output is for answers alone, also when debugging. */
  g_log_writer_default_set_use_stderr (TRUE);

  ctl.cancellable = g_cancellable_new ();
  on_int = g_unix_signal_add (SIGINT, on_sigint, &ctl);
  on_term = g_unix_signal_add (SIGTERM, on_sigterm, &ctl);

  if (run (&ctl, argv, &error))
    flush_output (&error);
  else
    flush_output (NULL);
  status = tell_end (&ctl, error);

  g_source_remove (on_int);
  g_source_remove (on_term);
  g_clear_object (&ctl.cancellable);
  g_clear_pointer (&ctl.profile, g_free);

  return status;
}
