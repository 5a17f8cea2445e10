#include "dial-search.h"

#include "dial-fold.h"
#include "dial-place.h"
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
is_full (DialFindings *findings,
         guint         limit)
{
  return limit > 0 && findings->places->len >= limit;
}

/* A condition on candidates, and the texts it is bound to. */
typedef struct {
  GString   *sql;
  GPtrArray *texts;   /* of strings, not held */
} Condition;

static void
condition_init (Condition *condition)
{
  condition->sql = g_string_new ("1");
  condition->texts = g_ptr_array_new ();
}

static void
condition_clear (Condition *condition)
{
  g_string_free (condition->sql, TRUE);
  g_ptr_array_unref (condition->texts);
}

static void
add_any (Condition  *condition,
         const char *column,
         GStrv       values)
{
  if (values[0] == NULL)
    return;

  g_string_append_printf (condition->sql, " AND %s IN (", column);
  for (guint i = 0; values[i] != NULL; i++) {
    g_string_append (condition->sql, i > 0 ? ", ?" : "?");
    g_ptr_array_add (condition->texts, values[i]);
  }
  g_string_append_c (condition->sql, ')');
}

#define STAGE_NAME "coalesce (nullif (stage_name, ''), stages.name)"
#define APPLICATION_TABLES \
  "applications LEFT JOIN jobs ON jobs.id = applications.job_id LEFT JOIN stages ON stages.id = stage_id"

static void
add_query (Condition       *condition,
           const DialQuery *query)
{
  if (query->jobs[0] != NULL || query->stages[0] != NULL || query->statuses[0] != NULL) {
    g_string_append (condition->sql, " AND EXISTS (SELECT 1 FROM " APPLICATION_TABLES
                     " WHERE candidate_id = candidates.id");
    add_any (condition, "jobs.name", query->jobs);
    add_any (condition, STAGE_NAME, query->stages);
    add_any (condition, "applications.status", query->statuses);
    g_string_append_c (condition->sql, ')');
  }
  for (guint i = 0; query->tags[i] != NULL; i++) {
    g_string_append (condition->sql, " AND EXISTS (SELECT 1 FROM candidate_tags "
                     "WHERE candidate_id = candidates.id AND name = ?)");
    g_ptr_array_add (condition->texts, query->tags[i]);
  }
  if (query->user_id != 0)
    g_string_append_printf (condition->sql, " AND EXISTS (SELECT 1 FROM applications "
                            "WHERE candidate_id = candidates.id "
                            "AND %" G_GINT64_FORMAT " IN (recruiter_id, coordinator_id))",
                            query->user_id);
  if (query->quiet_days != 0)
    g_string_append_printf (condition->sql, " AND last_contact_at < %" G_GINT64_FORMAT,
                            g_get_real_time () - (gint64) query->quiet_days * 24 * 3600 * G_USEC_PER_SEC);
  if (query->has_phone)
    g_string_append (condition->sql, " AND EXISTS (SELECT 1 FROM candidate_phones "
                     "WHERE candidate_id = candidates.id AND e164 IS NOT NULL)");
  if (query->is_private)
    g_string_append (condition->sql, " AND is_private");
}

static const char *
get_order_sql (DialOrder order)
{
  switch (order) {
  case DIAL_ORDER_NAME:
    return "(SELECT name FROM candidate_texts WHERE candidate_texts.id = candidates.id), place DESC";
  case DIAL_ORDER_CONTACT:
    return "last_contact_at DESC, place DESC";
  case DIAL_ORDER_RELEVANCE:
  case DIAL_ORDER_ACTIVITY:
  default:
    return "place DESC";
  }
}

/* Appends who matches @expression, NULL for everybody, and is not there yet. */
static void
append_matches (DialConnection  *connection,
                const DialQuery *query,
                const char      *expression,
                guint            limit,
                DialFindings    *findings,
                GHashTable      *seen)
{
  Condition condition;
  g_autofree char *sql = NULL;
  DialStatement *statement;

  condition_init (&condition);
  add_query (&condition, query);
  sql = g_strdup_printf ("SELECT place FROM candidates WHERE %s%s ORDER BY %s",
                         expression != NULL ? "id IN (SELECT rowid FROM candidate_search "
                         "WHERE candidate_search MATCH ?) AND " : "",
                         condition.sql->str, get_order_sql (query->order));
  statement = dial_connection_prepare (connection, sql);
  if (expression != NULL)
    dial_statement_bind_text (statement, expression);
  for (guint i = 0; i < condition.texts->len; i++)
    dial_statement_bind_text (statement, g_ptr_array_index (condition.texts, i));

  while (!is_full (findings, limit) && dial_statement_next (statement)) {
    gint64 place = dial_statement_read_int64 (statement, 0);

    if (g_hash_table_add (seen, g_memdup2 (&place, sizeof place)))
      g_array_append_val (findings->places, place);
  }
  dial_statement_reset (statement);
  condition_clear (&condition);
}

static void
end_tier (DialFindings *findings,
          guint         tier)
{
  findings->tier_ends[tier] = findings->places->len;
}

DialFindings *
dial_search_find (DialConnection  *connection,
                  const DialQuery *query,
                  guint            limit)
{
  DialFindings *findings = dial_findings_new ();
  g_autoptr (GPtrArray) words = dial_fold_query (query->text);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree char *begins = NULL;
  g_autofree char *named = NULL;
  g_autofree char *any = NULL;

  if (query->order == DIAL_ORDER_RELEVANCE && words->len > 0) {
    begins = build_name_expression (words, TRUE);
    append_matches (connection, query, begins, limit, findings, seen);
    end_tier (findings, 0);
    named = build_name_expression (words, FALSE);
    append_matches (connection, query, named, limit, findings, seen);
    end_tier (findings, 1);
  }

  any = words->len > 0 ? build_expression (words, query->text) : NULL;
  append_matches (connection, query, any, limit, findings, seen);
  if (named == NULL) {
    end_tier (findings, 0);
    end_tier (findings, 1);
  }
  end_tier (findings, 2);
  findings->complete = !is_full (findings, limit);
  return findings;
}

static int
get_tier (DialFindings *findings,
          gint64        place)
{
  for (guint i = 0; i < findings->places->len; i++) {
    if (g_array_index (findings->places, gint64, i) == place)
      return i < findings->tier_ends[0] ? 1 : i < findings->tier_ends[1] ? 2 : 3;
  }
  return -1;
}

GArray *
dial_search_match (DialConnection  *connection,
                   const DialQuery *query,
                   GArray          *ids)
{
  g_autoptr (DialFindings) findings = dial_search_find (connection, query, 0);
  GArray *matches = g_array_new (FALSE, FALSE, sizeof (DialMatch));

  for (guint i = 0; i < ids->len; i++) {
    DialMatch match = { .id = g_array_index (ids, gint64, i) };

    match.place = dial_place_get (connection, match.id);
    match.tier = match.place != 0 ? get_tier (findings, match.place) : -1;
    g_array_append_val (matches, match);
  }
  return matches;
}

static guint
count_with (DialConnection  *connection,
            const DialQuery *query)
{
  g_autoptr (DialFindings) findings = dial_search_find (connection, query, 0);

  return findings->places->len;
}

static void
count_others (DialConnection  *connection,
              const DialQuery *query,
              GPtrArray       *choices)
{
  static const guint days[] = { 7, 30, 90 };
  g_autoptr (DialQuery) narrowed = dial_query_copy (query);

  narrowed->has_phone = TRUE;
  g_ptr_array_add (choices, dial_choice_new ("has-phone", count_with (connection, narrowed)));
  narrowed->has_phone = query->has_phone;
  narrowed->is_private = TRUE;
  g_ptr_array_add (choices, dial_choice_new ("private", count_with (connection, narrowed)));
  narrowed->is_private = query->is_private;
  if (query->user_id != 0)
    g_ptr_array_add (choices, dial_choice_new ("mine", count_with (connection, narrowed)));

  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    g_autofree char *value = g_strdup_printf ("quiet-%u", days[i]);

    narrowed->quiet_days = days[i];
    g_ptr_array_add (choices, dial_choice_new (value, count_with (connection, narrowed)));
  }
}

static int
compare_choices (gconstpointer a,
                 gconstpointer b)
{
  const DialChoice *left = *(const DialChoice **) a, *right = *(const DialChoice **) b;

  if (left->count != right->count)
    return left->count > right->count ? -1 : 1;
  return strcmp (left->value, right->value);
}

static const char *
get_values_sql (DialFacet facet)
{
  switch (facet) {
  case DIAL_FACET_JOB:
    return "SELECT DISTINCT name FROM jobs WHERE name <> ''";
  case DIAL_FACET_STAGE:
    return "SELECT DISTINCT " STAGE_NAME " AS name FROM " APPLICATION_TABLES " WHERE name <> ''";
  case DIAL_FACET_STATUS:
    return "SELECT DISTINCT status FROM applications WHERE status <> ''";
  case DIAL_FACET_TAG:
  case DIAL_FACET_OTHER:
  default:
    return "SELECT DISTINCT name FROM candidate_tags";
  }
}

static GStrv *
get_values (DialQuery *query,
            DialFacet  facet)
{
  switch (facet) {
  case DIAL_FACET_JOB:
    return &query->jobs;
  case DIAL_FACET_STAGE:
    return &query->stages;
  case DIAL_FACET_STATUS:
    return &query->statuses;
  case DIAL_FACET_TAG:
  case DIAL_FACET_OTHER:
  default:
    return &query->tags;
  }
}

GPtrArray *
dial_search_count_choices (DialConnection  *connection,
                           const DialQuery *query,
                           DialFacet        facet)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func ((GDestroyNotify) dial_choice_free);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (DialQuery) narrowed = dial_query_copy (query);
  DialStatement *statement;

  if (facet == DIAL_FACET_OTHER) {
    count_others (connection, query, choices);
    return choices;
  }

  statement = dial_connection_prepare (connection, get_values_sql (facet));
  while (dial_statement_next (statement))
    g_ptr_array_add (values, dial_statement_dup_text (statement, 0));

  for (guint i = 0; i < values->len && !dial_connection_has_failed (connection); i++) {
    const char *value = g_ptr_array_index (values, i);
    GStrv *chosen = get_values (narrowed, facet);
    g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
    guint count;

    if (facet == DIAL_FACET_TAG)
      g_strv_builder_addv (builder, (const char **) query->tags);
    g_strv_builder_add (builder, value);
    g_strfreev (*chosen);
    *chosen = g_strv_builder_end (builder);
    count = count_with (connection, narrowed);
    if (count > 0)
      g_ptr_array_add (choices, dial_choice_new (value, count));
  }
  g_ptr_array_sort (choices, compare_choices);
  return choices;
}
