#pragma once

#include "dial-cloudtalk.h"
#include "dial-contact-card.h"

G_BEGIN_DECLS

/* The contacts of a phone system as its lists tell of them, to be looked up by a number or an address before one is
 * added. Where several answer, it is the one that was there first. */
typedef struct _DialContactIndex DialContactIndex;

DialContactIndex           *dial_contact_index_new         (void);
void                        dial_contact_index_free        (DialContactIndex      *self);
void                        dial_contact_index_add         (DialContactIndex      *self,
                                                            DialCloudtalkContact  *contact);
void                        dial_contact_index_add_made    (DialContactIndex      *self,
                                                            gint64                 contact_id,
                                                            const DialContactCard *card,
                                                            const char            *tag);
void                        dial_contact_index_learn       (DialContactIndex      *self,
                                                            const DialCloudtalkContact *contact);
void                        dial_contact_index_learn_card  (DialContactIndex      *self,
                                                            gint64                 contact_id,
                                                            const DialContactCard *card,
                                                            gboolean               ours);
void                        dial_contact_index_apply       (DialContactIndex      *self,
                                                            gint64                 contact_id,
                                                            const DialContactChange *change);
void                        dial_contact_index_remove      (DialContactIndex      *self,
                                                            gint64                 contact_id);
gboolean                    dial_contact_index_is_partial  (DialContactIndex      *self,
                                                            gint64                 contact_id);
GArray                     *dial_contact_index_list_partial (DialContactIndex     *self);
guint                       dial_contact_index_get_size    (DialContactIndex      *self);
gboolean                    dial_contact_index_has         (DialContactIndex      *self,
                                                            gint64                 contact_id);
const DialCloudtalkContact *dial_contact_index_get_made    (DialContactIndex      *self,
                                                            gint64                 contact_id);
const DialCloudtalkContact *dial_contact_index_find        (DialContactIndex      *self,
                                                            const DialContactCard *card);

/* Cards that are on their way: nobody who has anything in common with one is added beside it. */
void                        dial_contact_index_promise     (DialContactIndex      *self,
                                                            const DialContactCard *card);
gboolean                    dial_contact_index_is_promised (DialContactIndex      *self,
                                                            const DialContactCard *card);
void                        dial_contact_index_keep        (DialContactIndex      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DialContactIndex, dial_contact_index_free)

G_END_DECLS
