/* Notes that CloudTalk's own Greenhouse integration writes, told from all others. */
#include "dial-foreign-note.h"

#define SECOND G_TIME_SPAN_SECOND
#define START  ((gint64) 1795680000 * SECOND)

static DialNote *
make_note (const char *body,
           gint64      created_at)
{
  DialNote *note = dial_note_new (1);

  g_free (note->body);
  note->body = g_strdup (body);
  note->created_at = created_at;
  return note;
}

static void
test_is_call (void)
{
  static const struct {
    const char *body;
    gboolean    is_call;
  } notes[] = {
    { "Call\nRecording: https://my.cloudtalk.io/r/play/70311456", TRUE },
    { "CloudTalk number: +442079460100\nCaller: +447700900142\nDuration: 171 s", TRUE },
    { "cloudtalk\nTAGS: Screened\nDURATION: 0", TRUE },
    { "Outgoing call, answered\nRecording: https://my.cloudtalk.io/r/play/70311456\n\nDialhouse 7f3b9c2d4k", FALSE },
    { "Reached her by CloudTalk at last.", FALSE },
    { "Duration of the contract: a year. Tags on the shirt.", FALSE },
    { "", FALSE },
    { NULL, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++) {
    g_autoptr (DialNote) note = make_note (notes[i].body, START);

    g_assert_cmpint (dial_foreign_note_is_call (note), ==, notes[i].is_call);
  }
}

/* By the call's id where the note has it, whenever it was written; else by the time. */
static void
test_tells (void)
{
  g_autoptr (DialCallReport) report = dial_call_report_new ("cloudtalk-70311456");
  static const struct {
    const char *body;
    int         seconds;
    gboolean    tells;
  } notes[] = {
    { "https://my.cloudtalk.io/r/play/70311456", 86400, TRUE },
    { "https://my.cloudtalk.io/r/play/70311456?x=1", 0, TRUE },
    { "https://my.cloudtalk.io/r/play/7031145", 200, FALSE },
    { "https://my.cloudtalk.io/r/play/0311456", 200, FALSE },
    { "CloudTalk number, duration, tags", 200, TRUE },
    { "CloudTalk number, duration, tags", -60, FALSE },
    { "CloudTalk number, duration, tags", 3600, FALSE },
    { "A note", 200, FALSE },
  };

  report->started_at = START;
  report->ended_at = START + 180 * SECOND;
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++) {
    g_autoptr (DialNote) note = make_note (notes[i].body, START + notes[i].seconds * SECOND);

    g_assert_cmpint (dial_foreign_note_tells (note, report), ==, notes[i].tells);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/foreign-note/is-call", test_is_call);
  g_test_add_func ("/foreign-note/tells", test_tells);

  return g_test_run ();
}
