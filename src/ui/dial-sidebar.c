#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "dial-candidate-tile.h"
#include "dial-company-button.h"
#include "dial-people.h"
#include "dial-sidebar.h"
#include "dial-status-line.h"
#include "dial-template.h"
#include "dial-words.h"

struct _DialSidebar
{
  GtkWidget           parent_instance;

  DialCompanyButton  *company_button;
  GtkSearchEntry     *search;
  GtkStack           *stack;
  GtkListView        *list_view;
  AdwStatusPage      *no_match_page;
  AdwStatusPage      *problem_page;
  GtkActionable      *problem_settings;
  DialStatusLine     *status_line;
  GtkSingleSelection *selection;

  DialCompanies      *companies;
  GSignalGroup       *companies_signals;
  DialPeople         *people;
  GSignalGroup       *people_signals;
  DialIntegration    *integration;   /* whose candidate is selected */
  gint64              selected;
  guint               begun : 1;
  guint               open_at_once : 1;
  guint               open_when_loaded : 1;
  guint               changing : 1;
};

enum {
  LEFT,
  OPENED,
  SEARCH_STARTED,
  SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialSidebar, dial_sidebar, GTK_TYPE_WIDGET)

static void
set_selected (DialSidebar     *self,
              DialIntegration *integration,
              gint64           candidate_id)
{
  gboolean changed = g_set_object (&self->integration, integration);

  changed |= self->selected != candidate_id;
  self->selected = candidate_id;
  if (changed)
    g_signal_emit (self, signals[SELECTED], 0);
}

/* Marks the shown candidate in the list, if the list has it. */
static void
select_in_list (DialSidebar *self)
{
  guint position = GTK_INVALID_LIST_POSITION;

  if (self->people != NULL && self->selected != 0)
    position = dial_people_find (self->people, self->integration, self->selected);

  self->changing = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->changing = FALSE;
}

/* The list by itself would give the keyboard to the row that was first once, wherever it is now. */
static void
focus_list (DialSidebar *self)
{
  DialCandidateRow *selected = gtk_single_selection_get_selected_item (self->selection);

  for (GtkWidget *item = gtk_widget_get_first_child (GTK_WIDGET (self->list_view));
       item != NULL;
       item = gtk_widget_get_next_sibling (item)) {
    GtkWidget *tile = gtk_widget_get_first_child (item);
    g_autoptr (DialCandidateRow) row = NULL;

    if (!DIAL_IS_CANDIDATE_TILE (tile))
      continue;
    g_object_get (tile, "row", &row, NULL);
    if (row != NULL && row == selected) {
      gtk_widget_grab_focus (item);
      return;
    }
  }

  gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
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

/* The pages of an empty list */

static DialIntegration *
find_problem (GPtrArray *companies)
{
  for (guint i = 0; i < companies->len; i++)
    if (dial_integration_get_problem (g_ptr_array_index (companies, i)) != NULL)
      return g_ptr_array_index (companies, i);

  return NULL;
}

static gboolean
is_one_syncing (GPtrArray *companies)
{
  for (guint i = 0; i < companies->len; i++)
    if (dial_integration_is_syncing (g_ptr_array_index (companies, i)))
      return TRUE;

  return FALSE;
}

static gboolean
is_one_unsynced (GPtrArray *companies)
{
  for (guint i = 0; i < companies->len; i++)
    if (dial_integration_get_last_sync (g_ptr_array_index (companies, i)) == DIAL_INSTANT_UNKNOWN)
      return TRUE;

  return FALSE;
}

static const char *
choose_page (DialSidebar *self,
             GPtrArray   *companies)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->people)) > 0)
    return "list";
  /* Between two answers the page stays as it is, or it would flicker at every key. */
  if (dial_people_is_loading (self->people))
    return gtk_stack_get_visible_child_name (self->stack);
  if (dial_people_get_search (self->people)[0] != '\0')
    return "no-match";
  if (find_problem (companies) != NULL)
    return "problem";
  if (is_one_syncing (companies))
    return "receiving";
  if (is_one_unsynced (companies))
    return "not-yet";
  return "nobody";
}

static void
say_no_match (DialSidebar *self)
{
  g_autofree char *name = dial_words_isolate (dial_people_get_search (self->people));
  g_autofree char *plain = g_strdup_printf (_("No one matches “%s”"), name);
  g_autofree char *title = g_markup_escape_text (plain, -1);

  adw_status_page_set_title (self->no_match_page, title);
}

static void
say_problem (DialSidebar     *self,
             DialIntegration *integration)
{
  g_autofree char *sentence = g_markup_escape_text (dial_integration_get_problem (integration), -1);

  adw_status_page_set_description (self->problem_page, sentence);
  gtk_actionable_set_action_target (self->problem_settings, "s", dial_integration_get_id (integration));
  gtk_widget_set_visible (GTK_WIDGET (self->problem_settings),
                          dial_integration_get_health (integration) == DIAL_HEALTH_BROKEN);
}

static void
update_page (DialSidebar *self)
{
  g_autoptr (GPtrArray) companies = NULL;
  const char *page;

  if (self->people == NULL)
    return;

  companies = dial_companies_list_active (self->companies);
  page = choose_page (self, companies);
  if (g_strcmp0 (page, "no-match") == 0)
    say_no_match (self);
  else if (g_strcmp0 (page, "problem") == 0 && find_problem (companies) != NULL)
    say_problem (self, find_problem (companies));

  gtk_stack_set_visible_child_name (self->stack, page);
}

/* The list */

static void
on_list_changed_cb (DialSidebar *self)
{
  update_page (self);

  if (dial_people_is_loading (self->people))
    return;

  select_in_list (self);
  if (self->open_when_loaded) {
    self->open_when_loaded = FALSE;
    if (g_list_model_get_n_items (G_LIST_MODEL (self->people)) > 0) {
      open_position (self, 0);
      focus_list (self);
    }
  }
}

static void
on_selected_item_changed_cb (DialSidebar *self)
{
  DialCandidateRow *row = gtk_single_selection_get_selected_item (self->selection);

  /* A search that leaves the shown candidate out does not take them off the desk. */
  if (!self->changing && row != NULL)
    set_selected (self, dial_people_find_owner (self->people, row), dial_candidate_row_get_id (row));
}

static void
apply_search (DialSidebar *self)
{
  if (self->people != NULL)
    dial_people_set_search (self->people, gtk_editable_get_text (GTK_EDITABLE (self->search)));
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
  if (gtk_widget_has_focus (text) || self->people == NULL || !begins_text (keyval, state))
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
  if (self->people == NULL)
    return;

  apply_search (self);
  self->open_when_loaded = TRUE;
  if (!dial_people_is_loading (self->people))
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
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
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
  focus_list (self);
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

/* Where all companies are listed, whose a candidate is; where one was chosen, everybody is theirs. */
static void
tell_company (DialSidebar       *self,
              DialCandidateTile *tile,
              DialCandidateRow  *row)
{
  gboolean all = dial_companies_get_chosen (self->companies) == NULL;

  dial_candidate_tile_set_company (tile, all ? self->companies : NULL,
                                   all ? dial_people_find_owner (self->people, row) : NULL);
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

  tell_company (self, tile, gtk_list_item_get_item (item));
  dial_candidate_tile_set_row (tile, gtk_list_item_get_item (item));
  on_description_changed_cb (tile);
}

static void
on_unbind_cb (DialSidebar *self,
              GtkListItem *item)
{
  DialCandidateTile *tile = DIAL_CANDIDATE_TILE (gtk_list_item_get_child (item));

  dial_candidate_tile_set_company (tile, NULL, NULL);
  dial_candidate_tile_set_row (tile, NULL);
}

/* Companies */

static void
on_companies_changed_cb (DialSidebar *self)
{
  dial_people_set_integration (self->people, dial_companies_get_chosen (self->companies));
  update_page (self);

  if (self->integration != NULL && !dial_companies_have (self->companies, self->integration))
    set_selected (self, NULL, 0);
}

static void
dial_sidebar_dispose (GObject *object)
{
  DialSidebar *self = DIAL_SIDEBAR (object);

  g_clear_object (&self->companies_signals);
  g_clear_object (&self->people_signals);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_SIDEBAR);
  g_clear_object (&self->people);
  g_clear_object (&self->companies);
  g_clear_object (&self->integration);

  G_OBJECT_CLASS (dial_sidebar_parent_class)->dispose (object);
}

static void
dial_sidebar_class_init (DialSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_sidebar_dispose;

  signals[LEFT] =
    g_signal_new ("left", DIAL_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OPENED] =
    g_signal_new ("opened", DIAL_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SEARCH_STARTED] =
    g_signal_new ("search-started", DIAL_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SELECTED] =
    g_signal_new ("selected", DIAL_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (DIAL_TYPE_COMPANY_BUTTON);
  g_type_ensure (DIAL_TYPE_STATUS_LINE);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, DialSidebar, company_button);
  gtk_widget_class_bind_template_child (widget_class, DialSidebar, search);
  gtk_widget_class_bind_template_child (widget_class, DialSidebar, stack);
  gtk_widget_class_bind_template_child (widget_class, DialSidebar, list_view);
  gtk_widget_class_bind_template_child (widget_class, DialSidebar, no_match_page);
  gtk_widget_class_bind_template_child (widget_class, DialSidebar, problem_page);
  gtk_widget_class_bind_template_child (widget_class, DialSidebar, problem_settings);
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

  self->companies_signals = g_signal_group_new (DIAL_TYPE_COMPANIES);
  g_signal_group_connect_swapped (self->companies_signals, "changed", G_CALLBACK (on_companies_changed_cb), self);

  self->people_signals = g_signal_group_new (DIAL_TYPE_PEOPLE);
  g_signal_group_connect_swapped (self->people_signals, "notify::loading", G_CALLBACK (on_list_changed_cb), self);
  g_signal_group_connect_swapped (self->people_signals, "items-changed", G_CALLBACK (update_page), self);
}

/**
 * dial_sidebar_set_companies:
 * @self: a sidebar
 * @companies: whose candidates to list
 */
void
dial_sidebar_set_companies (DialSidebar   *self,
                            DialCompanies *companies)
{
  g_return_if_fail (DIAL_IS_SIDEBAR (self));
  g_return_if_fail (DIAL_IS_COMPANIES (companies));

  if (!g_set_object (&self->companies, companies))
    return;

  g_clear_object (&self->people);
  self->people = dial_people_new (dial_companies_get_desk (companies));
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->people));
  g_signal_group_set_target (self->people_signals, self->people);
  g_signal_group_set_target (self->companies_signals, companies);

  dial_company_button_set_companies (self->company_button, companies);
  dial_status_line_set_companies (self->status_line, companies);
  on_companies_changed_cb (self);
}

/**
 * dial_sidebar_get_integration:
 * @self: a sidebar
 *
 * Returns: (transfer none) (nullable): whose candidate is selected
 */
DialIntegration *
dial_sidebar_get_integration (DialSidebar *self)
{
  g_return_val_if_fail (DIAL_IS_SIDEBAR (self), NULL);

  return self->integration;
}

/**
 * dial_sidebar_get_selected:
 * @self: a sidebar
 *
 * Returns: the candidate that is selected, 0 if nobody is
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
 * @integration: (nullable): whose candidate
 * @candidate_id: whom to show, 0 for nobody; need not be in the list
 */
void
dial_sidebar_select (DialSidebar     *self,
                     DialIntegration *integration,
                     gint64           candidate_id)
{
  guint position;

  g_return_if_fail (DIAL_IS_SIDEBAR (self));

  set_selected (self, integration, candidate_id);
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
  gtk_editable_select_region (GTK_EDITABLE (self->search), 0, -1);
}
