#include "dial-history.h"

#include <glib/gi18n.h>

#include "dial-integration-private.h"
#include "dial-note-reading.h"
#include "dial-note-text.h"

/* An entry */

struct _DialHistoryEntry
{
  GObject          parent_instance;

  DialCallRecord  *call;
  DialTextMessage *message;
  DialOutboxItem  *item;
  DialNote        *note;
  guint            n_notes;     /* how often Greenhouse has that note */
  gboolean         is_told;     /* the call or the text is known from the note alone */
  char            *own_name;    /* of the recruiter at this desk */
  gint64           own_id;
};

G_DEFINE_FINAL_TYPE (DialHistoryEntry, dial_history_entry, G_TYPE_OBJECT)

static void
dial_history_entry_finalize (GObject *object)
{
  DialHistoryEntry *self = DIAL_HISTORY_ENTRY (object);

  g_clear_object (&self->call);
  g_clear_object (&self->message);
  g_clear_object (&self->item);
  g_clear_object (&self->note);
  g_free (self->own_name);

  G_OBJECT_CLASS (dial_history_entry_parent_class)->finalize (object);
}

static void
dial_history_entry_class_init (DialHistoryEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dial_history_entry_finalize;
}

static void
dial_history_entry_init (DialHistoryEntry *self)
{
}

/**
 * dial_history_entry_get_kind:
 * @self: an entry
 *
 * Returns: what it tells of
 */
DialHistoryKind
dial_history_entry_get_kind (DialHistoryEntry *self)
{
  g_return_val_if_fail (DIAL_IS_HISTORY_ENTRY (self), DIAL_HISTORY_NOTE);

  if (self->call != NULL)
    return DIAL_HISTORY_CALL;

  return self->message != NULL ? DIAL_HISTORY_TEXT : DIAL_HISTORY_NOTE;
}

/**
 * dial_history_entry_get_when:
 * @self: an entry
 *
 * Returns: when the call began, the text went out or the note was written, an instant
 */
gint64
dial_history_entry_get_when (DialHistoryEntry *self)
{
  g_return_val_if_fail (DIAL_IS_HISTORY_ENTRY (self), DIAL_INSTANT_UNKNOWN);

  if (self->call != NULL)
    return self->call->started_at;
  if (self->message != NULL)
    return self->message->sent_at;
  if (self->item != NULL)
    return self->item->created_at;

  return self->note->created_at;
}

/**
 * dial_history_entry_get_author:
 * @self: an entry
 *
 * Returns: (nullable): who called or wrote
 */
const char *
dial_history_entry_get_author (DialHistoryEntry *self)
{
  g_return_val_if_fail (DIAL_IS_HISTORY_ENTRY (self), NULL);

  /* What Greenhouse says goes before what this desk believes. */
  if (self->note != NULL && self->note->user_name != NULL)
    return self->note->user_name;

  return self->call != NULL || self->message != NULL || self->item != NULL ? self->own_name : NULL;
}

/**
 * dial_history_entry_is_own:
 * @self: an entry
 *
 * Returns: whether the recruiter at this desk called or wrote, here or elsewhere
 */
gboolean
dial_history_entry_is_own (DialHistoryEntry *self)
{
  g_return_val_if_fail (DIAL_IS_HISTORY_ENTRY (self), FALSE);

  if (self->note != NULL && self->note->user_id != 0)
    return self->note->user_id == self->own_id;

  return ((self->call != NULL || self->message != NULL) && !self->is_told) || self->item != NULL;
}

/**
 * dial_history_entry_get_text:
 * @self: an entry
 *
 * Returns: what was typed in a call, what a text says, or the note's whole body; "" for a call without a note
 */
const char *
dial_history_entry_get_text (DialHistoryEntry *self)
{
  g_return_val_if_fail (DIAL_IS_HISTORY_ENTRY (self), NULL);

  if (self->call != NULL)
    return self->call->text != NULL ? self->call->text : "";
  if (self->message != NULL)
    return self->message->body;

  return self->item != NULL ? self->item->body : self->note->body;
}

/**
 * dial_history_entry_get_call:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): the call it tells of: one of the call log, or one that another Dialhouse wrote
 *   a note about, which has no uid and began when that was written
 */
DialCallRecord *
dial_history_entry_get_call (DialHistoryEntry *self)
{
  g_return_val_if_fail (DIAL_IS_HISTORY_ENTRY (self), NULL);

  return self->call;
}

/**
 * dial_history_entry_get_message:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): the text message it tells of: one of this desk, or one that another Dialhouse
 *   wrote a note about, which has no id and went out when that was written
 */
DialTextMessage *
dial_history_entry_get_message (DialHistoryEntry *self)
{
  g_return_val_if_fail (DIAL_IS_HISTORY_ENTRY (self), NULL);

  return self->message;
}

/**
 * dial_history_entry_get_item:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): the note as the outbox has it, if it was written at this desk
 */
DialOutboxItem *
dial_history_entry_get_item (DialHistoryEntry *self)
{
  g_return_val_if_fail (DIAL_IS_HISTORY_ENTRY (self), NULL);

  return self->item;
}

/**
 * dial_history_entry_get_note:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): the note as Greenhouse has it
 */
DialNote *
dial_history_entry_get_note (DialHistoryEntry *self)
{
  g_return_val_if_fail (DIAL_IS_HISTORY_ENTRY (self), NULL);

  return self->note;
}

/**
 * dial_history_entry_get_note_id:
 * @self: an entry
 *
 * Returns: Greenhouse's number of the note, 0 while it has none
 */
gint64
dial_history_entry_get_note_id (DialHistoryEntry *self)
{
  g_return_val_if_fail (DIAL_IS_HISTORY_ENTRY (self), 0);

  if (self->note != NULL)
    return self->note->id;

  return self->item != NULL ? self->item->note_id : 0;
}

/**
 * dial_history_entry_count_notes:
 * @self: an entry
 *
 * Returns: how often Greenhouse has the note: once, if all is well
 */
guint
dial_history_entry_count_notes (DialHistoryEntry *self)
{
  g_return_val_if_fail (DIAL_IS_HISTORY_ENTRY (self), 0);

  return self->n_notes;
}

/* The list */

struct _DialHistory
{
  GObject          parent_instance;

  DialIntegration *integration;
  gint64           candidate_id;
  GPtrArray       *entries;
  GCancellable    *cancellable;
  char            *problem;
  guint            generation;   /* of the load whose answer counts */
  guint            loading : 1;
};

enum {
  PROP_0,
  PROP_LOADING,
  PROP_PROBLEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GType
dial_history_get_item_type (GListModel *model)
{
  return DIAL_TYPE_HISTORY_ENTRY;
}

static guint
dial_history_get_n_items (GListModel *model)
{
  return DIAL_HISTORY (model)->entries->len;
}

static gpointer
dial_history_get_item (GListModel *model,
                       guint       position)
{
  DialHistory *self = DIAL_HISTORY (model);

  if (position >= self->entries->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->entries, position));
}

static void
dial_history_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = dial_history_get_item_type;
  iface->get_n_items = dial_history_get_n_items;
  iface->get_item = dial_history_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (DialHistory, dial_history, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      dial_history_list_model_init))

typedef struct {
  DialHistory *history;
  guint        generation;
  GPtrArray   *calls;
  GPtrArray   *messages;
  GPtrArray   *items;
  GPtrArray   *notes;
} Load;

static void
load_free (Load *load)
{
  g_clear_object (&load->history);
  g_clear_pointer (&load->calls, g_ptr_array_unref);
  g_clear_pointer (&load->messages, g_ptr_array_unref);
  g_clear_pointer (&load->items, g_ptr_array_unref);
  g_clear_pointer (&load->notes, g_ptr_array_unref);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static DialHistoryEntry *
add_entry (GPtrArray   *entries,
           DialHistory *self)
{
  DialHistoryEntry *entry = g_object_new (DIAL_TYPE_HISTORY_ENTRY, NULL);
  DialUser *recruiter = dial_integration_get_recruiter (self->integration);

  entry->own_name = g_strdup (recruiter != NULL ? recruiter->name : NULL);
  entry->own_id = recruiter != NULL ? recruiter->id : 0;
  g_ptr_array_add (entries, entry);
  return entry;
}

/* What is still being written has not happened. */
static void
merge_messages (Load       *load,
                GPtrArray  *entries,
                GHashTable *by_reference)
{
  for (guint i = 0; i < load->messages->len; i++) {
    DialTextMessage *message = g_ptr_array_index (load->messages, i);
    DialHistoryEntry *entry;

    if (message->state == DIAL_TEXT_STATE_DRAFT)
      continue;

    entry = add_entry (entries, load->history);
    g_set_object (&entry->message, message);
    if (message->reference != NULL)
      g_hash_table_insert (by_reference, g_strdup (message->reference), entry);
  }
}

static void
merge_items (Load       *load,
             GPtrArray  *entries,
             GHashTable *by_call,
             GHashTable *by_reference)
{
  for (guint i = 0; i < load->items->len; i++) {
    DialOutboxItem *item = g_ptr_array_index (load->items, i);
    DialHistoryEntry *entry = NULL;

    if (item->call_uid != NULL)
      entry = g_hash_table_lookup (by_call, item->call_uid);
    else if (item->reference != NULL)
      entry = g_hash_table_lookup (by_reference, item->reference);
    if (entry == NULL)
      entry = add_entry (entries, load->history);
    g_set_object (&entry->item, item);
    if (item->reference != NULL)
      g_hash_table_insert (by_reference, g_strdup (item->reference), entry);
  }
}

/* The same note, sent twice: by one Dialhouse and its copy, or by somebody who could not see the first. A note that
 * quotes another one is none of these. */
static gboolean
is_twin (DialHistoryEntry *entry,
         DialNote         *note)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  if (entry->note == NULL)
    return FALSE;

  one = g_strchomp (g_strdup (entry->note->body));
  other = g_strchomp (g_strdup (note->body));
  return g_str_equal (one, other);
}

/* Mails and what Greenhouse writes by itself may quote a note's last line, and are not that note. */
static char *
dup_reference (DialNote *note)
{
  if (note->type != NULL && !g_str_equal (note->type, "NOTE"))
    return NULL;

  return dial_note_text_dup_reference (note->body);
}

static void
merge_notes (Load       *load,
             GPtrArray  *entries,
             GHashTable *by_reference)
{
  for (guint i = 0; i < load->notes->len; i++) {
    DialNote *note = g_ptr_array_index (load->notes, i);
    g_autofree char *reference = dup_reference (note);
    DialHistoryEntry *entry = reference != NULL ? g_hash_table_lookup (by_reference, reference) : NULL;

    if (entry != NULL && is_twin (entry, note)) {
      entry->n_notes++;
      /* Of two, the one that the outbox knows of. */
      if (entry->item != NULL && entry->item->note_id == note->id)
        g_set_object (&entry->note, note);
      continue;
    }
    if (entry == NULL || entry->note != NULL) {
      entry = add_entry (entries, load->history);
      entry->call = dial_note_reading_dup_call (note);
      if (entry->call == NULL)
        entry->message = dial_note_reading_dup_text (note);
      entry->is_told = entry->call != NULL || entry->message != NULL;
    }
    g_set_object (&entry->note, note);
    entry->n_notes = 1;
    if (reference != NULL && !g_hash_table_contains (by_reference, reference))
      g_hash_table_insert (by_reference, g_steal_pointer (&reference), entry);
  }
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  gint64 when_a = dial_history_entry_get_when (*(DialHistoryEntry **) a);
  gint64 when_b = dial_history_entry_get_when (*(DialHistoryEntry **) b);

  return when_a < when_b ? 1 : when_a > when_b ? -1 : 0;
}

/* One call is one entry: its log, its note in the outbox and that note in Greenhouse are the same thing. So is a
 * text. */
static GPtrArray *
merge (Load *load)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) by_call = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) by_reference = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < load->calls->len; i++) {
    DialCallRecord *call = g_ptr_array_index (load->calls, i);
    DialHistoryEntry *entry = add_entry (entries, load->history);

    g_set_object (&entry->call, call);
    g_hash_table_insert (by_call, call->uid, entry);
  }

  merge_messages (load, entries, by_reference);
  merge_items (load, entries, by_call, by_reference);
  merge_notes (load, entries, by_reference);
  g_ptr_array_sort (entries, compare_entries);
  return entries;
}

static void
set_loading (DialHistory *self,
             gboolean     loading)
{
  if (self->loading == loading)
    return;

  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
set_problem (DialHistory *self,
             const char  *problem)
{
  if (dial_set_str (&self->problem, problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

/* The store did not answer: what is shown stays, with the reason. */
static void
load_failed (Load   *load,
             GError *error)
{
  DialHistory *self = load->history;

  if (load->generation == self->generation &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    set_problem (self, error->message);
    set_loading (self, FALSE);
  }
}

static void
on_notes_listed (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;
  DialHistory *self = load->history;
  guint n_before;

  load->notes = dial_store_list_notes_finish (DIAL_STORE (source), result, &error);
  if (load->notes == NULL)
    load_failed (load, error);
  if (load->generation != self->generation || load->notes == NULL)
    return;

  n_before = self->entries->len;
  g_ptr_array_unref (self->entries);
  self->entries = merge (load);
  set_loading (self, FALSE);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, self->entries->len);
}

static void
on_outbox_listed (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;
  DialHistory *self = load->history;

  load->items = dial_store_list_outbox_finish (DIAL_STORE (source), result, &error);
  if (load->items == NULL)
    load_failed (load, error);
  else
    dial_store_list_notes_async (DIAL_STORE (source), self->candidate_id, self->cancellable,
                                 on_notes_listed, g_steal_pointer (&load));
}

static void
on_texts_listed (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;
  DialHistory *self = load->history;

  load->messages = dial_store_list_texts_finish (DIAL_STORE (source), result, &error);
  if (load->messages == NULL)
    load_failed (load, error);
  else
    dial_store_list_outbox_async (DIAL_STORE (source), self->candidate_id, self->cancellable,
                                  on_outbox_listed, g_steal_pointer (&load));
}

static void
on_calls_listed (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;
  DialHistory *self = load->history;

  load->calls = dial_store_list_calls_finish (DIAL_STORE (source), result, &error);
  if (load->calls == NULL)
    load_failed (load, error);
  else
    dial_store_list_texts_async (DIAL_STORE (source), self->candidate_id, self->cancellable,
                                 on_texts_listed, g_steal_pointer (&load));
}

static void
reload (DialHistory *self)
{
  Load *load = g_new0 (Load, 1);

  load->history = g_object_ref (self);
  load->generation = ++self->generation;
  dial_store_list_calls_async (dial_integration_get_store (self->integration), self->candidate_id,
                               self->cancellable, on_calls_listed, load);
}

static void
on_candidate_changed (DialHistory *self,
                      gint64       candidate_id,
                      DialStore   *store)
{
  if (candidate_id == self->candidate_id)
    reload (self);
}

static void
dial_history_get_property (GObject    *object,
                           guint       property_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  DialHistory *self = DIAL_HISTORY (object);

  switch (property_id) {
  case PROP_LOADING:
    g_value_set_boolean (value, self->loading);
    break;
  case PROP_PROBLEM:
    g_value_set_string (value, self->problem);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dial_history_dispose (GObject *object)
{
  DialHistory *self = DIAL_HISTORY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->integration);

  G_OBJECT_CLASS (dial_history_parent_class)->dispose (object);
}

static void
dial_history_finalize (GObject *object)
{
  DialHistory *self = DIAL_HISTORY (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->entries);
  g_free (self->problem);

  G_OBJECT_CLASS (dial_history_parent_class)->finalize (object);
}

static void
dial_history_class_init (DialHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = dial_history_get_property;
  object_class->dispose = dial_history_dispose;
  object_class->finalize = dial_history_finalize;

  /**
   * DialHistory:loading:
   *
   * Whether the store has not answered yet.
   */
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, TRUE, flags);

  /**
   * DialHistory:problem:
   *
   * Why Greenhouse's notes could not be read, a sentence; %NULL if they could.
   */
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dial_history_init (DialHistory *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  self->loading = TRUE;
}

/**
 * dial_history_new:
 * @integration: whose candidate
 * @candidate_id: a candidate
 *
 * Returns: (transfer full): the candidate's history, which fills from the store at once; see
 *   [method@History.refresh] for what colleagues wrote since
 */
DialHistory *
dial_history_new (DialIntegration *integration,
                  gint64           candidate_id)
{
  DialHistory *self;
  DialStore *store;

  g_return_val_if_fail (DIAL_IS_INTEGRATION (integration), NULL);

  self = g_object_new (DIAL_TYPE_HISTORY, NULL);
  self->integration = g_object_ref (integration);
  self->candidate_id = candidate_id;

  store = dial_integration_get_store (integration);
  g_signal_connect_object (store, "calls-changed", G_CALLBACK (on_candidate_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "notes-changed", G_CALLBACK (on_candidate_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "texts-changed", G_CALLBACK (on_candidate_changed), self,
                           G_CONNECT_SWAPPED);
  /* The outbox names its own rows, of which there are few: any change may be this candidate's. */
  g_signal_connect_object (store, "outbox-changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (integration, "notify::recruiter", G_CALLBACK (reload), self,
                           G_CONNECT_SWAPPED);
  reload (self);
  return self;
}

/**
 * dial_history_is_loading:
 * @self: a history
 *
 * Returns: whether the store has not answered yet
 */
gboolean
dial_history_is_loading (DialHistory *self)
{
  g_return_val_if_fail (DIAL_IS_HISTORY (self), FALSE);

  return self->loading;
}

/**
 * dial_history_get_problem:
 * @self: a history
 *
 * Returns: (nullable): why Greenhouse's notes could not be read, a sentence
 */
const char *
dial_history_get_problem (DialHistory *self)
{
  g_return_val_if_fail (DIAL_IS_HISTORY (self), NULL);

  return self->problem;
}

static void
on_feed_read (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DialHistory) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!_dial_integration_read_feed_finish (DIAL_INTEGRATION (source), result, &error) &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_problem (self, error != NULL ? error->message : NULL);
}

/**
 * dial_history_refresh:
 * @self: a history
 *
 * Reads the candidate's activity feed from Greenhouse; the list follows.
 */
void
dial_history_refresh (DialHistory *self)
{
  g_return_if_fail (DIAL_IS_HISTORY (self));

  _dial_integration_read_feed_async (self->integration, self->candidate_id, self->cancellable,
                                     on_feed_read, g_object_ref (self));
}
