/*
 * What tests can ask of the sandbox's CloudTalk, where the options allow it. What is left out of an object stays as it
 * was. The answer is 200, with `"id"` of what was made, or 400 if nothing was done.
 *
 * - `POST /sandbox/cloudtalk/agents` `{"agent": "oskar.venn@example.com", "state": "offline"}`: the agent's address or
 *   id; `state` is `online`, `offline`, `paused` or `calling`; `"may_call_out": false`; `"within_limit": false`;
 *   `"pick_up_ms": 500`: dialled calls are picked up by themselves after so long, -1 for not by themselves;
 *   `"email"`: another address.
 * - `POST /sandbox/cloudtalk/numbers` `{"number": "+442079460100", "may_text": false}`.
 * - `POST /sandbox/cloudtalk/next` `{"outcome": "no_answer", "ring_ms": 200}`: how the next call goes that is asked
 *   for through the API, or the next `times` calls (default 1; 0: all to come). `outcome` is `answered`, `no_answer`,
 *   `busy`, `voicemail` or `agent_missed`; `pick_up_ms` (-1: as the agent's is set), `ring_ms`, `talk_ms` and
 *   `wrap_up_ms` (-1: until a test ends it) are 0 if left out, but for `pick_up_ms`. Several are met in their order.
 *   Without any a call is picked up as the agent's is set, rings 2.5 s, is talked for 20 s and wrapped up for 3 s.
 * - `POST /sandbox/cloudtalk/calls` `{"type": "incoming", "external": "+447700900142", "talk_ms": 60000}`: a call of
 *   which the API was not asked. `type` is `incoming`, `outgoing` or `internal`; `external` null is withheld; `internal`
 *   and `agent` are the recruiter's if left out (`"agent": 0`: nobody's); `outcome` as above, or `missed`; `ring_ms`,
 *   `talk_ms`, `wrap_up_ms` as above; it began `ago_ms` ago; if that is left out it has just ended.
 * - the same with `"id"`: `"action"`: `pick_up`, `answer`, `end`, `wrap_up` (which ends it) happens now; `"notes": […]`
 *   and `"tags": […]` are what stands there from now on; `"recording"`: `none`, `there` or `gone`.
 * - `POST /sandbox/cloudtalk/texts` `{"refusal": "Not allowed country.", "times": 1}`: what the carrier says of the next
 *   texts (`times` 0: of all to come); `"refusal": null` takes it back; `"credit": false`: texts cannot be paid.
 * - `POST /sandbox/cloudtalk/contacts` takes what `PUT /contacts/add.json` takes, as if a colleague had typed it; it is
 *   never merged. `{"id": 55120, "swallow": 55121}`: somebody merges the second into the first; `{"id": 55120, "edit":
 *   {…}}`: changes it as `POST /contacts/edit` does; `{"id": 55120, "delete": true}`. `{"delete": "all"}`.
 * - `POST /sandbox/cloudtalk/allowance` `{"limit": 60, "seconds": 60, "aligned": false}`: operations a window, 0 for no
 *   limit; `"others": 40`: so many of each window colleagues use up; `"told": "always"`, or `"refused"`: the headers
 *   come with a 429 alone; `"bulk": "once"`, or `"each"`: how a bulk request counts. The window begins anew.
 * - `POST /sandbox/cloudtalk/keys` `{"keys": "withdrawn"}`, or `"ok"`.
 * - `POST /sandbox/cloudtalk/settings`, any of `"listed"`: from when a call is in the history, its beginning
 *   (`running`), its end (`ended`) or the end of the wrap-up (`wrapped_up`); `"lag_ms"`: and so much later;
 *   `"agent_ring_ms"`: for how long an agent is rung;
 *   `"recordings"`: `on`, `off` or `gone`, for calls to come; `"recording_ms"`: how long after the end they are there;
 *   `"link"`: from when a row tells of its recording, the call's end (`ended`) or when the sound is there (`uploaded`);
 *   `"paused_refuses"`: whether who is paused is not rung; `"status_in_body"`: what is wrong is told under a 200;
 *   `"merge"`: with whom somebody new becomes one: `none`, who shares a `number`, an `email`, or `either`; `"merged_id"`:
 *   whether the answer then has the `old` id, or a `new` one that leads nowhere; `"list_rows"`: rows of contacts have
 *   the `first` number and address, as the description has it, or `all`.
 * - `DELETE /sandbox/cloudtalk`: all is as at the start, the allowance's limit and the keys apart.
 *
 * `GET /sandbox/cloudtalk/calls`, `texts` and `contacts` show all there is, the oldest first: calls that no list shows, texts that did
 * not go out. Faults are asked for as in dial-sandbox-faults.c, with paths like `/cloudtalk/api/calls/create.json`.
 */

#include "dial-sandbox-cloudtalk.h"

#include <string.h>

/* Reading wishes */

static gboolean
read_flag (JsonObject *wish,
           const char *name,
           gboolean   *flag)
{
  JsonNode *node = json_object_get_member (wish, name);

  if (node != NULL && json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return FALSE;

  if (node != NULL)
    *flag = json_node_get_boolean (node);
  return TRUE;
}

static gboolean
read_number (JsonObject *wish,
             const char *name,
             gint64      min,
             gint64     *number)
{
  JsonNode *node = json_object_get_member (wish, name);

  if (node == NULL)
    return TRUE;
  if (json_node_get_value_type (node) != G_TYPE_INT64 || json_node_get_int (node) < min)
    return FALSE;

  *number = json_node_get_int (node);
  return TRUE;
}

/* Which of the choices, between bars. */
static gboolean
read_choice (JsonObject *wish,
             const char *name,
             const char *choices,
             guint      *which)
{
  const char *text = json_object_get_string_member_with_default (wish, name, NULL);
  g_auto (GStrv) known = g_strsplit (choices, "|", -1);

  if (!json_object_has_member (wish, name))
    return TRUE;

  for (guint i = 0; text != NULL && known[i] != NULL; i++) {
    if (strcmp (known[i], text) == 0) {
      *which = i;
      return TRUE;
    }
  }
  return FALSE;
}

/* The same, for who wants the word. */
static gboolean
read_word (JsonObject  *wish,
           const char  *name,
           const char  *choices,
           const char **word)
{
  guint which;

  if (!read_choice (wish, name, choices, &which))
    return FALSE;

  if (json_object_has_member (wish, name))
    *word = g_intern_string (json_object_get_string_member (wish, name));
  return TRUE;
}

static DialSandboxCtAgent *
find_agent (DialSandboxServer *server,
            JsonObject        *wish)
{
  JsonNode *node = json_object_get_member (wish, "agent");

  if (node != NULL && json_node_get_value_type (node) == G_TYPE_STRING)
    return dial_sandbox_ct_find_agent_by_email (server, json_node_get_string (node));

  return dial_sandbox_ct_find_agent (server, json_object_get_int_member_with_default (wish, "agent", 0));
}

/* Wishes */

static gboolean
change_agents (DialSandboxServer *server,
               JsonObject        *wish,
               gint64            *added)
{
  DialSandboxCtAgent *agent = find_agent (server, wish);
  DialSandboxCtAgent changed;

  if (agent == NULL)
    return FALSE;

  changed = *agent;
  if (!read_word (wish, "state", "online|offline|paused|calling", &changed.state) ||
      !read_flag (wish, "may_call_out", &changed.may_call_out) ||
      !read_flag (wish, "within_limit", &changed.within_limit) ||
      !read_number (wish, "pick_up_ms", -1, &changed.pick_up_ms))
    return FALSE;

  if (json_object_has_member (wish, "email"))
    changed.email = g_intern_string (json_object_get_string_member (wish, "email"));
  *agent = changed;
  return TRUE;
}

static gboolean
change_numbers (DialSandboxServer *server,
                JsonObject        *wish,
                gint64            *added)
{
  const char *e164 = json_object_get_string_member_with_default (wish, "number", NULL);
  DialSandboxCtNumber *number = dial_sandbox_ct_find_number (server, e164);

  return number != NULL && read_flag (wish, "may_text", &number->may_text);
}

static gboolean
read_plan (JsonObject        *wish,
           DialSandboxCtPlan *plan)
{
  return read_word (wish, "outcome", "answered|no_answer|busy|voicemail|agent_missed|missed", &plan->outcome) &&
         read_number (wish, "pick_up_ms", -1, &plan->pick_up_ms) &&
         read_number (wish, "ring_ms", 0, &plan->ring_ms) &&
         read_number (wish, "talk_ms", -1, &plan->talk_ms) &&
         read_number (wish, "wrap_up_ms", -1, &plan->wrap_up_ms) &&
         read_number (wish, "times", 0, &plan->times);
}

static gboolean
change_next (DialSandboxServer *server,
             JsonObject        *wish,
             gint64            *added)
{
  DialSandboxCtPlan plan = { "answered", -1, 0, 0, 0, 1 };

  if (!read_plan (wish, &plan))
    return FALSE;

  g_array_append_val (server->cloudtalk->plans, plan);
  return TRUE;
}

static void
replace_texts (DialSandboxServer *server,
               JsonObject        *wish,
               const char        *name,
               GPtrArray         *texts)
{
  JsonArray *array;

  if (!json_object_has_member (wish, name))
    return;

  array = json_object_get_array_member (wish, name);
  g_ptr_array_set_size (texts, 0);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    const char *text = json_array_get_string_element (array, i);
    gint64 id = texts == NULL || strcmp (name, "notes") == 0 ? server->cloudtalk->next_id++
                                                             : dial_sandbox_ct_ensure_tag (server, text)->id;

    g_ptr_array_add (texts, dial_sandbox_ct_tag_new (id, text));
  }
}

static gboolean
change_call (DialSandboxServer *server,
             JsonObject        *wish,
             DialSandboxCtCall *call)
{
  const char *action = json_object_get_string_member_with_default (wish, "action", NULL);

  if (!read_choice (wish, "recording", "none|there|gone", &call->recording) ||
      (action != NULL && !dial_sandbox_ct_move_call (server, call, action)))
    return FALSE;

  replace_texts (server, wish, "notes", call->notes);
  replace_texts (server, wish, "tags", call->tags);
  return TRUE;
}

/* Returns: (nullable): the call, if there can be one like that. */
static DialSandboxCtCall *
add_call (DialSandboxServer *server,
          JsonObject        *wish)
{
  const DialSandboxCtAgent *recruiter = &g_array_index (server->cloudtalk->agents, DialSandboxCtAgent, 0);
  const DialSandboxCtAgent *agent = json_object_has_member (wish, "agent") ? find_agent (server, wish) : recruiter;
  const char *internal = json_object_get_string_member_with_default (wish, "internal", recruiter->numbers[0]);
  const char *external = json_object_get_string_member_with_default (wish, "external", NULL);
  const char *type = NULL;
  DialSandboxCtPlan plan = { "answered", 0, 0, 0, 0, 1 };
  gint64 ago;

  if (!read_word (wish, "type", "incoming|outgoing|internal", &type) || type == NULL || !read_plan (wish, &plan) ||
      dial_sandbox_ct_find_number (server, internal) == NULL ||
      (external != NULL && !dial_sandbox_ct_is_e164 (external)))
    return NULL;

  ago = plan.ring_ms + MAX (plan.talk_ms, 0) + MAX (plan.wrap_up_ms, 0);
  if (!read_number (wish, "ago_ms", 0, &ago))
    return NULL;

  return dial_sandbox_ct_add_call (server, type, agent != NULL ? agent->id : 0, external, internal,
                                   dial_sandbox_world_get_now (server->world) - ago * 1000, &plan);
}

static gboolean
change_calls (DialSandboxServer *server,
              JsonObject        *wish,
              gint64            *added)
{
  DialSandboxCtCall *call;

  if (json_object_has_member (wish, "id"))
    call = dial_sandbox_ct_find_call (server, json_object_get_int_member (wish, "id"));
  else
    call = add_call (server, wish);
  if (call == NULL)
    return FALSE;

  *added = call->id;
  return change_call (server, wish, call);
}

static gboolean
change_texts (DialSandboxServer *server,
              JsonObject        *wish,
              gint64            *added)
{
  DialSandboxCt *self = server->cloudtalk;
  gint64 times = 1;
  gboolean credit = !self->no_credit;

  if (!read_flag (wish, "credit", &credit) || !read_number (wish, "times", 0, &times))
    return FALSE;

  self->no_credit = !credit;
  if (json_object_has_member (wish, "refusal")) {
    g_free (self->refusal);
    self->refusal = g_strdup (json_object_get_string_member_with_default (wish, "refusal", NULL));
    self->n_refusals = (guint) times;
  }
  return TRUE;
}

/* Returns: whether it is a sound contact, which a colleague typed or changed. */
static gboolean
type_contact (DialSandboxServer    *server,
              JsonObject           *body,
              DialSandboxCtContact *contact,
              gint64               *added)
{
  DialSandboxCt *self = server->cloudtalk;
  g_autoptr (GString) errors = g_string_new (NULL);
  DialSandboxCtContact *sent = dial_sandbox_ct_read_contact (server, body, contact == NULL, errors);
  guint rule = self->merge;

  self->merge = DIAL_SANDBOX_CT_MERGE_NONE;
  if (errors->len == 0 && contact != NULL)
    dial_sandbox_ct_edit_contact (server, contact, sent, FALSE);
  else if (errors->len == 0)
    *added = dial_sandbox_ct_add_contact (server, sent);
  self->merge = rule;
  dial_sandbox_ct_contact_free (sent);
  return errors->len == 0;
}

static gboolean
change_contacts (DialSandboxServer *server,
                 JsonObject        *wish,
                 gint64            *added)
{
  DialSandboxCt *self = server->cloudtalk;
  gint64 id = json_object_get_int_member_with_default (wish, "id", 0);
  gint64 other_id = json_object_get_int_member_with_default (wish, "swallow", 0);
  DialSandboxCtContact *contact = dial_sandbox_ct_find_contact (server, id);
  DialSandboxCtContact *other = dial_sandbox_ct_find_contact (server, other_id);

  if (id == 0 && json_object_has_member (wish, "delete"))
    g_ptr_array_set_size (self->contacts, 0);
  else if (id == 0)
    return type_contact (server, wish, NULL, added);
  else if (contact != NULL && json_object_has_member (wish, "edit"))
    return type_contact (server, json_object_get_object_member (wish, "edit"), contact, added);
  else if (contact != NULL && json_object_has_member (wish, "delete"))
    return g_ptr_array_remove (self->contacts, contact);
  else if (contact != NULL && other != NULL && other != contact)
    dial_sandbox_ct_swallow_contact (server, contact, other);
  else
    return FALSE;

  return TRUE;
}

static gboolean
change_allowance (DialSandboxServer *server,
                  JsonObject        *wish,
                  gint64            *added)
{
  DialSandboxCt *self = server->cloudtalk;
  gint64 limit = self->allowance.limit;
  gint64 seconds = self->allowance.seconds;
  gint64 others = self->others;
  gboolean aligned = !self->allowance.unaligned;
  guint told = self->tells_always ? 0 : 1;
  guint bulk = self->bulk_counts_each ? 1 : 0;

  if (!read_number (wish, "limit", 0, &limit) || !read_number (wish, "seconds", 1, &seconds) ||
      !read_number (wish, "others", 0, &others) || !read_flag (wish, "aligned", &aligned) ||
      !read_choice (wish, "told", "always|refused", &told) || !read_choice (wish, "bulk", "once|each", &bulk))
    return FALSE;

  self->allowance.limit = (guint) limit;
  self->allowance.seconds = (guint) seconds;
  self->allowance.unaligned = !aligned;
  self->allowance.ends_at = 0;
  self->others = (guint) others;
  self->tells_always = told == 0;
  self->bulk_counts_each = bulk == 1;
  return TRUE;
}

static gboolean
change_keys (DialSandboxServer *server,
             JsonObject        *wish,
             gint64            *added)
{
  return json_object_has_member (wish, "keys") &&
         read_choice (wish, "keys", "ok|withdrawn", &server->cloudtalk->keys);
}

static gboolean
change_settings (DialSandboxServer *server,
                 JsonObject        *wish,
                 gint64            *added)
{
  DialSandboxCt *self = server->cloudtalk;
  guint recordings = self->recordings == 0 ? 1 : self->recordings == 1 ? 0 : 2;
  guint merged_id = self->merge_tells_old_id ? 0 : 1;
  guint list_rows = self->rows_show_all ? 1 : 0;
  guint link = self->link_comes_late ? 1 : 0;

  if (!read_choice (wish, "listed", "running|ended|wrapped_up", &self->listed) ||
      !read_number (wish, "lag_ms", 0, &self->lag_ms) ||
      !read_number (wish, "agent_ring_ms", 0, &self->agent_ring_ms) ||
      !read_choice (wish, "recordings", "on|off|gone", &recordings) ||
      !read_number (wish, "recording_ms", 0, &self->recording_ms) ||
      !read_flag (wish, "paused_refuses", &self->paused_refuses) ||
      !read_flag (wish, "status_in_body", &self->status_in_body) ||
      !read_choice (wish, "merge", "none|number|email|either", &self->merge) ||
      !read_choice (wish, "merged_id", "old|new", &merged_id) ||
      !read_choice (wish, "list_rows", "first|all", &list_rows) ||
      !read_choice (wish, "link", "ended|uploaded", &link))
    return FALSE;

  self->link_comes_late = link == 1;
  self->merge_tells_old_id = merged_id == 0;
  self->rows_show_all = list_rows == 1;

  self->recordings = recordings == 0 ? 1 : recordings == 1 ? 0 : 2;
  return TRUE;
}

/* Showing */

static void
write_names (DialSandboxRecord *record,
             const char        *member,
             GPtrArray         *texts)
{
  if (!dial_sandbox_record_member (record, member))
    return;

  g_string_append_c (record->out, '[');
  for (guint i = 0; i < texts->len; i++) {
    if (i > 0)
      g_string_append_c (record->out, ',');
    dial_sandbox_append_string (record->out, ((DialSandboxCtTag *) texts->pdata[i])->text);
  }
  g_string_append_c (record->out, ']');
}

static void
show_call (DialSandboxServer *server,
           gconstpointer      row,
           DialSandboxRecord *record)
{
  const DialSandboxCtCall *call = row;

  dial_sandbox_record_integer (record, "id", call->id);
  dial_sandbox_record_string (record, "type", call->type);
  dial_sandbox_record_integer (record, "agent", call->agent_id);
  dial_sandbox_record_string (record, "external", call->external);
  dial_sandbox_record_string (record, "internal", call->internal);
  dial_sandbox_record_string (record, "outcome", call->outcome);
  dial_sandbox_record_string (record, "state", dial_sandbox_ct_call_get_state (server, call));
  dial_sandbox_record_boolean (record, "listed", dial_sandbox_ct_call_is_listed (server, call));
  dial_sandbox_record_boolean (record, "asked", call->asked);
  dial_sandbox_record_time (record, "started_at", call->started_at);
  write_names (record, "notes", call->notes);
  write_names (record, "tags", call->tags);
}

static void
show_text (DialSandboxServer *server,
           gconstpointer      row,
           DialSandboxRecord *record)
{
  const DialSandboxCtText *text = row;

  dial_sandbox_record_time (record, "at", text->at);
  dial_sandbox_record_string (record, "sender", text->sender);
  dial_sandbox_record_string (record, "recipient", text->recipient);
  dial_sandbox_record_string (record, "message", text->message);
  dial_sandbox_record_string (record, "refusal", text->refusal);
}

static void
show_contact (DialSandboxServer *server,
              gconstpointer      row,
              DialSandboxRecord *record)
{
  static const char * const names[] = { "numbers", "emails", "tags", "url_names", "urls" };
  const DialSandboxCtContact *contact = row;

  dial_sandbox_record_integer (record, "id", contact->id);
  for (guint i = 0; i < DIAL_SANDBOX_CT_N_FIELDS; i++)
    dial_sandbox_record_string (record, dial_sandbox_ct_get_field_name (i), contact->fields[i]);
  for (guint i = 0; i < DIAL_SANDBOX_CT_N_LISTS; i++) {
    g_ptr_array_add (contact->lists[i], NULL);
    dial_sandbox_record_strings (record, names[i], (const char * const *) contact->lists[i]->pdata);
    g_ptr_array_set_size (contact->lists[i], (int) contact->lists[i]->len - 1);
  }
  dial_sandbox_record_integer (record, "favorite_agent", contact->favorite_agent);
  dial_sandbox_record_integer (record, "edits", contact->n_edits);
  dial_sandbox_record_integer (record, "merged", contact->n_merged);
}

static void
show (DialSandboxRequest *request,
      GPtrArray          *rows,
      DialSandboxCtWriter write)
{
  GString *body = g_string_new ("[");

  for (guint i = 0; i < rows->len; i++) {
    DialSandboxRecord record;

    if (i > 0)
      g_string_append_c (body, ',');
    dial_sandbox_record_begin (&record, body, NULL, NULL);
    write (request->server, rows->pdata[i], &record);
    dial_sandbox_record_end (&record);
  }
  g_string_append_c (body, ']');
  dial_sandbox_answer (request->message, 200, "application/json;charset=utf-8", body);
}

static const struct {
  const char *what;
  gboolean  (*change) (DialSandboxServer *server,
                       JsonObject        *wish,
                       gint64            *added);
} changes[] = {
  { "agents", change_agents },
  { "numbers", change_numbers },
  { "next", change_next },
  { "calls", change_calls },
  { "texts", change_texts },
  { "contacts", change_contacts },
  { "allowance", change_allowance },
  { "keys", change_keys },
  { "settings", change_settings },
};

static gboolean
change (DialSandboxRequest *request,
        const char         *what,
        gint64             *added)
{
  g_autofree char *text = dial_sandbox_dup_body (request->message);
  g_autoptr (JsonNode) wish = json_from_string (text, NULL);

  for (guint i = 0; wish != NULL && JSON_NODE_HOLDS_OBJECT (wish) && i < G_N_ELEMENTS (changes); i++) {
    if (strcmp (changes[i].what, what) == 0)
      return changes[i].change (request->server, json_node_get_object (wish), added);
  }

  return FALSE;
}

/**
 * dial_sandbox_ct_control:
 * @request: a request to `/sandbox/cloudtalk…`
 *
 * Does what a test asks for.
 */
void
dial_sandbox_ct_control (DialSandboxRequest *request)
{
  const char *method = soup_server_message_get_method (request->message);
  const char *what = request->path + strlen ("/sandbox/cloudtalk");
  DialSandboxCt *self = request->server->cloudtalk;
  g_autofree char *json = NULL;
  gboolean done = FALSE;
  gint64 added = 0;

  if (strcmp (method, "GET") == 0 && strcmp (what, "/calls") == 0) {
    show (request, self->calls, show_call);
    return;
  }
  if (strcmp (method, "GET") == 0 && strcmp (what, "/texts") == 0) {
    show (request, self->texts, show_text);
    return;
  }

  if (strcmp (method, "GET") == 0 && strcmp (what, "/contacts") == 0) {
    show (request, self->contacts, show_contact);
    return;
  }

  if (strcmp (method, "DELETE") == 0 && what[0] == '\0') {
    dial_sandbox_ct_reset (request->server);
    done = TRUE;
  } else if (strcmp (method, "POST") == 0 && what[0] == '/') {
    done = change (request, what + 1, &added);
  }

  json = g_strdup_printf ("{\"ok\":%s,\"id\":%" G_GINT64_FORMAT "}", done ? "true" : "false", added);
  dial_sandbox_answer_json (request->message, done ? 200 : 400, json);
}
