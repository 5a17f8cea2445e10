#pragma once

#include <adwaita.h>

#include "dial-phone-number.h"

G_BEGIN_DECLS

#define DIAL_TYPE_PHONE_ROW (dial_phone_row_get_type ())
G_DECLARE_FINAL_TYPE (DialPhoneRow, dial_phone_row, DIAL, PHONE_ROW, AdwActionRow)

/**
 * DialPhoneRow:
 *
 * One number of a candidate: the number, its kind, which time it is there, and a button that calls
 * it by the action `candidate.call`; or why it cannot be called.
 */
GtkWidget       *dial_phone_row_new           (DialCandidate   *candidate,
                                               DialPhoneNumber *number,
                                               guint            index,
                                               gboolean         suggested);
DialPhoneNumber *dial_phone_row_get_number    (DialPhoneRow    *self);
void             dial_phone_row_set_on_line   (DialPhoneRow    *self,
                                               gboolean         on_line);
void             dial_phone_row_set_quiet     (DialPhoneRow    *self,
                                               gboolean         quiet);
void             dial_phone_row_set_can_text  (DialPhoneRow    *self,
                                               gboolean         can_text);
void             dial_phone_row_tell_time     (DialPhoneRow    *self);

G_END_DECLS
