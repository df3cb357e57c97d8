/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* replay.c: a fuzzer without libFuzzer: every seed, and the same few thousand mutations of it each time.
 *
 * `make test` builds each *_fuzz.c with this main under gcc's sanitizers; `make fuzz` builds it with
 * clang's libFuzzer instead, which learns from coverage and takes its time. */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEED_MAX = 1 << 20, GROWTH = 64, MUTATIONS = 400, EDITS = 8 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t state = 88172645463325252u;

/* xorshift64 (Marsaglia, 2003): the same numbers in every run, so that a failure can be repeated. */
static uint64_t next_number(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

/* A copy of exactly this size, so that the sanitizer sees a read past its end. */
static void run(const uint8_t *data, size_t size)
{
    uint8_t *exact = calloc(size ? size : 1, 1);
    if (!exact)
        abort();
    memcpy(exact, data, size);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
}

static size_t cut(uint8_t *data, size_t size, size_t at)
{
    size_t gone = 1 + next_number() % (size - at);
    memmove(data + at, data + at + gone, size - at - gone);
    return size - gone;
}

static size_t repeat(uint8_t *data, size_t size, size_t at)
{
    size_t more = 1 + next_number() % (GROWTH / EDITS);
    if (more > size - at)
        more = size - at;
    memmove(data + at + more, data + at, size - at);
    return size + more;
}

static size_t edit(uint8_t *data, size_t size)
{
    static const uint8_t telling[] = {0, '\n', '\r', '"', '\\', '<', '%', ';', ':', '{', '[', 0x7f, 0x80, 0xff};
    if (!size)
        return 0;
    size_t at = next_number() % size;
    switch (next_number() % 5) {
    case 0: data[at] ^= (uint8_t)(1u << next_number() % 8); return size;
    case 1: data[at] = telling[next_number() % sizeof telling]; return size;
    case 2: data[at] = (uint8_t)next_number(); return size;
    case 3: return cut(data, size, at);
    default: return repeat(data, size, at);
    }
}

static void run_mutations(const uint8_t *seed, size_t size)
{
    uint8_t *data = malloc(size + GROWTH);
    if (!data)
        abort();
    for (int n = 0; n < MUTATIONS; n++) {
        memcpy(data, seed, size);
        size_t now = size;
        for (uint64_t edits = 1 + next_number() % EDITS; edits; edits--)
            now = edit(data, now);
        run(data, now);
    }
    free(data);
}

static void run_file(const char *path)
{
    static uint8_t seed[SEED_MAX];
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "replay: %s: %s\n", path, strerror(errno));
        exit(1);
    }
    size_t size = fread(seed, 1, sizeof seed, file);
    fclose(file);
    run(seed, size);
    run_mutations(seed, size);
}

/* How many seeds the folder holds; 0 when there is no such folder. */
static int run_folder(const char *path)
{
    struct dirent **names;
    int count = scandir(path, &names, NULL, alphasort);
    int files = 0;
    for (int i = 0; i < count; i++) {
        char full[4096];
        snprintf(full, sizeof full, "%s/%s", path, names[i]->d_name);
        if (names[i]->d_name[0] != '.') {
            run_file(full);
            files++;
        }
        free(names[i]);
    }
    if (count >= 0)
        free(names);
    return files;
}

int main(int argc, char **argv)
{
    int files = 0;
    run((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++)
        files += run_folder(argv[i]);
    if (!files) {
        fprintf(stderr, "replay: no seeds in %s\n", argc > 1 ? argv[1] : "(no folder named)");
        return 1;
    }
    printf("%d seeds, %d mutations of each\n", files, MUTATIONS);
    return 0;
}
