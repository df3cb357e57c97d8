// SPDX-License-Identifier: AGPL-3.0-or-later
// browser.test.mjs: the story on screen, wide and narrow, light and dark, with and without scripts.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { isSound, logInOnScreen, noBrowser, openBrowser, openWindow } from "./lib/browser.mjs";
import { MONTH } from "./lib/calendar.mjs";
import { Client } from "./lib/client.mjs";
import { shareDesk } from "./lib/desk.mjs";
import { ADMIN, PASSWORD } from "./lib/vocero.mjs";

const WRITER = "sofia@sanluis.example";
const skip = noBrowser();
const sharedDesk = shareDesk();
let browser;
let desk;
let slug;
let releases;

before(async () => {
    if (!skip) {
        browser = await openBrowser();
        desk = await sharedDesk();
        await desk.city.must(["import", "agenda", MONTH]);
        slug = (await desk.client.get("/agenda.json?mes=2022-07&limit=1")).json.items[0].slug;
        releases = await publishReleases();
    }
});
after(() => browser?.close());

async function step(client, path, body = {}) {
    const { status, json, text } = await client.post(path, body);
    assert.ok([200, 201].includes(status), `${path} answered ${status}: ${text.slice(0, 400)}`);
    return json;
}

// One writes, another clears it: what nobody has changed, what was corrected, what was withdrawn, and a draft.
async function publishReleases() {
    await desk.city.addPerson(WRITER, "editor", "Sofía Valdeprosa");
    const writer = new Client(desk.server, await desk.city.token(WRITER));
    const text = { lead: "Se reparan tres mil baches en seis colonias.", body: "Doce cuadrillas salen **hoy**.\n\n- Avenida Muñoz" };
    const make = (title) => step(writer, "/mesa/comunicados", { title, ...text });
    const publish = async (title) => {
        const { id } = await make(title);
        await step(writer, `/mesa/comunicados/${id}/enviar`);
        await step(desk.client, `/mesa/comunicados/${id}/aprobar`);
        return step(desk.client, `/mesa/comunicados/${id}/publicar`);
    };
    const plain = await publish("El bacheo llega a seis colonias");
    const corrected = await publish("El bacheo empieza en julio");
    await step(desk.client, `/mesa/comunicados/${corrected.id}/corregir`, {
        title: "El bacheo empieza en agosto",
        ...text,
        note: "Decía julio.",
    });
    const withdrawn = await publish("El bacheo termina mañana");
    await step(desk.client, `/mesa/comunicados/${withdrawn.id}/retirar`, { reason: "Se publicó por error." });
    return { plain, corrected, withdrawn, draft: await make("Lo que todavía se escribe") };
}

async function open(t, options) {
    const window = await openWindow(browser, desk.server, options);
    t.after(() => window.context.close());
    return window;
}

const LOOKS = [
    { width: 1440, dark: false },
    { width: 1440, dark: true },
    { width: 390, dark: false },
    { width: 390, dark: true },
];

function named({ width, dark }) {
    return `${width} px, ${dark ? "dark" : "light"}`;
}

function publicPages() {
    return ["/", "/agenda?mes=2022-07", "/agenda?semana=2022-W28", "/agenda?dia=2022-07-14", `/agenda/${slug}`, "/organizacion",
        "/contacto", "/accesibilidad", "/privacidad", "/buscar?q=feria", "/buscar", "/entrar", "/no-hay-tal",
        "/buscar?q=bacheo", "/comunicados", "/prensa", "/prensa/acreditacion", "/avisos", "/verificar", "/informes",
        `/comunicados/${releases.plain.slug}`, `/comunicados/${releases.corrected.slug}`,
        `/comunicados/${releases.corrected.slug}?edicion=1`, `/comunicados/${releases.withdrawn.slug}`];
}

async function deskPages() {
    const { client } = desk;
    const [event] = (await client.get("/mesa/agenda?mes=2022-07&limit=1")).json.items;
    const { json } = await client.post(`/mesa/agenda/${event.id}/coberturas`, { kind: "video", assignee: ADMIN });
    return ["/mesa", "/mesa/agenda?mes=2022-07", "/mesa/agenda?semana=2022-W28", "/mesa/agenda?dia=2022-07-14", "/mesa/agenda/nuevo",
        `/mesa/agenda/${event.id}`, `/mesa/agenda/${event.id}/editar`, "/mesa/agenda/importar", "/mesa/coberturas", `/mesa/coberturas/${json.id}`,
        "/mesa/informes", "/mesa/informes/2022-07", "/mesa/personas", "/mesa/roles", "/mesa/bitacora", "/mesa/trabajos", "/mesa/yo",
        "/mesa/buscar?q=feria", "/mesa/no-hay-tal", ...pressPages()];
}

function expected(address) {
    if (address.endsWith(`/${releases.withdrawn.slug}`)) {
        return 410;
    }
    return address.endsWith("no-hay-tal") ? 404 : 200;
}

function pressPages() {
    const { plain, corrected, draft } = releases;
    return ["/mesa/comunicados", "/mesa/comunicados/nuevo", `/mesa/comunicados/${plain.id}`, `/mesa/comunicados/${corrected.id}`,
        `/mesa/comunicados/${plain.id}/corregir`, `/mesa/comunicados/${draft.id}`, `/mesa/comunicados/${draft.id}/editar`,
        `/mesa/comunicados/${plain.id}/envios`, "/mesa/comunicados/temas", "/mesa/comunicados/plantillas",
        "/mesa/comunicados/plantillas/nueva", "/mesa/comunicados/silencio", "/mesa/prensa/contactos", "/mesa/prensa/contactos/nuevo",
        "/mesa/prensa/listas", "/mesa/prensa/acreditaciones", "/mesa/prensa/retomas", "/mesa/sitio", "/mesa/sitio/aspecto",
        "/mesa/sitio/contacto", "/mesa/sitio/privacidad", "/mesa/sitio/avisos", "/mesa/sitio/avisos/nuevo"];
}

for (const look of LOOKS) {
    test(`public pages are sound at ${named(look)}`, { skip }, async (t) => {
        const { page, offences } = await open(t, look);
        const findings = [];
        for (const address of publicPages()) {
            const status = (await page.goto(address)).status();
            assert.ok(status === expected(address), `${address} gave ${status}`);
            await isSound(page, address).catch((error) => findings.push(error.message));
        }
        assert.deepEqual(findings, []);
        assert.deepEqual(offences, []);
    });

    test(`the desk's pages are sound at ${named(look)}`, { skip }, async (t) => {
        const { page, offences } = await open(t, look);
        await logInOnScreen(page, ADMIN, PASSWORD);
        const findings = [];
        for (const address of await deskPages()) {
            const { status } = await page.goto(address).then((answer) => ({ status: answer.status() }));
            assert.ok(status === 200 || address.endsWith("no-hay-tal"), `${address} gave ${status}`);
            await isSound(page, address).catch((error) => findings.push(error.message));
        }
        assert.deepEqual(findings, []);
        assert.deepEqual(offences, []);
    });
}

test("public pages and the login work without scripts", { skip }, async (t) => {
    const { page } = await open(t, { scripts: false });
    await page.goto("/agenda?mes=2022-07");
    await page.locator(`main a[href="/agenda/${slug}"]`).first().click();
    await page.waitForURL(`**/agenda/${slug}`);
    assert.ok(await page.locator("h1").textContent());
    await logInOnScreen(page, ADMIN, PASSWORD);
    assert.equal(await page.locator("main h1").count(), 1);
    await page.locator("form[action='/salir'] button").click();
    await page.waitForURL("**/entrar");
});

test("a wrong password is told, and the mail kept", { skip }, async (t) => {
    const { page } = await open(t);
    await page.goto("/entrar");
    await page.fill("#mail", "nadie@sanluis.example");
    await page.fill("#password", "no es esta");
    await page.press("#password", "Enter");
    await page.locator("[role='alert']").waitFor();
    assert.equal(await page.inputValue("#mail"), "nadie@sanluis.example");
    assert.equal(await page.inputValue("#password"), "");
});

// Wants its button; a notice or the next page follows.
async function send(page, scope) {
    await Promise.all([page.waitForEvent("load"), page.locator(`${scope} button.primary`).first().click()]);
}

async function createsWithMistake(page, title) {
    await page.goto("/mesa/agenda/nuevo");
    await page.fill("#title", title);
    await page.fill("#place", "Plaza de Armas");
    await send(page, "main form[action='/mesa/agenda']");
    await page.locator(".error-summary").waitFor();
    assert.equal(await page.getAttribute("#starts_at", "aria-invalid"), "true");
    assert.equal(await page.inputValue("#title"), title, "what was typed stays");
    assert.equal(await page.inputValue("#place"), "Plaza de Armas");
    await isSound(page, "the form with a mistake");
    await page.fill("#starts_at", "2022-07-06T10:00");
    await page.fill("#ends_at", "2022-07-06T11:00");
    await send(page, "main form[action='/mesa/agenda']");
    await page.waitForURL(/\/mesa\/agenda\/[0-9A-Z]{13}$/);
    assert.match(await page.textContent("h1"), new RegExp(title));
}

async function covers(page) {
    const form = "main form[action$='/coberturas']";
    await page.selectOption(`${form} select[name='kind']`, "photo");
    const people = page.locator(`${form} select[name='assignee'] option:not([value=''])`);
    await page.selectOption(`${form} select[name='assignee']`, await people.first().getAttribute("value"));
    await send(page, form);
    if (await page.locator(`${form} button[name='anyway']`).count()) {
        await send(page, form); // whoever is busy then is given it all the same
    }
    await page.locator("#coberturas a[href^='/mesa/coberturas/']").first().click();
    await page.waitForURL(/\/mesa\/coberturas\//);
    await send(page, "form[action$='/aceptar']");
    await page.fill("form[action$='/entregar'] [name='link']", "https://fototeca.example/1");
    await send(page, "form[action$='/entregar']");
    await send(page, "form[action$='/aprobar']");
    await isSound(page, "an approved coverage");
    assert.equal(await page.locator("form[action$='/aprobar']").count(), 0);
}

async function reportSays(page, covered) {
    await page.goto("/mesa/informes/2022-07");
    const figure = page.locator("#cifras a[href*='events_covered']");
    assert.equal((await figure.textContent()).trim(), String(covered));
    await figure.click();
    await page.waitForURL(/events_covered/);
    assert.equal(await page.locator("main table.table tbody tr").count(), covered);
}

for (const [i, look] of [LOOKS[0], LOOKS[3]].entries()) {
    test(`an event is made, covered, reported and public at ${named(look)}`, { skip }, async (t) => {
        const { page, offences } = await open(t, look);
        const title = `Banderazo ${look.width}`;
        await logInOnScreen(page, ADMIN, PASSWORD);
        await createsWithMistake(page, title);
        await covers(page);
        await reportSays(page, i + 1);
        await page.goto("/agenda?dia=2022-07-06");
        await page.locator("main").getByText(title).first().waitFor();
        assert.deepEqual(offences, []);
    });
}

test("what one changes appears at the other without reloading", { skip }, async (t) => {
    const { page, offences } = await open(t);
    await logInOnScreen(page, ADMIN, PASSWORD);
    await page.goto("/mesa/agenda?dia=2022-07-07");
    await page.evaluate(() => (window.isTheSamePage = true));
    await page.waitForTimeout(500); // until the stream is open
    const { status } = await desk.client.post("/mesa/agenda", { title: "Llega en vivo", starts_at: "2022-07-07T12:00" });
    assert.equal(status, 201);
    await page.locator("#agenda").getByText("Llega en vivo").first().waitFor({ timeout: 10_000 });
    assert.equal(await page.evaluate(() => window.isTheSamePage), true);
    assert.deepEqual(offences, []);
});

test("the keyboard: skip link, search key, j and k in lists", { skip }, async (t) => {
    const { page } = await open(t);
    await logInOnScreen(page, ADMIN, PASSWORD);
    await page.goto("/mesa/agenda?dia=2022-07-14");
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip-link");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "contenido");
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement.id), "search");
    const links = page.locator("#agenda [data-keys] h3 a");
    await links.first().focus();
    await page.keyboard.press("j");
    const second = await links.nth(1).getAttribute("href");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), second);
    await page.keyboard.press("k");
    const first = await links.first().getAttribute("href");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), first);
});

test("the second editor on screen is told, and loses nothing of what was typed", { skip }, async (t) => {
    const { page } = await open(t);
    await logInOnScreen(page, ADMIN, PASSWORD);
    const made = (await desk.client.post("/mesa/agenda", { title: "De dos", starts_at: "2022-07-08T12:00" })).json;
    await page.goto(`/mesa/agenda/${made.id}/editar`);
    const other = new Client(desk.server, desk.token);
    const change = { title: "Del otro", starts_at: "2022-07-08T12:00", version: made.version };
    assert.equal((await other.post(`/mesa/agenda/${made.id}`, change)).status, 200);
    await page.fill("#title", "Mío");
    await send(page, `main form[action='/mesa/agenda/${made.id}']`);
    await page.locator("[role='alert'], .error-summary").first().waitFor();
    assert.equal(await page.inputValue("#title"), "Mío");
    assert.equal((await other.get(`/mesa/agenda/${made.id}`)).json.title, "Del otro");
});
