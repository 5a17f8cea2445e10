#include "dial-types.h"

G_DEFINE_ENUM_TYPE (DialResource, dial_resource,
                    G_DEFINE_ENUM_VALUE (DIAL_RESOURCE_CANDIDATES, "candidates"),
                    G_DEFINE_ENUM_VALUE (DIAL_RESOURCE_APPLICATIONS, "applications"),
                    G_DEFINE_ENUM_VALUE (DIAL_RESOURCE_JOBS, "jobs"),
                    G_DEFINE_ENUM_VALUE (DIAL_RESOURCE_STAGES, "stages"),
                    G_DEFINE_ENUM_VALUE (DIAL_RESOURCE_USERS, "users"),
                    G_DEFINE_ENUM_VALUE (DIAL_RESOURCE_NOTES, "notes"))

G_DEFINE_ENUM_TYPE (DialApi, dial_api,
                    G_DEFINE_ENUM_VALUE (DIAL_API_V3, "v3"),
                    G_DEFINE_ENUM_VALUE (DIAL_API_V1, "v1"))

G_DEFINE_ENUM_TYPE (DialVisibility, dial_visibility,
                    G_DEFINE_ENUM_VALUE (DIAL_VISIBILITY_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (DIAL_VISIBILITY_PUBLIC, "public"),
                    G_DEFINE_ENUM_VALUE (DIAL_VISIBILITY_PRIVATE, "private"),
                    G_DEFINE_ENUM_VALUE (DIAL_VISIBILITY_ADMIN_ONLY, "admin_only"))

G_DEFINE_ENUM_TYPE (DialDirection, dial_direction,
                    G_DEFINE_ENUM_VALUE (DIAL_DIRECTION_OUTGOING, "outgoing"),
                    G_DEFINE_ENUM_VALUE (DIAL_DIRECTION_INCOMING, "incoming"))

G_DEFINE_ENUM_TYPE (DialCallState, dial_call_state,
                    G_DEFINE_ENUM_VALUE (DIAL_CALL_STATE_DIALLING, "dialling"),
                    G_DEFINE_ENUM_VALUE (DIAL_CALL_STATE_RINGING, "ringing"),
                    G_DEFINE_ENUM_VALUE (DIAL_CALL_STATE_ACTIVE, "active"),
                    G_DEFINE_ENUM_VALUE (DIAL_CALL_STATE_HELD, "held"),
                    G_DEFINE_ENUM_VALUE (DIAL_CALL_STATE_ENDED, "ended"))

G_DEFINE_ENUM_TYPE (DialOutcome, dial_outcome,
                    G_DEFINE_ENUM_VALUE (DIAL_OUTCOME_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (DIAL_OUTCOME_ANSWERED, "answered"),
                    G_DEFINE_ENUM_VALUE (DIAL_OUTCOME_NO_ANSWER, "no-answer"),
                    G_DEFINE_ENUM_VALUE (DIAL_OUTCOME_BUSY, "busy"),
                    G_DEFINE_ENUM_VALUE (DIAL_OUTCOME_VOICEMAIL, "voicemail"),
                    G_DEFINE_ENUM_VALUE (DIAL_OUTCOME_MISSED, "missed"),
                    G_DEFINE_ENUM_VALUE (DIAL_OUTCOME_CANCELLED, "cancelled"),
                    G_DEFINE_ENUM_VALUE (DIAL_OUTCOME_FAILED, "failed"))

G_DEFINE_ENUM_TYPE (DialOutboxState, dial_outbox_state,
                    G_DEFINE_ENUM_VALUE (DIAL_OUTBOX_STATE_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (DIAL_OUTBOX_STATE_SENDING, "sending"),
                    G_DEFINE_ENUM_VALUE (DIAL_OUTBOX_STATE_SENT, "sent"),
                    G_DEFINE_ENUM_VALUE (DIAL_OUTBOX_STATE_UNCERTAIN, "uncertain"),
                    G_DEFINE_ENUM_VALUE (DIAL_OUTBOX_STATE_REFUSED, "refused"))

G_DEFINE_ENUM_TYPE (DialProof, dial_proof,
                    G_DEFINE_ENUM_VALUE (DIAL_PROOF_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (DIAL_PROOF_READ_BACK, "read-back"),
                    G_DEFINE_ENUM_VALUE (DIAL_PROOF_ACCEPTED, "accepted"),
                    G_DEFINE_ENUM_VALUE (DIAL_PROOF_TOLD, "told"))

G_DEFINE_ENUM_TYPE (DialCallFilter, dial_call_filter,
                    G_DEFINE_ENUM_VALUE (DIAL_CALL_FILTER_ALL, "all"),
                    G_DEFINE_ENUM_VALUE (DIAL_CALL_FILTER_TODAY, "today"),
                    G_DEFINE_ENUM_VALUE (DIAL_CALL_FILTER_UNLOGGED, "unlogged"),
                    G_DEFINE_ENUM_VALUE (DIAL_CALL_FILTER_MISSED, "missed"),
                    G_DEFINE_ENUM_VALUE (DIAL_CALL_FILTER_CALL_AGAIN, "call-again"))
