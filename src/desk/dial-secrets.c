#include "dial-secrets.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <libsecret/secret.h>
#include <string.h>
#include <sys/resource.h>

#include "dial-keyring-error.h"

struct _DialSecrets
{
  GObject     parent_instance;

  GHashTable *memory;
  gboolean    may_prompt;
};

/* What one task is about; `value` is what the keyring shall hold. */
typedef struct {
  char *owner;
  char *label;
  char *value;
} Errand;

/* The caller, who may lose patience before the keyring answers. */
typedef struct {
  GTask   *task;
  GSource *cancelled;
} Caller;

G_DEFINE_FINAL_TYPE (DialSecrets, dial_secrets, G_TYPE_OBJECT)

static const SecretSchema schema = {
  "org.dialhouse.Dialhouse.Credentials", SECRET_SCHEMA_NONE,
  {
    { "owner", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

static void
wipe_and_free (char *value)
{
  if (value != NULL)
    explicit_bzero (value, strlen (value));
  g_free (value);
}

static void
errand_free (Errand *errand)
{
  g_free (errand->owner);
  g_free (errand->label);
  wipe_and_free (errand->value);
  g_free (errand);
}

static void
caller_free (Caller *caller)
{
  if (caller->cancelled != NULL)
    g_source_destroy (caller->cancelled);
  g_clear_pointer (&caller->cancelled, g_source_unref);
  g_clear_object (&caller->task);
  g_free (caller);
}

static gboolean
on_cancelled (GCancellable *cancellable,
              gpointer      user_data)
{
  Caller *caller = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&caller->task);

  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
on_errand_done (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Caller *caller = user_data;
  Errand *errand = g_task_get_task_data (G_TASK (result));

  if (caller->task != NULL) {
    g_task_return_pointer (caller->task, g_object_ref (result), g_object_unref);
  } else if (g_task_get_source_tag (G_TASK (result)) == dial_secrets_store_async &&
             g_task_propagate_boolean (G_TASK (result), NULL)) {
    /* The person unlocked the keyring after all, when nobody wanted it any longer. */
    dial_secrets_clear_async (DIAL_SECRETS (source), errand->owner, NULL, NULL, NULL);
  }

  caller_free (caller);
}

/* Cancelling does not reach libsecret: 0.20 never answers an operation that was cancelled while it
 * showed a prompt, and gnome-keyring 42 crashes when the prompt is taken away. The caller is let
 * go, the prompt stays until the person closes it.
 *
 * Returns: (nullable): the errand's own task, whose result goes to the caller */
static GTask *
errand_new (DialSecrets         *self,
            gpointer             source_tag,
            const char          *owner,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GTask *errand_task;
  Caller *caller;
  Errand *errand;

  g_task_set_source_tag (task, source_tag);
  if (g_task_return_error_if_cancelled (task))
    return NULL;

  caller = g_new0 (Caller, 1);
  caller->task = g_steal_pointer (&task);
  if (cancellable != NULL) {
    caller->cancelled = g_cancellable_source_new (cancellable);
    g_source_set_callback (caller->cancelled, G_SOURCE_FUNC (on_cancelled), caller, NULL);
    g_source_attach (caller->cancelled, g_main_context_get_thread_default ());
  }

  errand = g_new0 (Errand, 1);
  errand->owner = g_strdup (owner);
  errand_task = g_task_new (self, NULL, on_errand_done, caller);
  g_task_set_source_tag (errand_task, source_tag);
  g_task_set_task_data (errand_task, errand, (GDestroyNotify) errand_free);
  return errand_task;
}

/* Returns: (nullable): the errand's task, if the caller waited for it */
static GTask *
errand_finish (GAsyncResult  *result,
               GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static GHashTable *
make_attributes (GTask *task)
{
  Errand *errand = g_task_get_task_data (task);

  return secret_attributes_build (&schema, "owner", errand->owner, NULL);
}

/* Was nothing found because nothing is there, or because it is behind a lock? A lookup does not
 * say. */

static void
on_searched (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, dial_keyring_error_translate (error));
  else
    g_task_return_boolean (task, items != NULL);

  g_list_free_full (items, g_object_unref);
}

static void
has_item_async (DialSecrets         *self,
                GHashTable          *attributes,
                GAsyncReadyCallback  callback,
                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, has_item_async);
  secret_password_searchv (&schema, attributes, SECRET_SEARCH_ALL, NULL, on_searched,
                           g_object_ref (task));
}

static gboolean
has_item_finish (DialSecrets   *self,
                 GAsyncResult  *result,
                 GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Storing */

static void look_up_in_keyring (GTask *task);

static gboolean
keep_in_memory (GTask *task)
{
  DialSecrets *self = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);

  if (self->memory == NULL)
    return FALSE;

  g_hash_table_replace (self->memory, g_strdup (errand->owner), g_steal_pointer (&errand->value));
  g_task_return_boolean (task, TRUE);
  return TRUE;
}

static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialSecrets *self = g_task_get_source_object (task);
  Errand *errand = g_task_get_task_data (task);
  GError *error = NULL;

  if (secret_password_store_finish (result, &error)) {
    if (self->memory != NULL)
      g_hash_table_remove (self->memory, errand->owner);
    g_task_return_boolean (task, TRUE);
    return;
  }

  error = dial_keyring_error_translate (error);
  if (dial_keyring_error_is_unusable (error) && keep_in_memory (task))
    g_error_free (error);
  else
    g_task_return_error (task, error);
}

static void
store_in_keyring (GTask *task)
{
  g_autoptr (GHashTable) attributes = make_attributes (task);
  Errand *errand = g_task_get_task_data (task);

  secret_password_storev (&schema, attributes, SECRET_COLLECTION_DEFAULT, errand->label,
                          errand->value, NULL, on_stored, g_object_ref (task));
}

/* Says whether a prompt would come: the default keyring is locked, or was never made. Where no secret service
 * answers there is none to prompt; libsecret may have another place then. */
static gboolean
would_prompt (GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretCollection) collection = secret_collection_for_alias_finish (result, &error);

  return error == NULL && (collection == NULL || secret_collection_get_locked (collection));
}

static void
on_collection_found (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialSecrets *self = g_task_get_source_object (task);
  gboolean storing = g_task_get_source_tag (task) == dial_secrets_store_async ||
                     g_task_get_source_tag (task) == dial_secrets_replace_async;

  if (!would_prompt (result)) {
    if (storing)
      store_in_keyring (task);
    else
      look_up_in_keyring (task);
  } else if (!storing || self->memory == NULL) {
    g_task_return_error (task, dial_keyring_error_new_locked ());
  } else {
    keep_in_memory (task);
  }
}

/* Nobody is bothered with a prompt: whether there is an open keyring is asked first. */
static void
find_open_keyring (GTask *task)
{
  secret_collection_for_alias (NULL, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, NULL,
                               on_collection_found, g_object_ref (task));
}

/* Looking up */

static gboolean
return_value (GTask      *task,
              const char *value)
{
  const char *end = value != NULL ? strchr (value, '\n') : NULL;

  if (end == NULL)
    return FALSE;

  g_task_return_pointer (task, g_strdup (value), (GDestroyNotify) wipe_and_free);
  return TRUE;
}

static void
on_locked_item_looked_for (GObject      *source,
                           GAsyncResult *result,
                           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (has_item_finish (DIAL_SECRETS (source), result, &error))
    g_task_return_error (task, dial_keyring_error_new_locked ());
  else
    g_task_return_error (task, error != NULL ? error : dial_keyring_error_new_no_secret ());
}

static void
on_looked_up (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GHashTable) attributes = NULL;
  GError *error = NULL;
  char *value = secret_password_lookup_nonpageable_finish (result, &error);

  if (error != NULL) {
    g_task_return_error (task, dial_keyring_error_translate (error));
    return;
  }

  if (value != NULL) {
    if (!return_value (task, value))
      g_task_return_error (task, dial_keyring_error_new_no_secret ());
    secret_password_free (value);
    return;
  }

  attributes = make_attributes (task);
  has_item_async (g_task_get_source_object (task), attributes, on_locked_item_looked_for,
                  g_object_ref (task));
}

static void
look_up_in_keyring (GTask *task)
{
  g_autoptr (GHashTable) attributes = make_attributes (task);

  secret_password_lookupv (&schema, attributes, NULL, on_looked_up, g_object_ref (task));
}

/* Clearing */

static void
on_left_over_looked_for (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (has_item_finish (DIAL_SECRETS (source), result, &error))
    g_task_return_error (task, dial_keyring_error_new_locked ());
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_cleared (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GHashTable) attributes = NULL;
  DialSecrets *self = g_task_get_source_object (task);
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL) {
    error = dial_keyring_error_translate (error);
    if (self->memory != NULL && dial_keyring_error_is_unusable (error)) {
      g_error_free (error);
      g_task_return_boolean (task, TRUE);
    } else {
      g_task_return_error (task, error);
    }
    return;
  }

  /* It passes over locked items without a word. */
  attributes = make_attributes (task);
  has_item_async (self, attributes, on_left_over_looked_for, g_object_ref (task));
}

static void
dial_secrets_finalize (GObject *object)
{
  DialSecrets *self = DIAL_SECRETS (object);

  g_clear_pointer (&self->memory, g_hash_table_unref);

  G_OBJECT_CLASS (dial_secrets_parent_class)->finalize (object);
}

static void
dial_secrets_class_init (DialSecretsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dial_secrets_finalize;
}

static void
dial_secrets_init (DialSecrets *self)
{
}

/**
 * dial_secrets_new:
 * @flags: how to deal with a keyring that is not open
 *
 * Returns: (transfer full): the credentials of a desk
 */
DialSecrets *
dial_secrets_new (DialSecretsFlags flags)
{
  DialSecrets *self = g_object_new (DIAL_TYPE_SECRETS, NULL);

  self->may_prompt = (flags & DIAL_SECRETS_NO_PROMPT) == 0;
  if ((flags & DIAL_SECRETS_IN_MEMORY) != 0)
    self->memory = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) wipe_and_free);
  return self;
}

static void
begin_store (DialSecrets         *self,
             gpointer             source_tag,
             const char          *owner,
             const char          *title,
             const char          *client_id,
             const char          *secret,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  g_autoptr (GTask) task = errand_new (self, source_tag, owner, cancellable, callback, user_data);
  Errand *errand;

  if (task == NULL)
    return;

  errand = g_task_get_task_data (task);
  /* Translators: shown by keyring programs; %s is the name of a connection. */
  errand->label = g_strdup_printf (_("Dialhouse: %s"), title);
  errand->value = g_strconcat (client_id, "\n", secret, NULL);

  if (self->memory != NULL || !self->may_prompt)
    find_open_keyring (task);
  else
    store_in_keyring (task);
}

/**
 * dial_secrets_store_async:
 * @self: credentials
 * @owner: the id of an integration or a phone
 * @title: what a person calls it, shown by keyring programs
 * @client_id: the id, or "" where there is none; one line
 * @secret: the secret; one line
 * @cancellable: (nullable): stops waiting for a person to unlock the keyring
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Puts both halves into the default keyring as one item, in place of an older one of that owner. A
 * locked keyring may ask the person for its password. What is stored after it was cancelled is taken out
 * again.
 */
void
dial_secrets_store_async (DialSecrets         *self,
                          const char          *owner,
                          const char          *title,
                          const char          *client_id,
                          const char          *secret,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (DIAL_IS_SECRETS (self));
  g_return_if_fail (owner != NULL && title != NULL && client_id != NULL && secret != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  begin_store (self, dial_secrets_store_async, owner, title, client_id, secret, cancellable,
               callback, user_data);
}

/**
 * dial_secrets_replace_async:
 * @self: credentials
 * @owner: the id of an integration or a phone
 * @title: what a person calls it, shown by keyring programs
 * @client_id: the id, or "" where there is none; one line
 * @secret: the secret; one line
 * @cancellable: (nullable): stops waiting for a person to unlock the keyring
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Does as dial_secrets_store_async() for an owner who has credentials: should the person unlock the keyring
 * after it was cancelled, the new ones stay, since the old ones are gone. Finish it with
 * dial_secrets_store_finish().
 */
void
dial_secrets_replace_async (DialSecrets         *self,
                            const char          *owner,
                            const char          *title,
                            const char          *client_id,
                            const char          *secret,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_return_if_fail (DIAL_IS_SECRETS (self));
  g_return_if_fail (owner != NULL && title != NULL && client_id != NULL && secret != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  begin_store (self, dial_secrets_replace_async, owner, title, client_id, secret, cancellable,
               callback, user_data);
}

/**
 * dial_secrets_store_finish:
 * @self: credentials
 * @result: what the callback was given
 * @error: return location, of domain %DIAL_DESK_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it is stored
 */
gboolean
dial_secrets_store_finish (DialSecrets   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_autoptr (GTask) errand = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  errand = errand_finish (result, error);
  return errand != NULL && g_task_propagate_boolean (errand, error);
}

/**
 * dial_secrets_lookup_async:
 * @self: credentials
 * @owner: the id of an integration or a phone
 * @cancellable: (nullable): stops waiting for a person to unlock the keyring
 * @callback: called when it was found or not
 * @user_data: for @callback
 *
 * Looks for an owner's credentials. A locked keyring may ask the person for its password.
 */
void
dial_secrets_lookup_async (DialSecrets         *self,
                           const char          *owner,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DIAL_IS_SECRETS (self));
  g_return_if_fail (owner != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = errand_new (self, dial_secrets_lookup_async, owner, cancellable, callback, user_data);
  if (task == NULL)
    return;

  if (self->memory != NULL && return_value (task, g_hash_table_lookup (self->memory, owner)))
    return;

  if (self->may_prompt)
    look_up_in_keyring (task);
  else
    find_open_keyring (task);
}

/* The first line, which may be empty; @text goes on behind it. */
static char *
take_line (const char **text)
{
  size_t length = strcspn (*text, "\r\n");
  char *line = g_strndup (*text, length);

  *text += length;
  *text += strspn (*text, "\r\n");
  return line;
}

/**
 * dial_secrets_lookup_finish:
 * @self: credentials
 * @result: what the callback was given
 * @client_id: (out): the id, "" where there is none, to be freed with g_free()
 * @secret: (out): the secret, to be wiped and freed with g_free()
 * @error: return location, of domain %DIAL_DESK_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether they were found
 */
gboolean
dial_secrets_lookup_finish (DialSecrets   *self,
                            GAsyncResult  *result,
                            char         **client_id,
                            char         **secret,
                            GError       **error)
{
  g_autoptr (GTask) errand = NULL;
  const char *rest;
  char *value;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (client_id != NULL && secret != NULL, FALSE);

  errand = errand_finish (result, error);
  value = errand != NULL ? g_task_propagate_pointer (errand, error) : NULL;
  if (value == NULL)
    return FALSE;

  rest = value;
  *client_id = take_line (&rest);
  *secret = take_line (&rest);
  wipe_and_free (value);
  return TRUE;
}

/**
 * dial_secrets_clear_async:
 * @self: credentials
 * @owner: the id of an integration or a phone
 * @cancellable: (nullable): stops waiting
 * @callback: called when they are gone
 * @user_data: for @callback
 *
 * Forgets an owner's credentials. It is no error if there are none.
 */
void
dial_secrets_clear_async (DialSecrets         *self,
                          const char          *owner,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GHashTable) attributes = NULL;

  g_return_if_fail (DIAL_IS_SECRETS (self));
  g_return_if_fail (owner != NULL);
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = errand_new (self, dial_secrets_clear_async, owner, cancellable, callback, user_data);
  if (task == NULL)
    return;

  if (self->memory != NULL && g_hash_table_remove (self->memory, owner)) {
    g_task_return_boolean (task, TRUE);
    return;
  }

  attributes = make_attributes (task);
  secret_password_clearv (&schema, attributes, NULL, on_cleared, g_object_ref (task));
}

/**
 * dial_secrets_clear_finish:
 * @self: credentials
 * @result: what the callback was given
 * @error: return location, of domain %DIAL_DESK_ERROR or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether they are gone
 */
gboolean
dial_secrets_clear_finish (DialSecrets   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_autoptr (GTask) errand = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  errand = errand_finish (result, error);
  return errand != NULL && g_task_propagate_boolean (errand, error);
}

/**
 * dial_secrets_forbid_core:
 *
 * Keeps the system from writing this process's memory to a file should it abort: there are credentials
 * in it, and candidates. Call it first thing.
 */
void
dial_secrets_forbid_core (void)
{
  const struct rlimit none = { 0, 0 };

  /* Where systemd-coredump takes cores, it keeps the text of one only up to this limit. */
  if (setrlimit (RLIMIT_CORE, &none) != 0)
    g_debug ("Cores cannot be forbidden: %s", g_strerror (errno));
}
