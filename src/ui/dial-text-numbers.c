#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "dial-template.h"
#include "dial-text-numbers.h"
#include "dial-words.h"

struct _DialTextNumbers
{
  GtkWidget        parent_instance;

  AdwComboRow     *to;
  AdwComboRow     *from;
  GtkSwitch       *opted_out;

  DialDesk        *desk;
  DialIntegration *integration;   /* NULL while nothing is written */
  DialCandidate   *candidate;
  GPtrArray       *numbers;       /* of the candidate, which can get a text */
  GPtrArray       *senders;       /* NULL where something is to be set up first */
  GHashTable      *opt_outs;      /* NULL until the store has answered */
  GSignalGroup    *store_signals;
  GCancellable    *cancellable;
  char            *obstacle;      /* what is to be set up first, a sentence; NULL where nothing is */
  gboolean         filling;       /* what is shown changes, not what is chosen */
};

enum {
  CHOSEN,
  CHANGED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialTextNumbers, dial_text_numbers, GTK_TYPE_WIDGET)

/* Who asked for none */

static gboolean
is_opted_out (DialTextNumbers *self)
{
  DialPhoneNumber *number = dial_text_numbers_get_number (self);

  return number != NULL && self->opt_outs != NULL &&
         g_hash_table_contains (self->opt_outs, dial_phone_number_get_e164 (number));
}

static void
show_opted_out (DialTextNumbers *self)
{
  self->filling = TRUE;
  gtk_switch_set_active (self->opted_out, is_opted_out (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->opted_out),
                            self->opt_outs != NULL && dial_text_numbers_get_number (self) != NULL);
  self->filling = FALSE;
}

static void
on_opt_out_set_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (DialTextNumbers) self = user_data;
  g_autoptr (GError) error = NULL;

  if (dial_store_set_opt_out_finish (DIAL_STORE (source), result, &error) || self->integration == NULL)
    return;

  show_opted_out (self);
  g_signal_emit (self, signals[FAILED], 0, error->message);
}

static void
on_opted_out_cb (DialTextNumbers *self)
{
  DialPhoneNumber *number = dial_text_numbers_get_number (self);

  if (self->filling || number == NULL || self->integration == NULL)
    return;

  dial_store_set_opt_out_async (dial_integration_get_store (self->integration), dial_phone_number_get_e164 (number),
                                gtk_switch_get_active (self->opted_out), NULL, on_opt_out_set_cb, g_object_ref (self));
}

static void
on_opt_outs_listed_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (DialTextNumbers) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) opt_outs = dial_store_list_opt_outs_finish (DIAL_STORE (source), result, &error);

  if (self->integration == NULL || dial_integration_get_store (self->integration) != DIAL_STORE (source) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (opt_outs == NULL) {
    g_signal_emit (self, signals[FAILED], 0, error->message);
    return;
  }
  g_clear_pointer (&self->opt_outs, g_hash_table_unref);
  self->opt_outs = g_steal_pointer (&opt_outs);
  show_opted_out (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
list_opt_outs (DialTextNumbers *self)
{
  dial_store_list_opt_outs_async (dial_integration_get_store (self->integration), self->cancellable,
                                  on_opt_outs_listed_cb, g_object_ref (self));
}

/* The numbers */

static void
fill_numbers (DialTextNumbers *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_clear_pointer (&self->numbers, g_ptr_array_unref);
  self->numbers = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->candidate->phones->len; i++) {
    DialPhoneNumber *number = self->candidate->phones->pdata[i];
    g_autofree char *kind = dial_words_phone_kind (dial_phone_number_get_kind (number));
    g_autofree char *words = dial_words_number (number);
    g_autofree char *name = dial_words_join (2, words, kind);

    if (!dial_phone_number_can_call (number) || dial_phone_number_get_e164 (number) == NULL)
      continue;

    g_ptr_array_add (self->numbers, g_object_ref (number));
    gtk_string_list_append (names, name);
  }
  adw_combo_row_set_model (self->to, G_LIST_MODEL (names));
}

static void
fill_senders (DialTextNumbers *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->senders, g_ptr_array_unref);
  self->senders = dial_desk_list_text_senders (self->desk, self->integration, &error);
  for (guint i = 0; self->senders != NULL && i < self->senders->len; i++) {
    DialTextSender *sender = self->senders->pdata[i];
    g_autoptr (DialPhoneNumber) number = dial_phone_number_new (sender->e164, NULL, NULL);
    g_autofree char *words = dial_words_number (number);
    g_autofree char *name = dial_words_join (3, sender->name, words, sender->failed ? _("could not send") : NULL);

    gtk_string_list_append (names, name);
  }
  adw_combo_row_set_model (self->from, G_LIST_MODEL (names));
  gtk_widget_set_sensitive (GTK_WIDGET (self->from), self->senders != NULL);
  if (self->numbers->len == 0)
    dial_set_str (&self->obstacle, _("There is no number that can get a text message. Add one in Greenhouse, with + and "
                                     "the country code."));
  else
    dial_set_str (&self->obstacle, error != NULL ? error->message : NULL);
}

static void
on_senders_learned_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (DialTextNumbers) self = user_data;

  /* What they are called is worth no error. */
  if (dial_desk_learn_text_senders_finish (DIAL_DESK (source), result, NULL))
    dial_text_numbers_look_again (self);
}

static void
on_number_chosen_cb (DialTextNumbers *self)
{
  if (self->filling)
    return;

  show_opted_out (self);
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
dial_text_numbers_dispose (GObject *object)
{
  DialTextNumbers *self = DIAL_TEXT_NUMBERS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->store_signals);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_TEXT_NUMBERS);
  g_clear_pointer (&self->numbers, g_ptr_array_unref);
  g_clear_pointer (&self->senders, g_ptr_array_unref);
  g_clear_pointer (&self->opt_outs, g_hash_table_unref);
  g_clear_object (&self->candidate);
  g_clear_object (&self->integration);
  g_clear_object (&self->desk);

  G_OBJECT_CLASS (dial_text_numbers_parent_class)->dispose (object);
}

static void
dial_text_numbers_finalize (GObject *object)
{
  DialTextNumbers *self = DIAL_TEXT_NUMBERS (object);

  g_clear_object (&self->cancellable);
  g_free (self->obstacle);

  G_OBJECT_CLASS (dial_text_numbers_parent_class)->finalize (object);
}

static void
dial_text_numbers_class_init (DialTextNumbersClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_text_numbers_dispose;
  object_class->finalize = dial_text_numbers_finalize;

  signals[CHOSEN] =
    g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] =
    g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                  G_TYPE_STRING);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-text-numbers.ui");
  gtk_widget_class_bind_template_child (widget_class, DialTextNumbers, to);
  gtk_widget_class_bind_template_child (widget_class, DialTextNumbers, from);
  gtk_widget_class_bind_template_child (widget_class, DialTextNumbers, opted_out);
  gtk_widget_class_bind_template_callback (widget_class, on_number_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_opted_out_cb);
}

static void
dial_text_numbers_init (DialTextNumbers *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  self->store_signals = g_signal_group_new (DIAL_TYPE_STORE);
  g_signal_group_connect_swapped (self->store_signals, "opt-outs-changed", G_CALLBACK (list_opt_outs), self);
}

/**
 * dial_text_numbers_begin:
 * @self: numbers
 * @desk: whose phone system sends the text
 * @integration: whose candidate
 * @candidate: to whom
 *
 * Offers the candidate's numbers and those a text may come from. The first is chosen.
 */
void
dial_text_numbers_begin (DialTextNumbers *self,
                         DialDesk        *desk,
                         DialIntegration *integration,
                         DialCandidate   *candidate)
{
  g_return_if_fail (DIAL_IS_TEXT_NUMBERS (self));

  g_set_object (&self->desk, desk);
  g_set_object (&self->integration, integration);
  g_set_object (&self->candidate, candidate);

  self->filling = TRUE;
  fill_numbers (self);
  fill_senders (self);
  self->filling = FALSE;
  show_opted_out (self);

  g_signal_group_set_target (self->store_signals, dial_integration_get_store (integration));
  list_opt_outs (self);
  dial_desk_learn_text_senders_async (desk, integration, self->cancellable, on_senders_learned_cb, g_object_ref (self));
}

/**
 * dial_text_numbers_end:
 * @self: numbers
 *
 * There is no text any more.
 */
void
dial_text_numbers_end (DialTextNumbers *self)
{
  g_return_if_fail (DIAL_IS_TEXT_NUMBERS (self));

  g_signal_group_set_target (self->store_signals, NULL);
  g_clear_object (&self->integration);
  g_clear_object (&self->candidate);
  g_clear_pointer (&self->opt_outs, g_hash_table_unref);
  g_clear_pointer (&self->obstacle, g_free);
}

/**
 * dial_text_numbers_look_again:
 * @self: numbers
 *
 * Looks which numbers a text may come from by now.
 */
void
dial_text_numbers_look_again (DialTextNumbers *self)
{
  DialTextSender *sender;
  g_autofree char *chosen = NULL;

  g_return_if_fail (DIAL_IS_TEXT_NUMBERS (self));

  if (self->integration == NULL)
    return;

  sender = dial_text_numbers_get_sender (self);
  chosen = sender != NULL ? g_strdup (sender->e164) : NULL;
  self->filling = TRUE;
  fill_senders (self);
  self->filling = FALSE;
  dial_text_numbers_choose_sender (self, chosen);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * dial_text_numbers_choose_number:
 * @self: numbers
 * @e164: (nullable): the number the text goes to, if it is among the candidate's
 */
void
dial_text_numbers_choose_number (DialTextNumbers *self,
                                 const char      *e164)
{
  g_return_if_fail (DIAL_IS_TEXT_NUMBERS (self));

  self->filling = TRUE;
  for (guint i = 0; i < self->numbers->len; i++)
    if (g_strcmp0 (dial_phone_number_get_e164 (self->numbers->pdata[i]), e164) == 0)
      adw_combo_row_set_selected (self->to, i);
  self->filling = FALSE;
  show_opted_out (self);
}

/**
 * dial_text_numbers_choose_sender:
 * @self: numbers
 * @e164: (nullable): the number the text comes from; without it, or where it is none, the first that can
 */
void
dial_text_numbers_choose_sender (DialTextNumbers *self,
                                 const char      *e164)
{
  guint first = GTK_INVALID_LIST_POSITION;
  guint wanted = GTK_INVALID_LIST_POSITION;

  g_return_if_fail (DIAL_IS_TEXT_NUMBERS (self));

  if (self->senders == NULL)
    return;

  for (guint i = 0; i < self->senders->len; i++) {
    DialTextSender *sender = self->senders->pdata[i];

    if (wanted == GTK_INVALID_LIST_POSITION && g_strcmp0 (sender->e164, e164) == 0)
      wanted = i;
    if (first == GTK_INVALID_LIST_POSITION && !sender->failed)
      first = i;
  }
  if (wanted == GTK_INVALID_LIST_POSITION)
    wanted = first != GTK_INVALID_LIST_POSITION ? first : 0;

  self->filling = TRUE;
  adw_combo_row_set_selected (self->from, wanted);
  self->filling = FALSE;
}

/**
 * dial_text_numbers_get_number:
 * @self: numbers
 *
 * Returns: (transfer none) (nullable): where the text goes to
 */
DialPhoneNumber *
dial_text_numbers_get_number (DialTextNumbers *self)
{
  guint chosen;

  g_return_val_if_fail (DIAL_IS_TEXT_NUMBERS (self), NULL);

  chosen = adw_combo_row_get_selected (self->to);
  return self->numbers != NULL && chosen < self->numbers->len ? self->numbers->pdata[chosen] : NULL;
}

/**
 * dial_text_numbers_get_sender:
 * @self: numbers
 *
 * Returns: (transfer none) (nullable): where the text comes from; holds until they are looked for again
 */
DialTextSender *
dial_text_numbers_get_sender (DialTextNumbers *self)
{
  guint chosen;

  g_return_val_if_fail (DIAL_IS_TEXT_NUMBERS (self), NULL);

  chosen = adw_combo_row_get_selected (self->from);
  return self->senders != NULL && chosen < self->senders->len ? self->senders->pdata[chosen] : NULL;
}

/**
 * dial_text_numbers_has_senders:
 * @self: numbers
 *
 * Returns: whether there is a number a text may come from
 */
gboolean
dial_text_numbers_has_senders (DialTextNumbers *self)
{
  g_return_val_if_fail (DIAL_IS_TEXT_NUMBERS (self), FALSE);

  return self->senders != NULL;
}

/**
 * dial_text_numbers_may_send:
 * @self: numbers
 *
 * Returns: whether a text may go from the one number to the other
 */
gboolean
dial_text_numbers_may_send (DialTextNumbers *self)
{
  g_return_val_if_fail (DIAL_IS_TEXT_NUMBERS (self), FALSE);

  return self->opt_outs != NULL && !is_opted_out (self) && dial_text_numbers_get_number (self) != NULL &&
         dial_text_numbers_get_sender (self) != NULL;
}

/**
 * dial_text_numbers_get_obstacle:
 * @self: numbers
 *
 * Returns: (nullable): what is to be set up before a text can be sent, a sentence
 */
const char *
dial_text_numbers_get_obstacle (DialTextNumbers *self)
{
  g_return_val_if_fail (DIAL_IS_TEXT_NUMBERS (self), NULL);

  return self->obstacle;
}
