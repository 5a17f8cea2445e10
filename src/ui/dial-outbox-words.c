#include "config.h"

#include <glib/gi18n.h>

#include "dial-outbox-words.h"
#include "dial-words.h"

/**
 * dial_outbox_words_beginning:
 * @entry: a note
 *
 * Returns: (transfer full): its first line that somebody typed: a call's note has its facts before that, the
 *   reference after
 */
char *
dial_outbox_words_beginning (DialOutboxEntry *entry)
{
  DialOutboxItem *item = dial_outbox_entry_get_item (entry);
  g_auto (GStrv) parts = g_strsplit (item->body, "\n\n", -1);
  guint n_parts = g_strv_length (parts);
  const char *part = n_parts == 0 ? "" : item->call_uid != NULL && n_parts > 2 ? parts[1] : parts[0];
  const char *end = strchr (part, '\n');

  return g_strstrip (end != NULL ? g_strndup (part, end - part) : g_strdup (part));
}

/* What holds all notes of an integration up, which the first of them met. */
static char *
dup_common_reason (DialIntegration *integration)
{
  if (!dial_integration_is_active (integration)) {
    g_autofree char *name = dial_words_isolate (dial_integration_get_name (integration));

    /* Translators: %s is the name of a connection to Greenhouse */
    return g_strdup_printf (_("%s is switched off. The note goes out when it is switched on."), name);
  }

  return g_strdup (dial_integration_get_problem (integration));
}

/**
 * dial_outbox_words_reason:
 * @entry: a note
 *
 * Returns: (transfer full) (nullable): why it is not in Greenhouse yet, a sentence; %NULL if it is simply its
 *   turn soon
 */
char *
dial_outbox_words_reason (DialOutboxEntry *entry)
{
  DialOutboxItem *item = dial_outbox_entry_get_item (entry);
  DialIntegration *integration = dial_outbox_entry_get_integration (entry);

  if (item->state == DIAL_OUTBOX_STATE_WAITING &&
      (item->error == NULL || !dial_integration_is_active (integration)))
    return dup_common_reason (integration);

  return g_strdup (item->error);
}

/* When something happens next by itself. */
static char *
dup_next (DialOutboxItem *item)
{
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *when = NULL;

  if (item->next_try_at == G_MAXINT64 || item->next_try_at <= g_get_real_time ())
    return NULL;

  time = g_date_time_new_from_unix_local (item->next_try_at / G_USEC_PER_SEC);
  when = item->next_try_at - g_get_real_time () < 12 * G_TIME_SPAN_HOUR ? dial_words_clock (time)
                                                                        : dial_words_when (item->next_try_at);
  if (item->state == DIAL_OUTBOX_STATE_UNCERTAIN || item->state == DIAL_OUTBOX_STATE_SENDING)
    /* Translators: %s is a time, such as 14:05 */
    return g_strdup_printf (_("looks again at %s"), when);
  if (item->attempts == 0)
    return g_strdup_printf (_("tries at %s"), when);
  return g_strdup_printf (_("tries again at %s"), when);
}

/**
 * dial_outbox_words_tries:
 * @entry: a note
 *
 * Returns: (transfer full): when it was written, how often it was sent, and when that happens next
 */
char *
dial_outbox_words_tries (DialOutboxEntry *entry)
{
  DialOutboxItem *item = dial_outbox_entry_get_item (entry);
  g_autofree char *written = dial_words_when (item->created_at);
  g_autofree char *attempts = NULL;
  g_autofree char *next = NULL;

  if (item->attempts == 1)
    attempts = g_strdup (_("sent once"));
  else if (item->attempts > 1)
    attempts = g_strdup_printf (ngettext ("sent %d time", "sent %d times", item->attempts), item->attempts);
  if (dial_integration_is_active (dial_outbox_entry_get_integration (entry)))
    next = dup_next (item);

  return dial_words_join (3, written, attempts, next);
}

static char *
dup_looks (DialOutbox *outbox)
{
  guint n = dial_outbox_get_n_needing_look (outbox);

  return n == 0 ? NULL : g_strdup_printf (ngettext ("%u note needs a look", "%u notes need a look", n), n);
}

static char *
dup_waiting (DialOutbox *outbox)
{
  guint n = dial_outbox_get_n_notes (outbox) - dial_outbox_get_n_needing_look (outbox);

  return n == 0 ? NULL : g_strdup_printf (ngettext ("%u note waiting", "%u notes waiting", n), n);
}

/**
 * dial_outbox_words_brief:
 * @outbox: notes
 *
 * Returns: (transfer full) (nullable): how many need a look, or if none does, how many there are; %NULL if there
 *   are none
 */
char *
dial_outbox_words_brief (DialOutbox *outbox)
{
  char *looks = dup_looks (outbox);

  return looks != NULL ? looks : dup_waiting (outbox);
}

/**
 * dial_outbox_words_count:
 * @outbox: notes
 *
 * Returns: (transfer full) (nullable): how many there are, and how many of them need a look; %NULL if there are
 *   none
 */
char *
dial_outbox_words_count (DialOutbox *outbox)
{
  g_autofree char *looks = dup_looks (outbox);
  g_autofree char *waiting = dup_waiting (outbox);

  return dial_outbox_get_n_notes (outbox) > 0 ? dial_words_join (2, looks, waiting) : NULL;
}
