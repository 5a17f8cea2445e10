#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "dial-candidate-tile.h"
#include "dial-company-mark.h"
#include "dial-match.h"
#include "dial-template.h"

struct _DialCandidateTile
{
  GtkWidget         parent_instance;

  AdwAvatar        *avatar;
  GtkLabel         *name;
  GtkLabel         *subtitle;
  GtkLabel         *stage;
  DialCompanyMark  *company;

  DialCandidateRow *row;
  GSignalGroup     *row_signals;
  char             *needle;         /* what was searched for */
  char             *description;
};

enum {
  PROP_0,
  PROP_DESCRIPTION,
  PROP_ROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DialCandidateTile, dial_candidate_tile, GTK_TYPE_WIDGET)

/* Name, job, stage and company, as a person would read the row out. */
static char *
describe (const char *name,
          const char *subtitle,
          const char *job,
          const char *stage,
          const char *company)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;
  const char *all[] = { name, subtitle, job, stage, company };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] != NULL && all[i][0] != '\0')
      g_strv_builder_add (builder, all[i]);

  parts = g_strv_builder_end (builder);
  return g_strjoinv (", ", parts);
}

static void
mark (GtkLabel   *label,
      const char *needle)
{
  PangoAttrList *marks = dial_match_mark (gtk_label_get_label (label), needle);

  /* Setting none anew would lay the label out again. */
  if (marks != NULL || gtk_label_get_attributes (label) != NULL)
    gtk_label_set_attributes (label, marks);
  g_clear_pointer (&marks, pango_attr_list_unref);
}

/* What was found where the row does not show it: it shows that instead of title and company. */
static char *
dup_hidden (DialCandidateTile *self,
            const char        *name,
            const char        *subtitle,
            const char        *stage)
{
  DialCandidate *candidate = self->row != NULL ? dial_candidate_row_get_candidate (self->row) : NULL;
  const char *shown[] = { name, subtitle, stage, NULL };
  g_autofree char *missing = NULL;

  if (candidate == NULL || self->needle[0] == '\0')
    return NULL;

  missing = dial_match_dup_missing (self->needle, shown);
  return missing != NULL ? dial_match_dup_hidden (candidate, missing) : NULL;
}

static void
show_row (DialCandidateTile *self)
{
  g_autofree char *name = NULL;
  g_autofree char *subtitle = NULL;
  g_autofree char *job = NULL;
  g_autofree char *stage = NULL;
  g_autofree char *hidden = NULL;
  g_autofree char *description = NULL;

  if (self->row != NULL)
    g_object_get (self->row, "name", &name, "subtitle", &subtitle, "job", &job, "stage", &stage, NULL);
  hidden = dup_hidden (self, name, subtitle, stage);
  if (hidden != NULL)
    dial_set_str (&subtitle, hidden);

  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_label (self->name, name != NULL ? name : "");
  gtk_label_set_label (self->subtitle, subtitle != NULL ? subtitle : "");
  gtk_label_set_label (self->stage, stage != NULL ? stage : "");
  mark (self->name, self->needle);
  mark (self->subtitle, self->needle);
  mark (self->stage, self->needle);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle), subtitle != NULL && subtitle[0] != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->stage), stage != NULL && stage[0] != '\0');

  description = describe (name, subtitle, job, stage, dial_company_mark_get_text (self->company));
  if (dial_set_str (&self->description, description))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCRIPTION]);
}

/* A tooltip helps only where the text itself did not fit. */
static gboolean
on_label_query_tooltip_cb (GtkLabel   *label,
                           int         x,
                           int         y,
                           gboolean    keyboard,
                           GtkTooltip *tooltip)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    return FALSE;

  gtk_tooltip_set_text (tooltip, gtk_label_get_text (label));
  return TRUE;
}

static void
dial_candidate_tile_dispose (GObject *object)
{
  DialCandidateTile *self = DIAL_CANDIDATE_TILE (object);

  g_clear_object (&self->row_signals);
  g_clear_object (&self->row);
  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_CANDIDATE_TILE);

  G_OBJECT_CLASS (dial_candidate_tile_parent_class)->dispose (object);
}

static void
dial_candidate_tile_finalize (GObject *object)
{
  DialCandidateTile *self = DIAL_CANDIDATE_TILE (object);

  g_clear_pointer (&self->needle, g_free);
  g_clear_pointer (&self->description, g_free);

  G_OBJECT_CLASS (dial_candidate_tile_parent_class)->finalize (object);
}

static void
dial_candidate_tile_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  DialCandidateTile *self = DIAL_CANDIDATE_TILE (object);

  switch (prop_id) {
  case PROP_DESCRIPTION:
    g_value_set_string (value, self->description);
    break;
  case PROP_ROW:
    g_value_set_object (value, self->row);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_candidate_tile_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (prop_id) {
  case PROP_ROW:
    dial_candidate_tile_set_row (DIAL_CANDIDATE_TILE (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_candidate_tile_class_init (DialCandidateTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_candidate_tile_dispose;
  object_class->finalize = dial_candidate_tile_finalize;
  object_class->get_property = dial_candidate_tile_get_property;
  object_class->set_property = dial_candidate_tile_set_property;

  properties[PROP_DESCRIPTION] =
    g_param_spec_string ("description", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ROW] =
    g_param_spec_object ("row", NULL, NULL, DIAL_TYPE_CANDIDATE_ROW,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (DIAL_TYPE_COMPANY_MARK);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-candidate-tile.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "dial-tile");
  gtk_widget_class_bind_template_child (widget_class, DialCandidateTile, avatar);
  gtk_widget_class_bind_template_child (widget_class, DialCandidateTile, name);
  gtk_widget_class_bind_template_child (widget_class, DialCandidateTile, subtitle);
  gtk_widget_class_bind_template_child (widget_class, DialCandidateTile, stage);
  gtk_widget_class_bind_template_child (widget_class, DialCandidateTile, company);
  gtk_widget_class_bind_template_callback (widget_class, on_label_query_tooltip_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_row);
}

static void
dial_candidate_tile_init (DialCandidateTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->needle = g_strdup ("");

  self->row_signals = g_signal_group_new (DIAL_TYPE_CANDIDATE_ROW);
  g_signal_group_connect_swapped (self->row_signals, "notify", G_CALLBACK (show_row), self);
}

/**
 * dial_candidate_tile_new:
 *
 * Returns: (transfer floating): a tile that shows nobody yet
 */
GtkWidget *
dial_candidate_tile_new (void)
{
  return g_object_new (DIAL_TYPE_CANDIDATE_TILE, NULL);
}

/**
 * dial_candidate_tile_set_row:
 * @self: a tile
 * @row: (nullable): whom to show; followed while it is shown
 */
void
dial_candidate_tile_set_row (DialCandidateTile *self,
                             DialCandidateRow  *row)
{
  g_return_if_fail (DIAL_IS_CANDIDATE_TILE (self));
  g_return_if_fail (row == NULL || DIAL_IS_CANDIDATE_ROW (row));

  if (!g_set_object (&self->row, row))
    return;

  g_signal_group_set_target (self->row_signals, row);
  show_row (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROW]);
}

/**
 * dial_candidate_tile_set_company:
 * @self: a tile
 * @companies: (nullable): among which to tell the company; %NULL tells none
 * @integration: (nullable): whose candidate it is
 */
void
dial_candidate_tile_set_company (DialCandidateTile *self,
                                 DialCompanies     *companies,
                                 DialIntegration   *integration)
{
  g_return_if_fail (DIAL_IS_CANDIDATE_TILE (self));

  dial_company_mark_show (self->company, companies, integration);
}

/**
 * dial_candidate_tile_set_needle:
 * @self: a tile
 * @needle: what was searched for: what it found is marked
 */
void
dial_candidate_tile_set_needle (DialCandidateTile *self,
                                const char        *needle)
{
  g_return_if_fail (DIAL_IS_CANDIDATE_TILE (self));
  g_return_if_fail (needle != NULL);

  if (dial_set_str (&self->needle, needle))
    show_row (self);
}
