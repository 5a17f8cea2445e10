#include "allowance-model.h"

typedef enum {
  ARRIVAL,
  ANSWER,
  WAKE,
} Kind;

typedef struct {
  Kind           kind;
  gint64         at;
  guint          desk;
  DialUrgency    urgency;
  DialTurn       turn;
  gint64         noted_at;
  DialBudgetNews news;
  gint64         reset;   /* as the header has it, whole seconds */
  gboolean       refused;
  gint64         wait;
} Event;

typedef struct {
  Server *server;
  Desk   *desks;
  GArray *events; /* a heap, the earliest first */
} Model;

static void
swap (GArray *events,
      guint   a,
      guint   b)
{
  Event event = g_array_index (events, Event, a);

  g_array_index (events, Event, a) = g_array_index (events, Event, b);
  g_array_index (events, Event, b) = event;
}

static gboolean
is_earlier (GArray *events,
            guint   a,
            guint   b)
{
  return g_array_index (events, Event, a).at < g_array_index (events, Event, b).at;
}

static void
push (Model       *model,
      const Event *event)
{
  GArray *events = model->events;
  guint i = events->len;

  g_array_append_val (events, *event);
  for (; i > 0 && is_earlier (events, i, (i - 1) / 2); i = (i - 1) / 2)
    swap (events, i, (i - 1) / 2);
}

static Event
pop (Model *model)
{
  GArray *events = model->events;
  Event first = g_array_index (events, Event, 0);
  guint i = 0;

  swap (events, 0, events->len - 1);
  g_array_set_size (events, events->len - 1);
  while (TRUE) {
    guint next = 2 * i + 1;

    if (next + 1 < events->len && is_earlier (events, next + 1, next))
      next++;
    if (next >= events->len || !is_earlier (events, next, i))
      return first;
    swap (events, i, next);
    i = next;
  }
}

static gint64
vary (gint64 time)
{
  return time > 0 ? time + g_test_rand_int_range (0, (gint32) (time / 5) + 1) : 0;
}

static void
roll (Server *server,
      gint64  now)
{
  gint64 begin = server->floating
                 ? now : (now - server->phase) / server->length * server->length + server->phase;

  if (server->floating ? now >= server->window + server->length : begin != server->window) {
    server->window = begin;
    server->used = MIN (server->n_foreign, server->limit);
  }
}

/* Counts a request; the instants in the headers are whole seconds. */
static void
arrive (Model *model,
        Event *event)
{
  Server *server = model->server;
  gint64 now = event->at;
  gint64 end;

  roll (server, now);
  end = server->window + server->length;
  event->refused = server->used >= server->limit;
  if (event->refused)
    server->n_refused++;
  else {
    server->used++;
    server->n_served++;
  }

  event->news.limit = server->limit;
  event->news.remaining = server->limit - server->used;
  event->reset = (server->vague_reset ? now + server->length : end) / SECOND;
  event->wait = ((end - now + SECOND - 1) / SECOND + 1) * SECOND;
  event->kind = ANSWER;
  event->at = now + (event->refused ? 0 : vary (server->delay)) + vary (server->way) + 200;
  push (model, event);
}

static void
ask (Model       *model,
     guint        i,
     DialUrgency  urgency,
     gint64       now)
{
  Desk *desk = &model->desks[i];
  Event event = { ARRIVAL, now + vary (model->server->way) + 200, i, urgency };

  event.turn = dial_budget_sent (&desk->budget, urgency, now);
  if (urgency == DIAL_URGENCY_SYNC) {
    desk->n_running++;
    desk->n_sync--;
  } else {
    event.noted_at = desk->noted_at;
    desk->n_notes--;
    desk->noted_at += desk->every;
  }
  push (model, &event);
}

static void
take_answer (Model *model,
             Event *event)
{
  Server *server = model->server;
  Desk *desk = &model->desks[event->desk];
  gint64 now = event->at;

  event->news.until_reset = server->no_reset ? -1
                            : MAX (event->reset - now / SECOND, 0) * SECOND + SECOND;
  if (event->urgency == DIAL_URGENCY_SYNC)
    desk->n_running--;

  if (event->refused) {
    desk->n_refused++;
    dial_budget_refused (&desk->budget, &event->turn, &event->news, event->wait, now);
    if (event->urgency == DIAL_URGENCY_SYNC)
      desk->n_sync++;
    else {
      desk->n_notes++;
      desk->noted_at = event->noted_at;
    }
    return;
  }

  dial_budget_answered (&desk->budget, &event->turn, &event->news, now);
  if (event->urgency == DIAL_URGENCY_SYNC) {
    desk->n_done++;
    if (desk->n_sync == 0 && desk->n_running == 0)
      desk->finished = now;
  } else {
    desk->n_noted++;
    desk->longest = MAX (desk->longest, now - event->noted_at);
  }
}

static void
serve (Model *model,
       guint  i,
       gint64 now)
{
  Desk *desk = &model->desks[i];
  Event wake = { WAKE, 0, i };

  while (desk->every > 0 && now >= desk->next_note) {
    if (desk->n_notes++ == 0)
      desk->noted_at = desk->next_note;
    desk->next_note += desk->every;
  }

  while (desk->n_notes > 0 && dial_budget_may_send (&desk->budget, DIAL_URGENCY_NOTE, now))
    ask (model, i, DIAL_URGENCY_NOTE, now);

  while (desk->n_sync > 0 &&
         desk->n_running < MIN (desk->n_most, dial_budget_get_n_useful (&desk->budget)) &&
         dial_budget_may_send (&desk->budget, DIAL_URGENCY_SYNC, now))
    ask (model, i, DIAL_URGENCY_SYNC, now);

  if (desk->n_notes > 0 || desk->n_sync > 0)
    wake.at = dial_budget_next_try (&desk->budget, now);
  if (desk->every > 0)
    wake.at = wake.at == 0 ? desk->next_note : MIN (wake.at, desk->next_note);
  if (wake.at > now)
    push (model, &wake);
}

/* From @from on, until @until or until all is done. */
void
model_run (Server *server,
           Desk   *desks,
           guint   n_desks,
           gint64  from,
           gint64  until)
{
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (Event));
  Model model = { server, desks, events };

  server->window = G_MININT64 / 2;
  for (guint i = 0; i < n_desks; i++) {
    Event wake = { WAKE, from + g_test_rand_int_range (0, SECOND / 10), i };

    push (&model, &wake);
  }

  while (events->len > 0) {
    Event event = pop (&model);

    if (event.at > until)
      return;

    if (event.kind == ARRIVAL)
      arrive (&model, &event);
    else {
      if (event.kind == ANSWER)
        take_answer (&model, &event);
      serve (&model, event.desk, event.at);
    }
  }
}

/* When somebody who knew everything would have been done. */
gint64
model_best (const Server *server,
            guint         n_requests,
            gint64        from)
{
  gint64 n_windows = (n_requests - 1) / (server->limit - server->n_foreign);
  gint64 begin = server->floating || n_windows == 0 ? from
                 : (from - server->phase) / server->length * server->length + server->phase;

  return begin + n_windows * server->length + 2 * server->way + server->delay;
}
