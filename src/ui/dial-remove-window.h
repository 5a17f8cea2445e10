#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DIAL_TYPE_REMOVE_WINDOW (dial_remove_window_get_type ())
G_DECLARE_DERIVABLE_TYPE (DialRemoveWindow, dial_remove_window, DIAL, REMOVE_WINDOW, AdwWindow)

/**
 * DialRemoveWindowClass:
 * @remove: begins to remove, and calls [method@RemoveWindow.end] in the end
 * @describe: (nullable): what it is at, %NULL to say just that it removes
 * @is_there: (nullable): whether there is anything left to remove
 *
 * Says what goes and what stays, and removes it once DELETE was typed.
 *
 * Signals: `removed`: it is gone; the window closes by itself.
 */
struct _DialRemoveWindowClass
{
  AdwWindowClass parent_class;

  void      (*remove)   (DialRemoveWindow *self,
                         GCancellable     *cancellable);
  char     *(*describe) (DialRemoveWindow *self);
  gboolean  (*is_there) (DialRemoveWindow *self);
};

void dial_remove_window_ask    (DialRemoveWindow *self,
                                const char       *name);
void dial_remove_window_update (DialRemoveWindow *self);
void dial_remove_window_end    (DialRemoveWindow *self,
                                gboolean          removed,
                                const GError     *error);

G_END_DECLS
