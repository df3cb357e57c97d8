// SPDX-License-Identifier: AGPL-3.0-or-later
// sanitize.test.mjs: what the sanitiser gave out, put into a page of a real browser: nothing runs, nothing is asked for,
// and the browser reads it as it was written. sanitize_test.c holds the sanitiser to the same file.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { noBrowser, openBrowser } from "./lib/browser.mjs";

const skip = noBrowser();
const VECTORS = new URL("fixtures/sanitize.json", import.meta.url);
const ELEMENTS = new Set(
    `P BR HR H2 H3 H4 UL OL LI BLOCKQUOTE CITE Q STRONG EM B I S U SUB SUP SMALL ABBR TIME MARK CODE PRE A TABLE CAPTION
     THEAD TBODY TR TH TD FIGURE FIGCAPTION IMG DETAILS SUMMARY DL DT DD`.split(/\s+/),
);
const ATTRIBUTES = new Set(
    "href rel lang dir title datetime colspan rowspan scope start alt width height src id".split(" "),
);

let vectors;
let server;
let browser;

before(async () => {
    vectors = JSON.parse(await readFile(VECTORS, "utf8"));
    const page = `<!doctype html><meta charset="utf-8"><title>x</title><main>${vectors
        .map((vector, i) => `<section id="v${i}">${vector.wanted}</section>`)
        .join("\n")}</main>`;
    server = createServer((request, response) => {
        const found = request.url === "/";
        response.writeHead(found ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
        response.end(found ? page : "");
    });
    await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
    browser = skip ? undefined : await openBrowser();
});
after(async () => {
    await browser?.close();
    server.close();
});

/** Runs in the page: what stands in it that is not on the list. */
function strangers([elements, attributes]) {
    const found = [];
    for (const section of document.querySelectorAll("section")) {
        for (const element of section.querySelectorAll("*")) {
            const inside = element.namespaceURI === "http://www.w3.org/1999/xhtml";
            if (!inside || !elements.includes(element.tagName)) {
                found.push(`${section.id}: <${element.tagName}>`);
            }
            for (const { name } of element.attributes) {
                if (!attributes.includes(name)) {
                    found.push(`${section.id}: ${name}`);
                }
            }
            for (const name of ["href", "src"]) {
                const value = element.getAttribute(name);
                if (value !== null && !["http:", "https:", "mailto:", "tel:"].includes(new URL(value, document.baseURI).protocol)) {
                    found.push(`${section.id}: ${name}=${value}`);
                }
            }
        }
    }
    return found;
}

/** Runs in the page: each part by itself, read and written by the browser. */
function rewritten(parts) {
    return parts.map((html) => {
        const template = document.createElement("template");
        template.innerHTML = html;
        return template.innerHTML;
    });
}

test("nothing of the vectors runs or asks for anything", { skip }, async () => {
    const home = `http://127.0.0.1:${server.address().port}`;
    const page = await browser.newPage();
    const seen = [];
    page.on("dialog", (dialog) => {
        seen.push(`a dialog: ${dialog.message()}`);
        return dialog.dismiss();
    });
    page.on("request", (request) => {
        const { origin, pathname } = new URL(request.url());
        if (origin !== home || !(pathname === "/" || pathname.startsWith("/medios/") || pathname === "/favicon.ico")) {
            seen.push(request.url());
        }
    });
    page.on("pageerror", (error) => seen.push(error.message));
    await page.goto(home, { waitUntil: "networkidle" });
    assert.equal(await page.locator("section").count(), vectors.length, "no vector left its section");
    assert.deepEqual(await page.evaluate(strangers, [[...ELEMENTS], [...ATTRIBUTES]]), []);
    for (const summary of await page.locator("summary").all()) {
        await summary.click();
    }
    assert.deepEqual(seen, []);
    await page.close();
});

test("the browser writes it again as it read it", { skip }, async () => {
    const page = await browser.newPage();
    const parts = vectors.map(({ wanted }) => wanted);
    const again = await page.evaluate(rewritten, parts);
    // A browser writes fewer references, leaves out the line end that it does not read, and nothing else differently.
    const outside = (html) => html.replace(/>[^<]*/g, (text) => text.replace(/&quot;/g, '"').replace(/&#39;/g, "'"));
    again.forEach((html, i) => {
        const wanted = outside(parts[i]).replace(/&#39;/g, "'").replace(/<pre>\n/g, "<pre>");
        assert.equal(html, wanted, vectors[i].html);
    });
    await page.close();
});
