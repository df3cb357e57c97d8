/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_tell.c: who is told inside the desk what became of a release. */
#include "desks/press/flow/press_flow.h"

bool press_tell(Ctx *ctx, const Release *r, i64 person, const char *kind, const char *reason)
{
    NoticeChange why = {.field = "reason", .label = N_("Reason"), .after = reason, .as = "text"};
    NoticeDraft draft = {
        .subject = "press_release",
        .subject_id = r->id,
        .address = press_desk_path(ctx->arena, r->id),
        .kind = kind,
        .title = r->title,
        .changes = {&why, reason ? 1 : 0},
    };
    return people_notify(ctx, person, &draft);
}

bool press_tell_all(Ctx *ctx, const Release *r, RightName right, const char *kind, const char *reason)
{
    List people = people_with_right(ctx, right);
    for (const Person *p = people.items, *end = p + people.count; p < end; p++)
        if (!press_tell(ctx, r, p->id, kind, reason))
            return false;
    return !faulted(ctx);
}

bool press_tell_makers(Ctx *ctx, const Release *r, const char *kind, const char *reason)
{
    if (!press_tell(ctx, r, r->author, kind, reason))
        return false;
    for (const ReleaseApproval *a = r->approvals.items, *end = a + r->approvals.count; a < end; a++)
        if (a->person != r->author && !press_tell(ctx, r, a->person, kind, reason))
            return false;
    return true;
}
