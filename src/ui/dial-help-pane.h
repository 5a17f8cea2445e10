#pragma once

#include <gtk/gtk.h>

#include "dial-types.h"

G_BEGIN_DECLS

/**
 * DialHelpTopic:
 * @DIAL_HELP_NOTHING: nothing in particular
 * @DIAL_HELP_SUBDOMAIN: the address of one's Greenhouse
 * @DIAL_HELP_KIND: what to make there
 * @DIAL_HELP_KEYS: what it is to be copied
 * @DIAL_HELP_ACTING_USER: whom it acts as
 * @DIAL_HELP_EMAIL: who signs
 *
 * What a field of the form is about, and the step that yields its value.
 */
typedef enum {
  DIAL_HELP_NOTHING,
  DIAL_HELP_SUBDOMAIN,
  DIAL_HELP_KIND,
  DIAL_HELP_KEYS,
  DIAL_HELP_ACTING_USER,
  DIAL_HELP_EMAIL,
} DialHelpTopic;

#define DIAL_TYPE_HELP_TOPIC (dial_help_topic_get_type ())
GType dial_help_topic_get_type (void) G_GNUC_CONST;

#define DIAL_TYPE_HELP_PANE (dial_help_pane_get_type ())
G_DECLARE_FINAL_TYPE (DialHelpPane, dial_help_pane, DIAL, HELP_PANE, GtkWidget)

/**
 * DialHelpPane:
 *
 * The steps in Greenhouse that lead to credentials, one by one, with the page to open and the boxes to
 * tick.
 *
 * Properties: `api` ([enum@Api]: which kind of credentials), `subdomain` (nullable string: as typed so
 * far; decides which page is opened), `topic` ([enum@HelpTopic]: which step stands out), `renewing`
 * (boolean: only what new credentials take).
 */
void dial_help_pane_set_api       (DialHelpPane  *self,
                                   DialApi        api);
void dial_help_pane_set_subdomain (DialHelpPane  *self,
                                   const char    *subdomain);
void dial_help_pane_set_topic     (DialHelpPane  *self,
                                   DialHelpTopic  topic);
void dial_help_pane_set_renewing  (DialHelpPane  *self,
                                   gboolean       renewing);

G_END_DECLS
