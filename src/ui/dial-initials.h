#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DIAL_INITIALS_SIZE 36

/* A person's initials in a coloured disc, as AdwAvatar draws them, without being a widget. */
PangoLayout *dial_initials_layout (GtkWidget   *widget,
                                   const char  *name);
void         dial_initials_draw   (GtkSnapshot *snapshot,
                                   const char  *name,
                                   PangoLayout *initials);

G_END_DECLS
