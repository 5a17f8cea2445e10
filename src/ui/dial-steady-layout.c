#include "config.h"

#include "dial-steady-layout.h"

struct _DialSteadyLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (DialSteadyLayout, dial_steady_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
dial_steady_layout_get_request_mode (GtkLayoutManager *manager,
                                     GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
dial_steady_layout_measure (GtkLayoutManager *manager,
                            GtkWidget        *widget,
                            GtkOrientation    orientation,
                            int               for_size,
                            int              *minimum,
                            int              *natural,
                            int              *minimum_baseline,
                            int              *natural_baseline)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int its_minimum, its_natural;

    if (!gtk_widget_should_layout (child))
      continue;

    gtk_widget_measure (child, orientation, -1, &its_minimum, &its_natural, NULL, NULL);
    *minimum = MAX (*minimum, its_minimum);
    *natural = MAX (*natural, its_natural);
  }
}

static void
dial_steady_layout_allocate (GtkLayoutManager *manager,
                             GtkWidget        *widget,
                             int               width,
                             int               height,
                             int               baseline)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      gtk_widget_allocate (child, width, height, baseline, NULL);
}

static void
dial_steady_layout_class_init (DialSteadyLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = dial_steady_layout_get_request_mode;
  layout_class->measure = dial_steady_layout_measure;
  layout_class->allocate = dial_steady_layout_allocate;
}

static void
dial_steady_layout_init (DialSteadyLayout *self)
{
}
