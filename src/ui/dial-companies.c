#include "config.h"

#include "dial-companies.h"
#include "dial-words.h"

struct _DialCompanies
{
  GObject          parent_instance;

  DialDesk        *desk;
  DialIntegration *chosen;
  GPtrArray       *watched;
};

enum {
  PROP_0,
  PROP_CHOSEN,
  N_PROPS
};

enum {
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialCompanies, dial_companies, G_TYPE_OBJECT)

static void
tell (DialCompanies *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
unwatch (DialCompanies *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (self->watched, i), tell, self);
  g_ptr_array_set_size (self->watched, 0);
}

static void
on_integrations_changed_cb (DialCompanies *self)
{
  GListModel *integrations = dial_desk_get_integrations (self->desk);

  unwatch (self);
  for (guint i = 0; i < g_list_model_get_n_items (integrations); i++) {
    DialIntegration *integration = g_list_model_get_item (integrations, i);

    g_signal_connect_object (integration, "notify", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
    g_ptr_array_add (self->watched, integration);
  }

  /* One is all; and who is gone cannot stay chosen. */
  if (self->chosen != NULL && (self->watched->len < 2 || !dial_companies_have (self, self->chosen)))
    dial_companies_choose (self, NULL);
  else
    tell (self);
}

static void
dial_companies_dispose (GObject *object)
{
  DialCompanies *self = DIAL_COMPANIES (object);

  unwatch (self);
  g_clear_object (&self->chosen);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (dial_companies_parent_class)->dispose (object);
}

static void
dial_companies_finalize (GObject *object)
{
  g_ptr_array_unref (DIAL_COMPANIES (object)->watched);

  G_OBJECT_CLASS (dial_companies_parent_class)->finalize (object);
}

static void
dial_companies_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_CHOSEN:
    g_value_set_object (value, DIAL_COMPANIES (object)->chosen);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_companies_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (prop_id) {
  case PROP_CHOSEN:
    dial_companies_choose (DIAL_COMPANIES (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_companies_class_init (DialCompaniesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dial_companies_dispose;
  object_class->finalize = dial_companies_finalize;
  object_class->get_property = dial_companies_get_property;
  object_class->set_property = dial_companies_set_property;

  properties[PROP_CHOSEN] =
    g_param_spec_object ("chosen", NULL, NULL, DIAL_TYPE_INTEGRATION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] =
    g_signal_new ("changed", DIAL_TYPE_COMPANIES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dial_companies_init (DialCompanies *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * dial_companies_new:
 * @desk: whose integrations
 *
 * Returns: (transfer full): all of them
 */
DialCompanies *
dial_companies_new (DialDesk *desk)
{
  DialCompanies *self;

  g_return_val_if_fail (DIAL_IS_DESK (desk), NULL);

  self = g_object_new (DIAL_TYPE_COMPANIES, NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (dial_desk_get_integrations (desk), "items-changed",
                           G_CALLBACK (on_integrations_changed_cb), self, G_CONNECT_SWAPPED);
  on_integrations_changed_cb (self);
  return self;
}

/**
 * dial_companies_get_desk:
 * @self: the companies
 *
 * Returns: (transfer none): whose they are
 */
DialDesk *
dial_companies_get_desk (DialCompanies *self)
{
  g_return_val_if_fail (DIAL_IS_COMPANIES (self), NULL);

  return self->desk;
}

/**
 * dial_companies_get_chosen:
 * @self: the companies
 *
 * Returns: (transfer none) (nullable): the one that is looked at, %NULL if it is all
 */
DialIntegration *
dial_companies_get_chosen (DialCompanies *self)
{
  g_return_val_if_fail (DIAL_IS_COMPANIES (self), NULL);

  return self->chosen;
}

/**
 * dial_companies_choose:
 * @self: the companies
 * @integration: (nullable): the one to look at, %NULL for all
 */
void
dial_companies_choose (DialCompanies   *self,
                       DialIntegration *integration)
{
  g_return_if_fail (DIAL_IS_COMPANIES (self));

  if (!g_set_object (&self->chosen, integration))
    return;

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOSEN]);
  tell (self);
}

/**
 * dial_companies_are_several:
 * @self: the companies
 *
 * Returns: whether one must be told from another
 */
gboolean
dial_companies_are_several (DialCompanies *self)
{
  g_return_val_if_fail (DIAL_IS_COMPANIES (self), FALSE);

  return self->watched->len > 1;
}

/**
 * dial_companies_have:
 * @self: the companies
 * @integration: an integration
 *
 * Returns: whether the desk still has it
 */
gboolean
dial_companies_have (DialCompanies   *self,
                     DialIntegration *integration)
{
  g_return_val_if_fail (DIAL_IS_COMPANIES (self), FALSE);

  return g_ptr_array_find (self->watched, integration, NULL);
}

static GPtrArray *
list (DialCompanies *self,
      gboolean       active_only)
{
  GPtrArray *shown = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->watched->len; i++) {
    DialIntegration *integration = g_ptr_array_index (self->watched, i);

    if ((self->chosen == NULL || self->chosen == integration) &&
        (!active_only || dial_integration_is_active (integration)))
      g_ptr_array_add (shown, g_object_ref (integration));
  }

  return shown;
}

/**
 * dial_companies_list:
 * @self: the companies
 *
 * Returns: (transfer full) (element-type DialIntegration): those that are looked at
 */
GPtrArray *
dial_companies_list (DialCompanies *self)
{
  g_return_val_if_fail (DIAL_IS_COMPANIES (self), NULL);

  return list (self, FALSE);
}

/**
 * dial_companies_list_active:
 * @self: the companies
 *
 * Returns: (transfer full) (element-type DialIntegration): those that are looked at and switched on
 */
GPtrArray *
dial_companies_list_active (DialCompanies *self)
{
  g_return_val_if_fail (DIAL_IS_COMPANIES (self), NULL);

  return list (self, TRUE);
}

/**
 * dial_companies_dup_words:
 * @integration: a company
 *
 * Returns: (transfer full): its name, and its caption where it has one
 */
char *
dial_companies_dup_words (DialIntegration *integration)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (integration), NULL);

  return dial_words_join (2, dial_integration_get_name (integration), dial_integration_get_caption (integration));
}
