// SPDX-License-Identifier: AGPL-3.0-or-later
// field.test.mjs: the page for the telephone: it opens without a network, and what is done there goes out once.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { isSound, logInOnScreen, noBrowser, openBrowser, openWindow } from "./lib/browser.mjs";
import { Client } from "./lib/client.mjs";
import { openDesk } from "./lib/desk.mjs";
import { PASSWORD } from "./lib/vocero.mjs";

const RENATA = "renata@sanluis.example";
const TADEO = "tadeo@sanluis.example";
const PHONE = { width: 390, height: 844 };
const PAGE = "/mesa/campo";
const skip = noBrowser();
let browser;

before(async () => {
    if (!skip) {
        browser = await openBrowser();
    }
});
after(() => browser?.close());

// ---- a city with two photographers ----

async function openField(t) {
    const desk = await openDesk(t);
    await desk.city.addPerson(RENATA, "photographer", "Renata Piedraclara");
    await desk.city.addPerson(TADEO, "photographer", "Tadeo Cantorral");
    return desk;
}

function localHour(hours) {
    const moment = new Date(Date.now() + hours * 3600_000);
    return moment.toLocaleString("sv-SE", { timeZone: "America/Mexico_City" }).replace(" ", "T").slice(0, 16);
}

/** An event that is on now, covered by somebody; gives the coverage's id. */
async function covered(client, title, assignee = RENATA) {
    const event = await client.post("/mesa/agenda", {
        title,
        starts_at: localHour(-1),
        ends_at: localHour(1),
        place: "Plaza de Armas",
        place_address: "Centro Histórico",
        place_lat: 22.15159,
        place_lon: -100.97655,
        internal_note: "Entrar por atrás",
        status: "confirmed",
    });
    assert.equal(event.status, 201, event.text);
    const draft = { kind: "photo", assignee, brief: "Doce fotos del banderazo" };
    const coverage = await client.post(`/mesa/agenda/${event.json.id}/coberturas`, draft);
    assert.equal(coverage.status, 201, coverage.text);
    return coverage.json.id;
}

async function stateOf(client, id) {
    const { json } = await client.get(`/mesa/coberturas/${id}.json`);
    return json;
}

// ---- a telephone ----

async function takePhone(t, desk, mail = RENATA, { script, ...look } = {}) {
    const { context, page, offences } = await openWindow(browser, desk.server, { width: PHONE.width, ...look });
    t.after(() => context.close());
    if (script) {
        await context.addInitScript(script);
    }
    await page.setViewportSize(PHONE);
    await logInOnScreen(page, mail, PASSWORD);
    await openPage(page);
    return { context, page, offences };
}

async function openPage(page) {
    await page.goto(PAGE);
    await page.evaluate(async () => {
        await navigator.serviceWorker.ready;
        if (!navigator.serviceWorker.controller) {
            await new Promise((go) => navigator.serviceWorker.addEventListener("controllerchange", go, { once: true }));
        }
    });
}

const task = (page, id) => page.locator(`#task-${id}`);
const act = (page, id, name) => task(page, id).locator(`[data-act='${name}']`).click();
const status = (page) => page.locator("[data-status-text]");

async function delivers(page, id, { note, file }) {
    await act(page, id, "deliver");
    await page.fill("#deliver-note", note);
    if (file) {
        await page.setInputFiles("#deliver-photo", file);
    }
    await page.locator("#deliver button.primary").click();
    await page.locator("#deliver").waitFor({ state: "hidden" });
}

function waitForStatus(page, text) {
    return page.locator("[data-status-text]", { hasText: text }).waitFor();
}

// SHOTS names a folder for pictures to look at.
async function shoot(page, name) {
    if (process.env.SHOTS) {
        await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });
    }
}

const FILE = { name: "banderazo.txt", mimeType: "text/plain", buffer: Buffer.from("La plaza a las diez.\n") };

// ---- the story ----

test("a day in the street without a network goes out once, though the server was killed meanwhile", { skip }, async (t) => {
    const desk = await openField(t);
    const id = await covered(desk.client, "Banderazo");
    const { context, page, offences } = await takePhone(t, desk);
    await waitForStatus(page, "Todo");
    await context.setOffline(true);
    await desk.server.kill();
    await page.reload();
    await task(page, id).waitFor();
    await waitForStatus(page, "Sin red");
    await act(page, id, "accept");
    await act(page, id, "start");
    await delivers(page, id, { note: "Doce fotos", file: FILE });
    assert.match(await task(page, id).locator("[data-chip]").textContent(), /[Ee]ntregada/);
    assert.equal(await page.locator("[data-entry]").count(), 3);
    await page.reload();
    await page.locator("[data-entry]").nth(2).waitFor();
    await isSound(page, "the page without a network");
    await shoot(page, "sin-red");
    const server = await desk.city.serve({ args: ["--listen", `127.0.0.1:${desk.server.port}`] });
    await context.setOffline(false);
    await waitForStatus(page, "Todo");
    const coverage = await stateOf(new Client(server, desk.token), id);
    assert.equal(coverage.state, "delivered");
    assert.deepEqual(coverage.evidence.map(({ kind }) => kind).sort(), ["file", "note"]);
    assert.deepEqual(offences.filter((said) => !/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_FAILED|Failed to fetch/.test(said)), []);
});

test("an answer that got lost is asked for again, and nothing is done twice", { skip }, async (t) => {
    const desk = await openField(t);
    const id = await covered(desk.client, "Cabalgata");
    const { context, page } = await takePhone(t, desk);
    let seen = 0;
    await context.route("**/coberturas/*/*", async (route) => {
        seen += 1;
        if (seen % 2) {
            await route.fetch();
            await route.abort("connectionreset");
        } else {
            await route.continue();
        }
    });
    await act(page, id, "accept");
    await page.locator("[data-entries] .waiting").waitFor();
    await page.locator("[data-refresh]").click();
    await waitForStatus(page, "Todo");
    await delivers(page, id, { note: "Seis fotos" });
    await page.locator("[data-entries] .waiting").waitFor();
    await page.locator("[data-refresh]").click();
    await waitForStatus(page, "Todo");
    const coverage = await stateOf(desk.client, id);
    assert.equal(seen, 4);
    assert.equal(coverage.state, "delivered");
    assert.equal(coverage.evidence.length, 1);
});

test("a session that ended keeps the queue until the login", { skip }, async (t) => {
    const desk = await openField(t);
    const id = await covered(desk.client, "Verbena");
    const { context, page } = await takePhone(t, desk);
    await context.clearCookies();
    await act(page, id, "accept");
    await waitForStatus(page, "Entra de nuevo");
    assert.equal((await stateOf(desk.client, id)).state, "assigned");
    await page.locator("[data-login]").click();
    await page.waitForURL("**/entrar?volver=**");
    await page.fill("#mail", RENATA);
    await page.fill("#password", PASSWORD);
    await Promise.all([page.waitForURL((url) => url.pathname === PAGE), page.press("#password", "Enter")]);
    await waitForStatus(page, "Todo");
    assert.equal((await stateOf(desk.client, id)).state, "accepted");
});

test("what one person did is never sent as another", { skip }, async (t) => {
    const desk = await openField(t);
    const id = await covered(desk.client, "Feria");
    const { context, page } = await takePhone(t, desk);
    await context.clearCookies();
    await act(page, id, "accept");
    await waitForStatus(page, "Entra de nuevo");
    await logInOnScreen(page, TADEO, PASSWORD);
    await page.goto(PAGE);
    await page.locator("[data-warning-text]", { hasText: "Renata Piedraclara" }).waitFor();
    await page.locator("[data-refresh]").click();
    await waitForStatus(page, "Todo");
    assert.equal((await stateOf(desk.client, id)).state, "assigned");
    await logInOnScreen(page, RENATA, PASSWORD);
    await page.goto(PAGE);
    await waitForStatus(page, "Todo");
    await page.locator("[data-sent-box]").waitFor();
    assert.equal((await stateOf(desk.client, id)).state, "accepted");
});

for (const hasLocks of [true, false]) {
    test(`two tabs send once ${hasLocks ? "with" : "without"} the browser's locks`, { skip }, (t) => twoTabs(t, hasLocks));
}

async function twoTabs(t, hasLocks) {
    const desk = await openField(t);
    const ids = [await covered(desk.client, "Uno"), await covered(desk.client, "Dos")];
    const without = () => {
        Object.defineProperty(navigator, "locks", { value: undefined });
        Object.defineProperty(ServiceWorkerRegistration.prototype, "sync", { value: undefined }); // came later
    };
    const { context, page } = await takePhone(t, desk, RENATA, { script: hasLocks ? undefined : without });
    const other = await context.newPage();
    await other.goto(PAGE);
    await waitForStatus(other, "Todo");
    await page.bringToFront();
    await context.setOffline(true);
    for (const id of ids) {
        await act(page, id, "accept");
        await delivers(page, id, { note: "Fotos", file: FILE });
    }
    let sent = 0;
    context.on("request", (request) => (sent += request.method() === "POST"));
    await context.setOffline(false);
    await Promise.all([page.locator("[data-refresh]").click(), other.locator("[data-refresh]").click()]);
    await Promise.all([waitForStatus(page, "Todo"), waitForStatus(other, "Todo")]);
    assert.equal(sent, 4);
    for (const id of ids) {
        const coverage = await stateOf(desk.client, id);
        assert.equal(coverage.state, "delivered");
        assert.equal(coverage.evidence.length, 2);
    }
}

test("the same delivery at the same time is kept once, with both answers good", async (t) => {
    const desk = await openField(t);
    const id = await covered(desk.client, "Banda");
    const renata = new Client(desk.server, await desk.city.token(RENATA));
    assert.equal((await renata.post(`/mesa/coberturas/${id}/aceptar`)).status, 200);
    const body = { note: "Una vez", client_key: crypto.randomUUID() };
    const sendings = Array.from({ length: 8 }, () => renata.post(`/mesa/coberturas/${id}/entregar`, body));
    for (const { status: said, text } of await Promise.all(sendings)) {
        assert.equal(said, 200, text);
    }
    assert.equal((await stateOf(desk.client, id)).evidence.length, 1);
});

test("what the server does not take is said in its words, and may be thrown away", { skip }, async (t) => {
    const desk = await openField(t);
    const id = await covered(desk.client, "Desfile");
    const { context, page } = await takePhone(t, desk);
    await context.setOffline(true);
    await act(page, id, "accept");
    await act(page, id, "note");
    await page.fill("#note-text", "Llego tarde");
    await page.locator("#note button.primary").click();
    await desk.client.post(`/mesa/coberturas/${id}/asignar`, { assignee: TADEO, anyway: "1" });
    await context.setOffline(false);
    await waitForStatus(page, "No se aceptaron: 1");
    const lines = page.locator("[data-entry]");
    assert.match(await lines.first().locator(".message").textContent(), /otra persona|de alguien/);
    assert.match(await lines.nth(1).textContent(), /espera a lo anterior/);
    await isSound(page, "something was not taken");
    for (const left of [1, 0]) {
        await lines.first().locator("[data-discard]").click();
        await page.locator("#sure [value='yes']").click();
        await page.waitForFunction((count) => document.querySelectorAll("[data-entries] [data-entry]").length === count, left);
    }
    assert.equal((await stateOf(desk.client, id)).state, "assigned");
});

// ---- a telephone that keeps nothing ----

function breaksStorage() {
    indexedDB.open = () => {
        throw new DOMException("no", "SecurityError");
    };
}

function fillsStorage() {
    IDBObjectStore.prototype.add = () => {
        throw new DOMException("full", "QuotaExceededError");
    };
}

for (const [script, says] of [[breaksStorage, "no guarda nada"], [fillsStorage, "no tiene espacio"]]) {
    test(`where the telephone ${says}, it is said, and all is sent at once`, { skip }, async (t) => {
        const desk = await openField(t);
        const id = await covered(desk.client, "Procesión");
        const { page } = await takePhone(t, desk, RENATA, { script });
        await act(page, id, "accept");
        await page.locator("[data-warning-text]", { hasText: says }).waitFor();
        await waitForStatus(page, "Todo");
        await delivers(page, id, { note: "Tres fotos", file: FILE });
        await waitForStatus(page, "Todo");
        const coverage = await stateOf(desk.client, id);
        assert.equal(coverage.state, "delivered");
        assert.equal(coverage.evidence.length, 2);
    });
}

// ---- what stays on the telephone ----

const keptNames = (page) => page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("vocero-campo-")));

test("only the page and what it is drawn with are kept", { skip }, async (t) => {
    const desk = await openField(t);
    await covered(desk.client, "Kermés");
    const { page } = await takePhone(t, desk, RENATA, { script: () => caches?.open("vocero-campo-viejo") });
    const names = await keptNames(page);
    assert.equal(names.length, 1);
    const kept = await page.evaluate(async ([name]) => {
        const requests = await (await caches.open(name)).keys();
        return requests.map(({ url }) => new URL(url).pathname);
    }, names);
    assert.deepEqual(kept.filter((path) => !path.startsWith("/estatico/")), [PAGE]);
    const manifest = await page.evaluate(async () => (await fetch(document.querySelector("link[rel='manifest']").href)).json());
    assert.equal(manifest.start_url, PAGE);
    assert.equal(manifest.display, "standalone");
});

test("deleting names what is lost; logging out takes the page along", { skip }, async (t) => {
    const desk = await openField(t);
    const id = await covered(desk.client, "Callejoneada");
    const { context, page } = await takePhone(t, desk);
    await context.setOffline(true);
    await act(page, id, "accept");
    await page.locator("[data-entry]").waitFor();
    await page.locator("[data-wipe]").click();
    await page.locator("#sure[open]").waitFor();
    assert.match(await page.locator("#sure").textContent(), /Aceptar · Callejoneada/);
    await isSound(page, "the question before deleting");
    await page.locator("#sure [value='yes']").click();
    await waitForStatus(page, "ya no guarda nada");
    assert.deepEqual(await keptNames(page), []);
    await context.setOffline(false);
    await openPage(page);
    assert.equal((await keptNames(page)).length, 1);
    assert.equal((await stateOf(desk.client, id)).state, "assigned");
    await page.goto("/mesa/yo");
    await Promise.all([page.waitForURL("**/entrar"), page.locator("main form[action='/salir'] button").click()]);
    assert.deepEqual(await keptNames(page), []);
    await logInOnScreen(page, RENATA, PASSWORD);
    await openPage(page);
    await waitForStatus(page, "Todo");
    await context.setOffline(true);
    await page.reload();
    await task(page, id).waitFor();
    await waitForStatus(page, "Sin red");
});

for (const dark of [false, true]) {
    for (const width of [390, 1440]) {
        test(`the page is sound at ${width} px, ${dark ? "dark" : "light"}`, { skip }, async (t) => {
            const desk = await openField(t);
            const id = await covered(desk.client, "Concierto en la plaza");
            await covered(desk.client, "Inauguración del parque");
            const { page, offences } = await takePhone(t, desk, RENATA, { dark });
            await page.setViewportSize({ width, height: PHONE.height });
            await task(page, id).locator("summary").click();
            await isSound(page, "the field page");
            const small = await page.evaluate(() => {
                const targets = [...document.querySelectorAll("#field button, #field summary, #field .home, #field .task p a")];
                const shown = targets.filter((one) => one.checkVisibility());
                return shown.filter((one) => one.getBoundingClientRect().height < 43.5).map((one) => one.outerHTML.slice(0, 80));
            });
            assert.deepEqual(small, [], "targets of at least 44 px");
            await shoot(page, `campo-${width}-${dark ? "dark" : "light"}`);
            await act(page, id, "accept");
            await waitForStatus(page, "Todo");
            await act(page, id, "deliver");
            await isSound(page, "the form of a delivery");
            await shoot(page, `entregar-${width}-${dark ? "dark" : "light"}`);
            assert.deepEqual(offences, []);
        });
    }
}

test("without scripts the page is a list of links", { skip }, async (t) => {
    const desk = await openField(t);
    const id = await covered(desk.client, "Tianguis");
    const { context, page } = await openWindow(browser, desk.server, { width: PHONE.width, scripts: false });
    t.after(() => context.close());
    await logInOnScreen(page, RENATA, PASSWORD);
    await page.goto(PAGE);
    assert.equal(await page.locator("button:visible").count(), 0);
    await task(page, id).locator("h3 a").click();
    await page.waitForURL(`**/mesa/coberturas/${id}`);
});
