/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_import_report.c: what an import says of itself: how many, and what could not be taken, by post. */
#include "desks/press/import/press_import.h"
#include "web/sanitize.h"

static const Field line_fields[] = {
    FIELD_INT(WordpressLine, post),   FIELD_INT(WordpressLine, line),  FIELD_TEXT(WordpressLine, what),
    FIELD_TEXT(WordpressLine, title), FIELD_TEXT(WordpressLine, link), FIELD_TEXT(WordpressLine, why),
};
static const Shape line_shape = SHAPE("wordpress_line", WordpressLine, line_fields);
static const Field report_fields[] = {
    FIELD_INT(WordpressReport, posts),   FIELD_INT(WordpressReport, created), FIELD_INT(WordpressReport, updated),
    FIELD_INT(WordpressReport, unchanged), FIELD_INT(WordpressReport, kept),  FIELD_INT(WordpressReport, refused),
    FIELD_INT(WordpressReport, lost),    FIELD_INT(WordpressReport, ignored), FIELD_INT(WordpressReport, pictures),
    FIELD_MANY(WordpressReport, lines, &line_shape),
};
const Shape press_wordpress_shape = SHAPE("wordpress_report", WordpressReport, report_fields);

void press_import_tell(Import *im, const WpPost *post, const char *what, const char *why)
{
    WordpressReport *r = im->report;
    if (im->checking)
        return;
    if (text_same(what, "lost"))
        r->lost++;
    if (r->lines.count == IMPORT_LINES_MAX)
        return;
    Arena *a = im->kept;
    Sanitized title = {.text = ""};
    if (post->title && !sanitize(im->ctx, post->title, strlen(post->title), NULL, &title))
        fault_take(im->ctx);
    im->lines[r->lines.count++] = (WordpressLine){
        .post = post->id, .line = post->line, .what = what, .title = text_clip(a, text_squeeze(a, title.text), 80),
        .link = arena_text(a, post->link), .why = text_clip(a, why ? why : "", 300)};
}
