#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "dial-connect-form.h"
#include "dial-field.h"
#include "dial-form.h"
#include "dial-help-pane.h"
#include "dial-template.h"

struct _DialConnectForm
{
  GtkWidget        parent_instance;

  GtkWidget       *page;
  GtkLabel        *intro;
  DialField       *name;
  DialField       *subdomain;
  GtkCheckButton  *v3;
  GtkCheckButton  *v1;
  DialField       *client_id;
  DialField       *secret;
  DialField       *key;
  DialField       *email;
  GtkExpander     *advanced;
  DialField       *acting_user;
  DialField       *harvest_url;
  DialField       *auth_url;

  DialIntegration *renewed;      /* (nullable): the one that gets new credentials */
  DialHelpTopic    topic;
  GPtrArray       *texts;        /* what was last read */
};

enum {
  PROP_0,
  PROP_API,
  PROP_SUBDOMAIN,
  PROP_TOPIC,
  N_PROPS
};

enum {
  ACTIVATED,
  N_SIGNALS
};

#define N_FIELDS 9

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialConnectForm, dial_connect_form, GTK_TYPE_WIDGET)

static void
wipe_and_free (gpointer text)
{
  explicit_bzero (text, strlen (text));
  g_free (text);
}

static void
list_fields (DialConnectForm *self,
             DialField       *fields[N_FIELDS])
{
  fields[0] = self->name;
  fields[1] = self->subdomain;
  fields[2] = self->client_id;
  fields[3] = self->secret;
  fields[4] = self->key;
  fields[5] = self->email;
  fields[6] = self->acting_user;
  fields[7] = self->harvest_url;
  fields[8] = self->auth_url;
}

static DialApi
get_api (DialConnectForm *self)
{
  return gtk_check_button_get_active (self->v1) ? DIAL_API_V1 : DIAL_API_V3;
}

static DialField *
get_secret_field (DialConnectForm *self)
{
  return get_api (self) == DIAL_API_V1 ? self->key : self->secret;
}

static gboolean
is_asked (DialField *field)
{
  return gtk_widget_get_visible (GTK_WIDGET (field));
}

/* The kind of credentials */

static void
show_kind (DialConnectForm *self)
{
  gboolean v3 = get_api (self) == DIAL_API_V3;

  gtk_widget_set_visible (GTK_WIDGET (self->client_id), v3);
  gtk_widget_set_visible (GTK_WIDGET (self->secret), v3);
  gtk_widget_set_visible (GTK_WIDGET (self->key), !v3);
  gtk_widget_set_visible (GTK_WIDGET (self->email), self->renewed == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->acting_user), v3);
  gtk_widget_set_visible (GTK_WIDGET (self->auth_url), v3 && self->renewed == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->harvest_url), self->renewed == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->advanced), v3 || self->renewed == NULL);
}

static void
set_topic (DialConnectForm *self,
           DialHelpTopic    topic)
{
  if (self->topic == topic)
    return;

  self->topic = topic;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOPIC]);
}

static void
on_kind_toggled_cb (DialConnectForm *self)
{
  show_kind (self);
  set_topic (self, DIAL_HELP_KIND);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_API]);
}

static void
on_kind_entered_cb (DialConnectForm *self)
{
  set_topic (self, DIAL_HELP_KIND);
}

/* What is noticed before anybody presses a button */

static DialHelpTopic
get_topic (DialConnectForm *self,
           DialField       *field)
{
  if (field == self->subdomain)
    return DIAL_HELP_SUBDOMAIN;
  if (field == self->client_id || field == self->secret || field == self->key)
    return DIAL_HELP_KEYS;
  if (field == self->acting_user)
    return DIAL_HELP_ACTING_USER;
  if (field == self->email)
    return DIAL_HELP_EMAIL;
  return DIAL_HELP_NOTHING;
}

static void
on_field_entered_cb (DialConnectForm *self,
                     DialField       *field)
{
  set_topic (self, get_topic (self, field));
}

/* What the field shall hold, if that can be made of what was typed. */
static char *
tidy (DialConnectForm  *self,
      DialField        *field,
      const char       *typed,
      GError          **error)
{
  if (field == self->subdomain)
    return dial_form_clean_subdomain (typed, error);
  if (field == self->email)
    return dial_form_clean_email (typed, error);
  if (field == self->acting_user)
    return dial_form_clean_user_id (typed, DIAL_DESK_ERROR_FIELD_ACTING_USER, error);
  if ((field == self->harvest_url || field == self->auth_url) && !dial_greenhouse_check_url (typed, error))
    return NULL;
  return g_strdup (typed);
}

static void
on_field_left_cb (DialConnectForm *self,
                  DialField       *field)
{
  g_autofree char *typed = dial_field_dup_text (field);
  g_autofree char *tidied = NULL;
  g_autoptr (GError) error = NULL;

  if (typed[0] == '\0')
    return;

  tidied = tidy (self, field, typed, &error);
  if (tidied == NULL)
    dial_field_set_problem (field, error->message);
  else if (field != self->secret && field != self->key)
    dial_field_set_text (field, tidied);
}

/* Nobody is blamed for a field that is still empty. */
static void
on_key_changed_cb (DialConnectForm *self)
{
  DialApi api = get_api (self);
  DialField *secret_field = get_secret_field (self);
  g_autofree char *client_id = dial_field_dup_text (self->client_id);
  char *secret = dial_field_dup_text (secret_field);
  g_autoptr (GError) error = NULL;

  dial_field_set_problem (self->client_id, NULL);
  dial_field_set_problem (secret_field, NULL);
  if (!dial_form_check_keys (api, client_id, secret, &error)) {
    gboolean about_id = g_error_matches (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_CLIENT_ID);

    if ((about_id ? client_id : secret)[0] != '\0')
      dial_field_set_problem (about_id ? self->client_id : secret_field, error->message);
  }
  wipe_and_free (secret);
}

static void
on_subdomain_changed_cb (DialConnectForm *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBDOMAIN]);
}

static void
on_field_activated_cb (DialConnectForm *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

/* Which of the two hidden addresses is no address. */
static DialField *
find_wrong_url (DialConnectForm *self)
{
  g_autofree char *harvest_url = dial_field_dup_text (self->harvest_url);

  if (harvest_url[0] != '\0' && !dial_greenhouse_check_url (harvest_url, NULL))
    return self->harvest_url;
  return self->auth_url;
}

/* The field an error is about; %NULL if it is about none of them. */
static DialField *
find_field (DialConnectForm *self,
            const GError    *error)
{
  if (g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_CREDENTIALS) ||
      g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_RETIRED))
    return get_secret_field (self);
  if (error->domain != DIAL_DESK_ERROR)
    return NULL;

  switch ((DialDeskError) error->code) {
  case DIAL_DESK_ERROR_FIELD_NAME:
    return self->name;
  case DIAL_DESK_ERROR_FIELD_SUBDOMAIN:
    return self->subdomain;
  case DIAL_DESK_ERROR_FIELD_CLIENT_ID:
    return self->client_id;
  case DIAL_DESK_ERROR_FIELD_SECRET:
    return get_secret_field (self);
  case DIAL_DESK_ERROR_FIELD_ACTING_USER:
    return self->acting_user;
  case DIAL_DESK_ERROR_FIELD_URL:
    return find_wrong_url (self);
  case DIAL_DESK_ERROR_FIELD_EMAIL:
  case DIAL_DESK_ERROR_FIELD_KEY: /* the only other setting the form fills */
  case DIAL_DESK_ERROR_AUTHOR:
    return self->email;
  case DIAL_DESK_ERROR_NOT_FOUND:
  case DIAL_DESK_ERROR_INACTIVE:
  case DIAL_DESK_ERROR_ON_CALL:
  case DIAL_DESK_ERROR_NO_KEYRING:
  case DIAL_DESK_ERROR_KEYRING_LOCKED:
  case DIAL_DESK_ERROR_NO_SECRET:
  case DIAL_DESK_ERROR_PERMISSION:
  case DIAL_DESK_ERROR_OTHER_COMPANY:
  case DIAL_DESK_ERROR_STATE:
  case DIAL_DESK_ERROR_FAILED:
  default:
    return NULL;
  }
}

/* The keyboard brings the entry into view, but not the sentence under it. */
static void
bring_into_view (DialConnectForm *self,
                 GtkWidget       *field)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;
  int height;

  if (scroller == NULL || !gtk_widget_compute_bounds (field, self->page, &bounds))
    return;

  gtk_widget_measure (field, GTK_ORIENTATION_VERTICAL, (int) bounds.size.width, NULL, &height, NULL, NULL);
  gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)),
                             bounds.origin.y, bounds.origin.y + height + 30);
}

static gboolean
dial_connect_form_grab_focus (GtkWidget *widget)
{
  DialConnectForm *self = DIAL_CONNECT_FORM (widget);

  return gtk_widget_grab_focus (GTK_WIDGET (self->renewed == NULL ? self->name : self->client_id));
}

static void
dial_connect_form_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  DialConnectForm *self = DIAL_CONNECT_FORM (object);

  switch (prop_id) {
  case PROP_API:
    g_value_set_enum (value, (int) get_api (self));
    break;
  case PROP_SUBDOMAIN:
    g_value_take_string (value, dial_field_dup_text (self->subdomain));
    break;
  case PROP_TOPIC:
    g_value_set_enum (value, (int) self->topic);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_connect_form_dispose (GObject *object)
{
  DialConnectForm *self = DIAL_CONNECT_FORM (object);

  g_clear_object (&self->renewed);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  dial_template_dispose (GTK_WIDGET (self), DIAL_TYPE_CONNECT_FORM);

  G_OBJECT_CLASS (dial_connect_form_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (DIAL_TYPE_FIELD);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-connect-form.ui");
  gtk_widget_class_bind_template_child (widget_class, DialConnectForm, page);
  gtk_widget_class_bind_template_child (widget_class, DialConnectForm, intro);
  gtk_widget_class_bind_template_child (widget_class, DialConnectForm, name);
  gtk_widget_class_bind_template_child (widget_class, DialConnectForm, subdomain);
  gtk_widget_class_bind_template_child (widget_class, DialConnectForm, v3);
  gtk_widget_class_bind_template_child (widget_class, DialConnectForm, v1);
  gtk_widget_class_bind_template_child (widget_class, DialConnectForm, client_id);
  gtk_widget_class_bind_template_child (widget_class, DialConnectForm, secret);
  gtk_widget_class_bind_template_child (widget_class, DialConnectForm, key);
  gtk_widget_class_bind_template_child (widget_class, DialConnectForm, email);
  gtk_widget_class_bind_template_child (widget_class, DialConnectForm, advanced);
  gtk_widget_class_bind_template_child (widget_class, DialConnectForm, acting_user);
  gtk_widget_class_bind_template_child (widget_class, DialConnectForm, harvest_url);
  gtk_widget_class_bind_template_child (widget_class, DialConnectForm, auth_url);
  gtk_widget_class_bind_template_callback (widget_class, on_kind_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_kind_entered_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_subdomain_changed_cb);
}

static void
dial_connect_form_class_init (DialConnectFormClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dial_connect_form_get_property;
  object_class->dispose = dial_connect_form_dispose;
  widget_class->grab_focus = dial_connect_form_grab_focus;

  properties[PROP_API] =
    g_param_spec_enum ("api", NULL, NULL, DIAL_TYPE_API, DIAL_API_V3, flags);
  properties[PROP_SUBDOMAIN] =
    g_param_spec_string ("subdomain", NULL, NULL, NULL, flags);
  properties[PROP_TOPIC] =
    g_param_spec_enum ("topic", NULL, NULL, DIAL_TYPE_HELP_TOPIC, DIAL_HELP_NOTHING, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * DialConnectForm::activated:
   * @self: a form
   *
   * Enter was pressed in a field.
   */
  signals[ACTIVATED] =
    g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
dial_connect_form_init (DialConnectForm *self)
{
  DialField *fields[N_FIELDS];

  self->texts = g_ptr_array_new_with_free_func (wipe_and_free);
  gtk_widget_init_template (GTK_WIDGET (self));

  list_fields (self, fields);
  for (guint i = 0; i < N_FIELDS; i++) {
    g_signal_connect_object (fields[i], "activated", G_CALLBACK (on_field_activated_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (fields[i], "entered", G_CALLBACK (on_field_entered_cb), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (fields[i], "left", G_CALLBACK (on_field_left_cb), self, G_CONNECT_SWAPPED);
  }
  show_kind (self);
}

/**
 * dial_connect_form_set_renewed:
 * @self: a form
 * @integration: what gets new credentials
 *
 * Asks for credentials alone, which are to be of the living kind.
 */
void
dial_connect_form_set_renewed (DialConnectForm *self,
                               DialIntegration *integration)
{
  g_autofree char *acting_user = NULL;

  g_return_if_fail (DIAL_IS_CONNECT_FORM (self));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));

  g_set_object (&self->renewed, integration);
  gtk_label_set_label (self->intro,
                       dial_integration_get_api (integration) == DIAL_API_V1
                       ? _("Greenhouse ended the older Harvest API. Enter Harvest V3 (OAuth) credentials in the place of "
                           "the key: the candidates, calls and notes here stay, and the old key is erased from your "
                           "keyring.")
                       : _("The candidates, calls and notes here stay. The former credentials are erased from your "
                           "keyring."));
  gtk_widget_set_visible (GTK_WIDGET (self->intro), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->name), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->subdomain), FALSE);

  dial_field_set_text (self->subdomain, dial_integration_get_subdomain (integration));
  acting_user = dial_integration_dup_setting (integration, "acting-user");
  if (acting_user != NULL)
    dial_field_set_text (self->acting_user, acting_user);
  show_kind (self);
}

/* What is not asked for is not said, whatever it may hold. */
static const char *
read_field (DialConnectForm *self,
            DialField       *field)
{
  char *text;

  if (!is_asked (field))
    return NULL;

  text = dial_field_dup_text (field);
  g_ptr_array_add (self->texts, text);
  return text[0] != '\0' ? text : NULL;
}

/**
 * dial_connect_form_read:
 * @self: a form
 * @form: (out caller-allocates): what was typed; belongs to @self, and holds until this is called again
 *
 * Reads the fields. Whether they make sense is for the desk to say.
 */
void
dial_connect_form_read (DialConnectForm    *self,
                        DialNewIntegration *form)
{
  g_return_if_fail (DIAL_IS_CONNECT_FORM (self));
  g_return_if_fail (form != NULL);

  g_ptr_array_set_size (self->texts, 0);
  *form = (DialNewIntegration) {
    .name = read_field (self, self->name),
    .api = get_api (self),
    .subdomain = read_field (self, self->subdomain),
    .client_id = read_field (self, self->client_id),
    .secret = read_field (self, get_secret_field (self)),
    .acting_user = read_field (self, self->acting_user),
    .recruiter_email = read_field (self, self->email),
    .harvest_url = read_field (self, self->harvest_url),
    .auth_url = read_field (self, self->auth_url),
  };
}

/**
 * dial_connect_form_forget_secrets:
 * @self: a form
 *
 * Takes the credentials out of the form, once they stand in the keyring.
 */
void
dial_connect_form_forget_secrets (DialConnectForm *self)
{
  g_return_if_fail (DIAL_IS_CONNECT_FORM (self));

  g_ptr_array_set_size (self->texts, 0);
  dial_field_set_text (self->client_id, "");
  dial_field_set_text (self->secret, "");
  dial_field_set_text (self->key, "");
}

/**
 * dial_connect_form_forget_problems:
 * @self: a form
 *
 * Takes back what was said of the fields.
 */
void
dial_connect_form_forget_problems (DialConnectForm *self)
{
  DialField *fields[N_FIELDS];

  g_return_if_fail (DIAL_IS_CONNECT_FORM (self));

  list_fields (self, fields);
  for (guint i = 0; i < N_FIELDS; i++)
    dial_field_set_problem (fields[i], NULL);
}

/**
 * dial_connect_form_say_error:
 * @self: a form
 * @error: why it did not work
 *
 * Says it at the field that is meant, and brings the keyboard there.
 *
 * Returns: whether there is such a field
 */
gboolean
dial_connect_form_say_error (DialConnectForm *self,
                             const GError    *error)
{
  DialField *field;

  g_return_val_if_fail (DIAL_IS_CONNECT_FORM (self), FALSE);
  g_return_val_if_fail (error != NULL, FALSE);

  field = find_field (self, error);
  if (field == NULL || !is_asked (field))
    return FALSE;

  if (field == self->acting_user || field == self->harvest_url || field == self->auth_url)
    gtk_expander_set_expanded (self->advanced, TRUE);
  dial_field_set_problem (field, error->message);
  /* Greenhouse does not say which of the two it did not know. */
  if (field == self->secret && error->domain == DIAL_GREENHOUSE_ERROR)
    dial_field_set_problem (self->client_id, _("Look at the client ID as well as at the secret."));
  gtk_widget_grab_focus (GTK_WIDGET (field));
  bring_into_view (self, GTK_WIDGET (field));
  return TRUE;
}
