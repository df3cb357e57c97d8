/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* idempotency.c: the same Idempotency-Key gives the first answer again.
 *
 * The answer is kept in the transaction of the change itself, so that a client that never saw it
 * can ask
 * again after any crash.  Only answers of 200 to 399 are kept: a refusal changed nothing, and may
 * end well
 * the next time.  The same key with another body is 422.  A new session's cookie is never kept, so
 * a login is not answered from here.  Nobody (a citizen) has no name of his own: there what was
 * sent is
 * part of the key, so that a guessed key shows nothing to a stranger. */
#include <glib.h>

#include "base/text.h"
#include "store/db.h"
#include "web/exchange_room.h"
#include "web/secret.h"
#include "web_queries.h"

#define KEPT_FOR (48 * CLOCK_HOUR)
enum { KEY_MAX = 200, ANSWER_MAX = 256 * 1024 };

typedef struct Answer {
    const char *fingerprint, *location, *type, *body;
    i64 status;
} Answer;

static const Field answer_fields[] = {
    FIELD_TEXT(Answer, fingerprint), FIELD_INT(Answer, status), FIELD_TEXT(Answer, location),
    FIELD_TEXT(Answer, type),        FIELD_TEXT(Answer, body),
};
static const Shape answer_shape = SHAPE("answer", Answer, answer_fields);

static bool key_signs(const char *key)
{
    size_t n = strlen(key);
    for (const char *p = key; *p; p++)
        if (*p < ' ' || *p > '~')
            return false;
    return n > 0 && n <= KEY_MAX;
}

bool idempotency_begin(Exchange *ex)
{
    Own *own = ex->own;
    bool unkept = ex->route->sink || ex->route->uncached; /* a sink knows by its own place what it has */
    own->key = unkept ? NULL : exchange_header(ex, "Idempotency-Key");
    if (!own->key || key_signs(own->key))
        return true;
    return fault(&ex->ctx, FAULT_MALFORMED,
                 "the header Idempotency-Key takes 1 to %d printable ASCII characters", KEY_MAX);
}

/* ---- what was sent ---- */

static void add_pair(GChecksum *sum, const char *name, const char *value)
{
    g_checksum_update(sum, (const unsigned char *)name, (ssize_t)strlen(name) + 1);
    g_checksum_update(sum, (const unsigned char *)value, (ssize_t)strlen(value) + 1);
}

/* Over the fields, not the bytes: a browser that sends a form again makes another boundary. */
static const char *fingerprint(const Exchange *ex)
{
    const Form *form = ex->request.form;
    const Upload *uploads = ex->request.uploads.items;
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    for (size_t i = 0; i < form->query.count; i++)
        add_pair(sum, form->query.items[i].name, form->query.items[i].value);
    add_pair(sum, "", "");
    for (size_t i = 0; i < form->body.count; i++)
        if (strcmp(form->body.items[i].name, "csrf"))
            add_pair(sum, form->body.items[i].name, form->body.items[i].value);
    for (size_t i = 0; i < ex->request.uploads.count; i++)
        add_pair(sum, uploads[i].field, uploads[i].sha256);
    const char *hex = arena_text(ex->ctx.arena, g_checksum_get_string(sum));
    g_checksum_free(sum);
    return hex;
}

static const char *hash_of(const Exchange *ex)
{
    const Own *own = ex->own;
    const Actor *actor = ex->ctx.actor;
    const char *text = arena_printf(ex->ctx.arena, "%" PRId64 "\n%s\n%s\n%s\n%s", actor->id,
                                    ex->request.path, format_words[ex->page.format].name, own->key,
                                    actor->id ? "" : own->fingerprint);
    return secret_hash(ex->ctx.arena, text, strlen(text));
}

/* ---- the answer again ---- */

static void drop_bytes(void *bytes)
{
    g_free(bytes);
}

static void answer_again(Exchange *ex, const Answer *answer)
{
    Own *own = ex->own;
    size_t n = 0;
    char *bytes = (char *)g_base64_decode(answer->body, &n);
    arena_own(ex->ctx.arena, bytes, drop_bytes);
    ex->status = (int)answer->status;
    ex->body = (Bytes){bytes, n};
    own->answered = true;
    if (answer->type)
        exchange_add_header(ex, "Content-Type", answer->type);
    if (answer->location)
        exchange_add_header(ex, "Location", answer->location);
    exchange_add_header(ex, "Idempotent-Replay", "true");
}

bool idempotency_replay(Exchange *ex)
{
    Own *own = ex->own;
    if (!own->key)
        return false;
    own->fingerprint = fingerprint(ex);
    const Answer *answer = db_maybe(&ex->ctx, &q_web_answer_find, &answer_shape, T(hash_of(ex)),
                                    I(ex->ctx.now - KEPT_FOR));
    if (!answer)
        return faulted(&ex->ctx);
    if (secret_same(answer->fingerprint, own->fingerprint))
        answer_again(ex, answer);
    else
        fault(&ex->ctx, FAULT_INVALID,
              "this Idempotency-Key was used for another request already: take a new one");
    return true;
}

/* ---- keeping ---- */

static bool is_kept(const Exchange *ex)
{
    const Own *own = ex->own;
    return own->key && ex->status >= 200 && ex->status < 400 && !ex->page.set_session &&
           ex->body.size <= ANSWER_MAX;
}

static const char *sent_header(const Exchange *ex, const char *name)
{
    for (size_t i = 0; i < ex->out_count; i++)
        if (!strcmp(ex->out[i].name, name))
            return ex->out[i].value;
    return NULL;
}

bool idempotency_keep(Exchange *ex)
{
    const Own *own = ex->own;
    i64 gone;
    if (!is_kept(ex))
        return true;
    char *body = g_base64_encode((const unsigned char *)ex->body.data, ex->body.size);
    arena_own(ex->ctx.arena, body, drop_bytes);
    return db_change(&ex->ctx, &q_web_answer_clean, &gone, I(ex->ctx.now - KEPT_FOR)) &&
           db_write(&ex->ctx, &q_web_answer_keep, T(hash_of(ex)), T(own->fingerprint),
                    I(ex->ctx.actor->id), I(ex->status), T(sent_header(ex, "Location")),
                    T(sent_header(ex, "Content-Type")), T(body), I(ex->ctx.now));
}
