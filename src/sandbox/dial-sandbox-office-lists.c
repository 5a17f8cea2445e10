#include "dial-sandbox-collection.h"
#include "dial-sandbox-history.h"
#include "dial-sandbox-names.h"

#include <string.h>

/* The lists about the house itself: users, their addresses, jobs, stages, tags. */

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

static gint64
days_ago (DialSandboxServer *server,
          gint64             days)
{
  return dial_sandbox_world_get_today (server->world) - days * DAY;
}

/* Users */

static guint64
count_users (DialSandboxServer *server)
{
  return dial_sandbox_n_users;
}

static gint64
get_user_id (DialSandboxServer *server,
             guint64            row)
{
  return dial_sandbox_users[row].id;
}

static const DialSandboxUser *
get_user (DialSandboxServer *server,
          guint64            row)
{
  return dial_sandbox_staff_get (server->staff, (guint) row);
}

static gint64
get_user_created_at (DialSandboxServer *server,
                     guint64            row)
{
  return dial_sandbox_staff_get_created_at (server->staff, (guint) row);
}

static gint64
get_user_updated_at (DialSandboxServer *server,
                     guint64            row)
{
  return dial_sandbox_staff_get_updated_at (server->staff, (guint) row);
}

static gint64
get_office_id (guint64 row)
{
  return 4000011 + (gint64) (row % 3);
}

static gboolean
takes_user (DialSandboxRequest *request,
            DialSandboxQuery   *query,
            guint64             row)
{
  const DialSandboxUser *user = get_user (request->server, row);
  const char *email = dial_sandbox_query_get_string (query, "primary_email");

  return (!user->service || dial_sandbox_query_get_boolean (query, "show_service_accounts",
                                                            FALSE)) &&
         (email == NULL || (user->email != NULL && g_ascii_strcasecmp (email, user->email) == 0)) &&
         dial_sandbox_query_takes_id (query, "ids", user->id) &&
         dial_sandbox_query_takes_flag (query, "deactivated", user->deactivated) &&
         dial_sandbox_query_takes_text (query, "employee_ids", user->employee_id) &&
         dial_sandbox_query_takes_id (query, "agency_ids", 0) &&
         dial_sandbox_query_takes_id (query, "office_ids", get_office_id (row)) &&
         dial_sandbox_query_takes_id (query, "department_ids", 4000025) &&
         dial_sandbox_query_takes_id (query, "linked_candidate_ids", 0) &&
         dial_sandbox_query_takes_id (query, "interviewer_tag_ids", row % 4 == 2 ? 31 : 0) &&
         dial_sandbox_query_takes_time (query, "created_at",
                                        get_user_created_at (request->server, row)) &&
         dial_sandbox_query_takes_time (query, "updated_at",
                                        dial_sandbox_staff_get_listed_at (request->server->staff,
                                                                          (guint) row)) &&
         !dial_sandbox_query_has (query, "custom_field_option_id") &&
         !dial_sandbox_query_has (query, "external_office_id") &&
         !dial_sandbox_query_has (query, "external_department_id");
}

static const char custom_fields[] =
  "{\"team\":{\"name\":\"Team\",\"type\":\"single_select\",\"value\":null}}";

static void
write_user (DialSandboxServer *server,
            guint64            row,
            DialSandboxRecord *record)
{
  const DialSandboxUser *user = get_user (server, row);
  const char *emails[] = { user->email, user->second_email, NULL };
  const gint64 office = get_office_id (row);
  const gint64 department = 4000025;
  g_autofree char *name = dial_sandbox_user_dup_name (user);

  dial_sandbox_record_integer (record, "id", user->id);
  dial_sandbox_record_string (record, "first_name", user->first);
  dial_sandbox_record_string (record, "last_name", user->last);
  dial_sandbox_record_string (record, "name", name);
  dial_sandbox_record_string (record, "primary_email", user->email);
  dial_sandbox_record_strings (record, "emails", emails);
  dial_sandbox_record_string (record, "job_title", user->job_title);
  dial_sandbox_record_json (record, "agency_id", "null");
  dial_sandbox_record_boolean (record, "deactivated", user->deactivated);
  dial_sandbox_record_boolean (record, "site_admin", user->site_admin);
  dial_sandbox_record_string (record, "employee_id", user->employee_id);
  dial_sandbox_record_json (record, "linked_candidate_ids", "[]");
  dial_sandbox_record_ids (record, "office_ids", &office, 1);
  dial_sandbox_record_ids (record, "department_ids", &department, 1);
  dial_sandbox_record_json (record, "interviewer_tags",
                            row % 4 == 2 ? "[{\"id\":31,\"name\":\"Operations\"}]" : "[]");
  dial_sandbox_record_json (record, "custom_fields", custom_fields);
  dial_sandbox_record_time (record, "created_at", get_user_created_at (server, row));
  dial_sandbox_record_time (record, "updated_at", get_user_updated_at (server, row));
}

static const char * const user_fields[] = {
  "id", "first_name", "last_name", "name", "primary_email", "emails", "job_title", "agency_id",
  "deactivated", "site_admin", "employee_id", "linked_candidate_ids", "office_ids",
  "department_ids", "interviewer_tags", "custom_fields", "created_at", "updated_at", NULL
};
static const DialSandboxParameter user_parameters[] = {
  { "agency_ids", DIAL_SANDBOX_IDS }, { "office_ids", DIAL_SANDBOX_IDS },
  { "department_ids", DIAL_SANDBOX_IDS }, { "linked_candidate_ids", DIAL_SANDBOX_IDS },
  { "interviewer_tag_ids", DIAL_SANDBOX_IDS }, { "employee_ids", DIAL_SANDBOX_STRINGS },
  { "custom_field_option_id", DIAL_SANDBOX_INTEGER }, { "deactivated", DIAL_SANDBOX_BOOLEAN },
  { "primary_email", DIAL_SANDBOX_STRING }, { "external_office_id", DIAL_SANDBOX_STRING },
  { "external_department_id", DIAL_SANDBOX_STRING },
  { "show_service_accounts", DIAL_SANDBOX_BOOLEAN }, { NULL }
};

const DialSandboxCollection dial_sandbox_user_list = {
  user_parameters, user_fields, FALSE, count_users, get_user_id, takes_user, write_user
};

void
dial_sandbox_list_users (DialSandboxRequest *request)
{
  dial_sandbox_collection_list (&dial_sandbox_user_list, request);
}

/* Users' addresses: two rows a user, the primary one and the further one */

static guint64
count_user_emails (DialSandboxServer *server)
{
  return dial_sandbox_n_users * 2;
}

static gint64
get_user_email_id (DialSandboxServer *server,
                   guint64            row)
{
  return G_GINT64_CONSTANT (5600000021) + (gint64) row * 3;
}

static const char *
get_user_email (DialSandboxServer *server,
                guint64            row)
{
  const DialSandboxUser *user = get_user (server, row / 2);

  return row % 2 == 0 ? user->email : user->second_email;
}

static gboolean
takes_user_email (DialSandboxRequest *request,
                  DialSandboxQuery   *query,
                  guint64             row)
{
  const char *email = get_user_email (request->server, row);
  gint64 created_at = get_user_created_at (request->server, row / 2);

  return email != NULL &&
         dial_sandbox_query_takes_id (query, "ids", get_user_email_id (request->server, row)) &&
         dial_sandbox_query_takes_id (query, "user_ids", dial_sandbox_users[row / 2].id) &&
         dial_sandbox_query_takes_text (query, "email", email) &&
         dial_sandbox_query_takes_flag (query, "verified", row % 11 != 9) &&
         dial_sandbox_query_takes_time (query, "verification_token_sent_at",
                                        row % 11 == 9 ? created_at : 0) &&
         dial_sandbox_query_takes_time (query, "created_at", created_at) &&
         dial_sandbox_query_takes_time (query, "updated_at", created_at);
}

static void
write_user_email (DialSandboxServer *server,
                  guint64            row,
                  DialSandboxRecord *record)
{
  gint64 created_at = get_user_created_at (server, row / 2);

  dial_sandbox_record_integer (record, "id", get_user_email_id (server, row));
  dial_sandbox_record_integer (record, "user_id", dial_sandbox_users[row / 2].id);
  dial_sandbox_record_string (record, "email", get_user_email (server, row));
  dial_sandbox_record_boolean (record, "verified", row % 11 != 9);
  dial_sandbox_record_time (record, "verification_token_sent_at", row % 11 == 9 ? created_at : 0);
  dial_sandbox_record_time (record, "created_at", created_at);
  dial_sandbox_record_time (record, "updated_at", created_at);
}

void
dial_sandbox_list_user_emails (DialSandboxRequest *request)
{
  static const char * const fields[] = {
    "id", "user_id", "email", "verified", "verification_token_sent_at", "created_at", "updated_at",
    NULL
  };
  static const DialSandboxParameter parameters[] = {
    { "user_ids", DIAL_SANDBOX_IDS }, { "email", DIAL_SANDBOX_STRINGS },
    { "verified", DIAL_SANDBOX_BOOLEAN }, { "verification_token_sent_at", DIAL_SANDBOX_TIME },
    { NULL }
  };
  static const DialSandboxCollection user_emails = {
    parameters, fields, FALSE, count_user_emails, get_user_email_id, takes_user_email,
    write_user_email
  };

  dial_sandbox_collection_list (&user_emails, request);
}

/* Jobs */

static guint64
count_jobs (DialSandboxServer *server)
{
  return dial_sandbox_jobs_get_n_jobs (server->jobs);
}

static gint64
get_job_id (DialSandboxServer *server,
            guint64            row)
{
  return dial_sandbox_jobs_get (server->jobs, (guint) row)->id;
}

static char *
dup_requisition (guint64 row)
{
  return row % 5 != 0 ? g_strdup_printf ("REQ-%03u", (guint) row) : NULL;
}

static gboolean
takes_job (DialSandboxRequest *request,
           DialSandboxQuery   *query,
           guint64             row)
{
  const DialSandboxJob *job = dial_sandbox_jobs_get (request->server->jobs, (guint) row);
  gint64 listed_at = dial_sandbox_world_get_listed_at (request->server->world, &job->stamp);
  g_autofree char *requisition = dup_requisition (row);

  return (!job->confidential || request->actor->sees_private) &&
         dial_sandbox_query_takes_id (query, "ids", job->id) &&
         dial_sandbox_query_takes_text (query, "status", job->status) &&
         dial_sandbox_query_takes_text (query, "requisition_id", requisition) &&
         dial_sandbox_query_takes_flag (query, "confidential", job->confidential) &&
         dial_sandbox_query_takes_id (query, "department_id", 4000025) &&
         dial_sandbox_query_takes_id (query, "office_id", get_office_id (row)) &&
         dial_sandbox_query_takes_time (query, "opened_at", job->opened_at) &&
         dial_sandbox_query_takes_time (query, "closed_at", job->closed_at) &&
         dial_sandbox_query_takes_time (query, "created_at", job->created_at) &&
         dial_sandbox_query_takes_time (query, "updated_at", listed_at);
}

static void
write_job (DialSandboxServer *server,
           guint64            row,
           DialSandboxRecord *record)
{
  const DialSandboxJob *job = dial_sandbox_jobs_get (server->jobs, (guint) row);
  g_autofree char *requisition = dup_requisition (row);
  const gint64 office = get_office_id (row);

  dial_sandbox_record_integer (record, "id", job->id);
  dial_sandbox_record_string (record, "name", job->name);
  dial_sandbox_record_string (record, "requisition_id", requisition);
  dial_sandbox_record_string (record, "notes", row % 4 == 0 ? "Two openings." : NULL);
  dial_sandbox_record_boolean (record, "confidential", job->confidential);
  dial_sandbox_record_string (record, "status", job->status);
  dial_sandbox_record_time (record, "opened_at", job->opened_at);
  dial_sandbox_record_time (record, "closed_at", job->closed_at);
  dial_sandbox_record_json (record, "is_template", row % 8 == 7 ? "null" : "false");
  dial_sandbox_record_json (record, "copied_from_id", "null");
  dial_sandbox_record_integer (record, "department_id", 4000025);
  dial_sandbox_record_ids (record, "office_ids", &office, 1);
  dial_sandbox_record_json (record, "custom_fields", row % 3 == 0 ? "null" : "{}");
  dial_sandbox_record_time (record, "created_at", job->created_at);
  dial_sandbox_record_time (record, "updated_at", job->stamp.updated_at);
}

static const char * const job_fields[] = {
  "id", "name", "requisition_id", "notes", "confidential", "status", "opened_at", "closed_at",
  "is_template", "copied_from_id", "department_id", "office_ids", "custom_fields", "created_at",
  "updated_at", NULL
};

static const DialSandboxParameter job_parameters[] = {
  { "status", DIAL_SANDBOX_STRING, "open|draft|closed" },
  { "requisition_id", DIAL_SANDBOX_STRING }, { "confidential", DIAL_SANDBOX_BOOLEAN },
  { "opened_at", DIAL_SANDBOX_TIME }, { "closed_at", DIAL_SANDBOX_TIME },
  { "department_id", DIAL_SANDBOX_INTEGER }, { "office_id", DIAL_SANDBOX_INTEGER }, { NULL }
};

const DialSandboxCollection dial_sandbox_job_list = {
  job_parameters, job_fields, TRUE, count_jobs, get_job_id, takes_job, write_job
};

void
dial_sandbox_list_jobs (DialSandboxRequest *request)
{
  dial_sandbox_collection_list (&dial_sandbox_job_list, request);
}

/* Stages of jobs */

static guint64
count_stages (DialSandboxServer *server)
{
  return dial_sandbox_jobs_get_n_stages (server->jobs);
}

static gint64
get_stage_id (DialSandboxServer *server,
              guint64            row)
{
  return dial_sandbox_jobs_get_stage (server->jobs, (guint) row)->id;
}

static gboolean
takes_stage (DialSandboxRequest *request,
             DialSandboxQuery   *query,
             guint64             row)
{
  DialSandboxJobs *jobs = request->server->jobs;
  const DialSandboxStage *stage = dial_sandbox_jobs_get_stage (jobs, (guint) row);
  gint64 listed_at = dial_sandbox_world_get_listed_at (request->server->world, &stage->stamp);

  return (!dial_sandbox_jobs_find (jobs, stage->job_id)->confidential ||
          request->actor->sees_private) &&
         dial_sandbox_query_takes_id (query, "ids", stage->id) &&
         dial_sandbox_query_takes_id (query, "job_ids", stage->job_id) &&
         dial_sandbox_query_takes_flag (query, "active", stage->active) &&
         dial_sandbox_query_takes_time (query, "created_at", stage->created_at) &&
         dial_sandbox_query_takes_time (query, "updated_at", listed_at);
}

static void
write_stage (DialSandboxServer *server,
             guint64            row,
             DialSandboxRecord *record)
{
  const DialSandboxStage *stage = dial_sandbox_jobs_get_stage (server->jobs, (guint) row);

  dial_sandbox_record_integer (record, "id", stage->id);
  dial_sandbox_record_integer (record, "job_id", stage->job_id);
  dial_sandbox_record_string (record, "name", stage->name);
  dial_sandbox_record_integer (record, "sort_order", stage->sort_order);
  dial_sandbox_record_boolean (record, "active", stage->active);
  dial_sandbox_record_time (record, "created_at", stage->created_at);
  dial_sandbox_record_time (record, "updated_at", stage->stamp.updated_at);
}

static const char * const stage_fields[] = {
  "id", "job_id", "name", "sort_order", "active", "created_at", "updated_at", NULL
};

static const DialSandboxParameter stage_parameters[] = {
  { "job_ids", DIAL_SANDBOX_IDS }, { "active", DIAL_SANDBOX_BOOLEAN }, { NULL }
};

const DialSandboxCollection dial_sandbox_stage_list = {
  stage_parameters, stage_fields, FALSE, count_stages, get_stage_id, takes_stage, write_stage
};

void
dial_sandbox_list_stages (DialSandboxRequest *request)
{
  dial_sandbox_collection_list (&dial_sandbox_stage_list, request);
}

/* Tags */

static guint64
count_tags (DialSandboxServer *server)
{
  return dial_sandbox_count (dial_sandbox_tags);
}

static gint64
get_tag_id (DialSandboxServer *server,
            guint64            row)
{
  return dial_sandbox_tag_id ((guint) row);
}

static gboolean
takes_tag (DialSandboxRequest *request,
           DialSandboxQuery   *query,
           guint64             row)
{
  return dial_sandbox_query_takes_id (query, "ids", get_tag_id (request->server, row)) &&
         dial_sandbox_query_takes_time (query, "created_at", days_ago (request->server, 1500)) &&
         dial_sandbox_query_takes_time (query, "updated_at", days_ago (request->server, 1500));
}

static void
write_tag (DialSandboxServer *server,
           guint64            row,
           DialSandboxRecord *record)
{
  dial_sandbox_record_integer (record, "id", get_tag_id (server, row));
  dial_sandbox_record_string (record, "name", dial_sandbox_tags[row]);
  dial_sandbox_record_time (record, "created_at", days_ago (server, 1500));
  dial_sandbox_record_time (record, "updated_at", days_ago (server, 1500));
}

void
dial_sandbox_list_tags (DialSandboxRequest *request)
{
  static const char * const fields[] = { "id", "name", "created_at", "updated_at", NULL };
  static const DialSandboxParameter parameters[] = { { NULL } };
  static const DialSandboxCollection tags = {
    parameters, fields, FALSE, count_tags, get_tag_id, takes_tag, write_tag
  };

  dial_sandbox_collection_list (&tags, request);
}
