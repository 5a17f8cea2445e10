#pragma once

#include <glib.h>

G_BEGIN_DECLS

void dial_head_start_prepare (void);
void dial_head_start_begin   (void);
void dial_head_start_icons   (void);

G_END_DECLS
