#include "dial-sandbox-cloudtalk.h"

#include <string.h>

/* Who telephones here, with which numbers, and the tags there are. The numbers are those that are kept free for
 * films. */

#define LONDON  DIAL_SANDBOX_CT_NUMBER
#define LEEDS   "+441134960123"
#define BERLIN  "+493023125012"
#define CHICAGO "+13125550142"
#define FAX     "+442079460199"
#define SPARE   "+442079460177"
#define DESK    "+442079460155"

#define USER(n) G_GINT64_CONSTANT (54000 ## n)

static const DialSandboxCtAgent agents[] = {
  { 4071, DIAL_SANDBOX_RECRUITER, NULL, "online", TRUE, TRUE, 1000, { LONDON, LEEDS, BERLIN, CHICAGO } },
  { 4072, USER (12031), NULL, "offline", TRUE, TRUE, -1, { LONDON } },
  { 4073, USER (12055), NULL, "paused", TRUE, TRUE, -1, { LEEDS, LONDON } },
  { 4076, USER (12090), NULL, "calling", TRUE, TRUE, -1, { BERLIN } },
  { 4077, USER (12202), NULL, "online", FALSE, TRUE, -1, { LONDON } },
  { 4080, USER (12291), NULL, "online", TRUE, FALSE, 1000, { CHICAGO, LONDON } },
  { 4083, USER (12371), NULL, "online", TRUE, TRUE, -1, { LEEDS } },
};

static const DialSandboxCtNumber numbers[] = {
  { 951, LONDON, "44", "20", "London hiring desk", 1, 4071, FALSE, TRUE },
  { 952, LEEDS, "44", "113", "Leeds", 1, 4073, FALSE, FALSE },
  { 954, BERLIN, "49", "30", "Berlin", 1, 4076, FALSE, TRUE },
  { 955, CHICAGO, "1", "312", NULL, 1, 4080, FALSE, TRUE },
  { 957, DESK, "44", "20", "Front desk", 0, 31, FALSE, FALSE },
  { 958, FAX, "44", "20", "Fax", 3, 7, FALSE, FALSE },
  { 960, SPARE, "44", "20", NULL, 1, 0, TRUE, FALSE },
};

static const char * const tags[] = { "Client", "Supplier", "Screened" };

/* Agents */

/**
 * dial_sandbox_ct_office_reset:
 * @server: a server
 *
 * Agents, numbers and tags are as invented.
 */
void
dial_sandbox_ct_office_reset (DialSandboxServer *server)
{
  DialSandboxCt *self = server->cloudtalk;

  g_array_set_size (self->agents, 0);
  g_array_append_vals (self->agents, agents, G_N_ELEMENTS (agents));
  g_array_set_size (self->numbers, 0);
  g_array_append_vals (self->numbers, numbers, G_N_ELEMENTS (numbers));
  for (guint i = 0; i < self->agents->len; i++) {
    DialSandboxCtAgent *agent = &g_array_index (self->agents, DialSandboxCtAgent, i);

    agent->email = dial_sandbox_staff_find (server->staff, agent->user_id)->email;
  }

  self->next_id = 318;
  g_ptr_array_set_size (self->tags, 0);
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    g_ptr_array_add (self->tags, dial_sandbox_ct_tag_new (self->next_id++, tags[i]));
}

DialSandboxCtAgent *
dial_sandbox_ct_find_agent (DialSandboxServer *server,
                            gint64             id)
{
  GArray *array = server->cloudtalk->agents;

  for (guint i = 0; i < array->len; i++) {
    DialSandboxCtAgent *agent = &g_array_index (array, DialSandboxCtAgent, i);

    if (agent->id == id)
      return agent;
  }

  return NULL;
}

DialSandboxCtAgent *
dial_sandbox_ct_find_agent_by_email (DialSandboxServer *server,
                                     const char        *email)
{
  GArray *array = server->cloudtalk->agents;

  for (guint i = 0; i < array->len; i++) {
    DialSandboxCtAgent *agent = &g_array_index (array, DialSandboxCtAgent, i);

    if (g_strcmp0 (agent->email, email) == 0)
      return agent;
  }

  return NULL;
}

/* Returns: (transfer full): first and last name, as far as there are any. */
char *
dial_sandbox_ct_dup_name (DialSandboxServer        *server,
                          const DialSandboxCtAgent *agent)
{
  const DialSandboxUser *user = dial_sandbox_staff_find (server->staff, agent->user_id);

  return g_strchomp (g_strdup_printf ("%s %s", user->first, user->last != NULL ? user->last : ""));
}

/**
 * dial_sandbox_ct_get_state:
 * @server: a server
 * @agent: an agent
 *
 * Returns: what they set, or `calling` while they do
 */
const char *
dial_sandbox_ct_get_state (DialSandboxServer        *server,
                           const DialSandboxCtAgent *agent)
{
  return dial_sandbox_ct_is_calling (server, agent->id) ? "calling" : agent->state;
}

static void
write_agent (DialSandboxServer *server,
             gconstpointer      row,
             DialSandboxRecord *record)
{
  const DialSandboxCtAgent *agent = row;
  const DialSandboxUser *user;
  DialSandboxRecord inner;

  if (!dial_sandbox_record_member (record, "Agent"))
    return;

  dial_sandbox_record_begin (&inner, record->out, NULL, NULL);
  if (agent == NULL) {
    dial_sandbox_record_string (&inner, "id", "0");
    dial_sandbox_record_json (&inner, "name", "null");
    dial_sandbox_record_end (&inner);
    return;
  }

  user = dial_sandbox_staff_find (server->staff, agent->user_id);
  dial_sandbox_ct_record_id (&inner, "id", agent->id);
  dial_sandbox_ct_record_count (&inner, "name", 614133 + agent->id, 1);
  dial_sandbox_record_string (&inner, "firstname", user->first);
  dial_sandbox_record_string (&inner, "lastname", user->last);
  dial_sandbox_record_string (&inner, "email", agent->email);
  dial_sandbox_ct_record_flag (&inner, "status_outbound", agent->may_call_out, agent->id);
  dial_sandbox_ct_record_flag (&inner, "is_daily_limit_ok", agent->within_limit, agent->id + 1);
  dial_sandbox_record_string (&inner, "availability_status",
                              dial_sandbox_ct_get_state (server, agent));
  dial_sandbox_ct_record_count (&inner, "extension", agent->id - DIAL_SANDBOX_CT_EXTENSION, agent->id);
  dial_sandbox_ct_record_id (&inner, "call_number_id",
                             dial_sandbox_ct_find_number (server, agent->numbers[0])->id);
  dial_sandbox_ct_record_number (&inner, "default_number", agent->numbers[0], agent->id + 2);
  if (dial_sandbox_record_member (&inner, "associated_numbers")) {
    g_string_append_c (inner.out, '[');
    for (guint i = 0; i < G_N_ELEMENTS (agent->numbers) && agent->numbers[i] != NULL; i++) {
      if (i > 0)
        g_string_append_c (inner.out, ',');
      dial_sandbox_ct_append_number (inner.out, agent->numbers[i], agent->id + i);
    }
    g_string_append_c (inner.out, ']');
  }
  dial_sandbox_record_end (&inner);
}

static gboolean
has_number (const DialSandboxCtAgent *agent,
            const char               *e164)
{
  for (guint i = 0; i < G_N_ELEMENTS (agent->numbers) && agent->numbers[i] != NULL; i++) {
    if (strcmp (agent->numbers[i], e164) == 0)
      return TRUE;
  }

  return FALSE;
}

void
dial_sandbox_ct_list_agents (DialSandboxRequest *request,
                             gint64              id)
{
  static const DialSandboxCtParameter parameters[] = {
    { "id", "i" }, { "associated_number", "t" }, { NULL, NULL }
  };
  g_autoptr (DialSandboxCtQuery) query = dial_sandbox_ct_query_parse (request, parameters);
  GArray *array = request->server->cloudtalk->agents;
  const char *number = query != NULL ? dial_sandbox_ct_query_get (query, "associated_number") : NULL;
  GPtrArray *rows;

  if (query == NULL)
    return;

  rows = g_ptr_array_new ();
  for (guint i = 0; i < array->len; i++) {
    DialSandboxCtAgent *agent = &g_array_index (array, DialSandboxCtAgent, i);

    if (dial_sandbox_ct_query_takes (query, "id", agent->id) &&
        (number == NULL || has_number (agent, number)))
      g_ptr_array_add (rows, agent);
  }
  /* Rows that mean nobody do occur. */
  if (rows->len == array->len)
    g_ptr_array_add (rows, NULL);
  dial_sandbox_ct_list (request, query, rows, write_agent);
}

/* Numbers */

/**
 * dial_sandbox_ct_find_number:
 * @server: a server
 * @e164: a number
 *
 * Returns: (nullable): the house's number
 */
DialSandboxCtNumber *
dial_sandbox_ct_find_number (DialSandboxServer *server,
                             const char        *e164)
{
  GArray *array = server->cloudtalk->numbers;

  for (guint i = 0; i < array->len; i++) {
    DialSandboxCtNumber *number = &g_array_index (array, DialSandboxCtNumber, i);

    if (g_strcmp0 (number->e164, e164) == 0)
      return number;
  }

  return NULL;
}

static void
write_number (DialSandboxServer *server,
              gconstpointer      row,
              DialSandboxRecord *record)
{
  const DialSandboxCtNumber *number = row;
  DialSandboxRecord inner;

  if (!dial_sandbox_record_member (record, "CallNumber"))
    return;

  dial_sandbox_record_begin (&inner, record->out, NULL, NULL);
  dial_sandbox_ct_record_id (&inner, "id", number->id);
  dial_sandbox_record_string (&inner, "country_code", number->country_code);
  dial_sandbox_record_string (&inner, "area_code", number->area_code);
  dial_sandbox_record_string (&inner, "internal_name", number->name);
  dial_sandbox_ct_record_number (&inner, "caller_id_e164", number->e164, number->id);
  dial_sandbox_ct_record_flag (&inner, "is_redirected", FALSE, number->id);
  dial_sandbox_ct_record_count (&inner, "connected_to", number->connected_to, number->id);
  /* What is free belongs to nobody; and live answers were seen to leave it out altogether. */
  if (number->source_id != 0 && number->id % 4 != 0)
    dial_sandbox_ct_record_id (&inner, "source_id", number->source_id);
  dial_sandbox_record_end (&inner);
}

void
dial_sandbox_ct_list_numbers (DialSandboxRequest *request,
                              gint64              id)
{
  static const DialSandboxCtParameter parameters[] = {
    { "id", "i" }, { "country_code", "i" }, { "area_code", "i" }, { "connected_to", "0|1|2|3" },
    { "is_free", "0|1" }, { NULL, NULL }
  };
  g_autoptr (DialSandboxCtQuery) query = dial_sandbox_ct_query_parse (request, parameters);
  GArray *array = request->server->cloudtalk->numbers;
  GPtrArray *rows;

  if (query == NULL)
    return;

  rows = g_ptr_array_new ();
  for (guint i = 0; i < array->len; i++) {
    DialSandboxCtNumber *number = &g_array_index (array, DialSandboxCtNumber, i);
    gint64 country = g_ascii_strtoll (number->country_code, NULL, 10);

    if (dial_sandbox_ct_query_takes (query, "id", number->id) &&
        dial_sandbox_ct_query_takes (query, "country_code", country) &&
        dial_sandbox_ct_query_takes (query, "area_code", g_ascii_strtoll (number->area_code, NULL, 10)) &&
        dial_sandbox_ct_query_takes (query, "connected_to", number->connected_to) &&
        dial_sandbox_ct_query_takes (query, "is_free", number->is_free))
      g_ptr_array_add (rows, number);
  }
  dial_sandbox_ct_list (request, query, rows, write_number);
}

/* Tags */

DialSandboxCtTag *
dial_sandbox_ct_tag_new (gint64      id,
                         const char *text)
{
  DialSandboxCtTag *tag = g_new0 (DialSandboxCtTag, 1);

  tag->id = id;
  tag->text = g_strdup (text);
  return tag;
}

void
dial_sandbox_ct_tag_free (gpointer data)
{
  DialSandboxCtTag *tag = data;

  g_free (tag->text);
  g_free (tag);
}

DialSandboxCtTag *
dial_sandbox_ct_find_tag (DialSandboxServer *server,
                          const char        *name)
{
  GPtrArray *array = server->cloudtalk->tags;

  for (guint i = 0; i < array->len; i++) {
    DialSandboxCtTag *tag = array->pdata[i];

    if (strcmp (tag->text, name) == 0)
      return tag;
  }

  return NULL;
}

DialSandboxCtTag *
dial_sandbox_ct_ensure_tag (DialSandboxServer *server,
                            const char        *name)
{
  DialSandboxCtTag *tag = dial_sandbox_ct_find_tag (server, name);

  if (tag == NULL) {
    tag = dial_sandbox_ct_tag_new (server->cloudtalk->next_id++, name);
    g_ptr_array_add (server->cloudtalk->tags, tag);
  }
  return tag;
}

static void
write_tag (DialSandboxServer *server,
           gconstpointer      row,
           DialSandboxRecord *record)
{
  const DialSandboxCtTag *tag = row;
  DialSandboxRecord inner;

  if (!dial_sandbox_record_member (record, "Tag"))
    return;

  dial_sandbox_record_begin (&inner, record->out, NULL, NULL);
  if (tag != NULL) {
    dial_sandbox_ct_record_id (&inner, "id", tag->id);
    dial_sandbox_record_string (&inner, "name", tag->text);
  } else {
    dial_sandbox_record_integer (&inner, "id", 0);
    dial_sandbox_record_string (&inner, "name", "");
  }
  dial_sandbox_record_end (&inner);
}

void
dial_sandbox_ct_list_tags (DialSandboxRequest *request,
                           gint64              id)
{
  static const DialSandboxCtParameter parameters[] = { { "id", "i" }, { NULL, NULL } };
  g_autoptr (DialSandboxCtQuery) query = dial_sandbox_ct_query_parse (request, parameters);
  GPtrArray *array = request->server->cloudtalk->tags;
  GPtrArray *rows;

  if (query == NULL)
    return;

  rows = g_ptr_array_new ();
  for (guint i = 0; i < array->len; i++) {
    DialSandboxCtTag *tag = array->pdata[i];

    if (dial_sandbox_ct_query_takes (query, "id", tag->id))
      g_ptr_array_add (rows, tag);
  }
  /* Rows that mean nothing do occur. */
  if (dial_sandbox_ct_query_get (query, "id") == NULL)
    g_ptr_array_add (rows, NULL);
  dial_sandbox_ct_list (request, query, rows, write_tag);
}

/* Returns: (transfer full) (nullable): the name a tag shall have; if it cannot, the request is answered. */
static char *
read_name (DialSandboxRequest *request,
           gint64              id)
{
  g_autoptr (JsonNode) node = dial_sandbox_ct_read_body (request);
  g_autoptr (GString) errors = g_string_new (NULL);
  const DialSandboxCtTag *other;
  const char *name;

  if (node == NULL)
    return NULL;

  name = JSON_NODE_HOLDS_OBJECT (node)
         ? dial_sandbox_ct_take_string (json_node_get_object (node), "name", TRUE, 0, errors) : NULL;
  other = name != NULL ? dial_sandbox_ct_find_tag (request->server, name) : NULL;
  if (other != NULL && other->id != id)
    dial_sandbox_ct_complain (errors, "name", "Tag has already been used. Please select different one.");
  if (name != NULL && errors->len == 0)
    return g_strdup (name);

  dial_sandbox_ct_refuse (request, 406, "Invalid input data.", errors->len > 0 ? errors : NULL);
  return NULL;
}

void
dial_sandbox_ct_add_tag (DialSandboxRequest *request,
                         gint64              id)
{
  g_autofree char *name = read_name (request, 0);

  if (name != NULL)
    dial_sandbox_ct_confirm (request, 201, dial_sandbox_ct_ensure_tag (request->server, name)->id);
}

static gboolean
find_tag_by_id (DialSandboxRequest *request,
                gint64              id,
                guint              *row)
{
  GPtrArray *array = request->server->cloudtalk->tags;

  for (*row = 0; *row < array->len; (*row)++) {
    if (((DialSandboxCtTag *) array->pdata[*row])->id == id)
      return TRUE;
  }

  dial_sandbox_ct_refuse (request, 404, "Not found.", NULL);
  return FALSE;
}

void
dial_sandbox_ct_edit_tag (DialSandboxRequest *request,
                          gint64              id)
{
  guint row;

  if (find_tag_by_id (request, id, &row)) {
    g_autofree char *name = read_name (request, id);
    DialSandboxCtTag *tag = request->server->cloudtalk->tags->pdata[row];

    if (name == NULL)
      return;

    dial_sandbox_ct_rename_tag (request->server, tag->text, name);
    g_free (tag->text);
    tag->text = g_steal_pointer (&name);
    dial_sandbox_ct_confirm (request, 200, 0);
  }
}

void
dial_sandbox_ct_delete_tag (DialSandboxRequest *request,
                            gint64              id)
{
  guint row;

  if (find_tag_by_id (request, id, &row)) {
    DialSandboxCtTag *tag = request->server->cloudtalk->tags->pdata[row];

    dial_sandbox_ct_rename_tag (request->server, tag->text, NULL);
    g_ptr_array_remove_index (request->server->cloudtalk->tags, row);
    dial_sandbox_ct_confirm (request, 200, 0);
  }
}
