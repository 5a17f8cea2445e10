#include "dial-country.h"

#include <unicode/uloc.h>
#include <unicode/ustring.h>

#define MAX_NAME 128

/**
 * dial_country_dup_name:
 * @region: an ISO country, such as `GB`
 *
 * Returns: (transfer full): what people here call it, with the code that is dialled for it
 */
char *
dial_country_dup_name (const char *region)
{
  g_autofree char *locale = g_strconcat ("und_", region, NULL);
  UChar wide[MAX_NAME];
  char name[MAX_NAME * 3];
  UErrorCode status = U_ZERO_ERROR;
  int code = dial_phone_number_get_region_code (region);

  uloc_getDisplayCountry (locale, NULL, wide, MAX_NAME, &status);
  u_strToUTF8 (name, sizeof name, NULL, wide, -1, &status);
  if (U_FAILURE (status) || status == U_STRING_NOT_TERMINATED_WARNING)
    g_strlcpy (name, region, sizeof name);

  return g_strdup_printf ("%s (+%d)", name, code);
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  g_autofree char *name_a = dial_country_dup_name (*(const char * const *) a);
  g_autofree char *name_b = dial_country_dup_name (*(const char * const *) b);

  return g_utf8_collate (name_a, name_b);
}

/* The country that was chosen when this very text was called last. */
static char *
find_chosen (DialPhoneNumber *number,
             GListModel      *history)
{
  guint n_items = history != NULL ? g_list_model_get_n_items (history) : 0;

  for (guint i = 0; i < n_items; i++) {
    g_autoptr (DialHistoryEntry) entry = g_list_model_get_item (history, i);
    DialCallRecord *call = dial_history_entry_get_call (entry);
    g_autoptr (DialPhoneNumber) called = NULL;

    if (call == NULL || call->e164 == NULL ||
        g_strcmp0 (call->number, dial_phone_number_get_typed (number)) != 0)
      continue;

    called = dial_phone_number_new (call->e164, NULL, NULL);
    return g_strdup (dial_phone_number_get_region (called));
  }

  return NULL;
}

/* The country of another number of theirs. */
static char *
find_other (DialCandidate *candidate)
{
  for (guint i = 0; i < candidate->phones->len; i++) {
    DialPhoneNumber *number = g_ptr_array_index (candidate->phones, i);

    if (dial_phone_number_get_region (number) != NULL)
      return g_strdup (dial_phone_number_get_region (number));
  }

  return NULL;
}

static gboolean
bring_forward (GStrv       regions,
               const char *region)
{
  for (guint i = 0; region != NULL && regions[i] != NULL; i++) {
    char *found = regions[i];

    if (!g_str_equal (found, region))
      continue;
    memmove (regions + 1, regions, i * sizeof (char *));
    regions[0] = found;
    return TRUE;
  }

  return FALSE;
}

/**
 * dial_country_list:
 * @candidate: whose number
 * @number: a number that does not say its country
 * @history: (nullable): the candidate's [class@History]
 *
 * Lists the countries in which @number would be a valid number, by name. Before all comes the one
 * that was chosen last time, else that of another number of the candidate, else the recruiter's.
 *
 * Returns: (transfer full) (array zero-terminated=1): ISO countries
 */
GStrv
dial_country_list (DialCandidate   *candidate,
                   DialPhoneNumber *number,
                   GListModel      *history)
{
  g_auto (GStrv) regions = dial_phone_number_list_regions (number);
  g_autofree char *chosen = find_chosen (number, history);
  g_autofree char *other = find_other (candidate);

  g_qsort_with_data (regions, g_strv_length (regions), sizeof (char *), compare_names, NULL);
  if (!bring_forward (regions, chosen) && !bring_forward (regions, other))
    bring_forward (regions, dial_home_region ());
  return g_steal_pointer (&regions);
}
