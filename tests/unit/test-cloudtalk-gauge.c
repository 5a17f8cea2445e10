/* The operations a minute that a whole company shares: this desk and a CloudTalk that counts, hour after hour, on a
 * clock of their own. */
#include "dial-gauge-private.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define MINUTE (60 * SECOND)
#define START  (1000 * SECOND)

/* CloudTalk: windows of a minute that begin with their first request, as its headers tell them. */
typedef struct {
  int      limit;
  gboolean tells_always;
  gboolean counts_each;
  int      others;    /* a minute, spread over it */
  gint64   window;    /* when it began */
  int      used;
  gint64   next_other;
  guint    n_refused; /* of ours */
  guint    n_others_refused;
} Company;

/* What the desk wants, beside contacts without end. */
typedef struct {
  gint64 every[DIAL_CLOUDTALK_N_URGENCIES]; /* 0 for never */
  int    n_changes;
  guint  n_sent[DIAL_CLOUDTALK_N_URGENCIES];
  gint64 due[DIAL_CLOUDTALK_N_URGENCIES];
  gint64 longest[DIAL_CLOUDTALK_N_URGENCIES]; /* wait */
} Desk;

static void
look_at_window (Company *company,
                gint64   now)
{
  if (now >= company->window + MINUTE) {
    company->window = now;
    company->used = 0;
  }
}

static void
let_others_spend (Company *company,
                  gint64   now)
{
  while (company->others > 0 && company->next_other <= now) {
    look_at_window (company, company->next_other);
    if (company->used < company->limit)
      company->used++;
    else
      company->n_others_refused++;
    company->next_other += MINUTE / company->others;
  }
}

static gboolean
answer (Company       *company,
        int            n_changes,
        DialGaugeNews *news,
        gint64         now)
{
  int cost = company->counts_each ? n_changes : 1;
  gboolean taken;

  let_others_spend (company, now);
  look_at_window (company, now);
  taken = company->used + cost <= company->limit;
  if (taken)
    company->used += cost;
  else
    company->n_refused++;

  *news = (DialGaugeNews) { -1, -1, -1 };
  if (!taken || company->tells_always) {
    news->limit = company->limit;
    news->remaining = taken ? company->limit - company->used : 0;
    news->until_reset = (company->window + MINUTE - now + SECOND - 1) / SECOND * SECOND + SECOND;
  }
  return taken;
}

static void
run (Company *company,
     Desk    *desk,
     guint    minutes)
{
  DialGauge gauge;

  dial_gauge_init (&gauge);
  company->window = G_MININT64 / 2;
  company->next_other = START;
  for (guint urgency = 0; urgency < DIAL_CLOUDTALK_N_URGENCIES; urgency++)
    desk->due[urgency] = desk->every[urgency] != 0 ? START : G_MAXINT64;

  for (gint64 now = START; now < START + minutes * MINUTE; now += SECOND / 20) {
    for (guint urgency = 0; urgency < DIAL_CLOUDTALK_N_URGENCIES; urgency++) {
      int n_changes = urgency == DIAL_CLOUDTALK_URGENCY_CONTACTS ? desk->n_changes : 1;
      DialGaugeTurn turn;
      DialGaugeNews news;

      if (desk->due[urgency] > now || dial_gauge_next_try (&gauge, urgency, n_changes, now) > now)
        continue;

      turn = dial_gauge_sent (&gauge, urgency, n_changes, now);
      if (answer (company, n_changes, &news, now)) {
        dial_gauge_answered (&gauge, &turn, &news, now);
        desk->n_sent[urgency]++;
        desk->longest[urgency] = MAX (desk->longest[urgency], now - desk->due[urgency]);
        desk->due[urgency] = MAX (now, desk->due[urgency] + desk->every[urgency]);
      } else {
        dial_gauge_refused (&gauge, &turn, &news, now);
      }
      break;
    }
  }

  dial_gauge_clear (&gauge);
}

static Desk
make_desk (void)
{
  return (Desk) {
           .every = { 10 * SECOND, 15 * SECOND, SECOND / 20 },
           .n_changes = 10,
  };
}

/* Whatever CloudTalk tells and however it counts: alone the desk is never refused, and contacts go on. */
static void
test_alone (void)
{
  for (guint i = 0; i < 4; i++) {
    Company company = { .limit = 60, .tells_always = i & 1, .counts_each = i & 2 };
    Desk desk = make_desk ();

    run (&company, &desk, 60);
    g_test_message ("headers %d, each %d: %u now, %u calls, %u bulk requests, at most %d s, %d s, %d s", i & 1, i & 2,
                    desk.n_sent[0], desk.n_sent[1], desk.n_sent[2], (int) (desk.longest[0] / SECOND),
                    (int) (desk.longest[1] / SECOND), (int) (desk.longest[2] / SECOND));
    g_assert_cmpuint (company.n_refused, ==, 0);
    g_assert_cmpint (desk.longest[DIAL_CLOUDTALK_URGENCY_NOW], <, SECOND);
    g_assert_cmpint (desk.longest[DIAL_CLOUDTALK_URGENCY_CALLS], <=, 15 * SECOND);
    g_assert_cmpint (desk.longest[DIAL_CLOUDTALK_URGENCY_CONTACTS], <, 2 * MINUTE);
    /* Two bulk requests a minute where they may count by their changes, and many where they do not. */
    g_assert_cmpuint (desk.n_sent[2], >=, i == 1 ? 300 : 90);
    g_assert_cmpuint (desk.n_sent[2], <=, i == 1 ? 15 * 61 : 2 * 61);
  }
}

/* Others spend so much between two bulk requests that it might be these: it is found out all the same, and where each
 * change counts nobody is refused for it. */
static void
test_bulk_among_others (void)
{
  for (guint each = 0; each < 2; each++) {
    Company company = { .limit = 60, .tells_always = TRUE, .counts_each = each == 1, .others = 22 };
    Desk desk = { .every = { 0, 0, SECOND / 20 }, .n_changes = 10 };

    run (&company, &desk, 60);
    g_test_message ("each %u: %u refusals, %u of others, %u bulk requests", each, company.n_refused,
                    company.n_others_refused, desk.n_sent[2]);
    g_assert_cmpuint (company.n_refused, ==, 0);
    g_assert_cmpuint (company.n_others_refused, ==, 0);
    g_assert_cmpuint (desk.n_sent[2], >=, each == 0 ? 500 : 50);
    g_assert_cmpuint (desk.n_sent[2], <=, each == 0 ? 15 * 61 : 2 * 61);
  }
}

/* Others who spend most of it are left in peace as far as CloudTalk tells of them. */
static void
test_others (void)
{
  for (guint i = 0; i < 2; i++) {
    Company company = { .limit = 60, .tells_always = TRUE, .counts_each = i, .others = 35 };
    Desk desk = make_desk ();

    run (&company, &desk, 60);
    g_test_message ("each %u: %u refusals, %u of others, %u now, %u calls, %u bulk requests", i, company.n_refused,
                    company.n_others_refused, desk.n_sent[0], desk.n_sent[1], desk.n_sent[2]);
    g_assert_cmpuint (company.n_refused, ==, 0);
    g_assert_cmpuint (company.n_others_refused, ==, 0);
    g_assert_cmpint (desk.longest[DIAL_CLOUDTALK_URGENCY_NOW], <, SECOND);
    g_assert_cmpuint (desk.n_sent[2], >, 30);
  }
}

/* Where nobody can know of others until it is too late there are refusals, but not one after the other. */
static void
test_hidden_others (void)
{
  Company company = { .limit = 60, .counts_each = TRUE, .others = 45 };
  Desk desk = make_desk ();

  run (&company, &desk, 60);
  g_test_message ("%u refusals, %u bulk requests", company.n_refused, desk.n_sent[2]);
  g_assert_cmpuint (company.n_refused, <=, 30);
  g_assert_cmpuint (desk.n_sent[0], >, 200);
  g_assert_cmpuint (desk.n_sent[2], >, 10);
}

/* A limit that support has raised is used in the same parts. */
static void
test_raised (void)
{
  Company company = { .limit = 600, .tells_always = TRUE };
  Desk desk = make_desk ();

  run (&company, &desk, 10);
  g_assert_cmpuint (company.n_refused, ==, 0);
  g_assert_cmpuint (desk.n_sent[2], >, 10 * 100);
  g_assert_cmpuint (desk.n_sent[2], <=, 10 * 150 + 10);
}

/* And a lower one too. */
static void
test_lowered (void)
{
  Company company = { .limit = 12, .tells_always = TRUE, .counts_each = TRUE };
  Desk desk = make_desk ();

  desk.every[0] = 30 * SECOND;
  desk.every[1] = MINUTE;
  run (&company, &desk, 60);
  g_test_message ("%u refusals, %u now, %u calls, %u bulk requests", company.n_refused, desk.n_sent[0], desk.n_sent[1],
                  desk.n_sent[2]);
  g_assert_cmpuint (company.n_refused, <=, 1);
  g_assert_cmpuint (desk.n_sent[0], >=, 100);
}

static void
test_shares (void)
{
  const DialGaugeNews nothing = { -1, -1, -1 };
  DialGauge gauge;
  guint n_sent = 0;
  DialGaugeTurn turn;

  /* Nobody calls: six looks a minute. */
  dial_gauge_init (&gauge);
  for (gint64 now = START; now < START + MINUTE; now += SECOND) {
    if (dial_gauge_next_try (&gauge, DIAL_CLOUDTALK_URGENCY_CALLS, 1, now) > now)
      continue;
    turn = dial_gauge_sent (&gauge, DIAL_CLOUDTALK_URGENCY_CALLS, 1, now);
    dial_gauge_answered (&gauge, &turn, &nothing, now);
    n_sent++;
  }
  g_assert_cmpuint (n_sent, ==, 6);

  /* In a call: twenty. */
  dial_gauge_saw_call (&gauge, START + MINUTE);
  n_sent = 0;
  for (gint64 now = START + 2 * MINUTE; now < START + 3 * MINUTE; now += SECOND) {
    if (dial_gauge_next_try (&gauge, DIAL_CLOUDTALK_URGENCY_CALLS, 1, now) > now)
      continue;
    turn = dial_gauge_sent (&gauge, DIAL_CLOUDTALK_URGENCY_CALLS, 1, now);
    dial_gauge_answered (&gauge, &turn, &nothing, now);
    n_sent++;
  }
  g_assert_cmpuint (n_sent, ==, 20);
  dial_gauge_clear (&gauge);
}

static void
test_refused (void)
{
  const DialGaugeNews told = { 60, 0, 20 * SECOND };
  const DialGaugeNews silent = { -1, -1, -1 };
  DialCloudtalkAllowance allowance;

  for (guint i = 0; i < 100; i++) {
    DialGauge gauge;
    DialGaugeTurn turn;
    gint64 next;

    dial_gauge_init (&gauge);
    turn = dial_gauge_sent (&gauge, DIAL_CLOUDTALK_URGENCY_NOW, 1, START);
    dial_gauge_refused (&gauge, &turn, i % 2 == 0 ? &told : &silent, START);
    next = dial_gauge_next_try (&gauge, DIAL_CLOUDTALK_URGENCY_NOW, 1, START) - START;
    g_assert_cmpint (next, >=, i % 2 == 0 ? 20 * SECOND : 5 * SECOND);
    g_assert_cmpint (next, <=, i % 2 == 0 ? 20 * SECOND + SECOND / 2 : 10 * SECOND);
    g_assert_cmpint (dial_gauge_next_try (&gauge, DIAL_CLOUDTALK_URGENCY_CONTACTS, 1, START), >, START + next);

    dial_gauge_describe (&gauge, &allowance, START);
    g_assert_cmpint (allowance.blocked_until, !=, DIAL_INSTANT_UNKNOWN);
    g_assert_cmpint (allowance.used_by_us, ==, 1);
    dial_gauge_describe (&gauge, &allowance, START + MINUTE);
    g_assert_cmpint (allowance.blocked_until, ==, DIAL_INSTANT_UNKNOWN);
    g_assert_cmpint (allowance.used_by_us, ==, 0);
    dial_gauge_clear (&gauge);
  }
}

/* A turn that was not used costs nothing. */
static void
test_unused (void)
{
  DialGauge gauge;

  dial_gauge_init (&gauge);
  for (guint i = 0; i < 1000; i++) {
    DialGaugeTurn turn;

    g_assert_cmpint (dial_gauge_next_try (&gauge, DIAL_CLOUDTALK_URGENCY_CONTACTS, 10, START), ==, START);
    turn = dial_gauge_sent (&gauge, DIAL_CLOUDTALK_URGENCY_CONTACTS, 10, START);
    dial_gauge_unused (&gauge, &turn, START);
  }
  g_assert_cmpint (gauge.in_flight, ==, 0);
  g_assert_cmpint (gauge.sums[DIAL_CLOUDTALK_URGENCY_CONTACTS], ==, 0);
  dial_gauge_clear (&gauge);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cloudtalk/gauge/alone", test_alone);
  g_test_add_func ("/cloudtalk/gauge/bulk-among-others", test_bulk_among_others);
  g_test_add_func ("/cloudtalk/gauge/others", test_others);
  g_test_add_func ("/cloudtalk/gauge/hidden-others", test_hidden_others);
  g_test_add_func ("/cloudtalk/gauge/raised", test_raised);
  g_test_add_func ("/cloudtalk/gauge/lowered", test_lowered);
  g_test_add_func ("/cloudtalk/gauge/shares", test_shares);
  g_test_add_func ("/cloudtalk/gauge/refused", test_refused);
  g_test_add_func ("/cloudtalk/gauge/unused", test_unused);

  return g_test_run ();
}
