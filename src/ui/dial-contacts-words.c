#include "config.h"

#include <glib/gi18n.h>

#include "dial-contacts-words.h"
#include "dial-words.h"

/**
 * dial_contacts_words_progress:
 * @progress: of a run that is under way
 *
 * Returns: (transfer full): how far it is
 */
char *
dial_contacts_words_progress (const DialContactsProgress *progress)
{
  g_return_val_if_fail (progress != NULL, NULL);

  switch (progress->phase) {
  case DIAL_CONTACTS_PHASE_LOOKING:
    return g_strdup (_("Looking who is there already…"));

  case DIAL_CONTACTS_PHASE_LOOKING_CLOSER:
    /* Translators: contacts that were looked at, of so many */
    return g_strdup_printf (_("Looking closer at those who are there: %'u of %'u…"), progress->done, progress->total);

  case DIAL_CONTACTS_PHASE_SENDING:
    /* Translators: contacts that were seen to, of so many */
    return g_strdup_printf (ngettext ("%'u of %'u contact", "%'u of %'u contacts", progress->total), progress->done,
                            progress->total);

  case DIAL_CONTACTS_PHASE_WAITING:
    return g_strdup (_("No answer came. In a moment it looks what arrived…"));

  case DIAL_CONTACTS_PHASE_READING_BACK:
    return g_strdup (_("Looking whether all arrived…"));

  case DIAL_CONTACTS_PHASE_NONE:
  case DIAL_CONTACTS_PHASE_COMPARING:
  default:
    return g_strdup (_("Comparing with the candidates…"));
  }
}

static char *
describe_skipped (const DialContactsReport *report)
{
  if (report->n_skipped == 0)
    return NULL;

  return g_strdup_printf (ngettext ("%'u left out: private, or without number and address",
                                    "%'u left out: private, or without number and address", report->n_skipped),
                          report->n_skipped);
}

/**
 * dial_contacts_words_preview:
 * @report: of a preview
 *
 * Returns: (transfer full): what a sync would do
 */
char *
dial_contacts_words_preview (const DialContactsReport *report)
{
  g_autofree char *done = NULL;
  g_autofree char *skipped = NULL;

  g_return_val_if_fail (report != NULL, NULL);

  skipped = describe_skipped (report);
  if (report->n_added + report->n_changed + report->n_removed == 0)
    done = g_strdup (_("Nothing to do"));
  else
    /* Translators: numbers of contacts */
    done = g_strdup_printf (_("Would add %'u, change %'u, remove %'u"), report->n_added, report->n_changed,
                            report->n_removed);

  return dial_words_join (2, done, skipped);
}

/**
 * dial_contacts_words_report:
 * @report: of a run
 * @ended_at: when that was, an instant
 *
 * Returns: (transfer full): what it did
 */
char *
dial_contacts_words_report (const DialContactsReport *report,
                            gint64                    ended_at)
{
  g_autofree char *ago = NULL;
  g_autofree char *done = NULL;
  g_autofree char *failed = NULL;

  g_return_val_if_fail (report != NULL, NULL);

  ago = dial_words_ago (ended_at);
  /* Translators: numbers of contacts */
  done = g_strdup_printf (_("%'u added, %'u changed, %'u removed"), report->n_added, report->n_changed,
                          report->n_removed);
  if (report->n_failed > 0)
    failed = g_strdup_printf (ngettext ("%'u refused", "%'u refused", report->n_failed), report->n_failed);

  return dial_words_join (4, ago, done, failed, report->complete ? NULL : _("not finished"));
}
