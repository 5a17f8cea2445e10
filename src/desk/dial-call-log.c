#include "dial-call-log.h"

#include "dial-call-log-private.h"

/* So many are shown before all are known. */
#define FIRST_CALLS 256

/* Changes come in swarms when many notes go out. */
#define REFRESH_MS 150

/* A view asks for each item of a stretch that is replaced in one go, which loads it. */
#define LONG_STRETCH 512

/* However the clock is set meanwhile, the day is looked at so often. */
#define MAX_SECONDS_TO_MIDNIGHT 3600

struct _DialCallLog
{
  GObject          parent_instance;

  DialDesk        *desk;
  DialIntegration *integration;   /* NULL for all */
  DialCallFilter   filter;
  char            *text;
  char            *day;           /* that was asked for last */
  GPtrArray       *parts;         /* of Part, in the order of the desk */
  DialCallOrder   *order;
  guint            n_told;        /* of these the view knows */
  char            *problem;
  guint            refresh_source;
  guint            midnight_source;
  guint            loading : 1;
  guint            complete : 1;
};

/* One company's. */
typedef struct {
  DialCallLog      *owner;        /* not held */
  DialIntegration  *integration;
  DialCallFindings *findings;     /* NULL until the store has answered */
  DialCallRows     *rows;
  GCancellable     *finding;
  guint             stale : 1;    /* its calls may not be the right ones any more */
  guint             fresh : 1;    /* the present query was answered, at least in part */
} Part;

enum {
  PROP_0,
  PROP_FILTER,
  PROP_TEXT,
  PROP_LOADING,
  PROP_COMPLETE,
  PROP_N_CALLS,
  PROP_PROBLEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void find (Part *part);

/* GListModel */

static Part *
get_part (DialCallLog *self,
          guint        index)
{
  return g_ptr_array_index (self->parts, index);
}

static Part *
find_part (DialCallLog     *self,
           DialIntegration *integration)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (get_part (self, i)->integration == integration)
      return get_part (self, i);

  return NULL;
}

static GType
dial_call_log_get_item_type (GListModel *model)
{
  return DIAL_TYPE_CALL_LOG_ROW;
}

static guint
dial_call_log_get_n_items (GListModel *model)
{
  return DIAL_CALL_LOG (model)->n_told;
}

static gpointer
dial_call_log_get_item (GListModel *model,
                        guint       position)
{
  DialCallLog *self = DIAL_CALL_LOG (model);
  const DialCallKey *key;
  Part *part;

  if (position >= self->n_told)
    return NULL;

  key = dial_call_order_get_key (self->order, position);
  part = find_part (self, dial_call_order_get_integration (self->order, position));
  return part != NULL ? dial_call_rows_get (part->rows, key) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = dial_call_log_get_item_type;
  iface->get_n_items = dial_call_log_get_n_items;
  iface->get_item = dial_call_log_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (DialCallLog, dial_call_log, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/* How it stands */

static void
set_boolean (DialCallLog *self,
             guint        was,
             guint        is,
             guint        property)
{
  if (was != is)
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
update_state (DialCallLog *self)
{
  guint was_loading = self->loading, was_complete = self->complete;

  self->loading = FALSE;
  self->complete = TRUE;
  for (guint i = 0; i < self->parts->len; i++) {
    Part *part = get_part (self, i);

    self->loading |= !part->fresh;
    if (!part->fresh || part->findings == NULL || !part->findings->complete || part->stale || part->finding != NULL)
      self->complete = FALSE;
  }
  set_boolean (self, was_loading, self->loading, PROP_LOADING);
  set_boolean (self, was_complete, self->complete, PROP_COMPLETE);
}

static void
set_problem (DialCallLog *self,
             const char  *problem)
{
  if (dial_set_str (&self->problem, problem))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

/* Shows @order from now on. What stays where it is, at both ends, is not touched. */
static void
show_order (DialCallLog   *self,
            DialCallOrder *order)
{
  DialCallOrder *old = self->order;
  guint n_old = dial_call_order_count (old), n_new = dial_call_order_count (order);
  guint before, after;
  guint removed, added;

  dial_call_order_compare (old, order, &before, &after);
  removed = n_old - before - after;
  added = n_new - before - after;
  if (removed > 0 && added > LONG_STRETCH) {
    /* In two steps, between which the old order has no such stretch: what is left of it stands in both. */
    g_autoptr (DialCallOrder) gap = dial_call_order_ref (order);

    self->order = gap;
    self->n_told = before;
    g_list_model_items_changed (G_LIST_MODEL (self), before, n_old - before, 0);
    removed = 0;
    added = n_new - before;
  }

  self->order = dial_call_order_ref (order);
  self->n_told = n_new;
  if (removed > 0 || added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), before, removed, added);
  dial_call_order_unref (old);
  if (n_old != n_new)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CALLS]);
}

static void
weave (DialCallLog *self)
{
  g_autoptr (GPtrArray) integrations = g_ptr_array_new ();
  g_autoptr (GPtrArray) findings = g_ptr_array_new ();
  g_autoptr (DialCallOrder) order = NULL;

  for (guint i = 0; i < self->parts->len; i++) {
    Part *part = get_part (self, i);

    if (part->findings == NULL)
      continue;
    g_ptr_array_add (integrations, part->integration);
    g_ptr_array_add (findings, part->findings);
  }

  order = dial_call_order_new (integrations, findings);
  show_order (self, order);
  update_state (self);
}

/* Asking */

typedef struct {
  DialCallLog     *log;
  DialIntegration *integration;
  GCancellable    *cancellable;
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->log);
  g_object_unref (question->integration);
  g_object_unref (question->cancellable);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialCallFindings) findings = dial_store_find_calls_finish (DIAL_STORE (source), result, &error);
  DialCallLog *self = question->log;
  Part *part = find_part (self, question->integration);

  if (part == NULL || part->finding != question->cancellable)
    return;

  part->fresh = TRUE;
  set_problem (self, error != NULL ? error->message : NULL);
  if (findings == NULL || findings->complete)
    g_clear_object (&part->finding);
  if (findings != NULL) {
    g_clear_pointer (&part->findings, dial_call_findings_unref);
    part->findings = g_steal_pointer (&findings);
    weave (self);
  } else {
    update_state (self);
  }
  if (part->stale && part->finding == NULL)
    find (part);
}

static void
ask (Part  *part,
     guint  limit)
{
  DialCallLog *self = part->owner;
  g_autoptr (DialCallQuery) query = dial_call_query_new (self->filter, self->text);
  Question *question = g_new0 (Question, 1);

  dial_set_str (&self->day, query->day);
  question->log = g_object_ref (self);
  question->integration = g_object_ref (part->integration);
  question->cancellable = g_object_ref (part->finding);
  dial_store_find_calls_async (dial_integration_get_store (part->integration), query, limit, part->finding,
                               on_found, question);
}

/* Looks for the calls anew. A first answer to a new question is short, so that it is there at once. */
static void
find (Part *part)
{
  DialCallLog *self = part->owner;
  gboolean is_new = !part->fresh;

  part->stale = FALSE;
  g_cancellable_cancel (part->finding);
  g_clear_object (&part->finding);
  part->finding = g_cancellable_new ();
  if (is_new && self->text[0] == '\0' && self->filter != DIAL_CALL_FILTER_UNLOGGED)
    ask (part, FIRST_CALLS);
  ask (part, 0);
}

static void
find_all (DialCallLog *self)
{
  for (guint i = 0; i < self->parts->len; i++) {
    get_part (self, i)->fresh = FALSE;
    find (get_part (self, i));
  }
  update_state (self);
}

/* Following the stores */

static gboolean
on_refresh (gpointer user_data)
{
  DialCallLog *self = user_data;

  self->refresh_source = 0;
  for (guint i = 0; i < self->parts->len; i++) {
    Part *part = get_part (self, i);

    /* One question at a time: who asks again before each answer never gets one. */
    if (part->stale && part->finding == NULL)
      find (part);
  }
  update_state (self);
  return G_SOURCE_REMOVE;
}

static void
refresh_soon (Part *part)
{
  DialCallLog *self = part->owner;

  part->stale = TRUE;
  if (self->refresh_source == 0)
    self->refresh_source = g_timeout_add (REFRESH_MS, on_refresh, self);
  update_state (self);
}

static void
on_calls_changed (DialStore *store,
                  gint64     candidate_id,
                  Part      *part)
{
  dial_call_rows_reload (part->rows);
  refresh_soon (part);
}

static void
on_outbox_changed (DialStore *store,
                   gint64     outbox_id,
                   Part      *part)
{
  dial_call_rows_reload (part->rows);
  if (part->owner->filter == DIAL_CALL_FILTER_UNLOGGED)
    refresh_soon (part);
}

static void
on_candidates_changed (DialStore *store,
                       GArray    *moves,
                       Part      *part)
{
  dial_call_rows_reload_people (part->rows, moves);
}

static Part *
part_new (DialCallLog     *self,
          DialIntegration *integration)
{
  Part *part = g_new0 (Part, 1);
  DialStore *store = dial_integration_get_store (integration);

  part->owner = self;
  part->integration = g_object_ref (integration);
  part->rows = dial_call_rows_new (integration);
  g_signal_connect (store, "calls-changed", G_CALLBACK (on_calls_changed), part);
  g_signal_connect (store, "outbox-changed", G_CALLBACK (on_outbox_changed), part);
  g_signal_connect (store, "candidates-changed", G_CALLBACK (on_candidates_changed), part);
  return part;
}

static void
part_free (Part *part)
{
  g_signal_handlers_disconnect_by_data (dial_integration_get_store (part->integration), part);
  g_cancellable_cancel (part->finding);
  g_clear_object (&part->finding);
  g_clear_pointer (&part->findings, dial_call_findings_unref);
  dial_call_rows_free (part->rows);
  g_object_unref (part->integration);
  g_free (part);
}

/* Those of whom the log is now; who was among them before keeps what is known. */
static void
gather (DialCallLog *self)
{
  GListModel *integrations = dial_desk_get_integrations (self->desk);
  g_autoptr (GPtrArray) old = self->parts;

  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);
    guint index;

    if (self->integration != NULL && self->integration != integration)
      continue;
    for (index = 0; index < old->len; index++)
      if (((Part *) g_ptr_array_index (old, index))->integration == integration)
        break;
    g_ptr_array_add (self->parts, index < old->len ? g_ptr_array_steal_index (old, index)
                                                   : part_new (self, integration));
  }
  for (guint i = 0; i < self->parts->len; i++)
    if (!get_part (self, i)->fresh && get_part (self, i)->finding == NULL)
      find (get_part (self, i));

  weave (self);
}

static void mind_midnight (DialCallLog *self);

static gboolean
on_midnight (gpointer user_data)
{
  DialCallLog *self = user_data;
  g_autoptr (DialCallQuery) now = dial_call_query_new (self->filter, "");

  self->midnight_source = 0;
  if (g_strcmp0 (now->day, self->day) != 0)
    for (guint i = 0; i < self->parts->len; i++)
      refresh_soon (get_part (self, i));
  mind_midnight (self);
  return G_SOURCE_REMOVE;
}

static void
mind_midnight (DialCallLog *self)
{
  g_autoptr (DialCallQuery) today = dial_call_query_new (self->filter, "");
  gint64 seconds = 24 * 3600 - (g_get_real_time () - today->day_begins) / G_USEC_PER_SEC + 1;

  self->midnight_source =
    g_timeout_add_seconds ((guint) CLAMP (seconds, 1, MAX_SECONDS_TO_MIDNIGHT), on_midnight, self);
}

/* GObject */

static void
dial_call_log_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  DialCallLog *self = DIAL_CALL_LOG (object);

  switch (property_id) {
  case PROP_FILTER:
    g_value_set_enum (value, self->filter);
    break;
  case PROP_TEXT:
    g_value_set_string (value, self->text);
    break;
  case PROP_LOADING:
    g_value_set_boolean (value, self->loading);
    break;
  case PROP_COMPLETE:
    g_value_set_boolean (value, self->complete);
    break;
  case PROP_N_CALLS:
    g_value_set_uint (value, self->n_told);
    break;
  case PROP_PROBLEM:
    g_value_set_string (value, self->problem);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dial_call_log_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  DialCallLog *self = DIAL_CALL_LOG (object);

  switch (property_id) {
  case PROP_FILTER:
    dial_call_log_set_filter (self, g_value_get_enum (value));
    break;
  case PROP_TEXT:
    dial_call_log_set_text (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dial_call_log_dispose (GObject *object)
{
  DialCallLog *self = DIAL_CALL_LOG (object);

  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_handle_id (&self->midnight_source, g_source_remove);
  g_ptr_array_set_size (self->parts, 0);
  g_clear_object (&self->integration);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (dial_call_log_parent_class)->dispose (object);
}

static void
dial_call_log_finalize (GObject *object)
{
  DialCallLog *self = DIAL_CALL_LOG (object);

  g_ptr_array_unref (self->parts);
  dial_call_order_unref (self->order);
  g_free (self->text);
  g_free (self->day);
  g_free (self->problem);

  G_OBJECT_CLASS (dial_call_log_parent_class)->finalize (object);
}

static void
dial_call_log_class_init (DialCallLogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = dial_call_log_get_property;
  object_class->set_property = dial_call_log_set_property;
  object_class->dispose = dial_call_log_dispose;
  object_class->finalize = dial_call_log_finalize;

  /**
   * DialCallLog:filter:
   *
   * Which calls.
   */
  properties[PROP_FILTER] = g_param_spec_enum ("filter", NULL, NULL, DIAL_TYPE_CALL_FILTER, DIAL_CALL_FILTER_ALL,
                                               flags | G_PARAM_WRITABLE);

  /**
   * DialCallLog:text:
   *
   * With whom: words that find them, or a number; "" for everybody.
   */
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags | G_PARAM_WRITABLE);

  /**
   * DialCallLog:loading:
   *
   * Whether a first answer is still to come.
   */
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);

  /**
   * DialCallLog:complete:
   *
   * Whether those are all, as the stores have them now.
   */
  properties[PROP_COMPLETE] = g_param_spec_boolean ("complete", NULL, NULL, FALSE, flags);

  /**
   * DialCallLog:n-calls:
   *
   * How many there are.
   */
  properties[PROP_N_CALLS] = g_param_spec_uint ("n-calls", NULL, NULL, 0, G_MAXUINT, 0, flags);

  /**
   * DialCallLog:problem:
   *
   * Why they cannot be read, a sentence; %NULL if they can.
   */
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dial_call_log_init (DialCallLog *self)
{
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();

  self->text = g_strdup ("");
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  self->order = dial_call_order_new (nobody, nobody);
}

/**
 * dial_call_log_new:
 * @desk: a desk
 *
 * Returns: (transfer full): all calls of all of its integrations, switched on or not; empty until the stores have
 *   answered
 */
DialCallLog *
dial_call_log_new (DialDesk *desk)
{
  DialCallLog *self;

  g_return_val_if_fail (DIAL_IS_DESK (desk), NULL);

  self = g_object_new (DIAL_TYPE_CALL_LOG, NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (dial_desk_get_integrations (desk), "items-changed", G_CALLBACK (gather), self,
                           G_CONNECT_SWAPPED);
  gather (self);
  mind_midnight (self);
  return self;
}

/**
 * dial_call_log_set_integration:
 * @self: a call log
 * @integration: (nullable): whose calls, %NULL for those of all
 */
void
dial_call_log_set_integration (DialCallLog     *self,
                               DialIntegration *integration)
{
  g_return_if_fail (DIAL_IS_CALL_LOG (self));

  if (g_set_object (&self->integration, integration))
    gather (self);
}

/**
 * dial_call_log_get_filter:
 * @self: a call log
 *
 * Returns: which calls it holds
 */
DialCallFilter
dial_call_log_get_filter (DialCallLog *self)
{
  g_return_val_if_fail (DIAL_IS_CALL_LOG (self), DIAL_CALL_FILTER_ALL);

  return self->filter;
}

/**
 * dial_call_log_set_filter:
 * @self: a call log
 * @filter: which calls it is to hold
 */
void
dial_call_log_set_filter (DialCallLog    *self,
                          DialCallFilter  filter)
{
  g_return_if_fail (DIAL_IS_CALL_LOG (self));

  if (self->filter == filter)
    return;

  self->filter = filter;
  find_all (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER]);
}

/**
 * dial_call_log_get_text:
 * @self: a call log
 *
 * Returns: what is searched for
 */
const char *
dial_call_log_get_text (DialCallLog *self)
{
  g_return_val_if_fail (DIAL_IS_CALL_LOG (self), NULL);

  return self->text;
}

/**
 * dial_call_log_set_text:
 * @self: a call log
 * @text: whom to search for, "" for everybody
 */
void
dial_call_log_set_text (DialCallLog *self,
                        const char  *text)
{
  g_autofree char *stripped = NULL;

  g_return_if_fail (DIAL_IS_CALL_LOG (self));
  g_return_if_fail (text != NULL);

  stripped = g_strstrip (g_strdup (text));
  if (!dial_set_str (&self->text, stripped))
    return;

  find_all (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

/**
 * dial_call_log_is_loading:
 * @self: a call log
 *
 * Returns: whether a first answer is still to come
 */
gboolean
dial_call_log_is_loading (DialCallLog *self)
{
  g_return_val_if_fail (DIAL_IS_CALL_LOG (self), FALSE);

  return self->loading;
}

/**
 * dial_call_log_is_complete:
 * @self: a call log
 *
 * Returns: whether those are all, as the stores have them now
 */
gboolean
dial_call_log_is_complete (DialCallLog *self)
{
  g_return_val_if_fail (DIAL_IS_CALL_LOG (self), FALSE);

  return self->complete;
}

/**
 * dial_call_log_get_problem:
 * @self: a call log
 *
 * Returns: (nullable): why the calls cannot be read, a sentence
 */
const char *
dial_call_log_get_problem (DialCallLog *self)
{
  g_return_val_if_fail (DIAL_IS_CALL_LOG (self), NULL);

  return self->problem;
}

/**
 * dial_call_log_dup_order:
 * @self: a call log
 *
 * Returns: (transfer full): the calls it holds now, which stay those
 */
DialCallOrder *
dial_call_log_dup_order (DialCallLog *self)
{
  g_return_val_if_fail (DIAL_IS_CALL_LOG (self), NULL);

  return dial_call_order_ref (self->order);
}
