/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_verify_report.c: a report in hand against the one that was signed: its paper word by word, its data figure by figure. */
#include "base/diff.h"
#include "desks/site/verify/site_verdict.h"

#include <stdio.h>

/* ---- its paper ---- */
static const Report *report_of(Ctx *ctx, const Seal *seal)
{
    const Json *json = text_same(seal->subject, "report") ? json_read(ctx, seal->canonical, strlen(seal->canonical)) : NULL;
    const char *month = json_text_of(json_get(json, "month"));
    return month ? report_published(ctx, month, seal->version) : NULL;
}

/* The paper as it was then, read like the one in hand. */
static const char *text_of_report(Ctx *ctx, const Report *report)
{
    Buf *pdf = buf_new(ctx->arena, 256 * 1024, 4 * 1024 * 1024);
    FILE *file = report_pdf(ctx, report, pdf) ? tmpfile() : NULL;
    const char *text = NULL;
    if (file && fwrite(buf_data(pdf), 1, buf_size(pdf), file) == buf_size(pdf) && fflush(file) == 0)
        text = verify_text_of_pdf(ctx, fileno(file));
    if (file)
        fclose(file);
    return text;
}

/* The figure whose label stands nearest before a place in the text, or behind it. */
static const Figure *neighbour(const Report *report, const char *text, size_t at, bool behind)
{
    const Figure *best = NULL, *f = report->figures.items;
    const char *here = text + at, *where = NULL;
    for (size_t i = 0; i < report->figures.count; i++)
        for (const char *p = strstr(text, f[i].label); p && (behind ? !where || p < where : p < here); p = strstr(p + 1, f[i].label)) {
            bool nearer = behind ? p >= here : !where || p >= where;
            if (nearer) {
                where = p;
                best = &f[i];
            }
        }
    return best;
}

/* Does the figure say this number somewhere? Signs between the digits do not count. */
static bool says(const Figure *f, const char *words)
{
    i64 n = 0;
    bool any = false;
    for (; *words; words++)
        if (*words >= '0' && *words <= '9' && n < 1000000000) {
            n = n * 10 + (*words - '0');
            any = true;
        }
    return f && any && (f->value == n || f->of == n || f->goal == n);
}

/* In a table a number follows its label, on a card it stands above it: whose number it was tells. */
static const char *figure_at(const Report *report, const char *text, const DiffChange *c)
{
    const Figure *before = neighbour(report, text, c->at, false), *behind = neighbour(report, text, c->at, true);
    if (says(behind, c->was) && !says(before, c->was))
        return behind->label;
    return before ? before->label : behind ? behind->label : c->before;
}

static void compare_words(Ctx *ctx, const Report *report, const char *ours, const char *theirs, Verdict *v)
{
    List changes;
    ours = text_squeeze(ctx->arena, ours);
    if (!diff_words(ctx->arena, ours, theirs, &changes)) {
        v->differences_cut = true;
        return;
    }
    VerifyDifference *all = arena_array(ctx->arena, VerifyDifference, VERIFY_DIFFERENCES);
    const DiffChange *c = changes.items;
    size_t n = 0;
    for (; n < changes.count && n < VERIFY_DIFFERENCES; n++) {
        all[n] = (VerifyDifference){figure_at(report, ours, &c[n]), text_clip(ctx->arena, c[n].was, 200),
                                    text_clip(ctx->arena, c[n].is, 200)};
    }
    v->differences_cut = changes.count > n;
    v->differences = (List){all, n};
}

void verify_report_text(Ctx *ctx, const Upload *u, const Seal *seal, const char *text, Verdict *v)
{
    const Report *report = report_of(ctx, seal);
    const char *ours = report && text_same(u->type, "application/pdf") ? text_of_report(ctx, report) : NULL;
    if (faulted(ctx))
        fault_take(ctx);
    v->unread = ours == NULL;
    if (ours)
        compare_words(ctx, report, ours, text, v);
    if (!ours || v->differences.count || v->differences_cut)
        verdict_changed(v);
}

/* ---- its data ---- */
const Seal *verify_report_of_json(Ctx *ctx, const char *text)
{
    const ReportCheck *check = report_check_snapshot(ctx, (Bytes){text, strlen(text)});
    if (!check)
        fault_take(ctx);
    return check ? seal_by_code(ctx, check->report->code) : NULL;
}

void verify_report_json(Ctx *ctx, const char *text, Verdict *v)
{
    const ReportCheck *check = report_check_snapshot(ctx, (Bytes){text, strlen(text)});
    if (!check) {
        fault_take(ctx); /* it is no such text: said as not comparable */
        v->unread = true;
        verdict_changed(v);
        return;
    }
    const ReportDifference *d = check->differences.items;
    VerifyDifference *all = arena_array(ctx->arena, VerifyDifference, check->differences.count + 1);
    for (size_t i = 0; i < check->differences.count; i++)
        all[i] = (VerifyDifference){d[i].label ? d[i].label : d[i].key, d[i].was, d[i].is};
    v->differences = (List){all, check->differences.count};
    if (!check->same)
        verdict_changed(v);
}
