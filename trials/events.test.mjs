// SPDX-License-Identifier: AGPL-3.0-or-later
// events.test.mjs: an event in the browser: its form, two who edit it, taking back by key, files, places, calendars.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { isSound, logInOnScreen, noBrowser, openBrowser, openWindow } from "./lib/browser.mjs";
import { shareDesk } from "./lib/desk.mjs";
import { ADMIN, PASSWORD } from "./lib/vocero.mjs";

const skip = noBrowser();
const sharedDesk = shareDesk();
let browser;
let desk;

before(async () => {
    if (!skip) {
        browser = await openBrowser();
        desk = await sharedDesk();
    }
});
after(() => browser?.close());

async function open(t, options) {
    const window = await openWindow(browser, desk.server, options);
    t.after(() => window.context.close());
    await logInOnScreen(window.page, ADMIN, PASSWORD);
    return window;
}

// Far enough ahead that the event is still to come, and never on a day when clocks change.
function nextYear(rest) {
    return `${new Date().getUTCFullYear() + 1}-05-${rest}`;
}

async function make(fields) {
    const { status, json, text } = await desk.client.post("/mesa/agenda", fields);
    assert.equal(status, 201, text);
    return json;
}

async function find(id) {
    return (await desk.client.get(`/mesa/agenda/${id}`)).json;
}

test("the pages of an event stand axe, at a desk and on a telephone, by day and by night", { skip }, async (t) => {
    const event = await make({
        title: "Desfile",
        starts_at: nextYear("12T10:00"),
        place: { name: "Plaza de Armas", address: "Jardín Hidalgo", neighbourhood: "Centro Histórico" },
        attendees: ["Cultura", "Protección Civil"],
        internal_note: "Vallas",
        accreditation: "Con registro",
    });
    await desk.client.post("/mesa/agenda/calendarios", { name: "Cultura", color: 3, is_public: true });
    await desk.client.post(`/mesa/agenda/${event.id}/posponer`, { reason: "Lluvia" });
    const places = (await desk.client.get("/mesa/lugares")).json.items;
    const pages = [
        "/mesa/agenda/nuevo",
        `/mesa/agenda/${event.id}`,
        `/mesa/agenda/${event.id}/editar`,
        `/mesa/agenda/${event.id}/duplicar`,
        "/mesa/agenda/calendarios",
        "/mesa/lugares",
        `/mesa/lugares/${places[0].id}`,
    ];
    for (const options of [{}, { dark: true }, { width: 390 }]) {
        const { page, offences } = await open(t, options);
        for (const where of pages) {
            await page.goto(where);
            await page.evaluate(() => {
                for (const fold of document.querySelectorAll("main details")) {
                    fold.open = true;
                }
            });
            await isSound(page, `${where} ${JSON.stringify(options)}`);
        }
        assert.deepEqual(offences, []);
    }
});

test("an event is written by keyboard, with a known place and a second topic", { skip }, async (t) => {
    const { page, offences } = await open(t);
    await make({ title: "Feria", starts_at: nextYear("20T10:00"), topics: ["cultura", "niñez"], place: "Teatro de la Paz" });
    await page.goto("/mesa/agenda/nuevo");
    await page.keyboard.type("Función de títeres");
    await page.fill("#starts_at", nextYear("21T17:00"));
    await page.fill("#place", "teatro de la paz");
    await page.fill("#topics", "cultura, ni");
    const suggested = await page.locator("#topics-list option").evaluateAll((options) => options.map((o) => o.value));
    assert.ok(suggested.includes("cultura, niñez"), suggested.join(" | "));
    await page.fill("#topics", "cultura, niñez");
    await Promise.all([page.waitForURL(/agenda\/[0-9A-Z]{13}$/), page.press("#topics", "Enter")]);
    assert.match(await page.locator("h1").textContent(), /títeres/);
    const made = await find(page.url().split("/").at(-1));
    assert.equal(made.place.name, "Teatro de la Paz");
    assert.deepEqual(made.topics, ["cultura", "niñez"]);
    assert.deepEqual(offences, []);
});

test("another day wants a reason; z takes the step back after a question", { skip }, async (t) => {
    const { page, offences } = await open(t);
    const event = await make({ title: "Informe", starts_at: nextYear("12T10:00"), ends_at: nextYear("12T11:00") });
    await page.goto(`/mesa/agenda/${event.id}/editar`);
    await page.fill("#starts_at", nextYear("13T10:00"));
    await page.fill("#ends_at", nextYear("13T11:00"));
    await page.click("main .form-actions button.primary");
    await page.waitForSelector("#reason-error");
    assert.equal(await page.inputValue("#starts_at"), nextYear("13T10:00"));
    await isSound(page, "the form with a mistake");
    await page.fill("#reason", "Por la final");
    await Promise.all([page.waitForURL(`**/agenda/${event.id}`), page.click("main .form-actions button.primary")]);
    assert.equal((await find(event.id)).status, "rescheduled");
    assert.equal(await page.locator(".lost-dates li").count(), 1);
    await isSound(page, "the event with its notice");
    await page.locator("body").press("z"); // the notice's own button asks nothing
    await page.waitForFunction(() => !document.querySelector(".lost-dates"));
    const back = await find(event.id);
    assert.equal(back.status, "confirmed");
    assert.deepEqual(back.previous_dates, []);
    await page.goto(`/mesa/agenda/${event.id}`);
    await page.locator("body").press("Control+z"); // what was taken back, once more: asked first
    await page.waitForSelector("dialog[open]");
    await Promise.all([page.waitForNavigation(), page.click("dialog button[value=yes]")]);
    assert.equal((await find(event.id)).status, "rescheduled");
    assert.deepEqual(offences, []);
});

test("who edits is said to the others, and who comes second loses nothing", { skip }, async (t) => {
    await desk.city.addPerson("renata@sanluis.example", "editor", "Renata Piedraclara");
    const { page, offences } = await open(t);
    const event = await make({ title: "Concierto", starts_at: nextYear("14T17:00"), description: "Uno" });
    const other = await openWindow(browser, desk.server);
    t.after(() => other.context.close());
    await logInOnScreen(other.page, "renata@sanluis.example", PASSWORD);
    await Promise.all([
        other.page.waitForResponse((answer) => answer.url().endsWith("/apartar")),
        other.page.goto(`/mesa/agenda/${event.id}/editar`),
    ]);
    await page.goto(`/mesa/agenda/${event.id}/editar`);
    await page.waitForSelector("#editando .notice");
    assert.match(await page.locator("#editando").textContent(), /Renata Piedraclara .*\d\d:\d\d/);
    await other.page.fill("#title", "Concierto de Renata");
    await other.page.fill("#headed_by", "Cultura");
    await other.page.click("main .form-actions button.primary");
    await other.page.waitForURL(`**/agenda/${event.id}`);
    await page.fill("#title", "Concierto mío");
    await page.fill("#description", "Dos");
    await page.click("main .form-actions button.primary");
    await page.waitForSelector(".conflict");
    await isSound(page, "two versions beside each other");
    assert.equal(await page.inputValue("#title"), "Concierto mío");
    assert.equal(await page.inputValue("#headed_by"), "Cultura");
    await page.check(".conflict input[value=title]");
    await Promise.all([page.waitForURL(`**/agenda/${event.id}`), page.click("main .form-actions button.primary")]);
    const merged = await find(event.id);
    assert.equal(merged.title, "Concierto de Renata");
    assert.equal(merged.headed_by, "Cultura");
    assert.equal(merged.description, "Dos");
    assert.deepEqual(offences, []);
});

test("a file is added without a mouse, downloaded, made public, and read by a citizen", { skip }, async (t) => {
    const { page, context, offences } = await open(t);
    const event = await make({ title: "Exposición", starts_at: nextYear("15T17:00") });
    await page.goto(`/mesa/agenda/${event.id}`);
    await page.locator("#archivos summary").press("Enter");
    const bytes = Buffer.from("%PDF-1.4\nplano de la exposición\n");
    await page.setInputFiles("#file", { name: "plano.pdf", mimeType: "text/html", buffer: bytes });
    await page.fill("#file-title", "Plano");
    await Promise.all([page.waitForNavigation(), page.press("#file-title", "Enter")]);
    await isSound(page, "the event with a file");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#archivos .attachment > a")]);
    assert.equal(download.suggestedFilename(), "plano.pdf");
    await Promise.all([page.waitForNavigation(), page.click("#archivos .attachment form:first-child button")]);
    const citizen = await browser.newContext({ baseURL: desk.server.url });
    t.after(() => citizen.close());
    const site = await citizen.newPage();
    await site.goto(`/agenda/${event.slug}`);
    const href = await site.locator("a", { hasText: "Plano" }).getAttribute("href");
    const answer = await context.request.get(href);
    assert.equal(answer.headers()["content-type"], "application/pdf");
    assert.deepEqual(await answer.body(), bytes);
    assert.deepEqual(offences, []);
});

test("without scripts two places are made one and a calendar is put away", { skip }, async (t) => {
    const { page } = await open(t, { scripts: false });
    await make({ title: "a", starts_at: nextYear("16T10:00"), place: { name: "Parque Morales", address: "Reforma" } });
    await make({ title: "b", starts_at: nextYear("16T12:00"), place: { name: "Parque de Morales", address: "Av. Reforma" } });
    const from = (await desk.client.get("/mesa/lugares?q=parque+morales")).json.items[0];
    await page.goto(`/mesa/lugares/${from.id}`);
    await page.locator("summary", { hasText: "otro lugar" }).click();
    await page.fill("#into", "Parque de Morales · Av. Reforma");
    await page.check("#confirm");
    await page.locator("button.danger").click();
    assert.match(await page.locator("h1").textContent(), /Parque de Morales/);
    assert.equal((await desk.client.get("/mesa/lugares?q=parque")).json.items[0].events, 2);
    const { json } = await desk.client.post("/mesa/agenda/calendarios", { name: "Deporte", color: 4 });
    await page.goto("/mesa/agenda/calendarios");
    await page.locator("tr", { hasText: "Deporte" }).locator("button").click();
    assert.equal((await desk.client.get(`/mesa/agenda/calendarios/${json.id}`)).json.archived, true);
});
