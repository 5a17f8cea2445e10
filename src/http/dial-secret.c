#include "dial-secret.h"

#include <string.h>

/**
 * dial_secret_dup_basic:
 * @user: who
 * @password: and the proof
 *
 * Returns: (transfer full): the `Authorization` header of HTTP's basic scheme, to be wiped after use
 */
char *
dial_secret_dup_basic (const char *user,
                       const char *password)
{
  char *pair = g_strconcat (user, ":", password, NULL);
  char *encoded = g_base64_encode ((const guchar *) pair, strlen (pair));
  char *basic = g_strconcat ("Basic ", encoded, NULL);

  dial_secret_clear (&pair);
  dial_secret_clear (&encoded);
  return basic;
}

/**
 * dial_secret_clear:
 * @secret: (inout) (nullable): a secret
 *
 * Leaves nothing of it in memory.
 */
void
dial_secret_clear (char **secret)
{
  if (*secret != NULL)
    explicit_bzero (*secret, strlen (*secret));
  g_clear_pointer (secret, g_free);
}
