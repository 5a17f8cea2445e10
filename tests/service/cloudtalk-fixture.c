#include "cloudtalk-fixture.h"

void
keep_result (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

GAsyncResult *
wait_for_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

/* A limit that is in nobody's way, as CloudTalk tells it with its first answer. */
void
ct_set_up (CtFixture     *fixture,
           gconstpointer  data)
{
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;
  g_autoptr (GPtrArray) agents = NULL;
  g_autoptr (GError) error = NULL;

  options.n_candidates = 20;
  options.may_inject_faults = TRUE;
  fixture->sandbox = start (&options, NULL, &error);
  g_assert_no_error (error);

  fixture->cloudtalk = dial_cloudtalk_new (dial_sandbox_get_cloudtalk_key_id (fixture->sandbox),
                                           dial_sandbox_get_cloudtalk_secret (fixture->sandbox),
                                           dial_sandbox_get_cloudtalk_url (fixture->sandbox), &error);
  g_assert_no_error (error);
  ct_control (fixture, "/sandbox/cloudtalk/allowance", "{'limit': 1000000, 'told': 'always'}");
  agents = ct_list_agents (fixture, &error);
  g_assert_no_error (error);
}

void
ct_tear_down (CtFixture     *fixture,
              gconstpointer  data)
{
  g_assert_finalize_object (fixture->cloudtalk);
  dial_sandbox_stop (fixture->sandbox);
  g_assert_finalize_object (fixture->sandbox);
}

void
ct_control (CtFixture  *fixture,
            const char *target,
            const char *wish)
{
  g_autoptr (Reply) reply = ask (dial_sandbox_get_harvest_url (fixture->sandbox), wish != NULL ? "POST" : "DELETE",
                                 target, NULL, "application/json", wish);

  g_assert_cmpuint (reply->status, ==, 200);
}

Reply *
ct_look (CtFixture  *fixture,
         const char *target)
{
  return ask (dial_sandbox_get_harvest_url (fixture->sandbox), "GET", target, NULL, NULL, NULL);
}

guint
ct_count (CtFixture  *fixture,
          const char *target)
{
  g_autoptr (Reply) reply = ct_look (fixture, target);

  return json_array_get_length (rows (reply));
}

GPtrArray *
ct_list_agents (CtFixture  *fixture,
                GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  dial_cloudtalk_list_agents_async (fixture->cloudtalk, DIAL_CLOUDTALK_URGENCY_NOW, NULL, keep_result, &result);
  return dial_cloudtalk_list_agents_finish (fixture->cloudtalk, wait_for_result (&result), error);
}

gboolean
ct_create_call (CtFixture   *fixture,
                gint64       agent_id,
                const char  *e164,
                GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  dial_cloudtalk_create_call_async (fixture->cloudtalk, agent_id, e164, NULL, keep_result, &result);
  return dial_cloudtalk_create_call_finish (fixture->cloudtalk, wait_for_result (&result), error);
}

gboolean
ct_send_text (CtFixture   *fixture,
              const char  *from,
              const char  *message,
              GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  dial_cloudtalk_send_text_async (fixture->cloudtalk, from, CT_NIAMH, message, NULL, keep_result, &result);
  return dial_cloudtalk_send_text_finish (fixture->cloudtalk, wait_for_result (&result), error);
}
