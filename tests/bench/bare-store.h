#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Writes the rows and terms of the store at @from into the new one at @to, as many in a transaction as the program
 * does, and nothing else: what is written is known beforehand, and nothing is looked up, folded or parsed.
 * Returns: the seconds of processor that SQLite takes for it, the reading not counted */
double bare_store_write (const char *from,
                         const char *to);

G_END_DECLS
