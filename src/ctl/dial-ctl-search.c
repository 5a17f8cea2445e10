#include "dial-ctl.h"

#include <glib/gi18n.h>

#include "dial-history.h"

#define DEFAULT_LIMIT 20

static int opt_limit = DEFAULT_LIMIT;
static char *opt_integration;

static const GOptionEntry search_options[] = {
  { "limit", 0, 0, G_OPTION_ARG_INT, &opt_limit, N_("At most N candidates; 20 if left out"),
    N_("N") },
  { "integration", 0, 0, G_OPTION_ARG_FILENAME, &opt_integration,
    N_("Look in this integration alone"), N_("ID") },
  { NULL },
};

static const GOptionEntry show_options[] = {
  { "integration", 0, 0, G_OPTION_ARG_FILENAME, &opt_integration,
    N_("Look in this integration alone"), N_("ID") },
  { NULL },
};

/* A number as it can be dialled, else as it was typed. */
static void
add_phones (JsonBuilder   *json,
            DialCandidate *candidate)
{
  g_autoptr (GStrvBuilder) phones = g_strv_builder_new ();
  g_auto (GStrv) strings = NULL;

  for (guint i = 0; i < candidate->phones->len; i++) {
    DialPhoneNumber *number = candidate->phones->pdata[i];
    const char *e164 = dial_phone_number_get_e164 (number);

    g_strv_builder_add (phones, e164 != NULL ? e164 : dial_phone_number_get_typed (number));
  }
  strings = g_strv_builder_end (phones);
  dial_ctl_json_strv (json, "phones", (const char * const *) strings);
}

static void
add_emails (JsonBuilder   *json,
            DialCandidate *candidate)
{
  g_autoptr (GStrvBuilder) emails = g_strv_builder_new ();
  g_auto (GStrv) strings = NULL;

  for (guint i = 0; i < candidate->emails->len; i++) {
    DialEmailAddress *email = candidate->emails->pdata[i];

    if (email->address != NULL)
      g_strv_builder_add (emails, email->address);
  }
  strings = g_strv_builder_end (emails);
  dial_ctl_json_strv (json, "emails", (const char * const *) strings);
}

static JsonBuilder *
begin_candidate (DialCtl         *ctl,
                 DialIntegration *integration,
                 DialCandidate   *candidate)
{
  JsonBuilder *json = dial_ctl_json_begin ();
  g_autofree char *name = dial_candidate_dup_name (candidate);

  dial_ctl_json_int (json, "id", candidate->id);
  dial_ctl_json_string (json, "name", name);
  dial_ctl_json_string (json, "title", candidate->title);
  dial_ctl_json_string (json, "company", candidate->company);
  add_phones (json, candidate);
  add_emails (json, candidate);
  dial_ctl_json_string (json, "job", candidate->job);
  dial_ctl_json_string (json, "stage", candidate->stage);
  dial_ctl_json_strv (json, "tags", (const char * const *) candidate->tags);
  if (dial_ctl_has_several (ctl))
    dial_ctl_json_string (json, "integration", dial_integration_get_id (integration));
  return json;
}

/* Whom @query finds; all of them where the first are too hard to find at once. */
static DialFindings *
find (DialCtl          *ctl,
      DialStore        *store,
      const DialQuery  *query,
      guint             limit,
      GError          **error)
{
  g_autoptr (GAsyncResult) searched = NULL;
  g_autoptr (GAsyncResult) again = NULL;
  g_autoptr (DialFindings) findings = NULL;

  dial_store_search_async (store, query, limit, ctl->cancellable, dial_ctl_got, &searched);
  findings = dial_store_search_finish (store, dial_ctl_wait (&searched), error);
  if (findings == NULL || findings->complete || findings->places->len >= limit)
    return g_steal_pointer (&findings);

  dial_store_search_async (store, query, 0, ctl->cancellable, dial_ctl_got, &again);
  return dial_store_search_finish (store, dial_ctl_wait (&again), error);
}

/* The best of one company, in order. */
static GPtrArray *
search_one (DialCtl          *ctl,
            DialIntegration  *integration,
            const char       *text,
            guint             limit,
            GError          **error)
{
  DialStore *store = dial_integration_get_store (integration);
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (DialQuery) query = dial_query_new (text);
  g_autoptr (DialFindings) findings = find (ctl, store, query, limit, error);
  g_autoptr (GArray) places = NULL;

  if (findings == NULL)
    return NULL;

  places = dial_places_list (findings->places, limit > 0 ? limit : G_MAXUINT);
  dial_store_load_candidates_async (store, places, ctl->cancellable, dial_ctl_got, &loaded);
  return dial_store_load_candidates_finish (store, dial_ctl_wait (&loaded), error);
}

/* The first of each company, then the second of each, as the window has them. */
static void
print_laced (DialCtl   *ctl,
             GPtrArray *integrations,
             GPtrArray *answers,
             guint      limit)
{
  gboolean more = TRUE;

  for (guint rank = 0; more && limit > 0; rank++) {
    more = FALSE;
    for (guint i = 0; i < answers->len && limit > 0; i++) {
      GPtrArray *candidates = answers->pdata[i];
      g_autoptr (JsonBuilder) json = NULL;

      more |= rank + 1 < candidates->len;
      /* Forgotten by another process between the two questions. */
      if (rank >= candidates->len || candidates->pdata[rank] == NULL)
        continue;

      json = begin_candidate (ctl, integrations->pdata[i], candidates->pdata[rank]);
      dial_ctl_json_print (json);
      limit--;
    }
  }
}

static gboolean
run_search (DialCtl  *ctl,
            char    **arguments,
            GError  **error)
{
  g_autofree char *text = g_strjoinv (" ", arguments);
  g_autoptr (GPtrArray) integrations = NULL;
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  if (opt_limit < 1) {
    g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_USAGE,
                         _("--limit takes a number from 1 upwards."));
    return FALSE;
  }

  integrations = dial_ctl_pick_active (ctl, opt_integration, error);
  if (integrations == NULL)
    return FALSE;

  for (guint i = 0; i < integrations->len; i++) {
    GPtrArray *candidates = search_one (ctl, integrations->pdata[i], text, (guint) opt_limit,
                                        error);

    if (candidates == NULL)
      return FALSE;
    g_ptr_array_add (answers, candidates);
  }

  print_laced (ctl, integrations, answers, (guint) opt_limit);
  return TRUE;
}

static void
add_numbers (JsonBuilder   *json,
             DialCandidate *candidate)
{
  json_builder_set_member_name (json, "numbers");
  json_builder_begin_array (json);
  for (guint i = 0; i < candidate->phones->len; i++) {
    DialPhoneNumber *number = candidate->phones->pdata[i];

    json_builder_begin_object (json);
    dial_ctl_json_string (json, "number", dial_phone_number_get_typed (number));
    dial_ctl_json_string (json, "e164", dial_phone_number_get_e164 (number));
    dial_ctl_json_string (json, "extension", dial_phone_number_get_extension (number));
    dial_ctl_json_string (json, "type", dial_phone_number_get_kind (number));
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
}

static void
add_applications (JsonBuilder   *json,
                  DialCandidate *candidate)
{
  json_builder_set_member_name (json, "applications");
  json_builder_begin_array (json);
  for (guint i = 0; candidate->applications != NULL && i < candidate->applications->len; i++) {
    DialApplication *application = candidate->applications->pdata[i];

    json_builder_begin_object (json);
    dial_ctl_json_int (json, "id", application->id);
    dial_ctl_json_id (json, "job_id", application->job_id);
    dial_ctl_json_string (json, "job", application->job_name);
    dial_ctl_json_string (json, "stage", application->stage_name);
    dial_ctl_json_string (json, "status", application->status);
    dial_ctl_json_bool (json, "prospect", application->prospect);
    dial_ctl_json_string (json, "recruiter", application->recruiter_name);
    dial_ctl_json_instant (json, "created_at", application->created_at);
    dial_ctl_json_instant (json, "last_activity_at", application->last_activity_at);
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
}

static void
add_call (JsonBuilder    *json,
          DialCallRecord *call)
{
  dial_ctl_json_string (json, "call", call->uid[0] != '\0' ? call->uid : NULL);
  dial_ctl_json_string (json, "direction",
                        dial_enum_to_nick (DIAL_TYPE_DIRECTION, (int) call->direction));
  dial_ctl_json_string (json, "number", call->e164 != NULL ? call->e164
                        : call->number[0] != '\0' ? call->number : NULL);
  dial_ctl_json_string (json, "call_state",
                        dial_enum_to_nick (DIAL_TYPE_CALL_STATE, (int) call->state));
  dial_ctl_json_string (json, "outcome",
                        dial_enum_to_nick (DIAL_TYPE_OUTCOME, (int) call->outcome));
  json_builder_set_member_name (json, "seconds");
  if (call->duration >= 0)
    json_builder_add_int_value (json, call->duration);
  else
    json_builder_add_null_value (json);
}

static void
add_message (JsonBuilder     *json,
             DialTextMessage *message)
{
  dial_ctl_json_id (json, "text_id", message->id);
  dial_ctl_json_string (json, "number", message->number[0] != '\0' ? message->number : NULL);
  dial_ctl_json_string (json, "from", message->own_number[0] != '\0' ? message->own_number : NULL);
  dial_ctl_json_string (json, "text_state", dial_enum_to_nick (DIAL_TYPE_TEXT_STATE, (int) message->state));
  dial_ctl_json_string (json, "error", message->error);
}

/* The state of the entry's note: of one of ours what the outbox says, of one that was only read
 * from Greenhouse that it is there. */
static const char *
get_note_state (DialHistoryEntry *entry)
{
  DialOutboxItem *item = dial_history_entry_get_item (entry);

  if (item != NULL)
    return dial_enum_to_nick (DIAL_TYPE_OUTBOX_STATE, (int) item->state);

  return dial_history_entry_get_note (entry) != NULL ? "sent" : NULL;
}

static void
add_entry (JsonBuilder      *json,
           DialHistoryEntry *entry)
{
  DialCallRecord *call = dial_history_entry_get_call (entry);
  DialTextMessage *message = dial_history_entry_get_message (entry);
  DialOutboxItem *item = dial_history_entry_get_item (entry);
  DialNote *note = dial_history_entry_get_note (entry);

  json_builder_begin_object (json);
  dial_ctl_json_string (json, "kind", call != NULL ? "call" : message != NULL ? "text" : "note");
  dial_ctl_json_instant (json, "when", dial_history_entry_get_when (entry));
  dial_ctl_json_string (json, "author", dial_history_entry_get_author (entry));
  dial_ctl_json_string (json, "text", dial_history_entry_get_text (entry));
  dial_ctl_json_string (json, "state", get_note_state (entry));
  dial_ctl_json_id (json, "outbox", item != NULL ? item->id : 0);
  dial_ctl_json_id (json, "note", note != NULL ? note->id : item != NULL ? item->note_id : 0);
  if (call != NULL)
    add_call (json, call);
  if (message != NULL)
    add_message (json, message);
  json_builder_end_object (json);
}

/* The history as this computer knows it, newest first. */
static gboolean
add_history (DialCtl          *ctl,
             JsonBuilder      *json,
             DialIntegration  *integration,
             DialCandidate    *candidate,
             GError          **error)
{
  g_autoptr (DialHistory) history = dial_history_new (integration, candidate->id);
  GListModel *entries = G_LIST_MODEL (history);

  while (dial_history_is_loading (history) && !g_cancellable_is_cancelled (ctl->cancellable))
    g_main_context_iteration (NULL, TRUE);
  if (g_cancellable_set_error_if_cancelled (ctl->cancellable, error))
    return FALSE;

  json_builder_set_member_name (json, "history");
  json_builder_begin_array (json);
  for (guint i = 0; i < g_list_model_get_n_items (entries); i++) {
    g_autoptr (DialHistoryEntry) entry = g_list_model_get_item (entries, i);

    add_entry (json, entry);
  }
  json_builder_end_array (json);
  return TRUE;
}

static gboolean
run_show (DialCtl  *ctl,
          char    **arguments,
          GError  **error)
{
  g_autoptr (DialIntegration) integration = NULL;
  g_autoptr (DialCandidate) candidate = NULL;
  g_autoptr (JsonBuilder) json = NULL;
  g_autofree char *url = NULL;
  gint64 id;

  if (!dial_ctl_parse_id (arguments[0], _("candidate"), &id, error))
    return FALSE;

  candidate = dial_ctl_pick_candidate (ctl, opt_integration, id, &integration, error);
  if (candidate == NULL)
    return FALSE;

  json = begin_candidate (ctl, integration, candidate);
  url = dial_integration_dup_candidate_url (integration, candidate->id);
  dial_ctl_json_string (json, "first_name", candidate->first_name);
  dial_ctl_json_string (json, "last_name", candidate->last_name);
  dial_ctl_json_string (json, "preferred_name", candidate->preferred_name);
  dial_ctl_json_bool (json, "private", candidate->is_private);
  dial_ctl_json_string (json, "time_zone", candidate->time_zone);
  dial_ctl_json_string (json, "url", url);
  dial_ctl_json_instant (json, "created_at", candidate->created_at);
  dial_ctl_json_instant (json, "updated_at", candidate->updated_at);
  dial_ctl_json_instant (json, "last_activity_at", candidate->last_activity_at);
  add_numbers (json, candidate);
  add_applications (json, candidate);
  if (!add_history (ctl, json, integration, candidate, error))
    return FALSE;

  dial_ctl_json_print (json);
  return TRUE;
}

const DialCtlCommand dial_ctl_search_commands[] = {
  { "search", "[--limit N] TEXT",
    N_("Find candidates by name, e-mail, number, company, title, job or tag; a JSON object a line"),
    search_options, 1, G_MAXUINT, TRUE, run_search },
  { "show", "CANDIDATE", N_("Show one candidate with applications and history, a JSON object"),
    show_options, 1, 1, TRUE, run_show },
  { NULL },
};
