/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* main.c: one binary, many commands. */
#include "app/app_commands.h"
#include "base/text.h"

#include <locale.h>
#include <sodium.h>
#include <sys/stat.h>

/* In the order of --help. */
static const Command commands[] = {
    {"serve", "", "Serves the desk and the public site.", command_serve},
    {"work", "", "Does the background jobs alone, for a second node.", command_work},
    {"init", "", "Makes a new data folder with its first administrator.", command_init},
    {"demo", "", "Fills a new data folder with a lively invented city.", command_demo},
    {"user", "add|list|passwd|role|token …", "Persons and what they may do.", command_user},
    {"import", "agenda FILE.ics | photos DIR --event ID | wordpress URL|FILE.xml", "Brings in what another program wrote.", command_import},
    {"report", "YYYY-MM", "The month in figures.", command_report},
    {"verify", "FILE", "Says whether a document is one that the office signed, without a network.", command_verify},
    {"check", "", "Says what is set up and what fails, with the cure.", command_check},
    {"routes", "", "Every address with method, right and room.", command_routes},
    {0},
};

static const Command *command_called(const char *name)
{
    for (const Command *c = commands; c->name; c++)
        if (text_same(c->name, name))
            return c;
    return NULL;
}

static int help(FILE *out)
{
    fputs("Vocero: the communications desk of a city government\n\nUsage: vocero COMMAND [OPTION…]\n\n", out);
    for (const Command *c = commands; c->name; c++)
        fprintf(out, "  %-8s %s\n", c->name, c->summary);
    fputs("\nEvery command answers --help. Settings: vocero.conf in the data folder, or VOCERO_SECTION_KEY:\n\n", out);
    settings_describe(out);
    return out == stdout ? DONE : USAGE;
}

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    umask(077);
    arena_keep_memory();
    if (sodium_init() < 0)
        return complain("the system gives no random numbers");
    if (argc < 2)
        return help(stderr);
    if (text_same(argv[1], "--help") || text_same(argv[1], "-h") || text_same(argv[1], "help"))
        return help(stdout);
    if (text_same(argv[1], "--version")) {
        puts("vocero " VOCERO_VERSION);
        return DONE;
    }
    const Command *command = command_called(argv[1]);
    if (command)
        return command->run(command, argc - 1, argv + 1);
    complain("there is no command %s", argv[1]);
    return help(stderr);
}
