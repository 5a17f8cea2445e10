#include "config.h"

#include <glib/gi18n.h>

#include "dial-numbers-page.h"
#include "dial-problem-row.h"
#include "dial-say-name.h"
#include "dial-words.h"

struct _DialNumbersPage
{
  GtkBox           parent_instance;

  AdwWindowTitle  *title;
  GtkListBox      *list;
  AdwPreferencesGroup *offers_group;
  GtkListBox      *offers;
  AdwEntryRow     *add;

  DialIntegration *integration;
  DialCloudtalkAccount *account;  /* whose numbers are offered, if any */
  char            *key;
  GStrv            numbers;       /* as they are kept */
  GCancellable    *cancellable;
  GCancellable    *asking;        /* for the account's numbers */
  guint            showing : 1;   /* it is us who tick */
};

G_DEFINE_FINAL_TYPE (DialNumbersPage, dial_numbers_page, GTK_TYPE_BOX)

static void
add_button (GtkWidget  *row,
            const char *icon_name,
            const char *tooltip,
            const char *label,
            const char *action_name,
            guint       index,
            gboolean    sensitive)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  if (sensitive) {
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", index);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  }
  gtk_widget_set_sensitive (button, sensitive);
  dial_say_name (button, label);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/* What the company calls it. */
static const char *
get_name (DialNumbersPage *self,
          const char      *e164)
{
  const DialCloudtalkNumber *number =
    self->account != NULL ? dial_cloudtalk_account_find_number (self->account, e164) : NULL;

  return number != NULL && number->name != NULL ? number->name : "";
}

static GtkWidget *
create_row (DialNumbersPage *self,
            guint            index)
{
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new (self->numbers[index], NULL, NULL);
  g_autofree char *words = dial_words_number (number);
  /* Translators: for screen readers; %s is a phone number */
  g_autofree char *earlier = g_strdup_printf (_("Move %s up"), words);
  g_autofree char *later = g_strdup_printf (_("Move %s down"), words);
  g_autofree char *away = g_strdup_printf (_("Remove %s"), words);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW,
                                 "use-markup", FALSE,
                                 "title", words,
                                 "title-lines", 0,
                                 "subtitle", get_name (self, self->numbers[index]),
                                 "subtitle-lines", 0,
                                 NULL);

  add_button (row, "go-up-symbolic", _("Move up"), earlier, "numbers.up", index, index > 0);
  add_button (row, "go-down-symbolic", _("Move down"), later, "numbers.down", index,
              self->numbers[index + 1] != NULL);
  add_button (row, "user-trash-symbolic", _("Remove"), away, "numbers.remove", index, TRUE);

  return row;
}

static void
show_numbers (DialNumbersPage *self)
{
  g_autofree char *value = dial_integration_dup_setting (self->integration, self->key);
  GtkWidget *row;

  g_clear_pointer (&self->numbers, g_strfreev);
  self->numbers = value != NULL && value[0] != '\0' ? g_strsplit (value, ", ", -1) : g_new0 (char *, 1);

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; self->numbers[i] != NULL; i++)
    gtk_list_box_append (self->list, create_row (self, i));
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->numbers[0] != NULL);
}

/* The account's numbers */

static void
show_ticks (DialNumbersPage *self)
{
  self->showing = TRUE;
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->offers)); row != NULL;
       row = gtk_widget_get_next_sibling (row)) {
    GtkWidget *tick = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row));

    gtk_check_button_set_active (GTK_CHECK_BUTTON (tick),
                                 g_strv_contains ((const char * const *) self->numbers, gtk_widget_get_name (tick)));
  }
  self->showing = FALSE;
}

static gboolean
has_focus (GtkListBox *list)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (list));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (list));
}

static void keep (DialNumbersPage *self,
                  const char      *value);

static void
on_ticked_cb (DialNumbersPage *self,
              GtkCheckButton  *tick)
{
  const char *number = gtk_widget_get_name (GTK_WIDGET (tick));
  g_autoptr (GStrvBuilder) builder = NULL;
  g_auto (GStrv) numbers = NULL;
  g_autofree char *value = NULL;

  if (self->showing)
    return;
  if (self->cancellable != NULL) {
    show_ticks (self);
    return;
  }

  builder = g_strv_builder_new ();
  for (guint i = 0; self->numbers[i] != NULL; i++)
    if (!g_str_equal (self->numbers[i], number))
      g_strv_builder_add (builder, self->numbers[i]);
  if (gtk_check_button_get_active (tick))
    g_strv_builder_add (builder, number);
  numbers = g_strv_builder_end (builder);
  value = g_strjoinv (", ", numbers);
  keep (self, value);
}

/* CloudTalk lets an agent call by the numbers of that agent alone, and text by any of the company's. */
static gboolean
is_offered (DialNumbersPage           *self,
            const DialCloudtalkNumber *number)
{
  const DialCloudtalkAgent *agent = dial_cloudtalk_account_get_agent (self->account);

  if (!g_str_equal (self->key, "call-numbers") || agent == NULL || agent->numbers[0] == NULL)
    return TRUE;

  return g_strv_contains ((const char * const *) agent->numbers, number->e164);
}

static GtkWidget *
create_offer (DialNumbersPage           *self,
              const DialCloudtalkNumber *number)
{
  g_autoptr (DialPhoneNumber) phone_number = dial_phone_number_new (number->e164, NULL, NULL);
  g_autofree char *words = dial_words_number (phone_number);
  gboolean silent = g_str_equal (self->key, "sms-numbers") &&
                    !dial_cloudtalk_account_can_text (self->account, number->e164);
  g_autofree char *subtitle = dial_words_join (2, number->name, silent ? _("could not send a text") : NULL);
  GtkWidget *tick = gtk_check_button_new ();
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW,
                                 "use-markup", FALSE,
                                 "title", words,
                                 "title-lines", 0,
                                 "subtitle", subtitle != NULL ? subtitle : "",
                                 "subtitle-lines", 0,
                                 "activatable-widget", tick,
                                 NULL);

  gtk_widget_set_name (tick, number->e164);
  gtk_widget_set_valign (tick, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tick),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, subtitle != NULL ? subtitle : "", -1);
  g_signal_connect_object (tick, "toggled", G_CALLBACK (on_ticked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), tick);
  return row;
}

static void
show_offers (DialNumbersPage *self)
{
  GPtrArray *numbers = self->account != NULL ? dial_cloudtalk_account_get_numbers (self->account) : NULL;
  GtkWidget *row;

  self->showing = TRUE;
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->offers))) != NULL)
    gtk_list_box_remove (self->offers, row);
  for (guint i = 0; numbers != NULL && i < numbers->len; i++)
    if (is_offered (self, numbers->pdata[i]))
      gtk_list_box_append (self->offers, create_offer (self, numbers->pdata[i]));
  self->showing = FALSE;

  show_ticks (self);
  gtk_widget_set_visible (GTK_WIDGET (self->offers_group),
                          gtk_widget_get_first_child (GTK_WIDGET (self->offers)) != NULL);
}

static void
on_account_notified_cb (DialNumbersPage *self)
{
  show_numbers (self);
  show_offers (self);
}

static void
on_asked_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DialNumbersPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (dial_cloudtalk_account_refresh_numbers_finish (DIAL_CLOUDTALK_ACCOUNT (source), result, &error) ||
      self->asking == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  dial_problem_row_tell (GTK_LIST_BOX_ROW (self->add), error->message);
}

static void
ask_account (DialNumbersPage *self)
{
  if (self->account == NULL)
    return;

  g_signal_connect_object (self->account, "notify::numbers", G_CALLBACK (on_account_notified_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->account, "notify::agent", G_CALLBACK (on_account_notified_cb), self,
                           G_CONNECT_SWAPPED);
  self->asking = g_cancellable_new ();
  if (dial_cloudtalk_account_get_agents (self->account) == NULL)
    dial_cloudtalk_account_refresh_agent_async (self->account, DIAL_CLOUDTALK_URGENCY_NOW, self->asking, NULL, NULL);
  dial_cloudtalk_account_refresh_numbers_async (self->account, DIAL_CLOUDTALK_URGENCY_NOW, self->asking, on_asked_cb,
                                                g_object_ref (self));
}

/* Keeping */

static void
on_set_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DialNumbersPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean set = dial_integration_set_finish (DIAL_INTEGRATION (source), result, &error);

  if (self->cancellable == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (!set) {
    dial_problem_row_tell (GTK_LIST_BOX_ROW (self->add), error->message);
    show_ticks (self);
    return;
  }

  /* What stands in the entry was taken, unless it was a tick that changed. */
  if (!has_focus (self->offers)) {
    gtk_editable_set_text (GTK_EDITABLE (self->add), "");
    /* The focus must not stand in a row that goes. */
    gtk_widget_grab_focus (GTK_WIDGET (self->add));
  }
  show_numbers (self);
  show_ticks (self);
}

static void
keep (DialNumbersPage *self,
      const char      *value)
{
  if (self->cancellable != NULL)
    return;

  dial_problem_row_tell (GTK_LIST_BOX_ROW (self->add), NULL);
  self->cancellable = g_cancellable_new ();
  dial_integration_set_async (self->integration, self->key, value, self->cancellable,
                              on_set_cb, g_object_ref (self));
}

static void
on_apply_cb (DialNumbersPage *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->add));
  g_autofree char *kept = g_strjoinv (", ", self->numbers);
  g_autofree char *value = NULL;

  if (typed[0] == '\0')
    return;

  value = kept[0] != '\0' ? g_strconcat (kept, ", ", typed, NULL) : g_strdup (typed);
  keep (self, value);
}

static void
on_changed_cb (DialNumbersPage *self)
{
  dial_problem_row_tell (GTK_LIST_BOX_ROW (self->add), NULL);
}

static void
move_number (DialNumbersPage *self,
             guint            from,
             guint            to)
{
  guint n_numbers = g_strv_length (self->numbers);
  g_auto (GStrv) numbers = g_strdupv (self->numbers);
  g_autofree char *value = NULL;
  char *number;

  if (from >= n_numbers || to >= n_numbers)
    return;

  number = numbers[from];
  numbers[from] = numbers[to];
  numbers[to] = number;
  value = g_strjoinv (", ", numbers);
  keep (self, value);
}

static void
up_action (GtkWidget  *widget,
           const char *name,
           GVariant   *index)
{
  guint from = g_variant_get_uint32 (index);

  if (from > 0)
    move_number (DIAL_NUMBERS_PAGE (widget), from, from - 1);
}

static void
down_action (GtkWidget  *widget,
             const char *name,
             GVariant   *index)
{
  guint from = g_variant_get_uint32 (index);

  move_number (DIAL_NUMBERS_PAGE (widget), from, from + 1);
}

static void
remove_action (GtkWidget  *widget,
               const char *name,
               GVariant   *index)
{
  DialNumbersPage *self = DIAL_NUMBERS_PAGE (widget);
  GString *value = g_string_new (NULL);

  for (guint i = 0; self->numbers[i] != NULL; i++)
    if (i != g_variant_get_uint32 (index))
      g_string_append_printf (value, "%s%s", value->len > 0 ? ", " : "", self->numbers[i]);

  keep (self, value->str);
  g_string_free (value, TRUE);
}

static gboolean
dial_numbers_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (DIAL_NUMBERS_PAGE (widget)->add));
}

static void
dial_numbers_page_dispose (GObject *object)
{
  DialNumbersPage *self = DIAL_NUMBERS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->asking);
  g_clear_object (&self->account);
  g_clear_object (&self->integration);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_NUMBERS_PAGE);

  G_OBJECT_CLASS (dial_numbers_page_parent_class)->dispose (object);
}

static void
dial_numbers_page_finalize (GObject *object)
{
  DialNumbersPage *self = DIAL_NUMBERS_PAGE (object);

  g_free (self->key);
  g_strfreev (self->numbers);

  G_OBJECT_CLASS (dial_numbers_page_parent_class)->finalize (object);
}

static void
dial_numbers_page_class_init (DialNumbersPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_numbers_page_dispose;
  object_class->finalize = dial_numbers_page_finalize;
  widget_class->grab_focus = dial_numbers_page_grab_focus;

  gtk_widget_class_install_action (widget_class, "numbers.up", "u", up_action);
  gtk_widget_class_install_action (widget_class, "numbers.down", "u", down_action);
  gtk_widget_class_install_action (widget_class, "numbers.remove", "u", remove_action);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-numbers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DialNumbersPage, title);
  gtk_widget_class_bind_template_child (widget_class, DialNumbersPage, list);
  gtk_widget_class_bind_template_child (widget_class, DialNumbersPage, offers_group);
  gtk_widget_class_bind_template_child (widget_class, DialNumbersPage, offers);
  gtk_widget_class_bind_template_child (widget_class, DialNumbersPage, add);
  gtk_widget_class_bind_template_callback (widget_class, on_apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
}

static void
dial_numbers_page_init (DialNumbersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_numbers_page_new:
 * @desk: the desk it is at
 * @integration: whose numbers
 * @key: the setting that holds them
 * @title: what they are for
 *
 * Returns: (transfer floating): a page
 */
GtkWidget *
dial_numbers_page_new (DialDesk        *desk,
                       DialIntegration *integration,
                       const char      *key,
                       const char      *title)
{
  DialNumbersPage *self;
  DialCloudtalkAccount *account;

  g_return_val_if_fail (DIAL_IS_DESK (desk), NULL);
  g_return_val_if_fail (DIAL_IS_INTEGRATION (integration), NULL);

  self = g_object_new (DIAL_TYPE_NUMBERS_PAGE, NULL);
  account = dial_desk_get_account_of (desk, integration, NULL);
  self->account = account != NULL ? g_object_ref (account) : NULL;
  self->integration = g_object_ref (integration);
  self->key = g_strdup (key);
  adw_window_title_set_title (self->title, title);
  dial_say_name (self->list, title);
  show_numbers (self);
  show_offers (self);
  ask_account (self);

  return GTK_WIDGET (self);
}
