#include "dial-template-text.h"

#include <locale.h>

static DialCandidate *
make_mira (void)
{
  DialCandidate *candidate = dial_candidate_new (6409000001);
  DialApplication *application = dial_application_new (1);

  candidate->first_name = g_strdup ("Mira");
  candidate->last_name = g_strdup ("Tolland");
  candidate->company = g_strdup ("Quillon Freight");
  candidate->job = g_strdup ("Logistics Analyst");
  candidate->stage = g_strdup ("Phone Screen");
  application->job_name = g_strdup ("Route Designer");
  application->stage_name = g_strdup ("Offer");
  candidate->applications = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (candidate->applications, application);
  return candidate;
}

static void
assert_filled (const char *text,
               const char *recruiter,
               const char *expected,
               const char *expected_open)
{
  g_autoptr (DialCandidate) candidate = make_mira ();
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 23, 14, 5, 0);
  g_auto (GStrv) open = NULL;
  g_autofree char *filled = dial_template_text_fill (text, candidate, recruiter, now, &open);
  g_autofree char *left_open = g_strjoinv (" ", open);

  g_assert_cmpstr (filled, ==, expected);
  g_assert_cmpstr (left_open, ==, expected_open);
}

static void
test_fields (void)
{
  assert_filled ("Hello {first_name} {last_name} of {company}, about {job} ({stage})", NULL,
                 "Hello Mira Tolland of Quillon Freight, about Logistics Analyst (Phone Screen)", "");
  assert_filled ("{recruiter}, that is {recruiter_first_name}: {date} {time}", "Oskar van Venn",
                 "Oskar van Venn, that is Oskar: 23 Nov 2026 14:05", "");
}

static void
test_preferred_name (void)
{
  g_autoptr (DialCandidate) candidate = make_mira ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *filled = NULL;

  candidate->preferred_name = g_strdup ("Mi");
  filled = dial_template_text_fill ("Hello {first_name}", candidate, NULL, now, NULL);
  g_assert_cmpstr (filled, ==, "Hello Mi");
}

/* What cannot be filled in stays, and is told once. */
static void
test_left_open (void)
{
  assert_filled ("{salary} {title} {salary}{first_name}", NULL, "{salary} {title} {salary}Mira", "salary title");
  assert_filled ("{recruiter_first_name}", NULL, "{recruiter_first_name}", "recruiter_first_name");
}

static void
test_braces (void)
{
  assert_filled ("{{first_name}} is {first_name}", NULL, "{first_name} is Mira", "");
  assert_filled ("{{{first_name}}}", NULL, "{Mira}", "");
  assert_filled ("{ } {} {first name} {first_name", NULL, "{ } {} {first name} {first_name", "");
  assert_filled ("}} {{ {", NULL, "} { {", "");
  assert_filled ("Größe {first_name} 张", NULL, "Größe Mira 张", "");
}

static void
add_template (GPtrArray  *templates,
              const char *name,
              const char *job,
              const char *stage)
{
  g_ptr_array_add (templates, dial_note_template_new (0, DIAL_TEMPLATE_NOTE, name, job, stage, ""));
}

static void
test_best_first (void)
{
  static const char *expected[] = { "both", "other application", "job", "stage", "any", "zany", "nobody" };
  g_autoptr (DialCandidate) candidate = make_mira ();
  g_autoptr (GPtrArray) templates = g_ptr_array_new_with_free_func (g_object_unref);

  add_template (templates, "zany", NULL, NULL);
  add_template (templates, "any", NULL, "");
  add_template (templates, "nobody", "Logistics Analyst", "Offer");
  add_template (templates, "stage", NULL, "phone screen");
  add_template (templates, "job", "Logistics Analyst", NULL);
  add_template (templates, "other application", "Route Designer", "Offer");
  add_template (templates, "both", "logistics analyst", "Phone Screen");

  dial_template_text_sort (templates, candidate);
  for (guint i = 0; i < templates->len; i++)
    g_assert_cmpstr (DIAL_NOTE_TEMPLATE (templates->pdata[i])->name, ==, expected[i]);
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/template-text/fields", test_fields);
  g_test_add_func ("/template-text/preferred-name", test_preferred_name);
  g_test_add_func ("/template-text/left-open", test_left_open);
  g_test_add_func ("/template-text/braces", test_braces);
  g_test_add_func ("/template-text/best-first", test_best_first);
  return g_test_run ();
}
