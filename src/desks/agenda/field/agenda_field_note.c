/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_field_note.c: a few words to a coverage while it goes on; sent twice, they are kept once. */
#include "desks/agenda/coverage/agenda_cover.h"
#include "store/journal.h"
#include "agenda_coverage_queries.h"
#include "agenda_queries.h"

enum { KEY_MAX = 100 };

static bool check_note(Ctx *ctx, const char *text, const char *key)
{
    if (text_blank(text))
        return fault_field(ctx, "text", "Write the note.");
    if (!text_valid(text, strlen(text)) || text_has_control(text))
        return fault_field(ctx, "text", "There are characters in it that cannot be shown.");
    if (!text_fits(text, AGENDA_NOTE_MAX))
        return fault_field(ctx, "text", "This is too long: at most %d characters.", AGENDA_NOTE_MAX);
    if (key && strlen(key) > KEY_MAX)
        return fault_field(ctx, "client_key", "This is too long: at most %d characters.", KEY_MAX);
    return true;
}

bool agenda_note(Ctx *ctx, i64 coverage, const char *text, const char *client_key)
{
    const unsigned any = ~0u;
    const char *key = text_blank(client_key) ? NULL : client_key;
    if (!check_note(ctx, text, key))
        return false;
    i64 of = key ? db_number(ctx, &q_agenda_evidence_by_key, T(key)) : NONE;
    const Coverage *c = agenda_coverage_to_answer(ctx, coverage, NONE, of == coverage ? any : (unsigned)FROM_NOTE);
    if (!c || of == coverage)
        return c != NULL;
    if (of != NONE)
        return fault(ctx, FAULT_CONFLICT, "This key belongs to the delivery of another coverage: each delivery has its own.");
    return db_write(ctx, &q_agenda_evidence_insert, I(id_new(ctx->now)), I(coverage),
                    W(agenda_evidence_words, EVIDENCE_NOTE), T(NULL), T(text), I_OR_NULL(ctx->actor->id), I(ctx->now),
                    T(NULL), T(NULL), T(NULL), I_OR_NULL(0), T(key)) &&
           journal(ctx, "agenda_coverage", coverage, "noted");
}
