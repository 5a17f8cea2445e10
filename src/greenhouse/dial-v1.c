#include "dial-greenhouse-private.h"

#include <glib/gi18n.h>

#include "dial-v1-parser-private.h"

/* Harvest v1: an API key instead of tokens, things by their path, and `On-Behalf-Of`. Greenhouse
 * announced its end for 31 August 2026; gateways may speak it still. */

#define PER_PAGE "per_page=500&skip_count=true"

#define ID       G_GINT64_FORMAT

#define MILLISECOND 1000

/* Inside v1: what was asked for is not there, or v1 itself is not. */
#define ABSENT   (DIAL_GREENHOUSE_ERROR_RETIRED + 1)

/* Permissions as Greenhouse's screen has them. */
static const DialErrandWords errands[DIAL_N_ERRANDS] = {
  [DIAL_RESOURCE_CANDIDATES] = {
    "GET: List Candidates", NULL, "candidates", N_("list candidates")
  },
  [DIAL_RESOURCE_USERS] = {
    "GET: List Users", NULL, "users", N_("list users")
  },
  [DIAL_RESOURCE_NOTES] = {
    "GET: Retrieve Activity Feed", NULL, "candidates", N_("list notes")
  },
  [DIAL_ERRAND_CANDIDATE] = {
    "GET: Retrieve Candidate", NULL, "candidates", N_("read a candidate")
  },
  [DIAL_ERRAND_CREATE_NOTE] = {
    "POST: Add Note", NULL, "candidates", N_("add a note")
  },
};

/* Counting all pages makes it slower: only who begins wants to know. */
static char *
write_query (const DialStretch *stretch)
{
  guint page_size = stretch->page_size != 0 ? stretch->page_size : 500;

  return stretch->page > 1 ? g_strdup_printf ("per_page=%u&skip_count=true&page=%u", page_size,
                                              stretch->page)
                           : g_strdup_printf ("per_page=%u", page_size);
}

static void
write_date (GString    *url,
            const char *name,
            gint64      instant)
{
  g_autofree char *text = dial_instant_format (instant);

  if (text != NULL)
    g_string_append_printf (url, "&%s=%s", name, text);
}

/* Whether “after” and “before” mean that instant too nobody says: a millisecond more is right either
 * way. */
static void
write_dates (GString         *url,
             const DialDates *dates,
             guint            form)
{
  if (dates->created_from != DIAL_INSTANT_UNKNOWN)
    write_date (url, "created_after", dates->created_from - MILLISECOND);
  write_date (url, "created_before", dates->created_until);
  if (dates->updated_since != DIAL_INSTANT_UNKNOWN)
    write_date (url, "updated_after", dates->updated_since - MILLISECOND);
}

/* An API that has ended may answer 401, 403, 404 or 410. A 403 alone is a missing permission, and a
 * 404 for one thing may mean that this is gone: see check_alive. */
static GError *
refuse (DialErrand       errand,
        const DialReply *reply,
        const char      *secret)
{
  gboolean is_list = errand == DIAL_RESOURCE_CANDIDATES || errand == DIAL_RESOURCE_USERS;

  if (reply->status == 401 || reply->status == 410 || (reply->status == 404 && is_list))
    return dial_v1_retired (reply);

  if (reply->status == 404 && errand == DIAL_ERRAND_CREATE_NOTE)
    return dial_error_with_id (DIAL_GREENHOUSE_ERROR_AUTHOR, reply->request_id,
                               _("Greenhouse does not know this candidate, or not you as the "
                                 "note's author: look for the candidate in Greenhouse, and choose "
                                 "again who you are in the settings of the integration."));

  if (reply->status == 404)
    return dial_error_with_id (ABSENT, reply->request_id, "Not there");

  return dial_errand_refuse (&errands[errand], reply, secret);
}

/**
 * dial_v1_retired:
 * @reply: (nullable): how it was told
 *
 * Returns: (transfer full): the error of an API that has ended
 */
GError *
dial_v1_retired (const DialReply *reply)
{
  return dial_error_with_id (DIAL_GREENHOUSE_ERROR_RETIRED,
                             reply != NULL ? reply->request_id : NULL,
                             _("Greenhouse refuses this API key because it ended Harvest v1 "
                               "(announced for 31 August 2026): create credentials of the type "
                               "“Harvest V3 (OAuth)” under Configure > Dev Center > API "
                               "Credential Management and use them instead; if the integration "
                               "goes through a gateway that still speaks v1, check the key."));
}

/* Whether what was asked for is not there; private to v1. */
gboolean
dial_v1_is_absent (const GError *error)
{
  return g_error_matches (error, DIAL_GREENHOUSE_ERROR, ABSENT);
}

typedef struct {
  gint64       id;
  gboolean     with_applications;
  gint64       since;
  DialUrgency  urgency;
  GError      *reason; /* why the first question was in vain */
} Ask;

static void
ask_free (Ask *ask)
{
  g_clear_error (&ask->reason);
  g_free (ask);
}

/* Takes the task. */
static void
ask_list (GTask               *task,
          GAsyncReadyCallback  callback)
{
  Ask *ask = g_task_get_task_data (task);
  g_autofree char *query = g_strdup_printf ("candidate_ids=%" ID "&" PER_PAGE, ask->id);
  DialListing listing = { .errand = DIAL_RESOURCE_CANDIDATES, .query = query };

  dial_greenhouse_read_async (DIAL_GREENHOUSE (g_task_get_source_object (task)), &listing, NULL,
                              ask->urgency, g_task_get_cancellable (task), callback, task);
}

/* Takes the task. */
static void
ask_path (GTask               *task,
          DialErrand           errand,
          const char          *below,
          GAsyncReadyCallback  callback)
{
  Ask *ask = g_task_get_task_data (task);
  g_autofree char *path = g_strdup_printf ("candidates/%" ID "%s", ask->id, below);
  DialListing listing = { .errand = errand, .path = path };

  dial_greenhouse_read_async (DIAL_GREENHOUSE (g_task_get_source_object (task)), &listing, NULL,
                              ask->urgency, g_task_get_cancellable (task), callback, task);
}

static gboolean
is_forbidden (const GError *error)
{
  return g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FORBIDDEN);
}

static DialCandidate *
take_candidate (DialGreenhousePage *page,
                Ask                *ask)
{
  DialCandidate *candidate = NULL;

  for (guint i = 0; i < page->records->len && candidate == NULL; i++)
    if (DIAL_CANDIDATE (g_ptr_array_index (page->records, i))->id == ask->id)
      candidate = g_object_ref (g_ptr_array_index (page->records, i));

  if (candidate == NULL || !ask->with_applications)
    return candidate;

  candidate->applications = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < page->applications->len; i++) {
    DialApplication *application = g_ptr_array_index (page->applications, i);

    if (application->candidate_id == ask->id)
      g_ptr_array_add (candidate->applications, g_object_ref (application));
  }
  dial_find_sort_applications (candidate->applications);
  return candidate;
}

static void
candidate_listed_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Ask *ask = g_task_get_task_data (task);
  g_autoptr (DialGreenhousePage) page = NULL;
  g_autoptr (GError) error = NULL;

  page = dial_greenhouse_read_finish (DIAL_GREENHOUSE (object), result, &error);
  if (page != NULL)
    g_task_return_pointer (task, take_candidate (page, ask), g_object_unref);
  else if (is_forbidden (error) && dial_v1_is_absent (ask->reason))
    g_task_return_pointer (task, NULL, NULL);
  else if (is_forbidden (error))
    g_task_return_error (task, g_steal_pointer (&ask->reason));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
candidate_read_cb (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Ask *ask = g_task_get_task_data (task);
  g_autoptr (DialGreenhousePage) page = NULL;
  GError *error = NULL;

  page = dial_greenhouse_read_finish (DIAL_GREENHOUSE (object), result, &error);
  if (page != NULL)
    g_task_return_pointer (task, take_candidate (page, ask), g_object_unref);
  else if (is_forbidden (error) || dial_v1_is_absent (error)) {
    ask->reason = error;
    ask_list (g_steal_pointer (&task), candidate_listed_cb);
  } else
    g_task_return_error (task, error);
}

/* The list can be asked too, where the key may not retrieve; and where the candidate is said not to
 * be there, it tells whether v1 is. */
static void
get_candidate (GTask       *task,
               gint64       candidate_id,
               gboolean     with_applications,
               DialUrgency  urgency)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->id = candidate_id;
  ask->with_applications = with_applications;
  ask->urgency = urgency;
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);
  ask_path (task, DIAL_ERRAND_CANDIDATE, "", candidate_read_cb);
}

static void
alive_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (DialGreenhousePage) page = NULL;
  g_autoptr (GError) error = NULL;

  page = dial_greenhouse_read_finish (DIAL_GREENHOUSE (object), result, &error);
  if (page != NULL || is_forbidden (error))
    g_task_return_pointer (task, g_ptr_array_new_with_free_func (g_object_unref),
                           (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
feed_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Ask *ask = g_task_get_task_data (task);
  g_autoptr (DialGreenhousePage) page = NULL;
  g_autoptr (GError) error = NULL;

  page = dial_greenhouse_read_finish (DIAL_GREENHOUSE (object), result, &error);
  if (dial_v1_is_absent (error)) {
    ask_list (g_steal_pointer (&task), alive_cb);
    return;
  }
  if (page == NULL) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  for (guint i = page->records->len; i > 0; i--) {
    DialNote *note = g_ptr_array_index (page->records, i - 1);

    note->candidate_id = ask->id;
    if (note->created_at < ask->since)
      g_ptr_array_remove_index (page->records, i - 1);
  }
  g_task_return_pointer (task, g_ptr_array_ref (page->records),
                         (GDestroyNotify) g_ptr_array_unref);
}

/* The whole feed comes in one answer. Who is not there has none, as in v3. */
static void
list_notes (GTask       *task,
            gint64       candidate_id,
            gint64       created_since,
            DialUrgency  urgency)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->id = candidate_id;
  ask->since = created_since;
  ask->urgency = urgency;
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);
  ask_path (task, DIAL_RESOURCE_NOTES, "/activity_feed", feed_cb);
}

typedef struct {
  char        *email;
  DialUrgency  urgency;
  gboolean     everybody; /* were asked for */
} Find;

static void
find_free (Find *find)
{
  g_free (find->email);
  g_free (find);
}

static void
users_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  DialGreenhouse *self = DIAL_GREENHOUSE (object);
  Find *find = g_task_get_task_data (task);
  DialListing listing = { .errand = DIAL_RESOURCE_USERS, .query = PER_PAGE };
  g_autoptr (GPtrArray) users = NULL;
  g_autoptr (DialUser) user = NULL;
  GError *error = NULL;

  users = dial_greenhouse_walk_finish (self, result, &error);
  if (users == NULL) {
    g_task_return_error (task, error);
    return;
  }

  user = dial_find_user (users, find->email);
  if (user != NULL || find->everybody) {
    g_task_return_pointer (task, g_steal_pointer (&user), g_object_unref);
    return;
  }

  find->everybody = TRUE;
  dial_greenhouse_walk_async (self, &listing, find->urgency, g_task_get_cancellable (task),
                              users_cb, g_object_ref (task));
}

/* Nobody says whether v1 finds users by other addresses than the first. */
static void
find_user (GTask       *task,
           const char  *email,
           DialUrgency  urgency)
{
  g_autofree char *escaped = g_uri_escape_string (email, NULL, FALSE);
  g_autofree char *query = g_strdup_printf ("email=%s&" PER_PAGE, escaped);
  DialListing listing = { .errand = DIAL_RESOURCE_USERS, .query = query };
  Find *find = g_new0 (Find, 1);

  find->email = g_strdup (email);
  find->urgency = urgency;
  g_task_set_task_data (task, find, (GDestroyNotify) find_free);
  dial_greenhouse_walk_async (DIAL_GREENHOUSE (g_task_get_source_object (task)), &listing, urgency,
                              g_task_get_cancellable (task), users_cb, task);
}

static void
created_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  gint64 *candidate_id = g_task_get_task_data (task);
  g_autoptr (DialReply) reply = NULL;
  DialNote *note;
  GError *error = NULL;

  reply = dial_greenhouse_request_finish (DIAL_GREENHOUSE (object), result, NULL, &error);
  if (reply == NULL) {
    g_task_return_error (task, error);
    return;
  }

  note = dial_v1_parse_note (reply->body, *candidate_id);
  if (note != NULL)
    g_task_return_pointer (task, note, g_object_unref);
  else
    g_task_return_error (task, dial_errand_unclear (reply));
}

static void
create_note (GTask    *owned,
             DialNote *note)
{
  g_autoptr (GTask) task = owned;
  DialGreenhouse *self = DIAL_GREENHOUSE (g_task_get_source_object (task));
  g_autofree char *path = g_strdup_printf ("candidates/%" ID "/activity_feed/notes",
                                           note->candidate_id);
  g_autofree char *url = dial_greenhouse_dup_url (self, path);
  g_autoptr (GBytes) body = NULL;
  DialAsk ask = {
    .errand = DIAL_ERRAND_CREATE_NOTE,
    .url = url,
    .secret = note->body,
    .on_behalf_of = note->user_id,
    .urgency = DIAL_URGENCY_NOTE,
  };

  if (note->user_id == 0) {
    g_task_return_new_error (task, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_AUTHOR,
                             _("Harvest v1 takes notes only in somebody's name: choose who you "
                               "are in the settings of the integration."));
    return;
  }

  body = dial_v1_write_note (note);
  ask.body = body;
  g_task_set_task_data (task, g_memdup2 (&note->candidate_id, sizeof note->candidate_id), g_free);
  dial_greenhouse_request_async (self, &ask, g_task_get_cancellable (task), created_cb,
                                 g_object_ref (task));
}

const DialDialect dial_dialect_v1 = {
  .api = DIAL_API_V1,
  .root = "/v1/",
  .window = 10,
  .resources = (1 << DIAL_RESOURCE_CANDIDATES) | (1 << DIAL_RESOURCE_USERS),
  .errands = errands,
  .numbered = TRUE,
  .n_date_forms = 1,
  .write_query = write_query,
  .write_dates = write_dates,
  .refuse = refuse,
  .parse = dial_v1_parse,
  .get_candidate = get_candidate,
  .find_user = find_user,
  .list_notes = list_notes,
  .create_note = create_note,
  .check = dial_v1_check,
};
