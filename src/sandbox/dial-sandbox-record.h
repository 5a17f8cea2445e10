#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * DialSandboxRecord:
 * @out: where the JSON goes
 * @fields: (nullable): the only members wanted, %NULL for all
 * @changes: (nullable): members whose value is not the invented one
 * @begun: a member was written
 *
 * Writes one record of a list, member by member, straight into the answer's text: a page of 500
 * candidates takes a millisecond that way and twenty through a tree of nodes.
 */
typedef struct {
  GString    *out;
  GHashTable *fields;
  JsonObject *changes;
  gboolean    begun;
} DialSandboxRecord;

void     dial_sandbox_record_begin     (DialSandboxRecord  *self,
                                        GString            *out,
                                        GHashTable         *fields,
                                        JsonObject         *changes);
void     dial_sandbox_record_end       (DialSandboxRecord  *self);
gboolean dial_sandbox_record_member    (DialSandboxRecord  *self,
                                        const char         *name);
void     dial_sandbox_record_string    (DialSandboxRecord  *self,
                                        const char         *name,
                                        const char         *value);
void     dial_sandbox_record_strings   (DialSandboxRecord  *self,
                                        const char         *name,
                                        const char * const *values);
void     dial_sandbox_record_integer   (DialSandboxRecord  *self,
                                        const char         *name,
                                        gint64              value);
void     dial_sandbox_record_id        (DialSandboxRecord  *self,
                                        const char         *name,
                                        gint64              value);
void     dial_sandbox_record_ids       (DialSandboxRecord  *self,
                                        const char         *name,
                                        const gint64       *values,
                                        guint               n_values);
void     dial_sandbox_record_boolean   (DialSandboxRecord  *self,
                                        const char         *name,
                                        gboolean            value);
void     dial_sandbox_record_time      (DialSandboxRecord  *self,
                                        const char         *name,
                                        gint64              instant);
void     dial_sandbox_record_json      (DialSandboxRecord  *self,
                                        const char         *name,
                                        const char         *json);

void     dial_sandbox_append_string    (GString            *out,
                                        const char         *value);
void     dial_sandbox_append_time      (GString            *out,
                                        gint64              instant);

G_END_DECLS
