#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "dial-help-pane.h"
#include "dial-open-link.h"
#include "dial-say-name.h"
#include "dial-template.h"
#include "dial-util.h"

typedef struct {
  GtkWidget     *widget;
  DialHelpTopic  topic;
} Step;

struct _DialHelpPane
{
  GtkWidget          parent_instance;

  GtkScrolledWindow *scroller;
  GtkWidget         *page;
  GtkWidget         *farewell;
  GtkBox            *steps;
  GArray            *shown;
  GtkWidget         *copy;       /* in one of the steps, as is the next */
  GtkLabel          *problem;

  DialApi            api;
  char              *subdomain;
  DialHelpTopic      topic;
  gboolean           renewing;
};

enum {
  PROP_0,
  PROP_API,
  PROP_SUBDOMAIN,
  PROP_TOPIC,
  PROP_RENEWING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (DialHelpTopic, dial_help_topic,
                    G_DEFINE_ENUM_VALUE (DIAL_HELP_NOTHING, "nothing"),
                    G_DEFINE_ENUM_VALUE (DIAL_HELP_SUBDOMAIN, "subdomain"),
                    G_DEFINE_ENUM_VALUE (DIAL_HELP_KIND, "kind"),
                    G_DEFINE_ENUM_VALUE (DIAL_HELP_KEYS, "keys"),
                    G_DEFINE_ENUM_VALUE (DIAL_HELP_ACTING_USER, "acting-user"),
                    G_DEFINE_ENUM_VALUE (DIAL_HELP_EMAIL, "email"))

G_DEFINE_FINAL_TYPE (DialHelpPane, dial_help_pane, GTK_TYPE_WIDGET)

/* The boxes to tick, in Greenhouse's own words. */

typedef struct {
  const char *name;
  const char *scope;   /* (nullable): v1 has none */
  gboolean    required;
} Box;

static const Box v3_boxes[] = {
  { "List candidates", "harvest:candidates:list", TRUE },
  { "List users", "harvest:users:list", TRUE },
  { "Create notes", "harvest:notes:create", TRUE },
  { "List notes", "harvest:notes:list", FALSE },
  { "List applications", "harvest:applications:list", FALSE },
  { "List jobs", "harvest:jobs:list", FALSE },
  { "List job interview stages", "harvest:job_interview_stages:list", FALSE },
  { "List user emails", "harvest:user_emails:list", FALSE },
  { NULL, NULL, FALSE },
};

static const Box v1_boxes[] = {
  { "GET: Retrieve Candidate", NULL, TRUE },
  { "GET: List Candidates", NULL, TRUE },
  { "POST: Add Note", NULL, TRUE },
  { "GET: List Users", NULL, TRUE },
  { NULL, NULL, FALSE },
};

static const Box *
get_boxes (DialHelpPane *self)
{
  return self->api == DIAL_API_V1 ? v1_boxes : v3_boxes;
}

static char *
dup_boxes_as_text (DialHelpPane *self)
{
  GString *text = g_string_new (NULL);

  for (const Box *box = get_boxes (self); box->name != NULL; box++)
    g_string_append_printf (text, "%s\n", box->scope != NULL ? box->scope : box->name);

  return g_string_free (text, FALSE);
}

/* Steps */

static GtkWidget *
create_label (const char *text,
              const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
create_button (const char *label,
               const char *icon_name,
               const char *action_name)
{
  GtkWidget *content = adw_button_content_new ();
  GtkWidget *button = gtk_button_new ();

  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), label);
  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), icon_name);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 6);
  gtk_widget_set_margin_bottom (button, 3);
  return button;
}

/* Returns: the box under the step's sentence, for what belongs to it */
static GtkBox *
add_step (DialHelpPane  *self,
          DialHelpTopic  topic,
          const char    *sentence)
{
  Step step = { g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL), topic };
  guint number = self->shown->len + 1;
  g_autofree char *figure = g_strdup_printf ("%u", number);
  /* Translators: the number of a step and what to do */
  g_autofree char *name = g_strdup_printf (_("Step %u: %s"), number, sentence);
  GtkWidget *figure_label = create_label (figure, "figure");
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_label_set_xalign (GTK_LABEL (figure_label), 0.5);
  gtk_widget_set_valign (figure_label, GTK_ALIGN_START);
  gtk_widget_set_hexpand (body, TRUE);
  gtk_box_append (GTK_BOX (body), create_label (sentence, "sentence"));

  gtk_widget_add_css_class (step.widget, "help-step");
  gtk_box_set_spacing (GTK_BOX (step.widget), 10);
  gtk_box_append (GTK_BOX (step.widget), figure_label);
  gtk_box_append (GTK_BOX (step.widget), body);
  gtk_box_append (self->steps, step.widget);
  dial_say_name (step.widget, name);
  g_array_append_val (self->shown, step);
  return GTK_BOX (body);
}

static void
add_remark (GtkBox     *body,
            const char *remark)
{
  GtkWidget *label = create_label (remark, "dim-label");

  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (body, label);
}

static void
add_boxes (GtkBox     *body,
           const Box  *boxes,
           gboolean    required,
           const char *title)
{
  GtkWidget *heading = create_label (title, "caption-heading");

  gtk_widget_set_margin_top (heading, 6);
  gtk_box_append (body, heading);
  for (const Box *box = boxes; box->name != NULL; box++) {
    GtkWidget *scope;

    if (box->required != required)
      continue;

    gtk_box_append (body, create_label (box->name, NULL));
    if (box->scope == NULL)
      continue;
    scope = create_label (box->scope, "caption");
    gtk_widget_add_css_class (scope, "monospace");
    gtk_widget_add_css_class (scope, "dim-label");
    gtk_box_append (body, scope);
  }
}

static void
add_copy_button (DialHelpPane *self,
                 GtkBox       *body)
{
  self->copy = create_button (_("Copy This List"), "edit-copy-symbolic", "help.copy");
  gtk_box_append (body, self->copy);
}

static void
add_first_steps (DialHelpPane *self)
{
  GtkBox *body;
  GtkWidget *problem;

  body = add_step (self, DIAL_HELP_SUBDOMAIN, _("Sign in to Greenhouse."));
  add_remark (body, _("The first word of the address is the subdomain: alderworks in alderworks.greenhouse.io, app in "
                      "app.greenhouse.io."));

  body = add_step (self, DIAL_HELP_NOTHING, _("Open Configure > Dev Center > API Credential Management."));
  gtk_box_append (body, create_button (_("Open This Page"), "dial-external-link-symbolic", "help.open"));
  problem = create_label (NULL, "error");
  gtk_widget_set_visible (problem, FALSE);
  gtk_box_append (body, problem);
  self->problem = GTK_LABEL (problem);
  add_remark (body, _("It is missing? You need the developer permission “Can manage ALL organization's API Credentials”. "
                      "A Site Admin grants it under Configure > Users, on your own page."));
}

static void
add_v3_steps (DialHelpPane *self)
{
  GtkBox *body;

  body = add_step (self, DIAL_HELP_KIND, _("Choose “Create new API credentials”."));
  add_remark (body, _("API type: Harvest V3 (OAuth). Partner: the custom or unlisted vendor, or left blank. Description: "
                      "Dialhouse."));

  body = add_step (self, DIAL_HELP_KEYS, _("Create it, and copy the client ID and the client secret into this form."));
  add_remark (body, _("Greenhouse shows the secret this one time. The ID can be seen again later."));

  body = add_step (self, DIAL_HELP_NOTHING, _("Choose “Manage scopes”, tick these under Harvest, and save."));
  add_boxes (body, v3_boxes, TRUE, _("Required"));
  add_boxes (body, v3_boxes, FALSE, _("Useful: jobs, stages, and whether a note arrived"));
  add_copy_button (self, body);

  body = add_step (self, DIAL_HELP_ACTING_USER, _("Leave the acting user empty, or choose a Site Admin."));
  add_remark (body, _("Empty, the credential acts as a user of its own, which is best. Otherwise it is the number at the "
                      "end of the address of that person's page under Configure > Users: /account/users/4002."));
}

static void
add_v1_steps (DialHelpPane *self)
{
  GtkBox *body;

  body = add_step (self, DIAL_HELP_KIND, _("Choose “Create New API Key”."));
  add_remark (body, _("API type: Harvest. Partner: the custom or unlisted vendor. Description: Dialhouse."));

  body = add_step (self, DIAL_HELP_KEYS, _("Copy the key into this form, and confirm that you have stored it."));
  add_remark (body, _("Greenhouse shows it this one time."));

  body = add_step (self, DIAL_HELP_NOTHING, _("Choose “Manage permissions”, tick these, and save."));
  add_boxes (body, v1_boxes, TRUE, _("Required"));
  add_copy_button (self, body);
}

static void
add_email_step (DialHelpPane *self)
{
  GtkBox *body = add_step (self, DIAL_HELP_EMAIL, _("Look up your e-mail under Configure > Users."));

  add_remark (body, _("Your notes bear the name of the user with this address."));
}

/* The step of the field at hand stands out, by its frame and its weight, and is brought into view. */

static gboolean
is_current (DialHelpPane *self,
            const Step   *step)
{
  return step->topic != DIAL_HELP_NOTHING && step->topic == self->topic;
}

static gboolean
bring_into_view_cb (gpointer user_data)
{
  DialHelpPane *self = user_data;
  graphene_rect_t bounds;

  for (guint i = 0; i < self->shown->len; i++) {
    const Step *step = &g_array_index (self->shown, Step, i);

    if (is_current (self, step) && gtk_widget_compute_bounds (step->widget, self->page, &bounds))
      gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (self->scroller),
                                 bounds.origin.y, bounds.origin.y + bounds.size.height);
  }

  return G_SOURCE_REMOVE;
}

static void
show_topic (DialHelpPane *self)
{
  for (guint i = 0; i < self->shown->len; i++) {
    const Step *step = &g_array_index (self->shown, Step, i);
    gboolean current = is_current (self, step);

    if (current)
      gtk_widget_add_css_class (step->widget, "current");
    else
      gtk_widget_remove_css_class (step->widget, "current");
    gtk_accessible_update_state (GTK_ACCESSIBLE (step->widget), GTK_ACCESSIBLE_STATE_SELECTED, (int) current, -1);
  }

  /* Only then have new steps a place. */
  g_idle_add_full (G_PRIORITY_LOW, bring_into_view_cb, g_object_ref (self), g_object_unref);
}

static void
rebuild (DialHelpPane *self)
{
  for (guint i = 0; i < self->shown->len; i++)
    gtk_box_remove (self->steps, g_array_index (self->shown, Step, i).widget);
  g_array_set_size (self->shown, 0);

  gtk_widget_set_visible (self->farewell, self->api == DIAL_API_V1);
  add_first_steps (self);
  if (self->api == DIAL_API_V1)
    add_v1_steps (self);
  else
    add_v3_steps (self);
  if (!self->renewing)
    add_email_step (self);
  show_topic (self);
}

/* Actions */

static void
copy_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  DialHelpPane *self = DIAL_HELP_PANE (widget);
  g_autofree char *text = dup_boxes_as_text (self);
  AdwButtonContent *content = ADW_BUTTON_CONTENT (gtk_button_get_child (GTK_BUTTON (self->copy)));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  adw_button_content_set_icon_name (content, "object-select-symbolic");
  adw_button_content_set_label (content, _("Copied"));
}

static void
on_link_opened (GtkWidget  *widget,
                const char *problem)
{
  DialHelpPane *self = DIAL_HELP_PANE (widget);

  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
}

/* The page of that name is at the same place in every Greenhouse. */
static void
open_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  DialHelpPane *self = DIAL_HELP_PANE (widget);
  gboolean known = self->subdomain != NULL &&
                   g_regex_match_simple ("^[A-Za-z0-9][A-Za-z0-9.-]*$", self->subdomain, G_REGEX_DOLLAR_ENDONLY, 0);
  g_autofree char *uri = g_strdup_printf ("https://%s.greenhouse.io/configure/dev_center/credentials",
                                          known ? self->subdomain : "app");

  dial_open_link_then (widget, uri, on_link_opened);
}

static void
dial_help_pane_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  DialHelpPane *self = DIAL_HELP_PANE (object);

  switch (prop_id) {
  case PROP_API:
    g_value_set_enum (value, (int) self->api);
    break;
  case PROP_SUBDOMAIN:
    g_value_set_string (value, self->subdomain);
    break;
  case PROP_TOPIC:
    g_value_set_enum (value, (int) self->topic);
    break;
  case PROP_RENEWING:
    g_value_set_boolean (value, self->renewing);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_help_pane_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  DialHelpPane *self = DIAL_HELP_PANE (object);

  switch (prop_id) {
  case PROP_API:
    dial_help_pane_set_api (self, (DialApi) g_value_get_enum (value));
    break;
  case PROP_SUBDOMAIN:
    dial_help_pane_set_subdomain (self, g_value_get_string (value));
    break;
  case PROP_TOPIC:
    dial_help_pane_set_topic (self, (DialHelpTopic) g_value_get_enum (value));
    break;
  case PROP_RENEWING:
    dial_help_pane_set_renewing (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_help_pane_dispose (GObject *object)
{
  DialHelpPane *self = DIAL_HELP_PANE (object);

  g_array_set_size (self->shown, 0);
  self->problem = NULL;
  dial_template_dispose (GTK_WIDGET (self), DIAL_TYPE_HELP_PANE);

  G_OBJECT_CLASS (dial_help_pane_parent_class)->dispose (object);
}

static void
dial_help_pane_finalize (GObject *object)
{
  DialHelpPane *self = DIAL_HELP_PANE (object);

  g_array_unref (self->shown);
  g_free (self->subdomain);

  G_OBJECT_CLASS (dial_help_pane_parent_class)->finalize (object);
}

static void
dial_help_pane_class_init (DialHelpPaneClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dial_help_pane_get_property;
  object_class->set_property = dial_help_pane_set_property;
  object_class->dispose = dial_help_pane_dispose;
  object_class->finalize = dial_help_pane_finalize;

  properties[PROP_API] =
    g_param_spec_enum ("api", NULL, NULL, DIAL_TYPE_API, DIAL_API_V3, flags);
  properties[PROP_SUBDOMAIN] =
    g_param_spec_string ("subdomain", NULL, NULL, NULL, flags);
  properties[PROP_TOPIC] =
    g_param_spec_enum ("topic", NULL, NULL, DIAL_TYPE_HELP_TOPIC, DIAL_HELP_NOTHING, flags);
  properties[PROP_RENEWING] =
    g_param_spec_boolean ("renewing", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-help-pane.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "dial-help-pane");
  gtk_widget_class_bind_template_child (widget_class, DialHelpPane, scroller);
  gtk_widget_class_bind_template_child (widget_class, DialHelpPane, page);
  gtk_widget_class_bind_template_child (widget_class, DialHelpPane, farewell);
  gtk_widget_class_bind_template_child (widget_class, DialHelpPane, steps);
  gtk_widget_class_install_action (widget_class, "help.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "help.open", NULL, open_action);
}

static void
dial_help_pane_init (DialHelpPane *self)
{
  self->shown = g_array_new (FALSE, FALSE, sizeof (Step));
  gtk_widget_init_template (GTK_WIDGET (self));
  rebuild (self);
}

/**
 * dial_help_pane_set_api:
 * @self: a help pane
 * @api: which kind of credentials is to be made
 *
 * Shows the steps for this kind.
 */
void
dial_help_pane_set_api (DialHelpPane *self,
                        DialApi       api)
{
  g_return_if_fail (DIAL_IS_HELP_PANE (self));

  if (self->api == api)
    return;

  self->api = api;
  rebuild (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_API]);
}

/**
 * dial_help_pane_set_subdomain:
 * @self: a help pane
 * @subdomain: (nullable): as typed so far
 *
 * Decides whose page is opened; until there is a subdomain it is that of `app.greenhouse.io`.
 */
void
dial_help_pane_set_subdomain (DialHelpPane *self,
                              const char   *subdomain)
{
  g_return_if_fail (DIAL_IS_HELP_PANE (self));

  if (dial_set_str (&self->subdomain, subdomain))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBDOMAIN]);
}

/**
 * dial_help_pane_set_topic:
 * @self: a help pane
 * @topic: what the person is at
 *
 * Lets the step stand out that yields what is asked for.
 */
void
dial_help_pane_set_topic (DialHelpPane  *self,
                          DialHelpTopic  topic)
{
  g_return_if_fail (DIAL_IS_HELP_PANE (self));

  if (self->topic == topic)
    return;

  self->topic = topic;
  show_topic (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOPIC]);
}

/**
 * dial_help_pane_set_renewing:
 * @self: a help pane
 * @renewing: whether there are credentials already
 *
 * Leaves out the steps that nothing is asked for.
 */
void
dial_help_pane_set_renewing (DialHelpPane *self,
                             gboolean      renewing)
{
  g_return_if_fail (DIAL_IS_HELP_PANE (self));

  if (self->renewing == renewing)
    return;

  self->renewing = renewing;
  rebuild (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RENEWING]);
}
