#include "config.h"

#include <glib/gi18n.h>

#include "dial-recruiter-page.h"

struct _DialRecruiterPage
{
  DialWhoPage      parent_instance;

  AdwStatusPage   *empty;
  GtkWidget       *fetch;
  GtkSpinner      *spinner;

  DialIntegration *integration;
  GPtrArray       *users;         /* those who are offered, and one more if there are more */
  GCancellable    *finding;
  GCancellable    *fetching;
};

G_DEFINE_FINAL_TYPE (DialRecruiterPage, dial_recruiter_page, DIAL_TYPE_WHO_PAGE)

static void
show_users (DialRecruiterPage *self)
{
  DialWhoPage *page = DIAL_WHO_PAGE (self);
  DialUser *recruiter = dial_integration_get_recruiter (self->integration);
  gboolean searched = *dial_who_page_get_text (page) != '\0';

  dial_who_page_begin (page);
  if (!searched)
    dial_who_page_offer_nobody (page, _("Notes are signed by the integration"), recruiter == NULL);
  for (guint i = 0; i < MIN (self->users->len, DIAL_WHO_PAGE_LIMIT); i++) {
    DialUser *user = self->users->pdata[i];

    dial_who_page_offer (page, user->name, user->primary_email, recruiter != NULL && recruiter->id == user->id);
  }
  dial_who_page_show (page, self->users->len > DIAL_WHO_PAGE_LIMIT, searched);
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

  dial_who_page_say (DIAL_WHO_PAGE (self), error);
  if (users == NULL)
    return;

  g_clear_pointer (&self->users, g_ptr_array_unref);
  self->users = g_steal_pointer (&users);
  show_users (self);
}

static void
find (DialWhoPage *page)
{
  DialRecruiterPage *self = DIAL_RECRUITER_PAGE (page);

  g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  self->finding = g_cancellable_new ();
  dial_integration_find_users_async (self->integration, dial_who_page_get_text (page), DIAL_WHO_PAGE_LIMIT + 1,
                                     self->finding, on_found_cb, g_object_ref (self));
}

static void
on_chosen_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DialWhoPage) page = user_data;
  g_autoptr (GError) error = NULL;
  gboolean chosen = dial_integration_set_recruiter_finish (DIAL_INTEGRATION (source), result, &error);

  dial_who_page_end (page, chosen, error);
}

static void
choose (DialWhoPage  *page,
        int           index,
        GCancellable *cancellable)
{
  DialRecruiterPage *self = DIAL_RECRUITER_PAGE (page);
  DialUser *user = index != DIAL_WHO_PAGE_NOBODY ? self->users->pdata[index] : NULL;

  dial_integration_set_recruiter_async (self->integration, user, cancellable, on_chosen_cb, g_object_ref (self));
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
    find (DIAL_WHO_PAGE (self));
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
    dial_who_page_say (DIAL_WHO_PAGE (self), error);
  else
    find (DIAL_WHO_PAGE (self));
}

static void
on_fetch_clicked_cb (DialRecruiterPage *self)
{
  if (self->fetching != NULL)
    return;

  dial_who_page_say (DIAL_WHO_PAGE (self), NULL);
  /* Not to be stopped by leaving: what was fetched is of use. */
  self->fetching = g_cancellable_new ();
  dial_integration_sync_async (self->integration, FALSE, self->fetching, on_fetched_cb, g_object_ref (self));
  show_empty (self);
}

static void
dial_recruiter_page_dispose (GObject *object)
{
  DialRecruiterPage *self = DIAL_RECRUITER_PAGE (object);

  g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  g_clear_object (&self->fetching);
  g_clear_pointer (&self->users, g_ptr_array_unref);
  g_clear_object (&self->integration);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_RECRUITER_PAGE);

  G_OBJECT_CLASS (dial_recruiter_page_parent_class)->dispose (object);
}

static void
dial_recruiter_page_class_init (DialRecruiterPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dial_recruiter_page_dispose;
  DIAL_WHO_PAGE_CLASS (klass)->find = find;
  DIAL_WHO_PAGE_CLASS (klass)->choose = choose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-recruiter-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DialRecruiterPage, empty);
  gtk_widget_class_bind_template_child (widget_class, DialRecruiterPage, fetch);
  gtk_widget_class_bind_template_child (widget_class, DialRecruiterPage, spinner);
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
  find (DIAL_WHO_PAGE (self));

  return GTK_WIDGET (self);
}
