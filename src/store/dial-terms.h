#pragma once

#include "dial-records.h"

G_BEGIN_DECLS

/*
 * What a candidate is found by: words, folded (see dial-fold.c), each behind a letter that says what it
 * is. The index holds, as terms of their own, a word and all its beginnings, so that whatever is typed is
 * one term and nothing need be gathered from a stretch of the alphabet; and what a name starts with as a word
 * of the name and as any word, too.
 */
typedef enum {
  DIAL_TERM_EVERYBODY = 'a',   /* no word behind it */
  DIAL_TERM_COUNTRY = 'c',     /* the code of a telephone number's country */
  DIAL_TERM_FILTER = 'f',      /* the number of a filter (see dial-filters.h) */
  DIAL_TERM_NAME_KEY = 'k',    /* the whole name, to sort by */
  DIAL_TERM_NAME = 'n',        /* another word of a name */
  DIAL_TERM_PHONE = 'p',       /* a telephone number within its country, or within its area */
  DIAL_TERM_PHONE_END = 'r',   /* the digits of a number, from behind */
  DIAL_TERM_NAME_START = 's',  /* a word that a name starts with */
  DIAL_TERM_NUMBER = 'u',      /* a word with digits, which few share; its short beginnings are words */
  DIAL_TERM_WORD = 'w',        /* any other word */
} DialTermKind;

/* Longer words, and longer beginnings of numbers, are no terms of their own. */
#define DIAL_TERMS_MAX_CHARS   16
#define DIAL_TERMS_MAX_NUMBER  6
#define DIAL_TERMS_MAX_PHONE   4

/* How many digits from behind are a term. */
#define DIAL_TERMS_PHONE_END   4

/* Appends words, each with a space before it. */
void     dial_terms_append_candidate (GString       *words,
                                      DialCandidate *candidate);
void     dial_terms_append_text      (GString       *words,
                                      const char    *text);
void     dial_terms_append_filter    (GString       *words,
                                      gint64         number);

/* How many digits of a number in E.164, behind the +, are its country's: the ITU's list of country codes is 1 and 7,
 * some of two digits, and else of three. */
guint    dial_terms_count_country_digits (const char *digits);

/* What FTS5 is to index for these words, each term once. */
char    *dial_terms_expand           (const char    *own,
                                      const char    *work);

/* Which terms other words of the same candidate no longer make, and which they add; the caller frees both. */
void     dial_terms_compare          (const char    *old_own,
                                      const char    *old_work,
                                      const char    *own,
                                      const char    *work,
                                      char         **removed,
                                      char         **added);

/* What @words of a candidate has to sort by. */
char    *dial_terms_dup_name_key     (const char    *words);

/* Cuts a folded word to what is a term. */
char    *dial_terms_cut              (const char    *word);

/* Whether @words of a candidate have @kind and @beginning. */
gboolean dial_terms_have             (const char    *words,
                                      char           kind,
                                      const char    *beginning);

G_END_DECLS
