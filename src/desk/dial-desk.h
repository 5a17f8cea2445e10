#pragma once

#include "dial-cloudtalk-account.h"
#include "dial-integration.h"
#include "dial-owner.h"
#include "dial-phone.h"

G_BEGIN_DECLS

/**
 * DialDeskFlags:
 * @DIAL_DESK_BY_HAND: nothing happens by itself: no timed sync, no courier in the background; for tools
 * @DIAL_DESK_SANDBOX: the desk of the sandbox: its phone is the sandbox's, and credentials, which are
 *   invented anyway, are kept in memory where no keyring runs
 */
typedef enum {
  DIAL_DESK_DEFAULT = 0,
  DIAL_DESK_BY_HAND = 1 << 0,
  DIAL_DESK_SANDBOX = 1 << 1,
} DialDeskFlags;

/**
 * DialNewIntegration:
 * @name: authentication name
 * @caption: (nullable)
 * @api: the dialect
 * @subdomain: as typed; an address such as `https://alder.greenhouse.io/people/1` is understood
 * @client_id: (nullable): as typed; v1 has none
 * @secret: the client secret, or v1's key, as typed
 * @acting_user: (nullable): the numeric id of the user the token acts as; without it the
 *   integration's own service user (v3)
 * @recruiter_email: (nullable): whose name notes bear
 * @harvest_url: (nullable): hidden, for gateways and tests
 * @auth_url: (nullable): hidden, for gateways and tests
 *
 * What a form or a command line says of a new integration. Nothing is kept by the callee but copies.
 */
typedef struct {
  const char *name;
  const char *caption;
  DialApi     api;
  const char *subdomain;
  const char *client_id;
  const char *secret;
  const char *acting_user;
  const char *recruiter_email;
  const char *harvest_url;
  const char *auth_url;
} DialNewIntegration;

/**
 * DialNewAccount:
 * @key_id: the Access Key ID, as typed
 * @secret: the Access Key Secret, as typed
 * @caption: (nullable): what tells it from others
 * @email: (nullable): the recruiter's e-mail address in CloudTalk; without it the one in Greenhouse
 * @url: (nullable): hidden, for gateways and tests
 *
 * What a form or a command line says of a new CloudTalk account. Nothing is kept by the callee but copies.
 */
typedef struct {
  const char *key_id;
  const char *secret;
  const char *caption;
  const char *email;
  const char *url;
} DialNewAccount;

/**
 * DialWrapUp:
 * @outcome: as the recruiter confirmed it
 * @tags: (nullable) (array zero-terminated=1): dispositions
 * @text: what was typed
 * @visibility: who may read it
 * @call_again_on: (nullable): the day to call the person again, as YYYY-MM-DD
 * @fields: (nullable): what the note tells of the call, %NULL for what the integration's notes do
 *
 * The recruiter's last word on a call.
 */
typedef struct {
  DialOutcome           outcome;
  const char * const   *tags;
  const char           *text;
  DialVisibility        visibility;
  const char           *call_again_on;
  const DialNoteFields *fields;
} DialWrapUp;

/**
 * DialActivity:
 * @DIAL_ACTIVITY_IN_USE: somebody works at the desk
 * @DIAL_ACTIVITY_IDLE: nobody does
 */
typedef enum {
  DIAL_ACTIVITY_IN_USE,
  DIAL_ACTIVITY_IDLE,
} DialActivity;

#define DIAL_TYPE_DESK (dial_desk_get_type ())
G_DECLARE_FINAL_TYPE (DialDesk, dial_desk, DIAL, DESK, GObject)

/**
 * DialDesk:
 *
 * What the program does, without widgets: owns the integrations, the phones and the call.
 *
 * Properties: `call` (nullable [class@Call]; stays set after the end until it is wrapped up or
 * dropped; notifies), `call-integration` (nullable [class@Integration], whose candidate is called).
 * Signals: `incoming` (call, integration, owners): somebody calls; `call-failed` (call, sentence): a call that was
 * placed never came about; `call-found` (integration, [class@CallRecord]): one that was made outside stands in the
 * call log now.
 */
DialDesk        *dial_desk_new                    (const char               *profile,
                                                   DialDeskFlags             flags);
const char      *dial_desk_get_profile            (DialDesk                 *self);
GListModel      *dial_desk_get_integrations       (DialDesk                 *self);
DialIntegration *dial_desk_find_integration       (DialDesk                 *self,
                                                   const char               *id);
DialIntegration *dial_desk_find_by_store          (DialDesk                 *self,
                                                   DialStore                *store);
GListModel      *dial_desk_get_phones             (DialDesk                 *self);
DialPhone       *dial_desk_find_phone             (DialDesk                 *self,
                                                   const char               *id);
GListModel      *dial_desk_get_accounts           (DialDesk                 *self);
const char      *dial_desk_get_accounts_problem   (DialDesk                 *self);
DialCloudtalkAccount *dial_desk_find_account      (DialDesk                 *self,
                                                   const char               *id);
DialCloudtalkAccount *dial_desk_get_account_of    (DialDesk                 *self,
                                                   DialIntegration          *integration,
                                                   GError                  **error);
GStrv            dial_desk_dup_contact_tags       (DialDesk                 *self,
                                                   DialCloudtalkAccount     *account);
DialPhone       *dial_desk_pick_phone             (DialDesk                 *self,
                                                   DialIntegration          *integration);
DialCall        *dial_desk_get_call               (DialDesk                 *self);
DialIntegration *dial_desk_get_call_integration   (DialDesk                 *self);

void             dial_desk_set_activity           (DialDesk                 *self,
                                                   DialActivity              activity);

void             dial_desk_open_async             (DialDesk                 *self,
                                                   GCancellable             *cancellable,
                                                   GAsyncReadyCallback       callback,
                                                   gpointer                  user_data);
gboolean         dial_desk_open_finish            (DialDesk                 *self,
                                                   GAsyncResult             *result,
                                                   GError                  **error);
void             dial_desk_close_async            (DialDesk                 *self,
                                                   GCancellable             *cancellable,
                                                   GAsyncReadyCallback       callback,
                                                   gpointer                  user_data);
gboolean         dial_desk_close_finish           (DialDesk                 *self,
                                                   GAsyncResult             *result,
                                                   GError                  **error);

void             dial_desk_add_integration_async     (DialDesk                 *self,
                                                      const DialNewIntegration *form,
                                                      gboolean                  check,
                                                      GCancellable             *cancellable,
                                                      GAsyncReadyCallback       callback,
                                                      gpointer                  user_data);
DialIntegration *dial_desk_add_integration_finish    (DialDesk                 *self,
                                                      GAsyncResult             *result,
                                                      GError                  **error);
void             dial_desk_renew_integration_async   (DialDesk                 *self,
                                                      DialIntegration          *integration,
                                                      const DialNewIntegration *form,
                                                      GCancellable             *cancellable,
                                                      GAsyncReadyCallback       callback,
                                                      gpointer                  user_data);
gboolean         dial_desk_renew_integration_finish  (DialDesk                 *self,
                                                      GAsyncResult             *result,
                                                      GError                  **error);
void             dial_desk_remove_integration_async  (DialDesk                 *self,
                                                      DialIntegration          *integration,
                                                      GCancellable             *cancellable,
                                                      GAsyncReadyCallback       callback,
                                                      gpointer                  user_data);
gboolean         dial_desk_remove_integration_finish (DialDesk                 *self,
                                                      GAsyncResult             *result,
                                                      GError                  **error);
void             dial_desk_connect_sandbox_async     (DialDesk                 *self,
                                                      const DialNewIntegration *form,
                                                      GCancellable             *cancellable,
                                                      GAsyncReadyCallback       callback,
                                                      gpointer                  user_data);
DialIntegration *dial_desk_connect_sandbox_finish    (DialDesk                 *self,
                                                      GAsyncResult             *result,
                                                      GError                  **error);

/* Accounts to call by */
void             dial_desk_add_account_async      (DialDesk                 *self,
                                                   const DialNewAccount     *form,
                                                   gboolean                  check,
                                                   GCancellable             *cancellable,
                                                   GAsyncReadyCallback       callback,
                                                   gpointer                  user_data);
DialCloudtalkAccount *dial_desk_add_account_finish (DialDesk                *self,
                                                    GAsyncResult            *result,
                                                    GError                 **error);
void             dial_desk_renew_account_async    (DialDesk                 *self,
                                                   DialCloudtalkAccount     *account,
                                                   const DialNewAccount     *form,
                                                   GCancellable             *cancellable,
                                                   GAsyncReadyCallback       callback,
                                                   gpointer                  user_data);
gboolean         dial_desk_renew_account_finish   (DialDesk                 *self,
                                                   GAsyncResult             *result,
                                                   GError                  **error);
void             dial_desk_connect_sandbox_account_async (DialDesk             *self,
                                                          const DialNewAccount *form,
                                                          GCancellable         *cancellable,
                                                          GAsyncReadyCallback   callback,
                                                          gpointer              user_data);
void             dial_desk_remove_account_async   (DialDesk                 *self,
                                                   DialCloudtalkAccount     *account,
                                                   GCancellable             *cancellable,
                                                   GAsyncReadyCallback       callback,
                                                   gpointer                  user_data);
gboolean         dial_desk_remove_account_finish  (DialDesk                 *self,
                                                   GAsyncResult             *result,
                                                   GError                  **error);

/* The call: one at a time */
void             dial_desk_call_async             (DialDesk                 *self,
                                                   DialIntegration          *integration,
                                                   gint64                    candidate_id,
                                                   DialPhoneNumber          *number,
                                                   DialPhone                *phone,
                                                   GCancellable             *cancellable,
                                                   GAsyncReadyCallback       callback,
                                                   gpointer                  user_data);
void             dial_desk_call_from_async        (DialDesk                 *self,
                                                   DialIntegration          *integration,
                                                   gint64                    candidate_id,
                                                   DialPhoneNumber          *number,
                                                   DialPhone                *phone,
                                                   const char               *from,
                                                   GCancellable             *cancellable,
                                                   GAsyncReadyCallback       callback,
                                                   gpointer                  user_data);
DialCall        *dial_desk_call_finish            (DialDesk                 *self,
                                                   GAsyncResult             *result,
                                                   GError                  **error);
void             dial_desk_find_owners_async      (DialDesk                 *self,
                                                   DialPhoneNumber          *number,
                                                   GCancellable             *cancellable,
                                                   GAsyncReadyCallback       callback,
                                                   gpointer                  user_data);
GPtrArray       *dial_desk_find_owners_finish     (DialDesk                 *self,
                                                   GAsyncResult             *result,
                                                   GError                  **error);
void             dial_desk_search_owners_async    (DialDesk                 *self,
                                                   const char               *text,
                                                   guint                     limit,
                                                   GCancellable             *cancellable,
                                                   GAsyncReadyCallback       callback,
                                                   gpointer                  user_data);
GPtrArray       *dial_desk_search_owners_finish   (DialDesk                 *self,
                                                   GAsyncResult             *result,
                                                   GError                  **error);
void             dial_desk_name_caller_async      (DialDesk                 *self,
                                                   DialCall                 *call,
                                                   DialIntegration          *integration,
                                                   DialCandidate            *candidate,
                                                   gboolean                  remember,
                                                   GCancellable             *cancellable,
                                                   GAsyncReadyCallback       callback,
                                                   gpointer                  user_data);
gboolean         dial_desk_name_caller_finish     (DialDesk                 *self,
                                                   GAsyncResult             *result,
                                                   GError                  **error);
void             dial_desk_tell_answered          (DialDesk                 *self);
gboolean         dial_desk_can_answer_call        (DialDesk                 *self);
void             dial_desk_answer_call            (DialDesk                 *self);
void             dial_desk_end_call               (DialDesk                 *self);
void             dial_desk_end_call_async         (DialDesk                 *self,
                                                   GCancellable             *cancellable,
                                                   GAsyncReadyCallback       callback,
                                                   gpointer                  user_data);
gboolean         dial_desk_end_call_finish        (DialDesk                 *self,
                                                   GAsyncResult             *result,
                                                   GError                  **error);
void             dial_desk_tag_call               (DialDesk                 *self,
                                                   const char * const       *tags);
char            *dial_desk_preview_note           (DialDesk                 *self,
                                                   const DialWrapUp         *wrap_up);
void             dial_desk_wrap_up_async          (DialDesk                 *self,
                                                   const DialWrapUp         *wrap_up,
                                                   GCancellable             *cancellable,
                                                   GAsyncReadyCallback       callback,
                                                   gpointer                  user_data);
gint64           dial_desk_wrap_up_finish         (DialDesk                 *self,
                                                   GAsyncResult             *result,
                                                   GError                  **error);
void             dial_desk_drop_call              (DialDesk                 *self);
void             dial_desk_set_call_aside         (DialDesk                 *self);
void             dial_desk_take_up_call_async     (DialDesk                 *self,
                                                   DialIntegration          *integration,
                                                   const char               *uid,
                                                   GCancellable             *cancellable,
                                                   GAsyncReadyCallback       callback,
                                                   gpointer                  user_data);
gboolean         dial_desk_take_up_call_finish    (DialDesk                 *self,
                                                   GAsyncResult             *result,
                                                   GError                  **error);

/* Calls that are told of afterwards */
char            *dial_desk_preview_logged_call    (DialDesk                 *self,
                                                   DialIntegration          *integration,
                                                   DialCandidate            *candidate,
                                                   DialCallRecord           *call,
                                                   const char               *reference);
void             dial_desk_log_call_async         (DialDesk                 *self,
                                                   DialIntegration          *integration,
                                                   DialCandidate            *candidate,
                                                   DialCallRecord           *call,
                                                   DialVisibility            visibility,
                                                   const char               *reference,
                                                   GCancellable             *cancellable,
                                                   GAsyncReadyCallback       callback,
                                                   gpointer                  user_data);
gint64           dial_desk_log_call_finish        (DialDesk                 *self,
                                                   GAsyncResult             *result,
                                                   GError                  **error);

G_END_DECLS
