#pragma once

#include "dial-desk.h"

G_BEGIN_DECLS

#define DIAL_TYPE_COMPANIES (dial_companies_get_type ())
G_DECLARE_FINAL_TYPE (DialCompanies, dial_companies, DIAL, COMPANIES, GObject)

/**
 * DialCompanies:
 *
 * The integrations of a desk as a window looks at them: all together, or the chosen one.
 *
 * Properties: `chosen` (nullable [class@Integration]: %NULL stands for all).
 *
 * Signals: `changed`: something about one of them, which they are, or the choice.
 */
DialCompanies   *dial_companies_new         (DialDesk        *desk);
DialDesk        *dial_companies_get_desk    (DialCompanies   *self);
DialIntegration *dial_companies_get_chosen  (DialCompanies   *self);
void             dial_companies_choose      (DialCompanies   *self,
                                             DialIntegration *integration);
gboolean         dial_companies_are_several (DialCompanies   *self);
gboolean         dial_companies_have        (DialCompanies   *self,
                                             DialIntegration *integration);
GPtrArray       *dial_companies_list        (DialCompanies   *self);
GPtrArray       *dial_companies_list_active (DialCompanies   *self);
char            *dial_companies_dup_words   (DialIntegration *integration);

G_END_DECLS
