#include "config.h"

#include "dial-initials.h"
#include "dial-person-picture.h"

#define FONT_SIZE 14.4
#define PERSON_SIZE 18
#define WIDEST    0.7    /* of the disc */

/* The colours of AdwAvatar, in its order: whoever is blue in the list is blue on the page. */
static const struct {
  const char *top;
  const char *bottom;
  const char *letters;
} colours[] = {
  { "#83b6ec", "#337fdc", "#cfe1f5" },
  { "#7ad9f1", "#0f9ac8", "#caeaf2" },
  { "#8de6b1", "#29ae74", "#cef8d8" },
  { "#b5e98a", "#6ab85b", "#e6f9d7" },
  { "#f8e359", "#d29d09", "#f9f4e1" },
  { "#ffcb62", "#d68400", "#ffead1" },
  { "#ffa95a", "#ed5b00", "#ffe5c5" },
  { "#f78773", "#e62d42", "#f8d2ce" },
  { "#e973ab", "#e33b6a", "#fac7de" },
  { "#cb78d4", "#9945b5", "#e7c2e8" },
  { "#9e91e8", "#7a59ca", "#d5d2f5" },
  { "#e3cf9c", "#b08952", "#f2eade" },
  { "#be916d", "#785336", "#e5d6ca" },
  { "#c0bfbc", "#6e6d71", "#d8d7d3" },
};

static char *
make_initials (const char *name)
{
  g_autofree char *upper = g_utf8_strup (name, -1);
  g_autofree char *text = g_utf8_normalize (g_strstrip (upper), -1, G_NORMALIZE_DEFAULT_COMPOSE);
  const char *last = text != NULL ? g_utf8_strrchr (text, -1, ' ') : NULL;
  GString *initials = g_string_new (NULL);

  if (text != NULL && text[0] != '\0')
    g_string_append_unichar (initials, g_utf8_get_char (text));
  if (last != NULL && last[1] != '\0')
    g_string_append_unichar (initials, g_utf8_get_char (last + 1));

  return g_string_free (initials, FALSE);
}

/**
 * dial_initials_layout:
 * @widget: where they are drawn
 * @name: (nullable): a person's name
 *
 * Returns: (transfer full) (nullable): the initials, %NULL where there is no name
 */
PangoLayout *
dial_initials_layout (GtkWidget  *widget,
                      const char *name)
{
  g_autofree char *initials = NULL;
  g_autoptr (PangoFontDescription) font = NULL;
  PangoLayout *layout;

  if (name == NULL || name[0] == '\0')
    return NULL;

  initials = make_initials (name);
  layout = gtk_widget_create_pango_layout (widget, initials);
  font = pango_font_description_copy (pango_context_get_font_description (gtk_widget_get_pango_context (widget)));
  pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  return layout;
}

/* The letters are those of names, drawn as large as the disc allows: a font of another size would be looked for
 * anew, which costs a millisecond or two with each script. */
static void
draw_letters (GtkSnapshot   *snapshot,
              PangoLayout   *initials,
              const GdkRGBA *colour)
{
  /* GTK's are in pixels. */
  double size = pango_font_description_get_size (pango_layout_get_font_description (initials)) / (double) PANGO_SCALE;
  int width, height;
  double scale;

  pango_layout_get_pixel_size (initials, &width, &height);
  scale = MIN (FONT_SIZE / size, DIAL_INITIALS_SIZE * WIDEST / MAX (width, 1));
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((DIAL_INITIALS_SIZE - scale * width) / 2,
                                                          (DIAL_INITIALS_SIZE - scale * height) / 2));
  gtk_snapshot_scale (snapshot, scale, scale);
  gtk_snapshot_append_layout (snapshot, initials, colour);
}

static void
draw_person (GtkSnapshot   *snapshot,
             const GdkRGBA *colour)
{
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((DIAL_INITIALS_SIZE - PERSON_SIZE) / 2.0,
                                                          (DIAL_INITIALS_SIZE - PERSON_SIZE) / 2.0));
  dial_person_picture_draw (snapshot, PERSON_SIZE, PERSON_SIZE, colour);
}

/**
 * dial_initials_draw:
 * @snapshot: where to draw, at its origin
 * @name: (nullable): a person's name, which chooses the colour
 * @initials: (nullable): what [func@initials_layout] made of it; %NULL draws a person
 */
void
dial_initials_draw (GtkSnapshot *snapshot,
                    const char  *name,
                    PangoLayout *initials)
{
  guint colour = name != NULL && name[0] != '\0' ? g_str_hash (name) % G_N_ELEMENTS (colours)
                                                 : G_N_ELEMENTS (colours) - 1;
  graphene_rect_t square = GRAPHENE_RECT_INIT (0, 0, DIAL_INITIALS_SIZE, DIAL_INITIALS_SIZE);
  GskColorStop stops[2] = { { .offset = 0 }, { .offset = 1 } };
  GskRoundedRect disc;
  GdkRGBA letters;

  gdk_rgba_parse (&stops[0].color, colours[colour].top);
  gdk_rgba_parse (&stops[1].color, colours[colour].bottom);
  gdk_rgba_parse (&letters, colours[colour].letters);

  gsk_rounded_rect_init_from_rect (&disc, &square, DIAL_INITIALS_SIZE / 2.0);
  gtk_snapshot_push_rounded_clip (snapshot, &disc);
  gtk_snapshot_append_linear_gradient (snapshot, &square, &GRAPHENE_POINT_INIT (0, 0),
                                       &GRAPHENE_POINT_INIT (0, DIAL_INITIALS_SIZE), stops, G_N_ELEMENTS (stops));
  gtk_snapshot_pop (snapshot);

  gtk_snapshot_save (snapshot);
  if (initials != NULL)
    draw_letters (snapshot, initials, &letters);
  else
    draw_person (snapshot, &letters);
  gtk_snapshot_restore (snapshot);
}
