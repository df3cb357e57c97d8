/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* app_commands.h: the commands, one function each; main.c has their table. */
#pragma once
#include "app/command.h"

int command_serve(const Command *self, int argc, char **argv);
int command_work(const Command *self, int argc, char **argv);
int command_init(const Command *self, int argc, char **argv);
int command_user(const Command *self, int argc, char **argv);
int command_import(const Command *self, int argc, char **argv);
int command_report(const Command *self, int argc, char **argv);
int command_check(const Command *self, int argc, char **argv);
int command_verify(const Command *self, int argc, char **argv);
int command_routes(const Command *self, int argc, char **argv);
int command_demo(const Command *self, int argc, char **argv);
