#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What keeps a keyring from answering, in sentences that say what to do about it. */
GError   *dial_keyring_error_new_locked    (void);
GError   *dial_keyring_error_new_no_secret (void);
GError   *dial_keyring_error_translate     (GError       *error);
gboolean  dial_keyring_error_is_unusable   (const GError *error);

G_END_DECLS
