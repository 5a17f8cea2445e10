#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "dial-empty-list.h"
#include "dial-template.h"
#include "dial-words.h"

struct _DialEmptyList
{
  GtkWidget      parent_instance;

  GtkStack      *stack;
  AdwStatusPage *no_match_page;
  AdwStatusPage *problem_page;
  GtkActionable *problem_settings;
  GtkWidget     *clear_search;
  GtkWidget     *clear_filters;

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

static const char *
choose_page (GPtrArray       *companies,
             const DialQuery *query)
{
  if (query->text[0] != '\0' || dial_query_has_filters (query))
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
say_no_match (DialEmptyList   *self,
              const DialQuery *query)
{
  gboolean searched = query->text[0] != '\0';
  gboolean filtered = dial_query_has_filters (query);
  g_autofree char *name = dial_words_isolate (query->text);
  g_autofree char *plain = searched ? g_strdup_printf (_("No one matches “%s”"), name)
                                    : g_strdup (_("No one passes the filters"));
  g_autofree char *title = g_markup_escape_text (plain, -1);

  adw_status_page_set_title (self->no_match_page, title);
  adw_status_page_set_description (self->no_match_page,
                                   !searched ? _("All of them are meant at once; job, stage and status of one "
                                                 "application.")
                                   : filtered ? _("Only those who pass the filters are searched.")
                                   : _("Search looks at names, phone numbers, e-mail addresses, jobs, companies and "
                                       "tags."));
  gtk_widget_set_visible (self->clear_search, searched);
  gtk_widget_set_visible (self->clear_filters, filtered);
}

static void
say_problem (DialEmptyList   *self,
             DialIntegration *integration)
{
  g_autofree char *sentence = g_markup_escape_text (dial_integration_get_problem (integration), -1);

  adw_status_page_set_description (self->problem_page, sentence);
  gtk_actionable_set_action_target (self->problem_settings, "s", dial_integration_get_id (integration));
  gtk_widget_set_visible (GTK_WIDGET (self->problem_settings),
                          dial_integration_get_health (integration) == DIAL_HEALTH_BROKEN);
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
  gtk_widget_class_bind_template_child (widget_class, DialEmptyList, stack);
  gtk_widget_class_bind_template_child (widget_class, DialEmptyList, no_match_page);
  gtk_widget_class_bind_template_child (widget_class, DialEmptyList, problem_page);
  gtk_widget_class_bind_template_child (widget_class, DialEmptyList, problem_settings);
  gtk_widget_class_bind_template_child (widget_class, DialEmptyList, clear_search);
  gtk_widget_class_bind_template_child (widget_class, DialEmptyList, clear_filters);
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
  const char *page;

  g_return_if_fail (DIAL_IS_EMPTY_LIST (self));
  g_return_if_fail (DIAL_IS_COMPANIES (companies));
  g_return_if_fail (DIAL_IS_FINDER (finder));

  g_set_object (&self->finder, finder);
  active = dial_companies_list_active (companies);
  page = choose_page (active, dial_finder_get_query (finder));
  if (g_str_equal (page, "no-match"))
    say_no_match (self, dial_finder_get_query (finder));
  else if (g_str_equal (page, "problem"))
    say_problem (self, find_problem (active));

  gtk_stack_set_visible_child_name (self->stack, page);
}
