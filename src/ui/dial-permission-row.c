#include "config.h"

#include <glib/gi18n.h>

#include "dial-mark.h"
#include "dial-say-name.h"
#include "dial-permission-row.h"

struct _DialPermissionRow
{
  AdwPreferencesRow  parent_instance;

  GtkLabel          *name;
  GtkLabel          *purpose;
  DialMark          *mark;
  GtkToggleButton   *how;
  GtkRevealer       *revealer;
  GtkLabel          *advice;
};

G_DEFINE_FINAL_TYPE (DialPermissionRow, dial_permission_row, ADW_TYPE_PREFERENCES_ROW)

/* By Greenhouse's own names, which differ between v3 and v1. */
static const char *
get_purpose (const char *name)
{
  static const struct {
    const char *name;
    const char *purpose;
  } known[] = {
    { "List candidates", N_("Shows and searches candidates") },
    { "List notes", N_("Sees whether a note has arrived") },
    { "Create notes", N_("Writes calls and notes to the activity feed") },
    { "List users", N_("Signs notes with your name") },
    { "List applications", N_("Shows which jobs candidates apply for") },
    { "List jobs", N_("Shows the names of jobs") },
    { "GET: List Candidates", N_("Shows and searches candidates") },
    { "GET: Retrieve Candidate", N_("Brings one candidate up to date, and sees whether a note has arrived") },
    { "POST: Add Note", N_("Writes calls and notes to the activity feed") },
    { "GET: List Users", N_("Signs notes with your name") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (known[i].name, name) == 0)
      return _(known[i].purpose);

  return NULL;
}

static void
show_grant (DialPermissionRow    *self,
            const DialPermission *permission)
{
  switch (permission->granted) {
  case DIAL_GRANT_GRANTED:
    dial_mark_show (self->mark, DIAL_MARK_GOOD, C_("permission", "Granted"));
    break;
  case DIAL_GRANT_MISSING:
    if (permission->required)
      dial_mark_show (self->mark, DIAL_MARK_BAD, C_("permission", "Missing, required"));
    else
      dial_mark_show (self->mark, DIAL_MARK_WARNING, C_("permission", "Missing"));
    break;
  case DIAL_GRANT_UNKNOWN:
  default:
    dial_mark_show (self->mark, DIAL_MARK_UNKNOWN, C_("permission", "Not known"));
    break;
  }
}

static void
on_how_toggled_cb (DialPermissionRow *self)
{
  gboolean open = gtk_toggle_button_get_active (self->how);

  gtk_revealer_set_reveal_child (self->revealer, open);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->how), GTK_ACCESSIBLE_STATE_EXPANDED, open, -1);
}

static void
dial_permission_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_PERMISSION_ROW);

  G_OBJECT_CLASS (dial_permission_row_parent_class)->dispose (object);
}

static void
dial_permission_row_class_init (DialPermissionRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (DIAL_TYPE_MARK);

  object_class->dispose = dial_permission_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dialhouse/Dialhouse/ui/dial-permission-row.ui");
  gtk_widget_class_bind_template_child (widget_class, DialPermissionRow, name);
  gtk_widget_class_bind_template_child (widget_class, DialPermissionRow, purpose);
  gtk_widget_class_bind_template_child (widget_class, DialPermissionRow, mark);
  gtk_widget_class_bind_template_child (widget_class, DialPermissionRow, how);
  gtk_widget_class_bind_template_child (widget_class, DialPermissionRow, revealer);
  gtk_widget_class_bind_template_child (widget_class, DialPermissionRow, advice);
  gtk_widget_class_bind_template_callback (widget_class, on_how_toggled_cb);
}

static void
dial_permission_row_init (DialPermissionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_permission_row_new:
 * @permission: a permission, as the check found it
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
dial_permission_row_new (const DialPermission *permission)
{
  DialPermissionRow *self = g_object_new (DIAL_TYPE_PERMISSION_ROW, NULL);
  const char *purpose = get_purpose (permission->name);
  gboolean advised = permission->granted != DIAL_GRANT_GRANTED && permission->advice != NULL;
  g_autofree char *label = NULL;

  gtk_label_set_label (self->name, permission->name);
  gtk_label_set_label (self->purpose, purpose);
  gtk_widget_set_visible (GTK_WIDGET (self->purpose), purpose != NULL);
  gtk_label_set_label (self->advice, permission->advice);
  show_grant (self, permission);
  gtk_widget_set_visible (GTK_WIDGET (self->how), advised);
  gtk_widget_set_visible (GTK_WIDGET (self->revealer), advised);

  label = g_strdup_printf ("%s: %s", permission->name, dial_mark_get_word (self->mark));
  dial_say_name (self, label);
  g_clear_pointer (&label, g_free);
  /* Translators: for screen readers; %s is the name of a permission in Greenhouse */
  label = g_strdup_printf (_("How to grant %s"), permission->name);
  dial_say_name (self->how, label);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->how), GTK_ACCESSIBLE_STATE_EXPANDED, FALSE, -1);

  return GTK_WIDGET (self);
}
