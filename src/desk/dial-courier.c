#include "dial-courier.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-author.h"
#include "dial-note-text.h"

/* How long a note that is on the wire may take to be answered after the courier was told to stop. */
#define POST_SECONDS 10

/* Not before a person says so. */
#define NEVER G_MAXINT64

#define SECONDS(n) ((gint64) (n) * G_USEC_PER_SEC)

/* After an unclear end the note is looked for at once and after each of these waits, in seconds, since the
 * list may lag. Only when it was not there each time does it go out again. */
static const int look_again[] = { 2, 3, 5, 10 };

/**
 * DialCourier:
 *
 * Takes notes from the store's outbox to Greenhouse: each once, and reads it back.
 *
 * One process at a time carries for a store; the lock dies with its process. So whoever holds it and
 * finds a note that is being sent knows that its sender is gone, and looks before it repeats.
 */
struct _DialCourier
{
  GObject       parent_instance;

  DialStore    *store;
  GCancellable *posting;        /* the run's, while there is one */
  GHashTable   *looks;          /* outbox id → how often it was looked for in vain */
};

G_DEFINE_FINAL_TYPE (DialCourier, dial_courier, G_TYPE_OBJECT)

typedef struct {
  DialGreenhouse *greenhouse;
  gint64          recruiter_id;
  char           *email;
  GCancellable   *posting;      /* of the request that writes, which is given time to be answered */
  guint           patience;
  gboolean        forbidden;
  gboolean        everything;
  DialUser       *author;
  GPtrArray      *items;
  guint           index;
  GHashTable     *tried;        /* outbox ids that were sent or refused in this run */
  DialOutboxItem *item;
  void          (*then)         (GTask *task);
  gint64          next_try_at;
  guint           timer;
  GError         *error;        /* what ends the run once the item at hand is written down */
} Run;

static void
run_free (Run *run)
{
  g_clear_handle_id (&run->timer, g_source_remove);
  g_clear_handle_id (&run->patience, g_source_remove);
  g_clear_object (&run->posting);
  g_clear_object (&run->greenhouse);
  g_clear_object (&run->author);
  g_clear_object (&run->item);
  g_clear_pointer (&run->items, g_ptr_array_unref);
  g_clear_pointer (&run->tried, g_hash_table_unref);
  g_clear_error (&run->error);
  g_free (run->email);
  g_free (run);
}

static void next_item  (GTask *task);
static void next_round (GTask *task);
static void look       (GTask *task);
static void send       (GTask *task);

static void
finish (GTask  *task,
        GError *error)
{
  DialCourier *self = g_task_get_source_object (task);

  g_clear_object (&self->posting);
  dial_store_unlock (self->store, DIAL_STORE_LOCK_COURIER);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_item_saved (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dial_store_save_outbox_item_finish (DIAL_STORE (source), result, &error))
    finish (task, error);
  else if (run->error != NULL)
    finish (task, g_steal_pointer (&run->error));
  else
    run->then (task);
}

/* Records are never written once they were handed on: what shall change is a copy. */
static DialOutboxItem *
renew_item (Run *run)
{
  g_autoptr (DialOutboxItem) item = dial_outbox_item_copy (run->item);

  g_set_object (&run->item, item);
  return run->item;
}

/* Writes down how the item at hand stands, then goes on with @then. Never cancelled: what has happened
 * has happened. */
static void
write_down (GTask           *task,
            DialOutboxState  state,
            gint64           next_try_at,
            const char      *reason,
            void           (*then) (GTask *task))
{
  DialCourier *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  DialOutboxItem *item = renew_item (run);

  item->state = state;
  item->next_try_at = next_try_at;
  dial_set_str (&item->error, reason);

  run->then = then;
  dial_store_save_outbox_item_async (self->store, item, NULL, on_item_saved, g_object_ref (task));
}

static gint64
in_a_while (int attempts)
{
  int seconds = MIN (5 << MIN (attempts, 6), 300);

  return g_get_real_time () + SECONDS (seconds) + g_random_int_range (0, SECONDS (seconds) / 4);
}

static gboolean
is_passing (const GError *error)
{
  return g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_NETWORK) ||
         g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_UNAVAILABLE) ||
         g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_BUSY) ||
         g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_BAD_ANSWER) ||
         g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_CREDENTIALS) ||
         g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_RETIRED);
}

/* Nothing was carried out. Refusals that an admin can mend are tried again from time to time; trouble
 * that would meet every other note too ends the run. Takes @error. */
static void
not_sent (GTask  *task,
          GError *error)
{
  Run *run = g_task_get_task_data (task);
  g_autofree char *reason = g_strdup (error->message);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    finish (task, error);
  } else if (g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FORBIDDEN)) {
    g_error_free (error);
    run->forbidden = TRUE;
    write_down (task, DIAL_OUTBOX_STATE_REFUSED, g_get_real_time () + SECONDS (600), reason,
                next_item);
  } else if (is_passing (error) ||
             g_error_matches (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_AUTHOR)) {
    run->error = error;
    write_down (task, DIAL_OUTBOX_STATE_WAITING, in_a_while (run->item->attempts), reason, NULL);
  } else if (error->domain == DIAL_GREENHOUSE_ERROR) {
    g_error_free (error);
    write_down (task, DIAL_OUTBOX_STATE_REFUSED, NEVER, reason, next_item);
  } else {
    finish (task, error);
  }
}

/* Line ends may change on the way, and white space at the end may go. */
static gboolean
is_same_text (const char *theirs,
              const char *ours)
{
  g_auto (GStrv) lines = g_strsplit (theirs, "\r\n", -1);
  g_autofree char *unified = g_strchomp (g_strjoinv ("\n", lines));
  g_autofree char *trimmed = g_strchomp (g_strdup (ours));

  return g_str_equal (unified, trimmed);
}

static DialNote *
find_note (GPtrArray      *notes,
           DialOutboxItem *item)
{
  for (guint i = 0; i < notes->len; i++) {
    DialNote *note = g_ptr_array_index (notes, i);
    g_autofree char *reference = dial_note_text_dup_reference (note->body);

    if (g_strcmp0 (reference, item->reference) == 0)
      return note;
  }

  return NULL;
}

static void
not_found (GTask *task)
{
  DialCourier *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  gpointer key = GSIZE_TO_POINTER ((gsize) run->item->id);
  guint n_looks = GPOINTER_TO_UINT (g_hash_table_lookup (self->looks, key));
  gboolean accepted = run->item->note_id != 0;

  g_hash_table_insert (self->looks, key, GUINT_TO_POINTER (n_looks + 1));

  if (n_looks < G_N_ELEMENTS (look_again)) {
    write_down (task, run->item->state, g_get_real_time () + SECONDS (look_again[n_looks]),
                accepted ? _("Greenhouse took the note; waiting to see it in the activity feed.")
                         : _("It is not clear whether the note arrived; looking for it in the "
                             "activity feed."),
                next_item);
  } else if (accepted) {
    write_down (task, DIAL_OUTBOX_STATE_SENDING, in_a_while (n_looks),
                _("Greenhouse took the note but does not show it yet."), next_item);
  } else {
    g_hash_table_remove (self->looks, key);
    g_hash_table_remove (run->tried, key);
    write_down (task, DIAL_OUTBOX_STATE_WAITING, 0,
                _("The note had not arrived and goes out again."), next_item);
  }
}

static void
found (GTask    *task,
       DialNote *note)
{
  DialCourier *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  DialOutboxItem *item = renew_item (run);

  g_hash_table_remove (self->looks, GSIZE_TO_POINTER ((gsize) item->id));
  item->note_id = note->id;

  if (is_same_text (note->body, item->body)) {
    item->proof = DIAL_PROOF_READ_BACK;
    item->seen_at = g_get_real_time ();
    write_down (task, DIAL_OUTBOX_STATE_SENT, 0, NULL, next_item);
  } else {
    write_down (task, DIAL_OUTBOX_STATE_UNCERTAIN, NEVER,
                _("The note stands in Greenhouse, but with another text than was sent: compare it "
                  "there."), next_item);
  }
}

/* Without the right to list notes nothing can be looked up. What Greenhouse confirmed when it took the
 * note is then all the proof there is; what it did not confirm only a person can tell. */
static void
may_not_look (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  if (run->item->note_id != 0) {
    renew_item (run)->proof = DIAL_PROOF_ACCEPTED;
    write_down (task, DIAL_OUTBOX_STATE_SENT, 0, NULL, next_item);
  } else {
    write_down (task, DIAL_OUTBOX_STATE_UNCERTAIN, NEVER,
                _("It is not clear whether the note arrived, and the credential may not list notes "
                  "(harvest:notes:list, with an API key “GET: Retrieve Activity Feed”): open the candidate in Greenhouse, then send the note again "
                  "if it is missing, or discard it if it is there."), next_item);
  }
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCourier *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  g_autoptr (GPtrArray) notes = NULL;
  GError *error = NULL;
  DialNote *note;

  notes = dial_greenhouse_list_notes_finish (DIAL_GREENHOUSE (source), result, &error);
  if (g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FORBIDDEN)) {
    g_error_free (error);
    may_not_look (task);
    return;
  }
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    finish (task, error);
    return;
  }
  if (error != NULL) {
    /* Nothing is known: the item stays as it is, and is looked for again later. */
    run->error = error;
    write_down (task, run->item->state, in_a_while (run->item->attempts), error->message, NULL);
    return;
  }

  dial_store_save_notes_async (self->store, run->item->candidate_id, notes, NULL, NULL, NULL);

  note = find_note (notes, run->item);
  if (note != NULL)
    found (task, note);
  else
    not_found (task);
}

static void
look (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  /* The whole feed, not only what is recent: our clock and Greenhouse's may differ by anything. */
  dial_greenhouse_list_notes_async (run->greenhouse, run->item->candidate_id, DIAL_INSTANT_UNKNOWN,
                                    DIAL_URGENCY_NOTE, g_task_get_cancellable (task), on_looked,
                                    g_object_ref (task));
}

static void
on_created (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (DialNote) note = NULL;
  GError *error = NULL;

  note = dial_greenhouse_create_note_finish (DIAL_GREENHOUSE (source), result, &error);
  if (note != NULL) {
    renew_item (run)->note_id = note->id;
    write_down (task, DIAL_OUTBOX_STATE_SENDING, 0, NULL, look);
  } else if (g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_UNCLEAR)) {
    write_down (task, DIAL_OUTBOX_STATE_UNCERTAIN, 0, error->message, look);
    g_error_free (error);
  } else {
    not_sent (task, error);
  }
}

static void
post_now (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  g_autoptr (DialNote) note = dial_note_new (0);

  note->candidate_id = run->item->candidate_id;
  note->user_id = run->item->author_id;
  note->visibility = run->item->visibility;
  dial_set_str (&note->body, run->item->body);
  dial_greenhouse_create_note_async (run->greenhouse, note, run->posting,
                                     on_created, g_object_ref (task));
}

/* Written down as being sent before the first byte leaves: a crash from here on is looked up. */
static void
post (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  DialOutboxItem *item = renew_item (run);

  item->author_id = run->author != NULL ? run->author->id : 0;
  item->attempts++;
  if (item->first_sent_at == DIAL_INSTANT_UNKNOWN)
    item->first_sent_at = g_get_real_time ();
  write_down (task, DIAL_OUTBOX_STATE_SENDING, 0, NULL, post_now);
}

static void
on_looked_before_repeat (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GPtrArray) notes = NULL;
  GError *error = NULL;
  DialNote *note;

  notes = dial_greenhouse_list_notes_finish (DIAL_GREENHOUSE (source), result, &error);
  if (g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FORBIDDEN)) {
    g_error_free (error);
    post (task);
  } else if (error != NULL) {
    not_sent (task, error);
  } else {
    note = find_note (notes, run->item);
    if (note != NULL)
      found (task, note);
    else
      post (task);
  }
}

static void
on_candidate_read (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (DialCandidate) candidate = NULL;
  GError *error = NULL;

  candidate = dial_greenhouse_get_candidate_finish (DIAL_GREENHOUSE (source), result, &error);
  if (error != NULL) {
    not_sent (task, error);
    return;
  }
  if (candidate == NULL) {
    write_down (task, DIAL_OUTBOX_STATE_REFUSED, NEVER,
                _("The candidate is not in Greenhouse: deleted, merged, or hidden from this "
                  "credential."), next_item);
    return;
  }

  /* Whatever sent it before, a person included, may have been wrong about its not being there. */
  if (run->item->attempts > 0)
    dial_greenhouse_list_notes_async (run->greenhouse, run->item->candidate_id,
                                      DIAL_INSTANT_UNKNOWN, DIAL_URGENCY_NOTE,
                                      g_task_get_cancellable (task), on_looked_before_repeat,
                                      g_object_ref (task));
  else
    post (task);
}

static void
on_author_found (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;

  run->author = dial_author_find_finish (DIAL_STORE (source), result, &error);
  if (run->author == NULL)
    not_sent (task, error);
  else
    send (task);
}

static void
send (GTask *task)
{
  DialCourier *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  g_hash_table_add (run->tried, GSIZE_TO_POINTER ((gsize) run->item->id));

  if (run->author == NULL && (run->email != NULL || run->recruiter_id != 0))
    dial_author_find_async (self->store, run->greenhouse, run->recruiter_id, run->email,
                            g_task_get_cancellable (task), on_author_found, g_object_ref (task));
  else if (run->author == NULL && dial_greenhouse_get_api (run->greenhouse) == DIAL_API_V1)
    not_sent (task, g_error_new_literal (DIAL_DESK_ERROR, DIAL_DESK_ERROR_AUTHOR,
                                         _("Harvest v1 takes notes only in somebody's name: choose "
                                           "who you are in the settings of the integration.")));
  else
    /* Greenhouse takes notes for candidates that are not there, and orphans them: read first. */
    dial_greenhouse_get_candidate_async (run->greenhouse, run->item->candidate_id,
                                         DIAL_URGENCY_NOTE, g_task_get_cancellable (task),
                                         on_candidate_read, g_object_ref (task));
}

static gboolean
is_due (Run            *run,
        DialOutboxItem *item,
        gint64          now)
{
  gboolean tried = g_hash_table_contains (run->tried, GSIZE_TO_POINTER ((gsize) item->id));

  switch (item->state) {
  case DIAL_OUTBOX_STATE_WAITING:
    return !tried && (run->everything || item->next_try_at <= now);
  case DIAL_OUTBOX_STATE_REFUSED:
    return !tried && item->next_try_at != NEVER && (run->everything || item->next_try_at <= now);
  case DIAL_OUTBOX_STATE_SENDING:
  case DIAL_OUTBOX_STATE_UNCERTAIN:
    return item->next_try_at <= now;
  case DIAL_OUTBOX_STATE_SENT:
  default:
    return FALSE;
  }
}

static void
next_item (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  gint64 now = g_get_real_time ();

  while (run->index < run->items->len) {
    DialOutboxItem *item = g_ptr_array_index (run->items, run->index++);

    if (!is_due (run, item, now))
      continue;

    g_set_object (&run->item, item);
    if (item->state == DIAL_OUTBOX_STATE_WAITING || item->state == DIAL_OUTBOX_STATE_REFUSED)
      send (task);
    else
      look (task);
    return;
  }

  next_round (task);
}

static gboolean
on_timer (gpointer user_data)
{
  GTask *task = user_data;
  Run *run = g_task_get_task_data (task);

  run->timer = 0;
  next_round (task);
  return G_SOURCE_REMOVE;
}

static gboolean
on_out_of_patience (gpointer user_data)
{
  Run *run = user_data;

  run->patience = 0;
  g_cancellable_cancel (run->posting);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *cancellable,
              GTask        *task)
{
  Run *run = g_task_get_task_data (task);

  /* A note that is on the wire just now is better answered for than looked up later. */
  if (run->patience == 0)
    run->patience = g_timeout_add_seconds (POST_SECONDS, on_out_of_patience, run);

  /* Ends the wait at once; the round then sees that it was cancelled. */
  if (run->timer != 0) {
    g_source_remove (run->timer);
    run->timer = g_timeout_add_full (G_PRIORITY_DEFAULT, 0, on_timer, g_object_ref (task),
                                     g_object_unref);
  }
}

static void
wait_until (GTask  *task,
            gint64  when)
{
  Run *run = g_task_get_task_data (task);
  gint64 milliseconds = MAX ((when - g_get_real_time ()) / 1000 + 1, 1);

  run->timer = g_timeout_add_full (G_PRIORITY_DEFAULT, (guint) milliseconds, on_timer,
                                   g_object_ref (task), g_object_unref);
}

/* What is still to do after everything due was done: the next look within this run, the next try in a
 * later one. */
static void
plan (Run    *run,
      gint64 *next_look_at)
{
  gint64 now = g_get_real_time ();

  *next_look_at = NEVER;
  run->next_try_at = NEVER;

  for (guint i = 0; i < run->items->len; i++) {
    DialOutboxItem *item = g_ptr_array_index (run->items, i);
    gboolean unclear = item->state == DIAL_OUTBOX_STATE_SENDING ||
                       item->state == DIAL_OUTBOX_STATE_UNCERTAIN;

    if (item->state == DIAL_OUTBOX_STATE_SENT || item->next_try_at == NEVER)
      continue;
    if (unclear && item->next_try_at <= now + SECONDS (look_again[G_N_ELEMENTS (look_again) - 1]))
      *next_look_at = MIN (*next_look_at, item->next_try_at);
    run->next_try_at = MIN (run->next_try_at, item->next_try_at);
  }
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  gint64 now = g_get_real_time ();
  gint64 next_look_at;

  g_clear_pointer (&run->items, g_ptr_array_unref);
  run->items = dial_store_list_outbox_finish (DIAL_STORE (source), result, &error);
  if (run->items == NULL) {
    finish (task, error);
    return;
  }

  run->index = 0;
  for (guint i = 0; i < run->items->len; i++) {
    if (is_due (run, g_ptr_array_index (run->items, i), now)) {
      next_item (task);
      return;
    }
  }

  plan (run, &next_look_at);
  if (next_look_at != NEVER)
    wait_until (task, next_look_at);
  else
    finish (task, NULL);
}

static void
next_round (GTask *task)
{
  DialCourier *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, &error)) {
    finish (task, error);
    return;
  }

  dial_store_list_outbox_async (self->store, 0, cancellable, on_listed, g_object_ref (task));
}

static void
on_locked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCourier *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (!dial_store_lock_finish (DIAL_STORE (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }

  g_set_object (&self->posting, run->posting);
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (on_cancelled), task, 0);
  next_round (task);
}

static void
dial_courier_dispose (GObject *object)
{
  DialCourier *self = DIAL_COURIER (object);

  g_clear_object (&self->store);
  g_clear_object (&self->posting);
  g_clear_pointer (&self->looks, g_hash_table_unref);

  G_OBJECT_CLASS (dial_courier_parent_class)->dispose (object);
}

static void
dial_courier_class_init (DialCourierClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dial_courier_dispose;
}

static void
dial_courier_init (DialCourier *self)
{
  self->looks = g_hash_table_new (NULL, NULL);
}

/**
 * dial_courier_new:
 * @store: whose outbox to carry
 *
 * Returns: (transfer full): a courier
 */
DialCourier *
dial_courier_new (DialStore *store)
{
  DialCourier *self = g_object_new (DIAL_TYPE_COURIER, NULL);

  self->store = g_object_ref (store);
  return self;
}

/**
 * dial_courier_run_async:
 * @self: a courier
 * @greenhouse: where notes go
 * @recruiter_id: who signs them, 0 if that is not known
 * @recruiter_email: (nullable): who signs them; without either the integration itself does
 * @everything: also try what is not due yet
 * @cancellable: (nullable): stops it; a note on the wire is given a moment to be answered
 * @callback: called when nothing is left to do now
 * @user_data: for @callback
 *
 * Sends what is due and reads it back. Ends early when trouble is met that would meet every note.
 */
void
dial_courier_run_async (DialCourier         *self,
                        DialGreenhouse      *greenhouse,
                        gint64               recruiter_id,
                        const char          *recruiter_email,
                        gboolean             everything,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Run *run;

  g_return_if_fail (DIAL_IS_COURIER (self));
  g_return_if_fail (DIAL_IS_GREENHOUSE (greenhouse));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_courier_run_async);

  run = g_new0 (Run, 1);
  run->greenhouse = g_object_ref (greenhouse);
  run->posting = g_cancellable_new ();
  run->recruiter_id = recruiter_id;
  run->email = recruiter_email != NULL && *recruiter_email != '\0' ? g_strdup (recruiter_email)
                                                                   : NULL;
  run->everything = everything;
  run->tried = g_hash_table_new (NULL, NULL);
  run->next_try_at = NEVER;
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);

  dial_store_lock_async (self->store, DIAL_STORE_LOCK_COURIER, cancellable, on_locked,
                         g_object_ref (task));
}

/**
 * dial_courier_run_finish:
 * @self: a courier
 * @result: what the callback was given
 * @next_try_at: (out) (optional): when something is due again, an instant; %G_MAXINT64 for never
 * @forbidden: (out) (optional): whether a note was refused for want of a permission
 * @error: return location for what ended the run early
 *
 * Returns: whether all that was due was done
 */
gboolean
dial_courier_run_finish (DialCourier   *self,
                         GAsyncResult  *result,
                         gint64        *next_try_at,
                         gboolean      *forbidden,
                         GError       **error)
{
  Run *run;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  run = g_task_get_task_data (G_TASK (result));
  if (next_try_at != NULL)
    *next_try_at = run->next_try_at;
  if (forbidden != NULL)
    *forbidden = run->forbidden;

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * dial_courier_abort:
 * @self: a courier whose run was cancelled
 *
 * Waits no longer for the answer to a note on the wire: it is looked up next time.
 */
void
dial_courier_abort (DialCourier *self)
{
  g_return_if_fail (DIAL_IS_COURIER (self));

  if (self->posting != NULL)
    g_cancellable_cancel (self->posting);
}
