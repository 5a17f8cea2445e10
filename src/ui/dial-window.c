#include "config.h"

#include <glib/gi18n.h>

#include "dial-first-page.h"
#include "dial-window-private.h"
#include "dial-words.h"

/* Natural widths of the side columns where there is room for all of them. */
#define LIST_WIDTH 330
#define NOTE_WIDTH 330

enum {
  PROP_0,
  PROP_DESK,
  PROP_SANDBOX,
  PROP_SETTINGS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DialWindow, dial_window, ADW_TYPE_APPLICATION_WINDOW)

/* Pages and titles */

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

  if (self->integration == NULL)
    return "first";
  /* A call that goes on, or waits for its wrap-up, is never hidden. */
  if (!dial_integration_is_active (self->integration) && dial_desk_get_call (self->desk) == NULL)
    return "off";
  return "desk";
}

static void
update_titles (DialWindow *self)
{
  DialCandidate *candidate = dial_candidate_page_get_candidate (self->candidate_page);
  g_autofree char *name = candidate != NULL ? dial_candidate_dup_name (candidate) : NULL;
  g_autofree char *where = candidate != NULL ? dial_words_join (2, candidate->job, candidate->stage) : NULL;

  adw_window_title_set_title (self->content_title, name != NULL ? name : "");
  adw_window_title_set_subtitle (self->content_title, where != NULL ? where : "");

  if (self->integration != NULL) {
    gint64 n_candidates = dial_integration_get_n_candidates (self->integration);
    g_autofree char *count = g_strdup_printf ("%'" G_GINT64_FORMAT, n_candidates);
    g_autofree char *subtitle = dial_words_join (2, dial_integration_get_name (self->integration),
                                                 n_candidates > 0 ? count : NULL);

    adw_window_title_set_subtitle (self->list_title, subtitle);
  }
}

static void
update (DialWindow *self)
{
  const char *page = choose_page (self);
  gboolean new_page = g_strcmp0 (page, gtk_stack_get_visible_child_name (self->stack)) != 0;

  if (g_str_equal (page, "off")) {
    g_autofree char *name = dial_words_isolate (dial_integration_get_name (self->integration));
    g_autofree char *plain = g_strdup_printf (_("%s Is Switched Off"), name);
    g_autofree char *title = g_markup_escape_text (plain, -1);

    adw_status_page_set_title (self->off_page, title);
  }

  gtk_stack_set_visible_child_name (self->stack, page);
  update_titles (self);
  _dial_window_update_actions (self);
  if (self->phase == DIAL_WINDOW_OPEN)
    dial_sidebar_begin (self->sidebar, g_str_equal (page, "desk"));

  /* Not to the menu, which stands first. */
  if (new_page && g_str_equal (page, "first"))
    gtk_widget_grab_focus (gtk_stack_get_visible_child (self->stack));
  else if (new_page && g_str_equal (page, "off"))
    gtk_widget_grab_focus (self->switch_on);
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

void
_dial_window_say (DialWindow   *self,
                  const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dial_banner_say (self->banner, error->message);
}

/* Candidates */

static void
on_selected_changed_cb (DialWindow *self)
{
  gint64 selected = dial_sidebar_get_selected (self->sidebar);

  /* What was said of one person is not to stand under another. */
  dial_banner_say (self->banner, NULL);
  dial_candidate_page_show (self->candidate_page, self->integration, selected);
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
  update_titles (self);
  _dial_window_update_actions (self);
}

/* From the call to the one who is called, on whichever desk's integration. */
static void
on_show_candidate_cb (DialWindow *self,
                      gint64      candidate_id)
{
  DialIntegration *integration = dial_desk_get_call_integration (self->desk);

  if (integration != NULL)
    _dial_window_set_integration (self, integration);
  dial_sidebar_select (self->sidebar, candidate_id);
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
      dial_call_get_candidate_id (call) == dial_sidebar_get_selected (self->sidebar) &&
      is_note_hidden (self)) {
    _dial_window_show_note (self);
    dial_note_pane_focus (self->note_pane);
  }

  update (self);
}

static void
on_call_changed_cb (DialWindow *self)
{
  g_signal_group_set_target (self->call_signals, dial_desk_get_call (self->desk));
  update (self);
}

/* Integrations */

static void
fill_integrations_menu (DialWindow *self)
{
  GListModel *integrations = dial_desk_get_integrations (self->desk);
  guint n_integrations = g_list_model_get_n_items (integrations);

  g_menu_remove_all (self->integrations_section);
  for (guint i = 0; n_integrations > 1 && i < n_integrations; i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);
    g_autoptr (GMenuItem) item = g_menu_item_new (dial_integration_get_name (integration), NULL);

    g_menu_item_set_action_and_target (item, "win.choose", "s", dial_integration_get_id (integration));
    g_menu_append_item (self->integrations_section, item);
  }
}

static gboolean
desk_has (DialDesk        *desk,
          DialIntegration *integration)
{
  return dial_desk_find_integration (desk, dial_integration_get_id (integration)) == integration;
}

/* The first that is switched on, or else the first. */
static void
choose_integration (DialWindow *self)
{
  GListModel *integrations = dial_desk_get_integrations (self->desk);
  g_autoptr (DialIntegration) chosen = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);

    if (chosen == NULL || (dial_integration_is_active (integration) && !dial_integration_is_active (chosen)))
      g_set_object (&chosen, integration);
  }

  _dial_window_set_integration (self, chosen);
}

static void
on_integrations_changed_cb (DialWindow *self)
{
  fill_integrations_menu (self);
  if (self->integration == NULL || !desk_has (self->desk, self->integration))
    choose_integration (self);
}

void
_dial_window_set_integration (DialWindow      *self,
                              DialIntegration *integration)
{
  if (!g_set_object (&self->integration, integration)) {
    update (self);
    return;
  }

  g_signal_group_set_target (self->integration_signals, integration);
  g_object_set (self->note_pane, "integration", integration, NULL);
  dial_sidebar_set_integration (self->sidebar, integration);
  dial_candidate_page_show (self->candidate_page, integration, dial_sidebar_get_selected (self->sidebar));
  _dial_window_show_list (self);
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
}

static void
dial_window_constructed (GObject *object)
{
  DialWindow *self = DIAL_WINDOW (object);

  G_OBJECT_CLASS (dial_window_parent_class)->constructed (object);

  g_object_set (self->call_bar, "desk", self->desk, NULL);
  g_object_set (self->note_pane, "desk", self->desk, NULL);
  dial_candidate_page_set_desk (self->candidate_page, self->desk);

  g_signal_group_set_target (self->desk_signals, self->desk);
  g_signal_connect_object (dial_desk_get_integrations (self->desk), "items-changed",
                           G_CALLBACK (on_integrations_changed_cb), self, G_CONNECT_SWAPPED);

  bind_settings (self);
  if (self->sandbox) {
    gtk_window_set_title (GTK_WINDOW (self), _("Dialhouse Sandbox"));
    adw_window_title_set_title (self->list_title, _("Invented Candidates"));
  }

  on_integrations_changed_cb (self);
  on_call_changed_cb (self);
  on_leaves_changed_cb (self);
}

static void
dial_window_dispose (GObject *object)
{
  DialWindow *self = DIAL_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->leaves_source, g_source_remove);
  g_clear_object (&self->desk_signals);
  g_clear_object (&self->call_signals);
  g_clear_object (&self->integration_signals);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_WINDOW);
  g_clear_object (&self->integration);
  g_clear_object (&self->settings);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (dial_window_parent_class)->dispose (object);
}

static void
dial_window_finalize (GObject *object)
{
  g_clear_object (&DIAL_WINDOW (object)->cancellable);

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
  gtk_widget_class_bind_template_child (widget_class, DialWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, failed_page);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, off_page);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, switch_on);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, list_column);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, list_title);
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
  gtk_widget_class_bind_template_child (widget_class, DialWindow, call_bar);
  gtk_widget_class_bind_template_child (widget_class, DialWindow, integrations_section);
  gtk_widget_class_bind_template_callback (widget_class, on_leaves_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_selected_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_started_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_candidate_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_show_candidate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_called_cb);
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

  properties[PROP_DESK] = g_param_spec_object ("desk", NULL, NULL, DIAL_TYPE_DESK, flags);
  properties[PROP_SANDBOX] = g_param_spec_boolean ("sandbox", NULL, NULL, FALSE, flags);
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (DIAL_TYPE_BANNER);
  g_type_ensure (DIAL_TYPE_CALL_BAR);
  g_type_ensure (DIAL_TYPE_CANDIDATE_PAGE);
  g_type_ensure (DIAL_TYPE_FIRST_PAGE);
  g_type_ensure (DIAL_TYPE_NOTE_PANE);
  g_type_ensure (DIAL_TYPE_SIDEBAR);

  bind_template (widget_class);
  _dial_window_install_actions (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.back", NULL);
}

static void
dial_window_init (DialWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  dial_sidebar_set_key_capture (self->sidebar, GTK_WIDGET (self));
  g_object_bind_property (self->candidate_page, "candidate", self->note_pane, "candidate", G_BINDING_SYNC_CREATE);

  self->desk_signals = g_signal_group_new (DIAL_TYPE_DESK);
  g_signal_group_connect_swapped (self->desk_signals, "notify::call", G_CALLBACK (on_call_changed_cb), self);
  self->call_signals = g_signal_group_new (DIAL_TYPE_CALL);
  g_signal_group_connect_swapped (self->call_signals, "notify::state", G_CALLBACK (on_call_state_changed_cb), self);
  self->integration_signals = g_signal_group_new (DIAL_TYPE_INTEGRATION);
  g_signal_group_connect_swapped (self->integration_signals, "notify", G_CALLBACK (update), self);
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
  return g_object_new (DIAL_TYPE_WINDOW,
                       "application", application,
                       "desk", desk,
                       "sandbox", sandbox,
                       "settings", settings,
                       NULL);
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
  if (error != NULL) {
    g_autofree char *sentence = g_markup_escape_text (error->message, -1);

    adw_status_page_set_description (self->failed_page, sentence);
  }

  update (self);
}
