/* Every template makes a widget, and leaves nothing behind. */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "dial-account-check-view.h"
#include "dial-account-gauge.h"
#include "dial-account-page.h"
#include "dial-account-remove-window.h"
#include "dial-account-row.h"
#include "dial-account-window.h"
#include "dial-agent-page.h"
#include "dial-author-hint.h"
#include "dial-banner.h"
#include "dial-call-bar.h"
#include "dial-calls-row.h"
#include "dial-calls-window.h"
#include "dial-candidate-page.h"
#include "dial-candidate-sheet.h"
#include "dial-check-view.h"
#include "dial-choice-row.h"
#include "dial-colour-row.h"
#include "dial-company-button.h"
#include "dial-company-mark.h"
#include "dial-connect-form.h"
#include "dial-connect-window.h"
#include "dial-contact-filter-page.h"
#include "dial-contacts-page.h"
#include "dial-empty-list.h"
#include "dial-failed-page.h"
#include "dial-filter-button.h"
#include "dial-filter-list.h"
#include "dial-filter-popover.h"
#include "dial-first-page.h"
#include "dial-help-pane.h"
#include "dial-history-row.h"
#include "dial-history-view.h"
#include "dial-integration-gauge.h"
#include "dial-integration-list.h"
#include "dial-integration-page.h"
#include "dial-integration-remove-window.h"
#include "dial-integration-row.h"
#include "dial-log-call-window.h"
#include "dial-note-pane.h"
#include "dial-numbers-page.h"
#include "dial-off-page.h"
#include "dial-opening-page.h"
#include "dial-opt-outs-page.h"
#include "dial-outcome-picker.h"
#include "dial-outbox-button.h"
#include "dial-outbox-editor.h"
#include "dial-outbox-row.h"
#include "dial-outbox-window.h"
#include "dial-permission-row.h"
#include "dial-person-picker.h"
#include "dial-phone-row.h"
#include "dial-problem-row.h"
#include "dial-quiet-page.h"
#include "dial-recruiter-page.h"
#include "dial-remove-window.h"
#include "dial-saved-button.h"
#include "dial-saved-row.h"
#include "dial-script-view.h"
#include "dial-search-bar.h"
#include "dial-settings-window.h"
#include "dial-sidebar.h"
#include "dial-slow-start.h"
#include "dial-status-line.h"
#include "dial-sync-row.h"
#include "dial-template-page.h"
#include "dial-template-popover.h"
#include "dial-templates-page.h"
#include "dial-text-composer.h"
#include "dial-text-meter.h"
#include "dial-text-numbers.h"
#include "dial-unsent-group.h"
#include "dial-visibility-button.h"
#include "dial-who-page.h"
#include "dial-who-window.h"
#include "dial-window.h"
#include "dial-wrap-up-pane.h"

#define TEMPLATES "/org/dialhouse/Dialhouse/ui"

/* `dial-call-bar.ui` is DialCallBar's. */
static char *
dup_type_name (const char *file)
{
  g_autofree char *stem = g_strndup (file, strlen (file) - strlen (".ui"));
  g_auto (GStrv) words = g_strsplit (stem, "-", -1);

  for (guint i = 0; words[i] != NULL; i++)
    words[i][0] = g_ascii_toupper (words[i][0]);

  return g_strjoinv ("", words);
}

static void
let_the_loop_run (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static GtkWidget *
make (GType     type,
      DialDesk *desk)
{
  if (type == DIAL_TYPE_WINDOW)
    return g_object_new (type, "desk", desk, NULL);
  if (type == DIAL_TYPE_CONNECT_WINDOW)
    return GTK_WIDGET (dial_connect_window_new (NULL, desk));
  if (g_type_is_a (type, GTK_TYPE_WINDOW))
    return g_object_new (type, NULL);
  return g_object_ref_sink (g_object_new (type, NULL));
}

static void
test_type (GType     type,
           DialDesk *desk)
{
  GtkWidget *widget = make (type, desk);

  g_assert_true (GTK_IS_WIDGET (widget));
  g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *) &widget);

  if (GTK_IS_WINDOW (widget)) {
    gtk_window_present (GTK_WINDOW (widget));
    let_the_loop_run ();
    gtk_window_destroy (GTK_WINDOW (widget));
  } else {
    g_object_unref (widget);
  }

  let_the_loop_run ();
  g_assert_null (widget);
}

/* What several kinds have in common is made as each of them. */
static void
test_template (gconstpointer data)
{
  const char *file = data;
  g_autofree char *name = dup_type_name (file);
  g_autofree char *profile = g_dir_make_tmp ("templates-XXXXXX", NULL);
  g_autoptr (DialDesk) desk = dial_desk_new (profile, DIAL_DESK_BY_HAND | DIAL_DESK_SANDBOX);
  GType type = g_type_from_name (name);
  g_autofree GType *kinds = NULL;
  guint n_kinds;

  g_assert_cmpuint (type, !=, G_TYPE_INVALID);

  if (G_TYPE_IS_ABSTRACT (type)) {
    kinds = g_type_children (type, &n_kinds);
    g_assert_cmpuint (n_kinds, >, 1);
    for (guint i = 0; i < n_kinds; i++)
      test_type (kinds[i], desk);
  } else {
    test_type (type, desk);
  }

  g_rmdir (profile);
}

/* The shortcuts window has no class of its own. */
static void
test_help_overlay (void)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/org/dialhouse/Dialhouse/help-overlay.ui");
  GObject *window = gtk_builder_get_object (builder, "help_overlay");

  g_assert_true (GTK_IS_SHORTCUTS_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A long list */

static void
on_setup (GtkListItemFactory *factory,
          GtkListItem        *item,
          guint              *n_rows)
{
  gtk_list_item_set_child (item, gtk_label_new ("A row"));
  (*n_rows)++;
}

static gboolean
on_first_frame (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  guint *counts = user_data;

  counts[1] = counts[0];
  return G_SOURCE_REMOVE;
}

/* The first frame need not wait for more rows than are seen; all come, and what comes later comes at once. */
static void
test_slow_start (void)
{
  static const guint lengths[] = { 500, 3 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    g_autoptr (GtkStringList) strings = gtk_string_list_new (NULL);
    g_autoptr (GListModel) rows = NULL;
    g_autoptr (GtkNoSelection) selection = NULL;
    GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
    GtkWidget *view = gtk_list_view_new (NULL, factory);
    GtkWidget *scrolled = gtk_scrolled_window_new ();
    GtkWidget *window = gtk_window_new ();
    guint counts[2] = { 0, 0 };   /* rows made, and made before the first frame */

    for (guint j = 0; j < lengths[i]; j++)
      gtk_string_list_append (strings, "row");
    g_signal_connect (factory, "setup", G_CALLBACK (on_setup), counts);
    rows = dial_slow_start_new (view, G_LIST_MODEL (strings));
    selection = gtk_no_selection_new (g_object_ref (rows));
    gtk_list_view_set_model (GTK_LIST_VIEW (view), GTK_SELECTION_MODEL (selection));
    gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
    gtk_window_set_child (GTK_WINDOW (window), scrolled);
    gtk_window_set_default_size (GTK_WINDOW (window), 200, 300);
    gtk_widget_add_tick_callback (window, on_first_frame, counts, NULL);
    gtk_window_present (GTK_WINDOW (window));

    while (counts[1] == 0 || g_list_model_get_n_items (rows) < lengths[i] ||
           gtk_slice_list_model_get_size (GTK_SLICE_LIST_MODEL (rows)) < G_MAXUINT)
      g_main_context_iteration (NULL, TRUE);
    g_assert_cmpuint (counts[1], <=, 30);
    gtk_string_list_append (strings, "late");
    g_assert_cmpuint (g_list_model_get_n_items (rows), ==, lengths[i] + 1);
    gtk_window_destroy (GTK_WINDOW (window));
  }
}

int
main (int    argc,
      char **argv)
{
  g_auto (GStrv) files = NULL;
  const GType types[] = {
    DIAL_TYPE_ACCOUNT_CHECK_VIEW,
    DIAL_TYPE_ACCOUNT_PAGE,
    DIAL_TYPE_ACCOUNT_REMOVE_WINDOW,
    DIAL_TYPE_ACCOUNT_ROW,
    DIAL_TYPE_ACCOUNT_WINDOW,
    DIAL_TYPE_AGENT_PAGE,
    DIAL_TYPE_AUTHOR_HINT,
    DIAL_TYPE_BANNER,
    DIAL_TYPE_CALL_BAR,
    DIAL_TYPE_CALLS_ROW,
    DIAL_TYPE_CALLS_WINDOW,
    DIAL_TYPE_CANDIDATE_PAGE,
    DIAL_TYPE_CANDIDATE_SHEET,
    DIAL_TYPE_CHECK_VIEW,
    DIAL_TYPE_CHOICE_ROW,
    DIAL_TYPE_COLOUR_ROW,
    DIAL_TYPE_COMPANY_BUTTON,
    DIAL_TYPE_COMPANY_MARK,
    DIAL_TYPE_CONNECT_FORM,
    DIAL_TYPE_CONNECT_WINDOW,
    DIAL_TYPE_CONTACT_FILTER_PAGE,
    DIAL_TYPE_CONTACTS_PAGE,
    DIAL_TYPE_EMPTY_LIST,
    DIAL_TYPE_FAILED_PAGE,
    DIAL_TYPE_FILTER_BUTTON,
    DIAL_TYPE_FILTER_LIST,
    DIAL_TYPE_FILTER_POPOVER,
    DIAL_TYPE_FIRST_PAGE,
    DIAL_TYPE_GAUGE,
    DIAL_TYPE_HELP_PANE,
    DIAL_TYPE_HISTORY_ROW,
    DIAL_TYPE_HISTORY_VIEW,
    DIAL_TYPE_INTEGRATION_LIST,
    DIAL_TYPE_INTEGRATION_PAGE,
    DIAL_TYPE_INTEGRATION_REMOVE_WINDOW,
    DIAL_TYPE_INTEGRATION_ROW,
    DIAL_TYPE_LOG_CALL_WINDOW,
    DIAL_TYPE_NOTE_PANE,
    DIAL_TYPE_NUMBERS_PAGE,
    DIAL_TYPE_OFF_PAGE,
    DIAL_TYPE_OPENING_PAGE,
    DIAL_TYPE_OPT_OUTS_PAGE,
    DIAL_TYPE_OUTCOME_PICKER,
    DIAL_TYPE_OUTBOX_BUTTON,
    DIAL_TYPE_OUTBOX_ROW,
    DIAL_TYPE_PERMISSION_ROW,
    DIAL_TYPE_PERSON_PICKER,
    DIAL_TYPE_PHONE_ROW,
    DIAL_TYPE_PROBLEM_ROW,
    DIAL_TYPE_QUIET_PAGE,
    DIAL_TYPE_RECRUITER_PAGE,
    DIAL_TYPE_REMOVE_WINDOW,
    DIAL_TYPE_SAVED_BUTTON,
    DIAL_TYPE_SAVED_ROW,
    DIAL_TYPE_SCRIPT_VIEW,
    DIAL_TYPE_SEARCH_BAR,
    DIAL_TYPE_OUTBOX_EDITOR,
    DIAL_TYPE_OUTBOX_WINDOW,
    DIAL_TYPE_SETTINGS_WINDOW,
    DIAL_TYPE_SIDEBAR,
    DIAL_TYPE_STATUS_LINE,
    DIAL_TYPE_SYNC_ROW,
    DIAL_TYPE_TEMPLATES_PAGE,
    DIAL_TYPE_TEMPLATE_PAGE,
    DIAL_TYPE_TEMPLATE_POPOVER,
    DIAL_TYPE_TEXT_COMPOSER,
    DIAL_TYPE_TEXT_METER,
    DIAL_TYPE_TEXT_NUMBERS,
    DIAL_TYPE_UNSENT_GROUP,
    DIAL_TYPE_VISIBILITY_BUTTON,
    DIAL_TYPE_WHO_PAGE,
    DIAL_TYPE_WHO_WINDOW,
    DIAL_TYPE_WINDOW,
    DIAL_TYPE_WRAP_UP_PANE,
  };

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  g_type_ensure (DIAL_TYPE_ACCOUNT_GAUGE);
  g_type_ensure (DIAL_TYPE_INTEGRATION_GAUGE);

  files = g_resources_enumerate_children (TEMPLATES, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_assert_cmpuint (g_strv_length (files), ==, G_N_ELEMENTS (types));
  for (guint i = 0; files[i] != NULL; i++) {
    g_autofree char *path = g_strconcat ("/templates/", files[i], NULL);

    g_test_add_data_func (path, files[i], test_template);
  }
  g_test_add_func ("/templates/help-overlay.ui", test_help_overlay);
  g_test_add_func ("/slow-start", test_slow_start);

  return g_test_run ();
}
