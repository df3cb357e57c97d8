/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* app_import_wordpress.c: vocero import wordpress: an existing site becomes releases, with a report of what could not be taken. */
#include <unistd.h>

#include "app/app_import.h"
#include "base/text.h"
#include "desks/press/press.h"
#include "store/db.h"

static void show(void *to, i64 posts, i64 taken)
{
    if (*(const bool *)to)
        fprintf(stderr, "\r%" PRId64 " posts read, %" PRId64 " taken", posts, taken);
    else if (posts % 1000 == 0)
        fprintf(stderr, "%" PRId64 " posts read, %" PRId64 " taken\n", posts, taken);
}

static void say_report(const WordpressReport *r, bool dry_run)
{
    printf("%s%" PRId64 " posts: %" PRId64 " new, %" PRId64 " changed, %" PRId64 " unchanged, %" PRId64 " edited here and left, %" PRId64
           " refused; %" PRId64 " files taken, %" PRId64 " things lost, %" PRId64 " entries that are no posts\n",
           dry_run ? "Tried only. " : "", r->posts, r->created, r->updated, r->unchanged, r->kept, r->refused, r->pictures, r->lost, r->ignored);
    for (const WordpressLine *l = r->lines.items, *end = l + r->lines.count; l < end; l++)
        printf("  %-8s post %" PRId64 " %s: %s\n", l->what, l->post, l->title ? l->title : "?", l->why ? l->why : "");
}

static int run(Desk *desk, const WordpressAsk *asked, bool json)
{
    WordpressAsk ask = *asked;
    const char *why = NULL;
    bool terminal = isatty(STDERR_FILENO);
    WordpressReport report = {0};
    ask.vault = vault_open(desk->settings.vault_url, &why);
    if (!ask.vault)
        return complain("%s", why);
    ask.transact = db_transact;
    ask.progress = show;
    ask.to = &terminal;
    bool done = press_import_wordpress(&desk->ctx, &ask, &report);
    if (terminal)
        fputc('\n', stderr);
    if (json)
        print_json(&desk->ctx, &press_wordpress_shape, &report);
    else
        say_report(&report, ask.dry_run);
    vault_close(ask.vault);
    return done ? DONE : complain_fault(&desk->ctx);
}

static bool take_since(Desk *desk, const char *text, WordpressAsk *ask)
{
    Span day;
    if (!text)
        return true;
    if (!clock_day(desk->ctx.city->zone, text, &day)) {
        complain("--since %s: a date is wanted, like 2019-05-31", text);
        return false;
    }
    ask->since = day.from;
    return true;
}

int import_wordpress(Desk *desk, const char *from, const WordpressOptions *options)
{
    WordpressAsk ask = {.user = options->user, .category = options->category, .no_pictures = options->no_pictures,
                        .skip_bad = options->skip_bad, .dry_run = options->dry_run};
    if (text_starts(from, "http://") || text_starts(from, "https://"))
        ask.url = from;
    else
        ask.file = from;
    if (!take_since(desk, options->since, &ask))
        return USAGE;
    if (options->user && !options->password_file)
        return complain("--user needs --password-file: the file with its application password");
    if (options->password_file && !(ask.password = read_secret(&desk->ctx, options->password_file)))
        return FAILED;
    return run(desk, &ask, options->json);
}
