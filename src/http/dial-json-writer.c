#include "dial-json-writer.h"

/**
 * dial_json_builder_to_bytes:
 * @builder: a builder that is done
 *
 * Returns: (transfer full): what it holds, as text
 */
GBytes *
dial_json_builder_to_bytes (JsonBuilder *builder)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  gsize length;
  char *text;

  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &length);
  return g_bytes_new_take (text, length);
}
