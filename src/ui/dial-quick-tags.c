#include "config.h"

#include "dial-quick-tags.h"

struct _DialQuickTags
{
  GObject    parent_instance;

  GPtrArray *tags;
  GArray    *chosen;   /* of gboolean, one for each tag */
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialQuickTags, dial_quick_tags, G_TYPE_OBJECT)

static void
dial_quick_tags_finalize (GObject *object)
{
  DialQuickTags *self = DIAL_QUICK_TAGS (object);

  g_ptr_array_unref (self->tags);
  g_array_unref (self->chosen);

  G_OBJECT_CLASS (dial_quick_tags_parent_class)->finalize (object);
}

static void
dial_quick_tags_class_init (DialQuickTagsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dial_quick_tags_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dial_quick_tags_init (DialQuickTags *self)
{
  self->tags = g_ptr_array_new_with_free_func (g_free);
  self->chosen = g_array_new (FALSE, TRUE, sizeof (gboolean));
}

static void
append (DialQuickTags *self,
        const char    *tag,
        gboolean       chosen)
{
  g_ptr_array_add (self->tags, g_strdup (tag));
  g_array_append_val (self->chosen, chosen);
}

/**
 * dial_quick_tags_new:
 * @offered: (array zero-terminated=1): the tags to choose from
 *
 * Returns: (transfer full): the tags, none of them chosen
 */
DialQuickTags *
dial_quick_tags_new (const char * const *offered)
{
  DialQuickTags *self = g_object_new (DIAL_TYPE_QUICK_TAGS, NULL);

  for (guint i = 0; offered[i] != NULL; i++)
    append (self, offered[i], FALSE);
  return self;
}

/**
 * dial_quick_tags_get_n:
 * @self: quick tags
 *
 * Returns: how many there are
 */
guint
dial_quick_tags_get_n (DialQuickTags *self)
{
  g_return_val_if_fail (DIAL_IS_QUICK_TAGS (self), 0);

  return self->tags->len;
}

/**
 * dial_quick_tags_get:
 * @self: quick tags
 * @index: which
 *
 * Returns: the tag
 */
const char *
dial_quick_tags_get (DialQuickTags *self,
                     guint          index)
{
  g_return_val_if_fail (DIAL_IS_QUICK_TAGS (self) && index < self->tags->len, NULL);

  return self->tags->pdata[index];
}

/**
 * dial_quick_tags_is_chosen:
 * @self: quick tags
 * @index: which
 *
 * Returns: whether it was chosen
 */
gboolean
dial_quick_tags_is_chosen (DialQuickTags *self,
                           guint          index)
{
  g_return_val_if_fail (DIAL_IS_QUICK_TAGS (self) && index < self->tags->len, FALSE);

  return g_array_index (self->chosen, gboolean, index);
}

/**
 * dial_quick_tags_set_chosen:
 * @self: quick tags
 * @index: which
 * @chosen: whether it is
 *
 * Chooses a tag, or no longer does.
 */
void
dial_quick_tags_set_chosen (DialQuickTags *self,
                            guint          index,
                            gboolean       chosen)
{
  g_return_if_fail (DIAL_IS_QUICK_TAGS (self) && index < self->tags->len);

  chosen = !!chosen;
  if (g_array_index (self->chosen, gboolean, index) == chosen)
    return;

  g_array_index (self->chosen, gboolean, index) = chosen;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * dial_quick_tags_add:
 * @self: quick tags
 * @tag: what somebody typed
 *
 * Chooses the tag of that name, which is added if there is none. A comma separates tags, so it makes two.
 */
void
dial_quick_tags_add (DialQuickTags *self,
                     const char    *tag)
{
  g_auto (GStrv) words = NULL;

  g_return_if_fail (DIAL_IS_QUICK_TAGS (self) && tag != NULL);

  words = g_strsplit (tag, ",", -1);
  for (guint i = 0; words[i] != NULL; i++) {
    const char *word = g_strstrip (words[i]);
    g_autofree char *folded = g_utf8_casefold (word, -1);
    gboolean found = *word == '\0';

    for (guint j = 0; j < self->tags->len && !found; j++) {
      g_autofree char *other = g_utf8_casefold (self->tags->pdata[j], -1);

      found = g_str_equal (folded, other);
      if (found)
        g_array_index (self->chosen, gboolean, j) = TRUE;
    }
    if (!found)
      append (self, word, TRUE);
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * dial_quick_tags_dup_chosen:
 * @self: quick tags
 *
 * Returns: (transfer full): the tags that were chosen
 */
GStrv
dial_quick_tags_dup_chosen (DialQuickTags *self)
{
  g_autoptr (GStrvBuilder) chosen = g_strv_builder_new ();

  g_return_val_if_fail (DIAL_IS_QUICK_TAGS (self), NULL);

  for (guint i = 0; i < self->tags->len; i++)
    if (g_array_index (self->chosen, gboolean, i))
      g_strv_builder_add (chosen, self->tags->pdata[i]);

  return g_strv_builder_end (chosen);
}
