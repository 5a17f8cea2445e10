#pragma once

#include "dial-records.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CALL (dial_call_get_type ())
G_DECLARE_FINAL_TYPE (DialCall, dial_call, DIAL, CALL, GObject)

DialCall        *dial_call_new              (DialDirection    direction,
                                             DialPhoneNumber *number,
                                             gint64           candidate_id,
                                             const char      *candidate_name,
                                             const char      *phone_id);
DialCall        *dial_call_new_restored     (DialCallRecord  *record,
                                             DialPhoneNumber *number,
                                             const char      *candidate_name);
DialCall        *dial_call_new_resumed      (DialCallRecord  *record,
                                             DialPhoneNumber *number,
                                             const char      *candidate_name);
const char      *dial_call_get_uid          (DialCall        *self);
DialDirection    dial_call_get_direction    (DialCall        *self);
DialPhoneNumber *dial_call_get_number       (DialCall        *self);
const char      *dial_call_get_own_number   (DialCall        *self);
void             dial_call_set_own_number   (DialCall        *self,
                                             const char      *own_number);
const char * const *dial_call_get_own_numbers (DialCall       *self,
                                               gboolean       *strictly);
void             dial_call_set_own_numbers   (DialCall        *self,
                                              const char * const *own_numbers,
                                              gboolean         strictly);
gint64           dial_call_get_candidate_id (DialCall        *self);
const char      *dial_call_get_candidate_name (DialCall      *self);
void             dial_call_set_candidate    (DialCall        *self,
                                             gint64           candidate_id,
                                             const char      *candidate_name);
const char      *dial_call_get_phone_id     (DialCall        *self);
DialCallState    dial_call_get_state        (DialCall        *self);
gboolean         dial_call_set_state        (DialCall        *self,
                                             DialCallState    state);
gboolean         dial_call_end              (DialCall        *self,
                                             DialOutcome      outcome);
DialOutcome      dial_call_get_outcome      (DialCall        *self);
gboolean         dial_call_is_watched       (DialCall        *self);
void             dial_call_set_watched      (DialCall        *self,
                                             gboolean         watched);
void             dial_call_tell_gap         (DialCall        *self);
int              dial_call_get_duration     (DialCall        *self);
gint64           dial_call_get_started_at   (DialCall        *self);
const char      *dial_call_get_hint         (DialCall        *self);
int              dial_call_get_hint_seconds (DialCall        *self);
void             dial_call_set_hint         (DialCall        *self,
                                             const char      *hint,
                                             int              seconds);
const char * const *dial_call_get_tags      (DialCall        *self);
void             dial_call_set_tags         (DialCall        *self,
                                             const char * const *tags);
DialCallReport  *dial_call_get_report       (DialCall        *self);
void             dial_call_take_report      (DialCall        *self,
                                             DialCallReport  *report);
DialCallRecord  *dial_call_snapshot         (DialCall        *self);

G_END_DECLS
