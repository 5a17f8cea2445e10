#pragma once

#include "dial-connection.h"

G_BEGIN_DECLS

/* What the index needs besides being written to: to be cleared of the forgotten, whose words it only marks as
 * deleted, and to be in few parts, each of which a search looks into. Both take as long as the index is large,
 * so they go step by step, and the file remembers what is not done yet, in the table `chores`. */
typedef struct {
  gboolean has_to_wipe;
  gboolean is_wiping;     /* the first step is done */
  gboolean is_untidy;
  guint    n_indexed;     /* since it was tidy */
} DialUpkeep;

void     dial_upkeep_recall   (DialUpkeep     *self,
                               DialConnection *connection);
void     dial_upkeep_ask_wipe (DialUpkeep     *self,
                               DialConnection *connection);
gboolean dial_upkeep_wipe     (DialUpkeep     *self,
                               DialConnection *connection);
void     dial_upkeep_count    (DialUpkeep     *self,
                               DialConnection *connection,
                               guint           n_indexed);
void     dial_upkeep_tidy     (DialUpkeep     *self,
                               DialConnection *connection);

G_END_DECLS
