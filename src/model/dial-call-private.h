#pragma once

#include "dial-call.h"
#include "dial-moment-private.h"

G_BEGIN_DECLS

struct _DialCall
{
  GObject          parent_instance;

  char            *uid;
  DialDirection    direction;
  DialPhoneNumber *number;
  char            *own_number;
  GStrv            own_numbers;
  gint64           candidate_id;
  char            *candidate_name;
  char            *phone_id;
  char            *time_zone;

  DialCallState    state;
  DialOutcome      outcome;
  gint64           started_at;
  gint64           answered_at;
  gint64           ended_at;
  DialMoment       began;
  DialMoment       answered;
  DialMoment       ended;
  int              restored_duration;
  DialCallReport  *report;
  GStrv            tags;         /* chosen so far; NULL for none */
  char            *hint;
  gint64           hint_ends;   /* by the monotonic clock; 0 for a hint that does not count */
  guint            strictly : 1;      /* one of the own numbers must be shown */
  guint            watched : 1;
  guint            restored : 1;
  guint            gap_before_answer : 1;
  guint            gap_while_talking : 1;
};

G_END_DECLS
