#include "dial-cloudtalk-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-cloudtalk-parser-private.h"

static GError *
make_error (DialCloudtalkError  code,
            const char         *sentence)
{
  return g_error_new_literal (DIAL_CLOUDTALK_ERROR, code, sentence);
}

/**
 * dial_cloudtalk_is_read:
 * @task: what is asked
 *
 * Returns: whether it may be asked as often as one likes
 */
gboolean
dial_cloudtalk_is_read (DialCloudtalkTask task)
{
  return task == DIAL_CLOUDTALK_TASK_LIST || task == DIAL_CLOUDTALK_TASK_SHOW;
}

/**
 * dial_cloudtalk_is_unclear:
 * @status: an answer's status
 *
 * Returns: whether a write that got it may or may not have been carried out
 */
gboolean
dial_cloudtalk_is_unclear (guint status)
{
  return status < 200 || (status >= 300 && status < 400) || status == 408 || status >= 500;
}

/**
 * dial_cloudtalk_unclear:
 * @task: what was asked
 *
 * Returns: (transfer full): the error of a write that may have been carried out
 */
GError *
dial_cloudtalk_unclear (DialCloudtalkTask task)
{
  switch (task) {
  case DIAL_CLOUDTALK_TASK_CALL:
    return make_error (DIAL_CLOUDTALK_ERROR_UNCLEAR,
                       _("CloudTalk did not say whether it placed the call: wait a moment whether your "
                         "phone rings before you call again."));
  case DIAL_CLOUDTALK_TASK_TEXT:
    return make_error (DIAL_CLOUDTALK_ERROR_UNCLEAR,
                       _("CloudTalk did not say whether it sent the text: look into the conversation in "
                         "CloudTalk before you send it again."));
  case DIAL_CLOUDTALK_TASK_LIST:
  case DIAL_CLOUDTALK_TASK_SHOW:
  case DIAL_CLOUDTALK_TASK_CHANGE:
  default:
    return make_error (DIAL_CLOUDTALK_ERROR_UNCLEAR,
                       _("CloudTalk did not say whether it made the change: look at what it has before "
                         "you make it again."));
  }
}

/**
 * dial_cloudtalk_garbled:
 *
 * Returns: (transfer full): the error of an answer that makes no sense
 */
GError *
dial_cloudtalk_garbled (void)
{
  return make_error (DIAL_CLOUDTALK_ERROR_GARBLED,
                     _("CloudTalk's answer could not be read: check whether a proxy stands in between, "
                       "and try again later."));
}

/* Takes @words, CloudTalk's own. */
static GError *
refuse_in_words (guint  status,
                 char  *words)
{
  g_autofree char *owned = words;

  if (owned != NULL)
    /* Translators: CloudTalk's own words. */
    return g_error_new (DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_REFUSED,
                        _("CloudTalk refused: %s"), owned);

  return g_error_new (DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_REFUSED,
                      _("CloudTalk refused (status %u): check what was entered, and ask your CloudTalk "
                        "administrator."), status);
}

/* A page of the web refuses in the name of whoever stands in between. */
static GError *
refuse_as_page (void)
{
  return make_error (DIAL_CLOUDTALK_ERROR_BLOCKED,
                     _("Something between this computer and CloudTalk refused with a web page: check "
                       "the proxy or VPN, sign in to the network in a web browser, and try again."));
}

static gboolean
mention (const char *words,
         const char *word)
{
  return words == NULL || strstr (words, word) != NULL;
}

/* There is one reason each that CloudTalk's API description knows; others speak for themselves. */
static GError *
refuse_403 (DialCloudtalkTask  task,
            char              *words)
{
  g_autofree char *owned = words;

  if (task == DIAL_CLOUDTALK_TASK_CALL && mention (owned, "online"))
    return make_error (DIAL_CLOUDTALK_ERROR_AGENT_AWAY,
                       _("CloudTalk Phone is closed or paused: open it, set yourself to online, and call "
                         "again."));
  if (task == DIAL_CLOUDTALK_TASK_TEXT && mention (owned, "Funds"))
    return make_error (DIAL_CLOUDTALK_ERROR_NO_CREDIT,
                       _("Your company's CloudTalk account has no credit for texts: ask your CloudTalk "
                         "administrator to top it up."));

  return refuse_in_words (403, g_steal_pointer (&owned));
}

static GError *
refuse_404 (DialCloudtalkTask task)
{
  if (task == DIAL_CLOUDTALK_TASK_CALL)
    return make_error (DIAL_CLOUDTALK_ERROR_NOT_FOUND,
                       _("CloudTalk does not know the agent that should call: check the CloudTalk account "
                         "in settings."));
  if (task == DIAL_CLOUDTALK_TASK_LIST)
    return make_error (DIAL_CLOUDTALK_ERROR_NOT_FOUND,
                       _("CloudTalk has no such list at its address: if the CloudTalk account has an address of "
                         "its own, check it."));

  return make_error (DIAL_CLOUDTALK_ERROR_NOT_FOUND,
                     _("CloudTalk does not have that any more: somebody may have removed it."));
}

static GError *
refuse_406 (DialCloudtalkTask  task,
            char              *words)
{
  g_autofree char *owned = words;

  if (task != DIAL_CLOUDTALK_TASK_CALL)
    return refuse_in_words (406, g_steal_pointer (&owned));
  if (owned == NULL)
    return make_error (DIAL_CLOUDTALK_ERROR_REFUSED,
                       _("CloudTalk does not call this number: check it and its country."));

  /* Translators: CloudTalk's own words. */
  return g_error_new (DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_REFUSED,
                      _("CloudTalk does not call this number, check it and its country: %s"), owned);
}

/**
 * dial_cloudtalk_refuse:
 * @task: what was asked
 * @status: the answer's status, of HTTP or its own
 * @reply: the answer, which is no success
 * @private: (nullable) (array zero-terminated=1): what no error may repeat
 *
 * Returns: (transfer full): what the answer means
 */
GError *
dial_cloudtalk_refuse (DialCloudtalkTask  task,
                       guint              status,
                       const DialReply   *reply,
                       const char *const *private)
{
  if (status == 407)
    return make_error (DIAL_CLOUDTALK_ERROR_UNREACHABLE,
                       _("The network's proxy asks for a password: sign in to the proxy and try again."));
  if (dial_cloudtalk_is_unclear (status) && !dial_cloudtalk_is_read (task))
    return dial_cloudtalk_unclear (task);
  if (status == 401 && !dial_reply_is_html (reply))
    return make_error (DIAL_CLOUDTALK_ERROR_KEYS,
                       _("CloudTalk does not accept the keys: check the Access Key ID and Secret under "
                         "Account > Settings > API keys in CloudTalk's dashboard."));
  if (status == 511 || (status < 500 && dial_reply_is_html (reply)))
    return refuse_as_page ();

  switch (status) {
  case 403:
    return refuse_403 (task, dial_cloudtalk_parse_words (reply->body, private));
  case 404:
    return refuse_404 (task);
  case 406:
    return refuse_406 (task, dial_cloudtalk_parse_words (reply->body, private));
  case 409:
    return make_error (DIAL_CLOUDTALK_ERROR_AGENT_BUSY,
                       _("You are in a call already in CloudTalk: end it first."));
  case 410:
    return make_error (DIAL_CLOUDTALK_ERROR_GONE, _("CloudTalk removed that for good."));
  default:
    break;
  }

  if (status >= 500 || status == 408)
    return g_error_new (DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_TROUBLE,
                        _("CloudTalk has trouble (status %u): try again in a few minutes."), status);
  if (status < 400)
    return dial_cloudtalk_garbled ();

  return refuse_in_words (status, dial_cloudtalk_parse_words (reply->body, private));
}

/**
 * dial_cloudtalk_refuse_text:
 * @words: (nullable): CloudTalk's own
 *
 * A text may be refused by an answer that is a success for HTTP (CloudTalk's API description).
 *
 * Returns: (transfer full): what it means
 */
GError *
dial_cloudtalk_refuse_text (const char *words)
{
  if (words == NULL)
    return make_error (DIAL_CLOUDTALK_ERROR_REFUSED,
                       _("CloudTalk refused the text without saying why: try another sender, or ask your "
                         "CloudTalk administrator."));

  if (strstr (words, "Bad number configuration") != NULL)
    /* Translators: CloudTalk's own words. */
    return g_error_new (DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_SENDER,
                        _("This number cannot send texts (“%s”): choose another sender, or ask your "
                          "CloudTalk administrator to set it up."), words);
  if (strstr (words, "Not allowed country") != NULL)
    /* Translators: CloudTalk's own words. */
    return g_error_new (DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_REFUSED,
                        _("CloudTalk does not send texts to that country (“%s”): call instead, or ask your "
                          "CloudTalk administrator to allow it."), words);
  if (strstr (words, "Unknown number") != NULL)
    /* Translators: CloudTalk's own words. */
    return g_error_new (DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_REFUSED,
                        _("CloudTalk does not know the number (“%s”): check the recipient's number, and "
                          "that the sender is a number of your company."), words);
  if (strstr (words, "Limit exceeded") != NULL)
    /* Translators: CloudTalk's own words. */
    return g_error_new (DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_REFUSED,
                        _("Your company's CloudTalk account has sent as many texts as it may (“%s”): try "
                          "again later, or ask your CloudTalk administrator."), words);

  /* Translators: CloudTalk's own words. */
  return g_error_new (DIAL_CLOUDTALK_ERROR, DIAL_CLOUDTALK_ERROR_REFUSED,
                      _("CloudTalk could not send the text: %s"), words);
}

/**
 * dial_cloudtalk_refuse_change:
 * @status: of one change in a bulk request
 * @words: (nullable): CloudTalk's own
 *
 * Returns: (transfer full): what it means
 */
GError *
dial_cloudtalk_refuse_change (guint       status,
                              const char *words)
{
  if (status == 404)
    return refuse_404 (DIAL_CLOUDTALK_TASK_CHANGE);
  if (dial_cloudtalk_is_unclear (status))
    return dial_cloudtalk_unclear (DIAL_CLOUDTALK_TASK_CHANGE);

  return refuse_in_words (status, g_strdup (words));
}
