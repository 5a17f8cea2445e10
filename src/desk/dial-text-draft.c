#include "dial-text-draft.h"

struct _DialTextDraft
{
  GObject          parent_instance;

  DialStore       *store;
  gint64           text_id;     /* which one is wanted, 0 for the last that was begun */
  DialTextMessage *kept;        /* as the store has it; without an id if it has none */
  DialTextMessage *written;     /* as it is to be kept */
  DialTextMessage *last;        /* the last that was sent to the same person; NULL if none was */
  char            *problem;
  guint            loading : 1;
  guint            keeping : 1;
};

enum {
  PROP_0,
  PROP_PROBLEM,
  PROP_SETTLED,
  N_PROPS
};

enum {
  LOADED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialTextDraft, dial_text_draft, G_TYPE_OBJECT)

static void keep (DialTextDraft *self);

static void
say_problem (DialTextDraft *self,
             const GError  *error)
{
  if (dial_set_str (&self->problem, error != NULL ? error->message : NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static gboolean
reads_the_same (DialTextMessage *one,
                DialTextMessage *other)
{
  return g_str_equal (one->number, other->number) && g_str_equal (one->own_number, other->own_number) &&
         g_str_equal (one->body, other->body);
}

static gboolean
is_kept (DialTextDraft *self)
{
  /* Numbers alone are no draft. */
  return reads_the_same (self->written, self->kept) || (self->written->body[0] == '\0' && self->kept->id == 0);
}

/* Goes on from @message, which the store has. */
static void
go_on_from (DialTextDraft   *self,
            DialTextMessage *message)
{
  g_autoptr (DialTextMessage) written = dial_text_message_copy (message);

  dial_set_str (&written->number, self->written->number);
  dial_set_str (&written->own_number, self->written->own_number);
  dial_set_str (&written->body, self->written->body);
  g_set_object (&self->kept, message);
  g_set_object (&self->written, written);
}

static void
on_kept (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (DialTextDraft) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialTextMessage) kept = dial_store_keep_text_finish (DIAL_STORE (source), result, &error);

  self->keeping = FALSE;
  say_problem (self, error);
  /* What could not be kept is tried again with the next keystroke, not for ever. */
  if (kept != NULL) {
    go_on_from (self, kept);
    keep (self);
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SETTLED]);
}

static void
keep (DialTextDraft *self)
{
  if (self->loading || self->keeping || is_kept (self))
    return;

  self->keeping = TRUE;
  /* Not cancellable: what was typed is kept, whatever becomes of the window. */
  dial_store_keep_text_async (self->store, self->written, NULL, on_kept, g_object_ref (self));
}

static DialTextMessage *
find_wanted (DialTextDraft *self,
             GPtrArray     *messages)
{
  for (guint i = 0; i < messages->len; i++) {
    DialTextMessage *message = messages->pdata[i];

    if (self->text_id != 0 ? message->id == self->text_id && message->state == DIAL_TEXT_STATE_REFUSED
                           : message->state == DIAL_TEXT_STATE_DRAFT)
      return message;
  }

  return NULL;
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DialTextDraft) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) messages = dial_store_list_texts_finish (DIAL_STORE (source), result, &error);
  DialTextMessage *wanted = messages != NULL ? find_wanted (self, messages) : NULL;

  self->loading = FALSE;
  say_problem (self, error);
  for (guint i = 0; messages != NULL && i < messages->len && self->last == NULL; i++)
    if (((DialTextMessage *) messages->pdata[i])->state == DIAL_TEXT_STATE_HANDED)
      g_set_object (&self->last, messages->pdata[i]);
  if (wanted != NULL)
    dial_text_draft_take (self, wanted);

  g_signal_emit (self, signals[LOADED], 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SETTLED]);
}

static void
dial_text_draft_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  DialTextDraft *self = DIAL_TEXT_DRAFT (object);

  switch (property_id) {
  case PROP_PROBLEM:
    g_value_set_string (value, self->problem);
    break;
  case PROP_SETTLED:
    g_value_set_boolean (value, dial_text_draft_is_settled (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dial_text_draft_finalize (GObject *object)
{
  DialTextDraft *self = DIAL_TEXT_DRAFT (object);

  g_clear_object (&self->store);
  g_clear_object (&self->kept);
  g_clear_object (&self->written);
  g_clear_object (&self->last);
  g_free (self->problem);

  G_OBJECT_CLASS (dial_text_draft_parent_class)->finalize (object);
}

static void
dial_text_draft_class_init (DialTextDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = dial_text_draft_get_property;
  object_class->finalize = dial_text_draft_finalize;

  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PROP_SETTLED] = g_param_spec_boolean ("settled", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[LOADED] = g_signal_new ("loaded", DIAL_TYPE_TEXT_DRAFT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);
}

static void
dial_text_draft_init (DialTextDraft *self)
{
}

/**
 * dial_text_draft_new:
 * @store: where texts are kept
 * @candidate_id: to whom
 * @text_id: a text that did not go out and is to be written anew; 0 for the draft of that candidate, if there is one
 *
 * Makes the draft and fetches what the store has.
 *
 * Returns: (transfer full): a draft
 */
DialTextDraft *
dial_text_draft_new (DialStore *store,
                     gint64     candidate_id,
                     gint64     text_id)
{
  DialTextDraft *self;

  g_return_val_if_fail (DIAL_IS_STORE (store), NULL);

  self = g_object_new (DIAL_TYPE_TEXT_DRAFT, NULL);
  self->store = g_object_ref (store);
  self->text_id = text_id;
  self->kept = dial_text_message_new (candidate_id, NULL, NULL, NULL);
  self->written = dial_text_message_copy (self->kept);
  self->loading = TRUE;
  dial_store_list_texts_async (store, candidate_id, NULL, on_listed, g_object_ref (self));
  return self;
}

/**
 * dial_text_draft_get_message:
 * @self: a draft
 *
 * Returns: (transfer none): the text as it is written now
 */
DialTextMessage *
dial_text_draft_get_message (DialTextDraft *self)
{
  g_return_val_if_fail (DIAL_IS_TEXT_DRAFT (self), NULL);

  return self->written;
}

/**
 * dial_text_draft_get_last:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): the last text that was handed over to the same person
 */
DialTextMessage *
dial_text_draft_get_last (DialTextDraft *self)
{
  g_return_val_if_fail (DIAL_IS_TEXT_DRAFT (self), NULL);

  return self->last;
}

/**
 * dial_text_draft_is_loading:
 * @self: a draft
 *
 * Returns: whether the store has not answered yet
 */
gboolean
dial_text_draft_is_loading (DialTextDraft *self)
{
  g_return_val_if_fail (DIAL_IS_TEXT_DRAFT (self), FALSE);

  return self->loading;
}

/**
 * dial_text_draft_is_settled:
 * @self: a draft
 *
 * Returns: whether the store holds exactly this
 */
gboolean
dial_text_draft_is_settled (DialTextDraft *self)
{
  g_return_val_if_fail (DIAL_IS_TEXT_DRAFT (self), FALSE);

  return !self->loading && !self->keeping && is_kept (self);
}

/**
 * dial_text_draft_get_problem:
 * @self: a draft
 *
 * Returns: (nullable): why it could not be read or kept, a sentence
 */
const char *
dial_text_draft_get_problem (DialTextDraft *self)
{
  g_return_val_if_fail (DIAL_IS_TEXT_DRAFT (self), NULL);

  return self->problem;
}

/**
 * dial_text_draft_write:
 * @self: a draft that is not loading
 * @number: to which number, "" while none is chosen
 * @own_number: from which, "" while none is chosen
 * @body: all that is typed so far
 *
 * Has the store keep it, as soon as that has answered what it was asked before.
 */
void
dial_text_draft_write (DialTextDraft *self,
                       const char    *number,
                       const char    *own_number,
                       const char    *body)
{
  g_autoptr (DialTextMessage) written = NULL;

  g_return_if_fail (DIAL_IS_TEXT_DRAFT (self));
  g_return_if_fail (!self->loading);

  written = dial_text_message_copy (self->kept);
  dial_set_str (&written->number, number);
  dial_set_str (&written->own_number, own_number);
  dial_set_str (&written->body, body);
  g_set_object (&self->written, written);
  keep (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SETTLED]);
}

/**
 * dial_text_draft_take:
 * @self: a draft that is settled
 * @message: what has become of it
 *
 * Goes on from there.
 */
void
dial_text_draft_take (DialTextDraft   *self,
                      DialTextMessage *message)
{
  g_return_if_fail (DIAL_IS_TEXT_DRAFT (self));
  g_return_if_fail (DIAL_IS_TEXT_MESSAGE (message));

  g_set_object (&self->kept, message);
  g_set_object (&self->written, message);
}
