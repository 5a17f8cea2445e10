#pragma once

#include <gtk/gtk.h>

#include "dial-records.h"

G_BEGIN_DECLS

typedef void (*DialCountryFunc) (DialPhoneNumber *number,
                                 gpointer         user_data);

/* Of which country is a number that does not say so? */
void dial_country_question_ask (GtkWidget           *widget,
                                DialPhoneNumber     *number,
                                const char * const  *regions,
                                DialCountryFunc      chosen,
                                gpointer             user_data,
                                GDestroyNotify       free_data);

G_END_DECLS
