#include "dial-http.h"

#include <glib/gi18n.h>

#include "dial-url.h"

G_DEFINE_QUARK (dial-http-error-quark, dial_http_error)

/**
 * dial_http_describe_error:
 * @error: why no answer came, an error of GIO's
 * @url: what was asked
 *
 * Returns: (transfer full): a sentence a person can act on
 */
char *
dial_http_describe_error (const GError *error,
                          const char   *url)
{
  g_autofree char *host = dial_url_dup_host (url);
  const char *format;

  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    format = _("The certificate of %s is not trusted: check this computer's date and time, and "
               "whether a proxy reads the traffic or the certificate of your own gateway is "
               "missing here.");
  else if (error->domain == G_TLS_ERROR)
    format = _("No secure connection to %s: check whether a proxy or firewall stands in between.");
  else if (error->domain == G_RESOLVER_ERROR)
    format = _("%s could not be found: check the network connection, and the name service (DNS) "
               "it uses.");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    format = _("%s refuses connections: check the address and the firewall.");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE))
    format = _("%s cannot be reached, this computer seems to be offline: check the network "
               "connection.");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    format = _("%s did not answer in time: check the network connection and try again.");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_FAILED) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_AUTH_FAILED) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NEED_AUTH) ||
           g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NOT_ALLOWED))
    format = _("The network's proxy does not let through to %s: check the proxy settings.");
  else
    format = _("The connection to %s broke: check the network connection and try again.");

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, host);
#pragma GCC diagnostic pop
}
