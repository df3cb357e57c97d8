// SPDX-License-Identifier: AGPL-3.0-or-later
// wordpress-posts.mjs: two hundred posts as an office would have them, with all that is odd among them.

import { png } from "./png.mjs";

export const POSTS = 200;

const TITLES = [
    (n) => `Arranca el bacheo de la avenida Muñoz, etapa ${n}`,
    (n) => `Salud & cultura: “feria” nº ${n} — ¡gratis!`,
    (n) => `Cierre vial 🚧 por desfile ${n}`,
    (n) => `Sesión de Cabildo ${n}: presupuesto > 50 % & más`,
    (n) => `L'Orchestre d'été, función ${n}`,
];

const STATES = { 40: "future", 80: "draft", 120: "private", 160: "pending" };

/** In words, so that the body can be compared letter by letter. */
const BODIES = [
    (n) => `<!-- wp:paragraph --><p>El programa ${n} llega a <strong>doce colonias</strong> y <em>tres barrios</em>.</p><!-- /wp:paragraph -->
<!-- wp:heading --><h2>Qué sigue</h2><!-- /wp:heading -->
<!-- wp:list --><ul><li>Lunes: Tequis</li><li>Martes: <a href="https://example.org/mapa?a=1&amp;b=2">mapa</a></li></ul><!-- /wp:list -->`,
    (n) => `<p>Tabla de obra ${n}:</p>
<table><thead><tr><th>Calle</th><th>Metros</th></tr></thead><tbody><tr><td>Carranza</td><td>1,200</td></tr><tr><td>Himno</td><td>80</td></tr></tbody></table>
<ol><li>Primero</li><li>Segundo</li></ol>`,
    (n) => `<blockquote><p>Vamos calle por calle.</p><cite>Directora de Obras</cite></blockquote>
<p>Costo: $1,500 * ${n} pesos; 3 < 4 &amp; 5 > 2. Correo: obras@example.org, snake_case_${n}.</p>`,
    (n) => `Texto clásico ${n}, sin párrafos escritos.\nSegunda línea.\n\nOtro párrafo con [sic] y 1. número al inicio.\n\n- no es lista`,
    (n) => `<div><p>Dentro de una caja ${n}.</p><div>Y otra <b>más</b></div></div><pre>linea 1\n  linea 2</pre><hr><p>Fin.</p>`,
    (n) => `<p>Con insertos ${n}.</p>[contact-form-7 id="12" title="x"]<iframe src="https://www.youtube.com/embed/abc"></iframe><script>alert(1)</script><p onclick="alert(2)">Después.</p>`,
];

export const WITH_INSERTS = 5;

export function bodyKind(n) {
    return n % BODIES.length;
}

async function inTurns(items, width, work) {
    const made = [];
    for (let from = 0; from < items.length; from += width) {
        made.push(...(await Promise.all(items.slice(from, from + width).map(work))));
    }
    return made;
}

async function makePictures(site) {
    const colours = [[200, 60, 60], [60, 160, 90], [70, 90, 200], [230, 190, 60]];
    return inTurns(colours, 2, async (colour, i) => {
        const number = colours.indexOf(colour);
        const media = await site.upload(`foto-${number}.png`, "image/png", png(400, 240, colour));
        const alt = number === 3 ? "" : `Cuadrilla ${number} trabajando`;
        return site.make(`media/${media.id}`, { alt_text: alt });
    });
}

function picture(media) {
    return `<figure class="wp-block-image"><img src="${media.source_url}" alt="${media.alt_text}"/><figcaption>Pie</figcaption></figure>`;
}

function postOf(n, pictures, categories, pdf) {
    const cover = n % 3 === 0 ? pictures[n % pictures.length] : undefined;
    const parts = [BODIES[bodyKind(n)](n)];
    if (n % 7 === 0) {
        parts.push(picture(pictures[(n + 1) % pictures.length]));
    }
    if (n % 50 === 10) {
        parts.push(`<p>Documento: <a href="${pdf.source_url}">bases</a></p>`);
    }
    const date = new Date(Date.UTC(2018, 0, 1, 15, n % 60) + n * 3 * 86_400_000);
    const status = STATES[n] ?? "publish";
    return {
        title: TITLES[n % TITLES.length](n),
        status,
        date_gmt: (status === "future" ? new Date("2090-01-01T15:00:00Z") : date).toISOString().slice(0, 19),
        content: parts.join("\n"),
        excerpt: n % 4 === 0 ? `Resumen ${n} & “algo” más` : "",
        categories: [categories[n % categories.length].id],
        featured_media: cover?.id ?? 0,
        ...(n % 10 === 0 ? { slug: `nota-${n}` } : {}),
    };
}

const PDF = Buffer.from(
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
);

/** Gives what WordPress says of each post: with its rendered texts. */
export async function fill(site) {
    const pictures = await makePictures(site);
    const pdf = await site.upload("bases.pdf", "application/pdf", PDF);
    const categories = await inTurns(["Obra pública", "Cultura & arte", "Salud"], 1, (name) =>
        site.make("categories", { name }),
    );
    const numbers = Array.from({ length: POSTS }, (_, i) => i + 1);
    const posts = await inTurns(numbers, 4, (n) => site.make("posts", postOf(n, pictures, categories, pdf)));
    return posts.map((post, i) => ({ ...post, number: i + 1 }));
}
