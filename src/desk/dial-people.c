#include "dial-people.h"

#include "dial-weave.h"

struct _DialPeople
{
  GObject          parent_instance;

  DialDesk        *desk;
  guint            screenful;
  DialIntegration *integration;   /* NULL for all */
  DialQuery       *query;
  GPtrArray       *parts;         /* of DialStrand, in the order of the desk */
  guint            woven : 1;     /* by place, which all companies share; else one of each in turn */
  guint            loading : 1;
  guint            complete : 1;
  guint            n_found;

  /* What a list was about to change: so many items stand before that and after it, of so many. */
  guint            n_before;
  guint            n_after;
  guint            old_count;

  /* While a long stretch is replaced, what is added comes after what is removed: so many items at that place
   * are not there yet. */
  guint            gap_at;
  guint            gap;
};

enum {
  PROP_0,
  PROP_INTEGRATION,
  PROP_QUERY,
  PROP_LOADING,
  PROP_N_FOUND,
  PROP_COMPLETE,
  N_PROPS
};

enum {
  LOCATED,
  N_SIGNALS
};

/* A view asks for each item of a stretch that is replaced in one go, which loads it: up to so many that is
 * worth it, since the view stays where it is. */
#define LONG_STRETCH 512

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DialPeople, dial_people, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static DialStrand *
get_part (DialPeople *self,
          guint       index)
{
  return g_ptr_array_index (self->parts, index);
}

static guint
count (DialPeople *self)
{
  return dial_weave_count (self->parts);
}

/* Where the item of a list stands in all. */
static guint
position_of (DialPeople *self,
             guint       part,
             guint       index)
{
  return dial_weave_get_position (self->parts, self->woven, part, index);
}

static GType
dial_people_get_item_type (GListModel *model)
{
  return DIAL_TYPE_CANDIDATE_ROW;
}

static guint
dial_people_get_n_items (GListModel *model)
{
  DialPeople *self = DIAL_PEOPLE (model);

  return count (self) - self->gap;
}

static gpointer
dial_people_get_item (GListModel *model,
                      guint       position)
{
  DialPeople *self = DIAL_PEOPLE (model);
  guint index;
  DialStrand *part;

  if (position >= dial_people_get_n_items (model))
    return NULL;

  part = dial_weave_find (self->parts, self->woven, position < self->gap_at ? position : position + self->gap, &index);
  return g_list_model_get_item (G_LIST_MODEL (part->list), index);
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = dial_people_get_item_type;
  iface->get_n_items = dial_people_get_n_items;
  iface->get_item = dial_people_get_item;
}

/* Tells of items that were replaced; how the lists stand now is known already. */
static void
tell (DialPeople *self,
      guint       position,
      guint       removed,
      guint       added)
{
  if (removed == 0 && added == 0)
    return;

  if (removed > 0 && added > 0 && removed + added > LONG_STRETCH) {
    self->gap_at = position;
    self->gap = added;
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, 0);
    self->gap = 0;
    removed = 0;
  }

  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static guint
find_list (DialPeople        *self,
           DialCandidateList *list)
{
  guint i = 0;

  while (get_part (self, i)->list != list)
    i++;

  return i;
}

/* Remembers where the items stand that are going to change: afterwards nobody knows. */
static void
on_part_changing (DialCandidateList *list,
                  guint              position,
                  guint              removed,
                  DialPeople        *self)
{
  guint index = find_list (self, list);

  self->old_count = count (self);
  self->n_before = self->n_after = G_MAXUINT;
  if (self->parts->len > 1 && self->woven && removed > 0) {
    self->n_before = position_of (self, index, position);
    self->n_after = self->old_count - 1 - position_of (self, index, position + removed - 1);
  }
}

/* The others' items keep their order, those between what changes are told of with it. */
static void
tell_woven (DialPeople *self,
            guint       index,
            guint       position,
            guint       added)
{
  guint new_count = count (self);

  if (added > 0) {
    self->n_before = MIN (self->n_before, position_of (self, index, position));
    self->n_after = MIN (self->n_after, new_count - 1 - position_of (self, index, position + added - 1));
  }
  tell (self, self->n_before, self->old_count - self->n_before - self->n_after,
        new_count - self->n_before - self->n_after);
}

/* What changes in one list moves the others' items about it, from its first change on to the round in which
 * everything falls into step again. */
static void
tell_laced (DialPeople *self,
            guint       index,
            guint       position,
            guint       removed,
            guint       added)
{
  DialStrand *part = get_part (self, index);
  guint length = part->length;
  guint old_length = length + removed - added;
  guint last = removed == added ? position + added : MAX (old_length, length);
  guint first, old_end, new_end;

  part->length = old_length;
  first = position_of (self, index, position);
  old_end = position_of (self, 0, last);
  part->length = length;
  new_end = position_of (self, 0, last);

  tell (self, first, old_end - first, new_end - first);
}

static void
on_part_changed (DialCandidateList *list,
                 guint              position,
                 guint              removed,
                 guint              added,
                 DialPeople        *self)
{
  guint index = find_list (self, list);
  gboolean woven;

  get_part (self, index)->length += added - removed;
  woven = dial_weave_can_sort (self->parts);
  if (self->parts->len == 1) {
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  } else if (woven != self->woven) {
    self->woven = woven;
    tell (self, 0, self->old_count, count (self));
  } else if (woven) {
    tell_woven (self, index, position, added);
  } else {
    tell_laced (self, index, position, removed, added);
  }
}

static void
update_loading (DialPeople *self)
{
  gboolean loading = FALSE;

  for (guint i = 0; i < self->parts->len; i++)
    loading |= dial_candidate_list_is_loading (get_part (self, i)->list);

  if (loading == self->loading)
    return;

  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
update_found (DialPeople *self)
{
  gboolean complete = TRUE;
  guint n_found = 0;

  for (guint i = 0; i < self->parts->len; i++) {
    gboolean its_complete;
    guint its_n_found;

    g_object_get (get_part (self, i)->list, "complete", &its_complete, "n-found", &its_n_found, NULL);
    complete &= its_complete;
    n_found += its_n_found;
  }

  if (n_found != self->n_found) {
    self->n_found = n_found;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_FOUND]);
  }
  if (complete != self->complete) {
    self->complete = complete;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPLETE]);
  }
}

static void
on_located (DialPeople *self)
{
  g_signal_emit (self, signals[LOCATED], 0);
}

static void
part_free (DialStrand *part)
{
  g_signal_handlers_disconnect_by_data (part->integration, part);
  g_signal_handlers_disconnect_by_data (part->list, part->owner);
  g_clear_object (&part->integration);
  g_clear_object (&part->list);
  g_free (part);
}

/* Each company knows for itself who the recruiter is. */
static void
ask (DialPeople *self,
     DialStrand *part)
{
  g_autoptr (DialQuery) query = dial_integration_dup_query (part->integration, self->query);

  dial_candidate_list_set_query (part->list, query);
}

/* The first sync tells who the recruiter is. */
static void
on_recruiter_known (DialIntegration *integration,
                    GParamSpec      *pspec,
                    DialStrand      *part)
{
  DialPeople *self = part->owner;

  if (self->query->user_id != 0)
    ask (self, part);
}

static DialStrand *
part_new (DialPeople      *self,
          DialIntegration *integration)
{
  DialStrand *part = g_new0 (DialStrand, 1);

  part->owner = self;
  part->integration = g_object_ref (integration);
  part->list = dial_candidate_list_new (dial_integration_get_store (integration), self->screenful);
  ask (self, part);
  g_signal_connect (integration, "notify::recruiter", G_CALLBACK (on_recruiter_known), part);
  g_signal_connect (part->list, "changing", G_CALLBACK (on_part_changing), self);
  g_signal_connect (part->list, "items-changed", G_CALLBACK (on_part_changed), self);
  g_signal_connect_swapped (part->list, "located", G_CALLBACK (on_located), self);
  g_signal_connect_swapped (part->list, "notify::loading", G_CALLBACK (update_loading), self);
  g_signal_connect_swapped (part->list, "notify::n-found", G_CALLBACK (update_found), self);
  g_signal_connect_swapped (part->list, "notify::complete", G_CALLBACK (update_found), self);
  return part;
}

static gboolean
belongs (DialPeople      *self,
         DialIntegration *integration)
{
  return self->integration != NULL ? self->integration == integration
                                   : dial_integration_is_active (integration);
}

/* Returns: (transfer container): whose lists are to be shown */
static GPtrArray *
list_owners (DialPeople *self)
{
  GListModel *integrations = dial_desk_get_integrations (self->desk);
  GPtrArray *owners = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);

    if (belongs (self, integration))
      g_ptr_array_add (owners, g_steal_pointer (&integration));
  }

  return owners;
}

static gboolean
shows (DialPeople *self,
       GPtrArray  *owners)
{
  if (self->parts->len != owners->len)
    return FALSE;

  for (guint i = 0; i < owners->len; i++)
    if (get_part (self, i)->integration != g_ptr_array_index (owners, i))
      return FALSE;

  return TRUE;
}

static DialStrand *
steal_part (GPtrArray       *parts,
            DialIntegration *integration)
{
  for (guint i = 0; i < parts->len; i++) {
    DialStrand *part = g_ptr_array_index (parts, i);

    if (part->integration == integration)
      return g_ptr_array_steal_index (parts, i);
  }

  return NULL;
}

/* Shows the lists of whom it is about now; those that were shown before are kept. */
static void
gather (DialPeople *self)
{
  g_autoptr (GPtrArray) owners = list_owners (self);
  g_autoptr (GPtrArray) old = NULL;
  guint removed = dial_people_get_n_items (G_LIST_MODEL (self));

  if (shows (self, owners))
    return;

  old = self->parts;
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  for (guint i = 0; i < owners->len; i++) {
    DialIntegration *integration = g_ptr_array_index (owners, i);
    DialStrand *part = steal_part (old, integration);

    g_ptr_array_add (self->parts, part != NULL ? part : part_new (self, integration));
  }

  /* Whose rows stand between others' cannot stay where they are. */
  for (guint i = 0; i < self->parts->len; i++)
    dial_candidate_list_set_keeps_rows (get_part (self, i)->list, self->parts->len == 1);

  self->woven = dial_weave_can_sort (self->parts);
  tell (self, 0, removed, count (self));
  update_loading (self);
  update_found (self);
}

static void
set_integration (DialPeople      *self,
                 DialIntegration *integration)
{
  if (g_set_object (&self->integration, integration))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INTEGRATION]);
}

static void
on_integrations_changed (DialPeople *self)
{
  GListModel *integrations = dial_desk_get_integrations (self->desk);
  gboolean is_there = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);

    is_there |= integration == self->integration;
    g_signal_handlers_disconnect_by_func (integration, gather, self);
    g_signal_connect_object (integration, "notify::active", G_CALLBACK (gather), self,
                             G_CONNECT_SWAPPED);
  }

  /* The one company that was shown is gone. */
  if (!is_there)
    set_integration (self, NULL);
  gather (self);
}

static void
dial_people_get_property (GObject    *object,
                          guint       property_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  DialPeople *self = DIAL_PEOPLE (object);

  switch (property_id) {
  case PROP_INTEGRATION:
    g_value_set_object (value, self->integration);
    break;
  case PROP_QUERY:
    g_value_set_boxed (value, self->query);
    break;
  case PROP_LOADING:
    g_value_set_boolean (value, self->loading);
    break;
  case PROP_N_FOUND:
    g_value_set_uint (value, self->n_found);
    break;
  case PROP_COMPLETE:
    g_value_set_boolean (value, self->complete);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dial_people_set_property (GObject      *object,
                          guint         property_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  DialPeople *self = DIAL_PEOPLE (object);

  switch (property_id) {
  case PROP_INTEGRATION:
    dial_people_set_integration (self, g_value_get_object (value));
    break;
  case PROP_QUERY:
    dial_people_set_query (self, g_value_get_boxed (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dial_people_dispose (GObject *object)
{
  DialPeople *self = DIAL_PEOPLE (object);

  g_ptr_array_set_size (self->parts, 0);
  g_clear_object (&self->integration);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (dial_people_parent_class)->dispose (object);
}

static void
dial_people_finalize (GObject *object)
{
  DialPeople *self = DIAL_PEOPLE (object);

  g_ptr_array_unref (self->parts);
  dial_query_free (self->query);

  G_OBJECT_CLASS (dial_people_parent_class)->finalize (object);
}

static void
dial_people_class_init (DialPeopleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = dial_people_get_property;
  object_class->set_property = dial_people_set_property;
  object_class->dispose = dial_people_dispose;
  object_class->finalize = dial_people_finalize;

  /**
   * DialPeople:integration:
   *
   * Whose candidates are listed; %NULL for those of all integrations that are switched on.
   */
  properties[PROP_INTEGRATION] =
    g_param_spec_object ("integration", NULL, NULL, DIAL_TYPE_INTEGRATION,
                         flags | G_PARAM_WRITABLE);

  /**
   * DialPeople:query:
   *
   * What is looked for.
   */
  properties[PROP_QUERY] = g_param_spec_boxed ("query", NULL, NULL, DIAL_TYPE_QUERY, flags | G_PARAM_WRITABLE);

  /**
   * DialPeople:loading:
   *
   * Whether a first answer to the present query is still to come.
   */
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);

  /**
   * DialPeople:n-found:
   *
   * How many are there.
   */
  properties[PROP_N_FOUND] = g_param_spec_uint ("n-found", NULL, NULL, 0, G_MAXUINT, 0, flags);

  /**
   * DialPeople:complete:
   *
   * Whether those are all who answer the query.
   */
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[LOCATED] =
    g_signal_new ("located", DIAL_TYPE_PEOPLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dial_people_init (DialPeople *self)
{
  self->query = dial_query_new ("");
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
}

/**
 * dial_people_new:
 * @desk: a desk
 * @screenful: so many of each integration are shown at the very first, and the others a moment later
 *
 * Returns: (transfer full): everybody in all of the desk's active integrations, empty until the stores
 *   have answered
 */
DialPeople *
dial_people_new (DialDesk *desk,
                 guint     screenful)
{
  DialPeople *self;

  g_return_val_if_fail (DIAL_IS_DESK (desk), NULL);

  self = g_object_new (DIAL_TYPE_PEOPLE, NULL);
  self->desk = g_object_ref (desk);
  self->screenful = screenful;
  g_signal_connect_object (dial_desk_get_integrations (desk), "items-changed",
                           G_CALLBACK (on_integrations_changed), self, G_CONNECT_SWAPPED);
  on_integrations_changed (self);
  return self;
}

/**
 * dial_people_get_integration:
 * @self: people
 *
 * Returns: (transfer none) (nullable): whose candidates are listed, %NULL for those of all active ones
 */
DialIntegration *
dial_people_get_integration (DialPeople *self)
{
  g_return_val_if_fail (DIAL_IS_PEOPLE (self), NULL);

  return self->integration;
}

/**
 * dial_people_set_integration:
 * @self: people
 * @integration: (nullable): one of the desk's, active or not; %NULL for all active ones
 *
 * Lists the candidates of one company, or of all. When the integration is removed, that of all others are
 * listed.
 */
void
dial_people_set_integration (DialPeople      *self,
                             DialIntegration *integration)
{
  g_return_if_fail (DIAL_IS_PEOPLE (self));
  g_return_if_fail (integration == NULL || DIAL_IS_INTEGRATION (integration));

  if (integration == self->integration)
    return;

  set_integration (self, integration);
  gather (self);
}

/**
 * dial_people_get_query:
 * @self: people
 *
 * Returns: what is looked for
 */
const DialQuery *
dial_people_get_query (DialPeople *self)
{
  g_return_val_if_fail (DIAL_IS_PEOPLE (self), NULL);

  return self->query;
}

/**
 * dial_people_set_query:
 * @self: people
 * @query: what to look for
 *
 * Starts another search. Each company's candidates are replaced when its answer is there.
 */
void
dial_people_set_query (DialPeople      *self,
                       const DialQuery *query)
{
  g_return_if_fail (DIAL_IS_PEOPLE (self));
  g_return_if_fail (query != NULL);

  if (dial_query_equal (query, self->query))
    return;

  dial_query_free (self->query);
  self->query = dial_query_copy (query);
  for (guint i = 0; i < self->parts->len; i++)
    ask (self, get_part (self, i));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUERY]);
}

/**
 * dial_people_is_loading:
 * @self: people
 *
 * Returns: whether a first answer to the present query is still to come
 */
gboolean
dial_people_is_loading (DialPeople *self)
{
  g_return_val_if_fail (DIAL_IS_PEOPLE (self), FALSE);

  return self->loading;
}

/**
 * dial_people_find:
 * @self: people
 * @integration: whose candidate
 * @candidate_id: a candidate
 *
 * Finds a candidate. Where the store must be asked, `located` is emitted when it turns out that the candidate
 * is in the list.
 *
 * Returns: where the candidate stands, or %G_MAXUINT if it is not in the list as far as is known by now
 */
guint
dial_people_find (DialPeople      *self,
                  DialIntegration *integration,
                  gint64           candidate_id)
{
  g_return_val_if_fail (DIAL_IS_PEOPLE (self), G_MAXUINT);

  for (guint i = 0; i < self->parts->len; i++) {
    DialStrand *part = get_part (self, i);
    guint index;

    if (part->integration != integration)
      continue;

    index = dial_candidate_list_find (part->list, candidate_id);
    return index < part->length ? position_of (self, i, index) : G_MAXUINT;
  }

  return G_MAXUINT;
}

/**
 * dial_people_find_owner:
 * @self: people
 * @row: one of its rows
 *
 * Returns: (transfer none) (nullable): the integration whose candidate it is
 */
DialIntegration *
dial_people_find_owner (DialPeople       *self,
                        DialCandidateRow *row)
{
  g_return_val_if_fail (DIAL_IS_PEOPLE (self), NULL);
  g_return_val_if_fail (DIAL_IS_CANDIDATE_ROW (row), NULL);

  return dial_desk_find_by_store (self->desk, dial_candidate_row_get_store (row));
}
