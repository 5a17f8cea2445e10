#pragma once

#include <gtk/gtk.h>

#include "dial-companies.h"
#include "dial-finder.h"

G_BEGIN_DECLS

#define DIAL_TYPE_FILTER_LIST (dial_filter_list_get_type ())
G_DECLARE_FINAL_TYPE (DialFilterList, dial_filter_list, DIAL, FILTER_LIST, GtkWidget)

/**
 * DialFilterList:
 *
 * The jobs, stages, statuses or tags to filter by, with how many candidates each would leave.
 *
 * Signal: `back`: enough chosen here.
 */
void dial_filter_list_open  (DialFilterList *self,
                             DialFilterKind  kind,
                             const char     *title,
                             DialFinder     *finder,
                             DialCompanies  *companies);
void dial_filter_list_close (DialFilterList *self);

G_END_DECLS
