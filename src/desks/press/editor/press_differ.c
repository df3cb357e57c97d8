/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_differ.c: two versions of a release beside each other: which fields differ, and in which words. */
#include "base/buf.h"
#include "base/diff.h"
#include "desks/press/editor/press_editor.h"

enum {
    SHOWN_AROUND = 220,              /* bytes of what is the same, before and behind a change */
    TABLE_MAX = 9 * 1024 * 1024,     /* what comparing two long texts may take of the arena */
    FIELDS_MOST = 32
};

/* ---- pieces ---- */

typedef struct Pieces {
    Arena *arena;
    DiffPiece *items;
    size_t count;
} Pieces;

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Behind the n-th word from here on. */
static const char *behind_words(const char *p, size_t n)
{
    while (n-- && *p) {
        while (is_space(*p))
            p++;
        while (*p && !is_space(*p))
            p++;
    }
    return p;
}

static const char *behind_space(const char *p)
{
    while (is_space(*p))
        p++;
    return p;
}

static size_t words_in(const char *from, const char *to)
{
    size_t n = 0;
    for (const char *p = from; p < to; p++)
        n += !is_space(*p) && (p == from || is_space(p[-1]));
    return n;
}

static size_t words_of(const char *text)
{
    return words_in(text, text + strlen(text));
}

static void add(Pieces *to, DiffKind kind, const char *from, const char *end)
{
    if (end > from)
        to->items[to->count++] = (DiffPiece){kind, arena_copy(to->arena, from, (size_t)(end - from))};
}

static const char *next_space(const char *p, const char *end)
{
    while (p < end && !is_space(*p))
        p++;
    return p;
}

/* What is the same and long is shown near to what changed only. */
static void add_same(Pieces *to, const char *from, const char *end, bool first, bool last)
{
    size_t head = first ? 0 : SHOWN_AROUND, tail = last ? 0 : SHOWN_AROUND;
    if ((size_t)(end - from) <= head + tail + SHOWN_AROUND) {
        add(to, DIFF_SAME, from, end);
        return;
    }
    const char *cut = head ? next_space(from + head, end) : from, *again = tail ? next_space(end - tail, end) : end;
    add(to, DIFF_SAME, from, cut);
    to->items[to->count++] = (DiffPiece){DIFF_LEFT_OUT, NULL};
    add(to, DIFF_SAME, again, end);
}

/* The same words are walked in both texts, so that the newer one keeps its lines. */
static List pieces_of(Arena *a, const char *older, const char *newer, List changes)
{
    Pieces to = {a, arena_array(a, DiffPiece, changes.count * 5 + 4), 0};
    const char *was = older, *is = newer;
    const DiffChange *c = changes.items;
    for (size_t i = 0; i < changes.count; i++) {
        const char *same_end = behind_space(behind_words(is, words_in(was, older + c[i].at)));
        add_same(&to, is, same_end, i == 0, false);
        const char *taken = older + c[i].at, *taken_end = behind_words(taken, words_of(c[i].was));
        const char *added_end = behind_words(same_end, words_of(c[i].is));
        add(&to, DIFF_TAKEN, taken, taken_end);
        add(&to, DIFF_ADDED, same_end, added_end);
        was = taken_end;
        is = added_end;
    }
    add_same(&to, is, is + strlen(is), false, true);
    return (List){to.items, to.count};
}

/* ---- fields ---- */

typedef struct Fields {
    Ctx *ctx;
    FieldDiff *items;
    size_t count;
} Fields;

static void compare(Fields *to, const char *name, const char *label, const char *older, const char *newer)
{
    Arena *a = to->ctx->arena;
    older = older ? older : "";
    newer = newer ? newer : "";
    if (text_same(older, newer) || to->count == FIELDS_MOST)
        return;
    List changes = {0}, pieces = {0};
    if (arena_used(a) + TABLE_MAX < ARENA_REQUEST_MAX && diff_words(a, older, newer, &changes) && changes.count)
        pieces = pieces_of(a, older, newer, changes);
    to->items[to->count++] = (FieldDiff){name, label, pieces, older, newer};
}

static const ReleaseText *text_in(const Release *r, const char *tongue)
{
    for (const ReleaseText *t = r->texts.items, *end = t + r->texts.count; t < end; t++)
        if (text_same(t->tongue, tongue))
            return t;
    return NULL;
}

static const char *text_whole(Arena *a, const ReleaseText *t)
{
    if (!t)
        return NULL;
    return arena_printf(a, "%s\n\n%s\n\n%s", t->title ? t->title : "", t->lead ? t->lead : "", t->body ? t->body : "");
}

static const char *files_whole(Ctx *ctx, const Release *r)
{
    Buf *out = buf_new(ctx->arena, 256, 64 * 1024);
    for (const ReleaseFile *f = r->files.items, *end = f + r->files.count; f < end; f++)
        buf_printf(out, "%s%s%s%s%s%s%s%s\n", f->filename ? f->filename : f->sha256, f->is_cover ? " · " : "",
                   f->is_cover ? say(ctx, "cover") : "", f->alt ? " · " : "", f->alt ? f->alt : "", f->caption ? " · " : "",
                   f->caption ? f->caption : "", f->credit ? arena_printf(ctx->arena, " · %s", f->credit) : "");
    return buf_data(out);
}

static const char *lines_said(Arena *a, const char *lines)
{
    char *said = arena_text(a, lines);
    for (char *p = said; p && *p; p++)
        if (*p == '\n')
            *p = ' ';
    return said;
}

List press_differences(Ctx *ctx, const Release *older, const Release *newer)
{
    Arena *a = ctx->arena;
    Fields to = {ctx, arena_array(a, FieldDiff, FIELDS_MOST + 1), 0};
    compare(&to, "title", say(ctx, "Title"), older->title, newer->title);
    compare(&to, "lead", say(ctx, "Lead"), older->lead, newer->lead);
    compare(&to, "body", say(ctx, "Text"), older->body, newer->body);
    compare(&to, "topics", say(ctx, "Topics"), lines_said(a, older->topics), lines_said(a, newer->topics));
    compare(&to, "dateline_place", say(ctx, "Place of the dateline"), older->dateline_place, newer->dateline_place);
    compare(&to, "dateline_day", say(ctx, "Day of the dateline"), older->dateline_day, newer->dateline_day);
    compare(&to, "contact_name", say(ctx, "Whom media ask"), older->contact_name, newer->contact_name);
    compare(&to, "contact_phone", say(ctx, "Phone"), older->contact_phone, newer->contact_phone);
    compare(&to, "contact_mail", say(ctx, "Mail"), older->contact_mail, newer->contact_mail);
    for (const Word *w = press_tongue_words; w->name; w++)
        compare(&to, "texts", say(ctx, w->label), text_whole(a, text_in(older, w->name)), text_whole(a, text_in(newer, w->name)));
    compare(&to, "files", say(ctx, "Files"), files_whole(ctx, older), files_whole(ctx, newer));
    return (List){to.items, to.count};
}
