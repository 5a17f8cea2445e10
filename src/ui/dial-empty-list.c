#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "dial-empty-list.h"
#include "dial-person-picture.h"
#include "dial-template.h"
#include "dial-words.h"

struct _DialEmptyList
{
  GtkWidget      parent_instance;

  AdwStatusPage *status;
  GtkWidget     *clear_search;
  GtkWidget     *clear_filters;
  GtkWidget     *settings;
  GtkWidget     *sync;

  DialFinder    *finder;
};

enum {
  CLEARED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialEmptyList, dial_empty_list, GTK_TYPE_WIDGET)

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

/* Takes plain words; and %NULL for a picture of a person, which is there without reading an icon. */
static void
say (DialEmptyList *self,
     const char    *icon_name,
     const char    *title,
     const char    *description)
{
  g_autofree char *title_markup = g_markup_escape_text (title, -1);
  g_autofree char *description_markup = g_markup_escape_text (description, -1);

  if (icon_name != NULL) {
    adw_status_page_set_icon_name (self->status, icon_name);
  } else {
    g_autoptr (DialPersonPicture) picture = g_object_new (DIAL_TYPE_PERSON_PICTURE, NULL);

    adw_status_page_set_paintable (self->status, GDK_PAINTABLE (picture));
  }
  adw_status_page_set_title (self->status, title_markup);
  adw_status_page_set_description (self->status, description_markup);
}

static void
say_no_match (DialEmptyList   *self,
              const DialQuery *query)
{
  gboolean searched = query->text[0] != '\0';
  gboolean filtered = dial_query_has_filters (query);
  g_autofree char *name = dial_words_isolate (query->text);
  g_autofree char *title = searched ? g_strdup_printf (_("No one matches “%s”"), name)
                                    : g_strdup (_("No one passes the filters"));

  say (self, "system-search-symbolic", title,
       !searched ? _("All of them are meant at once; job, stage and status of one application.")
       : filtered ? _("Only those who pass the filters are searched.")
       : _("Search looks at names, phone numbers, e-mail addresses, jobs, companies and tags."));
}

static void
say_problem (DialEmptyList   *self,
             DialIntegration *integration)
{
  say (self, "dialog-warning-symbolic", _("No Candidates Yet"), dial_integration_get_problem (integration));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->settings), "s", dial_integration_get_id (integration));
  gtk_button_set_label (GTK_BUTTON (self->sync), _("_Try Again"));
}

static void
say_nobody (DialEmptyList *self,
            GPtrArray     *companies)
{
  if (is_one_syncing (companies))
    say (self, NULL, _("Receiving Candidates"), _("The first ones appear in a moment."));
  else if (is_one_unsynced (companies))
    say (self, NULL, _("No Candidates Yet"), _("They come with the first synchronisation."));
  else
    say (self, NULL, _("No Candidates"),
         _("Greenhouse has no candidates that this credential may see."));
  gtk_button_set_label (GTK_BUTTON (self->sync), _("_Sync Now"));
}

static void
on_clear_search_clicked_cb (DialEmptyList *self)
{
  dial_finder_set_text (self->finder, "");
  g_signal_emit (self, signals[CLEARED], 0);
}

static void
on_clear_filters_clicked_cb (DialEmptyList *self)
{
  dial_finder_clear_filters (self->finder);
  g_signal_emit (self, signals[CLEARED], 0);
}

static void
dial_empty_list_dispose (GObject *object)
{
  DialEmptyList *self = DIAL_EMPTY_LIST (object);

  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_EMPTY_LIST);
  g_clear_object (&self->finder);

  G_OBJECT_CLASS (dial_empty_list_parent_class)->dispose (object);
}

static void
dial_empty_list_class_init (DialEmptyListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_empty_list_dispose;

  signals[CLEARED] =
    g_signal_new ("cleared", DIAL_TYPE_EMPTY_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-empty-list.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "dial-empty-list");
  gtk_widget_class_bind_template_child (widget_class, DialEmptyList, status);
  gtk_widget_class_bind_template_child (widget_class, DialEmptyList, clear_search);
  gtk_widget_class_bind_template_child (widget_class, DialEmptyList, clear_filters);
  gtk_widget_class_bind_template_child (widget_class, DialEmptyList, settings);
  gtk_widget_class_bind_template_child (widget_class, DialEmptyList, sync);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_search_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_filters_clicked_cb);
}

static void
dial_empty_list_init (DialEmptyList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_empty_list_show:
 * @self: an empty list
 * @companies: whose candidates would be listed
 * @finder: whom the list looks for
 *
 * Says why nobody is there.
 */
void
dial_empty_list_show (DialEmptyList *self,
                      DialCompanies *companies,
                      DialFinder    *finder)
{
  g_autoptr (GPtrArray) active = NULL;
  const DialQuery *query;
  DialIntegration *problem;
  gboolean searched, filtered;

  g_return_if_fail (DIAL_IS_EMPTY_LIST (self));
  g_return_if_fail (DIAL_IS_COMPANIES (companies));
  g_return_if_fail (DIAL_IS_FINDER (finder));

  g_set_object (&self->finder, finder);
  active = dial_companies_list_active (companies);
  query = dial_finder_get_query (finder);
  searched = query->text[0] != '\0';
  filtered = dial_query_has_filters (query);
  problem = searched || filtered ? NULL : find_problem (active);

  if (searched || filtered)
    say_no_match (self, query);
  else if (problem != NULL)
    say_problem (self, problem);
  else
    say_nobody (self, active);

  /* Each once: one that has the keyboard must not go and come back. */
  gtk_widget_set_visible (self->clear_search, searched);
  gtk_widget_set_visible (self->clear_filters, filtered);
  gtk_widget_set_visible (self->settings,
                          problem != NULL && dial_integration_get_health (problem) == DIAL_HEALTH_BROKEN);
  gtk_widget_set_visible (self->sync, problem != NULL || (!searched && !filtered && !is_one_syncing (active) &&
                                                          is_one_unsynced (active)));
}
