/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_give.c: one report as JSON, CSV, PDF, XLSX or DOCX. */
#include "desks/report/report_give.h"
#include "desks/report/report_room.h"
#include "paper/paper.h"

static void give_csv(Ctx *ctx, Page *page, const Report *r)
{
    Buf *out = buf_new(ctx->arena, 8192, REPORT_BYTES_MAX);
    report_csv(ctx, r, out);
    page_bytes(page, "text/csv; charset=utf-8", report_filename(ctx, r, "csv"), out);
}

typedef struct PaperForm {
    Format format;
    bool (*make)(Ctx *ctx, const Report *report, Buf *out);
    const char *type, *suffix;
} PaperForm;

static void give_paper(Ctx *ctx, Page *page, const Report *r)
{
    const PaperForm forms[] = {
        {FORMAT_PDF, report_pdf, paper_pdf_type, "pdf"},
        {FORMAT_XLSX, report_xlsx, paper_xlsx_type, "xlsx"},
        {FORMAT_DOCX, report_docx, paper_docx_type, "docx"},
    };
    for (size_t i = 0; i < COUNT(forms); i++) {
        Buf *out = forms[i].format == page->format ? buf_new(ctx->arena, 128 * 1024, REPORT_BYTES_MAX) : NULL;
        if (out && forms[i].make(ctx, r, out))
            page_bytes(page, forms[i].type, report_filename(ctx, r, forms[i].suffix), out);
    }
}

/* The very bytes that were hashed and signed. */
static void give_canonical(Ctx *ctx, Page *page, const Report *r)
{
    Buf *out = buf_new(ctx->arena, strlen(r->snapshot) + 1, REPORT_BYTES_MAX);
    buf_text(out, r->snapshot);
    page_bytes(page, "application/json", report_filename(ctx, r, "canonico.json"), out);
}

bool report_give(Ctx *ctx, const Request *req, Page *page, const Report *r, bool public)
{
    page_one(page, public ? &report_public_shape : &report_shape, report_for_programs(ctx, r, public));
    if (page->format == FORMAT_HTML)
        return false;
    if (page->format == FORMAT_CSV)
        give_csv(ctx, page, page->item);
    else if (page->format == FORMAT_JSON && text_same(query_text(req, "forma"), "canonica"))
        give_canonical(ctx, page, r);
    else
        give_paper(ctx, page, r);
    return true;
}
