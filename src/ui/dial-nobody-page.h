#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DIAL_TYPE_NOBODY_PAGE (dial_nobody_page_get_type ())
G_DECLARE_FINAL_TYPE (DialNobodyPage, dial_nobody_page, DIAL, NOBODY_PAGE, AdwBin)

/**
 * DialNobodyPage:
 *
 * What stands in place of a candidate where there is none to show.
 */
void dial_nobody_page_show_unchosen (DialNobodyPage *self);
void dial_nobody_page_show_gone     (DialNobodyPage *self);

G_END_DECLS
