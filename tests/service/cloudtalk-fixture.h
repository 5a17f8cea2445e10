#pragma once

#include "dial-cloudtalk.h"

/* For tests of CloudTalk: waiting for one result. */

void          keep_result     (GObject       *object,
                               GAsyncResult  *result,
                               gpointer       user_data);
GAsyncResult *wait_for_result (GAsyncResult **result);
