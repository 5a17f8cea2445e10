#include "dial-sandbox-cloudtalk.h"
#include "dial-sandbox-history.h"
#include "dial-sandbox-names.h"

#include <string.h>

/* The pages a browser shows: where "Open in Greenhouse" leads, and the link to a recording. Everything
 * in them is escaped, and a page may load and run nothing at all. */

#define N_ON_FRONT_PAGE 60

static const char style[] =
  ":root{color-scheme:light dark;--soft:color-mix(in srgb,CanvasText 8%,Canvas);"
  "--dim:color-mix(in srgb,CanvasText 68%,Canvas)}"
  "body{font:1rem/1.5 Cantarell,system-ui,sans-serif;margin:0 auto;padding:2rem 1.25rem 4rem;"
  "max-width:46rem;overflow-wrap:anywhere}"
  "h1{font-size:1.9rem;line-height:1.2;margin:.2em 0}h2{font-size:1.15rem;margin:2.2em 0 .6em}"
  "header p,footer,.dim{color:var(--dim);margin:.2em 0}a{color:LinkText}"
  "dl{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;gap:.35em 1.2em;margin:0}"
  "dt{color:var(--dim)}dd{margin:0;white-space:pre-line}"
  "ol{list-style:none;margin:0;padding:0;display:grid;gap:.7rem}"
  "ol>li{background:var(--soft);border-radius:.75rem;padding:.8rem 1rem}"
  ".body{white-space:pre-wrap;margin:.35em 0 0}"
  ".mark{border:1px solid var(--dim);border-radius:1rem;padding:0 .6em;font-size:.85em}"
  "footer{margin-top:3rem;font-size:.9em}";

static void
append (GString    *page,
        const char *text)
{
  g_autofree char *escaped = NULL;

  if (text == NULL)
    return;

  escaped = g_markup_escape_text (text, -1);
  g_string_append (page, escaped);
}

static GString *
begin_page (const char *title)
{
  GString *page = g_string_new ("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
                                "<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                                "content=\"width=device-width, initial-scale=1\">\n<title>");

  append (page, title);
  g_string_append_printf (page, " · Sandbox</title>\n<style>%s</style>\n</head>\n<body>\n", style);
  return page;
}

static void
end_page (DialSandboxRequest *request,
          guint               status,
          GString            *page)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->message);

  g_string_append (page,
                   "<footer>These people are invented. This page is served by Dialhouse on this "
                   "computer.</footer>\n</body>\n</html>\n");
  soup_message_headers_replace (headers, "Content-Security-Policy",
                                "default-src 'none'; style-src 'unsafe-inline'; media-src data:; "
                                "frame-ancestors 'none'");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  dial_sandbox_answer (request->message, status, "text/html;charset=utf-8", page);
}

/* Instants as people read them. */
static void
append_instant (GString *page,
                gint64   instant)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *machine = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ");
  g_autofree char *human = g_date_time_format (local, "%-d %B %Y, %H:%M %Z");

  g_string_append_printf (page, "<time datetime=\"%s\">%s</time>", machine, human);
}

static char *
dup_user_name (DialSandboxServer *server,
               gint64             id)
{
  const DialSandboxUser *user = dial_sandbox_staff_find (server->staff, id);

  return user != NULL ? dial_sandbox_user_dup_name (user) : g_strdup ("Somebody");
}

static JsonObject *
read_candidate (DialSandboxServer *server,
                guint64            row)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonNode) node = NULL;
  DialSandboxRecord record;

  dial_sandbox_record_begin (&record, text, NULL, dial_sandbox_world_get_changes (server->world,
                                                                                  row));
  dial_sandbox_person_write (server->world, row, &record);
  dial_sandbox_record_end (&record);

  node = json_from_string (text->str, NULL);
  return json_object_ref (json_node_get_object (node));
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static char *
dup_name (JsonObject *candidate)
{
  const char *first = get_text (candidate, "first_name");
  const char *last = get_text (candidate, "last_name");
  g_autofree char *name = NULL;

  name = g_strjoin (" ", first != NULL ? first : "", last != NULL ? last : "", NULL);
  return g_strdup (g_strstrip (name)[0] != '\0' ? name : "No name");
}

static void
append_contacts (GString    *page,
                 JsonObject *candidate,
                 const char *member,
                 const char *label)
{
  JsonNode *node = json_object_get_member (candidate, member);
  JsonArray *array = NULL;

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    array = json_node_get_array (node);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);

    if (!JSON_NODE_HOLDS_OBJECT (element))
      continue;
    g_string_append_printf (page, "<dt>%s", label);
    if (get_text (json_node_get_object (element), "type") != NULL) {
      g_string_append (page, ", ");
      append (page, get_text (json_node_get_object (element), "type"));
    }
    g_string_append (page, "</dt><dd><bdi>");
    append (page, get_text (json_node_get_object (element), "value"));
    g_string_append (page, "</bdi></dd>\n");
  }
}

static void
append_head (GString    *page,
             JsonObject *candidate)
{
  g_autofree char *name = dup_name (candidate);
  const char *preferred = get_text (candidate, "preferred_name");
  const char *title = get_text (candidate, "title");
  const char *company = get_text (candidate, "company");
  JsonNode *tags = json_object_get_member (candidate, "tags");

  g_string_append (page, "<header>\n<h1 dir=\"auto\">");
  append (page, name);
  g_string_append (page, "</h1>\n");
  if (preferred != NULL) {
    g_string_append (page, "<p>Goes by <bdi>");
    append (page, preferred);
    g_string_append (page, "</bdi></p>\n");
  }
  if (title != NULL || company != NULL) {
    g_string_append (page, "<p><bdi>");
    append (page, title);
    g_string_append (page, title != NULL && company != NULL ? "</bdi> at <bdi>" : "");
    append (page, company);
    g_string_append (page, "</bdi></p>\n");
  }
  if (json_object_get_boolean_member_with_default (candidate, "private", FALSE))
    g_string_append (page, "<p><span class=\"mark\">Private candidate</span></p>\n");
  if (tags != NULL && JSON_NODE_HOLDS_ARRAY (tags) &&
      json_array_get_length (json_node_get_array (tags)) > 0) {
    g_string_append (page, "<p>Tags:");
    for (guint i = 0; i < json_array_get_length (json_node_get_array (tags)); i++) {
      g_string_append (page, " <span class=\"mark\"><bdi>");
      append (page, json_array_get_string_element (json_node_get_array (tags), i));
      g_string_append (page, "</bdi></span>");
    }
    g_string_append (page, "</p>\n");
  }
  g_string_append (page, "</header>\n");
}

static void
append_details (GString    *page,
                JsonObject *candidate)
{
  const char *zone = get_text (candidate, "time_zone");
  gsize empty;

  g_string_append (page, "<section aria-labelledby=\"details\">\n"
                   "<h2 id=\"details\">Details</h2>\n<dl>\n");
  empty = page->len;
  append_contacts (page, candidate, "phone_numbers", "Phone");
  append_contacts (page, candidate, "email_addresses", "E-mail");
  append_contacts (page, candidate, "addresses", "Address");
  append_contacts (page, candidate, "website_addresses", "Website");
  if (zone != NULL) {
    g_string_append (page, "<dt>Time zone</dt><dd>");
    append (page, zone);
    g_string_append (page, "</dd>\n");
  }
  if (page->len == empty)
    g_string_append (page, "<dt>Contact</dt><dd>No phone, e-mail or address is known.</dd>\n");
  g_string_append (page, "</dl>\n</section>\n");
}

static void
append_applications (GString           *page,
                     DialSandboxServer *server,
                     GArray            *rows)
{
  static const char words[][2][12] = {
    { "in_process", "Active" }, { "rejected", "Rejected" }, { "hired", "Hired" },
    { "converted", "Converted" },
  };
  g_autoptr (GArray) applications = NULL;
  gsize empty;

  g_string_append (page, "<section aria-labelledby=\"applications\">\n"
                   "<h2 id=\"applications\">Applications</h2>\n<dl>\n");
  empty = page->len;
  applications = dial_sandbox_applications_gather (server->applications, rows);
  for (guint i = 0; i < applications->len; i++) {
    guint64 row = g_array_index (applications, guint64, i);
    DialSandboxApplication application;
    gint64 job;

    if (!dial_sandbox_applications_get (server->applications, row, &application))
      continue;

    job = application.prospect ? application.prospective_job_id : application.job_id;
    g_string_append (page, "<dt>");
    for (guint j = 0; j < G_N_ELEMENTS (words); j++) {
      if (strcmp (words[j][0], application.status) == 0)
        g_string_append (page, words[j][1]);
    }
    g_string_append (page, "</dt><dd><bdi>");
    append (page, dial_sandbox_jobs_get_name (server->jobs, job));
    g_string_append (page, "</bdi>, ");
    append (page, application.prospect ? "prospect" : application.stage_name);
    g_string_append (page, "</dd>\n");
  }
  if (page->len == empty)
    g_string_append (page, "<dt>None</dt><dd>No applications.</dd>\n");
  g_string_append (page, "</dl>\n</section>\n");
}

static const char *
visibility_words (const char *visibility)
{
  if (g_strcmp0 (visibility, "admin_only_visible") == 0)
    return "Admins only";
  if (g_strcmp0 (visibility, "privately_visible") == 0)
    return "Private";
  if (g_strcmp0 (visibility, "publicly_visible") == 0)
    return "Public";
  return "Visibility not known";
}

static void
append_feed (GString           *page,
             DialSandboxServer *server,
             gint64             candidate_id,
             GArray            *rows)
{
  g_autoptr (GArray) feed = dial_sandbox_gather_feed (server, candidate_id, rows);

  g_string_append (page, "<section aria-labelledby=\"feed\">\n"
                   "<h2 id=\"feed\">Activity feed</h2>\n");
  if (feed->len == 0)
    g_string_append (page, "<p class=\"dim\">Nothing yet.</p>\n");
  else
    g_string_append (page, "<ol>\n");

  for (guint i = 0; i < feed->len; i++) {
    const DialSandboxNote *note = &g_array_index (feed, DialSandboxNote, i);
    g_autofree char *author = dup_user_name (server, note->user_id);

    g_string_append_printf (page, "<li id=\"note-%" G_GINT64_FORMAT "\"><article>\n", note->id);
    g_string_append (page, "<div class=\"dim\"><strong><bdi>");
    append (page, author);
    g_string_append (page, "</bdi></strong>, ");
    append_instant (page, note->created_at);
    g_string_append_printf (page, " <span class=\"mark\">%s</span></div>\n",
                            visibility_words (note->visibility));
    if (note->subject != NULL) {
      g_string_append (page, "<h3 dir=\"auto\">");
      append (page, note->subject);
      g_string_append (page, "</h3>\n");
    }
    g_string_append (page, "<div class=\"body\" dir=\"auto\">");
    append (page, note->body);
    g_string_append (page, "</div>\n</article></li>\n");
  }
  g_string_append (page, feed->len > 0 ? "</ol>\n</section>\n" : "</section>\n");
}

static void
show_candidate (DialSandboxRequest *request,
                gint64              id)
{
  DialSandboxServer *server = request->server;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (JsonObject) candidate = NULL;
  g_autofree char *name = NULL;
  GString *page;
  guint64 row;

  if (!dial_sandbox_world_find_candidate (server->world, id, &row) ||
      !dial_sandbox_world_has_candidate (server->world, row)) {
    /* Greenhouse keeps notes for candidates who are not there. They can be seen here at least. */
    page = begin_page ("Not found");
    g_string_append_printf (page, "<main>\n<h1>No candidate %" G_GINT64_FORMAT "</h1>\n"
                            "<p class=\"dim\">Deleted, merged, or never there.</p>\n", id);
    append_feed (page, server, id, rows);
    g_string_append (page, "</main>\n");
    end_page (request, 404, page);
    return;
  }

  dial_sandbox_world_get_family (server->world, id, rows);
  candidate = read_candidate (server, row);
  name = dup_name (candidate);
  page = begin_page (name);
  g_string_append (page, "<nav><a href=\"/\">All candidates</a></nav>\n<main>\n");
  append_head (page, candidate);
  append_details (page, candidate);
  append_applications (page, server, rows);
  append_feed (page, server, id, rows);
  g_string_append (page, "</main>\n");
  end_page (request, 200, page);
}

static void
show_front (DialSandboxRequest *request)
{
  DialSandboxServer *server = request->server;
  guint64 row = dial_sandbox_world_get_n_candidates (server->world);
  GString *page = begin_page ("Candidates");

  g_string_append (page, "<main>\n<header><h1>Candidates</h1>\n"
                   "<p>The latest of them.</p></header>\n<ol>\n");
  for (guint n_shown = 0; row > 0 && n_shown < N_ON_FRONT_PAGE; row--) {
    g_autoptr (JsonObject) candidate = NULL;
    g_autofree char *name = NULL;

    if (!dial_sandbox_world_has_candidate (server->world, row - 1))
      continue;

    candidate = read_candidate (server, row - 1);
    name = dup_name (candidate);
    g_string_append_printf (page, "<li><a href=\"/people/%" G_GINT64_FORMAT "\"><bdi>",
                            dial_sandbox_world_get_candidate_id (server->world, row - 1));
    append (page, name);
    g_string_append (page, "</bdi></a> <span class=\"dim\"><bdi>");
    append (page, get_text (candidate, "title"));
    g_string_append (page, "</bdi></span></li>\n");
    n_shown++;
  }
  g_string_append (page, "</ol>\n</main>\n");
  end_page (request, 200, page);
}

static void
show_no_page (DialSandboxRequest *request)
{
  GString *page = begin_page ("Not found");

  g_string_append (page, "<main>\n<h1>There is no such page</h1>\n"
                   "<p><a href=\"/\">All candidates</a></p>\n</main>\n");
  end_page (request, 404, page);
}

/* CloudTalk's page for a recording carries its sound along. */
static void
show_recording (DialSandboxRequest *request,
                gint64              id)
{
  const DialSandboxCtCall *call = dial_sandbox_ct_find_call (request->server, id);
  g_autoptr (GString) sound = NULL;
  g_autofree char *encoded = NULL;
  GString *page;

  if (!dial_sandbox_ct_has_recording (request->server, call) || call->recording == 2) {
    show_no_page (request);
    return;
  }

  sound = dial_sandbox_ct_make_sound ();
  encoded = g_base64_encode ((const guchar *) sound->str, sound->len);
  page = begin_page ("Recording");
  g_string_append (page, "<main>\n<header><h1>Recording</h1>\n<p>");
  append (page, call->external != NULL ? call->external : "A withheld number");
  g_string_append (page, ", ");
  append_instant (page, call->started_at);
  g_string_append_printf (page, "</p></header>\n<audio controls src=\"data:audio/wav;base64,%s\"></audio>\n</main>\n",
                          encoded);
  end_page (request, 200, page);
}

static gboolean
is_page_of (DialSandboxRequest *request,
            const char         *kind,
            gint64             *id)
{
  return g_str_has_prefix (request->path, kind) &&
         g_ascii_string_to_signed (request->path + strlen (kind), 10, 1, G_MAXINT64, id, NULL);
}

/**
 * dial_sandbox_show_page:
 * @request: a `GET`
 *
 * Shows a candidate with the activity feed, a recording, or the front page.
 */
void
dial_sandbox_show_page (DialSandboxRequest *request)
{
  gint64 id;

  if (strcmp (request->path, "/") == 0)
    show_front (request);
  else if (is_page_of (request, "/people/", &id))
    show_candidate (request, id);
  else if (is_page_of (request, DIAL_SANDBOX_CT_PLAY, &id))
    show_recording (request, id);
  else
    show_no_page (request);
}
