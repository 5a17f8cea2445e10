#include "dial-phones-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "dial-desk-error.h"

/* The window and dialhousectl may both be at it: whoever writes reads first, under a lock, and changes what is to
 * be changed alone. */

#define MODE 0600

typedef enum {
  CHANGE_ADD,
  CHANGE_SET,
  CHANGE_REMOVE,
} ChangeKind;

typedef struct {
  ChangeKind  kind;
  char       *path;
  char       *id;
  GHashTable *values;
} Change;

struct _DialPhonesFile
{
  GObject       parent_instance;

  char         *path;
  GFileMonitor *monitor;
  guint         n_writing;
  guint         n_written;     /* since it was made, those under way included */
  GQueue        readers;       /* tasks that wait for what is being written */
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialPhonesFile, dial_phones_file, G_TYPE_OBJECT)

static void
change_free (Change *change)
{
  g_free (change->path);
  g_free (change->id);
  g_clear_pointer (&change->values, g_hash_table_unref);
  g_free (change);
}

static void
set_error (const char  *path,
           const char  *message,
           GError     **error)
{
  g_set_error (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_FAILED,
               /* Translators: a file, and what the system says */
               _("The file %s, which remembers your phones, cannot be used: %s. Correct its permissions or "
                 "its text, then try again."), path, message);
}

static GKeyFile *
read_file (const char  *path,
           GError     **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) read_error = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, &read_error) ||
      g_error_matches (read_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return g_steal_pointer (&file);

  set_error (path, read_error->message, error);
  return NULL;
}

/* Reading. What is read while this process writes may be older than what it knows already: it is read again. */

static void read_now (GTask *task);

static void
read_in_thread (GTask        *task,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  GKeyFile *file = read_file (task_data, &error);

  if (file == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, file, (GDestroyNotify) g_key_file_unref);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialPhonesFile *self = g_task_get_source_object (task);
  guint n_written = GPOINTER_TO_UINT (g_task_get_task_data (task));
  g_autoptr (GKeyFile) file = NULL;
  GError *error = NULL;

  file = g_task_propagate_pointer (G_TASK (result), &error);
  if (file == NULL)
    g_task_return_error (task, error);
  else if (n_written != self->n_written)
    read_now (task);
  else
    g_task_return_pointer (task, g_steal_pointer (&file), (GDestroyNotify) g_key_file_unref);
}

static void
read_now (GTask *task)
{
  DialPhonesFile *self = g_task_get_source_object (task);
  g_autoptr (GTask) reading = NULL;

  if (self->n_writing > 0) {
    g_queue_push_tail (&self->readers, g_object_ref (task));
    return;
  }

  g_task_set_task_data (task, GUINT_TO_POINTER (self->n_written), NULL);
  /* Without a source: the thread may be the last to let go of its task. */
  reading = g_task_new (NULL, g_task_get_cancellable (task), on_read, g_object_ref (task));
  g_task_set_source_tag (reading, read_now);
  g_task_set_task_data (reading, g_strdup (self->path), g_free);
  g_task_run_in_thread (reading, read_in_thread);
}

/* Reads the file, which need not be there. */
void
dial_phones_file_read_async (DialPhonesFile      *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, dial_phones_file_read_async);
  read_now (task);
}

GKeyFile *
dial_phones_file_read_finish (DialPhonesFile  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Writing */

static int
lock (const char *path)
{
  g_autofree char *name = g_strconcat (path, ".lock", NULL);
  struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  int fd = open (name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, MODE);

  while (fd >= 0 && fcntl (fd, F_OFD_SETLKW, &whole) != 0) {
    int problem = errno;

    if (problem == EINTR)
      continue;
    close (fd);
    errno = problem;
    return -1;
  }

  return fd;
}

static gboolean
apply (GKeyFile  *file,
       Change    *change,
       GError   **error)
{
  GHashTableIter iter;
  gpointer key, value;

  if (change->kind == CHANGE_REMOVE) {
    g_key_file_remove_group (file, change->id, NULL);
    return TRUE;
  }

  if (change->kind == CHANGE_SET && !g_key_file_has_group (file, change->id)) {
    g_set_error_literal (error, DIAL_DESK_ERROR, DIAL_DESK_ERROR_NOT_FOUND,
                         _("This phone account was deleted meanwhile, in another window or by dialhousectl: add it "
                           "anew."));
    return FALSE;
  }

  g_hash_table_iter_init (&iter, change->values);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    if (*(const char *) value != '\0')
      g_key_file_set_string (file, change->id, key, value);
    else
      g_key_file_remove_key (file, change->id, key, NULL);
  }

  return TRUE;
}

static gboolean
write_file (GKeyFile    *file,
            const char  *path,
            GError     **error)
{
  g_autoptr (GError) write_error = NULL;
  g_autofree char *text = NULL;
  gsize length;

  text = g_key_file_to_data (file, &length, NULL);
  if (g_file_set_contents_full (path, text, (gssize) length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, MODE,
                                &write_error))
    return TRUE;

  set_error (path, write_error->message, error);
  return FALSE;
}

static void
write_in_thread (GTask        *task,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Change *change = task_data;
  g_autoptr (GKeyFile) file = NULL;
  GError *error = NULL;
  int fd = lock (change->path);

  if (fd < 0) {
    set_error (change->path, g_strerror (errno), &error);
    g_task_return_error (task, error);
    return;
  }

  file = read_file (change->path, &error);
  if (file != NULL && apply (file, change, &error) && write_file (file, change->path, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  close (fd);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialPhonesFile *self = g_task_get_source_object (task);
  GError *error = NULL;

  self->n_writing--;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);

  while (self->n_writing == 0 && !g_queue_is_empty (&self->readers)) {
    g_autoptr (GTask) reader = g_queue_pop_head (&self->readers);

    read_now (reader);
  }
}

static void
begin_write (DialPhonesFile      *self,
             gpointer             source_tag,
             ChangeKind           kind,
             const char          *id,
             GHashTable          *values,
             GAsyncReadyCallback  callback,
             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_autoptr (GTask) writing = g_task_new (NULL, NULL, on_written, g_object_ref (task));
  Change *change = g_new0 (Change, 1);

  change->kind = kind;
  change->path = g_strdup (self->path);
  change->id = g_strdup (id);
  change->values = values != NULL ? g_hash_table_ref (values) : NULL;
  self->n_writing++;
  self->n_written++;
  g_task_set_source_tag (task, source_tag);
  g_task_set_source_tag (writing, begin_write);
  g_task_set_task_data (writing, change, (GDestroyNotify) change_free);
  g_task_run_in_thread (writing, write_in_thread);
}

/* Gives the phone @id these @values, whether or not it is in the file; an empty one takes the key away. What is
 * not among them stays as it is in the file. Nobody may change @values any more. */
void
dial_phones_file_add_async (DialPhonesFile      *self,
                            const char          *id,
                            GHashTable          *values,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  begin_write (self, dial_phones_file_add_async, CHANGE_ADD, id, values, callback, user_data);
}

/* The same for one that is in the file; %DIAL_DESK_ERROR_NOT_FOUND if it was removed meanwhile. */
void
dial_phones_file_change_async (DialPhonesFile      *self,
                               const char          *id,
                               GHashTable          *values,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  begin_write (self, dial_phones_file_change_async, CHANGE_SET, id, values, callback, user_data);
}

void
dial_phones_file_remove_async (DialPhonesFile      *self,
                               const char          *id,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  begin_write (self, dial_phones_file_remove_async, CHANGE_REMOVE, id, NULL, callback, user_data);
}

gboolean
dial_phones_file_write_finish (DialPhonesFile  *self,
                               GAsyncResult    *result,
                               GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Following */

static void
on_event (DialPhonesFile *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* From now on the `changed` signal tells when it was written. Where the system cannot watch files, it never does. */
void
dial_phones_file_follow (DialPhonesFile *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GError) error = NULL;

  g_return_if_fail (self->monitor == NULL);

  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, &error);
  if (self->monitor != NULL)
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (on_event), self, G_CONNECT_SWAPPED);
  else
    g_debug ("The file of phones cannot be watched: %s", error->message);
}

static void
dial_phones_file_dispose (GObject *object)
{
  DialPhonesFile *self = DIAL_PHONES_FILE (object);

  if (self->monitor != NULL)
    g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);

  G_OBJECT_CLASS (dial_phones_file_parent_class)->dispose (object);
}

static void
dial_phones_file_finalize (GObject *object)
{
  DialPhonesFile *self = DIAL_PHONES_FILE (object);

  g_free (self->path);

  G_OBJECT_CLASS (dial_phones_file_parent_class)->finalize (object);
}

static void
dial_phones_file_class_init (DialPhonesFileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dial_phones_file_dispose;
  object_class->finalize = dial_phones_file_finalize;

  signals[CHANGED] = g_signal_new ("changed", DIAL_TYPE_PHONES_FILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
}

static void
dial_phones_file_init (DialPhonesFile *self)
{
  g_queue_init (&self->readers);
}

DialPhonesFile *
dial_phones_file_new (const char *path)
{
  DialPhonesFile *self = g_object_new (DIAL_TYPE_PHONES_FILE, NULL);

  self->path = g_strdup (path);
  return self;
}
