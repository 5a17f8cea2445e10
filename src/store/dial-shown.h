#pragma once

#include "dial-merge.h"

G_BEGIN_DECLS

/* A view makes a widget for each row that it is told of: so many at a time, and a frame between. */
#define DIAL_SHOWN_STEP 40

/* The places that a list shows, also while it turns step by step into another one: the end is changed first,
 * since whoever moves mostly moves up, and so leaves before they come. */
typedef struct {
  DialFindings *now;          /* never NULL */
  gboolean      sorted;       /* the tiers descend */
  guint         limit;        /* so many of @now are shown as yet; G_MAXUINT for all */

  DialFindings *before;       /* NULL while nothing changes, else what is shown up to @split, */
  guint         split;
  guint         now_split;    /* and after that what stands in @now from here on */
  GArray       *runs;         /* of DialMergeRun */
  guint         n_runs;       /* those before are still to come */
} DialShown;

void     dial_shown_init     (DialShown   *self);
void     dial_shown_clear    (DialShown   *self);
guint    dial_shown_count    (DialShown   *self);
gint64   dial_shown_get      (DialShown   *self,
                              guint         position);
int      dial_shown_get_tier (DialShown   *self,
                              guint         position);
guint    dial_shown_find_in  (DialFindings *findings,
                              gboolean      sorted,
                              gint64        place);
guint    dial_shown_find     (DialShown   *self,
                              gint64        place);
guint    dial_shown_rank     (DialShown   *self,
                              int           tier,
                              gint64        place);
gboolean dial_shown_is_old   (DialShown   *self,
                              guint         position);

void     dial_shown_show     (DialShown   *self,
                              DialFindings *now,
                              gboolean      sorted);
void     dial_shown_limit    (DialShown   *self,
                              guint         limit);
gboolean dial_shown_can_grow (DialShown   *self);
void     dial_shown_grow     (DialShown   *self);
void     dial_shown_continue (DialShown   *self,
                              DialFindings *now);
void     dial_shown_change   (DialShown   *self,
                              DialFindings *now,
                              GArray       *runs);
void     dial_shown_spare    (DialShown   *self,
                              GArray       *held);
gboolean dial_shown_peek     (DialShown   *self,
                              guint        *position,
                              guint        *n_removed,
                              guint        *n_added);
void     dial_shown_step     (DialShown   *self);

G_END_DECLS
