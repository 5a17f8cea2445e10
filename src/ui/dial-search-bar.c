#include "config.h"

#include "dial-chips.h"
#include "dial-filter-button.h"
#include "dial-late-menu.h"
#include "dial-search-bar.h"
#include "dial-template.h"

struct _DialSearchBar
{
  GtkWidget         parent_instance;

  GtkSearchEntry   *search;
  DialFilterButton *filter_button;
  GtkMenuButton    *order_button;
  GMenuModel       *order_menu;
  DialChips        *chips;

  DialFinder       *finder;
  GSignalGroup     *finder_signals;
  guint             begun : 1;
  guint             open_at_once : 1;
};

enum {
  PROP_0,
  PROP_ORDER,
  N_PROPS
};

enum {
  ACTIVATED,
  LEFT_DOWN,
  STARTED,
  STOPPED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialSearchBar, dial_search_bar, GTK_TYPE_WIDGET)

static GtkWidget *
get_text_widget (DialSearchBar *self)
{
  return GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->search)));
}

/* Letters, digits, and what composes them; never what moves about or acts. */
static gboolean
begins_text (guint           keyval,
             GdkModifierType state)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK)) != 0)
    return FALSE;

  return g_unichar_isgraph (gdk_keyval_to_unicode (keyval)) || keyval == GDK_KEY_Multi_key ||
         (keyval >= GDK_KEY_dead_grave && keyval <= GDK_KEY_dead_greek);
}

/* The desk still opens, and nothing has the keyboard: what is typed waits in the entry. */
static gboolean
keep_early_key (DialSearchBar   *self,
                guint            keyval,
                GdkModifierType  state)
{
  GtkEditable *editable = GTK_EDITABLE (self->search);
  gboolean typed = gtk_editable_get_text (editable)[0] != '\0';
  int end = g_utf8_strlen (gtk_editable_get_text (editable), -1);

  if (typed && keyval == GDK_KEY_BackSpace) {
    gtk_editable_delete_text (editable, end - 1, end);
  } else if (typed && (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter)) {
    self->open_at_once = TRUE;
  } else if (begins_text (keyval, state) || (typed && keyval == GDK_KEY_space)) {
    char letter[8] = "";

    g_unichar_to_utf8 (gdk_keyval_to_unicode (keyval), letter);
    gtk_editable_insert_text (editable, letter, -1, &end);
  } else {
    return GDK_EVENT_PROPAGATE;
  }

  return GDK_EVENT_STOP;
}

/* What is typed where nothing wants it begins a search anew. (The entry's own key capture would go
 * on with the last search, and leave the focus, and so every space, where it was.) */
static gboolean
on_key_elsewhere_cb (DialSearchBar         *self,
                     guint                  keyval,
                     guint                  keycode,
                     GdkModifierType        state,
                     GtkEventControllerKey *controller)
{
  GtkWidget *text = get_text_widget (self);

  if (!self->begun)
    return keep_early_key (self, keyval, state);
  if (gtk_widget_has_focus (text) || !begins_text (keyval, state))
    return GDK_EVENT_PROPAGATE;

  g_signal_emit (self, signals[STARTED], 0);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
  return gtk_event_controller_key_forward (controller, text);
}

/* The query */

static void
on_changed_cb (DialSearchBar *self)
{
  if (self->finder != NULL)
    dial_finder_set_text (self->finder, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

/* Somebody else changed it: a saved search, for one. */
static void
on_query_changed_cb (DialSearchBar *self)
{
  const DialQuery *query = dial_finder_get_query (self->finder);

  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->search)), query->text) != 0) {
    gtk_editable_set_text (GTK_EDITABLE (self->search), query->text);
    gtk_editable_set_position (GTK_EDITABLE (self->search), -1);
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORDER]);
}

/* Keys */

static void
on_activate_cb (DialSearchBar *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
on_stop_search_cb (DialSearchBar *self)
{
  if (gtk_editable_get_text (GTK_EDITABLE (self->search))[0] != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    g_signal_emit (self, signals[STOPPED], 0);
}

static gboolean
on_key_cb (DialSearchBar   *self,
           guint            keyval,
           guint            keycode,
           GdkModifierType  state)
{
  if (keyval == GDK_KEY_BackSpace && gtk_editable_get_text (GTK_EDITABLE (self->search))[0] == '\0')
    return dial_chips_remove_last (self->chips);
  if (keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;

  g_signal_emit (self, signals[LEFT_DOWN], 0);
  return GDK_EVENT_STOP;
}

static void
dial_search_bar_dispose (GObject *object)
{
  DialSearchBar *self = DIAL_SEARCH_BAR (object);

  g_clear_object (&self->finder_signals);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_SEARCH_BAR);
  g_clear_object (&self->finder);

  G_OBJECT_CLASS (dial_search_bar_parent_class)->dispose (object);
}

static void
dial_search_bar_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  DialSearchBar *self = DIAL_SEARCH_BAR (object);

  switch (prop_id) {
  case PROP_ORDER:
    g_value_set_enum (value, self->finder != NULL ? dial_finder_get_query (self->finder)->order : DIAL_ORDER_RELEVANCE);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_search_bar_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  DialSearchBar *self = DIAL_SEARCH_BAR (object);

  switch (prop_id) {
  case PROP_ORDER:
    if (self->finder != NULL)
      dial_finder_set_order (self->finder, g_value_get_enum (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static guint
new_signal (const char *name)
{
  return g_signal_new (name, DIAL_TYPE_SEARCH_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dial_search_bar_class_init (DialSearchBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_search_bar_dispose;
  object_class->get_property = dial_search_bar_get_property;
  object_class->set_property = dial_search_bar_set_property;

  properties[PROP_ORDER] =
    g_param_spec_enum ("order", NULL, NULL, DIAL_TYPE_ORDER, DIAL_ORDER_RELEVANCE,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_install_property_action (widget_class, "search.order", "order");

  signals[ACTIVATED] = new_signal ("activated");
  signals[LEFT_DOWN] = new_signal ("left-down");
  signals[STARTED] = new_signal ("started");
  signals[STOPPED] = new_signal ("stopped");

  g_type_ensure (DIAL_TYPE_CHIPS);
  g_type_ensure (DIAL_TYPE_FILTER_BUTTON);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-search-bar.ui");
  gtk_widget_class_set_css_name (widget_class, "dial-search-bar");
  gtk_widget_class_bind_template_child (widget_class, DialSearchBar, search);
  gtk_widget_class_bind_template_child (widget_class, DialSearchBar, filter_button);
  gtk_widget_class_bind_template_child (widget_class, DialSearchBar, order_button);
  gtk_widget_class_bind_template_child (widget_class, DialSearchBar, order_menu);
  gtk_widget_class_bind_template_child (widget_class, DialSearchBar, chips);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, dial_search_bar_focus);
}

static void
dial_search_bar_init (DialSearchBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dial_late_menu_set (self->order_button, self->order_menu);

  self->finder_signals = g_signal_group_new (DIAL_TYPE_FINDER);
  g_signal_group_connect_swapped (self->finder_signals, "notify::query", G_CALLBACK (on_query_changed_cb), self);
}

/**
 * dial_search_bar_set_finder:
 * @self: a search bar
 * @finder: whose query it shows and changes
 * @companies: whose candidates it is about
 */
void
dial_search_bar_set_finder (DialSearchBar *self,
                            DialFinder    *finder,
                            DialCompanies *companies)
{
  g_return_if_fail (DIAL_IS_SEARCH_BAR (self));
  g_return_if_fail (DIAL_IS_FINDER (finder));
  g_return_if_fail (DIAL_IS_COMPANIES (companies));

  if (!g_set_object (&self->finder, finder))
    return;

  dial_filter_button_set_finder (self->filter_button, finder, companies);
  dial_chips_set_finder (self->chips, finder);
  g_signal_group_set_target (self->finder_signals, finder);
  on_changed_cb (self);
}

/**
 * dial_search_bar_popup_filters:
 * @self: a search bar
 *
 * Opens the filters.
 */
void
dial_search_bar_popup_filters (DialSearchBar *self)
{
  g_return_if_fail (DIAL_IS_SEARCH_BAR (self));

  dial_filter_button_popup (self->filter_button);
}

/**
 * dial_search_bar_begin:
 * @self: a search bar
 * @shown: it can be seen
 *
 * The desk is open. What was typed before is looked for where the bar is @shown, else forgotten.
 */
void
dial_search_bar_begin (DialSearchBar *self,
                       gboolean       shown)
{
  GtkEditable *editable;

  g_return_if_fail (DIAL_IS_SEARCH_BAR (self));

  if (self->begun)
    return;

  self->begun = TRUE;
  editable = GTK_EDITABLE (self->search);
  if (!shown) {
    gtk_editable_set_text (editable, "");
  } else if (gtk_editable_get_text (editable)[0] != '\0') {
    gtk_text_grab_focus_without_selecting (GTK_TEXT (get_text_widget (self)));
    gtk_editable_set_position (editable, -1);
    if (self->open_at_once)
      on_activate_cb (self);
  }
}

/**
 * dial_search_bar_set_key_capture:
 * @self: a search bar
 * @widget: where typing starts a search if nothing else wants the key; what is typed there before
 *   [method@SearchBar.begin] is kept
 */
void
dial_search_bar_set_key_capture (DialSearchBar *self,
                                 GtkWidget     *widget)
{
  GtkEventController *controller;

  g_return_if_fail (DIAL_IS_SEARCH_BAR (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  controller = gtk_event_controller_key_new ();
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (on_key_elsewhere_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, controller);
}

/**
 * dial_search_bar_focus:
 * @self: a search bar
 *
 * Puts the cursor into the search, with what stands there selected.
 */
void
dial_search_bar_focus (DialSearchBar *self)
{
  g_return_if_fail (DIAL_IS_SEARCH_BAR (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}
