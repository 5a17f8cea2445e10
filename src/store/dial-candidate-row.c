#include "dial-candidate-row-private.h"

struct _DialCandidateRow
{
  GObject        parent_instance;

  DialStore     *store;
  gint64         id;          /* 0 until it is loaded */
  DialCandidate *candidate;   /* NULL until it is loaded */
  char          *name;
  char          *subtitle;
};

enum {
  PROP_0,
  PROP_ID,
  PROP_CANDIDATE,
  PROP_NAME,
  PROP_SUBTITLE,
  PROP_JOB,
  PROP_STAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DialCandidateRow, dial_candidate_row, G_TYPE_OBJECT)

static const char *
get_job (DialCandidateRow *self)
{
  return self->candidate != NULL && self->candidate->job != NULL ? self->candidate->job : "";
}

static const char *
get_stage (DialCandidateRow *self)
{
  return self->candidate != NULL && self->candidate->stage != NULL ? self->candidate->stage : "";
}

static void
dial_candidate_row_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  DialCandidateRow *self = DIAL_CANDIDATE_ROW (object);

  switch (prop_id) {
  case PROP_ID:
    g_value_set_int64 (value, self->id);
    break;
  case PROP_CANDIDATE:
    g_value_set_object (value, self->candidate);
    break;
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_SUBTITLE:
    g_value_set_string (value, self->subtitle);
    break;
  case PROP_JOB:
    g_value_set_string (value, get_job (self));
    break;
  case PROP_STAGE:
    g_value_set_string (value, get_stage (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_candidate_row_dispose (GObject *object)
{
  DialCandidateRow *self = DIAL_CANDIDATE_ROW (object);

  g_clear_object (&self->candidate);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (dial_candidate_row_parent_class)->dispose (object);
}

static void
dial_candidate_row_finalize (GObject *object)
{
  DialCandidateRow *self = DIAL_CANDIDATE_ROW (object);

  g_free (self->name);
  g_free (self->subtitle);

  G_OBJECT_CLASS (dial_candidate_row_parent_class)->finalize (object);
}

static void
dial_candidate_row_class_init (DialCandidateRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = dial_candidate_row_get_property;
  object_class->dispose = dial_candidate_row_dispose;
  object_class->finalize = dial_candidate_row_finalize;

  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  properties[PROP_CANDIDATE] = g_param_spec_object ("candidate", NULL, NULL, DIAL_TYPE_CANDIDATE,
                                                    flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, "", flags);
  properties[PROP_JOB] = g_param_spec_string ("job", NULL, NULL, "", flags);
  properties[PROP_STAGE] = g_param_spec_string ("stage", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dial_candidate_row_init (DialCandidateRow *self)
{
  self->name = g_strdup ("");
  self->subtitle = g_strdup ("");
}

DialCandidateRow *
dial_candidate_row_new (DialStore *store)
{
  DialCandidateRow *self = g_object_new (DIAL_TYPE_CANDIDATE_ROW, NULL);

  self->store = g_object_ref (store);
  return self;
}

/* Shows @candidate from now on, nobody until another one is known if it is %NULL; tells of what looks different. */
void
dial_candidate_row_set_candidate (DialCandidateRow *self,
                                  DialCandidate    *candidate)
{
  g_autofree char *name = candidate != NULL ? dial_candidate_dup_name (candidate) : g_strdup ("");
  g_autofree char *subtitle = candidate != NULL ? dial_candidate_dup_subtitle (candidate) : g_strdup ("");
  gint64 id = candidate != NULL ? candidate->id : 0;
  g_autofree char *old_job = g_strdup (get_job (self));
  g_autofree char *old_stage = g_strdup (get_stage (self));

  g_object_freeze_notify (G_OBJECT (self));
  if (self->id != id) {
    self->id = id;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ID]);
  }
  if (g_set_object (&self->candidate, candidate))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CANDIDATE]);
  if (dial_set_str (&self->name, name))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  if (dial_set_str (&self->subtitle, subtitle))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
  if (g_strcmp0 (old_job, get_job (self)) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_JOB]);
  if (g_strcmp0 (old_stage, get_stage (self)) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STAGE]);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * dial_candidate_row_get_id:
 * @self: a row
 *
 * Returns: the candidate's id, 0 until the candidate is loaded
 */
gint64
dial_candidate_row_get_id (DialCandidateRow *self)
{
  g_return_val_if_fail (DIAL_IS_CANDIDATE_ROW (self), 0);

  return self->id;
}

/**
 * dial_candidate_row_get_candidate:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): the candidate without its applications, %NULL until it is
 *   loaded
 */
DialCandidate *
dial_candidate_row_get_candidate (DialCandidateRow *self)
{
  g_return_val_if_fail (DIAL_IS_CANDIDATE_ROW (self), NULL);

  return self->candidate;
}

/**
 * dial_candidate_row_get_name:
 * @self: a row
 *
 * Returns: the candidate's name, empty until the candidate is loaded
 */
const char *
dial_candidate_row_get_name (DialCandidateRow *self)
{
  g_return_val_if_fail (DIAL_IS_CANDIDATE_ROW (self), "");

  return self->name;
}

/**
 * dial_candidate_row_get_subtitle:
 * @self: a row
 *
 * Returns: title · company, empty until the candidate is loaded
 */
const char *
dial_candidate_row_get_subtitle (DialCandidateRow *self)
{
  g_return_val_if_fail (DIAL_IS_CANDIDATE_ROW (self), "");

  return self->subtitle;
}

/**
 * dial_candidate_row_get_job:
 * @self: a row
 *
 * Returns: the job that is shown, empty until the candidate is loaded
 */
const char *
dial_candidate_row_get_job (DialCandidateRow *self)
{
  g_return_val_if_fail (DIAL_IS_CANDIDATE_ROW (self), "");

  return get_job (self);
}

/**
 * dial_candidate_row_get_stage:
 * @self: a row
 *
 * Returns: and its stage, empty until the candidate is loaded
 */
const char *
dial_candidate_row_get_stage (DialCandidateRow *self)
{
  g_return_val_if_fail (DIAL_IS_CANDIDATE_ROW (self), "");

  return get_stage (self);
}

/**
 * dial_candidate_row_get_store:
 * @self: a row
 *
 * Returns: (transfer none): the store its candidate is in
 */
DialStore *
dial_candidate_row_get_store (DialCandidateRow *self)
{
  g_return_val_if_fail (DIAL_IS_CANDIDATE_ROW (self), NULL);

  return self->store;
}
