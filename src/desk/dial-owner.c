#include "dial-owner.h"

struct _DialOwner
{
  GObject          parent_instance;

  DialIntegration *integration;
  DialCandidate   *candidate;
};

G_DEFINE_FINAL_TYPE (DialOwner, dial_owner, G_TYPE_OBJECT)

static void
dial_owner_finalize (GObject *object)
{
  DialOwner *self = DIAL_OWNER (object);

  g_object_unref (self->integration);
  g_object_unref (self->candidate);

  G_OBJECT_CLASS (dial_owner_parent_class)->finalize (object);
}

static void
dial_owner_class_init (DialOwnerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dial_owner_finalize;
}

static void
dial_owner_init (DialOwner *self)
{
}

/**
 * dial_owner_new:
 * @integration: whose candidate
 * @candidate: the person
 *
 * Returns: (transfer full): an owner
 */
DialOwner *
dial_owner_new (DialIntegration *integration,
                DialCandidate   *candidate)
{
  DialOwner *self;

  g_return_val_if_fail (DIAL_IS_INTEGRATION (integration), NULL);
  g_return_val_if_fail (DIAL_IS_CANDIDATE (candidate), NULL);

  self = g_object_new (DIAL_TYPE_OWNER, NULL);
  self->integration = g_object_ref (integration);
  self->candidate = g_object_ref (candidate);
  return self;
}

/**
 * dial_owner_get_integration:
 * @self: an owner
 *
 * Returns: (transfer none): whose candidate it is
 */
DialIntegration *
dial_owner_get_integration (DialOwner *self)
{
  g_return_val_if_fail (DIAL_IS_OWNER (self), NULL);

  return self->integration;
}

/**
 * dial_owner_get_candidate:
 * @self: an owner
 *
 * Returns: (transfer none): the person
 */
DialCandidate *
dial_owner_get_candidate (DialOwner *self)
{
  g_return_val_if_fail (DIAL_IS_OWNER (self), NULL);

  return self->candidate;
}
