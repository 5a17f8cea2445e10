#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *dial_secret_dup_basic (const char  *user,
                             const char  *password);
void  dial_secret_clear     (char       **secret);

G_END_DECLS
