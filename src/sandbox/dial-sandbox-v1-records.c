#include "dial-sandbox-v1.h"

#include <string.h>

/* Candidates and users as v1 shows them: much that v3 lists on its own is nested here. */

/* Users */

/**
 * dial_sandbox_v1_append_user:
 * @server: a server
 * @id: a user's id, or 0
 * @out: where to append
 *
 * Appends the short form in which other records name a user, or `null`.
 */
void
dial_sandbox_v1_append_user (DialSandboxServer *server,
                             gint64             id,
                             GString           *out)
{
  const DialSandboxUser *user = dial_sandbox_staff_find (server->staff, id);
  g_autofree char *name = NULL;
  DialSandboxRecord record;

  if (user == NULL) {
    g_string_append (out, "null");
    return;
  }

  name = dial_sandbox_user_dup_name (user);
  dial_sandbox_record_begin (&record, out, NULL, NULL);
  dial_sandbox_record_integer (&record, "id", user->id);
  dial_sandbox_record_string (&record, "first_name", user->first);
  dial_sandbox_record_string (&record, "last_name", user->last);
  dial_sandbox_record_string (&record, "name", name);
  dial_sandbox_record_string (&record, "employee_id", user->employee_id);
  dial_sandbox_record_end (&record);
}

static void
write_user_member (DialSandboxServer *server,
                   const char        *name,
                   gint64             id,
                   DialSandboxRecord *record)
{
  if (dial_sandbox_record_member (record, name))
    dial_sandbox_v1_append_user (server, id, record->out);
}

/**
 * dial_sandbox_v1_write_user:
 * @server: a server
 * @row: which user
 * @out: where to write
 *
 * Writes a user as `/v1/users` lists it.
 */
void
dial_sandbox_v1_write_user (DialSandboxServer *server,
                            guint64            row,
                            GString           *out)
{
  const DialSandboxUser *user = dial_sandbox_staff_get (server->staff, (guint) row);
  const char *emails[] = { user->email, user->second_email, NULL };
  g_autofree char *name = dial_sandbox_user_dup_name (user);
  DialSandboxRecord record;

  dial_sandbox_record_begin (&record, out, NULL, NULL);
  dial_sandbox_record_integer (&record, "id", user->id);
  dial_sandbox_record_string (&record, "name", name);
  dial_sandbox_record_string (&record, "first_name", user->first);
  dial_sandbox_record_string (&record, "last_name", user->last);
  dial_sandbox_record_string (&record, "primary_email_address", user->email);
  dial_sandbox_record_time (&record, "updated_at",
                            dial_sandbox_staff_get_updated_at (server->staff, (guint) row));
  dial_sandbox_record_time (&record, "created_at",
                            dial_sandbox_staff_get_created_at (server->staff, (guint) row));
  dial_sandbox_record_boolean (&record, "disabled", user->deactivated);
  dial_sandbox_record_boolean (&record, "site_admin", user->site_admin);
  dial_sandbox_record_strings (&record, "emails", emails);
  dial_sandbox_record_string (&record, "employee_id", user->employee_id);
  dial_sandbox_record_json (&record, "linked_candidate_ids", "[]");
  dial_sandbox_record_json (&record, "offices",
                            row % 3 == 0 ? "[]" : "[{\"id\":4000011,\"name\":\"Dover\"}]");
  dial_sandbox_record_json (&record, "departments",
                            "[{\"id\":4000025,\"name\":\"Operations\"}]");
  dial_sandbox_record_end (&record);
}

/* Applications */

static void
write_named (DialSandboxRecord *record,
             const char        *member,
             const char        *pattern,
             gint64             id,
             const char        *name)
{
  DialSandboxRecord inner;
  g_auto (GStrv) around = g_strsplit (pattern, "#", 2);

  if (!dial_sandbox_record_member (record, member))
    return;
  if (id == 0) {
    g_string_append (record->out, "null");
    return;
  }

  g_string_append (record->out, around[0]);
  dial_sandbox_record_begin (&inner, record->out, NULL, NULL);
  dial_sandbox_record_integer (&inner, "id", id);
  dial_sandbox_record_string (&inner, strcmp (member, "source") == 0 ? "public_name" : "name",
                              name);
  dial_sandbox_record_end (&inner);
  g_string_append (record->out, around[1]);
}

static const char *
source_name (gint64 id)
{
  static const char * const names[] = { "Meetups", "Referral", "Company website", "Job fair" };

  return names[(guint64) id % G_N_ELEMENTS (names)];
}

static void
write_application (DialSandboxServer            *server,
                   guint64                       row,
                   const DialSandboxApplication *self,
                   GString                      *out)
{
  static const char answered[] = "[{\"question\":\"May we call you?\",\"answer\":\"Yes\"}]";
  static const char reason[] =
    "{\"id\":7,\"name\":\"Other\",\"type\":{\"id\":1,\"name\":\"We rejected them\"}}";
  gint64 job_id = self->prospect ? self->prospective_job_id : self->job_id;
  /* What v3 calls "in_process" is "active" here. */
  const char *status = strcmp (self->status, "in_process") == 0 ? "active" : self->status;
  DialSandboxRecord record;

  dial_sandbox_record_begin (&record, out, NULL, NULL);
  dial_sandbox_record_integer (&record, "id", self->id);
  dial_sandbox_record_integer (&record, "candidate_id", self->candidate_id);
  dial_sandbox_record_boolean (&record, "prospect", self->prospect);
  dial_sandbox_record_time (&record, "applied_at", self->created_at);
  dial_sandbox_record_time (&record, "rejected_at", self->rejected_at);
  dial_sandbox_record_time (&record, "last_activity_at", self->updated_at);
  dial_sandbox_record_json (&record, "location",
                            row % 3 == 0 ? "{\"address\":\"Dover, DE\"}" : "null");
  write_named (&record, "source", "#", self->source_id, source_name (self->source_id));
  write_user_member (server, "credited_to", row % 4 == 0 ? self->recruiter_id : 0, &record);
  write_user_member (server, "recruiter", self->recruiter_id, &record);
  write_user_member (server, "coordinator", self->coordinator_id, &record);
  dial_sandbox_record_json (&record, "rejection_reason",
                            self->rejected_at != 0 ? reason : "null");
  dial_sandbox_record_json (&record, "rejection_details", "null");
  write_named (&record, "jobs", "[#]", job_id, dial_sandbox_jobs_get_name (server->jobs, job_id));
  dial_sandbox_record_json (&record, "job_post_id", "null");
  dial_sandbox_record_string (&record, "status", status);
  write_named (&record, "current_stage", "#", self->stage_id, self->stage_name);
  dial_sandbox_record_json (&record, "answers", row % 4 == 0 ? answered : "[]");
  dial_sandbox_record_json (&record, "prospective_office", "null");
  dial_sandbox_record_json (&record, "prospective_department", "null");
  dial_sandbox_record_json (&record, "prospect_detail",
                            "{\"prospect_pool\":null,\"prospect_stage\":null,"
                            "\"prospect_owner\":null}");
  dial_sandbox_record_json (&record, "attachments", "[]");
  dial_sandbox_record_end (&record);
}

/* What belongs to a candidate, and to those merged into it: records and their ids, each a list
 * without brackets. */
typedef struct {
  GString *records;
  GString *ids;
  gint64   recruiter_id;
  gint64   coordinator_id;
} Applications;

static void
gather_applications (Applications      *self,
                     DialSandboxServer *server,
                     gint64             candidate_id)
{
  g_autoptr (GArray) family = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GArray) rows = NULL;

  *self = (Applications) { g_string_new (NULL), g_string_new (NULL), 0, 0 };
  dial_sandbox_world_get_family (server->world, candidate_id, family);
  rows = dial_sandbox_applications_gather (server->applications, family);
  for (guint i = 0; i < rows->len; i++) {
    guint64 row = g_array_index (rows, guint64, i);
    DialSandboxApplication application;

    if (!dial_sandbox_applications_get (server->applications, row, &application))
      continue;

    if (self->ids->len == 0) {
      self->recruiter_id = application.recruiter_id;
      self->coordinator_id = application.coordinator_id;
    } else {
      g_string_append_c (self->records, ',');
      g_string_append_c (self->ids, ',');
    }
    g_string_append_printf (self->ids, "%" G_GINT64_FORMAT, application.id);
    write_application (server, row, &application, self->records);
  }
}

static void
write_list (DialSandboxRecord *record,
            const char        *name,
            const GString     *elements)
{
  if (dial_sandbox_record_member (record, name))
    g_string_append_printf (record->out, "[%s]", elements->str);
}

/* Candidates */

static void
copy_plain_field (JsonObject *fields,
                  const char *key,
                  JsonNode   *node,
                  gpointer    user_data)
{
  JsonNode *value = node;

  if (JSON_NODE_HOLDS_OBJECT (node))
    value = json_object_get_member (json_node_get_object (node), "value");
  if (value != NULL)
    json_object_set_member (user_data, key, json_node_copy (value));
}

/* Tests name members as v3 does. */
static JsonObject *
translate_changes (JsonObject *changes)
{
  static const char * const renamed[][2] = {
    { "last_activity_at", "last_activity" }, { "custom_fields", "keyed_custom_fields" },
  };
  g_autoptr (JsonObject) translated = NULL;
  g_autoptr (GList) names = NULL;
  JsonNode *fields;

  if (changes == NULL)
    return NULL;

  translated = json_object_new ();
  names = json_object_get_members (changes);
  for (GList *link = names; link != NULL; link = link->next) {
    const char *name = link->data;

    for (guint i = 0; i < G_N_ELEMENTS (renamed); i++) {
      if (strcmp (renamed[i][0], name) == 0)
        name = renamed[i][1];
    }
    json_object_set_member (translated, name,
                            json_node_copy (json_object_get_member (changes, link->data)));
  }

  fields = json_object_get_member (changes, "custom_fields");
  if (fields != NULL && JSON_NODE_HOLDS_OBJECT (fields)) {
    JsonObject *plain = json_object_new ();

    json_object_foreach_member (json_node_get_object (fields), copy_plain_field, plain);
    json_object_set_object_member (translated, "custom_fields", plain);
  } else if (fields != NULL) {
    json_object_set_null_member (translated, "custom_fields");
  }
  return g_steal_pointer (&translated);
}

/* What only v1 tells: papers, schools and former places of work. */
static void
write_career (DialSandboxServer       *server,
              guint64                  row,
              const DialSandboxPerson *person,
              DialSandboxRecord       *record)
{
  guint64 roll = dial_sandbox_world_roll (server->world, row, 400);
  gint64 base = dial_sandbox_world_get_candidate_id (server->world, row);

  if (dial_sandbox_record_member (record, "attachments")) {
    g_string_append_c (record->out, '[');
    if (roll % 4 == 0) {
      g_string_append_printf (record->out, "{\"filename\":\"cv-%" G_GUINT64_FORMAT ".pdf\",\"url\":"
                              "\"https://files.example.com/x\",\"type\":\"resume\","
                              "\"created_at\":", row);
      dial_sandbox_append_time (record->out,
                                dial_sandbox_world_get_created_at (server->world, row));
      g_string_append_c (record->out, '}');
    }
    g_string_append_c (record->out, ']');
  }

  dial_sandbox_record_json (record, "educations",
                            roll % 3 != 0 ? "[]" :
                            "[{\"id\":561001,\"school_name\":\"Dover College\",\"degree\":\"BSc\","
                            "\"discipline\":\"Geography\","
                            "\"start_date\":\"2012-08-15T00:00:00.000Z\","
                            "\"end_date\":\"2016-05-15T00:00:00.000Z\"}]");

  if (dial_sandbox_record_member (record, "employments")) {
    g_string_append_c (record->out, '[');
    if (person->company != NULL && roll % 2 == 0) {
      g_string_append_printf (record->out, "{\"id\":%" G_GINT64_FORMAT ",\"company_name\":", base);
      dial_sandbox_append_string (record->out, person->company);
      g_string_append (record->out, ",\"title\":");
      dial_sandbox_append_string (record->out, person->title);
      g_string_append (record->out, ",\"start_date\":\"2018-01-01T00:00:00.000Z\","
                       "\"end_date\":null}");
    }
    g_string_append_c (record->out, ']');
  }
}

/**
 * dial_sandbox_v1_write_candidate:
 * @server: a server
 * @row: which candidate
 * @out: where to write
 *
 * Writes a candidate as `/v1/candidates` lists it, with the applications.
 */
void
dial_sandbox_v1_write_candidate (DialSandboxServer *server,
                                 guint64            row,
                                 GString           *out)
{
  DialSandboxWorld *world = server->world;
  gint64 id = dial_sandbox_world_get_candidate_id (world, row);
  g_autoptr (JsonObject) changes = NULL;
  Applications applications;
  DialSandboxPerson person;
  DialSandboxRecord record;

  changes = translate_changes (dial_sandbox_world_get_changes (world, row));
  dial_sandbox_person_invent (&person, world, row);
  gather_applications (&applications, server, id);

  dial_sandbox_record_begin (&record, out, NULL, changes);
  dial_sandbox_record_integer (&record, "id", id);
  dial_sandbox_person_write_name (&person, &record);
  dial_sandbox_record_time (&record, "created_at", dial_sandbox_world_get_created_at (world, row));
  /* Its applications are part of it here, so it changes with them. */
  dial_sandbox_record_time (&record, "updated_at",
                            MAX (dial_sandbox_world_get_updated_at (world, row),
                                 dial_sandbox_applications_get_changed_at (server->applications,
                                                                           row)));
  dial_sandbox_record_time (&record, "last_activity", dial_sandbox_world_get_active_at (world,
                                                                                        row));
  dial_sandbox_record_boolean (&record, "is_private", dial_sandbox_world_is_private (world, row));
  dial_sandbox_record_json (&record, "photo_url", "null");
  write_list (&record, "application_ids", applications.ids);
  dial_sandbox_person_write_contacts (&person, world, row, &record);
  write_user_member (server, "recruiter", applications.recruiter_id, &record);
  write_user_member (server, "coordinator", applications.coordinator_id, &record);
  write_list (&record, "applications", applications.records);
  write_career (server, row, &person, &record);
  dial_sandbox_person_write_fields (world, row, &record, "custom_fields",
                                    DIAL_SANDBOX_FIELD_PLAIN);
  dial_sandbox_person_write_fields (world, row, &record, "keyed_custom_fields",
                                    DIAL_SANDBOX_FIELD_KEYED_OR_NULL);
  dial_sandbox_record_end (&record);

  g_string_free (applications.records, TRUE);
  g_string_free (applications.ids, TRUE);
}
