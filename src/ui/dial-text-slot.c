#include "dial-text-slot.h"

#include "dial-text-composer.h"

/* What is left above a text message that is scrolled to. */
#define MARGIN 12

struct _DialTextSlot
{
  GtkWidget         parent_instance;

  DialTextComposer *composer;      /* NULL until somebody gets a text */
};

enum {
  DONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialTextSlot, dial_text_slot, GTK_TYPE_WIDGET)

static void
on_done_cb (DialTextSlot *self)
{
  gtk_widget_hide (GTK_WIDGET (self));
  g_signal_emit (self, signals[DONE], 0);
}

static void
ensure_composer (DialTextSlot *self)
{
  if (self->composer != NULL)
    return;

  self->composer = g_object_new (DIAL_TYPE_TEXT_COMPOSER, "hexpand", TRUE, NULL);
  g_signal_connect_object (self->composer, "done", G_CALLBACK (on_done_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (GTK_WIDGET (self->composer), GTK_WIDGET (self));
}

/* Once it has its place. */
static gboolean
scroll_to (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;
  double y;

  if (scroller == NULL || !gtk_widget_get_mapped (widget))
    return G_SOURCE_REMOVE;
  if (gtk_widget_get_height (widget) == 0 ||
      !gtk_widget_translate_coordinates (widget, scroller, 0, 0, NULL, &y))
    return G_SOURCE_CONTINUE;

  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + y - MARGIN);
  return G_SOURCE_REMOVE;
}

/* GObject */

static void
dial_text_slot_dispose (GObject *object)
{
  DialTextSlot *self = DIAL_TEXT_SLOT (object);

  if (self->composer != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->composer));
  self->composer = NULL;

  G_OBJECT_CLASS (dial_text_slot_parent_class)->dispose (object);
}

static void
dial_text_slot_class_init (DialTextSlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_text_slot_dispose;

  signals[DONE] = g_signal_new ("done", DIAL_TYPE_TEXT_SLOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
dial_text_slot_init (DialTextSlot *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * dial_text_slot_open:
 * @self: a slot
 * @desk: by whom the text is sent
 * @integration: whose candidate
 * @candidate: who gets it
 * @number: (nullable): at which number, %NULL for the first that takes texts
 * @text_id: the text to go on with, 0 for a new one
 *
 * Begins a text and scrolls to it. Asked for once more without a number or a text, the one begun goes on.
 */
void
dial_text_slot_open (DialTextSlot    *self,
                     DialDesk        *desk,
                     DialIntegration *integration,
                     DialCandidate   *candidate,
                     DialPhoneNumber *number,
                     gint64           text_id)
{
  g_return_if_fail (DIAL_IS_TEXT_SLOT (self));

  if (number == NULL && text_id == 0 && gtk_widget_get_visible (GTK_WIDGET (self))) {
    dial_text_composer_focus (self->composer);
    return;
  }

  ensure_composer (self);
  gtk_widget_show (GTK_WIDGET (self));
  dial_text_composer_begin (self->composer, desk, integration, candidate, number, text_id);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_to, NULL, NULL);
}

/**
 * dial_text_slot_close:
 * @self: a slot
 *
 * Puts the text away; what was typed is kept as its draft.
 */
void
dial_text_slot_close (DialTextSlot *self)
{
  g_return_if_fail (DIAL_IS_TEXT_SLOT (self));

  if (self->composer != NULL)
    dial_text_composer_end (self->composer);
  gtk_widget_hide (GTK_WIDGET (self));
}

/**
 * dial_text_slot_popup_templates:
 * @self: a slot
 *
 * Offers the templates of text messages, if one is being written.
 *
 * Returns: whether the keyboard is in a text message
 */
gboolean
dial_text_slot_popup_templates (DialTextSlot *self)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_val_if_fail (DIAL_IS_TEXT_SLOT (self), FALSE);

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (self->composer == NULL || focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return FALSE;

  dial_text_composer_popup_templates (self->composer);
  return TRUE;
}
