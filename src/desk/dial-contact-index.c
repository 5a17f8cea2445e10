#include "dial-contact-index.h"

#include "dial-contact-outlook.h"
#include "dial-contact-step.h"
#include "dial-phone-number.h"

#include <string.h>

struct _DialContactIndex
{
  GHashTable *contacts;   /* id → contact */
  GHashTable *made;       /* ids of those that were made just now */
  GHashTable *by_key;     /* what it can be found by → contact */
  GHashTable *promised;   /* the same of cards that are on their way */
};

/* Keys: a number in E.164, an address in small letters. */

static char *
key_of_number (const char *number)
{
  g_autoptr (DialPhoneNumber) parsed = NULL;

  if (number[0] == '+' && number[1 + strspn (number + 1, "0123456789")] == '\0')
    return g_strdup (number);

  parsed = dial_phone_number_new (number, NULL, NULL);
  return g_strdup (dial_phone_number_get_e164 (parsed));
}

static char *
key_of_email (const char *email)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (email));

  return *trimmed != '\0' ? g_utf8_casefold (trimmed, -1) : NULL;
}

static GPtrArray *
list_keys (GStrv numbers,
           GStrv emails)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; numbers != NULL && numbers[i] != NULL; i++) {
    char *key = key_of_number (numbers[i]);

    if (key != NULL)
      g_ptr_array_add (keys, key);
  }
  for (guint i = 0; emails != NULL && emails[i] != NULL; i++) {
    char *key = key_of_email (emails[i]);

    if (key != NULL)
      g_ptr_array_add (keys, key);
  }
  return keys;
}

DialContactIndex *
dial_contact_index_new (void)
{
  DialContactIndex *self = g_new0 (DialContactIndex, 1);

  self->contacts = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                          (GDestroyNotify) dial_cloudtalk_contact_free);
  self->made = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->promised = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
dial_contact_index_free (DialContactIndex *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->made);
  g_hash_table_unref (self->by_key);
  g_hash_table_unref (self->promised);
  g_hash_table_unref (self->contacts);
  g_free (self);
}

static void
add_keys (DialContactIndex     *self,
          DialCloudtalkContact *contact,
          GStrv                 numbers,
          GStrv                 emails)
{
  g_autoptr (GPtrArray) keys = list_keys (numbers, emails);

  for (guint i = 0; i < keys->len; i++) {
    DialCloudtalkContact *other = g_hash_table_lookup (self->by_key, keys->pdata[i]);

    if (other == NULL || contact->id < other->id)
      g_hash_table_insert (self->by_key, g_strdup (keys->pdata[i]), contact);
  }
}

/* Takes @contact. One that is there already is not added again: pages may overlap. */
void
dial_contact_index_add (DialContactIndex     *self,
                        DialCloudtalkContact *contact)
{
  if (contact->id <= 0 || dial_contact_index_has (self, contact->id)) {
    dial_cloudtalk_contact_free (contact);
    return;
  }

  g_hash_table_insert (self->contacts, &contact->id, contact);
  add_keys (self, contact, contact->numbers, contact->emails);
}

/* One that was made just now: of such a one all is known. */
void
dial_contact_index_add_made (DialContactIndex      *self,
                             gint64                 contact_id,
                             const DialContactCard *card,
                             const char            *tag)
{
  DialCloudtalkContact *contact;
  DialCloudtalkTag *its_tag;

  if (dial_contact_index_has (self, contact_id))
    return;

  contact = g_new0 (DialCloudtalkContact, 1);
  contact->id = contact_id;
  contact->name = g_strdup (card->name);
  contact->title = g_strdup (card->title);
  contact->company = g_strdup (card->company);
  contact->numbers = g_strdupv (card->numbers);
  contact->emails = g_strdupv (card->emails);
  contact->url_names = g_strsplit (DIAL_CONTACT_URL_NAME, "\n", -1);
  contact->urls = g_strsplit (card->url, "\n", -1);
  its_tag = g_new0 (DialCloudtalkTag, 1);
  its_tag->name = g_strdup (tag);
  contact->tags = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_cloudtalk_tag_free);
  g_ptr_array_add (contact->tags, its_tag);

  dial_contact_index_add (self, contact);
  g_hash_table_add (self->made, &contact->id);
}

/* Lists tell of one number and one address: now all of them are known. */
void
dial_contact_index_learn (DialContactIndex           *self,
                          const DialCloudtalkContact *contact)
{
  DialCloudtalkContact *listed = g_hash_table_lookup (self->contacts, &contact->id);

  if (listed != NULL) {
    add_keys (self, listed, contact->numbers, contact->emails);
    listed->is_partial = FALSE;
  }
}

/* What was sent of a candidate stands on the contact. Of one that was made with it, that is all. */
void
dial_contact_index_learn_card (DialContactIndex      *self,
                               gint64                 contact_id,
                               const DialContactCard *card,
                               gboolean               ours)
{
  DialCloudtalkContact *listed = g_hash_table_lookup (self->contacts, &contact_id);

  if (listed != NULL) {
    add_keys (self, listed, card->numbers, card->emails);
    listed->is_partial &= !ours;
  }
}

/* What was just said of a contact holds, and is found, from now on. */
void
dial_contact_index_apply (DialContactIndex        *self,
                          gint64                   contact_id,
                          const DialContactChange *change)
{
  DialCloudtalkContact *contact = g_hash_table_lookup (self->contacts, &contact_id);

  if (contact == NULL)
    return;

  dial_contact_outlook_change (contact, change);
  add_keys (self, contact, contact->numbers, contact->emails);
}

static gboolean
is_of (gpointer key,
       gpointer value,
       gpointer user_data)
{
  return value == user_data;
}

void
dial_contact_index_remove (DialContactIndex *self,
                           gint64            contact_id)
{
  DialCloudtalkContact *contact = g_hash_table_lookup (self->contacts, &contact_id);

  if (contact == NULL)
    return;

  g_hash_table_foreach_remove (self->by_key, is_of, contact);
  g_hash_table_remove (self->made, &contact_id);
  g_hash_table_remove (self->contacts, &contact_id);
}

/* Whether it may have more numbers and addresses than it can be found by. */
gboolean
dial_contact_index_is_partial (DialContactIndex *self,
                               gint64            contact_id)
{
  const DialCloudtalkContact *contact = g_hash_table_lookup (self->contacts, &contact_id);

  return contact != NULL && contact->is_partial;
}

/* Returns: (transfer full): ids of such contacts */
GArray *
dial_contact_index_list_partial (DialContactIndex *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer contact;

  g_hash_table_iter_init (&iter, self->contacts);
  while (g_hash_table_iter_next (&iter, NULL, &contact))
    if (((DialCloudtalkContact *) contact)->is_partial)
      g_array_append_val (ids, ((DialCloudtalkContact *) contact)->id);

  return ids;
}

guint
dial_contact_index_get_size (DialContactIndex *self)
{
  return g_hash_table_size (self->contacts);
}

gboolean
dial_contact_index_has (DialContactIndex *self,
                        gint64            contact_id)
{
  return g_hash_table_contains (self->contacts, &contact_id);
}

/* Returns: all there is of a contact that was made just now; NULL of others, of which lists do not tell all */
const DialCloudtalkContact *
dial_contact_index_get_made (DialContactIndex *self,
                             gint64            contact_id)
{
  return g_hash_table_contains (self->made, &contact_id) ? g_hash_table_lookup (self->contacts, &contact_id) : NULL;
}

const DialCloudtalkContact *
dial_contact_index_find (DialContactIndex      *self,
                         const DialContactCard *card)
{
  g_autoptr (GPtrArray) keys = list_keys (card->numbers, card->emails);

  for (guint i = 0; i < keys->len; i++) {
    DialCloudtalkContact *contact = g_hash_table_lookup (self->by_key, keys->pdata[i]);

    if (contact != NULL)
      return contact;
  }
  return NULL;
}

void
dial_contact_index_promise (DialContactIndex      *self,
                            const DialContactCard *card)
{
  g_autoptr (GPtrArray) keys = list_keys (card->numbers, card->emails);

  for (guint i = 0; i < keys->len; i++)
    g_hash_table_add (self->promised, g_strdup (keys->pdata[i]));
}

gboolean
dial_contact_index_is_promised (DialContactIndex      *self,
                                const DialContactCard *card)
{
  g_autoptr (GPtrArray) keys = list_keys (card->numbers, card->emails);

  for (guint i = 0; i < keys->len; i++)
    if (g_hash_table_contains (self->promised, keys->pdata[i]))
      return TRUE;

  return FALSE;
}

/* What was promised is there now, or will not come. */
void
dial_contact_index_keep (DialContactIndex *self)
{
  g_hash_table_remove_all (self->promised);
}
