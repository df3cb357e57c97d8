/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* paper_example_harness.c: an invented month's report: every kind of block, and a workbook of the same figures. */
#include "paper/paper_example_harness.h"

#define SITE "https://vocero.example/informes/2022-07/"

static const PaperCard cards[] = {
    {"68", "eventos cubiertos", "meta 60", SITE "eventos"},
    {"40", "comunicados", "meta 40", SITE "comunicados"},
    {"3 de 3", "sesiones de Cabildo", "en vivo", SITE "sesiones"},
    {"93 %", "reportes resueltos", "812 atendidos", NULL},
};

static const PaperColumn columns[] = {
    {"Actividad", PAPER_LEFT, 274, .heads_row = true},
    {"Unidad", PAPER_LEFT, 92},
    {"Meta", PAPER_RIGHT, 66},
    {"Logrado", PAPER_RIGHT, 80, .strong = true},
};
#define ROW(n, label, unit, goal, goal_n, done, done_n)            \
    static const PaperCell row##n[] = {                            \
        {label},                                                   \
        {unit},                                                    \
        {goal, .kind = PAPER_CELL_NUMBER, .number = (goal_n)},     \
        {done, SITE "actividad-" #n, PAPER_CELL_NUMBER, (done_n)}, \
    }
ROW(1, "Cobertura de eventos de la agenda pública", "Evento", "60", 60, "68", 68);
ROW(2, "Transmisiones en vivo para redes sociales", "Transmisión", "12", 12, "14", 14);
ROW(3, "Testimonio fotográfico de eventos", "Fotografía", "900", 900, "1,236", 1236);
ROW(4, "Actualización de la sección Comunicados", "Comunicado", "40", 40, "40", 40);
ROW(5, "Actualización de la sección Sesiones de Cabildo", "Sesión", "3", 3, "3", 3);
ROW(6, "Seguimiento de reportes con Atención Ciudadana", "Reporte", "750", 750, "812", 812);
static const PaperRow rows[] = {
    {PAPER_LIST(row1)}, {PAPER_LIST(row2)}, {PAPER_LIST(row3)},
    {PAPER_LIST(row4)}, {PAPER_LIST(row5)}, {PAPER_LIST(row6)},
};

static const PaperLine bullets[] = {
    {"38 colonias con seguimiento público.", "Bacheo:"},
    {"62 unidades nuevas en Satélite.", "Luminarias:"},
    {"Esterilización: jornadas en seis parques."},
    {"Trámites: rueda de prensa de la ventanilla única.", .url = SITE "tramites"},
};

static const char *weeks[] = {"Sem. 1", "Sem. 2", "Sem. 3", "Sem. 4", "Sem. 5"};
static const i64 received[] = {188, 204, 161, 176, 83}, answered[] = {160, 190, 170, 168, 88};
static const PaperSeries series[] = {{"Recibidos", received}, {"Resueltos", answered}};

static const PaperBlock left[] = {
    {PAPER_HEADING, .heading = {2, "Lo más relevante"}},
    {PAPER_TEXT,
     .line =
         {"El área cubrió los 68 eventos de la agenda y transmitió en vivo las tres sesiones de "
          "Cabildo con subtítulos. La primera respuesta a la ciudadanía tomó 38 minutos (mediana), "
          "por debajo de la meta de 60."}},
    {PAPER_BULLETS, .lines = {bullets, COUNT(bullets)}},
};
static const PaperBlock right[] = {
    {PAPER_HEADING, .heading = {2, "Reportes por semana"}},
    {PAPER_BARS, .bars = {{weeks, COUNT(weeks)},
                          {series, COUNT(series)},
                          "Gráfica de barras: reportes recibidos y resueltos por semana; 812 "
                          "recibidos y 776 resueltos en julio.",
                          "Semana"}},
};

static const PaperSignature signatures[] = {
    {NULL, "Titular del área de Redes Sociales", "Elaboró y firmó electrónicamente"},
    {NULL, "Dirección General", "Vo. Bo."},
};

static const PaperLine steps[] = {
    {"Se cuenta cada registro una vez."}, {"Se cierra el mes."}, {"Se firma el informe."}};

static const PaperBlock front[] = {
    {PAPER_CARDS, .cards = {cards, COUNT(cards)}},
    {PAPER_HEADING, .heading = {2, "Actividades y metas"}},
    {PAPER_TABLE, .table = {{columns, COUNT(columns)}, {rows, COUNT(rows)}}},
    {PAPER_COLUMNS, .columns = {{left, COUNT(left)}, {right, COUNT(right)}}},
};

static const PaperBlock signing = {
    PAPER_SIGNING,
    .signing = {{signatures, COUNT(signatures)},
                {"Verifica: código", "VOC-7K3F-92", "https://vocero.example/v/VOC-7K3F-92",
                 "Código QR que abre la verificación de este informe."}}};

static const PaperColumn long_columns[] = {
    {"Fecha", PAPER_LEFT, 2},
    {"Evento", PAPER_LEFT, 6, .heads_row = true},
    {"Asistentes", PAPER_RIGHT, 2, .strong = true},
};

static PaperTable long_table(Arena *a, size_t count)
{
    PaperRow *list = arena_array(a, PaperRow, count + 1);
    i64 day = 1656694800 * CLOCK_SECOND; /* 2022-07-01 12:00 in Mexico */
    for (size_t i = 0; i < count; i++) {
        PaperCell *cell = arena_array(a, PaperCell, 3);
        i64 at = day + (i64)(i % 31) * CLOCK_DAY, people = 20 + (i64)(i * 37 % 400);
        cell[0] =
            (PaperCell){arena_printf(a, "%zu jul", i % 31 + 1), .kind = PAPER_CELL_DATE, .at = at};
        cell[1] = (PaperCell){
            arena_printf(a, "Evento número %zu de la agenda pública de la ciudad", i + 1)};
        cell[2] = (PaperCell){arena_printf(a, "%" PRId64, people),
                              arena_printf(a, SITE "evento-%zu", i + 1), PAPER_CELL_NUMBER,
                              (double)people};
        list[i] = (PaperRow){{cell, 3}, false};
    }
    return (PaperTable){
        PAPER_LIST(long_columns), {list, count}, "Eventos cubiertos", "Ningún evento en el mes."};
}

static size_t add_long(Arena *a, PaperBlock *blocks, size_t n, const PaperTable *table)
{
    blocks[n++] =
        (PaperBlock){PAPER_HEADING, .heading = {2, "Relación de eventos", SITE "eventos"}};
    blocks[n++] = (PaperBlock){
        PAPER_NOTE,
        .line = {"Los eventos cancelados no se cuentan; su registro se conserva.", "Nota:"}};
    blocks[n++] = (PaperBlock){PAPER_TABLE, .table = *table};
    blocks[n++] = (PaperBlock){PAPER_HEADING, .heading = {3, "Cómo se cuenta"}};
    blocks[n++] = (PaperBlock){PAPER_NUMBERS, .lines = PAPER_LIST(steps)};
    return n;
}

static List sheets_of(Arena *a, const PaperTable *table)
{
    PaperTable *first = arena_new_of(a, PaperTable), *second = arena_new_of(a, PaperTable);
    *first = (PaperTable){PAPER_LIST(columns), PAPER_LIST(rows), "Actividades y metas"};
    *second = *table;
    PaperSheet *sheets = arena_array(a, PaperSheet, 2);
    sheets[0] =
        (PaperSheet){"Actividades", "Informe mensual de actividades, julio de 2022", {first, 1}};
    sheets[1] = (PaperSheet){"Eventos", "Eventos cubiertos", {second, 1}};
    return (List){sheets, 2};
}

const Paper *example_paper(Arena *a, size_t extra)
{
    PaperBlock *blocks = arena_array(a, PaperBlock, COUNT(front) + 6);
    PaperTable table = long_table(a, extra);
    size_t n = COUNT(front);
    memcpy(blocks, front, sizeof front);
    if (extra)
        n = add_long(a, blocks, n, &table);
    blocks[n++] = signing;
    Paper *paper = arena_new_of(a, Paper);
    *paper = (Paper){
        .title = "Informe mensual de actividades",
        .subtitle = "Julio de 2022 · del día 1 al 31",
        .organisation = "Ayuntamiento de San Luis Potosí",
        .unit_line = "Dirección General de Comunicación Social · Área de Redes Sociales",
        .folio_word = "Folio",
        .folio = "INF-2022-07",
        .version_line = "Versión 1 · 1 de agosto de 2022",
        .language = "es-MX",
        .author = "Dirección General de Comunicación Social",
        .subject = "Folio INF-2022-07",
        .footer = "Generado por Vocero a partir de los registros del mes; cada cifra abre su "
                  "detalle en el sistema.",
        .page_word = "Página %d de %d",
        .at = 1659366000 * CLOCK_SECOND,
        .zone = zone_find("America/Mexico_City"),
        .blocks = {blocks, n},
        .sheets = sheets_of(a, &table),
    };
    return paper;
}
