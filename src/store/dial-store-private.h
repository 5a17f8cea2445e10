#pragma once

#include "dial-changes.h"
#include "dial-connection.h"
#include "dial-statement.h"
#include "dial-store.h"
#include "dial-worker.h"

G_BEGIN_DECLS

/* How the parts of DialStore hand requests to its threads. */
void      dial_store_read           (DialStore            *self,
                                     gpointer              source_tag,
                                     const DialRequest    *request,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
void      dial_store_read_patiently (DialStore            *self,
                                     gpointer              source_tag,
                                     const DialRequest    *request,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
void      dial_store_write          (DialStore            *self,
                                     gpointer              source_tag,
                                     const DialRequest    *request,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gpointer  dial_store_finish         (DialStore            *self,
                                     GAsyncResult         *result,
                                     gpointer              source_tag,
                                     GError              **error);
gboolean  dial_store_finish_boolean (DialStore            *self,
                                     GAsyncResult         *result,
                                     gpointer              source_tag,
                                     GError              **error);

/* Pages that wait are counted, for whoever fetches them. */
void      dial_store_page_waits     (DialStore            *self);
void      dial_store_page_is_gone   (DialStore            *self);

/* Request data that is no more than an id, or several. */
gint64   *dial_store_id_new         (gint64                id);
GArray   *dial_store_copy_ids       (GArray               *ids);

/* Reads a NULL as "", for what a record promises never to be %NULL. */
char     *dial_store_dup_nonnull    (DialStatement        *statement,
                                     int                   column);

/* Enumerations are kept by nick, so that the sqlite3 shell can read them. */
void      dial_store_bind_enum      (DialStatement        *statement,
                                     GType                 type,
                                     int                   value);
int       dial_store_read_enum      (DialStatement        *statement,
                                     int                   column,
                                     GType                 type);

/* Most telling first: in process, then what led somewhere, then what somebody rejected; among
 * equals the one with the latest activity. `active` is the word of Harvest v1. */
#define DIAL_APPLICATIONS_ORDER \
  "CASE applications.status WHEN 'in_process' THEN 0 WHEN 'active' THEN 0 " \
  "WHEN 'hired' THEN 1 WHEN 'converted' THEN 1 WHEN 'rejected' THEN 3 ELSE 2 END, " \
  "applications.last_activity_at DESC, applications.updated_at DESC, applications.id DESC"

/* dial-sync-candidates.c and dial-sync-tables.c, on the writer's thread */
typedef struct {
  guint created;
  guint updated;
} DialSaveCounts;

/* dial-store-positions.c, on the writer's thread */
gint64    dial_sync_get_run            (DialConnection         *connection,
                                        DialResource            resource);
void      dial_sync_write_position     (DialConnection         *connection,
                                        DialResource            resource,
                                        const DialSyncPosition *position);

void      dial_sync_save_candidate     (DialConnection *connection,
                                        DialCandidate  *candidate,
                                        gint64          run,
                                        DialSaveCounts *counts,
                                        DialChanges    *changes);
guint     dial_sync_forget_candidates  (DialConnection *connection,
                                        gint64          run,
                                        DialChanges    *changes);
void      dial_sync_save_record        (DialConnection *connection,
                                        DialResource    resource,
                                        gpointer        record,
                                        gint64          run,
                                        DialSaveCounts *counts,
                                        DialChanges    *changes);
guint     dial_sync_forget_records     (DialConnection *connection,
                                        DialResource    resource,
                                        gint64          run,
                                        DialChanges    *changes);

/* dial-sync-candidates.c: somebody was spoken with at @instant, or stands in a note. */
void      dial_sync_note_written       (DialConnection *connection,
                                        gint64          id,
                                        DialNote       *note,
                                        DialChanges    *changes);
void      dial_sync_note_contact       (DialConnection *connection,
                                        gint64          id,
                                        gint64          instant,
                                        DialChanges    *changes);

/* dial-store-candidates.c: without the applications, NULL if there is none */
DialCandidate *dial_store_read_candidate (DialConnection *connection,
                                          gint64          id);
void      dial_store_read_applications (DialConnection *connection,
                                        DialCandidate  *candidate);

/* dial-store-outbox.c */
#define DIAL_OUTBOX_COLUMNS \
  "candidate_id, call_uid, reference, body, visibility, author_id, state, attempts, " \
  "first_sent_at, next_try_at, note_id, error, created_at, proof, seen_at, author_email, " \
  "author_refused, last_sent_at, failures, held_until, elsewhere, revision"

DialOutboxItem *dial_store_read_outbox_item (DialStatement *statement);
gint64          dial_store_add_note         (DialConnection *connection,
                                             DialOutboxItem *item,
                                             DialChanges    *changes);

/* dial-store-opt-outs.c, on a thread of the store */
gboolean        dial_store_is_opted_out     (DialConnection *connection,
                                             const char     *e164);

/* dial-store-users.c: an address as it is looked up */
char     *dial_store_fold_email        (const char     *address);

/* dial-store-outbox.c */
DialOutboxItem *dial_store_read_note_of_call (DialConnection *connection,
                                              const char     *call_uid);

/* dial-store-calls.c: one row of the call log, for the outbox's transaction too */
void      dial_store_write_call        (DialConnection *connection,
                                        DialCallRecord *call,
                                        gboolean        wrapped_up,
                                        DialChanges    *changes);
DialCallRecord *dial_store_read_call   (DialConnection *connection,
                                        const char     *uid);
GPtrArray *dial_store_read_calls       (DialConnection *connection,
                                        DialStatement  *statement);

#define DIAL_CALL_COLUMNS \
  "uid, candidate_id, direction, number, e164, own_number, phone_id, state, outcome, started_at, " \
  "answered_at, ended_at, duration, time_zone, text, wrapped_up, call_again_on, by_hand, dropped, " \
  "outside, remote_id, own_name, agent, waiting, wrap_up, recording_url"

/* Calls of which no note tells, and nobody decided so; not those that never came about. */
#define DIAL_CALL_NOT_LOGGED \
  "state = 'ended' AND NOT dropped AND outcome NOT IN ('cancelled', 'failed') " \
  "AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.call_uid = calls.uid)"

/* dial-store-reports.c */
void      dial_store_bind_report       (DialStatement  *statement,
                                        DialCallReport *report);
void      dial_store_read_report       (DialStatement  *statement,
                                        int             column,
                                        DialCallRecord *call);
void      dial_store_write_remarks     (DialConnection *connection,
                                        DialCallRecord *call);
void      dial_store_read_remarks      (DialConnection *connection,
                                        DialCallRecord *call);
gboolean  dial_store_is_told           (DialConnection *connection,
                                        DialCallRecord *call);
void      dial_store_claim_report      (DialConnection *connection,
                                        DialCallRecord *call,
                                        DialChanges    *changes);

/* dial-store-home.c: where this store lives */
void      dial_store_settle            (DialConnection *connection);

G_END_DECLS
