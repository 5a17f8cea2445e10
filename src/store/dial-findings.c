#include "dial-findings.h"

G_DEFINE_BOXED_TYPE (DialFindings, dial_findings, dial_findings_ref, dial_findings_unref)

/**
 * dial_findings_new:
 *
 * Returns: (transfer full): nobody at all
 */
DialFindings *
dial_findings_new (void)
{
  DialFindings *self = g_atomic_rc_box_new0 (DialFindings);

  self->places = dial_places_new ();
  return self;
}

/**
 * dial_findings_ref:
 * @self: findings
 *
 * Returns: (transfer full): the same
 */
DialFindings *
dial_findings_ref (DialFindings *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
findings_clear (gpointer data)
{
  dial_places_free (((DialFindings *) data)->places);
}

/**
 * dial_findings_unref:
 * @self: (transfer full): findings
 *
 * Lets go of the findings.
 */
void
dial_findings_unref (DialFindings *self)
{
  g_atomic_rc_box_release_full (self, findings_clear);
}

/**
 * dial_choice_new:
 * @value: what can be chosen
 * @count: how many candidates would be left
 *
 * Returns: (transfer full): a choice
 */
DialChoice *
dial_choice_new (const char *value,
                 guint       count)
{
  DialChoice *self = g_new0 (DialChoice, 1);

  self->value = g_strdup (value);
  self->count = count;
  return self;
}

/**
 * dial_choice_free:
 * @self: (nullable): a choice
 *
 * Frees a choice.
 */
void
dial_choice_free (DialChoice *self)
{
  if (self == NULL)
    return;

  g_free (self->value);
  g_free (self);
}

/**
 * dial_saved_search_new:
 * @id: the store's id
 * @name: what the recruiter calls it
 * @query: what is searched for
 *
 * Returns: (transfer full): a saved search
 */
DialSavedSearch *
dial_saved_search_new (gint64           id,
                       const char      *name,
                       const DialQuery *query)
{
  DialSavedSearch *self = g_new0 (DialSavedSearch, 1);

  self->id = id;
  self->name = g_strdup (name);
  self->query = dial_query_copy (query);
  return self;
}

/**
 * dial_saved_search_free:
 * @self: (nullable): a saved search
 *
 * Frees a saved search.
 */
void
dial_saved_search_free (DialSavedSearch *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  dial_query_free (self->query);
  g_free (self);
}
