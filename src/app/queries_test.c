/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* queries_test.c: every statement of every room is understood by both databases and finds its rows by an index. */
#include "base/text.h"
#include "store/store_test.h"
#include "agenda_coverage_queries.h"
#include "agenda_event_queries.h"
#include "agenda_field_queries.h"
#include "agenda_figure_queries.h"
#include "agenda_list_queries.h"
#include "agenda_queries.h"
#include "agenda_repeat_queries.h"
#include "agenda_source_queries.h"
#include "people_notice_queries.h"
#include "people_queries.h"
#include "photos_public_queries.h"
#include "photos_figure_queries.h"
#include "photos_upload_queries.h"
#include "photos_gallery_queries.h"
#include "photos_consent_queries.h"
#include "photos_picture_queries.h"
#include "photos_keep_queries.h"
#include "photos_queries.h"
#include "press_figure_queries.h"
#include "press_flow_queries.h"
#include "press_hint_queries.h"
#include "press_import_queries.h"
#include "press_media_queries.h"
#include "press_picture_queries.h"
#include "press_public_queries.h"
#include "press_queries.h"
#include "press_set_up_queries.h"
#include "report_queries.h"
#include "strategy_queries.h"
#include "site_about_queries.h"
#include "site_alert_queries.h"
#include "likeness_queries.h"
#include "store_queries.h"
#include "web_queries.h"

/* These look at a whole table, and may: what they read is small and stays so. */
static const char *const may_scan[] = {
    "people_areas",       /* the areas of an office */
    "people_posts",       /* its posts */
    "people_actings",     /* who stands in */
    "press_topics",       /* what releases are filed under: at most 200 */
    "press_topic_count",
    "press_public_topics", /* and of how many something is public */
    "press_templates",    /* at most 200 that are offered */
    "press_public_topics", /* the topics of a city, at most some dozens */
    "photos_count_all",    /* a bare count: pages of an index, no rows */
    NULL,
};

static bool allowed(const char *name)
{
    for (const char *const *n = may_scan; *n; n++)
        if (text_same(*n, name))
            return true;
    return false;
}

static void explain(StoreTest *t, const Query *const *queries, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *plan = NULL;
        bool scans = false;
        if (!db_explain(&t->ctx, queries[i], &plan, &scans))
            g_error("%s is not understood: %s", queries[i]->name, fault_take(&t->ctx).what);
        if (scans && !allowed(queries[i]->name)) {
            g_test_message("%s reads a whole table:\n%s", queries[i]->name, plan);
            g_test_fail();
        }
    }
}

static void every_query_uses_an_index(StoreTest *t, const void *unused)
{
    explain(t, store_queries, COUNT(store_queries));
    explain(t, likeness_queries, COUNT(likeness_queries));
    explain(t, web_queries, COUNT(web_queries));
    explain(t, people_queries, COUNT(people_queries));
    explain(t, people_notice_queries, COUNT(people_notice_queries));
    explain(t, agenda_queries, COUNT(agenda_queries));
    explain(t, agenda_repeat_queries, COUNT(agenda_repeat_queries));
    explain(t, agenda_list_queries, COUNT(agenda_list_queries));
    explain(t, agenda_source_queries, COUNT(agenda_source_queries));
    explain(t, agenda_coverage_queries, COUNT(agenda_coverage_queries));
    explain(t, agenda_event_queries, COUNT(agenda_event_queries));
    explain(t, agenda_field_queries, COUNT(agenda_field_queries));
    explain(t, agenda_figure_queries, COUNT(agenda_figure_queries));
    explain(t, strategy_queries, COUNT(strategy_queries));
    explain(t, photos_public_queries, COUNT(photos_public_queries));
    explain(t, photos_figure_queries, COUNT(photos_figure_queries));
    explain(t, photos_upload_queries, COUNT(photos_upload_queries));
    explain(t, photos_gallery_queries, COUNT(photos_gallery_queries));
    explain(t, photos_consent_queries, COUNT(photos_consent_queries));
    explain(t, photos_picture_queries, COUNT(photos_picture_queries));
    explain(t, photos_keep_queries, COUNT(photos_keep_queries));
    explain(t, photos_queries, COUNT(photos_queries));
    explain(t, press_queries, COUNT(press_queries));
    explain(t, press_figure_queries, COUNT(press_figure_queries));
    explain(t, press_media_queries, COUNT(press_media_queries));
    explain(t, press_hint_queries, COUNT(press_hint_queries));
    explain(t, press_import_queries, COUNT(press_import_queries));
    explain(t, press_picture_queries, COUNT(press_picture_queries));
    explain(t, press_set_up_queries, COUNT(press_set_up_queries));
    explain(t, press_flow_queries, COUNT(press_flow_queries));
    explain(t, press_public_queries, COUNT(press_public_queries));
    explain(t, report_queries, COUNT(report_queries));
    explain(t, site_about_queries, COUNT(site_about_queries));
    explain(t, site_alert_queries, COUNT(site_alert_queries));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("queries", every_query_uses_an_index);
    return g_test_run();
}
