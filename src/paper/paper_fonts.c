/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_fonts.c: a font map of the embedded fonts alone, so that a paper looks the same on any machine. */
#include "paper/paper_fonts.h"

#include <fontconfig/fontconfig.h>
#include <glib.h>
#include <pango/pangofc-fontmap.h>
#include <sys/mman.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define LEAKS_LOOKED_FOR 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LEAKS_LOOKED_FOR 1
#endif
#endif

#ifdef LEAKS_LOOKED_FOR
/* fontconfig keeps distances instead of pointers, which the leak checker cannot follow: what its patterns hold
 * looks lost as long as the font map lives. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig.so\n";
}
#endif

static GMutex lock;
static PangoFontMap *map; /* made once, under the lock */

/* fontconfig and FreeType want a file: a sealed one in memory, open as long as the program runs. */
static bool add_font(FcConfig *config, Bytes font)
{
    int fd = memfd_create("vocero-font", MFD_CLOEXEC);
    if (fd < 0)
        return false;
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (write(fd, font.data, font.size) == (ssize_t)font.size &&
        FcConfigAppFontAddFile(config, (const FcChar8 *)path))
        return true;
    close(fd);
    return false;
}

static PangoFontMap *make_map(void)
{
    FcConfig *config = FcConfigCreate();
    bool good = config;
    for (size_t i = 0; good && i < paper_fonts_count; i++)
        good = add_font(config, paper_fonts[i]);
    /* as the program's own, before the map: Pango would have fontconfig read the machine's fonts */
    good = good && FcConfigSetCurrent(config);
    PangoFontMap *made = good ? pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT) : NULL;
    if (made) {
        pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(made), 72);
        pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(made), config);
    }
    if (config)
        FcConfigDestroy(config); /* the map has its own reference */
    return made;
}

PangoFontMap *paper_fonts_take(void)
{
    g_mutex_lock(&lock);
    if (!map)
        map = make_map();
    if (!map)
        g_mutex_unlock(&lock);
    return map;
}

void paper_fonts_leave(void)
{
    g_mutex_unlock(&lock);
}
