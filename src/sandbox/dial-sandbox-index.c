#include "dial-sandbox-index.h"

#define N_REMEMBERED 16

typedef struct {
  gint64  time;
  guint32 row;
} Entry;

/* Who walks through a list asks for the same times at every page. */
typedef struct {
  gint64  from;
  gint64  until;
  GArray *rows;
} Finding;

struct _DialSandboxIndex {
  GArray *entries;
  GQueue  findings; /* the latest first */
};

static void
finding_free (gpointer data)
{
  Finding *finding = data;

  g_array_unref (finding->rows);
  g_free (finding);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  const Entry *left = a;
  const Entry *right = b;

  return left->time < right->time ? -1 : left->time > right->time;
}

/**
 * dial_sandbox_index_new:
 * @n_rows: how many rows there are
 * @get_time: a row's time, 0 if it has none
 * @data: for @get_time
 *
 * Returns: (transfer full): an index of all rows
 */
DialSandboxIndex *
dial_sandbox_index_new (guint64               n_rows,
                        DialSandboxIndexFunc  get_time,
                        gpointer              data)
{
  DialSandboxIndex *self = g_new0 (DialSandboxIndex, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  for (guint64 row = 0; row < n_rows; row++) {
    Entry entry = { get_time (data, row), (guint32) row };

    if (entry.time != 0)
      g_array_append_val (self->entries, entry);
  }
  g_array_sort (self->entries, compare_entries);
  return self;
}

void
dial_sandbox_index_free (DialSandboxIndex *self)
{
  g_queue_clear_full (&self->findings, finding_free);
  g_array_unref (self->entries);
  g_free (self);
}

/* How many entries have a time before @instant. */
static guint
count_before (DialSandboxIndex *self,
              gint64            instant)
{
  guint low = 0;
  guint high = self->entries->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (self->entries, Entry, middle).time < instant)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static GArray *
recall (DialSandboxIndex *self,
        gint64            from,
        gint64            until)
{
  for (GList *link = self->findings.head; link != NULL; link = link->next) {
    const Finding *finding = link->data;

    if (finding->from == from && finding->until == until) {
      g_queue_unlink (&self->findings, link);
      g_queue_push_head_link (&self->findings, link);
      return finding->rows;
    }
  }
  return NULL;
}

/**
 * dial_sandbox_index_find:
 * @self: an index
 * @from: the first time wanted
 * @until: the last time wanted
 *
 * Returns: (transfer none) (nullable) (element-type guint64): the rows with such times, ascending;
 *   %NULL if they are so many that one may as well look at all rows. Not to be changed.
 */
GArray *
dial_sandbox_index_find (DialSandboxIndex *self,
                         gint64            from,
                         gint64            until)
{
  guint begin = count_before (self, from);
  guint end = until < G_MAXINT64 ? count_before (self, until + 1) : self->entries->len;
  GArray *rows = recall (self, from, until);
  Finding *finding;

  if (rows != NULL)
    return rows;
  if (end > begin && end - begin > MAX (self->entries->len / 8, 1000))
    return NULL;

  rows = g_array_new (FALSE, FALSE, sizeof (guint64));
  for (guint i = begin; i < end; i++) {
    guint64 row = g_array_index (self->entries, Entry, i).row;

    g_array_append_val (rows, row);
  }
  dial_sandbox_sort_rows (rows);

  finding = g_new (Finding, 1);
  *finding = (Finding) { from, until, rows };
  g_queue_push_head (&self->findings, finding);
  if (self->findings.length > N_REMEMBERED)
    finding_free (g_queue_pop_tail (&self->findings));
  return rows;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  guint64 left = *(const guint64 *) a;
  guint64 right = *(const guint64 *) b;

  return left < right ? -1 : left > right;
}

/**
 * dial_sandbox_sort_rows:
 * @rows: (element-type guint64): rows, in any order, some of them twice
 *
 * Puts rows in ascending order, each of them once.
 */
void
dial_sandbox_sort_rows (GArray *rows)
{
  guint n_kept = 0;

  g_array_sort (rows, compare_rows);
  for (guint i = 0; i < rows->len; i++) {
    guint64 row = g_array_index (rows, guint64, i);

    if (n_kept == 0 || g_array_index (rows, guint64, n_kept - 1) != row)
      g_array_index (rows, guint64, n_kept++) = row;
  }
  g_array_set_size (rows, n_kept);
}
