#include "dial-spare.h"

#include <glib/gstdio.h>

static char *
get_folder (const char *store_path)
{
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, store_path, -1);

  return g_build_filename (g_get_user_runtime_dir (), "dialhouse", name, NULL);
}

/* Nobody reads from the name whose draft it is. */
static char *
get_path (const char *store_path,
          gint64      candidate_id)
{
  g_autofree char *folder = get_folder (store_path);
  g_autofree char *whose = g_strdup_printf ("%s %" G_GINT64_FORMAT, store_path, candidate_id);
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, whose, -1);

  return g_build_filename (folder, name, NULL);
}

/* Keeps @text as well as can be; whoever typed it is told anyway that the store could not. */
void
dial_spare_keep (const char *store_path,
                 gint64      candidate_id,
                 const char *text)
{
  g_autofree char *path = get_path (store_path, candidate_id);
  g_autofree char *folder = g_path_get_dirname (path);

  (void) g_mkdir_with_parents (folder, 0700);
  (void) g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, NULL);
}

/* Returns: (transfer full) (nullable): the draft that is kept here, %NULL if the store has the latest */
char *
dial_spare_read (const char *store_path,
                 gint64      candidate_id)
{
  g_autofree char *path = get_path (store_path, candidate_id);
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL) || !g_utf8_validate (text, -1, NULL))
    return NULL;

  return g_steal_pointer (&text);
}

/* The store has it, or a later one. */
void
dial_spare_drop (const char *store_path,
                 gint64      candidate_id)
{
  g_autofree char *path = get_path (store_path, candidate_id);

  (void) g_unlink (path);
}

/**
 * dial_spare_drop_all:
 * @store_path: a store's file, closed for good
 *
 * Deletes every draft that is kept here for that store. It blocks: for worker threads.
 */
void
dial_spare_drop_all (const char *store_path)
{
  g_autofree char *folder = get_folder (store_path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    (void) g_unlink (path);
  }
  (void) g_rmdir (folder);
}
