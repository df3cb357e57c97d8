/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_repeat_shown.h: what the views of repeating are given. */
#pragma once
#include "desks/agenda/agenda.h"
#include "web/form.h"

typedef enum { SCOPE_ONE, SCOPE_FOLLOWING, SCOPE_ALL } AgendaScope; /* what each means: agenda_repeat.h */
extern const Word agenda_scope_words[]; /* "one", "following", "all" */

/* How many events are meant: a group of radios, in every form of an occurrence. */
typedef struct ScopeShown {
    const Form *form;
    const char *id;            /* when the page has several such forms: the group's; NULL: "scope" */
    const char *one, *following, *all; /* what each would do, in numbers */
} ScopeShown;
/* NULL: the event is in no series, there is nothing to choose. cancels: what is said of what is cancelled. */
const ScopeShown *agenda_scope_shown(Ctx *ctx, const Form *form, const Event *e, const char *id, bool cancels);
/* Takes NULL: draws nothing. */
void agenda_view_scope(Html *h, const ScopeShown *x);

typedef struct RepeatForm {
    const Event *event;
    const Request *req;
    const char *said;          /* the rule that it has now, in words; NULL: it happens once */
    const char *rule, *freq, *weekdays, *month_by, *ends, *until, *except, *scope;
    i64 interval, count;
    List freqs, days, months, ways, scopes; /* of Choice */
    /* the preview: NULL and nothing when the form is new */
    const char *preview;       /* the chosen rule in words */
    const char *trouble;       /* why there is none */
    List dates;                /* of const char *: the next ten */
    bool more;                 /* and so on */
    List hidden;               /* of Choice: what was chosen, name and value */
    const char *counted;       /* what would become of the events there are */
} RepeatForm;
