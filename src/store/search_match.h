/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* search_match.h: queries as the two databases spell them, and hits with their snippets; private to store/. */
#pragma once
#include "store/search.h"
#include "store/search_words.h"

List search_match_words(Ctx *ctx, const char *query);     /* of SearchWord; none and no fault for a query of nothing */
/* The query of ctx's database; beginning: the last word counts also as a beginning, while somebody types. */
const char *search_match(Ctx *ctx, List words, bool beginning);
List search_with_snippets(Ctx *ctx, List hits, List words); /* of SearchHit, whose snippet was the whole text */
