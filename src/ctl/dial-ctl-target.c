#include "dial-ctl.h"

#include <glib/gi18n.h>

/* Whom to call or to text, and at which number. */

/**
 * dial_ctl_target_clear:
 * @target: a target
 *
 * Lets go of what it holds.
 */
void
dial_ctl_target_clear (DialCtlTarget *target)
{
  g_clear_object (&target->integration);
  g_clear_object (&target->candidate);
  g_clear_object (&target->number);
}

/* The candidate's first number that can be called. */
static gboolean
choose_number (DialCtlTarget  *target,
               GError        **error)
{
  GPtrArray *phones = target->candidate->phones;

  for (guint i = 0; i < phones->len; i++) {
    if (dial_phone_number_can_call (phones->pdata[i])) {
      target->number = g_object_ref (phones->pdata[i]);
      return TRUE;
    }
  }

  if (phones->len == 0)
    g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                         _("The candidate has no phone number in Greenhouse."));
  else
    g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                         _("None of the candidate’s phone numbers can be called as it stands in "
                           "Greenhouse; give the number itself, with + and the country code."));
  return FALSE;
}

/* Whose number it is: known only where it is exactly one candidate's, or was tied to one. */
static gboolean
find_owner (DialCtl        *ctl,
            GPtrArray      *integrations,
            DialCtlTarget  *target,
            GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) owners = NULL;

  g_set_object (&target->integration, integrations->pdata[0]);
  dial_desk_find_owners_async (ctl->desk, target->number, ctl->cancellable, dial_ctl_got, &result);
  owners = dial_desk_find_owners_finish (ctl->desk, dial_ctl_wait (&result), error);
  if (owners == NULL)
    return FALSE;

  for (guint i = owners->len; i > 0; i--)
    if (!g_ptr_array_find (integrations, dial_owner_get_integration (owners->pdata[i - 1]), NULL))
      g_ptr_array_remove_index (owners, i - 1);
  target->n_owners = owners->len;
  if (owners->len != 1)
    return TRUE;

  g_set_object (&target->integration, dial_owner_get_integration (owners->pdata[0]));
  g_set_object (&target->candidate, dial_owner_get_candidate (owners->pdata[0]));
  return TRUE;
}

/**
 * dial_ctl_find_target:
 * @ctl: what the command works with
 * @integration_id: (nullable): where to look; %NULL means all active integrations
 * @text: what was typed: a candidate's id, or a number
 * @target: (inout): an empty target
 * @error: why not
 *
 * Returns: whether it is known who is meant
 */
gboolean
dial_ctl_find_target (DialCtl        *ctl,
                      const char     *integration_id,
                      const char     *text,
                      DialCtlTarget  *target,
                      GError        **error)
{
  g_autoptr (GPtrArray) integrations = dial_ctl_pick_active (ctl, integration_id, error);
  g_autoptr (GError) problem = NULL;
  gboolean is_number;
  gint64 id;

  if (integrations == NULL)
    return FALSE;

  if (dial_ctl_parse_id (text, "", &id, NULL)) {
    target->candidate = dial_ctl_pick_candidate (ctl, integration_id, id, &target->integration,
                                                 &problem);
    target->n_owners = target->candidate != NULL ? 1 : 0;
    if (target->candidate != NULL)
      return choose_number (target, error);
  }

  target->number = dial_phone_number_new (text, NULL, NULL);
  is_number = dial_phone_number_can_call (target->number);
  if (is_number && dial_phone_number_get_e164 (target->number) != NULL)
    return find_owner (ctl, integrations, target, error);

  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else
    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                 _("“%s” is neither a candidate’s id nor a number that can be called; write a "
                   "number with + and the country code."), text);
  return FALSE;
}
