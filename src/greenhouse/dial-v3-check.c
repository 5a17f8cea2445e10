#include "dial-check-private.h"

#include <glib/gi18n.h>

#include "dial-token-private.h"

/* Each list is read once, and what cannot be tried is believed to the token service. */

enum {
  CANDIDATES,
  NOTES,
  CREATE_NOTE,
  USERS,
  APPLICATIONS,
  JOBS,
  N_PROBES
};

static const DialProbe probes[N_PROBES] = {
  [CANDIDATES] = { DIAL_RESOURCE_CANDIDATES, TRUE,
                   N_("Without it there is nobody to call.") },
  [NOTES] = { DIAL_RESOURCE_NOTES, FALSE,
              N_("Without it Dialhouse cannot see whether a note has arrived, and asks you after "
                 "every interrupted connection.") },
  [CREATE_NOTE] = { DIAL_ERRAND_CREATE_NOTE, TRUE,
                    N_("Without it calls cannot be written to Greenhouse.") },
  [USERS] = { DIAL_RESOURCE_USERS, TRUE,
              N_("Without it notes cannot bear your name.") },
  [APPLICATIONS] = { DIAL_RESOURCE_APPLICATIONS, FALSE,
                     N_("Without it candidates show no job and no stage.") },
  [JOBS] = { DIAL_RESOURCE_JOBS, FALSE,
             N_("Without it jobs have no names.") },
};

typedef struct {
  DialIntrospection *introspection;
  GError            *errors[N_PROBES];    /* why a list could not be read */
  gboolean           read[N_PROBES];
  gboolean           nobody;              /* the list of candidates is empty */
  guint              n_pending;
  int                skew;
  gboolean           knows_skew;
  gint64             acting_user;         /* 0 if it is not known */
  DialUser          *actor;               /* the same, where they may be looked up */
  gboolean           is_person;
} Check;

/* One of the reads. */
typedef struct {
  GTask *task;
  guint  index;
} Reading;

static void
check_free (Check *check)
{
  g_clear_pointer (&check->introspection, dial_introspection_free);
  for (guint i = 0; i < N_PROBES; i++)
    g_clear_error (&check->errors[i]);
  g_clear_object (&check->actor);
  g_free (check);
}

static const char *
get_scope (guint index)
{
  return dial_dialect_v3.errands[probes[index].errand].scope;
}

static gboolean
tells_scopes (Check *check)
{
  return check->introspection != NULL && check->introspection->scopes != NULL;
}

static gboolean
is_told (Check *check,
         guint  index)
{
  return tells_scopes (check) &&
         g_strv_contains ((const char *const *) check->introspection->scopes, get_scope (index));
}

static gboolean
is_forbidden (Check *check,
              guint  index)
{
  return g_error_matches (check->errors[index],
                          DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FORBIDDEN);
}

/* A read that worked is stronger than what the token service says, and so is a refused one. */
static DialGrant
get_grant (Check *check,
           guint  index)
{
  if (check->read[index])
    return DIAL_GRANT_GRANTED;

  if (is_forbidden (check, index))
    return DIAL_GRANT_MISSING;

  if (!tells_scopes (check))
    return DIAL_GRANT_UNKNOWN;

  return is_told (check, index) ? DIAL_GRANT_GRANTED : DIAL_GRANT_MISSING;
}

static char *
dup_remedy (Check     *check,
            guint      index,
            DialGrant  grant)
{
  const DialErrandWords *words = &dial_dialect_v3.errands[probes[index].errand];

  if (grant == DIAL_GRANT_GRANTED)
    return NULL;

  if (grant == DIAL_GRANT_MISSING && is_told (check, index))
    return g_strdup (_("The box is ticked, but whom the credential acts as may not: let it act "
                       "as a Site Admin or nobody in particular, and see whether it is "
                       "restricted to IP addresses."));

  if (grant == DIAL_GRANT_UNKNOWN && index == CREATE_NOTE)
    /* Translators: the permission's name on Greenhouse's screen; its scope. */
    return g_strdup_printf (_("This cannot be tried without writing: see that “%s” (%s) is "
                              "ticked on the credential under Configure > Dev Center > API "
                              "Credential Management."),
                            words->permission, words->scope);

  /* Translators: the permission's name on Greenhouse's screen; its scope. */
  return g_strdup_printf (_("Tick “%s” (%s) on the credential under Configure > Dev Center > "
                            "API Credential Management, and let it act as a Site Admin or "
                            "nobody in particular."),
                          words->permission, words->scope);
}

/* Every list is refused although its box is ticked. */
static gboolean
is_shut_out (Check *check)
{
  for (guint i = 0; i < N_PROBES; i++)
    if (i != CREATE_NOTE && !(is_forbidden (check, i) && is_told (check, i)))
      return FALSE;

  return TRUE;
}

/* Lists want a Site Admin; what service users are is not always told. */
static DialGrant
get_site_admin (Check *check)
{
  if (check->actor == NULL)
    return DIAL_GRANT_UNKNOWN;

  return check->actor->site_admin ? DIAL_GRANT_GRANTED
       : check->is_person || check->nobody ? DIAL_GRANT_MISSING : DIAL_GRANT_UNKNOWN;
}

static void
remark_actor (Check               *check,
              DialGreenhouseCheck *outcome)
{
  if (is_shut_out (check) ||
      (outcome->site_admin == DIAL_GRANT_MISSING && check->nobody))
    outcome->ok = FALSE;

  if (is_shut_out (check))
    dial_check_remark (outcome,
                       _("Greenhouse shows this credential nothing although the boxes are ticked: "
                         "whom it acts as is probably no Site Admin, or the credential is "
                         "restricted to other IP addresses than this network's."));
  else if (outcome->site_admin == DIAL_GRANT_MISSING)
    dial_check_remark (outcome,
                       _("Whom the credential acts as is no Site Admin, and sees no candidates or "
                         "only some: choose a Site Admin as the acting user, or none."));

  if (check->actor != NULL && check->actor->deactivated)
    dial_check_remark (outcome,
                       _("Whom the credential acts as has been deactivated: choose another acting "
                         "user, or none, before Greenhouse refuses it."));
  else if (check->is_person)
    dial_check_remark (outcome,
                       _("The credential acts as a person and stops working when that person "
                         "leaves: leave the acting user empty, and its own service user acts."));
}

/* Takes the task. */
static void
finish (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  DialGreenhouse *self = DIAL_GREENHOUSE (g_task_get_source_object (task));
  Check *check = g_task_get_task_data (task);
  DialGreenhouseCheck *outcome = dial_check_new (self, check->skew);

  for (guint i = 0; i < N_PROBES; i++) {
    DialGrant grant = get_grant (check, i);
    g_autofree char *remedy = dup_remedy (check, i, grant);

    dial_check_add (outcome, self, &probes[i], grant, remedy);
  }

  if (check->introspection != NULL) {
    outcome->organization = g_strdup (check->introspection->organization);
    outcome->role = g_strdup (check->introspection->role);
    outcome->acting_as = g_strdup (check->actor != NULL && check->actor->name != NULL
                                   ? check->actor->name : check->introspection->sub);
  }
  outcome->site_admin = get_site_admin (check);
  remark_actor (check, outcome);

  g_task_return_pointer (task, outcome, (GDestroyNotify) dial_greenhouse_check_free);
}

static void look_up_actor (GTask      *task,
                           const char *also);

static void
actor_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Check *check = g_task_get_task_data (task);
  g_autoptr (DialGreenhousePage) page = NULL;
  gboolean asked_for_people = check->n_pending++ == 0;

  page = dial_greenhouse_read_finish (DIAL_GREENHOUSE (object), result, NULL);
  for (guint i = 0; page != NULL && i < page->records->len && check->actor == NULL; i++)
    if (DIAL_USER (g_ptr_array_index (page->records, i))->id == check->acting_user)
      check->actor = g_object_ref (g_ptr_array_index (page->records, i));

  if (g_task_return_error_if_cancelled (task))
    return;

  check->is_person = asked_for_people && check->actor != NULL;
  if (asked_for_people && check->actor == NULL)
    look_up_actor (g_steal_pointer (&task), "&show_service_accounts=true");
  else
    finish (g_steal_pointer (&task));
}

/* Who acts, by name. Service users are hidden from the list unless one asks for them, so whoever is
 * found without is a person. Takes the task. */
static void
look_up_actor (GTask      *task,
               const char *also)
{
  Check *check = g_task_get_task_data (task);
  g_autofree char *query = g_strdup_printf ("ids=%" G_GINT64_FORMAT "%s", check->acting_user, also);
  DialListing listing = { .errand = DIAL_RESOURCE_USERS, .query = query };

  dial_greenhouse_read_async (DIAL_GREENHOUSE (g_task_get_source_object (task)), &listing, NULL,
                              DIAL_URGENCY_NOW, g_task_get_cancellable (task), actor_cb, task);
}

/* Not one list could be read, and it is not for want of a permission: this is no Harvest. */
static GError *
get_verdict (Check *check)
{
  GError *odd = NULL;

  for (guint i = 0; i < N_PROBES; i++)
    if (check->errors[i] != NULL && (dial_check_is_fatal (check->errors[i]) ||
                                     dial_errand_is_about_address (check->errors[i])))
      return g_error_copy (check->errors[i]);

  for (guint i = 0; i < N_PROBES; i++) {
    if (i == CREATE_NOTE)
      continue;
    if (check->read[i] || is_forbidden (check, i))
      return NULL;
    odd = check->errors[i];
  }

  return odd != NULL ? g_error_copy (odd) : NULL;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Reading *reading = user_data;
  g_autoptr (GTask) task = reading->task;
  Check *check = g_task_get_task_data (task);
  g_autoptr (DialGreenhousePage) page = NULL;
  GError *verdict;

  page = dial_greenhouse_read_finish (DIAL_GREENHOUSE (object), result,
                                      &check->errors[reading->index]);
  check->read[reading->index] = page != NULL;
  if (page != NULL && reading->index == CANDIDATES)
    check->nobody = page->records->len == 0;
  if (page != NULL && page->answered_at != DIAL_INSTANT_UNKNOWN && !check->knows_skew) {
    check->skew = (int) ((page->answered_at - g_get_real_time ()) / G_USEC_PER_SEC);
    check->knows_skew = TRUE;
  }

  if (--check->n_pending > 0)
    return;

  verdict = get_verdict (check);
  if (verdict != NULL)
    g_task_return_error (task, verdict);
  else if (check->acting_user != 0 && check->read[USERS])
    look_up_actor (g_steal_pointer (&task), "");
  else
    finish (g_steal_pointer (&task));
}

static void
read_all (GTask *task)
{
  DialGreenhouse *self = DIAL_GREENHOUSE (g_task_get_source_object (task));
  Check *check = g_task_get_task_data (task);

  for (guint i = 0; i < N_PROBES; i++) {
    DialListing listing = { .errand = probes[i].errand, .query = "per_page=1" };
    Reading *reading;

    if (i == CREATE_NOTE)
      continue;

    reading = g_new0 (Reading, 1);
    reading->task = g_object_ref (task);
    reading->index = i;
    check->n_pending++;
    dial_greenhouse_read_async (self, &listing, NULL, DIAL_URGENCY_NOW,
                                g_task_get_cancellable (task), read_cb, reading);
  }
}

static void
introspected_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Check *check = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  /* Not being told is no failure: the reads tell nearly as much. Being told by somebody else is. */
  check->introspection = dial_token_introspect_finish (DIAL_TOKEN (object), result, &error);
  if (error != NULL && error->domain == DIAL_GREENHOUSE_ERROR) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }
  if (g_task_return_error_if_cancelled (task))
    return;

  if (check->introspection != NULL && check->introspection->sub != NULL &&
      !g_ascii_string_to_signed (check->introspection->sub, 10, 1, G_MAXINT64,
                                 &check->acting_user, NULL))
    check->acting_user = 0;
  read_all (task);
}

static void
token_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;

  if (dial_pass_ensure_finish (DIAL_PASS (object), result, &error))
    dial_token_introspect_async (DIAL_TOKEN (object), g_task_get_cancellable (task),
                                 introspected_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

/* The check of v3, with a new token. Takes the task of [method@Greenhouse.check_async]. */
void
dial_v3_check (GTask *task)
{
  DialGreenhouse *self = DIAL_GREENHOUSE (g_task_get_source_object (task));

  g_task_set_task_data (task, g_new0 (Check, 1), (GDestroyNotify) check_free);
  dial_pass_reject (self->pass, dial_pass_get_serial (self->pass));
  dial_pass_ensure_async (self->pass, g_task_get_cancellable (task), token_cb, task);
}
