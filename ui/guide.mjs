// SPDX-License-Identifier: AGPL-3.0-or-later
// Makes the style guide: node ui/guide.mjs OUTDIR
//
// Reads guide.html (its head says how it is written) and writes, beside the built assets, one page for
// the desk, one for the site, one without a frame and one of an error: each sample as it looks, and its
// markup as a view writes it. Serve OUTDIR so that its files are found below /estatico/.

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { PREFIX, build, macroName } from "./build.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const PIECE = /<!-- (frame|sample): ([\s\S]*?) -->\n([\s\S]*?)<!-- end -->/g;

const PAGES = [
    { place: "desk", file: "guia-mesa.html", title: "Guía de estilo de la mesa" },
    { place: "site", file: "guia-sitio.html", title: "Guía de estilo del sitio" },
    { place: "alone", file: "guia-entrada.html", title: "Entrar" },
    { place: "error", frame: "site", file: "guia-error.html", title: "No se encontró" },
];

function readPieces(text) {
    const frames = {};
    const samples = [];
    for (const [, kind, head, markup] of text.matchAll(PIECE)) {
        if (kind === "frame") {
            frames[head] = markup;
            continue;
        }
        const [line, ...note] = head.split("\n");
        const [name, places, title] = line.split(" | ");
        samples.push({ name, places: places.split(" "), title, note: note.join(" "), markup });
    }
    return { frames, samples };
}

// What the view compiler does with the two things that samples use.
function compile(markup, urls) {
    return markup
        .replace(/\{% html_icon\(h, "([\w-]+)"\); %\}/g, (whole, name) => {
            const address = `${urls.ASSET_ICONS}#i-${name}`;
            return `<svg class="icon" aria-hidden="true"><use href="${address}"/></svg>`;
        })
        .replace(/\{\{ url_literal\((\w+)\) \}\}/g, (whole, macro) => {
            if (!urls[macro]) {
                throw new Error(`guide.html names an asset that does not exist: ${macro}`);
            }
            return urls[macro];
        });
}

function escape(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

function explanation({ name, title, note, markup }) {
    const words = note ? `<p class="muted text-small" lang="en">${escape(note)}</p>` : "";
    return `<h2 id="guide-${name}">${title}</h2>
${words}
<details><summary>Marcado de ${title}</summary>
<div class="table-wrap" tabindex="0" role="region" aria-label="Marcado: ${title}">
<pre><code>${escape(markup)}</code></pre></div></details>`;
}

function section(sample, place, urls) {
    const demo = compile(sample.markup, urls);
    // These are pages of their own.
    if (place === "alone" || place === "error") {
        return demo;
    }
    const words = explanation(sample);
    // A sample with .inner brings its own width.
    if (place === "site" && /class="[^"]*(inner|verify)\b/.test(sample.markup)) {
        return `<div class="inner"><div class="column">${words}</div></div>\n${demo}`;
    }
    const inside = `<div class="column">${words}\n${demo}</div>`;
    return place === "site" ? `<section class="inner">${inside}</section>` : inside;
}

function page({ place, frame = place, title }, { frames, samples }, urls) {
    const mine = samples.filter((sample) => sample.places.includes(place));
    const sections = mine.map((sample) => section(sample, place, urls)).join("\n");
    const content = place === "desk" ? `<div class="column">${sections}</div>` : sections;
    return compile(frames[frame], urls)
        .replace("{{ TITLE }}", title)
        .replace("{{ CONTENT }}", () => content);
}

export async function buildGuide(folder) {
    const items = await build(folder);
    const urls = Object.fromEntries(
        items.map((item) => [macroName(item.name), PREFIX + item.file]),
    );
    const pieces = readPieces(await readFile(path.join(HERE, "guide.html"), "utf8"));
    await Promise.all(
        PAGES.map((wanted) =>
            writeFile(path.join(folder, wanted.file), page(wanted, pieces, urls)),
        ),
    );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    if (process.argv.length !== 3) {
        console.error("usage: node guide.mjs OUTDIR");
        process.exit(2);
    }
    await buildGuide(path.resolve(process.argv[2]));
}
