#include "config.h"

#include <glib/gi18n.h>

#include "dial-account-check-view.h"
#include "dial-mark.h"
#include "dial-problem-row.h"
#include "dial-say-name.h"
#include "dial-template.h"
#include "dial-words.h"

/* How long ago the check was, in words, is wrong after so long. */
#define REFRESH_SECONDS 30

struct _DialAccountCheckView
{
  GtkWidget             parent_instance;

  AdwPreferencesGroup  *group;
  GtkSpinner           *spinner;
  GtkListBox           *findings;

  DialDesk             *desk;
  DialCloudtalkAccount *account;
  GCancellable         *cancellable;
  char                 *failure;        /* why the last check could not be made */
  guint                 refresh_source;
};

G_DEFINE_FINAL_TYPE (DialAccountCheckView, dial_account_check_view, GTK_TYPE_WIDGET)

static const char *
get_title (DialAccountStep step)
{
  switch (step) {
  case DIAL_ACCOUNT_STEP_KEYS:
    return _("Keys");
  case DIAL_ACCOUNT_STEP_AGENT:
    return _("Who you are");
  case DIAL_ACCOUNT_STEP_CALLING:
    return _("Calling out");
  case DIAL_ACCOUNT_STEP_LIMIT:
    return _("Daily limit");
  case DIAL_ACCOUNT_STEP_STATE:
    return _("CloudTalk Phone");
  case DIAL_ACCOUNT_STEP_NUMBERS:
    return _("Numbers");
  case DIAL_ACCOUNT_STEP_HISTORY:
    return _("Call history");
  case DIAL_ACCOUNT_STEP_TAG:
    return _("Contact tag");
  case DIAL_ACCOUNT_STEP_LINK:
  default:
    return _("Call links");
  }
}

static void
show_state (DialMark      *mark,
            DialStepState  state)
{
  switch (state) {
  case DIAL_STEP_GOOD:
    dial_mark_show (mark, DIAL_MARK_GOOD, C_("a step of a check", "Good"));
    break;
  case DIAL_STEP_ADVICE:
    dial_mark_show (mark, DIAL_MARK_WARNING, C_("a step of a check", "Note"));
    break;
  case DIAL_STEP_BAD:
    dial_mark_show (mark, DIAL_MARK_BAD, C_("a step of a check", "Missing"));
    break;
  case DIAL_STEP_UNKNOWN:
  default:
    dial_mark_show (mark, DIAL_MARK_UNKNOWN, C_("a step of a check", "Not known"));
    break;
  }
}

static GtkWidget *
create_row (const DialAccountFinding *finding)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW,
                                 "use-markup", FALSE,
                                 "title", get_title (finding->step),
                                 "title-lines", 0,
                                 "subtitle", finding->text,
                                 "subtitle-lines", 0,
                                 "activatable", FALSE,
                                 NULL);
  GtkWidget *mark = dial_mark_new ();
  g_autofree char *label = NULL;

  show_state (DIAL_MARK (mark), finding->state);
  gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), mark);
  /* The label says it all; the title would be read after it once more. */
  label = g_strdup_printf ("%s: %s", get_title (finding->step), dial_mark_get_word (DIAL_MARK (mark)));
  dial_say_name (row, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, finding->text, -1);
  return row;
}

/* It may be a minute. */
static char *
describe_wait (DialAccountCheckView *self)
{
  gint64 until = dial_cloudtalk_account_get_waits_until (self->account);
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *clock = NULL;

  if (until == DIAL_INSTANT_UNKNOWN)
    return g_strdup (_("Asking CloudTalk…"));

  time = g_date_time_new_from_unix_local (until / G_USEC_PER_SEC + 1);
  clock = g_date_time_format (time, "%H:%M:%S");
  /* Translators: %s is a time of day */
  return g_strdup_printf (_("The company's requests are used up for this minute; it goes on at %s"), clock);
}

static char *
describe_check (DialAccountCheckView *self)
{
  DialAccountCheck *check = dial_cloudtalk_account_get_check (self->account);
  g_autofree char *ago = NULL;

  if (dial_cloudtalk_account_is_checking (self->account))
    return describe_wait (self);
  if (self->failure != NULL)
    return g_strdup (_("The check could not be made"));
  if (check == NULL)
    return g_strdup (_("Not checked yet"));

  ago = dial_words_ago (check->checked_at);
  /* Translators: %s is a time in words, such as “just now” */
  return g_strdup_printf (_("Checked %s; nothing was written"), ago);
}

static void
show_progress (DialAccountCheckView *self)
{
  gboolean checking = dial_cloudtalk_account_is_checking (self->account);
  g_autofree char *description = describe_check (self);
  g_autofree char *markup = g_markup_escape_text (description, -1);

  adw_preferences_group_set_description (self->group, markup);
  gtk_spinner_set_spinning (self->spinner, checking);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), checking);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account-check.again", !checking);
}

static void
show_check (DialAccountCheckView *self)
{
  DialAccountCheck *check = dial_cloudtalk_account_get_check (self->account);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->findings))) != NULL)
    gtk_list_box_remove (self->findings, row);

  if (self->failure != NULL)
    gtk_list_box_append (self->findings, dial_problem_row_new (self->failure));
  else
    for (guint i = 0; check != NULL && i < check->findings->len; i++)
      gtk_list_box_append (self->findings, create_row (check->findings->pdata[i]));

  gtk_widget_set_visible (GTK_WIDGET (self->findings), self->failure != NULL || check != NULL);
  show_progress (self);
}

static void
on_checked_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DialAccountCheckView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DialAccountCheck) check = NULL;

  check = dial_cloudtalk_account_check_finish (DIAL_CLOUDTALK_ACCOUNT (source), result, &error);
  if (self->cancellable == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->failure, g_free);
  if (check == NULL)
    self->failure = g_strdup (error->message);
  show_check (self);
}

static void
check_again (DialAccountCheckView *self)
{
  g_auto (GStrv) tags = NULL;

  if (self->cancellable != NULL || self->account == NULL)
    return;

  tags = dial_desk_dup_contact_tags (self->desk, self->account);
  self->cancellable = g_cancellable_new ();
  dial_cloudtalk_account_check_async (self->account, (const char * const *) tags, self->cancellable,
                                      on_checked_cb, g_object_ref (self));
}

/* What nobody knows is found out as soon as somebody looks. */
static void
look (DialAccountCheckView *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && dial_cloudtalk_account_get_check (self->account) == NULL)
    check_again (self);
}

static void
on_check_notified_cb (DialAccountCheckView *self)
{
  g_clear_pointer (&self->failure, g_free);
  show_check (self);
  look (self);
}

static void
again_action (GtkWidget  *widget,
              const char *name,
              GVariant   *nothing)
{
  check_again (DIAL_ACCOUNT_CHECK_VIEW (widget));
}

static gboolean
on_refresh_cb (gpointer user_data)
{
  show_progress (user_data);
  return G_SOURCE_CONTINUE;
}

static void
dial_account_check_view_map (GtkWidget *widget)
{
  DialAccountCheckView *self = DIAL_ACCOUNT_CHECK_VIEW (widget);

  GTK_WIDGET_CLASS (dial_account_check_view_parent_class)->map (widget);

  if (self->account == NULL)
    return;

  show_progress (self);
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  self->refresh_source = g_timeout_add_seconds (REFRESH_SECONDS, on_refresh_cb, self);
  look (self);
}

static void
dial_account_check_view_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&DIAL_ACCOUNT_CHECK_VIEW (widget)->refresh_source, g_source_remove);

  GTK_WIDGET_CLASS (dial_account_check_view_parent_class)->unmap (widget);
}

static void
dial_account_check_view_dispose (GObject *object)
{
  DialAccountCheckView *self = DIAL_ACCOUNT_CHECK_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_object (&self->account);
  g_clear_object (&self->desk);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_ACCOUNT_CHECK_VIEW);

  G_OBJECT_CLASS (dial_account_check_view_parent_class)->dispose (object);
}

static void
dial_account_check_view_finalize (GObject *object)
{
  g_free (DIAL_ACCOUNT_CHECK_VIEW (object)->failure);

  G_OBJECT_CLASS (dial_account_check_view_parent_class)->finalize (object);
}

static void
dial_account_check_view_class_init (DialAccountCheckViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_account_check_view_dispose;
  object_class->finalize = dial_account_check_view_finalize;
  widget_class->map = dial_account_check_view_map;
  widget_class->unmap = dial_account_check_view_unmap;

  gtk_widget_class_install_action (widget_class, "account-check.again", NULL, again_action);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-account-check-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DialAccountCheckView, group);
  gtk_widget_class_bind_template_child (widget_class, DialAccountCheckView, spinner);
  gtk_widget_class_bind_template_child (widget_class, DialAccountCheckView, findings);
}

static void
dial_account_check_view_init (DialAccountCheckView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_account_check_view_set_account:
 * @self: a check view
 * @desk: the desk it is at
 * @account: an account
 *
 * Shows whether calls can be placed by an account.
 */
void
dial_account_check_view_set_account (DialAccountCheckView *self,
                                     DialDesk             *desk,
                                     DialCloudtalkAccount *account)
{
  g_return_if_fail (DIAL_IS_ACCOUNT_CHECK_VIEW (self));
  g_return_if_fail (self->account == NULL);

  self->desk = g_object_ref (desk);
  self->account = g_object_ref (account);
  g_signal_connect_object (account, "notify::check", G_CALLBACK (on_check_notified_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify::checking", G_CALLBACK (show_progress), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (account, "notify::allowance", G_CALLBACK (show_progress), self, G_CONNECT_SWAPPED);
  show_check (self);
}
