#include "dial-integration-private.h"

#include <glib/gi18n.h>

#include "dial-foreign-note.h"

/* Whether CloudTalk's own Greenhouse integration writes notes beside ours: each call would stand there twice. */

/* No setting of a person's: when it last wrote one, as far as anybody saw. */
#define KEY "foreign-note"

/* One that has been switched off is soon forgotten. */
#define WITHIN (14 * G_TIME_SPAN_DAY)

static gint64
get_last (DialIntegration *self)
{
  return g_ascii_strtoll (_dial_integration_get_setting (self, KEY), NULL, 10);
}

/* @notes: of DialNote, as Greenhouse has them */
void
_dial_integration_look_for_doubles (DialIntegration *self,
                                    GPtrArray       *notes)
{
  gint64 last = get_last (self);
  gint64 latest = last;
  g_autofree char *text = NULL;

  for (guint i = 0; i < notes->len; i++) {
    DialNote *note = g_ptr_array_index (notes, i);

    if (note->created_at > latest && dial_foreign_note_is_call (note))
      latest = note->created_at;
  }
  if (latest == last)
    return;

  text = g_strdup_printf ("%" G_GINT64_FORMAT, latest);
  _dial_integration_keep_setting (self, KEY, text);
  g_object_notify_by_pspec (G_OBJECT (self), dial_integration_properties[INTEGRATION_PROP_DOUBLES_PROBLEM]);
}

/**
 * dial_integration_get_doubles_problem:
 * @self: an integration
 *
 * Returns: (nullable): that calls would stand in Greenhouse twice, a sentence; %NULL if nobody else logs them
 */
const char *
dial_integration_get_doubles_problem (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  if (get_last (self) == 0 || g_get_real_time () - get_last (self) > WITHIN)
    return NULL;

  return _("CloudTalk's own Greenhouse integration writes notes, too, so each call stands there twice. Switch it off in "
           "CloudTalk's dashboard under Account > Integrations > Greenhouse.");
}
