// SPDX-License-Identifier: AGPL-3.0-or-later
// judges.test.mjs: what others say of the public pages: vnu, html-validate, linkinator, structured data, Lighthouse.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { before, test } from "node:test";
import { later } from "../lib/later.mjs";
import { makeFolder } from "../lib/vocero.mjs";
import { chromium, fetchPages, missing, samplePages, serveDemo, siteMap } from "./lib.mjs";

const require = createRequire(import.meta.url);
const MINIMUM = { "accessibility": 100, "best-practices": 100, "seo": 100, "performance": 95 };
// A city need not have an account on that network; those that it has stand in every page's foot.
const ACCOUNTS = ["should have account username", "should have username of content creator"];
const STRUCTURED = [
    {
        what: "releases",
        kind: "NewsArticle",
        address: /^\/comunicados\/./,
        least: 5,
        keys: ["headline", "datePublished", "dateModified", "author", "publisher", "image", "mainEntityOfPage", "articleBody"],
    },
    {
        what: "galleries",
        kind: "ImageGallery",
        address: /^\/galerias\/[^/]+$/,
        least: 2,
        keys: ["name", "url", "datePublished", "publisher", "license", "primaryImageOfPage"],
    },
    {
        what: "pictures",
        kind: "ImageObject",
        address: /^\/galerias\/[^/]+\/(?!insertar$)/,
        least: 4,
        keys: ["name", "contentUrl", "thumbnailUrl", "width", "height", "creator", "creditText", "copyrightNotice", "license", "isPartOf"],
    },
];
const WEIGHED = ["/", "/comunicados", "/agenda", "/galerias", "/verificar", "/informes"]; // and one of each of the above

let server;
let pages;

before(async (t) => {
    server = await serveDemo(t);
    pages = await fetchPages(server.url, await samplePages(server.url));
});

test("every page of the site map answers 200", async () => {
    for (const path of await siteMap(server.url)) {
        const { status } = await fetch(server.url + path);
        assert.equal(status, 200, path);
    }
});

test("vnu finds no error and no warning", { skip: missing("vnu-jar") }, async (t) => {
    const folder = join(await makeFolder(t), "pages");
    await mkdir(folder);
    const names = new Map();
    for (const [path, { html }] of pages) {
        const name = `${names.size}.html`;
        names.set(name, path);
        await writeFile(join(folder, name), html);
    }
    const said = await new Promise((done) => {
        const args = ["-jar", require("vnu-jar"), "--format", "json", "--skip-non-html", folder];
        execFile("java", args, { maxBuffer: 64 * 1024 * 1024 }, (_error, _stdout, stderr) => done(stderr));
    });
    const found = JSON.parse(said).messages.map(({ url, type, subType, message, lastLine }) =>
        `${names.get(url.split("/").at(-1))}:${lastLine} ${subType ?? type}: ${message}`);
    assert.deepEqual(found, []);
});

test("html-validate finds nothing", { skip: missing("html-validate") }, async () => {
    const { HtmlValidate, StaticConfigLoader } = await import("html-validate");
    const loader = new StaticConfigLoader({
        extends: ["html-validate:recommended"],
        rules: {
            "long-title": "off", // a release's title is as long as it is
            "doctype-style": ["error", { style: "lowercase" }],
            "no-trailing-whitespace": "off",
            "attr-quotes": "off",
            "void-style": "off",
            // A wide table scrolls by keyboard inside its region; as a <section> it would want a heading of its own.
            "prefer-native-element": ["error", { exclude: ["region"] }],
        },
    });
    const judge = new HtmlValidate(loader);
    const found = [];
    for (const [path, { html }] of pages) {
        const report = await judge.validateString(html, `${path}.html`);
        for (const { messages } of report.results) {
            found.push(...messages.map(({ ruleId, line, message }) => `${path}:${line} ${ruleId}: ${message}`));
        }
    }
    assert.deepEqual(found, []);
});

test("no link leads nowhere", { skip: missing("linkinator") }, async () => {
    const { LinkChecker } = await import("linkinator");
    const home = new URL(server.url).host;
    const result = await new LinkChecker().check({
        path: [...pages.keys()].filter((path) => path !== "/no-hay-tal").map((path) => server.url + path),
        recurse: false,
        concurrency: 8,
        timeout: 20_000,
        linksToSkip: async (link) => !/^https?:/.test(link) || new URL(link).host !== home,
    });
    const broken = result.links.filter(({ state }) => state === "BROKEN").map(({ url, status, parent }) => `${parent} -> ${url} (${status})`);
    assert.deepEqual(broken, []);
    assert.ok(result.links.length > 100, "it looked at links");
});

/** What a page says of itself to machines: nothing that the judge misses; the first thing of the kind. */
async function structured(path, html, kind) {
    const { structuredDataTest } = require("structured-data-testing-tool");
    const { Facebook, Twitter } = require("structured-data-testing-tool/presets");
    const presets = [Facebook, Twitter];
    const result = await structuredDataTest(html, { presets, schemas: [`jsonld:${kind}`] }).catch((error) => error.res ?? Promise.reject(error));
    const missed = [...result.failed, ...result.warnings].filter(({ description }) => !ACCOUNTS.includes(description));
    const failed = missed.map(({ test: what, description }) => `${path}: ${description ?? what}`);
    assert.deepEqual(failed, []);
    return result.structuredData.jsonld[kind][0];
}

for (const { what, kind, address, least, keys } of STRUCTURED) {
    test(`structured data and what is shared say what they should: ${what}`, { skip: missing("structured-data-testing-tool") }, async () => {
        const judged = [...pages].filter(([path]) => address.test(path));
        assert.ok(judged.length >= least, `there are ${what}`);
        for (const [path, { html }] of judged) {
            const said = await structured(path, html, kind);
            for (const key of keys) {
                assert.ok(said[key], `${path}: ${kind} has ${key}`);
            }
            assert.match(said.datePublished, /T\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
        }
    });
}

async function startChromium(t, path) {
    const folder = await makeFolder(t);
    const args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--remote-debugging-port=0", `--user-data-dir=${join(folder, "profile")}`, "about:blank"];
    const env = { ...process.env, TMPDIR: folder }; // a socket of its own stays behind where it is asked to end
    const child = spawn(path, args, { env, stdio: ["ignore", "ignore", "pipe"] });
    later(t, async () => { // before the folder goes, into which it writes as it ends
        child.kill();
        await once(child, "exit");
    });
    return new Promise((found, failed) => {
        let said = "";
        child.stderr.on("data", (piece) => {
            said += piece;
            const port = /ws:\/\/[^:]+:(\d+)\//.exec(said);
            if (port) {
                found(Number(port[1]));
            }
        });
        child.on("exit", () => failed(new Error(`Chromium ended: ${said}`)));
    });
}

test("Lighthouse: accessibility, best practices, SEO 100; performance 95", { skip: missing("lighthouse") || (chromium() ? false : "needs Chromium"), timeout: 900_000 }, async (t) => {
    const { default: lighthouse } = await import("lighthouse");
    const port = await startChromium(t, chromium());
    const firsts = STRUCTURED.map(({ address }) => [...pages.keys()].find((path) => address.test(path)));
    const low = [];
    for (const path of [...WEIGHED, ...firsts]) {
        const { lhr } = await lighthouse(server.url + path, { port, logLevel: "error", onlyCategories: Object.keys(MINIMUM) });
        const scores = Object.entries(lhr.categories).map(([name, { score }]) => [name, Math.round(score * 100)]);
        console.log(`# ${path}: ${scores.map(([name, score]) => `${name} ${score}`).join(", ")}`);
        for (const [name, score] of scores.filter(([key, value]) => value < MINIMUM[key])) {
            const why = lhr.categories[name].auditRefs.filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 1).map(({ id }) => id);
            low.push(`${path}: ${name} ${score} (${why.join(", ")})`);
        }
    }
    assert.deepEqual(low, []);
});
