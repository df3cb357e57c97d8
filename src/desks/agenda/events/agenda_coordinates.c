/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* agenda_coordinates.c: latitude and longitude as people paste them, and whether they can be meant. */
#include "desks/agenda/events/agenda_book.h"
#include "desks/agenda/agenda_room.h"

#include <math.h>
#include <stdlib.h>

/* Mexico with its seas and its neighbours' border: INEGI gives 14°32' to 32°43' north, 86°42' to 118°27' west. */
static const double south = 12, north = 35, west = -120, east = -85;

static bool in_mexico(double lat, double lon)
{
    return lat >= south && lat <= north && lon >= west && lon <= east;
}

static bool on_earth(double lat, double lon)
{
    return fabs(lat) <= 90 && fabs(lon) <= 180;
}

bool agenda_check_coordinates(Ctx *ctx, const char *field, double lat, double lon, bool far)
{
    if (isnan(lat) && isnan(lon))
        return true;
    if (isnan(lat) || isnan(lon))
        return fault_field(ctx, field,
                           "A place has both a latitude and a longitude, or neither.");
    if (in_mexico(lon, lat))
        return fault_field(ctx, field,
                           "Latitude and longitude are the wrong way round: write %.5f, %.5f.", lon,
                           lat);
    if (!on_earth(lat, lon))
        return fault_field(ctx, field,
                           "Latitude is between -90 and 90, longitude between -180 and 180.");
    if (lat == 0 && lon == 0)
        return fault_field(ctx, field, "0, 0 lies in the sea: leave it blank when you do not know.");
    if (!far && !in_mexico(lat, lon))
        return fault_field(ctx, field,
                           "That lies far from Mexico: correct it, or tick that it is meant so.");
    return true;
}

static const char *skip(const char *p)
{
    while (*p && strchr(" \t,;()", *p))
        p++;
    return p;
}

bool agenda_coordinates(Ctx *ctx, const char *field, const char *text, double *lat_out,
                        double *lon_out)
{
    *lat_out = *lon_out = NAN;
    if (text_blank(text))
        return true;
    const char *p = skip(text);
    char *end, *last;
    double lat = strtod(p, &end);
    const char *second = skip(end);
    double lon = strtod(second, &last);
    if (end == p || last == second || *skip(last) || !isfinite(lat) || !isfinite(lon))
        return fault_field(ctx, field,
                           "Write latitude and longitude as decimal numbers: 22.15159, -100.97655.");
    *lat_out = lat;
    *lon_out = lon;
    return true;
}

const char *agenda_coordinates_said(Arena *a, double lat, double lon)
{
    return isnan(lat) || isnan(lon) ? NULL : arena_printf(a, "%.5f, %.5f", lat, lon);
}
