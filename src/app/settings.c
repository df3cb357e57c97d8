/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* settings.c: one table says every key, its kind, its default and what it is for. */
#include "app/settings.h"
#include "base/text.h"

#include <glib.h>
#include <stdlib.h>
#include <unistd.h>

typedef enum { KEY_TEXT, KEY_SECRET, KEY_INT, KEY_LONG, KEY_SECONDS, KEY_HOURS, KEY_BOOL, KEY_ZONE, KEY_LEVEL } KeyKind;

typedef struct Key {
    const char *section, *name;
    KeyKind kind;
    size_t offset;
    const char *otherwise; /* the default */
    i64 least, most;       /* of numbers */
    const char *what;
} Key;

#define AT(member) offsetof(Settings, member)
static const Key keys[] = {
    {"city", "name", KEY_TEXT, AT(city.name), "San Luis Potosí", 0, 0, "the city's name"},
    {"city", "office", KEY_TEXT, AT(city.office), "Comunicación Social del Ayuntamiento", 0, 0, "the office's name, as the site shows it"},
    {"city", "zone", KEY_ZONE, AT(city.zone), "America/Mexico_City", 0, 0, "IANA time zone of days and months"},
    {"city", "four_eyes", KEY_BOOL, AT(city.four_eyes), "true", 0, 0, "author and approver must differ"},
    {"city", "signing_rank", KEY_INT, AT(city.signing_rank), "1", 1, 9, "the report is signed by a post of this rank or higher; 1 is the highest"},
    {"press", "hub", KEY_TEXT, AT(city.hub), NULL, 0, 0, "WebSub hub that is told when a release is published: https://…"},
    {"mail", "smtp", KEY_TEXT, AT(city.mail.smtp), NULL, 0, 0, "how mail leaves: smtp://host:587 (with STARTTLS) or smtps://host:465; else it does not"},
    {"mail", "user", KEY_TEXT, AT(city.mail.user), NULL, 0, 0, "name at that server"},
    {"mail", "password", KEY_SECRET, AT(city.mail.password), NULL, 0, 0, "its password; file:PATH reads it from there"},
    {"mail", "from", KEY_TEXT, AT(city.mail.from), NULL, 0, 0, "the address that mail comes from: prensa@city.example"},
    {"mail", "bounces", KEY_TEXT, AT(city.mail.bounces), NULL, 0, 0, "where undeliverable mail goes; else from"},
    {"net", "inside", KEY_BOOL, AT(city.net_inside), "false", 0, 0, "calendars may be fetched from the inside network too"},
    {"db", "node", KEY_INT, AT(node), "0", 0, 63, "number of this node, where several share a database"},
    {"db", "url", KEY_SECRET, AT(db_url), NULL, 0, 0, "sqlite:PATH or postgresql://…; else vocero.db in the data folder"},
    {"vault", "url", KEY_TEXT, AT(vault_url), NULL, 0, 0, "file:PATH; else vault in the data folder"},
    {"seal", "key", KEY_TEXT, AT(seal_key), NULL, 0, 0, "file with the city's signing key; else seal.key in the data folder"},
    {"server", "listen", KEY_TEXT, AT(web.listen), "127.0.0.1:8080", 0, 0, "ADDR:PORT, [ADDR]:PORT or unix:PATH"},
    {"server", "base_url", KEY_TEXT, AT(city.base_url), NULL, 0, 0, "address that citizens see; else the one it listens at"},
    {"server", "proxies", KEY_TEXT, AT(web.proxies), "", 0, 0, "addresses of proxies whose headers count; unix for the socket"},
    {"server", "threads", KEY_INT, AT(web.threads), "0", 0, 64, "threads that answer; 0: one a core"},
    {"server", "cache_mb", KEY_LONG, AT(web.cache_max), "64", 1, 65536, "public pages in memory, MB"},
    {"server", "connections", KEY_INT, AT(web.connections), "12000", 10, 100000, "connections at once"},
    {"server", "connections_per_address", KEY_INT, AT(web.connections_per_address), "256", 1, 100000, "from one address"},
    {"server", "head_deadline", KEY_SECONDS, AT(web.head_deadline), "10", 1, 600, "seconds for a request's head"},
    {"server", "idle", KEY_SECONDS, AT(web.idle), "60", 1, 3600, "seconds between requests"},
    {"server", "body_rate", KEY_LONG, AT(web.body_rate), "1024", 1, 1000000000, "bytes a second that a body must bring"},
    {"server", "metrics_token", KEY_SECRET, AT(web.metrics_token), NULL, 0, 0, "who may read /metrics from elsewhere"},
    {"limits", "address_per_minute", KEY_LONG, AT(web.address_per_minute), "1200", 1, 100000000, "requests of one address"},
    {"limits", "account_per_minute", KEY_LONG, AT(web.account_per_minute), "1200", 1, 100000000, "requests of one account"},
    {"agenda", "uncovered_hours", KEY_HOURS, AT(city.uncovered_lead), "48", 1, 720, "how long before an event that nobody covers the desk is told"},
    {"work", "threads", KEY_INT, AT(workers), "2", 1, 16, "jobs at once"},
    {"log", "level", KEY_LEVEL, AT(log_level), "info", 0, 0, "debug, info, warn or error"},
};
#undef AT

static const Word level_words[] = {
    [LOG_DEBUG] = {"debug", ""}, [LOG_INFO] = {"info", ""}, [LOG_WARN] = {"warn", ""}, [LOG_ERROR] = {"error", ""}, {0},
};

/* ---- one value ---- */
static const char *mistake(Arena *a, const Key *key, const char *value, const char *right)
{
    return arena_printf(a, "[%s] %s = %s: %s", key->section, key->name, value, right);
}

static const char *from_file(Arena *a, const Key *key, const char *value, const char **why_out)
{
    g_autofree char *bytes = NULL;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(value + strlen("file:"), &bytes, NULL, &error)) {
        *why_out = mistake(a, key, value, error->message);
        return NULL;
    }
    return text_trim(a, bytes);
}

static bool set_int(Arena *a, const Key *key, const char *value, void *to, const char **why_out)
{
    i64 n;
    if (!text_int(value, &n) || n < key->least || n > key->most) {
        *why_out = mistake(a, key, value, arena_printf(a, "a whole number from %" PRId64 " to %" PRId64 " is wanted", key->least, key->most));
        return false;
    }
    if (key->kind == KEY_INT)
        *(int *)to = (int)n;
    else
        *(i64 *)to = key->kind == KEY_SECONDS ? n * CLOCK_SECOND : key->kind == KEY_HOURS ? n * CLOCK_HOUR : n;
    return true;
}

static bool set_bool(Arena *a, const Key *key, const char *value, bool *to, const char **why_out)
{
    bool yes = text_same(value, "true") || text_same(value, "1") || text_same(value, "yes");
    if (!yes && !text_same(value, "false") && !text_same(value, "0") && !text_same(value, "no")) {
        *why_out = mistake(a, key, value, "true or false is wanted");
        return false;
    }
    *to = yes;
    return true;
}

static bool set(Arena *a, const Key *key, const char *value, Settings *s, const char **why_out)
{
    void *to = (char *)s + key->offset;
    if (key->kind == KEY_SECRET && text_starts(value, "file:") && !(value = from_file(a, key, value, why_out)))
        return false;
    switch (key->kind) {
    case KEY_TEXT:
    case KEY_SECRET: *(const char **)to = arena_text(a, value); return true;
    case KEY_INT:
    case KEY_LONG:
    case KEY_SECONDS:
    case KEY_HOURS: return set_int(a, key, value, to, why_out);
    case KEY_BOOL: return set_bool(a, key, value, to, why_out);
    case KEY_ZONE:
        if ((*(const Zone **)to = zone_find(value)))
            return true;
        *why_out = mistake(a, key, value, "no such time zone here; is the package tzdata installed?");
        return false;
    case KEY_LEVEL:
        if ((*(int *)to = word_find(level_words, value)) >= 0)
            return true;
        *why_out = mistake(a, key, value, "debug, info, warn or error is wanted");
        return false;
    }
    abort();
}

/* ---- where values come from ---- */
static const char *from_environment(Arena *a, const Key *key)
{
    g_autofree char *section = g_ascii_strup(key->section, -1), *name = g_ascii_strup(key->name, -1);
    return getenv(arena_printf(a, "VOCERO_%s_%s", section, name));
}

static const Key *key_find(const char *section, const char *name)
{
    for (size_t i = 0; i < COUNT(keys); i++)
        if (text_same(keys[i].section, section) && text_same(keys[i].name, name))
            return &keys[i];
    return NULL;
}

/* A key that is not in the table is a typing mistake, and would be ignored for years. */
static bool only_known(Arena *a, GKeyFile *file, const char *path, const char **why_out)
{
    g_auto(GStrv) sections = g_key_file_get_groups(file, NULL);
    for (char **section = sections; *section; section++) {
        g_auto(GStrv) names = g_key_file_get_keys(file, *section, NULL, NULL);
        for (char **name = names; name && *name; name++)
            if (!key_find(*section, *name)) {
                *why_out = arena_printf(a, "%s: nobody knows the key [%s] %s; vocero --help lists all", path, *section, *name);
                return false;
            }
    }
    return true;
}

static bool read_file(Arena *a, GKeyFile *file, const char *path, const char **why_out)
{
    g_autoptr(GError) error = NULL;
    if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &error)) {
        if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
            return true;
        *why_out = arena_printf(a, "%s cannot be read: %s", path, error->message);
        return false;
    }
    return only_known(a, file, path, why_out);
}

static bool load_key(Arena *a, GKeyFile *file, const Key *key, Settings *s, const char **why_out)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *in_file = g_key_file_get_string(file, key->section, key->name, &error);
    if (error && !g_error_matches(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND) &&
        !g_error_matches(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_GROUP_NOT_FOUND)) {
        *why_out = arena_printf(a, "[%s] %s: %s", key->section, key->name, error->message);
        return false;
    }
    const char *value = from_environment(a, key);
    if (!value)
        value = in_file ? in_file : key->otherwise;
    return !value || set(a, key, value, s, why_out);
}

static void override(Arena *a, const Overrides *over, Settings *s)
{
    if (over->listen)
        s->web.listen = over->listen;
    if (over->db)
        s->db_url = over->db;
    if (over->vault)
        s->vault_url = over->vault;
    if (over->base_url)
        s->city.base_url = over->base_url;
    if (!s->db_url)
        s->db_url = arena_printf(a, "sqlite:%s/vocero.db", s->data);
    if (!s->vault_url)
        s->vault_url = arena_printf(a, "file:%s/vault", s->data);
    if (!s->seal_key)
        s->seal_key = arena_printf(a, "%s/seal.key", s->data);
    s->work = !over->no_work;
    s->web.cache_max *= 1024 * 1024;
}

static bool base_url_right(Arena *a, Settings *s, const char **why_out)
{
    const char *url = s->city.base_url;
    s->base_url_given = url != NULL;
    if (!url) {
        s->city.base_url = arena_printf(a, "http://%s", s->web.listen);
        return true;
    }
    size_t n = strlen(url);
    while (n && url[n - 1] == '/')
        n--;
    s->city.base_url = url = arena_copy(a, url, n);
    if ((text_starts(url, "http://") || text_starts(url, "https://")) && !strpbrk(url, " \"<>?#"))
        return true;
    *why_out = arena_printf(a, "[server] base_url = %s: an address like https://vocero.example is wanted", url);
    return false;
}

/* Mail with half its settings would fail at the first release, in front of the media. */
static bool mail_right(Arena *a, const CityMail *mail, const char **why_out)
{
    const char *url = mail->smtp;
    if (!url)
        return true;
    if (!(text_starts(url, "smtp://") || text_starts(url, "smtps://")) || strpbrk(url, " \"<>?#@"))
        *why_out = arena_printf(a, "[mail] smtp = %s: an address like smtp://mail.example:587 is wanted", url);
    else if (!mail->from || !text_mail_valid(mail->from))
        *why_out = "[mail] from: the address that mail comes from is wanted, like prensa@city.example";
    else if (mail->bounces && !text_mail_valid(mail->bounces))
        *why_out = arena_printf(a, "[mail] bounces = %s: a mail address is wanted", mail->bounces);
    else
        return true;
    return false;
}

const char *settings_data(Arena *a, const char *from_command_line)
{
    const char *data = from_command_line ? from_command_line : getenv("VOCERO_DATA");
    if (text_blank(data))
        data = "vocero-data";
    g_autofree char *absolute = g_canonicalize_filename(data, NULL);
    return arena_text(a, absolute);
}

bool settings_load(Arena *a, const Overrides *over, Settings *settings_out, const char **why_out)
{
    Settings s = {.data = settings_data(a, over->data)};
    g_autoptr(GKeyFile) file = g_key_file_new();
    if (!read_file(a, file, arena_printf(a, "%s/vocero.conf", s.data), why_out))
        return false;
    for (size_t i = 0; i < COUNT(keys); i++)
        if (!load_key(a, file, &keys[i], &s, why_out))
            return false;
    override(a, over, &s);
    if (!base_url_right(a, &s, why_out) || !mail_right(a, &s.city.mail, why_out))
        return false;
    *settings_out = s;
    return true;
}

bool settings_write(const char *data, const char *city_name, const char *zone, const char **why_out)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_key_file_set_string(file, "city", "name", city_name);
    g_key_file_set_string(file, "city", "zone", zone);
    g_key_file_set_comment(file, NULL, NULL, " Settings of Vocero; vocero --help lists all keys.", NULL);
    g_autofree char *path = g_build_filename(data, "vocero.conf", NULL);
    g_autoptr(GError) error = NULL;
    if (g_key_file_save_to_file(file, path, &error))
        return true;
    static char why[512];
    g_strlcpy(why, error->message, sizeof why);
    *why_out = why;
    return false;
}

void settings_describe(FILE *out)
{
    for (size_t i = 0; i < COUNT(keys); i++) {
        g_autofree char *name = g_strdup_printf("[%s] %s", keys[i].section, keys[i].name);
        fprintf(out, "  %-34s %s%s%s%s\n", name, keys[i].what, keys[i].otherwise && *keys[i].otherwise ? " (" : "",
                keys[i].otherwise ? keys[i].otherwise : "", keys[i].otherwise && *keys[i].otherwise ? ")" : "");
    }
}
