#include <stdio.h>
#include <stdlib.h>

#include "dial-desk.h"
#include "dial-note-text.h"

/*
 * storm-desk PROFILE HARVEST-URL AUTH-URL CLIENT-ID SECRET CALLS RECRUITER RECRUITER: a recruiter's day in a
 * storm, without a window. Logs CALLS calls with notes, the first half as one recruiter and the second as the
 * other, while the desk's own courier carries the notes by itself. Killed at any time and started again it goes
 * on where it was. Sends again what was refused, as a person would. Ends with 0 once all notes stand in
 * Greenhouse, with 1 if one of them needs a look.
 */

/* No list of the sandbox lags longer. */
#define PATIENCE "3"

typedef struct {
  char           **arguments;
  DialDesk        *desk;
  DialIntegration *integration;
  GPtrArray       *candidates;
  guint            n_calls;
  gboolean         is_second; /* of the recruiters */
  gboolean         unclear;
} Storm;

enum { PROGRAM, PROFILE, HARVEST_URL, AUTH_URL, CLIENT_ID, SECRET, CALLS, FIRST, SECOND, N_ARGUMENTS };

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GAsyncResult **answer = user_data;

  *answer = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **answer)
{
  while (*answer == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *answer;
}

#define AWAIT(call) \
  g_autoptr (GAsyncResult) result = NULL; \
  call; \
  wait_for (&result)

static void
give_up (const char *what,
         GError     *error)
{
  g_printerr ("storm-desk: %s: %s\n", what, error != NULL ? error->message : "no error");
  exit (2);
}

static void
set (Storm      *storm,
     const char *key,
     const char *value)
{
  GError *error = NULL;

  AWAIT (dial_integration_set_async (storm->integration, key, value, NULL, on_answer, &result));
  if (!dial_integration_set_finish (storm->integration, result, &error))
    give_up ("set", error);
}

static void
open_desk (Storm *storm)
{
  GError *error = NULL;
  DialNewIntegration form = {
    .name = "Storm",
    .subdomain = "sandbox",
    .client_id = storm->arguments[CLIENT_ID],
    .secret = storm->arguments[SECRET],
    .recruiter_email = storm->arguments[FIRST],
    .harvest_url = storm->arguments[HARVEST_URL],
    .auth_url = storm->arguments[AUTH_URL],
  };

  storm->desk = dial_desk_new (storm->arguments[PROFILE], DIAL_DESK_SANDBOX);
  {
    AWAIT (dial_desk_open_async (storm->desk, NULL, on_answer, &result));
    if (!dial_desk_open_finish (storm->desk, result, &error))
      give_up ("open", error);
  }

  AWAIT (dial_desk_connect_sandbox_async (storm->desk, &form, NULL, on_answer, &result));
  storm->integration = dial_desk_connect_sandbox_finish (storm->desk, result, &error);
  if (storm->integration == NULL)
    give_up ("connect", error);
  set (storm, "note-patience", PATIENCE);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 one = (*(DialCandidate **) a)->id, other = (*(DialCandidate **) b)->id;

  return one < other ? -1 : one > other;
}

static void
load_candidates (Storm *storm)
{
  DialStore *store = dial_integration_get_store (storm->integration);
  g_autoptr (DialQuery) query = dial_query_new ("");
  g_autoptr (DialFindings) findings = NULL;
  g_autoptr (GArray) places = NULL;

  while (dial_integration_get_n_candidates (storm->integration) == 0 ||
         dial_integration_get_last_sync (storm->integration) == DIAL_INSTANT_UNKNOWN)
    g_main_context_iteration (NULL, TRUE);
  {
    AWAIT (dial_store_search_async (store, query, 0, NULL, on_answer, &result));
    findings = dial_store_search_finish (store, result, NULL);
    places = dial_places_list (findings->places, G_MAXUINT);
  }

  AWAIT (dial_store_load_candidates_async (store, places, NULL, on_answer, &result));
  storm->candidates = dial_store_load_candidates_finish (store, result, NULL);
  g_ptr_array_sort (storm->candidates, compare_ids);
}

/* The call of that number, whoever is killed how often. */
static DialCallRecord *
make_call (guint number)
{
  g_autofree char *uid = g_strdup_printf ("storm-%05u", number);
  DialCallRecord *call = dial_call_record_new (uid);

  call->direction = DIAL_DIRECTION_OUTGOING;
  call->number = g_strdup ("+49 30 901820");
  call->e164 = g_strdup ("+4930901820");
  call->outcome = DIAL_OUTCOME_ANSWERED;
  call->started_at = g_get_real_time () - 600 * G_USEC_PER_SEC;
  call->duration = (int) number;
  call->by_hand = TRUE;
  call->text = g_strdup_printf ("Storm call %05u.\n“Ünïcode” & <b>marks</b>\tkept, 北京 too.", number);
  return call;
}

static void
log_call (Storm *storm,
          guint  number)
{
  DialCandidate *candidate = g_ptr_array_index (storm->candidates, number % storm->candidates->len);
  g_autoptr (DialCallRecord) call = make_call (number);
  g_autofree char *reference = dial_note_text_new_reference ();
  GError *error = NULL;

  AWAIT (dial_desk_log_call_async (storm->desk, storm->integration, candidate, call,
                                   DIAL_VISIBILITY_PRIVATE, reference, NULL, on_answer, &result));
  if (dial_desk_log_call_finish (storm->desk, result, &error) > 0)
    return;

  /* It was saved before somebody pulled the plug. */
  if (!g_error_matches (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE))
    give_up ("log", error);
  g_error_free (error);
}

static gboolean
was_logged (Storm *storm,
            guint  number)
{
  DialStore *store = dial_integration_get_store (storm->integration);
  g_autofree char *uid = g_strdup_printf ("storm-%05u", number);
  const char *uids[] = { uid, NULL };
  g_autoptr (GPtrArray) calls = NULL;

  AWAIT (dial_store_load_calls_async (store, uids, NULL, on_answer, &result));
  calls = dial_store_load_calls_finish (store, result, NULL);
  return calls != NULL && calls->len > 0;
}

static void
on_sent_again (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  dial_integration_send_note_now_finish (DIAL_INTEGRATION (source), result, NULL);
}

/* What a person does: sends again what was refused. */
static void
on_needs_look (DialDesk        *desk,
               DialIntegration *integration,
               DialOutboxItem  *item,
               Storm           *storm)
{
  if (item->state == DIAL_OUTBOX_STATE_UNCERTAIN && !item->elsewhere) {
    g_printerr ("storm-desk: note %" G_GINT64_FORMAT ": %s\n", item->id, item->error);
    storm->unclear = TRUE;
  }
}

static gboolean
on_tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Returns: how many notes a person or the courier has still to do something about. */
static guint
look_after_unsent (Storm *storm)
{
  DialStore *store = dial_integration_get_store (storm->integration);
  g_autoptr (GPtrArray) items = NULL;
  guint n_left = 0;

  AWAIT (dial_store_list_unsent_async (store, NULL, on_answer, &result));
  items = dial_store_list_outbox_finish (store, result, NULL);
  for (guint i = 0; items != NULL && i < items->len; i++) {
    DialOutboxItem *item = g_ptr_array_index (items, i);

    n_left += item->next_try_at != G_MAXINT64 || !item->elsewhere;
    if (item->state == DIAL_OUTBOX_STATE_REFUSED)
      dial_integration_send_note_now_async (storm->integration, item->id, NULL, on_sent_again, NULL);
  }
  return n_left;
}

static void
wait_a_tick (void)
{
  guint ticks = g_timeout_add (250, on_tick, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (ticks);
}

int
main (int   argc,
      char *argv[])
{
  Storm storm = { .arguments = argv };
  gint64 next_look = 0;

  if (argc != N_ARGUMENTS)
    return 2;

  storm.n_calls = (guint) g_ascii_strtoull (argv[CALLS], NULL, 10);
  open_desk (&storm);
  g_signal_connect (storm.desk, "note-needs-look", G_CALLBACK (on_needs_look), &storm);
  load_candidates (&storm);

  for (guint number = 0; number < storm.n_calls; number++) {
    if (was_logged (&storm, number))
      continue;
    if (number >= storm.n_calls / 2 && !storm.is_second) {
      set (&storm, "as", argv[SECOND]);
      storm.is_second = TRUE;
    }
    log_call (&storm, number);
    wait_a_tick ();
  }

  for (;;) {
    if (g_get_monotonic_time () >= next_look) {
      if (look_after_unsent (&storm) == 0)
        break;
      next_look = g_get_monotonic_time () + G_USEC_PER_SEC / 2;
    }
    wait_a_tick ();
  }

  AWAIT (dial_desk_close_async (storm.desk, NULL, on_answer, &result));
  return storm.unclear ? 1 : 0;
}
