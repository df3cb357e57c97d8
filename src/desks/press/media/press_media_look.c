/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_media_look.c: what the media's views ask: colours, icons, short forms. */
#include "desks/press/media/press_media_shown.h"

const char *press_reach_look(Reach reach)
{
    return reach == REACH_YES ? "good" : reach == REACH_LEFT || reach == REACH_BOUNCES ? "bad" : "warn";
}

const char *press_accreditation_look(AccreditationState state)
{
    return state == ACCREDITATION_GRANTED ? "good" : state == ACCREDITATION_REFUSED ? "bad" : "warn";
}

const char *press_sending_look(SendingState state)
{
    return state == SENDING_SENT ? "good" : state == SENDING_WAITING ? "info" : state == SENDING_SKIPPED ? "" : "bad";
}

const char *press_outlet_icon(OutletKind kind)
{
    static const char *const icons[] = {
        [OUTLET_PRINT] = "news", [OUTLET_DIGITAL] = "world", [OUTLET_RADIO] = "microphone", [OUTLET_TV] = "video",
        [OUTLET_AGENCY] = "broadcast", [OUTLET_FREELANCE] = "user", [OUTLET_OTHER] = "speakerphone",
    };
    return icons[kind];
}

List press_beats(Arena *a, const char *lines)
{
    List words = lines ? text_split(a, lines, '\n') : (List){0};
    Choice *beats = arena_array(a, Choice, words.count + 1);
    for (size_t i = 0; i < words.count; i++)
        beats[i].label = ((const char *const *)words.items)[i];
    return (List){beats, words.count};
}

bool press_is_in(List lists, i64 id)
{
    for (const MediaList *l = lists.items, *end = l + lists.count; l < end; l++)
        if (l->id == id)
            return true;
    return false;
}

const char *press_month_said(const Html *h, const char *month)
{
    Ctx *ctx = html_ctx(h);
    Span span;
    if (!clock_month(ctx->city->zone, month, &span))
        return month;
    return text_sentence(ctx->arena, clock_say(ctx->arena, ctx->city->zone, ctx->actor->tongue, CLOCK_SAY_MONTH, span.from));
}

const char *press_evidence_host(Arena *a, const char *url)
{
    const char *host = strstr(url, "://");
    host = host ? host + 3 : url;
    return arena_copy(a, host, strcspn(host, "/?#:"));
}

Url press_evidence_url(Arena *a, const char *url)
{
    Url outside = url_literal("#");
    url_outside(a, url, &outside);
    return outside;
}

bool press_preview_alive(const Html *h, const MediaPreview *p)
{
    return !p->revoked_at && p->expires_at > html_ctx(h)->now;
}

const char *press_preview_state(Html *h, const MediaPreview *p)
{
    return p->revoked_at                     ? html_say(h, N_("Taken back"))
           : p->expires_at <= html_ctx(h)->now ? html_say(h, N_("Ended"))
           : p->seen                         ? html_sayf_n(h, "Opened %" PRId64 " time", "Opened %" PRId64 " times", p->seen)
                                             : html_say(h, N_("Not opened yet"));
}
