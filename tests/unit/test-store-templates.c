/* Templates and scripts; and that a private candidate's note stays private. */
#include "store-fixture.h"

static void
count (DialStore *store,
       guint     *n_told)
{
  ++*n_told;
}

static gint64
save (StoreFixture     *fixture,
      DialNoteTemplate *template)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  gint64 id;

  WAIT (result, dial_store_save_template_async (fixture->store, template, NULL, keep, &result));
  id = dial_store_save_template_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  return id;
}

static void
delete (StoreFixture *fixture,
        gint64        id)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  WAIT (result, dial_store_delete_template_async (fixture->store, id, NULL, keep, &result));
  g_assert_true (dial_store_delete_template_finish (fixture->store, result, &error));
  g_assert_no_error (error);
}

static GPtrArray *
list (StoreFixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  GPtrArray *templates;

  WAIT (result, dial_store_list_templates_async (fixture->store, NULL, keep, &result));
  templates = dial_store_list_templates_finish (fixture->store, result, &error);
  g_assert_no_error (error);
  return templates;
}

static void
test_kept (StoreFixture  *fixture,
           gconstpointer  data)
{
  g_autoptr (DialNoteTemplate) note =
    dial_note_template_new (0, DIAL_TEMPLATE_NOTE, "Erstes Gespräch", "Büro; “Ost”", NULL, "Hallo {first_name}\n");
  g_autoptr (DialNoteTemplate) script =
    dial_note_template_new (0, DIAL_TEMPLATE_SCRIPT, "Opening", "", "Phone Screen", "Good morning");
  g_autoptr (DialNoteTemplate) changed = NULL;
  g_autoptr (GPtrArray) templates = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) back = NULL;
  DialNoteTemplate *first, *second;
  guint n_told = 0;
  gint64 id;

  g_signal_connect (fixture->store, "templates-changed", G_CALLBACK (count), &n_told);
  id = save (fixture, note);
  g_assert_cmpint (id, >, 0);
  g_assert_cmpint (save (fixture, script), >, id);
  store_fixture_reopen (fixture);

  templates = list (fixture);
  g_assert_cmpuint (templates->len, ==, 2);
  first = templates->pdata[0];
  second = templates->pdata[1];
  g_assert_cmpint (first->id, ==, id);
  g_assert_cmpint (first->kind, ==, DIAL_TEMPLATE_NOTE);
  g_assert_cmpstr (first->name, ==, "Erstes Gespräch");
  g_assert_cmpstr (first->job, ==, "Büro; “Ost”");
  g_assert_null (first->stage);
  g_assert_cmpstr (first->text, ==, "Hallo {first_name}\n");
  g_assert_cmpint (second->kind, ==, DIAL_TEMPLATE_SCRIPT);
  g_assert_null (second->job);
  g_assert_cmpstr (second->stage, ==, "Phone Screen");

  changed = dial_note_template_new (id, DIAL_TEMPLATE_NOTE, "Second talk", NULL, NULL, "Hello");
  g_assert_cmpint (save (fixture, changed), ==, id);
  delete (fixture, second->id);
  delete (fixture, second->id);
  after = list (fixture);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpstr (DIAL_NOTE_TEMPLATE (after->pdata[0])->name, ==, "Second talk");

  /* What was deleted by mistake comes back as it was. */
  g_assert_cmpint (save (fixture, second), ==, second->id);
  back = list (fixture);
  g_assert_cmpuint (back->len, ==, 2);
  g_assert_cmpstr (DIAL_NOTE_TEMPLATE (back->pdata[1])->name, ==, "Opening");
  g_assert_cmpuint (n_told, >=, 1);
}

static void
queue (StoreFixture   *fixture,
       gint64          candidate_id,
       const char     *reference,
       DialVisibility  visibility)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialOutboxItem) item = make_note (candidate_id, reference);

  dial_set_str (&item->reference, reference);
  item->visibility = visibility;
  WAIT (result, dial_store_queue_note_async (fixture->store, item, NULL, FALSE, NULL, keep, &result));
  g_assert_cmpint (dial_store_queue_note_finish (fixture->store, result, NULL), >, 0);
}

static void
test_private_candidate (StoreFixture  *fixture,
                        gconstpointer  data)
{
  g_autoptr (DialCandidate) hidden = make_candidate (1, "Ada", "Fir");
  g_autoptr (DialCandidate) open = make_candidate (2, "Bo", "Fir");
  g_autofree char *visibilities = NULL;

  hidden->is_private = TRUE;
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, g_object_ref (hidden));
  save_record (fixture->store, DIAL_RESOURCE_CANDIDATES, g_object_ref (open));
  queue (fixture, 1, "public", DIAL_VISIBILITY_PUBLIC);
  queue (fixture, 1, "admins", DIAL_VISIBILITY_ADMIN_ONLY);
  queue (fixture, 2, "other", DIAL_VISIBILITY_PUBLIC);

  visibilities = store_fixture_sql (fixture, "SELECT group_concat (reference || ' ' || visibility) "
                                    "FROM (SELECT * FROM outbox ORDER BY id)");
  g_assert_cmpstr (visibilities, ==, "public private,admins admin_only,other public");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  STORE_TEST ("/store-templates/kept", test_kept);
  STORE_TEST ("/store-templates/private-candidate", test_private_candidate);
  return g_test_run ();
}
