#include "config.h"

#include <glib/gi18n.h>

#include "dial-tag-picker.h"
#include "dial-say-name.h"
#include "dial-wrap-layout.h"

/* As many as there are digits to press. */
#define MAX_KEYS 9

struct _DialTagPicker
{
  GtkWidget      parent_instance;

  GtkMenuButton *add;
  GtkPopover    *popover;      /* NULL until a tag is to be added */
  GtkEntry      *entry;

  DialQuickTags *tags;
  GSignalGroup  *tags_signals;
};

G_DEFINE_FINAL_TYPE (DialTagPicker, dial_tag_picker, GTK_TYPE_WIDGET)

static void
on_toggled_cb (DialTagPicker   *self,
               GtkToggleButton *toggle)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (toggle), "index"));

  dial_quick_tags_set_chosen (self->tags, index, gtk_toggle_button_get_active (toggle));
}

static GtkWidget *
add_toggle (DialTagPicker *self,
            guint          index)
{
  GtkWidget *toggle = gtk_toggle_button_new_with_label (dial_quick_tags_get (self->tags, index));

  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (toggle))), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (toggle, "tag-toggle");
  if (index < MAX_KEYS) {
    /* Translators: a key to press; %u is a digit */
    g_autofree char *key = g_strdup_printf (_("Alt+%u"), index + 1);

    gtk_widget_set_tooltip_text (toggle, key);
  }
  g_object_set_data (G_OBJECT (toggle), "index", GUINT_TO_POINTER (index));
  g_signal_connect_object (toggle, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_insert_before (toggle, GTK_WIDGET (self), GTK_WIDGET (self->add));
  return toggle;
}

static void
show_tags (DialTagPicker *self)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (guint i = 0; i < dial_quick_tags_get_n (self->tags); i++) {
    GtkWidget *toggle = GTK_IS_TOGGLE_BUTTON (child) ? child : add_toggle (self, i);

    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), dial_quick_tags_is_chosen (self->tags, i));
    child = gtk_widget_get_next_sibling (toggle);
  }
}

static void
on_entered_cb (DialTagPicker *self)
{
  if (self->tags != NULL)
    dial_quick_tags_add (self->tags, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_popover_popdown (self->popover);
}

static void
make_popover (GtkMenuButton *button,
              gpointer       user_data)
{
  DialTagPicker *self = user_data;
  GtkWidget *box, *add;

  if (self->popover != NULL)
    return;

  self->entry = g_object_new (GTK_TYPE_ENTRY, "placeholder-text", _("Tag"), "max-length", 60, NULL);
  dial_say_name (self->entry, _("Tag of your own"));
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_entered_cb), self, G_CONNECT_SWAPPED);
  add = gtk_button_new_with_label (_("Add"));
  g_signal_connect_object (add, "clicked", G_CALLBACK (on_entered_cb), self, G_CONNECT_SWAPPED);

  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (box), add);
  self->popover = GTK_POPOVER (gtk_popover_new ());
  gtk_popover_set_child (self->popover, box);
  gtk_menu_button_set_popover (button, GTK_WIDGET (self->popover));
}

static void
dial_tag_picker_dispose (GObject *object)
{
  DialTagPicker *self = DIAL_TAG_PICKER (object);
  GtkWidget *child;

  g_clear_object (&self->tags_signals);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->tags);

  G_OBJECT_CLASS (dial_tag_picker_parent_class)->dispose (object);
}

static void
dial_tag_picker_class_init (DialTagPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dial_tag_picker_dispose;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, DIAL_TYPE_WRAP_LAYOUT);
}

static void
dial_tag_picker_init (DialTagPicker *self)
{
  dial_say_name (self, _("Tags"));

  self->add = g_object_new (GTK_TYPE_MENU_BUTTON,
                            "icon-name", "list-add-symbolic",
                            "tooltip-text", _("Add a tag of your own"),
                            NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->add), "tag-toggle");
  dial_say_name (self->add, _("Add a tag of your own"));
  gtk_menu_button_set_create_popup_func (self->add, make_popover, self, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->add), GTK_WIDGET (self));

  self->tags_signals = g_signal_group_new (DIAL_TYPE_QUICK_TAGS);
  g_signal_group_connect_swapped (self->tags_signals, "changed", G_CALLBACK (show_tags), self);
}

/**
 * dial_tag_picker_set_tags:
 * @self: a tag picker
 * @tags: the tags of a call
 *
 * Shows the tags of another call.
 */
void
dial_tag_picker_set_tags (DialTagPicker *self,
                          DialQuickTags *tags)
{
  GtkWidget *child;

  g_return_if_fail (DIAL_IS_TAG_PICKER (self));
  g_return_if_fail (DIAL_IS_QUICK_TAGS (tags));

  if (self->tags == tags)
    return;

  /* Before the toggles go, which tell the tags how they stand. */
  g_set_object (&self->tags, tags);
  g_signal_group_set_target (self->tags_signals, tags);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != GTK_WIDGET (self->add))
    gtk_widget_unparent (child);
  show_tags (self);
}
