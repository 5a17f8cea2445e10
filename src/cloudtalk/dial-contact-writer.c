#include "dial-contact-writer-private.h"

#include "dial-json-writer.h"

/* In characters, as CloudTalk's API description says. */
#define MAX_NAME     150
#define MAX_TITLE    255
#define MAX_COMPANY  100
#define MAX_URL_NAME 30

/* And how many links there may be. */
#define MAX_URLS     3

static void
add_text (JsonBuilder *builder,
          const char  *member,
          const char  *text,
          glong        longest)
{
  g_autofree char *valid = NULL;
  g_autofree char *cut = NULL;

  if (text == NULL)
    return;

  valid = g_utf8_make_valid (text, -1);
  cut = g_utf8_strlen (valid, -1) > longest ? g_utf8_substring (valid, 0, longest) : g_strdup (valid);
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, cut);
}

/* A list of objects with one member each. */
static void
add_list (JsonBuilder *builder,
          const char  *member,
          const char  *inner,
          GStrv        texts)
{
  if (texts == NULL)
    return;

  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; texts[i] != NULL; i++) {
    json_builder_begin_object (builder);
    add_text (builder, inner, texts[i], G_MAXLONG);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_urls (JsonBuilder             *builder,
          const DialContactChange *change)
{
  if (change->urls == NULL || change->url_names == NULL)
    return;

  json_builder_set_member_name (builder, "ExternalUrl");
  json_builder_begin_array (builder);
  for (guint i = 0; i < MAX_URLS && change->urls[i] != NULL && change->url_names[i] != NULL; i++) {
    json_builder_begin_object (builder);
    add_text (builder, "name", change->url_names[i], MAX_URL_NAME);
    add_text (builder, "url", change->urls[i], G_MAXLONG);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_data (JsonBuilder             *builder,
          const DialContactChange *change)
{
  json_builder_begin_object (builder);
  if (change->action != DIAL_CONTACT_ADD) {
    json_builder_set_member_name (builder, "id");
    json_builder_add_int_value (builder, change->contact_id);
  }

  if (change->action != DIAL_CONTACT_DELETE) {
    add_text (builder, "name", change->name, MAX_NAME);
    add_text (builder, "title", change->title, MAX_TITLE);
    add_text (builder, "company", change->company, MAX_COMPANY);
    add_list (builder, "ContactNumber", "public_number", change->numbers);
    add_list (builder, "ContactEmail", "email", change->emails);
    add_urls (builder, change);
  }

  /* In an edit it would replace all tags. */
  if (change->action == DIAL_CONTACT_ADD)
    add_list (builder, "ContactsTag", "name", change->tags);
  json_builder_end_object (builder);
}

/**
 * dial_contact_write_changes:
 * @changes: (element-type DialContactChange): what to do
 *
 * Returns: (transfer full): a bulk request
 */
GBytes *
dial_contact_write_changes (GPtrArray *changes)
{
  static const char *const actions[] = { "add_contact", "edit_contact", "delete_contact" };
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  for (guint i = 0; i < changes->len; i++) {
    const DialContactChange *change = g_ptr_array_index (changes, i);

    json_builder_begin_object (builder);
    json_builder_set_member_name (builder, "action");
    json_builder_add_string_value (builder, actions[change->action]);
    json_builder_set_member_name (builder, "command_id");
    json_builder_add_string_value (builder, change->command_id);
    json_builder_set_member_name (builder, "data");
    add_data (builder, change);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);

  return dial_json_builder_to_bytes (builder);
}

/**
 * dial_contact_write_tags:
 * @tags: (array zero-terminated=1): names of tags
 *
 * Returns: (transfer full): what adds them to a contact or takes them away
 */
GBytes *
dial_contact_write_tags (const char *const *tags)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "tags");
  json_builder_begin_array (builder);
  for (guint i = 0; tags[i] != NULL; i++)
    json_builder_add_string_value (builder, tags[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return dial_json_builder_to_bytes (builder);
}
