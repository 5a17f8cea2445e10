#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GUri     *dial_url_parse      (const char         *url,
                               const char         *example,
                               GError            **error);
char     *dial_url_normalise  (const char         *url,
                               const char *const  *endings,
                               const char         *example,
                               GError            **error);
gboolean  dial_url_same_place (GUri               *a,
                               GUri               *b);
char     *dial_url_dup_host   (const char         *url);

G_END_DECLS
