#pragma once

#include "dial-integration.h"
#include "dial-who-page.h"

G_BEGIN_DECLS

#define DIAL_TYPE_RECRUITER_PAGE (dial_recruiter_page_get_type ())
G_DECLARE_FINAL_TYPE (DialRecruiterPage, dial_recruiter_page, DIAL, RECRUITER_PAGE, DialWhoPage)

/**
 * DialRecruiterPage:
 *
 * Who I am: chooses the recruiter among the people of a Greenhouse.
 *
 * Uses the action `settings.back` of a window around it, also once somebody is chosen.
 */
GtkWidget *dial_recruiter_page_new (DialIntegration *integration);

G_END_DECLS
