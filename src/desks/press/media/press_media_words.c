/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_media_words.c: the words of contacts, requests, messages and what became of them. */
#include "desks/press/media/press_media.h"

const Word press_outlet_words[] = {
    [OUTLET_PRINT] = {"print", N_("Newspaper or magazine")},
    [OUTLET_DIGITAL] = {"digital", N_("Digital medium")},
    [OUTLET_RADIO] = {"radio", N_("Radio")},
    [OUTLET_TV] = {"tv", N_("Television")},
    [OUTLET_AGENCY] = {"agency", N_("News agency")},
    [OUTLET_FREELANCE] = {"freelance", N_("Freelance")},
    [OUTLET_OTHER] = {"other", N_("Another kind")},
    {0},
};

const Word press_reach_words[] = {
    [REACH_YES] = {"yes", N_("Gets it")},
    [REACH_NO_MAIL] = {"no_mail", N_("Has no mail address")},
    [REACH_NO_CONSENT] = {"no_consent", N_("Never agreed to get mail")},
    [REACH_LEFT] = {"left", N_("Asked for no more mail")},
    [REACH_BOUNCES] = {"bounces", N_("The mail came back three times")},
    [REACH_ARCHIVED] = {"archived", N_("Put away")},
    [REACH_HAD_IT] = {"had_it", N_("Was sent this release already")},
    {0},
};

const Word press_accreditation_words[] = {
    [ACCREDITATION_PENDING] = {"pending", N_("Waiting")},
    [ACCREDITATION_GRANTED] = {"granted", N_("Granted")},
    [ACCREDITATION_REFUSED] = {"refused", N_("Refused")},
    {0},
};

const Word press_sending_words[] = {
    [SENDING_WAITING] = {"waiting", N_("Waiting to leave")},
    [SENDING_SENT] = {"sent", N_("Sent")},
    [SENDING_FAILED] = {"failed", N_("Refused by its server")},
    [SENDING_BOUNCED] = {"bounced", N_("Came back")},
    [SENDING_SKIPPED] = {"skipped", N_("Left out")},
    {0},
};

Url press_contact_url(Arena *a, i64 id)
{
    return url_id(a, "/mesa/prensa/contactos/", id, NULL);
}

Url press_media_list_url(Arena *a, i64 id)
{
    return url_id(a, "/mesa/prensa/listas/", id, NULL);
}
