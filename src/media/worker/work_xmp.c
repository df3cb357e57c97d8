/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* work_xmp.c: the words of a copy as an XMP packet (ISO 16684-1; IPTC Photo Metadata Standard 2022.1 names the properties). */
#include "base/buf.h"
#include "media/worker/work_room.h"

static const char opening[] =
    "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
    "<rdf:Description rdf:about=\"\""
    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
    " xmlns:photoshop=\"http://ns.adobe.com/photoshop/1.0/\""
    " xmlns:xmpRights=\"http://ns.adobe.com/xap/1.0/rights/\""
    " xmlns:Iptc4xmpCore=\"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/\""
    " xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\">";
static const char closing[] = "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>";

/* ---- characters ---- */

/* The length of the UTF-8 character (RFC 3629) that n > 0 bytes begin with, if XML 1.0 allows it; 0: it does not. */
static size_t character(const unsigned char *s, size_t n)
{
    static const unsigned char first_least[] = {0, 0, 0xc2, 0xe0, 0xf0};
    if (s[0] < 0x80)
        return s[0] >= 0x20 || s[0] == '\n' || s[0] == '\t' ? 1 : 0;
    size_t length = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
    if (s[0] < first_least[length] || s[0] > 0xf4 || length > n)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    unsigned second = s[1];
    bool overlong = (s[0] == 0xe0 && second < 0xa0) || (s[0] == 0xf0 && second < 0x90);
    bool beyond = (s[0] == 0xed && second > 0x9f) || (s[0] == 0xf4 && second > 0x8f);
    bool nonsense = s[0] == 0xef && second == 0xbf && s[2] >= 0xbe; /* U+FFFE, U+FFFF */
    return overlong || beyond || nonsense ? 0 : length;
}

static void put_character(Buf *b, const char *s, size_t n)
{
    switch (*s) {
    case '&': buf_text(b, "&amp;"); break;
    case '<': buf_text(b, "&lt;"); break;
    case '>': buf_text(b, "&gt;"); break;
    case '"': buf_text(b, "&quot;"); break;
    default: buf_add(b, s, n);
    }
}

/* What XML cannot hold is left out; most: how many bytes of the text are looked at. */
static void put_text(Buf *b, const char *text, size_t n, size_t most)
{
    for (size_t at = 0; at < n && at < most;) {
        size_t length = character((const unsigned char *)text + at, n - at);
        if (length)
            put_character(b, text + at, length);
        at += length ? length : 1;
    }
}

/* ---- properties ---- */

typedef struct Packet {
    Buf *out;
    const char *tongue;
    size_t most; /* bytes of each text */
} Packet;

static bool is_said(const char *text)
{
    return text && *text;
}

static void plain(const Packet *p, const char *name, const char *text)
{
    if (!is_said(text))
        return;
    buf_printf(p->out, "<%s>", name);
    put_text(p->out, text, strlen(text), p->most);
    buf_printf(p->out, "</%s>", name);
}

static void item(const Packet *p, const char *tongue, const char *text, size_t n)
{
    buf_text(p->out, "<rdf:li");
    if (tongue) {
        buf_text(p->out, " xml:lang=\"");
        put_text(p->out, tongue, strlen(tongue), 32);
        buf_text(p->out, "\"");
    }
    buf_text(p->out, ">");
    put_text(p->out, text, n, p->most);
    buf_text(p->out, "</rdf:li>");
}

/* A text in a language: for readers that know only the default, and for those that look at the language. */
static void spoken(const Packet *p, const char *name, const char *text)
{
    if (!is_said(text))
        return;
    buf_printf(p->out, "<%s><rdf:Alt>", name);
    item(p, "x-default", text, strlen(text));
    if (is_said(p->tongue))
        item(p, p->tongue, text, strlen(text));
    buf_printf(p->out, "</rdf:Alt></%s>", name);
}

/* One a line, as far as a text may go; kind: Bag or Seq. */
static void several(const Packet *p, const char *name, const char *kind, const char *lines)
{
    if (!is_said(lines))
        return;
    buf_printf(p->out, "<%s><rdf:%s>", name, kind);
    for (const char *at = lines; *at && (size_t)(at - lines) < p->most;) {
        size_t n = strcspn(at, "\n");
        if (n)
            item(p, NULL, at, n);
        at += n + (at[n] == '\n');
    }
    buf_printf(p->out, "</rdf:%s></%s>", kind, name);
}

static void properties(const Packet *p, const MediaWords *w)
{
    several(p, "dc:creator", "Seq", w->creator);
    spoken(p, "dc:description", w->caption);
    spoken(p, "dc:rights", w->rights);
    several(p, "dc:subject", "Bag", w->keywords);
    spoken(p, "dc:title", w->headline);
    plain(p, "photoshop:Headline", w->headline);
    plain(p, "photoshop:Credit", w->credit);
    plain(p, "photoshop:DateCreated", w->taken);
    plain(p, "xmpRights:Marked", is_said(w->rights) ? "True" : NULL);
    plain(p, "xmpRights:WebStatement", w->source);
    plain(p, "Iptc4xmpCore:Location", w->place);
    spoken(p, "Iptc4xmpCore:AltTextAccessibility", w->alt);
    several(p, "Iptc4xmpExt:PersonInImage", "Bag", w->people);
}

static bool is_empty(const MediaWords *w)
{
    const char *const texts[] = {w->headline, w->caption, w->creator, w->credit, w->rights, w->alt,
                                 w->source,   w->taken,   w->place,   w->keywords, w->people};
    for (size_t i = 0; i < COUNT(texts); i++)
        if (is_said(texts[i]))
            return false;
    return true;
}

const char *xmp_packet(Arena *a, const MediaWords *words)
{
    static const size_t lengths[] = {4096, 1024, 200}; /* of each text, until all fits into a JPEG's segment */
    if (is_empty(words))
        return NULL;
    for (size_t i = 0; i < COUNT(lengths); i++) {
        Packet p = {buf_new(a, 4096, XMP_BYTES_MAX), words->tongue, lengths[i]};
        buf_text(p.out, opening);
        properties(&p, words);
        buf_text(p.out, closing);
        if (!buf_over(p.out))
            return buf_data(p.out);
    }
    return NULL;
}
