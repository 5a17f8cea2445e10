#include "bare-parse.h"

#include <simdjson.h>

gboolean
bare_parse (const char *text,
            gsize       length)
{
  static simdjson::dom::parser parser;

  return parser.parse (text, length, false).error () == simdjson::SUCCESS;
}

gsize
bare_parse_padding (void)
{
  return simdjson::SIMDJSON_PADDING;
}
