/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_galley.c: elements, pieces and the items on them. */
#include "paper/paper_galley.h"

Elem *elem_new(Galley *g, Elem *parent, const char *role)
{
    Elem *e = arena_new_of(g->arena, Elem);
    e->role = role;
    if (!parent)
        return e;
    if (parent->last)
        parent->last->next = e;
    else
        parent->first = e;
    parent->last = e;
    return e;
}

Elem *elem_link(Galley *g, Elem *parent, const char *url, const char *said)
{
    if (!url || !*url)
        return parent;
    Elem *link = elem_new(g, parent, "Link");
    link->url = url;
    link->said = said && *said ? said : url;
    return link;
}

Piece *piece_new(Galley *g)
{
    return arena_new_of(g->arena, Piece);
}

void piece_add(Galley *g, Piece *piece, double gap)
{
    piece->gap = gap;
    if (g->last)
        g->last->next = piece;
    else
        g->first = piece;
    g->last = piece;
}

Item *item_add(Galley *g, Piece *piece, ItemKind kind, Elem *elem)
{
    Item *item = arena_new_of(g->arena, Item);
    item->kind = kind;
    item->elem = elem;
    if (piece->last)
        piece->last->next = item;
    else
        piece->first = item;
    piece->last = item;
    return item;
}

double lines_height(const Type *type, int from, int to)
{
    return to > from ? type->bottom[to - 1] - type->top[from] : 0;
}

void item_lines(Galley *g, Piece *piece, Elem *elem, const Type *type, int from, int to, double x,
                double y)
{
    if (!type || to <= from)
        return;
    Item *item = item_add(g, piece, ITEM_TYPE, elem);
    item->x = x;
    item->y = y;
    item->type = type;
    item->from = from;
    item->to = to;
    item->h = lines_height(type, from, to);
}

void item_type(Galley *g, Piece *piece, Elem *elem, const Type *type, double x, double y)
{
    if (type)
        item_lines(g, piece, elem, type, 0, type->count, x, y);
}

Item *item_box(Galley *g, Piece *piece, double x, double y, double w, double h, double radius,
               unsigned colour)
{
    Item *item = item_add(g, piece, ITEM_BOX, NULL);
    item->x = x;
    item->y = y;
    item->w = w;
    item->h = h;
    item->radius = radius;
    item->colour = colour;
    return item;
}

Item *item_rule(Galley *g, Piece *piece, double x, double y, double w, double thick,
                unsigned colour)
{
    Item *item = item_add(g, piece, ITEM_RULE, NULL);
    item->x = x;
    item->y = y;
    item->w = w;
    item->h = thick;
    item->colour = colour;
    return item;
}
