#pragma once

#include "dial-sandbox-query.h"
#include "dial-sandbox-server.h"

G_BEGIN_DECLS

/**
 * DialSandboxCollection:
 * @parameters: what the list takes besides what all lists take
 * @fields: the members of its records
 * @empty_link: on the last page `Link` is there and empty, not absent
 * @count: how many rows there are, whether used or not
 * @get_id: a row's id; ids grow with rows
 * @takes: whether a row is there, may be seen by the actor, and passes the query
 * @write: writes a row's members
 * @narrow: (nullable): the only rows a query can mean, ascending, or %NULL for all
 * @get_changes: (nullable): members a test changed
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
  GArray                   *(*narrow)      (DialSandboxServer  *server,
                                            DialSandboxQuery   *query);
  JsonObject               *(*get_changes) (DialSandboxServer  *server,
                                            guint64             row);
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
