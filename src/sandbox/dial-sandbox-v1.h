#pragma once

#include "dial-sandbox-collection.h"

G_BEGIN_DECLS

/**
 * DialSandboxV1Query:
 * @per_page: how many rows a page has
 * @page: which page, from 1
 * @skip_count: does not want to know which page is the last
 * @candidate_ids: (nullable) (element-type gint64): the only candidates wanted
 * @job_id: the job wanted, 0 for any
 *
 * What a list of v1 was asked for. Parameters nobody knows are ignored.
 */
typedef struct {
  guint      per_page;
  guint      page;
  gboolean   skip_count;
  GArray    *candidate_ids;
  gint64     job_id;
  gint64     created_after;
  gint64     created_before;
  gint64     updated_after;
  gint64     updated_before;
  GPtrArray *pairs;
} DialSandboxV1Query;

/**
 * DialSandboxV1List:
 * @count: how many rows there are, whether used or not
 * @takes: whether a row is there and passes the query
 * @write: writes a row's record
 * @narrow: (nullable): narrows an extent, at first all rows, to those a query can mean
 *
 * One kind of list. Lists of v1 page by number, rows from the lowest id up.
 */
typedef struct {
  guint64  (*count) (DialSandboxServer  *server);
  gboolean (*takes) (DialSandboxServer  *server,
                     DialSandboxV1Query *query,
                     guint64             row);
  void     (*write) (DialSandboxServer  *server,
                     guint64             row,
                     GString            *out);
  void     (*narrow) (DialSandboxServer  *server,
                      DialSandboxV1Query *query,
                      DialSandboxExtent  *extent);
} DialSandboxV1List;

/* dial-sandbox-v1.c */
void     dial_sandbox_v1_dispatch         (DialSandboxRequest *request);
void     dial_sandbox_v1_give_permissions (DialSandboxServer  *server);
gboolean dial_sandbox_v1_set_permission   (DialSandboxServer  *server,
                                           const char         *permission,
                                           gboolean            granted);

/* dial-sandbox-v1-query.c */
DialSandboxV1Query *dial_sandbox_v1_query_parse      (const char               *text,
                                                      char                    **errors);
void                dial_sandbox_v1_query_free       (DialSandboxV1Query       *self);
const char         *dial_sandbox_v1_query_get        (DialSandboxV1Query       *self,
                                                      const char               *name);
gboolean            dial_sandbox_v1_query_takes_time (DialSandboxV1Query       *self,
                                                      gint64                    created_at,
                                                      gint64                    updated_at);
void                dial_sandbox_v1_complain         (GString                  *errors,
                                                      const char               *field,
                                                      const char               *sentence);

/* dial-sandbox-v1-lists.c */
void dial_sandbox_v1_list_candidates    (DialSandboxRequest *request,
                                         gint64              id);
void dial_sandbox_v1_retrieve_candidate (DialSandboxRequest *request,
                                         gint64              id);
void dial_sandbox_v1_list_users         (DialSandboxRequest *request,
                                         gint64              id);
void dial_sandbox_v1_retrieve_user      (DialSandboxRequest *request,
                                         gint64              id);

/* dial-sandbox-v1-notes.c */
void dial_sandbox_v1_create_note        (DialSandboxRequest *request,
                                         gint64              candidate_id);
void dial_sandbox_v1_show_feed          (DialSandboxRequest *request,
                                         gint64              candidate_id);

/* dial-sandbox-v1-records.c */
void dial_sandbox_v1_write_candidate    (DialSandboxServer     *server,
                                         guint64                row,
                                         GString               *out);
void dial_sandbox_v1_write_user         (DialSandboxServer     *server,
                                         guint64                row,
                                         GString               *out);
void dial_sandbox_v1_append_user        (DialSandboxServer     *server,
                                         gint64                 id,
                                         GString               *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialSandboxV1Query, dial_sandbox_v1_query_free)

G_END_DECLS
