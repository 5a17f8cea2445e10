#include "desk-fixture.h"

#include "dial-people.h"

/* The candidates of several companies in one list, against a naive model of it: whatever happens, the list is
 * what weaving everything anew would give, and what it tells of its changes leads there. */

#define N_COMPANIES 3
#define N_STEPS     60

typedef struct {
  DeskFixture  base;
  DialPeople  *people;
  GPtrArray   *mirror;      /* of rows: what a listener who believes every change has */
  gint64       next_id;
  gint64       activity;
} Fixture;

static const char * const words[] = { "", "ada", "bea", "nobody" };

static void
set_query (DialPeople *people,
           const char *text,
           DialOrder   order)
{
  g_autoptr (DialQuery) query = dial_query_new (text);

  query->order = order;
  dial_people_set_query (people, query);
}

static DialIntegration *
company (Fixture *fixture,
         guint    index)
{
  g_autofree char *id = g_strdup_printf ("company%u", index);

  return dial_desk_find_integration (fixture->base.desk, id);
}

/* The file of an integration, as if it had been added. */
static void
make_company (Fixture *fixture,
              guint    index)
{
  g_autofree char *name = g_strdup_printf ("company%u.sqlite", index);
  g_autofree char *path = g_build_filename (fixture->base.profile, name, NULL);
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (DialStore) store = NULL;

  g_hash_table_insert (settings, (char *) "name", name);
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
    AWAIT (dial_store_close_async (store, NULL, on_answer, &result));
  }
}

static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Fixture    *fixture)
{
  g_assert_cmpint (position + removed, <=, fixture->mirror->len);
  if (removed > 0)
    g_ptr_array_remove_range (fixture->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->mirror, (int) (position + i),
                        g_list_model_get_item (model, position + i));

  /* At every moment the list is as long as it has told. */
  g_assert_cmpint (fixture->mirror->len, ==, g_list_model_get_n_items (model));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  desk_fixture_set_up (&fixture->base, NULL);
  close_desk (&fixture->base);
  for (guint i = 0; i < N_COMPANIES; i++)
    make_company (fixture, i);
  open_desk (&fixture->base, DIAL_DESK_BY_HAND);

  fixture->people = dial_people_new (fixture->base.desk, 32);
  fixture->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (fixture->people, "items-changed", G_CALLBACK (on_items_changed), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_ptr_array_unref (fixture->mirror);
  g_assert_finalize_object (fixture->people);
  desk_fixture_tear_down (&fixture->base, NULL);
}

/* Saves @n candidates, some of whom are there already. */
static void
save_candidates (Fixture *fixture,
                 guint    index,
                 guint    n)
{
  DialStore *store = dial_integration_get_store (company (fixture, index));
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++) {
    gboolean again = fixture->next_id > 1 && g_test_rand_bit ();
    gint64 id = again ? g_test_rand_int_range (1, (int) fixture->next_id) : fixture->next_id++;
    DialCandidate *candidate = dial_candidate_new (id);

    candidate->first_name = g_strdup (g_test_rand_bit () ? "Ada" : "Bea");
    candidate->company = g_strdup (g_test_rand_bit () ? "Ada's" : "Bea's");
    candidate->last_activity_at = ++fixture->activity * G_USEC_PER_SEC;
    g_ptr_array_add (page, candidate);
  }

  AWAIT (dial_store_save_page_async (store, DIAL_RESOURCE_CANDIDATES, page, NULL, NULL, on_answer,
                                     &result));
  g_assert_true (dial_store_save_page_finish (store, result, NULL, NULL, NULL));
}

/* Forgets whoever was not in the page that is saved here. */
static void
forget_most (Fixture *fixture,
             guint    index)
{
  DialStore *store = dial_integration_get_store (company (fixture, index));
  DialSyncPosition position = { .run = ++fixture->activity };
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (page, dial_candidate_new (fixture->next_id++));
  {
    AWAIT (dial_store_save_page_async (store, DIAL_RESOURCE_CANDIDATES, page, &position, NULL,
                                       on_answer, &result));
    g_assert_true (dial_store_save_page_finish (store, result, NULL, NULL, NULL));
  }

  AWAIT (dial_store_forget_unseen_async (store, DIAL_RESOURCE_CANDIDATES, position.run, NULL,
                                         on_answer, &result));
  g_assert_true (dial_store_forget_unseen_finish (store, result, NULL, NULL));
}

static gboolean
is_shown (Fixture         *fixture,
          DialIntegration *integration)
{
  DialIntegration *only = dial_people_get_integration (fixture->people);

  return only != NULL ? only == integration : dial_integration_is_active (integration);
}

typedef struct {
  int    tier;
  gint64 place;
  guint  company;
  gint64 id;
} Entry;

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *left = a, *right = b;

  if (left->tier != right->tier)
    return left->tier - right->tier;
  if (left->place != right->place)
    return left->place < right->place ? 1 : -1;
  return (int) left->company - (int) right->company;
}

/* Who is found in one company: in the orders that stand by place with tier and place, in the others numbered. */
static void
add_entries (Fixture         *fixture,
             DialIntegration *integration,
             guint            number,
             GArray          *entries)
{
  DialStore *store = dial_integration_get_store (integration);
  const DialQuery *query = dial_people_get_query (fixture->people);
  gboolean woven = query->order == DIAL_ORDER_RELEVANCE || query->order == DIAL_ORDER_ACTIVITY;
  g_autoptr (DialFindings) findings = NULL;
  g_autoptr (GArray) places = NULL;
  g_autoptr (GPtrArray) candidates = NULL;

  {
    AWAIT (dial_store_search_async (store, query, 0, NULL, on_answer, &result));
    findings = dial_store_search_finish (store, result, NULL);
    places = dial_places_list (findings->places, G_MAXUINT);
  }
  {
    AWAIT (dial_store_load_candidates_async (store, places, NULL, on_answer, &result));
    candidates = dial_store_load_candidates_finish (store, result, NULL);
  }
  for (guint i = 0; i < candidates->len; i++) {
    DialCandidate *candidate = g_ptr_array_index (candidates, i);
    Entry entry = { 0, -(gint64) i, number, candidate->id };

    for (guint j = 0; woven && j < DIAL_N_TIERS; j++)
      entry.tier += i >= findings->tier_ends[j];
    if (woven)
      entry.place = candidate->place;
    g_array_append_val (entries, entry);
  }
}

/* Everybody anew, their ids. */
static GArray *
weave (Fixture *fixture)
{
  GListModel *integrations = dial_desk_get_integrations (fixture->base.desk);
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  GArray *woven = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);

    if (is_shown (fixture, integration))
      add_entries (fixture, integration, i, entries);
  }

  g_array_sort (entries, compare_entries);
  for (guint i = 0; i < entries->len; i++)
    g_array_append_val (woven, g_array_index (entries, Entry, i).id);

  return woven;
}

static gboolean
is_woven (Fixture *fixture,
          GArray  *woven)
{
  GListModel *model = G_LIST_MODEL (fixture->people);

  if (g_list_model_get_n_items (model) != woven->len)
    return FALSE;

  for (guint i = 0; i < woven->len; i++) {
    g_autoptr (DialCandidateRow) row = g_list_model_get_item (model, i);

    if (dial_candidate_row_get_id (row) != g_array_index (woven, gint64, i))
      return FALSE;
  }

  return TRUE;
}

static gboolean
on_too_long (gpointer user_data)
{
  g_error ("The list did not become what it should be");
  return G_SOURCE_REMOVE;
}

/* The rows are where they are said to be, of whom they are said to be. */
static void
assert_settles (Fixture *fixture)
{
  g_autoptr (GArray) woven = weave (fixture);
  GListModel *model = G_LIST_MODEL (fixture->people);
  guint limit = g_timeout_add_seconds (20, on_too_long, NULL);

  while (dial_people_is_loading (fixture->people) || !is_woven (fixture, woven))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);

  g_assert_null (g_list_model_get_item (model, woven->len));
  g_assert_cmpint (fixture->mirror->len, ==, woven->len);
  for (guint i = 0; i < woven->len; i++) {
    g_autoptr (DialCandidateRow) row = g_list_model_get_item (model, i);
    DialIntegration *owner = dial_people_find_owner (fixture->people, row);

    g_assert_true (g_ptr_array_index (fixture->mirror, i) == row);
    g_assert_true (is_shown (fixture, owner));
    g_assert_cmpint (dial_people_find (fixture->people, owner, dial_candidate_row_get_id (row)), ==,
                     i);
  }
}

static void
do_something (Fixture *fixture)
{
  guint index = (guint) g_test_rand_int_range (0, N_COMPANIES);

  switch (g_test_rand_int_range (0, 7)) {
  case 0:
    set_query (fixture->people, words[g_test_rand_int_range (0, G_N_ELEMENTS (words))],
               (DialOrder) g_test_rand_int_range (DIAL_ORDER_RELEVANCE, DIAL_ORDER_CONTACT + 1));
    break;
  case 1:
    set (company (fixture, index), "status", g_test_rand_bit () ? "active" : "inactive", NULL);
    break;
  case 2:
    dial_people_set_integration (fixture->people,
                                 g_test_rand_bit () ? company (fixture, index) : NULL);
    break;
  case 3:
    forget_most (fixture, index);
    break;
  default:
    save_candidates (fixture, index, (guint) g_test_rand_int_range (1, 40));
    break;
  }
}

static void
test_random (Fixture       *fixture,
             gconstpointer  data)
{
  fixture->next_id = 1;
  for (guint i = 0; i < N_STEPS; i++) {
    do_something (fixture);
    if (g_test_rand_bit ())
      assert_settles (fixture);
  }
  assert_settles (fixture);
}

/* Long stretches come in two, so that no view asks for each of their rows. */
static void
test_long (Fixture       *fixture,
           gconstpointer  data)
{
  fixture->next_id = 1;
  for (guint i = 0; i < N_COMPANIES; i++)
    save_candidates (fixture, i, 900);
  assert_settles (fixture);
  save_candidates (fixture, 1, 3);
  assert_settles (fixture);
  set_query (fixture->people, "ada", DIAL_ORDER_RELEVANCE);
  assert_settles (fixture);
  set_query (fixture->people, "", DIAL_ORDER_RELEVANCE);
  assert_settles (fixture);
}

/* A change far down leaves what is above alone. */
static void
note_first (GListModel *model,
            guint       position,
            guint       removed,
            guint       added,
            guint      *first)
{
  *first = MIN (*first, position);
}

static void
test_prefix (Fixture       *fixture,
             gconstpointer  data)
{
  guint first = G_MAXUINT;

  fixture->next_id = 1;
  fixture->activity = 1000000;
  for (guint i = 0; i < N_COMPANIES; i++)
    save_candidates (fixture, i, 50);
  assert_settles (fixture);

  /* Of longer ago than everybody else, so at the end. */
  fixture->next_id += 1000;
  fixture->activity = 0;
  g_signal_connect (fixture->people, "items-changed", G_CALLBACK (note_first), &first);
  {
    DialStore *store = dial_integration_get_store (company (fixture, 0));
    g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);

    g_ptr_array_add (page, dial_candidate_new (fixture->next_id++));
    AWAIT (dial_store_save_page_async (store, DIAL_RESOURCE_CANDIDATES, page, NULL, NULL,
                                       on_answer, &result));
    g_assert_true (dial_store_save_page_finish (store, result, NULL, NULL, NULL));
  }
  assert_settles (fixture);
  /* About half of what was saved was somebody again, so how far down that is varies. */
  g_assert_cmpint (first, >, 3 * 10);
  g_signal_handlers_disconnect_by_data (fixture->people, &first);
}

/* The company that is shown alone is removed: everybody else is shown. */
static void
test_removed (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->next_id = 1;
  for (guint i = 0; i < N_COMPANIES; i++)
    save_candidates (fixture, i, 10);
  dial_people_set_integration (fixture->people, company (fixture, 1));
  assert_settles (fixture);
  {
    AWAIT (dial_desk_remove_integration_async (fixture->base.desk, company (fixture, 1), NULL,
                                               on_answer, &result));
    g_assert_true (dial_desk_remove_integration_finish (fixture->base.desk, result, &error));
  }
  g_assert_null (dial_people_get_integration (fixture->people));
  assert_settles (fixture);
  g_assert_cmpint (fixture->mirror->len, >, 0);
}

static void
save_records (Fixture      *fixture,
              DialResource  resource,
              gpointer      record)
{
  DialStore *store = dial_integration_get_store (company (fixture, 0));
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (page, record);
  AWAIT (dial_store_save_page_async (store, resource, page, NULL, NULL, on_answer, &result));
  g_assert_true (dial_store_save_page_finish (store, result, NULL, NULL, NULL));
}

/* Who asks for their own before it is known who they are gets them once it is. */
static void
test_mine (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (DialQuery) query = dial_query_new ("");
  DialApplication *application = dial_application_new (1);
  DialUser *user = dial_user_new (77);

  fixture->next_id = 1;
  save_candidates (fixture, 0, 10);
  save_candidates (fixture, 1, 10);
  query->user_id = 1;
  dial_people_set_query (fixture->people, query);
  assert_settles (fixture);
  g_assert_cmpint (fixture->mirror->len, ==, 0);

  application->candidate_id = 3;
  application->recruiter_id = 77;
  user->name = g_strdup ("Ada Venn");
  user->primary_email = g_strdup ("ada.venn@example.com");
  save_records (fixture, DIAL_RESOURCE_APPLICATIONS, application);
  save_records (fixture, DIAL_RESOURCE_USERS, user);
  g_assert_true (set (company (fixture, 0), "as", "ada.venn@example.com", NULL));

  while (g_list_model_get_n_items (G_LIST_MODEL (fixture->people)) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (fixture->mirror->len, ==, 1);
  g_assert_true (dial_people_find_owner (fixture->people, g_ptr_array_index (fixture->mirror, 0)) ==
                 company (fixture, 0));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/people/random", Fixture, NULL, set_up, test_random, tear_down);
  g_test_add ("/people/long", Fixture, NULL, set_up, test_long, tear_down);
  g_test_add ("/people/prefix", Fixture, NULL, set_up, test_prefix, tear_down);
  g_test_add ("/people/mine", Fixture, NULL, set_up, test_mine, tear_down);
  g_test_add ("/people/removed", Fixture, NULL, set_up, test_removed, tear_down);

  return g_test_run ();
}
