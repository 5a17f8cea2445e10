#include "dial-desk-private.h"

#include "dial-cloudtalk-phone.h"
#include "dial-outside-calls.h"

/* The phones: the desktop's, and one for each account. Where the desk works by itself, each account's history is
 * looked at for calls that were made outside. */

static DialCloudtalkPhone *
find_phone_of (DialDesk             *self,
               DialCloudtalkAccount *account,
               guint                *position)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->phones)); i++) {
    g_autoptr (DialPhone) phone = g_list_model_get_item (G_LIST_MODEL (self->phones), i);

    if (position != NULL)
      *position = i;
    if (DIAL_IS_CLOUDTALK_PHONE (phone) &&
        dial_cloudtalk_phone_get_account (DIAL_CLOUDTALK_PHONE (phone)) == account)
      return DIAL_CLOUDTALK_PHONE (phone);
  }

  return NULL;
}

static gboolean
has_account (DialDesk             *self,
             DialCloudtalkAccount *account)
{
  return g_list_store_find (self->accounts, account, NULL);
}

static void
drop_phones (DialDesk *self)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->phones)); i > 0; i--) {
    g_autoptr (DialPhone) phone = g_list_model_get_item (G_LIST_MODEL (self->phones), i - 1);

    if (DIAL_IS_CLOUDTALK_PHONE (phone) &&
        !has_account (self, dial_cloudtalk_phone_get_account (DIAL_CLOUDTALK_PHONE (phone))))
      g_list_store_remove (self->phones, i - 1);
  }

  for (guint i = self->outside_calls->len; i > 0; i--)
    if (!has_account (self, dial_outside_calls_get_account (g_ptr_array_index (self->outside_calls, i - 1))))
      g_ptr_array_remove_index (self->outside_calls, i - 1);
}

static void
on_accounts_changed (GListModel *accounts,
                     guint       position,
                     guint       n_removed,
                     guint       n_added,
                     DialDesk   *self)
{
  drop_phones (self);
  for (guint i = position; i < position + n_added; i++) {
    g_autoptr (DialCloudtalkAccount) account = g_list_model_get_item (accounts, i);
    g_autoptr (DialPhone) phone = NULL;

    if (find_phone_of (self, account, NULL) != NULL)
      continue;
    phone = dial_cloudtalk_phone_new (account);
    g_list_store_append (self->phones, phone);
    if ((self->flags & DIAL_DESK_BY_HAND) == 0)
      g_ptr_array_add (self->outside_calls, dial_outside_calls_new (self, account));
  }
}

static void
free_outside_calls (gpointer outside_calls)
{
  dial_outside_calls_free (outside_calls);
}

void
_dial_desk_mind_accounts (DialDesk *self)
{
  self->outside_calls = g_ptr_array_new_with_free_func (free_outside_calls);
  g_signal_connect_object (self->accounts, "items-changed", G_CALLBACK (on_accounts_changed), self, 0);
}

/* The computer woke up: what happened to calls meanwhile is looked at at once. */
void
_dial_desk_hurry_phones (DialDesk *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->phones)); i++) {
    g_autoptr (DialPhone) phone = g_list_model_get_item (G_LIST_MODEL (self->phones), i);

    if (DIAL_IS_CLOUDTALK_PHONE (phone))
      dial_cloudtalk_phone_hurry (DIAL_CLOUDTALK_PHONE (phone));
  }
  _dial_desk_look_outside (self);
}

/* Looks for calls that were made outside, at once. */
void
_dial_desk_look_outside (DialDesk *self)
{
  for (guint i = 0; i < self->outside_calls->len; i++)
    dial_outside_calls_look (g_ptr_array_index (self->outside_calls, i));
}

gboolean
_dial_desk_is_looking_outside (DialDesk *self)
{
  for (guint i = 0; i < self->outside_calls->len; i++)
    if (dial_outside_calls_is_looking (g_ptr_array_index (self->outside_calls, i)))
      return TRUE;

  return FALSE;
}

/**
 * dial_desk_pick_phone:
 * @self: a desk
 * @integration: whose candidate is called
 *
 * Returns: (transfer none): the phone that places its calls where nobody chose another: its account's, or else the
 *   desktop's
 */
DialPhone *
dial_desk_pick_phone (DialDesk        *self,
                      DialIntegration *integration)
{
  DialCloudtalkAccount *account;
  gboolean chosen;

  g_return_val_if_fail (DIAL_IS_DESK (self), NULL);
  g_return_val_if_fail (DIAL_IS_INTEGRATION (integration), NULL);

  /* In the sandbox the phone that rings at once comes first, and CloudTalk's is there to be chosen. */
  chosen = *_dial_integration_get_setting (integration, "phone") != '\0';
  account = chosen || (self->flags & DIAL_DESK_SANDBOX) == 0 ? dial_desk_get_account_of (self, integration, NULL)
                                                            : NULL;
  if (account != NULL && find_phone_of (self, account, NULL) != NULL)
    return DIAL_PHONE (find_phone_of (self, account, NULL));

  return dial_desk_find_phone (self, NULL);
}
