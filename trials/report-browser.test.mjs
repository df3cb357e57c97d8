// SPDX-License-Identifier: AGPL-3.0-or-later
// report-browser.test.mjs: the report and its goals on the screen, large and small: written, signed by the director, read by all.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isSound, logInOnScreen, noBrowser, openBrowser, openWindow } from "./lib/browser.mjs";
import { later } from "./lib/later.mjs";
import { makeDemo } from "./lib/vocero.mjs";

const skip = noBrowser();
const LOOKS = [{ width: 1440 }, { width: 390, dark: true }];
const COORDINATION = "coordinacion@sanluis.example";
const DIRECTION = "direccion@sanluis.example";
const REPORT = "/mesa/informes/2022-07";

async function open(t, browser, server, look) {
    const window = await openWindow(browser, server, look);
    later(t, () => window.context.close());
    return window;
}

async function send(page, form) {
    await Promise.all([page.waitForNavigation(), page.locator(`${form} button`).first().click()]);
}

async function begins(page) {
    await page.goto(REPORT);
    await isSound(page, "a published report at the desk");
    await page.locator("#siguiente details summary").click();
    await page.fill("#siguiente [name='reason']", "Se corrigió un registro");
    await send(page, "form[action$='/recalcular']");
    await isSound(page, "a draft");
    await page.fill("[name='highlights']", "El mes en limpio.\n- Bacheo");
    await send(page, "#textos form");
    assert.equal(await page.inputValue("[name='highlights']"), "El mes en limpio.\n- Bacheo");
    await send(page, "form[action$='/revisar']");
    await isSound(page, "a report in review");
    assert.equal(await page.locator("form[action$='/firmar']").count(), 0, "who sent it does not sign it");
}

async function signs(page) {
    await page.goto(REPORT);
    await send(page, "form[action$='/firmar']");
    assert.match(await page.textContent("#versiones"), /VOC-/);
    await send(page, "form[action$='/publicar']");
    await isSound(page, "a report that was just published");
}

async function isRead(page) {
    await page.goto("/informes");
    await isSound(page, "the list of reports");
    await page.locator("main a[href='/informes/2022-07']").click();
    await page.waitForURL(/informes\/2022-07/);
    await isSound(page, "a published report");
    assert.match(await page.textContent("main"), /68\s*de 70/);
    assert.equal(await page.locator("svg.qr").count(), 1);
}

async function setsGoals(page) {
    await page.goto("/mesa/estrategias/metas?periodo=2022-07");
    await isSound(page, "goals");
    const form = "form[action='/mesa/estrategias/metas'][method='post']";
    await page.selectOption(`${form} [name='indicator']`, "events_held");
    await page.fill(`${form} [name='target']`, "-3");
    await send(page, form);
    await isSound(page, "a goal that was refused");
    assert.equal(await page.inputValue(`${form} [name='target']`), "-3");
    await page.fill(`${form} [name='target']`, "65");
    await send(page, form);
    assert.match(await page.textContent("#events_held"), /65/);
}

for (const look of LOOKS) {
    test(`a report is written, signed, published and read at ${look.width} px`, { skip }, async (t) => {
        const city = await makeDemo(t);
        const server = await city.serve();
        const browser = await openBrowser();
        later(t, () => browser.close());
        const writer = await open(t, browser, server, look);
        await logInOnScreen(writer.page, COORDINATION, city.password);
        await begins(writer.page);
        await setsGoals(writer.page);
        const signer = await open(t, browser, server, look);
        await logInOnScreen(signer.page, DIRECTION, city.password);
        await signs(signer.page);
        const reader = await open(t, browser, server, look);
        await isRead(reader.page);
        assert.deepEqual([...writer.offences, ...signer.offences, ...reader.offences], []);
    });
}
