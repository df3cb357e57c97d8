/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_source_shown.h: what the views of sources and of secret addresses are given. */
#pragma once
#include "desks/agenda/lists/agenda_filter.h"
#include "desks/agenda/events/agenda_public_event.h"
#include "desks/agenda/calendars/agenda_source.h"
#include "web/form.h"

enum { SOURCE_MISSING_SHOWN = 100, SOURCE_MISSING_MOST = 500 };

typedef struct SourceForm {
    const Form *form;
    const Source *source; /* NULL: a new one */
    List calendars, minutes; /* of Choice */
    Url action;
} SourceForm;

typedef struct SourceShown {
    const Source *source;
    const Request *req;
    List missing; /* of Event */
    List journal; /* of JournalLine */
} SourceShown;

typedef struct MissingShown {
    const Event *event;
    const Source *source;
    const Request *req;
} MissingShown;

typedef struct SubscriptionsShown {
    const Request *req;
    List list;              /* of Subscription */
    List calendars, people; /* of Choice */
} SubscriptionsShown;
