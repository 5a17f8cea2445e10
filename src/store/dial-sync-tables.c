#include "dial-store-private.h"

#include <string.h>

/* What one kind of record looks like in its table; `id` is bound first, then the contents. */
typedef struct {
  const char *touch;    /* ?1 id, ?2 run; changes a row where there is one */
  const char *insert;   /* id, contents, run */
  const char *update;   /* id, contents; changes a row where the contents differ */
  const char *forget;   /* run */
  void      (*bind)    (DialStatement *statement,
                        gpointer       record);
  gint64    (*get_id)  (gpointer       record);
  void      (*changed) (DialConnection *connection,
                        gpointer        record,
                        DialChanges    *changes);
} Table;

static void
bind_application (DialStatement *statement,
                  gpointer       record)
{
  DialApplication *application = record;

  dial_statement_bind_int64 (statement, application->candidate_id);
  dial_statement_bind_int64 (statement, application->job_id);
  dial_statement_bind_int64 (statement, application->stage_id);
  dial_statement_bind_lasting_text (statement, application->stage_name);
  dial_statement_bind_lasting_text (statement, application->status);
  dial_statement_bind_int64 (statement, application->prospect);
  dial_statement_bind_int64 (statement, application->recruiter_id);
  dial_statement_bind_int64 (statement, application->coordinator_id);
  dial_statement_bind_int64 (statement, application->created_at);
  dial_statement_bind_int64 (statement, application->updated_at);
  dial_statement_bind_int64 (statement, application->last_activity_at);
  dial_statement_bind_int64 (statement, application->rejected_at);
}

static gint64
get_application_id (gpointer record)
{
  return ((DialApplication *) record)->id;
}

static void
application_changed (DialConnection *connection,
                     gpointer        record,
                     DialChanges    *changes)
{
  dial_changes_add_stale (changes, ((DialApplication *) record)->candidate_id, NULL, FALSE);
}

/* Brings every candidate up to date that @sql names for @id. */
static void
refresh_all (DialConnection *connection,
             const char     *sql,
             gint64          id,
             DialChanges    *changes)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  DialStatement *statement = dial_connection_prepare (connection, sql);

  dial_statement_bind_int64 (statement, id);
  while (dial_statement_next (statement))
    dial_changes_add (ids, dial_statement_read_int64 (statement, 0));

  for (guint i = 0; i < ids->len; i++)
    dial_changes_add_stale (changes, g_array_index (ids, gint64, i), NULL, FALSE);
}

static void
bind_job (DialStatement *statement,
          gpointer       record)
{
  DialJob *job = record;

  dial_statement_bind_text (statement, job->name);
  dial_statement_bind_text (statement, job->status);
  dial_statement_bind_int64 (statement, job->updated_at);
}

static gint64
get_job_id (gpointer record)
{
  return ((DialJob *) record)->id;
}

static void
job_changed (DialConnection *connection,
             gpointer        record,
             DialChanges    *changes)
{
  refresh_all (connection, "SELECT DISTINCT candidate_id FROM applications WHERE job_id = ?",
               get_job_id (record), changes);
  changes->office = TRUE;
}

static void
bind_stage (DialStatement *statement,
            gpointer       record)
{
  DialStage *stage = record;

  dial_statement_bind_int64 (statement, stage->job_id);
  dial_statement_bind_text (statement, stage->name);
  dial_statement_bind_int64 (statement, stage->sort_order);
  dial_statement_bind_int64 (statement, stage->active);
}

static gint64
get_stage_id (gpointer record)
{
  return ((DialStage *) record)->id;
}

static void
stage_changed (DialConnection *connection,
               gpointer        record,
               DialChanges    *changes)
{
  /* Applications are indexed by job alone; without one all are gone through. */
  refresh_all (connection, ((DialStage *) record)->job_id != 0
                 ? "SELECT DISTINCT candidate_id FROM applications WHERE stage_id = ?1 AND job_id = "
               "(SELECT job_id FROM stages WHERE id = ?1)"
                 : "SELECT DISTINCT candidate_id FROM applications WHERE stage_id = ?1",
               get_stage_id (record), changes);
  changes->office = TRUE;
}

static void
bind_user (DialStatement *statement,
           gpointer       record)
{
  DialUser *user = record;
  g_autofree char *emails = g_strjoinv ("\n",
                                        user->emails != NULL ? user->emails : (char *[]) { NULL });

  dial_statement_bind_text (statement, user->name);
  dial_statement_bind_text (statement, user->primary_email);
  dial_statement_bind_text (statement, emails);
  dial_statement_bind_int64 (statement, user->deactivated);
  dial_statement_bind_int64 (statement, user->site_admin);
  dial_statement_bind_int64 (statement, user->updated_at);
}

static gint64
get_user_id (gpointer record)
{
  return ((DialUser *) record)->id;
}

static void
save_user_email (DialConnection *connection,
                 const char     *address,
                 gint64          id)
{
  g_autofree char *folded = dial_store_fold_email (address);
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "INSERT OR IGNORE INTO user_emails (address, user_id) VALUES (?, ?)");

  dial_statement_bind_text (statement, folded);
  dial_statement_bind_int64 (statement, id);
  dial_statement_run (statement);
}

/* Recruiters and authors are shown by name anywhere, so anything may look different now. */
static void
user_changed (DialConnection *connection,
              gpointer        record,
              DialChanges    *changes)
{
  DialUser *user = record;
  DialStatement *statement =
    dial_connection_prepare (connection, "DELETE FROM user_emails WHERE user_id = ?");

  dial_statement_bind_int64 (statement, user->id);
  dial_statement_run (statement);

  if (user->primary_email != NULL)
    save_user_email (connection, user->primary_email, user->id);
  for (guint i = 0; user->emails != NULL && user->emails[i] != NULL; i++)
    save_user_email (connection, user->emails[i], user->id);

  changes->any_candidate = TRUE;
}

static void
bind_note (DialStatement *statement,
           gpointer       record)
{
  DialNote *note = record;

  dial_statement_bind_int64 (statement, note->candidate_id);
  dial_statement_bind_int64 (statement, note->application_id);
  dial_statement_bind_int64 (statement, note->user_id);
  dial_statement_bind_text (statement, note->type);
  dial_statement_bind_text (statement, note->subject);
  dial_statement_bind_text (statement, note->body != NULL ? note->body : "");
  dial_store_bind_enum (statement, DIAL_TYPE_VISIBILITY, note->visibility);
  dial_statement_bind_int64 (statement, note->created_at);
}

static gint64
get_note_id (gpointer record)
{
  return ((DialNote *) record)->id;
}

static void
note_changed (DialConnection *connection,
              gpointer        record,
              DialChanges    *changes)
{
  DialNote *note = record;

  dial_changes_add (changes->notes, note->candidate_id);
  dial_sync_note_written (connection, note->candidate_id, note, changes);
}

#define TOUCH(table) "UPDATE " table " SET seen_run = max (seen_run, ?2) WHERE id = ?1"
#define INSERT(table, columns, marks) \
  "INSERT INTO " table " (id, " columns ", seen_run) VALUES (?, " marks ", ?) ON CONFLICT (id) DO NOTHING"
#define UPDATE(table, columns, numbers) \
  "UPDATE " table " SET (" columns ") = (" numbers ") " \
  "WHERE id = ?1 AND (" columns ") IS NOT (" numbers ")"
#define FORGET(table) "DELETE FROM " table " WHERE seen_run < ?"

#define APPLICATION_COLUMNS \
  "candidate_id, job_id, stage_id, stage_name, status, prospect, recruiter_id, coordinator_id, " \
  "created_at, updated_at, last_activity_at, rejected_at"
#define JOB_COLUMNS   "name, status, updated_at"
#define STAGE_COLUMNS "job_id, name, sort_order, active"
#define USER_COLUMNS  "name, primary_email, emails, deactivated, site_admin, updated_at"
#define NOTE_COLUMNS \
  "candidate_id, application_id, user_id, type, subject, body, visibility, created_at"

static const Table tables[DIAL_N_RESOURCES] = {
  [DIAL_RESOURCE_APPLICATIONS] = {
    TOUCH ("applications"),
    INSERT ("applications", APPLICATION_COLUMNS, "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"),
    UPDATE ("applications", APPLICATION_COLUMNS, "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
            "?13"),
    FORGET ("applications"),
    bind_application, get_application_id, application_changed,
  },
  [DIAL_RESOURCE_JOBS] = {
    TOUCH ("jobs"),
    INSERT ("jobs", JOB_COLUMNS, "?, ?, ?"),
    UPDATE ("jobs", JOB_COLUMNS, "?2, ?3, ?4"),
    FORGET ("jobs"),
    bind_job, get_job_id, job_changed,
  },
  [DIAL_RESOURCE_STAGES] = {
    TOUCH ("stages"),
    INSERT ("stages", STAGE_COLUMNS, "?, ?, ?, ?"),
    UPDATE ("stages", STAGE_COLUMNS, "?2, ?3, ?4, ?5"),
    FORGET ("stages"),
    bind_stage, get_stage_id, stage_changed,
  },
  [DIAL_RESOURCE_USERS] = {
    TOUCH ("users"),
    INSERT ("users", USER_COLUMNS, "?, ?, ?, ?, ?, ?"),
    UPDATE ("users", USER_COLUMNS, "?2, ?3, ?4, ?5, ?6, ?7"),
    FORGET ("users"),
    bind_user, get_user_id, user_changed,
  },
  [DIAL_RESOURCE_NOTES] = {
    TOUCH ("notes"),
    INSERT ("notes", NOTE_COLUMNS, "?, ?, ?, ?, ?, ?, ?, ?"),
    UPDATE ("notes", NOTE_COLUMNS, "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9"),
    FORGET ("notes"),
    bind_note, get_note_id, note_changed,
  },
};

/* An application that moves to another person (a merge) leaves one behind who must be told too. */
static gint64
get_former_candidate (DialConnection  *connection,
                      DialApplication *application)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT candidate_id FROM applications WHERE id = ? AND candidate_id "
                             "<> ?");
  gint64 id = 0;

  dial_statement_bind_int64 (statement, application->id);
  dial_statement_bind_int64 (statement, application->candidate_id);
  if (dial_statement_next (statement))
    id = dial_statement_read_int64 (statement, 0);
  dial_statement_reset (statement);
  return id;
}

static DialStatement *
bind_record (DialConnection *connection,
             const Table    *table,
             const char     *sql,
             gpointer        record)
{
  DialStatement *statement = dial_connection_prepare (connection, sql);

  dial_statement_bind_int64 (statement, table->get_id (record));
  table->bind (statement, record);
  return statement;
}

/* Saves a record of any kind but a candidate as walk @run saw it. */
void
dial_sync_save_record (DialConnection *connection,
                       DialResource    resource,
                       gpointer        record,
                       gint64          run,
                       DialSaveCounts *counts,
                       DialChanges    *changes)
{
  const Table *table = &tables[resource];
  DialStatement *statement = bind_record (connection, table, table->insert, record);
  gint64 former = 0;

  dial_statement_bind_int64 (statement, run);
  dial_statement_run (statement);
  if (dial_connection_get_changes (connection) > 0) {
    counts->created++;
    table->changed (connection, record, changes);
    return;
  }

  statement = dial_connection_prepare (connection, table->touch);
  dial_statement_bind_int64 (statement, table->get_id (record));
  dial_statement_bind_int64 (statement, run);
  dial_statement_run (statement);

  if (resource == DIAL_RESOURCE_APPLICATIONS)
    former = get_former_candidate (connection, record);
  dial_statement_run (bind_record (connection, table, table->update, record));
  if (dial_connection_get_changes (connection) == 0)
    return;

  counts->updated++;
  table->changed (connection, record, changes);
  if (former != 0)
    dial_changes_add_stale (changes, former, NULL, FALSE);
}

/* The candidates whose look changes when rows that walk @run did not see go. */
static const char *
get_touched_sql (DialResource resource)
{
  switch (resource) {
  case DIAL_RESOURCE_APPLICATIONS:
    return "SELECT DISTINCT candidate_id FROM applications WHERE seen_run < ?";
  case DIAL_RESOURCE_JOBS:
    return "SELECT DISTINCT candidate_id FROM applications "
           "WHERE job_id IN (SELECT id FROM jobs WHERE seen_run < ?)";
  case DIAL_RESOURCE_STAGES:
    return "SELECT DISTINCT candidate_id FROM applications JOIN stages ON stages.id = stage_id "
           "WHERE stages.seen_run < ?";
  case DIAL_RESOURCE_NOTES:
    return "SELECT DISTINCT candidate_id FROM notes WHERE seen_run < ?";
  case DIAL_RESOURCE_CANDIDATES:
  case DIAL_RESOURCE_USERS:
  default:
    return NULL;
  }
}

/* Deletes every row of a table other than the candidates' that walk @run did not see. */
guint
dial_sync_forget_records (DialConnection *connection,
                          DialResource    resource,
                          gint64          run,
                          DialChanges    *changes)
{
  g_autoptr (GArray) touched = g_array_new (FALSE, FALSE, sizeof (gint64));
  const char *touched_sql = get_touched_sql (resource);
  DialStatement *statement;
  guint n_forgotten;

  if (touched_sql != NULL) {
    statement = dial_connection_prepare (connection, touched_sql);
    dial_statement_bind_int64 (statement, run);
    while (dial_statement_next (statement))
      dial_changes_add (touched, dial_statement_read_int64 (statement, 0));
  }

  statement = dial_connection_prepare (connection, tables[resource].forget);
  dial_statement_bind_int64 (statement, run);
  dial_statement_run (statement);
  n_forgotten = dial_connection_get_changes (connection);

  for (guint i = 0; i < touched->len; i++) {
    if (resource == DIAL_RESOURCE_NOTES)
      dial_changes_add (changes->notes, g_array_index (touched, gint64, i));
    else
      dial_changes_add_stale (changes, g_array_index (touched, gint64, i), NULL, FALSE);
  }
  if (resource == DIAL_RESOURCE_USERS && n_forgotten > 0)
    changes->any_candidate = TRUE;
  changes->office |= resource == DIAL_RESOURCE_JOBS || resource == DIAL_RESOURCE_STAGES;
  return n_forgotten;
}
