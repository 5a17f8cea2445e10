#include "dial-link-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-greenhouse.h"
#include "dial-url.h"

/* Fifty million candidates: who names more is not to be believed. */
#define MAX_PAGES 100000

static const char *
skip_blanks (const char *at)
{
  while (*at == ' ' || *at == '\t')
    at++;
  return at;
}

static gboolean
says (const char *relations,
      const char *relation)
{
  g_auto (GStrv) words = g_strsplit_set (relations, " \t", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (words[i], relation) == 0)
      return TRUE;

  return FALSE;
}

/* Reads `=value` or `="value"`; leaves @at behind it. NULL if a quote is left open. */
static char *
read_value (const char **at)
{
  g_autoptr (GString) value = g_string_new (NULL);
  const char *here = skip_blanks (*at);

  if (*here == '=') {
    here = skip_blanks (here + 1);
    if (*here == '"') {
      for (here++; *here != '"'; here++) {
        if (*here == '\\' && here[1] != '\0')
          here++;
        if (*here == '\0')
          return NULL;
        g_string_append_c (value, *here);
      }
      here++;
    } else {
      while (*here != '\0' && strchr (";, \t", *here) == NULL)
        g_string_append_c (value, *here++);
    }
  }

  *at = here;
  return g_string_free (g_steal_pointer (&value), FALSE);
}

/* Reads one `<address>; name=value; …`; leaves @at behind it. */
static gboolean
read_link (const char **at,
           const char  *relation,
           char       **address,
           gboolean    *is_it)
{
  const char *here = *at + 1;
  const char *end = strchr (here, '>');

  if (end == NULL)
    return FALSE;

  *address = g_strndup (here, end - here);
  *is_it = FALSE;
  here = skip_blanks (end + 1);

  while (*here == ';') {
    g_autofree char *name = NULL;
    g_autofree char *value = NULL;
    gsize length;

    here = skip_blanks (here + 1);
    length = strcspn (here, "=;, \t");
    name = g_strndup (here, length);
    here += length;
    value = read_value (&here);
    if (value == NULL)
      return FALSE;

    if (g_ascii_strcasecmp (name, "rel") == 0)
      *is_it = says (value, relation);
    here = skip_blanks (here);
  }

  *at = here;
  return *here == '\0' || *here == ',';
}

/* Finds the address of a page by its relation; FALSE if the header is no list of links. */
static gboolean
find_page (const char  *header,
           const char  *relation,
           char       **found)
{
  const char *at = skip_blanks (header);

  while (*at != '\0') {
    g_autofree char *address = NULL;
    gboolean is_it = FALSE;

    if (*at == ',') {
      at = skip_blanks (at + 1);
      continue;
    }

    if (*at != '<' || !read_link (&at, relation, &address, &is_it))
      return FALSE;

    if (is_it) {
      *found = g_steal_pointer (&address);
      return TRUE;
    }
  }

  return TRUE;
}

/**
 * dial_link_get_next:
 * @header: (nullable): a reply's `Link`
 * @asked: the address that was asked
 * @next: (out) (nullable): the next page's address, %NULL on the last page
 *
 * Reads where the next page is. Greenhouse leaves the header out on the last page, or sends it
 * empty.
 *
 * Returns: %FALSE with %DIAL_GREENHOUSE_ERROR_FOREIGN_HOST if the page is somewhere else, or with
 *   %DIAL_GREENHOUSE_ERROR_BAD_ANSWER if the header makes no sense: taking it for the last page
 *   would take every candidate behind it for deleted
 */
gboolean
dial_link_get_next (const char  *header,
                    const char  *asked,
                    char       **next,
                    GError     **error)
{
  g_autofree char *address = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GUri) here = NULL;
  g_autoptr (GUri) there = NULL;

  *next = NULL;
  if (header == NULL)
    return TRUE;

  if (!find_page (header, "next", &address)) {
    g_set_error_literal (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_BAD_ANSWER,
                         _("Greenhouse's link to the next page makes no sense: try again later"));
    return FALSE;
  }
  if (address == NULL)
    return TRUE;

  here = dial_url_parse (asked, asked, NULL);
  g_return_val_if_fail (here != NULL, FALSE);

  there = g_uri_parse_relative (here, address, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE,
                                NULL);
  if (there == NULL || g_uri_get_host (there) == NULL || !dial_url_same_place (here, there) ||
      g_uri_get_userinfo (there) != NULL) {
    g_set_error_literal (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FOREIGN_HOST,
                         _("The link to the next page leads away from Greenhouse and was not "
                           "followed: a proxy or gateway may rewrite answers"));
    return FALSE;
  }

  text = g_uri_to_string (there);
  if (strcmp (text, asked) == 0) {
    g_set_error_literal (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_BAD_ANSWER,
                         _("Greenhouse's link to the next page leads to the same page: try again "
                           "later"));
    return FALSE;
  }

  *next = g_steal_pointer (&text);
  return TRUE;
}

/**
 * dial_link_get_page:
 * @url: an address
 *
 * Returns: the number of the page it asks for, 0 if it names none that makes sense
 */
guint
dial_link_get_page (const char *url)
{
  g_autoptr (GUri) uri = dial_url_parse (url, url, NULL);
  const char *query = uri != NULL ? g_uri_get_query (uri) : NULL;
  g_autoptr (GHashTable) words = NULL;
  const char *page;
  guint64 number;

  words = query != NULL ? g_uri_parse_params (query, -1, "&", G_URI_PARAMS_NONE, NULL) : NULL;
  page = words != NULL ? g_hash_table_lookup (words, "page") : NULL;
  if (page == NULL || !g_ascii_string_to_unsigned (page, 10, 1, MAX_PAGES, &number, NULL))
    return 0;

  return (guint) number;
}

/**
 * dial_link_get_last:
 * @header: (nullable): a reply's `Link`
 * @asked: the address that was asked
 *
 * Returns: the number of the last page, 0 if it is not told
 */
guint
dial_link_get_last (const char *header,
                    const char *asked)
{
  g_autofree char *address = NULL;
  g_autofree char *absolute = NULL;

  if (header == NULL || !find_page (header, "last", &address) || address == NULL)
    return 0;

  absolute = g_uri_resolve_relative (asked, address, G_URI_FLAGS_ENCODED, NULL);
  return absolute != NULL ? dial_link_get_page (absolute) : 0;
}
