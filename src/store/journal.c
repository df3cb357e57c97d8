/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* journal.c: one line for every change, each hashed together with the one before.
 *
 * What is hashed, so that anybody can compute it again with other tools: netstrings (the length in
 * bytes, a colon, the bytes, a comma; no text at all is "-,"), one after the other, of
 *     vocero-journal-1, the hash before (empty before line 1), id, at, actor, actor_name, subject,
 *     subject_id, verb, detail
 * with numbers in decimal.  Lengths make it unambiguous: no text can pretend to be two fields.
 *
 * Writers are serialised, so the head that a transaction reads is the end of the chain.  It is moved
 * once, right before the commit, from exactly where the transaction found it: a mistake there is a
 * refused commit instead of a broken chain.  Ids count 1, 2, 3: a line taken out leaves a hole, one
 * cut off the end disagrees with the head.  Somebody who owns the database can still write a whole
 * chain anew; against that helps only a hash that was noted elsewhere (journal_seal). */
#include "store/journal.h"
#include "base/id.h"
#include "store/db_driver.h"
#include "store_queries.h"

#include <glib.h>

enum { HASH_TEXT = 64, VERIFY_BATCH = 500 };

static const Field line_fields[] = {
    FIELD_INT(JournalLine, id),       FIELD_TIME(JournalLine, at),
    FIELD_ID(JournalLine, actor),     FIELD_TEXT(JournalLine, actor_name),
    FIELD_TEXT(JournalLine, subject), FIELD_ID(JournalLine, subject_id),
    FIELD_TEXT(JournalLine, verb),    FIELD_TEXT(JournalLine, detail),
    FIELD_TEXT(JournalLine, hash),
};
const Shape journal_shape = SHAPE("journal_line", JournalLine, line_fields);

typedef struct Head {
    i64 lines;
    const char *hash;
} Head;

static const Field head_fields[] = {FIELD_INT(Head, lines), FIELD_TEXT(Head, hash)};
static const Shape head_shape = SHAPE("journal_head", Head, head_fields);

/* ---- the hash ---- */
static void hash_text(GChecksum *sum, const char *text)
{
    if (!text) {
        g_checksum_update(sum, (const unsigned char *)"-,", 2);
        return;
    }
    size_t size = strlen(text);
    char length[24];
    int n = snprintf(length, sizeof length, "%zu:", size);
    g_checksum_update(sum, (const unsigned char *)length, n);
    g_checksum_update(sum, (const unsigned char *)text, (gssize)size);
    g_checksum_update(sum, (const unsigned char *)",", 1);
}

static void hash_number(GChecksum *sum, i64 n)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, n);
    hash_text(sum, text);
}

static void line_hash(const char *before, const JournalLine *line, char out[HASH_TEXT + 1])
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    hash_text(sum, "vocero-journal-1");
    hash_text(sum, before);
    hash_number(sum, line->id);
    hash_number(sum, line->at);
    hash_number(sum, line->actor);
    hash_text(sum, line->actor_name);
    hash_text(sum, line->subject);
    hash_number(sum, line->subject_id);
    hash_text(sum, line->verb);
    hash_text(sum, line->detail);
    g_strlcpy(out, g_checksum_get_string(sum), HASH_TEXT + 1);
    g_checksum_free(sum);
}

/* ---- writing ---- */
static const Head *head_read(Ctx *ctx)
{
    const Head *head = db_maybe(ctx, &q_store_journal_head, &head_shape);
    return head ? head : fault(ctx, FAULT_BROKEN, "the journal has lost its head");
}

/* The end of the chain as this transaction sees it: its own last line, or where the head stands. */
static bool end_read(Ctx *ctx, i64 *lines_out, const char **hash_out)
{
    const DbDone *done = &ctx->db->done;
    if (!done->journal_last)
        return journal_seal(ctx, lines_out, hash_out);
    *lines_out = done->journal_last;
    *hash_out = done->journal_hash;
    return true;
}

/* Once a transaction, however many lines it wrote: PostgreSQL keeps every version of a row until the
 * end, so moving the head with each line made 10,000 lines quadratic. */
static bool head_move(Ctx *ctx)
{
    const DbDone *done = &ctx->db->done;
    return !done->journal_last || db_write(ctx, &q_store_journal_head_set, I(done->journal_last),
                                           T(done->journal_hash), I(done->journal_first - 1));
}

static bool line_add(Ctx *ctx, const JournalLine *line)
{
    if (!db_write(ctx, &q_store_journal_add, I(line->id), I(line->at), I(line->actor),
                  T(line->actor_name), T(line->subject), I(line->subject_id), T(line->verb),
                  T(line->detail), T(line->hash)))
        return false;
    db_note_journal(ctx->db, line->id);
    g_strlcpy(ctx->db->done.journal_hash, line->hash, sizeof ctx->db->done.journal_hash);
    ctx->db->before_commit = head_move;
    return true;
}

bool journal_detail(Ctx *ctx, const char *subject, i64 id, const char *verb, const char *detail)
{
    i64 lines;
    const char *before;
    if (faulted(ctx) || !end_read(ctx, &lines, &before))
        return false;
    char hash[HASH_TEXT + 1];
    JournalLine line = {
        .id = lines + 1,
        .at = ctx->now,
        .actor = ctx->actor->id,
        .actor_name = ctx->actor->name ? ctx->actor->name : "",
        .subject = subject,
        .subject_id = id,
        .verb = verb,
        .detail = detail,
        .hash = hash,
    };
    line_hash(before, &line, hash);
    return line_add(ctx, &line);
}

bool journal(Ctx *ctx, const char *subject, i64 id, const char *verb)
{
    return journal_detail(ctx, subject, id, verb, NULL);
}

/* ---- reading ---- */
i64 journal_last(Ctx *ctx)
{
    i64 last = db_number(ctx, &q_store_journal_last);
    return last == NONE ? 0 : last;
}

List journal_after(Ctx *ctx, i64 after, i64 limit)
{
    return db_list(ctx, &q_store_journal_after, &journal_shape, I(after), I(limit));
}

List journal_recent(Ctx *ctx, i64 before, i64 limit)
{
    i64 end = before ? before : INT64_MAX;
    return db_list(ctx, &q_store_journal_recent, &journal_shape, I(end), I(limit));
}

List journal_of(Ctx *ctx, const char *subject, i64 id, i64 limit)
{
    return db_list(ctx, &q_store_journal_of, &journal_shape, T(subject), I(id), I(limit));
}

bool journal_seal(Ctx *ctx, i64 *lines_out, const char **hash_out)
{
    const Head *head = head_read(ctx);
    if (!head)
        return false;
    *lines_out = head->lines;
    *hash_out = head->hash;
    return true;
}

/* ---- verifying ---- */
typedef struct Walk {
    i64 lines;                /* that were right so far: also the last one's id */
    char hash[HASH_TEXT + 1]; /* of the last one */
    const Head *head;         /* as it stood before the walk began */
    i64 broken; /* the line that is wrong or missing; 0: the end is; NONE: nothing yet */
} Walk;

static bool line_right(Walk *walk, const JournalLine *line)
{
    char hash[HASH_TEXT + 1];
    line_hash(walk->hash, line, hash);
    if (line->id != walk->lines + 1 || strcmp(hash, line->hash) != 0) {
        walk->broken = walk->lines + 1;
        return false;
    }
    walk->lines = line->id;
    memcpy(walk->hash, hash, sizeof hash);
    if (line->id == walk->head->lines && strcmp(hash, walk->head->hash) != 0)
        walk->broken = 0;
    return walk->broken == NONE;
}

/* Takes the next lines; false at the end, after a fault and at a wrong line. */
static bool walk_on(Ctx *ctx, Walk *walk)
{
    Lap lap CLEANUP(lap_end) = lap_begin(ctx);
    List batch = journal_after(ctx, walk->lines, VERIFY_BATCH);
    const JournalLine *lines = batch.items;
    for (size_t i = 0; i < batch.count; i++)
        if (!line_right(walk, &lines[i]))
            return false;
    return batch.count > 0;
}

/* Others may write meanwhile.  So the walk must come at least to the head that was read before it, and
 * at most to the one that is read after it. */
static void walk_all(Ctx *ctx, Walk *walk)
{
    while (walk_on(ctx, walk))
        continue;
    const Head *after = head_read(ctx);
    if (after && walk->broken == NONE &&
        (walk->lines < walk->head->lines || walk->lines > after->lines))
        walk->broken = 0;
}

bool journal_verify(Ctx *ctx, i64 *lines_out, i64 *broken_out)
{
    Walk walk = {.head = head_read(ctx), .broken = NONE};
    if (walk.head)
        walk_all(ctx, &walk);
    if (faulted(ctx))
        return false;
    *lines_out = walk.lines;
    if (walk.broken != NONE)
        *broken_out = walk.broken;
    return walk.broken == NONE;
}

/* ---- for who watches ---- */
const char *journal_news(Arena *a, const JournalLine *line)
{
    Buf *buf = buf_new(a, 256, 4096);
    JsonOut json = json_out(buf);
    json_open(&json, NULL, '{');
    json_text(&json, "subject", line->subject);
    json_text(&json, "id", id_text(a, line->subject_id));
    json_text(&json, "verb", line->verb);
    json_text(&json, "by", line->actor_name);
    json_close(&json, '}');
    return buf_data(buf);
}
