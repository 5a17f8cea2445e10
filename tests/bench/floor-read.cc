/* Reading pages as fast as it goes: simdjson, and libphonenumber for the numbers. */
#include "floor.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumberutil.h>
#include <simdjson.h>

using i18n::phonenumbers::NullLogger;
using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;
using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

#define REGION "US"

static simdjson::dom::parser parser;

static FloorText
get_text (const object &row, const char *name)
{
  std::string_view text;

  if (row[name].get (text) != simdjson::SUCCESS)
    return { nullptr, 0 };
  return { text.data (), static_cast<int> (text.size ()) };
}

static int64_t
get_id (const object &row, const char *name)
{
  int64_t id;

  return row[name].get (id) == simdjson::SUCCESS ? id : 0;
}

static bool
get_flag (const object &row, const char *name)
{
  bool flag;

  return row[name].get (flag) == simdjson::SUCCESS && flag;
}

static int
digits (const char *text, int n)
{
  int value = 0;

  for (int i = 0; i < n; i++)
    value = value * 10 + (text[i] - '0');
  return value;
}

/* 2026-06-22T11:56:18.657Z, in microseconds since 1970. */
static int64_t
get_time (const object &row, const char *name)
{
  FloorText t = get_text (row, name);
  int year, month, day;
  int64_t days;

  if (t.length < 24)
    return 0;

  year = digits (t.text, 4);
  month = digits (t.text + 5, 2);
  day = digits (t.text + 8, 2);
  year -= month <= 2;
  days = 365LL * year + year / 4 - year / 100 + year / 400 +
         (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1 - 719468;
  return (((days * 24 + digits (t.text + 11, 2)) * 60 + digits (t.text + 14, 2)) * 60 +
          digits (t.text + 17, 2)) * 1000000 + digits (t.text + 20, 3) * 1000;
}

static void
normalise (FloorContact *phone)
{
  static PhoneNumberUtil *util = PhoneNumberUtil::GetInstance ();
  static bool quiet = (util->SetLogger (new NullLogger ()), true);
  std::string text (phone->value.text, phone->value.length);
  PhoneNumber number;

  (void) quiet;
  phone->e164[0] = phone->region[0] = '\0';
  if (util->Parse (text, REGION, &number) == PhoneNumberUtil::NO_PARSING_ERROR &&
      util->IsValidNumber (number)) {
    std::string e164, region;

    util->Format (number, PhoneNumberUtil::E164, &e164);
    util->GetRegionCodeForNumber (number, &region);
    snprintf (phone->e164, sizeof phone->e164, "%s", e164.c_str ());
    snprintf (phone->region, sizeof phone->region, "%s", region.c_str ());
  }
}

static int
read_contacts (const object &row, const char *name, FloorContact *contacts, bool phones)
{
  array list;
  int n = 0;

  if (row[name].get (list) != simdjson::SUCCESS)
    return 0;

  for (element one : list) {
    object contact = one;

    if (n == FLOOR_MANY)
      break;
    contacts[n].value = get_text (contact, "value");
    contacts[n].kind = get_text (contact, "type");
    if (contacts[n].value.text == nullptr)
      continue;
    if (phones)
      normalise (&contacts[n]);
    n++;
  }
  return n;
}

static int
read_tags (const object &row, FloorText *tags)
{
  array list;
  int n = 0;

  if (row["tags"].get (list) != simdjson::SUCCESS)
    return 0;

  for (element one : list) {
    std::string_view text;

    if (n < FLOOR_MANY && one.get (text) == simdjson::SUCCESS)
      tags[n++] = { text.data (), static_cast<int> (text.size ()) };
  }
  return n;
}

static void
read (const object &row, FloorCandidate *out)
{
  out->id = get_id (row, "id");
  out->created_at = get_time (row, "created_at");
  out->updated_at = get_time (row, "updated_at");
  out->active_at = get_time (row, "last_activity_at");
  out->first = get_text (row, "first_name");
  out->last = get_text (row, "last_name");
  out->preferred = get_text (row, "preferred_name");
  out->company = get_text (row, "company");
  out->title = get_text (row, "title");
  out->zone = get_text (row, "time_zone");
  out->is_private = get_flag (row, "private");
  out->n_phones = read_contacts (row, "phone_numbers", out->phones, true);
  out->n_emails = read_contacts (row, "email_addresses", out->emails, false);
  out->n_tags = read_tags (row, out->tags);
}

static void
read (const object &row, FloorApplication *out)
{
  out->id = get_id (row, "id");
  out->candidate_id = get_id (row, "candidate_id");
  out->job_id = get_id (row, "job_id");
  out->stage_id = get_id (row, "stage_id");
  out->recruiter_id = get_id (row, "recruiter_id");
  out->coordinator_id = get_id (row, "coordinator_id");
  out->created_at = get_time (row, "created_at");
  out->updated_at = get_time (row, "updated_at");
  out->active_at = get_time (row, "last_activity_at");
  out->rejected_at = get_time (row, "rejected_at");
  out->stage_name = get_text (row, "stage_name");
  out->status = get_text (row, "status");
  out->prospect = get_flag (row, "prospect");
}

static void
read (const object &row, FloorOther *out)
{
  out->id = get_id (row, "id");
  out->job_id = get_id (row, "job_id");
  out->updated_at = get_time (row, "updated_at");
  out->name = get_text (row, "name");
  out->status = get_text (row, "status");
  out->email = get_text (row, "primary_email");
  out->sort_order = static_cast<int> (get_id (row, "sort_order"));
  out->active = get_flag (row, "active");
}

template <typename Row> static size_t
read_page (const char *json, size_t length, const Row **rows)
{
  static std::vector<Row> page;
  array list;

  if (parser.parse (json, length, false).get (list) != simdjson::SUCCESS) {
    fprintf (stderr, "A page is no array\n");
    exit (1);
  }

  page.clear ();
  for (element one : list) {
    object row = one;

    page.emplace_back ();
    read (row, &page.back ());
  }
  std::reverse (page.begin (), page.end ());
  *rows = page.data ();
  return page.size ();
}

size_t
floor_read_candidates (const char *json, size_t length, const FloorCandidate **rows)
{
  return read_page (json, length, rows);
}

size_t
floor_read_applications (const char *json, size_t length, const FloorApplication **rows)
{
  return read_page (json, length, rows);
}

size_t
floor_read_others (const char *json, size_t length, const FloorOther **rows)
{
  return read_page (json, length, rows);
}
