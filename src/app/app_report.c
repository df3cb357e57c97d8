/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* app_report.c: vocero report: the month in figures, for people and programs: what was signed, or the draft as it is now. */
#include "app/app_commands.h"
#include "app/command.h"
#include "base/text.h"
#include "desks/report/report.h"
#include "store/db.h"

#include <errno.h>
#include <glib.h>
#include <unistd.h>

enum { BYTES_MAX = 16 * 1024 * 1024 };

/* ---- forms ---- */
static bool say_text(Ctx *ctx, const Report *r, Buf *out)
{
    const char *month = clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_MONTH, r->span.from);
    buf_printf(out, "%s, %s\n", r->area, month);
    if (r->code)
        buf_printf(out, say(ctx, "Signed. Code %s"), r->code);
    else
        buf_text(out, say_word(ctx, report_state_words, (int)r->state));
    buf_char(out, '\n');
    for (const Figure *f = r->figures.items, *end = f + r->figures.count; f < end; f++) {
        if (f->value == NONE)
            buf_printf(out, "  %-44s %s", f->label, say(ctx, "no data"));
        else
            buf_printf(out, "  %-44s %" PRId64, f->label, f->value);
        if (f->of != NONE)
            buf_printf(out, say(ctx, " of %" PRId64), f->of);
        if (f->value != NONE && (f->form == FIGURE_SUM || f->form == FIGURE_SPREAD))
            buf_printf(out, " %s", f->units ? f->units : f->unit);
        buf_printf(out, "   %s\n", f->records ? f->records : "");
    }
    for (const Uncovered *u = r->not_covered.items, *end = u + r->not_covered.count; u < end; u++)
        buf_printf(out, "  – %s: %s\n", u->title, u->reason ? u->reason : say(ctx, "no reason was given"));
    if (!r->over)
        buf_printf(out, "%s\n", say(ctx, "The month is not over: these figures will change."));
    return true;
}

static bool write_json(Ctx *ctx, const Report *r, Buf *out)
{
    JsonOut json = json_out(out);
    shape_json(&json, NULL, ctx->city->zone, &report_shape, r);
    buf_char(out, '\n');
    return true;
}

static bool write_csv(Ctx *ctx, const Report *r, Buf *out)
{
    report_csv(ctx, r, out);
    return true;
}

static bool write_html(Ctx *ctx, const Report *r, Buf *out)
{
    report_html(ctx, r, out);
    return true;
}

typedef struct Form {
    const char *name;
    bool (*write)(Ctx *ctx, const Report *r, Buf *out);
    bool paper; /* lays the addresses out by itself */
} Form;
static const Form forms[] = {
    {"text", say_text, false},  {"html", write_html, false},  {"json", write_json, false}, {"csv", write_csv, false},
    {"xlsx", report_xlsx, true}, {"pdf", report_pdf, true},   {"docx", report_docx, true},
};

static const Form *form_named(const char *name)
{
    for (size_t i = 0; i < COUNT(forms); i++)
        if (text_same(forms[i].name, name))
            return &forms[i];
    return NULL;
}

/* ---- where it goes ---- */
static int deliver(Ctx *ctx, const Report *r, const Form *form, const char *path)
{
    Buf *buf = buf_new(ctx->arena, 64 * 1024, BYTES_MAX);
    if (!form->write(ctx, form->paper ? r : report_for_programs(ctx, r, false), buf))
        return complain_fault(ctx);
    FILE *out = path ? fopen(path, "we") : stdout;
    if (!out)
        return complain("%s cannot be written: %s", path, g_strerror(errno));
    fwrite(buf_data(buf), 1, buf_size(buf), out);
    bool written = !ferror(out) && (path ? fclose(out) : fflush(out)) == 0;
    return written ? DONE : complain("%s cannot be written: %s", path ? path : "standard output", g_strerror(errno));
}

int command_report(const Command *self, int argc, char **argv)
{
    Overrides over = {0};
    const char *format = "text", *path = NULL;
    int status = DONE;
    const Option own[] = {
        {"format", OPTION_TEXT, &format, "FORMAT", "text, html, json, csv, xlsx, pdf or docx (text)"},
        {"output", OPTION_TEXT, &path, "FILE", "where to write it; -o for short"},
    };
    for (int i = 1; i < argc; i++)
        if (text_same(argv[i], "-o"))
            argv[i] = "--output";
    if (!options_parse(self, &argc, &argv, own, COUNT(own), &over, &status))
        return status;
    const Form *form = form_named(format);
    if (argc != 2 || !form) {
        complain("report YYYY-MM [--format text|html|json|csv|xlsx|pdf|docx] [-o FILE]");
        return USAGE;
    }
    if (form->paper && !path && isatty(STDOUT_FILENO)) {
        complain("a %s is not for a terminal: say where with -o FILE", form->name);
        return USAGE;
    }
    Desk desk CLEANUP(desk_close) = {0};
    if (!desk_open(&desk, &over))
        return FAILED;
    desk.ctx.actor = &actor_system; /* the report is the office's paper, in the office's language */
    const Report *r = report_find(&desk.ctx, argv[1], 0);
    return r ? deliver(&desk.ctx, r, form, path) : complain_fault(&desk.ctx);
}
