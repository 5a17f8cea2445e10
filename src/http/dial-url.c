#include "dial-url.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-http.h"

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (g_ascii_strcasecmp (host, "localhost") == 0)
    return TRUE;

  address = g_inet_address_new_from_string (host);
  return address != NULL && g_inet_address_get_is_loopback (address);
}

static gboolean
refuse (GError     **error,
        const char  *sentence)
{
  g_set_error_literal (error, DIAL_HTTP_ERROR, DIAL_HTTP_ERROR_ADDRESS, sentence);
  return FALSE;
}

static gboolean
refuse_form (GError     **error,
             const char  *format,
             const char  *example)
{
  g_autofree char *sentence = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  sentence = g_strdup_printf (format, example);
#pragma GCC diagnostic pop
  return refuse (error, sentence);
}

static gboolean
may_be_asked (GUri        *uri,
              const char  *example,
              GError     **error)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);

  if (host == NULL || *host == '\0')
    /* Translators: an example of an address. */
    return refuse_form (error, _("The address names no host: it must look like %s"), example);

  if (strpbrk (host, " \t\"<>\\^`{|}") != NULL)
    /* Translators: an example of an address. */
    return refuse_form (error, _("This is not a web address: it must look like %s"), example);

  if (g_uri_get_userinfo (uri) != NULL)
    return refuse (error, _("The address must not contain a user name or a password"));

  if (strcmp (scheme, "https") == 0)
    return TRUE;

  if (strcmp (scheme, "http") != 0)
    return refuse (error, _("The address must begin with https://"));

  if (!is_loopback (host))
    return refuse (error, _("The address must begin with https://; http:// is allowed to this "
                            "computer alone"));

  return TRUE;
}

/**
 * dial_url_parse:
 * @url: an absolute address
 * @example: how it ought to look, for the error
 * @error: return location for an error
 *
 * Reads an address that may be asked: https, or http to loopback, without a user name.
 *
 * Returns: (transfer full): the address, or %NULL with %DIAL_HTTP_ERROR_ADDRESS
 */
GUri *
dial_url_parse (const char  *url,
                const char  *example,
                GError     **error)
{
  g_autoptr (GUri) uri = NULL;

  uri = g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (uri == NULL) {
    refuse_form (error, _("This is not a web address: it must look like %s"), example);
    return NULL;
  }

  if (!may_be_asked (uri, example, error))
    return NULL;

  return g_steal_pointer (&uri);
}

static void
strip_ending (char              *path,
              const char *const *endings)
{
  gsize length = strlen (path);

  while (length > 0 && path[length - 1] == '/')
    path[--length] = '\0';

  for (guint i = 0; endings[i] != NULL; i++) {
    if (g_str_has_suffix (path, endings[i])) {
      path[length - strlen (endings[i])] = '\0';
      return;
    }
  }
}

/**
 * dial_url_normalise:
 * @url: a base address as a person typed it, with or without slashes at its end
 * @endings: (array zero-terminated=1): what people paste after the base
 * @example: how it ought to look, for the error
 * @error: return location for an error
 *
 * Returns: (transfer full): the base without slashes and endings, or %NULL with
 *   %DIAL_HTTP_ERROR_ADDRESS
 */
char *
dial_url_normalise (const char         *url,
                    const char *const  *endings,
                    const char         *example,
                    GError            **error)
{
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GUri) base = NULL;
  g_autofree char *typed = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  int port;

  g_return_val_if_fail (url != NULL, NULL);

  typed = g_strstrip (g_strdup (url));
  uri = dial_url_parse (typed, example, error);
  if (uri == NULL)
    return NULL;

  if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL) {
    refuse (error, _("The address must not contain a question mark or a number sign"));
    return NULL;
  }

  path = g_strdup (g_uri_get_path (uri));
  strip_ending (path, endings);
  while (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';

  port = g_uri_get_port (uri);
  if (port == (strcmp (g_uri_get_scheme (uri), "https") == 0 ? 443 : 80))
    port = -1;

  base = g_uri_build (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri), port,
                      path, NULL, NULL);
  text = g_uri_to_string (base);
  return g_steal_pointer (&text);
}

/**
 * dial_url_same_place:
 * @a: an address
 * @b: another
 *
 * Returns: whether scheme, host and port are the same
 */
gboolean
dial_url_same_place (GUri *a,
                     GUri *b)
{
  return g_strcmp0 (g_uri_get_scheme (a), g_uri_get_scheme (b)) == 0 &&
         g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0 &&
         g_uri_get_port (a) == g_uri_get_port (b);
}

/**
 * dial_url_dup_host:
 * @url: an address
 *
 * Returns: (transfer full): its host, to name in a sentence
 */
char *
dial_url_dup_host (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return g_strdup (host != NULL ? host : _("The service"));
}
