#include "dial-note-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* No vowels and nothing that looks like something else: a reference is read aloud and never spells a word. */
static const char reference_letters[] = "23456789bcdfghjkmnpqrstvwxz";

#define REFERENCE_LENGTH 10
#define REFERENCE_PREFIX "Dialhouse "

/**
 * dial_note_text_new_reference:
 *
 * Returns: (transfer full): a short random text, unlike any other by 47 bits
 */
char *
dial_note_text_new_reference (void)
{
  char *reference = g_new0 (char, REFERENCE_LENGTH + 1);

  for (int i = 0; i < REFERENCE_LENGTH; i++)
    reference[i] = reference_letters[g_random_int_range (0, sizeof reference_letters - 1)];

  return reference;
}

static const char *
headline (DialDirection direction,
          DialOutcome   outcome)
{
  gboolean outgoing = direction == DIAL_DIRECTION_OUTGOING;

  switch (outcome) {
  case DIAL_OUTCOME_ANSWERED:
    return outgoing ? _("Outgoing call, answered") : _("Incoming call, answered");
  case DIAL_OUTCOME_NO_ANSWER:
    return outgoing ? _("Outgoing call, no answer") : _("Incoming call, no answer");
  case DIAL_OUTCOME_BUSY:
    return outgoing ? _("Outgoing call, busy") : _("Incoming call, busy");
  case DIAL_OUTCOME_VOICEMAIL:
    return outgoing ? _("Outgoing call, voicemail") : _("Incoming call, voicemail");
  case DIAL_OUTCOME_MISSED:
    return outgoing ? _("Outgoing call, missed") : _("Incoming call, missed");
  case DIAL_OUTCOME_CANCELLED:
    return outgoing ? _("Outgoing call, cancelled") : _("Incoming call, cancelled");
  case DIAL_OUTCOME_FAILED:
    return outgoing ? _("Outgoing call, failed") : _("Incoming call, failed");
  case DIAL_OUTCOME_UNKNOWN:
  default:
    return outgoing ? _("Outgoing call") : _("Incoming call");
  }
}

static char *
format_number (const char *typed)
{
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new (typed, NULL, NULL);

  return dial_phone_number_format (number);
}

/* Where the phone system has a name for the number, it says more than the number. */
static char *
format_own_number (DialCallRecord *call)
{
  g_autofree char *number = format_number (call->own_number);
  const char *name = call->report != NULL ? call->report->own_name : NULL;

  if (name == NULL || *name == '\0')
    return g_steal_pointer (&number);

  /* Translators: a phone number, and what the company calls it */
  return g_strdup_printf (_("%s (%s)"), number, name);
}

static void
append_ends (GString        *body,
             DialCallRecord *call,
             DialNoteFields  fields)
{
  const char *typed = call->e164 != NULL ? call->e164 : call->number;
  /* Of a call that was made elsewhere nobody need know the number. */
  gboolean tell_theirs = (fields & DIAL_NOTE_NUMBER) != 0 && *typed != '\0';
  gboolean tell_ours = (fields & DIAL_NOTE_OWN_NUMBER) != 0 && *typed != '\0' && call->own_number != NULL;
  g_autofree char *theirs = format_number (typed);
  g_autofree char *ours = tell_ours ? format_own_number (call) : NULL;
  gboolean outgoing = call->direction == DIAL_DIRECTION_OUTGOING;

  if (!tell_theirs && !tell_ours)
    return;

  if (!tell_ours)
    g_string_append_printf (body, outgoing ? _("To %s") : _("From %s"), theirs);
  else if (!tell_theirs)
    g_string_append_printf (body, outgoing ? _("From %s") : _("To %s"), ours);
  else if (outgoing)
    /* Translators: phone numbers: the candidate's, then the recruiter's */
    g_string_append_printf (body, _("To %s from %s"), theirs, ours);
  else
    /* Translators: phone numbers: the candidate's, then the recruiter's */
    g_string_append_printf (body, _("From %s to %s"), theirs, ours);

  g_string_append_c (body, '\n');
}

static char *
format_duration (int seconds)
{
  if (seconds >= 3600)
    return g_strdup_printf ("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);

  return g_strdup_printf ("%d:%02d", seconds / 60, seconds % 60);
}

static void
append_instant (GString    *body,
                gint64      instant,
                const char *zone_name,
                GTimeZone  *candidate_zone)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  g_autoptr (GDateTime) here = NULL;
  g_autofree char *when = NULL;

  if (zone_name != NULL)
    zone = g_time_zone_new_identifier (zone_name);
  if (zone == NULL)
    zone = g_time_zone_new_local ();

  here = g_date_time_to_timezone (utc, zone);
  /* Translators: the time a call began, with its zone: 23 Nov 2026, 14:05 CET */
  when = g_date_time_format (here, _("%-d %b %Y, %H:%M %Z"));
  g_string_append (body, when);

  if (candidate_zone != NULL) {
    g_autoptr (GDateTime) there = g_date_time_to_timezone (utc, candidate_zone);

    if (g_date_time_get_utc_offset (there) != g_date_time_get_utc_offset (here)) {
      /* Translators: the candidate's local time, added to the recruiter's */
      g_autofree char *local = g_date_time_format (there, _(" (%H:%M there)"));

      g_string_append (body, local);
    }
  }
}

static void
append_length (GString        *body,
               DialCallRecord *call,
               gboolean        alone)
{
  if (call->duration >= 0) {
    g_autofree char *duration = format_duration (call->duration);

    g_string_append_printf (body, "%s%s", alone ? "" : ", ", duration);
  } else if (call->outcome == DIAL_OUTCOME_ANSWERED) {
    g_string_append (body, alone ? _("Length not known") : _(", length not known"));
  }
}

static void
append_time (GString        *body,
             DialCallRecord *call,
             DialNoteFields  fields,
             GTimeZone      *candidate_zone)
{
  gsize length = body->len;
  gboolean tell_start = (fields & DIAL_NOTE_TIME) != 0;

  if (tell_start)
    append_instant (body, call->started_at, call->time_zone,
                    (fields & DIAL_NOTE_TIME_THERE) != 0 ? candidate_zone : NULL);
  if ((fields & DIAL_NOTE_LENGTH) != 0)
    append_length (body, call, !tell_start);
  if (body->len > length)
    g_string_append_c (body, '\n');
}

static void
append_ring (GString        *body,
             DialCallReport *report)
{
  g_autofree char *waiting = report->waiting >= 0 ? format_duration (report->waiting) : NULL;

  if (waiting == NULL)
    return;

  g_string_append_printf (body, report->outcome == DIAL_OUTCOME_ANSWERED
                          /* Translators: how long it rang, such as 0:09 */
                          ? _("Answered after %s") : _("Rang for %s"), waiting);
  g_string_append_c (body, '\n');
}

static void
append_agent (GString        *body,
              DialCallReport *report)
{
  g_autofree char *agent = g_strstrip (g_strdup (report->agent != NULL ? report->agent : ""));

  if (*agent == '\0')
    return;

  /* Translators: whose call it was, a person's name */
  g_string_append_printf (body, _("Agent: %s"), agent);
  g_string_append_c (body, '\n');
}

/* The recruiter's first; what both say is said once. */
static void
append_tags (GString        *body,
             DialCallRecord *call)
{
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  g_autofree char *joined = NULL;

  for (guint i = 0; call->tags[i] != NULL; i++)
    g_ptr_array_add (tags, call->tags[i]);
  for (guint i = 0; call->report != NULL && call->report->tags[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (tags, call->report->tags[i], g_str_equal, NULL))
      g_ptr_array_add (tags, call->report->tags[i]);
  if (tags->len == 0)
    return;

  g_ptr_array_add (tags, NULL);
  joined = g_strjoinv (", ", (char **) tags->pdata);
  /* Translators: the recruiter's verdicts on a call, separated by commas */
  g_string_append_printf (body, _("Tags: %s"), joined);
  g_string_append_c (body, '\n');
}

static void
append_recording (GString        *body,
                  DialCallReport *report)
{
  const char *url = dial_call_report_get_recording (report);

  if (url == NULL)
    return;

  /* Translators: the address of a page where the call can be listened to */
  g_string_append_printf (body, _("Recording: %s (sign in to listen)"), url);
  g_string_append_c (body, '\n');
}

static void
append_notes (GString        *body,
              DialCallReport *report)
{
  gboolean begun = FALSE;

  for (guint i = 0; report->notes[i] != NULL; i++) {
    g_autofree char *note = g_strstrip (g_strdup (report->notes[i]));

    if (*note == '\0')
      continue;
    if (!begun)
      g_string_append_printf (body, "\n%s\n", _("Notes from the phone:"));
    g_string_append_printf (body, "%s\n", note);
    begun = TRUE;
  }
}

static void
append_reference (GString    *body,
                  const char *reference)
{
  g_string_append_printf (body, "%s%s%s", body->len > 0 ? "\n" : "", REFERENCE_PREFIX, reference);
}

static void
append_text (GString    *body,
             const char *text,
             const char *reference)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text != NULL ? text : ""));

  if (*trimmed != '\0')
    g_string_append_printf (body, "%s%s\n", body->len > 0 ? "\n" : "", trimmed);

  append_reference (body, reference);
}

/**
 * dial_note_text_for_call:
 * @call: a call that has ended, with tags and text
 * @fields: what is told of it besides its outcome and what was typed
 * @candidate_zone: (nullable): the candidate's time zone, where it is known
 * @signer: (nullable): who called, where the note's author does not tell
 * @reference: what makes the note unique
 *
 * Words a call as Greenhouse shall hold it, byte for byte: direction and outcome, numbers, the start
 * in the recruiter's time with its zone, the duration, what the phone system tells, tags, what was typed, the
 * reference line. With
 * @signer all that stands under a line with the name.
 *
 * Returns: (transfer full): the note's body
 */
char *
dial_note_text_for_call (DialCallRecord *call,
                         DialNoteFields  fields,
                         GTimeZone      *candidate_zone,
                         const char     *signer,
                         const char     *reference)
{
  GString *body = g_string_new (NULL);

  if (signer != NULL) {
    /* Translators: the recruiter's name, where Greenhouse shows the integration as the author */
    g_string_append_printf (body, _("Call by %s"), signer);
    g_string_append_c (body, '\n');
  }
  g_string_append_printf (body, "%s\n", headline (call->direction, call->outcome));
  append_ends (body, call, fields);
  append_time (body, call, fields, candidate_zone);
  if ((fields & DIAL_NOTE_RING) != 0 && call->report != NULL)
    append_ring (body, call->report);
  if ((fields & DIAL_NOTE_AGENT) != 0 && call->report != NULL)
    append_agent (body, call->report);
  if ((fields & DIAL_NOTE_TAGS) != 0)
    append_tags (body, call);
  if ((fields & DIAL_NOTE_RECORDING) != 0 && call->report != NULL)
    append_recording (body, call->report);
  if ((fields & DIAL_NOTE_NOTES) != 0 && call->report != NULL)
    append_notes (body, call->report);
  append_text (body, call->text, reference);

  return g_string_free (body, FALSE);
}

/**
 * dial_note_text_for_note:
 * @text: what was typed
 * @signer: (nullable): who wrote it, where the note's author does not tell
 * @reference: what makes the note unique
 *
 * Returns: (transfer full): the note's body
 */
char *
dial_note_text_for_note (const char *text,
                         const char *signer,
                         const char *reference)
{
  GString *body = g_string_new (NULL);

  if (signer != NULL) {
    /* Translators: the recruiter's name, where Greenhouse shows the integration as the author */
    g_string_append_printf (body, _("Note by %s"), signer);
    g_string_append_c (body, '\n');
  }
  append_text (body, text, reference);
  return g_string_free (body, FALSE);
}

/**
 * dial_note_text_for_text:
 * @message: a text message that was handed over
 * @fields: what is told of it besides what it says: numbers and time
 * @candidate_zone: (nullable): the candidate's time zone, where it is known
 * @signer: (nullable): who sent it, where the note's author does not tell
 * @reference: what makes the note unique
 *
 * Words a text message as Greenhouse shall hold it. It never says that the message arrived: nobody knows.
 *
 * Returns: (transfer full): the note's body
 */
char *
dial_note_text_for_text (DialTextMessage *message,
                         DialNoteFields   fields,
                         GTimeZone       *candidate_zone,
                         const char      *signer,
                         const char      *reference)
{
  GString *body = g_string_new (NULL);
  g_autofree char *theirs = format_number (message->number);
  g_autofree char *ours = format_number (message->own_number);

  if (signer != NULL) {
    /* Translators: the recruiter's name, where Greenhouse shows the integration as the author */
    g_string_append_printf (body, _("Text message by %s"), signer);
    g_string_append_c (body, '\n');
  }
  g_string_append_printf (body, "%s\n", message->told ? _("Text message, sent as the recruiter says")
                                                      : _("Text message, handed to the carrier"));
  if ((fields & DIAL_NOTE_NUMBER) != 0 && (fields & DIAL_NOTE_OWN_NUMBER) != 0) {
    g_string_append_printf (body, _("To %s from %s"), theirs, ours);
    g_string_append_c (body, '\n');
  } else if ((fields & (DIAL_NOTE_NUMBER | DIAL_NOTE_OWN_NUMBER)) != 0) {
    gboolean tell_theirs = (fields & DIAL_NOTE_NUMBER) != 0;

    g_string_append_printf (body, tell_theirs ? _("To %s") : _("From %s"), tell_theirs ? theirs : ours);
    g_string_append_c (body, '\n');
  }
  if ((fields & DIAL_NOTE_TIME) != 0) {
    append_instant (body, message->sent_at, NULL, (fields & DIAL_NOTE_TIME_THERE) != 0 ? candidate_zone : NULL);
    g_string_append_c (body, '\n');
  }
  append_text (body, message->body, reference);
  return g_string_free (body, FALSE);
}

/* Returns: where the reference line of @body begins, which has no white space at its end; NULL if it has none */
static const char *
find_reference_line (const char *body)
{
  const char *line = strrchr (body, '\n');
  const char *reference;

  line = line != NULL ? line + 1 : body;
  if (!g_str_has_prefix (line, REFERENCE_PREFIX))
    return NULL;

  reference = line + strlen (REFERENCE_PREFIX);
  if (strlen (reference) != REFERENCE_LENGTH || strspn (reference, reference_letters) != REFERENCE_LENGTH)
    return NULL;

  return line;
}

/**
 * dial_note_text_dup_reference:
 * @body: (nullable): a note's body as Greenhouse holds it
 *
 * Returns: (transfer full) (nullable): the reference in its last line, if it is a note of Dialhouse
 */
char *
dial_note_text_dup_reference (const char *body)
{
  g_autofree char *trimmed = NULL;
  const char *line;

  if (body == NULL)
    return NULL;

  trimmed = g_strchomp (g_strdup (body));
  line = find_reference_line (trimmed);
  return line != NULL ? g_strdup (line + strlen (REFERENCE_PREFIX)) : NULL;
}

/**
 * dial_note_text_strip_reference:
 * @body: a note's body
 *
 * Returns: (transfer full): all of it but the reference line, without white space at its end
 */
char *
dial_note_text_strip_reference (const char *body)
{
  char *trimmed = g_strchomp (g_strdup (body));
  const char *line = find_reference_line (trimmed);

  if (line != NULL)
    trimmed[line - trimmed] = '\0';

  return g_strchomp (trimmed);
}

/**
 * dial_note_text_add_reference:
 * @text: what [func@note_text_strip_reference] gave, perhaps edited
 * @reference: what makes the note unique
 *
 * Returns: (transfer full): the note's body
 */
char *
dial_note_text_add_reference (const char *text,
                              const char *reference)
{
  GString *body = g_string_new (NULL);
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  if (*trimmed != '\0')
    g_string_append_printf (body, "%s\n", trimmed);
  append_reference (body, reference);
  return g_string_free (body, FALSE);
}
