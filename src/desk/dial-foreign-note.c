#include "dial-foreign-note.h"

#include <string.h>

#include "dial-note-text.h"

/* Notes that CloudTalk's own Greenhouse integration writes. Their exact words are not documented; what they tell is:
 * CloudTalk's number, the caller's, duration, tags, notes, and a link to the recording. (CloudTalk's help) So the
 * link alone is enough, and of the words it takes several. */

#define RECORDING "cloudtalk.io/r/play/"

/* Without a link, a note that was written so soon after a call's end is about it. */
#define NEAR (30 * G_TIME_SPAN_MINUTE)

static char *
dup_folded (DialNote *note)
{
  g_autofree char *reference = dial_note_text_dup_reference (note->body);

  /* Ours hold the link, too. */
  if (reference != NULL || note->body == NULL)
    return NULL;

  return g_utf8_casefold (note->body, -1);
}

/**
 * dial_foreign_note_is_call:
 * @note: a note as Greenhouse has it
 *
 * Returns: whether CloudTalk's own Greenhouse integration wrote it about a call
 */
gboolean
dial_foreign_note_is_call (DialNote *note)
{
  static const char * const words[] = { "duration", "recording", "caller", "tags" };
  g_autofree char *body = dup_folded (note);
  guint n_found = 0;

  if (body == NULL)
    return FALSE;
  if (strstr (body, RECORDING) != NULL)
    return TRUE;
  if (strstr (body, "cloudtalk") == NULL)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    n_found += strstr (body, words[i]) != NULL;
  return n_found >= 2;
}

/* Returns: (nullable): the id of the call whose recording the note links to */
static char *
dup_call_id (const char *body)
{
  const char *link = strstr (body, RECORDING);
  const char *id = link != NULL ? link + strlen (RECORDING) : "";
  gsize length = strspn (id, "0123456789");

  return length > 0 ? g_strndup (id, length) : NULL;
}

/**
 * dial_foreign_note_tells:
 * @note: a note of the candidate's
 * @report: what CloudTalk tells of a call that is over
 *
 * Returns: whether CloudTalk's own Greenhouse integration wrote @note about that call; of several within half an
 *   hour it may be any
 */
gboolean
dial_foreign_note_tells (DialNote       *note,
                         DialCallReport *report)
{
  g_autofree char *body = dup_folded (note);
  g_autofree char *id = body != NULL ? dup_call_id (body) : NULL;
  gint64 end = report->ended_at != DIAL_INSTANT_UNKNOWN ? report->ended_at : report->started_at;

  if (!dial_foreign_note_is_call (note))
    return FALSE;
  if (id != NULL) {
    g_autofree char *suffix = g_strconcat ("-", id, NULL);

    return g_str_has_suffix (report->remote_id, suffix);
  }

  return note->created_at >= report->started_at && note->created_at <= end + NEAR;
}
