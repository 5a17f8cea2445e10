#pragma once

#include "dial-companies.h"

G_BEGIN_DECLS

#define DIAL_TYPE_SAVED_SEARCHES (dial_saved_searches_get_type ())
G_DECLARE_FINAL_TYPE (DialSavedSearches, dial_saved_searches, DIAL, SAVED_SEARCHES, GObject)

/**
 * DialSavedSearches:
 *
 * The saved searches of all companies that are looked at, by name: what bears the same name in several is one.
 * Saving and deleting is done in each of them.
 *
 * Signals: `changed`: there are others now; `failed (sentence)`: something could not be written.
 */
DialSavedSearches *dial_saved_searches_new    (DialCompanies     *companies);
GPtrArray         *dial_saved_searches_list   (DialSavedSearches *self);
gboolean           dial_saved_searches_have   (DialSavedSearches *self,
                                               const char        *name);
void               dial_saved_searches_save   (DialSavedSearches *self,
                                               const char        *name,
                                               const DialQuery   *query);
void               dial_saved_searches_delete (DialSavedSearches *self,
                                               const char        *name);

G_END_DECLS
