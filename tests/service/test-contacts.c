/* Candidates as contacts of the sandbox's CloudTalk: looked up first, nobody twice, nothing of others lost. */
#include "desk-fixture.h"

#include "dial-contacts.h"

#include <json-glib/json-glib.h>

#define PREFIX    "https://hartfield.greenhouse.io/people/"
#define N_PEOPLE  25

/* Spoils a request that changes contacts, after so many that are let through. */
#define BULK_FAULT(fault, skip) \
  "{\"fault\": " fault ", \"skip\": " skip ", \"method\": \"POST\", \"path\": \"/cloudtalk/api/bulk/contacts.json\"}"

typedef struct {
  DeskFixture    desk;
  DialStore     *store;
  DialContacts  *contacts;
  DialCloudtalk *cloudtalk;
  JsonArray     *there;      /* as last read */
  gint64         run;
  guint          patience;
} Fixture;

/* The sandbox */

static void
wish (Fixture    *fixture,
      const char *what,
      const char *json)
{
  g_autofree char *path = g_strconcat ("/sandbox/", what, NULL);
  g_autofree char *answer = ask_sandbox (&fixture->desk, fixture->desk.sandbox, "POST", path, json);

  g_assert_nonnull (answer);
}

static void
read_contacts (Fixture *fixture)
{
  g_autofree char *answer = ask_sandbox (&fixture->desk, fixture->desk.sandbox, "GET", "/sandbox/cloudtalk/contacts",
                                         NULL);
  g_autoptr (JsonNode) node = json_from_string (answer, NULL);

  g_clear_pointer (&fixture->there, json_array_unref);
  fixture->there = json_array_ref (json_node_get_array (node));
}

static guint
count_there (Fixture *fixture)
{
  read_contacts (fixture);
  return json_array_get_length (fixture->there);
}

/* The only contact of that name. */
static JsonObject *
find_there (Fixture    *fixture,
            const char *name)
{
  JsonObject *found = NULL;

  read_contacts (fixture);
  for (guint i = 0; i < json_array_get_length (fixture->there); i++) {
    JsonObject *contact = json_array_get_object_element (fixture->there, i);

    if (g_strcmp0 (json_object_get_string_member (contact, "name"), name) == 0) {
      g_assert_null (found);
      found = contact;
    }
  }
  return found;
}

static char *
join (JsonObject *contact,
      const char *member)
{
  JsonArray *array = json_object_get_array_member (contact, member);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", json_array_get_string_element (array, i));
  return g_string_free (text, FALSE);
}

static void
assert_list (JsonObject *contact,
             const char *member,
             const char *expected)
{
  g_autofree char *text = join (contact, member);

  g_assert_cmpstr (text, ==, expected);
}

/* The candidates */

static DialCandidate *
make_person (gint64 id)
{
  DialCandidate *candidate = dial_candidate_new (id);
  g_autofree char *number = g_strdup_printf ("+4420794600%02" G_GINT64_FORMAT, id);
  g_autofree char *email = g_strdup_printf ("person%" G_GINT64_FORMAT "@mailbox.example", id);

  candidate->first_name = g_strdup ("Person");
  candidate->last_name = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  candidate->title = g_strdup ("Engineer");
  candidate->company = g_strdup ("Acme");
  g_ptr_array_add (candidate->phones, dial_phone_number_new (number, "mobile", NULL));
  g_ptr_array_add (candidate->emails, dial_email_address_new (email, NULL));
  return candidate;
}

static GPtrArray *
make_people (guint n)
{
  GPtrArray *people = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint id = 1; id <= n; id++)
    g_ptr_array_add (people, make_person (id));
  return people;
}

/* As a whole walk through Greenhouse brings them: who is not among them is gone. */
static void
save_people (Fixture   *fixture,
             GPtrArray *people)
{
  g_autoptr (DialSyncPosition) position = dial_sync_position_new ();
  g_autoptr (GError) error = NULL;

  position->run = ++fixture->run;
  position->completed_since = g_get_real_time ();
  {
    AWAIT (dial_store_save_page_async (fixture->store, DIAL_RESOURCE_CANDIDATES, people, position, NULL, on_answer,
                                       &result));
    g_assert_true (dial_store_save_page_finish (fixture->store, result, NULL, NULL, &error));
  }
  {
    AWAIT (dial_store_forget_unseen_async (fixture->store, DIAL_RESOURCE_CANDIDATES, fixture->run, NULL, on_answer,
                                           &result));
    g_assert_true (dial_store_forget_unseen_finish (fixture->store, result, NULL, &error));
  }
}

static DialContactsReport *
run (Fixture         *fixture,
     DialContactsJob  job,
     gboolean         again,
     GCancellable    *cancellable,
     GError         **error)
{
  DialContactChoice choice = { (char *) "ct", (char *) "Greenhouse", (char *) PREFIX, .again = again };
  DialContactsOrder order = { fixture->cloudtalk, &choice, job, fixture->patience };
  DialContactsReport *report = NULL;

  AWAIT (dial_contacts_run_async (fixture->contacts, &order, cancellable, on_answer, &result));
  (void) dial_contacts_run_finish (fixture->contacts, result, &report, error);
  return report;
}

/* In a form to compare: "added 2, changed 0, removed 1, skipped 0, failed 0". */
static void
assert_run (Fixture         *fixture,
            DialContactsJob  job,
            const char      *expected)
{
  GError *error = NULL;
  g_autoptr (DialContactsReport) report = run (fixture, job, FALSE, NULL, &error);
  g_autofree char *told = g_strdup_printf ("added %u, changed %u, removed %u, skipped %u, failed %u", report->n_added,
                                           report->n_changed, report->n_removed, report->n_skipped, report->n_failed);

  g_assert_no_error (error);
  g_assert_true (report->complete);
  g_assert_cmpstr (told, ==, expected);
}

static guint64
count_requests (Fixture *fixture)
{
  return dial_cloudtalk_get_n_requests (fixture->cloudtalk);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *path = NULL;
  GError *error = NULL;

  desk_fixture_set_up (&fixture->desk, data);
  fixture->patience = 1;
  fixture->cloudtalk = dial_cloudtalk_new (dial_sandbox_get_cloudtalk_key_id (fixture->desk.sandbox),
                                           dial_sandbox_get_cloudtalk_secret (fixture->desk.sandbox),
                                           dial_sandbox_get_cloudtalk_url (fixture->desk.sandbox), &error);
  g_assert_no_error (error);
  path = g_build_filename (fixture->desk.profile, "people.sqlite", NULL);
  {
    AWAIT (dial_store_open_async (path, NULL, on_answer, &result));
    fixture->store = dial_store_open_finish (result, &error);
  }
  g_assert_no_error (error);
  fixture->contacts = dial_contacts_new (fixture->store);
  wish (fixture, "cloudtalk/allowance", "{\"limit\": 1000000, \"told\": \"always\"}");
  wish (fixture, "cloudtalk/contacts", "{\"delete\": \"all\"}");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_object (&fixture->contacts);
  g_clear_object (&fixture->cloudtalk);
  {
    AWAIT (dial_store_close_async (fixture->store, NULL, on_answer, &result));
    g_assert_true (dial_store_close_finish (fixture->store, result, NULL));
  }
  g_clear_object (&fixture->store);
  g_clear_pointer (&fixture->there, json_array_unref);
  desk_fixture_tear_down (&fixture->desk, data);
}

static void
test_step (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GPtrArray) people = make_people (N_PEOPLE);
  JsonObject *contact;
  guint64 before;

  save_people (fixture, people);
  assert_run (fixture, DIAL_CONTACTS_PREVIEW, "added 25, changed 0, removed 0, skipped 0, failed 0");
  g_assert_cmpuint (count_there (fixture), ==, 0);
  assert_run (fixture, DIAL_CONTACTS_SYNC, "added 25, changed 0, removed 0, skipped 0, failed 0");
  g_assert_cmpuint (count_there (fixture), ==, 25);
  contact = find_there (fixture, "Person 7");
  g_assert_cmpstr (json_object_get_string_member (contact, "title"), ==, "Engineer");
  g_assert_cmpstr (json_object_get_string_member (contact, "company"), ==, "Acme");
  assert_list (contact, "numbers", "+442079460007");
  assert_list (contact, "emails", "person7@mailbox.example");
  assert_list (contact, "tags", "Greenhouse");
  assert_list (contact, "urls", PREFIX "7");

  /* Nothing to do costs nothing. */
  before = count_requests (fixture);
  assert_run (fixture, DIAL_CONTACTS_SYNC, "added 0, changed 0, removed 0, skipped 0, failed 0");
  g_assert_cmpuint (count_requests (fixture), ==, before);

  /* What changed follows, who went goes, and nobody else is touched. */
  dial_set_str (&DIAL_CANDIDATE (people->pdata[0])->title, "Director");
  g_ptr_array_remove_index (people, 24);
  g_ptr_array_remove_index (people, 23);
  g_clear_object (&people->pdata[1]);
  people->pdata[1] = make_person (2);
  g_ptr_array_add (DIAL_CANDIDATE (people->pdata[1])->phones, dial_phone_number_new ("+442079460099", "work", NULL));
  save_people (fixture, people);
  assert_run (fixture, DIAL_CONTACTS_PREVIEW, "added 0, changed 2, removed 2, skipped 0, failed 0");
  assert_run (fixture, DIAL_CONTACTS_SYNC, "added 0, changed 2, removed 2, skipped 0, failed 0");
  g_assert_cmpuint (count_there (fixture), ==, 23);
  g_assert_cmpstr (json_object_get_string_member (find_there (fixture, "Person 1"), "title"), ==, "Director");
  assert_list (find_there (fixture, "Person 2"), "numbers", "+442079460002 +442079460099");
  for (guint i = 0; i < json_array_get_length (fixture->there); i++) {
    JsonObject *other = json_array_get_object_element (fixture->there, i);
    const char *name = json_object_get_string_member (other, "name");
    gboolean changed = g_str_equal (name, "Person 1") || g_str_equal (name, "Person 2");

    g_assert_cmpint (json_object_get_int_member (other, "edits"), ==, changed ? 1 : 0);
  }

  assert_run (fixture, DIAL_CONTACTS_REMOVE, "added 0, changed 0, removed 23, skipped 0, failed 0");
  g_assert_cmpuint (count_there (fixture), ==, 0);
}

/* A contact that a colleague made is found, keeps what is theirs, and loses no more than the tag. */
static void
test_theirs (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) people = make_people (2);
  JsonObject *contact;

  wish (fixture, "cloudtalk/contacts",
        "{\"name\": \"P. One (client)\", \"company\": \"Bakery\", \"ContactNumber\": [{\"public_number\": "
        "\"+442079460001\"}, {\"public_number\": \"+13125550100\"}], \"ContactsTag\": [{\"name\": \"Client\"}], "
        "\"ExternalUrl\": [{\"name\": \"CRM\", \"url\": \"https://crm.example/1\"}]}");
  save_people (fixture, people);
  assert_run (fixture, DIAL_CONTACTS_PREVIEW, "added 1, changed 1, removed 0, skipped 0, failed 0");
  assert_run (fixture, DIAL_CONTACTS_SYNC, "added 1, changed 1, removed 0, skipped 0, failed 0");
  g_assert_cmpuint (count_there (fixture), ==, 2);
  contact = find_there (fixture, "P. One (client)");
  g_assert_cmpstr (json_object_get_string_member (contact, "company"), ==, "Bakery");
  g_assert_cmpstr (json_object_get_string_member (contact, "title"), ==, "Engineer");
  assert_list (contact, "numbers", "+442079460001 +13125550100");
  assert_list (contact, "emails", "person1@mailbox.example");
  assert_list (contact, "tags", "Client Greenhouse");
  assert_list (contact, "urls", "https://crm.example/1 " PREFIX "1");

  /* A number that goes in Greenhouse stays with them; a new one comes along; the title follows, as it came from us. */
  g_clear_object (&people->pdata[0]);
  people->pdata[0] = make_person (1);
  g_ptr_array_set_size (DIAL_CANDIDATE (people->pdata[0])->phones, 0);
  g_ptr_array_add (DIAL_CANDIDATE (people->pdata[0])->phones, dial_phone_number_new ("+442079460098", "work", NULL));
  dial_set_str (&DIAL_CANDIDATE (people->pdata[0])->title, "Director");
  dial_set_str (&DIAL_CANDIDATE (people->pdata[0])->company, "Nowhere");
  save_people (fixture, people);
  assert_run (fixture, DIAL_CONTACTS_SYNC, "added 0, changed 1, removed 0, skipped 0, failed 0");
  contact = find_there (fixture, "P. One (client)");
  assert_list (contact, "numbers", "+442079460001 +13125550100 +442079460098");
  g_assert_cmpstr (json_object_get_string_member (contact, "title"), ==, "Director");
  g_assert_cmpstr (json_object_get_string_member (contact, "company"), ==, "Bakery");

  g_ptr_array_set_size (people, 0);
  save_people (fixture, people);
  assert_run (fixture, DIAL_CONTACTS_SYNC, "added 0, changed 0, removed 2, skipped 0, failed 0");
  g_assert_cmpuint (count_there (fixture), ==, 1);
  assert_list (find_there (fixture, "P. One (client)"), "tags", "Client");
}

/* What a colleague adds to a contact of ours stays there. */
static void
test_ours_edited (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (GPtrArray) people = make_people (1);
  g_autofree char *edit = NULL;
  JsonObject *contact;

  save_people (fixture, people);
  assert_run (fixture, DIAL_CONTACTS_SYNC, "added 1, changed 0, removed 0, skipped 0, failed 0");
  edit = g_strdup_printf ("{\"id\": %" G_GINT64_FORMAT ", \"edit\": {\"ContactNumber\": [{\"public_number\": "
                          "\"+442079460001\"}, {\"public_number\": \"+13125550100\"}]}}",
                          json_object_get_int_member (find_there (fixture, "Person 1"), "id"));
  wish (fixture, "cloudtalk/contacts", edit);

  g_clear_object (&people->pdata[0]);
  people->pdata[0] = make_person (1);
  g_ptr_array_set_size (DIAL_CANDIDATE (people->pdata[0])->phones, 0);
  g_ptr_array_add (DIAL_CANDIDATE (people->pdata[0])->phones, dial_phone_number_new ("+442079460098", "work", NULL));
  save_people (fixture, people);
  assert_run (fixture, DIAL_CONTACTS_SYNC, "added 0, changed 1, removed 0, skipped 0, failed 0");
  contact = find_there (fixture, "Person 1");
  assert_list (contact, "numbers", "+13125550100 +442079460098");
}

static void
test_private (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) people = make_people (3);

  DIAL_CANDIDATE (people->pdata[0])->is_private = TRUE;
  save_people (fixture, people);
  assert_run (fixture, DIAL_CONTACTS_SYNC, "added 2, changed 0, removed 0, skipped 1, failed 0");
  g_assert_null (find_there (fixture, "Person 1"));

  /* Who becomes private goes. */
  DIAL_CANDIDATE (people->pdata[1])->is_private = TRUE;
  save_people (fixture, people);
  assert_run (fixture, DIAL_CONTACTS_SYNC, "added 0, changed 0, removed 1, skipped 1, failed 0");
  g_assert_null (find_there (fixture, "Person 2"));
}

/* Somebody whom lists show under another number, with others beside. */
static void
add_strangers (Fixture    *fixture,
               const char *number,
               const char *email,
               guint       n_others)
{
  g_autofree char *friend = g_strdup_printf ("{\"name\": \"Old friend\", \"ContactNumber\": [{\"public_number\": "
                                             "\"+13125550100\"}, {\"public_number\": \"%s\"}], \"ContactEmail\": "
                                             "[{\"email\": \"old@friend.example\"}, {\"email\": \"%s\"}]}", number,
                                             email);

  for (guint i = 0; i < n_others; i++) {
    g_autofree char *other = g_strdup_printf ("{\"name\": \"Client %u\", \"ContactNumber\": [{\"public_number\": "
                                              "\"+13125551%03u\"}]}", i, i);

    wish (fixture, "cloudtalk/contacts", other);
  }
  wish (fixture, "cloudtalk/contacts", friend);
}

/* Who is there already is found by a second number or address too: all are looked at where they are few, or it is
 * asked for those who are to be added, where these are. */
static void
test_second_number (Fixture       *fixture,
                    gconstpointer  n_others)
{
  g_autoptr (GPtrArray) people = make_people (3);
  guint64 before = count_requests (fixture);
  JsonObject *contact;

  add_strangers (fixture, "+442079460001", "person2@mailbox.example", GPOINTER_TO_UINT (n_others));
  save_people (fixture, people);
  assert_run (fixture, DIAL_CONTACTS_SYNC, "added 1, changed 2, removed 0, skipped 0, failed 0");
  g_assert_cmpuint (count_there (fixture), ==, GPOINTER_TO_UINT (n_others) + 2);
  contact = find_there (fixture, "Old friend");
  assert_list (contact, "urls", PREFIX "1 " PREFIX "2");
  assert_list (contact, "numbers", "+13125550100 +442079460001 +442079460002");
  /* All are looked at, or there are two requests for each of three; and what it takes besides. */
  g_assert_cmpuint (count_requests (fixture) - before, <=, MIN (GPOINTER_TO_UINT (n_others) + 1, 6) + 12);
}

/* What would take hours is left: the company's requests are for all. */
static void
test_crowds (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) people = make_people (80);
  guint64 before = count_requests (fixture);

  add_strangers (fixture, "+442079460001", "person2@mailbox.example", 120);
  save_people (fixture, people);
  assert_run (fixture, DIAL_CONTACTS_SYNC, "added 80, changed 0, removed 0, skipped 0, failed 0");
  g_assert_cmpuint (count_requests (fixture) - before, <=, 20);
}

/* CloudTalk merges what we add into a contact that nothing showed us: it is not ours to remove. */
static void
test_merged (Fixture       *fixture,
             gconstpointer  merged_id)
{
  g_autoptr (GPtrArray) people = make_people (1);
  /* After the lists of all and of those with the tag. */
  const char *finds_nothing = "{\"fault\": \"status\", \"status\": 200, \"skip\": 2, \"times\": 2, \"path\": "
                              "\"/cloudtalk/api/contacts/index.json\", \"body\": "
                              "\"{\\\"responseData\\\": {\\\"pageCount\\\": 0, \\\"data\\\": []}}\"}";
  g_autofree char *settings = g_strdup_printf ("{\"merge\": \"number\", \"merged_id\": \"%s\"}",
                                               (const char *) merged_id);

  wish (fixture, "cloudtalk/settings", settings);
  add_strangers (fixture, "+442079460001", "old@mailbox.example", 3);
  wish (fixture, "faults", finds_nothing);
  save_people (fixture, people);
  {
    g_autoptr (DialContactsReport) report = run (fixture, DIAL_CONTACTS_SYNC, FALSE, NULL, NULL);

    g_assert_true (report->complete);
  }
  g_assert_cmpuint (count_there (fixture), ==, 4);

  /* Whatever was still to be seen to. */
  {
    g_autoptr (DialContactsReport) report = run (fixture, DIAL_CONTACTS_SYNC, FALSE, NULL, NULL);

    g_assert_true (report->complete);
  }
  g_ptr_array_set_size (people, 0);
  save_people (fixture, people);
  assert_run (fixture, DIAL_CONTACTS_SYNC, "added 0, changed 0, removed 1, skipped 0, failed 0");
  g_assert_cmpuint (count_there (fixture), ==, 4);
  assert_list (json_array_get_object_element (fixture->there, 3), "tags", "");
}

/* The connection is cut before or after the answer, now and again: nobody is there twice, nobody is missing. */
static void
test_cuts (Fixture       *fixture,
           gconstpointer  after_store)
{
  g_autoptr (GPtrArray) people = make_people (N_PEOPLE);
  g_autofree char *json = g_strdup_printf ("{\"fault\": \"cut\", \"after_store\": %s, \"method\": \"POST\", \"path\": "
                                           "\"/cloudtalk/api/bulk/contacts.json\", \"times\": 2}", (const char *) after_store);
  GError *error = NULL;
  g_autoptr (DialContactsReport) report = NULL;

  save_people (fixture, people);
  wish (fixture, "faults", json);
  report = run (fixture, DIAL_CONTACTS_SYNC, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (report->complete);
  g_assert_cmpuint (count_there (fixture), ==, N_PEOPLE);
  for (guint id = 1; id <= N_PEOPLE; id++) {
    g_autofree char *name = g_strdup_printf ("Person %u", id);

    g_assert_nonnull (find_there (fixture, name));
  }

  /* All of them are ours. */
  assert_run (fixture, DIAL_CONTACTS_REMOVE, "added 0, changed 0, removed 25, skipped 0, failed 0");
  g_assert_cmpuint (count_there (fixture), ==, 0);
}

static void
stop_after_some (DialContacts *contacts,
                 GCancellable *cancellable)
{
  DialContactsProgress progress;

  dial_contacts_get_progress (contacts, &progress);
  if (progress.phase == DIAL_CONTACTS_PHASE_SENDING && progress.done >= 10)
    g_cancellable_cancel (cancellable);
}

static void
test_stopped (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) people = make_people (N_PEOPLE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DialContactsReport) report = NULL;
  gulong handler;

  save_people (fixture, people);
  handler = g_signal_connect (fixture->contacts, "progressed", G_CALLBACK (stop_after_some), cancellable);
  report = run (fixture, DIAL_CONTACTS_SYNC, FALSE, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (report->complete);
  g_assert_cmpuint (report->n_added, ==, 10);
  g_signal_handler_disconnect (fixture->contacts, handler);

  g_clear_pointer (&report, dial_contacts_report_free);
  g_clear_error (&error);
  report = run (fixture, DIAL_CONTACTS_SYNC, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_there (fixture), ==, N_PEOPLE);
  assert_run (fixture, DIAL_CONTACTS_REMOVE, "added 0, changed 0, removed 25, skipped 0, failed 0");
}

/* Two candidates with one number stand under one contact, until both are gone. */
static void
test_shared (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) people = make_people (2);
  DialCandidate *second = people->pdata[1];

  g_ptr_array_set_size (second->phones, 0);
  g_ptr_array_add (second->phones, dial_phone_number_new ("+442079460001", "home", NULL));
  save_people (fixture, people);
  {
    g_autoptr (DialContactsReport) report = run (fixture, DIAL_CONTACTS_SYNC, FALSE, NULL, NULL);

    g_assert_true (report->complete);
    g_assert_cmpuint (report->n_added, ==, 1);
  }
  g_assert_cmpuint (count_there (fixture), ==, 1);
  assert_list (find_there (fixture, "Person 1"), "urls", PREFIX "1 " PREFIX "2");
  assert_list (find_there (fixture, "Person 1"), "emails", "person1@mailbox.example person2@mailbox.example");

  g_ptr_array_remove_index (people, 0);
  save_people (fixture, people);
  {
    g_autoptr (DialContactsReport) report = run (fixture, DIAL_CONTACTS_SYNC, FALSE, NULL, NULL);

    g_assert_true (report->complete);
  }
  g_assert_cmpuint (count_there (fixture), ==, 1);
  assert_list (find_there (fixture, "Person 2"), "tags", "Greenhouse");

  g_ptr_array_set_size (people, 0);
  save_people (fixture, people);
  assert_run (fixture, DIAL_CONTACTS_SYNC, "added 0, changed 0, removed 1, skipped 0, failed 0");
  g_assert_cmpuint (count_there (fixture), ==, 0);
}

/* A family with one telephone: all are told of in one change. Where it is refused they go one by one. */
static void
test_family (Fixture       *fixture,
             gconstpointer  fault)
{
  g_autoptr (GPtrArray) people = make_people (12);
  g_autoptr (GString) emails = g_string_new (NULL);
  g_autoptr (DialContactsReport) report = NULL;
  GError *error = NULL;

  for (guint i = 0; i < people->len; i++) {
    DialCandidate *person = people->pdata[i];

    g_ptr_array_set_size (person->phones, 0);
    g_ptr_array_add (person->phones, dial_phone_number_new ("+442079460001", "home", NULL));
    g_string_append_printf (emails, "%sperson%u@mailbox.example", i > 0 ? " " : "", i + 1);
  }
  save_people (fixture, people);
  if (fault != NULL)
    wish (fixture, "faults", fault);
  report = run (fixture, DIAL_CONTACTS_SYNC, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_added, ==, 1);
  g_assert_cmpuint (report->n_failed, ==, 0);
  if (fault == NULL)
    g_assert_cmpuint (report->n_requests, <=, 5);
  g_assert_cmpuint (count_there (fixture), ==, 1);
  assert_list (find_there (fixture, "Person 1"), "emails", emails->str);
  assert_list (find_there (fixture, "Person 1"), "urls", PREFIX "1 " PREFIX "2 " PREFIX "3");

  /* The last of them takes the contact along. */
  g_ptr_array_remove_range (people, 0, 11);
  save_people (fixture, people);
  g_clear_pointer (&report, dial_contacts_report_free);
  report = run (fixture, DIAL_CONTACTS_SYNC, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (find_there (fixture, "Person 12"));
  g_ptr_array_add (people, make_person (13));
  g_ptr_array_add (DIAL_CANDIDATE (people->pdata[1])->phones, dial_phone_number_new ("+442079460001", "home", NULL));
  save_people (fixture, people);
  g_clear_pointer (&report, dial_contacts_report_free);
  report = run (fixture, DIAL_CONTACTS_SYNC, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_there (fixture), ==, 1);
  assert_run (fixture, DIAL_CONTACTS_REMOVE, "added 0, changed 0, removed 2, skipped 0, failed 0");
  g_assert_cmpuint (count_there (fixture), ==, 0);
}

/* A contact that somebody deleted in CloudTalk is made again when there is something to say of the person. */
static void
test_vanished (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GPtrArray) people = make_people (2);

  save_people (fixture, people);
  assert_run (fixture, DIAL_CONTACTS_SYNC, "added 2, changed 0, removed 0, skipped 0, failed 0");
  wish (fixture, "cloudtalk/contacts", "{\"delete\": \"all\"}");
  dial_set_str (&DIAL_CANDIDATE (people->pdata[0])->title, "Director");
  save_people (fixture, people);
  {
    g_autoptr (DialContactsReport) report = run (fixture, DIAL_CONTACTS_SYNC, FALSE, NULL, NULL);

    g_assert_true (report->complete);
  }
  g_assert_cmpuint (count_there (fixture), ==, 1);
  g_assert_nonnull (find_there (fixture, "Person 1"));

  assert_run (fixture, DIAL_CONTACTS_REMOVE, "added 0, changed 0, removed 2, skipped 0, failed 0");
  g_assert_cmpuint (count_there (fixture), ==, 0);
}

/* Two desks at one company: the second finds all that the first has made, without asking for each. */
static void
test_two_desks (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GPtrArray) people = make_people (N_PEOPLE);
  g_autofree char *path = g_build_filename (fixture->desk.profile, "other.sqlite", NULL);
  DialStore *first = fixture->store;
  DialContacts *contacts = fixture->contacts;
  guint64 before;

  save_people (fixture, people);
  assert_run (fixture, DIAL_CONTACTS_SYNC, "added 25, changed 0, removed 0, skipped 0, failed 0");

  {
    AWAIT (dial_store_open_async (path, NULL, on_answer, &result));
    fixture->store = dial_store_open_finish (result, NULL);
  }
  fixture->contacts = dial_contacts_new (fixture->store);
  save_people (fixture, people);
  before = count_requests (fixture);
  assert_run (fixture, DIAL_CONTACTS_SYNC, "added 0, changed 0, removed 0, skipped 0, failed 0");
  g_assert_cmpuint (count_requests (fixture) - before, <=, 6);
  g_assert_cmpuint (count_there (fixture), ==, N_PEOPLE);

  /* It made none, so it removes none. */
  assert_run (fixture, DIAL_CONTACTS_REMOVE, "added 0, changed 0, removed 25, skipped 0, failed 0");
  g_assert_cmpuint (count_there (fixture), ==, N_PEOPLE);

  g_clear_object (&contacts);
  {
    AWAIT (dial_store_close_async (first, NULL, on_answer, &result));
    g_assert_true (dial_store_close_finish (first, result, NULL));
  }
  g_clear_object (&first);
}

/* Before everybody was fetched once, nobody knows who is gone. */
static void
test_unknown (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DialContactsReport) report = run (fixture, DIAL_CONTACTS_SYNC, FALSE, NULL, &error);

  g_assert_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_STATE);
  g_assert_cmpuint (report->n_requests, ==, 0);
}

#define TEST(name, data, func) g_test_add ("/contacts/" name, Fixture, data, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  TEST ("step", NULL, test_step);
  TEST ("theirs", NULL, test_theirs);
  TEST ("ours-edited", NULL, test_ours_edited);
  TEST ("private", NULL, test_private);
  TEST ("second-number/shown", GUINT_TO_POINTER (0), test_second_number);
  TEST ("second-number/asked", GUINT_TO_POINTER (30), test_second_number);
  TEST ("crowds", NULL, test_crowds);
  TEST ("merged/old-id", "old", test_merged);
  TEST ("merged/new-id", "new", test_merged);
  TEST ("cuts/before", "false", test_cuts);
  TEST ("cuts/after", "true", test_cuts);
  TEST ("stopped", NULL, test_stopped);
  TEST ("shared", NULL, test_shared);
  TEST ("family/accepted", NULL, test_family);
  TEST ("family/refused", BULK_FAULT ("\"status\", \"status\": 406", "1"), test_family);
  TEST ("family/lost", BULK_FAULT ("\"cut\", \"after_store\": true", "1"), test_family);
  TEST ("vanished", NULL, test_vanished);
  TEST ("two-desks", NULL, test_two_desks);
  TEST ("unknown", NULL, test_unknown);

  return g_test_run ();
}
