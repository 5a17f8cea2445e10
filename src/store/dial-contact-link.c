#include "dial-contact-link.h"

/**
 * dial_contact_link_new:
 * @candidate_id: a candidate
 *
 * Returns: (transfer full): a link to no contact yet
 */
DialContactLink *
dial_contact_link_new (gint64 candidate_id)
{
  DialContactLink *self = g_new0 (DialContactLink, 1);

  self->candidate_id = candidate_id;
  self->tag = g_strdup ("");
  return self;
}

/**
 * dial_contact_link_copy:
 * @self: a link
 *
 * Returns: (transfer full): a copy
 */
DialContactLink *
dial_contact_link_copy (const DialContactLink *self)
{
  DialContactLink *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->tag = g_strdup (self->tag);
  copy->problem = g_strdup (self->problem);
  copy->card = self->card != NULL ? dial_contact_card_copy (self->card) : NULL;
  return copy;
}

/**
 * dial_contact_link_free:
 * @self: (nullable): a link
 *
 * Frees a link.
 */
void
dial_contact_link_free (DialContactLink *self)
{
  if (self == NULL)
    return;

  g_free (self->tag);
  g_free (self->problem);
  dial_contact_card_free (self->card);
  g_free (self);
}

/**
 * dial_contact_link_plan:
 * @self: (nullable): the candidate's link, %NULL if there is none
 * @card: (nullable): what the contact shall say, %NULL if there shall be none
 * @tag: the tag it shall carry
 * @again: try again what was refused although it has not changed
 *
 * Returns: what there is to do
 */
DialContactTask
dial_contact_link_plan (const DialContactLink *self,
                        const DialContactCard *card,
                        const char            *tag,
                        gboolean               again)
{
  gboolean same;

  g_return_val_if_fail (tag != NULL, DIAL_CONTACT_TASK_NONE);

  if (self == NULL)
    return card != NULL ? DIAL_CONTACT_TASK_ADD : DIAL_CONTACT_TASK_SKIP;
  if (card == NULL)
    return DIAL_CONTACT_TASK_REMOVE;

  same = dial_contact_card_equal (card, self->card) && g_str_equal (tag, self->tag);
  if (self->problem != NULL && same && !again)
    return DIAL_CONTACT_TASK_NONE;
  if (self->contact_id == 0)
    return DIAL_CONTACT_TASK_ADD;

  return same && self->problem == NULL ? DIAL_CONTACT_TASK_NONE : DIAL_CONTACT_TASK_CHANGE;
}
