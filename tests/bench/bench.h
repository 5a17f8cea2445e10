#pragma once

#include "dial-store.h"

G_BEGIN_DECLS

/**
 * BenchFigure:
 * @figure: what was measured
 * @unit: of @value and @limit: `ms`, `s`, `MB`, …
 * @value: what came out; the median or a percentile where there were several
 * @limit_name: what it is held against: a figure of the same run, or what is wanted
 * @limit: that, in the same unit; 0 for a figure that only informs
 * @target: the most that @value / @limit should be
 *
 * One figure, printed as one line of JSON on standard output. What else a bench has to say goes to
 * standard error.
 */
typedef struct {
  const char *figure;
  const char *unit;
  double      value;
  const char *limit_name;
  double      limit;
  double      target;
} BenchFigure;

/* A bench takes `--candidates N` and is called bench-NAME. Returns: N, 10,000 if left out */
guint      bench_begin       (int               *argc,
                              char            ***argv);
void       bench_print       (const BenchFigure *figure);

/* Doubles: the value that the part @part (0.5: the median, 0.99) of @values does not exceed; sorts them */
double     bench_percentile  (GArray            *values,
                              double             part);

/* A store in a folder of its own, which bench_close_store() deletes */
DialStore *bench_open_store  (void);
void       bench_close_store (DialStore         *store);

/* Runs an async function to its end: BENCH_WAIT (result, dial_store_x_async (store, …, NULL, bench_keep, &result)) */
#define BENCH_WAIT(result, call) \
  G_STMT_START { \
    g_clear_object (&(result)); \
    call; \
    while ((result) == NULL) \
      g_main_context_iteration (NULL, TRUE); \
  } G_STMT_END

void       bench_keep        (GObject           *object,
                              GAsyncResult      *result,
                              gpointer           user_data);

G_END_DECLS
