#pragma once

#include "dial-history.h"

G_BEGIN_DECLS

/* What speaks against calling somebody just now, in sentences. */
GStrv             dial_caution_list         (DialIntegration  *integration,
                                             DialCandidate    *candidate,
                                             DialPhoneNumber  *number,
                                             gint64            instant);
DialHistoryEntry *dial_caution_last_contact (GListModel       *history);
gboolean          dial_caution_is_recent    (DialHistoryEntry *contact,
                                             gint64            instant);

G_END_DECLS
