/* Who is to stand in a phone system: what a contact says, what there is to do, and what is remembered of it. */
#include "store-fixture.h"

#define PREFIX "https://hartfield.greenhouse.io/people/"

static DialCandidate *
make_reachable (gint64      id,
                const char *first_name,
                const char *number)
{
  DialCandidate *candidate = make_candidate (id, first_name, "Corrigan");

  g_ptr_array_add (candidate->phones, dial_phone_number_new (number, "mobile", "GB"));
  return candidate;
}

static DialContactChoice *
choose (const char *jobs,
        const char *stages)
{
  DialContactChoice choice = { (char *) "ct", (char *) "Greenhouse", (char *) PREFIX };
  g_auto (GStrv) job_list = g_strsplit (jobs, ";", -1);
  g_auto (GStrv) stage_list = g_strsplit (stages, ";", -1);

  choice.jobs = job_list;
  choice.stages = stage_list;
  return dial_contact_choice_copy (&choice);
}

static DialContactWork *
find_work (StoreFixture      *fixture,
           DialContactChoice *choice,
           gint64             after)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  DialContactWork *work;

  WAIT (result, dial_store_find_contact_work_async (fixture->store, choice, after, NULL, keep, &result));
  work = dial_store_find_contact_work_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  return work;
}

/* In a form to compare: "add 1, change 2, skipped 1". */
static char *
tell_work (StoreFixture      *fixture,
           DialContactChoice *choice)
{
  static const char * const names[] = { "none", "add", "change", "remove", "skip" };
  g_autoptr (DialContactWork) work = find_work (fixture, choice, 0);
  GString *told = g_string_new (NULL);

  for (guint i = 0; i < work->rows->len; i++) {
    DialContactRow *row = work->rows->pdata[i];

    g_string_append_printf (told, "%s %" G_GINT64_FORMAT ", ", names[row->task], row->candidate_id);
  }
  g_string_append_printf (told, "skipped %u", work->n_skipped);
  return g_string_free (told, FALSE);
}

static void
assert_work (StoreFixture *fixture,
             const char   *jobs,
             const char   *stages,
             const char   *expected)
{
  g_autoptr (DialContactChoice) choice = choose (jobs, stages);
  g_autofree char *told = tell_work (fixture, choice);

  g_assert_cmpstr (told, ==, expected);
}

static void
save_link (StoreFixture    *fixture,
           DialContactLink *link)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  g_ptr_array_add (links, link);
  WAIT (result, dial_store_save_contact_links_async (fixture->store, "ct", links, NULL, keep, &result));
  g_assert_true (dial_store_save_contact_links_finish (fixture->store, result, &error));
  g_assert_no_error (error);
}

/* As if the candidate's contact had been made just now. */
static DialContactLink *
link_candidate (StoreFixture *fixture,
                gint64        candidate_id,
                gint64        contact_id,
                gboolean      ours)
{
  DialContactLink *link = dial_contact_link_new (candidate_id);
  g_autoptr (DialCandidate) candidate = load (fixture->store, candidate_id);

  link->contact_id = contact_id;
  link->ours = ours;
  dial_set_str (&link->tag, "Greenhouse");
  link->card = dial_contact_card_new_for_candidate (candidate, PREFIX);
  save_link (fixture, link);
  return link;
}

static void
test_card (void)
{
  g_autoptr (DialCandidate) candidate = make_reachable (9041177, "Niamh", "020 7946 0942");
  g_autoptr (DialCandidate) nobody = make_candidate (2, "Anonymized", NULL);
  g_autoptr (DialContactCard) card = NULL;
  g_autoptr (DialContactCard) copy = NULL;
  g_autofree char *emails = NULL;

  candidate->title = g_strdup ("Staff Engineer");
  candidate->company = g_strdup ("Hartfield");
  candidate->job = g_strdup ("Payments Lead");
  candidate->stage = g_strdup ("Phone Screen");
  g_ptr_array_add (candidate->phones, dial_phone_number_new ("+44 20 7946 0942", "home", NULL));
  g_ptr_array_add (candidate->phones, dial_phone_number_new ("ask for Niamh", "work", NULL));
  g_ptr_array_add (candidate->emails, dial_email_address_new (" niamh@mailbox.example ", NULL));
  g_ptr_array_add (candidate->emails, dial_email_address_new ("Niamh@Mailbox.example", NULL));
  g_ptr_array_add (candidate->emails, dial_email_address_new ("n/a", NULL));
  g_ptr_array_add (candidate->emails, dial_email_address_new ("two@at@once.example", NULL));
  g_ptr_array_add (candidate->emails, dial_email_address_new ("no@dots", NULL));

  card = dial_contact_card_new_for_candidate (candidate, PREFIX);
  g_assert_cmpstr (card->name, ==, "Niamh Corrigan");
  g_assert_cmpstr (card->title, ==, "Staff Engineer · Payments Lead: Phone Screen");
  g_assert_cmpstr (card->company, ==, "Hartfield");
  g_assert_cmpuint (g_strv_length (card->numbers), ==, 1);
  g_assert_cmpstr (card->numbers[0], ==, "+442079460942");
  emails = g_strjoinv (" ", card->emails);
  g_assert_cmpstr (emails, ==, "niamh@mailbox.example");
  g_assert_cmpstr (card->url, ==, PREFIX "9041177");

  copy = dial_contact_card_copy (card);
  g_assert_true (dial_contact_card_equal (card, copy));
  g_free (copy->numbers[0]);
  copy->numbers[0] = g_strdup ("+442079460943");
  g_assert_false (dial_contact_card_equal (card, copy));
  g_assert_false (dial_contact_card_equal (card, NULL));

  g_assert_null (dial_contact_card_new_for_candidate (nobody, PREFIX));
}

static void
test_plan (void)
{
  g_autoptr (DialCandidate) candidate = make_reachable (1, "Niamh", "020 7946 0942");
  g_autoptr (DialContactCard) card = dial_contact_card_new_for_candidate (candidate, PREFIX);
  g_autoptr (DialContactLink) link = dial_contact_link_new (1);

  g_assert_cmpint (dial_contact_link_plan (NULL, card, "A", FALSE), ==, DIAL_CONTACT_TASK_ADD);
  g_assert_cmpint (dial_contact_link_plan (NULL, NULL, "A", FALSE), ==, DIAL_CONTACT_TASK_SKIP);
  /* Sent, and no answer came. */
  g_assert_cmpint (dial_contact_link_plan (link, card, "A", FALSE), ==, DIAL_CONTACT_TASK_ADD);

  link->contact_id = 5;
  link->card = dial_contact_card_copy (card);
  dial_set_str (&link->tag, "A");
  g_assert_cmpint (dial_contact_link_plan (link, card, "A", FALSE), ==, DIAL_CONTACT_TASK_NONE);
  g_assert_cmpint (dial_contact_link_plan (link, card, "B", FALSE), ==, DIAL_CONTACT_TASK_CHANGE);
  g_assert_cmpint (dial_contact_link_plan (link, NULL, "A", FALSE), ==, DIAL_CONTACT_TASK_REMOVE);

  /* What was refused is not asked for over and over. */
  link->problem = g_strdup ("It was refused.");
  g_assert_cmpint (dial_contact_link_plan (link, card, "A", FALSE), ==, DIAL_CONTACT_TASK_NONE);
  g_assert_cmpint (dial_contact_link_plan (link, card, "A", TRUE), ==, DIAL_CONTACT_TASK_CHANGE);
  link->contact_id = 0;
  g_assert_cmpint (dial_contact_link_plan (link, card, "A", FALSE), ==, DIAL_CONTACT_TASK_NONE);
  g_assert_cmpint (dial_contact_link_plan (link, card, "A", TRUE), ==, DIAL_CONTACT_TASK_ADD);
  dial_set_str (&card->title, "Other");
  g_assert_cmpint (dial_contact_link_plan (link, card, "A", FALSE), ==, DIAL_CONTACT_TASK_ADD);
}

static void
test_work (StoreFixture  *fixture,
           gconstpointer  data)
{
  DialCandidate *hidden = make_reachable (3, "Hidden", "020 7946 0903");
  DialCandidate *moved;
  DialContactLink *first, *second;

  hidden->is_private = TRUE;
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_reachable (1, "Ann", "020 7946 0901"));
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_reachable (2, "Bea", "020 7946 0902"));
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, hidden);
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_candidate (4, "Nobody", "Knows"));
  assert_work (fixture, "", "", "add 1, add 2, skipped 2");

  first = link_candidate (fixture, 1, 71, TRUE);
  second = link_candidate (fixture, 2, 72, FALSE);
  store_fixture_reopen (fixture);
  assert_work (fixture, "", "", "skipped 2");

  moved = make_reachable (1, "Ann", "020 7946 0909");
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, moved);
  assert_work (fixture, "", "", "change 1, skipped 2");

  /* Who becomes private, and who is anonymized, goes. */
  hidden = make_reachable (2, "Bea", "020 7946 0902");
  hidden->is_private = TRUE;
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, hidden);
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_candidate (1, "Anonymized", NULL));
  assert_work (fixture, "", "", "remove 1, remove 2, skipped 2");

  first->gone = second->gone = TRUE;
  save_link (fixture, first);
  save_link (fixture, second);
  assert_work (fixture, "", "", "skipped 4");
  dial_contact_link_free (first);
  dial_contact_link_free (second);
}

static void
test_chosen (StoreFixture  *fixture,
             gconstpointer  data)
{
  save_record (fixture->store, DIAL_RESOURCE_JOBS, make_job (10, "Engineer, Payments"));
  save_record (fixture->store, DIAL_RESOURCE_JOBS, make_job (11, "Designer"));
  for (gint64 id = 1; id <= 4; id++)
    save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_reachable (id, "Ann", "020 7946 0901"));
  save_record (fixture->store, DIAL_RESOURCE_APPLICATIONS, make_application (1, 1, 10, "in_process", "Phone Screen"));
  save_record (fixture->store, DIAL_RESOURCE_APPLICATIONS, make_application (2, 2, 10, "in_process", "Offer"));
  save_record (fixture->store, DIAL_RESOURCE_APPLICATIONS, make_application (3, 3, 10, "rejected", "Phone Screen"));
  save_record (fixture->store, DIAL_RESOURCE_APPLICATIONS, make_application (4, 3, 11, "in_process", "Offer"));

  assert_work (fixture, "engineer, payments", "", "add 1, add 2, skipped 0");
  assert_work (fixture, "", "Phone Screen", "add 1, skipped 0");
  assert_work (fixture, "Designer;Engineer, Payments", "Offer", "add 2, add 3, skipped 0");
  /* The job and the stage are meant of one application. */
  assert_work (fixture, "Designer", "Phone Screen", "skipped 0");

  dial_contact_link_free (link_candidate (fixture, 2, 72, TRUE));
  assert_work (fixture, "", "Phone Screen", "add 1, remove 2, skipped 0");
}

/* Of who is deleted in Greenhouse only the ids stay, so that the contact can be removed. */
static void
test_forgotten (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (DialContactChoice) choice = choose ("", "");
  g_autoptr (DialContactWork) work = NULL;
  g_autofree char *left = NULL;
  DialContactRow *row;

  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_reachable (1, "Ann", "020 7946 0901"));
  dial_contact_link_free (link_candidate (fixture, 1, 71, TRUE));
  g_ptr_array_add (candidates, make_reachable (2, "Bea", "020 7946 0902"));
  save_page (fixture->store, DIAL_RESOURCE_CANDIDATES, candidates, 7, NULL, NULL);
  g_assert_cmpuint (forget (fixture->store, DIAL_RESOURCE_CANDIDATES, 7), ==, 1);

  work = find_work (fixture, choice, 0);
  g_assert_cmpuint (work->rows->len, ==, 2);
  row = work->rows->pdata[0];
  g_assert_cmpint (row->task, ==, DIAL_CONTACT_TASK_REMOVE);
  g_assert_cmpint (row->link->contact_id, ==, 71);
  g_assert_true (row->link->ours);
  g_assert_null (row->link->card);
  left = store_fixture_sql (fixture, "SELECT count(*) FROM contact_links WHERE name IS NOT NULL OR numbers IS NOT NULL "
                            "OR emails IS NOT NULL OR title IS NOT NULL OR url IS NOT NULL");
  g_assert_cmpstr (left, ==, "0");
}

/* A contact that two share is not removed with the first of them. */
static void
test_shared (StoreFixture  *fixture,
             gconstpointer  data)
{
  g_autoptr (DialContactChoice) choice = choose ("", "");
  g_autoptr (DialContactWork) work = NULL;
  g_autoptr (DialContactLink) maker = NULL;
  g_autoptr (DialContactLink) sharer = NULL;
  g_autofree char *ours = NULL;
  DialContactRow *row;

  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_reachable (1, "Ann", "020 7946 0901"));
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_reachable (2, "Bea", "020 7946 0901"));
  maker = link_candidate (fixture, 1, 71, TRUE);
  sharer = link_candidate (fixture, 2, 71, FALSE);

  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_candidate (1, "Anonymized", NULL));
  work = find_work (fixture, choice, 0);
  g_assert_cmpuint (work->rows->len, ==, 1);
  row = work->rows->pdata[0];
  g_assert_cmpint (row->task, ==, DIAL_CONTACT_TASK_REMOVE);
  g_assert_cmpuint (row->link->n_sharing, ==, 1);

  /* The other takes it over, under its own name. */
  maker->gone = TRUE;
  save_link (fixture, maker);
  ours = store_fixture_sql (fixture, "SELECT ours FROM contact_links WHERE candidate_id = 2");
  g_assert_cmpstr (ours, ==, "1");
  assert_work (fixture, "", "", "change 2, skipped 1");
}

static void
test_portions (StoreFixture  *fixture,
               gconstpointer  data)
{
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (DialContactChoice) choice = choose ("", "");
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gint64 after = 0;

  for (gint64 id = 1; id <= 4700; id++) {
    /* Only the last 700 are to be added, so that whole strides have nothing to do. */
    g_ptr_array_add (candidates, id <= 4000 ? make_candidate (id, "Ann", "Lee") : make_reachable (id, "Ann", "020 7946 0901"));
  }
  save_page (fixture->store, DIAL_RESOURCE_CANDIDATES, candidates, 1, NULL, NULL);

  do {
    g_autoptr (DialContactWork) work = find_work (fixture, choice, after);

    for (guint i = 0; i < work->rows->len; i++) {
      DialContactRow *row = work->rows->pdata[i];

      g_assert_true (g_hash_table_add (seen, g_memdup2 (&row->candidate_id, sizeof row->candidate_id)));
    }
    g_assert_true (work->next == 0 || work->next > after);
    after = work->next;
  } while (after != 0);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 700);
}

static void
test_known (StoreFixture  *fixture,
            gconstpointer  data)
{
  g_autoptr (DialContactChoice) choice = choose ("", "");
  g_autoptr (DialContactWork) before = find_work (fixture, choice, 0);
  g_autoptr (DialContactWork) after = NULL;
  g_autoptr (DialSyncPosition) position = dial_sync_position_new ();
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_false (before->known);
  position->run = 1;
  position->completed_since = 1700000000000000;
  WAIT (result, dial_store_save_page_async (fixture->store, DIAL_RESOURCE_CANDIDATES, nobody, position, NULL, keep,
                                            &result));
  after = find_work (fixture, choice, 0);
  g_assert_true (after->known);
}

static void
test_read_back (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) unseen = NULL;
  g_autoptr (GPtrArray) tallies = NULL;
  g_autoptr (DialContactLink) first = NULL;
  g_autoptr (DialContactLink) second = NULL;
  g_autoptr (DialContactLink) sent = dial_contact_link_new (3);
  DialContactTally *tally;

  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_reachable (1, "Ann", "020 7946 0901"));
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_reachable (2, "Bea", "020 7946 0902"));
  first = link_candidate (fixture, 1, 71, TRUE);
  second = link_candidate (fixture, 2, 72, FALSE);
  save_link (fixture, sent);
  first->seen = TRUE;
  save_link (fixture, first);

  WAIT (result, dial_store_list_unseen_contacts_async (fixture->store, "ct", NULL, keep, &result));
  unseen = dial_store_list_unseen_contacts_finish (fixture->store, result, NULL);
  g_assert_cmpuint (unseen->len, ==, 1);
  g_assert_cmpint (((DialContactLink *) unseen->pdata[0])->contact_id, ==, 72);

  WAIT (result, dial_store_count_contacts_async (fixture->store, NULL, keep, &result));
  tallies = dial_store_count_contacts_finish (fixture->store, result, NULL);
  g_assert_cmpuint (tallies->len, ==, 1);
  tally = tallies->pdata[0];
  g_assert_cmpstr (tally->account, ==, "ct");
  g_assert_cmpuint (tally->n_contacts, ==, 2);
  g_assert_cmpuint (tally->n_ours, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/contacts/card", test_card);
  g_test_add_func ("/store/contacts/plan", test_plan);
  STORE_TEST ("/store/contacts/work", test_work);
  STORE_TEST ("/store/contacts/chosen", test_chosen);
  STORE_TEST ("/store/contacts/forgotten", test_forgotten);
  STORE_TEST ("/store/contacts/shared", test_shared);
  STORE_TEST ("/store/contacts/portions", test_portions);
  STORE_TEST ("/store/contacts/known", test_known);
  STORE_TEST ("/store/contacts/read-back", test_read_back);

  return g_test_run ();
}
