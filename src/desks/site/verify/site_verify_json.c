/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_verify_json.c: data that somebody holds against what was signed, member by member. */
#include "base/diff.h"
#include "base/passages.h"
#include "desks/site/verify/site_verdict.h"
#include "store/likeness.h"
#include "store/seal_document.h"
#include "web/sanitize.h"

enum { SHOWN = 200, LONG = 60, KEYS = 100, TEXT_ROOM = 512 * 1024 };

/* As screens call what releases and reports are made of. */
static const Word member_words[] = {
    {"title", N_("Title")},           {"lead", N_("Lead")},
    {"body", N_("Body")},             {"body_html", N_("Body")},
    {"folio", N_("Folio")},           {"topics", N_("Topics")},
    {"dateline_place", N_("Place")},  {"dateline_day", N_("Day")},
    {"published_at", N_("Published")}, {"correction", N_("Correction")},
    {"edition", N_("Version")},       {"files", N_("Files")},
    {0},
};

/* What the public data says in another form than the signed text, or of today. */
static const char *const told_otherwise[] = {"files", "texts", "url", "type", "edition", "correction", NULL};

typedef struct Compare {
    Ctx *ctx;
    const Json *theirs;
    bool whole; /* theirs says that it is the signed text itself: then every member must be there */
    VerifyDifference *all;
    size_t count;
    bool cut;
} Compare;

static const char *label_of(Ctx *ctx, const char *key)
{
    int word = word_find(member_words, key);
    return word < 0 ? arena_text(ctx->arena, key) : say(ctx, member_words[word].label);
}

static const char *spelled(Ctx *ctx, const Json *value)
{
    const char *text = json_text_of(value);
    if (text || !value || json_kind(value) == JSON_NULL)
        return text;
    Buf *out = buf_new(ctx->arena, 256, TEXT_ROOM);
    if (!seal_canonical(ctx, value, out))
        fault_take(ctx); /* a number that no signed text has */
    return buf_data(out);
}

static bool same_instant(const char *one, const char *other)
{
    i64 a, b;
    return one && other && clock_parse_rfc3339(one, &a) && clock_parse_rfc3339(other, &b) && a == b;
}

static void add(Compare *c, const char *what, const char *was, const char *is)
{
    if (c->count == VERIFY_DIFFERENCES) {
        c->cut = true;
        return;
    }
    Arena *a = c->ctx->arena;
    c->all[c->count++] = (VerifyDifference){what, was ? text_clip(a, was, SHOWN) : NULL, is ? text_clip(a, is, SHOWN) : NULL};
}

/* A long text by the words that differ. */
static void add_words(Compare *c, const char *what, const char *was, const char *is)
{
    List changes;
    if (strlen(was) < LONG || !diff_words(c->ctx->arena, was, is, &changes) || !changes.count) {
        add(c, what, was, is);
        return;
    }
    for (const DiffChange *d = changes.items, *end = d + changes.count; d < end; d++)
        add(c, *d->before ? arena_printf(c->ctx->arena, "%s: … %s", what, d->before) : what, d->was, d->is);
}

static bool told(const char *key)
{
    for (const char *const *k = told_otherwise; *k; k++)
        if (text_same(*k, key))
            return true;
    return false;
}

static void compare_member(void *to, const char *key, const Json *ours)
{
    Compare *c = to;
    const Json *theirs = json_get(c->theirs, key);
    if (!c->whole && (!theirs || told(key) || json_kind(theirs) != json_kind(ours)))
        return;
    const char *was = spelled(c->ctx, ours), *is = spelled(c->ctx, theirs);
    if (text_same(was, is) || same_instant(was, is))
        return;
    if (was && is)
        add_words(c, label_of(c->ctx, key), was, is);
    else
        add(c, label_of(c->ctx, key), was, is);
}

static void only_theirs(void *to, const char *key, const Json *value)
{
    Compare *c = to;
    if (!json_get(c->theirs, key)) /* here theirs is what was signed */
        add(c, label_of(c->ctx, key), NULL, spelled(c->ctx, value));
}

/* The public data has the body as HTML too: its words must be those that were published. */
static void compare_html(Compare *c, const Seal *seal)
{
    const char *html = json_text_of(json_get(c->theirs, "body_html")), *ours = likeness_text(c->ctx, seal->id);
    Sanitized clean;
    if (!html || !ours)
        return;
    if (!sanitize(c->ctx, html, strlen(html), NULL, &clean)) {
        fault_take(c->ctx); /* too large to be a release of ours */
        c->cut = true;
        return;
    }
    Passages p = passages_compare(c->ctx->arena, ours, clean.text);
    const Passage *one = p.list.items;
    for (size_t i = 0; i < p.list.count; i++)
        if (one[i].kind == PASSAGE_WAS || one[i].kind == PASSAGE_IS)
            add(c, label_of(c->ctx, "body_html"), one[i].kind == PASSAGE_WAS ? one[i].text : NULL, one[i].kind == PASSAGE_IS ? one[i].text : NULL);
}

static void compare(Ctx *ctx, const Seal *seal, const Json *theirs, bool whole, Verdict *v)
{
    const Json *ours = json_read(ctx, seal->canonical, strlen(seal->canonical));
    Compare c = {.ctx = ctx, .theirs = theirs, .whole = whole, .all = arena_array(ctx->arena, VerifyDifference, VERIFY_DIFFERENCES)};
    if (!ours)
        return;
    json_each(ours, compare_member, &c);
    if (whole) {
        c.theirs = ours;
        json_each(theirs, only_theirs, &c);
    } else {
        compare_html(&c, seal);
    }
    v->differences = (List){c.all, c.count};
    v->differences_cut = c.cut;
    if (c.count || c.cut)
        verdict_changed(v);
}

/* ---- which one it is ---- */
static const Seal *seal_of_words(Ctx *ctx, const Json *json)
{
    static const char *const parts[] = {"title", "lead", "body"};
    Buf *text = buf_new(ctx->arena, 4096, TEXT_ROOM);
    for (size_t i = 0; i < COUNT(parts); i++) {
        buf_text(text, json_text_of(json_get(json, parts[i])));
        buf_char(text, '\n');
    }
    List found = buf_over(text) ? (List){0} : likeness_find_text(ctx, buf_data(text), 1);
    return found.count ? ((const Likeness *)found.items)->seal : NULL;
}

static Verdict *of_members(Ctx *ctx, const Json *json, const char *asked)
{
    const char *code = json_text_of(json_get(json, "code"));
    const Seal *seal = code ? seal_by_code(ctx, code) : NULL;
    if (!seal)
        seal = seal_of_words(ctx, json);
    if (!seal)
        return verdict_nothing(ctx, VERIFY_UNKNOWN, VERIFY_BY_FILE, asked);
    Verdict *v = verdict_about(ctx, seal, VERIFY_BY_FILE, asked);
    if (v)
        compare(ctx, seal, json, json_get(json, "type") != NULL, v);
    return v;
}

/* A file that proves itself (store/seal_document.h): its text must be ours to the byte. */
static Verdict *of_document(Ctx *ctx, const SealDocument *d, const char *asked)
{
    const Seal *seal = d->code ? seal_by_code(ctx, d->code) : NULL;
    const Json *text = json_read(ctx, d->canonical, strlen(d->canonical));
    if (!text)
        fault_take(ctx);
    if (!seal)
        return text ? of_members(ctx, text, asked) : verdict_nothing(ctx, VERIFY_UNKNOWN, VERIFY_BY_FILE, asked);
    Verdict *v = verdict_about(ctx, seal, VERIFY_BY_FILE, asked);
    bool good = seal_document_check(ctx->arena, d, seal_keys(ctx, KEYS)) == PROOF_GOOD && text_same(seal->canonical, d->canonical);
    if (!v || good)
        return v;
    verdict_changed(v);
    if (text)
        compare(ctx, seal, text, true, v);
    v->unread = !v->differences.count;
    return v;
}

Verdict *verify_json(Ctx *ctx, const char *text, const char *asked)
{
    const Seal *report = verify_report_of_json(ctx, text);
    if (report) {
        Verdict *v = verdict_about(ctx, report, VERIFY_BY_FILE, asked);
        if (v && v->state != VERIFY_BROKEN)
            verify_report_json(ctx, text, v);
        return v;
    }
    const Json *json = json_read(ctx, text, strlen(text));
    if (!json) {
        fault_take(ctx);
        Verdict *v = verdict_nothing(ctx, VERIFY_UNKNOWN, VERIFY_BY_FILE, asked);
        if (v)
            v->unread = true;
        return v;
    }
    const SealDocument *document = seal_document_read(ctx, json);
    return document ? of_document(ctx, document, asked) : of_members(ctx, json, asked);
}
