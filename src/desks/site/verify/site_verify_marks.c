/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_verify_marks.c: what our pages put around a text when somebody copies or shares it: folio, dateline, contact, our links
 * and codes.  It was published too, and is no change. */
#include "base/folded.h"
#include "desks/site/verify/site_verdict.h"

enum { MARKS = 8, WORD_WIDEST = 160, WORDS_LEAST = 2 };

/* ---- our links and codes ---- */
static bool is_our_address(Ctx *ctx, const char *word)
{
    const char *base = ctx->city->base_url, *bare = strstr(base, "://");
    return text_starts(word, base) || (bare && text_starts(word, bare + 3));
}

static bool is_code(const char *word)
{
    char code[SEAL_CODE + 1];
    return text_starts(word, "VOC-") && seal_code_read(word, code);
}

/* Anybody else's links stay, and are shown as added. */
static void blank_links(Ctx *ctx, char *text)
{
    for (char *p = text; *p;) {
        p += strspn(p, " \t\r\n");
        size_t n = strcspn(p, " \t\r\n");
        const char *word = arena_copy(ctx->arena, p, n < WORD_WIDEST ? n : WORD_WIDEST);
        size_t bare = strlen(word);
        while (bare && strchr(".,;)", word[bare - 1]))
            bare--;
        if (n && (is_our_address(ctx, word) || is_code(arena_copy(ctx->arena, word, bare))))
            memset(p, ' ', n);
        p += n;
    }
}

/* ---- phrases ---- */
static bool stands_at(const FoldedWord *words, List phrase)
{
    const FoldedWord *p = phrase.items;
    for (size_t i = 0; i < phrase.count; i++)
        if (!folded_same(&words[i], &p[i]))
            return false;
    return true;
}

static void blank_phrase(Ctx *ctx, char *text, const char *phrase)
{
    List words = folded_words(ctx->arena, text), wanted = phrase ? folded_words(ctx->arena, phrase) : (List){0};
    const FoldedWord *w = words.items;
    if (wanted.count < WORDS_LEAST)
        return;
    for (size_t i = 0; i + wanted.count <= words.count; i++) {
        if (!stands_at(w + i, wanted))
            continue;
        const FoldedWord *last = &w[i + wanted.count - 1];
        memset(text + (w[i].at - text), ' ', (size_t)(last->at + last->size - w[i].at));
        i += wanted.count - 1;
    }
}

static const char *date_of(Ctx *ctx, const char *day)
{
    Wall wall;
    if (!day || !wall_parse(day, &wall))
        return NULL;
    wall.hour = 12;
    return clock_say(ctx->arena, ctx->city->zone, TONGUE_ES, CLOCK_SAY_DATE, clock_instant(ctx->city->zone, wall, NULL));
}

static const char *dateline_of(Ctx *ctx, const Json *json)
{
    const char *place = json_text_of(json_get(json, "dateline_place")), *date = date_of(ctx, json_text_of(json_get(json, "dateline_day")));
    return place && date ? arena_printf(ctx->arena, "%s, %s", place, date) : date;
}

static const char *head_of(Ctx *ctx, const Json *json)
{
    const char *office = json_text_of(json_get(json, "office")), *folio = json_text_of(json_get(json, "folio"));
    return office && folio ? arena_printf(ctx->arena, "%s %s", office, folio) : folio;
}

List verify_marks(Ctx *ctx, const Seal *seal)
{
    const Json *json = json_read(ctx, seal->canonical, strlen(seal->canonical));
    const char **marks = arena_array(ctx->arena, const char *, MARKS);
    size_t n = 0;
    if (!json)
        fault_take(ctx); /* a broken record is said as such elsewhere */
    marks[n++] = head_of(ctx, json);
    marks[n++] = json_text_of(json_get(json, "folio"));
    marks[n++] = dateline_of(ctx, json);
    marks[n++] = say(ctx, "Verification code:");
    marks[n++] = verify_release_contact(ctx, seal);
    return (List){marks, n};
}

const char *verify_without_marks(Ctx *ctx, const char *text, List marks)
{
    char *bare = arena_text(ctx->arena, text);
    const char *const *mark = marks.items;
    blank_links(ctx, bare);
    for (size_t i = 0; i < marks.count; i++)
        blank_phrase(ctx, bare, mark[i]);
    return bare;
}
