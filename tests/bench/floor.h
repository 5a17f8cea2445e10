#pragma once

#include <stddef.h>
#include <stdint.h>

/* The parts of the floor. floor-read.cc: what it reads out of a page. Texts lie in the page; NULL where there is none. */

#ifdef __cplusplus
extern "C" {
#endif

#define FLOOR_MANY 8

typedef struct {
  const char *text;
  int         length;
} FloorText;

typedef struct {
  FloorText value;
  FloorText kind;
  char      e164[24];   /* "" for what is no number */
  char      region[4];
} FloorContact;

typedef struct {
  int64_t      id, created_at, updated_at, active_at;
  FloorText    first, last, preferred, company, title, zone;
  int          is_private;
  int          n_phones, n_emails, n_tags;
  FloorContact phones[FLOOR_MANY], emails[FLOOR_MANY];
  FloorText    tags[FLOOR_MANY];
} FloorCandidate;

typedef struct {
  int64_t   id, candidate_id, job_id, stage_id, recruiter_id, coordinator_id;
  int64_t   created_at, updated_at, active_at, rejected_at;
  FloorText stage_name, status;
  int       prospect;
} FloorApplication;

/* Jobs, stages and users: few, and alike enough. */
typedef struct {
  int64_t   id, job_id, updated_at;
  FloorText name, status, email;
  int       sort_order, active;
} FloorOther;

/* Each reads a whole page, a bare array, and gives its rows the lowest id first. They stay until the
 * next page is read. @json is followed by FLOOR_PADDING bytes that do not matter. */
#define FLOOR_PADDING 64

size_t floor_read_candidates   (const char *json, size_t length, const FloorCandidate **rows);
size_t floor_read_applications (const char *json, size_t length, const FloorApplication **rows);
size_t floor_read_others       (const char *json, size_t length, const FloorOther **rows);

/* floor-save.c: the file */
void    floor_open              (const char *path);
void    floor_begin             (void);
void    floor_commit            (int         last);
void    floor_close             (void);
int64_t floor_get_n_candidates  (void);

/* One page each, within a transaction */
void    floor_save_users        (const char *json,
                                 size_t      length);
void    floor_save_jobs         (const char *json,
                                 size_t      length);
void    floor_save_stages       (const char *json,
                                 size_t      length);
void    floor_save_applications (const char *json,
                                 size_t      length);
void    floor_save_candidates   (const char *json,
                                 size_t      length);

#ifdef __cplusplus
}
#endif
