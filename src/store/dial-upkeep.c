#include "dial-upkeep.h"

#include "dial-statement.h"

#define WIPE "wipe"
#define TIDY "tidy"

/* Pages of the index that one step of wiping writes, and of tidying up. */
#define WIPE_PAGES 1000
#define TIDY_PAGES 250

/* After so many who were indexed there are parts enough to tidy up. */
#define UNTIDY 2000

static gboolean
has_chore (DialConnection *connection,
           const char     *name)
{
  DialStatement *statement = dial_connection_prepare (connection,
                                                      "SELECT 1 FROM chores WHERE name = ?");
  gboolean found;

  dial_statement_bind_text (statement, name);
  found = dial_statement_next (statement);
  dial_statement_reset (statement);
  return found;
}

static void
set_chore (DialConnection *connection,
           const char     *name,
           gboolean        is_to_do)
{
  DialStatement *statement =
    dial_connection_prepare (connection, is_to_do ? "INSERT OR IGNORE INTO chores (name) VALUES (?)"
                                                  : "DELETE FROM chores WHERE name = ?");

  dial_statement_bind_text (statement, name);
  dial_statement_run (statement);
}

/* Has FTS5 merge so many pages, from scratch where the number is negative; FALSE if there is nothing left. */
static gboolean
merge (DialConnection *connection,
       int             n_pages)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "INSERT INTO candidate_search (candidate_search, rank) "
                             "VALUES ('merge', ?)");
  int before = dial_connection_get_total_changes (connection);

  dial_statement_bind_int64 (statement, n_pages);
  dial_statement_run (statement);

  /* That is FTS5's own sign. */
  return dial_connection_get_total_changes (connection) - before >= 2;
}

/* Takes up what an earlier run of the program has left. */
void
dial_upkeep_recall (DialUpkeep     *self,
                    DialConnection *connection)
{
  self->has_to_wipe |= has_chore (connection, WIPE);
  self->is_untidy |= has_chore (connection, TIDY);
}

/* Somebody is forgotten in this transaction. */
void
dial_upkeep_ask_wipe (DialUpkeep     *self,
                      DialConnection *connection)
{
  self->has_to_wipe = TRUE;
  self->is_wiping = FALSE;
  set_chore (connection, WIPE, TRUE);
}

/* A step towards an index that is all one part, and so holds nothing of the forgotten; in a transaction of its
 * own, after the one that forgot. Whether that is so now; then the log is to be wiped too. */
gboolean
dial_upkeep_wipe (DialUpkeep     *self,
                  DialConnection *connection)
{
  self->has_to_wipe = merge (connection, self->is_wiping ? WIPE_PAGES : -WIPE_PAGES);
  self->is_wiping = self->has_to_wipe;
  if (!self->has_to_wipe)
    set_chore (connection, WIPE, FALSE);
  return !self->has_to_wipe;
}

/* So many were indexed in this transaction. */
void
dial_upkeep_count (DialUpkeep     *self,
                   DialConnection *connection,
                   guint           n_indexed)
{
  self->n_indexed += n_indexed;
  if (self->n_indexed < UNTIDY || self->is_untidy)
    return;

  self->is_untidy = TRUE;
  set_chore (connection, TIDY, TRUE);
}

/* A step towards an index of few parts, of a few milliseconds. */
void
dial_upkeep_tidy (DialUpkeep     *self,
                  DialConnection *connection)
{
  if (merge (connection, TIDY_PAGES))
    return;

  self->is_untidy = FALSE;
  self->n_indexed = 0;
  set_chore (connection, TIDY, FALSE);
}
