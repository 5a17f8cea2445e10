#include "config.h"

#include "dial-choices.h"

typedef struct {
  GHashTable *counts;    /* by value: how many, of all companies */
  guint       waiting;   /* companies that have not answered */
  GError     *error;     /* the first one's that could not */
} Count;

static void
count_free (Count *count)
{
  g_hash_table_unref (count->counts);
  g_clear_error (&count->error);
  g_free (count);
}

static int
compare (gconstpointer one,
         gconstpointer other)
{
  const DialChoice *a = *(const DialChoice **) one;
  const DialChoice *b = *(const DialChoice **) other;

  if (a->count != b->count)
    return a->count > b->count ? -1 : 1;
  return g_utf8_collate (a->value, b->value);
}

static GPtrArray *
list_choices (Count *count)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_choice_free);
  GHashTableIter iter;
  gpointer value, number;

  g_hash_table_iter_init (&iter, count->counts);
  while (g_hash_table_iter_next (&iter, &value, &number))
    g_ptr_array_add (choices, dial_choice_new (value, GPOINTER_TO_UINT (number)));
  g_ptr_array_sort (choices, compare);

  return choices;
}

/* One answer less to wait for. */
static void
go_on (GTask *task)
{
  Count *count = g_task_get_task_data (task);

  if (--count->waiting > 0)
    return;

  if (count->error != NULL)
    g_task_return_error (task, g_steal_pointer (&count->error));
  else
    g_task_return_pointer (task, list_choices (count), (GDestroyNotify) g_ptr_array_unref);
}

static void
add (Count      *count,
     const char *value,
     guint       number)
{
  guint so_far = GPOINTER_TO_UINT (g_hash_table_lookup (count->counts, value));

  g_hash_table_insert (count->counts, g_strdup (value), GUINT_TO_POINTER (so_far + number));
}

static void
keep_error (Count        *count,
            const GError *error)
{
  if (error != NULL && count->error == NULL)
    count->error = g_error_copy (error);
}

static void
on_counted_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Count *count = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) choices = dial_store_count_choices_finish (DIAL_STORE (source), result, &error);

  for (guint i = 0; choices != NULL && i < choices->len; i++) {
    DialChoice *choice = g_ptr_array_index (choices, i);

    add (count, choice->value, choice->count);
  }
  keep_error (count, error);
  go_on (task);
}

/* Whose the recruiter's own are, the store does not know as long as nobody asks for them. */
static void
count_mine (GTask           *task,
            DialIntegration *integration,
            const DialQuery *query)
{
  Count *count = g_task_get_task_data (task);
  g_autoptr (DialQuery) mine = dial_query_copy (query);
  g_autoptr (DialQuery) own = NULL;

  mine->user_id = 1;
  own = dial_integration_dup_query (integration, mine);
  count->waiting++;
  dial_store_count_choices_async (dial_integration_get_store (integration), own, DIAL_FACET_MINE,
                                  g_task_get_cancellable (task), on_counted_cb, g_object_ref (task));
}

/**
 * dial_choices_count_async:
 * @companies: whose candidates
 * @query: those that are looked for
 * @facet: what to count by
 * @cancellable: (nullable): to give up
 * @callback: what to do then
 * @user_data: for @callback
 *
 * Counts what there is to filter by, over all companies that are looked at: what bears the same name is the same.
 */
void
dial_choices_count_async (DialCompanies       *companies,
                          const DialQuery     *query,
                          DialFacet            facet,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GPtrArray) active = NULL;
  Count *count;

  g_return_if_fail (DIAL_IS_COMPANIES (companies));
  g_return_if_fail (query != NULL);

  task = g_task_new (companies, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_choices_count_async);
  count = g_new0 (Count, 1);
  count->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_task_set_task_data (task, count, (GDestroyNotify) count_free);

  active = dial_companies_list_active (companies);
  count->waiting = active->len + 1;
  for (guint i = 0; i < active->len; i++) {
    DialIntegration *integration = g_ptr_array_index (active, i);
    g_autoptr (DialQuery) own = dial_integration_dup_query (integration, query);

    dial_store_count_choices_async (dial_integration_get_store (integration), own, facet, cancellable,
                                    on_counted_cb, g_object_ref (task));
    if (facet == DIAL_FACET_OTHER && query->user_id == 0)
      count_mine (task, integration, query);
  }

  /* The one that was held back until all are asked. */
  go_on (task);
}

/**
 * dial_choices_count_finish:
 * @companies: whose candidates
 * @result: what the callback was given
 * @error: why it could not be
 *
 * Returns: (transfer full) (element-type DialChoice) (nullable): the choices, most first
 */
GPtrArray *
dial_choices_count_finish (DialCompanies  *companies,
                           GAsyncResult   *result,
                           GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, companies), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
