/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_words.c: the vocabulary of the room, as the database spells it, and its addresses. */
#include "desks/press/press_room.h"

const Word press_state_words[] = {
    [RELEASE_DRAFT] = {"draft", N_("Draft")},
    [RELEASE_IN_REVIEW] = {"in_review", N_("In review")},
    [RELEASE_APPROVED] = {"approved", N_("Cleared")},
    [RELEASE_SCHEDULED] = {"scheduled", N_("Scheduled")},
    [RELEASE_EMBARGOED] = {"embargoed", N_("Embargoed")},
    [RELEASE_PUBLISHED] = {"published", N_("Published")},
    [RELEASE_CORRECTED] = {"corrected", N_("Corrected")},
    [RELEASE_WITHDRAWN] = {"withdrawn", N_("Withdrawn")},
    [RELEASE_DISCARDED] = {"discarded", N_("Discarded")},
    {0},
};

const Word press_version_words[] = {
    [VERSION_SAVED] = {"saved", N_("Saved")},
    [VERSION_AUTOSAVED] = {"autosaved", N_("Saved by itself")},
    [VERSION_SENT] = {"sent", N_("Sent to review")},
    [VERSION_PUBLISHED] = {"published", N_("Published")},
    [VERSION_CORRECTED] = {"corrected", N_("Corrected")},
    [VERSION_IMPORTED] = {"imported", N_("Imported")},
    {0},
};

const Word press_standing_words[] = {
    [FILE_IN] = {"in", N_("In the release")},
    [FILE_WAITING] = {"waiting", N_("Waits for the correction")},
    [FILE_OUT] = {"out", N_("In earlier editions only")},
    {0},
};

/* Spanish, English, and what is spoken in San Luis Potosí; x-plain is a private subtag (RFC 5646, 2.2.7). */
const Word press_tongue_words[] = {
    {"es", N_("Spanish")},     {"en", N_("English")},  {"nah", N_("Nahuatl")},
    {"hus", N_("Huastec (Tének)")}, {"pame", N_("Pame (Xi’iuy)")}, {"es-x-plain", N_("Plain language (easy to read)")},
    {0},
};

/* ---- addresses ---- */

const char *press_public_path(Arena *a, const char *slug)
{
    return arena_printf(a, "/comunicados/%s", slug);
}

const char *press_desk_path(Arena *a, i64 id)
{
    return arena_printf(a, "/mesa/comunicados/%s", id_text(a, id));
}

const char *press_file_path(Arena *a, i64 file)
{
    return arena_printf(a, "/mesa/comunicados/archivos/%s", id_text(a, file));
}
