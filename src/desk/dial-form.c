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
  gboolean is_address = FALSE;

  if (*start == '\0') {
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_SUBDOMAIN,
                         _("Enter your Greenhouse subdomain: the part before .greenhouse.io in the "
                           "address of your Greenhouse."));
    return NULL;
  }

  if (strstr (start, "://") != NULL) {
    start = strstr (start, "://") + strlen ("://");
    is_address = TRUE;
  }
  end = strpbrk (start, "/?#:");
  if (end != NULL) {
    *end = '\0';
    is_address |= strchr (start, '.') != NULL;
  }
  if (g_str_has_suffix (start, ".greenhouse.io"))
    start[strlen (start) - strlen (".greenhouse.io")] = '\0';
  else if (is_address)
    *start = '\0';   /* a page somewhere else */

  if (!is_host_name (start) || g_str_has_suffix (start, "greenhouse.io")) {
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_SUBDOMAIN,
                         _("That is no Greenhouse subdomain: enter the part before .greenhouse.io "
                           "in the address of your Greenhouse, such as yourcompany."));
    return NULL;
  }

  return g_strdup (start);
}

static char *
clean_email (const char  *typed,
             const char  *sentence,
             GError     **error)
{
  g_autofree char *clean = dial_form_clean_text (typed);

  if (*clean == '\0' || g_regex_match_simple ("^[^@\\s]+@[^@\\s]+$", clean, 0, 0))
    return g_steal_pointer (&clean);

  g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_EMAIL, sentence);
  return NULL;
}

/**
 * dial_form_clean_email:
 * @typed: (nullable): an e-mail address, or nothing
 * @error: return location; %DIAL_DESK_ERROR_FIELD_EMAIL
 *
 * Returns: (transfer full) (nullable): the address, "" for nothing
 */
char *
dial_form_clean_email (const char  *typed,
                       GError     **error)
{
  return clean_email (typed,
                      _("That is no e-mail address: enter the one you sign in to Greenhouse with."), error);
}

/**
 * dial_form_clean_agent_email:
 * @typed: (nullable): an e-mail address, or nothing
 * @error: return location; %DIAL_DESK_ERROR_FIELD_EMAIL
 *
 * Returns: (transfer full) (nullable): the address, "" for nothing
 */
char *
dial_form_clean_agent_email (const char  *typed,
                             GError     **error)
{
  return clean_email (typed,
                      _("That is no e-mail address: enter the one you sign in to CloudTalk with."), error);
}

/**
 * dial_form_clean_user_id:
 * @typed: (nullable): a Greenhouse user's id, the address of that person's page in Greenhouse, or
 *   nothing
 * @code: what it is for, %DIAL_DESK_ERROR_FIELD_ACTING_USER or %DIAL_DESK_ERROR_FIELD_KEY
 * @error: return location; @code
 *
 * Returns: (transfer full) (nullable): the id, "" for nothing
 */
char *
dial_form_clean_user_id (const char     *typed,
                         DialDeskError   code,
                         GError        **error)
{
  g_autofree char *clean = dial_form_clean_key (typed);
  const char *id = clean;
  gint64 number;

  /* https://app.greenhouse.io/account/users/4002 */
  if (strstr (clean, "/users/") != NULL) {
    id = strstr (clean, "/users/") + strlen ("/users/");
    clean[(id - clean) + strspn (id, "0123456789")] = '\0';
  }

  if (*clean == '\0')
    return g_strdup ("");
  if (g_ascii_string_to_signed (id, 10, 1, G_MAXINT64, &number, NULL))
    return g_strdup_printf ("%" G_GINT64_FORMAT, number);

  g_set_error_literal (error, DIAL_DESK_ERROR, (int) code,
                       _("That is no Greenhouse user: enter the number at the end of the address of "
                         "that person's page under Configure > Users, or leave it empty."));
  return NULL;
}

/**
 * dial_form_clean_numbers:
 * @typed: (nullable): phone numbers, separated by commas, semicolons or line ends
 * @error: return location; %DIAL_DESK_ERROR_FIELD_KEY quotes the first that is none
 *
 * Returns: (transfer full) (nullable): the numbers in E.164, each once, separated by commas
 */
char *
dial_form_clean_numbers (const char  *typed,
                         GError     **error)
{
  g_auto (GStrv) parts = g_strsplit_set (typed != NULL ? typed : "", ",;\r\n", -1);
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; parts[i] != NULL; i++) {
    g_autofree char *text = dial_form_clean_text (parts[i]);
    g_autoptr (DialPhoneNumber) number = NULL;

    if (*text == '\0')
      continue;

    number = dial_phone_number_new (text, NULL, dial_home_region ());
    if (dial_phone_number_get_e164 (number) == NULL) {
      g_set_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_KEY,
                   /* Translators: what somebody typed for a phone number */
                   _("“%s” is no complete phone number: write it with + and the country's code, such "
                     "as +44 20 7946 0958."), text);
      return NULL;
    }
    if (!g_ptr_array_find_with_equal_func (numbers, dial_phone_number_get_e164 (number),
                                           g_str_equal, NULL))
      g_ptr_array_add (numbers, g_strdup (dial_phone_number_get_e164 (number)));
  }

  g_ptr_array_add (numbers, NULL);
  return g_strjoinv (", ", (char **) numbers->pdata);
}

static gboolean
has_word (GPtrArray  *words,
          const char *word)
{
  g_autofree char *folded = g_utf8_casefold (word, -1);

  for (guint i = 0; i < words->len; i++) {
    g_autofree char *other = g_utf8_casefold (words->pdata[i], -1);

    if (g_str_equal (folded, other))
      return TRUE;
  }
  return FALSE;
}

/**
 * dial_form_clean_list:
 * @typed: (nullable): words, separated by commas, semicolons or line ends
 * @at_most: how many there may be
 * @error: return location; %DIAL_DESK_ERROR_FIELD_KEY if there are more
 *
 * Returns: (transfer full) (nullable): the words, each once, separated by commas
 */
char *
dial_form_clean_list (const char  *typed,
                      guint        at_most,
                      GError     **error)
{
  g_auto (GStrv) parts = g_strsplit_set (typed != NULL ? typed : "", ",;\r\n", -1);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; parts[i] != NULL; i++) {
    g_autofree char *word = dial_form_clean_text (parts[i]);

    if (*word != '\0' && !has_word (words, word))
      g_ptr_array_add (words, g_steal_pointer (&word));
  }

  if (words->len > at_most) {
    g_set_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FIELD_KEY,
                 ngettext ("That is more than %u: leave some out.", "Those are more than %u: leave some out.",
                           at_most), at_most);
    return NULL;
  }

  g_ptr_array_add (words, NULL);
  return g_strjoinv (", ", (char **) words->pdata);
}

static gboolean
matches (const char *text,
         const char *pattern)
{
  return g_regex_match_simple (pattern, text, G_REGEX_DOLLAR_ENDONLY, 0);
}

/**
 * dial_form_check_keys:
 * @api: the dialect they are for
 * @client_id: (nullable): the client id, clean; v1 has none
 * @secret: the client secret or v1's key, clean
 * @error: return location; %DIAL_DESK_ERROR_FIELD_CLIENT_ID or %DIAL_DESK_ERROR_FIELD_SECRET
 *
 * Notices what is missing, and what was clearly pasted into the wrong field. How client ids and
 * secrets look is nowhere written, but that an id ends in a suffix after a dot; so whatever might be right
 * is left to Greenhouse.
 *
 * Returns: whether they may be right
 */
gboolean
dial_form_check_keys (DialApi      api,
                      const char  *client_id,
                      const char  *secret,
                      GError     **error)
{
  DialDeskError field = DIAL_DESK_ERROR_FIELD_CLIENT_ID;
  const char *sentence = NULL;

  if (api == DIAL_API_V1) {
    field = DIAL_DESK_ERROR_FIELD_SECRET;
    if (*secret == '\0')
      sentence = _("Enter the API key: Greenhouse showed it when it was made, under Configure > Dev "
                   "Center > API Credential Management.");
  } else if (client_id == NULL || *client_id == '\0') {
    sentence = _("Enter the client ID: Greenhouse shows it under Configure > Dev Center > API "
                 "Credential Management.");
  } else if (matches (client_id, "^[0-9a-f]{32}-[0-9]+$")) {
    sentence = _("That is a key of the older Harvest API, not a client ID: choose “Harvest (API "
                 "key)”, or enter the client ID of a Harvest V3 (OAuth) credential.");
  } else if (matches (client_id, "^[A-Za-z0-9]{40,}$")) {
    sentence = _("That looks like the client secret: the client ID is the other of the two, and ends "
                 "in a short word after a dot.");
  } else if (*secret == '\0') {
    field = DIAL_DESK_ERROR_FIELD_SECRET;
    sentence = _("Enter the client secret: Greenhouse showed it once, when the credential was made.");
  } else if (g_str_equal (client_id, secret)) {
    field = DIAL_DESK_ERROR_FIELD_SECRET;
    sentence = _("That is the client ID once more: enter the client secret, which Greenhouse showed "
                 "once, when the credential was made.");
  } else if (matches (secret, "^[A-Za-z0-9_-]+\\.[a-z]{2,16}$") && strchr (client_id, '.') == NULL) {
    field = DIAL_DESK_ERROR_FIELD_SECRET;
    sentence = _("That looks like the client ID: the client ID and the client secret may have "
                 "changed places.");
  }

  if (sentence != NULL)
    g_set_error_literal (error, DIAL_DESK_ERROR, (int) field, sentence);
  return sentence == NULL;
}
