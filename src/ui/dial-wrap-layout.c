#include "config.h"

#include "dial-wrap-layout.h"

struct _DialWrapLayout
{
  GtkLayoutManager parent_instance;

  int              spacing;
};

enum {
  PROP_0,
  PROP_SPACING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DialWrapLayout, dial_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Walks the children as they stand in lines of @width, places them if @allocate, and returns the
 * height of all lines. */
static int
walk_lines (DialWrapLayout *self,
            GtkWidget      *widget,
            int             width,
            gboolean        allocate)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0, y = 0, line_height = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int minimum, natural, child_width, child_height;

    if (!gtk_widget_should_layout (child))
      continue;

    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
    child_width = MAX (minimum, MIN (natural, width));
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, child_width, NULL, &child_height, NULL, NULL);

    if (x > 0 && x + child_width > width) {
      x = 0;
      y += line_height + self->spacing;
      line_height = 0;
    }

    if (allocate) {
      const GtkAllocation place = { mirrored ? width - x - child_width : x, y, child_width, child_height };

      gtk_widget_size_allocate (child, &place, -1);
    }

    x += child_width + self->spacing;
    line_height = MAX (line_height, child_height);
  }

  return y + line_height;
}

static GtkSizeRequestMode
dial_wrap_layout_get_request_mode (GtkLayoutManager *manager,
                                   GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
dial_wrap_layout_measure (GtkLayoutManager *manager,
                          GtkWidget        *widget,
                          GtkOrientation    orientation,
                          int               for_size,
                          int              *minimum,
                          int              *natural,
                          int              *minimum_baseline,
                          int              *natural_baseline)
{
  DialWrapLayout *self = DIAL_WRAP_LAYOUT (manager);
  int widest = 0, total = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int child_minimum, child_natural;

    if (!gtk_widget_should_layout (child))
      continue;

    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
    widest = MAX (widest, child_minimum);
    total += child_natural + (total > 0 ? self->spacing : 0);
  }

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = widest;
    *natural = MAX (widest, total);
  } else {
    int height = walk_lines (self, widget, for_size < 0 ? MAX (widest, total) : MAX (widest, for_size), FALSE);

    *minimum = *natural = height;
  }
}

static void
dial_wrap_layout_allocate (GtkLayoutManager *manager,
                           GtkWidget        *widget,
                           int               width,
                           int               height,
                           int               baseline)
{
  walk_lines (DIAL_WRAP_LAYOUT (manager), widget, width, TRUE);
}

static void
dial_wrap_layout_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  DialWrapLayout *self = DIAL_WRAP_LAYOUT (object);

  switch (prop_id) {
  case PROP_SPACING:
    g_value_set_int (value, self->spacing);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_wrap_layout_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  DialWrapLayout *self = DIAL_WRAP_LAYOUT (object);

  switch (prop_id) {
  case PROP_SPACING:
    if (self->spacing != g_value_get_int (value)) {
      self->spacing = g_value_get_int (value);
      gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
      g_object_notify_by_pspec (object, pspec);
    }
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_wrap_layout_class_init (DialWrapLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = dial_wrap_layout_get_property;
  object_class->set_property = dial_wrap_layout_set_property;

  layout_class->get_request_mode = dial_wrap_layout_get_request_mode;
  layout_class->measure = dial_wrap_layout_measure;
  layout_class->allocate = dial_wrap_layout_allocate;

  properties[PROP_SPACING] =
    g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 6,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dial_wrap_layout_init (DialWrapLayout *self)
{
  self->spacing = 6;
}

/**
 * dial_wrap_layout_new:
 * @spacing: pixels between children and between lines
 *
 * Returns: (transfer full): a layout for chips
 */
GtkLayoutManager *
dial_wrap_layout_new (int spacing)
{
  return g_object_new (DIAL_TYPE_WRAP_LAYOUT, "spacing", spacing, NULL);
}
