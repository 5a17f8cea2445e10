#pragma once

#include "dial-store.h"

G_BEGIN_DECLS

/* A store in a folder of its own, and waiting for its answers. */
typedef struct {
  char      *folder;
  char      *path;
  DialStore *store;
} StoreFixture;

#define STORE_TEST(path, func) \
  g_test_add (path, StoreFixture, NULL, store_fixture_set_up, func, store_fixture_tear_down)

/* Runs an async function to its end: WAIT (result, dial_store_x_async (store, …, NULL, keep, &result)) */
#define WAIT(result, call) \
  G_STMT_START { \
    g_clear_object (&(result)); \
    call; \
    while ((result) == NULL) \
      g_main_context_iteration (NULL, TRUE); \
  } G_STMT_END

void       store_fixture_set_up    (StoreFixture   *fixture,
                                    gconstpointer   data);
void       store_fixture_tear_down (StoreFixture   *fixture,
                                    gconstpointer   data);
void       store_fixture_reopen    (StoreFixture   *fixture);
char      *store_fixture_sql       (StoreFixture   *fixture,
                                    const char     *sql);

void       keep                    (GObject        *object,
                                    GAsyncResult   *result,
                                    gpointer        user_data);
DialStore *open_store              (const char     *path,
                                    GError        **error);
void       close_store             (DialStore      *store);
void       save_page               (DialStore      *store,
                                    DialResource    resource,
                                    GPtrArray      *records,
                                    gint64          run,
                                    guint          *created,
                                    guint          *updated);
void       save_record             (DialStore      *store,
                                    DialResource    resource,
                                    gpointer        record);
guint      forget                  (DialStore      *store,
                                    DialResource    resource,
                                    gint64          run);
GArray    *find                    (DialStore      *store,
                                    const DialQuery *query,
                                    guint           limit);
GArray    *search                  (DialStore      *store,
                                    const char     *text,
                                    guint           limit);
char      *find_ids                (DialStore      *store,
                                    const DialQuery *query);
char      *search_ids              (DialStore      *store,
                                    const char     *text);
DialCandidate *load                (DialStore      *store,
                                    gint64          id);

DialCandidate *make_candidate      (gint64          id,
                                    const char     *first_name,
                                    const char     *last_name);
DialApplication *make_application  (gint64          id,
                                    gint64          candidate_id,
                                    gint64          job_id,
                                    const char     *status,
                                    const char     *stage_name);
DialJob   *make_job                (gint64          id,
                                    const char     *name);
DialOutboxItem *make_note          (gint64          candidate_id,
                                    const char     *body);
DialCallRecord *make_call          (const char     *uid,
                                    gint64          candidate_id,
                                    gint64          started_at);

G_END_DECLS
