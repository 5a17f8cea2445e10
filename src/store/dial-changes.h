#pragma once

#include "dial-findings.h"
#include "dial-records.h"

G_BEGIN_DECLS

/* Somebody whom the index knows otherwise, or not at all. */
typedef struct {
  DialCandidate *candidate;   /* NULL where it is to be read */
  gboolean       is_new;      /* stored just now, so there is nothing of them in the index */
} DialStale;

/* What a transaction changed, to be told once it is on disk, and what it leaves to be indexed. */
typedef struct {
  GArray   *candidates;       /* of DialMove */
  GArray   *calls;            /* of candidates' ids */
  GArray   *outbox;
  GArray   *notes;            /* of candidates' ids */
  GArray   *texts;            /* of candidates' ids */
  gboolean  any_candidate;    /* too many to name */
  gboolean  searches;
  gboolean  templates;
  gboolean  opt_outs;

  GHashTable *stale;          /* id → DialStale: whom the index does not know so */
  GArray     *gone;           /* of DialMove: the forgotten, whose words are still there */
  gboolean    office;         /* jobs or stages are called otherwise */
  gboolean    wipe;           /* nothing of what is deleted may stay in the index */
} DialChanges;

DialChanges *dial_changes_new           (void);
void         dial_changes_free          (DialChanges       *self);
void         dial_changes_add           (GArray            *ids,
                                         gint64             id);
void         dial_changes_add_candidate (DialChanges       *self,
                                         gint64             id,
                                         gint64             was,
                                         gint64             is);
void         dial_changes_add_stale     (DialChanges       *self,
                                         gint64             id,
                                         DialCandidate     *candidate,
                                         gboolean           is_new);
void         dial_changes_add_gone      (DialChanges       *self,
                                         gint64             id,
                                         gint64             was);
void         dial_stale_set             (GHashTable        *table,
                                         gint64             id,
                                         DialCandidate     *candidate,
                                         gboolean           is_new);
void         dial_changes_merge         (DialChanges       *self,
                                         const DialChanges *other);
gboolean     dial_changes_is_empty      (const DialChanges *self);
void         dial_changes_sort          (DialChanges       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialChanges, dial_changes_free)

G_END_DECLS
