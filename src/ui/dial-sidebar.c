#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "dial-candidate-list.h"
#include "dial-candidate-tile.h"
#include "dial-sidebar.h"
#include "dial-status-line.h"
#include "dial-template.h"
#include "dial-words.h"

struct _DialSidebar
{
  GtkWidget           parent_instance;

  GtkSearchEntry     *search;
  GtkStack           *stack;
  GtkListView        *list_view;
  AdwStatusPage      *no_match_page;
  AdwStatusPage      *problem_page;
  DialStatusLine     *status_line;
  GtkSingleSelection *selection;

  DialIntegration    *integration;
  GSignalGroup       *integration_signals;
  DialCandidateList  *list;
  GSignalGroup       *list_signals;
  gint64              selected;
  guint               begun : 1;
  guint               open_at_once : 1;
  guint               open_when_loaded : 1;
  guint               changing : 1;
};

enum {
  PROP_0,
  PROP_INTEGRATION,
  PROP_SELECTED,
  N_PROPS
};

enum {
  LEFT,
  OPENED,
  SEARCH_STARTED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialSidebar, dial_sidebar, GTK_TYPE_WIDGET)

static void
set_selected (DialSidebar *self,
              gint64       candidate_id)
{
  if (self->selected == candidate_id)
    return;

  self->selected = candidate_id;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/* Marks the shown candidate in the list, if the list has it. */
static void
select_in_list (DialSidebar *self)
{
  guint position = GTK_INVALID_LIST_POSITION;

  if (self->list != NULL && self->selected != 0)
    position = dial_candidate_list_find (self->list, self->selected);

  self->changing = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->changing = FALSE;
}

static void
open_position (DialSidebar *self,
               guint        position)
{
  gtk_single_selection_set_selected (self->selection, position);
  if (self->selected != 0)
    g_signal_emit (self, signals[OPENED], 0);
}

static void
scroll_to (DialSidebar *self,
           guint        position)
{
  gtk_widget_activate_action (GTK_WIDGET (self->list_view), "list.scroll-to-item", "u", position);
}

static const char *
choose_page (DialSidebar *self)
{
  if (self->list == NULL)
    return "list";
  if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0)
    return "list";
  /* Between two answers the page stays as it is, or it would flicker at every key. */
  if (dial_candidate_list_is_loading (self->list))
    return gtk_stack_get_visible_child_name (self->stack);
  if (dial_candidate_list_get_search (self->list)[0] != '\0')
    return "no-match";
  if (dial_integration_get_problem (self->integration) != NULL)
    return "problem";
  if (dial_integration_is_syncing (self->integration))
    return "receiving";
  if (dial_integration_get_last_sync (self->integration) == DIAL_INSTANT_UNKNOWN)
    return "not-yet";
  return "nobody";
}

static void
update_page (DialSidebar *self)
{
  const char *page = choose_page (self);

  if (g_strcmp0 (page, "no-match") == 0) {
    g_autofree char *name = dial_words_isolate (dial_candidate_list_get_search (self->list));
    g_autofree char *plain = g_strdup_printf (_("No one matches “%s”"), name);
    g_autofree char *title = g_markup_escape_text (plain, -1);

    adw_status_page_set_title (self->no_match_page, title);
  }
  if (g_strcmp0 (page, "problem") == 0) {
    g_autofree char *sentence = g_markup_escape_text (dial_integration_get_problem (self->integration), -1);

    adw_status_page_set_description (self->problem_page, sentence);
  }

  gtk_stack_set_visible_child_name (self->stack, page);
}

static void
on_list_changed_cb (DialSidebar *self)
{
  update_page (self);

  if (dial_candidate_list_is_loading (self->list))
    return;

  select_in_list (self);
  if (self->open_when_loaded) {
    self->open_when_loaded = FALSE;
    if (g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0) {
      open_position (self, 0);
      gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
    }
  }
}

static void
on_selected_item_changed_cb (DialSidebar *self)
{
  DialCandidateRow *row = gtk_single_selection_get_selected_item (self->selection);

  /* A search that leaves the shown candidate out does not take them off the desk. */
  if (!self->changing && row != NULL)
    set_selected (self, dial_candidate_row_get_id (row));
}

static void
apply_search (DialSidebar *self)
{
  if (self->list != NULL)
    dial_candidate_list_set_search (self->list, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
on_search_changed_cb (DialSidebar *self)
{
  apply_search (self);
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
keep_early_key (DialSidebar     *self,
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
on_key_elsewhere_cb (DialSidebar           *self,
                     guint                  keyval,
                     guint                  keycode,
                     GdkModifierType        state,
                     GtkEventControllerKey *controller)
{
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self->search)));

  if (!self->begun)
    return keep_early_key (self, keyval, state);
  if (gtk_widget_has_focus (text) || self->list == NULL || !begins_text (keyval, state))
    return GDK_EVENT_PROPAGATE;

  g_signal_emit (self, signals[SEARCH_STARTED], 0);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
  return gtk_event_controller_key_forward (controller, text);
}

/* Enter opens the first one, even if the answer is still on its way. */
static void
on_search_activate_cb (DialSidebar *self)
{
  if (self->list == NULL)
    return;

  apply_search (self);
  self->open_when_loaded = TRUE;
  if (!dial_candidate_list_is_loading (self->list))
    on_list_changed_cb (self);
}

static void
on_stop_search_cb (DialSidebar *self)
{
  if (gtk_editable_get_text (GTK_EDITABLE (self->search))[0] != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    g_signal_emit (self, signals[LEFT], 0);
}

static void
on_clear_clicked_cb (DialSidebar *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static gboolean
on_search_key_cb (DialSidebar     *self,
                  guint            keyval,
                  guint            keycode,
                  GdkModifierType  state)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  if ((keyval != GDK_KEY_Down && keyval != GDK_KEY_KP_Down) || n_items == 0)
    return GDK_EVENT_PROPAGATE;

  if (gtk_single_selection_get_selected (self->selection) == GTK_INVALID_LIST_POSITION)
    gtk_single_selection_set_selected (self->selection, 0);
  scroll_to (self, gtk_single_selection_get_selected (self->selection));
  gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
  return GDK_EVENT_STOP;
}

static void
on_activate_cb (DialSidebar *self,
                guint        position)
{
  open_position (self, position);
}

/* A click opens, as Enter does; GtkListView by itself would only select. */
static void
on_tile_released_cb (GtkGestureClick *gesture,
                     int              n_press,
                     double           x,
                     double           y,
                     GtkListItem     *item)
{
  GtkWidget *tile = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));

  if (gtk_widget_contains (tile, x, y))
    gtk_widget_activate_action (tile, "list.activate-item", "u", gtk_list_item_get_position (item));
}

/* The widget that stands in the tree as "list item" is the tile's parent. */
static void
on_description_changed_cb (DialCandidateTile *tile)
{
  GtkWidget *item_widget = gtk_widget_get_parent (GTK_WIDGET (tile));
  g_autofree char *description = NULL;

  if (item_widget == NULL)
    return;

  g_object_get (tile, "description", &description, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (item_widget),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, description != NULL ? description : "",
                                  -1);
}

static void
on_setup_cb (DialSidebar *self,
             GtkListItem *item)
{
  GtkWidget *tile = dial_candidate_tile_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "released", G_CALLBACK (on_tile_released_cb), item, 0);
  gtk_widget_add_controller (tile, GTK_EVENT_CONTROLLER (click));
  g_signal_connect (tile, "notify::description", G_CALLBACK (on_description_changed_cb), NULL);
  g_signal_connect (tile, "notify::parent", G_CALLBACK (on_description_changed_cb), NULL);
  gtk_list_item_set_child (item, tile);
}

static void
on_bind_cb (DialSidebar *self,
            GtkListItem *item)
{
  DialCandidateTile *tile = DIAL_CANDIDATE_TILE (gtk_list_item_get_child (item));

  dial_candidate_tile_set_row (tile, gtk_list_item_get_item (item));
  on_description_changed_cb (tile);
}

static void
on_unbind_cb (DialSidebar *self,
              GtkListItem *item)
{
  dial_candidate_tile_set_row (DIAL_CANDIDATE_TILE (gtk_list_item_get_child (item)), NULL);
}

static void
dial_sidebar_dispose (GObject *object)
{
  DialSidebar *self = DIAL_SIDEBAR (object);

  g_clear_object (&self->integration_signals);
  g_clear_object (&self->list_signals);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_SIDEBAR);
  g_clear_object (&self->list);
  g_clear_object (&self->integration);

  G_OBJECT_CLASS (dial_sidebar_parent_class)->dispose (object);
}

static void
dial_sidebar_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  DialSidebar *self = DIAL_SIDEBAR (object);

  switch (prop_id) {
  case PROP_INTEGRATION:
    g_value_set_object (value, self->integration);
    break;
  case PROP_SELECTED:
    g_value_set_int64 (value, self->selected);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_sidebar_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  DialSidebar *self = DIAL_SIDEBAR (object);

  switch (prop_id) {
  case PROP_INTEGRATION:
    dial_sidebar_set_integration (self, g_value_get_object (value));
    break;
  case PROP_SELECTED:
    dial_sidebar_select (self, g_value_get_int64 (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_sidebar_class_init (DialSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_sidebar_dispose;
  object_class->get_property = dial_sidebar_get_property;
  object_class->set_property = dial_sidebar_set_property;

  properties[PROP_INTEGRATION] =
    g_param_spec_object ("integration", NULL, NULL, DIAL_TYPE_INTEGRATION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SELECTED] =
    g_param_spec_int64 ("selected", NULL, NULL, 0, G_MAXINT64, 0,
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[LEFT] =
    g_signal_new ("left", DIAL_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OPENED] =
    g_signal_new ("opened", DIAL_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SEARCH_STARTED] =
    g_signal_new ("search-started", DIAL_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (DIAL_TYPE_STATUS_LINE);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, DialSidebar, search);
  gtk_widget_class_bind_template_child (widget_class, DialSidebar, stack);
  gtk_widget_class_bind_template_child (widget_class, DialSidebar, list_view);
  gtk_widget_class_bind_template_child (widget_class, DialSidebar, no_match_page);
  gtk_widget_class_bind_template_child (widget_class, DialSidebar, problem_page);
  gtk_widget_class_bind_template_child (widget_class, DialSidebar, status_line);
  gtk_widget_class_bind_template_child (widget_class, DialSidebar, selection);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_selected_item_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind_cb);
}

static void
dial_sidebar_init (DialSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->integration_signals = g_signal_group_new (DIAL_TYPE_INTEGRATION);
  g_signal_group_connect_swapped (self->integration_signals, "notify::problem", G_CALLBACK (update_page), self);
  g_signal_group_connect_swapped (self->integration_signals, "notify::syncing", G_CALLBACK (update_page), self);
  g_signal_group_connect_swapped (self->integration_signals, "notify::last-sync", G_CALLBACK (update_page), self);

  self->list_signals = g_signal_group_new (DIAL_TYPE_CANDIDATE_LIST);
  g_signal_group_connect_swapped (self->list_signals, "notify::loading", G_CALLBACK (on_list_changed_cb), self);
  g_signal_group_connect_swapped (self->list_signals, "items-changed", G_CALLBACK (update_page), self);
}

/**
 * dial_sidebar_set_integration:
 * @self: a sidebar
 * @integration: (nullable): whose candidates to list
 */
void
dial_sidebar_set_integration (DialSidebar     *self,
                              DialIntegration *integration)
{
  DialStore *store;

  g_return_if_fail (DIAL_IS_SIDEBAR (self));

  if (!g_set_object (&self->integration, integration))
    return;

  gtk_single_selection_set_model (self->selection, NULL);
  g_clear_object (&self->list);

  store = integration != NULL ? dial_integration_get_store (integration) : NULL;
  if (store != NULL) {
    self->list = dial_candidate_list_new (store);
    apply_search (self);
    gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->list));
  }

  g_signal_group_set_target (self->list_signals, self->list);
  g_signal_group_set_target (self->integration_signals, integration);
  dial_status_line_set_integration (self->status_line, integration);
  set_selected (self, 0);
  update_page (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INTEGRATION]);
}

/**
 * dial_sidebar_get_selected:
 * @self: a sidebar
 *
 * Returns: the candidate shown, 0 if none
 */
gint64
dial_sidebar_get_selected (DialSidebar *self)
{
  g_return_val_if_fail (DIAL_IS_SIDEBAR (self), 0);

  return self->selected;
}

/**
 * dial_sidebar_select:
 * @self: a sidebar
 * @candidate_id: whom to show, 0 for nobody; need not be in the list
 */
void
dial_sidebar_select (DialSidebar *self,
                     gint64       candidate_id)
{
  guint position;

  g_return_if_fail (DIAL_IS_SIDEBAR (self));

  set_selected (self, candidate_id);
  select_in_list (self);
  position = gtk_single_selection_get_selected (self->selection);
  if (position != GTK_INVALID_LIST_POSITION)
    scroll_to (self, position);
}

/**
 * dial_sidebar_begin:
 * @self: a sidebar
 * @shown: the sidebar can be seen
 *
 * The desk is open. What was typed before is searched for where the sidebar is @shown, else forgotten.
 */
void
dial_sidebar_begin (DialSidebar *self,
                    gboolean     shown)
{
  GtkEditable *editable;

  g_return_if_fail (DIAL_IS_SIDEBAR (self));

  if (self->begun)
    return;

  self->begun = TRUE;
  editable = GTK_EDITABLE (self->search);
  if (!shown) {
    gtk_editable_set_text (editable, "");
  } else if (gtk_editable_get_text (editable)[0] != '\0') {
    gtk_text_grab_focus_without_selecting (GTK_TEXT (gtk_editable_get_delegate (editable)));
    gtk_editable_set_position (editable, -1);
    if (self->open_at_once)
      on_search_activate_cb (self);
  }
}

/**
 * dial_sidebar_set_key_capture:
 * @self: a sidebar
 * @widget: where typing starts a search if nothing else wants the key; what is typed there before
 *   [method@Sidebar.begin] is kept
 */
void
dial_sidebar_set_key_capture (DialSidebar *self,
                              GtkWidget   *widget)
{
  GtkEventController *controller;

  g_return_if_fail (DIAL_IS_SIDEBAR (self));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  controller = gtk_event_controller_key_new ();
  g_signal_connect_object (controller, "key-pressed", G_CALLBACK (on_key_elsewhere_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, controller);
}

/**
 * dial_sidebar_focus_search:
 * @self: a sidebar
 *
 * Puts the cursor into the search, with what stands there selected.
 */
void
dial_sidebar_focus_search (DialSidebar *self)
{
  g_return_if_fail (DIAL_IS_SIDEBAR (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
