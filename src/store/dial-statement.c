#include "dial-statement.h"

struct _DialStatement
{
  DialConnection *connection;
  sqlite3_stmt   *stmt;      /* NULL if it could not be prepared; its connection knows why */
  int             n_bound;
};

DialStatement *
dial_statement_new (DialConnection *connection,
                    sqlite3        *handle,
                    const char     *sql)
{
  DialStatement *self = g_new0 (DialStatement, 1);

  self->connection = connection;
  dial_connection_check (connection,
                         sqlite3_prepare_v3 (handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                             &self->stmt, NULL));
  return self;
}

void
dial_statement_free (DialStatement *self)
{
  sqlite3_finalize (self->stmt);
  g_free (self);
}

/* %NULL if it could not be prepared. */
const char *
dial_statement_get_sql (DialStatement *self)
{
  return sqlite3_sql (self->stmt);
}

/* The statement's own failure was told when it was stepped, so what these return is no news. */
void
dial_statement_reset (DialStatement *self)
{
  sqlite3_reset (self->stmt);
  if (self->n_bound > 0)
    sqlite3_clear_bindings (self->stmt);
  self->n_bound = 0;
}

void
dial_statement_bind_int64 (DialStatement *self,
                           gint64         value)
{
  if (!dial_connection_has_failed (self->connection))
    dial_connection_check (self->connection,
                           sqlite3_bind_int64 (self->stmt, ++self->n_bound, value));
}

void
dial_statement_bind_text (DialStatement *self,
                          const char    *value)
{
  if (!dial_connection_has_failed (self->connection))
    dial_connection_check (self->connection,
                           sqlite3_bind_text (self->stmt, ++self->n_bound, value, -1,
                                              SQLITE_TRANSIENT));
}

/* Without a copy: @value must stay as it is until the statement has run. */
void
dial_statement_bind_lasting_text (DialStatement *self,
                                  const char    *value)
{
  if (!dial_connection_has_failed (self->connection))
    dial_connection_check (self->connection,
                           sqlite3_bind_text (self->stmt, ++self->n_bound, value, -1,
                                              SQLITE_STATIC));
}

void
dial_statement_bind_bytes (DialStatement *self,
                           gconstpointer  data,
                           gsize          length)
{
  if (!dial_connection_has_failed (self->connection))
    dial_connection_check (self->connection,
                           sqlite3_bind_blob64 (self->stmt, ++self->n_bound, data, length,
                                                SQLITE_TRANSIENT));
}

/* Runs a statement that answers no rows. */
gboolean
dial_statement_run (DialStatement *self)
{
  while (dial_statement_next (self))
    continue;
  return !dial_connection_has_failed (self->connection);
}

/* Goes to the next row; FALSE after the last one and after a failure. */
gboolean
dial_statement_next (DialStatement *self)
{
  int status;

  if (dial_connection_has_failed (self->connection))
    return FALSE;

  status = sqlite3_step (self->stmt);
  if (status == SQLITE_ROW)
    return TRUE;

  if (status != SQLITE_DONE)
    dial_connection_check (self->connection, status);
  dial_statement_reset (self);
  return FALSE;
}

gint64
dial_statement_read_int64 (DialStatement *self,
                           int            column)
{
  return sqlite3_column_int64 (self->stmt, column);
}

/* Borrowed until the next step. */
const char *
dial_statement_read_text (DialStatement *self,
                          int            column)
{
  return (const char *) sqlite3_column_text (self->stmt, column);
}

char *
dial_statement_dup_text (DialStatement *self,
                         int            column)
{
  return g_strdup (dial_statement_read_text (self, column));
}

/* Borrowed until the next step. */
gconstpointer
dial_statement_read_bytes (DialStatement *self,
                           int            column,
                           gsize         *length)
{
  gconstpointer data = sqlite3_column_blob (self->stmt, column);

  *length = sqlite3_column_bytes (self->stmt, column);
  return data;
}
