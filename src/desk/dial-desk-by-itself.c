#include "dial-desk-private.h"

#include "dial-foreign-note.h"
#include "dial-note-text.h"

/* Where an integration logs calls by itself: those of which a phone system tells, once a grace time has passed in
 * which the recruiter, or whoever writes about the call there, may do better. */

typedef struct {
  DialDesk        *desk;
  DialIntegration *integration;
  GPtrArray       *calls;
  guint            index;
  DialCandidate   *candidate;
} Round;

static void look_at_next (Round *round);

static void
round_free (Round *round)
{
  g_object_unref (round->desk);
  g_object_unref (round->integration);
  g_clear_pointer (&round->calls, g_ptr_array_unref);
  g_clear_object (&round->candidate);
  g_free (round);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Round, round_free)

static DialCallRecord *
get_call (Round *round)
{
  return g_ptr_array_index (round->calls, round->index);
}

static gboolean
is_at_desk (Round *round)
{
  DialCall *call = round->desk->call;

  return call != NULL && g_str_equal (dial_call_get_uid (call), get_call (round)->uid);
}

/* What is left alone is not looked at again until the next start: the recruiter has it among those to log. */
static void
leave (Round *round)
{
  g_hash_table_add (round->desk->left_alone, g_strdup (get_call (round)->uid));
}

/* Takes @round. */
static void
go_on (Round *round)
{
  g_clear_object (&round->candidate);
  round->index++;
  look_at_next (round);
}

static void
on_logged (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Round *round = user_data;
  g_autoptr (GError) error = NULL;

  if (dial_desk_log_call_finish (DIAL_DESK (source), result, &error) == 0)
    g_debug ("A call could not be logged: %s", error->message);
  go_on (round);
}

static void
on_wrapped_up (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Round *round = user_data;
  g_autoptr (GError) error = NULL;

  dial_desk_wrap_up_finish (DIAL_DESK (source), result, &error);
  if (error != NULL)
    g_debug ("A call could not be wrapped up: %s", error->message);
  go_on (round);
}

/* Takes @round. */
static void
log_call (Round *round)
{
  DialCallRecord *call = get_call (round);
  g_autofree char *reference = dial_note_text_new_reference ();
  DialWrapUp wrap_up = { .outcome = call->outcome, .visibility = DIAL_VISIBILITY_UNKNOWN };

  if (is_at_desk (round))
    dial_desk_wrap_up_async (round->desk, &wrap_up, NULL, on_wrapped_up, round);
  else
    dial_desk_log_call_async (round->desk, round->integration, round->candidate, call, DIAL_VISIBILITY_UNKNOWN,
                              reference, NULL, on_logged, round);
}

/* Whether Greenhouse has a note about it that CloudTalk wrote itself */

static void
on_notes_listed (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Round *round = user_data;
  g_autoptr (GPtrArray) notes = dial_store_list_notes_finish (DIAL_STORE (source), result, NULL);

  for (guint i = 0; notes != NULL && i < notes->len; i++) {
    if (dial_foreign_note_tells (g_ptr_array_index (notes, i), get_call (round)->report)) {
      leave (round);
      go_on (round);
      return;
    }
  }

  log_call (round);
}

/* Where notes may not be read it is only known whether CloudTalk was seen to write some. */
static void
on_feed_read (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Round *round = user_data;
  DialStore *store = dial_integration_get_store (round->integration);
  g_autoptr (GError) error = NULL;

  if (_dial_integration_read_feed_finish (DIAL_INTEGRATION (source), result, &error)) {
    dial_store_list_notes_async (store, get_call (round)->candidate_id, NULL, on_notes_listed, round);
  } else if (g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FORBIDDEN) &&
             dial_integration_get_doubles_problem (round->integration) == NULL) {
    log_call (round);
  } else {
    go_on (round);
  }
}

static void
on_candidate_loaded (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  Round *round = user_data;

  round->candidate = dial_store_load_candidate_finish (DIAL_STORE (source), result, NULL);
  if (round->candidate == NULL) {
    leave (round);
    go_on (round);
    return;
  }

  _dial_integration_read_feed_async (round->integration, round->candidate->id, NULL, on_feed_read, round);
}

/* Who is writing about the person is not interrupted. */
static void
on_draft_loaded (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Round *round = user_data;
  g_autofree char *draft = dial_store_load_draft_finish (DIAL_STORE (source), result, NULL);

  if (!get_call (round)->outside && draft != NULL && *draft != '\0')
    go_on (round);
  else
    dial_store_load_candidate_async (DIAL_STORE (source), get_call (round)->candidate_id, NULL, on_candidate_loaded,
                                     round);
}

static guint
get_grace (DialIntegration *integration)
{
  return (guint) g_ascii_strtoull (_dial_integration_get_setting (integration, "log-grace"), NULL, 10);
}

/* Whoever sits before its wrap-up decides. */
static gboolean
is_due (Round *round)
{
  DialCallRecord *call = get_call (round);
  gint64 end = call->ended_at != DIAL_INSTANT_UNKNOWN ? call->ended_at : call->started_at;
  gint64 grace = MAX (call->report->wrap_up, 0) + (gint64) get_grace (round->integration);

  if (is_at_desk (round) && round->desk->activity == DIAL_ACTIVITY_IN_USE)
    return FALSE;

  return end + grace * G_TIME_SPAN_SECOND <= g_get_real_time () &&
         !g_hash_table_contains (round->desk->left_alone, call->uid);
}

/* Takes @round. */
static void
look_at_next (Round *round)
{
  while (round->index < round->calls->len && !is_due (round))
    round->index++;

  if (round->index == round->calls->len || !_dial_integration_works_by_itself (round->integration)) {
    round_free (round);
    return;
  }

  dial_store_load_draft_async (dial_integration_get_store (round->integration), get_call (round)->candidate_id, NULL,
                               on_draft_loaded, round);
}

static void
on_calls_listed (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Round) round = user_data;

  round->calls = dial_store_list_reported_calls_finish (DIAL_STORE (source), result, NULL);
  if (round->calls != NULL)
    look_at_next (g_steal_pointer (&round));
}

/* @integrations: of DialIntegration, whose calls were just looked up */
void
_dial_desk_log_by_itself (DialDesk  *self,
                          GPtrArray *integrations)
{
  for (guint i = 0; i < integrations->len; i++) {
    DialIntegration *integration = g_ptr_array_index (integrations, i);
    Round *round;

    if (!g_str_equal (_dial_integration_get_setting (integration, "log-by-itself"), "yes"))
      continue;

    round = g_new0 (Round, 1);
    round->desk = g_object_ref (self);
    round->integration = g_object_ref (integration);
    dial_store_list_reported_calls_async (dial_integration_get_store (integration), NULL, on_calls_listed, round);
  }
}
