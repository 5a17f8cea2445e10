#include "dial-courier-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-note-text.h"

/* Looking: whether a note stands in the activity feed, by its reference, and reads as it was shown. */

/* After an unclear end the note is looked for at once and after each of these waits, in seconds; the last
 * one repeats. The list may lag: only after the run's whole patience does the note go out again. */
static const int look_again[] = { 2, 3, 5, 10 };

/* A note that Greenhouse took and never shows is a person's business after so many seconds. */
#define NEVER_SHOWN_SECONDS 3600

const char dial_courier_gone[] =
  N_("The note is not in Greenhouse any more: deleted there, or hidden from this credential. Look for it in the "
     "candidate's activity feed.");

/* Line ends may change on the way, and white space around it may go. */
static char *
dup_plain (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

  return g_strstrip (g_strjoinv ("\n", lines));
}

static gboolean
is_same_text (const char *theirs,
              const char *ours)
{
  g_autofree char *plain_theirs = dup_plain (theirs);
  g_autofree char *plain_ours = dup_plain (ours);

  return g_str_equal (plain_theirs, plain_ours);
}

/* By the reference; by Greenhouse's id too, for somebody may have taken the last line away.
 * Returns: how many there are; @note is the first. */
guint
_dial_courier_find_note (GPtrArray       *notes,
                         DialOutboxItem  *item,
                         DialNote       **note)
{
  guint n_found = 0;

  *note = NULL;
  for (guint i = 0; i < notes->len; i++) {
    DialNote *candidate = g_ptr_array_index (notes, i);
    g_autofree char *reference = dial_note_text_dup_reference (candidate->body);

    if (g_strcmp0 (reference, item->reference) != 0 &&
        (item->note_id == 0 || candidate->id != item->note_id))
      continue;
    if (n_found++ == 0 || candidate->id == item->note_id)
      *note = candidate;
  }

  return n_found;
}

/* Returns: (transfer full) (nullable): what is wrong with the note as it stands there, a sentence */
char *
_dial_courier_compare (DialOutboxItem *item,
                       DialNote       *note,
                       guint           n_found)
{
  if (n_found > 1)
    return g_strdup_printf (ngettext ("The note stands in Greenhouse %u time: delete there what is too "
                                      "much.",
                                      "The note stands in Greenhouse %u times: delete there what is too "
                                      "much.", n_found), n_found);
  if (!is_same_text (note->body, item->body))
    return g_strdup (_("The note stands in Greenhouse, but with another text than was sent: compare it "
                       "there."));
  if (item->author_id != 0 && note->user_id != 0 && note->user_id != item->author_id)
    return g_strdup (_("The note stands in Greenhouse, but under another name than it was sent with: "
                       "look there."));

  return NULL;
}

/* Looks */

static DialCourierLooks *
get_looks (DialCourier    *self,
           DialOutboxItem *item)
{
  gpointer key = GSIZE_TO_POINTER ((gsize) item->id);
  DialCourierLooks *looks = g_hash_table_lookup (self->looks, key);

  if (looks == NULL) {
    looks = g_new0 (DialCourierLooks, 1);
    looks->since = g_get_monotonic_time ();
    g_hash_table_insert (self->looks, key, looks);
  }
  return looks;
}

static void
forget_looks (DialCourier    *self,
              DialOutboxItem *item)
{
  g_hash_table_remove (self->looks, GSIZE_TO_POINTER ((gsize) item->id));
}

static gint64
next_look (DialCourierLooks *looks)
{
  guint index = MIN (looks->n_looks, G_N_ELEMENTS (look_again) - 1);

  looks->n_looks++;
  return g_get_real_time () + DIAL_SECONDS (look_again[index]);
}

/* Not there, and it was never said to be: it is looked for until patience ends, and goes out again. */
static void
lost (GTask            *task,
      DialCourierLooks *looks)
{
  DialCourier *self = g_task_get_source_object (task);
  DialCourierRun *run = g_task_get_task_data (task);
  gint64 looked_for = g_get_monotonic_time () - looks->since;

  if (looked_for < DIAL_SECONDS (run->patience)) {
    _dial_courier_write_down (task, run->item->state, next_look (looks),
                              _("It is not clear whether the note arrived; looking for it in the "
                                "activity feed."), _dial_courier_next_item);
    return;
  }

  forget_looks (self, run->item);
  if (run->item->elsewhere) {
    _dial_courier_write_down (task, DIAL_OUTBOX_STATE_UNCERTAIN, DIAL_NEVER,
                              _("This note was waiting when Dialhouse's files were copied here, and is "
                                "not in Greenhouse: send it again, unless the Dialhouse they were "
                                "copied from is still in use and sends it."), _dial_courier_next_item);
  } else {
    g_hash_table_remove (run->tried, GSIZE_TO_POINTER ((gsize) run->item->id));
    _dial_courier_write_down (task, DIAL_OUTBOX_STATE_WAITING, 0,
                              _("The note had not arrived and goes out again."),
                              _dial_courier_next_item);
  }
}

/* Greenhouse took it and gave it an id, so it is never sent again by itself. */
static void
not_shown_yet (GTask            *task,
               DialCourierLooks *looks)
{
  DialCourier *self = g_task_get_source_object (task);
  DialCourierRun *run = g_task_get_task_data (task);
  gint64 looked_for = g_get_monotonic_time () - looks->since;

  if (looked_for < DIAL_SECONDS (run->patience)) {
    _dial_courier_write_down (task, DIAL_OUTBOX_STATE_SENDING, next_look (looks),
                              _("Greenhouse took the note; waiting to see it in the activity feed."),
                              _dial_courier_next_item);
  } else if (looked_for < DIAL_SECONDS (NEVER_SHOWN_SECONDS)) {
    _dial_courier_write_down (task, DIAL_OUTBOX_STATE_SENDING, dial_courier_in_a_while (looks->n_looks++),
                              _("Greenhouse took the note but does not show it yet."),
                              _dial_courier_next_item);
  } else {
    forget_looks (self, run->item);
    _dial_courier_write_down (task, DIAL_OUTBOX_STATE_UNCERTAIN, DIAL_NEVER,
                              _("Greenhouse took the note but does not show it: deleted there at once, "
                                "or hidden from this credential. Look for it in the candidate's "
                                "activity feed."), _dial_courier_next_item);
  }
}

static void
not_found (GTask *task)
{
  DialCourier *self = g_task_get_source_object (task);
  DialCourierRun *run = g_task_get_task_data (task);
  DialCourierLooks *looks = get_looks (self, run->item);

  if (run->item->note_id == 0)
    lost (task, looks);
  else if (run->item->state == DIAL_OUTBOX_STATE_SENDING)
    not_shown_yet (task, looks);
  else
    _dial_courier_write_down (task, DIAL_OUTBOX_STATE_UNCERTAIN, DIAL_NEVER,
                              _(dial_courier_gone), _dial_courier_next_item);
}

/* How long the list lagged behind is remembered: a note whose end is unclear is looked for longer then. */
static void
learn_lag (DialCourier    *self,
           DialCourierRun *run)
{
  gpointer key = GSIZE_TO_POINTER ((gsize) run->item->id);
  DialCourierLooks *looks = g_hash_table_lookup (self->looks, key);

  if (looks != NULL && looks->n_looks > 0)
    run->report.lag = MAX (run->report.lag,
                           (guint) ((g_get_monotonic_time () - looks->since) / G_USEC_PER_SEC) + 1);
}

void
_dial_courier_found (GTask    *task,
                     DialNote *note,
                     guint     n_found)
{
  DialCourier *self = g_task_get_source_object (task);
  DialCourierRun *run = g_task_get_task_data (task);
  DialOutboxItem *item = _dial_courier_renew_item (run);
  g_autofree char *problem = _dial_courier_compare (item, note, n_found);

  learn_lag (self, run);
  forget_looks (self, item);
  item->note_id = note->id;
  item->failures = 0;

  if (problem == NULL) {
    item->proof = DIAL_PROOF_READ_BACK;
    item->seen_at = g_get_real_time ();
    item->elsewhere = FALSE;
    if (item->last_sent_at == DIAL_INSTANT_UNKNOWN)
      item->first_sent_at = item->last_sent_at = note->created_at;
    _dial_courier_write_down (task, DIAL_OUTBOX_STATE_SENT, 0, NULL, _dial_courier_next_item);
  } else {
    _dial_courier_write_down (task, DIAL_OUTBOX_STATE_UNCERTAIN, DIAL_NEVER, problem,
                              _dial_courier_next_item);
  }
}

/* Without the right to list notes nothing can be looked up. What Greenhouse confirmed when it took the
 * note is then all the proof there is; what it did not confirm only a person can tell. */
static void
may_not_look (GTask *task)
{
  DialCourierRun *run = g_task_get_task_data (task);

  run->may_not_list = TRUE;
  if (run->item->note_id != 0 && run->item->state == DIAL_OUTBOX_STATE_SENDING) {
    _dial_courier_renew_item (run)->proof = DIAL_PROOF_ACCEPTED;
    _dial_courier_write_down (task, DIAL_OUTBOX_STATE_SENT, 0, NULL, _dial_courier_next_item);
  } else {
    _dial_courier_write_down (task, DIAL_OUTBOX_STATE_UNCERTAIN, DIAL_NEVER,
                              _("It is not clear whether the note arrived, and the credential may not "
                                "list notes (harvest:notes:list, with an API key “GET: Retrieve "
                                "Activity Feed”): open the candidate in Greenhouse, then send the note "
                                "again if it is missing, or discard it if it is there."),
                              _dial_courier_next_item);
  }
}

/* Nothing is known: the note stays as it is, and is looked for again later. Takes @error. */
static void
could_not_look (GTask  *task,
                GError *error)
{
  DialCourierRun *run = g_task_get_task_data (task);

  if (error->domain != DIAL_GREENHOUSE_ERROR) {
    _dial_courier_finish (task, error);
  } else if (_dial_courier_is_passing (error)) {
    _dial_courier_not_now (task, run->item->state, error);
  } else {
    g_autoptr (GError) owned = error;
    DialOutboxItem *item = _dial_courier_renew_item (run);

    item->failures++;
    _dial_courier_write_down (task, item->state, dial_courier_in_a_while ((guint) item->failures),
                              owned->message, _dial_courier_next_item);
  }
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCourier *self = g_task_get_source_object (task);
  DialCourierRun *run = g_task_get_task_data (task);
  g_autoptr (GPtrArray) notes = NULL;
  GError *error = NULL;
  DialNote *note;
  guint n_found;

  notes = dial_greenhouse_list_notes_finish (DIAL_GREENHOUSE (source), result, &error);
  if (g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FORBIDDEN)) {
    g_error_free (error);
    may_not_look (task);
    return;
  }
  if (error != NULL) {
    could_not_look (task, error);
    return;
  }

  _dial_courier_got_through (run);
  dial_store_save_notes_async (self->store, run->item->candidate_id, notes, NULL, NULL, NULL);

  n_found = _dial_courier_find_note (notes, run->item, &note);
  if (n_found > 0)
    _dial_courier_found (task, note, n_found);
  else
    not_found (task);
}

void
_dial_courier_look (GTask *task)
{
  DialCourierRun *run = g_task_get_task_data (task);

  /* The whole feed, not only what is recent or has a certain author: our clock and Greenhouse's may
   * differ by anything, and a feed is seldom longer than a page. */
  dial_greenhouse_list_notes_async (run->greenhouse, run->item->candidate_id, DIAL_INSTANT_UNKNOWN,
                                    DIAL_URGENCY_NOTE, g_task_get_cancellable (task), on_looked,
                                    g_object_ref (task));
}
