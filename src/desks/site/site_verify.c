/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_verify.c: what the office knows of something that somebody holds. */
#include "desks/site/site_verify.h"
#include "base/child.h"
#include "base/diff.h"
#include "desks/report/report.h"
#include "desks/site/site_room.h"

#include <stdlib.h>
#include <unistd.h>

enum { DIFFERENCES_MOST = 50, TEXT_MOST = 512 * 1024, JSON_MOST = 2 * 1024 * 1024, CODE_WIDEST = 24, CODES_MOST = 200, HASH_TEXT = 64 };

const Word site_verify_words[] = {
    [VERIFY_OFFICIAL] = {"official", N_("It is official")},
    [VERIFY_WITHDRAWN] = {"withdrawn", N_("It was published, and later withdrawn")},
    [VERIFY_CHANGED] = {"changed", N_("It is not what we published")},
    [VERIFY_UNKNOWN] = {"unknown", N_("We know nothing of it")},
    [VERIFY_TYPO] = {"typo", N_("This is no code of ours")},
    [VERIFY_BROKEN] = {"broken", N_("Our own record does not fit its signature")},
    {0},
};

static const Field difference_fields[] = {
    FIELD_TEXT(VerifyDifference, what), FIELD_TEXT(VerifyDifference, was), FIELD_TEXT(VerifyDifference, is),
};
static const Shape difference_shape = SHAPE("difference", VerifyDifference, difference_fields);

static const Field verdict_fields[] = {
    FIELD_WORD(Verdict, state, site_verify_words), FIELD_TEXT(Verdict, asked),     FIELD_TEXT(Verdict, code),
    FIELD_TEXT(Verdict, title),                    FIELD_TEXT(Verdict, url),       FIELD_INT(Verdict, version),
    FIELD_INT(Verdict, newer),                     FIELD_TIME(Verdict, at),        FIELD_TIME(Verdict, withdrawn_at),
    FIELD_TEXT(Verdict, sha256),                   FIELD_TEXT(Verdict, signature), FIELD_TEXT(Verdict, key),
    FIELD_TEXT(Verdict, file),                     FIELD_TEXT(Verdict, file_sha256), FIELD_BOOL(Verdict, unread),
    FIELD_MANY(Verdict, differences, &difference_shape), FIELD_BOOL(Verdict, differences_cut),
};
const Shape site_verdict_shape = SHAPE("verdict", Verdict, verdict_fields);

/* ---- of a seal ---- */

static const char *file_called(Ctx *ctx, const Seal *seal, const char *sha256)
{
    List files = sha256 ? seal_files(ctx, seal->id) : (List){0};
    const SealFile *f = files.items;
    for (size_t i = 0; i < files.count; i++)
        if (text_same(f[i].sha256, sha256))
            return f[i].name;
    return NULL;
}

static Verdict *about(Ctx *ctx, const Seal *seal, const char *asked)
{
    Verdict *v = arena_new_of(ctx->arena, Verdict);
    const Seal *youngest = seal_of(ctx, seal->subject, seal->subject_id, 0);
    *v = (Verdict){
        .asked = asked, .code = seal->code, .title = seal->title, .sha256 = seal->sha256, .signature = seal->signature,
        .key = seal->key, .at = seal->at, .withdrawn_at = seal->withdrawn_at, .version = seal->version, .newer = NONE,
        .url = arena_printf(ctx->arena, "%s%s", ctx->city->base_url, seal->address),
    };
    if (youngest && youngest->version > seal->version)
        v->newer = youngest->version;
    if (!seal_check(ctx, seal))
        v->state = VERIFY_BROKEN;
    else
        v->state = seal->withdrawn_at ? VERIFY_WITHDRAWN : VERIFY_OFFICIAL;
    return faulted(ctx) ? NULL : v;
}

static Verdict *nothing(Ctx *ctx, VerifyState state, const char *asked)
{
    Verdict *v = arena_new_of(ctx->arena, Verdict);
    *v = (Verdict){.state = state, .asked = asked, .version = NONE, .newer = NONE};
    return faulted(ctx) ? NULL : v;
}

/* ---- what was typed ---- */

static bool is_hash(const char *text)
{
    return strlen(text) == HASH_TEXT && strspn(text, "0123456789abcdefABCDEF") == HASH_TEXT;
}

/* A link of ours brings the code in its query; anything else is taken as it is. */
static const char *code_in(Ctx *ctx, const char *typed)
{
    const char *query = strstr(typed, "codigo=");
    if (!query)
        return typed;
    query += strlen("codigo=");
    return arena_copy(ctx->arena, query, strcspn(query, "&# \t\n"));
}

const Verdict *site_verify(Ctx *ctx, const char *typed)
{
    const char *text = code_in(ctx, text_trim(ctx->arena, typed));
    char code[SEAL_CODE + 1];
    if (is_hash(text)) {
        const Seal *seal = seal_by_hash(ctx, text_lower(ctx->arena, text));
        return seal ? about(ctx, seal, text) : nothing(ctx, VERIFY_UNKNOWN, text);
    }
    if (!seal_code_read(text, code))
        return nothing(ctx, VERIFY_TYPO, text_clip(ctx->arena, text, 80));
    const Seal *seal = seal_by_code(ctx, code);
    return seal ? about(ctx, seal, seal->code) : nothing(ctx, VERIFY_UNKNOWN, arena_text(ctx->arena, code));
}

/* ---- a document: its text ---- */

static const ChildLimits reader_limits = {1024LL << 20, 10, 15 * CLOCK_SECOND, TEXT_MOST};

/* In the order of the paper: what is a row there comes word by word. */
static const char *text_of_pdf(Ctx *ctx, int fd)
{
    const char *const argv[] = {"pdftotext", "-raw", "-nopgbrk", "-enc", "UTF-8", "-l", "60", "-", "-", NULL};
    Bytes out;
    if (lseek(fd, 0, SEEK_SET) != 0 || child_run(ctx->arena, argv, fd, &reader_limits, &out) != CHILD_DONE)
        return NULL;
    return text_valid(out.data, out.size) ? arena_copy(ctx->arena, out.data, out.size) : NULL;
}

static const char *text_of_file(Ctx *ctx, const Upload *u, i64 most)
{
    if (u->size > most || lseek(u->fd, 0, SEEK_SET) != 0)
        return NULL;
    char *text = arena_bytes(ctx->arena, (size_t)u->size + 1);
    i64 done = 0;
    while (done < u->size) {
        ssize_t n = read(u->fd, text + done, (size_t)(u->size - done));
        if (n <= 0)
            return NULL;
        done += n;
    }
    return text_valid(text, (size_t)done) ? text : NULL;
}

/* The first code in it that is one of ours. A paper has one on each page; a text made of codes is not asked through. */
static const Seal *seal_named_in(Ctx *ctx, const char *text)
{
    int asked = 0;
    for (const char *p = strstr(text, "VOC-"); p && asked < CODES_MOST && !faulted(ctx); p = strstr(p + 4, "VOC-"), asked++) {
        const char *word = arena_copy(ctx->arena, p, strnlen(p, CODE_WIDEST));
        char code[SEAL_CODE + 1];
        word = arena_copy(ctx->arena, word, strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"));
        const Seal *seal = seal_code_read(word, code) ? seal_by_code(ctx, code) : NULL;
        if (seal)
            return seal;
    }
    return NULL;
}

/* ---- a document: compared ---- */

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
        text = text_of_pdf(ctx, fileno(file));
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
    VerifyDifference *all = arena_array(ctx->arena, VerifyDifference, DIFFERENCES_MOST);
    const DiffChange *c = changes.items;
    size_t n = 0;
    for (; n < changes.count && n < DIFFERENCES_MOST; n++) {
        all[n] = (VerifyDifference){figure_at(report, ours, &c[n]), text_clip(ctx->arena, c[n].was, 200),
                                    text_clip(ctx->arena, c[n].is, 200)};
    }
    v->differences_cut = changes.count > n;
    v->differences = (List){all, n};
}

static void compare_json(Ctx *ctx, const char *text, Verdict *v)
{
    const ReportCheck *check = report_check_snapshot(ctx, (Bytes){text, strlen(text)});
    if (!check) {
        fault_take(ctx); /* it is no such text: said as not comparable */
        v->unread = true;
        return;
    }
    const ReportDifference *d = check->differences.items;
    VerifyDifference *all = arena_array(ctx->arena, VerifyDifference, check->differences.count + 1);
    for (size_t i = 0; i < check->differences.count; i++)
        all[i] = (VerifyDifference){d[i].label ? d[i].label : d[i].key, d[i].was, d[i].is};
    v->differences = (List){all, check->differences.count};
    if (check->same)
        v->state = VERIFY_OFFICIAL;
}

static bool is_json(const char *text)
{
    return text && text[strspn(text, " \t\r\n\xef\xbb\xbf")] == '{';
}

/* What it says against what we said. The same words in other bytes are a copy: official, though not our file. */
static void compare(Ctx *ctx, const Upload *u, const Seal *seal, const char *text, Verdict *v)
{
    v->state = VERIFY_CHANGED;
    if (is_json(text)) {
        compare_json(ctx, text, v);
        return;
    }
    const Report *report = report_of(ctx, seal);
    const char *ours = report && text_same(u->type, "application/pdf") ? text_of_report(ctx, report) : NULL;
    if (faulted(ctx))
        fault_take(ctx);
    v->unread = ours == NULL;
    if (ours)
        compare_words(ctx, report, ours, text, v);
    if (ours && !v->differences.count && !v->differences_cut)
        v->state = VERIFY_OFFICIAL;
}

/* A report's JSON need not bring its code: month and version are enough. */
static Verdict *of_json(Ctx *ctx, const char *text, const char *asked)
{
    const ReportCheck *check = report_check_snapshot(ctx, (Bytes){text, strlen(text)});
    const Seal *seal = check ? seal_by_code(ctx, check->report->code) : NULL;
    if (!check)
        fault_take(ctx);
    Verdict *v = seal ? about(ctx, seal, asked) : nothing(ctx, VERIFY_UNKNOWN, asked);
    if (!seal || !v || v->state == VERIFY_BROKEN)
        return v;
    v->state = VERIFY_CHANGED;
    compare_json(ctx, text, v);
    return v;
}

const Verdict *site_verify_file(Ctx *ctx, const Upload *u)
{
    const char *asked = text_clip(ctx->arena, u->filename && *u->filename ? u->filename : say(ctx, "The document"), 80);
    const Seal *seal = seal_by_hash(ctx, u->sha256);
    Verdict *v;
    if (seal) {
        v = about(ctx, seal, asked);
        if (v)
            v->file = file_called(ctx, seal, u->sha256);
    } else {
        const char *text = text_same(u->type, "application/pdf") ? text_of_pdf(ctx, u->fd)
                           : text_starts(u->type, "text/")       ? text_of_file(ctx, u, JSON_MOST)
                                                                 : NULL;
        seal = text ? seal_named_in(ctx, text) : NULL;
        if (!seal && is_json(text))
            v = of_json(ctx, text, asked);
        else
            v = seal ? about(ctx, seal, asked) : nothing(ctx, VERIFY_UNKNOWN, asked);
        if (v && !text)
            v->unread = true;
        if (v && seal && v->state != VERIFY_BROKEN)
            compare(ctx, u, seal, text, v);
    }
    if (v)
        v->file_sha256 = u->sha256;
    return faulted(ctx) ? NULL : v;
}
