#include "config.h"

#include <glib/gi18n.h>

#include "dial-agent-page.h"
#include "dial-words.h"

struct _DialAgentPage
{
  DialWhoPage           parent_instance;

  GtkSpinner           *spinner;

  DialCloudtalkAccount *account;
  GArray               *ids;         /* of the agents who are offered */
  GCancellable         *asking;
};

G_DEFINE_FINAL_TYPE (DialAgentPage, dial_agent_page, DIAL_TYPE_WHO_PAGE)

static gboolean
fits (const DialCloudtalkAgent *agent,
      const char               *text)
{
  return *text == '\0' ||
         (agent->name != NULL && g_str_match_string (text, agent->name, TRUE)) ||
         (agent->email != NULL && g_str_match_string (text, agent->email, TRUE));
}

static void
offer (DialAgentPage            *self,
       const DialCloudtalkAgent *agent)
{
  g_autofree char *extension = NULL;
  g_autofree char *subtitle = NULL;

  if (agent->extension != NULL)
    /* Translators: %s is a short number within a company */
    extension = g_strdup_printf (_("extension %s"), agent->extension);
  subtitle = dial_words_join (2, agent->email, extension);

  g_array_append_val (self->ids, agent->id);
  dial_who_page_offer (DIAL_WHO_PAGE (self), agent->name, subtitle,
                       agent == dial_cloudtalk_account_get_agent (self->account));
}

static void
find (DialWhoPage *page)
{
  DialAgentPage *self = DIAL_AGENT_PAGE (page);
  GPtrArray *agents = dial_cloudtalk_account_get_agents (self->account);
  const char *text = dial_who_page_get_text (page);
  guint n_found = 0;

  dial_who_page_begin (page);
  g_array_set_size (self->ids, 0);
  for (guint i = 0; agents != NULL && i < agents->len; i++)
    if (fits (agents->pdata[i], text) && ++n_found <= DIAL_WHO_PAGE_LIMIT)
      offer (self, agents->pdata[i]);

  gtk_spinner_set_spinning (self->spinner, self->asking != NULL);
  dial_who_page_show (page, n_found > DIAL_WHO_PAGE_LIMIT, self->asking == NULL);
}

static void
on_asked_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DialAgentPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean asked = dial_cloudtalk_account_refresh_agent_finish (DIAL_CLOUDTALK_ACCOUNT (source), result, &error);

  if (self->asking == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->asking);
  dial_who_page_say (DIAL_WHO_PAGE (self), asked ? NULL : error);
  find (DIAL_WHO_PAGE (self));
}

static void
on_chosen_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DialWhoPage) page = user_data;
  g_autoptr (GError) error = NULL;
  gboolean chosen = dial_cloudtalk_account_set_finish (DIAL_CLOUDTALK_ACCOUNT (source), result, &error);

  dial_who_page_end (page, chosen, error);
}

static void
choose (DialWhoPage  *page,
        int           index,
        GCancellable *cancellable)
{
  DialAgentPage *self = DIAL_AGENT_PAGE (page);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, g_array_index (self->ids, gint64, index));

  dial_cloudtalk_account_set_async (self->account, "agent-id", id, cancellable, on_chosen_cb, g_object_ref (self));
}

static void
dial_agent_page_dispose (GObject *object)
{
  DialAgentPage *self = DIAL_AGENT_PAGE (object);

  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_object (&self->account);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_AGENT_PAGE);

  G_OBJECT_CLASS (dial_agent_page_parent_class)->dispose (object);
}

static void
dial_agent_page_class_init (DialAgentPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dial_agent_page_dispose;
  DIAL_WHO_PAGE_CLASS (klass)->find = find;
  DIAL_WHO_PAGE_CLASS (klass)->choose = choose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-agent-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DialAgentPage, spinner);
}

static void
dial_agent_page_init (DialAgentPage *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_agent_page_new:
 * @account: whose agents
 *
 * Returns: (transfer floating): a page
 */
GtkWidget *
dial_agent_page_new (DialCloudtalkAccount *account)
{
  DialAgentPage *self;

  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (account), NULL);

  self = g_object_new (DIAL_TYPE_AGENT_PAGE, NULL);
  self->account = g_object_ref (account);
  self->asking = g_cancellable_new ();
  find (DIAL_WHO_PAGE (self));
  dial_cloudtalk_account_refresh_agent_async (account, DIAL_CLOUDTALK_URGENCY_NOW, self->asking, on_asked_cb,
                                              g_object_ref (self));

  return GTK_WIDGET (self);
}
