#include "dial-records.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (DialEmailAddress, dial_email_address, G_TYPE_OBJECT)

static void
dial_email_address_finalize (GObject *object)
{
  DialEmailAddress *self = DIAL_EMAIL_ADDRESS (object);

  g_free (self->address);
  g_free (self->kind);

  G_OBJECT_CLASS (dial_email_address_parent_class)->finalize (object);
}

static void
dial_email_address_class_init (DialEmailAddressClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dial_email_address_finalize;
}

static void
dial_email_address_init (DialEmailAddress *self)
{
}

/**
 * dial_email_address_new:
 * @address: an address
 * @kind: (nullable): which of the person's addresses it is
 *
 * Returns: (transfer full): an e-mail address
 */
DialEmailAddress *
dial_email_address_new (const char *address,
                        const char *kind)
{
  DialEmailAddress *self = g_object_new (DIAL_TYPE_EMAIL_ADDRESS, NULL);

  self->address = g_strdup (address);
  self->kind = g_strdup (kind);
  return self;
}

G_DEFINE_FINAL_TYPE (DialCandidate, dial_candidate, G_TYPE_OBJECT)

static void
dial_candidate_finalize (GObject *object)
{
  DialCandidate *self = DIAL_CANDIDATE (object);

  g_free (self->first_name);
  g_free (self->last_name);
  g_free (self->preferred_name);
  g_free (self->company);
  g_free (self->title);
  g_free (self->time_zone);
  g_free (self->job);
  g_free (self->stage);
  g_strfreev (self->tags);
  g_ptr_array_unref (self->phones);
  g_ptr_array_unref (self->emails);
  g_clear_pointer (&self->applications, g_ptr_array_unref);

  G_OBJECT_CLASS (dial_candidate_parent_class)->finalize (object);
}

static void
dial_candidate_class_init (DialCandidateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dial_candidate_finalize;
}

static void
dial_candidate_init (DialCandidate *self)
{
  self->tags = g_new0 (char *, 1);
  self->phones = g_ptr_array_new_with_free_func (g_object_unref);
  self->emails = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * dial_candidate_new:
 * @id: Greenhouse's id
 *
 * Returns: (transfer full): a candidate nobody else holds yet, to be filled before it is handed on
 */
DialCandidate *
dial_candidate_new (gint64 id)
{
  DialCandidate *self = g_object_new (DIAL_TYPE_CANDIDATE, NULL);

  self->id = id;
  return self;
}

static gboolean
is_filled (const char *text)
{
  return text != NULL && *text != '\0';
}

/**
 * dial_candidate_dup_name:
 * @self: a candidate
 *
 * The name to show: first and last name, or whatever of a name there is. Never empty.
 *
 * Returns: (transfer full): the name
 */
char *
dial_candidate_dup_name (DialCandidate *self)
{
  g_autofree char *id = NULL;

  g_return_val_if_fail (DIAL_IS_CANDIDATE (self), NULL);

  if (is_filled (self->first_name) && is_filled (self->last_name))
    return g_strdup_printf ("%s %s", self->first_name, self->last_name);
  if (is_filled (self->first_name))
    return g_strdup (self->first_name);
  if (is_filled (self->last_name))
    return g_strdup (self->last_name);
  if (is_filled (self->preferred_name))
    return g_strdup (self->preferred_name);

  id = g_strdup_printf ("%" G_GINT64_FORMAT, self->id);
  /* Translators: a person of whom Greenhouse knows no name; %s is a number */
  return g_strdup_printf (_("Candidate %s"), id);
}

/**
 * dial_candidate_dup_subtitle:
 * @self: a candidate
 *
 * Returns: (transfer full): title and company, "" if neither is known
 */
char *
dial_candidate_dup_subtitle (DialCandidate *self)
{
  g_return_val_if_fail (DIAL_IS_CANDIDATE (self), NULL);

  if (is_filled (self->title) && is_filled (self->company))
    return g_strdup_printf ("%s · %s", self->title, self->company);
  if (is_filled (self->title))
    return g_strdup (self->title);

  return g_strdup (is_filled (self->company) ? self->company : "");
}

G_DEFINE_FINAL_TYPE (DialApplication, dial_application, G_TYPE_OBJECT)

static void
dial_application_finalize (GObject *object)
{
  DialApplication *self = DIAL_APPLICATION (object);

  g_free (self->job_name);
  g_free (self->stage_name);
  g_free (self->recruiter_name);
  g_free (self->status);

  G_OBJECT_CLASS (dial_application_parent_class)->finalize (object);
}

static void
dial_application_class_init (DialApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dial_application_finalize;
}

static void
dial_application_init (DialApplication *self)
{
}

/**
 * dial_application_new:
 * @id: Greenhouse's id
 *
 * Returns: (transfer full): an application, to be filled before it is handed on
 */
DialApplication *
dial_application_new (gint64 id)
{
  DialApplication *self = g_object_new (DIAL_TYPE_APPLICATION, NULL);

  self->id = id;
  return self;
}

G_DEFINE_FINAL_TYPE (DialJob, dial_job, G_TYPE_OBJECT)

static void
dial_job_finalize (GObject *object)
{
  DialJob *self = DIAL_JOB (object);

  g_free (self->name);
  g_free (self->status);

  G_OBJECT_CLASS (dial_job_parent_class)->finalize (object);
}

static void
dial_job_class_init (DialJobClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dial_job_finalize;
}

static void
dial_job_init (DialJob *self)
{
}

/**
 * dial_job_new:
 * @id: Greenhouse's id
 *
 * Returns: (transfer full): a job, to be filled before it is handed on
 */
DialJob *
dial_job_new (gint64 id)
{
  DialJob *self = g_object_new (DIAL_TYPE_JOB, NULL);

  self->id = id;
  return self;
}

G_DEFINE_FINAL_TYPE (DialStage, dial_stage, G_TYPE_OBJECT)

static void
dial_stage_finalize (GObject *object)
{
  DialStage *self = DIAL_STAGE (object);

  g_free (self->name);

  G_OBJECT_CLASS (dial_stage_parent_class)->finalize (object);
}

static void
dial_stage_class_init (DialStageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dial_stage_finalize;
}

static void
dial_stage_init (DialStage *self)
{
}

/**
 * dial_stage_new:
 * @id: Greenhouse's id
 *
 * Returns: (transfer full): a stage, to be filled before it is handed on
 */
DialStage *
dial_stage_new (gint64 id)
{
  DialStage *self = g_object_new (DIAL_TYPE_STAGE, NULL);

  self->id = id;
  return self;
}

G_DEFINE_FINAL_TYPE (DialUser, dial_user, G_TYPE_OBJECT)

static void
dial_user_finalize (GObject *object)
{
  DialUser *self = DIAL_USER (object);

  g_free (self->name);
  g_free (self->primary_email);
  g_strfreev (self->emails);

  G_OBJECT_CLASS (dial_user_parent_class)->finalize (object);
}

static void
dial_user_class_init (DialUserClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dial_user_finalize;
}

static void
dial_user_init (DialUser *self)
{
  self->emails = g_new0 (char *, 1);
}

/**
 * dial_user_new:
 * @id: Greenhouse's id
 *
 * Returns: (transfer full): a user, to be filled before it is handed on
 */
DialUser *
dial_user_new (gint64 id)
{
  DialUser *self = g_object_new (DIAL_TYPE_USER, NULL);

  self->id = id;
  return self;
}

G_DEFINE_FINAL_TYPE (DialNote, dial_note, G_TYPE_OBJECT)

static void
dial_note_finalize (GObject *object)
{
  DialNote *self = DIAL_NOTE (object);

  g_free (self->user_name);
  g_free (self->type);
  g_free (self->subject);
  g_free (self->body);

  G_OBJECT_CLASS (dial_note_parent_class)->finalize (object);
}

static void
dial_note_class_init (DialNoteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dial_note_finalize;
}

static void
dial_note_init (DialNote *self)
{
  self->body = g_strdup ("");
}

/**
 * dial_note_new:
 * @id: Greenhouse's id
 *
 * Returns: (transfer full): a note, to be filled before it is handed on
 */
DialNote *
dial_note_new (gint64 id)
{
  DialNote *self = g_object_new (DIAL_TYPE_NOTE, NULL);

  self->id = id;
  return self;
}

G_DEFINE_FINAL_TYPE (DialOutboxItem, dial_outbox_item, G_TYPE_OBJECT)

static void
dial_outbox_item_finalize (GObject *object)
{
  DialOutboxItem *self = DIAL_OUTBOX_ITEM (object);

  g_free (self->call_uid);
  g_free (self->reference);
  g_free (self->body);
  g_free (self->author_email);
  g_free (self->error);

  G_OBJECT_CLASS (dial_outbox_item_parent_class)->finalize (object);
}

static void
dial_outbox_item_class_init (DialOutboxItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dial_outbox_item_finalize;
}

static void
dial_outbox_item_init (DialOutboxItem *self)
{
  self->body = g_strdup ("");
}

/**
 * dial_outbox_item_new:
 * @id: the store's id, 0 while it has none
 *
 * Returns: (transfer full): an outbox item, to be filled before it is handed on
 */
DialOutboxItem *
dial_outbox_item_new (gint64 id)
{
  DialOutboxItem *self = g_object_new (DIAL_TYPE_OUTBOX_ITEM, NULL);

  self->id = id;
  return self;
}

/**
 * dial_outbox_item_copy:
 * @self: an outbox item
 *
 * Records are never written after they were handed on: to move an item on, change a copy.
 *
 * Returns: (transfer full): a copy
 */
DialOutboxItem *
dial_outbox_item_copy (DialOutboxItem *self)
{
  DialOutboxItem *copy;

  g_return_val_if_fail (DIAL_IS_OUTBOX_ITEM (self), NULL);

  copy = dial_outbox_item_new (self->id);
  copy->candidate_id = self->candidate_id;
  copy->call_uid = g_strdup (self->call_uid);
  copy->reference = g_strdup (self->reference);
  dial_set_str (&copy->body, self->body);
  copy->visibility = self->visibility;
  copy->author_id = self->author_id;
  copy->author_email = g_strdup (self->author_email);
  copy->author_refused = self->author_refused;
  copy->state = self->state;
  copy->attempts = self->attempts;
  copy->failures = self->failures;
  copy->first_sent_at = self->first_sent_at;
  copy->last_sent_at = self->last_sent_at;
  copy->next_try_at = self->next_try_at;
  copy->held_until = self->held_until;
  copy->note_id = self->note_id;
  copy->elsewhere = self->elsewhere;
  copy->revision = self->revision;
  copy->proof = self->proof;
  copy->seen_at = self->seen_at;
  copy->error = g_strdup (self->error);
  copy->created_at = self->created_at;
  return copy;
}

G_DEFINE_FINAL_TYPE (DialCallRecord, dial_call_record, G_TYPE_OBJECT)

static void
dial_call_record_finalize (GObject *object)
{
  DialCallRecord *self = DIAL_CALL_RECORD (object);

  g_free (self->uid);
  g_free (self->number);
  g_free (self->e164);
  g_free (self->own_number);
  g_free (self->phone_id);
  g_free (self->time_zone);
  g_free (self->text);
  g_free (self->call_again_on);
  g_clear_object (&self->report);
  g_strfreev (self->tags);

  G_OBJECT_CLASS (dial_call_record_parent_class)->finalize (object);
}

static void
dial_call_record_class_init (DialCallRecordClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dial_call_record_finalize;
}

static void
dial_call_record_init (DialCallRecord *self)
{
  self->number = g_strdup ("");
  self->duration = -1;
  self->tags = g_new0 (char *, 1);
}

/**
 * dial_call_record_new:
 * @uid: the desk's own name for the call
 *
 * Returns: (transfer full): a call record, to be filled before it is handed on
 */
DialCallRecord *
dial_call_record_new (const char *uid)
{
  DialCallRecord *self = g_object_new (DIAL_TYPE_CALL_RECORD, NULL);

  self->uid = g_strdup (uid);
  return self;
}

/**
 * dial_call_record_copy:
 * @self: a call record
 *
 * Records are never written after they were handed on: to say more of a call, change a copy.
 *
 * Returns: (transfer full): a copy
 */
DialCallRecord *
dial_call_record_copy (DialCallRecord *self)
{
  DialCallRecord *copy;

  g_return_val_if_fail (DIAL_IS_CALL_RECORD (self), NULL);

  copy = dial_call_record_new (self->uid);
  copy->candidate_id = self->candidate_id;
  copy->direction = self->direction;
  dial_set_str (&copy->number, self->number);
  copy->e164 = g_strdup (self->e164);
  copy->own_number = g_strdup (self->own_number);
  copy->phone_id = g_strdup (self->phone_id);
  copy->state = self->state;
  copy->outcome = self->outcome;
  copy->started_at = self->started_at;
  copy->answered_at = self->answered_at;
  copy->ended_at = self->ended_at;
  copy->duration = self->duration;
  copy->time_zone = g_strdup (self->time_zone);
  g_strfreev (copy->tags);
  copy->tags = g_strdupv (self->tags);
  copy->text = g_strdup (self->text);
  copy->call_again_on = g_strdup (self->call_again_on);
  g_set_object (&copy->report, self->report);
  copy->by_hand = self->by_hand;
  copy->outside = self->outside;
  copy->dropped = self->dropped;
  copy->wrapped_up = self->wrapped_up;
  return copy;
}
