#pragma once

#include "dial-sandbox.h"
#include "dial-sandbox-applications.h"
#include "dial-sandbox-index.h"
#include "dial-sandbox-notes.h"
#include "dial-sandbox-shelf.h"
#include "dial-sandbox-staff.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * DialSandboxAllowance:
 * @limit: requests a window, 0 for no limit
 * @seconds: how long a window is
 * @unaligned: a window begins with the first request in it, not with the clock
 * @is_v1: tells of it as v1 does
 * @ends_at: when the window is over, in microseconds since 1970
 * @n_used: requests in it so far
 *
 * How often a client may ask, and how much of that is used up.
 */
typedef struct {
  guint    limit;
  guint    seconds;
  gboolean unaligned;
  gboolean is_v1;
  gint64   ends_at;
  guint    n_used;
} DialSandboxAllowance;

/**
 * DialSandboxRole:
 * @DIAL_SANDBOX_ROLE_OWN: whatever the acting user is
 * @DIAL_SANDBOX_ROLE_BASIC: no Site Admin
 * @DIAL_SANDBOX_ROLE_DEACTIVATED: has left
 *
 * What a test makes of the user as whom the credential acts.
 */
typedef enum {
  DIAL_SANDBOX_ROLE_OWN,
  DIAL_SANDBOX_ROLE_BASIC,
  DIAL_SANDBOX_ROLE_DEACTIVATED,
} DialSandboxRole;

typedef struct _DialSandboxChurn DialSandboxChurn;
typedef struct _DialSandboxCt DialSandboxCt;
typedef struct _DialSandboxWeather DialSandboxWeather;

/**
 * DialSandboxServer:
 *
 * Everything the sandbox knows while it runs. It is touched in its own thread alone.
 */
typedef struct {
  SoupServer              *soup;
  GMainContext            *context;
  char                    *origin;
  char                    *client_id;
  char                    *secret;
  char                    *api_key;        /* v1's */
  DialSandboxWorld        *world;
  DialSandboxStaff        *staff;
  DialSandboxJobs         *jobs;
  DialSandboxApplications *applications;
  DialSandboxIndex        *by_change;      /* candidates by the change they were invented with */
  DialSandboxIndex        *by_application; /* applications by their creation; both may be NULL */
  DialSandboxShelf        *shelves[4];     /* dial-sandbox-prepare.c; NULL if not wanted */
  guint64                  prepared;       /* bytes on all shelves */
  DialSandboxChurn        *churn;          /* NULL where nothing changes by itself */
  DialSandboxWeather      *weather;        /* NULL where it is fine */
  DialSandboxCt           *cloudtalk;
  guint                    cursor_epoch;   /* cursors of an earlier one are worth nothing */
  DialSandboxNotes        *notes;
  GHashTable              *scopes;         /* ticked on the credential */
  GHashTable              *permissions;    /* ticked on the key */
  GHashTable              *tokens;         /* token → DialSandboxToken */
  DialSandboxRole          role;
  gboolean                 secret_expired;
  gboolean                 elsewhere;      /* the credential is good at other IP addresses alone */
  guint                    v1_retired;     /* what all of v1 answers, 0 while it lives */
  DialSandboxAllowance     allowance;
  DialSandboxAllowance     v1_allowance;
  DialSandboxAllowance     token_allowance;
  gboolean                 may_inject_faults;
  guint                    delay_ms;       /* how long every answer is held back */
  GPtrArray               *faults;         /* of DialSandboxFault, oldest first */
  GHashTable              *faults_met;     /* name → how many requests met it */
  GPtrArray               *delays;         /* of GSource: answers that are held back */
  GQueue                   log;            /* of DialSandboxVisit, oldest first */
} DialSandboxServer;

/**
 * DialSandboxVisit:
 * @status: the answer's status, 0 as long as there is none and when the connection was cut
 * @token: which token it bore, or was given: the first one handed out is 1; 0 for none
 *
 * A line of the log: what was asked for, never what was sent or as whom.
 */
typedef struct {
  char  *method;
  char  *path;
  char  *query;
  gint64 at;
  guint  status;
  guint  token;
} DialSandboxVisit;

/**
 * DialSandboxRequest:
 * @server: who was asked
 * @message: the exchange
 * @actor: (nullable): as whom the token acts, or on whose behalf v1 is asked
 * @path: the path
 * @query: (nullable): the query, as sent
 * @visit: (nullable): its line in the log
 */
typedef struct {
  DialSandboxServer     *server;
  SoupServerMessage     *message;
  const DialSandboxUser *actor;
  const char            *path;
  const char            *query;
  DialSandboxVisit      *visit;
} DialSandboxRequest;

typedef void (*DialSandboxHandler) (DialSandboxRequest *request);

/* dial-sandbox-server.c */
DialSandboxServer *dial_sandbox_server_new         (const DialSandboxOptions  *options,
                                                    GError                   **error);
void               dial_sandbox_server_free        (DialSandboxServer         *self);
void               dial_sandbox_server_dispatch    (DialSandboxRequest        *request);
void               dial_sandbox_server_give_scopes (DialSandboxServer         *self);
char              *dial_sandbox_dup_body           (SoupServerMessage         *message);
void               dial_sandbox_answer             (SoupServerMessage         *message,
                                                    guint                      status,
                                                    const char                *type,
                                                    GString                   *body);
void               dial_sandbox_answer_json        (SoupServerMessage         *message,
                                                    guint                      status,
                                                    const char                *json);
void               dial_sandbox_refuse             (SoupServerMessage         *message,
                                                    guint                      status,
                                                    const char                *sentence,
                                                    const char                *errors);

/* dial-sandbox-allowance.c */
void     dial_sandbox_allowance_init   (DialSandboxServer        *server,
                                        const DialSandboxOptions *options);
gboolean dial_sandbox_allowance_change (DialSandboxServer        *server,
                                        JsonObject               *wish);
gboolean dial_sandbox_spend            (DialSandboxRequest       *request,
                                        DialSandboxAllowance     *allowance);

/* dial-sandbox-token.c */
void                   dial_sandbox_token_init       (DialSandboxServer  *server);
void                   dial_sandbox_token_mint       (DialSandboxRequest *request);
void                   dial_sandbox_token_introspect (DialSandboxRequest *request);
const DialSandboxUser *dial_sandbox_token_get_actor  (DialSandboxRequest *request);
gboolean               dial_sandbox_token_is_admin   (DialSandboxRequest *request);
guint                  dial_sandbox_token_get_number (DialSandboxRequest *request);
void                   dial_sandbox_token_expire_all (DialSandboxServer  *server);

/* dial-sandbox-lists.c */
GArray *dial_sandbox_find_candidates   (DialSandboxServer  *server,
                                        GArray             *ids);
void    dial_sandbox_list_candidates   (DialSandboxRequest *request);
void    dial_sandbox_list_applications (DialSandboxRequest *request);
void    dial_sandbox_list_notes        (DialSandboxRequest *request);
void    dial_sandbox_list_applied_tags (DialSandboxRequest *request);

/* dial-sandbox-office-lists.c */
void dial_sandbox_list_users       (DialSandboxRequest *request);
void dial_sandbox_list_user_emails (DialSandboxRequest *request);
void dial_sandbox_list_jobs        (DialSandboxRequest *request);
void dial_sandbox_list_stages      (DialSandboxRequest *request);
void dial_sandbox_list_tags        (DialSandboxRequest *request);

/* dial-sandbox-feed.c */
GArray *dial_sandbox_gather_feed     (DialSandboxServer  *server,
                                      gint64              candidate_id,
                                      GArray             *rows);

/* dial-sandbox-note-create.c */
void dial_sandbox_create_note        (DialSandboxRequest *request);

/* dial-sandbox-faults.c */
void     dial_sandbox_faults_init   (DialSandboxServer  *server);
void     dial_sandbox_faults_free   (DialSandboxServer  *server);
gboolean dial_sandbox_faults_add    (DialSandboxServer  *server,
                                     JsonObject         *fault);
void     dial_sandbox_faults_show   (DialSandboxRequest *request);
void     dial_sandbox_faults_clear  (DialSandboxServer  *server);
void     dial_sandbox_faults_handle (DialSandboxRequest *request);

/* dial-sandbox-prepare.c */
void              dial_sandbox_prepare                  (DialSandboxServer *server);
void              dial_sandbox_unprepare                (DialSandboxServer *server);
void              dial_sandbox_prepare_anew             (DialSandboxServer *server);
DialSandboxShelf *dial_sandbox_get_candidate_shelf      (DialSandboxServer *server,
                                                         gboolean           ids_only);
DialSandboxShelf *dial_sandbox_get_application_shelf    (DialSandboxServer *server,
                                                         gboolean           ids_only);
DialSandboxIndex *dial_sandbox_ensure_change_index      (DialSandboxServer *server);
DialSandboxIndex *dial_sandbox_ensure_application_index (DialSandboxServer *server);

/* dial-sandbox-weather.c */
void        dial_sandbox_weather_begin (DialSandboxServer  *server,
                                        guint32             seed,
                                        guint               percent,
                                        const char         *path);
void        dial_sandbox_weather_end   (DialSandboxServer  *server);
JsonObject *dial_sandbox_weather_take  (DialSandboxRequest *request);

/* dial-sandbox-changes.c */
gboolean dial_sandbox_merge               (DialSandboxServer  *server,
                                           gint64              primary,
                                           gint64              secondary);
gboolean dial_sandbox_rename_stage        (DialSandboxServer  *server,
                                           gint64              id,
                                           const char         *name);
gboolean dial_sandbox_change_candidates   (DialSandboxServer  *server,
                                           JsonObject         *wish,
                                           gint64             *added);
gboolean dial_sandbox_change_applications (DialSandboxServer  *server,
                                           JsonObject         *wish,
                                           gint64             *added);
gboolean dial_sandbox_change_jobs         (DialSandboxServer  *server,
                                           JsonObject         *wish,
                                           gint64             *added);
gboolean dial_sandbox_change_stages       (DialSandboxServer  *server,
                                           JsonObject         *wish,
                                           gint64             *added);
gboolean dial_sandbox_change_users        (DialSandboxServer  *server,
                                           JsonObject         *wish,
                                           gint64             *added);
void     dial_sandbox_show_world          (DialSandboxRequest *request);

/* dial-sandbox-churn.c */
void dial_sandbox_churn_begin (DialSandboxServer  *server,
                               guint32             seed,
                               guint               every);
void dial_sandbox_churn_end   (DialSandboxServer  *server);
void dial_sandbox_churn_go_on (DialSandboxServer  *server);
void dial_sandbox_churn_show  (DialSandboxRequest *request);

/* dial-sandbox-control.c */
void dial_sandbox_control     (DialSandboxRequest *request);
void dial_sandbox_log_visit   (DialSandboxRequest *request);
void dial_sandbox_visit_unref (gpointer            visit);
void dial_sandbox_log_clear   (DialSandboxServer  *server);

/* dial-sandbox-pages.c */
void dial_sandbox_show_page          (DialSandboxRequest *request);

G_END_DECLS
