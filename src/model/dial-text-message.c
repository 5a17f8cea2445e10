#include "dial-text-message.h"

G_DEFINE_ENUM_TYPE (DialTextState, dial_text_state,
                    G_DEFINE_ENUM_VALUE (DIAL_TEXT_STATE_DRAFT, "draft"),
                    G_DEFINE_ENUM_VALUE (DIAL_TEXT_STATE_SENDING, "sending"),
                    G_DEFINE_ENUM_VALUE (DIAL_TEXT_STATE_HANDED, "handed"),
                    G_DEFINE_ENUM_VALUE (DIAL_TEXT_STATE_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (DIAL_TEXT_STATE_REFUSED, "refused"))

G_DEFINE_FINAL_TYPE (DialTextMessage, dial_text_message, G_TYPE_OBJECT)

static void
dial_text_message_finalize (GObject *object)
{
  DialTextMessage *self = DIAL_TEXT_MESSAGE (object);

  g_free (self->number);
  g_free (self->own_number);
  g_free (self->body);
  g_free (self->reference);
  g_free (self->error);

  G_OBJECT_CLASS (dial_text_message_parent_class)->finalize (object);
}

static void
dial_text_message_class_init (DialTextMessageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dial_text_message_finalize;
}

static void
dial_text_message_init (DialTextMessage *self)
{
}

/**
 * dial_text_message_new:
 * @candidate_id: to whom, 0 if nobody is known by that number
 * @number: (nullable): their number in E.164
 * @own_number: (nullable): the number that is shown to them, in E.164
 * @body: (nullable): what they read
 *
 * Returns: (transfer full): a draft that begins now
 */
DialTextMessage *
dial_text_message_new (gint64      candidate_id,
                       const char *number,
                       const char *own_number,
                       const char *body)
{
  DialTextMessage *self = g_object_new (DIAL_TYPE_TEXT_MESSAGE, NULL);

  self->candidate_id = candidate_id;
  self->number = g_strdup (number != NULL ? number : "");
  self->own_number = g_strdup (own_number != NULL ? own_number : "");
  self->body = g_strdup (body != NULL ? body : "");
  self->created_at = g_get_real_time ();
  return self;
}

/**
 * dial_text_message_copy:
 * @self: a text message
 *
 * Returns: (transfer full): a copy, to be changed before it is handed on
 */
DialTextMessage *
dial_text_message_copy (DialTextMessage *self)
{
  DialTextMessage *copy;

  g_return_val_if_fail (DIAL_IS_TEXT_MESSAGE (self), NULL);

  copy = dial_text_message_new (self->candidate_id, self->number, self->own_number, self->body);
  copy->id = self->id;
  copy->state = self->state;
  copy->told = self->told;
  copy->reference = g_strdup (self->reference);
  copy->error = g_strdup (self->error);
  copy->created_at = self->created_at;
  copy->sent_at = self->sent_at;
  copy->revision = self->revision;
  return copy;
}
