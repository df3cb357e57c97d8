/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search_age.h: the youngest records that have words which many have; private to store/. */
#pragma once
#include "store/search.h"

/* Which index, and what its statements take besides. */
typedef struct SearchAgeWay {
    const Query *window, *hits;
    bool by_kind, by_topic;
} SearchAgeWay;

typedef struct SearchAgeAsk {
    const char *match;         /* as search_match() spells it */
    const char *subject;       /* where the way is by kind */
    const char *topic;         /* between spaces; where the way is by topic; NULL: any */
    i64 before_at, before_id;  /* where a list goes on; INT64_MAX, INT64_MAX: at its beginning */
    i64 from;                  /* the least `at` */
    i64 limit;
} SearchAgeAsk;

List search_by_age(Ctx *ctx, const SearchAgeWay *way, const SearchAgeAsk *ask); /* of SearchHit, the youngest first */
