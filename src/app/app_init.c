/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* app_init.c: vocero init: a new data folder with its first administrator. */
#include "app/app_init.h"
#include "app/app_commands.h"
#include "base/text.h"
#include "desks/people/people.h"
#include "desks/press/press_pages.h"

#include <errno.h>
#include <glib.h>
#include <sodium.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* 20 characters of 31 that nobody confuses: 99 bits. */
const char *init_password(Arena *a)
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789";
    char *p = arena_bytes(a, 25);
    for (int i = 0; i < 23; i++)
        p[i] = i % 6 == 5 ? '-' : letters[randombytes_uniform(sizeof letters - 1)];
    return p;
}

static bool is_new(const char *data, Arena *a)
{
    const char *marks[] = {"vocero.conf", "vocero.db"};
    for (size_t i = 0; i < COUNT(marks); i++)
        if (g_file_test(arena_printf(a, "%s/%s", data, marks[i]), G_FILE_TEST_EXISTS)) {
            complain("%s holds a desk already: nothing was changed", data);
            return false;
        }
    return true;
}

bool init_folder(const Overrides *over, const char *city, const char *zone)
{
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    const char *data = settings_data(a, over->data), *why = NULL;
    if (!zone_find(zone)) {
        complain("there is no time zone %s; one like America/Mexico_City is wanted", zone);
        return false;
    }
    if (g_mkdir_with_parents(data, 0700) != 0) {
        complain("%s cannot be made: %s", data, g_strerror(errno));
        return false;
    }
    if (!is_new(data, a))
        return false;
    if (settings_write(data, city, zone, &why))
        return true;
    complain("%s cannot be written: %s", data, why);
    return false;
}

static bool first_people(Ctx *ctx, void *data)
{
    const InitAdmin *admin = data;
    PersonDraft draft = {.mail = admin->mail, .name = admin->name, .role = ROLE_ADMIN, .password_hash = admin->hash};
    i64 id;
    return people_seed(ctx) && press_seed(ctx) && people_add(ctx, &draft, &id);
}

bool init_people(Desk *desk, InitAdmin *admin)
{
    Ctx *ctx = &desk->ctx;
    admin->hash = people_password_hash(ctx, admin->password);
    if (admin->hash && db_transact(ctx, first_people, admin))
        return true;
    complain_fault(ctx);
    return false;
}

/* A folder without an administrator would refuse the next try: what was made is taken away again. */
void init_undo(const Overrides *over)
{
    Arena *a CLEANUP(arena_drop) = arena_new(0);
    const char *data = settings_data(a, over->data);
    const char *made[] = {"vocero.conf", "vocero.db", "vocero.db-wal", "vocero.db-shm", "seal.key"};
    for (size_t i = 0; i < COUNT(made); i++)
        unlink(arena_printf(a, "%s/%s", data, made[i]));
    rmdir(data);
}

static int set_up(const Overrides *over, InitAdmin *admin, const char *password_file)
{
    Desk desk CLEANUP(desk_close) = {0};
    if (!desk_open(&desk, over))
        return FAILED;
    admin->password = password_file ? read_secret(&desk.ctx, password_file) : init_password(desk.ctx.arena);
    if (!admin->password || !init_people(&desk, admin))
        return FAILED;
    printf("The desk is in %s; its administrator is %s\n", desk.settings.data, admin->mail);
    if (!password_file)
        printf("Password (shown once): %s\n", admin->password);
    return DONE;
}

int command_init(const Command *self, int argc, char **argv)
{
    Overrides over = {0};
    const char *city = "San Luis Potosí", *zone = "America/Mexico_City", *password_file = NULL;
    InitAdmin admin = {.name = "Administración"};
    int status = DONE;
    const Option own[] = {
        {"name", OPTION_TEXT, &city, "NAME", "the city's name"},
        {"zone", OPTION_TEXT, &zone, "ZONE", "its IANA time zone (America/Mexico_City)"},
        {"admin", OPTION_TEXT, &admin.mail, "MAIL", "the first administrator"},
        {"password-file", OPTION_TEXT, &password_file, "FILE", "the password is its first line; else one is made and printed once"},
    };
    if (!options_parse(self, &argc, &argv, own, COUNT(own), &over, &status))
        return status;
    if (!admin.mail || argc > 1) {
        complain(argc > 1 ? "%s: no arguments are taken" : "%s: --admin MAIL is needed", argc > 1 ? argv[1] : "init");
        return USAGE;
    }
    if (!text_mail_valid(admin.mail))
        return complain("%s is no mail address", admin.mail);
    if (!init_folder(&over, city, zone))
        return FAILED;
    status = set_up(&over, &admin, password_file);
    if (status != DONE)
        init_undo(&over);
    return status;
}
