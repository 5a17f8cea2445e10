#include "config.h"

#include "dial-fonts.h"

#include <hb.h>
#include <pango/pangocairo.h>
#include <sys/mman.h>
#include <unistd.h>

#include "dial-util.h"

/* No more is read ahead by one call, however much it asks for: the least that Linux has as a disk's. */
#define AT_ONCE (128 * 1024)

/* Something in each of the scripts that people's names are written in. */
static const char * const scripts[] = {
  "张伟", "ひかり カナ", "한글", "Иван Ωμέγα", "Արամ", "გია", "አበበ", "مريم", "כהן", "राज", "কমল", "தமிழ்", "ดาว", NULL
};

/* The kernel reads it while nobody waits, and keeps it for whoever wants it; it is no memory of this process. */
static void
read_ahead (hb_face_t *face)
{
  hb_blob_t *file = hb_face_reference_blob (face);
  unsigned int length;
  const char *begin = hb_blob_get_data (file, &length), *end = begin + length;

  begin -= (gsize) begin % (gsize) sysconf (_SC_PAGESIZE);
  for (const char *p = begin; p < end; p += AT_ONCE)
    (void) madvise ((void *) p, (gsize) MIN (end - p, AT_ONCE), MADV_WILLNEED);
  hb_blob_destroy (file);
}

/* The fonts that @text is written in. */
static void
read_fonts_of (PangoLayout *layout,
               const char  *text,
               GHashTable  *faces)
{
  pango_layout_set_text (layout, text, -1);
  for (GSList *line = pango_layout_get_lines_readonly (layout); line != NULL; line = line->next) {
    for (GSList *run = ((PangoLayoutLine *) line->data)->runs; run != NULL; run = run->next) {
      PangoGlyphItem *item = run->data;
      hb_font_t *font = pango_font_get_hb_font (item->item->analysis.font);
      hb_face_t *face = font != NULL ? hb_font_get_face (font) : NULL;

      if (face != NULL && g_hash_table_add (faces, face))
        read_ahead (face);
    }
  }
}

static gpointer
read_fonts (gpointer data)
{
  static const PangoWeight weights[] = { PANGO_WEIGHT_NORMAL, PANGO_WEIGHT_BOLD };
  g_autoptr (GTask) task = data;
  g_autoptr (GHashTable) faces = g_hash_table_new (NULL, NULL);
  PangoFontDescription *font = pango_font_description_from_string (g_task_get_task_data (task));
  /* Each thread is to have a map of its own. */
  PangoFontMap *map = pango_cairo_font_map_new ();
  PangoContext *context = pango_font_map_create_context (map);
  PangoLayout *layout = pango_layout_new (context);

  dial_stand_back ();
  for (guint i = 0; i < G_N_ELEMENTS (weights); i++) {
    pango_font_description_set_weight (font, weights[i]);
    pango_layout_set_font_description (layout, font);
    for (guint j = 0; scripts[j] != NULL; j++)
      read_fonts_of (layout, scripts[j], faces);
  }

  g_object_unref (layout);
  g_object_unref (context);
  g_object_unref (map);
  pango_font_description_free (font);
  g_task_return_int (task, g_hash_table_size (faces));
  return NULL;
}

/**
 * dial_fonts_read_ahead_async:
 * @font: the desktop's font, as Pango writes it: "Cantarell 11"
 * @cancellable: (nullable): stops the waiting
 * @callback: (nullable): called when it is done
 * @user_data: for @callback
 *
 * Has the files of those fonts read that people's names need, on a thread of its own. Fonts are mapped, and a sign
 * is read when it is first drawn: while it lies on the disk alone the main loop waits for that, and a script of
 * thousands of signs has a file of 20 MB.
 */
void
dial_fonts_read_ahead_async (const char          *font,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (font != NULL);

  g_task_set_source_tag (task, dial_fonts_read_ahead_async);
  g_task_set_task_data (task, g_strdup (font), g_free);
  g_thread_unref (g_thread_new ("fonts", read_fonts, g_steal_pointer (&task)));
}

/**
 * dial_fonts_read_ahead_finish:
 * @result: what the callback was given
 *
 * Returns: how many fonts they were
 */
guint
dial_fonts_read_ahead_finish (GAsyncResult *result)
{
  gssize n;

  g_return_val_if_fail (g_task_is_valid (result, NULL), 0);

  n = g_task_propagate_int (G_TASK (result), NULL);
  return (guint) MAX (n, 0);
}
