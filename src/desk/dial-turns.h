#pragma once

#include "dial-walk.h"

G_BEGIN_DECLS

/* Whose turn it is among several walks side by side. */

DialWalk *dial_turns_take      (GPtrArray       *walks,
                                guint            n_asked,
                                guint            n_needed,
                                guint            n_walkers,
                                DialSyncWindow **window);
void      dial_turns_take_hint (GPtrArray       *walks,
                                DialWalk        *walk,
                                gint64           oldest);

G_END_DECLS
