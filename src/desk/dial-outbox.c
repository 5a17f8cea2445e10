#include "dial-outbox.h"

/* Each store is asked one question at a time, about all that changed since the last: a thousand notes that go
 * out do not become a thousand questions. */

struct _DialOutbox
{
  GObject     parent_instance;

  GListModel *integrations;
  GPtrArray  *shelves;          /* of Shelf, one an integration */
  GPtrArray  *entries;          /* in the order they are shown */
  guint       n_needing_look;
  gboolean    loading;
  char       *problem;
};

/* What is in the outbox of one integration. */
typedef struct {
  DialOutbox      *owner;
  DialIntegration *integration;
  GCancellable    *cancellable;
  GHashTable      *entries;     /* DialOutboxEntry by the note's id */
  GHashTable      *changed;     /* ids to ask about */
  gboolean         all_changed;
  gboolean         asking;
  gboolean         answered;
  char            *problem;
} Shelf;

/* A question that is under way. */
typedef struct {
  Shelf  *shelf;
  GArray *ids;                  /* NULL for all */
} Question;

enum {
  PROP_0,
  PROP_N_NOTES,
  PROP_N_NEEDING_LOOK,
  PROP_LOADING,
  PROP_PROBLEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DialOutbox, dial_outbox, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void ask (Shelf *shelf);

static GType
dial_outbox_get_item_type (GListModel *model)
{
  return DIAL_TYPE_OUTBOX_ENTRY;
}

static guint
dial_outbox_get_n_items (GListModel *model)
{
  return DIAL_OUTBOX (model)->entries->len;
}

static gpointer
dial_outbox_get_item (GListModel *model,
                      guint       position)
{
  DialOutbox *self = DIAL_OUTBOX (model);

  return position < self->entries->len ? g_object_ref (g_ptr_array_index (self->entries, position)) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = dial_outbox_get_item_type;
  iface->get_n_items = dial_outbox_get_n_items;
  iface->get_item = dial_outbox_get_item;
}

/* The order, and telling of it */

#define COMPARE(a, b) ((a) < (b) ? -1 : (a) > (b))

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  DialOutboxEntry *one = *(DialOutboxEntry **) a;
  DialOutboxEntry *other = *(DialOutboxEntry **) b;
  DialOutboxItem *its = dial_outbox_entry_get_item (one);
  DialOutboxItem *others = dial_outbox_entry_get_item (other);
  int order = dial_outbox_entry_needs_look (other) - dial_outbox_entry_needs_look (one);

  if (order == 0)
    order = COMPARE (its->created_at, others->created_at);
  if (order == 0)
    order = strcmp (dial_integration_get_id (dial_outbox_entry_get_integration (one)),
                    dial_integration_get_id (dial_outbox_entry_get_integration (other)));
  return order != 0 ? order : COMPARE (its->id, others->id);
}

static GPtrArray *
sort_entries (DialOutbox *self)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->shelves->len; i++) {
    Shelf *shelf = g_ptr_array_index (self->shelves, i);
    GHashTableIter iter;
    gpointer entry;

    g_hash_table_iter_init (&iter, shelf->entries);
    while (g_hash_table_iter_next (&iter, NULL, &entry))
      g_ptr_array_add (entries, g_object_ref (entry));
  }

  g_ptr_array_sort (entries, compare_entries);
  return entries;
}

/* Tells only of the stretch between the first and the last change. */
static void
show_entries (DialOutbox *self)
{
  g_autoptr (GPtrArray) old = self->entries;
  guint before = 0, after = 0, shortest;

  self->entries = sort_entries (self);
  shortest = MIN (old->len, self->entries->len);
  while (before < shortest && old->pdata[before] == self->entries->pdata[before])
    before++;
  while (after < shortest - before &&
         old->pdata[old->len - 1 - after] == self->entries->pdata[self->entries->len - 1 - after])
    after++;

  if (old->len != before + after || self->entries->len != before + after)
    g_list_model_items_changed (G_LIST_MODEL (self), before, old->len - before - after,
                                self->entries->len - before - after);
  if (old->len != self->entries->len)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_NOTES]);
}

static void
count_looks (DialOutbox *self)
{
  guint n = 0;

  /* They stand first. */
  while (n < self->entries->len && dial_outbox_entry_needs_look (g_ptr_array_index (self->entries, n)))
    n++;

  if (n == self->n_needing_look)
    return;
  self->n_needing_look = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_NEEDING_LOOK]);
}

static void
update_loading (DialOutbox *self)
{
  gboolean loading = FALSE;

  for (guint i = 0; i < self->shelves->len; i++)
    loading |= !((Shelf *) g_ptr_array_index (self->shelves, i))->answered;

  if (loading == self->loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
update_problem (DialOutbox *self)
{
  const char *problem = NULL;

  for (guint i = 0; i < self->shelves->len && problem == NULL; i++)
    problem = ((Shelf *) g_ptr_array_index (self->shelves, i))->problem;

  if (dial_set_str (&self->problem, problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
update (DialOutbox *self)
{
  show_entries (self);
  count_looks (self);
  update_loading (self);
  update_problem (self);
}

/* Asking */

static void
question_free (Question *question)
{
  g_clear_pointer (&question->ids, g_array_unref);
  g_free (question);
}

/* Those that were asked about and are not among the answers have arrived, or were discarded. */
static void
forget_others (Shelf     *shelf,
               GArray    *ids,
               GPtrArray *rows)
{
  g_autoptr (GHashTable) there = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (there, &((DialUnsent *) g_ptr_array_index (rows, i))->item->id);

  if (ids != NULL) {
    for (guint i = 0; i < ids->len; i++)
      if (!g_hash_table_contains (there, &g_array_index (ids, gint64, i)))
        g_hash_table_remove (shelf->entries, &g_array_index (ids, gint64, i));
  } else {
    GHashTableIter iter;
    gpointer id;

    g_hash_table_iter_init (&iter, shelf->entries);
    while (g_hash_table_iter_next (&iter, &id, NULL))
      if (!g_hash_table_contains (there, id))
        g_hash_table_iter_remove (&iter);
  }
}

static void
take_answer (Shelf     *shelf,
             GArray    *ids,
             GPtrArray *rows)
{
  forget_others (shelf, ids, rows);

  for (guint i = 0; i < rows->len; i++) {
    DialUnsent *unsent = g_ptr_array_index (rows, i);
    DialOutboxEntry *entry = g_hash_table_lookup (shelf->entries, &unsent->item->id);

    if (entry != NULL)
      dial_outbox_entry_update (entry, unsent->item, unsent->candidate);
    else
      g_hash_table_insert (shelf->entries, g_memdup2 (&unsent->item->id, sizeof (gint64)),
                           dial_outbox_entry_new (shelf->integration, unsent->item, unsent->candidate));
  }
}

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Question *question = user_data;
  Shelf *shelf = question->shelf;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = dial_store_load_unsent_finish (DIAL_STORE (source), result, &error);
  g_autoptr (DialOutbox) self = NULL;

  /* The shelf may be gone with its integration, or all with the list. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    question_free (question);
    return;
  }

  self = g_object_ref (shelf->owner);
  shelf->asking = FALSE;
  shelf->answered = TRUE;
  dial_set_str (&shelf->problem, rows == NULL ? error->message : NULL);
  if (rows != NULL)
    take_answer (shelf, question->ids, rows);
  question_free (question);

  /* What was not answered is asked again with the next change, not at once. */
  if (rows != NULL)
    ask (shelf);
  else
    shelf->all_changed = TRUE;
  update (self);
}

static GArray *
take_changed (Shelf *shelf)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, shelf->changed);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_val (ids, *(gint64 *) id);

  return ids;
}

static void
ask (Shelf *shelf)
{
  Question *question;

  if (shelf->asking || (!shelf->all_changed && g_hash_table_size (shelf->changed) == 0))
    return;

  question = g_new0 (Question, 1);
  question->shelf = shelf;
  if (!shelf->all_changed)
    question->ids = take_changed (shelf);
  shelf->asking = TRUE;
  shelf->all_changed = FALSE;
  g_hash_table_remove_all (shelf->changed);
  dial_store_load_unsent_async (dial_integration_get_store (shelf->integration), question->ids,
                                shelf->cancellable, on_listed, question);
}

static void
add_changed (Shelf  *shelf,
             gint64  id)
{
  if (!shelf->all_changed)
    g_hash_table_add (shelf->changed, g_memdup2 (&id, sizeof id));
}

static void
ask_about_all (Shelf *shelf)
{
  shelf->all_changed = TRUE;
  g_hash_table_remove_all (shelf->changed);
  ask (shelf);
}

/* Following the stores */

static void
on_outbox_changed (DialStore *store,
                   gint64     id,
                   Shelf     *shelf)
{
  add_changed (shelf, id);
  ask (shelf);
}

/* Somebody may be called otherwise now. */
static void
on_candidates_changed (DialStore *store,
                       GArray    *moves,
                       Shelf     *shelf)
{
  g_autoptr (GHashTable) moved = NULL;
  GHashTableIter iter;
  gpointer id, entry;

  if (g_hash_table_size (shelf->entries) == 0)
    return;
  if (moves->len == 0) {
    ask_about_all (shelf);
    return;
  }

  moved = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < moves->len; i++)
    g_hash_table_add (moved, &g_array_index (moves, DialMove, i).id);

  g_hash_table_iter_init (&iter, shelf->entries);
  while (g_hash_table_iter_next (&iter, &id, &entry))
    if (g_hash_table_contains (moved, &dial_outbox_entry_get_item (entry)->candidate_id))
      add_changed (shelf, *(gint64 *) id);
  ask (shelf);
}

/* Shelves */

static Shelf *
shelf_new (DialOutbox      *self,
           DialIntegration *integration)
{
  Shelf *shelf = g_new0 (Shelf, 1);
  DialStore *store = dial_integration_get_store (integration);

  shelf->owner = self;
  shelf->integration = g_object_ref (integration);
  shelf->cancellable = g_cancellable_new ();
  shelf->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  shelf->changed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_signal_connect (store, "outbox-changed", G_CALLBACK (on_outbox_changed), shelf);
  g_signal_connect (store, "candidates-changed", G_CALLBACK (on_candidates_changed), shelf);
  ask_about_all (shelf);
  return shelf;
}

static void
shelf_free (gpointer data)
{
  Shelf *shelf = data;

  g_cancellable_cancel (shelf->cancellable);
  g_signal_handlers_disconnect_by_data (dial_integration_get_store (shelf->integration), shelf);
  g_clear_object (&shelf->cancellable);
  g_clear_pointer (&shelf->entries, g_hash_table_unref);
  g_clear_pointer (&shelf->changed, g_hash_table_unref);
  g_clear_object (&shelf->integration);
  g_free (shelf->problem);
  g_free (shelf);
}

static Shelf *
steal_shelf (GPtrArray       *shelves,
             DialIntegration *integration)
{
  for (guint i = 0; i < shelves->len; i++)
    if (((Shelf *) g_ptr_array_index (shelves, i))->integration == integration)
      return g_ptr_array_steal_index (shelves, i);

  return NULL;
}

static void
gather (DialOutbox *self)
{
  g_autoptr (GPtrArray) old = self->shelves;

  self->shelves = g_ptr_array_new_with_free_func (shelf_free);
  for (guint i = 0; i < g_list_model_get_n_items (self->integrations); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (self->integrations, i);
    Shelf *shelf = steal_shelf (old, integration);

    g_ptr_array_add (self->shelves, shelf != NULL ? shelf : shelf_new (self, integration));
  }

  update (self);
}

static void
dial_outbox_dispose (GObject *object)
{
  DialOutbox *self = DIAL_OUTBOX (object);

  g_ptr_array_set_size (self->shelves, 0);
  g_ptr_array_set_size (self->entries, 0);
  g_clear_object (&self->integrations);

  G_OBJECT_CLASS (dial_outbox_parent_class)->dispose (object);
}

static void
dial_outbox_finalize (GObject *object)
{
  DialOutbox *self = DIAL_OUTBOX (object);

  g_ptr_array_unref (self->shelves);
  g_ptr_array_unref (self->entries);
  g_free (self->problem);

  G_OBJECT_CLASS (dial_outbox_parent_class)->finalize (object);
}

static void
dial_outbox_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  DialOutbox *self = DIAL_OUTBOX (object);

  switch (property_id) {
  case PROP_N_NOTES:
    g_value_set_uint (value, self->entries->len);
    break;
  case PROP_N_NEEDING_LOOK:
    g_value_set_uint (value, self->n_needing_look);
    break;
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
dial_outbox_class_init (DialOutboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = dial_outbox_dispose;
  object_class->finalize = dial_outbox_finalize;
  object_class->get_property = dial_outbox_get_property;

  properties[PROP_N_NOTES] = g_param_spec_uint ("n-notes", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_NEEDING_LOOK] = g_param_spec_uint ("n-needing-look", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dial_outbox_init (DialOutbox *self)
{
  self->shelves = g_ptr_array_new_with_free_func (shelf_free);
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * dial_outbox_new:
 * @integrations: (element-type DialIntegration): whose notes; it is followed
 *
 * Returns: (transfer full): their outbox
 */
DialOutbox *
dial_outbox_new (GListModel *integrations)
{
  DialOutbox *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (integrations), NULL);

  self = g_object_new (DIAL_TYPE_OUTBOX, NULL);
  self->integrations = g_object_ref (integrations);
  g_signal_connect_object (integrations, "items-changed", G_CALLBACK (gather), self, G_CONNECT_SWAPPED);
  gather (self);
  return self;
}

/**
 * dial_outbox_get_n_notes:
 * @self: an outbox
 *
 * Returns: how many notes are in it
 */
guint
dial_outbox_get_n_notes (DialOutbox *self)
{
  g_return_val_if_fail (DIAL_IS_OUTBOX (self), 0);

  return self->entries->len;
}

/**
 * dial_outbox_get_n_needing_look:
 * @self: an outbox
 *
 * Returns: how many of them wait for a person
 */
guint
dial_outbox_get_n_needing_look (DialOutbox *self)
{
  g_return_val_if_fail (DIAL_IS_OUTBOX (self), 0);

  return self->n_needing_look;
}

/**
 * dial_outbox_is_loading:
 * @self: an outbox
 *
 * Returns: whether a first answer is still to come
 */
gboolean
dial_outbox_is_loading (DialOutbox *self)
{
  g_return_val_if_fail (DIAL_IS_OUTBOX (self), FALSE);

  return self->loading;
}

/**
 * dial_outbox_get_problem:
 * @self: an outbox
 *
 * Returns: (nullable): why the notes cannot be read, a sentence
 */
const char *
dial_outbox_get_problem (DialOutbox *self)
{
  g_return_val_if_fail (DIAL_IS_OUTBOX (self), NULL);

  return self->problem;
}

/**
 * dial_outbox_refresh:
 * @self: an outbox
 *
 * Reads all notes again: another process may have changed them.
 */
void
dial_outbox_refresh (DialOutbox *self)
{
  g_return_if_fail (DIAL_IS_OUTBOX (self));

  for (guint i = 0; i < self->shelves->len; i++)
    ask_about_all (g_ptr_array_index (self->shelves, i));
}
