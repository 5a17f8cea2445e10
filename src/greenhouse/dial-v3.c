#include "dial-greenhouse-private.h"

#include <glib/gi18n.h>

#include "dial-v3-parser-private.h"

/* Harvest v3: lists alone, filters instead of paths, and OAuth's tokens. */

/* The most it gives in one page. */
#define PER_PAGE "per_page=500"

#define ID       G_GINT64_FORMAT

/* Permissions as Greenhouse's screen has them. */
static const DialErrandWords errands[DIAL_N_ERRANDS] = {
  [DIAL_RESOURCE_CANDIDATES] = {
    "List candidates", "harvest:candidates:list", "candidates", N_("list candidates")
  },
  [DIAL_RESOURCE_APPLICATIONS] = {
    "List applications", "harvest:applications:list", "applications", N_("list applications")
  },
  [DIAL_RESOURCE_JOBS] = {
    "List jobs", "harvest:jobs:list", "jobs", N_("list jobs")
  },
  [DIAL_RESOURCE_STAGES] = {
    "List job interview stages", "harvest:job_interview_stages:list", "job_interview_stages",
    N_("list the stages of jobs")
  },
  [DIAL_RESOURCE_USERS] = {
    "List users", "harvest:users:list", "users", N_("list users")
  },
  [DIAL_RESOURCE_NOTES] = {
    "List notes", "harvest:notes:list", "notes", N_("list notes")
  },
  [DIAL_ERRAND_USER_EMAILS] = {
    "List user emails", "harvest:user_emails:list", "user_emails",
    N_("list the addresses of users")
  },
  [DIAL_ERRAND_CREATE_NOTE] = {
    "Create notes", "harvest:notes:create", "notes", N_("add a note")
  },
};

static char *
write_query (const DialStretch *stretch)
{
  return g_strdup_printf ("per_page=%u%s", stretch->page_size != 0 ? stretch->page_size : 500,
                          stretch->ids_only ? "&fields=id,created_at" : "");
}

/* The pipe stands in Greenhouse's guides and its description, brackets in some clients. Which one
 * will last nobody says. */
static void
write_range (GString    *url,
             const char *name,
             gint64      from,
             gint64      until,
             guint       form)
{
  g_autofree char *first = dial_instant_format (from);
  g_autofree char *end = dial_instant_format (until);

  if (form == 0 && (first != NULL || end != NULL))
    g_string_append_printf (url, "&%s=%s%s%s%s%s", name,
                            first != NULL ? "gte%7C" : "", first != NULL ? first : "",
                            first != NULL && end != NULL ? "%7C" : "",
                            end != NULL ? "lt%7C" : "", end != NULL ? end : "");
  else {
    if (first != NULL)
      g_string_append_printf (url, "&%s%%5Bgte%%5D=%s", name, first);
    if (end != NULL)
      g_string_append_printf (url, "&%s%%5Blt%%5D=%s", name, end);
  }
}

static void
write_dates (GString         *url,
             const DialDates *dates,
             guint            form)
{
  write_range (url, "created_at", dates->created_from, dates->created_until, form);
  write_range (url, "updated_at", dates->updated_since, DIAL_INSTANT_UNKNOWN, form);
}

/* Greenhouse names what it does not like; of the user it says “User not found” as well. */
static gboolean
is_about_author (const DialReply *reply)
{
  return reply->status >= 400 && reply->status < 500 &&
         (dial_reply_mentions (reply, "user_id") || dial_reply_mentions (reply, "User not found"));
}

static GError *
refuse (DialErrand       errand,
        const DialReply *reply,
        const char      *secret)
{
  if (errand == DIAL_ERRAND_CREATE_NOTE && is_about_author (reply))
    return dial_errand_author (reply);

  return dial_errand_refuse (&errands[errand], reply, secret);
}

typedef struct {
  gint64         id;
  gboolean       with_applications;
  DialUrgency    urgency;
  DialCandidate *candidate;
} Get;

static void
get_free (Get *get)
{
  g_clear_object (&get->candidate);
  g_free (get);
}

static void
applications_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Get *get = g_task_get_task_data (task);
  g_autoptr (GPtrArray) applications = NULL;
  g_autoptr (GError) error = NULL;

  applications = dial_greenhouse_walk_finish (DIAL_GREENHOUSE (object), result, &error);
  if (applications != NULL) {
    /* An answer of 200 is no proof that the filter was understood. */
    for (guint i = applications->len; i > 0; i--)
      if (DIAL_APPLICATION (g_ptr_array_index (applications, i - 1))->candidate_id != get->id)
        g_ptr_array_remove_index (applications, i - 1);
    dial_find_sort_applications (applications);
    get->candidate->applications = g_steal_pointer (&applications);
  } else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  g_task_return_pointer (task, g_steal_pointer (&get->candidate), g_object_unref);
}

static void
candidate_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  DialGreenhouse *self = DIAL_GREENHOUSE (object);
  Get *get = g_task_get_task_data (task);
  g_autoptr (GPtrArray) found = NULL;
  g_autofree char *query = NULL;
  DialListing listing;
  GError *error = NULL;

  found = dial_greenhouse_walk_finish (self, result, &error);
  if (found == NULL) {
    g_task_return_error (task, error);
    return;
  }

  for (guint i = 0; i < found->len && get->candidate == NULL; i++)
    if (DIAL_CANDIDATE (g_ptr_array_index (found, i))->id == get->id)
      get->candidate = g_object_ref (g_ptr_array_index (found, i));

  if (get->candidate == NULL || !get->with_applications) {
    g_task_return_pointer (task, g_steal_pointer (&get->candidate), g_object_unref);
    return;
  }

  query = g_strdup_printf ("candidate_ids=%" ID "&" PER_PAGE, get->id);
  listing = (DialListing) { .errand = DIAL_RESOURCE_APPLICATIONS, .query = query };
  dial_greenhouse_walk_async (self, &listing, get->urgency, g_task_get_cancellable (task),
                              applications_cb, g_object_ref (task));
}

/* There is no way to ask for one but by a list of one. */
static void
get_candidate (GTask       *task,
               gint64       candidate_id,
               gboolean     with_applications,
               DialUrgency  urgency)
{
  g_autofree char *query = g_strdup_printf ("ids=%" ID, candidate_id);
  DialListing listing = { .errand = DIAL_RESOURCE_CANDIDATES, .query = query };
  Get *get = g_new0 (Get, 1);

  get->id = candidate_id;
  get->with_applications = with_applications;
  get->urgency = urgency;
  g_task_set_task_data (task, get, (GDestroyNotify) get_free);
  dial_greenhouse_walk_async (DIAL_GREENHOUSE (g_task_get_source_object (task)), &listing, urgency,
                              g_task_get_cancellable (task), candidate_cb, task);
}

typedef struct {
  char        *email;
  DialUrgency  urgency;
  gint64       id;     /* of the user the address belongs to, once known */
} Find;

static void
find_free (Find *find)
{
  g_free (find->email);
  g_free (find);
}

/* Takes the task. */
static void
find_walk (GTask               *task,
           DialErrand           errand,
           const char          *query,
           GAsyncReadyCallback  callback)
{
  Find *find = g_task_get_task_data (task);
  DialListing listing = { .errand = errand, .query = query };

  dial_greenhouse_walk_async (DIAL_GREENHOUSE (g_task_get_source_object (task)), &listing,
                              find->urgency, g_task_get_cancellable (task), callback, task);
}

static void
found_by_id_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Find *find = g_task_get_task_data (task);
  g_autoptr (GPtrArray) users = NULL;
  DialUser *found = NULL;
  GError *error = NULL;

  users = dial_greenhouse_walk_finish (DIAL_GREENHOUSE (object), result, &error);
  if (users == NULL) {
    g_task_return_error (task, error);
    return;
  }

  for (guint i = 0; i < users->len && found == NULL; i++)
    if (DIAL_USER (g_ptr_array_index (users, i))->id == find->id)
      found = g_object_ref (g_ptr_array_index (users, i));
  g_task_return_pointer (task, found, g_object_unref);
}

static void
found_by_address_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Find *find = g_task_get_task_data (task);
  g_autoptr (GPtrArray) rows = NULL;
  g_autofree char *query = NULL;
  g_autoptr (GError) error = NULL;

  rows = dial_greenhouse_walk_finish (DIAL_GREENHOUSE (object), result, &error);
  if (rows == NULL &&
      !g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FORBIDDEN) &&
      !g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_INVALID)) {
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  for (guint i = 0; rows != NULL && i < rows->len && find->id == 0; i++) {
    DialUser *row = g_ptr_array_index (rows, i);

    if (dial_find_is_address (row->primary_email, find->email))
      find->id = row->id;
  }

  if (find->id == 0) {
    g_task_return_pointer (task, NULL, NULL);
    return;
  }

  query = g_strdup_printf ("ids=%" ID, find->id);
  find_walk (g_steal_pointer (&task), DIAL_RESOURCE_USERS, query, found_by_id_cb);
}

static void
found_by_primary_cb (GObject      *object,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Find *find = g_task_get_task_data (task);
  g_autoptr (GPtrArray) users = NULL;
  g_autoptr (DialUser) user = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *query = NULL;
  GError *error = NULL;

  users = dial_greenhouse_walk_finish (DIAL_GREENHOUSE (object), result, &error);
  if (users == NULL) {
    g_task_return_error (task, error);
    return;
  }

  user = dial_find_user (users, find->email);
  if (user != NULL) {
    g_task_return_pointer (task, g_steal_pointer (&user), g_object_unref);
    return;
  }

  escaped = g_uri_escape_string (find->email, NULL, FALSE);
  query = g_strdup_printf ("email=%s&" PER_PAGE, escaped);
  find_walk (g_steal_pointer (&task), DIAL_ERRAND_USER_EMAILS, query, found_by_address_cb);
}

/* By the first address, or by any other where the credential may list these. */
static void
find_user (GTask       *task,
           const char  *email,
           DialUrgency  urgency)
{
  g_autofree char *escaped = g_uri_escape_string (email, NULL, FALSE);
  g_autofree char *query = g_strdup_printf ("primary_email=%s&" PER_PAGE, escaped);
  Find *find = g_new0 (Find, 1);

  find->email = g_strdup (email);
  find->urgency = urgency;
  g_task_set_task_data (task, find, (GDestroyNotify) find_free);
  find_walk (task, DIAL_RESOURCE_USERS, query, found_by_primary_cb);
}

static void
notes_cb (GObject      *object,
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

static void
list_notes (GTask       *task,
            gint64       candidate_id,
            gint64       created_since,
            DialUrgency  urgency)
{
  g_autofree char *query = g_strdup_printf ("candidate_ids=%" ID "&" PER_PAGE, candidate_id);
  DialListing listing = {
    .errand = DIAL_RESOURCE_NOTES,
    .query = query,
    .dates.created_from = created_since,
  };

  g_task_set_task_data (task, g_memdup2 (&candidate_id, sizeof candidate_id), g_free);
  dial_greenhouse_walk_async (DIAL_GREENHOUSE (g_task_get_source_object (task)), &listing, urgency,
                              g_task_get_cancellable (task), notes_cb, task);
}

static void
notes_of_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GPtrArray *notes;
  GError *error = NULL;

  notes = dial_greenhouse_walk_finish (DIAL_GREENHOUSE (object), result, &error);
  if (notes != NULL)
    g_task_return_pointer (task, notes, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
list_notes_of (GTask       *task,
               gint64       user_id,
               gint64       created_since,
               DialUrgency  urgency)
{
  g_autofree char *query = g_strdup_printf ("user_ids=%" ID "&" PER_PAGE, user_id);
  DialListing listing = {
    .errand = DIAL_RESOURCE_NOTES,
    .query = query,
    .dates.created_from = created_since,
  };

  dial_greenhouse_walk_async (DIAL_GREENHOUSE (g_task_get_source_object (task)), &listing, urgency,
                              g_task_get_cancellable (task), notes_of_cb, task);
}

static void
created_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (DialReply) reply = NULL;
  DialNote *note;
  GError *error = NULL;

  reply = dial_greenhouse_request_finish (DIAL_GREENHOUSE (object), result, NULL, &error);
  if (reply == NULL) {
    g_task_return_error (task, error);
    return;
  }

  note = dial_v3_parse_note (reply->body);
  if (note != NULL)
    g_task_return_pointer (task, note, g_object_unref);
  else
    g_task_return_error (task, dial_errand_unclear (reply));
}

static void
create_note (GTask    *task,
             DialNote *note)
{
  DialGreenhouse *self = DIAL_GREENHOUSE (g_task_get_source_object (task));
  g_autofree char *url = dial_greenhouse_dup_url (self, errands[DIAL_ERRAND_CREATE_NOTE].path);
  g_autoptr (GBytes) body = dial_v3_write_note (note);
  DialAsk ask = {
    .errand = DIAL_ERRAND_CREATE_NOTE,
    .url = url,
    .body = body,
    .secret = note->body,
    .urgency = DIAL_URGENCY_NOTE,
  };

  dial_greenhouse_request_async (self, &ask, g_task_get_cancellable (task), created_cb, task);
}

const DialDialect dial_dialect_v3 = {
  .api = DIAL_API_V3,
  .root = "/v3/",
  .window = 30,
  .resources = (1 << DIAL_N_RESOURCES) - 1,
  .errands = errands,
  .n_date_forms = 2,
  .write_query = write_query,
  .write_dates = write_dates,
  .refuse = refuse,
  .parse = dial_v3_parse_list,
  .get_candidate = get_candidate,
  .find_user = find_user,
  .list_notes = list_notes,
  .list_notes_of = list_notes_of,
  .create_note = create_note,
  .check = dial_v3_check,
};
