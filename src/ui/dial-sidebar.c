#include "config.h"

#include <gtk/gtk.h>

#include "dial-candidate-tile.h"
#include "dial-company-button.h"
#include "dial-empty-list.h"
#include "dial-list-focus.h"
#include "dial-match.h"
#include "dial-people.h"
#include "dial-search-bar.h"
#include "dial-sidebar.h"
#include "dial-status-line.h"
#include "dial-steady-layout.h"
#include "dial-template.h"

/* No row is lower. */
#define ROW_HEIGHT 46

struct _DialSidebar
{
  GtkWidget           parent_instance;

  GtkBox             *box;
  GtkWidget          *company_button; /* once there are several */
  DialSearchBar      *search_bar;
  GtkStack           *stack;
  GtkListView        *list_view;
  DialEmptyList      *empty_list;     /* once nobody is listed */
  DialStatusLine     *status_line;
  GtkSingleSelection *selection;

  DialCompanies      *companies;
  GSignalGroup       *companies_signals;
  DialFinder         *finder;
  GSignalGroup       *finder_signals;
  DialPeople         *people;
  GSignalGroup       *people_signals;
  GSignalGroup       *early_signals; /* of people, before the list view hears of them */
  DialIntegration    *integration;   /* whose candidate is selected */
  gint64              selected;
  DialIntegration    *next_integration;
  gint64              next;          /* who came after the selected one when they were chosen; 0 if not known */
  GSignalGroup       *row_signals;   /* of the selected row, which may not be loaded yet */
  guint               open_when_loaded : 1;
  guint               await_row : 1;
  guint               open_row : 1;
  guint               changing : 1;
  guint               focused : 1;   /* the selected row had the keyboard when it left its place */
  guint               preparing : 1; /* to mark what is found */
  guint               can_mark : 1;
  guint               begun : 1;
};

enum {
  ANSWERED,
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

static void
focus_list (DialSidebar *self)
{
  dial_list_focus_give (self->list_view, gtk_single_selection_get_selected_item (self->selection));
}

static void
open_position (DialSidebar *self,
               guint        position)
{
  gtk_single_selection_set_selected (self->selection, position);
  self->open_row = self->await_row;
  if (!self->open_row && self->selected != 0)
    g_signal_emit (self, signals[OPENED], 0);
}

static void
scroll_to (DialSidebar *self,
           guint        position)
{
  gtk_widget_activate_action (GTK_WIDGET (self->list_view), "list.scroll-to-item", "u", position);
}

static void
on_cleared_cb (DialSidebar *self)
{
  dial_search_bar_focus (self->search_bar);
}

static void
show_empty_list (DialSidebar *self)
{
  if (self->empty_list == NULL) {
    self->empty_list = g_object_new (DIAL_TYPE_EMPTY_LIST, NULL);
    g_signal_connect_object (self->empty_list, "cleared", G_CALLBACK (on_cleared_cb), self, G_CONNECT_SWAPPED);
    gtk_stack_add_named (self->stack, GTK_WIDGET (self->empty_list), "empty");
  }
  dial_empty_list_show (self->empty_list, self->companies, self->finder);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
update_page (DialSidebar *self)
{
  if (self->people == NULL || !self->begun)
    return;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->people)) > 0) {
    gtk_stack_set_visible_child_name (self->stack, "list");
  } else if (!dial_people_is_loading (self->people)) {
    /* Between two answers the page stays as it is, or it would flicker at every key. */
    show_empty_list (self);
  }
}

/* The list */

static void
on_list_changed_cb (DialSidebar *self)
{
  update_page (self);

  if (dial_people_is_loading (self->people))
    return;

  /* An answer is read from its top, and the rows of the one before stay where they are. */
  scroll_to (self, 0);
  select_in_list (self);
  if (self->open_when_loaded) {
    self->open_when_loaded = FALSE;
    if (g_list_model_get_n_items (G_LIST_MODEL (self->people)) > 0) {
      open_position (self, 0);
      focus_list (self);
    }
  }
  g_signal_emit (self, signals[ANSWERED], 0);
}

/* Whoever is called moves in a list by activity: who comes next is known by name, not by place. */
static void
remember_next (DialSidebar *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);
  g_autoptr (DialCandidateRow) row = NULL;
  DialIntegration *owner = NULL;

  if (position != GTK_INVALID_LIST_POSITION)
    row = g_list_model_get_item (G_LIST_MODEL (self->selection), position + 1);
  self->next = row != NULL ? dial_candidate_row_get_id (row) : 0;
  if (self->next != 0)
    owner = dial_people_find_owner (self->people, row);
  g_set_object (&self->next_integration, owner);
}

static void
show_row (DialSidebar      *self,
          DialCandidateRow *row)
{
  remember_next (self);
  set_selected (self, dial_people_find_owner (self->people, row), dial_candidate_row_get_id (row));
}

static void
on_row_loaded_cb (DialSidebar      *self,
                  GParamSpec       *pspec,
                  DialCandidateRow *row)
{
  gboolean open = self->open_row;

  /* A row that came to be another one's is none that anybody chose. */
  if (!self->await_row) {
    select_in_list (self);
    return;
  }

  self->await_row = self->open_row = FALSE;
  show_row (self, row);
  if (open)
    g_signal_emit (self, signals[OPENED], 0);
}

/* In a long list a row may be selected before it is known whose it is. */
static void
on_selected_item_changed_cb (DialSidebar *self)
{
  DialCandidateRow *row = gtk_single_selection_get_selected_item (self->selection);

  self->await_row = self->open_row = FALSE;
  g_signal_group_set_target (self->row_signals, row);

  /* A search that leaves the shown candidate out does not take them off the desk. */
  if (self->changing || row == NULL)
    return;

  if (dial_candidate_row_get_id (row) != 0)
    show_row (self, row);
  else
    self->await_row = TRUE;
}

/* Called before the list view knows of it, and takes the keyboard from whoever leaves. */
static void
on_items_changing_cb (DialSidebar *self)
{
  if (dial_list_focus_is_on (self->list_view, gtk_single_selection_get_selected_item (self->selection)))
    self->focused = TRUE;
}

/* Whoever moves leaves one place before they come to the other one: the selection goes along, and the keyboard. */
static void
on_items_changed_cb (DialSidebar *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);

  update_page (self);

  if (self->selected != 0 && position == GTK_INVALID_LIST_POSITION) {
    select_in_list (self);
    position = gtk_single_selection_get_selected (self->selection);
    if (position == GTK_INVALID_LIST_POSITION)
      return;
    if (self->focused && dial_list_focus_may_move (self->list_view))
      dial_list_focus_move (self->list_view, position);
  }
  self->focused = FALSE;
}

/* The search */

static void mark_tiles (DialSidebar *self);

static void
on_prepared_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (DialSidebar) self = user_data;

  self->can_mark = dial_match_prepare_finish (result);
  if (self->people != NULL)
    mark_tiles (self);
}

/* What to mark in the rows; nothing until it is known how other scripts are read, for which no row waits. */
static const char *
get_needle (DialSidebar *self)
{
  const char *text = dial_finder_get_query (self->finder)->text;

  if (self->can_mark || text[0] == '\0')
    return text;

  if (!self->preparing) {
    self->preparing = TRUE;
    dial_match_prepare_async (NULL, on_prepared_cb, g_object_ref (self));
  }
  return "";
}

/* What is found is marked in the rows, in those as well that the answer leaves where they are. */
static void
mark_tiles (DialSidebar *self)
{
  const char *needle = get_needle (self);

  for (GtkWidget *item = gtk_widget_get_first_child (GTK_WIDGET (self->list_view));
       item != NULL;
       item = gtk_widget_get_next_sibling (item)) {
    GtkWidget *tile = gtk_widget_get_first_child (item);

    if (DIAL_IS_CANDIDATE_TILE (tile))
      dial_candidate_tile_set_needle (DIAL_CANDIDATE_TILE (tile), needle);
  }
}

static void
on_query_changed_cb (DialSidebar *self)
{
  const DialQuery *query = dial_finder_get_query (self->finder);

  self->await_row = self->open_row = FALSE;
  mark_tiles (self);
  if (self->people != NULL)
    dial_people_set_query (self->people, query);
}

static void
on_search_started_cb (DialSidebar *self)
{
  g_signal_emit (self, signals[SEARCH_STARTED], 0);
}

/* Enter opens the first one, even if the answer is still on its way. */
static void
on_search_activated_cb (DialSidebar *self)
{
  if (self->people == NULL)
    return;

  self->open_when_loaded = TRUE;
  if (!dial_people_is_loading (self->people))
    on_list_changed_cb (self);
}

static void
on_search_stopped_cb (DialSidebar *self)
{
  g_signal_emit (self, signals[LEFT], 0);
}

static void
on_search_left_down_cb (DialSidebar *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) == 0)
    return;

  if (gtk_single_selection_get_selected (self->selection) == GTK_INVALID_LIST_POSITION)
    gtk_single_selection_set_selected (self->selection, 0);
  scroll_to (self, gtk_single_selection_get_selected (self->selection));
  focus_list (self);
}

/* The tiles */

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

static void
on_setup_cb (DialSidebar *self,
             GtkListItem *item)
{
  GtkWidget *tile = dial_candidate_tile_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "released", G_CALLBACK (on_tile_released_cb), item, 0);
  gtk_widget_add_controller (tile, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, tile);
}

/* Where all companies are listed, it says whose a candidate is; where one was chosen, everybody is theirs. */
static void
on_bind_cb (DialSidebar *self,
            GtkListItem *item)
{
  DialCandidateRow *row = gtk_list_item_get_item (item);
  gboolean all = dial_companies_get_chosen (self->companies) == NULL;

  dial_candidate_tile_show (DIAL_CANDIDATE_TILE (gtk_list_item_get_child (item)), row,
                            all ? self->companies : NULL,
                            all ? dial_people_find_owner (self->people, row) : NULL,
                            get_needle (self));
}

static void
on_unbind_cb (DialSidebar *self,
              GtkListItem *item)
{
  dial_candidate_tile_let_go (DIAL_CANDIDATE_TILE (gtk_list_item_get_child (item)));
}

/* Companies */

/* Most recruiters have one. */
static void
make_company_button (DialSidebar *self)
{
  self->company_button = g_object_new (DIAL_TYPE_COMPANY_BUTTON,
                                       "margin-start", 10,
                                       "margin-end", 10,
                                       "margin-top", 6,
                                       NULL);
  gtk_box_prepend (self->box, self->company_button);
  dial_company_button_set_companies (DIAL_COMPANY_BUTTON (self->company_button), self->companies);
}

static void
on_companies_changed_cb (DialSidebar *self)
{
  if (self->company_button == NULL && dial_companies_are_several (self->companies))
    make_company_button (self);

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
  g_clear_object (&self->early_signals);
  g_clear_object (&self->row_signals);
  g_clear_object (&self->finder_signals);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_SIDEBAR);
  g_clear_object (&self->people);
  g_clear_object (&self->finder);
  g_clear_object (&self->companies);
  g_clear_object (&self->integration);
  g_clear_object (&self->next_integration);

  G_OBJECT_CLASS (dial_sidebar_parent_class)->dispose (object);
}

static void
dial_sidebar_class_init (DialSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_sidebar_dispose;

  signals[ANSWERED] =
    g_signal_new ("answered", DIAL_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEFT] =
    g_signal_new ("left", DIAL_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[OPENED] =
    g_signal_new ("opened", DIAL_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SEARCH_STARTED] =
    g_signal_new ("search-started", DIAL_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SELECTED] =
    g_signal_new ("selected", DIAL_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (DIAL_TYPE_SEARCH_BAR);
  g_type_ensure (DIAL_TYPE_STATUS_LINE);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-sidebar.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, DIAL_TYPE_STEADY_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, DialSidebar, box);
  gtk_widget_class_bind_template_child (widget_class, DialSidebar, search_bar);
  gtk_widget_class_bind_template_child (widget_class, DialSidebar, stack);
  gtk_widget_class_bind_template_child (widget_class, DialSidebar, list_view);
  gtk_widget_class_bind_template_child (widget_class, DialSidebar, status_line);
  gtk_widget_class_bind_template_child (widget_class, DialSidebar, selection);
  gtk_widget_class_bind_template_callback (widget_class, on_search_started_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_left_down_cb);
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

  self->finder = dial_finder_new ();
  self->finder_signals = g_signal_group_new (DIAL_TYPE_FINDER);
  g_signal_group_connect_swapped (self->finder_signals, "notify::query", G_CALLBACK (on_query_changed_cb), self);
  g_signal_group_set_target (self->finder_signals, self->finder);

  self->companies_signals = g_signal_group_new (DIAL_TYPE_COMPANIES);
  g_signal_group_connect_swapped (self->companies_signals, "changed", G_CALLBACK (on_companies_changed_cb), self);

  self->early_signals = g_signal_group_new (DIAL_TYPE_PEOPLE);
  g_signal_group_connect_swapped (self->early_signals, "items-changed", G_CALLBACK (on_items_changing_cb), self);

  self->people_signals = g_signal_group_new (DIAL_TYPE_PEOPLE);
  g_signal_group_connect_swapped (self->people_signals, "notify::loading", G_CALLBACK (on_list_changed_cb), self);
  g_signal_group_connect_swapped (self->people_signals, "items-changed", G_CALLBACK (on_items_changed_cb), self);
  g_signal_group_connect_swapped (self->people_signals, "located", G_CALLBACK (on_items_changed_cb), self);

  self->row_signals = g_signal_group_new (DIAL_TYPE_CANDIDATE_ROW);
  g_signal_group_connect_swapped (self->row_signals, "notify::id", G_CALLBACK (on_row_loaded_cb), self);
}

/* So many rows fill the tallest monitor. */
static guint
count_screenful (GtkWidget *self)
{
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (self));
  int height = 0;

  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++) {
    g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);
    GdkRectangle geometry;

    gdk_monitor_get_geometry (monitor, &geometry);
    height = MAX (height, geometry.height);
  }

  return height / ROW_HEIGHT + 1;
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
  self->people = dial_people_new (dial_companies_get_desk (companies), count_screenful (GTK_WIDGET (self)));
  g_signal_group_set_target (self->early_signals, self->people);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->people));
  g_signal_group_set_target (self->people_signals, self->people);
  g_signal_group_set_target (self->companies_signals, companies);

  on_query_changed_cb (self);
  dial_search_bar_set_finder (self->search_bar, self->finder, companies);
  dial_status_line_set_companies (self->status_line, companies);
  on_companies_changed_cb (self);
}

/**
 * dial_sidebar_set_outbox:
 * @self: a sidebar
 * @outbox: what is not yet in Greenhouse, to be told quietly
 */
void
dial_sidebar_set_outbox (DialSidebar *self,
                         DialOutbox  *outbox)
{
  g_return_if_fail (DIAL_IS_SIDEBAR (self));

  dial_status_line_set_outbox (self->status_line, outbox);
}

/**
 * dial_sidebar_is_loading:
 * @self: a sidebar
 *
 * Returns: whether an answer to the present search is still to come
 */
gboolean
dial_sidebar_is_loading (DialSidebar *self)
{
  g_return_val_if_fail (DIAL_IS_SIDEBAR (self), FALSE);

  return self->people != NULL && dial_people_is_loading (self->people);
}

/**
 * dial_sidebar_get_finder:
 * @self: a sidebar
 *
 * Returns: (transfer none): whom it looks for
 */
DialFinder *
dial_sidebar_get_finder (DialSidebar *self)
{
  g_return_val_if_fail (DIAL_IS_SIDEBAR (self), NULL);

  return self->finder;
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
  remember_next (self);
  position = gtk_single_selection_get_selected (self->selection);
  if (position != GTK_INVALID_LIST_POSITION)
    scroll_to (self, position);
}

/**
 * dial_sidebar_open_next:
 * @self: a sidebar
 *
 * Opens who comes after the selected candidate in the list.
 *
 * Returns: whether there is anybody
 */
gboolean
dial_sidebar_open_next (DialSidebar *self)
{
  guint position = GTK_INVALID_LIST_POSITION;

  g_return_val_if_fail (DIAL_IS_SIDEBAR (self), FALSE);

  if (self->people == NULL)
    return FALSE;

  if (self->next != 0)
    position = dial_people_find (self->people, self->next_integration, self->next);
  if (position == GTK_INVALID_LIST_POSITION)
    /* Nobody selected: the first. */
    position = gtk_single_selection_get_selected (self->selection) + 1;
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->people)))
    return FALSE;

  scroll_to (self, position);
  open_position (self, position);
  return TRUE;
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
  g_return_if_fail (DIAL_IS_SIDEBAR (self));

  dial_search_bar_begin (self->search_bar, shown);
  if (shown && !self->begun) {
    self->begun = TRUE;
    update_page (self);
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
  g_return_if_fail (DIAL_IS_SIDEBAR (self));

  dial_search_bar_set_key_capture (self->search_bar, widget);
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

  dial_search_bar_focus (self->search_bar);
}

/**
 * dial_sidebar_popup_filters:
 * @self: a sidebar
 *
 * Opens the filters.
 */
void
dial_sidebar_popup_filters (DialSidebar *self)
{
  g_return_if_fail (DIAL_IS_SIDEBAR (self));

  dial_search_bar_popup_filters (self->search_bar);
}
