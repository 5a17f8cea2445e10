#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean dial_link_get_next (const char  *header,
                             const char  *asked,
                             char       **next,
                             GError     **error);

G_END_DECLS
