#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define DIAL_TYPE_SANDBOX (dial_sandbox_get_type ())
G_DECLARE_FINAL_TYPE (DialSandbox, dial_sandbox, DIAL, SANDBOX, GObject)

/**
 * DialSandbox:
 *
 * A small Greenhouse on loopback: Harvest v3 and v1, the token service, and a page for each
 * candidate; and a small CloudTalk beside it. It runs in a thread of its own, knows none of
 * Dialhouse's types and speaks HTTP alone.
 */

/**
 * DialSandboxOptions:
 * @port: where to listen on 127.0.0.1; 0 takes a free port
 * @n_candidates: how many people to invent
 * @seed: what to invent them from
 * @allowance: requests of v3 a window, 0 for no limit; v1 allows 50 in 10 seconds and CloudTalk 60 in a
 *   minute, or they know no limit either
 * @window: how long a window of v3 is, in seconds
 * @unaligned: windows begin with the first request in them, not with the clock
 * @delay_ms: how long every answer is held back
 * @prepare: write all candidates and applications before anybody asks, so that answers cost next to
 *   nothing; takes 1.9 kB a candidate
 * @notes_path: (nullable): a file (0600) that keeps the notes over restarts, for one sandbox at a
 *   time; %NULL keeps them in memory
 * @may_inject_faults: serve `POST /sandbox/…`, by which tests ask for faults
 */
typedef struct {
  guint16     port;
  guint       n_candidates;
  guint32     seed;
  guint       allowance;
  guint       window;
  gboolean    unaligned;
  guint       delay_ms;
  gboolean    prepare;
  const char *notes_path;
  gboolean    may_inject_faults;
} DialSandboxOptions;

#define DIAL_SANDBOX_SEED         20261123
#define DIAL_SANDBOX_OPTIONS_INIT \
        { .n_candidates = 2000, .seed = DIAL_SANDBOX_SEED, .allowance = 150, .window = 30 }

void         dial_sandbox_start_async      (const DialSandboxOptions *options,
                                            GCancellable             *cancellable,
                                            GAsyncReadyCallback       callback,
                                            gpointer                  user_data);
DialSandbox *dial_sandbox_start_finish     (GAsyncResult             *result,
                                            GError                  **error);
void         dial_sandbox_stop             (DialSandbox              *self);
const char  *dial_sandbox_get_harvest_url  (DialSandbox              *self);
const char  *dial_sandbox_get_auth_url     (DialSandbox              *self);
const char  *dial_sandbox_get_web_url      (DialSandbox              *self);
const char  *dial_sandbox_get_client_id    (DialSandbox              *self);
const char  *dial_sandbox_get_secret       (DialSandbox              *self);
const char  *dial_sandbox_get_api_key      (DialSandbox              *self);
const char  *dial_sandbox_get_recruiter    (DialSandbox              *self);
const char  *dial_sandbox_get_cloudtalk_url (DialSandbox              *self);
const char  *dial_sandbox_get_cloudtalk_key_id (DialSandbox              *self);
const char  *dial_sandbox_get_cloudtalk_secret (DialSandbox              *self);
const char  *dial_sandbox_get_cloudtalk_number (DialSandbox              *self);
guint64      dial_sandbox_get_prepared     (DialSandbox              *self);
char        *dial_sandbox_to_json          (DialSandbox              *self);

G_END_DECLS
