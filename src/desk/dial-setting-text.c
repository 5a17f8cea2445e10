#include "dial-setting-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-form.h"

/* What the settings of an integration may be, and how each of them is kept. */

/* One for each of Alt+1 to Alt+9. */
#define MAX_QUICK_TAGS 9

static char *
clean_word (const char  *typed,
            const char  *sentence,
            gboolean     valid,
            GError     **error)
{
  if (valid)
    return g_strdup (typed);

  g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_KEY, sentence);
  return NULL;
}

static char *
clean_name (const char  *typed,
            GError     **error)
{
  g_autofree char *text = dial_form_clean_text (typed);

  if (*text != '\0')
    return g_steal_pointer (&text);

  g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_NAME,
                       _("Enter a name for this integration."));
  return NULL;
}

/* Of accounts too: which there are the desk knows, and one that is gone is none. */
static char *
clean_text (const char  *typed,
            GError     **error)
{
  return dial_form_clean_text (typed);
}

static char *
clean_yes_or_no (const char  *typed,
                 const char  *sentence,
                 GError     **error)
{
  g_autofree char *text = dial_form_clean_text (typed);

  return clean_word (text, sentence, g_str_equal (text, "yes") || g_str_equal (text, "no"), error);
}

static char *
clean_visibility (const char  *typed,
                  GError     **error)
{
  g_autofree char *text = dial_form_clean_text (typed);
  int visibility = DIAL_VISIBILITY_UNKNOWN;

  dial_enum_from_nick (DIAL_TYPE_VISIBILITY, text, &visibility);
  return clean_word (text, _("Visibility is one of public, private and admin_only."),
                     visibility != DIAL_VISIBILITY_UNKNOWN, error);
}

static char *
clean_note_fields (const char  *typed,
                   GError     **error)
{
  g_autofree char *text = dial_form_clean_text (typed);
  DialNoteFields fields;

  if (dial_note_fields_from_text (text, &fields))
    return dial_note_fields_to_text (fields);

  return clean_word (text, _("What notes tell is none, or any of number, own-number, time, time-there, length, "
                             "tags, ring, agent, recording and notes."), FALSE, error);
}

static char *
clean_quick_tags (const char  *typed,
                  GError     **error)
{
  return dial_form_clean_list (typed, MAX_QUICK_TAGS, error);
}

static char *
clean_status (const char  *typed,
              GError     **error)
{
  g_autofree char *text = dial_form_clean_text (typed);

  return clean_word (text, _("Status is active or inactive."),
                     g_str_equal (text, "active") || g_str_equal (text, "inactive"), error);
}

static char *
clean_paused (const char  *typed,
              GError     **error)
{
  return clean_yes_or_no (typed, _("Whether syncing is paused is yes or no."), error);
}

static char *
clean_by_itself (const char  *typed,
                 GError     **error)
{
  return clean_yes_or_no (typed,
                          _("Whether calls of which the phone system tells are logged by themselves is yes or no."),
                          error);
}

static char *
clean_grace (const char  *typed,
             GError     **error)
{
  g_autofree char *text = dial_form_clean_text (typed);

  return clean_word (text, _("Enter how many seconds after its end a call is logged by itself, 0 to 86400."),
                     g_ascii_string_to_unsigned (text, 10, 0, 86400, NULL, NULL), error);
}

static char *
clean_colour (const char  *typed,
              GError     **error)
{
  g_autofree char *text = dial_form_clean_text (typed);
  const char **colours = dial_integration_list_colours ();
  g_autofree char *list = g_strjoinv (", ", (char **) colours);
  /* Translators: names of colours, not to be translated */
  g_autofree char *sentence = g_strdup_printf (_("The colour is one of %s."), list);

  return clean_word (text, sentence, g_strv_contains (colours, text), error);
}

static char *
clean_tag (const char  *typed,
           GError     **error)
{
  g_autofree char *text = dial_form_clean_text (typed);

  return clean_word (text, _("Enter the tag that candidates shall carry in the phone system, without "
                             "commas, such as Greenhouse."),
                     *text != '\0' && strchr (text, ',') == NULL, error);
}

static char *
clean_tag_list (const char  *typed,
                GError     **error)
{
  g_auto (GStrv) tags = g_strsplit (typed, ",", -1);
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();
  g_auto (GStrv) cleaned = NULL;

  for (guint i = 0; tags[i] != NULL; i++) {
    g_autofree char *tag = dial_form_clean_text (tags[i]);

    if (*tag != '\0')
      g_strv_builder_add (kept, tag);
  }

  cleaned = g_strv_builder_end (kept);
  return g_strjoinv (", ", cleaned);
}

static char *
clean_contact_sync (const char  *typed,
                    GError     **error)
{
  return clean_yes_or_no (typed,
                          _("Whether candidates become contacts in the phone system by themselves is yes or no."),
                          error);
}

/* Names of jobs and stages may hold commas. */
static char *
clean_names (const char  *typed,
             GError     **error)
{
  g_auto (GStrv) names = g_strsplit_set (typed != NULL ? typed : "", ";\r\n", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; names[i] != NULL; i++) {
    g_autofree char *name = dial_form_clean_text (names[i]);

    if (*name != '\0' && !g_ptr_array_find_with_equal_func (kept, name, g_str_equal, NULL))
      g_ptr_array_add (kept, g_steal_pointer (&name));
  }

  g_ptr_array_add (kept, NULL);
  return g_strjoinv ("; ", (char **) kept->pdata);
}

static char *
clean_acting_user (const char  *typed,
                   GError     **error)
{
  return dial_form_clean_user_id (typed, DIAL_DESK_ERROR_FIELD_ACTING_USER, error);
}

static char *
clean_recruiter (const char  *typed,
                 GError     **error)
{
  return dial_form_clean_user_id (typed, DIAL_DESK_ERROR_FIELD_KEY, error);
}

static char *
clean_url (const char  *typed,
           GError     **error)
{
  g_autofree char *text = dial_form_clean_text (typed);
  g_autoptr (GError) url_error = NULL;

  if (*text == '\0' || dial_greenhouse_check_url (text, &url_error))
    return g_steal_pointer (&text);

  g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_URL, url_error->message);
  return NULL;
}

static char *
clean_patience (const char  *typed,
                GError     **error)
{
  g_autofree char *text = dial_form_clean_text (typed);

  return clean_word (text, _("Enter for how many seconds a note is looked for before it goes out again, 1 to "
                             "86400, or nothing for the usual time."),
                     *text == '\0' || g_ascii_string_to_unsigned (text, 10, 1, 86400, NULL, NULL), error);
}

/**
 * dial_setting_text_clean:
 * @key: one of [func@Integration.list_keys]
 * @typed: what a person or a script wants it to be
 * @error: return location, of domain %DIAL_DESK_ERROR: a sentence that says what to enter
 *
 * Returns: (transfer full) (nullable): the text that is kept, %NULL if it cannot be that
 */
char *
dial_setting_text_clean (const char  *key,
                         const char  *typed,
                         GError     **error)
{
  static const struct {
    const char  *key;
    char      *(*clean) (const char  *typed,
                         GError     **error);
  } cleaners[] = {
    { "name", clean_name },
    { "caption", clean_text },
    { "subdomain", dial_form_clean_subdomain },
    { "colour", clean_colour },
    { "as", dial_form_clean_email },
    { "recruiter-id", clean_recruiter },
    { "visibility", clean_visibility },
    { "contact-tag", clean_tag },
    { "contact-sync", clean_contact_sync },
    { "contact-jobs", clean_names },
    { "contact-stages", clean_names },
    { "stop-tags", clean_tag_list },
    { "note-fields", clean_note_fields },
    { "quick-tags", clean_quick_tags },
    { "phone", clean_text },
    { "call-numbers", dial_form_clean_numbers },
    { "sms-numbers", dial_form_clean_numbers },
    { "log-by-itself", clean_by_itself },
    { "log-grace", clean_grace },
    { "status", clean_status },
    { "sync-paused", clean_paused },
    { "acting-user", clean_acting_user },
    { "harvest-url", clean_url },
    { "auth-url", clean_url },
    { "note-patience", clean_patience },
  };
  g_autofree char *names = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cleaners); i++)
    if (g_str_equal (key, cleaners[i].key))
      return cleaners[i].clean (typed, error);

  names = g_strjoinv (", ", (char **) dial_integration_list_keys ());
  g_set_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_KEY,
               /* Translators: names of settings, not to be translated */
               _("There is no such setting. The settings are: %s."), names);
  return NULL;
}
