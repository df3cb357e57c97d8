/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* demo_text.c: who and what there is in the invented city. No person here is a real one. */
#include "app/demo_text.h"

const DemoPerson demo_staff[DEMO_STAFF] = {
    {"direccion@sanluis.example", "Dalia Guardaluz", ROLE_DIRECTOR, 1, NULL, true},
    {"coordinacion@sanluis.example", "Tadeo Entrevalles", ROLE_COORDINATOR, 2, "coordinacion-de-difusion-y-comunicacion-digital", true},
    {"redaccion@sanluis.example", "Sofía Valdeprosa", ROLE_EDITOR, 3, NULL},
    {"transmision@sanluis.example", "Iker Montealba", ROLE_PHOTOGRAPHER, 3, NULL},
    {"foto@sanluis.example", "Renata Piedraclara", ROLE_PHOTOGRAPHER, 3, NULL},
    {"redes@sanluis.example", "Ximena Lagocielo", ROLE_COMMUNITY_MANAGER, 3, NULL, true},
    {"video@sanluis.example", "Damián Cantolargo", ROLE_PHOTOGRAPHER, 3, NULL},
    {"enlace@sanluis.example", "Lucero Vallehondo", ROLE_CITIZEN_ATTENTION, 2, "atencion-ciudadana", true},
};

const char *const demo_reasons[2] = {
    "Coincidió con la sesión de Cabildo; el equipo estaba completo en la transmisión.",
    "La convocatoria llegó después de concluido el evento.",
};

static const DemoPlace places[] = {
    {"Plaza de Armas", "Jardín Hidalgo s/n", "Centro Histórico", 22.15159, -100.97655, true},
    {"Salón de Cabildo", "Palacio Municipal, Jardín Hidalgo s/n", "Centro Histórico", 22.15208, -100.97686, true},
    {"Parque Tangamanga I", "Av. Dr. Salvador Nava s/n", "Tangamanga", 22.13123, -101.00268, true},
    {"Plaza de la colonia Satélite", "Estados Unidos 120", "Satélite", 22.1329, -100.9451},
    {"Parque de Morales", "Av. Venustiano Carranza s/n", "Tequisquiapan", 22.14905, -100.99432, true},
    {"Unidad Administrativa Municipal", "Blvd. Salvador Nava Martínez 1580", "Santuario", 22.14116, -100.97043, true},
    {"Calzada de Guadalupe", "Calzada de Guadalupe s/n", "Barrio de San Sebastián", 22.1388, -100.9737, true},
    {"Delegación La Pila", "Calle Hidalgo 1", "La Pila", 22.0333, -100.8687, true},
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
