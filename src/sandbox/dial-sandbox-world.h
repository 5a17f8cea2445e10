#pragma once

#include "dial-sandbox-record.h"

G_BEGIN_DECLS

/**
 * DialSandboxWorld:
 *
 * The invented organisation. Nobody is stored: every row is made anew from the seed and its number
 * when it is looked at, so a world of 100,000 people starts as fast as one of ten. Rows are in the
 * order of their ids. Only what a test changed is remembered.
 */
typedef struct _DialSandboxWorld DialSandboxWorld;

/* The integration's own service user, and the recruiter who sits before the screen. */
#define DIAL_SANDBOX_SERVICE_USER  G_GINT64_CONSTANT (5400011990)
#define DIAL_SANDBOX_RECRUITER     G_GINT64_CONSTANT (5400012002)

#define DIAL_SANDBOX_SLOTS 4 /* applications, notes and tags of one candidate: at most so many */

/**
 * DialSandboxStamp:
 * @updated_at: when something was changed last
 * @before: what lists filtered by `updated_at` go by as long as they lag behind, 0 for nothing
 * @listed_from: the number of the list request from which they know of the change
 *
 * When something changed, and for whom. All is 0 for what nobody changed.
 */
typedef struct {
  gint64  updated_at;
  gint64  before;
  guint64 listed_from;
} DialSandboxStamp;

/**
 * DialSandboxContact:
 * @value: as typed
 * @type: `mobile`, `work` and so on
 */
typedef struct {
  char        value[88];
  const char *type;
} DialSandboxContact;

/**
 * DialSandboxPerson:
 *
 * A candidate as invented. Nothing in it is owned; it is made on the stack.
 */
typedef struct {
  char               first[64];
  char               last[128];
  char               preferred[64];
  const char        *company;
  const char        *title;
  const char        *zone;
  const char        *city;
  DialSandboxContact phones[4];
  DialSandboxContact emails[3];
  guint              n_phones;
  guint              n_emails;
} DialSandboxPerson;

/**
 * DialSandboxFieldForm:
 * @DIAL_SANDBOX_FIELD_KEYED: name, type and value
 * @DIAL_SANDBOX_FIELD_KEYED_OR_NULL: the same, but `null` where there is no value
 * @DIAL_SANDBOX_FIELD_PLAIN: the value alone
 *
 * How a custom field is written.
 */
typedef enum {
  DIAL_SANDBOX_FIELD_KEYED,
  DIAL_SANDBOX_FIELD_KEYED_OR_NULL,
  DIAL_SANDBOX_FIELD_PLAIN,
} DialSandboxFieldForm;

/**
 * DialSandboxUser:
 * @id: Greenhouse's id
 * @first: (nullable): given name
 * @last: (nullable): family name
 * @email: (nullable): primary address
 * @second_email: (nullable): a further address
 * @job_title: (nullable): what they do
 * @employee_id: (nullable): the house's own number
 * @site_admin: may use lists through the API
 * @deactivated: has left
 * @service: a service user, hidden from the list
 * @sees_private: may see private candidates and other people's private notes
 */
typedef struct {
  gint64      id;
  const char *first;
  const char *last;
  const char *email;
  const char *second_email;
  const char *job_title;
  const char *employee_id;
  gboolean    site_admin;
  gboolean    deactivated;
  gboolean    service;
  gboolean    sees_private;
} DialSandboxUser;

/* dial-sandbox-world.c: rows, ids, times, changes */
DialSandboxWorld *dial_sandbox_world_new                     (guint                   n_candidates,
                                                              guint32                 seed);
void              dial_sandbox_world_free                    (DialSandboxWorld       *self);
guint64           dial_sandbox_world_roll                    (DialSandboxWorld       *self,
                                                              guint64                 row,
                                                              guint                   salt);
gint64            dial_sandbox_world_get_now                 (DialSandboxWorld       *self);
void              dial_sandbox_world_shift_clock             (DialSandboxWorld       *self,
                                                              gint64                  shift);
gint64            dial_sandbox_world_get_today               (DialSandboxWorld       *self);
void              dial_sandbox_world_set_lag                 (DialSandboxWorld       *self,
                                                              guint                   n_lists);
void              dial_sandbox_world_count_list              (DialSandboxWorld       *self);
void              dial_sandbox_world_stamp                   (DialSandboxWorld       *self,
                                                              DialSandboxStamp       *stamp,
                                                              gint64                  before);
gint64            dial_sandbox_world_get_listed_at           (DialSandboxWorld       *self,
                                                              const DialSandboxStamp *stamp);
guint64           dial_sandbox_world_get_n_invented          (DialSandboxWorld       *self);
guint64           dial_sandbox_world_get_n_candidates        (DialSandboxWorld       *self);
gint64            dial_sandbox_world_get_candidate_id        (DialSandboxWorld       *self,
                                                              guint64                 row);
gboolean          dial_sandbox_world_find_candidate          (DialSandboxWorld       *self,
                                                              gint64                  id,
                                                              guint64                *row);
guint64           dial_sandbox_world_count_created_before    (DialSandboxWorld       *self,
                                                              gint64                  instant);
gboolean          dial_sandbox_world_is_touched              (DialSandboxWorld       *self,
                                                              guint64                 row);
GArray           *dial_sandbox_world_get_touched             (DialSandboxWorld       *self);
gboolean          dial_sandbox_world_has_candidate           (DialSandboxWorld       *self,
                                                              guint64                 row);
gint64            dial_sandbox_world_get_created_at          (DialSandboxWorld       *self,
                                                              guint64                 row);
gint64            dial_sandbox_world_get_updated_at          (DialSandboxWorld       *self,
                                                              guint64                 row);
gint64            dial_sandbox_world_invent_updated_at       (DialSandboxWorld       *self,
                                                              guint64                 row);
gint64            dial_sandbox_world_get_active_at           (DialSandboxWorld       *self,
                                                              guint64                 row);
gint64            dial_sandbox_world_get_candidate_listed_at (DialSandboxWorld       *self,
                                                              guint64                 row);
gboolean          dial_sandbox_world_is_private              (DialSandboxWorld       *self,
                                                              guint64                 row);
JsonObject       *dial_sandbox_world_get_changes             (DialSandboxWorld       *self,
                                                              guint64                 row);
gint64            dial_sandbox_world_get_owner               (DialSandboxWorld       *self,
                                                              guint64                 row);
void              dial_sandbox_world_get_family              (DialSandboxWorld       *self,
                                                              gint64                  id,
                                                              GArray                 *rows);
gint64            dial_sandbox_world_add_candidate           (DialSandboxWorld       *self,
                                                              JsonObject             *fields);
gboolean          dial_sandbox_world_change_candidate        (DialSandboxWorld       *self,
                                                              gint64                  id,
                                                              JsonObject             *fields);
gboolean          dial_sandbox_world_delete_candidate        (DialSandboxWorld       *self,
                                                              gint64                  id);
gboolean          dial_sandbox_world_merge_candidate         (DialSandboxWorld       *self,
                                                              gint64                  primary,
                                                              gint64                  secondary);
gboolean          dial_sandbox_world_anonymise_candidate     (DialSandboxWorld       *self,
                                                              gint64                  id);

/* dial-sandbox-people.c: who a candidate is */
void     dial_sandbox_person_invent         (DialSandboxPerson       *self,
                                             DialSandboxWorld        *world,
                                             guint64                  row);
guint    dial_sandbox_person_get_tags       (DialSandboxWorld        *world,
                                             guint64                  row,
                                             guint                   *tags);
gboolean dial_sandbox_person_has_email      (DialSandboxWorld        *world,
                                             guint64                  row,
                                             const char              *email);
gboolean dial_sandbox_person_has_tag        (DialSandboxWorld        *world,
                                             guint64                  row,
                                             const char              *tag);
void     dial_sandbox_person_write          (DialSandboxWorld        *world,
                                             guint64                  row,
                                             DialSandboxRecord       *record);
void     dial_sandbox_person_write_name     (const DialSandboxPerson *self,
                                             DialSandboxRecord       *record);
void     dial_sandbox_person_write_contacts (const DialSandboxPerson *self,
                                             DialSandboxWorld        *world,
                                             guint64                  row,
                                             DialSandboxRecord       *record);
void     dial_sandbox_person_write_fields   (DialSandboxWorld        *world,
                                             guint64                  row,
                                             DialSandboxRecord       *record,
                                             const char              *member,
                                             DialSandboxFieldForm     form);

/* dial-sandbox-office.c: users, and what jobs and stages are called at first */
extern const DialSandboxUser  dial_sandbox_users[];
extern const guint            dial_sandbox_n_users;
extern const char * const     dial_sandbox_jobs[];
extern const char * const     dial_sandbox_stages[];

#define DIAL_SANDBOX_N_STAGES   6
#define DIAL_SANDBOX_N_VETERANS 30 /* the first users: long enough here to have left traces */

G_END_DECLS
