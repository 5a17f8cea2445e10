#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIAL_TYPE_TEXT_METER (dial_text_meter_get_type ())
G_DECLARE_FINAL_TYPE (DialTextMeter, dial_text_meter, DIAL, TEXT_METER, GtkWidget)

/**
 * DialTextMeter:
 *
 * Says into how many text messages a text is cut, and what makes it cost more.
 *
 * Signal: `plainly`: the recruiter wants it written with plain signs.
 */
void dial_text_meter_measure (DialTextMeter *self,
                              const char    *text);

G_END_DECLS
