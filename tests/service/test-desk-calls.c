#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "dial-desk.h"

/* Calls at the desk that its phone alone would not show: incoming ones, several, set aside, and those in
 * the middle of which the program is killed. Two companies, no Greenhouse. */

/* The phone: whatever the test says. */

#define TEST_TYPE_PHONE (test_phone_get_type ())
G_DECLARE_FINAL_TYPE (TestPhone, test_phone, TEST, PHONE, GObject)

struct _TestPhone
{
  GObject   parent_instance;

  DialCall *call;
  gboolean  deaf;       /* does not do what it is told */
};

static const char *
test_phone_get_id (DialPhone *phone)
{
  return "test";
}

static char *
test_phone_dup_title (DialPhone *phone)
{
  return g_strdup ("Test");
}

static char *
test_phone_dup_problem (DialPhone *phone)
{
  return NULL;
}

static void
test_phone_place_async (DialPhone           *phone,
                        DialCall            *call,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (phone, cancellable, callback, user_data);

  g_set_object (&TEST_PHONE (phone)->call, call);
  dial_call_set_watched (call, TRUE);
  g_task_return_boolean (task, TRUE);
}

static gboolean
test_phone_place_finish (DialPhone     *phone,
                         GAsyncResult  *result,
                         GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
test_phone_hang_up (DialPhone *phone,
                    DialCall  *call)
{
  if (!TEST_PHONE (phone)->deaf)
    dial_call_set_state (call, DIAL_CALL_STATE_ENDED);
}

static gboolean
test_phone_can_answer (DialPhone *phone,
                       DialCall  *call)
{
  return TRUE;
}

static void
test_phone_answer (DialPhone *phone,
                   DialCall  *call)
{
  dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE);
}

static void
test_phone_iface_init (DialPhoneInterface *iface)
{
  iface->get_id = test_phone_get_id;
  iface->dup_title = test_phone_dup_title;
  iface->dup_problem = test_phone_dup_problem;
  iface->place_async = test_phone_place_async;
  iface->place_finish = test_phone_place_finish;
  iface->hang_up = test_phone_hang_up;
  iface->can_answer = test_phone_can_answer;
  iface->answer = test_phone_answer;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestPhone, test_phone, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DIAL_TYPE_PHONE, test_phone_iface_init))

static void
test_phone_dispose (GObject *object)
{
  g_clear_object (&TEST_PHONE (object)->call);

  G_OBJECT_CLASS (test_phone_parent_class)->dispose (object);
}

static void
test_phone_class_init (TestPhoneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = test_phone_dispose;
}

static void
test_phone_init (TestPhone *self)
{
}

/* The desk */

#define MIRA   "+12025550143"
#define SHARED "+442079460958"

typedef struct {
  char            *profile;
  DialDesk        *desk;
  TestPhone       *phone;
  DialIntegration *alder;
  DialIntegration *birch;
  GPtrArray       *told;        /* of DialOwner: whose number the last call was */
  guint            n_told;
} Fixture;

static void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GAsyncResult **answer = user_data;

  *answer = g_object_ref (result);
}

#define AWAIT(call) \
  g_autoptr (GAsyncResult) result = NULL; \
  call; \
  while (result == NULL) \
    g_main_context_iteration (NULL, TRUE)

static void
add_person (GPtrArray  *page,
            gint64      id,
            const char *first_name,
            const char *number)
{
  DialCandidate *candidate = dial_candidate_new (id);

  candidate->first_name = g_strdup (first_name);
  candidate->last_name = g_strdup ("Tolland");
  if (number != NULL)
    g_ptr_array_add (candidate->phones, dial_phone_number_new (number, NULL, NULL));
  g_ptr_array_add (page, candidate);
}

/* The file of an integration, as if it had been added and synced. */
static void
make_company (Fixture    *fixture,
              const char *name,
              GPtrArray  *people)
{
  g_autofree char *file = g_strconcat (name, ".sqlite", NULL);
  g_autofree char *path = g_build_filename (fixture->profile, file, NULL);
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (DialStore) store = NULL;

  g_hash_table_insert (settings, (char *) "name", (char *) name);
  g_hash_table_insert (settings, (char *) "status", (char *) "active");
  {
    AWAIT (dial_store_open_async (path, NULL, on_answer, &result));
    store = dial_store_open_finish (result, NULL);
  }
  {
    AWAIT (dial_store_save_settings_async (store, settings, NULL, on_answer, &result));
    g_assert_true (dial_store_save_settings_finish (store, result, NULL));
  }
  {
    AWAIT (dial_store_save_page_async (store, DIAL_RESOURCE_CANDIDATES, people, NULL, NULL, on_answer,
                                       &result));
    g_assert_true (dial_store_save_page_finish (store, result, NULL, NULL, NULL));
  }
  {
    AWAIT (dial_store_close_async (store, NULL, on_answer, &result));
  }
}

static void
on_incoming (DialDesk        *desk,
             DialCall        *call,
             DialIntegration *integration,
             GPtrArray       *owners,
             Fixture         *fixture)
{
  g_clear_pointer (&fixture->told, g_ptr_array_unref);
  fixture->told = g_ptr_array_ref (owners);
  fixture->n_told++;
}

static void
open_desk (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->desk = dial_desk_new (fixture->profile, DIAL_DESK_SANDBOX);
  fixture->phone = g_object_new (TEST_TYPE_PHONE, NULL);
  g_list_store_append (G_LIST_STORE (dial_desk_get_phones (fixture->desk)), fixture->phone);
  g_signal_connect (fixture->desk, "incoming", G_CALLBACK (on_incoming), fixture);
  AWAIT (dial_desk_open_async (fixture->desk, NULL, on_answer, &result));
  dial_desk_open_finish (fixture->desk, result, &error);
  g_assert_no_error (error);
  fixture->alder = dial_desk_find_integration (fixture->desk, "alder");
  fixture->birch = dial_desk_find_integration (fixture->desk, "birch");
}

static void
close_desk (Fixture *fixture)
{
  DialDesk *desk = fixture->desk;

  {
    AWAIT (dial_desk_close_async (fixture->desk, NULL, on_answer, &result));
    g_assert_true (dial_desk_close_finish (fixture->desk, result, NULL));
  }
  g_clear_object (&fixture->phone);
  g_object_add_weak_pointer (G_OBJECT (desk), (gpointer *) &desk);
  g_clear_object (&fixture->desk);
  while (g_atomic_pointer_get (&desk) != NULL)
    g_main_context_iteration (NULL, FALSE);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GPtrArray) alder = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) birch = g_ptr_array_new_with_free_func (g_object_unref);

  fixture->profile = g_dir_make_tmp ("desk.XXXXXX", NULL);
  add_person (alder, 1, "Mira", MIRA);
  add_person (alder, 2, "Ada", SHARED);
  add_person (birch, 2, "Bea", SHARED);
  add_person (birch, 3, "Zoë", NULL);
  make_company (fixture, "alder", alder);
  make_company (fixture, "birch", birch);
  open_desk (fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  const char *argv[] = { "rm", "-r", fixture->profile, NULL };

  if (fixture->desk != NULL)
    close_desk (fixture);
  g_clear_pointer (&fixture->told, g_ptr_array_unref);
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
  g_free (fixture->profile);
}

/* Somebody calls; answers when the desk has told. */
static DialCall *
ring (Fixture    *fixture,
      const char *typed)
{
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new (typed, NULL, NULL);
  DialCall *call = dial_call_new (DIAL_DIRECTION_INCOMING, number, 0, NULL, "test");
  guint before = fixture->n_told;

  dial_call_set_watched (call, TRUE);
  dial_phone_tell_incoming (DIAL_PHONE (fixture->phone), call);
  while (fixture->n_told == before)
    g_main_context_iteration (NULL, TRUE);
  return call;
}

static DialCall *
try_to_call (Fixture  *fixture,
             gint64    candidate_id,
             GError  **error)
{
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new (MIRA, NULL, NULL);

  AWAIT (dial_desk_call_async (fixture->desk, fixture->alder, candidate_id, number,
                               DIAL_PHONE (fixture->phone), NULL, on_answer, &result));
  return dial_desk_call_finish (fixture->desk, result, error);
}

static DialCall *
call_mira (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  DialCall *call = try_to_call (fixture, 1, &error);

  g_assert_no_error (error);
  return call;
}

/* How the log has a call, once all that was to be written is; %NULL if it has it not. */
static DialCallRecord *
look_up (DialIntegration *integration,
         DialCall        *call)
{
  g_autoptr (GError) error = NULL;
  DialCallRecord *record;

  AWAIT (dial_store_load_call_async (dial_integration_get_store (integration), dial_call_get_uid (call),
                                     NULL, on_answer, &result));
  record = dial_store_load_call_finish (dial_integration_get_store (integration), result, &error);
  if (record == NULL)
    g_assert_error (error, DIAL_STORE_ERROR, DIAL_STORE_ERROR_NOT_FOUND);
  return record;
}

static void
wait_for_log (DialIntegration *integration,
              DialCall        *call,
              DialCallState    state,
              DialOutcome      outcome,
              gboolean         wrapped_up)
{
  for (;;) {
    g_autoptr (DialCallRecord) record = look_up (integration, call);

    if (record != NULL && record->state == state && record->outcome == outcome) {
      g_assert_cmpint (record->wrapped_up, ==, wrapped_up);
      g_assert_false (record->dropped);
      return;
    }
  }
}

static char *
wrap_up (Fixture     *fixture,
         DialOutcome  outcome)
{
  DialStore *store = dial_integration_get_store (dial_desk_get_call_integration (fixture->desk));
  DialWrapUp word = { .outcome = outcome, .text = "Will think about it.",
                      .visibility = DIAL_VISIBILITY_PUBLIC };
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  {
    AWAIT (dial_desk_wrap_up_async (fixture->desk, &word, NULL, on_answer, &result));
    id = dial_desk_wrap_up_finish (fixture->desk, result, &error);
    g_assert_no_error (error);
  }
  {
    AWAIT (dial_store_list_outbox_async (store, 0, NULL, on_answer, &result));
    items = dial_store_list_outbox_finish (store, result, NULL);
  }
  for (guint i = 0; i < items->len; i++) {
    DialOutboxItem *item = items->pdata[i];

    if (item->id == id)
      return g_strdup (item->body);
  }

  return NULL;
}

/* Somebody whom one candidate's number tells */
static void
test_answered (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (DialCall) call = ring (fixture, MIRA);
  g_autofree char *note = NULL;

  g_assert_cmpuint (fixture->told->len, ==, 1);
  g_assert_true (dial_desk_get_call (fixture->desk) == call);
  g_assert_true (dial_desk_get_call_integration (fixture->desk) == fixture->alder);
  g_assert_cmpint (dial_call_get_candidate_id (call), ==, 1);
  g_assert_cmpstr (dial_call_get_candidate_name (call), ==, "Mira Tolland");

  g_assert_true (dial_desk_can_answer_call (fixture->desk));
  dial_desk_answer_call (fixture->desk);
  g_assert_cmpint (dial_call_get_state (call), ==, DIAL_CALL_STATE_ACTIVE);
  g_assert_false (dial_desk_can_answer_call (fixture->desk));
  dial_desk_end_call (fixture->desk);
  g_assert_true (dial_desk_get_call (fixture->desk) == call);

  note = wrap_up (fixture, dial_call_get_outcome (call));
  g_assert_nonnull (strstr (note, "Incoming call, answered\nFrom +1 202-555-0143\n"));
  g_assert_nonnull (strstr (note, "\nWill think about it.\n"));
  g_assert_null (dial_desk_get_call (fixture->desk));
  wait_for_log (fixture->alder, call, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_ANSWERED, TRUE);
}

/* Nobody has to wrap up what nobody took; it stays to be found. */
static void
test_missed (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (DialCall) call = ring (fixture, MIRA);

  dial_call_end (call, DIAL_OUTCOME_UNKNOWN);
  g_assert_null (dial_desk_get_call (fixture->desk));
  wait_for_log (fixture->alder, call, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_MISSED, FALSE);
}

/* The last nine digits are Mira's. */
static void
test_whole_numbers (Fixture       *fixture,
                    gconstpointer  data)
{
  static const char * const others[] = { "+13025550143", "+442025550143", "+2025550143", "" };

  for (size_t i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autoptr (DialCall) call = ring (fixture, others[i]);

    g_assert_cmpuint (fixture->told->len, ==, 0);
    g_assert_cmpint (dial_call_get_candidate_id (call), ==, 0);
    g_assert_true (dial_desk_get_call (fixture->desk) == call);
    dial_call_end (call, DIAL_OUTCOME_UNKNOWN);
    wait_for_log (fixture->alder, call, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_MISSED, FALSE);
  }
}

static void
name (Fixture         *fixture,
      DialCall        *call,
      DialIntegration *integration,
      DialCandidate   *candidate,
      gboolean         remember)
{
  g_autoptr (GError) error = NULL;

  AWAIT (dial_desk_name_caller_async (fixture->desk, call, integration, candidate, remember, NULL,
                                      on_answer, &result));
  dial_desk_name_caller_finish (fixture->desk, result, &error);
  g_assert_no_error (error);
}

static DialCandidate *
load (DialIntegration *integration,
      gint64           id)
{
  DialStore *store = dial_integration_get_store (integration);

  AWAIT (dial_store_load_candidate_async (store, id, NULL, on_answer, &result));
  return dial_store_load_candidate_finish (store, result, NULL);
}

static void
wait_until_forgotten (DialIntegration *integration,
                      DialCall        *call)
{
  g_autoptr (DialCallRecord) record = NULL;

  while (g_set_object (&record, NULL), (record = look_up (integration, call)) != NULL)
    g_main_context_iteration (NULL, FALSE);
}

/* One of several, once and then for good: the call is in the log of whose candidate it is, and in no other. */
static void
test_several (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (DialCandidate) bea = load (fixture->birch, 2);

  for (int i = 0; i < 2; i++) {
    g_autoptr (DialCall) call = ring (fixture, SHARED);

    g_assert_cmpuint (fixture->told->len, ==, 2);
    g_assert_cmpint (dial_call_get_candidate_id (call), ==, 0);
    dial_desk_answer_call (fixture->desk);
    name (fixture, call, fixture->birch, bea, i == 1);
    g_assert_cmpstr (dial_call_get_candidate_name (call), ==, "Bea Tolland");
    g_assert_true (dial_desk_get_call_integration (fixture->desk) == fixture->birch);
    dial_desk_end_call (fixture->desk);
    wait_for_log (fixture->birch, call, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_ANSWERED, FALSE);
    wait_until_forgotten (fixture->alder, call);
    g_free (wrap_up (fixture, DIAL_OUTCOME_ANSWERED));
  }

  close_desk (fixture);
  open_desk (fixture);
  {
    g_autoptr (DialCall) call = ring (fixture, SHARED);

    g_assert_cmpuint (fixture->told->len, ==, 1);
    g_assert_cmpstr (dial_call_get_candidate_name (call), ==, "Bea Tolland");
    g_assert_true (dial_desk_get_call_integration (fixture->desk) == fixture->birch);
  }
}

/* Somebody of whom Greenhouse has no number, told after the call was missed; then told to be another. */
static void
test_stranger (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (DialCandidate) zoe = load (fixture->birch, 3);
  g_autoptr (DialCandidate) mira = load (fixture->alder, 1);
  g_autoptr (DialCall) missed = ring (fixture, "+4930901820");
  g_autoptr (DialCall) second = NULL;
  g_autoptr (DialCall) third = NULL;

  dial_call_end (missed, DIAL_OUTCOME_UNKNOWN);
  name (fixture, missed, fixture->birch, zoe, TRUE);
  wait_for_log (fixture->birch, missed, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_MISSED, FALSE);

  second = ring (fixture, "+4930901820");
  g_assert_cmpstr (dial_call_get_candidate_name (second), ==, "Zoë Tolland");
  name (fixture, second, fixture->alder, mira, TRUE);
  dial_call_end (second, DIAL_OUTCOME_UNKNOWN);

  third = ring (fixture, "+4930901820");
  g_assert_cmpuint (fixture->told->len, ==, 1);
  g_assert_cmpstr (dial_call_get_candidate_name (third), ==, "Mira Tolland");
}

/* While the recruiter talks, somebody else calls: told, and written down as missed. */
static void
test_busy (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (DialCall) call = call_mira (fixture);
  g_autoptr (DialCall) other = ring (fixture, SHARED);

  g_assert_true (dial_desk_get_call (fixture->desk) == call);
  g_assert_cmpuint (fixture->told->len, ==, 2);
  wait_for_log (fixture->alder, other, DIAL_CALL_STATE_RINGING, DIAL_OUTCOME_UNKNOWN, FALSE);
  dial_call_end (other, DIAL_OUTCOME_UNKNOWN);
  wait_for_log (fixture->alder, other, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_MISSED, FALSE);
  g_assert_true (dial_desk_get_call (fixture->desk) == call);
  g_assert_cmpint (dial_call_get_state (call), ==, DIAL_CALL_STATE_DIALLING);
}

/* Taken though the desk was not free: it comes to the desk when that is. */
static void
test_taken_while_busy (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autoptr (DialCall) call = call_mira (fixture);
  g_autoptr (DialCall) other = NULL;
  g_autoptr (GError) error = NULL;

  dial_desk_end_call (fixture->desk);
  other = ring (fixture, SHARED);
  dial_call_set_state (other, DIAL_CALL_STATE_ACTIVE);
  g_assert_true (dial_desk_get_call (fixture->desk) == call);

  g_free (wrap_up (fixture, DIAL_OUTCOME_NO_ANSWER));
  g_assert_true (dial_desk_get_call (fixture->desk) == other);
  g_assert_null (try_to_call (fixture, 1, &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_ON_CALL);
  dial_desk_end_call (fixture->desk);
  g_free (wrap_up (fixture, DIAL_OUTCOME_ANSWERED));
  g_assert_null (dial_desk_get_call (fixture->desk));
  wait_for_log (fixture->alder, other, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_ANSWERED, TRUE);
}

/* Over before the desk was free: it waits in the log, and can be taken up from there, once. */
static void
test_over_while_busy (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autoptr (DialCall) call = call_mira (fixture);
  g_autoptr (DialCall) other = ring (fixture, SHARED);
  g_autoptr (GError) error = NULL;

  dial_call_set_state (other, DIAL_CALL_STATE_ACTIVE);
  dial_call_end (other, DIAL_OUTCOME_UNKNOWN);
  wait_for_log (fixture->alder, other, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_ANSWERED, FALSE);

  {
    AWAIT (dial_desk_take_up_call_async (fixture->desk, fixture->alder, dial_call_get_uid (other), NULL,
                                         on_answer, &result));
    g_assert_false (dial_desk_take_up_call_finish (fixture->desk, result, &error));
    g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_ON_CALL);
    g_clear_error (&error);
  }
  dial_desk_set_call_aside (fixture->desk);
  wait_for_log (fixture->alder, call, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_NO_ANSWER, FALSE);
  {
    AWAIT (dial_desk_take_up_call_async (fixture->desk, fixture->alder, dial_call_get_uid (other), NULL,
                                         on_answer, &result));
    dial_desk_take_up_call_finish (fixture->desk, result, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpstr (dial_call_get_uid (dial_desk_get_call (fixture->desk)), ==,
                   dial_call_get_uid (other));
  g_free (wrap_up (fixture, DIAL_OUTCOME_ANSWERED));
  {
    AWAIT (dial_desk_take_up_call_async (fixture->desk, fixture->alder, dial_call_get_uid (other), NULL,
                                         on_answer, &result));
    g_assert_false (dial_desk_take_up_call_finish (fixture->desk, result, &error));
    g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE);
  }
}

/* "End it and call": the next call goes out, and the last one is not lost. */
static void
test_end_and_call (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (DialCall) call = call_mira (fixture);
  g_autoptr (DialCall) next = NULL;
  g_autoptr (GError) error = NULL;

  dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE);
  {
    AWAIT (dial_desk_end_call_async (fixture->desk, NULL, on_answer, &result));
    g_assert_true (dial_desk_end_call_finish (fixture->desk, result, NULL));
  }
  g_assert_null (try_to_call (fixture, 1, &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_ON_CALL);
  dial_desk_set_call_aside (fixture->desk);
  next = call_mira (fixture);
  g_assert_true (next != call);
  wait_for_log (fixture->alder, call, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_ANSWERED, FALSE);
}

/* A phone that does not hang up keeps nobody. */
static void
test_deaf_phone (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (DialCall) call = call_mira (fixture);

  fixture->phone->deaf = TRUE;
  dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE);
  dial_desk_end_call (fixture->desk);
  g_assert_cmpint (dial_call_get_state (call), ==, DIAL_CALL_STATE_ACTIVE);
  dial_desk_end_call (fixture->desk);
  g_assert_cmpint (dial_call_get_state (call), ==, DIAL_CALL_STATE_ENDED);
}

/* Killed */

/* In another process: brings a call to a state, says so, and waits for its death. */
G_GNUC_NORETURN static void
hold_call (const char    *profile,
           DialDirection  direction,
           DialCallState  state)
{
  Fixture fixture = { .profile = (char *) profile };
  g_autoptr (DialCall) call = NULL;

  open_desk (&fixture);
  call = direction == DIAL_DIRECTION_INCOMING ? ring (&fixture, MIRA) : call_mira (&fixture);
  if (state == DIAL_CALL_STATE_RINGING)
    dial_call_set_state (call, DIAL_CALL_STATE_RINGING);
  if (state >= DIAL_CALL_STATE_ACTIVE)
    dial_call_set_state (call, DIAL_CALL_STATE_ACTIVE);
  if (state > DIAL_CALL_STATE_ACTIVE)
    dial_call_set_state (call, state);

  for (;;) {
    g_autoptr (DialCallRecord) record = look_up (fixture.alder, call);

    if (record != NULL && record->state == state)
      break;
  }
  g_print ("%s\n", dial_call_get_uid (call));
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}

static const char *program;

static char *
kill_in_call (Fixture       *fixture,
              DialDirection  direction,
              DialCallState  state)
{
  g_autofree char *direction_text = g_strdup_printf ("%d", direction);
  g_autofree char *state_text = g_strdup_printf ("%d", state);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  char *uid;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--hold",
                              fixture->profile, direction_text, state_text, NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  uid = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (uid);
  g_subprocess_send_signal (process, SIGKILL);
  g_subprocess_wait (process, NULL, NULL);
  return uid;
}

static void
test_killed (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct { DialDirection direction; DialCallState state; DialOutcome outcome; } cases[] = {
    { DIAL_DIRECTION_OUTGOING, DIAL_CALL_STATE_DIALLING, DIAL_OUTCOME_UNKNOWN },
    { DIAL_DIRECTION_OUTGOING, DIAL_CALL_STATE_RINGING, DIAL_OUTCOME_UNKNOWN },
    { DIAL_DIRECTION_OUTGOING, DIAL_CALL_STATE_ACTIVE, DIAL_OUTCOME_ANSWERED },
    { DIAL_DIRECTION_OUTGOING, DIAL_CALL_STATE_HELD, DIAL_OUTCOME_ANSWERED },
    { DIAL_DIRECTION_OUTGOING, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_ANSWERED },
    { DIAL_DIRECTION_INCOMING, DIAL_CALL_STATE_RINGING, DIAL_OUTCOME_UNKNOWN },
    { DIAL_DIRECTION_INCOMING, DIAL_CALL_STATE_ACTIVE, DIAL_OUTCOME_ANSWERED },
    { DIAL_DIRECTION_INCOMING, DIAL_CALL_STATE_HELD, DIAL_OUTCOME_ANSWERED },
    { DIAL_DIRECTION_INCOMING, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_ANSWERED },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *uid = NULL;
    g_autoptr (DialCallRecord) record = NULL;
    DialCall *call;

    close_desk (fixture);
    uid = kill_in_call (fixture, cases[i].direction, cases[i].state);
    open_desk (fixture);
    while (dial_desk_get_call (fixture->desk) == NULL)
      g_main_context_iteration (NULL, TRUE);

    g_test_message ("%d killed in %d", cases[i].direction, cases[i].state);
    call = dial_desk_get_call (fixture->desk);
    g_assert_cmpstr (dial_call_get_uid (call), ==, uid);
    wait_for_log (fixture->alder, call, DIAL_CALL_STATE_ENDED, cases[i].outcome, FALSE);
    record = look_up (fixture->alder, call);
    g_assert_cmpint (record->direction, ==, cases[i].direction);
    g_assert_cmpint (record->candidate_id, ==, 1);
    g_assert_cmpint (record->started_at, >, 0);
    if (cases[i].state == DIAL_CALL_STATE_ENDED)
      g_assert_cmpint (record->duration, >=, 0);
    else
      g_assert_cmpint (record->duration, ==, -1);

    /* At worst it says that nobody knows how long it was. */
    {
      g_autofree char *note = wrap_up (fixture, DIAL_OUTCOME_ANSWERED);

      g_assert_cmpint (strstr (note, "length not known") != NULL, ==,
                       cases[i].state != DIAL_CALL_STATE_ENDED);
    }
  }
}

/* Twice, before anybody looked: the later one is at the desk, the other is not lost. */
static void
test_killed_twice (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new (MIRA, NULL, NULL);
  g_autoptr (DialCallRecord) record = NULL;
  g_autoptr (DialCallRecord) before = NULL;
  g_autoptr (DialCall) lost = NULL;

  close_desk (fixture);
  first = kill_in_call (fixture, DIAL_DIRECTION_OUTGOING, DIAL_CALL_STATE_ACTIVE);
  second = kill_in_call (fixture, DIAL_DIRECTION_INCOMING, DIAL_CALL_STATE_ACTIVE);
  open_desk (fixture);
  while (dial_desk_get_call (fixture->desk) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (dial_call_get_uid (dial_desk_get_call (fixture->desk)), ==, second);
  g_free (wrap_up (fixture, DIAL_OUTCOME_ANSWERED));

  before = dial_call_record_new (first);
  lost = dial_call_new_restored (before, number, NULL);
  wait_for_log (fixture->alder, lost, DIAL_CALL_STATE_ENDED, DIAL_OUTCOME_ANSWERED, FALSE);
  record = look_up (fixture->alder, lost);
  g_assert_cmpint (record->duration, ==, -1);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 5 && g_str_equal (argv[1], "--hold"))
    hold_call (argv[2], atoi (argv[3]), atoi (argv[4]));

  program = argv[0];
  g_test_init (&argc, &argv, NULL);

#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  add ("/desk-calls/answered", test_answered);
  add ("/desk-calls/missed", test_missed);
  add ("/desk-calls/whole-numbers", test_whole_numbers);
  add ("/desk-calls/several", test_several);
  add ("/desk-calls/stranger", test_stranger);
  add ("/desk-calls/busy", test_busy);
  add ("/desk-calls/taken-while-busy", test_taken_while_busy);
  add ("/desk-calls/over-while-busy", test_over_while_busy);
  add ("/desk-calls/end-and-call", test_end_and_call);
  add ("/desk-calls/deaf-phone", test_deaf_phone);
  add ("/desk-calls/killed", test_killed);
  add ("/desk-calls/killed-twice", test_killed_twice);

  return g_test_run ();
}
