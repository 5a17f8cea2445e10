#include "dial-keys.h"

#include <string.h>

#include "dial-form.h"

/**
 * dial_keys_read:
 * @form: what was typed
 * @error: return location; %DIAL_DESK_ERROR_FIELD_CLIENT_ID, %DIAL_DESK_ERROR_FIELD_SECRET or
 *   %DIAL_DESK_ERROR_FIELD_ACTING_USER
 *
 * Takes the credentials out of a form.
 *
 * Returns: (transfer full) (nullable): the credentials
 */
DialKeys *
dial_keys_read (const DialNewIntegration  *form,
                GError                   **error)
{
  g_autoptr (DialKeys) self = g_new0 (DialKeys, 1);
  gboolean is_v3 = form->api == DIAL_API_V3;

  self->api = form->api;
  self->client_id = dial_form_clean_key (is_v3 ? form->client_id : NULL);
  self->secret = dial_form_clean_key (form->secret);
  if (!dial_form_check_keys (self->api, self->client_id, self->secret, error))
    return NULL;

  self->acting_user = dial_form_clean_user_id (is_v3 ? form->acting_user : NULL,
                                               DIAL_DESK_ERROR_FIELD_ACTING_USER, error);
  if (self->acting_user == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * dial_keys_free:
 * @self: (nullable): credentials
 *
 * Wipes and frees them.
 */
void
dial_keys_free (DialKeys *self)
{
  if (self == NULL)
    return;

  if (self->secret != NULL)
    explicit_bzero (self->secret, strlen (self->secret));
  g_free (self->secret);
  g_free (self->client_id);
  g_free (self->acting_user);
  g_free (self);
}

/**
 * dial_keys_open:
 * @self: credentials
 * @harvest_url: (nullable): where Harvest is, "" or %NULL for Greenhouse's own
 * @auth_url: (nullable): where tokens are, "" or %NULL for Greenhouse's own
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the door that they open
 */
DialGreenhouse *
dial_keys_open (const DialKeys  *self,
                const char      *harvest_url,
                const char      *auth_url,
                GError         **error)
{
  gboolean is_v3 = self->api == DIAL_API_V3;
  DialGreenhouse *greenhouse =
    dial_greenhouse_new (self->api,
                         harvest_url != NULL && *harvest_url != '\0' ? harvest_url : NULL,
                         auth_url != NULL && *auth_url != '\0' ? auth_url : NULL,
                         is_v3 ? self->client_id : NULL, self->secret, error);

  if (greenhouse != NULL && is_v3 && self->acting_user != NULL && *self->acting_user != '\0')
    dial_greenhouse_set_acting_user (greenhouse,
                                     g_ascii_strtoll (self->acting_user, NULL, 10));

  return greenhouse;
}
