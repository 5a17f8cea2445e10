#include "config.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "dial-choice-row.h"
#include "dial-quiet-page.h"
#include "dial-template.h"

struct _DialQuietPage
{
  GtkWidget      parent_instance;

  GtkListBox    *list_box;
  GtkSpinButton *days;

  DialFinder    *finder;
  GSignalGroup  *finder_signals;
  guint          showing : 1;    /* it is us who set them */
};

enum {
  BACK,
  N_SIGNALS
};

static const char *const offered[] = { "7", "30", "90" };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialQuietPage, dial_quiet_page, GTK_TYPE_WIDGET)

static DialChoiceRow *
get_row (DialQuietPage *self,
         guint          index)
{
  return DIAL_CHOICE_ROW (gtk_list_box_get_row_at_index (self->list_box, index));
}

static void
update (DialQuietPage *self)
{
  const DialQuery *query = dial_finder_get_query (self->finder);

  self->showing = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (offered); i++)
    dial_choice_row_set_chosen (get_row (self, i), dial_filter_is_set (query, DIAL_FILTER_QUIET, offered[i]));
  gtk_spin_button_set_value (self->days, query->quiet_days);
  self->showing = FALSE;
}

static void
on_chosen_cb (DialQuietPage *self,
              GParamSpec    *pspec,
              DialChoiceRow *row)
{
  if (!self->showing)
    dial_finder_set_filter (self->finder, DIAL_FILTER_QUIET, dial_choice_row_get_value (row),
                            dial_choice_row_is_chosen (row));
}

static void
on_row_activated_cb (DialQuietPage *self,
                     DialChoiceRow *row)
{
  dial_choice_row_set_chosen (row, !dial_choice_row_is_chosen (row));
}

static void
on_days_changed_cb (DialQuietPage *self)
{
  int days = gtk_spin_button_get_value_as_int (self->days);
  g_autofree char *value = g_strdup_printf ("%d", days);

  if (!self->showing)
    dial_finder_set_filter (self->finder, DIAL_FILTER_QUIET, value, days > 0);
}

static void
on_back_clicked_cb (DialQuietPage *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

static void
dial_quiet_page_dispose (GObject *object)
{
  DialQuietPage *self = DIAL_QUIET_PAGE (object);

  g_clear_object (&self->finder_signals);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_QUIET_PAGE);
  g_clear_object (&self->finder);

  G_OBJECT_CLASS (dial_quiet_page_parent_class)->dispose (object);
}

static void
dial_quiet_page_class_init (DialQuietPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_quiet_page_dispose;

  signals[BACK] =
    g_signal_new ("back", DIAL_TYPE_QUIET_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-quiet-page.ui");
  gtk_widget_class_set_css_name (widget_class, "dial-quiet-page");
  gtk_widget_class_bind_template_child (widget_class, DialQuietPage, list_box);
  gtk_widget_class_bind_template_child (widget_class, DialQuietPage, days);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_days_changed_cb);
}

static void
dial_quiet_page_init (DialQuietPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < G_N_ELEMENTS (offered); i++) {
    guint days = strtoul (offered[i], NULL, 10);
    g_autofree char *words = g_strdup_printf (ngettext ("%u day", "%u days", days), days);
    GtkWidget *row = dial_choice_row_new (offered[i], words);

    g_signal_connect_object (row, "notify::chosen", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
    gtk_list_box_append (self->list_box, row);
  }

  self->finder_signals = g_signal_group_new (DIAL_TYPE_FINDER);
  g_signal_group_connect_swapped (self->finder_signals, "notify::query", G_CALLBACK (update), self);
}

/**
 * dial_quiet_page_set_finder:
 * @self: a page
 * @finder: whose filter it is
 */
void
dial_quiet_page_set_finder (DialQuietPage *self,
                            DialFinder    *finder)
{
  g_return_if_fail (DIAL_IS_QUIET_PAGE (self));
  g_return_if_fail (DIAL_IS_FINDER (finder));

  if (!g_set_object (&self->finder, finder))
    return;

  g_signal_group_set_target (self->finder_signals, finder);
  update (self);
}

/**
 * dial_quiet_page_set_count:
 * @self: a page
 * @days: one of those that are offered
 * @count: how many candidates were not contacted for so long, -1 if that is not known
 */
void
dial_quiet_page_set_count (DialQuietPage *self,
                           const char    *days,
                           int            count)
{
  g_return_if_fail (DIAL_IS_QUIET_PAGE (self));

  for (guint i = 0; i < G_N_ELEMENTS (offered); i++)
    if (g_strcmp0 (offered[i], days) == 0)
      dial_choice_row_set_count (get_row (self, i), count);
}

/**
 * dial_quiet_page_focus:
 * @self: a page
 *
 * Gives the keyboard to the first choice.
 */
void
dial_quiet_page_focus (DialQuietPage *self)
{
  g_return_if_fail (DIAL_IS_QUIET_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (get_row (self, 0)));
}
