#include "dial-calls-watch.h"

#define CALLS_BUS_NAME       "org.gnome.Calls"
#define CALLS_OBJECT_PATH    "/org/gnome/Calls"
#define CALLS_CALL_INTERFACE "org.gnome.Calls.Call"

/* The `State` property of GNOME Calls' interface. It is not a stable interface: whatever is not in
 * this list is taken for "not known". */
typedef enum {
  CALLS_STATE_UNKNOWN = 0,
  CALLS_STATE_ACTIVE = 1,
  CALLS_STATE_HELD = 2,
  CALLS_STATE_DIALING = 3,
  CALLS_STATE_ALERTING = 4,
  CALLS_STATE_INCOMING = 5,
  CALLS_STATE_DISCONNECTED = 7,
} CallsState;

struct _DialCallsWatch
{
  GObject             parent_instance;

  char               *phone_id;
  GDBusObjectManager *manager;
  GPtrArray          *followed;
  GPtrArray          *picking_up;   /* tasks that wait for the manager */
  GCancellable       *cancellable;
  guint               connecting : 1;
};

/* A call somebody asked us to follow; `path` is its object once it was found, `owner` the unique
 * name of the GNOME Calls that has it. */
typedef struct {
  DialCallsWatch *watch;
  DialCall       *call;
  GHashTable     *others;
  char           *path;
  char           *owner;
  gulong          state_handler;
  guint           hung_up : 1;
} Followed;

typedef struct {
  DialCallsWatch *watch;
  DialCall       *call;
} Removal;

enum {
  INCOMING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialCallsWatch, dial_calls_watch, G_TYPE_OBJECT)

static void
followed_free (Followed *followed)
{
  g_clear_signal_handler (&followed->state_handler, followed->call);
  g_clear_object (&followed->call);
  g_clear_pointer (&followed->others, g_hash_table_unref);
  g_free (followed->path);
  g_free (followed->owner);
  g_free (followed);
}

static Followed *
find_call (DialCallsWatch *self,
           DialCall       *call)
{
  for (guint i = 0; i < self->followed->len; i++) {
    Followed *followed = g_ptr_array_index (self->followed, i);

    if (followed->call == call)
      return followed;
  }

  return NULL;
}

static Followed *
find_path (DialCallsWatch *self,
           const char     *path)
{
  for (guint i = 0; i < self->followed->len; i++) {
    Followed *followed = g_ptr_array_index (self->followed, i);

    if (g_strcmp0 (followed->path, path) == 0)
      return followed;
  }

  return NULL;
}

static GDBusProxy *
get_call_proxy (DialCallsWatch *self,
                const char     *path)
{
  return G_DBUS_PROXY (g_dbus_object_manager_get_interface (self->manager, path,
                                                            CALLS_CALL_INTERFACE));
}

static GVariant *
get_typed_property (GDBusProxy         *proxy,
                    const char         *name,
                    const GVariantType *type)
{
  g_autoptr (GVariant) value = g_dbus_proxy_get_cached_property (proxy, name);

  if (value == NULL || !g_variant_is_of_type (value, type))
    return NULL;

  return g_steal_pointer (&value);
}

static CallsState
get_state (GDBusProxy *proxy)
{
  g_autoptr (GVariant) state = get_typed_property (proxy, "State", G_VARIANT_TYPE_UINT32);

  return state != NULL ? (CallsState) g_variant_get_uint32 (state) : CALLS_STATE_UNKNOWN;
}

static gboolean
is_incoming (GDBusProxy *proxy)
{
  g_autoptr (GVariant) inbound = get_typed_property (proxy, "Inbound", G_VARIANT_TYPE_BOOLEAN);

  return inbound != NULL && g_variant_get_boolean (inbound);
}

static gboolean
is_outgoing (GDBusProxy *proxy)
{
  g_autoptr (GVariant) inbound = get_typed_property (proxy, "Inbound", G_VARIANT_TYPE_BOOLEAN);

  return inbound != NULL && !g_variant_get_boolean (inbound);
}

/* GNOME Calls shows the number as it was dialled or as the line reports it,
 * maybe in national form. */
static gboolean
has_number (GDBusProxy      *proxy,
            DialPhoneNumber *number)
{
  g_autoptr (GVariant) id = get_typed_property (proxy, "Id", G_VARIANT_TYPE_STRING);
  g_autoptr (DialPhoneNumber) shown = NULL;

  if (id == NULL)
    return FALSE;

  shown = dial_phone_number_new (g_variant_get_string (id, NULL), NULL,
                                 dial_phone_number_get_region (number));
  return dial_phone_number_can_call (shown) &&
         g_str_equal (dial_phone_number_get_e164 (shown), dial_phone_number_get_e164 (number));
}

/* Who calls: a number as the line reports it, maybe in national form, or a SIP address, which may have a
 * number before its host. Nothing of a withheld one. */
static DialPhoneNumber *
read_caller (GDBusProxy *proxy)
{
  g_autoptr (GVariant) id = get_typed_property (proxy, "Id", G_VARIANT_TYPE_STRING);
  const char *text = id != NULL ? g_variant_get_string (id, NULL) : "";
  const char *address = g_str_has_prefix (text, "sips:") ? text + strlen ("sips:")
                        : g_str_has_prefix (text, "sip:") ? text + strlen ("sip:")
                                                          : NULL;
  g_autofree char *user = address != NULL ? g_strndup (address, strcspn (address, "@;")) : NULL;
  g_autoptr (DialPhoneNumber) number = NULL;

  if (user != NULL) {
    number = dial_phone_number_new (user, NULL, dial_home_region ());
    if (dial_phone_number_can_call (number))
      return g_steal_pointer (&number);

    /* Nor is one looked for in the name of a host. */
    return dial_phone_number_new_stored (text, NULL, NULL, NULL, NULL);
  }

  return dial_phone_number_new (text, NULL, dial_home_region ());
}

/* GNOME Calls does not say why it ended; the call's own guess has to do, unless it was us. */
static void
end_call (Followed *followed)
{
  DialCallState state = dial_call_get_state (followed->call);
  gboolean talked = state == DIAL_CALL_STATE_ACTIVE || state == DIAL_CALL_STATE_HELD;

  dial_call_end (followed->call, followed->hung_up && !talked ? DIAL_OUTCOME_CANCELLED
                                                              : DIAL_OUTCOME_UNKNOWN);
}

/* Moves the followed call to what its proxy says; the end frees @followed. */
static void
take_state (Followed   *followed,
            GDBusProxy *proxy)
{
  DialCall *call = followed->call;

  switch (get_state (proxy)) {
  case CALLS_STATE_ALERTING:
    dial_call_set_state (call, DIAL_CALL_STATE_RINGING);
    break;
  case CALLS_STATE_ACTIVE:
    dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE);
    break;
  case CALLS_STATE_HELD:
    /* Only what was answered can be held, even where nobody told us that it was. */
    if (dial_call_get_state (call) != DIAL_CALL_STATE_HELD) {
      g_object_ref (call);
      dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE);
      dial_call_set_state (call, DIAL_CALL_STATE_HELD);
      g_object_unref (call);
    }
    break;
  case CALLS_STATE_DISCONNECTED:
    end_call (followed);
    break;
  case CALLS_STATE_UNKNOWN:
  case CALLS_STATE_DIALING:
  case CALLS_STATE_INCOMING:
  default:
    break;
  }
}

static void
on_call_state_changed (DialCall   *call,
                       GParamSpec *pspec,
                       Followed   *followed)
{
  if (dial_call_get_state (call) == DIAL_CALL_STATE_ENDED)
    g_ptr_array_remove (followed->watch->followed, followed);
}

static GDBusConnection *
get_connection (DialCallsWatch *self)
{
  return g_dbus_object_manager_client_get_connection (G_DBUS_OBJECT_MANAGER_CLIENT (self->manager));
}

static void
on_asked (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                              &error);

  /* A call that has just ended by itself has nothing left to take or to hang up. */
  if (reply == NULL)
    g_debug ("GNOME Calls did not do it: %s %d", g_quark_to_string (error->domain), error->code);
}

static void
ask (DialCallsWatch *self,
     Followed       *followed,
     const char     *method)
{
  g_dbus_connection_call (get_connection (self), followed->owner, followed->path,
                          CALLS_CALL_INTERFACE, method, NULL, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, self->cancellable, on_asked, NULL);
}

static void
find_at (Followed   *followed,
         GDBusProxy *proxy,
         const char *path)
{
  /* The proxy of an object that came before the manager knew the new owner has no name. */
  const char *owner = g_dbus_proxy_get_name (proxy);

  followed->path = g_strdup (path);
  followed->owner = g_strdup (owner != NULL ? owner : CALLS_BUS_NAME);
  dial_call_set_watched (followed->call, TRUE);
}

static Followed *
follow (DialCallsWatch *self,
        DialCall       *call)
{
  Followed *followed = g_new0 (Followed, 1);

  followed->watch = self;
  followed->call = g_object_ref (call);
  followed->state_handler = g_signal_connect (call, "notify::state",
                                              G_CALLBACK (on_call_state_changed), followed);
  g_ptr_array_add (self->followed, followed);
  return followed;
}

/* Somebody calls. */
static void
take_incoming (DialCallsWatch *self,
               GDBusProxy     *proxy,
               const char     *path)
{
  g_autoptr (DialPhoneNumber) number = read_caller (proxy);
  g_autoptr (DialCall) call = dial_call_new (DIAL_DIRECTION_INCOMING, number, 0, NULL,
                                             self->phone_id);

  find_at (follow (self, call), proxy, path);
  g_signal_emit (self, signals[INCOMING], 0, call);
}

/* The first new outgoing call to the dialled number is the one: GNOME Calls gives no other sign. */
static void
match (DialCallsWatch *self,
       GDBusObject    *object)
{
  const char *path = g_dbus_object_get_object_path (object);
  g_autoptr (GDBusProxy) proxy = get_call_proxy (self, path);

  if (proxy == NULL || find_path (self, path) != NULL ||
      get_state (proxy) == CALLS_STATE_DISCONNECTED)
    return;
  if (!is_outgoing (proxy)) {
    if (is_incoming (proxy) && get_state (proxy) == CALLS_STATE_INCOMING)
      take_incoming (self, proxy, path);
    return;
  }

  for (guint i = 0; i < self->followed->len; i++) {
    Followed *followed = g_ptr_array_index (self->followed, i);

    if (followed->path != NULL || g_hash_table_contains (followed->others, path) ||
        !has_number (proxy, dial_call_get_number (followed->call)))
      continue;

    find_at (followed, proxy, path);
    if (followed->hung_up)
      ask (self, followed, "Hangup");
    take_state (followed, proxy);
    return;
  }
}

static void
on_object_added (GDBusObjectManager *manager,
                 GDBusObject        *object,
                 DialCallsWatch     *self)
{
  match (self, object);
}

static void
on_properties_changed (GDBusObjectManagerClient *manager,
                       GDBusObjectProxy         *object,
                       GDBusProxy               *proxy,
                       GVariant                 *changed,
                       const char * const       *invalidated,
                       DialCallsWatch           *self)
{
  Followed *followed = find_path (self, g_dbus_object_get_object_path (G_DBUS_OBJECT (object)));

  if (!g_str_equal (g_dbus_proxy_get_interface_name (proxy), CALLS_CALL_INTERFACE))
    return;

  if (followed != NULL)
    take_state (followed, proxy);
  else
    match (self, G_DBUS_OBJECT (object));
}

static void
on_owner_asked (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autofree Removal *removal = user_data;
  g_autoptr (DialCall) call = removal->call;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;
  gboolean alive = FALSE;
  Followed *followed;

  reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  followed = find_call (removal->watch, call);
  if (followed == NULL)
    return;

  if (reply != NULL)
    g_variant_get (reply, "(b)", &alive);
  if (alive) {
    end_call (followed);
  } else {
    /* GNOME Calls is gone. Whether they still talk only the recruiter knows. */
    g_ptr_array_remove (removal->watch->followed, followed);
    dial_call_set_watched (call, FALSE);
  }
}

/* An object goes when its call is over, and also when GNOME Calls crashes. The manager cannot tell
 * which, for it learns of a new owner only after that one's first objects; the bus can. */
static void
on_object_removed (GDBusObjectManager *manager,
                   GDBusObject        *object,
                   DialCallsWatch     *self)
{
  Followed *followed = find_path (self, g_dbus_object_get_object_path (object));
  Removal *removal;

  if (followed == NULL)
    return;

  removal = g_new0 (Removal, 1);
  removal->watch = self;
  removal->call = g_object_ref (followed->call);
  g_dbus_connection_call (get_connection (self), "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "NameHasOwner",
                          g_variant_new ("(s)", followed->owner), G_VARIANT_TYPE ("(b)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable, on_owner_asked, removal);
}

/* Whether this may be @call, last seen before a restart. */
static gboolean
is_call (GDBusProxy *proxy,
         DialCall   *call)
{
  DialPhoneNumber *number = dial_call_get_number (call);

  if (get_state (proxy) == CALLS_STATE_DISCONNECTED || !dial_phone_number_can_call (number))
    return FALSE;
  if (dial_call_get_direction (call) == DIAL_DIRECTION_OUTGOING)
    return is_outgoing (proxy) && has_number (proxy, number);

  if (is_incoming (proxy)) {
    g_autoptr (DialPhoneNumber) caller = read_caller (proxy);

    return dial_phone_number_can_call (caller) &&
           g_str_equal (dial_phone_number_get_e164 (caller), dial_phone_number_get_e164 (number));
  }
  return FALSE;
}

/* Takes @call up where GNOME Calls has it now; when it was answered nobody saw, if that was meanwhile. */
static void
pick_up_at (DialCallsWatch *self,
            DialCall       *call,
            GDBusProxy     *proxy,
            const char     *path)
{
  Followed *followed = follow (self, call);
  DialCallState before = dial_call_get_state (call);

  find_at (followed, proxy, path);
  take_state (followed, proxy);
  if (dial_call_get_state (call) != before)
    dial_call_tell_gap (call);
}

/* Answers @task with the call that goes on, if there is one. */
static void
pick_up (DialCallsWatch *self,
         GTask          *task)
{
  DialCall *call = g_task_get_task_data (task);
  GList *objects = self->manager != NULL ? g_dbus_object_manager_get_objects (self->manager) : NULL;
  DialCall *found = NULL;

  for (GList *l = objects; l != NULL && found == NULL; l = l->next) {
    const char *path = g_dbus_object_get_object_path (l->data);
    g_autoptr (GDBusProxy) proxy = get_call_proxy (self, path);
    Followed *followed = find_path (self, path);

    if (proxy == NULL || !is_call (proxy, call))
      continue;

    if (followed == NULL)
      pick_up_at (self, call, proxy, path);
    found = g_object_ref (followed != NULL ? followed->call : call);
  }

  g_list_free_full (objects, g_object_unref);
  g_task_return_pointer (task, found, g_object_unref);
}

static void
pick_up_all (DialCallsWatch *self)
{
  g_autoptr (GPtrArray) tasks = g_steal_pointer (&self->picking_up);

  self->picking_up = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < tasks->len; i++)
    pick_up (self, g_ptr_array_index (tasks, i));
}

static void
match_all (DialCallsWatch *self)
{
  GList *objects = g_dbus_object_manager_get_objects (self->manager);

  for (GList *l = objects; l != NULL; l = l->next)
    match (self, l->data);

  g_list_free_full (objects, g_object_unref);
}

static void
on_manager_ready (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (DialCallsWatch) self = g_weak_ref_get (user_data);
  g_autoptr (GDBusObjectManager) manager = NULL;
  g_autoptr (GError) error = NULL;

  g_weak_ref_clear (user_data);
  g_free (user_data);

  manager = g_dbus_object_manager_client_new_for_bus_finish (result, &error);
  if (self == NULL)
    return;

  self->connecting = FALSE;
  if (manager == NULL) {
    /* No session bus, or GNOME Calls does not answer: the recruiter tells, and the next call tries
     * again. */
    g_debug ("GNOME Calls cannot be watched: %s %d", g_quark_to_string (error->domain),
             error->code);
    pick_up_all (self);
    return;
  }

  g_signal_connect_object (manager, "object-added", G_CALLBACK (on_object_added), self, 0);
  g_signal_connect_object (manager, "object-removed", G_CALLBACK (on_object_removed), self, 0);
  g_signal_connect_object (manager, "interface-proxy-properties-changed",
                           G_CALLBACK (on_properties_changed), self, 0);
  self->manager = g_steal_pointer (&manager);
  /* First: what is known already does not come in anew. */
  pick_up_all (self);
  match_all (self);
}

/* The manager outlives GNOME Calls: it finds the calls of one that starts later. */
static void
connect_manager (DialCallsWatch *self)
{
  GWeakRef *weak;

  if (self->manager != NULL || self->connecting)
    return;

  self->connecting = TRUE;
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  g_dbus_object_manager_client_new_for_bus (G_BUS_TYPE_SESSION,
                                            G_DBUS_OBJECT_MANAGER_CLIENT_FLAGS_DO_NOT_AUTO_START,
                                            CALLS_BUS_NAME, CALLS_OBJECT_PATH, NULL, NULL, NULL,
                                            self->cancellable, on_manager_ready, weak);
}

static void
dial_calls_watch_dispose (GObject *object)
{
  DialCallsWatch *self = DIAL_CALLS_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  g_ptr_array_set_size (self->followed, 0);
  g_clear_object (&self->manager);

  G_OBJECT_CLASS (dial_calls_watch_parent_class)->dispose (object);
}

static void
dial_calls_watch_finalize (GObject *object)
{
  DialCallsWatch *self = DIAL_CALLS_WATCH (object);

  g_ptr_array_unref (self->followed);
  g_ptr_array_unref (self->picking_up);
  g_object_unref (self->cancellable);
  g_free (self->phone_id);

  G_OBJECT_CLASS (dial_calls_watch_parent_class)->finalize (object);
}

static void
dial_calls_watch_class_init (DialCallsWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dial_calls_watch_dispose;
  object_class->finalize = dial_calls_watch_finalize;

  /**
   * DialCallsWatch::incoming:
   * @self: a watch
   * @call: (not nullable): the call, which rings
   *
   * Somebody calls.
   */
  signals[INCOMING] = g_signal_new ("incoming", DIAL_TYPE_CALLS_WATCH, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, DIAL_TYPE_CALL);
}

static void
dial_calls_watch_init (DialCallsWatch *self)
{
  self->followed = g_ptr_array_new_with_free_func ((GDestroyNotify) followed_free);
  self->picking_up = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
}

/**
 * dial_calls_watch_new:
 * @phone_id: whose calls incoming ones are to be
 *
 * Begins to watch. GNOME Calls need not run: it is never started by the watch, and found when it
 * starts later.
 *
 * Returns: (transfer full): a watch
 */
DialCallsWatch *
dial_calls_watch_new (const char *phone_id)
{
  DialCallsWatch *self = g_object_new (DIAL_TYPE_CALLS_WATCH, NULL);

  self->phone_id = g_strdup (phone_id);
  connect_manager (self);
  return self;
}

/**
 * dial_calls_watch_follow:
 * @self: a watch
 * @call: an outgoing call, about to be dialled
 *
 * Follows @call: the first outgoing call of GNOME Calls to that number that is not there yet. Once
 * it is found, @call is watched and moves by itself. Should GNOME Calls vanish, @call is no longer
 * watched, and stays where it was.
 */
void
dial_calls_watch_follow (DialCallsWatch *self,
                         DialCall       *call)
{
  Followed *followed;
  GList *objects;

  g_return_if_fail (DIAL_IS_CALLS_WATCH (self));
  g_return_if_fail (DIAL_IS_CALL (call));
  g_return_if_fail (find_call (self, call) == NULL);

  connect_manager (self);

  followed = follow (self, call);
  followed->others = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  objects = self->manager != NULL ? g_dbus_object_manager_get_objects (self->manager) : NULL;
  for (GList *l = objects; l != NULL; l = l->next)
    g_hash_table_add (followed->others, g_strdup (g_dbus_object_get_object_path (l->data)));
  g_list_free_full (objects, g_object_unref);
}

/**
 * dial_calls_watch_pick_up_async:
 * @self: a watch
 * @call: a call from before a restart, as it was last seen
 * @cancellable: (nullable): a cancellable
 * @callback: called when GNOME Calls was looked at
 * @user_data: for @callback
 *
 * Follows @call again, if GNOME Calls still has one with that number and in that direction.
 */
void
dial_calls_watch_pick_up_async (DialCallsWatch      *self,
                                DialCall            *call,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DIAL_IS_CALLS_WATCH (self));
  g_return_if_fail (DIAL_IS_CALL (call));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_calls_watch_pick_up_async);
  g_task_set_task_data (task, g_object_ref (call), g_object_unref);

  connect_manager (self);
  if (self->connecting)
    g_ptr_array_add (self->picking_up, g_steal_pointer (&task));
  else
    pick_up (self, task);
}

/**
 * dial_calls_watch_pick_up_finish:
 * @self: a watch
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the call that goes on: the one that was asked about, or the one that had been
 *   told of as incoming by then; %NULL if none does
 */
DialCall *
dial_calls_watch_pick_up_finish (DialCallsWatch  *self,
                                 GAsyncResult    *result,
                                 GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dial_calls_watch_unfollow:
 * @self: a watch
 * @call: a call
 *
 * Forgets @call, which was not dialled after all.
 */
void
dial_calls_watch_unfollow (DialCallsWatch *self,
                           DialCall       *call)
{
  Followed *followed;

  g_return_if_fail (DIAL_IS_CALLS_WATCH (self));
  g_return_if_fail (DIAL_IS_CALL (call));

  followed = find_call (self, call);
  if (followed != NULL)
    g_ptr_array_remove (self->followed, followed);
}

/**
 * dial_calls_watch_hang_up:
 * @self: a watch
 * @call: a followed call
 *
 * Asks GNOME Calls to hang up, at once or as soon as the call is found. @call ends when GNOME Calls
 * says that it has.
 */
void
dial_calls_watch_hang_up (DialCallsWatch *self,
                          DialCall       *call)
{
  Followed *followed;

  g_return_if_fail (DIAL_IS_CALLS_WATCH (self));
  g_return_if_fail (DIAL_IS_CALL (call));

  followed = find_call (self, call);
  if (followed == NULL)
    return;

  followed->hung_up = TRUE;
  if (followed->path != NULL)
    ask (self, followed, "Hangup");
}

/**
 * dial_calls_watch_can_answer:
 * @self: a watch
 * @call: a call
 *
 * Returns: whether @call is an incoming one of GNOME Calls that still rings
 */
gboolean
dial_calls_watch_can_answer (DialCallsWatch *self,
                             DialCall       *call)
{
  g_return_val_if_fail (DIAL_IS_CALLS_WATCH (self), FALSE);
  g_return_val_if_fail (DIAL_IS_CALL (call), FALSE);

  return dial_call_get_direction (call) == DIAL_DIRECTION_INCOMING &&
         dial_call_get_state (call) == DIAL_CALL_STATE_RINGING && find_call (self, call) != NULL;
}

/**
 * dial_calls_watch_answer:
 * @self: a watch
 * @call: an incoming call that can be answered
 *
 * Asks GNOME Calls to take it. @call is active when GNOME Calls says that it is.
 */
void
dial_calls_watch_answer (DialCallsWatch *self,
                         DialCall       *call)
{
  g_return_if_fail (dial_calls_watch_can_answer (self, call));

  ask (self, find_call (self, call), "Accept");
}
