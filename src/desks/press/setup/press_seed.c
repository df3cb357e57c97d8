/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* press_seed.c: what a new office begins with, so that the first release can be filed and written. In the city's language. */
#include "desks/press/press_pages.h"
#include "desks/press/setup/press_set_up.h"

static const PressTopic topics[] = {
    {.name = "Cabildo"},
    {.name = "Cultura"},
    {.name = "Deporte"},
    {.name = "Desarrollo económico"},
    {.name = "Desarrollo social"},
    {.name = "Educación", .in_silence = true},
    {.name = "Medio ambiente"},
    {.name = "Movilidad"},
    {.name = "Obra pública"},
    {.name = "Protección civil", .in_silence = true},
    {.name = "Salud", .in_silence = true},
    {.name = "Seguridad", .sensitive = true},
    {.name = "Servicios municipales"},
    {.name = "Transparencia"},
    {.name = "Turismo"},
};

static const ReleaseTemplate templates[] = {
    {
        .name = "Arranque de obra",
        .title = "Arranca [obra] en [colonia]",
        .lead = "[Qué se hará], [dónde] y [para cuándo quedará listo], en una o dos frases.",
        .body = "[Quién] dio inicio a [la obra] en [lugar], que beneficiará a [número] habitantes.\n\n"
                "> «[Declaración]», dijo [nombre], [cargo].\n\n"
                "## Lo que se hará\n\n- [Trabajo y cantidad, con unidad]\n- [Trabajo y cantidad, con unidad]\n\n"
                "## Cuánto cuesta y quién la hace\n\nLa inversión es de [monto] pesos, de [fondo]. La realiza [empresa o dirección]; el contrato "
                "puede consultarse en [enlace].\n\n## Mientras dure\n\nLa circulación por [calles] estará [cerrada, reducida] del [día] al [día]. "
                "La ruta alterna es [calles].\n",
        .topics = "Obra pública",
    },
    {
        .name = "Aviso de servicio",
        .title = "[Servicio] se suspende en [colonias] el [día]",
        .lead = "Qué servicio, dónde, desde cuándo y hasta cuándo.",
        .body = "Por [motivo], el [día] de [hora] a [hora] se suspenderá [servicio] en:\n\n- [Colonia]\n- [Colonia]\n\n"
                "## Qué hacer\n\n[Recomendación en una frase.]\n\n## A quién llamar\n\n[Oficina], teléfono [número], de [hora] a [hora].\n",
        .topics = "Servicios municipales",
    },
    {
        .name = "Convocatoria",
        .title = "Abre la convocatoria de [programa]",
        .lead = "A quién va dirigida y hasta cuándo se puede participar.",
        .body = "[Área] invita a [quiénes] a participar en [programa].\n\n## Requisitos\n\n1. [Requisito]\n2. [Requisito]\n\n"
                "## Fechas\n\n- Registro: del [día] al [día]\n- Resultados: [día]\n\n## Dónde\n\n[Lugar, horario y enlace.] El trámite es gratuito.\n\n"
                "> «[Declaración]», dijo [nombre], [cargo].\n",
    },
};

bool press_seed(Ctx *ctx)
{
    i64 id;
    for (size_t i = 0; i < COUNT(topics); i++)
        if (!press_topic_of(ctx, topics[i].name) && !press_topic_set(ctx, NULL, NONE, &topics[i]))
            return false;
    if (press_templates(ctx, false).count)
        return !faulted(ctx);
    for (size_t i = 0; i < COUNT(templates); i++)
        if (!press_template_set(ctx, 0, NONE, &templates[i], &id))
            return false;
    return !faulted(ctx);
}
