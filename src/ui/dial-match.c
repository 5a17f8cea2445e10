#include "config.h"

#include <string.h>

#include "dial-fold.h"
#include "dial-match.h"
#include "dial-words.h"

/* How much of a number must have been typed, as the store has it. */
#define MIN_DIGITS 3

/* The marker's colour is seen on light and dark alike; what it marks is bold as well. */
#define MARKER_RED   0x3535
#define MARKER_GREEN 0x8484
#define MARKER_BLUE  0xe4e4
#define MARKER_ALPHA 0x4800

/* A word in each script that names are written in, and a number. */
#define WORDS  "张 ひかり カ 한 И Ω Ա ა መ مي כ राज க ด"
#define NUMBER "+12025550123"

static void
add_mark (PangoAttrList *marks,
          guint          start,
          guint          end)
{
  PangoAttribute *attributes[] = {
    pango_attr_weight_new (PANGO_WEIGHT_BOLD),
    pango_attr_background_new (MARKER_RED, MARKER_GREEN, MARKER_BLUE),
    pango_attr_background_alpha_new (MARKER_ALPHA),
  };

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++) {
    attributes[i]->start_index = start;
    attributes[i]->end_index = end;
    pango_attr_list_insert (marks, attributes[i]);
  }
}

static gboolean
is_number (const char *needle)
{
  for (const char *p = needle; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)) || *p == '@')
      return FALSE;

  return TRUE;
}

/* Where the digits are that were found, in bytes: @first to @last of all digits of the text. */
static void
locate_digits (const char *text,
               guint       first,
               guint       last,
               guint      *start,
               guint      *end)
{
  guint count = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    if (g_unichar_digit_value (g_utf8_get_char (p)) < 0)
      continue;
    if (count == first)
      *start = p - text;
    if (count++ == last)
      *end = g_utf8_next_char (p) - text;
  }
}

/* A telephone number is found however it is written: its digits count, not what stands between them. A group that
 * begins so is what is meant rather than what runs from one into the next. */
static gboolean
find_digits (const char *text,
             const char *needle,
             guint      *start,
             guint      *end)
{
  g_autoptr (GString) wanted = g_string_new (NULL);
  g_autoptr (GString) digits = g_string_new (NULL);
  gboolean found = FALSE;
  gboolean begins = FALSE;

  if (!is_number (needle))
    return FALSE;

  dial_fold_digits (needle, wanted);
  dial_fold_digits (text, digits);
  if (wanted->len < MIN_DIGITS)
    return FALSE;

  for (const char *at = digits->str; !begins && (at = strstr (at, wanted->str)) != NULL; at++) {
    guint this_start = 0, this_end = 0;

    locate_digits (text, at - digits->str, at - digits->str + wanted->len - 1, &this_start, &this_end);
    begins = this_start == 0 || g_unichar_digit_value (g_utf8_get_char (g_utf8_prev_char (text + this_start))) < 0;
    if (!found || begins) {
      *start = this_start;
      *end = this_end;
    }
    found = TRUE;
  }

  return found;
}

/**
 * dial_match_mark:
 * @text: a text that is shown
 * @needle: what was searched for
 *
 * Returns: (transfer full) (nullable): marks on what the search found in the text, %NULL if that is nothing
 */
PangoAttrList *
dial_match_mark (const char *text,
                 const char *needle)
{
  g_autoptr (GArray) ranges = NULL;
  PangoAttrList *marks;
  guint start = 0, end = 0;

  if (needle[0] == '\0' || text[0] == '\0')
    return NULL;

  marks = pango_attr_list_new ();
  if (find_digits (text, needle, &start, &end)) {
    add_mark (marks, start, end);
    return marks;
  }

  /* Start and end of each. */
  ranges = dial_fold_mark (text, needle);
  for (guint i = 0; i < ranges->len; i++) {
    const guint *range = &((const guint *) ranges->data)[2 * i];

    add_mark (marks, range[0], range[1]);
  }
  if (ranges->len == 0)
    g_clear_pointer (&marks, pango_attr_list_unref);

  return marks;
}

static gboolean
is_in (const char *text,
       const char *needle)
{
  PangoAttrList *marks = text != NULL ? dial_match_mark (text, needle) : NULL;
  gboolean is_there = marks != NULL;

  g_clear_pointer (&marks, pango_attr_list_unref);
  return is_there;
}

/**
 * dial_match_dup_missing:
 * @needle: what was searched for
 * @shown: (array zero-terminated=1): texts that are shown
 *
 * Returns: (transfer full) (nullable): the words that none of the texts explains; %NULL if there are none
 */
char *
dial_match_dup_missing (const char         *needle,
                        const char * const *shown)
{
  g_auto (GStrv) words = g_strsplit_set (needle, " \t\n", -1);
  GString *missing = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++) {
    gboolean found = words[i][0] == '\0';

    for (guint k = 0; !found && shown[k] != NULL; k++)
      found = is_in (shown[k], words[i]);
    if (!found)
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? " " : "", words[i]);
  }

  return g_string_free (missing, missing->len == 0);
}

static char *
find_in (char       **texts,
         const char  *missing)
{
  for (guint i = 0; texts[i] != NULL; i++)
    if (is_in (texts[i], missing))
      return g_strdup (texts[i]);

  return NULL;
}

/**
 * dial_match_dup_hidden:
 * @candidate: who was found
 * @missing: words that nothing explains that is shown
 *
 * Returns: (transfer full) (nullable): what of the candidate explains them: a preferred name, a job, a number, an
 *   address, a tag
 */
char *
dial_match_dup_hidden (DialCandidate *candidate,
                       const char    *missing)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;

  if (candidate->preferred_name != NULL)
    g_strv_builder_add (builder, candidate->preferred_name);
  if (candidate->job != NULL)
    g_strv_builder_add (builder, candidate->job);
  for (guint i = 0; i < candidate->phones->len; i++) {
    g_autofree char *number = dial_words_number (g_ptr_array_index (candidate->phones, i));

    g_strv_builder_add (builder, number);
  }
  for (guint i = 0; i < candidate->emails->len; i++) {
    DialEmailAddress *email = g_ptr_array_index (candidate->emails, i);

    g_strv_builder_add (builder, email->address);
  }
  g_strv_builder_addv (builder, (const char **) candidate->tags);

  texts = g_strv_builder_end (builder);
  return find_in (texts, missing);
}

/* Words of Thai are told apart by a dictionary. */
static void
break_words (const char *text)
{
  int length = (int) g_utf8_strlen (text, -1);
  g_autofree PangoLogAttr *attributes = g_new0 (PangoLogAttr, length + 1);

  pango_get_log_attrs (text, (int) strlen (text), -1, pango_language_get_default (), attributes, length + 1);
}

static gpointer
prepare (gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (DialPhoneNumber) number = dial_phone_number_new_stored (NUMBER, NULL, NUMBER, NULL, NULL);
  g_autofree char *folded = NULL;
  g_autofree char *formatted = NULL;

  dial_stand_back ();
  folded = dial_fold_text (WORDS);
  formatted = dial_phone_number_format (number);
  break_words (WORDS);
  g_task_return_boolean (task, TRUE);
  return NULL;
}

/**
 * dial_match_prepare_async:
 * @cancellable: (nullable): stops the waiting
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Learns to read other scripts and to write numbers, on a thread of its own. Libraries take up to a tenth of a
 * second for that, once: whoever marks before takes it themselves.
 */
void
dial_match_prepare_async (GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, dial_match_prepare_async);
  g_thread_unref (g_thread_new ("match", prepare, g_steal_pointer (&task)));
}

/**
 * dial_match_prepare_finish:
 * @result: what the callback was given
 *
 * Returns: whether it is done
 */
gboolean
dial_match_prepare_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}
