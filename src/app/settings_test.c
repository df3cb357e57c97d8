/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* settings_test.c: what the operator wrote counts, and what he mistyped is said. */
#include "app/settings.h"
#include "base/base_test.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <stdlib.h>

typedef struct Folder {
    Arena *arena;
    const char *path;
    Settings settings;
    const char *why;
} Folder;

static void folder_open(Folder *f, const void *conf)
{
    *f = (Folder){.arena = arena_new(0), .path = test_folder()};
    if (conf) {
        g_autofree char *file = g_build_filename(f->path, "vocero.conf", NULL);
        g_assert_true(g_file_set_contents(file, conf, -1, NULL));
    }
}

static void folder_close(Folder *f, const void *conf)
{
    arena_free(f->arena);
}

static bool load(Folder *f)
{
    Overrides over = {.data = f->path};
    return settings_load(f->arena, &over, &f->settings, &f->why);
}

static void assert_refused(Folder *f, const char *part)
{
    g_assert_false(load(f));
    if (!strstr(f->why, part))
        g_error("\"%s\" does not say %s", f->why, part);
}

/* ---- what counts ---- */
static void without_a_file_all_is_as_described(Folder *f, const void *conf)
{
    g_assert_true(load(f));
    const Settings *s = &f->settings;
    g_assert_cmpstr(s->data, ==, f->path);
    g_assert_true(g_str_has_prefix(s->db_url, "sqlite:") && g_str_has_suffix(s->db_url, "/vocero.db"));
    g_assert_true(g_str_has_prefix(s->vault_url, "file:") && g_str_has_suffix(s->vault_url, "/vault"));
    g_assert_cmpstr(zone_name(s->city.zone), ==, "America/Mexico_City");
    g_assert_true(s->city.four_eyes && s->work);
    g_assert_cmpint(s->workers, ==, 2);
    g_assert_cmpint(s->node, ==, 0);
    g_assert_cmpint(s->web.cache_max, ==, 64 * 1024 * 1024);
    g_assert_cmpint(s->web.head_deadline, ==, 10 * CLOCK_SECOND);
    g_assert_cmpstr(s->city.base_url, ==, "http://127.0.0.1:8080");
    g_assert_false(s->base_url_given);
}

static void the_file_counts(Folder *f, const void *conf)
{
    g_assert_true(load(f));
    g_assert_cmpstr(f->settings.city.name, ==, "Matehuala");
    g_assert_cmpint(f->settings.workers, ==, 5);
    g_assert_cmpint(f->settings.web.body_rate, ==, 1000000000);
    g_assert_false(f->settings.city.four_eyes);
    g_assert_cmpint(f->settings.log_level, ==, LOG_WARN);
    g_assert_cmpstr(f->settings.city.base_url, ==, "https://vocero.example"); /* no slash at its end */
    g_assert_true(f->settings.base_url_given);
}

static void the_environment_wins_over_the_file(Folder *f, const void *conf)
{
    g_setenv("VOCERO_CITY_NAME", "Rioverde", TRUE);
    bool loaded = load(f);
    g_unsetenv("VOCERO_CITY_NAME");
    g_assert_true(loaded);
    g_assert_cmpstr(f->settings.city.name, ==, "Rioverde");
    g_assert_cmpint(f->settings.workers, ==, 5);
}

static void the_command_line_wins_over_both(Folder *f, const void *conf)
{
    Overrides over = {.data = f->path, .listen = "[::1]:9", .db = "sqlite:/x.db", .base_url = "http://x.example/", .no_work = true};
    g_setenv("VOCERO_SERVER_LISTEN", "127.0.0.1:1", TRUE);
    bool loaded = settings_load(f->arena, &over, &f->settings, &f->why);
    g_unsetenv("VOCERO_SERVER_LISTEN");
    g_assert_true(loaded);
    g_assert_cmpstr(f->settings.web.listen, ==, "[::1]:9");
    g_assert_cmpstr(f->settings.db_url, ==, "sqlite:/x.db");
    g_assert_cmpstr(f->settings.city.base_url, ==, "http://x.example");
    g_assert_false(f->settings.work);
}

static void a_secret_may_lie_in_a_file(Folder *f, const void *conf)
{
    g_autofree char *token = g_build_filename(f->path, "token", NULL);
    g_autofree char *value = g_strconcat("file:", token, NULL);
    g_assert_true(g_file_set_contents(token, "  un secreto\n", -1, NULL));
    g_setenv("VOCERO_SERVER_METRICS_TOKEN", value, TRUE);
    bool loaded = load(f);
    g_unlink(token);
    bool again = load(f);
    g_unsetenv("VOCERO_SERVER_METRICS_TOKEN");
    g_assert_true(loaded);
    g_assert_cmpstr(f->settings.web.metrics_token, ==, "un secreto");
    g_assert_false(again);
    g_assert_nonnull(strstr(f->why, "[server] metrics_token"));
}

static void a_text_that_is_no_secret_stays_as_it_is(Folder *f, const void *conf)
{
    g_assert_true(load(f));
    g_assert_cmpstr(f->settings.vault_url, ==, "file:/srv/vault");
}

/* ---- what is refused, with the place ---- */
static void refuses(Folder *f, const void *conf)
{
    /* the last line of conf, a comment, is what the sentence must say */
    const char *last = strrchr(conf, '#');
    assert_refused(f, last + 1);
    g_assert_null(f->settings.data); /* untouched */
}

static void the_environment_is_looked_at_as_closely(Folder *f, const void *conf)
{
    g_setenv("VOCERO_WORK_THREADS", "many", TRUE);
    g_assert_false(load(f));
    g_unsetenv("VOCERO_WORK_THREADS");
    g_assert_nonnull(strstr(f->why, "[work] threads = many: a whole number from 1 to 16"));
}

static void what_is_written_is_read(Folder *f, const void *conf)
{
    g_assert_true(settings_write(f->path, "Ciudad \"Valles\" \\ 1;2", "America/Cancun", &f->why));
    g_assert_true(load(f));
    g_assert_cmpstr(f->settings.city.name, ==, "Ciudad \"Valles\" \\ 1;2");
    g_assert_cmpstr(zone_name(f->settings.city.zone), ==, "America/Cancun");
    g_autofree char *path = g_build_filename(f->path, "vocero.conf", NULL);
    g_assert_true(g_unlink(path) == 0 && g_rmdir(f->path) == 0); /* nothing else was left behind */
}

static void a_folder_that_is_not_there_is_said(Folder *f, const void *conf)
{
    g_assert_false(settings_write("/nowhere/at/all", "X", "UTC", &f->why));
    g_assert_nonnull(f->why);
}

#define ADD(name, conf) g_test_add("/settings/" #name, Folder, conf, folder_open, name, folder_close)
#define REFUSES(name, conf) g_test_add("/settings/refuses/" name, Folder, conf, folder_open, refuses, folder_close)

static const char matehuala[] = "[city]\nname = Matehuala\nfour_eyes = no\n[work]\nthreads = 5\n"
                                "[server]\nbody_rate = 1000000000\nbase_url = https://vocero.example//\n[log]\nlevel = warn\n";

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD(without_a_file_all_is_as_described, NULL);
    ADD(the_file_counts, matehuala);
    ADD(the_environment_wins_over_the_file, matehuala);
    ADD(the_command_line_wins_over_both, matehuala);
    ADD(a_secret_may_lie_in_a_file, NULL);
    ADD(a_text_that_is_no_secret_stays_as_it_is, "[vault]\nurl = file:/srv/vault\n");
    ADD(the_environment_is_looked_at_as_closely, NULL);
    ADD(what_is_written_is_read, NULL);
    ADD(a_folder_that_is_not_there_is_said, NULL);
    REFUSES("an_unknown_key", "[city]\nnombre = X\n#[city] nombre");
    REFUSES("an_unknown_section", "[ciudad]\nname = X\n#[ciudad] name");
    REFUSES("a_file_that_is_none", "name = X\n#vocero.conf cannot be read");
    REFUSES("a_number_that_is_none", "[work]\nthreads = 2 or 3\n#[work] threads = 2 or 3");
    REFUSES("a_number_that_is_too_large", "[server]\nthreads = 65\n#from 0 to 64");
    REFUSES("a_node_beyond_the_last", "[db]\nnode = 64\n#from 0 to 63");
    REFUSES("a_number_that_is_too_small", "[server]\nhead_deadline = 0\n#from 1 to 600");
    REFUSES("a_number_beyond_64_bits", "[server]\nbody_rate = 99999999999999999999\n#[server] body_rate");
    REFUSES("a_truth_that_is_none", "[city]\nfour_eyes = si\n#true or false");
    REFUSES("a_zone_that_is_none", "[city]\nzone = America/San_Luis\n#[city] zone = America/San_Luis");
    REFUSES("a_zone_outside_of_its_folder", "[city]\nzone = ../etc/passwd\n#[city] zone");
    REFUSES("a_level_that_is_none", "[log]\nlevel = loud\n#debug, info, warn or error");
    REFUSES("an_address_that_is_none", "[server]\nbase_url = vocero.example\n#[server] base_url");
    REFUSES("an_escape_that_is_none", "[city]\nname = San\\Luis\n#[city] name");
    return g_test_run();
}
