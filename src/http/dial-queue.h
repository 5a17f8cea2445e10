#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Waits for as long as it takes. */
#define DIAL_QUEUE_PATIENT G_MAXINT64

#define DIAL_QUEUE_MAX_URGENCIES 3

#define DIAL_TYPE_QUEUE (dial_queue_get_type ())
G_DECLARE_DERIVABLE_TYPE (DialQueue, dial_queue, DIAL, QUEUE, GObject)

/**
 * DialQueueClass:
 * @next_try: when a request may go as things stand: now or earlier if at once, %G_MAXINT64 if only an answer can
 *   change it
 * @has_share: whether nothing but the more urgent keeps a request from going
 * @give_turn: a request goes now; returns its turn, to be freed with g_free()
 * @woke: (nullable): the clock of the world went on while ours stood still
 * @explain: (nullable): the error of a request that cannot wait so long
 *
 * What a service's queue knows of its allowance, on instants of the monotonic clock in microseconds.
 */
struct _DialQueueClass
{
  GObjectClass parent_class;

  gint64   (*next_try)  (DialQueue *self,
                         guint      urgency,
                         int        size,
                         gint64     now);
  gboolean (*has_share) (DialQueue *self,
                         guint      urgency,
                         int        size,
                         gint64     now);
  gpointer (*give_turn) (DialQueue *self,
                         guint      urgency,
                         int        size,
                         gint64     now);
  void     (*woke)      (DialQueue *self);
  GError  *(*explain)   (DialQueue *self,
                         gint64     now);
};

void      dial_queue_wait_async    (DialQueue            *self,
                                    guint                 urgency,
                                    int                   size,
                                    gint64                patience,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gpointer  dial_queue_wait_finish   (DialQueue            *self,
                                    GAsyncResult         *result,
                                    GError              **error);
void      dial_queue_serve         (DialQueue            *self);
guint     dial_queue_get_n_waiting (DialQueue            *self);

G_END_DECLS
