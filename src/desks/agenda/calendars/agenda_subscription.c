/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_subscription.c: secret addresses that calendar programs read: only their hash is kept, and they see no more than
 * their person may see at that moment. */
#include "desks/agenda/calendars/agenda_feed.h"
#include "desks/agenda/agenda_room.h"
#include "store/journal.h"
#include "agenda_source_queries.h"

enum { NAME_LONGEST = 80, QUERY_MAX = 400 };

const Word agenda_feed_words[] = {
    [FEED_MINE] = {"mine", N_("My coverages")},
    [FEED_PERSON] = {"person", N_("Somebody's coverages")},
    [FEED_KIND] = {"kind", N_("Coverages of one kind")},
    [FEED_CALENDAR] = {"calendar", N_("The events of a calendar")},
    [FEED_ALL] = {"all", N_("The whole agenda of the desk")},
    {0},
};

static const Field subscription_fields[] = {
    FIELD_ID(Subscription, id),
    FIELD_HIDDEN(Subscription, person, FIELD_ID),
    FIELD_TEXT(Subscription, name),
    FIELD_TEXT(Subscription, query),
    FIELD_TEXT(Subscription, shown),
    FIELD_TIME(Subscription, created_at),
    FIELD_TIME(Subscription, used_at),
    FIELD_HIDDEN(Subscription, ended_at, FIELD_TIME),
    FIELD_TEXT(Subscription, address),
};
const Shape agenda_subscription_shape = SHAPE("subscription", Subscription, subscription_fields);

/* ---- what it shows: que=kind&tipo=photo&privados=1 ---- */

typedef struct Wish {
    FeedKind what;
    bool with_private;
    const char *filter; /* the rest, as agenda_filter_parse reads it */
} Wish;

static Wish wish_of(Ctx *ctx, const char *query)
{
    Wish w = {.what = FEED_MINE};
    Buf *rest = buf_new(ctx->arena, 64, QUERY_MAX);
    List parts = text_split(ctx->arena, query, '&');
    for (size_t i = 0; i < parts.count; i++) {
        const char *part = ((const char *const *)parts.items)[i];
        if (text_starts(part, "que=")) {
            int what = word_find(agenda_feed_words, part + strlen("que="));
            w.what = what < 0 ? FEED_MINE : (FeedKind)what;
        } else if (text_same(part, "privados=1")) {
            w.with_private = true;
        } else {
            buf_printf(rest, "%s%s", buf_size(rest) ? "&" : "", part);
        }
    }
    w.filter = buf_data(rest);
    return w;
}

static const char *shown_of(Ctx *ctx, const char *query)
{
    Wish w = wish_of(ctx, query);
    AgendaFilter f = {0};
    const char *what = say_word(ctx, agenda_feed_words, (int)w.what);
    if (!agenda_filter_parse(ctx, w.filter, &f))
        fault_take(ctx); /* a calendar or a person that is gone: what it is called is enough */
    const char *said = agenda_filter_said(ctx, &f);
    const char *more = w.with_private ? say(ctx, "with private events") : NULL;
    return arena_printf(ctx->arena, "%s%s%s%s%s", what, said ? " · " : "", said ? said : "", more ? " · " : "",
                        more ? more : "");
}

List agenda_subscriptions(Ctx *ctx)
{
    if (!people_may(ctx, RIGHT_AGENDA_READ))
        return (List){0};
    List list = db_list(ctx, &q_agenda_subscriptions, &agenda_subscription_shape, I(ctx->actor->id));
    for (size_t i = 0; i < list.count; i++) {
        Subscription *s = (Subscription *)list.items + i;
        s->shown = shown_of(ctx, s->query);
    }
    return list;
}

/* ---- making and ending ---- */

static const char *filter_of(Ctx *ctx, const SubscriptionDraft *draft)
{
    const Person *who = draft->what == FEED_PERSON ? people_by_mail_or_id(ctx, draft->who) : NULL;
    if (draft->what == FEED_PERSON) {
        if (!who && ctx->fault.field)
            ctx->fault.field = "who";
        return who ? arena_printf(ctx->arena, "quien=%s", id_text(ctx->arena, who->id)) : NULL;
    }
    if (draft->what == FEED_KIND)
        return draft->kind && word_find(agenda_kind_words, draft->kind) >= 0
                   ? arena_printf(ctx->arena, "tipo=%s", draft->kind)
                   : fault_field(ctx, "kind", "Choose a kind of coverage.");
    if (draft->what == FEED_CALENDAR)
        return text_blank(draft->calendar) ? fault_field(ctx, "calendar", "Choose a calendar.")
                                           : url_query(ctx->arena, (Url){""}, "calendario", draft->calendar).s + 1;
    return "";
}

bool agenda_subscribe(Ctx *ctx, const SubscriptionDraft *draft, const Subscription **made_out)
{
    if (!people_may(ctx, RIGHT_AGENDA_READ) || (draft->with_private && !people_may(ctx, RIGHT_AGENDA_PRIVATE)))
        return false;
    if (text_blank(draft->name) || text_points(draft->name) > NAME_LONGEST)
        return fault_field(ctx, "name", "Say in at most %d characters which program reads it.", NAME_LONGEST);
    const char *filter = filter_of(ctx, draft);
    AgendaFilter parsed = {0};
    if (!filter)
        return false;
    if (!agenda_filter_parse(ctx, filter, &parsed)) {
        ctx->fault.field = draft->what == FEED_CALENDAR ? "calendar" : "what";
        return false;
    }
    const char *query = arena_printf(ctx->arena, "que=%s%s%s%s", word_name(agenda_feed_words, (int)draft->what),
                                     *filter ? "&" : "", filter, draft->with_private ? "&privados=1" : "");
    const char *secret = people_secret_new(ctx);
    Subscription *s = arena_new_of(ctx->arena, Subscription);
    *s = (Subscription){
        .id = id_new(ctx->now),
        .person = ctx->actor->id,
        .created_at = ctx->now,
        .name = draft->name,
        .query = query,
        .shown = shown_of(ctx, query),
        .address = arena_printf(ctx->arena, "%s/calendario/%s.ics", ctx->city->base_url, secret),
    };
    *made_out = s;
    return db_write(ctx, &q_agenda_subscription_insert, I(s->id), I(s->person), T(s->name),
                    T(people_secret_hash(ctx, secret)), T(query), I(ctx->now)) &&
           journal(ctx, "agenda_feed", s->id, "created");
}

bool agenda_unsubscribe(Ctx *ctx, i64 id)
{
    i64 ended = 0;
    if (!people_may(ctx, RIGHT_AGENDA_READ) ||
        !db_change(ctx, &q_agenda_subscription_end, &ended, I(id), I(ctx->actor->id), I(ctx->now)))
        return false;
    if (!ended)
        return fault(ctx, FAULT_NOT_FOUND, "There is no such address of yours, or it has ended already.");
    return journal(ctx, "agenda_feed", id, "ended");
}

/* ---- being read ---- */

static List events_of(Ctx *ctx, const Subscription *s, const Wish *w)
{
    AgendaFilter f = {0};
    Span span = agenda_feed_span(ctx);
    if (!agenda_filter_parse(ctx, w->filter, &f))
        return (List){0};
    f.span = span;
    f.overlapping = true;
    if (w->what == FEED_CALENDAR || w->what == FEED_ALL)
        return agenda_feed_of_events(ctx, agenda_list(ctx, &f, 0, 0, FEED_MOST));
    return agenda_feed_of_coverages(
        ctx, &(CoverageFeed){span, w->what == FEED_MINE ? s->person : f.person, f.kind});
}

bool agenda_subscription_read(Ctx *ctx, const char *secret, const Subscription **found_out, List *feed_events_out)
{
    Subscription *s = (Subscription *)db_maybe(ctx, &q_agenda_subscription_by_hash, &agenda_subscription_shape,
                                               T(people_secret_hash(ctx, secret)));
    if (!s)
        return faulted(ctx) ? false : fault(ctx, FAULT_NOT_FOUND, "There is no calendar at this address.");
    if (s->ended_at || !people_would_have(ctx, s->person, RIGHT_AGENDA_READ))
        return fault(ctx, FAULT_GONE, "This address has ended: make a new one at the desk.");
    Wish w = wish_of(ctx, s->query);
    bool with_private = w.with_private && people_would_have(ctx, s->person, RIGHT_AGENDA_PRIVATE);
    u64 rights = 1u << PUBLIC | 1u << LOGIN | 1u << RIGHT_AGENDA_READ |
                 (with_private ? 1u << RIGHT_AGENDA_PRIVATE : 0);
    const Actor reader = {.id = s->person, .name = s->name, .rights = rights, .tongue = ctx->actor->tongue, .reads_only = true};
    const Actor *before = ctx->actor;
    ctx->actor = &reader;
    *feed_events_out = events_of(ctx, s, &w);
    s->shown = shown_of(ctx, s->query);
    ctx->actor = before;
    *found_out = s;
    return !faulted(ctx);
}

bool agenda_subscription_note(Ctx *ctx, i64 id)
{
    i64 changed;
    return db_change(ctx, &q_agenda_subscription_used, &changed, I(id), I(ctx->now));
}
