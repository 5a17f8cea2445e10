#include "dial-ctl.h"

#include <glib/gi18n.h>

/* A phone asks the desktop who opens its links, and does not say when it has heard: half a blink is
 * enough for the answer. */
#define PATIENCE_MILLISECONDS 300

static gboolean
on_patience_over (gpointer user_data)
{
  gboolean *over = user_data;

  *over = TRUE;
  return G_SOURCE_REMOVE;
}

static void
let_phones_look (void)
{
  gboolean over = FALSE;

  g_timeout_add (PATIENCE_MILLISECONDS, on_patience_over, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
run_list (DialCtl  *ctl,
          char    **arguments,
          GError  **error)
{
  GListModel *phones = dial_desk_get_phones (ctl->desk);

  let_phones_look ();
  for (guint i = 0; i < g_list_model_get_n_items (phones); i++) {
    g_autoptr (DialPhone) phone = g_list_model_get_item (phones, i);
    g_autofree char *title = dial_phone_dup_title (phone);
    g_autofree char *problem = dial_phone_dup_problem (phone);
    g_autoptr (JsonBuilder) json = dial_ctl_json_begin ();

    dial_ctl_json_string (json, "id", dial_phone_get_id (phone));
    dial_ctl_json_string (json, "title", title);
    dial_ctl_json_string (json, "health", problem != NULL ? problem : "ok");
    dial_ctl_json_print (json);
  }

  return TRUE;
}

static gboolean
run_unavailable (DialCtl  *ctl,
                 char    **arguments,
                 GError  **error)
{
  g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                       _("This version of Dialhouse has no CloudTalk phone; it calls by the "
                         "desktop’s own phone program (“dialhousectl phone list”)."));
  return FALSE;
}

/* The commands of a CloudTalk phone are known, so that a script gets a clear answer whatever
 * options it gives; the help does not list them. */
static char **opt_ignored;
static gboolean opt_ignored_flag;

static const GOptionEntry cloudtalk_options[] = {
  { "key-id", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &opt_ignored, NULL, NULL },
  { "caption", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &opt_ignored, NULL, NULL },
  { "as", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &opt_ignored, NULL, NULL },
  { "confirm", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &opt_ignored, NULL, NULL },
  { "from", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &opt_ignored, NULL, NULL },
  { "json", 0, 0, G_OPTION_ARG_NONE, &opt_ignored_flag, NULL, NULL },
  { NULL },
};

#define CLOUDTALK(name) \
  { name, "", NULL, cloudtalk_options, 0, G_MAXUINT, FALSE, run_unavailable }

const DialCtlCommand dial_ctl_phone_commands[] = {
  { "phone list", "", N_("List the ways to place a call, a JSON object a line"),
    NULL, 0, 0, TRUE, run_list },
  CLOUDTALK ("phone add"),
  CLOUDTALK ("phone check"),
  CLOUDTALK ("phone set"),
  CLOUDTALK ("phone remove"),
  CLOUDTALK ("sms"),
  CLOUDTALK ("contacts preview"),
  CLOUDTALK ("contacts sync"),
  CLOUDTALK ("contacts remove"),
  { NULL },
};
