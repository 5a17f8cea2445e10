#include "dial-desk-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>

#include "dial-cloudtalk-account-private.h"
#include "dial-sandbox-phone.h"
#include "dial-system-phone.h"

#define STORE_SUFFIX ".sqlite"

/* Long enough to see it ring, short enough for somebody who tries it out. */
#define SANDBOX_RING_MILLISECONDS 2500

/* How long a text message that is on its way keeps the desk open. */
#define TEXT_SECONDS 10

enum {
  PROP_0,
  PROP_CALL,
  PROP_CALL_INTEGRATION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  INCOMING,
  CALL_FAILED,
  CALL_FOUND,
  NOTE_NEEDS_LOOK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialDesk, dial_desk, G_TYPE_OBJECT)

static void
dial_desk_get_property (GObject    *object,
                        guint       property_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  DialDesk *self = DIAL_DESK (object);

  switch (property_id) {
  case PROP_CALL:
    g_value_set_object (value, self->call);
    break;
  case PROP_CALL_INTEGRATION:
    g_value_set_object (value, self->call_integration);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dial_desk_dispose (GObject *object)
{
  DialDesk *self = DIAL_DESK (object);

  g_ptr_array_set_size (self->waiting, 0);
  g_clear_pointer (&self->early, g_ptr_array_unref);
  g_ptr_array_set_size (self->outside_calls, 0);
  g_clear_object (&self->call);
  g_clear_object (&self->call_integration);
  g_clear_object (&self->call_phone);
  g_clear_object (&self->integrations);
  g_clear_object (&self->phones);
  _dial_desk_leave_accounts (self);
  g_clear_object (&self->phones_file);
  g_clear_object (&self->following);
  g_clear_object (&self->accounts);
  g_clear_object (&self->surroundings);
  g_clear_object (&self->secrets);

  G_OBJECT_CLASS (dial_desk_parent_class)->dispose (object);
}

static void
dial_desk_finalize (GObject *object)
{
  DialDesk *self = DIAL_DESK (object);

  g_ptr_array_unref (self->waiting);
  g_clear_error (&self->accounts_error);
  g_ptr_array_unref (self->outside_calls);
  g_hash_table_unref (self->left_alone);
  g_clear_pointer (&self->call_zone, g_time_zone_unref);
  g_free (self->call_reference);
  g_free (self->profile);

  G_OBJECT_CLASS (dial_desk_parent_class)->finalize (object);
}

static void
dial_desk_class_init (DialDeskClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = dial_desk_get_property;
  object_class->dispose = dial_desk_dispose;
  object_class->finalize = dial_desk_finalize;

  /**
   * DialDesk:call:
   *
   * The call at this desk; stays after its end until it is wrapped up or dropped.
   */
  properties[PROP_CALL] = g_param_spec_object ("call", NULL, NULL, DIAL_TYPE_CALL, flags);

  /**
   * DialDesk:call-integration:
   *
   * The integration whose candidate is called.
   */
  properties[PROP_CALL_INTEGRATION] =
    g_param_spec_object ("call-integration", NULL, NULL, DIAL_TYPE_INTEGRATION, flags);

  /**
   * DialDesk::note-needs-look:
   * @self: a desk
   * @integration: whose note
   * @item: the note
   *
   * A note cannot go on without a person: it was refused, or nobody knows whether it arrived, or it is gone
   * from Greenhouse. Emitted once when that turns out.
   */
  signals[NOTE_NEEDS_LOOK] = g_signal_new ("note-needs-look", DIAL_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 2, DIAL_TYPE_INTEGRATION,
                                           DIAL_TYPE_OUTBOX_ITEM);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * DialDesk::incoming:
   * @self: a desk
   * @call: the call, which rings; its candidate is set where exactly one has that number
   * @integration: whose call log tells of it
   * @owners: (element-type DialOwner): whose number it is
   *
   * Somebody calls. Where the desk was free the call is [property@Desk:call] already.
   */
  signals[INCOMING] =
    g_signal_new ("incoming", DIAL_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                  DIAL_TYPE_CALL, DIAL_TYPE_INTEGRATION, G_TYPE_PTR_ARRAY);

  /**
   * DialDesk::call-failed:
   * @self: a desk
   * @call: the call, which has ended and left the desk
   * @sentence: why, and what to do
   *
   * A call that the phone had taken never came about.
   */
  signals[CALL_FAILED] =
    g_signal_new ("call-failed", DIAL_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                  DIAL_TYPE_CALL, G_TYPE_STRING);

  /**
   * DialDesk::call-found:
   * @self: a desk
   * @integration: whose call log has it now
   * @call: the call, with one of its candidates or with several
   *
   * A call was made, or came in, outside Dialhouse.
   */
  signals[CALL_FOUND] =
    g_signal_new ("call-found", DIAL_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                  DIAL_TYPE_INTEGRATION, DIAL_TYPE_CALL_RECORD);
}

void
_dial_desk_tell_call_failed (DialDesk *self,
                             DialCall *call)
{
  g_signal_emit (self, signals[CALL_FAILED], 0, call, dial_call_get_hint (call));
}

void
_dial_desk_tell_call_found (DialDesk        *self,
                            DialIntegration *integration,
                            DialCallRecord  *call)
{
  g_signal_emit (self, signals[CALL_FOUND], 0, integration, call);
}

static void
dial_desk_init (DialDesk *self)
{
  self->integrations = g_list_store_new (DIAL_TYPE_INTEGRATION);
  self->phones = g_list_store_new (DIAL_TYPE_PHONE);
  self->accounts = g_list_store_new (DIAL_TYPE_CLOUDTALK_ACCOUNT);
  self->waiting = _dial_desk_new_waiting ();
  self->left_alone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  _dial_desk_mind_accounts (self);
}

void
_dial_desk_tell_incoming (DialDesk        *self,
                          DialCall        *call,
                          DialIntegration *integration,
                          GPtrArray       *owners)
{
  g_signal_emit (self, signals[INCOMING], 0, call, integration, owners);
}

/**
 * dial_desk_new:
 * @profile: the folder where stores and settings are kept; made when the desk opens
 * @flags: what kind of desk
 *
 * Returns: (transfer full): a desk that is not open yet
 */
DialDesk *
dial_desk_new (const char    *profile,
               DialDeskFlags  flags)
{
  DialDesk *self;
  g_autoptr (DialPhone) phone = NULL;

  g_return_val_if_fail (profile != NULL, NULL);

  self = g_object_new (DIAL_TYPE_DESK, NULL);
  self->profile = g_canonicalize_filename (profile, NULL);
  self->flags = flags;
  self->secrets = dial_secrets_new (
    ((flags & DIAL_DESK_SANDBOX) != 0 ? DIAL_SECRETS_IN_MEMORY : DIAL_SECRETS_DEFAULT) |
    ((flags & DIAL_DESK_BY_HAND) != 0 ? DIAL_SECRETS_NO_PROMPT : DIAL_SECRETS_DEFAULT));

  phone = (flags & DIAL_DESK_SANDBOX) != 0 ? dial_sandbox_phone_new (SANDBOX_RING_MILLISECONDS)
                                           : dial_system_phone_new ();
  g_list_store_append (self->phones, phone);
  if ((flags & DIAL_DESK_BY_HAND) == 0) {
    _dial_desk_mind_surroundings (self);
    _dial_desk_mind_phones (self);
  }
  return self;
}

/**
 * dial_desk_get_profile:
 * @self: a desk
 *
 * Returns: the folder where stores and settings are kept
 */
const char *
dial_desk_get_profile (DialDesk *self)
{
  g_return_val_if_fail (DIAL_IS_DESK (self), NULL);

  return self->profile;
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  DialIntegration *one = (DialIntegration *) a;
  DialIntegration *other = (DialIntegration *) b;
  int order = g_utf8_collate (dial_integration_get_name (one), dial_integration_get_name (other));

  return order != 0 ? order : strcmp (dial_integration_get_id (one), dial_integration_get_id (other));
}

static void
on_note_needs_look (DialIntegration *integration,
                    DialOutboxItem  *item,
                    DialDesk        *self)
{
  g_signal_emit (self, signals[NOTE_NEEDS_LOOK], 0, integration, item);
}

/* By name: ids are random, and so would be the order of the files. A new name counts from the next start on,
 * so that nothing moves under the pointer. */
void
_dial_desk_take_integration (DialDesk        *self,
                             DialIntegration *integration)
{
  g_signal_connect_object (integration, "note-needs-look", G_CALLBACK (on_note_needs_look), self, 0);
  g_list_store_insert_sorted (self->integrations, integration, compare_names, NULL);
  _dial_desk_pace_integration (self, integration);
  _dial_desk_claim_texts (integration);
  _dial_desk_mind_contacts (self, integration);
}

/**
 * dial_desk_get_integrations:
 * @self: a desk
 *
 * Returns: (transfer none): a list of [class@Integration] that follows what is added and removed
 */
GListModel *
dial_desk_get_integrations (DialDesk *self)
{
  g_return_val_if_fail (DIAL_IS_DESK (self), NULL);

  return G_LIST_MODEL (self->integrations);
}

/**
 * dial_desk_find_integration:
 * @self: a desk
 * @id: an integration's id
 *
 * Returns: (transfer none) (nullable): the integration
 */
DialIntegration *
dial_desk_find_integration (DialDesk   *self,
                            const char *id)
{
  GListModel *integrations = dial_desk_get_integrations (self);

  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);

    if (g_strcmp0 (dial_integration_get_id (integration), id) == 0)
      return integration;
  }

  return NULL;
}

/**
 * dial_desk_find_by_store:
 * @self: a desk
 * @store: a store
 *
 * Returns: (transfer none) (nullable): the integration whose store that is
 */
DialIntegration *
dial_desk_find_by_store (DialDesk  *self,
                         DialStore *store)
{
  GListModel *integrations = dial_desk_get_integrations (self);

  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);

    if (dial_integration_get_store (integration) == store)
      return integration;
  }

  return NULL;
}

/**
 * dial_desk_get_phones:
 * @self: a desk
 *
 * Returns: (transfer none): a list of [iface@Phone], the one to use by itself first
 */
GListModel *
dial_desk_get_phones (DialDesk *self)
{
  g_return_val_if_fail (DIAL_IS_DESK (self), NULL);

  return G_LIST_MODEL (self->phones);
}

/**
 * dial_desk_find_phone:
 * @self: a desk
 * @id: (nullable): a phone's id, %NULL for the first
 *
 * Returns: (transfer none) (nullable): the phone
 */
DialPhone *
dial_desk_find_phone (DialDesk   *self,
                      const char *id)
{
  GListModel *phones = dial_desk_get_phones (self);

  for (guint i = 0; i < g_list_model_get_n_items (phones); i++) {
    g_autoptr (DialPhone) phone = g_list_model_get_item (phones, i);

    if (id == NULL || g_str_equal (dial_phone_get_id (phone), id))
      return phone;
  }

  return NULL;
}

/* Opening */

typedef struct {
  char      *path;
  DialStore *store;     /* NULL if there is an error */
  GError    *error;
} Found;

typedef struct {
  GPtrArray *found;
  guint      index;
} Opening;

static void
found_free (Found *found)
{
  g_clear_object (&found->store);
  g_clear_error (&found->error);
  g_free (found->path);
  g_free (found);
}

static void
opening_free (Opening *opening)
{
  g_clear_pointer (&opening->found, g_ptr_array_unref);
  g_free (opening);
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  const Found *left = *(const Found **) a;
  const Found *right = *(const Found **) b;

  return g_strcmp0 (left->path, right->path);
}

static gboolean
set_profile_error (GTask      *task,
                   const char *profile,
                   int         error_number)
{
  g_task_return_new_error (task, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FAILED,
                           /* Translators: a folder, and what the system says */
                           _("The folder %s cannot be used: %s. Make room or correct its "
                             "permissions, then try again."), profile, g_strerror (error_number));
  return FALSE;
}

/* On a worker thread: the folder may be on a slow disk. All at once, so that the window that is made meanwhile
 * finds them open. */
static void
open_stores (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  const char *profile = task_data;
  g_autoptr (GPtrArray) stores = g_ptr_array_new_with_free_func ((GDestroyNotify) found_free);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_mkdir_with_parents (profile, 0700) != 0) {
    set_profile_error (task, profile, errno);
    return;
  }

  dir = g_dir_open (profile, 0, NULL);
  if (dir == NULL) {
    set_profile_error (task, profile, errno);
    return;
  }

  while ((name = g_dir_read_name (dir)) != NULL) {
    Found *found;

    if (!g_str_has_suffix (name, STORE_SUFFIX))
      continue;

    found = g_new0 (Found, 1);
    found->path = g_build_filename (profile, name, NULL);
    g_ptr_array_add (stores, found);
  }

  g_ptr_array_sort (stores, compare_paths);
  for (guint i = 0; i < stores->len; i++) {
    Found *found = g_ptr_array_index (stores, i);

    found->store = dial_store_open_here (found->path, g_task_get_context (task), &found->error);
  }
  g_task_return_pointer (task, g_steal_pointer (&stores), (GDestroyNotify) g_ptr_array_unref);
}

static void open_next (GTask *task);

static char *
id_of_path (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return g_strndup (name, strlen (name) - strlen (STORE_SUFFIX));
}

/* One file that cannot be read keeps nobody from the others, and can be removed. */
static void
take_broken (DialDesk     *self,
             const char   *path,
             const GError *error)
{
  g_autofree char *id = id_of_path (path);
  g_autoptr (DialIntegration) integration = _dial_integration_new_broken (path, id, self->secrets, error);

  _dial_desk_take_integration (self, integration);
}

static void
on_integration_opened (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (DialIntegration) integration = _dial_integration_open_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  if (integration == NULL) {
    Opening *opening = g_task_get_task_data (task);
    Found *found = g_ptr_array_index (opening->found, opening->index - 1);

    take_broken (self, found->path, error);
    open_next (task);
    return;
  }

  if (*dial_integration_get_name (integration) == '\0') {
    _dial_desk_sweep_leftover (self, integration);
  } else {
    _dial_desk_take_integration (self, integration);
    _dial_integration_start_soon (integration);
  }
  open_next (task);
}

static void
open_next (GTask *task)
{
  DialDesk *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);
  g_autofree char *id = NULL;
  Found *found;

  while (opening->index < opening->found->len) {
    found = g_ptr_array_index (opening->found, opening->index);
    if (found->error == NULL)
      break;
    take_broken (self, found->path, found->error);
    opening->index++;
  }

  if (opening->index == opening->found->len) {
    _dial_desk_give_colours (self);
    if ((self->flags & DIAL_DESK_BY_HAND) == 0)
      _dial_desk_restore_calls (self);
    g_task_return_boolean (task, TRUE);
    return;
  }

  found = g_ptr_array_index (opening->found, opening->index++);
  id = id_of_path (found->path);
  _dial_integration_open_async (found->store, id, self->secrets, (self->flags & DIAL_DESK_BY_HAND) != 0,
                                g_task_get_cancellable (task), on_integration_opened,
                                g_object_ref (task));
}

static void
on_accounts_read (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (_dial_desk_read_accounts_finish (DIAL_DESK (source), result, &error))
    open_next (task);
  else
    g_task_return_error (task, error);
}

static void
on_stores_opened (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialDesk *self = g_task_get_source_object (task);
  Opening *opening = g_new0 (Opening, 1);
  GError *error = NULL;

  g_task_set_task_data (task, opening, (GDestroyNotify) opening_free);
  opening->found = g_task_propagate_pointer (G_TASK (result), &error);
  if (opening->found == NULL)
    g_task_return_error (task, error);
  else
    _dial_desk_read_accounts_async (self, g_task_get_cancellable (task), on_accounts_read, g_object_ref (task));
}

/**
 * dial_desk_open_async:
 * @self: a desk
 * @cancellable: (nullable): stops it
 * @callback: called when all integrations are there
 * @user_data: for @callback
 *
 * Makes the profile's folder if need be and opens every integration in it. Active ones begin to
 * sync and to carry notes, unless the desk is worked by hand.
 */
void
dial_desk_open_async (DialDesk            *self,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) search = NULL;

  g_return_if_fail (DIAL_IS_DESK (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_desk_open_async);

  /* Without a source: the thread may be the last to let go of its task. */
  search = g_task_new (NULL, cancellable, on_stores_opened, g_object_ref (task));
  g_task_set_source_tag (search, open_stores);
  g_task_set_task_data (search, g_strdup (self->profile), g_free);
  g_task_run_in_thread (search, open_stores);
}

/**
 * dial_desk_open_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether all integrations are there
 */
gboolean
dial_desk_open_finish (DialDesk      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Closing */

static void close_next (GTask *task);

static void
on_account_at_rest (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  close_next (task);
}

static void
close_next_account (GTask *task)
{
  DialDesk *self = g_task_get_source_object (task);
  g_autoptr (DialCloudtalkAccount) account = g_list_model_get_item (G_LIST_MODEL (self->accounts), 0);

  if (account == NULL) {
    g_task_return_boolean (task, TRUE);
    return;
  }

  g_list_store_remove (self->accounts, 0);
  _dial_cloudtalk_account_rest_async (account, on_account_at_rest, g_object_ref (task));
}

static void
on_integration_closed (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!_dial_integration_close_finish (DIAL_INTEGRATION (source), result, &error))
    g_warning ("Closing a store: %s", error->message);
  close_next (task);
}

static void
close_next (GTask *task)
{
  DialDesk *self = g_task_get_source_object (task);
  g_autoptr (DialIntegration) integration =
    g_list_model_get_item (G_LIST_MODEL (self->integrations), 0);

  if (integration == NULL) {
    close_next_account (task);
    return;
  }

  g_list_store_remove (self->integrations, 0);
  _dial_integration_close_async (integration, on_integration_closed, g_object_ref (task));
}

static void
close_now (DialDesk *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->closing);

  _dial_desk_leave_accounts (self);
  g_clear_handle_id (&self->closing_source, g_source_remove);
  close_next (task);
}

static gboolean
on_text_too_slow (gpointer user_data)
{
  DialDesk *self = user_data;

  self->closing_source = 0;
  close_now (self);
  return G_SOURCE_REMOVE;
}

void
_dial_desk_begin_text (DialDesk *self)
{
  self->n_texts++;
}

void
_dial_desk_end_text (DialDesk *self)
{
  self->n_texts--;
  if (self->n_texts == 0 && self->closing != NULL)
    close_now (self);
}

/**
 * dial_desk_close_async:
 * @self: a desk
 * @cancellable: (nullable): ignored; what was typed is always written down
 * @callback: called when everything is on disk
 * @user_data: for @callback
 *
 * Stops all work and closes every store after its last write. Whether a text message that is on its way went out is
 * worth a moment of waiting.
 */
void
dial_desk_close_async (DialDesk            *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DIAL_IS_DESK (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dial_desk_close_async);
  self->closing = g_object_ref (task);
  if (self->n_texts > 0)
    self->closing_source = g_timeout_add_seconds (TEXT_SECONDS, on_text_too_slow, self);
  else
    close_now (self);
}

/**
 * dial_desk_close_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether everything is on disk
 */
gboolean
dial_desk_close_finish (DialDesk      *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
