#include "config.h"

#include <glib/gi18n.h>

#include "dial-failed-page.h"
#include "dial-first-page.h"
#include "dial-fonts.h"
#include "dial-late-menu.h"
#include "dial-off-page.h"
#include "dial-opening-page.h"
#include "dial-presence.h"
#include "dial-window-private.h"
#include "dial-words.h"

/* Natural widths of the side columns where there is room for all of them. */
#define LIST_WIDTH 330
#define NOTE_WIDTH 330

/* Once the first rows are painted: a start is not to wait for it. */
#define FONTS_AFTER_MS 50

enum {
  READY,
  N_SIGNALS
};

enum {
  PROP_0,
  PROP_DESK,
  PROP_SANDBOX,
  PROP_SETTINGS,
  N_PROPS
};

static guint signals[N_SIGNALS];
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DialWindow, dial_window, ADW_TYPE_APPLICATION_WINDOW)

/* Pages and titles */

static gboolean
is_one_active (DialWindow *self)
{
  g_autoptr (GPtrArray) active = dial_companies_list_active (self->companies);

  return active->len > 0;
}

static const char *
choose_page (DialWindow *self)
{
  switch (self->phase) {
  case DIAL_WINDOW_OPENING:
    return "opening";
  case DIAL_WINDOW_FAILED:
    return "failed";
  case DIAL_WINDOW_OPEN:
  default:
    break;
  }

  if (g_list_model_get_n_items (dial_desk_get_integrations (self->desk)) == 0)
    return "first";
  /* A call that goes on, or waits for its wrap-up, is never hidden. */
  if (!is_one_active (self) && dial_desk_get_call (self->desk) == NULL)
    return "off";
  return "desk";
}

/* Whose candidates these are, and how many. */
static void
update_list_title (DialWindow *self)
{
  g_autoptr (GPtrArray) active = dial_companies_list_active (self->companies);
  const char *name = NULL;
  gint64 n_candidates = 0;
  g_autofree char *count = NULL;
  g_autofree char *subtitle = NULL;

  /* With several, the button below says the name. */
  if (active->len == 1 && !dial_companies_are_several (self->companies))
    name = dial_integration_get_name (g_ptr_array_index (active, 0));
  for (guint i = 0; i < active->len; i++)
    n_candidates += dial_integration_get_n_candidates (g_ptr_array_index (active, i));

  count = g_strdup_printf ("%'" G_GINT64_FORMAT, n_candidates);
  subtitle = dial_words_join (2, name, n_candidates > 0 ? count : NULL);
  adw_window_title_set_subtitle (self->list_title, subtitle);
}

static void
update_titles (DialWindow *self)
{
  DialCandidate *candidate = dial_candidate_page_get_candidate (self->candidate_page);
  g_autofree char *name = candidate != NULL ? dial_candidate_dup_name (candidate) : NULL;
  g_autofree char *where = candidate != NULL ? dial_words_join (2, candidate->job, candidate->stage) : NULL;

  adw_window_title_set_title (self->content_title, name != NULL ? name : "");
  adw_window_title_set_subtitle (self->content_title, where != NULL ? where : "");
  update_list_title (self);
}

/* What is rarely seen is made when it is. */
static GtkWidget *
ensure_page (DialWindow *self,
             const char *name)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->stack, name);

  if (page != NULL)
    return page;

  if (g_str_equal (name, "opening"))
    page = g_object_new (DIAL_TYPE_OPENING_PAGE, NULL);
  else if (g_str_equal (name, "first"))
    page = g_object_new (DIAL_TYPE_FIRST_PAGE, NULL);
  else
    page = dial_off_page_new (self->primary_menu);
  gtk_stack_add_named (self->stack, page, name);
  return page;
}

/* The window is there, and nobody waits for it any more. */
static gboolean
read_fonts_cb (gpointer user_data)
{
  g_autofree char *font = NULL;

  g_object_get (gtk_settings_get_default (), "gtk-font-name", &font, NULL);
  dial_fonts_read_ahead_async (font, NULL, NULL, NULL);
  return G_SOURCE_REMOVE;
}

/* Once: whatever is to be seen first is there. */
static void
tell_ready (DialWindow *self)
{
  gboolean list_waits = g_str_equal (choose_page (self), "desk") && dial_sidebar_is_loading (self->sidebar);

  if (self->ready || self->phase == DIAL_WINDOW_OPENING || list_waits)
    return;

  self->ready = TRUE;
  g_signal_emit (self, signals[READY], 0);
  g_timeout_add_full (G_PRIORITY_LOW, FONTS_AFTER_MS, read_fonts_cb, NULL, NULL);
}

static void
update_page (DialWindow *self)
{
  const char *name = choose_page (self);
  GtkWidget *page = ensure_page (self, name);
  gboolean new_page = page != gtk_stack_get_visible_child (self->stack);

  if (DIAL_IS_OFF_PAGE (page))
    dial_off_page_show (DIAL_OFF_PAGE (page), self->companies);

  gtk_stack_set_visible_child (self->stack, page);
  if (self->phase == DIAL_WINDOW_OPEN)
    dial_sidebar_begin (self->sidebar, g_str_equal (name, "desk"));

  if (new_page && (DIAL_IS_FIRST_PAGE (page) || DIAL_IS_OFF_PAGE (page)))
    gtk_widget_grab_focus (page);
}

static void
update (DialWindow *self)
{
  update_titles (self);
  _dial_window_update_actions (self);
  /* That it opens shows only where it takes longer than anybody waits for a window. */
  if (self->phase != DIAL_WINDOW_OPENING)
    update_page (self);
}

/* Leaves: three columns, two, or one at a time */

static gboolean
can_go_back (DialWindow *self)
{
  gboolean at_note = adw_leaflet_get_folded (self->content_leaflet) &&
                     adw_leaflet_get_visible_child (self->content_leaflet) == self->note_column;
  gboolean at_content = adw_leaflet_get_folded (self->leaflet) &&
                        adw_leaflet_get_visible_child (self->leaflet) == self->content_column;

  return at_note || at_content;
}

/* Folded, a column is as wide as the window; beside others, no wider than it needs. */
static void
limit_width (AdwClamp *clamp,
             gboolean  alone,
             int       width)
{
  adw_clamp_set_maximum_size (clamp, alone ? G_MAXINT16 : width);
  adw_clamp_set_tightening_threshold (clamp, alone ? G_MAXINT16 : width);
}

static gboolean
on_leaves_settled_cb (gpointer user_data)
{
  DialWindow *self = user_data;
  gboolean may_go_back = can_go_back (self);

  self->leaves_source = 0;
  limit_width (ADW_CLAMP (self->list_column), adw_leaflet_get_folded (self->leaflet), LIST_WIDTH);
  limit_width (self->note_clamp, adw_leaflet_get_folded (self->content_leaflet), NOTE_WIDTH);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back", may_go_back);
  gtk_widget_set_visible (self->back_button, may_go_back);
  gtk_widget_set_visible (self->note_button, adw_leaflet_get_folded (self->content_leaflet) &&
                          adw_leaflet_get_visible_child (self->content_leaflet) != self->note_column);

  return G_SOURCE_REMOVE;
}

/* Leaflets fold while they are being laid out, when the header bar above has its place already: a
 * change of it has to wait until all is laid out. */
static void
on_leaves_changed_cb (DialWindow *self)
{
  if (self->leaves_source == 0)
    self->leaves_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_leaves_settled_cb, self, NULL);
}

void
_dial_window_show_list (DialWindow *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->list_column);
}

void
_dial_window_show_candidate (DialWindow *self)
{
  adw_leaflet_set_visible_child (self->content_leaflet, GTK_WIDGET (self->candidate_page));
  adw_leaflet_set_visible_child (self->leaflet, self->content_column);
}

void
_dial_window_show_note (DialWindow *self)
{
  adw_leaflet_set_visible_child (self->content_leaflet, self->note_column);
  adw_leaflet_set_visible_child (self->leaflet, self->content_column);
}

void
_dial_window_go_back (DialWindow *self)
{
  if (adw_leaflet_get_folded (self->content_leaflet) &&
      adw_leaflet_get_visible_child (self->content_leaflet) == self->note_column)
    adw_leaflet_set_visible_child (self->content_leaflet, GTK_WIDGET (self->candidate_page));
  else
    _dial_window_show_list (self);
}

/* Says what went wrong, with whose it is where there are several, and with a way to the settings where it
 * is mended there. */
void
_dial_window_say (DialWindow      *self,
                  DialIntegration *integration,
                  const char      *sentence)
{
  g_autofree char *full = NULL;

  if (dial_companies_are_several (self->companies)) {
    g_autofree char *name = dial_words_isolate (dial_integration_get_name (integration));

    /* Translators: a company, or several, and what is wrong there, a sentence */
    full = g_strdup_printf (_("%s: %s"), name, sentence);
  }

  if (full != NULL)
    sentence = full;
  if (dial_integration_get_health (integration) == DIAL_HEALTH_BROKEN)
    dial_banner_say_of_settings (self->banner, sentence, dial_integration_get_id (integration));
  else
    dial_banner_say (self->banner, sentence);
}

/* Candidates */

static void
on_selected_cb (DialWindow *self)
{
  /* What was said of one person is not to stand under another. */
  dial_banner_say (self->banner, NULL);
  dial_candidate_page_show (self->candidate_page, dial_sidebar_get_integration (self->sidebar),
                            dial_sidebar_get_selected (self->sidebar));
  adw_leaflet_set_visible_child (self->content_leaflet, GTK_WIDGET (self->candidate_page));
}

static void
on_opened_cb (DialWindow *self)
{
  _dial_window_show_candidate (self);
}

static void
on_search_started_cb (DialWindow *self)
{
  _dial_window_show_list (self);
}

static void
on_search_left_cb (DialWindow *self)
{
  if (dial_candidate_page_get_candidate (self->candidate_page) != NULL)
    _dial_window_show_candidate (self);
}

static void
on_candidate_changed_cb (DialWindow *self)
{
  dial_note_pane_show (self->note_pane,
                       dial_candidate_page_get_integration (self->candidate_page),
                       dial_candidate_page_get_candidate (self->candidate_page));
  update_titles (self);
  _dial_window_update_actions (self);
}

/* From the call to the one who is called, of whichever company. */
static void
on_show_candidate_cb (DialWindow *self,
                      gint64      candidate_id)
{
  _dial_window_open_candidate (self, dial_desk_get_call_integration (self->desk), candidate_id);
}

/* Somebody who may not be in the list, of whichever company. */
void
_dial_window_open_candidate (DialWindow      *self,
                             DialIntegration *integration,
                             gint64           candidate_id)
{
  if (dial_companies_get_chosen (self->companies) != NULL)
    dial_companies_choose (self->companies, integration);
  dial_sidebar_select (self->sidebar, integration, candidate_id);
  _dial_window_show_candidate (self);
}

/* The call */

static void
on_called_cb (DialWindow *self)
{
  dial_banner_say (self->banner, NULL);
  _dial_window_show_note (self);
  dial_note_pane_focus (self->note_pane);
}

static gboolean
is_selected (DialWindow *self,
             DialCall   *call)
{
  return dial_call_get_candidate_id (call) == dial_sidebar_get_selected (self->sidebar) &&
         dial_desk_get_call_integration (self->desk) == dial_sidebar_get_integration (self->sidebar);
}

static gboolean
is_note_hidden (DialWindow *self)
{
  return (adw_leaflet_get_folded (self->leaflet) &&
          adw_leaflet_get_visible_child (self->leaflet) != self->content_column) ||
         (adw_leaflet_get_folded (self->content_leaflet) &&
          adw_leaflet_get_visible_child (self->content_leaflet) != self->note_column);
}

static void
on_call_state_changed_cb (DialWindow *self)
{
  DialCall *call = dial_desk_get_call (self->desk);

  /* The wrap-up takes the note's place: where that is hidden, it comes forward, and the keyboard
   * with it. */
  if (call != NULL && dial_call_get_state (call) == DIAL_CALL_STATE_ENDED &&
      is_selected (self, call) && is_note_hidden (self)) {
    _dial_window_show_note (self);
    dial_note_pane_focus (self->note_pane);
  }

  update (self);
}

/* Whoever only looks something up needs none. */
static void
make_call_bar (DialWindow *self)
{
  self->call_bar = g_object_new (DIAL_TYPE_CALL_BAR, NULL);
  g_signal_connect_object (self->call_bar, "show-candidate", G_CALLBACK (on_show_candidate_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->rows, GTK_WIDGET (self->call_bar));
  dial_call_bar_set_companies (self->call_bar, self->companies);
}

/* After a restart whoever the call is with is shown again, unless somebody else is by now. */
static void
show_whom_with (DialWindow *self,
                DialCall   *call)
{
  if (dial_call_get_candidate_id (call) != 0 && dial_call_get_state (call) != DIAL_CALL_STATE_RINGING &&
      dial_sidebar_get_selected (self->sidebar) == 0)
    _dial_window_open_candidate (self, dial_desk_get_call_integration (self->desk), dial_call_get_candidate_id (call));
}

static void
on_call_changed_cb (DialWindow *self)
{
  DialCall *call = dial_desk_get_call (self->desk);

  if (self->call_bar == NULL && call != NULL)
    make_call_bar (self);
  g_signal_group_set_target (self->call_signals, call);
  if (call != NULL)
    show_whom_with (self, call);
  update (self);
}

/* Companies */

/* What a check that ran by itself, or a sync, finds out: told once, and taken back when it is past. */
static void
tell_problem (DialWindow      *self,
              DialIntegration *integration)
{
  const char *id = dial_integration_get_id (integration);
  const char *told = g_hash_table_lookup (self->told_problems, id);
  const char *problem = NULL;

  if (dial_integration_is_active (integration) && dial_integration_get_health (integration) == DIAL_HEALTH_BROKEN)
    problem = dial_integration_get_problem (integration);
  if (problem == NULL && dial_integration_is_active (integration))
    problem = dial_integration_get_doubles_problem (integration);
  if (g_strcmp0 (problem, told) == 0)
    return;

  if (problem != NULL) {
    g_hash_table_insert (self->told_problems, g_strdup (id), g_strdup (problem));
    _dial_window_say (self, integration, problem);
  } else {
    g_hash_table_remove (self->told_problems, id);
    dial_banner_say (self->banner, NULL);
  }
}

static void
on_companies_changed_cb (DialWindow *self)
{
  GListModel *integrations = dial_desk_get_integrations (self->desk);

  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);

    tell_problem (self, integration);
  }

  update (self);
}

/* GObject */

/* A profile that cannot be written keeps no sizes; it is no reason to grey out the window. */
static void
bind_settings (DialWindow *self)
{
  const GSettingsBindFlags flags = G_SETTINGS_BIND_DEFAULT | G_SETTINGS_BIND_NO_SENSITIVITY;

  if (self->settings == NULL)
    return;

  g_settings_bind (self->settings, "window-width", self, "default-width", flags);
  g_settings_bind (self->settings, "window-height", self, "default-height", flags);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", flags);
  g_settings_bind (self->settings, "order", dial_sidebar_get_finder (self->sidebar), "order", flags);
}

static void
dial_window_constructed (GObject *object)
{
  DialWindow *self = DIAL_WINDOW (object);

  G_OBJECT_CLASS (dial_window_parent_class)->constructed (object);

  self->companies = dial_companies_new (self->desk);
  dial_note_pane_set_companies (self->note_pane, self->companies);
  dial_candidate_page_set_companies (self->candidate_page, self->companies);
  dial_sidebar_set_companies (self->sidebar, self->companies);
  dial_saved_button_set_finder (self->saved_button, dial_sidebar_get_finder (self->sidebar), self->companies);
  _dial_window_make_outbox (self);

  g_signal_group_set_target (self->desk_signals, self->desk);
  g_signal_connect_object (self->companies, "changed", G_CALLBACK (on_companies_changed_cb), self, G_CONNECT_SWAPPED);

  dial_presence_watch (GTK_WINDOW (self), self->desk);
  bind_settings (self);
  if (self->sandbox) {
    gtk_window_set_title (GTK_WINDOW (self), _("Dialhouse Sandbox"));
    adw_window_title_set_title (self->list_title, _("Invented Candidates"));
  }

  on_companies_changed_cb (self);
  on_call_changed_cb (self);
  on_leaves_changed_cb (self);
}

/* By itself GTK would give the keyboard to the first button, and a space would press it: what is typed first
 * is a search. */
static void
dial_window_show (GtkWidget *widget)
{
  DialWindow *self = DIAL_WINDOW (widget);
  gboolean chosen = gtk_window_get_focus (GTK_WINDOW (widget)) != NULL;

  update_page (self);
  /* It need not look for that button. */
  if (!chosen)
    gtk_root_set_focus (GTK_ROOT (widget), GTK_WIDGET (self->stack));
  GTK_WIDGET_CLASS (dial_window_parent_class)->show (widget);
  if (!chosen)
    gtk_window_set_focus (GTK_WINDOW (widget), NULL);
}

static void
dial_window_dispose (GObject *object)
{
  DialWindow *self = DIAL_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->leaves_source, g_source_remove);
  g_clear_object (&self->desk_signals);
  g_clear_object (&self->call_signals);
  g_clear_weak_pointer (&self->settings_window);
  g_clear_weak_pointer (&self->calls_window);
  g_clear_weak_pointer (&self->found_toast);
  g_clear_weak_pointer (&self->who_window);
  g_clear_object (&self->call_notice);
  _dial_window_drop_outbox (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_WINDOW);
  g_clear_object (&self->companies);
  g_clear_object (&self->settings);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (dial_window_parent_class)->dispose (object);
}

static void
dial_window_finalize (GObject *object)
{
  DialWindow *self = DIAL_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->told_problems, g_hash_table_unref);

  G_OBJECT_CLASS (dial_window_parent_class)->finalize (object);
}

static void
dial_window_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  DialWindow *self = DIAL_WINDOW (object);

  switch (prop_id) {
  case PROP_DESK:
    g_value_set_object (value, self->desk);
    break;
  case PROP_SANDBOX:
    g_value_set_boolean (value, self->sandbox);
    break;
  case PROP_SETTINGS:
    g_value_set_object (value, self->settings);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_window_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  DialWindow *self = DIAL_WINDOW (object);

  switch (prop_id) {
  case PROP_DESK:
    self->desk = g_value_dup_object (value);
    break;
  case PROP_SANDBOX:
    self->sandbox = g_value_get_boolean (value);
    break;
  case PROP_SETTINGS:
    self->settings = g_value_dup_object (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DialWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, rows);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, list_column);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, list_title);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, saved_button);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, outbox_button);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, content_column);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, content_title);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, note_button);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, content_leaflet);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, candidate_page);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, note_column);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, note_clamp);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, note_pane);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, banner);
  gtk_widget_class_bind_template_callback (widget_class, on_leaves_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, tell_ready);
  gtk_widget_class_bind_template_callback (widget_class, on_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_started_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_candidate_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_show_candidate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_called_cb);
  gtk_widget_class_bind_template_callback (widget_class, _dial_window_show_list);
}

static void
dial_window_class_init (DialWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = dial_window_constructed;
  object_class->dispose = dial_window_dispose;
  object_class->finalize = dial_window_finalize;
  object_class->get_property = dial_window_get_property;
  object_class->set_property = dial_window_set_property;
  widget_class->show = dial_window_show;

  properties[PROP_DESK] = g_param_spec_object ("desk", NULL, NULL, DIAL_TYPE_DESK, flags);
  properties[PROP_SANDBOX] = g_param_spec_boolean ("sandbox", NULL, NULL, FALSE, flags);
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[READY] =
    g_signal_new ("ready", DIAL_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (DIAL_TYPE_BANNER);
  g_type_ensure (DIAL_TYPE_CANDIDATE_PAGE);
  g_type_ensure (DIAL_TYPE_NOTE_PANE);
  g_type_ensure (DIAL_TYPE_OUTBOX_BUTTON);
  g_type_ensure (DIAL_TYPE_SAVED_BUTTON);
  g_type_ensure (DIAL_TYPE_SIDEBAR);

  bind_template (widget_class);
  _dial_window_install_actions (widget_class);
  _dial_window_install_outbox (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
}

static void
dial_window_init (DialWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  dial_late_menu_set (self->menu_button, self->primary_menu);

  self->cancellable = g_cancellable_new ();
  self->told_problems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  dial_sidebar_set_key_capture (self->sidebar, GTK_WIDGET (self));

  self->desk_signals = g_signal_group_new (DIAL_TYPE_DESK);
  g_signal_group_connect_swapped (self->desk_signals, "notify::call", G_CALLBACK (on_call_changed_cb), self);
  self->call_signals = g_signal_group_new (DIAL_TYPE_CALL);
  g_signal_group_connect_swapped (self->call_signals, "notify::state", G_CALLBACK (on_call_state_changed_cb), self);
}

/**
 * dial_window_new:
 * @application: the program
 * @desk: what it shows; may still be closed
 * @settings: (nullable): where its size is kept
 * @sandbox: nothing here is real
 *
 * Returns: (transfer none): a window that waits for [method@Window.opened]
 */
DialWindow *
dial_window_new (GtkApplication *application,
                 DialDesk       *desk,
                 GSettings      *settings,
                 gboolean        sandbox)
{
  DialWindow *self = g_object_new (DIAL_TYPE_WINDOW,
                                   "application", application,
                                   "desk", desk,
                                   "sandbox", sandbox,
                                   "settings", settings,
                                   NULL);

  _dial_window_mind_calls (self, G_APPLICATION (application));
  return self;
}

/* A damaged file is too rare, and too much to learn of in passing. */
static void
tell_rescues (DialWindow *self)
{
  GListModel *integrations = dial_desk_get_integrations (self->desk);

  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);
    g_autofree char *sentences = dial_integration_dup_rescue (integration);
    GtkWidget *dialog;

    if (sentences == NULL)
      continue;

    dialog = adw_message_dialog_new (GTK_WINDOW (self), _("A Damaged File Was Set Aside"), sentences);
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
    gtk_window_present (GTK_WINDOW (dialog));
  }
}

/**
 * dial_window_opened:
 * @self: a window
 * @error: (nullable): why its desk could not be opened
 *
 * The desk is ready, or will never be.
 */
void
dial_window_opened (DialWindow   *self,
                    const GError *error)
{
  g_return_if_fail (DIAL_IS_WINDOW (self));

  self->phase = error == NULL ? DIAL_WINDOW_OPEN : DIAL_WINDOW_FAILED;
  if (error != NULL)
    gtk_stack_add_named (self->stack, dial_failed_page_new (error->message), "failed");

  update (self);
  tell_ready (self);
  if (error == NULL)
    tell_rescues (self);
}
