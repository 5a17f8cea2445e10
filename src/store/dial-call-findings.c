#include "dial-call-findings.h"

#include <string.h>

/* A uid is as long as a UUID is written. */
#define CHUNK_SIZE (64 * 37)

G_DEFINE_BOXED_TYPE (DialCallFindings, dial_call_findings, dial_call_findings_ref, dial_call_findings_unref)

/**
 * dial_call_query_new:
 * @filter: which calls
 * @text: with whom
 *
 * Returns: (transfer full): a query of today, as the recruiter's clock and zone have it now
 */
DialCallQuery *
dial_call_query_new (DialCallFilter  filter,
                     const char     *text)
{
  DialCallQuery *self = g_new0 (DialCallQuery, 1);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) midnight = NULL;
  int year, month, day;

  g_date_time_get_ymd (now, &year, &month, &day);
  midnight = g_date_time_new_local (year, month, day, 0, 0, 0);

  self->filter = filter;
  self->text = g_strdup (text != NULL ? text : "");
  self->day = g_date_time_format (now, "%Y-%m-%d");
  self->day_begins = g_date_time_to_unix (midnight) * G_USEC_PER_SEC;
  return self;
}

/**
 * dial_call_query_copy:
 * @self: a query
 *
 * Returns: (transfer full): a copy
 */
DialCallQuery *
dial_call_query_copy (const DialCallQuery *self)
{
  DialCallQuery *copy = g_memdup2 (self, sizeof *self);

  copy->text = g_strdup (self->text);
  copy->day = g_strdup (self->day);
  return copy;
}

/**
 * dial_call_query_free:
 * @self: (transfer full): a query
 *
 * Frees the query.
 */
void
dial_call_query_free (DialCallQuery *self)
{
  g_free (self->text);
  g_free (self->day);
  g_free (self);
}

/**
 * dial_call_key_compare:
 * @a: a key
 * @b: another one
 *
 * Returns: less than 0 if @a comes first
 */
int
dial_call_key_compare (const DialCallKey *a,
                       const DialCallKey *b)
{
  if (a->due != b->due)
    return a->due > b->due ? -1 : 1;
  if (a->started_at != b->started_at)
    return a->started_at > b->started_at ? -1 : 1;

  return strcmp (b->uid, a->uid);
}

/**
 * dial_call_findings_new:
 *
 * Returns: (transfer full): no calls at all
 */
DialCallFindings *
dial_call_findings_new (void)
{
  DialCallFindings *self = g_atomic_rc_box_new0 (DialCallFindings);

  self->keys = g_array_new (FALSE, FALSE, sizeof (DialCallKey));
  self->uids = g_string_chunk_new (CHUNK_SIZE);
  return self;
}

/**
 * dial_call_findings_add:
 * @self: findings nobody else holds yet
 * @due: see [struct@CallKey]
 * @started_at: when the call began
 * @uid: the call
 *
 * Adds a call behind the others.
 */
void
dial_call_findings_add (DialCallFindings *self,
                        gint64            due,
                        gint64            started_at,
                        const char       *uid)
{
  DialCallKey key = { due, started_at, g_string_chunk_insert (self->uids, uid) };

  g_array_append_val (self->keys, key);
}

/**
 * dial_call_findings_ref:
 * @self: findings
 *
 * Returns: (transfer full): the same
 */
DialCallFindings *
dial_call_findings_ref (DialCallFindings *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
findings_clear (gpointer data)
{
  DialCallFindings *self = data;

  g_array_unref (self->keys);
  g_string_chunk_free (self->uids);
}

/**
 * dial_call_findings_unref:
 * @self: (transfer full): findings
 *
 * Lets go of the findings.
 */
void
dial_call_findings_unref (DialCallFindings *self)
{
  g_atomic_rc_box_release_full (self, findings_clear);
}
