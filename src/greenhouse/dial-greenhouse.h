#pragma once

#include "dial-records.h"

G_BEGIN_DECLS

/**
 * DialGreenhouseError:
 * @DIAL_GREENHOUSE_ERROR_CREDENTIALS: the client id or the secret is wrong
 * @DIAL_GREENHOUSE_ERROR_FORBIDDEN: a scope is missing, or the acting user is no Site Admin
 * @DIAL_GREENHOUSE_ERROR_INVALID: Greenhouse refused what was asked (400, 404, 422); repeating is no use
 * @DIAL_GREENHOUSE_ERROR_BUSY: the allowance is used up and stayed so
 * @DIAL_GREENHOUSE_ERROR_NETWORK: no answer, and nothing can have been carried out
 * @DIAL_GREENHOUSE_ERROR_UNCLEAR: a write may or may not have been carried out
 * @DIAL_GREENHOUSE_ERROR_UNAVAILABLE: Greenhouse has trouble (5xx) on a read
 * @DIAL_GREENHOUSE_ERROR_BAD_ANSWER: the answer is not what Greenhouse says it sends
 * @DIAL_GREENHOUSE_ERROR_FOREIGN_HOST: a redirect or a page link leads to another host
 * @DIAL_GREENHOUSE_ERROR_AUTHOR: Greenhouse does not take a note under this user's name
 * @DIAL_GREENHOUSE_ERROR_RETIRED: Greenhouse ended this version of its API
 *
 * Every message is a sentence a person can act on, with Greenhouse's request id where there is one.
 * It never holds a credential or a candidate's data.
 */
typedef enum {
  DIAL_GREENHOUSE_ERROR_CREDENTIALS,
  DIAL_GREENHOUSE_ERROR_FORBIDDEN,
  DIAL_GREENHOUSE_ERROR_INVALID,
  DIAL_GREENHOUSE_ERROR_BUSY,
  DIAL_GREENHOUSE_ERROR_NETWORK,
  DIAL_GREENHOUSE_ERROR_UNCLEAR,
  DIAL_GREENHOUSE_ERROR_UNAVAILABLE,
  DIAL_GREENHOUSE_ERROR_BAD_ANSWER,
  DIAL_GREENHOUSE_ERROR_FOREIGN_HOST,
  DIAL_GREENHOUSE_ERROR_RETIRED,
  DIAL_GREENHOUSE_ERROR_AUTHOR,
} DialGreenhouseError;

#define DIAL_GREENHOUSE_ERROR (dial_greenhouse_error_quark ())
GQuark dial_greenhouse_error_quark (void);

/**
 * DialUrgency:
 * @DIAL_URGENCY_NOW: the recruiter waits for it
 * @DIAL_URGENCY_NOTE: a note on its way
 * @DIAL_URGENCY_SYNC: background sync
 *
 * Who goes first when the allowance is short.
 */
typedef enum {
  DIAL_URGENCY_NOW,
  DIAL_URGENCY_NOTE,
  DIAL_URGENCY_SYNC,
} DialUrgency;

/**
 * DialStretch:
 * @resource: what to list
 * @created_from: only what was created then or later; %DIAL_INSTANT_UNKNOWN from the beginning
 * @created_until: only what was created earlier; %DIAL_INSTANT_UNKNOWN to the end
 * @updated_since: only what changed then or later, %DIAL_INSTANT_UNKNOWN for everything; never together
 *   with @created_from and @created_until
 * @ids_only: nothing but ids, and of all of them together when they were created
 * @page: from which page on, where pages have numbers (v1); 0 is the first
 * @page_size: rows of a page, 0 for as many as Greenhouse gives
 *
 * A stretch of a list. Whole milliseconds count, for Greenhouse knows no finer ones: stretches that
 * share such an instant neither overlap nor leave anybody out. What v1 says at an edge is not known:
 * there it is asked for a millisecond more.
 */
typedef struct {
  DialResource resource;
  gint64       created_from;
  gint64       created_until;
  gint64       updated_since;
  gboolean     ids_only;
  guint        page;
  guint        page_size;
} DialStretch;

/**
 * DialGreenhousePage:
 * @records: (element-type GObject): records of the resource that was listed; none if only ids were
 *   asked for
 * @ids: (nullable) (element-type gint64): the ids alone, if only these were asked for
 * @next: (nullable): the next page's address, already checked to be on the same host; %NULL on the last page
 * @applications: (nullable) (element-type DialApplication): all applications of the candidates of this
 *   page, where they come along with them (v1)
 * @jobs: (nullable) (element-type DialJob): the jobs these are for, with nothing but their names
 * @n_pages: the number of the last page, where pages have numbers (v1); 0 if Greenhouse does not say
 * @created_at: when the middle one of its records was created, %DIAL_INSTANT_UNKNOWN if that is not told
 * @oldest: when the first one was
 * @skipped: entries that made no sense
 * @answered_at: the answer's Date, an instant by Greenhouse's clock; %DIAL_INSTANT_UNKNOWN if it had none
 *
 * One page of a list.
 */
typedef struct {
  GPtrArray *records;
  GArray    *ids;
  char      *next;
  GPtrArray *applications;
  GPtrArray *jobs;
  guint      n_pages;
  gint64     created_at;
  gint64     oldest;
  guint      skipped;
  gint64     answered_at;
} DialGreenhousePage;

#define DIAL_TYPE_GREENHOUSE_PAGE (dial_greenhouse_page_get_type ())
GType               dial_greenhouse_page_get_type (void) G_GNUC_CONST;
DialGreenhousePage *dial_greenhouse_page_copy     (const DialGreenhousePage *self);
void                dial_greenhouse_page_free     (DialGreenhousePage       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialGreenhousePage, dial_greenhouse_page_free)

/**
 * DialAllowance:
 * @limit: requests a window
 * @remaining: of them in the present window, by the last word of Greenhouse
 * @used_by_others: in the present window, by other programs with the same credentials, at least
 * @waiting: requests that wait for their turn
 * @seconds: the length of a window
 * @ends_at: when the present window ends at the latest, an instant of the monotonic clock; 0 if none
 *   has begun
 * @unlimited: Greenhouse answers without telling any limit
 * @known: Greenhouse has told
 * @blocked_until: nothing is sent before, an instant of the monotonic clock; 0 if it may be
 *
 * How many requests Greenhouse lets in.
 */
typedef struct {
  guint    limit;
  guint    remaining;
  guint    used_by_others;
  guint    waiting;
  guint    seconds;
  gint64   ends_at;
  gboolean unlimited;
  gboolean known;
  gint64   blocked_until;
} DialAllowance;

/**
 * DialGrant:
 * @DIAL_GRANT_UNKNOWN: could not be found out without writing
 * @DIAL_GRANT_GRANTED: it works
 * @DIAL_GRANT_MISSING: it does not
 */
typedef enum {
  DIAL_GRANT_UNKNOWN,
  DIAL_GRANT_GRANTED,
  DIAL_GRANT_MISSING,
} DialGrant;

/**
 * DialPermission:
 * @name: in Greenhouse's words, such as `List candidates`
 * @scope: (nullable): such as `harvest:candidates:list`; v1 has none
 * @granted: whether it is there
 * @required: Dialhouse is of no use without it
 * @advice: what will not work without it and which box to tick
 */
typedef struct {
  char      *name;
  char      *scope;
  DialGrant  granted;
  gboolean   required;
  char      *advice;
} DialPermission;

/**
 * DialGreenhouseCheck:
 * @ok: nothing required is missing
 * @api: the dialect that was tried
 * @permissions: (element-type DialPermission): in the order to show
 * @remarks: (array zero-terminated=1): what else is worth a look, sentences that say what to do: a clock
 *   that is off, an acting user who is no Site Admin or may leave; never %NULL. They name nobody.
 * @acting_as: (nullable): the user the token acts as, as far as introspection tells
 * @organization: (nullable): its name
 * @role: (nullable): the acting user's role, to show
 * @site_admin: whether the acting user is a Site Admin, as far as can be found out
 * @clock_skew: Greenhouse's clock minus ours, in seconds
 * @allowance: requests a window, 0 if not known
 * @window: the window's length in seconds
 * @checked_at: when, an instant
 */
typedef struct {
  gboolean   ok;
  DialApi    api;
  GPtrArray *permissions;
  GStrv      remarks;
  char      *acting_as;
  char      *organization;
  char      *role;
  DialGrant  site_admin;
  int        clock_skew;
  int        allowance;
  int        window;
  gint64     checked_at;
} DialGreenhouseCheck;

#define DIAL_TYPE_GREENHOUSE_CHECK (dial_greenhouse_check_get_type ())
GType                dial_greenhouse_check_get_type (void) G_GNUC_CONST;
DialGreenhouseCheck *dial_greenhouse_check_copy     (const DialGreenhouseCheck *self);
void                 dial_greenhouse_check_free     (DialGreenhouseCheck       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialGreenhouseCheck, dial_greenhouse_check_free)

#define DIAL_TYPE_GREENHOUSE (dial_greenhouse_get_type ())
G_DECLARE_FINAL_TYPE (DialGreenhouse, dial_greenhouse, DIAL, GREENHOUSE, GObject)

/**
 * DialGreenhouse:
 *
 * Harvest behind one door. Everything happens in the thread-default main context it was made in;
 * JSON is parsed on a worker thread.
 *
 * Base addresses may be given with or without `/v3` and `/token` at their end; %NULL means
 * Greenhouse's own. Only https, and http to loopback, is accepted.
 */
DialGreenhouse      *dial_greenhouse_new                   (DialApi              api,
                                                            const char          *harvest_url,
                                                            const char          *auth_url,
                                                            const char          *client_id,
                                                            const char          *secret,
                                                            GError             **error);
gboolean             dial_greenhouse_check_url             (const char          *url,
                                                            GError             **error);
DialApi              dial_greenhouse_get_api               (DialGreenhouse      *self);
void                 dial_greenhouse_set_acting_user       (DialGreenhouse      *self,
                                                            gint64               user_id);
gboolean             dial_greenhouse_can_list              (DialGreenhouse      *self,
                                                            DialResource         resource);
guint                dial_greenhouse_get_n_requests        (DialGreenhouse      *self);
guint                dial_greenhouse_get_n_refused         (DialGreenhouse      *self);
guint                dial_greenhouse_get_n_needed          (DialGreenhouse      *self);
guint                dial_greenhouse_get_n_useful          (DialGreenhouse      *self);
void                 dial_greenhouse_get_allowance         (DialGreenhouse      *self,
                                                            DialAllowance       *allowance);
gint64               dial_greenhouse_get_held_until        (DialGreenhouse      *self);

void                 dial_greenhouse_list_async            (DialGreenhouse      *self,
                                                            const DialStretch   *stretch,
                                                            DialUrgency          urgency,
                                                            GCancellable        *cancellable,
                                                            GAsyncReadyCallback  callback,
                                                            gpointer             user_data);
void                 dial_greenhouse_list_next_async       (DialGreenhouse      *self,
                                                            const DialStretch   *stretch,
                                                            const char          *next,
                                                            DialUrgency          urgency,
                                                            GCancellable        *cancellable,
                                                            GAsyncReadyCallback  callback,
                                                            gpointer             user_data);
DialGreenhousePage  *dial_greenhouse_list_finish           (DialGreenhouse      *self,
                                                            GAsyncResult        *result,
                                                            GError             **error);

void                 dial_greenhouse_get_candidate_async   (DialGreenhouse      *self,
                                                            gint64               candidate_id,
                                                            DialUrgency          urgency,
                                                            GCancellable        *cancellable,
                                                            GAsyncReadyCallback  callback,
                                                            gpointer             user_data);
DialCandidate       *dial_greenhouse_get_candidate_finish  (DialGreenhouse      *self,
                                                            GAsyncResult        *result,
                                                            GError             **error);

void                 dial_greenhouse_find_user_async       (DialGreenhouse      *self,
                                                            const char          *email,
                                                            DialUrgency          urgency,
                                                            GCancellable        *cancellable,
                                                            GAsyncReadyCallback  callback,
                                                            gpointer             user_data);
DialUser            *dial_greenhouse_find_user_finish      (DialGreenhouse      *self,
                                                            GAsyncResult        *result,
                                                            GError             **error);

void                 dial_greenhouse_list_notes_async      (DialGreenhouse      *self,
                                                            gint64               candidate_id,
                                                            gint64               created_since,
                                                            DialUrgency          urgency,
                                                            GCancellable        *cancellable,
                                                            GAsyncReadyCallback  callback,
                                                            gpointer             user_data);
gboolean             dial_greenhouse_can_list_notes_of     (DialGreenhouse      *self);
void                 dial_greenhouse_list_notes_of_async   (DialGreenhouse      *self,
                                                            gint64               user_id,
                                                            gint64               created_since,
                                                            DialUrgency          urgency,
                                                            GCancellable        *cancellable,
                                                            GAsyncReadyCallback  callback,
                                                            gpointer             user_data);
GPtrArray           *dial_greenhouse_list_notes_finish     (DialGreenhouse      *self,
                                                            GAsyncResult        *result,
                                                            GError             **error);

void                 dial_greenhouse_create_note_async     (DialGreenhouse      *self,
                                                            DialNote            *note,
                                                            GCancellable        *cancellable,
                                                            GAsyncReadyCallback  callback,
                                                            gpointer             user_data);
DialNote            *dial_greenhouse_create_note_finish    (DialGreenhouse      *self,
                                                            GAsyncResult        *result,
                                                            GError             **error);

void                 dial_greenhouse_check_async           (DialGreenhouse      *self,
                                                            GCancellable        *cancellable,
                                                            GAsyncReadyCallback  callback,
                                                            gpointer             user_data);
DialGreenhouseCheck *dial_greenhouse_check_finish          (DialGreenhouse      *self,
                                                            GAsyncResult        *result,
                                                            GError             **error);

G_END_DECLS
