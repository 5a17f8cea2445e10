#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DialDeskError:
 * @DIAL_DESK_ERROR_FIELD_NAME: the integration's name is missing
 * @DIAL_DESK_ERROR_FIELD_SUBDOMAIN: the subdomain is missing or is none
 * @DIAL_DESK_ERROR_FIELD_CLIENT_ID: the client id is missing or looks like something else
 * @DIAL_DESK_ERROR_FIELD_SECRET: the secret is missing
 * @DIAL_DESK_ERROR_FIELD_ACTING_USER: the acting user is no numeric id
 * @DIAL_DESK_ERROR_FIELD_EMAIL: the recruiter's e-mail address is none
 * @DIAL_DESK_ERROR_FIELD_URL: a hidden address is no https address
 * @DIAL_DESK_ERROR_FIELD_KEY: there is no such setting, or it cannot hold that value
 * @DIAL_DESK_ERROR_NOT_FOUND: no such integration, candidate, phone or note
 * @DIAL_DESK_ERROR_INACTIVE: the integration is not active
 * @DIAL_DESK_ERROR_ON_CALL: there is a call already
 * @DIAL_DESK_ERROR_NO_KEYRING: no secret service runs
 * @DIAL_DESK_ERROR_KEYRING_LOCKED: the keyring is locked and stayed so
 * @DIAL_DESK_ERROR_NO_SECRET: the keyring has no credentials for this integration
 * @DIAL_DESK_ERROR_PERMISSION: Greenhouse lacks a required permission
 * @DIAL_DESK_ERROR_AUTHOR: the recruiter's Greenhouse user cannot be found
 * @DIAL_DESK_ERROR_AUTHOR_LEFT: the user who shall sign was deactivated in Greenhouse
 * @DIAL_DESK_ERROR_OTHER_COMPANY: the new credentials belong to another Greenhouse than the candidates
 * @DIAL_DESK_ERROR_STATE: that cannot be done with the note as it stands
 * @DIAL_DESK_ERROR_FAILED: anything else
 *
 * Every message is a sentence a person can act on. The `FIELD` codes tell a form which row is meant.
 */
typedef enum {
  DIAL_DESK_ERROR_FIELD_NAME,
  DIAL_DESK_ERROR_FIELD_SUBDOMAIN,
  DIAL_DESK_ERROR_FIELD_CLIENT_ID,
  DIAL_DESK_ERROR_FIELD_SECRET,
  DIAL_DESK_ERROR_FIELD_ACTING_USER,
  DIAL_DESK_ERROR_FIELD_EMAIL,
  DIAL_DESK_ERROR_FIELD_URL,
  DIAL_DESK_ERROR_FIELD_KEY,
  DIAL_DESK_ERROR_NOT_FOUND,
  DIAL_DESK_ERROR_INACTIVE,
  DIAL_DESK_ERROR_ON_CALL,
  DIAL_DESK_ERROR_NO_KEYRING,
  DIAL_DESK_ERROR_KEYRING_LOCKED,
  DIAL_DESK_ERROR_NO_SECRET,
  DIAL_DESK_ERROR_PERMISSION,
  DIAL_DESK_ERROR_AUTHOR,
  DIAL_DESK_ERROR_AUTHOR_LEFT,
  DIAL_DESK_ERROR_OTHER_COMPANY,
  DIAL_DESK_ERROR_STATE,
  DIAL_DESK_ERROR_FAILED,
} DialDeskError;

#define DIAL_DESK_ERROR (dial_desk_error_quark ())
GQuark dial_desk_error_quark (void);

G_END_DECLS
