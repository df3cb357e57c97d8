/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* people_login_test.c: coming in, staying in, being thrown out; links and tokens. */
#include "desks/people/people_test_office.h"

/* ---- passwords ---- */
static void weak_passwords_are_refused(StoreTest *t, const void *unused)
{
    const char *weak[] = {"", "corta", "aaaaaaaaaaaa", "Contraseña1", "1234567890", "\xff\xfe\xfd zzzzzzzzz"};
    for (size_t i = 0; i < COUNT(weak); i++) {
        g_assert_null(people_password_hash(&t->ctx, weak[i]));
        assert_fault(&t->ctx, FAULT_INVALID);
    }
}

typedef struct Entry {
    const char *mail, *password, *session;
    Verdict *verdict;
} Entry;

static bool enter(Ctx *ctx, void *data)
{
    Entry *e = data;
    return people_enter(ctx, e->mail, "192.0.2.7", e->verdict, "Firefox · Linux", &e->session);
}

static const char *come_in(Ctx *ctx, const char *mail, const char *password)
{
    Entry e = {.mail = mail, .password = password};
    e.verdict = people_try(ctx, mail, "192.0.2.7", password);
    test_write(ctx, enter, &e);
    return e.session;
}

static void the_right_password_opens_a_session(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    const char *session = come_in(&t->ctx, "Sofia@sanluis.example", PASSWORD);
    g_assert_nonnull(session);
    Actor actor = {0};
    g_assert_true(people_who_session(&t->ctx, people_secret_hash(&t->ctx, session), &actor));
    g_assert_cmpint(actor.id, ==, o.editor);
    g_assert_false(people_who_session(&t->ctx, people_secret_hash(&t->ctx, "made up"), &actor));
}

static void unknown_and_wrong_get_the_same_answer(StoreTest *t, const void *unused)
{
    open_office(t);
    const Verdict *wrong = people_try(&t->ctx, "sofia@sanluis.example", "192.0.2.7", "otra frase distinta");
    const Verdict *unknown = people_try(&t->ctx, "nadie@sanluis.example", "192.0.2.7", "otra frase distinta");
    g_assert_cmpmem(wrong, sizeof *wrong, unknown, sizeof *unknown);
}

static void trying_again_and_again_has_to_wait(StoreTest *t, const void *unused)
{
    open_office(t);
    for (int i = 0; i < 4; i++)
        g_assert_null(come_in(&t->ctx, "sofia@sanluis.example", "otra frase distinta"));
    g_assert_null(come_in(&t->ctx, "sofia@sanluis.example", PASSWORD));
    t->ctx.now += 10 * CLOCK_MINUTE;
    g_assert_nonnull(come_in(&t->ctx, "sofia@sanluis.example", PASSWORD));
}

/* All passwords were looked at before the first failure was counted. */
static void tries_side_by_side_are_throttled_too(StoreTest *t, const void *unused)
{
    open_office(t);
    const char *mail = "sofia@sanluis.example";
    Entry e[6] = {0};
    for (size_t i = 0; i < COUNT(e); i++) {
        e[i].mail = mail;
        e[i].verdict = people_try(&t->ctx, mail, "192.0.2.7", i == 5 ? PASSWORD : "otra frase distinta");
        g_assert_false(e[i].verdict->throttled);
    }
    g_assert_cmpint(e[5].verdict->person, !=, 0);
    for (size_t i = 0; i < COUNT(e); i++)
        test_write(&t->ctx, enter, &e[i]);
    g_assert_true(e[5].verdict->throttled);
    g_assert_null(e[5].session);
}

static void a_session_ends_by_idling_and_by_age(StoreTest *t, const void *unused)
{
    open_office(t);
    const char *hash = people_secret_hash(&t->ctx, come_in(&t->ctx, "sofia@sanluis.example", PASSWORD));
    Actor actor = {0};
    t->ctx.now += SESSION_IDLE - CLOCK_MINUTE;
    g_assert_true(people_who_session(&t->ctx, hash, &actor));
    t->ctx.now += 2 * CLOCK_MINUTE;
    g_assert_false(people_who_session(&t->ctx, hash, &actor));
}

static bool keep_using(Ctx *ctx, void *data)
{
    return people_note_seen(ctx, *(i64 *)data);
}

static void a_session_in_use_ends_after_thirty_days(StoreTest *t, const void *unused)
{
    open_office(t);
    const char *hash = people_secret_hash(&t->ctx, come_in(&t->ctx, "sofia@sanluis.example", PASSWORD));
    Actor actor = {0};
    for (i64 end = t->ctx.now + SESSION_END - CLOCK_HOUR; t->ctx.now < end; t->ctx.now += 6 * CLOCK_HOUR) {
        g_assert_true(people_who_session(&t->ctx, hash, &actor));
        test_write(&t->ctx, keep_using, &actor.session);
    }
    t->ctx.now += 6 * CLOCK_HOUR;
    g_assert_false(people_who_session(&t->ctx, hash, &actor));
}

static void a_session_is_noted_once_a_minute(StoreTest *t, const void *unused)
{
    open_office(t);
    const char *hash = people_secret_hash(&t->ctx, come_in(&t->ctx, "sofia@sanluis.example", PASSWORD));
    i64 began = t->ctx.now;
    Actor actor = {0};
    g_assert_true(people_who_session(&t->ctx, hash, &actor));
    t->ctx.now += CLOCK_MINUTE - 1;
    test_write(&t->ctx, keep_using, &actor.session);
    g_assert_true(people_who_session(&t->ctx, hash, &actor));
    g_assert_cmpint(actor.seen_at, ==, began);
    t->ctx.now += 1;
    test_write(&t->ctx, keep_using, &actor.session);
    g_assert_true(people_who_session(&t->ctx, hash, &actor));
    g_assert_cmpint(actor.seen_at, ==, began + CLOCK_MINUTE);
}

/* ---- each change of an account is one line of the journal ---- */
static bool choose_english(Ctx *ctx, void *unused)
{
    return people_set_tongue(ctx, "en");
}

static bool end_others(Ctx *ctx, void *unused)
{
    i64 ended = 0;
    return people_end_other_sessions(ctx, &ended);
}

static bool leave(Ctx *ctx, void *unused)
{
    return people_leave(ctx, ctx->actor->session);
}

static bool change_password(Ctx *ctx, void *verdict)
{
    return people_change_password(ctx, verdict);
}

static void assert_one_line(Ctx *ctx, Rule *rule, void *data, const char *verb)
{
    i64 before = journal_last(ctx);
    test_write(ctx, rule, data);
    g_assert_cmpint(journal_last(ctx), ==, before + 1);
    g_assert_cmpstr(((const JournalLine *)journal_recent(ctx, 0, 1).items)->verb, ==, verb);
}

static void each_change_of_an_account_is_one_line(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    Ctx *ctx = &t->ctx;
    come_in(ctx, "sofia@sanluis.example", PASSWORD);
    const char *hash = people_secret_hash(ctx, come_in(ctx, "sofia@sanluis.example", PASSWORD));
    Actor sofia = {0};
    g_assert_true(people_who_session(ctx, hash, &sofia));
    g_assert_cmpint(sofia.id, ==, o.editor);
    ctx->actor = &sofia;
    assert_one_line(ctx, choose_english, NULL, "tongue_set");
    assert_one_line(ctx, end_others, NULL, "sessions_ended");
    i64 before = journal_last(ctx);
    test_write(ctx, end_others, NULL); /* nothing left to end, nothing to tell */
    g_assert_cmpint(journal_last(ctx), ==, before);
    Verdict *v = people_try(ctx, "sofia@sanluis.example", "192.0.2.7", PASSWORD);
    v->hash = people_password_hash(ctx, "otra frase larga y tranquila");
    assert_one_line(ctx, change_password, v, "password_set");
    assert_one_line(ctx, leave, NULL, "went_out");
}

static void a_blocked_person_is_out_at_once(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    const char *hash = people_secret_hash(&t->ctx, come_in(&t->ctx, "sofia@sanluis.example", PASSWORD));
    Actor actor = {0};
    test_write(&t->ctx, block, &o.editor);
    g_assert_false(people_who_session(&t->ctx, hash, &actor));
    g_assert_null(come_in(&t->ctx, "sofia@sanluis.example", PASSWORD));
}

/* ---- links and tokens ---- */
typedef struct Reset {
    i64 person;
    const char *token, *hash;
} Reset;

static bool make_link(Ctx *ctx, void *data)
{
    Reset *r = data;
    return people_reset_make(ctx, r->person, &r->token);
}

static bool use_link(Ctx *ctx, void *data)
{
    const Reset *r = data;
    return people_reset_use(ctx, r->token, r->hash);
}

static void a_reset_link_works_once_and_a_day_long(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    Reset r = {.person = o.editor, .hash = people_password_hash(&t->ctx, "otra frase, igual de larga")};
    test_write(&t->ctx, make_link, &r);
    test_write(&t->ctx, use_link, &r);
    g_assert_nonnull(come_in(&t->ctx, "sofia@sanluis.example", "otra frase, igual de larga"));
    g_assert_true(refused(&o, use_link, &r, FAULT_GONE));
    test_write(&t->ctx, make_link, &r);
    t->ctx.now += RESET_END + 1;
    g_assert_true(refused(&o, use_link, &r, FAULT_GONE));
}

typedef struct NewToken {
    i64 person, ends;
    const char *scope, *token;
} NewToken;

static bool make_token(Ctx *ctx, void *data)
{
    NewToken *n = data;
    return people_token_make(ctx, n->person, "tablero", n->scope, n->ends, &n->token);
}

static bool use_token(Ctx *ctx, void *data)
{
    return people_note_token(ctx, *(i64 *)data);
}

static void the_last_use_of_a_token_is_noted_once_an_hour(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    NewToken n = {.person = o.editor, .scope = "desk"};
    test_write(&t->ctx, make_token, &n);
    const char *hash = people_secret_hash(&t->ctx, n.token);
    Actor actor = {0};
    g_assert_true(people_who_token(&t->ctx, hash, &actor));
    g_assert_cmpint(actor.seen_at, ==, 0);
    test_write(&t->ctx, use_token, &actor.token);
    i64 first = t->ctx.now;
    t->ctx.now += CLOCK_HOUR / 2;
    test_write(&t->ctx, use_token, &actor.token);
    g_assert_true(people_who_token(&t->ctx, hash, &actor));
    g_assert_cmpint(actor.seen_at, ==, first);
    t->ctx.now += CLOCK_HOUR;
    test_write(&t->ctx, use_token, &actor.token);
    g_assert_true(people_who_token(&t->ctx, hash, &actor));
    g_assert_cmpint(actor.seen_at, ==, t->ctx.now);
}

static void a_token_has_scope_and_end(StoreTest *t, const void *unused)
{
    Office o = open_office(t);
    NewToken n = {.person = o.editor, .scope = "read", .ends = t->ctx.now + CLOCK_DAY};
    test_write(&t->ctx, make_token, &n);
    Actor actor = {0};
    const char *hash = people_secret_hash(&t->ctx, n.token);
    g_assert_true(people_who_token(&t->ctx, hash, &actor));
    g_assert_true(actor.reads_only);
    t->ctx.now += CLOCK_DAY;
    g_assert_false(people_who_token(&t->ctx, hash, &actor));
    n.scope = "everything";
    g_assert_true(refused(&o, make_token, &n, FAULT_INVALID));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    STORE_TEST("people_login", weak_passwords_are_refused);
    STORE_TEST("people_login", the_right_password_opens_a_session);
    STORE_TEST("people_login", unknown_and_wrong_get_the_same_answer);
    STORE_TEST("people_login", trying_again_and_again_has_to_wait);
    STORE_TEST("people_login", tries_side_by_side_are_throttled_too);
    STORE_TEST("people_login", a_session_ends_by_idling_and_by_age);
    STORE_TEST("people_login", a_session_in_use_ends_after_thirty_days);
    STORE_TEST("people_login", a_session_is_noted_once_a_minute);
    STORE_TEST("people_login", each_change_of_an_account_is_one_line);
    STORE_TEST("people_login", a_blocked_person_is_out_at_once);
    STORE_TEST("people_login", a_reset_link_works_once_and_a_day_long);
    STORE_TEST("people_login", a_token_has_scope_and_end);
    STORE_TEST("people_login", the_last_use_of_a_token_is_noted_once_an_hour);
    return g_test_run();
}
