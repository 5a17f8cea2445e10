#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A home of its own for a desktop in which any program can be the handler of links, and waiting for what happens
 * there. */

#define CATCH_ID  "catch.desktop"
#define CALLS_ID  "org.gnome.Calls.desktop"
#define ABSENT_ID "org.example.Absent.desktop"

/* The tick is for what happens outside of this process. */
#define wait_until(condition) G_STMT_START { \
    guint tick = g_timeout_add (5, phone_home_on_tick, NULL); \
    guint limit = g_timeout_add_seconds (20, phone_home_on_too_long, (gpointer) #condition); \
    while (!(condition)) \
      g_main_context_iteration (NULL, TRUE); \
    g_source_remove (limit); \
    g_source_remove (tick); \
  } G_STMT_END

gboolean phone_home_on_tick     (gpointer    data);
gboolean phone_home_on_too_long (gpointer    data);

void     make_home              (void);
void     remove_home            (void);
void     no_handler             (void);
void     set_handler            (const char *scheme,
                                 const char *id);
void     forget_links           (void);
char    *dup_links              (void);
void     wait_for_link          (const char *expected);

G_END_DECLS
