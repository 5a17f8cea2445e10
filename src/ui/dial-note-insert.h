#pragma once

#include <gtk/gtk.h>

#include "dial-integration.h"

G_BEGIN_DECLS

char *dial_note_fill            (DialNoteTemplate *template,
                                 DialIntegration  *integration,
                                 DialCandidate    *candidate,
                                 char            **problem);
char *dial_note_insert_template (GtkTextView      *view,
                                 DialNoteTemplate *template,
                                 DialIntegration  *integration,
                                 DialCandidate    *candidate);
void  dial_note_insert_time     (GtkTextView      *view,
                                 int               seconds);

G_END_DECLS
