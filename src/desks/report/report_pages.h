/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* report_pages.h: what app hangs of this room. */
#pragma once
#include "web/page.h"
#include "web/panel.h"

extern const Route report_routes[];
extern const Panel report_panels[];
