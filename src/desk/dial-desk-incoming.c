#include "dial-desk-private.h"

#include "dial-local-time.h"

/* Calls that come in. One takes the desk where that is free; while it is not, they are told and logged
 * all the same. */

/* A call that rings, or runs, beside the one at the desk. */
typedef struct {
  DialDesk        *desk;
  DialCall        *call;
  DialIntegration *integration;
  DialPhone       *phone;
  DialCandidate   *candidate;
  gulong           handler;
} Waiting;

typedef struct {
  DialDesk  *desk;
  DialPhone *phone;
  DialCall  *call;
} Ringing;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_clear_signal_handler (&waiting->handler, waiting->call);
  g_clear_object (&waiting->call);
  g_clear_object (&waiting->integration);
  g_clear_object (&waiting->phone);
  g_clear_object (&waiting->candidate);
  g_free (waiting);
}

static void
ringing_free (Ringing *ringing)
{
  g_clear_object (&ringing->desk);
  g_clear_object (&ringing->phone);
  g_clear_object (&ringing->call);
  g_free (ringing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ringing, ringing_free)

static gboolean
is_talking (DialCall *call)
{
  DialCallState state = dial_call_get_state (call);

  return state == DIAL_CALL_STATE_ACTIVE || state == DIAL_CALL_STATE_HELD;
}

static gboolean
is_over (DialCall *call)
{
  return dial_call_get_state (call) == DIAL_CALL_STATE_ENDED;
}

static Waiting *
find_waiting (DialDesk *self,
              DialCall *call)
{
  for (guint i = 0; i < self->waiting->len; i++) {
    Waiting *waiting = g_ptr_array_index (self->waiting, i);

    if (waiting->call == call)
      return waiting;
  }

  return NULL;
}

/* The desk is free: whoever the recruiter talks to comes to it. */
void
_dial_desk_take_waiting (DialDesk *self)
{
  for (guint i = 0; self->call == NULL && i < self->waiting->len; i++) {
    Waiting *waiting = g_ptr_array_index (self->waiting, i);
    g_autoptr (DialCall) call = NULL;

    if (!is_talking (waiting->call))
      continue;

    call = g_object_ref (waiting->call);
    g_ptr_array_steal_index (self->waiting, i);
    _dial_desk_take_call (self, call, waiting->integration, waiting->phone, waiting->candidate);
    waiting_free (waiting);
  }
}

static void
on_waiting_moved (DialCall   *call,
                  GParamSpec *pspec,
                  Waiting    *waiting)
{
  DialDesk *self = waiting->desk;

  _dial_desk_log_call (waiting->integration, call, FALSE);
  if (is_over (call))
    g_ptr_array_remove (self->waiting, waiting);
  else
    _dial_desk_take_waiting (self);
}

static void
keep_waiting (DialDesk        *self,
              DialCall        *call,
              DialIntegration *integration,
              DialPhone       *phone,
              DialCandidate   *candidate)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->desk = self;
  waiting->call = g_object_ref (call);
  waiting->integration = g_object_ref (integration);
  waiting->phone = g_object_ref (phone);
  waiting->candidate = candidate != NULL ? g_object_ref (candidate) : NULL;
  waiting->handler = g_signal_connect (waiting->call, "notify::state",
                                       G_CALLBACK (on_waiting_moved), waiting);
  g_ptr_array_add (self->waiting, waiting);
}

/* @call takes the desk where that is free, and runs beside the one there otherwise. */
void
_dial_desk_take_or_keep (DialDesk        *self,
                         DialCall        *call,
                         DialIntegration *integration,
                         DialPhone       *phone,
                         DialCandidate   *candidate)
{
  if (is_over (call))
    return;

  if (self->call == NULL)
    _dial_desk_take_call (self, call, integration, phone, candidate);
  else
    keep_waiting (self, call, integration, phone, candidate);
}

/* The computer goes to sleep in the middle of whatever is called. */
void
_dial_desk_tell_gap (DialDesk *self)
{
  if (self->call != NULL)
    dial_call_tell_gap (self->call);
  for (guint i = 0; i < self->waiting->len; i++)
    dial_call_tell_gap (((Waiting *) g_ptr_array_index (self->waiting, i))->call);
}

gboolean
_dial_desk_is_waiting (DialDesk   *self,
                       const char *uid)
{
  for (guint i = 0; i < self->waiting->len; i++) {
    Waiting *waiting = g_ptr_array_index (self->waiting, i);

    if (g_str_equal (dial_call_get_uid (waiting->call), uid))
      return TRUE;
  }

  return FALSE;
}

/* Whose call log tells of somebody nobody knows. */
static DialIntegration *
find_active (DialDesk *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->integrations)); i++) {
    g_autoptr (DialIntegration) integration =
      g_list_model_get_item (G_LIST_MODEL (self->integrations), i);

    if (dial_integration_is_active (integration))
      return integration;
  }

  return NULL;
}

static void
on_owners_found (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  DialDesk *self = DIAL_DESK (source);
  g_autoptr (Ringing) ringing = user_data;
  g_autoptr (GPtrArray) owners = dial_desk_find_owners_finish (self, result, NULL);
  DialOwner *first = owners != NULL && owners->len > 0 ? owners->pdata[0] : NULL;
  DialCandidate *candidate = NULL;
  DialIntegration *integration = first != NULL ? dial_owner_get_integration (first)
                                               : find_active (self);

  /* Nothing is switched on: nobody is to be told, and nothing is to be written down. */
  if (integration == NULL)
    return;

  if (owners == NULL)
    owners = g_ptr_array_new_with_free_func (g_object_unref);
  if (owners->len == 1) {
    g_autofree char *name = NULL;

    candidate = dial_owner_get_candidate (first);
    name = dial_candidate_dup_name (candidate);
    dial_call_set_candidate (ringing->call, candidate->id, name);
  }

  _dial_desk_log_call (integration, ringing->call, FALSE);
  _dial_desk_take_or_keep (self, ringing->call, integration, ringing->phone, candidate);
  _dial_desk_tell_incoming (self, ringing->call, integration, owners);
}

/* Takes @ringing. */
static void
look_up (DialDesk *self,
         Ringing  *ringing)
{
  ringing->desk = g_object_ref (self);
  dial_desk_find_owners_async (self, dial_call_get_number (ringing->call), NULL, on_owners_found, ringing);
}

static void
on_incoming (DialDesk  *self,
             DialCall  *call,
             DialPhone *phone)
{
  Ringing *ringing = g_new0 (Ringing, 1);

  ringing->phone = g_object_ref (phone);
  ringing->call = g_object_ref (call);
  if (self->early != NULL)
    g_ptr_array_add (self->early, ringing);
  else
    look_up (self, ringing);
}

/* What there is is known: whoever called meanwhile can be told, and written down. */
void
_dial_desk_hear_early (DialDesk *self)
{
  g_autoptr (GPtrArray) early = g_steal_pointer (&self->early);

  while (early != NULL && early->len > 0)
    look_up (self, g_ptr_array_steal_index (early, 0));
}

static void
on_phones_changed (GListModel *phones,
                   guint       position,
                   guint       n_removed,
                   guint       n_added,
                   DialDesk   *self)
{
  for (guint i = position; i < position + n_added; i++) {
    g_autoptr (DialPhone) phone = g_list_model_get_item (phones, i);

    g_signal_connect_object (phone, "incoming", G_CALLBACK (on_incoming), self, G_CONNECT_SWAPPED);
  }
}

/* A desk that works by itself minds who calls. */
void
_dial_desk_mind_phones (DialDesk *self)
{
  self->early = g_ptr_array_new_with_free_func ((GDestroyNotify) ringing_free);
  g_signal_connect_object (self->phones, "items-changed", G_CALLBACK (on_phones_changed), self, 0);
  on_phones_changed (G_LIST_MODEL (self->phones), 0, 0,
                     g_list_model_get_n_items (G_LIST_MODEL (self->phones)), self);
}

GPtrArray *
_dial_desk_new_waiting (void)
{
  return g_ptr_array_new_with_free_func (waiting_free);
}

/* An integration goes, and its call log with it. */
void
_dial_desk_forget_waiting (DialDesk        *self,
                           DialIntegration *integration)
{
  for (guint i = self->waiting->len; i > 0; i--) {
    Waiting *waiting = g_ptr_array_index (self->waiting, i - 1);

    if (waiting->integration == integration)
      g_ptr_array_remove_index (self->waiting, i - 1);
  }
}

/* Who it is */

typedef struct {
  DialCall        *call;
  DialIntegration *integration;
  DialCandidate   *candidate;
  gboolean         remember;
  guint            n_awaited;
  GError          *error;
} Naming;

static void
naming_free (Naming *naming)
{
  g_clear_object (&naming->call);
  g_clear_object (&naming->integration);
  g_clear_object (&naming->candidate);
  g_clear_error (&naming->error);
  g_free (naming);
}

/* The call moves into the log of the company whose candidate it is with, and out of the others. */
static void
move_in_logs (DialDesk *self,
              Naming   *naming)
{
  g_autoptr (DialCallRecord) record = dial_call_snapshot (naming->call);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->integrations)); i++) {
    g_autoptr (DialIntegration) integration =
      g_list_model_get_item (G_LIST_MODEL (self->integrations), i);

    if (integration != naming->integration && !_dial_integration_is_broken (integration))
      dial_store_forget_call_async (dial_integration_get_store (integration), record, NULL, NULL,
                                    NULL);
  }
}

static void
return_if_tied (GTask *task)
{
  Naming *naming = g_task_get_task_data (task);

  if (naming->n_awaited > 0)
    return;
  if (naming->error != NULL)
    g_task_return_error (task, g_steal_pointer (&naming->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_number_tied (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Naming *naming = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!dial_store_tie_number_finish (DIAL_STORE (source), result, &error) && naming->error == NULL)
    naming->error = g_steal_pointer (&error);
  naming->n_awaited--;
  return_if_tied (task);
}

/* The number stands for one person, of one company. */
static void
tie_number (DialDesk *self,
            GTask    *task)
{
  Naming *naming = g_task_get_task_data (task);
  const char *e164 = dial_phone_number_get_e164 (dial_call_get_number (naming->call));

  for (guint i = 0; e164 != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->integrations));
       i++) {
    g_autoptr (DialIntegration) integration =
      g_list_model_get_item (G_LIST_MODEL (self->integrations), i);

    if (_dial_integration_is_broken (integration))
      continue;

    naming->n_awaited++;
    dial_store_tie_number_async (dial_integration_get_store (integration), e164,
                                 integration == naming->integration ? naming->candidate->id : 0,
                                 NULL, on_number_tied, g_object_ref (task));
  }
}

static void
on_named_call_logged (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  Naming *naming = g_task_get_task_data (task);
  GError *error = NULL;

  if (!dial_store_save_call_finish (DIAL_STORE (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }

  /* Not before: it is in two logs for a moment rather than in none. */
  move_in_logs (self, naming);
  if (naming->remember)
    tie_number (self, task);
  return_if_tied (task);
}

/**
 * dial_desk_name_caller_async:
 * @self: a desk
 * @call: a call, at the desk or not
 * @integration: whose candidate it is with
 * @candidate: whom it is with
 * @remember: whether the number stands for that person from now on
 * @cancellable: (nullable): ignored; who was named is named
 * @callback: called when it is written down
 * @user_data: for @callback
 *
 * The recruiter says whom a call is with: one of several who have that number, or somebody of whom
 * Greenhouse has it not.
 */
void
dial_desk_name_caller_async (DialDesk            *self,
                             DialCall            *call,
                             DialIntegration     *integration,
                             DialCandidate       *candidate,
                             gboolean             remember,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (DialCallRecord) record = NULL;
  g_autofree char *name = NULL;
  Naming *naming;
  Waiting *waiting;

  g_return_if_fail (DIAL_IS_DESK (self));
  g_return_if_fail (DIAL_IS_CALL (call));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));
  g_return_if_fail (DIAL_IS_CANDIDATE (candidate));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dial_desk_name_caller_async);
  naming = g_new0 (Naming, 1);
  naming->call = g_object_ref (call);
  naming->integration = g_object_ref (integration);
  naming->candidate = g_object_ref (candidate);
  naming->remember = remember;
  g_task_set_task_data (task, naming, (GDestroyNotify) naming_free);

  waiting = find_waiting (self, call);
  if (waiting != NULL) {
    g_set_object (&waiting->integration, integration);
    g_set_object (&waiting->candidate, candidate);
  }
  if (call == self->call)
    _dial_desk_set_call_integration (self, integration,
                                     dial_local_time_zone (candidate, dial_call_get_number (call)));
  name = dial_candidate_dup_name (candidate);
  dial_call_set_candidate (call, candidate->id, name);
  /* To whoever shows the call it is another one now. */
  if (call == self->call)
    g_object_notify (G_OBJECT (self), "call");

  record = dial_call_snapshot (call);
  dial_store_save_call_async (dial_integration_get_store (integration), record, NULL,
                              on_named_call_logged, g_object_ref (task));
}

/**
 * dial_desk_name_caller_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether it is written down
 */
gboolean
dial_desk_name_caller_finish (DialDesk      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
