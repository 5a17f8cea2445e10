#include "dial-form.h"

#include <glib/gi18n.h>
#include <string.h>

/* What people paste into forms, made into what they meant. */

/**
 * dial_form_clean_text:
 * @typed: (nullable): a line of text
 *
 * Returns: (transfer full): the text without white space around it and without control characters
 */
char *
dial_form_clean_text (const char *typed)
{
  g_autofree char *valid = g_utf8_make_valid (typed != NULL ? typed : "", -1);
  GString *clean = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    g_string_append_unichar (clean, g_unichar_iscntrl (c) ? ' ' : c);
  }

  return g_strstrip (g_string_free (clean, FALSE));
}

/**
 * dial_form_clean_key:
 * @typed: (nullable): a client id or a secret as it was pasted
 *
 * Returns: (transfer full): the same without any white space; neither kind ever holds some
 */
char *
dial_form_clean_key (const char *typed)
{
  GString *clean = g_string_new (NULL);

  for (const char *p = typed; p != NULL && *p != '\0'; p++)
    if (!g_ascii_isspace (*p) && !g_ascii_iscntrl (*p))
      g_string_append_c (clean, *p);

  return g_string_free (clean, FALSE);
}

static gboolean
is_host_name (const char *text)
{
  return g_regex_match_simple ("^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$",
                               text, 0, 0);
}

/**
 * dial_form_clean_subdomain:
 * @typed: (nullable): a subdomain, or any address of a page in Greenhouse
 * @error: return location; %DIAL_DESK_ERROR_FIELD_SUBDOMAIN
 *
 * Takes `yourcompany` out of `https://yourcompany.greenhouse.io/people/1`.
 *
 * Returns: (transfer full) (nullable): the subdomain
 */
char *
dial_form_clean_subdomain (const char  *typed,
                           GError     **error)
{
  g_autofree char *clean = dial_form_clean_key (typed);
  g_autofree char *lower = g_ascii_strdown (clean, -1);
  char *start = lower;
  char *end;

  if (*start == '\0') {
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_SUBDOMAIN,
                         _("Enter your Greenhouse subdomain: the part before .greenhouse.io in the "
                           "address of your Greenhouse."));
    return NULL;
  }

  if (strstr (start, "://") != NULL)
    start = strstr (start, "://") + strlen ("://");
  end = strpbrk (start, "/?#:");
  if (end != NULL)
    *end = '\0';
  if (g_str_has_suffix (start, ".greenhouse.io"))
    start[strlen (start) - strlen (".greenhouse.io")] = '\0';

  if (!is_host_name (start)) {
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_SUBDOMAIN,
                         _("That is no Greenhouse subdomain: enter the part before .greenhouse.io "
                           "in the address of your Greenhouse, such as yourcompany."));
    return NULL;
  }

  return g_strdup (start);
}

/**
 * dial_form_clean_email:
 * @typed: (nullable): an e-mail address, or nothing
 * @error: return location; %DIAL_DESK_ERROR_FIELD_KEY
 *
 * Returns: (transfer full) (nullable): the address, "" for nothing
 */
char *
dial_form_clean_email (const char  *typed,
                       GError     **error)
{
  g_autofree char *clean = dial_form_clean_text (typed);

  if (*clean == '\0' || g_regex_match_simple ("^[^@\\s]+@[^@\\s]+$", clean, 0, 0))
    return g_steal_pointer (&clean);

  g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_KEY,
                       _("That is no e-mail address: enter the one you sign in to Greenhouse with."));
  return NULL;
}
