// SPDX-License-Identifier: AGPL-3.0-or-later
// screenshots.mjs: the pictures of README.md, made of the invented city.
//
// usage: node trials/screenshots.mjs BINARY OUTDIR

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openBrowser, openWindow, logInOnScreen } from "./lib/browser.mjs";

const [binary, folder] = process.argv.slice(2);
if (!folder) {
    console.error("usage: node trials/screenshots.mjs BINARY OUTDIR");
    process.exit(2);
}
process.env.VOCERO_BINARY = binary;
const { makeDemo } = await import("./lib/vocero.mjs");
const { Client } = await import("./lib/client.mjs");

const WIDE = { width: 1440 };
const NARROW = { width: 390 };
const DARK = { width: 1440, dark: true };

async function take(page, address, name, whole = false) {
    await page.goto(address);
    await page.evaluate(() => document.fonts.ready);
    const path = join(folder, `${name}.png`);
    await page.screenshot({ path, fullPage: whole });
    console.log(path);
}

async function takeOutside(browser, server) {
    const wide = await openWindow(browser, server, WIDE);
    await take(wide.page, "/", "portada");
    await take(wide.page, "/agenda?mes=2022-07", "agenda-publica");
    const narrow = await openWindow(browser, server, NARROW);
    await take(narrow.page, "/", "portada-telefono");
}

async function takeDesk(browser, server, city, look, pictures) {
    const { page } = await openWindow(browser, server, look);
    await logInOnScreen(page, city.mail, city.password);
    for (const [address, name] of Object.entries(pictures)) {
        await take(page, address, name);
    }
}

async function aCoveredEvent(client) {
    const { json } = await client.get("/mesa/agenda?mes=2022-07&limit=200");
    return json.items.find(({ status }) => status === "confirmed").id;
}

const endings = [];
const city = await makeDemo({ after: (ending) => endings.push(ending) });
const browser = await openBrowser();
try {
    await mkdir(folder, { recursive: true });
    const server = await city.serve();
    const client = new Client(server, await city.token(city.mail));
    const event = await aCoveredEvent(client);
    await takeOutside(browser, server);
    await takeDesk(browser, server, city, WIDE, {
        "/mesa": "mesa",
        "/mesa/agenda?mes=2022-07": "agenda",
        [`/mesa/agenda/${event}`]: "evento",
        "/mesa/informes/2022-07": "informe",
    });
    await takeDesk(browser, server, city, DARK, { "/mesa": "mesa-oscura" });
    await takeDesk(browser, server, city, NARROW, { "/mesa": "mesa-telefono" });
} finally {
    await browser.close();
    for (const end of endings) {
        await end();
    }
}
