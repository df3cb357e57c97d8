/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* app_commands.h: the commands, one function each; main.c has their table. */
#pragma once

int command_serve(int argc, char **argv);
int command_work(int argc, char **argv);
int command_init(int argc, char **argv);
int command_user(int argc, char **argv);
int command_import(int argc, char **argv);
int command_report(int argc, char **argv);
int command_check(int argc, char **argv);
int command_routes(int argc, char **argv);
int command_demo(int argc, char **argv);
