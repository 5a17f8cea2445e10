#include "dial-sandbox-query.h"
#include "dial-sandbox-v1.h"

#include <string.h>

/* What a list of v1 may be asked. */

#define MAX_LIST     50
#define MAX_PER_PAGE 500

/**
 * dial_sandbox_v1_complain:
 * @errors: (inout): a JSON array, begun
 * @field: what is wrong
 * @sentence: what is wrong with it
 *
 * Adds to what v1 says in "errors".
 */
void
dial_sandbox_v1_complain (GString    *errors,
                          const char *field,
                          const char *sentence)
{
  g_string_append (errors, errors->len > 1 ? ",{\"message\":" : "{\"message\":");
  dial_sandbox_append_string (errors, sentence);
  g_string_append (errors, ",\"field\":");
  dial_sandbox_append_string (errors, field);
  g_string_append_c (errors, '}');
}

/**
 * dial_sandbox_v1_query_get:
 * @self: a query
 * @name: a parameter
 *
 * Returns: (nullable): what was sent for it; where that was nothing, %NULL
 */
const char *
dial_sandbox_v1_query_get (DialSandboxV1Query *self,
                           const char         *name)
{
  const char *value = NULL;

  for (guint i = 0; i < self->pairs->len; i++) {
    const DialSandboxPair *pair = self->pairs->pdata[i];

    if (strcmp (pair->name, name) == 0)
      value = pair->value;
  }

  return value != NULL && value[0] != '\0' ? value : NULL;
}

static gint64
take_integer (DialSandboxV1Query *self,
              const char         *name,
              gint64              fallback,
              gint64              max,
              GString            *errors)
{
  const char *text = dial_sandbox_v1_query_get (self, name);
  g_autofree char *sentence = NULL;
  gint64 number;

  if (text == NULL || g_ascii_string_to_signed (text, 10, 1, max, &number, NULL))
    return text != NULL ? number : fallback;

  sentence = max < G_MAXINT32 ? g_strdup_printf ("Must be an integer from 1 to %" G_GINT64_FORMAT,
                                                 max) : g_strdup ("Must be an integer");
  dial_sandbox_v1_complain (errors, name, sentence);
  return fallback;
}

static gint64
take_time (DialSandboxV1Query *self,
           const char         *name,
           gint64              fallback,
           GString            *errors)
{
  const char *text = dial_sandbox_v1_query_get (self, name);
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  if (time != NULL)
    return g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);

  if (text != NULL)
    dial_sandbox_v1_complain (errors, name, "Must be a timestamp of ISO 8601");
  return fallback;
}

static GArray *
take_ids (DialSandboxV1Query *self,
          const char         *name,
          GString            *errors)
{
  const char *text = dial_sandbox_v1_query_get (self, name);
  g_auto (GStrv) texts = NULL;
  g_autoptr (GArray) ids = NULL;

  if (text == NULL)
    return NULL;

  texts = g_strsplit (text, ",", -1);
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; texts[i] != NULL; i++) {
    gint64 id;

    if (!g_ascii_string_to_signed (g_strstrip (texts[i]), 10, 1, G_MAXINT64, &id, NULL)) {
      dial_sandbox_v1_complain (errors, name, "Must be integers between commas");
      return NULL;
    }
    g_array_append_val (ids, id);
  }
  if (ids->len > MAX_LIST) {
    dial_sandbox_v1_complain (errors, name, "Must be 50 ids or fewer");
    return NULL;
  }
  return g_steal_pointer (&ids);
}

/**
 * dial_sandbox_v1_query_parse:
 * @text: (nullable): a URL's query, as sent
 * @errors: (out): the complaint, a JSON array
 *
 * Returns: (transfer full) (nullable): the query, or %NULL with @errors set
 */
DialSandboxV1Query *
dial_sandbox_v1_query_parse (const char  *text,
                             char       **errors)
{
  g_autoptr (DialSandboxV1Query) self = g_new0 (DialSandboxV1Query, 1);
  g_autoptr (GString) found = g_string_new ("[");

  self->pairs = dial_sandbox_query_split (text);
  self->per_page = (guint) take_integer (self, "per_page", 100, MAX_PER_PAGE, found);
  self->page = (guint) take_integer (self, "page", 1, G_MAXINT32, found);
  self->job_id = take_integer (self, "job_id", 0, G_MAXINT64, found);
  self->skip_count = g_strcmp0 (dial_sandbox_v1_query_get (self, "skip_count"), "true") == 0;
  self->created_after = take_time (self, "created_after", G_MININT64, found);
  self->created_before = take_time (self, "created_before", G_MAXINT64, found);
  self->updated_after = take_time (self, "updated_after", G_MININT64, found);
  self->updated_before = take_time (self, "updated_before", G_MAXINT64, found);
  self->candidate_ids = take_ids (self, "candidate_ids", found);

  if (found->len > 1) {
    g_string_append_c (found, ']');
    *errors = g_string_free (g_steal_pointer (&found), FALSE);
    return NULL;
  }

  *errors = NULL;
  return g_steal_pointer (&self);
}

void
dial_sandbox_v1_query_free (DialSandboxV1Query *self)
{
  g_clear_pointer (&self->candidate_ids, g_array_unref);
  g_clear_pointer (&self->pairs, g_ptr_array_unref);
  g_free (self);
}

/**
 * dial_sandbox_v1_query_takes_time:
 * @self: a query
 * @created_at: when a row was made
 * @updated_at: when it was changed
 *
 * Returns: whether the row passes: at or after `…_after`, and before `…_before`
 */
gboolean
dial_sandbox_v1_query_takes_time (DialSandboxV1Query *self,
                                  gint64              created_at,
                                  gint64              updated_at)
{
  return created_at >= self->created_after && created_at < self->created_before &&
         updated_at >= self->updated_after && updated_at < self->updated_before;
}
