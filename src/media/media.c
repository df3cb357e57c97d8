/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* media.c: the door to the program that works on pictures: what is sent there, and what a person hears when it fails. */
#include "media/media_room.h"
#include "base/text.h"

#include <fcntl.h>
#include <glib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WISHES_MAX = 32, DEATHS_SEEN = 64, DEATHS_MAX = 3, PROGRAM_PATH_MAX = 4096 };

static const PoolLimits usual = {.cpu_seconds = 30, .patience = 60 * CLOCK_SECOND, .recycle = MEDIA_RECYCLE};

/* A file that a process died of, how often. */
typedef struct Death {
    dev_t device;
    ino_t number;
    int times;
} Death;

struct Media {
    Pool *pool;
    char *program;       /* NULL: it was not found */
    GMutex lock;         /* of the deaths: a ring, the oldest is forgotten */
    Death deaths[DEATHS_SEEN];
    size_t next_death;
};

/* ---- where the program is ---- */

/* From the folder of our own: in the build (src/media, src/app and src/desks, a room's own, bench), and installed. */
static const char *const places[] = {
    "/vocero-pictures", "/worker/vocero-pictures", "/../media/worker/vocero-pictures", "/../../media/worker/vocero-pictures",
    "/../src/media/worker/vocero-pictures", "/../libexec/vocero/vocero-pictures",
};

static char *find_program(void)
{
    char own[PROGRAM_PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", own, sizeof own - 1);
    if (n < 1)
        return NULL;
    own[n] = '\0';
    *strrchr(own, '/') = '\0';
    for (size_t i = 0; i < COUNT(places); i++) {
        g_autofree char *path = g_strconcat(own, places[i], NULL);
        if (g_file_test(path, G_FILE_TEST_IS_EXECUTABLE))
            return g_canonicalize_filename(path, NULL);
    }
    return NULL;
}

Media *media_new(const char *program, int processes)
{
    Media *m = g_new0(Media, 1);
    m->program = program ? g_strdup(program) : find_program();
    m->pool = pool_new(m->program, processes, usual);
    g_mutex_init(&m->lock);
    return m;
}

void media_free(Media *m)
{
    if (!m)
        return;
    pool_free(m->pool);
    g_mutex_clear(&m->lock);
    g_free(m->program);
    g_free(m);
}

const char *media_trouble(Ctx *ctx, Media *m)
{
    return pool_trouble(m->pool, ctx->arena);
}

Pool *media_pool(Media *m)
{
    return m->pool;
}

/* ---- before anything is decoded ---- */

/* The size stands behind previews and profiles that are as long as they like, so the file is mapped, not read. */
static bool head_in_file(int fd, PictureHead *head_out)
{
    struct stat s;
    if (fstat(fd, &s) != 0 || s.st_size < 1)
        return false;
    size_t size = (size_t)s.st_size;
    void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        return false;
    bool known = media_head((Bytes){bytes, size}, head_out);
    munmap(bytes, size);
    return known;
}

/* AVIF goes out and is not taken in: its decoder is large and young. */
static bool head_of(Ctx *ctx, int fd, PictureHead *head_out)
{
    if (!head_in_file(fd, head_out) || text_same(head_out->type, "image/avif"))
        return fault_field(ctx, "file", "This is no picture that can be read: JPEG, PNG, WebP and HEIF can.");
    if (head_out->width > MEDIA_SIDE_MAX || head_out->height > MEDIA_SIDE_MAX ||
        head_out->width * head_out->height > MEDIA_PIXELS_MAX)
        return fault_field(ctx, "file", "The picture has %d × %d pixels: at most 100 million, and %d a side, can be read.",
                           (int)head_out->width, (int)head_out->height, MEDIA_SIDE_MAX);
    return true;
}

/* ---- what a person hears ---- */

/* How often a process died of this file. */
static int count_death(Media *m, int fd)
{
    struct stat s;
    if (fstat(fd, &s) != 0)
        return 1;
    g_mutex_lock(&m->lock);
    Death *death = NULL;
    for (size_t i = 0; i < DEATHS_SEEN && !death; i++)
        if (m->deaths[i].times && m->deaths[i].device == s.st_dev && m->deaths[i].number == s.st_ino)
            death = &m->deaths[i];
    if (!death) {
        death = &m->deaths[m->next_death++ % DEATHS_SEEN];
        *death = (Death){.device = s.st_dev, .number = s.st_ino};
    }
    int times = ++death->times;
    g_mutex_unlock(&m->lock);
    return times;
}

static bool say_fate(Ctx *ctx, Media *m, int fd, PoolFate fate, const char *why)
{
    switch (fate) {
    case POOL_MISSING:
        return fault(ctx, FAULT_UNSUPPORTED, "Pictures cannot be worked on here: %s", why);
    case POOL_LATE:
        return fault_field(ctx, "file", "Reading the picture took too long.");
    case POOL_STOPPED:
        return fault_field(ctx, "file", "The picture cannot be read: it asks for more memory or time than one picture may take.");
    default:
        if (count_death(m, fd) >= DEATHS_MAX)
            return fault_field(ctx, "file", "The picture cannot be read: whoever tries to is stopped in the middle.");
        return fault(ctx, FAULT_BUSY, "Reading the picture was interrupted. Try again in a moment.");
    }
}

/* It says sentences that we know, or none. */
static bool say_refusal(Ctx *ctx, const WireAnswer *answer)
{
    static const char damaged[] = N_("The picture cannot be read: it is damaged, or was cut off on its way.");
    bool known = answer->what && tongue_say(TONGUE_ES, answer->what) != answer->what;
    if (answer->kind == FAULT_BROKEN)
        return fault(ctx, FAULT_BROKEN, "vocero-pictures failed: %s", answer->what ? answer->what : "without a word");
    return fault_field(ctx, "file", "%s", say(ctx, known ? answer->what : damaged));
}

/* ---- asking ---- */

/* Its own place in the file, and no right to write. */
static int reopen(Ctx *ctx, int fd)
{
    char path[64];
    g_snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    int again = open(path, O_RDONLY | O_CLOEXEC);
    if (again < 0)
        fault(ctx, FAULT_BROKEN, "a picture's file cannot be opened again");
    return again;
}

static void close_file(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

static int room_for_copies(Ctx *ctx)
{
    int fd = memfd_create("copies", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (fd < 0)
        fault(ctx, FAULT_BUSY, "There is not enough memory for a picture at the moment.");
    return fd;
}

static bool ask_with(Ctx *ctx, Media *m, const int files[2], const WireAsk *ask, WireAnswer *answer_out)
{
    Bytes text = wire_text(ctx->arena, &wire_ask, ask), answer = {0};
    const char *why = NULL;
    if (!text.size)
        return fault(ctx, FAULT_TOO_LARGE, "There is too much to write into one picture.");
    PoolFate fate = pool_ask(m->pool, ctx->arena, text, files, &answer, &why);
    if (fate != POOL_ANSWERED)
        return say_fate(ctx, m, files[0], fate, why);
    if (!wire_read(ctx, answer, &wire_answer, answer_out)) {
        fault_take(ctx);
        return fault(ctx, FAULT_BROKEN, "vocero-pictures said what cannot be understood");
    }
    return answer_out->done || say_refusal(ctx, answer_out);
}

static bool ask(Ctx *ctx, Media *m, int fd, int out_fd, const WireAsk *wire, WireAnswer *answer_out)
{
    int again CLEANUP(close_file) = reopen(ctx, fd);
    const int files[2] = {again, out_fd};
    return again >= 0 && out_fd >= 0 && ask_with(ctx, m, files, wire, answer_out);
}

bool media_inspect(Ctx *ctx, Media *m, int fd, bool faces, MediaFacts *facts_out)
{
    PictureHead head;
    WireAnswer answer;
    if (!head_of(ctx, fd, &head))
        return false;
    int out CLEANUP(close_file) = room_for_copies(ctx);
    return ask(ctx, m, fd, out, &(WireAsk){.verb = WIRE_INSPECT, .faces = faces}, &answer) &&
           media_facts_sound(ctx, &head, &answer.facts, facts_out);
}

/* ---- making ---- */

static bool is_made(const char *type)
{
    static const char *const types[] = {"image/jpeg", "image/webp", "image/avif", "image/png"};
    for (size_t i = 0; i < COUNT(types); i++)
        if (text_same(types[i], type))
            return true;
    return false;
}

static bool recipe_sound(Ctx *ctx, const MediaRecipe *r)
{
    if (r->wish_count < 1 || r->wish_count > WISHES_MAX)
        return fault(ctx, FAULT_BROKEN, "%d copies at once cannot be made", (int)r->wish_count);
    for (const MediaWish *w = r->wishes, *end = w + r->wish_count; w < end; w++)
        if (!is_made(w->type) || w->width < 1 || w->width > MEDIA_SIDE_MAX || w->height < 0 || w->height > MEDIA_SIDE_MAX)
            return fault(ctx, FAULT_BROKEN, "no copy of type %s, %d pixels wide, can be made", w->type, (int)w->width);
    return true;
}

bool media_make(Ctx *ctx, Media *m, Vault *vault, int fd, const MediaRecipe *recipe, List *copies_out)
{
    PictureHead head;
    WireAnswer answer;
    if (!recipe_sound(ctx, recipe) || !head_of(ctx, fd, &head))
        return false;
    const WireAsk wire = {
        .verb = WIRE_MAKE,
        .wishes = {recipe->wishes, recipe->wish_count},
        .boxes = recipe->boxes,
        .focal_x = recipe->focal_x,
        .focal_y = recipe->focal_y,
        .watermark = recipe->watermark,
        .words = recipe->words,
    };
    int out CLEANUP(close_file) = room_for_copies(ctx);
    return ask(ctx, m, fd, out, &wire, &answer) && media_keep_copies(ctx, vault, out, recipe, answer.copies, copies_out);
}

bool media_write_facts(Ctx *ctx, Media *m, Vault *vault, int fd, const MediaFacts *facts, const char **sha256_out, i64 *size_out)
{
    PictureHead head;
    WireAnswer answer;
    if (!head_of(ctx, fd, &head))
        return false;
    int out CLEANUP(close_file) = room_for_copies(ctx);
    return ask(ctx, m, fd, out, &(WireAsk){.verb = WIRE_WRITE_FACTS, .facts = *facts}, &answer) &&
           media_keep_jpeg(ctx, vault, out, answer.size, sha256_out, size_out);
}
