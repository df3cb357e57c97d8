// SPDX-License-Identifier: AGPL-3.0-or-later
// Builds styles, scripts, icons, fonts and pictures: node ui/build.mjs OUTDIR [--depfile FILE]
//
// Every file gets a name with the hash of its content, so that a browser may keep it for ever, and
// each text a .br and a .gz beside it. assets.json says which name has become which file; assets.h
// says the same to the C views: ASSET_DESK_CSS is "/estatico/desk-ab12cd34.css".

import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import * as esbuild from "esbuild";
import { unfoldPalettes, unfoldThemes } from "./themes.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const PACKAGES = path.join(HERE, "node_modules");
const OWN_ICONS = path.join(HERE, "icons");
export const PREFIX = "/estatico/";

// Browsers of the last years; esbuild unfolds nested rules for them.
const TARGET = ["chrome111", "firefox113", "safari16.4"];

const TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".png": "image/png",
    ".woff2": "font/woff2",
};

const FONTS = {
    "bricolage-grotesque.woff2":
        "bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2",
    "public-sans.woff2": "public-sans/files/public-sans-latin-wght-normal.woff2",
};

// One asset: what it is called in the views, what its file is called, what is in it.
function asset(name, fileName, content) {
    const bytes = Buffer.from(content);
    const { name: stem, ext } = path.parse(fileName);
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
    return { name, file: `${stem}-${hash}${ext}`, type: TYPES[ext], bytes };
}

async function readFonts() {
    const reading = Object.entries(FONTS).map(async ([name, file]) => {
        const bytes = await readFile(path.join(PACKAGES, "@fontsource-variable", file));
        return asset(name, name, bytes);
    });
    return Promise.all(reading);
}

async function readPictures() {
    const folder = path.join(HERE, "img");
    const names = (await readdir(folder)).filter((name) => path.extname(name) in TYPES).sort();
    return Promise.all(
        names.map(async (name) => asset(name, name, await readFile(path.join(folder, name)))),
    );
}

export async function iconNames() {
    const list = await readFile(path.join(HERE, "icons.txt"), "utf8");
    return list.split("\n").filter((line) => line && !line.startsWith("#"));
}

// Tabler's outlines hold an invisible square that says nothing.
const INVISIBLE_SQUARE = /<path stroke="none" d="M0 0h24v24H0z"[^>]*>/g;

function symbol(name, svg) {
    const viewBox = /viewBox="([^"]+)"/.exec(svg)[1];
    const shapes = svg
        .slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"))
        .replace(INVISIBLE_SQUARE, "")
        .replace(/\s+/g, " ")
        .replace(/ \/>/g, "/>")
        .replace(/> </g, "><")
        .trim();
    return `<symbol id="i-${name}" viewBox="${viewBox}">${shapes}</symbol>`;
}

async function readSymbols() {
    const outlines = path.join(PACKAGES, "@tabler/icons/icons/outline");
    const names = await iconNames();
    const own = (await readdir(OWN_ICONS)).sort();
    const files = [
        ...names.map((name) => path.join(outlines, `${name}.svg`)),
        ...own.map((name) => path.join(OWN_ICONS, name)),
    ];
    return Promise.all(
        files.map(async (file) => symbol(path.parse(file).name, await readFile(file, "utf8"))),
    );
}

async function buildSprite() {
    const head =
        "<!-- Tabler Icons, Copyright (c) 2020-2026 Paweł Kuna, MIT License -->\n" +
        '<svg xmlns="http://www.w3.org/2000/svg">';
    const symbols = await readSymbols();
    return asset("icons", "iconos.svg", `${head}\n${symbols.join("\n")}\n</svg>\n`);
}

// Styles name a font by its package's file; the browser gets the file's hashed name.
function fontPlugin(fonts) {
    const files = Object.fromEntries(
        fonts.map((font) => [`@fontsource-variable/${FONTS[font.name]}`, font.file]),
    );
    return {
        name: "fonts",
        setup(build) {
            build.onResolve({ filter: /^@fontsource-variable\// }, ({ path: wanted }) => {
                if (!(wanted in files)) {
                    return { errors: [{ text: `a font that build.mjs does not list: ${wanted}` }] };
                }
                return { path: `./${files[wanted]}`, external: true };
            });
        },
    };
}

const themePlugin = {
    name: "themes",
    setup(build) {
        build.onLoad({ filter: /\/tokens\.css$/ }, async ({ path: file }) => ({
            contents: unfoldThemes(await readFile(file, "utf8")),
            loader: "css",
        }));
        build.onLoad({ filter: /\/palettes\.css$/ }, async ({ path: file }) => ({
            contents: unfoldPalettes(await readFile(file, "utf8")),
            loader: "css",
        }));
    },
};

async function bundle(entry, plugins = []) {
    const result = await esbuild.build({
        absWorkingDir: HERE,
        entryPoints: [entry],
        bundle: true,
        minify: true,
        write: false,
        outdir: "out",
        format: entry.endsWith(".js") ? "iife" : undefined,
        target: TARGET,
        charset: "utf8",
        legalComments: "none",
        logLevel: "warning",
        plugins,
    });
    const name = path.basename(entry);
    return asset(name, name, result.outputFiles[0].contents);
}

async function buildAll() {
    const [fonts, pictures, sprite] = await Promise.all([
        readFonts(),
        readPictures(),
        buildSprite(),
    ]);
    const bundles = await Promise.all([
        bundle("css/desk.css", [fontPlugin(fonts), themePlugin]),
        bundle("css/site.css", [fontPlugin(fonts), themePlugin]),
        bundle("js/desk.js"),
        bundle("js/site.js"),
        bundle("js/theme.js"),
        bundle("js/field.js"),
        bundle("js/field-worker.js"),
    ]);
    return [...bundles, sprite, ...fonts, ...pictures];
}

const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

function isText(item) {
    return item.type.includes("charset");
}

async function writeAsset(folder, item) {
    const file = path.join(folder, item.file);
    await writeFile(file, item.bytes);
    if (!isText(item)) {
        return;
    }
    const params = {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: item.bytes.length,
    };
    await writeFile(`${file}.br`, await compressBrotli(item.bytes, { params }));
    await writeFile(`${file}.gz`, await compressGzip(item.bytes, { level: 9 }));
}

function manifest(items) {
    const lines = items.map(({ name, file, type }) =>
        JSON.stringify({ name, file, type, immutable: true }),
    );
    return `[\n${lines.join(",\n")}\n]\n`;
}

export function macroName(name) {
    return `ASSET_${name.toUpperCase().replace(/[^A-Z0-9]/g, "_")}`;
}

function header(items) {
    const lines = items.map(({ name, file }) => `#define ${macroName(name)} "${PREFIX}${file}"`);
    return `/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* assets.h: where the browser finds styles, scripts, icons, fonts and pictures. Made by build.mjs. */
#ifndef VOCERO_ASSETS_H
#define VOCERO_ASSETS_H

${lines.join("\n")}

#endif
`;
}

// Files of an earlier build into the same folder, known from its manifest.
async function removeStale(folder, items) {
    const kept = new Set(items.map((item) => item.file));
    let old = [];
    try {
        old = JSON.parse(await readFile(path.join(folder, "assets.json"), "utf8"));
    } catch {
        return; // There was none.
    }
    const stale = old.map((item) => item.file).filter((file) => !kept.has(file));
    const files = stale.flatMap((file) => [file, `${file}.br`, `${file}.gz`]);
    await Promise.all(files.map((file) => rm(path.join(folder, file), { force: true })));
}

export async function build(folder) {
    const items = await buildAll();
    await mkdir(folder, { recursive: true });
    await removeStale(folder, items);
    await Promise.all(items.map((item) => writeAsset(folder, item)));
    await writeFile(path.join(folder, "assets.h"), header(items));
    await writeFile(path.join(folder, "assets.json"), manifest(items));
    return items;
}

// Everything that is read, for ninja. A folder stands for the files that may be added to it.
async function sourceFiles() {
    const files = ["build.mjs", "themes.mjs", "icons.txt", "package-lock.json"];
    for (const folder of ["css", "js", "img", "icons"]) {
        const found = await readdir(path.join(HERE, folder), { recursive: true });
        files.push(folder, ...found.map((name) => path.join(folder, name)).sort());
    }
    return files.map((name) => path.join(HERE, name));
}

async function writeDepfile(file, target) {
    const names = (await sourceFiles()).map((name) => name.replace(/[ #\\]/g, "\\$&"));
    await writeFile(file, `${target}: ${names.join(" ")}\n`);
}

async function main() {
    const [folder, option, depfile, ...rest] = process.argv.slice(2);
    if (!folder || (option && !(option === "--depfile" && depfile)) || rest.length > 0) {
        console.error("usage: node build.mjs OUTDIR [--depfile FILE]");
        process.exit(2);
    }
    await build(path.resolve(folder));
    if (depfile) {
        // ninja wants the target's name as it wrote it itself: relative to where it runs.
        await writeDepfile(depfile, path.join(folder, "assets.h"));
    }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    await main();
}
