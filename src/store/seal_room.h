/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* seal_room.h: what seal_*.c tell each other; private to them. */
#pragma once
#include "store/seal.h"

enum { SEAL_SIGNATURE = 64, SEAL_CODE_TURNS = 64 };

void seal_key_name(const unsigned char public_key[32], char id_out[SEAL_KEY_ID + 1]);

/* The code of a signature at the turn-th try. */
void seal_code_make(const unsigned char signature[SEAL_SIGNATURE], int turn,
                    char code_out[SEAL_CODE + 1]);
/* Is it the code of this signature, at whichever try? */
bool seal_code_belongs(const unsigned char signature[SEAL_SIGNATURE], const char *code);
