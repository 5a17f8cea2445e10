#include "dial-contact-step.h"

#include "dial-contact-outlook.h"

#include <string.h>

/* So many links a contact may have (CloudTalk's API description). */
#define MAX_URLS 3

/* Lists of a contact are sent whole and take the place of what was there (CloudTalk's API description): so what
 * others put into them must be sent along. */

static gboolean
has_text (GStrv       list,
          const char *text)
{
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    if (g_ascii_strcasecmp (list[i], text) == 0)
      return TRUE;

  return FALSE;
}

/* What is there, without what came from us and is wanted no more, and with what is wanted. NULL where that is
 * what is there. */
static GStrv
merge_lists (GStrv there,
             GStrv sent,
             GStrv wanted)
{
  g_autoptr (GPtrArray) merged = g_ptr_array_new ();
  gboolean differs = FALSE;

  for (guint i = 0; there != NULL && there[i] != NULL; i++) {
    if (!has_text (sent, there[i]) || has_text (wanted, there[i]))
      g_ptr_array_add (merged, there[i]);
    else
      differs = TRUE;
  }
  for (guint i = 0; wanted != NULL && wanted[i] != NULL; i++) {
    if (!has_text (there, wanted[i])) {
      g_ptr_array_add (merged, wanted[i]);
      differs = TRUE;
    }
  }

  g_ptr_array_add (merged, NULL);
  return differs ? g_strdupv ((char **) merged->pdata) : NULL;
}

/* The link to the candidate's page joins the others, in the place of the one it had before. */
static void
merge_urls (DialContactChange          *change,
            const DialCloudtalkContact *contact,
            const char                 *before,
            const char                 *url)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GPtrArray) urls = g_ptr_array_new ();

  if (has_text (contact->urls, url))
    return;

  for (guint i = 0; contact->urls != NULL && contact->urls[i] != NULL; i++) {
    gboolean is_named = contact->url_names != NULL && i < g_strv_length (contact->url_names);

    if (before != NULL && g_str_equal (contact->urls[i], before))
      continue;
    g_ptr_array_add (urls, contact->urls[i]);
    g_ptr_array_add (names, is_named ? contact->url_names[i] : (char *) DIAL_CONTACT_URL_NAME);
  }
  if (urls->len >= MAX_URLS)
    return;

  g_ptr_array_add (urls, (char *) url);
  g_ptr_array_add (names, (char *) DIAL_CONTACT_URL_NAME);
  g_ptr_array_add (urls, NULL);
  g_ptr_array_add (names, NULL);
  change->urls = g_strdupv ((char **) urls->pdata);
  change->url_names = g_strdupv ((char **) names->pdata);
}

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

/* The new text of a contact that is ours, NULL where it need not be sent. */
static char *
dup_own_text (const char *sent,
              const char *wanted)
{
  return sent == NULL || !g_str_equal (sent, wanted) ? g_strdup (wanted) : NULL;
}

/* The same of somebody else's contact: only what is missing there, or came from us, is ours to say. */
static char *
dup_filled_text (const char *there,
                 const char *sent,
                 const char *wanted)
{
  if (g_strcmp0 (there, wanted) == 0 || is_empty (wanted))
    return NULL;

  return is_empty (there) || (sent != NULL && g_str_equal (there, sent)) ? g_strdup (wanted) : NULL;
}

static DialContactChange *
change_new (DialContactAction action,
            gint64            candidate_id,
            gint64            contact_id)
{
  DialContactChange *change = g_new0 (DialContactChange, 1);

  change->action = action;
  change->command_id = g_strdup_printf ("gh-%" G_GINT64_FORMAT, candidate_id);
  change->contact_id = contact_id;
  return change;
}

static gboolean
says_anything (const DialContactChange *change)
{
  return change->action != DIAL_CONTACT_EDIT || change->name != NULL || change->title != NULL ||
         change->company != NULL || change->numbers != NULL || change->emails != NULL || change->urls != NULL;
}

static void
add_contact (DialContactStep       *self,
             const DialContactCard *card,
             const char            *tag)
{
  char *tags[] = { (char *) tag, NULL };
  char *names[] = { (char *) DIAL_CONTACT_URL_NAME, NULL };
  char *urls[] = { card->url, NULL };
  DialContactChange *change = change_new (DIAL_CONTACT_ADD, self->link->candidate_id, 0);

  change->name = g_strdup (card->name);
  change->title = is_empty (card->title) ? NULL : g_strdup (card->title);
  change->company = is_empty (card->company) ? NULL : g_strdup (card->company);
  change->numbers = g_strdupv (card->numbers);
  change->emails = g_strdupv (card->emails);
  change->tags = g_strdupv (tags);
  change->url_names = g_strdupv (names);
  change->urls = g_strdupv (urls);
  self->change = change;
}

static void
edit_contact (DialContactStep            *self,
              const DialContactCard      *card,
              const DialCloudtalkContact *contact)
{
  const DialContactCard *sent = self->before != NULL ? self->before->card : NULL;
  gboolean ours = self->link->ours;
  DialContactChange *change = change_new (DIAL_CONTACT_EDIT, self->link->candidate_id, self->contact_id);

  if (ours) {
    change->name = dup_own_text (sent != NULL ? sent->name : NULL, card->name);
    change->title = dup_own_text (sent != NULL ? sent->title : NULL, card->title);
    change->company = dup_own_text (sent != NULL ? sent->company : NULL, card->company);
  } else if (contact != NULL) {
    change->name = dup_filled_text (contact->name, NULL, card->name);
    change->title = dup_filled_text (contact->title, sent != NULL ? sent->title : NULL, card->title);
    change->company = dup_filled_text (contact->company, sent != NULL ? sent->company : NULL, card->company);
  }
  if (contact != NULL) {
    /* Nothing is ever taken out of somebody else's contact. */
    change->numbers = merge_lists (contact->numbers, ours && sent != NULL ? sent->numbers : NULL, card->numbers);
    change->emails = merge_lists (contact->emails, ours && sent != NULL ? sent->emails : NULL, card->emails);
    merge_urls (change, contact, sent != NULL ? sent->url : NULL, card->url);
  }

  if (says_anything (change))
    self->change = change;
  else
    dial_contact_change_free (change);
}

static void
change_tags (DialContactStep            *self,
             const DialCloudtalkContact *contact,
             const char                 *tag)
{
  const char *old = self->before != NULL ? self->before->tag : "";
  gboolean same = g_str_equal (old, tag);

  if (contact != NULL ? !dial_contact_outlook_has_tag (contact, tag) : !same)
    self->tag = g_strdup (tag);
  if (!same && !is_empty (old) && (contact == NULL || dial_contact_outlook_has_tag (contact, old)))
    self->old_tag = g_strdup (old);
}

static void
look_ahead (DialContactStep            *self,
            const DialCloudtalkContact *contact)
{
  self->outlook = dial_contact_outlook_new (contact);
  if (self->change != NULL)
    dial_contact_outlook_change (self->outlook, self->change);
  if (self->tag != NULL)
    dial_contact_outlook_tag (self->outlook, self->tag);
  if (self->old_tag != NULL)
    dial_contact_outlook_untag (self->outlook, self->old_tag);
}

static void
link_contact (DialContactStep            *self,
              const DialContactRow       *row,
              const DialCloudtalkContact *contact,
              const char                 *tag)
{
  gboolean ours = row->link != NULL && row->link->ours;

  /* It was sent, no answer came, and here is one with that person's link: it arrived. */
  if (row->task == DIAL_CONTACT_TASK_ADD)
    ours = row->link != NULL && row->link->problem == NULL && has_text (contact->urls, row->card->url);

  self->contact_id = contact != NULL ? contact->id : row->link->contact_id;
  self->link->contact_id = self->contact_id;
  self->link->ours = ours;
  self->link->seen = row->task == DIAL_CONTACT_TASK_CHANGE && row->link->seen;
  edit_contact (self, row->card, contact);
  change_tags (self, contact, tag);
  if (contact != NULL)
    look_ahead (self, contact);
}

static void
remove_contact (DialContactStep            *self,
                const DialContactRow       *row,
                const DialCloudtalkContact *contact)
{
  const DialContactLink *link = row->link;

  self->link->gone = TRUE;
  self->link->ours = link->ours;
  self->contact_id = link->contact_id != 0 || contact == NULL ? link->contact_id : contact->id;
  self->link->contact_id = self->contact_id;
  self->n_left = link->n_sharing > 0;
  if (self->contact_id == 0 || link->n_sharing > 0)
    return;

  /* Without an id it was on its way when the candidate went: what arrived of it is ours. */
  if (link->ours || link->contact_id == 0)
    self->change = change_new (DIAL_CONTACT_DELETE, link->candidate_id, self->contact_id);
  else
    self->old_tag = g_strdup (link->tag);
}

/* Whether nothing can be said without knowing how the contact is in the phone system. */
gboolean
dial_contact_step_needs_contact (const DialContactRow *row)
{
  const DialContactLink *link = row->link;

  switch (row->task) {
  case DIAL_CONTACT_TASK_ADD:
    return TRUE;

  case DIAL_CONTACT_TASK_CHANGE:
    return !link->ours || link->card == NULL || link->problem != NULL ||
           !g_strv_equal ((const char * const *) link->card->numbers, (const char * const *) row->card->numbers) ||
           !g_strv_equal ((const char * const *) link->card->emails, (const char * const *) row->card->emails) ||
           !g_str_equal (link->card->url, row->card->url);

  case DIAL_CONTACT_TASK_REMOVE:
    return link->contact_id == 0 && link->problem == NULL;

  case DIAL_CONTACT_TASK_NONE:
  case DIAL_CONTACT_TASK_SKIP:
  default:
    return FALSE;
  }
}

/* What is to be asked for @row. @contact is the one that was found for it, or the one it stands under; NULL where
 * there is none, or nobody needs to know. */
DialContactStep *
dial_contact_step_new (const DialContactRow       *row,
                       const DialCloudtalkContact *contact,
                       const char                 *tag)
{
  DialContactStep *self = g_new0 (DialContactStep, 1);

  self->task = row->task;
  self->before = row->link != NULL ? dial_contact_link_copy (row->link) : NULL;
  self->link = dial_contact_link_new (row->candidate_id);
  dial_set_str (&self->link->tag, tag);
  if (row->card != NULL)
    self->link->card = dial_contact_card_copy (row->card);

  if (row->task == DIAL_CONTACT_TASK_REMOVE) {
    remove_contact (self, row, contact);
  } else if (contact != NULL || row->task == DIAL_CONTACT_TASK_CHANGE) {
    link_contact (self, row, contact, tag);
  } else {
    self->link->ours = TRUE;
    add_contact (self, row->card, tag);
  }
  return self;
}

/* Somebody else, such as a colleague's Dialhouse, keeps the contact in step already. */
DialContactStep *
dial_contact_step_new_adopted (const DialContactRow *row,
                               gint64                contact_id,
                               const char           *tag)
{
  DialContactStep *self = g_new0 (DialContactStep, 1);

  self->task = row->task;
  self->contact_id = contact_id;
  self->before = row->link != NULL ? dial_contact_link_copy (row->link) : NULL;
  self->link = dial_contact_link_new (row->candidate_id);
  self->link->contact_id = contact_id;
  self->link->seen = TRUE;
  dial_set_str (&self->link->tag, tag);
  self->link->card = dial_contact_card_copy (row->card);
  return self;
}

static void
take_text (char **target,
           char **text)
{
  if (*text != NULL) {
    g_free (*target);
    *target = g_steal_pointer (text);
  }
}

static void
take_list (GStrv *target,
           GStrv *list)
{
  if (*list != NULL) {
    g_strfreev (*target);
    *target = g_steal_pointer (list);
  }
}

static void
add_change (DialContactChange *self,
            DialContactChange *change)
{
  take_text (&self->name, &change->name);
  take_text (&self->title, &change->title);
  take_text (&self->company, &change->company);
  take_list (&self->numbers, &change->numbers);
  take_list (&self->emails, &change->emails);
  take_list (&self->url_names, &change->url_names);
  take_list (&self->urls, &change->urls);
}

/* Says what @rider has to say in the same change. @rider was planned on the outlook of this step: so its lists hold
 * what this one puts into them. Tags are not said in a change. Returns: whether that could be done */
gboolean
dial_contact_step_take_rider (DialContactStep *self,
                              DialContactStep *rider)
{
  g_autoptr (DialContactChange) change = NULL;

  if (rider->tag != NULL || rider->old_tag != NULL)
    return FALSE;

  change = g_steal_pointer (&rider->change);
  rider->is_told = change != NULL;
  if (change != NULL)
    dial_contact_outlook_change (self->outlook, change);
  if (self->change == NULL)
    self->change = g_steal_pointer (&change);
  else if (change != NULL)
    add_change (self->change, change);

  if (self->riders == NULL)
    self->riders = g_ptr_array_new ();
  g_ptr_array_add (self->riders, rider);
  rider->rides = TRUE;
  return TRUE;
}

void
dial_contact_step_free (DialContactStep *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->change, dial_contact_change_free);
  g_free (self->tag);
  g_free (self->old_tag);
  g_clear_pointer (&self->outlook, dial_cloudtalk_contact_free);
  g_clear_pointer (&self->riders, g_ptr_array_unref);
  dial_contact_link_free (self->link);
  dial_contact_link_free (self->before);
  g_free (self);
}
