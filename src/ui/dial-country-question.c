#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "dial-country.h"
#include "dial-say-name.h"
#include "dial-country-question.h"

typedef struct {
  DialPhoneNumber *number;
  GStrv            regions;
  GtkDropDown     *countries;
  DialCountryFunc  chosen;
  gpointer         user_data;
  GDestroyNotify   free_data;
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  if (question->free_data != NULL)
    question->free_data (question->user_data);
  g_strfreev (question->regions);
  g_object_unref (question->number);
  g_free (question);
}

static void
on_call_cb (AdwMessageDialog *dialog,
            const char       *response,
            Question         *question)
{
  guint selected = gtk_drop_down_get_selected (question->countries);
  g_autoptr (DialPhoneNumber) number = NULL;

  if (selected == GTK_INVALID_LIST_POSITION)
    return;

  number = dial_phone_number_new (dial_phone_number_get_typed (question->number),
                                  dial_phone_number_get_kind (question->number),
                                  question->regions[selected]);
  question->chosen (number, question->user_data);
}

static GtkDropDown *
new_countries (const char * const *regions)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *countries;

  for (guint i = 0; regions[i] != NULL; i++) {
    g_autofree char *name = dial_country_dup_name (regions[i]);

    gtk_string_list_append (names, name);
  }

  countries = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&names)),
                                 gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (countries), TRUE);
  dial_say_name (countries, _("Country"));
  return GTK_DROP_DOWN (countries);
}

/**
 * dial_country_question_ask:
 * @widget: in whose window to ask
 * @number: a number that does not say its country
 * @regions: (array zero-terminated=1): the countries to choose from, the likeliest first; not empty
 * @chosen: called with the whole number, if one is chosen
 * @user_data: for @chosen
 * @free_data: (nullable): frees @user_data
 */
void
dial_country_question_ask (GtkWidget          *widget,
                           DialPhoneNumber    *number,
                           const char * const *regions,
                           DialCountryFunc     chosen,
                           gpointer            user_data,
                           GDestroyNotify      free_data)
{
  Question *question = g_new0 (Question, 1);
  g_autofree char *heading = NULL;
  GtkWidget *dialog;

  /* Translators: a phone number as somebody typed it */
  heading = g_strdup_printf (_("Which Country Is %s In?"), dial_phone_number_get_typed (number));
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), heading,
                                   _("Write it with + and the country's code in Greenhouse, and nobody has to ask again."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "call", _("_Call"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "call", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "call");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");

  question->number = g_object_ref (number);
  question->regions = g_strdupv ((char **) regions);
  question->countries = new_countries (regions);
  question->chosen = chosen;
  question->user_data = user_data;
  question->free_data = free_data;

  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), GTK_WIDGET (question->countries));
  g_signal_connect_data (dialog, "response::call", G_CALLBACK (on_call_cb), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
