#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define DIAL_TYPE_QUICK_TAGS (dial_quick_tags_get_type ())
G_DECLARE_FINAL_TYPE (DialQuickTags, dial_quick_tags, DIAL, QUICK_TAGS, GObject)

/**
 * DialQuickTags:
 *
 * The verdicts on one call: those that are offered, and which of them were chosen, while talking and in the
 * wrap-up alike.
 *
 * Signals: `changed`.
 */
DialQuickTags *dial_quick_tags_new        (const char * const *offered);
guint          dial_quick_tags_get_n      (DialQuickTags      *self);
const char    *dial_quick_tags_get        (DialQuickTags      *self,
                                           guint               index);
gboolean       dial_quick_tags_is_chosen  (DialQuickTags      *self,
                                           guint               index);
void           dial_quick_tags_set_chosen (DialQuickTags      *self,
                                           guint               index,
                                           gboolean            chosen);
void           dial_quick_tags_add        (DialQuickTags      *self,
                                           const char         *tag);
GStrv          dial_quick_tags_dup_chosen (DialQuickTags      *self);

G_END_DECLS
