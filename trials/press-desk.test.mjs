// SPDX-License-Identifier: AGPL-3.0-or-later
// press-desk.test.mjs: a release on screen: written, saved by itself, read on a telephone, published; two writers, no network.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { isSound, logInOnScreen, noBrowser, openBrowser, openWindow } from "./lib/browser.mjs";
import { Client } from "./lib/client.mjs";
import { shareDesk } from "./lib/desk.mjs";
import { PASSWORD } from "./lib/vocero.mjs";

const SOFIA = "sofia@sanluis.example";
const BRUNO = "bruno@sanluis.example";
const DALIA = "dalia@sanluis.example";
const PHONE = { width: 390, height: 844 };
const LOOKS = [
    { width: 1440, dark: false },
    { width: 1440, dark: true },
    { width: 390, dark: false },
    { width: 390, dark: true },
];
const skip = noBrowser();
const sharedDesk = shareDesk();
let browser;
let desk;

before(async () => {
    if (!skip) {
        browser = await openBrowser();
        desk = await sharedDesk();
        await desk.city.addPerson(SOFIA, "editor", "Sofía Valdeprosa");
        await desk.city.addPerson(BRUNO, "editor", "Bruno Tintero");
        await desk.city.addPerson(DALIA, "director", "Dalia Guardaluz");
        desk.sofia = new Client(desk.server, await desk.city.token(SOFIA));
    }
});
after(() => browser?.close());

async function open(t, mail, look = {}) {
    const window = await openWindow(browser, desk.server, look);
    t.after(() => window.context.close());
    await logInOnScreen(window.page, mail, PASSWORD);
    return window;
}

async function draft(title, more = {}) {
    const text = { lead: "Se reparan tres mil baches.", body: "Doce cuadrillas salen **hoy**.\n\n- Avenida Muñoz" };
    const { status, json, text: said } = await desk.sofia.post("/mesa/comunicados", { title, ...text, ...more });
    assert.equal(status, 201, said);
    return json;
}

async function now(id) {
    return (await desk.client.get(`/mesa/comunicados/${id}`)).json;
}

function isSaved(page) {
    return page.locator("[data-save-state][data-is='saved']").waitFor();
}

async function type(page, field, text) {
    await page.locator(field).fill(text);
}

// ---- writing ----

test("what is written saves by itself and is seen as it will be read", { skip }, async (t) => {
    const { page, offences } = await open(t, SOFIA);
    await page.goto("/mesa/comunicados/nuevo");
    await type(page, "#title", "Arranca el bacheo\nen 40 colonias");
    assert.equal(await page.inputValue("#title"), "Arranca el bacheo en 40 colonias");
    assert.match(await page.textContent("#title-count"), /^32 de 160/);
    await type(page, "#body", "Doce cuadrillas");
    await page.locator("#body").selectText();
    await page.keyboard.press("Control+b");
    assert.equal(await page.inputValue("#body"), "**Doce cuadrillas**");
    await page.locator("[data-preview-body] strong", { hasText: "Doce cuadrillas" }).waitFor();
    await page.locator("#body").press("Control+End");
    await page.click("[data-quote-block='body']");
    assert.match(await page.inputValue("#body"), /\n\n> .+\n>\n> — .+\n/);
    await isSaved(page);
    assert.match(page.url(), /\/mesa\/comunicados\/\w{13}\/editar$/);
    const release = await now(page.url().split("/").at(-2));
    assert.equal(release.state, "draft");
    assert.match(release.body, /^\*\*Doce cuadrillas\*\*/);
    await isSound(page, "the editor");
    assert.deepEqual(offences, []);
});

test("a template's and an event's words are not needed: a release is written without scripts", { skip }, async (t) => {
    const { page } = await open(t, SOFIA, { scripts: false });
    await page.goto("/mesa/comunicados/nuevo");
    await type(page, "#title", "Feria del libro sin guion");
    await type(page, "#body", "Con **libros**.");
    await page.click("[data-send]");
    await page.waitForURL(/\/mesa\/comunicados\/\w{13}$/);
    assert.equal((await now(page.url().split("/").at(-1))).state, "in_review");
    assert.equal(await page.locator(".prose strong").first().textContent(), "libros");
});

test("without a network nothing is lost, and it is saved when there is one again", { skip }, async (t) => {
    const { id } = await draft("Se va la luz");
    const { context, page } = await open(t, SOFIA);
    await page.goto(`/mesa/comunicados/${id}/editar`);
    await context.setOffline(true);
    await type(page, "#lead", "Escrito sin red.");
    await page.locator("[data-save-state][data-is='offline']").waitFor();
    assert.equal((await now(id)).lead, "Se reparan tres mil baches.");
    await context.setOffline(false);
    await isSaved(page);
    assert.equal((await now(id)).lead, "Escrito sin red.");
});

test("what a browser kept is offered when one comes back, and not taken by itself", { skip }, async (t) => {
    const { id } = await draft("Se acaba la pila");
    const { context, page } = await open(t, SOFIA);
    await page.goto(`/mesa/comunicados/${id}/editar`);
    await context.setOffline(true);
    await type(page, "#body", "Lo que nadie guardó.");
    await page.locator("[data-save-state][data-is='offline']").waitFor();
    await page.close();
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(`/mesa/comunicados/${id}/editar`);
    const offer = again.locator("[data-kept-copy]");
    await offer.waitFor();
    assert.match(await again.inputValue("#body"), /^Doce cuadrillas/);
    await isSound(again, "the editor with a kept copy");
    await offer.locator("[data-kept-take]").click();
    assert.equal(await again.inputValue("#body"), "Lo que nadie guardó.");
    await isSaved(again);
    assert.equal((await now(id)).body, "Lo que nadie guardó.");
});

// ---- two writers ----

test("the second writer overwrites nothing and sees both texts", { skip }, async (t) => {
    const { id } = await draft("Dos escriben");
    const one = await open(t, SOFIA);
    const two = await open(t, BRUNO);
    await one.page.goto(`/mesa/comunicados/${id}/editar`);
    await two.page.goto(`/mesa/comunicados/${id}/editar`);
    await type(one.page, "#body", "Esto lo escribió Sofía.");
    await isSaved(one.page);
    await type(two.page, "#lead", "La entrada de Bruno.");
    const conflict = two.page.locator("[data-conflict]");
    await conflict.waitFor();
    assert.match(await conflict.textContent(), /Sofía Valdeprosa/);
    assert.equal((await now(id)).body, "Esto lo escribió Sofía.");
    await conflict.locator("[data-conflict-show]").click();
    await two.page.locator(".conflict").waitFor();
    await isSound(two.page, "both texts");
    assert.equal(await two.page.inputValue("#lead"), "La entrada de Bruno.");
    assert.equal(await two.page.inputValue("#body"), "Esto lo escribió Sofía.");
    await two.page.click("[data-save]");
    await isSaved(two.page);
    const { lead, body } = await now(id);
    assert.deepEqual([lead, body], ["La entrada de Bruno.", "Esto lo escribió Sofía."]);
});

// ---- read on a telephone, published ----

async function mark(page, selector) {
    await page.evaluate((found) => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector(found));
        document.getSelection().removeAllRanges();
        document.getSelection().addRange(range);
    }, selector);
}

async function confirm(page) {
    await page.locator("dialog[open] button[value='yes']").click();
}

async function isUnderTheThumb(page, button) {
    const { y, height } = await button.boundingBox();
    assert.ok(height >= 44 && y >= 0 && y + height <= PHONE.height, `${y} + ${height}`);
}

test("a release is commented, returned and cleared on a telephone, and goes out", { skip }, async (t) => {
    const { id } = await draft("Se lee en el camino");
    await desk.sofia.post(`/mesa/comunicados/${id}/enviar`, {});
    const { page, offences } = await open(t, DALIA, { width: PHONE.width });
    await page.setViewportSize(PHONE);
    await page.goto("/mesa/comunicados");
    await page.locator("#te-espera a", { hasText: "Se lee en el camino" }).click();
    await page.waitForURL(`**/${id}`);
    const bar = page.locator(".review-bar");
    await isUnderTheThumb(page, bar.locator("form .button"));
    await isUnderTheThumb(page, bar.locator("[popovertarget]"));

    await mark(page, ".prose li");
    await page.locator("[data-quote-button]").click();
    assert.equal(await page.inputValue("#quote"), "Avenida Muñoz");
    await type(page, "#text", "¿No era Carranza?");
    await Promise.all([page.waitForNavigation(), page.locator("#comentar .button").click()]);
    assert.match(await page.locator(".comments").textContent(), /¿No era Carranza\?/);

    await page.locator(".review-bar [popovertarget]").click();
    await type(page, "#sheet-reason", "La avenida es otra.");
    await isSound(page, "returning it");
    await Promise.all([page.waitForNavigation(), page.locator(".sheet .danger").click()]);
    assert.equal((await now(id)).state, "draft");

    const { version } = await now(id);
    await desk.sofia.post(`/mesa/comunicados/${id}`, { body: "Doce cuadrillas salen **hoy**.\n\n- Avenida Carranza", version });
    await desk.sofia.post(`/mesa/comunicados/${id}/enviar`, {});
    await page.goto(`/mesa/comunicados/${id}`);
    await page.locator("[data-seen-link]").click();
    await page.waitForURL("**/versiones/diferencias?**");
    assert.equal(await page.locator("del").first().textContent(), "Muñoz");
    assert.equal(await page.locator("ins").first().textContent(), "Carranza");
    await isSound(page, "what changed");

    await page.goto(`/mesa/comunicados/${id}`);
    await page.locator(".review-bar form .button").click();
    await Promise.all([page.waitForNavigation(), confirm(page)]);
    assert.equal((await now(id)).state, "approved");
    await page.locator("form[action$='/publicar'] .button").click();
    assert.match(await page.locator("dialog[open]").textContent(), /folio/);
    await Promise.all([page.waitForNavigation(), confirm(page)]);
    assert.match((await now(id)).folio, /^CS\/\d{4}\/\d{4}$/);
    assert.deepEqual(offences, []);
});

test("an hour is chosen by a button, and a release under review is not saved by itself", { skip }, async (t) => {
    const { id } = await draft("A su hora");
    await desk.sofia.post(`/mesa/comunicados/${id}/enviar`, {});
    await desk.client.post(`/mesa/comunicados/${id}/aprobar`, {});
    const { page } = await open(t, DALIA);
    await page.goto(`/mesa/comunicados/${id}/editar`);
    await type(page, "#lead", "Algo que nadie aprobó.");
    await page.waitForTimeout(4000);
    assert.equal((await now(id)).state, "approved");
    page.once("dialog", (dialog) => dialog.accept());
    await page.goto(`/mesa/comunicados/${id}`);
    await page.locator("summary", { hasText: "Programar" }).click();
    await page.locator("[data-fill='publish_at']").last().click();
    await Promise.all([page.waitForNavigation(), page.locator("form[action$='/programar'] .primary").click()]);
    const release = await now(id);
    assert.equal(release.state, "scheduled");
    assert.match(release.publish_wall, /T10:00/);
});

// ---- every look ----

for (const look of LOOKS) {
    test(`its pages are sound at ${look.width} px, ${look.dark ? "dark" : "light"}`, { skip }, async (t) => {
        const { id } = await draft(`Se mira a ${look.width} ${look.dark}`);
        await desk.sofia.post(`/mesa/comunicados/${id}/comentarios`, { text: "¿Seguro?", quote: "Doce cuadrillas" });
        await desk.sofia.post(`/mesa/comunicados/${id}`, { lead: "Otra entrada." });
        await desk.sofia.post(`/mesa/comunicados/${id}/enviar`, {});
        const { page, offences } = await open(t, DALIA, look);
        const pages = ["", "/editar", "/versiones", "/versiones/una?numero=1", "/versiones/diferencias"];
        const addresses = pages.map((part) => `/mesa/comunicados/${id}${part}`);
        for (const address of ["/mesa/comunicados", "/mesa/comunicados?estado=withdrawn", "/mesa/comunicados/nuevo", ...addresses]) {
            await page.goto(address);
            await isSound(page, address);
        }
        assert.deepEqual(offences, []);
    });
}
