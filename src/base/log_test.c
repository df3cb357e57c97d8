/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* log_test.c: what arrives on standard error, and when. */
#include "base/log.h"
#include "base/clock.h"
#include "base/json.h"

#include <fcntl.h>
#include <glib.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static Arena *arena;
static int real_stderr;

/* Standard error goes into a file without a name until heard() or the end of the test. */
static int listen_to_file(void)
{
    int fd = memfd_create("log", 0);
    g_assert_cmpint(fd, >=, 0);
    dup2(fd, STDERR_FILENO);
    fcntl(fd, F_SETFL, O_APPEND);
    return fd;
}

static const char *heard(int fd)
{
    off_t size = lseek(fd, 0, SEEK_END);
    char *text = arena_bytes(arena, (size_t)size + 1);
    g_assert_cmpint(pread(fd, text, (size_t)size, 0), ==, size);
    return text;
}

static void listen_no_more(int fd)
{
    dup2(real_stderr, STDERR_FILENO);
    close(fd);
}

static size_t lines_in(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += *text == '\n';
    return n;
}

/* Each line is an object with time, level and event. */
static void is_json_lines(const char *text)
{
    while (*text) {
        size_t n = strcspn(text, "\n");
        Ctx ctx = {.arena = arena, .actor = &actor_nobody};
        const Json *v = json_read(&ctx, text, n);
        i64 when;
        if (!v)
            g_error("%s: %.*s", ctx.fault.what, (int)n, text);
        g_assert_true(clock_parse_rfc3339(json_text_of(json_get(v, "ts")), &when));
        g_assert_cmpint(ABS(clock_now() - when), <, CLOCK_HOUR);
        g_assert_nonnull(json_text_of(json_get(v, "level")));
        g_assert_nonnull(json_text_of(json_get(v, "event")));
        text += n + 1;
    }
}

static void a_line_is_json_with_its_items(void)
{
    int fd = listen_to_file();
    log_line(LOG_INFO, "request", LOG_T("route", "/agenda/:slug"), LOG_N("status", 200),
             LOG_T("none", (char *)NULL));
    const char *text = heard(fd);
    listen_no_more(fd);
    is_json_lines(text);
    g_assert_cmpuint(lines_in(text), ==, 1);
    g_assert_nonnull(strstr(text,
                            ",\"level\":\"info\",\"event\":\"request\",\"route\":\"/agenda/:slug\","
                            "\"status\":200,\"none\":\"\"}\n"));
}

static void nasty_texts_stay_in_their_line(void)
{
    int fd = listen_to_file();
    log_line(LOG_ERROR, "a\"b", LOG_T("x", "\n\"},{\x01\xff\xc3ñ"), LOG_N("k\"\n", INT64_MIN));
    const char *text = heard(fd);
    listen_no_more(fd);
    is_json_lines(text);
    g_assert_cmpuint(lines_in(text), ==, 1);
    g_assert_nonnull(strstr(text, "-9223372036854775808"));
}

static void a_line_that_is_too_long_is_cut_and_still_json(void)
{
    char *long_text = arena_bytes(arena, 10001);
    for (int size = 3500; size < 10000; size += 13) {
        int fd = listen_to_file();
        memset(long_text, size % 2 ? '"' : 'x', (size_t)size);
        long_text[size] = '\0';
        log_line(LOG_INFO, "long", LOG_T("a", long_text), LOG_T("b", "after"), LOG_N("c", 7));
        const char *text = heard(fd);
        listen_no_more(fd);
        g_assert_cmpuint(strlen(text), <, 4096);
        is_json_lines(text);
    }
}

static void lesser_levels_are_not_written(void)
{
    int fd = listen_to_file();
    log_line(LOG_DEBUG, "quiet", LOG_N("n", 1));
    log_level(LOG_ERROR);
    log_line(LOG_WARN, "quiet", LOG_N("n", 2));
    log_line(LOG_ERROR, "loud", LOG_N("n", 3));
    log_level(LOG_SILENT);
    log_line(LOG_ERROR, "quiet", LOG_N("n", 4));
    log_level(LOG_INFO);
    const char *text = heard(fd);
    listen_no_more(fd);
    g_assert_cmpuint(lines_in(text), ==, 1);
    g_assert_nonnull(strstr(text, "loud"));
}

static void lines_are_gathered_and_warnings_take_them_along(void)
{
    int fd = listen_to_file();
    log_start();
    log_line(LOG_INFO, "first", LOG_N("n", 1));
    g_assert_cmpuint(lines_in(heard(fd)), ==, 0);
    log_line(LOG_WARN, "second", LOG_N("n", 2));
    const char *text = heard(fd);
    g_assert_cmpuint(lines_in(text), ==, 2);
    g_assert_true(strstr(text, "first") < strstr(text, "second"));
    log_stop();
    listen_no_more(fd);
}

static void gathered_lines_come_by_themselves(void)
{
    int fd = listen_to_file();
    log_start();
    log_line(LOG_INFO, "alone", LOG_N("n", 1));
    i64 end = clock_monotonic() + 10 * CLOCK_SECOND;
    while (!lines_in(heard(fd)) && clock_monotonic() < end)
        g_usleep(10000);
    size_t lines = lines_in(heard(fd));
    log_stop();
    listen_no_more(fd);
    g_assert_cmpuint(lines, ==, 1);
}

static void stopping_writes_what_is_left_and_starting_again_works(void)
{
    int fd = listen_to_file();
    for (int i = 0; i < 5; i++) {
        log_start();
        log_start();
        log_line(LOG_INFO, "left", LOG_N("n", i));
        log_stop();
        log_stop();
        g_assert_cmpuint(lines_in(heard(fd)), ==, (size_t)i + 1);
    }
    listen_no_more(fd);
}

static void *talk(void *unused)
{
    (void)unused;
    for (int i = 0; i < 5000; i++)
        log_line(i % 100 ? LOG_INFO : LOG_WARN, "talk", LOG_N("n", i), LOG_T("text", "una línea"));
    return NULL;
}

static void lines_of_many_threads_are_whole_and_complete(void)
{
    int fd = listen_to_file();
    GThread *threads[4];
    log_start();
    for (size_t i = 0; i < COUNT(threads); i++)
        threads[i] = g_thread_new("talk", talk, NULL);
    for (size_t i = 0; i < COUNT(threads); i++)
        g_thread_join(threads[i]);
    log_stop();
    const char *text = heard(fd);
    listen_no_more(fd);
    is_json_lines(text);
    g_assert_cmpuint(lines_in(text), ==, 4 * 5000);
}

/* Until the writing thread has written something. */
static void wait_for_bytes(int fd)
{
    struct stat file = {0};
    for (int i = 0; i < 1000 && !file.st_size; i++) {
        g_usleep(10000);
        g_assert_cmpint(fstat(fd, &file), ==, 0);
    }
    g_assert_cmpint(file.st_size, >, 0);
}

static void a_forked_child_does_not_repeat_its_parents_lines(void)
{
    int fd = listen_to_file();
    log_start();
    log_line(LOG_INFO, "before", LOG_N("n", 0));
    wait_for_bytes(fd); /* a thread that is still being made may hold a lock of the sanitizer, which no child could take */
    log_line(LOG_INFO, "parent", LOG_N("n", 1));
    pid_t child = fork();
    if (child == 0) {
        log_line(LOG_INFO, "child", LOG_N("n", 2));
        log_stop();
        _exit(0); /* the leak check of exit() does not work after a fork beside threads */
    }
    int status;
    waitpid(child, &status, 0);
    log_stop();
    const char *text = heard(fd);
    listen_no_more(fd);
    g_assert_cmpint(status, ==, 0);
    g_assert_cmpuint(lines_in(text), ==, 3);
    g_assert_nonnull(strstr(text, "parent"));
    g_assert_nonnull(strstr(text, "child"));
}

static void leaving_the_program_writes_what_is_left(void)
{
    if (g_test_subprocess()) {
        log_start();
        log_line(LOG_INFO, "goodbye", LOG_N("n", 1));
        exit(0);
    }
    g_test_trap_subprocess(NULL, 10 * G_USEC_PER_SEC, 0);
    g_test_trap_assert_passed();
    g_test_trap_assert_stderr("*\"event\":\"goodbye\"*");
}

/* Reads until the other end is closed. */
static void *drain(void *pipe_end)
{
    GString *all = g_string_new(NULL);
    char bytes[8192];
    for (ssize_t n; (n = read(GPOINTER_TO_INT(pipe_end), bytes, sizeof bytes)) > 0;)
        g_string_append_len(all, bytes, n);
    return g_string_free(all, FALSE);
}

static void a_reader_that_stands_still_stops_nobody(void)
{
    int ends[2];
    g_assert_cmpint(pipe(ends), ==, 0);
    dup2(ends[1], STDERR_FILENO);
    close(ends[1]);
    log_start();
    i64 begin = clock_monotonic();
    for (int i = 0; i < 30000; i++) /* far more than pipe and buffer hold */
        log_line(LOG_INFO, "flood", LOG_N("n", i), LOG_T("text", "una línea que nadie lee"));
    i64 took = clock_monotonic() - begin;
    GThread *reader = g_thread_new("drain", drain, GINT_TO_POINTER(ends[0]));
    g_usleep(300000);
    log_line(LOG_WARN, "after", LOG_N("n", 1));
    log_stop();
    dup2(real_stderr, STDERR_FILENO);
    char *text = g_thread_join(reader);
    close(ends[0]);
    g_assert_cmpint(took, <, 20 * CLOCK_SECOND);
    is_json_lines(text);
    g_assert_nonnull(strstr(text, "log_dropped"));
    g_assert_nonnull(strstr(text, "\"after\""));
    g_free(text);
}

#define TEST(name) g_test_add_func("/log/" #name, name)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    arena = arena_new(256 * 1024 * 1024);
    real_stderr = dup(STDERR_FILENO);
    TEST(a_line_is_json_with_its_items);
    TEST(nasty_texts_stay_in_their_line);
    TEST(a_line_that_is_too_long_is_cut_and_still_json);
    TEST(lesser_levels_are_not_written);
    TEST(lines_are_gathered_and_warnings_take_them_along);
    TEST(gathered_lines_come_by_themselves);
    TEST(stopping_writes_what_is_left_and_starting_again_works);
    TEST(lines_of_many_threads_are_whole_and_complete);
    TEST(a_forked_child_does_not_repeat_its_parents_lines);
    TEST(leaving_the_program_writes_what_is_left);
    TEST(a_reader_that_stands_still_stops_nobody);
    int failed = g_test_run();
    arena_free(arena);
    return failed;
}
