#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "dial-program.h"
#include "dial-secrets.h"
#include "dial-util.h"

int
main (int    argc,
      char **argv)
{
  g_autoptr (DialProgram) program = NULL;

  dial_secrets_forbid_core ();
  dial_save_memory ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, DIAL_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("Dialhouse");

  program = dial_program_new ();
  return g_application_run (G_APPLICATION (program), argc, argv);
}
