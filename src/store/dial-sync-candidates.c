#include "dial-place.h"
#include "dial-store-private.h"

#include <string.h>

static void
digest_text (GChecksum  *checksum,
             const char *text)
{
  /* With its end, so that no two lists of texts look alike; and NULL is not "". */
  g_checksum_update (checksum, (const guchar *) (text != NULL ? "+" : "-"), 1);
  if (text != NULL)
    g_checksum_update (checksum, (const guchar *) text, strlen (text) + 1);
}

static void
digest_int64 (GChecksum *checksum,
              gint64     value)
{
  g_checksum_update (checksum, (const guchar *) &value, sizeof value);
}

/* A digest of everything the store keeps of @candidate, to see whether anything changed. */
static GBytes *
digest (DialCandidate *candidate)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  guint8 bytes[16];
  gsize length = sizeof bytes;

  digest_text (checksum, candidate->first_name);
  digest_text (checksum, candidate->last_name);
  digest_text (checksum, candidate->preferred_name);
  digest_text (checksum, candidate->company);
  digest_text (checksum, candidate->title);
  digest_text (checksum, candidate->time_zone);
  digest_int64 (checksum, candidate->is_private);
  digest_int64 (checksum, candidate->created_at);
  digest_int64 (checksum, candidate->updated_at);
  digest_int64 (checksum, candidate->last_activity_at);

  digest_int64 (checksum, candidate->phones->len);
  for (guint i = 0; i < candidate->phones->len; i++) {
    DialPhoneNumber *phone = g_ptr_array_index (candidate->phones, i);

    digest_text (checksum, dial_phone_number_get_typed (phone));
    digest_text (checksum, dial_phone_number_get_kind (phone));
    digest_text (checksum, dial_phone_number_get_e164 (phone));
    digest_text (checksum, dial_phone_number_get_extension (phone));
    digest_text (checksum, dial_phone_number_get_region (phone));
  }

  digest_int64 (checksum, candidate->emails->len);
  for (guint i = 0; i < candidate->emails->len; i++) {
    DialEmailAddress *email = g_ptr_array_index (candidate->emails, i);

    digest_text (checksum, email->address);
    digest_text (checksum, email->kind);
  }

  for (guint i = 0; candidate->tags != NULL && candidate->tags[i] != NULL; i++)
    digest_text (checksum, candidate->tags[i]);

  g_checksum_get_digest (checksum, bytes, &length);
  return g_bytes_new (bytes, length);
}

/* Whether what is stored is the same. */
static gboolean
is_same (DialConnection *connection,
         gint64          id,
         GBytes         *now)
{
  DialStatement *statement = dial_connection_prepare (connection,
                                                      "SELECT digest FROM candidates WHERE id = ?");
  gboolean same = FALSE;

  dial_statement_bind_int64 (statement, id);
  if (dial_statement_next (statement)) {
    gsize length;
    gconstpointer before = dial_statement_read_bytes (statement, 0, &length);

    same = before != NULL && length == g_bytes_get_size (now) &&
           memcmp (before, g_bytes_get_data (now, NULL), length) == 0;
  }
  dial_statement_reset (statement);
  return same;
}

static void
run_for_id (DialConnection *connection,
            const char     *sql,
            gint64          id)
{
  DialStatement *statement = dial_connection_prepare (connection, sql);

  dial_statement_bind_int64 (statement, id);
  dial_statement_run (statement);
}

#define COLUMNS \
  "first_name, last_name, preferred_name, company, title, time_zone, is_private, created_at, " \
  "updated_at, last_activity_at, digest"

static void
bind_row (DialStatement *statement,
          DialCandidate *candidate,
          GBytes        *content_digest,
          gint64         run)
{
  dial_statement_bind_int64 (statement, candidate->id);
  dial_statement_bind_lasting_text (statement, candidate->first_name);
  dial_statement_bind_lasting_text (statement, candidate->last_name);
  dial_statement_bind_lasting_text (statement, candidate->preferred_name);
  dial_statement_bind_lasting_text (statement, candidate->company);
  dial_statement_bind_lasting_text (statement, candidate->title);
  dial_statement_bind_lasting_text (statement, candidate->time_zone);
  dial_statement_bind_int64 (statement, candidate->is_private);
  dial_statement_bind_int64 (statement, candidate->created_at);
  dial_statement_bind_int64 (statement, candidate->updated_at);
  dial_statement_bind_int64 (statement, candidate->last_activity_at);
  dial_statement_bind_bytes (statement, g_bytes_get_data (content_digest, NULL),
                             g_bytes_get_size (content_digest));
  dial_statement_bind_int64 (statement, run);
}

/* Adds a row; FALSE if there is one. */
static gboolean
add_row (DialConnection *connection,
         DialCandidate  *candidate,
         GBytes         *content_digest,
         gint64          run)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "INSERT INTO candidates (id, " COLUMNS ", seen_run) "
                             "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                             "ON CONFLICT (id) DO NOTHING");

  bind_row (statement, candidate, content_digest, run);
  dial_statement_run (statement);
  return dial_connection_get_changes (connection) > 0;
}

static void
change_row (DialConnection *connection,
            DialCandidate  *candidate,
            GBytes         *content_digest,
            gint64          run)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "UPDATE candidates SET (" COLUMNS ", seen_run) = "
                             "(?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, max (seen_run, ?13)) "
                             "WHERE id = ?1");

  bind_row (statement, candidate, content_digest, run);
  dial_statement_run (statement);
}

static void
touch_row (DialConnection *connection,
           gint64          id,
           gint64          run)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "UPDATE candidates SET seen_run = ?1 WHERE id = ?2 AND seen_run < ?1");

  dial_statement_bind_int64 (statement, run);
  dial_statement_bind_int64 (statement, id);
  dial_statement_run (statement);
}

static void
save_phones (DialConnection *connection,
             DialCandidate  *candidate)
{
  for (guint i = 0; i < candidate->phones->len; i++) {
    DialPhoneNumber *phone = g_ptr_array_index (candidate->phones, i);
    const char *typed = dial_phone_number_get_typed (phone);
    DialStatement *statement =
      dial_connection_prepare (connection,
                               "INSERT INTO candidate_phones (candidate_id, position, typed, kind, "
                               "e164, "
                               "extension, region) VALUES (?, ?, ?, ?, ?, ?, ?)");

    dial_statement_bind_int64 (statement, candidate->id);
    dial_statement_bind_int64 (statement, i);
    dial_statement_bind_lasting_text (statement, typed != NULL ? typed : "");
    dial_statement_bind_lasting_text (statement, dial_phone_number_get_kind (phone));
    dial_statement_bind_lasting_text (statement, dial_phone_number_get_e164 (phone));
    dial_statement_bind_lasting_text (statement, dial_phone_number_get_extension (phone));
    dial_statement_bind_lasting_text (statement, dial_phone_number_get_region (phone));
    dial_statement_run (statement);
  }
}

static void
save_emails (DialConnection *connection,
             DialCandidate  *candidate)
{
  for (guint i = 0; i < candidate->emails->len; i++) {
    DialEmailAddress *email = g_ptr_array_index (candidate->emails, i);
    DialStatement *statement =
      dial_connection_prepare (connection,
                               "INSERT INTO candidate_emails (candidate_id, position, address, "
                               "kind) "
                               "VALUES (?, ?, ?, ?)");

    dial_statement_bind_int64 (statement, candidate->id);
    dial_statement_bind_int64 (statement, i);
    dial_statement_bind_lasting_text (statement, email->address != NULL ? email->address : "");
    dial_statement_bind_lasting_text (statement, email->kind);
    dial_statement_run (statement);
  }
}

static void
save_tags (DialConnection *connection,
           DialCandidate  *candidate)
{
  for (guint i = 0; candidate->tags != NULL && candidate->tags[i] != NULL; i++) {
    DialStatement *statement =
      dial_connection_prepare (connection,
                               "INSERT INTO candidate_tags (candidate_id, position, name) "
                               "VALUES (?, ?, ?)");

    dial_statement_bind_int64 (statement, candidate->id);
    dial_statement_bind_int64 (statement, i);
    dial_statement_bind_lasting_text (statement, candidate->tags[i]);
    dial_statement_run (statement);
  }
}

/* What was spoken and written before the candidate came, such as with somebody who called. */
static void
find_contact (DialConnection *connection,
              gint64          id)
{
  if (dial_connection_query_int64 (connection, "SELECT EXISTS (SELECT 1 FROM calls) "
                                   "OR EXISTS (SELECT 1 FROM notes)") == 0)
    return;

  run_for_id (connection,
              "UPDATE candidates SET last_contact_at = found.instant FROM (SELECT max ("
              "coalesce ((SELECT max (started_at) FROM calls WHERE candidate_id = ?1 "
              "AND state = 'ended' AND outcome NOT IN ('cancelled', 'failed')), 0), "
              "coalesce ((SELECT max (created_at) FROM notes WHERE candidate_id = ?1 "
              "AND type IN ('NOTE', 'EMAIL')), 0)) AS instant) AS found "
              "WHERE id = ?1 AND found.instant > 0", id);
}

/* Returns: whether nothing is left of how to reach a person: that is what anonymised ones look like, and what is
 * anonymised in Greenhouse must not linger here. */
static gboolean
delete_contacts (DialConnection *connection,
                 DialCandidate  *candidate)
{
  int n_deleted;

  run_for_id (connection, "DELETE FROM candidate_phones WHERE candidate_id = ?", candidate->id);
  n_deleted = dial_connection_get_changes (connection);
  run_for_id (connection, "DELETE FROM candidate_emails WHERE candidate_id = ?", candidate->id);
  n_deleted += dial_connection_get_changes (connection);
  run_for_id (connection, "DELETE FROM candidate_tags WHERE candidate_id = ?", candidate->id);

  return n_deleted > 0 && candidate->phones->len == 0 && candidate->emails->len == 0;
}

/* Saves @candidate as walk @run saw it, with all that belongs to it. */
void
dial_sync_save_candidate (DialConnection *connection,
                          DialCandidate  *candidate,
                          gint64          run,
                          DialSaveCounts *counts,
                          DialChanges    *changes)
{
  g_autoptr (GBytes) content_digest = digest (candidate);
  gboolean is_new = add_row (connection, candidate, content_digest, run);

  if (!is_new && is_same (connection, candidate->id, content_digest)) {
    touch_row (connection, candidate->id, run);
    return;
  }

  if (is_new) {
    find_contact (connection, candidate->id);
  } else {
    change_row (connection, candidate, content_digest, run);
    changes->wipe |= delete_contacts (connection, candidate);
  }
  save_phones (connection, candidate);
  save_emails (connection, candidate);
  save_tags (connection, candidate);

  counts->created += is_new;
  counts->updated += !is_new;
  dial_changes_add_stale (changes, candidate->id, candidate, is_new);
}

/* What nobody wrote, such as a move to another stage, is no contact. */
void
dial_sync_note_written (DialConnection *connection,
                        gint64          id,
                        DialNote       *note,
                        DialChanges    *changes)
{
  if (g_strcmp0 (note->type, "NOTE") == 0 || g_strcmp0 (note->type, "EMAIL") == 0)
    dial_sync_note_contact (connection, id, note->created_at, changes);
}

void
dial_sync_note_contact (DialConnection *connection,
                        gint64          id,
                        gint64          instant,
                        DialChanges    *changes)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "UPDATE candidates SET last_contact_at = ?2 "
                             "WHERE id = ?1 AND last_contact_at < ?2");
  gint64 place;

  dial_statement_bind_int64 (statement, id);
  dial_statement_bind_int64 (statement, instant);
  dial_statement_run (statement);
  if (dial_connection_get_changes (connection) == 0)
    return;

  place = dial_place_get (connection, id);
  dial_changes_add_candidate (changes, id, place, place);
}

/* Deletes every candidate that walk @run did not see, with all that Greenhouse told of it. What the
 * recruiter did here (calls, drafts, the outbox) stays. */
guint
dial_sync_forget_candidates (DialConnection *connection,
                             gint64          run,
                             DialChanges    *changes)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT id FROM candidates WHERE seen_run < ? ORDER BY id");

  dial_statement_bind_int64 (statement, run);
  while (dial_statement_next (statement))
    dial_changes_add (ids, dial_statement_read_int64 (statement, 0));

  for (guint i = 0; i < ids->len && !dial_connection_has_failed (connection); i++) {
    gint64 id = g_array_index (ids, gint64, i);
    gint64 place = dial_place_get (connection, id);

    /* Phones, emails and tags go with the candidate by foreign key. */
    run_for_id (connection, "DELETE FROM applications WHERE candidate_id = ?", id);
    run_for_id (connection, "DELETE FROM notes WHERE candidate_id = ?", id);
    run_for_id (connection, "DELETE FROM number_ties WHERE candidate_id = ?", id);
    run_for_id (connection, "DELETE FROM candidates WHERE id = ?", id);
    dial_changes_add_gone (changes, id, place);
  }

  changes->wipe |= ids->len > 0;
  return ids->len;
}
