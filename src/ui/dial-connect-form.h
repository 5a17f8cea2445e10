#pragma once

#include <gtk/gtk.h>

#include "dial-desk.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CONNECT_FORM (dial_connect_form_get_type ())
G_DECLARE_FINAL_TYPE (DialConnectForm, dial_connect_form, DIAL, CONNECT_FORM, GtkWidget)

/**
 * DialConnectForm:
 *
 * The fields that connect a Greenhouse, or give an integration new credentials. Tidies what is pasted
 * into them, and says at each field what is wrong with it.
 *
 * Properties (read-only, notify): `api` ([enum@Api]: the chosen kind of credentials), `subdomain`
 * (string: as typed so far), `topic` ([enum@HelpTopic]: what the field with the keyboard is about).
 *
 * Signals: `activated`: Enter was pressed in a field.
 */
void     dial_connect_form_set_renewed     (DialConnectForm    *self,
                                            DialIntegration    *integration);
void     dial_connect_form_read            (DialConnectForm    *self,
                                            DialNewIntegration *form);
void     dial_connect_form_forget_secrets  (DialConnectForm    *self);
void     dial_connect_form_forget_problems (DialConnectForm    *self);
gboolean dial_connect_form_say_error       (DialConnectForm    *self,
                                            const GError       *error);

G_END_DECLS
