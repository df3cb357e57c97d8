/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_feed.h: calendars out: what programs subscribe to (RFC 5545, RFC 5546 3.2.1, RFC 7986).
 *
 *   /agenda.ics, /agenda/:slug.ics       public, from memory
 *   /mesa/agenda.ics, /mesa/coberturas.ics   with a session or a token
 *   /calendario/:token.ics               a secret address: what its person may see at this moment
 *
 * The bytes change only when an event does (DTSTAMP is its last change), so that ETag and 304 work. */
#pragma once
#include "desks/agenda/lists/agenda_filter.h"
#include "web/page.h"

enum { FEED_MOST = 2000, FEED_BYTES_MAX = 8 * 1024 * 1024 };
/* What was cancelled stays this long behind its day, so that calendars take it out. */
#define FEED_BACK  (31 * CLOCK_DAY)
#define FEED_AHEAD (400 * CLOCK_DAY)

/* One VEVENT, whatever it comes from. */
typedef struct FeedEvent {
    const char *uid, *title, *description, *topics, *time_zone, *reason, *url;
    i64 starts_at, ends_at, recurrence_at, created_at, changed_at, sequence;
    i64 color; /* 1..8; 0: none */
    bool all_day, time_to_be_confirmed;
    EventStatus status;
    Certainty certainty; /* CERTAINTY_BY_STATUS: not said */
    Visibility visibility;
    Place place;
} FeedEvent;

typedef struct FeedHead {
    const char *name;
    const char *source;   /* the path that it is read at; NULL for secret ones */
    const char *page;     /* the path of the same for people */
    bool cancelled_shown; /* ?cancelled=show: for readers that hide what is cancelled, it is in the title instead */
} FeedHead;

void agenda_feed_write(Ctx *ctx, List feed_events, const FeedHead *head, Buf *out);

/* ---- agenda_feed.c: what goes in ---- */
List agenda_feed_of_public(Ctx *ctx, List public_events); /* of FeedEvent */
List agenda_feed_of_events(Ctx *ctx, List events);        /* of FeedEvent; never the internal note */
/* Coverages as events; who, kind: 0 and NULL do not filter. What was declined is not there. */
typedef struct CoverageFeed {
    Span span;
    i64 person;
    const char *kind;
} CoverageFeed;
List agenda_feed_of_coverages(Ctx *ctx, const CoverageFeed *wanted);
Span agenda_feed_span(const Ctx *ctx); /* whole days, so that the bytes stay the same all day */
/* Answers with a calendar. */
void agenda_feed_give(Ctx *ctx, const Request *req, Page *page, List feed_events, FeedHead head, const char *filename);
/* The desk's agenda by a filter, at /mesa/agenda.ics; span.to 0: the feed's own. */
void agenda_feed_desk(Ctx *ctx, const Request *req, Page *page, const AgendaFilter *filter);
/* Answers the desk's lists and events as .ics and .ninjs; false: another format is wanted. */
bool agenda_list_as_feed(Ctx *ctx, const Request *req, Page *page, const AgendaFilter *filter, bool span_given);
bool agenda_event_as_feed(Ctx *ctx, const Request *req, Page *page, const Event *event);
/* /mesa/coberturas.ics: one's own. */
void agenda_feed_mine(Ctx *ctx, const Request *req, Page *page);

/* ---- agenda_subscription.c: secret addresses ---- */
typedef enum { FEED_MINE, FEED_PERSON, FEED_KIND, FEED_CALENDAR, FEED_ALL } FeedKind;
extern const Word agenda_feed_words[]; /* "mine", "person", "kind", "calendar", "all" */

typedef struct Subscription {
    i64 id, person, created_at, used_at, ended_at;
    const char *name, *query;
    const char *shown;   /* what it shows, in words */
    const char *address; /* only of a new one: the secret, shown once */
} Subscription;
extern const Shape agenda_subscription_shape;

typedef struct SubscriptionDraft {
    const char *name;
    FeedKind what;
    const char *who;      /* of FEED_PERSON: mail or id */
    const char *kind;     /* of FEED_KIND: a word of agenda_kind_words */
    const char *calendar; /* of FEED_CALENDAR: its word or id */
    bool with_private;    /* private events too: asks for RIGHT_AGENDA_PRIVATE */
} SubscriptionDraft;

List agenda_subscriptions(Ctx *ctx); /* of Subscription: the actor's own that have not ended; at most 200 */
CHECKED bool agenda_subscribe(Ctx *ctx, const SubscriptionDraft *draft, const Subscription **made_out);
CHECKED bool agenda_unsubscribe(Ctx *ctx, i64 id);
/* What stands behind a secret. FAULT_NOT_FOUND: nothing; FAULT_GONE: it ended, or its person may not read any more.
 * Its events are read with the person's present rights. */
bool agenda_subscription_read(Ctx *ctx, const char *secret, const Subscription **found_out, List *feed_events_out);
CHECKED bool agenda_subscription_note(Ctx *ctx, i64 id); /* used now */
