#include "config.h"

#include "dial-finder.h"

struct _DialFinder
{
  GObject    parent_instance;

  DialQuery *query;
};

enum {
  PROP_0,
  PROP_ORDER,
  PROP_QUERY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DialFinder, dial_finder, G_TYPE_OBJECT)

static void
dial_finder_finalize (GObject *object)
{
  dial_query_free (DIAL_FINDER (object)->query);

  G_OBJECT_CLASS (dial_finder_parent_class)->finalize (object);
}

static void
dial_finder_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  switch (prop_id) {
  case PROP_ORDER:
    g_value_set_enum (value, DIAL_FINDER (object)->query->order);
    break;
  case PROP_QUERY:
    g_value_set_boxed (value, DIAL_FINDER (object)->query);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_finder_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  switch (prop_id) {
  case PROP_ORDER:
    dial_finder_set_order (DIAL_FINDER (object), g_value_get_enum (value));
    break;
  case PROP_QUERY:
    dial_finder_set_query (DIAL_FINDER (object), g_value_get_boxed (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_finder_class_init (DialFinderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = dial_finder_finalize;
  object_class->get_property = dial_finder_get_property;
  object_class->set_property = dial_finder_set_property;

  properties[PROP_ORDER] =
    g_param_spec_enum ("order", NULL, NULL, DIAL_TYPE_ORDER, DIAL_ORDER_RELEVANCE,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_QUERY] =
    g_param_spec_boxed ("query", NULL, NULL, DIAL_TYPE_QUERY,
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dial_finder_init (DialFinder *self)
{
  self->query = dial_query_new (NULL);
}

/**
 * dial_finder_new:
 *
 * Returns: (transfer full): a finder that looks for everybody
 */
DialFinder *
dial_finder_new (void)
{
  return g_object_new (DIAL_TYPE_FINDER, NULL);
}

/**
 * dial_finder_get_query:
 * @self: a finder
 *
 * Returns: (transfer none): whom it looks for
 */
const DialQuery *
dial_finder_get_query (DialFinder *self)
{
  g_return_val_if_fail (DIAL_IS_FINDER (self), NULL);

  return self->query;
}

static void
take_query (DialFinder *self,
            DialQuery  *query)
{
  DialOrder order;

  if (dial_query_equal (self->query, query)) {
    dial_query_free (query);
    return;
  }

  order = self->query->order;
  dial_query_free (self->query);
  self->query = query;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUERY]);
  if (self->query->order != order)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORDER]);
}

/**
 * dial_finder_set_query:
 * @self: a finder
 * @query: whom to look for
 */
void
dial_finder_set_query (DialFinder      *self,
                       const DialQuery *query)
{
  g_return_if_fail (DIAL_IS_FINDER (self));
  g_return_if_fail (query != NULL);

  take_query (self, dial_query_copy (query));
}

/**
 * dial_finder_set_text:
 * @self: a finder
 * @text: what was typed
 */
void
dial_finder_set_text (DialFinder *self,
                      const char *text)
{
  DialQuery *query;

  g_return_if_fail (DIAL_IS_FINDER (self));
  g_return_if_fail (text != NULL);

  query = dial_query_copy (self->query);
  dial_set_str (&query->text, text);
  take_query (self, query);
}

/**
 * dial_finder_set_order:
 * @self: a finder
 * @order: who comes first
 */
void
dial_finder_set_order (DialFinder *self,
                       DialOrder   order)
{
  DialQuery *query;

  g_return_if_fail (DIAL_IS_FINDER (self));

  query = dial_query_copy (self->query);
  query->order = order;
  take_query (self, query);
}

/**
 * dial_finder_set_filter:
 * @self: a finder
 * @kind: by what
 * @value: (nullable): by which
 * @on: whether to filter by it
 */
void
dial_finder_set_filter (DialFinder     *self,
                        DialFilterKind  kind,
                        const char     *value,
                        gboolean        on)
{
  DialQuery *query;

  g_return_if_fail (DIAL_IS_FINDER (self));

  query = dial_query_copy (self->query);
  dial_filter_set (query, kind, value, on);
  take_query (self, query);
}

/**
 * dial_finder_clear_filters:
 * @self: a finder
 */
void
dial_finder_clear_filters (DialFinder *self)
{
  DialQuery *query;

  g_return_if_fail (DIAL_IS_FINDER (self));

  query = dial_query_copy (self->query);
  dial_filter_clear (query);
  take_query (self, query);
}
