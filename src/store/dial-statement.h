#pragma once

#include "dial-connection.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* A prepared statement, kept by its connection and handed out anew by dial_connection_prepare().
 * Parameters are bound in their order; columns are read in theirs. */
DialStatement *dial_statement_new         (DialConnection *connection,
                                           sqlite3        *handle,
                                           const char     *sql);
void           dial_statement_free        (DialStatement  *self);
const char    *dial_statement_get_sql     (DialStatement  *self);
void           dial_statement_reset       (DialStatement  *self);

void           dial_statement_bind_int64  (DialStatement  *self,
                                           gint64          value);
void           dial_statement_bind_text   (DialStatement  *self,
                                           const char     *value);
void           dial_statement_bind_lasting_text (DialStatement *self,
                                                 const char    *value);
void           dial_statement_bind_bytes  (DialStatement  *self,
                                           gconstpointer   data,
                                           gsize           length);

gboolean       dial_statement_run         (DialStatement  *self);
gboolean       dial_statement_next        (DialStatement  *self);
gint64         dial_statement_read_int64  (DialStatement  *self,
                                           int             column);
const char    *dial_statement_read_text   (DialStatement  *self,
                                           int             column);
char          *dial_statement_dup_text    (DialStatement  *self,
                                           int             column);
gconstpointer  dial_statement_read_bytes  (DialStatement  *self,
                                           int             column,
                                           gsize          *length);

G_END_DECLS
