#pragma once

#include "dial-cloudtalk.h"
#include "dial-store.h"

G_BEGIN_DECLS

/* What the link to a candidate's page is called on a contact. */
#define DIAL_CONTACT_URL_NAME "Greenhouse"

typedef struct _DialContactStep DialContactStep;

/* What the phone system is asked for the sake of one candidate, and how the candidate stands there afterwards. */
struct _DialContactStep {
  DialContactTask    task;
  gint64             contact_id;   /* 0 where one is made */
  DialContactChange *change;       /* NULL: nothing to say */
  char              *tag;          /* to be added, or NULL */
  char              *old_tag;      /* to be taken away, or NULL */
  DialContactLink   *link;         /* as it is once that is done */
  DialContactLink   *before;       /* as it was, or NULL */
  gboolean           is_told;      /* the phone system heard of it */

  /* Several candidates under one contact are told of in one change. */
  DialCloudtalkContact *outlook;   /* the contact once that is done, NULL where not all of it is known */
  GPtrArray            *riders;    /* steps that are done with this one */
  gboolean              rides;     /* it is such a one */
  guint                 n_left;    /* with this one so many have left the contact to those who stay there */
};

gboolean         dial_contact_step_needs_contact (const DialContactRow       *row);
DialContactStep *dial_contact_step_new           (const DialContactRow       *row,
                                                  const DialCloudtalkContact *contact,
                                                  const char                 *tag);
DialContactStep *dial_contact_step_new_adopted   (const DialContactRow       *row,
                                                  gint64                      contact_id,
                                                  const char                 *tag);
gboolean         dial_contact_step_take_rider    (DialContactStep            *self,
                                                  DialContactStep            *rider);
void             dial_contact_step_free          (DialContactStep            *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialContactStep, dial_contact_step_free)

G_END_DECLS
