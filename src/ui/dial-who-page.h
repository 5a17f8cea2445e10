#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* More than this nobody reads: type more of the name. */
#define DIAL_WHO_PAGE_LIMIT 50

#define DIAL_WHO_PAGE_NOBODY -1

#define DIAL_TYPE_WHO_PAGE (dial_who_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (DialWhoPage, dial_who_page, DIAL, WHO_PAGE, GtkBox)

/**
 * DialWhoPageClass:
 * @find: offers those who fit what is in the search entry
 * @choose: begins to take the one at an index among those, or %DIAL_WHO_PAGE_NOBODY, and calls
 *   [method@WhoPage.end] in the end
 *
 * Where a recruiter says who they are among the people of a service.
 */
struct _DialWhoPageClass
{
  GtkBoxClass parent_class;

  void (*find)   (DialWhoPage  *self);
  void (*choose) (DialWhoPage  *self,
                  int           index,
                  GCancellable *cancellable);
};

const char *dial_who_page_get_text     (DialWhoPage  *self);
void        dial_who_page_begin        (DialWhoPage  *self);
void        dial_who_page_offer_nobody (DialWhoPage  *self,
                                        const char   *subtitle,
                                        gboolean      chosen);
void        dial_who_page_offer        (DialWhoPage  *self,
                                        const char   *name,
                                        const char   *subtitle,
                                        gboolean      chosen);
void        dial_who_page_show         (DialWhoPage  *self,
                                        gboolean      has_more,
                                        gboolean      knows_all);
void        dial_who_page_say          (DialWhoPage  *self,
                                        const GError *error);
void        dial_who_page_end          (DialWhoPage  *self,
                                        gboolean      chosen,
                                        const GError *error);

G_END_DECLS
