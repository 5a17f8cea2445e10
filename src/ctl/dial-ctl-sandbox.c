#include "dial-ctl.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "dial-sandbox.h"

#define MAX_CANDIDATES 5000000
#define DAY            86400 /* seconds */

static int opt_port;
static int opt_candidates = 2000;
static int opt_seed = DIAL_SANDBOX_SEED;
static int opt_allowance = 150;
static int opt_window = 30;
static gboolean opt_unaligned;
static int opt_delay;
static gboolean opt_prepare;

static const GOptionEntry sandbox_options[] = {
  { "port", 0, 0, G_OPTION_ARG_INT, &opt_port, N_("Listen here; a free port if left out"),
    N_("N") },
  { "candidates", 0, 0, G_OPTION_ARG_INT, &opt_candidates,
    N_("How many people to invent; 2000 if left out"), N_("N") },
  { "seed", 0, 0, G_OPTION_ARG_INT, &opt_seed, N_("Invent others than usual"), N_("N") },
  { "allowance", 0, 0, G_OPTION_ARG_INT, &opt_allowance,
    N_("Requests in a window, 0 for no limit; 150 if left out"), N_("N") },
  { "window", 0, 0, G_OPTION_ARG_INT, &opt_window,
    N_("How long a window is; 30 seconds if left out"), N_("SECONDS") },
  { "unaligned", 0, 0, G_OPTION_ARG_NONE, &opt_unaligned,
    N_("Begin a window with its first request, not with the clock"), NULL },
  { "delay", 0, 0, G_OPTION_ARG_INT, &opt_delay,
    N_("Hold every answer back so many milliseconds"), N_("MS") },
  { "prepare", 0, 0, G_OPTION_ARG_NONE, &opt_prepare,
    N_("Write all answers before anybody asks"), NULL },
  { NULL },
};

static gboolean
check_range (const char  *option,
             int          value,
             int          min,
             int          max,
             GError     **error)
{
  if (value >= min && value <= max)
    return TRUE;

  g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
               _("%s takes a number from %d to %d."), option, min, max);
  return FALSE;
}

static gboolean
read_options (DialSandboxOptions  *options,
              GError             **error)
{
  if (!check_range ("--port", opt_port, 0, G_MAXUINT16, error) ||
      !check_range ("--candidates", opt_candidates, 0, MAX_CANDIDATES, error) ||
      !check_range ("--seed", opt_seed, 0, G_MAXINT, error) ||
      !check_range ("--allowance", opt_allowance, 0, G_MAXINT, error) ||
      !check_range ("--window", opt_window, 1, DAY, error) ||
      !check_range ("--delay", opt_delay, 0, DAY * 1000, error))
    return FALSE;

  options->port = (guint16) opt_port;
  options->n_candidates = (guint) opt_candidates;
  options->seed = (guint32) opt_seed;
  options->allowance = (guint) opt_allowance;
  options->window = (guint) opt_window;
  options->unaligned = opt_unaligned;
  options->delay_ms = (guint) opt_delay;
  options->prepare = opt_prepare;
  options->may_inject_faults = TRUE;
  return TRUE;
}

static gboolean
run_sandbox (DialCtl  *ctl,
             char    **arguments,
             GError  **error)
{
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialSandbox) sandbox = NULL;
  g_autofree char *json = NULL;

  if (!read_options (&options, error))
    return FALSE;

  dial_sandbox_start_async (&options, ctl->cancellable, dial_ctl_got, &result);
  sandbox = dial_sandbox_start_finish (dial_ctl_wait (&result), error);
  if (sandbox == NULL)
    return FALSE;

  if (options.prepare) {
    g_autofree char *size = g_format_size (dial_sandbox_get_prepared (sandbox));

    g_printerr (_("%s of answers are prepared.\n"), size);
  }
  json = dial_sandbox_to_json (sandbox);
  puts (json);
  fflush (stdout);

  while (ctl->signal == 0)
    g_main_context_iteration (NULL, TRUE);

  dial_sandbox_stop (sandbox);
  return TRUE;
}

const DialCtlCommand dial_ctl_sandbox_commands[] = {
  { "sandbox", "[--port N] [--candidates N] [--allowance N] …",
    N_("Serve a small Greenhouse and CloudTalk on this machine until stopped; first prints its addresses"),
    sandbox_options, 0, 0, FALSE, run_sandbox },
  { NULL },
};
