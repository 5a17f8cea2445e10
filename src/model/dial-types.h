#pragma once

#include "dial-util.h"

G_BEGIN_DECLS

/* The nouns. Each is a record: whoever makes one fills its public fields before handing it on, and
 * from then on nobody writes to it, so that records may cross threads. */
typedef struct _DialApplication   DialApplication;
typedef struct _DialCallRecord    DialCallRecord;
typedef struct _DialCallReport    DialCallReport;
typedef struct _DialCandidate     DialCandidate;
typedef struct _DialEmailAddress  DialEmailAddress;
typedef struct _DialJob           DialJob;
typedef struct _DialNote          DialNote;
typedef struct _DialOutboxItem    DialOutboxItem;
typedef struct _DialPhoneNumber   DialPhoneNumber;
typedef struct _DialStage         DialStage;
typedef struct _DialUser          DialUser;

/* The one noun that lives: it moves from dialling to ended. */
typedef struct _DialCall          DialCall;

/**
 * DialResource:
 * @DIAL_RESOURCE_CANDIDATES: [class@Candidate] records
 * @DIAL_RESOURCE_APPLICATIONS: [class@Application] records
 * @DIAL_RESOURCE_JOBS: [class@Job] records
 * @DIAL_RESOURCE_STAGES: [class@Stage] records
 * @DIAL_RESOURCE_USERS: [class@User] records
 * @DIAL_RESOURCE_NOTES: [class@Note] records
 *
 * What Greenhouse lists and the store remembers.
 */
typedef enum {
  DIAL_RESOURCE_CANDIDATES,
  DIAL_RESOURCE_APPLICATIONS,
  DIAL_RESOURCE_JOBS,
  DIAL_RESOURCE_STAGES,
  DIAL_RESOURCE_USERS,
  DIAL_RESOURCE_NOTES,
} DialResource;

#define DIAL_N_RESOURCES (DIAL_RESOURCE_NOTES + 1)

/**
 * DialApi:
 * @DIAL_API_V3: Harvest v3, OAuth client credentials
 * @DIAL_API_V1: Harvest v1, API key
 *
 * The dialect an integration speaks.
 */
typedef enum {
  DIAL_API_V3,
  DIAL_API_V1,
} DialApi;

/**
 * DialVisibility:
 * @DIAL_VISIBILITY_UNKNOWN: Greenhouse did not say
 * @DIAL_VISIBILITY_PUBLIC: everyone who can see the candidate
 * @DIAL_VISIBILITY_PRIVATE: people with the private-notes permission, and the author
 * @DIAL_VISIBILITY_ADMIN_ONLY: Site Admins and the job's admins
 *
 * Who may read a note. The nicks are spelled as dialhousectl spells them.
 */
typedef enum {
  DIAL_VISIBILITY_UNKNOWN,
  DIAL_VISIBILITY_PUBLIC,
  DIAL_VISIBILITY_PRIVATE,
  DIAL_VISIBILITY_ADMIN_ONLY,
} DialVisibility;

/**
 * DialDirection:
 * @DIAL_DIRECTION_OUTGOING: the desk called
 * @DIAL_DIRECTION_INCOMING: the desk was called
 */
typedef enum {
  DIAL_DIRECTION_OUTGOING,
  DIAL_DIRECTION_INCOMING,
} DialDirection;

/**
 * DialCallState:
 * @DIAL_CALL_STATE_DIALLING: handed to the phone
 * @DIAL_CALL_STATE_RINGING: it rings at the other end (or here, when incoming)
 * @DIAL_CALL_STATE_ACTIVE: they talk
 * @DIAL_CALL_STATE_HELD: on hold
 * @DIAL_CALL_STATE_ENDED: over
 */
typedef enum {
  DIAL_CALL_STATE_DIALLING,
  DIAL_CALL_STATE_RINGING,
  DIAL_CALL_STATE_ACTIVE,
  DIAL_CALL_STATE_HELD,
  DIAL_CALL_STATE_ENDED,
} DialCallState;

/**
 * DialOutcome:
 * @DIAL_OUTCOME_UNKNOWN: nobody said
 * @DIAL_OUTCOME_ANSWERED: they talked
 * @DIAL_OUTCOME_NO_ANSWER: it rang out
 * @DIAL_OUTCOME_BUSY: the line was busy
 * @DIAL_OUTCOME_VOICEMAIL: a machine answered
 * @DIAL_OUTCOME_MISSED: an incoming call nobody took
 * @DIAL_OUTCOME_CANCELLED: given up before it was answered
 * @DIAL_OUTCOME_FAILED: the phone could not place it
 */
typedef enum {
  DIAL_OUTCOME_UNKNOWN,
  DIAL_OUTCOME_ANSWERED,
  DIAL_OUTCOME_NO_ANSWER,
  DIAL_OUTCOME_BUSY,
  DIAL_OUTCOME_VOICEMAIL,
  DIAL_OUTCOME_MISSED,
  DIAL_OUTCOME_CANCELLED,
  DIAL_OUTCOME_FAILED,
} DialOutcome;

/**
 * DialOutboxState:
 * @DIAL_OUTBOX_STATE_WAITING: written down, not yet tried, or to be tried again
 * @DIAL_OUTBOX_STATE_SENDING: on its way; found after a crash, it must be looked up before it is repeated
 * @DIAL_OUTBOX_STATE_SENT: read back from Greenhouse
 * @DIAL_OUTBOX_STATE_UNCERTAIN: may be there or not; a person or a look must tell
 * @DIAL_OUTBOX_STATE_REFUSED: Greenhouse said no; it needs a person
 */
typedef enum {
  DIAL_OUTBOX_STATE_WAITING,
  DIAL_OUTBOX_STATE_SENDING,
  DIAL_OUTBOX_STATE_SENT,
  DIAL_OUTBOX_STATE_UNCERTAIN,
  DIAL_OUTBOX_STATE_REFUSED,
} DialOutboxState;

/**
 * DialProof:
 * @DIAL_PROOF_NONE: there is none
 * @DIAL_PROOF_READ_BACK: it was read back from the activity feed, and was the same
 * @DIAL_PROOF_ACCEPTED: Greenhouse took it and gave it an id, but may not be asked for it again
 * @DIAL_PROOF_TOLD: the recruiter looked and said so
 *
 * Why a note counts as being in Greenhouse.
 */
typedef enum {
  DIAL_PROOF_NONE,
  DIAL_PROOF_READ_BACK,
  DIAL_PROOF_ACCEPTED,
  DIAL_PROOF_TOLD,
} DialProof;

/**
 * DialCallFilter:
 * @DIAL_CALL_FILTER_ALL: every call
 * @DIAL_CALL_FILTER_TODAY: that began today
 * @DIAL_CALL_FILTER_UNLOGGED: that ended and of which no note tells, and nobody decided so; not those that
 *   never came about
 * @DIAL_CALL_FILTER_MISSED: incoming ones nobody took
 * @DIAL_CALL_FILTER_CALL_AGAIN: the last ones with people whose day to be called again has come
 *
 * Which calls of the call log.
 */
typedef enum {
  DIAL_CALL_FILTER_ALL,
  DIAL_CALL_FILTER_TODAY,
  DIAL_CALL_FILTER_UNLOGGED,
  DIAL_CALL_FILTER_MISSED,
  DIAL_CALL_FILTER_CALL_AGAIN,
} DialCallFilter;

#define DIAL_TYPE_RESOURCE     (dial_resource_get_type ())
#define DIAL_TYPE_API          (dial_api_get_type ())
#define DIAL_TYPE_VISIBILITY   (dial_visibility_get_type ())
#define DIAL_TYPE_DIRECTION    (dial_direction_get_type ())
#define DIAL_TYPE_CALL_STATE   (dial_call_state_get_type ())
#define DIAL_TYPE_OUTCOME      (dial_outcome_get_type ())
#define DIAL_TYPE_OUTBOX_STATE (dial_outbox_state_get_type ())
#define DIAL_TYPE_PROOF        (dial_proof_get_type ())
#define DIAL_TYPE_CALL_FILTER  (dial_call_filter_get_type ())

GType dial_resource_get_type     (void) G_GNUC_CONST;
GType dial_api_get_type          (void) G_GNUC_CONST;
GType dial_visibility_get_type   (void) G_GNUC_CONST;
GType dial_direction_get_type    (void) G_GNUC_CONST;
GType dial_call_state_get_type   (void) G_GNUC_CONST;
GType dial_outcome_get_type      (void) G_GNUC_CONST;
GType dial_outbox_state_get_type (void) G_GNUC_CONST;
GType dial_proof_get_type        (void) G_GNUC_CONST;
GType dial_call_filter_get_type  (void) G_GNUC_CONST;

G_END_DECLS
