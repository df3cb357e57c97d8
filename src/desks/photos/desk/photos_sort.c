/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_sort.c: an event's pictures as they are chosen from: bursts together, counted, and the words that the event gives them. */
#include "desks/photos/desk/photos_desk.h"

/* ---- bursts ---- */

static bool is_burst(const Photo *all, size_t count, const Photo *p)
{
    size_t n = 0;
    for (size_t i = 0; p->burst && i < count && n < 2; i++)
        n += all[i].burst == p->burst;
    return n > 1;
}

/* Every picture of p's burst that comes at or after it. */
static size_t gather(const Photo *p, const Photo *end, bool *taken, Photo *out)
{
    size_t n = 0;
    for (const Photo *q = p; q < end; q++)
        if (q == p || q->burst == p->burst) {
            taken[q - p] = true;
            out[n++] = *q;
        }
    return n;
}

/* By time; a burst stands where its first picture does, and what stands alone between two bursts is one group. */
List photos_sort_groups(Arena *a, List photos, i64 *bursts_out)
{
    const Photo *all = photos.items;
    Photo *out = arena_array(a, Photo, photos.count + 1);
    bool *taken = arena_array(a, bool, photos.count + 1);
    SortGroup *groups = arena_array(a, SortGroup, photos.count + 1);
    size_t n = 0, count = 0;
    *bursts_out = 0;
    for (size_t i = 0; i < photos.count; i++) {
        if (taken[i])
            continue;
        bool burst = is_burst(all, photos.count, &all[i]);
        if (burst || !count || groups[count - 1].is_burst)
            groups[count++] = (SortGroup){.is_burst = burst, .photos = {&out[n], 0}};
        *bursts_out += burst;
        size_t more = 1;
        if (burst)
            more = gather(&all[i], all + photos.count, &taken[i], &out[n]);
        else
            out[n] = all[i];
        groups[count - 1].photos.count += more;
        n += more;
    }
    return (List){groups, count};
}

/* ---- counts ---- */

static const Field count_fields[] = {
    FIELD_INT(SortCounts, kept),     FIELD_INT(SortCounts, starred),    FIELD_INT(SortCounts, dropped),
    FIELD_INT(SortCounts, unchosen), FIELD_INT(SortCounts, processing), FIELD_INT(SortCounts, failed),
};
const Shape photos_sort_shape = SHAPE("photo_choice", SortCounts, count_fields);

static const Field mark_fields[] = {FIELD_ID(Photo, id), FIELD_WORD(Photo, mark, photos_mark_words)};
const Shape photos_marked_shape = SHAPE("photo_mark", Photo, mark_fields);

SortCounts photos_sort_count(Ctx *ctx, i64 event, i64 coverage)
{
    const PhotoFilter of = {.event = event, .coverage = coverage};
    PhotoFilter kept = of, starred = of, dropped = of, unchosen = of, processing = of, failed = of;
    kept.mark = word_name(photos_mark_words, MARK_KEEP);
    starred.mark = word_name(photos_mark_words, MARK_STAR);
    dropped.mark = word_name(photos_mark_words, MARK_DROP);
    unchosen.mark = word_name(photos_mark_words, MARK_NONE);
    processing.state = word_name(photos_state_words, PHOTO_PROCESSING);
    failed.state = word_name(photos_state_words, PHOTO_FAILED);
    return (SortCounts){photos_count(ctx, &kept),     photos_count(ctx, &starred),    photos_count(ctx, &dropped),
                        photos_count(ctx, &unchosen), photos_count(ctx, &processing), photos_count(ctx, &failed)};
}

/* ---- what the event says already ---- */

const char *photos_sort_caption(Ctx *ctx, const Event *e)
{
    const char *day = clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_DATE, e->starts_at);
    return e->place.name ? arena_printf(ctx->arena, say(ctx, "%s, at %s, on %s."), e->title, e->place.name, day)
                         : arena_printf(ctx->arena, say(ctx, "%s, on %s."), e->title, day);
}

/* Who handed all of them in; else who the coverage is given to. */
static const char *photographer(List photos, const Coverage *coverage)
{
    const Photo *p = photos.items, *end = p + photos.count;
    for (const Photo *q = p; q < end; q++)
        if (q->person != p->person)
            return coverage ? coverage->assignee_name : NULL;
    return photos.count ? p->person_name : coverage ? coverage->assignee_name : NULL;
}

const char *photos_sort_credit(Ctx *ctx, List photos, const Coverage *coverage)
{
    const char *who = photographer(photos, coverage), *office = ctx->city->office;
    return text_clip(ctx->arena, who ? arena_printf(ctx->arena, "%s / %s", who, office) : office, PHOTOS_CREDIT_MAX);
}

/* ---- what is handed in ---- */

static bool goes(const HandInShown *x, const Photo *p)
{
    return p->state == PHOTO_READY && (x->chosen ? p->mark == MARK_KEEP || p->mark == MARK_STAR : true);
}

static void tally(HandInShown *x, const Photo *p)
{
    x->waiting += p->state == PHOTO_PROCESSING;
    if (!goes(x, p))
        return;
    x->photos++;
    x->without_alt += text_blank(p->alt);
    x->without_caption += text_blank(p->caption);
    x->unreviewed += p->minors == MINORS_UNREVIEWED;
}

HandInShown photos_sort_hand_in(Ctx *ctx, const Coverage *coverage)
{
    HandInShown x = {.coverage = coverage};
    SortCounts counts = photos_sort_count(ctx, coverage->event, coverage->id);
    x.chosen = counts.kept || counts.starred || counts.dropped;
    List photos = photos_of(ctx, coverage->event, coverage->id, 0, 0, PHOTOS_AT_ONCE);
    for (const Photo *p = photos.items, *end = p + photos.count; p < end; p++)
        tally(&x, p);
    return x;
}
