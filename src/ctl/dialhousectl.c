#include "dial-ctl.h"

int
main (int   argc,
      char *argv[])
{
  return dial_ctl_main (argv);
}
