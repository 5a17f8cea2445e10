#include "dial-outside-calls.h"

#include "dial-cloudtalk-report.h"
#include "dial-desk-private.h"

/* The first look, once the window stands. */
#define FIRST_SECONDS 2

/* History lists a call by its beginning, perhaps not before its end: so long most calls are, and so late most people
 * write about one. Now and then, and whenever it was not looked for a while, a look goes back over the whole day,
 * which takes more of what the company may ask for. */
#define OVERLAP         (4 * G_TIME_SPAN_HOUR)
#define LONG_OVERLAP    (24 * G_TIME_SPAN_HOUR)
#define LONG_LOOK_EVERY (30 * G_TIME_SPAN_MINUTE)

/* Who was away for longer is told of the last calls. */
#define LONGEST_GAP (14 * G_TIME_SPAN_DAY)

#define PAGE_SIZE 100
#define MAX_PAGES 50

/* How far history was read is written down so often. */
#define KEEP_EVERY (10 * G_TIME_SPAN_MINUTE)

/* A number may become a candidate's after the call. */
#define RETRY_AFTER (10 * G_TIME_SPAN_MINUTE)

/* From when on calls are this integration's to tell of; and until when history was read. */
#define SINCE_KEY "calls-since"
#define READ_KEY  "calls-read"

struct _DialOutsideCalls
{
  DialDesk             *desk;          /* not held; it owns this */
  DialCloudtalkAccount *account;
  GCancellable         *cancellable;
  GHashTable           *taken;         /* remote id → DialCallReport, as it was last taken */
  GHashTable           *nobodys;       /* remote id → when it was looked up, monotonic */
  gint64                looked_long;   /* when, monotonic; 0: that is due */
  guint                 timer;
  gboolean              looking;
  gboolean              again;
};

/* One look. */
typedef struct {
  DialOutsideCalls *outside;
  GCancellable     *cancellable;
  gint64            began;             /* an instant */
  gint64            overlap;
  guint             page;
  GPtrArray        *reports;
  guint             index;
  GPtrArray        *integrations;      /* that use the account */
  guint             store;             /* which of them is asked for the present call */
  GPtrArray        *owners;
} Walk;

static void read_page (Walk *walk);
static void take_next (Walk *walk);
static void look (DialOutsideCalls *self);

static void
walk_free (Walk *walk)
{
  g_object_unref (walk->cancellable);
  g_ptr_array_unref (walk->reports);
  g_ptr_array_unref (walk->integrations);
  g_clear_pointer (&walk->owners, g_ptr_array_unref);
  g_free (walk);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Walk, walk_free)

/* Whoever removes the account meanwhile is not told. */
static gboolean
is_gone (Walk *walk)
{
  return g_cancellable_is_cancelled (walk->cancellable);
}

static void
on_timer (gpointer user_data)
{
  DialOutsideCalls *self = user_data;

  self->timer = 0;
  look (self);
}

static void
plan (DialOutsideCalls *self,
      guint             seconds)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add_once (seconds * 1000, on_timer, self);
}

static void
end_walk (Walk         *walk,
          const GError *error)
{
  DialOutsideCalls *self = walk->outside;

  self->looking = FALSE;
  if (error != NULL)
    g_debug ("A look for calls made outside failed: %s", error->message);
  plan (self, self->again ? 1 : _dial_desk_get_pace (self->desk));
  self->again = FALSE;
}

/* Which integrations, and since when */

static gint64
get_instant (DialIntegration *integration,
             const char      *key)
{
  return g_ascii_strtoll (_dial_integration_get_setting (integration, key), NULL, 10);
}

static void
keep_instant (DialIntegration *integration,
              const char      *key,
              gint64           instant)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, instant);

  _dial_integration_keep_setting (integration, key, text);
}

static GPtrArray *
list_integrations (DialOutsideCalls *self)
{
  GPtrArray *integrations = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *all = dial_desk_get_integrations (self->desk);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (all, i);

    if (!_dial_integration_is_broken (integration) && dial_integration_is_active (integration) &&
        dial_desk_get_account_of (self->desk, integration, NULL) == self->account)
      g_ptr_array_add (integrations, g_object_ref (integration));
  }

  return integrations;
}

/* Calls from before an integration was there are not its to tell of. */
static gint64
find_start (Walk *walk)
{
  gint64 start = walk->began - walk->overlap;
  gint64 earliest = walk->began;

  for (guint i = 0; i < walk->integrations->len; i++) {
    DialIntegration *integration = g_ptr_array_index (walk->integrations, i);
    gint64 since = get_instant (integration, SINCE_KEY);
    gint64 read = get_instant (integration, READ_KEY);

    if (since == 0) {
      since = walk->began;
      keep_instant (integration, SINCE_KEY, since);
    }
    earliest = MIN (earliest, since);
    if (read != 0)
      start = MIN (start, read - walk->overlap);
  }

  return MAX (MAX (start, earliest - OVERLAP), walk->began - LONGEST_GAP);
}

static void
keep_how_far (Walk *walk)
{
  for (guint i = 0; i < walk->integrations->len; i++) {
    DialIntegration *integration = g_ptr_array_index (walk->integrations, i);

    if (walk->began - get_instant (integration, READ_KEY) >= KEEP_EVERY)
      keep_instant (integration, READ_KEY, walk->began);
  }
}

/* Taking a call into a log */

static DialCallReport *
get_report (Walk *walk)
{
  return g_ptr_array_index (walk->reports, walk->index);
}

static DialCallRecord *
make_record (Walk          *walk,
             DialCandidate *candidate)
{
  DialCallReport *report = get_report (walk);
  g_autofree char *uid = g_uuid_string_random ();
  DialCallRecord *call = dial_call_record_new (uid);

  call->candidate_id = candidate != NULL ? candidate->id : 0;
  call->direction = report->direction;
  dial_set_str (&call->number, report->number);
  call->e164 = g_strdup (report->number);
  call->own_number = g_strdup (report->own_number);
  call->phone_id = g_strdup (dial_cloudtalk_account_get_id (walk->outside->account));
  call->state = DIAL_CALL_STATE_ENDED;
  call->outcome = report->outcome;
  call->started_at = report->started_at;
  call->answered_at = report->answered_at;
  call->ended_at = report->ended_at;
  call->duration = report->talking > 0 ? report->talking : -1;
  call->time_zone = dial_dup_local_zone (report->started_at);
  g_set_object (&call->report, report);
  call->wrapped_up = TRUE;
  call->outside = TRUE;
  return call;
}

static void
go_on (Walk *walk)
{
  g_clear_pointer (&walk->owners, g_ptr_array_unref);
  walk->store = 0;
  walk->index++;
  take_next (walk);
}

static void
taken (Walk           *walk,
       DialStore      *store,
       DialCallRecord *call,
       gboolean        is_new)
{
  DialOutsideCalls *self = walk->outside;
  DialCallReport *report = get_report (walk);

  g_hash_table_replace (self->taken, g_strdup (report->remote_id), g_object_ref (report));
  g_hash_table_remove (self->nobodys, report->remote_id);
  _dial_desk_tell_reported (self->desk, dial_desk_find_by_store (self->desk, store), call, is_new);
  go_on (walk);
}

static void ask_next_store (Walk *walk);

static DialOwner *
get_owner (Walk *walk)
{
  return walk->owners != NULL && walk->owners->len > 0 ? g_ptr_array_index (walk->owners, 0) : NULL;
}

static void
on_report_added (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Walk) walk = user_data;
  g_autoptr (DialCallRecord) call = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_new;

  dial_store_take_report_finish (DIAL_STORE (source), result, &call, &is_new, &error);
  if (is_gone (walk))
    return;

  if (error != NULL)
    end_walk (walk, error);
  else if (call != NULL)
    taken (g_steal_pointer (&walk), DIAL_STORE (source), call, is_new);
  else
    go_on (g_steal_pointer (&walk));
}

/* Not known anywhere: it belongs into the log of whoever's candidate it was with. */
static void
add (Walk *walk)
{
  DialOwner *owner = get_owner (walk);
  DialCallReport *report = get_report (walk);
  g_autoptr (DialCallRecord) call = NULL;
  DialIntegration *integration;

  if (owner == NULL || report->started_at < get_instant (dial_owner_get_integration (owner), SINCE_KEY)) {
    gint64 now = g_get_monotonic_time ();

    g_hash_table_replace (walk->outside->nobodys, g_strdup (report->remote_id), g_memdup2 (&now, sizeof now));
    go_on (walk);
    return;
  }

  integration = dial_owner_get_integration (owner);
  call = make_record (walk, walk->owners->len == 1 ? dial_owner_get_candidate (owner) : NULL);
  dial_store_take_report_async (dial_integration_get_store (integration), call, TRUE, NULL, on_report_added, walk);
}

static void
on_report_taken (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Walk) walk = user_data;
  g_autoptr (DialCallRecord) call = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_new;

  dial_store_take_report_finish (DIAL_STORE (source), result, &call, &is_new, &error);
  if (is_gone (walk))
    return;

  if (error != NULL) {
    end_walk (walk, error);
  } else if (call != NULL) {
    taken (g_steal_pointer (&walk), DIAL_STORE (source), call, FALSE);
  } else {
    walk->store++;
    ask_next_store (g_steal_pointer (&walk));
  }
}

/* One company after the other: whoever knows the call, or made it, has it. */
static void
ask_next_store (Walk *walk)
{
  DialOwner *owner = get_owner (walk);
  g_autoptr (DialCallRecord) call = NULL;
  DialIntegration *integration;
  DialCandidate *candidate;

  if (walk->store == walk->integrations->len) {
    add (walk);
    return;
  }

  integration = g_ptr_array_index (walk->integrations, walk->store);
  candidate = owner != NULL && walk->owners->len == 1 && dial_owner_get_integration (owner) == integration
                ? dial_owner_get_candidate (owner) : NULL;
  call = make_record (walk, candidate);
  dial_store_take_report_async (dial_integration_get_store (integration), call, FALSE, NULL, on_report_taken, walk);
}

static void
on_owners_found (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Walk) walk = user_data;

  walk->owners = dial_desk_find_owners_finish (DIAL_DESK (source), result, NULL);
  if (is_gone (walk))
    return;

  for (guint i = walk->owners != NULL ? walk->owners->len : 0; i > 0; i--)
    if (!g_ptr_array_find (walk->integrations,
                           dial_owner_get_integration (g_ptr_array_index (walk->owners, i - 1)), NULL))
      g_ptr_array_remove_index (walk->owners, i - 1);
  ask_next_store (g_steal_pointer (&walk));
}

/* A running call is followed by whoever placed it; one that nobody has a number of is nobody's. */
static gboolean
needs_a_look (Walk *walk)
{
  DialCallReport *report = get_report (walk);
  DialCallReport *known = g_hash_table_lookup (walk->outside->taken, report->remote_id);
  gint64 *tried = g_hash_table_lookup (walk->outside->nobodys, report->remote_id);

  if (!report->has_ended || report->number == NULL)
    return FALSE;
  if (tried != NULL && g_get_monotonic_time () - *tried < RETRY_AFTER)
    return FALSE;

  return known == NULL || !dial_call_report_equal (known, report);
}

/* Takes @walk. */
static void
take_next (Walk *walk)
{
  g_autoptr (DialPhoneNumber) number = NULL;

  while (walk->index < walk->reports->len && !needs_a_look (walk))
    walk->index++;

  if (walk->index == walk->reports->len) {
    g_autoptr (Walk) done = walk;

    keep_how_far (done);
    if (done->overlap == LONG_OVERLAP)
      done->outside->looked_long = g_get_monotonic_time ();
    end_walk (done, NULL);
    _dial_desk_log_by_itself (done->outside->desk, done->integrations);
    return;
  }

  number = dial_phone_number_new (get_report (walk)->number, NULL, NULL);
  dial_desk_find_owners_async (walk->outside->desk, number, NULL, on_owners_found, walk);
}

/* Reading history */

static void
on_page_read (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Walk) walk = user_data;
  g_autoptr (GError) error = NULL;
  guint n_pages = 0;
  g_autoptr (GPtrArray) calls = dial_cloudtalk_list_calls_finish (DIAL_CLOUDTALK (source), result, &n_pages, &error);
  g_autoptr (GPtrArray) reports = NULL;

  if (is_gone (walk))
    return;

  dial_cloudtalk_account_heed (walk->outside->account, error);
  if (calls == NULL) {
    end_walk (walk, error);
    return;
  }

  reports = dial_cloudtalk_report_list (calls);
  g_ptr_array_extend_and_steal (walk->reports, g_steal_pointer (&reports));
  if (walk->page < MIN (n_pages, MAX_PAGES)) {
    walk->page++;
    read_page (g_steal_pointer (&walk));
  } else {
    take_next (g_steal_pointer (&walk));
  }
}

/* Takes @walk. */
static void
read_page (Walk *walk)
{
  DialCloudtalkAccount *account = walk->outside->account;
  DialCloudtalkCallQuery query = { .direction = -1, .limit = PAGE_SIZE, .page = walk->page };

  query.agent_id = dial_cloudtalk_account_get_agent_id (account);
  query.since = find_start (walk);
  dial_cloudtalk_list_calls_async (dial_cloudtalk_account_get_cloudtalk (account), &query,
                                   DIAL_CLOUDTALK_URGENCY_CALLS, walk->cancellable, on_page_read, walk);
}

static void
on_agent_refreshed (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (Walk) walk = user_data;
  g_autoptr (GError) error = NULL;

  dial_cloudtalk_account_refresh_agent_finish (DIAL_CLOUDTALK_ACCOUNT (source), result, &error);
  if (is_gone (walk))
    return;

  if (error != NULL || dial_cloudtalk_account_get_agent_id (DIAL_CLOUDTALK_ACCOUNT (source)) == 0)
    end_walk (walk, error);
  else
    read_page (g_steal_pointer (&walk));
}

static void
on_connected (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Walk) walk = user_data;
  g_autoptr (GError) error = NULL;
  DialCloudtalkAccount *account = DIAL_CLOUDTALK_ACCOUNT (source);
  GCancellable *cancellable = walk->cancellable;
  g_autoptr (DialCloudtalk) cloudtalk = dial_cloudtalk_account_connect_finish (account, result, &error);

  if (is_gone (walk))
    return;

  if (cloudtalk == NULL)
    end_walk (walk, error);
  else if (dial_cloudtalk_account_get_agent_id (account) == 0)
    dial_cloudtalk_account_refresh_agent_async (account, DIAL_CLOUDTALK_URGENCY_CALLS, cancellable,
                                                on_agent_refreshed, g_steal_pointer (&walk));
  else
    read_page (g_steal_pointer (&walk));
}

static gint64
choose_overlap (DialOutsideCalls *self)
{
  gboolean is_due = self->looked_long == 0 || g_get_monotonic_time () - self->looked_long >= LONG_LOOK_EVERY;

  return is_due ? LONG_OVERLAP : OVERLAP;
}

static void
look (DialOutsideCalls *self)
{
  g_autoptr (GPtrArray) integrations = list_integrations (self);
  Walk *walk;

  if (self->looking) {
    self->again = TRUE;
    return;
  }
  if (integrations->len == 0) {
    plan (self, _dial_desk_get_pace (self->desk));
    return;
  }

  self->looking = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  walk = g_new0 (Walk, 1);
  walk->outside = self;
  walk->cancellable = g_object_ref (self->cancellable);
  walk->began = g_get_real_time ();
  walk->overlap = choose_overlap (self);
  walk->page = 1;
  walk->reports = g_ptr_array_new_with_free_func (g_object_unref);
  walk->integrations = g_steal_pointer (&integrations);
  dial_cloudtalk_account_connect_async (self->account, self->cancellable, on_connected, walk);
}

/* Looks now, or once more when the look that runs is done, at the whole day. */
void
dial_outside_calls_look (DialOutsideCalls *self)
{
  self->looked_long = 0;
  look (self);
}

DialOutsideCalls *
dial_outside_calls_new (DialDesk             *desk,
                        DialCloudtalkAccount *account)
{
  DialOutsideCalls *self = g_new0 (DialOutsideCalls, 1);

  self->desk = desk;
  self->account = g_object_ref (account);
  self->cancellable = g_cancellable_new ();
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->nobodys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  plan (self, FIRST_SECONDS);
  return self;
}

void
dial_outside_calls_free (DialOutsideCalls *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_hash_table_unref (self->taken);
  g_hash_table_unref (self->nobodys);
  g_object_unref (self->cancellable);
  g_object_unref (self->account);
  g_free (self);
}

DialCloudtalkAccount *
dial_outside_calls_get_account (DialOutsideCalls *self)
{
  return self->account;
}

gboolean
dial_outside_calls_is_looking (DialOutsideCalls *self)
{
  return self->looking;
}
