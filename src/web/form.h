/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* form.h: what was typed, read by type, with what was wrong kept beside it.
 *
 * A reader that finds something wrong notes it at the field, records the fault and returns an empty value,
 * so that all fields of a form can be read in a row and all mistakes be shown at once. JSON bodies use
 * the same names; a list there is a repeated field here. */
#pragma once
#include "web/page.h"

const char *query_text(const Request *req, const char *name);  /* of the address; NULL when absent */
i64 query_int(const Request *req, const char *name, i64 otherwise);
i64 query_limit(const Request *req);                           /* ?limit=, 1..200, else 50 */

bool form_has(const Request *req, const char *name);           /* was the field sent at all? */
const char *form_raw(const Request *req, const char *name);      /* as it came: for passwords; NULL when absent */
const char *form_text(Ctx *ctx, const Request *req, const char *name, size_t max_graphemes); /* trimmed, NFC; NULL when blank */
const char *form_need(Ctx *ctx, const Request *req, const char *name, size_t max_graphemes); /* must not be blank */
const char *form_lines(Ctx *ctx, const Request *req, const char *name, size_t max);          /* repeated, comma or line separated -> one a line */
i64 form_int(Ctx *ctx, const Request *req, const char *name, i64 least, i64 most);           /* NONE when blank */
double form_real(Ctx *ctx, const Request *req, const char *name, double least, double most); /* NAN when blank */
bool form_bool(const Request *req, const char *name);
i64 form_id(Ctx *ctx, const Request *req, const char *name);                                 /* 0 when blank */
int form_word(Ctx *ctx, const Request *req, const char *name, const Word *words, int otherwise);
bool form_wall(Ctx *ctx, const Request *req, const char *name, Wall *wall_out);              /* false when blank or wrong */
/* RFC 3339 with an offset, or a wall time in the zone; 0 when blank. */
i64 form_instant(Ctx *ctx, const Request *req, const char *name, const Zone *zone);

/* Faults FAULT_STALE when the request names a version and it is not this one. */
CHECKED bool form_version(Ctx *ctx, const Request *req, i64 version);

/* A refusal whose transaction is kept (a wrong password is counted): the page is drawn again with it, and says its own status. */
void form_refuse(const Request *req, const char *field, const char *what); /* field NULL: of no field */

/* ---- for views ---- */
const char *form_value(const Form *form, const char *name, const char *otherwise); /* what was typed, else otherwise */
bool form_checked(const Form *form, const char *name, const char *value, bool otherwise);
const char *form_error(const Form *form, const char *name);     /* what was wrong, or NULL */
const char *form_trouble(const Form *form);                     /* the fault that belongs to no field, or NULL */
bool form_again(const Form *form);                              /* is the form drawn again after a mistake? */
const char *form_csrf(const Form *form);

typedef struct Choice {
    const char *value, *label;
} Choice;

/* Components, compiled from form_views.html; each has label, hint, error and aria wiring. */
typedef struct Input {
    const Form *form;
    const char *name, *label, *value, *hint, *type, *placeholder, *autocomplete;
    bool required, autofocus;
    int max;                    /* characters, 0: none */
    int rows;                   /* >0: a textarea */
    List choices;               /* of Choice: a select */
    const Word *words;          /* a select of a table of words */
    /* label, hint, placeholder and the choices' labels are what is shown: translated already */
    const char *id;             /* when the page has two forms; else the name */
    bool checked;               /* a box */
    const char *accept;         /* a file: ".ics,text/calendar" */
    bool multiple;              /* several files */
} Input;
/* Views, in form_views.h:
 *   form_view_input(h, &(Input){…})     a line, a textarea (rows) or a select (choices, words)
 *   form_view_check(h, &(Input){…})     one box; value is what it sends, else "1"
 *   form_view_radios(h, &(Input){…})    one of choices or words; value is the chosen one
 *   form_view_checks(h, &(Input){…})    any of choices; value holds the chosen ones, one a line
 *   form_view_file(h, &(Input){…})
 *   form_view_hidden(h, form)           in every form that posts: the CSRF token
 *   form_view_version(h, version)       the version that the person saw
 *   form_view_summary(h, form)          all that is wrong, in front of the form
 *   form_view_submit(h, label, back)    the button, and the way out when back.s is not NULL */
const char *form_input_id(const Html *h, const Input *in);
const char *form_input_text(const Input *in);                      /* what stands in the control */
const char *form_input_describedby(const Html *h, const Input *in); /* the ids of hint and error; NULL when neither is */
List form_input_choices(const Html *h, const Input *in);           /* of Choice: choices, or words in the reader's tongue */
bool form_input_chosen(const Input *in, const char *value);
List form_errors(const Form *form);                                /* of Choice: field and sentence */
Url form_error_link(const Html *h, const char *field);
