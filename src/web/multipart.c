/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* multipart.c: a small machine that looks for the boundary, also across chunks. */
#include "web/multipart.h"

#include <glib.h>

#include "base/text.h"
#include "base/tongue.h"
#include "web/negotiate.h"

typedef enum { AT_START, IN_DATA, AFTER_BOUNDARY, IN_HEAD, AT_END } State;

struct Multipart {
    Arena *arena;
    const PartSink *sink;
    void *to;
    State state;
    char delimiter[MULTIPART_BOUNDARY_MAX + 5]; /* CR LF -- boundary */
    size_t delimiter_size, matched;
    char head[MULTIPART_HEAD_MAX + 1];
    size_t head_size;
    char after; /* the first of the two signs behind a boundary */
    int parts, parts_max;
    bool stopped;
    const char *trouble;
};

Multipart *multipart_new(Arena *a, const char *boundary, int parts_max, const PartSink *sink,
                         void *to)
{
    size_t n = boundary ? strlen(boundary) : 0;
    if (n == 0 || n > MULTIPART_BOUNDARY_MAX || boundary[n - 1] == ' ')
        return NULL;
    for (const char *p = boundary; *p; p++)
        if (!g_ascii_isalnum(*p) && !strchr("'()+_,-./:=? ", *p))
            return NULL;
    Multipart *m = arena_new_of(a, Multipart);
    m->arena = a;
    m->sink = sink;
    m->to = to;
    m->parts_max = parts_max;
    m->delimiter_size = (size_t)snprintf(m->delimiter, sizeof m->delimiter, "\r\n--%s", boundary);
    m->matched = 2; /* the body begins as if a line had just ended */
    return m;
}

static bool refuse(Multipart *m, const char *why)
{
    m->stopped = true;
    m->trouble = why;
    return false;
}

static bool pass(Multipart *m, bool went_on)
{
    if (!went_on)
        m->stopped = true;
    return went_on;
}

/* ---- heads ---- */

/* Browsers write a quote in a name as %22 and line ends as %0D %0A (HTML, multipart/form-data). */
static const char *unescape(Arena *a, const char *s)
{
    char *copy = arena_text(a, s), *to = copy;
    for (const char *p = copy; *p; p++) {
        if (!strncmp(p, "%22", 3)) {
            *to++ = '"';
            p += 2;
        } else if (!g_ascii_strncasecmp(p, "%0D", 3) || !g_ascii_strncasecmp(p, "%0A", 3)) {
            *to++ = ' ';
            p += 2;
        } else {
            *to++ = *p;
        }
    }
    *to = '\0';
    return copy;
}

const char *multipart_filename(Arena *a, const char *sent)
{
    const char *last = sent;
    for (const char *p = sent; *p; p++)
        if (*p == '/' || *p == '\\')
            last = p + 1;
    char *copy = arena_text(a, last);
    for (char *p = copy; *p; p++)
        if ((unsigned char)*p < ' ' || *p == 0x7f)
            *p = ' ';
    const char *name = text_clip(a, text_squeeze(a, copy), 120);
    bool nothing = !*name || !strcmp(name, ".") || !strcmp(name, "..") || text_has_control(name);
    return nothing ? "archivo" : name;
}

static bool read_disposition(Multipart *m, const char *value, Part *part)
{
    if (g_ascii_strncasecmp(value, "form-data", 9))
        return refuse(m, N_("a part of the form is no form-data"));
    const char *name = media_param(m->arena, value, "name");
    if (!name || strlen(name) > MULTIPART_NAME_MAX || !text_valid(name, strlen(name)))
        return refuse(m, N_("a part of the form has no proper name"));
    part->name = unescape(m->arena, name);
    const char *filename = media_param(m->arena, value, "filename");
    if (!filename)
        return true;
    if (!text_valid(filename, strlen(filename)))
        return refuse(m, N_("the name of a file is not UTF-8"));
    filename = unescape(m->arena, filename);
    part->filename = *filename ? multipart_filename(m->arena, filename) : "";
    return true;
}

static bool read_line(Multipart *m, char *line, Part *part)
{
    char *colon = strchr(line, ':');
    if (!colon || colon == line)
        return refuse(m, N_("a line in the head of a part is broken"));
    *colon = '\0';
    const char *value = g_strstrip(colon + 1);
    if (!g_ascii_strcasecmp(line, "Content-Disposition"))
        return part->name ? refuse(m, N_("a line in the head of a part is broken"))
                          : read_disposition(m, value, part);
    if (!g_ascii_strcasecmp(line, "Content-Type"))
        part->type = media_type(m->arena, value);
    else if (!g_ascii_strcasecmp(line, "Content-Transfer-Encoding") &&
             (!g_ascii_strcasecmp(value, "base64") ||
              !g_ascii_strcasecmp(value, "quoted-printable")))
        return refuse(m, N_("parts of a form are sent as they are, without a transfer encoding"));
    return true;
}

static bool head_ended(Multipart *m)
{
    Part part = {0};
    char *line = m->head;
    m->head[m->head_size - 2] = '\0'; /* the empty line */
    if (memchr(m->head, '\0', m->head_size - 2))
        return refuse(m, N_("a line in the head of a part is broken"));
    for (char *stop = strstr(line, "\r\n"); stop; line = stop + 2, stop = strstr(line, "\r\n")) {
        *stop = '\0';
        if (!read_line(m, line, &part))
            return false;
    }
    if (!part.name)
        return refuse(m, N_("a part of the form has no proper name"));
    if (++m->parts > m->parts_max)
        return refuse(m, N_("the form has too many parts"));
    m->state = IN_DATA;
    m->matched = 0;
    return pass(m, m->sink->begin(m->to, &part));
}

static bool head_sign(Multipart *m, char c)
{
    if (m->head_size == MULTIPART_HEAD_MAX)
        return refuse(m, N_("the head of a part is too long"));
    m->head[m->head_size++] = c;
    bool whole = m->head_size >= 4 && !memcmp(m->head + m->head_size - 4, "\r\n\r\n", 4);
    return whole ? head_ended(m) : true;
}

/* ---- boundaries ---- */

static bool after_sign(Multipart *m, char c)
{
    if (!m->after) {
        m->after = c;
        return c == '\r' || c == '-' ? true : refuse(m, N_("a boundary of the form is broken"));
    }
    bool ends = m->after == '-' && c == '-';
    if (!ends && !(m->after == '\r' && c == '\n'))
        return refuse(m, N_("a boundary of the form is broken"));
    m->state = ends ? AT_END : IN_HEAD;
    m->head_size = 0;
    return true;
}

static bool boundary_found(Multipart *m)
{
    bool part_ended = m->state == IN_DATA;
    m->state = AFTER_BOUNDARY;
    m->after = '\0';
    m->matched = 0;
    return part_ended ? pass(m, m->sink->end(m->to)) : true;
}

static bool start_sign(Multipart *m, char c)
{
    if (m->matched == 2 && c == '\r')
        m->matched = 0; /* an empty line before the first boundary */
    if (c != m->delimiter[m->matched])
        return refuse(m, N_("the form does not begin with its boundary"));
    return ++m->matched == m->delimiter_size ? boundary_found(m) : true;
}

/* Takes as many bytes as belong together; CR stands in the delimiter at its beginning only, so
 * that after
 * a false start the search goes on with the sign that broke it. */
static bool data_signs(Multipart *m, const char **bytes, const char *end)
{
    const char *p = *bytes;
    if (m->matched == 0) {
        const char *cr = memchr(p, '\r', (size_t)(end - p));
        const char *stop = cr ? cr : end;
        if (stop > p && !pass(m, m->sink->data(m->to, p, (size_t)(stop - p))))
            return false;
        m->matched = cr ? 1 : 0;
        *bytes = cr ? stop + 1 : stop;
        return true;
    }
    if (*p != m->delimiter[m->matched]) {
        size_t held = m->matched;
        m->matched = 0;
        return pass(m, m->sink->data(m->to, m->delimiter, held));
    }
    *bytes = p + 1;
    return ++m->matched == m->delimiter_size ? boundary_found(m) : true;
}

static bool end_sign(Multipart *m, char c)
{
    return c == '\r' || c == '\n' ? true
                                  : refuse(m, N_("something stands behind the end of the form"));
}

bool multipart_feed(Multipart *m, const char *bytes, size_t n)
{
    const char *end = bytes + n;
    while (bytes < end && !m->stopped) {
        switch (m->state) {
        case IN_DATA: data_signs(m, &bytes, end); break;
        case AT_START: start_sign(m, *bytes++); break;
        case AFTER_BOUNDARY: after_sign(m, *bytes++); break;
        case IN_HEAD: head_sign(m, *bytes++); break;
        case AT_END: end_sign(m, *bytes++); break;
        }
    }
    return !m->stopped;
}

bool multipart_closed(Multipart *m)
{
    if (!m->stopped && m->state != AT_END)
        refuse(m, N_("the form ended before its last boundary: send it again"));
    return !m->stopped;
}

const char *multipart_trouble(const Multipart *m)
{
    return m->trouble;
}
