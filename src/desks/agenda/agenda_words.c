/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_words.c: the vocabulary of the agenda as the database spells it and screens say it, and its addresses. */
#include "desks/agenda/agenda_room.h"

const Word agenda_status_words[] = {
    [EVENT_TENTATIVE] = {"tentative", N_("Tentative")},
    [EVENT_CONFIRMED] = {"confirmed", N_("Confirmed")},
    [EVENT_CANCELLED] = {"cancelled", N_("Cancelled")},
    [EVENT_POSTPONED] = {"postponed", N_("Postponed")},
    [EVENT_RESCHEDULED] = {"rescheduled", N_("Rescheduled")},
    [EVENT_HELD] = {"held", N_("Held")},
    {0},
};

const Word agenda_certainty_words[] = {
    [CERTAINTY_BY_STATUS] = {"unsaid", N_("As its state says")},
    [CERTAINTY_UNPLANNED] = {"eos0", N_("Not planned: it happened")},
    [CERTAINTY_PLANNED] = {"eos1", N_("Planned, nothing more is known")},
    [CERTAINTY_HIGHLY_UNCERTAIN] = {"eos2", N_("Planned, hardly likely")},
    [CERTAINTY_MAY_OCCUR] = {"eos3", N_("Planned, may take place")},
    [CERTAINTY_HIGHLY_LIKELY] = {"eos4", N_("Planned, very likely")},
    [CERTAINTY_CERTAIN] = {"eos5", N_("Planned, certain")},
    [CERTAINTY_CANCELLED] = {"eos6", N_("Planned, then cancelled")},
    {0},
};

Certainty agenda_certainty_for(Certainty said, EventStatus status)
{
    if (status == EVENT_CANCELLED)
        return CERTAINTY_CANCELLED;
    if (status == EVENT_TENTATIVE)
        return said >= CERTAINTY_PLANNED && said <= CERTAINTY_HIGHLY_LIKELY ? said : CERTAINTY_MAY_OCCUR;
    return said == CERTAINTY_UNPLANNED ? CERTAINTY_UNPLANNED : CERTAINTY_CERTAIN;
}

const Word agenda_news_words[] = {
    [NEWS_INTENDED] = {"int", N_("Coverage intended")},
    [NEWS_NOT_DECIDED] = {"notdec", N_("Not decided yet")},
    [NEWS_NOT_INTENDED] = {"notint", N_("Not intended")},
    [NEWS_ON_REQUEST] = {"onreq", N_("On request")},
    {0},
};

const Word agenda_visibility_words[] = {
    [VISIBLE_PUBLIC] = {"public", N_("Public")},
    [VISIBLE_INTERNAL] = {"internal", N_("Internal")},
    [VISIBLE_PRIVATE] = {"private", N_("Private")},
    [VISIBLE_CONFIDENTIAL] = {"confidential", N_("Confidential")},
    {0},
};

const Word agenda_kind_words[] = {
    [COVER_PHOTO] = {"photo", N_("Photos")},
    [COVER_VIDEO] = {"video", N_("Video")},
    [COVER_STREAM] = {"stream", N_("Live stream")},
    [COVER_LIVE_TEXT] = {"live_text", N_("Live text")},
    [COVER_RELEASE] = {"release", N_("Press release")},
    [COVER_POST] = {"post", N_("Posts")},
    [COVER_AUDIO] = {"audio", N_("Audio")},
    [COVER_DESIGN] = {"design", N_("Design")},
    {0},
};

const Word agenda_state_words[] = {
    [COVERAGE_PROPOSED] = {"proposed", N_("Proposed")},
    [COVERAGE_ASSIGNED] = {"assigned", N_("Assigned")},
    [COVERAGE_ACCEPTED] = {"accepted", N_("Accepted")},
    [COVERAGE_IN_PROGRESS] = {"in_progress", N_("In progress")},
    [COVERAGE_DELIVERED] = {"delivered", N_("Delivered")},
    [COVERAGE_APPROVED] = {"approved", N_("Approved")},
    [COVERAGE_DECLINED] = {"declined", N_("Declined")},
    [COVERAGE_RETURNED] = {"returned", N_("Returned")},
    [COVERAGE_CANCELLED] = {"cancelled", N_("Cancelled")},
    {0},
};

const Word agenda_evidence_words[] = {
    [EVIDENCE_LINK] = {"link", N_("Link")},
    [EVIDENCE_PHOTO] = {"photo", N_("Photo")},
    [EVIDENCE_RELEASE] = {"release", N_("Press release")},
    [EVIDENCE_POST] = {"post", N_("Post")},
    [EVIDENCE_LIVE] = {"live", N_("Live coverage")},
    [EVIDENCE_NOTE] = {"note", N_("Note")},
    [EVIDENCE_FILE] = {"file", N_("File")},
    {0},
};

const Word agenda_figure_words[] = {
    [AGENDA_ALL] = {"all", N_("All events")},
    [AGENDA_HELD] = {"events_held", N_("Events that took place")},
    [AGENDA_COVERED] = {"events_covered", N_("Covered events")},
    [AGENDA_NOT_COVERED] = {"events_not_covered", N_("Events not covered")},
    [AGENDA_UNEXPLAINED] = {"events_unexplained", N_("Events not covered, without a reason")},
    [AGENDA_LIVE] = {"events_live", N_("Events with live coverage")},
    [AGENDA_PHOTOGRAPHED] = {"events_photographed", N_("Events with photographs")},
    [AGENDA_CANCELLED] = {"events_cancelled", N_("Events cancelled")},
    [AGENDA_POSTPONED] = {"events_postponed", N_("Events postponed or rescheduled")},
    [AGENDA_DELIVERED] = {"events_delivered", N_("Events with something delivered")},
    {0},
};

const Word agenda_clash_words[] = {
    [CLASH_OVERLAP] = {"overlap", N_("At the same time")},
    [CLASH_TRAVEL] = {"travel", N_("Too little time for the way")},
    [CLASH_ABSENT] = {"absence", N_("Away")},
    {0},
};

/* An icon of ui/icons.txt for each kind of coverage. */
static const char *const kind_icons[] = {
    [COVER_PHOTO] = "camera",        [COVER_VIDEO] = "video",   [COVER_STREAM] = "broadcast",
    [COVER_LIVE_TEXT] = "message-2", [COVER_RELEASE] = "news",  [COVER_POST] = "send",
    [COVER_AUDIO] = "microphone",    [COVER_DESIGN] = "pencil",
};

const char *agenda_kind_icon(CoverageKind kind)
{
    return kind_icons[kind];
}

bool agenda_stands(EventStatus status, Visibility visibility)
{
    return visibility == VISIBLE_PUBLIC && status != EVENT_CANCELLED && status != EVENT_POSTPONED;
}

bool agenda_coverage_is_open(CoverageState state)
{
    return state != COVERAGE_APPROVED && state != COVERAGE_DECLINED && state != COVERAGE_CANCELLED;
}

/* ---- addresses ---- */

const char *agenda_public_path(Arena *a, const char *slug)
{
    return arena_printf(a, "/agenda/%s", slug);
}

const char *agenda_desk_path(Arena *a, i64 id)
{
    return arena_printf(a, "/mesa/agenda/%s", id_text(a, id));
}

Url agenda_url(Arena *a, i64 id)
{
    return url_id(a, "/mesa/agenda/", id, NULL);
}

Url agenda_coverage_url(Arena *a, i64 id)
{
    return url_id(a, "/mesa/coberturas/", id, NULL);
}
