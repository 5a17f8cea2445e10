#include "config.h"

#include <glib/gi18n.h>

#include "dial-sync-words.h"
#include "dial-words.h"

/* Nobody can tell a time that is still to come to the second: the longer it is, the rounder it is told. */
static char *
describe_time_left (int seconds)
{
  int minutes = (seconds + 30) / 60;
  int hours = (minutes + 30) / 60;

  if (seconds < 0)
    return NULL;
  if (seconds < 10)
    return g_strdup (_("a few seconds left"));
  if (seconds < 90)
    return g_strdup_printf (ngettext ("%d second left", "%d seconds left", seconds / 5 * 5), seconds / 5 * 5);
  if (minutes < 90)
    return g_strdup_printf (ngettext ("%d minute left", "%d minutes left", minutes), minutes);
  return g_strdup_printf (ngettext ("about %d hour left", "about %d hours left", hours), hours);
}

/* A line breaks between its parts, not within one. */
static void
keep_together (char **words)
{
  g_autofree char *loose = *words;
  g_auto (GStrv) parts = NULL;

  if (loose == NULL)
    return;

  parts = g_strsplit (loose, " ", -1);
  *words = g_strjoinv ("\u00a0", parts);
}

static char *
describe_count (const DialSyncProgress *progress)
{
  if (progress->expected > 0)
    /* Translators: candidates received of about so many */
    return g_strdup_printf (ngettext ("%'u of about %'u", "%'u of about %'u", progress->expected),
                            progress->received, MAX (progress->received, progress->expected));

  return g_strdup_printf (ngettext ("Receiving candidates, %'u so far", "Receiving candidates, %'u so far",
                                    progress->received),
                          progress->received);
}

static char *
describe_pause (const DialSyncProgress *progress)
{
  g_autofree char *count = NULL;

  if (progress->received == 0)
    return g_strdup (_("Synchronisation is paused"));
  if (progress->expected == 0)
    return g_strdup_printf (ngettext ("Paused after %'u candidate", "Paused after %'u candidates",
                                      progress->received),
                            progress->received);

  count = describe_count (progress);
  /* Translators: %s is a count, such as “12,400 of about 100,000” */
  return g_strdup_printf (_("Paused at %s"), count);
}

/**
 * dial_sync_words_progress:
 * @progress: of a sync that is under way, or paused
 *
 * Returns: (transfer full): how far it is, how fast it goes, and how long it takes
 */
char *
dial_sync_words_progress (const DialSyncProgress *progress)
{
  g_autofree char *count = NULL;
  g_autofree char *rate = NULL;
  g_autofree char *left = NULL;
  guint a_second;

  g_return_val_if_fail (progress != NULL, NULL);

  if (progress->paused)
    return describe_pause (progress);
  if (progress->kind == DIAL_SYNC_KIND_SWEEP)
    return g_strdup (_("Looking who is gone from Greenhouse…"));
  if (progress->received == 0)
    return g_strdup (_("Asking Greenhouse for changes…"));

  count = describe_count (progress);
  a_second = progress->rate + 0.5;
  if (progress->kind == DIAL_SYNC_KIND_FIRST && a_second > 0)
    /* Translators: so many candidates are received in a second */
    rate = g_strdup_printf (ngettext ("%'u a second", "%'u a second", a_second), a_second);
  if (progress->kind == DIAL_SYNC_KIND_FIRST)
    left = describe_time_left (progress->seconds_left);

  keep_together (&rate);
  keep_together (&left);
  return dial_words_join (3, count, rate, left);
}

/**
 * dial_sync_words_rest:
 * @last_sync: when the last sync was complete, an instant
 *
 * Returns: (transfer full): how far back what is stored is
 */
char *
dial_sync_words_rest (gint64 last_sync)
{
  g_autofree char *ago = NULL;

  if (last_sync == DIAL_INSTANT_UNKNOWN)
    return g_strdup (_("Not yet synchronised"));

  ago = dial_words_ago (last_sync);
  /* Translators: %s is a time in words, such as “a minute ago” */
  return g_strdup_printf (_("Up to date, %s"), ago);
}
