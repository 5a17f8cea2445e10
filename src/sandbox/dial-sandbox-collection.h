#pragma once

#include "dial-sandbox-query.h"
#include "dial-sandbox-server.h"

G_BEGIN_DECLS

/**
 * DialSandboxExtent:
 * @rows: (nullable): the only rows there can be below @later, ascending; %NULL for a run of them
 * @from: the first row of the run
 * @until: the row behind the run
 * @later: rows from here on came later, and can be meant too
 * @exact: a row of these that nobody changed is meant for sure
 *
 * The rows a query can mean.
 */
typedef struct {
  GArray   *rows;
  guint64   from;
  guint64   until;
  guint64   later;
  gboolean  exact;
} DialSandboxExtent;

/**
 * DialSandboxCollection:
 * @parameters: what the list takes besides what all lists take
 * @fields: the members of its records
 * @empty_link: on the last page `Link` is there and empty, not absent
 * @count: how many rows there are, whether used or not
 * @get_id: a row's id; ids grow with rows
 * @takes: whether a row is there, may be seen by the actor, and passes the query
 * @write: writes a row's members
 * @narrow: (nullable): narrows an extent, at first all rows, to those a query can mean
 * @get_changes: (nullable): members a test changed
 * @is_touched: (nullable): whether a row is, or may be, other than as invented
 * @get_shelf: (nullable): the shelf of records as invented, or of their ids alone, where there is one
 *
 * One kind of list. All lists page alike: rows from the highest id down.
 */
typedef struct {
  const DialSandboxParameter *parameters;
  const char * const         *fields;
  gboolean                    empty_link;
  guint64                   (*count)       (DialSandboxServer  *server);
  gint64                    (*get_id)      (DialSandboxServer  *server,
                                            guint64             row);
  gboolean                  (*takes)       (DialSandboxRequest *request,
                                            DialSandboxQuery   *query,
                                            guint64             row);
  void                      (*write)       (DialSandboxServer  *server,
                                            guint64             row,
                                            DialSandboxRecord  *record);
  void                      (*narrow)      (DialSandboxServer  *server,
                                            DialSandboxQuery   *query,
                                            DialSandboxExtent  *extent);
  JsonObject               *(*get_changes) (DialSandboxServer  *server,
                                            guint64             row);
  gboolean                  (*is_touched)  (DialSandboxServer  *server,
                                            guint64             row);
  DialSandboxShelf         *(*get_shelf)   (DialSandboxServer  *server,
                                            gboolean            ids_only);
} DialSandboxCollection;

extern const DialSandboxCollection dial_sandbox_candidate_list;
extern const DialSandboxCollection dial_sandbox_application_list;
extern const DialSandboxCollection dial_sandbox_job_list;
extern const DialSandboxCollection dial_sandbox_stage_list;
extern const DialSandboxCollection dial_sandbox_user_list;

void dial_sandbox_collection_list   (const DialSandboxCollection *self,
                                     DialSandboxRequest          *request);
void dial_sandbox_collection_append (const DialSandboxCollection *self,
                                     DialSandboxRequest          *request,
                                     GString                     *body);

G_END_DECLS
