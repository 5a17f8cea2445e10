#include "dial-ctl.h"

#include <glib/gi18n.h>

/**
 * dial_ctl_parse_id:
 * @text: what was typed
 * @what: what it should be the id of, for the error
 * @id: (out): the id
 * @error: why not
 *
 * Returns: whether @text is an id
 */
gboolean
dial_ctl_parse_id (const char  *text,
                   const char  *what,
                   gint64      *id,
                   GError     **error)
{
  if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, id, NULL) && *text != '+')
    return TRUE;

  g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
               /* Translators: what was typed, then what it should name: a candidate, a note. */
               _("“%s” is not the id of a %s: that is a whole number."), text, what);
  return FALSE;
}

/**
 * dial_ctl_has_several:
 * @ctl: what the command works with
 *
 * Returns: whether there is more than one integration, so that answers must say which one is meant
 */
gboolean
dial_ctl_has_several (DialCtl *ctl)
{
  return g_list_model_get_n_items (dial_desk_get_integrations (ctl->desk)) > 1;
}

/**
 * dial_ctl_pick_integration:
 * @ctl: what the command works with
 * @id: (nullable): what was typed; %NULL means the only one
 * @error: why not
 *
 * Returns: (transfer full): the integration
 */
DialIntegration *
dial_ctl_pick_integration (DialCtl     *ctl,
                           const char  *id,
                           GError     **error)
{
  GListModel *integrations = dial_desk_get_integrations (ctl->desk);
  DialIntegration *found;

  if (id != NULL) {
    found = dial_desk_find_integration (ctl->desk, id);
    if (found != NULL)
      return g_object_ref (found);

    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                 _("There is no integration “%s”; “dialhousectl integration list” shows them."),
                 id);
    return NULL;
  }

  switch (g_list_model_get_n_items (integrations)) {
  case 1:
    return g_list_model_get_item (integrations, 0);

  case 0:
    g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                         _("There is no integration yet; “dialhousectl integration add” makes "
                           "one."));
    return NULL;

  default:
    g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                         _("There are several integrations; say which one by its id "
                           "(“dialhousectl integration list” shows them)."));
    return NULL;
  }
}

static void
set_inactive_error (DialIntegration  *integration,
                    GError          **error)
{
  const char *problem = dial_integration_get_problem (integration);

  /* What switched it off may be what nobody can switch on. */
  if (dial_integration_get_health (integration) == DIAL_HEALTH_BROKEN && problem != NULL)
    g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED, problem);
  else
    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                 _("The integration “%s” is not active; “dialhousectl integration activate %s” "
                   "switches it on."),
                 dial_integration_get_name (integration), dial_integration_get_id (integration));
}

/**
 * dial_ctl_pick_active:
 * @ctl: what the command works with
 * @id: (nullable): what was typed; %NULL means all that are active
 * @error: why not
 *
 * Returns: (transfer full) (element-type DialIntegration): active integrations, at least one
 */
GPtrArray *
dial_ctl_pick_active (DialCtl     *ctl,
                      const char  *id,
                      GError     **error)
{
  GListModel *integrations = dial_desk_get_integrations (ctl->desk);
  guint n = g_list_model_get_n_items (integrations);
  g_autoptr (GPtrArray) active = g_ptr_array_new_with_free_func (g_object_unref);

  if (id != NULL || n == 1) {
    g_autoptr (DialIntegration) only = dial_ctl_pick_integration (ctl, id, error);

    if (only == NULL)
      return NULL;
    if (!dial_integration_is_active (only)) {
      set_inactive_error (only, error);
      return NULL;
    }
    g_ptr_array_add (active, g_steal_pointer (&only));
    return g_steal_pointer (&active);
  }

  for (guint i = 0; i < n; i++) {
    g_autoptr (DialIntegration) integration = g_list_model_get_item (integrations, i);

    if (dial_integration_is_active (integration))
      g_ptr_array_add (active, g_steal_pointer (&integration));
  }
  if (active->len > 0)
    return g_steal_pointer (&active);

  if (n == 0)
    g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                         _("There is no integration yet; “dialhousectl integration add” makes "
                           "one."));
  else
    g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                         _("No integration is active; “dialhousectl integration activate ID” "
                           "switches one on."));
  return NULL;
}

/**
 * dial_ctl_pick_candidate:
 * @ctl: what the command works with
 * @integration_id: (nullable): where to look; %NULL means all active integrations
 * @id: the candidate's id
 * @integration: (out) (transfer full): whose candidate it is
 * @error: why not
 *
 * Returns: (transfer full): the candidate, as the store knows it
 */
DialCandidate *
dial_ctl_pick_candidate (DialCtl          *ctl,
                         const char       *integration_id,
                         gint64            id,
                         DialIntegration **integration,
                         GError          **error)
{
  g_autoptr (GPtrArray) places = dial_ctl_pick_active (ctl, integration_id, error);
  g_autoptr (DialCandidate) found = NULL;
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  g_clear_object (integration);
  if (places == NULL)
    return NULL;

  for (guint i = 0; i < places->len; i++) {
    DialStore *store = dial_integration_get_store (places->pdata[i]);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (DialCandidate) candidate = NULL;
    g_autoptr (GError) problem = NULL;

    dial_store_load_candidate_async (store, id, ctl->cancellable, dial_ctl_got, &result);
    candidate = dial_store_load_candidate_finish (store, dial_ctl_wait (&result), &problem);
    if (candidate == NULL) {
      if (problem == NULL ||
          g_error_matches (problem, DIAL_STORE_ERROR, DIAL_STORE_ERROR_NOT_FOUND))
        continue;
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
    if (found != NULL) {
      g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                   _("More than one integration has a candidate %s; say which one with "
                     "--integration."), name);
      return NULL;
    }
    found = g_steal_pointer (&candidate);
    g_set_object (integration, places->pdata[i]);
  }

  if (found == NULL)
    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                 _("There is no candidate %s here; “dialhousectl sync” fetches what is new in "
                   "Greenhouse."), name);
  return g_steal_pointer (&found);
}
