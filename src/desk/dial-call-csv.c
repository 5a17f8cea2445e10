#include "dial-call-csv.h"

#include <string.h>

#define PAGE_SIZE 256

/* Without it a spreadsheet takes UTF-8 for whatever its computer once spoke. */
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* What a spreadsheet takes for the beginning of a formula, wide forms included. */
static gboolean
begins_formula (const char *text)
{
  switch (g_utf8_get_char (text)) {
  case '=':
  case '+':
  case '-':
  case '@':
  case '\t':
  case '\r':
  case '\n':
  case 0xff1d:
  case 0xff0b:
  case 0xff0d:
  case 0xff20:
    return TRUE;
  default:
    return FALSE;
  }
}

static void
append_cell (GString    *csv,
             const char *text)
{
  g_autofree char *valid = NULL;

  if (csv->len > 0 && csv->str[csv->len - 1] == '"')
    g_string_append_c (csv, ',');
  g_string_append_c (csv, '"');

  valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  if (begins_formula (valid))
    g_string_append_c (csv, '\'');
  for (const char *p = valid; *p != '\0'; p++) {
    if (*p == '"')
      g_string_append_c (csv, '"');
    g_string_append_c (csv, *p);
  }
  g_string_append_c (csv, '"');
}

static void
append_number (GString *csv,
               gint64   number,
               gboolean known)
{
  g_autofree char *text = known ? g_strdup_printf ("%" G_GINT64_FORMAT, number) : NULL;

  append_cell (csv, text);
}

static void
end_line (GString *csv)
{
  g_string_append (csv, "\r\n");
}

/* In the recruiter's zone at that time, as the note has it too. */
static char *
format_instant (gint64      instant,
                const char *time_zone)
{
  g_autoptr (GTimeZone) zone = time_zone != NULL ? g_time_zone_new_identifier (time_zone) : NULL;
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) here = NULL;

  if (instant == DIAL_INSTANT_UNKNOWN)
    return NULL;

  utc = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC);
  if (utc == NULL)
    return NULL;
  here = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_to_local (utc);
  return g_date_time_format (here, "%Y-%m-%dT%H:%M:%S%:z");
}

/**
 * dial_call_csv_append_head:
 * @csv: a table without lines
 *
 * Appends the names of the columns, which are the same in every language.
 */
void
dial_call_csv_append_head (GString *csv)
{
  static const char * const columns[] = {
    "started", "direction", "outcome", "seconds", "candidate", "candidate_id", "number", "own_number", "company",
    "tags", "call_again_on", "by_hand", "note_state", "note_id", "call",
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    append_cell (csv, columns[i]);
  end_line (csv);
}

static const char *
get_note_state (DialLoggedCall *logged)
{
  if (logged->item != NULL)
    return dial_enum_to_nick (DIAL_TYPE_OUTBOX_STATE, (int) logged->item->state);
  if (logged->call->dropped)
    return "dropped";

  return dial_logged_call_is_unlogged (logged) ? "none" : NULL;
}

/**
 * dial_call_csv_append_call:
 * @csv: a table with its head
 * @integration: whose call
 * @logged: the call
 *
 * Appends a line that tells of a call; not of what was typed.
 */
void
dial_call_csv_append_call (GString         *csv,
                           DialIntegration *integration,
                           DialLoggedCall  *logged)
{
  DialCallRecord *call = logged->call;
  g_autofree char *started = format_instant (call->started_at, call->time_zone);
  g_autofree char *name = logged->candidate != NULL ? dial_candidate_dup_name (logged->candidate) : NULL;
  g_autofree char *tags = g_strjoinv (", ", call->tags);

  append_cell (csv, started);
  append_cell (csv, dial_enum_to_nick (DIAL_TYPE_DIRECTION, (int) call->direction));
  append_cell (csv, dial_enum_to_nick (DIAL_TYPE_OUTCOME, (int) call->outcome));
  append_number (csv, call->duration, call->duration >= 0);
  append_cell (csv, name);
  append_number (csv, call->candidate_id, call->candidate_id != 0);
  append_cell (csv, call->e164 != NULL ? call->e164 : call->number);
  append_cell (csv, call->own_number);
  append_cell (csv, dial_integration_get_name (integration));
  append_cell (csv, tags);
  append_cell (csv, call->call_again_on);
  append_cell (csv, call->by_hand ? "yes" : "no");
  append_cell (csv, get_note_state (logged));
  append_number (csv, logged->item != NULL ? logged->item->note_id : 0,
                 logged->item != NULL && logged->item->note_id != 0);
  append_cell (csv, call->uid);
  end_line (csv);
}

/* Into a file: page by page beside the old one, which is replaced when all is written. */

typedef struct {
  DialCallOrder *order;
  GFile         *file;
  GOutputStream *stream;
  GString       *page;
  GCancellable  *giving_up;
  GError        *error;
  guint          position;
  gint64         n_written;
} Export;

static void load_page (GTask *task);

static void
export_free (Export *export)
{
  dial_call_order_unref (export->order);
  g_object_unref (export->file);
  g_clear_object (&export->stream);
  g_string_free (export->page, TRUE);
  g_object_unref (export->giving_up);
  g_clear_error (&export->error);
  g_free (export);
}

static void
on_given_up (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);

  g_output_stream_close_finish (G_OUTPUT_STREAM (source), result, NULL);
  g_task_return_error (task, g_steal_pointer (&export->error));
}

/* A stream that is closed when cancelled leaves the old file where it was. */
static void
give_up (GTask  *task,
         GError *error)
{
  Export *export = g_task_get_task_data (task);

  export->error = error;
  g_cancellable_cancel (export->giving_up);
  g_output_stream_close_async (export->stream, G_PRIORITY_DEFAULT, export->giving_up, on_given_up,
                               g_object_ref (task));
}

static void
on_closed (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_output_stream_close_finish (G_OUTPUT_STREAM (source), result, &error))
    g_task_return_int (task, export->n_written);
  else
    g_task_return_error (task, error);
}

static void
on_page_written (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error)) {
    give_up (task, error);
    return;
  }

  g_string_truncate (export->page, 0);
  load_page (task);
}

static void
write_page (GTask *task)
{
  Export *export = g_task_get_task_data (task);

  g_output_stream_write_all_async (export->stream, export->page->str, export->page->len, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), on_page_written, g_object_ref (task));
}

static void
on_page_loaded (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) calls = dial_call_order_load_finish (result, &error);

  if (calls == NULL) {
    give_up (task, error);
    return;
  }

  for (guint i = 0; i < calls->len; i++) {
    DialLoggedCall *logged = g_ptr_array_index (calls, i);

    if (logged == NULL)
      continue;
    dial_call_csv_append_call (export->page, dial_call_order_get_integration (export->order, export->position + i),
                               logged);
    export->n_written++;
  }
  export->position += PAGE_SIZE;
  write_page (task);
}

static void
load_page (GTask *task)
{
  Export *export = g_task_get_task_data (task);

  if (export->position < dial_call_order_count (export->order))
    dial_call_order_load_async (export->order, export->position, PAGE_SIZE, g_task_get_cancellable (task),
                                on_page_loaded, g_object_ref (task));
  else
    g_output_stream_close_async (export->stream, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_closed,
                                 g_object_ref (task));
}

static void
on_file_opened (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;

  export->stream = G_OUTPUT_STREAM (g_file_replace_finish (G_FILE (source), result, &error));
  if (export->stream == NULL) {
    g_task_return_error (task, error);
    return;
  }

  g_string_append (export->page, BYTE_ORDER_MARK);
  dial_call_csv_append_head (export->page);
  write_page (task);
}

/**
 * dial_call_csv_export_async:
 * @order: the calls
 * @file: where to, which is replaced
 * @cancellable: (nullable): stops it, and leaves what was there before
 * @callback: called when all is on disk
 * @user_data: for @callback
 *
 * Writes calls into a file that nobody else may read.
 */
void
dial_call_csv_export_async (DialCallOrder       *order,
                            GFile               *file,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Export *export;

  g_return_if_fail (order != NULL);
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, dial_call_csv_export_async);
  export = g_new0 (Export, 1);
  export->order = dial_call_order_ref (order);
  export->file = g_object_ref (file);
  export->page = g_string_new (NULL);
  export->giving_up = g_cancellable_new ();
  g_task_set_task_data (task, export, (GDestroyNotify) export_free);

  /* As if there had been none before: the old one's permissions are not taken over. */
  g_file_replace_async (file, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
                        G_PRIORITY_DEFAULT, cancellable, on_file_opened, g_object_ref (task));
}

/**
 * dial_call_csv_export_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: how many calls were written, -1 with @error set
 */
gint64
dial_call_csv_export_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
