#include "dial-sandbox-phone.h"

#include <glib/gi18n.h>

/* Someone who does not answer lets it ring this many times as long. */
#define PATIENCE 4

struct _DialSandboxPhone
{
  GObject     parent_instance;

  guint       ring_milliseconds;
  GHashTable *lines;
};

/* One call on its way; gone when it ends. */
typedef struct {
  DialSandboxPhone *phone;
  DialCall         *call;
  DialOutcome       fate;
  gulong            state_handler;
  guint             step;
} Line;

static void dial_sandbox_phone_iface_init (DialPhoneInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DialSandboxPhone, dial_sandbox_phone, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DIAL_TYPE_PHONE,
                                                      dial_sandbox_phone_iface_init))

static void
line_free (Line *line)
{
  g_clear_handle_id (&line->step, g_source_remove);
  g_clear_signal_handler (&line->state_handler, line->call);
  g_clear_object (&line->call);
  g_free (line);
}

static DialOutcome
fate_of (DialPhoneNumber *number)
{
  const char *e164 = dial_phone_number_get_e164 (number);

  switch (e164[strlen (e164) - 1]) {
  case '1':
    return DIAL_OUTCOME_BUSY;
  case '2':
    return DIAL_OUTCOME_NO_ANSWER;
  case '3':
    return DIAL_OUTCOME_VOICEMAIL;
  default:
    return DIAL_OUTCOME_ANSWERED;
  }
}

static void
line_schedule (Line        *line,
               guint        rings,
               GSourceFunc  step)
{
  guint milliseconds = rings * line->phone->ring_milliseconds;

  g_clear_handle_id (&line->step, g_source_remove);
  line->step = milliseconds == 0 ? g_idle_add (step, line)
                                 : g_timeout_add (milliseconds, step, line);
}

static gboolean
on_rung (gpointer data)
{
  Line *line = data;

  line->step = 0;

  /* The end frees the line. */
  if (line->fate == DIAL_OUTCOME_NO_ANSWER)
    dial_call_end (line->call, line->fate);
  else
    dial_call_set_state (line->call, DIAL_CALL_STATE_ACTIVE);

  return G_SOURCE_REMOVE;
}

static gboolean
on_connected (gpointer data)
{
  Line *line = data;

  line->step = 0;

  if (line->fate == DIAL_OUTCOME_BUSY) {
    dial_call_end (line->call, line->fate);
    return G_SOURCE_REMOVE;
  }

  line_schedule (line, line->fate == DIAL_OUTCOME_NO_ANSWER ? PATIENCE : 1, on_rung);
  dial_call_set_state (line->call, DIAL_CALL_STATE_RINGING);
  return G_SOURCE_REMOVE;
}

static gboolean
on_hung_up (gpointer data)
{
  Line *line = data;
  DialCallState state = dial_call_get_state (line->call);
  gboolean talked = state == DIAL_CALL_STATE_ACTIVE || state == DIAL_CALL_STATE_HELD;

  line->step = 0;
  dial_call_end (line->call, talked ? line->fate : DIAL_OUTCOME_CANCELLED);
  return G_SOURCE_REMOVE;
}

static gboolean
on_answered (gpointer data)
{
  Line *line = data;

  line->step = 0;
  line->fate = DIAL_OUTCOME_ANSWERED;
  dial_call_set_state (line->call, DIAL_CALL_STATE_ACTIVE);
  return G_SOURCE_REMOVE;
}

static void
on_call_state_changed (DialCall         *call,
                       GParamSpec       *pspec,
                       DialSandboxPhone *self)
{
  if (dial_call_get_state (call) == DIAL_CALL_STATE_ENDED)
    g_hash_table_remove (self->lines, call);
}

static Line *
line_new (DialSandboxPhone *self,
          DialCall         *call,
          DialOutcome       fate)
{
  Line *line = g_new0 (Line, 1);

  line->phone = self;
  line->call = g_object_ref (call);
  line->fate = fate;
  line->state_handler = g_signal_connect (call, "notify::state",
                                          G_CALLBACK (on_call_state_changed), self);
  g_hash_table_replace (self->lines, call, line);
  dial_call_set_watched (call, TRUE);
  return line;
}

static const char *
dial_sandbox_phone_get_id (DialPhone *phone)
{
  return "sandbox";
}

static char *
dial_sandbox_phone_dup_title (DialPhone *phone)
{
  return g_strdup (_("Sandbox phone"));
}

static char *
dial_sandbox_phone_dup_problem (DialPhone *phone)
{
  return NULL;
}

static void
dial_sandbox_phone_place_async (DialPhone           *phone,
                                DialCall            *call,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  DialSandboxPhone *self = DIAL_SANDBOX_PHONE (phone);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, dial_sandbox_phone_place_async);
  if (g_task_return_error_if_cancelled (task))
    return;

  line_schedule (line_new (self, call, fate_of (dial_call_get_number (call))), 1, on_connected);
  g_task_return_boolean (task, TRUE);
}

static gboolean
dial_sandbox_phone_place_finish (DialPhone     *phone,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, phone), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
dial_sandbox_phone_hang_up (DialPhone *phone,
                            DialCall  *call)
{
  DialSandboxPhone *self = DIAL_SANDBOX_PHONE (phone);
  Line *line = g_hash_table_lookup (self->lines, call);

  if (line != NULL)
    line_schedule (line, 0, on_hung_up);
}

static gboolean
dial_sandbox_phone_can_answer (DialPhone *phone,
                               DialCall  *call)
{
  return dial_call_get_direction (call) == DIAL_DIRECTION_INCOMING &&
         dial_call_get_state (call) == DIAL_CALL_STATE_RINGING &&
         g_hash_table_contains (DIAL_SANDBOX_PHONE (phone)->lines, call);
}

static void
dial_sandbox_phone_answer (DialPhone *phone,
                           DialCall  *call)
{
  line_schedule (g_hash_table_lookup (DIAL_SANDBOX_PHONE (phone)->lines, call), 0, on_answered);
}

static void
dial_sandbox_phone_dispose (GObject *object)
{
  DialSandboxPhone *self = DIAL_SANDBOX_PHONE (object);

  g_hash_table_remove_all (self->lines);

  G_OBJECT_CLASS (dial_sandbox_phone_parent_class)->dispose (object);
}

static void
dial_sandbox_phone_finalize (GObject *object)
{
  DialSandboxPhone *self = DIAL_SANDBOX_PHONE (object);

  g_hash_table_unref (self->lines);

  G_OBJECT_CLASS (dial_sandbox_phone_parent_class)->finalize (object);
}

static void
dial_sandbox_phone_iface_init (DialPhoneInterface *iface)
{
  iface->get_id = dial_sandbox_phone_get_id;
  iface->dup_title = dial_sandbox_phone_dup_title;
  iface->dup_problem = dial_sandbox_phone_dup_problem;
  iface->place_async = dial_sandbox_phone_place_async;
  iface->place_finish = dial_sandbox_phone_place_finish;
  iface->hang_up = dial_sandbox_phone_hang_up;
  iface->can_answer = dial_sandbox_phone_can_answer;
  iface->answer = dial_sandbox_phone_answer;
}

static void
dial_sandbox_phone_class_init (DialSandboxPhoneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dial_sandbox_phone_dispose;
  object_class->finalize = dial_sandbox_phone_finalize;
}

static void
dial_sandbox_phone_init (DialSandboxPhone *self)
{
  self->lines = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) line_free);
}

/**
 * dial_sandbox_phone_new:
 * @ring_milliseconds: how long it takes to reach the other end, and how long that rings before it
 *   is answered; 0 takes these steps one main loop turn each, for tests
 *
 * Returns: (transfer full): a phone for trying out
 */
DialPhone *
dial_sandbox_phone_new (guint ring_milliseconds)
{
  DialSandboxPhone *self = g_object_new (DIAL_TYPE_SANDBOX_PHONE, NULL);

  self->ring_milliseconds = ring_milliseconds;
  return DIAL_PHONE (self);
}

/**
 * dial_sandbox_phone_ring:
 * @self: a phone for trying out
 * @number: who calls
 *
 * Lets somebody call. It rings for a while; whom nobody answers has been missed.
 */
void
dial_sandbox_phone_ring (DialSandboxPhone *self,
                         DialPhoneNumber  *number)
{
  g_autoptr (DialCall) call = NULL;

  g_return_if_fail (DIAL_IS_SANDBOX_PHONE (self));
  g_return_if_fail (DIAL_IS_PHONE_NUMBER (number));

  call = dial_call_new (DIAL_DIRECTION_INCOMING, number, 0, NULL,
                        dial_phone_get_id (DIAL_PHONE (self)));
  line_schedule (line_new (self, call, DIAL_OUTCOME_NO_ANSWER), PATIENCE, on_rung);
  dial_phone_tell_incoming (DIAL_PHONE (self), call);
}
