#include "config.h"

#include "dial-draft.h"

struct _DialDraft
{
  GtkTextBuffer  parent_instance;

  DialStore     *store;
  gint64         candidate_id;
  GCancellable  *cancellable;

  char          *kept;      /* what the store holds, NULL until it has told */
  char          *problem;
  guint          n_saves;   /* on their way to the store */
  guint          loading : 1;
};

/* One text on its way to the store. */
typedef struct {
  DialDraft *draft;
  char      *text;
} Save;

enum {
  PROP_0,
  PROP_PROBLEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DialDraft, dial_draft, GTK_TYPE_TEXT_BUFFER)

static void
save_free (Save *save)
{
  g_object_unref (save->draft);
  g_free (save->text);
  g_free (save);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

static void
take_problem (DialDraft    *self,
              const GError *error)
{
  if (dial_set_str (&self->problem, error != NULL ? error->message : NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
on_saved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Save) save = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  DialDraft *self = save->draft;

  self->n_saves--;
  if (dial_store_save_draft_finish (DIAL_STORE (source), result, &error))
    dial_set_str (&self->kept, save->text);
  take_problem (self, error);

  /* What was not kept is tried again with the next keystroke, not for ever. */
  text = dial_draft_dup_text (self);
  if (g_strcmp0 (text, save->text) != 0)
    dial_draft_keep (self);
}

static void
save_text (DialDraft *self)
{
  Save *save = g_new0 (Save, 1);

  save->draft = g_object_ref (self);
  save->text = dial_draft_dup_text (self);
  self->n_saves++;
  /* Not cancellable: what was typed is kept, whatever becomes of the window. */
  dial_store_save_draft_async (self->store, self->candidate_id, save->text, NULL, on_saved_cb, save);
}

static void
on_loaded_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  DialDraft *self;
  GtkTextIter start;
  gboolean spare;

  text = dial_store_load_draft_finish (DIAL_STORE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* nobody waits for it any more: the draft is gone */

  self = DIAL_DRAFT (user_data);
  self->loading = FALSE;
  take_problem (self, error);
  if (error != NULL)
    return;

  self->kept = text != NULL ? g_steal_pointer (&text) : g_strdup ("");
  spare = self->kept[0] != '\0';

  /* Whoever typed faster than the store answered goes on after what was there. */
  gtk_text_buffer_begin_irreversible_action (GTK_TEXT_BUFFER (self));
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (self), &start);
  if (self->kept[0] != '\0' && gtk_text_buffer_get_char_count (GTK_TEXT_BUFFER (self)) > 0)
    gtk_text_buffer_insert (GTK_TEXT_BUFFER (self), &start, "\n", -1);
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (self), &start);
  gtk_text_buffer_insert (GTK_TEXT_BUFFER (self), &start, self->kept, -1);
  gtk_text_buffer_end_irreversible_action (GTK_TEXT_BUFFER (self));

  /* It may have been kept elsewhere while the disk was full. */
  if (spare && self->n_saves == 0)
    save_text (self);
  else
    dial_draft_keep (self);
}

static void
dial_draft_changed (GtkTextBuffer *buffer)
{
  GTK_TEXT_BUFFER_CLASS (dial_draft_parent_class)->changed (buffer);

  dial_draft_keep (DIAL_DRAFT (buffer));
}

static void
dial_draft_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  DialDraft *self = DIAL_DRAFT (object);

  switch (prop_id) {
  case PROP_PROBLEM:
    g_value_set_string (value, self->problem);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_draft_dispose (GObject *object)
{
  DialDraft *self = DIAL_DRAFT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (dial_draft_parent_class)->dispose (object);
}

static void
dial_draft_finalize (GObject *object)
{
  DialDraft *self = DIAL_DRAFT (object);

  g_free (self->kept);
  g_free (self->problem);

  G_OBJECT_CLASS (dial_draft_parent_class)->finalize (object);
}

static void
dial_draft_class_init (DialDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkTextBufferClass *buffer_class = GTK_TEXT_BUFFER_CLASS (klass);

  object_class->get_property = dial_draft_get_property;
  object_class->dispose = dial_draft_dispose;
  object_class->finalize = dial_draft_finalize;
  buffer_class->changed = dial_draft_changed;

  /**
   * DialDraft:problem:
   *
   * Why the text could not be kept or read, a sentence; %NULL while all is well.
   */
  properties[PROP_PROBLEM] =
    g_param_spec_string ("problem", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dial_draft_init (DialDraft *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * dial_draft_new:
 * @store: where drafts are kept
 * @candidate_id: whom it is about
 *
 * Makes the draft and fetches what the store holds. Typing may begin at once.
 *
 * Returns: (transfer full): a draft
 */
DialDraft *
dial_draft_new (DialStore *store,
                gint64     candidate_id)
{
  DialDraft *self;

  g_return_val_if_fail (DIAL_IS_STORE (store), NULL);

  self = g_object_new (DIAL_TYPE_DRAFT, NULL);
  self->store = g_object_ref (store);
  self->candidate_id = candidate_id;
  dial_draft_keep (self);
  return self;
}

/**
 * dial_draft_is_of:
 * @self: a draft
 * @store: where drafts are kept
 * @candidate_id: a candidate
 *
 * Returns: whether this is the draft of that candidate in that store
 */
gboolean
dial_draft_is_of (DialDraft *self,
                  DialStore *store,
                  gint64     candidate_id)
{
  g_return_val_if_fail (DIAL_IS_DRAFT (self), FALSE);

  return self->store == store && self->candidate_id == candidate_id;
}

/**
 * dial_draft_is_settled:
 * @self: a draft
 *
 * Returns: whether the store holds exactly this text, so that the draft may be let go
 */
gboolean
dial_draft_is_settled (DialDraft *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (DIAL_IS_DRAFT (self), TRUE);

  text = dial_draft_dup_text (self);
  return self->n_saves == 0 && g_strcmp0 (text, self->kept != NULL ? self->kept : "") == 0;
}

/**
 * dial_draft_is_blank:
 * @self: a draft
 *
 * Returns: whether there is nothing but white space
 */
gboolean
dial_draft_is_blank (DialDraft *self)
{
  GtkTextIter iter;

  g_return_val_if_fail (DIAL_IS_DRAFT (self), TRUE);

  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (self), &iter);
  while (!gtk_text_iter_is_end (&iter)) {
    if (!g_unichar_isspace (gtk_text_iter_get_char (&iter)))
      return FALSE;
    gtk_text_iter_forward_char (&iter);
  }
  return TRUE;
}

/**
 * dial_draft_get_problem:
 * @self: a draft
 *
 * Returns: (nullable): why the text could not be kept or read, a sentence
 */
const char *
dial_draft_get_problem (DialDraft *self)
{
  g_return_val_if_fail (DIAL_IS_DRAFT (self), NULL);

  return self->problem;
}

/**
 * dial_draft_dup_text:
 * @self: a draft
 *
 * Returns: (transfer full): the text
 */
char *
dial_draft_dup_text (DialDraft *self)
{
  GtkTextIter start, end;

  g_return_val_if_fail (DIAL_IS_DRAFT (self), NULL);

  gtk_text_buffer_get_bounds (GTK_TEXT_BUFFER (self), &start, &end);
  return gtk_text_buffer_get_text (GTK_TEXT_BUFFER (self), &start, &end, TRUE);
}

/**
 * dial_draft_clear:
 * @self: a draft
 *
 * Empties the draft for good: its text has become a note. That cannot be undone by a key.
 */
void
dial_draft_clear (DialDraft *self)
{
  g_return_if_fail (DIAL_IS_DRAFT (self));

  gtk_text_buffer_begin_irreversible_action (GTK_TEXT_BUFFER (self));
  gtk_text_buffer_set_text (GTK_TEXT_BUFFER (self), "", 0);
  gtk_text_buffer_end_irreversible_action (GTK_TEXT_BUFFER (self));
}

/**
 * dial_draft_keep:
 * @self: a draft
 *
 * Sees to it that the store holds the text, or will as soon as it has answered what it was asked
 * before. Happens by itself at every change; call it to try again after a problem.
 */
void
dial_draft_keep (DialDraft *self)
{
  g_autofree char *text = NULL;

  g_return_if_fail (DIAL_IS_DRAFT (self));

  if (self->store == NULL || self->loading || self->n_saves > 0)
    return;

  /* Nothing is written before it is known what is there: it would be lost. */
  if (self->kept == NULL) {
    self->loading = TRUE;
    dial_store_load_draft_async (self->store, self->candidate_id, self->cancellable,
                                 on_loaded_cb, self);
    return;
  }

  text = dial_draft_dup_text (self);
  if (g_strcmp0 (text, self->kept) != 0)
    save_text (self);
}

/**
 * dial_draft_flush:
 * @self: a draft
 *
 * Hands the text to the store without waiting for an earlier save, for the moment before the
 * window goes. The store writes in the order it was asked.
 */
void
dial_draft_flush (DialDraft *self)
{
  g_return_if_fail (DIAL_IS_DRAFT (self));

  if (self->store != NULL && self->kept != NULL && !dial_draft_is_settled (self))
    save_text (self);
}
