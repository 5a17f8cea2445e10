#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DialTemplateKind:
 * @DIAL_TEMPLATE_NOTE: a note begins with it
 * @DIAL_TEMPLATE_SCRIPT: it is read while talking, and never part of a note
 * @DIAL_TEMPLATE_TEXT: a text message begins with it
 *
 * What a template is for.
 */
typedef enum {
  DIAL_TEMPLATE_NOTE,
  DIAL_TEMPLATE_SCRIPT,
  DIAL_TEMPLATE_TEXT,
} DialTemplateKind;

#define DIAL_TYPE_TEMPLATE_KIND (dial_template_kind_get_type ())
GType dial_template_kind_get_type (void) G_GNUC_CONST;

#define DIAL_TYPE_NOTE_TEMPLATE (dial_note_template_get_type ())
G_DECLARE_FINAL_TYPE (DialNoteTemplate, dial_note_template, DIAL, NOTE_TEMPLATE, GObject)

/**
 * DialNoteTemplate:
 * @id: the store's id, 0 while it has none
 * @kind: what it is for
 * @name: what the recruiter calls it, never %NULL
 * @job: (nullable): the name of the job it is meant for, %NULL for any
 * @stage: (nullable): the name of the stage it is meant for, %NULL for any
 * @text: with fields such as `{first_name}`, never %NULL
 *
 * A template of a note or a text, or a script, not changed once it is handed on.
 */
struct _DialNoteTemplate
{
  GObject           parent_instance;

  gint64            id;
  DialTemplateKind  kind;
  char             *name;
  char             *job;
  char             *stage;
  char             *text;
};

DialNoteTemplate *dial_note_template_new (gint64            id,
                                          DialTemplateKind  kind,
                                          const char       *name,
                                          const char       *job,
                                          const char       *stage,
                                          const char       *text);

G_END_DECLS
