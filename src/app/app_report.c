/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* app_report.c: vocero report: the month in figures, for people and programs. */
#include "app/app_commands.h"
#include "app/command.h"
#include "base/text.h"
#include "desks/report/report.h"
#include "store/db.h"

#include <errno.h>
#include <glib.h>

static void say_text(Ctx *ctx, const Report *r, FILE *out)
{
    fprintf(out, "%s, %s\n", r->area, clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_MONTH, r->span.from));
    for (const Figure *f = r->figures.items, *end = f + r->figures.count; f < end; f++) {
        fprintf(out, "  %-32s %" PRId64, f->label, f->value);
        if (f->of != NONE)
            fprintf(out, say(ctx, " of %" PRId64), f->of);
        fprintf(out, "   %s\n", f->records);
    }
    for (const Uncovered *u = r->not_covered.items, *end = u + r->not_covered.count; u < end; u++)
        fprintf(out, "  – %s: %s\n", u->title, u->reason ? u->reason : say(ctx, "no reason was given"));
    if (!r->over)
        fprintf(out, "%s\n", say(ctx, "The month is not over: these figures will change."));
}

static void write_report(Ctx *ctx, const Report *r, const char *format, FILE *out)
{
    Buf *buf = buf_new(ctx->arena, 8192, 16 * 1024 * 1024);
    JsonOut json = json_out(buf);
    if (text_same(format, "json"))
        shape_json(&json, NULL, ctx->city->zone, &report_shape, r);
    else if (text_same(format, "csv"))
        report_csv(ctx, r, buf);
    else if (text_same(format, "html"))
        report_html(ctx, r, buf);
    else
        return say_text(ctx, r, out);
    fwrite(buf_data(buf), 1, buf_size(buf), out);
    if (text_same(format, "json"))
        fputc('\n', out);
}

static int deliver(Ctx *ctx, const Report *r, const char *format, const char *path)
{
    FILE *out = path ? fopen(path, "we") : stdout;
    if (!out)
        return complain("%s cannot be written: %s", path, g_strerror(errno));
    write_report(ctx, r, format, out);
    bool written = !ferror(out) && (path ? fclose(out) : fflush(out)) == 0;
    return written ? DONE : complain("%s cannot be written: %s", path ? path : "standard output", g_strerror(errno));
}

int command_report(const Command *self, int argc, char **argv)
{
    Overrides over = {0};
    const char *format = "text", *path = NULL;
    int status = DONE;
    const Option own[] = {
        {"format", OPTION_TEXT, &format, "FORMAT", "text, html, json or csv (text)"},
        {"output", OPTION_TEXT, &path, "FILE", "where to write it; -o for short"},
    };
    for (int i = 1; i < argc; i++)
        if (text_same(argv[i], "-o"))
            argv[i] = "--output";
    if (!options_parse(self, &argc, &argv, own, COUNT(own), &over, &status))
        return status;
    const char *formats[] = {"text", "html", "json", "csv"};
    bool known = false;
    for (size_t i = 0; i < COUNT(formats); i++)
        known = known || text_same(format, formats[i]);
    if (argc != 2 || !known) {
        complain("report YYYY-MM [--format text|html|json|csv] [-o FILE]");
        return USAGE;
    }
    Desk desk CLEANUP(desk_close) = {0};
    if (!desk_open(&desk, &over))
        return FAILED;
    desk.ctx.actor = &actor_system; /* the report is the office's paper, in the office's language */
    const Report *r = report_compute(&desk.ctx, argv[1]);
    return r ? deliver(&desk.ctx, r, format, path) : complain_fault(&desk.ctx);
}
