#include "dial-note-reading.h"
#include "dial-note-text.h"

#include <string.h>

static DialCallRecord *
new_call (void)
{
  DialCallRecord *call = dial_call_record_new ("a-call");

  dial_set_str (&call->number, "+1 (202) 555-0143");
  dial_set_str (&call->e164, "+12025550143");
  dial_set_str (&call->time_zone, "Europe/Berlin");
  call->candidate_id = 6409000001;
  call->state = DIAL_CALL_STATE_ENDED;
  call->outcome = DIAL_OUTCOME_ANSWERED;
  call->started_at = dial_instant_parse ("2026-11-23T13:05:00Z");
  call->duration = 252;
  return call;
}

static void
test_answered (void)
{
  g_autoptr (DialCallRecord) call = new_call ();
  g_autoptr (GTimeZone) there = g_time_zone_new_identifier ("America/New_York");
  g_autofree char *body = NULL;

  g_strfreev (call->tags);
  call->tags = g_strsplit ("Interested,Relocates", ",", -1);
  dial_set_str (&call->own_number, "+12025550100");
  dial_set_str (&call->text, "  Free from 5 January.\n[02:10] Salary: 71k\n\n");

  body = dial_note_text_for_call (call, DIAL_NOTE_ALL, there, NULL, "7f3b9c2d4k");
  g_assert_cmpstr (body, ==,
                   "Outgoing call, answered\n"
                   "To +1 202-555-0143 from +1 202-555-0100\n"
                   "23 Nov 2026, 14:05 CET (08:05 there), 4:12\n"
                   "Tags: Interested, Relocates\n"
                   "\n"
                   "Free from 5 January.\n"
                   "[02:10] Salary: 71k\n"
                   "\n"
                   "Dialhouse 7f3b9c2d4k");
}

/* The headline, what was typed and the reference stand in every note. */
static void
test_fields (void)
{
  static const struct {
    DialNoteFields  fields;
    const char     *lines;
  } notes[] = {
    { 0, "" },
    { DIAL_NOTE_NUMBER, "To +1 202-555-0143\n" },
    { DIAL_NOTE_OWN_NUMBER, "From +1 202-555-0100\n" },
    { DIAL_NOTE_TIME, "23 Nov 2026, 14:05 CET\n" },
    { DIAL_NOTE_TIME_THERE, "" },
    { DIAL_NOTE_TIME | DIAL_NOTE_TIME_THERE, "23 Nov 2026, 14:05 CET (08:05 there)\n" },
    { DIAL_NOTE_LENGTH, "4:12\n" },
    { DIAL_NOTE_TIME | DIAL_NOTE_LENGTH | DIAL_NOTE_TAGS, "23 Nov 2026, 14:05 CET, 4:12\nTags: Interested\n" },
  };
  g_autoptr (DialCallRecord) call = new_call ();
  g_autoptr (GTimeZone) there = g_time_zone_new_identifier ("America/New_York");

  g_strfreev (call->tags);
  call->tags = g_strsplit ("Interested", ",", -1);
  dial_set_str (&call->own_number, "+12025550100");
  dial_set_str (&call->text, "Hello");
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++) {
    g_autofree char *body = dial_note_text_for_call (call, notes[i].fields, there, NULL, "7f3b9c2d4k");
    g_autofree char *expected = g_strdup_printf ("Outgoing call, answered\n%s\nHello\n\nDialhouse 7f3b9c2d4k",
                                                 notes[i].lines);

    g_assert_cmpstr (body, ==, expected);
  }
}

static void
test_sparse (void)
{
  g_autoptr (DialCallRecord) call = new_call ();
  g_autoptr (GTimeZone) same = g_time_zone_new_identifier ("Europe/Paris");
  g_autofree char *body = NULL;

  call->outcome = DIAL_OUTCOME_NO_ANSWER;
  call->duration = -1;

  body = dial_note_text_for_call (call, DIAL_NOTE_ALL, same, NULL, "7f3b9c2d4k");
  g_assert_cmpstr (body, ==,
                   "Outgoing call, no answer\n"
                   "To +1 202-555-0143\n"
                   "23 Nov 2026, 14:05 CET\n"
                   "\n"
                   "Dialhouse 7f3b9c2d4k");
}

/* What the phone system tells of it */
static void
test_report (void)
{
  g_autoptr (DialCallRecord) call = new_call ();
  g_autofree char *body = NULL;
  g_autofree char *less = NULL;

  g_strfreev (call->tags);
  call->tags = g_strsplit ("Interested", ",", -1);
  dial_set_str (&call->own_number, "+442079460100");
  dial_set_str (&call->text, "Free from 5 January.");
  call->report = dial_call_report_new ("70311456");
  call->report->outcome = DIAL_OUTCOME_ANSWERED;
  call->report->own_name = g_strdup ("London hiring desk");
  call->report->agent = g_strdup ("Imani Okafor");
  call->report->waiting = 9;
  call->report->recording_url = g_strdup ("https://my.cloudtalk.io/r/play/70311456");
  g_strfreev (call->report->tags);
  call->report->tags = g_strsplit ("Screened,Interested", ",", -1);
  g_strfreev (call->report->notes);
  call->report->notes = g_strsplit (" Wants hybrid, two days |  |Call in May", "|", -1);

  body = dial_note_text_for_call (call, DIAL_NOTE_ALL, NULL, NULL, "7f3b9c2d4k");
  g_assert_cmpstr (body, ==,
                   "Outgoing call, answered\n"
                   "To +1 202-555-0143 from +44 20 7946 0100 (London hiring desk)\n"
                   "23 Nov 2026, 14:05 CET, 4:12\n"
                   "Answered after 0:09\n"
                   "Agent: Imani Okafor\n"
                   "Tags: Interested, Screened\n"
                   "Recording: https://my.cloudtalk.io/r/play/70311456 (sign in to listen)\n"
                   "\n"
                   "Notes from the phone:\n"
                   "Wants hybrid, two days\n"
                   "Call in May\n"
                   "\n"
                   "Free from 5 January.\n"
                   "\n"
                   "Dialhouse 7f3b9c2d4k");

  less = dial_note_text_for_call (call, DIAL_NOTE_NUMBER | DIAL_NOTE_TIME | DIAL_NOTE_LENGTH, NULL, NULL, "7f3b9c2d4k");
  g_assert_cmpstr (less, ==,
                   "Outgoing call, answered\nTo +1 202-555-0143\n23 Nov 2026, 14:05 CET, 4:12\n\n"
                   "Free from 5 January.\n\nDialhouse 7f3b9c2d4k");
}

/* An address that is no link to a page stays out of the feed. */
static void
test_recording (void)
{
  static const char * const none[] = {
    "javascript:alert(1)", "http://my.cloudtalk.io/r/play/1", "https://my.cloudtalk.io/r/play/1\nSalary: 71k", "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (none); i++) {
    g_autoptr (DialCallRecord) call = new_call ();
    g_autofree char *body = NULL;

    call->report = dial_call_report_new ("70311456");
    call->report->recording_url = g_strdup (none[i]);
    body = dial_note_text_for_call (call, DIAL_NOTE_ALL, NULL, NULL, "7f3b9c2d4k");
    g_assert_null (strstr (body, "Recording"));
  }
}

static void
test_length_not_known (void)
{
  g_autoptr (DialCallRecord) call = new_call ();
  g_autofree char *body = NULL;

  call->duration = -1;
  body = dial_note_text_for_call (call, DIAL_NOTE_ALL, NULL, NULL, "7f3b9c2d4k");
  g_assert_nonnull (strstr (body, "14:05 CET, length not known\n"));
}

static void
test_long (void)
{
  g_autoptr (DialCallRecord) call = new_call ();
  g_autofree char *body = NULL;

  call->duration = 3600 + 61;
  body = dial_note_text_for_call (call, DIAL_NOTE_ALL, NULL, NULL, "7f3b9c2d4k");
  g_assert_nonnull (strstr (body, ", 1:01:01\n"));
}

static void
test_references (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < 1000; i++) {
    char *reference = dial_note_text_new_reference ();
    g_autofree char *body = dial_note_text_for_note ("Hello", NULL, reference);
    g_autofree char *padded = g_strconcat (body, "\r\n \n", NULL);
    g_autofree char *found = dial_note_text_dup_reference (padded);

    g_assert_cmpstr (found, ==, reference);
    g_assert_true (g_hash_table_add (seen, reference));
  }
}

static void
test_no_reference (void)
{
  const char *bodies[] = {
    NULL, "", "Hello", "Dialhouse", "Dialhouse 7f3b9c2d4", "Dialhouse 7f3b9c2d4kk",
    "Dialhouse 7F3B9C2D4K", "Dialhouse 7f3b9c2d4k\nand more", "My Dialhouse 7f3b9c2d4k",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    g_assert_null (dial_note_text_dup_reference (bodies[i]));
}

/* Where Greenhouse shows the integration as the author, the first line says who it was. */
static void
test_signer (void)
{
  g_autoptr (DialCallRecord) call = new_call ();
  g_autofree char *body = NULL;
  g_autofree char *note = NULL;
  g_autofree char *reference = NULL;

  body = dial_note_text_for_call (call, DIAL_NOTE_ALL, NULL, "Oskar Venn", "7f3b9c2d4k");
  g_assert_true (g_str_has_prefix (body, "Call by Oskar Venn\nOutgoing call, answered\nTo "));

  note = dial_note_text_for_note ("Hello", "Oskar Venn", "7f3b9c2d4k");
  g_assert_cmpstr (note, ==, "Note by Oskar Venn\n\nHello\n\nDialhouse 7f3b9c2d4k");
  reference = dial_note_text_dup_reference (note);
  g_assert_cmpstr (reference, ==, "7f3b9c2d4k");
}

static DialTextMessage *
read_back (const char *body)
{
  g_autoptr (DialNote) note = dial_note_new (1);

  note->candidate_id = 7;
  note->created_at = 1700000000000000;
  dial_set_str (&note->body, body);
  return dial_note_reading_dup_text (note);
}

/* A text message never claims to have arrived, and another Dialhouse knows it for what it is. */
static void
test_text_message (void)
{
  g_autoptr (DialTextMessage) message =
    dial_text_message_new (7, "+447400123456", "+442079460100", " Hi Ada,\n\nThursday at 9?\n");
  g_autoptr (DialTextMessage) read = NULL;
  g_autoptr (DialTextMessage) signed_read = NULL;
  g_autoptr (DialTextMessage) told_read = NULL;
  g_autofree char *body = NULL;
  g_autofree char *bare = NULL;
  g_autofree char *signed_body = NULL;
  g_autofree char *told = NULL;

  message->sent_at = (gint64) 1764166020 * G_USEC_PER_SEC;
  body = dial_note_text_for_text (message, DIAL_NOTE_ALL, NULL, NULL, "7f3b9c2d4k");
  g_assert_true (g_str_has_prefix (body, "Text message, handed to the carrier\n"
                                   "To +44 7400 123456 from +44 20 7946 0100\n26 Nov 2025, "));
  g_assert_true (g_str_has_suffix (body, "\n\nHi Ada,\n\nThursday at 9?\n\nDialhouse 7f3b9c2d4k"));
  g_assert_null (strstr (body, "elivered"));
  read = read_back (body);
  g_assert_cmpstr (read->body, ==, "Hi Ada,\n\nThursday at 9?");
  g_assert_cmpint (read->state, ==, DIAL_TEXT_STATE_HANDED);

  bare = dial_note_text_for_text (message, 0, NULL, NULL, "7f3b9c2d4k");
  g_assert_cmpstr (bare, ==, "Text message, handed to the carrier\n\nHi Ada,\n\nThursday at 9?\n\n"
                   "Dialhouse 7f3b9c2d4k");

  signed_body = dial_note_text_for_text (message, DIAL_NOTE_OWN_NUMBER, NULL, "Oskar Venn", "7f3b9c2d4k");
  g_assert_true (g_str_has_prefix (signed_body, "Text message by Oskar Venn\nText message, handed to the carrier\n"
                                   "From +44 20 7946 0100\n\nHi Ada,"));
  signed_read = read_back (signed_body);
  g_assert_cmpstr (signed_read->body, ==, "Hi Ada,\n\nThursday at 9?");

  message->told = TRUE;
  told = dial_note_text_for_text (message, DIAL_NOTE_NUMBER, NULL, NULL, "7f3b9c2d4k");
  g_assert_true (g_str_has_prefix (told, "Text message, sent as the recruiter says\nTo +44 7400 123456\n\nHi Ada,"));
  told_read = read_back (told);
  g_assert_nonnull (told_read);
  g_assert_null (read_back ("Text message, handed to the carrier\n\nHello"));
  g_assert_null (read_back ("Note\n\nText message, handed to the carrier\n\nDialhouse 7f3b9c2d4k"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/note-text/answered", test_answered);
  g_test_add_func ("/note-text/fields", test_fields);
  g_test_add_func ("/note-text/sparse", test_sparse);
  g_test_add_func ("/note-text/report", test_report);
  g_test_add_func ("/note-text/recording", test_recording);
  g_test_add_func ("/note-text/length-not-known", test_length_not_known);
  g_test_add_func ("/note-text/long", test_long);
  g_test_add_func ("/note-text/references", test_references);
  g_test_add_func ("/note-text/no-reference", test_no_reference);
  g_test_add_func ("/note-text/signer", test_signer);
  g_test_add_func ("/note-text/text-message", test_text_message);

  return g_test_run ();
}
