#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean dial_link_get_next (const char  *header,
                             const char  *asked,
                             char       **next,
                             GError     **error);
guint    dial_link_get_last (const char  *header,
                             const char  *asked);
guint    dial_link_get_page (const char  *url);

G_END_DECLS
