#pragma once

#include "dial-desk.h"
#include "dial-integration-private.h"
#include "dial-phones-file.h"
#include "dial-surroundings.h"

G_BEGIN_DECLS

struct _DialDesk
{
  GObject          parent_instance;

  char            *profile;
  DialDeskFlags    flags;
  DialSecrets     *secrets;
  GListStore      *integrations;
  GListStore      *phones;
  GListStore      *accounts;
  DialPhonesFile  *phones_file;         /* what remembers them; of an open desk */
  GCancellable    *following;           /* what others write into it */
  GError          *accounts_error;      /* why the file of accounts cannot be read */
  DialSurroundings *surroundings;       /* NULL of a desk worked by hand */
  DialActivity     activity;

  DialCall        *call;
  DialIntegration *call_integration;
  DialPhone       *call_phone;
  gboolean         hung_up;             /* the phone was asked to end the call */
  char            *call_reference;      /* the note's, so that the preview is what is sent */
  GTimeZone       *call_zone;           /* the candidate's, where it is known */
  guint            n_texts;             /* text messages on their way */
  GTask           *closing;             /* waits for them */
  guint            closing_source;

  GPtrArray       *waiting;             /* calls beside that one: see dial-desk-incoming.c */
  GPtrArray       *early;               /* calls that came in before it is known what there is; NULL from then on */
  GPtrArray       *outside_calls;       /* of DialOutsideCalls */
  GHashTable      *left_alone;          /* uids of calls that are not logged by themselves */
};

char    *_dial_desk_new_id              (void);
void     _dial_desk_read_accounts_async (DialDesk                   *self,
                                         GCancellable               *cancellable,
                                         GAsyncReadyCallback         callback,
                                         gpointer                    user_data);
gboolean _dial_desk_read_accounts_finish (DialDesk                  *self,
                                          GAsyncResult              *result,
                                          GError                   **error);
void     _dial_desk_leave_accounts      (DialDesk                   *self);
DialCloudtalkAccount *_dial_desk_take_account (DialDesk             *self,
                                               const char           *id,
                                               GHashTable           *settings);
void     _dial_desk_take_integration    (DialDesk                   *self,
                                         DialIntegration            *integration);
void     _dial_desk_mind_surroundings   (DialDesk                   *self);
void     _dial_desk_pace_integration    (DialDesk                   *self,
                                         DialIntegration            *integration);
gboolean _dial_desk_check_free          (DialDesk                   *self,
                                         GError                    **error);
void     _dial_desk_take_call           (DialDesk                   *self,
                                         DialCall                   *call,
                                         DialIntegration            *integration,
                                         DialPhone                  *phone,
                                         DialCandidate              *candidate);
void     _dial_desk_leave_call          (DialDesk                   *self);
void     _dial_desk_log_call            (DialIntegration            *integration,
                                         DialCall                   *call,
                                         gboolean                    wrapped_up);
void     _dial_desk_set_call_integration (DialDesk                  *self,
                                          DialIntegration           *integration,
                                          GTimeZone                 *zone);
void     _dial_desk_restore_calls       (DialDesk                   *self);

/* dial-desk.c, for dial-desk-texts.c: the desk does not close while a text is on its way, for a while */
void     _dial_desk_begin_text          (DialDesk                   *self);
void     _dial_desk_end_text            (DialDesk                   *self);

/* dial-desk-texts.c */
void     _dial_desk_claim_texts         (DialIntegration            *integration);

/* dial-desk-activity.c */
guint    _dial_desk_get_pace            (DialDesk                   *self);

/* dial-desk-by-itself.c */
void     _dial_desk_log_by_itself       (DialDesk                   *self,
                                         GPtrArray                  *integrations);

/* dial-desk-phones.c */
void     _dial_desk_mind_accounts       (DialDesk                   *self);
void     _dial_desk_hurry_phones        (DialDesk                   *self);
void     _dial_desk_look_outside        (DialDesk                   *self);
gboolean _dial_desk_is_looking_outside  (DialDesk                   *self);

/* dial-desk-call.c */
void     _dial_desk_tell_reported       (DialDesk                   *self,
                                         DialIntegration            *integration,
                                         DialCallRecord             *call,
                                         gboolean                    is_new);

/* dial-desk.c */
void     _dial_desk_tell_call_failed    (DialDesk                   *self,
                                         DialCall                   *call);
void     _dial_desk_tell_call_found     (DialDesk                   *self,
                                         DialIntegration            *integration,
                                         DialCallRecord             *call);

/* dial-desk-contacts.c */
void     _dial_desk_mind_contacts       (DialDesk                   *self,
                                         DialIntegration            *integration);

/* dial-desk-incoming.c */
GPtrArray *_dial_desk_new_waiting       (void);
void     _dial_desk_mind_phones         (DialDesk                   *self);
void     _dial_desk_take_waiting        (DialDesk                   *self);
void     _dial_desk_forget_waiting      (DialDesk                   *self,
                                         DialIntegration            *integration);
void     _dial_desk_take_or_keep        (DialDesk                   *self,
                                         DialCall                   *call,
                                         DialIntegration            *integration,
                                         DialPhone                  *phone,
                                         DialCandidate              *candidate);
void     _dial_desk_hear_early          (DialDesk                   *self);
void     _dial_desk_tell_gap            (DialDesk                   *self);
gboolean _dial_desk_is_waiting          (DialDesk                   *self,
                                         const char                 *uid);
void     _dial_desk_tell_incoming       (DialDesk                   *self,
                                         DialCall                   *call,
                                         DialIntegration            *integration,
                                         GPtrArray                  *owners);
void     _dial_desk_give_colours        (DialDesk                   *self);
gboolean _dial_desk_check_suffices      (const DialGreenhouseCheck  *check,
                                         GError                    **error);
void     _dial_desk_delete_files_async  (DialDesk                   *self,
                                         const char                 *id,
                                         GAsyncReadyCallback         callback,
                                         gpointer                    user_data);
gboolean _dial_desk_delete_files_finish (DialDesk                   *self,
                                         GAsyncResult               *result,
                                         GError                    **error);
void     _dial_desk_sweep_leftover      (DialDesk                   *self,
                                         DialIntegration            *integration);

G_END_DECLS
