#include "dial-errand-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "dial-json.h"
#include "dial-quote.h"

/* From so many seconds on a clock may be why something was refused. */
#define WRONG_CLOCK 300

/**
 * dial_error_with_id:
 * @code: a [error@GreenhouseError]
 * @request_id: (nullable): Greenhouse's name for the request
 * @sentence: what to do
 *
 * Returns: (transfer full): an error that names the request for Greenhouse's support
 */
GError *
dial_error_with_id (int         code,
                    const char *request_id,
                    const char *sentence)
{
  if (request_id == NULL)
    return g_error_new_literal (DIAL_GREENHOUSE_ERROR, code, sentence);

  /* Translators: a sentence, and the number Greenhouse's support asks for. */
  return g_error_new (DIAL_GREENHOUSE_ERROR, code, _("%s (request %s)"), sentence, request_id);
}

/* What Greenhouse says, on one line; NULL if it says nothing or repeats what must not be shown. */
static char *
dup_words (const DialReply *reply,
           const char      *secret)
{
  g_autoptr (DialJson) json = dial_json_load_small (reply->body);
  g_autoptr (GString) words = g_string_new (NULL);
  DialJsonValue object = dial_json_get_root (json);

  dial_quote_append (words, dial_json_get (object, "errors"));
  if (words->len == 0)
    dial_quote_append (words, dial_json_get (object, "message"));
  if (words->len == 0)
    dial_quote_append (words, dial_json_get (object, "error"));

  if (secret != NULL && dial_quote_repeats (words, secret))
    return NULL;

  return dial_quote_finish (g_steal_pointer (&words));
}

/**
 * dial_reply_mentions:
 * @reply: an answer
 * @word: what to look for
 *
 * Returns: whether Greenhouse's own words hold @word
 */
gboolean
dial_reply_mentions (const DialReply *reply,
                     const char      *word)
{
  g_autofree char *words = dup_words (reply, NULL);

  return words != NULL && strstr (words, word) != NULL;
}

/* Restricted credentials are told from missing permissions by Greenhouse's words alone. */
static const char wrong_address[] =
  N_("Greenhouse does not let this network in: the credential is restricted to IP addresses, and "
     "this network's must be on its list under Configure > Dev Center > API Credential Management.");

/**
 * dial_errand_is_about_address:
 * @error: (nullable): an error of [func@errand_refuse]
 *
 * Returns: whether it is where the request came from that was refused, not what it asked
 */
gboolean
dial_errand_is_about_address (const GError *error)
{
  return g_error_matches (error, DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_FORBIDDEN) &&
         g_str_has_prefix (error->message, _(wrong_address));
}

static gboolean
is_about_address (const DialReply *reply)
{
  g_autofree char *words = dup_words (reply, NULL);

  return words != NULL && g_regex_match_simple ("\\bIP\\b|(?i:ip address)", words, 0, 0);
}

static char *
say_forbidden (const DialErrandWords *words,
               const DialReply       *reply)
{
  if (is_about_address (reply))
    return g_strdup (_(wrong_address));

  if (words->scope == NULL)
    /* Translators: what was refused; the permission's name on Greenhouse's screen. */
    return g_strdup_printf (_("Greenhouse refused to %s: tick “%s” on the API key under Configure "
                              "> Dev Center > API Credential Management."),
                            _(words->doing), words->permission);

  /* Translators: what was refused; the permission's name on Greenhouse's screen; its scope. */
  return g_strdup_printf (_("Greenhouse refused to %s: tick “%s” (%s) on the credential, and let "
                            "it act as a Site Admin or nobody in particular."),
                          _(words->doing), words->permission, words->scope);
}

static char *
say_invalid (const DialErrandWords *words,
             const DialReply       *reply,
             const char            *secret)
{
  g_autofree char *quote = dup_words (reply, secret);

  if (quote != NULL)
    /* Translators: what was asked, and Greenhouse's own words. */
    return g_strdup_printf (_("Greenhouse does not accept the request to %s: %s"),
                            _(words->doing), quote);

  return g_strdup_printf (_("Greenhouse does not accept the request to %s (status %u): check the "
                            "address of the integration"),
                          _(words->doing), reply->status);
}

/**
 * dial_errand_describe_skew:
 * @skew: Greenhouse's clock minus ours, in seconds
 *
 * Returns: (transfer full): a sentence that says how much this computer's clock is off
 */
char *
dial_errand_describe_skew (int skew)
{
  int minutes = MAX ((ABS (skew) + 30) / 60, 1);
  g_autofree char *span = NULL;

  if (minutes < 100)
    span = g_strdup_printf (ngettext ("%d minute", "%d minutes", minutes), minutes);
  else
    span = g_strdup_printf (ngettext ("%d hour", "%d hours", (minutes + 30) / 60),
                            (minutes + 30) / 60);

  if (skew > 0)
    /* Translators: a span of time, such as “5 minutes”. */
    return g_strdup_printf (_("This computer's clock is %s slow: set it, or let it be set by the "
                              "network. Calls get wrong times and secure connections may fail."),
                            span);

  /* Translators: a span of time, such as “5 minutes”. */
  return g_strdup_printf (_("This computer's clock is %s fast: set it, or let it be set by the "
                            "network. Calls get wrong times and secure connections may fail."),
                          span);
}

/* A refusal that may come from a clock that is off says so. Takes @sentence. */
char *
dial_errand_blame_clock (char            *sentence,
                         const DialReply *reply)
{
  g_autofree char *owned = sentence;
  g_autofree char *clock = NULL;
  int skew = dial_reply_get_skew (reply);

  if (ABS (skew) < WRONG_CLOCK)
    return g_steal_pointer (&owned);

  clock = dial_errand_describe_skew (skew);
  return g_strjoin (" ", owned, clock, NULL);
}

/**
 * dial_errand_portal:
 * @reply: an answer of the network's own
 *
 * Returns: (transfer full): an error that says to sign in
 */
GError *
dial_errand_portal (const DialReply *reply)
{
  return dial_error_with_id (DIAL_GREENHOUSE_ERROR_BAD_ANSWER, reply->request_id,
                             _("This network asks you to sign in, a web page answered instead of "
                               "Greenhouse: open any page in a web browser, sign in there, and try "
                               "again."));
}

/**
 * dial_errand_redirect:
 * @reply: an answer that leads elsewhere
 *
 * Returns: (transfer full): an error that says so; nothing was sent there
 */
GError *
dial_errand_redirect (const DialReply *reply)
{
  return dial_error_with_id (DIAL_GREENHOUSE_ERROR_FOREIGN_HOST, reply->request_id,
                             _("This network asks you to sign in, or the address is not "
                               "Greenhouse's: it leads on to another page, which was not followed. "
                               "Sign in in a web browser, or check the address of the "
                               "integration."));
}

/**
 * dial_errand_proxy:
 *
 * Returns: (transfer full): the error of a proxy that wants a password
 */
GError *
dial_errand_proxy (void)
{
  return dial_error_with_id (DIAL_GREENHOUSE_ERROR_NETWORK, NULL,
                             _("The network's proxy asks for a password: sign in to the proxy and "
                               "try again."));
}

/**
 * dial_errand_refuse:
 * @words: what was asked
 * @reply: an answer that is no success
 * @secret: (nullable): text that must not be quoted even if Greenhouse repeats it
 *
 * Returns: (transfer full): what the answer means, as of section “Errors” of Harvest
 */
GError *
dial_errand_refuse (const DialErrandWords *words,
                    const DialReply       *reply,
                    const char            *secret)
{
  g_autofree char *sentence = NULL;
  int code;

  if (reply->status == 407)
    return dial_errand_proxy ();
  if (dial_reply_is_portal (reply))
    return dial_errand_portal (reply);
  if (reply->status < 400 && reply->location != NULL)
    return dial_errand_redirect (reply);

  if (reply->status == 401) {
    code = DIAL_GREENHOUSE_ERROR_CREDENTIALS;
    sentence = g_strdup (_("Greenhouse did not accept its own access token: check the credential "
                           "under Configure > Dev Center > API Credential Management, and this "
                           "computer's clock."));
    sentence = dial_errand_blame_clock (g_steal_pointer (&sentence), reply);
  } else if (reply->status == 403) {
    code = DIAL_GREENHOUSE_ERROR_FORBIDDEN;
    sentence = say_forbidden (words, reply);
  } else if (reply->status == 408 || reply->status >= 500) {
    code = DIAL_GREENHOUSE_ERROR_UNAVAILABLE;
    sentence = g_strdup_printf (_("Greenhouse has trouble (status %u): try again in a few "
                                  "minutes."),
                                reply->status);
  } else if (reply->status == 429) {
    code = DIAL_GREENHOUSE_ERROR_BUSY;
    sentence = g_strdup (_("Greenhouse takes no more requests for now, other programs share the "
                           "same allowance: try again in a few minutes."));
  } else if (reply->status >= 400) {
    code = DIAL_GREENHOUSE_ERROR_INVALID;
    sentence = say_invalid (words, reply, secret);
  } else {
    code = DIAL_GREENHOUSE_ERROR_BAD_ANSWER;
    sentence = g_strdup_printf (_("Greenhouse answered in an unknown way (status %u): try again "
                                  "later."),
                                reply->status);
  }

  return dial_error_with_id (code, reply->request_id, sentence);
}

/**
 * dial_errand_unclear:
 * @reply: (nullable): the answer, if one came
 *
 * Returns: (transfer full): the error of a note that may be there or not
 */
GError *
dial_errand_unclear (const DialReply *reply)
{
  return dial_error_with_id (DIAL_GREENHOUSE_ERROR_UNCLEAR,
                             reply != NULL ? reply->request_id : NULL,
                             _("Greenhouse did not say whether it took the note: look into the "
                               "candidate's activity feed before you send it again."));
}

/**
 * dial_errand_author:
 * @reply: a refusal of a note's author
 *
 * Returns: (transfer full): the error that says so; the note was not taken
 */
GError *
dial_errand_author (const DialReply *reply)
{
  return dial_error_with_id (DIAL_GREENHOUSE_ERROR_AUTHOR, reply->request_id,
                             _("Greenhouse does not take the note under the name it was written in: say "
                               "again who you are in the settings of the integration, then send the note "
                               "again, or ask your Greenhouse admin."));
}

/**
 * dial_errand_half:
 * @reply: (nullable): the answer, as far as it came
 *
 * Returns: (transfer full): the error of an answer that broke off or never ended
 */
GError *
dial_errand_half (const DialReply *reply)
{
  return dial_error_with_id (DIAL_GREENHOUSE_ERROR_BAD_ANSWER,
                             reply != NULL ? reply->request_id : NULL,
                             _("Greenhouse's answer broke off or was too long: check whether a "
                               "proxy stands in between, and try again."));
}

/**
 * dial_errand_unreachable:
 * @error: why no answer came, an error of GIO's
 * @url: what was asked
 *
 * Returns: (transfer full): %DIAL_GREENHOUSE_ERROR_NETWORK with a sentence a person can act on
 */
GError *
dial_errand_unreachable (const GError *error,
                         const char   *url)
{
  g_autofree char *sentence = dial_http_describe_error (error, url);

  return g_error_new_literal (DIAL_GREENHOUSE_ERROR, DIAL_GREENHOUSE_ERROR_NETWORK, sentence);
}
