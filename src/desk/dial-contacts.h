#pragma once

#include "dial-cloudtalk.h"
#include "dial-store.h"

G_BEGIN_DECLS

/**
 * DialContactsJob:
 * @DIAL_CONTACTS_PREVIEW: look what there is to do, and do nothing
 * @DIAL_CONTACTS_SYNC: bring the phone system's contacts in step with the candidates
 * @DIAL_CONTACTS_REMOVE: take the contacts away again
 *
 * What to do with the candidates in a phone system.
 */
typedef enum {
  DIAL_CONTACTS_PREVIEW,
  DIAL_CONTACTS_SYNC,
  DIAL_CONTACTS_REMOVE,
} DialContactsJob;

/**
 * DialContactsPhase:
 * @DIAL_CONTACTS_PHASE_NONE: nothing is under way
 * @DIAL_CONTACTS_PHASE_COMPARING: candidates are compared with what was sent last
 * @DIAL_CONTACTS_PHASE_LOOKING: it is looked up who is in the phone system already
 * @DIAL_CONTACTS_PHASE_LOOKING_CLOSER: it is looked whether they have more numbers than the lists tell
 * @DIAL_CONTACTS_PHASE_SENDING: contacts are added, changed and removed
 * @DIAL_CONTACTS_PHASE_WAITING: no answer came: it is waited a while, then looked what came of it
 * @DIAL_CONTACTS_PHASE_READING_BACK: it is looked whether they are there
 *
 * What it is at.
 */
typedef enum {
  DIAL_CONTACTS_PHASE_NONE,
  DIAL_CONTACTS_PHASE_COMPARING,
  DIAL_CONTACTS_PHASE_LOOKING,
  DIAL_CONTACTS_PHASE_LOOKING_CLOSER,
  DIAL_CONTACTS_PHASE_SENDING,
  DIAL_CONTACTS_PHASE_WAITING,
  DIAL_CONTACTS_PHASE_READING_BACK,
} DialContactsPhase;

/**
 * DialContactsProgress:
 * @job: what for
 * @phase: what it is at
 * @done: so many candidates, or pages while looking
 * @total: of so many; 0 if nobody knows
 */
typedef struct {
  DialContactsJob   job;
  DialContactsPhase phase;
  guint             done;
  guint             total;
} DialContactsProgress;

/**
 * DialContactsReport:
 * @job: what for
 * @complete: it came to its end
 * @n_added: contacts that were made, or would be
 * @n_changed: contacts that say something else now, or would
 * @n_removed: contacts that were removed or lost the tag, or would
 * @n_skipped: candidates who may not stand there (private ones), or whom nobody could reach there
 * @n_failed: contacts that the phone system refused
 * @n_requests: sent to the phone system
 * @n_refused: answered with 429
 * @failure: (nullable): why the first of @n_failed was refused, a sentence
 *
 * What was done.
 */
typedef struct {
  DialContactsJob  job;
  gboolean         complete;
  guint            n_added;
  guint            n_changed;
  guint            n_removed;
  guint            n_skipped;
  guint            n_failed;
  guint            n_requests;
  guint            n_refused;
  char            *failure;
} DialContactsReport;

DialContactsReport *dial_contacts_report_copy (const DialContactsReport *self);
void                dial_contacts_report_free (DialContactsReport       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialContactsReport, dial_contacts_report_free)

/**
 * DialContactsOrder:
 * @cloudtalk: the phone system
 * @choice: who shall stand there
 * @job: what to do
 * @patience: for how many seconds a contact is looked for before it is sent again
 */
typedef struct {
  DialCloudtalk           *cloudtalk;
  const DialContactChoice *choice;
  DialContactsJob          job;
  guint                    patience;
} DialContactsOrder;

#define DIAL_TYPE_CONTACTS (dial_contacts_get_type ())
G_DECLARE_FINAL_TYPE (DialContacts, dial_contacts, DIAL, CONTACTS, GObject)

DialContacts       *dial_contacts_new          (DialStore               *store);
gboolean            dial_contacts_is_running   (DialContacts            *self);
void                dial_contacts_get_progress (DialContacts            *self,
                                                DialContactsProgress    *progress);
void                dial_contacts_run_async    (DialContacts            *self,
                                                const DialContactsOrder *order,
                                                GCancellable            *cancellable,
                                                GAsyncReadyCallback      callback,
                                                gpointer                 user_data);
gboolean            dial_contacts_run_finish   (DialContacts            *self,
                                                GAsyncResult            *result,
                                                DialContactsReport     **report,
                                                GError                 **error);

G_END_DECLS
