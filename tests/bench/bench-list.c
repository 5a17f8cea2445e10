/* The list in a real view: what it costs to attach, to jump and to scroll in while changes come in as fast as
 * a sync may bring them, beside the same view over plain objects that nobody changes. */
#include "bench.h"
#include "filler.h"
#include "probe.h"

#include <gtk/gtk.h>

#include "dial-candidate-list.h"

#define N_FRAMES       400
#define N_JUMPS        60
#define SCROLL_STEP    90       /* pixels a frame */
#define PAGE_SIZE      500      /* of changes, */
#define PAGE_DELAY_MS  200      /* so 2,500 a second */
#define N_PAGES        150
#define N_NAMES        5000
#define FRAME_MS       16

/* Plain objects, made when they are asked for */

typedef struct {
  GObject    parent_instance;
  GPtrArray *names;
  guint      n_items;
} PlainModel;

typedef struct {
  GObjectClass parent_class;
} PlainModelClass;

static GType
plain_model_get_item_type (GListModel *model)
{
  return GTK_TYPE_STRING_OBJECT;
}

static guint
plain_model_get_n_items (GListModel *model)
{
  return ((PlainModel *) model)->n_items;
}

static gpointer
plain_model_get_item (GListModel *model,
                      guint       position)
{
  PlainModel *self = (PlainModel *) (gpointer) model;
  const char *name = g_ptr_array_index (self->names, position % self->names->len);

  return position < self->n_items ? gtk_string_object_new (name) : NULL;
}

static void
plain_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = plain_model_get_item_type;
  iface->get_n_items = plain_model_get_n_items;
  iface->get_item = plain_model_get_item;
}

static GType plain_model_get_type (void);

G_DEFINE_TYPE_WITH_CODE (PlainModel, plain_model, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, plain_model_iface_init))

static void
plain_model_finalize (GObject *object)
{
  g_ptr_array_unref (((PlainModel *) object)->names);

  G_OBJECT_CLASS (plain_model_parent_class)->finalize (object);
}

static void
plain_model_class_init (PlainModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = plain_model_finalize;
}

static void
plain_model_init (PlainModel *self)
{
}

/* The view */

typedef struct {
  GtkWidget          *window;
  GtkWidget          *view;
  GtkAdjustment      *adjustment;
  GtkSingleSelection *selection;
  double              began_at;     /* the frame: milliseconds, */
  double              began_cpu;    /* and what the thread had run for until then */
  GArray             *frames;       /* of double: what each took in milliseconds, */
  GArray             *computing;    /* and what of that the thread ran for; the rest others had the processor */
  guint               n_painted;
  gboolean            scrolling;
} View;

static const char *
property_of (gpointer item)
{
  return DIAL_IS_CANDIDATE_ROW (item) ? "name" : "string";
}

static void
on_setup_cb (GtkListItemFactory *factory,
             GtkListItem        *item)
{
  GtkWidget *label = gtk_label_new ("");

  gtk_widget_set_size_request (label, -1, 44);
  gtk_list_item_set_child (item, label);
}

static void
on_bind_cb (GtkListItemFactory *factory,
            GtkListItem        *item)
{
  GObject *object = gtk_list_item_get_item (item);
  GBinding *binding = g_object_bind_property (object, property_of (object), gtk_list_item_get_child (item), "label",
                                              G_BINDING_SYNC_CREATE);

  g_object_set_data (G_OBJECT (item), "binding", binding);
}

static void
on_unbind_cb (GtkListItemFactory *factory,
              GtkListItem        *item)
{
  g_binding_unbind (g_object_get_data (G_OBJECT (item), "binding"));
}

static double
read_clock (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

static void
on_before_paint_cb (GdkFrameClock *clock,
                    View          *self)
{
  self->began_at = read_clock (CLOCK_MONOTONIC);
  self->began_cpu = read_clock (CLOCK_THREAD_CPUTIME_ID);
}

static void
on_after_paint_cb (GdkFrameClock *clock,
                   View          *self)
{
  double frame = read_clock (CLOCK_MONOTONIC) - self->began_at;
  double computing = read_clock (CLOCK_THREAD_CPUTIME_ID) - self->began_cpu;

  self->n_painted++;
  if (self->scrolling) {
    g_array_append_val (self->frames, frame);
    g_array_append_val (self->computing, computing);
  }
}

static gboolean
on_tick_cb (GtkWidget     *widget,
            GdkFrameClock *clock,
            gpointer       user_data)
{
  View *self = user_data;

  if (self->scrolling)
    gtk_adjustment_set_value (self->adjustment, gtk_adjustment_get_value (self->adjustment) + SCROLL_STEP);
  return G_SOURCE_CONTINUE;
}

static void
view_init (View *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GdkFrameClock *clock;

  *self = (View) {
    .frames = g_array_new (FALSE, FALSE, sizeof (double)),
    .computing = g_array_new (FALSE, FALSE, sizeof (double)),
  };
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind_cb), NULL);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (self->selection), factory);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->view);
  self->adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 360, 700);
  gtk_window_set_child (GTK_WINDOW (self->window), scrolled);
  gtk_widget_add_tick_callback (self->view, on_tick_cb, self, NULL);
  gtk_window_present (GTK_WINDOW (self->window));

  clock = gtk_widget_get_frame_clock (self->window);
  g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint_cb), self);
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint_cb), self);
  while (self->n_painted < 2)
    g_main_context_iteration (NULL, TRUE);
}

static void
view_clear (View *self)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (self->window), self);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_array_unref (self->frames);
  g_array_unref (self->computing);
}

/* Whether each row in sight shows somebody. */
static gboolean
is_filled (View *self)
{
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (self->view); row != NULL; row = gtk_widget_get_next_sibling (row)) {
    GtkWidget *label = gtk_widget_get_first_child (row);
    graphene_rect_t bounds;

    if (!gtk_widget_get_mapped (row) || !gtk_widget_compute_bounds (row, self->view, &bounds) ||
        bounds.origin.y + bounds.size.height <= 0 || bounds.origin.y >= gtk_widget_get_height (self->view))
      continue;
    if (label == NULL || gtk_label_get_label (GTK_LABEL (label))[0] == '\0')
      return FALSE;
    n++;
  }
  return n > 0;
}

/* Returns: in how many milliseconds everybody in sight is painted */
static double
wait_filled (View   *self,
             gint64  since)
{
  guint n_painted = self->n_painted;

  while (self->n_painted == n_painted || !is_filled (self))
    g_main_context_iteration (NULL, TRUE);

  /* With the next frame what is filled is seen. */
  n_painted = self->n_painted;
  gtk_widget_queue_draw (self->view);
  while (self->n_painted == n_painted)
    g_main_context_iteration (NULL, TRUE);
  return (double) (g_get_monotonic_time () - since) / 1000;
}

static double
attach (View       *self,
        GListModel *model)
{
  gint64 since = g_get_monotonic_time ();

  gtk_single_selection_set_model (self->selection, model);
  return wait_filled (self, since);
}

static void
scroll (View *self)
{
  g_array_set_size (self->frames, 0);
  g_array_set_size (self->computing, 0);
  self->scrolling = TRUE;
  while (self->frames->len < N_FRAMES)
    g_main_context_iteration (NULL, TRUE);
  self->scrolling = FALSE;
}

/* Anywhere in the list, as with the scroll bar; one jump after the other. */
static void
jump (View   *self,
      GArray *times)
{
  GRand *rand = g_rand_new_with_seed (FILLER_SEED);

  for (guint i = 0; i < N_JUMPS; i++) {
    double upper = gtk_adjustment_get_upper (self->adjustment) - gtk_adjustment_get_page_size (self->adjustment);
    gint64 since = g_get_monotonic_time ();
    double time;

    gtk_adjustment_set_value (self->adjustment, g_rand_double_range (rand, 0, MAX (upper, 1)));
    time = wait_filled (self, since);
    g_array_append_val (times, time);
  }
  g_rand_free (rand);
}

/* Changes as a first sync brings them: half of them new people, half of them active again */

typedef struct {
  DialStore *store;
  GPtrArray *pages;
  guint      next;
  guint      n_waiting;
} Changes;

static void
make_pages (Changes *self,
            guint    n_candidates)
{
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < N_PAGES; i++) {
    GPtrArray *page = g_ptr_array_new_with_free_func (g_object_unref);

    for (guint j = 0; j < PAGE_SIZE; j++) {
      guint row = i * PAGE_SIZE + j;
      guint known = (guint) ((guint64) row * 7919 % n_candidates);
      DialCandidate *candidate = filler_make_candidate (row % 2 == 0 ? n_candidates + row : known, FILLER_SEED);

      if (row % 2 == 1)
        candidate->last_activity_at += (gint64) row * G_USEC_PER_SEC;
      g_ptr_array_add (page, candidate);
    }
    g_ptr_array_add (self->pages, page);
  }
}

/* Plain objects with the same names, so that what a font costs once is not taken for what the list costs. */
static PlainModel *
plain_model_new (Changes *changes,
                 guint    n_items)
{
  PlainModel *model = g_object_new (plain_model_get_type (), NULL);

  model->n_items = n_items;
  model->names = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < N_NAMES; i++) {
    GPtrArray *page = g_ptr_array_index (changes->pages, i / PAGE_SIZE);

    g_ptr_array_add (model->names, dial_candidate_dup_name (g_ptr_array_index (page, i % PAGE_SIZE)));
  }
  return model;
}

static void
on_saved (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Changes *self = user_data;
  g_autoptr (GError) error = NULL;

  (void) dial_store_save_page_finish (DIAL_STORE (object), result, NULL, NULL, &error);
  g_assert_no_error (error);
  self->n_waiting--;
}

static gboolean
on_page_due (gpointer user_data)
{
  Changes *self = user_data;

  if (self->next == self->pages->len)
    return G_SOURCE_CONTINUE;

  self->n_waiting++;
  dial_store_save_page_async (self->store, DIAL_RESOURCE_CANDIDATES, g_ptr_array_index (self->pages, self->next++),
                              NULL, NULL, on_saved, self);
  return G_SOURCE_CONTINUE;
}

/* What came out */

typedef struct {
  double     attached;
  double     median;
  double     p99;
  double     computing;
  double     computing_p99;
  double     jumped;
  double     jumped_p99;
  ProbeStall stall;
} Outcome;

static void
print (const char *figure,
       double      value,
       const char *limit_name,
       double      limit,
       double      target)
{
  BenchFigure line = { figure, "ms", value, limit_name, limit, target };

  bench_print (&line);
}

static Outcome
measure (View       *view,
         GListModel *model)
{
  g_autoptr (GArray) jumps = g_array_new (FALSE, FALSE, sizeof (double));
  Outcome outcome = { .attached = attach (view, model) };

  (void) probe_take ();
  scroll (view);
  outcome.median = bench_percentile (view->frames, 0.5);
  outcome.p99 = bench_percentile (view->frames, 0.99);
  outcome.computing = bench_percentile (view->computing, 0.5);
  outcome.computing_p99 = bench_percentile (view->computing, 0.99);
  jump (view, jumps);
  outcome.jumped = bench_percentile (jumps, 0.5);
  outcome.jumped_p99 = bench_percentile (jumps, 0.99);
  outcome.stall = probe_take ();
  gtk_single_selection_set_model (view->selection, NULL);
  return outcome;
}

static void
print_outcome (const Outcome *ours,
               const Outcome *plain)
{
  print ("list attached and painted", ours->attached, "plain objects", plain->attached, 0);
  print ("scroll frame during changes, median", ours->median, "plain objects, unchanged", plain->median, 0);
  print ("scroll frame during changes, p99", ours->p99, "a frame", FRAME_MS, 1);
  print ("scroll frame during changes, computing, median", ours->computing, "plain objects, unchanged",
         plain->computing, 0);
  print ("scroll frame during changes, computing, p99", ours->computing_p99, "a frame", FRAME_MS, 1);
  print ("scroll frame of plain objects, p99", plain->p99, "a frame", FRAME_MS, 0);
  print ("jump to painted rows during changes, median", ours->jumped, "plain objects, unchanged", plain->jumped, 0);
  print ("jump to painted rows during changes, p99", ours->jumped_p99, "plain objects, unchanged", plain->jumped_p99, 0);
  print ("longest stall during changes", ours->stall.longest, "a frame", FRAME_MS, 1);
  print ("longest stall during changes, stolen by the host at most", ours->stall.stolen, NULL, 0, 0);
  print ("longest stall during changes, undisturbed", ours->stall.undisturbed, "a frame", FRAME_MS, 1);
  print ("busiest turn during changes, computing", ours->stall.busiest, "a frame", FRAME_MS, 1);
  print ("busiest turn of plain objects, computing", plain->stall.busiest, "a frame", FRAME_MS, 0);
}

int
main (int    argc,
      char **argv)
{
  guint n_candidates = bench_begin (&argc, &argv);
  PlainModel *plain_model;
  g_autoptr (DialCandidateList) list = NULL;
  Changes changes = { .store = bench_open_store () };
  Outcome plain, ours;
  guint source;
  View view;

  gtk_init ();
  filler_fill (changes.store, n_candidates, FILLER_SEED);
  make_pages (&changes, n_candidates);

  view_init (&view);
  probe_start ();
  plain_model = plain_model_new (&changes, n_candidates);
  (void) measure (&view, G_LIST_MODEL (plain_model));     /* fonts, styles */
  plain = measure (&view, G_LIST_MODEL (plain_model));

  source = g_timeout_add (PAGE_DELAY_MS, on_page_due, &changes);
  list = dial_candidate_list_new (changes.store, 32);
  ours = measure (&view, G_LIST_MODEL (list));
  g_source_remove (source);
  while (changes.n_waiting > 0)
    g_main_context_iteration (NULL, TRUE);
  fprintf (stderr, "%u changes came in\n", changes.next * PAGE_SIZE);

  print_outcome (&ours, &plain);
  view_clear (&view);
  g_clear_object (&list);
  g_object_unref (plain_model);
  g_ptr_array_unref (changes.pages);
  bench_close_store (changes.store);
  return 0;
}
