/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_edition.c: what citizens get: a copy of the release, word for word, with its number, its seal and its place in the counts. */
#include "desks/press/flow/press_flow.h"
#include "desks/press/pictures/press_pictures.h"
#include "press_flow_queries.h"

enum { TEXTS_MAX = 3 * 1024 * 1024 };

/* In the transaction of the publication: a number that is not used is not given. */
static bool number_it(Ctx *ctx, Release *r)
{
    if (r->folio)
        return true;
    int year = clock_wall(ctx->city->zone, r->published_at).year;
    if (!db_write(ctx, &q_press_folio_next, I(year)))
        return false;
    i64 number = db_number(ctx, &q_press_folio_last, I(year));
    r->folio = arena_printf(ctx->arena, "CS/%04" PRId64 "/%d", number, year);
    return !faulted(ctx);
}

static const char *texts_json(Ctx *ctx, List texts)
{
    Buf *buf = buf_new(ctx->arena, 1024, TEXTS_MAX);
    JsonOut j = json_out(buf);
    press_write_texts(&j, NULL, texts);
    if (buf_over(buf))
        return fault(ctx, FAULT_TOO_LARGE, "The other languages are too long together: at most %d MB.", TEXTS_MAX / (1024 * 1024));
    return buf_data(buf);
}

static bool add_files(Ctx *ctx, const Release *r)
{
    i64 position = 1;
    for (const ReleaseFile *f = r->files.items, *end = f + r->files.count; f < end; f++)
        if (!db_write(ctx, &q_press_edition_file_add, I(r->id), I(r->edition), I(f->id), I(f->is_cover ? 0 : position++), T(f->alt),
                      T(f->caption), T(f->credit)))
            return false;
    return true;
}

static bool add_edition(Ctx *ctx, const Release *r, const char *note)
{
    const char *texts = texts_json(ctx, r->texts);
    i64 old;
    return texts && db_change(ctx, &q_press_edition_old, &old, I(r->id)) &&
           db_write(ctx, &q_press_edition_add, I(r->id), I(r->edition), T(r->folio), T(r->title), T(r->lead), T(r->body), T(r->topics),
                    T(r->dateline_place), T(r->dateline_day), I_OR_NULL(r->event), T(r->area_name), T(r->contact_name),
                    T(r->contact_phone), T(r->contact_mail), T(r->tongue), T(texts), I_OR_NULL(r->cover), T(note), I(r->published_at),
                    I(ctx->now), T(r->code), T(r->sha256), T(r->signature)) &&
           add_files(ctx, r);
}

static bool note_on_release(Ctx *ctx, const Release *r)
{
    return db_write(ctx, &q_press_set_public, I(r->id), I(r->version), W(press_state_words, r->state), T(r->folio), I(r->edition),
                    I(r->published_at), I_OR_NULL(r->corrected_at), T(r->code), T(r->sha256), T(r->signature), T(r->hash), I(ctx->now));
}

/* What an edition says for itself where the draft left it open. */
static Release as_edition(Ctx *ctx, const Release *before)
{
    Release r = *before;
    bool first = !before->edition;
    r.edition++;
    r.state = first ? RELEASE_PUBLISHED : RELEASE_CORRECTED;
    r.published_at = before->published_at ? before->published_at : ctx->now;
    r.corrected_at = first ? before->corrected_at : ctx->now;
    if (!r.dateline_day)
        r.dateline_day = clock_day_text(ctx->arena, ctx->city->zone, r.published_at);
    return r;
}

static VersionKind kind_of(const Release *r)
{
    if (r->source && r->edition == 1)
        return VERSION_IMPORTED;
    return r->edition == 1 ? VERSION_PUBLISHED : VERSION_CORRECTED;
}

/* The version keeps what was approved, so that its hash is the one that was approved. */
static bool keep_version(Ctx *ctx, const Release *before, const Release *r, const char *note)
{
    Release kept = *before;
    kept.edition = r->edition;
    return press_keep_version(ctx, &kept, kind_of(r), note);
}

bool press_put_out(Ctx *ctx, Release *before, const char *note, const SealKey *key)
{
    Release r = as_edition(ctx, before);
    bool first = r.edition == 1;
    if (!number_it(ctx, &r) || (key && !press_seal_edition(ctx, &r, note, key)) || (!first && !press_tally_take(ctx, &r, false)) ||
        !press_tally_add(ctx, &r, first) || !add_edition(ctx, &r, note) || !note_on_release(ctx, &r) || !keep_version(ctx, before, &r, note))
        return false;
    return press_index(ctx, r.id) && press_kit_queue(ctx, r.id, r.edition);
}

bool press_take_down(Ctx *ctx, const Release *r, const char *reason)
{
    return press_tally_take(ctx, r, true) && db_write(ctx, &q_press_edition_withdraw, I(r->id), I(ctx->now), T(reason)) &&
           db_write(ctx, &q_press_set_withdrawn, I(r->id), I(r->version), I(ctx->now), T(reason)) && press_seals_withdraw(ctx, r) &&
           press_index(ctx, r->id);
}
