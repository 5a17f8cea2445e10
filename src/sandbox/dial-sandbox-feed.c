#include "dial-sandbox-history.h"
#include "dial-sandbox-server.h"

static int
compare_notes (gconstpointer a,
               gconstpointer b)
{
  const DialSandboxNote *left = a;
  const DialSandboxNote *right = b;

  if (left->created_at != right->created_at)
    return left->created_at > right->created_at ? -1 : 1;

  return left->id > right->id ? -1 : left->id < right->id;
}

/**
 * dial_sandbox_gather_feed:
 * @server: a server
 * @candidate_id: a candidate's id
 * @rows: (element-type guint64): the candidate's row and those of whoever was merged into it
 *
 * Returns: (transfer full) (element-type DialSandboxNote): the activity feed, newest first: the
 *   remarks of old and what was posted; its texts belong to others
 */
GArray *
dial_sandbox_gather_feed (DialSandboxServer *server,
                          gint64             candidate_id,
                          GArray            *rows)
{
  GArray *feed = g_array_new (FALSE, FALSE, sizeof (DialSandboxNote));

  for (guint i = 0; i < rows->len * DIAL_SANDBOX_SLOTS; i++) {
    guint64 candidate = g_array_index (rows, guint64, i / DIAL_SANDBOX_SLOTS);
    DialSandboxRemark remark;
    DialSandboxNote note;

    if (candidate >= dial_sandbox_world_get_n_invented (server->world) ||
        !dial_sandbox_remark_invent (&remark, server->world,
                                     candidate * DIAL_SANDBOX_SLOTS + i % DIAL_SANDBOX_SLOTS))
      continue;

    note = (DialSandboxNote) {
      .id = remark.id,
      .user_id = remark.user_id,
      .type = remark.type,
      .visibility = remark.visibility,
      .body = (char *) remark.body,
      .subject = (char *) remark.subject,
      .created_at = remark.created_at,
    };
    g_array_append_val (feed, note);
  }

  for (guint i = 0; i < dial_sandbox_notes_get_n_notes (server->notes); i++) {
    const DialSandboxNote *note = dial_sandbox_notes_get_note (server->notes, i);
    gboolean belongs = note->candidate_id == candidate_id;

    for (guint j = 0; j < rows->len && !belongs; j++) {
      guint64 row = g_array_index (rows, guint64, j);

      belongs = note->candidate_id == dial_sandbox_world_get_candidate_id (server->world, row);
    }
    if (belongs)
      g_array_append_vals (feed, note, 1);
  }

  g_array_sort (feed, compare_notes);
  return feed;
}
