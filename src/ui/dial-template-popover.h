#pragma once

#include <gtk/gtk.h>

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_TEMPLATE_POPOVER (dial_template_popover_get_type ())
G_DECLARE_FINAL_TYPE (DialTemplatePopover, dial_template_popover, DIAL, TEMPLATE_POPOVER, GtkPopover)

/**
 * DialTemplatePopover:
 *
 * The templates, or the scripts, of an integration, to be found by a few letters.
 *
 * Signals: `chosen (DialNoteTemplate *)`.
 */
GtkWidget *dial_template_popover_new (DialTemplateKind     kind);
void       dial_template_popover_ask (DialTemplatePopover *self,
                                      DialIntegration     *integration,
                                      DialCandidate       *candidate);

G_END_DECLS
