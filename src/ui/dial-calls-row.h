#pragma once

#include <gtk/gtk.h>

#include "dial-call-log.h"
#include "dial-companies.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CALLS_ROW (dial_calls_row_get_type ())
G_DECLARE_FINAL_TYPE (DialCallsRow, dial_calls_row, DIAL, CALLS_ROW, GtkWidget)

/**
 * DialCallsRow:
 *
 * A call in the list of all calls: with whom, when and how, where its note is, and what is still to be done about it.
 *
 * Properties: `row` (nullable [class@CallLogRow]), `description` (string: the whole row, as one would read it out;
 * notifies).
 *
 * Signals: `act` (what the row's button says), `settled` (it is not to be done).
 */
DialCallLogRow *dial_calls_row_get_row       (DialCallsRow   *self);
void            dial_calls_row_set_row       (DialCallsRow   *self,
                                              DialCallLogRow *row);
void            dial_calls_row_set_companies (DialCallsRow   *self,
                                              DialCompanies  *companies);
void            dial_calls_row_set_filter    (DialCallsRow   *self,
                                              DialCallFilter  filter);

G_END_DECLS
