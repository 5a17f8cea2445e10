#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define DIAL_N_TIERS 3

/**
 * DialFindings:
 * @places: (element-type gint64): who answers, tier after tier; in the orders of relevance and of last
 *   activity each tier descends
 * @tier_ends: where each tier ends in @places; orders without tiers have everybody in the first
 * @complete: these are all, not only the first ones
 *
 * The answer to a search. Nobody writes to it once it was handed on.
 */
typedef struct {
  GArray   *places;
  guint     tier_ends[DIAL_N_TIERS];
  gboolean  complete;
} DialFindings;

#define DIAL_TYPE_FINDINGS (dial_findings_get_type ())
GType         dial_findings_get_type (void) G_GNUC_CONST;
DialFindings *dial_findings_new      (void);
DialFindings *dial_findings_ref      (DialFindings       *self);
void          dial_findings_unref    (DialFindings       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialFindings, dial_findings_unref)

/**
 * DialMatch:
 * @id: a candidate
 * @place: where the candidate stands by last activity, 0 if it is not stored
 * @tier: how well it answers a search, 1 to 3; −1 if it does not
 */
typedef struct {
  gint64 id;
  gint64 place;
  int    tier;
} DialMatch;

/**
 * DialMove:
 * @id: a candidate
 * @was: its place before, 0 if it is new
 * @is: its place now, 0 if it is forgotten; the same as before if something else about it changed
 */
typedef struct {
  gint64 id;
  gint64 was;
  gint64 is;
} DialMove;

G_END_DECLS
