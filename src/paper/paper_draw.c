/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_draw.c: pages through Cairo; what belongs to an element stands between marks, counted on each page from 0. */
#include "paper/paper_galley.h"
#include "paper/paper_logo.h"

#include <cairo-pdf.h>
#include <math.h>

typedef struct Pen {
    Galley *g;
    cairo_t *cr;
    int page, marks;
    Elem *open; /* whose mark is open */
} Pen;

static void use(Pen *pen, unsigned colour)
{
    cairo_set_source_rgb(pen->cr, (colour >> 16 & 255) / 255.0, (colour >> 8 & 255) / 255.0,
                         (colour & 255) / 255.0);
}

static void draw_type(Pen *pen, const Item *item)
{
    const Type *t = item->type;
    use(pen, t->colour);
    double up = item->y - t->top[item->from];
    for (int i = item->from; i < item->to; i++) {
        cairo_move_to(pen->cr, item->x + t->x0[i], up + t->baseline[i]);
        pango_cairo_show_layout_line(pen->cr, pango_layout_get_line_readonly(t->layout, i));
    }
}

static void draw_box(Pen *pen, const Item *b)
{
    cairo_t *cr = pen->cr;
    double r = b->radius;
    use(pen, b->colour);
    if (r <= 0) {
        cairo_rectangle(cr, b->x, b->y, b->w, b->h);
    } else {
        cairo_new_sub_path(cr);
        cairo_arc(cr, b->x + b->w - r, b->y + r, r, -M_PI / 2, 0);
        cairo_arc(cr, b->x + b->w - r, b->y + b->h - r, r, 0, M_PI / 2);
        cairo_arc(cr, b->x + r, b->y + b->h - r, r, M_PI / 2, M_PI);
        cairo_arc(cr, b->x + r, b->y + r, r, M_PI, 1.5 * M_PI);
        cairo_close_path(cr);
    }
    cairo_fill(cr);
}

static void draw_rule(Pen *pen, const Item *rule)
{
    use(pen, rule->colour);
    cairo_set_line_width(pen->cr, rule->h);
    cairo_move_to(pen->cr, rule->x, rule->y);
    cairo_line_to(pen->cr, rule->x + rule->w, rule->y);
    cairo_stroke(pen->cr);
}

static void draw_dot(Pen *pen, const Item *dot)
{
    use(pen, dot->colour);
    cairo_new_path(pen->cr);
    cairo_arc(pen->cr, dot->x, dot->y, dot->w, 0, 2 * M_PI);
    cairo_fill(pen->cr);
}

static void draw_logo(Pen *pen, const Item *logo)
{
    paper_logo(pen->cr, logo->x, logo->y, logo->w);
}

/* Runs of dark modules as one rectangle each; a hair larger, so that no seam shows between rows. */
static void draw_qr(Pen *pen, const Item *qr)
{
    double unit = qr->w / qr->size;
    use(pen, qr->colour);
    for (int y = 0; y < qr->size; y++) {
        const unsigned char *row = qr->modules + y * qr->size;
        for (int x = 0; x < qr->size; x++) {
            int from = x;
            while (x < qr->size && row[x])
                x++;
            if (x > from)
                cairo_rectangle(pen->cr, qr->x + from * unit, qr->y + y * unit,
                                (x - from) * unit + 0.02, unit + 0.02);
        }
    }
    cairo_fill(pen->cr);
}

static void draw_item(Pen *pen, const Item *item)
{
    switch (item->kind) {
    case ITEM_TYPE: draw_type(pen, item); break;
    case ITEM_BOX: draw_box(pen, item); break;
    case ITEM_RULE: draw_rule(pen, item); break;
    case ITEM_DOT: draw_dot(pen, item); break;
    case ITEM_LOGO: draw_logo(pen, item); break;
    case ITEM_QR: draw_qr(pen, item); break;
    case ITEM_AREA: break;
    }
}

static void grow(Mark *mark, double x0, double y0, double x1, double y1)
{
    mark->x0 = fmin(mark->x0, x0);
    mark->y0 = fmin(mark->y0, y0);
    mark->x1 = fmax(mark->x1, x1);
    mark->y1 = fmax(mark->y1, y1);
}

static void cover(Mark *mark, const Item *item)
{
    const Type *t = item->type;
    if (!t) {
        grow(mark, item->x, item->y, item->x + item->w, item->y + item->h);
        return;
    }
    for (int i = item->from; i < item->to; i++)
        grow(mark, item->x + t->x0[i], item->y, item->x + t->x1[i], item->y + item->h);
}

static void close_mark(Pen *pen)
{
    if (pen->open)
        cairo_tag_end(pen->cr, "P");
    pen->open = NULL;
}

/* Every mark is a P for Cairo: only its place counts, paper_tags.c gives it its element. */
static void open_mark(Pen *pen, Elem *elem)
{
    if (elem == pen->open)
        return;
    close_mark(pen);
    if (!elem)
        return;
    cairo_tag_begin(pen->cr, "P", "");
    Mark *mark = arena_new_of(pen->g->arena, Mark);
    *mark = (Mark){.page = pen->page, .mcid = pen->marks++, .x0 = SHEET_WIDTH, .y0 = SHEET_HEIGHT};
    if (elem->last_mark)
        elem->last_mark->next = mark;
    else
        elem->first_mark = mark;
    elem->last_mark = mark;
    pen->open = elem;
}

static void draw_page(Pen *pen, const Sheet *sheet)
{
    pen->marks = 0;
    for (const Item *item = sheet->first; item; item = item->next) {
        open_mark(pen, item->elem);
        if (item->elem)
            cover(item->elem->last_mark, item);
        draw_item(pen, item);
    }
    close_mark(pen);
    cairo_show_page(pen->cr);
    pen->page++;
}

static cairo_status_t collect(void *out, const unsigned char *bytes, unsigned n)
{
    buf_add(out, bytes, n);
    return buf_over(out) ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

bool draw_pages(Galley *g, Sheet *sheets, Buf *pdf_out)
{
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(collect, pdf_out, SHEET_WIDTH, SHEET_HEIGHT);
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
    Pen pen = {.g = g, .cr = cairo_create(surface)};
    for (Sheet *sheet = sheets; sheet; sheet = sheet->next)
        draw_page(&pen, sheet);
    cairo_status_t status = cairo_status(pen.cr);
    cairo_destroy(pen.cr);
    cairo_surface_finish(surface);
    if (!status)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (status)
        return fault(g->ctx, FAULT_BROKEN, "the PDF was not drawn: %s",
                     cairo_status_to_string(status));
    return true;
}
