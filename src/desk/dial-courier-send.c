#include "dial-courier-private.h"

#include <glib/gi18n.h>

#include "dial-author.h"

/* Sending: who signs, whether the candidate is there, whether the note is there already, and only then
 * the note itself. */

/* Refusals that an admin can mend are tried again so often, in seconds. */
#define MENDABLE_SECONDS 600

/* So many answers in a row that went wrong end a run. */
#define MAX_TROUBLES 3

gboolean
_dial_courier_is_passing (const GError *error)
{
  static const int passing[] = {
    DIAL_GREENHOUSE_ERROR_NETWORK, DIAL_GREENHOUSE_ERROR_UNAVAILABLE, DIAL_GREENHOUSE_ERROR_BUSY,
    DIAL_GREENHOUSE_ERROR_BAD_ANSWER, DIAL_GREENHOUSE_ERROR_FOREIGN_HOST,
    DIAL_GREENHOUSE_ERROR_CREDENTIALS, DIAL_GREENHOUSE_ERROR_RETIRED,
  };

  for (guint i = 0; i < G_N_ELEMENTS (passing); i++) {
    if (g_error_matches (error, DIAL_GREENHOUSE_ERROR, passing[i]))
      return TRUE;
  }
  return FALSE;
}

/* Greenhouse is there. */
void
_dial_courier_got_through (DialCourierRun *run)
{
  run->report.got_through = TRUE;
  run->n_troubles = 0;
}

/* One answer that went wrong may be chance; several in a row are not, and where there is no way to Greenhouse, or
 * it wants to be left alone, the first one tells. */
static gboolean
meets_every_note (DialCourierRun *run,
                  const GError   *error)
{
  if (error->code != DIAL_GREENHOUSE_ERROR_UNAVAILABLE && error->code != DIAL_GREENHOUSE_ERROR_BAD_ANSWER)
    return TRUE;

  return ++run->n_troubles >= MAX_TROUBLES;
}

/* It passes: the note is tried again later, and so are all if it would meet them too. Takes @error. */
void
_dial_courier_not_now (GTask           *task,
                       DialOutboxState  state,
                       GError          *error)
{
  DialCourierRun *run = g_task_get_task_data (task);
  DialOutboxItem *item = _dial_courier_renew_item (run);
  gint64 held_until = dial_greenhouse_get_held_until (run->greenhouse);
  g_autofree char *reason = g_strdup (error->message);

  item->failures++;
  if (held_until > g_get_real_time ())
    item->held_until = held_until;

  if (meets_every_note (run, error))
    run->error = error;
  else
    g_error_free (error);
  _dial_courier_write_down (task, state,
                            MAX (dial_courier_in_a_while ((guint) item->failures), item->held_until), reason,
                            _dial_courier_next_item);
}

/* The note waits, and says why; the others go on, for they may be somebody else's. Takes @error. */
static void
author_refused (GTask  *task,
                GError *error)
{
  DialCourierRun *run = g_task_get_task_data (task);
  DialOutboxItem *item = _dial_courier_renew_item (run);
  g_autofree char *reason = g_strdup (error->message);

  item->author_refused = TRUE;
  item->failures++;
  if (run->author_error == NULL)
    run->author_error = error;
  else
    g_error_free (error);
  _dial_courier_write_down (task, DIAL_OUTBOX_STATE_WAITING,
                            dial_courier_in_a_while ((guint) item->failures), reason,
                            _dial_courier_next_item);
}

/* Nothing was carried out. Trouble that would meet every other note too ends the run. Takes @error. */
void
_dial_courier_not_sent (GTask  *task,
                        GError *error)
{
  DialCourierRun *run = g_task_get_task_data (task);
  g_autofree char *reason = g_strdup (error->message);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    _dial_courier_finish (task, error);
    return;
  }
  if (g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_AUTHOR) ||
      g_error_matches (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_AUTHOR) ||
      g_error_matches (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_AUTHOR_LEFT)) {
    author_refused (task, error);
    return;
  }
  if (error->domain != DIAL_GREENHOUSE_ERROR) {
    _dial_courier_finish (task, error);
    return;
  }

  if (_dial_courier_is_passing (error)) {
    _dial_courier_not_now (task, DIAL_OUTBOX_STATE_WAITING, error);
    return;
  }

  _dial_courier_got_through (run);
  _dial_courier_renew_item (run)->failures++;
  if (g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FORBIDDEN)) {
    g_error_free (error);
    run->report.forbidden = TRUE;
    _dial_courier_write_down (task, DIAL_OUTBOX_STATE_REFUSED,
                              g_get_real_time () + DIAL_SECONDS (MENDABLE_SECONDS), reason,
                              _dial_courier_next_item);
  } else {
    g_error_free (error);
    _dial_courier_write_down (task, DIAL_OUTBOX_STATE_REFUSED, DIAL_NEVER, reason,
                              _dial_courier_next_item);
  }
}

/* The note itself */

static void
on_created (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCourierRun *run = g_task_get_task_data (task);
  g_autoptr (DialNote) note = NULL;
  GError *error = NULL;

  note = dial_greenhouse_create_note_finish (DIAL_GREENHOUSE (source), result, &error);
  if (note != NULL) {
    DialOutboxItem *item = _dial_courier_renew_item (run);

    _dial_courier_got_through (run);
    item->note_id = note->id;
    item->failures = 0;
    _dial_courier_write_down (task, DIAL_OUTBOX_STATE_SENDING, 0,
                              _("Greenhouse took the note; waiting to see it in the activity feed."),
                              _dial_courier_look);
  } else if (g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_UNCLEAR) ||
             g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    _dial_courier_write_down (task, DIAL_OUTBOX_STATE_UNCERTAIN, 0, error->message,
                              _dial_courier_look);
    g_error_free (error);
  } else {
    /* It certainly never arrived: whoever saved it may still change it. */
    if (run->item->first_sent_at == run->item->last_sent_at)
      _dial_courier_renew_item (run)->first_sent_at = DIAL_INSTANT_UNKNOWN;
    _dial_courier_not_sent (task, error);
  }
}

static void
post_now (GTask *task)
{
  DialCourierRun *run = g_task_get_task_data (task);
  g_autoptr (DialNote) note = dial_note_new (0);

  note->candidate_id = run->item->candidate_id;
  note->user_id = run->item->author_id;
  note->visibility = run->item->visibility;
  dial_set_str (&note->body, run->item->body);
  dial_greenhouse_create_note_async (run->greenhouse, note, run->posting, on_created,
                                     g_object_ref (task));
}

/* Written down as being sent before the first byte leaves: a crash from here on is looked up. */
static void
post (GTask *task)
{
  DialCourierRun *run = g_task_get_task_data (task);
  DialOutboxItem *item = _dial_courier_renew_item (run);

  item->author_id = run->author != NULL ? run->author->id : 0;
  item->author_refused = FALSE;
  item->attempts++;
  item->last_sent_at = g_get_real_time ();
  if (item->first_sent_at == DIAL_INSTANT_UNKNOWN)
    item->first_sent_at = item->last_sent_at;
  _dial_courier_write_down (task, DIAL_OUTBOX_STATE_SENDING, 0, NULL, post_now);
}

/* Whether it is there already: sent by a copy of this store, or before this store was put back from a
 * backup, or by an earlier try that a person took for lost. */
static void
on_looked_before (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCourierRun *run = g_task_get_task_data (task);
  g_autoptr (GPtrArray) notes = NULL;
  DialNote *note = NULL;
  GError *error = NULL;
  guint n_found;

  notes = dial_greenhouse_list_notes_finish (DIAL_GREENHOUSE (source), result, &error);
  if (g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FORBIDDEN)) {
    g_error_free (error);
    run->may_not_list = TRUE;
    post (task);
    return;
  }
  if (error != NULL) {
    _dial_courier_not_sent (task, error);
    return;
  }

  n_found = _dial_courier_find_note (notes, run->item, &note);
  if (n_found > 0)
    _dial_courier_found (task, note, n_found);
  else
    post (task);
}

/* Whoever has become private since has no note that all may read. */
static void
heed_privacy (DialCourierRun *run,
              DialCandidate  *candidate)
{
  if (candidate->is_private && run->item->visibility == DIAL_VISIBILITY_PUBLIC)
    _dial_courier_renew_item (run)->visibility = DIAL_VISIBILITY_PRIVATE;
}

static void
on_candidate_read (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCourierRun *run = g_task_get_task_data (task);
  g_autoptr (DialCandidate) candidate = NULL;
  GError *error = NULL;

  candidate = dial_greenhouse_get_candidate_finish (DIAL_GREENHOUSE (source), result, &error);
  if (candidate != NULL)
    heed_privacy (run, candidate);

  if (error != NULL)
    _dial_courier_not_sent (task, error);
  else if (candidate == NULL)
    _dial_courier_write_down (task, DIAL_OUTBOX_STATE_REFUSED, DIAL_NEVER,
                              _("The candidate is not in Greenhouse: deleted, merged, or hidden from "
                                "this credential."), _dial_courier_next_item);
  else if (run->may_not_list)
    post (task);
  else
    dial_greenhouse_list_notes_async (run->greenhouse, run->item->candidate_id, DIAL_INSTANT_UNKNOWN,
                                      DIAL_URGENCY_NOTE, g_task_get_cancellable (task),
                                      on_looked_before, g_object_ref (task));
}

/* Greenhouse takes notes for candidates that are not there, and orphans them: read first. */
static void
read_candidate (GTask *task)
{
  DialCourierRun *run = g_task_get_task_data (task);

  dial_greenhouse_get_candidate_async (run->greenhouse, run->item->candidate_id, DIAL_URGENCY_NOTE,
                                       g_task_get_cancellable (task), on_candidate_read,
                                       g_object_ref (task));
}

/* Who signs: whoever was shown when the note was saved */

static void
on_author_found (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCourierRun *run = g_task_get_task_data (task);
  GError *error = NULL;

  run->author = dial_author_find_finish (DIAL_STORE (source), result, &error);
  if (run->author == NULL)
    _dial_courier_not_sent (task, error);
  else
    read_candidate (task);
}

static void
find_author (GTask      *task,
             gint64      id,
             const char *email)
{
  DialCourier *self = g_task_get_source_object (task);
  DialCourierRun *run = g_task_get_task_data (task);

  dial_author_find_async (self->store, run->greenhouse, id, email, g_task_get_cancellable (task),
                          on_author_found, g_object_ref (task));
}

static gboolean
knows_recruiter (DialCourierRun *run)
{
  return run->recruiter_id != 0 || run->email != NULL;
}

static void
on_address_asked (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCourierRun *run = g_task_get_task_data (task);
  DialUser *user;
  GError *error = NULL;

  user = dial_author_find_finish (DIAL_STORE (source), result, &error);
  if (user != NULL) {
    run->author = user;
    read_candidate (task);
  } else if (g_error_matches (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_AUTHOR) &&
             knows_recruiter (run) && (run->recruiter_id != 0 ||
                                       g_strcmp0 (run->email, run->item->author_email) != 0)) {
    /* The address was nobody's, and has been put right since. */
    g_error_free (error);
    find_author (task, run->recruiter_id, run->email);
  } else {
    _dial_courier_not_sent (task, error);
  }
}

void
_dial_courier_send (GTask *task)
{
  DialCourier *self = g_task_get_source_object (task);
  DialCourierRun *run = g_task_get_task_data (task);
  const char *address = run->item->author_email;

  if (run->item->author_id != 0)
    find_author (task, run->item->author_id, NULL);
  else if (address != NULL && *address != '\0')
    dial_author_find_async (self->store, run->greenhouse, 0, address, g_task_get_cancellable (task),
                            on_address_asked, g_object_ref (task));
  else if (knows_recruiter (run) && (address == NULL ||
                                     dial_greenhouse_get_api (run->greenhouse) == DIAL_API_V1))
    find_author (task, run->recruiter_id, run->email);
  else if (dial_greenhouse_get_api (run->greenhouse) == DIAL_API_V1)
    _dial_courier_not_sent (task, g_error_new_literal (DIAL_DESK_ERROR, DIAL_DESK_ERROR_AUTHOR,
                                                       _("Harvest v1 takes notes only in somebody's "
                                                         "name: choose who you are in the settings of "
                                                         "the integration.")));
  else
    read_candidate (task);
}
