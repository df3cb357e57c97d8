/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* app_verify.c: vocero verify: is this document one that the office signed? Without database and network, unless asked.
 *
 * What proves is a sealed document (store/seal_document.h; /verificar/documento?codigo=VOC-…) and a list of the office's
 * public keys that was fetched from the office itself.  A file that is no sealed document is held against one (--sealed):
 * its SHA-256 must stand in the signed text, or its words must be those of the signed text. */
#include "app/app_commands.h"
#include "base/child.h"
#include "base/hash.h"
#include "base/text.h"
#include "net/net.h"
#include "store/likeness.h"
#include "store/proof.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

enum { KEYS_MAX = 1024 * 1024, READ_MAX = 16 * 1024 * 1024, KEYS_MOST = 1000, PIECE = 64 * 1024, TEXT_MOST = 4 * 1024 * 1024 };

typedef struct Asked {
    const char *keys, *sealed;
    bool json;
} Asked;

/* ---- where keys come from ---- */
static bool fetch_keys(Ctx *ctx, const char *url, Bytes *bytes_out)
{
    NetAnswer answer;
    if (!net_fetch(ctx, &(NetRequest){.url = url, .max_bytes = KEYS_MAX, .redirects = 3, .inside_allowed = true}, &answer))
        return complain_fault(ctx) == DONE;
    if (answer.status != 200)
        return complain("%s answers %d", url, answer.status) == DONE;
    *bytes_out = answer.body;
    return true;
}

static bool read_keys(Ctx *ctx, const char *from, List *keys_out)
{
    Bytes bytes;
    bool url = text_starts(from, "https://") || text_starts(from, "http://");
    if (!(url ? fetch_keys(ctx, from, &bytes) : read_whole(ctx, from, KEYS_MAX, &bytes)))
        return false;
    const Json *json = json_read(ctx, bytes.data, bytes.size);
    if (json && seal_keys_read(ctx, json, keys_out))
        return true;
    Fault why = fault_take(ctx);
    return complain("%s: %s", from, why.what) == DONE;
}

/* ---- what was found, for people and programs ---- */
static int tell(Ctx *ctx, const char *path, const Proof *proof, bool json)
{
    if (json)
        print_json(ctx, &proof_shape, proof);
    else {
        printf("%s: %s\n", path, say_word(ctx, proof_words, (int)proof->state));
        if (proof->why)
            printf("  %s\n", proof->why);
        if (proof->title)
            printf("  %s\n", proof->title);
        if (proof->code)
            printf("  %s\n", proof->code);
        for (const ProofDifference *d = proof->differences.items, *end = d + proof->differences.count; d < end; d++)
            printf("  - %s\n  + %s\n", d->was ? d->was : "", d->is ? d->is : "");
    }
    return proof->state == PROVED ? DONE : FAILED;
}

/* ---- one file ---- */
/* Any size: a film is never in memory. False with errno. */
static bool hash_file(Arena *a, int fd, const char **sha256_out)
{
    crypto_hash_sha256_state state;
    unsigned char hash[crypto_hash_sha256_BYTES], *piece = arena_bytes(a, PIECE);
    char *hex = arena_bytes(a, 2 * sizeof hash + 1);
    ssize_t n;
    crypto_hash_sha256_init(&state);
    while ((n = read(fd, piece, PIECE)) > 0)
        crypto_hash_sha256_update(&state, piece, (unsigned long long)n);
    crypto_hash_sha256_final(&state, hash);
    *sha256_out = sodium_bin2hex(hex, 2 * sizeof hash + 1, hash, sizeof hash);
    return n == 0;
}

/* What stands in a PDF; NULL: no PDF, or it cannot be read. */
static const char *text_of_pdf(Arena *a, int fd)
{
    static const ChildLimits limits = {.memory = 1024LL << 20, .cpu_seconds = 20, .timeout = 30 * CLOCK_SECOND, .output = TEXT_MOST};
    const char *const argv[] = {"pdftotext", "-raw", "-nopgbrk", "-enc", "UTF-8", "-", "-", NULL};
    char head[5] = "";
    Bytes out;
    if (pread(fd, head, sizeof head, 0) != sizeof head || memcmp(head, "%PDF-", sizeof head) || lseek(fd, 0, SEEK_SET) != 0 ||
        child_run(a, argv, fd, &limits, &out) != CHILD_DONE || !text_valid(out.data, out.size))
        return NULL;
    return arena_copy(a, out.data, out.size);
}

static bool read_file(Ctx *ctx, const char *path, ProofFile *file_out)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ProofFile file = {0};
    bool read = fd >= 0 && hash_file(ctx->arena, fd, &file.sha256);
    off_t size = read ? lseek(fd, 0, SEEK_END) : 0;
    if (!read)
        complain("%s cannot be read: %s", path, strerror(errno));
    if (read && size <= READ_MAX) {
        file.text = text_of_pdf(ctx->arena, fd);
        read = read_whole(ctx, path, READ_MAX, &file.bytes);
    }
    if (fd >= 0)
        close(fd);
    *file_out = file;
    return read;
}

static int verify(Ctx *ctx, const char *path, const ProofFile *file, Bytes sealed, List keys, bool json)
{
    return tell(ctx, path, proof_of(ctx, file, sealed, keys), json);
}

/* ---- with a data folder: what it has noted of files and texts takes the place of --sealed ---- */
static const Seal *seal_that_fits(Ctx *ctx, const ProofFile *file)
{
    const Seal *seal = seal_by_hash(ctx, file->sha256);
    const char *text = file->text;
    if (!seal && !text && text_valid(file->bytes.data, file->bytes.size))
        text = arena_copy(ctx->arena, file->bytes.data, file->bytes.size);
    List found = seal || !text ? (List){0} : likeness_find_text(ctx, text, 1);
    return seal ? seal : found.count ? ((const Likeness *)found.items)->seal : NULL;
}

static bool is_noted(Ctx *ctx, const Seal *seal, const char *sha256)
{
    List files = seal_files(ctx, seal->id);
    for (const SealFile *f = files.items, *end = f + files.count; f < end; f++)
        if (text_same(f->sha256, sha256))
            return true;
    return false;
}

static int verify_at_home(const char *path, const Overrides *over, bool json)
{
    Desk desk CLEANUP(desk_close) = {0};
    ProofFile file;
    if (!desk_open(&desk, over) || !read_file(&desk.ctx, path, &file))
        return FAILED;
    Ctx *ctx = &desk.ctx;
    const Seal *seal = seal_that_fits(ctx, &file);
    Buf *sealed = buf_new(ctx->arena, 4096, SEAL_DOCUMENT_MAX);
    if (seal)
        seal_document_write(seal, sealed);
    const Proof *found = proof_of(ctx, &file, (Bytes){buf_data(sealed), buf_size(sealed)}, seal_keys(ctx, KEYS_MOST));
    Proof proof = *found;
    if (seal && proof.signature == PROOF_GOOD && is_noted(ctx, seal, file.sha256))
        proof = (Proof){.state = PROVED, .title = seal->title, .code = seal->code, .key = seal->key, .sha256 = file.sha256, .said_at = proof.said_at};
    if (seal && seal->withdrawn_at) {
        proof.state = REFUTED;
        proof.why = say(ctx, "It was published, and later withdrawn");
    }
    return faulted(ctx) ? complain_fault(ctx) : tell(ctx, path, &proof, json);
}

/* ---- without ---- */
static int verify_alone(const char *path, const Asked *asked)
{
    Arena *arena CLEANUP(arena_drop) = arena_new(256 * 1024 * 1024);
    City city = {.zone = zone_find("UTC")};
    Actor actor = actor_system;
    actor.tongue = tongue_of_terminal();
    Ctx ctx = {.arena = arena, .actor = &actor, .city = &city, .now = clock_now()};
    ProofFile file;
    Bytes sealed = {0};
    List keys;
    if (!read_keys(&ctx, asked->keys, &keys) || (asked->sealed && !read_whole(&ctx, asked->sealed, SEAL_DOCUMENT_MAX, &sealed)))
        return FAILED;
    return read_file(&ctx, path, &file) ? verify(&ctx, path, &file, sealed, keys, asked->json) : FAILED;
}

int command_verify(const Command *self, int argc, char **argv)
{
    Asked asked = {0};
    Overrides over = {0};
    int status = DONE;
    const Option own[] = {
        {"keys", OPTION_TEXT, &asked.keys, "FILE|URL", "the office's public keys: vocero-keys.json as it was saved, or its address"},
        {"sealed", OPTION_TEXT, &asked.sealed, "FILE", "the sealed document that FILE should belong to"},
        {"json", OPTION_FLAG, &asked.json, NULL, "the answer as JSON"},
    };
    if (!options_parse(self, &argc, &argv, own, COUNT(own), &over, &status))
        return status;
    if (argc != 2 || (!asked.keys && !over.data)) {
        complain("verify FILE --keys vocero-keys.json [--sealed DOCUMENT.json] [--json], or verify FILE --data DIR [--json]");
        return USAGE;
    }
    return asked.keys ? verify_alone(argv[1], &asked) : verify_at_home(argv[1], &over, asked.json);
}
