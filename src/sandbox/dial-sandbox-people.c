#include "dial-sandbox-crowd.h"
#include "dial-sandbox-world.h"

#include <string.h>

/* Which question of dial_sandbox_world_roll () is asked here: salts from 100 on. */
enum {
  ROLL_CULTURE = 100,
  ROLL_NAME,
  ROLL_SHAPE,
  ROLL_WORK,
  ROLL_EMAIL,
  ROLL_PHONES,
  ROLL_ZONE,
  ROLL_TAGS,
  ROLL_FIELDS,
  ROLL_LINKS,
  ROLL_PHONE, /* and one more for each phone */
  ROLL_CROWD = ROLL_PHONE + 10,
};

/* The oldest candidates, whom tests and those who read about the sandbox can count on. */
static const struct {
  const char *first;
  const char *last;
  const char *preferred;
  const char *company;
  const char *title;
  const char *phone;
  const char *phone_type;
  const char *email;
} familiar[] = {
  { "Mira", "Tolland", NULL, "Quillon Freight", "Route Planner", "+1 (202) 555-0143", "mobile",
    "mira.tolland@example.org" },
  { "Ruairí", "Castellan", "Rory", "Alder Works", "Lift Engineer", "020 7946 0018", "mobile",
    "ruairi.castellan@example.com" },
  { "Wolfeschlegel-Maximiliane", "von Hohenstaufen-Brandenburg zu Oberursel-Niederlindau", NULL,
    "Löwenzahn Software",
    "Principal Engineer, Developer Experience and Internal Platform Reliability",
    "+49 30 23125 042", "work", "maximiliane.hohenstaufen@example.net" },
  { "فاطمة", "الحسيني", NULL, "شركة النخيل", "مهندسة برمجيات", "٠٢٠ ٧٩٤٦ ٠٤٢١", "mobile",
    "fatima.alhusseini@example.org" },
  { "Bobby <b>Tables</b>", "& Sons \"Ltd\"", NULL, "Kestrel <Labs>", "R&D 'Lead'",
    "202-555-0199 ext. 4", "work",
    "bobby.tables@example.net" },
};

static const DialSandboxCulture *
pick_culture (guint64 roll)
{
  guint total = 0;
  guint rest;

  for (guint i = 0; i < dial_sandbox_n_cultures; i++)
    total += dial_sandbox_cultures[i].weight;

  rest = (guint) (roll % total);
  for (guint i = 0; i < dial_sandbox_n_cultures; i++) {
    if (rest < dial_sandbox_cultures[i].weight)
      return &dial_sandbox_cultures[i];
    rest -= dial_sandbox_cultures[i].weight;
  }
  g_assert_not_reached ();
}

/* Numbers no real person has: each country here keeps ranges for films and books (555-01xx in North
 * America, the drama numbers of Ofcom, the Bundesnetzagentur, Arcep, PTS and ACMA). `#` is any
 * digit, `AAA` an American area. Written the ways people do write them. */
static const char * const american[] = {
  "+1 (AAA) 555-01##", "(AAA) 555-01##", "AAA-555-01##", "AAA.555.01##", "+1AAA55501##",
  "1-AAA-555-01##", "AAA 555 01##", "AAA-555-01## ext 4", "AAA.555.01## x12",
  "+1 AAA 555 01##;ext=4", "001 AAA 555 01##", "AAA-555-01## (after 6pm)",
  "AAA-555-01## / AAA-555-01##", "AAA-555-O1##", "555-01##", "AAA-555-01##", NULL
};
static const char * const british[] = {
  "020 7946 0###", "+44 20 7946 0###", "+44 (0)20 7946 0###", "0044 20 7946 0###", "07700 900###",
  "+447700900###", "07700900###", "0113 496 0### ext. 7", "(0121) 496 0###", "0161 496 0###",
  "+44 7700 900 ###", "01632 960###", NULL
};
static const char * const german[] = {
  "+49 30 23125 ###", "030/23125-###", "+49 (0)30 23125###", "0049 40 66969 ###", "040 66969###",
  "+49 171 39200##", "0171 / 39 200 ##", "089 99998-###", NULL
};
static const char * const french[] = {
  "01 99 00 ## ##", "+33 1 99 00 ## ##", "06.39.98.##.##", "+3363998####", "0033 6 39 98 ## ##",
  "02-61-91-##-##", "+33 (0)4 65 71 ## ##", NULL
};
static const char * const swedish[] = {
  "08-465 004 ##", "+46 8 465 004 ##", "070-174 06 5#", "+46 (0)31-390 06 ##", "0046 70 174 06 7#",
  NULL
};
static const char * const australian[] = {
  "(02) 5550 ####", "+61 2 7010 ####", "03 5550 ####", "0491 570 156", "+61 491 570 157",
  "0061 7 7010 ####", NULL
};
static const char * const useless[] = { "n/a", "—", "ask Oskar", "see CV", "0", "?", NULL };

static const char * const *
phones_of_country (const char *country,
                   gboolean    is_crowd)
{
  static const struct {
    const char         *country;
    const char * const *phones;
  } countries[] = {
    { "us", american }, { "gb", british }, { "de", german },
    { "fr", french }, { "se", swedish }, { "au", australian },
  };

  if (is_crowd)
    return dial_sandbox_crowd_get_phones (country);

  for (guint i = 0; i < G_N_ELEMENTS (countries); i++) {
    if (strcmp (countries[i].country, country) == 0)
      return countries[i].phones;
  }
  g_assert_not_reached ();
}

static void
fill_phone (char       *value,
            gsize       size,
            const char *pattern,
            gboolean    is_crowd,
            guint64     roll)
{
  static const char * const areas[] = { "202", "212", "206", "303", "305", "312", "404", "415",
                                        "503", "512", "602",
                                        "617", "702", "713", "808", "901", "416", "514", "604" };
  const char *area = is_crowd ? dial_sandbox_crowd_get_area (roll)
                              : areas[roll % G_N_ELEMENTS (areas)];
  guint n_area = 0;
  gsize i = 0;

  roll /= is_crowd ? 1000 : G_N_ELEMENTS (areas);
  for (; *pattern != '\0' && i + 1 < size; pattern++) {
    if (*pattern == '#') {
      value[i++] = (char) ('0' + roll % 10);
      roll /= 10;
    } else if (*pattern == 'A') {
      value[i++] = area[n_area++ % 3];
    } else {
      value[i++] = *pattern;
    }
  }
  value[i] = '\0';
}

/* Arabic and Japanese keyboards write other digits: ٠١٢ and ０１２. */
static void
use_own_digits (char       *value,
                gsize       size,
                const char *zero)
{
  g_autofree char *plain = g_strdup (value);
  gunichar first = g_utf8_get_char (zero);
  gsize i = 0;

  for (const char *c = plain; *c != '\0' && i + 5 < size; c++) {
    if (g_ascii_isdigit (*c))
      i += (gsize) g_unichar_to_utf8 (first + (gunichar) (*c - '0'), value + i);
    else
      value[i++] = *c;
  }
  value[i] = '\0';
}

static void
add_phone (DialSandboxPerson        *self,
           const DialSandboxCulture *culture,
           const char               *skype,
           gboolean                  is_crowd,
           guint64                   roll)
{
  DialSandboxContact *phone = &self->phones[self->n_phones++];
  const char * const *patterns = phones_of_country (culture->country, is_crowd);

  phone->type = "mobile";
  if (self->n_phones > 1 || roll % 4 == 3)
    phone->type = ((const char * const[]) { "work", "home", "other", "mobile" })[(roll >> 4) % 4];

  switch ((roll >> 8) % 32) {
  case 0:
    g_snprintf (phone->value, sizeof phone->value, "live:%s", skype);
    phone->type = "skype";
    return;
  case 1:
    g_strlcpy (phone->value, useless[(roll >> 16) % dial_sandbox_count (useless)],
               sizeof phone->value);
    return;
  default:
    break;
  }

  fill_phone (phone->value, sizeof phone->value,
              patterns[(roll >> 16) % dial_sandbox_count (patterns)], is_crowd, roll >> 24);
  if (strcmp (culture->zone, "Cairo") == 0 && (roll >> 13) % 3 == 0)
    use_own_digits (phone->value, sizeof phone->value, "٠");
  else if (strcmp (culture->zone, "Tokyo") == 0 && (roll >> 13) % 4 == 0)
    use_own_digits (phone->value, sizeof phone->value, "０");
}

static void
invent_name (DialSandboxPerson        *self,
             const DialSandboxCulture *culture,
             guint64                   name,
             guint64                   shape,
             guint64                   crowd, /* 0 for who is not of it */
             char                     *ascii,
             gsize                     ascii_size)
{
  const DialSandboxName *first = &culture->first[name % DIAL_SANDBOX_N_NAMES];
  const DialSandboxName *last = &culture->last[(name >> 8) % DIAL_SANDBOX_N_NAMES];
  const DialSandboxName *other = &culture->last[(name >> 16) % DIAL_SANDBOX_N_NAMES];
  DialSandboxComposed given, family;
  const DialSandboxName composed[] = { { given.text, given.ascii }, { family.text, family.ascii } };

  if (crowd % 8 > 0 && dial_sandbox_crowd_compose (&given, culture, TRUE, crowd >> 8))
    first = &composed[0];
  if (crowd % 8 > 0 && dial_sandbox_crowd_compose (&family, culture, FALSE, crowd >> 8))
    last = &composed[1];

  g_strlcpy (self->first, first->text, sizeof self->first);
  g_strlcpy (self->last, last->text, sizeof self->last);
  g_snprintf (ascii, ascii_size, "%s.%s", first->ascii, last->ascii);

  switch (shape % 24) {
  case 0:
    g_snprintf (self->last, sizeof self->last, "%s-%s", last->text, other->text);
    break;
  case 1:   /* a nickname, in Latin letters */
    g_strlcpy (self->preferred, first->ascii, sizeof self->preferred);
    self->preferred[0] = g_ascii_toupper (self->preferred[0]);
    break;
  case 2:
    g_strlcpy (self->preferred, culture->first[(name >> 24) % DIAL_SANDBOX_N_NAMES].text,
               sizeof self->preferred);
    break;
  case 3:
    if ((shape >> 8) % 3 == 0)
      self->last[0] = '\0';
    break;
  case 4:
    if ((shape >> 8) % 4 == 0)
      self->first[0] = '\0';
    break;
  case 5:   /* as pasted */
    g_snprintf (self->first, sizeof self->first, " %s ", first->text);
    break;
  case 6: {
    g_autofree char *upper = g_utf8_strup (last->text, -1);

    g_strlcpy (self->last, upper, sizeof self->last);
    break;
  }
  case 7:
    if (strcmp (culture->country, "us") == 0)
      g_snprintf (self->last, sizeof self->last, "%s, PhD", last->text);
    break;
  default:
    break;
  }
}

static const char *
pick (const char * const *list,
      guint64             roll)
{
  return list[roll % dial_sandbox_count (list)];
}

static void
invent_familiar (DialSandboxPerson *self,
                 guint64            row)
{
  g_strlcpy (self->first, familiar[row].first, sizeof self->first);
  g_strlcpy (self->last, familiar[row].last, sizeof self->last);
  g_strlcpy (self->preferred, familiar[row].preferred != NULL ? familiar[row].preferred : "",
             sizeof self->preferred);
  g_strlcpy (self->phones[0].value, familiar[row].phone, sizeof self->phones[0].value);
  g_strlcpy (self->emails[0].value, familiar[row].email, sizeof self->emails[0].value);
  self->phones[0].type = familiar[row].phone_type;
  self->emails[0].type = "personal";
  self->n_phones = self->n_emails = 1;
  self->company = familiar[row].company;
  self->title = familiar[row].title;
  self->zone = row == 0 ? "Eastern Time (US & Canada)" : NULL;
  self->city = row == 0 ? "9 Larch Row\nDover, DE 19901" : NULL;

  if (row == 0) {
    g_strlcpy (self->phones[1].value, "202.555.0117 ext 4", sizeof self->phones[1].value);
    self->phones[1].type = "work";
    self->n_phones = 2;
  }
}

/**
 * dial_sandbox_person_invent:
 * @self: what to fill
 * @world: the world
 * @row: which candidate
 *
 * Invents a candidate, always the same one for a row. Texts that are not there are empty or %NULL.
 */
void
dial_sandbox_person_invent (DialSandboxPerson *self,
                            DialSandboxWorld  *world,
                            guint64            row)
{
  const DialSandboxCulture *culture = pick_culture (dial_sandbox_world_roll (world, row,
                                                                             ROLL_CULTURE));
  guint64 work = dial_sandbox_world_roll (world, row, ROLL_WORK);
  guint64 email = dial_sandbox_world_roll (world, row, ROLL_EMAIL);
  guint64 phones = dial_sandbox_world_roll (world, row, ROLL_PHONES);
  static const guint how_many[16] = { 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 4 };
  static const char * const hosts[] = { "org", "com", "net" };
  char ascii[64];

  memset (self, 0, sizeof *self);
  if (row < G_N_ELEMENTS (familiar)) {
    invent_familiar (self, row);
    return;
  }

  invent_name (self, culture, dial_sandbox_world_roll (world, row, ROLL_NAME),
               dial_sandbox_world_roll (world, row, ROLL_SHAPE),
               row < DIAL_SANDBOX_CROWD ? 0 : dial_sandbox_world_roll (world, row, ROLL_CROWD),
               ascii, sizeof ascii);
  if (work % 6 != 0)
    self->company = pick (dial_sandbox_companies, work >> 8);
  if (work % 5 != 0)
    self->title = pick (dial_sandbox_titles, work >> 24);
  if (dial_sandbox_world_roll (world, row, ROLL_ZONE) % 5 < 3)
    self->zone = culture->zone;
  if (work % 3 != 0)
    self->city = culture->city;

  self->n_emails = email % 12 == 0 ? 0 : 1 + (email % 7 == 0);
  for (guint i = 0; i < self->n_emails; i++) {
    g_snprintf (self->emails[i].value, sizeof self->emails[i].value,
                "%s%s%" G_GUINT64_FORMAT "@example.%s", ascii,
                i > 0 ? ".work" : ".", row, hosts[(email >> (8 + i)) % G_N_ELEMENTS (hosts)]);
    self->emails[i].type = i > 0 ? "work" : "personal";
  }

  for (guint i = 0; i < how_many[phones % 16]; i++)
    add_phone (self, culture, ascii, row >= DIAL_SANDBOX_CROWD,
               dial_sandbox_world_roll (world, row, ROLL_PHONE + i));
}

/**
 * dial_sandbox_person_get_tags:
 * @world: the world
 * @row: which candidate
 * @tags: (out): numbers of tags, room for %DIAL_SANDBOX_SLOTS
 *
 * Returns: how many tags the candidate has
 */
guint
dial_sandbox_person_get_tags (DialSandboxWorld *world,
                              guint64           row,
                              guint            *tags)
{
  guint64 roll = dial_sandbox_world_roll (world, row, ROLL_TAGS);
  guint n_known = dial_sandbox_count (dial_sandbox_tags);
  guint n_tags = ((const guint[]) { 0, 0, 0, 1, 1, 2, 3, 4 })[roll % 8];

  /* A stride that shares no factor with the number of tags never names one twice. */
  for (guint i = 0; i < n_tags; i++)
    tags[i] = (guint) ((roll >> 8) + i * 5) % n_known;
  return n_tags;
}

/* The strings in a changed array: of strings, or of objects with a "value". */
static gboolean
changed_array_has (JsonObject *changes,
                   const char *member,
                   const char *text)
{
  JsonNode *node = json_object_get_member (changes, member);
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);
    const char *value = NULL;

    if (JSON_NODE_HOLDS_OBJECT (element))
      value = json_object_get_string_member_with_default (json_node_get_object (element), "value",
                                                          NULL);
    else if (JSON_NODE_HOLDS_VALUE (element))
      value = json_node_get_string (element);

    if (value != NULL && g_ascii_strcasecmp (value, text) == 0)
      return TRUE;
  }

  return FALSE;
}

gboolean
dial_sandbox_person_has_email (DialSandboxWorld *world,
                               guint64           row,
                               const char       *email)
{
  JsonObject *changes = dial_sandbox_world_get_changes (world, row);
  DialSandboxPerson person;

  if (changes != NULL && json_object_has_member (changes, "email_addresses"))
    return changed_array_has (changes, "email_addresses", email);

  dial_sandbox_person_invent (&person, world, row);
  for (guint i = 0; i < person.n_emails; i++) {
    if (g_ascii_strcasecmp (person.emails[i].value, email) == 0)
      return TRUE;
  }
  return FALSE;
}

gboolean
dial_sandbox_person_has_tag (DialSandboxWorld *world,
                             guint64           row,
                             const char       *tag)
{
  JsonObject *changes = dial_sandbox_world_get_changes (world, row);
  guint tags[DIAL_SANDBOX_SLOTS];
  guint n_tags;

  if (changes != NULL && json_object_has_member (changes, "tags"))
    return changed_array_has (changes, "tags", tag);

  n_tags = dial_sandbox_person_get_tags (world, row, tags);
  for (guint i = 0; i < n_tags; i++) {
    if (strcmp (dial_sandbox_tags[tags[i]], tag) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
write_contacts (DialSandboxRecord        *record,
                const char               *name,
                const DialSandboxContact *contacts,
                guint                     n_contacts)
{
  if (!dial_sandbox_record_member (record, name))
    return;

  g_string_append_c (record->out, '[');
  for (guint i = 0; i < n_contacts; i++) {
    g_string_append (record->out, i > 0 ? ",{\"value\":" : "{\"value\":");
    dial_sandbox_append_string (record->out, contacts[i].value);
    g_string_append (record->out, ",\"type\":");
    dial_sandbox_append_string (record->out, contacts[i].type);
    g_string_append_c (record->out, '}');
  }
  g_string_append_c (record->out, ']');
}

static void
write_single (DialSandboxRecord *record,
              const char        *name,
              const char        *value,
              const char        *type)
{
  if (!dial_sandbox_record_member (record, name))
    return;

  if (value == NULL) {
    g_string_append (record->out, "[]");
    return;
  }

  g_string_append (record->out, "[{\"value\":");
  dial_sandbox_append_string (record->out, value);
  if (type != NULL)
    g_string_append_printf (record->out, ",\"type\":\"%s\"", type);
  g_string_append (record->out, "}]");
}

/* A custom field as each dialect and member shows it. */
static void
append_field (GString               *out,
              DialSandboxFieldForm   form,
              const char            *key,
              const char            *name,
              const char            *type,
              const char            *value)
{
  g_string_append_printf (out, "%s\"%s\":", out->str[out->len - 1] == '{' ? "" : ",", key);
  if (form == DIAL_SANDBOX_FIELD_PLAIN || (form == DIAL_SANDBOX_FIELD_KEYED_OR_NULL &&
                                           strcmp (value, "null") == 0))
    g_string_append (out, value);
  else
    g_string_append_printf (out, "{\"name\":\"%s\",\"type\":\"%s\",\"value\":%s}", name, type,
                            value);
}

/**
 * dial_sandbox_person_write_fields:
 * @world: the world
 * @row: which candidate
 * @record: (inout): where to write
 * @member: the member's name
 * @form: how each field is written
 *
 * Writes the custom fields. They hold values of every JSON type; some candidates have none, some
 * the whole null.
 */
void
dial_sandbox_person_write_fields (DialSandboxWorld     *world,
                                  guint64               row,
                                  DialSandboxRecord    *record,
                                  const char           *member,
                                  DialSandboxFieldForm  form)
{
  guint64 roll = dial_sandbox_world_roll (world, row, ROLL_FIELDS);
  GString *out = record->out;
  char value[64];

  if (!dial_sandbox_record_member (record, member))
    return;

  if (roll % 16 < 2) {
    g_string_append (out, roll % 16 == 0 ? "null" : "{}");
    return;
  }

  g_string_append_c (out, '{');
  g_snprintf (value, sizeof value, "\"%u weeks\"", (guint) (roll >> 8) % 12 + 1);
  append_field (out, form, "notice_period", "Notice period", "short_text", value);
  append_field (out, form, "open_to_remote", "Open to remote", "boolean",
                roll % 2 == 0 ? "true" : "false");
  g_snprintf (value, sizeof value, "%u.5", (guint) (roll >> 16) % 30);
  append_field (out, form, "years", "Years of practice", "number", value);
  if (roll % 3 == 0)
    append_field (out, form, "skills", "Skills", "multi_select", "[\"SQL\",\"GIS\"]");
  g_snprintf (value, sizeof value, "{\"amount\":%u,\"unit\":\"USD\"}",
              40000 + (guint) (roll >> 24) % 90 * 1000);
  if (roll % 4 == 0)
    append_field (out, form, "desired_pay", "Desired pay", "currency", value);
  append_field (out, form, "referred_by", "Referred by", "user", "null");
  g_string_append_c (out, '}');
}

static const char *
or_null (const char *text)
{
  return text[0] != '\0' ? text : NULL;
}

/**
 * dial_sandbox_person_write_name:
 * @self: a candidate
 * @record: (inout): where to write
 *
 * Writes name, company and title.
 */
void
dial_sandbox_person_write_name (const DialSandboxPerson *self,
                                DialSandboxRecord       *record)
{
  dial_sandbox_record_string (record, "first_name", or_null (self->first));
  dial_sandbox_record_string (record, "last_name", or_null (self->last));
  dial_sandbox_record_string (record, "company", self->company);
  dial_sandbox_record_string (record, "title", self->title);
}

/**
 * dial_sandbox_person_write_contacts:
 * @self: a candidate
 * @world: the world
 * @row: which candidate
 * @record: (inout): where to write
 *
 * Writes the ways to reach the candidate, and what else v3 and v1 tell alike.
 */
void
dial_sandbox_person_write_contacts (const DialSandboxPerson *self,
                                    DialSandboxWorld        *world,
                                    guint64                  row,
                                    DialSandboxRecord       *record)
{
  guint64 links = dial_sandbox_world_roll (world, row, ROLL_LINKS);
  const char *tag_names[DIAL_SANDBOX_SLOTS + 1] = { NULL, };
  guint tags[DIAL_SANDBOX_SLOTS];
  guint n_tags = dial_sandbox_person_get_tags (world, row, tags);

  for (guint i = 0; i < n_tags; i++)
    tag_names[i] = dial_sandbox_tags[tags[i]];

  dial_sandbox_record_boolean (record, "can_email", links % 9 != 0);
  dial_sandbox_record_strings (record, "tags", tag_names);
  dial_sandbox_record_ids (record, "linked_user_ids",
                           &dial_sandbox_users[links % DIAL_SANDBOX_N_VETERANS].id,
                           links % 40 == 0);
  write_contacts (record, "phone_numbers", self->phones, self->n_phones);
  write_single (record, "addresses", self->city, "home");
  write_contacts (record, "email_addresses", self->emails, self->n_emails);
  write_single (record, "website_addresses",
                links % 6 == 0 ? "https://portfolio.example.org" : NULL, "portfolio");
  write_single (record, "social_media_addresses",
                links % 4 == 0 ? "https://social.example.com/in/someone" : NULL, NULL);
}

/**
 * dial_sandbox_person_write:
 * @world: the world
 * @row: which candidate
 * @record: (inout): where to write; begun, and ended by the caller
 *
 * Writes a candidate as `/v3/candidates` lists it.
 */
void
dial_sandbox_person_write (DialSandboxWorld  *world,
                           guint64            row,
                           DialSandboxRecord *record)
{
  guint64 links = dial_sandbox_world_roll (world, row, ROLL_LINKS);
  gboolean is_private = dial_sandbox_world_is_private (world, row);
  DialSandboxPerson person;

  dial_sandbox_record_integer (record, "id", dial_sandbox_world_get_candidate_id (world, row));
  if (record->fields != NULL && g_hash_table_size (record->fields) == 1 && record->begun)
    return; /* a sweep over ids alone is done with this candidate */

  dial_sandbox_record_time (record, "created_at", dial_sandbox_world_get_created_at (world, row));
  dial_sandbox_record_time (record, "updated_at", dial_sandbox_world_get_updated_at (world, row));
  dial_sandbox_person_invent (&person, world, row);
  dial_sandbox_person_write_name (&person, record);
  dial_sandbox_record_string (record, "preferred_name", or_null (person.preferred));
  dial_sandbox_record_time (record, "last_activity_at",
                            dial_sandbox_world_get_active_at (world, row));
  if (links % 50 == 0 && !is_private)
    dial_sandbox_record_json (record, "private", "null");
  else
    dial_sandbox_record_boolean (record, "private", is_private);
  dial_sandbox_record_string (record, "time_zone", person.zone);
  dial_sandbox_person_write_contacts (&person, world, row, record);
  dial_sandbox_person_write_fields (world, row, record, "custom_fields", DIAL_SANDBOX_FIELD_KEYED);
}
