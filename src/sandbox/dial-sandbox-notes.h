#pragma once

#include "dial-sandbox-record.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DialSandboxNote:
 * @type: as read, one of a few constants
 * @visibility: (nullable): as read, one of a few constants
 * @email_cc: (nullable): a JSON array
 * @hidden_for: how many times the list still leaves it out
 * @hidden_until: until when it does, by the monotonic clock
 *
 * A note in the activity feed.
 */
typedef struct {
  gint64      id;
  gint64      candidate_id;
  gint64      application_id;
  gint64      user_id;
  gint64      created_at;
  const char *type;
  const char *visibility;
  char       *body;
  char       *subject;
  char       *email_from;
  char       *email_to;
  char       *email_cc;
  guint       hidden_for;
  gint64      hidden_until;
} DialSandboxNote;

/**
 * DialSandboxNotes:
 *
 * The notes that were posted, in the order of their ids, kept in a file where one is given.
 */
typedef struct _DialSandboxNotes DialSandboxNotes;

DialSandboxNotes      *dial_sandbox_notes_new         (const char         *path,
                                                       GError            **error);
void                   dial_sandbox_notes_free        (DialSandboxNotes   *self);
guint                  dial_sandbox_notes_get_n_notes (DialSandboxNotes   *self);
const DialSandboxNote *dial_sandbox_notes_get_note    (DialSandboxNotes   *self,
                                                       guint               row);
gboolean               dial_sandbox_notes_change      (DialSandboxNotes   *self,
                                                       gint64              id,
                                                       const char         *body);
void                   dial_sandbox_notes_hide_next   (DialSandboxNotes   *self,
                                                       guint               n_lists,
                                                       guint               milliseconds);
gboolean               dial_sandbox_note_is_hidden    (const DialSandboxNote *self);
void                   dial_sandbox_notes_were_listed (DialSandboxNotes   *self);
gboolean               dial_sandbox_notes_add         (DialSandboxNotes   *self,
                                                       DialSandboxNote    *note,
                                                       GError            **error);
void                   dial_sandbox_note_free         (DialSandboxNote    *self);
void                   dial_sandbox_note_write        (const DialSandboxNote *self,
                                                       DialSandboxRecord     *record);

const char *dial_sandbox_visibility_as_read    (const char *written);
const char *dial_sandbox_visibility_as_written (const char *read);

G_END_DECLS
