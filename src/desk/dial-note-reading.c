#include "dial-note-reading.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "dial-note-text.h"

/* What dial-note-text.c writes, read back. Only what is beyond doubt counts: the reference, and above all else one of
 * its own headlines, in English or in the language spoken here. Who wrote it may have spoken a third one. */

typedef struct {
  const char    *words;
  DialDirection  direction;
  DialOutcome    outcome;
} Headline;

static const Headline headlines[] = {
  { "Outgoing call, answered", DIAL_DIRECTION_OUTGOING, DIAL_OUTCOME_ANSWERED },
  { "Incoming call, answered", DIAL_DIRECTION_INCOMING, DIAL_OUTCOME_ANSWERED },
  { "Outgoing call, no answer", DIAL_DIRECTION_OUTGOING, DIAL_OUTCOME_NO_ANSWER },
  { "Incoming call, no answer", DIAL_DIRECTION_INCOMING, DIAL_OUTCOME_NO_ANSWER },
  { "Outgoing call, busy", DIAL_DIRECTION_OUTGOING, DIAL_OUTCOME_BUSY },
  { "Incoming call, busy", DIAL_DIRECTION_INCOMING, DIAL_OUTCOME_BUSY },
  { "Outgoing call, voicemail", DIAL_DIRECTION_OUTGOING, DIAL_OUTCOME_VOICEMAIL },
  { "Incoming call, voicemail", DIAL_DIRECTION_INCOMING, DIAL_OUTCOME_VOICEMAIL },
  { "Outgoing call, missed", DIAL_DIRECTION_OUTGOING, DIAL_OUTCOME_MISSED },
  { "Incoming call, missed", DIAL_DIRECTION_INCOMING, DIAL_OUTCOME_MISSED },
  { "Outgoing call, cancelled", DIAL_DIRECTION_OUTGOING, DIAL_OUTCOME_CANCELLED },
  { "Incoming call, cancelled", DIAL_DIRECTION_INCOMING, DIAL_OUTCOME_CANCELLED },
  { "Outgoing call, failed", DIAL_DIRECTION_OUTGOING, DIAL_OUTCOME_FAILED },
  { "Incoming call, failed", DIAL_DIRECTION_INCOMING, DIAL_OUTCOME_FAILED },
  { "Outgoing call", DIAL_DIRECTION_OUTGOING, DIAL_OUTCOME_UNKNOWN },
  { "Incoming call", DIAL_DIRECTION_INCOMING, DIAL_OUTCOME_UNKNOWN },
};

static const Headline *
find_headline (const char *line)
{
  for (guint i = 0; line != NULL && i < G_N_ELEMENTS (headlines); i++)
    if (g_str_equal (line, headlines[i].words) || g_str_equal (line, _(headlines[i].words)))
      return &headlines[i];

  return NULL;
}

/* Whether @line is the one that a signed note stands under: @english, or @words in the language spoken here. */
static gboolean
is_signature (const char *line,
              const char *english,
              const char *words)
{
  g_autofree char *prefix = g_strndup (words, strcspn (words, "%"));

  return g_str_has_prefix (line, english) || (*prefix != '\0' && g_str_has_prefix (line, prefix));
}

/* A length at the end of the line, as in `23 Nov 2026, 14:05 CET, 4:12`, or alone. A clock has two digits before the
 * colon and no comma before it; so 4:12 after a comma, at the very end, is a length and nothing else. */
static int
read_length (const char *line)
{
  g_autoptr (GRegex) regex = g_regex_new ("(?:^|:\\d\\d [^,]*, )(?:(\\d{1,4}):)?(\\d{1,2}):(\\d\\d)$", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *hours = NULL;
  g_autofree char *minutes = NULL;
  g_autofree char *seconds = NULL;

  if (!g_regex_match (regex, line, 0, &match))
    return -1;

  hours = g_match_info_fetch (match, 1);
  minutes = g_match_info_fetch (match, 2);
  seconds = g_match_info_fetch (match, 3);
  return 3600 * atoi (hours) + 60 * atoi (minutes) + atoi (seconds);
}

/* Returns: the first line of what was typed; the lines above tell of the call */
static guint
read_facts (DialCallRecord *call,
            GStrv           lines,
            guint           first)
{
  guint i;

  for (i = first; lines[i] != NULL && lines[i][0] != '\0'; i++)
    if (call->duration < 0)
      call->duration = read_length (lines[i]);

  return lines[i] != NULL ? i + 1 : i;
}

/* Returns: the lines of a note without its reference; NULL if it is no note of a Dialhouse */
static GStrv
split (DialNote *note)
{
  g_autofree char *reference = dial_note_text_dup_reference (note->body);
  g_autofree char *text = NULL;
  GStrv lines;

  if (reference == NULL || (note->type != NULL && !g_str_equal (note->type, "NOTE")))
    return NULL;

  text = dial_note_text_strip_reference (note->body);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_strchomp (lines[i]);
  return lines;
}

/**
 * dial_note_reading_dup_call:
 * @note: a note as Greenhouse has it
 *
 * Returns: (transfer full) (nullable): the call it tells of, without a uid and begun when the note was written, if it
 *   is beyond doubt that a Dialhouse wrote it about a call
 */
DialCallRecord *
dial_note_reading_dup_call (DialNote *note)
{
  g_auto (GStrv) lines = NULL;
  const Headline *headline;
  DialCallRecord *call;
  guint first = 0;

  g_return_val_if_fail (DIAL_IS_NOTE (note), NULL);

  lines = split (note);
  if (lines == NULL)
    return NULL;

  /* One that is signed has the signer's name above. */
  headline = find_headline (lines[0]);
  if (headline == NULL && lines[0] != NULL && is_signature (lines[0], "Call by ", _("Call by %s"))) {
    headline = find_headline (lines[1]);
    first = 1;
  }
  if (headline == NULL)
    return NULL;

  call = dial_call_record_new ("");
  call->candidate_id = note->candidate_id;
  call->direction = headline->direction;
  call->state = DIAL_CALL_STATE_ENDED;
  call->outcome = headline->outcome;
  call->started_at = note->created_at;
  call->wrapped_up = TRUE;
  first = read_facts (call, lines, first + 1);
  call->text = g_strjoinv ("\n", lines + first);
  return call;
}

static gboolean
is_text_headline (const char *line)
{
  static const char * const words[] = {
    "Text message, handed to the carrier", "Text message, sent as the recruiter says",
  };

  for (guint i = 0; line != NULL && i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (line, words[i]) || g_str_equal (line, _(words[i])))
      return TRUE;

  return FALSE;
}

/**
 * dial_note_reading_dup_text:
 * @note: a note as Greenhouse has it
 *
 * Returns: (transfer full) (nullable): the text message it tells of, without numbers and sent when the note was
 *   written, if it is beyond doubt that a Dialhouse wrote it about one
 */
DialTextMessage *
dial_note_reading_dup_text (DialNote *note)
{
  g_auto (GStrv) lines = NULL;
  g_autofree char *body = NULL;
  DialTextMessage *message;
  guint first = 0;

  g_return_val_if_fail (DIAL_IS_NOTE (note), NULL);

  lines = split (note);
  if (lines == NULL || lines[0] == NULL)
    return NULL;

  if (is_signature (lines[0], "Text message by ", _("Text message by %s")))
    first = 1;
  if (!is_text_headline (lines[first]))
    return NULL;

  while (lines[first] != NULL && lines[first][0] != '\0')
    first++;
  body = g_strjoinv ("\n", lines[first] != NULL ? lines + first + 1 : lines + first);
  message = dial_text_message_new (note->candidate_id, NULL, NULL, body);
  message->state = DIAL_TEXT_STATE_HANDED;
  message->created_at = note->created_at;
  message->sent_at = note->created_at;
  return message;
}
