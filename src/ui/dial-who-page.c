#include "config.h"

#include <glib/gi18n.h>

#include "dial-problem-row.h"
#include "dial-say-name.h"
#include "dial-who-page.h"

typedef struct {
  GtkLabel       *explanation;
  GtkSearchEntry *search;
  GtkListBox     *problems;
  GtkStack       *stack;
  GtkListBox     *list;
  GtkLabel       *more;
  AdwStatusPage  *none;
  AdwBin         *unknown;

  guint           n_offered;
  GCancellable   *choosing;
  guint           with_nobody : 1; /* the first row is nobody's */
} DialWhoPagePrivate;

enum {
  PROP_0,
  PROP_EXPLANATION,
  PROP_SEARCH_LABEL,
  PROP_LIST_LABEL,
  PROP_NONE,
  PROP_UNKNOWN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DialWhoPage, dial_who_page, GTK_TYPE_BOX)

static DialWhoPagePrivate *
get_private (gpointer self)
{
  return dial_who_page_get_instance_private (DIAL_WHO_PAGE (self));
}

static void
choose (DialWhoPage *self,
        int          index)
{
  DialWhoPagePrivate *private = get_private (self);

  if (private->choosing != NULL || index >= (int) private->n_offered)
    return;

  private->choosing = g_cancellable_new ();
  DIAL_WHO_PAGE_GET_CLASS (self)->choose (self, index, private->choosing);
}

static void
on_row_activated_cb (DialWhoPage   *self,
                     GtkListBoxRow *row)
{
  choose (self, gtk_list_box_row_get_index (row) - (get_private (self)->with_nobody ? 1 : 0));
}

static void
on_search_changed_cb (DialWhoPage *self)
{
  DIAL_WHO_PAGE_GET_CLASS (self)->find (self);
}

/* Enter takes the one person that is left; among several one is to be chosen. */
static void
on_search_activated_cb (DialWhoPage *self)
{
  DialWhoPagePrivate *private = get_private (self);
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (private->list, 0);

  if (private->n_offered == 1 && !private->with_nobody)
    choose (self, 0);
  else if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
on_stop_search_cb (DialWhoPage *self)
{
  if (*dial_who_page_get_text (self) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (get_private (self)->search), "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "settings.back", NULL);
}

static gboolean
dial_who_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (get_private (widget)->search));
}

static void
name_widget (gpointer      widget,
             const GValue *value)
{
  dial_say_name (widget, g_value_get_string (value));
}

static void
dial_who_page_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  DialWhoPagePrivate *private = get_private (object);

  switch (property_id) {
  case PROP_EXPLANATION:
    gtk_label_set_label (private->explanation, g_value_get_string (value));
    break;
  case PROP_SEARCH_LABEL:
    name_widget (private->search, value);
    break;
  case PROP_LIST_LABEL:
    name_widget (private->list, value);
    break;
  case PROP_NONE:
    adw_status_page_set_description (private->none, g_value_get_string (value));
    break;
  case PROP_UNKNOWN:
    adw_bin_set_child (private->unknown, g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dial_who_page_dispose (GObject *object)
{
  DialWhoPagePrivate *private = get_private (object);

  g_cancellable_cancel (private->choosing);
  g_clear_object (&private->choosing);

  G_OBJECT_CLASS (dial_who_page_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  properties[PROP_EXPLANATION] = g_param_spec_string ("explanation", NULL, "What it is good for", NULL, flags);
  properties[PROP_SEARCH_LABEL] = g_param_spec_string ("search-label", NULL, "For screen readers", NULL, flags);
  properties[PROP_LIST_LABEL] = g_param_spec_string ("list-label", NULL, "For screen readers", NULL, flags);
  properties[PROP_NONE] = g_param_spec_string ("none", NULL, "Said where nobody fits", NULL, flags);
  properties[PROP_UNKNOWN] = g_param_spec_object ("unknown", NULL, "Shown while nobody is known", GTK_TYPE_WIDGET,
                                                  flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dial_who_page_class_init (DialWhoPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = dial_who_page_set_property;
  object_class->dispose = dial_who_page_dispose;
  widget_class->grab_focus = dial_who_page_grab_focus;

  install_properties (object_class);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-who-page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, DialWhoPage, explanation);
  gtk_widget_class_bind_template_child_private (widget_class, DialWhoPage, search);
  gtk_widget_class_bind_template_child_private (widget_class, DialWhoPage, problems);
  gtk_widget_class_bind_template_child_private (widget_class, DialWhoPage, stack);
  gtk_widget_class_bind_template_child_private (widget_class, DialWhoPage, list);
  gtk_widget_class_bind_template_child_private (widget_class, DialWhoPage, more);
  gtk_widget_class_bind_template_child_private (widget_class, DialWhoPage, none);
  gtk_widget_class_bind_template_child_private (widget_class, DialWhoPage, unknown);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search_cb);
}

static void
dial_who_page_init (DialWhoPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_who_page_get_text:
 * @self: a page
 *
 * Returns: what is looked for, empty for everybody
 */
const char *
dial_who_page_get_text (DialWhoPage *self)
{
  g_return_val_if_fail (DIAL_IS_WHO_PAGE (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (get_private (self)->search));
}

/**
 * dial_who_page_begin:
 * @self: a page
 *
 * Takes the former offer away.
 */
void
dial_who_page_begin (DialWhoPage *self)
{
  DialWhoPagePrivate *private;
  GtkWidget *row;

  g_return_if_fail (DIAL_IS_WHO_PAGE (self));

  private = get_private (self);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (private->list))) != NULL)
    gtk_list_box_remove (private->list, row);
  private->n_offered = 0;
  private->with_nobody = FALSE;
}

static void
add_row (DialWhoPage *self,
         const char  *name,
         const char  *subtitle,
         gboolean     chosen)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW,
                                 "use-markup", FALSE,
                                 "title", name,
                                 "title-lines", 0,
                                 "subtitle", subtitle != NULL ? subtitle : "",
                                 "subtitle-lines", 0,
                                 "activatable", TRUE,
                                 NULL);
  g_autofree char *label = NULL;

  gtk_list_box_append (get_private (self)->list, row);
  if (!chosen)
    return;

  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             g_object_new (GTK_TYPE_IMAGE,
                                           "icon-name", "object-select-symbolic",
                                           "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                           NULL));
  /* Translators: for screen readers; %s is a person's name */
  label = g_strdup_printf (_("%s, chosen"), name);
  dial_say_name (row, label);
}

/**
 * dial_who_page_offer_nobody:
 * @self: a page
 * @subtitle: what follows from it
 * @chosen: whether nobody is chosen now
 *
 * Offers to be nobody, before the others.
 */
void
dial_who_page_offer_nobody (DialWhoPage *self,
                            const char  *subtitle,
                            gboolean     chosen)
{
  g_return_if_fail (DIAL_IS_WHO_PAGE (self));

  get_private (self)->with_nobody = TRUE;
  add_row (self, _("Nobody"), subtitle, chosen);
}

/**
 * dial_who_page_offer:
 * @self: a page
 * @name: (nullable): somebody's
 * @subtitle: (nullable): what tells them from others of the name
 * @chosen: whether it is them now
 */
void
dial_who_page_offer (DialWhoPage *self,
                     const char  *name,
                     const char  *subtitle,
                     gboolean     chosen)
{
  g_return_if_fail (DIAL_IS_WHO_PAGE (self));

  get_private (self)->n_offered++;
  add_row (self, name != NULL ? name : _("No name"), subtitle, chosen);
}

/**
 * dial_who_page_show:
 * @self: a page
 * @has_more: there are more than were offered
 * @knows_all: nobody but those is known; otherwise who they are is still to come
 *
 * Shows what was offered, or why nobody was.
 */
void
dial_who_page_show (DialWhoPage *self,
                    gboolean     has_more,
                    gboolean     knows_all)
{
  DialWhoPagePrivate *private;

  g_return_if_fail (DIAL_IS_WHO_PAGE (self));

  private = get_private (self);
  gtk_widget_set_visible (GTK_WIDGET (private->more), has_more);
  if (private->n_offered > 0)
    gtk_stack_set_visible_child_name (private->stack, "list");
  else
    gtk_stack_set_visible_child_name (private->stack, knows_all ? "none" : "unknown");
}

/**
 * dial_who_page_say:
 * @self: a page
 * @error: (nullable): what went wrong
 */
void
dial_who_page_say (DialWhoPage  *self,
                   const GError *error)
{
  DialWhoPagePrivate *private;
  GtkWidget *row;

  g_return_if_fail (DIAL_IS_WHO_PAGE (self));

  private = get_private (self);
  row = gtk_widget_get_first_child (GTK_WIDGET (private->problems));
  if (row != NULL)
    gtk_list_box_remove (private->problems, row);
  if (error != NULL)
    gtk_list_box_append (private->problems, dial_problem_row_new (error->message));
  gtk_widget_set_visible (GTK_WIDGET (private->problems), error != NULL);
}

/**
 * dial_who_page_end:
 * @self: a page
 * @chosen: whether somebody was chosen
 * @error: (nullable): why not
 *
 * Ends what choosing began: the page goes away.
 */
void
dial_who_page_end (DialWhoPage  *self,
                   gboolean      chosen,
                   const GError *error)
{
  DialWhoPagePrivate *private;

  g_return_if_fail (DIAL_IS_WHO_PAGE (self));

  private = get_private (self);
  if (private->choosing == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&private->choosing);
  dial_who_page_say (self, error);
  if (chosen)
    gtk_widget_activate_action (GTK_WIDGET (self), "settings.back", NULL);
}
