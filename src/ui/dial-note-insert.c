#include "config.h"

#include <glib/gi18n.h>

#include "dial-note-insert.h"
#include "dial-template-text.h"

/* What is put into a note by a key, where the cursor is. */

static const char *
get_recruiter (DialIntegration *integration)
{
  DialUser *recruiter = dial_integration_get_recruiter (integration);

  return recruiter != NULL ? recruiter->name : NULL;
}

static char *
tell_left_open (GStrv left_open)
{
  g_autofree char *names = NULL;
  g_autofree char *fields = NULL;

  if (left_open[0] == NULL)
    return NULL;

  names = g_strjoinv ("}, {", left_open);
  fields = g_strdup_printf ("{%s}", names);
  /* Translators: %s is one or more fields of a template: {company}, {title} */
  return g_strdup_printf (ngettext ("Nothing is known for %s: fill it in by hand",
                                    "Nothing is known for %s: fill them in by hand",
                                    g_strv_length (left_open)), fields);
}

/**
 * dial_note_fill:
 * @template: a template or a script
 * @integration: whose candidate
 * @candidate: whom it is about
 * @problem: (out) (transfer full) (nullable): which fields stayed open, a sentence
 *
 * Returns: (transfer full): the text with its fields filled in
 */
char *
dial_note_fill (DialNoteTemplate  *template,
                DialIntegration   *integration,
                DialCandidate     *candidate,
                char             **problem)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_auto (GStrv) left_open = NULL;
  char *text = dial_template_text_fill (template->text, candidate, get_recruiter (integration), now, &left_open);

  *problem = tell_left_open (left_open);
  return text;
}

static void
insert (GtkTextView *view,
        const char  *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, gtk_text_view_get_editable (view));
  gtk_text_buffer_insert_interactive_at_cursor (buffer, text, -1, gtk_text_view_get_editable (view));
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_view_scroll_mark_onscreen (view, gtk_text_buffer_get_insert (buffer));
  gtk_widget_grab_focus (GTK_WIDGET (view));
}

/**
 * dial_note_insert_template:
 * @view: where a note is written
 * @template: a template
 * @integration: whose candidate
 * @candidate: whom the note is about
 *
 * Puts a template at the cursor, from where the recruiter types on.
 *
 * Returns: (transfer full) (nullable): which fields stayed open, a sentence
 */
char *
dial_note_insert_template (GtkTextView      *view,
                           DialNoteTemplate *template,
                           DialIntegration  *integration,
                           DialCandidate    *candidate)
{
  char *problem = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (GTK_IS_TEXT_VIEW (view), NULL);
  g_return_val_if_fail (DIAL_IS_NOTE_TEMPLATE (template), NULL);

  text = dial_note_fill (template, integration, candidate, &problem);
  insert (view, text);
  return problem;
}

/**
 * dial_note_insert_time:
 * @view: where a note is written
 * @seconds: how long the call has been
 *
 * Begins a line with the call's clock.
 */
void
dial_note_insert_time (GtkTextView *view,
                       int          seconds)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  g_autofree char *pin = NULL;
  GtkTextIter cursor;

  g_return_if_fail (GTK_IS_TEXT_VIEW (view));

  seconds = MAX (seconds, 0);
  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  pin = g_strdup_printf ("%s[%02d:%02d] ", gtk_text_iter_starts_line (&cursor) ? "" : "\n", seconds / 60, seconds % 60);
  insert (view, pin);
}
