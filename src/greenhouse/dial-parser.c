#include "dial-parser-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Nobody has more; what stands behind them is noise. */
#define MAX_ENTRIES 1000

/* The longest text that may be meant as a phone number. */
#define MAX_PHONE 250

static GStrv
read_texts (DialJsonValue  object,
            const char    *member)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  DialJsonIter iter;
  DialJsonValue value;

  dial_json_iter_init (&iter, dial_json_get (object, member));
  for (guint i = 0; i < MAX_ENTRIES && dial_json_iter_next (&iter, &value); i++) {
    char *text = dial_json_dup_text (value);

    if (text != NULL)
      g_ptr_array_add (texts, text);
  }

  g_ptr_array_add (texts, NULL);
  return (GStrv) g_ptr_array_steal (texts, NULL);
}

/* Calls @take with value and type of each entry of `[{value, type}, …]`; a bare text is a value
 * too. */
static void
read_contacts (DialJsonValue  object,
               const char    *member,
               void         (*take) (GPtrArray  *into,
                                     const char *value,
                                     const char *type),
               GPtrArray     *into)
{
  DialJsonIter iter;
  DialJsonValue entry;

  dial_json_iter_init (&iter, dial_json_get (object, member));
  for (guint i = 0; i < MAX_ENTRIES && dial_json_iter_next (&iter, &entry); i++) {
    gboolean is_object = dial_json_is_object (entry);
    g_autofree char *value = dial_json_dup_text (is_object ? dial_json_get (entry, "value") : entry);
    g_autofree char *type = dial_json_dup_text (dial_json_get (entry, "type"));

    if (value != NULL && *g_strstrip (value) != '\0')
      take (into, value, type);
  }
}

static void
take_phone (GPtrArray  *into,
            const char *value,
            const char *type)
{
  if (g_utf8_strlen (value, -1) <= MAX_PHONE)
    g_ptr_array_add (into, dial_phone_number_new (value, type, dial_home_region ()));
}

static void
take_email (GPtrArray  *into,
            const char *value,
            const char *type)
{
  g_ptr_array_add (into, dial_email_address_new (value, type));
}

/**
 * dial_parse_candidate:
 * @object: a candidate
 * @id: its id
 *
 * Returns: (transfer full): the candidate, without what the dialects call by different names
 */
DialCandidate *
dial_parse_candidate (DialJsonValue object,
                      gint64      id)
{
  DialCandidate *candidate = dial_candidate_new (id);

  candidate->first_name = dial_json_dup_text (dial_json_get (object, "first_name"));
  candidate->last_name = dial_json_dup_text (dial_json_get (object, "last_name"));
  candidate->preferred_name = dial_json_dup_text (dial_json_get (object, "preferred_name"));
  candidate->company = dial_json_dup_text (dial_json_get (object, "company"));
  candidate->title = dial_json_dup_text (dial_json_get (object, "title"));
  candidate->time_zone = dial_json_dup_text (dial_json_get (object, "time_zone"));
  candidate->created_at = dial_json_get_instant (dial_json_get (object, "created_at"));
  candidate->updated_at = dial_json_get_instant (dial_json_get (object, "updated_at"));
  g_strfreev (candidate->tags);
  candidate->tags = read_texts (object, "tags");
  read_contacts (object, "phone_numbers", take_phone, candidate->phones);
  read_contacts (object, "email_addresses", take_email, candidate->emails);
  return candidate;
}

static char *
join_names (DialJsonValue object)
{
  g_autofree char *first = dial_json_dup_text (dial_json_get (object, "first_name"));
  g_autofree char *last = dial_json_dup_text (dial_json_get (object, "last_name"));

  if (first != NULL && last != NULL)
    return g_strjoin (" ", first, last, NULL);

  return first != NULL ? g_steal_pointer (&first) : g_steal_pointer (&last);
}

/**
 * dial_parse_user:
 * @object: a user
 * @id: their id
 * @primary_email: the member that holds the first address
 *
 * Returns: (transfer full): the user, but for having left
 */
DialUser *
dial_parse_user (DialJsonValue object,
                 gint64      id,
                 const char *primary_email)
{
  DialUser *user = dial_user_new (id);

  user->name = dial_json_dup_text (dial_json_get (object, "name"));
  if (user->name == NULL)
    user->name = join_names (object);
  user->primary_email = dial_json_dup_text (dial_json_get (object, primary_email));
  user->updated_at = dial_json_get_instant (dial_json_get (object, "updated_at"));
  user->site_admin = dial_json_get_flag (dial_json_get (object, "site_admin"));
  g_strfreev (user->emails);
  user->emails = read_texts (object, "emails");

  /* `emails` is in the description of the service, yet not in all answers. */
  if (user->primary_email != NULL && user->emails[0] == NULL) {
    const char *only[] = { user->primary_email, NULL };

    g_strfreev (user->emails);
    user->emails = g_strdupv ((GStrv) only);
  }

  return user;
}

/* Greenhouse spells visibility in one way when it is written and in another when it is read. */
DialVisibility
dial_parse_visibility (DialJsonValue object,
                       const char *member)
{
  static const struct {
    const char     *word;
    DialVisibility  visibility;
  } words[] = {
    { "publicly_visible", DIAL_VISIBILITY_PUBLIC },
    { "public", DIAL_VISIBILITY_PUBLIC },
    { "privately_visible", DIAL_VISIBILITY_PRIVATE },
    { "private", DIAL_VISIBILITY_PRIVATE },
    { "admin_only_visible", DIAL_VISIBILITY_ADMIN_ONLY },
    { "admin_only", DIAL_VISIBILITY_ADMIN_ONLY },
  };
  g_autofree char *text = dial_json_dup_text (dial_json_get (object, member));

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (text, words[i].word) == 0)
      return words[i].visibility;

  return DIAL_VISIBILITY_UNKNOWN;
}

/* Who may read it is never left to chance: what nobody decided stays among the few. */
const char *
dial_visibility_as_written (DialVisibility visibility)
{
  return visibility == DIAL_VISIBILITY_PUBLIC ? "public"
       : visibility == DIAL_VISIBILITY_ADMIN_ONLY ? "admin_only" : "private";
}

/**
 * dial_parse_record:
 * @value: an element of a list
 * @reader: reads it
 * @page: the page it stands on
 *
 * Returns: (transfer full) (nullable): the record, %NULL for what is none: a lone
 *   `{"message": …}` stands for work Greenhouse has yet to do
 */
GObject *
dial_parse_record (DialJsonValue       value,
                   DialReader          reader,
                   DialGreenhousePage *page)
{
  gint64 id = dial_json_get_id (dial_json_get (value, "id"));

  return id != 0 ? reader (value, id, page) : NULL;
}

/**
 * dial_parse_array:
 * @array: elements, or nothing
 * @reader: reads each
 * @page: what makes no sense is counted there
 *
 * Returns: (transfer full): the records
 */
GPtrArray *
dial_parse_array (DialJsonValue       array,
                  DialReader          reader,
                  DialGreenhousePage *page)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);
  DialJsonIter iter;
  DialJsonValue value;

  dial_json_iter_init (&iter, array);
  while (dial_json_iter_next (&iter, &value)) {
    GObject *record = dial_parse_record (value, reader, page);

    if (record != NULL)
      g_ptr_array_add (records, record);
    else
      page->skipped++;
  }

  return records;
}

static int
compare_instants (gconstpointer a,
                  gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 other = *(const gint64 *) b;

  return (one > other) - (one < other);
}

/**
 * dial_parse_dates:
 * @array: the elements of a list
 * @page: the page they are on
 *
 * Looks up when they were created: a stretch of a list is halved where its records are.
 */
void
dial_parse_dates (DialJsonValue       array,
                  DialGreenhousePage *page)
{
  g_autoptr (GArray) instants = g_array_new (FALSE, FALSE, sizeof (gint64));
  DialJsonIter iter;
  DialJsonValue value;

  dial_json_iter_init (&iter, array);
  while (dial_json_iter_next (&iter, &value)) {
    gint64 instant = dial_json_get_instant (dial_json_get (value, "created_at"));

    if (instant != DIAL_INSTANT_UNKNOWN)
      g_array_append_val (instants, instant);
  }

  if (instants->len == 0)
    return;

  g_array_sort (instants, compare_instants);
  page->oldest = g_array_index (instants, gint64, 0);
  page->created_at = g_array_index (instants, gint64, instants->len / 2);
}

/**
 * dial_parse_json:
 * @bytes: an answer's body, whatever it is
 * @error: return location for an error
 *
 * Returns: (transfer full): the answer, or %NULL with %DIAL_GREENHOUSE_ERROR_BAD_ANSWER
 */
DialJson *
dial_parse_json (GBytes  *bytes,
                 GError **error)
{
  DialJson *json = dial_json_load (bytes);

  if (json == NULL)
    g_set_error_literal (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_BAD_ANSWER,
                         _("Greenhouse's answer could not be read: try again later"));
  return json;
}

static DialJson *
load_list (GBytes  *bytes,
           GError **error)
{
  g_autoptr (DialJson) json = dial_parse_json (bytes, error);

  if (json == NULL || dial_json_is_array (dial_json_get_root (json)))
    return g_steal_pointer (&json);

  g_set_error_literal (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_BAD_ANSWER,
                       _("Greenhouse answered with something else than a list: try again later"));
  return NULL;
}

/**
 * dial_parse_ids:
 * @bytes: the body
 * @error: return location for an error
 *
 * Reads nothing but the ids of one page of a list, of whatever resource. An element without one is
 * skipped and counted.
 *
 * Returns: (transfer full): the page, or %NULL with %DIAL_GREENHOUSE_ERROR_BAD_ANSWER
 */
DialGreenhousePage *
dial_parse_ids (GBytes  *bytes,
                GError **error)
{
  g_autoptr (DialJson) json = load_list (bytes, error);
  DialGreenhousePage *page;
  DialJsonIter iter;
  DialJsonValue value;

  if (json == NULL)
    return NULL;

  page = g_new0 (DialGreenhousePage, 1);
  page->records = g_ptr_array_new_with_free_func (g_object_unref);
  page->ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  dial_json_iter_init (&iter, dial_json_get_root (json));
  while (dial_json_iter_next (&iter, &value)) {
    gint64 id = dial_json_get_id (dial_json_is_object (value) ? dial_json_get (value, "id") : value);

    if (id != 0)
      g_array_append_val (page->ids, id);
    else
      page->skipped++;
  }

  dial_parse_dates (dial_json_get_root (json), page);
  return page;
}

/**
 * dial_parse_list:
 * @bytes: the body
 * @reader: reads each element
 * @error: return location for an error
 *
 * Reads one page of a list, a bare array. What makes no sense within it is skipped and counted.
 *
 * Returns: (transfer full): the page, or %NULL with %DIAL_GREENHOUSE_ERROR_BAD_ANSWER
 */
DialGreenhousePage *
dial_parse_list (GBytes      *bytes,
                 DialReader   reader,
                 GError     **error)
{
  g_autoptr (DialJson) json = load_list (bytes, error);
  DialGreenhousePage *page;

  if (json == NULL)
    return NULL;

  page = g_new0 (DialGreenhousePage, 1);
  page->records = dial_parse_array (dial_json_get_root (json), reader, page);
  dial_parse_dates (dial_json_get_root (json), page);
  return page;
}
