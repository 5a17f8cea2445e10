#include "dial-person-picture.h"

/* A window shows it at each start, and lists show it. An icon of these sizes would be a drawing, and the library that
 * reads drawings takes 7 MB. */

#define SIZE 128

struct _DialPersonPicture
{
  GObject parent_instance;
};

static void paintable_iface_init (GdkPaintableInterface         *iface);
static void symbolic_iface_init  (GtkSymbolicPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DialPersonPicture, dial_person_picture, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, paintable_iface_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SYMBOLIC_PAINTABLE, symbolic_iface_init))

static void
fill (GtkSnapshot     *snapshot,
      graphene_rect_t  bounds,
      float            top,
      float            bottom,
      const GdkRGBA   *color)
{
  GskRoundedRect shape;

  gsk_rounded_rect_init (&shape, &bounds, &GRAPHENE_SIZE_INIT (top, top), &GRAPHENE_SIZE_INIT (top, top),
                         &GRAPHENE_SIZE_INIT (bottom, bottom), &GRAPHENE_SIZE_INIT (bottom, bottom));
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, color, &bounds);
  gtk_snapshot_pop (snapshot);
}

/**
 * dial_person_picture_draw:
 * @snapshot: where to draw, at its origin
 * @width: how wide it may be
 * @height: how high it may be
 * @colour: its colour
 *
 * Draws the picture.
 */
void
dial_person_picture_draw (GtkSnapshot   *snapshot,
                          double         width,
                          double         height,
                          const GdkRGBA *colour)
{
  float unit = (float) MIN (width, height) / 16;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) width / 2, (float) height / 2 - 8 * unit));
  fill (snapshot, GRAPHENE_RECT_INIT (-3 * unit, unit, 6 * unit, 6 * unit), 3 * unit, 3 * unit, colour);
  fill (snapshot, GRAPHENE_RECT_INIT (-6 * unit, 8.5f * unit, 12 * unit, 6 * unit), 4.5f * unit, unit, colour);
  gtk_snapshot_restore (snapshot);
}

static void
dial_person_picture_snapshot_symbolic (GtkSymbolicPaintable *paintable,
                                       GdkSnapshot          *snapshot,
                                       double                width,
                                       double                height,
                                       const GdkRGBA        *colors,
                                       gsize                 n_colors)
{
  dial_person_picture_draw (snapshot, width, height, &colors[GTK_SYMBOLIC_COLOR_FOREGROUND]);
}

static void
symbolic_iface_init (GtkSymbolicPaintableInterface *iface)
{
  iface->snapshot_symbolic = dial_person_picture_snapshot_symbolic;
}

/* Whoever does not know of colours gets it black. */
static void
dial_person_picture_snapshot (GdkPaintable *paintable,
                              GdkSnapshot  *snapshot,
                              double        width,
                              double        height)
{
  GdkRGBA black = { 0, 0, 0, 1 };

  dial_person_picture_draw (snapshot, width, height, &black);
}

static GdkPaintableFlags
dial_person_picture_get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_SIZE | GDK_PAINTABLE_STATIC_CONTENTS;
}

static int
dial_person_picture_get_intrinsic_size (GdkPaintable *paintable)
{
  return SIZE;
}

static void
paintable_iface_init (GdkPaintableInterface *iface)
{
  iface->snapshot = dial_person_picture_snapshot;
  iface->get_flags = dial_person_picture_get_flags;
  iface->get_intrinsic_width = dial_person_picture_get_intrinsic_size;
  iface->get_intrinsic_height = dial_person_picture_get_intrinsic_size;
}

static void
dial_person_picture_class_init (DialPersonPictureClass *klass)
{
}

static void
dial_person_picture_init (DialPersonPicture *self)
{
}
