#pragma once

#include "dial-cloudtalk-account.h"
#include "dial-who-page.h"

G_BEGIN_DECLS

#define DIAL_TYPE_AGENT_PAGE (dial_agent_page_get_type ())
G_DECLARE_FINAL_TYPE (DialAgentPage, dial_agent_page, DIAL, AGENT_PAGE, DialWhoPage)

/**
 * DialAgentPage:
 *
 * Where a recruiter says who they are among the agents of a phone account.
 */
GtkWidget *dial_agent_page_new (DialCloudtalkAccount *account);

G_END_DECLS
