/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_differ.c: what one person typed beside what another one saved meanwhile.
 *
 * With the version that the first one saw still known, three are compared: what only the others changed is taken
 * over, what both changed is shown for a choice, what only the first one changed is left alone. */
#include "desks/agenda/agenda_room.h"

static const Word labels[] = {
    {"title", N_("Title")},
    {"description", N_("Description")},
    {"starts_at", N_("Begins")},
    {"ends_at", N_("Ends")},
    {"all_day", N_("All day")},
    {"time_to_be_confirmed", N_("The hour is to be confirmed")},
    {"time_zone", N_("Time zone")},
    {"place", N_("Place")},
    {"calendar", N_("Calendar")},
    {"topics", N_("Topics")},
    {"area", N_("Area that convenes")},
    {"headed_by", N_("Headed by")},
    {"attendees", N_("Who else comes")},
    {"attendance", N_("How many people")},
    {"accreditation", N_("How media get in")},
    {"accreditation_until", N_("Until when media register")},
    {"status", N_("State")},
    {"certainty", N_("How sure it is")},
    {"visibility", N_("Who sees it")},
    {"internal_note", N_("Internal note")},
    {0},
};

/* Browsers send CR LF; blank is nothing. */
static const char *plain(Ctx *ctx, const char *text)
{
    if (text_blank(text))
        return NULL;
    char *copy = arena_text(ctx->arena, text), *to = copy;
    for (const char *p = copy; *p; p++)
        if (*p != '\r')
            *to++ = *p;
    *to = '\0';
    return text_trim(ctx->arena, copy);
}

static const char *label_of(List choices, const char *value)
{
    for (const Choice *c = choices.items, *end = c + choices.count; c < end; c++)
        if (text_same(c->value, value))
            return c->label;
    return value;
}

static const char *word_said(Ctx *ctx, const Word *words, const char *value)
{
    int word = word_find(words, value);
    return word < 0 ? value : say_word(ctx, words, word);
}

/* A control's value as a person reads it. */
static const char *readable(Ctx *ctx, const EventForm *f, const char *name, const char *value)
{
    if (!value)
        return say(ctx, "nothing");
    if (text_same(name, "calendar"))
        return label_of(f->calendars, value);
    if (text_same(name, "area"))
        return label_of(f->areas, value);
    if (text_same(name, "status"))
        return word_said(ctx, agenda_status_words, value);
    if (text_same(name, "certainty"))
        return word_said(ctx, agenda_certainty_words, value);
    if (text_same(name, "visibility"))
        return word_said(ctx, agenda_visibility_words, value);
    if (text_same(name, "all_day") || text_same(name, "time_to_be_confirmed"))
        return text_same(value, "1") ? say(ctx, "yes") : say(ctx, "no");
    if (text_ends(name, "_at") || text_ends(name, "_until")) {
        char *said = arena_text(ctx->arena, value);
        char *t = strchr(said, 'T');
        if (t)
            *t = ' ';
        return said;
    }
    return text_clip(ctx->arena, value, 400);
}

List agenda_differences(Ctx *ctx, const EventForm *f, const Event *base)
{
    FieldDifference *list = arena_array(ctx->arena, FieldDifference, COUNT(labels));
    size_t n = 0;
    for (const Word *w = labels; w->name; w++) {
        const char *typed = form_value(f->form, w->name, NULL);
        if (!typed)
            continue;
        const char *mine = plain(ctx, typed),
                   *theirs = plain(ctx, agenda_control(ctx, f->event, w->name)),
                   *was = base ? plain(ctx, agenda_control(ctx, base, w->name)) : NULL;
        if (text_same(mine, theirs) || (base && text_same(was, theirs)))
            continue;
        list[n++] = (FieldDifference){
            .name = w->name,
            .label = say(ctx, w->label),
            .mine = readable(ctx, f, w->name, mine),
            .theirs = readable(ctx, f, w->name, theirs),
            .taken = base && text_same(was, mine),
        };
    }
    return (List){list, n};
}

const Form *agenda_form_of(const EventForm *f, const char *name)
{
    for (const FieldDifference *d = f->differences.items, *end = d + f->differences.count; d < end; d++)
        if (d->taken && text_same(d->name, name))
            return NULL;
    return f->form;
}
