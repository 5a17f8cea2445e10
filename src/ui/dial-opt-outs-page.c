#include "config.h"

#include <glib/gi18n.h>

#include "dial-opt-outs-page.h"
#include "dial-problem-row.h"
#include "dial-say-name.h"
#include "dial-words.h"

struct _DialOptOutsPage
{
  GtkBox           parent_instance;

  AdwWindowTitle  *title;
  GtkListBox      *list;
  AdwEntryRow     *add;

  DialIntegration *integration;
  GCancellable    *cancellable;
};

G_DEFINE_FINAL_TYPE (DialOptOutsPage, dial_opt_outs_page, GTK_TYPE_BOX)

static DialStore *
get_store (DialOptOutsPage *self)
{
  return dial_integration_get_store (self->integration);
}

static void
on_set_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DialOptOutsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!dial_store_set_opt_out_finish (DIAL_STORE (source), result, &error) && self->integration != NULL)
    dial_problem_row_tell (GTK_LIST_BOX_ROW (self->add), error->message);
}

static void
set_opt_out (DialOptOutsPage *self,
             const char      *e164,
             gboolean         opted_out)
{
  dial_problem_row_tell (GTK_LIST_BOX_ROW (self->add), NULL);
  dial_store_set_opt_out_async (get_store (self), e164, opted_out, NULL, on_set_cb, g_object_ref (self));
}

static void
on_apply_cb (DialOptOutsPage *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->add));
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new (typed, NULL, dial_home_region ());

  if (typed[0] == '\0')
    return;
  if (dial_phone_number_get_e164 (number) == NULL) {
    dial_problem_row_tell (GTK_LIST_BOX_ROW (self->add),
                           _("That is no complete phone number: write it with + and the country's code."));
    return;
  }

  set_opt_out (self, dial_phone_number_get_e164 (number), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->add), "");
}

static void
on_changed_cb (DialOptOutsPage *self)
{
  dial_problem_row_tell (GTK_LIST_BOX_ROW (self->add), NULL);
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *e164)
{
  DialOptOutsPage *self = DIAL_OPT_OUTS_PAGE (widget);

  /* The focus must not stand in a row that goes. */
  gtk_widget_grab_focus (GTK_WIDGET (self->add));
  set_opt_out (self, g_variant_get_string (e164, NULL), FALSE);
}

/* The row says all of it to a screen reader, too. */
static void
describe (AdwActionRow *row,
          const char   *words)
{
  g_autofree char *all =
    dial_words_join (2, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), words);

  adw_action_row_set_subtitle (row, words);
  dial_say_name (row, all);
}

/* Whose number it is, where that is known. */
static void
on_owners_found_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (AdwActionRow) row = user_data;
  g_autoptr (GPtrArray) owners = dial_store_find_owners_finish (DIAL_STORE (source), result, NULL, NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  g_autofree char *who = NULL;
  g_autofree char *words = NULL;

  for (guint i = 0; owners != NULL && i < owners->len; i++) {
    g_autofree char *name = dial_candidate_dup_name (owners->pdata[i]);
    g_autofree char *isolated = dial_words_isolate (name);

    g_strv_builder_add (names, isolated);
  }

  list = g_strv_builder_end (names);
  who = g_strjoinv (", ", list);
  /* The day first: a line that begins with a right-to-left name would turn it round. */
  words = dial_words_join (2, adw_action_row_get_subtitle (row), who);
  describe (row, words);
}

static GtkWidget *
create_row (DialOptOutsPage *self,
            const char      *e164,
            gint64           since)
{
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new (e164, NULL, NULL);
  g_autofree char *words = dial_words_number (number);
  g_autofree char *day = dial_words_day (since);
  /* Translators: for screen readers; %s is a phone number */
  g_autofree char *away = g_strdup_printf (_("Send texts to %s again"), words);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  describe (ADW_ACTION_ROW (row), day);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_tooltip_text (button, _("Send texts again"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  dial_say_name (button, away);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", e164);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "opt-outs.remove");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  dial_store_find_owners_async (get_store (self), e164, self->cancellable, on_owners_found_cb,
                                g_object_ref_sink (row));
  return row;
}

static void
on_listed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DialOptOutsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) opt_outs = dial_store_list_opt_outs_finish (DIAL_STORE (source), result, &error);
  g_autoptr (GList) numbers = NULL;
  GtkListBoxRow *row;

  if (self->integration == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  dial_problem_row_tell (GTK_LIST_BOX_ROW (self->add), error != NULL ? error->message : NULL);
  if (opt_outs == NULL)
    return;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  numbers = g_list_sort (g_hash_table_get_keys (opt_outs), (GCompareFunc) strcmp);
  for (GList *at = numbers; at != NULL; at = at->next)
    gtk_list_box_append (self->list, create_row (self, at->data, *(gint64 *) g_hash_table_lookup (opt_outs, at->data)));
  gtk_widget_set_visible (GTK_WIDGET (self->list), numbers != NULL);
}

static void
load (DialOptOutsPage *self)
{
  dial_store_list_opt_outs_async (get_store (self), self->cancellable, on_listed_cb, g_object_ref (self));
}

static gboolean
dial_opt_outs_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (DIAL_OPT_OUTS_PAGE (widget)->add));
}

static void
dial_opt_outs_page_dispose (GObject *object)
{
  DialOptOutsPage *self = DIAL_OPT_OUTS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->integration);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_OPT_OUTS_PAGE);

  G_OBJECT_CLASS (dial_opt_outs_page_parent_class)->dispose (object);
}

static void
dial_opt_outs_page_class_init (DialOptOutsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dial_opt_outs_page_dispose;
  widget_class->grab_focus = dial_opt_outs_page_grab_focus;

  gtk_widget_class_install_action (widget_class, "opt-outs.remove", "s", remove_action);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-opt-outs-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DialOptOutsPage, title);
  gtk_widget_class_bind_template_child (widget_class, DialOptOutsPage, list);
  gtk_widget_class_bind_template_child (widget_class, DialOptOutsPage, add);
  gtk_widget_class_bind_template_callback (widget_class, on_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
}

static void
dial_opt_outs_page_init (DialOptOutsPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_opt_outs_page_new:
 * @integration: whose candidates get texts
 *
 * Returns: (transfer floating): a page
 */
GtkWidget *
dial_opt_outs_page_new (DialIntegration *integration)
{
  DialOptOutsPage *self;

  g_return_val_if_fail (DIAL_IS_INTEGRATION (integration), NULL);

  self = g_object_new (DIAL_TYPE_OPT_OUTS_PAGE, NULL);
  self->integration = g_object_ref (integration);
  adw_window_title_set_subtitle (self->title, dial_integration_get_name (integration));
  g_signal_connect_object (get_store (self), "opt-outs-changed", G_CALLBACK (load), self, G_CONNECT_SWAPPED);
  load (self);
  return GTK_WIDGET (self);
}
