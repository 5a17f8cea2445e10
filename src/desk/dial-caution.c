#include "dial-caution.h"

#include <glib/gi18n.h>

#include "dial-local-time.h"

/* A colleague who spoke with somebody within this time has hardly left anything to say. */
#define RECENT G_TIME_SPAN_HOUR

static char *
fold (const char *tag)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (tag));

  return g_utf8_casefold (trimmed, -1);
}

static gboolean
has_tag (GStrv       tags,
         const char *tag)
{
  g_autofree char *wanted = fold (tag);

  for (guint i = 0; tags[i] != NULL; i++) {
    g_autofree char *folded = fold (tags[i]);

    if (*wanted != '\0' && g_str_equal (folded, wanted))
      return TRUE;
  }

  return FALSE;
}

static void
weigh_tags (GStrvBuilder    *sentences,
            DialIntegration *integration,
            DialCandidate   *candidate,
            const char      *name)
{
  g_autofree char *setting = dial_integration_dup_setting (integration, "stop-tags");
  g_auto (GStrv) stops = g_strsplit (setting, ",", -1);

  for (guint i = 0; candidate->tags[i] != NULL; i++) {
    g_autofree char *sentence = NULL;

    if (!has_tag (stops, candidate->tags[i]))
      continue;

    /* Translators: a person's name, and a tag such as "Do not contact" */
    sentence = g_strdup_printf (_("%s is tagged “%s”."), name, candidate->tags[i]);
    g_strv_builder_add (sentences, sentence);
  }
}

static void
weigh_time (GStrvBuilder    *sentences,
            DialCandidate   *candidate,
            DialPhoneNumber *number,
            gint64           instant,
            const char      *name)
{
  g_autoptr (DialLocalTime) time = dial_local_time_at (candidate, number, instant);
  g_autofree char *earliest = NULL;
  g_autofree char *latest = NULL;
  g_autofree char *sentence = NULL;

  if (time == NULL || time->awake)
    return;

  earliest = g_date_time_format (time->earliest, "%H:%M");
  latest = g_date_time_format (time->latest, "%H:%M");
  if (dial_local_time_is_range (time))
    /* Translators: two times of day, and a person's name */
    sentence = g_strdup_printf (_("It is between %s and %s where %s may be."), earliest, latest, name);
  else
    /* Translators: a time of day, and a person's name */
    sentence = g_strdup_printf (_("It is %s where %s is."), earliest, name);
  g_strv_builder_add (sentences, sentence);
}

/**
 * dial_caution_list:
 * @integration: whose candidate is to be called
 * @candidate: who is to be called
 * @number: at which number
 * @instant: when, usually now
 *
 * Weighs a call before it is dialled: tags such as “Do not contact” (the setting `stop-tags`), and
 * the time at the candidate's place, outside 8 to 20 o'clock. Where only the country is known and it
 * has several zones, the time counts if it is outside in all of them.
 *
 * Returns: (transfer full) (array zero-terminated=1): a sentence for each thing that speaks against it
 */
GStrv
dial_caution_list (DialIntegration *integration,
                   DialCandidate   *candidate,
                   DialPhoneNumber *number,
                   gint64           instant)
{
  g_autoptr (GStrvBuilder) sentences = g_strv_builder_new ();
  g_autofree char *name = NULL;

  g_return_val_if_fail (DIAL_IS_INTEGRATION (integration), NULL);
  g_return_val_if_fail (DIAL_IS_CANDIDATE (candidate), NULL);

  name = dial_candidate_dup_name (candidate);
  weigh_tags (sentences, integration, candidate, name);
  weigh_time (sentences, candidate, number, instant, name);
  return g_strv_builder_end (sentences);
}

/* Whether two people were in touch: what fell through, and what Greenhouse wrote by itself, is none. */
static gboolean
is_contact (DialHistoryEntry *entry)
{
  DialCallRecord *call = dial_history_entry_get_call (entry);
  DialNote *note = dial_history_entry_get_note (entry);

  if (call != NULL)
    return call->state == DIAL_CALL_STATE_ENDED && call->outcome != DIAL_OUTCOME_CANCELLED &&
           call->outcome != DIAL_OUTCOME_FAILED;
  if (dial_history_entry_get_message (entry) != NULL)
    return dial_history_entry_get_message (entry)->state == DIAL_TEXT_STATE_HANDED;
  if (note == NULL || note->type == NULL)
    return TRUE;

  return g_str_equal (note->type, "NOTE") || g_str_equal (note->type, "EMAIL");
}

/**
 * dial_caution_last_contact:
 * @history: (nullable): a [class@History], newest first
 *
 * Returns: (transfer full) (nullable): when somebody was last in touch with the candidate, or wrote
 *   about them
 */
DialHistoryEntry *
dial_caution_last_contact (GListModel *history)
{
  guint n_items = history != NULL ? g_list_model_get_n_items (history) : 0;

  for (guint i = 0; i < n_items; i++) {
    g_autoptr (DialHistoryEntry) entry = g_list_model_get_item (history, i);

    if (is_contact (entry))
      return g_steal_pointer (&entry);
  }

  return NULL;
}

/**
 * dial_caution_is_recent:
 * @contact: (nullable): the last contact
 * @instant: when somebody is to be called, usually now
 *
 * Returns: whether a colleague was in touch so shortly before that it is better to ask
 */
gboolean
dial_caution_is_recent (DialHistoryEntry *contact,
                        gint64            instant)
{
  return contact != NULL && !dial_history_entry_is_own (contact) &&
         instant - dial_history_entry_get_when (contact) < RECENT;
}
