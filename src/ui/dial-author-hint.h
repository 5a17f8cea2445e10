#pragma once

#include <gtk/gtk.h>

#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_AUTHOR_HINT (dial_author_hint_get_type ())
G_DECLARE_FINAL_TYPE (DialAuthorHint, dial_author_hint, DIAL, AUTHOR_HINT, GtkWidget)

/**
 * DialAuthorHint:
 *
 * Says, before a note is written, that it will not bear the recruiter's name, and leads to where the
 * recruiter says who they are. Hidden where all is well.
 */
void dial_author_hint_set_integration (DialAuthorHint  *self,
                                       DialIntegration *integration);

G_END_DECLS
