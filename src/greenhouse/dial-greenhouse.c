#include "dial-greenhouse-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-key-private.h"
#include "dial-token-private.h"
#include "dial-url.h"

/* Greenhouse's own addresses. */
#define HARVEST_URL "https://harvest.greenhouse.io"
#define AUTH_URL    "https://auth.greenhouse.io"

/* What people paste after the base: the same service, whatever stands here. */
static const char *const endings[] = { "/v3", "/token", "/introspect", NULL };

enum {
  ALLOWANCE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialGreenhouse, dial_greenhouse, G_TYPE_OBJECT)

static void
dial_greenhouse_dispose (GObject *object)
{
  DialGreenhouse *self = DIAL_GREENHOUSE (object);

  g_clear_object (&self->pass);
  g_clear_object (&self->queue);
  g_clear_object (&self->http);

  G_OBJECT_CLASS (dial_greenhouse_parent_class)->dispose (object);
}

static void
dial_greenhouse_finalize (GObject *object)
{
  DialGreenhouse *self = DIAL_GREENHOUSE (object);

  g_free (self->base);

  G_OBJECT_CLASS (dial_greenhouse_parent_class)->finalize (object);
}

static void
dial_greenhouse_class_init (DialGreenhouseClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dial_greenhouse_dispose;
  object_class->finalize = dial_greenhouse_finalize;

  /**
   * DialGreenhouse::allowance-changed:
   *
   * What [method@Greenhouse.get_allowance] tells changed; at most four times a second.
   */
  signals[ALLOWANCE_CHANGED] =
    g_signal_new ("allowance-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
}

static void
dial_greenhouse_init (DialGreenhouse *self)
{
}

static void
on_allowance_changed (DialGreenhouse *self)
{
  g_signal_emit (self, signals[ALLOWANCE_CHANGED], 0);
}

/* Secrets are pasted, often with the line's end. */
static char *
dup_pasted (const char *text)
{
  return g_strstrip (g_strdup (text != NULL ? text : ""));
}

/**
 * dial_greenhouse_normalise_url:
 * @url: a base address as a person typed it, with or without `/v3`, `/token` or slashes at its end
 * @error: return location for an error
 *
 * Returns: (transfer full): the base without them, or %NULL with %DIAL_GREENHOUSE_ERROR_INVALID
 */
char *
dial_greenhouse_normalise_url (const char  *url,
                               GError     **error)
{
  g_autoptr (GError) refused = NULL;
  char *base = dial_url_normalise (url, endings, HARVEST_URL, &refused);

  if (base == NULL)
    g_set_error_literal (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_INVALID,
                         refused->message);
  return base;
}

static gboolean
refuse_credentials (const char  *sentence,
                    GError     **error)
{
  g_set_error_literal (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_CREDENTIALS, sentence);
  return FALSE;
}

/* @secret has no blanks around it. */
static gboolean
take_token (DialGreenhouse  *self,
            const char      *auth_url,
            const char      *client_id,
            const char      *secret,
            GError         **error)
{
  g_autofree char *id = dup_pasted (client_id);
  g_autofree char *auth = NULL;

  auth = dial_greenhouse_normalise_url (auth_url != NULL ? auth_url : AUTH_URL, error);
  if (auth == NULL)
    return FALSE;

  if (*id == '\0' || *secret == '\0')
    return refuse_credentials (_("Enter the client ID and the client secret of the credential: "
                                 "Greenhouse shows them under Configure > Dev Center > API "
                                 "Credential Management."), error);

  self->dialect = &dial_dialect_v3;
  self->pass = DIAL_PASS (dial_token_new (self->http, auth, id, secret));
  return TRUE;
}

static gboolean
take_key (DialGreenhouse  *self,
          const char      *key,
          GError         **error)
{
  if (*key == '\0')
    return refuse_credentials (_("Enter the API key: Greenhouse shows it under Configure > Dev "
                                 "Center > API Credential Management."), error);

  self->dialect = &dial_dialect_v1;
  self->pass = dial_key_new (key);
  return TRUE;
}

/**
 * dial_greenhouse_new:
 * @api: the dialect
 * @harvest_url: (nullable): base address of the API, %NULL for Greenhouse's own
 * @auth_url: (nullable): base address of the token service, %NULL for Greenhouse's own; v1 has none
 * @client_id: (nullable): the credential's client id; v1 has none
 * @secret: its client secret, or the API key of v1
 * @error: return location for an error
 *
 * Makes a door to Greenhouse. Nothing is sent yet.
 *
 * Returns: (transfer full): a Greenhouse, or %NULL with %DIAL_GREENHOUSE_ERROR_INVALID for an
 *   address that must not be used and %DIAL_GREENHOUSE_ERROR_CREDENTIALS for missing credentials
 */
DialGreenhouse *
dial_greenhouse_new (DialApi      api,
                     const char  *harvest_url,
                     const char  *auth_url,
                     const char  *client_id,
                     const char  *secret,
                     GError     **error)
{
  g_autoptr (DialGreenhouse) self = NULL;
  g_autofree char *base = NULL;
  gboolean taken;
  char *pasted;

  base = dial_greenhouse_normalise_url (harvest_url != NULL ? harvest_url : HARVEST_URL, error);
  if (base == NULL)
    return NULL;

  self = g_object_new (DIAL_TYPE_GREENHOUSE, NULL);
  self->base = g_steal_pointer (&base);
  self->http = dial_http_new ();

  pasted = dup_pasted (secret);
  taken = api == DIAL_API_V1 ? take_key (self, pasted, error)
                             : take_token (self, auth_url, client_id, pasted, error);
  dial_secret_clear (&pasted);
  if (!taken)
    return NULL;

  self->queue = dial_greenhouse_queue_new (self->dialect->window);
  g_signal_connect_object (self->queue, "changed", G_CALLBACK (on_allowance_changed), self,
                           G_CONNECT_SWAPPED);
  return g_steal_pointer (&self);
}

/* An address of the API; @path stands below the dialect's root. */
char *
dial_greenhouse_dup_url (DialGreenhouse *self,
                         const char     *path)
{
  return g_strconcat (self->base, self->dialect->root, path, NULL);
}

/**
 * dial_greenhouse_check_url:
 * @url: a base address as typed
 * @error: return location for an error
 *
 * Returns: whether [ctor@Greenhouse.new] would take it; if not, the error says what is wrong
 */
gboolean
dial_greenhouse_check_url (const char  *url,
                           GError     **error)
{
  g_autofree char *base = NULL;

  g_return_val_if_fail (url != NULL, FALSE);

  base = dial_greenhouse_normalise_url (url, error);
  return base != NULL;
}

/**
 * dial_greenhouse_get_api:
 * @self: a Greenhouse
 *
 * Returns: the dialect it speaks
 */
DialApi
dial_greenhouse_get_api (DialGreenhouse *self)
{
  g_return_val_if_fail (DIAL_IS_GREENHOUSE (self), DIAL_API_V3);

  return self->dialect->api;
}

/**
 * dial_greenhouse_set_acting_user:
 * @self: a Greenhouse
 * @user_id: whom the credential acts as, 0 for its own service user
 *
 * Takes effect with the next token. A key of v1 acts as nobody in particular; this user's name is
 * then only shown when the permission to write is tried.
 */
void
dial_greenhouse_set_acting_user (DialGreenhouse *self,
                                 gint64          user_id)
{
  g_return_if_fail (DIAL_IS_GREENHOUSE (self));
  g_return_if_fail (user_id >= 0);

  self->acting_user = user_id;
  if (DIAL_IS_TOKEN (self->pass))
    dial_token_set_sub (DIAL_TOKEN (self->pass), user_id);
}

/**
 * dial_greenhouse_can_list:
 * @self: a Greenhouse
 * @resource: what to list
 *
 * Returns: whether [method@Greenhouse.list_async] can list it
 */
gboolean
dial_greenhouse_can_list (DialGreenhouse *self,
                          DialResource    resource)
{
  g_return_val_if_fail (DIAL_IS_GREENHOUSE (self), FALSE);

  return (self->dialect->resources & 1u << resource) != 0;
}

/**
 * dial_greenhouse_get_n_requests:
 * @self: a Greenhouse
 *
 * Returns: how many requests were sent that count against the allowance, repetitions included and
 *   the token service's left out
 */
guint
dial_greenhouse_get_n_requests (DialGreenhouse *self)
{
  g_return_val_if_fail (DIAL_IS_GREENHOUSE (self), 0);

  return self->n_requests;
}

/**
 * dial_greenhouse_get_n_refused:
 * @self: a Greenhouse
 *
 * Returns: how many of them Greenhouse refused for being too many (429)
 */
guint
dial_greenhouse_get_n_refused (DialGreenhouse *self)
{
  g_return_val_if_fail (DIAL_IS_GREENHOUSE (self), 0);

  return self->n_refused;
}

/**
 * dial_greenhouse_get_n_needed:
 * @self: a Greenhouse
 *
 * Returns: how many walks side by side use the allowance up just now, 1 at least: from what it is, from how
 *   long replies take, and from what other programs leave
 */
guint
dial_greenhouse_get_n_needed (DialGreenhouse *self)
{
  g_return_val_if_fail (DIAL_IS_GREENHOUSE (self), 1);

  return dial_greenhouse_queue_get_n_needed (self->queue);
}

/**
 * dial_greenhouse_get_n_useful:
 * @self: a Greenhouse
 *
 * Returns: how many walks side by side are soonest through everything, at least as many as are needed to use
 *   the allowance up
 */
guint
dial_greenhouse_get_n_useful (DialGreenhouse *self)
{
  g_return_val_if_fail (DIAL_IS_GREENHOUSE (self), 1);

  return dial_greenhouse_queue_get_n_useful (self->queue);
}

/**
 * dial_greenhouse_get_allowance:
 * @self: a Greenhouse
 * @allowance: (out caller-allocates): how things stand
 *
 * Tells what is known of the allowance.
 */
void
dial_greenhouse_get_allowance (DialGreenhouse *self,
                               DialAllowance  *allowance)
{
  g_return_if_fail (DIAL_IS_GREENHOUSE (self));
  g_return_if_fail (allowance != NULL);

  dial_greenhouse_queue_describe (self->queue, allowance);
}

static void
listed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  DialGreenhousePage *page;
  GError *error = NULL;

  page = dial_greenhouse_read_finish (DIAL_GREENHOUSE (object), result, &error);
  if (page != NULL)
    g_task_return_pointer (task, page, (GDestroyNotify) dial_greenhouse_page_free);
  else
    g_task_return_error (task, error);
}

/**
 * dial_greenhouse_get_held_until:
 * @self: a Greenhouse
 *
 * Returns: the instant before which Greenhouse does not want to be asked again, by the last `Retry-After`;
 *   0 if it never sent one
 */
gint64
dial_greenhouse_get_held_until (DialGreenhouse *self)
{
  g_return_val_if_fail (DIAL_IS_GREENHOUSE (self), 0);

  return self->held_until;
}

/**
 * dial_greenhouse_list_async:
 * @self: a Greenhouse
 * @stretch: which stretch of which list
 * @urgency: who goes first
 * @cancellable: (nullable): a cancellable
 * @callback: called with the first page
 * @user_data: for @callback
 *
 * Lists from the stretch's beginning, 500 a page. Users who left are among the users. Only what
 * [method@Greenhouse.can_list] names can be listed.
 */
void
dial_greenhouse_list_async (DialGreenhouse      *self,
                            const DialStretch   *stretch,
                            DialUrgency          urgency,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autofree char *query = NULL;
  DialListing listing;
  GTask *task;

  g_return_if_fail (DIAL_IS_GREENHOUSE (self));
  g_return_if_fail (stretch != NULL);
  g_return_if_fail (dial_greenhouse_can_list (self, stretch->resource));
  g_return_if_fail (stretch->updated_since == DIAL_INSTANT_UNKNOWN ||
                    (stretch->created_from == DIAL_INSTANT_UNKNOWN &&
                     stretch->created_until == DIAL_INSTANT_UNKNOWN));

  query = self->dialect->write_query (stretch);
  listing = (DialListing) {
    .errand = stretch->resource,
    .query = query,
    .dates = { stretch->created_from, stretch->created_until, stretch->updated_since },
    .ids_only = stretch->ids_only,
  };
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_greenhouse_list_async);
  dial_greenhouse_read_async (self, &listing, NULL, urgency, cancellable, listed_cb, task);
}

/**
 * dial_greenhouse_list_next_async:
 * @self: a Greenhouse
 * @stretch: what is listed
 * @next: where a page said the next one is
 * @urgency: who goes first
 * @cancellable: (nullable): a cancellable
 * @callback: called with the page
 * @user_data: for @callback
 *
 * Lists on. @next may have been kept over a restart: it is checked again. How long Greenhouse
 * honours it is not known; %DIAL_GREENHOUSE_ERROR_INVALID or %DIAL_GREENHOUSE_ERROR_FOREIGN_HOST
 * mean to start again.
 */
void
dial_greenhouse_list_next_async (DialGreenhouse      *self,
                                 const DialStretch   *stretch,
                                 const char          *next,
                                 DialUrgency          urgency,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  DialListing listing;

  g_return_if_fail (DIAL_IS_GREENHOUSE (self));
  g_return_if_fail (stretch != NULL);
  g_return_if_fail (dial_greenhouse_can_list (self, stretch->resource));
  g_return_if_fail (next != NULL);

  listing = (DialListing) { .errand = stretch->resource, .ids_only = stretch->ids_only };
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_greenhouse_list_async);
  if (dial_greenhouse_is_ours (self, next))
    dial_greenhouse_read_async (self, &listing, next, urgency, cancellable, listed_cb,
                                g_steal_pointer (&task));
  else
    g_task_return_new_error (task, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FOREIGN_HOST,
                             _("The next page of the list is at another address than the "
                               "integration: start the sync again from the beginning."));
}

/**
 * dial_greenhouse_list_finish:
 * @self: a Greenhouse
 * @result: the result of either
 * @error: return location for an error
 *
 * Returns: (transfer full): the page
 */
DialGreenhousePage *
dial_greenhouse_list_finish (DialGreenhouse  *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dial_greenhouse_get_candidate_async:
 * @self: a Greenhouse
 * @candidate_id: whom
 * @urgency: who goes first
 * @cancellable: (nullable): a cancellable
 * @callback: called with the candidate
 * @user_data: for @callback
 *
 * Reads one candidate, and the applications unless it is for a note, which needs none. Where these
 * could not be read, for want of the permission or otherwise, they are left %NULL.
 */
void
dial_greenhouse_get_candidate_async (DialGreenhouse      *self,
                                     gint64               candidate_id,
                                     DialUrgency          urgency,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DIAL_IS_GREENHOUSE (self));
  g_return_if_fail (candidate_id > 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_greenhouse_get_candidate_async);
  self->dialect->get_candidate (task, candidate_id, urgency != DIAL_URGENCY_NOTE, urgency);
}

/**
 * dial_greenhouse_get_candidate_finish:
 * @self: a Greenhouse
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the candidate; %NULL without an error if there is none, or
 *   none the credential may see: deleted, merged or hidden
 */
DialCandidate *
dial_greenhouse_get_candidate_finish (DialGreenhouse  *self,
                                      GAsyncResult    *result,
                                      GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dial_greenhouse_find_user_async:
 * @self: a Greenhouse
 * @email: an address, in any case
 * @urgency: who goes first
 * @cancellable: (nullable): a cancellable
 * @callback: called with the user
 * @user_data: for @callback
 *
 * Finds a user by the primary address, or by any other where the credential may list these.
 */
void
dial_greenhouse_find_user_async (DialGreenhouse      *self,
                                 const char          *email,
                                 DialUrgency          urgency,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autofree char *wanted = NULL;
  GTask *task;

  g_return_if_fail (DIAL_IS_GREENHOUSE (self));
  g_return_if_fail (email != NULL);

  wanted = dup_pasted (email);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_greenhouse_find_user_async);
  self->dialect->find_user (task, wanted, urgency);
}

/**
 * dial_greenhouse_find_user_finish:
 * @self: a Greenhouse
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the user; %NULL without an error if nobody has that address
 */
DialUser *
dial_greenhouse_find_user_finish (DialGreenhouse  *self,
                                  GAsyncResult    *result,
                                  GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * dial_greenhouse_list_notes_async:
 * @self: a Greenhouse
 * @candidate_id: whose notes
 * @created_since: only notes since that instant, %DIAL_INSTANT_UNKNOWN for all
 * @urgency: who goes first
 * @cancellable: (nullable): a cancellable
 * @callback: called with the notes
 * @user_data: for @callback
 *
 * Lists the notes of one candidate, of whatever type, all pages.
 */
void
dial_greenhouse_list_notes_async (DialGreenhouse      *self,
                                  gint64               candidate_id,
                                  gint64               created_since,
                                  DialUrgency          urgency,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DIAL_IS_GREENHOUSE (self));
  g_return_if_fail (candidate_id > 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_greenhouse_list_notes_async);
  self->dialect->list_notes (task, candidate_id, created_since, urgency);
}

/**
 * dial_greenhouse_can_list_notes_of:
 * @self: a Greenhouse
 *
 * Returns: whether notes can be listed by their author
 */
gboolean
dial_greenhouse_can_list_notes_of (DialGreenhouse *self)
{
  g_return_val_if_fail (DIAL_IS_GREENHOUSE (self), FALSE);

  return self->dialect->list_notes_of != NULL;
}

/**
 * dial_greenhouse_list_notes_of_async:
 * @self: a Greenhouse
 * @user_id: whose notes
 * @created_since: only notes since that instant
 * @urgency: who goes first
 * @cancellable: (nullable): a cancellable
 * @callback: called with the notes, which [method@Greenhouse.list_notes_finish] takes
 * @user_data: for @callback
 *
 * Lists the notes of one author, of all candidates, all pages.
 */
void
dial_greenhouse_list_notes_of_async (DialGreenhouse      *self,
                                     gint64               user_id,
                                     gint64               created_since,
                                     DialUrgency          urgency,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (dial_greenhouse_can_list_notes_of (self));
  g_return_if_fail (user_id > 0);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_greenhouse_list_notes_of_async);
  self->dialect->list_notes_of (task, user_id, created_since, urgency);
}

/**
 * dial_greenhouse_list_notes_finish:
 * @self: a Greenhouse
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialNote): the notes, in Greenhouse's order
 */
GPtrArray *
dial_greenhouse_list_notes_finish (DialGreenhouse  *self,
                                   GAsyncResult    *result,
                                   GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The token may fail in ways that only a read can end in: nothing was written then. */
static GError *
as_write_error (GError *error)
{
  if (error->domain == DIAL_GREENHOUSE_ERROR &&
      (error->code == DIAL_GREENHOUSE_ERROR_UNAVAILABLE ||
       error->code == DIAL_GREENHOUSE_ERROR_BAD_ANSWER ||
       error->code == DIAL_GREENHOUSE_ERROR_FOREIGN_HOST))
    error->code = DIAL_GREENHOUSE_ERROR_NETWORK;

  return error;
}

static void
note_written_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  DialNote *note;
  GError *error = NULL;

  note = g_task_propagate_pointer (G_TASK (result), &error);
  if (note != NULL)
    g_task_return_pointer (task, note, g_object_unref);
  else
    g_task_return_error (task, as_write_error (error));
}

/**
 * dial_greenhouse_create_note_async:
 * @self: a Greenhouse
 * @note: the note: candidate, body, visibility, and author and application where they are known
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is known whether Greenhouse took it
 * @user_data: for @callback
 *
 * Adds a note to a candidate's activity feed. It is sent once; again only where it was certainly
 * not carried out. v3 does not check that the candidate exists; v1 wants an author.
 *
 * Fails with %DIAL_GREENHOUSE_ERROR_CREDENTIALS, `FORBIDDEN`, `INVALID`, `AUTHOR`, `BUSY` or `NETWORK` where
 * it was certainly not carried out, and with `UNCLEAR` where nobody knows. A note that was
 * cancelled may or may not have been carried out.
 */
void
dial_greenhouse_create_note_async (DialGreenhouse      *self,
                                   DialNote            *note,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DIAL_IS_GREENHOUSE (self));
  g_return_if_fail (DIAL_IS_NOTE (note));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_greenhouse_create_note_async);
  self->dialect->create_note (g_task_new (self, cancellable, note_written_cb, task), note);
}

/**
 * dial_greenhouse_create_note_finish:
 * @self: a Greenhouse
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): the note as Greenhouse took it, with its id
 */
DialNote *
dial_greenhouse_create_note_finish (DialGreenhouse  *self,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
