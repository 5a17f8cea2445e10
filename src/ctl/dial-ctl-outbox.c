#include "dial-ctl.h"

#include <glib/gi18n.h>
#include <stdio.h>

static char *opt_visibility;
static char *opt_integration;

static const GOptionEntry note_options[] = {
  { "visibility", 0, 0, G_OPTION_ARG_FILENAME, &opt_visibility,
    N_("Who may read it: public, private or admin_only; the integration’s setting if left out"),
    "public|private|admin_only" },
  { "integration", 0, 0, G_OPTION_ARG_FILENAME, &opt_integration,
    N_("Look in this integration alone"), N_("ID") },
  { NULL },
};

static const GOptionEntry outbox_options[] = {
  { "integration", 0, 0, G_OPTION_ARG_FILENAME, &opt_integration,
    N_("Look in this integration alone"), N_("ID") },
  { NULL },
};

static gboolean
parse_visibility (const char      *text,
                  DialVisibility  *visibility,
                  GError         **error)
{
  int value;

  if (dial_enum_from_nick (DIAL_TYPE_VISIBILITY, text, &value) &&
      value != DIAL_VISIBILITY_UNKNOWN) {
    *visibility = (DialVisibility) value;
    return TRUE;
  }

  g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
               _("“%s” is no visibility; --visibility takes public, private or admin_only."), text);
  return FALSE;
}

static gboolean
run_note (DialCtl  *ctl,
          char    **arguments,
          GError  **error)
{
  g_autoptr (DialIntegration) integration = NULL;
  g_autoptr (DialCandidate) candidate = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *text = NULL;
  DialVisibility visibility = DIAL_VISIBILITY_UNKNOWN;
  gint64 candidate_id;
  gint64 outbox_id;

  if (!dial_ctl_parse_id (arguments[0], _("candidate"), &candidate_id, error))
    return FALSE;
  if (opt_visibility != NULL && !parse_visibility (opt_visibility, &visibility, error))
    return FALSE;

  candidate = dial_ctl_pick_candidate (ctl, opt_integration, candidate_id, &integration, error);
  if (candidate == NULL)
    return FALSE;

  text = dial_ctl_read_text (ctl, _("Note"), error);
  if (text == NULL)
    return FALSE;

  if (visibility == DIAL_VISIBILITY_UNKNOWN)
    visibility = dial_integration_get_visibility (integration);
  dial_integration_write_note_async (integration, candidate_id, text, visibility, ctl->cancellable,
                                     dial_ctl_got, &result);
  outbox_id = dial_integration_write_note_finish (integration, dial_ctl_wait (&result), error);
  if (outbox_id <= 0)
    return FALSE;

  printf ("%" G_GINT64_FORMAT "\n", outbox_id);
  return TRUE;
}

static GPtrArray *
list_items (DialCtl          *ctl,
            DialIntegration  *integration,
            GError          **error)
{
  DialStore *store = dial_integration_get_store (integration);
  g_autoptr (GAsyncResult) result = NULL;

  dial_store_list_outbox_async (store, 0, ctl->cancellable, dial_ctl_got, &result);
  return dial_store_list_outbox_finish (store, dial_ctl_wait (&result), error);
}

static void
print_item (DialCtl         *ctl,
            DialIntegration *integration,
            DialOutboxItem  *item)
{
  g_autoptr (JsonBuilder) json = dial_ctl_json_begin ();

  dial_ctl_json_int (json, "id", item->id);
  dial_ctl_json_string (json, "state",
                        dial_enum_to_nick (DIAL_TYPE_OUTBOX_STATE, (int) item->state));
  dial_ctl_json_id (json, "candidate", item->candidate_id);
  dial_ctl_json_id (json, "note", item->note_id);
  dial_ctl_json_int (json, "attempts", item->attempts);
  dial_ctl_json_string (json, "error", item->error);
  if (dial_ctl_has_several (ctl))
    dial_ctl_json_string (json, "integration", dial_integration_get_id (integration));
  dial_ctl_json_print (json);
}

/* The outbox is shown for paused integrations too: a note there must not seem to be gone. */
static GPtrArray *
pick_integrations (DialCtl  *ctl,
                   GError  **error)
{
  GListModel *all = dial_desk_get_integrations (ctl->desk);
  g_autoptr (GPtrArray) picked = g_ptr_array_new_with_free_func (g_object_unref);

  if (opt_integration != NULL) {
    DialIntegration *one = dial_ctl_pick_integration (ctl, opt_integration, error);

    if (one == NULL)
      return NULL;
    g_ptr_array_add (picked, one);
  }
  for (guint i = 0; opt_integration == NULL && i < g_list_model_get_n_items (all); i++)
    g_ptr_array_add (picked, g_list_model_get_item (all, i));

  return g_steal_pointer (&picked);
}

static gboolean
run_list (DialCtl  *ctl,
          char    **arguments,
          GError  **error)
{
  g_autoptr (GPtrArray) integrations = pick_integrations (ctl, error);

  if (integrations == NULL)
    return FALSE;

  for (guint i = 0; i < integrations->len; i++) {
    g_autoptr (GPtrArray) items = list_items (ctl, integrations->pdata[i], error);

    if (items == NULL)
      return FALSE;
    for (guint j = 0; j < items->len; j++)
      print_item (ctl, integrations->pdata[i], items->pdata[j]);
  }

  return TRUE;
}

/* Sends what can be sent, then shows how each note stands. What is left unsent, and the first
 * reason, goes into @error: a script that ends with 0 knows that all is in Greenhouse. */
static gboolean
flush_one (DialCtl          *ctl,
           DialIntegration  *integration,
           GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GError) problem = NULL;
  const char *reason = NULL;
  guint n_unsent = 0;

  if (dial_integration_is_active (integration)) {
    DialCtlWatch *watch = dial_ctl_watch_new (ctl, integration);

    dial_integration_flush_async (integration, dial_ctl_watch_get_cancellable (watch),
                                  dial_ctl_got, &result);
    dial_integration_flush_finish (integration, dial_ctl_wait (&result), &problem);
    dial_ctl_watch_end (watch, &problem);
  }
  if (ctl->signal != 0)
    return !g_cancellable_set_error_if_cancelled (ctl->cancellable, error);

  items = list_items (ctl, integration, error);
  if (items == NULL)
    return FALSE;

  for (guint i = 0; i < items->len; i++) {
    DialOutboxItem *item = items->pdata[i];

    print_item (ctl, integration, item);
    if (item->state == DIAL_OUTBOX_STATE_SENT)
      continue;
    n_unsent++;
    if (reason == NULL)
      reason = item->error;
  }

  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (n_unsent == 0)
    return TRUE;

  if (reason == NULL && !dial_integration_is_active (integration))
    reason = _("The integration is not active.");
  if (reason == NULL)
    reason = _("Another Dialhouse may be sending just now.");
  g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
               /* Translators: a number of notes, then why, a sentence. */
               ngettext ("%u note is not in Greenhouse: %s", "%u notes are not in Greenhouse: %s",
                         n_unsent), n_unsent, reason);
  return FALSE;
}

static gboolean
run_flush (DialCtl  *ctl,
           char    **arguments,
           GError  **error)
{
  g_autoptr (GPtrArray) integrations = pick_integrations (ctl, error);
  g_autoptr (GError) first = NULL;

  if (integrations == NULL)
    return FALSE;

  for (guint i = 0; i < integrations->len && ctl->signal == 0; i++)
    flush_one (ctl, integrations->pdata[i], first == NULL ? &first : NULL);

  if (first == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

/* The integration whose outbox holds the note. */
static DialIntegration *
pick_by_note (DialCtl     *ctl,
              const char  *text,
              gint64      *outbox_id,
              GError     **error)
{
  g_autoptr (GPtrArray) integrations = NULL;
  g_autoptr (DialIntegration) found = NULL;

  if (!dial_ctl_parse_id (text, _("note in the outbox"), outbox_id, error))
    return NULL;

  integrations = pick_integrations (ctl, error);
  for (guint i = 0; integrations != NULL && i < integrations->len; i++) {
    g_autoptr (GPtrArray) items = list_items (ctl, integrations->pdata[i], error);

    if (items == NULL)
      return NULL;
    for (guint j = 0; j < items->len; j++) {
      if (((DialOutboxItem *) items->pdata[j])->id != *outbox_id)
        continue;
      if (found != NULL) {
        g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                     _("More than one integration has a note %s in its outbox; say which one "
                       "with --integration."), text);
        return NULL;
      }
      g_set_object (&found, integrations->pdata[i]);
    }
  }

  if (found == NULL && integrations != NULL)
    g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                 _("There is no note %s in the outbox; “dialhousectl outbox list” shows them."),
                 text);
  return g_steal_pointer (&found);
}

static gboolean
run_retry (DialCtl  *ctl,
           char    **arguments,
           GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialIntegration) integration = NULL;
  gint64 id;

  integration = pick_by_note (ctl, arguments[0], &id, error);
  if (integration == NULL)
    return FALSE;

  dial_integration_retry_note_async (integration, id, ctl->cancellable, dial_ctl_got, &result);
  return dial_integration_retry_note_finish (integration, dial_ctl_wait (&result), error);
}

static gboolean
run_discard (DialCtl  *ctl,
             char    **arguments,
             GError  **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialIntegration) integration = NULL;
  gint64 id;

  integration = pick_by_note (ctl, arguments[0], &id, error);
  if (integration == NULL)
    return FALSE;

  dial_integration_discard_note_async (integration, id, ctl->cancellable, dial_ctl_got, &result);
  return dial_integration_discard_note_finish (integration, dial_ctl_wait (&result), error);
}

const DialCtlCommand dial_ctl_outbox_commands[] = {
  { "note", "CANDIDATE [--visibility public|private|admin_only]",
    N_("Write down a note, text on standard input; prints its outbox ID"),
    note_options, 1, 1, TRUE, run_note },
  { "outbox", "", NULL, outbox_options, 0, 0, TRUE, run_list },
  { "outbox list", "", N_("List the notes written here and how they stand, a JSON object a line"),
    outbox_options, 0, 0, TRUE, run_list },
  { "outbox flush", "", N_("Send what can be sent now, then list"),
    outbox_options, 0, 0, TRUE, run_flush },
  { "outbox retry", "ID", N_("Let a refused or uncertain note be sent again by the next flush"),
    outbox_options, 1, 1, TRUE, run_retry },
  { "outbox discard", "ID", N_("Give up a note that is not in Greenhouse"),
    outbox_options, 1, 1, TRUE, run_discard },
  { NULL },
};
