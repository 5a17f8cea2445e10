#include "dial-template-text.h"

#include <glib/gi18n.h>
#include <string.h>

/* Templates with their fields filled in, and which of them suits a candidate. */

/* Fields are part of what people type: they are not translated. */
static const char *fields[] = {
  "first_name", "last_name", "job", "stage", "company", "title",
  "recruiter", "recruiter_first_name", "date", "time",
  NULL
};

/**
 * dial_template_text_list_fields:
 *
 * Returns: (transfer none) (array zero-terminated=1): the names of the fields a template may have
 */
const char **
dial_template_text_list_fields (void)
{
  return fields;
}

static const char *
get_job (DialCandidate *candidate)
{
  if (candidate->job == NULL && candidate->applications != NULL && candidate->applications->len > 0)
    return DIAL_APPLICATION (candidate->applications->pdata[0])->job_name;
  return candidate->job;
}

static const char *
get_stage (DialCandidate *candidate)
{
  if (candidate->stage == NULL && candidate->applications != NULL && candidate->applications->len > 0)
    return DIAL_APPLICATION (candidate->applications->pdata[0])->stage_name;
  return candidate->stage;
}

static const char *
get_first_name (DialCandidate *candidate)
{
  gboolean preferred = candidate->preferred_name != NULL && *candidate->preferred_name != '\0';

  return preferred ? candidate->preferred_name : candidate->first_name;
}

/* Returns NULL for a field there is none of, "" for one without a value. */
static char *
dup_value (const char    *field,
           DialCandidate *candidate,
           const char    *recruiter,
           GDateTime     *now)
{
  const char *value;

  if (!g_strv_contains (fields, field))
    return NULL;
  if (g_str_equal (field, "date"))
    /* Translators: a day: 23 Nov 2026 */
    return g_date_time_format (now, _("%-d %b %Y"));
  if (g_str_equal (field, "time"))
    return g_date_time_format (now, "%H:%M");
  if (g_str_equal (field, "recruiter_first_name"))
    return recruiter != NULL ? g_strndup (recruiter, strcspn (recruiter, " ")) : g_strdup ("");

  value = g_str_equal (field, "first_name") ? get_first_name (candidate)
          : g_str_equal (field, "last_name") ? candidate->last_name
          : g_str_equal (field, "job") ? get_job (candidate)
          : g_str_equal (field, "stage") ? get_stage (candidate)
          : g_str_equal (field, "company") ? candidate->company
          : g_str_equal (field, "title") ? candidate->title
          : recruiter;
  return g_strdup (value != NULL ? value : "");
}

/* Whether @text, which stands at a brace, begins with a field's name in braces. */
static char *
dup_field (const char *text)
{
  gsize length = strspn (text + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

  if (length == 0 || text[length + 1] != '}')
    return NULL;

  return g_strndup (text + 1, length);
}

/**
 * dial_template_text_fill:
 * @text: a template's text
 * @candidate: whom it is about
 * @recruiter: (nullable): the recruiter's whole name
 * @now: the present moment where the recruiter sits
 * @left_open: (out) (transfer full) (optional): the names of the fields that stayed as they were, each once
 *
 * Fills in the fields. One that nobody knows, or that has no value with this candidate, stays as it is,
 * so that it is seen. `{{` and `}}` stand for braces.
 *
 * Returns: (transfer full): the text
 */
char *
dial_template_text_fill (const char     *text,
                         DialCandidate  *candidate,
                         const char     *recruiter,
                         GDateTime      *now,
                         GStrv          *left_open)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_free);
  GString *filled = g_string_new (NULL);
  const char *at = text;

  g_return_val_if_fail (text != NULL && DIAL_IS_CANDIDATE (candidate) && now != NULL, NULL);

  while (*at != '\0') {
    g_autofree char *field = NULL;
    g_autofree char *value = NULL;

    if ((at[0] == '{' && at[1] == '{') || (at[0] == '}' && at[1] == '}')) {
      g_string_append_c (filled, at[0]);
      at += 2;
      continue;
    }

    field = at[0] == '{' ? dup_field (at) : NULL;
    if (field == NULL) {
      g_string_append_c (filled, *at++);
      continue;
    }

    at += strlen (field) + 2;
    value = dup_value (field, candidate, recruiter, now);
    if (value != NULL && *value != '\0') {
      g_string_append (filled, value);
    } else {
      g_string_append_printf (filled, "{%s}", field);
      if (!g_ptr_array_find_with_equal_func (open, field, g_str_equal, NULL))
        g_ptr_array_add (open, g_steal_pointer (&field));
    }
  }

  if (left_open != NULL) {
    g_ptr_array_add (open, NULL);
    *left_open = (GStrv) g_ptr_array_free (g_steal_pointer (&open), FALSE);
  }
  return g_string_free (filled, FALSE);
}

static gboolean
is_same (const char *a,
         const char *b)
{
  g_autofree char *one = a != NULL ? g_utf8_casefold (a, -1) : NULL;
  g_autofree char *other = b != NULL ? g_utf8_casefold (b, -1) : NULL;

  return one != NULL && g_strcmp0 (one, other) == 0;
}

static int
suits_application (DialNoteTemplate *template,
                   const char       *job,
                   const char       *stage)
{
  if ((template->job != NULL && !is_same (template->job, job)) ||
      (template->stage != NULL && !is_same (template->stage, stage)))
    return -1;

  return (template->job != NULL ? 2 : 0) + (template->stage != NULL ? 1 : 0);
}

/* The more of it was meant for this candidate, the higher; -1 for one that was meant for others. */
static int
suits (DialNoteTemplate *template,
       DialCandidate    *candidate)
{
  int best = suits_application (template, get_job (candidate), get_stage (candidate));

  for (guint i = 0; candidate->applications != NULL && i < candidate->applications->len; i++) {
    DialApplication *application = candidate->applications->pdata[i];

    best = MAX (best, suits_application (template, application->job_name, application->stage_name));
  }
  return best;
}

static int
compare (gconstpointer a,
         gconstpointer b,
         gpointer      user_data)
{
  DialNoteTemplate *one = *(DialNoteTemplate **) a;
  DialNoteTemplate *other = *(DialNoteTemplate **) b;
  int difference = suits (other, user_data) - suits (one, user_data);

  return difference != 0 ? difference : g_utf8_collate (one->name, other->name);
}

/**
 * dial_template_text_sort:
 * @templates: (element-type DialNoteTemplate): templates
 * @candidate: whom the next text is about
 *
 * Puts what was meant for the candidate's job and stage first, then for the job, then for the stage, then
 * for anybody, and last what was meant for others; by name among equals.
 */
void
dial_template_text_sort (GPtrArray     *templates,
                         DialCandidate *candidate)
{
  g_return_if_fail (templates != NULL);
  g_return_if_fail (DIAL_IS_CANDIDATE (candidate));

  g_ptr_array_sort_with_data (templates, compare, candidate);
}
