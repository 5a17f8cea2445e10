#include "config.h"

#include <glib/gi18n.h>

#include "dial-chips.h"
#include "dial-say-name.h"
#include "dial-wrap-layout.h"

/* A longer name ends in dots. */
#define MAX_WIDTH_CHARS 24

struct _DialChips
{
  GtkWidget     parent_instance;

  DialFinder   *finder;
  GSignalGroup *finder_signals;
  GPtrArray    *filters;   /* as they are shown */
};

enum {
  EMPTIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialChips, dial_chips, GTK_TYPE_WIDGET)

static GtkWidget *
get_chip (DialChips *self,
          guint      index)
{
  GtkWidget *chip = gtk_widget_get_first_child (GTK_WIDGET (self));

  while (chip != NULL && index-- > 0)
    chip = gtk_widget_get_next_sibling (chip);

  return chip;
}

static guint
find_chip (DialChips *self,
           GtkWidget *chip)
{
  guint index = 0;

  while ((chip = gtk_widget_get_prev_sibling (chip)) != NULL)
    index++;

  return index;
}

static void
remove_filter (DialChips *self,
               guint      index)
{
  g_autoptr (GPtrArray) filters = g_ptr_array_ref (self->filters);
  DialFilter *filter = g_ptr_array_index (filters, index);

  dial_finder_set_filter (self->finder, filter->kind, filter->value, FALSE);
}

/* The keyboard goes on to the chip that took the place of the one that went. */
static void
on_clicked_cb (DialChips *self,
               GtkWidget *chip)
{
  guint index = find_chip (self, chip);

  remove_filter (self, index);
  if (self->filters->len > 0)
    gtk_widget_grab_focus (get_chip (self, MIN (index, self->filters->len - 1)));
  else
    g_signal_emit (self, signals[EMPTIED], 0);
}

static GtkWidget *
new_chip (DialChips  *self,
          DialFilter *filter)
{
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *label = gtk_label_new (NULL);
  g_autofree char *words = dial_filter_dup_words (filter->kind, filter->value);
  g_autofree char *name = NULL;

  gtk_label_set_label (GTK_LABEL (label), words);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_WIDTH_CHARS);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_IMAGE,
                                               "icon-name", "window-close-symbolic",
                                               "pixel-size", 12,
                                               "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                               NULL));
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_add_css_class (chip, "filter-chip");

  /* Translators: %s is a filter that is in use, such as Phone Screen */
  name = g_strdup_printf (_("Remove filter: %s"), words);
  gtk_widget_set_tooltip_text (chip, name);
  dial_say_name (chip, name);
  g_signal_connect_object (chip, "clicked", G_CALLBACK (on_clicked_cb), self, G_CONNECT_SWAPPED);
  return chip;
}

static gboolean
is_shown (DialChips *self,
          GPtrArray *filters)
{
  if (filters->len != self->filters->len)
    return FALSE;

  for (guint i = 0; i < filters->len; i++) {
    DialFilter *one = g_ptr_array_index (filters, i);
    DialFilter *other = g_ptr_array_index (self->filters, i);

    if (one->kind != other->kind || g_strcmp0 (one->value, other->value) != 0)
      return FALSE;
  }

  return TRUE;
}

static void
clear (DialChips *self)
{
  GtkWidget *chip;

  while ((chip = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (chip);
}

static void
update (DialChips *self)
{
  g_autoptr (GPtrArray) filters = dial_filter_list (dial_finder_get_query (self->finder));

  /* Typing leaves them alone. */
  if (is_shown (self, filters))
    return;

  clear (self);
  g_clear_pointer (&self->filters, g_ptr_array_unref);
  self->filters = g_steal_pointer (&filters);
  for (guint i = 0; i < self->filters->len; i++)
    gtk_widget_set_parent (new_chip (self, g_ptr_array_index (self->filters, i)), GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), self->filters->len > 0);
}

static void
dial_chips_dispose (GObject *object)
{
  DialChips *self = DIAL_CHIPS (object);

  g_clear_object (&self->finder_signals);
  clear (self);
  g_clear_pointer (&self->filters, g_ptr_array_unref);
  g_clear_object (&self->finder);

  G_OBJECT_CLASS (dial_chips_parent_class)->dispose (object);
}

static void
dial_chips_class_init (DialChipsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_chips_dispose;

  signals[EMPTIED] =
    g_signal_new ("emptied", DIAL_TYPE_CHIPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, DIAL_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "dial-chips");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dial_chips_init (DialChips *self)
{
  self->filters = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_filter_free);
  self->finder_signals = g_signal_group_new (DIAL_TYPE_FINDER);
  g_signal_group_connect_swapped (self->finder_signals, "notify::query", G_CALLBACK (update), self);

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  dial_say_name (self, _("Filters in use"));
}

/**
 * dial_chips_set_finder:
 * @self: chips
 * @finder: whose filters to show
 */
void
dial_chips_set_finder (DialChips  *self,
                       DialFinder *finder)
{
  g_return_if_fail (DIAL_IS_CHIPS (self));
  g_return_if_fail (DIAL_IS_FINDER (finder));

  if (!g_set_object (&self->finder, finder))
    return;

  g_signal_group_set_target (self->finder_signals, finder);
  update (self);
}

/**
 * dial_chips_remove_last:
 * @self: chips
 *
 * Returns: whether there was one to remove
 */
gboolean
dial_chips_remove_last (DialChips *self)
{
  g_return_val_if_fail (DIAL_IS_CHIPS (self), FALSE);

  if (self->filters->len == 0)
    return FALSE;

  remove_filter (self, self->filters->len - 1);
  return TRUE;
}
