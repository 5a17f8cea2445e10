/* Search as one types, on a store of many: each keystroke's first answer, telephone numbers, the counts
 * beside the filters, and a hundred changes. */
#include "bench.h"
#include "bare-store.h"
#include "filler.h"

#include <math.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "dial-search-words.h"
#include "dial-search.h"

#define N_NEEDLES 1000
#define N_FIRST   256
#define MAX_CHARS 20

static double
get_ms (void)
{
  return (double) g_get_monotonic_time () / 1000;
}

static double
get_cpu (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void
print (const char *figure,
       const char *unit,
       double      value,
       const char *limit_name,
       double      limit,
       double      target)
{
  BenchFigure line = {
    .figure = figure,
    .unit = unit,
    .value = value,
    .limit_name = limit_name,
    .limit = limit,
    .target = target,
  };

  bench_print (&line);
}

/* Needles */

static const char *
pick_text (DialCandidate *candidate,
           GRand         *rand)
{
  DialPhoneNumber *phone = candidate->phones->len > 0 ? candidate->phones->pdata[0] : NULL;
  DialEmailAddress *email = candidate->emails->pdata[0];

  switch (g_rand_int_range (rand, 0, 9)) {
  case 0:
  case 1:
    return candidate->first_name;
  case 2:
  case 3:
    return candidate->last_name;
  case 4:
    return candidate->company;
  case 5:
    return candidate->title;
  case 6:
    return phone != NULL ? dial_phone_number_get_typed (phone) : NULL;
  case 7:
    return phone != NULL ? dial_phone_number_get_e164 (phone) : NULL;
  default:
    return email->address;
  }
}

/* Somebody's words as far as they were typed: one or two, names, jobs, numbers, and now and then nonsense. */
static char *
make_needle (GRand *rand,
             guint  n_candidates)
{
  static const char * const others[] = {
    "Backend Engineer", "Phone Screen", "Onsite", "a z", "e e", "q x", "Offer Nurse", "zzzz", "xqj", "1 2",
  };
  g_autoptr (DialCandidate) candidate =
    filler_make_candidate (g_rand_int_range (rand, 0, n_candidates), FILLER_SEED);
  const char *first = pick_text (candidate, rand);
  const char *second = pick_text (candidate, rand);
  g_autofree char *text = NULL;
  glong length;

  if (first == NULL || g_rand_int_range (rand, 0, 8) == 0)
    first = others[g_rand_int_range (rand, 0, G_N_ELEMENTS (others))];
  if (second != NULL && g_rand_int_range (rand, 0, 3) == 0) {
    glong cut = g_rand_int_range (rand, 1, 5);
    g_autofree char *beginning = g_utf8_substring (second, 0, MIN (cut, g_utf8_strlen (second, -1)));

    text = g_strconcat (first, " ", beginning, NULL);
  } else {
    text = g_strdup (first);
  }

  /* Rolled first: MIN () would roll twice. */
  length = g_rand_int_range (rand, 1, MAX_CHARS + 1);
  return g_utf8_substring (text, 0, MIN (length, g_utf8_strlen (text, -1)));
}

static GPtrArray *
make_needles (guint n_candidates)
{
  GPtrArray *needles = g_ptr_array_new_with_free_func (g_free);
  GRand *rand = g_rand_new_with_seed (FILLER_SEED);

  while (needles->len < N_NEEDLES)
    g_ptr_array_add (needles, make_needle (rand, n_candidates));
  g_rand_free (rand);
  return needles;
}

/* What it takes */

static double
time_search (DialStore  *store,
             const char *text,
             guint       limit,
             guint      *n_found)
{
  g_autoptr (DialQuery) query = dial_query_new (text);
  g_autoptr (DialFindings) findings = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  double began = get_ms (), time;

  BENCH_WAIT (result, dial_store_search_async (store, query, limit, NULL, bench_keep, &result));
  time = get_ms () - began;
  findings = dial_store_search_finish (store, result, &error);
  g_assert_no_error (error);
  if (n_found != NULL)
    *n_found = findings->places->len;
  return time;
}

/* What the same takes of a processor that has nothing else to do. */
static double
time_cpu (DialConnection *connection,
          const char     *text)
{
  g_autoptr (DialQuery) query = dial_query_new (text);
  g_autoptr (DialFindings) findings = NULL;
  struct timespec began, ended;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &began);
  findings = dial_search_find (connection, query, N_FIRST);
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &ended);
  return (double) (ended.tv_sec - began.tv_sec) * 1e3 + (double) (ended.tv_nsec - began.tv_nsec) / 1e6;
}

/* The least that SQLite does for it: the same words anywhere, the first 50 by place. */
static double
time_bare (sqlite3    *handle,
           const char *text)
{
  g_autoptr (DialSearchWords) words = dial_search_words_new (text);
  g_autofree char *expression = words->words->len > 0 ? dial_search_words_express (words, DIAL_N_TIERS)
                                                       : g_strdup ("\"a\"");
  double began = get_ms ();
  sqlite3_stmt *statement;

  sqlite3_prepare_v2 (handle, "SELECT rowid FROM candidate_search WHERE candidate_search MATCH ? "
                      "ORDER BY rowid DESC LIMIT 50", -1, &statement, NULL);
  sqlite3_bind_text (statement, 1, expression, -1, SQLITE_STATIC);
  while (sqlite3_step (statement) == SQLITE_ROW)
    continue;
  sqlite3_finalize (statement);
  return get_ms () - began;
}

static void
measure_needles (DialStore *store,
                 sqlite3   *handle,
                 guint      n_candidates)
{
  g_autoptr (GPtrArray) needles = make_needles (n_candidates);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) bare = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) cpu = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (DialConnection) connection = dial_connection_open (dial_store_get_path (store), NULL);

  for (guint i = 0; i < needles->len; i++) {
    const char *needle = g_ptr_array_index (needles, i);
    guint n_found;
    double time = time_search (store, needle, N_FIRST, &n_found);
    double alone = time_cpu (connection, needle);
    double least = time_bare (handle, needle);

    if (alone > 5)
      g_printerr ("“%s”: %.1f ms, %.1f of a processor, for %u; bare %.1f ms\n", needle, time, alone,
                  n_found, least);
    g_array_append_val (cpu, alone);
    g_array_append_val (times, time);
    g_array_append_val (bare, least);
  }

  print ("keystroke to result, median", "ms", bench_percentile (times, 0.5), "wanted", 2, 1);
  print ("keystroke to result, p99", "ms", bench_percentile (times, 0.99), "wanted", 10, 1);
  print ("a processor's time for it, median", "ms", bench_percentile (cpu, 0.5), "wanted", 2, 1);
  print ("a processor's time for it, p99", "ms", bench_percentile (cpu, 0.99), "wanted", 10, 1);
  print ("keystroke to result, median, beside SQLite alone", "ms", bench_percentile (times, 0.5),
         "the first 50 by FTS5", bench_percentile (bare, 0.5), 0);
  print ("keystroke to result, p99, beside SQLite alone", "ms", bench_percentile (times, 0.99),
         "the first 50 by FTS5", bench_percentile (bare, 0.99), 0);
}

static void
measure_whole (DialStore *store)
{
  static const char * const texts[] = { "", "a", "engineer", "an" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *figure = NULL;
    guint n_found;
    double time = time_search (store, texts[i], 0, &n_found);

    figure = g_strdup_printf ("whole answer to '%s'", texts[i]);
    g_printerr ("“%s”: %u in %.1f ms\n", texts[i], n_found, time);
    print (figure, "ms", time, NULL, 0, 0);
  }
}

static void
measure_phones (DialStore *store,
                guint      n_candidates)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  GRand *rand = g_rand_new_with_seed (FILLER_SEED);

  while (times->len < N_NEEDLES) {
    g_autoptr (DialCandidate) candidate =
      filler_make_candidate (g_rand_int_range (rand, 0, n_candidates), FILLER_SEED);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GArray) ids = NULL;
    const char *e164;
    double began, time;

    if (candidate->phones->len == 0)
      continue;

    e164 = dial_phone_number_get_e164 (candidate->phones->pdata[0]);
    began = get_ms ();
    BENCH_WAIT (result, dial_store_find_by_phone_async (store, e164, NULL, bench_keep, &result));
    time = get_ms () - began;
    ids = dial_store_find_by_phone_finish (store, result, NULL);
    g_assert_cmpuint (ids->len, >, 0);
    g_array_append_val (times, time);
  }
  g_rand_free (rand);

  print ("phone number to candidate, median", "ms", bench_percentile (times, 0.5), NULL, 0, 0);
  print ("phone number to candidate, p99", "ms", bench_percentile (times, 0.99), "wanted", 1, 1);
}

static void
measure_choices (DialStore *store)
{
  static const char * const texts[] = { "", "a", "anna" };
  static const char * const facets[] = { "jobs", "stages", "statuses", "tags", "others" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    for (guint facet = 0; facet < G_N_ELEMENTS (facets); facet++) {
      g_autoptr (DialQuery) query = dial_query_new (texts[i]);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GPtrArray) choices = NULL;
      g_autofree char *figure = g_strdup_printf ("counts of %s beside '%s'", facets[facet], texts[i]);
      double began = get_ms (), time;

      BENCH_WAIT (result, dial_store_count_choices_async (store, query, facet, NULL, bench_keep,
                                                          &result));
      time = get_ms () - began;
      choices = dial_store_count_choices_finish (store, result, NULL);
      g_assert_nonnull (choices);
      print (figure, "ms", time, NULL, 0, 0);
    }
  }
}

static void
measure_orders (DialStore *store)
{
  static const char * const texts[] = { "", "a", "anna", "engineer" };
  static const struct {
    DialOrder   order;
    const char *name;
  } orders[] = { { DIAL_ORDER_NAME, "name" }, { DIAL_ORDER_CONTACT, "contact" } };

  for (guint i = 0; i < G_N_ELEMENTS (orders); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (texts); j++) {
      g_autoptr (DialQuery) query = dial_query_new (texts[j]);
      g_autoptr (GAsyncResult) result = NULL;
      g_autofree char *figure = g_strdup_printf ("first of '%s' by %s", texts[j], orders[i].name);
      double began = get_ms ();

      query->order = orders[i].order;
      BENCH_WAIT (result, dial_store_search_async (store, query, N_FIRST, NULL, bench_keep, &result));
      print (figure, "ms", get_ms () - began, NULL, 0, 0);
    }
  }
}

/* A hundred who were active just now, and another hundred matched against a query. */
static void
measure_changes (DialStore *store,
                 guint      n_candidates)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (DialQuery) query = dial_query_new ("an");
  g_autoptr (GAsyncResult) result = NULL;
  double began;

  for (guint i = 0; i < 100; i++) {
    DialCandidate *candidate = filler_make_candidate (i * (n_candidates / 100), FILLER_SEED);

    candidate->last_activity_at += G_GINT64_CONSTANT (90000000000) + i * 1000000;
    g_ptr_array_add (records, candidate);
    g_array_append_val (ids, candidate->id);
  }

  began = get_ms ();
  BENCH_WAIT (result, dial_store_save_page_async (store, DIAL_RESOURCE_CANDIDATES, records, NULL,
                                                  NULL, bench_keep, &result));
  print ("100 changes saved and indexed", "ms", get_ms () - began, NULL, 0, 0);

  began = get_ms ();
  BENCH_WAIT (result, dial_store_match_async (store, query, ids, NULL, bench_keep, &result));
  print ("100 matched", "ms", get_ms () - began, NULL, 0, 0);
}

static void
fill (DialStore *store,
      guint      n_candidates)
{
  double began = get_ms (), cpu = get_cpu (), bare;
  DialStore *other;

  filler_fill (store, n_candidates, FILLER_SEED);
  cpu = get_cpu () - cpu;
  other = bench_open_store ();
  bare = bare_store_write (dial_store_get_path (store), dial_store_get_path (other));
  bench_close_store (other);
  print ("a candidate with its applications stored and indexed", "µs CPU", cpu * 1e6 / n_candidates,
         "the same rows and terms by SQLite alone", bare * 1e6 / n_candidates, 0);
  g_printerr ("filled in %.1f s\n", (get_ms () - began) / 1000);
}

int
main (int    argc,
      char **argv)
{
  guint n_candidates = bench_begin (&argc, &argv);
  DialStore *store = bench_open_store ();
  sqlite3 *handle;

  fill (store, n_candidates);
  sqlite3_open (dial_store_get_path (store), &handle);
  measure_needles (store, handle, n_candidates);
  measure_phones (store, n_candidates);
  measure_whole (store);
  measure_choices (store);
  measure_orders (store);
  measure_changes (store, n_candidates);
  sqlite3_close (handle);
  bench_close_store (store);
  return 0;
}
