#include "dial-call-order.h"

typedef struct {
  const DialCallKey *key;
  guint              company;
} Entry;

struct _DialCallOrder
{
  GPtrArray *integrations;   /* of DialIntegration */
  GPtrArray *findings;       /* of DialCallFindings, one for each: who own the keys */
  GArray    *entries;        /* of Entry */
};

static const Entry *
get_entry (DialCallOrder *self,
           guint          position)
{
  return &g_array_index (self->entries, Entry, position);
}

static const DialCallKey *
get_found (DialCallOrder *self,
           guint          company,
           guint          index)
{
  GArray *keys = ((DialCallFindings *) g_ptr_array_index (self->findings, company))->keys;

  return index < keys->len ? &g_array_index (keys, DialCallKey, index) : NULL;
}

/* The one whose turn it is; there are few companies. */
static gboolean
take_next (DialCallOrder *self,
           guint         *indices)
{
  Entry next = { NULL, 0 };

  for (guint i = 0; i < self->findings->len; i++) {
    const DialCallKey *key = get_found (self, i, indices[i]);

    if (key != NULL && (next.key == NULL || dial_call_key_compare (key, next.key) < 0))
      next = (Entry) { key, i };
  }
  if (next.key == NULL)
    return FALSE;

  indices[next.company]++;
  g_array_append_val (self->entries, next);
  return TRUE;
}

/**
 * dial_call_order_new:
 * @integrations: (element-type DialIntegration): whose calls
 * @findings: (element-type DialCallFindings): what was found in the store of each
 *
 * Returns: (transfer full): all of them in one order
 */
DialCallOrder *
dial_call_order_new (GPtrArray *integrations,
                     GPtrArray *findings)
{
  DialCallOrder *self;
  g_autofree guint *indices = NULL;

  g_return_val_if_fail (integrations != NULL, NULL);
  g_return_val_if_fail (findings != NULL && findings->len == integrations->len, NULL);

  self = g_atomic_rc_box_new0 (DialCallOrder);
  self->integrations = g_ptr_array_new_with_free_func (g_object_unref);
  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_call_findings_unref);
  for (guint i = 0; i < integrations->len; i++) {
    g_ptr_array_add (self->integrations, g_object_ref (g_ptr_array_index (integrations, i)));
    g_ptr_array_add (self->findings, dial_call_findings_ref (g_ptr_array_index (findings, i)));
  }
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));

  indices = g_new0 (guint, findings->len + 1);
  while (take_next (self, indices))
    continue;
  return self;
}

/**
 * dial_call_order_ref:
 * @self: an order
 *
 * Returns: (transfer full): the same
 */
DialCallOrder *
dial_call_order_ref (DialCallOrder *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
order_clear (gpointer data)
{
  DialCallOrder *self = data;

  g_array_unref (self->entries);
  g_ptr_array_unref (self->findings);
  g_ptr_array_unref (self->integrations);
}

/**
 * dial_call_order_unref:
 * @self: (transfer full): an order
 *
 * Lets go of the order.
 */
void
dial_call_order_unref (DialCallOrder *self)
{
  g_atomic_rc_box_release_full (self, order_clear);
}

/**
 * dial_call_order_count:
 * @self: an order
 *
 * Returns: how many calls there are
 */
guint
dial_call_order_count (DialCallOrder *self)
{
  return self->entries->len;
}

/**
 * dial_call_order_get_integration:
 * @self: an order
 * @position: a position
 *
 * Returns: (transfer none): whose call stands there
 */
DialIntegration *
dial_call_order_get_integration (DialCallOrder *self,
                                 guint          position)
{
  return g_ptr_array_index (self->integrations, get_entry (self, position)->company);
}

/**
 * dial_call_order_get_key:
 * @self: an order
 * @position: a position
 *
 * Returns: (transfer none): which call stands there; lives as long as the order
 */
const DialCallKey *
dial_call_order_get_key (DialCallOrder *self,
                         guint          position)
{
  return get_entry (self, position)->key;
}

static gboolean
is_same (DialCallOrder *self,
         guint          position,
         DialCallOrder *other,
         guint          other_position)
{
  return dial_call_order_get_integration (self, position) == dial_call_order_get_integration (other, other_position) &&
         g_str_equal (get_entry (self, position)->key->uid, get_entry (other, other_position)->key->uid);
}

/**
 * dial_call_order_compare:
 * @self: an order
 * @other: another one
 * @n_same_before: (out): how many calls at the beginning are the same
 * @n_same_after: (out): how many calls at the end are
 *
 * Tells where two orders differ. No call is counted twice.
 */
void
dial_call_order_compare (DialCallOrder *self,
                         DialCallOrder *other,
                         guint         *n_same_before,
                         guint         *n_same_after)
{
  guint n = self->entries->len, n_other = other->entries->len;
  guint shorter = MIN (n, n_other);
  guint before = 0, after = 0;

  while (before < shorter && is_same (self, before, other, before))
    before++;
  while (after < shorter - before && is_same (self, n - 1 - after, other, n_other - 1 - after))
    after++;

  *n_same_before = before;
  *n_same_after = after;
}

/* Loading */

typedef struct {
  DialCallOrder *order;
  guint          position;
  guint          n_calls;
  guint          company;    /* whose are being loaded */
  GPtrArray     *calls;      /* of DialLoggedCall; NULL where one is not there (yet) */
} Load;

static void load_company (GTask *task);

static void
unref_if_any (gpointer object)
{
  g_clear_object (&object);
}

static void
load_free (Load *load)
{
  dial_call_order_unref (load->order);
  g_ptr_array_unref (load->calls);
  g_free (load);
}

/* What was asked for comes in the same order, but may have holes. */
static void
take_calls (Load      *load,
            GPtrArray *calls)
{
  guint taken = 0;

  for (guint i = 0; i < load->n_calls && taken < calls->len; i++) {
    const Entry *entry = get_entry (load->order, load->position + i);
    DialLoggedCall *call = g_ptr_array_index (calls, taken);

    if (entry->company != load->company || !g_str_equal (entry->key->uid, call->call->uid))
      continue;
    g_ptr_array_index (load->calls, i) = g_object_ref (call);
    taken++;
  }
}

static void
on_calls_loaded (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) calls = dial_store_load_calls_finish (DIAL_STORE (source), result, &error);

  if (calls == NULL) {
    g_task_return_error (task, error);
    return;
  }

  take_calls (load, calls);
  load->company++;
  load_company (task);
}

static void
load_company (GTask *task)
{
  Load *load = g_task_get_task_data (task);
  DialCallOrder *order = load->order;

  for (; load->company < order->integrations->len; load->company++) {
    g_autoptr (GPtrArray) uids = g_ptr_array_new ();

    for (guint i = 0; i < load->n_calls; i++) {
      const Entry *entry = get_entry (order, load->position + i);

      if (entry->company == load->company)
        g_ptr_array_add (uids, (gpointer) entry->key->uid);
    }
    if (uids->len == 0)
      continue;

    g_ptr_array_add (uids, NULL);
    dial_store_load_calls_async (dial_integration_get_store (g_ptr_array_index (order->integrations, load->company)),
                                 (const char * const *) uids->pdata, g_task_get_cancellable (task),
                                 on_calls_loaded, g_object_ref (task));
    return;
  }

  g_task_return_pointer (task, g_ptr_array_ref (load->calls), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * dial_call_order_load_async:
 * @self: an order
 * @position: from where
 * @n_calls: how many
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Loads calls with what is known of them now.
 */
void
dial_call_order_load_async (DialCallOrder       *self,
                            guint                position,
                            guint                n_calls,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  g_task_set_source_tag (task, dial_call_order_load_async);
  load->order = dial_call_order_ref (self);
  load->position = MIN (position, self->entries->len);
  load->n_calls = MIN (n_calls, self->entries->len - load->position);
  load->calls = g_ptr_array_new_with_free_func (unref_if_any);
  g_ptr_array_set_size (load->calls, load->n_calls);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  load_company (task);
}

/**
 * dial_call_order_load_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialLoggedCall): the calls, %NULL in the place of one that is gone; or
 *   %NULL with @error set
 */
GPtrArray *
dial_call_order_load_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
