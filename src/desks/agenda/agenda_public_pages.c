/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_public_pages.c: the addresses that citizens read. (The lead is writing this file and agenda_public_views.html, agenda_calendar.c/.h right now, with the site_home panel; desk pages are yours.) */
