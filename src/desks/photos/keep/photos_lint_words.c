/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* photos_lint_words.c: the words that the linter knows, folded: small letters, no accents. */
#include "desks/photos/keep/photos_lint.h"

static bool among(const char *word, const char *const *words)
{
    for (; *words; words++)
        if (text_same(word, *words))
            return true;
    return false;
}

bool photos_lint_is_title(const char *w)
{
    static const char *const words[] = {
        "alcalde", "alcaldesa", "presidente", "presidenta", "gobernador", "gobernadora", "director", "directora", "secretario",
        "secretaria", "regidor", "regidora", "sindico", "sindica", "diputado", "diputada", "senador", "senadora", "coordinador",
        "coordinadora", "titular", "licenciado", "licenciada", "lic", "ingeniero", "ingeniera", "ing", "arquitecto", "arquitecta", "arq",
        "doctor", "doctora", "dr", "dra", "maestro", "maestra", "mtro", "mtra", "profesor", "profesora", "profr", "profra", "comandante",
        "oficial", "capitan", "general", "padre", "obispo", "senor", "senora", "sr", "sra", "don", "dona", "artista", "escritor", "escritora",
        "poeta", "musico", "entrenador", "entrenadora", "comisionado", "comisionada", "delegado", "delegada", "jefe", "jefa", "fotografo",
        "fotografa", "foto", "autor", "autora", "conferencista", "cantante", "embajador", "embajadora", "consul", NULL};
    return among(w, words);
}

bool photos_lint_is_office(const char *w)
{
    static const char *const words[] = {
        "ayuntamiento", "gobierno", "municipio", "municipal", "estatal", "estado", "federal", "nacional", "internacional", "direccion",
        "secretaria", "coordinacion", "departamento", "instituto", "comision", "consejo", "cabildo", "congreso", "tribunal", "fiscalia",
        "policia", "guardia", "bomberos", "proteccion", "civil", "cruz", "roja", "sistema", "dif", "imss", "issste", "interapas",
        "parque", "plaza", "jardin", "centro", "historico", "teatro", "museo", "casa", "cultura", "biblioteca", "auditorio", "salon",
        "unidad", "deportiva", "deportivo", "estadio", "cancha", "mercado", "palacio", "catedral", "templo", "iglesia", "santuario",
        "capilla", "convento", "universidad", "facultad", "hospital", "clinica", "rio", "presa", "sierra", "cerro", "calzada", "avenida",
        "calle", "boulevard", "bulevar", "colonia", "barrio", "fraccionamiento", "delegacion", "villa", "ciudad", "zona", "norte", "sur",
        "oriente", "poniente", "feria", "festival", "congreso", "foro", "encuentro", "concurso", "carrera", "torneo", "copa", "liga",
        "programa", "plan", "proyecto", "campana", "jornada", "desfile", "procesion", "expo", "dia", "semana", "mes", "ano", "navidad",
        "reyes", "muertos", "independencia", "revolucion", "constitucion", "bandera", "patria", "republica", "mexico", "mexicano",
        "mexicana", "potosi", "potosino", "potosina", "huasteca", "altiplano", "america", "espana", "comunicacion", "social", "obras",
        "publicas", "publica", "servicios", "desarrollo", "economico", "turismo", "ecologia", "educacion", "salud", "seguridad",
        "movilidad", "deporte", "juventud", "mujer", "mujeres", "escuela", "primaria", "secundaria", "preescolar", "colegio", "preparatoria",
        "telesecundaria", "guarderia", "estancia", "kinder", "orquesta", "coro", "ballet", "banda", "compania", "ejercito", "marina", "enero",
        "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre", "lunes",
        "martes", "miercoles", "jueves", "viernes", "sabado", "domingo", NULL};
    return among(w, words) || photos_lint_is_title(w);
}

bool photos_lint_is_particle(const char *w)
{
    static const char *const words[] = {"de", "del", "la", "las", "los", "y", "von", "van", NULL};
    return among(w, words);
}

bool photos_lint_is_opener(const char *w)
{
    static const char *const words[] = {
        "el", "la", "los", "las", "un", "una", "unos", "unas", "en", "con", "por", "para", "al", "del", "de", "desde", "durante", "tras",
        "ante", "entre", "sobre", "ayer", "hoy", "manana", "este", "esta", "estos", "estas", "ese", "esa", "su", "sus", "se", "asi", "cada",
        "nino", "nina", "ninos", "ninas", "alumno", "alumna", "alumnos", "alumnas", "estudiantes", "familias", "vecinos", "vecinas",
        "jovenes", "adolescentes", "menores", "asistentes", "participantes", "publico", "madres", "padres", "grupo", "equipo", "foto",
        "fotografia", "imagen", "aspecto", "vista", "luego", "despues", "cuando", "mientras", "ahi", "alli", "aqui", "como", "ganadores",
        "ganadora", "ganador", "todos", "todas", "muchos", "varios", "varias", "dos", "tres", "cuatro", "cinco", "pequenos", "pequenas",
        "acompanado", "acompanada", "junto", "segun", "inicia", "termina", "celebran", "celebra", "recibe", "reciben", "entrega", NULL};
    return among(w, words);
}

bool photos_lint_is_school(const char *w)
{
    static const char *const words[] = {"escuela", "primaria", "secundaria", "telesecundaria", "preescolar", "kinder", "colegio",
                                        "preparatoria", "guarderia", "liceo", "jardin", NULL};
    return among(w, words);
}

bool photos_lint_is_street(const char *w)
{
    static const char *const words[] = {"calle", "avenida", "av", "privada", "andador", "calzada", "boulevard", "bulevar", "blvd",
                                        "callejon", "prolongacion", "carretera", "circuito", "domicilio", "retorno", NULL};
    return among(w, words);
}

int photos_lint_number(const char *w)
{
    static const char *const words[] = {"cero", "un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once",
                                        "doce", "trece", "catorce", "quince", "dieciseis", "diecisiete"};
    i64 n;
    for (int i = 0; i < (int)COUNT(words); i++)
        if (text_same(w, words[i]))
            return i;
    return text_int(w, &n) && n >= 0 && n < 1000 ? (int)n : -1;
}
