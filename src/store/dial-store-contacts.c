#include "dial-store-private.h"

/* Who stands in a phone system, and who is to. */

/* So many candidates are looked at in one go, so that others who read need not wait. */
#define STRIDE 4000

/* What there is to do comes in such portions. */
#define PORTION 500

#define LIST_SEPARATOR "\n"

typedef struct {
  DialContactChoice *choice;
  GStrv              jobs;      /* folded */
  GStrv              stages;
  gint64             after;
} Quest;

typedef struct {
  char      *account;
  GPtrArray *links;
} Saving;

/**
 * dial_contact_choice_copy:
 * @self: a choice
 *
 * Returns: (transfer full): a copy
 */
DialContactChoice *
dial_contact_choice_copy (const DialContactChoice *self)
{
  DialContactChoice *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->account = g_strdup (self->account);
  copy->tag = g_strdup (self->tag);
  copy->url_prefix = g_strdup (self->url_prefix);
  copy->jobs = self->jobs != NULL ? g_strdupv (self->jobs) : g_new0 (char *, 1);
  copy->stages = self->stages != NULL ? g_strdupv (self->stages) : g_new0 (char *, 1);
  return copy;
}

/**
 * dial_contact_choice_free:
 * @self: (nullable): a choice
 *
 * Frees a choice.
 */
void
dial_contact_choice_free (DialContactChoice *self)
{
  if (self == NULL)
    return;

  g_free (self->account);
  g_free (self->tag);
  g_free (self->url_prefix);
  g_strfreev (self->jobs);
  g_strfreev (self->stages);
  g_free (self);
}

static void
row_free (DialContactRow *row)
{
  dial_contact_card_free (row->card);
  dial_contact_link_free (row->link);
  g_free (row);
}

/**
 * dial_contact_work_free:
 * @self: (nullable): what there is to do
 *
 * Frees it.
 */
void
dial_contact_work_free (DialContactWork *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->rows);
  g_free (self);
}

/* Links */

#define LINK_COLUMNS \
  "candidate_id, contact_id, ours, seen, sent_at, tag, problem, name, title, company, numbers, emails, url"

static DialContactCard *
read_card (DialStatement *statement,
           int            first)
{
  const char *numbers = dial_statement_read_text (statement, first + 3);
  const char *emails = dial_statement_read_text (statement, first + 4);
  g_auto (GStrv) number_list = g_strsplit (numbers != NULL ? numbers : "", LIST_SEPARATOR, -1);
  g_auto (GStrv) email_list = g_strsplit (emails != NULL ? emails : "", LIST_SEPARATOR, -1);

  if (dial_statement_read_text (statement, first) == NULL)
    return NULL;

  return dial_contact_card_new (dial_statement_read_text (statement, first),
                                dial_statement_read_text (statement, first + 1),
                                dial_statement_read_text (statement, first + 2),
                                (const char * const *) number_list, (const char * const *) email_list,
                                dial_statement_read_text (statement, first + 5));
}

static DialContactLink *
read_link (DialStatement *statement)
{
  DialContactLink *link = dial_contact_link_new (dial_statement_read_int64 (statement, 0));

  link->contact_id = dial_statement_read_int64 (statement, 1);
  link->ours = dial_statement_read_int64 (statement, 2) != 0;
  link->seen = dial_statement_read_int64 (statement, 3) != 0;
  link->sent_at = dial_statement_read_int64 (statement, 4);
  dial_set_str (&link->tag, dial_statement_read_text (statement, 5));
  link->problem = dial_statement_dup_text (statement, 6);
  link->card = read_card (statement, 7);
  return link;
}

static DialContactLink *
find_link (DialConnection *connection,
           const char     *account,
           gint64          candidate_id)
{
  DialContactLink *link = NULL;
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT " LINK_COLUMNS " FROM contact_links WHERE candidate_id = ? AND account = ?");

  dial_statement_bind_int64 (statement, candidate_id);
  dial_statement_bind_text (statement, account);
  if (dial_statement_next (statement))
    link = read_link (statement);
  dial_statement_reset (statement);
  return link;
}

static guint
count_others (DialConnection  *connection,
              const char      *account,
              DialContactLink *link)
{
  guint n = 0;
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT count(*) FROM contact_links WHERE account = ? AND contact_id = ? "
                             "AND candidate_id <> ?");

  dial_statement_bind_text (statement, account);
  dial_statement_bind_int64 (statement, link->contact_id);
  dial_statement_bind_int64 (statement, link->candidate_id);
  if (dial_statement_next (statement))
    n = (guint) dial_statement_read_int64 (statement, 0);
  dial_statement_reset (statement);
  return n;
}

/* What there is to do */

static GStrv
fold_list (GStrv list)
{
  GStrv folded = g_strdupv (list);

  for (guint i = 0; folded[i] != NULL; i++) {
    char *word = g_utf8_casefold (folded[i], -1);

    g_free (folded[i]);
    folded[i] = word;
  }
  return folded;
}

static void
quest_free (gpointer data)
{
  Quest *quest = data;

  dial_contact_choice_free (quest->choice);
  g_strfreev (quest->jobs);
  g_strfreev (quest->stages);
  g_free (quest);
}

static gboolean
is_among (GStrv       list,
          const char *name)
{
  g_autofree char *folded = NULL;

  if (list[0] == NULL)
    return TRUE;
  if (name == NULL)
    return FALSE;

  folded = g_utf8_casefold (name, -1);
  return g_strv_contains ((const char * const *) list, folded);
}

static gboolean
is_chosen (DialConnection *connection,
           Quest          *quest,
           DialCandidate  *candidate)
{
  if (quest->jobs[0] == NULL && quest->stages[0] == NULL)
    return TRUE;

  dial_store_read_applications (connection, candidate);
  for (guint i = 0; i < candidate->applications->len; i++) {
    DialApplication *application = candidate->applications->pdata[i];

    if (g_strcmp0 (application->status, "rejected") != 0 && is_among (quest->jobs, application->job_name) &&
        is_among (quest->stages, application->stage_name))
      return TRUE;
  }
  return FALSE;
}

static void
look_at (DialConnection  *connection,
         Quest           *quest,
         gint64           id,
         DialContactWork *work)
{
  DialContactChoice *choice = quest->choice;
  g_autoptr (DialCandidate) candidate = choice->nobody ? NULL : dial_store_read_candidate (connection, id);
  g_autoptr (DialContactLink) link = find_link (connection, choice->account, id);
  g_autoptr (DialContactCard) card = NULL;
  gboolean chosen = candidate != NULL && is_chosen (connection, quest, candidate);
  DialContactTask task;
  DialContactRow *row;

  if (chosen && !candidate->is_private)
    card = dial_contact_card_new_for_candidate (candidate, choice->url_prefix);

  task = dial_contact_link_plan (link, card, choice->tag, choice->again);
  if (task == DIAL_CONTACT_TASK_SKIP) {
    work->n_skipped += chosen;
    return;
  }
  if (task == DIAL_CONTACT_TASK_NONE)
    return;
  if (task == DIAL_CONTACT_TASK_REMOVE && link->contact_id != 0)
    link->n_sharing = count_others (connection, choice->account, link);

  row = g_new0 (DialContactRow, 1);
  row->candidate_id = id;
  row->task = task;
  row->card = g_steal_pointer (&card);
  row->link = g_steal_pointer (&link);
  g_ptr_array_add (work->rows, row);
}

/* The next candidates and links, whichever there is. */
static GArray *
list_next_ids (DialConnection *connection,
               Quest          *quest)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT id FROM candidates WHERE id > ?1 UNION "
                             "SELECT candidate_id FROM contact_links WHERE candidate_id > ?1 AND account = ?2 "
                             "ORDER BY 1 LIMIT ?3");

  dial_statement_bind_int64 (statement, quest->after);
  dial_statement_bind_text (statement, quest->choice->account);
  dial_statement_bind_int64 (statement, STRIDE);
  while (dial_statement_next (statement)) {
    gint64 id = dial_statement_read_int64 (statement, 0);

    g_array_append_val (ids, id);
  }
  return ids;
}

static gpointer
find_contact_work (DialConnection *connection,
                   gpointer        data,
                   DialChanges    *changes)
{
  Quest *quest = data;
  g_autoptr (GArray) ids = list_next_ids (connection, quest);
  DialContactWork *work = g_new0 (DialContactWork, 1);

  work->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  work->known = dial_connection_query_int64 (connection,
                                             "SELECT EXISTS (SELECT 1 FROM sync_positions WHERE resource = "
                                             "'candidates' AND aim = 'records' AND completed_since > 0)") != 0;

  for (guint i = 0; i < ids->len && !dial_connection_has_failed (connection); i++) {
    gint64 id = g_array_index (ids, gint64, i);

    look_at (connection, quest, id, work);
    if (work->rows->len == PORTION || (i + 1 == ids->len && ids->len == STRIDE)) {
      work->next = id;
      break;
    }
  }
  return work;
}

/**
 * dial_store_find_contact_work_async:
 * @self: a store
 * @choice: who shall stand in which phone system
 * @after: only candidates whose id is larger
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Compares the candidates with what was last sent of them. The answer is a portion: look on after its `next`.
 */
void
dial_store_find_contact_work_async (DialStore               *self,
                                    const DialContactChoice *choice,
                                    gint64                   after,
                                    GCancellable            *cancellable,
                                    GAsyncReadyCallback      callback,
                                    gpointer                 user_data)
{
  DialRequest request = {
    .func = find_contact_work,
    .free_data = quest_free,
    .free_result = (GDestroyNotify) dial_contact_work_free,
  };
  Quest *quest;

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (choice != NULL);

  quest = g_new0 (Quest, 1);
  quest->choice = dial_contact_choice_copy (choice);
  quest->jobs = fold_list (quest->choice->jobs);
  quest->stages = fold_list (quest->choice->stages);
  quest->after = after;
  request.data = quest;
  dial_store_read_patiently (self, dial_store_find_contact_work_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_find_contact_work_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): what there is to do, or %NULL with @error set
 */
DialContactWork *
dial_store_find_contact_work_finish (DialStore     *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  return dial_store_finish (self, result, dial_store_find_contact_work_async, error);
}

/* Saving */

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_free (saving->account);
  g_ptr_array_unref (saving->links);
  g_free (saving);
}

static void
bind_card (DialStatement         *statement,
           const DialContactCard *card)
{
  g_autofree char *numbers = card != NULL ? g_strjoinv (LIST_SEPARATOR, card->numbers) : NULL;
  g_autofree char *emails = card != NULL ? g_strjoinv (LIST_SEPARATOR, card->emails) : NULL;

  dial_statement_bind_text (statement, card != NULL ? card->name : NULL);
  dial_statement_bind_text (statement, card != NULL ? card->title : NULL);
  dial_statement_bind_text (statement, card != NULL ? card->company : NULL);
  dial_statement_bind_text (statement, numbers);
  dial_statement_bind_text (statement, emails);
  dial_statement_bind_text (statement, card != NULL ? card->url : NULL);
}

static void
write_link (DialConnection        *connection,
            const char            *account,
            const DialContactLink *link)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "INSERT OR REPLACE INTO contact_links (account, " LINK_COLUMNS ") "
                             "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");

  dial_statement_bind_text (statement, account);
  dial_statement_bind_int64 (statement, link->candidate_id);
  dial_statement_bind_int64 (statement, link->contact_id);
  dial_statement_bind_int64 (statement, link->ours);
  dial_statement_bind_int64 (statement, link->seen);
  dial_statement_bind_int64 (statement, link->sent_at);
  dial_statement_bind_text (statement, link->tag);
  dial_statement_bind_text (statement, link->problem);
  bind_card (statement, link->card);
  dial_statement_run (statement);
}

/* Another candidate under the same contact takes it over, and gives it its own name. */
static void
leave_to_heir (DialConnection        *connection,
               const char            *account,
               const DialContactLink *link)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "UPDATE contact_links SET ours = 1, name = NULL WHERE account = ?1 AND candidate_id = "
                             "(SELECT min (candidate_id) FROM contact_links WHERE account = ?1 AND contact_id = ?2)");

  dial_statement_bind_text (statement, account);
  dial_statement_bind_int64 (statement, link->contact_id);
  dial_statement_run (statement);
}

static void
delete_link (DialConnection        *connection,
             const char            *account,
             const DialContactLink *link)
{
  g_autoptr (DialContactLink) kept = find_link (connection, account, link->candidate_id);
  DialStatement *statement =
    dial_connection_prepare (connection, "DELETE FROM contact_links WHERE account = ? AND candidate_id = ?");

  dial_statement_bind_text (statement, account);
  dial_statement_bind_int64 (statement, link->candidate_id);
  dial_statement_run (statement);
  /* It may have become the heir of somebody who went just before. */
  if (kept != NULL && kept->ours && link->contact_id != 0)
    leave_to_heir (connection, account, link);
}

static gpointer
save_contact_links (DialConnection *connection,
                    gpointer        data,
                    DialChanges    *changes)
{
  Saving *saving = data;

  for (guint i = 0; i < saving->links->len; i++) {
    const DialContactLink *link = saving->links->pdata[i];

    if (link->gone)
      delete_link (connection, saving->account, link);
    else
      write_link (connection, saving->account, link);
  }
  return NULL;
}

/**
 * dial_store_save_contact_links_async:
 * @self: a store
 * @account: the phone system
 * @links: (element-type DialContactLink): how candidates stand there now
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Keeps links, and deletes those that are gone.
 */
void
dial_store_save_contact_links_async (DialStore           *self,
                                     const char          *account,
                                     GPtrArray           *links,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  DialRequest request = { .func = save_contact_links, .free_data = saving_free };
  Saving *saving;

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (account != NULL && links != NULL);

  saving = g_new0 (Saving, 1);
  saving->account = g_strdup (account);
  saving->links = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_contact_link_free);
  for (guint i = 0; i < links->len; i++)
    g_ptr_array_add (saving->links, dial_contact_link_copy (links->pdata[i]));
  request.data = saving;
  dial_store_write (self, dial_store_save_contact_links_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_save_contact_links_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: whether they are on disk
 */
gboolean
dial_store_save_contact_links_finish (DialStore     *self,
                                      GAsyncResult  *result,
                                      GError       **error)
{
  return dial_store_finish_boolean (self, result, dial_store_save_contact_links_async, error);
}

/* Reading back, and counting */

static gpointer
list_unseen_contacts (DialConnection *connection,
                      gpointer        data,
                      DialChanges    *changes)
{
  GPtrArray *links = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_contact_link_free);
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT " LINK_COLUMNS " FROM contact_links "
                             "WHERE account = ? AND contact_id > 0 AND NOT seen ORDER BY candidate_id");

  dial_statement_bind_text (statement, data);
  while (dial_statement_next (statement))
    g_ptr_array_add (links, read_link (statement));
  return links;
}

/**
 * dial_store_list_unseen_contacts_async:
 * @self: a store
 * @account: the phone system
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Lists the links to contacts that were not read back yet.
 */
void
dial_store_list_unseen_contacts_async (DialStore           *self,
                                       const char          *account,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  DialRequest request = {
    .func = list_unseen_contacts,
    .free_data = g_free,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
  };

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (account != NULL);

  request.data = g_strdup (account);
  dial_store_read_patiently (self, dial_store_list_unseen_contacts_async, &request, cancellable, callback,
                             user_data);
}

/**
 * dial_store_list_unseen_contacts_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialContactLink): the links, or %NULL with @error set
 */
GPtrArray *
dial_store_list_unseen_contacts_finish (DialStore     *self,
                                        GAsyncResult  *result,
                                        GError       **error)
{
  return dial_store_finish (self, result, dial_store_list_unseen_contacts_async, error);
}

typedef struct {
  char   *account;
  gint64  after;
} Walk;

static void
walk_free (gpointer data)
{
  Walk *walk = data;

  g_free (walk->account);
  g_free (walk);
}

static gpointer
list_contact_links (DialConnection *connection,
                    gpointer        data,
                    DialChanges    *changes)
{
  Walk *walk = data;
  GPtrArray *links = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_contact_link_free);
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT " LINK_COLUMNS " FROM contact_links WHERE account = ? AND contact_id > 0 "
                             "AND candidate_id > ? ORDER BY candidate_id LIMIT ?");

  dial_statement_bind_text (statement, walk->account);
  dial_statement_bind_int64 (statement, walk->after);
  dial_statement_bind_int64 (statement, STRIDE);
  while (dial_statement_next (statement))
    g_ptr_array_add (links, read_link (statement));
  return links;
}

/**
 * dial_store_list_contact_links_async:
 * @self: a store
 * @account: the phone system
 * @after: only candidates whose id is larger
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Lists the links to contacts, a portion at a time, by the candidates' ids: look on after the last until there is
 * none.
 */
void
dial_store_list_contact_links_async (DialStore           *self,
                                     const char          *account,
                                     gint64               after,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  DialRequest request = {
    .func = list_contact_links,
    .free_data = walk_free,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
  };
  Walk *walk;

  g_return_if_fail (DIAL_IS_STORE (self));
  g_return_if_fail (account != NULL);

  walk = g_new0 (Walk, 1);
  walk->account = g_strdup (account);
  walk->after = after;
  request.data = walk;
  dial_store_read_patiently (self, dial_store_list_contact_links_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_list_contact_links_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialContactLink): the links, or %NULL with @error set
 */
GPtrArray *
dial_store_list_contact_links_finish (DialStore     *self,
                                      GAsyncResult  *result,
                                      GError       **error)
{
  return dial_store_finish (self, result, dial_store_list_contact_links_async, error);
}

static void
tally_free (gpointer data)
{
  DialContactTally *tally = data;

  g_free (tally->account);
  g_free (tally);
}

static gpointer
count_contacts (DialConnection *connection,
                gpointer        data,
                DialChanges    *changes)
{
  GPtrArray *tallies = g_ptr_array_new_with_free_func (tally_free);
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT account, count(*), sum (ours) FROM contact_links WHERE contact_id > 0 "
                             "GROUP BY account ORDER BY account");

  while (dial_statement_next (statement)) {
    DialContactTally *tally = g_new0 (DialContactTally, 1);

    tally->account = dial_statement_dup_text (statement, 0);
    tally->n_contacts = (guint) dial_statement_read_int64 (statement, 1);
    tally->n_ours = (guint) dial_statement_read_int64 (statement, 2);
    g_ptr_array_add (tallies, tally);
  }
  return tallies;
}

/**
 * dial_store_count_contacts_async:
 * @self: a store
 * @cancellable: (nullable): a cancellable
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Counts who stands in which phone system.
 */
void
dial_store_count_contacts_async (DialStore           *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  DialRequest request = {
    .func = count_contacts,
    .free_result = (GDestroyNotify) g_ptr_array_unref,
  };

  g_return_if_fail (DIAL_IS_STORE (self));

  dial_store_read (self, dial_store_count_contacts_async, &request, cancellable, callback, user_data);
}

/**
 * dial_store_count_contacts_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type DialContactTally): a tally of each phone system in which there is
 *   somebody, or %NULL with @error set
 */
GPtrArray *
dial_store_count_contacts_finish (DialStore     *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return dial_store_finish (self, result, dial_store_count_contacts_async, error);
}
