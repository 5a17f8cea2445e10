#pragma once

#include "dial-cloudtalk-account.h"
#include "dial-phones-file.h"
#include "dial-secrets.h"

G_BEGIN_DECLS

/* In the file: what kind of phone it is; and since when it is being added, while it is no account yet */
#define DIAL_ACCOUNT_KIND "cloudtalk"
#define DIAL_ACCOUNT_ADDING "adding"

#define DIAL_ACCOUNT_MAX_HASTE 100

struct _DialCloudtalkAccount
{
  GObject           parent_instance;

  char             *id;
  DialPhonesFile   *file;           /* which remembers it */
  DialSecrets      *secrets;
  GHashTable       *settings;

  DialCloudtalk    *cloudtalk;
  guint             door;           /* which one it is */
  GPtrArray        *agents;
  const DialCloudtalkAgent *agent;  /* among those */
  GPtrArray        *numbers;

  DialAccountCheck *check;
  guint             n_checking;
  char             *problem;        /* why nothing could be asked the last time */
  DialHealth        health;

  guint             n_writing;      /* changes on their way to the file */
  GTask            *resting;        /* who waits for them */
};

enum {
  ACCOUNT_PROP_0,
  ACCOUNT_PROP_ID,
  ACCOUNT_PROP_CAPTION,
  ACCOUNT_PROP_KEY_ID,
  ACCOUNT_PROP_EMAIL,
  ACCOUNT_PROP_AGENT_ID,
  ACCOUNT_PROP_AGENT,
  ACCOUNT_PROP_NUMBERS,
  ACCOUNT_PROP_PROBLEM,
  ACCOUNT_PROP_HEALTH,
  ACCOUNT_PROP_CHECK,
  ACCOUNT_PROP_CHECKING,
  ACCOUNT_PROP_ALLOWANCE,
  N_ACCOUNT_PROPS
};

extern GParamSpec *dial_cloudtalk_account_properties[N_ACCOUNT_PROPS];

DialCloudtalkAccount *_dial_cloudtalk_account_new          (const char           *id,
                                                            DialPhonesFile       *file,
                                                            DialSecrets          *secrets,
                                                            GHashTable           *settings);
const char           *_dial_cloudtalk_account_get_setting  (DialCloudtalkAccount *self,
                                                            const char           *key);
guint                 _dial_cloudtalk_account_get_haste    (DialCloudtalkAccount *self);
void                  _dial_cloudtalk_account_keep         (DialCloudtalkAccount *self,
                                                            const char           *key,
                                                            const char           *value);
void                  _dial_cloudtalk_account_take         (DialCloudtalkAccount *self,
                                                            GHashTable           *changes);
void                  _dial_cloudtalk_account_follow       (DialCloudtalkAccount *self,
                                                            GHashTable           *settings);
void                  _dial_cloudtalk_account_rest_async   (DialCloudtalkAccount *self,
                                                            GAsyncReadyCallback   callback,
                                                            gpointer              user_data);
void                  _dial_cloudtalk_account_drop_door    (DialCloudtalkAccount *self);
void                  _dial_cloudtalk_account_pick_agent   (DialCloudtalkAccount *self);
void                  _dial_cloudtalk_account_take_agents  (DialCloudtalkAccount *self,
                                                            GPtrArray            *agents);
void                  _dial_cloudtalk_account_take_numbers (DialCloudtalkAccount *self,
                                                            GPtrArray            *numbers);
void                  _dial_cloudtalk_account_show_check   (DialCloudtalkAccount *self,
                                                            DialAccountCheck     *check);
void                  _dial_cloudtalk_account_take_check   (DialCloudtalkAccount *self,
                                                            DialAccountCheck     *check);
void                  _dial_cloudtalk_account_set_problem  (DialCloudtalkAccount *self,
                                                            const char           *problem);
void                  _dial_cloudtalk_account_update_health (DialCloudtalkAccount *self);

G_END_DECLS
