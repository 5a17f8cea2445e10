#pragma once

#include "dial-cloudtalk.h"
#include "sandbox-client.h"

/* For tests of CloudTalk: waiting for one result, and a sandbox to ask. */

/* Who and what the sandbox has. */
#define CT_AGENT  4071
#define CT_LONDON "+442079460100"
#define CT_NIAMH  "+447700900142"

typedef struct {
  DialSandbox   *sandbox;
  DialCloudtalk *cloudtalk;
} CtFixture;

void           keep_result     (GObject        *object,
                                GAsyncResult   *result,
                                gpointer        user_data);
GAsyncResult  *wait_for_result (GAsyncResult  **result);

void           ct_set_up       (CtFixture      *fixture,
                                gconstpointer   data);
void           ct_tear_down    (CtFixture      *fixture,
                                gconstpointer   data);
void           ct_control      (CtFixture      *fixture,
                                const char     *target,
                                const char     *wish);
Reply         *ct_look         (CtFixture      *fixture,
                                const char     *target);
guint          ct_count        (CtFixture      *fixture,
                                const char     *target);
GPtrArray     *ct_list_agents  (CtFixture      *fixture,
                                GError        **error);
gboolean       ct_create_call  (CtFixture      *fixture,
                                gint64          agent_id,
                                const char     *e164,
                                GError        **error);
gboolean       ct_send_text    (CtFixture      *fixture,
                                const char     *from,
                                const char     *message,
                                GError        **error);
