#pragma once

#include "dial-greenhouse.h"
#include "dial-store.h"
#include "dial-windows.h"

G_BEGIN_DECLS

/* One walk through one of Greenhouse's lists: where it is, what it asks for next, what a page makes of that.
 * It asks and saves nothing itself; that is up to DialSync. */
typedef struct {
  DialResource      resource;
  DialSyncPosition *position;
  DialWindows      *windows;
  gboolean          is_new;       /* began just now: nothing of it is saved yet */
  gboolean          is_given_up;  /* Greenhouse does not let us list that */
  GHashTable       *restarted;    /* windows whose cursor failed */
} DialWalk;

DialWalk *dial_walk_new          (DialResource            resource,
                                  const DialSyncPosition *position);
void      dial_walk_free         (DialWalk               *self);
void      dial_walk_begin        (DialWalk               *self,
                                  gint64                  run,
                                  gint64                  since,
                                  gboolean                by_pages);
void      dial_walk_resume       (DialWalk               *self);
gboolean  dial_walk_is_whole     (DialWalk               *self);
gboolean  dial_walk_is_done      (DialWalk               *self);
void      dial_walk_get_stretch  (DialWalk               *self,
                                  DialSyncWindow         *window,
                                  DialStretch            *stretch);
gboolean  dial_walk_has_address  (DialWalk               *self,
                                  DialSyncWindow         *window);
void      dial_walk_take_page    (DialWalk               *self,
                                  DialSyncWindow         *window,
                                  DialGreenhousePage     *page);
gboolean  dial_walk_restart      (DialWalk               *self,
                                  DialSyncWindow         *window);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialWalk, dial_walk_free)

G_END_DECLS
