#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIAL_TYPE_BANNER (dial_banner_get_type ())
G_DECLARE_FINAL_TYPE (DialBanner, dial_banner, DIAL, BANNER, GtkWidget)

/**
 * DialBanner:
 *
 * A sentence that stays until it is read: what went wrong, and what to do. With a button that
 * closes it, and at need one that leads to where it is mended. Silent and of no height without a sentence.
 */
void dial_banner_say             (DialBanner *self,
                                  const char *sentence);
void dial_banner_say_of_settings (DialBanner *self,
                                  const char *sentence,
                                  const char *integration_id);

G_END_DECLS
