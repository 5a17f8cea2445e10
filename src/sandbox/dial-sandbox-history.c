#include "dial-sandbox-history.h"

#include "dial-sandbox-names.h"

#define FIRST_TAG           G_GINT64_CONSTANT (7600000003)
#define FIRST_REMARK        G_GINT64_CONSTANT (8800004410)
#define REMARK_STRIDE       13
#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

/* Salts from 203 on. How many there are is asked of a candidate's row, all else of the slot's. */
enum {
  ROLL_REMARK_ID = 203,
  ROLL_N_REMARKS,
  ROLL_REMARK,
};

gint64
dial_sandbox_tag_id (guint tag)
{
  return FIRST_TAG + tag * 5;
}

gint64
dial_sandbox_remark_id (DialSandboxWorld *world,
                        guint64           row)
{
  guint64 gap = dial_sandbox_world_roll (world, row, ROLL_REMARK_ID) % REMARK_STRIDE;

  return FIRST_REMARK + (gint64) (row * REMARK_STRIDE + gap);
}

/**
 * dial_sandbox_remark_invent:
 * @self: what to fill
 * @world: the world
 * @row: a row of remarks
 *
 * Returns: whether there is a remark in this row
 */
gboolean
dial_sandbox_remark_invent (DialSandboxRemark *self,
                            DialSandboxWorld  *world,
                            guint64            row)
{
  static const char * const types[] = {
    "NOTE", "NOTE", "NOTE", "NOTE", "NOTE", "ACTIVITY", "EMAIL", "INTERVIEW"
  };
  static const char * const visibilities[] = {
    "publicly_visible", "publicly_visible", "publicly_visible", "privately_visible",
    "admin_only_visible", NULL
  };
  static const guint how_many[8] = { 0, 0, 1, 1, 1, 2, 3, 4 };
  guint64 candidate = row / DIAL_SANDBOX_SLOTS;
  guint slot = row % DIAL_SANDBOX_SLOTS;
  guint n_authors = DIAL_SANDBOX_N_VETERANS - 2; /* the first two are service users */
  gint64 created, owner;
  guint64 roll;

  if (slot >= how_many[dial_sandbox_world_roll (world, candidate, ROLL_N_REMARKS) % 8])
    return FALSE;
  owner = dial_sandbox_world_get_owner (world, candidate);
  if (owner == 0)
    return FALSE;

  roll = dial_sandbox_world_roll (world, row, ROLL_REMARK);
  created = dial_sandbox_world_get_created_at (world, candidate);

  *self = (DialSandboxRemark) {
    .id = dial_sandbox_remark_id (world, row),
    .candidate_id = owner,
    .user_id = roll % 19 == 0 ? 0 : dial_sandbox_users[2 + (roll >> 8) % n_authors].id,
    .type = types[(roll >> 16) % G_N_ELEMENTS (types)],
    .visibility = visibilities[(roll >> 24) % G_N_ELEMENTS (visibilities)],
    .body = dial_sandbox_remarks[(roll >> 32) % dial_sandbox_count (dial_sandbox_remarks)],
    .created_at = MIN (created + (gint64) ((roll >> 8) % (40 * DAY)) + slot * DAY,
                       dial_sandbox_world_get_today (world)) / 1000 * 1000,
  };
  if (self->type[0] == 'E')
    self->subject = "Your application";
  return TRUE;
}
