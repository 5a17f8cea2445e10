#include "config.h"

#include "dial-saved-searches.h"

struct _DialSavedSearches
{
  GObject        parent_instance;

  DialCompanies *companies;
  GPtrArray     *parts;      /* of Part */
};

/* One company's. */
typedef struct {
  DialSavedSearches *owner;      /* not held */
  DialStore         *store;
  GPtrArray         *searches;   /* of DialSavedSearch; NULL until they are read */
  GCancellable      *reading;
} Part;

enum {
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialSavedSearches, dial_saved_searches, G_TYPE_OBJECT)

static void read_part (Part *part);

static void
part_free (Part *part)
{
  g_cancellable_cancel (part->reading);
  g_signal_handlers_disconnect_by_data (part->store, part);
  g_clear_object (&part->reading);
  g_clear_pointer (&part->searches, g_ptr_array_unref);
  g_clear_object (&part->store);
  g_free (part);
}

static Part *
part_new (DialSavedSearches *self,
          DialStore         *store)
{
  Part *part = g_new0 (Part, 1);

  part->owner = self;
  part->store = g_object_ref (store);
  g_signal_connect_swapped (store, "searches-changed", G_CALLBACK (read_part), part);
  read_part (part);
  return part;
}

static Part *
find_part (DialSavedSearches *self,
           DialStore         *store)
{
  for (guint i = 0; i < self->parts->len; i++) {
    Part *part = g_ptr_array_index (self->parts, i);

    if (part->store == store)
      return part;
  }

  return NULL;
}

static void
on_read_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DialSavedSearches) self = user_data;
  g_autoptr (GPtrArray) searches = dial_store_list_searches_finish (DIAL_STORE (source), result, NULL);
  Part *part = find_part (self, DIAL_STORE (source));

  if (searches == NULL || part == NULL)
    return;

  g_clear_pointer (&part->searches, g_ptr_array_unref);
  part->searches = g_steal_pointer (&searches);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
read_part (Part *part)
{
  g_cancellable_cancel (part->reading);
  g_clear_object (&part->reading);
  part->reading = g_cancellable_new ();
  dial_store_list_searches_async (part->store, part->reading, on_read_cb, g_object_ref (part->owner));
}

/* Companies tell of every step of a sync: what is read already stays. */
static void
gather (DialSavedSearches *self)
{
  g_autoptr (GPtrArray) companies = dial_companies_list (self->companies);
  gboolean same = companies->len == self->parts->len;

  for (guint i = 0; same && i < companies->len; i++) {
    Part *part = g_ptr_array_index (self->parts, i);

    same = part->store == dial_integration_get_store (g_ptr_array_index (companies, i));
  }
  if (same)
    return;

  g_ptr_array_set_size (self->parts, 0);
  for (guint i = 0; i < companies->len; i++) {
    DialStore *store = dial_integration_get_store (g_ptr_array_index (companies, i));

    g_ptr_array_add (self->parts, part_new (self, store));
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
dial_saved_searches_dispose (GObject *object)
{
  DialSavedSearches *self = DIAL_SAVED_SEARCHES (object);

  g_ptr_array_set_size (self->parts, 0);
  g_clear_object (&self->companies);

  G_OBJECT_CLASS (dial_saved_searches_parent_class)->dispose (object);
}

static void
dial_saved_searches_finalize (GObject *object)
{
  g_ptr_array_unref (DIAL_SAVED_SEARCHES (object)->parts);

  G_OBJECT_CLASS (dial_saved_searches_parent_class)->finalize (object);
}

static void
dial_saved_searches_class_init (DialSavedSearchesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dial_saved_searches_dispose;
  object_class->finalize = dial_saved_searches_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", DIAL_TYPE_SAVED_SEARCHES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] =
    g_signal_new ("failed", DIAL_TYPE_SAVED_SEARCHES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
dial_saved_searches_init (DialSavedSearches *self)
{
  self->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
}

/**
 * dial_saved_searches_new:
 * @companies: whose searches
 *
 * Returns: (transfer full): the saved searches; empty until the stores have answered
 */
DialSavedSearches *
dial_saved_searches_new (DialCompanies *companies)
{
  DialSavedSearches *self;

  g_return_val_if_fail (DIAL_IS_COMPANIES (companies), NULL);

  self = g_object_new (DIAL_TYPE_SAVED_SEARCHES, NULL);
  self->companies = g_object_ref (companies);
  g_signal_connect_object (companies, "changed", G_CALLBACK (gather), self, G_CONNECT_SWAPPED);
  gather (self);
  return self;
}

static DialSavedSearch *
find_search (Part       *part,
             const char *name)
{
  for (guint i = 0; part->searches != NULL && i < part->searches->len; i++) {
    DialSavedSearch *search = g_ptr_array_index (part->searches, i);

    if (g_str_equal (search->name, name))
      return search;
  }

  return NULL;
}

static int
compare (gconstpointer one,
         gconstpointer other)
{
  const DialSavedSearch *a = *(const DialSavedSearch **) one;
  const DialSavedSearch *b = *(const DialSavedSearch **) other;

  return g_utf8_collate (a->name, b->name);
}

/**
 * dial_saved_searches_list:
 * @self: saved searches
 *
 * Returns: (transfer full) (element-type DialSavedSearch): all of them, by name; their ids mean nothing here
 */
GPtrArray *
dial_saved_searches_list (DialSavedSearches *self)
{
  GPtrArray *searches;
  g_autoptr (GHashTable) names = NULL;

  g_return_val_if_fail (DIAL_IS_SAVED_SEARCHES (self), NULL);

  searches = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_saved_search_free);
  names = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->parts->len; i++) {
    Part *part = g_ptr_array_index (self->parts, i);

    for (guint k = 0; part->searches != NULL && k < part->searches->len; k++) {
      DialSavedSearch *search = g_ptr_array_index (part->searches, k);

      if (g_hash_table_add (names, search->name))
        g_ptr_array_add (searches, dial_saved_search_new (search->id, search->name, search->query));
    }
  }
  g_ptr_array_sort (searches, compare);

  return searches;
}

/**
 * dial_saved_searches_have:
 * @self: saved searches
 * @name: a name
 *
 * Returns: whether there is one of this name
 */
gboolean
dial_saved_searches_have (DialSavedSearches *self,
                          const char        *name)
{
  g_return_val_if_fail (DIAL_IS_SAVED_SEARCHES (self), FALSE);

  for (guint i = 0; i < self->parts->len; i++)
    if (find_search (g_ptr_array_index (self->parts, i), name) != NULL)
      return TRUE;

  return FALSE;
}

static void
tell_failure (DialSavedSearches *self,
              const GError      *error)
{
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error->message);
}

static void
on_saved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DialSavedSearches) self = user_data;
  g_autoptr (GError) error = NULL;

  dial_store_save_search_finish (DIAL_STORE (source), result, &error);
  tell_failure (self, error);
}

/**
 * dial_saved_searches_save:
 * @self: saved searches
 * @name: what to call it; one of the same name is replaced
 * @query: whom it looks for
 *
 * Saves a search in each company that is looked at.
 */
void
dial_saved_searches_save (DialSavedSearches *self,
                          const char        *name,
                          const DialQuery   *query)
{
  g_return_if_fail (DIAL_IS_SAVED_SEARCHES (self));
  g_return_if_fail (name != NULL);
  g_return_if_fail (query != NULL);

  for (guint i = 0; i < self->parts->len; i++) {
    Part *part = g_ptr_array_index (self->parts, i);

    dial_store_save_search_async (part->store, name, query, NULL, on_saved_cb, g_object_ref (self));
  }
}

static void
on_deleted_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DialSavedSearches) self = user_data;
  g_autoptr (GError) error = NULL;

  dial_store_delete_search_finish (DIAL_STORE (source), result, &error);
  tell_failure (self, error);
}

/**
 * dial_saved_searches_delete:
 * @self: saved searches
 * @name: which
 *
 * Deletes a search in each company that is looked at.
 */
void
dial_saved_searches_delete (DialSavedSearches *self,
                            const char        *name)
{
  g_return_if_fail (DIAL_IS_SAVED_SEARCHES (self));
  g_return_if_fail (name != NULL);

  for (guint i = 0; i < self->parts->len; i++) {
    Part *part = g_ptr_array_index (self->parts, i);
    DialSavedSearch *search = find_search (part, name);

    if (search != NULL)
      dial_store_delete_search_async (part->store, search->id, NULL, on_deleted_cb, g_object_ref (self));
  }
}
