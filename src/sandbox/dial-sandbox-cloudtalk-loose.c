#include "dial-sandbox-cloudtalk.h"

/* CloudTalk is not strict about types: the same thing comes as this in one row and as that in the next. So it does
 * here, after some number of the row, its form. */

#define OFFSET 7200 /* seconds; of the company's own time, as a live account was seen to write it */

static void
record_text_or_number (DialSandboxRecord *record,
                       const char        *name,
                       gint64             number,
                       gboolean           as_text)
{
  if (dial_sandbox_record_member (record, name))
    g_string_append_printf (record->out, as_text ? "\"%" G_GINT64_FORMAT "\"" : "%" G_GINT64_FORMAT, number);
}

/**
 * dial_sandbox_ct_record_id:
 * @record: a record
 * @name: a member
 * @id: an id, 0 for `null`
 *
 * As text, every other one as a number.
 */
void
dial_sandbox_ct_record_id (DialSandboxRecord *record,
                           const char        *name,
                           gint64             id)
{
  if (id == 0)
    dial_sandbox_record_json (record, name, "null");
  else
    record_text_or_number (record, name, id, id % 2 != 0);
}

/**
 * dial_sandbox_ct_record_count:
 * @record: a record
 * @name: a member
 * @count: seconds, or a number of things
 * @form: after what it is written
 */
void
dial_sandbox_ct_record_count (DialSandboxRecord *record,
                              const char        *name,
                              gint64             count,
                              gint64             form)
{
  record_text_or_number (record, name, count, form % 2 != 0);
}

void
dial_sandbox_ct_record_flag (DialSandboxRecord *record,
                             const char        *name,
                             gboolean           flag,
                             gint64             form)
{
  static const char * const forms[][2] = { { "false", "true" }, { "\"0\"", "\"1\"" }, { "0", "1" } };

  dial_sandbox_record_json (record, name, forms[form % G_N_ELEMENTS (forms)][flag ? 1 : 0]);
}

/**
 * dial_sandbox_ct_append_number:
 * @out: the text so far
 * @e164: (nullable): a telephone number, %NULL for a withheld one
 * @form: after what it is written: with plus, without, as a bare number
 */
void
dial_sandbox_ct_append_number (GString    *out,
                               const char *e164,
                               gint64      form)
{
  if (e164 == NULL)
    g_string_append (out, form % 2 == 0 ? "\"\"" : "null");
  else if (form % 3 == 0)
    dial_sandbox_append_string (out, e164);
  else if (form % 3 == 1)
    dial_sandbox_append_string (out, e164 + 1);
  else
    g_string_append (out, e164 + 1);
}

void
dial_sandbox_ct_record_number (DialSandboxRecord *record,
                               const char        *name,
                               const char        *e164,
                               gint64             form)
{
  if (dial_sandbox_record_member (record, name))
    dial_sandbox_ct_append_number (record->out, e164, form);
}

/**
 * dial_sandbox_ct_record_time:
 * @record: a record
 * @name: a member
 * @instant: when, 0 for `null`
 * @form: after what it is written: both documented forms, and with an offset
 *
 * In whole seconds, as CloudTalk has it.
 */
void
dial_sandbox_ct_record_time (DialSandboxRecord *record,
                             const char        *name,
                             gint64             instant,
                             gint64             form)
{
  static const char * const forms[] = {
    "%Y-%m-%dT%H:%M:%S.000Z", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S+02:00"
  };
  guint which = (guint) (form % G_N_ELEMENTS (forms));
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *text = NULL;

  if (instant == 0) {
    dial_sandbox_record_json (record, name, "null");
    return;
  }

  time = g_date_time_new_from_unix_utc (instant / G_USEC_PER_SEC + (which == 2 ? OFFSET : 0));
  text = g_date_time_format (time, forms[which]);
  dial_sandbox_record_string (record, name, text);
}
