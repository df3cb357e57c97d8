/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* verify_fuzz.c: any bytes as a document that should prove itself, as a list of keys, and as two texts of which one was altered.
 *
 * The first byte says which: documents and keys must never be believed without the one key that there is; of texts the
 * passages that are shown must stand in them, and a text must be like itself. */
#include "base/passages.h"
#include "base/text.h"
#include "store/likeness_runs.h"
#include "store/proof.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

/* Nobody who reads this has the secret half. */
static const SealPublic listed = {.id = "56475aa75463474c", .public_key = "A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg"};

static void prove(Ctx *ctx, Bytes bytes)
{
    const Proof *proof = proof_of(ctx, &(ProofFile){.bytes = bytes}, (Bytes){0}, (List){&listed, 1});
    must(proof->state != PROVED);
    proof = proof_of(ctx, &(ProofFile){.bytes = {"una", 3}}, bytes, (List){&listed, 1});
    must(proof->state != PROVED && !faulted(ctx));
}

static void read_list(Ctx *ctx, Bytes bytes)
{
    List keys = {0};
    const Json *json = json_read(ctx, bytes.data, bytes.size);
    bool read = json && seal_keys_read(ctx, json, &keys);
    must(read == (keys.count > 0) && read == !faulted(ctx));
    fault_take(ctx);
}

static void fold(Arena *a, const char *text)
{
    LikenessRuns runs = likeness_runs(a, text), again = likeness_runs(a, text);
    must(runs.whole == again.whole && runs.all_count == again.all_count && runs.chosen_count <= runs.all_count);
    must((runs.whole == 0) == (runs.all_count == 0));
    for (size_t i = 0; i < runs.chosen_count; i++)
        must(runs.chosen[i] == again.chosen[i]);
}

static void compare(Arena *a, const char *older, const char *newer)
{
    Passages p = passages_compare(a, older, newer), self = passages_compare(a, older, older);
    must(self.changes == 0 && self.same == self.older && p.same <= p.older && p.same <= p.newer);
    must(p.longest <= p.same && (p.changes > 0 || p.same + 1 >= p.newer));
    for (const Passage *one = p.list.items, *end = one + p.list.count; one < end; one++)
        must(one->kind == PASSAGE_GAP || strstr(one->kind == PASSAGE_IS ? newer : older, one->text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size || size > 64 * 1024)
        return 0;
    Arena *arena CLEANUP(arena_drop) = arena_new(128 * 1024 * 1024);
    Ctx ctx = {.arena = arena, .actor = &actor_nobody};
    Bytes bytes = {(const char *)data + 1, size - 1};
    if (data[0] % 3 == 0)
        prove(&ctx, bytes);
    if (data[0] % 3 == 1)
        read_list(&ctx, bytes);
    if (data[0] % 3 != 2 || !text_valid(bytes.data, bytes.size))
        return 0;
    char *text = arena_copy(arena, bytes.data, bytes.size), *middle = strchr(text, '\n');
    fold(arena, text);
    if (middle) {
        *middle = '\0';
        compare(arena, text, middle + 1);
    }
    return 0;
}
