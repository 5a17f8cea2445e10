#pragma once

#include "dial-integration.h"

G_BEGIN_DECLS

/* One company's list, as it was told of last. */
typedef struct {
  gpointer           owner;         /* who listens to it; not held */
  DialIntegration   *integration;
  DialCandidateList *list;
  guint              length;
} DialStrand;

/* Several lists in one: by tier and place, which all companies share, or one of each in turn. */
guint       dial_weave_count        (GPtrArray *strands);
gboolean    dial_weave_can_sort     (GPtrArray *strands);
guint       dial_weave_get_position (GPtrArray *strands,
                                     gboolean   by_place,
                                     guint      strand,
                                     guint      index);
DialStrand *dial_weave_find         (GPtrArray *strands,
                                     gboolean   by_place,
                                     guint      position,
                                     guint     *index);

G_END_DECLS
