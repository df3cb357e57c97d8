/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* app_routes.c: vocero routes: every address with method, right and room. */
#include "app/app_commands.h"
#include "app/command.h"
#include "app/rooms.h"
#include "base/text.h"

static void tell(const Site *site, const Route *r, const char *room, bool json)
{
    const char *method = method_names[r->method];
    const char *right = r->right == PUBLIC ? "public" : r->right == LOGIN ? "login" : site->right_names[r->right];
    if (json)
        printf("{\"method\":\"%s\",\"path\":\"%s\",\"right\":\"%s\",\"room\":\"%s\"}\n", method, r->path, right, room);
    else
        printf("%-7s %-44s %-18s %s\n", method, r->path, right, room);
}

int command_routes(const Command *self, int argc, char **argv)
{
    Overrides over = {0};
    bool json = false;
    int status = DONE;
    const Option own[] = {{"json", OPTION_FLAG, &json, NULL, "one JSON object a line"}};
    if (!options_parse(self, &argc, &argv, own, COUNT(own), &over, &status))
        return status;
    Site site = {0};
    rooms_hang(&site);
    for (size_t i = 0; all_routes[i]; i++)
        for (const Route *r = all_routes[i]; r->path; r++)
            tell(&site, r, route_rooms[i], json);
    return DONE;
}
