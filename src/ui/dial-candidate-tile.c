#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "dial-candidate-tile.h"
#include "dial-colour.h"
#include "dial-initials.h"
#include "dial-match.h"

/* GtkListView keeps some two hundred rows, draws a dozen, and makes them all anew for every other search. So a
 * tile is one widget without children: it measures by the height of its letters alone, and lays its texts out
 * when it is drawn. */

#define SPACING       10
#define DOT_SPACING   5
#define MIN_WIDTH     120
#define NATURAL_WIDTH 260

/* How much of a row the stage may take, and is left where the name needs more. */
#define END_SHARE     0.45
#define LEAST_END     0.25

/* The size of all but the name, and how dim it is; as libadwaita has them. */
#define SMALL         0.82
#define DIM           0.55
#define DIM_CONTRAST  0.9

typedef enum {
  TEXT_NAME,
  TEXT_SUBTITLE,
  TEXT_STAGE,
  TEXT_COMPANY,
  N_TEXTS
} Text;

struct _DialCandidateTile
{
  GtkWidget         parent_instance;

  DialCandidateRow *row;
  gulong            row_handler;
  DialCompanies    *companies;
  gulong            companies_handler;
  DialIntegration  *integration;
  char             *needle;           /* what was searched for */
  char             *description;
  gboolean          tells_hidden;     /* @description has what was found though the row does not show it */

  PangoLayout      *texts[N_TEXTS];   /* NULL where there is nothing to say; made when it is drawn */
  graphene_rect_t   places[N_TEXTS];
  int               laid_out_for;     /* the width, 0 if they must be made anew */
  PangoLayout      *initials;
  GtkWidget        *dot;              /* NULL where companies are not told apart */
};

G_DEFINE_FINAL_TYPE (DialCandidateTile, dial_candidate_tile, GTK_TYPE_WIDGET)

static void
forget_texts (DialCandidateTile *self)
{
  for (guint i = 0; i < N_TEXTS; i++)
    g_clear_object (&self->texts[i]);
  g_clear_object (&self->initials);
  self->laid_out_for = 0;
}

/* Lines, the same for all tiles of a list */

typedef struct {
  int height;
  int ascent;     /* from its top to where letters stand */
} Line;

typedef struct {
  guint serial;   /* of the list's letters */
  Line  name;
  Line  small;
} Lines;

/* Makes room for the letters of @language. */
static void
fit_letters (Line                       *line,
             PangoContext               *context,
             const PangoFontDescription *font,
             PangoLanguage              *language)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (context, font, language);
  int height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));
  int ascent = PANGO_PIXELS (pango_font_metrics_get_ascent (metrics));
  int descent = MAX (line->height - line->ascent, height - ascent);

  line->ascent = MAX (line->ascent, ascent);
  line->height = line->ascent + descent;
  pango_font_metrics_unref (metrics);
}

/* Names are in Latin letters wherever one lives, whose own letters may be of less height. */
static Line
measure_line (PangoContext *context,
              gboolean      bold,
              double        scale)
{
  g_autoptr (PangoFontDescription) font = pango_font_description_copy (pango_context_get_font_description (context));
  Line line = { 0 };

  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  if (pango_font_description_get_size_is_absolute (font))
    pango_font_description_set_absolute_size (font, scale * pango_font_description_get_size (font));
  else
    pango_font_description_set_size (font, (int) (scale * pango_font_description_get_size (font)));

  fit_letters (&line, context, font, pango_language_from_string ("en"));
  fit_letters (&line, context, font, pango_context_get_language (context));
  return line;
}

static const Lines *
get_lines (DialCandidateTile *self)
{
  static GQuark quark;
  GtkWidget *list = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_LIST_VIEW);
  PangoContext *context = gtk_widget_get_pango_context (list != NULL ? list : GTK_WIDGET (self));
  guint serial = pango_context_get_serial (context);
  Lines *lines;

  if (quark == 0)
    quark = g_quark_from_static_string ("dial-tile-lines");
  lines = g_object_get_qdata (G_OBJECT (context), quark);
  if (lines != NULL && lines->serial == serial)
    return lines;

  lines = g_new (Lines, 1);
  *lines = (Lines) { serial, measure_line (context, TRUE, 1), measure_line (context, FALSE, SMALL) };
  g_object_set_qdata_full (G_OBJECT (context), quark, lines, g_free);
  return lines;
}

static void
dial_candidate_tile_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = MIN_WIDTH;
    *natural = NATURAL_WIDTH;
  } else {
    const Lines *lines = get_lines (DIAL_CANDIDATE_TILE (widget));

    *minimum = *natural = MAX (DIAL_INITIALS_SIZE, lines->name.height + lines->small.height);
  }
}

/* Texts */

static PangoLayout *
make_layout (DialCandidateTile *self,
             Text               which,
             const char        *text)
{
  PangoLayout *layout;
  PangoAttrList *attributes;

  if (text == NULL || text[0] == '\0')
    return NULL;

  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  attributes = which != TEXT_COMPANY ? dial_match_mark (text, self->needle) : NULL;
  if (attributes == NULL)
    attributes = pango_attr_list_new ();
  pango_attr_list_insert_before (attributes, which == TEXT_NAME ? pango_attr_weight_new (PANGO_WEIGHT_BOLD)
                                                                : pango_attr_scale_new (SMALL));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
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

static const char *
get_company (DialCandidateTile *self)
{
  if (self->integration == NULL || self->companies == NULL || !dial_companies_are_several (self->companies))
    return NULL;

  return dial_integration_get_name (self->integration);
}

static void
tell_parent (DialCandidateTile *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  if (parent != NULL && self->description != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (parent),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, self->description,
                                    -1);
}

/* Name, job, stage and company, as a person would read the row out. */
static void
describe (DialCandidateTile *self,
          const char        *hidden)
{
  g_autoptr (GString) description = g_string_new (NULL);
  const char *parts[5] = { NULL };

  if (self->row != NULL) {
    parts[0] = dial_candidate_row_get_name (self->row);
    parts[1] = hidden != NULL ? hidden : dial_candidate_row_get_subtitle (self->row);
    parts[2] = dial_candidate_row_get_job (self->row);
    parts[3] = dial_candidate_row_get_stage (self->row);
    parts[4] = get_company (self);
  }

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && parts[i][0] != '\0')
      g_string_append_printf (description, "%s%s", description->len > 0 ? ", " : "", parts[i]);
  self->tells_hidden = hidden != NULL;
  if (dial_set_str (&self->description, description->str))
    tell_parent (self);
}

static int
get_natural_width (PangoLayout *layout)
{
  int width = 0;

  if (layout != NULL) {
    pango_layout_set_width (layout, -1);
    pango_layout_get_pixel_size (layout, &width, NULL);
  }
  return width;
}

/* Puts @which on a line whose top is at @y, at @x from the side where reading begins, and no wider than @width.
 * Letters of other scripts may be taller than the line: they stand where all others stand. */
static void
place_text (DialCandidateTile *self,
            Text               which,
            const Line        *line,
            double             x,
            double             y,
            int                width,
            gboolean           at_end)
{
  PangoLayout *layout = self->texts[which];
  int natural, height;

  if (layout == NULL)
    return;

  natural = get_natural_width (layout);
  if (natural > width) {
    pango_layout_set_width (layout, MAX (width, 0) * PANGO_SCALE);
    natural = width;
  }
  pango_layout_get_pixel_size (layout, NULL, &height);
  if (at_end)
    x += width - natural;
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (GTK_WIDGET (self)) - x - natural;

  y += line->ascent - PANGO_PIXELS (pango_layout_get_baseline (layout));
  self->places[which] = GRAPHENE_RECT_INIT (x, y, natural, height);
}

static void
place_column (DialCandidateTile *self,
              Text               upper,
              Text               lower,
              double             x,
              int                width,
              gboolean           at_end)
{
  const Lines *lines = get_lines (self);
  const Line *first = upper == TEXT_NAME ? &lines->name : &lines->small;
  int upper_height = self->texts[upper] != NULL ? first->height : 0;
  int lower_height = self->texts[lower] != NULL ? lines->small.height : 0;
  double y = (gtk_widget_get_height (GTK_WIDGET (self)) - upper_height - lower_height) / 2.0;

  place_text (self, upper, first, x, y, width, at_end);
  place_text (self, lower, &lines->small, x, y + upper_height, width, at_end);
}

/* How wide the column at the end is: what it says, as long as a name that needs the room keeps it. */
static int
fit_end (DialCandidateTile *self,
         int                room)
{
  int wanted = MAX (get_natural_width (self->texts[TEXT_STAGE]), get_natural_width (self->texts[TEXT_COMPANY]));
  int left = room - SPACING - get_natural_width (self->texts[TEXT_NAME]);
  int most = CLAMP (left, (int) (LEAST_END * room), (int) (END_SHARE * room));

  return MIN (wanted, most);
}

static void
lay_out (DialCandidateTile *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int begin = DIAL_INITIALS_SIZE + SPACING;
  const char *name, *subtitle, *stage;
  g_autofree char *hidden = NULL;
  int end;

  if (self->laid_out_for == width && width > 0)
    return;

  forget_texts (self);
  self->laid_out_for = width;
  if (self->row == NULL)
    return;

  name = dial_candidate_row_get_name (self->row);
  subtitle = dial_candidate_row_get_subtitle (self->row);
  stage = dial_candidate_row_get_stage (self->row);
  hidden = dup_hidden (self, name, subtitle, stage);
  if (hidden != NULL)
    describe (self, hidden);

  self->texts[TEXT_NAME] = make_layout (self, TEXT_NAME, name);
  self->texts[TEXT_SUBTITLE] = make_layout (self, TEXT_SUBTITLE, hidden != NULL ? hidden : subtitle);
  self->texts[TEXT_STAGE] = make_layout (self, TEXT_STAGE, stage);
  self->texts[TEXT_COMPANY] = make_layout (self, TEXT_COMPANY, get_company (self));

  self->initials = dial_initials_layout (GTK_WIDGET (self), name);

  end = fit_end (self, width - begin);
  place_column (self, TEXT_STAGE, TEXT_COMPANY, width - end, end, TRUE);
  place_column (self, TEXT_NAME, TEXT_SUBTITLE, begin, width - begin - (end > 0 ? end + SPACING : 0), FALSE);
}

/* Drawing */

static void
draw_text (DialCandidateTile *self,
           GtkSnapshot       *snapshot,
           Text               which,
           const GdkRGBA     *colour)
{
  if (self->texts[which] == NULL)
    return;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &self->places[which].origin);
  gtk_snapshot_append_layout (snapshot, self->texts[which], colour);
  gtk_snapshot_restore (snapshot);
}

/* The dot stands before the company's name; it is the one thing that is a widget, for its colour is the style's. */
static void
place_dot (DialCandidateTile *self)
{
  const graphene_rect_t *text = &self->places[TEXT_COMPANY];
  GtkRequisition size;
  int x;

  if (self->dot == NULL)
    return;

  lay_out (self);
  gtk_widget_get_preferred_size (self->dot, &size, NULL);
  x = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL
        ? (int) (text->origin.x + text->size.width) + DOT_SPACING
        : (int) text->origin.x - DOT_SPACING - size.width;
  gtk_widget_size_allocate (self->dot, &(GtkAllocation) {
    x, (int) (text->origin.y + (text->size.height - size.height) / 2), size.width, size.height
  }, -1);
}

static void
dial_candidate_tile_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  place_dot (DIAL_CANDIDATE_TILE (widget));
}

static void
draw_face (DialCandidateTile *self,
           GtkSnapshot       *snapshot,
           const char        *name)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  graphene_point_t at = {
    mirrored ? gtk_widget_get_width (GTK_WIDGET (self)) - DIAL_INITIALS_SIZE : 0,
    (gtk_widget_get_height (GTK_WIDGET (self)) - DIAL_INITIALS_SIZE) / 2
  };

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &at);
  dial_initials_draw (snapshot, name, self->initials);
  gtk_snapshot_restore (snapshot);
}

static void
dial_candidate_tile_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  DialCandidateTile *self = DIAL_CANDIDATE_TILE (widget);
  gboolean contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  GdkRGBA colour, dim;

  lay_out (self);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  dim = colour;
  dim.alpha *= contrast ? DIM_CONTRAST : DIM;

  draw_face (self, snapshot, self->row != NULL ? dial_candidate_row_get_name (self->row) : NULL);
  draw_text (self, snapshot, TEXT_NAME, &colour);
  draw_text (self, snapshot, TEXT_SUBTITLE, &dim);
  draw_text (self, snapshot, TEXT_STAGE, &dim);
  draw_text (self, snapshot, TEXT_COMPANY, &dim);
  if (self->dot != NULL)
    gtk_widget_snapshot_child (widget, self->dot, snapshot);
}

/* A tooltip helps only where the text itself did not fit. */
static gboolean
dial_candidate_tile_query_tooltip (GtkWidget  *widget,
                                   int         x,
                                   int         y,
                                   gboolean    keyboard,
                                   GtkTooltip *tooltip)
{
  DialCandidateTile *self = DIAL_CANDIDATE_TILE (widget);

  for (guint i = 0; i < N_TEXTS; i++) {
    if (self->texts[i] == NULL || !pango_layout_is_ellipsized (self->texts[i]) ||
        !graphene_rect_contains_point (&self->places[i], &GRAPHENE_POINT_INIT (x, y)))
      continue;

    gtk_tooltip_set_text (tooltip, pango_layout_get_text (self->texts[i]));
    return TRUE;
  }

  return FALSE;
}

static void
show_row (DialCandidateTile *self)
{
  forget_texts (self);
  describe (self, NULL);
  if (self->dot != NULL)
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
show_company (DialCandidateTile *self)
{
  if (get_company (self) == NULL) {
    g_clear_pointer (&self->dot, gtk_widget_unparent);
    return;
  }

  if (self->dot == NULL) {
    self->dot = dial_colour_dot_new (NULL);
    gtk_widget_set_parent (self->dot, GTK_WIDGET (self));
  }
  dial_colour_dot_set_colour (DIAL_COLOUR_DOT (self->dot), dial_integration_get_colour (self->integration));
}

static void
on_companies_changed (DialCandidateTile *self)
{
  show_company (self);
  show_row (self);
}

static void
set_row (DialCandidateTile *self,
         DialCandidateRow  *row)
{
  if (self->row == row)
    return;

  if (self->row != NULL)
    g_clear_signal_handler (&self->row_handler, self->row);
  g_set_object (&self->row, row);
  if (row != NULL)
    self->row_handler = g_signal_connect_swapped (row, "notify::candidate", G_CALLBACK (show_row), self);
}

static void
set_company (DialCandidateTile *self,
             DialCompanies     *companies,
             DialIntegration   *integration)
{
  g_set_object (&self->integration, integration);
  if (self->companies == companies)
    return;

  if (self->companies != NULL)
    g_clear_signal_handler (&self->companies_handler, self->companies);
  g_set_object (&self->companies, companies);
  if (companies != NULL)
    self->companies_handler = g_signal_connect_swapped (companies, "changed", G_CALLBACK (on_companies_changed), self);
}

/* Letters or their direction are others now. */
static void
dial_candidate_tile_system_setting_changed (GtkWidget        *widget,
                                            GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (dial_candidate_tile_parent_class)->system_setting_changed (widget, setting);

  forget_texts (DIAL_CANDIDATE_TILE (widget));
}

static void
dial_candidate_tile_css_changed (GtkWidget         *widget,
                                 GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (dial_candidate_tile_parent_class)->css_changed (widget, change);

  forget_texts (DIAL_CANDIDATE_TILE (widget));
}

static void
dial_candidate_tile_direction_changed (GtkWidget        *widget,
                                       GtkTextDirection  previous)
{
  GTK_WIDGET_CLASS (dial_candidate_tile_parent_class)->direction_changed (widget, previous);

  forget_texts (DIAL_CANDIDATE_TILE (widget));
}

static void
dial_candidate_tile_dispose (GObject *object)
{
  DialCandidateTile *self = DIAL_CANDIDATE_TILE (object);

  forget_texts (self);
  set_row (self, NULL);
  set_company (self, NULL, NULL);
  g_clear_pointer (&self->dot, gtk_widget_unparent);

  G_OBJECT_CLASS (dial_candidate_tile_parent_class)->dispose (object);
}

static void
dial_candidate_tile_finalize (GObject *object)
{
  DialCandidateTile *self = DIAL_CANDIDATE_TILE (object);

  g_free (self->needle);
  g_free (self->description);

  G_OBJECT_CLASS (dial_candidate_tile_parent_class)->finalize (object);
}

static void
dial_candidate_tile_class_init (DialCandidateTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_candidate_tile_dispose;
  object_class->finalize = dial_candidate_tile_finalize;
  widget_class->measure = dial_candidate_tile_measure;
  widget_class->size_allocate = dial_candidate_tile_size_allocate;
  widget_class->snapshot = dial_candidate_tile_snapshot;
  widget_class->query_tooltip = dial_candidate_tile_query_tooltip;
  widget_class->css_changed = dial_candidate_tile_css_changed;
  widget_class->direction_changed = dial_candidate_tile_direction_changed;
  widget_class->system_setting_changed = dial_candidate_tile_system_setting_changed;

  gtk_widget_class_set_css_name (widget_class, "dial-tile");
  /* The list's item says it all. */
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
dial_candidate_tile_init (DialCandidateTile *self)
{
  self->needle = g_strdup ("");
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "notify::parent", G_CALLBACK (tell_parent), NULL);
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
 * dial_candidate_tile_show:
 * @self: a tile
 * @row: whom to show; followed while it is shown
 * @companies: (nullable): among which to tell the company; %NULL tells none
 * @integration: (nullable): whose candidate it is
 * @needle: what was searched for: what it found is marked
 */
void
dial_candidate_tile_show (DialCandidateTile *self,
                          DialCandidateRow  *row,
                          DialCompanies     *companies,
                          DialIntegration   *integration,
                          const char        *needle)
{
  g_return_if_fail (DIAL_IS_CANDIDATE_TILE (self));
  g_return_if_fail (DIAL_IS_CANDIDATE_ROW (row));
  g_return_if_fail (needle != NULL);

  set_row (self, row);
  set_company (self, companies, integration);
  dial_set_str (&self->needle, needle);
  show_company (self);
  show_row (self);
}

/**
 * dial_candidate_tile_let_go:
 * @self: a tile that is out of sight
 *
 * Follows nobody any more. What it said last stays until it shows somebody else.
 */
void
dial_candidate_tile_let_go (DialCandidateTile *self)
{
  g_return_if_fail (DIAL_IS_CANDIDATE_TILE (self));

  forget_texts (self);
  set_row (self, NULL);
  set_company (self, NULL, NULL);
}

/**
 * dial_candidate_tile_get_row:
 * @self: a tile
 *
 * Returns: (transfer none) (nullable): who is shown
 */
DialCandidateRow *
dial_candidate_tile_get_row (DialCandidateTile *self)
{
  g_return_val_if_fail (DIAL_IS_CANDIDATE_TILE (self), NULL);

  return self->row;
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

  if (!dial_set_str (&self->needle, needle))
    return;

  forget_texts (self);
  if (self->tells_hidden)
    describe (self, NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
