#include "dial-sandbox-cloudtalk.h"

#include <string.h>

/* Calls as they go. Nobody sits in this house: how a call goes is planned when it begins, and it comes about as the
 * clock goes on. A test may hurry it along. */

#define NEVER   DIAL_SANDBOX_CT_NEVER
#define DAY     (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define PREMIUM "+979" /* where no call goes */

/* As somebody who tries things out would like it. */
static const DialSandboxCtPlan usual = { "answered", -1, 2500, 20000, 3000, 0 };

void
dial_sandbox_ct_call_free (gpointer data)
{
  DialSandboxCtCall *call = data;

  g_ptr_array_unref (call->notes);
  g_ptr_array_unref (call->tags);
  g_free (call->external);
  g_free (call->internal);
  g_free (call);
}

static gint64
add_ms (gint64 instant,
        gint64 ms)
{
  return instant == NEVER || ms < 0 ? NEVER : instant + ms * 1000;
}

static gboolean
is_connected (const char *outcome)
{
  return strcmp (outcome, "answered") == 0 || strcmp (outcome, "voicemail") == 0;
}

/* From the moment the agent has picked up, whenever that is. */
static void
plan_from_pick_up (DialSandboxCtCall       *call,
                   gint64                   picked_up_at,
                   const DialSandboxCtPlan *plan)
{
  gint64 rung = add_ms (picked_up_at, plan->ring_ms);

  call->picked_up_at = picked_up_at;
  call->answered_at = is_connected (plan->outcome) ? rung : NEVER;
  call->ended_at = is_connected (plan->outcome) ? add_ms (rung, plan->talk_ms) : rung;
  call->wrapped_up_at = add_ms (call->ended_at, plan->wrap_up_ms);
}

/* When the agent picks up: at once where they are not rung first. */
static gint64
plan_pick_up (DialSandboxServer       *server,
              const DialSandboxCtCall *call,
              const DialSandboxCtPlan *plan)
{
  const DialSandboxCtAgent *agent = dial_sandbox_ct_find_agent (server, call->agent_id);
  gint64 ms = plan->pick_up_ms >= 0 || agent == NULL ? plan->pick_up_ms : agent->pick_up_ms;

  if (!call->asked)
    return call->started_at;
  if (strcmp (plan->outcome, "agent_missed") == 0 || ms > server->cloudtalk->agent_ring_ms)
    return NEVER;

  return add_ms (call->started_at, ms);
}

/**
 * dial_sandbox_ct_add_call:
 * @server: a server
 * @type: `outgoing`, `incoming` or `internal`
 * @agent_id: whose call, 0 for nobody's
 * @external: (nullable): the other side
 * @internal: the number of the house
 * @started_at: when it began
 * @plan: (nullable): how it goes; %NULL for a call asked for through the API, which goes as planned
 *   for the next one
 *
 * Returns: (transfer none): the call
 */
DialSandboxCtCall *
dial_sandbox_ct_add_call (DialSandboxServer       *server,
                          const char              *type,
                          gint64                   agent_id,
                          const char              *external,
                          const char              *internal,
                          gint64                   started_at,
                          const DialSandboxCtPlan *plan)
{
  DialSandboxCt *self = server->cloudtalk;
  DialSandboxCtCall *call = g_new0 (DialSandboxCtCall, 1);
  DialSandboxCtPlan own = plan != NULL ? *plan : usual;

  if (plan == NULL && self->plans->len > 0) {
    DialSandboxCtPlan *next = &g_array_index (self->plans, DialSandboxCtPlan, 0);

    own = *next;
    if (next->times > 0 && --next->times == 0)
      g_array_remove_index (self->plans, 0);
  }

  call->id = 70311450 + self->calls->len;
  call->type = type;
  call->asked = plan == NULL;
  call->agent_id = agent_id;
  call->external = g_strdup (external);
  call->internal = g_strdup (internal);
  call->outcome = own.outcome;
  call->started_at = started_at;
  call->recording = is_connected (own.outcome) ? self->recordings : 0;
  call->notes = g_ptr_array_new_with_free_func (dial_sandbox_ct_tag_free);
  call->tags = g_ptr_array_new_with_free_func (dial_sandbox_ct_tag_free);
  call->plan = own;
  plan_from_pick_up (call, plan_pick_up (server, call, &own), &own);
  g_ptr_array_add (self->calls, call);
  return call;
}

/**
 * dial_sandbox_ct_calls_reset:
 * @server: a server
 *
 * The history is as invented: colleagues telephoned some days ago, and somebody called whom nobody
 * answered.
 */
void
dial_sandbox_ct_calls_reset (DialSandboxServer *server)
{
  static const DialSandboxCtPlan talked = { "answered", 0, 6000, 132000, 9000, 1 };
  static const DialSandboxCtPlan missed = { "missed", 0, 31000, 0, 0, 1 };
  gint64 now = dial_sandbox_world_get_now (server->world);

  g_ptr_array_set_size (server->cloudtalk->calls, 0);
  dial_sandbox_ct_add_call (server, "outgoing", 4072, "+442079460812", "+442079460100", now - 3 * DAY, &talked);
  dial_sandbox_ct_add_call (server, "incoming", 0, NULL, "+442079460155", now - 2 * DAY, &missed);
  dial_sandbox_ct_add_call (server, "internal", 4083, "+441134960123", "+442079460100", now - 2 * DAY, &talked);
}

DialSandboxCtCall *
dial_sandbox_ct_find_call (DialSandboxServer *server,
                           gint64             id)
{
  GPtrArray *calls = server->cloudtalk->calls;

  for (guint i = 0; i < calls->len; i++) {
    DialSandboxCtCall *call = calls->pdata[i];

    if (call->id == id)
      return call;
  }

  return NULL;
}

/**
 * dial_sandbox_ct_call_get_state:
 * @server: a server
 * @call: a call
 *
 * Returns: `agent` while the agent is rung, `given_up` where they never picked up, `ringing`,
 *   `talking`, `wrap_up`, `over`
 */
const char *
dial_sandbox_ct_call_get_state (DialSandboxServer       *server,
                                const DialSandboxCtCall *call)
{
  gint64 now = dial_sandbox_world_get_now (server->world);

  if (now >= call->ended_at)
    return now >= call->wrapped_up_at ? "over" : "wrap_up";
  if (now >= call->answered_at)
    return "talking";
  if (now >= call->picked_up_at)
    return "ringing";

  return now < add_ms (call->started_at, server->cloudtalk->agent_ring_ms) ? "agent" : "given_up";
}

/**
 * dial_sandbox_ct_is_calling:
 * @server: a server
 * @agent_id: an agent's id
 *
 * Returns: whether they are rung or on the line
 */
gboolean
dial_sandbox_ct_is_calling (DialSandboxServer *server,
                            gint64             agent_id)
{
  GPtrArray *calls = server->cloudtalk->calls;

  for (guint i = 0; i < calls->len; i++) {
    const DialSandboxCtCall *call = calls->pdata[i];
    const char *state = dial_sandbox_ct_call_get_state (server, call);

    if (call->agent_id == agent_id && strcmp (state, "given_up") != 0 &&
        strcmp (state, "wrap_up") != 0 && strcmp (state, "over") != 0)
      return TRUE;
  }

  return FALSE;
}

/**
 * dial_sandbox_ct_call_is_listed:
 * @server: a server
 * @call: a call
 *
 * Returns: whether the history shows it already. What the agent never picked up it never shows.
 */
gboolean
dial_sandbox_ct_call_is_listed (DialSandboxServer       *server,
                                const DialSandboxCtCall *call)
{
  DialSandboxCt *self = server->cloudtalk;
  gint64 from[] = { call->picked_up_at, call->ended_at, call->wrapped_up_at };

  return dial_sandbox_world_get_now (server->world) >= add_ms (from[self->listed], self->lag_ms);
}

/**
 * dial_sandbox_ct_move_call:
 * @server: a server
 * @call: a call
 * @action: what happens now: `pick_up`, `answer`, `end` or `wrap_up`
 *
 * Hurries a call along.
 *
 * Returns: whether that can happen now
 */
gboolean
dial_sandbox_ct_move_call (DialSandboxServer *server,
                           DialSandboxCtCall *call,
                           const char        *action)
{
  const char *state = dial_sandbox_ct_call_get_state (server, call);
  gint64 now = dial_sandbox_world_get_now (server->world);

  if (strcmp (action, "pick_up") == 0 && strcmp (state, "agent") == 0) {
    plan_from_pick_up (call, now, &call->plan);
  } else if (strcmp (action, "answer") == 0 && strcmp (state, "ringing") == 0) {
    call->outcome = "answered";
    call->recording = server->cloudtalk->recordings;
    call->answered_at = now;
    call->ended_at = add_ms (now, call->plan.talk_ms);
    call->wrapped_up_at = add_ms (call->ended_at, call->plan.wrap_up_ms);
  } else if (strcmp (action, "end") == 0 &&
             (strcmp (state, "ringing") == 0 || strcmp (state, "talking") == 0)) {
    if (call->answered_at > now)
      call->answered_at = NEVER;
    call->ended_at = now;
    call->wrapped_up_at = add_ms (now, call->plan.wrap_up_ms);
  } else if (strcmp (action, "wrap_up") == 0 && strcmp (state, "wrap_up") == 0) {
    call->wrapped_up_at = now;
  } else {
    return FALSE;
  }
  return TRUE;
}

/* POST /calls/create.json */

static const DialSandboxCtAgent *
check_agent (DialSandboxRequest *request,
             gint64              id)
{
  DialSandboxServer *server = request->server;
  const DialSandboxCtAgent *agent = dial_sandbox_ct_find_agent (server, id);
  g_autoptr (GString) errors = g_string_new (NULL);
  const char *state = agent != NULL ? dial_sandbox_ct_get_state (server, agent) : NULL;

  if (agent == NULL) {
    dial_sandbox_ct_refuse (request, 404, "Not found.", NULL);
    return NULL;
  }
  if (strcmp (state, "offline") == 0 ||
      (strcmp (state, "paused") == 0 && server->cloudtalk->paused_refuses)) {
    dial_sandbox_ct_refuse (request, 403, "Agent is not online.", NULL);
    return NULL;
  }
  if (strcmp (state, "calling") == 0) {
    dial_sandbox_ct_refuse (request, 409, "Agent is already calling.", NULL);
    return NULL;
  }

  if (!agent->may_call_out)
    dial_sandbox_ct_complain (errors, "agent_id", "Outbound calls are not allowed.");
  if (!agent->within_limit)
    dial_sandbox_ct_complain (errors, "agent_id", "Daily limit has been reached.");
  if (errors->len == 0)
    return agent;

  dial_sandbox_ct_refuse (request, 406, "Invalid input data.", errors);
  return NULL;
}

/**
 * dial_sandbox_ct_create_call:
 * @request: a `POST /calls/create.json`
 * @id: nothing
 *
 * Rings the agent. The answer does not say which call it will be.
 */
void
dial_sandbox_ct_create_call (DialSandboxRequest *request,
                             gint64              id)
{
  g_autoptr (JsonNode) node = dial_sandbox_ct_read_body (request);
  g_autoptr (GString) errors = g_string_new (NULL);
  g_autoptr (JsonObject) empty = json_object_new ();
  const DialSandboxCtAgent *agent;
  const char *callee;
  JsonObject *body;
  gint64 agent_id;

  if (node == NULL)
    return;

  body = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : empty;
  agent_id = dial_sandbox_ct_take_integer (body, "agent_id", TRUE, errors);
  callee = dial_sandbox_ct_take_string (body, "callee_number", TRUE, 0, errors);
  if (callee != NULL && !dial_sandbox_ct_is_e164 (callee))
    dial_sandbox_ct_complain (errors, "callee_number", "Not a number in E.164.");
  else if (callee != NULL && g_str_has_prefix (callee, PREMIUM))
    dial_sandbox_ct_complain (errors, "callee_number", "Destination is not allowed.");
  if (errors->len > 0) {
    dial_sandbox_ct_refuse (request, 406, "Invalid input data.", errors);
    return;
  }

  agent = check_agent (request, agent_id);
  if (agent == NULL)
    return;

  dial_sandbox_ct_add_call (request->server, "outgoing", agent->id, callee, agent->numbers[0],
                            dial_sandbox_world_get_now (request->server->world), NULL);
  dial_sandbox_ct_confirm (request, 200, 0);
}
