/* A call followed from history alone: the phone system as a script of what can be seen when. */
#include "dial-call-follower.h"

#define SECOND G_TIME_SPAN_SECOND
#define MIRA   "+12025550143"
#define CLICK  ((gint64) 1795680000 * SECOND)
#define START  (1000 * SECOND)

/* What happens, in seconds after the click; -1: never. */
typedef struct {
  const char *name;
  int         answers_here;
  int         answers_there;
  int         ends;
  int         listed;            /* history tells of it from then on */
  gboolean    lists_running;     /* before it has ended */
  int         fails_from;        /* every look fails */
  int         fails_until;
  int         sleeps_at;         /* the computer, for ten minutes */
  gboolean    by_link;

  DialFollowPhase expected;
  int             at_latest;     /* when that is known */
  int             n_looks;       /* at most */
} Story;

static const Story stories[] = {
  { "listed while it runs", 4, 12, 200, 5, TRUE, -1, -1, -1, FALSE, DIAL_FOLLOW_ENDED, 212, 25 },
  { "listed once it has ended", 4, 12, 200, 205, FALSE, -1, -1, -1, FALSE, DIAL_FOLLOW_ENDED, 225, 30 },
  { "listed late", 4, 12, 60, 110, FALSE, -1, -1, -1, FALSE, DIAL_FOLLOW_ENDED, 120, 30 },
  { "short, listed once it has ended", 2, 8, 14, 16, FALSE, -1, -1, -1, FALSE, DIAL_FOLLOW_ENDED, 26, 6 },
  { "nobody answers there", 4, -1, 40, 5, TRUE, -1, -1, -1, FALSE, DIAL_FOLLOW_ENDED, 46, 12 },
  { "nobody answers here", -1, -1, -1, -1, FALSE, -1, -1, -1, FALSE, DIAL_FOLLOW_NEVER, 95, 22 },
  { "answered here at the last moment", 19, 30, 90, 95, FALSE, -1, -1, -1, FALSE, DIAL_FOLLOW_ENDED, 110, 25 },
  { "in a call, and never listed", 4, 12, 60, -1, FALSE, -1, -1, -1, FALSE, DIAL_FOLLOW_LOST, 170, 40 },
  { "the network is away for a while", 4, 12, 100, 5, TRUE, 8, 90, -1, FALSE, DIAL_FOLLOW_ENDED, 145, 25 },
  { "the network is away when it would be given up", -1, -1, -1, -1, FALSE, 60, 200, -1, FALSE, DIAL_FOLLOW_NEVER, 245, 30 },
  { "the computer sleeps while they talk", 4, 12, 300, 5, TRUE, -1, -1, 60, FALSE, DIAL_FOLLOW_ENDED, 80, 20 },
  { "by a link, taken up slowly", 60, 70, 120, 125, FALSE, -1, -1, -1, TRUE, DIAL_FOLLOW_ENDED, 150, 40 },
  { "by a link, never taken up", -1, -1, -1, -1, FALSE, -1, -1, -1, TRUE, DIAL_FOLLOW_NEVER, 195, 45 },
};

static DialCallReport *
make_report (const char *remote_id,
             const char *number,
             gint64      started_at)
{
  DialCallReport *report = dial_call_report_new (remote_id);

  report->number = g_strdup (number);
  report->started_at = started_at;
  return report;
}

/* What history tells at @second. */
static GPtrArray *
tell (const Story *story,
      int          second)
{
  GPtrArray *reports = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean ended = story->ends >= 0 && second >= story->ends;
  DialCallReport *report;

  /* The last call with the same number, and one with another. */
  g_ptr_array_add (reports, make_report ("other", "+12025550199", CLICK + SECOND));
  g_ptr_array_add (reports, make_report ("before", MIRA, CLICK - 60 * SECOND));
  if (story->listed < 0 || second < story->listed || (!ended && !story->lists_running))
    return reports;

  report = make_report ("this", MIRA, CLICK + story->answers_here * SECOND);
  if (story->answers_there >= 0 && second >= story->answers_there)
    report->answered_at = CLICK + story->answers_there * SECOND;
  if (ended) {
    report->has_ended = TRUE;
    report->ended_at = CLICK + story->ends * SECOND;
    report->outcome = story->answers_there >= 0 ? DIAL_OUTCOME_ANSWERED : DIAL_OUTCOME_NO_ANSWER;
  }
  g_ptr_array_add (reports, report);
  return reports;
}

static void
look (DialCallFollower *follower,
      const Story      *story,
      DialFollowLook    what,
      int               second,
      gint64            now)
{
  g_autoptr (GPtrArray) reports = NULL;

  if (second >= story->fails_from && second < story->fails_until) {
    dial_call_follower_take_failure (follower, now);
    return;
  }
  if (what == DIAL_FOLLOW_LOOK_AT_AGENT) {
    dial_call_follower_take_agent (follower, story->answers_here >= 0 && second >= story->answers_here &&
                                   (story->ends < 0 || second < story->ends), now);
    return;
  }

  reports = tell (story, second);
  dial_call_follower_take_history (follower, reports, now);
}

static void
test_story (gconstpointer data)
{
  const Story *story = data;
  g_autoptr (DialCallFollower) follower = dial_call_follower_new (MIRA, CLICK, 0, NULL, story->by_link, START);
  gint64 now = START, slept = 0, when;
  DialFollowLook what;
  int n_looks = 0;

  while ((what = dial_call_follower_get_look (follower, &when)) != DIAL_FOLLOW_LOOK_NOWHERE) {
    int second = (int) ((now - START + slept) / SECOND);

    if (story->sleeps_at >= 0 && second >= story->sleeps_at && slept == 0) {
      slept = 600 * SECOND;
      dial_call_follower_hurry (follower);
      continue;
    }
    now = MAX (now, when);
    second = (int) ((now - START + slept) / SECOND);
    look (follower, story, what, second, now);
    g_assert_cmpint (++n_looks, <=, story->n_looks);
    if (dial_call_follower_get_report (follower) != NULL)
      g_assert_cmpstr (dial_call_follower_get_report (follower)->remote_id, ==, "this");
  }

  g_test_message ("%s: %d looks, %d seconds", story->name, n_looks, (int) ((now - START) / SECOND));
  g_assert_cmpint (dial_call_follower_get_phase (follower), ==, story->expected);
  g_assert_cmpint ((now - START) / SECOND, <=, story->at_latest);
}

/* On the way, it says how it stands. */
static void
test_phases (void)
{
  static const Story story = { "", 4, 12, 30, 5, TRUE, -1, -1, -1, FALSE };
  g_autoptr (DialCallFollower) follower = dial_call_follower_new (MIRA, CLICK, 0, NULL, FALSE, START);
  static const struct {
    int             second;
    DialFollowPhase phase;
  } steps[] = {
    { 3, DIAL_FOLLOW_RINGS_HERE }, { 6, DIAL_FOLLOW_RINGS }, { 12, DIAL_FOLLOW_TALKS }, { 30, DIAL_FOLLOW_ENDED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    look (follower, &story, DIAL_FOLLOW_LOOK_AT_HISTORY, steps[i].second, START + steps[i].second * SECOND);
    g_assert_cmpint (dial_call_follower_get_phase (follower), ==, steps[i].phase);
  }
}

/* Called again at once: the first call is not taken for the second, wherever its clock is. */
static void
test_again (void)
{
  g_autoptr (GHashTable) others = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (DialCallFollower) follower = dial_call_follower_new (MIRA, CLICK, CLICK - 8 * SECOND, others, FALSE, START);
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (reports, make_report ("first", MIRA, CLICK - 14 * SECOND));
  dial_call_follower_take_history (follower, reports, START + 3 * SECOND);
  g_assert_null (dial_call_follower_get_report (follower));

  /* Known to be another one, though history tells whole seconds alone. */
  g_hash_table_add (others, (char *) "at once");
  g_ptr_array_add (reports, make_report ("at once", MIRA, CLICK));
  dial_call_follower_take_history (follower, reports, START + 5 * SECOND);
  g_assert_null (dial_call_follower_get_report (follower));

  g_ptr_array_add (reports, make_report ("second", MIRA, CLICK - 2 * SECOND));
  g_ptr_array_add (reports, make_report ("third", MIRA, CLICK + 90 * SECOND));
  dial_call_follower_take_history (follower, reports, START + 8 * SECOND);
  g_assert_cmpstr (dial_call_follower_get_report (follower)->remote_id, ==, "second");
}

/* Who calls back is another call. */
static void
test_direction (void)
{
  g_autoptr (DialCallFollower) follower = dial_call_follower_new (MIRA, CLICK, 0, NULL, FALSE, START);
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func (g_object_unref);
  DialCallReport *report = make_report ("back", MIRA, CLICK + SECOND);

  report->direction = DIAL_DIRECTION_INCOMING;
  g_ptr_array_add (reports, report);
  dial_call_follower_take_history (follower, reports, START + 3 * SECOND);
  g_assert_null (dial_call_follower_get_report (follower));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (stories); i++) {
    g_autofree char *name = g_strdelimit (g_strdup (stories[i].name), " ,", '-');
    g_autofree char *path = g_strconcat ("/call-follower/", name, NULL);

    g_test_add_data_func (path, &stories[i], test_story);
  }
  g_test_add_func ("/call-follower/phases", test_phases);
  g_test_add_func ("/call-follower/again", test_again);
  g_test_add_func ("/call-follower/direction", test_direction);

  return g_test_run ();
}
