/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_carry.c: an exchange through its stages: here, on the pool, at the writer, or in
 * another's wake.
 *
 * Before an exchange is handed over its connection is suspended; from then on it belongs to the
 * other thread until that one resumes the connection, which is the last thing it does. */
#include "web/server_room.h"
#include "base/clock.h"

/* ---- opening: limits and the head ---- */

static void refuse_limited(Conn *conn, i64 wait)
{
    Exchange *ex = conn->ex;
    atomic_fetch_add(&conn->server->limited, 1);
    conn->retry_after = wait;
    exchange_refuse(
        ex, FAULT_TOO_MANY,
        say(&ex->ctx,
            "You are asking faster than we can answer everybody. Wait a moment, then try again."));
}

void carry_open(Conn *conn)
{
    Exchange *ex = conn->ex;
    Server *s = conn->server;
    const WebSettings *set = &s->site->settings;
    i64 wait = 0;
    conn->opened = true;
    exchange_open(ex, lane_reader(lane_here(s)));
    u64 address = throttle_key_of_address(s->limits, ex->request.address);
    if (!throttle_take(s->limits, address, set->address_per_minute, ex->began, &wait))
        refuse_limited(conn, wait);
    else if (ex->ctx.actor->id &&
             !throttle_take(s->limits, throttle_key_of_account(s->limits, ex->ctx.actor->id),
                            set->account_per_minute, ex->began, &wait))
        refuse_limited(conn, wait);
}

/* ---- handing over ---- */

/* False: the server stops, and what is handed over now would come back to one that is gone. */
static bool hand_over(Server *s)
{
    atomic_fetch_add(&s->handed, 1);
    if (!atomic_load(&s->sealed))
        return true;
    atomic_fetch_sub(&s->handed, 1);
    return false;
}

/* From any thread. The connection may be gone when it returns, the server waits for its count. */
static void hand_back(Conn *conn)
{
    Server *s = conn->server;
    MHD_resume_connection(conn->mhd);
    atomic_fetch_sub(&s->handed, 1);
}

static enum MHD_Result refuse_stopping(Conn *conn)
{
    exchange_refuse(conn->ex, FAULT_BUSY, say(&conn->ex->ctx, "This is being started anew. Try again in a moment."));
    return answer(conn);
}

static bool write_work(Ctx *ctx, WriterJob *job)
{
    Exchange *ex = ((Conn *)job->data)->ex;
    (void)ctx; /* is the exchange's own */
    return exchange_run(ex);
}

static void write_done(Ctx *ctx, WriterJob *job)
{
    Conn *conn = job->data;
    (void)ctx;
    if (conn->ex->stage == STAGE_WRITE) /* it never had its turn: the fault says why */
        conn->ex->stage = STAGE_ANSWER;
    hand_back(conn);
}

/* The connection is suspended. */
static void submit_write(Conn *conn)
{
    conn->write =
        (WriterJob){.ctx = &conn->ex->ctx, .work = write_work, .done = write_done, .data = conn};
    writer_submit(conn->server->site->writer, &conn->write);
}

static void prepare_work(PoolJob *job)
{
    Conn *conn = job->data;
    exchange_prepare(conn->ex, lane_reader(lane_here(conn->server)));
    if (conn->ex->stage == STAGE_WRITE)
        submit_write(conn);
    else
        hand_back(conn);
}

static enum MHD_Result hand_to_writer(Conn *conn)
{
    if (!hand_over(conn->server))
        return refuse_stopping(conn);
    MHD_suspend_connection(conn->mhd);
    submit_write(conn);
    return MHD_YES;
}

static enum MHD_Result hand_to_pool(Conn *conn)
{
    if (!hand_over(conn->server))
        return refuse_stopping(conn);
    conn->prepare = (PoolJob){.work = prepare_work, .data = conn};
    MHD_suspend_connection(conn->mhd);
    if (!pool_submit(conn->server->pool, &conn->prepare)) {
        exchange_refuse(
            conn->ex, FAULT_BUSY,
            say(&conn->ex->ctx, "Too much is being worked on at once. Try again in a moment."));
        hand_back(conn);
    }
    return MHD_YES;
}

/* ---- here ---- */

static void read_here(Conn *conn)
{
    Exchange *ex = conn->ex;
    ex->ctx.db = lane_reader(lane_here(conn->server));
    if (ex->ctx.db)
        exchange_run(ex);
    else
        exchange_refuse(
            ex, FAULT_BUSY,
            say(&ex->ctx, "The records cannot be read just now. Try again in a moment."));
    if (ex->stage == STAGE_READ)
        ex->stage = STAGE_ANSWER;
}

static void wait_suspended(CacheWaiter *w)
{
    Conn *conn = (Conn *)((char *)w - offsetof(Conn, waiter));
    MHD_suspend_connection(conn->mhd);
}

static void wake_suspended(CacheWaiter *w)
{
    Conn *conn = (Conn *)((char *)w - offsetof(Conn, waiter));
    MHD_resume_connection(conn->mhd);
}

/* Renders the page and shares it with those who wait; whatever cannot be kept is only ours. */
static enum MHD_Result render(Conn *conn, CacheFlight *flight)
{
    Exchange *ex = conn->ex;
    PageCache *cache = conn->server->site->cache;
    read_here(conn);
    bool keep = ex->stage == STAGE_ANSWER && !faulted(&ex->ctx);
    if (keep) {
        answer_make(conn);
        keep = ex->status == 200 && ex->etag && !ex->close;
    }
    if (!keep) {
        cache_crash(cache, flight);
        return carry(conn);
    }
    Served *page = served_new(ex);
    conn->entry =
        cache_land(cache, flight, page, served_free, served_bytes(page), ex->page.expires);
    return answer_entry(conn);
}

/* A public page: from memory, from another request that renders it just now, or rendered here. */
static enum MHD_Result read_shared(Conn *conn)
{
    CacheFlight *flight = NULL;
    PageCache *cache = conn->server->site->cache;
    conn->waiter = (CacheWaiter){.suspend = wait_suspended, .wake = wake_suspended};
    conn->step = STEP_WAITED; /* before it can be woken */
    switch (cache_take(cache, conn->ex->cache_key, conn->ex->ctx.now, &conn->waiter, &conn->entry,
                       &flight)) {
    case CACHE_WAIT: return MHD_YES;
    case CACHE_HIT: conn->step = STEP_CARRY; return answer_entry(conn);
    case CACHE_RENDER: break;
    }
    conn->step = STEP_CARRY;
    return render(conn, flight);
}

static enum MHD_Result after_waiting(Conn *conn)
{
    conn->step = STEP_CARRY;
    conn->entry = conn->waiter.entry;
    if (conn->entry)
        return answer_entry(conn);
    conn->alone = true;
    return carry(conn);
}

/* ---- a part of an asset ---- */

static Served *asset_asked(const Conn *conn)
{
    const Exchange *ex = conn->ex;
    bool get = strcmp(ex->method, "GET") == 0;
    return get && exchange_header(ex, "Range") ? asset_served(conn->server, ex->target) : NULL;
}

enum MHD_Result carry(Conn *conn)
{
    Exchange *ex = conn->ex;
    if (conn->step == STEP_WAITED)
        return after_waiting(conn);
    if (!conn->opened) {
        Served *asset = asset_asked(conn);
        if (asset)
            return answer_part(conn, asset, exchange_header(ex, "Range"),
                               exchange_header(ex, "If-Range"));
        carry_open(conn);
    }
    if (ex->stage == STAGE_BODY) /* none was announced */
        exchange_closed(ex);
    if (ex->stage == STAGE_READ && ex->cache_key && !conn->alone)
        return read_shared(conn);
    if (ex->stage == STAGE_READ)
        read_here(conn);
    switch (ex->stage) {
    case STAGE_PREPARE: return hand_to_pool(conn);
    case STAGE_WRITE: return hand_to_writer(conn);
    case STAGE_STREAM: return stream_start(conn);
    default: return answer(conn);
    }
}
