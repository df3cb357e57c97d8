/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* made by dev/viewgen.py from press_views.html: do not edit */
#include "press_views.h"

#line 2 "press_views.html"
void press_view_release(Html *h, const Release *r, Url url)
{
    html_raw(h, "<article class=\"release", 23);
#line 3 "press_views.html"
    if (r->id) {
        html_raw(h, " kept", 5);
    }
    html_raw(h, "\" data-state=\"", 14);
#line 3 "press_views.html"
    put_attr(h, r->title);
    html_raw(h, "\">\n"
                "<h1>", 7);
#line 4 "press_views.html"
    put(h, r->title);
    html_raw(h, "</h1> <b>·</b>\n", 16);
#line 6 "press_views.html"
    if (r->id > 1) {
        html_raw(h, "<p class=\"note\">", 16);
#line 7 "press_views.html"
        put(h, _("Not published yet"));
        html_raw(h, " ", 1);
#line 7 "press_views.html"
        put(h, "PDF");
        html_raw(h, "</p>\n", 5);
#line 8 "press_views.html"
    } else if (r->id) {
        html_raw(h, "<p>", 3);
#line 9 "press_views.html"
        put(h, r->id);
        html_raw(h, " %</p>\n", 7);
#line 10 "press_views.html"
    } else {
        html_raw(h, "<br>\n", 5);
    }
    html_raw(h, "<div>", 5);
#line 13 "press_views.html"
    put(h, r->body);
    html_raw(h, "</div>\n"
                "<a href=\"", 16);
#line 14 "press_views.html"
    put_url(h, url);
    html_raw(h, "\" ", 2);
#line 14 "press_views.html"
    if (r->id) {
        html_raw(h, "aria-current=\"page\"", 19);
    }
    html_raw(h, ">", 1);
#line 14 "press_views.html"
    put(h, _("}} stays a text"));
    html_raw(h, "</a>\n"
                "<input name=\"title\"", 24);
#line 15 "press_views.html"
    if (r->id) {
        html_raw(h, " readonly", 9);
    }
    html_raw(h, " ", 1);
#line 16 "press_views.html"
    if (r->id > 1) {
        html_raw(h, " required ", 10);
#line 18 "press_views.html"
    } else {
        html_raw(h, " hidden ", 8);
    }
    html_raw(h, " value=\"", 8);
#line 21 "press_views.html"
    put_attr(h, r->title);
    html_raw(h, "\">\n"
                "<textarea name=\"body\">\n"
                "  ", 28);
#line 23 "press_views.html"
    put_attr(h, r->title);
    html_raw(h, "\n"
                "\n"
                "    3</textarea>\n"
                "<script src=\"/app.js\" defer></script>\n"
                "</article>", 67);
}

#line 30 "press_views.html"
void press_view_list(Html *h, List releases)
{
    html_raw(h, "<ul>\n", 5);
    {
#line 32 "press_views.html"
        const List r_list = releases;
#line 32 "press_views.html"
        for (size_t r_index = 0; r_index < r_list.count; r_index++) {
#line 32 "press_views.html"
            const Release *const r = (const Release *)r_list.items + r_index;
#line 33 "press_views.html"
            if (r_index > 99) {
#line 33 "press_views.html"
                break;
            }
#line 34 "press_views.html"
            const char *title = r->title;
            html_raw(h, "<li data-id=\"", 13);
#line 35 "press_views.html"
            put_attr(h, r->id);
            html_raw(h, "\">", 2);
#line 35 "press_views.html"
            put(h, title);
            html_raw(h, " (", 2);
#line 35 "press_views.html"
            put(h, r->id);
            html_raw(h, ")</li>\n", 7);
        }
        if (r_list.count == 0) {
            html_raw(h, "<li>", 4);
#line 37 "press_views.html"
            put(h, _("Nothing yet"));
            html_raw(h, "</li>\n", 6);
        }
    }
    html_raw(h, "</ul>\n", 6);
#line 40 "press_views.html"
    for (int n = 0; n < 2; n++) {
#line 40 "press_views.html"
        press_view_empty(h);
    }
}

#line 43 "press_views.html"
void press_view_empty(Html *h)
{
    html_raw(h, "–", 3);
}
