#pragma once

#include "dial-contact-card.h"

G_BEGIN_DECLS

/**
 * DialContactLink:
 * @candidate_id: whose it is
 * @contact_id: the phone system's id; 0 as long as it is not known
 * @ours: this program made the contact
 * @seen: the contact was read back
 * @gone: there is no such link any more; only where links are saved
 * @sent_at: when it was last sent to be added, an instant
 * @tag: the tag it was given
 * @problem: (nullable): why the phone system refused it, a sentence
 * @card: (nullable): what was sent last
 * @n_sharing: how many other candidates stand under the same contact; filled by the store
 *
 * A candidate that stands in a phone system.
 */
typedef struct {
  gint64           candidate_id;
  gint64           contact_id;
  gboolean         ours;
  gboolean         seen;
  gboolean         gone;
  gint64           sent_at;
  char            *tag;
  char            *problem;
  DialContactCard *card;
  guint            n_sharing;
} DialContactLink;

/**
 * DialContactTask:
 * @DIAL_CONTACT_TASK_NONE: it is as it shall be
 * @DIAL_CONTACT_TASK_ADD: the candidate stands under no contact yet
 * @DIAL_CONTACT_TASK_CHANGE: the contact is to say something else
 * @DIAL_CONTACT_TASK_REMOVE: the candidate shall not stand there any more
 * @DIAL_CONTACT_TASK_SKIP: the candidate may not stand there, or could not be reached there
 *
 * What there is to do for a candidate.
 */
typedef enum {
  DIAL_CONTACT_TASK_NONE,
  DIAL_CONTACT_TASK_ADD,
  DIAL_CONTACT_TASK_CHANGE,
  DIAL_CONTACT_TASK_REMOVE,
  DIAL_CONTACT_TASK_SKIP,
} DialContactTask;

DialContactLink *dial_contact_link_new  (gint64                 candidate_id);
DialContactLink *dial_contact_link_copy (const DialContactLink *self);
void             dial_contact_link_free (DialContactLink       *self);
DialContactTask  dial_contact_link_plan (const DialContactLink *self,
                                         const DialContactCard *card,
                                         const char            *tag,
                                         gboolean               again);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialContactLink, dial_contact_link_free)

G_END_DECLS
