#pragma once

#include "dial-greenhouse-private.h"

G_BEGIN_DECLS

/**
 * DialProbe:
 * @errand: what is tried
 * @required: Dialhouse is of no use without it
 * @without: what does not work without it
 *
 * A permission the check tells about.
 */
typedef struct {
  DialErrand  errand;
  gboolean    required;
  const char *without;
} DialProbe;

DialGreenhouseCheck *dial_check_new         (DialGreenhouse       *self,
                                             int                   skew);
void                 dial_check_add         (DialGreenhouseCheck  *check,
                                             DialGreenhouse       *self,
                                             const DialProbe      *probe,
                                             DialGrant             grant,
                                             const char           *remedy);
void                 dial_check_remark      (DialGreenhouseCheck  *check,
                                             const char           *sentence);
gboolean             dial_check_is_fatal    (const GError         *error);

G_END_DECLS
