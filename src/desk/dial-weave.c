#include "dial-weave.h"

static DialStrand *
get_strand (GPtrArray *strands,
            guint      index)
{
  return g_ptr_array_index (strands, index);
}

/* Laced: round after round each list that is long enough gives one. */

/* How many items stand before the one of @strand at @index, whether there is one or not. */
static guint
get_laced_position (GPtrArray *strands,
                    guint      strand,
                    guint      index)
{
  guint position = 0;

  for (guint i = 0; i < strands->len; i++) {
    guint length = get_strand (strands, i)->length;

    position += MIN (length, index);
    if (i < strand && length > index)
      position++;
  }

  return position;
}

/* The length of the shortest list that is longer than @round. */
static guint
next_end (GPtrArray *strands,
          guint       round,
          guint      *n_longer)
{
  guint end = G_MAXUINT;

  *n_longer = 0;
  for (guint i = 0; i < strands->len; i++) {
    guint length = get_strand (strands, i)->length;

    if (length > round) {
      end = MIN (end, length);
      (*n_longer)++;
    }
  }

  return end;
}

static DialStrand *
find_laced (GPtrArray *strands,
            guint       position,
            guint      *index)
{
  guint round = 0;
  guint n_longer;
  guint end = next_end (strands, round, &n_longer);
  guint place;

  /* Stretches of rounds in which the same lists take part. */
  while (n_longer > 0 && position >= (guint64) (end - round) * n_longer) {
    position -= (end - round) * n_longer;
    round = end;
    end = next_end (strands, round, &n_longer);
  }
  if (n_longer == 0)
    return NULL;

  *index = round + position / n_longer;
  place = position % n_longer;
  for (guint i = 0; i < strands->len; i++)
    if (get_strand (strands, i)->length > round && place-- == 0)
      return get_strand (strands, i);

  g_assert_not_reached ();
}

/* Woven: by tier and place; of several who share both the first company's comes first. */

static gboolean
stands_at (DialCandidateList *list,
           guint              index,
           int                tier,
           gint64             place)
{
  int its_tier;

  return index < g_list_model_get_n_items (G_LIST_MODEL (list)) &&
         dial_candidate_list_get_place (list, index, &its_tier) == place && its_tier == tier;
}

/* How many items stand before the one of @strand at @index. */
static guint
get_woven_position (GPtrArray *strands,
                    guint      strand,
                    guint      index)
{
  guint position = index;
  int tier;
  gint64 place = dial_candidate_list_get_place (get_strand (strands, strand)->list, index, &tier);

  for (guint i = 0; i < strands->len; i++) {
    DialCandidateList *list = get_strand (strands, i)->list;
    guint rank;

    if (i == strand)
      continue;
    rank = dial_candidate_list_rank (list, tier, place);
    position += i < strand && stands_at (list, rank, tier, place) ? rank + 1 : rank;
  }

  return position;
}

static DialStrand *
find_woven (GPtrArray *strands,
            guint       position,
            guint      *index)
{
  for (guint i = 0; i < strands->len; i++) {
    guint start = 0, end = get_strand (strands, i)->length;

    while (start < end) {
      guint middle = start + (end - start) / 2;
      guint found = get_woven_position (strands, i, middle);

      if (found == position) {
        *index = middle;
        return get_strand (strands, i);
      }
      if (found < position)
        start = middle + 1;
      else
        end = middle;
    }
  }

  g_return_val_if_reached (NULL);
}

/* How many items there are together. */
guint
dial_weave_count (GPtrArray *strands)
{
  guint n_items = 0;

  for (guint i = 0; i < strands->len; i++)
    n_items += get_strand (strands, i)->length;

  return n_items;
}

/* How many items stand before the one of @strand at @index; by place there must be one. */
guint
dial_weave_get_position (GPtrArray *strands,
                         gboolean   by_place,
                         guint      strand,
                         guint      index)
{
  if (strands->len == 1)
    return MIN (index, get_strand (strands, 0)->length);

  return by_place ? get_woven_position (strands, strand, index) : get_laced_position (strands, strand, index);
}

/* Whose item stands at @position, and where among its own. */
DialStrand *
dial_weave_find (GPtrArray *strands,
                 gboolean   by_place,
                 guint      position,
                 guint     *index)
{
  if (strands->len > 1)
    return by_place ? find_woven (strands, position, index) : find_laced (strands, position, index);

  *index = position;
  return get_strand (strands, 0);
}

/* Whether the lists can be woven by place just now. An empty one never hinders. */
gboolean
dial_weave_can_sort (GPtrArray *strands)
{
  for (guint i = 0; i < strands->len; i++) {
    DialStrand *strand = get_strand (strands, i);

    if (strand->length > 0 && !dial_candidate_list_is_sorted (strand->list))
      return FALSE;
  }

  return TRUE;
}
