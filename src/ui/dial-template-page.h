#pragma once

#include <adwaita.h>

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_TEMPLATE_PAGE (dial_template_page_get_type ())
G_DECLARE_FINAL_TYPE (DialTemplatePage, dial_template_page, DIAL, TEMPLATE_PAGE, GtkBox)

/**
 * DialTemplatePage:
 *
 * A template or a script, to be written. It is kept by its button, and when the page is left.
 */
GtkWidget *dial_template_page_new (DialIntegration  *integration,
                                   DialNoteTemplate *template);

G_END_DECLS
