#pragma once

#include "dial-types.h"

G_BEGIN_DECLS

#define DIAL_TYPE_PHONE_NUMBER (dial_phone_number_get_type ())
G_DECLARE_FINAL_TYPE (DialPhoneNumber, dial_phone_number, DIAL, PHONE_NUMBER, GObject)

/**
 * DialNumberFlaw:
 * @DIAL_NUMBER_FLAW_NONE: it can be called
 * @DIAL_NUMBER_FLAW_SKYPE: a Skype name
 * @DIAL_NUMBER_FLAW_NO_NUMBER: there are hardly any digits
 * @DIAL_NUMBER_FLAW_NO_COUNTRY: it does not say its country, and is none of this one
 * @DIAL_NUMBER_FLAW_WRONG_COUNTRY: no country has the code behind the +
 * @DIAL_NUMBER_FLAW_SHORT: digits are missing
 * @DIAL_NUMBER_FLAW_LONG: it has too many digits
 * @DIAL_NUMBER_FLAW_NOT_IN_USE: its country has no such numbers
 *
 * Why a number cannot be called.
 */
typedef enum {
  DIAL_NUMBER_FLAW_NONE,
  DIAL_NUMBER_FLAW_SKYPE,
  DIAL_NUMBER_FLAW_NO_NUMBER,
  DIAL_NUMBER_FLAW_NO_COUNTRY,
  DIAL_NUMBER_FLAW_WRONG_COUNTRY,
  DIAL_NUMBER_FLAW_SHORT,
  DIAL_NUMBER_FLAW_LONG,
  DIAL_NUMBER_FLAW_NOT_IN_USE,
} DialNumberFlaw;

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
DialNumberFlaw   dial_phone_number_get_flaw          (DialPhoneNumber *self);
GStrv            dial_phone_number_list_regions      (DialPhoneNumber *self);
int              dial_phone_number_get_region_code   (const char      *region);
char            *dial_phone_number_format            (DialPhoneNumber *self);
char            *dial_phone_number_to_uri            (DialPhoneNumber *self,
                                                      const char      *scheme);

G_END_DECLS
