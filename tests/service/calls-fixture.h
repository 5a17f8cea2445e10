#pragma once

#include "dial-desk.h"

G_BEGIN_DECLS

/* The phone: whatever the test says. */
#define TEST_TYPE_PHONE (test_phone_get_type ())
G_DECLARE_FINAL_TYPE (TestPhone, test_phone, TEST, PHONE, GObject)

struct _TestPhone
{
  GObject   parent_instance;

  DialCall *call;
  gboolean  deaf;       /* does not do what it is told */
  gboolean  still;      /* has the call from before a restart, in this state */
  DialCallState still_in;
};

/* A desk with two companies and that phone, and no Greenhouse. */

#define MIRA   "+12025550143"
#define SHARED "+442079460958"

typedef struct {
  char            *profile;
  DialDesk        *desk;
  TestPhone       *phone;
  DialIntegration *alder;
  DialIntegration *birch;
  gboolean         still;       /* of each phone that is made */
  DialCallState    still_in;
  GPtrArray       *told;        /* of DialOwner: whose number the last call was */
  guint            n_told;
} CallsFixture;

/* Runs an async function to its end: AWAIT (dial_x_async (x, …, NULL, on_answer, &result)). One a block. */
#define AWAIT(call) \
  g_autoptr (GAsyncResult) result = NULL; \
  call; \
  while (result == NULL) \
    g_main_context_iteration (NULL, TRUE)

void            on_answer               (GObject          *source,
                                         GAsyncResult     *result,
                                         gpointer          user_data);

void            calls_fixture_set_up    (CallsFixture     *fixture,
                                         gconstpointer     data);
void            calls_fixture_tear_down (CallsFixture     *fixture,
                                         gconstpointer     data);
void            open_desk               (CallsFixture     *fixture);
void            close_desk              (CallsFixture     *fixture);
DialCall       *ring                    (CallsFixture     *fixture,
                                         const char       *typed);
DialCall       *try_to_call             (CallsFixture     *fixture,
                                         gint64            candidate_id,
                                         GError          **error);
DialCall       *call_mira               (CallsFixture     *fixture);
DialCallRecord *look_up                 (DialIntegration  *integration,
                                         DialCall         *call);
void            wait_for_log            (DialIntegration  *integration,
                                         DialCall         *call,
                                         DialCallState     state,
                                         DialOutcome       outcome,
                                         gboolean          wrapped_up);
char           *wrap_up                 (CallsFixture     *fixture,
                                         DialOutcome       outcome);

G_END_DECLS
