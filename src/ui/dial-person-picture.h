#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIAL_TYPE_PERSON_PICTURE (dial_person_picture_get_type ())
G_DECLARE_FINAL_TYPE (DialPersonPicture, dial_person_picture, DIAL, PERSON_PICTURE, GObject)

/**
 * DialPersonPicture:
 *
 * A head and shoulders in the colour of the text around, as a GdkPaintable.
 */
void dial_person_picture_draw (GtkSnapshot   *snapshot,
                               double         width,
                               double         height,
                               const GdkRGBA *colour);

G_END_DECLS
