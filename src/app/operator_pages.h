/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* operator_pages.h: what operators and programs look at: health, figures, the description of all addresses. */
#pragma once
#include "web/page.h"

extern const Route operator_routes[];
