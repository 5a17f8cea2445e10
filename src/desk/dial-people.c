#include "dial-people.h"

struct _DialPeople
{
  GObject          parent_instance;

  DialDesk        *desk;
  DialIntegration *integration;   /* NULL for all */
  char            *search;
  GPtrArray       *parts;         /* of Part, in the order of the desk */
  guint            loading : 1;

  /* While a long stretch is replaced, what is added comes after what is removed: so many items at that place
   * are not there yet. */
  guint            gap_at;
  guint            gap;
};

/* One company's list, as it was told of last. */
typedef struct {
  DialPeople        *people;       /* not held */
  DialIntegration   *integration;
  DialCandidateList *list;
  guint              length;
} Part;

enum {
  PROP_0,
  PROP_INTEGRATION,
  PROP_SEARCH,
  PROP_LOADING,
  N_PROPS
};

/* A view asks for each item of a stretch that is replaced in one go, which loads it: up to so many that is
 * worth it, since the view stays where it is. */
#define LONG_STRETCH 512

static GParamSpec *properties[N_PROPS];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DialPeople, dial_people, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static Part *
get_part (DialPeople *self,
          guint       index)
{
  return g_ptr_array_index (self->parts, index);
}

/* How many items stand before the one of @part at @index, whether there is one or not: round after round each
 * list that is long enough gives one. */
static guint
position_of (DialPeople *self,
             guint       part,
             guint       index)
{
  guint position = 0;

  for (guint i = 0; i < self->parts->len; i++) {
    guint length = get_part (self, i)->length;

    position += MIN (length, index);
    if (i < part && length > index)
      position++;
  }

  return position;
}

static guint
count (DialPeople *self)
{
  return position_of (self, 0, G_MAXUINT);
}

/* The length of the shortest list that is longer than @round. */
static guint
next_end (DialPeople *self,
          guint       round,
          guint      *n_longer)
{
  guint end = G_MAXUINT;

  *n_longer = 0;
  for (guint i = 0; i < self->parts->len; i++) {
    guint length = get_part (self, i)->length;

    if (length > round) {
      end = MIN (end, length);
      (*n_longer)++;
    }
  }

  return end;
}

static Part *
find_part (DialPeople *self,
           guint       position,
           guint      *index)
{
  guint round = 0;
  guint n_longer;
  guint end = next_end (self, round, &n_longer);
  guint place;

  /* Stretches of rounds in which the same lists take part. */
  while (n_longer > 0 && position >= (guint64) (end - round) * n_longer) {
    position -= (end - round) * n_longer;
    round = end;
    end = next_end (self, round, &n_longer);
  }
  if (n_longer == 0)
    return NULL;

  *index = round + position / n_longer;
  place = position % n_longer;
  for (guint i = 0; i < self->parts->len; i++)
    if (get_part (self, i)->length > round && place-- == 0)
      return get_part (self, i);

  g_assert_not_reached ();
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
  Part *part;

  if (position >= dial_people_get_n_items (model))
    return NULL;

  part = find_part (self, position < self->gap_at ? position : position + self->gap, &index);
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

/* What changes in one list moves the others' items about it, from its first change on to the round in which
 * everything falls into step again. */
static void
on_part_changed (DialCandidateList *list,
                 guint              position,
                 guint              removed,
                 guint              added,
                 DialPeople        *self)
{
  guint index = find_list (self, list);
  Part *part = get_part (self, index);
  guint length = part->length - removed + added;
  guint last = removed == added ? position + added : MAX (part->length, length);
  guint first, old_end, new_end;

  first = position_of (self, index, position);
  old_end = position_of (self, 0, last);
  part->length = length;
  new_end = position_of (self, 0, last);

  tell (self, first, old_end - first, new_end - first);
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
part_free (Part *part)
{
  g_signal_handlers_disconnect_by_data (part->list, part->people);
  g_clear_object (&part->integration);
  g_clear_object (&part->list);
  g_free (part);
}

static Part *
part_new (DialPeople      *self,
          DialIntegration *integration)
{
  Part *part = g_new0 (Part, 1);

  part->people = self;
  part->integration = g_object_ref (integration);
  part->list = dial_candidate_list_new (dial_integration_get_store (integration));
  dial_candidate_list_set_search (part->list, self->search);
  g_signal_connect (part->list, "items-changed", G_CALLBACK (on_part_changed), self);
  g_signal_connect_swapped (part->list, "notify::loading", G_CALLBACK (update_loading), self);
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

static Part *
steal_part (GPtrArray       *parts,
            DialIntegration *integration)
{
  for (guint i = 0; i < parts->len; i++) {
    Part *part = g_ptr_array_index (parts, i);

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
    Part *part = steal_part (old, integration);

    g_ptr_array_add (self->parts, part != NULL ? part : part_new (self, integration));
  }

  tell (self, 0, removed, count (self));
  update_loading (self);
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
  case PROP_SEARCH:
    g_value_set_string (value, self->search);
    break;
  case PROP_LOADING:
    g_value_set_boolean (value, self->loading);
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
  case PROP_SEARCH:
    dial_people_set_search (self, g_value_get_string (value));
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
  g_free (self->search);

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
   * DialPeople:search:
   *
   * What is searched for, "" for everybody.
   */
  properties[PROP_SEARCH] =
    g_param_spec_string ("search", NULL, NULL, "", flags | G_PARAM_WRITABLE);

  /**
   * DialPeople:loading:
   *
   * Whether an answer to the present search is still to come.
   */
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dial_people_init (DialPeople *self)
{
  self->search = g_strdup ("");
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
}

/**
 * dial_people_new:
 * @desk: a desk
 *
 * Returns: (transfer full): everybody in all of the desk's active integrations, empty until the stores
 *   have answered
 */
DialPeople *
dial_people_new (DialDesk *desk)
{
  DialPeople *self;

  g_return_val_if_fail (DIAL_IS_DESK (desk), NULL);

  self = g_object_new (DIAL_TYPE_PEOPLE, NULL);
  self->desk = g_object_ref (desk);
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
 * dial_people_get_search:
 * @self: people
 *
 * Returns: what is searched for, "" for everybody
 */
const char *
dial_people_get_search (DialPeople *self)
{
  g_return_val_if_fail (DIAL_IS_PEOPLE (self), NULL);

  return self->search;
}

/**
 * dial_people_set_search:
 * @self: people
 * @search: (nullable): what to search for, as in dial_store_search_async()
 *
 * Starts another search. Each company's candidates are replaced when its answer is there.
 */
void
dial_people_set_search (DialPeople *self,
                        const char *search)
{
  g_return_if_fail (DIAL_IS_PEOPLE (self));

  if (!dial_set_str (&self->search, search != NULL ? search : ""))
    return;

  for (guint i = 0; i < self->parts->len; i++)
    dial_candidate_list_set_search (get_part (self, i)->list, self->search);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH]);
}

/**
 * dial_people_is_loading:
 * @self: people
 *
 * Returns: whether an answer to the present search is still to come
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
 * Returns: where the candidate stands, or %G_MAXUINT if it is not in the list
 */
guint
dial_people_find (DialPeople      *self,
                  DialIntegration *integration,
                  gint64           candidate_id)
{
  g_return_val_if_fail (DIAL_IS_PEOPLE (self), G_MAXUINT);

  for (guint i = 0; i < self->parts->len; i++) {
    Part *part = get_part (self, i);
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
