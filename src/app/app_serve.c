/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* app_serve.c: vocero serve: the desk and the site, until somebody says stop. */
#include "app/command.h"
#include "app/app_commands.h"
#include "app/lock.h"
#include "app/rooms.h"
#include "base/log.h"
#include "base/text.h"
#include "media/media.h"
#include "store/db.h"
#include "store/journal.h"
#include "store/seal.h"
#include "store/steps.h"
#include "web/cache.h"
#include "web/live.h"
#include "web/server.h"

#include <errno.h>
#include <glib.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#define GRACE (10 * CLOCK_SECOND)
enum { NEWS_MOST = 200, PICTURES_AT_ONCE = 2 };

/* Everything that runs while the program serves, in the order of its making. */
typedef struct House {
    Overrides over;
    int lock;
    Settings settings;
    SealKey seal_key;
    Arena *arena;     /* of settings and site: as long as the program */
    Site site;
    Server *server;
    Worker *worker;
    Db *news_reader;  /* the writer's thread reads journal lines with it */
    GMutex news;      /* held while the server is told, and while it is taken away */
} House;

/* ---- what others changed: from the journal to the viewers of the desk ---- */
/* Of a great import the newest lines are enough: they say which kind of record to look at again. */
static void tell_lines(House *house, const WriterNews *news)
{
    i64 first = news->journal_last - NEWS_MOST < news->journal_first ? news->journal_first : news->journal_last - NEWS_MOST;
    Arena *arena CLEANUP(arena_drop) = arena_new(0);
    Ctx ctx = {arena, house->news_reader, &actor_system, site_city(&house->site), clock_now(), {0}};
    List lines = journal_after(&ctx, first - 1, NEWS_MOST + 1);
    for (const JournalLine *l = lines.items, *end = l + lines.count; l < end; l++)
        live_publish(house->site.live, "desk", l->id, "journal", journal_news(arena, l));
}

static void on_news(void *to, const WriterNews *news)
{
    House *house = to;
    g_mutex_lock(&house->news);
    if (house->server)
        server_news(house->server, news);
    if (house->server && news->journal_first && live_viewers(house->site.live))
        tell_lines(house, news);
    g_mutex_unlock(&house->news);
}

/* ---- starting ---- */
/* Locked first: the steps of a second, newer program must not run beneath the one that serves. */
static bool settle(House *house)
{
    Arena *arena CLEANUP(arena_drop) = arena_new(0);
    const char *data = settings_data(arena, house->over.data);
    if (g_file_test(data, G_FILE_TEST_IS_DIR) && (house->lock = lock_data(data)) < 0)
        return false;
    Desk desk CLEANUP(desk_close) = {0}; /* says so when there is no folder */
    return desk_open(&desk, &house->over) && db_transact(&desk.ctx, rooms_begin, NULL);
}

static bool load(House *house)
{
    const char *why = NULL;
    house->arena = arena_new(0);
    if (settings_load(house->arena, &house->over, &house->settings, &why))
        return true;
    complain("%s", why);
    return false;
}

static const City *present_city(void *to)
{
    return site_city(&((House *)to)->site);
}

static bool open_store(House *house, const char **why)
{
    const Settings *s = &house->settings;
    house->site.vault = vault_open(s->vault_url, why);
    if (!house->site.vault)
        return false;
    house->site.media = media_new(NULL, PICTURES_AT_ONCE);
    vault_sweep(house->site.vault, clock_now()); /* of a process that was killed amid an upload */
    house->news_reader = db_open(s->db_url, DB_READ, why);
    if (!house->news_reader)
        return false;
    house->site.writer = writer_start(s->db_url, on_news, house, why);
    return house->site.writer != NULL;
}

/* With port 0 the real address is known only now. */
static void name_address(House *house)
{
    if (house->settings.base_url_given || text_starts(server_address(house->server), "unix:"))
        return;
    City *city = arena_new_of(house->arena, City);
    *city = house->settings.city;
    city->base_url = arena_text(house->arena, server_address(house->server));
    site_set_city(&house->site, city);
    cache_new_generation(house->site.cache); /* public pages name the city and its address */
}

static bool start(House *house)
{
    const char *why = "";
    house->site.settings = house->settings.web;
    house->site.db_url = house->settings.db_url;
    house->site.data = house->settings.data;
    site_set_city(&house->site, &house->settings.city);
    rooms_hang(&house->site);
    house->site.seal_key = &house->seal_key;
    if (!secret_of(house->settings.data, house->site.secret, &why) ||
        !seal_key_load(house->settings.seal_key, true, &house->seal_key, &why) || !open_store(house, &why) ||
        !(house->server = server_start(&house->site, &why))) {
        complain("%s", why);
        return false;
    }
    name_address(house);
    if (!house->settings.work)
        return true;
    house->worker = worker_start(&(WorkerSetup){.db_url = house->settings.db_url, .writer = house->site.writer,
                                                .handlers = all_jobs, .city = present_city, .to = house,
                                                .tools = {.vault = house->site.vault, .media = house->site.media, .seal_key = &house->seal_key,
                                                          .secret = house->site.secret},
                                                .threads = house->settings.workers}, &why);
    if (!house->worker)
        complain("%s", why);
    return house->worker != NULL;
}

/* ---- running ---- */
/* What may change while it runs: the city and the log's level. */
static void reload(House *house)
{
    const char *why = NULL;
    Settings s;
    if (!settings_load(house->arena, &house->over, &s, &why)) {
        log_line(LOG_ERROR, "settings_not_reloaded", LOG_T("why", why));
        return;
    }
    City *city = arena_new_of(house->arena, City);
    *city = s.city;
    if (!s.base_url_given)
        city->base_url = site_city(&house->site)->base_url;
    site_set_city(&house->site, city);
    cache_new_generation(house->site.cache); /* public pages name the city and its address */
    log_level(s.log_level);
    log_line(LOG_INFO, "settings_reloaded", LOG_T("data", house->settings.data));
}

static void block_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, set, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static void run(House *house, const sigset_t *set)
{
    printf("Vocero is open at %s\n", site_city(&house->site)->base_url);
    fflush(stdout);
    for (int got = 0; sigwait(set, &got) == 0;) {
        if (got != SIGHUP)
            break;
        reload(house);
    }
}

/* Requests that are being answered still need the writer; the writer's news must not reach a server that is gone. */
static void stop(House *house)
{
    worker_ask_stop(house->worker); /* running jobs end beside the requests that are being answered */
    g_mutex_lock(&house->news);
    Server *server = house->server;
    house->server = NULL;
    g_mutex_unlock(&house->news);
    server_stop(server, GRACE);
    worker_stop(house->worker);
    if (house->site.writer)
        writer_stop(house->site.writer);
    db_close(house->news_reader);
    media_free(house->site.media);
    vault_close(house->site.vault);
    seal_key_forget(&house->seal_key);
    arena_free(house->arena);
    lock_release(house->lock);
}

int command_serve(const Command *self, int argc, char **argv)
{
    House house = {.lock = -1};
    int status = DONE;
    const Option own[] = {
        {"listen", OPTION_TEXT, &house.over.listen, "ADDR:PORT", "where to listen: [ADDR]:PORT or unix:PATH too (127.0.0.1:8080)"},
        {"base-url", OPTION_TEXT, &house.over.base_url, "URL", "the address that citizens see"},
        {"no-work", OPTION_FLAG, &house.over.no_work, NULL, "serve only; jobs are done by vocero work"},
    };
    if (!options_parse(self, &argc, &argv, own, COUNT(own), &house.over, &status))
        return status;
    sigset_t signals;
    block_signals(&signals);
    if (!settle(&house) || !load(&house))
        return FAILED;
    log_level(house.settings.log_level);
    log_start();
    g_mutex_init(&house.news);
    bool started = start(&house);
    if (started)
        run(&house, &signals);
    stop(&house);
    log_stop();
    return started ? DONE : FAILED;
}

/* ---- vocero work: the jobs alone, beside a serve on another node ---- */
typedef struct Hands {
    Vault *vault;
    Media *media;
    SealKey key;
    unsigned char secret[32];
} Hands;

static bool take_up(const Settings *s, Hands *hands, const char **why)
{
    hands->media = media_new(NULL, PICTURES_AT_ONCE);
    return seal_key_load(s->seal_key, true, &hands->key, why) && secret_of(s->data, hands->secret, why) &&
           (hands->vault = vault_open(s->vault_url, why)) != NULL;
}

static void lay_down(Hands *hands)
{
    media_free(hands->media);
    vault_close(hands->vault);
    seal_key_forget(&hands->key);
}

static const City *fixed_city(void *to)
{
    return &((Settings *)to)->city;
}

static void ignore_news(void *to, const WriterNews *news)
{
    (void)to;
    (void)news;
}

int command_work(const Command *self, int argc, char **argv)
{
    Overrides over = {0};
    int status = DONE;
    if (!options_parse(self, &argc, &argv, NULL, 0, &over, &status))
        return status;
    sigset_t signals;
    block_signals(&signals);
    Desk desk CLEANUP(desk_close) = {0};
    Hands hands CLEANUP(lay_down) = {0};
    const char *why = "";
    if (!desk_open(&desk, &over))
        return FAILED;
    Settings *s = &desk.settings;
    if (!take_up(s, &hands, &why))
        return complain("%s", why);
    log_level(s->log_level);
    log_start();
    Writer *writer = writer_start(s->db_url, ignore_news, NULL, &why);
    WorkerSetup setup = {.db_url = s->db_url, .writer = writer, .handlers = all_jobs, .city = fixed_city, .to = s,
                         .tools = {.vault = hands.vault, .media = hands.media, .seal_key = &hands.key, .secret = hands.secret}, .threads = s->workers};
    Worker *worker = writer ? worker_start(&setup, &why) : NULL;
    if (worker) {
        puts("Vocero does the jobs that wait");
        fflush(stdout);
        for (int got = SIGHUP; got == SIGHUP;)
            sigwait(&signals, &got);
    } else {
        status = complain("%s", why);
    }
    worker_stop(worker);
    if (writer)
        writer_stop(writer);
    log_stop();
    return status;
}
