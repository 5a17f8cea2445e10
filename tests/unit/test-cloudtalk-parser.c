/* CloudTalk's answers, as loose as they are. */
#include <string.h>

#include "dial-cloudtalk-parser-private.h"
#include "dial-cloudtalk-private.h"
#include "dial-contact-writer-private.h"

static GBytes *
load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "cloudtalk", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (text, length);
}

static GBytes *
from_text (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static DialCloudtalkPage *
parse (const DialCloudtalkKind *kind,
       const char              *name)
{
  g_autoptr (GBytes) bytes = load (name);
  g_autoptr (GError) error = NULL;
  DialCloudtalkPage *page = dial_cloudtalk_parse_page (kind, bytes, &error);

  g_assert_no_error (error);
  return page;
}

static void
test_agents (void)
{
  g_autoptr (DialCloudtalkPage) page = parse (&dial_cloudtalk_agents, "agents.json");
  const DialCloudtalkAgent *agent;

  g_assert_cmpuint (page->rows->len, ==, 5);
  g_assert_cmpuint (page->skipped, ==, 5);
  g_assert_cmpuint (page->n_pages, ==, 1);

  agent = g_ptr_array_index (page->rows, 0);
  g_assert_cmpint (agent->id, ==, 4071);
  g_assert_cmpstr (agent->name, ==, "Imani Okafor");
  g_assert_cmpstr (agent->extension, ==, "1014");
  g_assert_cmpint (agent->state, ==, DIAL_AGENT_STATE_ONLINE);
  g_assert_cmpuint (g_strv_length (agent->numbers), ==, 2);
  g_assert_cmpstr (agent->numbers[1], ==, "+441134960123");

  agent = g_ptr_array_index (page->rows, 1);
  g_assert_cmpstr (agent->name, ==, "Venn");
  g_assert_cmpstr (agent->extension, ==, "1015");
  g_assert_false (agent->may_call_out);
  g_assert_false (agent->within_daily_limit);
  g_assert_cmpint (agent->state, ==, DIAL_AGENT_STATE_PAUSED);
  g_assert_null (agent->default_number);
  g_assert_nonnull (agent->numbers);

  agent = g_ptr_array_index (page->rows, 2);
  g_assert_cmpstr (agent->name, ==, "nobody@hartfield-talent.example");
  g_assert_false (agent->may_call_out);
  g_assert_cmpint (agent->state, ==, DIAL_AGENT_STATE_CALLING);
  g_assert_cmpstr (agent->numbers[0], ==, "+442079460100");

  agent = g_ptr_array_index (page->rows, 3);
  g_assert_null (agent->name);
  g_assert_true (agent->may_call_out);
  g_assert_true (agent->within_daily_limit);
  g_assert_cmpint (agent->state, ==, DIAL_AGENT_STATE_UNKNOWN);

  agent = g_ptr_array_index (page->rows, 4);
  g_assert_cmpstr (agent->name, ==, "Bare Row");
  g_assert_cmpint (agent->state, ==, DIAL_AGENT_STATE_OFFLINE);
}

static void
test_numbers (void)
{
  g_autoptr (DialCloudtalkPage) page = parse (&dial_cloudtalk_numbers, "numbers.json");
  const DialCloudtalkNumber *number;

  g_assert_cmpuint (page->rows->len, ==, 3);
  number = g_ptr_array_index (page->rows, 0);
  g_assert_cmpstr (number->e164, ==, "+442079460100");
  g_assert_cmpstr (number->name, ==, "London hiring desk");
  g_assert_false (number->is_fax);
  g_assert_false (number->is_free);
  number = g_ptr_array_index (page->rows, 1);
  g_assert_null (number->name);
  g_assert_true (number->is_fax);
  number = g_ptr_array_index (page->rows, 2);
  g_assert_cmpstr (number->e164, ==, "+441134960999");
  g_assert_true (number->is_free);
}

static void
test_tags (void)
{
  g_autoptr (DialCloudtalkPage) page = parse (&dial_cloudtalk_tags, "tags.json");

  g_assert_cmpuint (page->n_pages, ==, 3);
  g_assert_cmpuint (page->page, ==, 2);
  g_assert_cmpuint (page->rows->len, ==, 2);
  g_assert_cmpstr (((DialCloudtalkTag *) g_ptr_array_index (page->rows, 0))->name, ==, "Greenhouse");
  g_assert_cmpint (((DialCloudtalkTag *) g_ptr_array_index (page->rows, 1))->id, ==, 319);
}

static void
test_call (void)
{
  g_autoptr (DialCloudtalkPage) page = parse (&dial_cloudtalk_calls, "calls.json");
  const DialCloudtalkCall *call = g_ptr_array_index (page->rows, 0);

  g_assert_cmpuint (page->rows->len, ==, 6);
  g_assert_cmpint (call->id, ==, 70311456);
  g_assert_cmpstr (call->external, ==, "+447700900142");
  g_assert_cmpstr (call->internal, ==, "+442079460100");
  g_assert_cmpstr (call->number_name, ==, "London hiring desk");
  g_assert_cmpint (call->agent_id, ==, 4071);
  g_assert_cmpstr (call->agent_name, ==, "Imani Okafor");
  g_assert_cmpint (call->contact_id, ==, 55120);
  g_assert_cmpstr (call->contact_name, ==, "Niamh Corrigan");
  g_assert_cmpint (call->started_at, ==, dial_instant_parse ("2025-03-04T09:12:08Z"));
  g_assert_cmpint (call->answered_at, ==, dial_instant_parse ("2025-03-04T09:12:17Z"));
  g_assert_cmpint (call->ended_at, ==, dial_instant_parse ("2025-03-04T09:15:12Z"));
  g_assert_cmpint (call->talking, ==, 171);
  g_assert_cmpint (call->waiting, ==, 9);
  g_assert_cmpint (call->wrap_up, ==, 22);
  g_assert_true (call->is_recorded);
  g_assert_cmpstr (call->recording_url, ==, "https://my.cloudtalk.io/r/play/70311456");
  g_assert_cmpuint (g_strv_length (call->notes), ==, 3);
  g_assert_cmpstr (call->notes[1], ==, "Second");
  g_assert_cmpstr (call->notes[2], ==, "Third");
  g_assert_cmpuint (g_strv_length (call->tags), ==, 1);
}

static void
test_outcomes (void)
{
  g_autoptr (DialCloudtalkPage) page = parse (&dial_cloudtalk_calls, "calls.json");
  const DialCloudtalkCall *missed = g_ptr_array_index (page->rows, 1);
  const DialCloudtalkCall *voicemail = g_ptr_array_index (page->rows, 2);
  const DialCloudtalkCall *running = g_ptr_array_index (page->rows, 3);
  const DialCloudtalkCall *internal = g_ptr_array_index (page->rows, 4);
  const DialCloudtalkCall *odd = g_ptr_array_index (page->rows, 5);

  g_assert_cmpint (dial_cloudtalk_call_get_outcome (g_ptr_array_index (page->rows, 0)), ==, DIAL_OUTCOME_ANSWERED);
  g_assert_cmpint (dial_cloudtalk_call_get_outcome (missed), ==, DIAL_OUTCOME_MISSED);
  g_assert_null (missed->external);
  g_assert_null (missed->agent_name);
  g_assert_cmpint (missed->agent_id, ==, 0);
  g_assert_cmpint (missed->talking, ==, 0);
  g_assert_cmpint (dial_cloudtalk_call_get_outcome (voicemail), ==, DIAL_OUTCOME_VOICEMAIL);
  g_assert_cmpint (voicemail->talking, ==, 21);
  g_assert_null (voicemail->recording_url);
  g_assert_false (dial_cloudtalk_call_has_ended (running));
  g_assert_cmpint (dial_cloudtalk_call_get_outcome (running), ==, DIAL_OUTCOME_UNKNOWN);
  g_assert_null (running->external);
  g_assert_null (running->recording_url);
  g_assert_cmpstr (internal->external, ==, "1015");
  g_assert_true (internal->is_internal);
  g_assert_cmpint (dial_cloudtalk_call_get_outcome (internal), ==, DIAL_OUTCOME_NO_ANSWER);
  g_assert_cmpint (odd->started_at, ==, DIAL_INSTANT_UNKNOWN);
  g_assert_cmpint (odd->talking, ==, -1);
  g_assert_cmpint (odd->waiting, ==, -1);
  g_assert_cmpint (odd->wrap_up, ==, 12);
}

static void
test_contacts (void)
{
  g_autoptr (DialCloudtalkPage) page = parse (&dial_cloudtalk_contacts, "contacts.json");
  const DialCloudtalkContact *contact = g_ptr_array_index (page->rows, 0);

  g_assert_cmpuint (page->rows->len, ==, 2);
  g_assert_cmpuint (page->n_pages, ==, 5);
  g_assert_cmpuint (g_strv_length (contact->numbers), ==, 2);
  g_assert_cmpstr (contact->numbers[1], ==, "+447700900143");
  g_assert_cmpuint (g_strv_length (contact->emails), ==, 1);
  contact = g_ptr_array_index (page->rows, 1);
  g_assert_null (contact->name);
  g_assert_cmpstr (contact->numbers[1], ==, "+447700900151");
  g_assert_nonnull (contact->emails);
}

static void
test_contact (void)
{
  g_autoptr (GBytes) bytes = load ("contact.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (DialCloudtalkContact) contact = dial_cloudtalk_parse_contact (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (contact->title, ==, "Staff engineer (applicant)");
  g_assert_cmpuint (g_strv_length (contact->numbers), ==, 2);
  g_assert_cmpuint (g_strv_length (contact->emails), ==, 2);
  g_assert_cmpuint (contact->tags->len, ==, 2);
  g_assert_cmpuint (g_strv_length (contact->urls), ==, 3);
  g_assert_cmpuint (g_strv_length (contact->url_names), ==, 3);
  g_assert_cmpstr (contact->url_names[1], ==, "");
  g_assert_cmpstr (contact->url_names[2], ==, "CRM");
}

static void
check_result (GPtrArray  *results,
              guint       i,
              guint       status,
              gint64      contact_id,
              int         code, /* -1 for none */
              const char *words)
{
  const DialContactResult *result = g_ptr_array_index (results, i);

  g_assert_cmpuint (result->status, ==, status);
  g_assert_cmpint (result->contact_id, ==, contact_id);
  if (code < 0) {
    g_assert_no_error (result->error);
    return;
  }

  g_assert_error (result->error, DIAL_CLOUDTALK_ERROR, code);
  g_assert_null (strstr (result->error->message, "900142"));
  if (words != NULL)
    g_assert_nonnull (strstr (result->error->message, words));
}

static void
test_results (void)
{
  char *numbers[] = { (char *) "+447700900142", NULL };
  DialContactChange changes[] = {
    { DIAL_CONTACT_ADD, (char *) "gh-9041177", .numbers = numbers },
    { DIAL_CONTACT_EDIT, (char *) "8830015", 55098 },
    { DIAL_CONTACT_ADD, (char *) "gh-7", .numbers = numbers },
    { DIAL_CONTACT_DELETE, (char *) "gh-8", 8 },
    { DIAL_CONTACT_ADD, (char *) "gh-9" },
    { DIAL_CONTACT_ADD, (char *) "gh-10" },
    { DIAL_CONTACT_ADD, (char *) "gh-11" },
  };
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GBytes) bytes = load ("results.json");

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_ptr_array_add (asked, &changes[i]);
  results = dial_cloudtalk_parse_results (bytes, asked);

  g_assert_cmpuint (results->len, ==, 7);
  check_result (results, 0, 201, 55120, -1, NULL);
  check_result (results, 1, 200, 55098, -1, NULL);
  check_result (results, 2, 406, 0, DIAL_CLOUDTALK_ERROR_REFUSED, NULL);
  check_result (results, 3, 404, 0, DIAL_CLOUDTALK_ERROR_NOT_FOUND, NULL);
  check_result (results, 4, 500, 0, DIAL_CLOUDTALK_ERROR_UNCLEAR, NULL);
  check_result (results, 5, 0, 0, DIAL_CLOUDTALK_ERROR_UNCLEAR, NULL);
  check_result (results, 6, 406, 0, DIAL_CLOUDTALK_ERROR_REFUSED, "Invalid input data. name: Too long.");
}

static void
test_words (void)
{
  static const char *const private[] = { "Not an email", NULL };
  static const char *const number[] = { "+447700900142", NULL };
  g_autoptr (GBytes) bytes = load ("refusal.json");
  g_autoptr (GBytes) spelled = from_text ("{\"responseData\": {\"status\": 406, \"message\": \"0 7700 900-142 is wrong\"}}");
  g_autofree char *words = dial_cloudtalk_parse_words (bytes, NULL);

  g_assert_cmpstr (words, ==, "Invalid input data. ContactEmail: Not an email address.");
  g_assert_null (dial_cloudtalk_parse_words (bytes, private));
  g_assert_null (dial_cloudtalk_parse_words (spelled, number));
  g_assert_cmpuint (dial_cloudtalk_parse_status (bytes), ==, 406);
}

/* As CloudTalk's API description has them, and as others answer in its place. */
static void
test_refusals (void)
{
  static const struct {
    DialCloudtalkTask  task;
    guint              status;
    const char        *body;
    int                code;
  } cases[] = {
    { DIAL_CLOUDTALK_TASK_CALL, 403, "Agent is not online.", DIAL_CLOUDTALK_ERROR_AGENT_AWAY },
    { DIAL_CLOUDTALK_TASK_CALL, 403, "Calls abroad are switched off.", DIAL_CLOUDTALK_ERROR_REFUSED },
    { DIAL_CLOUDTALK_TASK_CALL, 404, "Not found.", DIAL_CLOUDTALK_ERROR_NOT_FOUND },
    { DIAL_CLOUDTALK_TASK_CALL, 406, "Invalid input data.", DIAL_CLOUDTALK_ERROR_REFUSED },
    { DIAL_CLOUDTALK_TASK_CALL, 409, "Agent is already calling.", DIAL_CLOUDTALK_ERROR_AGENT_BUSY },
    { DIAL_CLOUDTALK_TASK_CALL, 500, "Something went wrong.", DIAL_CLOUDTALK_ERROR_UNCLEAR },
    { DIAL_CLOUDTALK_TASK_CALL, 302, "", DIAL_CLOUDTALK_ERROR_UNCLEAR },
    { DIAL_CLOUDTALK_TASK_CALL, 403, NULL, DIAL_CLOUDTALK_ERROR_BLOCKED },
    { DIAL_CLOUDTALK_TASK_CALL, 502, NULL, DIAL_CLOUDTALK_ERROR_UNCLEAR },
    { DIAL_CLOUDTALK_TASK_TEXT, 400, "Bad request", DIAL_CLOUDTALK_ERROR_REFUSED },
    { DIAL_CLOUDTALK_TASK_TEXT, 401, "Unauthorized action", DIAL_CLOUDTALK_ERROR_KEYS },
    { DIAL_CLOUDTALK_TASK_TEXT, 403, "Insufficient Funds", DIAL_CLOUDTALK_ERROR_NO_CREDIT },
    { DIAL_CLOUDTALK_TASK_TEXT, 408, "Too late", DIAL_CLOUDTALK_ERROR_UNCLEAR },
    { DIAL_CLOUDTALK_TASK_TEXT, 500, "Something went wrong.", DIAL_CLOUDTALK_ERROR_UNCLEAR },
    { DIAL_CLOUDTALK_TASK_CHANGE, 403, "Agents limit reached", DIAL_CLOUDTALK_ERROR_REFUSED },
    { DIAL_CLOUDTALK_TASK_CHANGE, 404, "Not found.", DIAL_CLOUDTALK_ERROR_NOT_FOUND },
    { DIAL_CLOUDTALK_TASK_CHANGE, 406, "Invalid input data.", DIAL_CLOUDTALK_ERROR_REFUSED },
    { DIAL_CLOUDTALK_TASK_CHANGE, 504, NULL, DIAL_CLOUDTALK_ERROR_UNCLEAR },
    { DIAL_CLOUDTALK_TASK_SHOW, 404, "Not found.", DIAL_CLOUDTALK_ERROR_NOT_FOUND },
    { DIAL_CLOUDTALK_TASK_SHOW, 410, "Gone.", DIAL_CLOUDTALK_ERROR_GONE },
    { DIAL_CLOUDTALK_TASK_LIST, 500, "Something went wrong.", DIAL_CLOUDTALK_ERROR_TROUBLE },
    { DIAL_CLOUDTALK_TASK_LIST, 511, NULL, DIAL_CLOUDTALK_ERROR_BLOCKED },
    { DIAL_CLOUDTALK_TASK_LIST, 302, "", DIAL_CLOUDTALK_ERROR_GARBLED },
    { DIAL_CLOUDTALK_TASK_LIST, 407, "", DIAL_CLOUDTALK_ERROR_UNREACHABLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strdup_printf ("{\"responseData\": {\"status\": %u, \"message\": \"%s\"}}",
                                             cases[i].status, cases[i].body);
    g_autoptr (GBytes) body = from_text (cases[i].body != NULL ? text : "<html>No</html>");
    DialReply reply = { .status = cases[i].status, .body = body };
    g_autoptr (GError) error = dial_cloudtalk_refuse (cases[i].task, cases[i].status, &reply, NULL);

    g_test_message ("%u %s: %s", cases[i].status, cases[i].body, error->message);
    g_assert_error (error, DIAL_CLOUDTALK_ERROR, cases[i].code);
  }
}

static void
test_text (void)
{
  static const struct {
    const char              *answer;
    DialCloudtalkTextAnswer  means;
    const char              *words;
  } cases[] = {
    { "{\"responseData\": {\"success\": true, \"data\": {}}}", DIAL_CLOUDTALK_TEXT_TAKEN, NULL },
    { "{\"responseData\": {\"success\": \"true\", \"data\": {}}}", DIAL_CLOUDTALK_TEXT_TAKEN, NULL },
    { "{\"responseData\": {\"success\": \"1\"}}", DIAL_CLOUDTALK_TEXT_TAKEN, NULL },
    { "{\"responseData\": {\"success\": false, \"data\": \"Limit exceeded\"}}", DIAL_CLOUDTALK_TEXT_REFUSED,
      "Limit exceeded" },
    { "{\"responseData\": {\"success\": \"false\", \"data\": \"Unknown number\"}}", DIAL_CLOUDTALK_TEXT_REFUSED,
      "Unknown number" },
    { "{\"responseData\": {\"success\": 0}}", DIAL_CLOUDTALK_TEXT_REFUSED, NULL },
    { "{\"responseData\": {\"success\": \"true|false\"}}", DIAL_CLOUDTALK_TEXT_UNKNOWN, NULL },
    { "{\"responseData\": {}}", DIAL_CLOUDTALK_TEXT_UNKNOWN, NULL },
    { "{\"responseData\": {\"success\": null}}", DIAL_CLOUDTALK_TEXT_UNKNOWN, NULL },
    { "<html>", DIAL_CLOUDTALK_TEXT_UNKNOWN, NULL },
    { "", DIAL_CLOUDTALK_TEXT_UNKNOWN, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = from_text (cases[i].answer);
    g_autofree char *words = NULL;

    g_assert_cmpint (dial_cloudtalk_parse_text (bytes, NULL, &words), ==, cases[i].means);
    g_assert_cmpstr (words, ==, cases[i].words);
  }
}

static void
test_garbled (void)
{
  static const char *const answers[] = {
    "", "null", "[]", "{}", "<html></html>", "{\"responseData\": null}", "{\"responseData\": {\"data\": {}}}",
    "{\"responseData\": {\"data\": null}}", "{\"responseData\": {\"data\": \"rows\"}}", "{\"responseData\": {",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autoptr (GBytes) bytes = from_text (answers[i]);
    g_autoptr (GError) error = NULL;

    g_assert_null (dial_cloudtalk_parse_page (&dial_cloudtalk_calls, bytes, &error));
    g_assert_error (error, DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_GARBLED);
  }
}

static void
test_empty (void)
{
  static const char *const answers[] = {
    "{\"responseData\": {\"itemsCount\": 0, \"data\": []}}", "{\"responseData\": {\"itemsCount\": \"0\"}}", "{\"data\": []}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autoptr (GBytes) bytes = from_text (answers[i]);
    g_autoptr (GError) error = NULL;
    g_autoptr (DialCloudtalkPage) page = dial_cloudtalk_parse_page (&dial_cloudtalk_calls, bytes, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (page->rows->len, ==, 0);
    g_assert_cmpuint (page->n_pages, ==, 1);
  }
}

/* What is sent is cut to what CloudTalk takes; of an edit only what is there is sent, and never tags. */
static void
test_changes (void)
{
  g_autofree char *long_name = g_strnfill (151, 'n');
  g_autofree char *long_link = g_strnfill (31, 'l');
  char *tags[] = { (char *) "Greenhouse", NULL };
  char *names[] = { long_link, (char *) "b", (char *) "c", (char *) "d", NULL };
  char *urls[] = { (char *) "https://a", (char *) "https://b", (char *) "https://c", (char *) "https://d", NULL };
  char *none[] = { NULL };
  DialContactChange changes[] = {
    { DIAL_CONTACT_ADD, (char *) "1", 0, long_name, .tags = tags, .url_names = names, .urls = urls },
    { DIAL_CONTACT_EDIT, (char *) "2", 7, .company = (char *) "", .emails = none, .tags = tags },
    { DIAL_CONTACT_DELETE, (char *) "3", 8, .name = (char *) "not sent" },
  };
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *wanted = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_ptr_array_add (asked, &changes[i]);
  bytes = dial_contact_write_changes (asked);
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  wanted = g_strdup_printf (
    "[{\"action\":\"add_contact\",\"command_id\":\"1\",\"data\":{\"name\":\"%.150s\",\"ExternalUrl\":["
    "{\"name\":\"%.30s\",\"url\":\"https://a\"},{\"name\":\"b\",\"url\":\"https://b\"},{\"name\":\"c\",\"url\":\"https://c\"}],"
    "\"ContactsTag\":[{\"name\":\"Greenhouse\"}]}},"
    "{\"action\":\"edit_contact\",\"command_id\":\"2\",\"data\":{\"id\":7,\"company\":\"\",\"ContactEmail\":[]}},"
    "{\"action\":\"delete_contact\",\"command_id\":\"3\",\"data\":{\"id\":8}}]", long_name, long_link);
  g_assert_cmpstr (text, ==, wanted);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cloudtalk/parser/agents", test_agents);
  g_test_add_func ("/cloudtalk/parser/numbers", test_numbers);
  g_test_add_func ("/cloudtalk/parser/tags", test_tags);
  g_test_add_func ("/cloudtalk/parser/call", test_call);
  g_test_add_func ("/cloudtalk/parser/outcomes", test_outcomes);
  g_test_add_func ("/cloudtalk/parser/contacts", test_contacts);
  g_test_add_func ("/cloudtalk/parser/contact", test_contact);
  g_test_add_func ("/cloudtalk/parser/results", test_results);
  g_test_add_func ("/cloudtalk/parser/words", test_words);
  g_test_add_func ("/cloudtalk/parser/refusals", test_refusals);
  g_test_add_func ("/cloudtalk/parser/text", test_text);
  g_test_add_func ("/cloudtalk/parser/garbled", test_garbled);
  g_test_add_func ("/cloudtalk/parser/empty", test_empty);
  g_test_add_func ("/cloudtalk/parser/changes", test_changes);

  return g_test_run ();
}
