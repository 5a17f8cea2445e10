#include "dial-phones-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "dial-desk-error.h"

/* The window and dialhousectl may both be at it: whoever writes reads first, under a lock, and changes what is to
 * be changed alone. */

#define MODE 0600

typedef struct {
  char       *path;
  char       *id;
  GHashTable *values;      /* NULL: the phone goes */
} Change;

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

/* Reads @path, which need not be there. */
void
dial_phones_file_read_async (const char          *path,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, dial_phones_file_read_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, read_in_thread);
}

GKeyFile *
dial_phones_file_read_finish (GAsyncResult  *result,
                              GError       **error)
{
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

static void
apply (GKeyFile *file,
       Change   *change)
{
  GHashTableIter iter;
  gpointer key, value;

  if (change->values == NULL) {
    g_key_file_remove_group (file, change->id, NULL);
    return;
  }

  /* Something found out of a phone that was removed meanwhile. */
  if (!g_key_file_has_group (file, change->id) && !g_hash_table_contains (change->values, "kind"))
    return;

  g_hash_table_iter_init (&iter, change->values);
  while (g_hash_table_iter_next (&iter, &key, &value)) {
    if (*(const char *) value != '\0')
      g_key_file_set_string (file, change->id, key, value);
    else
      g_key_file_remove_key (file, change->id, key, NULL);
  }
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
  if (file != NULL)
    apply (file, change);
  if (file != NULL && write_file (file, change->path, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  close (fd);
}

/* Gives the phone @id these @values, or takes it away where they are NULL. What is not among them stays as it is
 * in the file. Nobody may change @values any more. */
void
dial_phones_file_write_async (const char          *path,
                              const char          *id,
                              GHashTable          *values,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Change *change = g_new0 (Change, 1);

  change->path = g_strdup (path);
  change->id = g_strdup (id);
  change->values = values != NULL ? g_hash_table_ref (values) : NULL;
  g_task_set_source_tag (task, dial_phones_file_write_async);
  g_task_set_task_data (task, change, (GDestroyNotify) change_free);
  g_task_run_in_thread (task, write_in_thread);
}

gboolean
dial_phones_file_write_finish (GAsyncResult  *result,
                               GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
