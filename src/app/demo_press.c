/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* demo_press.c: what the invented office writes: releases of July 2022 and of the present, in every state.
 *
 * The texts are in demo_releases.txt:
 *     @@ july | beginning of an event's title | topics | fate     or     @@ now-3h | …
 *     # title, a line of lead, ---, the body; then @@en or @@es-x-plain with the same in another language. */
#include "app/demo.h"
#include "base/text.h"
#include "desks/press/press.h"

#include <stdlib.h>

enum { RELEASES_MOST = 64, EVENTS_MOST = 200 };

typedef struct Told { /* one release of the file */
    bool july;
    i64 hours;          /* of the present: from now */
    const char *event, *fate;
    ReleaseDraft draft;
    i64 at, ends_at;    /* when it goes out; when its event ends */
    i64 event_id;
} Told;

/* ---- reading the file ---- */

/* "Obra pública, Cabildo" as one topic a line. */
static const char *as_lines(Arena *a, const char *topics)
{
    List parts = text_split(a, topics, ',');
    Buf *out = buf_new(a, 64, 1024);
    for (const char *const *part = parts.items, *const *end = part + parts.count; part < end; part++)
        buf_printf(out, "%s%s", buf_size(out) ? "\n" : "", text_trim(a, *part));
    return buf_data(out);
}

static const char *replaced(Arena *a, const char *text, const char *what, const char *with)
{
    const char *at = strstr(text, what);
    return at ? arena_printf(a, "%.*s%s%s", (int)(at - text), text, with, at + strlen(what)) : text;
}

static const char *line_end(const char *p)
{
    return p + strcspn(p, "\n");
}

/* "# title\nlead\n---\nbody" up to the next line that begins with @@. */
static const char *read_text(Arena *a, const char *p, ReleaseText *text)
{
    const char *end = strstr(p, "\n@@");
    end = end ? end + 1 : p + strlen(p);
    const char *title_end = line_end(p), *lead_end = line_end(title_end + 1);
    text->title = arena_copy(a, p + 2, (size_t)(title_end - p - 2));
    text->lead = arena_copy(a, title_end + 1, (size_t)(lead_end - title_end - 1));
    const char *body = lead_end + strlen("\n---\n");
    text->body = text_trim(a, arena_copy(a, body, (size_t)(end - body)));
    return end;
}

static void read_head(Arena *a, const char *line, Told *t)
{
    List parts = text_split(a, line, '|');
    const char *const *part = parts.items;
    if (parts.count != 4)
        abort(); /* the file is ours */
    const char *when = text_trim(a, part[0]);
    t->july = text_same(when, "july");
    t->hours = t->july ? 0 : strtoll(when + strlen("now"), NULL, 10);
    t->event = text_trim(a, part[1]);
    t->draft.topics = as_lines(a, part[2]);
    t->fate = text_trim(a, part[3]);
}

static size_t read_all(Arena *a, Told *told)
{
    size_t n = 0;
    ReleaseText *texts = arena_array(a, ReleaseText, RELEASES_MOST);
    size_t used = 0;
    for (const char *p = demo_releases; *p;) {
        const char *end = line_end(p);
        ReleaseText text = {0};
        bool language = p[2] != ' ';
        if (!language) {
            if (n == RELEASES_MOST)
                abort();
            told[n] = (Told){0};
            read_head(a, arena_copy(a, p + 3, (size_t)(end - p - 3)), &told[n++]);
        } else {
            text.tongue = arena_copy(a, p + 2, (size_t)(end - p - 2));
        }
        p = read_text(a, end + 1, &text);
        Told *t = &told[n - 1];
        if (!language) {
            t->draft.title = text.title;
            t->draft.lead = text.lead;
            t->draft.body = text.body;
            continue;
        }
        texts[used] = text;
        if (!t->draft.texts.count)
            t->draft.texts.items = &texts[used];
        t->draft.texts.count++;
        used++;
    }
    return n;
}

/* ---- what it tells of ---- */

static bool taken(const Told *told, size_t n, i64 event)
{
    for (size_t i = 0; i < n; i++)
        if (told[i].event_id == event)
            return true;
    return false;
}

/* Of the events of that name that no release tells of yet the first one; at the present the nearest to when it goes out. */
static const Event *event_of(const Told *told, size_t n, const Told *t, List events)
{
    const Event *best = NULL;
    for (const Event *e = events.items, *end = e + events.count; e < end; e++) {
        if (!text_starts(e->title, t->event) || taken(told, n, e->id))
            continue;
        if (!best || (!t->july && llabs(e->starts_at - t->at) < llabs(best->starts_at - t->at)))
            best = e;
    }
    return best;
}

static void place_it(Demo *demo, Told *told, size_t n, List events, i64 now)
{
    Arena *a = demo->ctx->arena;
    for (size_t i = 0; i < n; i++) {
        Told *t = &told[i];
        t->at = now + t->hours * CLOCK_HOUR;
        const Event *e = event_of(told, i, t, events);
        if (!e)
            continue;
        const char *place = e->place.name ? e->place.name : "la ciudad";
        t->event_id = e->id;
        t->draft.event = e->id;
        t->draft.lead = replaced(a, t->draft.lead, "{lugar}", place);
        t->draft.body = replaced(a, t->draft.body, "{lugar}", place);
        if (t->july)
            t->at = e->ends_at + demo_throw(demo, 30, 260) * CLOCK_MINUTE;
    }
}

static int by_time(const void *one, const void *other)
{
    i64 a = ((const Told *)one)->at, b = ((const Told *)other)->at;
    return a < b ? -1 : a > b;
}

/* ---- on its way ---- */

/* A few scenes serve all releases: making the copies of a picture takes a second. */
static bool add_cover(Demo *demo, i64 release)
{
    DemoScene *scene = &demo->scenes[demo->covers++ % COUNT(demo->scenes)];
    if (!scene->sha256 && !demo_draw(demo, scene))
        return false;
    FileDraft file = {
        .sha256 = scene->sha256, .filename = scene->filename, .type = "image/png", .size = scene->size, .is_cover = true,
        .alt = "Dibujo de gente en una plaza de la ciudad, entre casas de colores y árboles", .credit = "Comunicación Social",
    };
    i64 id;
    return press_file_add(demo->ctx, release, NONE, &file, &id) && press_file_ready(demo->ctx, demo->media, demo->vault, id);
}

static bool write_it(Demo *demo, Told *t, i64 *id_out)
{
    t->draft.area = demo->staff[DEMO_COORDINATOR].area;
    t->draft.dateline_place = "San Luis Potosí, S.L.P.";
    t->draft.contact_name = "Mesa de redacción";
    t->draft.contact_phone = "444 000 0100";
    t->draft.contact_mail = "prensa@sanluis.example";
    return press_create(demo->ctx, &t->draft, id_out) && add_cover(demo, *id_out);
}

/* Twice where a topic is sensitive: the second time by who signs for the office. */
static bool approve(Demo *demo, i64 id)
{
    const Release *seen;
    demo_as(demo, DEMO_COORDINATOR, demo->ctx->now + 10 * CLOCK_MINUTE);
    if (!press_approve(demo->ctx, id, NONE, NULL) || !(seen = press_find(demo->ctx, id)))
        return false;
    if (seen->state != RELEASE_IN_REVIEW)
        return true;
    demo_as(demo, DEMO_DIRECTOR, demo->ctx->now + 5 * CLOCK_MINUTE);
    return press_approve(demo->ctx, id, NONE, NULL);
}

static bool publish(Demo *demo, const Told *t, i64 id)
{
    demo_as(demo, DEMO_COORDINATOR, t->at);
    return press_publish(demo->ctx, id, NONE, demo->key);
}

/* What was wrong, and what is right. */
static const struct {
    const char *wrong, *right, *note;
} mistakes[] = {
    {"**seis horas**", "**ocho horas**", "El comunicado decía que el ayuno es de seis horas. Son ocho."},
    {"treinta empresas y 480 vacantes", "treinta empresas y 512 vacantes", "El número de vacantes es 512; se habían publicado 480."},
};

static bool correct(Demo *demo, const Told *t, i64 id)
{
    Arena *a = demo->ctx->arena;
    demo_as(demo, DEMO_COORDINATOR, t->at + 3 * CLOCK_HOUR);
    for (size_t i = 0; i < COUNT(mistakes); i++) {
        if (!strstr(t->draft.body, mistakes[i].wrong) && !strstr(t->draft.title, mistakes[i].wrong))
            continue;
        ReleaseDraft right = {.title = replaced(a, t->draft.title, mistakes[i].wrong, mistakes[i].right),
                              .body = replaced(a, t->draft.body, mistakes[i].wrong, mistakes[i].right)};
        return press_correct(demo->ctx, id, NONE, &right, mistakes[i].note, demo->key);
    }
    abort(); /* the file is ours: a corrected text has its mistake above */
}

static bool withdraw(Demo *demo, const Told *t, i64 id)
{
    demo_as(demo, DEMO_DIRECTOR, t->at + 20 * CLOCK_HOUR);
    return press_withdraw(demo->ctx, id, NONE, "El acta de instalación aún no tenía todas las firmas. Se publicará de nuevo cuando esté completa.");
}

static bool give_back(Demo *demo, i64 id)
{
    i64 comment;
    demo_as(demo, DEMO_COORDINATOR, demo->ctx->now + 20 * CLOCK_MINUTE);
    return press_comment(demo->ctx, id, "¿Dónde se inscribe la gente? Falta el teléfono.", "Cupo limitado a 25 personas.", &comment) &&
           press_return(demo->ctx, id, NONE, "Faltan la sede y cómo inscribirse.");
}

static bool schedule(Demo *demo, const Told *t, i64 id)
{
    Schedule when = {.publish_at = t->at - t->at % (15 * CLOCK_MINUTE)};
    if (text_same(t->fate, "embargoed"))
        when.embargo_until = when.publish_at;
    return press_schedule(demo->ctx, id, NONE, &when);
}

static bool tell(Demo *demo, Told *t, i64 now)
{
    bool later = t->at >= now;
    i64 id;
    demo_as(demo, DEMO_EDITOR, (later ? now : t->at) - 75 * CLOCK_MINUTE);
    if (!write_it(demo, t, &id))
        return false;
    demo->ctx->now += 20 * CLOCK_MINUTE;
    if (text_same(t->fate, "draft"))
        return true;
    if (!press_send(demo->ctx, id, NONE))
        return false;
    if (text_same(t->fate, "review"))
        return true;
    if (text_same(t->fate, "returned"))
        return give_back(demo, id);
    if (!approve(demo, id) || text_same(t->fate, "approved"))
        return !faulted(demo->ctx);
    if (later)
        return schedule(demo, t, id);
    if (!publish(demo, t, id))
        return false;
    if (text_same(t->fate, "corrected"))
        return correct(demo, t, id);
    return !text_same(t->fate, "withdrawn") || withdraw(demo, t, id);
}

static bool tell_all(Demo *demo, bool july, List events, i64 now)
{
    Told *told = arena_array(demo->ctx->arena, Told, RELEASES_MOST);
    size_t all = read_all(demo->ctx->arena, told), n = 0;
    for (size_t i = 0; i < all; i++)
        if (told[i].july == july)
            told[n++] = told[i];
    place_it(demo, told, n, events, now);
    qsort(told, n, sizeof *told, by_time); /* the folio follows the hour of publication */
    for (size_t i = 0; i < n; i++)
        if (told[i].event_id && !tell(demo, &told[i], now))
            return false;
    return !faulted(demo->ctx);
}

bool demo_press_july(Demo *demo, Span month)
{
    return tell_all(demo, true, agenda_by_span(demo->ctx, month, AGENDA_HELD, 0, 0, EVENTS_MOST), month.to);
}

bool demo_press_present(Demo *demo, i64 now)
{
    Span around = {now - 7 * CLOCK_DAY, now + 21 * CLOCK_DAY};
    demo_as_office(demo, now);
    return tell_all(demo, false, agenda_by_span(demo->ctx, around, AGENDA_ALL, 0, 0, EVENTS_MOST), now);
}
