#include "dial-sandbox-cloudtalk.h"

#include <string.h>

/* Calls as they are told of: GET /calls/index.json, and their recordings. */

static gboolean
is_over (gint64 instant,
         gint64 now)
{
  return instant <= now;
}

static gint64
seconds_between (gint64 from,
                 gint64 until)
{
  return until / G_USEC_PER_SEC - from / G_USEC_PER_SEC;
}

/* Rows of CloudTalk's that were not answered bear no time of an answer, or that of their end. */
static gint64
get_answered_at (const DialSandboxCtCall *call,
                 gint64                   now)
{
  if (is_over (call->answered_at, now))
    return call->answered_at;

  return call->id % 2 != 0 && is_over (call->ended_at, now) ? call->ended_at : 0;
}

static gboolean
is_answered (const DialSandboxCtCall *call,
             gint64                   now)
{
  return is_over (call->answered_at, now) && strcmp (call->outcome, "voicemail") != 0;
}

static void
write_cdr (DialSandboxServer       *server,
           const DialSandboxCtCall *call,
           DialSandboxRecord       *outer)
{
  gint64 now = dial_sandbox_world_get_now (server->world);
  gboolean ended = is_over (call->ended_at, now);
  gboolean connected = is_over (call->answered_at, now);
  gboolean has_recording = server->cloudtalk->link_comes_late ? dial_sandbox_ct_has_recording (server, call)
                                                              : ended && call->recording != 0;
  gint64 waited_until = connected ? call->answered_at : ended ? call->ended_at : now;
  g_autofree char *link = g_strdup_printf ("%s" DIAL_SANDBOX_CT_PLAY "%" G_GINT64_FORMAT, server->origin,
                                           call->id);
  DialSandboxRecord record;

  if (!dial_sandbox_record_member (outer, "Cdr"))
    return;

  dial_sandbox_record_begin (&record, outer->out, NULL, NULL);
  dial_sandbox_ct_record_id (&record, "id", call->id);
  dial_sandbox_record_string (&record, "type", call->type);
  dial_sandbox_ct_record_count (&record, "billsec",
                                ended ? seconds_between (call->started_at, call->ended_at) : 0, call->id);
  dial_sandbox_ct_record_count (&record, "talking_time",
                                ended && connected ? seconds_between (call->answered_at, call->ended_at) : 0,
                                call->id + 1);
  dial_sandbox_ct_record_count (&record, "waiting_time", seconds_between (call->started_at, waited_until),
                                call->id);
  dial_sandbox_ct_record_count (&record, "wrapup_time",
                                is_over (call->wrapped_up_at, now)
                                ? seconds_between (call->ended_at, call->wrapped_up_at) : 0, call->id + 1);
  dial_sandbox_ct_record_number (&record, "public_external", call->external, call->id);
  dial_sandbox_ct_record_number (&record, "public_internal", call->internal, call->id + 1);
  dial_sandbox_ct_record_flag (&record, "is_local", FALSE, call->id);
  dial_sandbox_ct_record_flag (&record, "recorded", has_recording, call->id + 1);
  dial_sandbox_ct_record_flag (&record, "is_voicemail", strcmp (call->outcome, "voicemail") == 0 && connected,
                               call->id + 2);
  dial_sandbox_record_string (&record, "is_redirected", "0");
  dial_sandbox_record_string (&record, "redirected_from", "");
  dial_sandbox_record_string (&record, "transferred_from", "");
  dial_sandbox_record_string (&record, "fax_email", "0");
  dial_sandbox_ct_record_id (&record, "user_id", call->agent_id);
  dial_sandbox_ct_record_time (&record, "started_at", call->started_at, call->id);
  dial_sandbox_ct_record_time (&record, "answered_at", get_answered_at (call, now), call->id + 1);
  dial_sandbox_ct_record_time (&record, "ended_at", ended ? call->ended_at : 0, call->id + 2);
  dial_sandbox_record_string (&record, "recording_link", has_recording ? link : NULL);
  dial_sandbox_record_end (&record);
}

static void
write_number (DialSandboxServer       *server,
              const DialSandboxCtCall *call,
              DialSandboxRecord       *outer)
{
  const DialSandboxCtNumber *number = dial_sandbox_ct_find_number (server, call->internal);
  DialSandboxRecord record;

  if (number == NULL || !dial_sandbox_record_member (outer, "CallNumber"))
    return;

  dial_sandbox_record_begin (&record, outer->out, NULL, NULL);
  dial_sandbox_ct_record_id (&record, "id", number->id);
  dial_sandbox_record_string (&record, "internal_name", number->name);
  dial_sandbox_ct_record_number (&record, "caller_id_e164", number->e164, call->id);
  dial_sandbox_record_string (&record, "country_code", number->country_code);
  dial_sandbox_record_string (&record, "area_code", number->area_code);
  dial_sandbox_record_end (&record);
}

/* Nobody is now nobody, now not even mentioned. */
static void
write_agent (DialSandboxServer       *server,
             const DialSandboxCtCall *call,
             DialSandboxRecord       *outer)
{
  const DialSandboxCtAgent *agent = dial_sandbox_ct_find_agent (server, call->agent_id);
  g_autofree char *name = NULL;
  DialSandboxRecord record;

  if (agent == NULL) {
    if (call->id % 2 != 0)
      dial_sandbox_record_json (outer, "Agent", "null");
    return;
  }
  if (!dial_sandbox_record_member (outer, "Agent"))
    return;

  name = dial_sandbox_ct_dup_name (server, agent);
  dial_sandbox_record_begin (&record, outer->out, NULL, NULL);
  dial_sandbox_ct_record_id (&record, "id", agent->id);
  dial_sandbox_record_string (&record, "fullname", name);
  dial_sandbox_record_string (&record, "email", agent->email);
  dial_sandbox_record_string (&record, "status", dial_sandbox_ct_get_state (server, agent));
  dial_sandbox_record_end (&record);
}

/* What a row is made of stands in the description in one form, in its examples in another. */
static void
write_texts (DialSandboxRecord *outer,
             const char        *member,
             GPtrArray         *texts,
             const char        *key)
{
  if (!dial_sandbox_record_member (outer, member))
    return;

  g_string_append_c (outer->out, '[');
  for (guint i = 0; i < texts->len; i++) {
    const DialSandboxCtTag *text = texts->pdata[i];
    DialSandboxRecord record;

    if (i > 0)
      g_string_append_c (outer->out, ',');
    dial_sandbox_record_begin (&record, outer->out, NULL, NULL);
    dial_sandbox_ct_record_id (&record, "id", text->id);
    dial_sandbox_record_string (&record, key, text->text);
    dial_sandbox_record_end (&record);
  }
  g_string_append_c (outer->out, ']');
}

static void
write_call (DialSandboxServer *server,
            gconstpointer      row,
            DialSandboxRecord *record)
{
  const DialSandboxCtCall *call = row;
  const DialSandboxCtContact *contact = dial_sandbox_ct_find_contact_by_number (server, call->external);

  write_cdr (server, call, record);
  if (contact != NULL)
    dial_sandbox_ct_write_caller (server, contact, record);
  else if (call->id % 2 == 0)
    dial_sandbox_record_json (record, "Contact", "null");
  write_number (server, call, record);
  dial_sandbox_record_json (record, call->id % 2 != 0 ? "BillingCall" : "BillingData",
                            "{\"price\":\"0.021000\"}");
  write_agent (server, call, record);
  write_texts (record, "Notes", call->notes, call->id % 2 != 0 ? "note" : "name");
  write_texts (record, "Tags", call->tags, "name");
  dial_sandbox_record_json (record, "Ratings", "[]");
}

/* Numbers are compared by their digits; a plus that came as a space has been lost on the way. */
static gboolean
takes_number (DialSandboxCtQuery *query,
              const char         *name,
              const char         *e164)
{
  const char *text = dial_sandbox_ct_query_get (query, name);

  if (text == NULL)
    return TRUE;

  return e164 != NULL && strcmp (text[0] == '+' ? text + 1 : text, e164 + 1) == 0;
}

static gboolean
takes_tag (DialSandboxCtQuery      *query,
           const DialSandboxCtCall *call)
{
  gboolean found = dial_sandbox_ct_query_get (query, "tag_id") == NULL;

  for (guint i = 0; i < call->tags->len; i++)
    found |= dial_sandbox_ct_query_takes (query, "tag_id", ((DialSandboxCtTag *) call->tags->pdata[i])->id);
  return found;
}

static gboolean
takes_contact (DialSandboxServer       *server,
               DialSandboxCtQuery      *query,
               const DialSandboxCtCall *call)
{
  const DialSandboxCtContact *contact;

  if (dial_sandbox_ct_query_get (query, "contact_id") == NULL)
    return TRUE;

  contact = dial_sandbox_ct_find_contact_by_number (server, call->external);
  return contact != NULL && dial_sandbox_ct_query_takes (query, "contact_id", contact->id);
}

static gboolean
takes_call (DialSandboxServer       *server,
            DialSandboxCtQuery      *query,
            const DialSandboxCtCall *call)
{
  gint64 now = dial_sandbox_world_get_now (server->world);
  gint64 started = call->started_at / G_USEC_PER_SEC * G_USEC_PER_SEC;
  const char *type = dial_sandbox_ct_query_get (query, "type");
  const char *status = dial_sandbox_ct_query_get (query, "status");

  return dial_sandbox_ct_call_is_listed (server, call) &&
         dial_sandbox_ct_query_takes (query, "call_id", call->id) &&
         dial_sandbox_ct_query_takes (query, "user_id", call->agent_id) &&
         dial_sandbox_ct_query_takes (query, "agent_extension", call->agent_id - DIAL_SANDBOX_CT_EXTENSION) &&
         takes_number (query, "public_external", call->external) &&
         takes_number (query, "public_internal", call->internal) &&
         takes_tag (query, call) &&
         takes_contact (server, query, call) &&
         started >= dial_sandbox_ct_query_get_time (query, "date_from", G_MININT64) &&
         started <= dial_sandbox_ct_query_get_time (query, "date_to", G_MAXINT64) &&
         (type == NULL || strcmp (type, call->type) == 0) &&
         (status == NULL || is_answered (call, now) == (strcmp (status, "answered") == 0));
}

static int
compare_calls (gconstpointer a,
               gconstpointer b)
{
  const DialSandboxCtCall *one = *(DialSandboxCtCall **) a;
  const DialSandboxCtCall *other = *(DialSandboxCtCall **) b;

  if (one->started_at != other->started_at)
    return one->started_at < other->started_at ? 1 : -1;
  return one->id < other->id ? 1 : -1;
}

/**
 * dial_sandbox_ct_list_calls:
 * @request: a `GET /calls/index.json`
 * @id: nothing
 *
 * Answers with the history, newest first.
 */
void
dial_sandbox_ct_list_calls (DialSandboxRequest *request,
                            gint64              id)
{
  static const DialSandboxCtParameter parameters[] = {
    { "public_internal", "t" }, { "public_external", "t" }, { "date_from", "d" }, { "date_to", "d" },
    { "contact_id", "i" }, { "user_id", "i" }, { "agent_extension", "i" },
    { "type", "incoming|outgoing|internal" }, { "status", "missed|answered" }, { "tag_id", "i" },
    { "call_id", "i" }, { NULL, NULL }
  };
  g_autoptr (DialSandboxCtQuery) query = dial_sandbox_ct_query_parse (request, parameters);
  GPtrArray *calls = request->server->cloudtalk->calls;
  GPtrArray *rows;

  if (query == NULL)
    return;

  rows = g_ptr_array_new ();
  for (guint i = 0; i < calls->len; i++) {
    if (takes_call (request->server, query, calls->pdata[i]))
      g_ptr_array_add (rows, calls->pdata[i]);
  }
  g_ptr_array_sort (rows, compare_calls);
  dial_sandbox_ct_list (request, query, rows, write_call);
}

/* Recordings */

#define RATE     8000 /* samples a second, of one byte */
#define PITCH    20   /* samples a wave */

static void
append_le (GString *out,
           guint32  value,
           guint    width)
{
  for (guint i = 0; i < width; i++)
    g_string_append_c (out, (char) (value >> (8 * i) & 0xff));
}

/**
 * dial_sandbox_ct_make_sound:
 *
 * Returns: (transfer full): what was recorded, as WAV: a second of a hum
 */
GString *
dial_sandbox_ct_make_sound (void)
{
  GString *out = g_string_new ("RIFF");

  append_le (out, 36 + RATE, 4);
  g_string_append (out, "WAVEfmt ");
  append_le (out, 16, 4);
  append_le (out, 1, 2); /* PCM, one channel */
  append_le (out, 1, 2);
  append_le (out, RATE, 4);
  append_le (out, RATE, 4);
  append_le (out, 1, 2);
  append_le (out, 8, 2);
  g_string_append (out, "data");
  append_le (out, RATE, 4);
  for (guint i = 0; i < RATE; i++)
    g_string_append_c (out, (char) (i % PITCH < PITCH / 2 ? 0x90 : 0x70));
  return out;
}

/**
 * dial_sandbox_ct_has_recording:
 * @server: a server
 * @call: (nullable): a call
 *
 * Returns: whether there is a recording by now, or was one
 */
gboolean
dial_sandbox_ct_has_recording (DialSandboxServer       *server,
                               const DialSandboxCtCall *call)
{
  gint64 wait = server->cloudtalk->recording_ms * 1000;

  return call != NULL && call->recording != 0 && call->ended_at != DIAL_SANDBOX_CT_NEVER &&
         is_over (call->ended_at + wait, dial_sandbox_world_get_now (server->world));
}

/**
 * dial_sandbox_ct_send_recording:
 * @request: a `GET /calls/recording/ID.json`
 * @id: a call
 *
 * Answers with the sound: what was not recorded, or is not there yet, is not found; what was removed
 * is gone.
 */
void
dial_sandbox_ct_send_recording (DialSandboxRequest *request,
                                gint64              id)
{
  const DialSandboxCtCall *call = dial_sandbox_ct_find_call (request->server, id);

  if (!dial_sandbox_ct_has_recording (request->server, call)) {
    dial_sandbox_ct_refuse (request, 404, "Not found.", NULL);
  } else if (call->recording == 2) {
    dial_sandbox_ct_refuse (request, 410, "Recording expired.", NULL);
  } else {
    SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);

    /* Live answers were seen to hide the sound in this. */
    if (id % 2 == 0)
      soup_message_headers_replace (headers, "Content-Disposition", "attachment; filename=\"call.wav\"");
    dial_sandbox_answer (request->message, 200, id % 2 != 0 ? "audio/x-wav" : "application/octet-stream",
                         dial_sandbox_ct_make_sound ());
  }
}
