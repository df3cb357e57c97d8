// SPDX-License-Identifier: AGPL-3.0-or-later
// lib.mjs: an invented city on loopback for the judges, and the pages that they look at.

import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { makeFolder, must, Server } from "../lib/vocero.mjs";

const require = createRequire(import.meta.url);

/** Why a judge cannot sit; false when it can. */
export function missing(...packages) {
    for (const name of packages) {
        try {
            require.resolve(`${name}/package.json`);
        } catch {
            try {
                require.resolve(name);
            } catch {
                return `needs ${name}: dev/setup trials fetches it`;
            }
        }
    }
    return false;
}

/** The demo city, served. */
export async function serveDemo(t) {
    const folder = await makeFolder(t);
    const data = join(folder, "data");
    await must(["demo", "--data", data]);
    const city = { t, folder, data, options: ["--data", data], database: {} };
    return Server.start(city);
}

/** Every address of the site map; the indexes that it names are read too. */
export async function siteMap(url) {
    const text = await (await fetch(`${url}/sitemap.xml`)).text();
    const found = [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => new URL(address).pathname);
    const pages = [];
    for (const path of found) {
        if (path.endsWith(".xml")) {
            const part = await (await fetch(url + path)).text();
            pages.push(...[...part.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => new URL(address).pathname));
        } else {
            pages.push(path);
        }
    }
    return [...new Set(pages)];
}

/** Of each gallery how it stands in pages of others, its first picture's page and its last one's. */
async function pagesOf(url, galleries) {
    const pages = [];
    for (const gallery of galleries) {
        const { items } = await (await fetch(`${url}${gallery}.json`)).json();
        const pictures = [items[0], items.at(-1)].map((photo) => new URL(photo.url, url).pathname);
        pages.push(`${gallery}/insertar`, ...pictures);
    }
    return pages;
}

/** One of each kind and a few more: what a reader meets. */
export async function samplePages(url) {
    const all = await siteMap(url);
    const some = (prefix, count) => all.filter((path) => path.startsWith(prefix)).slice(0, count);
    const fixed = ["/", "/agenda", "/comunicados", "/informes", "/verificar", "/buscar", "/buscar?q=bacheo", "/organizacion",
        "/contacto", "/accesibilidad", "/privacidad", "/prensa", "/prensa/acreditacion", "/avisos", "/galerias", "/no-hay-tal"];
    const galleries = some("/galerias/", 3);
    return [...new Set([...fixed, ...some("/comunicados/", 12), ...some("/agenda/", 6), ...some("/informes/", 3), ...galleries, ...await pagesOf(url, galleries)])];
}

/** The pages as they come, by path. */
export async function fetchPages(url, paths) {
    const pages = new Map();
    for (const path of paths) {
        const answer = await fetch(url + path, { headers: { "Accept": "text/html" } });
        pages.set(path, { status: answer.status, html: await answer.text() });
    }
    return pages;
}

export function chromium() {
    const path = process.env.CHROMIUM ?? "/usr/bin/chromium";
    return existsSync(path) ? path : null;
}
