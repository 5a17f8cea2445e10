#pragma once

#include "dial-cloudtalk.h"
#include "dial-json.h"

G_BEGIN_DECLS

typedef struct _DialCloudtalkKind DialCloudtalkKind;

/**
 * DialCloudtalkKind:
 * @wrapper: what every row is wrapped in
 * @read: reads a row, given whole and unwrapped; %NULL for one that makes no sense
 * @free: frees a record, which begins with its id
 * @merge: (nullable): takes what another row tells of the same record
 *
 * A kind of record that CloudTalk lists.
 */
struct _DialCloudtalkKind
{
  const char      *wrapper;
  gpointer       (*read) (DialJsonValue row,
                          DialJsonValue record);
  GDestroyNotify   free;
  void           (*merge) (gpointer record,
                           gpointer again);
};

extern const DialCloudtalkKind dial_cloudtalk_agents;
extern const DialCloudtalkKind dial_cloudtalk_numbers;
extern const DialCloudtalkKind dial_cloudtalk_tags;
extern const DialCloudtalkKind dial_cloudtalk_calls;
extern const DialCloudtalkKind dial_cloudtalk_contacts;

/**
 * DialCloudtalkPage:
 * @rows: records of a kind
 * @n_pages: how many pages there are, 1 if that is not told
 * @page: which one this is, 0 if that is not told
 * @skipped: rows that made no sense
 */
typedef struct {
  GPtrArray *rows;
  guint      n_pages;
  guint      page;
  guint      skipped;
} DialCloudtalkPage;

void                  dial_cloudtalk_page_free     (DialCloudtalkPage        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialCloudtalkPage, dial_cloudtalk_page_free)

/* dial-cloudtalk-parser.c: none of them trusts what it reads. */
DialCloudtalkPage    *dial_cloudtalk_parse_page    (const DialCloudtalkKind  *kind,
                                                    GBytes                   *bytes,
                                                    GError                  **error);
DialCloudtalkContact *dial_cloudtalk_parse_contact (GBytes                   *bytes,
                                                    GError                  **error);
gint64                dial_cloudtalk_parse_id      (GBytes                   *bytes);
GPtrArray            *dial_cloudtalk_parse_results (GBytes                   *bytes,
                                                    GPtrArray                *changes);
guint                 dial_cloudtalk_parse_status  (GBytes                   *bytes);
char                 *dial_cloudtalk_parse_words   (GBytes                   *bytes,
                                                    const char *const        *private);

typedef enum {
  DIAL_CLOUDTALK_TEXT_UNKNOWN,
  DIAL_CLOUDTALK_TEXT_TAKEN,
  DIAL_CLOUDTALK_TEXT_REFUSED,
} DialCloudtalkTextAnswer;

DialCloudtalkTextAnswer dial_cloudtalk_parse_text  (GBytes                   *bytes,
                                                    const char *const        *private,
                                                    char                    **words);

/* dial-cloudtalk-values.c: single values, however they are spelled */
char                 *dial_cloudtalk_read_number   (DialJsonValue             value);
gint64                dial_cloudtalk_read_instant  (DialJsonValue             value);
gboolean              dial_cloudtalk_read_flag     (DialJsonValue             value,
                                                    gboolean                  otherwise);
int                   dial_cloudtalk_read_count    (DialJsonValue             value);
char                 *dial_cloudtalk_read_link     (DialJsonValue             value);
void                  dial_cloudtalk_read_texts    (GPtrArray                *texts,
                                                    DialJsonValue             list,
                                                    const char *const        *members,
                                                    char                   *(*read) (DialJsonValue value));
GStrv                 dial_cloudtalk_take_texts    (GPtrArray                *texts);

G_END_DECLS
