/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_stamp.c: words and facts written into a JPEG as agencies and cameras do (IPTC-IIM 4.2, Exif 2.32), by gexiv2. */
#include "media/worker/work_room.h"

#include <gexiv2/gexiv2.h>
#include <math.h>

static const char utf8_charset[] = "\x1b%G"; /* IPTC 1:90 */

/* ---- bytes in memory as gexiv2's stream ---- */

typedef struct Stream {
    GByteArray *bytes;
    gint64 at;
} Stream;

static gboolean yes(void *stream)
{
    return TRUE;
}

static gint64 length(void *stream)
{
    return ((Stream *)stream)->bytes->len;
}

static gint64 position(void *stream)
{
    return ((Stream *)stream)->at;
}

static gint32 take(void *stream, void *buffer, gint32 offset, gint32 count)
{
    Stream *s = stream;
    gint64 there = (gint64)s->bytes->len - s->at;
    gint32 n = count < there ? count : (gint32)there;
    if (n <= 0)
        return 0;
    memcpy((char *)buffer + offset, s->bytes->data + s->at, (size_t)n);
    s->at += n;
    return n;
}

static void put(void *stream, void *buffer, gint32 offset, gint32 count)
{
    Stream *s = stream;
    if (count <= 0)
        return;
    if (s->at + count > s->bytes->len)
        g_byte_array_set_size(s->bytes, (guint)(s->at + count));
    memcpy(s->bytes->data + s->at, (char *)buffer + offset, (size_t)count);
    s->at += count;
}

static void seek(void *stream, gint64 offset, WrapperSeekOrigin origin)
{
    Stream *s = stream;
    gint64 from = origin == Begin ? 0 : origin == Current ? s->at : s->bytes->len, to = from + offset;
    s->at = to < 0 ? 0 : to > s->bytes->len ? s->bytes->len : to;
}

static void flush(void *stream)
{
}

static bool saved(GExiv2Metadata *m, GByteArray *jpeg)
{
    Stream s = {jpeg, 0};
    ManagedStreamCallbacks calls = {.handle = &s, .CanSeek = yes, .CanRead = yes, .CanWrite = yes, .Length = length,
                                    .Position = position, .Read = take, .Write = put, .Seek = seek, .Flush = flush};
    return gexiv2_metadata_save_stream(m, &calls, NULL);
}

static GExiv2Metadata *opened(const GByteArray *jpeg)
{
    GExiv2Metadata *m = gexiv2_metadata_new();
    if (gexiv2_metadata_open_buf(m, jpeg->data, jpeg->len, NULL))
        return m;
    g_object_unref(m);
    return NULL;
}

/* ---- tags ---- */

/* At most so many bytes, and not in the middle of a character; NULL leaves the tag out. */
static void tell(GExiv2Metadata *m, const char *tag, const char *text, size_t most)
{
    if (!text || !*text)
        return;
    size_t n = strlen(text);
    if (n > most)
        for (n = most; n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80;)
            n--;
    g_autofree char *cut = g_strndup(text, n);
    gexiv2_metadata_try_set_tag_string(m, tag, cut, NULL);
}

static void tell_each(GExiv2Metadata *m, const char *tag, const char *text)
{
    if (!text || !*text)
        return;
    g_auto(GStrv) values = g_strsplit(text, "\n", 100);
    gexiv2_metadata_try_set_tag_multiple(m, tag, (const char **)values, NULL);
}

/* The lengths are IPTC's own. */
static void tell_iptc(GExiv2Metadata *m, const MediaWords *w)
{
    gexiv2_metadata_try_set_tag_string(m, "Iptc.Envelope.CharacterSet", utf8_charset, NULL);
    tell(m, "Iptc.Application2.Headline", w->headline, 256);
    tell(m, "Iptc.Application2.Caption", w->caption, 2000);
    tell(m, "Iptc.Application2.Byline", w->creator, 32);
    tell(m, "Iptc.Application2.Credit", w->credit, 32);
    tell(m, "Iptc.Application2.Copyright", w->rights, 128);
    tell(m, "Iptc.Application2.SubLocation", w->place, 32);
    tell_each(m, "Iptc.Application2.Keywords", w->keywords);
    if (w->taken && strlen(w->taken) >= 10)
        tell(m, "Iptc.Application2.DateCreated", w->taken, 10);
}

bool stamp_iptc(Ctx *ctx, const MediaWords *words, GByteArray *jpeg)
{
    GExiv2Metadata *m = opened(jpeg);
    if (!m)
        return fault(ctx, FAULT_BROKEN, "a copy cannot be opened for its words");
    tell_iptc(m, words);
    bool done = saved(m, jpeg);
    g_object_unref(m);
    return done || fault(ctx, FAULT_BROKEN, "the words could not be written into a copy");
}

/* ---- as a camera does ---- */

static void tell_time(GExiv2Metadata *m, const MediaFacts *f)
{
    if (!f->taken || strlen(f->taken) < 19)
        return;
    g_autofree char *text = g_strndup(f->taken, 19);
    text[4] = text[7] = ':';
    text[10] = ' ';
    tell(m, "Exif.Photo.DateTimeOriginal", text, 19);
    tell(m, "Exif.Photo.DateTimeDigitized", text, 19);
    if (f->taken_offset == NONE)
        return;
    int minutes = (int)llabs(f->taken_offset);
    g_autofree char *offset = g_strdup_printf("%c%02d:%02d", f->taken_offset < 0 ? '-' : '+', minutes / 60 % 24, minutes % 60);
    tell(m, "Exif.Photo.OffsetTimeOriginal", offset, 6);
    tell(m, "Exif.Photo.OffsetTime", offset, 6);
}

static void tell_camera(GExiv2Metadata *m, const MediaFacts *f)
{
    if (!f->camera)
        return;
    g_autofree char *make = g_strndup(f->camera, strcspn(f->camera, " "));
    const char *model = strchr(f->camera, ' ');
    tell(m, "Exif.Image.Make", make, 100);
    tell(m, "Exif.Image.Model", model ? model + 1 : f->camera, 100);
}

static void tell_owner(GExiv2Metadata *m, const MediaFacts *f)
{
    tell(m, "Exif.Image.Artist", f->creator, 200);
    tell(m, "Exif.Image.Copyright", f->rights, 200);
    tell(m, "Xmp.photoshop.Headline", f->headline, 4096);
    tell(m, "Xmp.photoshop.Credit", f->credit, 4096);
    tell(m, "Xmp.dc.description", f->caption, 4096);
    tell(m, "Xmp.dc.rights", f->rights, 4096);
    tell(m, "Xmp.iptc.Location", f->place, 4096);
    tell(m, "Xmp.iptc.AltTextAccessibility", f->alt, 4096);
    tell_each(m, "Xmp.dc.creator", f->creator);
    tell_each(m, "Xmp.dc.subject", f->keywords);
    tell_each(m, "Xmp.iptcExt.PersonInImage", f->people);
}

bool stamp_facts(Ctx *ctx, const MediaFacts *facts, GByteArray *jpeg)
{
    GExiv2Metadata *m = opened(jpeg);
    if (!m)
        return fault_field(ctx, "file", "The picture cannot be read: it is damaged, or was cut off on its way.");
    MediaWords words = {.headline = facts->headline, .caption = facts->caption, .creator = facts->creator, .credit = facts->credit,
                        .rights = facts->rights, .place = facts->place, .keywords = facts->keywords, .taken = facts->taken};
    tell_time(m, facts);
    tell_camera(m, facts);
    tell_owner(m, facts);
    tell_iptc(m, &words);
    if (isfinite(facts->lat) && isfinite(facts->lon))
        gexiv2_metadata_try_set_gps_info(m, facts->lon, facts->lat, 0, NULL);
    bool done = saved(m, jpeg);
    g_object_unref(m);
    return done || fault(ctx, FAULT_BROKEN, "the facts could not be written into the picture");
}
