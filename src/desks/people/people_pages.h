/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* people_pages.h: what app hangs of this room. */
#pragma once
#include "web/page.h"

extern const Route people_routes[];      /* persons, posts, roles */
extern const Route people_self_routes[]; /* coming in, going out, one's own account */
extern const Route people_notice_routes[]; /* what a person is told */
extern const Route people_absence_routes[]; /* who is away */
