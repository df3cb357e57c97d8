// SPDX-License-Identifier: AGPL-3.0-or-later
// What the built files promise: node --test ui/build.test.mjs

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { build, iconNames, macroName } from "./build.mjs";
import { buildGuide } from "./guide.mjs";
import { unfoldThemes } from "./themes.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
let folder;
let assets;

// Gone when the test is over, however it ends.
async function newFolder(t) {
    const made = await mkdtemp(path.join(tmpdir(), "vocero-ui-"));
    t.after(() => rm(made, { recursive: true }));
    return made;
}

before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "vocero-ui-"));
    await buildGuide(folder);
    assets = JSON.parse(await read("assets.json"));
});

after(() => rm(folder, { recursive: true }));

function read(file) {
    return readFile(path.join(folder, file), "utf8");
}

function textAssets() {
    return assets.filter((item) => item.type.includes("charset"));
}

function fileOf(name) {
    return assets.find((item) => item.name === name).file;
}

test("a name carries the hash of what is in the file", async () => {
    assert.ok(assets.length > 10);
    for (const { file } of assets) {
        const bytes = await readFile(path.join(folder, file));
        const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
        assert.match(file, new RegExp(`-${hash}\\.(css|js|svg|png|woff2)$`));
    }
});

test("the same sources give the same files", async (t) => {
    const again = await newFolder(t);
    await build(again);
    assert.equal(await readFile(path.join(again, "assets.json"), "utf8"), await read("assets.json"));
});

test("each text is there compressed, and says the same", async () => {
    assert.ok(textAssets().length >= 5);
    for (const { file } of textAssets()) {
        const plain = await readFile(path.join(folder, file));
        const brotli = await readFile(path.join(folder, `${file}.br`));
        const gzip = await readFile(path.join(folder, `${file}.gz`));
        assert.deepEqual(brotliDecompressSync(brotli), plain, file);
        assert.deepEqual(gunzipSync(gzip), plain, file);
    }
});

test("pictures and fonts that are compressed already stand alone", async () => {
    const files = await readdir(folder);
    assert.ok(!files.some((file) => /\.(woff2|png)\.(br|gz)$/.test(file)));
});

test("the C header names every asset", async () => {
    const header = await read("assets.h");
    for (const { name, file } of assets) {
        assert.ok(header.includes(`#define ${macroName(name)} "/estatico/${file}"\n`), name);
    }
    assert.match(header, /#define ASSET_DESK_CSS /);
    assert.match(header, /#define ASSET_ICONS /);
});

test("every icon of the list and the logo is in the sprite, once", async () => {
    const sprite = await read(fileOf("icons"));
    const names = [...(await iconNames()), "logo"];
    for (const name of names) {
        assert.equal(sprite.split(`<symbol id="i-${name}" `).length, 2, name);
    }
    assert.equal(sprite.match(/<symbol /g).length, names.length);
    assert.ok(!sprite.includes("M0 0h24v24H0z"));
});

test("styles ask for fonts by the names that they have here", async () => {
    for (const name of ["desk.css", "site.css"]) {
        const css = await read(fileOf(name));
        const wanted = [...css.matchAll(/url\("?([^)"]+)"?\)/g)].map(([, url]) => url);
        assert.equal(wanted.length, 2, name);
        for (const url of wanted) {
            assert.ok(
                assets.some((item) => `./${item.file}` === url && item.type === "font/woff2"),
                url,
            );
        }
    }
});

// Names of XML namespaces are not addresses that anybody asks for.
const NAMESPACES = /https?:\/\/www\.w3\.org\/[\w/]+/g;

test("nothing asks another host for anything", async () => {
    for (const { file } of textAssets()) {
        const text = (await read(file)).replace(NAMESPACES, "");
        assert.doesNotMatch(text, /(?:https?:)?\/\/[a-z0-9-]+\.[a-z]{2,}/i, file);
    }
});

test("no script makes code from text", async () => {
    for (const name of ["desk.js", "site.js", "theme.js"]) {
        const script = await read(fileOf(name));
        assert.doesNotMatch(script, /\beval\(|\bnew Function\b/, name);
        assert.doesNotMatch(script, /\bset(Timeout|Interval)\(\s*["'`]/, name);
    }
    // htmx knows the prefix of a value that is code; nobody else does.
    assert.equal((await read(fileOf("desk.js"))).split("javascript:").length, 2);
    // htmx's own way from text to code is switched off before it looks at the page.
    const htmx = await readFile(path.join(HERE, "js/htmx.js"), "utf8");
    assert.match(htmx, /initSecurity\(null, RefusedFunction, RefusedFunction\)/);
});

test("scripts set no style attribute and pictures have none", async () => {
    for (const name of ["site.js", "theme.js"]) {
        assert.doesNotMatch(await read(fileOf(name)), /\.style\b|"style"/, name);
    }
    for (const { file, type } of assets) {
        if (type.startsWith("image/svg")) {
            assert.doesNotMatch(await read(file), /\sstyle=|<style|<script|\son\w+=/, file);
        }
    }
});

test("htmx and its event stream are one file", async () => {
    const script = await read(fileOf("desk.js"));
    assert.ok(script.includes("hx-sse"));
    assert.ok(script.includes("outerMorph"));
    const scripts = assets.map(({ name }) => name).filter((name) => name.endsWith(".js"));
    assert.deepEqual(scripts.sort(), ["desk.js", "field-worker.js", "field.js", "site.js", "theme.js"]);
});

test("the guide's markup obeys the rules and asks for icons and assets that exist", async () => {
    const names = new Set([...(await iconNames()), "logo"]);
    const source = await readFile(path.join(HERE, "guide.html"), "utf8");
    assert.doesNotMatch(source, /\sstyle=|\son\w+="|<script>|\shx-on/);
    for (const [, name] of source.matchAll(/html_icon\(h, "([\w-]+)"\)/g)) {
        assert.ok(names.has(name), name);
    }
    for (const page of ["guia-mesa.html", "guia-sitio.html", "guia-entrada.html", "guia-error.html"]) {
        const shown = (await read(page)).replace(/<pre>[\s\S]*?<\/pre>/g, "");
        assert.doesNotMatch(shown, /\{\{ (?:TITLE|CONTENT|url_literal)|\{% html_icon/);
    }
});

// Words that only say how a component is used, or that htmx and the browser look for.
const CLASSES_WITHOUT_STYLE = new Set(["next"]);

test("every class that the guide shows has a style", async () => {
    const css = {
        desk: await read(fileOf("desk.css")),
        site: await read(fileOf("site.css")),
    };
    const source = await readFile(path.join(HERE, "guide.html"), "utf8");
    const pieces = source.matchAll(/<!-- (?:frame|sample): ([^\n]*?)(?: -->|\n)[\s\S]*?<!-- end -->/g);
    let seen = 0;
    for (const [markup, head] of pieces) {
        const places = head.split(" | ")[1] ?? head;
        for (const place of places.replace("alone", "desk").replace("error", "site desk").split(" ")) {
            for (const [, words] of markup.matchAll(/ class="([^"]+)"/g)) {
                for (const word of words.split(" ")) {
                    seen += 1;
                    const known = new RegExp(`\\.${word}(?![\\w-])`).test(css[place]);
                    assert.ok(known || CLASSES_WITHOUT_STYLE.has(word), `.${word} (${head})`);
                }
            }
        }
    }
    assert.ok(seen > 300);
});

async function viewFiles() {
    const src = path.join(HERE, "../src");
    const names = await readdir(src, { recursive: true });
    return names.filter((name) => name.endsWith("_views.html")).map((name) => path.join(src, name));
}

test("every icon and every class that a view names exists", async () => {
    const icons = new Set([...(await iconNames()), "logo"]);
    const css = (await read(fileOf("desk.css"))) + (await read(fileOf("site.css")));
    for (const file of await viewFiles()) {
        const view = await readFile(file, "utf8");
        for (const [, name] of view.matchAll(/html_icon\(h, "([\w-]+)"\)/g)) {
            assert.ok(icons.has(name), `${file}: icon ${name} is not in icons.txt`);
        }
        // A value may be a class, or the end of one: what stands around it is looked at.
        const markup = view.replace(/\{%[\s\S]*?%\}/g, " ").replace(/\{\{[\s\S]*?\}\}/g, "*");
        for (const [, words] of markup.matchAll(/ class="([^"]+)"/g)) {
            for (const word of words.split(/\s+/).filter((name) => name && !name.includes("*"))) {
                const known = new RegExp(`\\.${word}(?![\\w-])`).test(css);
                assert.ok(known || CLASSES_WITHOUT_STYLE.has(word), `${file}: .${word}`);
            }
        }
    }
});

test("the dark theme is unfolded for browsers without light-dark()", async () => {
    const css = await read(fileOf("desk.css"));
    assert.ok(!css.includes("light-dark("));
    const dark = [...css.matchAll(/--paper: ?#0f1619/g)];
    assert.equal(dark.length, 2);
    const plain = unfoldThemes("    --a: light-dark(rgb(1 2 3 / 0.5), #fff);\n");
    assert.match(plain, /^    --a: rgb\(1 2 3 \/ 0\.5\);$/m);
    assert.equal(plain.match(/--a: #fff;/g).length, 2);
    assert.throws(() => unfoldThemes("    --a: light-dark(#fff);\n"), /two values/);
});

test("a later build into the same folder takes the old files away", async (t) => {
    const target = await newFolder(t);
    await build(target);
    const manifest = path.join(target, "assets.json");
    const items = JSON.parse(await readFile(manifest, "utf8"));
    items.push({ name: "old.css", file: "old-00000000.css", type: "text/css" });
    await writeFile(manifest, JSON.stringify(items));
    await writeFile(path.join(target, "old-00000000.css"), "");
    await writeFile(path.join(target, "old-00000000.css.br"), "");
    await writeFile(path.join(target, "mine.txt"), "");
    await build(target);
    const files = await readdir(target);
    assert.ok(!files.some((file) => file.startsWith("old-")));
    assert.ok(files.includes("mine.txt"));
});

test("the lock names no host", async () => {
    const lock = await readFile(path.join(HERE, "package-lock.json"), "utf8");
    assert.doesNotMatch(lock, /"resolved"/);
    const { devDependencies } = JSON.parse(await readFile(path.join(HERE, "package.json"), "utf8"));
    for (const [name, version] of Object.entries(devDependencies)) {
        assert.match(version, /^\d+\.\d+\.\d+$/, name);
    }
});
