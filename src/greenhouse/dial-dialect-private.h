#pragma once

#include "dial-greenhouse.h"
#include "dial-http.h"

G_BEGIN_DECLS

/**
 * DialErrand:
 *
 * What a request is for: a list by its [enum@Resource], or something only this room needs.
 */
typedef int DialErrand;

#define DIAL_ERRAND_USER_EMAILS ((DialErrand) DIAL_N_RESOURCES)     /* v3 */
#define DIAL_ERRAND_CANDIDATE   ((DialErrand) DIAL_N_RESOURCES + 1) /* one, v1 */
#define DIAL_ERRAND_CREATE_NOTE ((DialErrand) DIAL_N_RESOURCES + 2)
#define DIAL_N_ERRANDS          (DIAL_N_RESOURCES + 3)

/**
 * DialErrandWords:
 * @permission: its name on Greenhouse's screen
 * @scope: (nullable): its scope; v1 has none
 * @path: where it goes, below the dialect's root
 * @doing: “Greenhouse refused to …”
 */
typedef struct {
  const char *permission;
  const char *scope;
  const char *path;
  const char *doing;
} DialErrandWords;

/**
 * DialDates:
 * @created_from: inclusive
 * @created_until: exclusive
 * @updated_since: inclusive
 *
 * Which dates to ask for. Those that are %DIAL_INSTANT_UNKNOWN are open.
 */
typedef struct {
  gint64 created_from;
  gint64 created_until;
  gint64 updated_since;
} DialDates;

/**
 * DialDialect:
 *
 * What tells one version of Harvest from another. The machine that takes turns, shows the pass,
 * repeats and reads pages is the same for all.
 *
 * The verbs at its end take over the task of the door's function and return what that promises.
 */
typedef struct {
  DialApi                api;
  const char            *root;          /* below the base address, such as `/v3/` */
  int                    window;        /* of the allowance, in seconds */
  guint                  resources;     /* a bit for each resource that can be listed */
  const DialErrandWords *errands;       /* by errand; no path, no such errand */

  gboolean               numbered;      /* pages have numbers */
  guint                  n_date_forms;  /* ways to write dates, the best first */

  char                *(*write_query)   (const DialStretch *stretch);
  void                 (*write_dates)   (GString          *url,
                                         const DialDates  *dates,
                                         guint             form);
  GError              *(*refuse)        (DialErrand       errand,
                                         const DialReply *reply,
                                         const char      *secret);
  DialGreenhousePage  *(*parse)         (DialErrand       errand,
                                         GBytes          *bytes,
                                         GError         **error);

  void                 (*get_candidate) (GTask           *task,
                                         gint64           candidate_id,
                                         gboolean         with_applications,
                                         DialUrgency      urgency);
  void                 (*find_user)     (GTask           *task,
                                         const char      *email,
                                         DialUrgency      urgency);
  void                 (*list_notes)    (GTask           *task,
                                         gint64           candidate_id,
                                         gint64           created_since,
                                         DialUrgency      urgency);
  /* NULL where there is no such list */
  void                 (*list_notes_of) (GTask           *task,
                                         gint64           user_id,
                                         gint64           created_since,
                                         DialUrgency      urgency);
  void                 (*create_note)   (GTask           *task,
                                         DialNote        *note);
  void                 (*check)         (GTask           *task);
} DialDialect;

extern const DialDialect dial_dialect_v1;
extern const DialDialect dial_dialect_v3;

/* dial-v1.c */
GError  *dial_v1_retired   (const DialReply *reply);
gboolean dial_v1_is_absent (const GError    *error);

/* dial-v1-check.c, dial-v3-check.c */
void     dial_v1_check     (GTask           *task);
void     dial_v3_check     (GTask           *task);

G_END_DECLS
