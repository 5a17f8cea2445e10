#include "dial-v1-parser-private.h"

#include <glib/gi18n.h>

#include "dial-json-writer.h"
#include "dial-parser-private.h"

/* A member of a member, such as the id of `current_stage`. */
static gint64
get_inner_id (DialJsonValue  object,
              const char    *member)
{
  return dial_json_get_id (dial_json_get (dial_json_get (object, member), "id"));
}

static GObject *
read_job (DialJsonValue       object,
          gint64              id,
          DialGreenhousePage *page)
{
  DialJob *job = dial_job_new (id);

  job->name = dial_json_dup_text (dial_json_get (object, "name"));
  return G_OBJECT (job);
}

/* A prospect has no job yet, only those it is thought of for. */
static void
take_jobs (DialJsonValue       object,
           DialApplication    *application,
           DialGreenhousePage *page)
{
  g_autoptr (GPtrArray) jobs = dial_parse_array (dial_json_get (object, "jobs"),
                                                 read_job, page);

  if (jobs->len > 0 && !application->prospect)
    application->job_id = DIAL_JOB (g_ptr_array_index (jobs, 0))->id;

  g_ptr_array_extend_and_steal (page->jobs, g_steal_pointer (&jobs));
}

/* Words are those of v3: `active` is its `in_process`. */
static GObject *
read_application (DialJsonValue       object,
                  gint64              id,
                  DialGreenhousePage *page)
{
  DialApplication *application = dial_application_new (id);
  DialJsonValue stage = dial_json_get (object, "current_stage");

  application->candidate_id = dial_json_get_id (dial_json_get (object, "candidate_id"));
  application->recruiter_id = get_inner_id (object, "recruiter");
  application->coordinator_id = get_inner_id (object, "coordinator");
  application->created_at = dial_json_get_instant (dial_json_get (object, "applied_at"));
  application->last_activity_at = dial_json_get_instant (dial_json_get (object, "last_activity_at"));
  application->rejected_at = dial_json_get_instant (dial_json_get (object, "rejected_at"));
  application->prospect = dial_json_get_flag (dial_json_get (object, "prospect"));
  application->status = dial_json_dup_text (dial_json_get (object, "status"));
  if (g_strcmp0 (application->status, "active") == 0)
    dial_set_str (&application->status, "in_process");
  application->stage_id = dial_json_get_id (dial_json_get (stage, "id"));
  application->stage_name = dial_json_dup_text (dial_json_get (stage, "name"));
  take_jobs (object, application, page);
  return G_OBJECT (application);
}

/* Who the applications stand with is who they belong to, whatever they say. Those without a
 * recruiter of their own have the candidate's. */
static void
take_applications (DialJsonValue       object,
                   gint64              id,
                   DialGreenhousePage *page)
{
  g_autoptr (GPtrArray) applications = NULL;

  applications = dial_parse_array (dial_json_get (object, "applications"),
                                   read_application, page);
  for (guint i = 0; i < applications->len; i++) {
    DialApplication *application = g_ptr_array_index (applications, i);

    application->candidate_id = id;
    if (application->recruiter_id == 0)
      application->recruiter_id = get_inner_id (object, "recruiter");
    if (application->coordinator_id == 0)
      application->coordinator_id = get_inner_id (object, "coordinator");
  }

  g_ptr_array_extend_and_steal (page->applications, g_steal_pointer (&applications));
}

static GObject *
read_candidate (DialJsonValue       object,
                gint64              id,
                DialGreenhousePage *page)
{
  DialCandidate *candidate = dial_parse_candidate (object, id);

  candidate->last_activity_at = dial_json_get_instant (dial_json_get (object, "last_activity"));
  candidate->is_private = dial_json_get_flag (dial_json_get (object, "is_private"));
  take_applications (object, id, page);
  return G_OBJECT (candidate);
}

static GObject *
read_user (DialJsonValue       object,
           gint64              id,
           DialGreenhousePage *page)
{
  DialUser *user = dial_parse_user (object, id, "primary_email_address");

  user->deactivated = dial_json_get_flag (dial_json_get (object, "disabled"));
  return G_OBJECT (user);
}

/* `visibility` came late; before there was only a misspelt one. */
static DialNote *
read_entry (DialJsonValue object,
            gint64      id,
            const char *type)
{
  DialNote *note = dial_note_new (id);
  char *body = dial_json_dup_body (dial_json_get (object, "body"));

  note->type = g_strdup (type);
  note->user_id = get_inner_id (object, "user");
  note->subject = dial_json_dup_text (dial_json_get (object, "subject"));
  g_free (note->body);
  note->body = body != NULL ? body : g_strdup ("");
  note->visibility = dial_parse_visibility (object, "visibility");
  if (note->visibility == DIAL_VISIBILITY_UNKNOWN)
    note->visibility = dial_parse_visibility (object, "visiblity");
  note->created_at = dial_json_get_instant (dial_json_get (object, "created_at"));
  return note;
}

static GObject *
read_note (DialJsonValue       object,
           gint64              id,
           DialGreenhousePage *page)
{
  return G_OBJECT (read_entry (object, id, "NOTE"));
}

static GObject *
read_email (DialJsonValue       object,
            gint64              id,
            DialGreenhousePage *page)
{
  return G_OBJECT (read_entry (object, id, "EMAIL"));
}

static GObject *
read_activity (DialJsonValue       object,
               gint64              id,
               DialGreenhousePage *page)
{
  return G_OBJECT (read_entry (object, id, "ACTIVITY"));
}

static int
compare_notes (gconstpointer a,
               gconstpointer b)
{
  DialNote *one = *(DialNote *const *) a;
  DialNote *other = *(DialNote *const *) b;

  if (one->created_at != other->created_at)
    return one->created_at > other->created_at ? -1 : 1;

  return (one->id < other->id) - (one->id > other->id);
}

/* The feed's three parts become one list, the newest first. */
static void
take_feed (DialJsonValue       object,
           DialGreenhousePage *page)
{
  static const struct {
    const char *member;
    DialReader  reader;
  } parts[] = {
    { "notes", read_note },
    { "emails", read_email },
    { "activities", read_activity },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_ptr_array_extend_and_steal (page->records,
                                  dial_parse_array (dial_json_get (object, parts[i].member),
                                                    parts[i].reader, page));
  g_ptr_array_sort (page->records, compare_notes);
}

/* Moves the array's elements to a page's records. */
static void
take_list (DialJsonValue       array,
           DialReader          reader,
           DialGreenhousePage *page)
{
  g_ptr_array_extend_and_steal (page->records, dial_parse_array (array, reader, page));
  dial_parse_dates (array, page);
}

static void
take_one (DialJsonValue       root,
          DialGreenhousePage *page)
{
  GObject *candidate = dial_parse_record (root, read_candidate, page);

  if (candidate != NULL)
    g_ptr_array_add (page->records, candidate);
}

/**
 * dial_v1_parse:
 * @errand: what was asked for: `CANDIDATES`, `USERS`, `NOTES` (an activity feed) or one `CANDIDATE`
 * @bytes: the body
 * @error: return location for an error
 *
 * Reads an answer of v1. With candidates come their applications, and with these the names of jobs.
 * What makes no sense within it is skipped and counted.
 *
 * Returns: (transfer full): the page, or %NULL with %DIAL_GREENHOUSE_ERROR_BAD_ANSWER
 */
DialGreenhousePage *
dial_v1_parse (DialErrand   errand,
               GBytes      *bytes,
               GError     **error)
{
  gboolean is_list = errand == DIAL_RESOURCE_CANDIDATES || errand == DIAL_RESOURCE_USERS;
  g_autoptr (DialGreenhousePage) page = NULL;
  g_autoptr (DialJson) json = NULL;
  DialJsonValue root;

  json = dial_parse_json (bytes, error);
  if (json == NULL)
    return NULL;

  root = dial_json_get_root (json);
  if (is_list ? !dial_json_is_array (root) : !dial_json_is_object (root)) {
    g_set_error_literal (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_BAD_ANSWER,
                         _("Greenhouse answered with something else than was asked for: try again "
                           "later"));
    return NULL;
  }

  page = g_new0 (DialGreenhousePage, 1);
  page->records = g_ptr_array_new_with_free_func (g_object_unref);
  if (errand != DIAL_RESOURCE_USERS && errand != DIAL_RESOURCE_NOTES) {
    page->applications = g_ptr_array_new_with_free_func (g_object_unref);
    page->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  }

  if (errand == DIAL_RESOURCE_CANDIDATES)
    take_list (root, read_candidate, page);
  else if (errand == DIAL_RESOURCE_USERS)
    take_list (root, read_user, page);
  else if (errand == DIAL_RESOURCE_NOTES)
    take_feed (root, page);
  else
    take_one (root, page);

  return g_steal_pointer (&page);
}

/**
 * dial_v1_parse_note:
 * @bytes: (nullable): the answer to a new note
 * @candidate_id: whose feed it was added to
 *
 * Returns: (transfer full) (nullable): the note, %NULL if the answer holds none
 */
DialNote *
dial_v1_parse_note (GBytes *bytes,
                    gint64  candidate_id)
{
  g_autoptr (DialJson) json = bytes != NULL ? dial_json_load (bytes) : NULL;
  DialNote *note = (DialNote *) dial_parse_record (dial_json_get_root (json), read_note, NULL);

  if (note != NULL)
    note->candidate_id = candidate_id;

  return note;
}

/**
 * dial_v1_write_note:
 * @note: a note that has no id yet
 *
 * Returns: (transfer full): the body of `POST /v1/candidates/{id}/activity_feed/notes`
 */
GBytes *
dial_v1_write_note (DialNote *note)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "user_id");
  json_builder_add_int_value (builder, note->user_id);
  json_builder_set_member_name (builder, "body");
  json_builder_add_string_value (builder, note->body);
  json_builder_set_member_name (builder, "visibility");
  json_builder_add_string_value (builder, dial_visibility_as_written (note->visibility));
  json_builder_end_object (builder);

  return dial_json_builder_to_bytes (builder);
}
