#pragma once

#include "dial-types.h"

G_BEGIN_DECLS

#define DIAL_TYPE_PHONE_NUMBER (dial_phone_number_get_type ())
G_DECLARE_FINAL_TYPE (DialPhoneNumber, dial_phone_number, DIAL, PHONE_NUMBER, GObject)

/**
 * DialPhoneNumber:
 *
 * A phone number: the text a human typed, and what libphonenumber makes of it.
 *
 * Numbers are compared by [func@PhoneNumber.get_e164], never by their digits.
 */

DialPhoneNumber *dial_phone_number_new               (const char      *typed,
                                                      const char      *kind,
                                                      const char      *region);
DialPhoneNumber *dial_phone_number_new_stored        (const char      *typed,
                                                      const char      *kind,
                                                      const char      *e164,
                                                      const char      *extension,
                                                      const char      *region);
const char      *dial_phone_number_get_typed         (DialPhoneNumber *self);
const char      *dial_phone_number_get_kind          (DialPhoneNumber *self);
const char      *dial_phone_number_get_e164          (DialPhoneNumber *self);
const char      *dial_phone_number_get_extension     (DialPhoneNumber *self);
const char      *dial_phone_number_get_region        (DialPhoneNumber *self);
gboolean         dial_phone_number_can_call          (DialPhoneNumber *self);
char            *dial_phone_number_format            (DialPhoneNumber *self);
char            *dial_phone_number_to_uri            (DialPhoneNumber *self,
                                                      const char      *scheme);

G_END_DECLS
