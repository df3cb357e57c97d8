/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report.c: reading a report: what was frozen from its snapshot, a draft from the records. */
#include "desks/report/report_room.h"
#include "store/db.h"

/* What the row keeps and the computation does not know. */
static void take_row(Report *r, const Report *row)
{
    r->id = row->id;
    r->version = row->version;
    r->revision = row->revision;
    r->state = row->state;
    r->note = row->note;
    r->reason = row->reason;
    r->highlights = row->highlights;
    r->difficulties = row->difficulties;
    r->outlook = row->outlook;
}

/* Of a draft: the same as long as its figures and texts are, whenever and wherever it is asked for. */
static bool fingerprint(Ctx *ctx, Report *r)
{
    Report timeless = *r;
    timeless.computed_at = 0;
    timeless.site = NULL;
    if (!report_freeze(ctx, &timeless))
        return false;
    r->sha256 = timeless.sha256;
    return true;
}

/* What the records say now, with the texts that are kept. */
static Report *draft(Ctx *ctx, const char *month, const Report *row)
{
    Report *r = report_compute(ctx, month);
    if (!r)
        return NULL;
    if (row)
        take_row(r, row);
    return fingerprint(ctx, r) ? r : NULL;
}

static Report *public_url(Ctx *ctx, Report *r)
{
    if (r && r->state == REPORT_PUBLISHED)
        r->url = arena_printf(ctx->arena, "%s%s", ctx->city->base_url, report_public_version_url(ctx->arena, r, NULL).s);
    return r;
}

const Report *report_find(Ctx *ctx, const char *month, i64 version)
{
    Span span;
    if (!people_may(ctx, RIGHT_REPORT_READ) || !report_month_span(ctx, month, &span))
        return NULL;
    Report *row = report_row(ctx, month, version);
    if (!row && version != 0 && version != 1)
        return fault(ctx, FAULT_NOT_FOUND, "There is no version %" PRId64 " of this month's report.", version);
    if (!row || !row->snapshot)
        return draft(ctx, month, row);
    if (!report_thaw(ctx, row))
        return NULL;
    row->people = agenda_tallies(ctx, row->span)->people;
    return faulted(ctx) ? NULL : public_url(ctx, row);
}

const Report *report_published(Ctx *ctx, const char *month, i64 version)
{
    Report *row = report_published_row(ctx, month, version);
    if (!row)
        return fault(ctx, FAULT_NOT_FOUND, "There is no published report of this month.");
    return report_thaw(ctx, row) ? public_url(ctx, row) : NULL;
}

/* ---- for programs ---- */
static const char *absolute(Ctx *ctx, const char *path)
{
    return path && *path == '/' ? arena_printf(ctx->arena, "%s%s", ctx->city->base_url, path) : path;
}

const Report *report_for_programs(Ctx *ctx, const Report *report, bool public)
{
    Report *copy = arena_new_of(ctx->arena, Report);
    *copy = *report;
    Figure *figures = arena_array(ctx->arena, Figure, report->figures.count + 1);
    for (size_t i = 0; i < report->figures.count; i++) {
        figures[i] = ((const Figure *)report->figures.items)[i];
        figures[i].records = absolute(ctx, public ? figures[i].public_records : figures[i].records);
        figures[i].public_records = absolute(ctx, figures[i].public_records);
    }
    copy->figures.items = figures;
    if (public)
        copy->people = (List){0};
    return copy;
}

/* ---- checking ---- */
static ReportCheck *checked(Ctx *ctx, const Report *was, const Report *is)
{
    ReportCheck *check = arena_new_of(ctx->arena, ReportCheck);
    *check = (ReportCheck){.report = was, .differences = report_differences(ctx, was, is)};
    check->same = check->differences.count == 0;
    return check;
}

/* The figures' differences, and those of the texts behind them. */
static void check_texts(Ctx *ctx, const Report *is, ReportCheck *check)
{
    const Report *was = check->report;
    const ReportDifference texts[] = {
        {"highlights", say(ctx, "What mattered most"), was->highlights, is->highlights},
        {"difficulties", say(ctx, "Difficulties"), was->difficulties, is->difficulties},
        {"outlook", say(ctx, "Next month"), was->outlook, is->outlook},
    };
    ReportDifference *all = arena_array(ctx->arena, ReportDifference, check->differences.count + COUNT(texts));
    size_t n = check->differences.count;
    if (n)
        memcpy(all, check->differences.items, n * sizeof *all);
    for (size_t i = 0; i < COUNT(texts); i++)
        if (!text_same(texts[i].was, texts[i].is))
            all[n++] = texts[i];
    check->differences = (List){all, n};
    check->same = n == 0;
}

const ReportCheck *report_check_snapshot(Ctx *ctx, Bytes json)
{
    Report *in_hand = arena_new_of(ctx->arena, Report);
    if (!report_read_json(ctx, json, in_hand))
        return NULL;
    const Report *was = report_published(ctx, in_hand->month, in_hand->version);
    if (!was)
        return NULL;
    ReportCheck *check = checked(ctx, was, in_hand);
    bool whole = in_hand->frozen;
    check_texts(ctx, in_hand, check);
    if (whole && check->same && (!report_freeze(ctx, in_hand) || !text_same(in_hand->sha256, was->sha256)))
        check->same = false; /* figures and texts are right, and something else in it is not */
    return faulted(ctx) ? NULL : check;
}

const ReportCheck *report_check_records(Ctx *ctx, const char *month, i64 version)
{
    const Report *was = report_published(ctx, month, version);
    const Report *is = was ? report_compute(ctx, was->month) : NULL;
    return is ? checked(ctx, was, is) : NULL;
}
