#include "dial-sandbox.h"

#include "dial-sandbox-cloudtalk.h"

struct _DialSandbox {
  GObject       parent_instance;

  GThread      *thread;
  GMainContext *context;
  GMainLoop    *loop;
  char         *origin;
  char         *client_id;
  char         *secret;
  char         *api_key;
  char         *recruiter;
  char         *cloudtalk_url;
  char         *cloudtalk_key_id;
  char         *cloudtalk_secret;
  guint64       prepared;
};

G_DEFINE_FINAL_TYPE (DialSandbox, dial_sandbox, G_TYPE_OBJECT)

/* Handed from the caller's thread to the sandbox's own. */
typedef struct {
  DialSandboxOptions  options; /* owns its path */
  DialSandbox        *sandbox;
  GTask              *task;
} Start;

static void
start_free (Start *start)
{
  g_free ((char *) start->options.notes_path);
  g_object_unref (start->task);
  g_free (start);
}

/* Everything the server does happens here: its state is touched by this thread alone. */
static gpointer
serve (gpointer data)
{
  Start *start = data;
  DialSandbox *self = start->sandbox;
  g_autoptr (GMainContext) context = g_main_context_ref (self->context);
  g_autoptr (GMainLoop) loop = g_main_loop_ref (self->loop);
  g_autoptr (GError) error = NULL;
  DialSandboxServer *server;

  g_main_context_push_thread_default (context);
  server = dial_sandbox_server_new (&start->options, &error);
  if (server != NULL) {
    self->origin = g_strdup (server->origin);
    self->client_id = g_strdup (server->client_id);
    self->secret = g_strdup (server->secret);
    self->api_key = g_strdup (server->api_key);
    self->cloudtalk_url = g_strconcat (server->origin, DIAL_SANDBOX_CT_PATH, NULL);
    self->cloudtalk_key_id = g_strdup (server->cloudtalk->key_id);
    self->cloudtalk_secret = g_strdup (server->cloudtalk->secret);
    self->prepared = server->prepared;
    self->recruiter = g_strdup (dial_sandbox_staff_find (server->staff,
                                                         DIAL_SANDBOX_RECRUITER)->email);
    g_task_return_pointer (start->task, self, g_object_unref);
  } else {
    g_task_return_error (start->task, g_steal_pointer (&error));
    g_object_unref (self);
  }
  start_free (start);

  if (server != NULL) {
    g_main_loop_run (loop);
    dial_sandbox_server_free (server);
    while (g_main_context_iteration (context, FALSE))
      ; /* connections that were cut still have to be put away */
  }
  g_main_context_pop_thread_default (context);
  return NULL;
}

static gboolean
quit (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

static void
dial_sandbox_dispose (GObject *object)
{
  dial_sandbox_stop (DIAL_SANDBOX (object));

  G_OBJECT_CLASS (dial_sandbox_parent_class)->dispose (object);
}

static void
dial_sandbox_finalize (GObject *object)
{
  DialSandbox *self = DIAL_SANDBOX (object);

  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self->origin);
  g_free (self->client_id);
  g_free (self->secret);
  g_free (self->api_key);
  g_free (self->recruiter);
  g_free (self->cloudtalk_url);
  g_free (self->cloudtalk_key_id);
  g_free (self->cloudtalk_secret);

  G_OBJECT_CLASS (dial_sandbox_parent_class)->finalize (object);
}

static void
dial_sandbox_class_init (DialSandboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dial_sandbox_dispose;
  object_class->finalize = dial_sandbox_finalize;
}

static void
dial_sandbox_init (DialSandbox *self)
{
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
}

/**
 * dial_sandbox_start_async:
 * @options: what to serve; copied
 * @cancellable: (nullable): cancels the start
 * @callback: called when the sandbox serves, or cannot
 * @user_data: for @callback
 *
 * Begins to serve on 127.0.0.1, in a thread of its own. Client id, secret and key are drawn anew
 * each time.
 */
void
dial_sandbox_start_async (const DialSandboxOptions *options,
                          GCancellable             *cancellable,
                          GAsyncReadyCallback       callback,
                          gpointer                  user_data)
{
  g_autoptr (DialSandbox) self = g_object_new (DIAL_TYPE_SANDBOX, NULL);
  Start *start;

  g_return_if_fail (options != NULL);

  start = g_new0 (Start, 1);
  start->options = *options;
  start->options.notes_path = g_strdup (options->notes_path);
  start->sandbox = g_object_ref (self);
  start->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (start->task, dial_sandbox_start_async);

  self->thread = g_thread_new ("dial-sandbox", serve, start);
}

/**
 * dial_sandbox_start_finish:
 * @result: what the callback was given
 * @error: why it does not serve, such as a port that is taken
 *
 * Returns: (transfer full) (nullable): the sandbox, which serves until it is stopped or let go
 */
DialSandbox *
dial_sandbox_start_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, dial_sandbox_start_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dial_sandbox_stop:
 * @self: a sandbox
 *
 * Cuts all connections and waits until the thread has ended. Stopping twice does nothing.
 */
void
dial_sandbox_stop (DialSandbox *self)
{
  g_autoptr (GSource) source = NULL;
  GThread *thread;

  g_return_if_fail (DIAL_IS_SANDBOX (self));

  thread = g_steal_pointer (&self->thread);
  if (thread == NULL)
    return;

  /* The loop may not run yet: a source waits for it, g_main_loop_quit() would be forgotten. */
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_HIGH); /* however busy the clients keep it */
  g_source_set_callback (source, quit, g_main_loop_ref (self->loop),
                         (GDestroyNotify) g_main_loop_unref);
  g_source_attach (source, self->context);

  /* A start nobody waits for any more lets go of the sandbox from its own thread. */
  if (thread == g_thread_self ())
    g_thread_unref (thread);
  else
    g_thread_join (thread);
}

/**
 * dial_sandbox_get_harvest_url:
 * @self: a sandbox
 *
 * Returns: where Harvest is, without `/v3` or `/v1`
 */
const char *
dial_sandbox_get_harvest_url (DialSandbox *self)
{
  g_return_val_if_fail (DIAL_IS_SANDBOX (self), NULL);

  return self->origin;
}

/**
 * dial_sandbox_get_auth_url:
 * @self: a sandbox
 *
 * Returns: where the token service is, without `/token`
 */
const char *
dial_sandbox_get_auth_url (DialSandbox *self)
{
  g_return_val_if_fail (DIAL_IS_SANDBOX (self), NULL);

  return self->origin;
}

/**
 * dial_sandbox_get_web_url:
 * @self: a sandbox
 *
 * Returns: where the candidates' pages are, without `/people/ID`
 */
const char *
dial_sandbox_get_web_url (DialSandbox *self)
{
  g_return_val_if_fail (DIAL_IS_SANDBOX (self), NULL);

  return self->origin;
}

const char *
dial_sandbox_get_client_id (DialSandbox *self)
{
  g_return_val_if_fail (DIAL_IS_SANDBOX (self), NULL);

  return self->client_id;
}

const char *
dial_sandbox_get_secret (DialSandbox *self)
{
  g_return_val_if_fail (DIAL_IS_SANDBOX (self), NULL);

  return self->secret;
}

/**
 * dial_sandbox_get_api_key:
 * @self: a sandbox
 *
 * Returns: the key of Harvest v1, the user name of its Basic credentials
 */
const char *
dial_sandbox_get_api_key (DialSandbox *self)
{
  g_return_val_if_fail (DIAL_IS_SANDBOX (self), NULL);

  return self->api_key;
}

/**
 * dial_sandbox_get_recruiter:
 * @self: a sandbox
 *
 * Returns: the e-mail address of the user who sits before the screen, a Site Admin
 */
const char *
dial_sandbox_get_recruiter (DialSandbox *self)
{
  g_return_val_if_fail (DIAL_IS_SANDBOX (self), NULL);

  return self->recruiter;
}

/**
 * dial_sandbox_get_cloudtalk_url:
 * @self: a sandbox
 *
 * Returns: where CloudTalk is, what comes before `/agents/index.json`
 */
const char *
dial_sandbox_get_cloudtalk_url (DialSandbox *self)
{
  g_return_val_if_fail (DIAL_IS_SANDBOX (self), NULL);

  return self->cloudtalk_url;
}

const char *
dial_sandbox_get_cloudtalk_key_id (DialSandbox *self)
{
  g_return_val_if_fail (DIAL_IS_SANDBOX (self), NULL);

  return self->cloudtalk_key_id;
}

/**
 * dial_sandbox_get_cloudtalk_secret:
 * @self: a sandbox
 *
 * Returns: the password that goes with the key id; it has signs in it that are not letters
 */
const char *
dial_sandbox_get_cloudtalk_secret (DialSandbox *self)
{
  g_return_val_if_fail (DIAL_IS_SANDBOX (self), NULL);

  return self->cloudtalk_secret;
}

/**
 * dial_sandbox_get_cloudtalk_number:
 * @self: a sandbox
 *
 * Returns: the number that the recruiter's calls and texts come from, in E.164
 */
const char *
dial_sandbox_get_cloudtalk_number (DialSandbox *self)
{
  g_return_val_if_fail (DIAL_IS_SANDBOX (self), NULL);

  return DIAL_SANDBOX_CT_NUMBER;
}

/**
 * dial_sandbox_get_prepared:
 * @self: a sandbox
 *
 * Returns: how many bytes of answers it prepared, 0 if it was not asked to
 */
guint64
dial_sandbox_get_prepared (DialSandbox *self)
{
  g_return_val_if_fail (DIAL_IS_SANDBOX (self), 0);

  return self->prepared;
}

/**
 * dial_sandbox_to_json:
 * @self: a sandbox
 *
 * Returns: (transfer full): its addresses and credentials, one line of JSON
 */
char *
dial_sandbox_to_json (DialSandbox *self)
{
  g_autoptr (GString) out = g_string_new (NULL);
  DialSandboxRecord record;

  g_return_val_if_fail (DIAL_IS_SANDBOX (self), NULL);

  dial_sandbox_record_begin (&record, out, NULL, NULL);
  dial_sandbox_record_string (&record, "harvest_url", dial_sandbox_get_harvest_url (self));
  dial_sandbox_record_string (&record, "auth_url", dial_sandbox_get_auth_url (self));
  dial_sandbox_record_string (&record, "web_url", dial_sandbox_get_web_url (self));
  dial_sandbox_record_string (&record, "client_id", self->client_id);
  dial_sandbox_record_string (&record, "client_secret", self->secret);
  dial_sandbox_record_string (&record, "api_key", self->api_key);
  dial_sandbox_record_string (&record, "subdomain", "sandbox");
  dial_sandbox_record_string (&record, "recruiter", dial_sandbox_get_recruiter (self));
  dial_sandbox_record_string (&record, "cloudtalk_url", self->cloudtalk_url);
  dial_sandbox_record_string (&record, "cloudtalk_key_id", self->cloudtalk_key_id);
  dial_sandbox_record_string (&record, "cloudtalk_secret", self->cloudtalk_secret);
  dial_sandbox_record_end (&record);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
