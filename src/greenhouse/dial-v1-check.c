#include "dial-check-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* Four permissions, tried one after the other, each by the request it allows. The one that writes
 * is tried by a request no server can carry out: a note without a text, for the candidate 0. Who
 * may not write is refused before anybody looks at it. */

enum {
  RETRIEVE_CANDIDATE,
  LIST_CANDIDATES,
  ADD_NOTE,
  LIST_USERS,
  N_PROBES
};

static const DialProbe probes[N_PROBES] = {
  [RETRIEVE_CANDIDATE] = { DIAL_ERRAND_CANDIDATE, FALSE,
                           N_("Without it each look at one candidate costs two requests: the list "
                              "is asked instead.") },
  [LIST_CANDIDATES] = { DIAL_RESOURCE_CANDIDATES, TRUE,
                        N_("Without it there is nobody to call.") },
  [ADD_NOTE] = { DIAL_ERRAND_CREATE_NOTE, TRUE,
                 N_("Without it calls cannot be written to Greenhouse.") },
  [LIST_USERS] = { DIAL_RESOURCE_USERS, TRUE,
                   N_("Without it notes cannot be written in your name, and v1 takes no others.") },
};

/* No candidate has it: ids count from 1 and are handed out in order. */
#define IMPOSSIBLE_ID G_MAXINT64

/* Somebody has to be named to write on behalf of. */
#define ANYBODY 1

typedef struct {
  DialGrant  grants[N_PROBES];
  GError    *odd[N_PROBES];   /* why a grant is not known */
  gint64     candidate;       /* one that is there, or the impossible one */
  gint64     user;            /* one that is there, 0 if none is known */
  DialUser  *actor;           /* whom the integration is set to act as */
  int        skew;
  gboolean   knows_skew;
} Check;

static void
check_free (Check *check)
{
  for (guint i = 0; i < N_PROBES; i++)
    g_clear_error (&check->odd[i]);
  g_clear_object (&check->actor);
  g_free (check);
}

static char *
dup_remedy (guint     index,
            DialGrant grant)
{
  const char *permission = dial_dialect_v1.errands[probes[index].errand].permission;

  if (grant == DIAL_GRANT_GRANTED)
    return NULL;

  if (grant == DIAL_GRANT_UNKNOWN)
    /* Translators: the permission's name on Greenhouse's screen. */
    return g_strdup_printf (_("This could not be found out: see that “%s” is ticked on the API key "
                              "under Configure > Dev Center > API Credential Management."),
                            permission);

  /* Translators: the permission's name on Greenhouse's screen. */
  return g_strdup_printf (_("Tick “%s” on the API key under Configure > Dev Center > API "
                            "Credential Management."),
                          permission);
}

static gboolean
is_forbidden (const GError *error)
{
  return g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FORBIDDEN);
}

/* An API that has ended may refuse everything as if it were for want of permissions; and where
 * nothing at all worked, why is worth more than a row of question marks. */
static GError *
get_verdict (Check *check)
{
  GError *odd = NULL;

  for (guint i = 0; i < N_PROBES; i++) {
    if (check->grants[i] == DIAL_GRANT_GRANTED)
      return NULL;
    if (odd == NULL)
      odd = check->odd[i];
  }

  return check->grants[LIST_CANDIDATES] == DIAL_GRANT_MISSING || odd == NULL
         ? dial_v1_retired (NULL) : g_error_copy (odd);
}

/* Takes the task. */
static void
finish (GTask *owned)
{
  g_autoptr (GTask) task = owned;
  DialGreenhouse *self = DIAL_GREENHOUSE (g_task_get_source_object (task));
  Check *check = g_task_get_task_data (task);
  DialGreenhouseCheck *outcome;
  GError *verdict = get_verdict (check);

  if (verdict != NULL) {
    g_task_return_error (task, verdict);
    return;
  }

  outcome = dial_check_new (self, check->skew);
  for (guint i = 0; i < N_PROBES; i++) {
    g_autofree char *remedy = dup_remedy (i, check->grants[i]);

    dial_check_add (outcome, self, &probes[i], check->grants[i], remedy);
  }

  if (check->actor != NULL) {
    outcome->acting_as = g_strdup (check->actor->name);
    outcome->site_admin = check->actor->site_admin ? DIAL_GRANT_GRANTED : DIAL_GRANT_MISSING;
  }
  g_task_return_pointer (task, outcome, (GDestroyNotify) dial_greenhouse_check_free);
}

/* What a probe's error tells. FALSE if it ended the check. Takes the error. */
static gboolean
take_error (GTask  *task,
            guint   index,
            GError *error)
{
  Check *check = g_task_get_task_data (task);

  if (dial_check_is_fatal (error) || dial_errand_is_about_address (error)) {
    g_task_return_error (task, error);
    return FALSE;
  }

  if (is_forbidden (error)) {
    check->grants[index] = DIAL_GRANT_MISSING;
    g_error_free (error);
  } else
    check->odd[index] = error;

  return TRUE;
}

static void
note_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Check *check = g_task_get_task_data (task);
  g_autoptr (DialReply) reply = NULL;
  GError *error = NULL;
  guint status = 0;

  reply = dial_greenhouse_request_finish (DIAL_GREENHOUSE (object), result, &status, &error);
  if (status == 404 || status == 422) {
    check->grants[ADD_NOTE] = DIAL_GRANT_GRANTED;
    g_clear_error (&error);
  } else if (status == 403 && check->user == 0) {
    /* It may be for whoever was named. */
    check->odd[ADD_NOTE] = error;
  } else if (error != NULL && !take_error (task, ADD_NOTE, error)) {
    return;
  }

  if (!g_task_return_error_if_cancelled (task))
    finish (g_steal_pointer (&task));
}

/* Takes the task. */
static void
try_note (GTask *task)
{
  DialGreenhouse *self = DIAL_GREENHOUSE (g_task_get_source_object (task));
  Check *check = g_task_get_task_data (task);
  g_autofree char *url = dial_greenhouse_dup_url (self, "candidates/0/activity_feed/notes");
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", strlen ("{}"));
  DialAsk ask = {
    .errand = DIAL_ERRAND_CREATE_NOTE,
    .url = url,
    .body = body,
    .on_behalf_of = check->user != 0 ? check->user : ANYBODY,
    .urgency = DIAL_URGENCY_NOW,
  };

  dial_greenhouse_request_async (self, &ask, g_task_get_cancellable (task), note_cb, task);
}

static void
take_page (GTask              *task,
           guint               index,
           DialGreenhousePage *page)
{
  Check *check = g_task_get_task_data (task);

  check->grants[index] = DIAL_GRANT_GRANTED;
  if (page->answered_at != DIAL_INSTANT_UNKNOWN && !check->knows_skew) {
    check->skew = (int) ((page->answered_at - g_get_real_time ()) / G_USEC_PER_SEC);
    check->knows_skew = TRUE;
  }
}

/* Takes the task. */
static void
probe (GTask               *task,
       guint                index,
       const char          *path,
       const char          *query,
       GAsyncReadyCallback  callback)
{
  DialListing listing = { .errand = probes[index].errand, .path = path, .query = query };

  dial_greenhouse_read_async (DIAL_GREENHOUSE (g_task_get_source_object (task)), &listing, NULL,
                              DIAL_URGENCY_NOW, g_task_get_cancellable (task), callback, task);
}

/* Somebody to write on behalf of: the acting user, or an admin who is still there. */
static void
take_users (Check      *check,
            GPtrArray  *users,
            gint64      acting_user)
{
  for (guint i = 0; i < users->len; i++) {
    DialUser *user = g_ptr_array_index (users, i);

    if (user->id == acting_user)
      g_set_object (&check->actor, user);
    if (!user->deactivated && (check->user == 0 || user->id == acting_user))
      check->user = user->id;
  }
}

static void
users_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  DialGreenhouse *self = DIAL_GREENHOUSE (object);
  Check *check = g_task_get_task_data (task);
  g_autoptr (DialGreenhousePage) page = NULL;
  GError *error = NULL;

  page = dial_greenhouse_read_finish (self, result, &error);
  if (page == NULL && !take_error (task, LIST_USERS, error))
    return;

  if (page != NULL) {
    take_page (task, LIST_USERS, page);
    take_users (check, page->records, self->acting_user);
  }
  try_note (g_steal_pointer (&task));
}

static void
candidate_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Check *check = g_task_get_task_data (task);
  g_autoptr (DialGreenhousePage) page = NULL;
  GError *error = NULL;

  page = dial_greenhouse_read_finish (DIAL_GREENHOUSE (object), result, &error);
  if (page != NULL)
    take_page (task, RETRIEVE_CANDIDATE, page);
  else if (dial_v1_is_absent (error)) {
    /* Whoever may not ask is not told that nobody is there. */
    check->grants[RETRIEVE_CANDIDATE] = DIAL_GRANT_GRANTED;
    g_error_free (error);
  } else if (!take_error (task, RETRIEVE_CANDIDATE, error))
    return;

  probe (g_steal_pointer (&task), LIST_USERS, NULL, "per_page=500&skip_count=true", users_cb);
}

static void
candidates_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Check *check = g_task_get_task_data (task);
  g_autoptr (DialGreenhousePage) page = NULL;
  g_autofree char *path = NULL;
  GError *error = NULL;

  page = dial_greenhouse_read_finish (DIAL_GREENHOUSE (object), result, &error);
  if (page == NULL && !take_error (task, LIST_CANDIDATES, error))
    return;

  if (page != NULL) {
    take_page (task, LIST_CANDIDATES, page);
    if (page->records->len > 0)
      check->candidate = DIAL_CANDIDATE (g_ptr_array_index (page->records, 0))->id;
    for (guint i = 0; i < page->applications->len && check->user == 0; i++)
      check->user = DIAL_APPLICATION (g_ptr_array_index (page->applications, i))->recruiter_id;
  }

  path = g_strdup_printf ("candidates/%" G_GINT64_FORMAT, check->candidate);
  probe (g_steal_pointer (&task), RETRIEVE_CANDIDATE, path, NULL, candidate_cb);
}

/* The check of v1. Takes the task of [method@Greenhouse.check_async]. */
void
dial_v1_check (GTask *task)
{
  Check *check = g_new0 (Check, 1);

  check->candidate = IMPOSSIBLE_ID;
  g_task_set_task_data (task, check, (GDestroyNotify) check_free);
  probe (task, LIST_CANDIDATES, NULL, "per_page=1&skip_count=true", candidates_cb);
}
