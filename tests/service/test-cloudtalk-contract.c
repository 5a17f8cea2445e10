/* Every request the program can make to CloudTalk, against a server that knows CloudTalk's own description of
 * its interface and answers with its examples, such as Prism. Its address is in the environment:
 *
 *   DIALHOUSE_CLOUDTALK_URL=http://127.0.0.1:4010 meson test -C _build cloudtalk-contract
 *
 * What the description does not allow it refuses, and says so in its log. Bulk requests it refuses all, for the
 * description contradicts itself there: support/cloudtalk-contract mends it and tries them too. */
#include "cloudtalk-fixture.h"

static DialCloudtalk *
connect_to_server (void)
{
  g_autoptr (GError) error = NULL;
  DialCloudtalk *cloudtalk = dial_cloudtalk_new ("id", "secret", g_getenv ("DIALHOUSE_CLOUDTALK_URL"), &error);

  g_assert_no_error (error);
  return cloudtalk;
}

static void
test_agents (void)
{
  g_autoptr (DialCloudtalk) cloudtalk = connect_to_server ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) agents = NULL;
  g_autoptr (GError) error = NULL;
  DialCloudtalkAgent *agent;

  dial_cloudtalk_list_agents_async (cloudtalk, DIAL_CLOUDTALK_URGENCY_NOW, NULL, keep_result, &result);
  agents = dial_cloudtalk_list_agents_finish (cloudtalk, wait_for_result (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (agents->len, ==, 1);

  agent = g_ptr_array_index (agents, 0);
  g_assert_cmpint (agent->id, ==, 99);
  g_assert_cmpstr (agent->name, ==, "John Doe");
  g_assert_cmpstr (agent->email, ==, "joh.doe@phoonio.com");
  g_assert_cmpstr (agent->extension, ==, "1001");
  g_assert_true (agent->may_call_out);
  g_assert_true (agent->within_daily_limit);
  g_assert_cmpint (agent->state, ==, DIAL_AGENT_STATE_ONLINE);
  g_assert_cmpstr (agent->default_number, ==, "+421123456789");
  g_assert_cmpuint (g_strv_length (agent->numbers), ==, 2);
  g_assert_cmpstr (agent->numbers[1], ==, "+421987654321");
}

static void
test_numbers (void)
{
  g_autoptr (DialCloudtalk) cloudtalk = connect_to_server ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) numbers = NULL;
  g_autoptr (GError) error = NULL;
  DialCloudtalkNumber *number;

  dial_cloudtalk_list_numbers_async (cloudtalk, DIAL_CLOUDTALK_URGENCY_NOW, NULL, keep_result, &result);
  numbers = dial_cloudtalk_list_numbers_finish (cloudtalk, wait_for_result (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (numbers->len, ==, 1);

  number = g_ptr_array_index (numbers, 0);
  g_assert_cmpint (number->id, ==, 123);
  g_assert_cmpstr (number->name, ==, "Sales support");
  g_assert_cmpstr (number->e164, ==, "+442012345678");
  g_assert_false (number->is_fax);
  g_assert_false (number->is_free);
}

static void
test_tags (void)
{
  g_autoptr (DialCloudtalk) cloudtalk = connect_to_server ();
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GPtrArray) tags = NULL;
  g_autoptr (GError) error = NULL;
  DialCloudtalkTag *tag;

  dial_cloudtalk_list_tags_async (cloudtalk, DIAL_CLOUDTALK_URGENCY_NOW, NULL, keep_result, &listed);
  tags = dial_cloudtalk_list_tags_finish (cloudtalk, wait_for_result (&listed), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tags->len, ==, 1);
  tag = g_ptr_array_index (tags, 0);
  g_assert_cmpint (tag->id, ==, 99);
  g_assert_cmpstr (tag->name, ==, "Tag");

  dial_cloudtalk_add_tag_async (cloudtalk, "Candidate", NULL, keep_result, &added);
  g_assert_cmpint (dial_cloudtalk_add_tag_finish (cloudtalk, wait_for_result (&added), &error), ==, 12345);
  g_assert_no_error (error);
}

static void
check_example_call (const DialCloudtalkCall *call)
{
  g_assert_cmpint (call->id, ==, 27);
  g_assert_cmpint (call->direction, ==, DIAL_DIRECTION_OUTGOING);
  g_assert_false (call->is_internal);
  g_assert_cmpstr (call->external, ==, "+421904247371");
  g_assert_cmpstr (call->internal, ==, "+421221291400");
  g_assert_cmpstr (call->number_name, ==, "Sales support");
  g_assert_cmpint (call->agent_id, ==, 1234);
  g_assert_cmpstr (call->agent_name, ==, "Max Yellow");
  g_assert_cmpstr (call->agent_email, ==, "max.yellow@cloudtalk.io");
  g_assert_cmpint (call->contact_id, ==, 1234);
  g_assert_cmpstr (call->contact_name, ==, "Jon Doe");
  g_assert_cmpint (call->started_at, ==, dial_instant_parse ("2017-10-04T06:33:37.000Z"));
  g_assert_cmpint (call->answered_at, ==, call->started_at);
  g_assert_cmpint (call->ended_at, ==, dial_instant_parse ("2017-10-04T06:33:49.000Z"));
  g_assert_cmpint (call->talking, ==, 21);
  g_assert_cmpint (call->waiting, ==, 2);
  g_assert_cmpint (call->wrap_up, ==, 5);
  g_assert_false (call->is_voicemail);
  g_assert_true (call->is_recorded);
  g_assert_cmpstr (call->recording_url, ==, "https://my.cloudtalk.io/r/play/27");
  g_assert_cmpstr (call->tags[0], ==, "Missed");
  g_assert_cmpstr (call->tags[1], ==, "VIP");
  g_assert_null (call->tags[2]);
  g_assert_cmpstr (call->notes[0], ==, "Call later");
  g_assert_null (call->notes[1]);
  g_assert_cmpint (dial_cloudtalk_call_get_outcome (call), ==, DIAL_OUTCOME_ANSWERED);
}

static void
test_calls (void)
{
  const gint64 when = dial_instant_parse ("2025-03-04T09:12:08Z");
  const DialCloudtalkCallQuery queries[] = {
    { .direction = -1 },
    { .direction = -1, .call_id = 70311456, .limit = 1 },
    { .direction = DIAL_DIRECTION_OUTGOING, .agent_id = 4071, .external = "+447700900142", .since = when,
      .limit = 5 },
    { .direction = DIAL_DIRECTION_INCOMING, .internal = "+442079460100", .since = when, .until = when,
      .limit = 1000, .page = 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autoptr (DialCloudtalk) cloudtalk = connect_to_server ();
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GPtrArray) calls = NULL;
    g_autoptr (GError) error = NULL;
    guint n_pages;

    dial_cloudtalk_list_calls_async (cloudtalk, &queries[i], DIAL_CLOUDTALK_URGENCY_CALLS, NULL, keep_result,
                                     &result);
    calls = dial_cloudtalk_list_calls_finish (cloudtalk, wait_for_result (&result), &n_pages, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (calls->len, ==, 1);
    g_assert_cmpuint (n_pages, ==, 1);
    check_example_call (g_ptr_array_index (calls, 0));
    /* Nothing was asked twice because of its dates. */
    g_assert_cmpuint (dial_cloudtalk_get_n_requests (cloudtalk), ==, 1);
  }
}

static void
test_create_call (void)
{
  g_autoptr (DialCloudtalk) cloudtalk = connect_to_server ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dial_cloudtalk_create_call_async (cloudtalk, 4071, "+447700900142", NULL, keep_result, &result);
  g_assert_true (dial_cloudtalk_create_call_finish (cloudtalk, wait_for_result (&result), &error));
  g_assert_no_error (error);
}

/* The example says `true|false`, which is neither. */
static void
test_send_text (void)
{
  g_autoptr (DialCloudtalk) cloudtalk = connect_to_server ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dial_cloudtalk_send_text_async (cloudtalk, "+442079460100", "+447700900142", "Hi Niamh, Thursday?", NULL,
                                  keep_result, &result);
  g_assert_false (dial_cloudtalk_send_text_finish (cloudtalk, wait_for_result (&result), &error));
  g_assert_error (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_UNCLEAR);
}

static void
list_contacts (gint64      tag_id,
               const char *keyword)
{
  g_autoptr (DialCloudtalk) cloudtalk = connect_to_server ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) contacts = NULL;
  g_autoptr (GError) error = NULL;
  DialCloudtalkContact *contact;
  guint n_pages;

  dial_cloudtalk_list_contacts_async (cloudtalk, tag_id, keyword, 1, 1000, DIAL_CLOUDTALK_URGENCY_CONTACTS, NULL,
                                      keep_result, &result);
  contacts = dial_cloudtalk_list_contacts_finish (cloudtalk, wait_for_result (&result), &n_pages, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_pages, ==, 1);
  g_assert_cmpuint (contacts->len, ==, 1);

  contact = g_ptr_array_index (contacts, 0);
  g_assert_cmpint (contact->id, ==, 1234);
  g_assert_cmpstr (contact->name, ==, "John Doe");
  g_assert_cmpstr (contact->company, ==, "Google");
  g_assert_cmpstr (contact->numbers[0], ==, "+442012345678");
  g_assert_cmpstr (contact->emails[0], ==, "john.doe@gmail.com");
}

static void
test_contacts (void)
{
  list_contacts (0, NULL);
  list_contacts (318, NULL);
  list_contacts (0, "+447700900142");
}

static void
test_show_contact (void)
{
  g_autoptr (DialCloudtalk) cloudtalk = connect_to_server ();
  g_autoptr (DialCloudtalkContact) contact = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dial_cloudtalk_show_contact_async (cloudtalk, 1234, DIAL_CLOUDTALK_URGENCY_NOW, NULL, keep_result, &result);
  contact = dial_cloudtalk_show_contact_finish (cloudtalk, wait_for_result (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpint (contact->id, ==, 1234);
  g_assert_cmpstr (contact->name, ==, "John Doe");
  g_assert_cmpstr (contact->title, ==, "Dr.");
  g_assert_cmpstr (contact->company, ==, "Google");
  g_assert_cmpstr (contact->numbers[0], ==, "+442012345678");
  g_assert_cmpstr (contact->emails[0], ==, "joh.doe@gmail.com");
  g_assert_cmpuint (contact->tags->len, ==, 2);
  g_assert_cmpstr (((DialCloudtalkTag *) g_ptr_array_index (contact->tags, 1))->name, ==, "shopify");
  g_assert_cmpstr (contact->url_names[0], ==, "CRM");
  g_assert_cmpstr (contact->urls[0], ==, "https://cloudtalk.io/c/show/123");
}

/* The example answers these commands; of the third it says nothing. */
static void
test_change_contacts (void)
{
  char *numbers[] = { (char *) "+447700900142", NULL };
  char *emails[] = { (char *) "niamh.c@mailbox.example", NULL };
  char *tags[] = { (char *) "Greenhouse", NULL };
  char *url_names[] = { (char *) "Greenhouse", NULL };
  char *urls[] = { (char *) "https://hartfield.greenhouse.io/people/9041177", NULL };
  char *none[] = { NULL };
  DialContactChange changes[] = {
    { DIAL_CONTACT_ADD, (char *) "123", 0, (char *) "Niamh Corrigan", (char *) "Staff engineer",
      (char *) "Hartfield", numbers, emails, tags, url_names, urls },
    { DIAL_CONTACT_DELETE, (char *) "1234", 1234 },
    { DIAL_CONTACT_EDIT, (char *) "gh-8830015", 55098, (char *) "Tomasz Wrona", NULL, NULL, numbers, none },
  };
  g_autoptr (DialCloudtalk) cloudtalk = connect_to_server ();
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GError) error = NULL;
  DialContactResult *done;

  if (g_getenv ("DIALHOUSE_CLOUDTALK_BULK") == NULL) {
    g_test_skip ("the description must be mended first");
    return;
  }

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_ptr_array_add (asked, &changes[i]);

  dial_cloudtalk_change_contacts_async (cloudtalk, asked, NULL, keep_result, &result);
  results = dial_cloudtalk_change_contacts_finish (cloudtalk, wait_for_result (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (results->len, ==, 3);

  done = g_ptr_array_index (results, 0);
  g_assert_no_error (done->error);
  g_assert_cmpuint (done->status, ==, 201);
  g_assert_cmpint (done->contact_id, ==, 123);
  done = g_ptr_array_index (results, 1);
  g_assert_no_error (done->error);
  g_assert_cmpuint (done->status, ==, 200);
  g_assert_cmpint (done->contact_id, ==, 1234);
  done = g_ptr_array_index (results, 2);
  g_assert_error (done->error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_UNCLEAR);
}

static void
test_contact_tags (void)
{
  static const char *const tags[] = { "Greenhouse", NULL };
  g_autoptr (DialCloudtalk) cloudtalk = connect_to_server ();
  g_autoptr (GAsyncResult) tagged = NULL;
  g_autoptr (GAsyncResult) untagged = NULL;
  g_autoptr (GError) error = NULL;

  dial_cloudtalk_tag_contact_async (cloudtalk, 123456, tags, NULL, keep_result, &tagged);
  g_assert_true (dial_cloudtalk_tag_contact_finish (cloudtalk, wait_for_result (&tagged), &error));
  g_assert_no_error (error);

  dial_cloudtalk_untag_contact_async (cloudtalk, 123456, tags, NULL, keep_result, &untagged);
  g_assert_true (dial_cloudtalk_untag_contact_finish (cloudtalk, wait_for_result (&untagged), &error));
  g_assert_no_error (error);
}

int
main (int   argc,
      char *argv[])
{
  if (g_getenv ("DIALHOUSE_CLOUDTALK_URL") == NULL) {
    g_print ("1..0 # SKIP no DIALHOUSE_CLOUDTALK_URL\n");
    return 0;
  }

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cloudtalk/contract/agents", test_agents);
  g_test_add_func ("/cloudtalk/contract/numbers", test_numbers);
  g_test_add_func ("/cloudtalk/contract/tags", test_tags);
  g_test_add_func ("/cloudtalk/contract/calls", test_calls);
  g_test_add_func ("/cloudtalk/contract/create-call", test_create_call);
  g_test_add_func ("/cloudtalk/contract/send-text", test_send_text);
  g_test_add_func ("/cloudtalk/contract/contacts", test_contacts);
  g_test_add_func ("/cloudtalk/contract/show-contact", test_show_contact);
  g_test_add_func ("/cloudtalk/contract/contact-tags", test_contact_tags);
  g_test_add_func ("/cloudtalk/contract/change-contacts", test_change_contacts);
  return g_test_run ();
}
