#include "dial-v3-parser-private.h"

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

static GObject *
read_candidate (JsonObject *object,
                gint64      id)
{
  g_autoptr (DialCandidate) candidate = dial_candidate_new (id);

  candidate->first_name = dial_json_object_dup_text (object, "first_name");
  candidate->last_name = dial_json_object_dup_text (object, "last_name");
  candidate->preferred_name = dial_json_object_dup_text (object, "preferred_name");
  candidate->company = dial_json_object_dup_text (object, "company");
  candidate->title = dial_json_object_dup_text (object, "title");
  candidate->time_zone = dial_json_object_dup_text (object, "time_zone");
  candidate->created_at = dial_json_object_get_instant (object, "created_at");
  candidate->updated_at = dial_json_object_get_instant (object, "updated_at");
  candidate->last_activity_at = dial_json_object_get_instant (object, "last_activity_at");
  candidate->is_private = dial_json_object_get_flag (object, "private");
  g_strfreev (candidate->tags);
  candidate->tags = read_texts (object, "tags");
  read_contacts (object, "phone_numbers", take_phone, candidate->phones);
  read_contacts (object, "email_addresses", take_email, candidate->emails);
  return G_OBJECT (g_steal_pointer (&candidate));
}

static GObject *
read_application (JsonObject *object,
                  gint64      id)
{
  g_autoptr (DialApplication) application = dial_application_new (id);

  application->candidate_id = dial_json_object_get_id (object, "candidate_id");
  if (application->candidate_id == 0)
    return NULL;

  application->job_id = dial_json_object_get_id (object, "job_id");
  application->stage_id = dial_json_object_get_id (object, "stage_id");
  application->recruiter_id = dial_json_object_get_id (object, "recruiter_id");
  application->coordinator_id = dial_json_object_get_id (object, "coordinator_id");
  application->stage_name = dial_json_object_dup_text (object, "stage_name");
  application->status = dial_json_object_dup_text (object, "status");
  application->created_at = dial_json_object_get_instant (object, "created_at");
  application->updated_at = dial_json_object_get_instant (object, "updated_at");
  application->last_activity_at = dial_json_object_get_instant (object, "last_activity_at");
  application->rejected_at = dial_json_object_get_instant (object, "rejected_at");
  application->prospect = dial_json_object_get_flag (object, "prospect");
  return G_OBJECT (g_steal_pointer (&application));
}

static GObject *
read_job (JsonObject *object,
          gint64      id)
{
  DialJob *job = dial_job_new (id);

  job->name = dial_json_object_dup_text (object, "name");
  job->status = dial_json_object_dup_text (object, "status");
  job->updated_at = dial_json_object_get_instant (object, "updated_at");
  return G_OBJECT (job);
}

static GObject *
read_stage (JsonObject *object,
            gint64      id)
{
  DialStage *stage = dial_stage_new (id);
  JsonNode *active = dial_json_get (object, "active");

  stage->job_id = dial_json_object_get_id (object, "job_id");
  stage->name = dial_json_object_dup_text (object, "name");
  stage->sort_order = (int) MIN (dial_json_object_get_id (object, "sort_order"), G_MAXINT);
  stage->active = active == NULL || dial_json_object_get_flag (object, "active");
  return G_OBJECT (stage);
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

static GObject *
read_user (JsonObject *object,
           gint64      id)
{
  DialUser *user = dial_user_new (id);

  user->name = dial_json_object_dup_text (object, "name");
  if (user->name == NULL)
    user->name = join_names (object);
  user->primary_email = dial_json_object_dup_text (object, "primary_email");
  user->updated_at = dial_json_object_get_instant (object, "updated_at");
  user->deactivated = dial_json_object_get_flag (object, "deactivated");
  user->site_admin = dial_json_object_get_flag (object, "site_admin");
  g_strfreev (user->emails);
  user->emails = read_texts (object, "emails");

  /* `emails` is in the description of the service, yet not in all answers. */
  if (user->primary_email != NULL && user->emails[0] == NULL) {
    const char *only[] = { user->primary_email, NULL };

    g_strfreev (user->emails);
    user->emails = g_strdupv ((GStrv) only);
  }

  return G_OBJECT (user);
}

static GObject *
read_user_email (JsonObject *object,
                 gint64      id)
{
  gint64 user_id = dial_json_object_get_id (object, "user_id");
  DialUser *user;

  if (user_id == 0)
    return NULL;

  user = dial_user_new (user_id);
  user->primary_email = dial_json_object_dup_text (object, "email");
  return G_OBJECT (user);
}

/* Greenhouse spells visibility in one way when it is written and in another when it is read. */
static DialVisibility
read_visibility (JsonObject *object)
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
  g_autofree char *text = dial_json_object_dup_text (object, "visibility");

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (text, words[i].word) == 0)
      return words[i].visibility;

  return DIAL_VISIBILITY_UNKNOWN;
}

static GObject *
read_note (JsonObject *object,
           gint64      id)
{
  DialNote *note = dial_note_new (id);
  char *body = dial_json_object_dup_body (object, "body");

  note->candidate_id = dial_json_object_get_id (object, "candidate_id");
  note->application_id = dial_json_object_get_id (object, "application_id");
  note->user_id = dial_json_object_get_id (object, "user_id");
  note->type = dial_json_object_dup_text (object, "type");
  note->subject = dial_json_object_dup_text (object, "subject");
  g_free (note->body);
  note->body = body != NULL ? body : g_strdup ("");
  note->visibility = read_visibility (object);
  note->created_at = dial_json_object_get_instant (object, "created_at");
  return G_OBJECT (note);
}

static GObject *(*const readers[]) (JsonObject *object, gint64 id) = {
  [DIAL_RESOURCE_CANDIDATES] = read_candidate,
  [DIAL_RESOURCE_APPLICATIONS] = read_application,
  [DIAL_RESOURCE_JOBS] = read_job,
  [DIAL_RESOURCE_STAGES] = read_stage,
  [DIAL_RESOURCE_USERS] = read_user,
  [DIAL_RESOURCE_NOTES] = read_note,
  [DIAL_V3_USER_EMAILS] = read_user_email,
};

/* NULL for what is no record: a lone `{"message": …}` stands for work Greenhouse has yet to do. */
static GObject *
read_record (DialV3Kind  kind,
             JsonNode   *node)
{
  gint64 id;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  id = dial_json_object_get_id (json_node_get_object (node), "id");
  return id != 0 ? readers[kind] (json_node_get_object (node), id) : NULL;
}

/**
 * dial_v3_parse_list:
 * @kind: what the list holds
 * @bytes: the body
 * @error: return location for an error
 *
 * Reads one page of a v3 list, a bare array. What makes no sense within it is skipped and counted.
 *
 * Returns: (transfer full): the page, or %NULL with %DIAL_GREENHOUSE_ERROR_BAD_ANSWER
 */
DialGreenhousePage *
dial_v3_parse_list (DialV3Kind   kind,
                    GBytes      *bytes,
                    GError     **error)
{
  g_autoptr (DialGreenhousePage) page = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonArray *array;

  g_return_val_if_fail (kind >= 0 && kind < (int) G_N_ELEMENTS (readers), NULL);

  root = dial_json_load (bytes, error);
  if (root == NULL)
    return NULL;

  if (!JSON_NODE_HOLDS_ARRAY (root)) {
    g_set_error_literal (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_BAD_ANSWER,
                         _("Greenhouse answered with something else than a list: try again later"));
    return NULL;
  }

  array = json_node_get_array (root);
  page = g_new0 (DialGreenhousePage, 1);
  page->records = g_ptr_array_new_full (json_array_get_length (array), g_object_unref);

  for (guint i = 0; i < json_array_get_length (array); i++) {
    GObject *record = read_record (kind, json_array_get_element (array, i));

    if (record != NULL)
      g_ptr_array_add (page->records, record);
    else
      page->skipped++;
  }

  return g_steal_pointer (&page);
}

typedef struct {
  DialV3Kind  kind;
  GBytes     *bytes;
} Parse;

static void
parse_free (Parse *parse)
{
  g_bytes_unref (parse->bytes);
  g_free (parse);
}

static void
parse_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Parse *parse = task_data;
  DialGreenhousePage *page;
  GError *error = NULL;

  page = dial_v3_parse_list (parse->kind, parse->bytes, &error);
  if (page != NULL)
    g_task_return_pointer (task, page, (GDestroyNotify) dial_greenhouse_page_free);
  else
    g_task_return_error (task, error);
}

/**
 * dial_v3_parse_list_async:
 * @kind: what the list holds
 * @bytes: the body
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is read
 * @user_data: for @callback
 *
 * The same on a worker thread.
 */
void
dial_v3_parse_list_async (DialV3Kind           kind,
                          GBytes              *bytes,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Parse *parse = g_new0 (Parse, 1);

  parse->kind = kind;
  parse->bytes = g_bytes_ref (bytes);
  g_task_set_source_tag (task, dial_v3_parse_list_async);
  g_task_set_task_data (task, parse, (GDestroyNotify) parse_free);
  g_task_run_in_thread (task, parse_in_thread);
}

/**
 * dial_v3_parse_list_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): the page, or %NULL with %DIAL_GREENHOUSE_ERROR_BAD_ANSWER
 */
DialGreenhousePage *
dial_v3_parse_list_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, dial_v3_parse_list_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dial_v3_parse_note:
 * @bytes: (nullable): the answer to a new note
 *
 * Returns: (transfer full) (nullable): the note, %NULL if the answer holds none
 */
DialNote *
dial_v3_parse_note (GBytes *bytes)
{
  g_autoptr (JsonNode) root = NULL;

  root = bytes != NULL ? dial_json_load (bytes, NULL) : NULL;
  return root != NULL ? DIAL_NOTE (read_record (DIAL_RESOURCE_NOTES, root)) : NULL;
}

/**
 * dial_v3_write_note:
 * @note: a note that has no id yet
 *
 * Returns: (transfer full): the body of `POST /v3/notes`; keys Greenhouse does not ask for are
 *   left out, since it may refuse them
 */
GBytes *
dial_v3_write_note (DialNote *note)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  const char *visibility;
  char *text;
  gsize length;

  /* Who may read it is never left to chance: what nobody decided stays among the few. */
  visibility = note->visibility == DIAL_VISIBILITY_PUBLIC ? "public"
             : note->visibility == DIAL_VISIBILITY_ADMIN_ONLY ? "admin_only" : "private";

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "candidate_id");
  json_builder_add_int_value (builder, note->candidate_id);
  json_builder_set_member_name (builder, "note_type");
  json_builder_add_string_value (builder, "NOTE");
  json_builder_set_member_name (builder, "visibility");
  json_builder_add_string_value (builder, visibility);
  json_builder_set_member_name (builder, "body");
  json_builder_add_string_value (builder, note->body);
  if (note->user_id != 0) {
    json_builder_set_member_name (builder, "user_id");
    json_builder_add_int_value (builder, note->user_id);
  }
  if (note->application_id != 0) {
    json_builder_set_member_name (builder, "application_id");
    json_builder_add_int_value (builder, note->application_id);
  }
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &length);
  return g_bytes_new_take (text, length);
}
