#include "dial-integration-private.h"

#include <glib/gi18n.h>

#include "dial-courier-private.h"
#include "dial-note-text.h"

/* What a person does with a note that is not in Greenhouse yet. The courier may be at work on the same note:
 * who is second notices it by the note's revision, and looks again. */

typedef struct {
  gint64          outbox_id;
  char           *text;
  DialVisibility  visibility;
  DialOutboxItem *item;
  gboolean      (*change) (DialIntegration  *self,
                           GTask            *task,
                           DialOutboxItem   *item,
                           GError          **error);
  void          (*then)   (GTask            *task);
} Errand;

static void
errand_free (Errand *errand)
{
  g_clear_object (&errand->item);
  g_free (errand->text);
  g_free (errand);
}

static GTask *
new_task (DialIntegration     *self,
          gpointer             source_tag,
          gint64               outbox_id,
          GCancellable        *cancellable,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Errand *errand = g_new0 (Errand, 1);

  errand->outbox_id = outbox_id;
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, errand, (GDestroyNotify) errand_free);
  return task;
}

static void
return_true (GTask *task)
{
  g_task_return_boolean (task, TRUE);
}

static void
wake_and_return (GTask *task)
{
  _dial_integration_wake_courier (g_task_get_source_object (task));
  g_task_return_boolean (task, TRUE);
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  GError *error = NULL;

  if (dial_store_save_outbox_item_finish (DIAL_STORE (source), result, &error))
    errand->then (task);
  else
    g_task_return_error (task, error);
}

static void
save (GTask          *task,
      DialOutboxItem *item)
{
  DialIntegration *self = g_task_get_source_object (task);

  dial_store_save_outbox_item_async (self->store, item, NULL, on_saved, g_object_ref (task));
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialIntegration *self = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (DialOutboxItem) item = NULL;
  g_autoptr (DialOutboxItem) changed = NULL;
  GError *error = NULL;

  item = dial_store_load_outbox_item_finish (DIAL_STORE (source), result, &error);
  if (item == NULL) {
    if (g_error_matches (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_NOT_FOUND)) {
      g_clear_error (&error);
      error = g_error_new_literal (DIAL_DESK_ERROR, DIAL_DESK_ERROR_NOT_FOUND,
                                   _("There is no such note in the outbox."));
    }
    g_task_return_error (task, error);
    return;
  }

  changed = dial_outbox_item_copy (item);
  if (errand->change (self, task, changed, &error))
    save (task, changed);
  else if (error != NULL)
    g_task_return_error (task, error);
}

/* Loads the note, lets @change have its way with a copy, saves that, and goes on with @then. If @change
 * returns %FALSE without an error it has taken care of the rest. */
static void
change_item (GTask     *task,
             gboolean (*change) (DialIntegration  *self,
                                 GTask            *task,
                                 DialOutboxItem   *item,
                                 GError          **error),
             void     (*then)   (GTask            *task))
{
  DialIntegration *self = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);

  errand->change = change;
  errand->then = then;
  dial_store_load_outbox_item_async (self->store, errand->outbox_id, g_task_get_cancellable (task),
                                     on_loaded, g_object_ref (task));
}

static gboolean
set_state_error (GError     **error,
                 const char  *sentence)
{
  g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE, sentence);
  return FALSE;
}

/* Lets it go out as soon as it may. Whose name Greenhouse did not take is put right on the person's word. */
static void
make_due (DialIntegration *self,
          DialOutboxItem  *item)
{
  if (item->author_refused)
    _dial_integration_sign (self, item);
  item->state = DIAL_OUTBOX_STATE_WAITING;
  item->next_try_at = 0;
  item->failures = 0;
  dial_set_str (&item->error, NULL);
}

/* Sending again */

/* While the courier itself looks whether a note arrived, nobody shall send it past the courier. */
static gboolean
let_retry (DialIntegration  *self,
           GTask            *task,
           DialOutboxItem   *item,
           GError          **error)
{
  if (item->state == DIAL_OUTBOX_STATE_SENT)
    return set_state_error (error, _("This note stands in Greenhouse already."));
  if (item->state == DIAL_OUTBOX_STATE_SENDING)
    return set_state_error (error, _("This note is on its way."));
  if (item->state == DIAL_OUTBOX_STATE_UNCERTAIN && item->next_try_at != G_MAXINT64)
    return set_state_error (error, _("Dialhouse is still looking whether this note arrived."));

  make_due (self, item);
  item->note_id = 0;
  item->proof = DIAL_PROOF_NONE;
  item->elsewhere = FALSE;
  return TRUE;
}

/**
 * dial_integration_retry_note_async:
 * @self: an integration
 * @outbox_id: a note that waits, was refused, or whose end is unclear
 * @cancellable: (nullable): stops it
 * @callback: called when it is due again
 * @user_data: for @callback
 *
 * Lets a note go out again.
 */
void
dial_integration_retry_note_async (DialIntegration     *self,
                                   gint64               outbox_id,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DIAL_IS_INTEGRATION (self));

  task = new_task (self, dial_integration_retry_note_async, outbox_id, cancellable, callback, user_data);
  change_item (task, let_retry, wake_and_return);
}

/**
 * dial_integration_retry_note_finish:
 * @self: an integration
 * @result: what the callback was given
 * @error: return location; %DIAL_DESK_ERROR_STATE if it stands in Greenhouse or is on its way
 *
 * Returns: whether it is due again
 */
gboolean
dial_integration_retry_note_finish (DialIntegration  *self,
                                    GAsyncResult     *result,
                                    GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Sending now */

static void
on_loaded_after (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (DialOutboxItem) item = NULL;
  GError *error = NULL;

  item = dial_store_load_outbox_item_finish (DIAL_STORE (source), result, &error);
  if (item == NULL)
    g_task_return_error (task, error);
  else if (item->state == DIAL_OUTBOX_STATE_SENT)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE, "%s",
                             item->error != NULL ? item->error
                                                 : _("Another Dialhouse may be sending just now."));
}

static void
on_carried (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialIntegration *self = DIAL_INTEGRATION (source);
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  /* How the run ended says little of this note. */
  if (!dial_integration_flush_finish (self, result, &error) &&
      g_error_matches (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_INACTIVE))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    dial_store_load_outbox_item_async (self->store, errand->outbox_id, NULL, on_loaded_after,
                                       g_object_ref (task));
}

static void
carry (GTask *task)
{
  _dial_integration_carry_async (g_task_get_source_object (task), DIAL_CARRY_DEFAULT,
                                 g_task_get_cancellable (task), on_carried, g_object_ref (task));
}

static gboolean
let_send_now (DialIntegration  *self,
              GTask            *task,
              DialOutboxItem   *item,
              GError          **error)
{
  gint64 now = g_get_real_time ();

  if (item->state == DIAL_OUTBOX_STATE_SENT) {
    g_task_return_boolean (task, TRUE);
    return FALSE;
  }
  if (item->held_until > now) {
    g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (item->held_until / G_USEC_PER_SEC + 1);
    g_autofree char *time = g_date_time_format (then, "%X");

    g_set_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE,
                 /* Translators: a time of day */
                 _("Greenhouse takes no requests before %s; the note then goes out by itself."), time);
    return FALSE;
  }

  if (item->state == DIAL_OUTBOX_STATE_WAITING || item->state == DIAL_OUTBOX_STATE_REFUSED)
    make_due (self, item);
  else
    item->next_try_at = 0;
  return TRUE;
}

/**
 * dial_integration_send_note_now_async:
 * @self: an integration
 * @outbox_id: a note that is not in Greenhouse
 * @cancellable: (nullable): stops it
 * @callback: called when it was tried
 * @user_data: for @callback
 *
 * Does not wait for the next try: a note that waits or was refused is sent, one whose end is unclear is looked
 * for. A note that Greenhouse did not take under its author's name is signed by whoever the recruiter is now.
 */
void
dial_integration_send_note_now_async (DialIntegration     *self,
                                      gint64               outbox_id,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (DIAL_IS_INTEGRATION (self));

  task = new_task (self, dial_integration_send_note_now_async, outbox_id, cancellable, callback,
                   user_data);
  if (_dial_integration_check_active (self, &error))
    change_item (task, let_send_now, carry);
  else
    g_task_return_error (task, error);
}

/**
 * dial_integration_send_note_now_finish:
 * @self: an integration
 * @result: what the callback was given
 * @error: return location for why it is not in Greenhouse yet, a sentence
 *
 * Returns: whether it stands in Greenhouse
 */
gboolean
dial_integration_send_note_now_finish (DialIntegration  *self,
                                       GAsyncResult     *result,
                                       GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Editing */

static gboolean
let_edit (DialIntegration  *self,
          GTask            *task,
          DialOutboxItem   *item,
          GError          **error)
{
  Errand *errand = g_task_get_task_data (task);

  if (item->first_sent_at != DIAL_INSTANT_UNKNOWN ||
      (item->state != DIAL_OUTBOX_STATE_WAITING && item->state != DIAL_OUTBOX_STATE_REFUSED))
    return set_state_error (error, _("This note was sent already, so it cannot be changed here any more: "
                                     "write another one."));

  g_free (item->body);
  item->body = dial_note_text_add_reference (errand->text, item->reference);
  if (errand->visibility != DIAL_VISIBILITY_UNKNOWN)
    item->visibility = errand->visibility;
  make_due (self, item);
  return TRUE;
}

/**
 * dial_integration_edit_note_async:
 * @self: an integration
 * @outbox_id: a note that was never sent, or certainly never arrived
 * @text: what it shall say, without its reference line
 * @visibility: who may read it; %DIAL_VISIBILITY_UNKNOWN leaves that as it is
 * @cancellable: (nullable): stops it
 * @callback: called when it is changed, on disk
 * @user_data: for @callback
 *
 * Changes a note before it goes out.
 */
void
dial_integration_edit_note_async (DialIntegration     *self,
                                  gint64               outbox_id,
                                  const char          *text,
                                  DialVisibility       visibility,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Errand *errand;

  g_return_if_fail (DIAL_IS_INTEGRATION (self));
  g_return_if_fail (text != NULL);

  task = new_task (self, dial_integration_edit_note_async, outbox_id, cancellable, callback, user_data);
  errand = g_task_get_task_data (task);
  errand->text = g_strstrip (g_strdup (text));
  errand->visibility = visibility;

  if (*errand->text == '\0')
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE,
                             _("The note is empty: type something, or discard it."));
  else
    change_item (task, let_edit, wake_and_return);
}

/**
 * dial_integration_edit_note_finish:
 * @self: an integration
 * @result: what the callback was given
 * @error: return location; %DIAL_DESK_ERROR_STATE if it was sent already
 *
 * Returns: whether it is changed
 */
gboolean
dial_integration_edit_note_finish (DialIntegration  *self,
                                   GAsyncResult     *result,
                                   GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* It is there */

static void
confirm (GTask    *task,
         DialNote *note,
         gboolean  same)
{
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (DialOutboxItem) item = dial_outbox_item_copy (errand->item);

  item->state = DIAL_OUTBOX_STATE_SENT;
  item->next_try_at = 0;
  item->elsewhere = FALSE;
  item->proof = same ? DIAL_PROOF_READ_BACK : DIAL_PROOF_TOLD;
  dial_set_str (&item->error, NULL);
  if (note != NULL) {
    item->note_id = note->id;
    item->seen_at = g_get_real_time ();
  }
  save (task, item);
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) notes = dial_greenhouse_list_notes_finish (DIAL_GREENHOUSE (source), result,
                                                                   &error);
  DialNote *note = NULL;
  g_autofree char *problem = NULL;
  guint n_found = notes != NULL ? _dial_courier_find_note (notes, errand->item, &note) : 0;

  /* Whatever came of it: the person has looked. */
  if (n_found > 0)
    problem = _dial_courier_compare (errand->item, note, n_found);
  confirm (task, note, n_found > 0 && problem == NULL);
}

static void
on_connected (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Errand *errand = g_task_get_task_data (task);
  g_autoptr (DialGreenhouse) greenhouse =
    _dial_integration_connect_finish (DIAL_INTEGRATION (source), result, NULL);

  if (greenhouse != NULL)
    dial_greenhouse_list_notes_async (greenhouse, errand->item->candidate_id, DIAL_INSTANT_UNKNOWN,
                                      DIAL_URGENCY_NOW, g_task_get_cancellable (task), on_looked,
                                      g_object_ref (task));
  else
    confirm (task, NULL, FALSE);
}

static gboolean
let_confirm (DialIntegration  *self,
             GTask            *task,
             DialOutboxItem   *item,
             GError          **error)
{
  Errand *errand = g_task_get_task_data (task);

  if (item->state == DIAL_OUTBOX_STATE_SENT) {
    g_task_return_boolean (task, TRUE);
    return FALSE;
  }
  if (item->state != DIAL_OUTBOX_STATE_UNCERTAIN)
    return set_state_error (error, _("This note is not in doubt: it has not been sent yet, or is on its "
                                     "way."));

  g_set_object (&errand->item, item);
  if (_dial_integration_check_active (self, NULL))
    _dial_integration_connect_async (self, g_task_get_cancellable (task), on_connected,
                                     g_object_ref (task));
  else
    confirm (task, NULL, FALSE);
  return FALSE;
}

/**
 * dial_integration_confirm_note_async:
 * @self: an integration
 * @outbox_id: a note whose end is unclear
 * @cancellable: (nullable): stops it
 * @callback: called when it counts as sent, on disk
 * @user_data: for @callback
 *
 * Takes the person's word for it that a note stands in Greenhouse; where Dialhouse may look itself it does,
 * once.
 */
void
dial_integration_confirm_note_async (DialIntegration     *self,
                                     gint64               outbox_id,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DIAL_IS_INTEGRATION (self));

  task = new_task (self, dial_integration_confirm_note_async, outbox_id, cancellable, callback,
                   user_data);
  change_item (task, let_confirm, return_true);
}

/**
 * dial_integration_confirm_note_finish:
 * @self: an integration
 * @result: what the callback was given
 * @error: return location; %DIAL_DESK_ERROR_STATE if nobody doubts it
 *
 * Returns: whether it counts as sent
 */
gboolean
dial_integration_confirm_note_finish (DialIntegration  *self,
                                      GAsyncResult     *result,
                                      GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Discarding */

static void
on_discarded (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dial_store_discard_note_finish (DIAL_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * dial_integration_discard_note_async:
 * @self: an integration
 * @outbox_id: a note that does not stand in Greenhouse
 * @cancellable: (nullable): stops it
 * @callback: called when it is gone
 * @user_data: for @callback
 *
 * Throws a note away, on the person's word.
 */
void
dial_integration_discard_note_async (DialIntegration     *self,
                                     gint64               outbox_id,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DIAL_IS_INTEGRATION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_integration_discard_note_async);
  dial_store_discard_note_async (self->store, outbox_id, cancellable, on_discarded,
                                 g_object_ref (task));
}

/**
 * dial_integration_discard_note_finish:
 * @self: an integration
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether it is gone
 */
gboolean
dial_integration_discard_note_finish (DialIntegration  *self,
                                      GAsyncResult     *result,
                                      GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
