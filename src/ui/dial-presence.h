#pragma once

#include <gtk/gtk.h>

#include "dial-desk.h"

G_BEGIN_DECLS

/* Tells @desk whether somebody works at @window: who touches nothing for some minutes is not there. */
void dial_presence_watch (GtkWindow *window,
                          DialDesk  *desk);

G_END_DECLS
