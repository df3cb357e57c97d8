/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* app_init.h: making a new desk, for vocero init and vocero demo. */
#pragma once
#include "app/command.h"
#include "store/db.h"

typedef struct InitAdmin {
    const char *mail, *name, *password;
    const char *hash; /* made by init_people() */
} InitAdmin;

/* The folder and its vocero.conf; false after saying why, also when a desk is there already. */
bool init_folder(const Overrides *over, const char *city, const char *zone);
/* Takes away what was made when the rest failed. */
void init_undo(const Overrides *over);
/* Areas, posts, the matrix of rights and the administrator; false after saying why. */
bool init_people(Desk *desk, InitAdmin *admin);
const char *init_password(Arena *a); /* a new one that nobody guesses */
