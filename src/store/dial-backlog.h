#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The changes that a list has still to follow, gathered until it is time for them. */
typedef struct _DialBacklog DialBacklog;

/* Called when it is time. */
typedef void (*DialBacklogFunc) (gpointer data);

DialBacklog *dial_backlog_new          (DialBacklogFunc  func,
                                        gpointer         data);
void         dial_backlog_free         (DialBacklog     *self);

void         dial_backlog_add          (DialBacklog     *self,
                                        GArray          *moves);
void         dial_backlog_add_anything (DialBacklog     *self);
gboolean     dial_backlog_has_anything (DialBacklog     *self);
void         dial_backlog_plan         (DialBacklog     *self);

void         dial_backlog_take         (DialBacklog     *self);
void         dial_backlog_take_all     (DialBacklog     *self);
void         dial_backlog_start_over   (DialBacklog     *self);
GArray      *dial_backlog_get_taken    (DialBacklog     *self);
GArray      *dial_backlog_take_up      (DialBacklog     *self);

void         dial_backlog_answered     (DialBacklog     *self);
void         dial_backlog_applied      (DialBacklog     *self);

G_END_DECLS
