#include "dial-sandbox-collection.h"
#include "dial-sandbox-history.h"
#include "dial-sandbox-names.h"

/* The lists about candidates: candidates, applications, notes, tags on candidates. */

static gboolean
may_see_candidate (DialSandboxRequest *request,
                   guint64             row)
{
  return dial_sandbox_world_has_candidate (request->server->world, row) &&
         (request->actor->sees_private ||
          !dial_sandbox_world_is_private (request->server->world, row));
}

/* Candidates */

static guint64
count_candidates (DialSandboxServer *server)
{
  return dial_sandbox_world_get_n_candidates (server->world);
}

static gint64
get_candidate_id (DialSandboxServer *server,
                  guint64            row)
{
  return dial_sandbox_world_get_candidate_id (server->world, row);
}

static gboolean
takes_candidate (DialSandboxRequest *request,
                 DialSandboxQuery   *query,
                 guint64             row)
{
  DialSandboxWorld *world = request->server->world;
  const char *email, *tag;

  if (!may_see_candidate (request, row))
    return FALSE;
  if (dial_sandbox_query_get_n_filters (query) == 0)
    return TRUE;

  email = dial_sandbox_query_get_string (query, "email");
  tag = dial_sandbox_query_get_string (query, "tag");
  /* private=true lets private ones in, which is the default; private=false leaves them out. */
  return dial_sandbox_query_takes_time (query, "created_at",
                                        dial_sandbox_world_get_created_at (world, row)) &&
         dial_sandbox_query_takes_time (query, "updated_at",
                                        dial_sandbox_world_get_candidate_listed_at (world, row)) &&
         dial_sandbox_query_takes_time (query, "last_activity_at",
                                        dial_sandbox_world_get_active_at (world, row)) &&
         (dial_sandbox_query_get_boolean (query, "private", TRUE) ||
          !dial_sandbox_world_is_private (world, row)) &&
         (email == NULL || dial_sandbox_person_has_email (world, row, email)) &&
         (tag == NULL || dial_sandbox_person_has_tag (world, row, tag)) &&
         !dial_sandbox_query_has (query, "custom_field_option_id");
}

static void
write_candidate (DialSandboxServer *server,
                 guint64            row,
                 DialSandboxRecord *record)
{
  dial_sandbox_person_write (server->world, row, record);
}

/* Returns: (transfer full): rows of an index, and all touched ones that are not @later. */
static GArray *
unite (GArray  *found,
       GArray  *touched,
       guint64  later)
{
  GArray *rows;

  if (touched->len == 0)
    return g_array_ref (found);

  rows = g_array_copy (found);
  for (guint i = 0; i < touched->len; i++) {
    if (g_array_index (touched, guint64, i) < later)
      g_array_append_val (rows, g_array_index (touched, guint64, i));
  }
  dial_sandbox_sort_rows (rows);
  return rows;
}

/**
 * dial_sandbox_find_candidates:
 * @server: a server
 * @ids: (element-type gint64): ids, of whomever
 *
 * Returns: (transfer full) (element-type guint64): the rows of those who ever were, ascending
 */
GArray *
dial_sandbox_find_candidates (DialSandboxServer *server,
                              GArray            *ids)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; i < ids->len; i++) {
    guint64 row;

    if (dial_sandbox_world_find_candidate (server->world, g_array_index (ids, gint64, i), &row))
      g_array_append_val (rows, row);
  }
  dial_sandbox_sort_rows (rows);
  return rows;
}

static void
narrow_candidates (DialSandboxServer *server,
                   DialSandboxQuery  *query,
                   DialSandboxExtent *extent)
{
  GArray *ids = dial_sandbox_query_get_ids (query, "ids");
  gboolean is_only_filter = dial_sandbox_query_get_n_filters (query) == 1;
  gint64 from, until;

  if (ids != NULL) {
    extent->rows = dial_sandbox_find_candidates (server, ids);
  } else if (dial_sandbox_query_get_bounds (query, "created_at", &from, &until)) {
    extent->later = dial_sandbox_world_get_n_invented (server->world);
    extent->from = dial_sandbox_world_count_created_before (server->world, from);
    extent->until = until == G_MAXINT64 ? extent->later
                  : dial_sandbox_world_count_created_before (server->world, until + 1);
    extent->until = MAX (extent->until, extent->from);
    extent->exact = is_only_filter;
  } else if (dial_sandbox_query_get_bounds (query, "updated_at", &from, &until)) {
    GArray *found = dial_sandbox_index_find (dial_sandbox_ensure_change_index (server), from, until);

    if (found == NULL)
      return;
    extent->later = dial_sandbox_world_get_n_invented (server->world);
    extent->rows = unite (found, dial_sandbox_world_get_touched (server->world), extent->later);
    extent->exact = is_only_filter;
  }
}

static gboolean
is_candidate_touched (DialSandboxServer *server,
                      guint64            row)
{
  return dial_sandbox_world_is_touched (server->world, row);
}

static JsonObject *
get_candidate_changes (DialSandboxServer *server,
                       guint64            row)
{
  return dial_sandbox_world_get_changes (server->world, row);
}

static const char * const candidate_fields[] = {
  "id", "first_name", "last_name", "preferred_name", "company", "title", "created_at", "updated_at",
  "last_activity_at", "private", "can_email", "time_zone", "tags", "linked_user_ids",
  "phone_numbers", "addresses", "email_addresses", "website_addresses", "social_media_addresses",
  "custom_fields", NULL
};

static const DialSandboxParameter candidate_parameters[] = {
  { "email", DIAL_SANDBOX_STRING }, { "tag", DIAL_SANDBOX_STRING },
  { "private", DIAL_SANDBOX_BOOLEAN }, { "last_activity_at", DIAL_SANDBOX_TIME },
  { "custom_field_option_id", DIAL_SANDBOX_INTEGER }, { NULL }
};

const DialSandboxCollection dial_sandbox_candidate_list = {
  candidate_parameters, candidate_fields, TRUE, count_candidates, get_candidate_id,
  takes_candidate, write_candidate, narrow_candidates, get_candidate_changes,
  is_candidate_touched, dial_sandbox_get_candidate_shelf
};

void
dial_sandbox_list_candidates (DialSandboxRequest *request)
{
  dial_sandbox_collection_list (&dial_sandbox_candidate_list, request);
}

/* Rows that belong to candidates, DIAL_SANDBOX_SLOTS each: remarks, tags */

static guint64
count_slots (DialSandboxServer *server)
{
  return dial_sandbox_world_get_n_invented (server->world) * DIAL_SANDBOX_SLOTS;
}

/* Returns: (nullable): the rows of the candidates asked for, and of those merged into them. */
static GArray *
gather_candidates (DialSandboxServer *server,
                   DialSandboxQuery  *query)
{
  GArray *ids = dial_sandbox_query_get_ids (query, "candidate_ids");
  GArray *candidates;

  if (ids == NULL)
    return NULL;

  candidates = g_array_new (FALSE, FALSE, sizeof (guint64));
  for (guint i = 0; i < ids->len; i++)
    dial_sandbox_world_get_family (server->world, g_array_index (ids, gint64, i), candidates);
  dial_sandbox_sort_rows (candidates);
  return candidates;
}

static void
narrow_slots (DialSandboxServer *server,
              DialSandboxQuery  *query,
              DialSandboxExtent *extent)
{
  g_autoptr (GArray) candidates = gather_candidates (server, query);

  if (candidates == NULL)
    return;

  extent->rows = g_array_new (FALSE, FALSE, sizeof (guint64));
  extent->later = count_slots (server);
  for (guint i = 0; i < candidates->len; i++) {
    for (guint slot = 0; slot < DIAL_SANDBOX_SLOTS; slot++) {
      guint64 row = g_array_index (candidates, guint64, i) * DIAL_SANDBOX_SLOTS + slot;

      if (row < extent->later)
        g_array_append_val (extent->rows, row);
    }
  }
}

/* Whether the actor may see the candidate with this id; for ids nobody has, nothing is private. */
static gboolean
may_see_owner (DialSandboxRequest *request,
               gint64              candidate_id)
{
  guint64 row;

  return !dial_sandbox_world_find_candidate (request->server->world, candidate_id, &row) ||
         may_see_candidate (request, row);
}

/* Applications */

static guint64
count_applications (DialSandboxServer *server)
{
  return dial_sandbox_applications_get_n_rows (server->applications);
}

static gint64
get_application_id (DialSandboxServer *server,
                    guint64            row)
{
  return dial_sandbox_applications_get_id (server->applications, row);
}

static gboolean
takes_application (DialSandboxRequest *request,
                   DialSandboxQuery   *query,
                   guint64             row)
{
  DialSandboxApplication self;
  const char *status;

  if (!dial_sandbox_applications_get (request->server->applications, row, &self) ||
      !may_see_owner (request, self.candidate_id))
    return FALSE;

  /* The filter says "active" where the field says "in_process". */
  status = self.status[0] == 'i' ? "active" : self.status;

  return dial_sandbox_query_takes_id (query, "ids", self.id) &&
         dial_sandbox_query_takes_id (query, "candidate_ids", self.candidate_id) &&
         dial_sandbox_query_takes_id (query, "job_ids", self.job_id) &&
         dial_sandbox_query_takes_id (query, "prospective_job_ids", self.prospective_job_id) &&
         dial_sandbox_query_takes_id (query, "job_post_ids", 0) &&
         dial_sandbox_query_takes_id (query, "source_ids", self.source_id) &&
         dial_sandbox_query_takes_id (query, "referrer_ids", 0) &&
         dial_sandbox_query_takes_id (query, "stage_ids", self.stage_id) &&
         dial_sandbox_query_takes_text (query, "status", status) &&
         dial_sandbox_query_takes_text (query, "stage_name", self.stage_name) &&
         dial_sandbox_query_takes_flag (query, "prospect", self.prospect) &&
         dial_sandbox_query_takes_time (query, "created_at", self.created_at) &&
         dial_sandbox_query_takes_time (query, "updated_at", self.listed_at) &&
         dial_sandbox_query_takes_time (query, "last_activity_at", self.updated_at) &&
         !dial_sandbox_query_has (query, "custom_field_option_id");
}

static void
write_application (DialSandboxServer *server,
                   guint64            row,
                   DialSandboxRecord *record)
{
  dial_sandbox_applications_write (server->applications, row, record);
}

static GArray *
find_applications (DialSandboxServer *server,
                   GArray            *ids)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; i < ids->len; i++) {
    guint64 row;

    if (dial_sandbox_applications_find (server->applications, g_array_index (ids, gint64, i), &row))
      g_array_append_val (rows, row);
  }
  dial_sandbox_sort_rows (rows);
  return rows;
}

/* Returns: (transfer full): the applications of candidates whose times an index knows. */
static GArray *
spread (GArray *candidates)
{
  GArray *rows = g_array_sized_new (FALSE, FALSE, sizeof (guint64),
                                    candidates->len * DIAL_SANDBOX_SLOTS);

  for (guint i = 0; i < candidates->len * DIAL_SANDBOX_SLOTS; i++) {
    guint64 row = g_array_index (candidates, guint64, i / DIAL_SANDBOX_SLOTS) * DIAL_SANDBOX_SLOTS +
                  i % DIAL_SANDBOX_SLOTS;

    g_array_append_val (rows, row);
  }
  return rows;
}

/* As invented, an application was updated when its candidate was. */
static GArray *
find_by_time (DialSandboxServer *server,
              DialSandboxQuery  *query)
{
  gint64 from, until;
  GArray *found;

  if (dial_sandbox_query_get_bounds (query, "created_at", &from, &until)) {
    found = dial_sandbox_index_find (dial_sandbox_ensure_application_index (server), from, until);
    return found != NULL ? g_array_ref (found) : NULL;
  }
  if (dial_sandbox_query_get_bounds (query, "updated_at", &from, &until)) {
    found = dial_sandbox_index_find (dial_sandbox_ensure_change_index (server), from, until);
    return found != NULL ? spread (found) : NULL;
  }
  return NULL;
}

static void
narrow_applications (DialSandboxServer *server,
                     DialSandboxQuery  *query,
                     DialSandboxExtent *extent)
{
  GArray *ids = dial_sandbox_query_get_ids (query, "ids");
  g_autoptr (GArray) candidates = gather_candidates (server, query);
  g_autoptr (GArray) found = NULL;

  if (candidates != NULL) {
    extent->rows = dial_sandbox_applications_gather (server->applications, candidates);
  } else if (ids != NULL) {
    extent->rows = find_applications (server, ids);
  } else {
    found = find_by_time (server, query);
    if (found == NULL)
      return;
    extent->later = count_slots (server);
    extent->rows = unite (found, dial_sandbox_applications_get_touched (server->applications),
                          extent->later);
    extent->exact = dial_sandbox_query_get_n_filters (query) == 1;
  }
}

static gboolean
is_application_touched (DialSandboxServer *server,
                        guint64            row)
{
  return dial_sandbox_applications_is_touched (server->applications, row);
}

static const char * const application_fields[] = {
  "id", "candidate_id", "job_id", "job_post_id", "stage_id", "stage_name", "status",
  "needs_decision", "prospect", "rejected_at", "last_activity_at", "recruiter_id", "coordinator_id",
  "referrer_id", "source_id", "agency_note_id", "location_address", "answers",
  "prospective_job_ids", "custom_fields", "created_at", "updated_at", NULL
};

static const DialSandboxParameter application_parameters[] = {
  { "candidate_ids", DIAL_SANDBOX_IDS }, { "job_ids", DIAL_SANDBOX_IDS },
  { "prospective_job_ids", DIAL_SANDBOX_IDS }, { "job_post_ids", DIAL_SANDBOX_IDS },
  { "source_ids", DIAL_SANDBOX_IDS }, { "referrer_ids", DIAL_SANDBOX_IDS },
  { "stage_ids", DIAL_SANDBOX_IDS },
  { "status", DIAL_SANDBOX_STRING, "rejected|hired|converted|active" },
  { "stage_name", DIAL_SANDBOX_STRING }, { "prospect", DIAL_SANDBOX_BOOLEAN },
  { "last_activity_at", DIAL_SANDBOX_TIME }, { "custom_field_option_id", DIAL_SANDBOX_INTEGER },
  { NULL }
};

const DialSandboxCollection dial_sandbox_application_list = {
  application_parameters, application_fields, FALSE, count_applications, get_application_id,
  takes_application, write_application, narrow_applications, NULL, is_application_touched,
  dial_sandbox_get_application_shelf
};

void
dial_sandbox_list_applications (DialSandboxRequest *request)
{
  dial_sandbox_collection_list (&dial_sandbox_application_list, request);
}

/* Notes: the remarks of old, then those that were posted, whose ids are all higher */

static guint64
count_notes (DialSandboxServer *server)
{
  return count_slots (server) + dial_sandbox_notes_get_n_notes (server->notes);
}

static const DialSandboxNote *
peek_note (DialSandboxServer *server,
           guint64            row)
{
  guint64 n_remarks = count_slots (server);

  if (row < n_remarks)
    return NULL;

  return dial_sandbox_notes_get_note (server->notes, (guint) (row - n_remarks));
}

static gint64
get_note_id (DialSandboxServer *server,
             guint64            row)
{
  const DialSandboxNote *note = peek_note (server, row);

  return note != NULL ? note->id : dial_sandbox_remark_id (server->world, row);
}

/* A posted note moves on with its candidate when that one is merged. */
static gint64
find_owner (DialSandboxServer *server,
            gint64             candidate_id)
{
  guint64 row;

  if (!dial_sandbox_world_find_candidate (server->world, candidate_id, &row))
    return candidate_id;

  return dial_sandbox_world_get_owner (server->world, row);
}

static gboolean
takes_note (DialSandboxRequest *request,
            DialSandboxQuery   *query,
            guint64             row)
{
  const DialSandboxNote *note = peek_note (request->server, row);
  DialSandboxRemark remark;
  gint64 application_id = 0;

  if (note != NULL) {
    if (dial_sandbox_note_is_hidden (note))
      return FALSE;
    remark = (DialSandboxRemark) { note->id, find_owner (request->server, note->candidate_id),
                                   note->user_id, note->type,
                                   note->visibility, note->body, note->subject, note->created_at };
    application_id = note->application_id;
  } else if (!dial_sandbox_remark_invent (&remark, request->server->world, row)) {
    return FALSE;
  }

  if (!may_see_owner (request, remark.candidate_id) ||
      (g_strcmp0 (remark.visibility, "privately_visible") == 0 &&
       !request->actor->sees_private && remark.user_id != request->actor->id))
    return FALSE;

  return dial_sandbox_query_takes_id (query, "ids", remark.id) &&
         dial_sandbox_query_takes_id (query, "candidate_ids", remark.candidate_id) &&
         dial_sandbox_query_takes_id (query, "application_ids", application_id) &&
         dial_sandbox_query_takes_id (query, "user_ids", remark.user_id) &&
         dial_sandbox_query_takes_text (query, "type", remark.type) &&
         dial_sandbox_query_takes_text (query, "visibility", remark.visibility) &&
         dial_sandbox_query_takes_time (query, "created_at", remark.created_at) &&
         dial_sandbox_query_takes_time (query, "updated_at", remark.created_at);
}

static void
write_note (DialSandboxServer *server,
            guint64            row,
            DialSandboxRecord *record)
{
  const DialSandboxNote *note = peek_note (server, row);
  DialSandboxRemark remark;
  DialSandboxNote old;

  if (note != NULL) {
    old = *note;
    old.candidate_id = find_owner (server, note->candidate_id);
    dial_sandbox_note_write (&old, record);
    return;
  }

  if (!dial_sandbox_remark_invent (&remark, server->world, row))
    g_return_if_reached ();

  old = (DialSandboxNote) {
    .id = remark.id,
    .candidate_id = remark.candidate_id,
    .user_id = remark.user_id,
    .type = remark.type,
    .visibility = remark.visibility,
    .body = (char *) remark.body,
    .subject = (char *) remark.subject,
    .created_at = remark.created_at,
  };
  dial_sandbox_note_write (&old, record);
}

static const char * const note_fields[] = {
  "id", "candidate_id", "application_id", "user_id", "type", "visibility", "body", "body_with_tags",
  "subject", "email_from", "email_to", "email_cc", "email_attachment_file_names", "import_hash",
  "created_at", "updated_at", NULL
};

static const DialSandboxParameter note_parameters[] = {
  { "candidate_ids", DIAL_SANDBOX_IDS }, { "application_ids", DIAL_SANDBOX_IDS },
  { "user_ids", DIAL_SANDBOX_IDS },
  { "type", DIAL_SANDBOX_STRING,
    "NOTE|ACTIVITY|INTERVIEW|EMAIL|FOLLOW_UP|TAKE_HOME_TEST|LINKEDIN_NOTE|LINKEDIN_INMAIL|"
    "AVAILABILITY_REQUEST|MIGRATION_ERROR|TOUCHPOINT|FORM|FEEDBACK" },
  { "visibility", DIAL_SANDBOX_STRING, "admin_only_visible|privately_visible|publicly_visible" },
  { NULL }
};

void
dial_sandbox_list_notes (DialSandboxRequest *request)
{
  static const DialSandboxCollection notes = {
    note_parameters, note_fields, TRUE, count_notes, get_note_id, takes_note, write_note,
    narrow_slots
  };

  dial_sandbox_collection_list (&notes, request);
  dial_sandbox_notes_were_listed (request->server->notes);
}

/* Tags on candidates */

#define FIRST_APPLIED_TAG G_GINT64_CONSTANT (7700000001)

static gint64
get_applied_tag_id (DialSandboxServer *server,
                    guint64            row)
{
  return FIRST_APPLIED_TAG + (gint64) row;
}

static gboolean
takes_applied_tag (DialSandboxRequest *request,
                   DialSandboxQuery   *query,
                   guint64             row)
{
  DialSandboxWorld *world = request->server->world;
  guint64 candidate = row / DIAL_SANDBOX_SLOTS;
  guint tags[DIAL_SANDBOX_SLOTS];

  return may_see_candidate (request, candidate) &&
         row % DIAL_SANDBOX_SLOTS < dial_sandbox_person_get_tags (world, candidate, tags) &&
         dial_sandbox_query_takes_id (query, "ids", get_applied_tag_id (request->server, row)) &&
         dial_sandbox_query_takes_id (query, "candidate_ids",
                                      get_candidate_id (request->server, candidate)) &&
         dial_sandbox_query_takes_id (query, "candidate_tag_ids",
                                      dial_sandbox_tag_id (tags[row % DIAL_SANDBOX_SLOTS])) &&
         dial_sandbox_query_takes_time (query, "created_at",
                                        dial_sandbox_world_get_created_at (world, candidate)) &&
         dial_sandbox_query_takes_time (query, "updated_at",
                                        dial_sandbox_world_get_created_at (world, candidate));
}

static void
write_applied_tag (DialSandboxServer *server,
                   guint64            row,
                   DialSandboxRecord *record)
{
  guint64 candidate = row / DIAL_SANDBOX_SLOTS;
  gint64 created_at = dial_sandbox_world_get_created_at (server->world, candidate);
  guint tags[DIAL_SANDBOX_SLOTS];

  dial_sandbox_person_get_tags (server->world, candidate, tags);
  dial_sandbox_record_integer (record, "id", get_applied_tag_id (server, row));
  dial_sandbox_record_integer (record, "candidate_id", get_candidate_id (server, candidate));
  dial_sandbox_record_integer (record, "candidate_tag_id",
                               dial_sandbox_tag_id (tags[row % DIAL_SANDBOX_SLOTS]));
  dial_sandbox_record_time (record, "created_at", created_at);
  dial_sandbox_record_time (record, "updated_at", created_at);
}

void
dial_sandbox_list_applied_tags (DialSandboxRequest *request)
{
  static const char * const fields[] = {
    "id", "candidate_id", "candidate_tag_id", "created_at", "updated_at", NULL
  };
  static const DialSandboxParameter parameters[] = {
    { "candidate_ids", DIAL_SANDBOX_IDS }, { "candidate_tag_ids", DIAL_SANDBOX_IDS }, { NULL }
  };
  static const DialSandboxCollection applied_tags = {
    parameters, fields, FALSE, count_slots, get_applied_tag_id, takes_applied_tag,
    write_applied_tag, narrow_slots
  };

  dial_sandbox_collection_list (&applied_tags, request);
}
