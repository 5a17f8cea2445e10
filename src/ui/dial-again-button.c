#include "config.h"

#include <glib/gi18n.h>

#include "dial-again-button.h"
#include "dial-say-name.h"
#include "dial-util.h"

struct _DialAgainButton
{
  GtkWidget      parent_instance;

  GtkWidget     *button;
  GtkLabel      *label;
  GtkPopover    *popover;     /* NULL until it is opened */
  GtkWidget     *days;
  GtkCalendar   *calendar;
  GtkWidget     *never;

  char          *day;         /* YYYY-MM-DD; NULL for none */
  guint          showing : 1; /* it is us who choose in the calendar */
};

G_DEFINE_FINAL_TYPE (DialAgainButton, dial_again_button, GTK_TYPE_WIDGET)

/* The days that are one click away, counted from today. */
static GDateTime *
count_days (guint choice)
{
  g_autoptr (GDateTime) today = g_date_time_new_now_local ();

  switch (choice) {
  case 0:
    return g_date_time_add_days (today, 1);
  case 1:
    return g_date_time_add_days (today, 2);
  default:
    /* The Monday that comes. */
    return g_date_time_add_days (today, 8 - g_date_time_get_day_of_week (today));
  }
}

static const char *
get_words (guint choice)
{
  switch (choice) {
  case 0:
    return _("Tomorrow");
  case 1:
    return _("In 2 Days");
  default:
    return _("Next Week");
  }
}

#define N_CHOICES 3

static char *
describe (const char *day)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *noon = g_strdup_printf ("%sT12:00:00", day);

  date = g_date_time_new_from_iso8601 (noon, zone);
  if (date == NULL)
    return g_strdup (day);
  /* Translators: a day that is near: Mon 30 Nov */
  return g_date_time_format (date, _("%a %-d %b"));
}

static void
say_day (DialAgainButton *self)
{
  g_autofree char *words = self->day != NULL ? describe (self->day) : NULL;
  /* Translators: %s is a day: Mon 30 Nov */
  g_autofree char *label = words != NULL ? g_strdup_printf (_("Call again %s"), words) : g_strdup (_("Call again…"));

  gtk_label_set_label (self->label, label);
  dial_say_name (self->button, label);
  if (self->never != NULL)
    gtk_widget_set_visible (self->never, self->day != NULL);
}

static void
choose (DialAgainButton *self,
        GDateTime       *date)
{
  g_autofree char *day = date != NULL ? g_date_time_format (date, "%Y-%m-%d") : NULL;

  dial_again_button_set_day (self, day);
}

static void
on_choice_clicked_cb (DialAgainButton *self,
                      GtkWidget       *button)
{
  g_autoptr (GDateTime) date = count_days (GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "choice")));

  choose (self, date);
  gtk_popover_popdown (self->popover);
}

static void
on_never_clicked_cb (DialAgainButton *self)
{
  choose (self, NULL);
  gtk_popover_popdown (self->popover);
}

/* What lies behind us is no day to call anybody. */
static void
on_day_selected_cb (DialAgainButton *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (date, "%Y-%m-%d");
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

  if (!self->showing && g_strcmp0 (day, today) >= 0)
    dial_again_button_set_day (self, day);
}

static GtkWidget *
make_choice (DialAgainButton *self,
             guint            choice)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *words = gtk_label_new (get_words (choice));
  GtkWidget *date = gtk_label_new (NULL);

  gtk_widget_set_hexpand (words, TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_widget_add_css_class (date, "dim-label");
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), date);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data (G_OBJECT (button), "choice", GUINT_TO_POINTER (choice));
  g_object_set_data (G_OBJECT (button), "date", date);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_choice_clicked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

/* Midnight may have passed since it was opened last. */
static void
on_popover_shown_cb (DialAgainButton *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  for (GtkWidget *button = gtk_widget_get_first_child (self->days);
       button != NULL;
       button = gtk_widget_get_next_sibling (button)) {
    guint choice = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "choice"));
    g_autoptr (GDateTime) date = count_days (choice);
    g_autofree char *day = g_date_time_format (date, _("%a %-d %b"));
    g_autofree char *name = g_strdup_printf ("%s, %s", get_words (choice), day);

    gtk_label_set_label (g_object_get_data (G_OBJECT (button), "date"), day);
    dial_say_name (button, name);
  }

  self->showing = TRUE;
  if (self->day == NULL)
    gtk_calendar_select_day (self->calendar, now);
  self->showing = FALSE;
  gtk_widget_grab_focus (gtk_widget_get_first_child (self->days));
}

static void
make_popover (GtkMenuButton *menu_button,
              gpointer       user_data)
{
  DialAgainButton *self = user_data;
  GtkWidget *box;

  if (self->popover != NULL)
    return;

  self->days = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  for (guint i = 0; i < N_CHOICES; i++)
    gtk_box_append (GTK_BOX (self->days), make_choice (self, i));

  self->calendar = GTK_CALENDAR (gtk_calendar_new ());
  dial_say_name (self->calendar, _("Another day"));
  g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (on_day_selected_cb), self, G_CONNECT_SWAPPED);

  self->never = gtk_button_new_with_label (_("Don't call again"));
  gtk_widget_set_visible (self->never, self->day != NULL);
  g_signal_connect_object (self->never, "clicked", G_CALLBACK (on_never_clicked_cb), self, G_CONNECT_SWAPPED);

  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (box), self->days);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->calendar));
  gtk_box_append (GTK_BOX (box), self->never);
  self->popover = GTK_POPOVER (gtk_popover_new ());
  gtk_popover_set_child (self->popover, box);
  g_signal_connect_object (self->popover, "show", G_CALLBACK (on_popover_shown_cb), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (menu_button, GTK_WIDGET (self->popover));
}

static void
dial_again_button_dispose (GObject *object)
{
  DialAgainButton *self = DIAL_AGAIN_BUTTON (object);

  g_clear_pointer (&self->button, gtk_widget_unparent);

  G_OBJECT_CLASS (dial_again_button_parent_class)->dispose (object);
}

static void
dial_again_button_finalize (GObject *object)
{
  g_free (DIAL_AGAIN_BUTTON (object)->day);

  G_OBJECT_CLASS (dial_again_button_parent_class)->finalize (object);
}

static void
dial_again_button_class_init (DialAgainButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = dial_again_button_dispose;
  object_class->finalize = dial_again_button_finalize;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
dial_again_button_init (DialAgainButton *self)
{
  self->label = g_object_new (GTK_TYPE_LABEL, "ellipsize", PANGO_ELLIPSIZE_END, "width-chars", 6, NULL);
  self->button = g_object_new (GTK_TYPE_MENU_BUTTON,
                               "always-show-arrow", TRUE,
                               "child", self->label,
                               "tooltip-text", _("On which day to call again (Ctrl+B)"),
                               NULL);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), make_popover, self, NULL);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
  say_day (self);
}

/**
 * dial_again_button_get_day:
 * @self: an again button
 *
 * Returns: (nullable): the day as YYYY-MM-DD
 */
const char *
dial_again_button_get_day (DialAgainButton *self)
{
  g_return_val_if_fail (DIAL_IS_AGAIN_BUTTON (self), NULL);

  return self->day;
}

/**
 * dial_again_button_set_day:
 * @self: an again button
 * @day: (nullable): a day as YYYY-MM-DD
 *
 * Chooses a day, or none.
 */
void
dial_again_button_set_day (DialAgainButton *self,
                           const char      *day)
{
  g_return_if_fail (DIAL_IS_AGAIN_BUTTON (self));

  if (dial_set_str (&self->day, day))
    say_day (self);
}

/**
 * dial_again_button_popup:
 * @self: an again button
 *
 * Opens the choice.
 */
void
dial_again_button_popup (DialAgainButton *self)
{
  g_return_if_fail (DIAL_IS_AGAIN_BUTTON (self));

  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
}
