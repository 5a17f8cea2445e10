#pragma once

#include <libsoup/soup.h>

#include "dial-desk.h"
#include "dial-sandbox.h"

G_BEGIN_DECLS

/* A desk in a profile of its own, with sandboxes to talk to, and waiting for its answers. */
typedef struct {
  char        *profile;
  SoupSession *session;
  DialSandbox *sandbox;
  DialSandbox *other;       /* another company's, where a test asked for one */
  DialDesk    *desk;
} DeskFixture;

/* Runs an async function to its end: AWAIT (dial_x_async (x, …, NULL, on_answer, &result)). One a block. */
#define AWAIT(call) \
  g_autoptr (GAsyncResult) result = NULL; \
  call; \
  wait_for (&result)

void             on_answer            (GObject          *source,
                                       GAsyncResult     *result,
                                       gpointer          user_data);
void             wait_for             (GAsyncResult    **answer);

void             desk_fixture_set_up    (DeskFixture    *fixture,
                                         gconstpointer   data);
void             desk_fixture_tear_down (DeskFixture    *fixture,
                                         gconstpointer   data);
void             open_desk            (DeskFixture      *fixture,
                                       DialDeskFlags     flags);
void             close_desk           (DeskFixture      *fixture);
DialSandbox     *start_sandbox        (guint32           seed);
char            *ask_sandbox          (DeskFixture      *fixture,
                                       DialSandbox      *sandbox,
                                       const char       *method,
                                       const char       *path,
                                       const char       *json);
guint            count_visits         (DeskFixture      *fixture,
                                       DialSandbox      *sandbox,
                                       const char       *path);
DialIntegration *add_integration      (DeskFixture      *fixture,
                                       DialSandbox      *sandbox,
                                       const char       *email,
                                       gboolean          check);
gboolean         set                  (DialIntegration  *integration,
                                       const char       *key,
                                       const char       *value,
                                       GError          **error);
DialSyncSummary  sync_now             (DialIntegration  *integration);
GArray          *find_ids             (DialStore        *store,
                                       const char       *text);
GArray          *all_ids              (DialIntegration  *integration);
gint64           write_note           (DialIntegration  *integration,
                                       const char       *text);
DialOutboxItem  *get_item             (DialIntegration  *integration,
                                       gint64            id);
guint            count_files          (DeskFixture      *fixture,
                                       const char       *id);

G_END_DECLS
