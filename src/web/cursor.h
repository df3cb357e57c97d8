/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* cursor.h: opaque places in a list, for ?after=.  A cursor of another list, or a changed one, is refused. */
#pragma once
#include "web/page.h"

const char *cursor_make(Ctx *ctx, const Request *req, i64 at, i64 id);
/* false without a fault: none was given; false with FAULT_INVALID: it is not of this list. */
bool cursor_read(Ctx *ctx, const Request *req, i64 *at_out, i64 *id_out);
