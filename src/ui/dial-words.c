#include "config.h"

#include <glib/gi18n.h>
#include <gtk/gtk.h>
#include <langinfo.h>

#include "dial-words.h"

/* The locale says whether its clocks count to 12 or to 24. */
static gboolean
clock_has_12_hours (void)
{
  const char *format = nl_langinfo (T_FMT);

  return strstr (format, "%r") != NULL || strstr (format, "%p") != NULL || strstr (format, "%I") != NULL;
}

static GDateTime *
to_local (gint64 instant)
{
  if (instant == DIAL_INSTANT_UNKNOWN)
    return NULL;
  return g_date_time_new_from_unix_local (instant / G_USEC_PER_SEC);
}

static int
days_between (GDateTime *earlier,
              GDateTime *later)
{
  GDate from, to;
  int year, month, day;

  g_date_time_get_ymd (earlier, &year, &month, &day);
  g_date_clear (&from, 1);
  g_date_set_dmy (&from, day, month, year);
  g_date_time_get_ymd (later, &year, &month, &day);
  g_date_clear (&to, 1);
  g_date_set_dmy (&to, day, month, year);

  return g_date_days_between (&from, &to);
}

/**
 * dial_words_clock:
 * @time: a time
 *
 * Returns: (transfer full): hour and minute, as clocks of this locale show them
 */
char *
dial_words_clock (GDateTime *time)
{
  g_return_val_if_fail (time != NULL, NULL);

  /* Translators: a time of day on a clock of 12 hours */
  return g_date_time_format (time, clock_has_12_hours () ? _("%-I:%M %p") : "%H:%M");
}

/**
 * dial_words_day:
 * @instant: an instant
 *
 * Returns: (transfer full) (nullable): the day in words, `Today`, `20 Nov`; %NULL if not known
 */
char *
dial_words_day (gint64 instant)
{
  g_autoptr (GDateTime) time = to_local (instant);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  int days;

  if (time == NULL)
    return NULL;

  days = days_between (time, now);
  if (days == 0)
    return g_strdup (_("Today"));
  if (days == 1)
    return g_strdup (_("Yesterday"));
  if (days == -1)
    return g_strdup (_("Tomorrow"));
  if (g_date_time_get_year (time) == g_date_time_get_year (now))
    /* Translators: a day of this year, such as 20 Nov */
    return g_date_time_format (time, _("%-e %b"));
  /* Translators: a day of another year, such as 20 Nov 2024 */
  return g_date_time_format (time, _("%-e %b %Y"));
}

/**
 * dial_words_when:
 * @instant: an instant
 *
 * Returns: (transfer full) (nullable): day and time in words, `Today 13:41`; %NULL if not known
 */
char *
dial_words_when (gint64 instant)
{
  g_autoptr (GDateTime) time = to_local (instant);
  g_autofree char *day = NULL;
  g_autofree char *clock = NULL;

  if (time == NULL)
    return NULL;

  day = dial_words_day (instant);
  clock = dial_words_clock (time);
  /* Translators: a day and a time of day, such as Today 13:41 */
  return g_strdup_printf (C_("day and time", "%s %s"), day, clock);
}

/**
 * dial_words_ago:
 * @instant: an instant in the past
 *
 * Returns: (transfer full): how long ago that was, in words
 */
char *
dial_words_ago (gint64 instant)
{
  gint64 minutes = (g_get_real_time () - instant) / G_TIME_SPAN_MINUTE;
  gint64 hours = minutes / 60;

  if (minutes < 1)
    return g_strdup (_("just now"));
  if (minutes == 1)
    return g_strdup (_("a minute ago"));
  if (minutes < 60)
    return g_strdup_printf (ngettext ("%d minute ago", "%d minutes ago", minutes), (int) minutes);
  if (hours == 1)
    return g_strdup (_("an hour ago"));
  if (hours < 24)
    return g_strdup_printf (ngettext ("%d hour ago", "%d hours ago", hours), (int) hours);

  return dial_words_when (instant);
}

/**
 * dial_words_duration:
 * @seconds: how long, -1 if not known
 *
 * Returns: (transfer full) (nullable): such as `12:31` or `1:02:03`; %NULL if not known
 */
char *
dial_words_duration (int seconds)
{
  if (seconds < 0)
    return NULL;
  if (seconds >= 3600)
    return g_strdup_printf ("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return g_strdup_printf ("%d:%02d", seconds / 60, seconds % 60);
}

static char *
tell_range (const DialLocalTime *time)
{
  g_autofree char *earliest = dial_words_clock (time->earliest);
  g_autofree char *latest = dial_words_clock (time->latest);

  if (!time->awake)
    /* Translators: two times of day: the candidate's country has several time zones */
    return g_strdup_printf (_("it is between %s and %s there, outside of the day"), earliest, latest);
  return g_strdup_printf (_("it is between %s and %s there"), earliest, latest);
}

/**
 * dial_words_local_time:
 * @time: (nullable): the time where the candidate is
 *
 * Returns: (transfer full) (nullable): which time it is there, in words, with a warning where
 *   people there may be asleep
 */
char *
dial_words_local_time (const DialLocalTime *time)
{
  g_autofree char *clock = NULL;
  int hour;

  if (time == NULL)
    return NULL;
  if (dial_local_time_is_range (time))
    return tell_range (time);

  clock = dial_words_clock (time->earliest);
  hour = g_date_time_get_hour (time->earliest);

  if (hour < 6 || hour >= 22)
    /* Translators: %s is the time of day at the candidate's place */
    return g_strdup_printf (_("it is %s there, at night"), clock);
  if (hour < DIAL_LOCAL_TIME_MORNING)
    return g_strdup_printf (_("it is %s there, early"), clock);
  if (hour >= DIAL_LOCAL_TIME_EVENING)
    return g_strdup_printf (_("it is %s there, late"), clock);
  return g_strdup_printf (_("it is %s there"), clock);
}

/**
 * dial_words_contact:
 * @contact: the last contact with a candidate
 *
 * Returns: (transfer full): who was in touch and when, such as `Oskar Venn called 20 minutes ago`
 */
char *
dial_words_contact (DialHistoryEntry *contact)
{
  gint64 when = dial_history_entry_get_when (contact);
  gboolean today = g_get_real_time () - when < G_TIME_SPAN_DAY;
  g_autofree char *ago = today ? dial_words_ago (when) : dial_words_day (when);
  const char *author = dial_history_entry_get_author (contact);
  DialHistoryKind kind = dial_history_entry_get_kind (contact);
  gboolean called = kind == DIAL_HISTORY_CALL;
  gboolean texted = kind == DIAL_HISTORY_TEXT;

  if (dial_history_entry_is_own (contact))
    /* Translators: %s is how long ago, such as "20 minutes ago" or "20 Nov" */
    return g_strdup_printf (called ? _("You called %s") : texted ? _("You sent a text %s") : _("You wrote a note %s"),
                            ago);
  if (author == NULL)
    return g_strdup_printf (called ? _("Somebody called %s") : texted ? _("Somebody sent a text %s")
                                                             : _("Somebody wrote a note %s"), ago);
  /* Translators: a colleague's name, and how long ago */
  return g_strdup_printf (called ? _("%s called %s") : texted ? _("%s sent a text %s") : _("%s wrote a note %s"),
                          author, ago);
}

/**
 * dial_words_phone_kind:
 * @kind: (nullable): as Greenhouse says it
 *
 * Returns: (transfer full) (nullable): the kind of a phone number or e-mail address, in words
 */
char *
dial_words_phone_kind (const char *kind)
{
  static const struct {
    const char *kind;
    const char *words;
  } known[] = {
    { "mobile", NC_("kind of number", "mobile") },
    { "home", NC_("kind of number", "home") },
    { "work", NC_("kind of number", "work") },
    { "personal", NC_("kind of number", "personal") },
    { "skype", NC_("kind of number", "Skype") },
    { "other", NC_("kind of number", "other") },
  };

  if (kind == NULL || kind[0] == '\0')
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (known[i].kind, kind) == 0)
      return g_strdup (g_dpgettext2 (NULL, "kind of number", known[i].words));

  return g_strdup (kind);
}

/**
 * dial_words_outcome:
 * @outcome: how a call ended
 *
 * Returns: the outcome in words
 */
const char *
dial_words_outcome (DialOutcome outcome)
{
  switch (outcome) {
  case DIAL_OUTCOME_ANSWERED:
    return _("Answered");
  case DIAL_OUTCOME_NO_ANSWER:
    return _("No answer");
  case DIAL_OUTCOME_BUSY:
    return _("Busy");
  case DIAL_OUTCOME_VOICEMAIL:
    return _("Voicemail");
  case DIAL_OUTCOME_MISSED:
    return _("Missed");
  case DIAL_OUTCOME_CANCELLED:
    return _("Cancelled");
  case DIAL_OUTCOME_FAILED:
    return _("Failed");
  case DIAL_OUTCOME_UNKNOWN:
  default:
    return _("Call");
  }
}

/**
 * dial_words_text_state:
 * @message: a text message
 *
 * Returns: where it is, in a few words; nobody knows whether a text arrived
 */
const char *
dial_words_text_state (DialTextMessage *message)
{
  switch (message->state) {
  case DIAL_TEXT_STATE_SENDING:
    return _("text, on its way");
  case DIAL_TEXT_STATE_HANDED:
    return message->told ? _("text, sent as you said") : _("text, handed to the carrier");
  case DIAL_TEXT_STATE_UNKNOWN:
    return _("text, perhaps sent");
  case DIAL_TEXT_STATE_REFUSED:
    return _("text, did not go out");
  case DIAL_TEXT_STATE_DRAFT:
  default:
    return _("text, not sent yet");
  }
}

/**
 * dial_words_note_state:
 * @item: a note of the outbox
 *
 * Returns: where it is, in words
 */
const char *
dial_words_note_state (DialOutboxItem *item)
{
  switch (item->state) {
  case DIAL_OUTBOX_STATE_SENDING:
    return _("being sent");
  case DIAL_OUTBOX_STATE_UNCERTAIN:
    return item->next_try_at == G_MAXINT64 ? _("needs a look") : _("being looked for");
  case DIAL_OUTBOX_STATE_REFUSED:
    return _("refused");
  case DIAL_OUTBOX_STATE_SENT:
    break;
  case DIAL_OUTBOX_STATE_WAITING:
  default:
    return _("waiting to be sent");
  }

  switch (item->proof) {
  case DIAL_PROOF_ACCEPTED:
    return _("taken by Greenhouse");
  case DIAL_PROOF_TOLD:
    return _("in Greenhouse, as you said");
  case DIAL_PROOF_NONE:
  case DIAL_PROOF_READ_BACK:
  default:
    return _("in Greenhouse");
  }
}

/**
 * dial_words_note_icon:
 * @item: a note of the outbox
 *
 * Returns: the name of the icon that stands beside [func@words_note_state]
 */
const char *
dial_words_note_icon (DialOutboxItem *item)
{
  switch (item->state) {
  case DIAL_OUTBOX_STATE_UNCERTAIN:
    return item->next_try_at == G_MAXINT64 ? "dialog-warning-symbolic" : "content-loading-symbolic";
  case DIAL_OUTBOX_STATE_REFUSED:
    return "dialog-error-symbolic";
  case DIAL_OUTBOX_STATE_SENT:
    return "object-select-symbolic";
  case DIAL_OUTBOX_STATE_WAITING:
  case DIAL_OUTBOX_STATE_SENDING:
  default:
    return "content-loading-symbolic";
  }
}

/**
 * dial_words_note_style:
 * @item: a note of the outbox
 *
 * Returns: the style class that goes with [func@words_note_state]
 */
const char *
dial_words_note_style (DialOutboxItem *item)
{
  switch (item->state) {
  case DIAL_OUTBOX_STATE_WAITING:
    return "warning";
  case DIAL_OUTBOX_STATE_UNCERTAIN:
    return item->next_try_at == G_MAXINT64 ? "warning" : "dim-label";
  case DIAL_OUTBOX_STATE_REFUSED:
    return "error";
  case DIAL_OUTBOX_STATE_SENT:
    return "success";
  case DIAL_OUTBOX_STATE_SENDING:
  default:
    return "dim-label";
  }
}

/**
 * dial_words_application:
 * @application: one candidate on one job
 *
 * Returns: (transfer full): where it stands: the stage while it is going on, else how it ended
 */
char *
dial_words_application (DialApplication *application)
{
  g_autofree char *day = NULL;

  g_return_val_if_fail (DIAL_IS_APPLICATION (application), NULL);

  if (g_strcmp0 (application->status, "rejected") == 0) {
    day = dial_words_day (application->rejected_at);
    if (day == NULL)
      return g_strdup (_("Rejected"));
    /* Translators: %s is a day, such as Yesterday or 20 Nov */
    return g_strdup_printf (_("Rejected, %s"), day);
  }
  if (g_strcmp0 (application->status, "hired") == 0)
    return g_strdup (_("Hired"));
  if (g_strcmp0 (application->status, "converted") == 0)
    return g_strdup (_("Converted to a candidate"));
  if (application->stage_name != NULL)
    return g_strdup (application->stage_name);
  if (application->prospect)
    return g_strdup (_("Prospect"));
  if (g_strcmp0 (application->status, "in_process") == 0 || application->status == NULL)
    return g_strdup (_("In process"));
  return g_strdup (application->status);
}

/**
 * dial_words_number:
 * @number: a number
 *
 * Returns: (transfer full): the number as people write it, kept left to right where all else runs
 *   right to left
 */
char *
dial_words_number (DialPhoneNumber *number)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (DIAL_IS_PHONE_NUMBER (number), NULL);

  text = dial_phone_number_format (number);
  if (gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL)
    return g_strconcat ("\u2066", text, "\u2069", NULL);
  return g_steal_pointer (&text);
}

/**
 * dial_words_caller:
 * @number: who calls
 *
 * Returns: (transfer full): the number as people write it, or that there is none
 */
char *
dial_words_caller (DialPhoneNumber *number)
{
  g_return_val_if_fail (DIAL_IS_PHONE_NUMBER (number), NULL);

  if (*dial_phone_number_get_typed (number) == '\0')
    return g_strdup (_("Unknown number"));

  return dial_words_number (number);
}

/**
 * dial_words_isolate:
 * @text: a name
 *
 * Returns: (transfer full): the name in Unicode isolates, so that a right-to-left name leaves the
 *   order of the sentence around it alone
 */
char *
dial_words_isolate (const char *text)
{
  return g_strconcat ("\u2068", text, "\u2069", NULL);
}

/**
 * dial_words_join:
 * @n_parts: how many parts follow
 * @...: the parts; those that are %NULL or empty are left out
 *
 * Returns: (transfer full): what there is, with a middle dot between
 */
char *
dial_words_join (guint n_parts,
                 ...)
{
  GString *joined = g_string_new (NULL);
  va_list parts;

  va_start (parts, n_parts);
  for (guint i = 0; i < n_parts; i++) {
    const char *part = va_arg (parts, const char *);

    if (part == NULL || part[0] == '\0')
      continue;
    if (joined->len > 0)
      g_string_append (joined, " · ");
    g_string_append (joined, part);
  }
  va_end (parts);

  return g_string_free (joined, FALSE);
}
