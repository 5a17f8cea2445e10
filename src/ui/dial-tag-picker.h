#pragma once

#include <gtk/gtk.h>

#include "dial-quick-tags.h"

G_BEGIN_DECLS

#define DIAL_TYPE_TAG_PICKER (dial_tag_picker_get_type ())
G_DECLARE_FINAL_TYPE (DialTagPicker, dial_tag_picker, DIAL, TAG_PICKER, GtkWidget)

/**
 * DialTagPicker:
 *
 * The tags of a call to choose from, and a way to add one.
 */
void dial_tag_picker_set_tags (DialTagPicker *self,
                               DialQuickTags *tags);

G_END_DECLS
