#include "dial-spare.h"

#include <glib/gstdio.h>

/* Nobody reads from the name whose draft it is. */
static char *
get_path (const char *store_path,
          gint64      candidate_id)
{
  g_autofree char *whose = g_strdup_printf ("%s %" G_GINT64_FORMAT, store_path, candidate_id);
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, whose, -1);

  return g_build_filename (g_get_user_runtime_dir (), "dialhouse", name, NULL);
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
