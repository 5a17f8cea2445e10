#include "dial-contact-card.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (DialContactCard, dial_contact_card, dial_contact_card_copy, dial_contact_card_free)

static GStrv
copy_list (const char * const *list)
{
  return list != NULL ? g_strdupv ((char **) list) : g_new0 (char *, 1);
}

/**
 * dial_contact_card_new:
 * @name: the person's name
 * @title: (nullable): what the person is
 * @company: (nullable): where the person works
 * @numbers: (nullable) (array zero-terminated=1): in E.164
 * @emails: (nullable) (array zero-terminated=1): addresses
 * @url: (nullable): the person's page in Greenhouse
 *
 * Returns: (transfer full): a card
 */
DialContactCard *
dial_contact_card_new (const char         *name,
                       const char         *title,
                       const char         *company,
                       const char * const *numbers,
                       const char * const *emails,
                       const char         *url)
{
  DialContactCard *self = g_new0 (DialContactCard, 1);

  self->name = g_strdup (name != NULL ? name : "");
  self->title = g_strdup (title != NULL ? title : "");
  self->company = g_strdup (company != NULL ? company : "");
  self->numbers = copy_list (numbers);
  self->emails = copy_list (emails);
  self->url = g_strdup (url != NULL ? url : "");
  return self;
}

static gboolean
is_filled (const char *text)
{
  return text != NULL && *text != '\0';
}

/* What the person is now, then what brings the person here: "Engineer · Payments Lead: Phone Screen". A phone system
 * may have attributes for that, but CloudTalk's must be set up in its dashboard first, under names nobody knows
 * here, and whoever sends one replaces all that a contact has (CloudTalk's API description): the title is everywhere. */
static char *
dup_title (DialCandidate *candidate)
{
  GString *title = g_string_new (is_filled (candidate->title) ? candidate->title : NULL);

  if (is_filled (candidate->job)) {
    g_string_append_printf (title, "%s%s", title->len > 0 ? " · " : "", candidate->job);
    if (is_filled (candidate->stage))
      g_string_append_printf (title, ": %s", candidate->stage);
  }

  return g_string_free (title, FALSE);
}

static GStrv
dup_numbers (DialCandidate *candidate)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new ();

  for (guint i = 0; i < candidate->phones->len; i++) {
    char *e164 = (char *) dial_phone_number_get_e164 (candidate->phones->pdata[i]);

    if (e164 != NULL && !g_ptr_array_find_with_equal_func (numbers, e164, g_str_equal, NULL))
      g_ptr_array_add (numbers, e164);
  }

  g_ptr_array_add (numbers, NULL);
  return g_strdupv ((char **) numbers->pdata);
}

/* A phone system refuses the whole contact for one address that is none. */
static gboolean
is_address (const char *text)
{
  const char *at = strchr (text, '@');

  if (at == NULL || at == text || strchr (at + 1, '@') != NULL || at[1] == '.' || strchr (at + 1, '.') == NULL ||
      g_str_has_suffix (text, "."))
    return FALSE;

  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p) || strchr ("<>()[],;:\\\"", *p) != NULL)
      return FALSE;

  return TRUE;
}

static gboolean
has_address (GPtrArray  *addresses,
             const char *address)
{
  for (guint i = 0; i < addresses->len; i++)
    if (g_ascii_strcasecmp (addresses->pdata[i], address) == 0)
      return TRUE;

  return FALSE;
}

static GStrv
dup_emails (DialCandidate *candidate)
{
  g_autoptr (GPtrArray) addresses = g_ptr_array_new_with_free_func (g_free);
  GStrv list;

  for (guint i = 0; i < candidate->emails->len; i++) {
    DialEmailAddress *email = candidate->emails->pdata[i];
    g_autofree char *address = g_strstrip (g_strdup (email->address != NULL ? email->address : ""));

    if (is_address (address) && !has_address (addresses, address))
      g_ptr_array_add (addresses, g_steal_pointer (&address));
  }

  g_ptr_array_add (addresses, NULL);
  list = g_strdupv ((char **) addresses->pdata);
  return list;
}

/**
 * dial_contact_card_new_for_candidate:
 * @candidate: a candidate
 * @url_prefix: what comes before the candidate's id in the address of its page
 *
 * Returns: (transfer full) (nullable): the candidate's card; %NULL of whom nobody can reach, such as somebody
 *   who was anonymized
 */
DialContactCard *
dial_contact_card_new_for_candidate (DialCandidate *candidate,
                                     const char    *url_prefix)
{
  g_autoptr (DialContactCard) self = NULL;

  g_return_val_if_fail (DIAL_IS_CANDIDATE (candidate), NULL);
  g_return_val_if_fail (url_prefix != NULL, NULL);

  self = g_new0 (DialContactCard, 1);
  self->numbers = dup_numbers (candidate);
  self->emails = dup_emails (candidate);
  if (self->numbers[0] == NULL && self->emails[0] == NULL)
    return NULL;

  self->name = dial_candidate_dup_name (candidate);
  self->title = dup_title (candidate);
  self->company = g_strdup (candidate->company != NULL ? candidate->company : "");
  self->url = g_strdup_printf ("%s%" G_GINT64_FORMAT, url_prefix, candidate->id);
  return g_steal_pointer (&self);
}

/**
 * dial_contact_card_copy:
 * @self: a card
 *
 * Returns: (transfer full): a copy
 */
DialContactCard *
dial_contact_card_copy (const DialContactCard *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return dial_contact_card_new (self->name, self->title, self->company, (const char * const *) self->numbers,
                                (const char * const *) self->emails, self->url);
}

/**
 * dial_contact_card_free:
 * @self: (nullable): a card
 *
 * Frees a card.
 */
void
dial_contact_card_free (DialContactCard *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->title);
  g_free (self->company);
  g_strfreev (self->numbers);
  g_strfreev (self->emails);
  g_free (self->url);
  g_free (self);
}

/**
 * dial_contact_card_equal:
 * @self: a card
 * @other: (nullable): another
 *
 * Returns: whether both say the same
 */
gboolean
dial_contact_card_equal (const DialContactCard *self,
                         const DialContactCard *other)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return other != NULL &&
         g_str_equal (self->name, other->name) &&
         g_str_equal (self->title, other->title) &&
         g_str_equal (self->company, other->company) &&
         g_strv_equal ((const char * const *) self->numbers, (const char * const *) other->numbers) &&
         g_strv_equal ((const char * const *) self->emails, (const char * const *) other->emails) &&
         g_str_equal (self->url, other->url);
}
