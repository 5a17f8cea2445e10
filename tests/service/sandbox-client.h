#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "dial-sandbox.h"

/* What the tests of the sandbox share: a sandbox, and asking it over HTTP. */

#define MIRA      "6409000001"
#define RECRUITER "5400012002"
#define NON_ADMIN "5400012055"
#define HALF_SEEN "5400012090" /* a Site Admin who may not see what is private */
#define LEAVER    "5400012170"

typedef struct {
  DialSandbox *sandbox;
  const char  *url;
  char        *bearer;
} Fixture;

typedef struct {
  SoupMessage *message;
  guint        status; /* 0 where there was no whole answer */
  char        *text;
  JsonNode    *json;
} Reply;

void         reply_free      (Reply *reply);
DialSandbox *start           (const DialSandboxOptions  *options,
                              GCancellable              *cancellable,
                              GError                   **error);
Reply       *ask_for         (const char *url,
                              const char *method,
                              const char *target,
                              const char *authorization,
                              const char *behalf,
                              const char *type,
                              const char *body);
Reply       *ask             (const char *url,
                              const char *method,
                              const char *target,
                              const char *authorization,
                              const char *type,
                              const char *body);
Reply       *get             (Fixture    *fixture,
                              const char *target);
Reply       *post            (Fixture    *fixture,
                              const char *target,
                              const char *body);
const char  *header          (Reply      *reply,
                              const char *name);
JsonArray   *rows            (Reply *reply);
guint        n_rows          (Fixture    *fixture,
                              const char *target);
JsonObject  *row             (Reply *reply,
                              guint  i);
JsonObject  *object          (Reply *reply);
void         assert_contains (const char *text,
                              const char *fragment);
void         do_control      (Fixture    *fixture,
                              const char *target,
                              const char *wish);
char        *basic           (const char *id,
                              const char *secret);
Reply       *ask_token       (Fixture    *fixture,
                              const char *target,
                              const char *form);
char        *mint            (Fixture    *fixture,
                              const char *sub);
void         set_up_with     (Fixture                  *fixture,
                              const DialSandboxOptions *options);
void         set_up          (Fixture       *fixture,
                              gconstpointer  data);
void         tear_down       (Fixture       *fixture,
                              gconstpointer  data);
guint        walk            (Fixture    *fixture,
                              const char *target,
                              guint       per_page,
                              gboolean    ends_with_empty_link);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reply, reply_free)
