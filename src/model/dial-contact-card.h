#pragma once

#include "dial-records.h"

G_BEGIN_DECLS

/**
 * DialContactCard:
 * @name: never empty
 * @title: what the person is, and on which job at which stage; "" if nothing is known
 * @company: "" if none is known
 * @numbers: (array zero-terminated=1): in E.164, each once
 * @emails: (array zero-terminated=1): each once
 * @url: the person's page in Greenhouse
 *
 * What a phone system shall hold of a candidate.
 */
typedef struct {
  char  *name;
  char  *title;
  char  *company;
  GStrv  numbers;
  GStrv  emails;
  char  *url;
} DialContactCard;

#define DIAL_TYPE_CONTACT_CARD (dial_contact_card_get_type ())
GType            dial_contact_card_get_type          (void) G_GNUC_CONST;
DialContactCard *dial_contact_card_new               (const char            *name,
                                                      const char            *title,
                                                      const char            *company,
                                                      const char * const    *numbers,
                                                      const char * const    *emails,
                                                      const char            *url);
DialContactCard *dial_contact_card_new_for_candidate (DialCandidate         *candidate,
                                                      const char            *url_prefix);
DialContactCard *dial_contact_card_copy              (const DialContactCard *self);
void             dial_contact_card_free              (DialContactCard       *self);
gboolean         dial_contact_card_equal             (const DialContactCard *self,
                                                      const DialContactCard *other);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialContactCard, dial_contact_card_free)

G_END_DECLS
