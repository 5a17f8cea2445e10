#pragma once

#include <gtk/gtk.h>

#include "dial-companies.h"
#include "dial-finder.h"

G_BEGIN_DECLS

#define DIAL_TYPE_SEARCH_BAR (dial_search_bar_get_type ())
G_DECLARE_FINAL_TYPE (DialSearchBar, dial_search_bar, DIAL, SEARCH_BAR, GtkWidget)

/**
 * DialSearchBar:
 *
 * Where the recruiter says whom to find: what is typed, the filters, and how the found ones stand.
 *
 * Property: `order` ([enum@Order]), also as the action `search.order`.
 *
 * Signals: `started`: typing elsewhere begins a search; `activated`: Enter; `left-down`: the arrow down; `stopped`:
 * Escape in an empty search.
 */
void dial_search_bar_set_finder      (DialSearchBar *self,
                                      DialFinder    *finder,
                                      DialCompanies *companies);
void dial_search_bar_popup_filters   (DialSearchBar *self);
void dial_search_bar_begin           (DialSearchBar *self,
                                      gboolean       shown);
void dial_search_bar_set_key_capture (DialSearchBar *self,
                                      GtkWidget     *widget);
void dial_search_bar_focus           (DialSearchBar *self);

G_END_DECLS
