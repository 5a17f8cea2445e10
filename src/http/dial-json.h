#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DialJson:
 *
 * An answer that was read.
 */
typedef struct _DialJson DialJson;

/**
 * DialJsonValue:
 *
 * A place in an answer, good for as long as that is. There may be nothing: whatever is asked of it
 * is then unknown, empty or nothing again.
 */
typedef struct {
  gconstpointer document;
  gsize         place;
} DialJsonValue;

/**
 * DialJsonIter:
 *
 * Goes through the elements of an array or the members of an object.
 */
typedef struct {
  DialJsonValue at;
  DialJsonValue end;
} DialJsonIter;

DialJson      *dial_json_load             (GBytes         *bytes);
DialJson      *dial_json_load_small       (GBytes         *bytes);
void           dial_json_free             (DialJson       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialJson, dial_json_free)

DialJsonValue  dial_json_get_root         (const DialJson *self);
gboolean       dial_json_is_there         (DialJsonValue   value);
gboolean       dial_json_is_array         (DialJsonValue   value);
gboolean       dial_json_is_object        (DialJsonValue   value);
gboolean       dial_json_is_false         (DialJsonValue   value);
DialJsonValue  dial_json_get              (DialJsonValue   object,
                                           const char     *member);
void           dial_json_iter_init        (DialJsonIter   *iter,
                                           DialJsonValue   array);
gboolean       dial_json_iter_next        (DialJsonIter   *iter,
                                           DialJsonValue  *value);
void           dial_json_iter_init_object (DialJsonIter   *iter,
                                           DialJsonValue   object);
gboolean       dial_json_iter_next_member (DialJsonIter   *iter,
                                           const char    **name,
                                           DialJsonValue  *value);

gint64         dial_json_get_id           (DialJsonValue   value);
char          *dial_json_dup_text         (DialJsonValue   value);
char          *dial_json_dup_body         (DialJsonValue   value);
gint64         dial_json_get_instant      (DialJsonValue   value);
gboolean       dial_json_get_flag         (DialJsonValue   value);

/* dial-json-mend.c */
char          *dial_json_mend             (const char     *data,
                                           gsize           size,
                                           gsize           padding,
                                           gsize          *length);

G_END_DECLS
