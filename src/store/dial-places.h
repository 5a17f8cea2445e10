#pragma once

#include "dial-merge.h"

G_BEGIN_DECLS

/* The places that a list shows, also while it turns step by step into another one: the end is changed first,
 * since whoever moves mostly moves up, and so leaves before they come. */
typedef struct {
  DialFindings *now;          /* never NULL */
  gboolean      sorted;       /* the tiers descend */

  DialFindings *before;       /* NULL while nothing changes, else what is shown up to @split, */
  guint         split;
  guint         now_split;    /* and after that what stands in @now from here on */
  GArray       *runs;         /* of DialMergeRun */
  guint         n_runs;       /* those before are still to come */
} DialPlaces;

void     dial_places_init     (DialPlaces   *self);
void     dial_places_clear    (DialPlaces   *self);
guint    dial_places_count    (DialPlaces   *self);
gint64   dial_places_get      (DialPlaces   *self,
                               guint         position);
int      dial_places_get_tier (DialPlaces   *self,
                               guint         position);
guint    dial_places_find     (DialPlaces   *self,
                               gint64        place);
guint    dial_places_rank     (DialPlaces   *self,
                               int           tier,
                               gint64        place);
gboolean dial_places_is_old   (DialPlaces   *self,
                               guint         position);

void     dial_places_show     (DialPlaces   *self,
                               DialFindings *now,
                               gboolean      sorted);
void     dial_places_change   (DialPlaces   *self,
                               DialFindings *now,
                               GArray       *runs);
gboolean dial_places_step     (DialPlaces   *self,
                               guint        *position,
                               guint        *n_removed,
                               guint        *n_added);

G_END_DECLS
