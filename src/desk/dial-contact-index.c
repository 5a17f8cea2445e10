#include "dial-contact-index.h"

#include "dial-phone-number.h"

#include <string.h>

struct _DialContactIndex
{
  GHashTable *contacts;   /* id → contact */
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
  self->by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->promised = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
dial_contact_index_free (DialContactIndex *self)
{
  if (self == NULL)
    return;

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

/* What a contact was just told can be found from now on; one that was just made is there as well. */
void
dial_contact_index_add_card (DialContactIndex      *self,
                             gint64                 contact_id,
                             const DialContactCard *card)
{
  DialCloudtalkContact *contact = g_hash_table_lookup (self->contacts, &contact_id);

  if (contact == NULL) {
    contact = g_new0 (DialCloudtalkContact, 1);
    contact->id = contact_id;
    contact->name = g_strdup (card->name);
    g_hash_table_insert (self->contacts, &contact->id, contact);
  }
  add_keys (self, contact, card->numbers, card->emails);
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
  g_hash_table_remove (self->contacts, &contact_id);
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
