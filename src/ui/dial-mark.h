#pragma once

#include <gtk/gtk.h>

#include "dial-integration.h"

G_BEGIN_DECLS

/**
 * DialMarkKind:
 * @DIAL_MARK_UNKNOWN: nobody knows
 * @DIAL_MARK_GOOD: as it should be
 * @DIAL_MARK_WARNING: worth a look
 * @DIAL_MARK_BAD: it does not work so
 */
typedef enum {
  DIAL_MARK_UNKNOWN,
  DIAL_MARK_GOOD,
  DIAL_MARK_WARNING,
  DIAL_MARK_BAD,
} DialMarkKind;

#define DIAL_TYPE_MARK (dial_mark_get_type ())
G_DECLARE_FINAL_TYPE (DialMark, dial_mark, DIAL, MARK, GtkWidget)

/**
 * DialMark:
 *
 * How something is, as a sign and a word; the colour says it once more.
 */
GtkWidget  *dial_mark_new         (void);
void        dial_mark_show        (DialMark     *self,
                                   DialMarkKind  kind,
                                   const char   *word);
void        dial_mark_show_health (DialMark     *self,
                                   DialHealth    health);
const char *dial_mark_get_word    (DialMark     *self);

G_END_DECLS
