/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_alert_words.c: the words of alerts, as the database, CAP 1.2 (3.2.2) and screens spell them. */
#include "desks/site/alerts/site_alert.h"

const Word site_level_words[] = {
    [ALERT_NOTICE] = {"notice", N_("Notice")},
    [ALERT_WARNING] = {"warning", N_("Warning")},
    [ALERT_DANGER] = {"danger", N_("Danger")},
    {0},
};

const Word site_alert_words[] = {
    [ALERT_DRAFT] = {"draft", N_("Waits for a second person")},
    [ALERT_ACTIVE] = {"active", N_("In force")},
    [ALERT_ENDED] = {"ended", N_("Ended")},
    [ALERT_REFUSED] = {"refused", N_("Refused")},
    {0},
};

const Word site_category_words[] = {
    {"Met", N_("Weather")},          {"Geo", N_("Earthquake, landslide")}, {"Safety", N_("Public safety, civil protection")},
    {"Security", N_("Security")},    {"Rescue", N_("Rescue")},             {"Fire", N_("Fire")},
    {"Health", N_("Health")},        {"Env", N_("Environment")},           {"Transport", N_("Transport, roads")},
    {"Infra", N_("Water, power, services")}, {"CBRNE", N_("Chemical or biological danger")}, {"Other", N_("Other")},
    {0},
};

const Word site_urgency_words[] = {
    {"Immediate", N_("Act now")},   {"Expected", N_("Act within the hour")}, {"Future", N_("There is time to prepare")},
    {"Past", N_("No action needed any more")}, {"Unknown", N_("Not known")}, {0},
};

const Word site_severity_words[] = {
    {"Extreme", N_("Extraordinary danger to life or property")}, {"Severe", N_("Significant danger")},
    {"Moderate", N_("Possible danger")}, {"Minor", N_("Little or no danger")}, {"Unknown", N_("Not known")}, {0},
};

const Word site_certainty_words[] = {
    {"Observed", N_("It has happened or goes on")}, {"Likely", N_("Likely: more than half")},
    {"Possible", N_("Possible: less than half")},   {"Unlikely", N_("Not expected")}, {"Unknown", N_("Not known")}, {0},
};

const char *site_level_icon(AlertLevel level)
{
    return level == ALERT_NOTICE ? "info-circle" : "alert-triangle";
}

const char *site_level_look(AlertLevel level)
{
    static const char *const looks[] = {[ALERT_NOTICE] = "", [ALERT_WARNING] = "warn", [ALERT_DANGER] = "bad"};
    return looks[level];
}

const char *site_alert_by(const char *name)
{
    return name ? name : "Vocero";
}

const char *site_alert_state_said(Ctx *ctx, const Alert *alert)
{
    if (alert->state == ALERT_DRAFT && alert->expires_at <= ctx->now)
        return say(ctx, "Its time passed unconfirmed");
    if (alert->state == ALERT_ACTIVE && alert->expires_at <= ctx->now)
        return say(ctx, "Its time is over");
    if (alert->state == ALERT_ENDED && alert->follower)
        return say(ctx, "Replaced by a younger one");
    return say_word(ctx, site_alert_words, (int)alert->state);
}

Url site_alert_url(Arena *a, i64 id, const char *after)
{
    return url_id(a, "/avisos/", id, after);
}

Url site_alert_desk_url(Arena *a, i64 id, const char *after)
{
    return url_id(a, "/mesa/sitio/avisos/", id, after);
}
