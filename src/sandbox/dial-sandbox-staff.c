#include "dial-sandbox-staff.h"

#include <string.h>

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

struct _DialSandboxStaff {
  DialSandboxWorld *world;
  DialSandboxUser  *users;
  DialSandboxStamp *stamps; /* 0 for those as invented */
};

/**
 * dial_sandbox_staff_new:
 * @world: the world they work in, which outlives them
 *
 * Returns: (transfer full): everybody, as invented
 */
DialSandboxStaff *
dial_sandbox_staff_new (DialSandboxWorld *world)
{
  DialSandboxStaff *self = g_new0 (DialSandboxStaff, 1);

  self->world = world;
  self->users = g_memdup2 (dial_sandbox_users, dial_sandbox_n_users * sizeof (DialSandboxUser));
  self->stamps = g_new0 (DialSandboxStamp, dial_sandbox_n_users);
  return self;
}

void
dial_sandbox_staff_free (DialSandboxStaff *self)
{
  g_free (self->users);
  g_free (self->stamps);
  g_free (self);
}

const DialSandboxUser *
dial_sandbox_staff_get (DialSandboxStaff *self,
                        guint             row)
{
  return &self->users[row];
}

/**
 * dial_sandbox_staff_find:
 * @self: the staff
 * @id: a user's id
 *
 * Returns: (nullable): the user
 */
const DialSandboxUser *
dial_sandbox_staff_find (DialSandboxStaff *self,
                         gint64            id)
{
  for (guint i = 0; i < dial_sandbox_n_users; i++) {
    if (self->users[i].id == id)
      return &self->users[i];
  }

  return NULL;
}

static gint64
days_ago (DialSandboxStaff *self,
          gint64            days)
{
  return dial_sandbox_world_get_today (self->world) - days * DAY;
}

gint64
dial_sandbox_staff_get_created_at (DialSandboxStaff *self,
                                   guint             row)
{
  return days_ago (self, 2000 - (gint64) row * 40);
}

gint64
dial_sandbox_staff_get_updated_at (DialSandboxStaff *self,
                                   guint             row)
{
  if (self->stamps[row].updated_at != 0)
    return self->stamps[row].updated_at;

  return days_ago (self, 3 + (gint64) (dial_sandbox_world_roll (self->world, row, 300) % 400));
}

/**
 * dial_sandbox_staff_get_listed_at:
 * @self: the staff
 * @row: a user's row
 *
 * Returns: what a list filtered by `updated_at` goes by
 */
gint64
dial_sandbox_staff_get_listed_at (DialSandboxStaff *self,
                                  guint             row)
{
  if (self->stamps[row].updated_at != 0)
    return dial_sandbox_world_get_listed_at (self->world, &self->stamps[row]);

  return dial_sandbox_staff_get_updated_at (self, row);
}

static gboolean
read_string (JsonNode    *node,
             const char **text)
{
  if (JSON_NODE_HOLDS_NULL (node)) {
    *text = NULL;
    return TRUE;
  }
  if (json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;

  *text = g_intern_string (json_node_get_string (node));
  return TRUE;
}

static gboolean
read_boolean (JsonNode *node,
              gboolean *flag)
{
  if (json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return FALSE;

  *flag = json_node_get_boolean (node);
  return TRUE;
}

/* The primary address first, and at most one more. */
static gboolean
read_emails (JsonNode        *node,
             DialSandboxUser *user)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  guint length = array != NULL ? json_array_get_length (array) : 0;

  if (array == NULL || length > 2)
    return FALSE;

  user->email = user->second_email = NULL;
  return (length < 1 || read_string (json_array_get_element (array, 0), &user->email)) &&
         (length < 2 || read_string (json_array_get_element (array, 1), &user->second_email));
}

static gboolean
read_member (DialSandboxUser *user,
             const char      *name,
             JsonNode        *node)
{
  const struct {
    const char  *name;
    const char **text;
    gboolean    *flag;
  } members[] = {
    { "first_name", &user->first, NULL },
    { "last_name", &user->last, NULL },
    { "primary_email", &user->email, NULL },
    { "job_title", &user->job_title, NULL },
    { "employee_id", &user->employee_id, NULL },
    { "site_admin", NULL, &user->site_admin },
    { "deactivated", NULL, &user->deactivated },
  };

  if (strcmp (name, "emails") == 0)
    return read_emails (node, user);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    if (strcmp (members[i].name, name) == 0)
      return members[i].text != NULL ? read_string (node, members[i].text)
                                     : read_boolean (node, members[i].flag);
  }
  return FALSE;
}

/**
 * dial_sandbox_staff_change:
 * @self: the staff
 * @id: whom to change
 * @fields: what changes, named as `/v3/users` names it
 *
 * Changes a user, whose `updated_at` moves to now; nothing if there is anything wrong with @fields.
 *
 * Returns: whether there is such a user with such fields
 */
gboolean
dial_sandbox_staff_change (DialSandboxStaff *self,
                           gint64            id,
                           JsonObject       *fields)
{
  g_autoptr (GList) names = json_object_get_members (fields);
  const DialSandboxUser *found = dial_sandbox_staff_find (self, id);
  DialSandboxUser user;
  guint row;

  if (found == NULL)
    return FALSE;

  user = *found;
  row = (guint) (found - self->users);
  for (GList *link = names; link != NULL; link = link->next) {
    if (!read_member (&user, link->data, json_object_get_member (fields, link->data)))
      return FALSE;
  }

  self->users[row] = user;
  dial_sandbox_world_stamp (self->world, &self->stamps[row],
                            dial_sandbox_staff_get_updated_at (self, row));
  return TRUE;
}

/**
 * dial_sandbox_user_has_email:
 * @self: a user
 * @email: an address
 *
 * Returns: whether it is one of the user's, the primary one or the other
 */
gboolean
dial_sandbox_user_has_email (const DialSandboxUser *self,
                             const char            *email)
{
  return (self->email != NULL && g_ascii_strcasecmp (self->email, email) == 0) ||
         (self->second_email != NULL && g_ascii_strcasecmp (self->second_email, email) == 0);
}

char *
dial_sandbox_user_dup_name (const DialSandboxUser *self)
{
  return g_strjoin (" ", self->first != NULL ? self->first : self->last,
                    self->first != NULL ? self->last : NULL, NULL);
}
