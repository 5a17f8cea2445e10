#pragma once

#include "dial-call-report.h"
#include "dial-cloudtalk.h"

G_BEGIN_DECLS

GPtrArray *dial_cloudtalk_report_list (GPtrArray *calls);

G_END_DECLS
