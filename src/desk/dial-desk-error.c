#include "dial-desk-error.h"

G_DEFINE_QUARK (dial-desk-error-quark, dial_desk_error)
