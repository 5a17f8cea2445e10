#include "config.h"

#include <glib/gi18n.h>

#include "dial-banner.h"
#include "dial-say-name.h"
#include "dial-who-window.h"
#include "dial-words.h"

/* More than fits into the window is no answer, but another question. */
#define MOST_SHOWN 30

struct _DialWhoWindow
{
  AdwWindow       parent_instance;

  DialBanner     *banner;
  GtkLabel       *sentence;
  GtkEditable    *entry;
  GtkListBox     *list;
  GtkLabel       *nobody;
  GtkCheckButton *remember;

  DialCompanies  *companies;
  DialDesk       *desk;
  DialCall       *call;
  GListStore     *shown;         /* of DialOwner */
  DialOwner      *chosen;
  GCancellable   *cancellable;   /* of the last search */
};

G_DEFINE_FINAL_TYPE (DialWhoWindow, dial_who_window, ADW_TYPE_WINDOW)

/* Naming */

/* The person who was named comes forward. */
static void
close_and_show (DialWhoWindow *self)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-candidate", "(sx)",
                                dial_integration_get_id (dial_owner_get_integration (self->chosen)),
                                dial_owner_get_candidate (self->chosen)->id);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_named_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DialWhoWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (dial_desk_name_caller_finish (DIAL_DESK (object), result, &error))
    close_and_show (self);
  else
    dial_banner_say (self->banner, error->message);
}

static void
choose (DialWhoWindow *self,
        DialOwner     *owner)
{
  g_set_object (&self->chosen, owner);
  dial_desk_name_caller_async (self->desk, self->call, dial_owner_get_integration (owner),
                               dial_owner_get_candidate (owner),
                               gtk_check_button_get_active (self->remember), NULL, on_named_cb,
                               g_object_ref (self));
}

static void
on_row_activated_cb (DialWhoWindow *self,
                     GtkListBoxRow *row)
{
  g_autoptr (DialOwner) owner = g_list_model_get_item (G_LIST_MODEL (self->shown),
                                                       (guint) gtk_list_box_row_get_index (row));

  if (owner != NULL)
    choose (self, owner);
}

static void
on_entry_activated_cb (DialWhoWindow *self)
{
  g_autoptr (DialOwner) only = NULL;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->shown)) != 1)
    return;

  only = g_list_model_get_item (G_LIST_MODEL (self->shown), 0);
  choose (self, only);
}

/* The list */

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  DialWhoWindow *self = DIAL_WHO_WINDOW (user_data);
  DialCandidate *candidate = dial_owner_get_candidate (item);
  DialIntegration *integration = dial_owner_get_integration (item);
  gboolean several = dial_companies_are_several (self->companies);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = dial_candidate_dup_name (candidate);
  g_autofree char *place = dial_words_join (2, candidate->job, candidate->stage);
  g_autofree char *where = dial_words_join (2, *place != '\0' ? place : candidate->company,
                                            several ? dial_integration_get_name (integration) : NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), where);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  dial_say_name (row, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, where, -1);
  return row;
}

static void
show_owners (DialWhoWindow *self,
             GPtrArray     *owners)
{
  gboolean searched = *gtk_editable_get_text (self->entry) != '\0';

  gtk_label_set_label (self->nobody, searched ? _("Nobody is found by that.")
                                              : _("No candidate has this number."));
  g_list_store_splice (self->shown, 0, g_list_model_get_n_items (G_LIST_MODEL (self->shown)),
                       owners->pdata, owners->len);
}

static void
on_owners_found_cb (GObject      *object,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (DialWhoWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) owners = dial_desk_find_owners_finish (DIAL_DESK (object), result, &error);

  if (owners != NULL)
    show_owners (self, owners);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dial_banner_say (self->banner, error->message);
}

static void
on_searched_cb (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (DialWhoWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) owners = dial_desk_search_owners_finish (DIAL_DESK (object), result, &error);

  if (owners != NULL)
    show_owners (self, owners);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dial_banner_say (self->banner, error->message);
}

static void
on_search_changed_cb (DialWhoWindow *self)
{
  const char *text = gtk_editable_get_text (self->entry);

  g_cancellable_cancel (self->cancellable);
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  if (*text == '\0')
    dial_desk_find_owners_async (self->desk, dial_call_get_number (self->call), self->cancellable,
                                 on_owners_found_cb, g_object_ref (self));
  else
    dial_desk_search_owners_async (self->desk, text, MOST_SHOWN, self->cancellable, on_searched_cb,
                                   g_object_ref (self));
}

/* GObject */

static void
dial_who_window_dispose (GObject *object)
{
  DialWhoWindow *self = DIAL_WHO_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->shown);
  g_clear_object (&self->chosen);
  g_clear_object (&self->call);
  g_clear_object (&self->desk);
  g_clear_object (&self->companies);
  gtk_widget_dispose_template (GTK_WIDGET (self), DIAL_TYPE_WHO_WINDOW);

  G_OBJECT_CLASS (dial_who_window_parent_class)->dispose (object);
}

static void
dial_who_window_class_init (DialWhoWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dial_who_window_dispose;

  g_type_ensure (DIAL_TYPE_BANNER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-who-window.ui");
  gtk_widget_class_bind_template_child (widget_class, DialWhoWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, DialWhoWindow, sentence);
  gtk_widget_class_bind_template_child (widget_class, DialWhoWindow, entry);
  gtk_widget_class_bind_template_child (widget_class, DialWhoWindow, list);
  gtk_widget_class_bind_template_child (widget_class, DialWhoWindow, nobody);
  gtk_widget_class_bind_template_child (widget_class, DialWhoWindow, remember);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
dial_who_window_init (DialWhoWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->shown = g_list_store_new (DIAL_TYPE_OWNER);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->shown), make_row, self, NULL);
}

static void
say_number (DialWhoWindow *self)
{
  DialPhoneNumber *number = dial_call_get_number (self->call);
  gboolean known = dial_phone_number_get_e164 (number) != NULL;
  g_autofree char *text = dial_words_caller (number);
  g_autofree char *sentence = NULL;

  if (dial_call_get_direction (self->call) == DIAL_DIRECTION_INCOMING)
    /* Translators: %s is a phone number */
    sentence = g_strdup_printf (_("The call came from %s. Whom is it with?"), text);
  else
    /* Translators: %s is a phone number */
    sentence = g_strdup_printf (_("The call went to %s. Whom is it with?"), text);
  gtk_label_set_label (self->sentence, sentence);

  /* A withheld number is everybody's. */
  gtk_widget_set_visible (GTK_WIDGET (self->remember), known);
  gtk_check_button_set_active (self->remember, known);
}

/**
 * dial_who_window_new:
 * @parent: the window it belongs to
 * @companies: whose candidates
 * @call: the call
 *
 * Returns: (transfer none): a window, not yet shown
 */
GtkWindow *
dial_who_window_new (GtkWindow     *parent,
                     DialCompanies *companies,
                     DialCall      *call)
{
  DialWhoWindow *self;

  g_return_val_if_fail (DIAL_IS_COMPANIES (companies), NULL);
  g_return_val_if_fail (DIAL_IS_CALL (call), NULL);

  self = g_object_new (DIAL_TYPE_WHO_WINDOW, "transient-for", parent, NULL);
  self->companies = g_object_ref (companies);
  self->desk = g_object_ref (dial_companies_get_desk (companies));
  self->call = g_object_ref (call);
  say_number (self);
  on_search_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  return GTK_WINDOW (self);
}

/**
 * dial_who_window_get_call:
 * @self: a window
 *
 * Returns: (transfer none): the call it asks about
 */
DialCall *
dial_who_window_get_call (DialWhoWindow *self)
{
  g_return_val_if_fail (DIAL_IS_WHO_WINDOW (self), NULL);

  return self->call;
}
