#pragma once

#include "dial-candidate-list.h"
#include "dial-contacts.h"
#include "dial-desk-error.h"
#include "dial-greenhouse.h"
#include "dial-note-fields.h"

G_BEGIN_DECLS

/**
 * DialSyncKind:
 * @DIAL_SYNC_KIND_NONE: none is under way
 * @DIAL_SYNC_KIND_FIRST: everybody is fetched
 * @DIAL_SYNC_KIND_CHANGES: what changed is fetched
 * @DIAL_SYNC_KIND_SWEEP: it is looked up who is still there
 *
 * What a sync is doing.
 */
typedef enum {
  DIAL_SYNC_KIND_NONE,
  DIAL_SYNC_KIND_FIRST,
  DIAL_SYNC_KIND_CHANGES,
  DIAL_SYNC_KIND_SWEEP,
} DialSyncKind;

/**
 * DialSyncProgress:
 * @kind: what it is doing
 * @received: candidates so far, those before an interruption included
 * @expected: about how many there will be, 0 if that cannot be told
 * @rate: candidates a second, lately
 * @seconds_left: about how long it will take, -1 if that cannot be told
 * @paused: nothing is fetched until it is let go on
 *
 * How far a sync is.
 */
typedef struct {
  DialSyncKind kind;
  guint        received;
  guint        expected;
  double       rate;
  int          seconds_left;
  gboolean     paused;
} DialSyncProgress;

#define DIAL_TYPE_SYNC_PROGRESS (dial_sync_progress_get_type ())
GType             dial_sync_progress_get_type (void) G_GNUC_CONST;
DialSyncProgress *dial_sync_progress_copy     (const DialSyncProgress *self);
void              dial_sync_progress_free     (DialSyncProgress       *self);

/**
 * DialSyncSummary:
 * @complete: the walk came to its end
 * @candidates: stored now
 * @created: candidates that are new here
 * @updated: candidates that changed
 * @forgotten: candidates that are gone from Greenhouse
 * @requests: sent to Greenhouse
 * @refused: answered with 429
 * @skipped: entries that made no sense
 * @seconds: how long it took
 * @swept: it looked who is gone
 * @unfinished: it has yet to look who is gone; the next sync goes on with that
 * @n_missing: rows of one list that Greenhouse has no more, and which are too many to be forgotten without
 *   a person's word, see [method@Integration.allow_loss]; 0 if there are none
 * @n_missing_of: out of so many
 * @doubted: which list that is
 *
 * What a sync did.
 */
typedef struct {
  gboolean      complete;
  gint64        candidates;
  guint         created;
  guint         updated;
  guint         forgotten;
  guint         requests;
  guint         refused;
  guint         skipped;
  double        seconds;
  gboolean      swept;
  gboolean      unfinished;
  guint         n_missing;
  guint         n_missing_of;
  DialResource  doubted;
} DialSyncSummary;

/**
 * DialHealth:
 * @DIAL_HEALTH_UNKNOWN: never tried
 * @DIAL_HEALTH_GOOD: it works
 * @DIAL_HEALTH_LIMITED: it works, but something useful is missing or wants a look
 * @DIAL_HEALTH_BROKEN: it does not work, or a required permission is missing
 */
typedef enum {
  DIAL_HEALTH_UNKNOWN,
  DIAL_HEALTH_GOOD,
  DIAL_HEALTH_LIMITED,
  DIAL_HEALTH_BROKEN,
} DialHealth;

#define DIAL_TYPE_HEALTH (dial_health_get_type ())
GType dial_health_get_type (void) G_GNUC_CONST;

#define DIAL_TYPE_INTEGRATION (dial_integration_get_type ())
G_DECLARE_FINAL_TYPE (DialIntegration, dial_integration, DIAL, INTEGRATION, GObject)

/**
 * DialIntegration:
 *
 * One Greenhouse connection: its settings, its store, its sync and its courier.
 *
 * Properties (all notify): `id`, `name`, `caption`, `subdomain`, `recruiter-email` (strings),
 * `api` ([enum@Api]), `active` (boolean), `problem` (nullable string: why it does not work now, a
 * sentence), `syncing` (boolean), `synced` (uint: candidates received by the running sync),
 * `sync-progress` ([struct@SyncProgress]), `sync-paused` (boolean), `allowance` (boolean: whether it is known;
 * notifies whenever [method@Integration.get_allowance] has news),
 * `n-candidates` (int64: stored now), `last-sync` (int64 instant of the last complete sync),
 * `n-unsent` (uint: notes not yet in Greenhouse), `recruiter` (nullable [class@User]),
 * `colour` (string, one of [func@Integration.list_colours]), `check` (nullable
 * [struct@GreenhouseCheck]: the last one's outcome, kept over restarts), `checking` (boolean), `health`
 * ([enum@Health]), `author-problem` (nullable string: why notes will not bear the recruiter's name, a
 * sentence).
 *
 * After a refused credential or permission (401, 403) the check runs again by itself.
 */
const char     *dial_integration_get_id               (DialIntegration     *self);
const char     *dial_integration_get_name             (DialIntegration     *self);
const char     *dial_integration_get_caption          (DialIntegration     *self);
const char     *dial_integration_get_subdomain        (DialIntegration     *self);
const char     *dial_integration_get_recruiter_email  (DialIntegration     *self);
DialApi         dial_integration_get_api              (DialIntegration     *self);
gboolean        dial_integration_is_active            (DialIntegration     *self);
const char     *dial_integration_get_problem          (DialIntegration     *self);
gboolean        dial_integration_is_syncing           (DialIntegration     *self);
guint           dial_integration_get_synced           (DialIntegration     *self);
gint64          dial_integration_get_n_candidates     (DialIntegration     *self);
gint64          dial_integration_get_last_sync        (DialIntegration     *self);
guint           dial_integration_get_n_unsent         (DialIntegration     *self);
DialUser       *dial_integration_get_recruiter        (DialIntegration     *self);
DialVisibility  dial_integration_get_visibility       (DialIntegration     *self);
DialNoteFields  dial_integration_get_note_fields       (DialIntegration     *self);
GStrv           dial_integration_dup_quick_tags       (DialIntegration     *self);
DialStore      *dial_integration_get_store            (DialIntegration     *self);
const char     *dial_integration_get_colour           (DialIntegration     *self);
const char    **dial_integration_list_colours         (void);
DialHealth      dial_integration_get_health           (DialIntegration     *self);
const char     *dial_integration_get_author_problem   (DialIntegration     *self);
const char     *dial_integration_get_doubles_problem  (DialIntegration     *self);
char           *dial_integration_dup_rescue           (DialIntegration     *self);
char           *dial_integration_dup_candidate_url    (DialIntegration     *self,
                                                       gint64               candidate_id);
const char    **dial_integration_list_keys            (void);
char           *dial_integration_dup_setting          (DialIntegration     *self,
                                                       const char          *key);

void            dial_integration_set_async            (DialIntegration     *self,
                                                       const char          *key,
                                                       const char          *value,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
gboolean        dial_integration_set_finish           (DialIntegration     *self,
                                                       GAsyncResult        *result,
                                                       GError             **error);

/* Contacts in the phone system; dial-desk-contacts.h brings them in step */
DialContacts   *dial_integration_get_contacts         (DialIntegration     *self);
gboolean        dial_integration_keeps_contacts       (DialIntegration     *self);
void            dial_integration_stop_contacts        (DialIntegration     *self);
GStrv           dial_integration_dup_contact_jobs     (DialIntegration     *self);
GStrv           dial_integration_dup_contact_stages   (DialIntegration     *self);
const char     *dial_integration_get_contacts_problem (DialIntegration     *self);
DialContactsReport *dial_integration_dup_contacts_report (DialIntegration  *self,
                                                          gint64              *ended_at);

/* Who I am */
void            dial_integration_find_users_async     (DialIntegration     *self,
                                                       const char          *text,
                                                       guint                limit,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
GPtrArray      *dial_integration_find_users_finish    (DialIntegration     *self,
                                                       GAsyncResult        *result,
                                                       GError             **error);
void            dial_integration_set_recruiter_async  (DialIntegration     *self,
                                                       DialUser            *user,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
gboolean        dial_integration_set_recruiter_finish (DialIntegration     *self,
                                                       GAsyncResult        *result,
                                                       GError             **error);

DialQuery      *dial_integration_dup_query            (DialIntegration     *self,
                                                       const DialQuery     *query);

/* The check */
DialGreenhouseCheck *dial_integration_get_check       (DialIntegration     *self);
gboolean        dial_integration_is_checking          (DialIntegration     *self);
char           *dial_integration_dup_report           (DialIntegration     *self);
void            dial_integration_check_async          (DialIntegration     *self,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
DialGreenhouseCheck *dial_integration_check_finish    (DialIntegration     *self,
                                                       GAsyncResult        *result,
                                                       GError             **error);

void            dial_integration_sync_async           (DialIntegration     *self,
                                                       gboolean             full,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
gboolean        dial_integration_sync_finish          (DialIntegration     *self,
                                                       GAsyncResult        *result,
                                                       DialSyncSummary     *summary,
                                                       GError             **error);

void            dial_integration_get_sync_progress    (DialIntegration     *self,
                                                       DialSyncProgress    *progress);
void            dial_integration_get_allowance        (DialIntegration     *self,
                                                       DialAllowance       *allowance);
gboolean        dial_integration_is_sync_paused       (DialIntegration     *self);
void            dial_integration_set_sync_paused      (DialIntegration     *self,
                                                       gboolean             paused);
guint           dial_integration_get_loss             (DialIntegration     *self);
void            dial_integration_allow_loss           (DialIntegration     *self,
                                                       guint                n_rows);

void            dial_integration_refresh_candidate_async  (DialIntegration     *self,
                                                           gint64               candidate_id,
                                                           GCancellable        *cancellable,
                                                           GAsyncReadyCallback  callback,
                                                           gpointer             user_data);
gboolean        dial_integration_refresh_candidate_finish (DialIntegration     *self,
                                                           GAsyncResult        *result,
                                                           GError             **error);

void            dial_integration_write_note_async     (DialIntegration     *self,
                                                       gint64               candidate_id,
                                                       const char          *text,
                                                       DialVisibility       visibility,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
gint64          dial_integration_write_note_finish    (DialIntegration     *self,
                                                       GAsyncResult        *result,
                                                       GError             **error);

void            dial_integration_flush_async          (DialIntegration     *self,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
gboolean        dial_integration_flush_finish         (DialIntegration     *self,
                                                       GAsyncResult        *result,
                                                       GError             **error);

void            dial_integration_send_note_now_async  (DialIntegration     *self,
                                                       gint64               outbox_id,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
gboolean        dial_integration_send_note_now_finish (DialIntegration     *self,
                                                       GAsyncResult        *result,
                                                       GError             **error);

void            dial_integration_edit_note_async      (DialIntegration     *self,
                                                       gint64               outbox_id,
                                                       const char          *text,
                                                       DialVisibility       visibility,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
gboolean        dial_integration_edit_note_finish     (DialIntegration     *self,
                                                       GAsyncResult        *result,
                                                       GError             **error);

void            dial_integration_confirm_note_async   (DialIntegration     *self,
                                                       gint64               outbox_id,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
gboolean        dial_integration_confirm_note_finish  (DialIntegration     *self,
                                                       GAsyncResult        *result,
                                                       GError             **error);

void            dial_integration_look_back_async      (DialIntegration     *self,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
gboolean        dial_integration_look_back_finish     (DialIntegration     *self,
                                                       GAsyncResult        *result,
                                                       GError             **error);

void            dial_integration_retry_note_async     (DialIntegration     *self,
                                                       gint64               outbox_id,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
gboolean        dial_integration_retry_note_finish    (DialIntegration     *self,
                                                       GAsyncResult        *result,
                                                       GError             **error);

void            dial_integration_discard_note_async   (DialIntegration     *self,
                                                       gint64               outbox_id,
                                                       GCancellable        *cancellable,
                                                       GAsyncReadyCallback  callback,
                                                       gpointer             user_data);
gboolean        dial_integration_discard_note_finish  (DialIntegration     *self,
                                                       GAsyncResult        *result,
                                                       GError             **error);

G_END_DECLS
