#pragma once

#include "dial-cloudtalk-account.h"
#include "dial-phone.h"

G_BEGIN_DECLS

#define DIAL_TYPE_CLOUDTALK_PHONE (dial_cloudtalk_phone_get_type ())
G_DECLARE_FINAL_TYPE (DialCloudtalkPhone, dial_cloudtalk_phone, DIAL, CLOUDTALK_PHONE, GObject)

DialPhone            *dial_cloudtalk_phone_new         (DialCloudtalkAccount *account);
DialCloudtalkAccount *dial_cloudtalk_phone_get_account (DialCloudtalkPhone   *self);
void                  dial_cloudtalk_phone_hurry       (DialCloudtalkPhone   *self);

G_END_DECLS
