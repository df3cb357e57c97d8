/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_event_look.c: small things that the pages of an event, of calendars and of places say. */
#include "desks/agenda/agenda_room.h"

const char *agenda_file_icon(const char *type)
{
    if (text_same(type, "application/pdf"))
        return "file-type-pdf";
    if (text_starts(type, "image/"))
        return "photo";
    return strstr(type, "sheet") || strstr(type, "excel") ? "file-spreadsheet" : "file-text";
}

const char *agenda_size_said(Html *h, i64 bytes)
{
    if (bytes < 1000)
        return html_sayf(h, "%" PRId64 " bytes", bytes);
    if (bytes < 1000000)
        return html_sayf(h, "%" PRId64 " KB", (bytes + 500) / 1000);
    return html_sayf(h, "%.1f MB", (double)bytes / 1e6);
}

Url agenda_public_file_url(Arena *a, const char *slug, i64 id)
{
    const char *before = arena_printf(a, "/agenda/%s/archivos/", slug);
    return url_slug(a, before, id_text(a, id), NULL);
}

/* "Av. Carranza 100, colonia Centro, 78000" */
const char *agenda_place_where(Html *h, const Place *p)
{
    const char *colonia = p->neighbourhood ? html_sayf(h, "colonia %s", p->neighbourhood) : NULL;
    const char *parts[] = {p->address, colonia, p->postcode, p->district};
    Buf *out = buf_new(html_arena(h), 128, 4096);
    for (size_t i = 0; i < COUNT(parts); i++)
        if (parts[i])
            buf_printf(out, "%s%s", buf_size(out) ? ", " : "", parts[i]);
    return buf_data(out);
}

/* What happened to a date that was. */
const char *agenda_lost_said(Html *h, const EventDate *d)
{
    static const Word verbs[] = {
        {"postponed", N_("it was postponed")}, {"rescheduled", N_("it was moved")},
        {"changed", N_("it was corrected")},   {"cancelled", N_("it was cancelled")},
        {0},
    };
    int verb = word_find(verbs, d->verb);
    return verb < 0 ? d->verb : html_word(h, verbs, verb);
}

const char *agenda_certainty_look(Certainty c)
{
    if (c == CERTAINTY_CANCELLED)
        return "bad";
    return c >= CERTAINTY_PLANNED && c <= CERTAINTY_HIGHLY_LIKELY ? "warn" : "info";
}

/* Does it say more than the state does? */
bool agenda_certainty_tells(const Event *e)
{
    return e->certainty != agenda_certainty_for(CERTAINTY_BY_STATUS, e->status);
}

/* ---- calendars and places ---- */

Url agenda_calendar_url(Arena *a, i64 id)
{
    return url_id(a, "/mesa/agenda/calendarios/", id, NULL);
}

const Word agenda_color_words[] = {
    {"0", N_("None")},      {"1", N_("Petrol")}, {"2", N_("Quarry pink")}, {"3", N_("Green")},
    {"4", N_("Violet")},    {"5", N_("Gold")},   {"6", N_("Blue")},        {"7", N_("Red")},
    {"8", N_("Slate grey")}, {0},
};

Url agenda_places_next(Arena *a, const PlacesShown *x)
{
    const BookFilter *f = x->filter;
    Url url = url_query(a, url_literal("/mesa/lugares"), "q", f->text);
    url = url_query(a, url, "colonia", f->neighbourhood);
    url = url_query(a, url, "delegacion", f->district);
    url = url_query(a, url, "archivados", f->archived ? "1" : NULL);
    return url_query(a, url, "after", x->next);
}

/* ---- what a line of the journal names ---- */

static const Word step_names[] = {
    {"changed", N_("the change")},
    {"cancelled", N_("the cancellation")},
    {"postponed", N_("the postponement")},
    {"rescheduled", N_("the new date")},
    {"not_covered", N_("the reason why nobody covered it")},
    {"undone", N_("the taking back")},
    {"repeated", N_("the repetition")},
    {"series", N_("the step with the series")},
    {0},
};

const char *agenda_step_said(const Html *h, const char *verb)
{
    int step = word_find(step_names, verb);
    return step < 0 ? html_say(h, "the last step") : html_word(h, step_names, step);
}

static const Word field_names[] = {
    {"title", N_("title")},
    {"description", N_("description")},
    {"topics", N_("topics")},
    {"starts_at", N_("beginning")},
    {"ends_at", N_("end")},
    {"time_zone", N_("time zone")},
    {"all_day", N_("all day")},
    {"time_to_be_confirmed", N_("hour to be confirmed")},
    {"status", N_("state")},
    {"certainty", N_("certainty")},
    {"visibility", N_("who sees it")},
    {"calendar", N_("calendar")},
    {"area", N_("area")},
    {"headed_by", N_("who heads it")},
    {"accreditation", N_("accreditation")},
    {"accreditation_until", N_("end of the accreditation")},
    {"attendees", N_("who else comes")},
    {"attendance", N_("attendance")},
    {"place", N_("place")},
    {"internal_note", N_("internal note")},
    {0},
};

/* The names of fields in the reader's words; the detail of an undone step is the step's verb. */
const char *agenda_detail_said(Html *h, const JournalLine *line)
{
    if (text_same(line->verb, "undone"))
        return agenda_step_said(h, line->detail);
    bool fields = text_same(line->subject, "agenda_event") &&
                  (text_same(line->verb, "changed") || text_same(line->verb, "rescheduled"));
    if (!fields)
        return line->detail;
    Buf *out = buf_new(html_arena(h), 128, 4096);
    List names = text_split(html_arena(h), line->detail, ',');
    for (size_t i = 0; i < names.count; i++) {
        const char *name = text_trim(html_arena(h), ((const char *const *)names.items)[i]);
        int known = word_find(field_names, name);
        buf_printf(out, "%s%s", i ? ", " : "",
                   known < 0 ? name : html_word(h, field_names, known));
    }
    return buf_data(out);
}
