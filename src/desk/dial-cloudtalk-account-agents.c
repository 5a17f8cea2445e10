#include "dial-cloudtalk-account-private.h"

#include <string.h>

/* Who the recruiter is among the agents, and the numbers: as CloudTalk told them the last time. */

static void
notify (DialCloudtalkAccount *self,
        guint                 property_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), dial_cloudtalk_account_properties[property_id]);
}

/* The agent */

static gboolean
has_email (const DialCloudtalkAgent *agent,
           const char               *email)
{
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;

  if (agent->email == NULL || *email == '\0')
    return FALSE;

  one = g_utf8_casefold (agent->email, -1);
  other = g_utf8_casefold (email, -1);
  return g_str_equal (one, other);
}

/* By the id, which may have been chosen; who is not there under it any more is looked for by e-mail. */
static const DialCloudtalkAgent *
find_agent (DialCloudtalkAccount *self)
{
  gint64 id = dial_cloudtalk_account_get_agent_id (self);
  const char *email = dial_cloudtalk_account_get_email (self);

  for (guint i = 0; id != 0 && i < self->agents->len; i++) {
    const DialCloudtalkAgent *agent = self->agents->pdata[i];

    if (agent->id == id)
      return agent;
  }
  for (guint i = 0; i < self->agents->len; i++) {
    const DialCloudtalkAgent *agent = self->agents->pdata[i];

    if (has_email (agent, email))
      return agent;
  }

  return NULL;
}

void
_dial_cloudtalk_account_pick_agent (DialCloudtalkAccount *self)
{
  self->agent = self->agents != NULL ? find_agent (self) : NULL;
  if (self->agent != NULL && self->agent->id != dial_cloudtalk_account_get_agent_id (self)) {
    g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, self->agent->id);

    _dial_cloudtalk_account_keep (self, "agent-id", id);
  }
  notify (self, ACCOUNT_PROP_AGENT);
}

void
_dial_cloudtalk_account_take_agents (DialCloudtalkAccount *self,
                                     GPtrArray            *agents)
{
  g_autoptr (GPtrArray) former = g_steal_pointer (&self->agents);

  self->agents = g_ptr_array_ref (agents);
  _dial_cloudtalk_account_pick_agent (self);
}

/**
 * dial_cloudtalk_account_get_agent:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): the recruiter as an agent, as last read; holds until agents are read again
 */
const DialCloudtalkAgent *
dial_cloudtalk_account_get_agent (DialCloudtalkAccount *self)
{
  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self), NULL);

  return self->agent;
}

/**
 * dial_cloudtalk_account_get_agents:
 * @self: an account
 *
 * Returns: (transfer none) (nullable) (element-type DialCloudtalkAgent): everybody, as last read
 */
GPtrArray *
dial_cloudtalk_account_get_agents (DialCloudtalkAccount *self)
{
  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self), NULL);

  return self->agents;
}

/* Asking anew */

/* What can be asked for, and where the answer goes. */
typedef struct {
  void       (*list_async)  (DialCloudtalk        *cloudtalk,
                             DialCloudtalkUrgency  urgency,
                             GCancellable         *cancellable,
                             GAsyncReadyCallback   callback,
                             gpointer              user_data);
  GPtrArray *(*list_finish) (DialCloudtalk        *cloudtalk,
                             GAsyncResult         *result,
                             GError              **error);
  void       (*take)        (DialCloudtalkAccount *self,
                             GPtrArray            *answer);
} Question;

static const Question agents_question = {
  dial_cloudtalk_list_agents_async, dial_cloudtalk_list_agents_finish, _dial_cloudtalk_account_take_agents,
};

static const Question numbers_question = {
  dial_cloudtalk_list_numbers_async, dial_cloudtalk_list_numbers_finish, _dial_cloudtalk_account_take_numbers,
};

typedef struct {
  const Question       *question;
  DialCloudtalkUrgency  urgency;
} Asking;

static void
on_listed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialCloudtalkAccount *self = g_task_get_source_object (task);
  Asking *asking = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) answer = asking->question->list_finish (DIAL_CLOUDTALK (source), result, &error);

  /* Another door was opened meanwhile: what this one says is of no interest. */
  if (self->cloudtalk == DIAL_CLOUDTALK (source)) {
    dial_cloudtalk_account_heed (self, error);
    if (answer != NULL)
      asking->question->take (self, answer);
  }

  if (answer == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_connected (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Asking *asking = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (DialCloudtalk) cloudtalk =
    dial_cloudtalk_account_connect_finish (DIAL_CLOUDTALK_ACCOUNT (source), result, &error);

  if (cloudtalk == NULL)
    g_task_return_error (task, error);
  else
    asking->question->list_async (cloudtalk, asking->urgency, g_task_get_cancellable (task), on_listed,
                                  g_object_ref (task));
}

/* Takes the task. */
static void
ask (GTask                *task,
     const Question       *question,
     DialCloudtalkUrgency  urgency)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->question = question;
  asking->urgency = urgency;
  g_task_set_task_data (task, asking, g_free);
  dial_cloudtalk_account_connect_async (g_task_get_source_object (task), g_task_get_cancellable (task), on_connected,
                                        task);
}

/**
 * dial_cloudtalk_account_refresh_agent_async:
 * @self: an account
 * @urgency: who waits for it
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks CloudTalk anew who the recruiter is, and how: online, on a call. [method@CloudtalkAccount.get_agent] tells
 * it then, and is %NULL where nobody among the agents is the recruiter.
 */
void
dial_cloudtalk_account_refresh_agent_async (DialCloudtalkAccount *self,
                                            DialCloudtalkUrgency  urgency,
                                            GCancellable         *cancellable,
                                            GAsyncReadyCallback   callback,
                                            gpointer              user_data)
{
  GTask *task;

  g_return_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_cloudtalk_account_refresh_agent_async);
  ask (task, &agents_question, urgency);
}

/**
 * dial_cloudtalk_account_refresh_agent_finish:
 * @self: an account
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether CloudTalk answered
 */
gboolean
dial_cloudtalk_account_refresh_agent_finish (DialCloudtalkAccount  *self,
                                             GAsyncResult          *result,
                                             GError               **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The numbers */

static gboolean
is_of_use (const DialCloudtalkNumber *number)
{
  return number->e164 != NULL && !number->is_free && !number->is_fax;
}

void
_dial_cloudtalk_account_take_numbers (DialCloudtalkAccount *self,
                                      GPtrArray            *numbers)
{
  GPtrArray *former = self->numbers;
  GPtrArray *kept = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_cloudtalk_number_free);

  while (numbers->len > 0) {
    DialCloudtalkNumber *number = g_ptr_array_steal_index (numbers, 0);

    if (is_of_use (number))
      g_ptr_array_add (kept, number);
    else
      dial_cloudtalk_number_free (number);
  }

  self->numbers = kept;
  g_clear_pointer (&former, g_ptr_array_unref);
  notify (self, ACCOUNT_PROP_NUMBERS);
}

/**
 * dial_cloudtalk_account_get_numbers:
 * @self: an account
 *
 * Returns: (transfer none) (nullable) (element-type DialCloudtalkNumber): the company's numbers, as last read,
 *   without those that are nobody's and those for faxes
 */
GPtrArray *
dial_cloudtalk_account_get_numbers (DialCloudtalkAccount *self)
{
  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self), NULL);

  return self->numbers;
}

/**
 * dial_cloudtalk_account_find_number:
 * @self: an account
 * @e164: (nullable): a number
 *
 * Returns: (transfer none) (nullable): what is known of it, if it is one of the company's
 */
const DialCloudtalkNumber *
dial_cloudtalk_account_find_number (DialCloudtalkAccount *self,
                                    const char           *e164)
{
  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self), NULL);

  for (guint i = 0; self->numbers != NULL && i < self->numbers->len; i++) {
    const DialCloudtalkNumber *number = self->numbers->pdata[i];

    if (g_strcmp0 (number->e164, e164) == 0)
      return number;
  }

  return NULL;
}

/**
 * dial_cloudtalk_account_refresh_numbers_async:
 * @self: an account
 * @urgency: who waits for it
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks CloudTalk anew which numbers the company has.
 */
void
dial_cloudtalk_account_refresh_numbers_async (DialCloudtalkAccount *self,
                                              DialCloudtalkUrgency  urgency,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data)
{
  GTask *task;

  g_return_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_cloudtalk_account_refresh_numbers_async);
  ask (task, &numbers_question, urgency);
}

/**
 * dial_cloudtalk_account_refresh_numbers_finish:
 * @self: an account
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether CloudTalk answered
 */
gboolean
dial_cloudtalk_account_refresh_numbers_finish (DialCloudtalkAccount  *self,
                                               GAsyncResult          *result,
                                               GError               **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* No answer of CloudTalk's says whether a number can send texts (CloudTalk's API description has no field for
 * it): that is learnt by trying. */

/**
 * dial_cloudtalk_account_can_text:
 * @self: an account
 * @e164: one of its numbers
 *
 * Returns: whether nothing is known against sending texts from it
 */
gboolean
dial_cloudtalk_account_can_text (DialCloudtalkAccount *self,
                                 const char           *e164)
{
  g_auto (GStrv) silent = NULL;

  g_return_val_if_fail (DIAL_IS_CLOUDTALK_ACCOUNT (self), FALSE);
  g_return_val_if_fail (e164 != NULL, FALSE);

  silent = g_strsplit (_dial_cloudtalk_account_get_setting (self, "no-texts"), ", ", -1);
  return !g_strv_contains ((const char * const *) silent, e164);
}

/**
 * dial_cloudtalk_account_learn_text:
 * @self: an account
 * @e164: one of its numbers
 * @can_text: whether CloudTalk took a text from it, or refused it because of that number
 *
 * Remembers it.
 */
void
dial_cloudtalk_account_learn_text (DialCloudtalkAccount *self,
                                   const char           *e164,
                                   gboolean              can_text)
{
  g_autoptr (GStrvBuilder) builder = NULL;
  g_auto (GStrv) silent = NULL;
  g_auto (GStrv) kept = NULL;
  g_autofree char *value = NULL;

  if (dial_cloudtalk_account_can_text (self, e164) == can_text)
    return;

  builder = g_strv_builder_new ();
  silent = g_strsplit (_dial_cloudtalk_account_get_setting (self, "no-texts"), ", ", -1);
  for (guint i = 0; silent[i] != NULL; i++)
    if (*silent[i] != '\0' && !g_str_equal (silent[i], e164))
      g_strv_builder_add (builder, silent[i]);
  if (!can_text)
    g_strv_builder_add (builder, e164);

  kept = g_strv_builder_end (builder);
  value = g_strjoinv (", ", kept);
  _dial_cloudtalk_account_keep (self, "no-texts", value);
  notify (self, ACCOUNT_PROP_NUMBERS);
}
