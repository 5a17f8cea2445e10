#pragma once

#include <gio/gio.h>

#include "dial-types.h"

G_BEGIN_DECLS

/**
 * DialCloudtalkError:
 * @DIAL_CLOUDTALK_ERROR_KEYS: the pair of keys is wrong or was withdrawn (401)
 * @DIAL_CLOUDTALK_ERROR_BLOCKED: a web page refused (403): the edge, a proxy, a portal; not CloudTalk itself
 * @DIAL_CLOUDTALK_ERROR_AGENT_AWAY: the agent is not online (403)
 * @DIAL_CLOUDTALK_ERROR_AGENT_BUSY: the agent has a call already (409)
 * @DIAL_CLOUDTALK_ERROR_NO_CREDIT: the company has no credit for texts (403)
 * @DIAL_CLOUDTALK_ERROR_NOT_FOUND: there is no such thing (404)
 * @DIAL_CLOUDTALK_ERROR_GONE: there was one (410)
 * @DIAL_CLOUDTALK_ERROR_REFUSED: a clear no; the sentence says why
 * @DIAL_CLOUDTALK_ERROR_SENDER: a clear no to a text, for the sake of the number it was to come from
 * @DIAL_CLOUDTALK_ERROR_LIMIT: no more requests for now (429), and waiting was not possible; the
 *   sentence says until when
 * @DIAL_CLOUDTALK_ERROR_UNCLEAR: a write may or may not have been carried out
 * @DIAL_CLOUDTALK_ERROR_UNREACHABLE: no answer, and nothing was carried out
 * @DIAL_CLOUDTALK_ERROR_TROUBLE: CloudTalk has trouble (5xx) on a read
 * @DIAL_CLOUDTALK_ERROR_GARBLED: the answer to a read makes no sense
 * @DIAL_CLOUDTALK_ERROR_INVALID: what was asked for cannot be asked: an address, a key, a number
 *
 * Every message is a sentence a person can act on. It never holds a key or a candidate's data.
 */
typedef enum {
  DIAL_CLOUDTALK_ERROR_KEYS,
  DIAL_CLOUDTALK_ERROR_BLOCKED,
  DIAL_CLOUDTALK_ERROR_AGENT_AWAY,
  DIAL_CLOUDTALK_ERROR_AGENT_BUSY,
  DIAL_CLOUDTALK_ERROR_NO_CREDIT,
  DIAL_CLOUDTALK_ERROR_NOT_FOUND,
  DIAL_CLOUDTALK_ERROR_GONE,
  DIAL_CLOUDTALK_ERROR_REFUSED,
  DIAL_CLOUDTALK_ERROR_SENDER,
  DIAL_CLOUDTALK_ERROR_LIMIT,
  DIAL_CLOUDTALK_ERROR_UNCLEAR,
  DIAL_CLOUDTALK_ERROR_UNREACHABLE,
  DIAL_CLOUDTALK_ERROR_TROUBLE,
  DIAL_CLOUDTALK_ERROR_GARBLED,
  DIAL_CLOUDTALK_ERROR_INVALID,
} DialCloudtalkError;

#define DIAL_CLOUDTALK_ERROR (dial_cloudtalk_error_quark ())
GQuark dial_cloudtalk_error_quark (void);

/**
 * DialCloudtalkUrgency:
 * @DIAL_CLOUDTALK_URGENCY_NOW: the recruiter waits for it
 * @DIAL_CLOUDTALK_URGENCY_CALLS: following calls
 * @DIAL_CLOUDTALK_URGENCY_CONTACTS: contacts: a share that leaves the rest of the company in peace
 *
 * Who goes first when requests are short.
 */
typedef enum {
  DIAL_CLOUDTALK_URGENCY_NOW,
  DIAL_CLOUDTALK_URGENCY_CALLS,
  DIAL_CLOUDTALK_URGENCY_CONTACTS,
} DialCloudtalkUrgency;

#define DIAL_CLOUDTALK_N_URGENCIES (DIAL_CLOUDTALK_URGENCY_CONTACTS + 1)

/**
 * DialAgentState:
 * @DIAL_AGENT_STATE_UNKNOWN: CloudTalk does not say, or in words nobody knows
 * @DIAL_AGENT_STATE_ONLINE: may be called
 * @DIAL_AGENT_STATE_OFFLINE: the phone is closed
 * @DIAL_AGENT_STATE_PAUSED: the phone is open, but takes no calls
 * @DIAL_AGENT_STATE_CALLING: in a call
 */
typedef enum {
  DIAL_AGENT_STATE_UNKNOWN,
  DIAL_AGENT_STATE_ONLINE,
  DIAL_AGENT_STATE_OFFLINE,
  DIAL_AGENT_STATE_PAUSED,
  DIAL_AGENT_STATE_CALLING,
} DialAgentState;

/* Texts of all records may be %NULL unless said otherwise; lists never are. */

/**
 * DialCloudtalkAgent:
 * @id: its id
 * @name: first and last name, or else the e-mail address
 * @email: the address it signs in with
 * @extension: four digits
 * @may_call_out: it has outbound calls allowed; where CloudTalk does not say it has
 * @within_daily_limit: its calls of today have not cost too much yet; where CloudTalk does not say so
 * @state: as CloudTalk last knew
 * @default_number: the number it calls from, in E.164
 * @numbers: (array zero-terminated=1): all it may use, in E.164
 */
typedef struct {
  gint64          id;
  char           *name;
  char           *email;
  char           *extension;
  gboolean        may_call_out;
  gboolean        within_daily_limit;
  DialAgentState  state;
  char           *default_number;
  GStrv           numbers;
} DialCloudtalkAgent;

/**
 * DialCloudtalkNumber:
 * @id: its id
 * @name: what the company calls it
 * @e164: (not nullable): the number
 * @is_free: nobody has it
 * @is_fax: a fax answers
 */
typedef struct {
  gint64    id;
  char     *name;
  char     *e164;
  gboolean  is_free;
  gboolean  is_fax;
} DialCloudtalkNumber;

/**
 * DialCloudtalkTag:
 * @id: its id, 0 where CloudTalk gives the name alone
 * @name: (not nullable): its name
 */
typedef struct {
  gint64  id;
  char   *name;
} DialCloudtalkTag;

/**
 * DialCloudtalkCall:
 * @id: its id, the one that never changes
 * @direction: who called; an internal call is outgoing
 * @is_internal: between agents
 * @external: the other side's number in E.164, %NULL if it is withheld
 * @internal: the company's number in E.164
 * @number_name: what the company calls that one
 * @agent_id: whose call it was, 0 if nobody's
 * @agent_name: that agent's name
 * @agent_email: and address
 * @contact_id: whom CloudTalk took the other side for, 0 for nobody
 * @contact_name: that one's name
 * @started_at: an instant
 * @answered_at: an instant, %DIAL_INSTANT_UNKNOWN if nobody did
 * @ended_at: an instant, %DIAL_INSTANT_UNKNOWN while it runs
 * @talking: seconds agent and other side were connected, -1 if not known
 * @waiting: seconds before that, -1 if not known
 * @wrap_up: seconds after it, -1 if not known
 * @is_voicemail: a machine answered
 * @is_recorded: it was recorded
 * @recording_url: a web page that plays the recording
 * @tags: (array zero-terminated=1): the agent's verdict, not the contact's tags
 * @notes: (array zero-terminated=1): what the agent wrote in CloudTalk
 */
typedef struct {
  gint64         id;
  DialDirection  direction;
  gboolean       is_internal;
  char          *external;
  char          *internal;
  char          *number_name;
  gint64         agent_id;
  char          *agent_name;
  char          *agent_email;
  gint64         contact_id;
  char          *contact_name;
  gint64         started_at;
  gint64         answered_at;
  gint64         ended_at;
  int            talking;
  int            waiting;
  int            wrap_up;
  gboolean       is_voicemail;
  gboolean       is_recorded;
  char          *recording_url;
  GStrv          tags;
  GStrv          notes;
} DialCloudtalkCall;

/**
 * DialCloudtalkContact:
 * @id: its id
 * @name: its name
 * @title: its title; not told by lists
 * @company: its company
 * @numbers: (array zero-terminated=1): in E.164; a list may tell but one
 * @emails: (array zero-terminated=1): addresses; a list may tell but one
 * @tags: (element-type DialCloudtalkTag): not told by lists
 * @url_names: (array zero-terminated=1): what its links are called; not told by lists
 * @urls: (array zero-terminated=1): where they lead, as many
 * @is_partial: there may be more numbers and addresses than were told
 */
typedef struct {
  gint64     id;
  char      *name;
  char      *title;
  char      *company;
  GStrv      numbers;
  GStrv      emails;
  GPtrArray *tags;
  GStrv      url_names;
  GStrv      urls;
  gboolean   is_partial;
} DialCloudtalkContact;

void dial_cloudtalk_agent_free   (DialCloudtalkAgent   *self);
void dial_cloudtalk_number_free  (DialCloudtalkNumber  *self);
void dial_cloudtalk_tag_free     (DialCloudtalkTag     *self);
void dial_cloudtalk_call_free    (DialCloudtalkCall    *self);
void dial_cloudtalk_contact_free (DialCloudtalkContact *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialCloudtalkAgent, dial_cloudtalk_agent_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialCloudtalkNumber, dial_cloudtalk_number_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialCloudtalkTag, dial_cloudtalk_tag_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialCloudtalkCall, dial_cloudtalk_call_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialCloudtalkContact, dial_cloudtalk_contact_free)

DialOutcome dial_cloudtalk_call_get_outcome (const DialCloudtalkCall *self);
gboolean    dial_cloudtalk_call_has_ended   (const DialCloudtalkCall *self);

/**
 * DialCloudtalkCallQuery:
 * @call_id: this call alone, 0 for any
 * @agent_id: calls of this agent, 0 for anybody's
 * @external: (nullable): with this number, in E.164
 * @internal: (nullable): by this number of the company, in E.164
 * @direction: a [enum@Direction], -1 for any
 * @since: started then or later, an instant; %DIAL_INSTANT_UNKNOWN from the beginning
 * @until: started then or earlier, an instant; %DIAL_INSTANT_UNKNOWN to the end
 * @limit: rows of the page, 1 to 1000; 0 for as many as CloudTalk gives
 * @page: which one, from 1; 0 for the first
 *
 * Which calls to list.
 */
typedef struct {
  gint64      call_id;
  gint64      agent_id;
  const char *external;
  const char *internal;
  int         direction;
  gint64      since;
  gint64      until;
  guint       limit;
  guint       page;
} DialCloudtalkCallQuery;

/**
 * DialContactAction:
 * @DIAL_CONTACT_ADD: a new contact
 * @DIAL_CONTACT_EDIT: other words for one
 * @DIAL_CONTACT_DELETE: takes one away
 */
typedef enum {
  DIAL_CONTACT_ADD,
  DIAL_CONTACT_EDIT,
  DIAL_CONTACT_DELETE,
} DialContactAction;

/**
 * DialContactChange:
 * @action: what to do
 * @command_id: names the change in the answer; not twice in one request
 * @contact_id: whom, not for a new one
 * @name: of 150 characters at most, the rest is cut off, as with all texts
 * @title: of 255 characters at most
 * @company: of 100 characters at most
 * @numbers: (nullable) (array zero-terminated=1): all of them, in E.164
 * @emails: (nullable) (array zero-terminated=1): all of them
 * @tags: (nullable) (array zero-terminated=1): of a new contact alone
 * @url_names: (nullable) (array zero-terminated=1): what the links are called, in 30 characters at most
 * @urls: (nullable) (array zero-terminated=1): where they lead, 3 at most
 *
 * What to do with one contact. What is %NULL is not sent and stays as it is.
 */
typedef struct {
  DialContactAction  action;
  char              *command_id;
  gint64             contact_id;
  char              *name;
  char              *title;
  char              *company;
  GStrv              numbers;
  GStrv              emails;
  GStrv              tags;
  GStrv              url_names;
  GStrv              urls;
} DialContactChange;

/**
 * DialContactResult:
 * @command_id: of the change
 * @status: as HTTP would say it, 0 if CloudTalk said nothing of it
 * @contact_id: the contact, 0 if CloudTalk did not name it
 * @error: (nullable): why it was not done, %NULL if it was; UNCLEAR if CloudTalk said nothing of it
 */
typedef struct {
  char   *command_id;
  guint   status;
  gint64  contact_id;
  GError *error;
} DialContactResult;

void dial_contact_change_free (DialContactChange *self);
void dial_contact_result_free (DialContactResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialContactChange, dial_contact_change_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialContactResult, dial_contact_result_free)

/* So many changes go into one request. */
#define DIAL_CONTACT_MAX_CHANGES 10

/**
 * DialCloudtalkAllowance:
 * @limit: operations a minute of the whole company
 * @left: of the present minute, -1 if not known
 * @used_by_us: in the last minute; a bulk request may count as many as it has changes
 * @waiting: requests that wait for their turn
 * @resets_at: when the present minute ends, an instant; %DIAL_INSTANT_UNKNOWN if not known
 * @blocked_until: nothing is sent before, an instant; %DIAL_INSTANT_UNKNOWN if it may be
 * @told: by CloudTalk itself; otherwise @limit is the documented one
 */
typedef struct {
  int      limit;
  int      left;
  int      used_by_us;
  int      waiting;
  gint64   resets_at;
  gint64   blocked_until;
  gboolean told;
} DialCloudtalkAllowance;

#define DIAL_TYPE_CLOUDTALK (dial_cloudtalk_get_type ())
G_DECLARE_FINAL_TYPE (DialCloudtalk, dial_cloudtalk, DIAL, CLOUDTALK, GObject)

/**
 * DialCloudtalk:
 *
 * CloudTalk's REST interface behind one door. Everything happens in the thread-default main context
 * it was made in; large answers are read on a worker thread.
 */
DialCloudtalk        *dial_cloudtalk_new                    (const char                    *key_id,
                                                             const char                    *secret,
                                                             const char                    *url,
                                                             GError                       **error);
gboolean              dial_cloudtalk_check_url              (const char                    *url,
                                                             GError                       **error);
void                  dial_cloudtalk_get_allowance          (DialCloudtalk                 *self,
                                                             DialCloudtalkAllowance        *allowance);
guint64               dial_cloudtalk_get_n_requests         (DialCloudtalk                 *self);
guint64               dial_cloudtalk_get_n_refused          (DialCloudtalk                 *self);

void                  dial_cloudtalk_list_agents_async      (DialCloudtalk                 *self,
                                                             DialCloudtalkUrgency           urgency,
                                                             GCancellable                  *cancellable,
                                                             GAsyncReadyCallback            callback,
                                                             gpointer                       user_data);
GPtrArray            *dial_cloudtalk_list_agents_finish     (DialCloudtalk                 *self,
                                                             GAsyncResult                  *result,
                                                             GError                       **error);

void                  dial_cloudtalk_list_numbers_async     (DialCloudtalk                 *self,
                                                             DialCloudtalkUrgency           urgency,
                                                             GCancellable                  *cancellable,
                                                             GAsyncReadyCallback            callback,
                                                             gpointer                       user_data);
GPtrArray            *dial_cloudtalk_list_numbers_finish    (DialCloudtalk                 *self,
                                                             GAsyncResult                  *result,
                                                             GError                       **error);

void                  dial_cloudtalk_list_tags_async        (DialCloudtalk                 *self,
                                                             DialCloudtalkUrgency           urgency,
                                                             GCancellable                  *cancellable,
                                                             GAsyncReadyCallback            callback,
                                                             gpointer                       user_data);
GPtrArray            *dial_cloudtalk_list_tags_finish       (DialCloudtalk                 *self,
                                                             GAsyncResult                  *result,
                                                             GError                       **error);

void                  dial_cloudtalk_add_tag_async          (DialCloudtalk                 *self,
                                                             const char                    *name,
                                                             GCancellable                  *cancellable,
                                                             GAsyncReadyCallback            callback,
                                                             gpointer                       user_data);
gint64                dial_cloudtalk_add_tag_finish         (DialCloudtalk                 *self,
                                                             GAsyncResult                  *result,
                                                             GError                       **error);

void                  dial_cloudtalk_list_calls_async       (DialCloudtalk                 *self,
                                                             const DialCloudtalkCallQuery  *query,
                                                             DialCloudtalkUrgency           urgency,
                                                             GCancellable                  *cancellable,
                                                             GAsyncReadyCallback            callback,
                                                             gpointer                       user_data);
GPtrArray            *dial_cloudtalk_list_calls_finish      (DialCloudtalk                 *self,
                                                             GAsyncResult                  *result,
                                                             guint                         *n_pages,
                                                             GError                       **error);

void                  dial_cloudtalk_create_call_async      (DialCloudtalk                 *self,
                                                             gint64                         agent_id,
                                                             const char                    *e164,
                                                             GCancellable                  *cancellable,
                                                             GAsyncReadyCallback            callback,
                                                             gpointer                       user_data);
gboolean              dial_cloudtalk_create_call_finish     (DialCloudtalk                 *self,
                                                             GAsyncResult                  *result,
                                                             GError                       **error);

void                  dial_cloudtalk_send_text_async        (DialCloudtalk                 *self,
                                                             const char                    *from_e164,
                                                             const char                    *to_e164,
                                                             const char                    *message,
                                                             GCancellable                  *cancellable,
                                                             GAsyncReadyCallback            callback,
                                                             gpointer                       user_data);
gboolean              dial_cloudtalk_send_text_finish       (DialCloudtalk                 *self,
                                                             GAsyncResult                  *result,
                                                             GError                       **error);

void                  dial_cloudtalk_list_contacts_async    (DialCloudtalk                 *self,
                                                             gint64                         tag_id,
                                                             const char                    *keyword,
                                                             guint                          page,
                                                             guint                          limit,
                                                             DialCloudtalkUrgency           urgency,
                                                             GCancellable                  *cancellable,
                                                             GAsyncReadyCallback            callback,
                                                             gpointer                       user_data);
GPtrArray            *dial_cloudtalk_list_contacts_finish   (DialCloudtalk                 *self,
                                                             GAsyncResult                  *result,
                                                             guint                         *n_pages,
                                                             GError                       **error);

void                  dial_cloudtalk_show_contact_async     (DialCloudtalk                 *self,
                                                             gint64                         contact_id,
                                                             DialCloudtalkUrgency           urgency,
                                                             GCancellable                  *cancellable,
                                                             GAsyncReadyCallback            callback,
                                                             gpointer                       user_data);
DialCloudtalkContact *dial_cloudtalk_show_contact_finish    (DialCloudtalk                 *self,
                                                             GAsyncResult                  *result,
                                                             GError                       **error);

void                  dial_cloudtalk_change_contacts_async  (DialCloudtalk                 *self,
                                                             GPtrArray                     *changes,
                                                             GCancellable                  *cancellable,
                                                             GAsyncReadyCallback            callback,
                                                             gpointer                       user_data);
GPtrArray            *dial_cloudtalk_change_contacts_finish (DialCloudtalk                 *self,
                                                             GAsyncResult                  *result,
                                                             GError                       **error);

void                  dial_cloudtalk_tag_contact_async      (DialCloudtalk                 *self,
                                                             gint64                         contact_id,
                                                             const char *const             *tags,
                                                             GCancellable                  *cancellable,
                                                             GAsyncReadyCallback            callback,
                                                             gpointer                       user_data);
gboolean              dial_cloudtalk_tag_contact_finish     (DialCloudtalk                 *self,
                                                             GAsyncResult                  *result,
                                                             GError                       **error);

void                  dial_cloudtalk_untag_contact_async    (DialCloudtalk                 *self,
                                                             gint64                         contact_id,
                                                             const char *const             *tags,
                                                             GCancellable                  *cancellable,
                                                             GAsyncReadyCallback            callback,
                                                             gpointer                       user_data);
gboolean              dial_cloudtalk_untag_contact_finish   (DialCloudtalk                 *self,
                                                             GAsyncResult                  *result,
                                                             GError                       **error);

G_END_DECLS
