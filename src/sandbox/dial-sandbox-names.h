#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DialSandboxName:
 * @text: as its bearer writes it
 * @ascii: as it looks in an e-mail address
 */
typedef struct {
  const char *text;
  const char *ascii;
} DialSandboxName;

#define DIAL_SANDBOX_N_NAMES 10

/**
 * DialSandboxCulture:
 * @weight: how many people, in proportion to the others
 * @country: where its people tend to have their phones: `us`, `gb`, `de`, `fr`, `se`, `au`
 * @zone: (nullable): a time zone in Rails' words
 * @city: an address as typed
 * @first: given names
 * @last: family names
 */
typedef struct {
  guint           weight;
  const char     *country;
  const char     *zone;
  const char     *city;
  DialSandboxName first[DIAL_SANDBOX_N_NAMES];
  DialSandboxName last[DIAL_SANDBOX_N_NAMES];
} DialSandboxCulture;

extern const DialSandboxCulture   dial_sandbox_cultures[];
extern const guint                dial_sandbox_n_cultures;
extern const char * const         dial_sandbox_companies[];
extern const char * const         dial_sandbox_titles[];
extern const char * const         dial_sandbox_tags[];
extern const char * const         dial_sandbox_remarks[];

guint dial_sandbox_count (const char * const *list);

G_END_DECLS
