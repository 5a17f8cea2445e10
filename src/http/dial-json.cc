/* A C face on simdjson, which reads a page in a hundredth of the time json-glib takes.
 *
 * No exception crosses into C: of simdjson only what returns errors is used, and everything that
 * calls it is noexcept. */
#include "dial-json.h"

#include <atomic>
#include <cmath>
#include <cstring>
#include <new>
#include <type_traits>

#include <simdjson.h>

#include "dial-util.h"

namespace dom = simdjson::dom;

/* Nothing a service sends is deeper, nor has more in it. */
#define MAX_DEPTH   64
#define MAX_VALUES  2000000

/* A small answer is read at once; nothing larger is an error text or a token. */
#define MAX_SMALL   (64 * 1024)

/* Up to here the memory an answer took is kept for the next one: the pages of a list are much alike. */
#define MAX_KEPT    (2 * 1024 * 1024)

/* Longer texts than these are no use to anybody; a body may be a whole correspondence. */
#define MAX_TEXT    (64 * 1024)
#define MAX_BODY    (1024 * 1024)

/* Up to here a fraction without a fraction is a whole number. */
#define MAX_WHOLE   9007199254740992.0

struct _DialJson
{
  dom::parser   parser;
  dom::document document;
  DialJsonValue root;
  gsize         length;
};

/* One that was read and is done with. */
static std::atomic<DialJson *> spare;

/* Places are handed out as plain bytes. */
template <typename T>
static DialJsonValue
to_plain (const T &place) noexcept
{
  DialJsonValue plain;

  static_assert (sizeof (T) == sizeof plain && std::is_trivially_copyable<T>::value,
                 "a place is a pointer and a number");
  std::memcpy (static_cast<void *> (&plain), static_cast<const void *> (&place), sizeof plain);
  return plain;
}

template <typename T>
static T
from_plain (const DialJsonValue &plain) noexcept
{
  T place;

  static_assert (sizeof (T) == sizeof plain && std::is_trivially_copyable<T>::value,
                 "a place is a pointer and a number");
  std::memcpy (static_cast<void *> (&place), static_cast<const void *> (&plain), sizeof plain);
  return place;
}

static const DialJsonValue nothing = { NULL, 0 };

template <typename T>
static bool
read_as (const DialJsonValue &value,
         T                   *result) noexcept
{
  return value.document != NULL &&
         from_plain<dom::element> (value).get<T> ().get (*result) == simdjson::SUCCESS;
}

/* What would fill the memory is not even read. */
static bool
is_monstrous (const char *text,
              gsize       length) noexcept
{
  gsize values = 0;

  if (length <= MAX_VALUES)
    return false;

  for (gsize i = 0; i < length; i++)
    values += text[i] == ',' || text[i] == '[' || text[i] == '{';
  return values > MAX_VALUES;
}

/* @text has the padding behind it. */
static simdjson::error_code
parse (DialJson   *self,
       const char *text,
       gsize       length) noexcept
{
  dom::element root;
  simdjson::error_code code = simdjson::SUCCESS;

  if (is_monstrous (text, length))
    return simdjson::CAPACITY;

  self->length = length;
  if (self->parser.capacity () < length || self->parser.capacity () == 0)
    code = self->parser.allocate (MAX (length, 256), MAX_DEPTH);
  if (code == simdjson::SUCCESS)
    code = self->parser.parse_into_document (self->document, text, length, false).get (root);
  if (code == simdjson::SUCCESS)
    self->root = to_plain (root);
  return code;
}

/* What can be put right is, once: hardly any answer needs it. */
static bool
parse_patiently (DialJson   *self,
                 const char *data,
                 gsize       size) noexcept
{
  gsize length = size;
  char *text;
  simdjson::error_code code;

  text = static_cast<char *> (g_malloc (size + simdjson::SIMDJSON_PADDING));
  std::memcpy (text, data, size);
  std::memset (text + size, 0, simdjson::SIMDJSON_PADDING);
  code = parse (self, text, size);
  explicit_bzero (text, length);
  g_free (text);

  if (code == simdjson::SUCCESS || code == simdjson::CAPACITY || code == simdjson::DEPTH_ERROR)
    return code == simdjson::SUCCESS;

  text = dial_json_mend (data, size, simdjson::SIMDJSON_PADDING, &length);
  code = parse (self, text, length);
  explicit_bzero (text, length);
  g_free (text);
  return code == simdjson::SUCCESS;
}

static DialJson *
load (GBytes *bytes) noexcept
{
  gsize size;
  const char *data = static_cast<const char *> (g_bytes_get_data (bytes, &size));
  DialJson *self = spare.exchange (NULL);

  if (self == NULL)
    self = new (std::nothrow) DialJson ();
  if (size >= 3 && std::memcmp (data, "\xef\xbb\xbf", 3) == 0) {
    data += 3;
    size -= 3;
  }

  if (self != NULL && size > 0 && parse_patiently (self, data, size))
    return self;

  dial_json_free (self);
  return NULL;
}

/**
 * dial_json_load:
 * @bytes: an answer's body, whatever it is
 *
 * Reads JSON that nobody vouches for: hostile depth and size are refused, broken UTF-8, lonely
 * surrogates and numbers beyond 64 bits are put right or dropped.
 *
 * Returns: (transfer full) (nullable): the answer, %NULL if it cannot be read
 */
DialJson *
dial_json_load (GBytes *bytes)
{
  return load (bytes);
}

/**
 * dial_json_load_small:
 * @bytes: (nullable): a small answer's body
 *
 * Returns: (transfer full) (nullable): the answer, %NULL if it cannot be read or is large
 */
DialJson *
dial_json_load_small (GBytes *bytes)
{
  return bytes != NULL && g_bytes_get_size (bytes) <= MAX_SMALL ? load (bytes) : NULL;
}

/**
 * dial_json_free:
 * @self: (nullable): an answer
 *
 * A small one may hold a token: nothing is left of it in memory.
 */
void
dial_json_free (DialJson *self)
{
  if (self == NULL)
    return;

  if (self->document.string_buf && self->length <= MAX_SMALL)
    explicit_bzero (self->document.string_buf.get (), MIN (self->length, self->document.capacity ()));
  if (self->document.capacity () > MAX_SMALL && self->document.capacity () <= MAX_KEPT)
    self = spare.exchange (self);
  delete self;
}

/**
 * dial_json_get_root:
 * @self: (nullable): an answer
 *
 * Returns: all of it; nothing if there is none
 */
DialJsonValue
dial_json_get_root (const DialJson *self)
{
  return self != NULL ? self->root : nothing;
}

/**
 * dial_json_is_there:
 * @value: a place
 *
 * Returns: whether there is something, null included
 */
gboolean
dial_json_is_there (DialJsonValue value)
{
  return value.document != NULL;
}

/**
 * dial_json_is_array:
 * @value: a place
 *
 * Returns: whether there is an array
 */
gboolean
dial_json_is_array (DialJsonValue value)
{
  return value.document != NULL && from_plain<dom::element> (value).is_array ();
}

/**
 * dial_json_is_object:
 * @value: a place
 *
 * Returns: whether there is an object
 */
gboolean
dial_json_is_object (DialJsonValue value)
{
  return value.document != NULL && from_plain<dom::element> (value).is_object ();
}

/**
 * dial_json_is_false:
 * @value: a place
 *
 * Returns: whether the untruth itself is there, and not merely nothing
 */
gboolean
dial_json_is_false (DialJsonValue value)
{
  bool flag = true;

  return read_as (value, &flag) && !flag;
}

/**
 * dial_json_get:
 * @object: a place
 * @member: a name
 *
 * Returns: the member of that name; nothing if it is missing or null, or @object is none
 */
DialJsonValue
dial_json_get (DialJsonValue  object,
               const char    *member)
{
  dom::object members;
  dom::element found;

  if (!read_as (object, &members) || members.at_key (member).get (found) != simdjson::SUCCESS ||
      found.is_null ())
    return nothing;

  return to_plain (found);
}

/**
 * dial_json_iter_init:
 * @iter: an iterator
 * @array: a place
 *
 * Begins before the first element. What is no array has none.
 */
void
dial_json_iter_init (DialJsonIter  *iter,
                     DialJsonValue  array)
{
  dom::array elements;

  *iter = { nothing, nothing };
  if (read_as (array, &elements))
    *iter = { to_plain (elements.begin ()), to_plain (elements.end ()) };
}

/**
 * dial_json_iter_next:
 * @iter: an iterator
 * @value: (out): the next element
 *
 * Returns: whether there was one
 */
gboolean
dial_json_iter_next (DialJsonIter  *iter,
                     DialJsonValue *value)
{
  dom::array::iterator at;

  if (iter->at.place == iter->end.place)
    return FALSE;

  at = from_plain<dom::array::iterator> (iter->at);
  *value = to_plain (*at);
  iter->at = to_plain (++at);
  return TRUE;
}

/**
 * dial_json_iter_init_object:
 * @iter: an iterator
 * @object: a place
 *
 * Begins before the first member. What is no object has none.
 */
void
dial_json_iter_init_object (DialJsonIter  *iter,
                            DialJsonValue  object)
{
  dom::object members;

  *iter = { nothing, nothing };
  if (read_as (object, &members))
    *iter = { to_plain (members.begin ()), to_plain (members.end ()) };
}

/**
 * dial_json_iter_next_member:
 * @iter: an iterator
 * @name: (out) (transfer none): the next member's name
 * @value: (out): and what it holds
 *
 * Returns: whether there was one
 */
gboolean
dial_json_iter_next_member (DialJsonIter   *iter,
                            const char    **name,
                            DialJsonValue  *value)
{
  dom::object::iterator at;

  if (iter->at.place == iter->end.place)
    return FALSE;

  at = from_plain<dom::object::iterator> (iter->at);
  *name = at.key_c_str ();
  *value = to_plain (at.value ());
  iter->at = to_plain (++at);
  return TRUE;
}

/**
 * dial_json_get_id:
 * @value: a place
 *
 * Returns: the id there, an integer or digits, 0 if there is none
 */
gint64
dial_json_get_id (DialJsonValue value)
{
  std::string_view text;
  gint64 digits = 0;
  int64_t id = 0;

  if (read_as (value, &id))
    return MAX (id, 0);

  if (read_as (value, &text) && std::strlen (text.data ()) == text.size () &&
      g_ascii_string_to_signed (text.data (), 10, 1, G_MAXINT64, &digits, NULL))
    return digits;

  return 0;
}

/* A text may hold a NUL, which stands for nothing. */
static char *
dup_string (const char *text,
            gsize       length,
            gsize       longest) noexcept
{
  char *copy;

  if (length > longest) {
    length = longest;
    while (length > 0 && (static_cast<guchar> (text[length]) & 0xc0) == 0x80)
      length--;
  }

  copy = static_cast<char *> (g_malloc (length + 1));
  std::memcpy (copy, text, length);
  copy[length] = '\0';
  for (char *nul = copy; (nul = static_cast<char *> (std::memchr (nul, '\0', copy + length - nul)));)
    *nul = ' ';
  return copy;
}

static char *
dup_text (const DialJsonValue &value,
          gsize                longest) noexcept
{
  std::string_view text;
  int64_t number;
  uint64_t large;
  double real;

  if (read_as (value, &text))
    return text.empty () ? NULL : dup_string (text.data (), text.size (), longest);
  if (read_as (value, &number))
    return g_strdup_printf ("%" G_GINT64_FORMAT, static_cast<gint64> (number));
  if (read_as (value, &large))
    return g_strdup_printf ("%" G_GUINT64_FORMAT, static_cast<guint64> (large));
  if (read_as (value, &real) && std::fabs (real) <= MAX_WHOLE && real == std::floor (real))
    return g_strdup_printf ("%" G_GINT64_FORMAT, static_cast<gint64> (real));

  return NULL;
}

/**
 * dial_json_dup_text:
 * @value: a place
 *
 * Returns: (transfer full) (nullable): the text there, of sensible length; a whole number as text;
 *   %NULL if there is neither or an empty one
 */
char *
dial_json_dup_text (DialJsonValue value)
{
  return dup_text (value, MAX_TEXT);
}

/**
 * dial_json_dup_body:
 * @value: a place
 *
 * Returns: (transfer full) (nullable): the same, of a length that is sensible for a correspondence
 */
char *
dial_json_dup_body (DialJsonValue value)
{
  return dup_text (value, MAX_BODY);
}

/**
 * dial_json_get_instant:
 * @value: a place
 *
 * Returns: the time there, in ISO 8601; %DIAL_INSTANT_UNKNOWN if there is none
 */
gint64
dial_json_get_instant (DialJsonValue value)
{
  std::string_view text;

  return read_as (value, &text) ? dial_instant_parse (text.data ()) : DIAL_INSTANT_UNKNOWN;
}

/**
 * dial_json_get_flag:
 * @value: a place
 *
 * Returns: whether there is a truth, also as a word or a number
 */
gboolean
dial_json_get_flag (DialJsonValue value)
{
  std::string_view text;
  int64_t number = 0;
  bool flag = false;

  if (read_as (value, &flag))
    return flag;
  if (read_as (value, &text))
    return g_ascii_strcasecmp (text.data (), "true") == 0;

  return read_as (value, &number) && number == 1;
}
