#include "dial-call-private.h"

enum {
  PROP_0,
  PROP_STATE,
  PROP_OUTCOME,
  PROP_WATCHED,
  PROP_CANDIDATE_NAME,
  PROP_HINT,
  PROP_REPORT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DialCall, dial_call, G_TYPE_OBJECT)

static void
dial_call_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  DialCall *self = DIAL_CALL (object);

  switch (property_id) {
  case PROP_STATE:
    g_value_set_enum (value, self->state);
    break;
  case PROP_OUTCOME:
    g_value_set_enum (value, self->outcome);
    break;
  case PROP_WATCHED:
    g_value_set_boolean (value, self->watched);
    break;
  case PROP_CANDIDATE_NAME:
    g_value_set_string (value, self->candidate_name);
    break;
  case PROP_HINT:
    g_value_set_string (value, self->hint);
    break;
  case PROP_REPORT:
    g_value_set_object (value, self->report);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dial_call_finalize (GObject *object)
{
  DialCall *self = DIAL_CALL (object);

  g_clear_object (&self->number);
  g_clear_object (&self->report);
  g_free (self->uid);
  g_strfreev (self->own_numbers);
  g_strfreev (self->tags);
  g_free (self->hint);
  g_free (self->own_number);
  g_free (self->candidate_name);
  g_free (self->phone_id);
  g_free (self->time_zone);

  G_OBJECT_CLASS (dial_call_parent_class)->finalize (object);
}

static void
dial_call_class_init (DialCallClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = dial_call_get_property;
  object_class->finalize = dial_call_finalize;

  /**
   * DialCall:state:
   *
   * Where the call is.
   */
  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, DIAL_TYPE_CALL_STATE, DIAL_CALL_STATE_DIALLING,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * DialCall:outcome:
   *
   * How it ended, %DIAL_OUTCOME_UNKNOWN before that.
   */
  properties[PROP_OUTCOME] =
    g_param_spec_enum ("outcome", NULL, NULL, DIAL_TYPE_OUTCOME, DIAL_OUTCOME_UNKNOWN,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * DialCall:watched:
   *
   * Whether the phone itself reports the call's states; otherwise the recruiter tells them.
   */
  properties[PROP_WATCHED] =
    g_param_spec_boolean ("watched", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * DialCall:candidate-name:
   *
   * Whom it is with, %NULL where nobody knows.
   */
  properties[PROP_CANDIDATE_NAME] =
    g_param_spec_string ("candidate-name", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * DialCall:hint:
   *
   * What the phone asks of the recruiter just now, a sentence.
   */
  properties[PROP_HINT] =
    g_param_spec_string ("hint", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  /**
   * DialCall:report:
   *
   * What the phone system tells of it in its history.
   */
  properties[PROP_REPORT] =
    g_param_spec_object ("report", NULL, NULL, DIAL_TYPE_CALL_REPORT,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dial_call_init (DialCall *self)
{
  self->uid = g_uuid_string_random ();
  self->started_at = dial_clock_read (CLOCK_REALTIME);
  self->began = dial_moment_read ();
  self->time_zone = dial_dup_local_zone (self->started_at);
}

/**
 * dial_call_new:
 * @direction: who calls whom
 * @number: the other end
 * @candidate_id: who is called, 0 if nobody is known by that number
 * @candidate_name: (nullable): that person's name
 * @phone_id: (nullable): which phone it goes through
 *
 * Makes a call that begins now: an outgoing one in state dialling, an incoming one in state ringing.
 *
 * Returns: (transfer full): a call
 */
DialCall *
dial_call_new (DialDirection    direction,
               DialPhoneNumber *number,
               gint64           candidate_id,
               const char      *candidate_name,
               const char      *phone_id)
{
  DialCall *self;

  g_return_val_if_fail (DIAL_IS_PHONE_NUMBER (number), NULL);

  self = g_object_new (DIAL_TYPE_CALL, NULL);
  self->direction = direction;
  self->state = direction == DIAL_DIRECTION_INCOMING ? DIAL_CALL_STATE_RINGING
                                                     : DIAL_CALL_STATE_DIALLING;
  self->number = g_object_ref (number);
  self->candidate_id = candidate_id;
  self->candidate_name = g_strdup (candidate_name);
  self->phone_id = g_strdup (phone_id);
  return self;
}

/* What the call log kept, but for how and when it went on. */
static DialCall *
restore (DialCallRecord  *record,
         DialPhoneNumber *number,
         const char      *candidate_name)
{
  DialCall *self = dial_call_new (record->direction, number, record->candidate_id, candidate_name,
                                  record->phone_id);

  dial_set_str (&self->uid, record->uid);
  dial_set_str (&self->own_number, record->own_number);
  dial_set_str (&self->time_zone, record->time_zone);
  self->started_at = record->started_at;
  self->answered_at = record->answered_at;
  g_set_object (&self->report, record->report);
  dial_call_set_tags (self, (const char * const *) record->tags);
  return self;
}

/**
 * dial_call_new_restored:
 * @record: what the call log kept
 * @number: the other end
 * @candidate_name: (nullable): whom it was with
 *
 * Brings back a call the program did not see the end of, or that was never wrapped up. It has ended;
 * a length nobody measured stays unknown.
 *
 * Returns: (transfer full): a call in state ended
 */
DialCall *
dial_call_new_restored (DialCallRecord  *record,
                        DialPhoneNumber *number,
                        const char      *candidate_name)
{
  DialCall *self;

  g_return_val_if_fail (DIAL_IS_CALL_RECORD (record), NULL);

  self = restore (record, number, candidate_name);
  self->ended_at = record->ended_at;
  self->outcome = record->outcome;
  self->state = DIAL_CALL_STATE_ENDED;
  self->restored = TRUE;
  self->restored_duration = record->state == DIAL_CALL_STATE_ENDED ? record->duration : -1;
  if (self->outcome == DIAL_OUTCOME_UNKNOWN && self->answered_at != DIAL_INSTANT_UNKNOWN)
    self->outcome = DIAL_OUTCOME_ANSWERED;
  return self;
}

/**
 * dial_call_new_resumed:
 * @record: what the call log kept of a call that had not ended
 * @number: the other end
 * @candidate_name: (nullable): whom it is with
 *
 * Brings back a call that may still run, as it was when it was last seen. It has a gap, see
 * [method@Call.tell_gap].
 *
 * Returns: (transfer full): a call
 */
DialCall *
dial_call_new_resumed (DialCallRecord  *record,
                       DialPhoneNumber *number,
                       const char      *candidate_name)
{
  DialCall *self;

  g_return_val_if_fail (DIAL_IS_CALL_RECORD (record), NULL);
  g_return_val_if_fail (record->state != DIAL_CALL_STATE_ENDED, NULL);

  self = restore (record, number, candidate_name);
  self->state = record->state;
  dial_call_tell_gap (self);
  return self;
}

/**
 * dial_call_get_uid:
 * @self: a call
 *
 * Returns: the desk's own name for it, a random UUID
 */
const char *
dial_call_get_uid (DialCall *self)
{
  g_return_val_if_fail (DIAL_IS_CALL (self), NULL);

  return self->uid;
}

/**
 * dial_call_get_direction:
 * @self: a call
 *
 * Returns: who calls whom
 */
DialDirection
dial_call_get_direction (DialCall *self)
{
  g_return_val_if_fail (DIAL_IS_CALL (self), DIAL_DIRECTION_OUTGOING);

  return self->direction;
}

/**
 * dial_call_get_number:
 * @self: a call
 *
 * Returns: (transfer none): the other end's number
 */
DialPhoneNumber *
dial_call_get_number (DialCall *self)
{
  g_return_val_if_fail (DIAL_IS_CALL (self), NULL);

  return self->number;
}

/**
 * dial_call_get_own_number:
 * @self: a call
 *
 * Returns: (nullable): the number shown to the other end, where the phone told it
 */
const char *
dial_call_get_own_number (DialCall *self)
{
  g_return_val_if_fail (DIAL_IS_CALL (self), NULL);

  return self->own_number;
}

/**
 * dial_call_set_own_number:
 * @self: a call
 * @own_number: (nullable): the number shown to the other end
 *
 * For phones: tells which number the other end sees.
 */
void
dial_call_set_own_number (DialCall   *self,
                          const char *own_number)
{
  g_return_if_fail (DIAL_IS_CALL (self));

  dial_set_str (&self->own_number, own_number);
}

/**
 * dial_call_get_own_numbers:
 * @self: a call
 * @strictly: (out): whether the other end must see one of them
 *
 * Returns: (nullable) (array zero-terminated=1): the numbers one of which the other end is to see
 */
const char * const *
dial_call_get_own_numbers (DialCall *self,
                           gboolean *strictly)
{
  g_return_val_if_fail (DIAL_IS_CALL (self), NULL);
  g_return_val_if_fail (strictly != NULL, NULL);

  *strictly = self->strictly;
  return (const char * const *) self->own_numbers;
}

/**
 * dial_call_set_own_numbers:
 * @self: a call that was not placed yet
 * @own_numbers: (array zero-terminated=1): the recruiter's own numbers, in E.164
 * @strictly: whether a phone that can show none of them must refuse the call
 *
 * Says which numbers the other end is to see. It is the first, unless the phone knows that it is another.
 */
void
dial_call_set_own_numbers (DialCall           *self,
                           const char * const *own_numbers,
                           gboolean            strictly)
{
  g_return_if_fail (DIAL_IS_CALL (self));
  g_return_if_fail (own_numbers != NULL);

  g_strfreev (self->own_numbers);
  self->own_numbers = g_strdupv ((char **) own_numbers);
  self->strictly = !!strictly;
  dial_set_str (&self->own_number, own_numbers[0]);
}

/**
 * dial_call_get_candidate_id:
 * @self: a call
 *
 * Returns: whom it is with, 0 if not known
 */
gint64
dial_call_get_candidate_id (DialCall *self)
{
  g_return_val_if_fail (DIAL_IS_CALL (self), 0);

  return self->candidate_id;
}

/**
 * dial_call_get_candidate_name:
 * @self: a call
 *
 * Returns: (nullable): that person's name
 */
const char *
dial_call_get_candidate_name (DialCall *self)
{
  g_return_val_if_fail (DIAL_IS_CALL (self), NULL);

  return self->candidate_name;
}

/**
 * dial_call_set_candidate:
 * @self: a call
 * @candidate_id: whom it is with, 0 if not known
 * @candidate_name: (nullable): that person's name
 *
 * Tells whom the call is with, once that is known or known better.
 */
void
dial_call_set_candidate (DialCall   *self,
                         gint64      candidate_id,
                         const char *candidate_name)
{
  g_return_if_fail (DIAL_IS_CALL (self));

  if (self->candidate_id == candidate_id &&
      g_strcmp0 (self->candidate_name, candidate_name) == 0)
    return;

  self->candidate_id = candidate_id;
  dial_set_str (&self->candidate_name, candidate_name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CANDIDATE_NAME]);
}

/**
 * dial_call_get_phone_id:
 * @self: a call
 *
 * Returns: (nullable): the phone it goes through
 */
const char *
dial_call_get_phone_id (DialCall *self)
{
  g_return_val_if_fail (DIAL_IS_CALL (self), NULL);

  return self->phone_id;
}

/**
 * dial_call_get_state:
 * @self: a call
 *
 * Returns: where it is
 */
DialCallState
dial_call_get_state (DialCall *self)
{
  g_return_val_if_fail (DIAL_IS_CALL (self), DIAL_CALL_STATE_ENDED);

  return self->state;
}

/**
 * dial_call_get_outcome:
 * @self: a call
 *
 * Returns: how it ended, %DIAL_OUTCOME_UNKNOWN before that
 */
DialOutcome
dial_call_get_outcome (DialCall *self)
{
  g_return_val_if_fail (DIAL_IS_CALL (self), DIAL_OUTCOME_UNKNOWN);

  return self->outcome;
}

/**
 * dial_call_is_watched:
 * @self: a call
 *
 * Returns: whether the phone reports the states, rather than the recruiter
 */
gboolean
dial_call_is_watched (DialCall *self)
{
  g_return_val_if_fail (DIAL_IS_CALL (self), FALSE);

  return self->watched;
}

/**
 * dial_call_set_watched:
 * @self: a call
 * @watched: whether the phone reports the states
 *
 * For phones: tells whether they see this call.
 */
void
dial_call_set_watched (DialCall *self,
                       gboolean  watched)
{
  g_return_if_fail (DIAL_IS_CALL (self));

  watched = !!watched;
  if (self->watched == watched)
    return;

  self->watched = watched;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WATCHED]);
}

/**
 * dial_call_get_started_at:
 * @self: a call
 *
 * Returns: when it began, an instant
 */
gint64
dial_call_get_started_at (DialCall *self)
{
  g_return_val_if_fail (DIAL_IS_CALL (self), DIAL_INSTANT_UNKNOWN);

  return self->started_at;
}

/**
 * dial_call_get_hint:
 * @self: a call
 *
 * Returns: (nullable): what the phone asks of the recruiter just now, a sentence
 */
const char *
dial_call_get_hint (DialCall *self)
{
  g_return_val_if_fail (DIAL_IS_CALL (self), NULL);

  return self->hint;
}

/**
 * dial_call_get_hint_seconds:
 * @self: a call
 *
 * Returns: how many seconds are left to do what the hint asks for, -1 if there is no limit
 */
int
dial_call_get_hint_seconds (DialCall *self)
{
  g_return_val_if_fail (DIAL_IS_CALL (self), -1);

  if (self->hint == NULL || self->hint_ends == 0)
    return -1;

  return (int) (MAX (self->hint_ends - dial_clock_read (CLOCK_MONOTONIC) + G_TIME_SPAN_SECOND - 1, 0) /
                G_TIME_SPAN_SECOND);
}

/**
 * dial_call_set_hint:
 * @self: a call
 * @hint: (nullable): a sentence
 * @seconds: how long there is time for it, -1 if there is no limit
 *
 * For phones: tells the recruiter what to do, or what is waited for.
 */
void
dial_call_set_hint (DialCall   *self,
                    const char *hint,
                    int         seconds)
{
  g_return_if_fail (DIAL_IS_CALL (self));

  self->hint_ends = hint != NULL && seconds >= 0 ? dial_clock_read (CLOCK_MONOTONIC) + seconds * G_TIME_SPAN_SECOND : 0;
  if (dial_set_str (&self->hint, hint))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HINT]);
}

/**
 * dial_call_get_tags:
 * @self: a call
 *
 * Returns: (nullable) (array zero-terminated=1): the verdicts on it so far
 */
const char * const *
dial_call_get_tags (DialCall *self)
{
  g_return_val_if_fail (DIAL_IS_CALL (self), NULL);

  return (const char * const *) self->tags;
}

/**
 * dial_call_set_tags:
 * @self: a call
 * @tags: (nullable) (array zero-terminated=1): the verdicts on it so far
 *
 * Keeps what was chosen while the call runs, or waits for its wrap-up.
 */
void
dial_call_set_tags (DialCall           *self,
                    const char * const *tags)
{
  GStrv copy;

  g_return_if_fail (DIAL_IS_CALL (self));

  copy = g_strdupv ((char **) tags);
  g_strfreev (self->tags);
  self->tags = copy;
}

/**
 * dial_call_get_report:
 * @self: a call
 *
 * Returns: (transfer none) (nullable): what the phone system tells of it
 */
DialCallReport *
dial_call_get_report (DialCall *self)
{
  g_return_val_if_fail (DIAL_IS_CALL (self), NULL);

  return self->report;
}

/**
 * dial_call_snapshot:
 * @self: a call
 *
 * Returns: (transfer full): the call as it stands, for the call log
 */
DialCallRecord *
dial_call_snapshot (DialCall *self)
{
  DialCallRecord *record;

  g_return_val_if_fail (DIAL_IS_CALL (self), NULL);

  record = dial_call_record_new (self->uid);
  record->candidate_id = self->candidate_id;
  record->direction = self->direction;
  dial_set_str (&record->number, dial_phone_number_get_typed (self->number));
  record->e164 = g_strdup (dial_phone_number_get_e164 (self->number));
  record->own_number = g_strdup (self->own_number);
  record->phone_id = g_strdup (self->phone_id);
  record->state = self->state;
  record->outcome = self->outcome;
  record->started_at = self->started_at;
  record->answered_at = self->answered_at;
  record->ended_at = self->ended_at;
  record->duration = self->state == DIAL_CALL_STATE_ENDED ? dial_call_get_duration (self) : -1;
  record->time_zone = g_strdup (self->time_zone);
  g_set_object (&record->report, self->report);
  if (self->tags != NULL) {
    g_strfreev (record->tags);
    record->tags = g_strdupv (self->tags);
  }
  return record;
}
