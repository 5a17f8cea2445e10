#include "dial-sandbox-page.h"

#include <string.h>

/* Each piece is a write of its own, which costs more than to copy what is short. */
#define MAX_PIECES  24
#define MIN_LENGTH  (64 * 1024)

static void
add_piece (DialSandboxPage *self,
           GBytes          *piece)
{
  self->length += g_bytes_get_size (piece);
  g_ptr_array_add (self->pieces, piece);
}

static void
end_slice (DialSandboxPage *self)
{
  if (self->block == NULL)
    return;

  add_piece (self, g_bytes_new_from_bytes (self->block, self->start, self->end - self->start));
  self->block = NULL;
}

static void
end_text (DialSandboxPage *self)
{
  if (self->text->len == 0)
    return;

  add_piece (self, g_bytes_new (self->text->str, self->text->len));
  g_string_truncate (self->text, 0);
}

static gboolean
is_empty (DialSandboxPage *self)
{
  return self->pieces->len == 0 && self->block == NULL && self->text->len == 1;
}

void
dial_sandbox_page_begin (DialSandboxPage *self)
{
  *self = (DialSandboxPage) {
    .pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref),
    .text = g_string_new ("["),
  };
}

/**
 * dial_sandbox_page_append_slice:
 * @self: a page
 * @block: where the record is
 * @start: where it begins there, with a comma
 * @length: how long it is
 *
 * Appends a record that was written before.
 */
void
dial_sandbox_page_append_slice (DialSandboxPage *self,
                                GBytes          *block,
                                gsize            start,
                                gsize            length)
{
  gsize comma = is_empty (self) ? 1 : 0;

  if (self->block == block && self->end == start) {
    self->end += length;
    return;
  }

  end_slice (self);
  end_text (self);
  self->block = block;
  self->start = start + comma;
  self->end = start + length;
}

/**
 * dial_sandbox_page_begin_record:
 * @self: a page
 *
 * Returns: (transfer none): where to write a record
 */
GString *
dial_sandbox_page_begin_record (DialSandboxPage *self)
{
  gboolean needs_comma = !is_empty (self);

  end_slice (self);
  if (needs_comma)
    g_string_append_c (self->text, ',');
  return self->text;
}

static GBytes *
join (GPtrArray *pieces,
      gsize      length)
{
  char *joined = g_malloc (length);
  gsize at = 0;

  for (guint i = 0; i < pieces->len; i++) {
    gsize size;
    gconstpointer data = g_bytes_get_data (pieces->pdata[i], &size);

    memcpy (joined + at, data, size);
    at += size;
  }
  return g_bytes_new_take (joined, length);
}

static void
finish (DialSandboxPage *self)
{
  end_slice (self);
  g_string_append_c (self->text, ']');
  end_text (self);
}

static void
clear (DialSandboxPage *self)
{
  g_ptr_array_unref (self->pieces);
  g_string_free (self->text, TRUE);
}

/**
 * dial_sandbox_page_end:
 * @self: a page
 *
 * Ends a page that nobody is answered with.
 *
 * Returns: (transfer full): its text
 */
GBytes *
dial_sandbox_page_end (DialSandboxPage *self)
{
  GBytes *text;

  finish (self);
  text = join (self->pieces, self->length);
  clear (self);
  return text;
}

/**
 * dial_sandbox_page_answer:
 * @self: a page, which is ended
 * @message: an exchange
 *
 * Answers with a page.
 */
void
dial_sandbox_page_answer (DialSandboxPage   *self,
                          SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);

  finish (self);
  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Content-Type", "application/json;charset=utf-8");
  soup_message_body_truncate (body);
  if (self->pieces->len > MAX_PIECES || self->length < MIN_LENGTH) {
    g_autoptr (GBytes) joined = join (self->pieces, self->length);

    soup_message_body_append_bytes (body, joined);
  } else {
    for (guint i = 0; i < self->pieces->len; i++)
      soup_message_body_append_bytes (body, self->pieces->pdata[i]);
  }
  clear (self);
}
