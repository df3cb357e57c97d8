/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* server_room.h: what the files of the server share; private to them.
 *
 *   server.c          start, stop, the daemon's settings
 *   server_listen.c   the listening socket
 *   server_accept.c   the thread that takes new connections in
 *   server_lane.c     what each thread has of its own: a reading connection, counters
 *   server_conn.c     a connection: birth, registry, phases, death
 *   server_request.c  the head comes, the body comes, the answer is due
 *   server_carry.c    an exchange through its stages: here, on the pool, at the writer
 *   server_page.c     pages in memory and their ready answers; assets
 *   server_answer.c   an exchange's answer becomes a libmicrohttpd response
 *   server_pieces.c   an answer of many pieces, read while it is sent
 *   server_log.c      the line of a request from memory
 *   server_stream.c   server-sent events
 *   server_watch.c    deadlines, beats, lingering closes
 *   server_metrics.c  figures
 *
 * A connection belongs to one of libmicrohttpd's threads.  While it is suspended its exchange
 * belongs to the pool or the writer.  The watch thread reads phase, since and moved, and may shut
 * the socket down. */
#pragma once
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include "base/log.h"
#include "store/db.h"
#include "web/cache.h"
#include "web/exchange.h"
#include "web/framing.h"
#include "web/live.h"
#include "web/pool.h"
#include "web/range.h"
#include "web/server.h"
#include "web/throttle.h"

enum {
    /* a body that nobody wants is read up to here, so that the answer arrives */
    DRAIN_MAX = 1024 * 1024,
    PEER_TEXT = 48,
    RAW_KEY_MAX = 1024,
    LINGER_MAX = 256,
    HISTOGRAM = 11
};

typedef enum {
    PHASE_HEAD,  /* a head is due: since accept, or since its first line */
    PHASE_IDLE,  /* between two requests */
    PHASE_BODY,  /* moved counts what came */
    PHASE_WORK,  /* ours: no deadline */
    PHASE_ANSWER /* the other side must take it; moved is its size */
} Phase;

typedef enum {
    STEP_HEAD,   /* the next call brings the head */
    STEP_BODY,   /* the exchange takes the body */
    STEP_DRAIN,  /* the body is read and thrown away */
    STEP_CARRY,  /* all is there: carry the exchange on */
    STEP_WAITED, /* another request rendered the page meanwhile */
    STEP_READY   /* ready holds the answer */
} Step;

typedef struct Streams Streams;

/* What one thread has of its own. */
typedef struct Lane {
    struct Server *server;
    Db *reader;
    _Atomic u64 statuses[6];            /* by class; only this thread adds */
    _Atomic u64 latency[HISTOGRAM + 1]; /* answers not from memory */
    _Atomic u64 latency_us;
    _Atomic u64 from_memory, arena_max;
    i64 log_ms; /* the millisecond that log_time says */
    char log_time[48];
    struct Lane *next;
} Lane;

typedef enum { CODING_PLAIN, CODING_GZIP, CODING_BROTLI, CODING_COUNT } Coding;

/* One coding of a page: the whole answer, and the one that says nothing changed. */
typedef struct Variant {
    struct MHD_Response *whole, *unchanged;
    char *etag;
    size_t size;
} Variant;

/* A page as it stays in memory. Read-only but for the variants, made when first asked for. */
typedef struct Served {
    Bytes body;
    bool owned;      /* body is malloc'd */
    Header *headers; /* owned, texts too */
    size_t header_count;
    const char *etag;     /* of the plain variant; one of headers */
    const char *modified; /* Last-Modified, or NULL; one of headers */
    const char *address;  /* the route's pattern, for the log; static */
    bool compressible;
    pthread_mutex_t lock; /* of making a variant */
    unsigned useless;     /* bits of Coding that made it no smaller; under the lock */
    _Atomic(Variant *) variants[CODING_COUNT];
} Served;

typedef struct Conn {
    struct Server *server;
    struct MHD_Connection *mhd;
    struct Conn *next, **at; /* registry; under its lock */
    int fd;
    bool proxied;     /* the other end is a listed proxy */
    bool handed_over; /* the socket lives on as a viewer's */
    bool linger;      /* close slowly: the other side may still be sending */
    u64 address_key;
    char peer[PEER_TEXT];
    _Atomic Phase phase;
    _Atomic i64 since; /* monotonic us at which the phase began */
    _Atomic i64 moved; /* bytes, see Phase */

    /* the present request */
    Step step;
    bool opened, alone, is_head, answered;
    i64 retry_after;        /* seconds, when a limit was passed */
    const char *target_end; /* where the request line's target ended, before it was taken apart */
    char *query;            /* owned; NULL without */
    i64 drained;
    Exchange *ex;
    CacheEntry *entry; /* held while its answer is on the way */
    struct MHD_Response *ready;
    unsigned ready_status;
    i64 ready_size; /* bytes of its body */
    CacheWaiter waiter;
    WriterJob write;
    PoolJob prepare;
} Conn;

struct Server {
    Site *site;
    struct MHD_Daemon *daemon;
    int listen_fd;
    pthread_t accept;
    bool accepting;
    int accept_wake; /* eventfd: stop */
    char *unix_path;
    char *address;
    int threads;
    Pool *pool;
    Throttle *limits;
    pthread_key_t lane_key;
    pthread_mutex_t lock; /* of lanes, conns and lingering */
    Lane *lanes;
    Conn *conns;
    int open;
    int lingering[LINGER_MAX];
    i64 lingering_until[LINGER_MAX];
    int lingering_count;
    atomic_bool stopping;
    atomic_bool sealed;  /* nothing is handed over any more */
    atomic_int handed;   /* requests at the pool or the writer that are not back yet */
    pthread_t watch;
    bool watching;
    int watch_wake; /* eventfd: stop */
    struct AssetShelf *assets;
    Streams *streams;
    _Atomic u64 refused, cut, limited, turned_away;
};

/* server_listen.c */
int listen_open(const char *listen, char **address_out, char **unix_path_out, const char **why_out);

/* server_accept.c */
bool accept_start(Server *s); /* the daemon runs */
void accept_stop(Server *s);  /* nobody new; what was taken in goes on */

/* server_lane.c */
Lane *lane_here(Server *s);
Db *lane_reader(Lane *lane); /* NULL when it cannot be opened now */
void lane_count(Lane *lane, int status, i64 us);
void lane_hit(Lane *lane, int status);
void lanes_free(Server *s);

/* server_conn.c */
enum MHD_Result conn_allowed(void *server, const struct sockaddr *addr, socklen_t size);
void conn_notify(void *server, struct MHD_Connection *mhd, void **socket_context,
                 enum MHD_ConnectionNotificationCode code);
void *conn_line(void *server, const char *uri, struct MHD_Connection *mhd);
void conn_completed(void *server, struct MHD_Connection *mhd, void **con_cls,
                    enum MHD_RequestTerminationCode code);
void conn_phase(Conn *conn, Phase phase);
void conn_left(Server *s, u64 address_key); /* one connection fewer */
void exchange_drop(Exchange *ex);           /* with its arena; NULL is fine */
/* Of the client, listed proxies heard. */
const char *conn_address(Conn *conn, Arena *a, const Header *headers, size_t n);

/* server_request.c */
enum MHD_Result request_step(void *server, struct MHD_Connection *mhd, const char *url,
                             const char *method, const char *version, const char *upload,
                             size_t *upload_size, void **con_cls);

/* server_carry.c */
void carry_open(Conn *conn);
enum MHD_Result carry(Conn *conn);

/* server_page.c */
Served *served_new(const Exchange *ex); /* copies */
void served_free(void *served);
i64 served_bytes(const Served *page);
/* codings: bits of Coding that are welcome; grew_out: the bytes of a variant made now are added. */
const Variant *served_variant(Served *page, unsigned codings, i64 *grew_out);
unsigned codings_wanted(const char *accept_encoding);
/* The bytes that say which page in memory a request means; their number, 0 when they are too
 * many. NULL texts are fine. */
size_t raw_key(const char *target, const char *query, const char *accept, const char *language, const char *save_data,
               unsigned codings, char out[RAW_KEY_MAX]);
/* Makes the connection's answer ready, for these conditions; NULL headers are fine. */
void served_ready(Conn *conn, const Served *page, const Variant *variant, const char *none_match,
                  const char *modified_since);
bool assets_load(Server *s);
void assets_unload(Server *s);
Served *asset_served(const Server *s, const char *path); /* NULL: not ours */

/* server_answer.c */
void answer_make(Conn *conn);             /* exchange_answer(), once */
enum MHD_Result answer(Conn *conn);       /* the exchange's; gives the exchange away */
enum MHD_Result answer_ready(Conn *conn); /* conn->ready */
enum MHD_Result answer_entry(Conn *conn); /* conn->entry, for conn->ex */
enum MHD_Result answer_plain(Conn *conn, int status, const char *what); /* a short text; closes */
enum MHD_Result answer_part(Conn *conn, const Served *page, const char *range,
                            const char *if_range);
enum MHD_Result answer_raw(Conn *conn); /* while the body still comes: sent around libmicrohttpd */

/* server_pieces.c: of ex->page.pieces n bytes from first on; takes the exchange, also when it gives NULL */
struct MHD_Response *pieces_response(struct Server *server, Exchange *ex, i64 first, i64 n);

/* server_log.c */
void log_from_memory(Conn *conn, const char *method, const char *address, int status, i64 bytes);

/* server_stream.c */
extern const LiveHands stream_hands;
bool streams_start(Server *s);
void streams_stop(Server *s); /* ends all viewers; the channels stay */
enum MHD_Result stream_start(Conn *conn);

/* server_watch.c */
bool watch_start(Server *s);
void watch_stop(Server *s);
void watch_linger(Server *s, int fd); /* takes the descriptor */
/* How many connections are being answered. */
int watch_busy(Server *s, bool shut_idle, bool shut_all);
