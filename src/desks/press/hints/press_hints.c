/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_hints.c: the remarks on a draft, the most useful first. */
#include "desks/press/hints/press_hints.h"
#include "store/db.h"
#include "web/markdown.h"
#include "press_hint_queries.h"

enum {
    TITLE_BEST = 90, LEAD_BEST = 300, SENTENCE_BEST = 35, SENTENCES_SHOWN = 3, PASSIVES_MANY = 3, CAPITALS_LEAST = 8, HINTS_MOST = 40,
    WORDS_A_MINUTE = 200, EASE_NORMAL = 55, QUOTE = 160
};

static const Field hint_fields[] = {
    FIELD_TEXT(Hint, field), FIELD_TEXT(Hint, text), FIELD_TEXT(Hint, quote), FIELD_BOOL(Hint, serious),
};
static const Shape hint_shape = SHAPE("hint", Hint, hint_fields);
static const Field misspelling_fields[] = {FIELD_TEXT(Misspelling, word), FIELD_TEXT(Misspelling, sentence)};
static const Shape misspelling_shape = SHAPE("misspelling", Misspelling, misspelling_fields);
static const Field hints_fields[] = {
    FIELD_INT(Hints, title_characters), FIELD_INT(Hints, lead_characters), FIELD_INT(Hints, words),
    FIELD_INT(Hints, sentences),        FIELD_INT(Hints, minutes),         FIELD_INT(Hints, ease),
    FIELD_TEXT(Hints, ease_said),       FIELD_MANY(Hints, hints, &hint_shape), FIELD_MANY(Hints, misspelt, &misspelling_shape),
    FIELD_TEXT(Hints, spelling),
};
const Shape press_hints_shape = SHAPE("hints", Hints, hints_fields);

/* ---- collecting ---- */

typedef struct Marker {
    Ctx *ctx;
    Hint *hints;
    size_t count;
} Marker;

static void remark(Marker *m, bool serious, const char *field, const char *text, const char *quote)
{
    if (m->count < HINTS_MOST)
        m->hints[m->count++] = (Hint){field, text, quote ? text_clip(m->ctx->arena, quote, QUOTE) : NULL, serious};
}
#define REMARK(m, serious, field, quote, ...) remark(m, serious, field, arena_printf((m)->ctx->arena, __VA_ARGS__), quote)

/* ---- the title and the lead ---- */

static bool in_capitals(Ctx *ctx, const char *s)
{
    return text_graphemes(s) >= CAPITALS_LEAST && !text_same(s, text_lower(ctx->arena, s)) && press_word_count(s) > 1 &&
           strcspn(s, "abcdefghijklmnopqrstuvwxyz") == strlen(s);
}

static void look_at_title(Marker *m, const char *title)
{
    Ctx *ctx = m->ctx;
    size_t n = text_graphemes(title);
    if (n > TITLE_BEST)
        REMARK(m, false, "title", NULL, say(ctx, "The title has %zu characters: about %d are shown by search engines and in messages."), n, TITLE_BEST);
    if (in_capitals(ctx, title))
        remark(m, true, "title", say(ctx, "The title is in capitals: it reads like shouting, and programs that read aloud spell it."), NULL);
    if (text_ends(title, ".") && !text_ends(title, "..."))
        remark(m, false, "title", say(ctx, "A title ends without a full stop."), NULL);
}

static void look_at_lead(Marker *m, const char *lead)
{
    size_t n = lead ? text_graphemes(lead) : 0;
    if (!n)
        remark(m, true, "lead", say(m->ctx, "There is no lead: who, what, where and when in one or two sentences."), NULL);
    else if (n > LEAD_BEST)
        REMARK(m, false, "lead", NULL, say(m->ctx, "The lead has %zu characters: up to %d are read."), n, LEAD_BEST);
}

/* ---- what is missing ---- */

static bool has_quote(const char *body)
{
    return text_starts(body, ">") || strstr(body, "\n>") || strstr(body, "«") || strstr(body, "“");
}

/* [something] that is no link is what a template left to fill in. */
static const char *left_open(Ctx *ctx, const char *text)
{
    for (const char *p = text ? strchr(text, '[') : NULL; p; p = strchr(p + 1, '[')) {
        size_t n = 1 + strcspn(p + 1, "]\n[");
        if (p[n] == ']' && n > 2 && p[n + 1] != '(' && p[n + 1] != ':')
            return arena_copy(ctx->arena, p, n + 1);
    }
    return NULL;
}

static void look_at_files(Marker *m, const Release *r)
{
    bool cover = false;
    for (const ReleaseFile *f = r->files.items, *end = f + r->files.count; f < end; f++) {
        cover = cover || f->is_cover;
        if (text_starts(f->type, "image/") && text_blank(f->alt))
            remark(m, true, "files", say(m->ctx, "A picture does not say what is seen in it, for who cannot see it."), f->filename);
    }
    if (!cover)
        remark(m, false, "files", say(m->ctx, "There is no cover: with a picture it is opened and shared more."), NULL);
}

static void look_for_what_is_missing(Marker *m, const Release *r, const char *body)
{
    Ctx *ctx = m->ctx;
    const char *const texts[] = {r->title, r->lead, r->body};
    for (size_t i = 0; i < COUNT(texts); i++) {
        const char *open = left_open(ctx, texts[i]);
        if (open)
            remark(m, true, i == 0 ? "title" : i == 1 ? "lead" : "body", say(ctx, "Something is still to be filled in."), open);
    }
    if (!has_quote(body))
        remark(m, false, "body", say(ctx, "Nobody is quoted: media look for a sentence that somebody said."), NULL);
    if (!r->contact_name && !r->contact_phone && !r->contact_mail)
        remark(m, false, "contact", say(ctx, "There is no contact: whom may media ask?"), NULL);
    if (text_blank(r->topics))
        remark(m, false, "topics", say(ctx, "There is no topic: by it citizens find it, and follow it."), NULL);
    look_at_files(m, r);
}

/* ---- how it is written; of Spanish ---- */

typedef struct Jargon {
    const char *said, *plain;
} Jargon;

static const Jargon jargon[] = {
    {"en aras de", "para"}, {"con la finalidad de", "para"}, {"con el objetivo de", "para"}, {"a efecto de", "para"}, {"en el marco de", "en"},
    {"llevar a cabo", "hacer"}, {"llevó a cabo", "hizo"}, {"dar inicio", "empezar"}, {"dio inicio", "empezó"}, {"aperturar", "abrir"},
    {"aperturó", "abrió"}, {"coadyuvar", "ayudar"}, {"eficientar", "mejorar"}, {"accesar", "entrar"}, {"a la brevedad", "con una fecha"},
    {"cabe destacar que", "sin decirlo"}, {"cabe señalar que", "sin decirlo"}, {"es importante mencionar que", "sin decirlo"},
    {"de manera conjunta", "juntos"}, {"hizo entrega de", "entregó"}, {"hacer entrega de", "entregar"}, {"realizó la entrega de", "entregó"},
    {"implementar acciones", "decir cuáles"}, {"diversas acciones", "decir cuáles"}, {"al interior de", "en"}, {"vialidades", "calles"},
};

static void look_for_jargon(Marker *m, const char *text)
{
    const char *small = text_lower(m->ctx->arena, text);
    for (size_t i = 0; i < COUNT(jargon); i++)
        if (strstr(small, jargon[i].said))
            REMARK(m, false, "body", jargon[i].said, say(m->ctx, "“%s” is said more plainly: %s."), jargon[i].said, jargon[i].plain);
}

/* "fue inaugurada", "serán entregados": a form of ser, then a participle. */
static i64 passives_in(Ctx *ctx, const char *text)
{
    static const char *const forms[] = {" fue ", " fueron ", " será ", " serán ", " ha sido ", " han sido ", " siendo "};
    static const char *const endings[] = {"ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas"};
    const char *small = text_lower(ctx->arena, text);
    i64 n = 0;
    for (size_t i = 0; i < COUNT(forms); i++)
        for (const char *p = strstr(small, forms[i]); p; p = strstr(p + 1, forms[i])) {
            const char *word = p + strlen(forms[i]);
            const char *participle = arena_copy(ctx->arena, word, strcspn(word, " ,.;:\n"));
            for (size_t e = 0; e < COUNT(endings); e++)
                if (strlen(participle) > 5 && text_ends(participle, endings[e])) {
                    n++;
                    break;
                }
        }
    return n;
}

static void look_at_sentences(Marker *m, const char *text)
{
    List sentences = press_sentences(m->ctx, text);
    const char *const *s = sentences.items;
    int shown = 0;
    for (size_t i = 0; i < sentences.count && shown < SENTENCES_SHOWN; i++) {
        i64 words = press_word_count(s[i]);
        if (words <= SENTENCE_BEST)
            continue;
        REMARK(m, false, "body", s[i], say(m->ctx, "A sentence of %d words: two would be easier to follow."), (int)words);
        shown++;
    }
}

static void look_at_style(Marker *m, const char *text, const Hints *h)
{
    if (h->ease != NONE && h->ease < EASE_NORMAL)
        REMARK(m, true, "body", NULL, say(m->ctx, "The text is %s: shorter sentences and words help most readers."), h->ease_said);
    look_at_sentences(m, text);
    i64 passives = passives_in(m->ctx, text);
    if (passives >= PASSIVES_MANY)
        REMARK(m, false, "body", NULL, say(m->ctx, "%d times something is done and nobody does it: say who."), (int)passives);
    look_for_jargon(m, text);
}

/* ---- spelling ---- */

typedef struct PlaceName {
    const char *name, *neighbourhood;
} PlaceName;
static const Field place_fields[] = {FIELD_TEXT(PlaceName, name), FIELD_TEXT(PlaceName, neighbourhood)};
static const Shape place_shape = SHAPE("place_name", PlaceName, place_fields);

/* What the city's own records call things. */
static const char *own_words(Ctx *ctx, const Release *r)
{
    Buf *out = buf_new(ctx->arena, 4096, 256 * 1024);
    const char *const texts[] = {ctx->city->name, ctx->city->office, r->event_title, r->area_name, r->contact_name, r->dateline_place, r->topics};
    for (size_t i = 0; i < COUNT(texts); i++)
        if (texts[i])
            buf_printf(out, "%s\n", texts[i]);
    List topics = press_topics(ctx);
    for (const PressTopic *t = topics.items, *end = t + topics.count; t < end; t++)
        buf_printf(out, "%s\n", t->name);
    List places = db_list(ctx, &q_press_place_names, &place_shape);
    for (const PlaceName *p = places.items, *end = p + places.count; p < end; p++)
        buf_printf(out, "%s %s\n", p->name, p->neighbourhood ? p->neighbourhood : "");
    return buf_over(out) ? NULL : buf_data(out);
}

static void look_at_spelling(Ctx *ctx, const Release *r, const char *text, Hints *h)
{
    if (!text_starts(r->tongue, "es")) {
        h->spelling = say(ctx, "Spelling is looked at in Spanish texts only.");
        return;
    }
    SpellingFate fate = press_spelling(ctx, text, own_words(ctx, r), &h->misspelt);
    if (fate == SPELLING_MISSING)
        h->spelling = say(ctx, "Spelling is not looked at here: the packages hunspell and hunspell-es are not installed.");
    else if (fate == SPELLING_LATE)
        h->spelling = say(ctx, "Looking at the spelling took too long.");
}

/* ---- all of it ---- */

const Hints *press_hints(Ctx *ctx, const Release *r)
{
    Hints *h = arena_new_of(ctx->arena, Hints);
    const char *body = r->body ? r->body : "";
    const char *plain = text_trim(ctx->arena, markdown_text(ctx, body));
    const char *all = arena_printf(ctx->arena, "%s\n%s\n%s\n", r->title, r->lead ? r->lead : "", plain);
    bool spanish = text_starts(r->tongue, "es");
    const char *read = arena_printf(ctx->arena, "%s\n%s", r->lead ? r->lead : "", plain);
    Reading reading = press_reading(read, (i64)press_sentences(ctx, read).count);
    Marker m = {ctx, arena_array(ctx->arena, Hint, HINTS_MOST), 0};
    *h = (Hints){
        .title_characters = (i64)text_graphemes(r->title), .lead_characters = r->lead ? (i64)text_graphemes(r->lead) : 0,
        .words = reading.words, .sentences = reading.sentences, .minutes = (reading.words + WORDS_A_MINUTE - 1) / WORDS_A_MINUTE,
        .ease = spanish ? reading.ease : NONE,
    };
    h->ease_said = press_ease_said(ctx, h->ease);
    look_at_title(&m, r->title);
    look_at_lead(&m, r->lead);
    look_for_what_is_missing(&m, r, body);
    if (spanish)
        look_at_style(&m, all, h);
    h->hints = (List){m.hints, m.count};
    look_at_spelling(ctx, r, all, h);
    return faulted(ctx) ? NULL : h;
}
