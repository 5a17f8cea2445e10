#pragma once

#include "dial-note-template.h"
#include "dial-records.h"

G_BEGIN_DECLS

const char **dial_template_text_list_fields (void);
char        *dial_template_text_fill        (const char     *text,
                                             DialCandidate  *candidate,
                                             const char     *recruiter,
                                             GDateTime      *now,
                                             GStrv          *left_open);
void         dial_template_text_sort        (GPtrArray      *templates,
                                             DialCandidate  *candidate);

G_END_DECLS
