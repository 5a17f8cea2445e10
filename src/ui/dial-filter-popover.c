#include "config.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#include "dial-choice-row.h"
#include "dial-choices.h"
#include "dial-filter-popover.h"
#include "dial-filter-list.h"
#include "dial-quiet-page.h"
#include "dial-say-name.h"

/* Those with a page of their own; below them those that are on or off. */
static const struct {
  DialFilterKind  kind;
  const char     *title;
  const char     *value;   /* as the store names it where it counts */
} offered[] = {
  { DIAL_FILTER_JOB, NC_("filter", "Job"), NULL },
  { DIAL_FILTER_STAGE, NC_("filter", "Stage"), NULL },
  { DIAL_FILTER_STATUS, NC_("filter", "Status"), NULL },
  { DIAL_FILTER_TAG, NC_("filter", "Tags"), NULL },
  { DIAL_FILTER_QUIET, NC_("filter", "Not Contacted For"), NULL },
  { DIAL_FILTER_PHONE, NC_("filter", "Has a Phone"), "has-phone" },
  { DIAL_FILTER_MINE, NC_("filter", "Mine"), "mine" },
  { DIAL_FILTER_PRIVATE, NC_("filter", "Private"), "private" },
};

struct _DialFilterPopover
{
  GtkPopover      parent_instance;

  GtkStack       *stack;
  GtkListBox     *list_box;
  GtkWidget      *clear;
  DialFilterList *filter_list;
  DialQuietPage  *quiet_page;

  GtkLabel       *summaries[G_N_ELEMENTS (offered)];
  DialFinder     *finder;
  DialCompanies  *companies;
  GSignalGroup   *finder_signals;
  GCancellable   *counting;
  guint           open_page;    /* the row whose page is open */
  guint           showing : 1;  /* it is us who set the checks */
};

G_DEFINE_FINAL_TYPE (DialFilterPopover, dial_filter_popover, GTK_TYPE_POPOVER)

static GtkListBoxRow *
get_row (DialFilterPopover *self,
         guint             index)
{
  return gtk_list_box_get_row_at_index (self->list_box, index);
}

/* What is chosen of a kind: its name, or how many. */
static char *
summarize (DialFilterPopover *self,
           DialFilterKind    kind)
{
  const DialQuery *query = dial_finder_get_query (self->finder);
  g_autoptr (GPtrArray) filters = dial_filter_list_kind (query, kind);

  if (filters->len == 0)
    return g_strdup (C_("filter", "Any"));
  if (kind == DIAL_FILTER_QUIET)
    return g_strdup_printf (ngettext ("%u day", "%u days", query->quiet_days), query->quiet_days);
  if (filters->len == 1) {
    DialFilter *filter = g_ptr_array_index (filters, 0);

    return dial_filter_dup_words (kind, filter->value);
  }

  return g_strdup_printf (ngettext ("%u chosen", "%u chosen", filters->len), filters->len);
}

static void
show_summary (DialFilterPopover *self,
              guint             index)
{
  const char *title = g_dpgettext2 (NULL, "filter", offered[index].title);
  g_autofree char *summary = summarize (self, offered[index].kind);
  g_autofree char *label = NULL;

  gtk_label_set_label (self->summaries[index], summary);
  /* Translators: for screen readers; by what to filter, and by which, such as “Stage: Phone Screen” */
  label = g_strdup_printf (C_("filter", "%s: %s"), title, summary);
  dial_say_name (get_row (self, index), label);
}

/* Counts */

static void
on_counted_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (DialFilterPopover) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) choices = dial_choices_count_finish (DIAL_COMPANIES (source), result, &error);

  /* Without counts the filters are of use, too. */
  if (choices == NULL || self->counting == NULL)
    return;

  g_clear_object (&self->counting);
  for (guint i = 0; i < choices->len; i++) {
    DialChoice *choice = g_ptr_array_index (choices, i);

    for (guint k = 0; k < G_N_ELEMENTS (offered); k++)
      if (g_strcmp0 (offered[k].value, choice->value) == 0)
        dial_choice_row_set_count (DIAL_CHOICE_ROW (get_row (self, k)), choice->count);
    if (g_str_has_prefix (choice->value, "quiet-"))
      dial_quiet_page_set_count (self->quiet_page, choice->value + strlen ("quiet-"), choice->count);
  }
}

static void
stop_counting (DialFilterPopover *self)
{
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
}

static void
count (DialFilterPopover *self)
{
  stop_counting (self);
  self->counting = g_cancellable_new ();
  dial_choices_count_async (self->companies, dial_finder_get_query (self->finder), DIAL_FACET_OTHER,
                            self->counting, on_counted_cb, g_object_ref (self));
}

static gboolean
is_one_somebodys (DialFilterPopover *self)
{
  g_autoptr (GPtrArray) active = dial_companies_list_active (self->companies);

  for (guint i = 0; i < active->len; i++)
    if (dial_integration_get_recruiter (g_ptr_array_index (active, i)) != NULL)
      return TRUE;

  return FALSE;
}

static void
update (DialFilterPopover *self)
{
  const DialQuery *query = dial_finder_get_query (self->finder);

  self->showing = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (offered); i++)
    if (offered[i].value == NULL)
      show_summary (self, i);
    else
      dial_choice_row_set_chosen (DIAL_CHOICE_ROW (get_row (self, i)),
                                  dial_filter_is_set (query, offered[i].kind, NULL));
  self->showing = FALSE;

  gtk_widget_set_sensitive (self->clear, dial_query_has_filters (query));
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    count (self);
}

/* The pages */

static void
open_page (DialFilterPopover *self,
           guint             index)
{
  self->open_page = index;
  if (offered[index].kind == DIAL_FILTER_QUIET) {
    gtk_stack_set_visible_child_name (self->stack, "quiet");
    dial_quiet_page_focus (self->quiet_page);
  } else {
    gtk_stack_set_visible_child_name (self->stack, "choices");
    dial_filter_list_open (self->filter_list, offered[index].kind,
                           g_dpgettext2 (NULL, "filter", offered[index].title), self->finder, self->companies);
  }
}

static void
on_back_cb (DialFilterPopover *self)
{
  dial_filter_list_close (self->filter_list);
  gtk_stack_set_visible_child_name (self->stack, "kinds");
  gtk_widget_grab_focus (GTK_WIDGET (get_row (self, self->open_page)));
}

static void
on_row_activated_cb (DialFilterPopover *self,
                     GtkListBoxRow    *row)
{
  if (DIAL_IS_CHOICE_ROW (row))
    dial_choice_row_set_chosen (DIAL_CHOICE_ROW (row), !dial_choice_row_is_chosen (DIAL_CHOICE_ROW (row)));
  else
    open_page (self, gtk_list_box_row_get_index (row));
}

static void
on_chosen_cb (DialFilterPopover *self,
              GParamSpec       *pspec,
              DialChoiceRow    *row)
{
  guint index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));

  if (!self->showing)
    dial_finder_set_filter (self->finder, offered[index].kind, NULL, dial_choice_row_is_chosen (row));
}

static void
on_clear_clicked_cb (DialFilterPopover *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (get_row (self, 0)));
  dial_finder_clear_filters (self->finder);
}

static void
on_opened_cb (DialFilterPopover *self)
{
  gtk_stack_set_visible_child_full (self->stack, "kinds", GTK_STACK_TRANSITION_TYPE_NONE);
  gtk_widget_grab_focus (GTK_WIDGET (get_row (self, 0)));

  for (guint i = 0; i < G_N_ELEMENTS (offered); i++)
    if (offered[i].kind == DIAL_FILTER_MINE)
      gtk_widget_set_sensitive (GTK_WIDGET (get_row (self, i)), is_one_somebodys (self));
  count (self);
}

static void
on_closed_cb (DialFilterPopover *self)
{
  stop_counting (self);
  dial_filter_list_close (self->filter_list);
}

static GtkWidget *
new_page_row (DialFilterPopover *self,
              guint             index)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title = gtk_label_new (g_dpgettext2 (NULL, "filter", offered[index].title));
  GtkWidget *summary = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (summary), 1);
  gtk_label_set_ellipsize (GTK_LABEL (summary), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (summary), 18);
  gtk_widget_set_hexpand (summary, TRUE);
  gtk_widget_add_css_class (summary, "dim-label");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), summary);
  gtk_box_append (GTK_BOX (box), g_object_new (GTK_TYPE_IMAGE,
                                               "icon-name", "go-next-symbolic",
                                               "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                               NULL));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  self->summaries[index] = GTK_LABEL (summary);
  return row;
}

/* A line between those that lead on and those that are on or off. */
static void
set_header (GtkListBoxRow *row,
            GtkListBoxRow *before,
            gpointer       user_data)
{
  gboolean first_check = DIAL_IS_CHOICE_ROW (row) && !DIAL_IS_CHOICE_ROW (before);

  gtk_list_box_row_set_header (row, first_check ? gtk_separator_new (GTK_ORIENTATION_HORIZONTAL) : NULL);
}

static void
fill (DialFilterPopover *self)
{
  gtk_list_box_set_header_func (self->list_box, set_header, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (offered); i++) {
    GtkWidget *row;

    if (offered[i].value == NULL) {
      row = new_page_row (self, i);
    } else {
      row = dial_choice_row_new (NULL, g_dpgettext2 (NULL, "filter", offered[i].title));
      g_signal_connect_object (row, "notify::chosen", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
    }
    gtk_list_box_append (self->list_box, row);
  }
}

static void
dial_filter_popover_dispose (GObject *object)
{
  DialFilterPopover *self = DIAL_FILTER_POPOVER (object);

  stop_counting (self);
  g_clear_object (&self->finder_signals);
  gtk_widget_dispose_template (GTK_WIDGET (object), DIAL_TYPE_FILTER_POPOVER);
  g_clear_object (&self->companies);
  g_clear_object (&self->finder);

  G_OBJECT_CLASS (dial_filter_popover_parent_class)->dispose (object);
}

static void
dial_filter_popover_class_init (DialFilterPopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_filter_popover_dispose;

  g_type_ensure (DIAL_TYPE_FILTER_LIST);
  g_type_ensure (DIAL_TYPE_QUIET_PAGE);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-filter-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, DialFilterPopover, stack);
  gtk_widget_class_bind_template_child (widget_class, DialFilterPopover, list_box);
  gtk_widget_class_bind_template_child (widget_class, DialFilterPopover, clear);
  gtk_widget_class_bind_template_child (widget_class, DialFilterPopover, filter_list);
  gtk_widget_class_bind_template_child (widget_class, DialFilterPopover, quiet_page);
  gtk_widget_class_bind_template_callback (widget_class, on_opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_back_cb);
}

static void
dial_filter_popover_init (DialFilterPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill (self);

  self->finder_signals = g_signal_group_new (DIAL_TYPE_FINDER);
  g_signal_group_connect_swapped (self->finder_signals, "notify::query", G_CALLBACK (update), self);
}

/**
 * dial_filter_popover_new:
 * @finder: whose filters to choose
 * @companies: whose candidates to count
 *
 * Returns: (transfer floating): what one may filter by
 */
GtkWidget *
dial_filter_popover_new (DialFinder    *finder,
                         DialCompanies *companies)
{
  DialFilterPopover *self;

  g_return_val_if_fail (DIAL_IS_FINDER (finder), NULL);
  g_return_val_if_fail (DIAL_IS_COMPANIES (companies), NULL);

  self = g_object_new (DIAL_TYPE_FILTER_POPOVER, NULL);
  self->companies = g_object_ref (companies);
  self->finder = g_object_ref (finder);
  g_signal_group_set_target (self->finder_signals, finder);
  dial_quiet_page_set_finder (self->quiet_page, finder);
  update (self);
  return GTK_WIDGET (self);
}
