/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_fuzz.c: any bytes as a calendar file: read, expanded and written out again without a database. */
#include "desks/agenda/calendars/agenda_ics.h"

#include <stdlib.h>

enum { FUZZ_ARENA = 64 * 1024 * 1024, RULES_MOST = 2 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What holds of every event that was not refused. */
static void check(const IcsEvent *e)
{
    bool sound =
        e->uid && e->title && *e->title && e->hash && e->when.ends_at >= e->when.starts_at &&
        e->when.ends_at - e->when.starts_at <= AGENDA_DAYS_MAX * CLOCK_DAY &&
        wall_valid(e->when.starts) && text_valid(e->title, strlen(e->title)) && e->sequence >= 0;
    if (!sound)
        abort();
}

static void expand(Ctx *ctx, const IcsEvent *e)
{
    Series s = {&e->rule, e->when.starts, e->when.zone};
    Occurrences found;
    if (!agenda_series_expand(ctx, &s, agenda_series_horizon(ctx->now, e->when.starts_at),
                              &found)) {
        fault_take(ctx);
        return;
    }
    const Occurrence *o = found.list.items;
    for (size_t i = 0; i < found.list.count; i++) {
        if (i && o[i].at <= o[i - 1].at)
            abort();
        agenda_series_when(&s, e->duration, e->when.all_day, &o[i]);
    }
}

/* A day is a day in whatever zone it is read. */
static bool same_start(const IcsEvent *a, const IcsEvent *b)
{
    const Wall *x = &a->when.starts, *y = &b->when.starts;
    if (a->when.all_day)
        return x->year == y->year && x->month == y->month && x->day == y->day;
    return a->when.starts_at == b->when.starts_at;
}

static void write_out(Ctx *ctx, const IcsEvent *e)
{
    PublicEvent out = {
        .uid = e->uid,
        .title = e->title,
        .description = e->description,
        .topics = e->topics,
        .time_zone = zone_name(e->when.zone),
        .starts_at = e->when.starts_at,
        .ends_at = e->when.ends_at,
        .recurrence_at = e->recurrence_at,
        .sequence = e->sequence,
        .all_day = e->when.all_day,
        .status = e->status,
        .place = e->place,
        .url = "https://vocero.example/agenda/x",
    };
    Buf *buf = buf_new(ctx->arena, 4096, 1024 * 1024);
    agenda_public_ics(ctx, (List){&out, 1}, "x", buf);
    IcsFile again;
    if (!agenda_ics_scan(ctx, (Bytes){buf_data(buf), buf_size(buf)}, &again) ||
        again.events.count != 1)
        abort();
    const IcsEvent back = agenda_ics_read(ctx, &again, again.events.items);
    if (back.refused || strcmp(back.title, e->title) || !same_start(e, &back))
        abort();
}

static void read_all(Ctx *ctx, const IcsFile *file)
{
    const IcsComponent *c = file->events.items;
    size_t rules = 0;
    for (size_t i = 0; i < file->events.count && i < 20; i++) {
        IcsEvent e = agenda_ics_read(ctx, file, &c[i]);
        if (faulted(ctx) || (e.refused && !e.refused_line))
            abort();
        if (e.refused)
            continue;
        check(&e);
        if (e.rule.text && rules++ < RULES_MOST)
            expand(ctx, &e);
        if (i < 3)
            write_out(ctx, &e);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    icalerror_set_errors_are_fatal(false);
    City city = {.name = "San Luis Potosí",
                 .office = "Comunicación \"Social\"",
                 .zone = zone_find("America/Mexico_City"),
                 .base_url = "https://vocero.example"};
    Ctx ctx = {.arena = arena_new(FUZZ_ARENA),
               .actor = &actor_system,
               .city = &city,
               .now = 1657810800 * CLOCK_SECOND};
    IcsFile file;
    if (agenda_ics_scan(&ctx, (Bytes){(const char *)data, size}, &file))
        read_all(&ctx, &file);
    else if (!ctx.fault.what || !*ctx.fault.what)
        abort();
    arena_free(ctx.arena);
    return 0;
}
