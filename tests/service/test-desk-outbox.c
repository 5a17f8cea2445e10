#include "desk-fixture.h"

#include "dial-outbox.h"

/* What is not yet in Greenhouse, of several companies, against a naive model of it: whatever happens, the list
 * comes to be what reading everything anew would give, and what it tells of its changes leads there. */

#define N_COMPANIES 3
#define N_STEPS     40

typedef struct {
  DeskFixture  base;
  DialOutbox  *outbox;
  GPtrArray   *mirror;      /* of entries: what a listener who believes every change has */
  guint        n_told;      /* how often an entry said that it is otherwise */
} Fixture;

static DialIntegration *
company (Fixture *fixture,
         guint    index)
{
  g_autofree char *id = g_strdup_printf ("company%u", index);

  return dial_desk_find_integration (fixture->base.desk, id);
}

static DialStore *
store_of (Fixture *fixture,
          guint    index)
{
  return dial_integration_get_store (company (fixture, index));
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
on_entry_changed (Fixture *fixture)
{
  fixture->n_told++;
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
  for (guint i = 0; i < added; i++) {
    DialOutboxEntry *entry = g_list_model_get_item (model, position + i);

    g_signal_handlers_disconnect_by_func (entry, on_entry_changed, fixture);
    g_signal_connect_swapped (entry, "notify::item", G_CALLBACK (on_entry_changed), fixture);
    g_ptr_array_insert (fixture->mirror, (int) (position + i), entry);
  }

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

  fixture->outbox = dial_outbox_new (dial_desk_get_integrations (fixture->base.desk));
  fixture->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (fixture->outbox, "items-changed", G_CALLBACK (on_items_changed), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_ptr_array_unref (fixture->mirror);
  g_assert_finalize_object (fixture->outbox);
  desk_fixture_tear_down (&fixture->base, NULL);
}

/* What happens to notes */

static gint64
queue_note (DialStore *store,
            gint64     candidate_id,
            gint64     created_at)
{
  g_autoptr (DialOutboxItem) item = dial_outbox_item_new (0);
  gint64 id;

  item->candidate_id = candidate_id;
  item->created_at = created_at;
  dial_set_str (&item->body, "Speaks Polish.\n\nDialhouse 23456789bc");

  AWAIT (dial_store_queue_note_async (store, item, NULL, FALSE, NULL, on_answer, &result));
  id = dial_store_queue_note_finish (store, result, NULL);
  g_assert_cmpint (id, >, 0);
  return id;
}

static GPtrArray *
list_all (DialStore *store)
{
  AWAIT (dial_store_list_outbox_async (store, 0, NULL, on_answer, &result));
  return dial_store_list_outbox_finish (store, result, NULL);
}

static void
move_note (DialStore       *store,
           DialOutboxItem  *item,
           DialOutboxState  state,
           gint64           next_try_at)
{
  g_autoptr (DialOutboxItem) moved = dial_outbox_item_copy (item);

  moved->state = state;
  moved->next_try_at = next_try_at;
  AWAIT (dial_store_save_outbox_item_async (store, moved, NULL, on_answer, &result));
  g_assert_true (dial_store_save_outbox_item_finish (store, result, NULL));
}

static void
discard_note (DialStore *store,
              gint64     id)
{
  AWAIT (dial_store_discard_note_async (store, id, NULL, on_answer, &result));
}

static void
save_candidate (DialStore  *store,
                gint64      id,
                const char *name)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);
  DialCandidate *candidate = dial_candidate_new (id);

  candidate->first_name = g_strdup (name);
  g_ptr_array_add (page, candidate);
  AWAIT (dial_store_save_page_async (store, DIAL_RESOURCE_CANDIDATES, page, NULL, NULL, on_answer, &result));
  g_assert_true (dial_store_save_page_finish (store, result, NULL, NULL, NULL));
}

static void
do_something (Fixture *fixture)
{
  DialStore *store = store_of (fixture, g_test_rand_int_range (0, N_COMPANIES));
  g_autoptr (GPtrArray) items = list_all (store);
  DialOutboxItem *item;

  if (items->len == 0 || g_test_rand_int_range (0, 3) == 0) {
    queue_note (store, g_test_rand_int_range (1, 9), g_test_rand_int_range (1, 1000));
    return;
  }

  item = g_ptr_array_index (items, g_test_rand_int_range (0, items->len));
  switch (g_test_rand_int_range (0, 6)) {
  case 0:
    move_note (store, item, DIAL_OUTBOX_STATE_SENDING, 0);
    break;
  case 1:
    move_note (store, item, DIAL_OUTBOX_STATE_UNCERTAIN, G_MAXINT64);
    break;
  case 2:
    move_note (store, item, DIAL_OUTBOX_STATE_UNCERTAIN, 1);
    break;
  case 3:
    move_note (store, item, DIAL_OUTBOX_STATE_REFUSED, G_MAXINT64);
    break;
  case 4:
    move_note (store, item, DIAL_OUTBOX_STATE_SENT, 0);
    break;
  default:
    discard_note (store, item->id);
  }
}

/* What the list must be */

static gboolean
stands_before (gboolean        look,
               DialOutboxItem *item,
               guint           index,
               gboolean        other_look,
               DialOutboxItem *other,
               guint           other_index)
{
  if (look != other_look)
    return look;
  if (item->created_at != other->created_at)
    return item->created_at < other->created_at;
  return index != other_index ? index < other_index : item->id < other->id;
}

static gboolean
needs_look (DialOutboxItem *item)
{
  return item->state == DIAL_OUTBOX_STATE_REFUSED ||
         (item->state == DIAL_OUTBOX_STATE_UNCERTAIN && item->next_try_at == G_MAXINT64);
}

/* Each note of each store stands where as many stand before it as must. */
static gboolean
is_as_it_must (Fixture *fixture)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) owners = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n_looks = 0;

  for (guint index = 0; index < N_COMPANIES; index++) {
    g_autoptr (GPtrArray) items = list_all (store_of (fixture, index));

    for (guint i = 0; i < items->len; i++) {
      DialOutboxItem *item = g_ptr_array_index (items, i);

      if (item->state == DIAL_OUTBOX_STATE_SENT)
        continue;
      g_ptr_array_add (all, g_object_ref (item));
      g_array_append_val (owners, index);
      n_looks += needs_look (item);
    }
  }

  if (fixture->mirror->len != all->len || dial_outbox_get_n_needing_look (fixture->outbox) != n_looks)
    return FALSE;

  for (guint i = 0; i < all->len; i++) {
    DialOutboxItem *item = g_ptr_array_index (all, i);
    guint owner = g_array_index (owners, guint, i);
    guint place = 0;
    DialOutboxEntry *entry;

    for (guint k = 0; k < all->len; k++)
      place += stands_before (needs_look (all->pdata[k]), all->pdata[k], g_array_index (owners, guint, k),
                              needs_look (item), item, owner);

    entry = g_ptr_array_index (fixture->mirror, place);
    if (dial_outbox_entry_get_item (entry)->id != item->id ||
        dial_outbox_entry_get_item (entry)->state != item->state ||
        dial_outbox_entry_get_integration (entry) != company (fixture, owner))
      return FALSE;
  }

  return TRUE;
}

static void
wait_until_right (Fixture *fixture)
{
  while (!is_as_it_must (fixture))
    g_main_context_iteration (NULL, FALSE);
}

static void
test_follows (Fixture       *fixture,
              gconstpointer  data)
{
  for (guint step = 0; step < N_STEPS; step++) {
    guint n = g_test_rand_int_range (1, 6);

    for (guint i = 0; i < n; i++)
      do_something (fixture);
    wait_until_right (fixture);
  }

  g_assert_false (dial_outbox_is_loading (fixture->outbox));
}

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *name = NULL;
  DialOutboxEntry *entry;

  queue_note (store_of (fixture, 0), 7, 1);
  wait_until_right (fixture);
  entry = g_ptr_array_index (fixture->mirror, 0);
  g_assert_null (dial_outbox_entry_get_candidate (entry));

  save_candidate (store_of (fixture, 0), 7, "Mira");
  while (dial_outbox_entry_get_candidate (entry) == NULL)
    g_main_context_iteration (NULL, TRUE);

  name = dial_outbox_entry_dup_name (entry);
  g_assert_cmpstr (name, ==, "Mira");
}

static void
test_thousand (Fixture       *fixture,
               gconstpointer  data)
{
  const guint n = 1000;
  DialStore *store = store_of (fixture, 0);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < n; i++) {
    gint64 id = queue_note (store, 1, i + 1);

    g_array_append_val (ids, id);
  }
  while (fixture->mirror->len < n)
    g_main_context_iteration (NULL, TRUE);

  /* All are told of at once, as when the courier carries them: each is read again once or twice, not as often as
   * there are others. */
  fixture->n_told = 0;
  for (guint i = 0; i < n; i++)
    g_signal_emit_by_name (store, "outbox-changed", g_array_index (ids, gint64, i));
  while (fixture->n_told < n)
    g_main_context_iteration (NULL, TRUE);
  queue_note (store, 1, 1);
  while (fixture->mirror->len == n)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (fixture->n_told, <=, 2 * n);
}

static void
test_actions (Fixture       *fixture,
              gconstpointer  data)
{
  DialStore *store = store_of (fixture, 0);
  DialOutboxEntry *entry;

  queue_note (store, 1, 1);
  wait_until_right (fixture);
  entry = g_ptr_array_index (fixture->mirror, 0);

  /* It is switched off: nothing goes out. */
  g_assert_cmpint (dial_outbox_entry_get_actions (entry), ==, DIAL_OUTBOX_EDIT | DIAL_OUTBOX_DISCARD);

  move_note (store, dial_outbox_entry_get_item (entry), DIAL_OUTBOX_STATE_SENDING, 0);
  wait_until_right (fixture);
  g_assert_cmpint (dial_outbox_entry_get_actions (entry), ==, 0);

  move_note (store, dial_outbox_entry_get_item (entry), DIAL_OUTBOX_STATE_UNCERTAIN, G_MAXINT64);
  wait_until_right (fixture);
  g_assert_true (dial_outbox_entry_needs_look (entry));
  g_assert_cmpint (dial_outbox_entry_get_actions (entry), ==, DIAL_OUTBOX_CONFIRM | DIAL_OUTBOX_DISCARD);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/desk/outbox/follows", test_follows);
  ADD ("/desk/outbox/names", test_names);
  ADD ("/desk/outbox/thousand", test_thousand);
  ADD ("/desk/outbox/actions", test_actions);

  return g_test_run ();
}
