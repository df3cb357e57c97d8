/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_marks.c: a page's content stream, read token by token (ISO 32000-1 7.8.2), with each mark given its role
 * and everything between the marks marked as an artifact, which Cairo 1.16 has no word for. */
#include "paper/paper_galley.h"

typedef struct Scan {
    const char *at, *end;
    const char *name; /* where the last name outside of a dictionary began */
    int depth;        /* of << >> */
} Scan;

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0;
}

static bool ends_word(char c)
{
    return is_space(c) || strchr("()<>[]{}/%", c);
}

static void skip_string(Scan *s)
{
    int depth = 0;
    while (s->at < s->end) {
        char c = *s->at++;
        if (c == '\\' && s->at < s->end)
            s->at++;
        else if (c == '(')
            depth++;
        else if (c == ')' && --depth == 0)
            return;
    }
}

static void skip_word(Scan *s)
{
    s->at++;
    while (s->at < s->end && !ends_word(*s->at))
        s->at++;
}

/* The next operator; false at the end. Operands are passed over. */
static bool next_operator(Scan *s, Bytes *word_out)
{
    while (s->at < s->end) {
        const char *from = s->at;
        if (is_space(*from) || strchr("[]{}", *from)) {
            s->at++;
        } else if (*from == '(') {
            skip_string(s);
        } else if (*from == '<' || *from == '>') {
            bool twice = from + 1 < s->end && from[1] == *from;
            s->depth += twice ? (*from == '<' ? 1 : -1) : 0;
            s->at += twice ? 2 : 1;
            while (!twice && *from == '<' && s->at < s->end && *s->at != '>')
                s->at++;
        } else {
            skip_word(s);
            if (*from == '/' && !s->depth)
                s->name = from;
            if (*from == '/' || s->depth || !((*from | 32) >= 'a' && (*from | 32) <= 'z'))
                continue;
            *word_out = (Bytes){from, (size_t)(s->at - from)};
            return true;
        }
    }
    return false;
}

static bool is_word(Bytes word, const char *text)
{
    return word.size == strlen(text) && memcmp(word.data, text, word.size) == 0;
}

/* Whether it puts something on the page. */
static bool paints(Bytes word)
{
    static const char *const words[] = {"f",  "f*", "F",  "S",  "s",  "B", "B*", "b",
                                        "b*", "Do", "sh", "Tj", "TJ", "'", "\""};
    for (size_t i = 0; i < COUNT(words); i++)
        if (is_word(word, words[i]))
            return true;
    return false;
}

static void add_between(Buf *out, const char *from, const char *to, bool painted)
{
    if (painted)
        buf_text(out, "/Artifact BMC\n");
    buf_add(out, from, (size_t)(to - from));
    if (painted)
        buf_text(out, "\nEMC\n");
}

/* Cairo's word for one of our marks; its own marks (a space's ActualText) stand inside of them or of artifacts. */
static bool is_ours(const Scan *s)
{
    return s->name && s->name + 2 < s->end && s->name[1] == 'P' && ends_word(s->name[2]);
}

typedef struct Rewrite {
    Buf *out;
    const char *from; /* of what is not written yet */
    bool inside;      /* one of our marks */
    bool painted;     /* something, since from, outside of our marks */
    int nested;       /* marks that are not ours and are open */
    int seen;
} Rewrite;

static void begin_mark(Rewrite *r, const Scan *s, const char *role)
{
    add_between(r->out, r->from, s->name, r->painted);
    buf_printf(r->out, "/%s <</MCID %d>> BDC\n", role, r->seen++);
    r->inside = true;
    r->painted = false;
    r->from = s->at;
}

static void end_mark(Rewrite *r, const Scan *s)
{
    buf_add(r->out, r->from, (size_t)(s->at - r->from));
    buf_char(r->out, '\n');
    r->inside = false;
    r->from = s->at;
}

Buf *marks_rewrite(Arena *a, Bytes content, const char *const *roles, int count)
{
    Scan s = {.at = content.data, .end = content.data + content.size};
    Rewrite r = {.out = buf_new(a, content.size + 4096, content.size * 2 + (1 << 20)),
                 .from = s.at};
    Bytes word;
    while (next_operator(&s, &word)) {
        if (is_word(word, "BDC") && !r.inside && !r.nested && is_ours(&s)) {
            if (r.seen == count)
                return NULL;
            begin_mark(&r, &s, roles[r.seen]);
        } else if (is_word(word, "BDC") || is_word(word, "BMC")) {
            r.nested++;
        } else if (is_word(word, "EMC")) {
            if (r.nested)
                r.nested--;
            else if (r.inside)
                end_mark(&r, &s);
            else
                return NULL;
        } else if (!r.inside) {
            r.painted = r.painted || paints(word);
        }
    }
    add_between(r.out, r.from, s.end, r.painted);
    return r.seen == count && !r.inside && !r.nested ? r.out : NULL;
}
