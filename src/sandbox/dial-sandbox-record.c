#include "dial-sandbox-record.h"

/**
 * dial_sandbox_append_string:
 * @out: the text so far
 * @value: (nullable): UTF-8
 *
 * Appends @value as a JSON string, or `null`.
 */
void
dial_sandbox_append_string (GString    *out,
                            const char *value)
{
  const char *plain;

  if (value == NULL) {
    g_string_append (out, "null");
    return;
  }

  g_string_append_c (out, '"');
  for (plain = value; *value != '\0'; value++) {
    guchar c = (guchar) *value;

    if (c >= 0x20 && c != '"' && c != '\\')
      continue;

    g_string_append_len (out, plain, value - plain);
    plain = value + 1;
    if (c == '\n')
      g_string_append (out, "\\n");
    else if (c < 0x20)
      g_string_append_printf (out, "\\u%04x", c);
    else
      g_string_append_printf (out, "\\%c", c);
  }
  g_string_append_len (out, plain, value - plain);
  g_string_append_c (out, '"');
}

/* printf() would do, but costs a fifth of the page. */
static void
append_integer (GString *out,
                gint64   value)
{
  char digits[24];
  guint i = sizeof digits;
  guint64 rest = value < 0 ? -(guint64) value : (guint64) value;

  do {
    digits[--i] = (char) ('0' + rest % 10);
    rest /= 10;
  } while (rest > 0);
  if (value < 0)
    digits[--i] = '-';
  g_string_append_len (out, digits + i, sizeof digits - i);
}

static void
append_digits (GString *out,
               guint    value,
               guint    width)
{
  char digits[8];

  for (guint i = width; i > 0; i--) {
    digits[i - 1] = (char) ('0' + value % 10);
    value /= 10;
  }
  g_string_append_len (out, digits, width);
}

/**
 * dial_sandbox_append_time:
 * @out: the text so far
 * @instant: microseconds since 1970, or 0
 *
 * Appends @instant in Greenhouse's form, ISO 8601 in UTC with milliseconds, or `null` for 0.
 */
void
dial_sandbox_append_time (GString *out,
                          gint64   instant)
{
  gint64 seconds = instant / G_USEC_PER_SEC;
  gint64 days = seconds / 86400;
  guint of_day = (guint) (seconds % 86400);
  GDate date;

  if (instant <= 0) {
    g_string_append (out, "null");
    return;
  }

  /* GDateTime would do, but costs a third of the page. Day 719163 is 1 January 1970. */
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) (days + 719163));

  g_string_append_c (out, '"');
  append_digits (out, g_date_get_year (&date), 4);
  g_string_append_c (out, '-');
  append_digits (out, g_date_get_month (&date), 2);
  g_string_append_c (out, '-');
  append_digits (out, g_date_get_day (&date), 2);
  g_string_append_c (out, 'T');
  append_digits (out, of_day / 3600, 2);
  g_string_append_c (out, ':');
  append_digits (out, of_day / 60 % 60, 2);
  g_string_append_c (out, ':');
  append_digits (out, of_day % 60, 2);
  g_string_append_c (out, '.');
  append_digits (out, (guint) (instant % G_USEC_PER_SEC / 1000), 3);
  g_string_append (out, "Z\"");
}

/**
 * dial_sandbox_record_begin:
 * @self: an uninitialised record
 * @out: where it goes
 * @fields: (nullable): the names of the members wanted, %NULL for all
 * @changes: (nullable): members to write in place of the invented ones
 *
 * Begins a JSON object.
 */
void
dial_sandbox_record_begin (DialSandboxRecord *self,
                           GString           *out,
                           GHashTable        *fields,
                           JsonObject        *changes)
{
  self->out = out;
  self->fields = fields;
  self->changes = changes;
  self->begun = FALSE;
  g_string_append_c (out, '{');
}

void
dial_sandbox_record_end (DialSandboxRecord *self)
{
  g_string_append_c (self->out, '}');
}

/**
 * dial_sandbox_record_member:
 * @self: a record
 * @name: a member's name
 *
 * Begins a member, whose value the caller appends to @self's text.
 *
 * Returns: whether a value is wanted; %FALSE if the member was not asked for, or was changed by a
 *   test and has been written already
 */
gboolean
dial_sandbox_record_member (DialSandboxRecord *self,
                            const char        *name)
{
  if (self->fields != NULL && !g_hash_table_contains (self->fields, name))
    return FALSE;

  if (self->begun)
    g_string_append_c (self->out, ',');
  self->begun = TRUE;

  g_string_append_c (self->out, '"');
  g_string_append (self->out, name);
  g_string_append_len (self->out, "\":", 2);

  if (self->changes != NULL && json_object_has_member (self->changes, name)) {
    g_autofree char *changed = json_to_string (json_object_get_member (self->changes, name), FALSE);

    g_string_append (self->out, changed);
    return FALSE;
  }

  return TRUE;
}

void
dial_sandbox_record_string (DialSandboxRecord *self,
                            const char        *name,
                            const char        *value)
{
  if (dial_sandbox_record_member (self, name))
    dial_sandbox_append_string (self->out, value);
}

void
dial_sandbox_record_strings (DialSandboxRecord  *self,
                             const char         *name,
                             const char * const *values)
{
  if (!dial_sandbox_record_member (self, name))
    return;

  g_string_append_c (self->out, '[');
  for (guint i = 0; values != NULL && values[i] != NULL; i++) {
    if (i > 0)
      g_string_append_c (self->out, ',');
    dial_sandbox_append_string (self->out, values[i]);
  }
  g_string_append_c (self->out, ']');
}

void
dial_sandbox_record_integer (DialSandboxRecord *self,
                             const char        *name,
                             gint64             value)
{
  if (dial_sandbox_record_member (self, name))
    append_integer (self->out, value);
}

/**
 * dial_sandbox_record_id:
 * @self: a record
 * @name: a member's name
 * @value: an id, or 0 for `null`
 */
void
dial_sandbox_record_id (DialSandboxRecord *self,
                        const char        *name,
                        gint64             value)
{
  if (value != 0)
    dial_sandbox_record_integer (self, name, value);
  else
    dial_sandbox_record_json (self, name, "null");
}

void
dial_sandbox_record_ids (DialSandboxRecord *self,
                         const char        *name,
                         const gint64      *values,
                         guint              n_values)
{
  if (!dial_sandbox_record_member (self, name))
    return;

  g_string_append_c (self->out, '[');
  for (guint i = 0; i < n_values; i++) {
    if (i > 0)
      g_string_append_c (self->out, ',');
    append_integer (self->out, values[i]);
  }
  g_string_append_c (self->out, ']');
}

void
dial_sandbox_record_boolean (DialSandboxRecord *self,
                             const char        *name,
                             gboolean           value)
{
  dial_sandbox_record_json (self, name, value ? "true" : "false");
}

void
dial_sandbox_record_time (DialSandboxRecord *self,
                          const char        *name,
                          gint64             instant)
{
  if (dial_sandbox_record_member (self, name))
    dial_sandbox_append_time (self->out, instant);
}

/**
 * dial_sandbox_record_json:
 * @self: a record
 * @name: a member's name
 * @json: its value, ready made
 */
void
dial_sandbox_record_json (DialSandboxRecord *self,
                          const char        *name,
                          const char        *json)
{
  if (dial_sandbox_record_member (self, name))
    g_string_append (self->out, json);
}
