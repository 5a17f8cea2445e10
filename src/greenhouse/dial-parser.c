#include "dial-parser-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-json-private.h"

/* Nobody has more; what stands behind them is noise. */
#define MAX_ENTRIES 1000

/* The longest text that may be meant as a phone number. */
#define MAX_PHONE 250

static GStrv
read_texts (JsonObject *object,
            const char *member)
{
  JsonArray *array = dial_json_object_get_array (object, member);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < MIN (json_array_get_length (array), MAX_ENTRIES); i++) {
    g_autofree char *text = dial_json_dup_text (json_array_get_element (array, i));

    if (text != NULL)
      g_strv_builder_add (builder, text);
  }

  return g_strv_builder_end (builder);
}

/* Calls @take with value and type of each entry of `[{value, type}, …]`; a bare text is a value
 * too. */
static void
read_contacts (JsonObject *object,
               const char *member,
               void      (*take) (GPtrArray  *into,
                                  const char *value,
                                  const char *type),
               GPtrArray  *into)
{
  JsonArray *array = dial_json_object_get_array (object, member);

  for (guint i = 0; array != NULL && i < MIN (json_array_get_length (array), MAX_ENTRIES); i++) {
    JsonNode *node = json_array_get_element (array, i);
    g_autofree char *value = NULL;
    g_autofree char *type = NULL;

    if (JSON_NODE_HOLDS_OBJECT (node)) {
      value = dial_json_object_dup_text (json_node_get_object (node), "value");
      type = dial_json_object_dup_text (json_node_get_object (node), "type");
    } else
      value = dial_json_dup_text (node);

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
dial_parse_candidate (JsonObject *object,
                      gint64      id)
{
  DialCandidate *candidate = dial_candidate_new (id);

  candidate->first_name = dial_json_object_dup_text (object, "first_name");
  candidate->last_name = dial_json_object_dup_text (object, "last_name");
  candidate->preferred_name = dial_json_object_dup_text (object, "preferred_name");
  candidate->company = dial_json_object_dup_text (object, "company");
  candidate->title = dial_json_object_dup_text (object, "title");
  candidate->time_zone = dial_json_object_dup_text (object, "time_zone");
  candidate->created_at = dial_json_object_get_instant (object, "created_at");
  candidate->updated_at = dial_json_object_get_instant (object, "updated_at");
  g_strfreev (candidate->tags);
  candidate->tags = read_texts (object, "tags");
  read_contacts (object, "phone_numbers", take_phone, candidate->phones);
  read_contacts (object, "email_addresses", take_email, candidate->emails);
  return candidate;
}

static char *
join_names (JsonObject *object)
{
  g_autofree char *first = dial_json_object_dup_text (object, "first_name");
  g_autofree char *last = dial_json_object_dup_text (object, "last_name");

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
dial_parse_user (JsonObject *object,
                 gint64      id,
                 const char *primary_email)
{
  DialUser *user = dial_user_new (id);

  user->name = dial_json_object_dup_text (object, "name");
  if (user->name == NULL)
    user->name = join_names (object);
  user->primary_email = dial_json_object_dup_text (object, primary_email);
  user->updated_at = dial_json_object_get_instant (object, "updated_at");
  user->site_admin = dial_json_object_get_flag (object, "site_admin");
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
dial_parse_visibility (JsonObject *object,
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
  g_autofree char *text = dial_json_object_dup_text (object, member);

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
 * @node: an element of a list
 * @reader: reads it
 * @page: the page it stands on
 *
 * Returns: (transfer full) (nullable): the record, %NULL for what is none: a lone
 *   `{"message": …}` stands for work Greenhouse has yet to do
 */
GObject *
dial_parse_record (JsonNode           *node,
                   DialReader          reader,
                   DialGreenhousePage *page)
{
  gint64 id;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  id = dial_json_object_get_id (json_node_get_object (node), "id");
  return id != 0 ? reader (json_node_get_object (node), id, page) : NULL;
}

/**
 * dial_parse_array:
 * @array: (nullable): elements
 * @reader: reads each
 * @page: what makes no sense is counted there
 *
 * Returns: (transfer full): the records
 */
GPtrArray *
dial_parse_array (JsonArray          *array,
                  DialReader          reader,
                  DialGreenhousePage *page)
{
  guint length = array != NULL ? json_array_get_length (array) : 0;
  GPtrArray *records = g_ptr_array_new_full (length, g_object_unref);

  for (guint i = 0; i < length; i++) {
    GObject *record = dial_parse_record (json_array_get_element (array, i), reader, page);

    if (record != NULL)
      g_ptr_array_add (records, record);
    else
      page->skipped++;
  }

  return records;
}

static JsonNode *
load_list (GBytes  *bytes,
           GError **error)
{
  g_autoptr (JsonNode) root = dial_json_load (bytes, error);

  if (root == NULL || JSON_NODE_HOLDS_ARRAY (root))
    return g_steal_pointer (&root);

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
  g_autoptr (JsonNode) root = load_list (bytes, error);
  DialGreenhousePage *page;
  JsonArray *array;

  if (root == NULL)
    return NULL;

  array = json_node_get_array (root);
  page = g_new0 (DialGreenhousePage, 1);
  page->records = g_ptr_array_new_with_free_func (g_object_unref);
  page->ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    gint64 id = JSON_NODE_HOLDS_OBJECT (node)
                ? dial_json_object_get_id (json_node_get_object (node), "id") : dial_json_get_id (node);

    if (id != 0)
      g_array_append_val (page->ids, id);
    else
      page->skipped++;
  }

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
  g_autoptr (DialGreenhousePage) page = NULL;
  g_autoptr (JsonNode) root = NULL;

  root = load_list (bytes, error);
  if (root == NULL)
    return NULL;

  page = g_new0 (DialGreenhousePage, 1);
  page->records = dial_parse_array (json_node_get_array (root), reader, page);
  return g_steal_pointer (&page);
}

/**
 * dial_json_builder_to_bytes:
 * @builder: a builder that is done
 *
 * Returns: (transfer full): what it holds, as text
 */
GBytes *
dial_json_builder_to_bytes (JsonBuilder *builder)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  gsize length;
  char *text;

  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &length);
  return g_bytes_new_take (text, length);
}
