#include "dial-system-phone.h"

#include <glib/gi18n.h>

#include "dial-calls-watch.h"

#define CALLS_DESKTOP_ID "org.gnome.Calls.desktop"

/* Links a phone program may take, the best first. */
static const char * const schemes[] = { "tel", "callto", "sip" };

struct _DialSystemPhone
{
  GObject          parent_instance;

  GAppInfoMonitor *monitor;
  GAppInfo        *handler;
  DialCallsWatch  *calls;
  GCancellable    *cancellable;
  guint            generation;
  guint            known : 1;
};

typedef struct {
  guint index;
} Search;

typedef struct {
  DialCall *call;
  char     *program;
  gboolean  followed;
} Placing;

static void dial_system_phone_iface_init (DialPhoneInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DialSystemPhone, dial_system_phone, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DIAL_TYPE_PHONE,
                                                      dial_system_phone_iface_init))

static void
placing_free (Placing *placing)
{
  g_clear_object (&placing->call);
  g_free (placing->program);
  g_free (placing);
}

static const char *
get_no_handler_sentence (void)
{
  return _("No program on this computer opens phone links. Install GNOME Calls or another phone "
           "program and make it the handler for tel: links, then try again.");
}

static gboolean
is_calls (GAppInfo *handler)
{
  return g_strcmp0 (g_app_info_get_id (handler), CALLS_DESKTOP_ID) == 0;
}

/* Looking for the handler: one scheme after the other, in GIO's worker threads. */

static void look_for_scheme (GTask *task);

static void
on_scheme_looked_up (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  GAppInfo *handler = g_app_info_get_default_for_uri_scheme_finish (result, NULL);

  if (handler != NULL) {
    g_task_return_pointer (task, handler, g_object_unref);
    return;
  }
  if (g_task_return_error_if_cancelled (task))
    return;

  search->index++;
  if (search->index < G_N_ELEMENTS (schemes)) {
    look_for_scheme (task);
    return;
  }

  g_task_return_new_error (task, DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_NO_HANDLER, "%s",
                           get_no_handler_sentence ());
}

static void
look_for_scheme (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  g_app_info_get_default_for_uri_scheme_async (schemes[search->index],
                                               g_task_get_cancellable (task), on_scheme_looked_up,
                                               g_object_ref (task));
}

static void
find_handler_async (DialSystemPhone     *self,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, find_handler_async);
  g_task_set_task_data (task, g_new0 (Search, 1), g_free);
  look_for_scheme (task);
}

static GAppInfo *
find_handler_finish (DialSystemPhone  *self,
                     GAsyncResult     *result,
                     const char      **scheme,
                     GError          **error)
{
  Search *search = g_task_get_task_data (G_TASK (result));
  GAppInfo *handler = g_task_propagate_pointer (G_TASK (result), error);

  if (handler != NULL && scheme != NULL)
    *scheme = schemes[search->index];

  return handler;
}

static void
watch_calls (DialSystemPhone *self)
{
  self->calls = dial_calls_watch_new ("system");
  g_signal_connect_object (self->calls, "incoming", G_CALLBACK (dial_phone_tell_incoming), self,
                           G_CONNECT_SWAPPED);
}

static void
take_handler (DialSystemPhone *self,
              GAppInfo        *handler)
{
  g_set_object (&self->handler, handler);
  self->known = TRUE;

  if (handler != NULL && is_calls (handler) && self->calls == NULL)
    watch_calls (self);
}

/* What the desktop's handler is, known beforehand and kept up to date. */

static void
on_handler_known (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  DialSystemPhone *self = DIAL_SYSTEM_PHONE (source);
  g_autoptr (GAppInfo) handler = NULL;
  g_autoptr (GError) error = NULL;

  handler = find_handler_finish (self, result, NULL, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      GPOINTER_TO_UINT (user_data) != self->generation)
    return;

  take_handler (self, handler);
}

static void
refresh_handler (DialSystemPhone *self)
{
  self->generation++;
  find_handler_async (self, self->cancellable, on_handler_known,
                      GUINT_TO_POINTER (self->generation));
}

static const char *
dial_system_phone_get_id (DialPhone *phone)
{
  return "system";
}

static char *
dial_system_phone_dup_title (DialPhone *phone)
{
  DialSystemPhone *self = DIAL_SYSTEM_PHONE (phone);

  if (self->handler == NULL)
    return g_strdup (_("System phone"));

  /* Translators: %s is the name of the program that opens phone links, such as Calls. */
  return g_strdup_printf (_("System phone (%s)"), g_app_info_get_display_name (self->handler));
}

static char *
dial_system_phone_dup_problem (DialPhone *phone)
{
  DialSystemPhone *self = DIAL_SYSTEM_PHONE (phone);

  if (!self->known || self->handler != NULL)
    return NULL;

  return g_strdup (get_no_handler_sentence ());
}

static void
return_launch_error (GTask  *task,
                     GError *error)
{
  Placing *placing = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED)) {
    g_task_return_new_error (task, DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_NO_HANDLER, "%s",
                             get_no_handler_sentence ());
    return;
  }

  /* Not GIO's own words: they may hold the link, and with it the number. */
  g_debug ("The phone program did not start: %s %d", g_quark_to_string (error->domain),
           error->code);
  g_task_return_new_error (task, DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_FAILED,
                           /* Translators: %s is the name of a phone program. */
                           _("%s could not be started. Start it by hand to see what it lacks, or "
                             "make another phone program the handler for tel: links."),
                           placing->program);
}

static void
on_launched (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DialSystemPhone *self = g_task_get_source_object (task);
  Placing *placing = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (g_app_info_launch_default_for_uri_finish (result, &error)) {
    g_task_return_boolean (task, TRUE);
    return;
  }

  if (placing->followed && self->calls != NULL)
    dial_calls_watch_unfollow (self->calls, placing->call);
  return_launch_error (task, error);
}

static void
on_handler_found (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  DialSystemPhone *self = DIAL_SYSTEM_PHONE (source);
  g_autoptr (GTask) task = user_data;
  Placing *placing = g_task_get_task_data (task);
  g_autoptr (GAppInfo) handler = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *uri = NULL;
  const char *scheme = NULL;

  handler = find_handler_finish (self, result, &scheme, &error);
  if (handler == NULL) {
    if (g_error_matches (error, DIAL_PHONE_ERROR, DIAL_PHONE_ERROR_NO_HANDLER))
      take_handler (self, NULL);
    g_task_return_error (task, g_steal_pointer (&error));
    return;
  }

  take_handler (self, handler);
  placing->program = g_strdup (g_app_info_get_display_name (handler));
  placing->followed = is_calls (handler);
  /* Before the link is opened, so that only what comes after it can be the call. */
  if (placing->followed)
    dial_calls_watch_follow (self->calls, placing->call);

  uri = dial_phone_number_to_uri (dial_call_get_number (placing->call), scheme);
  g_app_info_launch_default_for_uri_async (uri, NULL, g_task_get_cancellable (task), on_launched,
                                           g_object_ref (task));
}

static void
dial_system_phone_place_async (DialPhone           *phone,
                               DialCall            *call,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  DialSystemPhone *self = DIAL_SYSTEM_PHONE (phone);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Placing *placing = g_new0 (Placing, 1);

  placing->call = g_object_ref (call);
  g_task_set_source_tag (task, dial_system_phone_place_async);
  g_task_set_task_data (task, placing, (GDestroyNotify) placing_free);

  /* Asked anew: the recruiter may have just installed one. */
  find_handler_async (self, cancellable, on_handler_found, g_object_ref (task));
}

static gboolean
dial_system_phone_place_finish (DialPhone     *phone,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, phone), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
dial_system_phone_hang_up (DialPhone *phone,
                           DialCall  *call)
{
  DialSystemPhone *self = DIAL_SYSTEM_PHONE (phone);

  if (self->calls != NULL)
    dial_calls_watch_hang_up (self->calls, call);
}

static gboolean
dial_system_phone_can_answer (DialPhone *phone,
                              DialCall  *call)
{
  DialSystemPhone *self = DIAL_SYSTEM_PHONE (phone);

  return self->calls != NULL && dial_calls_watch_can_answer (self->calls, call);
}

static void
dial_system_phone_answer (DialPhone *phone,
                          DialCall  *call)
{
  dial_calls_watch_answer (DIAL_SYSTEM_PHONE (phone)->calls, call);
}

static void
on_picked_up (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  DialCall *call = dial_calls_watch_pick_up_finish (DIAL_CALLS_WATCH (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, call, g_object_unref);
}

static void
on_handler_of_call_found (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  DialSystemPhone *self = DIAL_SYSTEM_PHONE (source);
  g_autoptr (GTask) task = user_data;
  g_autoptr (GAppInfo) handler = find_handler_finish (self, result, NULL, NULL);

  if (handler == NULL || !is_calls (handler)) {
    g_task_return_pointer (task, NULL, NULL);
    return;
  }

  take_handler (self, handler);
  dial_calls_watch_pick_up_async (self->calls, g_task_get_task_data (task), g_task_get_cancellable (task),
                                  on_picked_up, g_object_ref (task));
}

/* Only GNOME Calls can be asked. */
static void
dial_system_phone_resume_async (DialPhone           *phone,
                                DialCall            *call,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (phone, cancellable, callback, user_data);

  g_task_set_source_tag (task, dial_system_phone_resume_async);
  g_task_set_task_data (task, g_object_ref (call), g_object_unref);
  find_handler_async (DIAL_SYSTEM_PHONE (phone), cancellable, on_handler_of_call_found, g_object_ref (task));
}

static DialCall *
dial_system_phone_resume_finish (DialPhone     *phone,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, phone), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
dial_system_phone_dispose (GObject *object)
{
  DialSystemPhone *self = DIAL_SYSTEM_PHONE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->monitor);
  g_clear_object (&self->handler);
  g_clear_object (&self->calls);

  G_OBJECT_CLASS (dial_system_phone_parent_class)->dispose (object);
}

static void
dial_system_phone_finalize (GObject *object)
{
  DialSystemPhone *self = DIAL_SYSTEM_PHONE (object);

  g_object_unref (self->cancellable);

  G_OBJECT_CLASS (dial_system_phone_parent_class)->finalize (object);
}

static void
dial_system_phone_iface_init (DialPhoneInterface *iface)
{
  iface->get_id = dial_system_phone_get_id;
  iface->dup_title = dial_system_phone_dup_title;
  iface->dup_problem = dial_system_phone_dup_problem;
  iface->place_async = dial_system_phone_place_async;
  iface->place_finish = dial_system_phone_place_finish;
  iface->hang_up = dial_system_phone_hang_up;
  iface->can_answer = dial_system_phone_can_answer;
  iface->answer = dial_system_phone_answer;
  iface->resume_async = dial_system_phone_resume_async;
  iface->resume_finish = dial_system_phone_resume_finish;
}

static void
dial_system_phone_class_init (DialSystemPhoneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dial_system_phone_dispose;
  object_class->finalize = dial_system_phone_finalize;
}

static void
dial_system_phone_init (DialSystemPhone *self)
{
  self->cancellable = g_cancellable_new ();
  self->monitor = g_app_info_monitor_get ();
  g_signal_connect_object (self->monitor, "changed", G_CALLBACK (refresh_handler), self,
                           G_CONNECT_SWAPPED);
  refresh_handler (self);
}

/**
 * dial_system_phone_new:
 *
 * Returns: (transfer full): the phone program of this desktop
 */
DialPhone *
dial_system_phone_new (void)
{
  return g_object_new (DIAL_TYPE_SYSTEM_PHONE, NULL);
}
