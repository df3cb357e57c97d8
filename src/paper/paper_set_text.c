/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_set_text.c: running text: headings, paragraphs, lists, notes. */
#include "paper/paper_galley.h"

#define GAP_HEADING       18.0
#define GAP_AFTER_HEADING 5.0
#define GAP_TEXT          6.0
#define GAP_BULLET        1.0
#define BULLET_INDENT     12.0
#define NUMBER_INDENT     18.0

static bool after_heading(const Galley *g)
{
    return g->last && g->last->keep;
}

/* The lines of a text, so that no first or last line stands alone on a page. */
static void add_lines(Galley *g, Elem *elem, const Type *t, double x, double gap)
{
    int from = 0;
    while (from < t->count) {
        int left = t->count - from;
        int take = left <= 3 ? left : from ? 1 : 2;
        Piece *piece = piece_new(g);
        item_lines(g, piece, elem, t, from, from + take, x, 0);
        piece->height = lines_height(t, from, from + take);
        piece_add(g, piece, from ? 0 : gap);
        from += take;
    }
}

static const Type *line_type(Galley *g, TypeStyle style, const PaperLine *line, const char *text,
                             bool first, double width)
{
    Words words = {.plain = text, .bold = first ? line->lead : NULL};
    return line->url ? type_set_link(g, style, words, width, PAPER_LEFT)
                     : type_set(g, style, words, width, PAPER_LEFT);
}

void set_text(Galley *g, Elem *parent, const PaperLine *line, double x, double width)
{
    const char *rest = line->text ? line->text : "";
    bool first = true;
    while (rest) {
        const char *end = strchr(rest, '\n');
        const char *text = end ? arena_copy(g->arena, rest, (size_t)(end - rest)) : rest;
        const Type *t = line_type(g, TYPE_BODY, line, text, first, width);
        if (t) {
            Elem *p = elem_link(g, elem_new(g, parent, "P"), line->url, t->text);
            add_lines(g, p, t, x, after_heading(g) ? GAP_AFTER_HEADING : GAP_TEXT);
            first = false;
        }
        rest = end ? end + 1 : NULL;
    }
}

/* What stands before an entry: a dot that is drawn only, or its number. */
static void add_label(Galley *g, Elem *li, Piece *piece, size_t number, const Type *entry, double x)
{
    if (!number) {
        Item *dot = item_add(g, piece, ITEM_DOT, NULL);
        *dot = (Item){.kind = ITEM_DOT,
                      .x = x + 3,
                      .y = entry->baseline[0] - entry->top[0] - 3.1,
                      .w = 2,
                      .colour = ACCENT};
        return;
    }
    const char *text = arena_printf(g->arena, "%zu.", number);
    item_type(g, piece, elem_new(g, li, "Lbl"),
              type_set(g, TYPE_BODY, (Words){.plain = text}, NUMBER_INDENT, PAPER_LEFT), x, 0);
}

static void add_entry(Galley *g, Elem *list, const PaperLine *line, size_t number, double x,
                      double width)
{
    double indent = number ? NUMBER_INDENT : BULLET_INDENT;
    const Type *t = line_type(g, TYPE_BODY, line, line->text, true, width - indent);
    if (!t)
        return;
    Elem *li = elem_new(g, list, "LI");
    Piece *label = piece_new(g);
    label->keep = true;
    add_label(g, li, label, number, t, x);
    piece_add(g, label, after_heading(g) ? GAP_AFTER_HEADING : GAP_BULLET);
    Elem *body = elem_link(g, elem_new(g, li, "LBody"), line->url, t->text);
    add_lines(g, body, t, x + indent, 0);
}

void set_list(Galley *g, Elem *parent, List lines, bool counted, double x, double width)
{
    const PaperLine *line = lines.items;
    Elem *list = NULL;
    for (size_t i = 0; i < lines.count; i++) {
        if (!list) {
            list = elem_new(g, parent, "L");
            list->numbering = counted ? "Decimal" : "Disc";
        }
        add_entry(g, list, &line[i], counted ? i + 1 : 0, x, width);
    }
}

void set_note(Galley *g, Elem *parent, const PaperLine *line, double x, double width)
{
    const Type *t = line_type(g, TYPE_NOTE, line, line->text, true, width - 20);
    if (!t)
        return;
    Elem *p = elem_link(g, elem_new(g, parent, "P"), line->url, t->text);
    /* a tint behind it where it stays on one page, which is all but always */
    if (type_height(t) > SHEET_HEIGHT / 3) {
        add_lines(g, p, t, x, GAP_TEXT);
        return;
    }
    Piece *piece = piece_new(g);
    piece->height = type_height(t) + 13;
    item_box(g, piece, x, 0, width, piece->height, 5, TINT);
    item_box(g, piece, x, 0, 3, piece->height, 1.5, ACCENT);
    item_type(g, piece, p, t, x + 12, 6.5);
    piece_add(g, piece, after_heading(g) ? GAP_AFTER_HEADING : GAP_TEXT + 4);
}

void set_heading(Galley *g, Elem *parent, const PaperHeading *heading, double x, double width)
{
    static const char *const roles[] = {"H2", "H3", "H4"};
    int level = heading->level < 2 ? 2 : heading->level > 4 ? 4 : heading->level;
    TypeStyle style = level == 2 ? TYPE_H2 : level == 3 ? TYPE_H3 : TYPE_H4;
    const Type *t = type_set(g, style, (Words){.plain = heading->text}, width, PAPER_LEFT);
    if (!t)
        return;
    Piece *piece = piece_new(g);
    piece->height = type_height(t);
    piece->keep = true;
    Elem *elem = elem_new(g, parent, roles[level - 2]);
    elem->said = t->text;
    item_type(g, piece, elem_link(g, elem, heading->url, t->text), t, x, 0);
    piece_add(g, piece,
              after_heading(g) ? GAP_AFTER_HEADING + 2
              : level == 2     ? GAP_HEADING
                               : GAP_HEADING - 6);
}
