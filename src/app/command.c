/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* command.c: what commands share: options, opening a desk, saying what went wrong. */
#include "app/command.h"
#include "base/id.h"
#include "base/text.h"
#include "store/db.h"
#include "store/steps.h"

#include <errno.h>
#include <glib.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

int complain(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fputs("vocero: ", stderr);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
    return FAILED;
}

int complain_fault(Ctx *ctx)
{
    Fault f = fault_take(ctx);
    return complain("%s", f.what ? f.what : "it failed and did not say why");
}

/* ---- options ---- */
/* What GLib allocated becomes a text that lives as long as the program. */
typedef struct Given {
    char *text;
    const char **to;
} Given;

static void keep(Given *given, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (given[i].text)
            *given[i].to = g_intern_string(given[i].text);
        g_free(given[i].text);
    }
}

static GOptionEntry entry(const char *name, const char *what, const char *value_name, Given *given, const char **to)
{
    given->to = to;
    return (GOptionEntry){name, 0, 0, G_OPTION_ARG_STRING, &given->text, what, value_name};
}

enum { SHARED = 3 };

static void fill_entries(GOptionEntry *entries, Given *given, const Option *own, size_t count, Overrides *over)
{
    for (size_t i = 0; i < count; i++)
        entries[i] = own[i].kind == OPTION_FLAG
                         ? (GOptionEntry){own[i].name, 0, 0, G_OPTION_ARG_NONE, own[i].to, own[i].what, NULL}
                         : entry(own[i].name, own[i].what, own[i].value_name, &given[i], own[i].to);
    entries[count] = entry("data", "data folder (./vocero-data, or VOCERO_DATA)", "DIR", &given[count], &over->data);
    entries[count + 1] = entry("db", "sqlite:PATH or postgresql://…", "URL", &given[count + 1], &over->db);
    entries[count + 2] = entry("vault", "file:PATH", "URL", &given[count + 2], &over->vault);
}

static bool asks_for_help(int argc, char **argv)
{
    for (int i = 1; i < argc && !text_same(argv[i], "--"); i++)
        if (text_same(argv[i], "--help") || text_same(argv[i], "-h"))
            return true;
    return false;
}

bool options_parse(const Command *command, int *argc, char ***argv, const Option *own, size_t own_count,
                   Overrides *over, int *status_out)
{
    g_autofree GOptionEntry *entries = g_new0(GOptionEntry, own_count + SHARED + 1);
    g_autofree Given *given = g_new0(Given, own_count + SHARED);
    fill_entries(entries, given, own, own_count, over);
    g_autofree char *program = g_strdup_printf("vocero %s", command->name);
    g_set_prgname(program);
    g_autoptr(GOptionContext) c = g_option_context_new(command->usage);
    g_option_context_set_summary(c, command->summary);
    g_option_context_add_main_entries(c, entries, NULL);
    g_option_context_set_help_enabled(c, FALSE);
    g_autofree char *help = g_option_context_get_help(c, FALSE, NULL);
    if (asks_for_help(*argc, *argv)) {
        fputs(help, stdout);
        *status_out = DONE;
        return false;
    }
    g_autoptr(GError) error = NULL;
    bool parsed = g_option_context_parse(c, argc, argv, &error);
    keep(given, own_count + SHARED);
    if (!parsed) {
        complain("%s\n\n%s", error->message, help);
        *status_out = USAGE;
    }
    return parsed;
}

/* ---- a desk ---- */
static bool settle(Desk *desk)
{
    const char *why = NULL;
    desk->ctx.db = db_open(desk->settings.db_url, DB_WRITE, &why);
    if (!desk->ctx.db) {
        complain("%s", why);
        return false;
    }
    if (steps_run(&desk->ctx, store_steps, store_steps_count, NULL))
        return true;
    complain_fault(&desk->ctx);
    return false;
}

Tongue tongue_of_terminal(void)
{
    const char *names[] = {"LC_ALL", "LC_MESSAGES", "LANG"}, *language = NULL;
    for (size_t i = 0; i < COUNT(names) && text_blank(language); i++)
        language = getenv(names[i]);
    return language && text_starts(language, "es") ? TONGUE_ES : TONGUE_EN;
}

static const Actor *operator_of(Arena *a)
{
    Actor *actor = arena_new_of(a, Actor);
    *actor = actor_system;
    actor->tongue = tongue_of_terminal();
    return actor;
}

bool desk_open(Desk *desk, const Overrides *over)
{
    *desk = (Desk){.ctx = {.arena = arena_new(256 * 1024 * 1024), .actor = &actor_system, .now = clock_now()}};
    const char *why = NULL;
    if (!settings_load(desk->ctx.arena, over, &desk->settings, &why)) {
        complain("%s", why);
        return false;
    }
    desk->ctx.city = &desk->settings.city;
    id_node((unsigned)desk->settings.node);
    desk->ctx.actor = operator_of(desk->ctx.arena);
    const char *data = desk->settings.data;
    if (!g_file_test(data, G_FILE_TEST_IS_DIR)) {
        complain("there is no data folder %s: vocero init --data %s --admin MAIL makes one", data, data);
        return false;
    }
    log_level(LOG_WARN);
    return settle(desk);
}

void desk_close(Desk *desk)
{
    db_close(desk->ctx.db);
    arena_free(desk->ctx.arena);
    *desk = (Desk){0};
}

int desk_do(Desk *desk, bool (*work)(Ctx *ctx, void *data), void *data)
{
    return db_transact(&desk->ctx, work, data) ? DONE : complain_fault(&desk->ctx);
}

/* ---- files and output ---- */
static bool read_stream(Ctx *ctx, FILE *file, const char *path, size_t max, Bytes *bytes_out)
{
    g_autoptr(GByteArray) all = g_byte_array_new();
    char piece[65536];
    for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;) {
        g_byte_array_append(all, (const guint8 *)piece, (guint)n);
        if (all->len > max) {
            complain("%s is larger than %zu MB: nothing was read", path, max / 1024 / 1024);
            return false;
        }
    }
    if (ferror(file)) {
        complain("%s cannot be read: %s", path, g_strerror(errno));
        return false;
    }
    size_t size = all->len;
    *bytes_out = (Bytes){arena_copy(ctx->arena, all->data ? (const char *)all->data : "", size), size};
    return true;
}

bool read_whole(Ctx *ctx, const char *path, size_t max, Bytes *bytes_out)
{
    if (text_same(path, "-"))
        return read_stream(ctx, stdin, "standard input", max, bytes_out);
    FILE *file = fopen(path, "re");
    if (!file) {
        complain("%s cannot be opened: %s", path, g_strerror(errno));
        return false;
    }
    bool read = read_stream(ctx, file, path, max, bytes_out);
    fclose(file);
    return read;
}

const char *read_secret(Ctx *ctx, const char *path)
{
    Bytes bytes;
    if (!read_whole(ctx, path, 4096, &bytes))
        return NULL;
    return arena_copy(ctx->arena, bytes.data, strcspn(bytes.data, "\r\n"));
}

void print_json(Ctx *ctx, const Shape *shape, const void *item)
{
    Buf *buf = buf_new(ctx->arena, 4096, 64 * 1024 * 1024);
    JsonOut json = json_out(buf);
    shape_json(&json, NULL, ctx->city->zone, shape, item);
    fwrite(buf_data(buf), 1, buf_size(buf), stdout);
    fputc('\n', stdout);
}
