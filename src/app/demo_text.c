/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* demo_text.c: who and what there is in the invented city. No person here is a real one. */
#include "app/demo_text.h"

const DemoPerson demo_staff[DEMO_STAFF] = {
    {"direccion@sanluis.example", "Dalia Guardaluz", ROLE_DIRECTOR, 1, NULL},
    {"coordinacion@sanluis.example", "Tadeo Entrevalles", ROLE_COORDINATOR, 2, "coordinacion-de-difusion-y-comunicacion-digital"},
    {"redaccion@sanluis.example", "Sofía Valdeprosa", ROLE_EDITOR, 3, NULL},
    {"transmision@sanluis.example", "Iker Montealba", ROLE_PHOTOGRAPHER, 3, NULL},
    {"foto@sanluis.example", "Renata Piedraclara", ROLE_PHOTOGRAPHER, 3, NULL},
    {"redes@sanluis.example", "Ximena Lagocielo", ROLE_COMMUNITY_MANAGER, 3, NULL},
    {"video@sanluis.example", "Damián Cantolargo", ROLE_PHOTOGRAPHER, 3, NULL},
};

const char *const demo_reasons[2] = {
    "Coincidió con la sesión de Cabildo; el equipo estaba completo en la transmisión.",
    "La convocatoria llegó después de concluido el evento.",
};

static const DemoPlace places[] = {
    {"Plaza de Armas", "Centro Histórico", 22.15159, -100.97655},
    {"Salón de Cabildo", "Palacio Municipal, Jardín Hidalgo s/n, Centro Histórico", 22.15208, -100.97686},
    {"Parque Tangamanga I", "Av. Dr. Salvador Nava s/n, Tangamanga", 22.13123, -101.00268},
    {"Plaza de la colonia Satélite", "Estados Unidos 120, Satélite", 22.1329, -100.9451},
    {"Parque de Morales", "Av. Venustiano Carranza, Tequisquiapan", 22.14905, -100.99432},
    {"Unidad Administrativa Municipal", "Blvd. Salvador Nava Martínez 1580, Santuario", 22.14116, -100.97043},
    {"Calzada de Guadalupe", "Barrio de San Sebastián", 22.1388, -100.9737},
    {"Delegación La Pila", "Calle Hidalgo 1, La Pila", 22.0333, -100.8687},
};

const DemoEvent demo_present[DEMO_PRESENT] = {
    {"Banderazo del programa de bacheo", "Arranca el programa en 38 colonias; cada tramo tiene fecha compromiso.", "servicios", 70, &places[4]},
    {"Sesión ordinaria de Cabildo", "Once puntos; se transmite en vivo con subtítulos.", "cabildo", 150, &places[1]},
    {"Rueda de prensa: ventanilla única de trámites", "Doce trámites en una sola ventanilla.", "tramites", 45, &places[5]},
    {"Entrega de luminarias LED", "62 luminarias nuevas en la plaza y sus calles.", "servicios", 60, &places[3]},
    {"Concierto de la Banda Municipal", "Entrada libre.", "cultura", 90, &places[0]},
    {"Jornada de esterilización canina y felina", "Gratuita; lleva cobija y comprobante de domicilio.", "salud", 120, &places[4]},
    {"Reforestación del parque", "Se plantan 200 encinos; hay herramienta para todos.", "ambiente", 120, &places[2]},
    {"Cine en tu colonia", "Función familiar al aire libre.", "cultura", 110, &places[3]},
    {"Feria del empleo", "Treinta empresas con vacantes.", "economia", 240, &places[2]},
    {"Audiencia pública vecinal", "Atención directa de las áreas de servicio.", "participacion", 120, &places[7]},
    {"Vía recreativa", "La Calzada sin automóviles; préstamo gratuito de bicicletas.", "deporte", 180, &places[6]},
    {"Taller de huertos urbanos", "Cupo limitado; se entrega semilla.", "ambiente", 90, &places[2]},
};

/* ---- July 2022 as a calendar ---- */
static void head(Buf *ics)
{
    buf_text(ics, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Vocero//Ciudad de muestra//ES\r\nMETHOD:PUBLISH\r\n"
                  "X-WR-CALNAME:Agenda pública\r\nX-WR-TIMEZONE:America/Mexico_City\r\n");
}

/* RFC 5545 3.3.11 */
static void escaped(Buf *ics, const char *text)
{
    for (; *text; text++) {
        if (strchr("\\;,", *text))
            buf_char(ics, '\\');
        buf_char(ics, *text);
    }
}

static void property(Buf *ics, const char *name, const char *value)
{
    buf_printf(ics, "%s:", name);
    escaped(ics, value);
    buf_text(ics, "\r\n");
}

typedef struct Slot {
    int number, day, hour, minute;
    const char *extra; /* further lines */
} Slot;

static void event(Buf *ics, const DemoEvent *e, Slot s)
{
    int end = s.hour * 60 + s.minute + e->minutes;
    buf_printf(ics, "BEGIN:VEVENT\r\nUID:julio-%03d@agenda.sanluis.example\r\nDTSTAMP:20220628T150000Z\r\n", s.number);
    buf_printf(ics, "DTSTART;TZID=America/Mexico_City:202207%02dT%02d%02d00\r\n", s.day, s.hour, s.minute);
    buf_printf(ics, "DTEND;TZID=America/Mexico_City:202207%02dT%02d%02d00\r\n", s.day, end / 60, end % 60);
    property(ics, "SUMMARY", e->title);
    property(ics, "DESCRIPTION", e->description);
    buf_text(ics, "LOCATION:");
    escaped(ics, e->place->name);
    buf_text(ics, "\\, ");
    escaped(ics, e->place->address);
    buf_printf(ics, "\r\nGEO:%.5f;%.5f\r\nCATEGORIES:%s\r\n%sEND:VEVENT\r\n", e->place->lat, e->place->lon, e->topic, s.extra);
}

/* Every Sunday, but not the 10th; the 17th an hour later: four occurrences. */
static void series(Buf *ics)
{
    event(ics, &demo_present[10], (Slot){0, 3, 8, 0,
          "RRULE:FREQ=WEEKLY;BYDAY=SU;UNTIL=20220731T235959Z\r\nEXDATE;TZID=America/Mexico_City:20220710T080000\r\n"});
    event(ics, &demo_present[10], (Slot){0, 17, 9, 0, "RECURRENCE-ID;TZID=America/Mexico_City:20220717T080000\r\nSEQUENCE:1\r\n"});
}

void demo_july(Buf *ics)
{
    enum { SINGLE = 66 };
    head(ics);
    series(ics);
    for (int n = 1; n <= SINGLE; n++) {
        size_t kind = (size_t)(n * 7) % (DEMO_PRESENT - 2); /* not the series */
        event(ics, &demo_present[kind], (Slot){n, 1 + n * 31 / (SINGLE + 1), 8 + n % 5 * 2, n % 4 * 15, ""});
    }
    event(ics, &demo_present[7], (Slot){90, 15, 11, 0, "STATUS:CANCELLED\r\nSEQUENCE:2\r\n"});
    event(ics, &demo_present[8], (Slot){91, 22, 18, 0, "STATUS:CANCELLED\r\nSEQUENCE:1\r\n"});
    event(ics, &demo_present[9], (Slot){92, 12, 9, 0, "CLASS:PRIVATE\r\n"});
    event(ics, &demo_present[11], (Slot){93, 20, 8, 30, "CLASS:CONFIDENTIAL\r\n"});
    buf_text(ics, "END:VCALENDAR\r\n");
}
