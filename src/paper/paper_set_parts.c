/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_set_parts.c: the head of the first page, cards, signatures with the seal. */
#include "paper/paper_galley.h"

#define CARDS_A_ROW 4
#define CARD_GAP    10.7
#define COLUMN_GAP  40.0
#define SEAL_SIDE   66.0

static double add_paragraph(Galley *g, Piece *piece, TypeStyle style, Words words, double x,
                            double y, double width, PaperAlign align)
{
    const Type *t = type_set(g, style, words, width, align);
    if (t)
        item_type(g, piece, elem_new(g, g->root, "P"), t, x, y);
    return y + type_height(t);
}

/* Logo and organisation at the left, folio and version at the right. */
static void set_letterhead(Galley *g)
{
    const Paper *p = g->paper;
    Piece *piece = piece_new(g);
    Item *logo = item_add(g, piece, ITEM_LOGO, NULL);
    logo->x = SHEET_MARGIN - 6;
    logo->w = 1.25;
    double left = 7, right = 7, x = SHEET_MARGIN + 48, side = SHEET_MARGIN + SHEET_BODY - 150;
    left = add_paragraph(g, piece, TYPE_ORGANISATION, (Words){.plain = p->organisation}, x, left,
                         300, PAPER_LEFT) +
           2.4;
    left = add_paragraph(g, piece, TYPE_UNIT, (Words){.plain = p->unit_line}, x, left, 300,
                         PAPER_LEFT);
    if (p->folio)
        right = add_paragraph(g, piece, TYPE_UNIT, (Words){p->folio_word, p->folio, true}, side,
                              right, 150, PAPER_RIGHT) +
                2.4;
    right = add_paragraph(g, piece, TYPE_UNIT, (Words){.plain = p->version_line}, side, right, 150,
                          PAPER_RIGHT) +
            2.4;
    right = add_paragraph(g, piece, TYPE_DRAFT, (Words){.plain = p->draft}, side, right, 150,
                          PAPER_RIGHT);
    double height = left > right ? left : right;
    piece->height = height > 48 ? height : 48;
    piece_add(g, piece, 0);
}

void set_head(Galley *g)
{
    set_letterhead(g);
    Piece *piece = piece_new(g);
    const Type *title =
        type_set(g, TYPE_TITLE, (Words){.plain = g->paper->title}, SHEET_BODY, PAPER_LEFT);
    if (title)
        item_type(g, piece, elem_new(g, g->root, "H1"), title, SHEET_MARGIN, 0);
    double y = type_height(title) + 1;
    piece->height = add_paragraph(g, piece, TYPE_SUBTITLE, (Words){.plain = g->paper->subtitle},
                                  SHEET_MARGIN, y, SHEET_BODY, PAPER_LEFT);
    piece_add(g, piece, 12);
}

typedef struct CardTypes {
    const Type *figure, *label, *small;
    double height;
} CardTypes;

static CardTypes card_types(Galley *g, const PaperCard *card, double width)
{
    CardTypes t = {
        .figure = type_set(g, TYPE_FIGURE, (Words){.plain = card->figure}, width, PAPER_LEFT),
        .label = type_set(g, TYPE_CARD_LABEL, (Words){.plain = card->label}, width, PAPER_LEFT),
        .small = type_set(g, TYPE_CARD_SMALL, (Words){.plain = card->small}, width, PAPER_LEFT),
    };
    t.height = type_height(t.figure) + type_height(t.label) + type_height(t.small) + 3;
    return t;
}

/* A card is an entry of a list; its link covers the whole of it. */
static void add_card(Galley *g, Elem *list, Piece *piece, const PaperCard *card, const CardTypes *t,
                     double x, double width)
{
    Elem *body = elem_new(g, elem_new(g, list, "LI"), "LBody");
    item_box(g, piece, x, 0, width, piece->height, 8, TINT);
    double y = 8;
    if (t->figure) {
        const char *said =
            arena_printf(g->arena, "%s %s", t->figure->text, t->label ? t->label->text : "");
        Elem *p = elem_link(g, elem_new(g, body, "P"), card->url, said);
        if (card->url)
            *item_add(g, piece, ITEM_AREA, p) =
                (Item){.kind = ITEM_AREA, .elem = p, .x = x, .w = width, .h = piece->height};
        item_type(g, piece, p, t->figure, x + 11, y);
    }
    y += type_height(t->figure) + 1.5;
    if (t->label)
        item_type(g, piece, elem_new(g, body, "P"), t->label, x + 11, y);
    y += type_height(t->label) + 1.5;
    if (t->small)
        item_type(g, piece, elem_new(g, body, "P"), t->small, x + 11, y);
}

static void set_card_row(Galley *g, Elem *list, const PaperCard *cards, size_t count, size_t places,
                         double x, double width)
{
    double each = (width - CARD_GAP * (double)(places - 1)) / (double)places;
    CardTypes types[CARDS_A_ROW];
    Piece *piece = piece_new(g);
    for (size_t i = 0; i < count; i++) {
        types[i] = card_types(g, &cards[i], each - 18);
        piece->height = types[i].height + 16 > piece->height ? types[i].height + 16 : piece->height;
    }
    for (size_t i = 0; i < count; i++)
        add_card(g, list, piece, &cards[i], &types[i], x + (double)i * (each + CARD_GAP), each);
    piece_add(g, piece, g->last && g->last->keep ? 5 : CARD_GAP + 3);
}

void set_cards(Galley *g, Elem *parent, List cards, double x, double width)
{
    if (!cards.count)
        return;
    Elem *list = elem_new(g, parent, "L");
    list->numbering = "None";
    size_t most = width > SHEET_BODY / 2 ? CARDS_A_ROW : 2;
    size_t places = cards.count < most ? cards.count : most;
    const PaperCard *card = cards.items;
    for (size_t i = 0; i < cards.count; i += places) {
        size_t count = cards.count - i < places ? cards.count - i : places;
        set_card_row(g, list, card + i, count, places, x, width);
    }
}

static double add_signature(Galley *g, Elem *parent, Piece *piece, const PaperSignature *s,
                            double x, double width)
{
    const Type *name = type_set_short(g, TYPE_NAME, s->name, width, PAPER_LEFT, 2);
    const Type *role = type_set(g, TYPE_ROLE, (Words){.plain = s->role}, width, PAPER_LEFT);
    const Type *small = type_set(g, TYPE_SMALL, (Words){.plain = s->small}, width, PAPER_LEFT);
    double line = 38;
    if (name)
        item_type(g, piece, elem_new(g, parent, "P"), name, x, line - 3 - type_height(name));
    item_rule(g, piece, x, line, width, 0.7, RULE_STRONG);
    if (role)
        item_type(g, piece, elem_new(g, parent, "P"), role, x, line + 4);
    double y = line + 5.5 + type_height(role);
    if (small)
        item_type(g, piece, elem_new(g, parent, "P"), small, x, y);
    return y + type_height(small);
}

static double add_seal(Galley *g, Elem *parent, Piece *piece, const PaperSeal *seal, double right)
{
    Item code = {
        .kind = ITEM_QR, .x = right - SEAL_SIDE, .w = SEAL_SIDE, .h = SEAL_SIDE, .colour = INK};
    if (!paper_qr(g->arena, seal->url, &code.size, &code.modules))
        return 0;
    code.elem = elem_new(g, parent, "Figure");
    code.elem->alt = seal->alt;
    *item_add(g, piece, ITEM_QR, code.elem) = code;
    Words words = {seal->caption, seal->code, true};
    const Type *t = type_set(g, TYPE_AXIS, words, 150, PAPER_RIGHT);
    if (!t)
        return SEAL_SIDE;
    Elem *p = elem_link(g, elem_new(g, parent, "P"), seal->url, t->text);
    item_type(g, piece, p, t, right - 150, SEAL_SIDE + 5);
    return SEAL_SIDE + 5 + type_height(t);
}

void set_signing(Galley *g, Elem *parent, const PaperSigning *signing, double x, double width)
{
    const PaperSignature *s = signing->signatures.items;
    size_t count = signing->signatures.count;
    bool sealed = signing->seal.url;
    if (!count && !sealed)
        return;
    Piece *piece = piece_new(g);
    double room = sealed ? width - SEAL_SIDE - 50 : width;
    double each = count < 2 ? (room - 25) / 2 : (room - 25 * (double)(count - 1)) / (double)count;
    for (size_t i = 0; i < count; i++) {
        double height = add_signature(g, parent, piece, &s[i], x + (double)i * (each + 25), each);
        piece->height = height > piece->height ? height : piece->height;
    }
    double height = sealed ? add_seal(g, parent, piece, &signing->seal, x + width) : 0;
    piece->height = height > piece->height ? height : piece->height;
    piece->foot = true;
    piece_add(g, piece, 24);
}
