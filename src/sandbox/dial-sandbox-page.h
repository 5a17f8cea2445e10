#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * DialSandboxPage:
 *
 * A page of a list while it is put together: of slices of what was written before, and of records
 * written for it.
 */
typedef struct {
  GPtrArray *pieces; /* of GBytes */
  GString   *text;   /* written since the last piece */
  GBytes    *block;  /* what the slice that may still grow is of, or NULL */
  gsize      start;
  gsize      end;
  gsize      length; /* of all pieces */
} DialSandboxPage;

void     dial_sandbox_page_begin        (DialSandboxPage   *self);
void     dial_sandbox_page_append_slice (DialSandboxPage   *self,
                                         GBytes            *block,
                                         gsize              start,
                                         gsize              length);
GString *dial_sandbox_page_begin_record (DialSandboxPage   *self);
GBytes  *dial_sandbox_page_end          (DialSandboxPage   *self);
void     dial_sandbox_page_answer       (DialSandboxPage   *self,
                                         SoupServerMessage *message);

G_END_DECLS
