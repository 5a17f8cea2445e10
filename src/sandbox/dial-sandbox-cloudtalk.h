#pragma once

#include "dial-sandbox-server.h"

G_BEGIN_DECLS

/* From which the recruiter calls, unless another one is chosen. */
#define DIAL_SANDBOX_CT_NUMBER "+442079460100"

/*
 * A small CloudTalk (`ct` in names), beside the small Greenhouse: the recruiters of this house have it as their
 * telephone. It refuses what CloudTalk refuses and is as loose with types as CloudTalk is. Where CloudTalk's API
 * description says nothing, tests choose (dial-sandbox-cloudtalk-control.c).
 */

#define DIAL_SANDBOX_CT_PATH      "/cloudtalk/api"
#define DIAL_SANDBOX_CT_PLAY      "/cloudtalk/r/play/" /* a recording's page, and the call's id */
#define DIAL_SANDBOX_CT_NEVER     G_MAXINT64
#define DIAL_SANDBOX_CT_EXTENSION 3057 /* so much greater is an agent's id than the extension */

/**
 * DialSandboxCtAgent:
 * @id: CloudTalk's id
 * @user_id: who it is in Greenhouse
 * @email: their address
 * @state: what they set: `online`, `offline` or `paused`; `calling` for somebody who telephones without end
 * @may_call_out: may place calls
 * @within_limit: has not spent the day's money
 * @pick_up_ms: after how long CloudTalk Phone picks up a dialled call by itself, -1 for not by itself
 * @numbers: the numbers they may use, the default one first
 */
typedef struct {
  gint64      id;
  gint64      user_id;
  const char *email;
  const char *state;
  gboolean    may_call_out;
  gboolean    within_limit;
  gint64      pick_up_ms;
  const char *numbers[4];
} DialSandboxCtAgent;

/**
 * DialSandboxCtNumber:
 * @id: CloudTalk's id
 * @e164: the number
 * @country_code: its beginning
 * @area_code: (nullable): what follows, without a 0
 * @name: (nullable): what the house calls it
 * @connected_to: 0 group, 1 agent, 2 conference room, 3 fax
 * @source_id: id of that thing
 * @is_free: nobody has it
 * @may_text: the carrier takes texts from it
 */
typedef struct {
  gint64      id;
  const char *e164;
  const char *country_code;
  const char *area_code;
  const char *name;
  guint       connected_to;
  gint64      source_id;
  gboolean    is_free;
  gboolean    may_text;
} DialSandboxCtNumber;

/**
 * DialSandboxCtTag:
 * @id: CloudTalk's id
 * @text: its name; or what a call's note says
 */
typedef struct {
  gint64  id;
  char   *text;
} DialSandboxCtTag;

/**
 * DialSandboxCtPlan:
 * @outcome: `answered`, `no_answer`, `busy`, `voicemail` or `agent_missed`
 * @pick_up_ms: until the agent picks up, -1 for as the agent's CloudTalk Phone is set
 * @ring_ms: how long the other side rings
 * @talk_ms: how long they talk, -1 for until a test ends it
 * @wrap_up_ms: how long the agent wraps up, -1 for until a test ends it
 * @times: calls left that go so, 0 for all to come
 *
 * How a call goes.
 */
typedef struct {
  const char *outcome;
  gint64      pick_up_ms;
  gint64      ring_ms;
  gint64      talk_ms;
  gint64      wrap_up_ms;
  gint64      times;
} DialSandboxCtPlan;

/**
 * DialSandboxCtCall:
 * @type: `outgoing`, `incoming` or `internal`
 * @agent_id: whose call, 0 for nobody's
 * @external: (nullable): the other side; %NULL for a withheld number
 * @internal: the number of the house
 * @outcome: as in DialSandboxCtPlan; `missed` too
 * @started_at: when it began
 * @picked_up_at: when the agent picked up, from which moment it is a call
 * @answered_at: when the two were connected
 * @ended_at: when it ended
 * @wrapped_up_at: when the agent was through with it
 * @recording: 0 for none, 1 for one, 2 for one that was removed
 * @notes: (element-type DialSandboxCtTag): written in CloudTalk Phone
 * @tags: (element-type DialSandboxCtTag): chosen in CloudTalk Phone
 * @asked: it was asked for through the API
 *
 * A call. All instants are planned when it begins, %DIAL_SANDBOX_CT_NEVER for what does not happen,
 * and have come about when the clock has passed them.
 */
typedef struct {
  gint64      id;
  const char *type;
  gint64      agent_id;
  char       *external;
  char       *internal;
  const char *outcome;
  gint64      started_at;
  gint64      picked_up_at;
  gint64      answered_at;
  gint64      ended_at;
  gint64      wrapped_up_at;
  guint       recording;
  GPtrArray  *notes;
  GPtrArray  *tags;
  gboolean    asked;

  DialSandboxCtPlan plan;
} DialSandboxCtCall;

/**
 * DialSandboxCtText:
 * @at: when
 * @refusal: (nullable): why it did not go out
 */
typedef struct {
  gint64  at;
  char   *sender;
  char   *recipient;
  char   *message;
  char   *refusal;
} DialSandboxCtText;

#define DIAL_SANDBOX_CT_N_FIELDS 9

/**
 * DialSandboxCtContactList:
 * @DIAL_SANDBOX_CT_NUMBERS: in E.164
 * @DIAL_SANDBOX_CT_EMAILS: addresses
 * @DIAL_SANDBOX_CT_TAGS: names of tags
 * @DIAL_SANDBOX_CT_URL_NAMES: what the links are called
 * @DIAL_SANDBOX_CT_URLS: where they lead
 *
 * What a contact has several of.
 */
typedef enum {
  DIAL_SANDBOX_CT_NUMBERS,
  DIAL_SANDBOX_CT_EMAILS,
  DIAL_SANDBOX_CT_TAGS,
  DIAL_SANDBOX_CT_URL_NAMES,
  DIAL_SANDBOX_CT_URLS,
  DIAL_SANDBOX_CT_N_LISTS,
} DialSandboxCtContactList;

/**
 * DialSandboxCtContact:
 * @id: CloudTalk's id
 * @fields: name, title, company and so on; %NULL for what was never sent
 * @lists: (element-type utf8): by DialSandboxCtContactList
 * @sent: in what was sent: which of the lists there were, a bit each
 * @n_edits: how often it was changed since it was made
 * @n_merged: how often somebody became one with it
 *
 * One of the company's contacts; or what was sent of one.
 */
typedef struct {
  gint64     id;
  char      *fields[DIAL_SANDBOX_CT_N_FIELDS];
  GPtrArray *lists[DIAL_SANDBOX_CT_N_LISTS];
  guint      sent;
  gint64     favorite_agent;
  gint64     created_at;
  gint64     modified_at;
  guint      n_edits;
  guint      n_merged;
} DialSandboxCtContact;

/**
 * DialSandboxCtMerge:
 * @DIAL_SANDBOX_CT_MERGE_NONE: nobody
 * @DIAL_SANDBOX_CT_MERGE_NUMBER: who has one of the numbers
 * @DIAL_SANDBOX_CT_MERGE_EMAIL: who has one of the addresses
 * @DIAL_SANDBOX_CT_MERGE_EITHER: who has one of either
 *
 * With whom somebody new becomes one; the company's setting.
 */
typedef enum {
  DIAL_SANDBOX_CT_MERGE_NONE,
  DIAL_SANDBOX_CT_MERGE_NUMBER,
  DIAL_SANDBOX_CT_MERGE_EMAIL,
  DIAL_SANDBOX_CT_MERGE_EITHER,
} DialSandboxCtMerge;

/**
 * DialSandboxCt:
 * @keys: 0 good, 1 withdrawn
 * @others: how many requests colleagues and other programs use up of each window
 * @tells_always: tells of the allowance with every answer, not only with a refusal
 * @bulk_counts_each: a bulk request counts as often as it has actions
 * @status_in_body: what is wrong is told in the body alone, under a 200
 * @paused_refuses: who is paused cannot be rung
 * @listed: from when a call is in the history: 0 from its beginning, 1 from its end, 2 from the end
 *   of the wrap-up
 * @lag_ms: and how much later than that
 * @agent_ring_ms: for how long an agent is rung
 * @recording_ms: how long after a call's end its recording is there
 * @recordings: as DialSandboxCtCall's, for calls to come
 * @link_comes_late: a call's row tells of its recording when that is there, not when the call ends
 * @refusal: (nullable): what the carrier says of the next texts
 * @n_refusals: of how many, 0 for all to come
 * @no_credit: texts cannot be paid
 * @merge: with whom somebody new becomes one
 * @merge_tells_old_id: the answer then has the id of whom it was, not one that leads nowhere
 * @rows_show_all: rows of a list of contacts have all numbers and addresses, not the first alone
 * @plans: (element-type DialSandboxCtPlan): how the next calls go
 */
struct _DialSandboxCt {
  char                  *key_id;
  char                  *secret;
  guint                  keys;
  DialSandboxAllowance   allowance;
  guint                  others;
  gboolean               tells_always;
  gboolean               bulk_counts_each;
  gboolean               status_in_body;
  gboolean               paused_refuses;
  guint                  listed;
  gint64                 lag_ms;
  gint64                 agent_ring_ms;
  gint64                 recording_ms;
  guint                  recordings;
  gboolean               link_comes_late;
  char                  *refusal;
  guint                  n_refusals;
  gboolean               no_credit;
  guint                  merge;
  gboolean               merge_tells_old_id;
  gboolean               rows_show_all;
  GArray                *plans;
  GArray                *agents;
  GArray                *numbers;
  GPtrArray             *tags;
  GPtrArray             *calls; /* in the order of their beginning to be known */
  GPtrArray             *texts;
  GPtrArray             *contacts; /* by id */
  gint64                 next_id;
  gint64                 next_contact_id;
};

/**
 * DialSandboxCtParameter:
 * @name: its name
 * @kind: `i` an integer, `t` a text, `d` an instant; `|` choices between bars
 *
 * What a list may be asked.
 */
typedef struct {
  const char *name;
  const char *kind;
} DialSandboxCtParameter;

/**
 * DialSandboxCtQuery:
 * @limit: rows of a page
 * @page: from 1
 *
 * What a list was asked, checked.
 */
typedef struct {
  guint      limit;
  guint      page;
  GPtrArray *pairs;
} DialSandboxCtQuery;

typedef void (*DialSandboxCtWriter) (DialSandboxServer *server,
                                     gconstpointer      row,
                                     DialSandboxRecord *record);

/* dial-sandbox-cloudtalk.c: who is let in, and to what */
void dial_sandbox_ct_init     (DialSandboxServer        *server,
                               const DialSandboxOptions *options);
void dial_sandbox_ct_free     (DialSandboxServer        *server);
void dial_sandbox_ct_reset    (DialSandboxServer        *server);
void dial_sandbox_ct_dispatch (DialSandboxRequest       *request);
gboolean dial_sandbox_ct_spend (DialSandboxRequest *request,
                                guint               n_operations);

/* dial-sandbox-cloudtalk-answers.c: envelopes, queries, bodies */
void                dial_sandbox_ct_answer        (DialSandboxRequest           *request,
                                                   guint                         status,
                                                   GString                      *body);
void                dial_sandbox_ct_refuse        (DialSandboxRequest           *request,
                                                   guint                         status,
                                                   const char                   *sentence,
                                                   GString                      *errors);
void                dial_sandbox_ct_confirm       (DialSandboxRequest           *request,
                                                   guint                         status,
                                                   gint64                        id);
void                dial_sandbox_ct_list          (DialSandboxRequest           *request,
                                                   DialSandboxCtQuery           *query,
                                                   GPtrArray                    *rows,
                                                   DialSandboxCtWriter           write);
void                dial_sandbox_ct_complain      (GString                      *errors,
                                                   const char                   *field,
                                                   const char                   *sentence);
DialSandboxCtQuery *dial_sandbox_ct_query_parse   (DialSandboxRequest           *request,
                                                   const DialSandboxCtParameter *parameters);
void                dial_sandbox_ct_query_free    (DialSandboxCtQuery           *self);
const char         *dial_sandbox_ct_query_get     (DialSandboxCtQuery           *self,
                                                   const char                   *name);
gboolean            dial_sandbox_ct_query_takes   (DialSandboxCtQuery           *self,
                                                   const char                   *name,
                                                   gint64                        value);
gint64              dial_sandbox_ct_query_get_time (DialSandboxCtQuery           *self,
                                                    const char                   *name,
                                                    gint64                        fallback);
JsonNode           *dial_sandbox_ct_read_body     (DialSandboxRequest           *request);
const char         *dial_sandbox_ct_take_string   (JsonObject                   *body,
                                                   const char                   *name,
                                                   gboolean                      required,
                                                   guint                         max,
                                                   GString                      *errors);
gint64              dial_sandbox_ct_take_integer  (JsonObject                   *body,
                                                   const char                   *name,
                                                   gboolean                      required,
                                                   GString                      *errors);
gboolean            dial_sandbox_ct_is_e164       (const char                   *text);

/* dial-sandbox-cloudtalk-loose.c: the same thing in several forms, as CloudTalk has it */
void dial_sandbox_ct_record_id      (DialSandboxRecord *record,
                                     const char        *name,
                                     gint64             id);
void dial_sandbox_ct_record_count   (DialSandboxRecord *record,
                                     const char        *name,
                                     gint64             count,
                                     gint64             form);
void dial_sandbox_ct_record_flag    (DialSandboxRecord *record,
                                     const char        *name,
                                     gboolean           flag,
                                     gint64             form);
void dial_sandbox_ct_record_number  (DialSandboxRecord *record,
                                     const char        *name,
                                     const char        *e164,
                                     gint64             form);
void dial_sandbox_ct_record_time    (DialSandboxRecord *record,
                                     const char        *name,
                                     gint64             instant,
                                     gint64             form);
void dial_sandbox_ct_append_number  (GString           *out,
                                     const char        *e164,
                                     gint64             form);

/* dial-sandbox-cloudtalk-office.c: agents, numbers, tags */
void                dial_sandbox_ct_office_reset  (DialSandboxServer  *server);
DialSandboxCtAgent *dial_sandbox_ct_find_agent    (DialSandboxServer  *server,
                                                   gint64              id);
DialSandboxCtAgent *dial_sandbox_ct_find_agent_by_email (DialSandboxServer  *server,
                                                         const char         *email);
DialSandboxCtNumber *dial_sandbox_ct_find_number  (DialSandboxServer  *server,
                                                   const char         *e164);
DialSandboxCtTag   *dial_sandbox_ct_find_tag      (DialSandboxServer  *server,
                                                   const char         *name);
DialSandboxCtTag   *dial_sandbox_ct_ensure_tag    (DialSandboxServer  *server,
                                                   const char         *name);
DialSandboxCtTag   *dial_sandbox_ct_tag_new       (gint64              id,
                                                   const char         *text);
void                dial_sandbox_ct_tag_free      (gpointer            tag);
char               *dial_sandbox_ct_dup_name      (DialSandboxServer        *server,
                                                   const DialSandboxCtAgent *agent);
const char         *dial_sandbox_ct_get_state     (DialSandboxServer        *server,
                                                   const DialSandboxCtAgent *agent);
void                dial_sandbox_ct_list_agents   (DialSandboxRequest *request,
                                                   gint64              id);
void                dial_sandbox_ct_list_numbers  (DialSandboxRequest *request,
                                                   gint64              id);
void                dial_sandbox_ct_list_tags     (DialSandboxRequest *request,
                                                   gint64              id);
void                dial_sandbox_ct_add_tag       (DialSandboxRequest *request,
                                                   gint64              id);
void                dial_sandbox_ct_edit_tag      (DialSandboxRequest *request,
                                                   gint64              id);
void                dial_sandbox_ct_delete_tag    (DialSandboxRequest *request,
                                                   gint64              id);

/* dial-sandbox-cloudtalk-calls.c: calls as they go */
void               dial_sandbox_ct_calls_reset    (DialSandboxServer       *server);
void               dial_sandbox_ct_call_free      (gpointer                 call);
DialSandboxCtCall *dial_sandbox_ct_add_call       (DialSandboxServer       *server,
                                                   const char              *type,
                                                   gint64                   agent_id,
                                                   const char              *external,
                                                   const char              *internal,
                                                   gint64                   started_at,
                                                   const DialSandboxCtPlan *plan);
DialSandboxCtCall *dial_sandbox_ct_find_call      (DialSandboxServer       *server,
                                                   gint64                   id);
gboolean           dial_sandbox_ct_move_call      (DialSandboxServer       *server,
                                                   DialSandboxCtCall       *call,
                                                   const char              *action);
const char        *dial_sandbox_ct_call_get_state (DialSandboxServer       *server,
                                                   const DialSandboxCtCall *call);
gboolean           dial_sandbox_ct_call_is_listed (DialSandboxServer       *server,
                                                   const DialSandboxCtCall *call);
gboolean           dial_sandbox_ct_is_calling     (DialSandboxServer       *server,
                                                   gint64                   agent_id);
void               dial_sandbox_ct_create_call    (DialSandboxRequest      *request,
                                                   gint64                   id);

/* dial-sandbox-cloudtalk-history.c: calls as they are told of */
void               dial_sandbox_ct_list_calls     (DialSandboxRequest      *request,
                                                   gint64                   id);
GString           *dial_sandbox_ct_make_sound     (void);
gboolean           dial_sandbox_ct_has_recording  (DialSandboxServer       *server,
                                                   const DialSandboxCtCall *call);
void               dial_sandbox_ct_send_recording (DialSandboxRequest      *request,
                                                   gint64                   id);

/* dial-sandbox-cloudtalk-texts.c */
void dial_sandbox_ct_text_free (gpointer            text);
void dial_sandbox_ct_send_text (DialSandboxRequest *request,
                                gint64              id);

/* dial-sandbox-cloudtalk-contacts.c: the company's contacts */
const char           *dial_sandbox_ct_get_field_name (guint                       field);
DialSandboxCtContact *dial_sandbox_ct_contact_new    (void);
void                  dial_sandbox_ct_contact_free   (gpointer                    contact);
gboolean              dial_sandbox_ct_contact_has    (const DialSandboxCtContact *self,
                                                      DialSandboxCtContactList    list,
                                                      const char                 *text);
void                  dial_sandbox_ct_contact_add    (DialSandboxCtContact       *self,
                                                      DialSandboxCtContactList    list,
                                                      const char                 *text);
void                  dial_sandbox_ct_contact_remove (DialSandboxCtContact       *self,
                                                      DialSandboxCtContactList    list,
                                                      const char                 *text);
void                  dial_sandbox_ct_contacts_reset (DialSandboxServer          *server);
DialSandboxCtContact *dial_sandbox_ct_find_contact   (DialSandboxServer          *server,
                                                      gint64                      id);
DialSandboxCtContact *dial_sandbox_ct_find_contact_by_number (DialSandboxServer          *server,
                                                              const char                 *e164);
DialSandboxCtContact *dial_sandbox_ct_read_contact   (DialSandboxServer          *server,
                                                      JsonObject                 *body,
                                                      gboolean                    is_new,
                                                      GString                    *errors);
gint64                dial_sandbox_ct_add_contact    (DialSandboxServer          *server,
                                                      const DialSandboxCtContact *sent);
void                  dial_sandbox_ct_edit_contact   (DialSandboxServer          *server,
                                                      DialSandboxCtContact       *contact,
                                                      const DialSandboxCtContact *sent,
                                                      gboolean                    keeps);
void                  dial_sandbox_ct_swallow_contact (DialSandboxServer          *server,
                                                       DialSandboxCtContact       *contact,
                                                       DialSandboxCtContact       *other);
void                  dial_sandbox_ct_rename_tag     (DialSandboxServer          *server,
                                                      const char                 *tag,
                                                      const char                 *name);

/* dial-sandbox-cloudtalk-contact-requests.c: what is asked of them */
void dial_sandbox_ct_write_caller    (DialSandboxServer          *server,
                                      const DialSandboxCtContact *contact,
                                      DialSandboxRecord          *record);
void dial_sandbox_ct_list_contacts   (DialSandboxRequest         *request,
                                      gint64                      id);
void dial_sandbox_ct_show_contact    (DialSandboxRequest         *request,
                                      gint64                      id);
void dial_sandbox_ct_put_contact     (DialSandboxRequest         *request,
                                      gint64                      id);
void dial_sandbox_ct_post_contact    (DialSandboxRequest         *request,
                                      gint64                      id);
void dial_sandbox_ct_delete_contact  (DialSandboxRequest         *request,
                                      gint64                      id);
void dial_sandbox_ct_add_tags        (DialSandboxRequest         *request,
                                      gint64                      id);
void dial_sandbox_ct_remove_tags     (DialSandboxRequest         *request,
                                      gint64                      id);
void dial_sandbox_ct_change_contacts (DialSandboxRequest         *request,
                                      gint64                      id);

/* dial-sandbox-cloudtalk-control.c */
void dial_sandbox_ct_control   (DialSandboxRequest *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialSandboxCtQuery, dial_sandbox_ct_query_free)

G_END_DECLS
