#include "config.h"

#include <glib/gi18n.h>

#include "dial-template.h"
#include "dial-text-meter.h"
#include "dial-text-size.h"
#include "dial-wrap-layout.h"
#include "dial-words.h"

/* So many of the characters that cost more are named. */
#define MAX_NAMED 5

struct _DialTextMeter
{
  GtkWidget  parent_instance;

  GtkLabel  *size;
  GtkWidget *costly_box;
  GtkLabel  *costly;
  GtkWidget *plainly;
};

enum {
  PLAINLY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialTextMeter, dial_text_meter, GTK_TYPE_WIDGET)

static void
on_plainly_clicked_cb (DialTextMeter *self)
{
  g_signal_emit (self, signals[PLAINLY], 0);
}

static void
dial_text_meter_dispose (GObject *object)
{
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_TEXT_METER);

  G_OBJECT_CLASS (dial_text_meter_parent_class)->dispose (object);
}

static void
dial_text_meter_class_init (DialTextMeterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (DIAL_TYPE_WRAP_LAYOUT);

  G_OBJECT_CLASS (klass)->dispose = dial_text_meter_dispose;

  signals[PLAINLY] =
    g_signal_new ("plainly", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-text-meter.ui");
  gtk_widget_class_bind_template_child (widget_class, DialTextMeter, size);
  gtk_widget_class_bind_template_child (widget_class, DialTextMeter, costly_box);
  gtk_widget_class_bind_template_child (widget_class, DialTextMeter, costly);
  gtk_widget_class_bind_template_child (widget_class, DialTextMeter, plainly);
  gtk_widget_class_bind_template_callback (widget_class, on_plainly_clicked_cb);
}

static void
dial_text_meter_init (DialTextMeter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
tell_costs (DialTextMeter      *self,
            const char         *text,
            const DialTextSize *size)
{
  g_autofree char *costly = dial_text_size_dup_costly (text, MAX_NAMED);
  g_autofree char *plain = dial_text_size_dup_plain (text);
  g_autofree char *sentence = NULL;

  if (costly[0] != '\0')
    /* Translators: one or more characters, and a number of characters */
    sentence = g_strdup_printf (_("With %s only %u characters fit into a message."), costly, size->part_size);
  else
    sentence = g_strdup_printf (_("With characters that cannot be seen only %u characters fit into a message."),
                                size->part_size);
  gtk_label_set_label (self->costly, sentence);
  gtk_widget_set_visible (self->plainly, g_strcmp0 (plain, text) != 0);
}

/**
 * dial_text_meter_measure:
 * @self: a meter
 * @text: what is written so far
 */
void
dial_text_meter_measure (DialTextMeter *self,
                         const char    *text)
{
  g_autofree char *characters = NULL;
  g_autofree char *parts = NULL;
  g_autofree char *left = NULL;
  g_autofree char *words = NULL;
  DialTextSize size;

  g_return_if_fail (DIAL_IS_TEXT_METER (self));

  dial_text_size_measure (text, &size);
  characters = g_strdup_printf (ngettext ("%'u character", "%'u characters", size.n_characters), size.n_characters);
  if (size.n_parts > 0) {
    /* Translators: into how many text messages the carrier cuts a text */
    parts = g_strdup_printf (ngettext ("%u message", "%u messages", size.n_parts), size.n_parts);
    /* Translators: how many characters still fit into the last of them */
    left = g_strdup_printf (ngettext ("%u left", "%u left", size.n_left), size.n_left);
  }
  words = dial_words_join (3, characters, parts, left);
  gtk_label_set_label (self->size, words);

  if (size.is_unicode)
    tell_costs (self, text, &size);
  gtk_widget_set_visible (self->costly_box, size.is_unicode);
}
