#pragma once

#include <gtk/gtk.h>

#include "dial-companies.h"
#include "dial-finder.h"

G_BEGIN_DECLS

#define DIAL_TYPE_EMPTY_LIST (dial_empty_list_get_type ())
G_DECLARE_FINAL_TYPE (DialEmptyList, dial_empty_list, DIAL, EMPTY_LIST, GtkWidget)

/**
 * DialEmptyList:
 *
 * What stands where candidates would: why there are none, and what to do about it.
 *
 * Signal: `cleared`: the search that finds nobody is to go.
 */
void dial_empty_list_show (DialEmptyList *self,
                           DialCompanies *companies,
                           DialFinder    *finder);

G_END_DECLS
