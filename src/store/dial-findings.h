#pragma once

#include "dial-places.h"
#include "dial-query.h"

G_BEGIN_DECLS

/* What the store answers about many candidates at once. A place is a number that each candidate has
 * alone; its order is the order by last activity, the larger the later. */

#define DIAL_N_TIERS 3

/**
 * DialFindings:
 * @places: who was found, tier after tier, each from the largest place down;
 *   in an order without tiers everybody is in the first, and stands in that order
 * @tier_ends: up to where in @places each tier reaches: whose name begins with the words, whose name
 *   has them, all others
 * @complete: whether that is everybody
 *
 * The answer to a query. Nobody writes to it.
 */
typedef struct {
  DialPlaces  *places;
  guint        tier_ends[DIAL_N_TIERS];
  gboolean     complete;
} DialFindings;

#define DIAL_TYPE_FINDINGS (dial_findings_get_type ())
GType         dial_findings_get_type (void) G_GNUC_CONST;
DialFindings *dial_findings_new      (void);
DialFindings *dial_findings_ref      (DialFindings *self);
void          dial_findings_unref    (DialFindings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialFindings, dial_findings_unref)

/**
 * DialMatch:
 * @id: a candidate
 * @place: where it stands, 0 if it is not here
 * @tier: in which tier of the answer it is, 1 to 3; -1 if in none
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
 * @is: its place now, 0 if it is forgotten
 *
 * What happened to a candidate; where both places are the same it changed in place.
 */
typedef struct {
  gint64 id;
  gint64 was;
  gint64 is;
} DialMove;

/**
 * DialFacet:
 * @DIAL_FACET_JOB: names of jobs
 * @DIAL_FACET_STAGE: names of stages
 * @DIAL_FACET_STATUS: statuses of applications
 * @DIAL_FACET_TAG: names of tags
 * @DIAL_FACET_OTHER: `has-phone`, `private`, `mine`, `quiet-7`, `quiet-30`, `quiet-90`
 * @DIAL_FACET_MINE: `mine` alone
 *
 * What one can choose from to narrow a query down.
 */
typedef enum {
  DIAL_FACET_JOB,
  DIAL_FACET_STAGE,
  DIAL_FACET_STATUS,
  DIAL_FACET_TAG,
  DIAL_FACET_OTHER,
  DIAL_FACET_MINE,
} DialFacet;

/**
 * DialChoice:
 * @value: a name, or one of the words of %DIAL_FACET_OTHER and %DIAL_FACET_MINE
 * @count: how many candidates would be left
 */
typedef struct {
  char  *value;
  guint  count;
} DialChoice;

DialChoice *dial_choice_new  (const char *value,
                              guint       count);
void        dial_choice_free (DialChoice *self);

/**
 * DialSavedSearch:
 * @id: the store's id
 * @name: what the recruiter calls it
 * @query: what is searched for
 */
typedef struct {
  gint64     id;
  char      *name;
  DialQuery *query;
} DialSavedSearch;

DialSavedSearch *dial_saved_search_new  (gint64           id,
                                         const char      *name,
                                         const DialQuery *query);
void             dial_saved_search_free (DialSavedSearch *self);

G_END_DECLS
