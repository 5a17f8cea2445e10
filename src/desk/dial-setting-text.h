#pragma once

#include "dial-integration.h"

G_BEGIN_DECLS

char *dial_setting_text_clean (const char  *key,
                               const char  *typed,
                               GError     **error);

G_END_DECLS
