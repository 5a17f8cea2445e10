#include "dial-ctl.h"

#include <ftw.h>
#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <stdio.h>
#include <string.h>

#include "dial-sandbox.h"

/* How long the recruiter and the candidate talk. */
#define TALK_MILLISECONDS 1200

#define NOTE_TEXT "Has time from May on, would like to see the team first."

typedef struct {
  DialCtl         *ctl;
  DialSandbox     *sandbox;
  DialIntegration *integration;
  DialCandidate   *candidate;
  DialPhoneNumber *number;
  gint64           outbox_id;
  char            *told;        /* what the step found, for its line */
} Tour;

static void
tour_clear (Tour *tour)
{
  if (tour->sandbox != NULL)
    dial_sandbox_stop (tour->sandbox);
  g_clear_object (&tour->sandbox);
  g_clear_object (&tour->integration);
  g_clear_object (&tour->candidate);
  g_clear_object (&tour->number);
  g_clear_pointer (&tour->told, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tour, tour_clear)

static void
tell (Tour       *tour,
      const char *format,
      ...) G_GNUC_PRINTF (2, 3);

static void
tell (Tour       *tour,
      const char *format,
      ...)
{
  g_autofree char *text = NULL;
  va_list parts;

  va_start (parts, format);
  text = g_strdup_vprintf (format, parts);
  va_end (parts);

  g_free (tour->told);
  tour->told = dial_ctl_make_printable (text);
}

static gboolean
fail (GError     **error,
      const char  *sentence)
{
  g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED, sentence);
  return FALSE;
}

static gboolean
start_sandbox (Tour    *tour,
               GError **error)
{
  DialSandboxOptions options = DIAL_SANDBOX_OPTIONS_INIT;
  g_autoptr (GAsyncResult) result = NULL;

  dial_sandbox_start_async (&options, tour->ctl->cancellable, dial_ctl_got, &result);
  tour->sandbox = dial_sandbox_start_finish (dial_ctl_wait (&result), error);
  if (tour->sandbox == NULL)
    return FALSE;

  tell (tour, _("a small Greenhouse with %u invented people runs at %s"), options.n_candidates,
        dial_sandbox_get_web_url (tour->sandbox));
  return TRUE;
}

static gboolean
connect_to_sandbox (Tour    *tour,
                    GError **error)
{
  DialNewIntegration form = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  if (!dial_ctl_open_desk (tour->ctl, DIAL_DESK_SANDBOX, error))
    return FALSE;

  form.name = "Sandbox";
  form.subdomain = "sandbox";
  form.client_id = dial_sandbox_get_client_id (tour->sandbox);
  form.secret = dial_sandbox_get_secret (tour->sandbox);
  form.recruiter_email = dial_sandbox_get_recruiter (tour->sandbox);
  form.harvest_url = dial_sandbox_get_harvest_url (tour->sandbox);
  form.auth_url = dial_sandbox_get_auth_url (tour->sandbox);
  dial_desk_connect_sandbox_async (tour->ctl->desk, &form, tour->ctl->cancellable, dial_ctl_got,
                                   &result);
  tour->integration = dial_desk_connect_sandbox_finish (tour->ctl->desk, dial_ctl_wait (&result),
                                                        error);
  if (tour->integration == NULL)
    return FALSE;

  tell (tour, _("with a client ID and a secret, for %s"),
        dial_sandbox_get_recruiter (tour->sandbox));
  return TRUE;
}

static gboolean
check (Tour    *tour,
       GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialGreenhouseCheck) found = NULL;
  guint n_granted = 0;

  dial_integration_check_async (tour->integration, tour->ctl->cancellable, dial_ctl_got, &result);
  found = dial_integration_check_finish (tour->integration, dial_ctl_wait (&result), error);
  if (found == NULL)
    return FALSE;
  if (!found->ok)
    return fail (error, _("The sandbox lacks a permission that is needed."));

  for (guint i = 0; i < found->permissions->len; i++) {
    DialPermission *permission = found->permissions->pdata[i];

    n_granted += permission->granted == DIAL_GRANT_GRANTED;
  }
  tell (tour, ngettext ("%u permission is there, none that is needed is missing",
                        "%u permissions are there, none that is needed is missing", n_granted),
        n_granted);
  return TRUE;
}

static gboolean
sync_all (Tour    *tour,
          GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  DialSyncSummary summary = { FALSE };

  dial_integration_sync_async (tour->integration, FALSE, tour->ctl->cancellable, dial_ctl_got,
                               &result);
  if (!dial_integration_sync_finish (tour->integration, dial_ctl_wait (&result), &summary, error))
    return FALSE;

  tell (tour, _("%u candidates in %.1f seconds, with %u requests"), (guint) summary.candidates,
        summary.seconds, summary.requests);
  return TRUE;
}

/* Busy, nobody there, a machine: the sandbox phone has an end for these last digits. */
static gboolean
will_answer (DialPhoneNumber *number)
{
  const char *e164 = dial_phone_number_get_e164 (number);

  return e164 != NULL && dial_phone_number_can_call (number) &&
         strchr ("123", e164[strlen (e164) - 1]) == NULL;
}

static GPtrArray *
look_for (Tour        *tour,
          const char  *text,
          guint        limit,
          GError     **error)
{
  DialStore *store = dial_integration_get_store (tour->integration);
  g_autoptr (GAsyncResult) searched = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (DialQuery) query = dial_query_new (text);
  g_autoptr (DialFindings) findings = NULL;
  g_autoptr (GArray) places = NULL;

  dial_store_search_async (store, query, limit, tour->ctl->cancellable, dial_ctl_got, &searched);
  findings = dial_store_search_finish (store, dial_ctl_wait (&searched), error);
  if (findings == NULL)
    return NULL;

  places = dial_places_list (findings->places, G_MAXUINT);
  dial_store_load_candidates_async (store, places, tour->ctl->cancellable, dial_ctl_got, &loaded);
  return dial_store_load_candidates_finish (store, dial_ctl_wait (&loaded), error);
}

static gboolean
can_be_toured (DialCandidate *candidate)
{
  return candidate != NULL && candidate->last_name != NULL && !candidate->is_private &&
         candidate->phones->len > 0 && will_answer (candidate->phones->pdata[0]);
}

/* Somebody who can be called: the tour knows nobody by name, so it looks among the first of all. Best
 * a name that every terminal has the letters for. */
static gboolean
choose_somebody (Tour    *tour,
                 GError **error)
{
  g_autoptr (GPtrArray) people = look_for (tour, "", 200, error);

  for (guint i = 0; people != NULL && i < people->len; i++) {
    DialCandidate *candidate = people->pdata[i];

    if (!can_be_toured (candidate) ||
        (tour->candidate != NULL && !g_str_is_ascii (candidate->last_name)))
      continue;

    g_set_object (&tour->candidate, candidate);
    g_set_object (&tour->number, candidate->phones->pdata[0]);
    if (g_str_is_ascii (candidate->last_name))
      break;
  }

  if (people == NULL)
    return FALSE;
  return tour->candidate != NULL || fail (error, _("Nobody in the sandbox can be called."));
}

static gboolean
search (Tour    *tour,
        GError **error)
{
  g_autoptr (GPtrArray) people = NULL;
  g_autofree char *name = NULL;
  g_autofree char *subtitle = NULL;
  gboolean found = FALSE;

  if (!choose_somebody (tour, error))
    return FALSE;

  people = look_for (tour, tour->candidate->last_name, 500, error);
  if (people == NULL)
    return FALSE;
  for (guint i = 0; i < people->len; i++) {
    DialCandidate *candidate = people->pdata[i];

    found |= candidate != NULL && candidate->id == tour->candidate->id;
  }
  if (!found)
    return fail (error, _("The search did not find the person it was for."));

  name = dial_candidate_dup_name (tour->candidate);
  subtitle = dial_candidate_dup_subtitle (tour->candidate);
  tell (tour, _("“%s” finds %u, among them %s%s%s"), tour->candidate->last_name, people->len, name,
        subtitle != NULL && *subtitle != '\0' ? ", " : "", subtitle != NULL ? subtitle : "");
  return TRUE;
}

static gboolean
wait_for_state (Tour           *tour,
                DialCall       *call,
                DialCallState   state,
                GError        **error)
{
  GCancellable *cancellable = tour->ctl->cancellable;

  while (dial_call_get_state (call) != state) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    if (dial_call_get_state (call) == DIAL_CALL_STATE_ENDED)
      return fail (error, _("The call ended before it was answered."));
    g_main_context_iteration (NULL, TRUE);
  }

  return TRUE;
}

static gboolean
on_time_over (gpointer user_data)
{
  gboolean *over = user_data;

  *over = TRUE;
  return G_SOURCE_REMOVE;
}

static void
talk (Tour *tour)
{
  gboolean over = FALSE;
  guint source = g_timeout_add (TALK_MILLISECONDS, on_time_over, &over);

  while (!over && tour->ctl->signal == 0)
    g_main_context_iteration (NULL, TRUE);
  if (!over)
    g_source_remove (source);
}

static gboolean
call_somebody (Tour    *tour,
               GError **error)
{
  DialDesk *desk = tour->ctl->desk;
  g_autoptr (DialPhone) phone = g_list_model_get_item (dial_desk_get_phones (desk), 0);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (DialCall) call = NULL;
  g_autofree char *number = dial_phone_number_format (tour->number);

  dial_desk_call_async (desk, tour->integration, tour->candidate->id, tour->number, phone,
                        tour->ctl->cancellable, dial_ctl_got, &result);
  call = dial_desk_call_finish (desk, dial_ctl_wait (&result), error);
  if (call == NULL || !wait_for_state (tour, call, DIAL_CALL_STATE_ACTIVE, error))
    return FALSE;

  talk (tour);
  dial_desk_end_call (desk);
  if (!wait_for_state (tour, call, DIAL_CALL_STATE_ENDED, error))
    return FALSE;

  tell (tour, ngettext ("%s answers; %d second of talk", "%s answers; %d seconds of talk",
                        (gulong) dial_call_get_duration (call)),
        number, dial_call_get_duration (call));
  return TRUE;
}

static gboolean
write_note (Tour    *tour,
            GError **error)
{
  DialDesk *desk = tour->ctl->desk;
  DialWrapUp wrap_up = { DIAL_OUTCOME_ANSWERED, NULL, NOTE_TEXT, DIAL_VISIBILITY_PUBLIC };
  g_autoptr (GAsyncResult) result = NULL;

  dial_desk_wrap_up_async (desk, &wrap_up, tour->ctl->cancellable, dial_ctl_got, &result);
  tour->outbox_id = dial_desk_wrap_up_finish (desk, dial_ctl_wait (&result), error);
  if (tour->outbox_id <= 0)
    return FALSE;

  tell (tour, _("the call and “%s” are safe on disk"), NOTE_TEXT);
  return TRUE;
}

static gboolean
send_note (Tour    *tour,
           GError **error)
{
  DialStore *store = dial_integration_get_store (tour->integration);
  g_autoptr (GAsyncResult) flushed = NULL;
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GPtrArray) items = NULL;

  dial_integration_flush_async (tour->integration, tour->ctl->cancellable, dial_ctl_got, &flushed);
  if (!dial_integration_flush_finish (tour->integration, dial_ctl_wait (&flushed), error))
    return FALSE;

  dial_store_list_outbox_async (store, tour->candidate->id, tour->ctl->cancellable, dial_ctl_got,
                                &listed);
  items = dial_store_list_outbox_finish (store, dial_ctl_wait (&listed), error);
  if (items == NULL)
    return FALSE;

  for (guint i = 0; i < items->len; i++) {
    DialOutboxItem *item = items->pdata[i];

    if (item->id != tour->outbox_id)
      continue;
    if (item->state != DIAL_OUTBOX_STATE_SENT)
      return fail (error, item->error != NULL ? item->error : _("The note was not sent."));
    tell (tour, _("Greenhouse took it and shows it"));
    return TRUE;
  }

  return fail (error, _("The note is not in the outbox."));
}

static guint
count (const char *text,
       const char *part)
{
  guint n = 0;

  for (const char *at = strstr (text, part); at != NULL; at = strstr (at + 1, part))
    n++;
  return n;
}

static gboolean
read_back (Tour    *tour,
           GError **error)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *url = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *page = NULL;

  url = g_strdup_printf ("%s/people/%" G_GINT64_FORMAT,
                         dial_sandbox_get_web_url (tour->sandbox), tour->candidate->id);
  message = soup_message_new (SOUP_METHOD_GET, url);
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, tour->ctl->cancellable,
                                    dial_ctl_got, &result);
  bytes = soup_session_send_and_read_finish (session, dial_ctl_wait (&result), error);
  if (bytes == NULL)
    return FALSE;

  page = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (soup_message_get_status (message) != SOUP_STATUS_OK || count (page, NOTE_TEXT) != 1)
    return fail (error, _("The note does not stand once on the candidate’s page."));

  tell (tour, _("the note stands once at %s"), url);
  return TRUE;
}

static const struct {
  const char *title;
  gboolean  (*run) (Tour    *tour,
                    GError **error);
} steps[] = {
  { N_("Sandbox"), start_sandbox },
  { N_("Connect"), connect_to_sandbox },
  { N_("Check"), check },
  { N_("Sync"), sync_all },
  { N_("Search"), search },
  { N_("Call"), call_somebody },
  { N_("Note"), write_note },
  { N_("Send"), send_note },
  { N_("Read back"), read_back },
};

static gboolean
take_steps (Tour    *tour,
            GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    const char *title = _(steps[i].title);
    int gap = MAX (1, 10 - (int) g_utf8_strlen (title, -1));

    if (!steps[i].run (tour, error)) {
      printf ("✗ %s\n", title);
      return FALSE;
    }
    printf ("✓ %s%*s %s\n", title, gap, "", tour->told);
    fflush (stdout);
  }

  return TRUE;
}

/* The keyring forgets too. Not cancellable: what was begun is cleared away. */
static void
remove_integration (Tour *tour)
{
  DialDesk *desk = tour->ctl->desk;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (tour->integration == NULL)
    return;

  dial_desk_remove_integration_async (desk, tour->integration, NULL, dial_ctl_got, &result);
  if (!dial_desk_remove_integration_finish (desk, dial_ctl_wait (&result), &error))
    g_debug ("Removing the tour's integration: %s", error->message);
  g_clear_object (&tour->integration);
}

static int
remove_one (const char        *path,
            const struct stat *info,
            int                type,
            struct FTW        *where)
{
  return remove (path);
}

static gboolean
run_tour (DialCtl  *ctl,
          char    **arguments,
          GError  **error)
{
  g_auto (Tour) tour = { ctl };
  g_autofree char *folder = g_dir_make_tmp ("dialhouse-tour-XXXXXX", error);
  g_autoptr (GError) problem = NULL;

  if (folder == NULL)
    return FALSE;

  g_free (ctl->profile);
  ctl->profile = g_strdup (folder);
  take_steps (&tour, &problem);

  remove_integration (&tour);
  dial_ctl_close_desk (ctl, problem == NULL ? &problem : NULL);
  nftw (folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }

  puts (_("That was the main job, end to end; nothing of it is left on this machine."));
  return TRUE;
}

const DialCtlCommand dial_ctl_tour_commands[] = {
  { "tour", "", N_("Play the main job on a sandbox of its own, a line a step"),
    NULL, 0, 0, FALSE, run_tour },
  { NULL },
};
