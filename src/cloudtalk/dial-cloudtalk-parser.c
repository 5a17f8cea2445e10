#include "dial-cloudtalk-parser-private.h"

#include <string.h>

#include "dial-cloudtalk-private.h"
#include "dial-quote.h"

/* Lists have no more pages than this. */
#define MAX_PAGES 100000

static const char *const names[] = { "name", "note", NULL };
static const char *const numbers[] = { "public_number", "number", NULL };
static const char *const emails[] = { "email", NULL };

void
dial_cloudtalk_page_free (DialCloudtalkPage *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

static char *
dup_text (DialJsonValue  object,
          const char    *member)
{
  char *text = dial_json_dup_text (dial_json_get (object, member));

  if (text != NULL && *g_strstrip (text) == '\0')
    g_clear_pointer (&text, g_free);

  return text;
}

static char *
dup_name (DialJsonValue object)
{
  g_autofree char *whole = dup_text (object, "fullname");
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (whole != NULL)
    return g_steal_pointer (&whole);

  first = dup_text (object, "firstname");
  last = dup_text (object, "lastname");
  if (first != NULL && last != NULL)
    return g_strjoin (" ", first, last, NULL);
  if (first != NULL || last != NULL)
    return g_strdup (first != NULL ? first : last);

  return dup_text (object, "email");
}

static GStrv
read_list (DialJsonValue       list,
           const char *const  *members,
           char             *(*read) (DialJsonValue value))
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  dial_cloudtalk_read_texts (texts, list, members, read);
  return dial_cloudtalk_take_texts (texts);
}

/* The phone's own word for a pause is idle (seen in use, not documented). */
static DialAgentState
read_state (DialJsonValue value)
{
  static const struct {
    const char     *word;
    DialAgentState  state;
  } states[] = {
    { "online", DIAL_AGENT_STATE_ONLINE },
    { "offline", DIAL_AGENT_STATE_OFFLINE },
    { "paused", DIAL_AGENT_STATE_PAUSED },
    { "idle", DIAL_AGENT_STATE_PAUSED },
    { "calling", DIAL_AGENT_STATE_CALLING },
  };
  g_autofree char *word = dial_json_dup_text (value);

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (states); i++)
    if (g_ascii_strcasecmp (word, states[i].word) == 0)
      return states[i].state;

  return DIAL_AGENT_STATE_UNKNOWN;
}

static gpointer
read_agent (DialJsonValue row,
            DialJsonValue record)
{
  gint64 id = dial_json_get_id (dial_json_get (record, "id"));
  DialCloudtalkAgent *agent;

  if (id == 0)
    return NULL;

  agent = g_new0 (DialCloudtalkAgent, 1);
  agent->id = id;
  agent->name = dup_name (record);
  agent->email = dup_text (record, "email");
  agent->extension = dup_text (record, "extension");
  agent->may_call_out = dial_cloudtalk_read_flag (dial_json_get (record, "status_outbound"), TRUE);
  agent->within_daily_limit = dial_cloudtalk_read_flag (dial_json_get (record, "is_daily_limit_ok"), TRUE);
  agent->state = read_state (dial_json_get (record, "availability_status"));
  agent->default_number = dial_cloudtalk_read_number (dial_json_get (record, "default_number"));
  agent->numbers = read_list (dial_json_get (record, "associated_numbers"), numbers,
                              dial_cloudtalk_read_number);
  return agent;
}

static gpointer
read_number (DialJsonValue row,
             DialJsonValue record)
{
  enum { FAX = 3 };
  gint64 id = dial_json_get_id (dial_json_get (record, "id"));
  char *e164 = dial_cloudtalk_read_number (dial_json_get (record, "caller_id_e164"));
  DialCloudtalkNumber *number;

  if (id == 0 || e164 == NULL) {
    g_free (e164);
    return NULL;
  }

  number = g_new0 (DialCloudtalkNumber, 1);
  number->id = id;
  number->name = dup_text (record, "internal_name");
  number->e164 = e164;
  number->is_free = dial_cloudtalk_read_flag (dial_json_get (record, "is_free"), FALSE);
  number->is_fax = dial_cloudtalk_read_count (dial_json_get (record, "connected_to")) == FAX;
  return number;
}

static gpointer
read_tag (DialJsonValue row,
          DialJsonValue record)
{
  char *name = dup_text (record, "name");
  DialCloudtalkTag *tag;

  if (name == NULL)
    name = dial_json_dup_text (record);
  if (name == NULL)
    return NULL;

  tag = g_new0 (DialCloudtalkTag, 1);
  tag->id = dial_json_get_id (dial_json_get (record, "id"));
  tag->name = name;
  return tag;
}

/* A tag of a list has an id, or it is a placeholder (seen in use, not documented). */
static gpointer
read_listed_tag (DialJsonValue row,
                 DialJsonValue record)
{
  return dial_json_get_id (dial_json_get (record, "id")) != 0 ? read_tag (row, record) : NULL;
}

static void
read_other_side (DialCloudtalkCall *call,
                 DialJsonValue      row)
{
  DialJsonValue contact = dial_json_get (row, "Contact");
  DialJsonValue agent = dial_json_get (row, "Agent");

  call->contact_id = dial_json_get_id (dial_json_get (contact, "id"));
  call->contact_name = dup_text (contact, "name");
  if (call->agent_id == 0)
    call->agent_id = dial_json_get_id (dial_json_get (agent, "id"));
  call->agent_name = dup_name (agent);
  call->agent_email = dup_text (agent, "email");
  call->number_name = dup_text (dial_json_get (row, "CallNumber"), "internal_name");
}

static gpointer
read_call (DialJsonValue row,
           DialJsonValue record)
{
  gint64 id = dial_json_get_id (dial_json_get (record, "id"));
  g_autofree char *type = dup_text (record, "type");
  DialCloudtalkCall *call;

  if (id == 0)
    return NULL;

  call = g_new0 (DialCloudtalkCall, 1);
  call->id = id;
  call->direction = g_strcmp0 (type, "incoming") == 0 ? DIAL_DIRECTION_INCOMING
                                                      : DIAL_DIRECTION_OUTGOING;
  call->is_internal = g_strcmp0 (type, "internal") == 0;
  call->external = dial_cloudtalk_read_number (dial_json_get (record, "public_external"));
  call->internal = dial_cloudtalk_read_number (dial_json_get (record, "public_internal"));
  call->agent_id = dial_json_get_id (dial_json_get (record, "user_id"));
  call->started_at = dial_cloudtalk_read_instant (dial_json_get (record, "started_at"));
  call->answered_at = dial_cloudtalk_read_instant (dial_json_get (record, "answered_at"));
  call->ended_at = dial_cloudtalk_read_instant (dial_json_get (record, "ended_at"));
  call->talking = dial_cloudtalk_read_count (dial_json_get (record, "talking_time"));
  call->waiting = dial_cloudtalk_read_count (dial_json_get (record, "waiting_time"));
  call->wrap_up = dial_cloudtalk_read_count (dial_json_get (record, "wrapup_time"));
  call->is_voicemail = dial_cloudtalk_read_flag (dial_json_get (record, "is_voicemail"), FALSE);
  call->is_recorded = dial_cloudtalk_read_flag (dial_json_get (record, "recorded"), FALSE);
  call->recording_url = dial_cloudtalk_read_link (dial_json_get (record, "recording_link"));
  call->tags = read_list (dial_json_get (row, "Tags"), names, dial_json_dup_text);
  call->notes = read_list (dial_json_get (row, "Notes"), names, dial_json_dup_text);
  read_other_side (call, row);
  return call;
}

/* The first of several, or the only one: a list would be all of them. */
static gboolean
is_one (DialJsonValue value)
{
  return dial_json_is_there (value) && !dial_json_is_array (value);
}

/* Lists wrap a contact's own numbers beside it, one contact shown holds lists of them, and calls
 * spell them otherwise (CloudTalk's API description): all are taken. */
static void
read_ways (DialCloudtalkContact *contact,
           DialJsonValue         row,
           DialJsonValue         record)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_free);

  dial_cloudtalk_read_texts (found, dial_json_get (row, "ContactNumber"), numbers, dial_cloudtalk_read_number);
  dial_cloudtalk_read_texts (found, dial_json_get (record, "contact_numbers"), numbers,
                             dial_cloudtalk_read_number);
  dial_cloudtalk_read_texts (addresses, dial_json_get (row, "ContactEmail"), emails, dial_json_dup_text);
  dial_cloudtalk_read_texts (addresses, dial_json_get (record, "contact_emails"), emails, dial_json_dup_text);
  contact->is_partial = is_one (dial_json_get (row, "ContactNumber")) || is_one (dial_json_get (row, "ContactEmail"));
  contact->numbers = dial_cloudtalk_take_texts (found);
  contact->emails = dial_cloudtalk_take_texts (addresses);
}

static void
add_tags (GPtrArray     *tags,
          DialJsonValue  list)
{
  DialJsonIter iter;
  DialJsonValue value;
  gpointer tag;

  dial_json_iter_init (&iter, list);
  while (dial_json_iter_next (&iter, &value))
    if ((tag = read_tag (value, value)) != NULL)
      g_ptr_array_add (tags, tag);
}

static void
add_urls (GPtrArray     *url_names,
          GPtrArray     *urls,
          DialJsonValue  list,
          const char    *name_member,
          const char    *url_member)
{
  DialJsonIter iter;
  DialJsonValue value;

  dial_json_iter_init (&iter, list);
  while (dial_json_iter_next (&iter, &value)) {
    char *url = dial_cloudtalk_read_link (dial_json_get (value, url_member));
    char *name;

    if (url == NULL)
      continue;

    name = dup_text (value, name_member);
    g_ptr_array_add (urls, url);
    g_ptr_array_add (url_names, name != NULL ? name : g_strdup (""));
  }
}

static gpointer
read_contact (DialJsonValue row,
              DialJsonValue record)
{
  GPtrArray *url_names;
  GPtrArray *urls;
  gint64 id = dial_json_get_id (dial_json_get (record, "id"));
  DialCloudtalkContact *contact;

  if (id == 0)
    return NULL;

  contact = g_new0 (DialCloudtalkContact, 1);
  contact->id = id;
  contact->name = dup_text (record, "name");
  contact->title = dup_text (record, "title");
  contact->company = dup_text (record, "company");
  read_ways (contact, row, record);

  contact->tags = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_cloudtalk_tag_free);
  add_tags (contact->tags, dial_json_get (row, "ContactsTag"));
  add_tags (contact->tags, dial_json_get (record, "tags"));

  url_names = g_ptr_array_new_with_free_func (g_free);
  urls = g_ptr_array_new_with_free_func (g_free);
  add_urls (url_names, urls, dial_json_get (row, "ExternalUrl"), "name", "url");
  add_urls (url_names, urls, dial_json_get (record, "external_urls"), "external_system", "external_url");
  contact->url_names = dial_cloudtalk_take_texts (url_names);
  contact->urls = dial_cloudtalk_take_texts (urls);
  return contact;
}

static void
join_texts (GStrv *into,
            GStrv  from)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  GStrv joined;

  g_strv_builder_addv (builder, (const char **) *into);
  for (guint i = 0; from[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) *into, from[i]))
      g_strv_builder_add (builder, from[i]);

  joined = g_strv_builder_end (builder);
  g_strfreev (*into);
  *into = joined;
}

/* A list that tells one number a row tells the second in another row. */
static void
merge_contacts (gpointer record,
                gpointer again)
{
  DialCloudtalkContact *contact = record;
  DialCloudtalkContact *more = again;

  join_texts (&contact->numbers, more->numbers);
  join_texts (&contact->emails, more->emails);
}

const DialCloudtalkKind dial_cloudtalk_agents = {
  "Agent", read_agent, (GDestroyNotify) dial_cloudtalk_agent_free
};
const DialCloudtalkKind dial_cloudtalk_numbers = {
  "CallNumber", read_number, (GDestroyNotify) dial_cloudtalk_number_free
};
const DialCloudtalkKind dial_cloudtalk_tags = {
  "Tag", read_listed_tag, (GDestroyNotify) dial_cloudtalk_tag_free
};
const DialCloudtalkKind dial_cloudtalk_calls = {
  "Cdr", read_call, (GDestroyNotify) dial_cloudtalk_call_free
};
const DialCloudtalkKind dial_cloudtalk_contacts = {
  "Contact", read_contact, (GDestroyNotify) dial_cloudtalk_contact_free, merge_contacts
};

/* Everything is wrapped in `responseData` (CloudTalk's API description). */
static DialJsonValue
unwrap (const DialJson *json)
{
  DialJsonValue root = dial_json_get_root (json);
  DialJsonValue inner = dial_json_get (root, "responseData");

  return dial_json_is_object (inner) ? inner : root;
}

static gpointer
read_row (const DialCloudtalkKind *kind,
          DialJsonValue            row)
{
  DialJsonValue record = dial_json_get (row, kind->wrapper);

  return kind->read (row, dial_json_is_object (record) ? record : row);
}

static gboolean
is_list (DialJsonValue data,
         DialJsonValue answer)
{
  return dial_json_is_array (data) ||
         (!dial_json_is_there (data) &&
          dial_cloudtalk_read_count (dial_json_get (answer, "itemsCount")) == 0);
}

/* Nothing is listed twice. Takes @record. */
static void
add_record (DialCloudtalkPage       *page,
            const DialCloudtalkKind *kind,
            GHashTable              *by_id,
            gpointer                 record)
{
  gpointer known = g_hash_table_lookup (by_id, record);

  if (known == NULL) {
    g_hash_table_add (by_id, record);
    g_ptr_array_add (page->rows, record);
    return;
  }

  if (kind->merge != NULL)
    kind->merge (known, record);
  kind->free (record);
}

/**
 * dial_cloudtalk_parse_page:
 * @kind: what is listed
 * @bytes: an answer's body, whatever it is
 * @error: return location for an error
 *
 * Returns: (transfer full): the page, or %NULL with %DIAL_CLOUDTALK_ERROR_GARBLED
 */
DialCloudtalkPage *
dial_cloudtalk_parse_page (const DialCloudtalkKind  *kind,
                           GBytes                   *bytes,
                           GError                  **error)
{
  g_autoptr (DialJson) json = dial_json_load (bytes);
  DialJsonValue answer = unwrap (json);
  DialJsonValue data = dial_json_get (answer, "data");
  g_autoptr (GHashTable) by_id = NULL;
  DialCloudtalkPage *page;
  DialJsonValue row;
  DialJsonIter iter;

  if (!is_list (data, answer)) {
    g_propagate_error (error, dial_cloudtalk_garbled ());
    return NULL;
  }

  page = g_new0 (DialCloudtalkPage, 1);
  page->rows = g_ptr_array_new_with_free_func (kind->free);
  by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  page->n_pages = (guint) CLAMP (dial_cloudtalk_read_count (dial_json_get (answer, "pageCount")), 1, MAX_PAGES);
  page->page = (guint) CLAMP (dial_cloudtalk_read_count (dial_json_get (answer, "pageNumber")), 0, MAX_PAGES);

  dial_json_iter_init (&iter, data);
  while (dial_json_iter_next (&iter, &row)) {
    gpointer record = read_row (kind, row);

    if (record != NULL)
      add_record (page, kind, by_id, record);
    else
      page->skipped++;
  }

  return page;
}

/**
 * dial_cloudtalk_parse_contact:
 * @bytes: the answer that shows one contact; it is small
 * @error: return location for an error
 *
 * Returns: (transfer full): the contact, or %NULL with %DIAL_CLOUDTALK_ERROR_GARBLED
 */
DialCloudtalkContact *
dial_cloudtalk_parse_contact (GBytes  *bytes,
                              GError **error)
{
  g_autoptr (DialJson) json = dial_json_load_small (bytes);
  DialJsonValue answer = unwrap (json);
  DialJsonValue data = dial_json_get (answer, "data");
  DialCloudtalkContact *contact;

  contact = read_row (&dial_cloudtalk_contacts, dial_json_is_object (data) ? data : answer);
  if (contact == NULL)
    g_propagate_error (error, dial_cloudtalk_garbled ());

  return contact;
}

/**
 * dial_cloudtalk_parse_id:
 * @bytes: the answer to something new
 *
 * Returns: its id, 0 if the answer does not tell
 */
gint64
dial_cloudtalk_parse_id (GBytes *bytes)
{
  g_autoptr (DialJson) json = dial_json_load_small (bytes);

  return dial_json_get_id (dial_json_get (dial_json_get (unwrap (json), "data"), "id"));
}

/**
 * dial_cloudtalk_parse_status:
 * @bytes: (nullable): a small answer
 *
 * The HTTP status and the answer itself may both carry it (seen in use, not documented).
 *
 * Returns: the status the answer itself names, 0 if it names none
 */
guint
dial_cloudtalk_parse_status (GBytes *bytes)
{
  g_autoptr (DialJson) json = dial_json_load_small (bytes);
  int status = dial_cloudtalk_read_count (dial_json_get (unwrap (json), "status"));

  return status >= 100 && status < 600 ? (guint) status : 0;
}

/* A line of numbers may come back spelled otherwise: only digits are compared then. */
static gboolean
repeats (const GString *words,
         const char    *private)
{
  GString *said;
  GString *sent;
  gboolean is_same;

  if (dial_quote_repeats (words, private))
    return TRUE;

  said = g_string_new (NULL);
  sent = g_string_new (NULL);
  for (const char *at = words->str; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      g_string_append_c (said, *at);
  for (const char *at = private; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      g_string_append_c (sent, *at);

  is_same = sent->len >= 6 && strstr (said->str, sent->str + sent->len - 6) != NULL;
  g_string_free (said, TRUE);
  g_string_free (sent, TRUE);
  return is_same;
}

static char *
finish_words (GString           *words,
              const char *const *private)
{
  for (guint i = 0; private != NULL && private[i] != NULL; i++)
    if (repeats (words, private[i]))
      g_string_truncate (words, 0);

  return dial_quote_finish (words);
}

static char *
quote (DialJsonValue      answer,
       const char *const *private)
{
  g_autoptr (GString) data = g_string_new (NULL);
  GString *words = g_string_new (NULL);

  dial_quote_append (words, dial_json_get (answer, "message"));
  dial_quote_append (data, dial_json_get (answer, "data"));
  if (data->len > 0)
    g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", data->str);

  return finish_words (words, private);
}

/**
 * dial_cloudtalk_parse_words:
 * @bytes: (nullable): an answer that is no success
 * @private: (nullable) (array zero-terminated=1): what must not be quoted even if CloudTalk repeats it
 *
 * Returns: (transfer full) (nullable): what CloudTalk says, on one line
 */
char *
dial_cloudtalk_parse_words (GBytes            *bytes,
                            const char *const *private)
{
  g_autoptr (DialJson) json = dial_json_load_small (bytes);

  return quote (unwrap (json), private);
}

/**
 * dial_cloudtalk_parse_text:
 * @bytes: the answer to a text, of status 200
 * @private: (nullable) (array zero-terminated=1): what must not be quoted
 * @words: (out) (nullable): why it was refused
 *
 * Returns: whether it was taken, as far as the answer says
 */
DialCloudtalkTextAnswer
dial_cloudtalk_parse_text (GBytes             *bytes,
                           const char *const  *private,
                           char              **words)
{
  g_autoptr (DialJson) json = dial_json_load_small (bytes);
  DialJsonValue answer = unwrap (json);
  DialJsonValue success = dial_json_get (answer, "success");

  *words = NULL;
  if (dial_cloudtalk_read_flag (success, FALSE))
    return DIAL_CLOUDTALK_TEXT_TAKEN;
  /* Neither yes nor no. */
  if (dial_cloudtalk_read_flag (success, TRUE))
    return DIAL_CLOUDTALK_TEXT_UNKNOWN;

  *words = quote (answer, private);
  return DIAL_CLOUDTALK_TEXT_REFUSED;
}

/* What of a contact no error may repeat. */
static GPtrArray *
list_private (const DialContactChange *change)
{
  const GStrv lists[] = { change->numbers, change->emails, change->urls };
  const char *texts[] = { change->name, change->title, change->company };
  GPtrArray *private = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL)
      g_ptr_array_add (private, (char *) texts[i]);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; lists[i] != NULL && lists[i][j] != NULL; j++)
      g_ptr_array_add (private, lists[i][j]);

  g_ptr_array_add (private, NULL);
  return private;
}

static void
take_result (DialContactResult       *result,
             const DialContactChange *change,
             DialJsonValue            value)
{
  int status = dial_cloudtalk_read_count (dial_json_get (value, "status"));

  result->status = status > 0 ? (guint) status : 0;
  result->contact_id = dial_json_get_id (dial_json_get (dial_json_get (value, "data"), "id"));
  if (result->status >= 300) {
    g_autoptr (GPtrArray) private = list_private (change);
    g_autofree char *words = quote (value, (const char *const *) private->pdata);

    result->error = dial_cloudtalk_refuse_change (result->status, words);
  }
}

static DialContactResult *
find_result (DialJsonValue            data,
             const DialContactChange *change)
{
  DialContactResult *result = g_new0 (DialContactResult, 1);
  DialJsonValue value;
  DialJsonIter iter;

  result->command_id = g_strdup (change->command_id);
  dial_json_iter_init (&iter, data);
  while (result->status == 0 && dial_json_iter_next (&iter, &value)) {
    g_autofree char *named = dial_json_dup_text (dial_json_get (value, "command_id"));

    if (g_strcmp0 (named, change->command_id) == 0)
      take_result (result, change, value);
  }

  if (result->status == 0)
    result->error = dial_cloudtalk_unclear (DIAL_CLOUDTALK_TASK_CHANGE);
  return result;
}

/**
 * dial_cloudtalk_parse_results:
 * @bytes: the answer to a bulk request, of status 200; it is small
 * @changes: (element-type DialContactChange): what it was to do
 *
 * Returns: (transfer full) (element-type DialContactResult): one for each change, in their order
 */
GPtrArray *
dial_cloudtalk_parse_results (GBytes    *bytes,
                              GPtrArray *changes)
{
  g_autoptr (DialJson) json = dial_json_load_small (bytes);
  DialJsonValue data = dial_json_get (unwrap (json), "data");
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_contact_result_free);

  for (guint i = 0; i < changes->len; i++) {
    const DialContactChange *change = g_ptr_array_index (changes, i);
    DialContactResult *result = find_result (data, change);

    if (result->contact_id == 0 && result->error == NULL)
      result->contact_id = change->contact_id;
    g_ptr_array_add (results, result);
  }

  return results;
}
