#include "dial-sandbox-cloudtalk.h"

#include <string.h>

/* The company's contacts: what is kept of them, what may be sent of them, and how one becomes another. */

#define MAX_URLS     3
#define MAX_URL_NAME 30

/* How many characters each may have. */
static const struct {
  const char *name;
  guint       max;
} fields[DIAL_SANDBOX_CT_N_FIELDS] = {
  { "name", 150 }, { "title", 255 }, { "company", 100 }, { "industry", 100 }, { "website", 100 },
  { "address", 255 }, { "city", 255 }, { "state", 255 }, { "zip", 15 },
};

const char *
dial_sandbox_ct_get_field_name (guint field)
{
  return fields[field].name;
}

DialSandboxCtContact *
dial_sandbox_ct_contact_new (void)
{
  DialSandboxCtContact *self = g_new0 (DialSandboxCtContact, 1);

  for (guint i = 0; i < DIAL_SANDBOX_CT_N_LISTS; i++)
    self->lists[i] = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
dial_sandbox_ct_contact_free (gpointer data)
{
  DialSandboxCtContact *self = data;

  for (guint i = 0; i < DIAL_SANDBOX_CT_N_FIELDS; i++)
    g_free (self->fields[i]);
  for (guint i = 0; i < DIAL_SANDBOX_CT_N_LISTS; i++)
    g_clear_pointer (&self->lists[i], g_ptr_array_unref);
  g_free (self);
}

/**
 * dial_sandbox_ct_find_contact:
 * @server: a server
 * @id: a contact's id
 *
 * Returns: (nullable): the contact
 */
DialSandboxCtContact *
dial_sandbox_ct_find_contact (DialSandboxServer *server,
                              gint64             id)
{
  GPtrArray *contacts = server->cloudtalk->contacts;
  guint low = 0;
  guint high = contacts->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;
    DialSandboxCtContact *contact = contacts->pdata[middle];

    if (contact->id == id)
      return contact;
    if (contact->id < id)
      low = middle + 1;
    else
      high = middle;
  }

  return NULL;
}

/**
 * dial_sandbox_ct_contact_has:
 * @self: a contact
 * @list: which of its lists
 * @text: a text
 *
 * Returns: whether it is there
 */
gboolean
dial_sandbox_ct_contact_has (const DialSandboxCtContact *self,
                             DialSandboxCtContactList    list,
                             const char                 *text)
{
  return g_ptr_array_find_with_equal_func (self->lists[list], text, g_str_equal, NULL);
}

/**
 * dial_sandbox_ct_contact_add:
 * @self: a contact
 * @list: which of its lists
 * @text: what to add, if it is not there yet
 */
void
dial_sandbox_ct_contact_add (DialSandboxCtContact     *self,
                             DialSandboxCtContactList  list,
                             const char               *text)
{
  if (!dial_sandbox_ct_contact_has (self, list, text))
    g_ptr_array_add (self->lists[list], g_strdup (text));
}

void
dial_sandbox_ct_contact_remove (DialSandboxCtContact     *self,
                                DialSandboxCtContactList  list,
                                const char               *text)
{
  guint index;

  if (g_ptr_array_find_with_equal_func (self->lists[list], text, g_str_equal, &index))
    g_ptr_array_remove_index (self->lists[list], index);
}

/**
 * dial_sandbox_ct_find_contact_by_number:
 * @server: a server
 * @e164: (nullable): a number
 *
 * Returns: (nullable): the first contact that has it
 */
DialSandboxCtContact *
dial_sandbox_ct_find_contact_by_number (DialSandboxServer *server,
                                        const char        *e164)
{
  GPtrArray *contacts = server->cloudtalk->contacts;

  for (guint i = 0; e164 != NULL && i < contacts->len; i++) {
    if (dial_sandbox_ct_contact_has (contacts->pdata[i], DIAL_SANDBOX_CT_NUMBERS, e164))
      return contacts->pdata[i];
  }

  return NULL;
}

/* Reading what was sent */

static gboolean
is_email (const char *text)
{
  return g_regex_match_simple ("^[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+$", text, 0, 0);
}

/* The one member of each element. An empty text stands for nothing at all. Complains if it is no list of such. */
static void
read_list (DialSandboxCtContact     *into,
           DialSandboxCtContactList  list,
           JsonObject               *body,
           const char               *member,
           const char               *key,
           gboolean                (*is_sound) (const char *text),
           const char               *complaint,
           GString                  *errors)
{
  JsonNode *node = json_object_get_member (body, member);
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (node == NULL)
    return;
  if (array == NULL) {
    dial_sandbox_ct_complain (errors, member, "Not a list.");
    return;
  }

  into->sent |= 1u << list;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);
    JsonNode *value = JSON_NODE_HOLDS_OBJECT (element)
                      ? json_object_get_member (json_node_get_object (element), key) : NULL;
    const char *text = value != NULL && json_node_get_value_type (value) == G_TYPE_STRING
                       ? json_node_get_string (value) : NULL;

    if (text == NULL || (text[0] != '\0' && is_sound != NULL && !is_sound (text))) {
      dial_sandbox_ct_complain (errors, member, complaint);
      return;
    }
    if (text[0] != '\0')
      dial_sandbox_ct_contact_add (into, list, text);
  }
}

/* Names and addresses in two lists. */
static void
read_urls (DialSandboxCtContact *into,
           JsonObject           *body,
           GString              *errors)
{
  JsonNode *node = json_object_get_member (body, "ExternalUrl");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (node == NULL)
    return;
  if (array == NULL || json_array_get_length (array) > MAX_URLS) {
    dial_sandbox_ct_complain (errors, "ExternalUrl", array == NULL ? "Not a list." : "Too many.");
    return;
  }

  into->sent |= 1u << DIAL_SANDBOX_CT_URLS | 1u << DIAL_SANDBOX_CT_URL_NAMES;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);
    g_autoptr (GString) wrong = g_string_new (NULL);
    const char *name = NULL;
    const char *url = NULL;

    if (JSON_NODE_HOLDS_OBJECT (element)) {
      name = dial_sandbox_ct_take_string (json_node_get_object (element), "name", TRUE, MAX_URL_NAME, wrong);
      url = dial_sandbox_ct_take_string (json_node_get_object (element), "url", TRUE, 0, wrong);
    }
    if (name == NULL || url == NULL) {
      dial_sandbox_ct_complain (errors, "ExternalUrl", "Invalid name or url.");
      return;
    }
    g_ptr_array_add (into->lists[DIAL_SANDBOX_CT_URL_NAMES], g_strdup (name));
    g_ptr_array_add (into->lists[DIAL_SANDBOX_CT_URLS], g_strdup (url));
  }
}

/* Attributes cannot be kept: this company has set up none. */
static void
check_attributes (JsonObject *body,
                  GString    *errors)
{
  JsonNode *node = json_object_get_member (body, "ContactAttribute");

  if (node != NULL && (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) > 0))
    dial_sandbox_ct_complain (errors, "ContactAttribute", "Unknown attribute.");
}

/**
 * dial_sandbox_ct_read_contact:
 * @server: a server
 * @body: what was sent
 * @is_new: it is to be added
 * @errors: (inout): what is wrong with it
 *
 * Returns: (transfer full): a contact that holds what was sent, and knows what that was
 */
DialSandboxCtContact *
dial_sandbox_ct_read_contact (DialSandboxServer *server,
                              JsonObject        *body,
                              gboolean           is_new,
                              GString           *errors)
{
  DialSandboxCtContact *sent = dial_sandbox_ct_contact_new ();

  for (guint i = 0; i < DIAL_SANDBOX_CT_N_FIELDS; i++) {
    gboolean required = i == 0 && (is_new || json_object_has_member (body, fields[i].name));

    sent->fields[i] = g_strdup (dial_sandbox_ct_take_string (body, fields[i].name, required, fields[i].max,
                                                             errors));
  }
  dial_sandbox_ct_take_integer (body, "country_id", FALSE, errors);
  sent->favorite_agent = dial_sandbox_ct_take_integer (body, "favorite_agent", FALSE, errors);
  if (sent->favorite_agent != 0 && dial_sandbox_ct_find_agent (server, sent->favorite_agent) == NULL)
    dial_sandbox_ct_complain (errors, "favorite_agent", "Not found.");

  read_list (sent, DIAL_SANDBOX_CT_NUMBERS, body, "ContactNumber", "public_number", dial_sandbox_ct_is_e164,
             "Not a number in E.164.", errors);
  read_list (sent, DIAL_SANDBOX_CT_EMAILS, body, "ContactEmail", "email", is_email, "Not an email address.",
             errors);
  read_list (sent, DIAL_SANDBOX_CT_TAGS, body, "ContactsTag", "name", NULL, "Not a tag.", errors);
  read_urls (sent, body, errors);
  check_attributes (body, errors);
  return sent;
}

/* Keeping it */

/**
 * dial_sandbox_ct_edit_contact:
 * @server: a server
 * @contact: the contact
 * @sent: what is new of it
 * @keeps: keeps the numbers and addresses it has, as a merge does
 *
 * What was sent replaces what was there, lists as a whole. Tags nobody knew are made.
 */
void
dial_sandbox_ct_edit_contact (DialSandboxServer          *server,
                              DialSandboxCtContact       *contact,
                              const DialSandboxCtContact *sent,
                              gboolean                    keeps)
{
  for (guint i = 0; i < DIAL_SANDBOX_CT_N_FIELDS; i++) {
    if (sent->fields[i] != NULL) {
      g_free (contact->fields[i]);
      contact->fields[i] = g_strdup (sent->fields[i]);
    }
  }
  if (sent->favorite_agent != 0)
    contact->favorite_agent = sent->favorite_agent;

  for (guint list = 0; list < DIAL_SANDBOX_CT_N_LISTS; list++) {
    GPtrArray *texts = sent->lists[list];

    if ((sent->sent & 1u << list) == 0)
      continue;
    if (!keeps || (list != DIAL_SANDBOX_CT_NUMBERS && list != DIAL_SANDBOX_CT_EMAILS))
      g_ptr_array_set_size (contact->lists[list], 0);
    for (guint i = 0; i < texts->len; i++) {
      if (list == DIAL_SANDBOX_CT_TAGS)
        dial_sandbox_ct_ensure_tag (server, texts->pdata[i]);
      /* Two addresses may have one name. */
      if (list == DIAL_SANDBOX_CT_URL_NAMES || list == DIAL_SANDBOX_CT_URLS)
        g_ptr_array_add (contact->lists[list], g_strdup (texts->pdata[i]));
      else
        dial_sandbox_ct_contact_add (contact, list, texts->pdata[i]);
    }
  }
  contact->modified_at = dial_sandbox_world_get_now (server->world);
  contact->n_edits++;
}

static gboolean
shares (const DialSandboxCtContact *one,
        const DialSandboxCtContact *other,
        DialSandboxCtContactList    list)
{
  for (guint i = 0; i < one->lists[list]->len; i++) {
    if (dial_sandbox_ct_contact_has (other, list, one->lists[list]->pdata[i]))
      return TRUE;
  }

  return FALSE;
}

/* Returns: (nullable): whom the company's rule makes of somebody new. */
static DialSandboxCtContact *
find_same (DialSandboxServer          *server,
           const DialSandboxCtContact *sent)
{
  DialSandboxCt *self = server->cloudtalk;
  gboolean by_number = self->merge == DIAL_SANDBOX_CT_MERGE_NUMBER || self->merge == DIAL_SANDBOX_CT_MERGE_EITHER;
  gboolean by_email = self->merge == DIAL_SANDBOX_CT_MERGE_EMAIL || self->merge == DIAL_SANDBOX_CT_MERGE_EITHER;

  for (guint i = 0; self->merge != DIAL_SANDBOX_CT_MERGE_NONE && i < self->contacts->len; i++) {
    DialSandboxCtContact *contact = self->contacts->pdata[i];

    if ((by_number && shares (sent, contact, DIAL_SANDBOX_CT_NUMBERS)) ||
        (by_email && shares (sent, contact, DIAL_SANDBOX_CT_EMAILS)))
      return contact;
  }

  return NULL;
}

/**
 * dial_sandbox_ct_add_contact:
 * @server: a server
 * @sent: what was sent
 *
 * Adds a contact, or makes it one with whom the company's rule says it is. Then the answer may bear
 * the old id, or one that leads nowhere.
 *
 * Returns: the id CloudTalk answers with
 */
gint64
dial_sandbox_ct_add_contact (DialSandboxServer          *server,
                             const DialSandboxCtContact *sent)
{
  DialSandboxCt *self = server->cloudtalk;
  DialSandboxCtContact *contact = find_same (server, sent);

  if (contact != NULL) {
    dial_sandbox_ct_edit_contact (server, contact, sent, TRUE);
    contact->n_merged++;
    return self->merge_tells_old_id ? contact->id : self->next_contact_id++;
  }

  contact = dial_sandbox_ct_contact_new ();
  contact->id = self->next_contact_id++;
  dial_sandbox_ct_edit_contact (server, contact, sent, FALSE);
  contact->created_at = contact->modified_at;
  contact->n_edits = 0;
  g_ptr_array_add (self->contacts, contact);
  return contact->id;
}

/**
 * dial_sandbox_ct_swallow_contact:
 * @server: a server
 * @contact: who stays
 * @other: who becomes one with them, and is no more
 *
 * What somebody does in the dashboard: numbers and addresses of both are kept.
 */
void
dial_sandbox_ct_swallow_contact (DialSandboxServer    *server,
                                 DialSandboxCtContact *contact,
                                 DialSandboxCtContact *other)
{
  other->sent = 1u << DIAL_SANDBOX_CT_NUMBERS | 1u << DIAL_SANDBOX_CT_EMAILS;
  dial_sandbox_ct_edit_contact (server, contact, other, TRUE);
  contact->n_merged++;
  g_ptr_array_remove (server->cloudtalk->contacts, other);
}

/**
 * dial_sandbox_ct_rename_tag:
 * @server: a server
 * @tag: a tag's name
 * @name: (nullable): what it is called from now on; %NULL: it is no more
 */
void
dial_sandbox_ct_rename_tag (DialSandboxServer *server,
                            const char        *tag,
                            const char        *name)
{
  GPtrArray *contacts = server->cloudtalk->contacts;

  for (guint i = 0; i < contacts->len; i++) {
    DialSandboxCtContact *contact = contacts->pdata[i];

    if (!dial_sandbox_ct_contact_has (contact, DIAL_SANDBOX_CT_TAGS, tag))
      continue;
    dial_sandbox_ct_contact_remove (contact, DIAL_SANDBOX_CT_TAGS, tag);
    if (name != NULL)
      dial_sandbox_ct_contact_add (contact, DIAL_SANDBOX_CT_TAGS, name);
  }
}

/**
 * dial_sandbox_ct_contacts_reset:
 * @server: a server
 *
 * The company's contacts are as invented: clients and suppliers, nobody who applies for a job.
 */
void
dial_sandbox_ct_contacts_reset (DialSandboxServer *server)
{
  static const char * const invented[][4] = {
    { "Marisol Vance", "Hartfield Payments", "+442079460812", "marisol@hartfield.example" },
    { "Post room", NULL, "+441134960777", NULL },
    { "Ivo Brandt", "Brandt Kabel GmbH", "+493023125844", "ivo@brandt-kabel.example" },
    { "Newsletter", NULL, NULL, "news@jobfair.example" },
  };
  DialSandboxCt *self = server->cloudtalk;

  self->next_contact_id = 55090;
  g_ptr_array_set_size (self->contacts, 0);
  for (guint i = 0; i < G_N_ELEMENTS (invented); i++) {
    DialSandboxCtContact *contact = dial_sandbox_ct_contact_new ();

    contact->id = self->next_contact_id++;
    contact->fields[0] = g_strdup (invented[i][0]);
    contact->fields[2] = g_strdup (invented[i][1]);
    if (invented[i][2] != NULL)
      dial_sandbox_ct_contact_add (contact, DIAL_SANDBOX_CT_NUMBERS, invented[i][2]);
    if (invented[i][3] != NULL)
      dial_sandbox_ct_contact_add (contact, DIAL_SANDBOX_CT_EMAILS, invented[i][3]);
    dial_sandbox_ct_contact_add (contact, DIAL_SANDBOX_CT_TAGS, i == 0 ? "Client" : "Supplier");
    contact->created_at = contact->modified_at = dial_sandbox_world_get_today (server->world);
    g_ptr_array_add (self->contacts, contact);
  }
}
