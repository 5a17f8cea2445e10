#pragma once

#include "dial-contact-index.h"
#include "dial-contact-step.h"
#include "dial-contacts.h"

G_BEGIN_DECLS

struct _DialContacts
{
  GObject               parent_instance;

  DialStore            *store;
  DialContactsProgress  progress;
  GTask                *task;          /* the run under way */
};

/* What comes next. */
typedef void (*DialContactsFunc) (GTask *task);

/* One run: it compares, looks up, and goes through all there is to do; what could not be settled in one pass it
 * meets again in the next. */
typedef struct {
  DialCloudtalk      *cloudtalk;
  DialContactChoice  *choice;
  DialContactsJob     job;
  gint64              patience;        /* µs */
  guint64             requests_before;
  guint64             refused_before;
  DialContactsReport *report;
  GError             *error;

  /* What there is to do, counted before it begins */
  guint               n_adds;
  guint               n_changes;
  guint               n_removals;
  guint               n_untagged;      /* links that shall carry another tag */
  gboolean            has_lost;        /* somebody went while no answer was known */
  gboolean            known;

  /* Who is there */
  DialContactIndex   *index;           /* NULL: nobody needs to know */
  DialContactIndex   *tagged;          /* those that carry the tag */
  gint64              tag_id;

  /* Looking closer */
  GHashTable         *closer;          /* ids → contacts that were looked at, all of each */
  GArray             *strangers;       /* ids of those still to be looked at */
  guint               n_strangers;
  guint               n_keys;          /* numbers and addresses of those who were not found */
  gboolean            asks;            /* for each of these */
  GHashTable         *asked;           /* candidates for whom it did */
  GStrv               keys;            /* of the candidate it asks for, or NULL */
  guint               key;

  /* The list on the way */
  gint64              listed_tag;
  DialContactIndex   *listed;
  guint               page;
  DialContactsFunc    next;

  /* The pass */
  guint               pass;
  DialContactWork    *work;            /* the portion in hand */
  gint64              after;
  guint               row;
  GPtrArray          *put_off;         /* rows of the portion that are planned once the others are sent */
  gboolean            is_cut;          /* what is planned so far is sent before the portion goes on */
  gint64              shown;           /* the contact that is looked at for the row */
  GPtrArray          *steps;           /* of the portion */
  guint               step;
  GHashTable         *touched;         /* contacts of the portion → the step that has to do with each */
  GHashTable         *apart;           /* contacts of which several candidates are not told in one change */
  GPtrArray          *bulk;            /* steps on the wire */
  GPtrArray          *quiet;           /* steps of which the phone system need not hear */
  GPtrArray          *alone;           /* steps that go one by one: together they were refused */
  guint               n_done;          /* in all passes */
  guint               n_settled;       /* in this pass */
  guint               n_deferred;      /* for the next */
  gboolean            is_stale;        /* the index: who is there must be looked up again */
  gint64              wait_until;      /* the last of what is waited for, an instant */

  /* Reading back */
  GPtrArray          *unseen;
  guint               n_looked_at;     /* of them, one by one */
  GPtrArray          *seen;            /* links as they turned out */
} DialContactsRun;

/* dial-contacts.c */
void dial_contacts_fail       (GTask             *task,
                               GError            *error);
void dial_contacts_finish     (GTask             *task);
void dial_contacts_tell       (GTask             *task,
                               DialContactsPhase  phase,
                               guint              done,
                               guint              total);

/* dial-contacts-look.c */
void dial_contacts_compare    (GTask             *task);
void dial_contacts_look       (GTask             *task);
void dial_contacts_list       (GTask             *task,
                               gint64             tag_id,
                               DialContactIndex  *index,
                               DialContactsFunc   next);
void dial_contacts_find_tag   (GTask             *task,
                               DialContactsFunc   next);

/* dial-contacts-closer.c */
void dial_contacts_look_closer (GTask               *task);
gboolean dial_contacts_shall_ask (DialContactsRun   *run,
                                  const DialContactRow *row);
void dial_contacts_ask        (GTask                *task,
                               const DialContactRow *row);

/* dial-contacts-plan.c */
void dial_contacts_plan_rows  (GTask                *task);
void dial_contacts_begin_pass (GTask             *task);
void dial_contacts_next_portion (GTask           *task);
gboolean dial_contacts_is_waited_for (DialContactsRun *run,
                                      const DialContactLink *link);

/* dial-contacts-send.c */
void dial_contacts_send       (GTask             *task);

/* dial-contacts-back.c */
void dial_contacts_read_back  (GTask             *task);

G_END_DECLS
