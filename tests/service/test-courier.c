#include "desk-fixture.h"

#include <string.h>

#include "dial-note-text.h"

/* What becomes of a note on its way: who signs it, what a person may do with it, how long it waits, whether it still
 * stands there days later, and what a copied profile does. That it arrives once whatever happens is told by test-desk
 * and tests/bench/storm. */

#define ON_POST "\"path\":\"/v3/notes\",\"method\":\"POST\""
#define ON_LIST "\"path\":\"/v3/notes\",\"method\":\"GET\""
#define REFUSE_AUTHOR "{\"fault\":\"status\",\"status\":404,\"body\":\"{\\\"message\\\":\\\"Resource not found\\\"," \
        "\\\"errors\\\":\\\"User not found\\\"}\",\"times\":%d," ON_POST "}"

typedef struct {
  DeskFixture      base;
  DialIntegration *integration;
  guint            n_looks_needed;
} Fixture;

static void
fault (Fixture    *fixture,
       const char *json)
{
  g_free (ask_sandbox (&fixture->base, fixture->base.sandbox, "POST", "/sandbox/faults", json));
}

static void
on_needs_look (Fixture *fixture)
{
  fixture->n_looks_needed++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  desk_fixture_set_up (&fixture->base, NULL);
  fixture->integration = add_integration (&fixture->base, fixture->base.sandbox,
                                          dial_sandbox_get_recruiter (fixture->base.sandbox), FALSE);
  g_assert_true (set (fixture->integration, "note-patience", "1", NULL));
  sync_now (fixture->integration);
  g_signal_connect_swapped (fixture->base.desk, "note-needs-look", G_CALLBACK (on_needs_look), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  desk_fixture_tear_down (&fixture->base, NULL);
}

static gboolean
flush (Fixture  *fixture,
       GError  **error)
{
  AWAIT (dial_integration_flush_async (fixture->integration, NULL, on_answer, &result));
  return dial_integration_flush_finish (fixture->integration, result, error);
}

static gboolean
send_now (Fixture  *fixture,
          gint64    id,
          GError  **error)
{
  AWAIT (dial_integration_send_note_now_async (fixture->integration, id, NULL, on_answer, &result));
  return dial_integration_send_note_now_finish (fixture->integration, result, error);
}

static gboolean
edit (Fixture     *fixture,
      gint64       id,
      const char  *text,
      GError     **error)
{
  AWAIT (dial_integration_edit_note_async (fixture->integration, id, text, DIAL_VISIBILITY_PRIVATE, NULL, on_answer,
                                           &result));
  return dial_integration_edit_note_finish (fixture->integration, result, error);
}

static gboolean
confirm (Fixture  *fixture,
         gint64    id,
         GError  **error)
{
  AWAIT (dial_integration_confirm_note_async (fixture->integration, id, NULL, on_answer, &result));
  return dial_integration_confirm_note_finish (fixture->integration, result, error);
}

static gboolean
look_back (Fixture  *fixture,
           GError  **error)
{
  AWAIT (dial_integration_look_back_async (fixture->integration, NULL, on_answer, &result));
  return dial_integration_look_back_finish (fixture->integration, result, error);
}

static DialOutboxItem *
expect (Fixture         *fixture,
        gint64           id,
        DialOutboxState  state)
{
  DialOutboxItem *item = get_item (fixture->integration, id);

  g_assert_cmpint (item->state, ==, state);
  return item;
}

static guint
count_notes (Fixture    *fixture,
             const char *text)
{
  g_autofree char *notes = ask_sandbox (&fixture->base, fixture->base.sandbox, "GET", "/sandbox/notes", NULL);
  guint n = 0;

  for (const char *p = strstr (notes, text); p != NULL; p = strstr (p + 1, text))
    n++;
  return n / 2;   /* body and body_with_tags */
}

/* The address and the id of somebody else who works there. */
static DialUser *
find_colleague (Fixture *fixture)
{
  DialUser *recruiter = dial_integration_get_recruiter (fixture->integration);
  g_autoptr (GPtrArray) users = NULL;

  AWAIT (dial_integration_find_users_async (fixture->integration, "", 0, NULL, on_answer, &result));
  users = dial_integration_find_users_finish (fixture->integration, result, NULL);
  for (guint i = 0; i < users->len; i++) {
    DialUser *user = g_ptr_array_index (users, i);

    if (user->id != recruiter->id && !user->deactivated && user->primary_email != NULL)
      return g_object_ref (user);
  }
  g_assert_not_reached ();
}

static void
wait_for_recruiter (Fixture *fixture,
                    gint64   id)
{
  while (dial_integration_get_recruiter (fixture->integration) == NULL ||
         (id != 0 && dial_integration_get_recruiter (fixture->integration)->id != id))
    g_main_context_iteration (NULL, TRUE);
}

/* Whoever was shown when it was saved signs it, whoever the recruiter is when it goes out. */
static void
test_author_kept (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (DialUser) colleague = NULL;
  g_autoptr (DialOutboxItem) first = NULL;
  g_autoptr (DialOutboxItem) second = NULL;
  gint64 first_id, second_id, recruiter_id;

  wait_for_recruiter (fixture, 0);
  recruiter_id = dial_integration_get_recruiter (fixture->integration)->id;
  colleague = find_colleague (fixture);

  first_id = write_note (fixture->integration, "By the first one.");
  g_assert_true (set (fixture->integration, "as", colleague->primary_email, NULL));
  second_id = write_note (fixture->integration, "By the second one.");
  g_assert_true (flush (fixture, NULL));

  first = expect (fixture, first_id, DIAL_OUTBOX_STATE_SENT);
  second = expect (fixture, second_id, DIAL_OUTBOX_STATE_SENT);
  g_assert_cmpint (first->author_id, ==, recruiter_id);
  g_assert_cmpint (second->author_id, ==, colleague->id);
}

/* Greenhouse does not take it under that name: it waits, says why, and is signed by another only on a person's word.
 * The others go on. */
static void
test_author_refused (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (DialOutboxItem) item = NULL;
  g_autoptr (DialOutboxItem) again = NULL;
  g_autoptr (DialOutboxItem) sent = NULL;
  g_autoptr (DialUser) colleague = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *once = g_strdup_printf (REFUSE_AUTHOR, 1);
  gint64 id, other_id, author_id;

  wait_for_recruiter (fixture, 0);
  author_id = dial_integration_get_recruiter (fixture->integration)->id;
  colleague = find_colleague (fixture);
  id = write_note (fixture->integration, "Not under this name.");
  other_id = write_note (fixture->integration, "This one may.");
  fault (fixture, once);

  g_assert_false (flush (fixture, &error));
  g_assert_error (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_AUTHOR);
  g_clear_error (&error);
  item = expect (fixture, id, DIAL_OUTBOX_STATE_WAITING);
  g_assert_true (item->author_refused);
  g_assert_nonnull (strstr (item->error, "name"));
  g_assert_cmpuint (fixture->n_looks_needed, ==, 1);
  g_assert_cmpuint (count_notes (fixture, "Not under this name."), ==, 0);
  g_object_unref (expect (fixture, other_id, DIAL_OUTBOX_STATE_SENT));

  /* Somebody else sits there now; that alone changes nothing. */
  g_assert_true (set (fixture->integration, "as", colleague->primary_email, NULL));
  once = (g_free (once), g_strdup_printf (REFUSE_AUTHOR, 1));
  fault (fixture, once);
  g_assert_false (flush (fixture, NULL));
  again = expect (fixture, id, DIAL_OUTBOX_STATE_WAITING);
  g_assert_cmpint (again->author_id, ==, author_id);
  g_assert_cmpuint (fixture->n_looks_needed, ==, 1);

  wait_for_recruiter (fixture, colleague->id);
  send_now (fixture, id, &error);
  g_assert_no_error (error);
  sent = expect (fixture, id, DIAL_OUTBOX_STATE_SENT);
  g_assert_cmpint (sent->author_id, ==, colleague->id);
}

static void
test_edit (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (DialOutboxItem) before = NULL;
  g_autoptr (DialOutboxItem) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gint64 id = write_note (fixture->integration, "Tpyo.");

  before = expect (fixture, id, DIAL_OUTBOX_STATE_WAITING);
  text = dial_note_text_strip_reference (before->body);
  g_assert_cmpstr (text, ==, "Tpyo.");

  /* A refusal is no arrival: it may still be mended. */
  fault (fixture, "{\"fault\":\"status\",\"status\":422," ON_POST "}");
  flush (fixture, NULL);
  g_object_unref (expect (fixture, id, DIAL_OUTBOX_STATE_REFUSED));
  g_assert_cmpuint (fixture->n_looks_needed, ==, 1);

  g_assert_false (edit (fixture, id, " \n", &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE);
  g_clear_error (&error);
  g_assert_true (edit (fixture, id, "Typo.\n\nMended.", &error));
  g_assert_true (flush (fixture, &error));
  after = expect (fixture, id, DIAL_OUTBOX_STATE_SENT);
  g_assert_cmpstr (after->reference, ==, before->reference);
  g_assert_cmpint (after->visibility, ==, DIAL_VISIBILITY_PRIVATE);
  g_assert_true (g_str_has_prefix (after->body, "Typo.\n\nMended.\n\nDialhouse "));
  g_assert_cmpuint (count_notes (fixture, "Mended."), ==, 1);

  g_assert_false (edit (fixture, id, "Too late.", &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE);
}

/* Where nothing can be looked up the person's word counts; where it can, Dialhouse looks as well. */
static void
test_confirm (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (DialOutboxItem) told = NULL;
  g_autoptr (DialOutboxItem) seen = NULL;
  g_autoptr (GError) error = NULL;
  gint64 told_id = write_note (fixture->integration, "I saw it.");
  gint64 seen_id = write_note (fixture->integration, "Both saw it.");

  g_assert_false (confirm (fixture, told_id, &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE);
  g_clear_error (&error);

  g_free (ask_sandbox (&fixture->base, fixture->base.sandbox, "POST", "/sandbox/scopes",
                       "{\"scope\":\"harvest:notes:list\",\"granted\":false}"));
  fault (fixture, "{\"fault\":\"cut\",\"after_store\":true,\"times\":2," ON_POST "}");
  flush (fixture, NULL);
  g_object_unref (expect (fixture, told_id, DIAL_OUTBOX_STATE_UNCERTAIN));
  g_assert_cmpuint (fixture->n_looks_needed, ==, 2);

  g_assert_true (confirm (fixture, told_id, &error));
  told = expect (fixture, told_id, DIAL_OUTBOX_STATE_SENT);
  g_assert_cmpint (told->proof, ==, DIAL_PROOF_TOLD);

  g_free (ask_sandbox (&fixture->base, fixture->base.sandbox, "POST", "/sandbox/scopes", "{\"granted\":true}"));
  g_assert_true (confirm (fixture, seen_id, &error));
  seen = expect (fixture, seen_id, DIAL_OUTBOX_STATE_SENT);
  g_assert_cmpint (seen->proof, ==, DIAL_PROOF_READ_BACK);
  g_assert_cmpint (seen->note_id, >, 0);
  g_assert_cmpuint (count_notes (fixture, "saw it."), ==, 2);
}

/* Greenhouse's own wait holds for the note, whoever wants it sooner, and over a restart. */
static void
test_retry_after (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (DialOutboxItem) item = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = write_note (fixture->integration, "In an hour.");
  gint64 now = g_get_real_time ();
  guint n_visits;

  fault (fixture, "{\"fault\":\"status\",\"status\":429,\"retry_after\":3600," ON_POST "}");
  g_assert_false (flush (fixture, NULL));
  item = expect (fixture, id, DIAL_OUTBOX_STATE_WAITING);
  g_assert_cmpint (item->held_until, >=, now + G_TIME_SPAN_HOUR);
  g_assert_cmpint (item->next_try_at, >=, item->held_until);
  g_assert_nonnull (item->error);

  n_visits = count_visits (&fixture->base, fixture->base.sandbox, "/v3/notes");
  g_assert_true (flush (fixture, NULL));
  g_assert_false (send_now (fixture, id, &error));
  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE);
  g_assert_cmpuint (count_visits (&fixture->base, fixture->base.sandbox, "/v3/notes"), ==, n_visits);
}

/* What keeps one note from getting through keeps all: they say so, and wait longer each time. */
static void
test_growing_waits (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *url = g_strdup (dial_sandbox_get_harvest_url (fixture->base.sandbox));
  gint64 first_id = write_note (fixture->integration, "The first.");
  gint64 second_id = write_note (fixture->integration, "The second.");
  gint64 last_wait = 0;

  g_assert_true (set (fixture->integration, "harvest-url", "http://127.0.0.1:9", NULL));
  for (guint i = 0; i < 2; i++) {
    g_autoptr (DialOutboxItem) first = NULL;
    g_autoptr (DialOutboxItem) second = NULL;
    gint64 now = g_get_real_time ();

    g_assert_false (flush (fixture, NULL));
    first = expect (fixture, first_id, DIAL_OUTBOX_STATE_WAITING);
    second = expect (fixture, second_id, DIAL_OUTBOX_STATE_WAITING);
    g_assert_cmpint (first->attempts, ==, 0);
    g_assert_cmpint (first->failures, ==, i + 1);
    g_assert_cmpstr (first->error, ==, second->error);
    g_assert_cmpint (second->next_try_at, >, now);
    g_assert_cmpint (first->next_try_at - g_get_real_time (), >, last_wait);
    last_wait = first->next_try_at - g_get_real_time ();
  }

  g_assert_true (set (fixture->integration, "harvest-url", url, NULL));
  g_assert_true (flush (fixture, NULL));
  g_object_unref (expect (fixture, first_id, DIAL_OUTBOX_STATE_SENT));
  g_object_unref (expect (fixture, second_id, DIAL_OUTBOX_STATE_SENT));
}

/* The list knows of the note only after a while: it is waited for, not repeated; and what is learned of the lag is
 * kept. */
static void
test_lag (Fixture       *fixture,
          gconstpointer  data)
{
  gint64 id = write_note (fixture->integration, "Late in the list.");

  g_assert_true (set (fixture->integration, "note-patience", "4", NULL));
  fault (fixture, "{\"fault\":\"lag\",\"ms\":3000}");
  fault (fixture, "{\"fault\":\"cut\",\"after_store\":true," ON_POST "}");
  g_assert_true (flush (fixture, NULL));
  g_object_unref (expect (fixture, id, DIAL_OUTBOX_STATE_SENT));
  g_assert_cmpuint (count_notes (fixture, "Late in the list."), ==, 1);
}

/* Looking back */

static void
change_note (Fixture    *fixture,
             gint64      note_id,
             const char *body)
{
  g_autofree char *json = body != NULL
                            ? g_strdup_printf ("{\"id\":%" G_GINT64_FORMAT ",\"body\":\"%s\"}", note_id, body)
                            : g_strdup_printf ("{\"id\":%" G_GINT64_FORMAT "}", note_id);

  g_free (ask_sandbox (&fixture->base, fixture->base.sandbox, "POST", "/sandbox/notes", json));
}

/* As if some time had passed since they were sent. */
static void
age_notes (Fixture *fixture)
{
  DialStore *store = dial_integration_get_store (fixture->integration);
  g_autoptr (GPtrArray) items = NULL;

  {
    AWAIT (dial_store_list_outbox_async (store, 0, NULL, on_answer, &result));
    items = dial_store_list_outbox_finish (store, result, NULL);
  }
  for (guint i = 0; i < items->len; i++) {
    g_autoptr (DialOutboxItem) item = dial_outbox_item_copy (items->pdata[i]);

    item->first_sent_at = item->last_sent_at = item->seen_at = g_get_real_time () - 30 * G_TIME_SPAN_HOUR;
    AWAIT (dial_store_save_outbox_item_async (store, item, NULL, on_answer, &result));
    g_assert_true (dial_store_save_outbox_item_finish (store, result, NULL));
  }
}

static void
test_look_back (Fixture       *fixture,
                gconstpointer  data)
{
  gint64 ids[3];
  gint64 began = g_get_real_time ();
  g_autoptr (DialOutboxItem) gone = NULL;
  g_autoptr (DialOutboxItem) changed = NULL;
  g_autoptr (DialOutboxItem) there = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = write_note (fixture->integration, "Looked back for.");
  g_assert_true (flush (fixture, NULL));
  age_notes (fixture);
  gone = expect (fixture, ids[0], DIAL_OUTBOX_STATE_SENT);
  changed = expect (fixture, ids[1], DIAL_OUTBOX_STATE_SENT);
  change_note (fixture, gone->note_id, NULL);
  change_note (fixture, changed->note_id, "Somebody wrote something else.");
  g_clear_object (&gone);
  g_clear_object (&changed);

  g_assert_true (look_back (fixture, &error));
  g_assert_no_error (error);
  gone = expect (fixture, ids[0], DIAL_OUTBOX_STATE_UNCERTAIN);
  changed = expect (fixture, ids[1], DIAL_OUTBOX_STATE_UNCERTAIN);
  there = expect (fixture, ids[2], DIAL_OUTBOX_STATE_SENT);
  g_assert_cmpint (gone->note_id, >, 0);
  g_assert_nonnull (strstr (gone->error, "not in Greenhouse any more"));
  g_assert_nonnull (strstr (changed->error, "another text"));
  g_assert_cmpint (there->seen_at, >=, began);
  g_assert_cmpuint (fixture->n_looks_needed, ==, 2);

  /* On the person's word the lost one goes out again. */
  {
    AWAIT (dial_integration_retry_note_async (fixture->integration, ids[0], NULL, on_answer, &result));
    g_assert_true (dial_integration_retry_note_finish (fixture->integration, result, NULL));
  }
  g_assert_true (flush (fixture, NULL));
  g_object_unref (expect (fixture, ids[0], DIAL_OUTBOX_STATE_SENT));
}

/* Nothing that only looks like a loss alarms anybody. */
static void
test_no_false_alarm (Fixture       *fixture,
                     gconstpointer  data)
{
  static const char * const troubles[] = {
    "{\"fault\":\"status\",\"status\":403,\"times\":9," ON_LIST "}",
    "{\"fault\":\"status\",\"status\":400,\"times\":9," ON_LIST "}",
    "{\"fault\":\"half\",\"times\":9," ON_LIST "}",
    "{\"fault\":\"garbage\",\"times\":9,\"body\":\"{}\"," ON_LIST "}",
    "{\"fault\":\"status\",\"status\":200,\"body\":\"[]\",\"times\":2," ON_LIST "}",
  };
  gint64 id = write_note (fixture->integration, "Never lost.");

  g_assert_true (flush (fixture, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++) {
    age_notes (fixture);
    fault (fixture, troubles[i]);
    look_back (fixture, NULL);
    g_free (ask_sandbox (&fixture->base, fixture->base.sandbox, "DELETE", "/sandbox/faults", NULL));
    g_object_unref (expect (fixture, id, DIAL_OUTBOX_STATE_SENT));
  }
  g_assert_cmpuint (fixture->n_looks_needed, ==, 0);
}

/* The profile is copied while notes wait */

static void
copy_profile (const char *from,
              const char *to)
{
  const char *command[] = { "cp", "-r", from, to, NULL };
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                               NULL));
  g_assert_true (g_spawn_check_wait_status (status, NULL));
}

static void
remove_profile (const char *path)
{
  const char *command[] = { "rm", "-r", path, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                               NULL));
}

static void
test_copied (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *copy = g_strconcat (fixture->base.profile, ".copy", NULL);
  g_autofree char *original = g_strdup (fixture->base.profile);
  g_autofree char *id = g_strdup (dial_integration_get_id (fixture->integration));
  gint64 note = write_note (fixture->integration, "Waiting in both.");
  g_autoptr (DialOutboxItem) item = NULL;

  close_desk (&fixture->base);
  copy_profile (original, copy);

  /* The copy does not send, though it is first. */
  g_free (fixture->base.profile);
  fixture->base.profile = g_strdup (copy);
  open_desk (&fixture->base, DIAL_DESK_BY_HAND);
  fixture->integration = dial_desk_find_integration (fixture->base.desk, id);
  flush (fixture, NULL);
  item = expect (fixture, note, DIAL_OUTBOX_STATE_UNCERTAIN);
  g_assert_true (item->elsewhere);
  g_assert_cmpint (item->next_try_at, ==, G_MAXINT64);
  g_assert_cmpuint (count_notes (fixture, "Waiting in both."), ==, 0);
  close_desk (&fixture->base);

  g_free (fixture->base.profile);
  fixture->base.profile = g_strdup (original);
  open_desk (&fixture->base, DIAL_DESK_BY_HAND);
  fixture->integration = dial_desk_find_integration (fixture->base.desk, id);
  g_assert_true (flush (fixture, NULL));
  g_object_unref (expect (fixture, note, DIAL_OUTBOX_STATE_SENT));
  close_desk (&fixture->base);

  /* Once it stands there the copy sees that by itself. */
  g_free (fixture->base.profile);
  fixture->base.profile = g_strdup (copy);
  open_desk (&fixture->base, DIAL_DESK_BY_HAND);
  fixture->integration = dial_desk_find_integration (fixture->base.desk, id);
  g_assert_true (flush (fixture, NULL));
  g_object_unref (expect (fixture, note, DIAL_OUTBOX_STATE_SENT));
  g_assert_cmpuint (count_notes (fixture, "Waiting in both."), ==, 1);
  close_desk (&fixture->base);

  remove_profile (copy);
  g_free (fixture->base.profile);
  fixture->base.profile = g_steal_pointer (&original);
}

/* A store put back from a backup holds notes as waiting that were sent long ago. */
static void
test_put_back (Fixture       *fixture,
               gconstpointer  data)
{
  DialStore *store = dial_integration_get_store (fixture->integration);
  gint64 id = write_note (fixture->integration, "Sent before the backup was put back.");
  g_autoptr (DialOutboxItem) sent = NULL;
  g_autoptr (DialOutboxItem) old = NULL;

  g_assert_true (flush (fixture, NULL));
  sent = expect (fixture, id, DIAL_OUTBOX_STATE_SENT);
  old = dial_outbox_item_copy (sent);
  old->state = DIAL_OUTBOX_STATE_WAITING;
  old->note_id = old->attempts = old->first_sent_at = old->last_sent_at = 0;
  {
    AWAIT (dial_store_save_outbox_item_async (store, old, NULL, on_answer, &result));
    g_assert_true (dial_store_save_outbox_item_finish (store, result, NULL));
  }

  g_assert_true (flush (fixture, NULL));
  g_object_unref (expect (fixture, id, DIAL_OUTBOX_STATE_SENT));
  g_assert_cmpuint (count_notes (fixture, "Sent before the backup was put back."), ==, 1);
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/courier/author-kept", test_author_kept);
  add ("/courier/author-refused", test_author_refused);
  add ("/courier/edit", test_edit);
  add ("/courier/confirm", test_confirm);
  add ("/courier/retry-after", test_retry_after);
  add ("/courier/growing-waits", test_growing_waits);
  add ("/courier/lag", test_lag);
  add ("/courier/look-back", test_look_back);
  add ("/courier/no-false-alarm", test_no_false_alarm);
  add ("/courier/copied", test_copied);
  add ("/courier/put-back", test_put_back);

  return g_test_run ();
}
