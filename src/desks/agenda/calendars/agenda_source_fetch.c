/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_source_fetch.c: one look at a source: asked outside of the transaction, taken in inside of it. */
#include "desks/agenda/calendars/agenda_ics.h"
#include "desks/agenda/calendars/agenda_source.h"
#include "net/net.h"
#include "store/journal.h"
#include "store/queue.h"
#include "agenda_source_queries.h"

enum { SOURCE_BYTES_MAX = 8 * 1024 * 1024, REDIRECTS = 5, REPORT_LINES = 200, REPORT_MAX = 60 * 1024 };
enum { SCAN_ARENA = 128 * 1024 * 1024, BACKOFF_DOUBLES = 6 };
#define FETCH_TIMEOUT (30 * CLOCK_SECOND)

/* What prepare leaves for apply. */
typedef struct Fetched {
    const Source *source; /* as it was when it was asked; NULL: the job is an old one */
    i64 due;
    const char *error;    /* why there is nothing to read */
    i64 wait;             /* us that the server asks us to wait */
    NetAnswer answer;
} Fetched;

/* ---- asking ---- */

static const Source *source_of(Ctx *ctx, const Job *job, i64 *due_out)
{
    const Json *v = json_read(ctx, job->payload, strlen(job->payload));
    if (!v)
        return NULL;
    *due_out = json_int_of(json_get(v, "due"));
    const Source *s =
        db_maybe(ctx, &q_agenda_source_find, &agenda_source_shape, I(json_int_of(json_get(v, "source"))));
    return s && s->active && s->next_at == *due_out ? s : NULL;
}

static const char *fault_said(Ctx *ctx)
{
    Fault f = fault_take(ctx);
    return f.kind == FAULT_BROKEN || !f.what ? say(ctx, "Something in this program failed: the log says what.")
                                             : f.what;
}

/* A calendar, at a glance; the import reads it thoroughly. */
static const char *trouble_of(Ctx *ctx, const NetAnswer *answer)
{
    const char *type = answer->type ? answer->type : "";
    const char *body = answer->body.data;
    size_t blank = 0;
    while (blank < answer->body.size && strchr(" \t\r\n", body[blank]))
        blank++;
    if (text_starts(type, "text/html") || (blank < answer->body.size && body[blank] == '<'))
        return say(ctx, "The address answers a page for people, not a calendar: look for the one that ends in .ics.");
    Lap lap CLEANUP(lap_end)
    = {.ctx = ctx, .outer = ctx->arena};
    ctx->arena = arena_new(SCAN_ARENA);
    IcsFile file;
    return agenda_ics_scan(ctx, answer->body, &file) ? NULL : arena_text(lap.outer, fault_said(ctx));
}

static const char *status_trouble(Ctx *ctx, int status)
{
    if (status == 401 || status == 403)
        return arena_printf(ctx->arena,
                            say(ctx, "The server does not let us read the calendar (%d): ask for its public or secret address."),
                            status);
    if (status == 404 || status == 410)
        return arena_printf(ctx->arena, say(ctx, "There is no calendar at this address (%d)."), status);
    return arena_printf(ctx->arena, say(ctx, "The server answered with an error (%d)."), status);
}

/* Seconds only; a date there is rare, and the next look comes soon enough. */
static i64 wait_of(const NetAnswer *answer)
{
    i64 seconds;
    bool said = answer->retry_after && text_int(answer->retry_after, &seconds) && seconds > 0;
    return said && seconds < 7 * 86400 ? seconds * CLOCK_SECOND : 0;
}

static void ask(Ctx *ctx, Fetched *f)
{
    const Source *s = f->source;
    const char *headers[4] = {"Accept: text/calendar, */*;q=0.1"};
    size_t n = 1;
    if (s->etag)
        headers[n++] = arena_printf(ctx->arena, "If-None-Match: %s", s->etag);
    if (s->last_modified)
        headers[n++] = arena_printf(ctx->arena, "If-Modified-Since: %s", s->last_modified);
    NetRequest req = {
        .url = s->url,
        .headers = headers,
        .max_bytes = SOURCE_BYTES_MAX,
        .timeout_us = FETCH_TIMEOUT,
        .redirects = REDIRECTS,
        .inside_allowed = ctx->city->net_inside,
    };
    if (!net_fetch(ctx, &req, &f->answer)) {
        f->error = fault_said(ctx);
        return;
    }
    f->wait = wait_of(&f->answer);
    if (f->answer.status == 200)
        f->error = trouble_of(ctx, &f->answer);
    else if (f->answer.status != 304 || n == 1)
        f->error = status_trouble(ctx, f->answer.status);
}

bool agenda_source_prepare(Ctx *ctx, const Job *job, void **prepared_out)
{
    Fetched *f = arena_new_of(ctx->arena, Fetched);
    f->source = source_of(ctx, job, &f->due);
    *prepared_out = f;
    if (f->source && job->attempts > 0 && job->error)
        f->error = job->error; /* the answer could not be taken in: that is said, and the next look is planned */
    else if (f->source)
        ask(ctx, f);
    return !faulted(ctx);
}

/* ---- telling ---- */

static bool tell_editors(Ctx *ctx, const Source *s, const NoticeChange *what, const char *key)
{
    List editors = people_with_right(ctx, RIGHT_AGENDA_EDIT);
    const Person *p = editors.items;
    NoticeDraft draft = {
        .subject = "agenda_source",
        .subject_id = s->id,
        .address = arena_printf(ctx->arena, "/mesa/agenda/fuentes/%s", id_text(ctx->arena, s->id)),
        .kind = "told",
        .title = s->name,
        .changes = {what, 1},
        .key = arena_printf(ctx->arena, "source:%s:%s:%s", id_text(ctx->arena, s->id), key,
                            clock_day_text(ctx->arena, ctx->city->zone, ctx->now)),
    };
    for (size_t i = 0; i < editors.count; i++) {
        if (!people_notify(ctx, p[i].id, &draft))
            return false;
    }
    return true;
}

static bool tell_failure(Ctx *ctx, const Source *s, const char *error)
{
    if (s->failures + 1 != SOURCE_TELLS_AT)
        return true;
    NoticeChange d = {.field = "error", .label = N_("The source cannot be read"), .after = error, .as = "text"};
    return tell_editors(ctx, s, &d, "failing");
}

static bool tell_missing(Ctx *ctx, const Source *s, const ImportFate *fate)
{
    if (!fate->missing)
        return true;
    NoticeChange d = {
        .field = "missing",
        .label = fate->held ? N_("Held back: events that would be missing") : N_("Events that the source lacks now"),
        .after = arena_printf(ctx->arena, "%" PRId64 " / %" PRId64, fate->missing, fate->known),
        .as = "text",
    };
    return tell_editors(ctx, s, &d, fate->held ? "held" : "missing");
}

/* ---- taking it in ---- */

/* Twice as long after each failure, at most a day; never sooner than the server asks. */
static i64 next_after(const Ctx *ctx, const Source *s, i64 failures, i64 wait)
{
    i64 delay = s->minutes * CLOCK_MINUTE;
    for (i64 i = 1; i < failures && i <= BACKOFF_DOUBLES; i++)
        delay *= 2;
    if (failures && delay > CLOCK_DAY && delay > s->minutes * CLOCK_MINUTE)
        delay = s->minutes * CLOCK_MINUTE > CLOCK_DAY ? s->minutes * CLOCK_MINUTE : CLOCK_DAY;
    return ctx->now + (delay > wait ? delay : wait);
}

static bool note_failure(Ctx *ctx, const Source *s, const Fetched *f)
{
    i64 next = next_after(ctx, s, s->failures + 1, f->wait);
    return db_write(ctx, &q_agenda_source_failed, I(s->id), I(ctx->now), T(f->error), I(next)) &&
           agenda_source_plan(ctx, s->id, next) && tell_failure(ctx, s, f->error) &&
           (s->failures || journal_detail(ctx, "agenda_source", s->id, "failed", f->error));
}

static const char *report_of(Ctx *ctx, const ImportResult *r)
{
    Buf *out = buf_new(ctx->arena, 4096, REPORT_MAX + 8192);
    JsonOut j = json_out(out);
    const ImportLine *line = r->lines.items;
    json_open(&j, NULL, '[');
    for (size_t i = 0; i < r->lines.count && i < REPORT_LINES && buf_size(out) < REPORT_MAX; i++) {
        json_open(&j, NULL, '{');
        json_int(&j, "line", line[i].line);
        json_text(&j, "what", line[i].what);
        json_text(&j, "title", line[i].title);
        json_text(&j, "why", line[i].why);
        json_close(&j, '}');
    }
    json_close(&j, ']');
    return buf_data(out);
}

static bool note_read(Ctx *ctx, const Source *s, const Fetched *f, const ImportFate *fate, i64 next)
{
    const ImportResult *r = &fate->result;
    bool news = r->created || r->changed || r->cancelled || fate->missing || fate->back;
    const char *said = arena_printf(ctx->arena, say(ctx, "%" PRId64 " new, %" PRId64 " changed, %" PRId64 " missing"),
                                    r->created, r->changed, fate->missing);
    return db_write(ctx, &q_agenda_source_read, I(s->id), I(ctx->now), I(next), T(f->answer.etag),
                    T(f->answer.last_modified), I(r->events), I(r->created), I(r->changed), I(r->cancelled),
                    I(r->unchanged), I(r->refused), T(report_of(ctx, r)), B(news)) &&
           (!news || journal_detail(ctx, "agenda_source", s->id, "imported", said));
}

static bool take_in(Ctx *ctx, const Source *s, const Fetched *f)
{
    ImportFrom from = {.source = s->id, .calendar = s->calendar, .allowed = s->allowed};
    ImportFate fate = {{0}};
    i64 next = next_after(ctx, s, 0, 0);
    if (!agenda_import_source(ctx, f->answer.body, &from, &fate))
        return false;
    bool noted = fate.held ? db_write(ctx, &q_agenda_source_held, I(s->id), I(ctx->now), I(next), I(fate.missing),
                                      I(fate.known)) &&
                                 (s->held_missing || journal(ctx, "agenda_source", s->id, "held_back"))
                           : note_read(ctx, s, f, &fate, next);
    return noted && agenda_source_plan(ctx, s->id, next) && tell_missing(ctx, s, &fate);
}

bool agenda_source_apply(Ctx *ctx, const Job *job, void *prepared)
{
    const Fetched *f = prepared;
    i64 due;
    const Source *s = f->source ? source_of(ctx, job, &due) : NULL;
    if (!s || s->version != f->source->version)
        return !faulted(ctx); /* changed meanwhile: that planned a look of its own */
    if (f->error)
        return note_failure(ctx, s, f);
    i64 next = next_after(ctx, s, 0, 0);
    if (f->answer.status == 304)
        return db_write(ctx, &q_agenda_source_same, I(s->id), I(ctx->now), I(next)) &&
               agenda_source_plan(ctx, s->id, next);
    return take_in(ctx, s, f);
}
