#include "dial-sandbox-notes.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIRST_NOTE  G_GINT64_CONSTANT (9900000007)
#define NOTE_STRIDE 3

struct _DialSandboxNotes {
  GPtrArray *notes;
  int        file; /* -1 without one */
  guint      hide_next;
  guint      hide_next_ms;
};

void
dial_sandbox_note_free (DialSandboxNote *self)
{
  g_free (self->body);
  g_free (self->subject);
  g_free (self->email_from);
  g_free (self->email_to);
  g_free (self->email_cc);
  g_free (self);
}

/* Written in one spelling, read in another. */
static const struct {
  const char *written;
  const char *read;
} visibilities[] = {
  { "admin_only", "admin_only_visible" },
  { "private", "privately_visible" },
  { "public", "publicly_visible" },
};

/**
 * dial_sandbox_visibility_as_read:
 * @written: a visibility as it is posted
 *
 * Returns: (nullable): how `/v3/notes` tells it
 */
const char *
dial_sandbox_visibility_as_read (const char *written)
{
  for (guint i = 0; i < G_N_ELEMENTS (visibilities); i++) {
    if (strcmp (visibilities[i].written, written) == 0)
      return visibilities[i].read;
  }

  return NULL;
}

/**
 * dial_sandbox_visibility_as_written:
 * @read: (nullable): a visibility as `/v3/notes` tells it
 *
 * Returns: (nullable): how it is posted, and how v1 tells it
 */
const char *
dial_sandbox_visibility_as_written (const char *read)
{
  for (guint i = 0; i < G_N_ELEMENTS (visibilities); i++) {
    if (g_strcmp0 (visibilities[i].read, read) == 0)
      return visibilities[i].written;
  }

  return NULL;
}

/**
 * dial_sandbox_note_write:
 * @self: a note
 * @record: (inout): where to write; begun, and ended by the caller
 *
 * Writes a note as `/v3/notes` lists it.
 */
void
dial_sandbox_note_write (const DialSandboxNote *self,
                         DialSandboxRecord     *record)
{
  dial_sandbox_record_integer (record, "id", self->id);
  dial_sandbox_record_id (record, "candidate_id", self->candidate_id);
  dial_sandbox_record_id (record, "application_id", self->application_id);
  dial_sandbox_record_id (record, "user_id", self->user_id);
  dial_sandbox_record_string (record, "type", self->type);
  dial_sandbox_record_string (record, "visibility", self->visibility);
  dial_sandbox_record_string (record, "body", self->body);
  dial_sandbox_record_string (record, "body_with_tags", self->body);
  dial_sandbox_record_string (record, "subject", self->subject);
  dial_sandbox_record_string (record, "email_from", self->email_from);
  dial_sandbox_record_string (record, "email_to", self->email_to);
  dial_sandbox_record_json (record, "email_cc", self->email_cc != NULL ? self->email_cc : "null");
  dial_sandbox_record_json (record, "email_attachment_file_names", "null");
  dial_sandbox_record_json (record, "import_hash", "null");
  dial_sandbox_record_time (record, "created_at", self->created_at);
  dial_sandbox_record_time (record, "updated_at", self->created_at);
}

static gint64
get_integer (JsonObject *object,
             const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    return 0;

  return json_node_get_int (node);
}

static char *
dup_string (JsonObject *object,
            const char *name)
{
  return g_strdup (json_object_get_string_member_with_default (object, name, NULL));
}

static const char *
get_constant (JsonObject *object,
              const char *name)
{
  return g_intern_string (json_object_get_string_member_with_default (object, name, NULL));
}

static DialSandboxNote *
note_read (const char *line)
{
  g_autoptr (JsonNode) node = json_from_string (line, NULL);
  g_autoptr (GDateTime) created = NULL;
  JsonObject *object;
  DialSandboxNote *note;
  const char *time;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  object = json_node_get_object (node);
  time = json_object_get_string_member_with_default (object, "created_at", NULL);
  created = time != NULL ? g_date_time_new_from_iso8601 (time, NULL) : NULL;
  if (created == NULL || get_integer (object, "id") == 0)
    return NULL;

  note = g_new0 (DialSandboxNote, 1);
  note->id = get_integer (object, "id");
  note->candidate_id = get_integer (object, "candidate_id");
  note->application_id = get_integer (object, "application_id");
  note->user_id = get_integer (object, "user_id");
  note->created_at = g_date_time_to_unix (created) * G_USEC_PER_SEC;
  note->created_at += g_date_time_get_microsecond (created);
  note->type = get_constant (object, "type");
  note->visibility = get_constant (object, "visibility");
  note->body = dup_string (object, "body");
  note->subject = dup_string (object, "subject");
  note->email_from = dup_string (object, "email_from");
  note->email_to = dup_string (object, "email_to");
  if (json_object_has_member (object, "email_cc") && !json_object_get_null_member (object,
                                                                                   "email_cc"))
    note->email_cc = json_to_string (json_object_get_member (object, "email_cc"), FALSE);
  return note;
}

static gint64
next_id (DialSandboxNotes *self)
{
  const DialSandboxNote *last;

  if (self->notes->len == 0)
    return FIRST_NOTE;

  last = self->notes->pdata[self->notes->len - 1];
  return last->id + NOTE_STRIDE;
}

static void
set_errno_error (GError     **error,
                 const char  *path)
{
  int saved = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved),
               "The sandbox cannot keep its notes in %s: %s", path,
               g_strerror (saved));
}

/* A line that a crash cut short is left out, and ended so that the next one stands alone. */
static gboolean
read_notes (DialSandboxNotes  *self,
            const char        *path,
            GError           **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return FALSE;

  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    DialSandboxNote *note = lines[i][0] != '\0' ? note_read (lines[i]) : NULL;

    if (note != NULL && note->id >= next_id (self))
      g_ptr_array_add (self->notes, note);
    else if (note != NULL)
      dial_sandbox_note_free (note);
  }

  if (length > 0 && text[length - 1] != '\n' && write (self->file, "\n", 1) != 1) {
    set_errno_error (error, path);
    return FALSE;
  }
  return TRUE;
}

/* Two sandboxes on one file would give the same id twice, and whoever shares the file shares the
 * address of the sandbox too: the later one to start would take the clients with it when it ends. */
static gboolean
lock_file (DialSandboxNotes  *self,
           const char        *path,
           GError           **error)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  if (fcntl (self->file, F_OFD_SETLK, &lock) == 0)
    return TRUE;

  if (errno == EAGAIN || errno == EACCES)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                 "Another sandbox is running and keeps its notes in %s. Close it first.", path);
  else
    set_errno_error (error, path);
  return FALSE;
}

/**
 * dial_sandbox_notes_new:
 * @path: (nullable): the file that keeps the notes, one JSON object a line; without one they are
 *   kept in memory
 * @error: why the file cannot be used: %G_IO_ERROR_BUSY while another sandbox uses it
 *
 * Returns: (transfer full) (nullable): the notes
 */
DialSandboxNotes *
dial_sandbox_notes_new (const char  *path,
                        GError     **error)
{
  DialSandboxNotes *self = g_new0 (DialSandboxNotes, 1);

  self->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_sandbox_note_free);
  self->file = -1;
  if (path == NULL)
    return self;

  self->file = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (self->file < 0 || fchmod (self->file, 0600) != 0) {
    set_errno_error (error, path);
    dial_sandbox_notes_free (self);
    return NULL;
  }
  if (!lock_file (self, path, error) || !read_notes (self, path, error)) {
    dial_sandbox_notes_free (self);
    return NULL;
  }

  return self;
}

void
dial_sandbox_notes_free (DialSandboxNotes *self)
{
  if (self->file >= 0)
    close (self->file);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

guint
dial_sandbox_notes_get_n_notes (DialSandboxNotes *self)
{
  return self->notes->len;
}

const DialSandboxNote *
dial_sandbox_notes_get_note (DialSandboxNotes *self,
                             guint             row)
{
  return self->notes->pdata[row];
}

/**
 * dial_sandbox_notes_change:
 * @self: the notes
 * @id: a note
 * @body: (nullable): what it shall say, %NULL to delete it
 *
 * Does what a person does in the web interface. The file of notes does not hear of it.
 *
 * Returns: whether there is such a note
 */
gboolean
dial_sandbox_notes_change (DialSandboxNotes *self,
                           gint64            id,
                           const char       *body)
{
  for (guint i = 0; i < self->notes->len; i++) {
    DialSandboxNote *note = self->notes->pdata[i];

    if (note->id != id)
      continue;
    if (body == NULL) {
      note->hidden_until = G_MAXINT64; /* its id is not given to another one */
    } else {
      g_free (note->body);
      note->body = g_strdup (body);
    }
    return TRUE;
  }
  return FALSE;
}

/**
 * dial_sandbox_notes_hide_next:
 * @self: the notes
 * @n_lists: how many lists of notes shall leave the next note out
 * @milliseconds: for how long all of them shall
 */
void
dial_sandbox_notes_hide_next (DialSandboxNotes *self,
                              guint             n_lists,
                              guint             milliseconds)
{
  self->hide_next = n_lists;
  self->hide_next_ms = milliseconds;
}

/**
 * dial_sandbox_note_is_hidden:
 * @self: a note
 *
 * Returns: whether lists still leave it out
 */
gboolean
dial_sandbox_note_is_hidden (const DialSandboxNote *self)
{
  return self->hidden_for > 0 || self->hidden_until > g_get_monotonic_time ();
}

/**
 * dial_sandbox_notes_were_listed:
 * @self: the notes
 *
 * Brings notes that are not listed yet one list nearer to being so.
 */
void
dial_sandbox_notes_were_listed (DialSandboxNotes *self)
{
  for (guint i = 0; i < self->notes->len; i++) {
    DialSandboxNote *note = self->notes->pdata[i];

    if (note->hidden_for > 0)
      note->hidden_for--;
  }
}

static gboolean
write_all (int         file,
           const char *text,
           gsize       length)
{
  while (length > 0) {
    gssize written = write (file, text, length);

    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      return FALSE;
    text += written;
    length -= (gsize) written;
  }
  return TRUE;
}

/**
 * dial_sandbox_notes_add:
 * @self: the notes
 * @note: (transfer full): a note, which gets its id
 * @error: why it could not be kept
 *
 * Keeps a note: in the file first, if there is one.
 *
 * Returns: whether it is kept; @note is freed if not
 */
gboolean
dial_sandbox_notes_add (DialSandboxNotes  *self,
                        DialSandboxNote   *note,
                        GError           **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  DialSandboxRecord record;

  note->id = next_id (self);

  dial_sandbox_record_begin (&record, line, NULL, NULL);
  dial_sandbox_note_write (note, &record);
  dial_sandbox_record_end (&record);
  g_string_append_c (line, '\n');

  if (self->file >= 0 && !write_all (self->file, line->str, line->len)) {
    set_errno_error (error, "its file");
    dial_sandbox_note_free (note);
    return FALSE;
  }

  note->hidden_for = self->hide_next;
  note->hidden_until = g_get_monotonic_time () + self->hide_next_ms * G_GINT64_CONSTANT (1000);
  self->hide_next = 0;
  self->hide_next_ms = 0;
  g_ptr_array_add (self->notes, note);
  return TRUE;
}
