/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* tongue.h: what a screen says, in the reader's language.
 *
 * Messages are written in English in the code; the Spanish of Mexico comes from locale/es.po,
 * which gettext's msgfmt compiles and the build puts into the program.  glibc's gettext() ties the
 * language to the process's locale, which need not be installed and cannot differ by request; so
 * the compiled catalogue is searched here (GNU gettext manual, "The Format of GNU MO Files"). */
#pragma once
#include "base/base.h"

typedef enum { TONGUE_ES, TONGUE_EN, TONGUE_COUNT } Tongue;

#define N_(msgid) msgid /* marks a text for translation where it is only stored */

/* Both return a text that lives as long as the program, or the argument itself where no translation is. */
const char *tongue_say(Tongue t, const char *msgid) FORMAT_ARG(2);
const char *tongue_say_n(Tongue t, const char *one, const char *many, i64 n) FORMAT_ARG(2) FORMAT_ARG(3);
const char *tongue_code(Tongue t);               /* "es-MX", "en" */
Tongue tongue_choose(const char *accept_language); /* of an HTTP header, which may be NULL; Spanish when in doubt */
