#include "config.h"

#include <glib/gi18n.h>

#include "dial-agent-page.h"
#include "dial-problem-row.h"
#include "dial-words.h"

/* More than this nobody reads: type more of the name. */
#define LIMIT 50

struct _DialAgentPage
{
  GtkBox                parent_instance;

  GtkSearchEntry       *search;
  GtkListBox           *problems;
  GtkStack             *stack;
  GtkSpinner           *spinner;
  GtkListBox           *list;
  GtkLabel             *more;

  DialCloudtalkAccount *account;
  GArray               *ids;         /* of the agents in the list */
  GCancellable         *asking;
  GCancellable         *choosing;
};

G_DEFINE_FINAL_TYPE (DialAgentPage, dial_agent_page, GTK_TYPE_BOX)

static void
say_problem (DialAgentPage *self,
             const GError  *error)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->problems));

  if (row != NULL)
    gtk_list_box_remove (self->problems, row);
  if (error != NULL)
    gtk_list_box_append (self->problems, dial_problem_row_new (error->message));
  gtk_widget_set_visible (GTK_WIDGET (self->problems), error != NULL);
}

/* The list */

static GtkWidget *
create_row (const DialCloudtalkAgent *agent,
            gboolean                  chosen)
{
  const char *name = agent->name != NULL ? agent->name : _("No name");
  g_autofree char *extension = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *label = NULL;
  GtkWidget *row;

  if (agent->extension != NULL)
    /* Translators: %s is a short number within a company */
    extension = g_strdup_printf (_("extension %s"), agent->extension);
  subtitle = dial_words_join (2, agent->email, extension);
  row = g_object_new (ADW_TYPE_ACTION_ROW,
                      "use-markup", FALSE,
                      "title", name,
                      "title-lines", 0,
                      "subtitle", subtitle != NULL ? subtitle : "",
                      "subtitle-lines", 0,
                      "activatable", TRUE,
                      NULL);
  if (!chosen)
    return row;

  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE,
                                           "icon-name", "object-select-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                           NULL));
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  /* Translators: for screen readers; %s is a person's name */
  label = g_strdup_printf (_("%s, chosen"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return row;
}

static gboolean
fits (const DialCloudtalkAgent *agent,
      const char               *text)
{
  return (agent->name != NULL && g_str_match_string (text, agent->name, TRUE)) ||
         (agent->email != NULL && g_str_match_string (text, agent->email, TRUE));
}

static void
show_agents (DialAgentPage *self)
{
  GPtrArray *agents = dial_cloudtalk_account_get_agents (self->account);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  guint n_found = 0;
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  g_array_set_size (self->ids, 0);

  for (guint i = 0; agents != NULL && i < agents->len; i++) {
    const DialCloudtalkAgent *agent = agents->pdata[i];

    if (*text != '\0' && !fits (agent, text))
      continue;
    if (++n_found > LIMIT)
      break;
    g_array_append_val (self->ids, agent->id);
    gtk_list_box_append (self->list, create_row (agent, agent == dial_cloudtalk_account_get_agent (self->account)));
  }
  gtk_widget_set_visible (GTK_WIDGET (self->more), n_found > LIMIT);

  gtk_spinner_set_spinning (self->spinner, self->asking != NULL);
  if (self->ids->len > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else
    gtk_stack_set_visible_child_name (self->stack, self->asking != NULL ? "asking" : "none");
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
  say_problem (self, asked ? NULL : error);
  show_agents (self);
}

/* Choosing */

static void
on_chosen_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (DialAgentPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean chosen = dial_cloudtalk_account_set_finish (DIAL_CLOUDTALK_ACCOUNT (source), result, &error);

  if (self->choosing == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->choosing);
  say_problem (self, error);
  if (chosen)
    gtk_widget_activate_action (GTK_WIDGET (self), "settings.back", NULL);
}

static void
choose (DialAgentPage *self,
        guint          index)
{
  g_autofree char *id = NULL;

  if (self->choosing != NULL || index >= self->ids->len)
    return;

  id = g_strdup_printf ("%" G_GINT64_FORMAT, g_array_index (self->ids, gint64, index));
  self->choosing = g_cancellable_new ();
  dial_cloudtalk_account_set_async (self->account, "agent-id", id, self->choosing, on_chosen_cb,
                                    g_object_ref (self));
}

static void
on_row_activated_cb (DialAgentPage *self,
                     GtkListBoxRow *row)
{
  choose (self, (guint) gtk_list_box_row_get_index (row));
}

/* Enter takes the one person that is left; among several one is to be chosen. */
static void
on_search_activated_cb (DialAgentPage *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  if (self->ids->len == 1)
    choose (self, 0);
  else if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
on_stop_search_cb (DialAgentPage *self)
{
  if (gtk_editable_get_text (GTK_EDITABLE (self->search))[0] != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "settings.back", NULL);
}

static gboolean
dial_agent_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (DIAL_AGENT_PAGE (widget)->search));
}

static void
dial_agent_page_dispose (GObject *object)
{
  DialAgentPage *self = DIAL_AGENT_PAGE (object);

  g_cancellable_cancel (self->asking);
  g_cancellable_cancel (self->choosing);
  g_clear_object (&self->asking);
  g_clear_object (&self->choosing);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_object (&self->account);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_AGENT_PAGE);

  G_OBJECT_CLASS (dial_agent_page_parent_class)->dispose (object);
}

static void
dial_agent_page_class_init (DialAgentPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_agent_page_dispose;
  widget_class->grab_focus = dial_agent_page_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-agent-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DialAgentPage, search);
  gtk_widget_class_bind_template_child (widget_class, DialAgentPage, problems);
  gtk_widget_class_bind_template_child (widget_class, DialAgentPage, stack);
  gtk_widget_class_bind_template_child (widget_class, DialAgentPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, DialAgentPage, list);
  gtk_widget_class_bind_template_child (widget_class, DialAgentPage, more);
  gtk_widget_class_bind_template_callback (widget_class, show_agents);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search_cb);
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
  show_agents (self);
  dial_cloudtalk_account_refresh_agent_async (account, DIAL_CLOUDTALK_URGENCY_NOW, self->asking, on_asked_cb,
                                              g_object_ref (self));

  return GTK_WIDGET (self);
}
