#pragma once

#include "dial-connection.h"

G_BEGIN_DECLS

#define DIAL_SCHEMA_FOLDER "/org/dialhouse/store/schema"

gboolean dial_migrations_run (DialConnection  *connection,
                              const char      *path,
                              const char      *folder,
                              GError         **error);

G_END_DECLS
