/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_outline.c: the headings of a long document as a reader's bookmarks (ISO 32000-1 12.3.3). */
#include "paper/paper_tags.h"

typedef struct Outline {
    qpdf_data q;
    const qpdf_oh *pages;
    qpdf_oh root, last;
    int count;
} Outline;

/* Where the heading's words are: its own, or those of the link in it. */
static const Mark *mark_of(const Elem *heading)
{
    const Elem *words = heading->first ? heading->first : heading;
    return words->first_mark;
}

static qpdf_oh destination(Outline *o, const Mark *mark)
{
    qpdf_oh place = qpdf_oh_new_array(o->q);
    qpdf_oh_append_item(o->q, place, o->pages[mark->page]);
    qpdf_oh_append_item(o->q, place, qpdf_oh_new_name(o->q, "/XYZ"));
    qpdf_oh_append_item(o->q, place, qpdf_oh_new_integer(o->q, 0));
    qpdf_oh_append_item(o->q, place,
                        qpdf_oh_new_real_from_double(o->q, SHEET_HEIGHT - mark->y0 + 12, 2));
    qpdf_oh_append_item(o->q, place, qpdf_oh_new_null(o->q));
    return place;
}

static void add_entry(Outline *o, const Elem *heading, const Mark *mark)
{
    qpdf_data q = o->q;
    qpdf_oh entry = qpdf_make_indirect_object(q, qpdf_oh_new_dictionary(q));
    qpdf_oh_replace_key(q, entry, "/Title", qpdf_oh_new_unicode_string(q, heading->said));
    qpdf_oh_replace_key(q, entry, "/Parent", o->root);
    qpdf_oh_replace_key(q, entry, "/Dest", destination(o, mark));
    if (o->count) {
        qpdf_oh_replace_key(q, entry, "/Prev", o->last);
        qpdf_oh_replace_key(q, o->last, "/Next", entry);
    } else {
        qpdf_oh_replace_key(q, o->root, "/First", entry);
    }
    o->last = entry;
    o->count++;
}

static void add_headings(Outline *o, const Elem *elem)
{
    const Mark *mark = strcmp(elem->role, "H2") == 0 && elem->said ? mark_of(elem) : NULL;
    if (mark)
        add_entry(o, elem, mark);
    for (const Elem *kid = elem->first; kid; kid = kid->next)
        add_headings(o, kid);
}

void outline_write(Galley *g, qpdf_data q, const qpdf_oh *pages)
{
    Outline o = {.q = q, .pages = pages};
    o.root = qpdf_make_indirect_object(q, qpdf_oh_new_dictionary(q));
    qpdf_oh_replace_key(q, o.root, "/Type", qpdf_oh_new_name(q, "/Outlines"));
    add_headings(&o, g->root);
    if (!o.count)
        return;
    qpdf_oh_replace_key(q, o.root, "/Last", o.last);
    qpdf_oh_replace_key(q, o.root, "/Count", qpdf_oh_new_integer(q, o.count));
    qpdf_oh_replace_key(q, qpdf_get_root(q), "/Outlines", o.root);
}
