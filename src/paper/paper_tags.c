/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_tags.c: the structure tree, the links and the pages' marks of a PDF/UA file (ISO 14289-1). */
#include "paper/paper_tags.h"

#include <stdlib.h>

typedef struct Owners {
    const Elem **elems; /* of each mark of the page */
    int count;
} Owners;

typedef struct Tags {
    Galley *g;
    qpdf_data q;
    qpdf_oh *pages;
    Owners *owners;
    int page_count;
    qpdf_oh nums; /* the parent tree's annotations; its pages go first */
    int links;
} Tags;

static void set_name(qpdf_data q, qpdf_oh dict, const char *key, const char *name)
{
    char text[64];
    snprintf(text, sizeof text, "/%s", name);
    qpdf_oh_replace_key(q, dict, key, qpdf_oh_new_name(q, text));
}

static void set_text_key(qpdf_data q, qpdf_oh dict, const char *key, const char *text)
{
    if (text && *text)
        qpdf_oh_replace_key(q, dict, key, qpdf_oh_new_unicode_string(q, text));
}

static void set_int(qpdf_data q, qpdf_oh dict, const char *key, int value)
{
    qpdf_oh_replace_key(q, dict, key, qpdf_oh_new_integer(q, value));
}

static void count_marks(Tags *t, const Elem *e)
{
    for (const Mark *m = e->first_mark; m; m = m->next)
        t->owners[m->page].count++;
    for (const Elem *kid = e->first; kid; kid = kid->next)
        count_marks(t, kid);
}

static void own_marks(Tags *t, const Elem *e)
{
    for (const Mark *m = e->first_mark; m; m = m->next)
        t->owners[m->page].elems[m->mcid] = e;
    for (const Elem *kid = e->first; kid; kid = kid->next)
        own_marks(t, kid);
}

/* A mark's place, from the page's upper left corner to PDF's lower left one. */
static qpdf_oh rectangle(qpdf_data q, const Mark *m)
{
    double sides[] = {m->x0, SHEET_HEIGHT - m->y1, m->x1, SHEET_HEIGHT - m->y0};
    qpdf_oh array = qpdf_oh_new_array(q);
    for (size_t i = 0; i < COUNT(sides); i++)
        qpdf_oh_append_item(q, array, qpdf_oh_new_real_from_double(q, sides[i], 2));
    return array;
}

/* A link's annotation (ISO 32000-1 12.5.6.5) and what refers to it from the tree. */
static qpdf_oh add_annotation(Tags *t, const Elem *e, const Mark *m)
{
    qpdf_data q = t->q;
    qpdf_oh action = qpdf_oh_new_dictionary(q), annotation = qpdf_oh_new_dictionary(q);
    set_name(q, action, "/S", "URI");
    qpdf_oh_replace_key(q, action, "/URI", qpdf_oh_new_string(q, e->url));
    set_name(q, annotation, "/Type", "Annot");
    set_name(q, annotation, "/Subtype", "Link");
    qpdf_oh_replace_key(q, annotation, "/Rect", rectangle(q, m));
    qpdf_oh_replace_key(q, annotation, "/Border", qpdf_oh_parse(q, "[0 0 0]"));
    qpdf_oh_replace_key(q, annotation, "/A", action);
    set_text_key(q, annotation, "/Contents", e->said);
    set_int(q, annotation, "/F", 4); /* it prints */
    set_int(q, annotation, "/StructParent", t->page_count + t->links);
    annotation = qpdf_make_indirect_object(q, annotation);

    qpdf_oh page = t->pages[m->page];
    if (!qpdf_oh_has_key(q, page, "/Annots"))
        qpdf_oh_replace_key(q, page, "/Annots", qpdf_oh_new_array(q));
    qpdf_oh_append_item(q, qpdf_oh_get_key(q, page, "/Annots"), annotation);
    qpdf_oh_append_item(q, t->nums, qpdf_oh_new_integer(q, t->page_count + t->links++));
    qpdf_oh_append_item(q, t->nums, e->object);

    qpdf_oh reference = qpdf_oh_new_dictionary(q);
    set_name(q, reference, "/Type", "OBJR");
    qpdf_oh_replace_key(q, reference, "/Obj", annotation);
    qpdf_oh_replace_key(q, reference, "/Pg", page);
    return reference;
}

static void add_marks(Tags *t, const Elem *e, qpdf_oh kids)
{
    qpdf_data q = t->q;
    for (const Mark *m = e->first_mark; m; m = m->next) {
        qpdf_oh reference = qpdf_oh_new_dictionary(q);
        set_name(q, reference, "/Type", "MCR");
        qpdf_oh_replace_key(q, reference, "/Pg", t->pages[m->page]);
        set_int(q, reference, "/MCID", m->mcid);
        qpdf_oh_append_item(q, kids, reference);
        if (e->url)
            qpdf_oh_append_item(q, kids, add_annotation(t, e, m));
    }
}

static void add_attributes(qpdf_data q, const Elem *e)
{
    qpdf_oh a = qpdf_oh_new_dictionary(q);
    if (e->scope || e->span > 1) {
        set_name(q, a, "/O", "Table");
        if (e->scope)
            set_name(q, a, "/Scope", e->scope);
        if (e->span > 1)
            set_int(q, a, "/ColSpan", e->span);
    } else if (e->numbering) {
        set_name(q, a, "/O", "List");
        set_name(q, a, "/ListNumbering", e->numbering);
    } else if (e->alt && e->first_mark) {
        set_name(q, a, "/O", "Layout");
        set_name(q, a, "/Placement", "Block");
        qpdf_oh_replace_key(q, a, "/BBox", rectangle(q, e->first_mark));
    } else {
        return;
    }
    qpdf_oh_replace_key(q, e->object, "/A", a);
}

static void add_element(Tags *t, Elem *e, qpdf_oh parent)
{
    qpdf_data q = t->q;
    e->object = qpdf_make_indirect_object(q, qpdf_oh_new_dictionary(q));
    set_name(q, e->object, "/Type", "StructElem");
    set_name(q, e->object, "/S", e->role);
    qpdf_oh_replace_key(q, e->object, "/P", parent);
    set_text_key(q, e->object, "/Alt", e->alt);
    add_attributes(q, e);
    qpdf_oh kids = qpdf_oh_new_array(q);
    add_marks(t, e, kids);
    for (Elem *kid = e->first; kid; kid = kid->next) {
        add_element(t, kid, e->object);
        qpdf_oh_append_item(q, kids, kid->object);
    }
    if (qpdf_oh_get_array_n_items(q, kids))
        qpdf_oh_replace_key(q, e->object, "/K", kids);
}

static qpdf_oh parent_tree(Tags *t)
{
    qpdf_data q = t->q;
    qpdf_oh nums = qpdf_oh_new_array(q), tree = qpdf_oh_new_dictionary(q);
    for (int page = 0; page < t->page_count; page++) {
        qpdf_oh elems = qpdf_oh_new_array(q);
        for (int i = 0; i < t->owners[page].count; i++)
            qpdf_oh_append_item(q, elems, t->owners[page].elems[i]->object);
        qpdf_oh_append_item(q, nums, qpdf_oh_new_integer(q, page));
        qpdf_oh_append_item(q, nums, qpdf_make_indirect_object(q, elems));
    }
    int links = qpdf_oh_get_array_n_items(q, t->nums);
    for (int i = 0; i < links; i++)
        qpdf_oh_append_item(q, nums, qpdf_oh_get_array_item(q, t->nums, i));
    qpdf_oh_replace_key(q, tree, "/Nums", nums);
    return qpdf_make_indirect_object(q, tree);
}

static void add_tree(Tags *t)
{
    qpdf_data q = t->q;
    qpdf_oh root = qpdf_make_indirect_object(q, qpdf_oh_new_dictionary(q));
    set_name(q, root, "/Type", "StructTreeRoot");
    add_element(t, t->g->root, root);
    qpdf_oh_replace_key(q, root, "/K", t->g->root->object);
    qpdf_oh_replace_key(q, root, "/ParentTree", parent_tree(t));
    set_int(q, root, "/ParentTreeNextKey", t->page_count + t->links);
    qpdf_oh_replace_key(q, qpdf_get_root(q), "/StructTreeRoot", root);
}

static bool rewrite_page(Tags *t, int number)
{
    qpdf_data q = t->q;
    const Owners *owners = &t->owners[number];
    const char **roles = arena_array(t->g->arena, const char *, (size_t)owners->count + 1);
    for (int i = 0; i < owners->count; i++)
        roles[i] = owners->elems[i]->role;
    unsigned char *bytes = NULL;
    size_t size = 0;
    Buf *content = NULL;
    if (!(qpdf_oh_get_page_content_data(q, t->pages[number], &bytes, &size) & QPDF_ERRORS))
        content =
            marks_rewrite(t->g->arena, (Bytes){(const char *)bytes, size}, roles, owners->count);
    free(bytes);
    if (!content || buf_over(content))
        return fault(t->g->ctx, FAULT_BROKEN, "the marks of page %d are not those that were drawn",
                     number + 1);
    qpdf_oh stream = qpdf_oh_new_stream(q);
    qpdf_oh_replace_stream_data(q, stream, (const unsigned char *)buf_data(content),
                                buf_size(content), qpdf_oh_new_null(q), qpdf_oh_new_null(q));
    qpdf_oh_replace_key(q, t->pages[number], "/Contents", stream);
    set_int(q, t->pages[number], "/StructParents", number);
    set_name(q, t->pages[number], "/Tabs", "S");
    return true;
}

static bool read_pages(Tags *t)
{
    for (int i = 0; i < t->page_count; i++)
        t->pages[i] = qpdf_get_page_n(t->q, (size_t)i);
    count_marks(t, t->g->root);
    for (int i = 0; i < t->page_count; i++)
        t->owners[i].elems = arena_array(t->g->arena, const Elem *, (size_t)t->owners[i].count + 1);
    own_marks(t, t->g->root);
    bool good = true;
    for (int i = 0; good && i < t->page_count; i++)
        good = rewrite_page(t, i);
    return good;
}

static bool write_out(Galley *g, qpdf_data q, Buf *out)
{
    qpdf_init_write_memory(q);
    qpdf_set_deterministic_ID(q, QPDF_TRUE);
    qpdf_set_object_stream_mode(q, qpdf_o_generate);
    qpdf_set_minimum_pdf_version(q, "1.7");
    if (qpdf_write(q) & QPDF_ERRORS)
        return fault(g->ctx, FAULT_BROKEN, "the PDF was not written");
    buf_add(out, qpdf_get_buffer(q), qpdf_get_buffer_length(q));
    if (buf_over(out))
        return fault(g->ctx, FAULT_TOO_LARGE, "The document has more text than fits; divide it.");
    return true;
}

static void end_qpdf(qpdf_data *q)
{
    qpdf_cleanup(q);
}

bool tags_write(Galley *g, int pages, Bytes pdf, Buf *out)
{
    qpdf_data q CLEANUP(end_qpdf)
    = qpdf_init();
    qpdf_silence_errors(q);
    qpdf_set_suppress_warnings(q, QPDF_TRUE);
    if (qpdf_read_memory(q, "paper", pdf.data, pdf.size, NULL) & QPDF_ERRORS ||
        qpdf_get_num_pages(q) != pages)
        return fault(g->ctx, FAULT_BROKEN, "the PDF that was drawn cannot be read");
    Tags t = {.g = g, .q = q, .page_count = pages, .nums = qpdf_oh_new_array(q)};
    t.pages = arena_array(g->arena, qpdf_oh, (size_t)pages);
    t.owners = arena_array(g->arena, Owners, (size_t)pages);
    if (!read_pages(&t))
        return false;
    add_tree(&t);
    if (pages > 1)
        outline_write(g, q, t.pages);
    properties_write(g, q);
    return write_out(g, q, out);
}
