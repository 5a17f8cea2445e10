#pragma once

#include <gtk/gtk.h>

#include "dial-finder.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CHIPS (dial_chips_get_type ())
G_DECLARE_FINAL_TYPE (DialChips, dial_chips, DIAL, CHIPS, GtkWidget)

/**
 * DialChips:
 *
 * The filters that are in use, each a button that removes it. Hidden where there are none.
 *
 * Signal: `emptied`: the last one was removed here, and the keyboard is without a place.
 */
void     dial_chips_set_finder  (DialChips  *self,
                                 DialFinder *finder);
gboolean dial_chips_remove_last (DialChips  *self);

G_END_DECLS
