#pragma once

#include <gtk/gtk.h>

#include "dial-finder.h"

G_BEGIN_DECLS

#define DIAL_TYPE_QUIET_PAGE (dial_quiet_page_get_type ())
G_DECLARE_FINAL_TYPE (DialQuietPage, dial_quiet_page, DIAL, QUIET_PAGE, GtkWidget)

/**
 * DialQuietPage:
 *
 * For how long nobody was in contact: a week, a month, a quarter, or any number of days.
 *
 * Signal: `back`: enough chosen here.
 */
void dial_quiet_page_set_finder (DialQuietPage *self,
                                 DialFinder    *finder);
void dial_quiet_page_set_count  (DialQuietPage *self,
                                 const char    *days,
                                 int            count);
void dial_quiet_page_focus      (DialQuietPage *self);

G_END_DECLS
