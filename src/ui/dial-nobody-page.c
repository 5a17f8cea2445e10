#include "config.h"

#include <glib/gi18n.h>

#include "dial-nobody-page.h"
#include "dial-person-picture.h"

struct _DialNobodyPage
{
  AdwBin         parent_instance;

  AdwStatusPage *page;
};

G_DEFINE_FINAL_TYPE (DialNobodyPage, dial_nobody_page, ADW_TYPE_BIN)

static void
dial_nobody_page_class_init (DialNobodyPageClass *klass)
{
}

static void
dial_nobody_page_init (DialNobodyPage *self)
{
  g_autoptr (DialPersonPicture) picture = g_object_new (DIAL_TYPE_PERSON_PICTURE, NULL);

  self->page = g_object_new (ADW_TYPE_STATUS_PAGE, "paintable", picture, NULL);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->page));
}

static void
say (DialNobodyPage *self,
     const char     *title,
     const char     *description)
{
  adw_status_page_set_title (self->page, title);
  adw_status_page_set_description (self->page, description);
}

/**
 * dial_nobody_page_show_unchosen:
 * @self: a page
 *
 * Says that somebody is to be chosen.
 */
void
dial_nobody_page_show_unchosen (DialNobodyPage *self)
{
  g_return_if_fail (DIAL_IS_NOBODY_PAGE (self));

  say (self, _("Choose a Candidate"), _("Type a name, a number, a job or a tag to find one."));
}

/**
 * dial_nobody_page_show_gone:
 * @self: a page
 *
 * Says that whoever was chosen is not there any more.
 */
void
dial_nobody_page_show_gone (DialNobodyPage *self)
{
  g_return_if_fail (DIAL_IS_NOBODY_PAGE (self));

  say (self, _("Not Available"),
       _("Greenhouse does not show this candidate any more: deleted, merged, or hidden from you."));
}
