/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_editor_look.c: what stands in a field of the editor: what was typed, what is kept, or what only another one changed. */
#include "desks/press/editor/press_editor.h"

static bool is_taken(const EditorShown *x, const char *name)
{
    for (const ConflictField *c = x->conflict.items, *end = c + x->conflict.count; c < end; c++)
        if (c->taken && text_same(c->diff->name, name))
            return true;
    return false;
}

const char *press_editor_value(const Html *h, const EditorShown *x, const char *name)
{
    const char *kept = press_control(html_arena(h), x->release, name);
    return is_taken(x, name) ? kept : form_value(x->form, name, kept);
}

const char *press_text_value(const Html *h, const EditorShown *x, const TextShown *t, const char *part)
{
    const char *kept = !t->text                     ? NULL
                       : text_same(part, "title") ? t->text->title
                       : text_same(part, "lead")  ? t->text->lead
                                                  : t->text->body;
    return form_value(x->form, arena_printf(html_arena(h), "texts.%d.%s", t->index, part), kept);
}

const char *press_file_field(const Html *h, const FileShown *f, const char *part)
{
    return arena_printf(html_arena(h), "%s.%s", f->field, part);
}
