#pragma once

#include "dial-account-check.h"
#include "dial-cloudtalk.h"
#include "dial-integration.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CLOUDTALK_ACCOUNT (dial_cloudtalk_account_get_type ())
G_DECLARE_FINAL_TYPE (DialCloudtalkAccount, dial_cloudtalk_account, DIAL, CLOUDTALK_ACCOUNT, GObject)

/**
 * DialCloudtalkAccount:
 *
 * A company's CloudTalk as this desk uses it: its keys, who the recruiter is among its agents, its numbers.
 *
 * Properties (all notify, all read-only): `id`, `caption`, `key-id`, `email` (strings), `agent-id` (int64, 0: not
 * known), `agent` (pointer: nullable [struct@CloudtalkAgent], as last read), `numbers` (nullable array of
 * [struct@CloudtalkNumber], as last read), `problem` (nullable string: why it does not work now, a sentence),
 * `health` ([enum@Health]), `check` (nullable [struct@AccountCheck]), `checking` (boolean), `allowance` (boolean:
 * whether the door is open; notifies whenever [method@Cloudtalk.get_allowance] has news).
 */
const char               *dial_cloudtalk_account_get_id        (DialCloudtalkAccount    *self);
const char               *dial_cloudtalk_account_get_caption   (DialCloudtalkAccount    *self);
const char               *dial_cloudtalk_account_get_key_id    (DialCloudtalkAccount    *self);
const char               *dial_cloudtalk_account_get_email     (DialCloudtalkAccount    *self);
gint64                    dial_cloudtalk_account_get_agent_id  (DialCloudtalkAccount    *self);
char                     *dial_cloudtalk_account_dup_title     (DialCloudtalkAccount    *self);
const char               *dial_cloudtalk_account_get_problem   (DialCloudtalkAccount    *self);
DialHealth                dial_cloudtalk_account_get_health    (DialCloudtalkAccount    *self);

/* The door; it is open once somebody connected. */
DialCloudtalk            *dial_cloudtalk_account_get_cloudtalk  (DialCloudtalkAccount    *self);
void                      dial_cloudtalk_account_connect_async  (DialCloudtalkAccount    *self,
                                                                 GCancellable            *cancellable,
                                                                 GAsyncReadyCallback      callback,
                                                                 gpointer                 user_data);
DialCloudtalk            *dial_cloudtalk_account_connect_finish (DialCloudtalkAccount    *self,
                                                                 GAsyncResult            *result,
                                                                 GError                 **error);
gint64                    dial_cloudtalk_account_get_waits_until (DialCloudtalkAccount   *self);
void                      dial_cloudtalk_account_heed           (DialCloudtalkAccount    *self,
                                                                 const GError            *error);

/* Who the recruiter is */
const DialCloudtalkAgent *dial_cloudtalk_account_get_agent            (DialCloudtalkAccount    *self);
GPtrArray                *dial_cloudtalk_account_get_agents           (DialCloudtalkAccount    *self);
void                      dial_cloudtalk_account_refresh_agent_async  (DialCloudtalkAccount    *self,
                                                                       DialCloudtalkUrgency     urgency,
                                                                       GCancellable            *cancellable,
                                                                       GAsyncReadyCallback      callback,
                                                                       gpointer                 user_data);
gboolean                  dial_cloudtalk_account_refresh_agent_finish (DialCloudtalkAccount    *self,
                                                                       GAsyncResult            *result,
                                                                       GError                 **error);

/* The numbers */
GPtrArray                *dial_cloudtalk_account_get_numbers            (DialCloudtalkAccount    *self);
const DialCloudtalkNumber *dial_cloudtalk_account_find_number           (DialCloudtalkAccount    *self,
                                                                         const char              *e164);
void                      dial_cloudtalk_account_refresh_numbers_async  (DialCloudtalkAccount    *self,
                                                                         DialCloudtalkUrgency     urgency,
                                                                         GCancellable            *cancellable,
                                                                         GAsyncReadyCallback      callback,
                                                                         gpointer                 user_data);
gboolean                  dial_cloudtalk_account_refresh_numbers_finish (DialCloudtalkAccount    *self,
                                                                         GAsyncResult            *result,
                                                                         GError                 **error);
gboolean                  dial_cloudtalk_account_can_text               (DialCloudtalkAccount    *self,
                                                                         const char              *e164);
void                      dial_cloudtalk_account_learn_text             (DialCloudtalkAccount    *self,
                                                                         const char              *e164,
                                                                         gboolean                 can_text);

/* The check */
DialAccountCheck         *dial_cloudtalk_account_get_check    (DialCloudtalkAccount    *self);
gboolean                  dial_cloudtalk_account_is_checking  (DialCloudtalkAccount    *self);
void                      dial_cloudtalk_account_check_async  (DialCloudtalkAccount    *self,
                                                               const char * const      *tags,
                                                               GCancellable            *cancellable,
                                                               GAsyncReadyCallback      callback,
                                                               gpointer                 user_data);
DialAccountCheck         *dial_cloudtalk_account_check_finish (DialCloudtalkAccount    *self,
                                                               GAsyncResult            *result,
                                                               GError                 **error);

/* Settings */
const char              **dial_cloudtalk_account_list_keys    (void);
char                     *dial_cloudtalk_account_dup_setting  (DialCloudtalkAccount    *self,
                                                               const char              *key);
void                      dial_cloudtalk_account_set_async    (DialCloudtalkAccount    *self,
                                                               const char              *key,
                                                               const char              *value,
                                                               GCancellable            *cancellable,
                                                               GAsyncReadyCallback      callback,
                                                               gpointer                 user_data);
gboolean                  dial_cloudtalk_account_set_finish   (DialCloudtalkAccount    *self,
                                                               GAsyncResult            *result,
                                                               GError                 **error);

G_END_DECLS
