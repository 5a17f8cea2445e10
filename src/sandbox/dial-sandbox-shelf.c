#include "dial-sandbox-shelf.h"

#define ROWS_OF_BLOCK 2048

struct _DialSandboxShelf {
  guint64               n_rows;
  guint                 n_blocks;
  GBytes              **blocks; /* each of so many rows, NULL until it is written */
  guint32              *starts; /* of a row's text in its block */
  guint64               size;
  DialSandboxShelfFunc  write;
  gpointer              data;
};

/**
 * dial_sandbox_shelf_new:
 * @n_rows: how many rows there are
 * @write: writes one of them
 * @data: for @write
 *
 * Returns: (transfer full): an empty shelf
 */
DialSandboxShelf *
dial_sandbox_shelf_new (guint64               n_rows,
                        DialSandboxShelfFunc  write,
                        gpointer              data)
{
  DialSandboxShelf *self = g_new0 (DialSandboxShelf, 1);

  self->n_rows = n_rows;
  self->n_blocks = (guint) ((n_rows + ROWS_OF_BLOCK - 1) / ROWS_OF_BLOCK);
  self->blocks = g_new0 (GBytes *, self->n_blocks);
  self->starts = g_new0 (guint32, n_rows);
  self->write = write;
  self->data = data;
  return self;
}

void
dial_sandbox_shelf_free (DialSandboxShelf *self)
{
  dial_sandbox_shelf_clear (self);
  g_free (self->blocks);
  g_free (self->starts);
  g_free (self);
}

static void
write_block (DialSandboxShelf *self,
             guint             block)
{
  guint64 first = (guint64) block * ROWS_OF_BLOCK;
  guint64 end = MIN (first + ROWS_OF_BLOCK, self->n_rows);
  GString *text = g_string_new (NULL);
  gsize length;

  for (guint64 row = end; row > first; row--) {
    gsize start = text->len;

    self->starts[row - 1] = (guint32) start;
    g_string_append_c (text, ',');
    self->write (self->data, row - 1, text);
    if (text->len == start + 1)
      g_string_truncate (text, start);
  }

  length = text->len;
  self->size += length;
  self->blocks[block] = g_bytes_new_take (g_realloc (g_string_free (text, FALSE), length + 1),
                                          length);
}

/**
 * dial_sandbox_shelf_fill:
 * @self: a shelf
 *
 * Writes all there is to write now, not when somebody asks for it.
 */
void
dial_sandbox_shelf_fill (DialSandboxShelf *self)
{
  for (guint i = 0; i < self->n_blocks; i++) {
    if (self->blocks[i] == NULL)
      write_block (self, i);
  }
}

/**
 * dial_sandbox_shelf_clear:
 * @self: a shelf
 *
 * Forgets what was written; it is written anew when somebody asks for it.
 */
void
dial_sandbox_shelf_clear (DialSandboxShelf *self)
{
  for (guint i = 0; i < self->n_blocks; i++)
    g_clear_pointer (&self->blocks[i], g_bytes_unref);
  self->size = 0;
}

/**
 * dial_sandbox_shelf_get_size:
 * @self: a shelf
 *
 * Returns: how many bytes it holds
 */
guint64
dial_sandbox_shelf_get_size (DialSandboxShelf *self)
{
  return self->size + self->n_rows * sizeof (guint32);
}

/**
 * dial_sandbox_shelf_look_up:
 * @self: a shelf
 * @row: a row
 * @start: (out): where its text begins, with a comma
 * @length: (out): how long that is, 0 if there is nothing in this row
 *
 * Returns: (transfer none) (nullable): what the text is in; %NULL for a row that came later
 */
GBytes *
dial_sandbox_shelf_look_up (DialSandboxShelf *self,
                            guint64           row,
                            gsize            *start,
                            gsize            *length)
{
  guint block = (guint) (row / ROWS_OF_BLOCK);

  if (row >= self->n_rows)
    return NULL;
  if (self->blocks[block] == NULL)
    write_block (self, block);

  *start = self->starts[row];
  *length = (row % ROWS_OF_BLOCK > 0 ? self->starts[row - 1]
                                     : g_bytes_get_size (self->blocks[block])) - *start;
  return self->blocks[block];
}
