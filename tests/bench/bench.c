#include "bench.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static guint n_candidates = 10000;

guint
bench_begin (int    *argc,
             char ***argv)
{
  static int wanted;
  const GOptionEntry options[] = {
    { "candidates", 0, 0, G_OPTION_ARG_INT, &wanted, "How many people", "N" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, argc, argv, &error) || wanted < 0) {
    fprintf (stderr, "%s\n", error != NULL ? error->message : "--candidates takes a number");
    exit (2);
  }

  if (wanted > 0)
    n_candidates = (guint) wanted;
  return n_candidates;
}

/* JSON has no locale, and no words for what is no number. */
static const char *
format_number (double value,
               char   buffer[G_ASCII_DTOSTR_BUF_SIZE])
{
  if (!isfinite (value))
    return "null";

  return g_ascii_formatd (buffer, G_ASCII_DTOSTR_BUF_SIZE, "%.6g", value);
}

/* The texts are ours: letters, digits, spaces. */
void
bench_print (const BenchFigure *figure)
{
  const char *name = g_get_prgname ();
  gboolean held = figure->limit > 0;
  double ratio = held ? figure->value / figure->limit : NAN;
  double target = held && figure->target > 0 ? figure->target : NAN;
  const char *met = isnan (target) ? "null" : ratio <= target ? "true" : "false";
  char value[G_ASCII_DTOSTR_BUF_SIZE], limit[G_ASCII_DTOSTR_BUF_SIZE];
  char ratio_text[G_ASCII_DTOSTR_BUF_SIZE], target_text[G_ASCII_DTOSTR_BUF_SIZE];

  if (g_str_has_prefix (name, "bench-"))
    name += strlen ("bench-");
  printf ("{\"bench\": \"%s\", \"candidates\": %u, \"figure\": \"%s\", \"unit\": \"%s\", "
          "\"value\": %s, \"limit\": %s, \"limit_name\": \"%s\", \"ratio\": %s, \"target\": %s, \"met\": %s}\n",
          name, n_candidates, figure->figure, figure->unit, format_number (figure->value, value),
          format_number (held ? figure->limit : NAN, limit),
          figure->limit_name != NULL ? figure->limit_name : "", format_number (ratio, ratio_text),
          format_number (target, target_text), met);
  fflush (stdout);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

double
bench_percentile (GArray *values,
                  double  part)
{
  guint index;

  if (values->len == 0)
    return NAN;

  g_array_sort (values, compare_doubles);
  index = (guint) ceil (part * values->len);
  return g_array_index (values, double, CLAMP (index, 1, values->len) - 1);
}

void
bench_keep (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_set_object ((GAsyncResult **) user_data, result);
}

DialStore *
bench_open_store (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("bench-XXXXXX", &error);
  g_autofree char *path = NULL;
  DialStore *store;

  g_assert_no_error (error);
  path = g_build_filename (folder, "alder.sqlite", NULL);
  BENCH_WAIT (result, dial_store_open_async (path, NULL, bench_keep, &result));
  store = dial_store_open_finish (result, &error);
  g_assert_no_error (error);
  return store;
}

static void
delete_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *file = g_build_filename (path, name, NULL);

    g_unlink (file);
  }
  g_rmdir (path);
}

void
bench_close_store (DialStore *store)
{
  g_autofree char *folder = g_path_get_dirname (dial_store_get_path (store));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  BENCH_WAIT (result, dial_store_close_async (store, NULL, bench_keep, &result));
  dial_store_close_finish (store, result, &error);
  g_assert_no_error (error);
  g_object_unref (store);
  delete_folder (folder);
}
