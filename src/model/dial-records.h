#pragma once

#include "dial-call-report.h"
#include "dial-phone-number.h"

G_BEGIN_DECLS

#define DIAL_TYPE_EMAIL_ADDRESS (dial_email_address_get_type ())
G_DECLARE_FINAL_TYPE (DialEmailAddress, dial_email_address, DIAL, EMAIL_ADDRESS, GObject)

/**
 * DialEmailAddress:
 * @address: the address as Greenhouse holds it
 * @kind: (nullable): `personal`, `work`, `other`, or any other word Greenhouse used
 */
struct _DialEmailAddress
{
  GObject  parent_instance;

  char    *address;
  char    *kind;
};

DialEmailAddress *dial_email_address_new (const char *address,
                                          const char *kind);

#define DIAL_TYPE_CANDIDATE (dial_candidate_get_type ())
G_DECLARE_FINAL_TYPE (DialCandidate, dial_candidate, DIAL, CANDIDATE, GObject)

/**
 * DialCandidate:
 * @id: Greenhouse's id, beyond 32 bits
 * @place: the store's number for where the candidate stands by last activity, later is larger; 0 where
 *   it has none yet
 * @first_name: (nullable)
 * @last_name: (nullable)
 * @preferred_name: (nullable)
 * @company: (nullable)
 * @title: (nullable)
 * @time_zone: (nullable): Rails-style name, such as `Eastern Time (US & Canada)`
 * @is_private: hidden from most people in Greenhouse
 * @created_at: an instant
 * @updated_at: an instant
 * @last_activity_at: an instant
 * @last_contact_at: when we last spoke with or wrote to them, an instant, as far as this desk knows
 * @tags: (array zero-terminated=1): names of tags, never %NULL
 * @phones: (element-type DialPhoneNumber): never %NULL
 * @emails: (element-type DialEmailAddress): never %NULL
 * @applications: (nullable) (element-type DialApplication): most telling first; only where it was asked for
 * @job: (nullable): the job's name of the most telling application, filled by the store
 * @stage: (nullable): that application's stage, filled by the store
 *
 * A person in Greenhouse.
 */
struct _DialCandidate
{
  GObject    parent_instance;

  gint64     id;
  gint64     place;
  char      *first_name;
  char      *last_name;
  char      *preferred_name;
  char      *company;
  char      *title;
  char      *time_zone;
  gint64     created_at;
  gint64     updated_at;
  gint64     last_activity_at;
  gint64     last_contact_at;
  GStrv      tags;
  GPtrArray *phones;
  GPtrArray *emails;
  GPtrArray *applications;
  char      *job;
  char      *stage;
  guint      is_private : 1;
};

DialCandidate *dial_candidate_new          (gint64         id);
char          *dial_candidate_dup_name     (DialCandidate *self);
char          *dial_candidate_dup_subtitle (DialCandidate *self);

#define DIAL_TYPE_APPLICATION (dial_application_get_type ())
G_DECLARE_FINAL_TYPE (DialApplication, dial_application, DIAL, APPLICATION, GObject)

/**
 * DialApplication:
 * @id: Greenhouse's id
 * @candidate_id: whose application
 * @job_id: 0 for a prospect
 * @job_name: (nullable): filled by the store
 * @stage_id: 0 if none
 * @stage_name: (nullable)
 * @status: (nullable): `in_process`, `rejected`, `hired`, `converted`, or any other word
 * @prospect: not yet on a job
 * @recruiter_id: a user, 0 if none
 * @coordinator_id: a user, 0 if none
 * @recruiter_name: (nullable): filled by the store
 * @created_at: an instant
 * @updated_at: an instant
 * @last_activity_at: an instant
 * @rejected_at: an instant
 *
 * One candidate on one job.
 */
struct _DialApplication
{
  GObject  parent_instance;

  gint64   id;
  gint64   candidate_id;
  gint64   job_id;
  gint64   stage_id;
  gint64   recruiter_id;
  gint64   coordinator_id;
  char    *job_name;
  char    *stage_name;
  char    *recruiter_name;
  char    *status;
  gint64   created_at;
  gint64   updated_at;
  gint64   last_activity_at;
  gint64   rejected_at;
  guint    prospect : 1;
};

DialApplication *dial_application_new (gint64 id);

#define DIAL_TYPE_JOB (dial_job_get_type ())
G_DECLARE_FINAL_TYPE (DialJob, dial_job, DIAL, JOB, GObject)

/**
 * DialJob:
 * @id: Greenhouse's id
 * @name: (nullable)
 * @status: (nullable): `open`, `draft`, `closed`
 * @updated_at: an instant
 */
struct _DialJob
{
  GObject  parent_instance;

  gint64   id;
  char    *name;
  char    *status;
  gint64   updated_at;
};

DialJob *dial_job_new (gint64 id);

#define DIAL_TYPE_STAGE (dial_stage_get_type ())
G_DECLARE_FINAL_TYPE (DialStage, dial_stage, DIAL, STAGE, GObject)

/**
 * DialStage:
 * @id: Greenhouse's id
 * @job_id: whose stage
 * @name: (nullable)
 * @sort_order: place among the job's stages
 * @active: in use
 */
struct _DialStage
{
  GObject  parent_instance;

  gint64   id;
  gint64   job_id;
  char    *name;
  int      sort_order;
  guint    active : 1;
};

DialStage *dial_stage_new (gint64 id);

#define DIAL_TYPE_USER (dial_user_get_type ())
G_DECLARE_FINAL_TYPE (DialUser, dial_user, DIAL, USER, GObject)

/**
 * DialUser:
 * @id: Greenhouse's id
 * @name: (nullable): the whole name
 * @primary_email: (nullable)
 * @emails: (array zero-terminated=1): all known addresses, never %NULL
 * @deactivated: has left
 * @site_admin: a Site Admin
 * @updated_at: an instant
 *
 * A person who works in Greenhouse.
 */
struct _DialUser
{
  GObject  parent_instance;

  gint64   id;
  char    *name;
  char    *primary_email;
  GStrv    emails;
  gint64   updated_at;
  guint    deactivated : 1;
  guint    site_admin : 1;
};

DialUser *dial_user_new (gint64 id);

#define DIAL_TYPE_NOTE (dial_note_get_type ())
G_DECLARE_FINAL_TYPE (DialNote, dial_note, DIAL, NOTE, GObject)

/**
 * DialNote:
 * @id: Greenhouse's id, 0 while it has none
 * @candidate_id: whose activity feed
 * @application_id: 0 if none
 * @user_id: the author, 0 if none
 * @user_name: (nullable): filled by the store
 * @type: (nullable): `NOTE`, `ACTIVITY`, `EMAIL`, …
 * @subject: (nullable)
 * @body: plain text, never %NULL
 * @visibility: who may read it
 * @created_at: an instant
 *
 * One entry of a candidate's activity feed.
 */
struct _DialNote
{
  GObject         parent_instance;

  gint64          id;
  gint64          candidate_id;
  gint64          application_id;
  gint64          user_id;
  char           *user_name;
  char           *type;
  char           *subject;
  char           *body;
  DialVisibility  visibility;
  gint64          created_at;
};

DialNote *dial_note_new (gint64 id);

#define DIAL_TYPE_OUTBOX_ITEM (dial_outbox_item_get_type ())
G_DECLARE_FINAL_TYPE (DialOutboxItem, dial_outbox_item, DIAL, OUTBOX_ITEM, GObject)

/**
 * DialOutboxItem:
 * @id: the store's id, 0 while it has none
 * @candidate_id: whose activity feed
 * @call_uid: (nullable): the call it tells of
 * @reference: the short text in the body's last line that makes this note unique
 * @body: exactly what Greenhouse shall hold
 * @visibility: who may read it
 * @author_id: the Greenhouse user who signs it, 0 if that is not known yet or the integration signs
 * @author_email: (nullable): the recruiter's address when it was saved, as long as @author_id is not known
 * @author_refused: Greenhouse does not take it under that name
 * @state: where it is
 * @attempts: how often it was sent
 * @failures: how often in a row it did not get through
 * @first_sent_at: when it was first sent, an instant; not known as long as it certainly never arrived
 * @last_sent_at: when it was last sent, an instant
 * @next_try_at: not before this instant, unless somebody wants it; %G_MAXINT64: a person has to say
 * @held_until: not before this instant, whoever wants it: Greenhouse said so
 * @note_id: Greenhouse's id once it took it, 0 before
 * @elsewhere: it was waiting when this store was copied, so the original may send it too
 * @revision: how often it was changed
 * @proof: why it counts as being there
 * @seen_at: when it was last seen there, an instant
 * @error: (nullable): why it is not there yet, a sentence
 * @created_at: when the recruiter saved it, an instant
 *
 * A note on its way to Greenhouse.
 */
struct _DialOutboxItem
{
  GObject          parent_instance;

  gint64           id;
  gint64           candidate_id;
  char            *call_uid;
  char            *reference;
  char            *body;
  DialVisibility   visibility;
  gint64           author_id;
  char            *author_email;
  DialOutboxState  state;
  int              attempts;
  int              failures;
  gint64           first_sent_at;
  gint64           last_sent_at;
  gint64           next_try_at;
  gint64           held_until;
  gint64           note_id;
  gint64           revision;
  DialProof        proof;
  gint64           seen_at;
  char            *error;
  gint64           created_at;
  guint            author_refused : 1;
  guint            elsewhere : 1;
};

DialOutboxItem *dial_outbox_item_new  (gint64          id);
DialOutboxItem *dial_outbox_item_copy (DialOutboxItem *self);

#define DIAL_TYPE_CALL_RECORD (dial_call_record_get_type ())
G_DECLARE_FINAL_TYPE (DialCallRecord, dial_call_record, DIAL, CALL_RECORD, GObject)

/**
 * DialCallRecord:
 * @uid: the desk's own name for the call
 * @candidate_id: 0 if nobody is known by that number
 * @direction: who called whom
 * @number: the other end's number as typed
 * @e164: (nullable): the same in E.164
 * @own_number: (nullable): the number that was shown to them
 * @phone_id: (nullable): which phone placed it
 * @state: where it is
 * @outcome: how it ended
 * @started_at: an instant
 * @answered_at: an instant
 * @ended_at: an instant
 * @duration: seconds talked by the monotonic clock, -1 if not known
 * @time_zone: (nullable): the recruiter's zone when it began, an IANA name
 * @tags: (array zero-terminated=1): the recruiter's verdict, never %NULL
 * @text: (nullable): what the recruiter typed
 * @call_again_on: (nullable): the day to call the person again, as YYYY-MM-DD
 * @report: (nullable): what the phone system tells of it
 * @by_hand: it was made elsewhere, and the recruiter told of it
 * @outside: it was made elsewhere, and the phone system told of it
 * @dropped: the recruiter decided that no note is to tell of it
 * @wrapped_up: the recruiter has finished with it
 *
 * A call as the call log keeps it: one moment of a [class@Call].
 */
struct _DialCallRecord
{
  GObject        parent_instance;

  char          *uid;
  gint64         candidate_id;
  DialDirection  direction;
  char          *number;
  char          *e164;
  char          *own_number;
  char          *phone_id;
  DialCallState  state;
  DialOutcome    outcome;
  gint64         started_at;
  gint64         answered_at;
  gint64         ended_at;
  int            duration;
  char          *time_zone;
  GStrv          tags;
  char          *text;
  char          *call_again_on;
  DialCallReport *report;
  guint          by_hand : 1;
  guint          outside : 1;
  guint          dropped : 1;
  guint          wrapped_up : 1;
};

DialCallRecord *dial_call_record_new  (const char     *uid);
DialCallRecord *dial_call_record_copy (DialCallRecord *self);

G_END_DECLS
