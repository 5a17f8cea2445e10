#pragma once

#include "dial-desk.h"
#include "dial-integration-private.h"
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
  DialSurroundings *surroundings;       /* NULL of a desk worked by hand */
  DialActivity     activity;

  DialCall        *call;
  DialIntegration *call_integration;
  DialPhone       *call_phone;
  gboolean         hung_up;             /* the phone was asked to end the call */
  char            *call_reference;      /* the note's, so that the preview is what is sent */
  GTimeZone       *call_zone;           /* the candidate's, where it is known */
};

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
void     _dial_desk_restore_calls       (DialDesk                   *self);
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
