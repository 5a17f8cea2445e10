#pragma once

#include <json-glib/json-glib.h>

#include "dial-desk.h"

G_BEGIN_DECLS

/**
 * DialCtlError:
 * @DIAL_CTL_ERROR_USAGE: the command line makes no sense; exit status 2
 * @DIAL_CTL_ERROR_FAILED: it was understood and could not be done; exit status 1
 *
 * Errors from below, of any domain, are exit status 1 too.
 */
typedef enum {
  DIAL_CTL_ERROR_USAGE,
  DIAL_CTL_ERROR_FAILED,
} DialCtlError;

#define DIAL_CTL_ERROR (dial_ctl_error_quark ())
GQuark dial_ctl_error_quark (void);

/**
 * DialCtl:
 * @profile: where the desk keeps its things
 * @desk: (nullable): the desk, once [func@dial_ctl_open_desk] opened it
 * @cancellable: cancelled by SIGINT and SIGTERM
 * @signal: which of the two it was, 0 for none
 *
 * What a command works with.
 */
typedef struct {
  char         *profile;
  DialDesk     *desk;
  GCancellable *cancellable;
  int           signal;
} DialCtl;

typedef gboolean (*DialCtlRun) (DialCtl  *ctl,
                                char    **arguments,
                                GError  **error);

/**
 * DialCtlCommand:
 * @name: one word or two, such as `integration add`
 * @arguments: what follows it, for the help
 * @summary: (nullable): what it does, for the help; %NULL keeps it out of the help
 * @options: (nullable): its own options
 * @min_arguments: the fewest words that may follow
 * @max_arguments: the most
 * @needs_desk: whether the desk is to be opened first
 * @run: does it
 *
 * One row of a table of commands; a table ends with a row without a name.
 */
typedef struct {
  const char         *name;
  const char         *arguments;
  const char         *summary;
  const GOptionEntry *options;
  guint               min_arguments;
  guint               max_arguments;
  gboolean            needs_desk;
  DialCtlRun          run;
} DialCtlCommand;

extern const DialCtlCommand dial_ctl_connect_commands[];
extern const DialCtlCommand dial_ctl_integration_commands[];
extern const DialCtlCommand dial_ctl_sync_commands[];
extern const DialCtlCommand dial_ctl_search_commands[];
extern const DialCtlCommand dial_ctl_call_commands[];
extern const DialCtlCommand dial_ctl_calls_commands[];
extern const DialCtlCommand dial_ctl_outbox_commands[];
extern const DialCtlCommand dial_ctl_phone_commands[];
extern const DialCtlCommand dial_ctl_sms_commands[];
extern const DialCtlCommand dial_ctl_contacts_commands[];
extern const DialCtlCommand dial_ctl_sandbox_commands[];
extern const DialCtlCommand dial_ctl_tour_commands[];

int              dial_ctl_main             (char                **argv);
void             dial_ctl_got              (GObject              *source,
                                            GAsyncResult         *result,
                                            gpointer              user_data);
GAsyncResult    *dial_ctl_wait             (GAsyncResult        **result);
gboolean         dial_ctl_open_desk        (DialCtl              *ctl,
                                            DialDeskFlags         flags,
                                            GError              **error);
gboolean         dial_ctl_close_desk       (DialCtl              *ctl,
                                            GError              **error);

/* dial-ctl-check.c: the body of `integration check` */
gboolean         dial_ctl_check            (DialCtl              *ctl,
                                            DialIntegration      *integration,
                                            gboolean              as_json,
                                            GError              **error);

/* dial-ctl-account.c: what CloudTalk says of an account */
gboolean         dial_ctl_check_account    (DialCtl              *ctl,
                                            DialCloudtalkAccount *account,
                                            gboolean              as_json,
                                            GError              **error);
gboolean         dial_ctl_list_agents      (DialCtl              *ctl,
                                            DialCloudtalkAccount *account,
                                            GError              **error);
gboolean         dial_ctl_list_numbers     (DialCtl              *ctl,
                                            DialCloudtalkAccount *account,
                                            GError              **error);

/* dial-ctl-input.c: what comes in from, and goes out to, a person */
char            *dial_ctl_read_secret      (DialCtl              *ctl,
                                            const char           *prompt,
                                            GError              **error);
void             dial_ctl_free_secret      (char                 *secret);
char            *dial_ctl_read_text        (DialCtl              *ctl,
                                            const char           *prompt,
                                            GError              **error);
char            *dial_ctl_make_printable   (const char           *text);
void             dial_ctl_say              (const char           *format,
                                            ...) G_GNUC_PRINTF (1, 2);

/* dial-ctl-json.c: one object a line */
JsonBuilder     *dial_ctl_json_begin       (void);
void             dial_ctl_json_string      (JsonBuilder          *json,
                                            const char           *name,
                                            const char           *value);
void             dial_ctl_json_int         (JsonBuilder          *json,
                                            const char           *name,
                                            gint64                value);
void             dial_ctl_json_id          (JsonBuilder          *json,
                                            const char           *name,
                                            gint64                id);
void             dial_ctl_json_bool        (JsonBuilder          *json,
                                            const char           *name,
                                            gboolean              value);
void             dial_ctl_json_seconds     (JsonBuilder          *json,
                                            const char           *name,
                                            double                seconds);
void             dial_ctl_json_instant     (JsonBuilder          *json,
                                            const char           *name,
                                            gint64                instant);
void             dial_ctl_json_strv        (JsonBuilder          *json,
                                            const char           *name,
                                            const char * const   *strings);
void             dial_ctl_json_print       (JsonBuilder          *json);

/* dial-ctl-pick.c: from what was typed to what is meant */
gboolean         dial_ctl_parse_id         (const char           *text,
                                            const char           *what,
                                            gint64               *id,
                                            GError              **error);
DialIntegration *dial_ctl_pick_integration (DialCtl              *ctl,
                                            const char           *id,
                                            GError              **error);
GPtrArray       *dial_ctl_pick_active      (DialCtl              *ctl,
                                            const char           *id,
                                            GError              **error);
DialCandidate   *dial_ctl_pick_candidate   (DialCtl              *ctl,
                                            const char           *integration_id,
                                            gint64                id,
                                            DialIntegration     **integration,
                                            GError              **error);
gboolean         dial_ctl_has_several      (DialCtl              *ctl);

/**
 * DialCtlTarget:
 * @integration: by whose desk
 * @candidate: (nullable): whom; %NULL where it is a number of nobody, or of several people
 * @number: at which number
 * @n_owners: how many candidates have that number
 *
 * Whom to call or to text.
 */
typedef struct {
  DialIntegration *integration;
  DialCandidate   *candidate;
  DialPhoneNumber *number;
  guint            n_owners;
} DialCtlTarget;

/* dial-ctl-target.c */
void             dial_ctl_target_clear     (DialCtlTarget        *target);
gboolean         dial_ctl_find_target      (DialCtl              *ctl,
                                            const char           *integration_id,
                                            const char           *text,
                                            DialCtlTarget        *target,
                                            GError              **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DialCtlTarget, dial_ctl_target_clear)

/* dial-ctl-watch.c: whether somebody switches the integration off meanwhile */
typedef struct _DialCtlWatch DialCtlWatch;

DialCtlWatch    *dial_ctl_watch_new             (DialCtl              *ctl,
                                                 DialIntegration      *integration);
GCancellable    *dial_ctl_watch_get_cancellable (DialCtlWatch         *watch);
void             dial_ctl_watch_end             (DialCtlWatch         *watch,
                                                 GError              **error);

G_END_DECLS
