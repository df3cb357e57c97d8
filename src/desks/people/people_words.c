/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* people_words.c: the vocabulary of the room, as the database spells it, and its addresses. */
#include "base/text.h"
#include "desks/people/people_room.h"

const Word people_right_words[] = {
    {"public", N_("Everybody")},
    {"login", N_("Whoever works here")},
    [RIGHT_AGENDA_READ] = {"agenda_read", N_("See the agenda and its coverage")},
    [RIGHT_AGENDA_EDIT] = {"agenda_edit", N_("Change the agenda")},
    [RIGHT_AGENDA_PRIVATE] = {"agenda_private", N_("See private events")},
    [RIGHT_COVERAGE_ASSIGN] = {"coverage_assign", N_("Assign coverage")},
    [RIGHT_COVERAGE_DELIVER] = {"coverage_deliver", N_("Accept and deliver one's coverage")},
    [RIGHT_COVERAGE_APPROVE] = {"coverage_approve", N_("Approve coverage")},
    [RIGHT_REPORT_READ] = {"report_read", N_("See the monthly report")},
    [RIGHT_REPORT_EDIT] = {"report_edit", N_("Write the monthly report")},
    [RIGHT_PEOPLE_READ] = {"people_read", N_("See the people of the office")},
    [RIGHT_PEOPLE_EDIT] = {"people_edit", N_("Change people, posts and acting heads")},
    [RIGHT_ROLES_EDIT] = {"roles_edit", N_("Change what roles may do")},
    [RIGHT_JOURNAL_READ] = {"journal_read", N_("Read the journal")},
    [RIGHT_QUEUE_EDIT] = {"queue_edit", N_("Look after failed jobs")},
    [RIGHT_REPORT_SIGN] = {"report_sign", N_("Sign or return the monthly report")},
    [RIGHT_REPORT_PUBLISH] = {"report_publish", N_("Publish the signed report")},
    [RIGHT_STRATEGY_READ] = {"strategy_read", N_("See the goals")},
    [RIGHT_STRATEGY_EDIT] = {"strategy_edit", N_("Set goals and type figures")},
    [RIGHT_PRESS_READ] = {"press_read", N_("See releases before they are public")},
    [RIGHT_PRESS_WRITE] = {"press_write", N_("Write releases")},
    [RIGHT_PRESS_APPROVE] = {"press_approve", N_("Approve or return releases")},
    [RIGHT_PRESS_PUBLISH] = {"press_publish", N_("Publish, correct and withdraw releases")},
    [RIGHT_PRESS_MEDIA] = {"press_media", N_("Look after media and their data")},
    [RIGHT_PRESS_SET_UP] = {"press_set_up", N_("Set up topics, templates and times of silence")},
    [RIGHT_SITE_EDIT] = {"site_edit", N_("Change the site's own pages and look")},
    [RIGHT_SITE_ALERT] = {"site_alert", N_("Raise and confirm alerts")},
    [RIGHT_PHOTOS_READ] = {"photos_read", N_("See photos at the desk")},
    [RIGHT_PHOTOS_UPLOAD] = {"photos_upload", N_("Hand in photos")},
    [RIGHT_PHOTOS_EDIT] = {"photos_edit", N_("Choose and describe photos, say whether minors appear")},
    [RIGHT_PHOTOS_PUBLISH] = {"photos_publish", N_("Publish galleries and unpublish photos")},
    [RIGHT_PHOTOS_CONSENT] = {"photos_consent", N_("Look after the consents of minors")},
    {0},
};

const Word people_role_words[] = {
    [ROLE_ADMIN] = {"admin", N_("Administrator")},
    [ROLE_DIRECTOR] = {"director", N_("Director")},
    [ROLE_COORDINATOR] = {"coordinator", N_("Coordinator")},
    [ROLE_EDITOR] = {"editor", N_("Editor")},
    [ROLE_COMMUNITY_MANAGER] = {"community_manager", N_("Community manager")},
    [ROLE_PHOTOGRAPHER] = {"photographer", N_("Photographer")},
    [ROLE_CITIZEN_ATTENTION] = {"citizen_attention", N_("Citizen Attention")},
    [ROLE_READER] = {"reader", N_("Reader")},
    {0},
};

const Word people_state_words[] = {
    [PERSON_ACTIVE] = {"active", N_("Active")},
    [PERSON_BLOCKED] = {"blocked", N_("Blocked")},
    {0},
};

Url people_url(Arena *a, i64 id)
{
    return url_id(a, "/mesa/personas/", id, NULL);
}

static const char *first_in(const char *text, const char *const (*names)[2], size_t n, const char *otherwise)
{
    for (size_t i = 0; i < n; i++)
        if (strstr(text, names[i][0]))
            return names[i][1];
    return otherwise;
}

const char *people_device(Arena *a, const char *user_agent)
{
    static const char *const browsers[][2] = {{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser", "Samsung Internet"},
                                              {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
                                              {"curl/", "curl"}};
    static const char *const systems[][2] = {{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},
                                             {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"}};
    const char *agent = user_agent ? user_agent : "";
    const char *browser = first_in(agent, browsers, COUNT(browsers), NULL);
    const char *system = first_in(agent, systems, COUNT(systems), NULL);
    if (!browser)
        return system ? system : "?";
    return system ? arena_printf(a, "%s · %s", browser, system) : browser;
}
