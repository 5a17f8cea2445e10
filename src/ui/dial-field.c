#include "config.h"

#include <adwaita.h>

#include "dial-field.h"
#include "dial-util.h"

struct _DialField
{
  GtkWidget  parent_instance;

  GtkWidget *box;
  GtkWidget *list;
  GtkWidget *row;
  GtkWidget *hint_label;

  char      *title;
  char      *hint;
  char      *problem;
  guint      secret : 1;
  guint      allow_spaces : 1;
};

enum {
  PROP_0,
  PROP_TITLE,
  PROP_HINT,
  PROP_SECRET,
  PROP_ALLOW_SPACES,
  PROP_PROBLEM,
  N_PROPS
};

enum {
  ACTIVATED,
  CHANGED,
  ENTERED,
  LEFT,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialField, dial_field, GTK_TYPE_WIDGET)

static void
remove_spaces (char     *text,
               gboolean  line_ends_only)
{
  char *to = text;

  for (const char *from = text; *from != '\0'; from = g_utf8_next_char (from)) {
    gunichar c = g_utf8_get_char (from);
    gboolean unwanted = line_ends_only ? c == '\n' || c == '\r' || c == '\t'
                                       : g_unichar_isspace (c) || g_unichar_iscntrl (c) || c == 0x200b;
    gsize length = g_utf8_next_char (from) - from;

    if (unwanted)
      continue;
    memmove (to, from, length);
    to += length;
  }
  *to = '\0';
}

static void
say_hint (DialField *self)
{
  const char *words = self->problem != NULL ? self->problem : self->hint;
  GtkEditable *delegate = gtk_editable_get_delegate (GTK_EDITABLE (self->row));

  gtk_label_set_label (GTK_LABEL (self->hint_label), words != NULL ? words : "");
  gtk_widget_set_visible (self->hint_label, words != NULL && words[0] != '\0');

  if (self->problem != NULL) {
    gtk_widget_add_css_class (self->row, "error");
    gtk_widget_add_css_class (self->hint_label, "error");
    gtk_widget_remove_css_class (self->hint_label, "dim-label");
  } else {
    gtk_widget_remove_css_class (self->row, "error");
    gtk_widget_remove_css_class (self->hint_label, "error");
    gtk_widget_add_css_class (self->hint_label, "dim-label");
  }

  gtk_accessible_update_state (GTK_ACCESSIBLE (delegate),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               self->problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (delegate),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words != NULL ? words : "",
                                  -1);
}

/* What is typed or pasted comes in without what never belongs there. */
static void
on_insert_text_cb (GtkEditable *editable,
                   const char  *text,
                   int          length,
                   int         *position,
                   gpointer     user_data)
{
  DialField *self = user_data;
  g_autofree char *clean = length < 0 ? g_strdup (text) : g_strndup (text, length);
  gsize typed = strlen (clean);

  remove_spaces (clean, self->allow_spaces);
  if (strlen (clean) == typed)
    return;

  g_signal_stop_emission_by_name (editable, "insert-text");
  gtk_editable_insert_text (editable, clean, -1, position);
}

static void
on_changed_cb (DialField *self)
{
  dial_field_set_problem (self, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_entry_activated_cb (DialField *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
on_entered_cb (DialField *self)
{
  g_signal_emit (self, signals[ENTERED], 0);
}

static void
on_left_cb (DialField *self)
{
  g_signal_emit (self, signals[LEFT], 0);
}

static gboolean
dial_field_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (DIAL_FIELD (widget)->row);
}

static void
dial_field_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  DialField *self = DIAL_FIELD (object);

  switch (prop_id) {
  case PROP_TITLE:
    g_value_set_string (value, self->title);
    break;
  case PROP_HINT:
    g_value_set_string (value, self->hint);
    break;
  case PROP_SECRET:
    g_value_set_boolean (value, self->secret);
    break;
  case PROP_ALLOW_SPACES:
    g_value_set_boolean (value, self->allow_spaces);
    break;
  case PROP_PROBLEM:
    g_value_set_string (value, self->problem);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_field_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  DialField *self = DIAL_FIELD (object);

  switch (prop_id) {
  case PROP_TITLE:
    self->title = g_value_dup_string (value);
    break;
  case PROP_HINT:
    self->hint = g_value_dup_string (value);
    break;
  case PROP_SECRET:
    self->secret = g_value_get_boolean (value);
    break;
  case PROP_ALLOW_SPACES:
    self->allow_spaces = g_value_get_boolean (value);
    break;
  case PROP_PROBLEM:
    dial_field_set_problem (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
dial_field_constructed (GObject *object)
{
  DialField *self = DIAL_FIELD (object);

  G_OBJECT_CLASS (dial_field_parent_class)->constructed (object);

  self->row = self->secret ? adw_password_entry_row_new () : adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), self->title);
  gtk_list_box_append (GTK_LIST_BOX (self->list), self->row);
  g_signal_connect_object (gtk_editable_get_delegate (GTK_EDITABLE (self->row)), "insert-text",
                           G_CALLBACK (on_insert_text_cb), self, 0);
  g_signal_connect_object (self->row, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->row, "entry-activated", G_CALLBACK (on_entry_activated_cb), self,
                           G_CONNECT_SWAPPED);
  say_hint (self);
}

static void
dial_field_dispose (GObject *object)
{
  DialField *self = DIAL_FIELD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (dial_field_parent_class)->dispose (object);
}

static void
dial_field_finalize (GObject *object)
{
  DialField *self = DIAL_FIELD (object);

  g_free (self->title);
  g_free (self->hint);
  g_free (self->problem);

  G_OBJECT_CLASS (dial_field_parent_class)->finalize (object);
}

static void
dial_field_class_init (DialFieldClass *klass)
{
  const GParamFlags at_birth = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = dial_field_constructed;
  object_class->get_property = dial_field_get_property;
  object_class->set_property = dial_field_set_property;
  object_class->dispose = dial_field_dispose;
  object_class->finalize = dial_field_finalize;
  widget_class->grab_focus = dial_field_grab_focus;

  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, at_birth);
  properties[PROP_HINT] =
    g_param_spec_string ("hint", NULL, NULL, NULL, at_birth);
  properties[PROP_SECRET] =
    g_param_spec_boolean ("secret", NULL, NULL, FALSE, at_birth);
  properties[PROP_ALLOW_SPACES] =
    g_param_spec_boolean ("allow-spaces", NULL, NULL, FALSE, at_birth);
  properties[PROP_PROBLEM] =
    g_param_spec_string ("problem", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * DialField::activated:
   * @self: a field
   *
   * Enter was pressed in the entry.
   */
  signals[ACTIVATED] =
    g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * DialField::changed:
   * @self: a field
   *
   * There is another text in the entry.
   */
  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * DialField::entered:
   * @self: a field
   *
   * The keyboard came to the entry.
   */
  signals[ENTERED] =
    g_signal_new ("entered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * DialField::left:
   * @self: a field
   *
   * The keyboard left the entry.
   */
  signals[LEFT] =
    g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
dial_field_init (DialField *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "enter", G_CALLBACK (on_entered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_box_append (GTK_BOX (self->box), self->list);

  self->hint_label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->hint_label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->hint_label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (self->hint_label), 0);
  gtk_widget_set_margin_start (self->hint_label, 12);
  gtk_widget_set_margin_end (self->hint_label, 12);
  gtk_widget_add_css_class (self->hint_label, "caption");
  gtk_box_append (GTK_BOX (self->box), self->hint_label);
}

/**
 * dial_field_dup_text:
 * @self: a field
 *
 * Returns: (transfer full): what was typed, without white space around it
 */
char *
dial_field_dup_text (DialField *self)
{
  g_return_val_if_fail (DIAL_IS_FIELD (self), NULL);

  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->row))));
}

/**
 * dial_field_set_text:
 * @self: a field
 * @text: what shall stand there
 *
 * Puts a text into the entry. What it already says is left alone, with the cursor in it.
 */
void
dial_field_set_text (DialField  *self,
                     const char *text)
{
  g_return_if_fail (DIAL_IS_FIELD (self));
  g_return_if_fail (text != NULL);

  if (strcmp (text, gtk_editable_get_text (GTK_EDITABLE (self->row))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->row), text);
}

/**
 * dial_field_set_problem:
 * @self: a field
 * @problem: (nullable): what is wrong with the value, a sentence
 *
 * Says what is wrong in the place of the hint, for the eye and for screen readers, until the value
 * is changed.
 */
void
dial_field_set_problem (DialField  *self,
                        const char *problem)
{
  g_return_if_fail (DIAL_IS_FIELD (self));

  if (!dial_set_str (&self->problem, problem))
    return;

  say_hint (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}
