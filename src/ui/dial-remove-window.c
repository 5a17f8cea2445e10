#include "config.h"

#include <glib/gi18n.h>

#include "dial-banner.h"
#include "dial-remove-window.h"
#include "dial-words.h"

/* Not translated: who types it shall see it the same in every manual. */
#define CONFIRMATION "DELETE"

typedef struct {
  DialBanner   *banner;
  GtkLabel     *heading;
  AdwBin       *consequences;
  GtkWidget    *confirm_list;
  AdwEntryRow  *confirm;
  GtkStack     *foot;
  GtkButton    *delete;
  GtkSpinner   *spinner;
  GtkLabel     *status;
  GtkWidget    *stop;

  GCancellable *cancellable; /* while it is being removed */
  gboolean      asked;       /* until it is closed */
} DialRemoveWindowPrivate;

enum {
  REMOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

enum {
  PROP_0,
  PROP_CONSEQUENCES,
  PROP_DELETE_LABEL,
  PROP_REMOVING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DialRemoveWindow, dial_remove_window, ADW_TYPE_WINDOW)

static DialRemoveWindowPrivate *
get_private (gpointer self)
{
  return dial_remove_window_get_instance_private (DIAL_REMOVE_WINDOW (self));
}

static gboolean
is_confirmed (DialRemoveWindow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (get_private (self)->confirm));
  g_autofree char *typed = g_strstrip (g_strdup (text));

  return strcmp (typed, CONFIRMATION) == 0;
}

static gboolean
is_there (DialRemoveWindow *self)
{
  DialRemoveWindowClass *klass = DIAL_REMOVE_WINDOW_GET_CLASS (self);

  return klass->is_there == NULL || klass->is_there (self);
}

static char *
describe (DialRemoveWindow *self)
{
  DialRemoveWindowClass *klass = DIAL_REMOVE_WINDOW_GET_CLASS (self);
  char *description = klass->describe != NULL ? klass->describe (self) : NULL;

  return description != NULL ? description : g_strdup (_("Deleting…"));
}

static void
set_cancellable (DialRemoveWindow *self,
                 GCancellable     *cancellable)
{
  DialRemoveWindowPrivate *private = get_private (self);

  g_clear_object (&private->cancellable);
  private->cancellable = cancellable;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REMOVING]);
}

static void
delete_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  DialRemoveWindow *self = DIAL_REMOVE_WINDOW (widget);
  DialRemoveWindowPrivate *private = get_private (self);

  if (private->cancellable != NULL || !is_confirmed (self))
    return;

  dial_banner_say (private->banner, NULL);
  set_cancellable (self, g_cancellable_new ());
  DIAL_REMOVE_WINDOW_GET_CLASS (self)->remove (self, private->cancellable);
  dial_remove_window_update (self);
}

static void
cancel_action (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  DialRemoveWindowPrivate *private = get_private (widget);

  if (private->cancellable != NULL)
    g_cancellable_cancel (private->cancellable);
  else
    gtk_window_close (GTK_WINDOW (widget));
}

static void
on_confirm_activated_cb (DialRemoveWindow *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "remove.delete", NULL);
}

static gboolean
dial_remove_window_close_request (GtkWindow *window)
{
  g_cancellable_cancel (get_private (window)->cancellable);

  return GTK_WINDOW_CLASS (dial_remove_window_parent_class)->close_request (window);
}

static void
dial_remove_window_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  DialRemoveWindowPrivate *private = get_private (object);

  switch (property_id) {
  case PROP_CONSEQUENCES:
    adw_bin_set_child (private->consequences, g_value_get_object (value));
    break;
  case PROP_DELETE_LABEL:
    gtk_button_set_label (private->delete, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dial_remove_window_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  if (property_id == PROP_REMOVING)
    g_value_set_boolean (value, get_private (object)->cancellable != NULL);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
dial_remove_window_dispose (GObject *object)
{
  DialRemoveWindowPrivate *private = get_private (object);

  private->asked = FALSE;
  g_cancellable_cancel (private->cancellable);
  g_clear_object (&private->cancellable);

  G_OBJECT_CLASS (dial_remove_window_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  properties[PROP_CONSEQUENCES] =
    g_param_spec_object ("consequences", NULL, "What goes and what stays", GTK_TYPE_WIDGET,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_DELETE_LABEL] =
    g_param_spec_string ("delete-label", NULL, "The button's", NULL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_REMOVING] =
    g_param_spec_boolean ("removing", NULL, "It is at it", FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (DIAL_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-remove-window.ui");
  gtk_widget_class_bind_template_child_private (widget_class, DialRemoveWindow, banner);
  gtk_widget_class_bind_template_child_private (widget_class, DialRemoveWindow, heading);
  gtk_widget_class_bind_template_child_private (widget_class, DialRemoveWindow, consequences);
  gtk_widget_class_bind_template_child_private (widget_class, DialRemoveWindow, confirm_list);
  gtk_widget_class_bind_template_child_private (widget_class, DialRemoveWindow, confirm);
  gtk_widget_class_bind_template_child_private (widget_class, DialRemoveWindow, foot);
  gtk_widget_class_bind_template_child_private (widget_class, DialRemoveWindow, delete);
  gtk_widget_class_bind_template_child_private (widget_class, DialRemoveWindow, spinner);
  gtk_widget_class_bind_template_child_private (widget_class, DialRemoveWindow, status);
  gtk_widget_class_bind_template_child_private (widget_class, DialRemoveWindow, stop);
  gtk_widget_class_bind_template_callback (widget_class, dial_remove_window_update);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm_activated_cb);
}

static void
dial_remove_window_class_init (DialRemoveWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = dial_remove_window_set_property;
  object_class->get_property = dial_remove_window_get_property;
  object_class->dispose = dial_remove_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = dial_remove_window_close_request;

  install_properties (object_class);

  /**
   * DialRemoveWindow::removed:
   * @self: a remove window
   *
   * It is gone, and the window closes.
   */
  signals[REMOVED] = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "remove.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "remove.cancel", NULL, cancel_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "remove.cancel", NULL);
}

static void
dial_remove_window_init (DialRemoveWindow *self)
{
  DialRemoveWindowPrivate *private = get_private (self);
  /* Translators: %s is the word to type, which stays as it is */
  g_autofree char *title = g_strdup_printf (_("Type %s to confirm"), CONFIRMATION);

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (private->confirm), title);
}

/**
 * dial_remove_window_ask:
 * @self: a remove window
 * @name: of what is to be removed
 *
 * Asks for the word.
 */
void
dial_remove_window_ask (DialRemoveWindow *self,
                        const char       *name)
{
  DialRemoveWindowPrivate *private;
  g_autofree char *isolated = NULL;
  g_autofree char *heading = NULL;

  g_return_if_fail (DIAL_IS_REMOVE_WINDOW (self));

  private = get_private (self);
  isolated = dial_words_isolate (name);
  /* Translators: %s is the name of a connection to Greenhouse, or of a phone account */
  heading = g_strdup_printf (_("Delete “%s”?"), isolated);
  gtk_label_set_label (private->heading, heading);
  private->asked = TRUE;
  dial_remove_window_update (self);
  gtk_widget_grab_focus (GTK_WIDGET (private->confirm));
}

/**
 * dial_remove_window_update:
 * @self: a remove window
 *
 * Shows how far it is.
 */
void
dial_remove_window_update (DialRemoveWindow *self)
{
  DialRemoveWindowPrivate *private = get_private (self);
  gboolean removing = private->cancellable != NULL;
  g_autofree char *status = removing ? describe (self) : NULL;

  gtk_stack_set_visible_child_name (private->foot, removing ? "removing" : "ask");
  gtk_spinner_set_spinning (private->spinner, removing);
  gtk_label_set_label (private->status, removing ? status : "");
  /* Before the entry lets go of it, or GTK complains of a focus that vanished. */
  if (removing)
    gtk_widget_grab_focus (private->stop);
  gtk_widget_set_sensitive (private->confirm_list, !removing && is_there (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "remove.delete",
                                 !removing && is_there (self) && is_confirmed (self));
}

/**
 * dial_remove_window_end:
 * @self: a remove window that was at it
 * @removed: whether it is gone
 * @error: (nullable): why not
 */
void
dial_remove_window_end (DialRemoveWindow *self,
                        gboolean          removed,
                        const GError     *error)
{
  DialRemoveWindowPrivate *private;

  g_return_if_fail (DIAL_IS_REMOVE_WINDOW (self));

  private = get_private (self);
  set_cancellable (self, NULL);
  if (removed) {
    g_signal_emit (self, signals[REMOVED], 0);
    gtk_window_close (GTK_WINDOW (self));
    return;
  }

  /* The window was closed meanwhile. */
  if (!private->asked)
    return;

  dial_remove_window_update (self);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dial_banner_say (private->banner, error->message);
  gtk_widget_grab_focus (GTK_WIDGET (private->confirm));
}
