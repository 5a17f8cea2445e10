#include "desk-fixture.h"

#include "dial-cloudtalk-phone.h"
#include "dial-desk-private.h"

#include <string.h>

/* Calls by CloudTalk, against the sandbox's: each is placed once at most, followed by its history however that tells,
 * and told of once; and so are calls that were made outside. */

#define HASTE "40"

typedef struct {
  DeskFixture           base;
  DialIntegration      *integration;
  DialCloudtalkAccount *account;
  DialPhone            *phone;
  DialCandidate        *candidate;
  DialPhoneNumber      *number;
  GString              *states;        /* those the call went through */
  char                 *failure;       /* why a call never came about */
  guint                 n_found;       /* calls made outside */
} Fixture;

static void
switch_to (Fixture    *fixture,
           const char *what,
           const char *format,
           ...) G_GNUC_PRINTF (3, 4);

static void
switch_to (Fixture    *fixture,
           const char *what,
           const char *format,
           ...)
{
  g_autofree char *path = g_strconcat ("/sandbox/", what, NULL);
  g_autofree char *json = NULL;
  g_autofree char *answer = NULL;
  va_list arguments;

  va_start (arguments, format);
  json = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  answer = ask_sandbox (&fixture->base, fixture->base.sandbox, "POST", path, json);
}

static const char *
get_e164 (Fixture *fixture)
{
  return dial_phone_number_get_e164 (fixture->number);
}

/* How often CloudTalk's history has something of the candidate's number in it. */
static guint
count_in (const char *text,
          const char *word)
{
  guint n = 0;

  for (const char *p = strstr (text, word); p != NULL; p = strstr (p + 1, word))
    n++;

  return n;
}

/* How many calls CloudTalk was asked for, and took. */
static guint
count_asked (Fixture *fixture)
{
  g_autofree char *calls = ask_sandbox (&fixture->base, fixture->base.sandbox, "GET", "/sandbox/cloudtalk/calls", NULL);

  return count_in (calls, "\"asked\":true");
}

static guint
count_requests (Fixture *fixture)
{
  return count_visits (&fixture->base, fixture->base.sandbox, "/cloudtalk/api/calls/create.json");
}

/* Somebody whose first number is whole, and nobody else's. */
static void
pick_candidate (Fixture *fixture)
{
  DialStore *store = dial_integration_get_store (fixture->integration);
  g_autoptr (GArray) ids = all_ids (fixture->integration);

  for (guint i = 0; i < ids->len && fixture->candidate == NULL; i++) {
    g_autoptr (DialCandidate) candidate = NULL;
    g_autoptr (GPtrArray) owners = NULL;

    {
      AWAIT (dial_store_load_candidate_async (store, g_array_index (ids, gint64, i), NULL, on_answer, &result));
      candidate = dial_store_load_candidate_finish (store, result, NULL);
    }
    if (candidate->is_private || candidate->phones->len == 0 ||
        dial_phone_number_get_e164 (candidate->phones->pdata[0]) == NULL)
      continue;
    {
      AWAIT (dial_desk_find_owners_async (fixture->base.desk, candidate->phones->pdata[0], NULL, on_answer, &result));
      owners = dial_desk_find_owners_finish (fixture->base.desk, result, NULL);
    }
    if (owners->len == 1) {
      g_set_object (&fixture->candidate, candidate);
      g_set_object (&fixture->number, candidate->phones->pdata[0]);
    }
  }

  g_assert_nonnull (fixture->candidate);
}

static void
on_call_failed (DialDesk   *desk,
                DialCall   *call,
                const char *sentence,
                Fixture    *fixture)
{
  dial_set_str (&fixture->failure, sentence);
}

static void
on_call_found (DialDesk        *desk,
               DialIntegration *integration,
               DialCallRecord  *call,
               Fixture         *fixture)
{
  fixture->n_found++;
}

static void
mind_desk (Fixture *fixture)
{
  DialDesk *desk = fixture->base.desk;
  g_autoptr (DialIntegration) integration = g_list_model_get_item (dial_desk_get_integrations (desk), 0);

  fixture->integration = integration;
  g_signal_connect (desk, "call-failed", G_CALLBACK (on_call_failed), fixture);
  g_signal_connect (desk, "call-found", G_CALLBACK (on_call_found), fixture);
}

static void
mind_phone (Fixture *fixture)
{
  g_autoptr (DialCloudtalkAccount) account = g_list_model_get_item (dial_desk_get_accounts (fixture->base.desk), 0);

  fixture->account = account;
  fixture->phone = dial_desk_find_phone (fixture->base.desk, dial_cloudtalk_account_get_id (account));
  g_assert_true (DIAL_IS_CLOUDTALK_PHONE (fixture->phone));
  g_assert_true (dial_desk_pick_phone (fixture->base.desk, fixture->integration) == fixture->phone);
  {
    AWAIT (dial_cloudtalk_account_set_async (account, "haste", HASTE, NULL, on_answer, &result));
    g_assert_true (dial_cloudtalk_account_set_finish (account, result, NULL));
  }
}

static void
add_account (Fixture *fixture)
{
  DialSandbox *sandbox = fixture->base.sandbox;
  g_autoptr (DialCloudtalkAccount) account = NULL;
  g_autoptr (GError) error = NULL;
  DialNewAccount form = {
    .key_id = dial_sandbox_get_cloudtalk_key_id (sandbox),
    .secret = dial_sandbox_get_cloudtalk_secret (sandbox),
    .email = dial_sandbox_get_recruiter (sandbox),
    .url = dial_sandbox_get_cloudtalk_url (sandbox),
  };

  AWAIT (dial_desk_add_account_async (fixture->base.desk, &form, FALSE, NULL, on_answer, &result));
  account = dial_desk_add_account_finish (fixture->base.desk, result, &error);
  g_assert_no_error (error);
}

/* A desk that works by itself, but does not look around unless it is told to. */
static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  desk_fixture_set_up (&fixture->base, data);
  close_desk (&fixture->base);
  open_desk (&fixture->base, DIAL_DESK_DEFAULT);
  dial_desk_set_activity (fixture->base.desk, DIAL_ACTIVITY_IDLE);
  add_integration (&fixture->base, fixture->base.sandbox, dial_sandbox_get_recruiter (fixture->base.sandbox), FALSE);
  mind_desk (fixture);
  sync_now (fixture->integration);
  add_account (fixture);
  mind_phone (fixture);
  pick_candidate (fixture);
  switch_to (fixture, "cloudtalk/allowance", "{\"limit\": 6000}");
  fixture->states = g_string_new (NULL);
  /* Calls that began before an integration was there are not its to tell of. */
  _dial_integration_keep_setting (fixture->integration, "calls-since", "1");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->candidate);
  g_clear_object (&fixture->number);
  g_string_free (fixture->states, TRUE);
  g_free (fixture->failure);
  desk_fixture_tear_down (&fixture->base, data);
}

static void
on_state_changed (DialCall   *call,
                  GParamSpec *pspec,
                  GString    *states)
{
  g_string_append_printf (states, "%s ", dial_enum_to_nick (DIAL_TYPE_CALL_STATE, (int) dial_call_get_state (call)));
}

static DialCall *
call_from (Fixture     *fixture,
           const char  *from,
           GError     **error)
{
  DialCall *call;

  AWAIT (dial_desk_call_from_async (fixture->base.desk, fixture->integration, fixture->candidate->id, fixture->number,
                                    NULL, from, NULL, on_answer, &result));
  call = dial_desk_call_finish (fixture->base.desk, result, error);
  if (call != NULL)
    g_signal_connect (call, "notify::state", G_CALLBACK (on_state_changed), fixture->states);
  return call;
}

static DialCall *
place (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  DialCall *call = call_from (fixture, NULL, &error);

  g_assert_no_error (error);
  return call;
}

static void
wait_until_ended (DialCall *call)
{
  while (dial_call_get_state (call) != DIAL_CALL_STATE_ENDED)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_until_looked (Fixture *fixture)
{
  while (_dial_desk_is_looking_outside (fixture->base.desk))
    g_main_context_iteration (NULL, TRUE);
}

/* Twice: what was found the first time is nothing new. */
static void
look_outside (Fixture *fixture)
{
  for (int i = 0; i < 2; i++) {
    wait_until_looked (fixture);
    _dial_desk_look_outside (fixture->base.desk);
    wait_until_looked (fixture);
  }
}

static GPtrArray *
list_calls (Fixture *fixture)
{
  DialStore *store = dial_integration_get_store (fixture->integration);

  AWAIT (dial_store_list_calls_async (store, 0, NULL, on_answer, &result));
  return dial_store_list_calls_finish (store, result, NULL);
}

static guint
count_notes (Fixture *fixture)
{
  DialStore *store = dial_integration_get_store (fixture->integration);
  g_autoptr (GPtrArray) items = NULL;

  AWAIT (dial_store_list_outbox_async (store, 0, NULL, on_answer, &result));
  items = dial_store_list_outbox_finish (store, result, NULL);
  return items->len;
}

static char *
wrap_up (Fixture *fixture)
{
  DialStore *store = dial_integration_get_store (fixture->integration);
  DialWrapUp word = { .outcome = dial_call_get_outcome (fixture->base.desk->call), .text = "Will think about it." };
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;

  {
    AWAIT (dial_desk_wrap_up_async (fixture->base.desk, &word, NULL, on_answer, &result));
    dial_desk_wrap_up_finish (fixture->base.desk, result, &error);
    g_assert_no_error (error);
  }
  {
    AWAIT (dial_store_list_outbox_async (store, 0, NULL, on_answer, &result));
    items = dial_store_list_outbox_finish (store, result, NULL);
  }
  return g_strdup (((DialOutboxItem *) g_ptr_array_index (items, items->len - 1))->body);
}

static void
assert_contains (const char *text,
                 const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in “%s”", part, text);
}

/* The whole way, where history lists calls while they run. */
static void
test_followed (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (DialCall) call = NULL;
  g_autoptr (GPtrArray) calls = NULL;
  g_autofree char *note = NULL;

  switch_to (fixture, "cloudtalk/settings", "{\"listed\": \"running\"}");
  switch_to (fixture, "cloudtalk/next", "{\"pick_up_ms\": 200, \"ring_ms\": 700, \"talk_ms\": 2000, \"wrap_up_ms\": 100}");
  call = place (fixture);
  g_assert_true (dial_call_is_watched (call));
  assert_contains (dial_call_get_hint (call), "CloudTalk is ringing you. Answer to call ");
  g_assert_cmpint (dial_call_get_hint_seconds (call), ==, 20);
  wait_until_ended (call);
  g_assert_cmpstr (fixture->states->str, ==, "ringing active ended ");
  g_assert_cmpint (dial_call_get_outcome (call), ==, DIAL_OUTCOME_ANSWERED);
  g_assert_cmpint (dial_call_get_duration (call), ==, 2);
  g_assert_true (fixture->base.desk->call == call);

  note = wrap_up (fixture);
  assert_contains (note, "Outgoing call, answered\nTo ");
  assert_contains (note, " from +44 20 7946 0100 (");
  assert_contains (note, ", 0:02\nAnswered after 0:0");
  assert_contains (note, "\nAgent: ");
  assert_contains (note, "\nRecording: http://127.0.0.1:");
  assert_contains (note, "\n\nWill think about it.\n\nDialhouse ");

  look_outside (fixture);
  calls = list_calls (fixture);
  g_assert_cmpuint (calls->len, ==, 1);
  g_assert_cmpuint (fixture->n_found, ==, 0);
  g_assert_cmpuint (count_notes (fixture), ==, 1);
  g_assert_cmpuint (count_requests (fixture), ==, 1);
}

/* Where history lists calls once they have ended, and late. */
static void
test_listed_late (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (DialCall) call = NULL;

  switch_to (fixture, "cloudtalk/settings", "{\"listed\": \"wrapped_up\", \"lag_ms\": 600}");
  switch_to (fixture, "cloudtalk/next", "{\"pick_up_ms\": 100, \"ring_ms\": 100, \"talk_ms\": 2000, \"wrap_up_ms\": 300}");
  call = place (fixture);
  wait_until_ended (call);
  g_assert_cmpstr (fixture->states->str, ==, "ended ");
  g_assert_cmpint (dial_call_get_outcome (call), ==, DIAL_OUTCOME_ANSWERED);
  g_assert_cmpint (dial_call_get_duration (call), ==, 2);
  g_assert_cmpint (dial_call_get_report (call)->wrap_up, >=, 0);
}

static void
test_outcomes (Fixture       *fixture,
               gconstpointer  data)
{
  static const struct {
    const char  *word;
    DialOutcome  outcome;
  } ends[] = {
    { "no_answer", DIAL_OUTCOME_NO_ANSWER }, { "voicemail", DIAL_OUTCOME_VOICEMAIL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autoptr (DialCall) call = NULL;

    switch_to (fixture, "cloudtalk/next", "{\"outcome\": \"%s\", \"pick_up_ms\": 50, \"ring_ms\": 200, \"talk_ms\": 1000}",
               ends[i].word);
    call = place (fixture);
    wait_until_ended (call);
    g_assert_cmpint (dial_call_get_outcome (call), ==, ends[i].outcome);
    dial_desk_drop_call (fixture->base.desk);
  }
}

/* Nobody answers the ring here: there was no call, and nothing is to be wrapped up. */
static void
test_not_answered_here (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr (DialCall) call = NULL;

  switch_to (fixture, "cloudtalk/next", "{\"outcome\": \"agent_missed\"}");
  call = place (fixture);
  /* In a hurry the ring at the agent's side lasts longer than we look. */
  switch_to (fixture, "clock", "{\"seconds\": 21}");
  wait_until_ended (call);
  g_assert_cmpint (dial_call_get_outcome (call), ==, DIAL_OUTCOME_FAILED);
  g_assert_null (fixture->base.desk->call);
  assert_contains (fixture->failure, "nobody answered the ring of CloudTalk here");
  g_assert_cmpuint (count_requests (fixture), ==, 1);
}

static void
assert_refused (Fixture    *fixture,
                const char *from,
                const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DialCall) call = call_from (fixture, from, &error);

  g_assert_null (call);
  assert_contains (error->message, words);
  g_assert_cmpuint (count_asked (fixture), ==, 0);
  g_assert_null (fixture->base.desk->call);
}

/* What CloudTalk would refuse is told before anything rings. */
static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  const char *recruiter = dial_sandbox_get_recruiter (fixture->base.sandbox);

  switch_to (fixture, "cloudtalk/agents", "{\"agent\": \"%s\", \"state\": \"offline\"}", recruiter);
  assert_refused (fixture, NULL, "CloudTalk is closed: open CloudTalk Phone");
  switch_to (fixture, "cloudtalk/agents", "{\"agent\": \"%s\", \"state\": \"calling\"}", recruiter);
  assert_refused (fixture, NULL, "You are in a call in CloudTalk");
  switch_to (fixture, "cloudtalk/agents", "{\"agent\": \"%s\", \"state\": \"paused\"}", recruiter);
  assert_refused (fixture, NULL, "while you are paused");
  switch_to (fixture, "cloudtalk/agents", "{\"agent\": \"%s\", \"state\": \"online\", \"may_call_out\": false}", recruiter);
  assert_refused (fixture, NULL, "does not let you call out");
  switch_to (fixture, "cloudtalk/agents", "{\"agent\": \"%s\", \"may_call_out\": true, \"within_limit\": false}", recruiter);
  assert_refused (fixture, NULL, "daily limit");
  switch_to (fixture, "cloudtalk/agents", "{\"agent\": \"%s\", \"within_limit\": true}", recruiter);
  assert_refused (fixture, "+441134960123", "no program here opens its links");
  assert_refused (fixture, "+15550000000", "may not use");
  switch_to (fixture, "cloudtalk/keys", "{\"keys\": \"withdrawn\"}");
  assert_refused (fixture, NULL, "CloudTalk");
}

/* A number that is ticked, but for which no program is there, gives way; the agent's own is told. */
static void
test_own_number (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (DialCall) call = NULL;

  g_assert_true (set (fixture->integration, "call-numbers", "+441134960123", NULL));
  switch_to (fixture, "cloudtalk/next", "{\"pick_up_ms\": 0, \"talk_ms\": 1000}");
  call = place (fixture);
  g_assert_cmpstr (dial_call_get_own_number (call), ==, "+442079460100");
  wait_until_ended (call);
}

/* The connection breaks before the answer, after CloudTalk has taken the call or before: it is looked for, and never
 * asked for again. */
static void
test_unclear (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (DialCall) taken = NULL;
  g_autoptr (DialCall) lost = NULL;

  switch_to (fixture, "cloudtalk/next", "{\"pick_up_ms\": 0, \"ring_ms\": 100, \"talk_ms\": 1000}");
  switch_to (fixture, "faults", "{\"fault\": \"cut\", \"path\": \"/cloudtalk/api/calls/create.json\", \"method\": \"POST\", "
             "\"after_store\": true}");
  taken = place (fixture);
  assert_contains (dial_call_get_hint (taken), "do not call again yet");
  wait_until_ended (taken);
  g_assert_cmpint (dial_call_get_outcome (taken), ==, DIAL_OUTCOME_ANSWERED);
  g_assert_cmpuint (count_asked (fixture), ==, 1);
  g_assert_cmpuint (count_requests (fixture), ==, 1);
  dial_desk_drop_call (fixture->base.desk);

  switch_to (fixture, "faults", "{\"fault\": \"cut\", \"path\": \"/cloudtalk/api/calls/create.json\", \"method\": \"POST\"}");
  lost = place (fixture);
  wait_until_ended (lost);
  g_assert_cmpint (dial_call_get_outcome (lost), ==, DIAL_OUTCOME_FAILED);
  assert_contains (fixture->failure, "its history knows of no such call");
  g_assert_cmpuint (count_asked (fixture), ==, 1);
  g_assert_cmpuint (count_requests (fixture), ==, 2);
}

/* The recruiter says that it is over before CloudTalk does; what CloudTalk says later counts. */
static void
test_ended_here (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (DialCall) call = NULL;

  switch_to (fixture, "cloudtalk/next", "{\"pick_up_ms\": 0, \"ring_ms\": 100, \"talk_ms\": 2000}");
  call = place (fixture);
  dial_desk_end_call (fixture->base.desk);
  g_assert_cmpint (dial_call_get_state (call), ==, DIAL_CALL_STATE_DIALLING);
  assert_contains (dial_call_get_hint (call), "Hang up in CloudTalk");
  dial_desk_end_call (fixture->base.desk);
  g_assert_cmpint (dial_call_get_outcome (call), ==, DIAL_OUTCOME_NO_ANSWER);
  while (dial_call_get_report (call) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (dial_call_get_outcome (call), ==, DIAL_OUTCOME_ANSWERED);
  g_assert_cmpint (dial_call_get_duration (call), ==, 2);
}

static void
call_outside (Fixture    *fixture,
              const char *type,
              const char *number)
{
  switch_to (fixture, "cloudtalk/calls", "{\"type\": \"%s\", \"external\": \"%s\", \"ring_ms\": 3000, \"talk_ms\": 61000, "
             "\"wrap_up_ms\": 1000}", type, number);
}

/* Calls made outside stand in the call log once, those with candidates alone; so it stays over restarts. */
static void
test_outside (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) calls = NULL;
  g_autoptr (GPtrArray) later = NULL;
  DialCallRecord *call;

  call_outside (fixture, "outgoing", get_e164 (fixture));
  call_outside (fixture, "incoming", get_e164 (fixture));
  call_outside (fixture, "outgoing", "+4930901820");
  switch_to (fixture, "cloudtalk/calls", "{\"type\": \"outgoing\", \"external\": \"%s\", \"agent\": 4072}",
             get_e164 (fixture));
  look_outside (fixture);
  calls = list_calls (fixture);
  g_assert_cmpuint (calls->len, ==, 2);
  g_assert_cmpuint (fixture->n_found, ==, 2);
  call = g_ptr_array_index (calls, 0);
  g_assert_true (call->outside && call->wrapped_up && !call->dropped);
  g_assert_cmpint (call->candidate_id, ==, fixture->candidate->id);
  g_assert_cmpint (call->outcome, ==, DIAL_OUTCOME_ANSWERED);
  g_assert_cmpint (call->duration, ==, 61);
  g_assert_cmpuint (count_notes (fixture), ==, 0);

  close_desk (&fixture->base);
  open_desk (&fixture->base, DIAL_DESK_DEFAULT);
  mind_desk (fixture);
  look_outside (fixture);
  later = list_calls (fixture);
  g_assert_cmpuint (later->len, ==, 2);
  g_assert_cmpuint (fixture->n_found, ==, 2);
}

/* History lists a call by its beginning, which may be long ago when it tells of it. */
static void
test_outside_for_long (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (GPtrArray) calls = NULL;
  g_autoptr (GPtrArray) later = NULL;

  look_outside (fixture);
  _dial_integration_keep_setting (fixture->integration, "calls-since", "1");
  calls = list_calls (fixture);
  g_assert_cmpuint (calls->len, ==, 0);

  switch_to (fixture, "cloudtalk/calls", "{\"type\": \"incoming\", \"external\": \"%s\", \"talk_ms\": 20000000}",
             get_e164 (fixture));
  look_outside (fixture);
  later = list_calls (fixture);
  g_assert_cmpuint (later->len, ==, 1);
  g_assert_cmpint (((DialCallRecord *) later->pdata[0])->duration, ==, 20000);
}

/* The program was killed between the click and CloudTalk's answer. */
static void
test_killed (Fixture       *fixture,
             gconstpointer  data)
{
  DialStore *store = dial_integration_get_store (fixture->integration);
  g_autoptr (DialCall) call = dial_call_new (DIAL_DIRECTION_OUTGOING, fixture->number, fixture->candidate->id, NULL,
                                             dial_phone_get_id (fixture->phone));
  g_autoptr (DialCallRecord) record = dial_call_snapshot (call);
  g_autoptr (GPtrArray) calls = NULL;

  {
    AWAIT (dial_store_save_call_async (store, record, NULL, on_answer, &result));
    g_assert_true (dial_store_save_call_finish (store, result, NULL));
  }
  switch_to (fixture, "cloudtalk/calls", "{\"type\": \"outgoing\", \"external\": \"%s\", \"ago_ms\": 3000, \"talk_ms\": 2000}",
             get_e164 (fixture));
  close_desk (&fixture->base);
  open_desk (&fixture->base, DIAL_DESK_DEFAULT);
  mind_desk (fixture);
  while (fixture->base.desk->call == NULL)
    g_main_context_iteration (NULL, TRUE);
  look_outside (fixture);

  calls = list_calls (fixture);
  g_assert_cmpuint (calls->len, ==, 1);
  g_assert_cmpstr (dial_call_get_uid (fixture->base.desk->call), ==, record->uid);
  g_assert_nonnull (dial_call_get_report (fixture->base.desk->call));
  g_assert_cmpint (dial_call_get_outcome (fixture->base.desk->call), ==, DIAL_OUTCOME_ANSWERED);
  g_assert_cmpuint (count_asked (fixture), ==, 0);
}

static void
wait_for_notes (Fixture *fixture,
                guint    n)
{
  while (count_notes (fixture) < n)
    g_main_context_iteration (NULL, FALSE);
}

/* Switched on, what happened outside is logged by itself after the grace time: once, with what was written there. */
static void
test_by_itself (Fixture       *fixture,
                gconstpointer  data)
{
  DialStore *store = dial_integration_get_store (fixture->integration);
  g_autoptr (GPtrArray) items = NULL;
  DialOutboxItem *item;

  g_assert_true (set (fixture->integration, "log-by-itself", "yes", NULL));
  switch_to (fixture, "cloudtalk/calls", "{\"type\": \"incoming\", \"external\": \"%s\", \"talk_ms\": 61000, "
             "\"tags\": [\"Screened\"], \"notes\": [\"Wants hybrid, two days\"]}", get_e164 (fixture));
  look_outside (fixture);
  g_assert_cmpuint (count_notes (fixture), ==, 0);

  g_assert_true (set (fixture->integration, "log-grace", "0", NULL));
  look_outside (fixture);
  wait_for_notes (fixture, 1);
  look_outside (fixture);
  {
    AWAIT (dial_store_list_outbox_async (store, 0, NULL, on_answer, &result));
    items = dial_store_list_outbox_finish (store, result, NULL);
  }
  g_assert_cmpuint (items->len, ==, 1);
  item = g_ptr_array_index (items, 0);
  g_assert_cmpint (item->candidate_id, ==, fixture->candidate->id);
  assert_contains (item->body, "Incoming call, answered\nFrom ");
  assert_contains (item->body, ", 1:01\n");
  assert_contains (item->body, "\nTags: Screened\n");
  assert_contains (item->body, "\n\nNotes from the phone:\nWants hybrid, two days\n\nDialhouse ");
}

/* Posted by us, and then changed as if CloudTalk had written it. */
static DialOutboxItem *
write_foreign_note (Fixture    *fixture,
                    const char *body)
{
  gint64 id;

  {
    AWAIT (dial_integration_write_note_async (fixture->integration, fixture->candidate->id, "To be changed",
                                              DIAL_VISIBILITY_PUBLIC, NULL, on_answer, &result));
    id = dial_integration_write_note_finish (fixture->integration, result, NULL);
  }
  for (;;) {
    g_autoptr (DialOutboxItem) item = get_item (fixture->integration, id);

    if (item->note_id != 0) {
      switch_to (fixture, "notes", "{\"id\": %" G_GINT64_FORMAT ", \"body\": \"%s\"}", item->note_id, body);
      return g_steal_pointer (&item);
    }
    g_main_context_iteration (NULL, FALSE);
  }
}

/* CloudTalk's own integration has written a note about it: warned of, and not told again. */
static void
test_doubles (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (DialOutboxItem) item = NULL;

  g_assert_true (set (fixture->integration, "log-by-itself", "yes", NULL));
  g_assert_true (set (fixture->integration, "log-grace", "0", NULL));
  g_assert_null (dial_integration_get_doubles_problem (fixture->integration));
  item = write_foreign_note (fixture, "CloudTalk call\\nCloudTalk number: +442079460100\\nDuration: 61 s\\n"
                             "Recording: https://my.cloudtalk.io/r/play/70311453");
  call_outside (fixture, "outgoing", get_e164 (fixture));
  look_outside (fixture);
  while (dial_integration_get_doubles_problem (fixture->integration) == NULL)
    g_main_context_iteration (NULL, TRUE);
  look_outside (fixture);
  g_assert_cmpuint (count_notes (fixture), ==, 1);
}

#define TEST(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST ("/cloudtalk-phone/followed", test_followed);
  TEST ("/cloudtalk-phone/listed-late", test_listed_late);
  TEST ("/cloudtalk-phone/outcomes", test_outcomes);
  TEST ("/cloudtalk-phone/not-answered-here", test_not_answered_here);
  TEST ("/cloudtalk-phone/refused", test_refused);
  TEST ("/cloudtalk-phone/own-number", test_own_number);
  TEST ("/cloudtalk-phone/unclear", test_unclear);
  TEST ("/cloudtalk-phone/ended-here", test_ended_here);
  TEST ("/cloudtalk-phone/outside", test_outside);
  TEST ("/cloudtalk-phone/outside-for-long", test_outside_for_long);
  TEST ("/cloudtalk-phone/killed", test_killed);
  TEST ("/cloudtalk-phone/by-itself", test_by_itself);
  TEST ("/cloudtalk-phone/doubles", test_doubles);

  return g_test_run ();
}
