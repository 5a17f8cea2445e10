#include "dial-contact-outlook.h"

#include "dial-util.h"

static void
take_list (GStrv *target,
           GStrv  list)
{
  if (list == NULL)
    return;

  g_strfreev (*target);
  *target = g_strdupv (list);
}

/* Returns: the contact as it is, all of which must be known */
DialCloudtalkContact *
dial_contact_outlook_new (const DialCloudtalkContact *contact)
{
  DialCloudtalkContact *self = g_new0 (DialCloudtalkContact, 1);

  self->id = contact->id;
  self->name = g_strdup (contact->name);
  self->title = g_strdup (contact->title);
  self->company = g_strdup (contact->company);
  self->numbers = g_strdupv (contact->numbers);
  self->emails = g_strdupv (contact->emails);
  self->url_names = g_strdupv (contact->url_names);
  self->urls = g_strdupv (contact->urls);
  self->tags = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_cloudtalk_tag_free);
  for (guint i = 0; contact->tags != NULL && i < contact->tags->len; i++)
    dial_contact_outlook_tag (self, ((DialCloudtalkTag *) contact->tags->pdata[i])->name);
  return self;
}

void
dial_contact_outlook_change (DialCloudtalkContact    *self,
                             const DialContactChange *change)
{
  if (change->name != NULL)
    dial_set_str (&self->name, change->name);
  if (change->title != NULL)
    dial_set_str (&self->title, change->title);
  if (change->company != NULL)
    dial_set_str (&self->company, change->company);
  take_list (&self->numbers, change->numbers);
  take_list (&self->emails, change->emails);
  take_list (&self->url_names, change->url_names);
  take_list (&self->urls, change->urls);
}

void
dial_contact_outlook_tag (DialCloudtalkContact *self,
                          const char           *tag)
{
  DialCloudtalkTag *added = g_new0 (DialCloudtalkTag, 1);

  added->name = g_strdup (tag);
  g_ptr_array_add (self->tags, added);
}

void
dial_contact_outlook_untag (DialCloudtalkContact *self,
                            const char           *tag)
{
  for (guint i = self->tags->len; i-- > 0;)
    if (g_strcmp0 (((DialCloudtalkTag *) self->tags->pdata[i])->name, tag) == 0)
      g_ptr_array_remove_index (self->tags, i);
}

gboolean
dial_contact_outlook_has_tag (const DialCloudtalkContact *self,
                              const char                 *tag)
{
  for (guint i = 0; self->tags != NULL && i < self->tags->len; i++)
    if (g_strcmp0 (((DialCloudtalkTag *) self->tags->pdata[i])->name, tag) == 0)
      return TRUE;

  return FALSE;
}
