#pragma once

#include "dial-call.h"

G_BEGIN_DECLS

/**
 * DialPhoneError:
 * @DIAL_PHONE_ERROR_NO_HANDLER: the desktop has no program for phone links
 * @DIAL_PHONE_ERROR_NUMBER: this number cannot be called
 * @DIAL_PHONE_ERROR_FAILED: the phone said no
 *
 * Every message is a sentence a person can act on.
 */
typedef enum {
  DIAL_PHONE_ERROR_NO_HANDLER,
  DIAL_PHONE_ERROR_NUMBER,
  DIAL_PHONE_ERROR_FAILED,
} DialPhoneError;

#define DIAL_PHONE_ERROR (dial_phone_error_quark ())
GQuark dial_phone_error_quark (void);

#define DIAL_TYPE_PHONE (dial_phone_get_type ())
G_DECLARE_INTERFACE (DialPhone, dial_phone, DIAL, PHONE, GObject)

/**
 * DialPhoneInterface:
 * @get_id: the name by which settings and dialhousectl know it, such as `system`
 * @dup_title: what a person calls it
 * @dup_problem: why it cannot place a call now, a sentence; %NULL if it can
 * @place_async: hands the call over; from then on the phone moves it, or leaves it to the recruiter
 *   where [method@Call.is_watched] stays false
 * @place_finish: whether it was handed over
 * @hang_up: ends a call it watches; the call ends when the phone says so
 * @can_answer: whether it can be told to take an incoming call; without it no
 * @answer: takes an incoming call; the call is active when the phone says so
 * @can_choose_number: whether it shows one of [method@Call.get_own_numbers] where it must, or refuses the call;
 *   without it no
 *
 * A way to place calls, and to be called. Where a phone tells of incoming calls, it emits `incoming`
 * with a [class@Call] in state ringing, which it watches; the call's phone id is the phone's.
 */
struct _DialPhoneInterface
{
  GTypeInterface parent;

  const char *(*get_id)       (DialPhone           *self);
  char       *(*dup_title)    (DialPhone           *self);
  char       *(*dup_problem)  (DialPhone           *self);
  void        (*place_async)  (DialPhone           *self,
                               DialCall            *call,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
  gboolean    (*place_finish) (DialPhone           *self,
                               GAsyncResult        *result,
                               GError             **error);
  void        (*hang_up)      (DialPhone           *self,
                               DialCall            *call);
  gboolean    (*can_answer)   (DialPhone           *self,
                               DialCall            *call);
  void        (*answer)       (DialPhone           *self,
                               DialCall            *call);
  gboolean    (*can_choose_number) (DialPhone      *self);
  void        (*resume_async) (DialPhone           *self,
                               DialCall            *call,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data);
  DialCall   *(*resume_finish) (DialPhone          *self,
                                GAsyncResult       *result,
                                GError            **error);
};

const char *dial_phone_get_id       (DialPhone           *self);
char       *dial_phone_dup_title    (DialPhone           *self);
char       *dial_phone_dup_problem  (DialPhone           *self);
void        dial_phone_place_async  (DialPhone           *self,
                                     DialCall            *call,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
gboolean    dial_phone_place_finish (DialPhone           *self,
                                     GAsyncResult        *result,
                                     GError             **error);
void        dial_phone_hang_up      (DialPhone           *self,
                                     DialCall            *call);
gboolean    dial_phone_can_answer   (DialPhone           *self,
                                     DialCall            *call);
void        dial_phone_answer       (DialPhone           *self,
                                     DialCall            *call);
gboolean    dial_phone_can_choose_number (DialPhone      *self);
void        dial_phone_resume_async (DialPhone           *self,
                                     DialCall            *call,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
DialCall   *dial_phone_resume_finish (DialPhone          *self,
                                      GAsyncResult       *result,
                                      GError            **error);

/* For the kinds of phones. */
void        dial_phone_tell_incoming (DialPhone          *self,
                                      DialCall           *call);

G_END_DECLS
