#include "dial-sandbox-server.h"

/* Faults by chance, for tests that want to see what a bad day does to a whole sync. */

struct _DialSandboxWeather {
  GRand *chance;
  guint  percent;
  char  *path;
};

/* In the words of dial-sandbox-faults.c. */
static const char * const faults[] = {
  "{\"fault\":\"status\",\"status\":500}",
  "{\"fault\":\"status\",\"status\":500,\"after_store\":true}",
  "{\"fault\":\"html\",\"status\":502}",
  "{\"fault\":\"status\",\"status\":503,\"body\":\"\"}",
  "{\"fault\":\"cut\"}",
  "{\"fault\":\"cut\",\"after_store\":true}",
  "{\"fault\":\"half\"}",
  "{\"fault\":\"garbage\"}",
  "{\"fault\":\"status\",\"status\":429,\"retry_after\":1,\"body\":\"Retry later\\n\"}",
  "{\"fault\":\"expire_tokens\"}",
  "{\"fault\":\"stale_cursors\"}",
};

void
dial_sandbox_weather_end (DialSandboxServer *server)
{
  DialSandboxWeather *self = g_steal_pointer (&server->weather);

  if (self == NULL)
    return;

  g_rand_free (self->chance);
  g_free (self->path);
  g_free (self);
}

/**
 * dial_sandbox_weather_begin:
 * @server: a server
 * @seed: what chance goes by
 * @percent: which share of the requests meets a fault, 0 for fine weather
 * @path: (nullable): only requests whose path begins so, %NULL for all
 */
void
dial_sandbox_weather_begin (DialSandboxServer *server,
                            guint32            seed,
                            guint              percent,
                            const char        *path)
{
  DialSandboxWeather *self;

  dial_sandbox_weather_end (server);
  if (percent == 0)
    return;

  self = g_new0 (DialSandboxWeather, 1);
  self->chance = g_rand_new_with_seed (seed);
  self->percent = percent;
  self->path = g_strdup (path != NULL ? path : "/");
  server->weather = self;
}

/**
 * dial_sandbox_weather_take:
 * @request: a request
 *
 * Returns: (transfer full) (nullable): the fault this request meets, in the words of
 *   dial-sandbox-faults.c
 */
JsonObject *
dial_sandbox_weather_take (DialSandboxRequest *request)
{
  DialSandboxWeather *self = request->server->weather;
  g_autoptr (JsonNode) node = NULL;
  gint32 which;

  if (self == NULL || !g_str_has_prefix (request->path, self->path) ||
      g_rand_int_range (self->chance, 0, 100) >= (gint32) self->percent)
    return NULL;

  which = g_rand_int_range (self->chance, 0, G_N_ELEMENTS (faults));
  node = json_from_string (faults[which], NULL);
  return json_node_dup_object (node);
}
