/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_seal.c: the city's signature on an edition, and what it is recognised by when it comes back altered. */
#include "desks/press/flow/press_flow.h"
#include "store/likeness.h"
#include "web/markdown.h"

enum { SEALED_MAX = 2 * 1024 * 1024 };

static void write_files(JsonOut *j, List files)
{
    json_open(j, "files", '[');
    for (const ReleaseFile *f = files.items, *end = f + files.count; f < end; f++) {
        json_open(j, NULL, '{');
        json_text(j, "sha256", f->sha256);
        json_text(j, "alt", f->alt);
        json_text(j, "caption", f->caption);
        json_text(j, "credit", f->credit);
        json_bool(j, "cover", f->is_cover);
        json_close(j, '}');
    }
    json_close(j, ']');
}

static void write_topics(Ctx *ctx, JsonOut *j, const char *topics)
{
    List words = topics ? text_split(ctx->arena, topics, '\n') : (List){0};
    json_open(j, "topics", '[');
    for (size_t i = 0; i < words.count; i++)
        json_text(j, NULL, ((const char *const *)words.items)[i]);
    json_close(j, ']');
}

static const char *sealed_text(Ctx *ctx, const Release *r, const char *note)
{
    const Zone *zone = ctx->city->zone;
    Buf *buf = buf_new(ctx->arena, 8192, SEALED_MAX);
    JsonOut j = json_out(buf);
    json_open(&j, NULL, '{');
    json_text(&j, "type", "release");
    json_text(&j, "office", ctx->city->office);
    json_text(&j, "city", ctx->city->name);
    json_text(&j, "folio", r->folio);
    json_int(&j, "edition", r->edition);
    json_text(&j, "title", r->title);
    json_text(&j, "lead", r->lead);
    json_text(&j, "body", r->body);
    json_text(&j, "dateline_place", r->dateline_place);
    json_text(&j, "dateline_day", r->dateline_day);
    json_text(&j, "published_at", clock_rfc3339(ctx->arena, zone, r->published_at));
    json_text(&j, "at", clock_rfc3339(ctx->arena, zone, ctx->now));
    json_text(&j, "correction", note);
    json_text(&j, "url", arena_printf(ctx->arena, "%s%s", ctx->city->base_url, press_public_path(ctx->arena, r->slug)));
    write_topics(ctx, &j, r->topics);
    press_write_texts(&j, "texts", r->texts);
    write_files(&j, r->files);
    json_close(&j, '}');
    return press_canonical(ctx, buf);
}

/* By the words as people copy them, and by the cover. */
static bool note_likeness(Ctx *ctx, const Release *r, i64 seal)
{
    const ReleaseFile *cover = press_cover_of(r);
    const char *text = arena_printf(ctx->arena, "%s\n%s\n%s", r->title, r->lead ? r->lead : "", markdown_text(ctx, r->body));
    if (!likeness_note_text(ctx, seal, text))
        return false;
    return !cover || cover->look == NONE || likeness_note_picture(ctx, seal, cover->sha256, (u64)cover->look, cover->filename);
}

static bool note_files(Ctx *ctx, const Release *r, i64 seal)
{
    for (const ReleaseFile *f = r->files.items, *end = f + r->files.count; f < end; f++)
        if (!seal_note_file(ctx, seal, f->sha256, f->filename))
            return false;
    return true;
}

bool press_seal_edition(Ctx *ctx, Release *r, const char *note, const SealKey *key)
{
    const char *text = sealed_text(ctx, r, note);
    const Seal *seal;
    if (!text)
        return false;
    SealDraft draft = {
        .subject = "release",
        .subject_id = r->id,
        .version = r->edition,
        .title = r->title,
        .address = press_public_path(ctx->arena, r->slug),
        .canonical = {text, strlen(text)},
    };
    if (!seal_make(ctx, key, &draft, &seal))
        return false;
    r->code = seal->code;
    r->sha256 = seal->sha256;
    r->signature = seal->signature;
    return note_likeness(ctx, r, seal->id) && note_files(ctx, r, seal->id);
}

/* All that it ever said: none of its editions is upheld. */
bool press_seals_withdraw(Ctx *ctx, const Release *r)
{
    for (i64 number = 1; number <= r->edition; number++) {
        const Seal *seal = seal_of(ctx, "release", r->id, number);
        if (seal && !seal->withdrawn_at && !seal_withdraw(ctx, seal->id))
            return false;
    }
    return !faulted(ctx);
}
