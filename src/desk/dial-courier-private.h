#pragma once

#include "dial-courier.h"

G_BEGIN_DECLS

/* Not before a person says so. */
#define DIAL_NEVER G_MAXINT64

#define DIAL_SECONDS(n) ((gint64) (n) * G_USEC_PER_SEC)

struct _DialCourier
{
  GObject       parent_instance;

  DialStore    *store;
  GTask        *running;        /* the run, while there is one; not owned */
  GHashTable   *looks;          /* outbox id → Looks */
  gboolean      claimed;        /* it is known whose the notes in the store are */
};

/* How a note was looked for, in vain, by this courier. Counted by a clock that nobody sets. */
typedef struct {
  gint64 since;                 /* of the monotonic clock */
  guint  n_looks;
} DialCourierLooks;

typedef struct {
  DialGreenhouse    *greenhouse;
  gint64             recruiter_id;
  char              *email;
  guint              patience;
  gboolean           everything;
  gboolean           waits;
  GCancellable      *posting;    /* of the request that writes, which is given time to be answered */
  guint              out_of_patience;
  gboolean           may_not_list;
  DialUser          *author;     /* of the item at hand; NULL if the integration signs */
  GPtrArray         *items;
  guint              index;
  gint64             listed_at;  /* of the monotonic clock */
  GHashTable        *tried;      /* outbox ids that were sent or refused in this run */
  GHashTable        *looked_for; /* outbox ids that were looked for in this run */
  DialOutboxItem    *item;
  void             (*then)       (GTask *task);
  gboolean           needs_look; /* the item at hand does, and did not before */
  guint              timer;
  guint              n_troubles; /* requests in a row that Greenhouse did not answer as it should */
  GError            *error;      /* what ends the run once the item at hand is written down */
  GError            *author_error; /* what the run ends with although it went on */
  DialCourierReport  report;
} DialCourierRun;

/* dial-courier.c */
DialOutboxItem *_dial_courier_renew_item  (DialCourierRun   *run);
void            _dial_courier_write_down  (GTask            *task,
                                           DialOutboxState   state,
                                           gint64            next_try_at,
                                           const char       *reason,
                                           void            (*then) (GTask *task));
void            _dial_courier_next_item   (GTask            *task);
void            _dial_courier_finish      (GTask            *task,
                                           GError           *error);

void            _dial_courier_emit_needs_look (DialCourier      *self,
                                               DialOutboxItem   *item);

/* dial-courier-send.c */
void            _dial_courier_send        (GTask            *task);
void            _dial_courier_not_sent    (GTask            *task,
                                           GError           *error);
void            _dial_courier_not_now     (GTask            *task,
                                           DialOutboxState   state,
                                           GError           *error);
gboolean        _dial_courier_is_passing  (const GError     *error);
void            _dial_courier_got_through (DialCourierRun   *run);

/* dial-courier-look.c */
extern const char dial_courier_gone[];
void            _dial_courier_look        (GTask            *task);
guint           _dial_courier_find_note   (GPtrArray        *notes,
                                           DialOutboxItem   *item,
                                           DialNote        **note);
void            _dial_courier_found       (GTask            *task,
                                           DialNote         *note,
                                           guint             n_found);
char           *_dial_courier_compare     (DialOutboxItem   *item,
                                           DialNote         *note,
                                           guint             n_found);

G_END_DECLS
