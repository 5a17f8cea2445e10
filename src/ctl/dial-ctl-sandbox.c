#include "dial-ctl.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "dial-sandbox.h"

#define DEFAULT_CANDIDATES 2000
#define DEFAULT_ALLOWANCE  150
#define MAX_CANDIDATES     5000000

static int opt_port;
static int opt_candidates = DEFAULT_CANDIDATES;
static int opt_allowance = DEFAULT_ALLOWANCE;

static const GOptionEntry sandbox_options[] = {
  { "port", 0, 0, G_OPTION_ARG_INT, &opt_port, N_("Listen here; a free port if left out"),
    N_("N") },
  { "candidates", 0, 0, G_OPTION_ARG_INT, &opt_candidates,
    N_("How many people to invent; 2000 if left out"), N_("N") },
  { "allowance", 0, 0, G_OPTION_ARG_INT, &opt_allowance,
    N_("Requests in 30 seconds, 0 for no limit; 150 if left out"), N_("N") },
  { NULL },
};

static gboolean
check_range (const char  *option,
             int          value,
             int          max,
             GError     **error)
{
  if (value >= 0 && value <= max)
    return TRUE;

  g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
               _("%s takes a number from 0 to %d."), option, max);
  return FALSE;
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

  if (!check_range ("--port", opt_port, G_MAXUINT16, error) ||
      !check_range ("--candidates", opt_candidates, MAX_CANDIDATES, error) ||
      !check_range ("--allowance", opt_allowance, G_MAXINT, error))
    return FALSE;

  options.port = (guint16) opt_port;
  options.n_candidates = (guint) opt_candidates;
  options.allowance = (guint) opt_allowance;
  options.may_inject_faults = TRUE;
  dial_sandbox_start_async (&options, ctl->cancellable, dial_ctl_got, &result);
  sandbox = dial_sandbox_start_finish (dial_ctl_wait (&result), error);
  if (sandbox == NULL)
    return FALSE;

  json = dial_sandbox_to_json (sandbox);
  puts (json);
  fflush (stdout);

  while (ctl->signal == 0)
    g_main_context_iteration (NULL, TRUE);

  dial_sandbox_stop (sandbox);
  return TRUE;
}

const DialCtlCommand dial_ctl_sandbox_commands[] = {
  { "sandbox", "[--port N] [--candidates N]",
    N_("Serve a small Greenhouse on this machine until stopped; first prints its addresses"),
    sandbox_options, 0, 0, FALSE, run_sandbox },
  { NULL },
};
