/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_metadata.c: what cameras, agencies and owners wrote into a picture: XMP before IPTC before EXIF.
 *
 * exiv2 (by gexiv2) is given only files of the four types that are taken. What it cannot read is missing, nothing more. */
#include "media/worker/work_room.h"

#include <gexiv2/gexiv2.h>
#include <math.h>

enum { TAGS = 3, LINES_MAX = 100 };

/* Where a fact stands; the first that says something is taken. */
typedef struct Source {
    size_t to;          /* offset in MediaFacts */
    bool several;       /* one a line */
    const char *xmp[TAGS], *iptc, *exif;
} Source;

static const Source sources[] = {
    {offsetof(MediaFacts, headline), false, {"Xmp.photoshop.Headline", "Xmp.dc.title"}, "Iptc.Application2.Headline", NULL},
    {offsetof(MediaFacts, caption), false, {"Xmp.dc.description"}, "Iptc.Application2.Caption", "Exif.Image.ImageDescription"},
    {offsetof(MediaFacts, creator), true, {"Xmp.dc.creator"}, "Iptc.Application2.Byline", "Exif.Image.Artist"},
    {offsetof(MediaFacts, credit), false, {"Xmp.photoshop.Credit"}, "Iptc.Application2.Credit", NULL},
    {offsetof(MediaFacts, rights), false, {"Xmp.dc.rights"}, "Iptc.Application2.Copyright", "Exif.Image.Copyright"},
    {offsetof(MediaFacts, alt), false, {"Xmp.iptc.AltTextAccessibility"}, NULL, NULL},
    {offsetof(MediaFacts, place), false, {"Xmp.iptc.Location", "Xmp.photoshop.City"}, "Iptc.Application2.SubLocation", NULL},
    {offsetof(MediaFacts, people), true, {"Xmp.iptcExt.PersonInImage"}, NULL, NULL},
    {offsetof(MediaFacts, keywords), true, {"Xmp.dc.subject"}, "Iptc.Application2.Keywords", NULL},
};

typedef struct Reading {
    Ctx *ctx;
    GExiv2Metadata *from;
    char charset[8];    /* IPTC 1:90; "" where it is not said */
} Reading;

static GExiv2Metadata *opened(const Original *o)
{
    GExiv2Metadata *m = gexiv2_metadata_new();
    if (gexiv2_metadata_open_buf(m, (const guint8 *)o->bytes.data, (glong)o->bytes.size, NULL))
        return m;
    g_object_unref(m);
    return NULL;
}

static void read_charset(Reading *r)
{
    GBytes *raw = gexiv2_metadata_try_get_tag_raw(r->from, "Iptc.Envelope.CharacterSet", NULL);
    gsize size = 0;
    const char *bytes = raw ? g_bytes_get_data(raw, &size) : NULL;
    if (bytes && size < sizeof r->charset)
        memcpy(r->charset, bytes, size);
    if (raw)
        g_bytes_unref(raw);
}

/* Of a text in languages, lang="x-default" One, lang="es" Two: the first. */
static const char *first_language(char *text)
{
    if (!g_str_has_prefix(text, "lang=\""))
        return text;
    char *at = strchr(text + 6, '"');
    if (!at)
        return text;
    char *next = strstr(at, ", lang=\"");
    if (next)
        *next = 0;
    return *++at == ' ' ? at + 1 : at;
}

static const char *one(Reading *r, const char *tag, const char *charset)
{
    g_autofree char *raw = gexiv2_metadata_try_get_tag_string(r->from, tag, NULL);
    if (!raw)
        return NULL;
    const char *text = g_str_has_prefix(tag, "Xmp.") ? first_language(raw) : raw;
    return metadata_text(r->ctx->arena, text, strlen(text), charset);
}

static const char *lines(Reading *r, const char *tag, const char *charset)
{
    g_auto(GStrv) values = gexiv2_metadata_try_get_tag_multiple(r->from, tag, NULL);
    g_autoptr(GString) all = g_string_new(NULL);
    for (int i = 0; values && values[i] && i < LINES_MAX; i++) {
        const char *text = metadata_text(r->ctx->arena, values[i], strlen(values[i]), charset);
        if (!text)
            continue;
        if (all->len)
            g_string_append_c(all, '\n');
        for (; *text; text++)
            g_string_append_c(all, *text == '\n' ? ' ' : *text);
    }
    return metadata_text(r->ctx->arena, all->str, all->len, NULL);
}

static const char *text_of(Reading *r, const Source *s, const char *tag, const char *charset)
{
    if (!tag || !gexiv2_metadata_try_has_tag(r->from, tag, NULL))
        return NULL;
    return s->several ? lines(r, tag, charset) : one(r, tag, charset);
}

static const char *said(Reading *r, const Source *s)
{
    const char *text = NULL;
    for (int i = 0; i < TAGS && !text; i++)
        text = text_of(r, s, s->xmp[i], NULL);
    if (!text)
        text = text_of(r, s, s->iptc, r->charset);
    return text ? text : text_of(r, s, s->exif, NULL);
}

/* ---- when ---- */

static bool time_in(Reading *r, const char *tag, MediaFacts *f)
{
    const char *text = gexiv2_metadata_try_has_tag(r->from, tag, NULL) ? one(r, tag, NULL) : NULL;
    return text && metadata_time(r->ctx->arena, text, &f->taken, &f->taken_offset);
}

/* Date and time are two fields: 2022-07-14 (or 20220714) and 10:00:00-05:00. */
static bool iptc_time(Reading *r, MediaFacts *f)
{
    const char *date = one(r, "Iptc.Application2.DateCreated", NULL), *time = one(r, "Iptc.Application2.TimeCreated", NULL);
    if (!date || !time)
        return false;
    return metadata_time(r->ctx->arena, arena_printf(r->ctx->arena, "%sT%s", date, time), &f->taken, &f->taken_offset);
}

/* An offset that stands apart is of the camera's own time, whoever repeats that. */
static void read_time(Reading *r, MediaFacts *f)
{
    bool known = time_in(r, "Xmp.exif.DateTimeOriginal", f) || time_in(r, "Xmp.photoshop.DateCreated", f) || iptc_time(r, f) ||
                 time_in(r, "Exif.Photo.DateTimeOriginal", f) || time_in(r, "Exif.Photo.DateTimeDigitized", f);
    const char *offset = known && f->taken_offset == NONE ? one(r, "Exif.Photo.OffsetTimeOriginal", NULL) : NULL;
    if (offset)
        metadata_offset(offset, &f->taken_offset);
}

/* ---- where, with what ---- */

static void read_place(Reading *r, MediaFacts *f)
{
    double lat, lon;
    if (!gexiv2_metadata_try_get_gps_latitude(r->from, &lat, NULL) || !gexiv2_metadata_try_get_gps_longitude(r->from, &lon, NULL))
        return;
    if (!isfinite(lat) || !isfinite(lon) || fabs(lat) > 90 || fabs(lon) > 180 || (lat == 0 && lon == 0))
        return; /* a receiver without a fix says 0, 0 */
    f->lat = lat;
    f->lon = lon;
}

static void read_camera(Reading *r, MediaFacts *f)
{
    const char *make = one(r, "Exif.Image.Make", NULL), *model = one(r, "Exif.Image.Model", NULL);
    if (make && model && g_str_has_prefix(model, make))
        make = NULL; /* "Canon" "Canon EOS R5" */
    f->camera = make && model ? arena_printf(r->ctx->arena, "%s %s", make, model) : make ? make : model;
}

void metadata_read(Ctx *ctx, const Original *original, MediaFacts *facts)
{
    facts->taken_offset = NONE;
    facts->lat = facts->lon = NAN;
    Reading r = {.ctx = ctx, .from = opened(original)};
    if (!r.from)
        return;
    read_charset(&r);
    for (size_t i = 0; i < COUNT(sources); i++) {
        const char *text = said(&r, &sources[i]);
        memcpy((char *)facts + sources[i].to, &text, sizeof text);
    }
    read_time(&r, facts);
    read_place(&r, facts);
    read_camera(&r, facts);
    g_object_unref(r.from);
}
