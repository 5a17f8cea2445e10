#include "dial-outbox-entry.h"

#include "config.h"

#include <glib/gi18n.h>

struct _DialOutboxEntry
{
  GObject          parent_instance;

  DialIntegration *integration;
  DialOutboxItem  *item;
  DialCandidate   *candidate;
};

enum {
  PROP_0,
  PROP_ITEM,
  PROP_CANDIDATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DialOutboxEntry, dial_outbox_entry, G_TYPE_OBJECT)

static void
dial_outbox_entry_dispose (GObject *object)
{
  DialOutboxEntry *self = DIAL_OUTBOX_ENTRY (object);

  g_clear_object (&self->integration);
  g_clear_object (&self->item);
  g_clear_object (&self->candidate);

  G_OBJECT_CLASS (dial_outbox_entry_parent_class)->dispose (object);
}

static void
dial_outbox_entry_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  DialOutboxEntry *self = DIAL_OUTBOX_ENTRY (object);

  switch (property_id) {
  case PROP_ITEM:
    g_value_set_object (value, self->item);
    break;
  case PROP_CANDIDATE:
    g_value_set_object (value, self->candidate);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dial_outbox_entry_class_init (DialOutboxEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = dial_outbox_entry_dispose;
  object_class->get_property = dial_outbox_entry_get_property;

  properties[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, DIAL_TYPE_OUTBOX_ITEM, flags);
  properties[PROP_CANDIDATE] = g_param_spec_object ("candidate", NULL, NULL, DIAL_TYPE_CANDIDATE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dial_outbox_entry_init (DialOutboxEntry *self)
{
}

/**
 * dial_outbox_entry_new:
 * @integration: whose outbox
 * @item: a note of it
 * @candidate: (nullable): whose activity feed it is for
 *
 * Returns: (transfer full): an entry
 */
DialOutboxEntry *
dial_outbox_entry_new (DialIntegration *integration,
                       DialOutboxItem  *item,
                       DialCandidate   *candidate)
{
  DialOutboxEntry *self;

  g_return_val_if_fail (DIAL_IS_INTEGRATION (integration), NULL);
  g_return_val_if_fail (DIAL_IS_OUTBOX_ITEM (item), NULL);

  self = g_object_new (DIAL_TYPE_OUTBOX_ENTRY, NULL);
  self->integration = g_object_ref (integration);
  self->item = g_object_ref (item);
  g_set_object (&self->candidate, candidate);
  return self;
}

/**
 * dial_outbox_entry_get_integration:
 * @self: an entry
 *
 * Returns: (transfer none): whose outbox it is in
 */
DialIntegration *
dial_outbox_entry_get_integration (DialOutboxEntry *self)
{
  g_return_val_if_fail (DIAL_IS_OUTBOX_ENTRY (self), NULL);

  return self->integration;
}

/**
 * dial_outbox_entry_get_item:
 * @self: an entry
 *
 * Returns: (transfer none): the note as it is now
 */
DialOutboxItem *
dial_outbox_entry_get_item (DialOutboxEntry *self)
{
  g_return_val_if_fail (DIAL_IS_OUTBOX_ENTRY (self), NULL);

  return self->item;
}

/**
 * dial_outbox_entry_get_candidate:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): whose activity feed it is for, %NULL if the person is not known here
 */
DialCandidate *
dial_outbox_entry_get_candidate (DialOutboxEntry *self)
{
  g_return_val_if_fail (DIAL_IS_OUTBOX_ENTRY (self), NULL);

  return self->candidate;
}

/**
 * dial_outbox_entry_update:
 * @self: an entry
 * @item: the same note as it is now
 * @candidate: (nullable): whose it is
 */
void
dial_outbox_entry_update (DialOutboxEntry *self,
                          DialOutboxItem  *item,
                          DialCandidate   *candidate)
{
  g_return_if_fail (DIAL_IS_OUTBOX_ENTRY (self));
  g_return_if_fail (DIAL_IS_OUTBOX_ITEM (item));

  if (g_set_object (&self->candidate, candidate))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CANDIDATE]);
  if (g_set_object (&self->item, item))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ITEM]);
}

/**
 * dial_outbox_entry_dup_name:
 * @self: an entry
 *
 * Returns: (transfer full): the candidate's name, or their number in Greenhouse
 */
char *
dial_outbox_entry_dup_name (DialOutboxEntry *self)
{
  g_autofree char *number = NULL;

  g_return_val_if_fail (DIAL_IS_OUTBOX_ENTRY (self), NULL);

  if (self->candidate != NULL)
    return dial_candidate_dup_name (self->candidate);

  number = g_strdup_printf ("%" G_GINT64_FORMAT, self->item->candidate_id);
  /* Translators: %s is Greenhouse's number of a candidate whose name is not known any more */
  return g_strdup_printf (_("Candidate %s"), number);
}

/**
 * dial_outbox_entry_needs_look:
 * @self: an entry
 *
 * Returns: whether it stays where it is until a person decides
 */
gboolean
dial_outbox_entry_needs_look (DialOutboxEntry *self)
{
  g_return_val_if_fail (DIAL_IS_OUTBOX_ENTRY (self), FALSE);

  return self->item->state == DIAL_OUTBOX_STATE_REFUSED ||
         (self->item->state != DIAL_OUTBOX_STATE_SENDING && self->item->next_try_at == G_MAXINT64);
}

/**
 * dial_outbox_entry_get_actions:
 * @self: an entry
 *
 * Returns: what a person may do with the note as it is now
 */
DialOutboxActions
dial_outbox_entry_get_actions (DialOutboxEntry *self)
{
  DialOutboxActions send, edit;

  g_return_val_if_fail (DIAL_IS_OUTBOX_ENTRY (self), 0);

  send = dial_integration_is_active (self->integration) ? DIAL_OUTBOX_SEND : 0;
  edit = self->item->first_sent_at == DIAL_INSTANT_UNKNOWN ? DIAL_OUTBOX_EDIT : 0;

  switch (self->item->state) {
  case DIAL_OUTBOX_STATE_WAITING:
  case DIAL_OUTBOX_STATE_REFUSED:
    return send | edit | DIAL_OUTBOX_DISCARD;
  case DIAL_OUTBOX_STATE_UNCERTAIN:
    return dial_outbox_entry_needs_look (self)
           ? DIAL_OUTBOX_CONFIRM | (send != 0 ? DIAL_OUTBOX_REPEAT : 0) | DIAL_OUTBOX_DISCARD : send;
  case DIAL_OUTBOX_STATE_SENDING:
  case DIAL_OUTBOX_STATE_SENT:
  default:
    return 0;
  }
}
