/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* app_user.c: vocero user: persons, roles, passwords and tokens for programs. */
#include "app/app_commands.h"
#include "app/app_init.h"
#include "base/text.h"
#include "desks/people/people.h"
#include "store/db.h"

#include <glib.h>

/* What all verbs may be told; each uses what it needs. */
typedef struct Asked {
    const char *mail, *name, *role, *area, *password_file, *scope, *ends, *token_name;
    bool json;
    /* worked out before the transaction */
    const Person *person;
    PersonDraft draft;
    const char *password, *hash, *token;
    i64 ends_at;
} Asked;

static const Person *person_of(Ctx *ctx, const Asked *asked)
{
    const Person *p = text_mail_valid(asked->mail) ? people_by_mail(ctx, text_lower(ctx->arena, asked->mail)) : NULL;
    return p || faulted(ctx) ? p : fault(ctx, FAULT_NOT_FOUND, "There is nobody with the mail %s.", asked->mail);
}

/* ---- passwords ---- */
static bool hash_password(Desk *desk, Asked *asked)
{
    Ctx *ctx = &desk->ctx;
    asked->password = asked->password_file ? read_secret(ctx, asked->password_file) : init_password(ctx->arena);
    if (!asked->password)
        return false;
    asked->hash = people_password_hash(ctx, asked->password);
    if (!asked->hash)
        complain_fault(ctx);
    return asked->hash != NULL;
}

/* Once it is kept; on standard error beside JSON, which programs read. */
static void show_password(const Asked *asked)
{
    if (!asked->password_file)
        fprintf(asked->json ? stderr : stdout, "Password (shown once): %s\n", asked->password);
}

/* ---- add ---- */
static i64 area_called(Ctx *ctx, const char *name)
{
    List areas = people_areas(ctx);
    for (const Area *a = areas.items, *end = a + areas.count; a < end; a++)
        if (text_same(text_fold(ctx->arena, a->name), text_fold(ctx->arena, name)) || text_same(a->slug, name))
            return a->id;
    fault(ctx, FAULT_NOT_FOUND, "There is no area %s.", name);
    return 0;
}

static bool add(Ctx *ctx, void *data)
{
    Asked *asked = data;
    i64 id, area = asked->area ? area_called(ctx, asked->area) : 0;
    asked->draft = (PersonDraft){.mail = asked->mail, .name = asked->name, .area = area, .password_hash = asked->hash};
    int role = word_find(people_role_words, asked->role);
    if (role < 0)
        return fault(ctx, FAULT_INVALID, "There is no role %s; vocero user add --help lists them.", asked->role);
    asked->draft.role = (Role)role;
    return people_add(ctx, &asked->draft, &id) && (asked->person = people_find(ctx, id));
}

static int do_add(Desk *desk, Asked *asked)
{
    if (!asked->name || !asked->role) {
        complain("user add MAIL needs --name NAME and --role ROLE");
        return USAGE;
    }
    if (!hash_password(desk, asked))
        return FAILED;
    int status = desk_do(desk, add, asked);
    if (status == DONE && asked->json)
        print_json(&desk->ctx, &people_shape, asked->person);
    else if (status == DONE)
        printf("%s may come in as %s\n", asked->person->mail, asked->role);
    if (status == DONE)
        show_password(asked);
    return status;
}

/* ---- the others ---- */
static int do_list(Desk *desk, Asked *asked)
{
    Ctx *ctx = &desk->ctx;
    List all = people_all(ctx);
    if (faulted(ctx))
        return complain_fault(ctx);
    for (const Person *p = all.items, *end = p + all.count; p < end; p++)
        if (asked->json)
            print_json(ctx, &people_shape, p);
        else
            printf("%-32s %-20s %-8s %s\n", p->mail, word_name(people_role_words, p->role),
                   word_name(people_state_words, p->state), p->name);
    return DONE;
}

static bool passwd(Ctx *ctx, void *data)
{
    Asked *asked = data;
    return (asked->person = person_of(ctx, asked)) && people_set_password_hash(ctx, asked->person->id, asked->hash);
}

static int do_passwd(Desk *desk, Asked *asked)
{
    if (!hash_password(desk, asked))
        return FAILED;
    int status = desk_do(desk, passwd, asked);
    if (status == DONE) {
        printf("%s has a new password and was logged out everywhere\n", asked->mail);
        show_password(asked);
    }
    return status;
}

static bool set_role(Ctx *ctx, void *data)
{
    Asked *asked = data;
    int role = word_find(people_role_words, asked->role);
    if (role < 0)
        return fault(ctx, FAULT_INVALID, "There is no role %s.", asked->role);
    return (asked->person = person_of(ctx, asked)) && people_set_role(ctx, asked->person->id, (Role)role, NONE);
}

static int do_role(Desk *desk, Asked *asked)
{
    if (!asked->role) {
        complain("user role MAIL needs --role ROLE");
        return USAGE;
    }
    int status = desk_do(desk, set_role, asked);
    if (status == DONE)
        printf("%s is %s now\n", asked->mail, asked->role);
    return status;
}

static bool make_token(Ctx *ctx, void *data)
{
    Asked *asked = data;
    return (asked->person = person_of(ctx, asked)) &&
           people_token_make(ctx, asked->person->id, asked->token_name, asked->scope, asked->ends_at, &asked->token);
}

static int do_token(Desk *desk, Asked *asked)
{
    Ctx *ctx = &desk->ctx;
    Span day;
    if (asked->ends && !clock_day(ctx->city->zone, asked->ends, &day))
        return complain("--ends %s: a day like 2027-01-31 is wanted", asked->ends);
    asked->ends_at = asked->ends ? day.to : 0;
    int status = desk_do(desk, make_token, asked);
    if (status == DONE)
        puts(asked->token);
    return status;
}

typedef struct Verb {
    const char *name;
    int (*run)(Desk *desk, Asked *asked);
    bool wants_mail;
} Verb;
static const Verb verbs[] = {
    {"add", do_add, true}, {"list", do_list, false}, {"passwd", do_passwd, true}, {"role", do_role, true}, {"token", do_token, true},
};

static const Verb *verb_called(const char *name)
{
    for (size_t i = 0; i < COUNT(verbs); i++)
        if (text_same(verbs[i].name, name))
            return &verbs[i];
    return NULL;
}

int command_user(const Command *self, int argc, char **argv)
{
    Overrides over = {0};
    Asked asked = {.scope = "desk", .token_name = "vocero user token"};
    int status = DONE;
    const Option own[] = {
        {"name", OPTION_TEXT, &asked.name, "NAME", "add: the person's name; token: see --for"},
        {"role", OPTION_TEXT, &asked.role, "ROLE",
         "admin, director, coordinator, editor, community_manager, photographer, citizen_attention or reader"},
        {"area", OPTION_TEXT, &asked.area, "AREA", "add: where the person works"},
        {"password-file", OPTION_TEXT, &asked.password_file, "FILE", "add, passwd: its first line; else one is made and printed once"},
        {"scope", OPTION_TEXT, &asked.scope, "SCOPE", "token: desk (what the person may) or read"},
        {"for", OPTION_TEXT, &asked.token_name, "TEXT", "token: what it is for"},
        {"ends", OPTION_TEXT, &asked.ends, "DAY", "token: its last day, YYYY-MM-DD"},
        {"json", OPTION_FLAG, &asked.json, NULL, "add, list: JSON"},
    };
    if (!options_parse(self, &argc, &argv, own, COUNT(own), &over, &status))
        return status;
    const Verb *verb = argc > 1 ? verb_called(argv[1]) : NULL;
    if (!verb || argc != (verb->wants_mail ? 3 : 2)) {
        complain("user add|passwd|role|token MAIL, or user list; vocero user --help says more");
        return USAGE;
    }
    asked.mail = argv[2];
    Desk desk CLEANUP(desk_close) = {0};
    return desk_open(&desk, &over) ? verb->run(&desk, &asked) : FAILED;
}
