#include "dial-note-template.h"

G_DEFINE_ENUM_TYPE (DialTemplateKind, dial_template_kind,
                    G_DEFINE_ENUM_VALUE (DIAL_TEMPLATE_NOTE, "note"),
                    G_DEFINE_ENUM_VALUE (DIAL_TEMPLATE_SCRIPT, "script"),
                    G_DEFINE_ENUM_VALUE (DIAL_TEMPLATE_TEXT, "text"))

G_DEFINE_FINAL_TYPE (DialNoteTemplate, dial_note_template, G_TYPE_OBJECT)

static void
dial_note_template_finalize (GObject *object)
{
  DialNoteTemplate *self = DIAL_NOTE_TEMPLATE (object);

  g_free (self->name);
  g_free (self->job);
  g_free (self->stage);
  g_free (self->text);

  G_OBJECT_CLASS (dial_note_template_parent_class)->finalize (object);
}

static void
dial_note_template_class_init (DialNoteTemplateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dial_note_template_finalize;
}

static void
dial_note_template_init (DialNoteTemplate *self)
{
}

/**
 * dial_note_template_new:
 * @id: the store's id, 0 for a new one
 * @kind: what it is for
 * @name: what the recruiter calls it
 * @job: (nullable): the name of the job it is meant for
 * @stage: (nullable): the name of the stage it is meant for
 * @text: with fields such as `{first_name}`
 *
 * Returns: (transfer full): a template
 */
DialNoteTemplate *
dial_note_template_new (gint64            id,
                        DialTemplateKind  kind,
                        const char       *name,
                        const char       *job,
                        const char       *stage,
                        const char       *text)
{
  DialNoteTemplate *self = g_object_new (DIAL_TYPE_NOTE_TEMPLATE, NULL);

  self->id = id;
  self->kind = kind;
  self->name = g_strdup (name != NULL ? name : "");
  self->job = job != NULL && *job != '\0' ? g_strdup (job) : NULL;
  self->stage = stage != NULL && *stage != '\0' ? g_strdup (stage) : NULL;
  self->text = g_strdup (text != NULL ? text : "");
  return self;
}
