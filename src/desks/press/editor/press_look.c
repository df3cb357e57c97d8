/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_look.c: what the desk's views ask of a release: classes, icons, sentences, addresses. */
#include "desks/press/editor/press_editor.h"
#include "web/markdown.h"
#include "web/site.h"

const char *press_look_state(ReleaseState state)
{
    switch (state) {
    case RELEASE_IN_REVIEW:
    case RELEASE_SCHEDULED: return "warn";
    case RELEASE_APPROVED:
    case RELEASE_EMBARGOED: return "info";
    case RELEASE_PUBLISHED:
    case RELEASE_CORRECTED: return "good";
    case RELEASE_WITHDRAWN: return "bad";
    case RELEASE_DRAFT:
    case RELEASE_DISCARDED: break;
    }
    return "";
}

const char *press_look_icon(ReleaseState state)
{
    switch (state) {
    case RELEASE_DRAFT: return "pencil";
    case RELEASE_IN_REVIEW: return "user-check";
    case RELEASE_APPROVED: return "check";
    case RELEASE_SCHEDULED: return "clock";
    case RELEASE_EMBARGOED: return "lock";
    case RELEASE_PUBLISHED:
    case RELEASE_CORRECTED: return "world";
    case RELEASE_WITHDRAWN: return "ban";
    case RELEASE_DISCARDED: break;
    }
    return "trash";
}

static const Word verbs[] = {
    {"created", N_("began it")},
    {"changed", N_("changed it")},
    {"sent", N_("sent it to review")},
    {"returned", N_("returned it")},
    {"approved", N_("approved it")},
    {"scheduled", N_("scheduled it")},
    {"embargoed", N_("put it under embargo")},
    {"wished", N_("said when it should go out")},
    {"unscheduled", N_("took back its hour")},
    {"published", N_("published it")},
    {"corrected", N_("corrected it")},
    {"withdrawn", N_("withdrew it")},
    {"discarded", N_("discarded it")},
    {"restored", N_("restored an earlier version")},
    {"commented", N_("commented it")},
    {"comment_resolved", N_("settled a comment")},
    {"comment_reopened", N_("opened a comment again")},
    {"approved_first", N_("approved it, the first of two")},
    {"approval_lost", N_("changed what was approved")},
    {"missed", N_("did not publish it at its minute")},
    {"rescheduled", N_("moved its minute with the clocks")},
    {"moved", N_("changed its address")},
    {"answered_for", N_("answered for an exception to the silence")},
    {"file_added", N_("added a file")},
    {"file_changed", N_("changed the words of a file")},
    {"file_removed", N_("removed a file")},
    {"file_brought", N_("brought a file for a correction")},
    {"file_dropped", N_("took back a file that waited for a correction")},
    {"cover_changed", N_("changed the cover")},
    {"imported", N_("imported it")},
    {"sent_out", N_("sent it to media")},
    {"sent_to_media", N_("sent it to media")},
    {"previewed", N_("gave a link before the embargo ended")},
    {"preview_revoked", N_("took a link back")},
    {"taken_up", N_("noted who took it up")},
    {"pickup_removed", N_("took a pick-up away")},
    {"pickup_restored", N_("brought a pick-up back")},
    {0},
};

const char *press_look_verb(const Html *h, const char *verb)
{
    int word = word_find(verbs, verb);
    return word < 0 ? verb : html_word(h, verbs, word);
}

const char *press_look_next(Ctx *ctx, const Release *r)
{
    switch (r->state) {
    case RELEASE_DRAFT: return say(ctx, "Only the desk reads it. When it is ready, send it to review.");
    case RELEASE_IN_REVIEW:
        return r->sensitive && !r->approvals.count
                   ? say(ctx, "Its topic is sensitive: two persons read it and say yes, one of them of signing rank.")
               : r->sensitive ? say(ctx, "One person said yes; its topic is sensitive and wants a second one.")
                              : say(ctx, "Another person than its author reads it and says yes, or returns it with a reason.");
    case RELEASE_APPROVED: return say(ctx, "It may go out, now or at an hour. Whoever edits it sends it back to review.");
    case RELEASE_SCHEDULED: return say(ctx, "It goes out by itself at its minute. Until then nobody outside has it.");
    case RELEASE_EMBARGOED: return say(ctx, "Accredited media may have it and keep it until its hour; then it is public.");
    case RELEASE_PUBLISHED:
    case RELEASE_CORRECTED:
        return say(ctx, "Everybody can read it. It is not edited any more: it is corrected, and everybody sees what changed.");
    case RELEASE_WITHDRAWN: return say(ctx, "Its address says that it was withdrawn, and why.");
    case RELEASE_DISCARDED: break;
    }
    return say(ctx, "It was discarded before anybody outside could read it.");
}

const char *press_look_when(Html *h, const Release *r)
{
    switch (r->state) {
    case RELEASE_SCHEDULED:
    case RELEASE_EMBARGOED:
        return html_sayf(h, "goes out %s", html_when(h, CLOCK_SAY_MOMENT, r->publish_at ? r->publish_at : r->embargo_until));
    case RELEASE_PUBLISHED: return html_sayf(h, "published %s", html_when(h, CLOCK_SAY_MOMENT, r->published_at));
    case RELEASE_CORRECTED: return html_sayf(h, "corrected %s", html_when(h, CLOCK_SAY_MOMENT, r->corrected_at));
    case RELEASE_WITHDRAWN: return html_sayf(h, "withdrawn %s", html_when(h, CLOCK_SAY_MOMENT, r->withdrawn_at));
    default: break;
    }
    return html_sayf(h, "changed %s", html_when(h, CLOCK_SAY_MOMENT, r->changed_at));
}

const char *press_look_local(Ctx *ctx, i64 at)
{
    return at ? arena_copy(ctx->arena, wall_text(ctx->arena, clock_wall(ctx->city->zone, at)), 16) : NULL;
}

const char *press_look_wall(Ctx *ctx, const char *wall)
{
    return wall ? arena_copy(ctx->arena, wall, strnlen(wall, 16)) : NULL;
}

const char *press_look_event(Ctx *ctx, const Event *e)
{
    return arena_printf(ctx->arena, "%s · %s", e->title,
                        clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_MOMENT, e->starts_at));
}

const char *press_look_size(Ctx *ctx, i64 bytes)
{
    if (bytes < 1024 * 1024)
        return arena_printf(ctx->arena, "%" PRId64 " KB", (bytes + 1023) / 1024);
    return arena_printf(ctx->arena, "%" PRId64 ".%" PRId64 " MB", bytes / 1048576, bytes % 1048576 * 10 / 1048576);
}

SafeHtml press_look_body(Ctx *ctx, const char *markdown)
{
    Sanitized made = {0};
    return markdown && *markdown && markdown_html(ctx, markdown, &(SanitizeRules){.images = true, .image_url = sanitize_own_picture}, &made) ? made.html : safe_literal("");
}

const char *press_look_day(Ctx *ctx, const char *day)
{
    Wall wall;
    if (!wall_parse(day, &wall))
        return day;
    wall.hour = 12; /* no zone skips noon */
    i64 noon = clock_instant(ctx->city->zone, wall, NULL);
    return clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_DATE, noon);
}

const char *press_look_tongue(Ctx *ctx, const char *tongue)
{
    int word = word_find(press_tongue_words, tongue);
    return word < 0 ? tongue : say_word(ctx, press_tongue_words, word);
}

List press_look_lines(Arena *a, const char *lines)
{
    return lines ? text_split(a, lines, '\n') : (List){0};
}

bool press_look_route(const Request *req, Method method, const char *path)
{
    for (const Route *const *table = req->site->routes; *table; table++)
        for (const Route *r = *table; r->path; r++)
            if (r->method == method && text_same(r->path, path))
                return true;
    return false;
}

bool press_look_has(const Html *h, RightName right)
{
    return people_has(html_ctx(h), right);
}

bool press_look_open(ReleaseState state)
{
    return state <= RELEASE_EMBARGOED;
}

bool press_look_public(ReleaseState state)
{
    return state == RELEASE_PUBLISHED || state == RELEASE_CORRECTED;
}

/* ---- addresses ---- */

Url press_url(Arena *a, i64 id)
{
    return url_id(a, "/mesa/comunicados/", id, NULL);
}

Url press_act_url(Arena *a, i64 id, const char *act)
{
    return url_id(a, "/mesa/comunicados/", id, arena_printf(a, "/%s", act));
}

Url press_comment_url(Arena *a, i64 id)
{
    return url_id(a, "/mesa/comunicados/comentarios/", id, "/resolver");
}

Url press_look_file(Arena *a, const ReleaseFile *f)
{
    Url url = {NULL};
    if (f->url && !url_inside(a, f->url, &url))
        url_outside(a, f->url, &url);
    return url;
}

static const char *number_text(Arena *a, i64 n)
{
    return n ? arena_printf(a, "%" PRId64, n) : NULL;
}

Url press_version_url(Arena *a, i64 id, i64 number)
{
    return url_query(a, press_act_url(a, id, "versiones/una"), "numero", number_text(a, number));
}

Url press_difference_url(Arena *a, i64 id, i64 from, i64 to)
{
    Url url = url_query(a, press_act_url(a, id, "versiones/diferencias"), "de", number_text(a, from));
    return url_query(a, url, "a", number_text(a, to));
}
