#include "config.h"

#include <glib/gi18n.h>

#include "dial-problem-row.h"
#include "dial-recruiter-page.h"

/* More than this nobody reads: type more of the name. */
#define LIMIT 50

struct _DialRecruiterPage
{
  GtkBox           parent_instance;

  GtkSearchEntry  *search;
  GtkListBox      *problems;
  GtkStack        *stack;
  GtkListBox      *list;
  GtkLabel        *more;
  AdwStatusPage   *empty;
  GtkWidget       *fetch;
  GtkSpinner      *spinner;

  DialIntegration *integration;
  GPtrArray       *users;         /* those in the list */
  GCancellable    *finding;
  GCancellable    *choosing;
  GCancellable    *fetching;
  guint            with_nobody : 1; /* the first row is nobody's */
};

G_DEFINE_FINAL_TYPE (DialRecruiterPage, dial_recruiter_page, GTK_TYPE_BOX)

static void find_users (DialRecruiterPage *self);

static void
say_problem (DialRecruiterPage *self,
             const GError      *error)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->problems));

  if (row != NULL)
    gtk_list_box_remove (self->problems, row);
  if (error != NULL)
    gtk_list_box_append (self->problems, dial_problem_row_new (error->message));
  gtk_widget_set_visible (GTK_WIDGET (self->problems), error != NULL);
}

/* The list */

static void
add_row (DialRecruiterPage *self,
         const char        *name,
         const char        *subtitle,
         gboolean           chosen)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW,
                                 "use-markup", FALSE,
                                 "title", name,
                                 "title-lines", 0,
                                 "subtitle", subtitle != NULL ? subtitle : "",
                                 "subtitle-lines", 0,
                                 "activatable", TRUE,
                                 NULL);
  g_autofree char *label = NULL;

  if (chosen) {
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               g_object_new (GTK_TYPE_IMAGE,
                                             "icon-name", "object-select-symbolic",
                                             "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                             NULL));
    /* Translators: for screen readers; %s is a person's name */
    label = g_strdup_printf (_("%s, chosen"), name);
    gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  }
  gtk_list_box_append (self->list, row);
}

static void
show_users (DialRecruiterPage *self)
{
  DialUser *recruiter = dial_integration_get_recruiter (self->integration);
  gboolean searched = gtk_editable_get_text (GTK_EDITABLE (self->search))[0] != '\0';
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);

  self->with_nobody = !searched;
  if (self->with_nobody)
    add_row (self, _("Nobody"), _("Notes are signed by the integration"), recruiter == NULL);
  for (guint i = 0; i < MIN (self->users->len, LIMIT); i++) {
    DialUser *user = self->users->pdata[i];

    add_row (self, user->name != NULL ? user->name : _("No name"), user->primary_email,
             recruiter != NULL && recruiter->id == user->id);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->more), self->users->len > LIMIT);

  if (self->users->len > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else
    gtk_stack_set_visible_child_name (self->stack, searched ? "none" : "empty");
}

static void
on_found_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DialRecruiterPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = NULL;

  users = dial_integration_find_users_finish (DIAL_INTEGRATION (source), result, &error);
  /* Something else is looked for by now, or nobody looks. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->finding == NULL)
    return;

  say_problem (self, error);
  if (users == NULL)
    return;

  g_clear_pointer (&self->users, g_ptr_array_unref);
  self->users = g_steal_pointer (&users);
  show_users (self);
}

static void
find_users (DialRecruiterPage *self)
{
  g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  self->finding = g_cancellable_new ();
  dial_integration_find_users_async (self->integration, gtk_editable_get_text (GTK_EDITABLE (self->search)),
                                     LIMIT + 1, self->finding, on_found_cb, g_object_ref (self));
}

/* Choosing */

static void
on_chosen_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DialRecruiterPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean chosen = dial_integration_set_recruiter_finish (DIAL_INTEGRATION (source), result, &error);

  if (self->choosing == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->choosing);
  say_problem (self, error);
  if (chosen)
    gtk_widget_activate_action (GTK_WIDGET (self), "settings.back", NULL);
}

static void
choose (DialRecruiterPage *self,
        int                index)
{
  DialUser *user = NULL;

  if (self->choosing != NULL || self->users == NULL)
    return;

  if (self->with_nobody)
    index--;
  if (index >= (int) self->users->len)
    return;
  if (index >= 0)
    user = self->users->pdata[index];

  self->choosing = g_cancellable_new ();
  dial_integration_set_recruiter_async (self->integration, user, self->choosing, on_chosen_cb,
                                        g_object_ref (self));
}

static void
on_row_activated_cb (DialRecruiterPage *self,
                     GtkListBoxRow     *row)
{
  choose (self, gtk_list_box_row_get_index (row));
}

/* Enter takes the one person that is left; among several one is to be chosen. */
static void
on_search_activated_cb (DialRecruiterPage *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (self->users != NULL && self->users->len == 1 && !self->with_nobody)
    choose (self, 0);
  else if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
on_stop_search_cb (DialRecruiterPage *self)
{
  if (gtk_editable_get_text (GTK_EDITABLE (self->search))[0] != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "settings.back", NULL);
}

/* An integration that never synced knows nobody. */

static void
show_empty (DialRecruiterPage *self)
{
  gboolean active = dial_integration_is_active (self->integration);
  gboolean syncing = dial_integration_is_syncing (self->integration) || self->fetching != NULL;

  if (!active)
    adw_status_page_set_description (self->empty, _("The people of this Greenhouse come with the first sync. "
                                                    "Switch the integration on, and come back."));
  else if (syncing)
    adw_status_page_set_description (self->empty, _("The people of this Greenhouse are on their way."));
  else
    adw_status_page_set_description (self->empty, _("The people of this Greenhouse come with a sync."));
  gtk_widget_set_visible (self->fetch, active && !syncing);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), active && syncing);
  gtk_spinner_set_spinning (self->spinner, active && syncing);
}

static void
on_syncing_notified_cb (DialRecruiterPage *self)
{
  show_empty (self);
  if (!dial_integration_is_syncing (self->integration))
    find_users (self);
}

static void
on_fetched_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DialRecruiterPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean fetched = dial_integration_sync_finish (DIAL_INTEGRATION (source), result, NULL, &error);

  if (self->fetching == NULL)
    return;

  g_clear_object (&self->fetching);
  show_empty (self);
  if (!fetched && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say_problem (self, error);
  else
    find_users (self);
}

static void
on_fetch_clicked_cb (DialRecruiterPage *self)
{
  if (self->fetching != NULL)
    return;

  say_problem (self, NULL);
  /* Not to be stopped by leaving: what was fetched is of use. */
  self->fetching = g_cancellable_new ();
  dial_integration_sync_async (self->integration, FALSE, self->fetching, on_fetched_cb, g_object_ref (self));
  show_empty (self);
}

static gboolean
dial_recruiter_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (DIAL_RECRUITER_PAGE (widget)->search));
}

static void
dial_recruiter_page_dispose (GObject *object)
{
  DialRecruiterPage *self = DIAL_RECRUITER_PAGE (object);

  g_cancellable_cancel (self->finding);
  g_cancellable_cancel (self->choosing);
  g_clear_object (&self->finding);
  g_clear_object (&self->choosing);
  g_clear_object (&self->fetching);
  g_clear_pointer (&self->users, g_ptr_array_unref);
  g_clear_object (&self->integration);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_RECRUITER_PAGE);

  G_OBJECT_CLASS (dial_recruiter_page_parent_class)->dispose (object);
}

static void
dial_recruiter_page_class_init (DialRecruiterPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_recruiter_page_dispose;
  widget_class->grab_focus = dial_recruiter_page_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-recruiter-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DialRecruiterPage, search);
  gtk_widget_class_bind_template_child (widget_class, DialRecruiterPage, problems);
  gtk_widget_class_bind_template_child (widget_class, DialRecruiterPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DialRecruiterPage, list);
  gtk_widget_class_bind_template_child (widget_class, DialRecruiterPage, more);
  gtk_widget_class_bind_template_child (widget_class, DialRecruiterPage, empty);
  gtk_widget_class_bind_template_child (widget_class, DialRecruiterPage, fetch);
  gtk_widget_class_bind_template_child (widget_class, DialRecruiterPage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, find_users);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_fetch_clicked_cb);
}

static void
dial_recruiter_page_init (DialRecruiterPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_recruiter_page_new:
 * @integration: whose people
 *
 * Returns: (transfer floating): a page
 */
GtkWidget *
dial_recruiter_page_new (DialIntegration *integration)
{
  DialRecruiterPage *self;

  g_return_val_if_fail (DIAL_IS_INTEGRATION (integration), NULL);

  self = g_object_new (DIAL_TYPE_RECRUITER_PAGE, NULL);
  self->integration = g_object_ref (integration);
  g_signal_connect_object (integration, "notify::active", G_CALLBACK (show_empty), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (integration, "notify::syncing", G_CALLBACK (on_syncing_notified_cb), self,
                           G_CONNECT_SWAPPED);
  show_empty (self);
  find_users (self);

  return GTK_WIDGET (self);
}
