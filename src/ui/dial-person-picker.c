#include "config.h"

#include "dial-candidate-tile.h"
#include "dial-people.h"
#include "dial-person-picker.h"
#include "dial-template.h"

/* More than its list shows. */
#define SCREENFUL 32

struct _DialPersonPicker
{
  GtkWidget           parent_instance;

  GtkEditable        *search;
  GtkListView        *list_view;
  GtkSingleSelection *selection;

  DialCompanies      *companies;
  DialPeople         *people;
  guint               pick_when_loaded : 1;
};

enum {
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DialPersonPicker, dial_person_picker, GTK_TYPE_WIDGET)

static void
pick (DialPersonPicker *self,
      guint             position)
{
  g_autoptr (DialCandidateRow) row = g_list_model_get_item (G_LIST_MODEL (self->people), position);
  DialCandidate *candidate = row != NULL ? dial_candidate_row_get_candidate (row) : NULL;

  if (candidate != NULL)
    g_signal_emit (self, signals[PICKED], 0, dial_people_find_owner (self->people, row), candidate);
}

static void
on_activate_cb (DialPersonPicker *self,
                guint             position)
{
  pick (self, position);
}

static void
on_search_changed_cb (DialPersonPicker *self)
{
  g_autoptr (DialQuery) query = dial_query_new (gtk_editable_get_text (self->search));

  if (self->people != NULL)
    dial_people_set_query (self->people, query);
}

/* Enter takes the first one, even if the answer is still on its way. */
static void
pick_first (DialPersonPicker *self)
{
  g_autoptr (DialCandidateRow) first = g_list_model_get_item (G_LIST_MODEL (self->people), 0);

  if (!self->pick_when_loaded || dial_people_is_loading (self->people))
    return;

  self->pick_when_loaded = FALSE;
  if (first != NULL)
    pick (self, 0);
}

static void
on_search_activated_cb (DialPersonPicker *self)
{
  if (self->people == NULL)
    return;

  on_search_changed_cb (self);
  self->pick_when_loaded = TRUE;
  pick_first (self);
}

static void
on_search_stopped_cb (DialPersonPicker *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "window.close", NULL);
}

/* Rows */

static void
on_setup_cb (DialPersonPicker *self,
             GtkListItem      *item)
{
  gtk_list_item_set_child (item, dial_candidate_tile_new ());
}

static void
on_bind_cb (DialPersonPicker *self,
            GtkListItem      *item)
{
  DialCandidateRow *row = gtk_list_item_get_item (item);

  dial_candidate_tile_show (DIAL_CANDIDATE_TILE (gtk_list_item_get_child (item)), row, self->companies,
                            dial_people_find_owner (self->people, row), gtk_editable_get_text (self->search));
}

static void
on_unbind_cb (DialPersonPicker *self,
              GtkListItem      *item)
{
  dial_candidate_tile_let_go (DIAL_CANDIDATE_TILE (gtk_list_item_get_child (item)));
}

static gboolean
dial_person_picker_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (DIAL_PERSON_PICKER (widget)->search));
}

static void
dial_person_picker_dispose (GObject *object)
{
  DialPersonPicker *self = DIAL_PERSON_PICKER (object);

  dial_template_dispose (GTK_WIDGET (object), DIAL_TYPE_PERSON_PICKER);
  g_clear_object (&self->people);
  g_clear_object (&self->companies);

  G_OBJECT_CLASS (dial_person_picker_parent_class)->dispose (object);
}

static void
dial_person_picker_class_init (DialPersonPickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = dial_person_picker_dispose;
  widget_class->grab_focus = dial_person_picker_grab_focus;

  signals[PICKED] =
    g_signal_new ("picked", DIAL_TYPE_PERSON_PICKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, DIAL_TYPE_INTEGRATION, DIAL_TYPE_CANDIDATE);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/dialhouse/Dialhouse/ui/dial-person-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, DialPersonPicker, search);
  gtk_widget_class_bind_template_child (widget_class, DialPersonPicker, list_view);
  gtk_widget_class_bind_template_child (widget_class, DialPersonPicker, selection);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind_cb);
}

static void
dial_person_picker_init (DialPersonPicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * dial_person_picker_begin:
 * @self: a picker
 * @companies: whose candidates
 * @integration: (nullable): whose alone, if it must be one's
 *
 * Lets somebody be picked.
 */
void
dial_person_picker_begin (DialPersonPicker *self,
                          DialCompanies    *companies,
                          DialIntegration  *integration)
{
  g_return_if_fail (DIAL_IS_PERSON_PICKER (self));
  g_return_if_fail (DIAL_IS_COMPANIES (companies));

  g_set_object (&self->companies, companies);
  if (self->people == NULL) {
    self->people = dial_people_new (dial_companies_get_desk (companies), SCREENFUL);
    g_signal_connect_object (self->people, "items-changed", G_CALLBACK (pick_first), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (self->people, "notify::loading", G_CALLBACK (pick_first), self, G_CONNECT_SWAPPED);
    gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->people));
  }
  dial_people_set_integration (self->people, integration);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}
