/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* app_check.c: vocero check, the doctor: what is set up, what fails, with the cure. */
#include "app/app_commands.h"
#include "app/command.h"
#include "base/text.h"
#include "desks/people/people.h"
#include "media/media.h"
#include "store/db.h"
#include "store/journal.h"
#include "store/queue.h"
#include "store/seal.h"
#include "store/steps.h"

#include <errno.h>
#include <glib.h>
#include <sys/statvfs.h>
#include <unistd.h>

typedef struct Doctor {
    Settings settings;
    Ctx ctx;
    bool json;
    int wrong;
} Doctor;

static void tell(Doctor *d, bool fine, const char *what, const char *found, const char *cure)
{
    d->wrong += !fine;
    if (!d->json) {
        printf("%s %-14s %s%s%s\n", fine ? "  ok " : "WRONG", what, found, fine || !cure ? "" : ". Cure: ", fine || !cure ? "" : cure);
        return;
    }
    Buf *buf = buf_new(d->ctx.arena, 256, 65536);
    JsonOut json = json_out(buf);
    json_open(&json, NULL, '{');
    json_bool(&json, "ok", fine);
    json_text(&json, "what", what);
    json_text(&json, "found", found);
    json_text(&json, "cure", fine ? NULL : cure);
    json_close(&json, '}');
    puts(buf_data(buf));
}

static const char *sentence(Ctx *ctx)
{
    Fault f = fault_take(ctx);
    return f.what ? f.what : "it failed";
}

static void look_at_folder(Doctor *d)
{
    const char *data = d->settings.data;
    bool writable = access(data, W_OK | X_OK) == 0;
    tell(d, writable, "data folder", writable ? data : arena_printf(d->ctx.arena, "%s: %s", data, g_strerror(errno)),
         "give it to the user that runs vocero, or vocero init makes one");
    struct statvfs fs;
    double free_mb = statvfs(data, &fs) == 0 ? (double)fs.f_bavail * (double)fs.f_frsize / 1048576 : 0;
    tell(d, free_mb > 256, "disk", arena_printf(d->ctx.arena, "%.0f MB free", free_mb), "make room: below 64 MB writing stops");
}

static bool look_at_steps(Doctor *d)
{
    bool fine = steps_check(&d->ctx, store_steps, store_steps_count);
    tell(d, fine, "steps", fine ? arena_printf(d->ctx.arena, "%zu, as this program wants them", store_steps_count) : sentence(&d->ctx),
         "start vocero serve of this version, which brings an older database up to date");
    return fine;
}

static void look_at_journal(Doctor *d)
{
    Ctx *ctx = &d->ctx;
    i64 lines = 0, walked = 0, broken = 0;
    const char *seal = "";
    bool fine = journal_seal(ctx, &lines, &seal) && journal_verify(ctx, &walked, &broken);
    const char *found = fine ? arena_printf(ctx->arena, "%" PRId64 " lines, the chain holds and ends in %s", lines, seal)
                        : faulted(ctx) ? sentence(ctx)
                        : broken ? arena_printf(ctx->arena, "the chain breaks at line %" PRId64, broken)
                                 : "the chain does not end where it should";
    tell(d, fine, "journal", found, "somebody changed the database by hand: compare with a backup");
}

static void look_at_people(Doctor *d)
{
    i64 admins = people_count_administrators(&d->ctx);
    tell(d, admins > 0 && !faulted(&d->ctx), "people", faulted(&d->ctx) ? sentence(&d->ctx) : arena_printf(d->ctx.arena, "%" PRId64 " administrators", admins),
         "vocero user add MAIL --name NAME --role admin");
}

static void look_at_queue(Doctor *d)
{
    i64 waiting = 0, leased = 0, dead = 0;
    queue_counts(&d->ctx, &waiting, &leased, &dead);
    if (faulted(&d->ctx)) {
        tell(d, false, "jobs", sentence(&d->ctx), "look at the database");
        return;
    }
    tell(d, dead == 0, "jobs", arena_printf(d->ctx.arena, "%" PRId64 " waiting, %" PRId64 " running, %" PRId64 " failed for good", waiting, leased, dead),
         "open /mesa/trabajos: try again or drop");
}

static void look_at_database(Doctor *d)
{
    const char *why = NULL, *trouble = NULL;
    d->ctx.db = db_open(d->settings.db_url, DB_READ, &why);
    tell(d, d->ctx.db, "database", d->ctx.db ? (db_kind(d->ctx.db) == DB_SQLITE ? "SQLite" : "PostgreSQL") : why, "see [db] url in vocero --help");
    if (!d->ctx.db || !look_at_steps(d))
        return;
    bool whole = db_integrity(&d->ctx, &trouble);
    tell(d, whole, "integrity", whole ? "every page and reference is whole" : trouble ? trouble : sentence(&d->ctx), "restore the last backup");
    look_at_journal(d);
    look_at_people(d);
    look_at_queue(d);
}

/* Without it /verificar knows a PDF by its bytes and its code, and cannot say what was changed in one. */
static void look_at_reader(Doctor *d)
{
    g_autofree char *path = g_find_program_in_path("pdftotext");
    tell(d, path, "PDF reader", path ? path : "pdftotext is not here: /verificar cannot compare a PDF's text", "apt-get install poppler-utils");
}

/* It is started and asked, for a jail that the kernel or the service's unit forbids is found only then. */
static void look_at_pictures(Doctor *d)
{
    Media *media = media_new(NULL, 1);
    const char *why = media_trouble(&d->ctx, media);
    tell(d, !why, "pictures", why ? why : "vocero-pictures begins, and its jail closes", "make install puts it into libexec/vocero; see docs/dependencies.md for what it needs");
    media_free(media);
}

static void look_at_seal(Doctor *d)
{
    const char *why = NULL;
    SealKey key CLEANUP(seal_key_forget) = {0};
    bool fine = seal_key_load(d->settings.seal_key, false, &key, &why);
    bool none = !fine && access(d->settings.seal_key, F_OK) != 0;
    tell(d, fine || none, "signing key", fine ? arena_printf(d->ctx.arena, "%s in %s", key.id, d->settings.seal_key) : none ? "none yet: vocero serve makes it" : why,
         "keep it like the database: only the user that runs vocero may read it");
}

static void look_at_vault(Doctor *d)
{
    const char *why = NULL;
    Vault *vault = vault_open(d->settings.vault_url, &why);
    tell(d, vault, "vault", vault ? d->settings.vault_url : why, "make the folder writable");
    vault_close(vault);
}

int command_check(const Command *self, int argc, char **argv)
{
    Overrides over = {0};
    Doctor d = {.ctx = {.actor = &actor_system, .now = clock_now()}};
    int status = DONE;
    const char *why = NULL;
    const Option own[] = {{"json", OPTION_FLAG, &d.json, NULL, "one JSON object a line"}};
    if (!options_parse(self, &argc, &argv, own, COUNT(own), &over, &status))
        return status;
    d.ctx.arena = arena_new(64 * 1024 * 1024);
    bool loaded = settings_load(d.ctx.arena, &over, &d.settings, &why);
    d.ctx.city = &d.settings.city;
    tell(&d, loaded, "settings", loaded ? d.settings.city.name : why, "mend vocero.conf");
    if (loaded) {
        look_at_folder(&d);
        look_at_database(&d);
        look_at_vault(&d);
        look_at_seal(&d);
        look_at_reader(&d);
        look_at_pictures(&d);
    }
    db_close(d.ctx.db);
    arena_free(d.ctx.arena);
    return d.wrong ? FAILED : DONE;
}
