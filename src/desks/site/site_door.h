/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* site_door.h: the door of the site room: the front of the house (what citizens see first) and the desk's own hall
 * (home, search, journal, failed jobs). It is the last room to the right and knows all others. */
#pragma once
#include "base/ctx.h"
