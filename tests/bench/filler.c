#include "filler.h"

#include <stdio.h>
#include <string.h>

#include "dial-sandbox-names.h"

#define PAGE            500
#define N_JOBS          400
#define N_STAGES        6
#define N_USERS         60
#define FIRST_JOB_ID    G_GINT64_CONSTANT (4000001)
#define FIRST_STAGE_ID  G_GINT64_CONSTANT (7000001)
#define FIRST_USER_ID   G_GINT64_CONSTANT (5400000001)

/* The oldest came in six years ago; counted from a day that stays the same. */
#define TODAY (G_GINT64_CONSTANT (1795651200) * G_USEC_PER_SEC)
#define DAY   (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define YEARS (6 * 365 * DAY)

static const char * const stage_names[N_STAGES] = {
  "Application Review", "Phone Screen", "Take Home Test", "Onsite", "Reference Check", "Offer",
};

static const char * const teams[] = {
  "Backend", "Frontend", "Payments", "Logistics", "Data", "Security", "Field", "Night Shift",
  "Platform", "Customer", "Growth", "Rail", "Warehouse", "Clinic", "Kitchen", "Vertrieb", "営業",
};

static const char * const roles[] = {
  "Engineer", "Manager", "Nurse", "Planner", "Designer", "Analyst", "Lead", "Accountant", "Welder",
  "Recruiter", "Consultant", "Driver", "Technician",
};

/* Family names of Latin letters, made of two parts: a long tail, as a real list has one. */
static const char * const beginnings[] = {
  "Ander", "Bar", "Beck", "Black", "Brand", "Carl", "Cast", "Dal", "Dun", "East", "Eng", "Fair",
  "Feld", "Ger", "Gold", "Gran", "Hag", "Hart", "Hol", "Hux", "Ing", "Jan", "Kal", "Kirch", "Lam",
  "Lind", "Mar", "Mos", "Nor", "Oak", "Ols", "Pem", "Quin", "Rad", "Rosen", "Sand", "Sil", "Stan",
  "Thorn", "Tor", "Ulm", "Val", "Wald", "West", "Win", "Yard", "Zell", "Ć", "Łu", "Ö", "Šte", "Ž",
};

static const char * const endings[] = {
  "aker", "baum", "berg", "borg", "by", "court", "dahl", "dottir", "escu", "feld", "ford", "gaard",
  "ham", "haus", "ić", "kamp", "kowski", "lund", "man", "mond", "nova", "ov", "qvist", "regger",
  "sen", "son", "stein", "ström", "ton", "ville", "well", "wood", "zhny",
};

static const char * const statuses[] = { "in_process", "rejected", "hired", "rejected" };

/* A number that looks random and is always the same (splitmix64). */
static guint64
roll (guint32 seed,
      guint   row,
      guint   salt)
{
  guint64 z = ((guint64) seed << 32) + row * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) +
              ((guint64) salt + 1) * G_GUINT64_CONSTANT (0xd1342543de82ef95);

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static const char *
pick (const char * const *list,
      guint64             number)
{
  return list[number % dial_sandbox_count (list)];
}

static const DialSandboxCulture *
pick_culture (guint64 number)
{
  guint total = 0;

  for (guint i = 0; i < dial_sandbox_n_cultures; i++)
    total += dial_sandbox_cultures[i].weight;

  number %= total;
  for (guint i = 0;; i++) {
    if (number < dial_sandbox_cultures[i].weight)
      return &dial_sandbox_cultures[i];
    number -= dial_sandbox_cultures[i].weight;
  }
}

static void
fill_name (DialCandidate *candidate,
           guint64        number,
           char         **ascii)
{
  const DialSandboxCulture *culture = pick_culture (number & 0xffff);
  const DialSandboxName *first = &culture->first[(number >> 16) % DIAL_SANDBOX_N_NAMES];
  const DialSandboxName *last = &culture->last[(number >> 24) % DIAL_SANDBOX_N_NAMES];
  const char *beginning = beginnings[(number >> 32) % G_N_ELEMENTS (beginnings)];
  const char *ending = endings[(number >> 40) % G_N_ELEMENTS (endings)];
  gboolean latin = g_ascii_isalpha (first->text[0]);

  candidate->first_name = g_strdup (first->text);
  if (latin && (number >> 48) % 4 != 0)
    candidate->last_name = g_strconcat (beginning, ending, NULL);
  else if ((number >> 50) % 16 == 0)
    candidate->last_name = g_strdup_printf ("%s-%s%s", last->text, beginning, ending);
  else
    candidate->last_name = g_strdup (last->text);
  if ((number >> 54) % 12 == 0) {
    candidate->preferred_name = g_strdup (first->ascii);
    candidate->preferred_name[0] = g_ascii_toupper (candidate->preferred_name[0]);
  }
  *ascii = g_strdup_printf ("%s.%s", first->ascii, last->ascii);
}

static DialPhoneNumber *
make_phone (guint64 number)
{
  static const guint areas[] = { 202, 212, 206, 303, 305, 312, 404, 415, 503, 512, 602, 617, 702,
                                 713, 808, 901 };
  guint area = areas[number % G_N_ELEMENTS (areas)];
  guint office = 200 + (number >> 8) % 800;
  guint line = (number >> 24) % 10000;
  g_autofree char *e164 = NULL;
  g_autofree char *typed = NULL;

  if ((number >> 60) % 4 == 0) {
    e164 = g_strdup_printf ("+4930%03u%04u", office, line);
    typed = g_strdup_printf ("030 / %03u %04u", office, line);
    return dial_phone_number_new_stored (typed, "mobile", e164, NULL, "DE");
  }

  e164 = g_strdup_printf ("+1%u%03u%04u", area, office, line);
  typed = g_strdup_printf ("(%u) %03u-%04u", area, office, line);
  return dial_phone_number_new_stored (typed, "mobile", e164, NULL, "US");
}

/* Everybody has one, one in eight two, one in twenty none. */
static void
fill_phones (DialCandidate *candidate,
             guint32        seed,
             guint          row)
{
  guint64 number = roll (seed, row, 2);

  if (number % 20 == 0)
    return;

  g_ptr_array_add (candidate->phones, make_phone (roll (seed, row, 3)));
  if (number % 8 == 1)
    g_ptr_array_add (candidate->phones, make_phone (roll (seed, row, 4)));
}

static GStrv
make_tags (guint64 number)
{
  GStrvBuilder *builder = g_strv_builder_new ();
  GStrv tags;

  for (guint i = 0; i < number % 3; i++)
    g_strv_builder_add (builder, pick (dial_sandbox_tags, number >> (8 + 8 * i)));
  tags = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return tags;
}

DialCandidate *
filler_make_candidate (guint   row,
                       guint32 seed)
{
  DialCandidate *candidate = dial_candidate_new (FILLER_FIRST_ID + row);
  guint64 number = roll (seed, row, 1);
  g_autofree char *ascii = NULL;
  g_autofree char *address = NULL;

  fill_name (candidate, roll (seed, row, 0), &ascii);
  fill_phones (candidate, seed, row);
  address = g_strdup_printf ("%s.%u@example.%s", ascii, row, number % 2 == 0 ? "com" : "org");
  g_ptr_array_add (candidate->emails, dial_email_address_new (address, "personal"));

  if (number % 3 != 0)
    candidate->company = g_strdup (pick (dial_sandbox_companies, number >> 8));
  if (number % 4 != 0)
    candidate->title = g_strdup (pick (dial_sandbox_titles, number >> 16));
  g_strfreev (candidate->tags);
  candidate->tags = make_tags (roll (seed, row, 5));
  candidate->is_private = number % 97 == 0;
  candidate->created_at = TODAY - YEARS + (gint64) row * 1000;
  candidate->last_activity_at = TODAY - (gint64) (roll (seed, row, 6) % (guint64) YEARS) / 1000 * 1000;
  candidate->updated_at = candidate->last_activity_at;
  return candidate;
}

static void
add_applications (GPtrArray *applications,
                  guint      row,
                  guint32    seed)
{
  guint64 number = roll (seed, row, 7);
  guint n = number % 10 < 6 ? 1 : number % 10 < 9 ? 2 : 3;

  for (guint i = 0; i < n; i++) {
    guint64 one = roll (seed, row, 8 + i);
    DialApplication *application = dial_application_new (FILLER_FIRST_ID * 2 + row * 3 + i);
    guint job = one % N_JOBS;
    guint stage = (one >> 16) % N_STAGES;

    application->candidate_id = FILLER_FIRST_ID + row;
    application->job_id = FIRST_JOB_ID + job;
    application->stage_id = FIRST_STAGE_ID + job * N_STAGES + stage;
    application->stage_name = g_strdup (stage_names[stage]);
    application->status = g_strdup (statuses[(one >> 24) % G_N_ELEMENTS (statuses)]);
    application->recruiter_id = FIRST_USER_ID + (one >> 32) % N_USERS;
    application->coordinator_id = FIRST_USER_ID + (one >> 40) % N_USERS;
    application->created_at = TODAY - YEARS + (gint64) row * 1000;
    application->updated_at = TODAY - (gint64) (one % (guint64) YEARS) / 1000 * 1000;
    application->last_activity_at = application->updated_at;
    g_ptr_array_add (applications, application);
  }
}

/* Storing */

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  guint *n_waiting = user_data;
  g_autoptr (GError) error = NULL;

  if (!dial_store_save_page_finish (DIAL_STORE (source), result, NULL, NULL, &error))
    g_error ("%s", error->message);
  --*n_waiting;
}

/* Two are on their way at once, so that the writer never waits for the next. */
static void
save (DialStore   *store,
      DialResource resource,
      GPtrArray   *records,
      guint       *n_waiting)
{
  while (*n_waiting > 2)
    g_main_context_iteration (NULL, TRUE);

  ++*n_waiting;
  dial_store_save_page_async (store, resource, records, NULL, NULL, on_saved, n_waiting);
}

static void
fill_office (DialStore *store,
             guint     *n_waiting)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) stages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) users = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < N_JOBS; i++) {
    DialJob *job = dial_job_new (FIRST_JOB_ID + i);

    job->name = g_strdup_printf ("%s %s", teams[i % G_N_ELEMENTS (teams)],
                                 roles[i / G_N_ELEMENTS (teams) % G_N_ELEMENTS (roles)]);
    job->status = g_strdup (i % 5 == 0 ? "closed" : "open");
    g_ptr_array_add (jobs, job);

    for (guint k = 0; k < N_STAGES; k++) {
      DialStage *stage = dial_stage_new (FIRST_STAGE_ID + i * N_STAGES + k);

      stage->job_id = job->id;
      stage->name = g_strdup (stage_names[k]);
      stage->sort_order = (int) k;
      stage->active = TRUE;
      g_ptr_array_add (stages, stage);
    }
  }

  for (guint i = 0; i < N_USERS; i++) {
    DialUser *user = dial_user_new (FIRST_USER_ID + i);

    user->name = g_strdup_printf ("Recruiter %u", i + 1);
    user->primary_email = g_strdup_printf ("recruiter%u@example.com", i + 1);
    g_ptr_array_add (users, user);
  }

  save (store, DIAL_RESOURCE_USERS, users, n_waiting);
  save (store, DIAL_RESOURCE_JOBS, jobs, n_waiting);
  save (store, DIAL_RESOURCE_STAGES, stages, n_waiting);
}

void
filler_fill (DialStore *store,
             guint      n_candidates,
             guint32    seed)
{
  guint n_waiting = 0;

  fill_office (store, &n_waiting);
  for (guint row = 0; row < n_candidates; row += PAGE) {
    guint end = MIN (row + PAGE, n_candidates);
    g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func (g_object_unref);
    g_autoptr (GPtrArray) applications = g_ptr_array_new_with_free_func (g_object_unref);

    for (guint i = row; i < end; i++) {
      g_ptr_array_add (candidates, filler_make_candidate (i, seed));
      add_applications (applications, i, seed);
    }

    /* Before their candidates, who then come into the index with their jobs at once. */
    save (store, DIAL_RESOURCE_APPLICATIONS, applications, &n_waiting);
    save (store, DIAL_RESOURCE_CANDIDATES, candidates, &n_waiting);
    if (end % 100000 == 0)
      fprintf (stderr, "filled %u of %u\n", end, n_candidates);
  }

  while (n_waiting > 0)
    g_main_context_iteration (NULL, TRUE);
}
