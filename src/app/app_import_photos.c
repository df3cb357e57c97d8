/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* app_import_photos.c: vocero import photos: the pictures of a folder become those of an event; again, they change nothing. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/app_import.h"
#include "base/id.h"
#include "base/text.h"
#include "desks/agenda/agenda.h"
#include "desks/people/people.h"
#include "desks/photos/photos.h"
#include "store/db.h"
#include "store/vault.h"
#include "web/sniff.h"

enum { READ_SIZE = 128 * 1024 };

typedef struct Round {
    Desk *desk;
    Vault *vault;
    PhotoDraft draft;                /* of the file that is taken just now; event and coverage of all */
    bool again;
    i64 files, added, unchanged, refused;
    bool terminal;
} Round;

/* ---- one file ---- */

static bool refuse(Round *r, const char *name, const char *why)
{
    r->refused++;
    fprintf(stderr, "%srefused: %s: %s\n", r->terminal ? "\r" : "", name, why);
    return false;
}

/* Allowed is what cameras give; what a file is called says nothing. */
static bool is_picture(const char *type)
{
    return text_same(type, "image/jpeg") || text_same(type, "image/png") || text_same(type, "image/webp") || text_same(type, "image/heic") ||
           text_same(type, "image/heif");
}

static bool copy(Ctx *ctx, VaultWriter *w, int fd, bool *picture_out)
{
    char *bytes = arena_bytes(ctx->arena, READ_SIZE);
    ssize_t n = read(fd, bytes, READ_SIZE);
    *picture_out = n <= 0 || is_picture(sniff(bytes, (size_t)n < SNIFF_BYTES ? (size_t)n : SNIFF_BYTES));
    for (; *picture_out && n > 0; n = read(fd, bytes, READ_SIZE))
        if (!vault_add(ctx, w, bytes, (size_t)n))
            return false;
    return n >= 0 || fault(ctx, FAULT_BUSY, "it cannot be read: %s", strerror(errno));
}

/* Into the vault; false after saying why, or with a fault. */
static bool keep(Round *r, Ctx *ctx, int fd, const char *name)
{
    bool picture;
    VaultWriter *w = vault_begin(ctx, r->vault, PHOTOS_FILE_MAX);
    if (!w || !copy(ctx, w, fd, &picture))
        return false;
    if (!picture)
        return refuse(r, name, "it is no picture: JPEG, PNG, WebP and HEIF are taken");
    r->draft.filename = name;
    return vault_keep(ctx, w, &r->draft.sha256, &r->draft.size);
}

static bool add(Ctx *ctx, void *data)
{
    Round *r = data;
    i64 id;
    return photos_add(ctx, &r->draft, &id, &r->again);
}

static void take(Round *r, int folder, const char *name)
{
    Ctx *ctx = &r->desk->ctx;
    Lap lap CLEANUP(lap_end) = lap_begin(ctx);
    struct stat about;
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    r->files++;
    if (fd < 0 || fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        refuse(r, name, fd < 0 ? strerror(errno) : "it is no file");
    } else if (keep(r, ctx, fd, name) && db_transact(ctx, add, r)) {
        *(r->again ? &r->unchanged : &r->added) += 1;
    } else if (faulted(ctx)) {
        refuse(r, name, fault_take(ctx).what);
    }
    if (fd >= 0)
        close(fd);
}

/* ---- the folder ---- */

static int seen(const struct dirent *e)
{
    return e->d_name[0] != '.' && e->d_type != DT_DIR;
}

static int take_all(Round *r, const char *path)
{
    struct dirent **names = NULL;
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int count = folder < 0 ? -1 : scandirat(folder, ".", &names, seen, versionsort);
    if (count < 0)
        complain("%s: %s", path, strerror(errno));
    for (int i = 0; i < count; i++) {
        take(r, folder, names[i]->d_name);
        if (r->terminal)
            fprintf(stderr, "\r%d of %d files", i + 1, count);
        free(names[i]);
    }
    if (r->terminal && count > 0)
        fputc('\n', stderr);
    free(names);
    if (folder >= 0)
        close(folder);
    return count < 0 ? FAILED : DONE;
}

/* ---- whose they are ---- */

static bool read_id(const char *option, const char *text, i64 *id_out)
{
    if (!text || id_parse(text, id_out))
        return true;
    complain("--%s %s: an id is wanted, as addresses have it: 13 letters and digits", option, text);
    return false;
}

/* Who is named, else who does the coverage: somebody has to have handed them in. */
static const Person *find_person(Ctx *ctx, const char *mail, i64 coverage)
{
    const Coverage *c = !mail && coverage ? agenda_coverage(ctx, coverage) : NULL;
    if (mail)
        return people_by_mail(ctx, mail);
    return c && c->assignee ? people_find(ctx, c->assignee) : NULL;
}

static bool act_as(Desk *desk, const char *mail, i64 coverage)
{
    Ctx *ctx = &desk->ctx;
    const Person *p = find_person(ctx, mail, coverage);
    if (faulted(ctx))
        return complain_fault(ctx) == DONE;
    if (!p)
        return complain("say with --user MAIL who hands them in%s", mail ? ": there is nobody with that mail" : "") == DONE;
    Actor *actor = arena_new_of(ctx->arena, Actor);
    *actor = actor_system;
    actor->id = p->id;
    actor->name = p->name;
    actor->tongue = tongue_of_terminal();
    ctx->actor = actor;
    return true;
}

static void say_report(const Round *r, bool json)
{
    if (json)
        printf("{\"files\":%" PRId64 ",\"new\":%" PRId64 ",\"unchanged\":%" PRId64 ",\"refused\":%" PRId64 "}\n", r->files, r->added,
               r->unchanged, r->refused);
    else
        printf("%" PRId64 " files: %" PRId64 " new, %" PRId64 " unchanged, %" PRId64 " refused\n", r->files, r->added, r->unchanged, r->refused);
}

int import_photos(Desk *desk, const char *path, const PhotosOptions *options)
{
    const char *why = NULL;
    Round r = {.desk = desk, .terminal = isatty(STDERR_FILENO)};
    if (!options->event)
        return complain("say with --event ID what the pictures show"), USAGE;
    if (!read_id("event", options->event, &r.draft.event) || !read_id("coverage", options->coverage, &r.draft.coverage))
        return USAGE;
    if (!act_as(desk, options->user, r.draft.coverage))
        return FAILED;
    r.vault = vault_open(desk->settings.vault_url, &why);
    if (!r.vault)
        return complain("%s", why);
    int status = take_all(&r, path);
    vault_close(r.vault);
    if (status == DONE)
        say_report(&r, options->json);
    return status == DONE && r.refused && !options->skip_bad ? FAILED : status;
}
