#include "dial-sandbox-world.h"

#define FIRST_CANDIDATE G_GINT64_CONSTANT (6409000001)
#define ID_STRIDE       37
#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define YEARS           (6 * 365 * DAY)

/* What a test did to a candidate. */
typedef struct {
  JsonObject       *fields;
  gint64            created_at;  /* of one that was added, else 0 */
  DialSandboxStamp  stamp;
  gint64            merged_into; /* 0 unless merged */
  gboolean          deleted;
} Change;

struct _DialSandboxWorld {
  guint64     n_invented;
  guint64     n_added;
  guint32     seed;
  gint64      today;
  gint64      clock_shift;
  guint       lag;     /* in requests of lists */
  guint64     n_lists; /* requests of lists so far */
  GHashTable *changes; /* row + 1 → Change */
  GArray     *touched; /* rows of all who have a Change */
  GArray     *merged;  /* rows of those who were merged into others */
};

static void
change_free (gpointer data)
{
  Change *change = data;

  json_object_unref (change->fields);
  g_free (change);
}

static Change *
peek_change (DialSandboxWorld *self,
             guint64           row)
{
  if (g_hash_table_size (self->changes) == 0)
    return NULL;

  return g_hash_table_lookup (self->changes, GSIZE_TO_POINTER (row + 1));
}

static Change *
ensure_change (DialSandboxWorld *self,
               guint64           row)
{
  gint64 before = row < dial_sandbox_world_get_n_candidates (self)
                ? dial_sandbox_world_get_updated_at (self, row) : 0;
  Change *change = peek_change (self, row);

  if (change == NULL) {
    change = g_new0 (Change, 1);
    change->fields = json_object_new ();
    g_hash_table_insert (self->changes, GSIZE_TO_POINTER (row + 1), change);
    g_array_append_val (self->touched, row);
  }

  dial_sandbox_world_stamp (self, &change->stamp, before);
  return change;
}

/**
 * dial_sandbox_world_new:
 * @n_candidates: how many people to invent
 * @seed: what to invent them from
 *
 * Times are counted back from this morning, so that "changed this week" always means some.
 */
DialSandboxWorld *
dial_sandbox_world_new (guint   n_candidates,
                        guint32 seed)
{
  DialSandboxWorld *self = g_new0 (DialSandboxWorld, 1);

  self->n_invented = n_candidates;
  self->seed = seed;
  self->today = g_get_real_time () / DAY * DAY;
  self->changes = g_hash_table_new_full (NULL, NULL, NULL, change_free);
  self->touched = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->merged = g_array_new (FALSE, FALSE, sizeof (guint64));
  return self;
}

void
dial_sandbox_world_free (DialSandboxWorld *self)
{
  g_hash_table_unref (self->changes);
  g_array_unref (self->touched);
  g_array_unref (self->merged);
  g_free (self);
}

/**
 * dial_sandbox_world_roll:
 * @self: the world
 * @row: a candidate's row
 * @salt: which question is asked about the row
 *
 * Returns: a number that looks random and is always the same (splitmix64)
 */
guint64
dial_sandbox_world_roll (DialSandboxWorld *self,
                         guint64           row,
                         guint             salt)
{
  guint64 z = ((guint64) self->seed << 32) + row * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) +
              ((guint64) salt + 1) * G_GUINT64_CONSTANT (0xd1342543de82ef95);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/**
 * dial_sandbox_world_get_now:
 * @self: the world
 *
 * Returns: what its clock says, in microseconds since 1970, to the millisecond
 */
gint64
dial_sandbox_world_get_now (DialSandboxWorld *self)
{
  return (g_get_real_time () + self->clock_shift) / 1000 * 1000;
}

/**
 * dial_sandbox_world_shift_clock:
 * @self: the world
 * @shift: how far its clock is ahead of this computer's, in microseconds; negative for behind
 */
void
dial_sandbox_world_shift_clock (DialSandboxWorld *self,
                                gint64            shift)
{
  self->clock_shift = shift;
}

/**
 * dial_sandbox_world_set_lag:
 * @self: the world
 * @n_lists: how many requests of lists it takes until what is changed from now on shows up where
 *   lists are filtered by `updated_at`
 */
void
dial_sandbox_world_set_lag (DialSandboxWorld *self,
                            guint             n_lists)
{
  self->lag = n_lists;
}

/**
 * dial_sandbox_world_count_list:
 * @self: the world
 *
 * Tells it that somebody asks for a list.
 */
void
dial_sandbox_world_count_list (DialSandboxWorld *self)
{
  self->n_lists++;
}

/**
 * dial_sandbox_world_stamp:
 * @self: the world
 * @stamp: (inout): whose time of change moves to now
 * @before: what it was until now, 0 for what is new
 */
void
dial_sandbox_world_stamp (DialSandboxWorld *self,
                          DialSandboxStamp *stamp,
                          gint64            before)
{
  /* A second change does not put off the time when they hear of the first. */
  if (self->n_lists >= stamp->listed_from) {
    stamp->before = before;
    stamp->listed_from = self->n_lists + self->lag + 1;
  }
  stamp->updated_at = dial_sandbox_world_get_now (self);
}

/**
 * dial_sandbox_world_get_listed_at:
 * @self: the world
 * @stamp: when something changed
 *
 * Returns: the time by which a list filtered by `updated_at` goes, 0 if it does not know the thing
 */
gint64
dial_sandbox_world_get_listed_at (DialSandboxWorld       *self,
                                  const DialSandboxStamp *stamp)
{
  return self->n_lists < stamp->listed_from ? stamp->before : stamp->updated_at;
}

gint64
dial_sandbox_world_get_today (DialSandboxWorld *self)
{
  return self->today;
}

guint64
dial_sandbox_world_get_n_invented (DialSandboxWorld *self)
{
  return self->n_invented;
}

/**
 * dial_sandbox_world_get_n_candidates:
 * @self: the world
 *
 * Returns: the number of rows, deleted ones and those that were added included
 */
guint64
dial_sandbox_world_get_n_candidates (DialSandboxWorld *self)
{
  return self->n_invented + self->n_added;
}

/**
 * dial_sandbox_world_get_candidate_id:
 * @self: the world
 * @row: a row
 *
 * Returns: the id, which grows with @row, with gaps, and does not fit 32 bits
 */
gint64
dial_sandbox_world_get_candidate_id (DialSandboxWorld *self,
                                     guint64           row)
{
  guint64 gap = row > 0 ? dial_sandbox_world_roll (self, row, 1) % ID_STRIDE : 0;

  return FIRST_CANDIDATE + (gint64) (row * ID_STRIDE + gap);
}

/**
 * dial_sandbox_world_find_candidate:
 * @self: the world
 * @id: an id
 * @row: (out): its row
 *
 * Returns: whether there ever was such a candidate
 */
gboolean
dial_sandbox_world_find_candidate (DialSandboxWorld *self,
                                   gint64            id,
                                   guint64          *row)
{
  if (id < FIRST_CANDIDATE)
    return FALSE;

  *row = (guint64) (id - FIRST_CANDIDATE) / ID_STRIDE;
  return *row < dial_sandbox_world_get_n_candidates (self) &&
         dial_sandbox_world_get_candidate_id (self, *row) == id;
}

/**
 * dial_sandbox_world_has_candidate:
 * @self: the world
 * @row: a row
 *
 * Returns: whether the candidate is still there
 */
gboolean
dial_sandbox_world_has_candidate (DialSandboxWorld *self,
                                  guint64           row)
{
  Change *change = peek_change (self, row);

  return change == NULL || !change->deleted;
}

static gint64
invented_created_at (DialSandboxWorld *self,
                     guint64           row)
{
  gint64 slot = YEARS / (gint64) MAX (self->n_invented, 1);
  gint64 within = (gint64) (dial_sandbox_world_roll (self, row, 2) % (guint64) slot);

  return (self->today - YEARS + (gint64) row * slot + within) / 1000 * 1000;
}

/**
 * dial_sandbox_world_count_created_before:
 * @self: the world
 * @instant: a time
 *
 * Returns: how many of those who were invented were created before @instant; they are the first ones
 */
guint64
dial_sandbox_world_count_created_before (DialSandboxWorld *self,
                                         gint64            instant)
{
  guint64 low = 0;
  guint64 high = self->n_invented;

  while (low < high) {
    guint64 middle = low + (high - low) / 2;

    if (invented_created_at (self, middle) < instant)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/**
 * dial_sandbox_world_is_touched:
 * @self: the world
 * @row: a row
 *
 * Returns: whether a test added the candidate, or ever did anything to it
 */
gboolean
dial_sandbox_world_is_touched (DialSandboxWorld *self,
                               guint64           row)
{
  return peek_change (self, row) != NULL;
}

/**
 * dial_sandbox_world_get_touched:
 * @self: the world
 *
 * Returns: (transfer none) (element-type guint64): the rows of all touched ones, in any order
 */
GArray *
dial_sandbox_world_get_touched (DialSandboxWorld *self)
{
  return self->touched;
}

gint64
dial_sandbox_world_get_created_at (DialSandboxWorld *self,
                                   guint64           row)
{
  if (row >= self->n_invented)
    return peek_change (self, row)->created_at;

  return invented_created_at (self, row);
}

/**
 * dial_sandbox_world_invent_updated_at:
 * @self: the world
 * @row: the row of somebody who was invented
 *
 * Returns: when that one was changed, but for what a test did
 */
gint64
dial_sandbox_world_invent_updated_at (DialSandboxWorld *self,
                                      guint64           row)
{
  guint64 roll = dial_sandbox_world_roll (self, row, 3);
  gint64 created = invented_created_at (self, row);
  gint64 updated;

  switch (roll % 20) {
  case 0:
    updated = self->today - (gint64) (roll >> 8) % DAY;
    break;
  case 1:
  case 2:
    updated = self->today - (gint64) (roll >> 8) % (7 * DAY);
    break;
  case 3:
  case 4:
  case 5:
    updated = self->today - (gint64) (roll >> 8) % (60 * DAY);
    break;
  default:
    updated = created + (gint64) (roll >> 8) % CLAMP (self->today - created, 1, 200 * DAY);
    break;
  }

  return MAX (created, updated) / 1000 * 1000;
}

gint64
dial_sandbox_world_get_updated_at (DialSandboxWorld *self,
                                   guint64           row)
{
  Change *change = peek_change (self, row);

  return change != NULL ? change->stamp.updated_at
                        : dial_sandbox_world_invent_updated_at (self, row);
}

/**
 * dial_sandbox_world_get_candidate_listed_at:
 * @self: the world
 * @row: a row
 *
 * Returns: what a list filtered by `updated_at` goes by, see dial_sandbox_world_get_listed_at()
 */
gint64
dial_sandbox_world_get_candidate_listed_at (DialSandboxWorld *self,
                                            guint64           row)
{
  Change *change = peek_change (self, row);

  return change != NULL ? dial_sandbox_world_get_listed_at (self, &change->stamp)
                        : dial_sandbox_world_invent_updated_at (self, row);
}

/**
 * dial_sandbox_world_get_active_at:
 * @self: the world
 * @row: a row
 *
 * Returns: the time of the last activity, 0 for one candidate in ten that has none
 */
gint64
dial_sandbox_world_get_active_at (DialSandboxWorld *self,
                                  guint64           row)
{
  if (dial_sandbox_world_roll (self, row, 4) % 10 == 0)
    return 0;

  return dial_sandbox_world_get_updated_at (self, row) - 149 * 1000;
}

gboolean
dial_sandbox_world_is_private (DialSandboxWorld *self,
                               guint64           row)
{
  Change *change = peek_change (self, row);

  if (change != NULL && json_object_has_member (change->fields, "private"))
    return json_object_get_boolean_member_with_default (change->fields, "private", FALSE);

  return row < self->n_invented && dial_sandbox_world_roll (self, row, 5) % 33 == 0;
}

/**
 * dial_sandbox_world_get_changes:
 * @self: the world
 * @row: a row
 *
 * Returns: (nullable) (transfer none): the members a test changed
 */
JsonObject *
dial_sandbox_world_get_changes (DialSandboxWorld *self,
                                guint64           row)
{
  Change *change = peek_change (self, row);

  return change != NULL ? change->fields : NULL;
}

/**
 * dial_sandbox_world_get_owner:
 * @self: the world
 * @row: a candidate's row
 *
 * Returns: the id of the candidate to whom the row's applications and notes belong: its own, or
 *   that of the candidate it was merged into; 0 if the candidate was deleted
 */
gint64
dial_sandbox_world_get_owner (DialSandboxWorld *self,
                              guint64           row)
{
  Change *change = peek_change (self, row);

  if (change != NULL && change->merged_into != 0)
    return change->merged_into;

  return change != NULL && change->deleted ? 0 : dial_sandbox_world_get_candidate_id (self, row);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  guint64 left = *(const guint64 *) a;
  guint64 right = *(const guint64 *) b;

  return left < right ? -1 : left > right;
}

/**
 * dial_sandbox_world_get_family:
 * @self: the world
 * @id: a candidate's id
 * @rows: (element-type guint64): where to add
 *
 * Adds the candidate's row and the rows of those merged into it, in ascending order.
 */
void
dial_sandbox_world_get_family (DialSandboxWorld *self,
                               gint64            id,
                               GArray           *rows)
{
  guint64 row;

  if (!dial_sandbox_world_find_candidate (self, id, &row))
    return;
  g_array_append_val (rows, row);

  for (guint i = 0; i < self->merged->len; i++) {
    row = g_array_index (self->merged, guint64, i);
    if (peek_change (self, row)->merged_into == id)
      g_array_append_val (rows, row);
  }
  g_array_sort (rows, compare_rows);
}

static void
copy_member (JsonObject *object,
             const char *name,
             JsonNode   *node,
             gpointer    user_data)
{
  json_object_set_member (user_data, name, json_node_copy (node));
}

/**
 * dial_sandbox_world_add_candidate:
 * @self: the world
 * @fields: what is special about the newcomer; the rest is invented
 *
 * Returns: the new id, above all others
 */
gint64
dial_sandbox_world_add_candidate (DialSandboxWorld *self,
                                  JsonObject       *fields)
{
  guint64 row = dial_sandbox_world_get_n_candidates (self);
  Change *change = ensure_change (self, row);

  self->n_added++;
  change->created_at = change->stamp.updated_at;
  json_object_foreach_member (fields, copy_member, change->fields);
  return dial_sandbox_world_get_candidate_id (self, row);
}

/**
 * dial_sandbox_world_change_candidate:
 * @self: the world
 * @id: whom to change
 * @fields: members that replace the candidate's own
 *
 * Returns: whether there is such a candidate
 */
gboolean
dial_sandbox_world_change_candidate (DialSandboxWorld *self,
                                     gint64            id,
                                     JsonObject       *fields)
{
  guint64 row;

  if (!dial_sandbox_world_find_candidate (self, id, &row) ||
      !dial_sandbox_world_has_candidate (self, row))
    return FALSE;

  json_object_foreach_member (fields, copy_member, ensure_change (self, row)->fields);
  return TRUE;
}

gboolean
dial_sandbox_world_delete_candidate (DialSandboxWorld *self,
                                     gint64            id)
{
  guint64 row;

  if (!dial_sandbox_world_find_candidate (self, id, &row) ||
      !dial_sandbox_world_has_candidate (self, row))
    return FALSE;

  ensure_change (self, row)->deleted = TRUE;
  return TRUE;
}

/**
 * dial_sandbox_world_merge_candidate:
 * @self: the world
 * @primary: who stays
 * @secondary: who goes, leaving applications and notes to @primary
 *
 * Returns: whether there are such candidates
 */
gboolean
dial_sandbox_world_merge_candidate (DialSandboxWorld *self,
                                    gint64            primary,
                                    gint64            secondary)
{
  guint64 stays, goes;
  Change *change;

  if (primary == secondary ||
      !dial_sandbox_world_find_candidate (self, primary, &stays) ||
      !dial_sandbox_world_has_candidate (self, stays) ||
      !dial_sandbox_world_find_candidate (self, secondary, &goes) ||
      !dial_sandbox_world_has_candidate (self, goes))
    return FALSE;

  ensure_change (self, stays);
  change = ensure_change (self, goes);
  change->deleted = TRUE;
  change->merged_into = primary;

  /* Whoever had been merged into the one that goes moves on with it. */
  for (guint i = 0; i < self->merged->len; i++) {
    change = peek_change (self, g_array_index (self->merged, guint64, i));
    if (change->merged_into == secondary)
      change->merged_into = primary;
  }
  g_array_append_val (self->merged, goes);
  return TRUE;
}

/**
 * dial_sandbox_world_anonymise_candidate:
 * @self: the world
 * @id: whom to anonymise
 *
 * Does what Greenhouse's published example shows: the record stays, the person in it does not.
 *
 * Returns: whether there is such a candidate
 */
gboolean
dial_sandbox_world_anonymise_candidate (DialSandboxWorld *self,
                                        gint64            id)
{
  static const char * const emptied[] = {
    "phone_numbers", "addresses", "email_addresses", "website_addresses", "social_media_addresses",
    "tags", NULL
  };
  static const char * const nulled[] = {
    "preferred_name", "company", "title", "time_zone", "custom_fields", NULL
  };
  g_autoptr (JsonObject) fields = json_object_new ();
  g_autofree char *last_name = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  json_object_set_string_member (fields, "first_name", "Anonymized");
  json_object_set_string_member (fields, "last_name", last_name);
  for (guint i = 0; emptied[i] != NULL; i++)
    json_object_set_array_member (fields, emptied[i], json_array_new ());
  for (guint i = 0; nulled[i] != NULL; i++)
    json_object_set_null_member (fields, nulled[i]);

  return dial_sandbox_world_change_candidate (self, id, fields);
}
