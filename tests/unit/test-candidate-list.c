#include "store-fixture.h"

#include "dial-candidate-list.h"

/* What a view would believe: a copy of the list that follows its emissions, and what it was told. */
typedef struct {
  DialCandidateList *list;
  GPtrArray         *rows;
  GString           *emissions;   /* "position-removed+added …" */
} Mirror;

static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  Mirror *mirror = user_data;

  g_string_append_printf (mirror->emissions, "%s%u-%u+%u", mirror->emissions->len > 0 ? " " : "",
                          position, removed, added);
  if (removed > 0)
    g_ptr_array_remove_range (mirror->rows, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (mirror->rows, position + i, g_list_model_get_item (model, position + i));

  /* At each emission the list is what it says it is. */
  g_assert_cmpuint (mirror->rows->len, ==, g_list_model_get_n_items (model));
  for (guint i = 0; i < mirror->rows->len; i++) {
    g_autoptr (DialCandidateRow) row = g_list_model_get_item (model, i);

    g_assert_true (row == g_ptr_array_index (mirror->rows, i));
  }
}

static void
mirror_init (Mirror    *mirror,
             DialStore *store)
{
  mirror->list = dial_candidate_list_new (store, 32);
  mirror->rows = g_ptr_array_new_with_free_func (g_object_unref);
  mirror->emissions = g_string_new (NULL);
  g_signal_connect (mirror->list, "items-changed", G_CALLBACK (on_items_changed), mirror);
}

static void
mirror_clear (Mirror *mirror)
{
  g_ptr_array_unref (mirror->rows);
  g_string_free (mirror->emissions, TRUE);
  g_assert_finalize_object (mirror->list);
}

static gboolean
is_complete (DialCandidateList *list)
{
  gboolean complete;

  g_object_get (list, "complete", &complete, NULL);
  return complete;
}

static guint
get_n_found (DialCandidateList *list)
{
  guint n_found;

  g_object_get (list, "n-found", &n_found, NULL);
  return n_found;
}

static void
wait_complete (DialCandidateList *list)
{
  while (dial_candidate_list_is_loading (list) || !is_complete (list))
    g_main_context_iteration (NULL, TRUE);
}

static void
set_query (DialCandidateList *list,
           const char        *text,
           DialOrder          order)
{
  g_autoptr (DialQuery) query = dial_query_new (text);

  query->order = order;
  dial_candidate_list_set_query (list, query);
}

static char *
describe (Mirror *mirror)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < mirror->rows->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            dial_candidate_row_get_id (g_ptr_array_index (mirror->rows, i)));
  return g_string_free (text, FALSE);
}

/* Waits until the list reads @ids; a test that waits in vain is stopped by its time-out. */
static void
wait_for_ids (Mirror     *mirror,
              const char *ids)
{
  for (;;) {
    g_autofree char *now = describe (mirror);

    if (g_strcmp0 (now, ids) == 0)
      return;
    g_main_context_iteration (NULL, TRUE);
  }
}

static void
wait_for_name (DialCandidateRow *row,
               const char       *name)
{
  for (;;) {
    g_autofree char *now = NULL;

    g_object_get (row, "name", &now, NULL);
    g_assert_nonnull (now);
    if (g_strcmp0 (now, name) == 0)
      return;
    g_main_context_iteration (NULL, TRUE);
  }
}

/* Candidates whose last activity puts them in this order, one a step. */
static void
save_ordered (DialStore    *store,
              const gint64 *ids,
              guint         n_ids)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_ids; i++) {
    g_autofree char *name = g_strdup_printf ("Person %" G_GINT64_FORMAT, ids[i]);
    DialCandidate *candidate = make_candidate (ids[i], name, NULL);

    candidate->last_activity_at = (1000000 - i * 100) * G_GINT64_CONSTANT (1000000);
    g_ptr_array_add (records, candidate);
  }
  save_page (store, DIAL_RESOURCE_CANDIDATES, records, 1, NULL, NULL);
}

static void
test_rows (StoreFixture  *fixture,
           gconstpointer  data)
{
  const gint64 ids[] = { 5, 3, 9 };
  Mirror mirror;

  save_ordered (fixture->store, ids, G_N_ELEMENTS (ids));
  mirror_init (&mirror, fixture->store);
  g_assert_true (dial_candidate_list_is_loading (mirror.list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (mirror.list)), ==, 0);
  wait_complete (mirror.list);
  g_assert_cmpstr (mirror.emissions->str, ==, "0-0+3");
  wait_for_ids (&mirror, "5 3 9");
  wait_for_name (g_ptr_array_index (mirror.rows, 2), "Person 9");
  g_assert_cmpuint (dial_candidate_list_find (mirror.list, 3), ==, 1);
  g_assert_cmpuint (dial_candidate_list_find (mirror.list, 4), ==, G_MAXUINT);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (mirror.list), 3));
  mirror_clear (&mirror);
}

static void
test_new_search (StoreFixture  *fixture,
                 gconstpointer  data)
{
  const gint64 ids[] = { 5, 3, 9 };
  Mirror mirror;

  save_ordered (fixture->store, ids, G_N_ELEMENTS (ids));
  mirror_init (&mirror, fixture->store);
  wait_complete (mirror.list);

  /* Only the last of several counts, and what was there stays until its answer. */
  g_string_truncate (mirror.emissions, 0);
  set_query (mirror.list, "nobody", DIAL_ORDER_RELEVANCE);
  set_query (mirror.list, "person 9", DIAL_ORDER_RELEVANCE);
  g_assert_cmpstr (dial_candidate_list_get_query (mirror.list)->text, ==, "person 9");
  g_assert_cmpuint (mirror.rows->len, ==, 3);
  wait_complete (mirror.list);
  g_assert_cmpstr (mirror.emissions->str, ==, "0-3+0 0-0+1");
  wait_for_ids (&mirror, "9");
  mirror_clear (&mirror);
}

static void
test_changes (StoreFixture  *fixture,
              gconstpointer  data)
{
  const gint64 before[] = { 1, 2, 3, 4, 5, 6 };
  Mirror mirror;
  g_autoptr (DialCandidateRow) third = NULL;
  DialCandidate *renamed = make_candidate (3, "Renamed", NULL), *moved, *added;

  save_ordered (fixture->store, before, G_N_ELEMENTS (before));
  mirror_init (&mirror, fixture->store);
  wait_for_ids (&mirror, "1 2 3 4 5 6");
  third = g_list_model_get_item (G_LIST_MODEL (mirror.list), 2);
  wait_for_name (third, "Person 3");

  /* Another name alone moves nobody. */
  g_string_truncate (mirror.emissions, 0);
  renamed->last_activity_at = (1000000 - 200) * G_GINT64_CONSTANT (1000000);
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, renamed);
  wait_for_name (third, "Renamed");
  g_assert_cmpstr (mirror.emissions->str, ==, "");

  /* From the bottom to the top: one row goes, the same one comes. */
  moved = make_candidate (6, "Person 6", NULL);
  moved->last_activity_at = 2000000 * G_GINT64_CONSTANT (1000000);
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, moved);
  wait_for_ids (&mirror, "6 1 2 3 4 5");
  g_assert_cmpstr (mirror.emissions->str, ==, "5-1+0 0-0+1");

  g_string_truncate (mirror.emissions, 0);
  added = make_candidate (7, "Person 7", NULL);
  added->last_activity_at = (1000000 - 250) * G_GINT64_CONSTANT (1000000);
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, added);
  wait_for_ids (&mirror, "6 1 2 3 7 4 5");
  g_assert_cmpstr (mirror.emissions->str, ==, "4-0+1");

  /* Only 3 is seen by the second walk. */
  g_string_truncate (mirror.emissions, 0);
  {
    g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

    g_ptr_array_add (records, g_object_ref (dial_candidate_row_get_candidate (third)));
    save_page (fixture->store, DIAL_RESOURCE_CANDIDATES, records, 2, NULL, NULL);
  }
  g_assert_cmpuint (forget (fixture->store, DIAL_RESOURCE_CANDIDATES, 2), ==, 6);
  wait_for_ids (&mirror, "3");
  g_assert_cmpstr (mirror.emissions->str, ==, "4-3+0 0-3+0");
  g_assert_true (third == g_ptr_array_index (mirror.rows, 0));
  mirror_clear (&mirror);
}

/* Random orders of random people, and other queries meanwhile: whatever changes, the mirror ends as the store
 * says. */
static void
test_random_changes (StoreFixture  *fixture,
                     gconstpointer  data)
{
  static const char * const words[] = { "", "ann", "ann lee", "b" };
  static const char * const names[] = { "Ann Lee", "Bob Ann", "Lee Bob", "Joanna Bell" };
  Mirror mirror;

  mirror_init (&mirror, fixture->store);
  dial_candidate_list_set_keeps_rows (mirror.list, data != NULL);
  for (guint round = 0; round < 15; round++) {
    g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
    g_autofree char *wanted = NULL;

    for (gint64 id = 1; id <= 40; id++) {
      DialCandidate *candidate;

      if (g_test_rand_bit ())
        continue;
      candidate = make_candidate (id, names[g_test_rand_int_range (0, G_N_ELEMENTS (names))], NULL);
      candidate->company = g_strdup (g_test_rand_bit () ? "Annex" : "Bluebird");
      candidate->last_activity_at = g_test_rand_int_range (0, 20) * G_GINT64_CONSTANT (1000000);
      g_ptr_array_add (records, candidate);
    }
    save_page (fixture->store, DIAL_RESOURCE_CANDIDATES, records, round, NULL, NULL);
    if (g_test_rand_int_range (0, 4) == 0)
      forget (fixture->store, DIAL_RESOURCE_CANDIDATES, round);
    if (g_test_rand_int_range (0, 3) == 0)
      set_query (mirror.list, words[g_test_rand_int_range (0, G_N_ELEMENTS (words))],
                 (DialOrder) g_test_rand_int_range (DIAL_ORDER_RELEVANCE, DIAL_ORDER_CONTACT + 1));

    wanted = find_ids (fixture->store, dial_candidate_list_get_query (mirror.list));
    wait_for_ids (&mirror, wanted);
    g_assert_cmpuint (get_n_found (mirror.list), ==, mirror.rows->len);
  }
  mirror_clear (&mirror);
}

/* The first ones at once, then all: only added at the end, so that nothing moves. */
static void
test_two_stages (StoreFixture  *fixture,
                 gconstpointer  data)
{
  gint64 ids[600];
  Mirror mirror;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = i + 1;
  save_ordered (fixture->store, ids, G_N_ELEMENTS (ids));

  mirror_init (&mirror, fixture->store);
  wait_complete (mirror.list);
  g_assert_cmpstr (mirror.emissions->str, ==, "0-0+32 32-0+40 72-0+40 112-0+40 152-0+40 192-0+40 232-0+368");
  g_assert_cmpuint (get_n_found (mirror.list), ==, 600);

  g_string_truncate (mirror.emissions, 0);
  set_query (mirror.list, "person", DIAL_ORDER_RELEVANCE);
  g_assert_true (dial_candidate_list_is_loading (mirror.list));
  while (dial_candidate_list_is_loading (mirror.list))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (mirror.emissions->str, ==, "0-600+0 0-0+256");
  g_assert_false (is_complete (mirror.list));
  wait_complete (mirror.list);
  g_assert_cmpuint (mirror.rows->len, ==, 600);
  mirror_clear (&mirror);
}

/* With another letter the rows stay and become others': a view tells them apart by nothing but that. */
static void
test_kept_rows (StoreFixture  *fixture,
                gconstpointer  data)
{
  const gint64 ids[] = { 5, 3, 9 };
  Mirror mirror;
  g_autoptr (DialCandidateRow) first = NULL;

  save_ordered (fixture->store, ids, G_N_ELEMENTS (ids));
  mirror_init (&mirror, fixture->store);
  dial_candidate_list_set_keeps_rows (mirror.list, TRUE);
  wait_for_ids (&mirror, "5 3 9");
  first = g_list_model_get_item (G_LIST_MODEL (mirror.list), 0);

  g_string_truncate (mirror.emissions, 0);
  set_query (mirror.list, "person 9", DIAL_ORDER_RELEVANCE);
  wait_complete (mirror.list);
  g_assert_cmpstr (mirror.emissions->str, ==, "1-2+0");
  g_assert_true (g_ptr_array_index (mirror.rows, 0) == first);
  g_assert_cmpint (dial_candidate_row_get_id (first), ==, 9);
  g_assert_cmpuint (dial_candidate_list_find (mirror.list, 9), ==, 0);

  set_query (mirror.list, "", DIAL_ORDER_RELEVANCE);
  wait_for_ids (&mirror, "5 3 9");
  g_assert_cmpstr (mirror.emissions->str, ==, "1-2+0 1-0+2");
  g_assert_cmpint (dial_candidate_row_get_id (first), ==, 5);
  mirror_clear (&mirror);
}

/* What a view has no widgets for comes a few at a time. */
static void
test_growing (StoreFixture  *fixture,
              gconstpointer  data)
{
  gint64 ids[300];
  Mirror mirror;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = i + 1;
  save_ordered (fixture->store, ids, G_N_ELEMENTS (ids));
  mirror_init (&mirror, fixture->store);
  dial_candidate_list_set_keeps_rows (mirror.list, TRUE);
  wait_complete (mirror.list);
  set_query (mirror.list, "person 299", DIAL_ORDER_RELEVANCE);
  wait_for_ids (&mirror, "299");

  g_string_truncate (mirror.emissions, 0);
  set_query (mirror.list, "person", DIAL_ORDER_RELEVANCE);
  while (dial_candidate_list_is_loading (mirror.list))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (mirror.emissions->str, ==, "1-0+39");
  g_assert_cmpuint (get_n_found (mirror.list), ==, 256);
  wait_complete (mirror.list);
  g_assert_cmpstr (mirror.emissions->str, ==,
                   "1-0+39 40-0+40 80-0+40 120-0+40 160-0+40 200-0+40 240-0+16 256-0+44");

  /* Something else may be looked for before all of it is there. */
  set_query (mirror.list, "person 299", DIAL_ORDER_RELEVANCE);
  wait_for_ids (&mirror, "299");
  set_query (mirror.list, "person", DIAL_ORDER_RELEVANCE);
  while (mirror.rows->len < 80)
    g_main_context_iteration (NULL, TRUE);
  set_query (mirror.list, "person 298", DIAL_ORDER_RELEVANCE);
  wait_for_ids (&mirror, "298");
  wait_complete (mirror.list);
  mirror_clear (&mirror);
}

/* Who answers better than before goes up within the list, as the same row. */
static void
test_tiers (StoreFixture  *fixture,
            gconstpointer  data)
{
  static const char * const names[] = { "Ann", "Bob Ann", "Anna", "Cleo" };
  Mirror mirror;
  g_autoptr (DialCandidateRow) row = NULL;
  DialCandidate *renamed = make_candidate (4, "Annabel", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    DialCandidate *candidate = make_candidate (i + 1, names[i], NULL);

    candidate->company = g_strdup ("Annex");
    candidate->last_activity_at = (i + 1) * G_GINT64_CONSTANT (1000000);
    save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, candidate);
  }
  mirror_init (&mirror, fixture->store);
  set_query (mirror.list, "ann", DIAL_ORDER_RELEVANCE);
  wait_for_ids (&mirror, "3 1 2 4");
  row = g_list_model_get_item (G_LIST_MODEL (mirror.list), 3);

  g_string_truncate (mirror.emissions, 0);
  renamed->company = g_strdup ("Annex");
  renamed->last_activity_at = 4000000;
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, renamed);
  wait_for_ids (&mirror, "4 3 1 2");
  g_assert_true (g_ptr_array_index (mirror.rows, 0) == row);
  g_assert_cmpstr (mirror.emissions->str, ==, "3-1+0 0-0+1");
  mirror_clear (&mirror);
}

/* By name everybody is asked for anew, and still only who moves is told of. */
static void
test_by_name (StoreFixture  *fixture,
              gconstpointer  data)
{
  static const char * const names[] = { "Cleo", "Bob", "Dan", "Ann" };
  Mirror mirror;
  g_autoptr (DialCandidateRow) row = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_candidate (i + 1, names[i], NULL));
  mirror_init (&mirror, fixture->store);
  set_query (mirror.list, "", DIAL_ORDER_NAME);
  wait_for_ids (&mirror, "4 2 1 3");
  row = g_list_model_get_item (G_LIST_MODEL (mirror.list), 0);

  g_string_truncate (mirror.emissions, 0);
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, make_candidate (4, "Zoe", NULL));
  wait_for_ids (&mirror, "2 1 3 4");
  g_assert_true (g_ptr_array_index (mirror.rows, 3) == row);
  g_assert_cmpuint (dial_candidate_list_find (mirror.list, 4), ==, 3);
  mirror_clear (&mirror);
}

/* Somebody looks at a few rows of many. */
typedef struct {
  GPtrArray *rows;
  guint      first;       /* where the first of them stands by what was told */
  guint      n_told;
  guint      longest;     /* that removed and added at once */
} Look;

static void
on_looked_at_changed (GListModel *model,
                      guint       position,
                      guint       removed,
                      guint       added,
                      Look       *look)
{
  look->n_told++;
  if (removed > 0 && added > 0)
    look->longest = MAX (look->longest, removed + added);

  /* None of them ever leaves. */
  if (position < look->first + look->rows->len)
    g_assert_cmpuint (position + removed, <=, look->first);
  if (position <= look->first)
    look->first += added - removed;
}

static void
assert_looked_at (DialCandidateList *list,
                  Look              *look)
{
  for (guint i = 0; i < look->rows->len; i++) {
    g_autoptr (DialCandidateRow) row = g_list_model_get_item (G_LIST_MODEL (list), look->first + i);

    g_assert_true (row == g_ptr_array_index (look->rows, i));
  }
}

/* However many change elsewhere, what is looked at stays, and is told of in a few stretches. */
static void
test_stretches (StoreFixture  *fixture,
                gconstpointer  data)
{
  g_autoptr (DialCandidateList) list = NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  Look look = { .rows = g_ptr_array_new_with_free_func (g_object_unref), .first = 1000 };
  guint n_found;
  gint64 ids[2000];

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = i + 1;
  save_ordered (fixture->store, ids, G_N_ELEMENTS (ids));
  list = dial_candidate_list_new (fixture->store, 32);
  wait_complete (list);
  for (guint i = 0; i < 50; i++)
    g_ptr_array_add (look.rows, g_list_model_get_item (G_LIST_MODEL (list), look.first + i));
  g_signal_connect (list, "items-changed", G_CALLBACK (on_looked_at_changed), &look);

  /* Every third comes to the top, but for those; and new ones come in between them all. */
  for (guint i = 0; i < G_N_ELEMENTS (ids); i += 3) {
    DialCandidate *moved = make_candidate (ids[i], "Moved", NULL);
    DialCandidate *added = make_candidate (5000 + i, "Added", NULL);

    moved->last_activity_at = (i >= 1000 && i < 1050 ? 1000000 - i * 100 : 2000000 + i) * G_GINT64_CONSTANT (1000000);
    added->last_activity_at = (1000000 - i * 100 - (i >= 1000 && i < 1050 ? 500000 : 50)) * G_GINT64_CONSTANT (1000000);
    g_ptr_array_add (records, moved);
    g_ptr_array_add (records, added);
  }
  save_page (fixture->store, DIAL_RESOURCE_CANDIDATES, records, 1, NULL, NULL);
  while (get_n_found (list) == 2000)
    g_main_context_iteration (NULL, TRUE);

  n_found = get_n_found (list);
  g_assert_cmpuint (n_found, ==, 2000 + 667);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, n_found);
  g_assert_cmpuint (look.n_told, <=, 4);
  g_assert_cmpuint (look.longest, <=, 32);
  assert_looked_at (list, &look);
  g_ptr_array_unref (look.rows);
}

static void
on_located (DialCandidateList *list,
            gint64             id,
            gint64            *located)
{
  *located = id;
}

/* Whose row nobody holds is found by asking the store. */
static void
test_find (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (DialCandidateList) list = NULL;
  DialCandidate *moved = make_candidate (1500, "Moved", NULL);
  gint64 ids[2000], located = 0;

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = i + 1;
  save_ordered (fixture->store, ids, G_N_ELEMENTS (ids));
  list = dial_candidate_list_new (fixture->store, 32);
  g_signal_connect (list, "located", G_CALLBACK (on_located), &located);
  wait_complete (list);

  g_assert_cmpuint (dial_candidate_list_find (list, 1500), ==, G_MAXUINT);
  while (located == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (located, ==, 1500);
  g_assert_cmpuint (dial_candidate_list_find (list, 1500), ==, 1499);

  /* And stays found when they move. */
  moved->last_activity_at = 2000000 * G_GINT64_CONSTANT (1000000);
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, moved);
  while (dial_candidate_list_find (list, 1500) != 0)
    g_main_context_iteration (NULL, TRUE);
}

/* Rows are made and loaded for what is looked at, and no more. */
static void
test_lazy (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (DialCandidateList) list = NULL;
  g_autoptr (DialCandidateRow) row = NULL;
  g_autoptr (DialCandidateRow) again = NULL;
  gint64 ids[2000];

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = i + 1;
  save_ordered (fixture->store, ids, G_N_ELEMENTS (ids));

  list = dial_candidate_list_new (fixture->store, 32);
  wait_complete (list);

  row = g_list_model_get_item (G_LIST_MODEL (list), 1234);
  g_assert_cmpint (dial_candidate_row_get_id (row), ==, 0);
  g_assert_null (dial_candidate_row_get_candidate (row));
  again = g_list_model_get_item (G_LIST_MODEL (list), 1234);
  g_assert_true (row == again);
  wait_for_name (row, "Person 1235");
  g_assert_cmpint (dial_candidate_row_get_id (row), ==, 1235);

  /* Its neighbours came along. */
  g_clear_object (&again);
  again = g_list_model_get_item (G_LIST_MODEL (list), 1240);
  g_assert_nonnull (dial_candidate_row_get_candidate (again));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  STORE_TEST ("/candidate-list/rows", test_rows);
  STORE_TEST ("/candidate-list/new-search", test_new_search);
  STORE_TEST ("/candidate-list/changes", test_changes);
  STORE_TEST ("/candidate-list/random-changes", test_random_changes);
  g_test_add ("/candidate-list/random-changes/kept", StoreFixture, "kept", store_fixture_set_up,
              test_random_changes, store_fixture_tear_down);
  STORE_TEST ("/candidate-list/kept-rows", test_kept_rows);
  STORE_TEST ("/candidate-list/growing", test_growing);
  STORE_TEST ("/candidate-list/two-stages", test_two_stages);
  STORE_TEST ("/candidate-list/tiers", test_tiers);
  STORE_TEST ("/candidate-list/by-name", test_by_name);
  STORE_TEST ("/candidate-list/stretches", test_stretches);
  STORE_TEST ("/candidate-list/find", test_find);
  STORE_TEST ("/candidate-list/lazy", test_lazy);
  return g_test_run ();
}
