#include "config.h"

#include <glib/gi18n.h>

#include "dial-by-itself-row.h"
#include "dial-problem-row.h"
#include "dial-say-name.h"

#define KEY "log-by-itself"

/* Whether calls of which the phone system tells are logged without the recruiter. */
struct _DialByItselfRow
{
  AdwActionRow     parent_instance;

  GtkSwitch       *toggle;

  DialIntegration *integration;
  guint            showing : 1;      /* it is us who move the switch */
};

G_DEFINE_FINAL_TYPE (DialByItselfRow, dial_by_itself_row, ADW_TYPE_ACTION_ROW)

static void
show (DialByItselfRow *self)
{
  g_autofree char *value = dial_integration_dup_setting (self->integration, KEY);
  gboolean active = g_str_equal (value, "yes");

  self->showing = TRUE;
  gtk_switch_set_active (self->toggle, active);
  gtk_switch_set_state (self->toggle, active);
  self->showing = FALSE;
}

/* Whoever else logs the same calls is told of where it is decided. */
static void
show_doubles (DialByItselfRow *self)
{
  dial_problem_row_tell (GTK_LIST_BOX_ROW (self), dial_integration_get_doubles_problem (self->integration));
}

static void
on_set_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DialByItselfRow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = dial_integration_set_finish (DIAL_INTEGRATION (source), result, &error);

  if (self->integration == NULL)
    return;

  show (self);
  if (done)
    show_doubles (self);
  else
    dial_problem_row_tell (GTK_LIST_BOX_ROW (self), error->message);
}

static gboolean
on_state_set_cb (DialByItselfRow *self,
                 gboolean         active)
{
  if (self->showing || self->integration == NULL)
    return FALSE;

  dial_integration_set_async (self->integration, KEY, active ? "yes" : "no", NULL, on_set_cb, g_object_ref (self));
  return TRUE;
}

static void
dial_by_itself_row_dispose (GObject *object)
{
  g_clear_object (&DIAL_BY_ITSELF_ROW (object)->integration);

  G_OBJECT_CLASS (dial_by_itself_row_parent_class)->dispose (object);
}

static void
dial_by_itself_row_class_init (DialByItselfRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dial_by_itself_row_dispose;
}

static void
dial_by_itself_row_init (DialByItselfRow *self)
{
  const char *title = _("Log calls by themselves");

  self->toggle = g_object_new (GTK_TYPE_SWITCH, "valign", GTK_ALIGN_CENTER, NULL);
  dial_say_name (self->toggle, title);
  g_signal_connect_object (self->toggle, "state-set", G_CALLBACK (on_state_set_cb), self, G_CONNECT_SWAPPED);
  g_object_set (self,
                "title", title,
                "title-lines", 0,
                "subtitle", _("Calls that the phone system tells of, made here or elsewhere, get their note ten minutes "
                              "after they ended. Otherwise they wait among the calls to log."),
                "subtitle-lines", 0,
                "activatable-widget", self->toggle,
                NULL);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->toggle));
}

/**
 * dial_by_itself_row_set_integration:
 * @self: a row
 * @integration: whose calls it is about; set once
 */
void
dial_by_itself_row_set_integration (DialByItselfRow *self,
                                    DialIntegration *integration)
{
  g_return_if_fail (DIAL_IS_BY_ITSELF_ROW (self));
  g_return_if_fail (DIAL_IS_INTEGRATION (integration));

  if (!g_set_object (&self->integration, integration))
    return;

  g_signal_connect_object (integration, "notify::doubles-problem", G_CALLBACK (show_doubles), self, G_CONNECT_SWAPPED);
  show (self);
  show_doubles (self);
}
