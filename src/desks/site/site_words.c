/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_words.c: how the journal's words are said on a screen, and where its records are. */
#include "base/text.h"
#include "desks/site/site_room.h"

typedef struct Subject {
    const char *name, *label, *path; /* path NULL: it has no page of its own */
} Subject;
static const Subject subjects[] = {
    {"agenda_event", N_("Event"), "/mesa/agenda/"},
    {"agenda_coverage", N_("Coverage"), "/mesa/coberturas/"},
    {"agenda_source", N_("Calendar that is fetched"), "/mesa/agenda/fuentes/"},
    {"agenda_feed", N_("Secret calendar address"), NULL},
    {"agenda_contact", N_("Contact outside"), "/mesa/contactos/"},
    {"press_release", N_("Release"), "/mesa/comunicados/"},
    {"press_topic", N_("Topic"), NULL},
    {"press_template", N_("Template"), "/mesa/comunicados/plantillas/"},
    {"press_silence", N_("Time of silence"), NULL},
    {"press_contact", N_("Media contact"), "/mesa/prensa/contactos/"},
    {"press_list", N_("Mailing list"), "/mesa/prensa/listas/"},
    {"press_accreditation", N_("Request for accreditation"), NULL},
    {"photos_photo", N_("Photo"), "/mesa/fotos/"},
    {"photos_gallery", N_("Gallery"), "/mesa/galerias/"},
    {"photos_consent", N_("Consent"), "/mesa/fotos/consentimientos/"},
    {"absence", N_("Absence"), NULL},
    {"person", N_("Person"), "/mesa/personas/"},
    {"post", N_("Post of the office"), NULL},
    {"acting", N_("Acting head"), NULL},
    {"role", N_("Role"), NULL},
    {"area", N_("Area"), NULL},
    {"queue_job", N_("Job"), NULL},
    {"report", N_("Monthly report"), NULL},
    {"strategy_goal", N_("Goal"), NULL},
    {"strategy_figure", N_("Typed figure"), NULL},
    {"site_alert", N_("Alert"), "/mesa/sitio/avisos/"},
    {"site_privacy", N_("Privacy notice"), NULL},
    {"site_contact", N_("Contact of the site"), NULL},
    {"site_look", N_("Look of the site"), NULL},
};

static const Word verbs[] = {
    {"created", N_("created")},       {"changed", N_("changed")},
    {"cancelled", N_("cancelled")},   {"postponed", N_("postponed")},
    {"rescheduled", N_("rescheduled")}, {"proposed", N_("proposed")},
    {"assigned", N_("assigned")},     {"accepted", N_("accepted")},
    {"in_progress", N_("started")},   {"started", N_("started")},
    {"declined", N_("declined")},     {"delivered", N_("delivered")},
    {"approved", N_("approved")},     {"returned", N_("returned")},
    {"came_in", N_("came in")},       {"password_set", N_("has a new password")},
    {"token_made", N_("made a token")}, {"token_ended", N_("ended a token")},
    {"role_changed", N_("changed role")}, {"blocked", N_("blocked")},
    {"unblocked", N_("let in again")}, {"held", N_("holder named")},
    {"vacated", N_("vacated")},       {"acting_named", N_("stand-in named")},
    {"ended", N_("ended")},           {"right_given", N_("right given")},
    {"right_taken", N_("right taken")}, {"gave_up", N_("given up")},
    {"retried", N_("tried again")},   {"dropped", N_("dropped")},
    {"seeded", N_("set up")},         {"reset_link_made", N_("password link made")},
    {"removed", N_("taken away")},    {"allowed", N_("took in what was held back")},
    {"held_back", N_("held back")},   {"failed", N_("could not be read")},
    {"missed", N_("its source lacks it")}, {"came_back", N_("its source has it again")},
    {"kept", N_("kept")},
    {"imported", N_("imported")},     {"went_out", N_("went out")},
    {"sessions_ended", N_("ended sessions")}, {"tongue_set", N_("chose a language")},
    {"written", N_("wrote the texts")}, {"sent", N_("sent it to review")},
    {"signed", N_("signed it")},      {"published", N_("published it")},
    {"recomputed", N_("asked for a new version")}, {"set", N_("set it")},
    {"typed", N_("typed it")},
    {"noted", N_("noted")},
    {"link_made", N_("made a link to answer")},
    {"withdrawn", N_("took back what was delivered")},
    {"archived", N_("put away")},
    {"restored", N_("taken out again")},
    {"agreed", N_("agreed to get mail")},
    {"left", N_("wants no more mail")},
    {"bounced", N_("a message came back")},
    {"read", N_("was read")},
    {"exported", N_("was taken away as data")},
    {"previewed", N_("given before the embargo ended")},
    {"preview_revoked", N_("a link was taken back")},
    {"sent_to_media", N_("sent to media")},
    {"taken_up", N_("a medium took it up")},
    {"pickup_removed", N_("a pick-up was taken away")},
    {"pickup_restored", N_("a pick-up counts again")},
    {"granted", N_("granted")},
    {"unpublished", N_("unpublished it")},
    {"publishing", N_("sent it to publication")},
    {"halted", N_("stopped its publication")},
    {"ordered", N_("put it in another order")},
    {"filled", N_("changed its photos")},
    {"photo_lost", N_("lost a photo")},
    {"covered", N_("linked photos")},
    {"uncovered", N_("unlinked photos")},
    {"name_read", N_("read the names")},
    {"scan_read", N_("opened the signed paper")},
    {"revoked", N_("revoked it")},
    {"expired", N_("its time was over")},
    {"added", N_("handed it in")},
    {"looked_at", N_("looked at it")},
    {"described", N_("changed its words")},
    {"marked", N_("marked it")},
    {"marks_undone", N_("took a mark back")},
    {"box_added", N_("drew a box")},
    {"box_changed", N_("moved a box")},
    {"box_confirmed", N_("confirmed a box")},
    {"box_rejected", N_("rejected a box")},
    {"box_removed", N_("took a box away")},
    {"handed_in", N_("delivered it with its coverage")},
    {"brought_back", N_("brought it back")},
    {"purged", N_("deleted its bytes")},
    {"raised", N_("raised it")},      {"confirmed", N_("confirmed it")},
    {"refused", N_("refused it")},    {"replaced", N_("replaced it")},
    {0},
};

static const Subject *subject_called(const char *name)
{
    for (size_t i = 0; i < COUNT(subjects); i++)
        if (text_same(subjects[i].name, name))
            return &subjects[i];
    return NULL;
}

const char *site_subject_label(Ctx *ctx, const char *subject)
{
    const Subject *s = subject_called(subject);
    return s ? say(ctx, s->label) : subject;
}

const char *site_verb_label(Ctx *ctx, const char *verb)
{
    int v = word_find(verbs, verb);
    return v >= 0 ? say_word(ctx, verbs, v) : verb;
}

Url site_subject_url(Arena *a, const char *subject, i64 id)
{
    const Subject *s = subject_called(subject);
    return s && s->path ? url_id(a, s->path, id, NULL) : url_literal("/mesa/bitacora");
}

Url site_hit_url(Arena *a, const SearchHit *hit)
{
    Url url = url_literal("/");
    url_inside(a, hit->address, &url);
    return url;
}
