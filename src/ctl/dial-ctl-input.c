#include "dial-ctl.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* Longer than any secret Greenhouse makes, and than any note a person types. */
#define MAX_SECRET 4096
#define MAX_TEXT   (1024 * 1024)

/**
 * dial_ctl_say:
 * @format: a sentence, printf-like
 * @...: its parts
 *
 * Writes one line on standard error, in UTF-8.
 */
void
dial_ctl_say (const char *format,
              ...)
{
  g_autofree char *line = NULL;
  va_list parts;

  va_start (parts, format);
  line = g_strdup_vprintf (format, parts);
  va_end (parts);

  fprintf (stderr, "%s\n", line);
}

/**
 * dial_ctl_make_printable:
 * @text: text from anywhere
 *
 * Makes one line of @text that moves no terminal's cursor: what Greenhouse sends is not trusted.
 *
 * Returns: (transfer full): the line
 */
char *
dial_ctl_make_printable (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *line = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (!g_unichar_iscntrl (c))
      g_string_append_unichar (line, c);
    else if (line->len > 0 && line->str[line->len - 1] != ' ')
      g_string_append_c (line, ' ');
  }

  return g_strchomp (g_string_free (line, FALSE));
}

static void
set_echo (gboolean echo)
{
  struct termios settings;

  if (tcgetattr (STDIN_FILENO, &settings) != 0)
    return;

  if (echo)
    settings.c_lflag |= ECHO;
  else
    settings.c_lflag &= ~(tcflag_t) ECHO;
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &settings);
}

/* Reads standard input to its end, or to the end of the line. Into one block of memory, so that a
 * secret leaves no copies behind. */
static char *
read_input (DialCtl   *ctl,
            gsize      max,
            gboolean   one_line,
            GError   **error)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autofree char *text = g_malloc0 (max + 1);
  gsize length = 0;

  while (length < max) {
    g_autoptr (GAsyncResult) result = NULL;
    gssize n;

    g_input_stream_read_async (input, text + length, max - length, G_PRIORITY_DEFAULT,
                               ctl->cancellable, dial_ctl_got, &result);
    n = g_input_stream_read_finish (input, dial_ctl_wait (&result), error);
    if (n < 0) {
      explicit_bzero (text, max);
      return NULL;
    }

    length += (gsize) n;
    if (n == 0 || (one_line && text[length - 1] == '\n'))
      return g_steal_pointer (&text);
  }

  explicit_bzero (text, max);
  g_set_error (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
               _("Standard input holds more than %d characters."), (int) max);
  return NULL;
}

/* White space around it comes from pasting. What was moved leaves no copy behind. */
static void
strip_space (char *text)
{
  gsize length = strlen (text);
  gsize start = strspn (text, " \t\r\n");
  gsize end = length;

  while (end > start && g_ascii_isspace (text[end - 1]))
    end--;

  memmove (text, text + start, end - start);
  explicit_bzero (text + (end - start), length - (end - start));
}

/**
 * dial_ctl_read_secret:
 * @ctl: what the command works with
 * @prompt: what to ask for, where a person sits at a terminal
 * @error: why not
 *
 * Reads a secret from standard input; a terminal does not echo it. White space around
 * it goes.
 *
 * Returns: (transfer full): the secret, to be freed with [func@dial_ctl_free_secret]
 */
char *
dial_ctl_read_secret (DialCtl     *ctl,
                      const char  *prompt,
                      GError     **error)
{
  gboolean terminal = isatty (STDIN_FILENO);
  char *secret;

  if (terminal) {
    fprintf (stderr, "%s: ", prompt);
    set_echo (FALSE);
  }
  secret = read_input (ctl, MAX_SECRET, terminal, error);
  if (terminal) {
    set_echo (TRUE);
    fputc ('\n', stderr);
  }
  if (secret == NULL)
    return NULL;

  strip_space (secret);
  if (*secret == '\0')
    g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                         _("Standard input holds no secret; pipe it in, or type it when asked."));
  else if (!g_utf8_validate (secret, -1, NULL) || strpbrk (secret, "\r\n") != NULL)
    g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                         _("What came on standard input is not one line of text, so it is no "
                           "secret."));
  else
    return secret;

  dial_ctl_free_secret (secret);
  return NULL;
}

/**
 * dial_ctl_free_secret:
 * @secret: (nullable) (transfer full): a secret
 *
 * Wipes and frees it.
 */
void
dial_ctl_free_secret (char *secret)
{
  if (secret == NULL)
    return;

  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/**
 * dial_ctl_read_text:
 * @ctl: what the command works with
 * @prompt: what to ask for, where a person sits at a terminal
 * @error: why not
 *
 * Reads a text of one or more lines from standard input. White space at its end goes.
 *
 * Returns: (transfer full): the text, not empty
 */
char *
dial_ctl_read_text (DialCtl     *ctl,
                    const char  *prompt,
                    GError     **error)
{
  g_autofree char *text = NULL;

  if (isatty (STDIN_FILENO))
    dial_ctl_say (_("%s (Ctrl+D on a line of its own ends it):"), prompt);

  text = read_input (ctl, MAX_TEXT, FALSE, error);
  if (text == NULL)
    return NULL;

  if (!g_utf8_validate (text, -1, NULL)) {
    g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                         _("What came on standard input is not text in UTF-8."));
    return NULL;
  }

  g_strchomp (text);
  if (*text == '\0') {
    g_set_error_literal (error, DIAL_CTL_ERROR, DIAL_CTL_ERROR_FAILED,
                         _("Standard input holds no text, so there is nothing to write down."));
    return NULL;
  }

  return g_steal_pointer (&text);
}
