#pragma once

#include "dial-types.h"

G_BEGIN_DECLS

/**
 * DialSyncWindow:
 * @from: the creation date it begins with, %DIAL_INSTANT_UNKNOWN where it is open towards the past
 * @until: the creation date it ends before, %DIAL_INSTANT_UNKNOWN where it is open
 * @next: (nullable): the address of the next page, or in a list by pages (v1) its number; %NULL before the first
 * @reached: about how far back its walk has come, a creation date
 * @n_rows: rows seen in it
 *
 * A part of a list that is walked by itself. What is done has no window any more.
 */
typedef struct {
  gint64  from;
  gint64  until;
  char   *next;
  gint64  reached;
  guint   n_rows;
} DialSyncWindow;

DialSyncWindow *dial_sync_window_new  (gint64                from,
                                       gint64                until);
void            dial_sync_window_free (DialSyncWindow       *self);

/**
 * DialSyncAim:
 * @DIAL_SYNC_AIM_RECORDS: the walk that brings records: all of them once, then what changed
 * @DIAL_SYNC_AIM_PRESENCE: the walk that looks who is still there
 *
 * What a walk is for. There is one of each for each resource.
 */
typedef enum {
  DIAL_SYNC_AIM_RECORDS,
  DIAL_SYNC_AIM_PRESENCE,
} DialSyncAim;

#define DIAL_N_SYNC_AIMS (DIAL_SYNC_AIM_PRESENCE + 1)

/**
 * DialSyncPosition:
 * @aim: what for
 * @walking: a walk is under way
 * @run: which walk this is; counts up over both aims
 * @started_at: when it began, an instant by Greenhouse's clock
 * @since: it asks for what changed since this instant; %DIAL_INSTANT_UNKNOWN asks for all
 * @by_pages: the list has numbered pages (v1)
 * @oldest: the earliest creation date any walk met, %DIAL_INSTANT_UNKNOWN before the first came to its end
 * @completed_since: when the last walk that came to its end began, %DIAL_INSTANT_UNKNOWN before that: the
 *   next one for what changed may start from there
 * @n_received: rows received by it
 * @n_saves: counts up with each page from 1: one that does not follow the last is refused, so that no page
 *   counts as saved that is not; 0 where nobody counts
 * @windows: (nullable) (element-type DialSyncWindow): what is left of it, the newest first
 *
 * How far a walk through one resource has come; saved in the same transaction as each page.
 */
typedef struct {
  DialSyncAim  aim;
  gboolean     walking;
  gint64       run;
  gint64       started_at;
  gint64       since;
  gboolean     by_pages;
  gint64       oldest;
  gint64       completed_since;
  guint        n_received;
  gint64       n_saves;
  GPtrArray   *windows;
} DialSyncPosition;

#define DIAL_TYPE_SYNC_POSITION (dial_sync_position_get_type ())
GType             dial_sync_position_get_type (void) G_GNUC_CONST;
DialSyncPosition *dial_sync_position_new      (void);
DialSyncPosition *dial_sync_position_copy     (const DialSyncPosition *self);
void              dial_sync_position_free     (DialSyncPosition       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialSyncPosition, dial_sync_position_free)

G_END_DECLS
