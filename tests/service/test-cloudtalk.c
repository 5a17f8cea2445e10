/* CloudTalk's door against the sandbox's CloudTalk, over HTTP. */
#include "cloudtalk-fixture.h"

static const DialCloudtalkAgent *
find_agent (GPtrArray *agents,
            gint64     id)
{
  for (guint i = 0; i < agents->len; i++) {
    const DialCloudtalkAgent *agent = g_ptr_array_index (agents, i);

    if (agent->id == id)
      return agent;
  }

  return NULL;
}

static void
test_company (CtFixture     *fixture,
              gconstpointer  data)
{
  g_autoptr (GAsyncResult) listed_numbers = NULL;
  g_autoptr (GAsyncResult) listed_tags = NULL;
  g_autoptr (GPtrArray) numbers = NULL;
  g_autoptr (GPtrArray) agents = NULL;
  g_autoptr (GPtrArray) tags = NULL;
  g_autoptr (GError) error = NULL;
  const DialCloudtalkAgent *agent;

  agents = ct_list_agents (fixture, &error);
  g_assert_no_error (error);
  g_assert_null (find_agent (agents, 0));
  agent = find_agent (agents, CT_AGENT);
  g_assert_nonnull (agent);
  g_assert_cmpstr (agent->email, ==, dial_sandbox_get_recruiter (fixture->sandbox));
  g_assert_cmpint (agent->state, ==, DIAL_AGENT_STATE_ONLINE);
  g_assert_true (agent->may_call_out);
  g_assert_cmpstr (agent->default_number, ==, CT_LONDON);
  g_assert_cmpuint (g_strv_length (agent->numbers), ==, 4);

  dial_cloudtalk_list_numbers_async (fixture->cloudtalk, DIAL_CLOUDTALK_URGENCY_NOW, NULL, keep_result,
                                     &listed_numbers);
  numbers = dial_cloudtalk_list_numbers_finish (fixture->cloudtalk, wait_for_result (&listed_numbers), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (numbers->len, >=, 4);

  dial_cloudtalk_list_tags_async (fixture->cloudtalk, DIAL_CLOUDTALK_URGENCY_NOW, NULL, keep_result, &listed_tags);
  tags = dial_cloudtalk_list_tags_finish (fixture->cloudtalk, wait_for_result (&listed_tags), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < tags->len; i++)
    g_assert_cmpint (((DialCloudtalkTag *) g_ptr_array_index (tags, i))->id, >, 0);
}

static void
test_keys (CtFixture     *fixture,
           gconstpointer  data)
{
  const char *secret = dial_sandbox_get_cloudtalk_secret (fixture->sandbox);
  g_autoptr (GPtrArray) agents = NULL;
  g_autoptr (GError) error = NULL;

  ct_control (fixture, "/sandbox/cloudtalk/keys", "{'keys': 'withdrawn'}");
  g_assert_null (ct_list_agents (fixture, &error));
  g_assert_error (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_KEYS);
  g_assert_null (strstr (error->message, secret));
  g_clear_error (&error);

  ct_control (fixture, "/sandbox/cloudtalk/keys", "{'keys': 'ok'}");
  agents = ct_list_agents (fixture, &error);
  g_assert_no_error (error);
}

static void
test_new (void)
{
  static const char *const addresses[] = { "http://my.cloudtalk.io/api", "my.cloudtalk.io", "ftp://a", "https://", "" };
  g_autoptr (DialCloudtalk) cloudtalk = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++) {
    g_assert_null (dial_cloudtalk_new ("id", "secret", addresses[i], &error));
    g_assert_error (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_INVALID);
    g_clear_error (&error);
    g_assert_false (dial_cloudtalk_check_url (addresses[i], NULL));
  }

  g_assert_null (dial_cloudtalk_new ("id", " \n", NULL, &error));
  g_assert_error (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_KEYS);
  g_clear_error (&error);
  g_assert_null (dial_cloudtalk_new ("id:secret", "secret", NULL, &error));
  g_assert_error (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_KEYS);
  g_clear_error (&error);

  cloudtalk = dial_cloudtalk_new (" id\n", "sec:ret\n", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (dial_cloudtalk_check_url ("https://my.cloudtalk.io/api/", NULL));
}

static void
refuse_call (CtFixture  *fixture,
             gint64      agent_id,
             const char *e164,
             int         code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ct_create_call (fixture, agent_id, e164, &error));
  g_assert_error (error, DIAL_CLOUDTALK_ERROR, code);
  g_assert_null (strstr (error->message, "900142"));
}

static void
test_create_call (CtFixture     *fixture,
                  gconstpointer  data)
{
  g_autofree char *state = g_strdup_printf ("{'agent': '%s', 'state': 'offline'}",
                                            dial_sandbox_get_recruiter (fixture->sandbox));
  g_autofree char *online = g_strdup_printf ("{'agent': '%s', 'state': 'online'}",
                                             dial_sandbox_get_recruiter (fixture->sandbox));
  g_autoptr (GError) error = NULL;
  guint n_calls = ct_count (fixture, "/sandbox/cloudtalk/calls");

  ct_control (fixture, "/sandbox/cloudtalk/agents", state);
  refuse_call (fixture, CT_AGENT, CT_NIAMH, DIAL_CLOUDTALK_ERROR_AGENT_AWAY);
  ct_control (fixture, "/sandbox/cloudtalk/agents", online);
  refuse_call (fixture, 1, CT_NIAMH, DIAL_CLOUDTALK_ERROR_NOT_FOUND);
  refuse_call (fixture, CT_AGENT, "07700 900142", DIAL_CLOUDTALK_ERROR_INVALID);
  refuse_call (fixture, CT_AGENT, NULL, DIAL_CLOUDTALK_ERROR_INVALID);

  ct_control (fixture, "/sandbox/cloudtalk/settings", "{'status_in_body': true}");
  refuse_call (fixture, 1, CT_NIAMH, DIAL_CLOUDTALK_ERROR_NOT_FOUND);
  ct_control (fixture, "/sandbox/cloudtalk/settings", "{'status_in_body': false}");
  g_assert_cmpuint (ct_count (fixture, "/sandbox/cloudtalk/calls"), ==, n_calls);

  ct_control (fixture, "/sandbox/cloudtalk/next", "{'outcome': 'answered', 'pick_up_ms': 0, 'talk_ms': -1}");
  g_assert_true (ct_create_call (fixture, CT_AGENT, CT_NIAMH, &error));
  g_assert_no_error (error);
  refuse_call (fixture, CT_AGENT, CT_NIAMH, DIAL_CLOUDTALK_ERROR_AGENT_BUSY);
  g_assert_cmpuint (ct_count (fixture, "/sandbox/cloudtalk/calls"), ==, n_calls + 1);
}

static GPtrArray *
list_calls (CtFixture                    *fixture,
            const DialCloudtalkCallQuery *query)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *calls;

  dial_cloudtalk_list_calls_async (fixture->cloudtalk, query, DIAL_CLOUDTALK_URGENCY_NOW, NULL, keep_result, &result);
  calls = dial_cloudtalk_list_calls_finish (fixture->cloudtalk, wait_for_result (&result), NULL, &error);
  g_assert_no_error (error);
  return calls;
}

static void
test_history (CtFixture     *fixture,
              gconstpointer  data)
{
  DialCloudtalkCallQuery query = { .direction = -1 };
  gint64 now = g_get_real_time ();
  g_autoptr (GPtrArray) all = list_calls (fixture, &query);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) none = NULL;
  const DialCloudtalkCall *call;

  g_assert_cmpuint (all->len, ==, 3);
  for (guint i = 1; i < all->len; i++)
    g_assert_cmpint (((DialCloudtalkCall *) g_ptr_array_index (all, i - 1))->started_at, >=,
                     ((DialCloudtalkCall *) g_ptr_array_index (all, i))->started_at);

  ct_control (fixture, "/sandbox/cloudtalk/calls",
              "{'type': 'outgoing', 'external': '" CT_NIAMH "', 'ring_ms': 4000, 'talk_ms': 60000, 'wrap_up_ms': 3000,"
              " 'notes': ['Wants hybrid'], 'tags': ['Screened']}");
  query = (DialCloudtalkCallQuery) { .direction = DIAL_DIRECTION_OUTGOING, .agent_id = CT_AGENT,
                                     .external = CT_NIAMH, .since = now - 5 * G_TIME_SPAN_MINUTE, .limit = 5 };
  found = list_calls (fixture, &query);
  g_assert_cmpuint (found->len, ==, 1);
  call = g_ptr_array_index (found, 0);
  g_assert_cmpstr (call->external, ==, CT_NIAMH);
  g_assert_cmpstr (call->internal, ==, CT_LONDON);
  g_assert_cmpint (call->talking, ==, 60);
  g_assert_cmpint (dial_cloudtalk_call_get_outcome (call), ==, DIAL_OUTCOME_ANSWERED);
  g_assert_cmpstr (call->notes[0], ==, "Wants hybrid");
  g_assert_cmpstr (call->tags[0], ==, "Screened");
  g_assert_cmpint (ABS (call->ended_at - now), <, 30 * G_TIME_SPAN_SECOND);

  query.since = now + G_TIME_SPAN_HOUR;
  none = list_calls (fixture, &query);
  g_assert_cmpuint (none->len, ==, 0);
}

/* A CloudTalk that takes no time with a zone is asked in the plain form, from then on at once. */
static void
test_dates (CtFixture     *fixture,
            gconstpointer  data)
{
  DialCloudtalkCallQuery query = { .direction = -1, .since = g_get_real_time () };
  guint64 before = dial_cloudtalk_get_n_requests (fixture->cloudtalk);

  ct_control (fixture, "/sandbox/faults", "{'fault': 'status', 'status': 406, 'path': '/cloudtalk/api/calls/index.json'}");
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GPtrArray) calls = list_calls (fixture, &query);

    g_assert_cmpuint (calls->len, ==, 0);
  }
  g_assert_cmpuint (dial_cloudtalk_get_n_requests (fixture->cloudtalk), ==, before + 3);
}

static void
refuse_text (CtFixture  *fixture,
             const char *from,
             int         code,
             const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ct_send_text (fixture, from, "Hello Niamh", &error));
  g_assert_error (error, DIAL_CLOUDTALK_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_null (strstr (error->message, "Niamh"));
}

static void
test_texts (CtFixture     *fixture,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ct_send_text (fixture, CT_LONDON, "Hello Niamh", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (ct_count (fixture, "/sandbox/cloudtalk/texts"), ==, 1);

  ct_control (fixture, "/sandbox/cloudtalk/texts", "{'refusal': 'Not allowed country.'}");
  refuse_text (fixture, CT_LONDON, DIAL_CLOUDTALK_ERROR_REFUSED, "Not allowed country.");
  ct_control (fixture, "/sandbox/cloudtalk/texts", "{'refusal': 'Bad number configuration'}");
  refuse_text (fixture, CT_LONDON, DIAL_CLOUDTALK_ERROR_SENDER, "Bad number configuration");
  ct_control (fixture, "/sandbox/cloudtalk/texts", "{'credit': false}");
  refuse_text (fixture, CT_LONDON, DIAL_CLOUDTALK_ERROR_NO_CREDIT, "credit");
  refuse_text (fixture, "020 7946 0100", DIAL_CLOUDTALK_ERROR_INVALID, "country");
}

static GPtrArray *
change (CtFixture         *fixture,
        DialContactChange *changes,
        guint              n_changes)
{
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *results;

  for (guint i = 0; i < n_changes; i++)
    g_ptr_array_add (asked, &changes[i]);
  dial_cloudtalk_change_contacts_async (fixture->cloudtalk, asked, NULL, keep_result, &result);
  results = dial_cloudtalk_change_contacts_finish (fixture->cloudtalk, wait_for_result (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (results->len, ==, n_changes);
  return results;
}

static DialCloudtalkContact *
show (CtFixture  *fixture,
      gint64      id,
      GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  dial_cloudtalk_show_contact_async (fixture->cloudtalk, id, DIAL_CLOUDTALK_URGENCY_CONTACTS, NULL, keep_result,
                                     &result);
  return dial_cloudtalk_show_contact_finish (fixture->cloudtalk, wait_for_result (&result), error);
}

static gint64
add_tag (CtFixture  *fixture,
         const char *name)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  dial_cloudtalk_add_tag_async (fixture->cloudtalk, name, NULL, keep_result, &result);
  id = dial_cloudtalk_add_tag_finish (fixture->cloudtalk, wait_for_result (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static void
test_tags (CtFixture     *fixture,
           gconstpointer  data)
{
  gint64 id = add_tag (fixture, "Candidates of Hartfield");

  g_assert_cmpint (add_tag (fixture, "Candidates of Hartfield"), ==, id);

  /* The answer is lost, the tag is not. */
  ct_control (fixture, "/sandbox/faults", "{'fault': 'cut', 'after_store': true, 'path': '/cloudtalk/api/tags/add.json'}");
  g_assert_cmpint (add_tag (fixture, "Others"), !=, id);
}

static void
test_contacts (CtFixture     *fixture,
               gconstpointer  data)
{
  static const char *const more[] = { "Silver medal", NULL };
  char *numbers[] = { (char *) CT_NIAMH, NULL };
  char *tags[] = { (char *) "Hartfield", NULL };
  char *names[] = { (char *) "Greenhouse", NULL };
  char *urls[] = { (char *) "https://hartfield.greenhouse.io/people/9041177", NULL };
  DialContactChange add = { DIAL_CONTACT_ADD, (char *) "gh-1", 0, (char *) "Niamh Corrigan", (char *) "Engineer",
                            (char *) "Hartfield", numbers, NULL, tags, names, urls };
  g_autoptr (GAsyncResult) tagged = NULL;
  g_autoptr (GAsyncResult) untagged = NULL;
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GPtrArray) added = NULL;
  g_autoptr (GPtrArray) contacts = NULL;
  g_autoptr (GPtrArray) gone = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialCloudtalkContact) contact = NULL;
  gint64 tag_id = add_tag (fixture, "Hartfield");
  gint64 id;

  added = change (fixture, &add, 1);
  g_assert_no_error (((DialContactResult *) g_ptr_array_index (added, 0))->error);
  id = ((DialContactResult *) g_ptr_array_index (added, 0))->contact_id;

  dial_cloudtalk_tag_contact_async (fixture->cloudtalk, id, more, NULL, keep_result, &tagged);
  g_assert_true (dial_cloudtalk_tag_contact_finish (fixture->cloudtalk, wait_for_result (&tagged), &error));
  contact = show (fixture, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (contact->name, ==, "Niamh Corrigan");
  g_assert_cmpstr (contact->title, ==, "Engineer");
  g_assert_cmpstr (contact->numbers[0], ==, CT_NIAMH);
  g_assert_cmpstr (contact->urls[0], ==, urls[0]);
  g_assert_cmpuint (contact->tags->len, ==, 2);

  dial_cloudtalk_list_contacts_async (fixture->cloudtalk, tag_id, NULL, 1, 1000, DIAL_CLOUDTALK_URGENCY_CONTACTS, NULL,
                                      keep_result, &listed);
  contacts = dial_cloudtalk_list_contacts_finish (fixture->cloudtalk, wait_for_result (&listed), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (contacts->len, ==, 1);

  dial_cloudtalk_untag_contact_async (fixture->cloudtalk, id, (const char *const *) tags, NULL, keep_result, &untagged);
  g_assert_true (dial_cloudtalk_untag_contact_finish (fixture->cloudtalk, wait_for_result (&untagged), &error));
  g_assert_no_error (error);

  gone = change (fixture, (DialContactChange[]) {
    { DIAL_CONTACT_DELETE, (char *) "gh-1", id }, { DIAL_CONTACT_DELETE, (char *) "gh-2", 1 },
  }, 2);
  g_assert_no_error (((DialContactResult *) g_ptr_array_index (gone, 0))->error);
  g_assert_error (((DialContactResult *) g_ptr_array_index (gone, 1))->error, DIAL_CLOUDTALK_ERROR,
                  DIAL_CLOUDTALK_ERROR_NOT_FOUND);
  g_assert_null (show (fixture, id, &error));
  g_assert_error (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_NOT_FOUND);
}

static void
test_trouble (CtFixture     *fixture,
              gconstpointer  data)
{
  static const struct {
    const char *fault;
    int         code;
  } cases[] = {
    { "{'fault': 'html', 'status': 403, 'times': 0}", DIAL_CLOUDTALK_ERROR_BLOCKED },
    { "{'fault': 'html', 'status': 200, 'times': 0}", DIAL_CLOUDTALK_ERROR_BLOCKED },
    { "{'fault': 'html', 'status': 502, 'times': 0}", DIAL_CLOUDTALK_ERROR_TROUBLE },
    { "{'fault': 'status', 'status': 500, 'times': 0}", DIAL_CLOUDTALK_ERROR_TROUBLE },
    { "{'fault': 'status', 'status': 410, 'times': 0}", DIAL_CLOUDTALK_ERROR_GONE },
    { "{'fault': 'cut', 'times': 0}", DIAL_CLOUDTALK_ERROR_UNREACHABLE },
    { "{'fault': 'half', 'times': 0}", DIAL_CLOUDTALK_ERROR_GARBLED },
    { "{'fault': 'garbage', 'times': 0}", DIAL_CLOUDTALK_ERROR_GARBLED },
    { "{'fault': 'redirect', 'times': 0}", DIAL_CLOUDTALK_ERROR_GARBLED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GPtrArray) agents = NULL;
    g_autoptr (GError) error = NULL;

    g_test_message ("%s", cases[i].fault);
    ct_control (fixture, "/sandbox/faults", cases[i].fault);
    g_assert_null (ct_list_agents (fixture, &error));
    g_assert_error (error, DIAL_CLOUDTALK_ERROR, cases[i].code);
    ct_control (fixture, "/sandbox/faults", NULL);
    g_clear_error (&error);
    agents = ct_list_agents (fixture, &error);
    g_assert_no_error (error);
  }

  /* One that passes is not even noticed. */
  for (guint i = 0; i < 2; i++) {
    g_autoptr (GPtrArray) agents = NULL;
    g_autoptr (GError) error = NULL;

    ct_control (fixture, "/sandbox/faults", i == 0 ? "{'fault': 'cut'}" : "{'fault': 'status', 'status': 500}");
    agents = ct_list_agents (fixture, &error);
    g_assert_no_error (error);
  }
}

/* Nobody answers there: certainly nothing was done. */
static void
test_unreachable (void)
{
  g_autoptr (GError) error = NULL;
  CtFixture fixture = { NULL, dial_cloudtalk_new ("id", "secret", "http://127.0.0.1:9", &error) };

  g_assert_no_error (error);
  g_assert_false (ct_create_call (&fixture, CT_AGENT, CT_NIAMH, &error));
  g_assert_error (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_UNREACHABLE);
  g_clear_error (&error);
  g_assert_false (ct_send_text (&fixture, CT_LONDON, "Hello", &error));
  g_assert_error (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_UNREACHABLE);
  g_assert_cmpuint (dial_cloudtalk_get_n_requests (fixture.cloudtalk), ==, 0);
  g_object_unref (fixture.cloudtalk);
}

/* Others have spent it all. Who looks waits until the minute, here two seconds, is over; who calls is told. */
static void
test_limit (CtFixture     *fixture,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) agents = NULL;
  g_autoptr (GError) error = NULL;
  DialCloudtalkAllowance allowance;

  ct_control (fixture, "/sandbox/cloudtalk/allowance", "{'limit': 60, 'seconds': 2, 'others': 60}");
  g_assert_false (ct_create_call (fixture, CT_AGENT, CT_NIAMH, &error));
  g_assert_error (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_LIMIT);
  g_assert_cmpuint (dial_cloudtalk_get_n_refused (fixture->cloudtalk), ==, 1);
  g_clear_error (&error);

  dial_cloudtalk_get_allowance (fixture->cloudtalk, &allowance);
  g_assert_cmpint (allowance.limit, ==, 60);
  g_assert_true (allowance.told);
  g_assert_cmpint (allowance.left, ==, 0);
  g_assert_cmpint (allowance.blocked_until, >, g_get_real_time ());

  ct_control (fixture, "/sandbox/cloudtalk/allowance", "{'limit': 60, 'seconds': 2, 'others': 0}");
  agents = ct_list_agents (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_get_real_time (), >=, allowance.blocked_until);
  g_assert_cmpuint (dial_cloudtalk_get_n_refused (fixture->cloudtalk), ==, 1);
}

/* A minute that has just begun: nothing goes out that would be refused, and who cannot wait is told at once. */
static void
test_long_limit (CtFixture     *fixture,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  guint64 n_requests;

  ct_control (fixture, "/sandbox/cloudtalk/allowance", "{'limit': 60, 'others': 60, 'told': 'refused'}");
  refuse_call (fixture, CT_AGENT, CT_NIAMH, DIAL_CLOUDTALK_ERROR_LIMIT);
  n_requests = dial_cloudtalk_get_n_requests (fixture->cloudtalk);
  refuse_call (fixture, CT_AGENT, CT_NIAMH, DIAL_CLOUDTALK_ERROR_LIMIT);
  g_assert_false (ct_send_text (fixture, CT_LONDON, "Hello", &error));
  g_assert_error (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_LIMIT);
  g_assert_cmpuint (dial_cloudtalk_get_n_requests (fixture->cloudtalk), ==, n_requests);
}

typedef struct {
  guint n_now;
  guint n_behind;
  guint n_before; /* of the others when the first that waited behind them was done */
} Order;

static void
now_done_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GPtrArray) agents = dial_cloudtalk_list_agents_finish (DIAL_CLOUDTALK (object), result, NULL);

  ((Order *) user_data)->n_now++;
}

static void
note_behind (Order *order)
{
  if (order->n_behind++ == 0)
    order->n_before = order->n_now;
}

static void
contacts_done_cb (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GPtrArray) contacts = NULL;

  contacts = dial_cloudtalk_list_contacts_finish (DIAL_CLOUDTALK (object), result, NULL, NULL);
  note_behind (user_data);
}

static void
calls_done_cb (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GPtrArray) calls = dial_cloudtalk_list_calls_finish (DIAL_CLOUDTALK (object), result, NULL, NULL);

  note_behind (user_data);
}

static void
list_agents_often (CtFixture *fixture,
                   Order     *order,
                   guint      n_times)
{
  for (guint i = 0; i < n_times; i++)
    dial_cloudtalk_list_agents_async (fixture->cloudtalk, DIAL_CLOUDTALK_URGENCY_NOW, NULL, now_done_cb, order);
}

/* Contacts keep to their share, and nobody waits for them. */
static void
test_share (CtFixture     *fixture,
            gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) agents = NULL;
  Order order = { 0, };

  ct_control (fixture, "/sandbox/cloudtalk/allowance", "{'limit': 60, 'told': 'always'}");
  agents = ct_list_agents (fixture, NULL);
  for (guint i = 0; i < 3; i++)
    dial_cloudtalk_list_contacts_async (fixture->cloudtalk, 0, NULL, 1, 10, DIAL_CLOUDTALK_URGENCY_CONTACTS, cancellable,
                                        contacts_done_cb, &order);
  list_agents_often (fixture, &order, 30);
  while (order.n_now < 30)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (order.n_behind, <=, 1);

  g_cancellable_cancel (cancellable);
  while (order.n_behind < 3)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (dial_cloudtalk_get_n_refused (fixture->cloudtalk), ==, 0);
}

/* The recruiter goes first, but not for ever. */
static void
test_order (CtFixture     *fixture,
            gconstpointer  data)
{
  DialCloudtalkCallQuery query = { .direction = -1 };
  Order order = { 0, };

  /* Refused just now: all have to wait a second. */
  ct_control (fixture, "/sandbox/cloudtalk/allowance", "{'limit': 60, 'seconds': 1, 'others': 60}");
  refuse_call (fixture, CT_AGENT, CT_NIAMH, DIAL_CLOUDTALK_ERROR_LIMIT);
  ct_control (fixture, "/sandbox/cloudtalk/allowance", "{'limit': 60, 'others': 0}");

  dial_cloudtalk_list_calls_async (fixture->cloudtalk, &query, DIAL_CLOUDTALK_URGENCY_CALLS, NULL, calls_done_cb, &order);
  list_agents_often (fixture, &order, 35);
  while (order.n_now < 35 || order.n_behind < 1)
    g_main_context_iteration (NULL, TRUE);
  g_test_message ("%u of 35 came first", order.n_before);
  g_assert_cmpuint (order.n_before, >=, 4);
  g_assert_cmpuint (order.n_before, <=, 20);
  g_assert_cmpuint (dial_cloudtalk_get_n_refused (fixture->cloudtalk), ==, 1);
}

/* What began is not called back by a cancellation: it may have been carried out. */
static void
test_cancelled (CtFixture     *fixture,
                gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) before = NULL;
  g_autoptr (GAsyncResult) during = NULL;
  g_autoptr (GError) error = NULL;

  ct_control (fixture, "/sandbox/faults",
              "{'fault': 'delay', 'delay_ms': 20000, 'after_store': true, 'path': '/cloudtalk/api/sms/send.json'}");
  dial_cloudtalk_send_text_async (fixture->cloudtalk, CT_LONDON, CT_NIAMH, "Hello", cancellable, keep_result, &during);
  while (ct_count (fixture, "/sandbox/cloudtalk/texts") == 0)
    g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (cancellable);
  g_assert_false (dial_cloudtalk_send_text_finish (fixture->cloudtalk, wait_for_result (&during), &error));
  g_assert_error (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_UNCLEAR);
  g_clear_error (&error);

  dial_cloudtalk_send_text_async (fixture->cloudtalk, CT_LONDON, CT_NIAMH, "Hello", cancellable, keep_result, &before);
  g_assert_false (dial_cloudtalk_send_text_finish (fixture->cloudtalk, wait_for_result (&before), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (ct_count (fixture, "/sandbox/cloudtalk/texts"), ==, 1);
}

/* The connection ends before a request is carried out, or afterwards and before or within its answer: none goes out
 * twice. */
static void
cut (CtFixture  *fixture,
     const char *fault,
     gboolean    is_call,
     guint       n_times,
     guint       n_expected)
{
  const char *target = is_call ? "/sandbox/cloudtalk/calls" : "/sandbox/cloudtalk/texts";
  g_autofree char *wish = g_strdup_printf ("{%s, 'method': 'POST', 'path': '/cloudtalk/api/%s', 'times': 0}", fault,
                                           is_call ? "calls/create.json" : "sms/send.json");
  guint before = ct_count (fixture, target);

  ct_control (fixture, "/sandbox/faults", wish);
  for (guint i = 0; i < n_times; i++) {
    guint64 n_requests = dial_cloudtalk_get_n_requests (fixture->cloudtalk);
    g_autoptr (GError) error = NULL;

    if (is_call)
      g_assert_false (ct_create_call (fixture, CT_AGENT, CT_NIAMH, &error));
    else
      g_assert_false (ct_send_text (fixture, CT_LONDON, "Hello", &error));
    g_assert_error (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_UNCLEAR);
    g_assert_cmpuint (dial_cloudtalk_get_n_requests (fixture->cloudtalk), ==, n_requests + 1);
  }
  ct_control (fixture, "/sandbox/faults", NULL);
  g_assert_cmpuint (ct_count (fixture, target), ==, before + n_expected);
}

static void
test_once (CtFixture     *fixture,
           gconstpointer  data)
{
  ct_control (fixture, "/sandbox/cloudtalk/next", "{'outcome': 'no_answer', 'pick_up_ms': 0, 'times': 0}");

  for (guint is_call = 0; is_call < 2; is_call++) {
    cut (fixture, "'fault': 'cut'", is_call, 200, 0);
    cut (fixture, "'fault': 'cut', 'after_store': true", is_call, 200, 200);
    cut (fixture, "'fault': 'half'", is_call, 20, 20);
    cut (fixture, "'fault': 'garbage'", is_call, 20, 20);
    cut (fixture, "'fault': 'status', 'status': 500", is_call, 20, 0);
    cut (fixture, "'fault': 'status', 'status': 503, 'after_store': true", is_call, 20, 20);
    cut (fixture, "'fault': 'html', 'after_store': true", is_call, 20, 20);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add (path, CtFixture, NULL, ct_set_up, test, ct_tear_down)
  ADD ("/cloudtalk/company", test_company);
  ADD ("/cloudtalk/keys", test_keys);
  g_test_add_func ("/cloudtalk/new", test_new);
  ADD ("/cloudtalk/create-call", test_create_call);
  ADD ("/cloudtalk/history", test_history);
  ADD ("/cloudtalk/dates", test_dates);
  ADD ("/cloudtalk/texts", test_texts);
  ADD ("/cloudtalk/tags", test_tags);
  ADD ("/cloudtalk/contacts", test_contacts);
  ADD ("/cloudtalk/trouble", test_trouble);
  g_test_add_func ("/cloudtalk/unreachable", test_unreachable);
  ADD ("/cloudtalk/limit", test_limit);
  ADD ("/cloudtalk/long-limit", test_long_limit);
  ADD ("/cloudtalk/share", test_share);
  ADD ("/cloudtalk/order", test_order);
  ADD ("/cloudtalk/cancelled", test_cancelled);
  ADD ("/cloudtalk/once", test_once);
#undef ADD

  return g_test_run ();
}
