#include "calls-fixture.h"

/* The phone: whatever the test says. */

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
test_phone_resume_async (DialPhone           *phone,
                         DialCall            *call,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (phone, cancellable, callback, user_data);

  if (!TEST_PHONE (phone)->still) {
    g_task_return_pointer (task, NULL, NULL);
    return;
  }

  dial_call_set_watched (call, TRUE);
  dial_call_set_state (call, TEST_PHONE (phone)->still_in);
  g_task_return_pointer (task, g_object_ref (call), g_object_unref);
}

static DialCall *
test_phone_resume_finish (DialPhone     *phone,
                          GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
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
  iface->resume_async = test_phone_resume_async;
  iface->resume_finish = test_phone_resume_finish;
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

void
on_answer (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GAsyncResult **answer = user_data;

  *answer = g_object_ref (result);
}

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
make_company (CallsFixture    *fixture,
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
             CallsFixture         *fixture)
{
  g_clear_pointer (&fixture->told, g_ptr_array_unref);
  fixture->told = g_ptr_array_ref (owners);
  fixture->n_told++;
}

void
open_desk (CallsFixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->desk = dial_desk_new (fixture->profile, DIAL_DESK_SANDBOX);
  fixture->phone = g_object_new (TEST_TYPE_PHONE, NULL);
  fixture->phone->still = fixture->still;
  fixture->phone->still_in = fixture->still_in;
  g_list_store_append (G_LIST_STORE (dial_desk_get_phones (fixture->desk)), fixture->phone);
  g_signal_connect (fixture->desk, "incoming", G_CALLBACK (on_incoming), fixture);
  AWAIT (dial_desk_open_async (fixture->desk, NULL, on_answer, &result));
  dial_desk_open_finish (fixture->desk, result, &error);
  g_assert_no_error (error);
  fixture->alder = dial_desk_find_integration (fixture->desk, "alder");
  fixture->birch = dial_desk_find_integration (fixture->desk, "birch");
}

void
close_desk (CallsFixture *fixture)
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

void
calls_fixture_set_up (CallsFixture       *fixture,
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

void
calls_fixture_tear_down (CallsFixture       *fixture,
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
DialCall *
ring (CallsFixture    *fixture,
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

DialCall *
try_to_call (CallsFixture  *fixture,
             gint64    candidate_id,
             GError  **error)
{
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new (MIRA, NULL, NULL);

  AWAIT (dial_desk_call_async (fixture->desk, fixture->alder, candidate_id, number,
                               DIAL_PHONE (fixture->phone), NULL, on_answer, &result));
  return dial_desk_call_finish (fixture->desk, result, error);
}

DialCall *
call_mira (CallsFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  DialCall *call = try_to_call (fixture, 1, &error);

  g_assert_no_error (error);
  return call;
}

/* How the log has a call, once all that was to be written is; %NULL if it has it not. */
DialCallRecord *
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

void
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

char *
wrap_up (CallsFixture     *fixture,
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
