#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIAL_TYPE_SEARCH_BAR (dial_search_bar_get_type ())
G_DECLARE_FINAL_TYPE (DialSearchBar, dial_search_bar, DIAL, SEARCH_BAR, GtkWidget)

/**
 * DialSearchBar:
 *
 * Where the recruiter types whom to find.
 *
 * Signals: `changed`: something else is looked for; `started`: typing elsewhere begins a search; `activated`: Enter;
 * `left-down`: the arrow down; `stopped`: Escape in an empty search.
 */
const char *dial_search_bar_get_text        (DialSearchBar *self);
void        dial_search_bar_clear           (DialSearchBar *self);
void        dial_search_bar_begin           (DialSearchBar *self,
                                             gboolean       shown);
void        dial_search_bar_set_key_capture (DialSearchBar *self,
                                             GtkWidget     *widget);
void        dial_search_bar_focus           (DialSearchBar *self);

G_END_DECLS
