#include "dial-greenhouse-private.h"

#include <glib/gi18n.h>

/* What a credential may do, found out without writing anything: each list is read once, and what
 * cannot be tried is believed to the token service. */

static const struct {
  DialErrand  errand;
  gboolean    required;
  const char *without;  /* what does not work without it */
} wanted[] = {
  { DIAL_RESOURCE_CANDIDATES, TRUE,
    N_("Without it there is nobody to call.") },
  { DIAL_RESOURCE_NOTES, FALSE,
    N_("Without it Dialhouse cannot see whether a note has arrived, and asks you after every "
       "interrupted connection.") },
  { DIAL_ERRAND_CREATE_NOTE, TRUE,
    N_("Without it calls cannot be written to Greenhouse.") },
  { DIAL_RESOURCE_USERS, TRUE,
    N_("Without it notes cannot bear your name.") },
  { DIAL_RESOURCE_APPLICATIONS, FALSE,
    N_("Without it candidates show no job and no stage.") },
  { DIAL_RESOURCE_JOBS, FALSE,
    N_("Without it jobs have no names.") },
};

typedef struct {
  DialIntrospection *introspection;
  GError            *errors[G_N_ELEMENTS (wanted)]; /* why a list could not be read */
  gboolean           read[G_N_ELEMENTS (wanted)];
  guint              n_pending;
  gint64             skew;
  gboolean           knows_skew;
  char              *acting_as;
} Check;

/* One of the reads. */
typedef struct {
  GTask *task;
  guint  index;
} Probe;

static void
check_free (Check *check)
{
  g_clear_pointer (&check->introspection, dial_introspection_free);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_clear_error (&check->errors[i]);
  g_free (check->acting_as);
  g_free (check);
}

static gboolean
is_told (Check      *check,
         const char *scope)
{
  return check->introspection != NULL && check->introspection->scopes != NULL &&
         g_strv_contains ((const char *const *) check->introspection->scopes, scope);
}

static gboolean
tells_scopes (Check *check)
{
  return check->introspection != NULL && check->introspection->scopes != NULL;
}

/* A read that worked is stronger than what the token service says, and so is a refused one. */
static DialGrant
get_grant (Check *check,
           guint  index)
{
  const char *scope = dial_errand_get_scope (wanted[index].errand);

  if (check->read[index])
    return DIAL_GRANT_GRANTED;

  if (g_error_matches (check->errors[index],
                       DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FORBIDDEN))
    return DIAL_GRANT_MISSING;

  if (!tells_scopes (check))
    return DIAL_GRANT_UNKNOWN;

  return is_told (check, scope) ? DIAL_GRANT_GRANTED : DIAL_GRANT_MISSING;
}

static char *
dup_advice (Check     *check,
            guint      index,
            DialGrant  grant)
{
  DialErrand errand = wanted[index].errand;
  const char *scope = dial_errand_get_scope (errand);
  g_autofree char *remedy = NULL;

  if (grant == DIAL_GRANT_GRANTED)
    return g_strdup (_(wanted[index].without));

  if (grant == DIAL_GRANT_MISSING && is_told (check, scope))
    remedy = g_strdup (_("The box is ticked, but whom the credential acts as may not: let it act "
                         "as a Site Admin or nobody in particular, and see whether it is "
                         "restricted to IP addresses."));
  else if (grant == DIAL_GRANT_UNKNOWN && errand == DIAL_ERRAND_CREATE_NOTE)
    /* Translators: the permission's name on Greenhouse's screen; its scope. */
    remedy = g_strdup_printf (_("This cannot be tried without writing: see that “%s” (%s) is "
                                "ticked on the credential under Configure > Dev Center > API "
                                "Credential Management."),
                              dial_errand_get_name (errand), scope);
  else
    /* Translators: the permission's name on Greenhouse's screen; its scope. */
    remedy = g_strdup_printf (_("Tick “%s” (%s) on the credential under Configure > Dev Center > "
                                "API Credential Management, and let it act as a Site Admin or "
                                "nobody in particular."),
                              dial_errand_get_name (errand), scope);

  return g_strjoin (" ", _(wanted[index].without), remedy, NULL);
}

static void
finish (GTask *task)
{
  DialGreenhouse *self = DIAL_GREENHOUSE (g_task_get_source_object (task));
  Check *check = g_task_get_task_data (task);
  DialGreenhouseCheck *outcome = g_new0 (DialGreenhouseCheck, 1);

  outcome->ok = TRUE;
  outcome->api = DIAL_API_V3;
  outcome->remarks = g_new0 (char *, 1);
  outcome->window = 30;
  outcome->checked_at = g_get_real_time ();
  outcome->permissions = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_permission_free);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    DialPermission *permission = g_new0 (DialPermission, 1);

    permission->name = g_strdup (dial_errand_get_name (wanted[i].errand));
    permission->scope = g_strdup (dial_errand_get_scope (wanted[i].errand));
    permission->required = wanted[i].required;
    permission->granted = get_grant (check, i);
    permission->advice = dup_advice (check, i, permission->granted);
    g_ptr_array_add (outcome->permissions, permission);

    if (permission->required && permission->granted == DIAL_GRANT_MISSING)
      outcome->ok = FALSE;
  }

  if (check->introspection != NULL) {
    outcome->organization = g_strdup (check->introspection->organization);
    outcome->role = g_strdup (check->introspection->role);
    outcome->acting_as = g_strdup (check->acting_as != NULL ? check->acting_as
                                                              : check->introspection->sub);
  }
  outcome->clock_skew = (int) CLAMP (check->skew, G_MININT, G_MAXINT);
  outcome->allowance = dial_queue_get_limit (self->queue);

  g_task_return_pointer (task, outcome, (GDestroyNotify) dial_greenhouse_check_free);
}

static void
acting_user_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Check *check = g_task_get_task_data (task);
  g_autoptr (DialGreenhousePage) page = NULL;
  g_autofree char *id = NULL;

  page = dial_greenhouse_read_finish (DIAL_GREENHOUSE (object), result, NULL);
  for (guint i = 0; page != NULL && i < page->records->len; i++) {
    DialUser *user = g_ptr_array_index (page->records, i);

    g_free (id);
    id = g_strdup_printf ("%" G_GINT64_FORMAT, user->id);
    if (g_strcmp0 (id, check->introspection->sub) == 0 && user->name != NULL)
      dial_set_str (&check->acting_as, user->name);
  }

  if (!g_task_return_error_if_cancelled (task))
    finish (task);
}

/* Gives the acting user a name. Service users are hidden from the list unless one asks for them. */
static void
look_up_acting_user (GTask *task)
{
  DialGreenhouse *self = DIAL_GREENHOUSE (g_task_get_source_object (task));
  Check *check = g_task_get_task_data (task);
  g_autofree char *query = NULL;
  DialListing listing;
  gint64 id;

  if (get_grant (check, 3) != DIAL_GRANT_GRANTED || check->introspection == NULL ||
      check->introspection->sub == NULL ||
      !g_ascii_string_to_signed (check->introspection->sub, 10, 1, G_MAXINT64, &id, NULL)) {
    finish (task);
    g_object_unref (task);
    return;
  }

  query = g_strdup_printf ("ids=%" G_GINT64_FORMAT "&show_service_accounts=true", id);
  listing = (DialListing) { .errand = DIAL_RESOURCE_USERS, .query = query };
  dial_greenhouse_read_async (self, &listing, NULL, DIAL_URGENCY_NOW, g_task_get_cancellable (task),
                              acting_user_cb, task);
}

/* What makes the outcome of all the reads worthless is the outcome of the check. */
static gboolean
is_fatal (const GError *error)
{
  return error->domain != DIAL_GREENHOUSE_ERROR ||
         error->code == DIAL_GREENHOUSE_ERROR_CREDENTIALS ||
         error->code == DIAL_GREENHOUSE_ERROR_NETWORK ||
         error->code == DIAL_GREENHOUSE_ERROR_BUSY ||
         error->code == DIAL_GREENHOUSE_ERROR_FOREIGN_HOST;
}

/* Not one list could be read, and it is not for want of a permission: this is no
 * Harvest. */
static GError *
get_verdict (Check *check)
{
  GError *odd = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    if (check->errors[i] != NULL && is_fatal (check->errors[i]))
      return g_error_copy (check->errors[i]);

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    if (wanted[i].errand == DIAL_ERRAND_CREATE_NOTE)
      continue;
    if (check->read[i] ||
        g_error_matches (check->errors[i], DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FORBIDDEN))
      return NULL;
    odd = check->errors[i];
  }

  return odd != NULL ? g_error_copy (odd) : NULL;
}

static void
probed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Probe *probe = user_data;
  g_autoptr (GTask) task = probe->task;
  Check *check = g_task_get_task_data (task);
  g_autoptr (DialGreenhousePage) page = NULL;
  GError *verdict;

  page = dial_greenhouse_read_finish (DIAL_GREENHOUSE (object), result,
                                      &check->errors[probe->index]);
  check->read[probe->index] = page != NULL;
  if (page != NULL && page->answered_at != DIAL_INSTANT_UNKNOWN && !check->knows_skew) {
    check->skew = (page->answered_at - g_get_real_time ()) / G_USEC_PER_SEC;
    check->knows_skew = TRUE;
  }

  if (--check->n_pending > 0)
    return;

  verdict = get_verdict (check);
  if (verdict != NULL)
    g_task_return_error (task, verdict);
  else
    look_up_acting_user (g_steal_pointer (&task));
}

static void
probe_all (GTask *task)
{
  DialGreenhouse *self = DIAL_GREENHOUSE (g_task_get_source_object (task));
  Check *check = g_task_get_task_data (task);

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    DialListing listing = { .errand = wanted[i].errand, .query = "per_page=1" };
    Probe *probe;

    if (wanted[i].errand == DIAL_ERRAND_CREATE_NOTE)
      continue;

    probe = g_new0 (Probe, 1);
    probe->task = g_object_ref (task);
    probe->index = i;
    check->n_pending++;
    dial_greenhouse_read_async (self, &listing, NULL, DIAL_URGENCY_NOW,
                                g_task_get_cancellable (task), probed_cb, probe);
  }
}

static void
introspected_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Check *check = g_task_get_task_data (task);

  /* Not being told is no failure: the reads tell nearly as much. */
  check->introspection = dial_token_introspect_finish (DIAL_TOKEN (object), result, NULL);
  if (!g_task_return_error_if_cancelled (task))
    probe_all (task);
}

static void
token_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  DialToken *token = DIAL_TOKEN (object);
  GError *error = NULL;

  if (dial_token_ensure_finish (token, result, &error))
    dial_token_introspect_async (token, g_task_get_cancellable (task), introspected_cb,
                                 g_object_ref (task));
  else
    g_task_return_error (task, error);
}

/**
 * dial_greenhouse_check_async:
 * @self: a Greenhouse
 * @cancellable: (nullable): a cancellable
 * @callback: called with the outcome
 * @user_data: for @callback
 *
 * Tries the credential with a new token, never writing. A missing permission is part of the
 * outcome; wrong credentials and a network that does not work are errors.
 */
void
dial_greenhouse_check_async (DialGreenhouse      *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (DIAL_IS_GREENHOUSE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_greenhouse_check_async);
  g_task_set_task_data (task, g_new0 (Check, 1), (GDestroyNotify) check_free);

  dial_token_reject (self->token, dial_token_get_serial (self->token));
  dial_token_ensure_async (self->token, cancellable, token_cb, task);
}

/**
 * dial_greenhouse_check_finish:
 * @self: a Greenhouse
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): what the credential may do
 */
DialGreenhouseCheck *
dial_greenhouse_check_finish (DialGreenhouse  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
