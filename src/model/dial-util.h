#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DIAL_INSTANT_UNKNOWN:
 *
 * An instant nobody knows. Instants are microseconds since 1970 in UTC, everywhere in Dialhouse.
 */
#define DIAL_INSTANT_UNKNOWN ((gint64) 0)

gboolean    dial_set_str              (char       **target,
                                       const char  *value);
const char *dial_home_region          (void);
gint64      dial_instant_parse        (const char  *text);
char       *dial_instant_format       (gint64       instant);
char       *dial_dup_local_zone       (gint64       instant);
const char *dial_enum_to_nick         (GType        type,
                                       int          value);
gboolean    dial_enum_from_nick       (GType        type,
                                       const char  *nick,
                                       int         *value);
void        dial_save_memory          (void);
void        dial_stand_back           (void);

G_END_DECLS
