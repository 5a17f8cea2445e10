/* driven ARGUMENTS-OF-DIALHOUSE: the program itself, its whole window, driven by lines on standard input. Each
 * answers with one line of JSON on standard output:
 *
 *   (at the start)    {"painted_at": when the first rows stood there, by the monotonic clock in seconds}
 *   type WORDS        types every word of the line, letter by letter, each as soon as the last one's rows are
 *                     painted: {"result": [ms…], "painted": [ms…], "frames": [frames after the result…]}
 *   search TEXT       sets the search: {"n": rows found}
 *   scroll SECONDS    scrolls down at each frame: {"frames": [ms a frame took…], "computing": [ms of that…]}
 *   sync full|changes starts a sync: {"started": true}; once more when it ended, what it did
 *   await N SECONDS   waits for N rows, and for the first of them painted: {"shown_at": seconds}
 *   stall             {"longest": ms, "busiest": ms, "undisturbed": ms, "stolen": ms,
 *                     "faults": n} of the main loop since the last time: see probe.h
 *   quit              closes the window
 */
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "dial-candidate-tile.h"
#include "dial-desk.h"
#include "dial-program.h"
#include "dial-window.h"
#include "probe.h"

typedef struct {
  GtkWindow     *window;
  GtkWidget     *list;         /* of candidates */
  GtkEditable   *entry;
  GListModel    *people;
  GdkFrameClock *clock;
  GIOChannel    *input;
  gint64         frame_began, frame_cpu;
  guint          n_frames;

  /* type */
  GPtrArray     *words;
  guint          word;
  glong          letter;
  gint64         typed_at;
  gint64         result_at;
  guint          result_frame;
  gboolean       asked;        /* the list has set out for an answer, or has one */
  GString       *results, *paintings, *frames, *computing;

  /* scroll */
  gint64         scroll_until;
  double         step;

  /* await */
  guint          awaited;
  gint64         await_until;
} Driven;

static void next_letter (Driven *self);

static double
now_in_seconds (void)
{
  return (double) g_get_monotonic_time () / G_USEC_PER_SEC;
}

/* Finding one's way */

static GtkWidget *
find_widget (GtkWidget *where,
             GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (where, type))
    return where;

  for (GtkWidget *child = gtk_widget_get_first_child (where); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_widget (child, type);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static gboolean
is_in_sight (Driven    *self,
             GtkWidget *row)
{
  graphene_rect_t bounds;

  return gtk_widget_get_mapped (row) && gtk_widget_compute_bounds (row, self->list, &bounds) &&
         bounds.origin.y + bounds.size.height > 0 && bounds.origin.y < gtk_widget_get_height (self->list);
}

static gboolean
is_filled (GtkWidget *tile)
{
  DialCandidateRow *row = dial_candidate_tile_get_row (DIAL_CANDIDATE_TILE (tile));

  return row != NULL && dial_candidate_row_get_candidate (row) != NULL;
}

/* Whether every row in sight has its person. */
static gboolean
has_rows (Driven *self)
{
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL;
       row = gtk_widget_get_next_sibling (row)) {
    GtkWidget *tile = is_in_sight (self, row) ? find_widget (row, DIAL_TYPE_CANDIDATE_TILE) : NULL;

    if (tile == NULL)
      continue;
    if (!is_filled (tile))
      return FALSE;
    n++;
  }
  return n > 0;
}

/* type */

static void
append_number (GString *list,
               double   value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (list->len > 0)
    g_string_append (list, ", ");
  g_string_append (list, g_ascii_formatd (text, sizeof text, "%.3f", value));
}

static void
end_typing (Driven *self)
{
  printf ("{\"result\": [%s], \"painted\": [%s], \"frames\": [%s]}\n", self->results->str,
          self->paintings->str, self->frames->str);
  g_clear_pointer (&self->words, g_ptr_array_unref);
}

static gboolean
next_letter_cb (gpointer user_data)
{
  next_letter (user_data);
  return G_SOURCE_REMOVE;
}

static void
next_letter (Driven *self)
{
  const char *word;
  glong length;
  g_autofree char *text = NULL;

  if (self->word == self->words->len) {
    end_typing (self);
    return;
  }

  word = g_ptr_array_index (self->words, self->word);
  length = g_utf8_strlen (word, -1);
  text = g_utf8_substring (word, 0, ++self->letter);
  if (self->letter == length) {
    self->word++;
    self->letter = 0;
  }

  self->asked = FALSE;
  self->result_at = 0;
  self->typed_at = g_get_monotonic_time ();
  gtk_editable_set_text (self->entry, text);
}

/* The answer is there as soon as the list has left off loading, having changed or not. */
static void
look_for_result (Driven *self)
{
  gboolean loading;

  if (self->words == NULL || self->typed_at == 0 || self->result_at != 0)
    return;

  g_object_get (self->people, "loading", &loading, NULL);
  self->asked |= loading;
  if (loading || !self->asked)
    return;

  self->result_at = g_get_monotonic_time ();
  self->result_frame = self->n_frames;
  gtk_widget_queue_draw (self->list);
}

static void
on_items_changed_cb (Driven *self)
{
  self->asked = TRUE;
  look_for_result (self);
}

static void
note_painted (Driven *self)
{
  gint64 now = g_get_monotonic_time ();

  append_number (self->results, (double) (self->result_at - self->typed_at) / 1000);
  append_number (self->paintings, (double) (now - self->typed_at) / 1000);
  append_number (self->frames, self->n_frames - self->result_frame);
  self->typed_at = 0;
  g_idle_add (next_letter_cb, self);
}

static void
type_words (Driven     *self,
            const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  self->words = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; words[i] != NULL; i++) {
    if (words[i][0] != '\0')
      g_ptr_array_add (self->words, g_strdup (words[i]));
  }
  self->word = 0;
  self->letter = 0;
  g_string_truncate (self->results, 0);
  g_string_truncate (self->paintings, 0);
  g_string_truncate (self->frames, 0);
  next_letter (self);
}

static void
set_search (Driven     *self,
            const char *text)
{
  gboolean loading;

  gtk_editable_set_text (self->entry, text);
  do {
    g_main_context_iteration (NULL, TRUE);
    g_object_get (self->people, "loading", &loading, NULL);
  } while (loading);
  printf ("{\"n\": %u}\n", g_list_model_get_n_items (self->people));
}

/* scroll */

static gboolean
scroll_cb (GtkWidget     *list,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  Driven *self = user_data;
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  double end = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  double value = gtk_adjustment_get_value (adjustment) + self->step;

  if (g_get_monotonic_time () >= self->scroll_until) {
    printf ("{\"frames\": [%s], \"computing\": [%s]}\n", self->frames->str, self->computing->str);
    self->scroll_until = 0;
    gtk_adjustment_set_value (adjustment, 0);
    return G_SOURCE_REMOVE;
  }

  if (value <= 0 || value >= end)
    self->step = -self->step;
  gtk_adjustment_set_value (adjustment, CLAMP (value, 0, end));
  return G_SOURCE_CONTINUE;
}

static void
scroll (Driven     *self,
        const char *seconds)
{
  g_string_truncate (self->frames, 0);
  g_string_truncate (self->computing, 0);
  self->step = 100;
  self->scroll_until = g_get_monotonic_time () +
                       (gint64) (g_ascii_strtod (seconds, NULL) * G_USEC_PER_SEC);
  gtk_widget_add_tick_callback (self->list, scroll_cb, self, NULL);
}

/* sync and await */

static void
on_synced_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  DialSyncSummary summary = { 0 };
  g_autoptr (GError) error = NULL;

  dial_integration_sync_finish (DIAL_INTEGRATION (object), result, &summary, &error);
  if (error != NULL)
    fprintf (stderr, "%s\n", error->message);
  printf ("{\"ended\": true, \"complete\": %s, \"candidates\": %" G_GINT64_FORMAT ", \"requests\": %u, "
          "\"created\": %u, \"updated\": %u}\n", summary.complete ? "true" : "false", summary.candidates,
          summary.requests, summary.created, summary.updated);
}

static void
start_sync (Driven  *self,
            gboolean full)
{
  g_autoptr (DialDesk) desk = NULL;
  g_autoptr (DialIntegration) integration = NULL;

  g_object_get (self->window, "desk", &desk, NULL);
  integration = g_list_model_get_item (dial_desk_get_integrations (desk), 0);
  dial_integration_sync_async (integration, full, NULL, on_synced_cb, NULL);
  printf ("{\"started\": true, \"at\": %.6f}\n", now_in_seconds ());
}

static void
end_awaiting (Driven *self)
{
  printf ("{\"shown_at\": %.6f, \"n\": %u}\n", now_in_seconds (), g_list_model_get_n_items (self->people));
  self->awaited = 0;
}

static gboolean
await_cb (gpointer user_data)
{
  Driven *self = user_data;

  if (self->awaited > 0 && g_get_monotonic_time () > self->await_until)
    end_awaiting (self);
  return self->awaited > 0;
}

static void
await_rows (Driven     *self,
            const char *line)
{
  char *rest;

  self->awaited = (guint) g_ascii_strtoull (line, &rest, 10);
  self->await_until = g_get_monotonic_time () + (gint64) (g_ascii_strtod (rest, NULL) * G_USEC_PER_SEC);
  g_timeout_add (100, await_cb, self);
}

/* Frames */

static void
on_first_rows (Driven *self)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (self->list)));

  self->people = gtk_single_selection_get_model (GTK_SINGLE_SELECTION (model));
  g_signal_connect_swapped (self->people, "items-changed", G_CALLBACK (on_items_changed_cb), self);
  g_signal_connect_swapped (self->people, "notify::loading", G_CALLBACK (look_for_result), self);

  printf ("{\"painted_at\": %.6f}\n", now_in_seconds ());
  probe_take ();
}

static void
on_before_paint_cb (Driven *self)
{
  self->frame_began = g_get_monotonic_time ();
  self->frame_cpu = probe_read_cpu ();
}

static void
on_after_paint_cb (Driven *self)
{
  self->n_frames++;
  if (self->scroll_until > 0) {
    append_number (self->frames, (double) (g_get_monotonic_time () - self->frame_began) / 1000);
    append_number (self->computing, (double) (probe_read_cpu () - self->frame_cpu) / 1e6);
  }

  if (self->people == NULL && has_rows (self))
    on_first_rows (self);
  if (self->typed_at > 0 && self->result_at > 0 &&
      (has_rows (self) || g_list_model_get_n_items (self->people) == 0))
    note_painted (self);
  if (self->awaited > 0 && g_list_model_get_n_items (self->people) == self->awaited && has_rows (self))
    end_awaiting (self);
}

/* What to do */

static void
obey (Driven *self,
      char   *line)
{
  char *rest = strchr (line, ' ');
  ProbeStall stall;

  if (rest != NULL)
    *rest++ = '\0';
  else
    rest = line + strlen (line);

  if (strcmp (line, "type") == 0) {
    type_words (self, rest);
  } else if (strcmp (line, "search") == 0) {
    set_search (self, rest);
  } else if (strcmp (line, "scroll") == 0) {
    scroll (self, rest);
  } else if (strcmp (line, "sync") == 0) {
    start_sync (self, strcmp (rest, "full") == 0);
  } else if (strcmp (line, "await") == 0) {
    await_rows (self, rest);
  } else if (strcmp (line, "stall") == 0) {
    stall = probe_take ();
    printf ("{\"longest\": %.3f, \"busiest\": %.3f, \"undisturbed\": %.3f, \"stolen\": %.3f, \"faults\": %d}\n",
            stall.longest, stall.busiest, stall.undisturbed, stall.stolen, stall.faults);
  } else if (strcmp (line, "quit") == 0) {
    gtk_window_close (self->window);
  } else {
    g_error ("What is %s?", line);
  }
}

static gboolean
on_input_cb (GIOChannel  *input,
             GIOCondition condition,
             gpointer     user_data)
{
  Driven *self = user_data;
  g_autofree char *line = NULL;
  gsize end;

  if (g_io_channel_read_line (input, &line, NULL, &end, NULL) != G_IO_STATUS_NORMAL) {
    gtk_window_close (self->window);
    return G_SOURCE_REMOVE;
  }

  line[end] = '\0';
  obey (self, line);
  return G_SOURCE_CONTINUE;
}

static void
on_realize_cb (Driven *self)
{
  self->list = find_widget (GTK_WIDGET (self->window), GTK_TYPE_LIST_VIEW);
  self->entry = GTK_EDITABLE (find_widget (GTK_WIDGET (self->window), GTK_TYPE_SEARCH_ENTRY));
  self->clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));
  g_signal_connect_swapped (self->clock, "before-paint", G_CALLBACK (on_before_paint_cb), self);
  g_signal_connect_swapped (self->clock, "after-paint", G_CALLBACK (on_after_paint_cb), self);

  self->input = g_io_channel_unix_new (STDIN_FILENO);
  g_io_add_watch (self->input, G_IO_IN | G_IO_HUP, on_input_cb, self);
}

static void
on_window_added_cb (Driven    *self,
                    GtkWindow *window)
{
  if (self->window != NULL || !DIAL_IS_WINDOW (window))
    return;

  self->window = window;
  g_signal_connect_swapped (window, "realize", G_CALLBACK (on_realize_cb), self);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (DialProgram) program = NULL;
  Driven self = { 0 };
  int status;

  dial_save_memory ();
  setlocale (LC_ALL, "");
  setvbuf (stdout, NULL, _IOLBF, 0);
  self.results = g_string_new (NULL);
  self.paintings = g_string_new (NULL);
  self.frames = g_string_new (NULL);
  self.computing = g_string_new (NULL);

  program = dial_program_new ();
  g_signal_connect_swapped (program, "window-added", G_CALLBACK (on_window_added_cb), &self);
  probe_start ();
  status = g_application_run (G_APPLICATION (program), argc, argv);

  g_clear_pointer (&self.input, g_io_channel_unref);
  g_string_free (self.results, TRUE);
  g_string_free (self.paintings, TRUE);
  g_string_free (self.frames, TRUE);
  g_string_free (self.computing, TRUE);
  return status;
}
