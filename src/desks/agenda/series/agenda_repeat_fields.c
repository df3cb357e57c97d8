/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_repeat_fields.c: what a form or a program says of repeating, and of how many events are meant. */
#include "desks/agenda/series/agenda_repeat.h"

#include <ctype.h>

enum { EXCEPT_MAX = 5000, RULE_TEXT = 500 };

/* How a month's day is chosen in the form; programs say month_day or nth. */
static const Word month_words[] = {
    {"day", NULL}, {"weekday", NULL}, {"last_weekday", NULL}, {"last_day", NULL}, {0},
};
static const Word end_words[] = {{"never", NULL}, {"until", NULL}, {"count", NULL}, {0}};

AgendaScope agenda_scope_read(Ctx *ctx, const Request *req)
{
    return (AgendaScope)form_word(ctx, req, "scope", agenda_scope_words, SCOPE_ONE);
}

/* ---- weekdays ---- */

/* mo, MO or monday: its bit; 0: none of them. */
static unsigned weekday_bit(const char *text)
{
    static const char *const names[] = {"mo", "tu", "we", "th", "fr", "sa", "su"};
    for (size_t i = 0; i < COUNT(names); i++) {
        if (tolower((unsigned char)text[0]) == names[i][0] && tolower((unsigned char)text[1]) == names[i][1])
            return 1u << i;
    }
    return 0;
}

static unsigned read_weekdays(Ctx *ctx, const Request *req)
{
    const char *text = form_lines(ctx, req, "weekdays", 7);
    List lines = text ? text_split(ctx->arena, text, '\n') : (List){0};
    unsigned bits = 0;
    for (size_t i = 0; i < lines.count; i++) {
        const char *day = ((const char *const *)lines.items)[i];
        unsigned bit = strlen(day) >= 2 ? weekday_bit(day) : 0;
        if (!bit)
            fault_field(ctx, "weekdays", "\"%s\" is no day of the week: write mo, tu, we, th, fr, sa or su.",
                        text_clip(ctx->arena, day, 40));
        bits |= bit;
    }
    return bits;
}

/* ---- days that are left out ---- */

static List read_except(Ctx *ctx, const Request *req)
{
    const char *text = form_lines(ctx, req, "except", EXCEPT_MAX);
    List lines = text ? text_split(ctx->arena, text, '\n') : (List){0};
    Wall *days = arena_array(ctx->arena, Wall, lines.count + 1);
    for (size_t i = 0; i < lines.count; i++) {
        const char *day = ((const char *const *)lines.items)[i];
        if (!wall_parse(day, &days[i])) {
            fault_field(ctx, "except", "\"%s\" is no date: write it like 2022-07-14.", text_clip(ctx->arena, day, 40));
            return (List){0};
        }
    }
    return (List){days, lines.count};
}

/* ---- the whole ---- */

static i64 at_least(i64 n, i64 otherwise)
{
    return n == NONE ? otherwise : n;
}

static void read_month(Ctx *ctx, const Request *req, RepeatDraft *d, const Event *e)
{
    d->month_day = at_least(form_int(ctx, req, "month_day", -1, 31), 0);
    d->nth = at_least(form_int(ctx, req, "nth", -1, 5), 0);
    int by = form_word(ctx, req, "month_by", month_words, -1);
    if (by == 1 || by == 2)
        d->weekdays = 0; /* the event's own */
    if (by == 1 && e)
        d->nth = (clock_wall(zone_find(e->time_zone), e->starts_at).day + 6) / 7;
    if (by == 2)
        d->nth = -1;
    if (by == 3)
        d->month_day = -1;
}

static void read_end(Ctx *ctx, const Request *req, RepeatDraft *d)
{
    int ends = form_word(ctx, req, "ends", end_words, -1);
    if (ends != 0 && ends != 2)
        form_wall(ctx, req, "until", &d->until);
    if (ends != 0 && ends != 1)
        d->count = at_least(form_int(ctx, req, "count", 2, 100000), 0);
    if (ends == 1 && !d->until.year && !faulted(ctx))
        form_need(ctx, req, "until", 40);
    if (ends == 2 && !d->count && !faulted(ctx))
        form_need(ctx, req, "count", 40);
}

bool agenda_repeat_read(Ctx *ctx, const Request *req, const Event *e, RepeatDraft *draft_out)
{
    RepeatDraft d = {.rule = form_text(ctx, req, "rule", RULE_TEXT)};
    int freq = form_word(ctx, req, "freq", agenda_freq_words, -1);
    if (faulted(ctx) || (!d.rule && freq < 0))
        return false;
    d.freq = freq < 0 ? REPEAT_DAILY : (RepeatFreq)freq;
    d.interval = at_least(form_int(ctx, req, "interval", 1, 1000), 1);
    d.weekdays = read_weekdays(ctx, req);
    read_month(ctx, req, &d, e);
    read_end(ctx, req, &d);
    d.except_said = form_has(req, "except");
    d.except = read_except(ctx, req);
    *draft_out = d;
    return !faulted(ctx);
}

bool agenda_repeat_said_so(Ctx *ctx, const Request *req, i64 id)
{
    RepeatDraft draft;
    const Event *e = agenda_find(ctx, id);
    if (!e || !agenda_repeat_read(ctx, req, e, &draft))
        return !faulted(ctx);
    return agenda_repeat(ctx, id, NONE, &draft);
}
