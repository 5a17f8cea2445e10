#include "dial-greenhouse-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-url-private.h"

/* Greenhouse's own addresses. */
#define HARVEST_URL "https://harvest.greenhouse.io"
#define AUTH_URL    "https://auth.greenhouse.io"

/* The most Harvest v3 gives in one page. */
#define PER_PAGE    "per_page=500"

G_DEFINE_FINAL_TYPE (DialGreenhouse, dial_greenhouse, G_TYPE_OBJECT)

static void
dial_greenhouse_dispose (GObject *object)
{
  DialGreenhouse *self = DIAL_GREENHOUSE (object);

  g_clear_object (&self->token);
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
}

static void
dial_greenhouse_init (DialGreenhouse *self)
{
}

/* Secrets are pasted, often with the line's end. */
static char *
dup_pasted (const char *text)
{
  return g_strstrip (g_strdup (text != NULL ? text : ""));
}

static void
free_secret (char *secret)
{
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/**
 * dial_greenhouse_new:
 * @api: the dialect
 * @harvest_url: (nullable): base address of the API, %NULL for Greenhouse's own
 * @auth_url: (nullable): base address of the token service, %NULL for Greenhouse's own
 * @client_id: the credential's client id
 * @secret: its client secret
 * @error: return location for an error
 *
 * Makes a door to Greenhouse. Nothing is sent yet.
 *
 * Returns: (transfer full): a Greenhouse, or %NULL with %DIAL_GREENHOUSE_ERROR_INVALID for an
 *   address that must not be used, %DIAL_GREENHOUSE_ERROR_CREDENTIALS for missing credentials and
 *   %DIAL_GREENHOUSE_ERROR_RETIRED for %DIAL_API_V1
 */
DialGreenhouse *
dial_greenhouse_new (DialApi      api,
                     const char  *harvest_url,
                     const char  *auth_url,
                     const char  *client_id,
                     const char  *secret,
                     GError     **error)
{
  g_autofree char *harvest = NULL;
  g_autofree char *auth = NULL;
  g_autofree char *id = NULL;
  DialGreenhouse *self;
  char *key;

  if (api != DIAL_API_V3) {
    g_set_error_literal (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_RETIRED,
                         _("Greenhouse ended API keys of Harvest v1 on 31 August 2026: create "
                           "credentials of the type “Harvest V3 (OAuth)” under Configure > Dev "
                           "Center > API Credential Management and enter their client ID and "
                           "secret."));
    return NULL;
  }

  harvest = dial_url_normalise (harvest_url != NULL ? harvest_url : HARVEST_URL, error);
  if (harvest == NULL)
    return NULL;

  auth = dial_url_normalise (auth_url != NULL ? auth_url : AUTH_URL, error);
  if (auth == NULL)
    return NULL;

  id = dup_pasted (client_id);
  key = dup_pasted (secret);
  if (*id == '\0' || *key == '\0') {
    g_set_error_literal (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_CREDENTIALS,
                         _("Enter the client ID and the client secret of the credential: "
                           "Greenhouse shows them under Configure > Dev Center > API Credential "
                           "Management."));
    free_secret (key);
    return NULL;
  }

  self = g_object_new (DIAL_TYPE_GREENHOUSE, NULL);
  self->base = g_steal_pointer (&harvest);
  self->http = dial_http_new ();
  self->token = dial_token_new (self->http, auth, id, key);
  self->queue = dial_queue_new ();
  free_secret (key);
  return self;
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

  base = dial_url_normalise (url, error);
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

  return DIAL_API_V3;
}

/**
 * dial_greenhouse_set_acting_user:
 * @self: a Greenhouse
 * @user_id: whom the credential acts as, 0 for its own service user
 *
 * Takes effect with the next token. Keys of v1 act as nobody.
 */
void
dial_greenhouse_set_acting_user (DialGreenhouse *self,
                                 gint64          user_id)
{
  g_return_if_fail (DIAL_IS_GREENHOUSE (self));
  g_return_if_fail (user_id >= 0);

  dial_token_set_sub (self->token, user_id);
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

  return resource < DIAL_N_RESOURCES;
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
 * dial_greenhouse_list_async:
 * @self: a Greenhouse
 * @resource: what to list
 * @updated_since: only what changed since that instant, %DIAL_INSTANT_UNKNOWN for everything
 * @urgency: who goes first
 * @cancellable: (nullable): a cancellable
 * @callback: called with the first page
 * @user_data: for @callback
 *
 * Lists from the beginning, the highest id first, 500 a page. Users who left are among the users.
 */
void
dial_greenhouse_list_async (DialGreenhouse      *self,
                            DialResource         resource,
                            gint64               updated_since,
                            DialUrgency          urgency,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  DialListing listing = { resource, PER_PAGE, "updated_at", updated_since };
  GTask *task;

  g_return_if_fail (DIAL_IS_GREENHOUSE (self));
  g_return_if_fail (resource < DIAL_N_RESOURCES);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_greenhouse_list_async);
  dial_greenhouse_read_async (self, &listing, NULL, urgency, cancellable, listed_cb, task);
}

static gboolean
is_ours (DialGreenhouse  *self,
         const char      *url,
         GError         **error)
{
  g_autoptr (GUri) there = dial_url_parse (url, NULL);
  g_autoptr (GUri) here = dial_url_parse (self->base, NULL);

  if (there != NULL && here != NULL && dial_url_same_place (there, here))
    return TRUE;

  g_set_error_literal (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FOREIGN_HOST,
                       _("The next page of the list is at another address than the integration: "
                         "start the sync again from the beginning."));
  return FALSE;
}

/**
 * dial_greenhouse_list_next_async:
 * @self: a Greenhouse
 * @resource: what is listed
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
                                 DialResource         resource,
                                 const char          *next,
                                 DialUrgency          urgency,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  DialListing listing = { .errand = resource };
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;

  g_return_if_fail (DIAL_IS_GREENHOUSE (self));
  g_return_if_fail (resource < DIAL_N_RESOURCES);
  g_return_if_fail (next != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_greenhouse_list_async);
  if (is_ours (self, next, &error))
    dial_greenhouse_read_async (self, &listing, next, urgency, cancellable, listed_cb,
                                g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
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

static void
notes_walked_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  gint64 *candidate_id = g_task_get_task_data (task);
  GPtrArray *notes;
  GError *error = NULL;

  notes = dial_greenhouse_walk_finish (DIAL_GREENHOUSE (object), result, &error);
  if (notes == NULL) {
    g_task_return_error (task, error);
    return;
  }

  /* An answer of 200 is no proof that the filter was understood. */
  for (guint i = notes->len; i > 0; i--)
    if (DIAL_NOTE (g_ptr_array_index (notes, i - 1))->candidate_id != *candidate_id)
      g_ptr_array_remove_index (notes, i - 1);

  g_task_return_pointer (task, notes, (GDestroyNotify) g_ptr_array_unref);
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
  g_autofree char *query = NULL;
  DialListing listing;
  GTask *task;

  g_return_if_fail (DIAL_IS_GREENHOUSE (self));
  g_return_if_fail (candidate_id > 0);

  query = g_strdup_printf ("candidate_ids=%" G_GINT64_FORMAT "&" PER_PAGE, candidate_id);
  listing = (DialListing) { DIAL_RESOURCE_NOTES, query, "created_at", created_since };

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_greenhouse_list_notes_async);
  g_task_set_task_data (task, g_memdup2 (&candidate_id, sizeof candidate_id), g_free);
  dial_greenhouse_walk_async (self, &listing, urgency, cancellable, notes_walked_cb, task);
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
  g_autoptr (DialReply) reply = NULL;
  DialNote *note;
  GError *error = NULL;

  reply = dial_greenhouse_request_finish (DIAL_GREENHOUSE (object), result, NULL, &error);
  if (reply == NULL) {
    g_task_return_error (task, as_write_error (error));
    return;
  }

  note = dial_v3_parse_note (reply->body);
  if (note != NULL)
    g_task_return_pointer (task, note, g_object_unref);
  else
    g_task_return_error (task, dial_errand_unclear (reply));
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
 * not carried out. Greenhouse does not check that the candidate exists.
 *
 * Fails with %DIAL_GREENHOUSE_ERROR_CREDENTIALS, `FORBIDDEN`, `INVALID`, `BUSY` or `NETWORK` where
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
  g_autofree char *url = NULL;
  g_autoptr (GBytes) body = NULL;
  GTask *task;

  g_return_if_fail (DIAL_IS_GREENHOUSE (self));
  g_return_if_fail (DIAL_IS_NOTE (note));

  url = g_strconcat (self->base, "/v3/", dial_errand_get_path (DIAL_ERRAND_CREATE_NOTE), NULL);
  body = dial_v3_write_note (note);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_greenhouse_create_note_async);
  dial_greenhouse_request_async (self, DIAL_ERRAND_CREATE_NOTE, url, body, note->body,
                                 DIAL_URGENCY_NOTE, cancellable, note_written_cb, task);
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
