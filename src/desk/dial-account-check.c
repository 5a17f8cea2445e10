#include "dial-account-check.h"

#include "dial-util.h"

/* Checked at; of each finding step, state and sentence. */
#define TEXT_TYPE "(xa(uus))"

G_DEFINE_ENUM_TYPE (DialAccountStep, dial_account_step,
                    G_DEFINE_ENUM_VALUE (DIAL_ACCOUNT_STEP_KEYS, "keys"),
                    G_DEFINE_ENUM_VALUE (DIAL_ACCOUNT_STEP_AGENT, "agent"),
                    G_DEFINE_ENUM_VALUE (DIAL_ACCOUNT_STEP_CALLING, "calling"),
                    G_DEFINE_ENUM_VALUE (DIAL_ACCOUNT_STEP_LIMIT, "limit"),
                    G_DEFINE_ENUM_VALUE (DIAL_ACCOUNT_STEP_STATE, "state"),
                    G_DEFINE_ENUM_VALUE (DIAL_ACCOUNT_STEP_NUMBERS, "numbers"),
                    G_DEFINE_ENUM_VALUE (DIAL_ACCOUNT_STEP_HISTORY, "history"),
                    G_DEFINE_ENUM_VALUE (DIAL_ACCOUNT_STEP_TAG, "tag"),
                    G_DEFINE_ENUM_VALUE (DIAL_ACCOUNT_STEP_LINK, "link"))

G_DEFINE_ENUM_TYPE (DialStepState, dial_step_state,
                    G_DEFINE_ENUM_VALUE (DIAL_STEP_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (DIAL_STEP_GOOD, "ok"),
                    G_DEFINE_ENUM_VALUE (DIAL_STEP_ADVICE, "advice"),
                    G_DEFINE_ENUM_VALUE (DIAL_STEP_BAD, "failed"))

static void
finding_free (DialAccountFinding *finding)
{
  g_free (finding->text);
  g_free (finding);
}

static void
clear (DialAccountCheck *self)
{
  g_ptr_array_unref (self->findings);
}

/**
 * dial_account_check_new:
 * @checked_at: when, an instant
 *
 * Returns: (transfer full): a check that has found nothing yet
 */
DialAccountCheck *
dial_account_check_new (gint64 checked_at)
{
  DialAccountCheck *self = g_atomic_rc_box_new0 (DialAccountCheck);

  self->checked_at = checked_at;
  self->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) finding_free);
  return self;
}

/**
 * dial_account_check_ref:
 * @self: a check
 *
 * Returns: (transfer full): the same, to be kept
 */
DialAccountCheck *
dial_account_check_ref (DialAccountCheck *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * dial_account_check_unref:
 * @self: a check
 *
 * Lets go of it.
 */
void
dial_account_check_unref (DialAccountCheck *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) clear);
}

/**
 * dial_account_check_add:
 * @self: a check that is under way
 * @step: what was looked at
 * @state: how it is
 * @text: what was found, a sentence
 *
 * Writes a finding down.
 */
void
dial_account_check_add (DialAccountCheck *self,
                        DialAccountStep   step,
                        DialStepState     state,
                        const char       *text)
{
  DialAccountFinding *finding = g_new0 (DialAccountFinding, 1);

  finding->step = step;
  finding->state = state;
  finding->text = g_strdup (text);
  g_ptr_array_add (self->findings, finding);
}

/**
 * dial_account_check_find:
 * @self: a check
 * @state: how it is
 *
 * Returns: (transfer none) (nullable): the first finding like that
 */
const DialAccountFinding *
dial_account_check_find (const DialAccountCheck *self,
                         DialStepState           state)
{
  for (guint i = 0; i < self->findings->len; i++) {
    const DialAccountFinding *finding = self->findings->pdata[i];

    if (finding->state == state)
      return finding;
  }

  return NULL;
}

/**
 * dial_account_check_is_ok:
 * @self: a check
 *
 * Returns: whether nothing keeps calls from being placed
 */
gboolean
dial_account_check_is_ok (const DialAccountCheck *self)
{
  return self->findings->len > 0 && dial_account_check_find (self, DIAL_STEP_BAD) == NULL;
}

/**
 * dial_account_check_to_text:
 * @self: a check
 *
 * Returns: (transfer full): what was found, as text to be kept
 */
char *
dial_account_check_to_text (const DialAccountCheck *self)
{
  g_autoptr (GVariant) variant = NULL;
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(uus)"));
  for (guint i = 0; i < self->findings->len; i++) {
    const DialAccountFinding *finding = self->findings->pdata[i];

    g_variant_builder_add (&builder, "(uus)", (guint32) finding->step, (guint32) finding->state,
                           finding->text);
  }

  variant = g_variant_ref_sink (g_variant_new (TEXT_TYPE, self->checked_at, &builder));
  return g_variant_print (variant, FALSE);
}

/**
 * dial_account_check_from_text:
 * @text: (nullable): what dial_account_check_to_text() wrote
 *
 * Returns: (transfer full) (nullable): what was found
 */
DialAccountCheck *
dial_account_check_from_text (const char *text)
{
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GVariantIter) iter = NULL;
  DialAccountCheck *self;
  gint64 checked_at;
  guint32 step, state;
  const char *sentence;

  if (text == NULL || *text == '\0')
    return NULL;

  variant = g_variant_parse (G_VARIANT_TYPE (TEXT_TYPE), text, NULL, NULL, NULL);
  if (variant == NULL)
    return NULL;

  g_variant_get (variant, TEXT_TYPE, &checked_at, &iter);
  self = dial_account_check_new (checked_at);
  while (g_variant_iter_next (iter, "(uu&s)", &step, &state, &sentence))
    if (step <= DIAL_ACCOUNT_STEP_LINK && state <= DIAL_STEP_BAD)
      dial_account_check_add (self, (DialAccountStep) step, (DialStepState) state, sentence);

  return self;
}
