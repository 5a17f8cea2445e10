#pragma once

#include "dial-budget-private.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

/* A Greenhouse of arithmetic and desks that ask it, on a clock of their own: what takes half an hour
 * there takes a moment here. */

/* How the other end counts. */
typedef struct {
  gint64   limit;
  gint64   length;      /* of a window */
  gint64   phase;       /* where its windows begin on our clock */
  gboolean floating;    /* a window begins with the first request after the last one */
  gboolean vague_reset; /* Reset is always a whole window from now */
  gboolean no_reset;
  gint64   delay;       /* an answer takes, after the request was counted */
  gint64   way;         /* to Greenhouse, and back again */
  gint64   window;      /* when the present one began */
  gint64   used;
  gint64   n_foreign;   /* requests of another program in each window, at its beginning */
  guint    n_served;
  guint    n_refused;
} Server;

typedef struct {
  DialBudget  budget;
  guint       n_sync;    /* requests it still wants */
  guint       n_running;
  guint       n_most;    /* walks side by side, at most */
  guint       n_notes;   /* waiting */
  gint64      every;     /* a note */
  gint64      next_note;
  gint64      noted_at;  /* the one that waits longest */
  guint       n_done;
  guint       n_noted;
  guint       n_refused;
  gint64      longest;   /* a note waited, until it went through */
  gint64      finished;  /* its sync was */
} Desk;

void   model_run    (Server *server,
                     Desk   *desks,
                     guint   n_desks,
                     gint64  from,
                     gint64  until);
gint64 model_best   (const Server *server,
                     guint         n_requests,
                     gint64        from);
