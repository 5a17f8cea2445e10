#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DialSandboxKind:
 * @DIAL_SANDBOX_IDS: integers between commas, 50 at most
 * @DIAL_SANDBOX_STRINGS: texts between commas, 50 at most
 * @DIAL_SANDBOX_STRING: a text
 * @DIAL_SANDBOX_INTEGER: one integer
 * @DIAL_SANDBOX_BOOLEAN: `true` or `false`
 * @DIAL_SANDBOX_TIME: bounds, in the pipe form or the bracket form
 *
 * What a query parameter may hold.
 */
typedef enum {
  DIAL_SANDBOX_IDS,
  DIAL_SANDBOX_STRINGS,
  DIAL_SANDBOX_STRING,
  DIAL_SANDBOX_INTEGER,
  DIAL_SANDBOX_BOOLEAN,
  DIAL_SANDBOX_TIME,
} DialSandboxKind;

/**
 * DialSandboxParameter:
 * @name: its name
 * @kind: what it holds
 * @choices: (nullable): the only texts allowed, `|` between
 */
typedef struct {
  const char      *name;
  DialSandboxKind  kind;
  const char      *choices;
} DialSandboxParameter;

/**
 * DialSandboxPair:
 * @name: a parameter's name, unescaped
 * @value: what was sent for it, unescaped
 */
typedef struct {
  char *name;
  char *value;
} DialSandboxPair;

/**
 * DialSandboxQuery:
 * @per_page: how many rows a page has
 * @before: only rows with lesser ids; 0 on the first page
 * @epoch: which generation its cursors are of
 * @fields: (nullable): the members asked for
 *
 * What a list was asked for, understood and checked.
 */
typedef struct {
  guint       per_page;
  gint64      before;
  guint       epoch;
  GHashTable *fields;
  GPtrArray  *values;
  char       *text;
} DialSandboxQuery;

GPtrArray        *dial_sandbox_query_split         (const char                  *text);
DialSandboxQuery *dial_sandbox_query_parse         (const char                  *text,
                                                    const DialSandboxParameter  *parameters,
                                                    const char * const          *fields,
                                                    guint                        epoch,
                                                    char                       **errors);
void              dial_sandbox_query_free          (DialSandboxQuery            *self);
char             *dial_sandbox_query_make_cursor   (DialSandboxQuery            *self,
                                                    gint64                       last_id);
guint             dial_sandbox_query_get_n_filters (DialSandboxQuery            *self);
gboolean          dial_sandbox_query_has           (DialSandboxQuery            *self,
                                                    const char                  *name);
gboolean          dial_sandbox_query_get_bounds    (DialSandboxQuery            *self,
                                                    const char                  *name,
                                                    gint64                      *from,
                                                    gint64                      *until);
GArray           *dial_sandbox_query_get_ids       (DialSandboxQuery            *self,
                                                    const char                  *name);
const char       *dial_sandbox_query_get_string    (DialSandboxQuery            *self,
                                                    const char                  *name);
gboolean          dial_sandbox_query_get_boolean   (DialSandboxQuery            *self,
                                                    const char                  *name,
                                                    gboolean                     fallback);
gboolean          dial_sandbox_query_takes_id      (DialSandboxQuery            *self,
                                                    const char                  *name,
                                                    gint64                       id);
gboolean          dial_sandbox_query_takes_text    (DialSandboxQuery            *self,
                                                    const char                  *name,
                                                    const char                  *text);
gboolean          dial_sandbox_query_takes_flag    (DialSandboxQuery            *self,
                                                    const char                  *name,
                                                    gboolean                     flag);
gboolean          dial_sandbox_query_takes_time    (DialSandboxQuery            *self,
                                                    const char                  *name,
                                                    gint64                       instant);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialSandboxQuery, dial_sandbox_query_free)

G_END_DECLS
