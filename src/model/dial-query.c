#include "dial-query.h"

/* A query as text: one group of a key file, so that a person can read it and a later Dialhouse can
 * add to it. */
#define GROUP "Query"

G_DEFINE_ENUM_TYPE (DialOrder, dial_order,
                    G_DEFINE_ENUM_VALUE (DIAL_ORDER_RELEVANCE, "relevance"),
                    G_DEFINE_ENUM_VALUE (DIAL_ORDER_NAME, "name"),
                    G_DEFINE_ENUM_VALUE (DIAL_ORDER_ACTIVITY, "activity"),
                    G_DEFINE_ENUM_VALUE (DIAL_ORDER_CONTACT, "contact"))

G_DEFINE_BOXED_TYPE (DialQuery, dial_query, dial_query_copy, dial_query_free)

/**
 * dial_query_new:
 * @text: (nullable): what to search for; %NULL and "" for everybody
 *
 * Returns: (transfer full): a query by relevance and without filters
 */
DialQuery *
dial_query_new (const char *text)
{
  DialQuery *self = g_new0 (DialQuery, 1);

  self->text = g_strdup (text != NULL ? text : "");
  self->jobs = g_new0 (char *, 1);
  self->stages = g_new0 (char *, 1);
  self->statuses = g_new0 (char *, 1);
  self->tags = g_new0 (char *, 1);
  return self;
}

/**
 * dial_query_copy:
 * @self: a query
 *
 * Returns: (transfer full): a copy
 */
DialQuery *
dial_query_copy (const DialQuery *self)
{
  DialQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->text = g_strdup (self->text);
  copy->jobs = g_strdupv (self->jobs);
  copy->stages = g_strdupv (self->stages);
  copy->statuses = g_strdupv (self->statuses);
  copy->tags = g_strdupv (self->tags);
  return copy;
}

/**
 * dial_query_free:
 * @self: (nullable): a query
 *
 * Frees a query.
 */
void
dial_query_free (DialQuery *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_strfreev (self->jobs);
  g_strfreev (self->stages);
  g_strfreev (self->statuses);
  g_strfreev (self->tags);
  g_free (self);
}

static gboolean
same_values (GStrv left,
             GStrv right)
{
  return g_strv_equal ((const char * const *) left, (const char * const *) right);
}

/**
 * dial_query_equal:
 * @self: a query
 * @other: another
 *
 * Returns: whether both ask for the same, word for word
 */
gboolean
dial_query_equal (const DialQuery *self,
                  const DialQuery *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  return g_str_equal (self->text, other->text) &&
         self->order == other->order &&
         same_values (self->jobs, other->jobs) &&
         same_values (self->stages, other->stages) &&
         same_values (self->statuses, other->statuses) &&
         same_values (self->tags, other->tags) &&
         self->user_id == other->user_id &&
         self->quiet_days == other->quiet_days &&
         !self->has_phone == !other->has_phone &&
         !self->is_private == !other->is_private;
}

/**
 * dial_query_has_filters:
 * @self: a query
 *
 * Returns: whether anything but the text narrows it down
 */
gboolean
dial_query_has_filters (const DialQuery *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->jobs[0] != NULL || self->stages[0] != NULL || self->statuses[0] != NULL ||
         self->tags[0] != NULL || self->user_id != 0 || self->quiet_days != 0 || self->has_phone ||
         self->is_private;
}

static void
write_values (GKeyFile   *file,
              const char *key,
              GStrv       values)
{
  if (values[0] != NULL)
    g_key_file_set_string_list (file, GROUP, key, (const char * const *) values,
                                g_strv_length (values));
}

static void
read_values (GKeyFile   *file,
             const char *key,
             GStrv      *values)
{
  GStrv read = g_key_file_get_string_list (file, GROUP, key, NULL, NULL);

  if (read == NULL)
    return;

  g_strfreev (*values);
  *values = read;
}

/**
 * dial_query_to_text:
 * @self: a query
 *
 * Returns: (transfer full): the query as [func@Query.new_from_text] reads it
 */
char *
dial_query_to_text (const DialQuery *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_return_val_if_fail (self != NULL, NULL);

  if (self->text[0] != '\0')
    g_key_file_set_string (file, GROUP, "text", self->text);
  g_key_file_set_string (file, GROUP, "order", dial_enum_to_nick (DIAL_TYPE_ORDER, self->order));
  write_values (file, "jobs", self->jobs);
  write_values (file, "stages", self->stages);
  write_values (file, "statuses", self->statuses);
  write_values (file, "tags", self->tags);
  if (self->user_id != 0)
    g_key_file_set_int64 (file, GROUP, "user", self->user_id);
  if (self->quiet_days != 0)
    g_key_file_set_uint64 (file, GROUP, "quiet-days", self->quiet_days);
  if (self->has_phone)
    g_key_file_set_boolean (file, GROUP, "has-phone", TRUE);
  if (self->is_private)
    g_key_file_set_boolean (file, GROUP, "private", TRUE);
  return g_key_file_to_data (file, NULL, NULL);
}

/**
 * dial_query_new_from_text:
 * @text: what [method@Query.to_text] wrote, here or in another version of the program
 *
 * Reads a query. What it does not know is left out.
 *
 * Returns: (transfer full): the query
 */
DialQuery *
dial_query_new_from_text (const char *text)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *words = NULL;
  g_autofree char *order = NULL;
  DialQuery *self;
  int value = DIAL_ORDER_RELEVANCE;

  g_return_val_if_fail (text != NULL, NULL);

  (void) g_key_file_load_from_data (file, text, -1, G_KEY_FILE_NONE, NULL);
  words = g_key_file_get_string (file, GROUP, "text", NULL);
  order = g_key_file_get_string (file, GROUP, "order", NULL);
  (void) dial_enum_from_nick (DIAL_TYPE_ORDER, order, &value);

  self = dial_query_new (words);
  self->order = value;
  read_values (file, "jobs", &self->jobs);
  read_values (file, "stages", &self->stages);
  read_values (file, "statuses", &self->statuses);
  read_values (file, "tags", &self->tags);
  self->user_id = g_key_file_get_int64 (file, GROUP, "user", NULL);
  self->quiet_days = CLAMP (g_key_file_get_int64 (file, GROUP, "quiet-days", NULL), 0, 36500);
  self->has_phone = g_key_file_get_boolean (file, GROUP, "has-phone", NULL);
  self->is_private = g_key_file_get_boolean (file, GROUP, "private", NULL);
  return self;
}
