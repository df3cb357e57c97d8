/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* command.h: one binary, many commands: what each is given and what it may leave behind.
 *
 * Exit status: 0 done, 1 failed (a message on standard error says what, where and the cure), 2 wrong usage. */
#pragma once
#include "app/settings.h"
#include "store/vault.h"

typedef enum { DONE = 0, FAILED = 1, USAGE = 2 } Outcome;

typedef struct Command Command;
struct Command {
    const char *name;
    const char *usage;   /* after the name: "FILE.ics [--skip-bad]" */
    const char *summary;
    int (*run)(const Command *self, int argc, char **argv); /* argv[0] is the command's name */
};

/* An opened desk for a command that is not the server: settings, an arena, a database that is up to date. */
typedef struct Desk {
    Settings settings;
    Ctx ctx;
} Desk;

/* Options that every command takes are read by options_parse() together with the command's own. */
typedef struct Option {
    const char *name;                        /* without the dashes */
    enum { OPTION_TEXT, OPTION_FLAG } kind;
    void *to;                                /* const char ** or bool * */
    const char *value_name, *what;
} Option;
/* Leaves the other arguments in argv[1..]; false after saying why (or after --help, then *status_out is DONE). */
bool options_parse(const Command *command, int *argc, char ***argv, const Option *own, size_t own_count,
                   Overrides *over, int *status_out);

/* Opens for writing and runs the steps; false after saying why. The data folder must be there already. */
bool desk_open(Desk *desk, const Overrides *over);
void desk_close(Desk *desk); /* for CLEANUP(desk_close) */
/* Runs the work in one transaction, says the fault; DONE or FAILED. */
int desk_do(Desk *desk, bool (*work)(Ctx *ctx, void *data), void *data);

/* What the terminal says is English, like --help, but for who works in Spanish. */
Tongue tongue_of_terminal(void);
int complain(const char *fmt, ...) PRINTF(1, 2);             /* one line on standard error; FAILED */
int complain_fault(Ctx *ctx);                                /* the fault's sentence; FAILED */
/* The whole file in the arena, at most max bytes; "-" is standard input; false after saying why. */
bool read_whole(Ctx *ctx, const char *path, size_t max, Bytes *bytes_out);
/* The first line of a file, for passwords. */
const char *read_secret(Ctx *ctx, const char *path);
/* Prints a record or a list of them as JSON on standard output. */
void print_json(Ctx *ctx, const Shape *shape, const void *item);
