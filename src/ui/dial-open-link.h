#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @problem: (nullable): why no program opened it and what to do, a sentence; %NULL where one did */
typedef void (*DialLinkFunc) (GtkWidget  *widget,
                              const char *problem);

void dial_open_link      (GtkWidget    *widget,
                          const char   *uri);
void dial_open_link_then (GtkWidget    *widget,
                          const char   *uri,
                          DialLinkFunc  then);

G_END_DECLS
