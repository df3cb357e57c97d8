/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_tags.h: shared by the files that know qpdf. */
#pragma once
#include "paper/paper_galley.h"

#include <qpdf/qpdf-c.h>

/* Title, dates, language; what a reader shows in its window. */
void properties_write(Galley *g, qpdf_data q);

/* The headings of level 2 as bookmarks; pages are the document's, in their order. */
void outline_write(Galley *g, qpdf_data q, const qpdf_oh *pages);
