#include "dial-search.h"

#include "dial-fold.h"
#include "dial-statement.h"

#include <string.h>

/* Fewer digits than this are looked for as words only, not as the end of a number. */
#define MIN_PHONE_DIGITS 4

/* E.164 has 15 digits; what people type around them is no more than this. */
#define MAX_PHONE_DIGITS 24

/* More words than anybody types; FTS5 bounds the depth of an expression. */
#define MAX_QUERY_WORDS 24

/* Where words are looked for: everywhere but in the numbers written backwards. */
#define WORDS "{name other work phone}"

static void
append_folded (GString    *to,
               const char *folded)
{
  if (folded[0] == '\0')
    return;

  if (to->len > 0)
    g_string_append_c (to, ' ');
  g_string_append (to, folded);
}

static void
append_text (GString    *to,
             const char *text)
{
  g_autofree char *folded = dial_fold_text (text);

  append_folded (to, folded);
}

/* How many digits after the + are the country's: the ITU's list of country codes is 1 and 7, these
 * of two digits, and else of three. */
static guint
count_country_digits (const char *digits)
{
  static const char two[] = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 "
                            "56 57 58 "
                            "60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 ";
  char code[] = "00 ";

  if (digits[0] == '1' || digits[0] == '7')
    return 1;
  if (strlen (digits) < 3)
    return 0;

  memcpy (code, digits, 2);
  return strstr (two, code) != NULL ? 2 : 3;
}

static void
append_phone (DialPhoneNumber *phone,
              GString         *forward,
              GString         *backward)
{
  const char *typed = dial_phone_number_get_typed (phone);
  const char *e164 = dial_phone_number_get_e164 (phone);
  g_autoptr (GString) digits = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (typed != NULL ? typed : "", -1);
  g_autofree char *reversed = NULL;

  dial_fold_digits (valid, digits);
  g_string_truncate (digits, MIN (digits->len, MAX_PHONE_DIGITS));

  /* As it was typed in groups, as it was typed in one, and with and without its country. */
  append_text (forward, valid);
  append_folded (forward, digits->str);
  if (e164 != NULL && e164[0] == '+') {
    append_folded (forward, e164 + 1);
    if (strlen (e164 + 1) > 3)
      append_folded (forward, e164 + 1 + count_country_digits (e164 + 1));
    g_string_assign (digits, e164 + 1);
  }

  reversed = g_strreverse (g_strdup (digits->str));
  append_folded (backward, reversed);
}

/* Folds all that @candidate is found by, but for job and stage, which change without it. */
DialSearchTexts *
dial_search_texts_new (DialCandidate *candidate)
{
  DialSearchTexts *self = g_new0 (DialSearchTexts, 1);
  GString *start = g_string_new (NULL), *name = g_string_new (NULL), *other = g_string_new (NULL);
  GString *phone = g_string_new (NULL), *phone_end = g_string_new (NULL);
  g_autofree char *first = dial_fold_first_word (candidate->first_name);
  g_autofree char *last = dial_fold_first_word (candidate->last_name);
  g_autofree char *preferred = dial_fold_first_word (candidate->preferred_name);

  append_folded (start, first[0] != '\0' ? first : last);
  append_folded (start, preferred);

  append_text (name, candidate->first_name);
  append_text (name, candidate->last_name);
  append_text (name, candidate->preferred_name);

  append_text (other, candidate->company);
  append_text (other, candidate->title);
  for (guint i = 0; candidate->tags != NULL && candidate->tags[i] != NULL; i++)
    append_text (other, candidate->tags[i]);
  for (guint i = 0; i < candidate->emails->len; i++)
    append_text (other, ((DialEmailAddress *) g_ptr_array_index (candidate->emails, i))->address);

  for (guint i = 0; i < candidate->phones->len; i++)
    append_phone (g_ptr_array_index (candidate->phones, i), phone, phone_end);

  self->name_start = g_string_free (start, FALSE);
  self->name = g_string_free (name, FALSE);
  self->other = g_string_free (other, FALSE);
  self->phone = g_string_free (phone, FALSE);
  self->phone_end = g_string_free (phone_end, FALSE);
  return self;
}

void
dial_search_texts_free (DialSearchTexts *self)
{
  if (self == NULL)
    return;

  g_free (self->name_start);
  g_free (self->name);
  g_free (self->other);
  g_free (self->phone);
  g_free (self->phone_end);
  g_free (self);
}

/* `columns : ("form" * OR "form" *)`. Forms hold letters and digits alone, so nothing in them is
 * an operator. */
static void
append_word (GString            *expression,
             const char         *columns,
             const char * const *forms)
{
  g_string_append_printf (expression, "%s : (", columns);
  for (guint i = 0; forms[i] != NULL; i++)
    g_string_append_printf (expression, "%s\"%s\" *", i > 0 ? " OR " : "", forms[i]);
  g_string_append_c (expression, ')');
}

/* `phone : "digits" * OR phone_end : "stigid" *`, whatever stands before the national number. */
static void
append_number (GString    *expression,
               const char *digits)
{
  const char *bare = digits;
  g_autofree char *reversed = NULL;

  /* 0 and 00 come before a number at home and abroad, and are in no E.164. */
  while (bare[0] == '0' && strlen (bare) > MIN_PHONE_DIGITS)
    bare++;

  reversed = g_strreverse (g_strdup (bare));
  g_string_append_printf (expression, "phone : (\"%s\" * OR \"%s\" *) OR phone_end : \"%s\" *",
                          digits, bare, reversed);

  /* Russians say 8 where others say +7. */
  if (bare[0] == '8' && strlen (bare) == 11) {
    reversed[10] = '\0';
    g_string_append_printf (expression, " OR phone_end : \"%s\" *", reversed);
  }
}

static gboolean
is_number (const char *form)
{
  return strspn (form, "0123456789") == strlen (form);
}

/* The digits of @text if it is written as a phone number is, else %NULL. */
static char *
read_number (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  const char *trunk;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (g_unichar_digit_value (c) < 0 && g_unichar_type (c) != G_UNICODE_FORMAT &&
        !g_unichar_isspace (c) && strchr ("+-()./", c < 0x80 ? (int) c : '?') == NULL)
      return NULL;
  }

  /* +44 (0)20 …: the zero in brackets is never dialled together with the country. */
  trunk = strstr (valid, "(0)");
  if (trunk != NULL && trunk != valid) {
    g_autofree char *country = g_strndup (valid, trunk - valid);

    dial_fold_digits (country, digits);
    dial_fold_digits (trunk + 3, digits);
  } else {
    dial_fold_digits (valid, digits);
  }

  if (digits->len < MIN_PHONE_DIGITS || digits->len > MAX_PHONE_DIGITS)
    return NULL;
  return g_strdup (digits->str);
}

/* All words, each anywhere. */
static char *
build_expression (GPtrArray  *words,
                  const char *text)
{
  g_autofree char *number = read_number (text);
  GString *expression = g_string_new ("(");

  for (guint i = 0; i < words->len && i < MAX_QUERY_WORDS; i++) {
    const char * const *forms = g_ptr_array_index (words, i);

    g_string_append (expression, i > 0 ? " AND (" : "(");
    append_word (expression, WORDS, forms);
    if (is_number (forms[0]) && strlen (forms[0]) >= MIN_PHONE_DIGITS) {
      g_string_append (expression, " OR ");
      append_number (expression, forms[0]);
    }
    g_string_append_c (expression, ')');
  }
  g_string_append_c (expression, ')');

  if (number != NULL) {
    g_string_append (expression, " OR ");
    append_number (expression, number);
  }
  return g_string_free (expression, FALSE);
}

/* All words in the name, and with @at_start one of them where it begins. */
static char *
build_name_expression (GPtrArray *words,
                       gboolean   at_start)
{
  GString *expression = g_string_new (NULL);

  for (guint i = 0; i < words->len && i < MAX_QUERY_WORDS; i++) {
    if (i > 0)
      g_string_append (expression, " AND ");
    append_word (expression, "name", g_ptr_array_index (words, i));
  }

  if (at_start) {
    g_string_append (expression, " AND (");
    for (guint i = 0; i < words->len && i < MAX_QUERY_WORDS; i++) {
      if (i > 0)
        g_string_append (expression, " OR ");
      append_word (expression, "name_start", g_ptr_array_index (words, i));
    }
    g_string_append_c (expression, ')');
  }
  return g_string_free (expression, FALSE);
}

static gboolean
is_full (GArray *ids,
         guint   limit)
{
  return limit > 0 && ids->len >= limit;
}

/* Appends what matches @expression and is not there yet. */
static void
append_matches (DialConnection *connection,
                const char     *expression,
                guint           limit,
                GArray         *ids,
                GHashTable     *seen)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT candidates.id FROM candidate_search "
                             "JOIN candidates ON candidates.id = candidate_search.rowid "
                             "WHERE candidate_search MATCH ? "
                             "ORDER BY last_activity_at DESC, candidates.id DESC");

  dial_statement_bind_text (statement, expression);
  while (!is_full (ids, limit) && dial_statement_next (statement)) {
    gint64 id = dial_statement_read_int64 (statement, 0);

    if (g_hash_table_add (seen, g_memdup2 (&id, sizeof id)))
      g_array_append_val (ids, id);
  }
  dial_statement_reset (statement);
}

static void
append_everyone (DialConnection *connection,
                 guint           limit,
                 GArray         *ids)
{
  DialStatement *statement =
    dial_connection_prepare (connection,
                             "SELECT id FROM candidates ORDER BY last_activity_at DESC, id DESC");

  while (!is_full (ids, limit) && dial_statement_next (statement)) {
    gint64 id = dial_statement_read_int64 (statement, 0);

    g_array_append_val (ids, id);
  }
  dial_statement_reset (statement);
}

GArray *
dial_search_run (DialConnection *connection,
                 const char     *text,
                 guint           limit)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) words = dial_fold_query (text);
  g_autoptr (GHashTable) seen = NULL;
  g_autofree char *begins = NULL;
  g_autofree char *named = NULL;
  g_autofree char *any = NULL;

  if (words->len == 0) {
    append_everyone (connection, limit, ids);
    return ids;
  }

  /* Whose name begins so, whose name has it, and everybody else: one after the other, so that a
   * short list is full before the long queries run. */
  seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  begins = build_name_expression (words, TRUE);
  append_matches (connection, begins, limit, ids, seen);
  if (!is_full (ids, limit)) {
    named = build_name_expression (words, FALSE);
    append_matches (connection, named, limit, ids, seen);
  }
  if (!is_full (ids, limit)) {
    any = build_expression (words, text);
    append_matches (connection, any, limit, ids, seen);
  }
  return ids;
}
