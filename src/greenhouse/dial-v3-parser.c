#include "dial-v3-parser-private.h"

#include "dial-json-writer.h"
#include "dial-parser-private.h"

static GObject *
read_candidate (DialJsonValue       object,
                gint64              id,
                DialGreenhousePage *page)
{
  DialCandidate *candidate = dial_parse_candidate (object, id);

  candidate->last_activity_at = dial_json_get_instant (dial_json_get (object, "last_activity_at"));
  candidate->is_private = dial_json_get_flag (dial_json_get (object, "private"));
  return G_OBJECT (candidate);
}

static GObject *
read_application (DialJsonValue       object,
                  gint64              id,
                  DialGreenhousePage *page)
{
  g_autoptr (DialApplication) application = dial_application_new (id);

  application->candidate_id = dial_json_get_id (dial_json_get (object, "candidate_id"));
  if (application->candidate_id == 0)
    return NULL;

  application->job_id = dial_json_get_id (dial_json_get (object, "job_id"));
  application->stage_id = dial_json_get_id (dial_json_get (object, "stage_id"));
  application->recruiter_id = dial_json_get_id (dial_json_get (object, "recruiter_id"));
  application->coordinator_id = dial_json_get_id (dial_json_get (object, "coordinator_id"));
  application->stage_name = dial_json_dup_text (dial_json_get (object, "stage_name"));
  application->status = dial_json_dup_text (dial_json_get (object, "status"));
  application->created_at = dial_json_get_instant (dial_json_get (object, "created_at"));
  application->updated_at = dial_json_get_instant (dial_json_get (object, "updated_at"));
  application->last_activity_at = dial_json_get_instant (dial_json_get (object, "last_activity_at"));
  application->rejected_at = dial_json_get_instant (dial_json_get (object, "rejected_at"));
  application->prospect = dial_json_get_flag (dial_json_get (object, "prospect"));
  return G_OBJECT (g_steal_pointer (&application));
}

static GObject *
read_job (DialJsonValue       object,
          gint64              id,
          DialGreenhousePage *page)
{
  DialJob *job = dial_job_new (id);

  job->name = dial_json_dup_text (dial_json_get (object, "name"));
  job->status = dial_json_dup_text (dial_json_get (object, "status"));
  job->updated_at = dial_json_get_instant (dial_json_get (object, "updated_at"));
  return G_OBJECT (job);
}

static GObject *
read_stage (DialJsonValue       object,
            gint64              id,
            DialGreenhousePage *page)
{
  DialStage *stage = dial_stage_new (id);
  DialJsonValue active = dial_json_get (object, "active");

  stage->job_id = dial_json_get_id (dial_json_get (object, "job_id"));
  stage->name = dial_json_dup_text (dial_json_get (object, "name"));
  stage->sort_order = (int) MIN (dial_json_get_id (dial_json_get (object, "sort_order")), G_MAXINT);
  stage->active = !dial_json_is_there (active) || dial_json_get_flag (active);
  return G_OBJECT (stage);
}

static GObject *
read_user (DialJsonValue       object,
           gint64              id,
           DialGreenhousePage *page)
{
  DialUser *user = dial_parse_user (object, id, "primary_email");

  user->deactivated = dial_json_get_flag (dial_json_get (object, "deactivated"));
  return G_OBJECT (user);
}

static GObject *
read_user_email (DialJsonValue       object,
                 gint64              id,
                 DialGreenhousePage *page)
{
  gint64 user_id = dial_json_get_id (dial_json_get (object, "user_id"));
  DialUser *user;

  if (user_id == 0)
    return NULL;

  user = dial_user_new (user_id);
  user->primary_email = dial_json_dup_text (dial_json_get (object, "email"));
  return G_OBJECT (user);
}

static GObject *
read_note (DialJsonValue       object,
           gint64              id,
           DialGreenhousePage *page)
{
  DialNote *note = dial_note_new (id);
  char *body = dial_json_dup_body (dial_json_get (object, "body"));

  note->candidate_id = dial_json_get_id (dial_json_get (object, "candidate_id"));
  note->application_id = dial_json_get_id (dial_json_get (object, "application_id"));
  note->user_id = dial_json_get_id (dial_json_get (object, "user_id"));
  note->type = dial_json_dup_text (dial_json_get (object, "type"));
  note->subject = dial_json_dup_text (dial_json_get (object, "subject"));
  g_free (note->body);
  note->body = body != NULL ? body : g_strdup ("");
  note->visibility = dial_parse_visibility (object, "visibility");
  note->created_at = dial_json_get_instant (dial_json_get (object, "created_at"));
  return G_OBJECT (note);
}

static const DialReader readers[] = {
  [DIAL_RESOURCE_CANDIDATES] = read_candidate,
  [DIAL_RESOURCE_APPLICATIONS] = read_application,
  [DIAL_RESOURCE_JOBS] = read_job,
  [DIAL_RESOURCE_STAGES] = read_stage,
  [DIAL_RESOURCE_USERS] = read_user,
  [DIAL_RESOURCE_NOTES] = read_note,
  [DIAL_ERRAND_USER_EMAILS] = read_user_email,
};

/**
 * dial_v3_parse_list:
 * @errand: what the list holds
 * @bytes: the body
 * @error: return location for an error
 *
 * Reads one page of a v3 list, a bare array. What makes no sense within it is skipped and counted.
 * A row of `/v3/user_emails` becomes a [class@User] with nothing but its id and that address.
 *
 * Returns: (transfer full): the page, or %NULL with %DIAL_GREENHOUSE_ERROR_BAD_ANSWER
 */
DialGreenhousePage *
dial_v3_parse_list (DialErrand   errand,
                    GBytes      *bytes,
                    GError     **error)
{
  g_return_val_if_fail (errand >= 0 && errand < (int) G_N_ELEMENTS (readers), NULL);

  return dial_parse_list (bytes, readers[errand], error);
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
  g_autoptr (DialJson) json = bytes != NULL ? dial_json_load (bytes) : NULL;

  return (DialNote *) dial_parse_record (dial_json_get_root (json), read_note, NULL);
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

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "candidate_id");
  json_builder_add_int_value (builder, note->candidate_id);
  json_builder_set_member_name (builder, "note_type");
  json_builder_add_string_value (builder, "NOTE");
  json_builder_set_member_name (builder, "visibility");
  json_builder_add_string_value (builder, dial_visibility_as_written (note->visibility));
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

  return dial_json_builder_to_bytes (builder);
}
