#include "dial-cloudtalk-line.h"

#include <glib/gi18n.h>

#include "dial-call-follower.h"
#include "dial-cloudtalk-report.h"

/* A few calls with one number, the latest first. */
#define HISTORY_LIMIT 10

struct _DialCloudtalkLine
{
  DialCloudtalkAccount  *account;
  DialCall              *call;
  DialCallFollower      *follower;
  GHashTable            *others;         /* the remote ids of all calls that were followed */
  DialCloudtalkRoute     route;
  GCancellable          *cancellable;
  guint                  timer;
  guint                  haste;
  gboolean               looking;
  gboolean               hurries;        /* looks again as soon as the running look is done */
  gboolean               ends;           /* the recruiter wants to hang up */
  DialCloudtalkLineFunc  on_over;
  gpointer               user_data;
};

static void look_later (DialCloudtalkLine *self);

/* Time as the follower counts it: in tests it goes faster. */
static gint64
get_now (DialCloudtalkLine *self)
{
  return g_get_monotonic_time () * self->haste;
}

/* What the recruiter is told */

static char *
dup_whom (DialCall *call)
{
  const char *name = dial_call_get_candidate_name (call);

  return name != NULL ? g_strdup (name) : dial_phone_number_format (dial_call_get_number (call));
}

static char *
word_ring (DialCloudtalkLine *self)
{
  g_autofree char *whom = dup_whom (self->call);

  switch (self->route) {
  case DIAL_CLOUDTALK_ROUTE_UNCLEAR:
    return g_strdup (_("CloudTalk did not answer in time: it may be ringing you. Wait until its history tells, and do "
                       "not call again yet."));
  case DIAL_CLOUDTALK_ROUTE_LINK:
    /* Translators: %s is a person's name or a phone number */
    return g_strdup_printf (_("CloudTalk Phone has the number of %s: go on there."), whom);
  case DIAL_CLOUDTALK_ROUTE_RING:
  default:
    /* Translators: %s is a person's name or a phone number */
    return g_strdup_printf (_("CloudTalk is ringing you. Answer to call %s."), whom);
  }
}

static char *
word_hint (DialCloudtalkLine *self)
{
  g_autofree char *whom = dup_whom (self->call);

  switch (dial_call_follower_get_phase (self->follower)) {
  case DIAL_FOLLOW_RINGS_HERE:
    return word_ring (self);
  case DIAL_FOLLOW_UNSEEN:
    /* Translators: %s is a person's name or a phone number */
    return g_strdup_printf (_("You are in a call in CloudTalk. It tells how it went with %s once it is over."), whom);
  case DIAL_FOLLOW_SETTLES:
    return g_strdup (_("Waiting for CloudTalk to tell of the call."));
  case DIAL_FOLLOW_LOST:
    return g_strdup (_("CloudTalk does not tell of the call yet: say how it went."));
  case DIAL_FOLLOW_NEVER:
    return self->route == DIAL_CLOUDTALK_ROUTE_UNCLEAR
             ? g_strdup (_("CloudTalk did not answer, and its history knows of no such call: call again."))
             : g_strdup_printf (_("There was no call with %s: nobody answered the ring of CloudTalk here."), whom);
  case DIAL_FOLLOW_RINGS:
  case DIAL_FOLLOW_TALKS:
  case DIAL_FOLLOW_ENDED:
  default:
    return NULL;
  }
}

static void
tell (DialCloudtalkLine *self)
{
  DialFollowPhase phase = dial_call_follower_get_phase (self->follower);
  gboolean rings = phase == DIAL_FOLLOW_RINGS_HERE && self->route == DIAL_CLOUDTALK_ROUTE_RING;
  g_autofree char *hint = NULL;

  if (self->ends && phase != DIAL_FOLLOW_LOST && phase != DIAL_FOLLOW_NEVER && phase != DIAL_FOLLOW_ENDED)
    hint = g_strdup (_("Hang up in CloudTalk: the call ends here when CloudTalk tells so. Or press End once more."));
  else
    hint = word_hint (self);

  /* The count goes on as it began. */
  if (g_strcmp0 (hint, dial_call_get_hint (self->call)) != 0)
    dial_call_set_hint (self->call, hint, rings && !self->ends ? DIAL_FOLLOW_RING_SECONDS : -1);
}

/* Where the call is */

static void
move (DialCloudtalkLine *self)
{
  DialCallReport *report = dial_call_follower_get_report (self->follower);

  if (report != NULL) {
    g_hash_table_add (self->others, g_strdup (report->remote_id));
    dial_call_take_report (self->call, report);
  }
  tell (self);

  switch (dial_call_follower_get_phase (self->follower)) {
  case DIAL_FOLLOW_RINGS:
    dial_call_set_state (self->call, DIAL_CALL_STATE_RINGING);
    break;
  case DIAL_FOLLOW_TALKS:
    dial_call_set_state (self->call, DIAL_CALL_STATE_ACTIVE);
    break;
  case DIAL_FOLLOW_ENDED:
    dial_call_end (self->call, report->outcome);
    break;
  case DIAL_FOLLOW_LOST:
    dial_call_end (self->call, DIAL_OUTCOME_UNKNOWN);
    break;
  case DIAL_FOLLOW_NEVER:
    dial_call_end (self->call, DIAL_OUTCOME_FAILED);
    break;
  case DIAL_FOLLOW_RINGS_HERE:
  case DIAL_FOLLOW_UNSEEN:
  case DIAL_FOLLOW_SETTLES:
  default:
    break;
  }
}

/* Whoever looks at all of history may have been faster. */
static gboolean
is_told (DialCloudtalkLine *self)
{
  DialCallReport *report = dial_call_get_report (self->call);

  return report != NULL && report->has_ended && dial_call_get_state (self->call) == DIAL_CALL_STATE_ENDED;
}

/* Looking. Each look holds the line by its cancellable: whoever was freed is not told. */

static void
look_done (DialCloudtalkLine *self,
           const GError      *error)
{
  gint64 when;

  self->looking = FALSE;
  dial_cloudtalk_account_heed (self->account, error);
  if (error != NULL) {
    g_debug ("A look for a call failed: %s", error->message);
    dial_call_follower_take_failure (self->follower, get_now (self));
  }
  if (self->hurries)
    dial_call_follower_hurry (self->follower);
  self->hurries = FALSE;

  move (self);
  if (is_told (self) || dial_call_follower_get_look (self->follower, &when) == DIAL_FOLLOW_LOOK_NOWHERE)
    self->on_over (self, self->user_data);
  else
    look_later (self);
}

static void
on_history_listed (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  DialCloudtalkLine *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) calls = dial_cloudtalk_list_calls_finish (DIAL_CLOUDTALK (source), result, NULL, &error);
  g_autoptr (GPtrArray) reports = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (calls != NULL) {
    reports = dial_cloudtalk_report_list (calls);
    dial_call_follower_take_history (self->follower, reports, get_now (self));
  }
  look_done (self, error);
}

static void
on_connected (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  DialCloudtalkLine *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialCloudtalk) cloudtalk =
    dial_cloudtalk_account_connect_finish (DIAL_CLOUDTALK_ACCOUNT (source), result, &error);
  DialCloudtalkCallQuery query = { .direction = DIAL_DIRECTION_OUTGOING, .limit = HISTORY_LIMIT, .page = 1 };

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (cloudtalk == NULL) {
    look_done (self, error);
    return;
  }

  query.agent_id = dial_cloudtalk_account_get_agent_id (self->account);
  query.external = dial_phone_number_get_e164 (dial_call_get_number (self->call));
  query.since = dial_call_get_started_at (self->call) - DIAL_FOLLOW_EARLIER;
  dial_cloudtalk_list_calls_async (cloudtalk, &query, DIAL_CLOUDTALK_URGENCY_CALLS, self->cancellable,
                                   on_history_listed, self);
}

static void
on_agent_refreshed (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  DialCloudtalkLine *self = user_data;
  g_autoptr (GError) error = NULL;
  const DialCloudtalkAgent *agent;

  dial_cloudtalk_account_refresh_agent_finish (DIAL_CLOUDTALK_ACCOUNT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  agent = dial_cloudtalk_account_get_agent (self->account);
  if (error == NULL && agent != NULL)
    dial_call_follower_take_agent (self->follower, agent->state == DIAL_AGENT_STATE_CALLING, get_now (self));
  look_done (self, error);
}

static void
look (gpointer user_data)
{
  DialCloudtalkLine *self = user_data;
  gint64 when;

  self->timer = 0;
  self->looking = TRUE;
  if (dial_call_follower_get_look (self->follower, &when) == DIAL_FOLLOW_LOOK_AT_AGENT)
    dial_cloudtalk_account_refresh_agent_async (self->account, DIAL_CLOUDTALK_URGENCY_CALLS, self->cancellable,
                                                on_agent_refreshed, self);
  else
    dial_cloudtalk_account_connect_async (self->account, self->cancellable, on_connected, self);
}

static void
look_later (DialCloudtalkLine *self)
{
  gint64 when, wait;

  dial_call_follower_get_look (self->follower, &when);
  wait = MAX (when - get_now (self), 0) / self->haste / G_TIME_SPAN_MILLISECOND;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add_once ((guint) wait + 1, look, self);
}

/* @on_over: called once it is known how the call ended, or that it never began; the line may be freed in it */
DialCloudtalkLine *
dial_cloudtalk_line_new (DialCloudtalkAccount  *account,
                         DialCall              *call,
                         DialCloudtalkRoute     route,
                         gint64                 not_before,
                         GHashTable            *others,
                         guint                  haste,
                         DialCloudtalkLineFunc  on_over,
                         gpointer               user_data)
{
  DialCloudtalkLine *self = g_new0 (DialCloudtalkLine, 1);

  self->account = g_object_ref (account);
  self->call = g_object_ref (call);
  self->others = g_hash_table_ref (others);
  self->route = route;
  self->haste = haste;
  self->on_over = on_over;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  self->follower = dial_call_follower_new (dial_phone_number_get_e164 (dial_call_get_number (call)),
                                           dial_call_get_started_at (call), not_before, others,
                                           route == DIAL_CLOUDTALK_ROUTE_LINK, get_now (self));
  tell (self);
  look_later (self);
  return self;
}

void
dial_cloudtalk_line_free (DialCloudtalkLine *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  dial_call_follower_free (self->follower);
  g_hash_table_unref (self->others);
  g_object_unref (self->cancellable);
  g_object_unref (self->account);
  g_object_unref (self->call);
  g_free (self);
}

DialCall *
dial_cloudtalk_line_get_call (DialCloudtalkLine *self)
{
  return self->call;
}

/* Nobody can hang up through CloudTalk's interface. (CloudTalk's API description) */
void
dial_cloudtalk_line_ask_to_end (DialCloudtalkLine *self)
{
  self->ends = TRUE;
  tell (self);
  dial_cloudtalk_line_hurry (self);
}

/* Something has happened: look at once. */
void
dial_cloudtalk_line_hurry (DialCloudtalkLine *self)
{
  if (self->looking) {
    self->hurries = TRUE;
    return;
  }

  dial_call_follower_hurry (self->follower);
  look_later (self);
}
