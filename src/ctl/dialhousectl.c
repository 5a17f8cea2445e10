#include "dial-ctl.h"
#include "dial-secrets.h"

int
main (int   argc,
      char *argv[])
{
  dial_secrets_forbid_core ();
  dial_save_memory ();

  return dial_ctl_main (argv);
}
