#include "dial-desk-texts.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-cloudtalk-account.h"
#include "dial-desk-private.h"
#include "dial-local-time.h"
#include "dial-note-text.h"

/*
 * Text messages. Each is written down as being on its way before the request that sends it leaves, and that request is
 * made once. Whatever ends between the two, or before its answer is understood, leaves a text of which nobody knows
 * whether it went out: a person says so then, nothing is repeated by itself. One process at a time sends for a store;
 * the lock dies with its process, so whoever holds it knows that what is still on its way was left by another.
 */

/* Where one can read and answer replies: CloudTalk's phone in the browser (CloudTalk's help centre). */
#define REPLIES_URL "https://phone.cloudtalk.io/"

/* Senders */

/**
 * dial_text_sender_free:
 * @self: (nullable): a sender
 *
 * Frees a sender.
 */
void
dial_text_sender_free (DialTextSender *self)
{
  if (self == NULL)
    return;

  g_free (self->e164);
  g_free (self->name);
  g_free (self);
}

static GStrv
list_ticked (DialIntegration *integration)
{
  g_autofree char *setting = dial_integration_dup_setting (integration, "sms-numbers");

  return g_strsplit (setting != NULL ? setting : "", ", ", -1);
}

/**
 * dial_desk_list_text_senders:
 * @self: a desk
 * @integration: whose candidates get texts
 * @error: return location; the sentence says what is to be set up first
 *
 * Returns: (transfer full) (element-type DialTextSender): the numbers a text can come from, at least one, in the order
 *   of the settings; %NULL with @error set
 */
GPtrArray *
dial_desk_list_text_senders (DialDesk         *self,
                             DialIntegration  *integration,
                             GError          **error)
{
  g_autoptr (GPtrArray) senders = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_text_sender_free);
  DialCloudtalkAccount *account;
  g_auto (GStrv) numbers = NULL;

  g_return_val_if_fail (DIAL_IS_DESK (self), NULL);
  g_return_val_if_fail (DIAL_IS_INTEGRATION (integration), NULL);

  account = dial_desk_get_account_of (self, integration, error);
  if (account == NULL)
    return NULL;

  numbers = list_ticked (integration);
  for (guint i = 0; numbers[i] != NULL; i++) {
    const DialCloudtalkNumber *known = dial_cloudtalk_account_find_number (account, numbers[i]);
    DialTextSender *sender = g_new0 (DialTextSender, 1);

    sender->e164 = g_strdup (numbers[i]);
    sender->name = known != NULL ? g_strdup (known->name) : NULL;
    sender->failed = !dial_cloudtalk_account_can_text (account, numbers[i]);
    g_ptr_array_add (senders, sender);
  }
  if (senders->len > 0)
    return g_steal_pointer (&senders);

  g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE,
                       _("No number is chosen for text messages: choose one in the integration's settings, under "
                         "Numbers for SMS."));
  return NULL;
}

static void
on_numbers_read (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dial_cloudtalk_account_refresh_numbers_finish (DIAL_CLOUDTALK_ACCOUNT (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * dial_desk_learn_text_senders_async:
 * @self: a desk
 * @integration: whose candidates get texts
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks the phone system what its numbers are called, unless it said so before.
 */
void
dial_desk_learn_text_senders_async (DialDesk            *self,
                                    DialIntegration     *integration,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  DialCloudtalkAccount *account;

  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_desk_learn_text_senders_async);
  account = dial_desk_get_account_of (self, integration, &error);
  if (account == NULL)
    g_task_return_error (task, error);
  else if (dial_cloudtalk_account_get_numbers (account) != NULL)
    g_task_return_boolean (task, FALSE);
  else
    dial_cloudtalk_account_refresh_numbers_async (account, DIAL_CLOUDTALK_URGENCY_NOW, cancellable, on_numbers_read,
                                                  g_object_ref (task));
}

/**
 * dial_desk_learn_text_senders_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether [method@Desk.list_text_senders] has news
 */
gboolean
dial_desk_learn_text_senders_finish (DialDesk      *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What the carrier is asked */

typedef struct {
  DialIntegration      *integration;
  DialCloudtalkAccount *account;
  DialCloudtalk        *door;
  DialTextMessage      *message;    /* as it stands */
  DialCandidate        *candidate;  /* NULL if nobody is known by that number */
  gboolean              locked;
} Sending;

static void
sending_free (Sending *sending)
{
  g_clear_object (&sending->account);
  g_clear_object (&sending->door);
  g_clear_object (&sending->message);
  g_clear_object (&sending->candidate);
  g_clear_object (&sending->integration);
  g_free (sending);
}

static DialStore *
get_store (GTask *task)
{
  return dial_integration_get_store (((Sending *) g_task_get_task_data (task))->integration);
}

/* The next one may be sent. */
static void
leave (GTask *task)
{
  Sending *sending = g_task_get_task_data (task);

  if (sending->locked)
    dial_store_unlock (get_store (task), DIAL_STORE_LOCK_TEXTS);
  sending->locked = FALSE;
  _dial_desk_end_text (g_task_get_source_object (task));
}

static void
fail (GTask  *task,
      GError *error)
{
  leave (task);
  g_task_return_error (task, error);
}

/* The note that tells of a text; NULL where it has no activity feed to stand in. */
static DialOutboxItem *
word_note (DialIntegration *integration,
           DialCandidate   *candidate,
           DialTextMessage *message)
{
  g_autofree char *signer = NULL;
  g_autoptr (DialPhoneNumber) number = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  DialOutboxItem *item;

  if (message->candidate_id == 0)
    return NULL;

  signer = _dial_integration_dup_signer (integration);
  if (candidate != NULL) {
    number = dial_phone_number_new (message->number, NULL, NULL);
    zone = dial_local_time_zone (candidate, number);
  }

  item = dial_outbox_item_new (0);
  item->candidate_id = message->candidate_id;
  item->reference = g_strdup (message->reference);
  g_free (item->body);
  item->body = dial_note_text_for_text (message, dial_integration_get_note_fields (integration), zone, signer,
                                        message->reference);
  item->visibility = dial_integration_get_visibility (integration);
  item->created_at = g_get_real_time ();
  _dial_integration_sign (integration, item);
  return item;
}

/* Only what says so beyond doubt did not go out. */
static gboolean
is_clear_no (const GError *error)
{
  static const int codes[] = {
    DIAL_CLOUDTALK_ERROR_KEYS, DIAL_CLOUDTALK_ERROR_BLOCKED, DIAL_CLOUDTALK_ERROR_NO_CREDIT,
    DIAL_CLOUDTALK_ERROR_NOT_FOUND, DIAL_CLOUDTALK_ERROR_REFUSED, DIAL_CLOUDTALK_ERROR_SENDER,
    DIAL_CLOUDTALK_ERROR_LIMIT, DIAL_CLOUDTALK_ERROR_UNREACHABLE, DIAL_CLOUDTALK_ERROR_INVALID,
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, DIAL_CLOUDTALK_ERROR, codes[i]))
      return TRUE;

  return FALSE;
}

static void
on_ended (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;
  DialTextMessage *ended = dial_store_end_text_finish (DIAL_STORE (source), result, &error);

  if (ended == NULL) {
    fail (task, error);
    return;
  }

  if (ended->state == DIAL_TEXT_STATE_HANDED)
    _dial_integration_wake_courier (sending->integration);
  leave (task);
  g_task_return_pointer (task, ended, g_object_unref);
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (DialTextMessage) ended = dial_text_message_copy (sending->message);
  g_autoptr (DialOutboxItem) item = NULL;

  if (dial_cloudtalk_send_text_finish (DIAL_CLOUDTALK (source), result, &error)) {
    ended->state = DIAL_TEXT_STATE_HANDED;
    item = word_note (sending->integration, sending->candidate, ended);
    dial_cloudtalk_account_learn_text (sending->account, ended->own_number, TRUE);
  } else {
    ended->state = is_clear_no (error) ? DIAL_TEXT_STATE_REFUSED : DIAL_TEXT_STATE_UNKNOWN;
    dial_set_str (&ended->error, error->message);
    dial_cloudtalk_account_heed (sending->account, error);
    if (g_error_matches (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_SENDER))
      dial_cloudtalk_account_learn_text (sending->account, ended->own_number, FALSE);
  }

  dial_store_end_text_async (get_store (task), ended, item, NULL, on_ended, g_object_ref (task));
}

static void
on_begun (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;
  DialTextMessage *begun = dial_store_begin_text_finish (DIAL_STORE (source), result, &error);

  if (begun == NULL) {
    fail (task, error);
    return;
  }

  g_object_unref (sending->message);
  sending->message = begun;
  /* Not cancellable: from here on it may have gone out. */
  dial_cloudtalk_send_text_async (sending->door, begun->own_number, begun->number, begun->body, NULL, on_sent,
                                  g_object_ref (task));
}

static void
on_locked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;

  sending->locked = dial_store_lock_finish (DIAL_STORE (source), result, &error);
  if (sending->locked)
    dial_store_begin_text_async (DIAL_STORE (source), sending->message, NULL, on_begun, g_object_ref (task));
  else
    fail (task, error);
}

static void
lock (GTask *task)
{
  dial_store_lock_async (get_store (task), DIAL_STORE_LOCK_TEXTS, g_task_get_cancellable (task), on_locked,
                         g_object_ref (task));
}

static void
on_candidate_loaded (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;

  sending->candidate = dial_store_load_candidate_finish (DIAL_STORE (source), result, &error);
  if (sending->candidate != NULL)
    lock (task);
  else if (error != NULL)
    fail (task, error);
  else
    fail (task, g_error_new_literal (DIAL_DESK_ERROR, DIAL_DESK_ERROR_NOT_FOUND,
                                     _("This candidate is not on this computer any more: sync first.")));
}

static void
on_connected (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;

  sending->door = dial_cloudtalk_account_connect_finish (DIAL_CLOUDTALK_ACCOUNT (source), result, &error);
  if (sending->door == NULL)
    fail (task, error);
  else if (sending->message->candidate_id != 0)
    dial_store_load_candidate_async (get_store (task), sending->message->candidate_id, g_task_get_cancellable (task),
                                     on_candidate_loaded, g_object_ref (task));
  else
    lock (task);
}

static gboolean
check_message (DialIntegration  *integration,
               DialTextMessage  *message,
               GError          **error)
{
  g_auto (GStrv) ticked = list_ticked (integration);

  if (message->body[0] == '\0')
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE,
                         _("The text message is empty: type something first."));
  else if (g_utf8_strlen (message->body, -1) > DIAL_TEXT_MAX)
    g_set_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE,
                 ngettext ("A text message has at most %d character: write less.",
                           "A text message has at most %d characters: write less.", DIAL_TEXT_MAX), DIAL_TEXT_MAX);
  else if (message->number[0] != '+')
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE,
                         _("This number cannot get a text message as it stands: write it with + and the country "
                           "code."));
  else if (!g_strv_contains ((const char * const *) ticked, message->own_number))
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE,
                         _("The number it is to come from is not chosen for text messages: choose it in the "
                           "integration's settings, under Numbers for SMS."));
  else
    return TRUE;

  return FALSE;
}

/* As it is sent: without white space around, and with what makes its note unique. */
static DialTextMessage *
prepare (DialTextMessage *message)
{
  DialTextMessage *prepared = dial_text_message_copy (message);

  g_strstrip (prepared->body);
  if (prepared->reference == NULL)
    prepared->reference = dial_note_text_new_reference ();
  return prepared;
}

/**
 * dial_desk_send_text_async:
 * @self: a desk
 * @integration: whose candidate
 * @message: what is to go out: a new one, a draft, or one that did not go out
 * @cancellable: (nullable): not used once it is on its way
 * @callback: called when it is known what became of it, or that nobody knows
 * @user_data: for @callback
 *
 * Writes a text message down, hands it to the carrier, once, and puts the note that tells of it into the outbox. What is
 * not known to have gone out is never sent again by itself.
 */
void
dial_desk_send_text_async (DialDesk            *self,
                           DialIntegration     *integration,
                           DialTextMessage     *message,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  DialCloudtalkAccount *account = NULL;
  Sending *sending;

  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));
  g_return_if_fail (DIAL_IS_TEXT_MESSAGE (message));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_desk_send_text_async);
  g_task_set_check_cancellable (task, FALSE);

  sending = g_new0 (Sending, 1);
  sending->integration = g_object_ref (integration);
  sending->message = prepare (message);
  g_task_set_task_data (task, sending, (GDestroyNotify) sending_free);

  if (_dial_integration_check_active (integration, &error) && check_message (integration, sending->message, &error))
    account = dial_desk_get_account_of (self, integration, &error);
  if (account == NULL) {
    g_task_return_error (task, error);
    return;
  }

  sending->account = g_object_ref (account);
  _dial_desk_begin_text (self);
  dial_cloudtalk_account_connect_async (account, cancellable, on_connected, g_object_ref (task));
}

/**
 * dial_desk_send_text_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: return location; it did not go out then, or it is told as unknown once it is looked at again
 *
 * Returns: (transfer full): the text as it stands: handed over, refused, or unknown, the latter two with an error; %NULL
 *   with @error set
 */
DialTextMessage *
dial_desk_send_text_finish (DialDesk      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What nobody knew */

typedef struct {
  DialIntegration *integration;
  DialTextMessage *message;
  gint64           text_id;
  gboolean         went_out;
  gboolean         locked;
} Settling;

static void
settling_free (Settling *settling)
{
  if (settling->locked)
    dial_store_unlock (dial_integration_get_store (settling->integration), DIAL_STORE_LOCK_TEXTS);
  g_clear_object (&settling->message);
  g_clear_object (&settling->integration);
  g_free (settling);
}

static void
on_settled (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Settling *settling = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (DialTextMessage) settled = dial_store_end_text_finish (DIAL_STORE (source), result, &error);

  if (settled == NULL) {
    g_task_return_error (task, error);
    return;
  }

  if (settling->went_out)
    _dial_integration_wake_courier (settling->integration);
  g_task_return_boolean (task, TRUE);
}

static void
settle (GTask         *task,
        DialStore     *store,
        DialCandidate *candidate)
{
  Settling *settling = g_task_get_task_data (task);
  g_autoptr (DialTextMessage) settled = dial_text_message_copy (settling->message);
  g_autoptr (DialOutboxItem) item = NULL;

  settled->state = settling->went_out ? DIAL_TEXT_STATE_HANDED : DIAL_TEXT_STATE_REFUSED;
  settled->told = settling->went_out;
  dial_set_str (&settled->error, settling->went_out ? NULL : _("You said that it did not go out."));
  if (settled->reference == NULL)
    settled->reference = dial_note_text_new_reference ();
  if (settling->went_out)
    item = word_note (settling->integration, candidate, settled);
  dial_store_end_text_async (store, settled, item, NULL, on_settled, g_object_ref (task));
}

static void
on_settling_candidate_loaded (GObject      *source,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (DialCandidate) candidate = dial_store_load_candidate_finish (DIAL_STORE (source), result, NULL);

  settle (task, DIAL_STORE (source), candidate);
}

static void
on_unknown_loaded (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Settling *settling = g_task_get_task_data (task);
  GError *error = NULL;

  settling->message = dial_store_load_text_finish (DIAL_STORE (source), result, &error);
  if (settling->message == NULL)
    g_task_return_error (task, error);
  else if (settling->message->state != DIAL_TEXT_STATE_UNKNOWN)
    g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE,
                             _("It is known what became of this text message: look how it stands now."));
  else
    dial_store_load_candidate_async (DIAL_STORE (source), settling->message->candidate_id, NULL,
                                     on_settling_candidate_loaded, g_object_ref (task));
}

static void
on_locked_to_settle (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Settling *settling = g_task_get_task_data (task);
  GError *error = NULL;

  settling->locked = dial_store_lock_finish (DIAL_STORE (source), result, &error);
  if (settling->locked)
    dial_store_load_text_async (DIAL_STORE (source), settling->text_id, NULL, on_unknown_loaded, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

/**
 * dial_desk_settle_text_async:
 * @self: a desk
 * @integration: whose candidate
 * @text_id: a text of which nobody knows whether it went out
 * @went_out: what the recruiter says
 * @cancellable: (nullable): stops it
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * The recruiter looked: where the text went out its note goes into the outbox, where it did not it may be sent again.
 */
void
dial_desk_settle_text_async (DialDesk            *self,
                             DialIntegration     *integration,
                             gint64               text_id,
                             gboolean             went_out,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Settling *settling;

  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_desk_settle_text_async);
  if (!_dial_integration_check_usable (integration, &error)) {
    g_task_return_error (task, error);
    return;
  }

  settling = g_new0 (Settling, 1);
  settling->integration = g_object_ref (integration);
  settling->text_id = text_id;
  settling->went_out = went_out;
  g_task_set_task_data (task, settling, (GDestroyNotify) settling_free);
  dial_store_lock_async (dial_integration_get_store (integration), DIAL_STORE_LOCK_TEXTS, cancellable,
                         on_locked_to_settle, g_object_ref (task));
}

/**
 * dial_desk_settle_text_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether it is settled
 */
gboolean
dial_desk_settle_text_finish (DialDesk      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_claimed (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  /* Where that could not be written the next text that is sent tries again. */
  dial_store_claim_texts_finish (DIAL_STORE (source), result, NULL);
  dial_store_unlock (DIAL_STORE (source), DIAL_STORE_LOCK_TEXTS);
}

static void
on_locked_to_claim (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  if (dial_store_lock_finish (DIAL_STORE (source), result, NULL))
    dial_store_claim_texts_async (DIAL_STORE (source), NULL, on_claimed, NULL);
}

/* What a program that was killed left on its way asks from now on. */
void
_dial_desk_claim_texts (DialIntegration *integration)
{
  if (!_dial_integration_is_broken (integration))
    dial_store_lock_async (dial_integration_get_store (integration), DIAL_STORE_LOCK_TEXTS, NULL, on_locked_to_claim,
                           NULL);
}

/* Replies */

/**
 * dial_desk_describe_replies:
 *
 * Returns: a sentence that says where replies to text messages are
 */
const char *
dial_desk_describe_replies (void)
{
  return _("CloudTalk does not hand replies on to other programs: they are in CloudTalk Phone.");
}

/**
 * dial_desk_get_replies_url:
 *
 * Returns: the address where conversations can be read and answered
 */
const char *
dial_desk_get_replies_url (void)
{
  return REPLIES_URL;
}
