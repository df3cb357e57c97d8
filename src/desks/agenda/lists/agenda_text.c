/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_text.c: a day's events as lines of text: when, what, where, who, about what. */
#include "desks/agenda/lists/agenda_text.h"
#include "desks/agenda/agenda_room.h"

enum { TEXT_LONGEST = 256 * 1024 };

const Word agenda_tone_words[] = {
    [TEXT_LIVELY] = {"emoji", N_("With signs and bold")},
    [TEXT_PLAIN] = {"sencillo", N_("Plain")},
    {0},
};

bool agenda_tone_read(Ctx *ctx, const Request *req, TextTone *tone_out)
{
    const char *tone = query_text(req, "tono");
    int found = text_blank(tone) ? TEXT_LIVELY : word_find(agenda_tone_words, tone);
    if (found < 0)
        return fault_field(ctx, "tono", "\"%s\" is no way to write it: emoji or sencillo.",
                           text_clip(ctx->arena, tone, 40));
    *tone_out = (TextTone)found;
    return true;
}

/* ---- one event ---- */

/* What both kinds of events have. */
typedef struct TextEvent {
    const char *title, *place, *neighbourhood, *headed_by, *topics;
    i64 starts_at, ends_at;
    bool all_day, tbc;
    EventStatus status;
    Visibility visibility;
} TextEvent;

typedef struct Writing {
    Ctx *ctx;
    Buf *out;
    TextTone tone;
    Span day;
} Writing;

/* The sign is left out of plain text. */
static void sign(const Writing *w, const char *emoji)
{
    if (w->tone == TEXT_LIVELY)
        buf_printf(w->out, "%s ", emoji);
}

/* U+1F550 is one o'clock … U+1F55B twelve; U+1F55C half past one … */
static const char *clock_face(const Writing *w, i64 instant)
{
    Wall wall = clock_wall(w->ctx->city->zone, instant);
    unsigned hour = (unsigned)(wall.hour + 11) % 12, code = 0x1f550 + hour + (wall.minute >= 30 ? 12 : 0);
    char *face = arena_bytes(w->ctx->arena, 5);
    face[0] = (char)0xf0;
    face[1] = (char)(0x80 | (code >> 12 & 0x3f));
    face[2] = (char)(0x80 | (code >> 6 & 0x3f));
    face[3] = (char)(0x80 | (code & 0x3f));
    return face;
}

static void write_when(const Writing *w, const TextEvent *e)
{
    Ctx *ctx = w->ctx;
    bool before = e->starts_at < w->day.from;
    if (e->all_day || before) {
        sign(w, "📅");
        buf_text(w->out, say(ctx, "All day"));
    } else if (e->tbc) {
        sign(w, "🕒");
        buf_text(w->out, say(ctx, "Hour to be confirmed"));
    } else {
        sign(w, clock_face(w, e->starts_at));
        buf_text(w->out, clock_time_text(ctx->arena, ctx->city->zone, e->starts_at));
    }
    if (e->ends_at > w->day.to)
        buf_printf(w->out, " (%s)",
                   arena_printf(ctx->arena, say(ctx, "until %s"),
                                clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue,
                                          CLOCK_SAY_SHORT, e->ends_at - 1)));
}

/* A title with an asterisk in it would end the bold early. */
static const char *bare(Ctx *ctx, const char *title)
{
    char *copy = arena_text(ctx->arena, title);
    for (char *c = copy; *c; c++)
        if (*c == '*')
            *c = ' ';
    return copy;
}

static void write_title(const Writing *w, const TextEvent *e)
{
    bool off = e->status == EVENT_CANCELLED || e->status == EVENT_POSTPONED;
    if (off)
        buf_printf(w->out, "%s%s: ", w->tone == TEXT_LIVELY ? "❌ " : "",
                   say_word(w->ctx, agenda_status_words, (int)e->status));
    if (w->tone == TEXT_LIVELY)
        buf_printf(w->out, "*%s*", bare(w->ctx, e->title));
    else
        buf_text(w->out, e->title);
    if (e->visibility != VISIBLE_PUBLIC)
        buf_printf(w->out, " [%s]", say_word(w->ctx, agenda_visibility_words, (int)e->visibility));
}

static const char *one_line(Ctx *ctx, const char *lines)
{
    List parts = text_split(ctx->arena, lines, '\n');
    Buf *out = buf_new(ctx->arena, 64, 4096);
    for (size_t i = 0; i < parts.count; i++)
        buf_printf(out, "%s%s", i ? ", " : "", ((const char *const *)parts.items)[i]);
    return buf_data(out);
}

static void write_event(const Writing *w, const TextEvent *e)
{
    buf_char(w->out, '\n');
    write_when(w, e);
    buf_char(w->out, ' ');
    write_title(w, e);
    buf_char(w->out, '\n');
    if (e->place) {
        sign(w, "📍");
        buf_printf(w->out, "%s%s%s%s\n", e->place, e->neighbourhood ? " (" : "",
                   e->neighbourhood ? e->neighbourhood : "", e->neighbourhood ? ")" : "");
    }
    if (e->headed_by) {
        sign(w, "👤");
        buf_printf(w->out, "%s\n", e->headed_by);
    }
    if (!text_blank(e->topics)) {
        sign(w, "🏷️");
        buf_printf(w->out, "%s\n", one_line(w->ctx, e->topics));
    }
}

/* ---- the day ---- */

static Writing begin(Ctx *ctx, const Period *day, TextTone tone, const char *what)
{
    Writing w = {ctx, buf_new(ctx->arena, 4096, TEXT_LONGEST), tone, day->span};
    const char *bold = tone == TEXT_LIVELY ? "*" : "";
    buf_printf(w.out, "%s%s · %s%s\n%s\n", bold, what, day->label, bold, ctx->city->name);
    return w;
}

static const char *end(const Writing *w, size_t events)
{
    if (!events)
        buf_printf(w->out, "\n%s\n", say(w->ctx, "Nothing is announced for this day."));
    if (buf_over(w->out))
        return fault(w->ctx, FAULT_TOO_LARGE, "This day has too many events for one message.");
    return buf_data(w->out);
}

const char *agenda_text_public(Ctx *ctx, const Period *day, TextTone tone)
{
    Writing w = begin(ctx, day, tone, say(ctx, "Public agenda"));
    List list = agenda_public_listed(
        ctx, &(AgendaFilter){.span = day->span, .overlapping = true}, TEXT_MOST);
    const PublicEvent *e = list.items;
    for (size_t i = 0; i < list.count; i++)
        write_event(&w, &(TextEvent){e[i].title, e[i].place.name, e[i].place.neighbourhood,
                                     e[i].headed_by, e[i].topics, e[i].starts_at, e[i].ends_at,
                                     e[i].all_day, e[i].time_to_be_confirmed, e[i].status,
                                     VISIBLE_PUBLIC});
    return end(&w, list.count);
}

const char *agenda_text_desk(Ctx *ctx, const Period *day, TextTone tone)
{
    if (!people_may(ctx, RIGHT_AGENDA_READ))
        return NULL;
    Writing w = begin(ctx, day, tone, say(ctx, "Agenda, internal"));
    List list = agenda_list(ctx, &(AgendaFilter){.span = day->span, .overlapping = true}, 0, 0,
                            TEXT_MOST);
    const Event *e = list.items;
    for (size_t i = 0; i < list.count; i++)
        write_event(&w, &(TextEvent){e[i].title, e[i].place.name, e[i].place.neighbourhood,
                                     e[i].headed_by, e[i].topics, e[i].starts_at, e[i].ends_at,
                                     e[i].all_day, e[i].time_to_be_confirmed, e[i].status,
                                     e[i].visibility});
    return end(&w, list.count);
}

Url agenda_text_url(Arena *a, const TextShown *x, const char *day, TextTone tone, bool internal)
{
    Url url = url_query(a, url_literal("/mesa/agenda/texto"), "dia", day ? day : x->day.text);
    url = url_query(a, url, "tono", tone == TEXT_PLAIN ? "sencillo" : NULL);
    return url_query(a, url, "interno", internal ? "1" : NULL);
}
