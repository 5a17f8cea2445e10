#include "dial-keyring-error.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>

#include "dial-desk-error.h"

GError *
dial_keyring_error_new_locked (void)
{
  return g_error_new_literal (DIAL_DESK_ERROR, DIAL_DESK_ERROR_KEYRING_LOCKED,
                              _("The keyring is locked. Unlock it, in “Passwords and Keys” or by "
                                "logging in again, then try again."));
}

static GError *
new_no_keyring_error (void)
{
  return g_error_new_literal (DIAL_DESK_ERROR, DIAL_DESK_ERROR_NO_KEYRING,
                              _("No keyring is running, and Dialhouse keeps credentials nowhere "
                                "else. Install gnome-keyring or start it, then try again."));
}

static gboolean
says_locked (const GError *error)
{
  /* Without a display a keyring that was never unlocked has no object for its collection, which
   * is how "there should be a prompt and nobody to ask" looks from here. */
  return g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED) ||
         g_error_matches (error, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD);
}

static gboolean
says_no_keyring (const GError *error)
{
  static const int codes[] = {
    G_DBUS_ERROR_SERVICE_UNKNOWN, G_DBUS_ERROR_NAME_HAS_NO_OWNER, G_DBUS_ERROR_NO_SERVER,
    G_DBUS_ERROR_DISCONNECTED, G_DBUS_ERROR_NO_REPLY, G_DBUS_ERROR_SPAWN_EXEC_FAILED,
    G_DBUS_ERROR_SPAWN_FORK_FAILED, G_DBUS_ERROR_SPAWN_CHILD_EXITED,
    G_DBUS_ERROR_SPAWN_CHILD_SIGNALED, G_DBUS_ERROR_SPAWN_FAILED,
    G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND,
  };

  /* Whatever GIO says of a bus it could not reach. */
  if (error->domain == G_IO_ERROR)
    return TRUE;

  for (size_t i = 0; i < G_N_ELEMENTS (codes); i++) {
    if (g_error_matches (error, G_DBUS_ERROR, codes[i]))
      return TRUE;
  }

  return FALSE;
}

/* Takes @error: what libsecret or the bus says. */
GError *
dial_keyring_error_translate (GError *error)
{
  g_autoptr (GError) original = error;

  g_debug ("The keyring said %s %d", g_quark_to_string (original->domain), original->code);
  if (says_locked (original))
    return dial_keyring_error_new_locked ();
  if (says_no_keyring (original))
    return new_no_keyring_error ();

  g_dbus_error_strip_remote_error (original);
  return g_error_new (DIAL_DESK_ERROR, DIAL_DESK_ERROR_FAILED,
                      /* Translators: %s is what the keyring said, in its own words. */
                      _("The keyring refused: %s. Restart it or log in again, then try again."),
                      original->message);
}

/* Whether there is no open keyring, whatever the reason. */
gboolean
dial_keyring_error_is_unusable (const GError *error)
{
  return g_error_matches (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_NO_KEYRING) ||
         g_error_matches (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_KEYRING_LOCKED);
}

GError *
dial_keyring_error_new_no_secret (void)
{
  return g_error_new_literal (DIAL_DESK_ERROR, DIAL_DESK_ERROR_NO_SECRET,
                              _("The keyring holds no credentials for this connection. Remove it "
                                "and connect again."));
}
