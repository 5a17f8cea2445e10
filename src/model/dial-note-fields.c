#include "dial-note-fields.h"

G_DEFINE_FLAGS_TYPE (DialNoteFields, dial_note_fields,
                     G_DEFINE_ENUM_VALUE (DIAL_NOTE_NUMBER, "number"),
                     G_DEFINE_ENUM_VALUE (DIAL_NOTE_OWN_NUMBER, "own-number"),
                     G_DEFINE_ENUM_VALUE (DIAL_NOTE_TIME, "time"),
                     G_DEFINE_ENUM_VALUE (DIAL_NOTE_TIME_THERE, "time-there"),
                     G_DEFINE_ENUM_VALUE (DIAL_NOTE_LENGTH, "length"),
                     G_DEFINE_ENUM_VALUE (DIAL_NOTE_TAGS, "tags"),
                     G_DEFINE_ENUM_VALUE (DIAL_NOTE_RING, "ring"),
                     G_DEFINE_ENUM_VALUE (DIAL_NOTE_AGENT, "agent"),
                     G_DEFINE_ENUM_VALUE (DIAL_NOTE_RECORDING, "recording"),
                     G_DEFINE_ENUM_VALUE (DIAL_NOTE_NOTES, "notes"))

/* A word of its own: an empty setting is one that was never made. */
#define NO_FIELD "none"

/**
 * dial_note_fields_to_text:
 * @fields: fields of a note
 *
 * Returns: (transfer full): their names, separated by commas, or `none`
 */
char *
dial_note_fields_to_text (DialNoteFields fields)
{
  g_autoptr (GFlagsClass) klass = g_type_class_ref (DIAL_TYPE_NOTE_FIELDS);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < klass->n_values; i++)
    if ((fields & klass->values[i].value) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", klass->values[i].value_nick);

  if (text->len == 0)
    g_string_append (text, NO_FIELD);
  return g_string_free (text, FALSE);
}

/**
 * dial_note_fields_from_text:
 * @text: names separated by commas, or `none`
 * @fields: (out): the fields, left alone where @text makes no sense
 *
 * Returns: whether @text makes sense
 */
gboolean
dial_note_fields_from_text (const char     *text,
                            DialNoteFields *fields)
{
  g_autoptr (GFlagsClass) klass = g_type_class_ref (DIAL_TYPE_NOTE_FIELDS);
  g_auto (GStrv) names = g_strsplit (text, ",", -1);
  DialNoteFields found = 0;
  gboolean none = FALSE;

  for (guint i = 0; names[i] != NULL; i++) {
    const char *name = g_strstrip (names[i]);
    GFlagsValue *value = g_flags_get_value_by_nick (klass, name);

    if (value != NULL)
      found |= value->value;
    else if (g_str_equal (name, NO_FIELD))
      none = TRUE;
    else
      return FALSE;
  }

  if (names[0] == NULL || (none && found != 0))
    return FALSE;

  *fields = found;
  return TRUE;
}
