#pragma once

#include "dial-connection.h"

G_BEGIN_DECLS

/* What was done for a damaged file, when the store was opened. */
typedef struct {
  char   *aside;      /* where the damaged file stands now */
  guint   n_notes;    /* that were not yet in Greenhouse, and were saved */
  guint   n_lost;     /* tables of which not everything could be read */
  GBytes *head;       /* the destroyed head, where a sound one took its place; else NULL */
} DialRescue;

void        dial_rescue_free          (DialRescue  *self);

gboolean    dial_rescue_is_needed     (const char  *path);
void        dial_rescue_mark          (const char  *path);
DialRescue *dial_rescue_set_aside     (const char  *path,
                                       GError     **error);
gboolean    dial_rescue_bring_back    (DialRescue  *self,
                                       const char  *path,
                                       GError     **error);
void        dial_rescue_undo          (DialRescue  *self,
                                       const char  *path);
void        dial_rescue_keep_settings (const char  *path,
                                       GHashTable  *settings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialRescue, dial_rescue_free)

G_END_DECLS
