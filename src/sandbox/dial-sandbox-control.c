/*
 * What tests can ask of the sandbox besides faults, where the options allow it:
 *
 * - `GET /sandbox/log`: the requests so far, `[{"at", "method", "path", "query", "status", "token"}]`,
 *   the oldest first; `status` is 0 while there is no answer and where the connection was cut; `token`
 *   tells clients apart without telling what they bear: the first token handed out is 1, 0 is none.
 *   `DELETE /sandbox/log` forgets them.
 * - `POST /sandbox/scopes` `{"scope": "harvest:notes:list", "granted": false}`: takes a scope away
 *   from the credential or gives it back; `{"granted": true}` gives all back.
 * - `POST /sandbox/permissions` `{"permission": "GET: List Users", "granted": false}`: the same for
 *   a permission of the key of v1, in Greenhouse's words (dial-sandbox-v1.c has them all).
 * - `POST /sandbox/v1` `{"retired": 410}`: all of v1 answers as an API that has ended, with 401,
 *   403, 404 or 410; 0 brings it back.
 * - `POST /sandbox/allowance` `{"allowance": 3, "seconds": 30, "aligned": true}`: requests a window, 0
 *   for no limit; how long a window is, and whether it keeps to the clock or begins with the first
 *   request in it: as they were if left out. The window begins anew. `"api": "v1"` means v1's
 *   allowance, `"token"` the token service's, otherwise it is v3's.
 * - `POST /sandbox/delay` `{"ms": 200}`: how long every answer is held back. The request is carried
 *   out, and counted, when it arrives.
 * - `POST /sandbox/credential`, any of
 *     `{"secret": "expired"}`: the token service knows the secret no more; `"ok"` brings it back;
 *     `{"acts_as": "basic"}`: the acting user is no Site Admin, whoever it is; `"deactivated"`: has
 *       left, so that there are no tokens and those handed out are worth nothing; `"site_admin"`
 *       takes both back;
 *     `{"addresses": "other"}`: it is good at other IP addresses alone; `"any"` at all.
 * - `POST /sandbox/clock` `{"seconds": 3600}`: the sandbox's clock is so much ahead (negative:
 *   behind), in `Date`, in the times of what is written from now on, and where tokens expire.
 * - `POST /sandbox/lag` `{"requests": 3}`: whatever is changed from now on shows up in lists filtered
 *   by `updated_at` only after so many more requests of lists; until then they go by what it was. What
 *   was deleted is gone at once.
 * - `POST /sandbox/churn` `{"seed": 1, "every": 3}`: after every third request of a list something
 *   changes, of any kind there is (dial-sandbox-churn.c); the same things in the same order for a
 *   seed. 0 ends it. `GET /sandbox/churn`: what was done, a sentence each.
 * - `POST /sandbox/weather` `{"seed": 1, "percent": 5, "path": "/v3/"}`: that share of all requests, or
 *   of those whose path begins so, meets a fault by chance (dial-sandbox-weather.c). 0 ends it.
 *
 * The world itself is changed as told in dial-sandbox-changes.c, by `POST /sandbox/candidates`,
 * `applications`, `jobs`, `stages` and `users`. `GET /sandbox/world` shows all of it at once, to whom
 * sees most: `{"candidates": […], "applications": […], "jobs": […], "stages": […], "users": […]}`,
 * the same records as in the lists of v3.
 *
 * - `POST /sandbox/notes` `{"id": 9900000007, "body": "Other words"}`: somebody changes a note in the web
 *   interface; without a body it is deleted.
 *
 * `GET /sandbox/notes` shows all notes that were posted, as they are, those that no list shows yet included.
 *
 * What is under `/sandbox/cloudtalk` is told in dial-sandbox-cloudtalk-control.c.
 *
 * The answer is 200, or 400 if nothing was done.
 */

#include "dial-sandbox-cloudtalk.h"
#include "dial-sandbox-v1.h"

#include <string.h>

#define LOG_LENGTH 20000

static void
visit_clear (gpointer data)
{
  DialSandboxVisit *visit = data;

  g_free (visit->method);
  g_free (visit->path);
  g_free (visit->query);
}

void
dial_sandbox_visit_unref (gpointer visit)
{
  g_rc_box_release_full (visit, visit_clear);
}

/**
 * dial_sandbox_log_visit:
 * @request: a request
 *
 * Notes that somebody came. What was sent, and as whom, is not noted.
 */
void
dial_sandbox_log_visit (DialSandboxRequest *request)
{
  GQueue *log = &request->server->log;
  DialSandboxVisit *visit = g_rc_box_new0 (DialSandboxVisit);

  visit->at = g_get_real_time ();
  visit->method = g_strdup (soup_server_message_get_method (request->message));
  visit->path = g_strdup (request->path);
  visit->query = g_strdup (request->query);
  visit->token = dial_sandbox_token_get_number (request);
  g_queue_push_tail (log, visit);
  if (log->length > LOG_LENGTH)
    dial_sandbox_visit_unref (g_queue_pop_head (log));
  request->visit = visit;
}

void
dial_sandbox_log_clear (DialSandboxServer *server)
{
  g_queue_clear_full (&server->log, dial_sandbox_visit_unref);
}

static void
show_log (DialSandboxRequest *request)
{
  GString *body = g_string_new ("[");

  for (GList *link = request->server->log.head; link != NULL; link = link->next) {
    const DialSandboxVisit *visit = link->data;
    DialSandboxRecord record;

    if (body->len > 1)
      g_string_append_c (body, ',');
    dial_sandbox_record_begin (&record, body, NULL, NULL);
    dial_sandbox_record_time (&record, "at", visit->at);
    dial_sandbox_record_string (&record, "method", visit->method);
    dial_sandbox_record_string (&record, "path", visit->path);
    dial_sandbox_record_string (&record, "query", visit->query);
    dial_sandbox_record_integer (&record, "status", visit->status);
    dial_sandbox_record_integer (&record, "token", visit->token);
    dial_sandbox_record_end (&record);
  }
  g_string_append_c (body, ']');
  dial_sandbox_answer (request->message, 200, "application/json;charset=utf-8", body);
}

static void
show_notes (DialSandboxRequest *request)
{
  DialSandboxNotes *notes = request->server->notes;
  GString *body = g_string_new ("[");

  for (guint i = 0; i < dial_sandbox_notes_get_n_notes (notes); i++) {
    DialSandboxRecord record;

    if (i > 0)
      g_string_append_c (body, ',');
    dial_sandbox_record_begin (&record, body, NULL, NULL);
    dial_sandbox_note_write (dial_sandbox_notes_get_note (notes, i), &record);
    dial_sandbox_record_end (&record);
  }
  g_string_append_c (body, ']');
  dial_sandbox_answer (request->message, 200, "application/json;charset=utf-8", body);
}

static const char *
get_text (JsonObject *wish,
          const char *name)
{
  return json_object_get_string_member_with_default (wish, name, NULL);
}

static gboolean
change_faults (DialSandboxServer *server,
               JsonObject        *wish,
               gint64            *added)
{
  return dial_sandbox_faults_add (server, wish);
}

static gboolean
change_scopes (DialSandboxServer *server,
               JsonObject        *wish,
               gint64            *added)
{
  const char *scope = get_text (wish, "scope");
  gboolean granted = json_object_get_boolean_member_with_default (wish, "granted", FALSE);

  if (scope == NULL && !granted)
    return FALSE;

  if (scope == NULL)
    dial_sandbox_server_give_scopes (server);
  else if (granted)
    g_hash_table_add (server->scopes, (gpointer) g_intern_string (scope));
  else
    g_hash_table_remove (server->scopes, scope);
  return TRUE;
}

static gboolean
change_permissions (DialSandboxServer *server,
                    JsonObject        *wish,
                    gint64            *added)
{
  const char *permission = get_text (wish, "permission");
  gboolean granted = json_object_get_boolean_member_with_default (wish, "granted", FALSE);

  if (permission != NULL)
    return dial_sandbox_v1_set_permission (server, permission, granted);

  if (granted)
    dial_sandbox_v1_give_permissions (server);
  return granted;
}

static gboolean
change_v1 (DialSandboxServer *server,
           JsonObject        *wish,
           gint64            *added)
{
  static const gint64 known[] = { 0, 401, 403, 404, 410 };
  gint64 status = json_object_get_int_member_with_default (wish, "retired", -1);

  for (guint i = 0; i < G_N_ELEMENTS (known); i++) {
    if (known[i] == status) {
      server->v1_retired = (guint) status;
      return TRUE;
    }
  }

  return FALSE;
}

static gboolean
change_allowance (DialSandboxServer *server,
                  JsonObject        *wish,
                  gint64            *added)
{
  return dial_sandbox_allowance_change (server, wish);
}

static gboolean
change_notes (DialSandboxServer *server,
              JsonObject        *wish,
              gint64            *added)
{
  return dial_sandbox_notes_change (server->notes,
                                    json_object_get_int_member_with_default (wish, "id", 0),
                                    get_text (wish, "body"));
}

static gboolean
change_delay (DialSandboxServer *server,
              JsonObject        *wish,
              gint64            *added)
{
  gint64 delay = json_object_get_int_member_with_default (wish, "ms", -1);

  if (delay < 0 || delay > G_MAXINT)
    return FALSE;

  server->delay_ms = (guint) delay;
  return TRUE;
}

/* Returns: the index of what is wished for, -1 if it is none of these; @fallback without a wish. */
static int
choose (JsonObject         *wish,
        const char         *name,
        const char * const *choices,
        int                 fallback)
{
  const char *text = get_text (wish, name);

  if (!json_object_has_member (wish, name))
    return fallback;

  for (int i = 0; text != NULL && choices[i] != NULL; i++) {
    if (strcmp (choices[i], text) == 0)
      return i;
  }
  return -1;
}

static gboolean
change_credential (DialSandboxServer *server,
                   JsonObject        *wish,
                   gint64            *added)
{
  static const char * const secrets[] = { "ok", "expired", NULL };
  static const char * const roles[] = { "site_admin", "basic", "deactivated", NULL };
  static const char * const addresses[] = { "any", "other", NULL };
  int expired = choose (wish, "secret", secrets, server->secret_expired);
  int role = choose (wish, "acts_as", roles, (int) server->role);
  int elsewhere = choose (wish, "addresses", addresses, server->elsewhere);

  if (expired < 0 || role < 0 || elsewhere < 0)
    return FALSE;

  server->secret_expired = expired == 1;
  server->role = (DialSandboxRole) role;
  server->elsewhere = elsewhere == 1;
  return TRUE;
}

static gboolean
change_clock (DialSandboxServer *server,
              JsonObject        *wish,
              gint64            *added)
{
  gint64 seconds = json_object_get_int_member_with_default (wish, "seconds", 0);

  dial_sandbox_world_shift_clock (server->world, seconds * G_USEC_PER_SEC);
  return json_object_has_member (wish, "seconds");
}

static gboolean
change_lag (DialSandboxServer *server,
            JsonObject        *wish,
            gint64            *added)
{
  gint64 requests = json_object_get_int_member_with_default (wish, "requests", -1);

  if (requests < 0 || requests > G_MAXINT)
    return FALSE;

  dial_sandbox_world_set_lag (server->world, (guint) requests);
  return TRUE;
}

static gboolean
change_churn (DialSandboxServer *server,
              JsonObject        *wish,
              gint64            *added)
{
  gint64 every = json_object_get_int_member_with_default (wish, "every", -1);
  gint64 seed = json_object_get_int_member_with_default (wish, "seed", 0);

  if (every < 0 || every > G_MAXINT)
    return FALSE;

  dial_sandbox_churn_begin (server, (guint32) seed, (guint) every);
  return TRUE;
}

static gboolean
change_weather (DialSandboxServer *server,
                JsonObject        *wish,
                gint64            *added)
{
  gint64 percent = json_object_get_int_member_with_default (wish, "percent", -1);
  gint64 seed = json_object_get_int_member_with_default (wish, "seed", 0);

  if (percent < 0 || percent > 100)
    return FALSE;

  dial_sandbox_weather_begin (server, (guint32) seed, (guint) percent, get_text (wish, "path"));
  return TRUE;
}

static const struct {
  const char *what;
  gboolean  (*change) (DialSandboxServer *server,
                       JsonObject        *wish,
                       gint64            *added);
} changes[] = {
  { "faults", change_faults },
  { "scopes", change_scopes },
  { "permissions", change_permissions },
  { "v1", change_v1 },
  { "allowance", change_allowance },
  { "delay", change_delay },
  { "notes", change_notes },
  { "credential", change_credential },
  { "clock", change_clock },
  { "lag", change_lag },
  { "churn", change_churn },
  { "weather", change_weather },
  { "users", dial_sandbox_change_users },
  { "candidates", dial_sandbox_change_candidates },
  { "applications", dial_sandbox_change_applications },
  { "jobs", dial_sandbox_change_jobs },
  { "stages", dial_sandbox_change_stages },
};

static const struct {
  const char *what;
  void      (*show) (DialSandboxRequest *request);
} shows[] = {
  { "log", show_log },
  { "world", dial_sandbox_show_world },
  { "notes", show_notes },
  { "churn", dial_sandbox_churn_show },
  { "faults", dial_sandbox_faults_show },
};

static gboolean
change (DialSandboxRequest *request,
        const char         *what,
        gint64             *added)
{
  g_autofree char *text = dial_sandbox_dup_body (request->message);
  g_autoptr (JsonNode) wish = json_from_string (text, NULL);

  if (wish == NULL || !JSON_NODE_HOLDS_OBJECT (wish))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    if (strcmp (changes[i].what, what) == 0)
      return changes[i].change (request->server, json_node_get_object (wish), added);
  }
  return FALSE;
}

/**
 * dial_sandbox_control:
 * @request: a request to `/sandbox/…`
 *
 * Does what a test asks for.
 */
void
dial_sandbox_control (DialSandboxRequest *request)
{
  const char *method = soup_server_message_get_method (request->message);
  const char *what = request->path + strlen ("/sandbox/");
  DialSandboxServer *server = request->server;
  g_autofree char *json = NULL;
  gboolean done = FALSE;
  gint64 added = 0;

  if (g_str_has_prefix (what, "cloudtalk")) {
    dial_sandbox_ct_control (request);
    return;
  }

  for (guint i = 0; strcmp (method, "GET") == 0 && i < G_N_ELEMENTS (shows); i++) {
    if (strcmp (what, shows[i].what) == 0) {
      shows[i].show (request);
      return;
    }
  }

  if (strcmp (method, "DELETE") == 0 && strcmp (what, "faults") == 0) {
    dial_sandbox_faults_clear (server);
    done = TRUE;
  } else if (strcmp (method, "DELETE") == 0 && strcmp (what, "log") == 0) {
    dial_sandbox_log_clear (server);
    done = TRUE;
  } else if (strcmp (method, "POST") == 0) {
    done = change (request, what, &added);
  }

  json = g_strdup_printf ("{\"ok\":%s,\"id\":%" G_GINT64_FORMAT "}", done ? "true" : "false",
                          added);
  dial_sandbox_answer_json (request->message, done ? 200 : 400, json);
}
