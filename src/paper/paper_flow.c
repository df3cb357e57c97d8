/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_flow.c: pieces onto pages, with what stands on every page. */
#include "paper/paper_galley.h"

typedef struct Flow {
    Galley *g;
    Sheet *first, *page;
    int count;
} Flow;

static double top_of(const Flow *f)
{
    return f->count == 1 ? SHEET_TOP : SHEET_TOP_ON;
}

static void new_page(Flow *f)
{
    Sheet *page = arena_new_of(f->g->arena, Sheet);
    if (f->page)
        f->page->next = page;
    else
        f->first = page;
    f->page = page;
    f->count++;
    page->y = top_of(f);
}

static void sheet_add(Sheet *page, Item *item)
{
    item->next = NULL;
    if (page->last)
        page->last->next = item;
    else
        page->first = item;
    page->last = item;
}

/* again: as an artifact, what is there once already is not read a second time. */
static void place(Flow *f, const Piece *piece, bool again)
{
    for (const Item *item = piece->first; item; item = item->next) {
        Item *placed = arena_new_of(f->g->arena, Item);
        *placed = *item;
        placed->y += f->page->y;
        if (again)
            placed->elem = NULL;
        sheet_add(f->page, placed);
    }
    f->page->y += piece->height;
}

/* The height that the piece and what must follow it on the same page want. */
static double wanted(const Piece *piece)
{
    double height = piece->height;
    for (; piece->keep && piece->next && !piece->next->turn; piece = piece->next)
        height += piece->next->gap + piece->next->height;
    return height;
}

static void flow_piece(Flow *f, const Piece *piece)
{
    bool fresh = f->page->y <= top_of(f);
    if (piece->turn) {
        if (!fresh)
            new_page(f);
        return;
    }
    double gap = fresh ? 0 : piece->gap, need = wanted(piece);
    if (!fresh && f->page->y + gap + need > SHEET_BOTTOM) {
        new_page(f);
        gap = 0;
        if (piece->head)
            place(f, piece->head, true);
    }
    f->page->y += gap;
    if (piece->foot && f->page->y < SHEET_BOTTOM - piece->height)
        f->page->y = SHEET_BOTTOM - piece->height;
    place(f, piece, false);
}

static void running(Flow *f, Sheet *page, TypeStyle style, Words words, double y, PaperAlign align)
{
    Piece piece = {0};
    item_type(f->g, &piece, NULL, type_set(f->g, style, words, SHEET_BODY, align), SHEET_MARGIN, y);
    if (piece.first)
        sheet_add(page, piece.first);
}

/* The band at the top of each page; from the second on, whose paper it is. */
static void add_top(Flow *f, Sheet *page, int number)
{
    Piece band = {0};
    item_box(f->g, &band, 0, 0, SHEET_WIDTH, 7, 0, ACCENT);
    sheet_add(page, band.first);
    if (number == 1)
        return;
    const Paper *p = f->g->paper;
    const char *title =
        p->draft ? arena_printf(f->g->arena, "%s · %s", p->title, p->draft) : p->title;
    const Type *t = type_set_short(f->g, TYPE_FOOTER, title, SHEET_BODY - 130, PAPER_LEFT, 1);
    Piece head = {0};
    item_type(f->g, &head, NULL, t, SHEET_MARGIN, 25);
    if (head.first)
        sheet_add(page, head.first);
    if (p->folio)
        running(f, page, TYPE_FOOTER, (Words){p->folio_word, p->folio, true}, 25, PAPER_RIGHT);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored \
    "-Wformat-nonliteral" /* check_paper() has seen that it holds two %d and no other */
static const char *page_text(Flow *f, int number)
{
    return arena_printf(f->g->arena, f->g->paper->page_word, number, f->count);
}
#pragma GCC diagnostic pop

static void add_bottom(Flow *f, Sheet *page, int number)
{
    const Paper *p = f->g->paper;
    Piece foot = {0};
    item_rule(f->g, &foot, SHEET_MARGIN, SHEET_HEIGHT - 34, SHEET_BODY, 0.6, RULE);
    const Type *t = type_set_short(f->g, TYPE_FOOTER, p->footer, SHEET_BODY - 100, PAPER_LEFT, 1);
    item_type(f->g, &foot, NULL, t, SHEET_MARGIN, SHEET_HEIGHT - 28);
    for (Item *item = foot.first, *next; item; item = next) {
        next = item->next;
        sheet_add(page, item);
    }
    if (p->page_word)
        running(f, page, TYPE_FOOTER, (Words){.plain = page_text(f, number)}, SHEET_HEIGHT - 28,
                PAPER_RIGHT);
}

Sheet *flow_pages(Galley *g, int *count_out)
{
    Flow f = {.g = g};
    new_page(&f);
    for (const Piece *piece = g->first; piece; piece = piece->next)
        flow_piece(&f, piece);
    int number = 0;
    for (Sheet *page = f.first; page; page = page->next) {
        add_top(&f, page, ++number);
        add_bottom(&f, page, number);
    }
    *count_out = f.count;
    return f.first;
}
