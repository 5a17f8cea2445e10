#include "config.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "dial-filter.h"

/* Somebody's: who, each company knows for itself. */
#define SOMEBODY 1

static DialFilter *
dial_filter_new (DialFilterKind  kind,
                 const char     *value)
{
  DialFilter *self = g_new0 (DialFilter, 1);

  self->kind = kind;
  self->value = g_strdup (value);
  return self;
}

/**
 * dial_filter_free:
 * @self: (nullable): a filter
 */
void
dial_filter_free (DialFilter *self)
{
  if (self == NULL)
    return;

  g_free (self->value);
  g_free (self);
}

static char *
dup_status (const char *status)
{
  static const struct {
    const char *status;
    const char *words;
  } known[] = {
    { "in_process", NC_("status of an application", "in process") },
    { "rejected", NC_("status of an application", "rejected") },
    { "hired", NC_("status of an application", "hired") },
    { "converted", NC_("status of an application", "converted") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (known[i].status, status) == 0)
      return g_strdup (g_dpgettext2 (NULL, "status of an application", known[i].words));

  return g_strdup (status);
}

static char *
dup_quiet (const char *value)
{
  guint days = strtoul (value, NULL, 10);

  return g_strdup_printf (ngettext ("not contacted for %u day", "not contacted for %u days", days), days);
}

/**
 * dial_filter_dup_words:
 * @kind: by what
 * @value: (nullable): by which
 *
 * Returns: (transfer full): the filter in words
 */
char *
dial_filter_dup_words (DialFilterKind  kind,
                       const char     *value)
{
  switch (kind) {
  case DIAL_FILTER_STATUS:
    return dup_status (value);
  case DIAL_FILTER_QUIET:
    return dup_quiet (value);
  case DIAL_FILTER_PHONE:
    return g_strdup (C_("candidates", "with a phone"));
  case DIAL_FILTER_MINE:
    /* Translators: candidates of whom the user is the recruiter or the coordinator */
    return g_strdup (C_("candidates", "mine"));
  case DIAL_FILTER_PRIVATE:
    return g_strdup (C_("candidates", "private"));
  case DIAL_FILTER_JOB:
  case DIAL_FILTER_STAGE:
  case DIAL_FILTER_TAG:
  default:
    return g_strdup (value);
  }
}

/* Where a query keeps filters of this kind; NULL where it keeps no names. */
static GStrv *
get_names (DialQuery      *query,
           DialFilterKind  kind)
{
  switch (kind) {
  case DIAL_FILTER_JOB:
    return &query->jobs;
  case DIAL_FILTER_STAGE:
    return &query->stages;
  case DIAL_FILTER_STATUS:
    return &query->statuses;
  case DIAL_FILTER_TAG:
    return &query->tags;
  case DIAL_FILTER_QUIET:
  case DIAL_FILTER_PHONE:
  case DIAL_FILTER_MINE:
  case DIAL_FILTER_PRIVATE:
  default:
    return NULL;
  }
}

static gboolean
is_on (const DialQuery *query,
       DialFilterKind   kind)
{
  return (kind == DIAL_FILTER_QUIET && query->quiet_days > 0) ||
         (kind == DIAL_FILTER_PHONE && query->has_phone) ||
         (kind == DIAL_FILTER_MINE && query->user_id != 0) ||
         (kind == DIAL_FILTER_PRIVATE && query->is_private);
}

/**
 * dial_filter_list_kind:
 * @query: a query
 * @kind: by what
 *
 * Returns: (transfer full) (element-type DialFilter): the query's filters of this kind
 */
GPtrArray *
dial_filter_list_kind (const DialQuery *query,
                       DialFilterKind   kind)
{
  GPtrArray *filters = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_filter_free);
  GStrv *names = get_names ((DialQuery *) query, kind);

  for (guint i = 0; names != NULL && (*names)[i] != NULL; i++)
    g_ptr_array_add (filters, dial_filter_new (kind, (*names)[i]));
  if (is_on (query, kind)) {
    g_autofree char *days = g_strdup_printf ("%u", query->quiet_days);

    g_ptr_array_add (filters, dial_filter_new (kind, kind == DIAL_FILTER_QUIET ? days : NULL));
  }

  return filters;
}

/**
 * dial_filter_list:
 * @query: a query
 *
 * Returns: (transfer full) (element-type DialFilter): all filters of the query, in the order in which chips show them
 */
GPtrArray *
dial_filter_list (const DialQuery *query)
{
  static const DialFilterKind order[] = {
    DIAL_FILTER_STAGE, DIAL_FILTER_JOB, DIAL_FILTER_STATUS, DIAL_FILTER_TAG,
    DIAL_FILTER_QUIET, DIAL_FILTER_PHONE, DIAL_FILTER_MINE, DIAL_FILTER_PRIVATE,
  };
  GPtrArray *filters = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_filter_free);

  for (guint i = 0; i < G_N_ELEMENTS (order); i++) {
    GPtrArray *of_kind = dial_filter_list_kind (query, order[i]);

    g_ptr_array_extend_and_steal (filters, of_kind);
  }

  return filters;
}

/**
 * dial_filter_is_set:
 * @query: a query
 * @kind: by what
 * @value: (nullable): by which
 *
 * Returns: whether the query filters by this
 */
gboolean
dial_filter_is_set (const DialQuery *query,
                    DialFilterKind   kind,
                    const char      *value)
{
  GStrv *names = get_names ((DialQuery *) query, kind);

  if (names != NULL)
    return g_strv_contains ((const char * const *) *names, value);
  if (kind == DIAL_FILTER_QUIET)
    return query->quiet_days > 0 && query->quiet_days == strtoul (value, NULL, 10);
  return is_on (query, kind);
}

static void
set_name (GStrv      *names,
          const char *name,
          gboolean    on)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; (*names)[i] != NULL; i++)
    if (g_strcmp0 ((*names)[i], name) != 0)
      g_strv_builder_add (builder, (*names)[i]);
  if (on)
    g_strv_builder_add (builder, name);

  g_strfreev (*names);
  *names = g_strv_builder_end (builder);
}

/**
 * dial_filter_set:
 * @query: a query
 * @kind: by what
 * @value: (nullable): by which
 * @on: whether to filter by it
 */
void
dial_filter_set (DialQuery      *query,
                 DialFilterKind  kind,
                 const char     *value,
                 gboolean        on)
{
  switch (kind) {
  case DIAL_FILTER_QUIET:
    query->quiet_days = on ? strtoul (value, NULL, 10) : 0;
    break;
  case DIAL_FILTER_PHONE:
    query->has_phone = on;
    break;
  case DIAL_FILTER_MINE:
    query->user_id = on ? SOMEBODY : 0;
    break;
  case DIAL_FILTER_PRIVATE:
    query->is_private = on;
    break;
  case DIAL_FILTER_JOB:
  case DIAL_FILTER_STAGE:
  case DIAL_FILTER_STATUS:
  case DIAL_FILTER_TAG:
  default:
    set_name (get_names (query, kind), value, on);
    break;
  }
}

/**
 * dial_filter_clear:
 * @query: a query
 *
 * Takes all filters away; text and order stay.
 */
void
dial_filter_clear (DialQuery *query)
{
  g_autoptr (GPtrArray) filters = dial_filter_list (query);

  for (guint i = 0; i < filters->len; i++) {
    DialFilter *filter = g_ptr_array_index (filters, i);

    dial_filter_set (query, filter->kind, filter->value, FALSE);
  }
}

/**
 * dial_filter_describe:
 * @query: a query
 *
 * Returns: (transfer full): what it looks for, in words: its text and its filters
 */
char *
dial_filter_describe (const DialQuery *query)
{
  g_autoptr (GPtrArray) filters = dial_filter_list (query);
  GString *words = g_string_new (query->text);

  for (guint i = 0; i < filters->len; i++) {
    DialFilter *filter = g_ptr_array_index (filters, i);
    g_autofree char *part = dial_filter_dup_words (filter->kind, filter->value);

    if (words->len > 0)
      /* Translators: between two filters in a list, such as Phone Screen, Backend */
      g_string_append (words, C_("list of filters", ", "));
    g_string_append (words, part);
  }

  return g_string_free (words, FALSE);
}
