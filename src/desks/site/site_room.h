/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_room.h: shared by the files of this room only. */
#pragma once
#include "assets.h"
#include "desks/agenda/agenda.h"
#include "desks/people/people.h"
#include "desks/press/press.h"
#include "desks/report/report.h"
#include "desks/site/site_door.h"
#include "desks/site/site_verify.h"
#include "store/journal.h"
#include "store/queue.h"
#include "store/search.h"
#include "web/form.h"
#include "web/form_views.h"
#include "base/id.h"
#include "base/text.h"
#include "web/html.h"
#include "web/panel.h"

/* How the desk greets: "Buenos días. Hoy hay 6 eventos y 2 ya van en marcha." */
const char *site_headline(Ctx *ctx);
const char *site_subject_label(Ctx *ctx, const char *subject); /* of a journal line */
const char *site_verb_label(Ctx *ctx, const char *verb);
Url site_subject_url(Arena *a, const char *subject, i64 id);   /* where the record is; the journal itself when it has no page */
Url site_hit_url(Arena *a, const SearchHit *hit);

/* ---- site_news.c, site_sitemap.c: GET /novedades.atom, GET /sitemap.xml ---- */
void site_page_news(Ctx *ctx, const Request *req, Page *page);
void site_page_sitemap(Ctx *ctx, const Request *req, Page *page);
