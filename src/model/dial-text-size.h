#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DialTextSize:
 * @n_characters: how many characters a person sees
 * @n_parts: how many messages the carrier makes of it, 0 for an empty text
 * @n_left: how much still fits into the last part: characters of the plain alphabet, or half that for rare ones
 * @part_size: how much a part of such a text holds
 * @is_unicode: it has characters outside the GSM alphabet, so a part holds less than half
 *
 * How a text is cut into text messages, which is what it costs.
 */
typedef struct {
  guint    n_characters;
  guint    n_parts;
  guint    n_left;
  guint    part_size;
  gboolean is_unicode;
} DialTextSize;

void  dial_text_size_measure         (const char   *text,
                                      DialTextSize *size);
char *dial_text_size_dup_costly      (const char   *text,
                                      guint         max);
char *dial_text_size_dup_plain       (const char   *text);

G_END_DECLS
