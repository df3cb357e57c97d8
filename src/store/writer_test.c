/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* writer_test.c: many share a commit, nobody suffers for another, and who was answered is on disk. */
#include "store/writer.h"
#include "store/db_driver.h"
#include "store/journal.h"
#include "store/store_test.h"
#include "store/writer_crowd.h"

static const char tables_sqlite[] =
    "CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT) STRICT;"
    "CREATE TABLE promise (id INTEGER PRIMARY KEY, note INTEGER NOT NULL REFERENCES note (id)"
    " DEFERRABLE INITIALLY DEFERRED) STRICT;";
static const char tables_postgres[] =
    "CREATE TABLE note (id BIGINT PRIMARY KEY, body TEXT);"
    "CREATE TABLE promise (id BIGINT PRIMARY KEY, note BIGINT NOT NULL REFERENCES note (id)"
    " DEFERRABLE INITIALLY DEFERRED);";

static const Query q_promise = {
    .name = "promise_add",
    .sql = "INSERT INTO promise (id, note) VALUES ($1, $2)",
    .table = "promise",
    .writes = true,
};
static const Query q_notes = {.name = "notes", .sql = "SELECT count(*) FROM note"};
static const Query q_has = {.name = "note_has", .sql = "SELECT count(*) FROM note WHERE id = $1"};

/* ---- what the listener heard ---- */
typedef struct Heard {
    GMutex lock;
    WriterNews news[64];
    size_t count;
} Heard;

static void hear(void *to, const WriterNews *news)
{
    Heard *heard = to;
    g_mutex_lock(&heard->lock);
    if (heard->count < COUNT(heard->news))
        heard->news[heard->count] = *news;
    heard->count++;
    g_mutex_unlock(&heard->lock);
}

static size_t heard_count(Heard *heard)
{
    g_mutex_lock(&heard->lock);
    size_t count = heard->count;
    g_mutex_unlock(&heard->lock);
    return count;
}

static Writer *start(StoreTest *t, Heard *heard)
{
    const char *why = NULL;
    test_script(&t->ctx, t->kind == DB_SQLITE ? tables_sqlite : tables_postgres);
    Writer *w = writer_start(t->url, heard ? hear : NULL, heard, &why);
    g_assert_cmpstr(why, ==, NULL);
    g_assert_nonnull(w);
    return w;
}

static i64 notes(StoreTest *t)
{
    i64 n = db_number(&t->ctx, &q_notes);
    assert_no_fault(&t->ctx);
    return n;
}

static bool has(StoreTest *t, i64 id)
{
    return db_number(&t->ctx, &q_has, I(id)) == 1;
}

/* ---- jobs that go wrong ---- */
static bool add_note_and_fault(Ctx *ctx, WriterJob *job)
{
    return add_note(ctx, job) && fault(ctx, FAULT_FORBIDDEN, "no");
}

static bool add_note_and_say_no(Ctx *ctx, WriterJob *job)
{
    bool added = add_note(ctx, job);
    g_assert_true(added);
    return false;
}

static bool add_note_twice(Ctx *ctx, WriterJob *job)
{
    return add_note(ctx, job) && add_note(ctx, job);
}

static bool promise_what_is_not(Ctx *ctx, WriterJob *job)
{
    return add_note(ctx, job) && db_write(ctx, &q_promise, I(1), I(999999));
}

/* ---- group commit ---- */
enum { CLIENTS = 64, JOBS = 50 };

typedef struct Client {
    Writer *writer;
    i64 first;
} Client;

static bool note_of(Ctx *ctx, void *id)
{
    return db_write(ctx, &q_note, I(*(i64 *)id), T("Cierre vial")) &&
           journal(ctx, "note", *(i64 *)id, "created");
}

static void *be_client(void *data)
{
    Client *client = data;
    Ctx ctx = {.arena = arena_new(0), .actor = &actor_system, .now = clock_now()};
    for (i64 id = client->first; id < client->first + JOBS; id++) {
        bool done = writer_do(client->writer, &ctx, note_of, &id);
        assert_no_fault(&ctx);
        g_assert_true(done);
    }
    arena_free(ctx.arena);
    return NULL;
}

static void many_clients_share_commits(StoreTest *t, const void *unused)
{
    Writer *w = start(t, NULL);
    Client clients[CLIENTS];
    GThread *threads[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = (Client){w, 1 + (i64)i * JOBS};
        threads[i] = g_thread_new("client", be_client, &clients[i]);
    }
    for (int i = 0; i < CLIENTS; i++)
        g_thread_join(threads[i]);
    g_assert_cmpint(notes(t), ==, CLIENTS * JOBS);
    g_assert_cmpint(journal_last(&t->ctx), ==, CLIENTS * JOBS);
    g_assert_cmpuint(writer_commits(w), <, CLIENTS * JOBS / 2);
    g_assert_cmpuint(writer_commits(w), >, 0);
    g_assert_cmpuint(writer_waiting(w), ==, 0);
    writer_stop(w);
    i64 lines = 0, broken = 0;
    g_assert_true(journal_verify(&t->ctx, &lines, &broken));
}

static void who_waits_together_shares_one_commit(StoreTest *t, const void *unused)
{
    Writer *w = start(t, NULL);
    Crowd *crowd = crowd_new(200);
    run_together(crowd, w);
    g_assert_cmpuint(writer_commits(w), ==, 1);
    g_assert_cmpint(notes(t), ==, 200);
    writer_stop(w);
    crowd_free(crowd);
}

/* ---- neighbours ---- */
static void a_job_that_fails_hurts_no_neighbour(StoreTest *t, const void *unused)
{
    Writer *w = start(t, NULL);
    Crowd *crowd = crowd_new(8);
    crowd->members[1].job.work = add_note_and_fault;
    crowd->members[3].job.work = add_note_and_say_no;
    crowd->members[5].job.work = add_note_twice;
    fault(&crowd->members[6].ctx, FAULT_INVALID, "before");
    run_together(crowd, w);
    g_assert_cmpuint(writer_commits(w), ==, 1);
    for (size_t i = 0; i < crowd->count; i++)
        g_assert_true(has(t, (i64)i + 1) == (i != 1 && i != 3 && i != 5 && i != 6));
    assert_fault(&crowd->members[1].ctx, FAULT_FORBIDDEN);
    assert_no_fault(&crowd->members[3].ctx);
    assert_fault(&crowd->members[5].ctx, FAULT_CONFLICT);
    assert_fault(&crowd->members[6].ctx, FAULT_INVALID);
    g_assert_false(crowd->members[6].ran);
    assert_no_fault(&crowd->members[7].ctx);
    writer_stop(w);
    crowd_free(crowd);
}

static bool note_then_no(Ctx *ctx, void *id)
{
    bool added = db_write(ctx, &q_note, I(*(i64 *)id), T("x"));
    g_assert_true(added);
    return false;
}

static bool only_read(Ctx *ctx, void *unused)
{
    return db_number(ctx, &q_notes) >= 0;
}

static void a_job_alone_is_whole_or_nothing(StoreTest *t, const void *unused)
{
    Writer *w = start(t, NULL);
    Ctx *ctx = &t->ctx;
    Db *mine = ctx->db;
    i64 id = 1;
    g_assert_false(writer_do(w, ctx, note_then_no, &id));
    assert_no_fault(ctx);
    g_assert_true(ctx->db == mine);
    g_assert_cmpint(notes(t), ==, 0);
    g_assert_true(writer_do(w, ctx, only_read, NULL));
    g_assert_cmpuint(writer_commits(w), ==, 0);
    g_assert_true(writer_do(w, ctx, note_of, &id));
    g_assert_cmpuint(writer_commits(w), ==, 1);
    g_assert_cmpint(notes(t), ==, 1);
    g_assert_false(writer_do(w, ctx, note_of, &id));
    assert_fault(ctx, FAULT_CONFLICT);
    writer_stop(w);
}

static void a_commit_that_fails_is_everybodys_fault(StoreTest *t, const void *unused)
{
    Heard heard = {0};
    Writer *w = start(t, &heard);
    Crowd *crowd = crowd_new(6);
    crowd->members[2].job.work = promise_what_is_not;
    crowd->members[4].job.work = add_note_and_fault;
    run_together(crowd, w);
    for (size_t i = 0; i < crowd->count; i++)
        assert_fault(&crowd->members[i].ctx, i == 4 ? FAULT_FORBIDDEN : FAULT_CONFLICT);
    g_assert_cmpint(notes(t), ==, 0);
    g_assert_cmpuint(writer_commits(w), ==, 0);
    g_assert_cmpuint(heard_count(&heard), ==, 0);
    i64 id = 77;
    g_assert_true(writer_do(w, &t->ctx, note_of, &id)); /* and it goes on */
    writer_stop(w);
    crowd_free(crowd);
}

/* ---- a disk without room ---- */
static bool fill_disk(Ctx *ctx, void *unused)
{
    static const Query q_limit = {.name = "limit", .sql = "PRAGMA max_page_count = 1"};
    return db_number(ctx, &q_limit) > 0;
}

static bool add_large_note(Ctx *ctx, WriterJob *job)
{
    Member *member = job->data;
    g_autofree char *large = g_strnfill(512 * 1024, 'x');
    return db_write(ctx, &q_note, I(member->id), T(large));
}

static void a_full_disk_is_told_to_those_it_hits(StoreTest *t, const void *unused)
{
    Writer *w = start(t, NULL);
    g_assert_true(writer_do(w, &t->ctx, fill_disk, NULL));
    Crowd *crowd = crowd_new(5);
    crowd->members[2].job.work = add_large_note;
    run_together(crowd, w);
    assert_fault(&crowd->members[2].ctx, FAULT_BUSY);
    for (size_t i = 0; i < crowd->count; i++) {
        bool promised = i != 2 && !faulted(&crowd->members[i].ctx);
        g_assert_true(has(t, (i64)i + 1) == promised);
    }
    g_assert_true(has(t, 5)); /* what came after found its place in the pages that are there */
    writer_stop(w);
    crowd_free(crowd);
}

/* ---- the server goes away ---- */
static bool lose_server(Ctx *ctx, WriterJob *job)
{
    static const Query q_suicide = {.name = "suicide",
                                    .sql = "SELECT 1",
                                    .sql_postgres =
                                        "SELECT pg_terminate_backend(pg_backend_pid())"};
    db_number(ctx, &q_suicide);
    return !faulted(ctx);
}

static void a_lost_server_is_found_again(StoreTest *t, const void *unused)
{
    Writer *w = start(t, NULL);
    Crowd *crowd = crowd_new(6);
    crowd->members[2].job.work = lose_server;
    run_together(crowd, w);
    for (size_t i = 0; i < crowd->count; i++) {
        if (i <= 2)
            assert_fault(&crowd->members[i].ctx, FAULT_BUSY);
        else
            assert_no_fault(&crowd->members[i].ctx);
        g_assert_true(has(t, (i64)i + 1) == (i > 2));
    }
    writer_stop(w);
    crowd_free(crowd);
}

/* ---- the listener ---- */
static bool two_lines(Ctx *ctx, void *unused)
{
    return journal(ctx, "note", 1, "created") && journal(ctx, "note", 1, "approved");
}

static bool a_line_taken_back(Ctx *ctx, void *unused)
{
    return journal(ctx, "note", 1, "created") && fault(ctx, FAULT_FORBIDDEN, "no");
}

static bool silent_note(Ctx *ctx, void *unused)
{
    return db_write(ctx, &q_note, I(500), T("x"));
}

static void assert_news(const Heard *heard, size_t i, i64 first, i64 last, bool touched_public)
{
    g_assert_cmpuint(i, <, heard->count);
    g_assert_cmpint(heard->news[i].journal_first, ==, first);
    g_assert_cmpint(heard->news[i].journal_last, ==, last);
    g_assert_true(heard->news[i].touched_public == touched_public);
}

static void the_listener_hears_of_each_commit(StoreTest *t, const void *unused)
{
    Heard heard = {0};
    test_write(&t->ctx, two_lines, NULL);
    Writer *w = start(t, &heard);
    g_assert_true(writer_do(w, &t->ctx, two_lines, NULL));
    assert_news(&heard, 0, 3, 4, false);
    g_assert_false(writer_do(w, &t->ctx, a_line_taken_back, NULL));
    assert_fault(&t->ctx, FAULT_FORBIDDEN);
    g_assert_true(writer_do(w, &t->ctx, only_read, NULL));
    g_assert_cmpuint(heard_count(&heard), ==, 1);
    g_assert_true(writer_do(w, &t->ctx, silent_note, NULL));
    assert_news(&heard, 1, 0, 0, true);
    i64 id = 7;
    g_assert_true(writer_do(w, &t->ctx, note_of, &id));
    assert_news(&heard, 2, 5, 5, true);
    writer_stop(w);
}

static void wait_until_heard(Heard *heard, size_t count)
{
    for (int i = 0; i < 500 && heard_count(heard) < count; i++)
        g_usleep(10 * 1000);
    g_assert_cmpuint(heard_count(heard), >=, count);
}

static void a_commit_of_another_process_is_heard(StoreTest *t, const void *unused)
{
    Heard heard = {0};
    Writer *w = start(t, &heard);
    i64 id = 7;
    g_assert_true(writer_do(w, &t->ctx, note_of, &id));
    assert_news(&heard, 0, 1, 1, true);
    test_write(&t->ctx, two_lines, NULL);
    wait_until_heard(&heard, 2);
    assert_news(&heard, 1, 2, 3, t->kind == DB_SQLITE); /* which cannot tell what was written */
    g_usleep(600 * 1000); /* two looks: nothing is told twice */
    g_assert_cmpuint(heard_count(&heard), ==, 2);
    test_write(&t->ctx, silent_note, NULL);
    wait_until_heard(&heard, 3);
    assert_news(&heard, 2, 0, 0, true);
    writer_stop(w);
}

typedef struct Order {
    Member *member;
    bool told_first;
} Order;

static void note_order(void *to, const WriterNews *news)
{
    Order *order = to;
    if (news->touched_public)
        order->told_first = !order->member->done;
}

static void the_listener_hears_before_the_answer(StoreTest *t, const void *unused)
{
    test_script(&t->ctx, t->kind == DB_SQLITE ? tables_sqlite : tables_postgres);
    Crowd *crowd = crowd_new(1);
    Order order = {.member = &crowd->members[0]};
    const char *why = NULL;
    Writer *w = writer_start(t->url, note_order, &order, &why);
    run_together(crowd, w);
    g_assert_true(order.told_first);
    writer_stop(w);
    crowd_free(crowd);
}

/* ---- limits and the end ---- */
static void stopping_finishes_what_waits(StoreTest *t, const void *unused)
{
    Writer *w = start(t, NULL);
    Crowd *crowd = crowd_new(700);
    close_gate(crowd, w);
    submit_all(crowd, w);
    g_assert_cmpuint(writer_waiting(w), ==, 700);
    open_gate(crowd);
    writer_stop(w);
    g_assert_cmpuint(crowd->answered, ==, 701);
    g_assert_cmpint(notes(t), ==, 700);
    crowd_free(crowd);
}

static void too_many_are_refused_at_once(StoreTest *t, const void *unused)
{
    enum { ROOM = 10000 };
    Writer *w = start(t, NULL);
    Crowd *crowd = crowd_new(ROOM + 3);
    for (size_t i = 0; i < crowd->count; i++)
        crowd->members[i].job.work = add_note_and_say_no;
    close_gate(crowd, w);
    submit_all(crowd, w);
    g_assert_cmpuint(crowd->answered, ==, 3);
    for (size_t i = ROOM; i < ROOM + 3; i++)
        assert_fault(&crowd->members[i].ctx, FAULT_BUSY);
    open_gate(crowd);
    wait_for_answers(crowd);
    writer_stop(w);
    crowd_free(crowd);
}

typedef struct Inner {
    Writer *writer;
    bool refused;
} Inner;

static bool ask_again(Ctx *ctx, void *data)
{
    Inner *inner = data;
    inner->refused = !writer_do(inner->writer, ctx, only_read, NULL);
    return true;
}

static void the_writer_does_not_wait_for_itself(StoreTest *t, const void *unused)
{
    Inner inner = {.writer = start(t, NULL)};
    g_assert_false(writer_do(inner.writer, &t->ctx, ask_again, &inner));
    g_assert_true(inner.refused);
    assert_fault(&t->ctx, FAULT_BROKEN);
    writer_stop(inner.writer);
}

static void what_cannot_be_opened_says_why(void)
{
    const char *why = NULL;
    g_assert_null(writer_start("sqlite:/nowhere/at/all.db", NULL, NULL, &why));
    g_assert_nonnull(strstr(why, "/nowhere/at"));
}

#define WRITER_TEST(function) STORE_TEST("writer", function)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    WRITER_TEST(many_clients_share_commits);
    WRITER_TEST(who_waits_together_shares_one_commit);
    WRITER_TEST(a_job_that_fails_hurts_no_neighbour);
    WRITER_TEST(a_job_alone_is_whole_or_nothing);
    WRITER_TEST(a_commit_that_fails_is_everybodys_fault);
    STORE_TEST_ONLY("writer", a_full_disk_is_told_to_those_it_hits, DB_SQLITE);
    STORE_TEST_ONLY("writer", a_lost_server_is_found_again, DB_POSTGRES);
    WRITER_TEST(the_listener_hears_of_each_commit);
    WRITER_TEST(a_commit_of_another_process_is_heard);
    WRITER_TEST(the_listener_hears_before_the_answer);
    WRITER_TEST(stopping_finishes_what_waits);
    STORE_TEST_ONLY("writer", too_many_are_refused_at_once, DB_SQLITE);
    WRITER_TEST(the_writer_does_not_wait_for_itself);
    g_test_add_func("/writer/what_cannot_be_opened_says_why", what_cannot_be_opened_says_why);
    return g_test_run();
}
