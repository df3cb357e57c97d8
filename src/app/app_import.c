/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* app_import.c: vocero import: what other programs wrote. */
#include "app/app_commands.h"
#include "app/app_import.h"
#include "app/command.h"
#include "base/text.h"
#include "desks/agenda/agenda.h"
#include "store/db.h"

typedef struct Import {
    Bytes file;
    bool skip_bad, json;
    ImportResult result;
} Import;

static bool take_agenda(Ctx *ctx, void *data)
{
    Import *import = data;
    return agenda_import_ics(ctx, import->file, import->skip_bad, &import->result);
}

static void say_result(const ImportResult *r)
{
    printf("%" PRId64 " events: %" PRId64 " new, %" PRId64 " changed, %" PRId64 " cancelled, %" PRId64 " unchanged, %" PRId64 " refused\n",
           r->events, r->created, r->changed, r->cancelled, r->unchanged, r->refused);
    for (const ImportLine *l = r->lines.items, *end = l + r->lines.count; l < end; l++)
        if (text_same(l->what, "refused"))
            printf("  line %" PRId64 ": %s: %s\n", l->line, l->title ? l->title : "?", l->why);
}

static int import_agenda(Desk *desk, const char *path, Import *import)
{
    if (!read_whole(&desk->ctx, path, AGENDA_ICS_MAX, &import->file))
        return FAILED;
    int status = desk_do(desk, take_agenda, import);
    if (status == DONE && import->json)
        print_json(&desk->ctx, &agenda_import_shape, &import->result);
    else if (status == DONE)
        say_result(&import->result);
    return status;
}

static int import_what(const char *what, const char *from, const Overrides *over, Import *import, const WordpressOptions *wordpress,
                       const PhotosOptions *photos)
{
    Desk desk CLEANUP(desk_close) = {0};
    if (!desk_open(&desk, over))
        return FAILED;
    if (text_same(what, "photos"))
        return import_photos(&desk, from, photos);
    return text_same(what, "agenda") ? import_agenda(&desk, from, import) : import_wordpress(&desk, from, wordpress);
}

static bool can_be_imported(const char *what)
{
    return text_same(what, "agenda") || text_same(what, "photos") || text_same(what, "wordpress");
}

int command_import(const Command *self, int argc, char **argv)
{
    Overrides over = {0};
    Import import = {0};
    WordpressOptions wordpress = {0};
    PhotosOptions photos = {0};
    int status = DONE;
    const Option own[] = {
        {"skip-bad", OPTION_FLAG, &import.skip_bad, NULL, "take what is right and list what is not; else all or nothing"},
        {"json", OPTION_FLAG, &import.json, NULL, "the result as JSON"},
        {"user", OPTION_TEXT, &wordpress.user, "NAME", "wordpress: who reads drafts and private posts too; photos: the mail of who hands them in"},
        {"event", OPTION_TEXT, &photos.event, "ID", "photos: what they show"},
        {"coverage", OPTION_TEXT, &photos.coverage, "ID", "photos: for which task of that event"},
        {"password-file", OPTION_TEXT, &wordpress.password_file, "FILE", "wordpress: the user's application password"},
        {"since", OPTION_TEXT, &wordpress.since, "YYYY-MM-DD", "wordpress: what was published on that day or later"},
        {"category", OPTION_TEXT, &wordpress.category, "SLUG", "wordpress: of that category only"},
        {"no-pictures", OPTION_FLAG, &wordpress.no_pictures, NULL, "wordpress: words only"},
        {"dry-run", OPTION_FLAG, &wordpress.dry_run, NULL, "wordpress: say what would be taken; nothing is fetched or written"},
    };
    if (!options_parse(self, &argc, &argv, own, COUNT(own), &over, &status))
        return status;
    if (argc != 3 || !can_be_imported(argv[1])) {
        complain("import agenda FILE.ics, import photos DIR --event ID and import wordpress URL|FILE.xml are what can be imported; "
                 "- is standard input of the first");
        return USAGE;
    }
    photos.user = wordpress.user;
    photos.skip_bad = import.skip_bad;
    photos.json = import.json;
    wordpress.skip_bad = import.skip_bad;
    wordpress.json = import.json;
    return import_what(argv[1], argv[2], &over, &import, &wordpress, &photos);
}
