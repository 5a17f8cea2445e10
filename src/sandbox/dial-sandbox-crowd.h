#pragma once

#include "dial-sandbox-names.h"

G_BEGIN_DECLS

/* From this many candidates on, people have more names, more numbers and more jobs than the tables of
 * dial-sandbox-names.c hold. Whoever has a lower row stays who they are. */
#define DIAL_SANDBOX_CROWD 10000

/**
 * DialSandboxComposed:
 *
 * A name put together, given or family.
 */
typedef struct {
  char text[64];
  char ascii[32];
} DialSandboxComposed;

gboolean            dial_sandbox_crowd_compose    (DialSandboxComposed      *self,
                                                   const DialSandboxCulture *culture,
                                                   gboolean                  is_given,
                                                   guint64                   roll);
const char * const *dial_sandbox_crowd_get_phones (const char               *country);
const char         *dial_sandbox_crowd_get_area   (guint64                   roll);

G_END_DECLS
