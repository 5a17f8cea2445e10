#pragma once

#include "dial-call-findings.h"
#include "dial-contact-link.h"
#include "dial-findings.h"
#include "dial-logged-call.h"
#include "dial-note-template.h"
#include "dial-records.h"
#include "dial-sync-position.h"
#include "dial-text-message.h"

G_BEGIN_DECLS

/**
 * DialStoreError:
 * @DIAL_STORE_ERROR_NEWER: the file was written by a newer Dialhouse
 * @DIAL_STORE_ERROR_DAMAGED: the file is no sound database
 * @DIAL_STORE_ERROR_FULL: the disk is full
 * @DIAL_STORE_ERROR_READ_ONLY: the file or the disk cannot be written
 * @DIAL_STORE_ERROR_BUSY: another process held the file for too long
 * @DIAL_STORE_ERROR_NOT_FOUND: no such row
 * @DIAL_STORE_ERROR_OUTDATED: somebody else has changed the row meanwhile
 * @DIAL_STORE_ERROR_TOLD: a note tells of the call already
 * @DIAL_STORE_ERROR_OPTED_OUT: who has this number asked not to get texts
 * @DIAL_STORE_ERROR_FAILED: anything else
 *
 * Every message is a sentence a person can act on.
 */
typedef enum {
  DIAL_STORE_ERROR_NEWER,
  DIAL_STORE_ERROR_DAMAGED,
  DIAL_STORE_ERROR_FULL,
  DIAL_STORE_ERROR_READ_ONLY,
  DIAL_STORE_ERROR_BUSY,
  DIAL_STORE_ERROR_NOT_FOUND,
  DIAL_STORE_ERROR_OUTDATED,
  DIAL_STORE_ERROR_TOLD,
  DIAL_STORE_ERROR_OPTED_OUT,
  DIAL_STORE_ERROR_FAILED,
} DialStoreError;

#define DIAL_STORE_ERROR (dial_store_error_quark ())
GQuark dial_store_error_quark (void);

#define DIAL_TYPE_STORE (dial_store_get_type ())
G_DECLARE_FINAL_TYPE (DialStore, dial_store, DIAL, STORE, GObject)

/**
 * DialStore:
 *
 * What this computer remembers of one integration: one SQLite file, mode 0600, with a writer
 * thread and two reader threads of its own: one for what must be there at once, and a patient one.
 *
 * Every answer arrives in the main context that asked. Signals are emitted in the main context the
 * store was opened in, after the transaction is on disk:
 *
 * - `candidates-changed (GArray *moves)`: who was created, updated or forgotten ([struct@Move], each
 *   id once); an empty array says "anything may have changed"
 * - `calls-changed (gint64 candidate_id)`
 * - `outbox-changed (gint64 outbox_id)`
 * - `notes-changed (gint64 candidate_id)`
 * - `searches-changed ()`: the saved searches
 * - `templates-changed ()`: the templates and scripts
 * - `texts-changed (gint64 candidate_id)`: text messages
 * - `opt-outs-changed ()`: who asked not to get texts
 */

/* The file */
void            dial_store_open_async              (const char          *path,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
DialStore      *dial_store_open_finish             (GAsyncResult        *result,
                                                    GError             **error);
DialStore      *dial_store_open_here               (const char          *path,
                                                    GMainContext        *context,
                                                    GError             **error);
DialStore      *dial_store_new_closed              (const char          *path);
void            dial_store_close_async             (DialStore           *self,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_close_finish            (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
const char     *dial_store_get_path                (DialStore           *self);
const char     *dial_store_get_rescue              (DialStore           *self,
                                                    guint               *n_notes,
                                                    gboolean            *whole);

/* One process at a time: a lock that dies with its process */
typedef enum {
  DIAL_STORE_LOCK_SYNC,
  DIAL_STORE_LOCK_COURIER,
  DIAL_STORE_LOCK_CONTACTS,
  DIAL_STORE_LOCK_TEXTS,
} DialStoreLock;

void            dial_store_lock_async              (DialStore           *self,
                                                    DialStoreLock        lock,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_lock_finish             (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_unlock                  (DialStore           *self,
                                                    DialStoreLock        lock);

/* The integration's own settings: text by key */
void            dial_store_load_settings_async     (DialStore           *self,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GHashTable     *dial_store_load_settings_finish    (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_save_settings_async     (DialStore           *self,
                                                    GHashTable          *settings,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_save_settings_finish    (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

/* Sync */
#define DIAL_SYNC_POSITION_INDEX(resource, aim) ((guint) (aim) * DIAL_N_RESOURCES + (guint) (resource))
void            dial_store_load_positions_async    (DialStore           *self,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GPtrArray      *dial_store_load_positions_finish   (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_save_page_async         (DialStore           *self,
                                                    DialResource         resource,
                                                    GPtrArray           *records,
                                                    const DialSyncPosition *position,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
void            dial_store_save_people_async       (DialStore           *self,
                                                    GPtrArray           *candidates,
                                                    GPtrArray           *applications,
                                                    GPtrArray           *jobs,
                                                    const DialSyncPosition *position,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_save_page_finish        (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    guint               *created,
                                                    guint               *updated,
                                                    GError             **error);
guint           dial_store_get_n_pages             (DialStore           *self);
void            dial_store_save_ids_async          (DialStore           *self,
                                                    GArray              *ids,
                                                    const DialSyncPosition *position,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GArray         *dial_store_save_ids_finish         (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_count_unseen_async      (DialStore           *self,
                                                    DialResource         resource,
                                                    gint64               run,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_count_unseen_finish     (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    guint               *n_stored,
                                                    guint               *n_unseen,
                                                    GError             **error);
void            dial_store_forget_unseen_async     (DialStore           *self,
                                                    DialResource         resource,
                                                    gint64               run,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_forget_unseen_finish    (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    guint               *forgotten,
                                                    GError             **error);

void            dial_store_forget_positions_async  (DialStore           *self,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_forget_positions_finish (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

/* Finding candidates */
void            dial_store_search_async            (DialStore           *self,
                                                    const DialQuery     *query,
                                                    guint                limit,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
DialFindings   *dial_store_search_finish           (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_match_async             (DialStore           *self,
                                                    const DialQuery     *query,
                                                    GArray              *ids,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GArray         *dial_store_match_finish            (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_find_places_async       (DialStore           *self,
                                                    GArray              *ids,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GArray         *dial_store_find_places_finish      (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_count_choices_async     (DialStore           *self,
                                                    const DialQuery     *query,
                                                    DialFacet            facet,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GPtrArray      *dial_store_count_choices_finish    (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_find_by_phone_async     (DialStore           *self,
                                                    const char          *e164,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GArray         *dial_store_find_by_phone_finish    (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

/* Which parts of a visible text the words of a search stand for */
GArray         *dial_fold_mark                     (const char          *text,
                                                    const char          *needle);

/* Searches that have a name */
void            dial_store_list_searches_async     (DialStore           *self,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GPtrArray      *dial_store_list_searches_finish    (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_save_search_async       (DialStore           *self,
                                                    const char          *name,
                                                    const DialQuery     *query,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gint64          dial_store_save_search_finish      (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_delete_search_async     (DialStore           *self,
                                                    gint64               search_id,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_delete_search_finish    (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

/* Templates and scripts */
void            dial_store_list_templates_async    (DialStore           *self,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GPtrArray      *dial_store_list_templates_finish   (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_save_template_async     (DialStore           *self,
                                                    DialNoteTemplate    *template,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gint64          dial_store_save_template_finish    (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_delete_template_async   (DialStore           *self,
                                                    gint64               template_id,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_delete_template_finish  (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

/* Text messages. Sending and what follows it is done by whoever holds DIAL_STORE_LOCK_TEXTS. */
void            dial_store_keep_text_async         (DialStore           *self,
                                                    DialTextMessage     *message,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
DialTextMessage *dial_store_keep_text_finish       (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_begin_text_async        (DialStore           *self,
                                                    DialTextMessage     *message,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
DialTextMessage *dial_store_begin_text_finish      (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_end_text_async          (DialStore           *self,
                                                    DialTextMessage     *message,
                                                    DialOutboxItem      *item,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
DialTextMessage *dial_store_end_text_finish        (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_claim_texts_async       (DialStore           *self,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_claim_texts_finish      (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_discard_text_async      (DialStore           *self,
                                                    gint64               text_id,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_discard_text_finish     (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_load_text_async         (DialStore           *self,
                                                    gint64               text_id,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
DialTextMessage *dial_store_load_text_finish       (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_list_texts_async        (DialStore           *self,
                                                    gint64               candidate_id,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GPtrArray      *dial_store_list_texts_finish       (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

/* Who asked not to get text messages */
void            dial_store_set_opt_out_async       (DialStore           *self,
                                                    const char          *e164,
                                                    gboolean             opted_out,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_set_opt_out_finish      (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_list_opt_outs_async     (DialStore           *self,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GHashTable     *dial_store_list_opt_outs_finish    (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

/* Candidates */
void            dial_store_load_candidates_async   (DialStore           *self,
                                                    GArray              *places,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GPtrArray      *dial_store_load_candidates_finish  (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_load_candidate_async    (DialStore           *self,
                                                    gint64               id,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
DialCandidate  *dial_store_load_candidate_finish   (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_count_candidates_async  (DialStore           *self,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gint64          dial_store_count_candidates_finish (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

/* Users */
void            dial_store_find_user_async         (DialStore           *self,
                                                    const char          *email,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
DialUser       *dial_store_find_user_finish        (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

void            dial_store_load_user_async         (DialStore           *self,
                                                    gint64               id,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
DialUser       *dial_store_load_user_finish        (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_list_users_async        (DialStore           *self,
                                                    const char          *text,
                                                    guint                limit,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GPtrArray      *dial_store_list_users_finish       (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

/* Calls, and what the recruiter is typing */
void            dial_store_save_call_async         (DialStore           *self,
                                                    DialCallRecord      *call,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_save_call_finish        (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_list_calls_async        (DialStore           *self,
                                                    gint64               candidate_id,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GPtrArray      *dial_store_list_calls_finish       (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_tie_number_async        (DialStore           *self,
                                                    const char          *e164,
                                                    gint64               candidate_id,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_tie_number_finish       (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_find_owners_async       (DialStore           *self,
                                                    const char          *e164,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GPtrArray      *dial_store_find_owners_finish      (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    gboolean            *tied,
                                                    GError             **error);

void            dial_store_load_call_async         (DialStore           *self,
                                                    const char          *uid,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
DialCallRecord *dial_store_load_call_finish        (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

void            dial_store_forget_call_async       (DialStore           *self,
                                                    DialCallRecord      *call,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_forget_call_finish      (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

void            dial_store_list_open_calls_async   (DialStore           *self,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GPtrArray      *dial_store_list_open_calls_finish  (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_take_report_async       (DialStore           *self,
                                                    DialCallRecord      *call,
                                                    gboolean             add,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_take_report_finish      (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    DialCallRecord     **call,
                                                    gboolean            *is_new,
                                                    GError             **error);
void            dial_store_list_reported_calls_async (DialStore         *self,
                                                      GCancellable        *cancellable,
                                                      GAsyncReadyCallback  callback,
                                                      gpointer             user_data);
GPtrArray      *dial_store_list_reported_calls_finish (DialStore        *self,
                                                       GAsyncResult        *result,
                                                       GError             **error);
void            dial_store_find_calls_async        (DialStore           *self,
                                                    const DialCallQuery *query,
                                                    guint                limit,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
DialCallFindings *dial_store_find_calls_finish     (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_load_calls_async        (DialStore           *self,
                                                    const char * const  *uids,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GPtrArray      *dial_store_load_calls_finish       (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_settle_call_async       (DialStore           *self,
                                                    const char          *uid,
                                                    gboolean             dropped,
                                                    const char          *call_again_on,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_settle_call_finish      (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_save_draft_async        (DialStore           *self,
                                                    gint64               candidate_id,
                                                    const char          *text,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_save_draft_finish       (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_load_draft_async        (DialStore           *self,
                                                    gint64               candidate_id,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
char           *dial_store_load_draft_finish       (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

/* The outbox */
void            dial_store_queue_note_async        (DialStore           *self,
                                                    DialOutboxItem      *item,
                                                    DialCallRecord      *call,
                                                    gboolean             clear_draft,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gint64          dial_store_queue_note_finish       (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_list_outbox_async       (DialStore           *self,
                                                    gint64               candidate_id,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GPtrArray      *dial_store_list_outbox_finish      (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_list_unsent_async       (DialStore           *self,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
void            dial_store_list_sent_async         (DialStore           *self,
                                                    gint64               since,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
void            dial_store_load_outbox_item_async  (DialStore           *self,
                                                    gint64               outbox_id,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
DialOutboxItem *dial_store_load_outbox_item_finish (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_save_outbox_item_async  (DialStore           *self,
                                                    DialOutboxItem      *item,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_save_outbox_item_finish (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_saw_notes_async         (DialStore           *self,
                                                    GArray              *ids,
                                                    gint64               seen_at,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_saw_notes_finish        (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_postpone_notes_async    (DialStore           *self,
                                                    gint64               until,
                                                    const char          *reason,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_postpone_notes_finish   (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_claim_notes_async       (DialStore           *self,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_claim_notes_finish      (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_discard_note_async      (DialStore           *self,
                                                    gint64               outbox_id,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_discard_note_finish     (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

/**
 * DialUnsent:
 * @item: a note that is not known to be in Greenhouse
 * @candidate: (nullable): whose activity feed it is for, without applications; %NULL if the person is not
 *   known here any more
 */
typedef struct {
  DialOutboxItem *item;
  DialCandidate  *candidate;
} DialUnsent;

void            dial_store_load_unsent_async       (DialStore           *self,
                                                    GArray              *ids,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GPtrArray      *dial_store_load_unsent_finish      (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_count_unsent_async      (DialStore           *self,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gint64          dial_store_count_unsent_finish     (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

/* Candidates in a phone system */

/**
 * DialContactChoice:
 * @account: the phone system
 * @tag: the tag that contacts carry there
 * @url_prefix: what comes before a candidate's id in the address of its page in Greenhouse
 * @jobs: (array zero-terminated=1): names of jobs, any of which will do; empty for all candidates
 * @stages: (array zero-terminated=1): names of stages, any of which will do; empty for all
 * @nobody: nobody shall stand there any more
 * @again: try again what was refused
 *
 * Who shall stand in a phone system. Jobs and stages are meant of one and the same application, which nobody
 * rejected.
 */
typedef struct {
  char     *account;
  char     *tag;
  char     *url_prefix;
  GStrv     jobs;
  GStrv     stages;
  gboolean  nobody;
  gboolean  again;
} DialContactChoice;

/**
 * DialContactRow:
 * @candidate_id: a candidate
 * @task: what there is to do
 * @card: (nullable): what the contact shall say
 * @link: (nullable): how the candidate stands there now
 */
typedef struct {
  gint64           candidate_id;
  DialContactTask  task;
  DialContactCard *card;
  DialContactLink *link;
} DialContactRow;

/**
 * DialContactWork:
 * @rows: (element-type DialContactRow): what there is to do, by the candidates' ids
 * @next: look on after this candidate; 0 at the end
 * @n_skipped: chosen candidates who may not stand there, or could not be reached there
 * @known: all candidates have been fetched once
 */
typedef struct {
  GPtrArray *rows;
  gint64     next;
  guint      n_skipped;
  gboolean   known;
} DialContactWork;

/**
 * DialContactTally:
 * @account: a phone system
 * @n_contacts: candidates who stand there
 * @n_ours: whose contact this program made
 */
typedef struct {
  char  *account;
  guint  n_contacts;
  guint  n_ours;
} DialContactTally;

DialContactChoice *dial_contact_choice_copy        (const DialContactChoice *self);
void            dial_contact_choice_free           (DialContactChoice   *self);
void            dial_contact_work_free             (DialContactWork     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialContactChoice, dial_contact_choice_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialContactWork, dial_contact_work_free)

void            dial_store_find_contact_work_async (DialStore           *self,
                                                    const DialContactChoice *choice,
                                                    gint64               after,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
DialContactWork *dial_store_find_contact_work_finish (DialStore         *self,
                                                      GAsyncResult        *result,
                                                      GError             **error);
void            dial_store_save_contact_links_async (DialStore          *self,
                                                     const char          *account,
                                                     GPtrArray           *links,
                                                     GCancellable        *cancellable,
                                                     GAsyncReadyCallback  callback,
                                                     gpointer             user_data);
gboolean        dial_store_save_contact_links_finish (DialStore         *self,
                                                      GAsyncResult        *result,
                                                      GError             **error);
void            dial_store_list_contact_links_async (DialStore          *self,
                                                     const char         *account,
                                                     gint64              after,
                                                     GCancellable       *cancellable,
                                                     GAsyncReadyCallback callback,
                                                     gpointer            user_data);
GPtrArray      *dial_store_list_contact_links_finish (DialStore         *self,
                                                      GAsyncResult      *result,
                                                      GError           **error);
void            dial_store_list_unseen_contacts_async (DialStore        *self,
                                                       const char          *account,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
GPtrArray      *dial_store_list_unseen_contacts_finish (DialStore       *self,
                                                        GAsyncResult        *result,
                                                        GError             **error);
void            dial_store_count_contacts_async    (DialStore           *self,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GPtrArray      *dial_store_count_contacts_finish   (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

/* Notes that stand in Greenhouse, as last seen */
void            dial_store_save_notes_async        (DialStore           *self,
                                                    gint64               candidate_id,
                                                    GPtrArray           *notes,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
gboolean        dial_store_save_notes_finish       (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);
void            dial_store_list_notes_async        (DialStore           *self,
                                                    gint64               candidate_id,
                                                    GCancellable        *cancellable,
                                                    GAsyncReadyCallback  callback,
                                                    gpointer             user_data);
GPtrArray      *dial_store_list_notes_finish       (DialStore           *self,
                                                    GAsyncResult        *result,
                                                    GError             **error);

G_END_DECLS
