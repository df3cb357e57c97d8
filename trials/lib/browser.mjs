// SPDX-License-Identifier: AGPL-3.0-or-later
// browser.mjs: Debian's Chromium on our pages, with an eye on what must never happen.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(import.meta.url);
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
];
const ANSWER_MS = 90_000;
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/** Why there is no browser; false when there is one. */
export function noBrowser() {
    if (!existsSync(CHROMIUM)) {
        return `needs ${CHROMIUM}: dev/setup test installs it`;
    }
    try {
        require.resolve("playwright-core");
        require.resolve("axe-core");
        return false;
    } catch {
        return "needs playwright-core and axe-core: dev/setup test fetches them";
    }
}

// Playwright waits without end for windows and for scripts in a page: a browser that hangs is a failure with a name.
async function within(answer, what) {
    let timer;
    const late = new Promise((_, fail) => {
        timer = setTimeout(() => fail(new Error(`the browser does not answer: ${what}`)), ANSWER_MS);
    });
    try {
        return await Promise.race([answer, late]);
    } finally {
        clearTimeout(timer);
    }
}

export async function openBrowser() {
    const { chromium } = require("playwright-core");
    return chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

/** A window of one reader; offences collects what the browser complained of, and foreign requests. */
export async function openWindow(browser, server, { width = 1440, dark = false, scripts = true, touch = false } = {}) {
    const opened = browser.newContext({
        baseURL: server.url,
        viewport: { width, height: 900 },
        colorScheme: dark ? "dark" : "light",
        javaScriptEnabled: scripts,
        hasTouch: touch,
        reducedMotion: "reduce",
        locale: "es-MX",
        timezoneId: "America/Mexico_City",
    });
    const context = await within(opened, "a new window");
    context.setDefaultTimeout(20_000);
    const offences = [];
    context.on("page", (page) => watch(page, server, offences));
    await context.addInitScript(() => {
        addEventListener("securitypolicyviolation", (event) => {
            console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
        });
    });
    return { context, offences, page: await within(context.newPage(), "a new page") };
}

// A page that answers 404 or 422 on purpose is told by the browser as an error, too.
const EXPECTED = /^Failed to load resource: the server responded with a status of 4\d\d/;

function watch(page, server, offences) {
    const home = new URL(server.url).host;
    page.on("console", (message) => {
        if (["error", "warning"].includes(message.type()) && !EXPECTED.test(message.text())) {
            offences.push(`${page.url()}: ${message.text()}`);
        }
    });
    page.on("pageerror", (error) => offences.push(`${page.url()}: ${error.message}`));
    page.on("request", (request) => {
        const { protocol, host } = new URL(request.url());
        if (protocol !== "data:" && host !== home) {
            offences.push(`${page.url()} asked ${host}`);
        }
    });
}

const axe = noBrowser() ? "" : readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

// Through the debugger, which no policy of the page stops.
async function findingsOf(page) {
    await page.evaluate(`${axe}; undefined`);
    return page.evaluate(async (tags) => {
        const { violations } = await globalThis.axe.run(document, { runOnly: tags });
        return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => `${node.target} ${node.html.slice(0, 160)}`).join(" | ")}`);
    }, AXE_TAGS);
}

// Nothing may be wider than the window: a telephone would scroll sideways.
function overflowOf(page) {
    return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** What every page must stand: axe, no sideways scrolling, one h1, a language. */
export async function isSound(page, where) {
    assert.deepEqual(await within(findingsOf(page), `axe at ${where}`), [], `axe at ${where}`);
    assert.ok((await within(overflowOf(page), where)) <= 0, `${where} is wider than the window`);
    assert.equal(await page.locator("h1").count(), 1, `${where} has one h1`);
    assert.match(await page.locator("html").getAttribute("lang"), /^es/);
}

export async function logInOnScreen(page, mail, password) {
    await page.goto("/entrar");
    await page.fill("#mail", mail);
    await page.fill("#password", password);
    await Promise.all([page.waitForURL("**/mesa"), page.press("#password", "Enter")]);
}
