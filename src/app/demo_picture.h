/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* demo_picture.h: drawn scenes of the invented city, as what photographers of the demo hand in. */
#pragma once
#include "base/buf.h"

/* A PNG of 960×640; the same number gives the same picture on any machine with the same libraries. */
bool demo_picture(u64 number, Buf *out);
