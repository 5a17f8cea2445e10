#include "dial-integration-private.h"

#include <glib/gi18n.h>

enum {
  NOTE_NEEDS_LOOK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

GParamSpec *dial_integration_properties[INTEGRATION_N_PROPS];

G_DEFINE_FINAL_TYPE (DialIntegration, dial_integration, G_TYPE_OBJECT)

static void
notify (DialIntegration *self,
        guint            property_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), dial_integration_properties[property_id]);
}

/* @which is the sync's or the courier's problem: what one can do says nothing of the other. */
void
_dial_integration_set_problem (DialIntegration  *self,
                               char            **which,
                               const char       *problem)
{
  if (!dial_set_str (which, problem))
    return;

  notify (self, INTEGRATION_PROP_PROBLEM);
  _dial_integration_update_health (self);
}

static void
on_candidates_counted (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (DialIntegration) self = user_data;
  gint64 n = dial_store_count_candidates_finish (DIAL_STORE (source), result, NULL);

  if (n < 0 || n == self->n_candidates)
    return;

  self->n_candidates = n;
  notify (self, INTEGRATION_PROP_N_CANDIDATES);
}

void
_dial_integration_count_candidates (DialIntegration *self)
{
  dial_store_count_candidates_async (self->store, NULL, on_candidates_counted,
                                     g_object_ref (self));
}

static void
on_unsent_counted (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (DialIntegration) self = user_data;
  gint64 n = dial_store_count_unsent_finish (DIAL_STORE (source), result, NULL);

  self->counting_unsent = FALSE;
  if (self->unsent_changed)
    _dial_integration_count_unsent (self);

  if (n < 0 || n == self->n_unsent)
    return;

  self->n_unsent = (guint) n;
  notify (self, INTEGRATION_PROP_N_UNSENT);
}

/* A thousand notes that change at once are counted once more, not a thousand times. */
void
_dial_integration_count_unsent (DialIntegration *self)
{
  self->unsent_changed = self->counting_unsent;
  if (self->counting_unsent)
    return;

  self->counting_unsent = TRUE;
  dial_store_count_unsent_async (self->store, NULL, on_unsent_counted, g_object_ref (self));
}

static void
on_progressed (DialIntegration *self)
{
  notify (self, INTEGRATION_PROP_SYNC_PROGRESS);
  notify (self, INTEGRATION_PROP_SYNCED);
}

static void
dial_integration_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  DialIntegration *self = DIAL_INTEGRATION (object);

  switch (property_id) {
  case INTEGRATION_PROP_ID:
    g_value_set_string (value, self->id);
    break;
  case INTEGRATION_PROP_NAME:
    g_value_set_string (value, dial_integration_get_name (self));
    break;
  case INTEGRATION_PROP_CAPTION:
    g_value_set_string (value, dial_integration_get_caption (self));
    break;
  case INTEGRATION_PROP_SUBDOMAIN:
    g_value_set_string (value, dial_integration_get_subdomain (self));
    break;
  case INTEGRATION_PROP_RECRUITER_EMAIL:
    g_value_set_string (value, dial_integration_get_recruiter_email (self));
    break;
  case INTEGRATION_PROP_API:
    g_value_set_enum (value, dial_integration_get_api (self));
    break;
  case INTEGRATION_PROP_ACTIVE:
    g_value_set_boolean (value, dial_integration_is_active (self));
    break;
  case INTEGRATION_PROP_PROBLEM:
    g_value_set_string (value, dial_integration_get_problem (self));
    break;
  case INTEGRATION_PROP_SYNCING:
    g_value_set_boolean (value, dial_integration_is_syncing (self));
    break;
  case INTEGRATION_PROP_SYNCED:
    g_value_set_uint (value, dial_integration_get_synced (self));
    break;
  case INTEGRATION_PROP_SYNC_PROGRESS: {
    DialSyncProgress progress;

    dial_integration_get_sync_progress (self, &progress);
    g_value_set_boxed (value, &progress);
    break;
  }
  case INTEGRATION_PROP_SYNC_PAUSED:
    g_value_set_boolean (value, dial_integration_is_sync_paused (self));
    break;
  case INTEGRATION_PROP_ALLOWANCE: {
    DialAllowance allowance;

    dial_integration_get_allowance (self, &allowance);
    g_value_set_boolean (value, allowance.known);
    break;
  }
  case INTEGRATION_PROP_N_CANDIDATES:
    g_value_set_int64 (value, self->n_candidates);
    break;
  case INTEGRATION_PROP_LAST_SYNC:
    g_value_set_int64 (value, dial_integration_get_last_sync (self));
    break;
  case INTEGRATION_PROP_N_UNSENT:
    g_value_set_uint (value, self->n_unsent);
    break;
  case INTEGRATION_PROP_RECRUITER:
    g_value_set_object (value, self->recruiter);
    break;
  case INTEGRATION_PROP_COLOUR:
    g_value_set_string (value, dial_integration_get_colour (self));
    break;
  case INTEGRATION_PROP_CHECK:
    g_value_set_boxed (value, self->check);
    break;
  case INTEGRATION_PROP_CHECKING:
    g_value_set_boolean (value, dial_integration_is_checking (self));
    break;
  case INTEGRATION_PROP_HEALTH:
    g_value_set_enum (value, self->health);
    break;
  case INTEGRATION_PROP_AUTHOR_PROBLEM:
    g_value_set_string (value, self->author_problem);
    break;
  case INTEGRATION_PROP_DOUBLES_PROBLEM:
    g_value_set_string (value, dial_integration_get_doubles_problem (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dial_integration_dispose (GObject *object)
{
  DialIntegration *self = DIAL_INTEGRATION (object);

  _dial_integration_stop (self);
  g_clear_handle_id (&self->rest_timer, g_source_remove);
  g_clear_object (&self->work);
  g_clear_object (&self->syncing);
  g_clear_object (&self->carrying);
  g_clear_object (&self->checking);
  g_clear_object (&self->finding);
  g_clear_object (&self->greenhouse);
  g_clear_object (&self->sync);
  g_clear_object (&self->courier);
  g_clear_object (&self->contacting);
  g_clear_object (&self->contacts);
  g_clear_object (&self->recruiter);
  g_clear_object (&self->secrets);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (dial_integration_parent_class)->dispose (object);
}

static void
dial_integration_finalize (GObject *object)
{
  DialIntegration *self = DIAL_INTEGRATION (object);

  g_clear_pointer (&self->settings, g_hash_table_unref);
  g_clear_pointer (&self->check, dial_greenhouse_check_free);
  g_ptr_array_unref (self->askers);
  g_ptr_array_unref (self->rests);
  g_ptr_array_unref (self->syncs);
  g_ptr_array_unref (self->next_syncs);
  g_ptr_array_unref (self->flushes);
  g_ptr_array_unref (self->next_flushes);
  g_free (self->sync_problem);
  g_free (self->courier_problem);
  g_free (self->contacts_problem);
  g_free (self->loss_problem);
  g_free (self->check_problem);
  g_free (self->author_problem);
  g_free (self->broken);
  g_free (self->id);

  G_OBJECT_CLASS (dial_integration_parent_class)->finalize (object);
}

static void
dial_integration_class_init (DialIntegrationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamSpec **properties = dial_integration_properties;

  object_class->get_property = dial_integration_get_property;
  object_class->dispose = dial_integration_dispose;
  object_class->finalize = dial_integration_finalize;

  /**
   * DialIntegration:id:
   *
   * The name of its file and its keyring entry.
   */
  properties[INTEGRATION_PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);

  /**
   * DialIntegration:name:
   *
   * The authentication name.
   */
  properties[INTEGRATION_PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);

  /**
   * DialIntegration:caption:
   *
   * What tells it from the others, or "".
   */
  properties[INTEGRATION_PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, flags);

  /**
   * DialIntegration:subdomain:
   *
   * The part before `.greenhouse.io`.
   */
  properties[INTEGRATION_PROP_SUBDOMAIN] = g_param_spec_string ("subdomain", NULL, NULL, NULL, flags);

  /**
   * DialIntegration:recruiter-email:
   *
   * By whom notes are signed, or "".
   */
  properties[INTEGRATION_PROP_RECRUITER_EMAIL] =
    g_param_spec_string ("recruiter-email", NULL, NULL, NULL, flags);

  /**
   * DialIntegration:api:
   *
   * The dialect it speaks.
   */
  properties[INTEGRATION_PROP_API] =
    g_param_spec_enum ("api", NULL, NULL, DIAL_TYPE_API, DIAL_API_V3, flags);

  /**
   * DialIntegration:active:
   *
   * Whether it syncs, logs calls and sends notes.
   */
  properties[INTEGRATION_PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, flags);

  /**
   * DialIntegration:problem:
   *
   * Why it does not work now, a sentence; %NULL if it does.
   */
  properties[INTEGRATION_PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);

  /**
   * DialIntegration:syncing:
   *
   * Whether a sync is under way.
   */
  properties[INTEGRATION_PROP_SYNCING] = g_param_spec_boolean ("syncing", NULL, NULL, FALSE, flags);

  /**
   * DialIntegration:synced:
   *
   * Candidates received by the sync under way.
   */
  properties[INTEGRATION_PROP_SYNCED] = g_param_spec_uint ("synced", NULL, NULL, 0, G_MAXUINT, 0, flags);

  /**
   * DialIntegration:sync-progress:
   *
   * How far the sync is; told four times a second at most.
   */
  properties[INTEGRATION_PROP_SYNC_PROGRESS] =
    g_param_spec_boxed ("sync-progress", NULL, NULL, DIAL_TYPE_SYNC_PROGRESS, flags);

  /**
   * DialIntegration:sync-paused:
   *
   * Whether nothing is fetched until it is let go on; notes and calls go on.
   */
  properties[INTEGRATION_PROP_SYNC_PAUSED] =
    g_param_spec_boolean ("sync-paused", NULL, NULL, FALSE, flags);

  /**
   * DialIntegration:allowance:
   *
   * Whether it is known how many requests Greenhouse lets in; notifies whenever that or what is left of it
   * changes.
   */
  properties[INTEGRATION_PROP_ALLOWANCE] = g_param_spec_boolean ("allowance", NULL, NULL, FALSE, flags);

  /**
   * DialIntegration:n-candidates:
   *
   * Candidates stored now.
   */
  properties[INTEGRATION_PROP_N_CANDIDATES] =
    g_param_spec_int64 ("n-candidates", NULL, NULL, 0, G_MAXINT64, 0, flags);

  /**
   * DialIntegration:last-sync:
   *
   * When the last complete sync ended, an instant.
   */
  properties[INTEGRATION_PROP_LAST_SYNC] =
    g_param_spec_int64 ("last-sync", NULL, NULL, 0, G_MAXINT64, 0, flags);

  /**
   * DialIntegration:n-unsent:
   *
   * Notes that do not stand in Greenhouse yet.
   */
  properties[INTEGRATION_PROP_N_UNSENT] = g_param_spec_uint ("n-unsent", NULL, NULL, 0, G_MAXUINT, 0, flags);

  /**
   * DialIntegration:recruiter:
   *
   * The Greenhouse user who signs notes, once known.
   */
  properties[INTEGRATION_PROP_RECRUITER] =
    g_param_spec_object ("recruiter", NULL, NULL, DIAL_TYPE_USER, flags);

  /**
   * DialIntegration:colour:
   *
   * What tells it from the others at a glance, one of [func@Integration.list_colours].
   */
  properties[INTEGRATION_PROP_COLOUR] = g_param_spec_string ("colour", NULL, NULL, NULL, flags);

  /**
   * DialIntegration:check:
   *
   * What the last check found, kept over restarts; %NULL before the first.
   */
  properties[INTEGRATION_PROP_CHECK] =
    g_param_spec_boxed ("check", NULL, NULL, DIAL_TYPE_GREENHOUSE_CHECK, flags);

  /**
   * DialIntegration:checking:
   *
   * Whether a check is under way.
   */
  properties[INTEGRATION_PROP_CHECKING] = g_param_spec_boolean ("checking", NULL, NULL, FALSE, flags);

  /**
   * DialIntegration:health:
   *
   * How well it works, as far as is known.
   */
  properties[INTEGRATION_PROP_HEALTH] =
    g_param_spec_enum ("health", NULL, NULL, DIAL_TYPE_HEALTH, DIAL_HEALTH_UNKNOWN, flags);

  /**
   * DialIntegration:author-problem:
   *
   * Why notes will not bear the recruiter's name, a sentence; %NULL if they will.
   */
  properties[INTEGRATION_PROP_AUTHOR_PROBLEM] =
    g_param_spec_string ("author-problem", NULL, NULL, NULL, flags);

  /**
   * DialIntegration:doubles-problem:
   *
   * That somebody else logs the same calls, a sentence; %NULL if nobody does.
   */
  properties[INTEGRATION_PROP_DOUBLES_PROBLEM] =
    g_param_spec_string ("doubles-problem", NULL, NULL, NULL, flags);

  /**
   * DialIntegration::note-needs-look:
   * @self: an integration
   * @item: a note
   *
   * A note cannot go on without a person. Emitted once when that turns out.
   */
  signals[NOTE_NEEDS_LOOK] = g_signal_new ("note-needs-look", DIAL_TYPE_INTEGRATION, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, DIAL_TYPE_OUTBOX_ITEM);

  g_object_class_install_properties (object_class, INTEGRATION_N_PROPS, properties);
}

static void
dial_integration_init (DialIntegration *self)
{
  self->work = g_cancellable_new ();
  self->askers = g_ptr_array_new_with_free_func (g_object_unref);
  self->rests = g_ptr_array_new_with_free_func (g_object_unref);
  self->syncs = g_ptr_array_new_with_free_func (g_object_unref);
  self->next_syncs = g_ptr_array_new_with_free_func (g_object_unref);
  self->sync_seconds = 60;
  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
  self->next_flushes = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
on_note_needs_look (DialIntegration *self,
                    DialOutboxItem  *item)
{
  g_signal_emit (self, signals[NOTE_NEEDS_LOOK], 0, item);
}

void
_dial_integration_take_store (DialIntegration *self,
                              DialStore       *store)
{
  self->store = g_object_ref (store);
  self->sync = dial_sync_new (store);
  self->courier = dial_courier_new (store);
  self->contacts = dial_contacts_new (store);
  g_signal_connect_object (self->courier, "needs-look", G_CALLBACK (on_note_needs_look), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sync, "progressed", G_CALLBACK (on_progressed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "candidates-changed", G_CALLBACK (_dial_integration_count_candidates), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "outbox-changed", G_CALLBACK (_dial_integration_count_unsent), self,
                           G_CONNECT_SWAPPED);
}

/**
 * dial_integration_get_id:
 * @self: an integration
 *
 * Returns: the name of its file and its keyring entry
 */
const char *
dial_integration_get_id (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  return self->id;
}

/**
 * dial_integration_get_problem:
 * @self: an integration
 *
 * Returns: (nullable): why it does not work now, a sentence
 */
const char *
dial_integration_get_problem (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  if (self->broken != NULL)
    return self->broken;
  if (self->sync_problem != NULL)
    return self->sync_problem;

  if (self->courier_problem != NULL)
    return self->courier_problem;

  return self->loss_problem != NULL ? self->loss_problem : self->check_problem;
}

/**
 * dial_integration_is_syncing:
 * @self: an integration
 *
 * Returns: whether a sync is under way
 */
gboolean
dial_integration_is_syncing (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), FALSE);

  return self->syncs->len > 0;
}

/**
 * dial_integration_get_synced:
 * @self: an integration
 *
 * Returns: candidates received by the sync under way
 */
guint
dial_integration_get_synced (DialIntegration *self)
{
  DialSyncProgress progress;

  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), 0);

  dial_sync_get_progress (self->sync, &progress);
  return progress.received;
}

/**
 * dial_integration_get_n_candidates:
 * @self: an integration
 *
 * Returns: candidates stored now
 */
gint64
dial_integration_get_n_candidates (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), 0);

  return self->n_candidates;
}

/**
 * dial_integration_get_n_unsent:
 * @self: an integration
 *
 * Returns: notes that do not stand in Greenhouse yet
 */
guint
dial_integration_get_n_unsent (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), 0);

  return self->n_unsent;
}

/**
 * dial_integration_get_store:
 * @self: an integration
 *
 * Returns: (transfer none): what this computer remembers of it
 */
DialStore *
dial_integration_get_store (DialIntegration *self)
{
  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  return self->store;
}

/**
 * dial_integration_dup_rescue:
 * @self: an integration
 *
 * Returns: (transfer full) (nullable): what was saved from a damaged file when the desk was opened, in
 *   sentences; %NULL if the file was sound
 */
char *
dial_integration_dup_rescue (DialIntegration *self)
{
  gboolean whole;
  guint n_notes;
  const char *aside;
  GString *sentences;

  g_return_val_if_fail (DIAL_IS_INTEGRATION (self), NULL);

  aside = dial_store_get_rescue (self->store, &n_notes, &whole);
  if (aside == NULL)
    return NULL;

  sentences = g_string_new (NULL);
  /* Translators: the name of an integration, and the name of a file */
  g_string_append_printf (sentences, _("The file with the candidates of %s was damaged, and stands in %s now."),
                          dial_integration_get_name (self), aside);
  g_string_append_c (sentences, ' ');
  g_string_append (sentences, _("The candidates come again with the next sync."));
  if (n_notes > 0) {
    g_string_append_c (sentences, ' ');
    g_string_append_printf (sentences, ngettext ("%u note that may not be in Greenhouse yet was saved.",
                                                 "%u notes that may not be in Greenhouse yet were saved.", n_notes),
                            n_notes);
  }
  if (!whole) {
    g_string_append_c (sentences, ' ');
    g_string_append (sentences, _("Not everything could be read: look in Greenhouse whether your last notes are there."));
  }

  return g_string_free (sentences, FALSE);
}
