#pragma once

#include "dial-candidate-list.h"
#include "dial-shown.h"

G_BEGIN_DECLS

/* The rows of a list that somebody looks at, and the candidates that were loaded last. */
typedef struct _DialRows DialRows;

DialRows         *dial_rows_new         (DialStore        *store);
void              dial_rows_free        (DialRows         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialRows, dial_rows_free)

DialCandidateRow *dial_rows_get         (DialRows         *self,
                                         gint64            place,
                                         gboolean          is_old);
guint             dial_rows_count_made  (DialRows         *self);
gint64            dial_rows_find_place  (DialRows         *self,
                                         gint64            id);
GArray           *dial_rows_list_places (DialRows         *self);
gboolean          dial_rows_spare       (DialRows         *self,
                                         DialShown        *shown);
void              dial_rows_request     (DialRows         *self,
                                         DialShown        *shown,
                                         guint             position);

typedef void (*DialRowsFunc) (gpointer data);
void              dial_rows_prepare     (DialRows         *self,
                                         const DialPlaces *places,
                                         DialRowsFunc      func,
                                         gpointer          data);
GPtrArray        *dial_rows_collect     (DialRows         *self,
                                         DialShown        *shown,
                                         guint             n);
void              dial_rows_reuse       (DialRows         *self,
                                         GPtrArray        *rows,
                                         DialShown        *shown);
void              dial_rows_end_reuse   (DialRows         *self,
                                         GPtrArray        *rows);

void              dial_rows_refresh     (DialRows         *self,
                                         GArray           *moves);
GArray           *dial_rows_match       (DialRows         *self,
                                         GArray           *moves,
                                         DialFindings     *findings,
                                         gboolean          sorted);
void              dial_rows_move        (DialRows         *self,
                                         GArray           *moves,
                                         GArray           *matches);
void              dial_rows_settle      (DialRows         *self);

G_END_DECLS
